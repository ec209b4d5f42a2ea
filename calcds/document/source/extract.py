r"""Documents as segments of mathematics: Markdown, LaTeX, notebooks and text, each segment with its exact place.

A segment is what stands between `$...$`, `$$...$$`, `\(...\)`, `\[...\]` or in an environment such as `align`. Code is
skipped. Between segments stands prose; its last words say whether an equation is a definition or a condition.
Annotations are found here and read in annotations.py. Invalid UTF-8, half a file or an unclosed dollar cost the
segment they stand in and nothing else.

Imports: calcds.document.source, calcds.errors.
"""

from __future__ import annotations

import codecs
import json
import re
from bisect import bisect_right
from dataclasses import dataclass, field, replace
from pathlib import Path

from calcds.document.source.ends import Ends
from calcds.document.source.escapes import moved, unescaped
from calcds.document.source.raw import Macros
from calcds.document.source.spoken import spoken
from calcds.errors import CannotLoad

SUFFIXES = (".md", ".markdown", ".tex", ".ipynb", ".txt")
LARGEST = 20_000_000  # bytes of a document
MOST_SEGMENTS = 100_000  # formulas of a document
_MATHS = (
    r"equation|align|alignat|gather|multline|eqnarray|displaymath|math|flalign|split|aligned|gathered|dmath"
)
_CODE = r"verbatim|lstlisting|minted|Verbatim|comment|tikzpicture|filecontents|algorithmic"
_PLACES = {
    "comment": r"(?P<comment><!--)",
    "maths": r"^[ \t]*(?P<maths>```+|~~~+)[ \t]*math[ \t]*(?=\n)",
    "fence": r"^[ \t]*(?P<fence>```+|~~~+)",
    "heading": r"^(?P<heading>\#{1,6})[ \t]",
    "underlined": r"^[^\s|>$\-=][^\n]*\n(?P<underlined>={3,}|-{3,})[ \t]*$",
    "code": r"(?P<code>`+)",
}
_LENGTH = r"\[-?[\d.]+\s*(?:pt|em|ex|cm|mm|in|\\baselineskip)\]"
_SHARED = {
    "double": r"(?P<double>\$\$)",
    "bracket": r"(?P<bracket>\\\[)",
    "paren": r"(?P<paren>\\\()",
    "env": rf"\\begin\{{(?P<env>(?:{_MATHS})\*?)\}}",
}
_SPACED = r"(?=[^$\n]*[\\^_])(?![^$\n]*(?<![\\A-Za-z{])[A-Za-z]{4,}(?![A-Za-z(]))(?:\\.|[^$\\\n])+?"  # `$ x_1 $`, and no prose
_INLINE = rf"\$(?P<inline>(?!\s)(?:\\.|[^$\\\n]|\n(?![ \t]*\n))+?(?<!\s)|{_SPACED})\$(?!\d)"
_TEX = {
    "remark": r"%(?P<remark>[^\n]*)",
    "verbatim": rf"\\begin\{{(?P<verbatim>(?:{_CODE})\*?)\}}",
    "verb": r"\\(?:verb|lstinline)\*?(?P<bar>[^A-Za-z\s])[^\n]*?(?P=bar)",
    "section": r"\\(?P<section>part|chapter|section|subsection|subsubsection|paragraph)\*?\s*(?:\[[^\]\n]{0,300}\])?\{",
}


_HEADINGS = {"heading", "underlined", "section", "slide", "numbered", "titled", "unit", "capitals"}
_WITHIN = {"EXAMPLE", "EXAMPLES", "PROOF", "REMARK", "NOTE", "SOLUTION", "NUMBERS"}  # of what belongs to what stands before
_LEVELS = ("part", "chapter", "section", "subsection", "subsubsection", "paragraph")


def _pattern(*tables: dict[str, str], inline: str) -> re.Pattern[str]:
    rows = [row for table in tables for row in table.values()]
    return re.compile("|".join([*rows, inline]), re.DOTALL | re.MULTILINE)


_UNITS = "(?i:problem|exercise|question|task|part|section|chapter|lecture|lesson|topic|unit|week)"
_NUMBERED = {
    "slide": r"^(?:[-=*~#][ \t]?){2,}[ \t]*(?P<slide>[Ss]lide|SLIDE|[Pp]age|PAGE)[ \t]+\d[^\n$]{0,80}$",
    "numbered": r"(?:(?<=\n\n)|(?<=[-=*_~]{5}\n)|\A)(?P<numbered>\d+(?:\.\d+)*)\.?[ \t]+[A-Z][^\n$=.:;]{1,60}$(?=\n[ \t]*\n)",
    "titled": rf"^[-=*_~]{{5,}}[ \t]*\n(?P<titled>(?:[A-Z]{{3,}}|{_UNITS}|(?i:slide|page|frame)[ \t]+\d+)\b[^\n$=;]{{0,80}})$",
    "unit": rf"(?:(?<=\n\n)|\A)(?P<unit>{_UNITS}[ \t]+\d+[^\n$=;]{{0,80}})$",
    "capitals": r"(?:(?<=\n\n)|\A)(?P<capitals>[A-Z]{3}[A-Z0-9 ,:()/&'-]{1,60})$(?=\n[ \t]*\n)",
}  # headings of text without markup: a number and a title between blank lines, a title below a rule or in capitals
_ESCAPED = {"escaped": rf"\\\\(?:{_LENGTH}|(?![\[(]))|\\[$%]"}
MARKDOWN = _pattern(_PLACES, _ESCAPED, _SHARED, inline=_INLINE)
TEXT = _pattern(_PLACES, _NUMBERED, _ESCAPED, _SHARED, inline=_INLINE)
LATEX = _pattern(
    _TEX, {"escaped": rf"\\\\(?:{_LENGTH})?|\\[$%]"}, _SHARED, inline=r"\$(?P<inline>(?:\\.|[^$\\\n]|\n(?![ \t]*\n))+?)\$"
)


_COMMAS = re.compile(r"\d\{,\}(?:\d{1,2}|\d{4,})(?!\d)|(?<!\d)0\{,\}\d")
_BETWEEN = r"(?:[A-Z]|\\[A-Z][a-z]+)(?:_\d)?(?:\^\{-1\})?\s?"  # the W of (X' W X)^{-1}
_RAISED = re.compile(r"\^\s*(?:\\prime(?![A-Za-z])|\{\s*(?:\\prime(?![A-Za-z])|')\s*\})")
_PRIMES = re.compile(
    r"\bprimes?\b[^.;]{0,20}\b(?:denotes?|means?|is|are|stands?|indicates?)\b[^.;]{0,20}transpos|\btranspos\w*\b[^.;]{0,30}\bprimes?\b"
    r"|(?-i:(?<![A-Za-z\\])([A-EI-Z])'\s?\1(?![A-Za-z']))|'[^.;\n]{0,12}\bis the transpose of\b"
    r"|(?-i:\\(?!(?:Phi|Psi|Gamma|Theta|Lambda|Omega|Xi|Pi|Sigma|Delta|Upsilon)\b)([A-Za-z]*[A-Z][A-Za-z]*)'\s?\\\2(?![A-Za-z']))"
    r"|(?-i:\\(math(?:bf|bb|rm|sf)|bm|boldsymbol)\{([A-Z])\}'\s?\\\3\{\4\}(?!'))"
    rf"|(?-i:\((?P<tall>[A-EI-Z](?:_\d|_\{{\d\}})?)'\s?(?:{_BETWEEN})?(?P=tall)\)\^\{{-1\}})"
    rf"|(?-i:\((?P<rest>[^()\n]{{0,20}}[A-Z][^()\n]{{0,20}})\)'\s?(?:{_BETWEEN})?\((?P=rest)\))",
    re.IGNORECASE,
)  # where X'X is written, (X_1'X_1)^{-1}, (X' W X)^{-1} or (y - X b)'(y - X b)


_CALLED = re.compile(r"(?<![A-Za-z])([A-Z])'?\s?\((?:[a-z]|\\[a-z]+)\)")


_PARTIALS = re.compile(
    r"\\partial_\{?[a-z]\}?\s*\$?\s*(?:=|:=|\\equiv|means|is|for|denotes|stands for)\s*\$?\s*"
    r"(?:\\t?d?frac\s*\{\\partial\}\s*\{\\partial\s*|\\partial\s*/\s*\\partial\s*)([a-z])_"
)  # "\\partial_i means \\partial/\\partial x_i"


_DISPLAY = re.compile(rf"\s*(?:\\begin\{{((?:{_MATHS})\*?)\}}\s*#1\s*\\end\{{\1\}}|\\\[\s*#1\s*\\\]|\$\$\s*#1\s*\$\$)\s*")
_INTERVALS = re.compile(r"\b(?:intervals?|commutators?|Lie|least common)\b", re.IGNORECASE)


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
    titles: list[str] = field(default_factory=lambda: [""])
    starts: list[int] = field(default_factory=lambda: [0])
    macros: Macros = field(default_factory=Macros)
    primes: bool = False  # a prime is a transpose, as statisticians write it
    commas: bool = False  # decimals are written as 2{,}718
    hessians: bool = False  # it speaks of them, so that H_f is one
    signals: dict[int, frozenset[str]] = field(default_factory=dict)  # by section: letters with members in square brackets
    bracketed: bool = False  # x_{[i]} is written for x_i
    rows: bool = False  # lists of numbers are rows, as `calcds.document.words.rows_of_numbers` knows
    intervals: bool = False  # it speaks of them or of commutators, so that [a, b] may be one
    coordinates: str = "x"  # of what \\partial_i is a derivative
    problems: list[str] = field(default_factory=list)
    lines: list[tuple[int, int, int]] = field(default_factory=list)  # offset, line from 1, column from 0
    _parents: list[int] = field(default_factory=list)  # the section that each is part of; 0 or less: none

    def around(self, section: int) -> frozenset[int]:
        """A section and those it is part of."""
        for k in range(len(self._parents), len(self.levels)):
            parent = k - 1
            while parent > 0 and self.levels[parent] >= self.levels[k]:
                parent = self._parents[parent]
            self._parents.append(parent)
        found = {section}
        while (section := self._parents[section]) > 0:
            found.add(section)
        return frozenset(found)

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
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", errors="replace"), []
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
    if file.suffix not in {".tex", ".txt"}:
        document.text, places = unescaped(document.text)
        document.lines = moved(document.lines, places) if places else document.lines
    document.macros.harvest(document.text)
    document.commas = _COMMAS.search(document.text) is not None
    document.primes = _transposes(_RAISED.sub("'", document.text))
    document.intervals = _INTERVALS.search(document.text) is not None
    said = _PARTIALS.search(document.text)
    document.coordinates = said[1] if said else document.coordinates
    _cut(document, _with_displays({".tex": LATEX, ".txt": TEXT}.get(file.suffix, MARKDOWN), document.macros))
    return document


def _transposes(text: str) -> bool:
    """Whether primes are transposes in a text: it says so, or writes X'X, of an X that is no function of one letter."""
    functions: set[str] | None = None
    for found in _PRIMES.finditer(text):
        letters = {one[0] for group in found.groups() if group and (one := re.search("[A-Z]", group))}
        if functions is None and letters:
            functions = set(_CALLED.findall(text))
        if not letters or functions is None or letters.isdisjoint(functions):
            return True
    return False


def _with_displays(pattern: re.Pattern[str], macros: Macros) -> re.Pattern[str]:
    r"""The pattern with the author's own displays: `\newcommand{\eq}[1]{\begin{equation*}#1\end{equation*}}`."""
    own = [name[1:] for name, macro in macros.table.items() if macro.arguments == 1 and _DISPLAY.fullmatch(macro.body)]
    return re.compile(rf"{pattern.pattern}|\\(?P<own>{'|'.join(own)})\s*\{{", pattern.flags) if own else pattern


def _line_starts(text: str) -> list[tuple[int, int, int]]:
    starts = [0, *(found.end() for found in re.finditer("\n", text))]
    return [(offset, number, 0) for number, offset in enumerate(starts, 1)]


def _cut(document: Document, pattern: re.Pattern[str]) -> None:
    text, ends = document.text, Ends(document.text)
    begin = re.search(r"\\begin\{document\}", text) if pattern is LATEX else None
    at = last = begin.end() if begin else 0
    section, unclosed = 0, None
    while found := pattern.search(text, at):
        at, kind = found.end(), found.lastgroup or ""
        if kind in {"comment", "remark"}:
            at, said = _said(ends, found)
            if said.startswith("calcds:"):
                document.notes.append(Note(said[7:].strip(), found.start()))
        elif kind in _HEADINGS:
            section += 1
            document.levels.append(_level(found))
            document.titles.append(_title(text, found))
            document.starts.append(found.end())
            last = found.start()
        elif kind in {"fence", "code", "verbatim"}:
            at = _behind_code(ends, found)
        elif kind in {"maths", "double", "bracket", "paren", "env", "inline", "own"}:
            start, end, at = _inside(ends, found)
            if end < 0:
                unclosed = found
                continue
            if not text[start:end].strip():
                continue
            if len(document.segments) >= MOST_SEGMENTS:
                document.problems.append(f"only the first {MOST_SEGMENTS} formulas are read; split the document")
                break
            before = _whole_words(text[max(last, found.start() - 400) : found.start()])
            display = kind not in {"paren", "inline"}
            after = _whole_words(text[at : at + 80])
            document.segments += _spoken(Segment(text[start:end], start, display, before, section, after))
            while kind == "double" and (run := _run_on(text, at)) is not None:
                start, at = at, run.end()
                after = _whole_words(text[at : at + 80])
                document.segments += _spoken(Segment(run["formula"], start, display, "", section, after))
            last = at
    if unclosed is not None:
        line, _ = document.place(unclosed.start())
        document.problems.append(f"line {line}: {unclosed[0]} opens a formula that is not closed; what follows is read")


def _run_on(text: str, at: int) -> re.Match[str] | None:
    r"""The next display, where two dollars between lines end one and begin the next: `$$a = 1$$b = \frac12$$`."""
    found = _RUN_ON.match(text, at)
    return found if found is not None and _WORD.search(found[0]) is None else None


_RUN_ON = re.compile(r"(?=[^\s$])(?=[^\n$]*=)(?=[^\n$]*\\[A-Za-z])(?P<formula>[^\n$]+)\$\$")
_WORD = re.compile(r"(?<![A-Za-z\\{])[A-Za-z]{3,}(?![A-Za-z}])")  # prose, and no command


def _spoken(whole: Segment) -> list[Segment]:
    """The segments that words within a formula join; the segment itself where none do."""
    parts = spoken(whole.text)
    return [
        replace(
            whole, text=whole.text[one.start : one.end], at=whole.at + one.start,
            before=whole.before if not k else f" {one.before} ",
            after=(one.after + whole.after if k + 1 == len(parts) else one.after)[:80],
        )
        for k, one in enumerate(parts)
    ] or [whole]  # fmt: skip


def _whole_words(said: str) -> str:
    """Prose without hyphens at the ends of lines: "sym-" and "metric" in the next line are one word."""
    return re.sub(r"(?<=[a-z])-\n[ \t]*(?=[a-z])", "", said)


def _level(found: re.Match[str]) -> int:
    """How deep a heading stands, from 1."""
    said = found[found.lastgroup or 0]
    if found.lastgroup == "heading":
        return len(said)
    if found.lastgroup == "underlined":
        return 1 if said.startswith("=") else 2
    if found.lastgroup in {"slide", "numbered"}:
        return said.count(".") + 1
    if found.lastgroup in {"titled", "unit"}:
        return 1
    if found.lastgroup == "capitals":
        return 3 if said.split()[0].strip(":") in _WITHIN else 2
    return _LEVELS.index(said) + 1


def _title(text: str, found: re.Match[str]) -> str:
    """The words of a heading."""
    line = text[found.start() : found.end()].split("\n", maxsplit=1)[0] if found.lastgroup == "underlined" else ""
    if found.lastgroup in {"titled", "unit", "capitals", "numbered", "slide"}:
        line = found[found.lastgroup or 0] if found.lastgroup != "numbered" else found[0]
    return (line or text[found.end() : found.end() + 200].split("\n", maxsplit=1)[0]).strip(" #{}\t")


def _said(ends: Ends, found: re.Match[str]) -> tuple[int, str]:
    """Where a comment ends, and what it says."""
    if found.lastgroup == "remark":
        return found.end(), found["remark"].strip()
    end = min(ends.mark("-->", found.end()), len(ends.text))
    return end + 3, ends.text[found.end() : end].strip()


def _behind_code(ends: Ends, found: re.Match[str]) -> int:
    """The place behind code that opens; a stray backtick opens nothing."""
    if found.lastgroup == "fence":
        return ends.fence(found["fence"], found.end())[1]
    if found.lastgroup == "code":
        end = ends.code(len(found["code"]), found.end())
        return end if end >= 0 else found.end()
    closing = rf"\end{{{found['verbatim']}}}"
    return min(ends.mark(closing, found.end()), len(ends.text)) + len(closing)


_CLOSING = {"double": "$$", "bracket": r"\]", "paren": r"\)"}


def _inside(ends: Ends, found: re.Match[str]) -> tuple[int, int, int]:
    """Where the inside of a formula begins and ends (-1: it is not closed), and where the text goes on."""
    start, kind = found.end(), found.lastgroup
    if kind == "inline":
        return *found.span("inline"), found.end()
    if kind == "maths":
        return start, *ends.fence(found["maths"], start)
    if kind == "own":
        end = ends.brace(start)
        return start, end, (end + 1 if end >= 0 else start)
    closing = _CLOSING.get(kind or "", rf"\end{{{found['env']}}}")
    end = (ends.inline if kind == "paren" else ends.display)(closing, start)
    if kind == "env" and end > ends.mark(found[0], start):
        end = -1  # the same environment opens anew before this one ends
    if kind == "double" and end > ends.paragraph(start) and not ends.text[start:end].strip():
        end = -1  # two dollars, a blank line, two dollars: the second pair opens the next display
    return start, end, (end + len(closing) if end >= 0 else start)


_STRING = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"', re.DOTALL)


def _is_written(literal: str, text: str) -> bool:
    """Whether a string of JSON stands for a text."""
    if len(literal) - 2 < len(text):
        return False
    return literal[1:-1] == text or ("\\" in literal and json.loads(literal, strict=False) == text)


def _notebook(file: Path, text: str) -> Document:
    """The Markdown cells of a notebook, each line at its place in the file."""
    try:
        cells = json.loads(text)["cells"]
        sources = [cell["source"] for cell in cells if cell["cell_type"] == "markdown"]
        pieces = [[source] if isinstance(source, str) else list(source) for source in sources]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise CannotLoad(f"{file}: this is no Jupyter notebook (nbformat 4)") from None
    starts = _line_starts(text)
    strings = _STRING.finditer(text)
    said, lines, length = [], [], 0
    for cell in pieces:
        for piece in cell:
            if not isinstance(piece, str):
                continue
            place = next((one.start() + 1 for one in strings if _is_written(one[0], piece)), None)
            if place is not None:
                row = bisect_right(starts, (place, 1 << 60, 0)) - 1
                lines.append((length, starts[row][1], place - starts[row][0]))
            said.append(piece.encode("utf-8", "replace").decode())  # half a character is no text
            length += len(piece)
        said.append("\n\n")
        length += 2
    return Document(file, "".join(said), lines=lines or [(0, 1, 0)])
