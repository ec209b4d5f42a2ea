r"""Claims in the light of what is not printed in them: an equation that the text says before, or what names tell of each other.

    \nabla f(x) = A (x - x^*)                                   after "the minimiser solves $A x^* = b$" (`resting`)
    \det(A - \lambda I) = \lambda^2 - (a_{11} + a_{22})\lambda + ...    the a_ij are the entries of A, which has no more of them
    \sum_i p_i (1 - p_i) x_i x_i^\top = X^\top S X              the x_i are the rows of X

With what is supposed so, a claim that holds is proved, and what was supposed is said beside it. It is called wrong where it
does not hold in any such meaning and a small change makes it hold.

Imports: calcds.decide, calcds.document, calcds.expr.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from calcds.decide.clock import Deadline
from calcds.decide.verdict import Outcome, Verdict
from calcds.document.reading.chains import Reading
from calcds.document.source.names import ALL
from calcds.document.weighing import resting
from calcds.document.weighing.agreeing import Clash, agreeing
from calcds.document.weighing.deciding import Decider
from calcds.document.weighing.evidence import PATIENCE, holds
from calcds.document.weighing.repair import parts_of, repairs
from calcds.errors import CalcdsError
from calcds.expr import operators as op
from calcds.expr.kinds import Matrix, Vector
from calcds.expr.term import MINUS_ONE, Term, as_term, entry, number, power, same_shape, substitute, subterms

Claim = tuple[Term, ...]  # two sides, and what is given
Put = Callable[[Claim], Claim | None]
_GOOD = {Outcome.PROVED, Outcome.SUPPORTED}
_BASES = {"U", "V", "Q"}  # letters of matrices with a basis as their columns
_ENTRY = re.compile(r"([a-z])_(?:([1-9])([1-9])|([1-9]),([1-9]))")
_TRIES = 300


@dataclass(frozen=True, slots=True)
class Meaning:
    """What may be meant, in words; the claim with it put in, and with what else may be meant in its place."""

    said: str
    put: Put
    instead: tuple[Put, ...] = ()


def verdict(decider: Decider, reading: Reading, i: int, equations: Sequence[tuple[Callable[[], Reading], int]],
            orthogonal: Collection[tuple[str, str]], *, may_refute: bool) -> Verdict | None:  # fmt: skip
    """The verdict on a pair of a chain in the first meaning that tells; None where none does.

    equations: of the section, that are about its names, with their lines
    orthogonal: pairs of names that words call orthogonal vectors
    may_refute: whether a claim that does not hold may be called wrong
    """
    terms = reading.pair(i)
    if terms is None or reading.doubts_of(i) or reading.options.suppose or not reading.options.sizes:
        return None
    if any(s.data[1].word in {"Vector", "Matrix"} and 1 in s.data[1].sizes for side in terms for s in side.free):
        return None  # no vector has one entry only: its size was not understood
    decider.scope.see(reading.options, reading.show)
    claim = (*terms, *reading.given)
    for meaning in (*_orthogonal(claim, orthogonal), *_meanings(decider, reading, claim, equations)):
        found = _asked(decider, reading, claim, meaning.put)
        if found is None:
            continue
        if found.outcome in _GOOD:
            return replace(found, conditions=(*found.conditions, meaning.said))
        others = [_asked(decider, reading, claim, put) for put in meaning.instead]  # None: they do not fit
        if not may_refute or any(one is not None and one.outcome is not Outcome.REFUTED for one in (found, *others)):
            continue
        close = _close(decider, reading, claim, meaning.put)
        if close is not None:
            decider.evidence.corrected = close if same_shape(close.shape, claim[1].shape) and close is not claim[0] else None
            return replace(found, detail=f"{found.detail}, where {meaning.said}", conditions=(*found.conditions, meaning.said))
    return None


def _asked(decider: Decider, reading: Reading, claim: Claim, put: Put) -> Verdict | None:
    try:
        meant = put(claim)
    except (Clash, CalcdsError):
        return None
    if meant is None:
        return None
    return decider.stepwise(meant[0], meant[1], meant[2:], reading.elastic(decider.scope))[2]


def _close(decider: Decider, reading: Reading, claim: Claim, put: Put) -> Term | None:
    """The right side with which a claim holds after a small change, or its left side where that is changed; None for none.

    To transpose and to invert are no such changes: a property of a matrix may have been missed.
    """
    deadline, tries = Deadline(PATIENCE / 2), 0
    parts = parts_of(reading.options.sizes, *claim[:2])
    turned = _turned(*claim[:2])
    for k in (1, 0):
        for candidate in repairs(claim[k], parts, claim[1 - k].shape):
            tries += 1
            if tries > _TRIES or deadline.late:
                return None
            changed = (claim[0], candidate, *claim[2:]) if k else (candidate, *claim[1:])
            if _turned(*changed[:2]) != turned:
                continue
            try:
                meant = put(changed)
                if meant is None:
                    continue
                left, right, *given = (decider.scope.expand(one) for one in meant)
                if same_shape(left.shape, right.shape) and holds(left, right, tuple(given)):
                    return candidate if k else claim[0]
            except (Clash, CalcdsError, RecursionError, ArithmeticError):
                continue
    return None


def _turned(*sides: Term) -> Counter[str]:
    return Counter(str(t) for side in sides for t in subterms(side) if t.head in {"trans", "inv"} and t.args[0].head == "sym")


def _meanings(
    decider: Decider, reading: Reading, claim: Claim, equations: Sequence[tuple[Callable[[], Reading], int]]
) -> Iterator[Meaning]:
    elastic, known = reading.elastic(decider.scope), set(decider.scope.table())
    free = claim[0].free | claim[1].free
    yield from _entries(free, known)
    yield from _families(free, known, elastic)
    for read, line in equations:
        decider.scope.see(reading.options, reading.show)
        equation = read()
        said = equation.pair(0)
        decider.scope.see(reading.options, reading.show)
        if said is not None and not equation.doubts_of(0):
            sizes = elastic | set(equation.lengths.values())
            yield Meaning(f"the equation of line {line} holds",
                          lambda one, said=said, sizes=sizes: resting.put_in(one, said, sizes, known))  # type: ignore[misc]


def _orthogonal(claim: Claim, pairs: Collection[tuple[str, str]]) -> Iterator[Meaning]:
    r"""Two vectors that words call orthogonal: v is what is left of any v' without its part along u."""
    columns = {str(s.data[0]): s for side in claim[:2] for s in side.free if not s.is_scalar and s.shape[1] == 1}
    table: dict[Term, Term] = {}
    said: list[str] = []
    for names in sorted(pairs):
        u, v = map(columns.get, names)
        if u is None or v is None or u is v:
            continue
        if same_shape(u.shape, v.shape) and table.keys().isdisjoint((u, v)):
            any_ = Vector[v.shape[0]].symbol(f"{v}'")
            table[v] = any_ - u @ (u.T @ any_) * power(u.T @ u, MINUS_ONE)
            said.append(f"{u} and {v} are orthogonal: {v} is {any_} without its part along {u}")
    if table:
        yield Meaning(" and ".join(said), lambda one: tuple(substitute(t, table) for t in (*one[:2], *_others(one[2:], table))))


def _others(given: Claim, table: dict[Term, Term]) -> Iterator[Term]:
    """What is given besides `u^T v = 0`, which holds by what is put in."""
    for one in given:
        zero = one.head == "rel" and one.data == "=" and one.args[1].head in {"num", "zeros"}
        if not (zero and any(v in one.free for v in table)):
            yield one


def _entries(free: frozenset[Term], known: set[Term]) -> Iterator[Meaning]:
    """A matrix A of unknown size beside a_11, ..., a_22: these are all its entries."""
    found: dict[str, dict[tuple[int, int], Term]] = {}
    for s in free:
        m = _ENTRY.fullmatch(str(s.data[0])) if s.is_scalar else None
        if m:
            found.setdefault(m[1], {})[int(m[2] or m[4]), int(m[3] or m[5])] = s
    for letter, entries in found.items():
        whole = next((s for s in free if str(s.data[0]) == letter.upper() and not s.is_scalar), None)
        n = max(max(place) for place in entries)
        if whole is None or whole in known or n < 2 or not same_shape(whole.shape, whole.shape[::-1]):
            continue
        if len(entries) < n * n - 1 or not isinstance(whole.shape[0], Term):
            continue
        rest = Matrix[n, n].symbol(f"{letter}'")
        places = [[(i, j) for j in range(1, n + 1)] for i in range(1, n + 1)]
        rows = [[entries.get(p, entry(rest, as_term(p[0] - 1), as_term(p[1] - 1))) for p in row] for row in places]
        table = {whole: op.matrix(*rows), whole.shape[0]: number(n)}
        yield Meaning(f"{whole} has the entries {letter}_11 to {letter}_{n}{n}",
                      lambda one, table=table: tuple(substitute(t, table) for t in one))  # type: ignore[misc]


def _families(free: frozenset[Term], known: set[Term], elastic: set[Term]) -> Iterator[Meaning]:
    """A vector p beside numbers p_i, its entries; a matrix X beside vectors x_i, its rows: in some books its columns.

    Of U, V and Q, the letters of bases, they are the columns.
    """
    usual: dict[Term, Term] = {}
    other: dict[Term, Term] = {}
    said: list[str] = []
    for family in sorted(free, key=str):
        name, word = str(family.data[0]), family.data[1].word
        letter = name.removesuffix(ALL)
        if word == "Vector" and name != letter:
            whole = next((s for s in free if str(s.data[0]) == letter and s.data[1].word == "Vector"), None)
            if whole is not None and whole not in known:
                usual[whole] = other[whole] = Vector[whole.shape[0]].symbol(name)
                said.append(f"the {letter}_i are the entries of {whole}")
        if word == "Matrix" and len(letter) == 1 and letter.islower():
            whole = next((s for s in free if str(s.data[0]) == letter.upper() and s.data[1].word == "Matrix"), None)
            if whole is not None and whole not in known and family not in known:
                ways = Matrix[whole.shape].symbol(name), Matrix[whole.shape[::-1]].symbol(name).T
                base = letter.upper() in _BASES
                usual[whole], other[whole] = ways[::-1] if base else ways
                said.append(f"the {letter}_i are the {'columns' if base else 'rows'} of {whole}")

    def put(one: Claim, table: dict[Term, Term]) -> Claim:
        return agreeing(tuple(substitute(t, table) for t in one), elastic)

    if usual:
        instead: tuple[Put, ...] = (lambda one: put(one, other),) if usual != other else ()
        yield Meaning(" and ".join(said), lambda one: put(one, usual), instead)


__all__ = ["Meaning", "verdict"]
