"""How each array operation is written in NumPy, JAX and PyTorch: one table, three columns.

Code is put together from syntax nodes, never from text; names of the user enter as identifiers only.

Imports: calcds.code.ir.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from calcds.code.ir import Node

Code = ast.expr


def name(text: str) -> Code:
    """An identifier."""
    return ast.Name(text, ast.Load())


def dotted(text: str) -> Code:
    """`np.linalg.solve`."""
    first, *rest = text.split(".")
    code = name(first)
    for part in rest:
        code = ast.Attribute(code, part, ast.Load())
    return code


def constant(value: Any) -> Code:
    """A literal; a negative number as Python writes it."""
    if isinstance(value, int | float) and not isinstance(value, bool) and value < 0:
        return ast.UnaryOp(ast.USub(), ast.Constant(-value))
    return ast.Constant(value)


def call(function: str, *args: Code, **named: Any) -> Code:
    """A call; plain values become literals."""
    keywords = [ast.keyword(k, v if isinstance(v, ast.expr) else constant(v)) for k, v in named.items()]
    return ast.Call(dotted(function), list(args), keywords)


def method(value: Code, function: str, *args: Code, **named: Any) -> Code:
    """A method call."""
    keywords = [ast.keyword(k, v if isinstance(v, ast.expr) else constant(v)) for k, v in named.items()]
    return ast.Call(ast.Attribute(value, function, ast.Load()), list(args), keywords)


OPERATORS: dict[str, ast.operator] = {
    "add": ast.Add(), "sub": ast.Sub(), "mul": ast.Mult(), "div": ast.Div(), "pow": ast.Pow(), "matmul": ast.MatMult(),
}  # fmt: skip
COMPARE: dict[str, ast.cmpop] = {
    "=": ast.Eq(), "!=": ast.NotEq(), "<": ast.Lt(), "<=": ast.LtE(), ">": ast.Gt(), ">=": ast.GtE(),
}  # fmt: skip
CONSTANTS = {"pi": "pi", "e": "e", "oo": "inf", "gamma": "euler_gamma", "nan": "nan"}
# the name of a function in NumPy; the same in JAX
FUNCTIONS = {
    "exp": "exp", "log": "log", "log1p": "log1p", "sqrt": "sqrt", "sin": "sin", "cos": "cos", "tan": "tan", "sinh": "sinh",
    "cosh": "cosh", "tanh": "tanh", "asin": "arcsin", "acos": "arccos", "atan": "arctan", "asinh": "arcsinh",
    "acosh": "arccosh", "atanh": "arctanh", "atan2": "arctan2", "abs": "abs", "sign": "sign", "floor": "floor",
    "ceil": "ceil", "max": "maximum", "min": "minimum", "logaddexp": "logaddexp",
}  # fmt: skip
RECIPROCALS = {"cot": "tan", "sec": "cos", "csc": "sin", "coth": "tanh", "sech": "cosh", "csch": "sinh"}
TORCH = FUNCTIONS | {"max": "maximum", "min": "minimum", "abs": "abs"}
SPECIAL = {"erf": {"jax": "jax.scipy.special.erf", "torch": "torch.erf"},
           "gamma": {"jax": "jax.scipy.special.gamma"},
           "loggamma": {"jax": "jax.scipy.special.gammaln", "torch": "torch.lgamma"},
           "digamma": {"jax": "jax.scipy.special.digamma", "torch": "torch.digamma"}}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Dialect:
    """A way of writing array code.

    name:     "numpy", "jax" or "torch"
    module:   prefix of its functions
    imports:  the lines at the top
    in_place: whether temporaries may be overwritten
    """

    name: str
    module: str
    imports: tuple[str, ...]
    in_place: bool

    def function(self, word: str) -> str | None:
        """The dotted name of an entrywise function; None where it has none."""
        if word in SPECIAL:
            return SPECIAL[word].get(self.name)
        table = TORCH if self.name == "torch" else FUNCTIONS
        return f"{self.module}.{table[word]}" if word in table else None

    def write(self, node: Node, args: Sequence[Code]) -> Code:
        """One operation on operands that are written already."""
        return WRITERS[node.op](self, node, list(args))

    def axis(self, k: int | None) -> dict[str, Any]:
        """The words for one axis that is kept."""
        if k is None:
            return {}
        return {"dim": k, "keepdim": True} if self.name == "torch" else {"axis": k, "keepdims": True}


NUMPY = Dialect("numpy", "np", ("import numpy as np",), in_place=True)
JAX = Dialect("jax", "jnp", ("import jax", "import jax.numpy as jnp"), in_place=False)
TORCH_DIALECT = Dialect("torch", "torch", ("import torch",), in_place=False)
DIALECTS = {d.name: d for d in (NUMPY, JAX, TORCH_DIALECT)}


# -- how operations are written ----------------------------------------------------------------------------------


def _operator(_: Dialect, node: Node, a: list[Code]) -> Code:
    return ast.BinOp(a[0], OPERATORS[node.op], a[1])


def _number(_: Dialect, node: Node, __: list[Code]) -> Code:
    return constant(node.data)


def _const(d: Dialect, node: Node, _: list[Code]) -> Code:
    if node.data in ("True", "False"):
        return constant(node.data == "True")
    if node.data == "gamma" and d.name == "torch":
        return constant(0.5772156649015329)
    return dotted(f"{d.module}.{CONSTANTS[node.data]}")


def _fn(d: Dialect, node: Node, a: list[Code]) -> Code:
    word = node.data
    if word in RECIPROCALS:
        return ast.BinOp(constant(1), ast.Div(), call(f"{d.module}.{FUNCTIONS[RECIPROCALS[word]]}", a[0]))
    if d.name == "torch":
        # PyTorch's binary functions take tensors only
        a = [call("torch.as_tensor", x) if n.op == "number" else x for x, n in zip(a, node.args, strict=True)]
    if word == "heaviside":
        half = call("torch.as_tensor", constant(0.5)) if d.name == "torch" else constant(0.5)
        return call(f"{d.module}.heaviside", a[0], half)
    found = d.function(word)
    if found is None:
        from calcds.errors import NoRule

        raise NoRule("generate code for", f"the function {word}", f"{d.name} has none; SciPy does")
    return call(found, *a)


def _transpose(_: Dialect, __: Node, a: list[Code]) -> Code:
    return ast.Attribute(a[0], "T", ast.Load())


def _sum(d: Dialect, node: Node, a: list[Code]) -> Code:
    if d.name == "numpy":  # the reduction itself: half the overhead of the method
        return call("np.add.reduce", *a, **d.axis(node.data))
    return method(a[0], "sum", **d.axis(node.data))


def _largest(d: Dialect, node: Node, a: list[Code]) -> Code:
    if d.name == "torch":
        return method(a[0], "amax", **d.axis(node.data))
    return method(a[0], "max", **d.axis(node.data))


def _dot(d: Dialect, _: Node, a: list[Code]) -> Code:
    if d.name == "torch":
        return method(ast.BinOp(a[0], ast.Mult(), a[1]), "sum")
    return call(f"{d.module}.vdot", *a)


def _trace(d: Dialect, _: Node, a: list[Code]) -> Code:
    return call(f"{d.module}.trace", *a)


def _linalg(word: str) -> Callable[[Dialect, Node, list[Code]], Code]:
    return lambda d, _, a: call(f"{d.module}.linalg.{word}", *a)


def _logdet(d: Dialect, _: Node, a: list[Code]) -> Code:
    return ast.Subscript(call(f"{d.module}.linalg.slogdet", *a), constant(1), ast.Load())


def _norm(d: Dialect, node: Node, a: list[Code]) -> Code:
    if node.data == 2:
        return call(f"{d.module}.linalg.norm", *a)
    sizes = call(f"{d.module}.abs", *a)
    return method(sizes, "sum" if node.data == 1 else "max")


def _tuple(*parts: Code) -> Code:
    return ast.Tuple(list(parts), ast.Load())


def _broadcast(d: Dialect, _: Node, a: list[Code]) -> Code:
    value = call("torch.as_tensor", a[0]) if d.name == "torch" else a[0]
    return call(f"{d.module}.broadcast_to", value, _tuple(*a[1:]))


def _unit(d: Dialect, _: Node, a: list[Code]) -> Code:
    rows = call(f"{d.module}.eye", a[0])
    return ast.Subscript(rows, _tuple(ast.Slice(), _span(a[1])), ast.Load())


def _span(k: Code) -> Code:
    """k:k+1, which keeps the axis."""
    return ast.Slice(k, _next(k))


def _next(k: Code) -> Code:
    """k + 1, computed where k is a literal."""
    if isinstance(k, ast.Constant) and isinstance(k.value, int):
        return constant(k.value + 1)
    return ast.BinOp(k, ast.Add(), constant(1))


def _column(_: Dialect, __: Node, a: list[Code]) -> Code:
    return ast.Subscript(a[0], _tuple(ast.Slice(), _span(a[1])), ast.Load())


def _entry(_: Dialect, __: Node, a: list[Code]) -> Code:
    return ast.Subscript(a[0], _tuple(a[1], a[2]), ast.Load())


def _diag(d: Dialect, _: Node, a: list[Code]) -> Code:
    column = ast.Subscript(a[0], _tuple(ast.Slice(), constant(0)), ast.Load())
    return call(f"{d.module}.diag", column)


def _diagonal(d: Dialect, _: Node, a: list[Code]) -> Code:
    return ast.Subscript(call(f"{d.module}.diag", a[0]), _tuple(ast.Slice(), ast.Constant(None)), ast.Load())


def _block(d: Dialect, node: Node, a: list[Code]) -> Code:
    rows, columns = node.data
    grid = [ast.List(a[r * columns : (r + 1) * columns], ast.Load()) for r in range(rows)]
    if all(n.is_number for n in node.args):
        word = "tensor" if d.name == "torch" else "array"
        return call(f"{d.module}.{word}", ast.List(list(grid), ast.Load()))
    if d.name == "torch":
        lines = [call("torch.hstack", row) for row in grid]
        return call("torch.vstack", ast.List(list(lines), ast.Load()))
    return call(f"{d.module}.block", ast.List(list(grid), ast.Load()))


def _vec(d: Dialect, _: Node, a: list[Code]) -> Code:
    turned = ast.Attribute(a[0], "T", ast.Load())
    return method(turned, "reshape", constant(-1), constant(1)) if d.name else turned


def _range(d: Dialect, _: Node, a: list[Code]) -> Code:
    low, high = a
    end = _next(high)
    if isinstance(high, ast.BinOp) and isinstance(high.op, ast.Sub) and ast.dump(high.right) == ast.dump(constant(1)):
        end = high.left  # 0 .. n - 1
    numbers = call(f"{d.module}.arange", *([end] if ast.dump(low) == ast.dump(constant(0)) else [low, end]))
    return ast.Subscript(numbers, _tuple(ast.Slice(), ast.Constant(None)), ast.Load())


def _size(_: Dialect, node: Node, a: list[Code]) -> Code:
    return ast.Subscript(ast.Attribute(a[0], "shape", ast.Load()), constant(node.data), ast.Load())


def _logic(d: Dialect, node: Node, a: list[Code]) -> Code:
    result = a[0]
    if node.data == "not":
        return call(f"{d.module}.logical_not", result)
    for other in a[1:]:
        result = call(f"{d.module}.logical_{node.data}", result, other)
    return result


def _eye(d: Dialect, _: Node, a: list[Code]) -> Code:
    return call(f"{d.module}.eye", a[0])


WRITERS: dict[str, Callable[[Dialect, Node, list[Code]], Code]] = {
    **dict.fromkeys(OPERATORS, _operator),
    "number": _number,
    "const": _const,
    "neg": lambda _, __, a: ast.UnaryOp(ast.USub(), a[0]),
    "fn": _fn,
    "T": _transpose,
    "sum": _sum,
    "total": lambda _, __, a: method(a[0], "sum"),
    "product": lambda _, __, a: method(a[0], "prod"),
    "largest": _largest,
    "dot": _dot,
    "trace": _trace,
    "det": _linalg("det"),
    "inv": _linalg("inv"),
    "solve": _linalg("solve"),
    "matrix_power": _linalg("matrix_power"),
    "logdet": _logdet,
    "norm": _norm,
    "broadcast": _broadcast,
    "eye": _eye,
    "unit": _unit,
    "column": _column,
    "entry": _entry,
    "diag": _diag,
    "diagonal": _diagonal,
    "block": _block,
    "kron": lambda d, _, a: call(f"{d.module}.kron", *a),
    "vec": _vec,
    "range": _range,
    "size": _size,
    "where": lambda d, _, a: call(f"{d.module}.where", *a),
    "compare": lambda _, node, a: ast.Compare(a[0], [COMPARE[node.data]], [a[1]]),
    "logic": _logic,
}
IN_PLACE = {"add": "add", "sub": "subtract", "mul": "multiply", "div": "divide", "neg": "negative"}
