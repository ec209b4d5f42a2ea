r"""`\sum` and `\prod`: the index, its range, and the numbers that are summed.

Imports: calcds.document, calcds.expr.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from calcds.document.reading.symbols import Bound, Symbols
from calcds.document.source.dotted_arrays import STACKS
from calcds.document.source.keys import index_nodes, labelled
from calcds.document.source.latex import Node, walk
from calcds.document.source.linear import numeral
from calcds.document.source.names import atom_and_marks, named, names_in, opened, script
from calcds.document.source.raw import Unread
from calcds.document.source.sets import between, conditional_set, count_of, set_key
from calcds.document.words.every_layer import in_every_layer
from calcds.document.words.shapes import NotKnown
from calcds.document.words.surveying import INDEX_LETTERS
from calcds.expr import operators as op
from calcds.expr.kinds import INDEX, Integer
from calcds.expr.term import ONE, ZERO, Size, Term, as_term, relation, size, substitute

NOT_PLAIN = "dots: the pattern is not plain"
_SOME_SET = "how many elements the set has that is summed over may be said elsewhere"
_ORDERS = {"<", "<=", "!="}


@dataclass(slots=True)
class _Range:
    """An index with its bounds as printed, and conditions on it."""

    name: str
    low: Node | None = None
    high: Node | None = None
    over: str = ""  # the key of a set


class Sums(Symbols):
    """Big operators that bind an index."""

    told: set[str] = set()  # noqa: RUF012  (names of which the conditions of sums tell something; a chain has its own)

    def big(self, atom: Node, marks: Sequence[Node], parts: Sequence[Node], k: int) -> tuple[Term, int]:
        r"""`\sum`, `\prod`, `\lim` or `\int` with everything behind it in the product."""
        if atom.text == "int":
            return self.integral_at(marks, parts, k)
        rest = parts[k + 1 :]
        if not rest:
            raise Unread(f"\\{atom.text} of nothing", atom.at, atom.end)
        if rest[0].kind == "MUL":
            raise Unread(f"\\{atom.text} before a sign", atom.at, atom.end)
        if atom.text == "lim":
            return self.limit_of(marks, rest), len(parts)
        if atom.text in STACKS:
            return self.stacked(atom, marks, rest), len(parts)
        return self.summed(atom, marks, rest), len(parts)

    def summed(self, atom: Node, marks: Sequence[Node], rest: Sequence[Node]) -> Term:
        """The sum or product of what follows."""
        ranges, conditions = self._ranges(atom, marks)
        saved = dict(self.bound)
        limits = [
            self._bind(one, rest) for one in ranges
        ]  # in their order: a later bound may name an earlier index
        if not self.told.isdisjoint(n.base for part in rest for n in names_in(part)):
            raise Unread(f"\\{atom.text} over a set", atom.at, atom.end)  # the condition says something of what is summed
        body = self.product(rest)
        for condition in conditions:
            self._free_in(condition)
            body = self.times(op.indicator(self.condition(condition)), body) if not _unequal(condition) else self.times(
                ONE - op.delta(*(self._printed(p) for p in condition.parts[::2])), body)  # fmt: skip
        if atom.text == "prod" and (conditions or not body.is_scalar):
            raise Unread("a product over a condition or of matrices", atom.at, atom.end)
        self.bound = saved
        for one, (symbol, _, _) in zip(ranges, limits, strict=True):
            body = in_every_layer(body, one.name, symbol, set(self.scope.table()))
        build = op.Sum if atom.text == "sum" else op.Product
        for symbol, low, high in reversed(limits):
            body = build(body, (symbol, low, high))
        return body

    def _free_in(self, condition: Node) -> None:
        r"""The j of `\sum_{i \ne j}` that is not bound runs over the range of i."""
        names = [n for p in condition.parts[::2] if (n := named(p)) is not None and not n.marks]
        bound = next((b for n in names if (b := self.bound.get(n.base)) is not None), None)
        if bound is None or (bound.length is None and not bound.label):
            return
        length = bound.length if bound.length is not None else self.sizes.fresh(bound.label)
        for name in names:
            key = name.base
            known = key in self.bound or key in self.usage.dims or key in self.scope.dims or self.scope.kind(key, old=True)
            if key in INDEX_LETTERS and not known and self.scope.definition(key, old=self.options.old) is None:
                self.running_index(key, length)

    def stacked(self, atom: Node, marks: Sequence[Node], rest: Sequence[Node]) -> Term:
        """What follows, for every index, below or beside each other."""
        ranges, _ = self._ranges(atom, marks)
        saved = dict(self.bound)
        symbol, low, high = self._bind(ranges[0], rest)
        body = self.product(rest)
        self.bound = saved
        place = INDEX.symbol(ranges[0].name)
        body = substitute(body, {symbol: place + low}) if low is not ZERO or symbol is not place else body
        return self.stack(atom.text, body, place, size(high - low + ONE), rest)

    def _printed(self, node: Node) -> Term:
        """A side of a condition on indices; a free letter is an index."""
        found = named(node)
        if (
            found is not None
            and not found.marks
            and found.base not in self.bound
            and found.base in self.indices
        ):
            return as_term(size(self.indices[found.base] + ONE))
        return self.value(node)

    def _ranges(self, atom: Node, marks: Sequence[Node]) -> tuple[list[_Range], list[Node]]:
        below = [m for m in marks if m.kind == "below"]
        above = [m for m in marks if m.kind == "above"]
        if len(below) != 1 or len(above) > 1 or len(below) + len(above) != len(marks):
            raise NotKnown(f"\\{atom.text} without an index", "", atom.at, atom.end)
        inside = script(below[0])
        high = script(above[0]) if above else None
        ranges: list[_Range] = []
        conditions: list[Node] = []
        if (such := conditional_set(inside)) is not None and high is None:
            index, key, told = such
            self.doubt(_SOME_SET)
            self.told = self.told | {n.base for part in told for n in names_in(part)} - {opened(index).text}
            return [_Range(opened(index).text, over=key)], []
        for part in [p for p in (inside.parts if inside.kind == "items" else (inside,)) if p.kind != "COMMA"]:
            self._range(opened(part), ranges, conditions, atom)
        if ranges and ranges[-1].over:  # i, j \in S
            for one in ranges:
                one.over = one.over or ranges[-1].over
            return ranges, conditions
        lows = [r.low for r in ranges if r.low is not None]
        if high is not None and not lows and len(ranges) == 1 and conditions and all(map(_unequal, conditions)):
            lows = [numeral(1)]  # `\sum_{j \ne i}^K`
        for one in ranges:  # i,j=1
            if one.high is None:
                one.high = high
            if one.low is None and lows and one.high is not None:
                one.low = lows[-1]
            if (one.low is None) != (one.high is None):
                raise Unread(f"\\{atom.text} with half a range", atom.at, atom.end)
        if not ranges:
            raise Unread(f"\\{atom.text} over a condition", atom.at, atom.end)
        return ranges, conditions

    def _range(self, part: Node, ranges: list[_Range], conditions: list[Node], atom: Node) -> None:
        one = named(part)
        if one is not None and not one.marks:
            ranges.append(_Range(one.base))
            return
        signs = [p.text for p in part.parts[1::2]] if part.kind == "item" else []
        head = named(part.parts[0]) if signs else None
        known = {r.name for r in ranges} | set(self.bound)
        if (
            signs == ["="]
            and head is not None
            and not head.marks
            and head.base not in {r.name for r in ranges}
        ):
            ranges.append(_Range(head.base, part.parts[2]))
        elif signs == [">="] and head is not None and not head.marks and head.base not in known and _is_number(part.parts[2]):
            ranges.append(_Range(head.base, part.parts[2], Node("CONST", (), "infty", part.at, part.end)))
        elif signs == ["<=", "<="] and (middle := named(part.parts[2])) is not None and not middle.marks:
            ranges.append(_Range(middle.base, part.parts[0], part.parts[4]))
        elif signs == ["in"] and head is not None and not head.marks and (ends := between(part.parts[2])) is not None:
            ranges.append(_Range(head.base, *ends))
        elif signs == ["in"] and head is not None and not head.marks and (over := set_key(part.parts[2])) is not None:
            if self.scope.kind(over, old=self.options.kinds) is not None or over in self.scope.vectors:
                raise Unread(f"\\{atom.text} over a matrix", part.at, part.end)
            if marks := [m for n in names_in(part.parts[2]) for m in n.marks]:
                if any(n.text in self.bound for m in marks for n in walk(m)):
                    raise Unread(f"\\{atom.text} over a set", part.at, part.end)  # it has another size for every index
                self.doubt(_SOME_SET)
            ranges.append(_Range(head.base, over=over))
        elif len(signs) == 3 and signs[0] == signs[2] == "<=" and signs[1] in _ORDERS:  # 1 <= i < j <= n
            self._ordered(part, ranges, conditions, atom)
        elif (
            signs
            and all(s in {"!=", "<", "<=", ">", ">="} for s in signs)
            and head is not None
            and not head.marks
        ):
            if head.base not in known:
                ranges.append(_Range(head.base))
            ranges += [_Range(name) for name in self._bound_with(part, known | {head.base})]
            conditions.append(part)
        else:
            raise Unread(f"\\{atom.text} over a set", part.at, part.end)

    def _ordered(self, part: Node, ranges: list[_Range], conditions: list[Node], atom: Node) -> None:
        low, first, second, high = part.parts[0], named(part.parts[2]), named(part.parts[4]), part.parts[6]
        if first is None or second is None or first.marks or second.marks:
            raise Unread(f"\\{atom.text} over a condition", part.at, part.end)
        ranges += [_Range(first.base, low, high), _Range(second.base, low, high)]
        conditions.append(Node("item", part.parts[2:5], "", part.at, part.end))

    def _bound_with(self, condition: Node, known: set[str]) -> list[str]:
        r"""The j of `\sum_{i<j}`, where it stands nowhere outside of the sum."""
        others = [n for p in condition.parts[2::2] if (n := named(p)) is not None and not n.marks]
        free = self.usage.free | self.usage.running | known | self.usage.dims | self.scope.dims
        return [n.base for n in others if n.base in INDEX_LETTERS and n.base not in free]

    def _bind(self, one: _Range, rest: Sequence[Node]) -> tuple[Term, Term, Term]:
        """Bind an index; its bounds as terms. As a subscript it counts from 0, else as printed."""
        axes = self._axes(one.name, rest)
        if one.over:
            return self._bind_member(one, axes, rest)
        if one.low is None and (found := self.table_index(one.name)) is not None:
            return found
        if one.low is None or one.high is None:
            if not axes:
                raise NotKnown(f"the range of {one.name} is not printed", "", rest[0].at, rest[-1].end)
            label = f"{one.name} range"
            length: Size = self.sizes.fresh(label)
            symbol = INDEX.symbol(one.name)
            self.bound[one.name] = Bound(symbol, ONE, None, label)
            return symbol, ZERO, as_term(size(as_term(length) - ONE))
        low, high = self.value(one.low), self.value(one.high)
        if any(s in self.owners for s in low.free | high.free):
            raise NotKnown(f"whether the ends of {one.name} are whole numbers", "", rest[0].at, rest[-1].end)
        if axes:
            shifts = {axis: max(shifts) for axis, shifts in axes.items()}
            zero = all(axis in self.usage.zero for axis in axes)
            if zero != any(axis in self.usage.zero for axis in axes) or (low.head == "num" and low.data < (0 if zero else 1)):
                raise Unread("entries that do not count from 1", rest[0].at, rest[-1].end)
            if high.head == "const":
                raise Unread("an infinite sum over entries", rest[0].at, rest[-1].end)
            symbol, first = INDEX.symbol(one.name), ZERO if zero else ONE
            self.bound[one.name] = Bound(symbol, first, self._largest(size(high + ONE - first)), "", shifts)
            return symbol, as_term(size(low - first)), as_term(size(high - first))
        natural = low.head == "num" and low.data >= 0
        symbol = (INDEX if natural else Integer).symbol(one.name)
        self.bound[one.name] = Bound(symbol, ZERO)
        return symbol, low, high

    def _bind_member(
        self, one: _Range, axes: dict[tuple[str, int], list[int]], rest: Sequence[Node]
    ) -> tuple[Term, Term, Term]:
        """Bind an index that runs over a set: one entry for each of its elements."""
        if not axes and any(n.base == one.name for p in rest for n in names_in(p)):
            raise Unread("a sum over the elements of a set", rest[0].at, rest[-1].end)
        count, symbol = count_of(one.over), INDEX.symbol(one.name)
        self.bound[one.name] = Bound(symbol, ONE, count, member=True)
        return symbol, ZERO, as_term(size(count - ONE))

    def _largest(self, length: Size) -> Size:
        r"""The length of a range at the largest of the indices in it: of `\sum_{j=1}^i`, where i runs up to n, it is n."""
        if not isinstance(length, Term):
            return length
        ends: dict[Term, Term] = {b.symbol: as_term(b.length) - ONE for b in self.bound.values() if b.length is not None}
        ends |= {i: as_term(i.data[1].sizes[0]) - ONE for i in self.indices.values() if i.data[1].sizes}
        for index in [i for i in length.free if i in ends]:
            step = size(substitute(length, {index: ONE}) - substitute(length, {index: ZERO}))
            if not isinstance(step, int):
                continue
            length = size(substitute(length, {index: ends[index] if step > 0 else ZERO}))
            if not isinstance(length, Term):
                return length
        return length

    @staticmethod
    def _axes(name: str, rest: Sequence[Node]) -> dict[tuple[str, int], list[int]]:
        """The names that carry an index as a subscript, which of their indices it is, and what is added to it there."""
        found: dict[tuple[str, int], list[int]] = {}
        for part in rest:
            for one in names_in(part):
                key, below, _ = labelled(one)
                nodes = index_nodes(script(below[0])) if len(below) == 1 else None
                for axis, node in enumerate(nodes or ()):
                    if any(n.base == name for n in names_in(node)):
                        found.setdefault((key, axis), []).append(_shift(node))
        return found

    def reaching(self, parts: Sequence[tuple[str, tuple[Node, ...]]], k: int) -> tuple[Term, int] | None:
        """An operator in a summand that reaches over the summands behind it: an integral up to its dx, or by choice."""
        product = parts[k][1]
        place = next((j for j, p in enumerate(product) if _operator(p)), None)
        if place is None or k + 1 == len(parts):
            return None
        if _is_integral(product[place]):
            return self.integral_over(parts, k, place)
        if not self._reaches(product[place], parts[k + 1 :]):
            return None
        self.choices.add("reach")
        if self.options.reach != "sum":
            return None
        inside: list[Node] = []
        for j, (sign, following) in enumerate(parts[k:]):
            if j:
                inside.append(Node("ADD", (), sign))
            inside.append(
                Node(
                    "product", tuple(following if j else following[place + 1 :]) or (Node("NUMBER", (), "1"),)
                )
            )
        body = Node("round", (Node("items", (Node("sum", tuple(inside)),)),))
        first = self.product((*product[: place + 1], body))
        return (-first if parts[k][0] == "-" else first), len(parts)

    @staticmethod
    def _reaches(operator: Node, rest: Sequence[tuple[str, tuple[Node, ...]]]) -> bool:
        r"""Whether `\sum_i a_i + b_i` may mean the sum of both: the index stands in what follows.

        d/dx may, but where it is printed anew before a later summand: `\frac{d}{dx} a + \frac{d}{dx} b`.
        """
        atom, marks = atom_and_marks(operator)
        if atom.kind == "frac":
            return not any(p.kind == "frac" and _operator(p) for _, product in rest for p in product)
        if atom.kind != "BIGOP" or atom.text == "lim":
            return True
        bound = {n.base for m in marks if m.kind == "below" for n in names_in(m)}
        return any(n.base in bound for _, product in rest for p in product for n in names_in(p))

    def dotted(self, parts: Sequence[tuple[str, tuple[Node, ...]]]) -> Term:
        r"""Dots between summands: those that are plain were taken out before (dots.py)."""
        raise Unread(NOT_PLAIN, parts[0][1][0].at, parts[-1][1][-1].end)


def _shift(node: Node) -> int:
    """The c of an index `i + c`."""
    signed = [p.text for p in node.parts] if node.kind == "sum" else []
    return int(signed[1] + signed[2]) if len(signed) == 3 and signed[2].isdigit() else 0


def _operator(node: Node) -> bool:
    atom = node.parts[0] if node.kind == "unit" else node
    if atom.kind == "BIGOP":
        return True
    if node.kind == "frac":
        top = opened(node.parts[0])
        return top.kind in {"PARTIAL", "NAME"} and top.text in {"d", "partial"}
    return False


def _is_integral(node: Node) -> bool:
    atom = node.parts[0] if node.kind == "unit" else node
    return atom.kind == "BIGOP" and atom.text == "int"


def _unequal(condition: Node) -> bool:
    return condition.kind == "item" and [p.text for p in condition.parts[1::2]] == ["!="]


__all__ = ["Sums", "relation", "walk"]


def _is_number(node: Node) -> bool:
    return opened(node).kind == "NUMBER"
