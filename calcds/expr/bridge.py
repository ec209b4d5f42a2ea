"""The one way between SymPy and terms, in and out.

Imports: calcds.expr.
"""

from __future__ import annotations

from typing import Any

import sympy as sp
from sympy.matrices import MatrixBase

from calcds.expr.from_sympy import Bridge, bridge_question, from_sympy
from calcds.expr.sympy_facts import facts_from
from calcds.expr.term import Term, as_term, register_bridge
from calcds.expr.to_sympy import to_sympy

__all__ = ["Bridge", "bridge_question", "facts_from", "from_sympy", "size_of", "to_sympy"]


def size_of(value: Any) -> Term:
    """The term of a SymPy expression that is used as a size: its symbols are dimensions."""
    return as_term(Bridge(sp.ZeroMatrix(value, 1)).size(value))


def _convert(value: Any) -> Term | None:
    return from_sympy(value) if isinstance(value, sp.Basic | MatrixBase) else None


register_bridge(_convert)
