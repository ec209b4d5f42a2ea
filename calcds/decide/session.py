"""Sessions: one field with the hypotheses stated in it, made again, larger or finer, as a question turns out to need.

A hypothesis that cannot be used is not used: that only makes proofs harder. Hypotheses that contradict each other leave
no point, and `Undefined` says so.

Imports: calcds.expr, calcds.decide.field, .facts, .scalar, .entries, .sums.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from calcds.decide.asking import SIGNS_OF, NeedCase, Rescale
from calcds.decide.bound import BOUND
from calcds.decide.entries import Entries
from calcds.decide.facts import NIL, POS, Facts, surely_nonempty
from calcds.decide.field import CAPACITIES, Field, Full, Ratio, TooBig
from calcds.decide.limits import T_NAME
from calcds.decide.scalar import Normalizer
from calcds.decide.sums import Sums
from calcds.errors import NoRule, Undefined
from calcds.expr.term import Term, as_term, relation, subterms

T = TypeVar("T")


class Session:
    """One field with the hypotheses stated in it: a place to bring terms to normal form."""

    def __init__(
        self,
        capacity: int,
        scales: dict[tuple[Term, Term], int],
        given: tuple[Term, ...],
        seen: tuple[Term, ...],
        closed: bool = False,  # noqa: FBT001, FBT002
    ) -> None:
        self.field = Field(capacity)
        self.facts = Facts(self.field)
        self.normal = Normalizer(self.field, self.facts, scales, closed)
        self.entries = Entries(closed)
        self.sums = Sums(self.normal, self.entries)
        self.entries.is_positive = lambda t: self.facts.sign(self.normal(t)) == POS
        for term in seen:
            no_reserved_names(term)
            self._index_ranges(term)
        for condition in sorted(given, key=lambda c: not _is_value(c)):  # the others are stated with the values in them
            self._state(condition)
        self._refuse_contradictions()

    def __call__(self, term: Term) -> Ratio:
        """The normal form of a scalar term."""
        try:
            return self.normal(self.entries.flat(term))
        except Undefined as problem:
            if self.entries.divided:  # the divisor is ours, not the author's
                raise NoRule("differentiate a product where a factor vanishes:", str(problem)) from None
            raise

    def is_zero(self, difference: Ratio) -> bool:
        """Whether a difference is zero; asks for cases where deltas of free indices or absolute values stand in the way."""
        difference = self.field.reduce(difference)
        if self.vanishes(difference):
            return True
        for kernel in difference.kernels():
            if kernel.head == "delta":
                raise NeedCase(self(kernel.args[0]) - self(kernel.args[1]))
        for kernel in difference.kernels():
            if kernel.head == "fn" and kernel.data in ("abs", "sign"):
                inside = self(kernel.args[0])
                if self.facts.is_real(inside) and self.normal.is_faithful(inside):
                    raise NeedCase(inside)
        return False

    def vanishes(self, difference: Ratio) -> bool:
        """Whether a ratio is 0, also by an equation among the hypotheses."""
        difference = self.field.reduce(difference)
        if difference.is_zero:
            return True
        for stated, signs in self.facts.known:
            if signs == NIL and not stated.is_zero:
                quotient = self.field.ratio(difference.num, stated.num)
                if quotient.den.is_constant():
                    return True
        return False

    def _index_ranges(self, term: Term) -> None:
        """A free index lies inside the ranges it is used for, wherever the term is defined."""
        for node in subterms(term):
            if node.head == "sym" and node.data[1].word == "Index" and node.data[1].sizes:
                self.sums._in_range(node, as_term(node.data[1].sizes[0]))
        todo: list[tuple[Term, frozenset[Term]]] = [(term, frozenset())]
        seen = set(todo)
        while todo:
            node, bound = todo.pop()
            if node.head == "entry":
                for index, length in zip(node.args[1:], node.args[0].shape, strict=True):
                    if index.head == "sym" and index not in bound and length != 1:
                        self.sums._in_range(index, as_term(length))
            for child in self._surely_evaluated(node, bound):
                if child not in seen:
                    seen.add(child)
                    todo.append(child)

    def _surely_evaluated(self, node: Term, bound: frozenset[Term]) -> Iterator[tuple[Term, frozenset[Term]]]:
        """The parts of a term that have a value wherever the term has one, each with the indices bound there."""
        match node.head:
            case "sum" | "prod":
                yield from ((a, bound) for a in node.args[2:])
                if surely_nonempty(node):
                    yield node.args[0], bound | {node.args[1]}
            case "build":
                yield node.args[0], bound | set(node.args[1:])
            case "piecewise":
                yield node.args[1], bound
            case "or" | "not" | "integral" | "limit" | "at" | "antideriv":
                return
            case _:
                yield from ((a, bound) for a in node.args)

    def _refuse_contradictions(self) -> None:
        """A case whose conditions contradict each other contains no point."""
        for stated, signs in self.facts.known:
            value = self.field.reduce(stated).value
            if value is not None and (value > 0) - (value < 0) not in signs:
                raise Undefined("the hypotheses contradict each other")

    def _state(self, condition: Term) -> None:
        try:
            if condition.head == "and":
                for c in condition.args:
                    self._state(c)
            elif condition.head == "rel" and condition.args[0].is_scalar:
                difference = self(condition.args[0]) - self(condition.args[1])
                if not self.normal.is_faithful(difference):
                    return
                if condition.data == "=" and self._solve(difference):
                    return
                self.facts.state(difference, SIGNS_OF[condition.data])
            elif condition.head == "not" and condition.args[0].head == "rel":
                inner = condition.args[0]
                opposite = {"=": "!=", "!=": "=", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}[inner.data]
                self._state(relation(opposite, *inner.args))
        except (NoRule, NeedCase, TooBig):
            return  # a hypothesis that cannot be used is not used: that only makes proofs harder

    def _solve(self, difference: Ratio) -> bool:
        """Use `a x + b = 0` as a value of the variable x (a a number, or known to be nonzero)."""
        degrees = difference.num.degrees()
        for index, kernel in sorted(enumerate(self.field.kernels), key=lambda item: -item[0]):
            if degrees[index] != 1 or kernel.head not in ("sym", "entry", "sum", "prod") or index in self.field.relations:
                continue
            here = self.field.kernel(kernel)
            slope_terms: dict[tuple[int, ...], Any] = {}
            rest_terms: dict[tuple[int, ...], Any] = {}
            for exponents, c in difference.num.to_dict().items():
                target = slope_terms if exponents[index] else rest_terms
                target[(*exponents[:index], 0, *exponents[index + 1 :])] = c
            slope = Ratio(self.field, self.field.context.from_dict(slope_terms), self.field.one_poly)
            rest = Ratio(self.field, self.field.context.from_dict(rest_terms), self.field.one_poly)
            sign = self.facts.sign(slope)
            inside_others = any(kernel in k.free for k in self.field.kernels if k is not kernel)
            if sign is not None and 0 not in sign and (kernel.head != "sym" or not inside_others):
                self.field.relations[index] = (1, -rest / slope)
                self.normal.memo.clear()
                return not here.is_zero
        return False


def _is_value(condition: Term) -> bool:
    """Whether a condition gives a variable a number."""
    is_equation = condition.head == "rel" and condition.data == "="
    return is_equation and condition.args[0].head == "sym" and not condition.args[1].free


def no_reserved_names(term: Term) -> None:
    """Names of bound variables that deciding makes up must not be those of an author's variables."""
    for symbol in term.free:
        name = symbol.data[0]
        if name.startswith(BOUND) or "#" in name or T_NAME in name:
            raise NoRule("decide with a variable of the reserved name", name)


def with_session(
    given: tuple[Term, ...], seen: tuple[Term, ...], work: Callable[[Session], T], boundary: dict[Term, Term] | None = None,
    closed: bool = False,  # noqa: FBT001, FBT002
) -> T:
    """Run work in a session, larger or with finer generators as it turns out to be needed.

    In a closed session tanh, sin, sigmoid and functions with a body are kernels with known derivatives; in an open one
    they are written out. Chain rules through several layers close in the first and would explode in the second.
    """
    scales: dict[tuple[Term, Term], int] = {}
    for capacity in CAPACITIES:
        for _ in range(8):
            try:
                session = Session(capacity, scales, given, seen, closed)
                session.sums.boundary = boundary or {}
                return work(session)
            except Rescale as request:
                scales[request.key] = request.denominator
            except Full:
                break
    raise TooBig("more different parts than the normal form holds")
