"""How SymPy's numbers, functions and relations become terms; the table of all rules.

A rule is a generator (see trampoline): it yields the SymPy parts it needs and is sent their terms. It is found by the
exact class. Rules compute nothing; `x - x` has become 0 in SymPy before calcds sees it, and stays what it is otherwise.

Imports: calcds.expr.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any, TypeAlias

import sympy as sp
from mpmath.libmp import from_str, to_str

from calcds.errors import Malformed, NoRule
from calcds.expr import operators as op
from calcds.expr import sympy_words as words
from calcds.expr.functions import TABLE, fn
from calcds.expr.term import (
    FALSE,
    ONE,
    TRUE,
    ZERO,
    Term,
    add,
    mul,
    number,
    power,
    relation,
)
from calcds.expr.trampoline import Steps

Rule: TypeAlias = "Callable[[Any, Any], Steps]"

RULES: dict[type, Rule] = {}
NAMES: list[tuple[Any, Rule]] = []  # families found by isinstance, where classes are made at run time


def rule_of(*classes: type) -> Callable[[Rule], Rule]:
    """Register a rule for these classes."""

    def register(rule: Rule) -> Rule:
        RULES.update(dict.fromkeys(classes, rule))
        return rule

    return register


def plain(build: Callable[..., Term]) -> Rule:
    """The rule of a class whose arguments are all expressions."""

    def rule(_: Any, e: Any) -> Steps:
        return build(*(yield e.args))

    return rule


def _sum(_: Any, e: Any) -> Steps:
    terms = e.args
    if terms[0].is_Number and not terms[1].is_Number and not terms[1].could_extract_minus_sign():
        terms = (*terms[1:], terms[0])  # x + 1, as SymPy prints it, and not 1 + x
    return add(*(yield terms))


def _product(_: Any, e: Any) -> Steps:
    below = tuple(a for a in e.args if a.is_Pow and a.exp.is_Rational and a.exp.is_negative)
    above = tuple(a for a in e.args if a not in below)
    return mul(*(yield above + below))


def _conditions(head: str) -> Callable[..., Term]:
    return lambda *parts: Term(head, parts)


def _relation(sign: str) -> Callable[..., Term]:
    return lambda a, b: relation(sign, a, b)


def _phase(z: Term) -> Term:
    return fn("atan2", fn("im", z), fn("re", z))


def _beta(a: Term, b: Term) -> Term:
    return mul(fn("gamma", a), fn("gamma", b), power(fn("gamma", add(a, b)), number(-1)))


_PLAIN: dict[type, Callable[..., Term]] = {
    sp.Pow: power, sp.UnevaluatedExpr: lambda a: a, sp.KroneckerDelta: lambda i, j, *_: op.delta(i, j),
    sp.And: _conditions("and"), sp.Or: _conditions("or"), sp.Not: _conditions("not"),
    sp.Eq: _relation("="), sp.Ne: _relation("!="), sp.Lt: _relation("<"), sp.Le: _relation("<="),
    sp.Gt: _relation(">"), sp.Ge: _relation(">="), sp.erfc: lambda u: add(ONE, mul(number(-1), fn("erf", u))),
    sp.beta: _beta, sp.arg: _phase, sp.frac: lambda u: add(u, mul(number(-1), fn("floor", u))),
    words.Sigmoid: lambda u: fn("sigmoid", u), words.Softplus: lambda u: fn("softplus", u), words.ReLU: lambda u: fn("relu", u),
}  # fmt: skip
_INVERSES = {sp.acot: "atan", sp.asec: "acos", sp.acsc: "asin", sp.acoth: "atanh", sp.asech: "acosh", sp.acsch: "asinh"}
for _class, _name in _INVERSES.items():  # acot u = atan(1/u), as SymPy defines it
    _PLAIN[_class] = lambda u, _name=_name: fn(_name, power(u, number(-1)))
_PLAIN[sp.RisingFactorial] = lambda u, k: mul(fn("gamma", add(u, k)), power(fn("gamma", u), number(-1)))
_PLAIN[sp.FallingFactorial] = lambda u, k: mul(
    fn("gamma", add(u, ONE)), power(fn("gamma", add(u, ONE, mul(number(-1), k))), number(-1))
)
for _class, _build in _PLAIN.items():
    RULES[_class] = plain(_build)
for _row in TABLE.values():
    if _row.sympy:
        RULES[getattr(sp, _row.sympy)] = plain(lambda *parts, _name=_row.name: fn(_name, *parts))
RULES[sp.Add], RULES[sp.Mul] = _sum, _product


# -- numbers ---------------------------------------------------------------------------------------------------

_CONSTANTS = {sp.pi: "pi", sp.E: "e", sp.I: "I", sp.oo: "oo", sp.EulerGamma: "gamma"}


def _number(_: Any, e: Any) -> Steps:
    if isinstance(e, sp.Rational):
        return number(Fraction(int(e.p), int(e.q)))
    if isinstance(e, sp.Float):
        return Term("decimal", (), decimal_text(e))
    if e in _CONSTANTS:
        return Term("const", (), _CONSTANTS[e])
    if e is sp.S.NegativeInfinity:
        return mul(number(-1), Term("const", (), "oo"))
    if e is sp.GoldenRatio:
        (root,) = yield (sp.sqrt(5),)
        return mul(add(ONE, root), power(number(2), number(-1)))
    if e is sp.zoo:
        return power(ZERO, number(-1))  # what SymPy made it of: undefined, perhaps in one branch of a piecewise only
    if e is sp.nan:
        raise Malformed("nan is not a number: SymPy met 0/0 or oo - oo in the expression")
    raise NoRule("read", f"the constant {e}", "write its value or its definition")
    yield ()


NAMES.append(((sp.Number, sp.NumberSymbol, sp.core.numbers.ImaginaryUnit, sp.zoo.__class__), _number))


def decimal_text(value: Any) -> str:
    """The decimal a Float was written as: the shortest that gives the same number, or the digits that were asked for.

    >>> decimal_text(sp.Float(5.27)), decimal_text(sp.Float("5.270", 4))
    ('5.27', '5.270')
    """
    precision, exact = value._prec, value._mpf_
    if precision == 53:
        return repr(float(value))
    digits = max(sp.core.numbers.prec_to_dps(precision), 1)
    for more in range(digits, digits + 4):
        said = str(to_str(exact, more, strip_zeros=False))
        if from_str(said, precision, "n") == exact:
            break
    return said


@rule_of(sp.logic.boolalg.BooleanTrue, sp.logic.boolalg.BooleanFalse)
def _truth(_: Any, e: Any) -> Steps:
    return TRUE if e == sp.true else FALSE
    yield ()


# -- functions with conventions of their own ------------------------------------------------------------------


@rule_of(sp.Heaviside)
def _heaviside(_: Any, e: Any) -> Steps:
    u, at_zero = yield e.args
    if e.args[1] == sp.S.Half:
        return fn("heaviside", u)
    return op.piecewise((ONE, relation(">", u, ZERO)), (ZERO, relation("<", u, ZERO)), (at_zero, TRUE))


@rule_of(sp.polygamma)
def _polygamma(_: Any, e: Any) -> Steps:
    order, u = yield e.args
    if order is not ZERO:
        raise NoRule("read", f"polygamma({e.args[0]}, ...)", "only digamma, polygamma(0, x), is known")
    return fn("digamma", u)


