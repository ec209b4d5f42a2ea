"""Context: declarations, definitions by section, annotations, chains over displays; and documents that mean harm."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from calcds.decide.verdict import Outcome
from calcds.document.checking import findings
from calcds.document.finding import Finding
from calcds.document.source.extract import cut

P, S, R, U = Outcome.PROVED, Outcome.SUPPORTED, Outcome.REFUTED, Outcome.UNREAD
D = Outcome.UNDECIDED


def read(text: str) -> list[Finding]:
    return findings(cut(Path("notes.md"), text))


def outcomes(text: str) -> list[Outcome]:
    return [one.outcome for one in read(text) if one.role == "claim"]


CONTEXT = [
    # declarations of the text
    (r"Let $A$ be symmetric. $$\nabla_x x^T A x = 2 A x$$", [P]),
    (r"$f(x) = x^T A x$ for $A \in \mathbb{S}^n$ and $x \in \mathbb{R}^n$. $$\nabla_x f(x) = 2 A x$$", [P]),
    (r"For $\sigma > 0$: $$\sqrt{\sigma^2} = \sigma$$", [P]),
    (r"$f: \mathbb{R}^n \to \mathbb{R}$ $$\nabla_x (f(x) + g(x)) = \nabla_x f(x) + \nabla_x g(x)$$", [P]),
    # definitions are those of the section
    ("# A\n$$f(x) = x^2$$\n# B\n$$f(x) = x^3$$ $$f'(x) = 3x^2$$", [P]),
    ("# A\n$$f(x) = x^2$$\n# B\n$$f(x) = x^3$$ $$f'(x) = 2x$$", [R]),
    ("$$y = 2x + 1$$\n# B\n$$\\frac{d}{dx} (x^2 + y^3) = 2x$$", [P]),
    # a second equation for a name is a new meaning, not an error
    ("$$y = 2x + 1$$ $$y = x^2$$ $$\\frac{dy}{dx} = 2x$$", [P]),
    # chains
    (r"\begin{align} (a+b)^2 &= (a+b)(a+b) \\ &= a^2 + 2ab + b^2 \end{align}", [P, P]),
    (r"\begin{align} (a+b)^2 &= (a+b)(a+b) \\ &= a^2 + b^2 \end{align}", [P, R]),
    ("$$(a+b)^2$$\n\n$$= a^2 + 2ab + b^2$$", [P]),
    # what depends on what is said by the derivatives themselves
    (r"$$\frac{dz}{dx} = \frac{dz}{dy} \frac{dy}{dx}$$", [P]),
    (r"$$\frac{dz}{dx} = \frac{dz}{dy} \frac{dz}{dx}$$", []),
    (r"$$\hat{y} = \mathbb{E}[y]$$", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CONTEXT)
def test_context(text: str, expected: list[Outcome]) -> None:
    assert outcomes(text) == expected


def test_a_claim_that_needs_more_says_what() -> None:
    (found,) = [
        one
        for one in read(
            r"Let $x \in \mathbb{R}^n$, $A \in \mathbb{R}^{n \times n}$. $$\nabla_x x^T A x = 2Ax$$"
        )
        if one.role == "claim"
    ]
    assert found.outcome is R
    assert "A is symmetric" in found.holds_if


ANNOTATED = [
    ("<!-- calcds: A: Symmetric[n]; x: Vector[n] -->\n$$\\nabla_x x^T A x = 2 A x$$", [P]),
    ("<!-- calcds: skip -->\n$$(a+b)^2 = a^2 + b^2$$", []),
    ("<!-- calcds: condition -->\n$$(a+b)^2 = a^2 + b^2$$", []),
    ("<!-- calcds: x: Real; where x > 0 -->\n$$|x| = x$$", [P]),
    ("<!-- calcds: log base 2 -->\n$$\\log 8 = 3$$", [P]),
    ("<!-- calcds: x: Vector[n]; W: Matrix[m, n]; layout numerator -->\n$$\\frac{\\partial (W x)}{\\partial x} = W$$", [P]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), ANNOTATED)
def test_annotations(text: str, expected: list[Outcome]) -> None:
    assert outcomes(text) == expected


def test_an_error_that_is_expected_is_an_erratum() -> None:
    (found,) = read("<!-- calcds: expect refuted -->\n$$(a+b)^2 = a^2 + b^2$$")
    assert (found.role, found.outcome) == ("erratum", R)


def test_an_annotation_that_makes_no_sense_is_said() -> None:
    document = cut(Path("a.md"), "<!-- calcds: A: Matrx[n] -->\n$a = b$")
    findings(document)
    assert "line 1" in document.problems[0]


HARMFUL = [
    "$$" + "(" * 5000 + "x" + ")" * 5000 + " = x$$",
    "$$" + "x^{" * 500 + "2" + "}" * 500 + " = x$$",
    "$$x = " + "+".join(["x"] * 3000) + "$$",
    "$$9^{9^{9^{9^9}}} = 1$$",
    "$$10^{1000000} - 10^{1000000} = 1$$",
    r"$$\sum_{k=1}^{10^{9}} k = 7$$",
    r"$$\begin{pmatrix}" + "1 & 2 \\\\ " * 300 + r"\end{pmatrix} = 3$$",
    "$$\\newcommand{\\a}{\\a\\a} \\a = 1$$",
    "$$\x00 = \x01$$",
    r"$$\sum ! = 1$$", r"$$x = \\ [ \mathbb{R}^n \in$$",
    "$$ = $$", "$$ == $$", "$$=$$ $$=x$$", "$$a = = b$$",
]  # fmt: skip


@pytest.mark.parametrize("text", HARMFUL, ids=range(len(HARMFUL)))
def test_a_harmful_line_costs_itself_only(text: str) -> None:
    found = read(text + "\n\n$$(p+q)^2 = p^2 + 2pq + q^2$$\n")
    assert found[-1].outcome is P


PIECES = r"""
\frac { } x _ ^ 1 = & \\ \sum \int d ( ) | \left \right. ' \begin{cases} \end{cases} \nabla \partial + - \cdot \text{if} ,
\lim \to A ^T ! \mathbf \hat f [ ] \{ \} \log \max 0 2.5 \| $ x_i \sum_{i=1}^n \frac{d}{dx} f(x) \int_0^1 \mathbb{R}^n \in
"""


def test_random_pieces_of_latex_never_raise() -> None:
    draw = random.Random(7)
    pieces = PIECES.split()
    for _ in range(300):
        formula = "".join(draw.choice(pieces) for _ in range(draw.randrange(1, 14)))
        for one in read(f"$${formula} = {draw.choice(pieces)}$$"):
            assert "a fault of calcds" not in one.detail, formula


@pytest.mark.parametrize("text", [r"$$\left( a + b = c$$", r"$$(a + b = c$$", r"$$\frac{a + b = c$$", "$$f(x = 2$$"])
def test_an_equation_behind_an_open_bracket_is_unread(text: str) -> None:
    assert [one.outcome for one in findings(cut(Path("notes.md"), text))] == [Outcome.UNREAD]


@pytest.mark.parametrize("text", ["$P(X = 1)$", r"$\sum_{i=1}^n x_i$", "$[0, 1)$", r"$x \in [a, b)$", r"$\frac{a + b}{$"])
def test_what_is_no_equation_has_no_row(text: str) -> None:
    assert findings(cut(Path("notes.md"), text)) == []
