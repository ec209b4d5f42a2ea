r"""Documents as segments of mathematics: Markdown, LaTeX, notebooks and text, each segment with its exact place.

A segment is what stands between `$...$`, `$$...$$`, `\(...\)`, `\[...\]` or in an environment such as `align`. Code is
skipped. Between segments stands prose; its last words say whether an equation is a definition or a condition.
Annotations are found here and read in annotations.py. Invalid UTF-8, half a file or an unclosed dollar cost the
segment they stand in and nothing else.

Imports: calcds.document.raw, calcds.errors.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from dataclasses import dataclass, field
from pathlib import Path

from calcds.document.raw import Macros
from calcds.errors import CannotLoad

SUFFIXES = (".md", ".markdown", ".tex", ".ipynb", ".txt")
LARGEST = 20_000_000  # bytes of a document
_MATHS = (
    r"equation|align|alignat|gather|multline|eqnarray|displaymath|math|flalign|split|aligned|gathered|dmath"
)
_CODE = r"verbatim|lstlisting|minted|Verbatim|comment|tikzpicture|filecontents|algorithmic"
_PLACES = {
    "comment": r"<!--(?P<html>.*?)(?:-->|\Z)",
    "fence": r"^(?P<fence>[ \t]*(?:```+|~~~+)).*?(?:^[ \t]*(?:```+|~~~+)[ \t]*$|\Z)",
    "heading": r"^(?P<heading>\#{1,6})[ \t]",
    "underlined": r"^[^\s|>$\-=][^\n]*\n(?P<underlined>={3,}|-{3,})[ \t]*$",
    "code": r"(?P<code>`+)(?!`).*?(?<!`)(?P=code)(?!`)",
}
_LENGTH = r"\[-?[\d.]+\s*(?:pt|em|ex|cm|mm|in|\\baselineskip)\]"
_SHARED = {
    "double": r"\$\$(?P<double>.*?)\$\$",
    "bracket": r"\\\[(?P<bracket>.*?)\\\]",
    "paren": r"\\\((?P<paren>.*?)\\\)",
    "env": rf"\\begin\{{(?P<env>(?:{_MATHS})\*?)\}}(?P<inside>.*?)\\end\{{(?P=env)\}}",
}
_INLINE = r"\$(?P<inline>(?!\s)(?:\\.|[^$\\\n]|\n(?![ \t]*\n))+?(?<!\s))\$(?!\d)"
_TEX = {
    "remark": r"%(?P<remark>[^\n]*)",
    "verbatim": rf"\\begin\{{(?P<skip>(?:{_CODE})\*?)\}}.*?(?:\\end\{{(?P=skip)\}}|\Z)",
    "verb": r"\\(?:verb|lstinline)\*?(?P<bar>[^A-Za-z\s]).*?(?P=bar)",
    "section": r"\\(?:part|chapter|section|subsection|subsubsection|paragraph)\*?\s*(?:\[[^\]]*\])?\{",
}


_LEVELS = ("part", "chapter", "section", "subsection", "subsubsection", "paragraph")


def _pattern(*tables: dict[str, str], inline: str) -> re.Pattern[str]:
    rows = [row for table in tables for row in table.values()]
    return re.compile("|".join([*rows, inline]), re.DOTALL | re.MULTILINE)


MARKDOWN = _pattern(_PLACES, {"escaped": rf"\\\\(?:{_LENGTH}|(?![\[(]))|\\[$%]"}, _SHARED, inline=_INLINE)
LATEX = _pattern(_TEX, {"escaped": rf"\\\\(?:{_LENGTH})?|\\[$%]"}, _SHARED, inline=r"\$(?P<inline>(?:\\.|[^$\\])+?)\$")


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of mathematics."""

    text: str
    at: int  # of its first character in the document
    display: bool
    before: str  # the prose since the segment before it
    section: int
    after: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """An annotation as it stands: `calcds: ...` without the word."""

    text: str
    at: int


@dataclass(slots=True)
class Document:
    """A document cut up."""

    file: Path
    text: str
    segments: list[Segment] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    levels: list[int] = field(default_factory=lambda: [0])  # of the headings, by section
    macros: Macros = field(default_factory=Macros)
    problems: list[str] = field(default_factory=list)
    lines: list[tuple[int, int, int]] = field(default_factory=list)  # offset, line from 1, column from 0

    def around(self, section: int) -> frozenset[int]:
        """A section and those it is part of."""
        found, level = {section}, self.levels[section]
        for k in range(section - 1, -1, -1):
            if self.levels[k] < level:
                found.add(k)
                level = self.levels[k]
        return frozenset(found - {0} or found)

    def place(self, at: int) -> tuple[int, int]:
        """Line (from 1) and column (from 0) of an offset in the file."""
        k = max(0, bisect_right(self.lines, (at, 1 << 60, 0)) - 1)
        offset, line, column = self.lines[k]
        return line, column + max(0, at - offset)


def load(file: Path) -> Document:
    """Read and cut up a document. Raises CannotLoad for what cannot be read at all."""
    try:
        if file.stat().st_size > LARGEST:
            raise CannotLoad(f"{file}: larger than {LARGEST // 10**6} MB; split the document")
        data = file.read_bytes()
    except OSError as error:
        raise CannotLoad(f"{file}: cannot be read: {error.strerror}") from error
    text, problems = _decoded(data)
    return cut(file, text, problems)


def _decoded(data: bytes) -> tuple[str, list[str]]:
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return data.decode("utf-8", errors="replace"), [f"line {line} is not valid UTF-8; the rest is read"]


def cut(file: Path, text: str, problems: list[str] | None = None) -> Document:
    r"""A text as a document.

    >>> document = cut(Path("a.md"), "Let $x > 0$.\n\n$$x^2 = x \\cdot x$$\n")
    >>> [(segment.text, document.place(segment.at)) for segment in document.segments]
    [('x > 0', (1, 5)), ('x^2 = x \\cdot x', (3, 2))]
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    document = (
        _notebook(file, text) if file.suffix == ".ipynb" else Document(file, text, lines=_line_starts(text))
    )
    document.problems[:0] = problems or []
    document.macros.harvest(document.text)
    _cut(document, LATEX if file.suffix == ".tex" else MARKDOWN)
    return document


def _line_starts(text: str) -> list[tuple[int, int, int]]:
    starts = [0, *(found.end() for found in re.finditer("\n", text))]
    return [(offset, number, 0) for number, offset in enumerate(starts, 1)]


def _cut(document: Document, pattern: re.Pattern[str]) -> None:
    text = document.text
    begin = re.search(r"\\begin\{document\}", text) if pattern is LATEX else None
    at, last, section = begin.end() if begin else 0, begin.end() if begin else 0, 0
    while found := pattern.search(text, at):
        at = max(found.end(), found.start() + 1)
        group = found.lastgroup and _kind(found)
        if group in {"html", "remark"}:
            said = found[group].strip()
            if said.startswith("calcds:"):
                document.notes.append(Note(said[7:].strip(), found.start()))
        elif group in {"heading", "underlined", "section"}:
            section += 1
            document.levels.append(_level(found, group))
            last = found.start()
        elif group in {"double", "bracket", "paren", "inside", "inline"}:
            start, end = found.span(group)
            if not text[start:end].strip():
                continue
            display = group not in {"paren", "inline"}
            before = text[max(last, found.start() - 400) : found.start()]
            document.segments.append(
                Segment(
                    text[start:end], start, display, before, section, text[found.end() : found.end() + 80]
                )
            )
            last = found.end()
    if text.count("$$") % 2 and pattern is MARKDOWN:
        document.problems.append("a display that begins with $$ is not closed")


def _level(found: re.Match[str], group: str) -> int:
    """How deep a heading stands, from 1."""
    if group == "heading":
        return len(found["heading"])
    if group == "underlined":
        return 1 if found["underlined"].startswith("=") else 2
    return _LEVELS.index(found[0].split("{")[0].split("[")[0].strip("\\* ")) + 1


def _kind(found: re.Match[str]) -> str:
    groups = found.groupdict()
    for name in ("html", "remark", "heading", "underlined", "double", "bracket", "paren", "inside", "inline"):
        if groups.get(name) is not None:
            return name
    return "section" if found[0].startswith(("\\part", "\\chap", "\\sec", "\\sub", "\\para")) else ""


def _notebook(file: Path, text: str) -> Document:
    """The Markdown cells of a notebook, each line at its place in the file."""
    try:
        cells = json.loads(text)["cells"]
        sources = [cell["source"] for cell in cells if cell["cell_type"] == "markdown"]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise CannotLoad(f"{file}: this is no Jupyter notebook (nbformat 4)") from None
    starts = _line_starts(text)
    said, lines, cursor, length = [], [], 0, 0
    for source in sources:
        for piece in [source] if isinstance(source, str) else source:
            if not isinstance(piece, str):
                continue
            k = max(
                text.find(json.dumps(piece), cursor), text.find(json.dumps(piece, ensure_ascii=False), cursor)
            )
            if k >= 0:
                cursor = k + 1
                row = bisect_right(starts, (cursor, 1 << 60, 0)) - 1
                lines.append((length, starts[row][1], cursor - starts[row][0]))
            said.append(piece)
            length += len(piece)
        said.append("\n\n")
        length += 2
    return Document(file, "".join(said), lines=lines or [(0, 1, 0)])
