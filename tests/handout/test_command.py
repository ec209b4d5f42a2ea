"""`calcds handout`: options, exit codes, sentences."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from calcds.cli.handout import command
from calcds.handout import assemble

BOARDS = str(Path(__file__).parent / "boards.py")


@pytest.fixture(autouse=True)
def _no_latex(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assemble, "latexmk", lambda: None)


def run(*arguments: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(command, [*arguments, "--jobs", "1"])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.stdout, done.stderr


def test_html_instead_of_pdf(tmp_path: Path) -> None:
    code, out, err = run(BOARDS, "--output", str(tmp_path / "new"), "--pdf")
    assert code == 0, err
    assert assemble.NO_LATEXMK in err
    assert str(tmp_path / "new" / "boards.html") in out
    assert (tmp_path / "new" / "boards.tex").exists()
    assert not (tmp_path / "new" / "boards.pdf").exists()


def test_variants_differ_and_repeat(tmp_path: Path) -> None:
    pages = []
    for folder, variant in (("a", "1"), ("b", "1"), ("c", "2")):
        code, _, err = run(
            BOARDS, "--output", str(tmp_path / folder), "--html", "--exercises", "--variant", variant
        )
        assert code == 0, err
        pages.append((tmp_path / folder / "boards.html").read_text(encoding="utf-8"))
    assert pages[0] == pages[1]
    assert pages[0] != pages[2]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((), "say which derivations"),
        (("sigmoid", "--all"), "say which derivations"),
        (("nothing_like_it",), "no derivation and no topic"),
        (("missing.py",), "no derivation and no topic is called missing.py"),
    ],
)
def test_what_cannot_be_meant(arguments: tuple[str, ...], sentence: str, tmp_path: Path) -> None:
    done = CliRunner().invoke(command, [*arguments, "--output", str(tmp_path)])
    assert done.exit_code != 0
    assert sentence in done.output + str(done.exception)
    assert list(tmp_path.iterdir()) == []


def test_a_refuted_line_is_printed_as_such_and_fails(tmp_path: Path) -> None:
    file = tmp_path / "wrong.py"
    file.write_text(
        'from calcds.notation import *\n\n@derivation("Wrong")\ndef wrong(x: Real):\n    yield (x + 1)**2\n'
        '    yield x**2 + 1, "square"\n',
        encoding="utf-8",
    )
    code, _, err = run(str(file), "--output", str(tmp_path / "out"), "--html")
    assert code == 1
    assert "refuted" in err
    assert 'class="mark refuted"' in (tmp_path / "out" / "wrong.html").read_text(encoding="utf-8")
