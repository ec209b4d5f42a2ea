"""Reverse mode: one sweep from the output to the variable, in matrix notation.

    pull(y, x, G)       the X-bar with <G, dy> = <X-bar, dx> for every dx

No rule asks how long an axis is, and no adjoint has more than two indices. A node's rule is its differential, transposed:
the sweep never states a derivative twice. Every head without a rule raises NoRule with its name.

Imports: calcds.expr, calcds.diff.{differentials, linear, forward}.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from calcds.diff.differentials import NONLINEAR
from calcds.diff.forward import nothing, unknown
from calcds.diff.linear import LINEAR
from calcds.errors import NoRule
from calcds.expr.kinds import Kind, Real
from calcds.expr.term import BINDERS, MINUS_ONE, ONE, ZERO, Term, add, entry, mul, number, power, substitute

Watch = Callable[[Term, Term, dict[Term, Term]], None]  # node, its adjoint, adjoints still to be carried on


def pull(y: Term, x: Term, g: Term, watch: Watch | None = None) -> Term:
    """The adjoint of x for the adjoint g of y; it has the shape of x.

    watch: called after each node with the node, its adjoint and what is pending

    >>> from calcds.notation import *
    >>> n = Dim("n")
    >>> A, x, g = Matrix[n, n].symbol("A"), Vector[n].symbol("x"), Vector[n].symbol("g")
    >>> print(pull(A*x, x, g))
    A.T*g

    Baydin et al. 2018, section 3.2 (reverse mode).
    """
    if x not in y.free:
        return nothing(x)
    pending: dict[Term, Term] = {y: g}
    for node in _from_the_top(y, x):
        adjoint = pending.pop(node)
        for operand, part in backward(node, x, adjoint):
            pending[operand] = part if operand not in pending else add(pending[operand], part)
        if watch is not None:
            watch(node, adjoint, pending)
    arrived = pending.pop(x) if x in pending else nothing(x)  # without: y depends on x in conditions only
    assert not pending, f"adjoints were lost: {list(pending)}"
    return arrived


def _from_the_top(y: Term, x: Term) -> Iterator[Term]:
    """Every node between y and x, users before what they use, without x itself."""
    order: list[Term] = []
    state: dict[Term, int] = {}
    stack = [y]
    while stack:
        t = stack[-1]
        if t is x:
            stack.pop()
        elif state.get(t) is None:
            state[t] = 0
            stack.extend(t.args[k] for k in moving(t, x) if t.args[k] not in state)
        else:
            stack.pop()
            if state[t] == 0:
                state[t] = 1
                order.append(t)
    return reversed(order)


def backward(t: Term, x: Term, g: Term) -> Iterator[tuple[Term, Term]]:
    """What flows back through one node: operand and adjoint."""
    if t.head in LINEAR:
        rule, _ = LINEAR[t.head]
        for k in moving(t, x):
            yield t.args[k], rule(t, k, g)
    elif t.head in NONLINEAR:
        for k in moving(t, x):
            mark = _mark(t.args[k])
            yield t.args[k], pull(NONLINEAR[t.head].rule(t, k, mark), mark, g)
    elif t.head in ("sum", "build", "prod", "integral"):
        yield x, _through_binder(t, x, g)
    else:
        raise unknown(t)


def moving(t: Term, x: Term) -> list[int]:
    """The positions of the arguments through which a node depends on x."""
    if x not in t.free:
        return []
    if t.head in ("sum", "prod", "build", "integral"):
        return []  # one step from the node to x
    last = len(t.args) - 1
    return [
        k
        for k, a in enumerate(t.args)
        if x in a.free and not (t.head == "piecewise" and k % 2) and not (t.head in ("grad", "at") and k < last)
    ]


def _mark(operand: Term) -> Term:
    """A variable that stands for the differential of an operand."""
    return Kind("Matrix", operand.shape, Real.facts, operand.shape).symbol("_d")


def _through_binder(t: Term, x: Term, g: Term) -> Term:
    """Everything that reaches x through a bound body; the bounds stand still."""
    count = BINDERS[t.head]
    body, variables, bounds = t.args[0], t.args[1 : 1 + count], t.args[1 + count :]
    if any(x in b.free for b in bounds):
        raise NoRule("differentiate", f"{t} in its bounds")
    renamed = {v: _renamed(v, g) for v in variables if v in g.free}
    if renamed:
        body = substitute(body, renamed)
        variables = tuple(renamed.get(v, v) for v in variables)
    match t.head:
        case "sum":
            return Term("sum", (pull(body, x, g), *variables, *bounds), None, x.shape)
        case "prod":
            whole = Term("prod", (body, *variables, *bounds))
            return Term("sum", (pull(body, x, mul(g, whole, power(body, MINUS_ONE))), *variables, *bounds), None, x.shape)
        case "integral":
            if not x.is_scalar:
                raise NoRule("differentiate", f"{t} in {x}", "differentiate in its entries")
            return mul(g, Term("integral", (pull(body, x, ONE), *variables, *bounds)))
    part = pull(body, x, entry(g, *variables) if not g.is_scalar else g)
    for variable, length in zip(variables, t.shape, strict=True):
        top = add(length, MINUS_ONE) if isinstance(length, Term) else number(length - 1)
        part = Term("sum", (part, variable, ZERO, top), None, x.shape)
    return part


def _renamed(variable: Term, g: Term) -> Term:
    name, kind = variable.data
    while variable in g.free:
        name += "'"
        variable = kind.symbol(name)
    return variable
