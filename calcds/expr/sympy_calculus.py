"""How SymPy's sums, indices, undefined functions and calculus become terms; one rule a class, as in sympy_rules.

Imports: calcds.expr.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy as sp
from sympy.assumptions import AppliedPredicate
from sympy.core.function import AppliedUndef

from calcds.errors import Malformed, NoRule
from calcds.expr import operators as op
from calcds.expr import sympy_words as words
from calcds.expr.kinds import INDEX, FunctionSymbol
from calcds.expr.sympy_lambda import primed
from calcds.expr.sympy_rules import NAMES, RULES, Rule, plain, rule_of
from calcds.expr.term import (
    ONE,
    Term,
    as_term,
    entry,
    number,
    power,
    size,
)
from calcds.expr.trampoline import Steps

_PLAIN: dict[type, Callable[..., Term]] = {
    words.Gradient: lambda f, x, *_: op.grad(f, x), words.JacobianMatrix: lambda y, x, *_: op.jacobian(y, x),
    words.HessianMatrix: lambda f, x, *_: op.hessian(f, x), words.Pullback: lambda d, y, x, *_: op.pullback(d, y, x),
    words.MatrixDerivative: lambda f, *rest: op.diff(f, *rest[:-2]),
    words.ValueAt: op.at, words.MatrixValueAt: lambda body, x, value, *_: op.at(body, x, value),
}  # fmt: skip
for _class, _build in _PLAIN.items():
    RULES[_class] = plain(_build)


# -- indices, sums ---------------------------------------------------------------------------------------------


@rule_of(sp.IndexedBase)
def _indexed_base(b: Any, e: Any) -> Steps:
    yield ()
    return b.array(e)


@rule_of(sp.Indexed)
def _indexed(b: Any, e: Any) -> Steps:
    indices = yield e.indices
    return entry(b.array(e.base), *indices)


@rule_of(sp.Idx)
def _idx(b: Any, e: Any) -> Steps:
    yield ()
    return b.symbol(e.label) if isinstance(e.label, sp.Symbol) else number(int(e.label))


def _over(head: str) -> Rule:
    def rule(b: Any, e: Any) -> Steps:
        inside, limits = e.function, []
        for limit in e.limits:
            if len(limit) != 3:
                raise Malformed(f"{type(e).__name__} over {limit[0]} needs both bounds: (index, low, high)")
            inside, variable = b.bound(inside, limit[0])
            limits.append((variable, *limit[1:]))
        body, *flat = yield (inside, *(part for limit in limits for part in limit))
        for k in range(0, len(flat), 3):
            index, low, high = flat[k : k + 3]
            body = Term(head, (body, index, as_term(size(low)), as_term(size(high))), None, body.shape)
        return body

    return rule


RULES[sp.Sum], RULES[sp.Product] = _over("sum"), _over("prod")


@rule_of(words.MatrixSum)
def _matrix_sum(b: Any, e: Any) -> Steps:
    inside, variable = b.bound(e.args[0], e.args[1][0])
    parts = yield (inside, variable, *e.args[1][1:])
    body, index, low, high = parts
    return Term("sum", (body, index, as_term(size(low)), as_term(size(high))), None, body.shape)


# -- functions and calculus ------------------------------------------------------------------------------------


@rule_of(sp.harmonic)
def _harmonic(b: Any, e: Any) -> Steps:
    if len(e.args) > 1:
        raise NoRule("read", str(e), "write the sum")
    (n,) = yield e.args
    k = INDEX.symbol(b.fresh("k"))
    return Term("sum", (power(k, number(-1)), k, ONE, n))


def _undefined(_: Any, e: Any) -> Steps:
    name = e.func.__name__
    kwargs = getattr(e.func, "_kwargs", {})
    if kwargs and kwargs != sp.Function("f", real=True)._kwargs:
        raise NoRule("read", f"the assumptions of the function {name}", "state them as conditions on its values")
    parts = yield e.args
    inputs = () if all(p.is_scalar for p in parts) else tuple(p.shape for p in parts)
    return op.apply(FunctionSymbol(name, len(parts), inputs), *parts)


NAMES.append((AppliedUndef, _undefined))


@rule_of(words.MatrixFunction)
def _matrix_function(b: Any, e: Any) -> Steps:
    inner, *lengths = e.args
    (value,) = yield (inner.args[0],)
    shape = (b.size(lengths[0]), b.size(lengths[1]))
    return op.apply(FunctionSymbol(inner.func.__name__, 1, (value.shape,), shape), value)


@rule_of(sp.Derivative)
def _derivative(_: Any, e: Any) -> Steps:
    body, *variables = yield (e.expr, *(v for v, _ in e.variable_count))
    counts = [count for _, count in e.variable_count]
    if not all(count.is_Integer for count in counts):
        raise NoRule("read", f"a derivative of symbolic order, {e}", "orders are whole numbers")
    if all(v.is_scalar for v in variables):
        return op.diff(body, *(pair for v, k in zip(variables, counts, strict=True) for pair in ([(v, int(k))] if k else [])))
    if body.is_scalar and counts == [1]:
        return op.grad(body, variables[0])
    raise NoRule("read", f"SymPy's derivative of an array, {e}", "use grad, jacobian or hessian of calcds.notation")


@rule_of(sp.Subs)
def _subs(b: Any, e: Any) -> Steps:
    body, *flat = yield (e.expr, *e.variables, *e.point)
    variables, values = flat[: len(e.variables)], flat[len(e.variables) :]
    if (prime := primed(body, dict(zip(variables, values, strict=True)))) is not None:
        return prime
    if len(variables) > 1 and any(v.free & set(variables) for v in values):
        # the values are put in at once: later ones must not change earlier ones
        fresh = [Term("sym", (), (b.fresh(v.data[0]), v.data[1]), v.shape) for v in variables]
        for old, new in zip(variables, fresh, strict=True):
            body = op.at(body, old, new)
        variables = fresh
    for variable, value in zip(variables, values, strict=True):
        body = op.at(body, variable, value)
    return body


@rule_of(sp.Integral)
def _integral(_: Any, e: Any) -> Steps:
    if any(len(limit) == 2 for limit in e.limits):
        raise NoRule("read", f"an integral with one bound, {e}", "give both bounds or none")
    body, *flat = yield (e.function, *(part for limit in e.limits for part in limit))
    for limit in e.limits:
        parts, flat = flat[: len(limit)], flat[len(limit) :]
        body = op.integral(body, *parts)
    return body


@rule_of(sp.Limit)
def _limit(_: Any, e: Any) -> Steps:
    body, variable, point = yield e.args[:3]
    return op.limit(body, variable, point, str(e.args[3]))


@rule_of(sp.Piecewise)
def _piecewise(_: Any, e: Any) -> Steps:
    flat = yield tuple(part for pair in e.args for part in pair)
    return op.piecewise(*zip(flat[::2], flat[1::2], strict=True))


def _predicate(_: Any, e: Any) -> Steps:
    name = str(e.function.name)
    (subject,) = yield e.arguments
    if name == "positive_definite":
        return op.is_positive_definite(subject)
    raise NoRule("read", f"Q.{name}({e.arguments[0]}) as a claim", "write it as an equation")


NAMES.append((AppliedPredicate, _predicate))
