"""The arithmetic of the exact stages: lowest terms, relations, and budgets that end with silence."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from time import perf_counter

import pytest

from calcds.decide.field import Field, Full, TooBig, budget
from calcds.decide.induction import prove_by_induction
from calcds.decide.prover import Silence, prove_equal
from calcds.decide.words import prove_words
from calcds.errors import Undefined
from calcds.expr.term import Term, as_term, number
from calcds.notation import *

x, y = Real.symbol("x"), Real.symbol("y")
n, k = Dim("n"), Index("k")
A = Matrix[n, n].symbol("A")
STAGES = (prove_equal, prove_words, prove_by_induction)


def test_quotients_are_kept_in_lowest_terms() -> None:
    field = Field(12)
    a, b = field.kernel(x), field.kernel(y)
    assert (a * a - b * b) / (a - b) == a + b
    assert (a / b) ** -2 == (b / a) ** 2
    assert (a - a).is_zero
    assert (field.constant(Fraction(6, 4)) * field.one).value == Fraction(3, 2)
    assert a / (field.constant(2) * b) != a / b


def test_division_by_zero_is_undefined() -> None:
    field = Field(12)
    with pytest.raises(Undefined):
        field.one / field.zero
    with pytest.raises(Undefined):
        field.zero**-1


def test_relations_are_used_until_nothing_is_left_to_use() -> None:
    field = Field(12)
    p = field.kernel(x)
    root = field.kernel(Term("pow", (x, number(Fraction(1, 2)))), (2, p))
    assert field.reduce(root**4 - p * p).is_zero
    assert field.reduce(root**3 - p * root).is_zero
    assert not field.reduce(root**3 - p).is_zero
    assert field.reduce(field.one / root**2 - field.one / p).is_zero


def test_factors_multiply_to_the_whole() -> None:
    field = Field(12)
    a, b = field.kernel(x), field.kernel(y)
    for ratio in (
        a * a - b * b,
        field.constant(-6) * a * b * b,
        (b - a) / (a + b),
        field.constant(Fraction(-2, 3)),
        a / b**3,
    ):
        content, factors = ratio.factors()
        whole = field.constant(content)
        for factor, e in factors:
            whole = whole * factor**e
            assert factor.num.leading_coefficient() > 0
        assert whole == ratio


def test_a_full_field_and_an_empty_purse_say_so() -> None:
    field = Field(1)
    field.kernel(x)
    with pytest.raises(Full):
        field.kernel(y)
    with budget(3):
        small = Field(12)
        product = small.kernel(x)
        with pytest.raises(TooBig):
            product**5 * product * product * product


def _nested(build: Callable[[Term], Term], t: Term, depth: int) -> Term:
    for _ in range(depth):
        t = build(t)
    return t


SYMBOLS = tuple(Real.symbol(f"s{i}") for i in range(100))


def _sum(terms: Iterable[Term]) -> Term:
    whole = number(0)
    for t in terms:
        whole = whole + t
    return whole


HEAVY = {
    "nested powers": lambda: _nested(lambda t: (t + 1) ** 9, x, 3),
    "more nested powers": lambda: _nested(lambda t: (t + 1) ** 9, x, 9),
    "tower": lambda: number(9) ** (number(9) ** (number(9) ** number(9))),
    "tower from the left": lambda: ((number(9) ** 9) ** 9) ** number(9),
    "huge exponent": lambda: (x + 1) ** (10**9),
    "huge power of two": lambda: number(2) ** (10**9),
    "negative huge power": lambda: number(2) ** (-(10**9)),
    "root of a huge number": lambda: sqrt(number(10**3000 + 7)),
    "fine root": lambda: x ** (number(1) / 10**9),
    "factorial": lambda: factorial(number(10**9)),
    "binomial": lambda: binomial(number(10**9), number(10**8)),
    "deep sine": lambda: _nested(sin, x, 2000),
    "deep root": lambda: _nested(lambda t: sqrt(t + 1), x, 300),
    "deep quotient": lambda: _nested(lambda t: 1 / (1 + t), x, 400),
    "power of a long sum": lambda: _sum(SYMBOLS[:40]) ** 8,
    "hundred symbols": lambda: _sum(1 / (1 + s) for s in SYMBOLS),
    "sixty roots": lambda: _sum(sqrt(1 + s**2) for s in SYMBOLS[:60]) ** 2,
    "thirty absolute values": lambda: _sum(Abs(s) for s in SYMBOLS[:30]),
    "maximum of thirty": lambda: Max(*SYMBOLS[:30]),
    "infinity as a float": lambda: as_term(float("inf")) * x,
    "large float": lambda: as_term(1e300) * x,
    "exponential tower": lambda: exp(exp(exp(exp(number(9))))),
    "long sum": lambda: Sum(k**50, (k, 0, n)),
    "trigonometric powers": lambda: sin(x) ** 40 * cos(y) ** 40,
    "nested inverses": lambda: trace(_nested(lambda t: (t + eye(n)).I * t, A, 5)),
}


@pytest.mark.parametrize("name", HEAVY)
def test_heavy_claims_end_in_silence_and_soon(name: str) -> None:
    begin = perf_counter()
    claim = HEAVY[name]()
    for stage in STAGES:
        assert isinstance(stage(claim, y), Silence)
    assert perf_counter() - begin < 20
