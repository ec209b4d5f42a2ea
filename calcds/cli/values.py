"""Values on the command line: `x=[1,2], A=[[1,0],[0,1]], t=3`, and what a result is there.

Imports: calcds.errors, calcds.expr.term; NumPy and calcds.diff when they are needed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from calcds.errors import Malformed

if TYPE_CHECKING:
    from calcds.expr.term import Term


def value_at(found: Term, scope: dict[str, Any], written: str) -> str:
    """The value of a result where the variables have the values of the text.

    Raises Malformed, with a caret under the place, for what cannot be read, for shapes that do not fit, for values that
    are missing, and where the result is not finite.
    """
    import numpy as np

    from calcds.diff.numbers import Scope

    env: dict[Term, Any] = {}
    for column, name, value in _assignments(written):
        symbol = scope.get(name)
        if symbol is None or not hasattr(symbol, "shape"):
            raise _slip(written, column, f"{name} is not declared by --let")
        if symbol in env:
            raise _slip(written, column, f"{name} has a value already")
        env[symbol] = _array(symbol, value, written, column)
        for length, actual in zip(symbol.shape, np.shape(env[symbol]) or (1, 1), strict=True):
            _agree(symbol, length, actual, env, written, column)
    missing = sorted(str(s) for s in found.free if s not in env)
    if missing:
        raise Malformed(f"--at needs values for {', '.join(missing)} too")
    with np.errstate(all="ignore"):
        result = np.asarray(Scope(env).value(found))
    if not np.all(np.isfinite(result)):
        raise Malformed(f"at this point the result is not a finite number: {np.array2string(result, separator=', ')}")
    return str(np.array2string(result, separator=", "))


def _assignments(written: str) -> Iterator[tuple[int, str, str]]:
    """Column, name and value; commas inside brackets belong to the value."""
    depth = start = 0
    for k, c in enumerate(written + ","):
        depth += (c == "[") - (c == "]")
        if depth < 0:
            raise _slip(written, k, "this ] closes nothing")
        if c != "," or depth:
            continue
        part = written[start:k]
        column = start + len(part) - len(part.lstrip())
        start = k + 1
        if not part.strip():
            continue
        name, sign, value = part.partition("=")
        if not sign:
            raise _slip(written, column, "a value is written name=value, as in x=[1, 2]")
        yield column, name.strip(), value.strip()
    if depth:
        raise _slip(written, len(written), "a bracket is not closed")


def _array(symbol: Term, value: str, written: str, column: int) -> Any:
    """The value in the shape of the variable."""
    import numpy as np

    try:
        array = np.array(json.loads(value), dtype=float)
    except (ValueError, TypeError):
        array = np.array(np.nan)
    if not np.all(np.isfinite(array)):
        raise _slip(written, column, f"{value} is not a number or a list of numbers such as [1, 2] or [[1, 0], [0, 1]]")
    if symbol.is_scalar:
        if array.size != 1:
            raise _slip(written, column, f"{symbol} is a number, not a list of {array.size}")
        return float(array.reshape(()))
    if array.ndim == 0 or array.ndim > 2:
        raise _slip(written, column, f"{symbol} is {symbol.shape[0]} x {symbol.shape[1]}: write a list, or a list of rows")
    return array.reshape(-1, 1) if array.ndim == 1 and symbol.shape[1] == 1 else np.atleast_2d(array)


def _agree(symbol: Term, length: Any, actual: int, env: dict[Term, Any], written: str, column: int) -> None:
    """Sizes are what is stated, or what the first value made them."""
    rows, columns = symbol.shape
    if isinstance(length, int):
        wanted: Any = length
    elif length.head == "sym":
        wanted = env.setdefault(length, actual)
    else:
        return
    if wanted != actual:
        because = "" if isinstance(length, int) else f", and {length} = {wanted}"
        raise _slip(written, column, f"{symbol} is {rows} x {columns}{because}, but here it has a side of {actual}")


def _slip(written: str, column: int, sentence: str) -> Malformed:
    return Malformed(f"--at, column {column + 1}: {sentence}\n    {written}\n    {' ' * column}^")
