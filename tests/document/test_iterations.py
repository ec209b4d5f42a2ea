"""Iterations that a text does by hand: each member follows from the ones before it, or it is not passed."""

from __future__ import annotations

import pytest

from calcds.decide.verdict import Outcome
from tests.document.lines import RIGHT, WRONG, read

NEWTON = r"We iterate $x_{k+1} = \frac12\left(x_k + \frac{2}{x_k}\right)$. From $x_0 = 1$ we get "
DESCENT = r"For $f(x) = x^2 - 4x + 5$ use $x_{k+1} = x_k - \eta f'(x_k)$ with $\eta = 0.1$ from $x_0 = 0$. "
MOMENTUM = r"$m_t = \beta m_{t-1}+(1-\beta)g_t$, $m_0 = 0$, "
FIBONACCI = r"$F_{n+2} = F_{n+1} + F_n$, $F_0 = 0$, $F_1 = 1$, "

STEPS = [  # the text, its members, and what becomes of the last of them
    (NEWTON, r"$x_1 = 1.5$", RIGHT), (NEWTON, r"$x_1 = \frac32$, $x_2 = \frac{17}{12}$", RIGHT),
    (NEWTON, r"$x_1 = 1.5$, $x_2 = 1.41667$", RIGHT), (NEWTON, r"$x_1 = 1.5$, $x_2 = 1.41667$, $x_3 \approx 1.414216$", RIGHT),
    (NEWTON, r"$x_1 = \frac32$, $x_2 = \frac{17}{11}$", WRONG), (NEWTON, r"$x_1 = 1.5$, $x_2 = 1.46667$", WRONG),
    (NEWTON, r"$x_1 = 1.25$", {Outcome.UNDECIDED}),
    (NEWTON, r"$x_1 = 1.5$, $x_2 = 1.4$, $x_3 \approx 1.4142$", {Outcome.UNDECIDED}),
    (DESCENT, r"$x_1 = 0 - 0.1\cdot(-4) = 0.4$, $x_2 = 0.4 - 0.1 \cdot (-3.2) = 0.72$, $x_3 = 0.976$", RIGHT),
    (DESCENT, r"$x_1 = 0.4$, $x_2 = 0.27$", WRONG), (DESCENT, r"$x_1 = 0.4$, $x_2 = 0.72$, $x_3 = 0.967$", WRONG),
    (MOMENTUM, r"$m_1 = (1-\beta)g_1$, $m_2 = \beta(1-\beta)g_1+(1-\beta)g_2$", RIGHT),
    (MOMENTUM, r"$m_1 = (1-\beta)g_1$, $m_2 = \beta(1-\beta)g_1+\beta g_2$", WRONG),
    (FIBONACCI, r"$F_2 = 1$, $F_3 = 2$, $F_4 = 3$", RIGHT), (FIBONACCI, r"$F_2 = 1$, $F_3 = 2$, $F_4 = 4$", WRONG),
]  # fmt: skip


@pytest.mark.parametrize(("before", "members", "outcomes"), STEPS)
def test_the_members_of_a_recursion(before: str, members: str, outcomes: set[Outcome]) -> None:
    assert read(before + members + ".\n")[-1].outcome in outcomes


OTHERS = [  # x_1 and x_2 are no members, or other members: no line is called wrong
    r"The iteration is $x_{k+1} = x_k - \alpha g_k$. The point $x_1 = 3$, $x_2 = 5$ is a minimum.",
    (r"The iteration is $x_{k+1} = \frac12 x_k$. With $x_0 = 8$ we get $x_1 = 4$. "
     r"Starting at $x_0 = 2$ instead, $x_1 = 1$ and $x_2 = 0.5$."),
    "The iteration is $x_{k+1} = \\frac12 x_k$.\n\n## Another\n\nHere $x_0 = 1$, $x_1 = 3$ and $x_2 = 5$ are the nodes.",
    r"$a_{n+1} = 2 a_n$ with $a_0 = 1$, $a_1 = 2$. Later $a_{n+1} = 3 a_n$ with $a_0 = 1$, $a_1 = 3$, $a_2 = 9$.",
    r"$x_{k+1} = \cos x_k$: $x_0 = 1$, $x_1 = 0.54$, $x_2 = 0.8576$, $x_3 = 0.6543$.",
]  # fmt: skip


@pytest.mark.parametrize("text", OTHERS)
def test_what_is_no_member_is_not_called_wrong(text: str) -> None:
    assert [one for one in read(text + "\n") if one.outcome in WRONG] == []
