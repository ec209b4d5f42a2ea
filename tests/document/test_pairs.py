r"""True lines are never called wrong, mutated lines are never passed: rows of `pairs.py`."""

from __future__ import annotations

from pathlib import Path

import pytest

from calcds.decide.verdict import Outcome
from calcds.document.checking import findings
from calcds.document.finding import Finding
from calcds.document.source.extract import cut
from tests.document.pairs import NO_CLAIMS, PAIRS

WRONG = {Outcome.REFUTED, Outcome.MALFORMED}
RIGHT = {Outcome.PROVED, Outcome.SUPPORTED}


def read(before: str, line: str) -> list[Finding]:
    """The findings of the last line of a document."""
    found = findings(cut(Path("notes.md"), f"{before}\n\n$${line}$$\n"))
    return [one for one in found if one.line == max(f.line for f in found)]


@pytest.mark.parametrize(("before", "line", "mutant"), PAIRS, ids=[row[1][:40] for row in PAIRS])
def test_a_true_line_is_not_called_wrong_and_its_mutant_is_not_passed(
    before: str, line: str, mutant: str
) -> None:
    true, false = read(before, line), read(before, mutant)
    assert true
    assert false
    assert not [one for one in true if one.outcome in WRONG], true
    claims = [one for one in false if one.role == "claim"]
    assert not claims or any(one.outcome not in RIGHT for one in claims), false


def test_most_pairs_are_told_apart() -> None:
    silent = []
    for before, line, mutant in PAIRS:
        passed = all(one.outcome in RIGHT for one in read(before, line))
        caught = any(one.outcome in WRONG for one in read(before, mutant))
        if not (passed and caught):
            silent.append(line)
    assert len(silent) <= 0.1 * len(PAIRS), silent


@pytest.mark.parametrize("line", NO_CLAIMS)
def test_what_is_no_claim_is_not_called_wrong(line: str) -> None:
    assert not [one for one in read("", line) if one.outcome in WRONG]
