"""The public derivatives: SymPy in, SymPy out; terms in, terms out.

    gradient(f, x)      shape of x                 hessian(f, x)        second derivatives
    jacobian(y, x)      rows of y, columns of x    pullback(d, y, x)    (dy/dx)^T d
    to_numpy(f, args)   a NumPy function
    recursion(step, state, loss, parameters)    a network of symbolic depth

Conventions. Matrices are real. A matrix counts as its columns stacked where a Jacobian or Hessian needs a column. With
respect to a matrix stated to be symmetric (`given=Q.symmetric(S)`, or a kind) the gradient is (G + G.T)/2. At a kink
the derivative is the mean of the one-sided ones.

Imports: calcds.expr, calcds.diff, calcds.code.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from calcds import diff
from calcds.diff.inline import inlined
from calcds.errors import Malformed
from calcds.expr.bridge import Bridge
from calcds.expr.term import ONE, Term

if TYPE_CHECKING:
    from calcds.code.function import NumpyFunction
    from calcds.diff.recursion import Recursion

__all__ = ["gradient", "hessian", "jacobian", "pullback", "recursion", "to_numpy"]


def gradient(expr: Any, x: Any, *, given: Any = (), verify: bool = True, named: bool = False) -> Any:
    """The gradient of a scalar in closed form, in the shape of x.

    expr:   a number: SymPy expression, 1 x 1 matrix, or term
    x:      Symbol, MatrixSymbol, one entry of a matrix, or a variable of calcds.notation
    given:  hypotheses, such as sympy.Q.symmetric(A)
    verify: compare with the complex step at random points before returning
    named:  return `Named`, with repeated parts as definitions (for networks)

    >>> import sympy as sp
    >>> n = sp.Symbol("n", integer=True, positive=True)
    >>> x, A = sp.MatrixSymbol("x", n, 1), sp.MatrixSymbol("A", n, n)
    >>> gradient(x.T*A*x, x)
    (A + A.T)*x

    Raises NoRule for an operation without a rule, ShapeError if expr is not a number, Unchecked if no point was found
    at which expr has a value.
    """
    return _answer(_gradient, (expr,), x, given, verify=verify, named=named)


def pullback(delta: Any, y: Any, x: Any, *, given: Any = (), verify: bool = True, named: bool = False) -> Any:
    """Carry a gradient in y back to x: (dy/dx)^T delta. delta has the shape of y, the result that of x.

    >>> import sympy as sp
    >>> k, h = sp.symbols("k h", integer=True, positive=True)
    >>> W, d, z = sp.MatrixSymbol("W", k, h), sp.MatrixSymbol("delta", k, 1), sp.MatrixSymbol("z", h, 1)
    >>> pullback(d, W*z, z)
    W.T*delta

    Baydin et al. 2018, section 3.2 (reverse mode). Raises as `gradient`.
    """
    return _answer(_pullback, (delta, y), x, given, verify=verify, named=named)


def jacobian(expr: Any, x: Any, *, given: Any = (), verify: bool = True, named: bool = False) -> Any:
    """The Jacobian: a row for every entry of expr, a column for every entry of x, matrices column by column.

    >>> import sympy as sp
    >>> m, n = sp.symbols("m n", integer=True, positive=True)
    >>> A, x = sp.MatrixSymbol("A", m, n), sp.MatrixSymbol("x", n, 1)
    >>> jacobian(A*x, x)
    A

    Raises as `gradient`.
    """
    return _answer(_jacobian, (expr,), x, given, verify=verify, named=named)


def hessian(expr: Any, x: Any, *, given: Any = (), verify: bool = True, named: bool = False) -> Any:
    """The second derivatives of a number in a column; of a matrix variable, its columns stacked.

    >>> import sympy as sp
    >>> n = sp.Symbol("n", integer=True, positive=True)
    >>> x, A = sp.MatrixSymbol("x", n, 1), sp.MatrixSymbol("A", n, n)
    >>> hessian(x.T*A*x, x)
    A + A.T

    Raises as `gradient`.
    """
    return _answer(_hessian, (expr,), x, given, verify=verify, named=named)


def to_numpy(expr: Any, args: Any, *, name: str = "f") -> NumpyFunction:
    """A NumPy function of the arguments in their order; equal parts are computed once.

    expr: one expression, or several: the function then returns a tuple and all share one computation
    args: the variables; columns may be given as 1-d arrays

    >>> import numpy as np, sympy as sp
    >>> n = sp.Symbol("n", integer=True, positive=True)
    >>> x, A = sp.MatrixSymbol("x", n, 1), sp.MatrixSymbol("A", n, n)
    >>> f = to_numpy((A + A.T)*x, (A, x))
    >>> f(np.array([[1.0, 2.0], [0.0, 1.0]]), np.array([[1.0], [1.0]]))
    array([[4.],
           [4.]])
    """
    from calcds.code.function import function_of

    several = isinstance(expr, tuple | list)
    outputs = tuple(expr) if several else (expr,)
    arguments = tuple(args) if isinstance(args, tuple | list) else (args,)
    bridge = Bridge(*outputs, *arguments)
    terms = tuple(inlined(diff.resolve(bridge.term(e))) for e in outputs)
    return function_of(terms, tuple(bridge.term(a) for a in arguments), several=several, name=name)


def recursion(step: Any, state: Any, loss: Any, parameters: Any, *, verify: bool = True) -> Recursion:
    """Gradients of a network of L layers for symbolic L: delta of layer l from delta of layer l + 1.

    step:       the state of layer l + 1, from `state` (that of layer l) and the parameters of the layer
    state:      the variable in `step`
    loss:       a number, from the state of the last layer, written with the same variable
    parameters: the variables of the layer to differentiate in

    The result prints the recursion; its terms are `back`, `last` and `gradients`. `derivation_file()` is the induction
    over the layers, which `calcds verify` proves. Widths may differ from layer to layer, samples may stand in rows.

    >>> from calcds.notation import *
    >>> h, k = map(Dim, "hk")
    >>> W, z, y = Matrix[k, h].symbol("W"), Vector[h].symbol("z"), Vector[h].symbol("y")
    >>> print(recursion(W*tanh(z), z, (z - y).T*(z - y)/2, W))
    z[l+1] = W[l+1]*tanh(z[l])
    delta[L] = z[L] - y
    delta[l] = hadamard(W[l+1].T*delta[l+1], ones(h) - entry_power(tanh(z[l]), 2)) for l = L-1, ..., 0
    grad(loss, W[l+1]) = delta[l+1]*tanh(z[l]).T

    Raises as `gradient`, and Malformed for a layer that does not use its state or a loss that uses a parameter.
    """
    from calcds.diff import recursion as layers

    several = tuple(parameters) if isinstance(parameters, tuple | list) else (parameters,)
    bridge = Bridge(step, state, loss, *several)
    layer, place, last, *variables = (bridge.term(part) for part in (step, state, loss, *several))
    found = layers.recursion(inlined(layer), place, inlined(last), tuple(variables))
    if verify:
        _confirm(found.loss, place, found.last, "pullback", ONE)
        for variable, rule in zip((place, *variables), (found.back, *found.gradients), strict=True):
            _confirm(found.step, variable, rule, "pullback", found.delta)
    return found


# -- one way for all -------------------------------------------------------------------------------------------


def _answer(rule: Callable[..., Term], parts: tuple[Any, ...], x: Any, given: Any, *, verify: bool, named: bool) -> Any:
    bridge = Bridge(*parts, x, given=given)
    terms = [part if isinstance(part, Term) else inlined(bridge.term(part)) for part in parts]
    place = bridge.term(x)
    carried: list[Term] = []
    found = rule(*terms, place, verify, carried)
    plain = all(isinstance(part, Term) for part in (*parts, x))
    if named:
        from calcds.diff.naming import name_parts

        return name_parts(found, terms[-1], None if plain else bridge.sympy, carried)
    return found if plain else bridge.sympy(inlined(found))


def _confirm(y: Term, x: Term, found: Term, kind: str, weight: Term | None = None) -> None:
    from calcds.diff.check import confirm

    if x.head == "entry":
        return  # an entry of a result that was confirmed as a whole
    confirm(y, x, found, kind, weight)


def _whole(x: Term) -> Term:
    return x.args[0] if x.head == "entry" else x


def _gradient(f: Term, x: Term, verify: bool, carried: list[Term]) -> Term:  # noqa: FBT001
    ctx = diff.new_context()
    found = diff.gradient(f, x, ctx, lambda _, adjoint, __: carried.append(adjoint))
    carried[:] = map(ctx.normal, carried)
    if verify:
        whole = _whole(x)
        y = diff.resolve(f)
        _confirm(y, whole, found if whole is x else diff.gradient(f, whole), "pullback", ONE)
    return found


def _pullback(delta: Term, y: Term, x: Term, verify: bool, carried: list[Term]) -> Term:  # noqa: FBT001
    ctx = diff.new_context()
    found = diff.pullback(delta, y, x, ctx, lambda _, adjoint, __: carried.append(adjoint))
    carried[:] = map(ctx.normal, carried)
    if verify:
        whole = _whole(x)
        _confirm(diff.resolve(y), whole, found if whole is x else diff.pullback(delta, y, whole), "pullback", delta)
    return found


def _jacobian(y: Term, x: Term, verify: bool, _: list[Term]) -> Term:  # noqa: FBT001
    found = diff.jacobian(y, x)
    if verify:
        whole = _whole(x)
        _confirm(diff.resolve(y), whole, found if whole is x else diff.jacobian(y, whole), "jacobian")
    return found


def _hessian(f: Term, x: Term, verify: bool, _: list[Term]) -> Term:  # noqa: FBT001
    if x.head == "entry":
        raise Malformed(f"a Hessian is in a variable; for {x} take diff(f, {x}, {x})")
    slope = diff.gradient(f, x)
    found = diff.jacobian(slope, x)
    if verify:
        _confirm(diff.resolve(f), x, slope, "pullback", ONE)
        _confirm(slope, x, found, "jacobian")
    return found
