"""Proving a claim: both sides in normal form, under complete case distinctions.

A proof is a `Proof`: the stage that closed it, and the conditions it split into cases. `prove` returns the reason why
it stays silent otherwise; silence says nothing about the claim.

Imports: calcds.expr, calcds.decide.session, .cases_meet, .asking, .facts, .field.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from calcds.decide.asking import NeedBoundary, NeedCase, condition_of
from calcds.decide.cases_meet import slope_where_cases_meet
from calcds.decide.facts import NEG, NONNEG, POS
from calcds.decide.field import UNITS, TooBig, budget
from calcds.decide.limits import Infinite
from calcds.decide.session import Session, with_session
from calcds.errors import NoRule, Undefined
from calcds.expr.functions import TABLE
from calcds.expr.kinds import Index
from calcds.expr.term import MINUS_ONE, ZERO, Term, number, relation, subterms

CASES = 5  # nested case distinctions
ENTRIES = 64  # explicit matrices up to this many entries are proved entry by entry


@dataclass(frozen=True)
class Proof:
    """How a claim was proved."""

    stage: str
    detail: str
    conditions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Silence:
    """Why a stage has no opinion."""

    reason: str


def prove_equal(left: Term, right: Term, given: tuple[Term, ...] = ()) -> Proof | Silence:
    """Whether two terms of one shape are equal wherever both are defined."""
    for side, other in ((left, right), (right, left)):
        infinite = infinity_sign(side)
        if infinite:
            return _run("limits", given, partial(_goes_to_infinity, other, infinite))
    if any(opens(t) for side in (left, right) for t in subterms(side)):
        answer = _run("normal form", given, lambda conditions: equal_in_cases(left, right, conditions, closed=True))
        if isinstance(answer, Proof):
            return answer
    return _run("normal form", given, lambda conditions: equal_in_cases(left, right, conditions))


def prove_by_squares(left: Term, right: Term, given: tuple[Term, ...] = ()) -> Proof | Silence:
    """Two quantities that are never negative are equal if their squares are."""
    if not left.is_scalar:
        return Silence("for scalars only")

    def nonnegative(s: Session) -> bool:
        signs = (s.facts.sign(s(side)) for side in (left, right))
        return all(sign is not None and sign <= NONNEG for sign in signs)

    try:
        with budget(UNITS):
            if not with_session(given, (left, right, *given), nonnegative, closed=True):
                return Silence("not known to be nonnegative")
    except (NoRule, TooBig, Undefined, NeedCase, NeedBoundary, RecursionError) as reason:
        return Silence(str(reason))
    answer = prove_equal(left * left, right * right, given)
    if isinstance(answer, Proof):
        return Proof("squares", "both sides are never negative, and their squares are equal")
    return Silence(f"squares: {answer.reason}")


def opens(t: Term) -> bool:
    """Whether an open session writes this out by other functions."""
    if t.head == "fn":
        return t.data in ("sin", "cos") or (TABLE[t.data].definition is not None and not TABLE[t.data].kinks)
    return t.head == "apply" and t.data.body is not None


def infinity_sign(t: Term) -> int:
    """1 for oo, -1 for -oo, 0 for anything else."""
    if t.head == "const":
        return {"oo": 1, "-oo": -1}.get(t.data, 0)
    minus = t.head == "mul" and len(t.args) == 2 and t.args[0] is MINUS_ONE
    return -infinity_sign(t.args[1]) if minus else 0


def _goes_to_infinity(t: Term, sign: int, given: tuple[Term, ...]) -> int:
    """A limit, an integral or a sum to infinity, or a number times one: whatever else is infinite is not looked into."""
    if t.head == "mul" and len(t.args) == 2 and t.args[0].head == "num" and t.args[0].data:
        return _goes_to_infinity(t.args[1], sign if t.args[0].data > 0 else -sign, given)
    inside = {node.head for node in subterms(t.args[0])} if t.args else set()
    if t.head not in ("limit", "integral", "sum") or (t.head != "limit" and inside & {"limit", "integral", "sum", "prod"}):
        raise NoRule("find out whether this is infinite:", str(t))

    def holds(s: Session) -> bool:
        try:
            s(t)
        except Infinite as found:
            return found.sign == sign
        return False

    return holds_in_cases((t,), given, holds, CASES)


def prove_condition(condition: Term, given: tuple[Term, ...] = ()) -> Proof | Silence:
    """Whether a condition holds at every point where its parts are defined."""

    def work(conditions: tuple[Term, ...], *, closed: bool) -> int:
        def holds(s: Session) -> bool:
            return s.normal.holds(s.entries.condition(condition))

        return holds_in_cases((condition,), conditions, holds, CASES, closed=closed)

    if any(opens(t) for t in subterms(condition)):
        answer = _run("signs", given, lambda conditions: work(conditions, closed=True))
        if isinstance(answer, Proof):
            return answer
    return _run("signs", given, lambda conditions: work(conditions, closed=False))


def prove_same_truth(first: Term, second: Term, given: tuple[Term, ...] = ()) -> Proof | Silence:
    """Whether two conditions on scalars are true at the same points, by the signs of all parts, case by case."""
    if any(t.head == "rel" and not t.args[0].is_scalar for c in (first, second) for t in subterms(c)):
        return Silence("relations between matrices are not split into cases")

    def agree(s: Session) -> bool:
        one, other = (s.normal.holds(s.entries.condition(c)) for c in (first, second))
        return one == other

    return _run("cases", given, lambda conditions: holds_in_cases((first, second), conditions, agree, CASES))


def _run(stage: str, given: tuple[Term, ...], work: Callable[[tuple[Term, ...]], int]) -> Proof | Silence:
    try:
        with budget(UNITS):
            cases = work(given)
    except (NoRule, TooBig) as reason:
        return Silence(str(reason))
    except RecursionError:
        return Silence("the terms are nested too deeply")
    if cases == 0:
        return Silence("the normal forms of the two sides differ")
    if cases < 0:
        return Silence("the sides are nowhere defined")
    return Proof(stage, "the difference of the two sides reduces to 0" + (f" in each of {cases} cases" if cases > 1 else ""))


def equal_in_cases(left: Term, right: Term, given: tuple[Term, ...], *, closed: bool = False) -> int:
    """The number of cases in which two terms are equal; 0 and -1 as for `holds_in_cases`."""
    total = 0
    for pair in _entry_pairs(left, right):
        a, b = sorted(pair, key=_weight)  # where one side is undefined the other need not be looked at
        cases = holds_in_cases((a, b), given, lambda s, a=a, b=b: s.is_zero(s(a) - s(b)), CASES, closed=closed)  # type: ignore[misc]
        if cases <= 0:
            return cases  # a matrix with an entry that is nowhere defined is nowhere defined
        total = max(total, cases)
    return total


def _weight(side: Term) -> int:
    """How large the largest function is of which a side takes a derivative."""
    return max((sum(1 for _ in subterms(t.args[0])) for t in subterms(side) if t.head == "deriv"), default=0)


def _entry_pairs(left: Term, right: Term) -> Iterator[tuple[Term, Term]]:
    rows, columns = left.shape
    if left.is_scalar:
        yield left, right
    elif isinstance(rows, int) and isinstance(columns, int) and rows * columns <= ENTRIES:
        for r in range(rows):
            for c in range(columns):
                yield tuple(Term("entry", (t, number(r), number(c))) for t in (left, right))  # type: ignore[misc]
    else:
        i = ZERO if rows == 1 else Index[rows].symbol("row'")
        j = ZERO if columns == 1 else Index[columns].symbol("column'")
        yield Term("entry", (left, i, j)), Term("entry", (right, i, j))


def holds_in_cases(
    seen: tuple[Term, ...],
    given: tuple[Term, ...],
    holds: Callable[[Session], bool],
    depth: int,
    boundary: dict[Term, Term] | None = None,
    *,
    closed: bool = False,
) -> int:
    """The number of cases in which it holds: 0 if some case fails, -1 if every case is nowhere defined."""
    try:
        return _one_case(seen, given, holds, boundary or {}, closed=closed)
    except NeedCase as split:
        if not depth:
            raise NoRule("split into more cases", str(split.term)) from None
        found = 0
        for signs in split.cases:
            cases = holds_in_cases(seen, (*given, *_case(split.term, signs)), holds, depth - 1, boundary, closed=closed)
            if cases == 0:
                return 0
            found += max(cases, 0)
        return found or -1


def _case(term: Term, signs: frozenset[int]) -> tuple[Term, ...]:
    """The conditions of a case: its sign. A number that is 1 or -1 is known as soon as its sign is."""
    is_label = term.head == "sym" and term.data[1].word == "Sign" and signs in (POS, NEG)
    known = (relation("=", term, number(*signs)),) if is_label else ()
    return (condition_of(term, signs), *known)


def _one_case(
    seen: tuple[Term, ...], given: tuple[Term, ...], holds: Callable[[Session], bool], boundary: dict[Term, Term],
    *, closed: bool,
) -> int:
    while True:
        try:
            return 1 if with_session(given, (*seen, *given), holds, boundary, closed) else 0
        except Undefined:
            return -1
        except NeedBoundary as meeting:
            value = slope_where_cases_meet(meeting.marker, given, closed=closed)
            if value is None:
                return -1
            boundary = {**boundary, meeting.marker: value}
