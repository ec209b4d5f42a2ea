r"""Sums that run over nothing once the sizes are settled: a claim that holds for this reason was not understood.

    C_r = \sum_{j=1}^r d_j u_j v_j^T,    \|C - C_r\|_F^2 = \sum_{j > r} d_j^2

If the text does not say how many entries d has, the first sum lets it have r of them. Then C_r = C, and both sides of the
second equation are 0, whatever is summed on its right. A sum from l to h is one over nothing if h - l + 1 <= 0, and one
over j with j + c > b if h + c <= b; it counts only where a name is in its bounds: `\sum_{k=1}^0 k = 0` is what it says.

Where a value is put in that was read as a number, `y = \psi(v)` for a psi of which nothing is said, an index of y has one value
only, and a Kronecker delta of two such indices is 1. What holds for this reason was not understood either.

Imports: calcds.errors, calcds.expr.
"""

from __future__ import annotations

from calcds.errors import CalcdsError
from calcds.expr.term import ONE, Term, as_term, size, substitute, subterms

_ABOVE = {">": (0, 1), ">=": (0, 1), "<": (1, 0), "<=": (1, 0)}  # which side of it is the larger one


def runs_over_nothing(*sides: Term) -> bool:
    """Whether one of the sums in these terms has no summand, though its bounds have names."""
    return any(_is_empty(*t.args) for side in sides for t in subterms(side) if t.head == "sum")


def has_one_value(*sides: Term) -> bool:
    """Whether an index in these terms, one of which nothing is summed up, has one value only."""
    return any(s.head == "sym" and s.data[1].word == "Index" and s.data[1].sizes == (1,) for side in sides for s in side.free)


def _is_empty(body: Term, index: Term, low: Term, high: Term) -> bool:
    if not (low.free | high.free):
        return False
    count = _whole(high - low + ONE)
    if count is not None and count <= 0:
        return True
    return any(_never(t, index, high) for t in subterms(body) if t.head == "rel" and t.data in _ABOVE)


def _never(condition: Term, index: Term, high: Term) -> bool:
    """Whether `j + c > b` does not even hold for the largest j."""
    larger, smaller = (condition.args[k] for k in _ABOVE[condition.data])
    more = as_term(larger) - smaller
    if index not in more.free or _whole(substitute(more, {index: index + ONE}) - more) != 1:
        return False
    most = _whole(substitute(more, {index: high}))
    return most is not None and most < (1 if condition.data in {">", "<"} else 0)


def _whole(term: Term) -> int | None:
    try:
        found = size(term)
    except (ValueError, CalcdsError):  # no whole-number combination of sizes
        return None
    return found if isinstance(found, int) else None


__all__ = ["has_one_value", "runs_over_nothing"]
