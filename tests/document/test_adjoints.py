# ruff: noqa: E501  (a row is a text)
"""Derivatives of a loss without a formula: names for them, names at the end of a chain, and what a later remark leaves as it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from calcds.decide.verdict import Outcome
from calcds.document.checking import findings
from calcds.document.finding import Finding
from calcds.document.source.extract import cut

WRONG = {Outcome.REFUTED, Outcome.MALFORMED}
RIGHT = {Outcome.PROVED, Outcome.SUPPORTED}


def read(text: str) -> list[Finding]:
    return findings(cut(Path("notes.md"), text + "\n"))


NUMBERS = (
    r"The cost is called $J$. Let $u = (1, 3)^\top$ and $\delta = (0.5, -0.25)^\top$. Then $$\frac{\partial J}{\partial V} = \delta u^\top$$ "
    "and hence $$%s$$"
)
LAYERS = (
    r"Let $z^{(1)} = W^{(1)} x + b^{(1)} \in \mathbb{R}^m$, $h^{(1)} = \phi(z^{(1)})$, $z^{(2)} = W^{(2)} h^{(1)} + b^{(2)} \in \mathbb{R}^k$ "
    r"and $$E = \frac{1}{2} \|z^{(2)} - t\|^2.$$ Put $$\delta^{(2)} = \frac{\partial E}{\partial z^{(2)}}.$$ Here %s. Then $$%s$$"
)
BACKWARDS = r"Let $P = F G$ and $F = M N$ with matrices, and a cost $L$ of $P$. $$\frac{\partial L}{\partial F} = \frac{\partial L}{\partial P} G^\top = g_1$$ $$%s$$"
MEMBER = r"$\delta^{(2)} \in \mathbb{R}^k$ is the error"

PAIRS = [  # a text, a true line and a wrong one
    # names for derivatives, of which the text goes on with numbers
    (NUMBERS, r"\frac{\partial J}{\partial V} = \begin{pmatrix} 0.5 & 1.5 \\ -0.25 & -0.75 \end{pmatrix}",
     r"\frac{\partial J}{\partial V} = \begin{pmatrix} 0.5 & 1.5 \\ -0.25 & 0.75 \end{pmatrix}"),
    (NUMBERS, r"\left(\frac{\partial J}{\partial V}\right)^\top = u \delta^\top", r"\left(\frac{\partial J}{\partial V}\right)^\top = -u \delta^\top"),
    (NUMBERS, r"\nabla_V J = \begin{pmatrix} 0.5 & 1.5 \\ -0.25 & -0.75 \end{pmatrix}",
     r"\nabla_V J = \begin{pmatrix} 0.5 & -0.25 \\ 1.5 & -0.75 \end{pmatrix}"),
    (r"The cost is $C$. Then $$\frac{\partial C}{\partial a} = a - t$$ and with $a = 0.8$, $t = 1$ we get $$%s$$",
     r"\frac{\partial C}{\partial a} = -0.2", r"\frac{\partial C}{\partial a} = 0.2"),
    # a label that is a number is not moved; a membership says nothing new
    (LAYERS, (MEMBER, r"\frac{\partial E}{\partial h^{(1)}} = (W^{(2)})^\top \delta^{(2)}"), (MEMBER, r"\frac{\partial E}{\partial h^{(1)}} = -(W^{(2)})^\top \delta^{(2)}")),
    (LAYERS, (MEMBER, r"\frac{\partial E}{\partial z^{(1)}} = ((W^{(2)})^\top \delta^{(2)}) \odot \phi'(z^{(1)})"),
     (MEMBER, r"\frac{\partial E}{\partial z^{(1)}} = ((W^{(2)})^\top \delta^{(2)}) \odot \phi'(z^{(2)})")),
    (LAYERS, (MEMBER, r"\frac{\partial E}{\partial b^{(2)}} = \delta^{(2)}"), (MEMBER, r"\frac{\partial E}{\partial b^{(2)}} = 2 \delta^{(2)}")),
    # a chain that ends with a new name
    (BACKWARDS, r"\frac{\partial L}{\partial M} = g_1 N^\top", r"\frac{\partial L}{\partial M} = -g_1 N^\top"),
    (BACKWARDS, r"\frac{\partial L}{\partial N} = M^\top g_1", r"\frac{\partial L}{\partial N} = 2 M^\top g_1"),
]


@pytest.mark.parametrize(("text", "line"), [(text, right) for text, right, _ in PAIRS])
def test_a_true_line_is_proved(text: str, line: str | tuple[str, ...]) -> None:
    rows = read(text % line)
    assert not [row for row in rows if row.outcome in WRONG]
    assert rows[-1].outcome in RIGHT, rows[-1].detail


@pytest.mark.parametrize(("text", "line"), [(text, wrong) for text, _, wrong in PAIRS])
def test_a_wrong_line_is_not_passed(text: str, line: str | tuple[str, ...]) -> None:
    assert read(text % line)[-1].outcome not in RIGHT


@pytest.mark.parametrize(("behind", "role"), [
    (r" Then $$b \leftarrow b - \eta \frac{\partial J}{\partial b}, \quad \frac{\partial J}{\partial b} = \delta$$", "definition"),
    ("", "claim"),  # its formula is missing
    (" Here $J = J(W)$.", "claim"),  # it is printed somewhere
])  # fmt: skip
def test_the_first_equation_for_a_derivative_that_is_used_defines_it(behind: str, role: str) -> None:
    rows = read(rf"The cost is $J$. $$\frac{{\partial J}}{{\partial W^{{(1)}}}} = \delta x^\top$${behind}")
    assert rows[0].role == role
    assert rows[0].detail == ("taken as the definition of dJ/dW_(1)" if role == "definition" else "what J depends on is not said")


@pytest.mark.parametrize("line", [
    r"\frac{\partial L}{\partial w} = x",  # x is known: it is no name for the derivative
    r"\frac{\partial q}{\partial w} = x",
])  # fmt: skip
def test_a_known_name_at_the_end_is_no_name_for_a_derivative(line: str) -> None:
    rows = read(rf"Let $q = w x$. Here ${line}$ and $x^2 = x \cdot x$, $2x = x + x$, $x = 3x$.")
    assert [row.outcome in RIGHT for row in rows[-3:]] == [True, True, False]


def test_a_membership_without_let_leaves_a_formula() -> None:
    text = r"Let $v = A u$ for a square $A$ and a vector $u$. As $v \in \mathbb{R}^n$, we have $u^\top v = %s$."
    assert read(text % r"u^\top A u")[-1].outcome in RIGHT
    assert read(text % r"-u^\top A u")[-1].outcome in WRONG
