r"""Whether an inequality holds: `\ln x \le x - 1`, `27 > 0`, `\sum_{t=1}^T t^{-1/2} \le 2\sqrt T - 1`.

    proved      the engine has a proof, with the names as they stand or with their definitions put in; or, of a sum up to a
                number of terms, the bound holds for one term and grows by no less than every further one (induction)
    refuted     there is a point at which it does not hold

Nothing is supported: an inequality that holds at all points that are tried may fail by little, in a small region or far out,
and its points tell less than those of an equation, of which a single one is enough. Decimals may be rounded, so that sides
that may agree within their rounding tell nothing. A value that the text finds for a name is no value of a general claim.

Imports: calcds.decide, calcds.document, calcds.expr.
"""

from __future__ import annotations

import operator
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce

from calcds.decide import engine
from calcds.decide.field import TooBig, budget
from calcds.decide.prover import Proof
from calcds.decide.rounding import may_agree
from calcds.decide.verdict import Outcome, Verdict
from calcds.document.chance.stating import is_chance
from calcds.document.reading.chains import Reading
from calcds.document.reading.examples import put_in
from calcds.document.weighing.agreeing import Clash
from calcds.document.weighing.deciding import Decider, undecided, whole_claim
from calcds.document.weighing.nothing import runs_over_nothing
from calcds.document.words.judge import real_domain
from calcds.errors import CalcdsError
from calcds.expr import operators as op
from calcds.expr.kinds import Nonnegative, Positive, PositiveInteger, Real
from calcds.expr.term import ONE, ZERO, Term, number, relation, replace, substitute, subterms

STEPS = 12  # definitions that are put in
LARGEST = 150  # parts of a claim
WIDEST = 6  # names of a claim
WORK = 8_000  # units of a proof, about 0.4 seconds
TIMEOUT = 0.6  # seconds, of which the engine takes a quarter for every look at numbers
_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
_WHOLE = {*"ijklmnNKMT"}
_VARIABLES = {*"xyztuvws"}
LARGE = 12
_SUMS = {"sum", "prod", "build"}


@dataclass(frozen=True, slots=True)
class Weighed:
    """What comes of an inequality, and the sides of which it was found.

    alone: no definition and no number of the text was put in
    """

    verdict: Verdict
    sides: tuple[Term, Term]
    given: tuple[Term, ...] = ()
    alone: bool = True

    @property
    def is_of_numbers(self) -> bool:
        """Whether its sides are numbers."""
        return not self.sides[0].free and not self.sides[1].free


def weigh(decider: Decider, reading: Reading, sign: str) -> Weighed | None:
    """What comes of the first pair of a reading with a relation between its sides; None where it is no claim about numbers."""
    pair = reading.pair(0)
    if pair is None or reading.doubts_of(0) or reading.options.suppose or reading.up_to(0):
        return None
    arrays = any(t.head == "rel" and not t.args[0].is_scalar for g in reading.given for t in subterms(g))  # `x > 0` of a vector
    if arrays or not all(side.is_scalar for side in pair) or not _may_be_asked(*pair):
        return None
    decider.scope.see(reading.options, reading.show)
    found = _stepwise(decider, pair, sign, reading)
    if found is None or found.verdict.outcome not in {Outcome.PROVED, Outcome.REFUTED}:
        return None
    single = any(s.is_scalar and s.data[1].word in {"Matrix", "Vector"} for s in _free(found.sides))
    if single or runs_over_nothing(*found.sides):
        return None
    return found


def _stepwise(decider: Decider, pair: tuple[Term, Term], sign: str, reading: Reading) -> Weighed | None:
    """Decide it with the names as they stand; put definitions in, the newest first, until it is proved or none is left."""
    (left, right), given, scope = pair, reading.given, decider.scope
    elastic, special = reading.elastic(scope), False
    for _ in range(STEPS):
        if not _may_be_asked(left, right):
            return None
        verdict = ask(decider, relation(sign, left, right), given)
        if verdict.outcome is Outcome.PROVED:
            return None if special else Weighed(verdict, (left, right), given, (left, right) == pair)
        claim = whole_claim(left, right, given)
        used = scope.newest(claim)
        if used is None:
            break
        special = special or used.result
        try:
            left, right, given = decider.with_formula(claim, used, elastic)
        except Clash:
            return None
    else:
        return None
    if special:
        return None
    found = _of_an_example(decider, (left, right), sign)
    return found or Weighed(verdict, (left, right), given, (left, right) == pair)


def _of_an_example(decider: Decider, sides: tuple[Term, Term], sign: str) -> Weighed | None:
    """The same for the numbers that the names have in this section, where they have one only and all names have some."""
    names = {str(s.data[0]) for s in _free(sides)}
    if not names or names & (decider.scope.varied() | decider.scope.examples_elsewhere()):
        return None
    put: tuple[Term, Term] | None = sides
    for arrays in (True, False):
        put = put_in(put, decider.scope.examples(arrays=arrays)) if put is not None else None
    if put is None or _free(put) or not all(side.is_scalar for side in put):
        return None
    return Weighed(ask(decider, relation(sign, *put), ()), put, (), alone=False)


def ask(decider: Decider, claim: Term, given: tuple[Term, ...]) -> Verdict:
    """What the engine says of an inequality between real numbers, remembered."""
    sides = claim.args
    given = tuple(dict.fromkeys((*given, *real_domain(*sides))))
    key = (claim, given)
    if key not in decider.memory:
        decider.memory[key] = _decided(claim, given)
    return decider.memory[key]


def _decided(claim: Term, given: tuple[Term, ...]) -> Verdict:
    left, right = claim.args
    try:
        near = not claim.free and any(map(_has_decimals, (left, right))) and may_agree(left, right) is not False
        with budget(WORK):
            verdict = engine.decide_condition(claim, given, TIMEOUT)
        if verdict.outcome is Outcome.SUPPORTED:
            with budget(3 * WORK):
                proof = by_induction(claim, given) or by_norms(claim, given) or by_any_lengths(claim, given)
            if proof is not None:
                return Verdict(Outcome.PROVED, proof.stage, proof.detail, points=verdict.points, digits=verdict.digits)
    except (TooBig, CalcdsError, RecursionError, MemoryError, ArithmeticError) as error:
        return undecided(f"not decided: {error}")
    if near and (verdict.outcome is Outcome.REFUTED or all(map(_has_decimals, (left, right)))):
        return undecided("rounding of the printed decimals may decide it")
    return verdict


def _has_decimals(side: Term) -> bool:
    return any(t.head == "decimal" for t in subterms(side))


def by_induction(claim: Term, given: tuple[Term, ...]) -> Proof | None:
    r"""A proof that a sum with one end that varies is bounded: `\sum_{t=1}^T a_t \le g(T)`, for T = 1, 2, ...

    a_1 <= g(1), and a_{T+1} <= g(T+1) - g(T) for every real T >= 1; the other names are as they are said to be. The sum
    over nothing, T = 0, is not claimed: a text that adds up T terms has some.
    """
    for k, sign in enumerate((claim.data, _TURNED[claim.data])):
        total, bound = _sum_up_to(claim.args[k]), claim.args[1 - k]
        if total is None or any(total.length in g.free for g in given) or any(t.head in _SUMS for t in subterms(bound)):
            continue
        n = Positive.symbol(f"{total.length.data[0]}^real")
        upper = substitute(bound, {total.length: n})
        first = relation(sign, total.term(ONE), substitute(bound, {total.length: ONE}))
        step = relation(sign.rstrip("=") + "=", total.term(n + ONE), substitute(upper, {n: n + ONE}) - upper)
        if _proved(first, given) and _proved(step, (*given, relation(">=", n, ONE))):
            said = f"it holds for {total.length} = 1, and one term more adds no more than the bound allows"
            return Proof("induction", said)
    return None


def by_norms(claim: Term, given: tuple[Term, ...]) -> Proof | None:
    r"""A proof that the smaller side is bounded by the norms of its parts, and these by the larger one.

    `\|x + y\| \le \|x\| + \|y\|` and `\|AB\| \le \|A\| \|B\|` hold for the norm that is meant, as it is the Euclidean one, or
    that of Frobenius; `|x^T y| \le \|x\| \|y\|` is the inequality of Cauchy and Schwarz.
    Squares of these are bounded by squares.
    """
    low, high = claim.args if claim.data in {"<", "<="} else claim.args[::-1]
    bound = _by_parts(low)
    if bound is None or claim.data not in {"<=", ">="}:
        return None
    try:
        equal = engine.decide_terms(bound, high, given, TIMEOUT).outcome is Outcome.PROVED
    except CalcdsError:
        return None
    if equal or _proved(relation("<=", bound, high), given):
        return Proof("norms", f"the smaller side is at most {bound}")
    return None


def by_any_lengths(claim: Term, given: tuple[Term, ...]) -> Proof | None:
    r"""A proof with any number that is not negative in the place of every norm, and any number in that of every scalar product.

    Of the scalar product of two arrays whose norms stand in the claim no more is used than `|u^T v| \le \|u\| \|v\|`.
    """
    norms = {t for t in subterms(claim) if t.head == "norm"}
    lengths = {t: Nonnegative.symbol(f"length{k}") for k, t in enumerate(sorted(norms, key=str))}
    table, bounds = dict(lengths), list[Term]()
    for t in subterms(claim):
        arrays = [one for one in t.args if not one.is_scalar] if t.head == "mul" and t.is_scalar else []
        if len(arrays) == 2:
            product = Real.symbol(f"product of {arrays[0]} and {arrays[1]}")
            table[t] = reduce(operator.mul, (one for one in t.args if one.is_scalar), ONE) * product
            row = arrays[0].args[0] if arrays[0].head == "trans" else arrays[0]
            first, second = lengths.get(op.norm(row)), lengths.get(op.norm(arrays[1]))
            if first is not None and second is not None:
                bounds += [relation("<=", product, first * second), relation(">=", product, -first * second)]
    plain = replace(claim, table)
    if not table or any(not s.is_scalar or s.data[1].word == "Dim" for s in plain.free):
        return None
    known = (g for g in given if all(s.is_scalar for s in g.free))
    return Proof("norms", "whatever the norms in it are") if _proved(plain, (*known, *bounds)) else None


def _by_parts(side: Term) -> Term | None:
    """A bound by norms of parts: of a norm, of a scalar product, of its absolute value, or of the square of one of these."""
    if side.head == "pow" and side.args[1].head == "num" and side.args[1].data == 2:
        inner = side.args[0]
        inner = inner if inner.head == "norm" or (inner.head, inner.data) == ("fn", "abs") else op.function("abs")(inner)
        bound = _by_parts(inner)
        return None if bound is None else bound**2
    inside = side.args[0] if side.head == "norm" or (side.head, side.data) == ("fn", "abs") else side
    if side.head == "norm" and inside.head == "add":
        return reduce(operator.add, (op.norm(part, side.data) for part in inside.args))
    if side.head == "norm" and side.data != 2:
        return None  # what bounds a product depends on the norm
    arrays = [t for t in inside.args if not t.is_scalar] if inside.head == "mul" else []
    if len(arrays) < 2 or (side.head != "norm" and len(arrays) != 2):
        return None
    factors = [t for t in inside.args if t.is_scalar]
    return reduce(operator.mul, (*(op.function("abs")(t) for t in factors), *(op.norm(t) for t in arrays)))


def _proved(claim: Term, given: tuple[Term, ...]) -> bool:
    return engine.decide_condition(claim, given, TIMEOUT).outcome is Outcome.PROVED


def changed(claim: Term) -> Iterator[Term]:
    r"""Inequalities that differ from a claim in a small way, the likely ones first: turned, or with another number or exponent.

    >>> from calcds.expr.kinds import Real
    >>> x = Real.symbol("x")
    >>> [str(t) for t in changed(relation("<=", x**2, number(3)))][:2]
    ['x**2 >= 3', '-x**2 <= 3']
    """
    left, right = claim.args
    yield relation(_TURNED[claim.data], left, right)
    if claim.data in {"<", ">"}:
        yield relation(f"{claim.data}=", left, right)
    for k, side in enumerate((left, right)):
        for other in _other_numbers(side):
            yield relation(claim.data, other, right) if not k else relation(claim.data, left, other)


def _other_numbers(side: Term) -> Iterator[Term]:
    r"""A side with another factor, or with one sign, number or exponent changed to another that is likely.

    A number is not made 0, and its sign stays: `x^2 \ge 4`, which says something of x, would hold with -4, and with 0.
    """
    if side.free:
        yield -side
    for factor in (Fraction(2), Fraction(1, 2), Fraction(4), Fraction(1, 4)):
        yield number(factor) * side
    for k, one in enumerate(side.args if side.head == "add" else ()):
        rest = reduce(operator.add, (*side.args[:k], *side.args[k + 1 :]))
        yield rest - one
        yield rest
        if one.head == "num":
            yield from (rest + number(one.data + step) for step in (1, -1, Fraction(1, 2), Fraction(-1, 2)) if one.data + step)
    if side.head == "pow" and side.args[1].head == "num":
        yield from (side.args[0] ** number(side.args[1].data * factor) for factor in (2, Fraction(1, 2)))
    for k, one in enumerate(side.args if side.head == "mul" else ()):
        if one.head == "num":
            values = (value for value in (one.data + 1, one.data - 1, 1 / one.data) if value * one.data > 0)
            rest = reduce(operator.mul, (*side.args[:k], *side.args[k + 1 :]))
            yield from (number(value) * rest for value in values)


def mended(decider: Decider, found: Weighed, sign: str, *, most: int = 24) -> bool:
    """Whether a small change of a refuted inequality is proved: then it was understood, and is a slip of the pen."""
    tries = 0
    for other in changed(relation(sign, *found.sides)):
        if tries >= most:
            return False
        tries += 1
        try:
            if other.head == "rel" and ask(decider, other, found.given).outcome is Outcome.PROVED:
                return True
        except CalcdsError:
            continue
    return False


def fails_everywhere(decider: Decider, found: Weighed, sign: str, *, for_all: bool) -> bool:
    r"""Whether an inequality fails for positive names, too, for those between 0 and 1, and for sizes that are not small.

    Texts do not say that the a and b of `\sqrt{ab} \le (a + b)/2` are not negative, that p is a probability, that n is a whole
    number, or that a bound is meant for more than a few terms.

    for_all: the words say so of its variables, and then those that are not larger than 1 are enough
    """
    free = sorted(_free(found.sides), key=str)
    whole = {s for s in free if str(s) in _WHOLE or s.data[1].word == "Dim"}
    some: dict[Term, Term] = {s: number(LARGE) for s in whole}
    positive = {s: Positive.symbol(s.data[0]) for s in free if s not in whole and s.data[1].word == "Real"}
    whole_ones = {s: PositiveInteger.symbol(s.data[0]) for s in whole if s.data[1].word == "Real"}
    reals = [positive.get(s, s) for s in free if s not in whole]
    below = tuple(relation("<", s, ONE) for s in reals)
    above = tuple(relation(">", s, ONE) for s in reals if not (for_all and str(s) in _VARIABLES))
    usual = whole_ones | positive
    worlds: list[tuple[dict[Term, Term], tuple[Term, ...]]] = [
        ({}, ()), (usual, ()), (some | positive, ()), (usual, below), (usual, above)
    ]  # fmt: skip
    for table, more in worlds:
        left, right, *rest = (substitute(one, table) for one in (*found.sides, *found.given))
        if ask(decider, relation(sign, left, right), (*rest, *more)).outcome is not Outcome.REFUTED:
            return False
    return True


def is_of_signs(given: tuple[Term, ...]) -> bool:
    """Whether conditions say no more than which sign a name has."""
    return all(g.head == "rel" and g.args[0].head == "sym" and g.args[1] is ZERO for g in given)


def is_understood(found: Weighed) -> bool:
    """Whether nothing but names of any numbers stands in an inequality: no array, no random variable, no unknown function."""
    free = _free(found.sides)
    plain = all(s.is_scalar and s.data[1].word in {"Real", "Positive", "Dim", "Nonnegative"} for s in free)
    applied = any(t.head == "apply" for side in found.sides for t in subterms(side))
    return plain and not applied and not is_chance(*found.sides)


def _may_be_asked(left: Term, right: Term) -> bool:
    """Whether an inequality is small enough to be asked for."""
    parts = 0
    for side in (left, right):
        for _ in subterms(side):
            parts += 1
            if parts > LARGEST:
                return False
    return len(left.free | right.free) <= WIDEST


def _free(sides: tuple[Term, Term]) -> frozenset[Term]:
    return sides[0].free | sides[1].free


@dataclass(frozen=True, slots=True)
class _Sum:
    """A multiple of a sum from 1 up to a length of which its terms and the factor in front of it do not depend."""

    length: Term
    index: Term
    body: Term
    factor: Term

    def term(self, place: Term) -> Term:
        """The term at a place, with the factor."""
        return self.factor * substitute(self.body, {self.index: place})


def _sum_up_to(side: Term) -> _Sum | None:
    factors = side.args if side.head == "mul" else (side,)
    sums = [t for t in factors if t.head == "sum"]
    if len(sums) != 1:
        return None
    body, index, low, high = sums[0].args
    plain = high.head == "sym" and high.data[1].word == "Dim" and low is ONE and high not in body.free
    factor = reduce(operator.mul, (t for t in factors if t is not sums[0]), ONE)
    inner = any(t.head in {"sum", "prod", "build", "entry"} for part in (body, factor) for t in subterms(part))
    return _Sum(high, index, body, factor) if plain and not inner and high not in factor.free else None


__all__ = ["TIMEOUT", "Weighed", "fails_everywhere", "is_of_signs", "is_understood", "mended", "weigh"]
