"""NumPy values of textbook forms: a small interpreter over `ast`, so that a misprint in the table is found.

    value("X.T*(X*w - y)*2", {"X": ..., "w": ..., "y": ...})

`*` is the matrix product, or scaling when one side is a number; `+` and `-` broadcast a number, as authors
do in s*(1 - s); `hadamard`, `power(v, 2)` and the functions of `reference.py` work entrywise. Nothing is
evaluated as Python.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import Any

import numpy as np
import reference as ref
from evaluator import product
from length import statements

FUNCTIONS: dict[str, Any] = {
    **ref.NAMED,
    "log_softmax": ref.log_softmax, "maximum": ref.maximum, "minimum": ref.minimum,
    "f": ref.f, "df": ref.df, "ddf": ref.ddf, "g": ref.g, "dg": ref.dg, "ddg": ref.ddg,
    "det": np.linalg.det, "eye": lambda q: np.eye(int(q)), "kron": np.kron, "power": np.power,
    "ones": lambda r, q=1: np.ones((int(r), int(q))), "zeros": lambda r, q=1: np.zeros((int(r), int(q))),
    "vec": lambda q: np.asarray(q).reshape(-1, 1, order="F"), "D": ref.diag,
    "commutation": lambda r, q: commutation(int(r), int(q)),
}


def commutation(rows: int, columns: int) -> np.ndarray:
    """K with K vec(A) = vec(A.T) for A rows x columns."""
    index = np.arange(rows * columns).reshape(rows, columns, order="F")
    return np.eye(rows * columns)[index.T.reshape(-1, order="F")]


def value(text: str, names: Mapping[str, Any]) -> Any:
    lets, last = statements(text)
    known = dict(names)
    for name, expression in lets.items():
        known[name] = _value(expression, known)
    return _value(last, known)


def _value(node: ast.expr, names: Mapping[str, Any]) -> Any:
    match node:
        case ast.Constant(value=constant):
            return constant
        case ast.Name(id=name):
            return names[name]
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_value(operand, names)
        case ast.BinOp(left=left, op=op, right=right):
            return _binary(op, _value(left, names), _value(right, names))
        case ast.Attribute(value=inner, attr="T"):
            return np.asarray(_value(inner, names)).T
        case ast.Attribute(value=inner, attr="I"):
            return np.linalg.inv(_value(inner, names))
        case ast.Subscript(value=inner, slice=index):
            return np.asarray(_value(inner, names))[_index(index, names)]
        case ast.List(elts=elements):
            return np.array([_value(element, names) for element in elements], dtype=float)
        case ast.Call(func=ast.Name(id=name), args=arguments):
            return FUNCTIONS[name](*[_value(argument, names) for argument in arguments])
    message = f"a textbook form does not use {ast.dump(node)}"
    raise ValueError(message)


def _index(node: ast.expr, names: Mapping[str, Any]) -> tuple[int, ...]:
    parts = node.elts if isinstance(node, ast.Tuple) else [node]
    indices = tuple(int(_value(part, names)) for part in parts)
    return indices if len(indices) > 1 else (indices[0], 0)


def _binary(op: ast.operator, left: Any, right: Any) -> Any:
    if isinstance(op, ast.Add):
        return left + right
    if isinstance(op, ast.Sub):
        return left - right
    if isinstance(op, ast.Mult):
        return product(left, right)
    if isinstance(op, ast.Div):
        return left / right if np.size(right) == 1 else _refuse()
    if isinstance(op, ast.Pow):
        return np.power(left, right) if np.size(left) == 1 else np.linalg.matrix_power(left, int(right))
    return _refuse()


def _refuse() -> Any:
    message = "write an entrywise quotient with power(v, -1)"
    raise ValueError(message)
