"""Where a function is continuous, and which divisors it rests on.

Read from the outside in: sums, products, compositions of continuous functions are continuous. What may fail carries a
condition on signs, which the hypotheses must imply:

    part                        continuous where
    1/u                         u != 0
    u^c                         u > 0; u >= 0 for c > 0
    log u                       u > 0, u < 0, or u off the real axis
    sign u, heaviside u         u != 0
    asin u, acos u              1 - u^2 >= 0            (atanh u: 1 - u^2 > 0)
    tan u, sec u                -pi/2 < u < pi/2
    atan2(v, u)                 u > 0, or v != 0, or u > 0 where v = 0
    integral(f, t, a, b)        a, b continuous, f continuous in all variables, t between a and b
    exp, atan, erf, abs, ...    everywhere (real arguments)

Imports: calcds.expr, calcds.decide.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from calcds.decide.asking import NeedCase
from calcds.decide.facts import NEG, NONNEG, NONPOS, NONZERO, POS
from calcds.decide.field import Ratio
from calcds.decide.powers import E_BASE, IMAGINARY, PI
from calcds.errors import NoRule, Undefined
from calcds.expr.functions import fn
from calcds.expr.kinds import Real
from calcds.expr.term import Term, substitute

if TYPE_CHECKING:
    from calcds.decide.sums import Sums

CONTINUOUS = frozenset({"atan", "erf", "abs", "asinh", "sinh", "cosh", "tanh"})
CONTINUOUS_AS_WRITTEN = CONTINUOUS | {"exp", "sin", "cos", "max", "min", "relu", "sigmoid", "softplus", "sech"}


# -- divisors --------------------------------------------------------------------------------------------------


def imaginary_parts(sums: Sums, u: Ratio) -> tuple[Ratio, Ratio] | None:
    """(a, b) for u = a + b i with a and b real, if it can be read off."""
    index = sums.field.numbers.get(IMAGINARY)
    u = sums.field.reduce(u)
    if index is None or not (u.num.degrees()[index] or u.den.degrees()[index]):
        return (u, sums.field.zero) if sums.facts.is_real(u) else None
    if u.den.degrees()[index]:
        return None
    parts: list[dict[tuple[int, ...], Any]] = [{}, {}]
    for exponents, c in u.num.to_dict().items():
        parts[exponents[index]][(*exponents[:index], 0, *exponents[index + 1 :])] = c
    a, b = (sums.field.ratio(sums.field.context.from_dict(p), u.den) for p in parts)
    return (a, b) if sums.facts.is_real(a) and sums.facts.is_real(b) else None


def is_nonzero(sums: Sums, u: Ratio, *, ask: bool) -> bool:
    """Whether the hypotheses imply u != 0. Where they leave it open, asks for a case distinction if it may."""
    for factor, _ in sums.field.reduce(u).factors()[1]:
        kernels = list(factor.kernels())
        if len(factor.num) == 1 and (kernels[0] is IMAGINARY or kernels[0].args[:1] == (E_BASE,)):
            continue
        if not _factor_is_nonzero(sums, factor, ask=ask):
            return False
    return not u.is_zero


def _factor_is_nonzero(sums: Sums, factor: Ratio, *, ask: bool) -> bool:
    sign = sums.facts.sign(factor)
    if sign is not None and sign <= NONZERO:
        return True
    kernels = list(factor.kernels())
    if len(factor.num) == 1 and kernels[0].head == "fn" and kernels[0].data == "log":  # log u = 0 where u = 1
        return _factor_is_nonzero(sums, sums.normal(kernels[0].args[0]) - sums.field.one, ask=ask)
    if len(factor.num) == 1 and kernels[0].head == "pow" and kernels[0].args[1].head == "num":  # a root is 0 where its base is
        return is_nonzero(sums, sums.normal(kernels[0].args[0]), ask=ask)
    if sign is None and (parts := imaginary_parts(sums, factor)) is not None and not parts[1].is_zero:
        open_parts = []
        for part in parts:
            one = sums.facts.sign(part)
            if one is not None and one <= NONZERO:
                return True
            if one != frozenset({0}):
                open_parts.append(part)
        if ask and open_parts:
            raise NeedCase(_one_factor(sums, open_parts[-1]))
        return False
    if ask and sign is not None and sign != frozenset({0}):
        raise NeedCase(factor)
    return False


def _one_factor(sums: Sums, u: Ratio) -> Ratio:
    for factor, _ in u.factors()[1]:
        sign = sums.facts.sign(factor)
        if sign is None or not sign <= NONZERO:
            return factor
    return u


def divisors(sums: Sums, u: Ratio) -> Iterator[Ratio]:
    """All polynomials that u divides by, inside its kernels too, and arguments of logarithms and negative powers."""
    for factor, e in u.factors()[1]:
        if e < 0:
            yield factor
    for kernel in u.kernels():
        if kernel.head not in ("pow", "fn"):
            continue
        for a in kernel.args:
            yield from divisors(sums, sums.normal(a))
        base = kernel.args[0]
        if kernel.data == "log" or (kernel.head == "pow" and base is not E_BASE):
            yield from (factor for factor, _ in sums.normal(base).factors()[1])


def rests_on_known_divisors(sums: Sums, new: Ratio, old: Ratio, x: Term, *, ask: bool) -> bool:
    """Whether what `new` divides by, x aside, is nonzero: a divisor of `old`, or nonzero by the hypotheses."""
    seen = {d.term for d in divisors(sums, old)}
    for d in divisors(sums, new):
        if x not in d.term.free and d.term.free and d.term not in seen:
            seen.add(d.term)
            if not is_nonzero(sums, d, ask=ask):
                return False
    return True


# -- continuity ------------------------------------------------------------------------------------------------


def is_continuous_ratio(sums: Sums, f: Ratio, x: Term) -> bool:
    """Whether a normal form is continuous in x on the interval that the facts describe."""
    below = Ratio(sums.field, f.den, sums.field.one_poly)
    if any(x in k.free for k in below.kernels()) and not is_nonzero(sums, below, ask=False):
        return False
    return all(_continuous_kernel(sums, k, x) for k in f.kernels() if x in k.free)


def _continuous_kernel(sums: Sums, k: Term, x: Term) -> bool:
    if k is x:
        return True
    if k.head not in ("pow", "fn"):
        return False
    try:
        arguments = [sums.normal(a) for a in k.args]
    except (NoRule, NeedCase, Undefined):
        return False
    if not all(is_continuous_ratio(sums, a, x) for a in arguments):
        return False
    if k.head == "pow":
        return k.args[0] is E_BASE or _continuous_power(sums, *arguments)
    if k.data in CONTINUOUS:
        return k.data in ("erf", "abs") or all(sums.facts.is_real(a) for a in arguments)  # erf is entire
    return _continuous_function(sums, k.data, arguments)


def _continuous_power(sums: Sums, base: Ratio, exponent: Ratio) -> bool:
    sign = sums.facts.sign(base)
    return sign == POS or (sign is not None and sign <= NONNEG and sums.facts.sign(exponent) == POS)


def is_continuous(sums: Sums, t: Term, x: Term) -> bool:
    """Whether a term is continuous in x wherever the hypotheses allow x to be.

    Read from the term as written: a divisor that cancels in the normal form still is a gap in the domain.
    """
    if x not in t.free or t is x:
        return True
    if t.head in ("add", "mul") and t.is_scalar and all(a.is_scalar for a in t.args):
        return all(is_continuous(sums, a, x) for a in t.args)
    if t.head == "pow":
        base, exponent = t.args
        if x not in exponent.free and exponent.head == "num" and exponent.data.denominator == 1:
            return is_continuous(sums, base, x) and (exponent.data >= 0 or _is_nonzero_as_written(sums, base))
        if not (is_continuous(sums, base, x) and is_continuous(sums, exponent, x)):
            return False
        return base is E_BASE or _continuous_power(sums, sums.normal(base), sums.normal(exponent))
    if t.head == "fn" and all(is_continuous(sums, a, x) for a in t.args):
        if t.data == "log" and _sign_of_wave(sums, t.args[0]) == POS:
            return True
        arguments = [sums.normal(a) for a in t.args]
        if t.data == "atan2":
            return all(sums.facts.is_real(a) for a in arguments) and _off_the_cut(sums, arguments, x)
        if t.data in CONTINUOUS_AS_WRITTEN:
            return all(sums.facts.is_real(a) for a in arguments) or t.data == "exp"
        return _continuous_function(sums, t.data, arguments)
    if t.head == "integral":
        return _continuous_integral(sums, t, x)
    return False


def _is_nonzero_as_written(sums: Sums, u: Term) -> bool:
    return _sign_of_wave(sums, u) == POS or is_nonzero(sums, sums.normal(u), ask=False)


def _sign_of_wave(sums: Sums, u: Term) -> frozenset[int] | None:
    """POS for cos v with -pi/2 < v < pi/2 and sin v with 0 < v < pi."""
    if u.head != "fn" or u.data not in ("sin", "cos"):
        return None
    v, pi = sums.normal(u.args[0]), sums.normal(PI)
    low = sums.field.zero if u.data == "sin" else pi * sums.field.constant(Fraction(-1, 2))
    return POS if sums.facts.sign(v - low) == POS and sums.facts.sign(low + pi - v) == POS else None


def _continuous_function(sums: Sums, name: str, arguments: list[Ratio]) -> bool:
    u = arguments[0]
    if name == "log":
        parts = imaginary_parts(sums, u)
        if parts is None:
            return False
        signs = [sums.facts.sign(p) for p in parts]
        off_axis = signs[1] is not None and signs[1] <= NONZERO
        return signs[0] == POS or off_axis or (parts[1].is_zero and signs[0] == NEG)
    if not all(sums.facts.is_real(a) for a in arguments):
        return False
    if name in ("tan", "sec"):
        return _sign_of_wave(sums, fn("cos", u.term)) == POS
    if name in ("sign", "heaviside"):
        return sums.facts.sign(u) in (POS, NEG)
    if name in ("asin", "acos", "atanh"):
        inside = sums.facts.sign(sums.field.reduce(sums.field.one - u * u))
        allowed = NONNEG if name != "atanh" else POS
        return inside is not None and inside <= allowed
    return False


def _off_the_cut(sums: Sums, arguments: list[Ratio], x: Term) -> bool:
    """Whether the point (u, v) of atan2(v, u) stays off the negative axis and 0: u > 0, or v != 0, or u > 0 where v = 0."""
    v, u = (sums.field.reduce(a) for a in arguments)
    if sums.facts.sign(u) == POS or sums.facts.sign(v) in (POS, NEG):
        return True
    index = sums.field.numbers.get(x)
    if index is None or v.num.degrees()[index] != 1 or v.den.degrees()[index]:
        return False
    if not all(k is x or x not in k.free for k in v.kernels()):
        return False
    slope = {(*e[:index], 0, *e[index + 1 :]): c for e, c in v.num.to_dict().items() if e[index]}
    a = sums.field.ratio(sums.field.context.from_dict(slope), v.den)
    if not is_nonzero(sums, a, ask=False):
        return False
    root = sums.field.kernel(x) - v / a
    return sums.facts.sign(sums.normal(substitute(u.term, {x: root.term}))) == POS


def _continuous_integral(sums: Sums, t: Term, x: Term) -> bool:
    """Continuous where the integrand is, jointly in all its variables, on the closed intervals of integration."""
    body, bound, low, high = t.args
    if not all(is_continuous(sums, end, x) for end in (low, high)) or not _finite(low, high):
        return False
    here = Real.symbol(sums.entries.index("x").data[0])
    a, b = sums.normal(low), sums.normal(high)
    if not (sums.facts.is_real(a) and sums.facts.is_real(b)):
        return False
    kept = len(sums.facts.known)
    state_between(sums, sums.field.kernel(here), a, b)
    try:
        inner = substitute(body, {bound: here})
        return is_continuous(sums, inner, here) and is_continuous(sums, inner, x)
    finally:
        sums.facts.forget(kept)


def state_between(sums: Sums, here: Ratio, a: Ratio, b: Ratio) -> None:
    """State what is known of a point of the closed interval between a and b, whichever is larger."""
    order = sums.facts.sign(b - a)
    if order is not None and order <= NONNEG:
        sums.facts.state(here - a, NONNEG)
        sums.facts.state(b - here, NONNEG)
        return
    if order is not None and order <= NONPOS:
        sums.facts.state(here - b, NONNEG)
        sums.facts.state(a - here, NONNEG)
        return
    one, other = sums.facts.sign(a), sums.facts.sign(b)
    for common in (POS, NEG, NONNEG, NONPOS):
        if one is not None and other is not None and one | other <= common:
            sums.facts.state(here, common)
            break
    for bound, said in list(sums.facts.known):  # linear bounds that both ends obey
        _state_hull(sums, here, a, b, bound, said)


def _state_hull(sums: Sums, here: Ratio, a: Ratio, b: Ratio, bound: Ratio, said: frozenset[int]) -> None:
    """From c + k e > 0 at an end e that is a variable (k a number): the other end obeys it too, so all between do."""
    for end, other in ((a, b), (b, a)):
        kernels = list(end.kernels())
        if len(kernels) != 1 or end != sums.field.kernel(kernels[0]) or said not in (POS, NEG, NONNEG, NONPOS):
            continue
        index = sums.field.numbers[kernels[0]]
        if bound.den.degrees()[index] or bound.num.degrees()[index] != 1:
            continue
        slope = {(*e[:index], 0, *e[index + 1 :]): c for e, c in bound.num.to_dict().items() if e[index]}
        k = sums.field.ratio(sums.field.context.from_dict(slope), bound.den)
        if k.value is None:
            continue
        at_other = sums.facts.sign(bound + k * (other - end))
        if at_other is not None and at_other <= said:
            sums.facts.state(bound + k * (here - end), said)


def _finite(*ends: Term) -> bool:
    return not any(is_infinite(e) for e in ends)


def is_infinite(end: Term) -> int:
    """1 for oo, -1 for -oo, 0 for a finite end."""
    if end.head == "const":
        return {"oo": 1, "-oo": -1}.get(end.data, 0)
    if end.head == "mul" and len(end.args) == 2 and end.args[0].head == "num":
        return is_infinite(end.args[1]) * (1 if end.args[0].data > 0 else -1)
    return 0
