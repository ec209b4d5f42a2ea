"""Floating-point values of terms, safe for the complex step: f(x + i h d) = f(x) + i h (df . d) to first order.

No conjugate and no modulus occurs, so a kink is decided by the real part and a derivative is read off the imaginary
part without subtraction. Undefined functions are given smooth values of their own.

Imports: calcds.expr, NumPy.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Callable
from typing import Any

import numpy as np

from calcds.errors import NoRule, Undefined
from calcds.expr.kinds import FunctionSymbol
from calcds.expr.term import BINDERS, SCALAR, Size, Term

Env = dict[Term, Any]
LARGEST_CONDITION = 1e7  # of a matrix whose inverse is compared to eight digits
LONGEST_SUM = 10_000


class Scope:
    """Values of variables and of what was computed from them; an inner scope binds an index."""

    __slots__ = ("env", "memo", "outer")

    def __init__(self, env: Env, outer: Scope | None = None) -> None:
        self.env, self.outer = env, outer
        self.memo: dict[Term, Any] = {}

    def find(self, t: Term) -> Scope:
        """The outermost scope that knows all variables of a term: what is computed there is shared."""
        scope = self
        while scope.outer is not None and scope.env.keys().isdisjoint(t.free):
            scope = scope.outer
        return scope

    def variable(self, t: Term) -> Any:
        """The value of a variable."""
        scope: Scope | None = self
        while scope is not None:
            if t in scope.env:
                return scope.env[t]
            scope = scope.outer
        raise Undefined(f"{t} has no value")

    def value(self, t: Term) -> Any:
        """A number for a scalar, else a two-dimensional array."""
        scope = self.find(t)
        memo = scope.memo
        stack = [t]
        while stack:
            node = stack[-1]
            if node in memo:
                stack.pop()
                continue
            if node.head not in _LAZY:
                missing = [a for a in node.args if a not in memo]
                if missing:
                    stack.extend(missing)
                    continue
            stack.pop()
            rule = RULES.get(node.head)
            if rule is None:
                raise NoRule("compute", f"`{node.head}` in floating point")
            memo[node] = rule(scope, node, [memo[a] for a in node.args] if node.head not in _LAZY else [])
        return memo[t]

    def length(self, size: Size) -> int:
        """A size as a number."""
        return size if isinstance(size, int) else round(float(np.real(self.value(size))))

    def shape(self, t: Term) -> tuple[int, int]:
        """The shape of a term as numbers."""
        return self.length(t.shape[0]), self.length(t.shape[1])


_LAZY = frozenset({*BINDERS, "grad", "jac", "hess", "sym"})
_CONST = {"pi": math.pi, "e": math.e, "I": 1j, "oo": math.inf, "gamma": 0.5772156649015329}


def _whole(x: Any) -> int:
    return round(float(np.real(x)))


def _mul(_: Scope, t: Term, v: list[Any]) -> Any:
    result: Any = None
    scale: Any = 1.0
    for a, x in zip(t.args, v, strict=True):
        if a.is_scalar:
            scale = scale * x
        else:
            result = x if result is None else result @ x
    if result is None:
        return scale
    return scale * (result[0, 0] if t.shape == SCALAR else result)


def _power(x: Any, p: Any) -> Any:
    if np.ndim(p) == 0 and np.imag(p) == 0 and float(np.real(p)).is_integer():
        p = int(np.real(p))
        return np.asarray(x, dtype=complex if np.iscomplexobj(x) else float)[()] ** p
    return np.power(x, p)


def _inv(_: Scope, __: Term, v: list[Any]) -> Any:
    if np.linalg.cond(np.real(v[0])) > LARGEST_CONDITION:
        raise Undefined("a matrix is singular here")
    return np.linalg.inv(v[0])


def _mpow(_: Scope, t: Term, v: list[Any]) -> Any:
    k = _whole(v[1])
    if k < 0:
        return np.linalg.matrix_power(_inv(_, t, v), -k)
    return np.linalg.matrix_power(v[0], k)


def _norm(_: Scope, t: Term, v: list[Any]) -> Any:
    if t.data == 2:
        return np.sqrt(np.sum(v[0] * v[0]))
    sizes = _abs(v[0])
    return np.sum(sizes) if t.data == 1 else sizes.flat[np.argmax(np.real(sizes))]


def _softmax(_: Scope, t: Term, v: list[Any]) -> Any:
    axis = 1 if t.data.endswith("_rows") else 0
    z = v[0] - np.max(np.real(v[0]), axis=axis, keepdims=True)
    whole = np.sum(np.exp(z), axis=axis, keepdims=True)
    return z - np.log(whole) if t.data.startswith("log") else np.exp(z) / whole


def _entry(_: Scope, __: Term, v: list[Any]) -> Any:
    i, j = _whole(v[1]), _whole(v[2])
    if not (0 <= i < v[0].shape[0] and 0 <= j < v[0].shape[1]):
        raise Undefined("an index is out of range")
    return v[0][i, j]


def _unit(s: Scope, t: Term, v: list[Any]) -> Any:
    n, k = s.length(t.shape[0]), _whole(v[0])
    if not 0 <= k < n:
        raise Undefined("an index is out of range")
    return np.eye(n)[:, k : k + 1]


def _matrix(_: Scope, t: Term, v: list[Any]) -> Any:
    rows, columns = t.data
    return np.block([[np.atleast_2d(v[r * columns + c]) for c in range(columns)] for r in range(rows)])


def _indices(s: Scope, t: Term) -> range:
    low, high = _whole(s.value(t.args[2])), _whole(s.value(t.args[3]))
    if high - low > LONGEST_SUM:
        raise NoRule("compute", f"a sum of {high - low} terms")
    return range(low, high + 1)


def _sum(s: Scope, t: Term, _: list[Any]) -> Any:
    whole: Any = 0.0 if t.shape == SCALAR else np.zeros(s.shape(t))
    for k in _indices(s, t):
        whole = whole + Scope({t.args[1]: k}, s).value(t.args[0])
    return whole


def _prod(s: Scope, t: Term, _: list[Any]) -> Any:
    whole: Any = 1.0
    for k in _indices(s, t):
        whole = whole * Scope({t.args[1]: k}, s).value(t.args[0])
    return whole


def _build(s: Scope, t: Term, _: list[Any]) -> Any:
    body, i, j = t.args
    rows, columns = s.shape(t)
    return np.array([[Scope({i: p, j: q}, s).value(body) for q in range(columns)] for p in range(rows)])


def _integral(s: Scope, t: Term, _: list[Any]) -> Any:
    body, x, low, high = t.args
    a, b = s.value(low), s.value(high)
    nodes, weights = np.polynomial.legendre.leggauss(40)
    values = [Scope({x: (a + b) / 2 + (b - a) / 2 * q}, s).value(body) for q in nodes]
    return (b - a) / 2 * sum(w * v for w, v in zip(weights, values, strict=True))


def _piecewise(_: Scope, t: Term, v: list[Any]) -> Any:
    result: Any = np.nan if t.shape == SCALAR else np.full(np.shape(v[0]), np.nan)
    for k in range(len(v) - 2, -1, -2):
        result = np.where(v[k + 1], v[k], result)[()]
    return result


_RELATIONS: dict[str, Callable[[Any, Any], Any]] = {
    "<": lambda a, b: np.real(a) < np.real(b),
    "<=": lambda a, b: np.real(a) <= np.real(b),
    ">": lambda a, b: np.real(a) > np.real(b),
    ">=": lambda a, b: np.real(a) >= np.real(b),
    "=": lambda a, b: np.real(a) == np.real(b),
    "!=": lambda a, b: np.real(a) != np.real(b),
}


# -- named functions -------------------------------------------------------------------------------------------


def _abs(x: Any) -> Any:
    return np.where(np.real(x) < 0, -np.asarray(x), x)[()]


def _real(f: Callable[[float], float], slope: Callable[[float], float]) -> Callable[[Any], Any]:
    """A function known on the real line, carried to x + i h by its slope."""

    def value(x: Any) -> Any:
        base = np.vectorize(f, otypes=[float])(np.real(x))[()]
        if not np.iscomplexobj(x):
            return base
        return base + 1j * np.imag(x) * np.vectorize(slope, otypes=[float])(np.real(x))[()]

    return value


def _digamma(x: float) -> float:
    """DLMF 5.5(i) upward, then the asymptotic series 5.11.2."""
    shift = 0.0
    while x < 12:
        shift -= 1 / x
        x += 1
    q = 1 / (x * x)
    tail = q * (1 / 12 - q * (1 / 120 - q * (1 / 252 - q * (1 / 240 - q * (1 / 132 - q * 691 / 32760)))))
    return shift + math.log(x) - 0.5 / x - tail


def _trigamma(x: float) -> float:
    shift = 0.0
    while x < 12:
        shift += 1 / (x * x)
        x += 1
    q = 1 / (x * x)
    series = 1 / 6 - q * (1 / 30 - q * (1 / 42 - q * (1 / 30 - q * (5 / 66 - q * 691 / 2730))))
    return shift + 1 / x + q / 2 + series * q / x


def _gamma_slope(x: float) -> float:
    return math.gamma(x) * _digamma(x)


def _extreme(pick: Callable[[Any, Any], Any]) -> Callable[..., Any]:
    def value(*v: Any) -> Any:
        best = v[0]
        for x in v[1:]:
            best = np.where(pick(np.real(x), np.real(best)), x, best)[()]
        return best

    return value


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "exp": np.exp, "log": np.log, "sin": np.sin, "cos": np.cos, "tan": np.tan, "sinh": np.sinh, "cosh": np.cosh,
    "tanh": np.tanh, "asin": np.arcsin, "acos": np.arccos, "atan": np.arctan, "asinh": np.arcsinh,
    "acosh": np.arccosh, "atanh": np.arctanh,
    "cot": lambda x: 1 / np.tan(x), "sec": lambda x: 1 / np.cos(x), "csc": lambda x: 1 / np.sin(x),
    "coth": lambda x: 1 / np.tanh(x), "sech": lambda x: 1 / np.cosh(x), "csch": lambda x: 1 / np.sinh(x),
    "abs": _abs, "sign": lambda x: np.sign(np.real(x)), "heaviside": lambda x: np.heaviside(np.real(x), 0.5),
    "floor": lambda x: np.floor(np.real(x)), "ceil": lambda x: np.ceil(np.real(x)),
    "max": _extreme(np.greater), "min": _extreme(np.less),
    "sigmoid": lambda x: 1 / (1 + np.exp(-x)), "softplus": lambda x: np.log1p(np.exp(x)),
    "relu": lambda x: np.where(np.real(x) > 0, x, 0.0)[()],
    "erf": _real(math.erf, lambda x: 2 / math.sqrt(math.pi) * math.exp(-x * x)),
    "gamma": _real(math.gamma, _gamma_slope),
    "loggamma": _real(math.lgamma, _digamma), "digamma": _real(_digamma, _trigamma),
    "factorial": _real(lambda x: math.gamma(x + 1), lambda x: _gamma_slope(x + 1)),
    "atan2": lambda y, x: np.arctan2(np.real(y), np.real(x)) + 1j * (np.imag(y) * np.real(x) - np.imag(x) * np.real(y))
    / (np.real(x) ** 2 + np.real(y) ** 2),
}  # fmt: skip


def _fn(_: Scope, t: Term, v: list[Any]) -> Any:
    function = FUNCTIONS.get(t.data)
    if function is None:
        raise NoRule("compute", f"the function {t.data} in floating point")
    return function(*v)


# -- undefined functions: f(u) = sin(c.u + d) + (e.u)**2/2, different for every name ---------------------------------


def _draw(f: FunctionSymbol, count: int, part: str) -> Any:
    rng = np.random.default_rng(zlib.crc32(f"{f.name}/{part}/{count}".encode()))
    return rng.uniform(0.3, 1.2, count)


def _apply(s: Scope, t: Term, v: list[Any]) -> Any:
    f: FunctionSymbol = t.data
    if f.body is not None:
        return _with_body(s, t, v)
    if f.entrywise:
        order = f.order or (0,) * f.arity
        c = _draw(f, f.arity, "c")
        inner = 0.4 + sum(a * x for a, x in zip(c, v, strict=True))
        factor = float(np.prod([a**k for a, k in zip(c, order, strict=True)]))
        return factor * np.sin(inner + sum(order) * math.pi / 2)
    return _field(f, np.reshape(v[0], -1, order="F"), s.shape(t) if t.shape != SCALAR else None, 0)


def _with_body(s: Scope, t: Term, v: list[Any]) -> Any:
    from calcds.diff.forward import differential
    from calcds.expr.term import ONE

    parameters, body = t.data.body
    for k, times in enumerate(t.data.order):
        for _ in range(times):
            body = differential(body, parameters[k], ONE)
    return Scope(dict(zip(parameters, v, strict=True)), s).value(body)


def _field(f: FunctionSymbol, u: Any, shape: tuple[int, int] | None, order: int) -> Any:
    """Value, gradient (Jacobian) or Hessian of an undefined function of a vector."""
    outputs = 1 if shape is None else shape[0] * shape[1]
    values = []
    for k in range(outputs):
        c, e = _draw(f, len(u), f"c{k}"), _draw(f, len(u), f"e{k}")
        phase = c @ u + 0.3 * k
        if order == 0:
            values.append(np.sin(phase) + (e @ u) ** 2 / 2)
        elif order == 1:
            values.append(np.cos(phase) * c + (e @ u) * e)
        else:
            values.append(-np.sin(phase) * np.outer(c, c) + np.outer(e, e))
    if shape is None:
        return values[0]
    return np.array(values) if order else np.reshape(values, shape, order="F")


def _unknown(order: int) -> Callable[[Scope, Term, list[Any]], Any]:
    def rule(s: Scope, t: Term, _: list[Any]) -> Any:
        inner = t.args[0]
        if inner.head != "apply" or inner.data.body is not None:
            raise NoRule("compute", f"{t} in floating point")
        u = np.atleast_2d(s.value(inner.args[0]))
        shape = s.shape(inner) if inner.shape != SCALAR else None
        value = _field(inner.data, np.reshape(u, -1, order="F"), shape, order)
        return np.reshape(value, np.shape(u), order="F") if t.head == "grad" else np.atleast_2d(value)

    return rule


def _at(s: Scope, t: Term, _: list[Any]) -> Any:
    return Scope({t.args[1]: s.value(t.args[2])}, s).value(t.args[0])


RULES: dict[str, Callable[[Scope, Term, list[Any]], Any]] = {
    "num": lambda _, t, __: float(t.data),
    "decimal": lambda _, t, __: float(t.data),
    "const": lambda _, t, __: _CONST[t.data],
    "sym": lambda s, t, __: s.variable(t),
    "truth": lambda _, t, __: t.data,
    "add": lambda _, __, v: sum(v[1:], v[0]),
    "mul": _mul,
    "pow": lambda _, __, v: _power(*v),
    "epow": lambda _, __, v: _power(*v),
    "mpow": _mpow,
    "inv": _inv,
    "trans": lambda _, __, v: np.transpose(v[0]),
    "had": lambda _, __, v: math.prod(v[1:], start=v[0]),
    "fn": _fn,
    "vfn": _softmax,
    "apply": _apply,
    "trace": lambda _, __, v: np.trace(v[0]),
    "det": lambda _, __, v: np.linalg.det(v[0]),
    "total": lambda _, __, v: np.sum(v[0]),
    "norm": _norm,
    "diag": lambda _, __, v: np.diag(v[0][:, 0]),
    "diagonal": lambda _, __, v: np.diag(v[0])[:, None],
    "eye": lambda s, t, __: np.eye(s.length(t.shape[0])),
    "zeros": lambda s, t, __: np.zeros(s.shape(t)),
    "ones": lambda s, t, __: np.ones(s.shape(t)),
    "unit": _unit,
    "entry": _entry,
    "matrix": _matrix,
    "build": _build,
    "kron": lambda _, __, v: np.kron(v[0], v[1]),
    "vec": lambda _, __, v: np.reshape(v[0], (-1, 1), order="F"),
    "delta": lambda _, __, v: float(_whole(v[0]) == _whole(v[1])),
    "sum": _sum,
    "prod": _prod,
    "integral": _integral,
    "piecewise": _piecewise,
    "rel": lambda _, t, v: _RELATIONS[t.data](*v),
    "and": lambda _, __, v: np.logical_and.reduce(v),
    "or": lambda _, __, v: np.logical_or.reduce(v),
    "not": lambda _, __, v: np.logical_not(v[0]),
    "grad": _unknown(1),
    "jac": _unknown(1),
    "hess": _unknown(2),
    "at": _at,
}
