"""NumPy functions made from terms, and the same code as text for NumPy, JAX and PyTorch.

The code is a syntax tree that calcds builds; Python compiles it. No text takes part in making the function: `source` is
printed from the tree.

Imports: calcds.expr, calcds.diff, calcds.code.
"""

from __future__ import annotations

import ast
import builtins
from types import CodeType, FunctionType
from typing import Any

import numpy as np

from calcds.code.dialects import DIALECTS, NUMPY, Dialect, constant, name
from calcds.code.emit import Writer, identifier
from calcds.code.ir import Node
from calcds.code.lower import Lowering
from calcds.code.memory import LARGE, Memory
from calcds.diff.normal import new_context
from calcds.errors import Malformed
from calcds.expr.term import SCALAR, Term

_LOOK_EVERY = 32  # calls


class NumpyFunction:
    """A compiled function of arrays.

    source: its code as text; what runs writes `X.dot(W)` for `X @ W`, and keeps the memory of large products
    """

    def __init__(self, terms: tuple[Term, ...], arguments: tuple[Term, ...], *, several: bool, name: str) -> None:
        self._terms, self._arguments, self._several, self.__name__ = terms, arguments, several, name
        self._tree = _function(terms, arguments, NUMPY, several=several, title=name)
        fast = _function(terms, arguments, NUMPY, several=several, title=name, fast=True)
        self._run = _compiled(fast, name)
        self._until_look = 1  # calls until the sizes are looked at; 0: memory is kept already

    def __call__(self, *arrays: Any) -> Any:
        """The value, or the tuple of values. Columns may be one-dimensional; lists and integers are converted."""
        try:
            result = self._run(*arrays)
        except (AttributeError, TypeError):
            if len(arrays) != len(self._arguments):
                names = ", ".join(map(str, self._arguments))
                raise TypeError(f"{self.__name__} takes {names}, not {len(arrays)} arguments") from None
            return self._run(*(_converted(a, t) for a, t in zip(arrays, self._arguments, strict=True)))
        if self._until_look:
            self._until_look -= 1
            if not self._until_look:
                self._keep_memory_if_large(arrays)
        return result

    def _keep_memory_if_large(self, arrays: tuple[Any, ...]) -> None:
        """Where arrays are large, the memory of large products is used again. Looked at now and then: looking costs time."""
        self._until_look = _LOOK_EVERY
        if max((getattr(a, "nbytes", 0) for a in arrays), default=0) >= LARGE:
            self._until_look = 0
            several, name = self._several, self.__name__
            tree = _function(self._terms, self._arguments, NUMPY, several=several, title=name, fast=True, keep_memory=True)
            self._run = _compiled(tree, name)

    @property
    def source(self) -> str:
        """The code as NumPy."""
        return _text(self._tree, NUMPY)

    def text(self, dialect: str) -> str:
        """The code in "numpy", "jax" or "torch"; neither JAX nor PyTorch is imported for it."""
        if dialect not in DIALECTS:
            raise Malformed(f"code is written in {', '.join(DIALECTS)}, not {dialect}")
        chosen = DIALECTS[dialect]
        return _text(_function(self._terms, self._arguments, chosen, several=self._several, title=self.__name__), chosen)

    def __repr__(self) -> str:
        return f"<calcds NumPy function {self.__name__}({', '.join(map(str, self._arguments))})>"


def function_of(terms: tuple[Term, ...], arguments: tuple[Term, ...], *, several: bool, name: str) -> NumpyFunction:
    """The NumPy function of terms; all share one computation.

    >>> from calcds.notation import *
    >>> n = Dim("n")
    >>> A, x = Matrix[n, n].symbol("A"), Vector[n].symbol("x")
    >>> print(function_of((A*x,), (A, x), several=False, name="f").source)
    import numpy as np
    <BLANKLINE>
    def f(A, x):
        if x.ndim == 1:
            x = x[:, None]
        return A @ x

    Raises NoRule for what has no array code, Malformed for arguments that are not variables.
    """
    for a in arguments:
        if a.head != "sym":
            raise Malformed(f"{a} is not a variable, so it cannot be an argument")
    ctx = new_context()
    return NumpyFunction(tuple(ctx.normal(t) for t in terms), arguments, several=several, name=name)


def _function(
    terms: tuple[Term, ...], arguments: tuple[Term, ...], dialect: Dialect, *, several: bool, title: str,
    fast: bool = False, keep_memory: bool = False,
) -> ast.FunctionDef:
    low = Lowering(arguments)
    taken: set[str] = {"np", "jnp", "jax", "torch", "memory"}
    names: dict[Node, str] = {}
    for a in arguments:
        word = identifier(a.data[0], taken) or f"x{len(taken)}"
        taken.add(word)
        names[low.node(a)] = word
    outputs = [low.full(t) for t in terms]
    body = Writer(dialect, names, fast=fast, keep_memory=keep_memory).body(outputs, several=several)
    checks = [_as_column(names[low.node(a)]) for a in arguments if a.shape != SCALAR and a.shape[1] == 1]
    parameters = ast.arguments([], [ast.arg(names[low.node(a)]) for a in arguments], None, [], [], None, [])
    safe = identifier(title, set()) or "f"
    tree = ast.FunctionDef(safe, parameters, [*checks, *body], [], lineno=0)
    tree.__dict__.setdefault("type_params", [])  # from Python 3.12 on the compiler asks for it
    return tree


def _as_column(word: str) -> ast.stmt:
    """if x.ndim == 1: x = x[:, None]"""
    test = ast.Compare(ast.Attribute(name(word), "ndim", ast.Load()), [ast.Eq()], [constant(1)])
    column = ast.Subscript(name(word), ast.Tuple([ast.Slice(), ast.Constant(None)], ast.Load()), ast.Load())
    return ast.If(test, [ast.Assign([ast.Name(word, ast.Store())], column, lineno=0)], [])


def _compiled(tree: ast.FunctionDef, title: str) -> FunctionType:
    module = ast.fix_missing_locations(ast.Module([tree], []))
    whole = compile(module, f"<calcds {title}>", "exec")
    (code,) = (c for c in whole.co_consts if isinstance(c, CodeType))
    # array methods written in Python (max, prod) look for the built-in functions in the caller's names
    return FunctionType(code, {"np": np, "memory": Memory(), "__builtins__": builtins})


def _text(tree: ast.FunctionDef, dialect: Dialect) -> str:
    return "\n".join(dialect.imports) + "\n\n" + ast.unparse(ast.fix_missing_locations(tree))


def _converted(value: Any, t: Term) -> Any:
    array = np.asarray(value)
    if array.dtype.kind in "iub" and not t.data[1].has("integer"):
        array = array.astype(float)
    return array if t.shape != SCALAR else array[()] if array.ndim == 0 else array.reshape(())[()]
