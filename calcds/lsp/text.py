r"""Places in a text as an editor counts them: lines from 0, columns in code units, UTF-16 unless agreed otherwise.

calcds counts columns in code points, an editor in units of an encoding: one 𝔼 is one code point and two units of UTF-16.

Imports: nothing of calcds.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

UTF16 = "utf-16"
_SIZES = {"utf-8": 1, UTF16: 2, "utf-32": 4}  # bytes of a unit
_ENDS = re.compile("\r\n|\r|\n")  # those of the protocol; no others end a line

Position = tuple[int, int]  # line from 0, column from 0 in code points


@dataclass(frozen=True, slots=True)
class Span:
    """From a position up to another, which is not part of it."""

    begin: Position
    end: Position

    def touches(self, begin: Position, end: Position) -> bool:
        """Whether a stretch has a part of it, or stands at its edge."""
        return self.begin <= end and begin <= self.end


class Text:
    """A text by lines."""

    def __init__(self, text: str, encoding: str = UTF16) -> None:
        self.text = text
        self.encoding = encoding if encoding in _SIZES else UTF16
        self.lines = _ENDS.split(text)

    def line(self, number: int) -> str:
        """A line without its end; "" behind the last."""
        return self.lines[number] if 0 <= number < len(self.lines) else ""

    def inside(self, at: Position) -> Position:
        """The nearest position that there is."""
        row = min(max(at[0], 0), len(self.lines) - 1)
        return row, min(max(at[1], 0), len(self.lines[row]))

    def position(self, at: Position) -> dict[str, int]:
        """A position for an editor."""
        row, column = self.inside(at)
        name = "utf-16-le" if self.encoding == UTF16 else "utf-32-le" if self.encoding == "utf-32" else "utf-8"
        before = self.lines[row][:column].encode(name, errors="surrogatepass")
        return {"line": row, "character": len(before) // _SIZES[self.encoding]}

    def range(self, span: Span) -> dict[str, dict[str, int]]:
        """A span for an editor."""
        return {"start": self.position(span.begin), "end": self.position(span.end)}

    def place(self, line: int, character: int) -> Position:
        """A position of an editor in code points."""
        row = min(max(line, 0), len(self.lines) - 1)
        units = 0
        for column, sign in enumerate(self.lines[row]):
            if units >= character:
                return row, column
            units += self._units(sign)
        return row, len(self.lines[row])

    def _units(self, sign: str) -> int:
        if self.encoding == "utf-32":
            return 1
        if self.encoding == UTF16:
            return 2 if ord(sign) > 0xFFFF else 1
        return len(sign.encode("utf-8", errors="surrogatepass"))
