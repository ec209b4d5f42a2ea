# ruff: noqa: E501  (a row is a text)
"""Networks by hand, unit by unit: lines about every one of some numbered names, true ones and slips of them."""

from __future__ import annotations

import pytest

from calcds.decide.verdict import Outcome
from tests.document.lines import RIGHT, WRONG, last_line, read

BY_HAND = r"""Let $s(x) = 1/(1+e^{-x})$ and
$$z_1=w_{11}x_1+w_{12}x_2+b_1,\quad z_2=w_{21}x_1+w_{22}x_2+b_2,\quad h_1=s(z_1),\quad h_2=s(z_2),$$
$$u=v_1h_1+v_2h_2+c,\qquad \hat y=s(u).$$
The squared error is $L=\tfrac12(\hat y-t)^2$.
"""
DELTAS = BY_HAND + r"""
Put $\delta = \frac{\partial L}{\partial u}$ and $\delta_i=\frac{\partial L}{\partial z_i}$ for the units $i=1,2$.
"""
NUMBERS = r"""
For example $z_1=0.2\cdot1-0.4\cdot0.5+0.1=0.1$, $h_1=s(0.1)\approx0.5250$, $\hat y\approx0.5694$ and $L \approx 0.0927$.

# Backward

"""
PAIRS = [
    (DELTAS, r"\frac{\partial L}{\partial z_i}=\delta\,v_i\,h_i(1-h_i),\qquad i=1,2.",
     r"\frac{\partial L}{\partial z_i}=\delta\,v_i\,h_i(1+h_i),\qquad i=1,2."),
    (DELTAS, r"\frac{\partial L}{\partial w_{ij}}=\delta_i\,x_j", r"\frac{\partial L}{\partial w_{ij}}=\delta_j\,x_i"),
    (DELTAS, r"\partial L/\partial b_i=\delta_i", r"\partial L/\partial b_i=\delta_i x_i"),
    (DELTAS, r"\frac{\partial L}{\partial w_{12}}=\delta_1 x_2", r"\frac{\partial L}{\partial w_{12}}=\delta_2 x_1"),
    (BY_HAND, r"\frac{\partial L}{\partial v_i} = (\hat y - t) \hat y (1 - \hat y) h_i",
     r"\frac{\partial L}{\partial v_i} = (\hat y - t) \hat y (1 + \hat y) h_i"),
    (BY_HAND + NUMBERS, r"\frac{\partial L}{\partial v_1} = (\hat y - t) \hat y (1 - \hat y) h_1",
     r"\frac{\partial L}{\partial v_1} = (\hat y - t) \hat y (1 - \hat y) h_2"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "line", "wrong"), PAIRS)
def test_a_line_about_every_unit(before: str, line: str, wrong: str) -> None:
    assert [one.outcome in RIGHT for one in last_line(before, line)] == [True]
    assert [one for one in last_line(before, wrong) if one.outcome in RIGHT and one.role == "claim"] == []


CALLED = [line for line in PAIRS if "w_{ij}" in line[1] or "w_{12}" in line[1] or "z_i" in line[1]]


@pytest.mark.parametrize(("before", "line", "wrong"), CALLED)
def test_a_slip_about_every_unit_is_called_wrong(before: str, line: str, wrong: str) -> None:
    assert [one.outcome for one in last_line(before, wrong)] == [Outcome.REFUTED]


def test_a_line_defines_every_name() -> None:
    found = [one.detail for one in read(DELTAS) if "delta_1" in one.detail]
    assert found == ["taken as the definition of delta_1, delta_2"]


RANGES = [r"We have $y_i = 2 x_i$ for $i = 1, 2$.", r"Let $a = 3 b$, \quad $k=0,1,2$.", r"$$c = 5 d, \qquad j = 1,2,3.$$"]


@pytest.mark.parametrize("text", RANGES)
def test_values_of_an_index_are_no_equation(text: str) -> None:
    assert [one.left for one in read(text + "\n") if one.left in {"i", "j", "k"}] == []


KEPT = [  # equations for other names, and for indices that have one value
    (r"Take $x = 1, 2$ and see.", "x"), (r"Take $i = 1$ and see.", "i"), (r"At $k = 4, 7$ it fails.", "k"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "left"), KEPT)
def test_other_lists_of_values_are_equations(text: str, left: str) -> None:
    assert [one.left for one in read(text + "\n")] == [left]


TRUE = [  # nothing is called wrong
    BY_HAND + r"With $x_1 = 1$ and $t = 1$ we compute $\frac{\partial L}{\partial w_{11}} \approx -0.0132$.",
    BY_HAND + r"Only for the first unit $\frac{\partial L}{\partial w_{11}} = \frac{\partial L}{\partial b_1} x_1$.",
    r"Let $p_1 = a_1^2$, $p_2 = a_2^3$. Then $\frac{\partial p_2}{\partial a_2} = 3 a_2^2$ and $\frac{\partial p_1}{\partial a_1} = 2 a_1$.",
    r"Let $y = x^2$. For example $y = 3^2 = 9$. Then $\frac{dy}{dx} = 2x$, and now let $y = 5$. So $2y = 10$.",
]  # fmt: skip


@pytest.mark.parametrize("text", TRUE)
def test_a_true_line_is_not_called_wrong(text: str) -> None:
    assert [(one.left, one.right, one.detail) for one in read(text + "\n") if one.outcome in WRONG] == []
