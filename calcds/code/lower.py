"""From terms to array operations: which product first, which form is stable, what need not be stored.

* a chain is multiplied in the cheapest order, every symbolic size counted as the same large number
* A.I*B is solve(A, B); an inverse is formed only where it stands alone
* diag(u)*A scales rows; A*ones is a sum over rows; ones*b.T is b.T, broadcast
* softmax, log-softmax, log(total(exp(z))), sigmoid and softplus use the forms that do not overflow

Imports: calcds.expr, calcds.code.{ir, chains}.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from calcds.code import chains
from calcds.code.ir import Graph, Node
from calcds.errors import NoRule
from calcds.expr.term import SCALAR, Shape, Size, Term, as_term

Rule: TypeAlias = "Callable[[Lowering, Term], Node]"


class Lowering:
    """One function on its way to array operations.

    arguments: variables that are given; sizes are read off the arrays
    """

    def __init__(self, arguments: tuple[Term, ...]) -> None:
        self.graph = Graph()
        self.arguments = arguments
        self._done: dict[Term, Node] = {}
        self._bound: dict[Term, Node] = {}

    def node(self, term: Term) -> Node:
        """The operation that computes a term; iterative, for graphs deeper than Python's stack."""
        stack = [term]
        while stack:
            t = stack[-1]
            if t in self._done:
                stack.pop()
                continue
            missing = [a for a in t.args if a not in self._done] if t.head not in _LAZY else []
            if missing:
                stack.extend(missing)
                continue
            stack.pop()
            rule = RULES.get(t.head)
            if rule is None:
                raise NoRule("generate code for", f"`{t.head}` in {t}")
            self._done[t] = rule(self, t)
        return self._done[term]

    def full(self, term: Term) -> Node:
        """The term as an array of its whole shape, where broadcasting cannot supply the rest."""
        node = self.node(term)
        if term.is_scalar or node.shape == term.shape:
            return node
        return self.graph.node("broadcast", node, *(self.size(s) for s in term.shape), shape=term.shape)

    def size(self, length: Size) -> Node:
        """A size as a number."""
        return self.graph.number(length) if isinstance(length, int) else self.node(length)

    def bound(self, variable: Term, value: Node, body: Term) -> Node:
        """A body with an index that runs over an array."""
        self._done[variable] = value
        result = self.node(body)
        for t in [t for t in self._done if variable in t.free]:
            del self._done[t]
        return result

    # -- small builders ---------------------------------------------------------------------------------------

    def times(self, a: Node, b: Node) -> Node:
        """Entrywise product, without factors 1."""
        if a.op == "number" and a.data == 1:
            return b
        if b.op == "number" and b.data == 1:
            return a
        if a.op == "number" and a.data == -1:
            return self.graph.entrywise("neg", b)
        return self.graph.entrywise("mul", a, b)

    def plus(self, a: Node, b: Node) -> Node:
        """Sum; a + (-b) is a - b."""
        if b.op == "neg":
            return self.graph.entrywise("sub", a, b.args[0])
        if b.op == "number" and isinstance(b.data, int | float) and b.data < 0:
            return self.graph.entrywise("sub", a, self.graph.number(-b.data))
        if a.op == "neg":
            return self.graph.entrywise("sub", b, a.args[0])
        return self.graph.entrywise("add", a, b)

    def function(self, name: str, *args: Node) -> Node:
        """An entrywise function."""
        return self.graph.entrywise("fn", *args, data=name)

    def sum(self, a: Node, axis: int, full: Shape) -> Node:
        """Sum along an axis, keeping it; along a broadcast axis it is a multiple."""
        shape = (1, a.shape[1]) if axis == 0 else (a.shape[0], 1)
        if a.shape[axis] == 1:
            return self.times(self.size(full[axis]), a)
        if a.op == "T":
            return self.graph.transpose(self.sum(a.args[0], 1 - axis, full[::-1]))
        return self.graph.node("sum", a, data=axis, shape=shape)


# -- leaves ----------------------------------------------------------------------------------------------------


def _symbol(low: Lowering, t: Term) -> Node:
    if t in low.arguments:
        return low.graph.node("argument", data=t, shape=t.shape)
    for a in low.arguments:
        for axis, length in enumerate(a.shape):
            if length is t:
                return low.graph.node("size", low.node(a), data=axis)
    raise NoRule("generate code for", f"{t}: it is not among the arguments", "name every variable in args")


def _const(low: Lowering, t: Term) -> Node:
    if t.data == "I":
        raise NoRule("generate code for", "the imaginary unit")
    return low.graph.node("const", data=t.data)


def _eye(low: Lowering, t: Term) -> Node:
    return low.graph.node("eye", low.size(t.shape[0]), shape=t.shape)


def _unit(low: Lowering, t: Term) -> Node:
    return low.graph.node("unit", low.size(t.shape[0]), low.node(t.args[0]), shape=t.shape)


# -- arithmetic ------------------------------------------------------------------------------------------------


def _add(low: Lowering, t: Term) -> Node:
    parts = [low.node(a) for a in t.args]
    # a product just computed goes first: the rest is added into its memory
    first = next((k for k, p in enumerate(parts) if p.op in ("matmul", "solve") and p.shape == t.shape), 0)
    total = parts.pop(first)
    for p in parts:
        total = low.plus(total, p)
    return total


def _scalars(low: Lowering, factors: list[Term]) -> Node:
    """Numbers multiplied, with what stands below divided once."""
    above, below = low.graph.number(1), low.graph.number(1)
    for f in factors:
        if f.head == "pow" and f.args[1].head == "num" and f.args[1].data == -1:
            below = low.times(below, low.node(f.args[0]))
        elif f.head == "num" and f.data.denominator != 1:
            above = low.times(above, low.graph.number(int(f.data.numerator)))
            below = low.times(below, low.graph.number(int(f.data.denominator)))
        else:
            above = low.times(above, low.node(f))
    if below.op == "number" and below.data == 1:
        return above
    if above.op == "neg":
        return low.graph.entrywise("neg", low.graph.entrywise("div", above.args[0], below))
    return low.graph.entrywise("div", above, below)


def _mul(low: Lowering, t: Term) -> Node:
    numbers = [f for f in t.args if f.is_scalar]
    chain = [f for f in t.args if not f.is_scalar]
    if not chain:
        return _scalars(low, numbers)
    product = chains.product(low, chain)
    if not numbers:
        return product
    if len(numbers) == 1 and numbers[0].head == "pow" and numbers[0].args[1].head == "num" and numbers[0].args[1].data == -1:
        return low.graph.entrywise("div", product, low.node(numbers[0].args[0]))
    return low.times(_scalars(low, numbers), product)


def _power(low: Lowering, t: Term) -> Node:
    base, p = low.node(t.args[0]), t.args[1]
    if p.head == "num":
        match p.data:
            case -1:
                return low.graph.entrywise("div", low.graph.number(1), base)
            case 2:
                return low.graph.entrywise("mul", base, base)
            case k if k * 2 == 1:
                return low.function("sqrt", base)
            case k if k < 0 and k.denominator == 1:
                positive = low.graph.entrywise("pow", base, low.graph.number(int(-k)))
                return low.graph.entrywise("div", low.graph.number(1), positive)
            case k if k * 2 == -1:
                return low.graph.entrywise("div", low.graph.number(1), low.function("sqrt", base))
    return low.graph.entrywise("pow", base, low.node(p))


def _matrix_power(low: Lowering, t: Term) -> Node:
    return low.graph.node("matrix_power", low.full(t.args[0]), low.node(t.args[1]), shape=t.shape)


def _inv(low: Lowering, t: Term) -> Node:
    return low.graph.node("inv", low.full(t.args[0]), shape=t.shape)


def _trans(low: Lowering, t: Term) -> Node:
    return low.graph.transpose(low.node(t.args[0]))


def _had(low: Lowering, t: Term) -> Node:
    product = low.node(t.args[0])
    for f in t.args[1:]:
        if f.head == "epow" and f.args[1].head == "num" and f.args[1].data == -1:
            product = low.graph.entrywise("div", product, low.node(f.args[0]))
        else:
            product = low.times(product, low.node(f))
    return product


# -- functions -------------------------------------------------------------------------------------------------


def _fn(low: Lowering, t: Term) -> Node:
    args = [low.node(a) for a in t.args]
    u = t.args[0]
    match t.data:
        case "sigmoid":  # exp(-log(1 + exp(-u))): no overflow, full relative precision in the left tail
            return low.function("exp", low.graph.entrywise("neg", _softplus(low, low.graph.entrywise("neg", args[0]))))
        case "softplus":
            return _softplus(low, args[0])
        case "log":
            return _log(low, u, args[0])
        case "relu":
            return low.function("max", low.graph.number(0), args[0])
        case "max" | "min":
            result = args[0]
            for a in args[1:]:
                result = low.function(t.data, result, a)
            return result
    return low.function(t.data, *args)


def _softplus(low: Lowering, u: Node) -> Node:
    return low.function("logaddexp", low.graph.number(0), u)


def _log(low: Lowering, u: Term, value: Node) -> Node:
    """Logarithms that would overflow or cancel have forms of their own."""
    if u.head == "fn" and u.data == "sigmoid":
        return low.graph.entrywise("neg", _softplus(low, low.graph.entrywise("neg", low.node(u.args[0]))))
    if u.head == "add" and len(u.args) == 2 and _is_one(u.args[0]):
        rest = u.args[1]
        if rest.head == "mul" and len(rest.args) == 2 and rest.args[0].head == "num" and rest.args[0].data == -1:
            inner = rest.args[1]
            if inner.head == "fn" and inner.data == "sigmoid":
                return low.graph.entrywise("neg", _softplus(low, low.node(inner.args[0])))
        return low.function("log1p", low.node(rest))
    if u.head == "total" and u.args[0].head == "fn" and u.args[0].data == "exp":
        z = low.full(u.args[0].args[0])
        return _logsumexp(low, z, None)
    if u.head == "mul" and len(u.args) == 2 and u.args[1].head == "ones" and u.shape[1] == 1:
        inner = u.args[0]
        if inner.head == "fn" and inner.data == "exp":
            return _logsumexp(low, low.full(inner.args[0]), 1)
    if u.head == "det":
        return low.graph.node("logdet", low.full(u.args[0]))
    return low.function("log", value)


def _is_one(t: Term) -> bool:
    return t.head == "ones" or (t.head == "num" and t.data == 1)


def _logsumexp(low: Lowering, z: Node, axis: int | None) -> Node:
    shape: Shape = SCALAR if axis is None else (z.shape[0], 1)
    top = low.graph.node("largest", z, data=axis, shape=shape)
    powers = low.function("exp", low.graph.entrywise("sub", z, top))
    whole = low.graph.node("total" if axis is None else "sum", powers, data=axis, shape=shape)
    return low.graph.entrywise("add", top, low.function("log", whole))


def _softmax(low: Lowering, t: Term) -> Node:
    z = low.full(t.args[0])
    axis = 1 if t.data.endswith("_rows") else None
    shape: Shape = SCALAR if axis is None else (z.shape[0], 1)
    top = low.graph.node("largest", z, data=axis, shape=shape)
    moved = low.graph.entrywise("sub", z, top)
    powers = low.function("exp", moved)
    whole = low.graph.node("total" if axis is None else "sum", powers, data=axis, shape=shape)
    if t.data.startswith("log"):
        return low.graph.entrywise("sub", moved, low.function("log", whole))
    return low.graph.entrywise("div", powers, whole)


def _apply(low: Lowering, t: Term) -> Node:
    from calcds.diff.inline import differentiated

    if t.data.body is None:
        raise NoRule("generate code for", f"the undefined function {t.data}", "give it a body")
    parameters, body = differentiated(t.data)
    inner = Lowering((*low.arguments, *parameters))
    inner.graph = low.graph
    for p, a in zip(parameters, t.args, strict=True):
        inner._done[p] = low.node(a)
    return inner.node(body)


# -- numbers of matrices, and the rest --------------------------------------------------------------------------


def _trace(low: Lowering, t: Term) -> Node:
    a = t.args[0]
    if a.head == "mul":
        chain = [f for f in a.args if not f.is_scalar]
        if len(chain) > 1:
            scalars = [f for f in a.args if f.is_scalar]
            left = chains.Factor(low, chain[0])
            right = chains.Factor(low, None, chains.product(low, chain[1:]), (chain[1].shape[0], chain[-1].shape[1]))
            value = low.graph.node("dot", low.graph.transpose(left.whole()), right.whole())
            return low.times(_scalars(low, scalars), value) if scalars else value
    return low.graph.node("trace", low.full(a))


def _total(low: Lowering, t: Term) -> Node:
    node = low.node(t.args[0])
    shape = t.args[0].shape
    if node.shape != shape:
        count = low.graph.number(1)
        for mine, whole in zip(node.shape, shape, strict=True):
            if mine == 1 and whole != 1:
                count = low.times(count, low.size(whole))
        inner = node if node.is_number else low.graph.node("total", node)
        return low.times(count, inner)
    if t.args[0].head == "had" and len(t.args[0].args) == 2:
        a, b = (low.full(f) for f in t.args[0].args)
        return low.graph.node("dot", a, b)
    return low.graph.node("total", node)


def _det(low: Lowering, t: Term) -> Node:
    return low.graph.node("det", low.full(t.args[0]))


def _norm(low: Lowering, t: Term) -> Node:
    return low.graph.node("norm", low.full(t.args[0]), data=t.data)


def _diag(low: Lowering, t: Term) -> Node:
    return low.graph.node("diag", low.full(t.args[0]), shape=t.shape)


def _diagonal(low: Lowering, t: Term) -> Node:
    return low.graph.node("diagonal", low.full(t.args[0]), shape=t.shape)


def _entry(low: Lowering, t: Term) -> Node:
    a, i, j = t.args
    index = [low.node(i), low.node(j)]
    shape = next((k.shape for k in index if not k.is_number), SCALAR)
    return low.graph.node("entry", low.full(a), *index, shape=shape)


def _matrix(low: Lowering, t: Term) -> Node:
    return low.graph.node("block", *(low.full(a) for a in t.args), data=t.data, shape=t.shape)


def _kron(low: Lowering, t: Term) -> Node:
    return low.graph.node("kron", *(low.full(a) for a in t.args), shape=t.shape)


def _vec(low: Lowering, t: Term) -> Node:
    return low.graph.node("vec", low.full(t.args[0]), shape=t.shape)


def _delta(low: Lowering, t: Term) -> Node:
    return low.graph.entrywise("compare", *(low.node(a) for a in t.args), data="=")


def _piecewise(low: Lowering, t: Term) -> Node:
    result = low.node(t.args[-2]) if t.args[-1].head == "truth" else low.graph.node("const", data="nan")
    pairs = t.args[:-2] if t.args[-1].head == "truth" else t.args
    for k in range(len(pairs) - 2, -1, -2):
        result = low.graph.entrywise("where", low.node(pairs[k + 1]), low.node(pairs[k]), result)
    return result


def _relation(low: Lowering, t: Term) -> Node:
    return low.graph.entrywise("compare", *(low.node(a) for a in t.args), data=t.data)


def _connective(low: Lowering, t: Term) -> Node:
    return low.graph.entrywise("logic", *(low.node(a) for a in t.args), data=t.head)


def _sum(low: Lowering, t: Term) -> Node:
    """A sum of numbers over one index, as an array along that index."""
    body, i, lo, hi = t.args
    if not t.is_scalar or any(s.head in ("sum", "build", "prod") for s in _below(body)):
        raise NoRule("generate code for", f"the index sum {t}", "write it with products of matrices")
    length = as_term(hi) - as_term(lo) + 1
    index = low.graph.node("range", low.node(lo), low.node(hi), shape=(length, 1))
    values = low.bound(i, index, body)
    if values.is_number:
        return low.times(low.node(length), values)
    return low.graph.node("total" if t.head == "sum" else "product", values)


def _below(t: Term) -> list[Term]:
    from calcds.expr.term import subterms

    return list(subterms(t))


def _build(low: Lowering, t: Term) -> Node:
    body, i, j = t.args
    if any(s.head in ("sum", "build", "prod") for s in _below(body)):
        raise NoRule("generate code for", f"the entries {t}", "write them with products of matrices")
    zero = low.graph.number(0)
    rows = low.graph.node("range", zero, low.node(as_term(t.shape[0]) - 1), shape=(t.shape[0], 1))
    columns = low.graph.transpose(low.graph.node("range", zero, low.node(as_term(t.shape[1]) - 1), shape=(t.shape[1], 1)))
    inner = Lowering((*low.arguments, i, j))
    inner.graph = low.graph
    inner._done = {**low._done, i: rows, j: columns}
    return inner.node(body)


_LAZY = frozenset({"sum", "prod", "build", "sym"})
RULES: dict[str, Rule] = {
    "num": lambda low, t: (
        low.graph.number(int(t.data)) if t.data.denominator == 1
        else low.graph.entrywise("div", low.graph.number(t.data.numerator), low.graph.number(t.data.denominator))
    ),
    "decimal": lambda low, t: low.graph.number(float(t.data)),
    "const": _const,
    "sym": _symbol,
    "eye": _eye,
    "zeros": lambda low, _: low.graph.number(0),
    "ones": lambda low, _: low.graph.number(1),
    "unit": _unit,
    "add": _add,
    "mul": _mul,
    "pow": _power,
    "epow": _power,
    "mpow": _matrix_power,
    "inv": _inv,
    "trans": _trans,
    "had": _had,
    "fn": _fn,
    "vfn": _softmax,
    "apply": _apply,
    "trace": _trace,
    "total": _total,
    "det": _det,
    "norm": _norm,
    "diag": _diag,
    "diagonal": _diagonal,
    "entry": _entry,
    "matrix": _matrix,
    "kron": _kron,
    "vec": _vec,
    "delta": _delta,
    "piecewise": _piecewise,
    "rel": _relation,
    "and": _connective,
    "or": _connective,
    "not": _connective,
    "truth": lambda low, t: low.graph.node("const", data=str(t.data)),
    "sum": _sum,
    "prod": _sum,
    "build": _build,
}  # fmt: skip
