"""The findings of a text, and of its last line: for tables of lines with what stands before them."""

from __future__ import annotations

from pathlib import Path

from calcds.decide.verdict import Outcome
from calcds.document.checking import findings
from calcds.document.extract import cut
from calcds.document.finding import Finding

WRONG = {Outcome.REFUTED, Outcome.MALFORMED}
RIGHT = {Outcome.PROVED, Outcome.SUPPORTED}


def read(text: str) -> list[Finding]:
    """Everything that is found in a text."""
    return findings(cut(Path("notes.md"), text))


def last_line(before: str, line: str) -> list[Finding]:
    """The claims of the last line of a document."""
    found = read(f"{before}\n$${line}$$\n")
    return [one for one in found if one.line == max(f.line for f in found)]
