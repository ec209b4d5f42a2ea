"""Signs that follow from hypotheses: every answer is checked against values, and nothing is guessed."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from calcds.decide.facts import NEG, NIL, NONNEG, NONZERO, POS, REAL, plus, times
from calcds.decide.session import Session, with_session
from calcds.expr.term import Term
from calcds.notation import *
from tests.fuzz.generate import Maker
from tests.fuzz.run import Report, _signs
from tests.strategies import makers

x, y, a = Real.symbol("x"), Real.symbol("y"), Real.symbol("a")
z = Complex.symbol("z")
p, q, r, h = Positive.symbol("p"), Nonnegative.symbol("q"), Negative.symbol("r"), Nonzero.symbol("h")
u = Interval(-1, 2).symbol("u")
n, k = Dim("n"), Index("k")
N, K = Natural.symbol("N"), Integer.symbol("K")
v, neg, non = Vector[n].symbol("v"), Vector[n, Negative].symbol("neg"), Vector[n, Nonzero].symbol("non")
D, W = Probability[n].symbol("D"), PositiveDefinite[n].symbol("W")
i, j = Index[n].symbol("i"), Index[n].symbol("j")
f = Function.symbol("f")

KNOWN = (
    (x**2, NONNEG),
    (p * r, NEG),
    (q + p, POS),
    (h**2, POS),
    (h, NONZERO),
    (exp(x), POS),
    (x**2 + 1, POS),
    (u + 1, POS),
    (2 - u, POS),
    (x**2 - x + 1, POS),
    (Abs(z), NONNEG),
    (n, POS),
    (n - 1, NONNEG),
    (D[i], NONNEG),
    (1 - D[i], NONNEG),
    (W[i, i], POS),
    (Sum(v[k] ** 2, (k, n)), NONNEG),
    (Sum(exp(v[k]), (k, n)), POS),
    (Sum(exp(v[k]), (k, N)), NONNEG),
    (p**x, POS),
    (sqrt(q), NONNEG),
    (x - x, NIL),
    (cosh(x), POS),
    (n - 1 - i, NONNEG),
    (f(x) ** 2, NONNEG),
)
OPEN = (  # (term, signs that an answer must leave possible; None: no real value may be claimed)
    (x, REAL),
    (x * y, REAL),
    (p + r, REAL),
    (log(p), REAL),
    (sin(x), REAL),
    (total(non), REAL),
    (Product(neg[k], (k, n)), NONZERO),
    (W[i, j], REAL),
    (gamma(-p - K), None),
    (log(x), None),
    (sqrt(x), None),
    (z, None),
    (z**2, None),
    (f(z), None),
    (x**y, None),
    (integral(sqrt(a + x), (x, -1, 1)), None),
    (asin(x), None),
    (floor(z), None),
    (det(by_entries((n, n), lambda i, j: sqrt(v[i] * v[j]))), None),
)


def _sign(t: Term, *given: Term) -> frozenset[int] | None:
    def ask(s: Session) -> frozenset[int] | None:
        return s.facts.sign(s(t))

    return with_session(given, (t, *given), ask)


@pytest.mark.parametrize(("t", "signs"), KNOWN, ids=str)
def test_what_follows_is_found(t: Term, signs: frozenset[int]) -> None:
    assert _sign(t) == signs


@pytest.mark.parametrize(("t", "signs"), OPEN, ids=str)
def test_what_does_not_follow_is_left_open(t: Term, signs: frozenset[int] | None) -> None:
    found = _sign(t)
    assert found is None or (signs is not None and found >= signs)


def test_stated_inequalities_are_used_and_not_stretched() -> None:
    assert _sign(x - a, x > y, y >= a) == POS
    assert _sign(x + y, x >= 0, y > 0) == POS
    assert _sign(x - y, x >= 0, y >= 0) == REAL
    assert _sign(x, x**2 > 0) != POS
    assert _sign(x * y, x > 0) == REAL


@pytest.mark.parametrize(
    ("stated", "asked", "signs"),
    [
        (Eq(x * y, 0), 3 * x * y * p, NIL),
        (Eq(x * y, 0), x, REAL),
        (x * y > 0, x * y * r, NEG),
        (x * y > 0, x * y**2, REAL),
        (Ne(x * y, 0), -x * y, NONZERO),
    ],
    ids=str,
)
def test_what_is_stated_of_a_product_holds_for_the_product(stated: Term, asked: Term, signs: frozenset[int]) -> None:
    assert with_session((stated,), (asked,), lambda s: s.facts.sign(s(asked))) == signs


def test_sums_and_products_of_sign_sets_hold_every_case() -> None:
    representative = {-1: (-3, -1), 0: (0,), 1: (1, 3)}
    sets = [frozenset(s) for s in ({-1}, {0}, {1}, {-1, 0}, {0, 1}, {-1, 1}, {-1, 0, 1})]
    for one in sets:
        for other in sets:
            pairs = [(b, c) for s in one for t in other for b in representative[s] for c in representative[t]]
            assert plus(one, other) == frozenset((b + c > 0) - (b + c < 0) for b, c in pairs)
            assert times(one, other) == frozenset((b * c > 0) - (b * c < 0) for b, c in pairs)


@settings(max_examples=60, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(makers("sums", "cases"), st.integers(0, 2**30))
def test_signs_of_random_terms_hold_at_points(maker: Maker, seed: int) -> None:
    report = Report()
    _signs(maker, seed, report)
    assert not report.faults
