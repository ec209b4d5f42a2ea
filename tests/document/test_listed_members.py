"""Gradients that words list are members of a sequence, from which the members of a recursion follow."""

from __future__ import annotations

import pytest

from tests.document.lines import RIGHT, WRONG, read

ADAGRAD = r"""Here $\theta \in \mathbb{R}^d$ and $g_t \in \mathbb{R}^d$ is the gradient in step $t$. AdaGrad is
$$s_t = s_{t-1} + g_t \odot g_t, \quad s_0 = 0, \qquad \theta_t = \theta_{t-1} - \frac{\eta}{\sqrt{s_t} + \epsilon} \odot g_t.$$

One coordinate, $\eta = 0.5$, $\theta_0 = 1$, gradients $3$, $4$ and $12$: """
MEAN = r"Let $v_0 = 0$ and $v_{k+1} = \beta v_k + g_k$. With $\beta = 0.5$ and the gradients $2$, $-4$, "
ADAM = r"""With $m_0 = 0$ let $m_t = \beta m_{t-1} + (1 - \beta) g_t$ and $$\hat m_t = \frac{m_t}{1 - \beta^t}.$$

With $\beta = 0.9$ and the gradients $4$, $2$ we get """
LISTS = [  # (what stands before, true members, false ones)
    (ADAGRAD, "$s_1 = 9$.", "$s_1 = 3$."),
    (ADAGRAD, "$s_1 = 9$ and $s_2 = 9 + 16$.", "$s_1 = 9$ and $s_2 = 9 + 4$."),
    (ADAGRAD, r"$s_1 = 9$ and $\theta_1 = 1 - 0.5 \cdot \frac33$.", r"$s_1 = 9$ and $\theta_1 = 1 - 0.5 \cdot \frac39$."),
    (MEAN, "$v_1 = 2$ and $v_2 = -3$.", "$v_1 = 2$ and $v_2 = 5$."),
    (ADAM, r"$m_1 = 0.4$ and $\hat m_1 = 4$.", r"$m_1 = 0.4$ and $\hat m_1 = 0.4$."),
    (ADAM, r"$m_1 = 0.4$ and $m_2 = 0.56$.", r"$m_1 = 0.4$ and $m_2 = 0.65$."),
]


@pytest.mark.parametrize(("before", "true", "false"), LISTS, ids=[f"{k} {one[1][:40]}" for k, one in enumerate(LISTS)])
def test_members_follow_from_listed_gradients(before: str, true: str, false: str) -> None:
    right, slip = read(before + true + "\n"), read(before + false + "\n")
    assert right[-1].outcome in RIGHT, right[-1].detail
    assert not any(one.outcome in WRONG for one in right)
    assert slip[-1].outcome not in RIGHT or slip[-1].role == "definition", slip[-1].detail


def test_numbers_that_no_recursion_takes_are_no_members() -> None:
    text = r"Let $x_{k+1} = \frac12 x_k$ and $x_0 = 8$. Where the gradients $3$, $4$ come from is not said. Then $x_1 = 4$."
    assert read(text + "\n")[-1].outcome in RIGHT


def test_a_member_with_a_formula_around_is_computed_in_an_example() -> None:
    """The section says what v_1 is in general; the example in a part of it, what this comes to."""
    text = r"""# Momentum

Let $v_0 = 0$, $v_{k+1} = \beta v_k - \eta g_k$ and $\theta_{k+1} = \theta_k + v_{k+1}$, so $$v_1 = -\eta g_0.$$

## By hand

With $\eta = 0.1$, $\beta = 0.9$, $\theta_0 = 1$ and the gradients $2$, $1.6$ we get $$v_1 = 0.9 \cdot 0 - 0.1 \cdot 2 = -0.2$$
"""
    assert {one.outcome for one in read(text)[-2:]} <= RIGHT
    assert read(text.replace("\\cdot 2 =", "\\cdot 3 ="))[-2].outcome not in RIGHT
    assert read(text.replace("\\cdot 2 =", "\\cdot 3 =").replace("= -0.2", "= -0.3"))[-2].outcome not in RIGHT
