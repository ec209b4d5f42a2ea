"""What a case is, and how its inputs are drawn.

A case gives one function twice: as a SymPy expression (`build`) and as a NumPy function (`truth`), written
independently. `build` receives the words it may use (`words.py`), so that one case can be read with the
words of `calcds.notation` or with plain SymPy. The textbook form is Python syntax that is parsed, never
evaluated.
"""

from __future__ import annotations

import inspect
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
import sympy as sp

Kind = Literal["gradient", "jacobian", "hessian"]

#: Two settings of pairwise different sizes. m > n in both, so that an m x n matrix has full column rank.
NAMES = "m n k h d p"
m, n, k, h, d, p = DIMENSIONS = sp.symbols(NAMES, integer=True, positive=True)
SIZES: tuple[dict[sp.Symbol, int], ...] = (
    {m: 6, n: 4, k: 3, h: 5, d: 2, p: 7},
    {m: 5, n: 3, k: 4, h: 2, d: 6, p: 8},
)

i, j = sp.symbols("i j", integer=True)
t, s, a, c = sp.symbols("t s a c", real=True)
lam, beta, eps = sp.symbols("lam beta eps", positive=True)
f, g = sp.Function("f"), sp.Function("g")


def matrix(name: str, rows: Any, columns: Any) -> sp.MatrixSymbol:
    return sp.MatrixSymbol(name, rows, columns)


def vector(name: str, rows: Any) -> sp.MatrixSymbol:
    return sp.MatrixSymbol(name, rows, 1)


def ones(rows: Any, columns: Any = 1) -> sp.MatrixExpr:
    return sp.OneMatrix(rows, columns)


@dataclass(frozen=True, slots=True)
class Case:
    """One derivative with its truth and its textbook form."""

    id: str                                    # unique over all groups
    build: Callable[[Any], tuple[Any, Any]]    # words -> (expression, variable)
    truth: Callable[...,
                    Any]                  # complex-safe NumPy function, parameters named like the symbols
    textbook: str                              # Python syntax, lets before ";"; "" where no book has one
    source: str                                # document and catalog id, or book and section
    kind: Kind = "gradient"
    where: Mapping[str, str] = field(default_factory=dict)     # domain of an input by name, see DOMAINS
    group: str = ""                            # set by the table that lists the case

    def arrays(self, expr: Any, setting: int) -> dict[str, Any]:
        """Values for every parameter of the truth; the same numbers in every run."""
        shapes = symbol_shapes(expr)
        rng = np.random.default_rng(zlib.crc32(f"{self.id}/{setting}".encode()))
        sizes = SIZES[setting]
        drawn = {}
        for name in sorted(shapes | dict.fromkeys(inspect.signature(self.truth).parameters)):
            if any(name == dimension.name for dimension in sizes):
                continue
            if name not in shapes:
                message = f"{self.id}: the truth asks for {name}, which the expression does not contain"
                raise ValueError(message)
            shape = tuple(int(sp.Integer(q.subs(sizes))) for q in shapes[name] or ())
            drawn[name] = DOMAINS[self.where.get(name, "real")](rng, shape)
        return drawn

    def function(self, setting: int) -> Callable[..., Any]:
        """The truth with its dimensions filled in."""
        known = {dimension.name: size for dimension, size in SIZES[setting].items()}
        wanted = inspect.signature(self.truth).parameters

        def call(**arrays: Any) -> Any:
            return self.truth(**{q: arrays[q] if q in arrays else known[q] for q in wanted})

        return call


def symbol_shapes(expr: Any) -> dict[str, tuple[Any, ...] | None]:
    """Shape of every free symbol by name, () for a scalar, without dimensions and bound variables."""
    shapes: dict[str, tuple[Any, ...] | None] = {}
    bound = set()
    for node in sp.preorder_traversal(expr):
        if isinstance(node, sp.MatrixSymbol):
            shapes[node.name] = tuple(sp.sympify(q) for q in node.shape)
        elif isinstance(node, sp.Lambda):
            bound.update(node.variables)
        elif isinstance(node, (sp.Sum, sp.Product)):
            bound.update(limit[0] for limit in node.limits)
    for symbol in expr.free_symbols:
        if isinstance(symbol, sp.Symbol) and symbol not in bound and symbol not in DIMENSIONS:
            shapes.setdefault(symbol.name, ())
    return shapes


def _real(rng: Any, shape: tuple[int, ...]) -> Any:
    return rng.standard_normal(shape)


def _away(rng: Any, shape: tuple[int, ...]) -> Any:
    """Entries away from 0 and from 1 and -1, where the kinks of the cases are."""
    return rng.choice([-1.0, 1.0], shape) * rng.choice([0.5, 1.6], shape) * rng.uniform(0.8, 1.2, shape)


def _positive(rng: Any, shape: tuple[int, ...]) -> Any:
    return rng.uniform(0.4, 2.0, shape)


def _unit(rng: Any, shape: tuple[int, ...]) -> Any:
    return rng.uniform(0.1, 0.9, shape)


def _definite(rng: Any, shape: tuple[int, ...]) -> Any:
    root = rng.standard_normal(shape)
    return root @ root.T / shape[0] + np.eye(shape[0])


def _symmetric(rng: Any, shape: tuple[int, ...]) -> Any:
    root = rng.standard_normal(shape)
    return (root + root.T) / 2


def _dominant(rng: Any, shape: tuple[int, ...]) -> Any:
    """Not symmetric, invertible, positive determinant."""
    return 2 * np.eye(shape[0]) + rng.standard_normal(shape) / (2 * np.sqrt(shape[0]))


def _small(rng: Any, shape: tuple[int, ...]) -> Any:
    """Spectral radius well below 1, so that I - A is invertible."""
    return rng.uniform(-1, 1, shape) / (2 * shape[0])


def _one_hot(rng: Any, shape: tuple[int, ...]) -> Any:
    column = np.zeros(shape)
    column[rng.integers(shape[0]), 0] = 1.0
    return column


def _one_hot_rows(rng: Any, shape: tuple[int, ...]) -> Any:
    return np.eye(shape[1])[rng.integers(shape[1], size=shape[0])]


def _probability(rng: Any, shape: tuple[int, ...]) -> Any:
    column = rng.uniform(0.2, 1.0, shape)
    return column / column.sum()


def _orthogonal(rng: Any, shape: tuple[int, ...]) -> Any:
    return np.linalg.qr(rng.standard_normal(shape))[0]


def _signs(rng: Any, shape: tuple[int, ...]) -> Any:
    return rng.choice([-1.0, 1.0], shape)


def _index(_rng: Any, _shape: tuple[int, ...]) -> Any:
    """An index that every axis of both settings has."""
    return 1


DOMAINS: dict[str, Callable[[Any, tuple[int, ...]], Any]] = {
    "index": _index,
    "real": _real, "away": _away, "positive": _positive, "unit": _unit, "definite": _definite,
                                                             "symmetric": _symmetric,
    "dominant": _dominant, "small": _small, "one-hot": _one_hot, "one-hot rows": _one_hot_rows,
    "probability": _probability, "orthogonal": _orthogonal, "signs": _signs,
}
