"""Running: every claim gets a row, whatever happens to a process; order and content do not depend on the workers.

The decider is replaced by one that answers by the names of the variables: `hang` sleeps, `die` kills its process.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from dataclasses import replace
from pathlib import Path

import pytest

from calcds.decide import engine
from calcds.decide.verdict import Outcome, Verdict
from calcds.expr.term import Term
from calcds.verify.result import Report
from calcds.verify.run import verify

HEAD = "from calcds.notation import *\nn = Dim('n')\n"


def decide_by_name(left: Term, right: Term, given: tuple[Term, ...] = (), timeout: float = 10.0) -> Verdict:
    said = f"{left} {right}"
    if "hang" in said:
        time.sleep(60)
    if "die" in said:
        os.kill(os.getpid(), signal.SIGKILL)
    if "hungry" in said:
        bytearray(10**11)
    if "deep" in said:
        return decide_by_name(left, right)
    if "buggy" in said:
        raise KeyError("lost")
    return Verdict(Outcome.REFUTED if "wrong" in said else Outcome.PROVED, "by name")


@pytest.fixture(autouse=True)
def _by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "decide_terms", decide_by_name)


def written(folder: Path, name: str, body: str) -> Path:
    file = folder / name
    file.write_text(HEAD + textwrap.dedent(body))
    return file


def simple(name: str, *variables: str, decorator: str = '@derivation("T")') -> str:
    """A derivation whose k-th claim is about the k-th variable."""
    yields = "\n    ".join(f"yield start({v})\n    yield {v} + 0, 'r'" for v in variables)
    return f"{decorator}\ndef {name}({', '.join(f'{v}: Real' for v in variables)}):\n    {yields}\n"


def outcomes(report: Report) -> list[str]:
    return [f"{row.id.partition('::')[2]} {row.outcome}" for row in report]


@pytest.mark.parametrize(
    ("variable", "detail"),
    [
        ("hang", "stopped after 0.3 s"),
        ("die", "the worker process died"),
        ("hungry", "more memory"),
        ("deep", "nested too deeply"),
        ("buggy", "a fault of calcds, please report it: KeyError: 'lost' (test_run.py:"),
    ],
)
def test_a_claim_that_cannot_be_decided_costs_nothing_but_itself(
    tmp_path: Path, variable: str, detail: str
) -> None:
    file = written(tmp_path, "a.py", simple("f", "x", variable, "y") + simple("g", "z"))
    report = verify(file, jobs=1, timeout=0.3)
    assert outcomes(report) == ["f[1] proved", "f[2] undecided", "f[3] proved", "g[1] proved"]
    assert detail in report.results[1].detail
    assert report.results[1].line == 8
    assert report.exit_code() == 0
    assert report.exit_code(strict=True) == 1


@pytest.mark.parametrize(
    ("body", "line", "sentence"),
    [
        (
            "@derivation('T')\ndef f(x: Real):\n    yield x\n    while True:\n        pass\n",
            6,
            "did not end within 0.3 s",
        ),
        ("while True:\n    pass\n" + simple("f", "x"), 3, "did not end within 0.3 s"),
        ("import os\nos._exit(3)\n" + simple("f", "x"), 1, "the worker process died while the file was read"),
        (
            "import os\n@derivation('T')\ndef f(x: Real):\n    os._exit(3)\n    yield x\n",
            5,
            "the worker process died",
        ),
        (simple("f", "x") + "f = 3\n", 4, "something else has its name"),
        (
            "import time\n@derivation('T')\ndef f(x: Real):\n    time.sleep(60)\n    yield x\n",
            6,
            "did not end",
        ),
    ],
)
def test_code_that_hangs_or_dies_is_one_row_and_the_rest_is_checked(
    tmp_path: Path, body: str, line: int, sentence: str
) -> None:
    bad, good = written(tmp_path, "a.py", body), written(tmp_path, "b.py", simple("g", "x"))
    report = verify([bad, good], jobs=2, timeout=0.3)
    assert [row.outcome for row in report] == [Outcome.MALFORMED, Outcome.PROVED]
    assert sentence in report.results[0].detail
    assert report.results[0].line == line
    assert report.exit_code() == 1


def test_a_broken_file_is_one_row_however_many_derivations_it_has(tmp_path: Path) -> None:
    file = written(tmp_path, "a.py", "x = undefined\n" + simple("f", "x") + simple("g", "x"))
    report = verify(file, jobs=2)
    assert [(row.id, row.outcome, row.line) for row in report] == [("a.py", Outcome.MALFORMED, 3)]


def test_order_and_content_do_not_depend_on_the_number_of_workers(tmp_path: Path) -> None:
    for name in "dbca":
        written(tmp_path, f"{name}.py", "".join(simple(f"f{k}", "x", "wrong", "y") for k in range(5)))
    written(tmp_path, "broken.py", "x = (")
    one, two, three = (verify(tmp_path, jobs=jobs) for jobs in (1, 2, 3))
    rows = [[replace(row, seconds=0.0) for row in report] for report in (one, two, three)]
    assert rows[0] == rows[1] == rows[2]
    assert [row.id for row in rows[0]][::15] == [
        "a.py::f0[1]",
        "b.py::f0[1]",
        "c.py::f0[1]",
        "d.py::f0[1]",
    ] or (
        [row.id.partition("::")[0] for row in rows[0]] == sorted(row.id.partition("::")[0] for row in rows[0])
    )


def test_files_of_one_name_have_different_ids(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    written(tmp_path / "one", "a.py", simple("f", "x"))
    written(tmp_path / "two", "a.py", simple("f", "x"))
    assert [row.id for row in verify(tmp_path)] == ["one/a.py::f[1]", "two/a.py::f[1]"]


@pytest.mark.parametrize(
    ("select", "rows"),
    [
        ("second", ["second[1] proved", "second[2] proved"]),
        ("SECOND", ["second[1] proved", "second[2] proved"]),
        ("second[2]", ["second[2] proved"]),
        ("a.py::first", ["first[1] proved"]),
        ("own title", ["third[1] proved"]),
    ],
)
def test_a_selection_runs_only_what_it_names(tmp_path: Path, select: str, rows: list[str]) -> None:
    third = simple("third", "x", decorator="@derivation('Its own title')")
    file = written(tmp_path, "a.py", simple("first", "x") + simple("second", "x", "y") + third)
    assert outcomes(verify(file, select=select)) == rows


def test_a_selection_of_nothing_is_a_problem(tmp_path: Path) -> None:
    report = verify(written(tmp_path, "a.py", simple("first", "x")), select="elsewhere")
    assert report.problems == ("no derivation has 'elsewhere' in its id or title",)
    assert report.exit_code() == 2


@pytest.mark.parametrize(
    ("decorator", "variable", "code"),
    [
        ('@derivation("T")', "x", 0),
        ('@derivation("T")', "wrong", 1),
        ('@erratum("T")', "wrong", 0),
        ('@erratum("T")', "x", 1),
        ('@erratum("T")', "buggy", 1),
        ('@erratum("T", expect="malformed")', "wrong", 1),
    ],
)
def test_an_erratum_must_be_refuted(tmp_path: Path, decorator: str, variable: str, code: int) -> None:
    report = verify(written(tmp_path, "a.py", simple("f", variable, decorator=decorator)))
    assert report.exit_code() == report.exit_code(strict=True) == code


def test_an_erratum_of_shapes_is_expected_to_be_malformed(tmp_path: Path) -> None:
    body = (
        "@erratum('T', expect='malformed')\ndef f(x: Vector[n]):\n    yield x\n    yield x*x, 'as printed'\n"
    )
    report = verify(written(tmp_path, "a.py", body))
    assert [(row.role, row.outcome) for row in report] == [("erratum", Outcome.MALFORMED)]
    assert report.exit_code(strict=True) == 0


def test_problems_do_not_keep_the_others_from_being_checked(tmp_path: Path) -> None:
    report = verify([tmp_path / "nowhere", written(tmp_path, "a.py", simple("f", "x"))])
    assert outcomes(report) == ["f[1] proved"]
    assert report.exit_code() == 2


def test_progress_counts_every_derivation(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    file = written(tmp_path, "a.py", simple("f", "die") + simple("g", "x") + simple("h", "x"))
    verify(file, jobs=2, progress=lambda done, total, _name: seen.append((done, total)))
    assert seen == [(1, 3), (2, 3), (3, 3)]


def test_the_summary_counts_every_row_once(tmp_path: Path) -> None:
    report = verify(written(tmp_path, "a.py", simple("f", "x", "wrong", "buggy")))
    assert report.summary == {
        "proved": 1, "supported": 0, "refuted": 1, "undecided": 1, "malformed": 0, "unread": 0,
    }  # fmt: skip


@pytest.mark.skipif(sys.platform == "win32", reason="signals of a terminal")
def test_an_interrupt_prints_what_is_known_so_far(tmp_path: Path) -> None:
    marker = tmp_path / "under-way"
    slow = f"""
        import pathlib, time
        @derivation('T')
        def slow(x: Real):
            yield x
            pathlib.Path({str(marker)!r}).touch()
            time.sleep(60)
        """
    written(tmp_path, "a.py", simple("f", "x"))
    written(tmp_path, "b.py", slow)
    command = [
        sys.executable,
        "-m",
        "calcds",
        "verify",
        str(tmp_path),
        "--jobs",
        "1",
        "--timeout",
        "50",
        "--verbose",
    ]
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's "&" ignores it, for children, too
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    signal.signal(signal.SIGINT, before)
    until = time.monotonic() + 30
    while not marker.exists() and time.monotonic() < until:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=20)
    assert process.returncode == 130
    assert "f[1]" in out
    assert "Interrupted" in out
    assert "Traceback" not in out + err
