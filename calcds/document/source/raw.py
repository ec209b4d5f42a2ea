r"""The characters of TeX as raw tokens with their places, and the author's macros expanded.

A raw token is a command (`\frac`), or one character. Macros are those of `\newcommand`, `\def` and
`\DeclareMathOperator`; expansion is bounded, so that a macro bomb costs a sentence and not the memory.

Imports: nothing of calcds.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

LONGEST = 20_000  # raw tokens of one formula, after expansion
MOST_MACROS = 2_000
_PIECE = re.compile(r"\\(?:[A-Za-z]+\*?|.)|%[^\n]*\n?[ \t]*|\s+|.", re.DOTALL)
_DIGITS = frozenset("0123456789")
_SPACE = re.compile(r"\s*")
_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
_STARRED = {"\\operatorname*", "\\tag*", "\\hspace*", "\\vspace*", "\\newcommand*", "\\DeclareMathOperator*"}
_DEFINING = re.compile(
    r"\\(?:(?P<word>(?:re)?newcommand|providecommand|DeclareMathOperator)\*?\s*(?:\{\s*)?\\(?P<name>[A-Za-z]+)\s*\}?"
    r"|def\s*\\(?P<plain>[A-Za-z]+))"
)


class Raw(NamedTuple):
    """A command, a character or a stretch of space, and where it stands in the document."""

    text: str
    at: int
    end: int


class Unread(Exception):
    """Reading stopped: at what, where, and why. Says nothing about truth."""

    def __init__(self, why: str, at: int = -1, end: int = -1) -> None:
        self.why, self.at, self.end = why, at, end
        super().__init__(why)


@dataclass(frozen=True, slots=True)
class Macro:
    """A user macro: how many arguments it takes, the default of the first, and what it stands for."""

    arguments: int
    default: str | None
    body: str


@dataclass(slots=True)
class Macros:
    """The macros of a document."""

    table: dict[str, Macro] = field(default_factory=dict)

    def harvest(self, text: str) -> None:
        """Learn every definition in a text; a later one replaces an earlier one."""
        matches: dict[int, int] | None = None
        for found in _DEFINING.finditer(text):
            matches = _matches(text) if matches is None else matches
            name = found["name"] or found["plain"]
            if len(self.table) >= MOST_MACROS:
                return
            macro = _definition(text, found.end(), found["word"] or "def", matches)
            if macro is not None:
                self.table["\\" + name] = macro


def _definition(text: str, at: int, word: str, matches: dict[int, int]) -> Macro | None:
    arguments, default = 0, None
    if word == "def":
        marks = re.compile(r"(?:\s*#[0-9])*").match(text, at)
        assert marks is not None  # it may match nothing
        arguments, at = marks[0].count("#"), marks.end()
    elif word != "DeclareMathOperator":
        count = re.compile(r"\s*\[([0-9])\]").match(text, at)
        if count:
            arguments, at = int(count[1]), count.end()
        optional = re.compile(r"\s*\[([^\]\n]{0,200})\]").match(text, at)
        if optional:
            default, at = optional[1], optional.end()
    opening = _SPACE.match(text, at)
    start = opening.end() if opening else at
    end = matches.get(start, -1)
    if end < 0 or end - start > LONGEST:
        return None
    body = text[start + 1 : end]
    said = rf"\operatorname{{{body}}}" if word == "DeclareMathOperator" else body
    return Macro(arguments, default, said)


def _matches(text: str) -> dict[int, int]:
    """The closing brace of every opening one, in one pass: a thousand braces that never close cost no more."""
    found, open_at = {}, list[int]()
    for mark in _BRACE.finditer(text):
        if mark[0] == "{":
            open_at.append(mark.start())
        elif mark[0] == "}" and open_at:
            found[open_at.pop()] = mark.start()
    return found


def raw_tokens(text: str, at: int = 0) -> list[Raw]:
    r"""The raw tokens of a formula whose first character stands at a place.

    >>> [token.text for token in raw_tokens(r"\frac{1}2")]
    ['\\frac', '{', '1', '}', '2']
    """
    found = []
    for piece in _PIECE.finditer(text):
        said = piece[0]
        if said[0] == "%":
            continue
        start, end = at + piece.start(), at + piece.end()
        if said[0] == "\\" and said.endswith("*") and len(said) > 2 and said not in _STARRED:
            found += [Raw(said[:-1], start, end - 1), Raw("*", end - 1, end)]
        else:
            found.append(Raw(" " if said[0].isspace() else said, start, end))
        if len(found) > LONGEST:
            raise Unread(f"the formula is longer than {LONGEST} tokens", start, end)
    return found


def expand(tokens: Sequence[Raw], macros: Macros) -> list[Raw]:
    """The tokens with macros replaced; what a macro makes stands where the macro was called.

    Raises Unread where expansion does not end soon.
    """
    if not any(token.text in macros.table for token in tokens):
        return list(tokens)
    todo = list(reversed(tokens))
    done: list[Raw] = []
    steps = 0
    while todo:
        token = todo.pop()
        macro = macros.table.get(token.text)
        if macro is None:
            done.append(token)
            if len(done) > LONGEST:
                raise Unread(
                    f"the macros of this formula make more than {LONGEST} tokens", token.at, token.end
                )
            continue
        steps += 1
        if steps > LONGEST // 10 or len(todo) > LONGEST:
            raise Unread(f"the macro {token.text} expands without end", token.at, token.end)
        arguments, end = _arguments(todo, macro, token)
        body = [Raw(piece.text, token.at, end) for piece in raw_tokens(macro.body)]
        todo.extend(reversed(_filled(body, arguments)))
    return done


def _arguments(todo: list[Raw], macro: Macro, call: Raw) -> tuple[list[list[Raw]], int]:
    """The arguments of a call, taken away, and where the last of them ends."""
    found: list[list[Raw]] = []
    end = call.end
    for number in range(macro.arguments):
        while todo and todo[-1].text == " ":
            todo.pop()
        if number == 0 and macro.default is not None:
            if todo and todo[-1].text == "[":
                inside, end = until(todo, "[", "]", call)
                found.append(inside)
            else:
                found.append([Raw(piece.text, call.at, call.end) for piece in raw_tokens(macro.default)])
        elif todo and todo[-1].text == "{":
            inside, end = until(todo, "{", "}", call)
            found.append(inside)
        elif todo:
            found.append([todo.pop()])
            end = found[-1][0].end
        else:
            raise Unread(f"the macro {call.text} lacks an argument", call.at, call.end)
    return found, end


def until(todo: list[Raw], opening: str, closing: str, call: Raw) -> tuple[list[Raw], int]:
    """What stands in a bracket that opens next, taken away with it, and where the bracket closes."""
    todo.pop()
    depth = 1
    inside: list[Raw] = []
    while todo:
        token = todo.pop()
        depth += (token.text == opening) - (token.text == closing)
        if not depth:
            return inside, token.end
        inside.append(token)
    raise Unread(f"an argument of {call.text} is not closed", call.at, call.end)


def _filled(body: list[Raw], arguments: list[list[Raw]]) -> list[Raw]:
    done: list[Raw] = []
    k = 0
    while k < len(body):
        nxt = body[k + 1].text if k + 1 < len(body) else ""
        if body[k].text == "#" and nxt in _DIGITS and 0 < int(nxt) <= len(arguments):
            done += arguments[int(nxt) - 1]
            k += 2
        else:
            done.append(body[k])
            k += 1
    return done
