"""Canonical names of bound variables: equal sums and integrals become the same term.

Imports: calcds.expr.
"""

from __future__ import annotations

from calcds.expr.term import BINDERS, Term

BOUND = "~"  # begins the canonical names of bound variables; no name of an author does (see `prover.Session`)


def depth(t: Term) -> int:
    """How deeply canonical bound names nest: names of outer binders must differ from those of inner ones."""
    deepest = 0
    todo, seen = [t], {t}
    while todo:
        node = todo.pop()
        if node.head in BINDERS and node.args[1].data[0].startswith(BOUND):
            deepest = max(deepest, int("".join(c for c in node.args[1].data[0] if c.isdigit())))
        for a in node.args:
            if a not in seen:
                seen.add(a)
                todo.append(a)
    return deepest


__all__ = ["BOUND", "depth"]
