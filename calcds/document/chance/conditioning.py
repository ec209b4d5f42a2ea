r"""Expectations and variances given a random variable: `E[E[X \mid Y]] = E[X]`, `Var(X) = E[Var(X|Y)] + Var(E[X|Y])`.

On a finite space Y takes its values y_j with chances q_j, and given Y = y_j, the l-th of n outcomes has the chance w_jl, where
all other random variables have values x_jl. Every joint distribution on a finite space is one of these, and

    E[g(X, Y)] = sum_j q_j sum_l w_jl g(x_jl, y_j)          E[g(X, Y) | Y] = sum_l w_jl g(x_jl, y_j), a variable of j

so that an equation between such expectations holds for all random variables with the moments it asks for if and only if it
holds for all q, w, x and y (see calcds.document.chance.expecting). Outside of all expectations j is a free index: the equation is one
of random variables. While a bracket is read, a conditional expectation in it is a symbol, which its sum replaces at the end.

A chain has one variable behind its bars. What else the text says of the variables may make an equation true that does not hold
for all of them, `E[X | Y] = \rho Y` or `E[X Z | Y] = E[X | Y] E[Z | Y]`. So a line is not called wrong that would hold for
variables that are independent, or are so where Y is known, nor one that has other names on one side than on the other, a side
without an expectation, or variables of which the text says something.

Imports: calcds.document, calcds.expr.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import count

from calcds.document.chance.stating import VALUES, Stated
from calcds.document.source.latex import Node
from calcds.document.source.names import named, names_in, opened
from calcds.document.source.raw import Unread
from calcds.document.words.randomness import EXPECTATIONS, VARIANCES, full_of, operands
from calcds.expr import operators as op
from calcds.expr.kinds import INDEX, Kind, Matrix, Probability, Real, Stochastic, Vector
from calcds.expr.term import ZERO, Size, Term, as_term, entry, size, substitute

_TOLD = ("moments", "law", "iid", "alike", "covariance", "uncorrelated", "independent", "unclear")
_CHANCES, _WEIGHTS = "given_q", "given_w"
APART = "conditionally independent"  # a supposition
_counter = count(1)


class Conditioning(Stated):
    """Conditional expectations."""

    given: str | None = None  # the key of the variable behind the bars of a chain
    alone = False  # whether the chain has one side only: the formula of a definition
    decomposed = False  # whether a side has several of X given Y: nobody writes them of independent variables
    conditionals: dict[Term, Term]  # symbols of conditional expectations, and what is expected

    def look_for_conditions(self, nodes: Sequence[Node]) -> None:
        """Look over a chain: which variable stands behind the bars of its expectations."""
        self.conditionals = {}
        asked = [[b for key, _, b in operands(node) if key in {*EXPECTATIONS, *VARIANCES, "Cov"}] for node in nodes]
        behind = [[key for b in side if (key := _behind(b)) is not None] for side in asked]
        found = {key for side in behind for key in side}
        self.given = found.pop() if len(found) == 1 else None
        self.alone = len(nodes) == 1
        letters = {n.base for node in nodes for _, _, b in operands(node) for n in names_in(b)}
        letters &= self.scope.chance.randoms(self.scope.around)
        self.decomposed = len(letters) == 2 and any(len(side) > 1 for side in behind)

    def conditional(self, key: str, bracket: Node) -> Term:
        r"""`E[X \mid Y]` and `Var(X \mid Y)`."""
        items = bracket.parts[0].parts
        if not self.given or len(items) != 3:
            raise Unread("a conditional expectation", bracket.at, bracket.end)
        value = self.opened_up(self.value(items[0]))
        if any(not s.is_scalar for s in (value, *self._random_symbols(value))):
            raise Unread("a conditional expectation of a vector", bracket.at, bracket.end)
        mean = self._symbol_for(value)
        return mean if key in EXPECTATIONS else self._symbol_for(value * value) - mean * mean

    def of_two_stages(self, body: Term) -> Term:
        """The expectation of a term: first over what happens for one value of Y, then over these values."""
        if any(not s.is_scalar for s in (body, *self._random_symbols(body))):
            raise Unread("conditional expectations of vectors")
        j = INDEX.symbol(f"j{next(_counter)}'")
        chances = Probability[self._count_of_given()].symbol(_CHANCES)
        return op.Sum(entry(chances, j, ZERO) * self._over_the_rest(body, j), (j, ZERO, _last(self._count_of_given())))

    def conditioned(self, side: Term) -> Term:
        """A side in which conditional expectations stand outside of all expectations is a variable of Y."""
        if not self.conditionals:
            return side
        if self.alone:
            raise Unread("a conditional expectation in a definition")
        j = self.running_index("given", self._count_of_given())
        side = self._without_conditions(side, j)
        return substitute(side, {s: self._given_value(j) for s in side.free if self._is_behind(s)})

    def doubt_conditions(self, sides: Sequence[Term]) -> None:
        """What the text says, or other names on one side, may make an equation true that does not hold for all variables."""
        if not self.conditionals:
            return
        names = [{str(s.data[0]) for s in side.free if s.data[1].word not in {"Dim", "Index"}} for side in sides]
        spaces = [any(name.startswith((_CHANCES, _WEIGHTS)) for name in found) for found in names]
        told = any(f.keys & self.cast or not f.keys for f in self.holding(*_TOLD))
        if told or not all(spaces) or any(found != names[0] for found in names):
            self.doubt("an equation between conditional expectations may be about variables of a certain kind")

    def opened_up(self, body: Term) -> Term:
        """A term with every definition put in that rests on a random variable."""
        raise NotImplementedError  # pragma: no cover

    def _symbol_for(self, body: Term) -> Term:
        symbol = replace(Real, word="Conditional").symbol(f"given'{len(self.conditionals)}")
        self.conditionals[symbol] = body
        return symbol

    def _over_the_rest(self, body: Term, j: Term) -> Term:
        """The sum over the outcomes that are left where Y has its j-th value."""
        body = self._without_conditions(body, j)
        others = [s for s in self._random_symbols(body) if not self._is_behind(s)]
        free, apart = self.is_product(), self._are_apart(others)
        for group in [[s] for s in others] if free or apart else [others] if others else []:
            own = f" {group[0]}" if free or apart else ""
            length = self.sizes.fresh(f"given outcomes{own}")
            k = INDEX.symbol(f"k{next(_counter)}'")
            weights = (Probability[length] if free else Stochastic[self._count_of_given(), length]).symbol(_WEIGHTS + own)
            kind = replace(Vector[length] if free else Matrix[self._count_of_given(), length], word=VALUES)
            places = (k, ZERO) if free else (j, k)
            body = substitute(body, {s: entry(kind.symbol(str(s.data[0])), *places) for s in group})
            body = op.Sum(entry(weights, *places) * body, (k, ZERO, _last(length)))
        return substitute(body, {s: self._given_value(j) for s in body.free if self._is_behind(s)})

    def _are_apart(self, others: Sequence[Term]) -> bool:
        """Whether this reading supposes that variables are independent where Y is known."""
        if len(others) > 1:
            self.choices.add(APART)
            if self.options.suppose == APART:
                self.suppose(f"{' and '.join(map(str, others))} are independent given {self.given}", "independent", [])
                return True
        return False

    def _without_conditions(self, body: Term, j: Term) -> Term:
        return substitute(body, {s: self._over_the_rest(self.conditionals[s], j) for s in body.free if s in self.conditionals})

    def _random_symbols(self, body: Term) -> list[Term]:
        return sorted((s for s in body.free if self.random_key(s) is not None), key=str)

    def _is_behind(self, s: Term) -> bool:
        return self.random_key(s) == self.given

    def _given_value(self, j: Term) -> Term:
        kind: Kind = replace(Vector[self._count_of_given()], word=VALUES)
        return entry(kind.symbol(f"given_{self.given}"), j, ZERO)

    def _count_of_given(self) -> Size:
        return self.sizes.fresh("given values")


def _behind(bracket: Node) -> str | None:
    """The Y of `E[X | Y]`; "" where something else stands behind the bar, and None where there is no bar."""
    items = bracket.parts[0].parts if bracket.parts and bracket.parts[0].kind == "items" else ()
    if not any(p.kind in {"MID", "COLON"} for p in items):
        return None
    name = named(opened(items[2])) if len(items) == 3 and items[1].kind == "MID" else None
    return full_of(name) if name is not None and all(m.kind == "below" for m in name.marks) else ""


def _last(length: Size) -> Term:
    return as_term(size(as_term(length) - 1))
