r"""Vectors and matrices that only the signs around them show: `\operatorname{diag}` and `\odot` are written of no numbers."""

from __future__ import annotations

import pytest

from tests.document.lines import RIGHT, WRONG, own_line

RECURRENT = r"""The state of a recurrent network is $h_t = \tanh(W h_{t-1} + U x_t + b)$, where $\tanh$ acts componentwise.
The factors $\operatorname{diag}(1 - h_t^2)$ are small."""
DEEP = r"""Let $h_1 = \sigma(W_1 x)$, $h_2 = \sigma(W_2 h_1)$ and $y = W_3 h_2$, where $\sigma$ acts componentwise, and
$D_1 = \operatorname{diag}(\sigma'(W_1 x))$, $D_2 = \operatorname{diag}(\sigma'(W_2 h_1))$."""
LAYER = r"Let $z = Wx + b$, and $h = \sigma(Wx + b)$ with $\sigma$ applied elementwise."
LABELLED = r"""Let $z^{(l)} = W^{(l)} a^{(l-1)} + b^{(l)}$, let $C$ be the cost
and $\delta^{(l)} = \frac{\partial C}{\partial z^{(l)}}$."""
SLIPS = [
    (RECURRENT, r"\frac{\partial h_t}{\partial h_{t-1}} = \operatorname{diag}(1 - h_t^2)\, W",
     r"\frac{\partial h_t}{\partial h_{t-1}} = W \operatorname{diag}(1 - h_t^2)"),
    (DEEP, r"\frac{\partial h_2}{\partial h_1} = D_2 W_2", r"\frac{\partial h_2}{\partial h_1} = W_2 D_2"),
    (DEEP, r"\frac{\partial y}{\partial x} = W_3 D_2 W_2 D_1 W_1", r"\frac{\partial y}{\partial x} = W_3 W_2 D_2 D_1 W_1"),
    (LAYER, r"\frac{\partial h}{\partial x} = \operatorname{diag}(\sigma'(z))\,W",
     r"\frac{\partial h}{\partial x} = W \operatorname{diag}(\sigma'(z))"),
    (LABELLED, r"\frac{\partial C}{\partial a^{(l-1)}} = (W^{(l)})^T \delta^{(l)}",
     r"\frac{\partial C}{\partial a^{(l-1)}} = W^{(l)} \delta^{(l)}"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "line", "slip"), SLIPS)
def test_products_that_do_not_commute(before: str, line: str, slip: str) -> None:
    assert [one.outcome in RIGHT and one.role == "claim" for one in own_line(before, line)] == [True]
    assert not any(one.outcome in RIGHT and one.role == "claim" for one in own_line(before, slip))


def test_what_has_a_power_is_no_part_of_a_vector() -> None:
    """The e of `x = e^{-1}` is no vector, though another x is one."""
    before = r"""A function is convex if $f(y) \ge f(x) + \nabla f(x)^T (y - x)$.
For $f(x) = x \ln x$ the minimum is at $x = e^{-1}$, and for $s(x) = \ln(1 + e^x)$ we have"""
    assert [one.outcome in RIGHT for one in own_line(before, r"s'(x) = \frac{e^x}{1 + e^x}")] == [True]
    assert not any(one.outcome in RIGHT for one in own_line(before, r"s'(x) = \frac{e^x}{1 - e^x}"))


def test_a_diagonal_matrix_of_a_number_is_none() -> None:
    found = own_line(r"For a number $t$ let $s = 1 - t^2$.", r"W \operatorname{diag}(s) = \operatorname{diag}(1 - t^2)\,W")
    assert not any(one.outcome in RIGHT for one in found)


@pytest.mark.parametrize("line", [r"\frac{d}{dt}\cos\omega\,t = -\omega\sin\omega\,t", r"\cos\theta\,r = r\cos\theta"])
def test_a_thin_space_does_not_tell_where_an_argument_ends(line: str) -> None:
    """Both are true, with the name behind it in the argument or not."""
    assert not [one for one in own_line("", line) if one.outcome in WRONG]
