r"""Products of sizes, `(n \times 1) \cdot (1 \times m) = (n \times m)`; and a matrix of any size is no number."""

from __future__ import annotations

import pytest

from calcds.decide.verdict import Outcome
from tests.document.lines import RIGHT, WRONG, last_line, read

SIZES = [
    ("The product has the size", r"(p \times 1) \cdot (1 \times q) = (p \times q)", Outcome.PROVED),
    ("The product has the size", r"(p \times 1) \cdot (1 \times q) = (q \times p)", Outcome.REFUTED),
    ("", r"(p \times 1) \cdot (1 \times q) = (q \times p)", Outcome.REFUTED),
    ("The shapes are", r"(2 \times 3)(3 \times 5) = (2 \times 5)", Outcome.PROVED),
    ("The shapes are", r"(2 \times 3)(4 \times 5) = (2 \times 5)", Outcome.REFUTED),
    ("The shapes are", r"(p \times q)(q \times r)(r \times s) = (p \times s)", Outcome.PROVED),
    ("The shapes are", r"(p \times q)(q \times r)(r \times s) = (s \times p)", Outcome.REFUTED),
    ("We multiply", r"(2 \times 3) \cdot (3 \times 4) = (6 \times 12)", Outcome.UNDECIDED),
    ("As $p = q$, the shapes are", r"(p \times q)(p \times r) = (p \times r)", Outcome.UNDECIDED),
    ("We multiply", r"(2 \times 3) \cdot 5 = 30", Outcome.PROVED),
]


@pytest.mark.parametrize(("before", "line", "outcome"), SIZES)
def test_sizes_multiply_as_shapes(before: str, line: str, outcome: Outcome) -> None:
    assert [one.outcome for one in last_line(before, line)] == [outcome]


CENTRED = r"""## The layer

The data are $X \in \mathbb{R}^{n \times d}$, and $m \in \mathbb{R}^{1 \times d}$ is their mean.

## Its gradient

We choose $Z = X - m$. Then

$$ s^2 = \frac{1}{n} \sum_i (x_i - m)^2 = \frac{1}{n} (X - m)^T (X - m) = \frac{1}{n} %s $$
"""


def test_a_matrix_of_any_size_is_no_number() -> None:
    assert all(one.outcome not in WRONG for one in read(CENTRED % "Z^T Z"))
    assert read(CENTRED % "Z Z^T")[-1].outcome not in RIGHT


LISTED = r"""The targets are the columns of $Y \in \{0, 1\}^{K \times m}$, with $K = n_L$. For layers $l = 1, \dots, L$
the pass is $Z^{[l]} = W^{[l]} A^{[l-1]}$ where $W^{[l]} \in \mathbb{R}^{n_l \times n_{l-1}}$,
with $P = \sum_{l=1}^{L} n_l (n_{l-1} + 1)$ parameters.

Let $p_k = \frac{e^{z_k}}{\sum_{j=1}^{K} e^{z_j}}$.

"""


def test_a_size_that_is_one_of_a_list_stays_a_size() -> None:
    """K is no entry of a vector of sizes, which would have to be put in for it: then no sizes would fit."""
    right = r"$$\frac{e^{z_k + c}}{\sum_j e^{z_j + c}} = \frac{e^{c} e^{z_k}}{e^{c} \sum_j e^{z_j}} = p_k$$"
    assert all(one.outcome in RIGHT for one in read(LISTED + right)[-2:])
    assert read(LISTED + right.replace(r"= p_k", r"= p_k + 1"))[-1].outcome in WRONG
