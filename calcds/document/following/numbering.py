r"""Lines about every one of some numbered names: `\delta_i = \frac{\partial L}{\partial z_i}`, `i = 1, 2`, of z_1 and z_2.

A network by hand gives every unit a formula of its own, `z_1 = w_{11} x_1 + w_{12} x_2 + b_1`, `z_2 = ...`, and then says of
all of them at once what the loss L, in whose formula they stand, is differentiated to:

    \frac{\partial L}{\partial z_i} = \delta v_i h_i (1 - h_i)      is a line for i = 1 and a line for i = 2
    \frac{\partial L}{\partial w_{ij}} = \delta_i x_j               is four lines

So it is where the text gives a formula for every number, `h_j = \sigma(a_j)`, and numbers some names only where it adds up:
`f = v_1 h_1 + v_2 h_2`. The lines are then about v_1 and v_2, with the first and the second entry of h.

The z_i are then no entries of a vector; the line is read with every number in the place of its index for which all its
names are known. It holds where all these lines do, and is wrong where one of them is. What is defined by such a line is
defined for every number.

Imports: calcds.document, calcds.decide.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from math import prod

from calcds.decide.verdict import Outcome, Verdict
from calcds.document.reading.chains import Reading, Readings, read_chain
from calcds.document.reading.defining import Definer
from calcds.document.reading.sequences import Taken
from calcds.document.source.differentials import quotients
from calcds.document.source.keys import index_nodes, labelled
from calcds.document.source.latex import Node, walk
from calcds.document.source.names import (
    ALL,
    BINDING,
    Named,
    atom_and_marks,
    named,
    names_in,
    opened,
    script,
    shown,
    text_of,
)
from calcds.document.source.options import Options
from calcds.document.source.raw import Unread
from calcds.document.source.statements import Statement
from calcds.document.weighing.deciding import Decider
from calcds.document.words.heads import key_of
from calcds.document.words.notes import Pending
from calcds.document.words.scope import Scope
from calcds.expr.term import Term, subterms

_LETTERS = {"i", "j", "k", "l"}
_DIGITS = "0123456789"
_MOST = 12  # so many lines one line may stand for
_PASSED = {Outcome.PROVED, Outcome.SUPPORTED}


@dataclass(frozen=True, slots=True)
class Numbered:
    """A line for some numbers: their letters' values in words, and its sides."""

    said: str
    nodes: list[Node]


def numbered_lines(nodes: Sequence[Node | Unread], scope: Scope, head: Node | None = None) -> list[Numbered]:
    """The lines that a line with a derivative by `z_i` stands for, where the z_i are numbered names; none for any other.

    head: what is defined by it, so that nothing is known of it yet
    """
    sides = [node for node in nodes if isinstance(node, Node)]
    letters = {letter for side in sides for _, bottom in quotients(side) for letter in _letters_of(bottom)}
    if not letters or len(sides) < len(nodes) or not letters.isdisjoint(_bound(sides)):
        return []
    left = named(head) if head is not None else None
    indexed = [n for side in sides for n in names_in(side) if _letters_of(n) and (left is None or n.node is not left.node)]
    if {x for n in indexed for x in _letters_of(n)} != letters:
        return []
    indexed = [name for name in indexed if not _is_array(name, scope)]  # `h_j = \sigma(a_j)` holds for every j: h_1 is an entry
    if {x for n in indexed for x in _letters_of(n)} != letters:
        return []
    known = _known(scope)
    found: list[Numbered] = []
    for values in product(_DIGITS, repeat=len(letters)):
        table = dict(zip(sorted(letters), values, strict=True))
        if all(_key(name, table) in known for name in indexed):
            said = ", ".join(f"{letter} = {value}" for letter, value in table.items())
            found.append(Numbered(said, [_with_numbers(side, table) for side in sides]))
    ranges = [scope.ranges[letter] for letter in letters if letter in scope.ranges]
    whole = len(ranges) < len(letters) or len(found) == prod(n for n in ranges if isinstance(n, int))
    return found if 1 < len(found) <= _MOST and whole else []


def _letters_of(name: Named) -> list[str]:
    """The letters among the indices of a name: i and j of `w_{ij}`."""
    _, below, _ = labelled(name)
    indices = index_nodes(script(below[0])) if len(below) == 1 else None
    return [n.text for n in indices or () if n.kind == "NAME" and n.text in _LETTERS]


def _bound(sides: Sequence[Node]) -> set[str]:
    """The letters that a sum binds, or that stand as names of their own."""
    units = [node for side in sides for node in walk(side) if node.kind == "unit"]
    binding = [node for node in units if node.parts[0].kind == "BIGOP" and node.parts[0].text in BINDING]
    sums = [mark for node in binding for mark in node.parts[1:]]
    return {node.text for mark in sums for node in walk(mark) if node.kind == "NAME"} | set().union(*map(_own, sides))


def _own(node: Node) -> set[str]:
    """The letters of a tree that stand in no subscript."""
    if node.kind == "NAME":
        return {node.text} & _LETTERS
    return set().union(*(_own(part) for part in node.parts if part.kind != "below"))


def _is_array(name: Named, scope: Scope) -> bool:
    """Whether a name with these indices is an entry of an array that the text knows."""
    key = labelled(name)[0]
    kind = scope.kind(key, old=False)
    return (kind is not None and kind.shape != (1, 1)) or any(
        scope.definition(k, old=False) is not None or scope.kind(k, old=False) is not None
        for k in (f"all {key}", f"bold {key}")
    )


def _known(scope: Scope) -> set[str]:
    """The names that have a formula or stand in one, and the entries with a number in it."""
    found = {shown(key) for key in scope.definitions}
    for d in scope.definitions.values():
        found |= {str(s.data[0]) for s in d.body.free}
        found |= {name for t in subterms(d.body) if (name := _numbered_entry(t))}
    return found


def _numbered_entry(term: Term) -> str:
    if term.head != "entry" or term.args[0].head != "sym" or any(i.head != "num" for i in term.args[1:]):
        return ""
    array, (row, *_) = term.args[0], term.args[1:]
    return f"{str(array.data[0]).removesuffix(ALL)}_{row.data + 1}" if array.shape[1] == 1 else ""


def _key(name: Named, table: Mapping[str, str]) -> str:
    key, below, _ = labelled(name)
    return shown(f"{key}_{text_of(script(_with_numbers(below[0], table)))}")


def _with_numbers(node: Node, table: Mapping[str, str]) -> Node:
    """A tree with numbers in the places of the indices of its names."""
    if node.kind == "below":
        indices = index_nodes(script(node)) or []
        said = [table.get(n.text, n.text) if n.kind in {"NAME", "NUMBER"} else "" for n in indices]
        if said and all(one.isdecimal() for one in said):
            return Node("below", (Node("NUMBER", (), "".join(said), node.at, node.end),), "", node.at, node.end)
    if not node.parts:
        return node
    return node.holding(tuple(_with_numbers(part, table) for part in node.parts))


class Numbering:
    """The part of a checker that reads a line about numbered names as a line about each of them."""

    scope: Scope
    decider: Decider
    definer: Definer

    def defined_by_numbers(self, nodes: Sequence[Node | Unread], at: int) -> Taken | None:
        r"""Take `\delta_i = \frac{\partial L}{\partial z_i}` as the definitions of delta_1 and delta_2; None for any other."""
        head = opened(nodes[0]) if isinstance(nodes[0], Node) else None
        if head is None or atom_and_marks(head)[0].kind != "NAME" or (name := named(head)) is None or not _letters_of(name):
            return None
        lines = numbered_lines(nodes[:2], self.scope, head)
        keys = [key_of(line.nodes[0]) for line in lines]
        if not lines or None in keys or any(self.scope.has_meaning(key or "") for key in keys):
            return None
        if any(not isinstance(self._plainly(line.nodes[1]), Term) for line in lines):
            return None
        for line in lines:
            one, body = line.nodes
            self.definer.define(one, body, at, local=False)
        said = f"taken as the definition of {', '.join(shown(key or '') for key in keys)}"
        return Taken(Outcome.PROVED, said, "definition")

    def _plainly(self, body: Node) -> Term | Unread:
        """A body as it is read with the formulas that the text gives, in this section or an earlier one."""
        found = (read_chain([body], [], self.scope, options).sides[0] for options in (Options(), Options(old=True)))
        return next((term for term in found if isinstance(term, Term)), Unread("not read"))

    def by_numbers(self, nodes: Sequence[Node | Unread], relation: str, statement: Statement, weak: str,
                   pending: Pending) -> tuple[Verdict, tuple[Term, Term]] | None:  # fmt: skip
        """The verdict on a pair that stands for a line for every number, and the sides it rests on; None for any other."""
        lines = numbered_lines(nodes, self.scope) if relation in {"=", ":="} else []
        found: list[tuple[str, Verdict, tuple[Term, Term]]] = []
        for line in lines:
            read = Readings(self._readings(line.nodes, [True], statement, pending)).of(0)
            if not read or read[0].options.depend:
                return None
            verdict, reading, _ = self.decider.decide(read, 0, weak, pending.tolerance)
            terms = reading.pair(0)
            assert terms is not None  # only such readings are decided
            if not all(side.is_scalar for side in terms):
                return None
            found.append((line.said, verdict, terms))
        if not found:
            return None
        numbers = "; ".join(said for said, _, _ in found)
        for wanted in (Outcome.REFUTED, Outcome.MALFORMED, Outcome.UNDECIDED, Outcome.SUPPORTED, Outcome.PROVED):
            for said, verdict, terms in found:
                if wanted is Outcome.UNDECIDED and verdict.outcome is wanted and (
                    general := self._in_general(nodes, statement, weak, pending)
                ):
                    return general
                if verdict.outcome is wanted:
                    where = f"for {numbers}" if wanted in _PASSED else f"for {said}"
                    return replace(verdict, detail=f"{where}: {verdict.detail}", asks=False), terms
        return None

    def _in_general(self, nodes: Sequence[Node | Unread], statement: Statement, weak: str,
                    pending: Pending) -> tuple[Verdict, tuple[Term, Term]] | None:  # fmt: skip
        """The verdict on a pair for every index, where it holds so: the p_1 and p_2 of another section are an example."""
        read = Readings(self._readings(nodes, [True], statement, pending)).of(0)
        if not read or read[0].options.depend:
            return None
        verdict, reading, _ = self.decider.decide(read, 0, weak, pending.tolerance)
        terms = reading.pair(0)
        return (verdict, terms) if verdict.outcome in _PASSED and terms is not None else None

    def _readings(self, nodes: Sequence[Node | Unread], linked: Sequence[bool], statement: Statement,
                  pending: Pending) -> Iterator[Reading]:  # fmt: skip
        """The readings of a chain, the likeliest first."""
        raise NotImplementedError  # pragma: no cover


__all__ = ["Numbering", "numbered_lines"]
