"""Hessians that are named: `H_f(x)`, and "let $H$ be the Hessian of $f$ at $x$"."""

from __future__ import annotations

import pytest

from calcds.decide.verdict import Outcome
from tests.document.lines import WRONG, assert_slip_in_text_told_apart, read

CUBIC = r"The Hessian of $f(x,y) = x^2 y + y^3$ is"
FITTED = (
    r"Let $X$ be an $m \times n$ matrix, $y$ a vector of length $m$ and $S(w) = \|y - X w\|^2$. "
    r"If $X^T X$ is invertible, $w = (X^T X)^{-1} X^T y$."
)
SMOOTH = r"Let $f:\mathbb{R}^n \to \mathbb{R}$ be smooth"
HESSIANS = [  # (text, what is right in it, a slip)
    (rf"{CUBIC} $H_f(x,y) = \begin{{pmatrix}} 2y & 2x \\ 2x & 6y \end{{pmatrix}}$.", "6y", "3y"),
    (rf"{CUBIC} not constant: $H_f(1,2) = \begin{{pmatrix}} 4 & 2 \\ 2 & 12 \end{{pmatrix}}$.", "& 12", "& 6"),
    (rf"{FITTED} The Hessian is $\nabla^2 S = 2 X^T X$.", "= 2 X^T X", "= X^T X"),
    (rf"{SMOOTH} with Hessian $H_f$. $$f(x+h) = f(x) + \nabla f(x)^T h + \frac12 h^T H_f(x) h + o(\|h\|^2)$$", r"\frac12", ""),
    (
        rf"{SMOOTH}, let $H$ be the Hessian of $f$ at $x$. $$f(x+h) = f(x) + \nabla f(x)^T h + \frac12 h^T H h + O(\|h\|^3)$$",
        r"\frac12",
        "",
    ),
    (rf"{SMOOTH} and let $g$ be the gradient of $f$ at $x$. Then $f(x+h) = f(x) + g^T h + O(\|h\|^2)$.", "+ g^T", "- g^T"),
]


@pytest.mark.parametrize(("text", "right", "slip"), HESSIANS)
def test_a_hessian_and_its_slip(text: str, right: str, slip: str) -> None:
    """The line holds; with a slip in it, it is called wrong."""
    assert_slip_in_text_told_apart(text, right, slip)


OTHERS = [
    r"The Hessian of $f(x) = x^T A x$ with $A \in \mathbb{R}^{n \times n}$ is $H_f(x) = 2A$ if $A$ is symmetric.",
    r"With the Hessian $H_f(x^\star) = M$ and the Hermite polynomial $H_2(x) = 4x^2 - 2$.",
    r"Let $g$ be the gradient of $f$ at $x_0$. Then $g = 0$ and $H = I$.",
]


@pytest.mark.parametrize("text", OTHERS)
def test_other_letters_are_not_called_wrong(text: str) -> None:
    """Nothing of these is called wrong."""
    assert not [one for one in read(text + "\n") if one.outcome in WRONG]


def test_a_hessian_below_a_definition_of_hessians() -> None:
    """In a section about Hessians H is proved to be that of its function; another matrix is left open."""
    text = (
        "## Second derivatives\n\nThe Hessian of $f$ is the matrix $H_{ij} = \\partial^2 f/\\partial x_i\\partial x_j$. "
        "For $f(x,y) = x^3 + 2xy^2 - y^4$, $$H = \\begin{pmatrix} 6x & 4y \\\\ 4y & 4x - 12y^2 \\end{pmatrix}.$$"
    )
    last = [read(one)[-1] for one in (text, text.replace("12y^2", "12y"), text.replace("Hessian", "table"))]
    assert [one.outcome for one in last[:2]] == [Outcome.PROVED, Outcome.UNDECIDED]
    assert last[2].role == "definition"
