r"""What stands around a line decides what it says: rows of `context_pairs.py`."""

from __future__ import annotations

import pytest

from tests.document import reading_pairs
from tests.document.context_pairs import BESIDE, FAMILIES, NEVER_PROVED, NEVER_WRONG
from tests.document.lines import RIGHT, WRONG, last_line, read

PAIRS = [*FAMILIES, *BESIDE, *reading_pairs.CAUGHT]

@pytest.mark.parametrize(("before", "line", "mutant"), PAIRS, ids=[row[1][:50] for row in PAIRS])
def test_the_true_line_passes_and_its_mutant_is_caught(before: str, line: str, mutant: str) -> None:
    true, false = last_line(before, line), last_line(before, mutant)
    assert [one.outcome in RIGHT and one.role == "claim" for one in true] == [True], true
    assert any(one.outcome in WRONG for one in false), false


@pytest.mark.parametrize(("before", "line", "mutant"), reading_pairs.APART, ids=[row[1][:50] for row in reading_pairs.APART])
def test_the_true_line_passes_and_its_mutant_does_not(before: str, line: str, mutant: str) -> None:
    true, false = last_line(before, line), last_line(before, mutant)
    assert [one.outcome in RIGHT and one.role == "claim" for one in true] == [True], true
    assert not any(one.outcome in RIGHT for one in false), false


@pytest.mark.parametrize("text", [*NEVER_WRONG, *reading_pairs.NEVER_WRONG])
def test_a_true_line_is_not_called_wrong(text: str) -> None:
    assert not [one for one in read(text) if one.outcome in WRONG]


@pytest.mark.parametrize(("text", "false"), [*NEVER_PROVED, *reading_pairs.NEVER_PROVED])
def test_a_false_line_is_not_passed(text: str, false: str) -> None:
    found = [one for one in read(text) if false in f"{one.left} = {one.right}"][-1]
    assert found.outcome not in RIGHT or found.role != "claim", found
