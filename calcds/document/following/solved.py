r"""Solutions of linear equations that are differentiated: `(X^T X + \lambda I) \hat w = X^T y`, `d\hat w / d\lambda = ...`

The text has no formula for \hat w, but an equation that says what it is. What solves M v = r is v = M^{-1} r, where M is
invertible, and that it is, the derivative takes for granted; M and r may depend on anything but v. So v is read with this
formula where its derivative is claimed, and only there: elsewhere the equation is one, and v no more than its solution.

    \frac{d\hat w}{d\lambda} = -(X^T X + \lambda I)^{-1} \hat w

Imports: calcds.document, calcds.expr.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from calcds.document.following.solving import Open
from calcds.document.source.differentials import quotients
from calcds.document.source.keys import full_key
from calcds.document.source.latex import Node
from calcds.document.source.names import shown
from calcds.document.source.raw import Unread
from calcds.document.words.scope import Definition, Scope, put_back
from calcds.errors import CalcdsError
from calcds.expr.term import Term, mul, same_size


def differentiated(nodes: Sequence[Node | Unread], scope: Scope) -> list[str]:
    """The keys of names that a line differentiates and that have no formula."""
    found = (full_key(top) for node in nodes if isinstance(node, Node) for top, _ in quotients(node))
    return [key for key in dict.fromkeys(found) if not scope.has_meaning(key)]


def solution_of(equation: Open, key: str) -> Definition | None:
    """A name with the formula that a linear equation for it gives; None where it is no such equation."""
    sides = equation.read().sides
    if len(sides) != 2 or not all(isinstance(side, Term) for side in sides):
        return None
    left, right = sides
    assert isinstance(left, Term)
    assert isinstance(right, Term)  # asked before
    unknown = left.args[-1] if left.head == "mul" and len(left.args) > 1 else left
    if not right.free:
        return None  # (A - lambda I) v = 0 has other solutions than 0
    if unknown.head != "sym" or unknown.data[0] != shown(key) or unknown.is_scalar or unknown.shape[1] != 1:
        return None
    try:
        matrix = mul(*left.args[:-1])
        square = not matrix.is_scalar and same_size(matrix.shape[0], matrix.shape[1])
        value = matrix.I * right if square else None
    except CalcdsError:
        return None
    return None if value is None or unknown in matrix.free | right.free else Definition(unknown, value)


@contextmanager
def solving(scope: Scope, key: str, found: Definition) -> Iterator[None]:
    """A name has the formula of its solution for a while."""
    before = scope.definitions.get(key)
    scope.definitions[key] = Definition(found.symbol, found.body, scope.section)
    try:
        yield
    finally:
        put_back(scope.definitions, key, before)


__all__ = ["differentiated", "solution_of", "solving"]
