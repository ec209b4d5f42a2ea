"""Definite integrals by an antiderivative that is checked, never trusted.

An antiderivative F of f is proposed: term by term for polynomials times exponentials (trigonometric functions are
exponentials here), otherwise by SymPy. It is used only if

* F' - f reduces to 0 (normal form), and
* F is continuous on the open interval of integration: divisors keep their sign there, logarithms and roots see
  arguments of one sign, everything else in F is continuous for real arguments.

Then the integral is F(b) - F(a), or the difference of the limits of F from inside (fundamental theorem; improper
integrals are those limits).

Imports: calcds.expr, calcds.decide.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from calcds.decide.facts import NEG, NONNEG, NONZERO, POS
from calcds.decide.field import Ratio
from calcds.decide.scalar import E_BASE, NeedCase
from calcds.errors import CalcdsError, NoRule, Undefined
from calcds.expr.functions import fn
from calcds.expr.kinds import Real
from calcds.expr.term import ZERO, Term, number, substitute, subterms

if TYPE_CHECKING:
    from calcds.decide.sums import Sums

CONTINUOUS = frozenset({"atan", "erf", "abs", "exp", "asinh", "sinh", "cosh", "tanh"})
LONGEST = 200  # nodes of an integrand that SymPy is asked about


def definite(sums: Sums, t: Term) -> Ratio:
    """The value of an integral node. Raises NoRule where no checked antiderivative is found."""
    body, x = t.args[:2]
    here = Real.symbol(sums.entries.index("x").data[0])  # its own name: the facts stated of it are this interval's
    body = substitute(body, {x: here})
    before, sums.normal.splitting = sums.normal.splitting, False
    try:
        return _definite(sums, t, body, here)
    finally:
        sums.normal.splitting = before


def _definite(sums: Sums, t: Term, body: Term, here: Term) -> Ratio:
    low, high = t.args[2:]
    ends = _ordered_ends(sums, here, low, high)
    f = sums.normal(body)
    antiderivative = _proposed(sums, f, here)
    slope = sums.normal(sums.entries.derive(antiderivative, here))
    if not sums.field.reduce(slope - f).is_zero:
        raise NoRule("integrate", str(t))
    if not is_continuous_ratio(sums, sums.normal(antiderivative), here):
        raise NoRule("be sure of a continuous antiderivative of", str(body))
    return _value_at(sums, antiderivative, here, high, "-", ends) - _value_at(sums, antiderivative, here, low, "+", ends)


def _ordered_ends(sums: Sums, x: Term, low: Term, high: Term) -> bool:
    """State low < x < high where low < high is known."""
    finite = [_is_finite(b) for b in (low, high)]
    known = not all(finite)
    if all(finite):
        sign = sums.facts.sign(sums.normal(high) - sums.normal(low))
        known = sign == POS
    here = sums.field.kernel(x)
    if not known:  # x lies between two ends of one sign, whichever is larger
        signs = [sums.facts.sign(sums.normal(b)) for b in (low, high)]
        for one in (POS, NEG):
            if signs[0] == signs[1] == one:
                sums.facts.state(here, one)
        return False
    if known:
        if finite[0]:
            sums.facts.state(here - sums.normal(low), POS)
        if finite[1]:
            sums.facts.state(sums.normal(high) - here, POS)
    return known


def _is_finite(t: Term) -> bool:
    return not any(n.head == "const" and n.data in ("oo", "-oo") for n in subterms(t))


def _value_at(sums: Sums, f: Term, x: Term, end: Term, side: str, ordered: bool) -> Ratio:
    if _is_finite(end):
        try:
            return sums.normal(substitute(f, {x: end}))
        except Undefined:
            if not ordered:
                raise NoRule("evaluate at an end of the interval", str(f)) from None
    return sums.normal(Term("limit", (f, x, end), side))


# -- proposals -------------------------------------------------------------------------------------------------


def _proposed(sums: Sums, f: Ratio, x: Term) -> Term:
    parts = []
    try:
        for c, monomial in f.monomials():
            parts.append(Term("mul", (number(c), _of_monomial(sums, monomial, x))))
    except NoRule:
        return _by_sympy(f.term, x)
    return Term("add", tuple(parts)) if len(parts) > 1 else parts[0] if parts else ZERO


def _of_monomial(sums: Sums, monomial: Ratio, x: Term) -> Term:
    """x^p e^(a x) times what does not depend on x."""
    field = sums.field
    p, outside, slope = Fraction(0), field.one, field.zero
    content, factors = monomial.factors()
    for factor, e in factors:
        kernels = list(factor.kernels())
        if not any(x in k.free for k in kernels):
            outside = outside * factor**e
        elif factor == field.kernel(x):
            p += e
        elif len(factor.num) == 1 and kernels[0].head == "pow":
            base, exponent = kernels[0].args
            if base is x and exponent.head == "num":
                p += exponent.data * e
                continue
            step = sums.normal(exponent) / field.kernel(x)
            if x in base.free or any(x in k.free for k in step.kernels()):
                raise NoRule("integrate", str(monomial.term))
            scale = field.one if base is E_BASE else sums.normal.logarithm(sums.normal(base))
            slope = slope + step * scale * field.constant(e)
        else:
            raise NoRule("integrate", str(monomial.term))
    outside = outside * field.constant(content)
    if slope.is_zero:
        if p == -1:
            return Term("mul", (outside.term, fn("log", fn("abs", x))))
        return Term("mul", (outside.term, number(1 / (p + 1)), Term("pow", (x, number(p + 1)))))
    if p.denominator != 1 or p < 0 or p > 20:  # noqa: PLR2004
        raise NoRule("integrate", str(monomial.term))
    return Term("mul", (outside.term, _parts(sums, int(p), slope, x)))


def _parts(sums: Sums, p: int, a: Ratio, x: Term) -> Term:
    """The antiderivative of x^p e^(a x): e^(a x) times the polynomial of repeated integration by parts."""
    field = sums.field
    here, polynomial, c = field.kernel(x), field.zero, field.one / a
    for k in range(p, -1, -1):
        polynomial = polynomial + c * here**k
        c = -c * field.constant(k) / a
    return Term("mul", ((polynomial).term, Term("pow", (E_BASE, (a * here).term))))


def _by_sympy(f: Term, x: Term) -> Term:
    """SymPy's proposal. Whatever it says is checked by the caller."""
    if sum(1 for _ in subterms(f)) > LONGEST:
        raise NoRule("integrate", "such a long expression")
    # half a second of imports that most runs do not need
    from sympy import Integral, Piecewise, integrate  # noqa: PLC0415

    from calcds.expr.bridge import from_sympy, to_sympy  # noqa: PLC0415

    try:
        proposal = integrate(to_sympy(f), to_sympy(x))
    except (CalcdsError, ValueError, TypeError, NotImplementedError, AttributeError, RecursionError) as error:
        raise NoRule("integrate", str(f)) from error
    if proposal.has(Integral, Piecewise):
        raise NoRule("integrate", str(f))
    found = from_sympy(proposal)
    names = {s.data[0]: s for s in (*f.free, x)}
    return substitute(found, {s: names[s.data[0]] for s in found.free if s.data[0] in names})


# -- continuity ------------------------------------------------------------------------------------------------


def is_continuous_ratio(sums: Sums, f: Ratio, x: Term) -> bool:
    """Whether a normal form is continuous in x on the interval that the facts describe."""
    below = Ratio(sums.field, f.den, sums.field.one_poly)
    if any(x in k.free for k in below.kernels()):
        for factor, _ in below.factors()[1]:
            sign = sums.facts.sign(factor)
            power_of_e = len(factor.num) == 1 and next(factor.kernels()).args[:1] == (E_BASE,)
            if not power_of_e and (sign is None or not sign <= NONZERO):
                return False
    return all(_continuous_kernel(sums, k, x) for k in f.kernels() if x in k.free)


def is_continuous(sums: Sums, t: Term, x: Term) -> bool:
    """Whether a term is continuous in x wherever the hypotheses allow x to be.

    Read from the term as written: a divisor that cancels in the normal form still is a gap in the domain.
    """
    if x not in t.free:
        return True
    if t is x:
        return True
    if t.head in ("add", "mul") and t.is_scalar and all(a.is_scalar for a in t.args):
        return all(is_continuous(sums, a, x) for a in t.args)
    if t.head == "pow":
        base, exponent = t.args
        if x not in exponent.free and exponent.head == "num" and exponent.data.denominator == 1:
            sign = sums.facts.sign(sums.normal(base))
            return is_continuous(sums, base, x) and (exponent.data >= 0 or (sign is not None and sign <= NONZERO))
        if not (is_continuous(sums, base, x) and is_continuous(sums, exponent, x)):
            return False
        sign = sums.facts.sign(sums.normal(base))
        rising = sums.facts.sign(sums.normal(exponent)) == POS
        return sign == POS or (sign is not None and sign <= NONNEG and rising)
    if t.head == "fn" and all(is_continuous(sums, a, x) for a in t.args):
        arguments = [sums.normal(a) for a in t.args]
        if not all(sums.facts.is_real(a) for a in arguments):
            return False
        return _continuous_function(sums, t, arguments)
    return False


def _continuous_function(sums: Sums, t: Term, arguments: list[Ratio]) -> bool:
    if t.data in CONTINUOUS or t.data in ("sin", "cos", "max", "min", "relu", "sigmoid", "softplus", "sech"):
        return True
    if t.data == "log":
        return sums.facts.sign(arguments[0]) in (POS, NEG)
    if t.data in ("tan", "sec"):
        cosine = sums.facts.sign(sums.normal(fn("cos", t.args[0])))
        return cosine is not None and cosine <= NONZERO
    if t.data in ("asin", "acos", "atanh"):
        one = sums.field.one
        inside = [sums.facts.sign(one - arguments[0]), sums.facts.sign(one + arguments[0])]
        allowed = NONNEG if t.data != "atanh" else POS
        return all(s is not None and s <= allowed for s in inside)
    return False


def _continuous_kernel(sums: Sums, k: Term, x: Term) -> bool:
    if k is x:
        return True
    try:
        arguments = [sums.normal(a) for a in k.args]
    except (NoRule, NeedCase, Undefined):
        return False
    if not all(is_continuous_ratio(sums, a, x) for a in arguments):
        return False
    if k.head == "pow":
        base, exponent = arguments
        sign = sums.facts.sign(base)
        if k.args[0] is E_BASE:
            return True
        return sign == POS or (sign is not None and sign <= NONNEG and sums.facts.sign(exponent) == POS)
    if k.head == "fn" and k.data == "log":
        return sums.facts.sign(arguments[0]) in (POS, NEG)
    return k.head == "fn" and k.data in CONTINUOUS and all(sums.facts.is_real(a) for a in arguments)
