"""The commands as a user types them: output, exit codes, and a sentence for every bad input."""

from __future__ import annotations

import json
import subprocess
import sys
import textwrap
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner, Result

from calcds.cli.main import COMMANDS, cli
from calcds.decide.verdict import Outcome
from calcds.version import VERSION

HEAD = "from calcds.notation import *\nn = Dim('n')\n"
GOOD = "@derivation('A good one')\ndef good(x: Real):\n    yield (x + 1)**2\n    yield x**2 + 2*x + 1, 'multiply out'\n"
BAD = "@derivation('A bad one')\ndef bad(x: Real):\n    yield (x + 1)**2\n    yield x**2 + 1, 'forgotten'\n"
WEAK = "@derivation('A weak one')\ndef weak(x: Real):\n    yield x\n    yield gamma(x + 1)*x/(gamma(x + 1)), 'cancel'\n"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(a) for a in arguments])


def written(folder: Path, name: str, body: str) -> Path:
    file = folder / name
    file.write_text(HEAD + textwrap.dedent(body))
    return file


# -- start-up -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["nonsense"]])
def test_help_imports_nothing_heavy(arguments: list[str]) -> None:
    code = (
        "import sys\nfrom calcds.cli.main import main\n"
        f"try:\n    main({arguments!r})\nexcept SystemExit:\n    pass\n"
        "heavy = {'sympy', 'numpy', 'flint', 'rich'} & set(sys.modules)\nassert not heavy, heavy\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_importing_the_package_imports_nothing_heavy() -> None:
    code = "import sys, calcds\nassert not {'sympy', 'numpy', 'flint'} & set(sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_help_names_every_command() -> None:
    out = run("--help").output
    assert all(f"  {name} " in out for name in COMMANDS)


@pytest.mark.parametrize("name", list(COMMANDS))
def test_every_command_has_help(name: str) -> None:
    done = run(name, "--help")
    assert done.exit_code == 0
    assert "Usage:" in done.output


def test_version() -> None:
    assert VERSION in run("--version").output


@pytest.mark.parametrize(
    "arguments", [["nonsense"], ["verify", "--frmat", "json"], ["verify", "--jobs", "0"], ["new"]]
)
def test_wrong_usage_is_exit_code_2_with_a_sentence(arguments: list[str]) -> None:
    done = run(*arguments)
    assert done.exit_code == 2
    assert "Error:" in done.output


# -- verify ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "options", "code", "shown"),
    [
        (GOOD, [], 0, "1 proved"),
        (BAD, [], 1, "False, for example, at"),
        (GOOD + BAD, ["--select", "good"], 0, "1 proved"),
        (GOOD + BAD, ["--select", "bad one"], 1, "REFUTED"),
        (GOOD, ["--verbose"], 0, "good[1]"),
        (GOOD, ["--strict"], 0, "1 proved"),
        (BAD.replace("@derivation('A bad one')", "@erratum('E')"), [], 0, "1 refuted as expected"),
        (GOOD.replace("@derivation", "@erratum"), [], 1, "ERRATUM NOT REFUTED"),
    ],
)
def test_verify_shows_and_counts(
    tmp_path: Path, body: str, options: list[str], code: int, shown: str
) -> None:
    done = run("verify", written(tmp_path, "notes.py", body), *options)
    assert done.exit_code == code, done.output
    assert shown in done.output


def test_the_json_report_goes_to_standard_output_alone(tmp_path: Path) -> None:
    done = run("verify", written(tmp_path, "notes.py", "print('noise')\n" + GOOD), "--format", "json")
    assert json.loads(done.stdout)["summary"]["proved"] == 1


@pytest.mark.parametrize("format_", ["terminal", "json", "junit", "sarif"])
def test_a_report_can_be_written_to_a_file(tmp_path: Path, format_: str) -> None:
    target = tmp_path / "report"
    done = run("verify", written(tmp_path, "notes.py", GOOD), "--format", format_, "--output", target)
    assert done.exit_code == 0
    assert done.stdout == ""
    text = target.read_text()
    if format_ == "junit":
        assert ET.fromstring(text).get("tests") == "1"
    elif format_ != "terminal":
        json.loads(text)


def test_a_report_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    done = run("verify", written(tmp_path, "notes.py", GOOD), "--output", tmp_path / "no" / "report")
    assert done.exit_code != 0
    assert "cannot be written" in done.output


BAD_INPUTS = [
    # name               text                                                               exit  place and sentence
    ("syntax error", "@derivation('T')\ndef f(x: Real):\n    yield (x\n", 1, (5, "never closed")),
    ("missing comma", "@derivation('T')\ndef f(x: Real):\n    yield x\n    yield x 'r'\n", 1, (6, "a comma is missing")),
    ("a caret", "@derivation('T')\ndef f(x: Real):\n    yield x\n    yield x^2, 'r'\n", 1, (6, "a power is written x**2")),
    ("unknown name", "@derivation('T')\ndef f(x: Real):\n    yield x\n    yield q, 'r'\n", 1, (6, "Unknown word 'q'")),
    ("wrong shape", "@derivation('T')\ndef f(x: Vector[n]):\n    yield x\n    yield x.T, 'r'\n", 1, (6, "different shapes")),
    ("raises", "@derivation('T')\ndef f(x: Real):\n    yield x\n    raise ValueError('no')\n", 1, (6, "ValueError: no")),
    ("never ends", "@derivation('T')\ndef f(x: Real):\n    while True: yield x, 'r'\n", 1, (4, "never ends")),
    ("yields nothing", "@derivation('T')\ndef f(x: Real):\n    if x is 3: yield x\n", 1, (4, "writes no line")),
    ("two of one name", GOOD + GOOD, 1, (8, "the name 'good' is taken")),
    ("no derivation", "x = 1\n", 2, (None, "no function in it is decorated")),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text", "code", "said"), BAD_INPUTS, ids=[row[0] for row in BAD_INPUTS])
def test_bad_input_is_a_sentence_and_the_others_are_checked(
    tmp_path: Path, name: str, text: str, code: int, said: tuple[int | None, str]
) -> None:
    bad, good = written(tmp_path, "bad.py", text), written(tmp_path, "other.py", GOOD)
    done = run("verify", bad, good, "--verbose")
    line, sentence = said
    assert done.exit_code == code, done.output
    assert sentence.lower() in " ".join(done.output.split()).lower()
    assert f"bad.py:{line}" in done.output if line else f"{bad}: " in done.output
    assert "good[1]" in done.output
    assert "Traceback" not in done.output


@pytest.mark.parametrize(
    ("path", "sentence"), [("nowhere", "no such file"), ("", "no .py file"), ("a.rst", "only .py")]
)
def test_a_path_that_leads_nowhere_is_exit_code_2(tmp_path: Path, path: str, sentence: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "a.rst").touch()
    done = run("verify", tmp_path / (path or "empty"), written(tmp_path, "other.py", GOOD), "--verbose")
    assert done.exit_code == 2
    assert sentence in done.stderr
    assert "good[1]" in done.stdout


# -- the others -----------------------------------------------------------------------------------------------


def test_list_names_derivations_without_running_them(tmp_path: Path) -> None:
    file = written(
        tmp_path,
        "notes.py",
        "raise SystemExit\n" + GOOD + GOOD.replace("@derivation", "@erratum").replace("good(", "e("),
    )
    done = run("list", file)
    assert done.exit_code == 0
    assert "good" in done.output
    assert "A good one" in done.output
    assert "(erratum)" in done.output


def test_list_of_a_path_that_leads_nowhere(tmp_path: Path) -> None:
    assert run("list", tmp_path / "nowhere").exit_code == 2


def test_new_writes_a_file_that_verifies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("new", "my_rule").exit_code == 0
    done = run("verify", "my_rule.py", "--strict")
    assert (done.exit_code, "2 proved" in done.output) == (0, True), done.output


@pytest.mark.parametrize("name", ["My Rule", "3d", "../up-and-away", ""])
def test_new_refuses_names_that_are_no_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("new", name).exit_code == 2
    assert list(tmp_path.iterdir()) == []


def test_new_never_overwrites(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.py").write_text("precious")
    assert run("new", "mine").exit_code == 1
    assert (tmp_path / "mine.py").read_text() == "precious"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        *[(outcome.value, outcome.value) for outcome in Outcome],
        ("normal form", "Stage"),
        ("FullRank", "full column rank"),
        ("Symmetric", "square"),
        ("Function", "differentiable"),
        ("sigmoid", "d/du"),
        ("tanh", "DLMF"),
        ("pullback", "(dy/dx)^T delta"),
        ("hadamard", "Entrywise product"),
        ("quadratic_form", "The gradient of a quadratic form"),
    ],
)
def test_explain_reads_docstrings_and_tables(name: str, shown: str) -> None:
    done = run("explain", name)
    assert done.exit_code == 0, done.output
    assert shown in done.output


def test_explain_lists_what_there_is() -> None:
    out = run("explain").output
    assert all(
        f"{section}:" in out
        for section in ("outcomes", "stages", "kinds", "functions", "words", "derivations")
    )


def test_explain_suggests_a_near_name() -> None:
    done = run("explain", "sigmoit")
    assert done.exit_code == 2
    assert "did you mean" in done.output
    assert "sigmoid" in done.output


def test_explain_can_explain_everything_it_lists() -> None:
    from calcds.cli.explain import topics

    for section, rows in topics().items():
        for name, topic in rows.items():
            if section != "derivations":
                assert len(list(topic())) >= 2, name


def test_errata_of_an_unknown_document() -> None:
    done = run("errata", "nobody")
    assert done.exit_code == 2
    assert "no document is called 'nobody'" in done.output
