"""Induction over a whole number on which the bounds of a sum or product depend.

    rule                                              holds where
    from n to n + 1, the claim for n as hypothesis    n is a number and a bound: no matrix of this size is left
    the claim for n carries something further         both sides, defined for n + 1, are defined for n
    a vector of n entries as n entries of a sequence  its kind says nothing about all entries together

Imports: calcds.expr, calcds.decide.prover, .session, .entries.
"""

from __future__ import annotations

from collections.abc import Iterator

from calcds.decide.asking import NeedBoundary, NeedCase
from calcds.decide.entries import Entries
from calcds.decide.facts import NONNEG, POS, REAL
from calcds.decide.field import UNITS, TooBig, budget
from calcds.decide.prover import CASES, Proof, Silence, equal_in_cases, holds_in_cases
from calcds.decide.session import Session, no_reserved_names, with_session
from calcds.errors import NoRule, Undefined
from calcds.expr.kinds import Kind
from calcds.expr.term import ONE, Term, number, relation, substitute, subterms


def prove_by_induction(left: Term, right: Term, given: tuple[Term, ...] = ()) -> Proof | Silence:
    """Induction over an integer on which the bounds of a sum or product depend.

    The step uses the claim for n as an equation for one sum in it, and shows the claim for n + 1.
    """
    try:
        with budget(UNITS):
            return _by_induction(left, right, given)
    except RecursionError:
        return Silence("the terms are nested too deeply")


def _by_induction(left: Term, right: Term, given: tuple[Term, ...]) -> Proof | Silence:
    for n, start in _inductive(left, right):
        table = {n: number(start)}
        try:
            no_reserved_names(left - right)
            flat = Entries()  # in the index language matrices are entries, and sizes only bounds of sums
            pair = (flat.flat(left), flat.flat(right))
            if any(n in g.free for g in given) or not _sequences(pair, n) or not _defined_throughout(pair, n, given):
                continue
            if equal_in_cases(_replace(pair[0], table), _replace(pair[1], table), given) <= 0:
                continue
            step = {n: n + ONE}
            new = tuple(_replace(t, step) for t in pair)
            hypothesis = relation("=", *pair)
            cases = holds_in_cases(
                (*new, *pair), (*given, hypothesis), lambda s, new=new: s.is_zero(s(new[0]) - s(new[1])), CASES  # type: ignore[misc]
            )
        except (NoRule, TooBig, Undefined, NeedCase, NeedBoundary):
            continue
        if cases > 0:
            return Proof("induction", f"induction over {n} from {start}: true there, and from {n} to {n} + 1")
    return Silence("no induction closed")


def _sequences(pair: tuple[Term, ...], n: Term) -> bool:
    """Whether n is nothing but a number and a bound: no matrix of this size, and no free index below it."""
    for side in pair:
        for node in subterms(side):
            entrywise = node.head == "apply" and node.data.entrywise
            if node.head in ("inv", "det", "at", "build", "apply") and n in node.free and not entrywise:
                return False
            if node.head == "sym" and node.is_scalar and any(isinstance(s, Term) and n in s.free for s in node.data[1].sizes):
                return False
            if node.head == "entry" and any(
                i.head == "sym" and i is not n and i in side.free and isinstance(length, Term) and n in length.free
                for i, length in zip(node.args[1:], node.args[0].shape, strict=True)
            ):
                return False
    return True


def _defined_throughout(pair: tuple[Term, ...], n: Term, given: tuple[Term, ...]) -> bool:
    """Whether both sides, defined for n + 1, are defined for n: a claim that is empty for n carries nothing further.

    A part without n is defined for every n or for none (in a summand: for every index up to n, so for those below).
    """
    return with_session(given, pair, lambda s: all(_is_defined(s, t, n) for t in pair))


def _is_defined(s: Session, t: Term, n: Term) -> bool:
    def sign(u: Term) -> frozenset[int]:
        found = s.facts.sign(s.normal(u))
        return REAL if found is None else found

    if n not in t.free:
        return True
    match t.head:
        case "num" | "decimal" | "sym":
            return True
        case "const":
            return t.data not in ("oo", "-oo")
        case "pow":
            base, exponent = t.args
            if not (_is_defined(s, base, n) and _is_defined(s, exponent, n)):
                return False
            return base.head == "const" or sign(exponent) <= NONNEG or 0 not in sign(base)
        case "fn":
            if not all(_is_defined(s, a, n) for a in t.args):
                return False
            if t.data in ("log", "gamma", "loggamma", "digamma"):
                return sign(t.args[0]) == POS
            if t.data in ("factorial", "binomial"):
                return all(sign(a) <= NONNEG for a in t.args)
            return t.data in ("exp", "sin", "cos", "abs", "sinh", "cosh", "tanh", "sigmoid", "softplus", "erf", "atan", "asinh")
        case "sum" | "prod":
            body, k, low, high = t.args
            if not (_is_defined(s, low, n) and _is_defined(s, high, n)) or not sign(high - low + ONE) <= NONNEG:
                return False
            index = s.entries.index()
            s.sums._in_range(index, high - low + ONE)
            return _is_defined(s, substitute(body, {k: index + low}), n)
        case "entry":
            return t.args[0].head == "sym"
        case "add" | "mul" | "apply" | "delta":
            return all(_is_defined(s, a, n) for a in t.args)
    return False


def _replace(t: Term, table: dict[Term, Term]) -> Term:
    """Put a value for a whole number, but not into the sizes of variables.

    A vector of length n becomes the first n entries of a sequence: a claim for all vectors of every length n is one for
    all sequences and every n. That needs variables whose kind says nothing about all entries together.
    """
    memo: dict[Term, Term] = {}

    def walk(u: Term) -> Term:
        if u in table:
            return table[u]
        if u.head == "sym" or not any(n in u.free for n in table):
            return u
        if u not in memo:
            memo[u] = Term(u.head, tuple(walk(a) for a in u.args), u.data, u.shape)
        return memo[u]

    return walk(t)


_ENTRYWISE = frozenset(
    {"real", "positive", "negative", "nonnegative", "nonpositive", "nonzero", "integer", "rational", "complex", "even", "odd"}
)


def _inductive(left: Term, right: Term) -> Iterator[tuple[Term, int]]:
    """Whole numbers on which the bound of a sum or product depends, with the first value to show."""
    seen: set[Term] = set()
    if not left.is_scalar:
        return
    free = left.free | right.free
    for side in (left, right):
        for node in subterms(side):
            if node.head not in ("sum", "prod"):
                continue
            for n in sorted(node.args[3].free & free, key=str):
                kind: Kind = n.data[1]
                plain = all(v.data[1].facts <= _ENTRYWISE for v in free if not v.is_scalar and n in v.free)
                if n not in seen and kind.has("integer") and kind.has("nonnegative") and plain:
                    seen.add(n)
                    yield n, 1 if kind.has("positive") else 0
