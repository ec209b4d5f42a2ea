"""The first page shows what really happens."""

from __future__ import annotations

import io
import re
from pathlib import Path

import click
import pytest

from calcds.cli.main import cli
from calcds.report.terminal import write
from calcds.verify.run import verify

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text()


def blocks(language: str, text: str = README) -> list[str]:
    """Fenced blocks of a language."""
    return re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)


def _without_chance(text: str) -> str:
    """Without the time it took and the notes on how much was read."""
    return re.sub(r"^Note: .*\n", "", re.sub(r"in \d+\.\d s", "in 0.1 s", text), flags=re.MULTILINE)


@pytest.mark.parametrize(("language", "name", "place"), [("python", "notes.py", 0), ("markdown", "notes.md", 1)])
def test_the_reports_of_the_page_are_what_the_terminal_shows(
    language: str, name: str, place: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path(name).write_text(blocks(language)[0])
    stream = io.StringIO()
    write(verify(name, jobs=1), stream, width=80)
    assert _without_chance(blocks("text")[place]) == _without_chance(f"$ calcds verify {name}\n{stream.getvalue()}")


def test_the_corrected_line_is_proved(tmp_path: Path) -> None:
    file = tmp_path / "notes.py"
    file.write_text(blocks("python")[0].replace("2*A*x,   ", "(A + A.T)*x,"))
    assert verify(file, jobs=1).summary["proved"] == 2


def test_the_library_example_says_what_its_comments_say() -> None:
    import sympy

    import calcds

    x = sympy.Symbol("x", real=True)
    found = calcds.decide(sympy.sqrt(x**2), x)
    assert found.outcome == "refuted"
    assert found.counterexample is not None
    assert found.counterexample.values == {"x": "-1"}
    n = sympy.Symbol("n", integer=True, positive=True)
    v, A = sympy.MatrixSymbol("v", n, 1), sympy.MatrixSymbol("A", n, n)
    assert calcds.gradient(v.T * A * v, v) == (A + A.T) * v


def test_every_command_of_the_page_exists() -> None:
    from calcds.cli.main import COMMANDS

    assert set(re.findall(r"^calcds (\w+)", README, re.MULTILINE)) == set(COMMANDS)


def test_the_options_of_the_page_are_those_of_the_commands() -> None:
    shown = README[README.index("calcds verify [PATH...]") :].partition("```")[0]
    for part in re.split(r"^calcds ", shown, flags=re.MULTILINE)[1:]:
        command = cli.get_command(click.Context(cli), part.split()[0])
        assert command is not None
        known = {option for parameter in command.params for option in parameter.opts}
        written = set(re.findall(r"--\w[\w-]*", part))
        assert written <= known, f"{command.name}: {sorted(written - known)}"


def test_the_suffixes_of_documents_are_named() -> None:
    from calcds.document.source.extract import SUFFIXES

    named = re.search(r"derivations and documents \(\.py, ([^)]*)\)", README)
    assert named is not None
    assert set(named.group(1).split(", ")) == set(SUFFIXES) - {".markdown"}  # the long name of .md


def test_links_lead_somewhere() -> None:
    for page in (ROOT / "README.md", ROOT / "CONTRIBUTING.md"):
        for target in re.findall(r"\]\(([^)]+)\)", page.read_text()):
            assert target.startswith("http") or (page.parent / target).exists(), f"{page.name}: {target}"


def test_the_examples_of_the_guide_are_well_written(tmp_path: Path) -> None:
    """The derivations of the guide for teachers come out as it says."""
    first, second, *_ = blocks("python", (ROOT / "docs" / "write-a-derivation.md").read_text())
    file = tmp_path / "guide.py"
    file.write_text(first + "\n\n" + second)
    report = verify(file, jobs=1)
    assert [(row.role, row.outcome.value) for row in report] == [("claim", "proved")] * 2 + [("erratum", "refuted")]


def test_contributing_is_short() -> None:
    assert len((ROOT / "CONTRIBUTING.md").read_text().splitlines()) <= 150
