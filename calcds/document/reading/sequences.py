r"""Formulas for the members of a sequence, and for the components of a vector: `H_n = \sum_{k=1}^n 1/k`, `s_k(z) = e^{z_k}`.

A name with an index is a sequence where its formula computes with the index, and a vector where the index only tells
entries apart: `y_i = w x_i + b`.

Imports: calcds.document, calcds.decide.verdict, calcds.expr.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from calcds.decide.verdict import Outcome
from calcds.document.reading.chains import Reading
from calcds.document.source.keys import full_key, labelled
from calcds.document.source.latex import Node
from calcds.document.source.names import Named, named, names_in, script, shown
from calcds.document.source.raw import Unread
from calcds.document.words.arguments import tells_apart
from calcds.document.words.heads import RUNNING, key_of
from calcds.document.words.scope import Function, Members, Scope, of_arity, put_back
from calcds.expr.kinds import INDEX
from calcds.expr.term import Term, substitute


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of an equation that looks like a definition."""

    outcome: Outcome
    detail: str
    stage: str = ""
    at: int = -1
    advice: str = ""
    value: Term | None = None
    guessed: bool = False  # the reading of the value is not certain
    asks: bool = False  # it may be an equation for unknowns
    circular: bool = False  # the formula of a name is about itself


class Sequences:
    """Formulas for every member at once."""

    scope: Scope

    # -- members ------------------------------------------------------------------------------------------------

    def is_member(self, node: Node) -> bool:
        """Whether a name is one of a sequence that the section has a formula for."""
        found = named(node)
        return found is not None and bool(found.marks) and self.scope.sequence(labelled(found)[0], old=False) is not None

    def members(
        self, node: Node, head: tuple[str, list[Node], list[Node]] | None, body: Node, at: int
    ) -> Taken | None:
        """Take a formula for all members of a sequence, or all components of a vector; None for any other."""
        if head is not None:
            return self._components(head, body, at) if self._is_component(head, body) else None
        index = self._sequence_index(node, body)
        return self._sequence(node, body, index, at) if index is not None else None

    @contextmanager
    def trying(self, node: Node, body: Node, at: int) -> Iterator[Taken | None]:
        """Take a formula for the members of a sequence for a while; None where it is none."""
        index = self._sequence_index(node, body)
        key = key_of(node) or ""
        base = key.partition("_")[0]
        definition, members = self.scope.definitions.get(key), self.scope.sequences.get(base)
        try:
            yield None if index is None else self._sequence(node, body, index, at)
        finally:
            put_back(self.scope.definitions, key, definition)
            put_back(self.scope.sequences, base, members)

    # -- components ---------------------------------------------------------------------------------------------

    def _is_component(self, head: tuple[str, list[Node], list[Node]], body: Node) -> bool:
        r"""Whether `s_k(z) = e^{z_k} / \sum_j e^{z_j}` says what every component of a vector is."""
        letters = [n.text for n in head[2]]
        below = {n.base for name in names_in(body) for n in subscripted(name)}
        return len(letters) == len(head[1]) == 1 and tells_apart(letters[0], body) and letters[0] in below

    def _components(self, head: tuple[str, list[Node], list[Node]], body: Node, at: int) -> Taken | None:
        """Take a formula for the components of a vector that depends on another one."""
        (letter,) = (n.text for n in head[2])
        reading = self._reading([body, *head[1]], [], [letter])
        value, z = reading.sides
        index = reading.indices.get(letter)
        if not isinstance(value, Term) or not isinstance(z, Term) or index is None:
            return None
        if not value.is_scalar or z not in value.free:
            return None
        length = index.data[1].sizes[0] if index.data[1].sizes else z.shape[0]
        place = INDEX.symbol(letter)
        array = Term("build", (substitute(value, {index: place}), place, INDEX.symbol("_")), None, (length, 1))
        key = head[0]
        if z.is_scalar and any(self.scope.definition(one, old=False) is not None for one in (key, f"all {key}")):
            parameter = key_of(head[1][0]) or ""
            self.scope.functions[of_arity(key, 1)] = Function(
                key, (z,), array, (), self.scope.section, None, (parameter,), at
            )
            self.remember(reading)
            return Taken(Outcome.PROVED, f"taken as another {shown(key)}, which depends on {z}")  # p_i(\tau) beside p_i
        self.scope.replaced(key)
        self.scope.functions[key] = Function(key, (z,), array, (), self.scope.section, None, (key_of(head[1][0]) or "",), at)
        self.scope.define(key, array, at)
        self.remember(reading)
        said = f"taken as the components of {shown(key)}"
        return Taken(Outcome.PROVED, said, "definition", value=reading.show(value))

    def _sequence_index(self, node: Node, body: Node) -> Node | None:
        r"""The n of `H_n = \sum_{k=1}^n 1/k`, which the body computes with; None where n only tells names apart."""
        found = named(node)
        key, below, rest = labelled(found) if found is not None else ("", [], ())
        inside = script(below[0]) if len(below) == 1 and not rest else None
        if inside is None or inside.kind != "NAME" or inside.text not in RUNNING or key.startswith("bold "):
            return None
        others = self.scope.subscripts.get(key, set()) - {inside.text}
        kinds = [self.scope.kinds[k] for k in twins(key, 1) if self.scope.kind(k, old=False) is not None]
        known = (any(one.certain for one in kinds) or key in self.scope.vectors) and not self.scope.is_iterate(key)
        counted = inside.text in self.scope.dims or (
            not self.scope.is_summed(key, 1) and any(o[:1].isdigit() or o[:1] == inside.text for o in others)
        )
        if known or not others or not counted or self.scope.definition(inside.text, old=False):
            return None
        names = list(names_in(body))
        if any(labelled(n)[0] == key or any(m.base == inside.text for m in subscripted(n)) for n in names):
            return None
        return inside if any(n.base == inside.text and not n.marks for n in names) else None

    def _sequence(self, node: Node, body: Node, index: Node, at: int) -> Taken | None:
        """Take a formula for every member of a sequence; None where it is made of entries, and so are its members."""
        found = named(node)
        assert found is not None  # it has an index
        key = labelled(found)[0]
        numbers = [] if index.text in self.scope.dims else [index.text]
        reading = self._reading([body, index], numbers, ())
        value, place = reading.sides
        if isinstance(value, Unread) or isinstance(place, Unread):
            self.forget(node)
            self.doubt(node)
            return Taken(Outcome.UNREAD, value.why if isinstance(value, Unread) else "its index", at=at)
        if any(not s.is_scalar for s in value.free):
            return None
        self.scope.opaque.pop(shown(full_key(found)), None)
        self.scope.opaque.pop(shown(key), None)
        self.scope.definitions.pop(full_key(found), None)
        self.scope.sequences[key] = Members(place, self.scope.expand(value, keep=[place]), self.scope.section)
        self.remember(reading)
        said = f"taken as the definition of {shown(full_key(found))}"
        return Taken(Outcome.PROVED, said, "definition", value=reading.show(value))

    # -- what the whole definer knows -----------------------------------------------------------------------------

    def _reading(self, names: Sequence[Node], numbers: Sequence[str], running: Iterable[str]) -> Reading:
        """The first reading of a body that makes sense."""
        raise NotImplementedError  # pragma: no cover

    def forget(self, node: Node) -> bool:
        """A name has lost its meaning; whether it had one."""
        raise NotImplementedError  # pragma: no cover

    def doubt(self, node: Node) -> None:
        """A second equation for a name, in names of which nothing is said."""
        raise NotImplementedError  # pragma: no cover

    def remember(self, reading: Reading) -> None:
        """Keep what undeclared names were read as."""
        raise NotImplementedError  # pragma: no cover


def subscripted(name: Named) -> Iterator[Named]:
    """The names below a name."""
    for mark in name.marks:
        if mark.kind == "below":
            yield from names_in(mark)


def twins(base: str, rank: int) -> list[str]:
    """Keys under which an array with entries of this name may stand."""
    upper = base[:1].upper() + base[1:]
    capital = [upper, "bold " + upper] if rank == 2 and base[:1].islower() else []
    return [base, "bold " + base, "all " + base, *capital]
