"""A name of which words say that it is symmetric, or invertible, is a matrix, and the I beside it the identity."""

from __future__ import annotations

import pytest

from calcds.decide.verdict import Outcome
from tests.document.lines import RIGHT, WRONG, last_line, read

LINES = [  # what stands before, a line with {} in it, what makes it true and what makes it wrong
    (r"Let $K$ be a symmetric matrix.", r"(I - K)(I + K) = I {} K^2", "-", "+"),
    (r"Let $K$ be an invertible matrix.", r"K (I + K)^{-1} = I {} (I + K)^{-1}", "-", "+"),
    (r"Let $K$ be positive definite.", r"(K + cI)^{-1} K = I - {} (K + cI)^{-1}", "c", "2c"),
]


@pytest.mark.parametrize(("before", "line", "right", "wrong"), LINES, ids=[row[1][:30] for row in LINES])
def test_the_identity_beside_a_matrix(before: str, line: str, right: str, wrong: str) -> None:
    assert [one.outcome in RIGHT for one in last_line(before, line.replace("{}", right))] == [True]
    assert [one.outcome in WRONG for one in last_line(before, line.replace("{}", wrong))] == [True]


def test_a_letter_of_which_nothing_is_said_is_not_misshapen() -> None:
    text = r"Here $I$ denotes the identity matrix. For every $K$, $(I - K)^2 = I - 2K + K^2$."
    assert [one for one in read(text + "\n") if one.outcome in WRONG] == []


STEPS = r"Let $K$ be symmetric. The error obeys $u_{k+1} = (I - \eta K) u_k$, so that "


@pytest.mark.parametrize(
    ("power", "outcomes"), [("k", RIGHT), ("k+1", WRONG), ("k-1", {Outcome.PROVED, Outcome.UNDECIDED, *WRONG})]
)
def test_steps_of_a_linear_iteration(power: str, outcomes: set[Outcome]) -> None:
    found = read(f"{STEPS}$u_k = (I - \\eta K)^{{{power}}} u_0$.\n")[-1]
    assert found.outcome in outcomes
    assert power == "k" or found.outcome not in RIGHT or found.role == "definition"
