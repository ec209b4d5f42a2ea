"""The hooks for pre-commit and the examples for continuous integration: what they name exists and does what they say."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from calcds.cli.main import cli

ROOT = Path(__file__).parents[2]
HOOKS = ROOT / ".pre-commit-hooks.yaml"
PAGE = (ROOT / "docs" / "continuous-integration.md").read_text()
KNOWN_KEYS = {"id", "name", "description", "entry", "language", "types", "types_or", "files", "require_serial"}
SUFFIXES = {"markdown": ".md", "tex": ".tex", "jupyter": ".ipynb", "python": ".py"}  # tags that pre-commit gives files


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """`calcds ...` in a folder; calcds is the one that is tested, wherever another is installed."""
    command = [sys.executable, "-m", "calcds", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def hooks() -> dict[str, dict[str, object]]:
    """The file, as far as it is a list of flat mappings; anything else is an error."""
    rows: list[dict[str, object]] = []
    for line in HOOKS.read_text().splitlines():
        if line.startswith("#"):
            continue
        found = re.fullmatch(r"(- |  )(\w+): (\S.*)", line)
        assert found, f"not flat YAML: {line!r}"
        if found[1] == "- ":
            rows.append({})
        said = found[3]
        listed = re.fullmatch(r"\[(.*)\]", said)
        assert listed or not re.search(r": |#|^[-?&*!|>%@`'\"{]", said), f"to be quoted in YAML: {said!r}"
        assert found[2] not in rows[-1], f"twice: {found[2]}"
        rows[-1][found[2]] = listed[1].split(", ") if listed else said
    return {str(row["id"]): row for row in rows}


def test_the_hooks_are_whole() -> None:
    assert set(hooks()) == {"calcds", "calcds-derivations"}
    for row in hooks().values():
        assert {"id", "name", "entry", "language"} <= set(row) <= KNOWN_KEYS
        assert row["language"] == "python"
        assert row["require_serial"] == "true", "calcds starts its own workers"
        program, command = str(row["entry"]).split()
        assert program == "calcds"
        assert cli.get_command(click.Context(cli), command) is not None


def test_the_hook_for_documents_takes_every_kind_but_text() -> None:
    from calcds.document.source.extract import SUFFIXES as DOCUMENTS

    types = hooks()["calcds"]["types_or"]
    assert isinstance(types, list)
    assert {SUFFIXES[tag] for tag in types} == set(DOCUMENTS) - {".txt", ".markdown"}  # .markdown has the tag markdown
    assert hooks()["calcds-derivations"]["types"] == ["python"]
    assert re.match(str(hooks()["calcds-derivations"]["files"]), "derivations/one.py")


@pytest.mark.parametrize(
    ("files", "code"),
    [({"a.md": "$$x + x = 2x$$", "b.md": "no equation"}, 0), ({"a.md": "$$x + x = 2x$$", "b.tex": r"\[x + x = 3x\]"}, 1)],
)
def test_the_entry_run_as_a_hook(tmp_path: Path, files: dict[str, str], code: int) -> None:
    for name, text in files.items():
        (tmp_path / name).write_text(text + "\n")
    _, *entry = str(hooks()["calcds"]["entry"]).split()
    done = run(tmp_path, *entry, *files)
    assert done.returncode == code, done.stdout + done.stderr


def test_the_commands_of_the_page_have_these_options() -> None:
    commands = re.findall(r"(?:run: |- |^)calcds verify (.*)", PAGE)
    assert len(commands) >= 3
    verify = cli.get_command(click.Context(cli), "verify")
    assert verify is not None
    for words in commands:
        arguments = words.removesuffix(" || true").split()
        with verify.make_context("verify", [str(ROOT / "docs") if word == "docs/" else word for word in arguments]) as context:
            assert context.params["format_"] in {"sarif", "junit"}


def test_the_hooks_of_the_page_exist() -> None:
    assert set(re.findall(r"- id: ([\w-]+)", PAGE)) == set(hooks())


def test_what_the_workflow_uploads_says_where_a_wrong_equation_stands(tmp_path: Path) -> None:
    """`verify --format sarif --output calcds.sarif docs/` on a directory with one wrong equation."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "notes.md").write_text("$x + x = 2x$ and\n$x + x = 3x$, 𝔼 and $x = x + 1$\n")
    done = run(tmp_path, "verify", "--format", "sarif", "--output", "calcds.sarif", "docs/")
    assert done.returncode == 1, done.stderr
    results = json.loads((tmp_path / "calcds.sarif").read_text())["runs"][0]["results"]
    place = results[0]["locations"][0]["physicalLocation"]
    assert results[0]["level"] == "error"
    assert place["artifactLocation"]["uri"] == "docs/notes.md"
    assert (place["region"]["startLine"], place["region"]["startColumn"]) == (2, 2)
