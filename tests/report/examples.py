"""Results of every sort, made by hand: what the reporters are tested with."""

from __future__ import annotations

from calcds.decide.verdict import Counterexample, Outcome
from calcds.verify.result import Comparison, Report, Result


def row(number: int, outcome: Outcome, detail: str = "", **more: object) -> Result:
    """A row about the gradient of a quadratic form."""
    known: dict[str, object] = {
        "id": f"notes.py::quadratic_form[{number}]",
        "file": "notes.py",
        "line": 10 + number,
        "outcome": outcome,
        "detail": detail,
        "title": "The gradient of a quadratic form",
        "statements": ("sadiku-081",),
        "source": ("sadiku", "Gradients"),
        "lhs": r"\nabla_x x^T A x",
        "rhs": r"2 A x",
        "reason": "the familiar rule",
        "given": ("x: Vector[n]", "A: Matrix[n, n]"),
        "left": "grad(x.T*A*x, x)",
        "right": "2*A*x",
        "seconds": 0.25,
        "column": 4,
    }
    return Result(**{**known, **more})  # type: ignore[arg-type]


SMALLEST = Counterexample(
    {"n": 2}, {"A": [["0", "0"], ["1", "0"]], "x": [["0"], ["1"]]}, [["1"], ["0"]], [["0"], ["0"]], (0, 0)
)
PROVED = row(
    1,
    Outcome.PROVED,
    "equal as sums over indices",
    stage="index sums",
    network=Comparison("deck.a5", 1e-15, 6),
)
REFUTED = row(
    2,
    Outcome.REFUTED,
    "different at a point",
    stage="balls",
    counterexample=SMALLEST,
    holds_if="A is symmetric",
)
UNDECIDED = row(3, Outcome.UNDECIDED, "stopped after 10 s")
MALFORMED = row(4, Outcome.MALFORMED, "cannot add: x is n x 1, but A is n x n", lhs="", rhs="")
SUPPORTED = row(5, Outcome.SUPPORTED, "agreed at 40 points to 25 digits", stage="sampling")
ERRATUM = row(
    6, Outcome.REFUTED, "different at a point", role="erratum", counterexample=SMALLEST, corrected="right_one"
)
UNREFUTED = row(7, Outcome.PROVED, "equal as sums over indices", role="erratum")
SCALAR = row(
    8,
    Outcome.REFUTED,
    "different at a point",
    left="log(x**2)",
    right="2*log(x)",
    counterexample=Counterexample({}, {"x": "-1"}, "0", "6.28318530717958647692 +/- 1.1e-20"),
    file="strange <&> \x01.py",
)
BROKEN = Result(
    "broken.py", "broken.py", 3, Outcome.MALFORMED, "a comma is missing between the line and its reason"
)

GOOD = Report((PROVED, ERRATUM), seconds=0.5)
ALL = Report(
    (PROVED, REFUTED, UNDECIDED, MALFORMED, SUPPORTED, ERRATUM, UNREFUTED, SCALAR, BROKEN),
    problems=("nowhere: there is no such file or directory",),
    notes=("1 file(s) without a derivation: helper.py",),
    seconds=1.25,
)
