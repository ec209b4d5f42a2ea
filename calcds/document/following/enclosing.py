r"""Where formulas about signals are not zero: the terms that a sum over all integers has.

    w[k] x[i-k]     w has numbers for k = 0, 1, 2 only, or x at -1, 0 only and i is 3: k is between these
    a + b           where one of the two is not zero

Imports: calcds.document.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from fractions import Fraction

from calcds.document.following.choices import ALL, Choice, Number, Span, meet, times, whole_number
from calcds.document.source.latex import Node, walk
from calcds.document.source.names import opened, script
from calcds.document.source.raw import Unread
from calcds.document.source.signals import (
    inline_quotient,
    is_quotient,
    key_of_signal,
    quotient_parts,
    ranges_of,
    row,
)

_ROUNDS = 4
_ROUNDING = 1e-9


class Enclosing(Choice):
    """The part of a world that knows where something may be different from zero."""

    __slots__ = ()

    def enclose(self, body: Node, box: dict[str, Span], places: Mapping[str, Number]) -> None:
        """Narrow the ranges of some indices to where a tree may be something else than zero."""
        whole = dict(box)
        for _ in range(_ROUNDS):
            before = dict(whole)
            for name, span in before.items():
                whole[name] = meet(span, self._where(body, name, whole, places))
            if whole == before:
                break
        box.update(whole)

    def _where(self, node: Node, name: str, box: Mapping[str, Span], places: Mapping[str, Number]) -> Span:
        """Between which values of an index a tree may be something else than zero."""
        node = opened(node)
        if node.kind == "sum":
            spans = [self._where(p, name, box, places) for p in node.parts if p.kind not in {"ADD", "PM"}]
            return min(s[0] for s in spans), max(s[1] for s in spans)
        if node.kind == "product" and (inline := inline_quotient(node.parts)) is not None:
            return self._where_slope(*inline, name, box, places)
        if node.kind == "frac" and is_quotient(node):
            return self._where_slope(*quotient_parts(node), name, box, places)
        if node.kind == "product":
            found = ALL
            for k, part in enumerate(node.parts):
                if part.kind == "unit" and part.parts[0].kind == "BIGOP" and k + 1 < len(node.parts):
                    return meet(found, self._where_sum(part, row(node.parts[k + 1 :]), name, box, places))
                if k and node.parts[k - 1].kind == "MUL" and node.parts[k - 1].text in {"/", "div", "bmod"}:
                    break
                found = meet(found, self._where(part, name, box, places))
            return found
        if node.kind in {"round", "group", "bars"} and len(node.parts) == 1:
            return self._where(node.parts[0], name, box, places)
        if node.kind == "frac":
            return self._where(node.parts[0], name, box, places)
        power = script(node.parts[1]) if node.kind == "unit" and [p.kind for p in node.parts[1:]] == ["above"] else node
        if power is not node and power.kind == "NUMBER":
            return self._where(node.parts[0], name, box, places)
        if node.kind == "member":
            return self._where_member(node, name, box, places)
        return ALL

    def _where_sum(self, operator: Node, body: Node, name: str, box: Mapping[str, Span], places: Mapping[str, Number]) -> Span:
        """The same of a sum: its own indices are first narrowed to where its terms are not zero."""
        own: dict[str, Span] = {}
        for one, low, high in ranges_of(operator):
            try:
                own[one] = self.bound(low, places, -math.inf), self.bound(high, places, math.inf)
            except Unread:  # its range is that of another index
                own[one] = ALL
        for _ in range(_ROUNDS):
            for one, span in [*own.items()]:
                own[one] = meet(span, self._where(body, one, {**box, **own}, places))
        return self._where(body, name, {**box, **own}, places)

    def _where_slope(self, top: Node, bottom: Node, name: str, box: Mapping[str, Span], places: Mapping[str, Number]) -> Span:
        """The same of a derivative of a loss, by the members of the signal through which it is known."""
        loss, by = key_of_signal(top), opened(bottom)
        if loss is None or by.kind != "member" or self.gradients.get(loss) != key_of_signal(by.parts[0]):
            return ALL
        through = self.gradients[loss]
        return self._where_places(by.parts[1:], self.spans(f"d {loss}/d {through}", self.ranks[through]), name, box, places)

    def _where_member(self, node: Node, name: str, box: Mapping[str, Span], places: Mapping[str, Number]) -> Span:
        base, *inside = node.parts
        key, rank = key_of_signal(base), len(inside)
        if key is None:
            spans = self.written_out(base, rank, places).spans
        else:
            key = f"{key}~{node.text}" if node.text else key
            if key not in self.ranks:
                return ALL
            spans = self.spans(key, rank)
        return self._where_places(inside, spans, name, box, places)

    def _where_places(self, inside: Sequence[Node], spans: Sequence[Span], name: str, box: Mapping[str, Span],
                      places: Mapping[str, Number]) -> Span:  # fmt: skip
        """Between which values of an index some places, in which it stands, are within a signal."""
        found = ALL
        for place, (low, high) in zip(inside, spans, strict=True):
            counts = self._affine(place, box, places)
            if counts is None or not counts.get(name):
                continue
            rest_low = rest_high = float(counts.get("", 0))
            for other, count in counts.items():
                if other not in {"", name}:
                    others = [times(count, end) for end in box[other]]
                    rest_low, rest_high = rest_low + min(others), rest_high + max(others)
            ends = [(low - rest_high) / float(counts[name]), (high - rest_low) / float(counts[name])]
            low_end, high_end = min(ends), max(ends)
            first = low_end if math.isinf(low_end) else math.ceil(low_end - _ROUNDING)
            found = meet(found, (first, high_end if math.isinf(high_end) else math.floor(high_end + _ROUNDING)))
        return found

    def _affine(self, node: Node, box: Mapping[str, Span], places: Mapping[str, Number]) -> dict[str, Fraction] | None:
        """A place as a sum of unknown indices with numbers before them, and a number; None for anything else."""
        node = opened(node)
        if node.kind == "round" and len(node.parts) == 1:
            return self._affine(node.parts[0], box, places)
        if node.kind == "NAME" and node.text in box:
            return {node.text: Fraction(1)}
        if not any(n.kind == "NAME" and n.text in box for n in walk(node)):
            return {"": Fraction(whole_number(self.value(node, places)))}
        total: dict[str, Fraction] = {}
        if node.kind == "sum":
            sign = 1
            for part in node.parts:
                if part.kind == "ADD":
                    sign = -1 if part.text == "-" else 1
                    continue
                found = self._affine(part, box, places)
                if found is None:
                    return None
                for name, count in found.items():
                    total[name] = total.get(name, Fraction(0)) + sign * count
                sign = 1
            return total
        if node.kind == "product" and not any(p.kind == "MUL" and p.text != "cdot" for p in node.parts):
            total = {"": Fraction(1)}
            for part in (p for p in node.parts if p.kind != "MUL"):
                found = self._affine(part, box, places)
                if found is None or (set(found) - {""} and set(total) - {""}):
                    return None
                one, other = (found, total) if set(found) - {""} else (total, found)
                total = {name: count * other.get("", Fraction(0)) for name, count in one.items()}
            return total
        return None

    def bound(self, node: Node | None, places: Mapping[str, Number], end: float) -> float:
        """The end of a range; infinite where none is printed."""
        if node is None or any(n.kind == "CONST" for n in walk(node)):
            return end
        return whole_number(self.value(node, places))
