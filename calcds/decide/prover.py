"""Proving a claim: both sides in normal form, under complete case distinctions, by induction where sizes call for it.

A proof is a `Proof`: the stage that closed it, and the conditions it split into cases. `prove` returns the reason why
it stays silent otherwise; silence says nothing about the claim.

Imports: calcds.expr, calcds.decide.field, .facts, .scalar, .entries, .sums.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from calcds.decide.asking import SIGNS_OF, NeedBoundary, NeedCase, Rescale, condition_of
from calcds.decide.bound import BOUND
from calcds.decide.entries import Entries
from calcds.decide.facts import NIL, NONNEG, POS, REAL, Facts, surely_nonempty
from calcds.decide.field import CAPACITIES, UNITS, Field, Full, Ratio, TooBig, budget
from calcds.decide.limits import T_NAME, Infinite
from calcds.decide.scalar import Normalizer
from calcds.decide.sums import Sums
from calcds.errors import NoRule, Undefined
from calcds.expr.functions import TABLE
from calcds.expr.kinds import Index, Kind, Real
from calcds.expr.term import MINUS_ONE, ONE, ZERO, Term, as_term, number, relation, substitute, subterms

T = TypeVar("T")
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
        for condition in given:
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
            value = _derivative_where_cases_meet(meeting.marker, given, closed=closed)
            if value is None:
                return -1
            boundary = {**boundary, meeting.marker: value}


def _derivative_where_cases_meet(marker: Term, given: tuple[Term, ...], *, closed: bool) -> Term | None:
    """The derivative of a case distinction at a point where two of its cases meet; None if it does not exist there.

    It exists if the two cases have the same value and the same slope there, whichever of them holds nearby. It does not
    if one of these differs and the condition changes its truth at the point. Anything else is left open.
    """
    inner, u, point = marker.args if marker.head == "at" else (marker, None, marker.args[1])
    function, place = inner.args
    if place.head != "sym":
        raise NoRule("differentiate where cases meet", str(function))
    u = Real.symbol(place.data[0] + "~")  # the variable near the point; the hypotheses speak of the point itself
    function = substitute(function, {place: u})
    p = _meeting(function, u, point, given, closed=closed)
    there = {u: point}
    near_point, sides = function, []
    if not _has_value(substitute(function, there), given, closed=closed):
        return None

    def look(s: Session) -> tuple[Term, Term]:
        value = s.normal(function).term
        return value, s(Term("deriv", (value, u))).term

    for sign in (1, -1):
        near = (*given, condition_of(p, sign))
        try:
            sides.append(with_session(near, (function, *near), look, closed=closed))
        except (NeedCase, NeedBoundary, Undefined):
            return _slope_at_rest(function, p, u, point, given, closed=closed)
    (above, slope_above), (below, slope_below) = sides

    above, slope_above, below, slope_below, function = (
        substitute(t, there) for t in (above, slope_above, below, slope_below, function)
    )

    def meet(s: Session) -> bool | None:
        here = s.normal(function)
        gaps = [s.field.reduce(d) for d in (s(above) - here, s(below) - here, s(slope_above) - s(slope_below))]
        open_gaps = [g for g in gaps if not s.vanishes(g)]
        if all(s.normal.sign_of(g) == 0 for g in open_gaps):  # asks for cases
            return True
        moves = s.normal.sign_of(s(Term("at", (Term("deriv", (p, u)), u, point))))
        return False if moves else None  # both sides are met on the way through the point, if p moves

    try:
        meets = with_session(given, (function, *given), meet, closed=closed)
    except (NeedBoundary, Undefined):
        raise NoRule("differentiate where cases meet", str(function)) from None
    if meets is None:
        return _slope_at_rest(near_point, p, u, point, given, closed=closed)
    return slope_above if meets else None


def _has_value(term: Term, given: tuple[Term, ...], *, closed: bool) -> bool:
    """False where a term is known to be undefined."""
    try:
        with_session(given, (term, *given), lambda s: s(term), closed=closed)
    except Undefined:
        return False
    except (NeedCase, NeedBoundary, NoRule, TooBig):
        return True
    return True


def _slope_at_rest(
    function: Term, p: Term, u: Term, point: Term, given: tuple[Term, ...], *, closed: bool
) -> Term:  # fmt: skip
    """The derivative at a point around which p stays 0 as u varies, so that one case holds all around the point.

    Asks for the sign of the slope of p, where that is what is missing to tell.
    """
    slope_of_p = Term("at", (Term("deriv", (p, u)), u, point))

    def look(s: Session) -> Term | None:
        return s(Term("deriv", (s.normal(function).term, u))).term if s.vanishes(s(p)) else None

    try:
        moves = with_session(given, (p, *given), lambda s: s.normal.sign_of(s(slope_of_p)), closed=closed)
    except (NeedBoundary, Undefined):
        moves = 1
    try:
        slope = None if moves else with_session(given, (function, *given), look, closed=closed)
    except (NeedCase, NeedBoundary, Undefined):
        slope = None
    if slope is None:
        raise NoRule("differentiate where cases meet", str(function)) from None
    return substitute(slope, {u: point})


def _meeting(function: Term, u: Term, point: Term, given: tuple[Term, ...], *, closed: bool) -> Term:
    """The quantity whose sign changes at the point: the condition of a case that is an equation there."""
    for condition in subterms(function):
        if condition.head == "rel" and condition.args[0].is_scalar and u in condition.free:
            p = condition.args[0] - condition.args[1]
            here = substitute(p, {u: point})
            if with_session(given, (here, *given), lambda s, here=here: s.vanishes(s(here)), closed=closed):  # type: ignore[misc]
                return p
    raise NoRule("find where cases meet in", str(function))


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


__all__ = ["Proof", "Session", "Silence", "prove_by_induction", "prove_condition", "prove_equal", "with_session"]
