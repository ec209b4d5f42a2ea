r"""Functions with a letter below them, beside one with the same letter and none: `J_\lambda(w) = J(w) + \lambda w^2`."""

from __future__ import annotations

import pytest

from tests.document.lines import RIGHT, WRONG, assert_nothing_wrong, assert_slip_in_text_not_held, read

PLUS = r"Let $u(t) = \log(1+e^{t})$. A sharper one is $u_\beta(t) = \frac1\beta\log(1+e^{\beta t})$. "
RIDGE = r"Let $J(w) = (w - 3)^2$. With a penalty, $J_\lambda(w) = J(w) + \lambda w^2$. "
VALUES = [  # (text, what is right in it, a slip)
    (PLUS + r"There $u_\beta(0) = \frac{\log 2}{\beta}$.", r"\frac{\log 2}{\beta}", r"\beta \log 2"),
    (PLUS + r"We have $u_\beta(t) = \frac{u(\beta t)}{\beta}$.", r"u(\beta t)", "u(t)"),
    (PLUS + r"The slope is $u_\beta'(t) = u'(\beta t)$.", r"u'(\beta t)", "u'(t)"),
    (PLUS + r"It is still true that $u(0) = \log 2$.", r"= \log 2", r"= \log 3"),
    (RIDGE + r"Then $J_\lambda'(w) = J'(w) + 2 \lambda w$.", r"2 \lambda w", r"\lambda w"),
    (r"Let $0 < b < 1$ and $q_b(t) = \max(t, b t)$. The inverse is $q_b^{-1}(s) = \min(s, s/b)$.", r"\min(s", r"\max(s"),
    (RIDGE + r"Hence $J'(w) = 2(w - 3)$.", "2(w", "3(w"),
]
TRUE = [  # another letter below is another function, or a derivative
    r"Let $f(x, y) = x^2 y$. Then $f_x(x, y) = 2xy$ and $f_y(x, y) = x^2$.",
    RIDGE + r"The first of the three workers has the loss $J_1$, with $J_1(0) = 4$.",
    r"A slope is $q_b(t) = \max(t, b t)$ with a small $b$. Then $q_b^{-1}(s) = \min(s, s/b)$ and $q_b^{-1}(2) = 2$.",
    r"Let $p(x) = x^2$. Then $p_x(x) = 2x$.",
    r"Let $u(t) = t^2$ and $u_k(t) = t^k$. Then $u_3(t) = t^3$.",
]


@pytest.mark.parametrize(("text", "right", "slip"), VALUES)
def test_a_value_and_its_slip(text: str, right: str, slip: str) -> None:
    """The last equation holds, and with a slip in it nobody says so."""
    assert_slip_in_text_not_held(text, right, slip)


def test_another_number_below() -> None:
    """A number below it is put in for the letter; nothing is called wrong by that."""
    assert read(PLUS + r"There $u_2(0) = \frac{\log 2}{2}$." + "\n")[-1].outcome in RIGHT
    assert read(PLUS + r"There $u_2(0) = \frac{\log 2}{3}$." + "\n")[-1].outcome not in {*WRONG, *RIGHT}


@pytest.mark.parametrize("text", TRUE)
def test_true_texts_are_not_called_wrong(text: str) -> None:
    """Nothing of these is called wrong."""
    assert_nothing_wrong(text)
