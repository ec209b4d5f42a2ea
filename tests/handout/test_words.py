"""Prose with formulas, hypotheses in words, numbers, and escaping."""

from __future__ import annotations

import pytest

from calcds.handout.escape import html_text, label, tex_display, tex_rich, tex_text
from calcds.handout.hypotheses import hypotheses, sentence
from calcds.handout.prose import Rich, note, rich
from calcds.handout.scribe import BREAK
from calcds.handout.values import value_latex
from calcds.notation import (
    Dim,
    Function,
    Index,
    Interval,
    Matrix,
    Nonzero,
    OneOrMinusOne,
    Positive,
    Probability,
    Real,
    Symmetric,
    Vector,
)

m, n = Dim("m"), Dim("n")


def shown(pieces: Rich) -> str:
    return "".join(f"${said}$" if kind == "math" else said for kind, said in pieces)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("cancel $e^c$ below", "cancel $e^c$ below"),
        ("$(AB)^T = B^T A^{T}$", r"$(AB)^{\top} = B^{\top} A^{\top}$"),
        (r"$\sum_{t=1}^T x_t$, $e^Tx$", r"$\sum_{t=1}^T x_t$, $e^Tx$"),
        ("costs $5", "costs $5"),
        ("no formula", "no formula"),
        (r"\$5 and $x$", "$5 and $x$"),
        ("", ""),
    ],
)
def test_dollars_hold_formulas(text: str, said: str) -> None:
    assert shown(rich(text)) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("W_lk leads from l to k", "$W_{lk}$ leads from $l$ to $k$"),
        ("1 + e^(-beta x) is positive", r"1 + $e^{-\beta x}$ is positive"),
        ("if (p/q)^2 = 2 then q^2 = 2k^2", "if $(p/q)^{2}$ = 2 then $q^{2}$ = $2k^{2}$"),
        ("A need not be symmetric; 2 A x", "A need not be symmetric; 2 $A$ $x$"),
        ("a multiple of x", "a multiple of $x$"),
        ("I say", "I say"),
        ("the gradient in w35", "the gradient in $w_{35}$"),
        ("snake_case stays", "snake_case stays"),
        ("X^T X and tau", r"$X^{\top}$ $X$ and $\tau$"),
        ("(x l - k^2)^2 and 3 - x", "$(x l - k^{2})^{2}$ and 3 $-$ $x$"),
        ("x-axis, x's", "x-axis, x's"),
    ],
)
def test_formulas_in_a_docstring_are_recognised(text: str, said: str) -> None:
    assert shown(note(text, ["x", "X", "l", "k", "A", "a", "I", "w35"])) == said


@pytest.mark.parametrize(
    ("symbols", "said"),
    [
        ({"x": Real.symbol("x"), "y": Real.symbol("y")}, r"For $x, y \in \mathbb{R}$"),
        ({"A": Matrix[m, n].symbol("A"), "x": Vector[n].symbol("x")},
         r"For $A \in \mathbb{R}^{m \times n}$ and $x \in \mathbb{R}^{n}$"),
        ({"A": Symmetric[n].symbol("A")}, r"For symmetric $A \in \mathbb{R}^{n \times n}$"),
        ({"b": Positive.symbol("b"), "g": Nonzero.symbol("g"), "p": Interval(0, 1).symbol("p")},
         r"For $b > 0$, $g \in \mathbb{R}$, not zero and $0 < p < 1$"),
        ({"k": Index[n].symbol("k")}, r"For $k \in \{0, \dots, n - 1\}$"),
        ({"t": OneOrMinusOne.symbol("t")}, r"For $t \in \{-1, 1\}$"),
        ({"y": Probability[n].symbol("y")}, r"For a probability vector $y \in \mathbb{R}^{n}$"),
        ({"f": Function.symbol("f")}, r"For a smooth function $f\colon \mathbb{R} \to \mathbb{R}$"),
        ({"f": Function[n].symbol("f"), "g": Function[n].symbol("g")},
         r"For smooth functions $f, g\colon \mathbb{R}^{n} \to \mathbb{R}$"),
        ({}, ""),
    ],
)  # fmt: skip
def test_hypotheses_are_said_in_words(symbols: dict[str, object], said: str) -> None:
    assert shown(sentence(hypotheses(symbols))) == said


@pytest.mark.parametrize(
    ("value", "latex"),
    [
        ("3", "3"),
        ("-1/2", r"-\frac{1}{2}"),
        ("0.69314718055994530942 +/- 2.77e-21", r"0.6931471\ldots"),
        ("+/- 1.20e-19", "0"),
        ([["1", "0"], ["0", "-1/3"]], r"\begin{pmatrix} 1 & 0 \\ 0 & -\frac{1}{3} \end{pmatrix}"),
        ("u**2 + 3*u", "u^{2} + 3 u"),
    ],
)
def test_numbers_of_a_counterexample(value: object, latex: str) -> None:
    assert value_latex(value) == latex


@pytest.mark.parametrize(
    ("text", "tex"),
    [
        ("100% & #1 {a}_b", r"100\% \& \#1 \{a\}\_b"),
        ("a\\b~c^d", r"a\textbackslash{}b\textasciitilde{}c\textasciicircum{}d"),
        ("<tag> $5", r"\textless{}tag\textgreater{} \$5"),
        ('he says "so"', "he says ``so''"),
        ("é ß ł Ž", "é ß ł Ž"),
        ("α ≤ β", r"$\alpha$ $\leq$ $\beta$"),
        ("Σ λ Α", r"$\Sigma$ $\lambda$ $\mathrm{A}$"),
        ("x² ℝ ᵀ", r"x$^2$ $\mathbb{R}$ $^{\top}$"),
        ("中", r"\texttt{U+4E2D}"),
        ("e\u0301", "é"),
        ("\x00a\u200b", "a"),
    ],
)
def test_text_is_escaped_for_latex(text: str, tex: str) -> None:
    assert tex_text(text) == tex


def test_formulas_keep_their_commands_and_get_unicode_translated() -> None:
    assert tex_rich((("text", "50% of "), ("math", r"\alpha_1"))) == r"50\% of $\alpha_1$"
    assert tex_display(f"a {BREAK}+ b") == "a + b"  # short enough for every line
    long = f" {BREAK}+ ".join(["abcd"] * 20)
    assert tex_display(long) == r" \allowbreak + ".join(["abcd"] * 20)
    assert tex_rich((("math", "α + é"),)) == r"${\alpha} + \text{é}$"


def test_html_is_escaped() -> None:
    assert html_text("<b> & \"x\" 'y'") == "&lt;b&gt; &amp; “x” ’y’"


def test_labels_have_plain_characters() -> None:
    assert label("quadratic_form.py::form") == "quadratic-form.py:form"
