r"""Formulas for inverse functions, of functions that the text has a formula for: `\sigma^{-1}(p) = \ln\frac{p}{1-p}`.

A formula E is the inverse of f where `E(f(x)) = x` for every x: then f takes no value twice, and E finds the place of each of
its values. It is none where that is not so, and `f(E(y)) = y` neither: of a function such as x^2, which takes its values twice,
a formula may give one of the two places, and nothing is said of it. Nor is anything where `1/f(y)` may be meant, or
where the function has a letter below it, as the a of `r_a(x) = \max(x, ax)`, of which something may be supposed.

Imports: calcds.document, calcds.decide.verdict.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from calcds.decide.verdict import Outcome, Verdict
from calcds.document.reading.chains import Reading
from calcds.document.source.keys import full_key, labelled
from calcds.document.source.latex import Node, in_brackets, replaced
from calcds.document.source.names import (
    Named,
    atom_and_marks,
    named,
    names_in,
    opened,
    script,
    shown,
    text_of,
)
from calcds.document.source.raw import Unread
from calcds.document.words.scope import Function, Scope
from calcds.expr.term import Term

_HELD = {Outcome.PROVED, Outcome.SUPPORTED}


@dataclass(frozen=True, slots=True)
class Inverses:
    """Asks whether a formula is the inverse of a function."""

    scope: Scope
    read: Callable[[Sequence[Node]], Reading]
    compare: Callable[[Reading, Term, Term], Verdict]

    def verdict(self, left: Node | Unread, right: Node | Unread) -> Verdict | None:
        """What comes of an equation that says what an inverse function is; None where it is no such equation."""
        if not isinstance(left, Node) or not isinstance(right, Node) or (found := _inverse_of(left)) is None:
            return None
        f, place = found
        known = self.scope.function(full_key(f), old=False) or self._with_label(f)
        if known is None or known.body is None or len(known.parameters) != 1 or not known.parameters[0].is_scalar:
            return None
        names = [n for n in names_in(right) if n.base == place.base]
        if not names or any(n.marks[:1] and n.marks[0].kind in {"below", "prime"} for n in names):
            return None
        core = _without_inverse(left)
        there = _applied(core, place.node)
        forth = self._asked(replaced(right, {place.base: in_brackets(there)}), place.node)
        if forth is not None and forth.outcome in _HELD:
            return Verdict(forth.outcome, "inverse", "it undoes the function for every value", conditions=forth.conditions)
        if known.labels:
            return None  # what is supposed of the label may not have been understood
        back = self._asked(_applied(core, right), place.node)
        one = Node("NUMBER", (), "1", right.at, right.end)
        reciprocal = self._asked(right, Node("frac", (one, there), "", left.at, left.end))
        tried = (forth, back, reciprocal)
        if all(one is not None and one.outcome is Outcome.REFUTED for one in tried) and back is not None:
            said = "it does not undo the function, nor does the function undo it"
            return Verdict(Outcome.REFUTED, "inverse", said, witness=back.witness)
        return None

    def _with_label(self, f: Named) -> Function | None:
        r"""The function of `r_a^{-1}`, with a formula for `r_a(x)`, and the same letter below it."""
        key, below, _ = labelled(f)
        known = self.scope.function(key, old=False)
        same = known is not None and [str(one) for one in known.labels] == [shown(text_of(script(m))) for m in below]
        return known if same else None

    def _asked(self, left: Node, right: Node) -> Verdict | None:
        reading = self.read([left, right])
        pair = reading.pair(0)
        return None if pair is None or reading.doubts_of(0) else self.compare(reading, *pair)


def _inverse_of(node: Node) -> tuple[Named, Named] | None:
    r"""The f and the y of `f^{-1}(y)`, which is all of a side."""
    node = opened(node)
    if node.kind != "product" or len(node.parts) != 2:
        return None
    f, (bracket, after) = named(node.parts[0]), atom_and_marks(node.parts[1])
    place = named(opened(bracket.parts[0])) if bracket.kind == "round" and len(bracket.parts) == 1 and not after else None
    rest = labelled(f)[2] if f is not None else ()
    if f is None or place is None or place.marks or len(rest) != 1 or rest[0].kind != "above":
        return None
    return (f, place) if text_of(script(rest[0])) == "-1" else None


def _without_inverse(side: Node) -> Node:
    """The f of `f^{-1}(y)`."""
    atom, marks = atom_and_marks(opened(opened(side).parts[0]))
    kept = tuple(m for m in marks if m.kind != "above")
    return Node("unit", (atom, *kept), "", side.at, side.end) if kept else atom


def _applied(f: Node, argument: Node) -> Node:
    return Node("product", (f, Node("round", (argument,), "", argument.at, argument.end)), "", f.at, argument.end)


__all__ = ["Inverses"]
