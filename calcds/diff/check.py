"""Every closed form is compared with numbers before it is returned.

The function is moved by a complex step in a random direction, at points of pairwise different sizes; the derivative
read off its imaginary part must be what the closed form says. The step is 1e-20, so nothing is subtracted and both
agree to rounding; a difference is a bug in calcds and is raised as one, loudly.

Imports: calcds.expr, calcds.diff.numbers, NumPy.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from calcds.diff.numbers import Scope
from calcds.errors import CalcdsError, Undefined
from calcds.expr.kinds import Kind
from calcds.expr.term import SCALAR, Term

STEP = 1e-20
TOLERANCE = 1e-7  # relative; rounding leaves 1e-12 at the condition numbers that are let through
POINTS = 2
_TRIES = 24


class Disagreement(Exception):
    """A closed form that is not the derivative: a bug in calcds, never the user's."""


class Unchecked(CalcdsError):
    """No point was found at which the function has a real value, so the result could not be checked."""


def confirm(y: Term, x: Term, found: Term, kind: str, weight: Term | None = None) -> None:
    """Compare a gradient, pullback or Jacobian of y in x with the complex step.

    kind:   "pullback" (found has the shape of x, weight that of y) or "jacobian"
    Raises Disagreement, or Unchecked where the function has no real value at any point tried.
    """
    symbols = y.free | found.free | x.free | (weight.free if weight is not None else frozenset())
    agreed = 0
    with np.errstate(all="ignore"):
        for env, rng in points(symbols):
            try:
                close = _agree(y, x, found, kind, weight, env, rng)
            except (Undefined, np.linalg.LinAlgError, ZeroDivisionError, OverflowError, ValueError):
                continue
            if close is None:
                continue
            if not close:
                where = {str(s): np.round(v, 4).tolist() for s, v in env.items()}
                message = f"bug in calcds: the {kind} of {y} in {x} is not {found}; it differs at {where}"
                raise Disagreement(message)
            agreed += 1
            if agreed == POINTS:
                return
    if not agreed:
        raise Unchecked(f"no point was found at which {_short(y)} has a real value, so its derivative could not be "
                        "checked; state domains (Positive, Interval, PositiveDefinite), or pass verify=False")  # fmt: skip


def _agree(y: Term, x: Term, found: Term, kind: str, weight: Term | None, env: Any, rng: Any) -> bool | None:
    """Whether both derivatives agree at a point; None where the point says nothing."""
    base = Scope(env)
    here = base.value(y)
    if not np.all(np.isfinite(here)) or np.any(np.abs(np.imag(here)) > 0):
        return None
    closed = np.real(base.value(found))
    if not np.all(np.isfinite(closed)):
        return None
    direction = _direction(x, np.shape(env[x]), rng)
    moved = Scope({**env, x: env[x] + 1j * STEP * direction}).value(y)
    slope = np.imag(moved) / STEP
    if not np.all(np.isfinite(slope)):
        return None
    if kind == "jacobian":
        expected = np.reshape(np.atleast_2d(closed) @ np.reshape(direction, (-1, 1), order="F"), -1)
        actual = np.reshape(slope, -1, order="F")
        scale = np.atleast_2d(np.abs(closed)) @ np.reshape(np.abs(direction), (-1, 1), order="F")
        largest = float(np.max(scale))
    else:
        factor = np.real(base.value(weight)) if weight is not None else 1.0
        actual = np.sum(factor * slope)
        expected = np.sum(closed * direction)
        largest = float(np.sum(np.abs(closed * direction)) + np.sum(np.abs(factor * slope)))
        if np.shape(closed) != np.shape(env[x]) or not np.allclose(closed, _within_kind(x, closed)):
            return False
    return bool(np.all(np.abs(actual - expected) <= TOLERANCE * (largest + 1e-9)))


def _direction(x: Term, shape: tuple[int, ...], rng: Any) -> Any:
    return _within_kind(x, rng.standard_normal(shape))


def _within_kind(x: Term, d: Any) -> Any:
    """The part of a matrix along which a variable of the kind can move."""
    kind: Kind = x.data[1]
    if kind.has("diagonal"):
        return np.diag(np.diag(d))
    if kind.has("symmetric"):
        return (d + d.T) / 2
    if kind.has("antisymmetric"):
        return (d - d.T) / 2
    return d


def _short(t: Term) -> str:
    said = str(t)
    return said if len(said) < 80 else said[:77] + "..."


# -- points ----------------------------------------------------------------------------------------------------


def points(symbols: Any) -> Iterator[tuple[dict[Term, Any], Any]]:
    """Values for all symbols: sizes pairwise different and changing, numbers of every sign, then friendlier ones."""
    ordered = sorted(symbols, key=lambda s: (str(s), str(s.data[1])))
    dims = [s for s in ordered if s.data[1].has("dimension")]
    for attempt in range(_TRIES):
        rng = np.random.default_rng(20260 + attempt)
        style = ("any", "any", "positive", "small", "near one", "any")[attempt % 6]
        turn, step = attempt % (len(dims) + 1), 1 + attempt // 6 % 2
        places = [(k * step + turn) % (len(dims) + 1) for k in range(len(dims))]
        if len(set(places)) < len(places):
            places = [(k + turn) % (len(dims) + 1) for k in range(len(dims))]
        sizes = {s: 3 - k if k < 2 else k + 2 for s, k in zip(dims, places, strict=True)}  # 3, 2, 4, 5, ...
        env: dict[Term, Any] = dict(sizes)
        scope = Scope(env)
        try:
            for s in ordered:
                if s not in env:
                    env[s] = _drawn(s, scope, rng, style)
        except Undefined:
            continue
        yield env, rng


def _drawn(s: Term, scope: Scope, rng: Any, style: str) -> Any:
    kind: Kind = s.data[1]
    if s.shape == SCALAR:
        return _number(kind, scope, rng, style)
    rows, columns = scope.shape(s)
    if rows < 1 or columns < 1:
        raise Undefined("a size is not positive here")
    for fact, rule in _MATRICES:
        if kind.has(fact):
            return rule(rows, columns, rng)
    if style == "near one" and rows == columns:
        return np.eye(rows) + rng.uniform(-0.3, 0.3, (rows, columns)) / rows
    values = _numbers(rng, (rows, columns), style)
    if kind.has("nonnegative"):
        values = np.abs(values)
    if kind.has("negative"):
        values = -np.abs(values)
    if kind.has("integer"):
        values = np.round(values * 3)
    return values


def _numbers(rng: Any, shape: Any, style: str) -> Any:
    if style == "positive":
        return rng.uniform(0.3, 1.8, shape)
    if style == "small":
        return rng.uniform(0.05, 0.9, shape)
    if style == "near one":
        return rng.uniform(0.8, 1.6, shape)
    return rng.standard_normal(shape)


def _number(kind: Kind, scope: Scope, rng: Any, style: str) -> Any:
    if kind.low is not None and kind.high is not None:
        return float(kind.low) + float(kind.high - kind.low) * rng.uniform(0.1, 0.9)
    if kind.word == "Sign":
        return float(rng.choice((-1.0, 1.0)))
    if kind.word == "Index":
        return int(rng.integers(scope.length(kind.sizes[0]))) if kind.sizes else int(rng.integers(2))
    if kind.has("integer"):
        number = int(rng.integers(1, 5))
        number = 2 * number if kind.has("even") else 2 * number + 1 if kind.has("odd") else number
        return -number if kind.has("negative") else number
    value = float(_numbers(rng, (), style))
    if kind.has("positive") or kind.has("nonnegative"):
        return abs(value) + 0.05
    if kind.has("negative") or kind.has("nonpositive"):
        return -abs(value) - 0.05
    return value


def _definite(n: int, _: int, rng: Any) -> Any:
    root = rng.standard_normal((n, n))
    return root @ root.T / n + np.eye(n)


def _orthonormal(m: int, n: int, rng: Any) -> Any:
    if m < n:
        raise Undefined("there are no orthonormal columns of this size")
    return np.linalg.qr(rng.standard_normal((m, n)))[0]


def _symmetric(n: int, _: int, rng: Any) -> Any:
    root = rng.standard_normal((n, n))
    return (root + root.T) / 2 + np.eye(n)


def _full_rank(m: int, n: int, rng: Any) -> Any:
    if m < n:
        raise Undefined("there is no full column rank at this size")
    return rng.standard_normal((m, n))


def _antisymmetric(n: int, _: int, rng: Any) -> Any:
    root = rng.standard_normal((n, n))
    return root - root.T


def _one_hot(m: int, _: int, rng: Any) -> Any:
    return np.eye(m)[:, [rng.integers(m)]]


def _shares(m: int, n: int, rng: Any, axis: int) -> Any:
    parts = rng.uniform(0.2, 1, (m, n))
    return parts / parts.sum(axis=axis, keepdims=True)


def _projection(n: int, _: int, rng: Any) -> Any:
    q = np.linalg.qr(rng.standard_normal((n, n)))[0][:, : max(1, n - 1)]
    return q @ q.T


def _unit(m: int, n: int, rng: Any) -> Any:
    v = rng.standard_normal((m, n))
    return v / np.linalg.norm(v)


_MATRICES = (
    ("one-hot", _one_hot),
    ("probability", lambda m, n, rng: _shares(m, n, rng, 0)),
    ("column stochastic", lambda m, n, rng: _shares(m, n, rng, 0)),
    ("one-hot rows", lambda m, n, rng: np.eye(n)[rng.integers(n, size=m)]),
    ("row stochastic", lambda m, n, rng: _shares(m, n, rng, 1)),
    ("sums to one", lambda m, n, rng: _shares(m, n, rng, 0)),
    ("unit", _unit),
    ("diagonal", lambda n, _, rng: np.diag(rng.uniform(0.5, 2, n))),
    ("positive definite", _definite),
    ("positive semidefinite", _definite),
    ("projection", _projection),
    ("symmetric", _symmetric),
    ("antisymmetric", _antisymmetric),
    ("orthonormal columns", _orthonormal),
    ("orthogonal", _orthonormal),
    ("lower triangular", lambda n, _, rng: np.tril(rng.standard_normal((n, n)) + 2 * np.eye(n))),
    ("upper triangular", lambda n, _, rng: np.triu(rng.standard_normal((n, n)) + 2 * np.eye(n))),
    ("invertible", lambda n, _, rng: 2 * np.eye(n) + rng.standard_normal((n, n)) / n),
    ("full column rank", _full_rank),
)
