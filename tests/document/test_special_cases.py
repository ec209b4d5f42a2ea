"""Cases that a text looks at: what they say ends with their sentence, and what holds in them is not called wrong behind it."""

from __future__ import annotations

import pytest

from calcds.decide.verdict import Outcome
from tests.document.lines import RIGHT, WRONG, last_line, read

ANY = r"Let $Q(v) = v^\top M v$ with a square matrix $M$."
BOLD = r"Let $Q(\mathbf{v}) = \mathbf{v}^\top \mathbf{M} \mathbf{v}$."
RULE, SLIP = r"\nabla Q(v) = (M + M^\top) v", r"\nabla Q(v) = 2 M v"
MOMENTARY = [
    r"If $M = M^\top$ the gradient reduces to $2 M v$.",
    "If $M$ is symmetric this collapses to $2 M v$.",
    r"For $M = M^\top$ this becomes $2 M v$.",
    r"With $M = M^\top$ this is $2 M v$.",
    "When $M$ is symmetric we get $2 M v$.",
    r"In the symmetric case $M = M^\top$ it is $2 M v$.",
    "In the symmetric case it is $2 M v$.",
    "For symmetric $M$ this becomes $2 M v$.",
    r"With $M = I$ we get $\nabla \|v\|^2 = 2 v$.",
    "In the special case $M = I$ this is $2 v$.",
    "For $M = I$ this is $2 v$.",
]
LASTING = [
    "Let $M$ be symmetric.",
    "From now on $M$ is symmetric.",
    "Suppose that $M = M^\\top$.",
    "With $M = M^\\top$ let us look at forms.",
]
LOOKED_AT = [  # what holds in a case, in its sentence and behind it
    (ANY, r"With $M = I$ we get $v^\top M v = v^\top v$.", r"v^\top M M v = v^\top v"),
    (ANY, r"For $M = I$ this is $v^\top M v = v^\top v$.", r"v^\top M M v = v^\top v"),
    (ANY, r"In the special case $M = I$ we have $v^\top M v = v^\top v$.", r"v^\top M M v = v^\top v"),
    (BOLD, r"With $\mathbf{M} = \mathbf{I}$ we get $\mathbf{v}^\top \mathbf{M} \mathbf{v} = \mathbf{v}^\top \mathbf{v}$.",
     r"\mathbf{v}^\top \mathbf{M} \mathbf{M} \mathbf{v} = \mathbf{v}^\top \mathbf{v}"),
    (r"Let $g(t) = t^3 + c t$.", "For $c = 0$ we get $g(t) = t^3$.", "g'(t) = 3 t^2"),
]  # fmt: skip


@pytest.mark.parametrize("words", MOMENTARY)
def test_what_is_supposed_for_a_sentence_proves_nothing_behind_it(words: str) -> None:
    true, false = (last_line(f"{ANY}\n\n{words}\n\nIn general,", line)[-1] for line in (RULE, SLIP))
    assert true.outcome in RIGHT, true
    assert false.outcome not in RIGHT, false


@pytest.mark.parametrize("words", LASTING)
def test_what_is_said_of_a_matrix_lasts(words: str) -> None:
    assert last_line(f"{words}\n\nWe study $Q(v) = v^\\top M v$.\n\nIn general,", SLIP)[-1].outcome in RIGHT


@pytest.mark.parametrize(("before", "case", "line"), LOOKED_AT)
def test_what_holds_in_a_case_is_not_called_wrong(before: str, case: str, line: str) -> None:
    found = read(f"{before}\n\n{case} Then ${line}$.\n")
    assert not any(one.outcome in WRONG for one in found), found


def test_a_line_that_holds_in_no_case_is_called_wrong() -> None:
    before = "Let $M$ be a square matrix and $v$ a vector.\n\nFor $M = I$ this is $v^\\top M v = v^\\top v$.\n\nIn general,"
    assert last_line(before, r"(M v)^\top = v^\top M^\top")[-1].outcome in RIGHT
    assert last_line(before, r"(M v)^\top = 2 v^\top M^\top")[-1].outcome is Outcome.REFUTED


def test_a_capital_that_may_be_the_identity_refutes_nothing() -> None:
    assert read("Take $M = I$. Then $v^\\top M M v = v^\\top v$.\n")[-1].outcome not in WRONG


@pytest.mark.parametrize("words", ["With $M = I$ we get", "For $M = I$ this is", "In the special case $M = I$ we have"])
def test_a_declared_matrix_is_the_identity_in_its_sentence(words: str) -> None:
    before = f"Let $M \\in \\mathbb{{R}}^{{n \\times n}}$. {words}"
    assert last_line(before, r"v^\top M v = v^\top v")[-1].outcome in RIGHT
    assert last_line(before, r"v^\top M v = 2 v^\top v")[-1].outcome not in RIGHT
    assert last_line(f"{before} $v^\\top M v = v^\\top v$.\n\nIn general,", r"v^\top M v = v^\top v")[-1].outcome not in RIGHT
