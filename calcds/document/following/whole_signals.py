r"""Signals as a whole: `w * x`, `S x`, `(1, 2, 3)`, `\partial L / \partial x`, and their members.

Imports: calcds.document.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import product

from calcds.document.following.choices import Bound, Number, Place, Rule, Signal, whole_number
from calcds.document.following.enclosing import Enclosing
from calcds.document.source.latex import Node, walk
from calcds.document.source.names import opened
from calcds.document.source.raw import Unread
from calcds.document.source.signals import (
    OPEN,
    convolved,
    inline_quotient,
    is_quotient,
    key_of_signal,
    listed,
    quotient_parts,
    row,
    table,
)

_WINDOW = {1: 14, 2: 5}  # how far a signal is written out, by its rank


class WholeSignals(Enclosing):
    """The part of a world that knows signals."""

    __slots__ = ()

    def rank(self, node: Node) -> int:
        """How many places a member of it has; 0 for a number."""
        node = opened(node)
        key = key_of_signal(node)
        if key is not None:
            return self.ranks.get(key, 0)
        if listed(node) is not None:
            return 1
        if table(node) is not None:
            return 2
        if node.kind == "member":
            name = key_of_signal(node.parts[0])
            if name is not None and self.ranks.get(name) == len(node.parts) - 1:
                return 0
            full = f"{name}~{len(node.parts) - 1}"
            if full in self.ranks:
                return self.ranks[full] - len(node.parts) + 1
            return self.ranks.get(self._label(node), 0) if name is not None and name not in self.ranks else 0
        if node.kind == "frac" and is_quotient(node):
            return self.rank(quotient_parts(node)[1])
        if node.kind == "product" and (inline := inline_quotient(node.parts)) is not None:
            return self.rank(inline[1])
        if node.kind in {"sum", "product", "round", "group"} or (node.kind == "items" and len(node.parts) == 1):
            return max((self.rank(p) for p in node.parts if p.kind not in {"ADD", "MUL"}), default=0)
        return 0

    @staticmethod
    def _label(node: Node) -> str:
        return f"{key_of_signal(node.parts[0])}_{','.join(p.text for p in node.parts[1:])}"

    def whole(self, node: Node, rank: int) -> dict[Place, Number]:
        """All members of a signal that are not zero."""
        return {place: value for place, value in self.written_out(node, rank, {}).values.items() if value}

    def written_out(self, node: Node, rank: int, places: Mapping[str, Number]) -> Signal:
        """All members of a signal, once for everything that they depend on."""
        if rank not in _WINDOW:
            raise Unread("a signal with too many places")
        used = {n.text for n in walk(node) if n.kind == "NAME"}
        here = tuple(sorted((name, value) for name, value in places.items() if name in used and isinstance(value, Fraction)))
        known = node, rank, here, tuple(sorted((k, id(v)) for k, v in self.local.items())), tuple(sorted(self.bumps.items()))
        if known not in self.written:
            self.written[known] = self._write_out(node, rank, places)
        return self.written[known]

    def _write_out(self, node: Node, rank: int, places: Mapping[str, Number]) -> Signal:
        reach = _WINDOW[rank]
        values: dict[Place, Number] = {}
        for place in product(range(-reach, reach + 1), repeat=rank):
            value = self.at_place(node, place, places)
            if value:
                if reach in map(abs, place):
                    raise Unread("a signal that does not end")
                values[place] = value
        spans = tuple(
            (min((p[axis] for p in values), default=0), max((p[axis] for p in values), default=-1)) for axis in range(rank)
        )
        return Signal(values, spans)

    def at_place(self, node: Node, place: Place, places: Mapping[str, Number]) -> Number:
        """A member of what stands for a signal."""
        node = opened(node)
        key = key_of_signal(node)
        if key is not None and self.ranks.get(key) == len(place):
            return self.member(key, place)
        if (entries := listed(node)) is not None and len(place) == 1:
            return self.value(entries[place[0]], places) if 0 <= place[0] < len(entries) else Fraction(0)
        if (lines := table(node)) is not None and len(place) == 2:
            inside = 0 <= place[0] < len(lines) and 0 <= place[1] < len(lines[0])
            return self.value(lines[place[0]][place[1]], places) if inside else Fraction(0)
        if node.kind == "member":
            return self._curried(node, place, places)
        if node.kind in {"round", "group"} and len(node.parts) == 1:
            return self.at_place(node.parts[0], place, places)
        if node.kind == "frac" and is_quotient(node):
            return self.slope(*quotient_parts(node), place, places)
        if node.kind == "sum":
            total: Number = Fraction(0)
            sign = 1
            for part in node.parts:
                if part.kind == "ADD":
                    sign = -1 if part.text == "-" else 1
                else:
                    total, sign = total + sign * self.at_place(part, place, places), 1
            return total
        if node.kind == "product":
            return self._at_product(node, place, places)
        raise Unread(f"{node.kind} where a signal is expected", node.at, node.end)

    def _curried(self, node: Node, place: Place, places: Mapping[str, Number]) -> Number:
        base, *inside = node.parts
        key = f"{key_of_signal(base)}~{len(inside)}"
        if key in self.ranks:
            return self.member(key, (*(whole_number(self.value(one, places)) for one in inside), *place))
        if (label := self._label(node)) in self.ranks and key_of_signal(base) not in self.ranks:
            return self.member(label, place)
        raise Unread("a member where a signal is expected", node.at, node.end)

    def _at_product(self, node: Node, place: Place, places: Mapping[str, Number]) -> Number:
        if (inline := inline_quotient(node.parts)) is not None:
            return self.slope(*inline, place, places)
        if (found := convolved(node)) is not None:
            before, sign, after = found
            return self._convolution(row(before), sign, row(after), place, places)
        first, *rest = [p for p in node.parts if p.kind != "MUL" or p.text not in {"cdot", ""}]
        move = self.moves.get(key_of_signal(first) or "")
        if move is not None and rest and len(place) == len(move.letters):
            return self._moved(move, row(rest), place, places)
        if rest and self.rank(first) == 0:
            return self.value(first, places) * self.at_place(row(rest), place, places)
        if rest and not any(self.rank(p) for p in rest):
            return self.at_place(first, place, places) * self.value(row(rest), places)
        raise Unread("a product of signals", node.at, node.end)

    def _moved(self, move: Rule, operand: Node, place: Place, places: Mapping[str, Number]) -> Number:
        with Bound(self, {move.operands[0]: self.written_out(operand, len(place), places)}):
            return self.within_formula(move.body, dict(zip(move.letters, map(Fraction, place), strict=True)))

    def _convolution(self, left: Node, sign: str, right: Node, place: Place, places: Mapping[str, Number]) -> Number:
        pair = [self.written_out(one, len(place), places) for one in (left, right)]
        rule = self.stars.get(sign)
        if rule is not None and len(rule.letters) == len(place) and not self.turned:
            lengths = self._lengths_of(rule, pair)
            with Bound(self, dict(zip(rule.operands, pair, strict=True))):
                return self.within_formula(rule.body, {**lengths, **dict(zip(rule.letters, map(Fraction, place), strict=True))})
        if sign in OPEN and self.turned in {"", "none"}:
            raise Unread("an operation that the text does not define")
        one, other = pair if self.turned != "right" else pair[::-1]
        total: Number = Fraction(0)
        for where, value in one.values.items():
            step = tuple(p + w if self.turned in {"left", "right"} else p - w for p, w in zip(place, where, strict=True))
            total = total + value * other.values.get(step, Fraction(0))
        return total

    def _lengths_of(self, rule: Rule, pair: Sequence[Signal]) -> dict[str, Fraction]:
        r"""The K of `\sum_{k=0}^{K-1} w[k] x[i-k]` for the signals that are convolved: so long that no number is left out."""
        found: dict[str, Fraction] = {}
        for (key, _), (_, high) in rule.ranges.items():
            names = [n.text for n in walk(high) if n.kind == "NAME"]
            signal = dict(zip(rule.operands, pair, strict=True)).get(key)
            if signal is None or len(names) != 1 or opened(high).kind not in {"sum", "NAME"}:
                continue
            if any(low < 0 for low, _ in signal.spans):
                raise Unread("a signal with numbers in front of the range of a sum")
            last = max(int(end) for _, end in signal.spans)
            found[names[0]] = Fraction(last) - whole_number(self.value(high, {names[0]: Fraction(0)}))
        return found

