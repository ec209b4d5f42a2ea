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
from itertools import pairwise

from calcds.diff.normal import entrywise, matrices, named, sums
from calcds.diff.normal.context import Context, is_zero, nothing
from calcds.expr.operators import eye
from calcds.expr.term import ONE, SCALAR, Shape, Term, as_term, number, same_size

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
            _raise(parts, _chain_term(matrix_factors, SCALAR), ONE)
        else:
            parts.chain += matrix_factors
    elif not term.is_scalar:
        parts.chain.append(term)
    elif term.head == "num":
        parts.number *= term.data
    elif term.head == "pow":
        _raise(parts, term.args[0], term.args[1])
    else:
        _raise(parts, term, ONE)


def _raise(parts: Parts, base: Term, exponent: Term) -> None:
    old = parts.powers.pop(base, None)
    parts.powers[base] = exponent if old is None else _plus(old, exponent)


def _plus(a: Term, b: Term) -> Term:
    if a.head == "num" and b.head == "num":
        return number(a.data + b.data)
    return sums.add(Context(), (a, b))


def _chain_term(chain: Sequence[Term], shape: Shape) -> Term:
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
    _tidy_chain(ctx, parts, shape)
    if parts.number == 0 or any(f.head == "zeros" for f in parts.chain):
        return nothing(shape)
    named.softmax_quotient(ctx, parts)
    named.softmax_of_scaled_rows(ctx, parts)
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
            _raise(parts, turned, exponent)
            parts.number = -parts.number
            return


# -- chains ----------------------------------------------------------------------------------------------------


def _tidy_chain(ctx: Context, parts: Parts, shape: Shape) -> None:
    changed = True
    while changed and parts.chain:
        changed = False
        if len(parts.chain) > 1 and any(f.head == "eye" for f in parts.chain):
            parts.chain = [f for f in parts.chain if f.head != "eye"] or [eye(shape[0])]
            changed = len(parts.chain) > 1
        changed = any(rule(ctx, parts) for rule in (_take_numbers, _cancel_inverse, _combine, _weigh_diagonal))


def _replace(parts: Parts, low: int, high: int, new: Term) -> None:
    """Put a term in the place of chain[low:high]; its scalars go to the front."""
    inner = take_apart(new)
    parts.number *= inner.number
    for base, exponent in inner.powers.items():
        _raise(parts, base, exponent)
    parts.chain[low:high] = inner.chain


def _take_numbers(ctx: Context, parts: Parts) -> bool:
    """Cut out the parts of the chain that are 1 x 1."""
    chain = parts.chain
    cuts = [k for k in range(len(chain) + 1) if _cut(chain, k) == 1]
    for low, high in pairwise(cuts):
        if high - low >= 2:
            value = scalar_chain(ctx, chain[low:high])
            _replace(parts, low, high, value)
            return True
    return False


def _cut(chain: list[Term], k: int) -> object:
    return chain[k].shape[0] if k < len(chain) else chain[-1].shape[1]


def scalar_chain(ctx: Context, chain: list[Term]) -> Term:
    """The number that a row-times-...-times-column chain is."""
    first, last = chain[0], chain[-1]
    if first.head == "ones":
        return matrices.total(ctx, multiply(ctx, chain[1:]))
    if last.head == "ones":
        return matrices.total(ctx, multiply(ctx, chain[:-1]))
    if last.head == "unit":
        rest = multiply(ctx, chain[:-1])
        if first.head == "trans" and first.args[0].head == "unit" and len(chain) > 2:
            return matrices.entry(ctx, multiply(ctx, chain[1:-1]), first.args[0].args[0], last.args[0])
        return matrices.entry(ctx, matrices.transpose(ctx, rest), last.args[0], as_term(0))
    if first.head == "trans" and first.args[0].head == "unit":
        return matrices.entry(ctx, multiply(ctx, chain[1:]), first.args[0].args[0], as_term(0))
    if len(chain) == 2 and last.head == "sym" and matrices.transpose(ctx, last) is first:
        facts = last.data[1].facts
        if "unit" in facts or "one-hot" in facts:
            return ONE
    forward = _chain_term(chain, SCALAR)
    backward = _chain_term([matrices.transpose(ctx, f) for f in reversed(chain)], SCALAR)
    chosen = min((forward, backward), key=lambda t: (sum(f.head == "trans" for f in t.args), not ctx.known("chain", t)))
    ctx.rank("chain", chosen)
    return chosen


def _cancel_inverse(ctx: Context, parts: Parts) -> bool:
    chain = parts.chain
    for k, f in enumerate(chain):
        inner = matrices.inverted(ctx, f)
        if inner is None:
            continue
        whole = take_apart(inner)
        if whole.powers or whole.number != 1:
            continue
        length = len(whole.chain)
        if (shorter := _cancel_part(ctx, parts, k, whole.chain)) is not None:
            parts.chain[shorter[0] : shorter[1]] = shorter[2]
            return True
        if chain[k + 1 : k + 1 + length] == whole.chain:
            parts.chain[k : k + 1 + length] = [eye(f.shape[0])]
            return True
        if k >= length and chain[k - length : k] == whole.chain:
            parts.chain[k - length : k + 1] = [eye(f.shape[0])]
            return True
    return False


def _cancel_part(ctx: Context, parts: Parts, k: int, inner: list[Term]) -> tuple[int, int, list[Term]] | None:
    """A*(B*A).I is B.I for square A: (from, to, what stands there instead)."""
    if len(inner) < 2:
        return None
    chain = parts.chain
    if k and chain[k - 1] is inner[-1] and same_size(*inner[-1].shape):
        return k - 1, k + 1, [matrices.inverse(ctx, multiply(ctx, inner[:-1]))]
    if k + 1 < len(chain) and chain[k + 1] is inner[0] and same_size(*inner[0].shape):
        return k, k + 2, [matrices.inverse(ctx, multiply(ctx, inner[1:]))]
    return None


def _combine(ctx: Context, parts: Parts) -> bool:
    chain = parts.chain
    for k in range(len(chain) - 1):
        new = _pair(ctx, chain[k], chain[k + 1])
        if new is not None:
            _replace(parts, k, k + 2, new)
            return True
    return False


def _pair(ctx: Context, a: Term, b: Term) -> Term | None:
    """Two neighbours as one factor, or None."""
    if a.head == "diag" and b.head == "diag":
        return matrices.diag(ctx, entrywise.hadamard(ctx, (a.args[0], b.args[0])))
    if a.head == "diag" and b.shape[1] == 1:
        return entrywise.hadamard(ctx, (a.args[0], b))
    if b.head == "diag" and a.shape[0] == 1:
        return matrices.transpose(ctx, entrywise.hadamard(ctx, (matrices.transpose(ctx, a), b.args[0])))
    if a.head == "ones" and b.head == "ones":
        return multiply(ctx, (as_term(a.shape[1]), Term("ones", (), None, (a.shape[0], b.shape[1]))))
    if a.head == "ones" and b.shape[1] == 1 and a.shape[0] != 1:
        return multiply(ctx, (matrices.total(ctx, b), Term("ones", (), None, (a.shape[0], 1))))
    if b.head == "ones" and a.shape[0] == 1 and b.shape[1] != 1:
        return multiply(ctx, (matrices.total(ctx, a), Term("ones", (), None, (1, b.shape[1]))))
    if a.head == "trans" and a.args[0] is b and (
        matrices.has_fact(b, "orthonormal columns") or matrices.has_fact(b, "orthogonal")
    ):
        return eye(b.shape[1])
    if b.head == "trans" and b.args[0] is a and a.head == "sym" and "orthogonal" in a.data[1].facts:
        return eye(a.shape[0])
    if a is b and a.head == "sym" and "projection" in a.data[1].facts:
        return a
    if b.head == "ones" and matrices.rows_sum_to_one(a):
        return Term("ones", (), None, (a.shape[0], b.shape[1]))
    if a.head == "ones" and matrices.rows_sum_to_one(matrices.transpose(ctx, b)):
        return Term("ones", (), None, (a.shape[0], b.shape[1]))
    if (summed := _summed(ctx, a, b)) is not None:
        return summed
    base, p = matrices.base_and_power(a)
    other, q = matrices.base_and_power(b)
    if base is other and same_size(*a.shape):
        return matrices.matrix_power(ctx, base, sums.add(ctx, (p, q)))
    return _with_inverse(ctx, a, b)


def _with_inverse(ctx: Context, a: Term, b: Term) -> Term | None:
    """A**2 * (A**3).I is A.I."""
    for one, other in ((a, b), (b, a)):
        below = matrices.inverted(ctx, one)
        if below is None:
            continue
        (base, p), (same, q) = map(matrices.base_and_power, (other, below))
        if base is not same or p.head != "num" or q.head != "num":
            continue
        left = p.data - q.data
        return matrices.matrix_power(ctx, base, number(left)) if left >= 0 else matrices.inverse(
            ctx, matrices.matrix_power(ctx, base, number(-left)))
    return None


def _summed(ctx: Context, a: Term, b: Term) -> Term | None:
    """ones*(X - (1/m)*ones*X) is 0: a sum in which ones meets ones, multiplied out where terms cancel."""
    left, right = _terms(ctx, a), _terms(ctx, b)
    choices = []
    if len(right) > 1 and (a.head == "ones" or any(_at_end(t, 0) for t in right)):
        choices.append((any(t.head == "eye" for t in right), [multiply(ctx, (a, t)) for t in right]))
    if len(left) > 1 and (b.head == "ones" or any(_at_end(t, -1) for t in left)):
        choices.append((any(t.head == "eye" for t in left), [multiply(ctx, (t, b)) for t in left]))
    for _, parts in sorted(choices, key=lambda choice: not choice[0]):
        if any(map(is_zero, parts)) or len(sums.opened(ctx, parts, Fraction(1))) < len(parts):
            return sums.add(ctx, parts)
    return None


def _terms(ctx: Context, t: Term) -> Sequence[Term]:
    """The terms of a sum or of a transposed sum."""
    if t.head == "trans" and t.args[0].head == "add":
        return [matrices.transpose(ctx, part) for part in t.args[0].args]
    return t.args if t.head == "add" else ()


def _at_end(t: Term, end: int) -> bool:
    """Whether a product begins (0) or ends (-1) with ones."""
    chain = [f for f in t.args if not f.is_scalar] if t.head == "mul" else [t]
    return bool(chain) and chain[end].head == "ones"


def _weigh_diagonal(ctx: Context, parts: Parts) -> bool:
    """diag(u)*v is hadamard(u, v) when the rest of the chain is a column; likewise for rows."""
    chain = parts.chain
    if len(chain) < 2:
        return False
    for k, f in enumerate(chain):
        if f.head != "diag":
            continue
        if chain[-1].shape[1] == 1 and k + 1 < len(chain):
            rest = multiply(ctx, chain[k + 1 :])
            _replace(parts, k, len(chain), entrywise.hadamard(ctx, (f.args[0], rest)))
            return True
        if chain[0].shape[0] == 1 and k > 0:
            before = matrices.transpose(ctx, multiply(ctx, chain[:k]))
            column = entrywise.hadamard(ctx, (before, f.args[0]))
            _replace(parts, 0, k + 1, matrices.transpose(ctx, column))
            return True
    return False


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
