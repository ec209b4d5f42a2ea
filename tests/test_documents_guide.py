"""Every example of the guide for authors of notes comes out as it says below it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from calcds.document.checking import findings
from calcds.document.source.extract import cut
from calcds.document.words.notes import sidecar
from calcds.verify.documents import as_results, explain_reading, kind_of
from calcds.verify.suggesting import suggestions

GUIDE = Path(__file__).parents[1] / "docs" / "documents.md"
BLOCKS: list[tuple[str, str]] = re.findall(r"^```(\w+)\n(.*?)^```$", GUIDE.read_text(), re.DOTALL | re.MULTILINE)


def block(language: str) -> str:
    (text,) = [text for named, text in BLOCKS if named == language]
    return text


def examples() -> list[tuple[str, str, str]]:
    """Documents, what annotations stand beside them, and what is said of them."""
    found, text, beside = [], "", ""
    for language, body in BLOCKS:
        if language == "markdown":
            assert not text, f"nothing is said of {text!r}"
            text = body
        elif language == "annotations":
            beside = body
        elif language == "text":
            found.append((text, beside, body))
            text = beside = ""
    return found


EXAMPLES = examples()


@pytest.mark.parametrize(("text", "beside", "said"), EXAMPLES, ids=[text.splitlines()[-1] for text, _, _ in EXAMPLES])
def test_an_example_comes_out_as_it_says(text: str, beside: str, said: str, tmp_path: Path) -> None:
    document = cut(Path("notes.md"), text)
    if beside:
        (tmp_path / "notes.md.calcds").write_text(beside)
        sidecar(document, tmp_path / "notes.md.calcds")
    assert [f"{one.line} {kind_of(one)}" for one in findings(document)] == said.splitlines()
    assert document.problems == []


def test_every_annotation_has_an_example() -> None:
    annotated = " ".join(text + beside for text, beside, _ in EXAMPLES)
    for word in ("skip", "definition", "condition", "where", "tolerance", "expect refuted", "let", "assume", "layout",
                 "log base", "prime", "superscript", "Symmetric"):  # fmt: skip
        assert re.search(rf"(?:calcds:|;) (?:\w+: )?{word}", annotated), word


@pytest.mark.parametrize("text", [text for text, _, _ in EXAMPLES if "<!--" in text])
def test_an_annotation_of_an_example_matters(text: str) -> None:
    def outcomes(said: str) -> list[tuple[int, str, str]]:
        return [(one.line, kind_of(one), one.role) for one in findings(cut(Path("notes.md"), said))]

    assert outcomes(re.sub(r"<!--.*?-->", "", text)) != outcomes(text)


def test_the_suggestions_are_those_that_are_written() -> None:
    (text,) = [text for text, _, _ in EXAMPLES if "The entropy" in text]
    found = suggestions(as_results(Path("notes.md"), findings(cut(Path("notes.md"), text))))
    assert [one.lines[1] for one in found] == block("suggestions").splitlines()


def test_the_reading_is_the_one_that_is_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("notes.md").write_text("$$\\frac{dE}{dw} = 2w$$\n\n$$(A B)^T = B^T A^T$$\n")
    assert list(explain_reading([Path("notes.md")])) == block("explained").splitlines()


def test_links_lead_somewhere() -> None:
    for target in re.findall(r"\]\(([^)]+)\)", GUIDE.read_text()):
        assert (GUIDE.parent / target).exists(), target
