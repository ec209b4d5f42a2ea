"""Annotations in a file beside a document; and what the reader of the documents they are for must be able to read."""

from __future__ import annotations

from pathlib import Path

import pytest

from calcds.decide.verdict import Outcome
from calcds.document.checking import findings
from calcds.document.finding import Finding
from calcds.document.source.extract import Document, cut, load
from calcds.document.words.notes import sidecar

P, R, U, D = Outcome.PROVED, Outcome.REFUTED, Outcome.UNREAD, Outcome.UNDECIDED
ANNOTATIONS = Path(__file__).parents[2] / "derivations" / "annotations"
DOCUMENTS = Path(__file__).parents[3] / "shared" / "documents"

TEXT = r"""# Penalties
The slope is $2x$, so $(x^2)' = 2x$ and $(x^3)' = 2x^2$ follow.

$$\begin{aligned} (a + b)^2 &= a^2 + 2ab + b^2 \\ &= a^2 + b^2 \end{aligned}$$

The loss is $L = |w|^2$, over all of $G = \{ r : r \in \mathbb{R} \}$.

$$\nabla_x (x^T A x) = 2 A x$$

$$= 3 A x$$
"""
BESIDE = """# the cube, and the last row, are wrong
2.3: expect refuted
4: expect refuted 2
6.2: definition
8: A: Symmetric[n]; x: Vector[n]
# half of a formula
10: skip
"""


def checked(text: str, beside: str, tmp_path: Path) -> tuple[list[Finding], Document]:
    document = cut(Path("notes.md"), text)
    (tmp_path / "notes.md.calcds").write_text(beside, encoding="utf-8")
    sidecar(document, tmp_path / "notes.md.calcds")
    return findings(document), document


def test_annotations_belong_to_lines_and_to_formulas_of_a_line(tmp_path: Path) -> None:
    """`2.3` is the third formula of line 2; without annotations the same lines are other things."""
    found, document = checked(TEXT, BESIDE, tmp_path)
    assert document.problems == []
    assert [(one.line, one.role, one.outcome) for one in found if one.line != 6] == [
        (2, "claim", P), (2, "erratum", R), (4, "claim", P), (4, "erratum", R), (8, "claim", P),
    ]  # fmt: skip
    assert [one.outcome for one in found if one.left == "G"] == [D]
    bare, _ = checked(TEXT, "", tmp_path)
    assert [one.outcome for one in bare if one.left == "G"] == [U]
    assert [one.line for one in bare][-1] == 10


def test_a_formula_that_is_not_there_is_said(tmp_path: Path) -> None:
    _, document = checked("$a = a$\n", "1.2: skip\n", tmp_path)
    assert document.problems == ["notes.md.calcds: no formula 2 begins in line 1 of the document"]


def test_a_definition_is_the_first_equality_only(tmp_path: Path) -> None:
    """What follows in the chain is a claim, and stays unread where it is."""
    found, _ = checked(r"$$S = \{ 1 : 2 \} = \{ 3 : 4 \}$$", "1: definition\n", tmp_path)
    assert [one.outcome for one in found] == [D, U]


def test_a_definition_is_no_open_claim(tmp_path: Path) -> None:
    """A line that cannot be decided as it is read is counted among those that claim nothing; the next one is still checked."""
    text = "It is defined as $E[x] = \\sum_x x p(x)$.\n\n$(x + y)^2 = x^2 + y^2$\n"
    bare, _ = checked(text, "", tmp_path)
    found, _ = checked(text, "1: definition\n", tmp_path)
    assert [(one.role, one.outcome) for one in bare] == [("claim", D), ("claim", R)]
    assert [(one.role, one.outcome) for one in found] == [("definition", D), ("claim", R)]


def test_what_is_expected_to_be_refuted_is_a_claim(tmp_path: Path) -> None:
    """Of an unknown f the equation is a condition, until an annotation says that it is a wrong claim."""
    text = "All these are point reflections: $f(x) = f(-x)$.\n"
    bare, _ = checked(text, "f: Function; x: Real\n", tmp_path)
    assert [(one.role, one.outcome) for one in bare] == [("definition", D)]
    found, _ = checked(text, "f: Function; x: Real\n1: expect refuted\n", tmp_path)
    assert [(one.role, one.outcome) for one in found] == [("erratum", R)]
    true, _ = checked("$(x + y)^2 = x^2 + 2 x y + y^2$\n", "1: expect refuted\n", tmp_path)
    assert [(one.role, one.outcome) for one in true] == [("erratum", P)]


READ = [
    (r"Let $a, b \in \mathbb{R}^n$. $$a \odot b = \left[ a_i b_i \right]_{i=1}^n$$", P),
    (r"Let $a, b \in \mathbb{R}^n$. $$a \odot b = \left[ a_i + b_i \right]_{i=1}^n$$", R),
    (r"$W \in \mathbb{R}^{m \times n}$, $b \in \mathbb{R}^n$. $$W b = [ \sum_{j=1}^n W_{ij} b_j ]_{i=1}^m$$", P),
    (r"$W \in \mathbb{R}^{m \times n}$, $b \in \mathbb{R}^n$. $$W b = [ \sum_{j=1}^n W_{ij} b_i ]_{i=1}^m$$", D),
    (r"Let $t \in \mathbb{R}$. $$\max(0, t) = t \cdot \mathbf{1}_{\{t > 0\}}$$", P),
    (r"Let $t \in \mathbb{R}$. $$\max(0, t) = t \cdot \mathbf{1}_{t < 0}$$", R),
    (r"Let $a \in \mathbb{R}^n$. $$a + a \in \mathbb{R}^n = 2 a$$", P),
    (r"Let $a \in \mathbb{R}^n$. $$a + a \in \mathbb{R}^n = 3 a$$", R),
    ("<!-- calcds: prime d/dx -->\n$$(x^2 - 5 a^2)' = (x^2)' - (5 a^2)'$$", P),
    ("<!-- calcds: prime d/dx -->\n$$(x^2 - 5 a^2)' = 2x - 10 a$$", R),
    (r"$$\int_0^1 2x \, dx = [x^2]_{x=0}^1$$", P),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_reading(text: str, expected: Outcome) -> None:
    assert [one.outcome for one in findings(cut(Path("notes.md"), text)) if one.role == "claim"] == [expected]


@pytest.mark.parametrize("file", sorted(ANNOTATIONS.glob("*.calcds")), ids=lambda file: file.name[:3])
def test_the_documents_with_their_annotations(file: Path) -> None:
    """Every error that is announced is found, and no line is called wrong that is not announced."""
    document = DOCUMENTS / file.name.removesuffix(".calcds")
    if not document.exists():
        pytest.skip("the documents are no part of the project")
    read = load(document)
    sidecar(read, file)
    found = findings(read)
    assert read.problems == []
    assert {one.outcome for one in found if one.role == "erratum"} <= {R, Outcome.MALFORMED}
    assert [one.line for one in found if one.role == "claim" and one.outcome in {R, Outcome.MALFORMED}] == []
    assert len(found) > 100
