r"""The standard normal distribution: `\Phi(z)`, its density `\varphi(z)`, and probabilities of a normal variable.

    \Phi(z) = \frac12 \bigl(1 + \operatorname{erf}(z/\sqrt2)\bigr)          \varphi(z) = \Phi'(z) = e^{-z^2/2}/\sqrt{2\pi}
    P(X \le x) = \Phi\left(\frac{x-\mu}{\sigma}\right)                  where X ~ N(mu, sigma^2)
    P(|Z| \le z) = \Phi(z) - \Phi(-z)                                for z >= 0, and a Z of which nothing else is said
    P(T > t) = e^{-\lambda t}                                       where T is exponential and t >= 0

They are read so where the text speaks of a normal distribution and gives \Phi no other meaning: a feature map, a matrix or a
potential stands somewhere without a bracket, transposed or in an equation of its own. The letter of the density has to be
called so, or to stand beside \Phi.

Imports: calcds.document, calcds.expr.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from calcds.document.latex import Node
from calcds.document.laws import OTHER, deviation_of, range_of
from calcds.document.names import Named, atom_and_marks, named, opened, shown
from calcds.document.randomness import BRACKETS, PROBABILITIES, Said, full_of
from calcds.document.raw import Unread
from calcds.document.stating import Stated
from calcds.document.symbols import labelled
from calcds.expr import operators as op
from calcds.expr.functions import HALF, PI
from calcds.expr.term import ONE, ZERO, Term, number, relation, subterms

_TWO = number(2)
_DENSITIES = {"phi", "varphi"}
_WITH_DENSITY = {"exponential", "exponential by its mean", "uniform"}
_BELOW, _ABOVE = {"<", "<="}, {">", ">="}


def distribution(u: Term) -> Term:
    r"""\Phi(u)."""
    return HALF * (ONE + op.function("erf")(u / _TWO**HALF))


def density(u: Term) -> Term:
    r"""\varphi(u)."""
    return op.function("exp")(-(u**_TWO) / _TWO) / (_TWO * PI) ** HALF


class Gaussians(Stated):
    """Normal variables."""

    def normal(self, name: Named, parts: Sequence[Node], k: int) -> tuple[Term, int] | None:
        r"""`\Phi(z)`, `\varphi'(z)`; None where the name is something else."""
        key, below, rest = labelled(name)
        if key not in {"Phi", *_DENSITIES} or below or k + 1 >= len(parts) or any(m.kind != "prime" for m in rest):
            return None
        bracket, after = atom_and_marks(parts[k + 1])
        if bracket.kind != "round" or len(bracket.parts) != 1 or not self._is_normal(key):
            return None
        inside = bracket.parts[0]
        if inside.kind == "items" and len(inside.parts) > 1:
            return None
        argument = self.value(inside)
        if not argument.is_scalar:
            self.doubt(f"{shown(key)} of a vector may be no normal distribution")
        build = distribution if key == "Phi" else density
        value = self.derivative_at(build, argument, len(rest)) if rest else build(argument)  # type: ignore[attr-defined]
        return self.marked(value, after, parts[k + 1]), k + 2

    def _is_normal(self, key: str) -> bool:
        scope = self.scope
        if "normal" not in scope.settings or self._is_named(key):
            return False
        if key == "Phi":
            return True
        return scope.settings["normal"] == key or ("Phi" in self.usage.called_once and not self._is_named("Phi"))

    def _is_named(self, key: str) -> bool:
        """Whether the text gives a letter another meaning."""
        scope = self.scope
        function = scope.function(key, old=True)
        body = function.body if function is not None else None
        integral = key == "Phi" and body is not None and any(t.head == "integral" for t in subterms(body))
        known = scope.kind(key, old=True) or scope.definition(key, old=True) or (body is not None and not integral)
        letters = {key, f"bold {key}"}
        return bool(known) or not letters.isdisjoint(scope.evidence) or key in self.bound or key in scope.values

    # -- probabilities ------------------------------------------------------------------------------------------

    def tail(self, name: Named, parts: Sequence[Node], k: int) -> tuple[Term, int] | None:
        r"""`P(X \le x)` and `P(X > s + t \mid X > s)` of a variable with a density; None for anything else."""
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
        return self.marked(first if len(items) == 1 else first / last, after, parts[k + 1]), k + 2

    def _is_within(self, event: Node, given: Node) -> bool:
        """Whether `X > s + t` is asked where `X > s` is given: the first is the smaller event where t is not negative."""
        signs = {p.text for item in (event, given) for p in item.parts[1::2]}
        variables = [named(opened(item.parts[0])) for item in (event, given)]
        alike = all(v is not None for v in variables) and len({full_of(v) for v in variables if v is not None}) == 1
        if not alike or not signs <= _ABOVE or any(len(item.parts) != 3 for item in (event, given)):
            return False
        self.implied.append(relation(">=", self.value(event.parts[2]), self.value(given.parts[2])))
        return True

    def _of_condition(self, item: Node) -> Term | None:
        signs, values = [p.text for p in item.parts[1::2]], item.parts[::2]
        if len(signs) == 2 and (set(signs) <= _BELOW or set(signs) <= _ABOVE):
            low, high = (values[0], values[2]) if set(signs) <= _BELOW else (values[2], values[0])
            found = self._cumulative(values[1])
            return None if found is None else found(self._bound(high)) - found(self._bound(low))
        if len(signs) != 1 or signs[0] not in _BELOW | _ABOVE:
            return None
        atom, marks = atom_and_marks(opened(values[0]))
        if atom.kind == "bars" and not marks and len(atom.parts) == 1:
            return self._of_distance(atom.parts[0], signs[0], values[1])
        found = self._cumulative(values[0])
        if found is None:
            return None
        below = found(self._bound(values[1]))
        return below if signs[0] in _BELOW else ONE - below

    def _of_distance(self, inside: Node, sign: str, bound: Node) -> Term | None:
        """`P(|X - m| <= z)` of a normal X."""
        inside, middle = opened(inside), ZERO
        if inside.kind == "sum" and len(inside.parts) == 3 and inside.parts[1].text == "-":
            inside, middle = inside.parts[0], self.value(inside.parts[2])
        found = self._standardised(inside)
        if found is None:
            return None
        distance = self.value(bound)
        mean, deviation = found
        low, high = ((middle + shift - mean) / deviation for shift in (-distance, distance))
        if middle is mean:
            low, high = -distance / deviation, distance / deviation
        within = distribution(high) - distribution(low)
        return within if sign in _BELOW else ONE - within

    def _bound(self, node: Node) -> Term:
        if opened(node).kind == "CONST":
            raise Unread("an endless range of a random variable", node.at, node.end)
        return self.value(node)

    def _cumulative(self, node: Node) -> Callable[[Term], Term] | None:
        """The distribution function of what a node names; None where it is not known."""
        found = self._standardised(node)
        if found is not None:
            mean, deviation = found
            return lambda u: distribution((u - mean) / deviation)
        law = self._law_of(node)
        values = [self.value(opened(v)) for v in law.values] if law is not None and law.law in _WITH_DENSITY else []
        if law is None or not values or not all(v.is_scalar for v in values):
            return None
        self.implied += range_of(law.law, values)
        a, b = values[0], values[-1]

        def cumulative(u: Term) -> Term:
            ends = [(u, ZERO)] if law.law != "uniform" else [(u, a), (b, u)]
            self.implied += [relation(">=", high, low) for high, low in ends if (high - low).free]
            if law.law == "uniform":
                return (u - a) / (b - a)
            return ONE - op.function("exp")(-(a * u if law.law == "exponential" else u / a))

        return cumulative

    def _law_of(self, node: Node) -> Said | None:
        """What the text says of the distribution of a variable, where it is understood."""
        name = named(opened(node))
        if name is None or any(m.kind != "below" for m in name.marks):
            return None
        known = [fact for fact in self.holding("law") if fact.covers([full_of(name)]) and fact.law != OTHER]
        return known[-1] if known else None

    def _standardised(self, node: Node) -> tuple[Term, Term] | None:
        """Mean and standard deviation of what a node names; None where it is no normal variable."""
        name, law = named(opened(node)), self._law_of(node)
        if name is not None and name.base == "Z" and not name.marks and law is None and "normal" in self.scope.settings:
            vague = any(fact.covers(["Z"]) for fact in self.holding("law")) and "Phi" not in self.usage.called_once
            other = vague or self.facts("Z", "moments", "iid") or self.scope.definition("Z", old=True) is not None
            return None if other else (ZERO, ONE)
        if law is None or law.law != "normal" or len(law.values) != 2:
            return None
        mean, variance = (self.value(opened(v)) for v in law.values)
        if not (mean.is_scalar and variance.is_scalar):
            return None
        self.implied += deviation_of(variance)
        root = variance.args[0] if variance.head == "pow" and variance.args[1] is _TWO else variance**HALF
        return mean, root


__all__ = ["Gaussians", "density", "distribution"]
