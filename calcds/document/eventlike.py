r"""What looks like an event: capitals, `A \cup B`, `\bar A`, a condition on a random variable.

Imports: calcds.document.
"""

from __future__ import annotations

from collections.abc import Callable

from calcds.document.latex import Node, walk
from calcds.document.names import Named, letter_of, names_in, script, text_of
from calcds.document.randomness import full_of

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
    """Whether a bracket has events in it: capitals, set operations, conditions on random variables."""
    if not bracket.parts:
        return False
    names, scripts = events_in(bracket), [n for n in walk(bracket) if n.kind in {"below", "above"}]
    if any(n.kind == "REL" for n in walk(bracket)):
        return any(map(is_variable, names))
    hidden = {id(n) for mark in scripts for n in walk(mark)}
    sums = any(n.kind in {"ADD", "frac", "NUMBER", "norm", "BIGOP"} and id(n) not in hidden for n in walk(bracket))
    return bool(names) and all(map(is_capital, names)) and not sums


def is_plain_set(bracket: Node) -> bool:
    """Whether there is a bar or a sign of sets: then it is an event whatever the text is about."""
    return any(n.kind == "MID" or (n.kind == "MUL" and n.text in SETS) for n in walk(bracket))
