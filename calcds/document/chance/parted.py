r"""Events that may be meant to be all cases there are: the B and C of `P(A) = P(A | B) P(B) + P(A | C) P(C)`.

The law of total probability and Bayes' rule hold for events of which always exactly one happens, and authors do not say so: one
machine or the other made the part, one hypothesis is true. Such events show in an equation as what one event is given,

    P(A | B), P(A | C)          P(B | A), P(C | A)          P(A \cap B), P(A \cap C)          P(A | B, D), P(A | C, D)

or as what is given another one, or what meets it. A reading that supposes so has, for the events E_1, ..., E_n of such a set,
E_1, (1 - E_1) E_2, ..., and (1 - E_1) ... (1 - E_{n-1}) for the last one.

Imports: calcds.document.
"""

from __future__ import annotations

from collections.abc import Iterable

from calcds.document.chance.eventlike import event_key, is_capital, is_indexed, word_key
from calcds.document.source.latex import Node
from calcds.document.source.names import named, opened


def parted_in(brackets: Iterable[Node]) -> set[frozenset[str]]:
    """The sets of events in the brackets of probabilities that may be all cases."""
    beside: dict[tuple[str, frozenset[str], frozenset[str]], set[str]] = {}  # what stands in one place of equal brackets
    for bracket in brackets:
        inside = bracket.parts[0]
        items = list(inside.parts) if inside.kind == "items" else [inside]
        bars = [k for k, part in enumerate(items) if part.kind == "MID"]
        event = frozenset(_keys(items[: bars[0]] if bars else items))
        given = frozenset(_keys(items[bars[0] + 1 :]) if bars else ())
        for one in given:
            beside.setdefault(("given", event, given - {one}), set()).add(one)
        for one in event if bars or len(event) > 1 else ():
            beside.setdefault(("event", event - {one}, given), set()).add(one)
    return {frozenset(found) for found in beside.values() if len(found) > 1}


def _keys(items: Iterable[Node]) -> list[str]:
    """The keys of events with commas or signs of intersections between them; those of complements are those of the events."""
    found: list[str] = []
    for item in items:
        inside = opened(item)
        parts = [p for p in inside.parts if p.kind != "MUL" and p.text != "not"] if inside.kind == "product" else [inside]
        for part in map(opened, parts):
            name = named(part)
            if part.kind in {"TEXT", "EVENT"}:
                found.append(word_key(part))
            elif name is not None and is_capital(name) and not is_indexed(name):
                found.append(event_key(name))
    return found
