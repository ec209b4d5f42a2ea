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


# -- --fix-annotations --------------------------------------------------------------------------------------------

OPEN = r"""$$\sqrt{x^2} = x$$

The entropy is $\log 8 = 3$ bits.

$$\frac{dE}{dw} = 2w$$

For $A \in \mathbb{R}^{n \times n}$ and $v \in \mathbb{R}^n$:

$$\nabla_v (v^T A v) = 2 A v$$
"""


def suggested(file: Path) -> list[str]:
    return [line for line in file.read_text().splitlines() if line.startswith("# ")]


def test_accepted_suggestions_settle_their_lines(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "open.md").write_text(OPEN)
    sidecar = folder / "open.md.calcds"
    code, out, _ = run(capsys, "verify", "open.md", "--fix-annotations")
    assert code == 1
    assert out.splitlines()[-1] == "open.md.calcds: 4 suggestions written, commented out"
    assert suggested(sidecar) == [
        "# 1: where x >= 0", "# 3: log base 2", "# 5: let E = ...", "# 9: A: Symmetric[n]",
    ]  # fmt: skip
    written = sidecar.read_bytes()
    code, out, _ = run(capsys, "verify", "open.md", "--fix-annotations")
    assert (code, sidecar.read_bytes()) == (1, written), "a suggestion changes nothing before it is accepted"
    assert out.splitlines()[-1] == "open.md.calcds: no new suggestion; all 4 stand in it"
    for k, (line, accepted) in enumerate(zip(suggested(sidecar), ["", "", "let E = w^2", ""], strict=True), 1):
        said = line.removeprefix("# ").replace("let E = ...", accepted or "...")
        sidecar.write_text(sidecar.read_text().replace(line, said))
        code, out, _ = run(capsys, "verify", "open.md")
        assert f"{k} proved" in out
    assert code == 0
    assert run(capsys, "verify", "open.md", "--fix-annotations")[1].splitlines()[-1] == "open.md: no suggestion"


def test_no_suggestion_writes_no_file(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "fine.md").write_text("$$x + x = 2x$$\n")
    code, out, _ = run(capsys, "verify", "fine.md", "--fix-annotations")
    assert code == 0
    assert out.splitlines()[-1] == "fine.md: no suggestion"
    assert not (folder / "fine.md.calcds").exists()


def test_a_sidecar_that_is_there_is_kept(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sidecar = folder / "docs" / "notes.md.calcds"
    sidecar.write_bytes(b"# mine\r\n3: skip")
    assert run(capsys, "verify", "docs", "--fix-annotations")[0] == 1
    assert sidecar.read_bytes().startswith(b"# mine\r\n3: skip\r\n")
    assert suggested(sidecar) == ["# mine", "# 5: where x >= 0"]
    assert not (folder / "docs" / "prose.md.calcds").exists()


def test_another_file_for_annotations(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = "verify", "docs/notes.md", "--annotations", "own.txt"
    code, _, err = run(capsys, *arguments)
    assert code == 2
    assert "'own.txt' does not exist" in err
    assert run(capsys, *arguments, "--fix-annotations", "--format", "json")[2].startswith("own.txt: 1 suggestion written")
    assert suggested(folder / "own.txt") == ["# 5: where x >= 0"]
    assert not (folder / "docs" / "notes.md.calcds").exists()


def test_what_cannot_be_written_is_a_sentence(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "docs" / "notes.md.calcds").mkdir()
    code, _, err = run(capsys, "verify", "docs/notes.md", "--fix-annotations")
    assert code == 2
    assert "docs/notes.md.calcds: the suggestions cannot be written: Is a directory" in err
    assert "Traceback" not in err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("derivation.py",), "is for documents"),
        (("docs/notes.md", "docs/prose.md", "--annotations", "own.txt"), "belong to one document"),
        (("docs/notes.md", "--explain-reading"), "use one of the two"),
    ],
)
def test_fix_annotations_says_what_it_is_not_for(
    folder: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], said: str
) -> None:
    (folder / "derivation.py").write_text("")
    code, _, err = run(capsys, "verify", "--fix-annotations", *arguments)
    assert code == 2
    assert said in err
    assert not (folder / "own.txt").exists()
