"""Integrals from 0 to oo, or from 0 to 1, that are known by name, each with its condition.

Imports: calcds.expr, calcds.decide.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from calcds.decide.antiderivatives import coefficients, taken_apart
from calcds.decide.facts import POS
from calcds.decide.field import Ratio, TooBig
from calcds.decide.powers import E_BASE, IMAGINARY, PI
from calcds.errors import NoRule, Undefined
from calcds.expr.functions import fn
from calcds.expr.term import Term, number

if TYPE_CHECKING:
    from calcds.decide.integrals import End, _Integral


def named_integral(work: _Integral, f: Ratio, a: End, b: End) -> Ratio | None:
    """The first row of the table that the integrand is a multiple of."""
    for row in TABLE:
        fits = b.sign > 0 if row.high is None else b.value == work.field.constant(row.high)
        if fits and a.value is not None and a.value.is_zero:
            try:
                if (found := row.value(work, f)) is not None:
                    return found
            except (NoRule, Undefined, TooBig):
                continue
    return None


@dataclass(frozen=True)
class NamedIntegral:
    """An integral from 0 to oo, or to `high`, with its condition inside `value`."""

    says: str
    condition: str
    source: str
    value: Callable[[_Integral, Ratio], Ratio | None]
    high: int | None = None


def _gamma(work: _Integral, f: Ratio) -> Ratio | None:
    if len(f.num) != 1:
        return None
    outside, power, q = taken_apart(work.sums, f, work.x)
    one, here = work.field.one, work.field.kernel(work.x)
    if (power is not None and power[0] != here) or len(q) != 1:
        return None
    ((k, c),) = q.items()
    z = (power[1] if power else work.field.zero) + one
    c = -c
    if work.facts.sign(z) != POS or work.facts.sign(c) != POS:
        return None
    share = z / work.field.constant(k)
    return outside * work.normal(fn("gamma", share.term)) / (work.field.constant(k) * work.normal.power(c, share))


def _beta(work: _Integral, f: Ratio) -> Ratio | None:
    one, here = work.field.one, work.field.kernel(work.x)
    powers = {1: one, -1: one}
    outside = work.field.one
    content, factors = f.factors()
    for factor, e in factors:
        kernels = list(factor.kernels())
        base, p = factor, work.field.constant(e)
        if len(factor.num) == 1 and kernels[0].head == "pow" and work.x not in kernels[0].args[1].free:
            base, p = work.normal(kernels[0].args[0]), work.normal(kernels[0].args[1]) * p
        if not any(work.x in k.free for k in base.kernels()):
            outside = outside * factor**e
        elif base == here:
            powers[1] = powers[1] + p
        elif base == one - here or (base == here - one and p.value is not None and p.value.denominator == 1):
            powers[-1] = powers[-1] + p
            if base == here - one and p.value is not None and p.value % 2:
                outside = -outside
        else:
            return None
    z, w = powers[1], powers[-1]
    if work.facts.sign(z) != POS or work.facts.sign(w) != POS:
        return None
    top, left, below = (work.normal(fn("gamma", u.term)) for u in (z, w, z + w))
    return work.field.constant(content) * outside * top * left / below


def _scaled_rows(
    pattern: Callable[[Term], Term], value: Callable[[Term], Term], *, imaginary: bool
) -> Callable[[_Integral, Ratio], Ratio | None]:
    """A row for a pattern in c*x: c is read off the exponentials of the integrand and must be positive."""

    def found(work: _Integral, f: Ratio) -> Ratio | None:
        for c in _scales(work, imaginary=imaginary):
            if work.facts.sign(c) != POS:
                continue
            quotient = work.field.reduce(f / work.normal(pattern(Term("mul", (c.term, work.x)))))
            if not any(work.x in k.free for k in quotient.kernels()):
                return quotient * work.normal(value(c.term)) / c
        return None

    def _scales(work: _Integral, *, imaginary: bool) -> Iterator[Ratio]:
        seen: list[Ratio] = []
        for k in list(work.field.kernels):
            if k.head == "pow" and k.args[0] is E_BASE and work.x in k.free:
                try:
                    q = coefficients(work.sums, work.normal(k.args[1]), work.x)
                except NoRule:
                    continue
                if set(q) != {1}:
                    continue
                c = work.field.reduce(q[1] / work.normal(IMAGINARY)) if imaginary else q[1]
                for multiple in (1, 2, 3, 4):
                    for sign in (1, -1):
                        one = c * work.field.constant(multiple * sign)
                        if one not in seen:
                            seen.append(one)
                            yield one

    return found


def _pi_share(p: int, q: int) -> Callable[[Term], Term]:
    return lambda c: Term("mul", (number(Fraction(1, q)), Term("pow", (PI, number(p)))))  # noqa: ARG005


TABLE: tuple[NamedIntegral, ...] = (
    NamedIntegral("x^(z-1) e^(-c x^k) -> Gamma(z/k)/(k c^(z/k))", "z > 0, c > 0, k = 1, 2, ...", "DLMF 5.9.1", _gamma),
    NamedIntegral("x^(z-1) (1-x)^(w-1) -> Gamma(z) Gamma(w)/Gamma(z+w)", "z > 0, w > 0", "DLMF 5.12.1", _beta, 1),
    NamedIntegral("sin(u)/u, u = c x -> pi/(2 c)", "c > 0", "DLMF 4.26.12",
                  _scaled_rows(lambda u: fn("sin", u) / u, _pi_share(1, 2), imaginary=True)),
    NamedIntegral("sin(u)^2/u^2 -> pi/(2 c)", "c > 0", "DLMF 4.26.12, by parts",
                  _scaled_rows(lambda u: (fn("sin", u) / u) ** 2, _pi_share(1, 2), imaginary=True)),
    NamedIntegral("u/(e^u - 1) -> pi^2/(6 c)", "c > 0", "DLMF 25.5.1",
                  _scaled_rows(lambda u: u / (fn("exp", u) - 1), _pi_share(2, 6), imaginary=False)),
    NamedIntegral("u^3/(e^u - 1) -> pi^4/(15 c)", "c > 0", "DLMF 25.5.1",
                  _scaled_rows(lambda u: u**3 / (fn("exp", u) - 1), _pi_share(4, 15), imaginary=False)),
    NamedIntegral("u/(e^u + 1) -> pi^2/(12 c)", "c > 0", "DLMF 25.5.3",
                  _scaled_rows(lambda u: u / (fn("exp", u) + 1), _pi_share(2, 12), imaginary=False)),
)  # fmt: skip


__all__ = ["TABLE", "named_integral"]
