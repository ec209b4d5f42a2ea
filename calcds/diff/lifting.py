"""A formula in numbers, read entry by entry on matrices: u**2 + 1 becomes entry_power(U, 2) + ones.

Imports: calcds.expr.
"""

from __future__ import annotations

from calcds.expr.functions import fn
from calcds.expr.kinds import FunctionSymbol
from calcds.expr.operators import entry_power, hadamard, ones
from calcds.expr.term import SCALAR, Shape, Term, add, mul, substitute


def lifted(body: Term, table: dict[Term, Term], shape: Shape) -> Term | None:
    """The body with matrices for its parameters, as a term of the shape; None where a part has no entrywise form.

    >>> from calcds.notation import *
    >>> n = Dim("n")
    >>> u, z = Real.symbol("u"), Vector[n].symbol("z")
    >>> print(lifted(1 - tanh(u)**2, {u: z}, z.shape))
    1*ones(n) - entry_power(tanh(z), 2)
    """
    if shape == SCALAR:
        return substitute(body, table)
    found = _lift(body, table, shape)
    if found is not None and found.is_scalar:
        return mul(found, ones(*shape))
    return found


def _lift(body: Term, table: dict[Term, Term], shape: Shape) -> Term | None:
    if body in table:
        return table[body]
    if body.free.isdisjoint(table):
        return body
    if body.head not in ("add", "mul", "pow", "fn", "apply"):
        return None
    if body.head == "apply" and not (isinstance(body.data, FunctionSymbol) and body.data.entrywise):
        return None
    args = [_lift(a, table, shape) for a in body.args]
    if any(a is None for a in args):
        return None
    parts = [a for a in args if a is not None]
    scalars = [a for a in parts if a.is_scalar]
    matrices = [a for a in parts if not a.is_scalar]
    match body.head:
        case "add" if matrices:
            return add(*(a if not a.is_scalar else mul(a, ones(*shape)) for a in parts))
        case "mul" if matrices:
            return mul(*scalars, hadamard(*matrices))
        case "pow":
            return _lift_power(parts[0], parts[1])
    return Term(body.head, tuple(parts), body.data, shape if matrices else SCALAR)


def _lift_power(base: Term, exponent: Term) -> Term:
    if exponent.is_scalar:
        return Term("pow", (base, exponent)) if base.is_scalar else entry_power(base, exponent)
    if base.is_scalar:
        return fn("exp", mul(fn("log", base), exponent)) if base.data != "e" else fn("exp", exponent)
    return fn("exp", hadamard(exponent, fn("log", base)))
