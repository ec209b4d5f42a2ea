"""Changes of a claim: one place at a time, named, in a fixed order, rebuilt from the name.

`candidates(row)` gives (id, builder) pairs; nothing is built until the builder is called. An id reads
"trig-002/swap@R.0.1#0": row, kind of change, side and path to the place, variant.

kinds: sign, factor, exponent, swap (of a function), drop (of a term or factor), constant, variable, transpose, order (of
matrix factors), index, bound, derivative, relation, case, offset, hypothesis, assumption
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import sympy as sp
from sympy.core.function import AppliedUndef
from sympy.core.relational import Relational
from sympy.matrices.expressions.applyfunc import ElementwiseApplyFunction
from sympy.matrices.expressions.matexpr import MatrixElement

from benchmarks.decide.model import Claim, Row
from benchmarks.decide.point import sizes_of
from benchmarks.decide.symbols import i, j

Path = tuple[int, ...]
Change = tuple[str, sp.Basic | Callable[[], sp.Basic]]  # kind, what stands there instead

SWAPS: dict[Any, Any] = {
    sp.sin: sp.cos, sp.cos: sp.sin, sp.tan: sp.cot, sp.cot: sp.tan, sp.sec: sp.csc, sp.csc: sp.sec, sp.sinh: sp.cosh,
    sp.cosh: sp.sinh, sp.tanh: sp.tan, sp.coth: sp.tanh, sp.sech: sp.cosh, sp.asin: sp.acos, sp.acos: sp.asin,
    sp.atan: sp.asinh, sp.asinh: sp.atan, sp.atanh: sp.atan, sp.acosh: sp.asinh, sp.acot: sp.atan, sp.exp: sp.cosh,
    sp.floor: sp.ceiling, sp.ceiling: sp.floor, sp.Max: sp.Min, sp.Min: sp.Max, sp.sign: sp.Abs, sp.gamma: sp.factorial,
    sp.factorial: sp.gamma, sp.erf: sp.tanh, sp.Trace: sp.Determinant, sp.Determinant: sp.Trace, sp.Sum: sp.Product,
}  # fmt: skip
LEAVES = (sp.Symbol, sp.Number, sp.NumberSymbol, sp.MatrixSymbol, sp.IndexedBase, sp.Identity, sp.ZeroMatrix, sp.OneMatrix,
          sp.Lambda, sp.Tuple, sp.logic.boolalg.BooleanAtom)  # fmt: skip
RANGED = (i, j)
REVERSED = {"<": sp.Gt, "<=": sp.Ge, ">": sp.Lt, ">=": sp.Le, "==": sp.Ne, "!=": sp.Eq}


def children(e: sp.Basic) -> range:
    """Which arguments may be changed."""
    if isinstance(e, LEAVES):
        return range(0)
    if isinstance(e, (sp.Sum, sp.Product, sp.Integral, sp.Derivative)):
        return range(1)
    if isinstance(e, (MatrixElement, sp.Indexed, ElementwiseApplyFunction)):
        return range(1, len(e.args))
    if isinstance(e, (sp.Subs, sp.Limit)):
        return range(1)
    return range(len(e.args))


def places(e: sp.Basic, path: Path = ()) -> Iterator[tuple[Path, sp.Basic]]:
    """Every place, in preorder."""
    yield path, e
    for k in children(e):
        yield from places(e.args[k], (*path, k))


def rebuild(e: sp.Basic, arguments: list[Any]) -> sp.Basic:
    """The node over other arguments; relations and arithmetic of bare numbers stay as written."""
    if isinstance(e, (sp.Add, sp.Mul, sp.Pow, sp.Abs, Relational)) and not any(sp.sympify(a).free_symbols for a in arguments):
        return e.func(*arguments, evaluate=False)
    return e.func(*arguments)


def put(e: sp.Basic, path: Path, new: sp.Basic) -> sp.Basic:
    """The expression with another node at the place."""
    if not path:
        return new
    arguments = list(e.args)
    arguments[path[0]] = put(arguments[path[0]], path[1:], new)
    return rebuild(e, arguments)


def without(e: sp.Basic, k: int) -> sp.Basic:
    rest = [a for n, a in enumerate(e.args) if n != k]
    return rest[0] if len(rest) == 1 else rebuild(e, rest)


def changes(e: Any, others: list[sp.Symbol]) -> Iterator[Change]:  # one branch for each kind of node
    """What may stand in place of a node."""
    if isinstance(e, (sp.MatAdd, sp.MatMul)):
        yield from matrix_changes(e)
    elif isinstance(e, sp.Add):
        for k, term in enumerate(e.args[:4]):
            yield "sign", partial(rebuild, e, [*e.args[:k], -term, *e.args[k + 1:]])
            yield "drop", partial(without, e, k)
    elif isinstance(e, sp.Mul):
        yield "factor", lambda: rebuild(e, [2, *e.args])
        for k in range(min(len(e.args), 4)):
            yield "drop", partial(without, e, k)
    elif isinstance(e, sp.Pow):
        yield "exponent", lambda: rebuild(e, [e.base, e.exp + 1])
        yield "exponent", lambda: rebuild(e, [e.base, -e.exp])
        yield "drop", e.base
    elif isinstance(e, sp.Integer):
        yield "constant", e + 1
        yield "sign", -e
    elif isinstance(e, sp.Rational):
        yield "constant", sp.Rational(e.p, e.q + 1)
    elif isinstance(e, sp.Symbol):
        for other in [o for o in others if o != e and o.assumptions0 == e.assumptions0][:2]:
            yield "variable", other
    elif isinstance(e, (sp.Indexed, MatrixElement)):
        yield from index_changes(e)
    elif isinstance(e, sp.Derivative):
        yield "derivative", lambda: sp.Derivative(e.expr, *e.variable_count, e.variables[0])
        yield "drop", e.expr
    elif isinstance(e, (sp.Sum, sp.Product, sp.Integral)):
        yield from bound_changes(e)
    elif isinstance(e, sp.Limit):
        yield "bound", lambda: sp.Limit(e.args[0], e.args[1], e.args[2] + 1, e.args[3])
    elif isinstance(e, Relational):
        yield "relation", lambda: REVERSED[e.rel_op](*e.args, evaluate=False)
    elif isinstance(e, sp.Piecewise) and len(e.args) > 1:
        (a, c), (b, other) = e.args[0], e.args[1]
        yield "case", lambda: sp.Piecewise((b, c), (a, other), *e.args[2:])
    elif isinstance(e, sp.KroneckerDelta):
        yield "index", lambda: 1 - e
        yield "index", lambda: sp.KroneckerDelta(e.args[0], e.args[1] + 1)
    else:
        yield from function_changes(e)


def function_changes(e: Any) -> Iterator[Change]:
    if isinstance(e, (sp.Max, sp.Min)):
        yield "swap", lambda: SWAPS[e.func](*e.args)
        yield "drop", lambda: without(e, 0)
    elif isinstance(e, (sp.Abs, sp.Transpose, sp.Inverse)):
        yield ("transpose" if isinstance(e, sp.Transpose) else "drop"), e.args[0]
    elif e.func in SWAPS:
        yield "swap", lambda: SWAPS[e.func](*e.args[:1])
        if e.args and isinstance(e.args[0], sp.Expr):
            yield "sign", lambda: e.func(-e.args[0], *e.args[1:])
    elif isinstance(e, (sp.log, sp.Heaviside)):
        yield "swap", lambda: e.func(1 + e.args[0])
        yield "factor", lambda: e.func(-2 * e.args[0])
    elif isinstance(e, sp.MatrixSymbol):
        yield "transpose", lambda: e.T
    elif isinstance(e, sp.HadamardProduct):
        yield "swap", lambda: sp.MatMul(*e.args)
        yield "drop", lambda: without(e, 0)
    elif isinstance(e, sp.KroneckerProduct):
        yield "order", lambda: sp.KroneckerProduct(*reversed(e.args))
    elif isinstance(e, AppliedUndef) and len(e.args) == 2:
        yield "order", lambda: e.func(*reversed(e.args))


def matrix_changes(e: Any) -> Iterator[Change]:
    if isinstance(e, sp.MatMul):
        for k in range(len(e.args) - 1):
            yield "order", partial(sp.MatMul, *e.args[:k], e.args[k + 1], e.args[k], *e.args[k + 2:])
        for k in range(len(e.args)):
            yield "drop", partial(without, e, k)
        yield "transpose", lambda: e.T
        yield "factor", lambda: 2 * e
        return
    for k, term in enumerate(e.args):
        yield "sign", partial(sp.MatAdd, *e.args[:k], -term, *e.args[k + 1:])
        yield "drop", partial(without, e, k)


def index_changes(e: Any) -> Iterator[Change]:
    if isinstance(e, MatrixElement):
        yield "transpose", lambda: MatrixElement(e.parent, e.j, e.i)
        yield "index", lambda: MatrixElement(e.parent, e.i + 1, e.j)
        return
    if len(e.indices) > 1:
        yield "transpose", lambda: e.base[tuple(reversed(e.indices))]
    yield "index", lambda: e.base[(e.indices[0] + 1, *e.indices[1:])]


def bound_changes(e: Any) -> Iterator[Change]:
    kind: Any = type(e)
    for k, limit in enumerate(e.limits):
        if len(limit) != 3:
            yield "factor", lambda: 2 * e
            continue
        v, lo, hi = limit
        before, after = e.limits[:k], e.limits[k + 1:]
        if hi is not sp.oo:
            yield "bound", partial(kind, e.function, *before, (v, lo, hi - 1), *after)
            yield "bound", partial(kind, e.function, *before, (v, lo, hi + 1), *after)
        if lo is not -sp.oo:
            yield "bound", partial(kind, e.function, *before, (v, lo + 1, hi), *after)
    if kind is sp.Sum:
        yield "swap", lambda: sp.Product(*e.args)


def side_changes(e: Any) -> Iterator[Change]:
    """Changes of a whole side."""
    if isinstance(e, sp.logic.boolalg.Boolean):
        return
    yield "sign", lambda: -e
    yield "factor", lambda: 2 * e
    if isinstance(e, sp.Expr):
        yield "offset", lambda: e + 1
    elif getattr(e, "is_Matrix", False):
        yield "transpose", lambda: e.T


def same(claim: Claim) -> Claim:
    """The claim itself: a builder that has nothing to do."""
    return claim


def plain(claim: Claim, symbol: sp.Symbol) -> Claim:
    """The claim with the symbol stripped of its assumptions."""
    bare = {symbol: sp.Symbol(symbol.name)}
    left, right, given = claim
    return left.xreplace(bare), right.xreplace(bare), tuple(sp.sympify(g).xreplace(bare) for g in given)


def hypothesis_changes(claim: Claim) -> Iterator[tuple[str, Callable[[], Claim]]]:
    left, right, given = claim
    for k, fact in enumerate(given):
        if isinstance(fact, Relational) and fact.lhs in RANGED:
            continue  # that an index without a stated range stays inside the axis is understood
        rest = (*given[:k], *given[k + 1:])
        yield f"hypothesis@H.{k}#0", partial(same, (left, right, rest))
        if isinstance(fact, Relational) and not isinstance(fact, sp.Eq):
            turned = (*given[:k], REVERSED[fact.rel_op](*fact.args), *given[k + 1:])
            yield f"hypothesis@H.{k}#1", partial(same, (left, right, turned))
    names = sorted((s for s in left.free_symbols | right.free_symbols if isinstance(s, sp.Symbol)), key=str)
    sizes = sizes_of(left.atoms(sp.MatrixSymbol) | right.atoms(sp.MatrixSymbol))
    for symbol in names:
        if symbol not in sizes and symbol.assumptions0 != {"commutative": True}:
            yield f"assumption@{symbol}#0", partial(plain, claim, symbol)


def candidates(row: Row) -> Iterator[tuple[str, Callable[[], Claim]]]:
    """All changed claims of a row, by id."""
    claim = row.claim()
    left, right, _ = claim
    for name, build in hypothesis_changes(claim):
        yield f"{row.id}/{name}", build
    others = sorted((s for s in left.free_symbols | right.free_symbols if isinstance(s, sp.Symbol)), key=str)
    for letter, side in (("R", right), ("L", left)):
        for path, node in places(side):
            found = list(changes(node, others)) + (list(side_changes(node)) if not path else [])
            for variant, (kind, new) in enumerate(found):
                name = f"{row.id}/{kind}@{letter}{''.join(f'.{k}' for k in path)}#{variant}"
                yield name, partial(swapped, letter, side, path, new, claim)


def swapped(letter: str, side: sp.Basic, path: Path, new: Any, claim: Claim) -> Claim:
    made = put(side, path, sp.sympify(new if isinstance(new, sp.Basic) else new()))
    return (made, claim[1], claim[2]) if letter == "L" else (claim[0], made, claim[2])
