"""Scalars: exact where possible, undefined at poles, balls that enclose, jets that differentiate."""

from __future__ import annotations

from typing import Any

import mpmath
import pytest
from flint import acb, ctx, fmpq

from calcds.errors import Undefined
from calcds.expr.functions import TABLE
from calcds.values.functions import call
from calcds.values.numbers import (
    HALF,
    ONE,
    Inseparable,
    Jet,
    ball,
    is_zero,
    logarithm,
    order,
    power,
    primal,
    reciprocal,
    show,
    sign,
    slope,
)

Q = fmpq

# Arguments at which mpmath has the same principal value; off the poles and kinks.
REALS = [Q(3, 7), Q(-3, 7), Q(12, 5), Q(-12, 5)]
MPMATH = {
    "log": mpmath.log, "asin": mpmath.asin, "acos": mpmath.acos, "atan": mpmath.atan, "abs": abs, "sign": mpmath.sign,
    "heaviside": lambda x: 1 if x > 0 else 0, "floor": mpmath.floor, "ceil": mpmath.ceil, "re": mpmath.re, "im": mpmath.im,
    "conj": mpmath.conj, "loggamma": mpmath.loggamma, "digamma": mpmath.digamma,
    "sigmoid": lambda x: 1 / (1 + mpmath.exp(-x)), "softplus": lambda x: mpmath.log(1 + mpmath.exp(x)),
    "relu": lambda x: max(x, 0),
}  # fmt: skip


def _value(x: fmpq) -> mpmath.mpf:
    return mpmath.mpf(int(x.p)) / int(x.q)


def _close(ours: Any, theirs: Any) -> bool:
    z = ball(primal(ours))
    ours_ = mpmath.mpc(
        mpmath.mpf(str(z.real.mid().str(40, radius=False))),
        mpmath.mpf(str(z.imag.mid().str(40, radius=False))),
    )
    return bool(abs(ours_ - theirs) <= mpmath.mpf(10) ** -25 * (1 + abs(theirs)))


@pytest.mark.parametrize("x", REALS, ids=str)
@pytest.mark.parametrize("name", [name for name, row in TABLE.items() if row.arity == 1])
def test_every_function_of_one_number_against_mpmath(name: str, x: fmpq) -> None:
    theirs = MPMATH.get(name) or getattr(mpmath, name)
    with mpmath.workdps(40), ctx.workprec(140):
        assert _close(call(name, x), theirs(_value(x)))


@pytest.mark.parametrize(
    ("name", "arguments", "expected"),
    [
        ("atan2", (Q(1, 3), Q(-2)), mpmath.atan2(mpmath.mpf(1) / 3, -2)),
        ("atan2", (Q(-1), Q(0)), -mpmath.pi / 2),
        ("binomial", (Q(5, 2), Q(1, 2)), mpmath.binomial(2.5, 0.5)),
        ("binomial", (Q(-5, 2), Q(3)), mpmath.binomial(-2.5, 3)),
        ("max", (Q(1), Q(2), Q(-3)), 2),
        ("min", (Q(1), Q(2), Q(-3)), -3),
    ],
)
def test_functions_of_several_numbers(name: str, arguments: tuple[fmpq, ...], expected: complex) -> None:
    z = complex(ball(call(name, *arguments)))
    assert abs(z - complex(expected)) < 1e-12


@pytest.mark.parametrize(
    "name", [name for name, row in TABLE.items() if row.arity == 1 and "real" in row.facts]
)
def test_real_functions_of_real_balls_are_exactly_real(name: str) -> None:
    for x in REALS:
        assert ball(call(name, acb(x))).imag.is_zero()


EXACT = [
    (lambda: call("exp", Q(0)), Q(1)),
    (lambda: call("log", Q(1)), Q(0)),
    (lambda: call("sin", Q(0)), Q(0)),
    (lambda: call("gamma", Q(5)), Q(24)),
    (lambda: call("factorial", Q(0)), Q(1)),
    (lambda: call("binomial", Q(7), Q(3)), Q(35)),
    (lambda: call("binomial", Q(3), Q(5)), Q(0)),
    (lambda: call("sigmoid", Q(0)), HALF),
    (lambda: call("heaviside", Q(0)), HALF),
    (lambda: call("floor", Q(-7, 2)), Q(-4)),
    (lambda: call("ceil", Q(-7, 2)), Q(-3)),
    (lambda: power(Q(4, 9), HALF), Q(2, 3)),
    (lambda: power(Q(8, 27), Q(-2, 3)), Q(9, 4)),
    (lambda: power(Q(0), Q(0)), Q(1)),
    (lambda: power(Q(0), HALF), Q(0)),
    (lambda: power(Q(-2), Q(-3)), Q(-1, 8)),
]


@pytest.mark.parametrize(("compute", "expected"), EXACT)
def test_exact_results_stay_exact(compute: object, expected: fmpq) -> None:
    value = compute()  # type: ignore[operator]
    assert type(value) is fmpq
    assert value == expected


UNDEFINED = [
    lambda: reciprocal(Q(0)),
    lambda: logarithm(Q(0)),
    lambda: power(Q(0), Q(-1, 2)),
    lambda: power(Q(0), Q(-3)),
    lambda: call("gamma", Q(-2)),
    lambda: call("digamma", Q(0)),
    lambda: call("factorial", Q(-1)),
    lambda: call("cot", Q(0)),
    lambda: call("atanh", Q(1)),
    lambda: call("atan2", Q(0), Q(0)),
    lambda: call("max", acb(0, 1), Q(1)),
    lambda: call("sign", acb(1, 1)),
    lambda: call("abs", Jet(2, Q(0), {0: ONE})),
    lambda: call("relu", Jet(2, Q(0), {0: ONE})),
    lambda: call("floor", Jet(2, Q(3), {0: ONE})),
    lambda: call("abs", Jet(3, Q(2), {0: ONE})),  # an odd tag is a complex variable
    lambda: power(Jet(2, Q(0), {0: ONE}), HALF),
]


@pytest.mark.parametrize("compute", UNDEFINED)
def test_what_does_not_exist_is_undefined(compute: object) -> None:
    with pytest.raises(Undefined):
        compute()  # type: ignore[operator]


def test_balls_that_do_not_tell_ask_for_more_precision() -> None:
    two = acb(2).sqrt() * acb(2).sqrt()
    for ask in (
        lambda: is_zero(two - 2),
        lambda: sign(two - 2),
        lambda: order(two, Q(2)),
        lambda: call("floor", two),
    ):
        with pytest.raises(Inseparable):
            ask()


def test_the_branch_cut_is_met_from_above() -> None:
    for value in (logarithm(Q(-2)), logarithm(acb(-2))):
        assert value.imag.contains(acb.pi().real)
        assert value.imag > 3
    assert complex(power(Q(-8), Q(1, 3))) == pytest.approx(1 + 3**0.5 * 1j)
    assert complex(power(Q(-4), HALF)) == 2j


def test_no_derivative_across_the_cut() -> None:
    along, across = Jet(2, Q(-1), {0: ONE}), Jet(2, Q(-1), {0: acb(0, 1)})
    assert logarithm(along).slopes[0] == -1
    with pytest.raises(Undefined):
        logarithm(across)


def test_huge_powers_return_quickly() -> None:
    assert power(Q(9), Q(10**8)).is_finite()
    with pytest.raises(Undefined):
        power(Q(9), power(Q(9), Q(9**9)))


@pytest.mark.parametrize("x", [Q(3, 7), Q(12, 5), Q(-3, 5)], ids=str)
@pytest.mark.parametrize(
    "name", [n for n, r in TABLE.items() if r.arity == 1 and n not in {"re", "im", "conj"}]
)
def test_slopes_against_mpmath(name: str, x: fmpq) -> None:
    theirs = MPMATH.get(name) or getattr(mpmath, name)
    with ctx.workprec(200):
        ours = slope(call(name, Jet(2, x, {0: ONE})), 2, 0)
    with mpmath.workdps(60):
        h = mpmath.mpf(10) ** -20
        expected = (theirs(_value(x) + h) - theirs(_value(x) - h)) / (2 * h)
        assert abs(complex(ball(ours)) - complex(expected)) < 1e-12


def test_nested_jets_do_not_confuse_their_perturbations() -> None:
    """d/dx (x * d/dy (x + y)) = 1; confusing the two gives 2."""
    x = Jet(2, Q(1), {0: ONE})
    inner = slope(x + Jet(4, Q(1), {0: ONE}), 4, 0)
    assert slope(x * inner, 2, 0) == 1


def test_second_derivatives_of_powers() -> None:
    x = Jet(4, Jet(2, Q(3), {0: ONE}), {0: ONE})
    assert slope(slope(power(x, Q(5)), 4, 0), 2, 0) == 5 * 4 * 27
    assert slope(slope(reciprocal(x), 4, 0), 2, 0) == Q(2, 27)


@pytest.mark.parametrize(("x", "said"), [(Q(2, 3), "2/3"), (acb(1.5), "3/2"), (acb(0, 2), "0 + (2)*I")])
def test_shown_exactly(x: object, said: str) -> None:
    assert show(x) == said
