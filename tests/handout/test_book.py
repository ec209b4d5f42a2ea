"""The book: every topic once, labels unique, references defined, every statement in the index."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from pathlib import Path

import pytest

from calcds.handout.assemble import Wanted
from calcds.handout.book import (
    PARTS,
    Chapter,
    chapters,
    html_book,
    in_order,
    produce_book,
    statements,
    tally,
    tex_book,
)
from calcds.handout.library import Library
from calcds.verify.result import Report


@pytest.fixture(scope="module")
def library() -> Library:
    return Library()


@pytest.fixture(scope="module")
def found(library: Library) -> list[Chapter]:
    return list(chapters(library, library.topics(), Wanted(Path()), lambda *_: None))


@pytest.fixture(scope="module")
def tex(found: list[Chapter]) -> str:
    return tex_book(found, Report(), Wanted(Path()))


def test_every_topic_is_one_chapter(library: Library, found: list[Chapter]) -> None:
    assert Counter(c.choice.name for c in found) == Counter(t.name for t in library.topics())
    assert {name for _, names in PARTS for name in names} <= {t.name for t in library.topics()}


def test_topics_that_no_part_names_come_last(library: Library) -> None:
    ordered = in_order([library.choose("sigmoid"), library.choose("matrices")])
    assert [(title, [c.name for c in topics]) for title, topics in ordered] == [
        ("Calculus of many variables", ["matrices"]),
        ("Neurons and losses", ["sigmoid"]),
    ]


def test_labels_are_unique_and_references_lead_somewhere(tex: str) -> None:
    labels = Counter(re.findall(r"\\label\{([^}]*)\}", tex))
    assert [name for name, count in labels.items() if count > 1] == []
    referred = set(re.findall(r"\\ref\{([^}]*)\}", tex)) | set(re.findall(r"\\cdssee\{([^}]*)\}", tex))
    assert referred <= set(labels)
    cited = set(re.findall(r"\\cite\{([^}]*)\}", tex))
    assert cited == set(re.findall(r"\\bibitem\{([^}]*)\}", tex))


def test_every_statement_is_in_the_index(found: list[Chapter]) -> None:
    views = [view for chapter in found for view in chapter.views]
    index = dict(statements(views))
    cited = {s for view in views if view.sheet for s in view.sheet.statements}
    assert set(index) == cited
    assert list(index) == sorted(index, key=lambda s: (s.rpartition("-")[0], int(s.rpartition("-")[2])))


def test_the_html_book_has_its_contents(found: list[Chapter]) -> None:
    html = html_book(found, Report(), Wanted(Path()))
    anchors = set(re.findall(r'<a href="#([^"]*)"', html))
    assert anchors <= set(re.findall(r' id="([^"]*)"', html))
    assert {c.choice.name for c in found} <= anchors


def test_the_tally_never_calls_a_supported_line_proved() -> None:
    said = tally(Report())[0][1]
    assert "0 are proved" in said
    assert "0 are checked numerically" in " ".join(said.split())


@pytest.mark.skipif(shutil.which("latexmk") is None, reason="latexmk is not installed")
def test_the_whole_book_compiles_without_a_fault(library: Library, tmp_path: Path) -> None:
    notes: list[str] = []
    wanted = Wanted(tmp_path, pdf=True, say=notes.append)
    list(produce_book(library, library.topics(), Report(), wanted, lambda *_: None))
    assert (tmp_path / "book.pdf").read_bytes().startswith(b"%PDF")
    assert notes == []
