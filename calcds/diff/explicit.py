"""Small matrices of stated size are written out entry by entry: x[0]**2*unit(2, 0) + ... becomes a matrix.

Imports: calcds.expr, calcds.diff.normal.
"""

from __future__ import annotations

from calcds.diff.normal import Context
from calcds.expr.term import Term, entry, number, subterms

MOST_ENTRIES = 36


def explicit(ctx: Context, t: Term) -> Term:
    """The term as a matrix of entries, if its size is stated and small and it holds unit vectors; else the term."""
    rows, columns = t.shape
    if t.is_scalar or not isinstance(rows, int) or not isinstance(columns, int) or rows * columns > MOST_ENTRIES:
        return t
    if not any(s.head == "unit" for s in subterms(t)):
        return t
    entries = [ctx.normal(entry(t, number(i), number(j))) for i in range(rows) for j in range(columns)]
    if any(s.head in ("unit", "delta") for e in entries for s in subterms(e)):
        return t
    return Term("matrix", tuple(entries), (rows, columns), t.shape)
