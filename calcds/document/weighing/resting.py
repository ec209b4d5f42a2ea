r"""Claims that rest on an equation which the text says before them of a certain value.

    "the minimiser solves $A x^* = b$, so"  \nabla f(x) = A (x - x^*)       b is A x^*
    "if $A v = \lambda v$, then"            (A + cI) v = (\lambda + c) v     A is \lambda I + M (I - v v^T / v^T v) for some M

Such an equation is no definition: it says what x^* is by what it does. A claim in which x^* stands is tried with the equation
put in, where it does not hold without it; that it holds so is said with the result. An equation for any x, as in "the system
$Ax = b$", is not put in: in `\|Ax - b\|^2 = ...` it would hide what is claimed.

Imports: calcds.document, calcds.expr.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from calcds.document.weighing.agreeing import Clash, agreeing
from calcds.expr import operators as op
from calcds.expr.kinds import Matrix, Symmetric
from calcds.expr.term import MINUS_ONE, Term, mul, power, same_size, substitute

MOST = 4  # equations, the latest ones, that a claim is tried with
_MARKS = ("_star", "_hat", "_ast", "_opt", "_tilde", "_dagger", "_plus", "_0", "_bar")


def put_in(
    claim: tuple[Term, ...], equation: tuple[Term, Term], elastic: AbstractSet[Term], known: AbstractSet[Term]
) -> tuple[Term, ...] | None:
    """A claim with an equation put in; None where the equation says nothing of it.

    claim: its sides and what is given
    elastic: sizes that may turn out to be any other
    known: names with a definition
    """
    if not any(not s.is_scalar and s in side.free for side in claim for s in equation[0].free | equation[1].free):
        names = {str(s.data[0]) for side in claim for s in side.free if not s.is_scalar}
        if names.isdisjoint(str(s.data[0]) for s in equation[0].free | equation[1].free):
            return None
    try:
        *sides, left, right = agreeing((*claim, *equation), elastic)
    except Clash:
        return None
    free = sides[0].free | sides[1].free
    table = {s: v for s, v in _solved(left, right).items() if s not in known and s in free}
    if not table or not _is_certain(left, right, free):
        return None
    return tuple(substitute(side, table) for side in sides)


def _is_certain(left: Term, right: Term, free: AbstractSet[Term]) -> bool:
    """Whether an equation is about a certain value that stands in a claim: a name with a mark, or an eigenvector."""
    arrays = {s for s in left.free | right.free if not s.is_scalar}
    if any(s in free and str(s.data[0]).endswith(_MARKS) for s in arrays):
        return True
    return _eigen(left, right) is not None and {s for s in left.free | right.free if s.data[1].word != "Dim"} <= free


def _solved(left: Term, right: Term) -> dict[Term, Term]:
    for name, value in ((right, left), (left, right)):
        if name.head == "sym" and not name.is_scalar and name not in value.free:
            return {name: value}
    found = _eigen(left, right)
    return {} if found is None else dict([found])


def _eigen(left: Term, right: Term) -> tuple[Term, Term] | None:
    r"""The A of `A v = \lambda v`, and all matrices of which that is true."""
    for image, multiple in ((left, right), (right, left)):
        v = multiple.args[-1] if multiple.head == "mul" and all(a.is_scalar for a in multiple.args[:-1]) else multiple
        if image.head != "mul" or len(image.args) != 2 or image.args[1] is not v or v.head != "sym" or v.is_scalar:
            continue
        a = image.args[0]
        if a.head != "sym" or a in multiple.free or not same_size(a.shape[0], v.shape[0]):
            continue
        n = a.shape[0]
        factor = mul(*multiple.args[:-1]) if multiple is not v else None
        along = mul(power(mul(v.T, v), MINUS_ONE), v, v.T)
        across = op.eye(n) - along
        kept = along if factor is None else mul(factor, along)
        if a.data[1].word in {"Matrix", "Invertible"}:
            other = Matrix[n, n].symbol(f"{a}'")
            return a, kept + mul(other, across)
        other = Symmetric[n].symbol(f"{a}'")
        return a, kept + mul(across, other, across)
    return None


__all__ = ["MOST", "put_in"]
