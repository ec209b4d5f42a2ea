r"""What stands around a formula in its document: its sentence, the next one, leads of lists, heads of tables and theorems.

    Which of these hold?            leads in every item of the list below
    (a) $...$   (b) $...$
    | wrong | right |               heads every row of the table below
    **Theorem 2 (orthogonal case).** $...$    begins a part that ends where the next one begins, proofs with it
    ## The commuting case           is the title of all that stands below it

In all of these a mark stands for every formula, as in calcds.document.words.restricting.

Imports: calcds.document.source.extract, calcds.document.words.restricting.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from calcds.document.source.extract import Document, Segment
from calcds.document.words.restricting import MARK, NO_WORDS

_FENCES = re.compile(
    rf"\$+|\\[()\[\]]|\\(?:begin|end)\{{(?:equation|align|gather|multline|eqnarray|displaymath|math)\*?\}}|{NO_WORDS}"
)
_MARKER = r"(?:[-*+\N{BULLET}]|\(?(?:[a-zA-Z]|\d{1,3}|[ivx]{1,4})[.)]|\\item\b)[ \t]*"
_ITEM = re.compile(rf"^[ \t]*{_MARKER}(?=\s|\[|{MARK})", re.MULTILINE)
_CLOSERS = r"[*_)\]\"'\N{RIGHT DOUBLE QUOTATION MARK}}]*"
_ENDS = re.compile(
    rf"(?<=[.?!;])(?<!i\.e\.)(?<!e\.g\.)(?<!cf\.){_CLOSERS}\s|\n[ \t]*(?:{_MARKER}|#+)(?=\s|{MARK})"
    rf"|\n[ \t]*\n(?=[ \t]*[A-Z*\\#|])|\n(?=[ \t]*\|)|\\\\\s"
)
_BLANK = re.compile(r"\n[ \t]*\n")
_PARAGRAPH = re.compile(r"\n[ \t]*\n(?=[ \t]*[A-Z*\\#|])")  # displays, and what leads them in, are not parted
_GOES_ON = re.compile(
    r"\W*(?:then|hence|thus|so|therefore|consequently|it follows|this|that|in this case|under|"
    r"we (?:get|have|obtain|find|see)|here)\b",
    re.IGNORECASE,
)
_UNITS = (
    "theorem|lemma|proposition|corollary|claim|definition|example|counterexample|remark|exercise|problem|fact|case|rule|property|"
    "observation|question|conjecture|satz|note"
)
_UNIT = re.compile(
    rf"(?:^|\n)[ \t]*(?:[*_]{{1,3}}|\\(?:textbf|emph|paragraph)\{{)?\(?(?:{_UNITS})\b"
    rf"(?=[^.:\n]{{0,60}}[.:*)}}])|\\begin\{{(?:{_UNITS})\*?\}}",
    re.IGNORECASE,
)
_FOOTNOTE = re.compile(r"\[\^([^\]\s]+)\](?!:)")
_BOXES = {"\\square", "\\blacksquare", "\\Box", "\\qed", "\\qedsymbol"}  # the end of a proof
_REACH = 1500  # characters
OWN = "\N{OBJECT REPLACEMENT CHARACTER}"  # the formula that is asked about, in its sentence


@dataclass(frozen=True, slots=True)
class Around:
    """The words around a formula, in front of it and behind it."""

    before: str  # of its sentence
    after: str
    next: str  # the sentence behind it
    later: str  # what stands behind it in its section, up to the next theorem, example, ...
    lead: str  # what leads its list in, or heads its table, with its row
    notes: str  # footnotes
    paragraph: str  # the sentences of its paragraph before its own
    unit: str  # the theorem, example, ... that it stands in, up to it
    section: str  # all that stands in its section before it
    titles: str
    raw: str  # the sentence and those before it in the paragraph, with the formulas in them
    printed: str  # the section before it, with its formulas

    @property
    def sentence(self) -> str:
        """The whole sentence, with all that it belongs to."""
        return f"{self.lead} {self.before} {OWN} {self.after} {self.notes}"


@dataclass(slots=True)
class Surroundings:
    r"""What stands around the formulas of a document.

    >>> from pathlib import Path
    >>> from calcds.document.source.extract import cut
    >>> text = "# Numbers\n\nWhich of these is true?\n\n1. $a$ is odd\n2. $b$ is even. Nobody knows.\n"
    >>> document = cut(Path("notes.md"), text)
    >>> here = Surroundings(document).of(document.segments[1])
    >>> here.lead, here.before.strip(), here.after, here.next, here.titles
    ('Which of these is true?', '2.', 'is even.', 'Nobody knows.', 'Numbers')
    """

    document: Document
    _masked: str = field(default="", init=False)

    def of(self, segment: Segment) -> Around:
        """The words around a formula."""
        text = self._masked = self._masked or _masked(self.document)
        at, end = segment.at, segment.at + len(segment.text)
        low = max(self.document.starts[segment.section], at - _REACH)
        section = text[low:at]
        unit = [found.start() for found in _UNIT.finditer(section)]
        begin = _last_end(section)
        behind = text[end : min(end + _REACH // 2, *self.document.starts[segment.section + 1 : segment.section + 2], len(text))]
        stop = _ENDS.search(behind)
        cut = stop.start() if stop else len(behind)
        following = behind[stop.end() :] if stop else ""
        after, following_one = behind[:cut], _ENDS.split(following, maxsplit=1)[0]
        paragraph = _last_paragraph(section, begin)
        start = low + begin - len(paragraph)
        return Around(
            before=_collapsed(section[begin:]), after=_collapsed(after), next=_collapsed(following_one),
            later=_collapsed(_UNIT.split(behind)[0]),
            lead=_collapsed(_lead(section)), notes=self._notes(text[low + begin : end + cut + 12]),
            paragraph=_collapsed(paragraph), unit=_collapsed(section[unit[-1] :]) if unit else "",
            section=_collapsed(section), titles=" / ".join(self._titles(segment.section)),
            raw=self.document.text[start : end + cut], printed=self.document.text[low:at],
        )  # fmt: skip

    def _titles(self, section: int) -> list[str]:
        return [
            self.document.titles[k] for k in sorted(self.document.around(section)) if self.document.titles[k]
        ]

    def _notes(self, said: str) -> str:
        """The footnotes of a sentence."""
        found = (
            re.search(rf"^\[\^{re.escape(key)}\]:(.*)", self._masked, re.MULTILINE)
            for key in _FOOTNOTE.findall(said)
        )
        inline = re.search(r"\\footnote\{([^}]*)\}", said)
        return _collapsed(" ".join(one[1] for one in (*found, inline) if one))


def _masked(document: Document) -> str:
    """The text of a document with marks in the place of its formulas, of the same length."""
    pieces, last = [], 0
    for segment in document.segments:
        ends = segment.text.strip() in _BOXES
        pieces += [_blank(document.text[last : segment.at]), segment.text if ends else MARK * len(segment.text)]
        last = segment.at + len(segment.text)
    return "".join([*pieces, _blank(document.text[last:])])


def _blank(words: str) -> str:
    """Words with blanks in the place of what belongs to formulas, and of annotations."""
    return _FENCES.sub(lambda found: " " * len(found[0]), words)


def _collapsed(said: str) -> str:
    """Words in one line, with one mark for every formula."""
    return " ".join(re.sub(rf"{MARK}+", MARK, said).split())


def _last_end(text: str) -> int:
    """Where the last sentence of a text begins."""
    begin = 0
    for found in _ENDS.finditer(text):
        starts_line = found[0].startswith("\n") and found[0].strip()
        begin = found.start() if starts_line else found.end()
    return begin


def _last_paragraph(text: str, end: int) -> str:
    """What stands in front of a place in the last paragraph of a text; what this one goes on from belongs to it."""
    begins = [0, *(found.end() for found in _PARAGRAPH.finditer(text))]
    while len(begins) > 1 and _GOES_ON.match(text, begins[-1]):
        begins.pop()
    return text[begins[-1] : end]


def _lead(text: str) -> str:
    """What leads in the list at the end of a text, or heads the table there, with the last row; "" where there is none."""
    row = text[text.rfind("\n") + 1 :]
    if row.lstrip().startswith("|"):
        table = text[: text.rfind("\n") + 1]
        first = _BLANK.split(table)[-1].lstrip().split("\n")[0]
        before = _BLANK.split(table)
        led = before[-2].split("\n")[-1] if len(before) > 1 else ""
        return f"{led} {first} {row}"
    tabular = text.rfind("\\begin{tabular}")
    if tabular > text.rfind("\\end{tabular}"):
        rows = re.split(r"\\\\", text[tabular:])
        return f"{rows[0]} {rows[-1]}"
    blocks = _BLANK.split(text)
    while blocks:
        block = blocks.pop()
        item = _ITEM.search(block)
        if item is None:
            if not block.strip(f"{MARK} \t\n.,;:") or block[:1] in " \t":
                continue  # a display, or what belongs to the item before it
            return ""
        head = block[: item.start()].strip()
        while not head and blocks:
            block = blocks.pop()
            item = _ITEM.search(block)
            inside = item is not None or block[:1] in " \t" or not block.strip(f"{MARK} \t\n.,;:")
            head = (block[: item.start()] if item else "" if inside else block).strip()
        return head
    return ""


__all__ = ["OWN", "Around", "Surroundings"]
