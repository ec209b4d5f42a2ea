# ruff: noqa: E501  (a row is a text)
"""Differentials of what the text differentiates by one name only: true lines, and slips of them."""

from __future__ import annotations

import pytest

from calcds.decide.verdict import Outcome
from tests.document.lines import RIGHT, WRONG, last_line, read

START = "# Differentials\n\nThe rule is $d(AB) = (dA)B + A\\,dB$.\n\n"
TRACES = START + "# Traces\n\n" r"Let $X$ be $m\times n$ and $A$, $B$ of fitting size. $$\frac{\partial}{\partial X}\operatorname{tr}(AX) = A^T$$" "\n\n"
FORMS = START + "# Forms\n\n" r"Let $A \in \mathbb{R}^{n \times n}$. Then $\nabla(x^T A x) = (A + A^T) x$." "\n\n"
SQUARES = START + "# Squares\n\n" r"For $f(X)=\tfrac12\|AX-B\|_F^2$ we get" "\n\n"
LOSS = START + "# Loss\n\n" r"""Let $Z\in\mathbb{R}^{k\times N}$ and $Y\in\mathbb{R}^{k\times N}$, $L = \frac1{2N}\|Z-Y\|_F^2$ and
$\Delta = \partial L/\partial Z$. Then
"""

PAIRS = [
    (TRACES, r"d\operatorname{tr}(AXB)=\operatorname{tr}(A\,dX\,B)", r"d\operatorname{tr}(AXB)=2\operatorname{tr}(A\,dX\,B)"),
    (TRACES, r"d\operatorname{tr}(X^TAX) = \operatorname{tr}((dX)^TAX)+\operatorname{tr}(X^TA\,dX)",
     r"d\operatorname{tr}(X^TAX) = \operatorname{tr}((dX)^TAX)-\operatorname{tr}(X^TA\,dX)"),
    (FORMS, r"d(x^TAx) = (dx)^TAx + x^TA\,dx", r"d(x^TAx) = (dx)^TAx - x^TA\,dx"),
    (FORMS, r"d(x^TAx) = x^T(A^T + A)\,dx", r"d(x^TAx) = x^T(A^T - A)\,dx"),
    (SQUARES, r"df = \operatorname{tr}((AX-B)^TA\,dX)", r"df = \operatorname{tr}((AX+B)^TA\,dX)"),
    (SQUARES, r"df = \operatorname{tr}((AX-B)^TA\,dX)", r"df = 2\operatorname{tr}((AX-B)^TA\,dX)"),
    (LOSS, r"dL = \frac1N\operatorname{tr}((Z-Y)^T dZ)", r"dL = \frac2N\operatorname{tr}((Z-Y)^T dZ)"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "line", "wrong"), PAIRS)
def test_what_the_section_never_moves_is_constant(before: str, line: str, wrong: str) -> None:
    assert [one.outcome in RIGHT for one in last_line(before, line)] == [True]
    assert [one.outcome in WRONG for one in last_line(before, wrong)] == [True]


SIZED = r"Let $A$ be a constant $d \times d$ matrix and $x \in \mathbb{R}^d$." "\n\n"  # d is a number, too, and no word says what else
INVERTIBLE = r"Let $X$ be an invertible $d \times d$ matrix." "\n\n"
RULES = [
    (SIZED, r"d(x^TAx) = dx^TAx+x^TA\,dx", r"d(x^TAx) = dx^TAx-x^TA\,dx"),
    (SIZED, r"d(x^TAx) = x^T(A^T+A)\,dx", r"d(x^TAx) = x^T(A^T-A)\,dx"),
    (INVERTIBLE, r"d\det X = \det X\;\operatorname{tr}(X^{-1}dX)", r"d\det X = \operatorname{tr}(X^{-1}dX)"),
    (INVERTIBLE, r"d\log\det X = \operatorname{tr}(X^{-1}dX)", r"d\log\det X = \det X\operatorname{tr}(X^{-1}dX)"),
    (INVERTIBLE, r"d(X^{-1}) = -X^{-1}\,dX\,X^{-1}", r"d(X^{-1}) = X^{-1}\,dX\,X^{-1}"),
]  # fmt: skip
MULTIPLES = [r"d(x + y) = d x + d y", r"d \|x\|^2 = d x^T x", r"d(x^T y) = d x^T y", r"A(d x) = d A x", r"d(x + 2y) = dx + 2dy"]


@pytest.mark.parametrize(("before", "line", "wrong"), RULES)
def test_a_rule_of_differentials_where_d_is_a_size(before: str, line: str, wrong: str) -> None:
    assert [one.outcome in RIGHT for one in last_line(before, line)] == [True]
    assert [one.outcome in RIGHT for one in last_line(before, wrong)] == [False]


@pytest.mark.parametrize("line", MULTIPLES)
def test_a_size_in_front_of_a_vector_is_a_number(line: str) -> None:
    before = r"Let $A$ be a $d \times d$ matrix and $x, y \in \mathbb{R}^d$." "\n\n"
    assert [one.outcome in RIGHT for one in last_line(before, line)] == [True]


OPEN = [  # it may move: the text does not tell
    START + r"Now $$d(AB) = A\,dB$$",
    START + "# On\n\n" r"Let $A$ and $B$ be matrices. $$d(AB) = A\,dB$$",
    TRACES + r"Also $\frac{\partial}{\partial A} \operatorname{tr}(A X) = X^T$. $$d\operatorname{tr}(AX) = \operatorname{tr}(A\,dX)$$",
    TRACES + r"Let $dA$ be small, too: $d(AX) = (dA) X + A\,dX$. $$d\operatorname{tr}(AX) = \operatorname{tr}(A\,dX)$$",
    START + "# C\n\n" r"Let $C = F G$ with $F, G \in \mathbb{R}^{n \times n}$. $$dC = F\,dG$$",
]  # fmt: skip


@pytest.mark.parametrize("text", OPEN)
def test_what_may_move_is_not_taken_as_constant(text: str) -> None:
    found = read(text + "\n")
    last = [one for one in found if one.line == max(f.line for f in found)][-1]
    assert last.outcome not in {*RIGHT, *WRONG}


SYMMETRIC = r"For a quadratic form with $A = A^T$ we have $\nabla(x^T A x) = 2 A x$, where $x \in \mathbb{R}^n$." "\n\n# Traces\n\n"


def test_a_property_of_another_section_gives_way_where_it_does_not_fit() -> None:
    before = SYMMETRIC + r"Let $X$ be $m \times n$ and $A$ of fitting size."
    assert [one.outcome in RIGHT for one in last_line(before, r"\frac{\partial}{\partial X}\operatorname{tr}(AX) = A^T")] == [True]
    wrong = last_line(before, r"\frac{\partial}{\partial X}\operatorname{tr}(AX) = A")
    assert [one.outcome in RIGHT for one in wrong] == [False]


RECTANGLE = TRACES + r"For powers of %s the cyclic property gives"
POWERS = [
    (r"d\operatorname{tr}(X^3)=3\operatorname{tr}(X^2\,dX)", r"d\operatorname{tr}(X^3)=2\operatorname{tr}(X^2\,dX)"),
    (r"\frac{\partial}{\partial X}\operatorname{tr}(X^3) = 3 (X^2)^T", r"\frac{\partial}{\partial X}\operatorname{tr}(X^3) = 3 X^2"),
]


@pytest.mark.parametrize(("line", "wrong"), POWERS)
def test_a_sentence_about_square_matrices(line: str, wrong: str) -> None:
    assert [one.outcome in RIGHT for one in last_line(RECTANGLE % "a square matrix", line)] == [True]
    assert [one.outcome in RIGHT for one in last_line(RECTANGLE % "a square matrix", wrong)] == [False]
    assert [one.outcome in {*RIGHT, *WRONG} for one in last_line(RECTANGLE % "it", line)] == [False]


def test_a_formula_of_this_section_is_read_without_the_property_of_another_one() -> None:
    text = SYMMETRIC + r"Let $X$ be $m\times n$ and $A$, $B$ of fitting size. For $f(X) = \frac12 \|AX - B\|_F^2$ we get"
    found = last_line(text, r"\frac{\partial f}{\partial X} = A^T(AX - B)")
    assert [one.outcome in RIGHT for one in found] == [True]
    wrong = last_line(text, r"\frac{\partial f}{\partial X} = A^T(AX + B)")
    assert [one.outcome in WRONG for one in wrong] == [True]


def test_an_entry_in_square_brackets_below_a_derivative_is_no_factor() -> None:
    """Nor is it called wrong: `w[0]` is an entry of w, and not w times 0."""
    for line in (r"\partial L / \partial w[0] = 3", r"\partial L / \partial w[0] = 0"):
        found = read(f"Let $L = (w_0 - 2)^2 + w_1$ and $w = (w_0, w_1)$.\n\n$${line}$$\n")[-1]
        assert found.outcome is Outcome.UNREAD, found
