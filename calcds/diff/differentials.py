"""The inside cover: one row for every head that is not linear in its arguments.

A row gives the part of d(node) that is linear in the differential of one argument, and the sentence a teacher would
say. The gradient needs no second table: `calcds.diff.linear` transposes the differential, <G, d(node)> = <G', d(arg)>.

    d(A.I) = -A.I * dA * A.I        <G, d(A.I)> = <-A.I.T * G * A.I.T, dA>

At a kink the derivative is the mean of its two one-sided values: abs'(0) = 0, relu'(0) = 1/2, and max(u, u) counts
each argument half. Step functions (sign, floor, ...) have derivative 0 wherever they have one.

Imports: calcds.expr, calcds.diff.lifting.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from calcds.diff.lifting import lifted
from calcds.errors import NoRule
from calcds.expr.functions import TABLE, fn
from calcds.expr.kinds import FunctionSymbol, Kind, Real
from calcds.expr.operators import at, entry_power, eye, grad, hadamard, hessian, jacobian, ones, total, trace
from calcds.expr.term import MINUS_ONE, ONE, SCALAR, ZERO, Term, add, mul, number, power, subtract

Rule: TypeAlias = Callable[[Term, int, Term], Term]
_LONGEST_POWER = 6  # A**k is differentiated as k products up to here, as a sum over an index above
_STEPS = {"sign", "heaviside", "floor", "ceil"}

@dataclass(frozen=True, slots=True)
class Row:
    """How one head is differentiated.

    rule:     node, position of the argument, differential of the argument -> that part of d(node)
    sentence: the rule as it is said
    """

    rule: Rule
    sentence: str

def _power(t: Term, k: int, d: Term) -> Term:
    base, p = t.args
    if k == 0:
        lower = number(p.data - 1) if p.head == "num" else subtract(p, ONE)
        return mul(p, power(base, lower), d)
    return mul(t, fn("log", base), d)

def _entry_power(t: Term, k: int, d: Term) -> Term:
    base, p = t.args
    if k == 0:
        lower = number(p.data - 1) if p.head == "num" else subtract(p, ONE)
        return mul(p, hadamard(entry_power(base, lower), d))
    return mul(d, hadamard(t, fn("log", base)))

def _matrix_power(t: Term, k: int, d: Term) -> Term:
    base, p = t.args
    if k:
        raise NoRule("differentiate", f"{t} in its exponent", "write the power with matrix logarithms by hand")
    if p.head == "num" and p.data.denominator == 1 and 0 < p.data <= _LONGEST_POWER:
        top = int(p.data) - 1
        return add(*(_between(base, number(j), d, number(top - j)) for j in range(top + 1)))
    if p.head == "num" and p.data < 0:
        inverse = Term("inv", (Term("mpow", (base, number(-p.data)), None, t.shape),), None, t.shape)
        inner = _matrix_power(Term("mpow", (base, number(-p.data)), None, t.shape), 0, d)
        return mul(MINUS_ONE, inverse, inner, inverse)
    j = Kind("Index", SCALAR, Real.facts).symbol("j")
    while j in t.free | d.free:
        j = Kind("Index", SCALAR, Real.facts).symbol(j.data[0] + "'")
    top_term = subtract(p, ONE)
    return Term("sum", (_between(base, j, d, subtract(top_term, j)), j, ZERO, top_term), None, t.shape)

def _between(a: Term, left: Term, d: Term, right: Term) -> Term:
    def raised(k: Term) -> Term:
        if k is ZERO:
            return eye(a.shape[0])
        return a if k is ONE else Term("mpow", (a, k), None, a.shape)

    return mul(raised(left), d, raised(right))

def _inverse(t: Term, _: int, d: Term) -> Term:
    return mul(MINUS_ONE, t, d, t)

def _det(t: Term, _: int, d: Term) -> Term:
    (a,) = t.args
    return mul(t, trace(mul(a.I, d)))

def _norm(t: Term, _: int, d: Term) -> Term:
    (a,) = t.args
    if t.data == 2:
        return mul(power(t, MINUS_ONE), total(hadamard(a, d)))
    if t.data == 1:
        return total(hadamard(fn("sign", a), d))
    raise NoRule("differentiate", f"the largest absolute value {t}", "differentiate the entry that is the largest")

def _softmax(t: Term, _: int, d: Term) -> Term:
    match t.data:
        case "softmax":  # dp = p o dz - p (p.T dz)
            return add(hadamard(t, d), mul(MINUS_ONE, t, mul(t.T, d)))
        case "log_softmax":
            p = Term("vfn", t.args, "softmax", t.shape)
            return subtract(d, mul(mul(p.T, d), ones(t.shape[0], 1)))
    square = ones(t.shape[1], t.shape[1])
    if t.data == "softmax_rows":
        return add(hadamard(t, d), mul(MINUS_ONE, hadamard(t, mul(hadamard(t, d), square))))
    p = Term("vfn", t.args, "softmax_rows", t.shape)
    return subtract(d, mul(hadamard(p, d), square))

_PLACE = Real.symbol("_u")

def _function(t: Term, k: int, d: Term) -> Term:
    slope = _slope(t, k)
    return mul(slope, d) if slope.is_scalar or d.is_scalar else hadamard(slope, d)

def _slope(t: Term, k: int) -> Term:
    """The derivative of a named function in one argument, in the shape of the node."""
    name, u = t.data, t.args[k]
    if name in _STEPS:
        return ZERO
    if name == "abs":
        return fn("sign", u)
    if name == "relu":
        return fn("heaviside", u)
    if name in ("max", "min"):
        return _largest(t, k)
    row = TABLE[name]
    if row.derivative is None:
        raise NoRule("differentiate", f"the function {name}", f"write {t} by other functions")
    scalar = row.derivative(_PLACE)[0]
    slope = lifted(scalar, {_PLACE: u}, t.shape)
    if slope is None:
        raise NoRule("differentiate", f"the function {name} entry by entry")
    return slope

def _largest(t: Term, k: int) -> Term:
    """max(a, b, c) moves with a where a is above the others."""
    u = t.args[k]
    others = [a for j, a in enumerate(t.args) if j != k]
    if not others:
        return ONE if u.is_scalar else ones(*u.shape)
    rival = others[0] if len(others) == 1 else Term("fn", tuple(others), t.data, t.shape)
    pair = [a if a.is_scalar == t.is_scalar else mul(a, ones(*t.shape)) for a in (u, rival)]
    above = subtract(*pair) if t.data == "max" else subtract(*pair[::-1])
    return fn("heaviside", above)

def _apply(t: Term, k: int, d: Term) -> Term:
    f: FunctionSymbol = t.data
    if f.entrywise:
        slope = Term("apply", t.args, f.prime(k), t.shape)
        return mul(slope, d) if slope.is_scalar or d.is_scalar else hadamard(slope, d)
    (u,) = t.args
    v = u if u.head == "sym" else Kind("Vector", u.shape, Real.facts, u.shape[:1]).symbol("_v")
    if t.is_scalar:
        field = _there(grad(f(v), v), v, u)
        return mul(field.T, d) if u.shape[1] == 1 else total(hadamard(field, d))
    if u.shape[1] != 1 or t.shape[1] != 1:
        raise NoRule("differentiate", f"{t}, a function from matrices to matrices", "its derivative has four indices")
    return mul(_there(jacobian(f(v), v), v, u), d)

def _there(body: Term, v: Term, u: Term) -> Term:
    return body if v is u else at(body, v, u)

def _unknown_field(t: Term, k: int, d: Term) -> Term:
    """The gradient of an undefined function of a vector, or its value somewhere: one more derivative of the field."""
    if t.head == "grad" and k == 1 and t.args[0].head == "apply" and t.shape[1] == 1:
        return mul(hessian(*t.args), d)
    if t.head == "at" and k == 2 and t.args[0].head == "grad" and t.shape[1] == 1:
        return mul(at(hessian(*t.args[0].args), t.args[1], t.args[2]), d)
    raise NoRule("differentiate", str(t), "the result has three indices")

NONLINEAR = {
    "pow": Row(_power, "d(u**p) = p*u**(p - 1) du"),
    "epow": Row(_entry_power, "d(u**p) = p*u**(p - 1) du, entry by entry"),
    "mpow": Row(_matrix_power, "d(A**k) is the sum of A**i dA A**(k - 1 - i)"),
    "inv": Row(_inverse, "d(A.I) = -A.I dA A.I"),
    "det": Row(_det, "d(det A) = det(A) trace(A.I dA)"),
    "norm": Row(_norm, "d(norm(x)) = x.T dx / norm(x)"),
    "vfn": Row(_softmax, "dp = p o dz - p (p.T dz) for p = softmax(z); log_softmax has ones in place of p"),
    "fn": Row(_function, "chain rule, entry by entry"),
    "apply": Row(_apply, "chain rule"),
    "grad": Row(_unknown_field, "the derivative of a gradient is the Hessian"),
    "at": Row(_unknown_field, "chain rule"),
}

def sentence(t: Term) -> str:
    """The rule for a node, as it is said."""
    if t.head == "norm" and t.data == 1:
        return "d(norm(x, 1)) = sign(x).T dx"
    if t.head == "fn":
        return f"chain rule: {_prime(t)}"
    if t.head == "apply" and t.data.entrywise:
        return f"chain rule: d {t.data}(u) = {t.data.prime()}(u) du" + ("" if t.is_scalar else ", entry by entry")
    return NONLINEAR[t.head].sentence if t.head in NONLINEAR else ""

def _prime(t: Term) -> str:
    if len(t.args) > 1:
        return f"{t.data} moves with the argument that attains it"
    u = Real.symbol("u")
    if t.data == "abs":
        slope: Term = fn("sign", u)
    elif t.data == "relu":
        slope = fn("heaviside", u)
    else:
        derivative = TABLE[t.data].derivative
        slope = derivative(u)[0] if derivative else ZERO
    factor = f"({slope})" if slope.head == "add" else str(slope)
    return f"d {t.data}(u) = {factor} du" + ("" if t.is_scalar else ", entry by entry")
