"""Proposals for antiderivatives. Nothing here is trusted: `integrals` differentiates every proposal.

    integrand                                  proposal
    x^p e^(a x), p a whole number              e^(a x) times a polynomial (by parts)
    x^p, u^p for u linear                      u^(p + 1)/((p + 1) a), or log|u|/a
    x^n e^(-a x^2 + b x)                       e^(...) times a polynomial, plus a multiple of erf
    u' u^s, u'/u                               u^(s + 1)/(s + 1), log|u|
    x^p (log x)^k                              x^(p + 1)/(p + 1) times a polynomial in log x (by parts)
    P/((x - r) (x - s)^2 ...)                  by partial fractions
    1/(a x^2 + b x + d) without real zeros     2/r atan((2 a x + b)/r), r^2 = 4 a d - b^2
    g(u) u'                                    an antiderivative of g at u, for u a kernel or a power of x
    anything short                             what SymPy's manual integration says within its budget

Imports: calcds.expr, calcds.decide; SymPy where it is asked.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from fractions import Fraction
from inspect import CO_GENERATOR
from typing import TYPE_CHECKING, Any, TypeVar

from calcds.decide.asking import NeedCase
from calcds.decide.facts import NEG, POS
from calcds.decide.field import Ratio, TooBig
from calcds.decide.powers import E_BASE, PI
from calcds.errors import CalcdsError, NoRule, Undefined
from calcds.expr.functions import fn
from calcds.expr.kinds import Positive, Real
from calcds.expr.term import ZERO, Term, number, substitute, subterms

if TYPE_CHECKING:
    from calcds.decide.sums import Sums

T = TypeVar("T")
LONGEST = 120  # nodes of an integrand that SymPy is asked about
CALLS = 200_000  # of functions that SymPy may make for one integrand
HIGHEST = 20  # powers of x beside an exponential
DEPTH = 2  # substitutions inside substitutions
_SPEAKS = frozenset({"num", "const", "sym", "add", "mul", "pow", "fn"})  # what an integrand for SymPy is made of
_WAVES = frozenset({"exp", "sin", "cos", "sinh", "cosh"})


def proposals(sums: Sums, body: Term, f: Ratio, x: Term, depth: int = DEPTH) -> Iterator[Term]:
    """Candidates for an antiderivative of f, whose written form is `body`, cheapest first."""
    with suppress(NoRule, Undefined, TooBig):
        yield _sum_of([Term("mul", (number(c), _of_monomial(sums, m, x))) for c, m in f.monomials()])
    yield from _by_factor(sums, f, x)
    yield from _by_arctangent(sums, f, x)
    yield from _by_logarithms(sums, f, x)
    with suppress(NoRule, Undefined, TooBig):
        yield from _by_partial_fractions(sums, f, x)
    if depth:
        yield from _by_substitution(sums, f, x, depth)
    if depth == DEPTH:
        asked = body if _can_be_asked(body, x) else f.term
        if _can_be_asked(asked, x) and (found := _by_sympy(asked, x)) is not None:
            yield found


def _sum_of(parts: list[Term]) -> Term:
    return Term("add", tuple(parts)) if len(parts) > 1 else parts[0] if parts else ZERO


# -- powers and exponentials -----------------------------------------------------------------------------------


def _of_monomial(sums: Sums, monomial: Ratio, x: Term) -> Term:
    """c u^p e^q: u linear in x, q of degree at most 2 in x."""
    outside, power, q = taken_apart(sums, monomial, x)
    if not q:
        u, p = power or (sums.field.kernel(x), sums.field.zero)
        slope = coefficients(sums, u, x).get(1)
        if slope is None:
            raise NoRule("integrate", str(monomial.term))
        step = p + sums.field.one
        if step.is_zero:
            return Term("mul", ((outside / slope).term, _logarithm(sums, u)))
        return Term("mul", ((outside / slope / step).term, Term("pow", (u.term, step.term))))
    n = Fraction(0) if not power else power[1].value
    if n is None or n.denominator != 1 or not 0 <= n <= HIGHEST or max(q) > 2 or (power and power[0] != sums.field.kernel(x)):
        raise NoRule("integrate", str(monomial.term))
    antiderivative = _gaussian(sums, int(n), q, x) if 2 in q else _by_parts(sums, int(n), q[1], x)
    return Term("mul", (outside.term, antiderivative))


def _logarithm(sums: Sums, u: Ratio) -> Term:
    """An antiderivative of u'/u."""
    sign = sums.facts.sign(u)
    if sign is None or sign == POS:
        return fn("log", u.term)
    return fn("log", (-u).term) if sign == NEG else fn("log", fn("abs", u.term))


def taken_apart(sums: Sums, monomial: Ratio, x: Term) -> tuple[Ratio, tuple[Ratio, Ratio] | None, dict[int, Ratio]]:
    """A monomial as outside * u^p * e^q: u linear in x or x itself, q a polynomial in x by degree; without e^0."""
    field = sums.field
    content, factors = monomial.factors()
    outside, exponent, powers = field.constant(content), field.zero, []
    for factor, e in factors:
        kernels = list(factor.kernels())
        if not any(x in k.free for k in kernels):
            outside = outside * factor**e
        elif len(factor.num) == 1 and kernels[0].head == "pow" and x not in kernels[0].args[0].free:
            root, inner = kernels[0].args
            scale = field.one if root is E_BASE else sums.normal.logarithm(sums.normal(root))
            exponent = exponent + sums.normal(inner) * scale * field.constant(e)
        elif len(factor.num) == 1 and kernels[0].head == "pow" and x not in kernels[0].args[1].free:
            powers.append((sums.normal(kernels[0].args[0]), sums.normal(kernels[0].args[1]) * field.constant(e)))
        else:
            powers.append((factor, field.constant(e)))
    q = coefficients(sums, exponent, x)
    if 0 in q:
        outside = outside * sums.normal.exponential(q.pop(0))
    if not powers:
        return outside, None, q
    base = powers[0][0]
    if any(u != base for u, _ in powers) or max(coefficients(sums, base, x), default=0) > 1:
        raise NoRule("read as a power times an exponential", str(monomial.term))
    total = field.zero
    for _, p in powers:
        total = total + p
    return outside, (base, total), q


def coefficients(sums: Sums, u: Ratio, x: Term) -> dict[int, Ratio]:
    """The coefficients of a polynomial in x by degree, those that are not zero."""
    index = sums.field.numbers.get(x)
    if index is None:
        return {0: u} if not u.is_zero else {}
    others = [k for k in u.kernels() if k is not x and x in k.free]
    if others or u.den.degrees()[index]:
        raise NoRule("read as a polynomial", str(u.term))
    parts: dict[int, dict[tuple[int, ...], Any]] = {}
    for e, c in u.num.to_dict().items():
        parts.setdefault(int(e[index]), {})[(*e[:index], 0, *e[index + 1 :])] = c
    return {d: sums.field.ratio(sums.field.context.from_dict(p), u.den) for d, p in parts.items()}


def _by_parts(sums: Sums, p: int, a: Ratio, x: Term) -> Term:
    """x^p e^(a x): e^(a x) times the polynomial of repeated integration by parts."""
    field = sums.field
    here, polynomial, c = field.kernel(x), field.zero, field.one / a
    for k in range(p, -1, -1):
        polynomial = polynomial + c * here**k
        c = -c * field.constant(k) / a
    return Term("mul", (polynomial.term, Term("pow", (E_BASE, (a * here).term))))


def _gaussian(sums: Sums, n: int, q: dict[int, Ratio], x: Term) -> Term:
    """x^n e^(-a x^2 + b x): (x^(k-1) e^q)' = (k - 1) x^(k-2) e^q + x^(k-1) (b - 2 a x) e^q, down to erf."""
    field = sums.field
    a, b = -q[2], q.get(1, field.zero)
    two_a = a * field.constant(2)
    here = field.kernel(x)
    weights = {n: field.one}
    polynomial = field.zero
    for k in range(n, 0, -1):
        w = weights.pop(k, field.zero)
        polynomial = polynomial - w / two_a * here ** (k - 1)
        weights[k - 1] = weights.get(k - 1, field.zero) + w * b / two_a
        if k > 1:
            weights[k - 2] = weights.get(k - 2, field.zero) + w * field.constant(k - 1) / two_a
    half = field.constant(Fraction(1, 2))
    root = sums.normal.power(a, half)
    peak = b * b / (a * field.constant(4))
    scale = weights.get(0, field.zero) * sums.normal.power(sums.normal(PI), half) * half / root * sums.normal.exponential(peak)
    bell = Term("pow", (E_BASE, (b * here - a * here * here).term))
    tail = fn("erf", field.reduce(root * here - b * half / root).term)
    return Term("add", (Term("mul", (polynomial.term, bell)), Term("mul", (scale.term, tail))))


# -- reversing the chain rule ----------------------------------------------------------------------------------


def _slope(sums: Sums, u: Ratio, x: Term) -> Ratio | None:
    try:
        slope = sums.normal(sums.entries.derive(u.term, x))
    except (NoRule, NeedCase, Undefined, TooBig):
        return None
    return None if slope.is_zero else slope


def _by_factor(sums: Sums, f: Ratio, x: Term) -> Iterator[Term]:
    """c u' u^p for a factor u of f."""
    for factor, e in f.factors()[1]:
        kernels = list(factor.kernels())
        if not any(x in k.free for k in kernels):
            continue
        u, p = factor, sums.field.constant(e)
        if len(factor.num) == 1 and kernels[0].head == "pow" and x not in kernels[0].args[1].free:
            u, p = sums.normal(kernels[0].args[0]), sums.normal(kernels[0].args[1]) * p
        slope = _slope(sums, u, x)
        if slope is None:
            continue
        c = sums.field.reduce(f / factor**e / slope)
        if any(x in k.free for k in c.kernels()):
            continue
        step = p + sums.field.one
        if step.is_zero:
            yield Term("mul", (c.term, _logarithm(sums, u)))
        else:
            yield Term("mul", ((c / step).term, Term("pow", (u.term, step.term))))


def _by_logarithms(sums: Sums, f: Ratio, x: Term) -> Iterator[Term]:
    """c x^p (log x)^k by parts: x^(p+1)/(p+1) ((log x)^k - k/(p+1) (log x)^(k-1) + ...)."""
    field, here = sums.field, sums.field.kernel(x)
    outside, p, k = f, field.zero, 0
    for factor, e in f.factors()[1]:
        kernels = list(factor.kernels())
        if len(factor.num) != 1 or x not in kernels[0].free:
            continue
        if factor == here:
            p = p + field.constant(e)
        elif kernels[0] is fn("log", x) and 0 < e <= HIGHEST:
            k = e
        elif kernels[0].head == "pow" and kernels[0].args[0] is x and x not in kernels[0].args[1].free:
            p = p + sums.normal(kernels[0].args[1]) * field.constant(e)
        else:
            return
        outside = outside / factor**e
    step = p + field.one
    if not k or step.is_zero or any(x in kernel.free for kernel in outside.kernels()):
        return
    log, bracket, weight = field.kernel(fn("log", x)), field.zero, field.one
    for j in range(k, -1, -1):
        bracket = bracket + weight * log**j
        weight = -weight * field.constant(j) / step
    yield Term("mul", ((outside / step * bracket).term, Term("pow", (x, step.term))))


def _by_partial_fractions(sums: Sums, f: Ratio, x: Term) -> Iterator[Term]:
    """A quotient of polynomials whose divisors are linear: log|u| and powers of u, beside a polynomial."""
    field, found, rest = sums.field, [], f
    for factor, e in f.factors()[1]:
        if e >= 0 or not any(x in k.free for k in factor.kernels()):
            continue
        parts = coefficients(sums, factor, x)
        if max(parts) != 1:
            return
        root = -parts.get(0, field.zero) / parts[1]
        local = f * factor**-e
        for m in range(-e, 0, -1):
            weight = field.reduce(sums.normal(substitute(local.term, {x: root.term})))
            if not weight.is_zero:
                found.append(weight / factor**m)
                rest = rest - found[-1]
            local = field.reduce((local - weight) / factor)
    if found:
        coefficients(sums, rest, x)
        terms = [Term("mul", (number(c), _of_monomial(sums, m, x))) for c, m in rest.monomials()]
        yield _sum_of([*terms, *(_of_monomial(sums, part, x) for part in found)])


def _by_arctangent(sums: Sums, f: Ratio, x: Term) -> Iterator[Term]:
    """c/(a x^2 + b x + d) -> 2 c/r atan((2 a x + b)/r), r^2 = 4 a d - b^2 > 0."""
    field = sums.field
    for factor, e in f.factors()[1]:
        c = f * factor
        if e != -1 or any(x in k.free for k in c.kernels()):
            continue
        try:
            parts = coefficients(sums, factor, x)
        except NoRule:
            continue
        if max(parts) != 2:
            continue
        a, b, d = (parts.get(n, field.zero) for n in (2, 1, 0))
        square = field.constant(4) * a * d - b * b
        if sums.facts.sign(square) == POS:
            root = sums.normal.power(square, field.constant(Fraction(1, 2)))
            angle = (field.constant(2) * a * field.kernel(x) + b) / root
            yield Term("mul", ((field.constant(2) * c / root).term, fn("atan", angle.term)))


def _by_substitution(sums: Sums, f: Ratio, x: Term, depth: int) -> Iterator[Term]:
    """g(u) u': an antiderivative of g at u."""
    for kernel in [k for k in f.kernels() if x in k.free and k is not x]:
        slope = _slope(sums, sums.field.kernel(kernel), x)
        if slope is None:
            continue
        g = sums.field.reduce(f / slope)
        if any(x in k.free for k in g.kernels() if k is not kernel):
            continue
        s = Real.symbol(sums.entries.index("s").data[0])
        inside = _swap(g.term, kernel, s)
        for found in proposals(sums, inside, sums.normal(inside), s, 1 if depth == DEPTH else 0):
            yield substitute(found, {s: kernel})
    for k in (2, 3):  # u = x^k
        try:
            s = Positive.symbol(sums.entries.index("s").data[0])
            g = f / (sums.field.constant(k) * sums.field.kernel(x) ** (k - 1))
            inner = sums.normal(substitute(g.term, {x: Term("pow", (s, number(Fraction(1, k))))}))
        except (NoRule, NeedCase, Undefined, TooBig):
            continue
        if any(t.head == "pow" and t.args[0] is s and t.args[1].head == "num" and t.args[1].data.denominator != 1
               for kernel in inner.kernels() for t in subterms(kernel)):  # fmt: skip
            continue
        for found in proposals(sums, inner.term, inner, s, 0):
            yield substitute(found, {s: Term("pow", (x, number(k)))})


def _swap(t: Term, old: Term, new: Term) -> Term:
    """Replace a kernel in the arithmetic above it."""
    if t is old:
        return new
    if t.head in ("add", "mul", "pow"):
        return Term(t.head, tuple(_swap(a, old, new) for a in t.args))
    return t


# -- SymPy -----------------------------------------------------------------------------------------------------


class _OutOfBudget(BaseException):
    """Not an Exception, so that no handler of the interrupted code takes it for its own."""


def within(calls: int, work: Callable[[], T]) -> T | None:
    """The result of work done by SymPy, or None if it takes more calls of functions: the same answer on every machine.

    Works in any thread, unlike an alarm. The profiler that was set before is set again afterwards.
    """
    left = calls

    def watch(frame: Any, event: str, arg: Any) -> None:  # noqa: ARG001
        nonlocal left
        left -= event == "call"
        # only as a function of SymPy begins: an exception in a callback or in a generator being closed would be lost
        if left < 0 and event == "call" and _is_sympy_function(frame.f_code):
            raise _OutOfBudget

    before = sys.getprofile()
    sys.setprofile(watch)
    try:
        return work()
    except _OutOfBudget:
        return None
    finally:
        sys.setprofile(before)


def _is_sympy_function(code: Any) -> bool:
    return "sympy" in code.co_filename and not code.co_flags & CO_GENERATOR


# SymPy has no answer, or none that can be read
_NO_ANSWER = (
    CalcdsError, ArithmeticError, LookupError, ValueError, TypeError, NotImplementedError, AttributeError, RecursionError,
)  # fmt: skip
_X = Real.symbol("x*")
_ASKED: dict[Term, Term | None] = {}  # SymPy is slow: each integrand is asked about once
_KEPT = 500


def _can_be_asked(f: Term, x: Term) -> bool:
    """Short, elementary, and without exp, sin or cos of x^2, 1/x and the like: those have no elementary antiderivative."""
    nodes = list(subterms(f))
    if len(nodes) > LONGEST or any(t.head not in _SPEAKS for t in nodes):
        return False
    waves = [t.args[-1] for t in nodes if (t.head == "fn" and t.data in _WAVES) or (t.head == "pow" and t.args[0] is E_BASE)]
    return not any(t.head == "pow" and x in t.args[0].free for wave in waves for t in subterms(wave))


def _by_sympy(f: Term, x: Term) -> Term | None:
    question = substitute(f, {x: _X})
    if question not in _ASKED:
        if len(_ASKED) >= _KEPT:
            _ASKED.clear()
        _ASKED[question] = _ask_sympy(question)
    found = _ASKED[question]
    return None if found is None else substitute(found, {_X: x})


def _ask_sympy(f: Term) -> Term | None:
    # half a second of imports that most runs do not need
    from sympy import Expr, Integral, Piecewise, cos
    from sympy.integrals.manualintegrate import manualintegrate

    from calcds.expr.bridge import from_sympy, to_sympy

    try:
        integrand, variable = to_sympy(f), to_sympy(_X)
        manualintegrate(variable * cos(variable), variable)  # loads what SymPy loads late, which is not counted
        proposal = within(CALLS, lambda: manualintegrate(integrand, variable))
        if not isinstance(proposal, Expr) or proposal.has(Integral, Piecewise):
            return None
        found = from_sympy(proposal)
    except _NO_ANSWER:
        return None
    names = {s.data[0]: s for s in (*f.free, _X)}
    return substitute(found, {s: names[s.data[0]] for s in found.free if s.data[0] in names})


__all__ = ["coefficients", "proposals", "taken_apart", "within"]
