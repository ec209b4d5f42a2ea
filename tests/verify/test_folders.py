"""Directories: derivations and documents that hold equations; order and content do not depend on the workers."""

from __future__ import annotations

from pathlib import Path

import pytest

from calcds.derivation.discovery import shipped
from calcds.verify.folders import documents_in, sort_paths
from calcds.verify.run import verify

DERIVATION = "from calcds.notation import *\n@derivation('T')\ndef f(x: Real):\n    yield x + x\n    yield 2*x, 'r'\n"
EQUATION = "$$x + x = 2x$$\n"

FILES = {
    # file                       content                                   is taken
    "notes.md":                  (EQUATION,                                True),
    "more/deep.tex":             ("\\[x + x = 2x\\]\n",                    True),
    "more/inline.md":            ("so $x + x = 2x$ holds\n",               True),
    "more/long.markdown":        (EQUATION,                                True),
    "book.ipynb":                ('{"cells": [{"cell_type": "markdown", "source": ["$x + x = 2x$"]}]}', True),
    "README.md":                 ("Set `$A = $B`:\n\n```sh\nX=$Y; Z=$X\n```\n\nThis costs $5 or more.\n", False),
    "prose.md":                  ("Here $x$ is real and 1 = 1.\n",         False),
    "log.txt":                   (EQUATION,                                False),
    ".venv/lib/a.md":            (EQUATION,                                False),
    "node_modules/a/notes.md":   (EQUATION,                                False),
    "build/notes.md":            (EQUATION,                                False),
    "venv/notes.md":             (EQUATION,                                False),
    ".hidden.md":                (EQUATION,                                False),
    "notes.md.calcds":           ("x: Real\n",                             False),
    "broken.ipynb":              ("{ = $x = x$",                           False),
}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, (content, _) in FILES.items():
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content)
    return tmp_path


def test_what_is_taken_of_a_directory(folder: Path) -> None:
    taken = {file.relative_to(folder).as_posix() for file in documents_in(folder)}
    assert taken == {name for name, (_, wanted) in FILES.items() if wanted}


def test_a_document_is_taken_once(folder: Path) -> None:
    documents, others, beside = sort_paths([folder / "log.txt", folder, folder / "more", folder / "notes.md"])
    assert len(documents) == len({file.resolve() for file in documents}) == 1 + 5
    assert documents[0].name == "log.txt", "what is named is checked, whatever it is"
    assert others == [folder, folder / "more"]
    assert beside == {folder, folder / "more"}


def test_documents_and_derivations_of_one_directory(folder: Path) -> None:
    (folder / "chain.py").write_text(DERIVATION)
    report = verify(folder)
    assert report.exit_code() == 0, report.problems
    assert [row.file.rpartition("/")[2] for row in report][:2] == ["chain.py", "book.ipynb"]
    assert report.summary["proved"] == 6


def test_a_directory_of_documents_needs_no_derivation(folder: Path) -> None:
    (folder / "conf.py").write_text("x = 1\n")
    assert verify(folder / "more").exit_code() == 0
    report = verify(folder)
    assert report.exit_code() == 0
    assert len(report) == 5


def test_a_directory_with_nothing_to_check_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "prose.md").write_text(FILES["prose.md"][0])
    report = verify(tmp_path)
    assert report.exit_code() == 2
    assert "no .py file and no document with equations" in report.problems[0]


def test_the_shipped_derivations_hold_no_document() -> None:
    assert list(documents_in(shipped())) == []


def test_files_of_one_name_are_told_apart_and_the_order_is_that_of_the_paths(tmp_path: Path) -> None:
    for name, text in {"a": EQUATION, "b": EQUATION.replace("2x", "3x"), "c": EQUATION * 3}.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "index.md").write_text(text)
    one, three = (verify(tmp_path, jobs=jobs) for jobs in (1, 3))
    assert [row.id for row in one] == [row.id for row in three]
    assert one.notes == three.notes
    assert len({row.id for row in one}) == len(one) == 5
    assert [row.id for row in one.failures()] == ["b/index.md::1[1]"]
