r"""Printed terms laid over each other: what they have in common, and what may stand where they differ.

Imports: calcds.document.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from calcds.document.source.arithmetic import factors_in, log_of, value_of
from calcds.document.source.keys import index_nodes
from calcds.document.source.latex import Node, walk
from calcds.document.source.linear import Linear, bare, constant, linear, numeral, same
from calcds.document.source.names import is_label, is_transpose, named, opened, script

LAYERS = {"l", "L", "ell"}  # letters that count layers: what they tell apart has no common size
_MOST = 60  # ways to lay products over each other
_STEPS = 600


@dataclass(slots=True)
class Hole:
    """A place where printed terms differ: what may stand there in each of them."""

    values: list[list[Linear]]
    index: bool = False  # a subscript or a label, not a value
    implied: bool = False  # in some term it is not printed: the 1 of `x`, the 0 of r^0
    numeric: bool = False  # powers of a number that are printed as numbers


@dataclass(frozen=True, slots=True)
class Step:
    """How a place goes on from term to term."""

    first: Linear
    by: int


@dataclass(slots=True)
class Laid:
    """Terms laid over each other."""

    early: int  # so many of them stand before the dots
    holes: list[Hole] = field(default_factory=list)
    left: int = _STEPS  # trees that may still be laid over each other

    def over(self, nodes: Sequence[Node]) -> Node | None:
        """The form of some trees, with a HOLE where they differ; None where they have none."""
        self.left -= 1
        if self.left < 0:
            return None
        nodes = [opened(n) for n in nodes]
        if same(*nodes):
            return nodes[-1]
        for rule in (self._parts, self._linear, self._factorials, self._powers, self._quotients, self._products, self._numbers):
            before = len(self.holes)
            found = rule(nodes)
            if found is not None:
                return found
            del self.holes[before:]
        return None

    def _hole(self, values: list[list[Linear]], **facts: bool) -> Node | None:
        hole = Hole(values, **facts)
        if not all(values) or not any(True for _ in self.steps(hole)):
            return None
        self.holes.append(hole)
        return Node("HOLE", (), str(len(self.holes) - 1))

    def _parts(self, nodes: Sequence[Node]) -> Node | None:
        """Trees of one kind, part by part."""
        last = nodes[-1]
        if not last.parts or any((n.kind, n.text, len(n.parts)) != (last.kind, last.text, len(last.parts)) for n in nodes):
            return None
        if last.kind == "below":
            return self._indices(nodes)
        if last.kind == "above" and is_label(last):
            return self._label(nodes)
        parts = []
        for column in zip(*(n.parts for n in nodes), strict=True):
            part = self.over(column)
            if part is None:
                return None
            parts.append(_bracketed(part) if last.kind in {"unit", "product", "sum"} else part)
        if last.kind == "unit" and (name := named(last)) is not None and name.base[:1].isupper():
            labels = [m for n in nodes for m in n.parts[1:] if is_label(m)]
            if labels and not same(*labels):  # W^{(1)}, W^{(2)} have sizes of their own
                return None
        return last.holding(tuple(parts))

    def _indices(self, nodes: Sequence[Node]) -> Node | None:
        """Subscripts, index by index: `11` and `nn` are two indices each."""
        insides = [script(n) for n in nodes]
        lists = [index_nodes(inside) for inside in insides]
        if len({len(one) if one is not None else 0 for one in lists}) > 1:
            lists = [[i] if i.kind == "NUMBER" else one for i, one in zip(insides, lists, strict=True)]
        if any(one is None for one in lists) or len({len(one) for one in lists if one is not None}) > 1:
            return None
        found: list[Node] = []
        for column in zip(*(one for one in lists if one is not None), strict=True):
            index = column[-1] if same(*column) else self._hole([_alone(linear(n)) for n in column], index=True)
            if index is None:
                return None
            found += [Node("COMMA", (), ","), index] if found else [index]
        inside = found[0] if len(found) == 1 else Node("items", tuple(found))
        return Node("below", (inside,), "", nodes[-1].at, nodes[-1].end)

    def _label(self, nodes: Sequence[Node]) -> Node | None:
        r"""`x^{(1)}`, `x^{(n)}`."""
        last = script(nodes[-1])
        insides = [script(n) for n in nodes]
        if not all(is_label(n) for n in nodes) or any(i.kind != last.kind or len(i.parts) != 1 for i in insides):
            return None
        found = [linear(i.parts[0]) for i in insides]
        if any(f is None or any(n.text in LAYERS for n, _ in f.names) for f in found):
            return None
        hole = self._hole([_alone(f) for f in found], index=True)
        return None if hole is None else Node("above", (Node(last.kind, (hole,)),))

    def _linear(self, nodes: Sequence[Node]) -> Node | None:
        """Integers in a value."""
        return self._hole([_alone(linear(n)) for n in nodes], implied=any(n.kind == "NUMBER" and n.at < 0 for n in nodes))

    def _factorials(self, nodes: Sequence[Node]) -> Node | None:
        r"""`1, 1, 2!, 6, n!`."""
        if not any(_is_factorial(n) for n in nodes):
            return None
        hole = self._hole([_under_factorial(n) for n in nodes], implied=any(n.kind == "NUMBER" for n in nodes))
        return None if hole is None else Node("unit", (_bracketed(hole), Node("bang")))

    def _powers(self, nodes: Sequence[Node]) -> Node | None:
        r"""`1, r, r^2, r^n`."""
        power = next((n for n in reversed(nodes) if _is_power(n)), None)
        if power is None:
            return None
        base = power.parts[0] if len(power.parts) == 2 else Node("unit", power.parts[:-1])
        values = [_exponents(n, base) for n in nodes]
        numeric = any(n.kind == "NUMBER" and n.text != "1" for n in nodes) and base.kind == "NUMBER"
        hole = self._hole(values, implied=any(not _is_power(n) for n in nodes), numeric=numeric)
        return None if hole is None else Node("unit", (*power.parts[:-1], Node("above", (hole,))))

    def _quotients(self, nodes: Sequence[Node]) -> Node | None:
        r"""`1, \frac{x}{2}, \frac{x^2}{3}`."""
        if not any(n.kind == "frac" for n in nodes) or all(n.kind == "frac" for n in nodes):
            return None
        pairs = [n.parts if n.kind == "frac" else (n, numeral(1)) for n in nodes]
        parts = [self.over(column) for column in zip(*pairs, strict=True)]
        return Node("frac", tuple(p for p in parts if p is not None)) if None not in parts else None

    def _products(self, nodes: Sequence[Node]) -> Node | None:
        """`x, 2x, nx`, `a, ar, ar^2`: a factor that is not printed is 1."""
        rows = [factors_in(n) for n in nodes]
        longest = max(rows, key=len)
        if any(not row for row in rows) or len(longest) == 1:
            return None
        ways = itertools.product(*(_spread(row, longest) for row in rows))
        for padded in itertools.islice(ways, _MOST):
            before = len(self.holes)
            parts = [self.over(column) for column in zip(*padded, strict=True)]
            if None not in parts:
                return Node("product", tuple(_bracketed(p) for p in parts if p is not None))
            del self.holes[before:]
        return None

    def _numbers(self, nodes: Sequence[Node]) -> Node | None:
        """Numbers alone before the dots: `1, 2, 4, 512` is geometric, `1, 4, 9, n^2` the values of what stands behind."""
        if self.early < 3 or any(n.kind != "NUMBER" or not n.text.isdigit() for n in nodes[: self.early]):
            return None
        first = [int(n.text) for n in nodes[: self.early]]
        if all(n.kind == "NUMBER" for n in nodes):
            return self._geometric(first, nodes)
        if len(nodes) != self.early + 1:
            return None
        (name, *others) = {bare(n) for n in walk(nodes[-1]) if n.kind in {"NAME", "WORD"}} or {Node("NONE")}
        starts = [s for s in range(3) if [value_of(nodes[-1], name, s + j) for j in range(self.early)] == first]
        if others or len(starts) != 1:
            return None
        hole = self._hole([*([constant(starts[0] + j)] for j in range(self.early)), _alone(linear(name))])
        return None if hole is None else _replaced(nodes[-1], name, _bracketed(hole))

    def _geometric(self, first: list[int], nodes: Sequence[Node]) -> Node | None:
        start, ratio = first[0], Fraction(first[1], first[0]) if first[0] else Fraction(0)
        q = int(ratio)
        if ratio.denominator != 1 or q < 2:
            return None
        values = [_alone(log_of(Fraction(int(n.text), start), q)) for n in nodes]
        hole = self._hole(values, implied=True)
        if hole is None:
            return None
        power = Node("unit", (numeral(q), Node("above", (hole,))))
        return power if start == 1 else Node("product", (numeral(start), Node("MUL", (), "cdot"), power))

    def steps(self, hole: Hole) -> Iterator[tuple[Step, Linear | None]]:
        """Every way in which a place may go on, with the number of steps to the last term (None in a series)."""
        early, late = hole.values[: self.early], hole.values[self.early :]
        for first in itertools.product(*early):
            by = 1 if len(first) == 1 else (first[1] - first[0]).whole
            if not by or any(b - a != constant(by) for a, b in itertools.pairwise(first)):
                continue
            if not late:
                yield Step(first[0], by), None
                continue
            for last in itertools.product(*late):
                count = (last[-1] - first[0]).scaled(Fraction(1, by))
                if count.is_integral and all(b - a == constant(by) for a, b in itertools.pairwise(last)):
                    yield Step(first[0], by), count


def _alone(value: Linear | None) -> list[Linear]:
    return [] if value is None else [value]


def _bracketed(node: Node) -> Node:
    """A place among factors, where what comes in may be a sum."""
    return Node("group", (node,)) if node.kind == "HOLE" else node


def _replaced(node: Node, name: Node, new: Node) -> Node:
    if bare(node) == name:
        return new
    return node.holding(tuple(_replaced(p, name, new) for p in node.parts))


def _is_factorial(node: Node) -> bool:
    return node.kind == "unit" and len(node.parts) == 2 and node.parts[1].kind == "bang"


def _under_factorial(node: Node) -> list[Linear]:
    """The x of `x!`; a number may be a factorial."""
    if _is_factorial(node):
        return _alone(linear(node.parts[0]))
    value = int(node.text) if node.kind == "NUMBER" and node.text.isdigit() else -1
    return [constant(k) for k in range(20) if math.factorial(k) == value]


def _is_power(node: Node) -> bool:
    if node.kind != "unit" or node.parts[-1].kind != "above":
        return False
    mark = node.parts[-1]
    return not is_transpose(mark) and not is_label(mark) and linear(script(mark)) is not None


def _exponents(node: Node, base: Node) -> list[Linear]:
    """The x for which a term is base^x."""
    if same(node, base):
        return [constant(1)]
    if _is_power(node) and same(node.parts[0] if len(node.parts) == 2 else Node("unit", node.parts[:-1]), base):
        return _alone(linear(script(node.parts[-1])))
    if node.kind == "NUMBER" and node.text.isdigit():
        known = int(base.text) if base.kind == "NUMBER" and base.text.isdigit() else 2
        return _alone(log_of(Fraction(int(node.text)), known)) if node.text == "1" or base.kind == "NUMBER" else []
    return []


def _spread(row: Sequence[Node], wide: Sequence[Node]) -> Iterator[list[Node]]:
    """Factors laid over more factors, in their order, with a 1 where none of them stands."""
    for places in itertools.combinations(range(len(wide)), len(row)):
        table = dict(zip(places, row, strict=True))
        yield [table.get(k, numeral(1)) for k in range(len(wide))]
