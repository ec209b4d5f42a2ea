"""Neighbours in a chain of matrices: numbers are cut out, inverses cancel, neighbours combine where that is shorter.

    u.T*A*v*w     ->   (u.T*A*v)*w           A.I*A, Q.T*Q            ->   eye
    diag(u)*v     ->   hadamard(u, v)        ones*(X - mean rows)    ->   0

Imports: calcds.expr, calcds.diff.normal.{context, products, matrices, sums, entrywise}.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from calcds.diff.normal import entrywise, matrices, products, sums
from calcds.diff.normal.context import Context, is_zero
from calcds.expr.operators import eye
from calcds.expr.term import ONE, SCALAR, Shape, Term, as_term, number, same_size


def tidy(ctx: Context, parts: products.Parts, shape: Shape) -> None:
    """Apply the rules to the chain of a product until none applies, in place."""
    changed = True
    while changed and parts.chain:
        changed = False
        if len(parts.chain) > 1 and any(f.head == "eye" for f in parts.chain):
            parts.chain = [f for f in parts.chain if f.head != "eye"] or [eye(shape[0])]
            changed = len(parts.chain) > 1
        changed = any(rule(ctx, parts) for rule in (_take_numbers, _cancel_inverse, _combine, _weigh_diagonal))


def _replace(parts: products.Parts, low: int, high: int, new: Term) -> None:
    """Put a term in the place of chain[low:high]; its scalars go to the front."""
    inner = products.take_apart(new)
    parts.number *= inner.number
    for base, exponent in inner.powers.items():
        products.times_power(parts, base, exponent)
    parts.chain[low:high] = inner.chain


def _take_numbers(ctx: Context, parts: products.Parts) -> bool:
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
        return matrices.total(ctx, products.multiply(ctx, chain[1:]))
    if last.head == "ones":
        return matrices.total(ctx, products.multiply(ctx, chain[:-1]))
    if last.head == "unit":
        rest = products.multiply(ctx, chain[:-1])
        if first.head == "trans" and first.args[0].head == "unit" and len(chain) > 2:
            return matrices.entry(ctx, products.multiply(ctx, chain[1:-1]), first.args[0].args[0], last.args[0])
        return matrices.entry(ctx, matrices.transpose(ctx, rest), last.args[0], as_term(0))
    if first.head == "trans" and first.args[0].head == "unit":
        return matrices.entry(ctx, products.multiply(ctx, chain[1:]), first.args[0].args[0], as_term(0))
    if len(chain) == 2 and last.head == "sym" and matrices.transpose(ctx, last) is first:
        facts = last.data[1].facts
        if "unit" in facts or "one-hot" in facts:
            return ONE
    forward = products.chain_term(chain, SCALAR)
    backward = products.chain_term([matrices.transpose(ctx, f) for f in reversed(chain)], SCALAR)
    chosen = min((forward, backward), key=lambda t: (sum(f.head == "trans" for f in t.args), not ctx.known("chain", t)))
    ctx.rank("chain", chosen)
    return chosen


def _cancel_inverse(ctx: Context, parts: products.Parts) -> bool:
    chain = parts.chain
    for k, f in enumerate(chain):
        inner = matrices.inverted(ctx, f)
        if inner is None:
            continue
        whole = products.take_apart(inner)
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


def _cancel_part(ctx: Context, parts: products.Parts, k: int, inner: list[Term]) -> tuple[int, int, list[Term]] | None:
    """A*(B*A).I is B.I for square A: (from, to, what stands there instead)."""
    if len(inner) < 2:
        return None
    chain = parts.chain
    if k and chain[k - 1] is inner[-1] and same_size(*inner[-1].shape):
        return k - 1, k + 1, [matrices.inverse(ctx, products.multiply(ctx, inner[:-1]))]
    if k + 1 < len(chain) and chain[k + 1] is inner[0] and same_size(*inner[0].shape):
        return k, k + 2, [matrices.inverse(ctx, products.multiply(ctx, inner[1:]))]
    return None


def _combine(ctx: Context, parts: products.Parts) -> bool:
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
        return products.multiply(ctx, (as_term(a.shape[1]), Term("ones", (), None, (a.shape[0], b.shape[1]))))
    if a.head == "ones" and b.shape[1] == 1 and a.shape[0] != 1:
        return products.multiply(ctx, (matrices.total(ctx, b), Term("ones", (), None, (a.shape[0], 1))))
    if b.head == "ones" and a.shape[0] == 1 and b.shape[1] != 1:
        return products.multiply(ctx, (matrices.total(ctx, a), Term("ones", (), None, (1, b.shape[1]))))
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
        choices.append((any(t.head == "eye" for t in right), [products.multiply(ctx, (a, t)) for t in right]))
    if len(left) > 1 and (b.head == "ones" or any(_at_end(t, -1) for t in left)):
        choices.append((any(t.head == "eye" for t in left), [products.multiply(ctx, (t, b)) for t in left]))
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


def _weigh_diagonal(ctx: Context, parts: products.Parts) -> bool:
    """diag(u)*v is hadamard(u, v) when the rest of the chain is a column; likewise for rows."""
    chain = parts.chain
    if len(chain) < 2:
        return False
    for k, f in enumerate(chain):
        if f.head != "diag":
            continue
        if chain[-1].shape[1] == 1 and k + 1 < len(chain):
            rest = products.multiply(ctx, chain[k + 1 :])
            _replace(parts, k, len(chain), entrywise.hadamard(ctx, (f.args[0], rest)))
            return True
        if chain[0].shape[0] == 1 and k > 0:
            before = matrices.transpose(ctx, products.multiply(ctx, chain[:k]))
            column = entrywise.hadamard(ctx, (before, f.args[0]))
            _replace(parts, 0, k + 1, matrices.transpose(ctx, column))
            return True
    return False
