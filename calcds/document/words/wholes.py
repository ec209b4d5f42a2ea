r"""Names that a text calls whole numbers: "for every integer $k$", "$m$ and $n$ are positive integers", `k = 0, 1, 2, \dots`.

Such a name is a whole number where nothing else is known of it: a size that is called an integer stays a size.

Imports: calcds.document, calcds.expr.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from calcds.document.source.latex import Node
from calcds.document.source.statements import Cut
from calcds.document.words.heads import key_of
from calcds.document.words.scope import Declared, Scope
from calcds.document.words.wording import CLOSING, OPENING, listed_names, names_before
from calcds.expr.kinds import Even, Integer, Kind, Natural, Odd, PositiveInteger

_ADJECTIVES = r"(?:(?:an?|any|all|both|two|some|the|fixed|given|arbitrary|distinct|different|large|small|unequal)\s+)*"
_SAID = (
    rf"{_ADJECTIVES}(?:(?P<sign>positive|non-?negative)\s+)?{_ADJECTIVES}(?:(?P<parity>even|odd)\s+)?"
    r"(?P<word>integers?|natural\s+numbers?|whole\s+numbers?)"
)
_IN_FRONT = re.compile(rf"\b{_SAID}{OPENING}", re.IGNORECASE)
_PARITY_IN_FRONT = re.compile(rf"\b(?:for|every|any|all)\s+(?P<parity>even|odd){OPENING}", re.IGNORECASE)
_BEHIND = re.compile(rf"{CLOSING}(?:is|are|be|being)\s+{_SAID}\b", re.IGNORECASE)
_RANGE = re.compile(
    r"\s*(?P<names>[A-Za-z](?:\s*,\s*[A-Za-z])*)\s*=\s*(?P<first>-?[0-9]+|\\pm\s*[0-9]+)\s*,[^=<>]*\\[lc]?dots.*", re.DOTALL
)
_PARITIES: dict[str, Kind] = {"even": Even, "odd": Odd}


def whole_numbers(paragraph: Sequence[Cut], scope: Scope) -> None:
    """Note the names that a paragraph calls whole numbers."""
    for key, kind in _said(paragraph):
        scope.whole[key] = Declared(kind, scope.section)


def _said(paragraph: Sequence[Cut]) -> Iterator[tuple[str, Kind]]:
    for k, piece in enumerate(paragraph):
        here = piece.segment
        if (found := _IN_FRONT.search(here.before) or _PARITY_IN_FRONT.search(here.before)) is not None:
            yield from ((key, _kind(found)) for key in _compared(piece))
        if (found := _BEHIND.match(here.after)) is not None:
            yield from ((key, _kind(found)) for key in names_before(paragraph, k) or _compared(piece)[:1])
        if (found := _RANGE.fullmatch(here.text)) is not None:
            least = -1 if "\\pm" in here.text else int(found["first"])
            kind = Integer if least < 0 else PositiveInteger if least else Natural
            yield from ((name.strip(), kind) for name in found["names"].split(","))


def _compared(piece: Cut) -> list[str]:
    r"""The names of `k`, `m, n`, `m \ne n` and `n \ge 2`."""
    found: list[str] = []
    for side in piece.statements[0].sides if piece.statements else ():
        tree = piece.trees.get(side)
        if not isinstance(tree, Node):
            break
        key = key_of(tree)
        found += [key] if key is not None else listed_names(tree)
    return found


def _kind(said: re.Match[str]) -> Kind:
    words = said.groupdict()
    if words["parity"]:
        return _PARITIES[words["parity"].lower()]
    sign, natural = (words["sign"] or "").lower(), words["word"].lower().startswith("natural")
    return PositiveInteger if sign == "positive" else Natural if sign or natural else Integer


__all__ = ["whole_numbers"]
