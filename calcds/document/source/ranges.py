r"""`i = 1, \dots, n` among the tokens of a formula: no equation, but which values an index has. So is `i = 1, 2`.

Imports: calcds.document.source.tokens.
"""

from __future__ import annotations

from collections.abc import Sequence

from calcds.document.source.tokens import Token

_ITEM = {"NUMBER", "NAME", "ADD", "CONST"}
_HIGH = {*_ITEM, "UNDER", "LGRP", "RGRP"}
_INDICES = {"i", "j", "k", "l"}
_BEFORE = {"QUAD", "COMMA", "TEXT", "AMP", "ROW", "STOP", "SEMI", "LPAR", "END"}
_BEHIND = {"QUAD", "COMMA", "TEXT", "AMP", "ROW", "STOP", "SEMI", "RPAR", "END"}


def without_ranges(found: Sequence[Token]) -> tuple[list[Token], dict[str, tuple[Token, ...]]]:
    """Tokens without the ranges of indices among them; the upper ends of those that count from 1."""
    done = list(found)
    ranges: dict[str, tuple[Token, ...]] = {}
    place = len(done) - 1
    while place >= 0:
        if (end := _listed(done, place)) is not None:
            ranges |= {done[place].text: (done[end - 1],)} if done[place + 2].text == "1" else {}
            start, end = _with_brackets(done, place, end)
            del done[start:end]
            place = start
        elif done[place].kind == "DOTS" and (span := _span(done, place)) is not None:
            start, equals, end = span
            if done[equals + 1].text == "1" and done[equals + 2].kind == "COMMA":
                high = tuple(done[place + 2 : end])
                ranges |= {t.text: high for t in done[start:equals] if t.kind == "NAME" and high}
            start, end = _with_brackets(done, start, end)
            del done[start:end]
            place = start
        place -= 1
    return done, ranges


def _span(found: Sequence[Token], dots: int) -> tuple[int, int, int] | None:
    """Where a range with dots begins, where its sign stands, and where it ends; None where it is none."""
    equals = dots - 1
    while equals >= 0 and found[equals].kind in {*_ITEM, "COMMA"}:
        equals -= 1
    if equals < 1 or (found[equals].kind, found[equals].text) != ("REL", "="):
        return None
    if dots - equals < 3 or found[dots - 1].kind != "COMMA":
        return None
    start = equals - 1
    while start >= 2 and found[start].kind == found[start - 2].kind == "NAME" and found[start - 1].kind == "COMMA":
        start -= 2
    if found[start].kind != "NAME" or (start and found[start - 1].kind not in _BEFORE):
        return None
    end = dots + 1
    if end < len(found) and found[end].kind == "COMMA" and end + 1 < len(found) and found[end + 1].kind in _ITEM:
        end += 1
        while end < len(found) and found[end].kind in _HIGH:
            end += 1
    if end == dots + 1 and dots - equals < 5:  # without an end it takes two values to tell: k = 0, 1, ...
        return None
    return (start, equals, end) if end == len(found) or found[end].kind in _BEHIND else None


def _listed(found: Sequence[Token], start: int) -> int | None:
    """Where `i = 1, 2` ends, which begins at a place: all values of an index one after the other; None for anything else."""
    if found[start].kind != "NAME" or found[start].text not in _INDICES or (start and found[start - 1].kind not in _BEFORE):
        return None
    if [(t.kind, t.text) for t in found[start + 1 : start + 2]] != [("REL", "=")]:
        return None
    values, end = list[int](), start + 2
    while end < len(found) and found[end].kind == "NUMBER" and found[end].text.isdecimal() and len(found[end].text) < 3:
        values.append(int(found[end].text))
        end += 1
        if end + 1 >= len(found) or found[end].kind != "COMMA" or found[end + 1].kind != "NUMBER":
            break
        end += 1
    counted = len(values) > 1 and values == [*range(values[0], values[0] + len(values))] and values[0] < 2
    return end if counted and (end == len(found) or found[end].kind in _BEHIND) else None


def _with_brackets(found: Sequence[Token], start: int, end: int) -> tuple[int, int]:
    """The brackets around a range go with it, and so does the comma in front of it."""
    if start and end < len(found) and found[start - 1].kind == "LPAR" and found[end].kind == "RPAR":
        start, end = start - 1, end + 1
    return (start - 1 if start and found[start - 1].kind == "COMMA" else start), end
