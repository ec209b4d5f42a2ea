# ruff: noqa: E501  (a row is a text)
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
    (r"With kernel $k_l$, stride $s_l$ and $r_0 = 1$, $r_l = r_{l-1} + (k_l - 1)\prod_{i=1}^{l-1} s_i$. In the example "
     r"$r_1 = 1 + 4 = 5$, $r_2 = 5 + 1 = 6$ and $r_3 = 6 + 4 \cdot 2 = 14$. With $k = 3$ and stride one it is $r_l = 2l + 1$."),
    r"$x_{k+1} = \cos x_k$: $x_0 = 1$, $x_1 = 0.54$, $x_2 = 0.8576$, $x_3 = 0.6543$.",
]  # fmt: skip


@pytest.mark.parametrize("text", OTHERS)
def test_what_is_no_member_is_not_called_wrong(text: str) -> None:
    assert [one for one in read(text + "\n") if one.outcome in WRONG] == []


@pytest.mark.parametrize(("formula", "outcomes"), [("2^n - 1", RIGHT), ("2^n + 1", WRONG)])
def test_a_formula_without_other_names_has_the_members_that_are_printed(formula: str, outcomes: set[Outcome]) -> None:
    before = r"Let $h_0 = 0$ and $h_n = 2 h_{n-1} + 1$. Then $h_1 = 1$, $h_2 = 3$, so "
    assert read(f"{before}$h_n = {formula}$.\n")[-1].outcome in outcomes


BOWL = r"""Write $g_k = \nabla f(w_k)$ for $f(x, y) = 2x^2 + \tfrac12 y^2$, and start at $w_0 = (1, 2)^\top$, where $g_0 = (4, 2)^\top$.

# Descent

The method is $w_{k+1} = w_k - \eta g_k$. """
LATER = BOWL + r"""Take $\eta = 0.2$.

# Another method

"""
ADAGRAD = LATER + r"""All operations are elementwise.
$$G_{k+1} = G_k + g_k^2, \qquad w_{k+1} = w_k - \frac{\eta}{\sqrt{G_{k+1}} + \varepsilon} g_k, \qquad G_0 = 0.$$ With $\eta = 0.5$ we get """
ADAM = r"""$m_t = \beta_1 m_{t-1} + (1 - \beta_1) g_t$, $\hat m_t = \frac{m_t}{1 - \beta_1^t}$, $u_t = \beta_2 u_{t-1} + (1 - \beta_2) g_t^2$,
$\hat u_t = \frac{u_t}{1 - \beta_2^t}$ and $w_t = w_{t-1} - \eta \frac{\hat m_t}{\sqrt{\hat u_t + \epsilon}}$ with $m_0 = 0$ and $u_0 = 0$. Let $\eta = 0.1$, $\beta_1 = 0.9$,
$\beta_2 = 0.999$, $w_0 = 1$, $g_1 = 2$. Then $m_1 = 0.2$, $u_1 = 0.004$, $\hat m_1 = 2$, $\hat u_1 = 4$ and """
TWO = r"""Descent is $x_{k+1} = x_k - \eta f'(x_k)$. Newton's method is $x_{k+1} = x_k - \frac{f'(x_k)}{f''(x_k)}$. For $f(x) = (x - 3)^2$,
$x_0 = 1$ and $\eta = 0.1$ descent gives """
APART = [  # what stands before, a member, and slips of it: formulas of other names, of other sections, of entries, of two methods
    (BOWL, r"Take $\eta = 0.2$: $w_1 = (0.2, 1.6)^\top$", [r"Take $\eta = 0.2$: $w_1 = (0.2, 1.8)^\top$", r"Take $\eta = 0.3$: $w_1 = (0.2, 1.6)^\top$"]),
    (BOWL, r"With $\eta = 0.2$ we get $w_1 = (0.2, 1.6)^\top$, $w_2 = (0.04, 1.28)^\top$", [r"With $\eta = 0.2$ we get $w_1 = (0.2, 1.6)^\top$, $w_2 = (0.04, 1.82)^\top$"]),
    (LATER, r"At $w_1 = (-\frac{3}{17}, \frac{24}{17})^\top$ we have $g_1 = (-\frac{12}{17}, \frac{24}{17})^\top$", [r"At $w_1 = (-\frac{3}{17}, \frac{24}{17})^\top$ we have $g_1 = (\frac{12}{17}, \frac{24}{17})^\top$"]),
    (LATER, r"It gives $f(w_1) = 1$. At $w_1 = (0, 1)^\top$ we have $g_1 = (0, 1)^\top$", [r"It gives $f(w_1) = 1$. At $w_1 = (0, 1)^\top$ we have $g_1 = (1, 1)^\top$"]),
    (ADAGRAD, r"$G_1 = (16, 4)^\top$", [r"$G_1 = (16, 2)^\top$"]),
    (ADAGRAD, r"$G_1 = (16, 4)^\top$, $w_1 = (0.5, 1.5)^\top$", [r"$G_1 = (16, 4)^\top$, $w_1 = (0.5, 2.5)^\top$", r"$G_1 = (16, 4)^\top$, $w_1 = 0.5$"]),
    (ADAGRAD, r"$G_1 = (16, 4)^\top$, $w_1 = (0.5, 1.5)^\top$, $g_1 = (2, 1.5)^\top$, $G_2 = (20, 6.25)^\top$, $w_2 \approx (0.276, 1.2)^\top$",
     [r"$G_1 = (16, 4)^\top$, $w_1 = (0.5, 1.5)^\top$, $g_1 = (2, 1.5)^\top$, $G_2 = (20, 6.25)^\top$, $w_2 \approx (0.286, 1.2)^\top$"]),
    (ADAM, r"$w_1 = 1 - 0.1 \cdot \frac22$", [r"$w_1 = 1 - 0.1 \cdot \frac24$", r"$w_1 = 1 + 0.1 \cdot \frac22$"]),
    (TWO, r"$x_1 = 1.4$", [r"$x_1 = 1.6$"]),
]  # fmt: skip


@pytest.mark.parametrize(("before", "right", "slips"), APART, ids=[right[-40:] for _, right, _ in APART])
def test_a_member_that_follows_from_the_whole_text_and_its_slips(before: str, right: str, slips: list[str]) -> None:
    true = read(f"{before}{right}.\n")
    assert true[-1].outcome in RIGHT
    assert [one for one in true if one.outcome in WRONG] == []
    assert true[-1].role == "claim"
    for slip in slips:
        false = read(f"{before}{slip}.\n")[-1]
        assert false.outcome not in RIGHT or false.role == "definition"


ELSEWHERE = [  # formulas of other sections, which say nothing of these names
    "Let $g_k = 2 x_k$.\n\n# Springs\n\nThe places are $x_1 = 3$ and $x_2 = 5$, the weights $g_1 = 9$ and $g_2 = 7$.",
    "With $y_i = 3 x_i + 1$ we predict.\n\n# Data\n\nWe measure $x_1 = 1$, $y_1 = 5$, $x_2 = 2$, $y_2 = 6$.",
    LATER + r"Now start at $w_1 = (3, 3)^\top$, and $w_2 = (2, 2)^\top$ was chosen by hand, $w_3 = (1, 1)^\top$.",
    LATER + r"Let $f(x) = x^2$, $w_0 = 1$, $w_1 = 3$, $g_1 = 6$, $w_2 = 5$ and $g_2 = 10$.",
    ADAGRAD + r"$G_1 = (16, 4)^\top$. In another run $w_1 = (0.9, 1.9)^\top$, $G_2 = (20, 7)^\top$ and $w_2 = (0.8, 1.8)^\top$.",
    r"We iterate $x_{k+1} = 2 x_k - x_k^2$. From $x_0 = 0.5$ we get $x_1 = 0.75$, $x_2 = 0.9375$. Descent from there gives $x_1 = 1$ at once, but from $x_0 = 2$ it gives $x_1 = 1.75$.",
    TWO + r"$x_1 = 1.4$, $x_2 = 1.72$, and Newton's method gives $x_1 = 3$, $x_2 = 3$.",
]  # fmt: skip


@pytest.mark.parametrize("text", ELSEWHERE, ids=[text[-40:] for text in ELSEWHERE])
def test_a_formula_of_another_section_calls_nothing_wrong(text: str) -> None:
    assert [(one.left, one.right) for one in read(text + "\n") if one.outcome in WRONG] == []


def test_a_value_at_a_place_still_to_come_is_no_formula_of_a_function() -> None:
    text = LATER + r"""It holds that $f(w_{k+1}) = f(w_k) - 3$ here. So $f(w_1) = 4 - \frac{400}{136}$. In general $f(1, 2) = 4$ and $\nabla f((1, 2)^\top) = (4, 2)^\top$."""
    assert [one.outcome in RIGHT for one in read(text + "\n")[-2:]] == [True, True]


DECOUPLED = r"""Let $A$ be symmetric, $w_{k+1} = w_k - \eta (A w_k - b)$ and $A w^* = b$. The error $e_k = w_k - w^*$ obeys

$$
\begin{aligned}
e_{k+1} &= w_k - \eta (A w_k - b) - w^* \\
&= e_k - \eta A (w_k - w^*) \\
&= (I - \eta A) e_k ,
\end{aligned}
$$

and by induction $e_k = (I - \eta A)^k e_0$.
"""


def test_a_chain_may_end_with_a_recursion_in_its_head_alone() -> None:
    """Its first side has members of another sequence, with which it would go round in a circle."""
    assert read(DECOUPLED)[-1].outcome in RIGHT
    for right, slip in (("^k e_0", "^{k+1} e_0"), ("(I - \\eta A)^k", "(I + \\eta A)^k")):
        assert DECOUPLED.count(right) == 1
        assert read(DECOUPLED.replace(right, slip))[-1].outcome not in RIGHT
    assert read(DECOUPLED.replace("^k e_0", "^{k+1} e_0"))[-1].outcome in WRONG
    assert not [one for one in read(DECOUPLED) if "fault" in one.detail]
