r"""Signals with numbers in them: what a formula about signals comes to in one choice of numbers for its names.

    \sum_k w[k] x[i-k]           w and x are numbers at a few places and zero elsewhere, i is a whole number
    \sum_{k=0}^{K-1} w[k] ...    a range that is printed says where w may have numbers
    (w * x)[i]                   by the formula that the text has for its star, or as the full convolution
    \frac{\partial L}{\partial w[k]}    through the members that the derivatives of L are known by, or by the formula of L

A sum without a range runs over all integers. It is worked out where it has finitely many terms, which is found out from where
the signals in it have numbers: in the product w[k] x[i-k] it is enough that w has finitely many. Numbers are exact, except
behind roots of unity. What is not understood raises Unread.

Imports: calcds.document.
"""

from __future__ import annotations

import cmath
import math
from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import product

from calcds.document.following.choices import ALL, Number, Place, Span, quotient, real, whole_number
from calcds.document.following.whole_signals import WholeSignals
from calcds.document.source.keys import full_key
from calcds.document.source.latex import Node, walk
from calcds.document.source.names import atom_and_marks, named, opened, script
from calcds.document.source.raw import Unread
from calcds.document.source.signals import (
    inline_quotient,
    is_quotient,
    key_of_signal,
    quotient_parts,
    ranges_of,
    row,
)

_MOST_TERMS = 80
_FUNCTIONS = {"exp": cmath.exp, "cos": cmath.cos, "sin": cmath.sin}
_SLOPE = ((-2, Fraction(1, 12)), (-1, Fraction(-2, 3)), (1, Fraction(2, 3)), (2, Fraction(-1, 12)))  # exact for degree 4


class World(WholeSignals):
    """One choice of numbers, and what trees come to in it."""

    __slots__ = ()

    def draws(self, node: Node) -> bool:
        """Whether a side has a value that rests on names of which nothing is known, or none at all."""
        rank = self.rank(node)
        try:
            if rank:
                self.whole(node, rank)
            else:
                self.value(node, {})
        except (Unread, ArithmeticError):
            return True
        return bool(self.used)

    # -- trees as numbers -----------------------------------------------------------------------------------------

    def value(self, node: Node, places: Mapping[str, Number]) -> Number:
        """The number that a tree stands for."""
        if self.deadline.late:
            raise Unread("these sums take too long")
        node = opened(node)
        match node.kind:
            case "NUMBER":
                return Fraction(node.text)
            case "sum":
                return self._sum(node.parts, places)
            case "product":
                return self._product(node.parts, places)
            case "member":
                return self._member(node, places)
            case "round" | "group" | "square" | "braces" if len(node.parts) == 1 and opened(node.parts[0]).kind != "items":
                return self.value(node.parts[0], places)
            case "frac" if is_quotient(node):
                return self.slope(*quotient_parts(node), (), places)
            case "frac":
                return quotient(self.value(node.parts[0], places), self.value(node.parts[1], places))
            case "unit":
                return self._unit(node, places)
            case "bars" if len(node.parts) == 1:
                inside = self.value(node.parts[0], places)
                return abs(inside) if isinstance(inside, Fraction) else complex(abs(inside))
            case "floor" if len(node.parts) == 1:
                return Fraction(math.floor(real(self.value(node.parts[0], places))))
        key = key_of_signal(node)
        if key is None:
            raise Unread(f"{node.kind} among signals", node.at, node.end)
        return places[key] if key in places else self.scalar(key)

    def _unit(self, node: Node, places: Mapping[str, Number]) -> Number:
        atom, marks = atom_and_marks(node)
        if atom.kind == "BIGOP" or not marks:
            return self._product((node,), places)
        *before, last = marks
        if last.kind != "above":
            key = _key_with_marks(node)
            if key is None:
                raise Unread("a mark that is not read among signals", node.at, node.end)
            return self.scalar(key)
        inner = Node("unit", (atom, *before), "", node.at, node.end) if before else atom
        exponent = script(last)
        if exponent.kind in {"SYMBOL", "MUL", "SIGN", "TEXT", "round"}:
            raise Unread("a mark that is not read among signals", node.at, node.end)
        power = self._exponent(exponent, places)
        base = opened(inner)
        if base.kind == "NAME" and base.text == "e" and "e" not in places and ("e", 0) not in self.rules:
            return cmath.exp(complex(power))
        under = self.value(inner, places)
        if isinstance(power, Fraction) and power.denominator == 1 and abs(power) <= 200:
            if under == 0 and power < 0:
                raise Unread("a division by zero")
            return under ** int(power)
        return complex(under) ** complex(power)

    def _exponent(self, node: Node, places: Mapping[str, Number]) -> Number:
        r"""An exponent, in which an i that is no index is the imaginary unit."""
        names = {n.text for n in walk(node) if n.kind == "NAME"} & {"i", "j"} - set(places) - self.integers
        units = {name: 1j for name in names if (name, 0) not in self.rules}
        return self.value(node, {**places, **units}) if len(units) == 1 else self.value(node, places)

    def _sum(self, parts: Sequence[Node], places: Mapping[str, Number]) -> Number:
        total: Number = Fraction(0)
        sign = 1
        for part in parts:
            if part.kind == "ADD":
                sign = -1 if part.text == "-" else 1
            elif part.kind == "PM":
                raise Unread("a sign that means two formulas", part.at, part.end)
            else:
                total, sign = total + sign * self.value(part, places), 1
        return total

    def _product(self, parts: Sequence[Node], places: Mapping[str, Number]) -> Number:
        total: Number = Fraction(1)
        sign, k, divided = "", 0, False
        while k < len(parts):
            part = parts[k]
            if part.kind == "MUL":
                sign, k, divided = part.text, k + 1, False
                if sign not in {"cdot", "times", "/", "div", "bmod", "*", "ast"}:
                    raise Unread("an operation that is not read among signals", part.at, part.end)
                continue
            if part.kind == "ADD":
                total, k = -total if part.text == "-" else total, k + 1
                continue
            if divided:
                raise Unread("a factor behind a quotient", part.at, part.end)
            atom, _ = atom_and_marks(part)
            if k and not sign and parts[k - 1].kind in {"NAME", "style"} and atom.kind in {"round", "square", "braces"}:
                self._check_factor(parts[k - 1])
            if atom.kind == "BIGOP":
                factor, k = self._big(part, row(parts[k + 1 :]) if k + 1 < len(parts) else None, places), len(parts)
            elif atom.kind == "PARTIAL":
                factor, k = self._inline(parts, k, places)
            elif atom.kind == "FUNC":
                factor, k = self._function(parts, k, places)
            else:
                factor, k = self.value(part, places), k + 1
            if sign == "bmod":
                total = Fraction(whole_number(total) % whole_number(factor))
            elif sign in {"/", "div"}:
                total, divided = quotient(total, factor), True
            else:
                total = total * factor
            sign = ""
            if total == 0 and not any(p.kind == "MUL" and p.text in {"/", "div", "bmod"} for p in parts[k:]):
                return Fraction(0)
        return total

    def _function(self, parts: Sequence[Node], k: int, places: Mapping[str, Number]) -> tuple[Number, int]:
        """`cos(...)` and the like, of what stands in the bracket behind it."""
        apply = _FUNCTIONS.get(parts[k].text)
        if apply is None or k + 1 == len(parts) or parts[k + 1].kind != "round":
            raise Unread(f"{parts[k].text} among signals", parts[k].at, parts[k].end)
        return apply(complex(self._exponent(parts[k + 1], places))), k + 2

    def _check_factor(self, name: Node) -> None:
        """A name in front of a bracket is a factor where it is one of whole numbers; otherwise it may be a function."""
        key = key_of_signal(name)
        if key not in self.integers and key not in self.lengths:
            raise Unread("a name in front of a bracket: a factor, or a function?", name.at, name.end)

    def _member(self, node: Node, places: Mapping[str, Number]) -> Number:
        base, *inside = node.parts
        where = tuple(whole_number(self.value(one, places)) for one in inside)
        key = key_of_signal(base)
        if key is None:
            return self.at_place(base, where, places)
        if node.text:
            key = f"{key}~{node.text}"
        if key not in self.ranks:
            return self.scalar(f"{key}_{','.join(map(str, where))}")
        return self.member(key, where)

    def _big(self, operator: Node, body: Node | None, places: Mapping[str, Number]) -> Number:
        atom, _ = atom_and_marks(operator)
        if atom.text != "sum" or body is None:
            raise Unread(f"\\{atom.text} among signals", operator.at, operator.end)
        ranges = ranges_of(operator)
        box: dict[str, Span] = dict.fromkeys((name for name, *_ in ranges), ALL)
        for name, low, high in ranges:
            box[name] = (self.bound(low, places, -math.inf), self.bound(high, places, math.inf))
        if any(math.inf in map(abs, span) for span in box.values()):
            self.enclose(body, box, places)
        total: Number = Fraction(0)
        runs = []
        for first, last in (box[name] for name, *_ in ranges):
            if math.inf in {abs(first), abs(last)} or last - first > _MOST_TERMS:
                raise Unread("a sum without a range, or with too many terms", operator.at, operator.end)
            runs.append(range(math.ceil(first), math.floor(last) + 1))
        for values in product(*runs):
            total = total + self.value(body, {**places, **dict(zip(box, map(Fraction, values), strict=False))})
        return total

    # -- derivatives ------------------------------------------------------------------------------------------------

    def _inline(self, parts: Sequence[Node], k: int, places: Mapping[str, Number]) -> tuple[Number, int]:
        r"""`\partial L / \partial w[k]` in a row of factors."""
        inline = inline_quotient(parts[k : k + 5])
        if inline is None:
            raise Unread("a derivative that is not read among signals", parts[k].at, parts[k].end)
        return self.slope(*inline, (), places), k + 5

    def slope(self, top: Node, bottom: Node, place: Place, places: Mapping[str, Number]) -> Number:
        """How fast a number or a member grows with another one."""
        key, where = self._variable(bottom, places)
        where = (*where, *place)
        above = self._variable(top, places) if top.kind == "member" else (key_of_signal(top) or "", ())
        if above[0] in self.ranks or (above[0], 0) in self.rules:
            return self._differences(*above, key, where)
        through = self.gradients.get(above[0])
        if through is None:
            raise Unread("what the derivative depends on is not said")
        head = f"d {above[0]}/d {through}"
        if through == key:
            return self.member(head, where)
        total: Number = Fraction(0)
        for there in product(*(range(int(low), int(high) + 1) for low, high in self.spans(head, self.ranks[through]))):
            total = total + self.member(head, there) * self._differences(through, there, key, where)
        return total

    def _variable(self, node: Node, places: Mapping[str, Number]) -> tuple[str, Place]:
        node = opened(node)
        if node.kind == "member":
            base, *inside = node.parts
            where = tuple(whole_number(self.value(one, places)) for one in inside)
            key = key_of_signal(base)
            if key is not None and key in self.ranks:
                return key, where
            return f"{key}_{','.join(map(str, where))}", ()
        key = key_of_signal(node)
        if key is None:
            raise Unread("a derivative by what is no name", node.at, node.end)
        return key, ()

    def _differences(self, above: str, there: Place, key: str, where: Place) -> Number:
        """A derivative by exact differences: formulas of signals are polynomials of a small degree."""
        if (above, there) == (key, where):
            return Fraction(1)
        rule = self.rules.get((above, len(there))) or self.wholes.get(above)
        if rule is None:
            raise Unread("what the derivative depends on is not said")
        if any(n.kind in {"bars", "FUNC", "floor"} for n in walk(rule.body)):
            raise Unread("a derivative of what is no polynomial")
        total: Number = Fraction(0)
        kept = self.bumps
        for step, weight in _SLOPE:
            self.bumps = {**kept, (key, where): kept.get((key, where), Fraction(0)) + step}
            total = total + weight * (self.member(above, there) if there else self.scalar(above))
        self.bumps = kept
        return total


def _key_with_marks(node: Node) -> str | None:
    found = named(node)
    return full_key(found) if found is not None else None
