r"""Backpropagation through time: steps of a recurrence as they are unrolled, in numbers and in matrices."""

from __future__ import annotations

import pytest

from tests.document.lines import RIGHT, assert_told_apart, own_line

SCALAR = r"Consider $h_t = \tanh(w h_{t-1} + u x_t)$ for numbers, and the loss $L = \frac12 (h_3 - y)^2$."
MAP = r"For $a_{t+1} = r a_t (1 - a_t)$ let $L = a_3^2$."
STATE = r"""The state is $h_t = \tanh(W h_{t-1} + U x_t + b)$ with $h_t \in \mathbb{R}^n$ and $x_t \in \mathbb{R}^d$,
the output is $o_t = V h_t + c$. The $\tanh$ acts entry by entry. Write $D_t = \operatorname{diag}(1 - h_t \odot h_t)$."""

NUMBERS = [
    (SCALAR, r"\frac{\partial h_3}{\partial h_2} = w (1 - h_3^2)", r"\frac{\partial h_3}{\partial h_2} = w (1 - h_2^2)"),
    (SCALAR, r"\frac{\partial L}{\partial h_1} = (h_3 - y)(1 - h_3^2)(1 - h_2^2) w^2",
     r"\frac{\partial L}{\partial h_1} = (h_3 - y)(1 - h_3^2)(1 - h_2^2) w"),
    (SCALAR, r"\frac{\partial L}{\partial h_2} = \frac{\partial L}{\partial h_3} \frac{\partial h_3}{\partial h_2}",
     r"\frac{\partial L}{\partial h_2} = \frac{\partial L}{\partial h_3} \frac{\partial h_3}{\partial h_1}"),
    (SCALAR,
     r"\frac{\partial L}{\partial u} = (h_3 - y)(1 - h_3^2)[x_3 + (1 - h_2^2) w x_2 + (1 - h_2^2)(1 - h_1^2) w^2 x_1]",
     r"\frac{\partial L}{\partial u} = (h_3 - y)(1 - h_3^2)[x_3 + (1 - h_2^2) w x_2 + (1 - h_2^2)(1 - h_1^2) w x_1]"),
    (MAP, r"\frac{\partial a_{t+1}}{\partial a_t} = r (1 - 2 a_t)", r"\frac{\partial a_{t+1}}{\partial a_t} = r (1 - a_t)"),
    (MAP, r"\frac{\partial L}{\partial a_2} = 2 a_3 r (1 - 2 a_2)", r"\frac{\partial L}{\partial a_2} = a_3 r (1 - 2 a_2)"),
]  # fmt: skip
MATRICES = [
    (STATE, r"\frac{\partial h_{t+1}}{\partial h_{t-1}} = D_{t+1} W D_t W",
     r"\frac{\partial h_{t+1}}{\partial h_{t-1}} = D_t W D_{t+1} W"),
    (STATE, r"\frac{\partial h_3}{\partial h_1} = D_3 W D_2 W", r"\frac{\partial h_3}{\partial h_1} = D_2 W D_3 W"),
    (STATE, r"\frac{\partial o_t}{\partial h_{t-1}} = V D_t W", r"\frac{\partial o_t}{\partial h_{t-1}} = V W D_t"),
    (STATE, r"\frac{\partial o_2}{\partial h_1} = V D_2 W", r"\frac{\partial o_2}{\partial h_1} = V W D_2"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "line", "slip"), NUMBERS)
def test_steps_of_numbers(before: str, line: str, slip: str) -> None:
    true, false = own_line(before, line), own_line(before, slip)
    assert [one.outcome in RIGHT for one in true] == [True]
    assert not any(one.outcome in RIGHT for one in false)


@pytest.mark.parametrize(("before", "line", "slip"), MATRICES)
def test_products_of_jacobians(before: str, line: str, slip: str) -> None:
    assert [one.outcome in RIGHT for one in own_line(before, line)] == [True]
    assert not any(one.outcome in RIGHT for one in own_line(before, slip))


def test_a_slip_in_an_unrolled_step_is_called_wrong() -> None:
    assert_told_apart(SCALAR, r"\frac{\partial h_3}{\partial h_2} = w (1 - h_3^2)",
                      r"\frac{\partial h_3}{\partial h_2} = w (1 + h_3^2)")  # fmt: skip


def test_what_is_no_recurrence_is_not_unrolled() -> None:
    before = r"Let $h_t = \tanh(w x_t)$ and $L = \frac12 (h_3 - y)^2$."
    assert not any(one.outcome in RIGHT for one in own_line(before, r"\frac{\partial L}{\partial h_2} = h_3 - y"))


def test_a_recurrence_is_not_put_into_itself_without_end() -> None:
    """The rows of `h_t` as a matrix have another length in every sum; each would bring in another copy of the recurrence."""
    before = r"""For inputs $\mathbf{x}_1,\dots,\mathbf{x}_T$ and an initial state $\mathbf{h}_0$ let
$$\mathbf{h}_t=\tanh(\mathbf{W}\mathbf{h}_{t-1}+\mathbf{U}\mathbf{x}_t), \qquad \mathbf{y}_t=\mathbf{V}\mathbf{h}_t, \qquad
L=\sum_{t=1}^{T}\ell_t(\mathbf{y}_t).$$
With $\mathbf{g}_t=\frac{\partial L}{\partial \mathbf{h}_t}$,"""
    (found,) = own_line(before, r"\frac{\partial L}{\partial \mathbf{W}} = \sum_{t=1}^{T}\mathbf{g}_t\mathbf{h}_{t-1}^T")
    assert "nested too deeply" not in found.detail
    assert "fault" not in found.detail
