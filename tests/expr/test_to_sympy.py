"""Terms as SymPy: what stands where, and that what came in goes out unchanged."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import sympy as sp

from calcds.errors import Malformed, NoRule
from calcds.expr import sympy_words as words
from calcds.expr.bridge import Bridge, to_sympy
from calcds.expr.term import Term
from calcds.notation import *

n, m = sp.Symbol("n"), sp.Symbol("m", integer=True, positive=True)
x, y = sp.MatrixSymbol("x", n, 1), sp.MatrixSymbol("y", n, 1)
P, Q = sp.MatrixSymbol("P", n, n), sp.MatrixSymbol("Q", m, n)
t, s, k = sp.Symbol("t"), sp.Symbol("s", positive=True), sp.Symbol("k")
h, a = sp.Function("h"), sp.IndexedBase("a")

UNCHANGED = [
    x.T*P*x, 2*x.T*P*x, (P + P.T)*x, sp.Inverse(sp.MatMul(Q.T, Q))*Q.T, sp.MatMul(P, P, x), sp.Trace(P*P), sp.Determinant(P),
    sp.HadamardProduct(x, y), sp.DiagMatrix(x), sp.KroneckerProduct(P, Q), sp.Identity(n), sp.OneMatrix(m, n),
    sp.ZeroMatrix(m, n), P**3, sp.sqrt(s)*sp.exp(-t**2)/(1 + t), sp.sin(t)**2 + sp.Max(t, 1), x[0, 0] + P[k, 1],
    sp.Sum(a[k]*t, (k, 0, 5)), sp.Sum(P[k, k], (k, 0, n - 1)), sp.Product(k, (k, 1, m)), h(t) + sp.Derivative(h(t), t),
    sp.Integral(sp.exp(-t), (t, 0, sp.oo)), sp.Limit(sp.sin(t)/t, t, 0), sp.Piecewise((t, t > 0), (0, True)),
    sp.Eq(P*x, y), sp.KroneckerDelta(k, 1), sp.Matrix([[t, 1], [2, s]]), sp.pi + sp.E*sp.I, sp.Float("2.50", 3)*t,
    sp.binomial(5, k) - sp.floor(t), sp.FunctionMatrix(n, n, sp.Lambda((k, t), k + t)),
]  # fmt: skip


@pytest.mark.parametrize("expression", UNCHANGED, ids=str)
def test_what_came_in_goes_out_unchanged(expression: Any) -> None:
    bridge = Bridge(expression)
    back = bridge.sympy(bridge.term(expression))
    assert back == (expression.as_immutable() if isinstance(expression, sp.MatrixBase) else expression)
    assert back.free_symbols == expression.free_symbols


N, M = Dim("n"), Dim("m")
v, A, u = Vector[N].symbol("v"), Matrix[N, N].symbol("A"), Real.symbol("u")

LATEX = [
    (v.T*A*v, "v^{T} A v"),
    (exp(v.T*A*v), "e^{v^{T} A v}"),
    ((v.T*v)*v, r"\left(v^{T} v\right) v"),
    (softmax(A*v), r"\operatorname{softmax}\left(A v\right)"),
    (norm(v), r"\left\lVert v \right\rVert"),
    (norm(v)**2, r"\left\lVert v \right\rVert^{2}"),
    (total(v), r"\mathbf{1}^{\top} v"),
    (sigmoid(u), r"\sigma\left(u\right)"),
    (sigmoid(u)**2, r"\sigma^{2}\left(u\right)"),
    (grad(v.T*v, v), r"\nabla_{v} \left(v^{T} v\right)"),
    (hessian(v.T*v, v), r"\nabla^{2}_{v} \left(v^{T} v\right)"),
    (sigmoid(A*v), r"{\sigma}_{\circ}\left({A v}\right)"),
    (exp(v), r"{\exp}_{\circ}\left({v}\right)"),
    (Function.symbol("f").prime()(v), r"{f'}_{\circ}\left({v}\right)"),
    (jacobian(A*v, v), r"\frac{\partial \left(A v\right)}{\partial v}"),
]  # fmt: skip


@pytest.mark.parametrize(("term", "printed"), LATEX, ids=[str(row[0]) for row in LATEX])
def test_sympy_prints_it(term: Term, printed: str) -> None:
    assert sp.latex(to_sympy(term)) == printed


SHAPED = [
    (softmax(v), (N, 1)), (log_softmax(v), (N, 1)), (vec(Matrix[M, N].symbol("X")), (M*N, 1)), (grad(v.T*v, v), (N, 1)),
    (hessian(v.T*v, v), (N, N)), (jacobian(A*v, v), (N, N)), (pullback(v, A*v, v), (N, 1)), (Sum(u*A, (Index("i"), M)), (N, N)),
    (at(A*v, v, 2*v), (N, 1)), (diff(u*v, u), (N, 1)), (Function[N, M].symbol("g")(v), (M, 1)), (unit(N, 0), (N, 1)),
    (piecewise((v, u > 0), (-v, True)), (N, 1)), (sigmoid(A), (N, N)), (Max(A, A.T), (N, N)), (Function.symbol("h")(A), (N, N)),
]  # fmt: skip


@pytest.mark.parametrize(("term", "shape"), SHAPED, ids=[str(row[0]) for row in SHAPED])
def test_matrices_keep_their_shape_and_come_back(term: Term, shape: Any) -> None:
    out = to_sympy(term)
    assert out.is_Matrix
    assert out.shape == tuple(map(to_sympy, shape))
    back = Bridge(term, out).term(out)
    assert back.shape == term.shape
    if term.head not in {"unit", "piecewise"} and term.args[0].head != "fn" and not (term.head == "fn" and len(term.args) > 1):
        assert back is term


def test_a_number_where_sympy_needs_one() -> None:
    """The exponential of a 1 x 1 product is a number; so is its factor of a matrix."""
    out = to_sympy(exp(v.T*A*v)*v + (v.T*v)*v)
    assert out.is_Matrix
    assert not to_sympy(exp(v.T*v)).is_Matrix
    assert isinstance(out.args[1].args[0], sp.Trace)


def test_sizes_one_stay_matrices_when_they_were() -> None:
    c = sp.MatrixSymbol("c", 1, 1)
    bridge = Bridge(c, t)
    assert bridge.sympy(bridge.term(c)) == c
    assert bridge.sympy(bridge.term(c)*bridge.term(t)).shape == (1, 1)


def test_decimals_are_not_rounded_on_the_way() -> None:
    """SymPy would add 0.1 and 0.2 to 0.3 with 15 digits."""
    term = Term("decimal", (), "0.1") + Term("decimal", (), "0.2")
    assert str(Bridge().term(to_sympy(term))) == "0.1 + 0.2"


def test_a_named_function_with_a_body_is_written_out() -> None:
    f, df = entrywise("f", lambda z: z**2 + u)
    assert to_sympy(f(3*u)) == 9*sp.Symbol("u", real=True)**2 + sp.Symbol("u", real=True)
    assert to_sympy(df(u)) == 2*sp.Symbol("u", real=True)


WORDS = [
    (words.Sigmoid(sp.Symbol("r")), lambda r: 1/(1 + np.exp(-r))),
    (words.Softplus(sp.Symbol("r")), lambda r: np.log(1 + np.exp(r))),
    (words.ReLU(sp.Symbol("r")), lambda r: max(0, r)),
    (words.Sigmoid(sp.Symbol("r")).diff(sp.Symbol("r")), lambda r: np.exp(-r)/(1 + np.exp(-r))**2),
]


@pytest.mark.parametrize(("word", "truth"), WORDS, ids=[str(row[0])[:20] for row in WORDS])
@pytest.mark.parametrize("point", [-1.5, 0.25, 2.0])
def test_generated_code_sees_the_plain_form(word: Any, truth: Any, point: float) -> None:
    assert float(sp.lambdify(sp.Symbol("r"), word)(point)) == pytest.approx(truth(point))


def test_deep_terms_go_out_or_say_why() -> None:
    term = u
    for _ in range(3000):
        term = Term("fn", (term,), "sin")
    with pytest.raises(Malformed, match="nested too deeply"):  # SymPy itself recurses
        to_sympy(term)


def test_a_symbol_gets_the_assumptions_of_its_kind() -> None:
    assert to_sympy(Positive.symbol("q")).is_positive
    assert to_sympy(Real.symbol("q")).is_real
    assert to_sympy(Real.symbol("q")).is_positive is None
    assert to_sympy(Complex.symbol("q")).is_real is None
    assert to_sympy(N).is_integer


def test_names_decide_first() -> None:
    plain = sp.Symbol("anything")
    assert to_sympy(u + 1, {u: plain}) == plain + 1


@pytest.mark.parametrize("term", [is_positive_semidefinite(A), Function[N, M].symbol("g").prime()(v)], ids=str)
def test_what_has_no_form_is_refused(term: Term) -> None:
    with pytest.raises(NoRule):
        to_sympy(term)


@pytest.mark.parametrize("term", [exp(v), Max(A, A.T), Function.symbol("f").prime()(v), unit(N, 0)], ids=str)
def test_going_out_twice_gives_equal_objects(term: Term) -> None:
    """Bound variables are numbered by the walk, not by the day."""
    assert to_sympy(term) == to_sympy(term)


def test_entrywise_functions_are_sympys_own() -> None:
    r = sp.Symbol("r")
    assert words.Entrywise((r,), sp.sin(r)) == sp.Lambda(r, sp.sin(r))
    assert words.Entrywise((r,), sp.sin(r)) != sp.Lambda(r, sp.cos(r))
    assert to_sympy(sin(v)).function(r) == sp.sin(r)
