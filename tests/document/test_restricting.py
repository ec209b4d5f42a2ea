"""Conditions in words in front of a claim: what is not understood refutes nothing, and what is orthogonal is understood."""

from __future__ import annotations

import pytest

from calcds.decide.verdict import Outcome
from calcds.document.finding import Finding
from tests.document.lines import RIGHT, WRONG, read

NAMES = "Let $A$ and $B$ be $n \\times n$ matrices and $u, v, x \\in \\mathbb{R}^n$; $a, b$ are real numbers."

RESTRICTED = [  # (words, a claim that holds under them only)
    ("If $A$ and $B$ commute, then", "(AB)^2 = A^2 B^2"),
    ("For commuting matrices,", "(A+B)^2 = A^2 + 2AB + B^2"),
    ("For a right angle between the vectors,", r"\|u - v\|^2 = \|u\|^2 + \|v\|^2"),
    ("When the two vectors point the same way,", r"\|u + v\| = \|u\| + \|v\|"),
    ("For normalised $x$ we get", "x^T (A + I) x = x^T A x + 1"),
    ("If both numbers have the same sign,", "|a + b| = |a| + |b|"),
    ("If $x$ lies in the kernel of $A$, then", r"\|Ax + v\|^2 = \|v\|^2"),
    ("For a rotation $A$ the length stays:", r"\|Ax\| = \|x\|"),
    ("For idempotent $A$,", "(I - A)^2 = I - A"),
    ("For $A$ of rank one,", r"A^2 = \operatorname{tr}(A) A"),
    ("For triangular $A$,", r"\det A = \prod_i a_{ii}"),
    ("Since the signals do not overlap,", r"\|u + v\|^2 = \|u\|^2 + \|v\|^2"),
    ("By orthogonality,", r"\|u + v\|^2 = \|u\|^2 + \|v\|^2"),
    ("For centred data", r"\sum_i (x_i - a)^2 = \sum_i x_i^2 + n a^2"),
]
HEDGED = [  # what is not meant exactly, or not claimed
    "To first order, $(1+a)^3 = 1 + 3a$.",
    "Ignoring terms of second order, $\\sqrt{1+a} = 1 + a/2$.",
    "Up to sign, $a - b = b - a$.",
    "Modulo 7, $3 \\cdot 5 = 1$.",
    "In base 2, $101 = 5$.",
    "In floating point arithmetic, $1 + 10^{-17} = 1$.",
    "For small $a$, $\\sin a = a$.",
    "Is $(a+b)^2 = a^2 + b^2$?",
    "True or false: $\\log(a+b) = \\log a + \\log b$.",
]
ORTHOGONAL = [
    "If $u$ and $v$ are orthogonal, then $C$.",
    "Let $u$ and $v$ be orthogonal. Then $C$.",
    "For orthogonal vectors $u, v$ we have $C$.",
    "If $u \\perp v$, then $C$.",
    "If $u^T v = 0$, then $C$.",
    "Suppose that $u$ is perpendicular to $v$. Then $C$.",
    "We have $C$ if $u$ and $v$ are orthogonal.",
    "We have $C$ whenever $\\langle u, v \\rangle = 0$.",
    "Because of the orthogonality of $u$ and $v$, we find $C$.",
]


def last(text: str) -> Finding:
    """What is found of the last equation of a text that supposes nothing."""
    return [one for one in read(f"{NAMES}\n\n{text}\n") if one.right.strip("0")][-1]


@pytest.mark.parametrize(("words", "claim"), RESTRICTED)
def test_what_holds_under_a_condition_in_words_is_not_called_wrong(words: str, claim: str) -> None:
    """Without the words it is wrong."""
    assert last(f"{words} ${claim}$.").outcome not in WRONG
    assert last(f"We find ${claim}$.").outcome in WRONG


@pytest.mark.parametrize("text", HEDGED)
def test_what_is_not_meant_exactly_is_not_called_wrong(text: str) -> None:
    """Without the words it is wrong."""
    claim = text[text.index("$") :] if text.count("$") == 2 else text.split(", ")[1]
    assert last(text).outcome not in WRONG
    assert last(f"We find {claim.replace('?', '.')}").outcome in WRONG


@pytest.mark.parametrize("text", ORTHOGONAL)
def test_orthogonal_vectors(text: str) -> None:
    """Pythagoras holds, and fails with a slip in it."""
    claim = r"\|u+v\|^2 = \|u\|^2 + \|v\|^2"
    assert last(text.replace("C", claim)).outcome in RIGHT
    assert last(text.replace("C", claim.replace("+ ", "- "))).outcome in WRONG
    assert last(text.replace("C", claim.replace("+ ", "+ 2"))).outcome in WRONG


def test_a_condition_that_the_words_name_makes_a_claim_hold() -> None:
    """It is named with the result; another one, or one of other names, is not taken for it."""
    found = last("If $A$ and $B$ commute, then $(AB)^2 = A^2 B^2$.")
    assert found.outcome is Outcome.SUPPORTED
    assert "A and B commute" in found.detail
    assert last("If $x$ and $B$ commute, then $(AB)^2 = A^2 B^2$.").outcome is Outcome.UNDECIDED
    assert last("If $A$ and $B$ are regular, then $(AB)^2 = A^2 B^2$.").outcome is Outcome.UNDECIDED


@pytest.mark.parametrize("slip", ["(a+b)^2 = a^2 - 2ab + b^2", r"\|2x\|^2 = 2\|x\|^2", "(AB)^T = A^T B^T"])
def test_a_slip_is_one_behind_a_condition_too(slip: str) -> None:
    """A small change mends it for all values, so that the condition is not what it lacks."""
    assert last(f"If the matrices commute, then ${slip}$.").outcome in WRONG


def test_orthogonal_matrices_are_no_orthogonal_vectors() -> None:
    """The words are about each of them."""
    assert last(r"Let $A$ and $B$ be orthogonal matrices. Then $\|Bx\|^2 = \|x\|^2$.").outcome in RIGHT
    assert last(r"Let $A$ and $B$ be orthogonal matrices. Then $\|Ax + Bx\|^2 = 4 \|x\|^2$.").outcome not in RIGHT


@pytest.mark.parametrize(("words", "supposed"), [
    ("be symmetric", True), ("be a symmetric matrix", True), (", not necessarily symmetric", False),
    ("be a matrix that need not be symmetric", False), ("be a matrix that is not symmetric", False),
    (", without being symmetric", False),
])  # fmt: skip
def test_what_is_not_supposed_is_no_hypothesis(words: str, supposed: bool) -> None:
    before = rf"Let $A \in \mathbb{{R}}^{{n \times n}}$ {words}, and $x \in \mathbb{{R}}^n$."
    text = rf"{before} Then $\nabla_x\, x^\top A x = 2 A x$."
    assert (read(text + "\n")[-1].outcome in RIGHT) is supposed
