r"""Where a stretch of a document ends that opened somewhere: found in linear time, whatever stands in the document.

Every search remembers what it found, so that a hundred thousand openings without an end cost one look at the text. A
display ends at the latest where the text visibly goes on: at a blank line with a heading, a fence, a comment or two
words of prose behind it. An opening without an end costs itself only.

Imports: nothing of calcds.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field

_BLANK = re.compile(r"\n[ \t]*\n")
_GOES_ON = re.compile(
    r"\n[ \t]*\n(?=[ \t]*(?:\#{1,6}[ \t]|```|~~~|<!--|[^\s|>$\-=][^\n]*\n(?:={3,}|-{3,})[ \t]*(?:\n|\Z)"
    r"|\\(?:part|chapter|(?:sub)*section|paragraph|begin\{(?:theorem|lemma|proof|definition|itemize|enumerate|document)|end\{document)"
    r"|[A-Z]?[a-z]+[,:]?[ ]+(?:[a-z]{2}|\$)))"
)
_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
_TICKS = re.compile(r"`+")
NOWHERE = 1 << 60


@dataclass(slots=True)
class Ends:
    """Ends of what opens in one text; asked from its beginning to its end."""

    text: str
    _next: dict[str, int] = field(
        default_factory=dict
    )  # mark -> where it stands first from where it was sought
    _blanks: list[int] = field(init=False)
    _stops: list[int] = field(init=False)
    _runs: dict[int, list[int]] = field(default_factory=dict)  # length of a run of backticks -> places

    def __post_init__(self) -> None:
        self._blanks = [found.start() for found in _BLANK.finditer(self.text)]
        self._stops = [found.start() for found in _GOES_ON.finditer(self.text)]
        for found in _TICKS.finditer(self.text):
            self._runs.setdefault(len(found[0]), []).append(found.start())

    def mark(self, mark: str, at: int) -> int:
        """Where a mark stands first, from a place on; places must not decrease from call to call."""
        known = self._next.get(mark, -1)
        if known < at:
            found = self.text.find(mark, at)
            known = self._next[mark] = found if found >= 0 else NOWHERE
        return known

    def paragraph(self, at: int) -> int:
        """The end of the paragraph a place is in."""
        return _from(self._blanks, at, len(self.text))

    def display(self, mark: str, at: int) -> int:
        """Where a display whose inside begins at a place is closed by its mark; -1 where it is not."""
        found = self.mark(mark, at)
        return found if found <= _from(self._stops, at, len(self.text)) else -1

    def inline(self, mark: str, at: int) -> int:
        """The same for a formula within a paragraph."""
        found = self.mark(mark, at)
        return found if found <= self.paragraph(at) else -1

    def code(self, length: int, at: int) -> int:
        """Where a code span that opened with so many backticks before a place ends; -1 where it does not."""
        found = _from(self._runs[length], at, NOWHERE)
        return found + length if found <= self.paragraph(at) else -1

    def brace(self, at: int) -> int:
        """Where a group whose inside begins at a place is closed; -1 where it is not, before the text visibly goes on."""
        depth, stop = 1, _from(self._stops, at, len(self.text))
        for found in _BRACE.finditer(self.text, at, stop):
            depth += {"{": 1, "}": -1}.get(found[0], 0)
            if not depth:
                return found.start()
        return -1

    def fence(self, fence: str, at: int) -> tuple[int, int]:
        """Where the inside of a fenced block ends, and the block: behind a line of as many signs at least, or with the text."""
        closing = re.compile(rf"^[ \t]*{re.escape(fence)}{fence[0]}*[ \t]*$", re.MULTILINE)
        found = closing.search(self.text, self.mark("\n", at))
        return found.span() if found else (len(self.text), len(self.text))


def _from(places: list[int], at: int, otherwise: int) -> int:
    k = bisect_left(places, at)
    return places[k] if k < len(places) else otherwise
