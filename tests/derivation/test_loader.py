"""Files are read without a trace, and what is wrong with them is a sentence with file and line."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from calcds.derivation.loader import load, read
from calcds.errors import CannotLoad

GOOD = 'from calcds.notation import *\n@derivation("T")\ndef {name}(x: Real):\n    yield x\n    yield x + 0, "r"\n'

BROKEN = [
    # text                                                        line  what is said
    ("x = (", 1, "never closed"),
    ("import no_such_module_anywhere", 1, "no_such_module_anywhere"),
    ("x = 1\nraise ValueError('no')", 2, "ValueError: no"),
    ("import sys\nsys.exit(3)", 2, "ends the program"),
    ("from calcds.notation import *\nn = Dimm('n')", 2, "unknown word 'Dimm'; did you mean Dim?"),
    ("from calcds.notation import *\n@derivation\ndef f(x: Real):\n    yield x", 2, "has a title"),
    ('from calcds.notation import *\n@derivation("")\ndef f(x: Real):\n    yield x', 2, "has a title"),
    (
        'from calcds.notation import *\n@derivation("T", statements="a-1")\ndef f():\n    yield 1',
        2,
        "statements is a list",
    ),
    (
        'from calcds.notation import *\n@erratum("T", expect="proved")\ndef f():\n    yield 1',
        2,
        "expected 'refuted'",
    ),
    ("from calcds.notation import *\ndlmf = document('DLMF 4', 'x')", 2, "a key has small letters"),
]


@pytest.mark.parametrize(("text", "line", "sentence"), BROKEN, ids=[row[2] for row in BROKEN])
def test_a_broken_file_is_a_sentence_with_file_and_line(
    tmp_path: Path, text: str, line: int, sentence: str
) -> None:
    file = tmp_path / "broken.py"
    file.write_text(text)
    with pytest.raises(CannotLoad) as error:
        load(file)
    assert str(error.value).startswith(f"{file}:{line}: ")
    assert sentence in str(error.value)


@pytest.mark.parametrize("data", [b"\xff\xfe\x00x", b"x = 1\x00", b"# -*- coding: nowhere -*-\n"])
def test_bytes_that_are_no_text_are_refused(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "bytes.py"
    file.write_bytes(data)
    with pytest.raises(CannotLoad, match=r"bytes\.py:1: "):
        load(file)


def test_a_missing_file_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(CannotLoad, match="cannot be read"):
        load(tmp_path / "nowhere.py")


def test_two_derivations_of_one_name_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "twice.py"
    file.write_text(GOOD.format(name="same") + GOOD.format(name="same"))
    with pytest.raises(
        CannotLoad, match=r"twice\.py:8: the name 'same' is taken by the derivation in line 3"
    ):
        load(file)


def test_loading_leaves_nothing_behind(tmp_path: Path) -> None:
    file = tmp_path / "notes.py"
    file.write_text(GOOD.format(name="one"))
    before = set(sys.modules)
    assert list(load(file)[1]) == ["one"]
    assert set(sys.modules) == before
    assert [path.name for path in tmp_path.iterdir()] == ["notes.py"]


def test_a_file_that_changed_within_a_second_is_read_again(tmp_path: Path) -> None:
    file = tmp_path / "notes.py"
    for constant in "123":
        file.write_text(GOOD.format(name="one").replace("0", constant))
        assert str(read(file)[0].lines[1].value) == f"x + {constant}"


def test_what_a_file_prints_does_not_reach_standard_output(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "notes.py"
    file.write_text("print('hello')\n" + GOOD.format(name="one"))
    read(file)
    assert capsys.readouterr().out == ""
