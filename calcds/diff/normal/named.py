"""Named functions recognised where an author has written them out.

    exp(z)/total(exp(z))   ->   softmax(z)
    z - log(total(exp(z)))*ones   ->   log_softmax(z); both also row by row
    1/(1 + exp(-u))        ->   sigmoid(u)
    log(1 + exp(u))        ->   softplus(u)

Imports: calcds.expr, calcds.diff.normal.{context, products}.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from calcds.diff.normal import entrywise, matrices, products, sums
from calcds.diff.normal.context import Context, is_zero
from calcds.expr.functions import fn
from calcds.expr.term import MINUS_ONE, ONE, Term, number, same_shape

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
        if left <= -1 and (new := _with(ctx, f, e, p)) is not None:
            parts.chain[k] = new
            left += 1
    return left


def _replace_in_scalars(ctx: Context, parts: Parts, e: Term, p: Term, left: int) -> int:
    for base, stated in list(parts.powers.items()):
        exponent = stated
        while left <= -1 and exponent.head == "num" and exponent.data >= 1 and (new := _with(ctx, base, e, p)) is not None:
            left += 1
            del parts.powers[base]
            exponent = number(exponent.data - 1)
            if exponent.data:
                parts.powers[base] = exponent
            products._absorb(parts, new)
    return left


def _with(ctx: Context, f: Term, e: Term, p: Term) -> Term | None:
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
    if f.head == "total" and (inner := _with(ctx, f.args[0], e, p)) is not None:
        return Term("total", (inner,))
    if f.head in ("mul", "had", "trans"):
        for k, a in enumerate(f.args):
            if (inner := _with(ctx, a, e, p)) is not None:
                return Term(f.head, (*f.args[:k], inner, *f.args[k + 1 :]), None, f.shape)
    return None


# -- row by row --------------------------------------------------------------------------------------------------


def _sums_of_exp(t: Term) -> Term | None:
    """E = exp(Z), when the term is E*ones: the sums of the rows, as a column or side by side."""
    if t.head == "mul" and len(t.args) == 2 and t.args[1].head == "ones" and not t.is_scalar:
        e = t.args[0]
        if e.head == "fn" and e.data == "exp":
            return e
    return None


def softmax_of_rows(powers: dict[Term, Term]) -> None:
    """exp(Z) o (exp(Z)*ones)**-1 among the factors of an entrywise product is softmax_rows(Z). In place."""
    for base, exponent in list(powers.items()):
        e = _sums_of_exp(base)
        if e is None or exponent.head != "num" or exponent.data > -1 or e not in powers:
            continue
        own = powers[e]
        if own.head != "num" or own.data < 1:
            continue
        count = min(int(own.data), int(-exponent.data))
        for known, step in ((e, -count), (base, count)):
            left = powers.pop(known).data + step
            if left:
                powers[known] = number(left)
        p = Term("vfn", e.args, "softmax_rows", e.shape)
        old = powers.pop(p, number(0))
        powers[p] = number(old.data + count) if old.head == "num" else old + count


def softmax_of_scaled_rows(ctx: Context, parts: Parts) -> None:
    """diag((exp(Z)*ones)**-1)*exp(Z) in a chain is softmax_rows(Z); likewise exp(Z).T*diag(...)."""
    chain = parts.chain
    for k, f in enumerate(chain):
        if f.head != "diag":
            continue
        column = f.args[0]
        weights = list(column.args) if column.head == "had" else [column]
        for w in weights:
            if w.head != "epow" or w.args[1].head != "num" or w.args[1].data > -1:
                continue
            e = _sums_of_exp(w.args[0])
            if e is None:
                continue
            p = Term("vfn", e.args, "softmax_rows", e.shape)
            for j in (k + 1, k - 1):
                if not 0 <= j < len(chain):
                    continue
                new = _with(ctx, chain[j], e, p) if j > k else _with_transposed(ctx, chain[j], e, p)
                if new is None:
                    continue
                rest = [v for v in weights if v is not w]
                if w.args[1].data != -1:
                    rest.append(entrywise.entry_power(ctx, w.args[0], number(w.args[1].data + 1)))
                chain[j] = new
                chain[k : k + 1] = [matrices.diag(ctx, entrywise.hadamard(ctx, rest))] if rest else []
                return


def _with_transposed(ctx: Context, f: Term, e: Term, p: Term) -> Term | None:
    return _with(ctx, f, e, p) if f.head == "trans" else None


def log_softmax(ctx: Context, merged: dict[Term, Fraction]) -> Term | None:
    """z - log(sum of exp(z))*ones among the terms of a sum: takes them out, and puts the logarithm of softmax in."""
    for term, c in list(merged.items()):
        found = _log_of_sums(term)
        if found is None:
            continue
        z, word = found
        wanted = sums.opened(ctx, [z], -c)
        if wanted and all(merged.get(t) == d for t, d in wanted.items()) and term not in wanted:
            for t in (term, *wanted):
                del merged[t]
            new = Term("vfn", (z,), word, z.shape)
            merged[new] = merged.get(new, Fraction(0)) - c
            return new
    return None


def _log_of_sums(t: Term) -> tuple[Term, str] | None:
    """Z for log(exp(Z)*ones), in the shape of Z, and the word that goes with it."""
    if t.head == "fn" and t.data == "log" and not t.is_scalar:
        e = _sums_of_exp(t.args[0])
        if e is not None and same_shape(e.shape, t.shape):
            return e.args[0], "log_softmax_rows"
    if t.head == "mul" and len(t.args) == 2 and t.args[1].head == "ones" and t.args[0].head == "fn" and t.args[0].data == "log":
        inner = t.args[0].args[0]
        if inner.head == "total" and inner.args[0].head == "fn" and inner.args[0].data == "exp":
            z = inner.args[0].args[0]
            return (z, "log_softmax") if z.shape[1] == 1 and same_shape(z.shape, t.shape) else None
        e = _sums_of_exp(inner)
        if e is not None and same_shape(e.shape, t.shape):
            return e.args[0], "log_softmax_rows"
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
