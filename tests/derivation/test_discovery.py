"""From paths to files: which are found, which are named, which are wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from calcds.derivation.discovery import discover, shipped

GOOD = (
    'from calcds.notation import *\n@derivation("T")\ndef one(x: Real):\n    yield x\n    yield x + 0, "r"\n'
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in {
        "b.py": GOOD,
        "a.py": GOOD,
        "deep/c.py": GOOD,
        "helper.py": "x = 1\n",
        "broken.py": "x = (\n",
        "notes.txt": "no Python",
        ".hidden/d.py": GOOD,
        "__pycache__/e.py": GOOD,
    }.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    return tmp_path


def test_directories_are_searched_in_order(folder: Path) -> None:
    found = discover([folder])
    assert [text.file.relative_to(folder).as_posix() for text in found.texts] == ["a.py", "b.py", "deep/c.py"]
    assert [file.name for file, _ in found.broken] == ["broken.py"]
    assert [file.name for file in found.without] == ["helper.py"]
    assert not found.problems


def test_a_file_is_found_once_however_often_it_is_named(folder: Path) -> None:
    found = discover([folder / "a.py", folder, folder / "deep" / ".." / "a.py"])
    assert [text.file.name for text in found.texts] == ["a.py", "b.py", "c.py"]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("nowhere", "there is no such file or directory"),
        ("notes.txt", "only .py files hold derivations"),
        ("helper.py", "no function in it is decorated"),
        ("empty", "has no .py file"),
        ("bare", "no file in this directory has a derivation"),
    ],
)
def test_a_path_that_leads_nowhere_is_a_problem_and_the_others_are_found(
    folder: Path, name: str, sentence: str
) -> None:
    (folder / "empty").mkdir()
    (folder / "bare").mkdir()
    (folder / "bare" / "f.py").write_text("x = 1\n")
    found = discover([folder / name, folder / "a.py"])
    assert [text.file.name for text in found.texts] == ["a.py"]
    assert len(found.problems) == 1
    assert found.problems[0].startswith(str(folder / name))
    assert sentence in found.problems[0]


def test_the_shipped_derivations_are_the_default() -> None:
    assert {text.file.parent for text in discover().texts} == {shipped()}
