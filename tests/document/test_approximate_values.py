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
