"""Results to suggested annotations: what would settle them, once each, behind what a file has already."""

from __future__ import annotations

from pathlib import Path

import pytest

from calcds.decide.verdict import Outcome
from calcds.verify.result import Result
from calcds.verify.suggesting import HEADING, Suggestion, append, formulas_of, missing, suggestions

UNREAD, UNDECIDED, REFUTED, PROVED = Outcome.UNREAD, Outcome.UNDECIDED, Outcome.REFUTED, Outcome.PROVED
SETTLE = "an annotation would settle it: calcds: "
A, X, Y = "A: Matrix[n, n]", "X: Matrix[m, n]", "y: Vector[K]"


def row(outcome: Outcome, detail: str = "", holds_if: str = "", *given: str, line: int = 1, role: str = "claim") -> Result:
    return Result("notes.md::1[1]", "notes.md", line, outcome, detail, holds_if=holds_if, given=given, role=role)


@pytest.mark.parametrize(
    ("outcome", "detail", "holds_if", "given", "words"),
    [
        (UNREAD, f"what E depends on is not said; {SETTLE}let E = ...", "", (), "let E = ..."),
        (UNREAD, f"what ell depends on is not said; {SETTLE}let ell = ...", "", (), r"let \ell = ..."),
        (UNREAD, f"is q(...) an application or a product?; {SETTLE}let q(x) = ...", "", (), "let q(x) = ..."),
        (UNREAD, "is sigma(...) an application or a product?", "", (), r"let \sigma(x) = ..."),
        (UNREAD, f"by which variable the prime differentiates is not said; {SETTLE}prime d/dx", "", (), "prime d/dx"),
        (UNDECIDED, f"it holds for logarithms to base 2; {SETTLE}log base 2", "", (), "log base 2"),
        (UNDECIDED, "it does not hold for every M, and the equation for it was not read", "", (), "let M = ..."),
        (UNDECIDED, "the hypothesis X: FullRank[m, n] is missing", "", (), "X: FullRank[m, n]"),
        (UNDECIDED, "it would hold if the entries of y add up to 1, which the text does not say", "", (Y,),
         "y: Probability[K]"),
        (UNDECIDED, "it would hold if y is one-hot, which the text does not say", "", (Y,), "y: OneHot[K]"),
        (REFUTED, "", "x is nonnegative", (), "where x >= 0"),
        (REFUTED, "", "theta_k is positive", (), r"where \theta_k > 0"),
        (REFUTED, "", "eta_max is nonzero or k is an integer", (), r"where \eta_{max} != 0"),
        (REFUTED, "", "x, y and z are nonnegative", (), "where x >= 0, y >= 0, z >= 0"),
        (REFUTED, "", "k is an integer", (), "k: Integer"),
        (REFUTED, "", "A is symmetric or n = 1", (A,), "A: Symmetric[n]"),
        (REFUTED, "", "n = 1 or A is invertible", (A,), "A: Invertible[n]"),
        (REFUTED, "", "X is of full column rank", (X,), "X: FullRank[m, n]"),
        (REFUTED, "", "A and B commute", (A,), "where A B = B A"),
        (REFUTED, "", "i != j", (), "where i != j"),
    ],
)  # fmt: skip
def test_what_would_settle_it(outcome: Outcome, detail: str, holds_if: str, given: tuple[str, ...], words: str) -> None:
    (found,) = suggestions([row(outcome, detail, holds_if, *given, line=12)])
    assert (found.line, found.words) == (12, words)
    assert found.lines[1] == f"# 12: {words}"


@pytest.mark.parametrize(
    "one",
    [
        row(PROVED, "the two sides agree", "x is positive"),
        row(UNREAD, "\\partial alone"),
        row(UNREAD, f"what L(theta_t-1) depends on is not said; {SETTLE}let L(theta_t-1) = ..."),
        row(UNREAD, f"is O(...) an application or a product?; {SETTLE}let O(x) = ..."),
        row(REFUTED, "", "n = 1"),
        row(REFUTED, "", "y is nonnegative", Y),  # of a vector: no condition on numbers
        row(REFUTED, "", "A is symmetric"),  # its size is not known
        row(REFUTED, "", "x_hat is positive"),  # an accent, or an index?
        row(REFUTED, "", "foo is positive"),
        row(REFUTED, "", "x is positive", role="erratum"),  # wrong on purpose
    ],
)
def test_nothing_is_suggested_where_nothing_would_settle_it(one: Result) -> None:
    assert suggestions([one]) == []


def test_each_suggestion_once_and_conditions_once_a_formula() -> None:
    let = f"what E depends on is not said; {SETTLE}let E = ..."
    rows = [row(UNREAD, let, line=3), row(UNREAD, let, line=5), row(REFUTED, "", "x is positive", line=7),
            row(REFUTED, "", "x is positive", line=7), row(REFUTED, "", "x is positive", line=9)]  # fmt: skip
    assert [(one.line, one.words) for one in suggestions(rows)] == [
        (3, "let E = ..."), (7, "where x > 0"), (9, "where x > 0"),
    ]  # fmt: skip


def test_the_line_is_that_of_the_formula(tmp_path: Path) -> None:
    file = tmp_path / "notes.md"
    file.write_text("$a = a$ and $|x| = x$\n\n$$\\begin{aligned}\n1 &= 1 \\\\\n|y| &= y\n\\end{aligned}$$\n")
    place = formulas_of(file)
    on_first_line = Result("a", "notes.md", 1, REFUTED, holds_if="x is nonnegative", column=13)
    in_display = Result("b", "notes.md", 5, REFUTED, holds_if="y is nonnegative", column=0)
    assert [(one.line, one.words) for one in suggestions([on_first_line, in_display], place)] == [
        (1, "assume x >= 0"),  # a condition for one formula would be taken by the first of its line
        (3, "where y >= 0"),
    ]


SOME = [Suggestion(3, "let E = ...", "why"), Suggestion(7, "where x > 0", "why")]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("", ["let E = ...", "where x > 0"]),
        ("# 3: let E = ...\n", ["where x > 0"]),
        ("3: let E = w^2\n", ["where x > 0"]),  # accepted
        ("let E = w^2; skip\n#7:  where  x > 0", []),
        ("8: where x > 0\n", ["let E = ...", "where x > 0"]),  # of another formula
        ("7: where x > 0, y > 0\n# let F = ...", ["let E = ...", "where x > 0"]),
        ("## where x > 0\n", ["let E = ...", "where x > 0"]),  # said about something
    ],
)
def test_what_stands_there_is_not_suggested_again(text: str, left: list[str]) -> None:
    assert [one.words for one in missing(SOME, text)] == left


@pytest.mark.parametrize("before", [b"", b"12: skip\n", b"12: skip", b"12: skip\r\n# a\r\n", b"\xff\xfe broken\n"])
def test_a_file_is_kept_byte_for_byte_in_front(tmp_path: Path, before: bytes) -> None:
    file = tmp_path / "notes.md.calcds"
    file.write_bytes(before)
    assert append(file, SOME) == 2
    after = file.read_bytes()
    assert after.startswith(before)
    assert after != before
    lines = after[len(before) :].decode().split("\r\n" if b"\r" in before else "\n")
    assert [line for line in lines if line] == [*HEADING, "## why", "# 3: let E = ...", "## why", "# 7: where x > 0"]
    assert append(file, SOME) == 0
    assert file.read_bytes() == after


def test_a_file_is_made_only_for_something(tmp_path: Path) -> None:
    assert append(tmp_path / "none.calcds", []) == 0
    assert not (tmp_path / "none.calcds").exists()
    assert append(tmp_path / "some.calcds", SOME) == 2
    assert all(line.startswith("#") for line in (tmp_path / "some.calcds").read_text().splitlines())
