r"""Numbers that are given as approximations, `a \approx 0.7311`, and what is computed from them."""

from __future__ import annotations

import pytest

from calcds.decide.verdict import Outcome
from tests.document.lines import RIGHT, WRONG, own_line, read

WEIGHTS = r"""We take $W^{[2]} = \begin{pmatrix} 1 & 2 \\ -1 & 1 \\ 3 & 0 \end{pmatrix}$, and
$g^{[2]} \approx (0.6652, -0.7553, 0.0900)^\top$. Then"""
NEURON = r"""Let $\sigma(z) = \frac{1}{1 + e^{-z}}$ and $a = \sigma(w^\top x + b)$ with $w = (0.4, -0.2)^\top$,
$x = (3, 1)^\top$, $b = 0$ and the target $t = 1$. Then"""
PAIRS = [
    ("Hence $a \\approx 0.7311$, with the target $t = 1$.", r"a - t \approx -0.2689", r"t - a \approx -0.2689"),
    ("Hence $a \\approx 0.7311$, with the target $t = 1$.", r"(a - t)^2 \approx 0.0723", r"(a - t)^2 \approx 0.0823"),
    (WEIGHTS, r"(W^{[2]})^\top g^{[2]} \approx \begin{pmatrix} 1.6906 \\ 0.5752 \end{pmatrix}",
     r"(W^{[2]})^\top g^{[2]} \approx \begin{pmatrix} 1.7906 \\ 0.5752 \end{pmatrix}"),
    (NEURON, r"a \approx 0.7311", r"a \approx 0.7411"),
    (NEURON, r"(a - t) a (1 - a) x \approx (-0.1586, -0.0529)^\top", r"(a - t) a (1 - a) x \approx (-0.1586, 0.0529)^\top"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "line", "slip"), PAIRS)
def test_what_is_computed_from_approximations(before: str, line: str, slip: str) -> None:
    """It holds within the rounding of the digits that are printed; a slip in it does not."""
    assert all(one.outcome in RIGHT for one in own_line(before, line)), own_line(before, line)
    assert not any(one.outcome in RIGHT for one in own_line(before, slip)), own_line(before, slip)


def test_a_slip_in_a_value_is_called_wrong() -> None:
    """Where nothing but numbers is at stake."""
    before, _, slip = PAIRS[0]
    assert any(one.outcome in WRONG for one in own_line(before, slip))


@pytest.mark.parametrize("line", [r"a^2 = a", r"a t = a", r"a - 0.7311 = 0"])
def test_no_rounded_value_makes_an_equation_a_law(line: str) -> None:
    """Nor is a value of a rounded number exact."""
    before = "Hence $a \\approx 0.7311$, with the target $t = 1$."
    assert not any(one.outcome is Outcome.PROVED for one in own_line(before, line)), own_line(before, line)


def test_a_name_with_a_formula_keeps_it() -> None:
    """`a = 0.7` or so says nothing new of it."""
    before = "Let $a = \\sqrt{b}$ for $b > 0$, for example $a \\approx 1.4142$ at $b = 2$."
    assert all(one.outcome not in WRONG for one in own_line(before, r"a^2 = b"))


def test_the_numbers_of_an_example_are_not_those_of_another_section() -> None:
    """The p of the claim is softmax, though an example printed it for certain logits, in a section before."""
    before = r"""## Softmax
The logits are $z \in \mathbb{R}^K$, and $$p_k = \frac{e^{z_k}}{\sum_{j=1}^K e^{z_j}}, \qquad k = 1, \dots, K.$$

For $z = (2, 1, 0)^\top$ one computes $p \approx (0.6652, 0.2447, 0.0900)^\top$.

## Cross-entropy
Let the target $y$ be one-hot. Then"""
    line = r"-\sum_{k=1}^K y_k \ln p_k = -y^\top z + \ln \sum_{j=1}^K e^{z_j}"
    assert not any(one.outcome in WRONG for one in own_line(before, line))


PERCENT = [
    ("The convolutions own only\n" + r"$2572 / 61706 \approx 4.2$ percent of the parameters.", RIGHT),
    (r"A share of $3 / 8 = 37.5$ per cent.", RIGHT),
    (r"A share of $3 / 8 = 38.5$ percent.", WRONG),
    (r"A share of $3 / 8 = 37.5$ of all.", WRONG),
    (r"This is $1 / 3 \approx 33$ percent of them.", {Outcome.UNDECIDED}),
]


@pytest.mark.parametrize(("text", "outcomes"), PERCENT)
def test_a_number_before_percent_is_a_hundredth(text: str, outcomes: set[Outcome]) -> None:
    assert read(text + "\n")[-1].outcome in outcomes


HESSIAN = r"""The rows of $X$ are $(0,1)$, $(1,1)$, $(2,1)$. Then
$$ H = \frac{1}{12} X^\top X = \frac{1}{12}\begin{pmatrix} 5 & 3 \\ 3 & 3 \end{pmatrix}, \qquad
H^{-1} = \begin{pmatrix} 6 & -6 \\ -6 & 10 \end{pmatrix}. $$
"""
SHRINKAGE = (
    r"The error is $\operatorname{MSE}(c) = c^2\frac{\sigma^2}{n} + (c-1)^2\mu^2$. With $\mu=2$, $\sigma^2=16$, $n=4$ "
    r"we find $\operatorname{MSE}(0.5) = 2$."
)


def test_the_numbers_at_the_end_of_a_chain_are_those_of_its_head() -> None:
    """Words say what the rows of X are; the numbers of H stand in the text."""
    assert read(HESSIAN)[-1].outcome in RIGHT
    assert read(HESSIAN.replace("10", "8"))[-1].outcome not in RIGHT
    assert read(HESSIAN.replace("5 & 3", "6 & 3"))[-1].outcome not in RIGHT


def test_a_variance_with_a_number() -> None:
    """The deviation is its root."""
    assert read(SHRINKAGE + "\n")[-1].outcome in RIGHT
    assert read(SHRINKAGE.replace("= 2$.", "= 3$.") + "\n")[-1].outcome in WRONG
    assert read(SHRINKAGE.replace("=16", "=9") + "\n")[-1].outcome in WRONG


OTHERS = [
    r"The noise has variance $\sigma^2 = 2$, and $\sigma(z) = \frac{1}{1+e^{-z}}$ is the sigmoid. Then $\sigma(0) = \frac12$.",
    r"For $\sigma^2 = 9$, $n = 36$ the error is $\sigma/\sqrt n = 0.5$. For $\sigma^2 = 16$ it is $\sigma/\sqrt n = \frac23$.",
    r"With $\sigma^2 = 4$ we have $\sigma^2 + 1 = 5$; in general $\operatorname{Var}(aX) = a^2\sigma^2$.",
    r"$A = B C = \begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}$, so $A = B C$ and $A^\top = C^\top B^\top$ and $\det A = -2$.",
    r"In the first example $S = X X^\top = \begin{pmatrix} 2 & 0 \\ 0 & 1 \end{pmatrix}$. In the second one $\det S = 3$.",
]  # fmt: skip


@pytest.mark.parametrize("text", OTHERS)
def test_numbers_of_an_example_call_nothing_wrong(text: str) -> None:
    assert not [one for one in read(text + "\n") if one.outcome in WRONG]


ROUNDED_TWICE = [
    (r"7 \log 3 - \sqrt{90} \approx -1.797", r"7 \log 3 - \sqrt{90} \approx -1.799"),
    (r"\sqrt 2 + \sqrt 3 = 3.147", r"\sqrt 2 + \sqrt 3 = 3.148"),
    (r"\sqrt{11} \approx 3.31663", r"\sqrt{11} \approx 3.31664"),
    (r"-\sqrt{13} \approx -3.605", r"-\sqrt{13} \approx -3.604"),
    (r"\sqrt{2} \sqrt{3} \begin{pmatrix} 1 \\ 3 \end{pmatrix} \approx \begin{pmatrix} 2.449 \\ 7.349 \end{pmatrix}",
     r"\sqrt{2} \sqrt{3} \begin{pmatrix} 1 \\ 3 \end{pmatrix} \approx \begin{pmatrix} 2.449 \\ 7.350 \end{pmatrix}"),
    (r"\frac13 \approx 0.333", r"\frac13 \approx 0.334"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "slip"), ROUNDED_TWICE)
def test_a_last_digit_that_is_off_by_less_than_one_is_not_called_wrong(line: str, slip: str) -> None:
    """It was cut off or rounded twice; what is off by more is wrong, and so is what nobody rounds."""
    assert not any(one.outcome in WRONG for one in own_line("", line)), own_line("", line)
    assert all(one.outcome in WRONG for one in own_line("", slip)), own_line("", slip)
