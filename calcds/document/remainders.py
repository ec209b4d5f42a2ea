r"""Remainders: `e^x = 1 + x + O(x^2)` says that both sides agree up to a power of x, near 0.

Two functions that are smooth at 0 differ by O(x^k) there if and only if their Taylor polynomials of degree k - 1 agree;
with o(x^k) those of degree k. So the sides of such a claim are replaced by their Taylor polynomials, and it is a claim
like any other. `O(n)` of a number that grows is about infinity, and is not read.

Imports: calcds.document, calcds.expr.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import factorial

from calcds.document.latex import Node
from calcds.document.names import atom_and_marks, named, opened, script
from calcds.document.raw import Unread
from calcds.expr import operators as op
from calcds.expr.term import ZERO, Term, number

GROWING = {"n", "m", "N", "M", "k", "K", "T", "d", "p"}
MOST_POWERS = 9


@dataclass(frozen=True, slots=True)
class Remainder:
    """`O(x^3)`: the variable as it is printed, and the degree up to which the sides agree."""

    variable: Node
    degree: int


def without_remainder(node: Node | Unread) -> tuple[Node | Unread, Remainder | None]:
    """A side without its remainder, and the remainder; as it is where none is printed that is understood."""
    whole = opened(node) if isinstance(node, Node) else None
    if whole is None or whole.kind != "sum" or len(whole.parts) < 3:
        return node, None
    found = _remainder(whole.parts[-1])
    sign = whole.parts[-2]
    if found is None or sign.kind != "ADD":
        return node, None
    rest = whole.parts[:-2]
    kept = rest[0] if len(rest) == 1 else Node("sum", rest, "", whole.at, rest[-1].end)
    return kept, found


def _remainder(node: Node) -> Remainder | None:
    parts = node.parts if node.kind == "product" else ()
    name = named(parts[0]) if len(parts) == 2 else None
    bracket = atom_and_marks(parts[1])[0] if len(parts) == 2 else node
    if name is None or name.marks or bracket.kind != "round" or len(bracket.parts) != 1:
        return None
    letter = name.base.rsplit(" ", maxsplit=1)[-1]
    inside = opened(bracket.parts[0])
    atom, marks = atom_and_marks(inside)
    power = script(marks[0]) if len(marks) == 1 and marks[0].kind == "above" else None
    plain = power is None or (power.kind == "NUMBER" and power.text.isdecimal() and len(power.text) == 1)
    variable = named(atom)
    if letter not in {"O", "o"} or variable is None or variable.marks or not plain or len(marks) > 1:
        return None
    if variable.base in GROWING:
        return None
    exponent = int(power.text) if power is not None else 1
    degree = exponent - 1 if letter == "O" else exponent
    return Remainder(atom, degree) if 0 <= degree < MOST_POWERS else None


def taylor(term: Term, x: Term, degree: int) -> Term:
    """The Taylor polynomial of a term at x = 0."""
    slopes = [op.at(op.diff(term, *[x] * j) if j else term, x, ZERO) for j in range(degree + 1)]
    return sum((slope * x**j / number(factorial(j)) for j, slope in enumerate(slopes)), ZERO)


def agreeing_up_to(sides: Sequence[Term], remainders: Sequence[tuple[Term, int]]) -> tuple[Term, ...]:
    """Two sides up to the lower one of their remainders. Raises Unread where these are in different variables."""
    x, degree = min(remainders, key=lambda one: one[1])
    if any(other is not x for other, _ in remainders) or not all(s.is_scalar for s in sides):
        raise Unread("remainders in different variables")
    return tuple(taylor(side, x, degree) for side in sides)
