r"""Equations that say how data came about, with an error in them: models, which are no formulas for the data.

    y = X \beta + \varepsilon,   y_i = \alpha + \beta x_i + u_i

An estimate changes its parameters while the data stay as they are: in `\nabla_\beta \|y - X\beta\|^2` the y is given. So what
is differentiated by a parameter of a model is differentiated with the data held fast; elsewhere a model is put in like any
other equation: `(X^T X)^{-1} X^T y = \beta + (X^T X)^{-1} X^T \varepsilon`.

Imports: calcds.document.source.names, calcds.expr.
"""

from __future__ import annotations

from calcds.document.source.names import ALL, letter_of_shown
from calcds.expr.term import Term

_ERRORS = {"varepsilon", "epsilon", "eps", "e", "u", "eta", "xi"}  # letters of errors


def is_model(body: Term) -> bool:
    """Whether the right side of an equation is something and an error: a vector of errors, or one with an index.

    >>> from calcds.expr.kinds import Dim, Matrix, Real, Vector
    >>> n, p = Dim("n"), Dim("p")
    >>> X, beta, x = Matrix[n, p].symbol("X"), Vector[p].symbol("beta"), Real.symbol("x")
    >>> is_model(X @ beta + Vector[n].symbol("varepsilon")), is_model(X @ beta), is_model(x + Real.symbol("u"))
    (True, False, False)
    """
    inside = body.args[0] if body.head == "build" else body
    if inside.head != "add":
        return False
    errors = [part for part in inside.args if _is_error(part)]
    return len(errors) == 1 and any(part.free - errors[0].free for part in inside.args)


def _is_error(part: Term) -> bool:
    array = part.args[0] if part.head == "entry" else part
    if array.head != "sym" or array.is_scalar:
        return False
    return letter_of_shown(str(array.data[0]).removesuffix(ALL)) in _ERRORS


__all__ = ["is_model"]
