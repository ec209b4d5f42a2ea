"""`calcds verify` on documents: directories, --explain-reading, --no-cache."""

from __future__ import annotations

from pathlib import Path

import pytest

from calcds.cli.main import main

TEXT = "Let $s(x) = x^2$.\n\n$$x + x = 2x$$\n\n$$\\sqrt{x^2} = x$$\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CALCDS_CACHE", str(tmp_path / "cache"))
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "notes.md").write_text(TEXT)
    (tmp_path / "docs" / "prose.md").write_text("nothing\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = 0
    try:
        main(arguments)
    except SystemExit as end:
        code = int(end.code or 0)
    said = capsys.readouterr()
    return code, said.out, said.err


def test_a_directory_and_its_cache(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for _ in range(2):
        code, out, _ = run(capsys, "verify", "docs")
        assert code == 1
        assert "docs/notes.md:5:3" in out
        assert "1 proved, 1 refuted" in out
        assert "prose.md" not in out
        assert len(list((folder / "cache").iterdir())) == 1


def test_no_cache_neither_reads_nor_writes(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "verify", "--no-cache", "docs")[0] == 1
    assert not (folder / "cache").exists()
    run(capsys, "verify", "docs")
    (entry,) = (folder / "cache").iterdir()
    entry.write_text(entry.read_text().replace('"refuted"', '"proved"'))
    assert run(capsys, "verify", "docs")[0] == 0, "the entry was not used, so this test shows nothing"
    assert run(capsys, "verify", "--no-cache", "docs")[0] == 1


@pytest.mark.parametrize("path", ["docs", "docs/notes.md"])
def test_explain_reading(folder: Path, capsys: pytest.CaptureFixture[str], path: str) -> None:
    for _ in range(2):
        code, out, _ = run(capsys, "verify", "--explain-reading", path)
        assert code == 0
        assert "docs/notes.md:1:6  definition: s(x) = x^2" in out
        assert "read as  x + x = 2 x" in out
    assert len(list((folder / "cache").iterdir())) == 1, "the cache is that of verify"


@pytest.mark.parametrize(("path", "sentence"), [("missing.md", "no such document"), ("cache", "no such document")])
def test_nothing_to_explain_is_a_sentence(folder: Path, capsys: pytest.CaptureFixture[str], path: str, sentence: str) -> None:
    assert folder.is_dir()
    code, _, complaint = run(capsys, "verify", "--explain-reading", path)
    assert code == 2
    assert sentence in complaint
    (folder / "empty").mkdir()
    code, _, complaint = run(capsys, "verify", "--explain-reading", "empty")
    assert code == 2
    assert "no document to read" in complaint
