"""The names that are promised: short, pinned, imported when they are used."""

from __future__ import annotations

import inspect
import subprocess
import sys
from pathlib import Path

import pytest

import calcds

PINNED = [
    "CalcdsError", "Counterexample", "Outcome", "Report", "Result", "Verdict", "__version__", "decide", "gradient", "hessian",
    "jacobian", "pullback", "recursion", "to_numpy", "verify",
]  # fmt: skip
PARAMETERS = {
    "gradient": ["expr", "x"],
    "jacobian": ["expr", "x"],
    "hessian": ["expr", "x"],
    "pullback": ["delta", "y", "x"],
    "to_numpy": ["expr", "args"],
    "decide": ["lhs", "rhs", "given"],
    "verify": ["paths"],
}
GOOD = "from calcds.notation import *\n@derivation('T')\ndef f(x: Real):\n    yield x\n    yield x + 0, 'r'\n"


def test_public_names_change_only_on_purpose() -> None:
    assert calcds.__all__ == PINNED
    assert set(PINNED) <= set(dir(calcds))


@pytest.mark.parametrize("name", PINNED)
def test_every_public_name_is_there(name: str) -> None:
    assert getattr(calcds, name) is not None


@pytest.mark.parametrize("name", list(PARAMETERS))
def test_promised_functions_take_what_is_promised(name: str) -> None:
    assert (
        list(inspect.signature(getattr(calcds, name)).parameters)[: len(PARAMETERS[name])] == PARAMETERS[name]
    )


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="module 'calcds' has no attribute 'derive'"):
        _ = calcds.derive


def test_verify_gives_a_report_that_can_be_iterated_over(tmp_path: Path) -> None:
    file = tmp_path / "notes.py"
    file.write_text(GOOD)
    report = calcds.verify(file)
    assert [row.outcome for row in report] == [calcds.Outcome.PROVED]
    assert report.summary["proved"] == len(report) == 1


@pytest.mark.parametrize(
    "order", ["import calcds.verify.run, calcds.decide.engine", "calcds.verify; calcds.decide", "pass"]
)
def test_rooms_can_be_called_whatever_was_imported_before(order: str) -> None:
    code = (
        f"import calcds\n{order}\nfrom calcds import decide, verify\nfrom sympy import Symbol\nx = Symbol('x', real=True)\n"
        "assert decide is calcds.decide and verify is calcds.verify\n"
        "assert calcds.decide((x + 1)**2, x**2 + 2*x + 1).outcome == 'proved'\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_notation_is_words_only() -> None:
    from calcds import notation

    assert {
        "derivation",
        "erratum",
        "start",
        "holds",
        "assume",
        "grad",
        "Vector",
        "exp",
        "Network",
        "Sum",
    } <= set(notation.__all__)
    assert not {"annotations", "as_term", "number", "function", "Fraction"} & set(notation.__all__)
