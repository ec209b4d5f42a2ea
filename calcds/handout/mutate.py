"""One change in one place of a line: a sign, a transpose, a factor, an index. Each mutant is a term with a description.

sign       one addend, or one factor of the line, changes its sign
transpose  a transpose is dropped, or a square matrix in a product is transposed
factor     a number becomes the next one; a term without a number is doubled
index      the indices of an entry are exchanged, or one is replaced; a sum loses its first or last term
"""

from __future__ import annotations

from collections.abc import Iterator

from calcds.errors import Malformed, ShapeError
from calcds.expr.term import CONDITIONS, MINUS_ONE, ONE, Term, add, mul, number, same_size

CONDITIONED = frozenset({"piecewise"})  # conditions inside are left alone: their edges are kinks, not lines


def mutants(line: Term) -> Iterator[tuple[str, Term | None]]:
    """Description and mutant, in a fixed order; None where the change cannot even be written: its shapes do not fit."""
    for path, node in places(line):
        for said, changed in changes(node, whole=not path):
            try:
                yield said, replaced(line, path, changed)
            except (ShapeError, Malformed):
                yield said, None


def places(term: Term, path: tuple[int, ...] = ()) -> Iterator[tuple[tuple[int, ...], Term]]:
    """Every place in a line with what stands there, from the top. Bound variables and exponents are no places."""
    yield path, term
    for k, part in enumerate(term.args):
        if not _fixed(term, k):
            yield from places(part, (*path, k))


def _fixed(term: Term, k: int) -> bool:
    match term.head:
        case "pow" | "mpow" | "epow" | "entry" | "unit" | "delta":
            return k > 0 or term.head in ("unit", "delta")
        case (
            "deriv" | "grad" | "jac" | "hess" | "integral" | "antideriv" | "limit" | "sum" | "prod" | "build"
        ):
            return k > 0
        case "pull":
            return k == 2
        case "at":
            return k == 1
        case "piecewise":
            return k % 2 == 1
    return term.args[k].head in CONDITIONS and term.head not in ("and", "or", "not")


def changes(node: Term, *, whole: bool) -> Iterator[tuple[str, Term]]:
    """The changes of one node."""
    if node.head in CONDITIONS:
        return
    if whole:
        yield f"sign: minus the line {node}", mul(MINUS_ONE, node)
        yield f"factor: twice the line {node}", mul(number(2), node)
    match node.head:
        case "add":
            for k, part in enumerate(node.args):
                rest = (*node.args[:k], mul(MINUS_ONE, part), *node.args[k + 1 :])
                yield f"sign: of {part}", Term("add", rest, None, node.shape)
        case "num" if not whole and node.data not in (0, -1):
            yield f"factor: {node} becomes {node.data + 1}", number(node.data + 1)
        case "trans":
            yield f"transpose: {node} becomes {node.args[0]}", node.args[0]
        case "mul":
            for k, part in enumerate(node.args):
                if not part.is_scalar and same_size(*part.shape) and part.head != "trans":
                    yield f"transpose: of {part}", mul(*node.args[:k], part.T, *node.args[k + 1 :])
                if part.head in ("entry", "fn", "apply", "sym") and part.is_scalar:
                    yield f"factor: {part} is lost", mul(*node.args[:k], *(node.args[k + 1 :] or (ONE,)))
        case "entry":
            yield from _entry(node)
        case "sum" | "prod":
            body, variable, low, high = node.args
            yield (
                f"index: {node.head} from {low + 1}",
                Term(node.head, (body, variable, low + 1, high), None, node.shape),
            )
            if high.head != "const":  # an infinite sum has no last term
                yield (
                    f"index: {node.head} to {high - 1}",
                    Term(node.head, (body, variable, low, high - 1), None, node.shape),
                )


def _entry(node: Term) -> Iterator[tuple[str, Term]]:
    matrix, i, j = node.args
    if same_size(*matrix.shape) and i is not j:
        yield f"index: {node} exchanged", Term("entry", (matrix, j, i))
    if i.head == "num" and (not isinstance(matrix.shape[0], int) or matrix.shape[0] > 1):
        other = number(0) if i.data else number(1)
        yield f"index: {node} from row {other}", Term("entry", (matrix, other, j))


def replaced(term: Term, path: tuple[int, ...], new: Term) -> Term:
    """The line with something else in one place. Raises ShapeError where it does not fit."""
    if not path:
        return new
    k = path[0]
    part = replaced(term.args[k], path[1:], new)
    args = (*term.args[:k], part, *term.args[k + 1 :])
    if part.shape == term.args[k].shape:
        return Term(term.head, args, term.data, term.shape)
    if term.head == "mul":
        return mul(*args)
    if term.head == "add":
        return add(*args)
    if term.head == "trans":
        return part.T
    raise ShapeError(f"{term.head} takes something of another shape")
