r"""Values at a place that has the letter of the variable: `\left. \frac{df}{dx} \right|_{x_0}`, `|_{\hat w}`."""

from __future__ import annotations

import pytest

from tests.document.lines import RIGHT, WRONG, last_line

CUBE = "Let $f(x) = x^3 + 2x$."
FORM = r"Let $w \in \mathbb{R}^n$, $A \in \mathbb{R}^{n \times n}$ and $J(w) = w^T A w$."
LINES = [
    (CUBE, r"\left. \frac{df}{dx} \right|_{x_0} = 3 x_0^2 + 2", r"\left. \frac{df}{dx} \right|_{x_0} = 3 x_0^2 + 3"),
    (CUBE, r"\frac{d f(x)}{dx} \Big|_{\hat x} = 3 \hat x^2 + 2", r"\frac{d f(x)}{dx} \Big|_{\hat x} = \hat x^2 + 2"),
    (CUBE, r"\left. \frac{d^2f}{dx^2} \right|_{x^*} = 6 x^*", r"\left. \frac{d^2f}{dx^2} \right|_{x^*} = 3 x^*"),
    (FORM, r"\left. \frac{\partial J}{\partial w} \right|_{\hat w} = (A + A^T) \hat w",
     r"\left. \frac{\partial J}{\partial w} \right|_{\hat w} = (A - A^T) \hat w"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "line", "slip"), LINES)
def test_a_place_has_the_letter_of_its_variable(before: str, line: str, slip: str) -> None:
    assert [one.outcome in RIGHT for one in last_line(before, line)] == [True]
    assert [one.outcome in WRONG for one in last_line(before, slip)] == [True]


@pytest.mark.parametrize("place", ["y_0", "x", "P"])
def test_a_place_of_another_letter_is_not_read(place: str) -> None:
    line = rf"\left. \frac{{df}}{{dx}} \right|_{{{place}}} = 3 {place}^2 + 2"
    assert all(one.outcome not in RIGHT | WRONG for one in last_line(CUBE, line))
