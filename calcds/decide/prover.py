"""Proving a claim: both sides in normal form, under complete case distinctions, by induction where sizes call for it.

A proof is a `Proof`: the stage that closed it, and the conditions it split into cases. `prove` returns the reason why
it stays silent otherwise; silence says nothing about the claim.

Imports: calcds.expr, calcds.decide.field, .facts, .scalar, .entries, .sums.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from calcds.decide.asking import NeedBoundary, NeedCase, condition_of
from calcds.decide.cases_meet import slope_where_cases_meet
from calcds.decide.entries import Entries
from calcds.decide.facts import NONNEG, POS, REAL
from calcds.decide.field import UNITS, TooBig, budget
from calcds.decide.limits import Infinite
from calcds.decide.session import Session, no_reserved_names, with_session
from calcds.errors import NoRule, Undefined
from calcds.expr.functions import TABLE
from calcds.expr.kinds import Index, Kind
from calcds.expr.term import MINUS_ONE, ONE, ZERO, Term, number, relation, substitute, subterms

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
        answer = _run("normal form", given, lambda conditions: _equal_in_cases(left, right, conditions, closed=True))
        if isinstance(answer, Proof):
            return answer
    return _run("normal form", given, lambda conditions: _equal_in_cases(left, right, conditions))


def prove_by_squares(left: Term, right: Term, given: tuple[Term, ...] = ()) -> Proof | Silence:
    """Two quantities that are never negative are equal if their squares are."""
    if not left.is_scalar:
        return Silence("for scalars only")

    def nonnegative(s: Session) -> bool:
        signs = [s.facts.sign(s(side)) for side in (left, right)]
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

    return _cases((t,), given, holds, CASES)


def prove_condition(condition: Term, given: tuple[Term, ...] = ()) -> Proof | Silence:
    """Whether a condition holds at every point where its parts are defined."""

    def work(conditions: tuple[Term, ...], *, closed: bool) -> int:
        return _cases((condition,), conditions, lambda s: s.normal.holds(s.entries.condition(condition)), CASES, closed=closed)

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

    return _run("cases", given, lambda conditions: _cases((first, second), conditions, agree, CASES))


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


def _equal_in_cases(left: Term, right: Term, given: tuple[Term, ...], *, closed: bool = False) -> int:
    total = 0
    for a, b in _entry_pairs(left, right):
        cases = _cases((a, b), given, lambda s, a=a, b=b: s.is_zero(s(a) - s(b)), CASES, closed=closed)  # type: ignore[misc]
        if cases <= 0:
            return cases  # a matrix with an entry that is nowhere defined is nowhere defined
        total = max(total, cases)
    return total


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


def _cases(
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
        for sign in (s for s in (1, -1, 0) if s in split.signs):
            cases = _cases(seen, (*given, *_case(split.term, sign)), holds, depth - 1, boundary, closed=closed)
            if cases == 0:
                return 0
            found += max(cases, 0)
        return found or -1


def _case(term: Term, sign: int) -> tuple[Term, ...]:
    """The conditions of a case: its sign. A number that is 1 or -1 is known as soon as its sign is."""
    is_label = term.head == "sym" and term.data[1].word == "Sign"
    known = (relation("=", term, number(sign)),) if is_label and sign else ()
    return (condition_of(term, sign), *known)


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
            if _equal_in_cases(_replace(pair[0], table), _replace(pair[1], table), given) <= 0:
                continue
            step = {n: n + ONE}
            new = tuple(_replace(t, step) for t in pair)
            hypothesis = relation("=", *pair)
            cases = _cases((*new, *pair), (*given, hypothesis), lambda s, new=new: s.is_zero(s(new[0]) - s(new[1])), CASES)  # type: ignore[misc]
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
