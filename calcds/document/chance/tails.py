r"""Probabilities of a random variable with a stated law: `P(X = k)`, `P(X \le x)`, `P(a < X \le b)`, `P(X > s + t \mid X > s)`.

    P(N = k) = e^{-\lambda} \lambda^k / k!        N is Poisson, k >= 0
    P(N \ge 1) = 1 - e^{-\lambda}                 1 - P(N <= 0)
    P(N > k) = (1-p)^k                            N is geometric from 1, k >= 0
    P(T > t) = e^{-\lambda t}                     T is exponential, t >= 0
    P(T > s + t \mid T > s) = e^{-\lambda t}      the smaller event divided by the larger one: t >= 0
    P(X \le x) = \Phi((x - \mu) / \sigma)         X is normal
    P(|X - \mu| \le z) = 2 \Phi(z / \sigma) - 1

That a value is between the ends of the values of X is a condition of the line. For whole numbers P(X < k) is P(X <= k - 1);
of a letter that usually is no whole number this is not certain.

Imports: calcds.document, calcds.expr.
"""

from __future__ import annotations

from collections.abc import Sequence

from calcds.document.chance.gaussians import Gaussians, distribution
from calcds.document.chance.laws import of_numbers, range_of
from calcds.document.chance.profiles import Profile, number_of
from calcds.document.source.keys import labelled
from calcds.document.source.latex import Node
from calcds.document.source.names import Named, atom_and_marks, letter_of, named, names_in, opened
from calcds.document.source.raw import Unread
from calcds.document.words.randomness import BRACKETS, PROBABILITIES, full_of
from calcds.expr import operators as op
from calcds.expr.term import ONE, TRUE, ZERO, Term, number, relation

_BELOW, _ABOVE = {"<", "<="}, {">", ">="}
_WHOLE = set("ijklmnrN")  # letters that are whole numbers where they are values of a count
_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


class Tails(Gaussians):
    """Probabilities of conditions on one variable."""

    def tail(self, name: Named, parts: Sequence[Node], k: int) -> tuple[Term, int] | None:
        r"""`P(X \le x)` and `P(X > s + t \mid X > s)` of a variable with a law; None for anything else."""
        key, below, rest = labelled(name)
        if key not in PROBABILITIES or below or rest or k + 1 >= len(parts) or not self.scope.chance.spoken:
            return None
        bracket, after = atom_and_marks(parts[k + 1])
        if bracket.kind not in BRACKETS or len(bracket.parts) != 1:
            return None
        inside = bracket.parts[0]
        items = [opened(p) for p in (inside.parts if inside.kind == "items" else (inside,)) if p.kind != "MID"]
        if any(p.kind != "item" for p in items) or len(items) > 2 or (len(items) == 2 and len(inside.parts) != 3):
            return None
        chances = [self._of_condition(item) for item in items]
        if any(c is None for c in chances) or (len(items) == 2 and not self._is_within(*items)):
            return None
        first, last = chances[0], chances[-1]
        assert first is not None  # asked before
        assert last is not None
        found = first if len(items) == 1 else first / last
        self.worked.add(found)
        return self.marked(found, after, parts[k + 1]), k + 2

    def _is_within(self, event: Node, given: Node) -> bool:
        """Whether `X > s + t` is asked where `X > s` is given: the first is the smaller event where t is not negative."""
        signs = [p.text for item in (event, given) for p in item.parts[1::2]]
        variables = [named(opened(item.parts[0])) for item in (event, given)]
        alike = all(v is not None for v in variables) and len({full_of(v) for v in variables if v is not None}) == 1
        if not alike or len(signs) != 2 or signs[0] not in {signs[1], "="}:
            return False
        values = [self.value(item.parts[2]) for item in (event, given)]
        if signs[1] not in _ABOVE | _BELOW or (signs[0] == "=" and signs[1] not in {">=", "<="}):
            return False
        self._suppose(relation(">=", *(values if signs[1] in _ABOVE else reversed(values))))
        return True

    def _of_condition(self, item: Node) -> Term | None:
        signs, values = [p.text for p in item.parts[1::2]], list(item.parts[::2])
        if len(signs) == 1 and self.law_of_name(values[0]) is None and self.law_of_name(values[1]) is not None:
            signs, values = [_TURNED.get(signs[0], signs[0])], values[::-1]
        if any(self._is_random(v) for v in (values[1:] if len(signs) == 1 else (values[0], values[-1]))):
            return None
        if len(signs) == 2 and (set(signs) <= _BELOW or set(signs) <= _ABOVE):
            if set(signs) <= _ABOVE:
                signs, values = [_TURNED[s] for s in reversed(signs)], values[::-1]
            return self._from_to(values, signs)
        if len(signs) != 1 or signs[0] not in _BELOW | _ABOVE | {"="}:
            return None
        atom, marks = atom_and_marks(opened(values[0]))
        if atom.kind == "bars" and not marks and len(atom.parts) == 1 and signs[0] != "=":
            return self._of_distance(atom.parts[0], signs[0], values[1])
        standard = self.standardised(values[0])
        if standard is not None:
            if signs[0] == "=":
                return None
            below = distribution((self._bound(values[1]) - standard[0]) / standard[1])
            return below if signs[0] in _BELOW else ONE - below
        known = self._profile(values[0])
        return None if known is None else self._at(known, signs[0], self._bound(values[1]))

    def _is_random(self, bound: Node) -> bool:
        return any(self.scope.chance.is_random(full_of(n), self.scope.around) and letter_of(n.base).isupper()
                   for n in names_in(bound))  # fmt: skip

    def _from_to(self, values: Sequence[Node], signs: Sequence[str]) -> Term | None:
        """`P(a < X <= b)`."""
        (low, middle, high), (first, second) = values, signs
        standard = self.standardised(middle)
        if standard is not None:
            ends = [distribution((self._bound(end) - standard[0]) / standard[1]) for end in (high, low)]
            return ends[0] - ends[1]
        known = self._profile(middle)
        if known is None:
            return None
        bounds = self._bound(low), self._bound(high)
        above, below = self._at(known, ">" if first == "<" else ">=", bounds[0]), self._at(known, second, bounds[1])
        if above is None or below is None:
            return None
        if (bounds[1] - bounds[0]).free:
            self._suppose(relation(">=", bounds[1], bounds[0]))
        return above + below - ONE

    def _of_distance(self, inside: Node, sign: str, bound: Node) -> Term | None:
        """`P(|X - m| <= z)` of an X with a density."""
        inside, middle = opened(inside), ZERO
        if inside.kind == "sum" and len(inside.parts) == 3 and inside.parts[1].text == "-":
            inside, middle = inside.parts[0], self.value(inside.parts[2])
        found = self.standardised(inside)
        if found is None:
            return self._of_far(inside, middle, sign, self.value(bound))
        distance = self.value(bound)
        mean, deviation = found
        low, high = ((middle + shift - mean) / deviation for shift in (-distance, distance))
        if middle is mean:
            low, high = -distance / deviation, distance / deviation
        within = distribution(high) - distribution(low)
        return within if sign in _BELOW else ONE - within

    def _of_far(self, variable: Node, middle: Term, sign: str, distance: Term) -> Term | None:
        """P(|X - m| > z) = P(X > m + z) + P(X < m - z)."""
        known = self._profile(variable)
        if known is None or known.whole or number_of(distance) is None:  # else: is z negative, is it far from both ends?
            return None
        above, below = self._at(known, ">", middle + distance), self._at(known, "<", middle - distance)
        if above is None or below is None:
            return None
        return above + below if sign in _ABOVE else ONE - (above + below)

    def _bound(self, node: Node) -> Term:
        if opened(node).kind == "CONST":
            raise Unread("an endless range of a random variable", node.at, node.end)
        return self.value(node)

    # -- laws other than the normal one ---------------------------------------------------------------------------

    def _profile(self, node: Node) -> Profile | None:
        """The values of what a node names, and their probabilities; None where they are not known."""
        law = self.law_of_name(node)
        values = [self.value(opened(v)) for v in law.values] if law is not None else []
        if law is None or not values or self.are_random(values):
            return None
        found = of_numbers(law.law, values)
        if found is not None:
            self.implied += range_of(law.law, values)
        return found

    def _at(self, known: Profile, sign: str, u: Term) -> Term | None:
        """P(X sign u)."""
        if known.whole:
            return self._of_count(known, sign, u)
        if sign == "=":
            self.doubt("the probability of a single value may be meant as a density")
            return ZERO
        ends = [(u, known.low), (known.high, u)]
        for high, low in ends:
            if high is not None and low is not None:
                place = _compared(high, low)
                if place is False:  # below the least value, or above the largest one
                    return ZERO if (sign in _BELOW) == (low is known.low) else ONE
                if place is None:
                    self._suppose(relation(">=", high, low))
        if sign in _ABOVE and known.above is not None:
            return known.above(u)
        return known.below(u) if sign in _BELOW else ONE - known.below(u)

    def _of_count(self, known: Profile, sign: str, u: Term) -> Term | None:
        value = number_of(u)
        if value is not None and value.denominator != 1:
            return None
        if any(letter_of(self.owners.get(s, str(s))) not in _WHOLE and not s.data[1].has("integer") for s in u.free):
            self.doubt(f"whether {u} is a whole number is not said")
        if sign == "=":
            return self._of_value(known, u)
        last = u - ONE if sign in {"<", ">="} else u  # P(X < u) = P(X <= u - 1), P(X >= u) = 1 - P(X <= u - 1)
        last = last if (n := number_of(last)) is None else number(n)
        assert known.low is not None  # of all laws of whole numbers
        inside = [_compared(last, known.low - ONE), True if known.high is None else _compared(known.high, last)]
        if inside[0] is False:
            return ZERO if sign in _BELOW else ONE
        if inside[1] is False:
            return ONE if sign in _BELOW else ZERO
        if inside[0] is None:
            self._suppose(relation(">=", last, known.low - ONE))
        if inside[1] is None and known.high is not None:
            self._suppose(relation(">=", known.high, last))
        if sign in _ABOVE and known.above is not None:
            return known.above(last)
        return known.below(last) if sign in _BELOW else ONE - known.below(last)

    def _of_value(self, known: Profile, u: Term) -> Term:
        """P(X = u), which is 0 outside of the values of X."""
        assert known.low is not None  # of all laws of whole numbers
        ends = [(u, known.low)] + ([(known.high, u)] if known.high is not None else [])
        places = [_compared(high, low) for high, low in ends]
        if False in places:
            return ZERO
        open_ones = [relation(">=", *end) for end, place in zip(ends, places, strict=True) if place is None]
        if any(b.symbol in u.free for b in self.bound.values()):
            within = [c for c in open_ones if c.args[1] is not ZERO]  # the index of a sum is not negative
            return op.piecewise((known.mass(u), op.And(*within)), (ZERO, TRUE)) if within else known.mass(u)
        for condition in open_ones:
            self._suppose(condition)
        return known.mass(u)

    def _suppose(self, condition: Term) -> None:
        """A condition on letters; none on the index of a sum, whose values are its own."""
        if condition.free and not any(b.symbol in condition.free for b in self.bound.values()):
            self.implied.append(condition)


def _compared(high: Term, low: Term) -> bool | None:
    """Whether a printed number is at least another one; None where letters stand in them."""
    found = [number_of(t) for t in (high, low)]
    return None if found[0] is None or found[1] is None else found[0] >= found[1]


__all__ = ["Tails"]
