"""The named functions of `expr.functions.TABLE` as numbers: values, exact where they can be, and slopes for jets.

Nothing is shared with the symbolic table: values come from Arb, derivatives are written out a second time.

Imports: calcds.values.numbers.
"""

# ruff: noqa: ARG001, ARG005  (all rules of a table take the same arguments)
from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flint import acb, arb, fmpq

from calcds.errors import NoRule, Undefined
from calcds.values.numbers import (
    HALF,
    ONE,
    ZERO,
    Inseparable,
    Jet,
    _leave_cut,
    ball,
    depends,
    finite,
    integer,
    is_real,
    is_zero,
    logarithm,
    order,
    power,
    primal,
    real_part,
    reciprocal,
    show,
    sign,
    square_root,
)

_FACTORIALS = 400  # larger ones are balls
_BALL: dict[str, Callable[[acb], acb]] = {
    "exp": acb.exp, "sin": acb.sin, "cos": acb.cos, "tan": acb.tan, "cot": acb.cot, "sec": acb.sec, "csc": acb.csc,
    "asin": acb.asin, "acos": acb.acos, "atan": acb.atan, "sinh": acb.sinh, "cosh": acb.cosh, "tanh": acb.tanh,
    "coth": acb.coth, "sech": acb.sech, "csch": acb.csch, "asinh": acb.asinh, "acosh": acb.acosh, "atanh": acb.atanh,
    "gamma": acb.gamma, "loggamma": acb.lgamma, "digamma": acb.digamma, "erf": acb.erf,
}  # fmt: skip
_AT_ZERO = {
    "exp": ONE, "sin": ZERO, "cos": ONE, "tan": ZERO, "sec": ONE, "asin": ZERO, "atan": ZERO, "sinh": ZERO, "cosh": ONE,
    "tanh": ZERO, "sech": ONE, "asinh": ZERO, "atanh": ZERO, "erf": ZERO,
}  # fmt: skip
_POLES_AT_ZERO = frozenset({"cot", "csc", "coth", "csch"})
_AT_ONE = {"acos": ZERO, "acosh": ZERO, "gamma": ONE, "loggamma": ZERO}
_POLES_AT_ONE = frozenset({"atanh"})

_SLOPE: dict[str, Callable[[Any, Any], Any]] = {  # (u, value at u) -> derivative at u
    "exp": lambda u, y: y,
    "sin": lambda u, y: call("cos", u),
    "cos": lambda u, y: -call("sin", u),
    "tan": lambda u, y: ONE + y * y,
    "cot": lambda u, y: -(ONE + y * y),
    "sec": lambda u, y: y * call("tan", u),
    "csc": lambda u, y: -(y * call("cot", u)),
    "asin": lambda u, y: reciprocal(square_root(ONE - u * u)),
    "acos": lambda u, y: -reciprocal(square_root(ONE - u * u)),
    "atan": lambda u, y: reciprocal(ONE + u * u),
    "sinh": lambda u, y: call("cosh", u),
    "cosh": lambda u, y: call("sinh", u),
    "tanh": lambda u, y: ONE - y * y,
    "coth": lambda u, y: ONE - y * y,
    "sech": lambda u, y: -(y * call("tanh", u)),
    "csch": lambda u, y: -(y * call("coth", u)),
    "asinh": lambda u, y: reciprocal(square_root(ONE + u * u)),
    "acosh": lambda u, y: reciprocal(square_root(u - ONE) * square_root(u + ONE)),
    "atanh": lambda u, y: reciprocal(ONE - u * u),
    "gamma": lambda u, y: y * call("digamma", u),
    "loggamma": lambda u, y: call("digamma", u),
    "digamma": lambda u, y: _polygamma(1, u),
    "erf": lambda u, y: 2 * reciprocal(square_root(acb(arb.pi()))) * call("exp", -(u * u)),
}
KINKS = frozenset({"abs", "sign", "heaviside", "max", "min", "floor", "ceil", "relu"})
_CUTS = frozenset({"asin", "acos", "atan", "asinh", "acosh", "atanh", "loggamma"})


def call(name: str, *arguments: Any, analytic: bool = False) -> Any:
    """The value of a named function.

    Raises Undefined at poles, outside the domain, and for a derivative at a kink. With `analytic` the arguments are
    regions of the complex plane: functions of order continue analytically from the real line, and a region that meets
    a branch cut is Inseparable.
    """
    if name in _BALL:
        return _smooth(name, arguments[0], analytic=analytic)
    if name == "log":
        return logarithm(arguments[0], analytic=analytic)
    rule = _OTHER.get(name)
    if rule is None:
        raise NoRule("evaluate", name)
    return rule(*arguments, analytic=analytic)


def _smooth(name: str, u: Any, *, analytic: bool) -> Any:
    if type(u) is Jet:
        value = _smooth(name, u.value, analytic=analytic)
        if name in _CUTS and _on_cut(name, primal(u.value)):
            _leave_cut(fmpq(-1), u.slopes)
        return u.along(value, _SLOPE[name](u.value, value))
    if type(u) is fmpq:
        if u.q == 1 and (exact := _exact(name, u)) is not None:
            return exact
        u = acb(u)
    if analytic and name in _CUTS and _on_cut(name, u):
        raise Inseparable(f"{name} on its branch cut")
    value = _BALL[name](u)
    if not value.is_finite():
        raise Inseparable(f"{name} near a pole")
    return value


def _exact(name: str, u: fmpq) -> fmpq | None:
    if not u:
        if name in _POLES_AT_ZERO:
            raise Undefined(f"{name}(0)")
        if name in _AT_ZERO:
            return _AT_ZERO[name]
    if u in (1, -1):
        if name in _POLES_AT_ONE:
            raise Undefined(f"{name}({u})")
        if u == 1 and name in _AT_ONE:
            return _AT_ONE[name]
    if name in {"gamma", "loggamma", "digamma"}:
        if u <= 0:
            raise Undefined(f"{name}({u}) is a pole")
        if name == "gamma" and u <= _FACTORIALS:
            return _factorial(int(u.p) - 1)
    return None


def _on_cut(name: str, u: Any) -> bool:
    """Whether a value is on, or a region may meet, the branch cut."""
    z = ball(u)
    re, im = z.real, z.imag
    match name:
        case "asin" | "acos" | "atanh":
            return bool(im.contains(0) and not (re < 1 and re > -1))
        case "atan" | "asinh":
            return bool(re.contains(0) and not (im < 1 and im > -1))
        case "acosh":
            return bool(im.contains(0) and not re > 1)
    return bool(im.contains(0) and not re > 0)


def _polygamma(n: int, u: Any) -> Any:
    if type(u) is Jet:
        return u.along(_polygamma(n, u.value), _polygamma(n + 1, u.value))
    if (k := integer(u)) is not None and k <= 0:
        raise Undefined("digamma at a pole")
    return finite(ball(u).polygamma(n))


def _factorial(k: int) -> fmpq:
    product = 1
    for factor in range(2, k + 1):
        product *= factor
    return fmpq(product)


# -- kinks -----------------------------------------------------------------------------------------------------


def deciding_part(u: Any, *, analytic: bool) -> Any:
    """What decides an order: the value; for a region of the plane its real part."""
    return acb(ball(primal(u)).real) if analytic else u


def _side(u: Any, name: str, *, analytic: bool) -> int:
    side = sign(deciding_part(u, analytic=analytic))
    if side == 0 and depends(u):
        raise Undefined(f"the derivative of {name} at its kink")
    return side


def _abs(u: Any, *, analytic: bool = False) -> Any:
    x = primal(u)
    if type(x) is acb and not analytic and not x.imag.is_zero():
        if type(u) is Jet:
            raise Undefined("the derivative of abs at a value that is not real")
        return acb(abs(x))
    if type(u) is Jet and u.tag & 1:
        raise Undefined("abs has no complex derivative")
    if type(u) is acb and not analytic:
        return acb(abs(u))
    return u if _side(u, "abs", analytic=analytic) >= 0 else -u


def _sign(u: Any, *, analytic: bool = False) -> Any:
    return fmpq(_side(u, "sign", analytic=analytic))


def _heaviside(u: Any, *, analytic: bool = False) -> Any:
    return (ZERO, HALF, ONE)[_side(u, "heaviside", analytic=analytic) + 1]


def _extreme(arguments: tuple[Any, ...], wanted: int, *, analytic: bool) -> Any:
    best = arguments[0]
    for u in arguments:
        real_part(deciding_part(u, analytic=analytic))
    for u in arguments[1:]:
        smooth = analytic or depends(u) or depends(best)
        a, b = deciding_part(u, analytic=analytic), deciding_part(best, analytic=analytic)
        if not smooth and (type(a) is acb or type(b) is acb):
            a, b = ball(a).real, ball(b).real
            best = (
                acb(a.max(b) if wanted > 0 else a.min(b))
                if a.overlaps(b)
                else (u if (a > b) == (wanted > 0) else best)
            )
            continue
        side = order(a, b)
        if side == 0 and smooth and u is not best:
            raise Undefined("the derivative of max or min where two arguments are equal")
        if side == wanted:
            best = u
    return best


def _max(*arguments: Any, analytic: bool = False) -> Any:
    return _extreme(arguments, 1, analytic=analytic)


def _min(*arguments: Any, analytic: bool = False) -> Any:
    return _extreme(arguments, -1, analytic=analytic)


def _floor(u: Any, *, analytic: bool = False) -> Any:
    x = deciding_part(u, analytic=analytic) if analytic else primal(u)
    if type(x) is fmpq:
        if depends(u) and x.q == 1:
            raise Undefined("the derivative of floor at an integer")
        return fmpq(x.floor())
    whole = real_part(x).floor().unique_fmpz()
    if whole is None:
        raise Inseparable("floor of a value that may be an integer")
    if depends(u) and x.real.contains_integer():
        raise Inseparable("the derivative of floor at a value that may be an integer")
    return fmpq(whole)


def _ceil(u: Any, *, analytic: bool = False) -> Any:
    return -_floor(-u, analytic=analytic)


# -- complex parts ---------------------------------------------------------------------------------------------


def _parts(name: str, of: Callable[[Any], Any]) -> Callable[..., Any]:
    def rule(u: Any, *, analytic: bool = False) -> Any:
        if analytic:
            raise NoRule("integrate", name)
        if type(u) is Jet:
            if u.tag & 1:
                raise Undefined(f"{name} has no complex derivative")
            return Jet(u.tag, rule(u.value), {k: rule(s) for k, s in u.slopes.items()})
        return of(u)

    return rule


def _arg_two(y: Any, x: Any, *, analytic: bool = False) -> Any:
    if analytic:
        raise NoRule("integrate", "atan2")
    for u in (y, x):
        real_part(u)
    if type(y) is Jet or type(x) is Jet:
        tag = max(u.tag for u in (y, x) if type(u) is Jet)
        (b, db), (a, da) = (
            (u.value, u.slopes) if type(u) is Jet and u.tag == tag else (u, {}) for u in (y, x)
        )
        if is_zero(b) and sign(a) <= 0:
            raise Undefined("the derivative of atan2 on its cut")
        scale = reciprocal(a * a + b * b)
        slopes = {k: a * scale * s for k, s in db.items()}
        for k, s in da.items():
            slopes[k] = slopes.get(k, ZERO) - b * scale * s
        return Jet(tag, _arg_two(b, a), slopes)
    if type(y) is fmpq and type(x) is fmpq and not y:
        if not x:
            raise Undefined("atan2(0, 0)")
        if x > 0:
            return ZERO
    if is_zero(y) and is_zero(x):
        raise Undefined("atan2(0, 0)")
    return finite(acb(arb.atan2(ball(y).real, ball(x).real)))


# -- factorials ------------------------------------------------------------------------------------------------


def _factorial_of(u: Any, *, analytic: bool = False) -> Any:
    return _smooth("gamma", u + ONE, analytic=analytic)


def _binomial(n: Any, k: Any, *, analytic: bool = False) -> Any:
    """As SymPy: for integer k the falling factorial over k!, 0 for negative k; otherwise by the gamma function."""
    whole = None if depends(k) else integer(k)
    if whole is not None:
        if whole < 0:
            if (size := integer(n)) is not None and size < 0:
                raise Undefined(f"binomial({size}, {whole})")
            return ZERO
        if whole <= _FACTORIALS:
            product: Any = ONE
            for j in range(whole):
                product = product * (n - fmpq(j)) * fmpq(1, j + 1)
            return product
    if (size := integer(n)) is not None and size < 0:
        raise Undefined(f"binomial({size}, {show(k)})")
    above = _smooth("gamma", n + ONE, analytic=analytic)
    return above * _reciprocal_gamma(k + ONE) * _reciprocal_gamma(n - k + ONE)


def _reciprocal_gamma(u: Any) -> Any:
    """1/gamma, which is entire: 0 at the poles of gamma. At a pole -k its slope is (-1)**k k!."""
    if type(u) is Jet:
        if (k := integer(u.value)) is not None and k <= 0:
            if type(u.value) is Jet:
                raise NoRule("differentiate twice", "binomial at a zero")
            return u.along(ZERO, (-1) ** (-k) * _factorial(-k))
        value = _reciprocal_gamma(u.value)
        return u.along(value, -(value * call("digamma", u.value)))
    if (k := integer(u)) is not None and k <= 0:
        return ZERO
    return finite(ball(u).rgamma())


# -- words of machine learning ---------------------------------------------------------------------------------


def _sigmoid(u: Any, *, analytic: bool = False) -> Any:
    return reciprocal(ONE + call("exp", -u))


def _softplus(u: Any, *, analytic: bool = False) -> Any:
    return logarithm(ONE + call("exp", u), analytic=analytic)


def _relu(u: Any, *, analytic: bool = False) -> Any:
    return _extreme((ZERO, u), 1, analytic=analytic)


_OTHER: dict[str, Callable[..., Any]] = {
    "abs": _abs, "sign": _sign, "heaviside": _heaviside, "max": _max, "min": _min, "floor": _floor, "ceil": _ceil,
    "re": _parts("re", lambda u: u if type(u) is fmpq else acb(u.real)),
    "im": _parts("im", lambda u: ZERO if type(u) is fmpq else acb(u.imag)),
    "conj": _parts("conj", lambda u: u if type(u) is fmpq else u.conjugate()),
    "atan2": _arg_two, "factorial": _factorial_of, "binomial": _binomial,
    "sigmoid": _sigmoid, "softplus": _softplus, "relu": _relu,
}  # fmt: skip


def norm(entries: list[Any], p: Any) -> Any:
    """Norm of the entries as one vector: 2, 1 or "oo"."""
    if p == 1:
        total: Any = ZERO
        for u in entries:
            total = total + _abs(u)
        return total
    if p == "oo":
        return _extreme(tuple(_abs(u) for u in entries), 1, analytic=False)
    squares: Any = ZERO
    for u in entries:
        if is_real(u):
            squares = squares + u * u
        else:
            re, im = _OTHER["re"](u), _OTHER["im"](u)
            squares = squares + re * re + im * im
    return power(squares, HALF)
