r"""Expectations as terms.

By the theorem of Richter and Tchakaloff, for finitely many integrable functions of random variables there is a finite
probability space on which they have the same expectations. So an identity between expressions in finitely many
expectations holds for all random variables that have these moments if and only if it holds on every finite space, and
there a random variable is a column of values, one for each outcome:

    E[g(X, Y)] = sum_k p_k g(X_k, Y_k)                    on one space
    E[g(X, Y)] = sum_k sum_l p_k q_l g(X_k, Y_l)          where X and Y are independent

Where the text states a mean m and a variance v, or where the X_i of a family are independent and identically distributed,
the space is not free, and a polynomial of degree at most 2 is replaced exactly:

    E[g(X)] = g(m) + v (g(m + 1) - 2 g(m) + g(m - 1)) / 2
    E[g(X_1, ..., X_n)] = g(m, ..., m) + v sum_i (g(m 1 + e_i) - 2 g(m 1) + g(m 1 - e_i)) / 2

and so it is for a random vector with mean m and covariance matrix S

    E[g(X)] = g(m) + sum_ij S_ij (g(m + e_i + e_j) - g(m + e_i) - g(m + e_j) + g(m)) / 2

A polynomial of a higher degree is replaced where all moments are known, and any other function by an integral over the
density.

Imports: calcds.document, calcds.expr.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, count

from calcds.document.chance.profiles import Profile
from calcds.document.source.raw import Unread
from calcds.expr import operators as op
from calcds.expr.functions import HALF
from calcds.expr.kinds import INDEX
from calcds.expr.term import (
    DERIVATIVES,
    ONE,
    ZERO,
    Size,
    Term,
    as_term,
    entry,
    number,
    replace,
    size,
    subterms,
)
from calcds.expr.term import substitute as _substitute

_TWO = number(2)
HIGHEST = 8  # degree of polynomials
_LINEAR = {"entry", "trans", "sum", "build", "trace", "total"}
_counter = count(1)


@dataclass(frozen=True, slots=True)
class Moments:
    """Mean and variance; of a Bernoulli variable, which is 0 or 1, and of a normal one they tell everything."""

    mean: Term
    variance: Term
    binary: bool = False
    normal: bool = False
    generating: Callable[[Term], Term] | None = None  # t -> E[e^(t X)]
    profile: Profile | None = None  # its values and their probabilities


@dataclass(frozen=True, slots=True)
class Variable:
    """A random variable.

    symbol:  what stands for it in what is expected: a number, or a column (a random vector, or a family)
    values:  its values, one row for every outcome
    weights: the probabilities of the outcomes
    copy:    equal for variables that are the same function of the same outcome
    """

    symbol: Term
    values: Term
    weights: Term
    copy: str = ""


def column(body: Term, place: Term, length: Size) -> Term:
    """The column with these entries."""
    return Term("build", (body, place, INDEX.symbol("_")), None, (length, 1))


def literal(body: Term, variables: Sequence[Variable]) -> Term:
    """The expectation as a sum over the outcomes of every space that occurs."""
    indices: dict[tuple[Term, str], Term] = {}
    table: dict[Term, Term] = {}
    for one in variables:
        k = indices.setdefault((one.weights, one.copy), INDEX.symbol(f"k{len(indices)}'{next(_counter)}"))
        if one.symbol.is_scalar:
            table[one.symbol] = entry(one.values, k, ZERO)
        else:
            place = INDEX.symbol("c'")
            table[one.symbol] = column(entry(one.values, k, place), place, one.symbol.shape[0])
    found = substitute(body, table)
    for (weights, _), k in indices.items():
        top = as_term(size(as_term(weights.shape[0]) - ONE))
        found = op.Sum(entry(weights, k, ZERO) * found, (k, ZERO, top))
    return found


def degree(body: Term, symbols: frozenset[Term]) -> int | None:
    """The degree of a polynomial in some symbols; None where it is none, or where it is not seen to be one."""
    if body.free.isdisjoint(symbols):
        return 0
    if body in symbols:
        return 1
    parts = [degree(a, symbols) for a in body.args]
    if None in parts:
        return None
    degrees = [d for d in parts if d is not None]
    if body.head in {"add", "neg"}:
        return max(degrees)
    if body.head in {"mul", "hadamard"}:
        return sum(degrees)
    if body.head == "pow" and body.args[1].head == "num" and body.args[1].data.denominator == 1 and body.args[1].data >= 0:
        return degrees[0] * int(body.args[1].data)
    return degrees[0] if body.head in _LINEAR and not any(degrees[1:]) else None


def by_moments(body: Term, moments: Mapping[Term, Moments], covariances: Mapping[frozenset[Term], Term]) -> Term | None:
    """The expectation by means and variances; None where the polynomial is of a higher degree.

    covariances: of pairs that are not independent; 0 for pairs that are only uncorrelated
    """
    body = _without_norms(body)
    here = [s for s in moments if s in body.free]
    tied = [pair for pair in combinations(here, 2) if frozenset(pair) in covariances]
    if not tied:
        found: Term | None = body
        for s in here:
            found = _over_one(found, s, moments[s]) if found is not None else None
        return found
    if any(not s.is_scalar for s in here) or (degree(body, frozenset(here)) or 3) > 2:
        return None
    means = {s: moments[s].mean for s in here}
    total = substitute(body, means)
    for s in here:
        total = total + moments[s].variance * _second(body, s, means)
    for a, b in tied:
        covariance = covariances[frozenset((a, b))]
        if covariance is not ZERO:
            total = total + covariance * _mixed(body, a, b, means)
    return total


def _without_norms(body: Term) -> Term:
    """The same with a^T a for the squared length of a column: a polynomial in its entries."""
    squares = (t for t in subterms(body) if t.head == "pow" and t.args[0].head == "norm" and t.args[1] is _TWO)
    columns = {t: t.args[0].args[0] for t in squares if t.args[0].data == 2 and t.args[0].args[0].shape[1] == 1}
    return replace(body, {t: a.T @ a for t, a in columns.items()}) if columns else body


def _over_one(body: Term, s: Term, known: Moments) -> Term | None:
    """The expectation over one variable that is independent of all others."""
    if s not in body.free:
        return body
    if known.binary and s.is_scalar:
        return known.mean * substitute(body, {s: ONE}) + (ONE - known.mean) * substitute(body, {s: ZERO})
    d = degree(body, frozenset({s}))
    if d is not None and known.normal and s.is_scalar and 2 < d <= HIGHEST:
        return _over_normal(body, s, known, d)
    if d is None and known.generating is not None and s.is_scalar:
        found = _of_exponential(body, s, known.generating)
        if found is not None:
            return found
    if (d is None or d > 2) and known.profile is not None and s.is_scalar:
        return _by_values(body, s, known.profile, d)
    if d is None or d > 2:
        return None
    if s.is_scalar:
        middle = substitute(body, {s: known.mean})
        return middle + known.variance * _second(body, s, {s: known.mean}) if d == 2 else middle
    c, t = INDEX.symbol("c'"), INDEX.symbol(f"t'{next(_counter)}")
    length = s.shape[0]

    def at(shift: int) -> Term:
        mean = known.mean if known.mean.is_scalar else entry(known.mean, c, ZERO)
        moved = mean + number(shift) * op.delta(c, t) if shift else mean
        return substitute(body, {s: column(moved, c, length)})

    if d < 2:
        return at(0)
    if known.variance.shape == (length, length):
        return at(0) + _over_vector(body, s, known)
    step = HALF * (at(1) + at(-1)) - at(0)
    variance = known.variance if known.variance.is_scalar else entry(known.variance, t, ZERO)
    return at(0) + op.Sum(variance * step, (t, ZERO, as_term(size(as_term(length) - ONE))))


def _over_vector(body: Term, s: Term, known: Moments) -> Term:
    """What a covariance matrix adds to the expectation of a polynomial of degree 2."""
    length, top = s.shape[0], as_term(size(as_term(s.shape[0]) - ONE))
    i, j, c = (INDEX.symbol(f"{letter}'{next(_counter)}") for letter in "ijc")

    def at(*moved: Term) -> Term:
        place = entry(known.mean, c, ZERO)
        for one in moved:
            place = place + op.delta(c, one)
        return substitute(body, {s: column(place, c, length)})

    mixed = HALF * (at(i, j) - at(i) - at(j) + at())
    return op.Sum(op.Sum(entry(known.variance, i, j) * mixed, (j, ZERO, top)), (i, ZERO, top))


def _of_exponential(body: Term, s: Term, generating: Callable[[Term], Term]) -> Term | None:
    """The expectation of c e^(a + b s), by the moment-generating function; None for anything else."""
    factors = body.args if body.head == "mul" else (body,)
    inside = [one for one in factors if s in one.free]
    if len(inside) == 1 and inside[0].head == "pow" and s not in inside[0].args[0].free:  # z^X = e^{X log z}
        power = inside[0]
        powered = op.function("exp")(op.function("log")(power.args[0]) * power.args[1])
        return _of_exponential(replace(body, {power: powered}), s, generating)
    if len(inside) != 1 or inside[0].head != "fn" or inside[0].data != "exp" or degree(inside[0].args[0], frozenset({s})) != 1:
        return None
    exponent = inside[0].args[0]
    start = substitute(exponent, {s: ZERO})
    found = generating(substitute(exponent, {s: ONE}) - start) * op.function("exp")(start)
    for one in factors:
        found = found if one is inside[0] else one * found
    return found


def _over_normal(body: Term, s: Term, known: Moments, d: int) -> Term:
    """The expectation of a polynomial in a normal variable: sum_j (v/2)^j / j! times derivative 2j at the mean."""
    total, factor = substitute(body, {s: known.mean}), ONE
    for j in range(1, d // 2 + 1):
        factor = factor * known.variance * HALF / number(j)
        total = total + factor * op.at(op.diff(body, *[s] * (2 * j)), s, known.mean)
    return total


def _by_values(body: Term, s: Term, known: Profile, d: int | None) -> Term | None:
    """The expectation of a polynomial by all moments, sum_j E[X^j] / j! times derivative j at 0; else by the values."""
    if d is None or d > HIGHEST or known.raw is None:
        return known.expectation(lambda u: substitute(body, {s: u}))
    total, factor = substitute(body, {s: ZERO}), 1
    for j in range(1, d + 1):
        factor *= j
        total = total + known.raw(j) * op.at(op.diff(body, *[s] * j), s, ZERO) / number(factor)
    return total


def _second(body: Term, s: Term, means: Mapping[Term, Term]) -> Term:
    """Half the second derivative of a polynomial of degree at most 2, as a difference."""
    up, down = (substitute(body, {**means, s: means[s] + number(shift)}) for shift in (1, -1))
    return HALF * (up + down) - substitute(body, dict(means))


def _mixed(body: Term, a: Term, b: Term, means: Mapping[Term, Term]) -> Term:
    """The mixed derivative of such a polynomial."""
    steps = ((1, 1), (1, 0), (0, 1), (0, 0))
    corner = [substitute(body, {**means, a: means[a] + number(i), b: means[b] + number(j)}) for i, j in steps]
    return corner[0] - corner[1] - corner[2] + corner[3]


def substitute(body: Term, table: Mapping[Term, Term]) -> Term:
    """Values put in for random variables. Raises Unread where something is differentiated by one of them."""
    if any(t.head in DERIVATIVES for t in subterms(body)) and not _differentiated(body).isdisjoint(table):
        raise Unread("a derivative by something random")
    return _substitute(body, dict(table))


def _differentiated(body: Term) -> set[Term]:
    """The variables by which a term is differentiated; one that `at` binds, as in a moment, is none of them."""
    found = set[Term]().union(*map(_differentiated, body.args))
    if body.head in DERIVATIVES:
        found |= {place if place.head == "sym" else place.args[0] for place in body.args[1:]}
    return found - {body.args[1]} if body.head == "at" else found
