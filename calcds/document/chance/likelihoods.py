r"""Values of likelihoods and conditional densities of which no formula is printed: `-\log P(X \mid \theta)`.

    p(x_1 \mid \theta) \, p(x_2 \mid \theta)      two values of one function of x and \theta
    P(t = 1 \mid z)                              the value of p(t | z) at t = 1
    \ell(\mu, \Sigma \mid x^{(i)})               a function of \mu and \Sigma where a sum runs over i: of all data

What holds for every function of these arguments holds for the one that is meant. What does not may still hold by the laws of
probability, which tie functions with the same letter: `p(x \mid y) p(y) = p(y \mid x) p(x)`. So nothing is called wrong that
has several of them, integrals, or sums over their arguments. A function depends on more than is printed, perhaps, so that
a line that differentiates by something else is not read. Their values are positive: the logarithm is what may be any number.

Imports: calcds.document, calcds.expr.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from calcds.document.chance.eventlike import is_event
from calcds.document.chance.tables import Tables
from calcds.document.source.latex import Node, walk
from calcds.document.source.likelihoods import (
    CHANCES,
    LOGARITHM,
    Argument,
    Likelihood,
    likelihood_of,
    likelihoods_in,
)
from calcds.document.source.names import (
    Named,
    atom_and_marks,
    is_d,
    letter_of,
    likelihood_key,
    named,
    names_in,
    opened,
    script,
    shown,
)
from calcds.document.source.raw import Unread
from calcds.document.words.randomness import DENSITIES, PROBABILITIES, operands
from calcds.document.words.scope import Function
from calcds.expr.functions import fn
from calcds.expr.kinds import FunctionSymbol
from calcds.expr.term import Term

_TIED = "laws of probability may tie the densities of a line"
_ELSEWHERE = "a density of this section may be another one than that of the section with its formula"


class Likelihoods(Tables):
    """Likelihoods as functions of what stands in their brackets."""

    moved_by: frozenset[str] = frozenset()  # letters of what the chain differentiates by; "" where that is not printed
    summed_over: frozenset[str] = frozenset()  # letters of the indices of sums and products of the chain
    integrates = formulated = False  # whether every density of the chain has a formula
    seen: dict[str, set[tuple[bool, ...]]]  # the likelihoods without a formula, and which of their arguments have marks

    def enter(self, nodes: Sequence[Node]) -> None:
        """Look over a chain before it is read: what is differentiated, summed over and integrated."""
        found = [one for node in nodes for one in likelihoods_in(node)]
        self.lettered = any(
            name.base not in PROBABILITIES or not is_event(bracket, self.is_variable) for name, bracket, _ in found
        )
        super().enter(nodes)
        self.seen = {}
        if found:
            self.moved_by = frozenset(key for node in nodes for key in _variables(node))
            operators = [atom_and_marks(n) for node in nodes for n in walk(node) if n.kind == "unit"]
            below = [m for atom, marks in operators if atom.kind == "BIGOP" for m in marks if m.kind == "below"]
            self.summed_over = frozenset(n.base for m in below for n in names_in(m))
            self.formulated = not self.laws and all(self._has_formula(one) for node in nodes for one in operands(node))
            self.integrates = any(n.kind == "BIGOP" and n.text == "int" for node in nodes for n in walk(node))

    def is_chance(self, name: Named, following: Node) -> bool:
        """Whether a name before a bracket is a probability, a likelihood or an expectation."""
        return super().is_chance(name, following) or likelihood_of(name, atom_and_marks(following)[0]) is not None

    def likelihood(self, name: Named, parts: Sequence[Node], k: int) -> tuple[Term, int] | None:
        r"""`p(y \mid x; \theta)`; None where the name is something else, or has a formula that is a name of its own."""
        if k + 1 >= len(parts):
            return None
        bracket, after = atom_and_marks(parts[k + 1])
        found = likelihood_of(name, bracket)
        if found is None or self.is_function_of_its_own(name):
            return None
        if self.tabled and not self.formulated and (keys := self.keys_in(bracket)) and keys <= self.tabled:
            return None
        key = likelihood_key(Node("product", (parts[k], bracket)))
        if key is not None and (formula := self.scope.definition(key, old=self.options.old)) is not None:
            if not self.scope.is_here(formula.section):
                self.doubt(_ELSEWHERE)
            return self.marked(formula.symbol, after, parts[k + 1]), k + 2
        return self.marked(self._value_of_likelihood(found, bracket), after, parts[k + 1]), k + 2

    def _has_formula(self, one: tuple[str, Node, Node]) -> bool:
        """Whether something with a bracket is no density, or one of which the text says a formula."""
        letter, name, bracket = one
        key = likelihood_key(Node("product", (name, bracket)))
        return letter not in DENSITIES or (key is not None and self.scope.definition(key, old=self.options.old) is not None)

    def is_function_of_its_own(self, name: Named) -> bool:
        """Whether a letter is a matrix, a number or something else here, and no likelihood."""
        scope = self.scope
        known = scope.kind(name.base, old=False) is not None or scope.definition(name.base, old=False) is not None
        return known and name.base not in CHANCES and not name.marks

    def _value_of_likelihood(self, found: Likelihood, bracket: Node) -> Term:
        formula = self.scope.function(found.signature, old=self.options.old)
        if formula is not None and formula.body is not None:
            if not self.scope.is_here(formula.section):
                self.doubt(_ELSEWHERE)
            return self.call(formula, [self.value(a.value) for a in found.arguments], 0, bracket)
        arguments = [a for a in found.arguments if not self._is_all_data(a)]
        letters = {letter_of(a.letter) for a in arguments}
        if not self.moved_by <= letters:
            raise Unread(f"what {found.signature} depends on is not said", bracket.at, bracket.end)
        values = [self.value(a.value) for a in arguments]
        if not values:
            raise Unread("a likelihood of nothing but data", bracket.at, bracket.end)
        self.seen.setdefault(found.signature, set()).add(tuple(_marks(a.value) != () for a in arguments))
        self.unknown_functions.add(LOGARITHM + found.signature)
        several = len(self.seen) > 1 or any(len(ways) > 1 for ways in self.seen.values())  # of one example and of all data
        if several or self.integrates or self.events or self.tabled or self._is_summed(found):
            self.doubt(_TIED)
        shapes = () if all(v.is_scalar for v in values) else tuple(v.shape for v in values)
        symbol = FunctionSymbol(LOGARITHM + found.signature, len(values), shapes)
        return fn("exp", self.call(Function(symbol.name, (), None, symbol=symbol), values, 0, bracket))

    def _is_all_data(self, argument: Argument) -> bool:
        """Whether an argument with an index stands for all data: nothing binds the index here, and a sum elsewhere does."""
        scripts = {n.base for m in _marks(argument.value) for n in names_in(m)}
        return any(x in self.summed_over and x not in self.bound for x in scripts)

    def _is_summed(self, found: Likelihood) -> bool:
        r"""Whether a sum runs over values of an argument itself: `\sum_y p(y \mid x) = 1`."""
        return any(a.letter in self.summed_over or a.given for a in found.arguments)


def _marks(node: Node) -> Sequence[Node]:
    name = named(node)
    return name.marks if name is not None else ()


def _variables(node: Node) -> Iterator[str]:
    r"""The letters of what a side differentiates by: theta of `\frac{\partial}{\partial\theta}` and `\nabla_\theta`."""
    marked = {id(one.parts[0]) for one in walk(node) if one.kind == "unit"}
    for one in walk(node):
        if one.kind == "NABLA" and id(one) not in marked:
            yield ""
        elif one.kind == "unit" and one.parts[0].kind == "NABLA":
            below = [script(m) for m in one.parts[1:] if m.kind == "below"]
            yield from (letter_of(n.base) for m in below for n in names_in(m)) if below else ("",)
        elif one.kind == "frac" and _is_derivative(one):
            yield from (letter_of(n.base) for n in names_in(one.parts[1]) if n.base != "d" and _is_main(n, one.parts[1]))


def _is_main(name: Named, bottom: Node) -> bool:
    inner = {id(n.node) for outer in names_in(bottom) for m in outer.marks for n in names_in(m)}
    return id(name.node) not in inner


def _is_derivative(node: Node) -> bool:
    top, bottom = opened(node.parts[0]), opened(node.parts[1])
    first = atom_and_marks(top.parts[0] if top.kind == "product" else top)[0]
    below = atom_and_marks(bottom.parts[0] if bottom.kind == "product" else bottom)[0]
    return (first.kind == "PARTIAL" or is_d(first)) and (below.kind == "PARTIAL" or is_d(below))


__all__ = ["Likelihoods", "shown"]
