r"""One choice of numbers for the names in formulas about signals: what is known of them, and where they are not zero.

    w[k]       of which nothing is known: a few numbers near 0, or over the range that is printed for it, and zero elsewhere
    y[i]       with a formula: what it comes to
    K, n, i    lengths and places: small whole numbers; other names: fractions

Imports: calcds.decide.clock, calcds.document.source.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from random import Random

from calcds.decide.clock import Deadline
from calcds.document.source.latex import Node
from calcds.document.source.raw import Unread

Number = Fraction | complex
Place = tuple[int, ...]
Span = tuple[float, float]  # integers, or infinite
ALL: Span = (-math.inf, math.inf)
_DEEPEST = 12  # formulas within formulas
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Rule:
    """A formula for the members of a signal, for one of a convolution, of a signal that is moved, or for a number."""

    letters: tuple[str, ...]  # of the places
    body: Node
    section: int = -1
    operands: tuple[str, ...] = ()
    ranges: Mapping[tuple[str, int], tuple[Node, Node]] = field(default_factory=dict)  # over which members are summed


@dataclass(frozen=True, slots=True)
class Signal:
    """Numbers at places, and zero elsewhere."""

    values: Mapping[Place, Number]
    spans: tuple[Span, ...]


@dataclass(slots=True)
class Choice:
    """Numbers for names, and what the text says of names."""

    seed: int
    rules: Mapping[tuple[str, int], Rule]  # of members, by the key and the number of places; numbers have none
    stars: Mapping[str, Rule]  # of convolutions, by their sign
    moves: Mapping[str, Rule]  # of operators on signals, by their key
    wholes: Mapping[str, Rule]  # names of signals with a formula without places
    lists: Mapping[str, Signal]
    ranks: Mapping[str, int]  # of everything that is a signal
    printed: Mapping[tuple[str, int], tuple[Node, Node]]  # the range over which members are summed
    gradients: Mapping[str, str]  # of a loss without a formula: the signal by whose members its derivatives are known
    within: Mapping[str, tuple[Node, Node]] = field(default_factory=dict)  # places of which the range is printed
    impulse: bool = False
    period: str = ""
    turned: str = ""  # an undefined star is no convolution, but a correlation with what stands on the "left" or "right" of it
    integers: frozenset[str] = frozenset()  # names of places
    lengths: frozenset[str] = frozenset()  # names in bounds
    local: dict[str, Signal] = field(default_factory=dict)
    bumps: dict[tuple[str, Place], Fraction] = field(default_factory=dict)
    depth: int = 0
    written: dict[tuple[object, ...], Signal] = field(default_factory=dict)  # keeps the signals that its keys name
    used: set[str] = field(default_factory=set)  # signals that had numbers of their own
    deadline: Deadline = field(default_factory=lambda: Deadline(1.0))  # sums within sums take long

    def scalar(self, key: str) -> Number:
        """The number of a name."""
        bump = self.bumps.get((key, ()), Fraction(0))
        if (rule := self.rules.get((key, 0))) is not None:
            return self.within_formula(rule.body, {}) + bump
        if key == "pi":
            return complex(math.pi)
        if key in self.ranks or key in self.wholes:
            raise Unread("a signal where a number is expected")
        self.used.add(key)
        draw = Random(f"{self.seed} {key}")
        if key in self.lengths:
            return Fraction(draw.randint(2, 5) if key != self.period else draw.randint(3, 5)) + bump
        if (within := self.within.get(key)) is not None:
            low, high = (whole_number(self.value(one, {})) for one in within)
            if low > high:
                raise Unread("a range without places")
            return Fraction(draw.randint(low, high))
        if key in self.integers:
            return Fraction(draw.randint(-2, 3)) + bump
        return Fraction(draw.choice([-7, -5, -3, -2, 2, 3, 5, 7]), draw.choice([1, 2, 3])) + bump

    def member(self, key: str, place: Place) -> Number:
        """The number of a signal at a place."""
        if self.period and len(place) == 1 and key not in self.local:
            place = (place[0] % self._length(self.period),)
        bump = self.bumps.get((key, place), Fraction(0))
        if key in self.local:
            return self.local[key].values.get(place, Fraction(0))  # they were written out with what they are moved by
        if key in self.lists:
            return self.lists[key].values.get(place, Fraction(0)) + bump
        if (rule := self.rules.get((key, len(place)))) is not None:
            return self.within_formula(rule.body, dict(zip(rule.letters, place, strict=True))) + bump
        if (whole := self.wholes.get(key)) is not None:
            return self.at_place(whole.body, place, {}) + bump
        if key == "delta" and self.impulse:
            return Fraction(all(k == 0 for k in place)) + bump
        self.used.add(key)
        if not all(low <= k <= high for k, (low, high) in zip(place, self._own_spans(key, len(place)), strict=True)):
            return bump
        draw = Random(f"{self.seed} {key} {place}")
        return Fraction(draw.choice([-1, 1]) * draw.randint(1, 9)) + bump

    def within_formula(self, body: Node, places: Mapping[str, Number]) -> Number:
        """What a formula comes to. Raises Unread where formulas lead to each other."""
        self._descend()
        try:
            return self.value(body, places)
        finally:
            self.depth -= 1

    def _descend(self) -> None:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise Unread("formulas that lead to each other")

    def _length(self, key: str) -> int:
        return int(self.scalar(key).real)

    def spans(self, key: str, rank: int) -> tuple[Span, ...]:
        """Where a signal may have numbers other than zero."""
        if key in self.local:
            return self.local[key].spans
        if key in self.lists:
            return self.lists[key].spans
        if key == "delta" and self.impulse and (key, rank) not in self.rules:
            return ((0, 0),) * rank
        if (rule := self.rules.get((key, rank))) is not None:
            return self._of_rule(rule)
        if key in self.wholes:
            return self.written_out(self.wholes[key].body, rank, {}).spans
        moved = [place for name, place in self.bumps if name == key and len(place) == rank]
        return tuple(
            (min([low, *(p[axis] for p in moved)]), max([high, *(p[axis] for p in moved)]))
            for axis, (low, high) in enumerate(self._own_spans(key, rank))
        )

    def _own_spans(self, key: str, rank: int) -> tuple[Span, ...]:
        """Where a signal of which nothing is known has numbers."""
        if self.period:
            return (ALL,) * rank
        parameters = key.count("~") and int(key.partition("~")[2])
        draw = Random(f"{self.seed} span {key}")
        found: list[Span] = []
        for axis in range(rank):
            if axis < parameters:
                found.append(ALL)
                continue
            bounds = self.printed.get((key, axis))
            if bounds is not None:
                low, high = (self.value(one, {}) for one in bounds)
                found.append((whole_number(low), whole_number(high)))
            elif self.lengths:
                found.append((0, 1))  # within all lengths
            else:
                low = draw.randint(-2, 1)
                found.append((low, low + (1 if rank > 1 else draw.randint(1, 2))))
        return tuple(found)

    def _of_rule(self, rule: Rule) -> tuple[Span, ...]:
        self._descend()
        box = dict.fromkeys(rule.letters, ALL)
        try:
            self.enclose(rule.body, box, {})
        finally:
            self.depth -= 1
        return tuple(box[letter] for letter in rule.letters)

    # -- what the whole world knows -----------------------------------------------------------------------------

    def value(self, node: Node, places: Mapping[str, Number]) -> Number:
        """The number that a tree stands for."""
        raise NotImplementedError  # pragma: no cover

    def enclose(self, body: Node, box: dict[str, Span], places: Mapping[str, Number]) -> None:
        """Narrow the ranges of some indices to where a tree may be something else than zero."""
        raise NotImplementedError  # pragma: no cover

    def at_place(self, node: Node, place: Place, places: Mapping[str, Number]) -> Number:
        """A member of what stands for a signal."""
        raise NotImplementedError  # pragma: no cover

    def written_out(self, node: Node, rank: int, places: Mapping[str, Number]) -> Signal:
        """All members of a signal."""
        raise NotImplementedError  # pragma: no cover

    def slope(self, top: Node, bottom: Node, place: Place, places: Mapping[str, Number]) -> Number:
        """How fast a number or a member grows with another one."""
        raise NotImplementedError  # pragma: no cover


class Bound:
    """Names that stand for signals within a formula."""

    def __init__(self, world: Choice, signals: Mapping[str, Signal]) -> None:
        self.world, self.signals, self.kept = world, signals, world.local

    def __enter__(self) -> None:
        self.world.local = {**self.kept, **self.signals}

    def __exit__(self, *_: object) -> None:
        self.world.local = self.kept


def whole_number(value: Number) -> int:
    """A place; raises Unread for what is none."""
    found = real(value)
    if found != round(found):
        raise Unread("a place that is no whole number")
    return round(found)


def real(value: Number) -> Fraction | float:
    """A real number; raises Unread for others."""
    if isinstance(value, Fraction):
        return value
    if abs(value.imag) > _ROUNDING:
        raise Unread("a complex number where a real one is expected")
    return value.real


def quotient(top: Number, bottom: Number) -> Number:
    """A quotient; raises Unread for one by zero."""
    if bottom == 0:
        raise Unread("a division by zero")
    return top / bottom


def meet(one: Span, other: Span) -> Span:
    """What two ranges have in common."""
    return max(one[0], other[0]), min(one[1], other[1])


def times(count: Fraction, end: float) -> float:
    """A number times the end of a range."""
    return float(count) * end if count else 0.0
