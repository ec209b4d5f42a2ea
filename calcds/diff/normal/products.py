"""Products: one number, powers of scalar atoms, then a chain of matrices.

    2 * s**k * ... * A * B * x

Scalars come to the front and equal bases merge; a part of a chain that is a number (u.T*A*v) becomes a scalar atom;
neighbours of the chain combine where that makes the chain shorter: A.I*A, Q.T*Q, diag(u)*v.

Imports: calcds.expr, calcds.diff.normal.{context, facts, named}.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from calcds.diff.normal import chains, matrices, named, rows, sums
from calcds.diff.normal.context import Context, nothing
from calcds.expr.operators import eye
from calcds.expr.term import ONE, SCALAR, Shape, Term, number

Powers = dict[Term, Term]  # scalar base -> exponent
_ROOT_BITS = 200  # a float root of a larger number is not close enough to round to the exact one


@dataclass(slots=True)
class Parts:
    """A product taken apart."""

    number: Fraction = Fraction(1)
    powers: Powers = field(default_factory=dict)
    chain: list[Term] = field(default_factory=list)


def take_apart(term: Term) -> Parts:
    """Number, scalar powers and chain of a normal term."""
    parts = Parts()
    _absorb(parts, term)
    return parts


def _absorb(parts: Parts, term: Term) -> None:
    if term.head == "mul":
        matrix_factors = [f for f in term.args if not f.is_scalar]
        for f in term.args:
            if f.is_scalar:
                _absorb(parts, f)
        if matrix_factors and term.is_scalar:
            times_power(parts, chain_term(matrix_factors, SCALAR), ONE)
        else:
            parts.chain += matrix_factors
    elif not term.is_scalar:
        parts.chain.append(term)
    elif term.head == "num":
        parts.number *= term.data
    elif term.head == "pow":
        times_power(parts, term.args[0], term.args[1])
    else:
        times_power(parts, term, ONE)


def times_power(parts: Parts, base: Term, exponent: Term) -> None:
    """Multiply by a power of a scalar, in place."""
    old = parts.powers.pop(base, None)
    parts.powers[base] = exponent if old is None else _plus(old, exponent)


def _plus(a: Term, b: Term) -> Term:
    if a.head == "num" and b.head == "num":
        return number(a.data + b.data)
    return sums.add(Context(), (a, b))


def chain_term(chain: Sequence[Term], shape: Shape) -> Term:
    """The factors as one term."""
    return chain[0] if len(chain) == 1 else Term("mul", tuple(chain), None, shape)


def _shape(factors: Iterable[Term]) -> Shape:
    chain = [f for f in factors if not f.is_scalar]
    return (chain[0].shape[0], chain[-1].shape[1]) if chain else SCALAR


def multiply(ctx: Context, factors: Sequence[Term]) -> Term:
    """The normal product of normal factors."""
    shape = _shape(factors)
    parts = Parts()
    for f in factors:
        _absorb(parts, f)
    if parts.number == 0 or any(f.head == "zeros" for f in parts.chain):
        return nothing(shape)
    chains.tidy(ctx, parts, shape)
    if parts.number == 0 or any(f.head == "zeros" for f in parts.chain):
        return nothing(shape)
    named.softmax_quotient(ctx, parts)
    rows.softmax_of_scaled_rows(ctx, parts)
    named.function_quotients(ctx, parts)
    _fold_numbers(parts)
    if (opened := _cancelling(ctx, parts)) is not None:
        return opened
    _turn_sign(ctx, parts)
    return join(ctx, parts, shape)


def _cancelling(ctx: Context, parts: Parts) -> Term | None:
    """s*(y/s + z) is y + s*z: multiplied out where a factor cancels and the result is shorter."""
    for base, exponent in parts.powers.items():
        if base.head != "add" or exponent is not ONE or parts.chain:
            continue
        others = {b: e for b, e in parts.powers.items() if b is not base}
        if not sums.denominators(base) & {b for b, e in others.items() if e.head == "num" and e.data > 0}:
            continue
        scalars = [number(parts.number), *(power(ctx, b, e) for b, e in others.items())]
        opened = sums.add(ctx, [multiply(ctx, (*scalars, t)) for t in base.args])
        if ctx.weight(opened) < ctx.weight(join(ctx, parts, SCALAR)):
            return opened
    return None


def join(ctx: Context, parts: Parts, shape: Shape) -> Term:
    """The product of parts that are tidy."""
    if parts.number == 0:
        return nothing(shape)
    scalars, inline = [], None
    for base, exponent in sorted(parts.powers.items(), key=lambda item: _place(ctx, *item)):
        if exponent.head == "num" and exponent.data == 0:
            continue
        if base.head == "mul" and exponent is ONE and shape == SCALAR and inline is None and not parts.chain:
            inline = base
        else:
            scalars.append(base if exponent is ONE else Term("pow", (base, exponent)))
    chain = list(inline.args) if inline is not None else list(parts.chain)
    if not chain and shape != SCALAR:
        chain = [eye(shape[0])]
    first = [] if parts.number == 1 and (scalars or chain) else [number(parts.number)]
    factors = (*first, *scalars, *chain)
    return factors[0] if len(factors) == 1 else Term("mul", factors, None, shape)


def _place(ctx: Context, base: Term, exponent: Term) -> tuple[bool, bool, int]:
    """Symbols first, denominators last."""
    below = exponent.head == "num" and exponent.data < 0
    return below, base.head not in ("sym", "num", "const"), ctx.rank("mul", base)


def _fold_numbers(parts: Parts) -> None:
    for base, exponent in list(parts.powers.items()):
        if base.head == "num" and exponent.head == "num" and exponent.data.denominator == 1 and base.data:
            parts.number *= base.data ** int(exponent.data)
            del parts.powers[base]


def _turn_sign(ctx: Context, parts: Parts) -> None:
    """-2*A*(y - x) is written 2*A*(x - y)."""
    if parts.number >= 0:
        return
    for k, f in enumerate(parts.chain):
        if (turned := sums.turned(ctx, f)) is not None:
            parts.chain[k] = turned
            parts.number = -parts.number
            return
    for base, exponent in list(parts.powers.items()):
        odd = exponent.head == "num" and exponent.data.denominator == 1 and exponent.data.numerator % 2
        if odd and (turned := sums.turned(ctx, base)) is not None:
            del parts.powers[base]
            times_power(parts, turned, exponent)
            parts.number = -parts.number
            return


def power(ctx: Context, base: Term, exponent: Term) -> Term:
    """The normal power of a normal scalar."""
    if exponent.head == "num":
        k = exponent.data
        if k == 1:
            return base
        if k == 0:
            return ONE
        if k.denominator == 1:
            return _whole_power(ctx, base, int(k))
        if base.head == "num" and (root := _exact_power(base.data, k)) is not None:
            return number(root)
        if base.head == "pow" and base.args[1].head == "num" and _stays_principal(base.args[1].data):
            return power(ctx, base.args[0], number(base.args[1].data * k))
    if base is ONE:
        return ONE
    if base.head == "const" and base.data == "e":
        return matrices.function(ctx, "exp", (exponent,))
    return Term("pow", (base, exponent))


def _stays_principal(inner: Fraction) -> bool:
    """(x**p)**q is x**(p*q) when -1 < p <= 1: then p*arg(x) is still a principal argument. DLMF 4.2(iv)."""
    return -1 < inner <= 1


def _whole_power(ctx: Context, base: Term, k: int) -> Term:
    if base.head == "num":
        return number(base.data**k) if base.data or k > 0 else Term("pow", (base, number(k)))
    if k == -1 and (known := named.logistic(ctx, base)) is not None:
        return known
    if base.head == "pow":
        return power(ctx, base.args[0], multiply(ctx, (base.args[1], number(k))))
    if base.head == "fn" and base.data == "exp":
        return matrices.function(ctx, "exp", (multiply(ctx, (number(k), base.args[0])),))
    if base.head == "mul":
        parts = take_apart(base)
        if len(parts.powers) > 1 or parts.number != 1:
            raised = [power(ctx, b, multiply(ctx, (e, number(k)))) for b, e in parts.powers.items()]
            return multiply(ctx, (number(parts.number**k), *raised))
    return Term("pow", (base, number(k)))


def _exact_power(value: Fraction, k: Fraction) -> Fraction | None:
    """The exact rational value of a rational power, if it is rational."""
    q = k.denominator
    if value <= 0 or max(value.numerator, value.denominator).bit_length() > _ROOT_BITS:
        return None
    top, bottom = round(value.numerator ** (1 / q)), round(value.denominator ** (1 / q))
    if top**q != value.numerator or bottom**q != value.denominator:
        return None
    return Fraction(top, bottom) ** k.numerator
