"""The table of statements: complete, honest about what is left out, and the committed page up to date."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from calcds.cli.main import cli
from calcds.cli.statements import Index, Statement, page, read_index, share
from calcds.derivation.discovery import discover, shipped


@pytest.fixture(scope="module")
def index() -> Index:
    return read_index(discover())


def without_outcomes(text: str) -> list[str]:
    """The page without the last column of its tables."""
    return [line.rsplit("|", 2)[0] if line.startswith("| ") else line for line in text.splitlines()]


def test_every_statement_is_cited_or_left_out_with_a_reason(index: Index) -> None:
    assert (index.problems, index.forgotten) == ((), ())
    assert all(len(why) > 20 for why in index.left_out.values())


def test_nearly_every_formula_stands_somewhere(index: Index) -> None:
    assert share((row for row in index.statements if row.is_formula), index) >= 0.97


def test_the_committed_page_is_up_to_date(index: Index) -> None:
    """Outcomes are those of the last run that was committed; everything else is compared."""
    committed = (shipped() / "statements.md").read_text(encoding="utf-8")
    assert without_outcomes(committed) == without_outcomes(page(index)), (
        "run: calcds verify --format json --output report.json; "
        "calcds list --statements --report report.json > derivations/statements.md"
    )


def test_the_committed_page_has_an_outcome_for_everything_that_stands(index: Index) -> None:
    committed = (shipped() / "statements.md").read_text(encoding="utf-8")
    for row in index.statements:
        line = next(line for line in committed.splitlines() if line.startswith(f"| {row.id} |"))
        assert line.endswith("|  |") is not index.stands(row), line


ROWS = (Statement("sadiku-001", "sadiku", "A | B", "definition"), Statement("oh-002", "oh", "C", "qualitative-claim"))
PROBLEMS = [
    (Index(ROWS, {"sadiku-001": ("a.py::b",)}, {}, {}), ["oh-002 is neither cited nor left out"]),
    (Index(ROWS, {"sadiku-001": ("a.py::b",), "oh-009": ("a.py::b",)}, {}, {"oh-002": "w"}),
     ["oh-009 is cited, but the catalog has no such statement"]),
    (Index(ROWS, {"sadiku-001": ("a.py::b",)}, {"oh-002": ("network.x.f",)}, {"oh-002": "w"}),
     ["oh-002 is left out and cited"]),
    (Index(ROWS, {}, {}, {"oh-002": "w", "sadiku-001": "w", "oh-003": "w"}),
     ["oh-003 is left out, but the catalog has no such statement"]),
    (Index((ROWS[0], *ROWS), {}, {}, {"oh-002": "w", "sadiku-001": "w"}),
     ["sadiku-001 stands twice in the catalog"]),
]  # fmt: skip


@pytest.mark.parametrize(("index", "sentences"), PROBLEMS)
def test_problems_are_sentences(index: Index, sentences: list[str]) -> None:
    assert [*index.problems, *index.forgotten] == sentences


def claim(name: str, outcome: str, statements: list[str], role: str = "claim") -> dict[str, object]:
    return {"id": name, "outcome": outcome, "statements": statements, "role": role}


OUTCOMES = [
    ([claim("a.py::b[1]", "proved", ["sadiku-001"])], "proved"),
    ([claim("a.py::b[1]", "proved", ["sadiku-001"]), claim("a.py::b[2]", "supported", ["sadiku-001"])],
     "proved 1, supported 1"),
    ([claim("a.py::b[1]", "proved", ["sadiku-001"]), claim("a.py::b[2]", "supported", ["oh-002"])], "proved"),
    ([claim("a.py::b[1]", "supported", ["oh-002"])], "supported"),  # no line of its own: the derivation's
    ([claim("a.py::b[1]", "proved", ["sadiku-001"]), claim("a.py::b[2]", "refuted", ["sadiku-001"], "erratum")],
     "proved; refuted as printed"),
    ([claim("a.py::bb[1]", "proved", ["sadiku-001"])], ""),
]  # fmt: skip


@pytest.mark.parametrize(("results", "shown"), OUTCOMES)
def test_the_outcome_of_a_statement(results: list[dict[str, object]], shown: str) -> None:
    index = Index(ROWS[:1], {"sadiku-001": ("a.py::b",)}, {}, {})
    (line,) = [line for line in page(index, {"results": results}).splitlines() if line.startswith("| sadiku-001")]
    assert line == rf"| sadiku-001 | A \| B | definition | `a.py::b` | {shown} |"


def test_programs_and_experiments_are_told_apart() -> None:
    programs = {"sadiku-001": ("network.rules.Adam", "network.experiments.gradients.paths")}
    text = page(Index(ROWS, {}, programs, {"oh-002": "words only"}))
    assert "program, tested; measured |" in text
    assert "| left out: words only |  |" in text


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(a) for a in arguments])


def test_the_command_prints_the_page(index: Index) -> None:
    done = run("list", "--statements")
    assert done.exit_code == 0
    assert done.output == page(index)


@pytest.mark.parametrize("content", ["not json", "{}", json.dumps({"results": [{}]})])
def test_a_bad_report_is_a_sentence(tmp_path: Path, content: str) -> None:
    report = tmp_path / "report.json"
    report.write_text(content)
    done = run("list", "--statements", "--report", report)
    assert done.exit_code == 1
    assert "Error: the statements cannot be listed" in done.output


def test_a_citation_that_leads_nowhere_is_exit_code_2(tmp_path: Path) -> None:
    file = tmp_path / "a.py"
    file.write_text(
        "from calcds.notation import *\n@derivation('T', statements=['oh-999'])\n"
        "def t(x: Real):\n    yield x\n    yield x, 'r'\n"
    )
    done = run("list", "--statements", file)
    assert done.exit_code == 2
    assert "oh-999 is cited, but the catalog has no such statement" in done.output


def test_the_reading_order_names_every_file_once_with_its_first_sentence() -> None:
    lines = (shipped() / "README.md").read_text(encoding="utf-8").splitlines()
    listed = dict(line[3:].split("](", 1) for line in lines if line.startswith("- ["))
    assert len(listed) == sum(line.startswith("- [") for line in lines)
    files = {text.file.stem: text for text in discover().texts}
    assert set(listed) == set(files)
    for name, rest in listed.items():
        first = (ast.get_docstring(files[name].tree) or "").split("\n\n")[0].replace("\n", " ")
        assert rest == f"{name}.py): {first}"
