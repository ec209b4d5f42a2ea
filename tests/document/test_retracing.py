# ruff: noqa: E501  (a row is a text)
"""Backpropagation through time by hand: derivatives by the members of a recursion, and sums over them."""

from __future__ import annotations

import pytest

from tests.document.lines import RIGHT, WRONG, own_line, read

UNROLLED = r"""Consider $h_t = w h_{t-1} + u x_t$ with $h_0 = 0$, and the output $\hat y = v h_3$. Then

$$h_1 = u x_1, \qquad h_2 = w u x_1 + u x_2, \qquad h_3 = w^2 u x_1 + w u x_2 + u x_3,$$

or in general $h_t = \sum_{s=1}^t w^{t-s} u\,x_s$.
"""
NUMBERS = UNROLLED + r"""
Let $w = 0.5$, $u = 2$, $v = 1$, $x = (1, 2, -1)$, $y = 1$ and $L = \frac12(\hat y - y)^2$. Then $h_1 = 2$,
$h_2 = 0.5 \cdot 2 + 4 = 5$, $h_3 = 0.5 \cdot 5 - 2 = 0.5$ and $\hat y = 0.5$. With $g_t = \frac{\partial L}{\partial h_t}$:
"""


@pytest.mark.parametrize(("line", "slip"), [
    (r"g_2 = w\,g_3", r"g_2 = u\,g_3"),
    (r"g_1 = w\,g_2", r"g_1 = w\,g_3"),
    (r"g_1 = w\,g_2 = -0.125", r"g_1 = w\,g_2 = -0.25"),
    (r"\frac{\partial L}{\partial w} = \sum_{t=1}^3 g_t\,h_{t-1}", r"\frac{\partial L}{\partial w} = \sum_{t=1}^3 g_t\,h_t"),
    (r"\frac{\partial L}{\partial w} = \sum_{t=1}^3 g_t\,h_{t-1} = -3", r"\frac{\partial L}{\partial w} = \sum_{t=1}^3 g_t\,h_{t-1} = 3"),
    (r"\frac{\partial L}{\partial u} = \sum_{t=1}^3 g_t\,x_t", r"\frac{\partial L}{\partial u} = \sum_{t=2}^3 g_t\,x_t"),
    (r"\frac{\partial h_3}{\partial h_1} = w^2", r"\frac{\partial h_3}{\partial h_1} = w^3"),
])  # fmt: skip
def test_derivatives_by_members(line: str, slip: str) -> None:
    assert all(one.outcome in RIGHT and one.role == "claim" for one in own_line(NUMBERS, line))
    assert not all(one.outcome in RIGHT for one in own_line(NUMBERS, slip))


@pytest.mark.parametrize("text", [
    # the members are the numbers of another start than the one that the recursion was unrolled from
    UNROLLED + r"Now $h_0 = 1$ and $h_1 = w + u x_1$, so $\frac{\partial h_1}{\partial w} = 1$." + "\n",
    # x is a vector as well
    r"Let $x_{k+1} = a x_k$ with $x_0 = 1$, so $x_1 = a$ and $x_2 = a^2$. Then $\sum_{k=0}^2 x_k = 1 + a + a^2$." + "\n",
    r"Let $x_{k+1} = a x_k$. For $x \in \mathbb{R}^3$ and $s = \sum_{k=1}^3 x_k$ we have $\frac{\partial s}{\partial x_2} = 1$." + "\n",
    r"Let $x_{k+1} = a x_k$ and $s = \sum_{k=1}^3 x_k = x_1 + x_2 + x_3$. Then $\frac{\partial s}{\partial x_2} = 1 + a$." + "\n",
])  # fmt: skip
def test_no_line_is_called_wrong(text: str) -> None:
    assert not [one for one in read(text) if one.outcome in WRONG]
