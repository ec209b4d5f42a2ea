r"""What stands for names is put into a term: into derivatives by them as well, which are then taken at its value.

    \frac{\partial E(u)}{\partial u_j}  with u = W x:   \left. \frac{\partial E(u')}{\partial u'_j} \right|_{u' = W x}

Imports: calcds.expr.
"""

from __future__ import annotations

from collections.abc import Mapping

from calcds.expr import operators as op
from calcds.expr.term import DERIVATIVES, Term, replace, substitute, subterms


def put_in(body: Term, table: Mapping[Term, Term]) -> Term:
    r"""A term with values for names; by those that it differentiates by, `H(x) = \nabla^2 f(x)`, it does so first."""
    places = {a.args[0] if a.head == "entry" else a for t in subterms(body) if t.head in DERIVATIVES for a in t.args[1:]}
    moved = {p: a for p, a in table.items() if p in places and a.head != "sym"}
    for p, a in moved.items():
        local = p.data[1].symbol(f"{p.data[0]}'")
        body = op.at(replace(body, {p: local}), local, a)
    return substitute(body, {p: a for p, a in table.items() if p not in moved})


__all__ = ["put_in"]
