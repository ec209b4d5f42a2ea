"""Named functions recognised where an author has written them out.

    exp(z)/total(exp(z))   ->   softmax(z)
    z - log(total(exp(z)))*ones   ->   log_softmax(z); both also row by row
    1/(1 + exp(-u))        ->   sigmoid(u)
    log(1 + exp(u))        ->   softplus(u)

Imports: calcds.expr, calcds.diff.normal.{context, products}.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from calcds.diff.normal import products, sums
from calcds.diff.normal.context import Context, is_zero
from calcds.expr.functions import fn
from calcds.expr.term import MINUS_ONE, ONE, Term, number

if TYPE_CHECKING:
    from calcds.diff.normal.products import Parts


def negative(ctx: Context, t: Term) -> Term:
    """-t."""
    return products.multiply(ctx, (MINUS_ONE, t))


def _one(t: Term) -> bool:
    return t is ONE or t.head == "ones"


def logistic(ctx: Context, base: Term) -> Term | None:
    """sigmoid(u) for the base 1 + exp(-u) of a reciprocal."""
    if base.head == "add" and len(base.args) == 2:
        for a, b in (base.args, base.args[::-1]):
            if _one(a) and b.head == "fn" and b.data == "exp":
                return fn("sigmoid", negative(ctx, b.args[0]))
    return None


def sigmoid_times_exp(ctx: Context, powers: dict[Term, Term]) -> None:
    """exp(u)*sigmoid(-u) is sigmoid(u); exp(u)*exp(-u) is 1. On bases with exponent 1, in place."""
    for base, exponent in list(powers.items()):
        if base.head != "fn" or base.data != "exp" or exponent is not ONE or base not in powers:
            continue
        u = base.args[0]
        opposite = negative(ctx, u)
        logit = fn("sigmoid", opposite)
        if fn("exp", opposite) in powers and powers[fn("exp", opposite)] is ONE:
            del powers[base], powers[fn("exp", opposite)]
        elif logit in powers and powers[logit].head == "num" and powers[logit].data >= 1:
            left = powers.pop(logit).data - 1
            del powers[base]
            if left:
                powers[logit] = number(left)
            new = fn("sigmoid", u)
            powers[new] = sums.add(ctx, (powers.get(new, number(0)), ONE))


_QUOTIENTS = {"sinh": ("cosh", "tanh"), "sin": ("cos", "tan")}


def products_of_functions(ctx: Context, powers: dict[Term, Term]) -> None:
    """sinh/cosh is tanh, sin/cos is tan, relu(u)*heaviside(u) is relu(u), max(u, 0)*heaviside(u) is max(u, 0). In place."""
    sigmoid_times_exp(ctx, powers)
    for base, exponent in list(powers.items()):
        if base.head != "fn" or base not in powers or exponent is not ONE:
            continue
        if base.data in _QUOTIENTS:
            below, whole = _QUOTIENTS[base.data]
            other = fn(below, *base.args)
            if other in powers and powers[other].head == "num" and powers[other].data <= -1:
                left = powers.pop(other).data + 1
                del powers[base]
                if left:
                    powers[other] = number(left)
                tangent = fn(whole, *base.args)
                powers[tangent] = sums.add(ctx, (powers.get(tangent, number(0)), ONE))
        elif (u := _rectified(base)) is not None:
            powers.pop(fn("heaviside", u), None)


def _rectified(t: Term) -> Term | None:
    """u, for relu(u) and max(u, 0)."""
    if t.data == "relu":
        return t.args[0]
    if t.data == "max" and len(t.args) == 2:
        for u, other in (t.args, t.args[::-1]):
            if is_zero(other) and u.shape == t.shape:
                return u
    return None


def function_quotients(ctx: Context, parts: Parts) -> None:
    """The same for the scalars of a product."""
    products_of_functions(ctx, parts.powers)


def softmax_quotient(ctx: Context, parts: Parts) -> None:
    """exp(z)/total(exp(z)) among the factors of a product is softmax(z), for a column z."""
    for base, exponent in list(parts.powers.items()):
        if base.head != "total" or base.args[0].head != "fn" or base.args[0].data != "exp":
            continue
        e = base.args[0]
        if e.shape[1] != 1 or exponent.head != "num" or exponent.data > -1:
            continue
        p = Term("vfn", (e.args[0],), "softmax", e.shape)
        left = exponent.data
        left = _replace_in_chain(ctx, parts, e, p, left)
        left = _replace_in_scalars(ctx, parts, e, p, left)
        del parts.powers[base]
        if left:
            parts.powers[base] = number(left)


def _replace_in_chain(ctx: Context, parts: Parts, e: Term, p: Term, left: int) -> int:
    for k, f in enumerate(parts.chain):
        if left <= -1 and (new := with_factor(ctx, f, e, p)) is not None:
            parts.chain[k] = new
            left += 1
    return left


def _replace_in_scalars(ctx: Context, parts: Parts, e: Term, p: Term, left: int) -> int:
    for base, stated in list(parts.powers.items()):
        exponent = stated
        while left <= -1 and exponent.head == "num" and exponent.data >= 1:
            new = with_factor(ctx, base, e, p)
            if new is None:
                break
            left += 1
            del parts.powers[base]
            exponent = number(exponent.data - 1)
            if exponent.data:
                parts.powers[base] = exponent
            products._absorb(parts, new)
    return left


def with_factor(ctx: Context, f: Term, e: Term, p: Term) -> Term | None:
    """The factor with p for e where it is linear in e, else None."""
    if f is e:
        return p
    if f.head in ("trans", "diag") and f.args[0] is e:
        return Term(f.head, (p,), None, f.shape)
    if f.head == "had" and e in f.args:
        args = list(f.args)
        args[args.index(e)] = p
        return Term("had", tuple(args), None, f.shape)
    if f.head == "entry" and f.args[0] is e:
        return Term("entry", (p, *f.args[1:]))
    if f.head == "total" and (inner := with_factor(ctx, f.args[0], e, p)) is not None:
        return Term("total", (inner,))
    if f.head in ("mul", "had", "trans"):
        for k, a in enumerate(f.args):
            if (inner := with_factor(ctx, a, e, p)) is not None:
                return Term(f.head, (*f.args[:k], inner, *f.args[k + 1 :]), None, f.shape)
    return None


def logarithm(ctx: Context, u: Term) -> Term | None:
    """log of something known: softmax, exp, 1 + exp; None for anything else."""
    if u.head == "vfn" and u.data in ("softmax", "softmax_rows"):
        return Term("vfn", u.args, "log_" + u.data, u.shape)
    if u.head == "fn" and u.data == "exp":
        return u.args[0]
    if u.head == "add" and len(u.args) == 2:
        for a, b in (u.args, u.args[::-1]):
            if _one(a) and b.head == "fn" and b.data == "exp":
                return fn("softplus", b.args[0])
    if _one(u):
        return sums.add(ctx, (negative(ctx, u), u))
    if u.head == "entry" and u.args[0].head == "vfn" and u.args[0].data in ("softmax", "softmax_rows"):
        v = u.args[0]
        return Term("entry", (Term("vfn", v.args, "log_" + v.data, v.shape), *u.args[1:]))
    return None


def function_value(ctx: Context, name: str, u: Term) -> Term | None:
    """The value of a function of one argument where it is plain; None otherwise."""
    if name == "log":
        return logarithm(ctx, u)
    if name == "exp":
        if u.head == "fn" and u.data == "log":
            return u.args[0]
        if u.head == "vfn" and u.data in ("log_softmax", "log_softmax_rows"):
            return Term("vfn", u.args, str(u.data)[4:], u.shape)
        if is_zero(u):
            return ONE if u.is_scalar else Term("ones", (), None, u.shape)
    if name in ("sin", "tan", "sinh", "tanh", "asin", "atan", "asinh", "abs", "sign", "erf") and is_zero(u):
        return u
    if name == "abs" and (c := sums.coefficient(u)[0]) < 0:
        return fn(name, products.multiply(ctx, (number(-1), u))) if c == -1 else None
    return None
