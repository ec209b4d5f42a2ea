"""Exercises: the same for the same variant, solvable, and wrong where they say so."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from calcds.handout.exercises import compute, exercises_html, exercises_of, exercises_tex, missing, wrong
from calcds.handout.library import Library
from calcds.handout.scribe import BREAK
from calcds.handout.sheet import Sheet

BOARDS = Path(__file__).parent / "boards.py"


@pytest.fixture(scope="module")
def sheets() -> dict[str, Sheet]:
    library = Library([BOARDS])
    choice = library.choose("boards")
    library.check([choice], jobs=1)
    return {entry.name: library.sheet(entry) for entry in choice.entries}


@pytest.fixture(scope="module")
def sigmoid() -> list[Sheet]:
    library = Library()
    choice = library.choose("sigmoid")
    library.check([choice])
    return [library.sheet(entry) for entry in choice.entries]


def test_the_missing_line_is_between_first_and_last(sheets: dict[str, Sheet]) -> None:
    made = missing(sheets["form"], Random(0))
    assert made is not None
    assert made.hole == 1
    assert made.formulas == (made.lines[1].formula,)
    assert made.formulas[0].replace(BREAK, "") == r"A x + A^{\top} x"


def test_too_short_a_chain_has_no_missing_line(sheets: dict[str, Sheet]) -> None:
    assert missing(sheets["without_the_factor"], Random(0)) is None
    assert wrong(sheets["without_the_factor"], Random(0)) is None


@pytest.mark.parametrize("seed", range(4))
def test_exactly_one_line_is_wrong(sheets: dict[str, Sheet], seed: int) -> None:
    made = wrong(sheets["form"], Random(seed))
    assert made is not None
    honest = wrong_lines_of(sheets["form"])
    shown = [line.formula for line in made.lines]
    assert sum(a != b for a, b in zip(honest, shown, strict=True)) == 1
    assert made.formulas[-1].removeprefix(r"\text{right: } ") in honest


def wrong_lines_of(sheet: Sheet) -> list[str]:
    from calcds.expr.latex import latex

    assert sheet.derivation is not None
    return [latex(line.value) for line in sheet.derivation.lines if line.value is not None]


def test_numbers_to_compute(sheets: dict[str, Sheet]) -> None:
    made = compute(sheets["form"], Random(1))
    assert made is not None
    assert "pmatrix" in made.formulas[0]
    assert any("n = 2" in said for kind, said in made.task if kind == "math")


def test_the_same_variant_is_the_same_sheet(sigmoid: list[Sheet]) -> None:
    first, again, other = (exercises_of(sigmoid, v) for v in (1, 1, 2))
    assert first == again
    assert first != other
    assert {each.kind for each in first} == {"missing", "wrong", "compute"}
    assert len({each.of for each in first}) == len(first)


def test_solutions_are_printed_only_where_they_are_asked_for(sigmoid: list[Sheet]) -> None:
    made = exercises_of(sigmoid, 3)
    without, solved = exercises_tex(made, solutions=False), exercises_tex(made, solutions=True)
    assert "Solutions" not in without
    assert solved.startswith(without.rstrip())
    assert solved.count(r"\noindent\textbf") == 2 * len(made)
    assert exercises_html(made, solutions=False).count("<details>") == 0
    assert exercises_html(made, solutions=True).count("<details>") == len(made)
    assert exercises_tex((), solutions=True) == ""


def test_an_erratum_makes_no_exercise(sheets: dict[str, Sheet]) -> None:
    assert all(each.of != sheets["without_the_factor"].id for each in exercises_of(list(sheets.values()), 1))
