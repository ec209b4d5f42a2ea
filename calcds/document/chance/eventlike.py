r"""What looks like an event: capitals, `A \cup B`, `\bar A`, `\text{spam}`, a condition on a random variable.

Imports: calcds.document.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from calcds.document.source.latex import Node, walk
from calcds.document.source.names import Named, letter_of, named, names_in, opened, script, text_of
from calcds.document.words.randomness import full_of

SETS = {"cap", "cup", "setminus"}


def event_key(name: Named) -> str:
    """The key of an event, without the bar of its complement."""
    return full_of(Named(name.base.removeprefix("bar "), name.marks, name.node))


def is_indexed(name: Named) -> bool:
    """`B_i`."""
    below = [m for m in name.marks if m.kind == "below"]
    return len(below) == 1 and text_of(script(below[0])) in set("ijklr")


def is_capital(name: Named) -> bool:
    r"""Whether a name is a capital: `A`, `\bar A`, `\mathcal{A}`."""
    letter = letter_of(name.base.removeprefix("bar "))
    return len(letter) == 1 and letter.isupper() and name.base.removeprefix("bar ").removeprefix("cal ") == letter


def events_in(bracket: Node) -> list[Named]:
    """The names in a bracket that stand in no script."""
    scripts = {id(m.node) for n in walk(bracket) if n.kind in {"below", "above"} for m in names_in(n)}
    return [n for n in names_in(bracket) if id(n.node) not in scripts]


def is_event(bracket: Node, is_variable: Callable[[Named], bool]) -> bool:
    """Whether a bracket has events in it: capitals, words, set operations, conditions on random variables."""
    if not bracket.parts:
        return False
    if words_in(bracket):
        return all(map(is_capital, events_in(bracket))) and not any(n.kind in {"ADD", "REL", "BIGOP"} for n in walk(bracket))
    names, scripts = events_in(bracket), [n for n in walk(bracket) if n.kind in {"below", "above"}]
    inside = bracket.parts[0]
    whole = [n for p in (inside.parts if inside.kind == "items" else ()) if (n := named(p)) is not None]
    if not all(is_capital(n) or is_variable(n) for n in whole):
        return False  # the x and the theta of `P(y = 1 \mid x; \theta)` are no events
    if any(n.kind == "REL" for n in walk(bracket)):
        return any(map(is_variable, names))
    hidden = {id(n) for mark in scripts for n in walk(mark)}
    sums = any(n.kind in {"ADD", "frac", "NUMBER", "norm", "BIGOP"} and id(n) not in hidden for n in walk(bracket))
    return bool(names) and all(map(is_capital, names)) and not sums


def is_plain_set(bracket: Node) -> bool:
    """Whether there is a bar or a sign of sets: then it is an event whatever the text is about."""
    signs = any(n.kind in {"MID", "EVENT"} or (n.kind == "MUL" and n.text in SETS) for n in walk(bracket))
    return signs or any(n.kind == "FUNC" and n.text == "not" for n in walk(bracket)) or bool(words_in(bracket))


def words_in(bracket: Node) -> list[Node]:
    r"""The events of a bracket that are words or signs: `\text{spam}`, the + of a positive test."""
    inside = bracket.parts[0] if bracket.parts else bracket
    return [p for p in map(opened, inside.parts if inside.kind == "items" else (inside,)) if p.kind in {"TEXT", "EVENT"}]


def word_key(node: Node) -> str:
    """The key of an event that is a word; + and - are those of one sign."""
    return "event_sign" if node.kind == "EVENT" else "event_" + "_".join(re.findall(r"\w+", node.text.lower()))
