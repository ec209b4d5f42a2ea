r"""What the dots in `a_1 + a_2 + \dots + a_n` leave out: one form of which every printed term is an instance.

The printed terms are laid over each other. Where they agree, the form is what they have in common; where they differ, the
first ones must be integers in arithmetic progression (or go on with it as exponents, `1, r, r^2`, or as factorials) and the
last ones must go on with it: `E_j = E_0 + j d`, with one number J of steps from the first term to the last at all places.
So the form is exact at every printed term. Where several forms would do, or too few terms are printed, there is none.

Imports: calcds.document.latex, calcds.document.linear, calcds.document.names, calcds.document.symbols.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from calcds.document.latex import Node, walk
from calcds.document.linear import Linear, bare, constant, linear, numeral, same, tree
from calcds.document.names import is_label, is_transpose, named, opened, script
from calcds.document.symbols import index_nodes

INDICES = ("k'", "j'", "i'", "p'", "q'")  # no letters of a text, so that they are no names of a text
LAYERS = {"l", "L", "ell"}  # letters that count layers: what they tell apart has no common size
_TIMES = {"cdot", "times", "*", "ast"}
_REACHING = {"FUNC", "BIGOP", "NABLA", "PARTIAL", "DOTS", "TEXT", "ADD"}  # they do something with what follows
_MOST = 200  # ways to lay products over each other


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


@dataclass(frozen=True, slots=True)
class Form:
    """The form of all terms: a tree with places that depend on an index, and the range of the index."""

    template: Node
    places: tuple[Step, ...]
    low: Linear
    count: Linear | None  # steps from the first term to the last; None for a series

    @property
    def high(self) -> Node:
        """The upper end of the range."""
        return tree(self.low + self.count) if self.count is not None else Node("CONST", (), "infty")

    def at(self, index: str) -> Node:
        """The term at an index."""
        step = Linear(Fraction(0), frozenset({(Node("NAME", (), index), Fraction(1))})) - self.low
        return _filled(self.template, [tree(place.first + step.scaled(Fraction(place.by))) for place in self.places])

    @property
    def has_index(self) -> bool:
        """Whether a subscript changes from term to term."""
        return any(n.kind == "below" and any(m.kind == "HOLE" for m in walk(n)) for n in walk(self.template))


def form_of(first: Sequence[Node], last: Sequence[Node], *, reversible: bool = False) -> Form | None:
    """The form of terms before and behind dots; behind the dots of a series there are none. None where it is not plain."""
    if not first or (not last and len(first) < 3):
        return None
    laid = _Laid(len(first))
    template = laid.over([*first, *last])
    if template is None or not laid.holes:
        return None
    return laid.settled(template, reversible=reversible)


def alike(one: Node, other: Node, form: Form) -> bool:
    """Whether two terms might be instances of one form, so that both would belong to it."""
    laid = _Laid(1)
    if same(one, other):
        return True
    if laid.over([one, other]) is None:
        return False
    names = {name for hole in laid.holes for values in hole.values for value in values for name, _ in value.names}
    return names <= {name for name, _ in (form.low + (form.count or form.low)).names}


def operator(text: str, form: Form, *, taken: Node | None = None) -> Node:
    r"""An operator with an index over the terms of a form: `\sum_{k'=1}^n a_{k'}`."""
    index = fresh(form.template if taken is None else taken)
    item = Node("item", (Node("NAME", (), index), Node("REL", (), "="), tree(form.low)))
    head = Node("unit", (Node("BIGOP", (), text), Node("below", (item,)), Node("above", (form.high,))))
    return Node("group", (Node("product", (head, *factors_of(form.at(index)))),))


def fresh(node: Node) -> str:
    """An index that does not stand in a tree."""
    used = {n.text for n in walk(node)}
    return next((name for name in INDICES if name not in used), INDICES[-1] + "'")


def factors_of(node: Node) -> tuple[Node, ...]:
    """What stands in a row of units."""
    return node.parts if node.kind == "product" else (node,)


@dataclass(slots=True)
class _Laid:
    """Terms laid over each other."""

    early: int  # so many of them stand before the dots
    holes: list[Hole] = field(default_factory=list)

    # -- the form ---------------------------------------------------------------------------------------------------

    def over(self, nodes: Sequence[Node]) -> Node | None:
        """The form of some trees, with a HOLE where they differ; None where they have none."""
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
        if not all(values) or not any(True for _ in self._steps(hole)):
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
        return Node(last.kind, tuple(parts), last.text, last.at, last.end)

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
        rows = [_factors(n) for n in nodes]
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
        starts = [s for s in range(3) if [_value(nodes[-1], name, s + j) for j in range(self.early)] == first]
        if others or len(starts) != 1:
            return None
        hole = self._hole([*([constant(starts[0] + j)] for j in range(self.early)), _alone(linear(name))])
        return None if hole is None else _replaced(nodes[-1], name, _bracketed(hole))

    def _geometric(self, first: list[int], nodes: Sequence[Node]) -> Node | None:
        start, ratio = first[0], Fraction(first[1], first[0]) if first[0] else Fraction(0)
        q = int(ratio)
        if ratio.denominator != 1 or q < 2:
            return None
        values = [_alone(_log(Fraction(int(n.text), start), q)) for n in nodes]
        hole = self._hole(values, implied=True)
        if hole is None:
            return None
        power = Node("unit", (numeral(q), Node("above", (hole,))))
        return power if start == 1 else Node("product", (numeral(start), Node("MUL", (), "cdot"), power))

    # -- the range --------------------------------------------------------------------------------------------------

    def settled(self, template: Node, *, reversible: bool) -> Form | None:
        """The form with a range that fits all places; None where none does, or more than one."""
        used = [int(n.text) for n in walk(template) if n.kind == "HOLE"]
        holes = [self.holes[k] for k in used]
        series = bool(holes) and len(holes[0].values) == self.early
        choices = [list(self._steps(hole)) for hole in holes]
        counts = [{count for _, count in choice} for choice in choices]
        common = set.intersection(*counts) if counts else set()
        if len(common) != 1:
            return None
        (count,) = common
        steps = [[s for s, c in choice if c == count] for choice in choices]
        if any(len(set(s)) != 1 for s in steps) or not self._is_plain(holes, [s[0] for s in steps], count, series=series):
            return None
        placed = {k: s[0] for k, s in zip(used, steps, strict=True)}
        forms = [placed.get(k, Step(constant(0), 0)) for k in range(len(self.holes))]
        index = [placed[k] for k, hole in zip(used, holes, strict=True) if hole.index]
        ones = [s for s in (*index, *placed.values()) if s.by == 1]
        if not ones and reversible and count is not None and all(s.by < 0 for s in placed.values()):
            forms = [Step(s.first + count.scaled(Fraction(s.by)), -s.by) for s in forms]
            ones = [forms[k] for k in used if forms[k].by == 1]
        return Form(template, tuple(forms), ones[0].first if ones else constant(1), count)

    def _steps(self, hole: Hole) -> Iterator[tuple[Step, Linear | None]]:
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

    def _is_plain(self, holes: Sequence[Hole], steps: Sequence[Step], count: Linear | None, *, series: bool) -> bool:
        """Whether enough terms are printed to tell how they go on."""
        if series:
            return all(step.by > 0 for step in steps)
        assert count is not None  # there is a last term
        whole = count.whole
        if (whole is not None and whole < self.early) or (whole is None and all(c < 0 for _, c in count.names)):
            return False
        if any(hole.numeric for hole in holes) and self.early < 3:
            return False
        if self.early == 1:
            ends = {step.first + count for step in steps}
            starts = all(step.first.whole in {0, 1} for step in steps) and len({s.first for s in steps}) == 1
            return starts and len(ends) == 1 and next(iter(ends)).is_simple and not any(h.implied for h in holes)
        if self.early == 2 and whole is not None:
            return all(
                abs(step.by) == 1 and (hole.index or not _may_be_geometric(step, whole))
                for hole, step in zip(holes, steps, strict=True)
            )
        return True


def _alone(value: Linear | None) -> list[Linear]:
    return [] if value is None else [value]


def _bracketed(node: Node) -> Node:
    """A place among factors, where what comes in may be a sum."""
    return Node("group", (node,)) if node.kind == "HOLE" else node


def _filled(node: Node, values: Sequence[Node]) -> Node:
    """A template with its places filled in."""
    if node.kind == "HOLE":
        return values[int(node.text)]
    if not any(n.kind == "HOLE" for n in walk(node)):
        return node
    return Node(node.kind, tuple(_filled(p, values) for p in node.parts), node.text, node.at, node.end)


def _replaced(node: Node, name: Node, new: Node) -> Node:
    if bare(node) == name:
        return new
    return Node(node.kind, tuple(_replaced(p, name, new) for p in node.parts), node.text, node.at, node.end)


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
        return _alone(_log(Fraction(int(node.text)), known)) if node.text == "1" or base.kind == "NUMBER" else []
    return []


def _log(value: Fraction, base: int) -> Linear | None:
    """The k with base^k = value."""
    k = 0
    while base > 1 and value > 1 and value.denominator == 1 and k < 400:
        value, k = value / base, k + 1
    return constant(k) if value == 1 else None


def _factors(node: Node) -> list[Node]:
    """The factors of a product; none where something in it reaches over what follows, or divides."""
    if node.kind != "product":
        return [node]
    if any(p.kind in _REACHING or (p.kind == "MUL" and p.text not in _TIMES) for p in node.parts):
        return []
    return [opened(p) for p in node.parts if p.kind != "MUL"]


def _spread(row: Sequence[Node], wide: Sequence[Node]) -> Iterator[list[Node]]:
    """Factors laid over more factors, in their order, with a 1 where none of them stands."""
    for places in itertools.combinations(range(len(wide)), len(row)):
        table = dict(zip(places, row, strict=True))
        yield [table.get(k, numeral(1)) for k in range(len(wide))]


def _value(node: Node, name: Node, value: int) -> Fraction | None:
    """The value of a formula in one name; None where it is no plain arithmetic."""
    node = opened(node)
    if bare(node) == name:
        return Fraction(value)
    if node.kind == "NUMBER":
        return Fraction(node.text)
    if node.kind == "unit" and len(node.parts) == 2:
        base, mark = _value(node.parts[0], name, value), node.parts[1]
        if base is None or mark.kind not in {"bang", "above"}:
            return None
        if mark.kind == "bang":
            return Fraction(math.factorial(int(base))) if base.denominator == 1 and 0 <= base < 20 else None
        exponent = _value(script(mark), name, value)
        small = exponent is not None and exponent.denominator == 1 and 0 <= exponent < 40
        return base ** int(exponent) if exponent is not None and small else None
    if node.kind == "frac":
        top, bottom = (_value(p, name, value) for p in node.parts)
        return top / bottom if top is not None and bottom else None
    if node.kind == "round" and len(node.parts) == 1:
        return _value(node.parts[0], name, value)
    if node.kind == "sum":
        return _total(node.parts, name, value)
    if node.kind == "product":
        return _times([_value(p, name, value) for p in _factors(node)])
    return None


def _total(parts: Iterable[Node], name: Node, value: int) -> Fraction | None:
    total, sign = Fraction(0), 1
    for part in parts:
        if part.kind == "ADD":
            sign = -1 if part.text == "-" else 1
            continue
        found = _value(part, name, value)
        if found is None:
            return None
        total, sign = total + sign * found, 1
    return total


def _times(values: Sequence[Fraction | None]) -> Fraction | None:
    total = Fraction(1)
    for value in values:
        if value is None:
            return None
        total *= value
    return total if values else None


def _may_be_geometric(step: Step, count: int) -> bool:
    """Whether the numbers `a, b, ..., c` might be powers as well: `1, 2, ..., 64`."""
    first = step.first.whole
    if first is None or first <= 0:
        return False
    ratio, last = Fraction(first + step.by, first), Fraction(first + count * step.by, first)
    return ratio.denominator == 1 and ratio > 1 and last.denominator == 1 and _log(last, int(ratio)) is not None
