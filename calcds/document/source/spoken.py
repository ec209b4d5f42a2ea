r"""Words in a formula that join two formulas, or say where one holds: they are prose, and stand between segments as prose does.

    $y = a + b \text{ where } b = 2c$         is  $y = a + b$ where $b = 2c$
    $$2x = 4 \text{ and hence } x = 2$$       is  $$2x = 4$$ and hence $$x = 2$$
    $$A^{-1} A = I \quad \text{if $A$ is invertible.}$$       is  $$A^{-1} A = I$$ if $A$ is invertible.

Words join if they stand at no deeper level than the formula, between a whole equation and what begins anew, and begin or
end with a word that joins. `5 \text{ kg}` is no such word, and neither is what names an operand, `\text{out} = 1`. Behind
the first row of several, words belong to their row.

Imports: nothing of calcds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_WORDS = (
    r"where|when|whenever|with|if|for|since|because|hence|thus|so|therefore|then|equivalently|which|provided|assuming|given|"
    r"suppose|gives|giving|implies|implying|yields|yielding|follows|using|and|but|while|get|obtain|have|conclude|else|otherwise|"
    r"unless|i\.?e|that"
)
_JOINS = re.compile(rf"\W*(?:{_WORDS})\b|.*\b(?:{_WORDS})\W*$", re.IGNORECASE | re.DOTALL)
_PARTING = re.compile(
    r"\W*(?:and|or|so|thus|hence|therefore|then|i\.e|iff|if and only if|implies|because|since|but)\W*", re.IGNORECASE
)  # by these alone the tokens are parted
_REASON = re.compile(
    r"\W*[(\[]|\W*(?:by|from|as|due|after|now|again|similarly|likewise|finally|also|in|on|we|it|this|or)\b", re.IGNORECASE
)
_LIMITS = re.compile(r"\W*(?:where|when|whenever|with|if|for|since|because|provided|assuming|given|as)\b", re.IGNORECASE)
_PIECE = re.compile(
    r"\\(?:text(?:rm|normal|it|up)?|mbox|mathrm)\s*\{(?P<said>(?:[^{}$]|\$[^$]*\$|\{[^{}]*\})*)\}|(?P<sign>\\(?:therefore|because))(?![A-Za-z])"
    r"|(?P<row>\\\\)|\\begin\s*\{[^}]*\}|\\end\s*\{[^}]*\}|\\[A-Za-z]+|\\.|[{}()\[\]^_=<>&]|\s+|.",
    re.DOTALL,
)
_RELATION = re.compile(r"[=<>]|\\(?:le|ge|leq|geq|ne|neq|approx|in|sim|to|propto|leqslant|geqslant|equiv)(?![A-Za-z])")
_OPENING = frozenset({"(", "[", "{", "\\{", "\\langle", "\\lfloor"})
_CLOSING = frozenset({")", "]", "}", "\\}", "\\rangle", "\\rfloor"})
_SPACES = frozenset(
    {"\\quad", "\\qquad", "\\,", "\\;", "\\:", "\\ ", "~", "&", "\\!", "\\left", "\\right", "\\displaystyle", ",", ";", "."}
)
_OPERATORS = frozenset({"+", "-", "/", "*", "^", "_", "\\cdot", "\\times", "\\frac", "\\pm"})
_RANGE = re.compile(
    r"[\s~]*(?:\\[,;: ]|\\q?quad(?![A-Za-z]))*\s*[A-Za-z](?:\s*,\s*[A-Za-z])*\s*(?:=[^=]*\\[lc]?dots|\\in(?![A-Za-z]))"
)
_LONGEST = 20_000  # characters


@dataclass(frozen=True, slots=True)
class Spoken:
    """A formula within a formula, with the words in front of it and behind it; "" where none stand there."""

    start: int
    end: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class _Words:
    said: str
    start: int
    end: int


def spoken(text: str) -> list[Spoken]:
    r"""The formulas that words join within a formula; none where no words do.

    >>> [(one.before, one.after) for one in spoken(r"y = 1 \text{ and hence } x = 2")]
    [('', ' and hence  $x = 2$'), (' and hence ', '')]
    >>> spoken(r"m = 5 \text{ kg}")
    []
    """
    if len(text) > _LONGEST or not re.search(r"\\(?:text|mbox|therefore|because)", text):
        return []
    found = list(_joints(text))
    if not found:
        return []
    done: list[Spoken] = []
    start, before = 0, ""
    for words in found:
        if text[start : words.start].strip():
            done.append(Spoken(start, words.start, before, _in_prose(words.said, text[words.end :])))
            before = words.said
        else:
            before = f"{before} {words.said}"
        start = words.end
    if text[start:].strip(" \n\t.,;"):
        done.append(Spoken(start, len(text), before, ""))
    return done


def _in_prose(words: str, rest: str) -> str:
    """Words and the formula behind them as prose would have them."""
    said = re.sub(r"\\(?:text(?:rm|normal)?|mbox)\s*\{([^{}]*)\}", r"$ \1 $", rest).strip()
    return words if not said else f"{words} ${said}$"


def _joints(text: str) -> Iterator[_Words]:
    """The words that join, of the last row."""
    pieces = list(_PIECE.finditer(text))
    depth = related = 0
    last_row = max((m.end() for m, level in _levels(pieces) if m["row"] and level <= 1), default=0)
    if last_row and any(m[0].startswith("\\begin") for m in pieces):
        return  # rows of an environment within the formula
    held: list[_Words] = []
    for k, m in enumerate(pieces):
        depth = _deeper(depth, m)
        if depth:
            continue
        if _RELATION.fullmatch(m[0]):
            related += 1
        said = m["said"] if m["said"] is not None else "" if m["sign"] is None else f" {m['sign'][1:]} "
        if not said or m.start() < last_row or not (_PARTING.fullmatch(said) or _JOINS.match(said)):
            continue
        before, after = _neighbour(pieces, k, -1), _neighbour(pieces, k, 1)
        if before in _OPERATORS or _RELATION.fullmatch(before) or after in _OPERATORS or _RELATION.fullmatch(after):
            continue
        rest = text[m.end() :]
        if not related or not _parts(said, rest):
            continue
        held.append(_Words(said, m.start(), m.end()))
        related = 0
    if any(not _PARTING.fullmatch(words.said) for words in held):
        yield from held


def _parts(said: str, rest: str) -> bool:
    """Whether a formula begins behind words, or they say where the one before them holds."""
    if _RANGE.match(rest):
        return False  # `\text{for } i = 1, \dots, n`
    return bool(_RELATION.search(rest)) or _LIMITS.match(said) is not None


def _levels(pieces: list[re.Match[str]]) -> Iterator[tuple[re.Match[str], int]]:
    depth = 0
    for m in pieces:
        depth = _deeper(depth, m)
        yield m, depth


def _deeper(depth: int, m: re.Match[str]) -> int:
    opens = m[0] in _OPENING or m[0].startswith("\\begin")
    closes = m[0] in _CLOSING or m[0].startswith("\\end")
    return max(0, depth + opens - closes)


def _neighbour(pieces: list[re.Match[str]], k: int, step: int) -> str:
    """The next piece that is no space, in front or behind."""
    k += step
    while 0 <= k < len(pieces) and (pieces[k][0].isspace() or pieces[k][0] in _SPACES):
        k += step
    return pieces[k][0] if 0 <= k < len(pieces) else ""


def joins(said: str) -> bool:
    """Whether words join what stands on both sides of them, or tell why the line behind them follows: "(by the chain rule)"."""
    return _JOINS.match(said) is not None or _REASON.match(said) is not None


def limits(said: str) -> bool:
    """Whether words say where what stands before them holds."""
    return _LIMITS.match(said) is not None


__all__ = ["Spoken", "joins", "limits", "spoken"]
