"""The findings of a text, and of its last line: for tables of lines with what stands before them."""

from __future__ import annotations

from pathlib import Path

from calcds.decide.verdict import Outcome
from calcds.document.checking import findings
from calcds.document.finding import Finding
from calcds.document.source.extract import cut

WRONG = {Outcome.REFUTED, Outcome.MALFORMED}
RIGHT = {Outcome.PROVED, Outcome.SUPPORTED}


def read(text: str, name: str = "notes.md") -> list[Finding]:
    """Everything that is found in a text of this name."""
    return findings(cut(Path(name), text))


def last_line(before: str, line: str) -> list[Finding]:
    """The claims of the last line of a document."""
    found = read(f"{before}\n$${line}$$\n")
    return [one for one in found if one.line == max(f.line for f in found)]


def own_line(before: str, line: str) -> list[Finding]:
    """The claims of the last line, in a paragraph of its own."""
    return last_line(f"{before}\n", line)


def assert_slip_in_text_told_apart(text: str, right: str, slip: str) -> None:
    """The last equation of a text holds, and is called wrong with a slip in the place of what is right."""
    assert text.count(right) == 1
    assert read(text + "\n")[-1].outcome in RIGHT
    assert read(text.replace(right, slip) + "\n")[-1].outcome in WRONG


def assert_slip_in_text_not_held(text: str, right: str, slip: str) -> None:
    """The last equation of a text is a claim that holds, and with a slip in it nobody says so."""
    assert text.count(right) == 1
    found = read(text + "\n")[-1]
    assert (found.role, found.outcome in RIGHT) == ("claim", True)
    assert read(text.replace(right, slip) + "\n")[-1].outcome not in RIGHT


def assert_nothing_wrong(text: str) -> None:
    """No line of a text is called wrong."""
    assert not [one for one in read(text + "\n") if one.outcome in WRONG]


def assert_told_apart(before: str, line: str, slip: str) -> None:
    """The last line is a claim that holds, and with a slip in it, it is called wrong."""
    true, false = own_line(before, line), own_line(before, slip)
    assert all(one.outcome in RIGHT and one.role == "claim" for one in true), true
    assert any(one.outcome in WRONG for one in false), false
