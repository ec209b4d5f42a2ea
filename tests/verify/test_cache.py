"""The cache: keyed by content, bounded, and never the reason for an error or a wrong answer."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from calcds.decide.verdict import Outcome
from calcds.document.finding import Finding
from calcds.verify import cache, reading
from calcds.verify.run import verify

ONE = Finding(3, 2, Outcome.PROVED, "equal")
WRONG = "$$x + x = 3x$$\n"
RIGHT = "$$x + x = 2x$$\n"


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CALCDS_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the documents that are read and not taken from the cache."""
    seen: list[str] = []
    before = reading._Process.__init__

    def counted(self: reading._Process, job: reading.Job) -> None:
        seen.append(job.file.name)
        before(self, job)

    monkeypatch.setattr(reading._Process, "__init__", counted)
    return seen


def outcomes(file: Path, *, stored: bool = True, timeout: float = 10.0, annotations: Path | None = None) -> list[str]:
    return [row.outcome.value for row in verify(file, cache=stored, timeout=timeout, annotations=annotations)]


def test_an_unchanged_document_is_not_read_again(tmp_path: Path, reads: list[str]) -> None:
    file = tmp_path / "notes.md"
    file.write_text(WRONG)
    cold, warm = (verify(file, cache=True) for _ in range(2))
    assert reads == ["notes.md"]
    assert cold.results == warm.results
    assert cold.notes == warm.notes
    assert warm.results[0].counterexample is not None
    file.write_text(RIGHT)
    assert outcomes(file) == ["proved"]
    file.write_text(WRONG)
    assert outcomes(file) == ["refuted"]
    assert reads == ["notes.md"] * 2
    assert outcomes(file, stored=False) == ["refuted"]
    assert reads == ["notes.md"] * 3


def test_annotations_and_the_time_are_part_of_the_key(tmp_path: Path, reads: list[str]) -> None:
    file, beside = tmp_path / "notes.md", tmp_path / "notes.md.calcds"
    file.write_text("$$\\sqrt{x^2} = x$$\n")
    assert outcomes(file) == ["refuted"]
    beside.write_text("x: Positive\n")
    assert outcomes(file) == ["proved"]
    beside.write_text("x: Real\n")
    assert outcomes(file) == ["refuted"]
    (tmp_path / "other.calcds").write_text("x: Positive\n")
    assert outcomes(file, annotations=tmp_path / "other.calcds") == ["proved"]
    assert len(reads) == 3  # the content counts, not where the annotations stand
    outcomes(file, timeout=5.0)
    assert len(reads) == 4
    beside.unlink()
    assert outcomes(file) == ["refuted"]
    assert len(reads) == 4


def test_a_program_that_has_changed_serves_no_old_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reads: list[str]
) -> None:
    file = tmp_path / "notes.md"
    file.write_text(RIGHT)
    outcomes(file)
    monkeypatch.setattr(cache, "fingerprint", lambda: b"another program")
    outcomes(file)
    assert len(reads) == 2


def test_the_fingerprint_sees_one_character_in_any_file(tmp_path: Path) -> None:
    first = list(cache._sources(Path(cache.__file__).parents[1]))
    names = {file.name for file in first}
    assert {"latex.lark", "engine.py", "checking.py", "version.py"} <= names
    assert not any("__pycache__" in file.parts for file in first)
    assert first == list(cache._sources(Path(cache.__file__).parents[1]))


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", '"x"', "null", "\x00", '{"key": 1}', '{"key": KEY, "notes": [], "findings": [{"line": 1}]}',
     '{"key": "another", "notes": [], "findings": []}', '{"key": KEY, "notes": null, "findings": []}', "[" * 100_000],
)  # fmt: skip
def test_a_broken_entry_is_computed_again(tmp_path: Path, place: Path, content: str) -> None:
    file = tmp_path / "notes.md"
    file.write_text(WRONG)
    assert outcomes(file) == ["refuted"]
    (entry,) = place.iterdir()
    entry.write_text(content.replace("KEY", json.dumps(entry.stem)))
    assert outcomes(file) == ["refuted"]
    assert cache.lookup(entry.stem) is not None, "it was mended"


def test_a_directory_that_cannot_be_written_costs_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("CALCDS_CACHE", str(tmp_path / "file" / "cache"))
    file = tmp_path / "notes.md"
    file.write_text(WRONG)
    report = verify(file, cache=True)
    assert report.exit_code() == 1
    assert not report.problems


def test_the_oldest_entries_go_first(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number, key in enumerate(("a", "b", "c")):
        assert cache.store(key, [ONE] * 10, ["note"])
        os.utime(place / f"{key}.json", (1000 + number, 1000 + number))
    assert cache.lookup("a") == ([ONE] * 10, ["note"])  # used now, so b is the oldest
    size = (place / "a.json").stat().st_size
    monkeypatch.setattr(cache, "LARGEST", 3 * size + size // 2)
    assert cache.store("d", [ONE] * 10, ["note"])
    assert sorted(file.stem for file in place.iterdir()) == ["a", "c", "d"]
    assert cache.lookup("b") is None


@pytest.mark.parametrize("detail", ["stopped: this claim is too large", "a fault of calcds, please report it: KeyError"])
def test_what_depends_on_the_moment_is_not_kept(place: Path, detail: str) -> None:
    assert not cache.store("k", [ONE, Finding(1, 0, Outcome.UNDECIDED, detail)], [])
    assert cache.store("l", [ONE, Finding(1, 0, Outcome.UNDECIDED, "no stage had an answer")], [])
    assert [file.stem for file in place.iterdir()] == ["l"]


def test_a_document_that_hangs_is_stopped_and_not_kept(tmp_path: Path, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from calcds.decide import engine

    def hang(*_: object) -> None:
        import time

        time.sleep(60)

    monkeypatch.setattr(engine, "decide_terms", hang)
    monkeypatch.setattr(reading, "PATIENCE", 0.5)
    file = tmp_path / "notes.md"
    file.write_text(WRONG)
    report = verify(file, cache=True)
    assert "stopped" in report.problems[0]
    assert not place.exists()


@pytest.mark.parametrize(
    ("platform", "variables", "end"),
    [
        ("linux", {"XDG_CACHE_HOME": "/c"}, "/c/calcds"),
        ("linux", {"HOME": "/h"}, "/h/.cache/calcds"),
        ("darwin", {"HOME": "/h"}, "/h/Library/Caches/calcds"),
        ("win32", {"LOCALAPPDATA": "/l"}, "/l/calcds/Cache"),
        ("linux", {"CALCDS_CACHE": "/x", "XDG_CACHE_HOME": "/c"}, "/x"),
    ],
)
def test_where_it_is(monkeypatch: pytest.MonkeyPatch, platform: str, variables: dict[str, str], end: str) -> None:
    for name in ("CALCDS_CACHE", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "platform", platform)
    assert cache.directory().as_posix() == end


def test_a_warm_run_imports_nothing_heavy(tmp_path: Path) -> None:
    file = tmp_path / "notes.md"
    file.write_text(RIGHT)
    program = f"""
import sys
from calcds.cli.main import cli
try:
    cli.main(['verify', {str(file)!r}], standalone_mode=False)
except SystemExit:
    pass
print(sorted({{'sympy', 'numpy', 'flint', 'lark'}} & set(sys.modules)))
"""
    command = [sys.executable, "-c", program]
    said = [subprocess.run(command, capture_output=True, text=True, check=True).stdout for _ in range(2)]
    assert "'lark'" in said[0].splitlines()[-1]
    assert said[1].splitlines()[-1] == "[]"
    assert "1 proved" in said[1]
