"""One measure of length for an answer and for a textbook form.

Both are first read into the same small trees: tuples (label, child, ...). What counts is what a reader sees:

    a name or a number          1          X.T, X.I, diag(v), exp(v), tr(X)      1 + operand
    a + b + c, a*b*c, a o b     n - 1      a/b                                   1, like a product
    a**2                        2 more     a sign, [0, 0] of a 1x1 matrix        0

    tree_length(tree)      everything written out
    let_length(tree)       every repeated part named once: 1 for its definition, 1 for each use

`from_text` parses Python syntax with `ast` and evaluates nothing; "z = ...; r = ...; r*z" is read with its
lets.
"""

from __future__ import annotations

import ast
from collections import Counter
from typing import Any

import sympy as sp

Tree = tuple[Any, ...]

N_ARY = {"+", "*", "o", "kron"}
FREE = {"apply", "list"}          # a head that is not printed
NAMELESS = 3                      # parts up to this length are not worth a name


def own(tree: Tree) -> int:
    """What the head itself costs."""
    label, *children = tree
    if label in N_ARY:
        return len(children) - 1
    return 0 if label in FREE else 1


def tree_length(tree: Tree) -> int:
    memo: dict[Tree, int] = {}

    def visit(node: Tree) -> int:
        if node not in memo:
            memo[node] = own(node) + sum(visit(child) for child in node[1:])
        return memo[node]

    return visit(tree)


def let_length(tree: Tree) -> int:
    uses: Counter[Tree] = Counter()
    order: list[Tree] = []

    def visit(node: Tree) -> None:
        if node in uses:
            uses[node] += 1
            return
        uses[node] = 1
        order.append(node)
        for child in node[1:]:
            visit(child)

    visit(tree)
    named = {node for node in order if uses[node] > 1 and tree_length(node) > NAMELESS}

    def shown(node: Tree) -> int:
        return own(node) + sum(1 if child in named else shown(child) for child in node[1:])

    return shown(tree) + sum(1 + shown(node) for node in named)


# ---------------------------------------------------------------- textbook forms

OPERATORS = {ast.Add: "+", ast.Sub: "+", ast.Mult: "*", ast.Div: "*", ast.Pow: "**"}
HEADS = {"hadamard": "o", "kron": "kron", "trace": "tr", "power": "**"}
LEAVES = {"ones", "eye", "zeros"}


def statements(text: str) -> tuple[dict[str, ast.expr], ast.expr]:
    """The lets of a textbook form and its last expression."""
    *lets, last = ast.parse(text).body
    named = {}
    for let in lets:
        match let:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                named[name] = value
            case _:
                message = f"not a let: {ast.unparse(let)}"
                raise ValueError(message)
    match last:
        case ast.Expr(value=value):
            return named, value
    message = f"not an expression: {ast.unparse(last)}"
    raise ValueError(message)


def from_text(text: str) -> Tree:
    named, last = statements(text)
    trees: dict[str, Tree] = {}
    for name, value in named.items():
        trees[name] = _text(value, trees)
    return _text(last, trees)


def _text(node: ast.expr, lets: dict[str, Tree]) -> Tree:
    match node:
        case ast.Name(id=name):
            return lets.get(name, (name,))
        case ast.Constant(value=value):
            return (str(value),)
        case ast.UnaryOp(operand=operand):
            return _text(operand, lets)
        case ast.BinOp(left=left, op=op, right=right):
            label = OPERATORS[type(op)]
            return flat(label, [_text(left, lets), _text(right, lets)])
        case ast.Attribute(value=value, attr=attr):
            return (attr, _text(value, lets))
        case ast.Subscript(value=value, slice=index):
            return ("[]", _text(value, lets),
                    *([_text(e, lets) for e in index.elts] if isinstance(index, ast.Tuple)
                                               else [_text(index, lets)]))
        case ast.List(elts=elements):
            return ("list", *[_text(element, lets) for element in elements])
        case ast.Call(func=ast.Name(id=name), args=arguments):
            if name in LEAVES:
                return (name,)
            label = HEADS.get(name, name)
            return flat(label, [_text(argument, lets) for argument in arguments])
    message = f"a textbook form does not use {ast.dump(node)}"
    raise ValueError(message)


def flat(label: str, children: list[Tree]) -> Tree:
    """Sums and products are n-ary and blind to order; the others are kept as they are."""
    if label not in N_ARY:
        return (label, *children)
    parts: list[Tree] = []
    for child in children:
        parts.extend(child[1:] if child[0] == label else [child])
    return parts[0] if len(parts) == 1 else (label, *(sorted(parts, key=repr) if label == "+" else parts))


# ---------------------------------------------------------------- SymPy

RENAMED = {"Transpose": "T", "Inverse": "I", "Trace": "tr", "Determinant": "det", "DiagMatrix": "diag",
           "DiagonalMatrix": "diag", "KroneckerProduct": "kron", "HadamardProduct": "o"}
ATOMS = {"OneMatrix": "ones", "Identity": "eye", "ZeroMatrix": "zeros"}


def from_sympy(expr: Any) -> Tree:
    return _Reader().read(expr)


class _Reader:
    def __init__(self) -> None:
        self.memo: dict[Any, Tree] = {}

    def read(self, e: Any) -> Tree:
        if e not in self.memo:
            self.memo[e] = self.fresh(e)
        return self.memo[e]

    def fresh(self, e: Any) -> Tree:
        name = type(e).__name__
        if name in ATOMS:
            return (ATOMS[name],)
        if isinstance(e, (sp.Symbol, sp.MatrixSymbol)):
            return (e.name,)
        if isinstance(e, sp.Number):
            return (str(abs(e)),) if e.is_Integer or abs(e.p) == 1 else ("*", (str(abs(e.p)),), (str(e.q),))
        if e.is_Add or isinstance(e, sp.MatAdd):
            return flat("+", [self.read(arg) for arg in e.args])
        if e.is_Mul or isinstance(e, sp.MatMul):
            return self.product(e)
        if e.is_Pow or isinstance(e, (sp.MatPow, sp.HadamardPower)):
            return self.power(e)
        if name == "ElementwiseApplyFunction":
            return self.entrywise(e)
        if name == "MatrixElement":
            return self.element(e)
        if isinstance(e, sp.MatrixBase):
            return ("list", *[self.read(entry) for entry in e])
        if isinstance(e, (sp.Sum, sp.Product)):
            return (name, self.read(e.function), *[self.read(limit[0]) for limit in e.limits])
        if not e.args:
            return (str(e),)
        label = RENAMED.get(name, name.lower().rstrip("_"))
        return flat(label, [self.read(arg) for arg in e.args if isinstance(arg, sp.Basic)])

    def product(self, e: Any) -> Tree:
        over, under = [], []
        for arg in e.args:
            if arg == -1:
                continue
            (under if _is_reciprocal(arg) else over).append(arg)
        parts = [self.read(arg) for arg in over] or [("1",)]
        return flat("*", parts + [self.positive_power(arg) for arg in under])

    def power(self, e: Any) -> Tree:
        if _is_reciprocal(e):
            return flat("*", [("1",), self.positive_power(e)])
        return self.positive_power(e)

    def positive_power(self, e: Any) -> Tree:
        base, exponent = self.read(e.base), abs(e.exp) if e.exp.is_Number else e.exp
        if exponent == 1:
            return base
        return ("sqrt", base) if exponent == sp.Rational(1, 2) else ("**", base, self.read(exponent))

    def entrywise(self, e: Any) -> Tree:
        argument = self.read(e.expr)
        if not isinstance(e.function, sp.Lambda):
            return (e.function.__name__, argument)
        (variable,) = e.function.variables
        body = _Reader().read(e.function.expr)
        if _count(body, (variable.name,)) == 1:
            return _replace(body, (variable.name,), argument)
        return ("apply", body, argument)

    def element(self, e: Any) -> Tree:
        parent, row, column = e.args
        if parent.shape == (1, 1):
            return self.read(parent)
        indices = [row] if parent.shape[1] == 1 else [row, column]
        return ("[]", self.read(parent), *[self.read(index) for index in indices])


def _is_reciprocal(e: Any) -> bool:
    return (e.is_Pow or isinstance(e, sp.HadamardPower)) and e.exp.could_extract_minus_sign()


def _count(tree: Tree, leaf: Tree) -> int:
    return int(tree == leaf) + sum(_count(child, leaf) for child in tree[1:])


def _replace(tree: Tree, leaf: Tree, by: Tree) -> Tree:
    if tree == leaf:
        return by
    return flat(tree[0], [_replace(child, leaf, by) for child in tree[1:]]) if len(tree) > 1 else tree
