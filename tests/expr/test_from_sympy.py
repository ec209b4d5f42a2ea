"""SymPy objects as terms: what is read, what each symbol becomes, and what is refused by name."""

from __future__ import annotations

from typing import Any

import pytest
import sympy as sp
from flint import fmpq
from sympy.matrices.expressions.special import GenericIdentity

from calcds import notation
from calcds.errors import CalcdsError, Malformed, NoRule, ShapeError
from calcds.expr.bridge import Bridge, bridge_question, from_sympy
from calcds.expr.kinds import Real
from calcds.expr.term import as_term
from calcds.values.evaluate import evaluate
from calcds.values.points import Point

n, m, k, i, j = sp.symbols("n m k i j")
N = sp.Symbol("n", integer=True, positive=True)
t, s = sp.symbols("t s")
x, y = sp.MatrixSymbol("x", n, 1), sp.MatrixSymbol("y", n, 1)
A, X = sp.MatrixSymbol("A", n, n), sp.MatrixSymbol("X", m, n)
f = sp.Function("f")
a, M = sp.IndexedBase("a"), sp.IndexedBase("M", shape=(m, n))
u, v = sp.Dummy("u"), sp.Symbol("v")

READ = [
    (x.T*A*x, "x.T*A*x", "(1, 1)"),
    ((A + A.T)*x, "(A + A.T)*x", "(n, 1)"),
    (sp.MatMul(X.T, X, sp.Inverse(sp.MatMul(X.T, X))), "X.T*X*(X.T*X).I", "(n, n)"),
    (sp.exp(x.T*A*x), "exp(x.T*A*x)", "(1, 1)"),
    (sp.Trace(x.T*x)*y, "(x.T*x)*y", "(n, 1)"),
    (sp.Trace(A.T*A), "trace(A.T*A)", "(1, 1)"),
    (sp.log(sp.Determinant(A)), "log(det(A))", "(1, 1)"),
    (sp.Adjoint(A), "A.T", "(n, n)"),
    (A**3 - A**-1, "-A.I + A**3", "(n, n)"),
    (sp.hadamard_product(x, y), "hadamard(x, y)", "(n, 1)"),
    (sp.HadamardPower(x, 2), "entry_power(x, 2)", "(n, 1)"),
    (sp.KroneckerProduct(A, x), "kron(A, x)", "(n**2, n)"),
    (sp.DiagMatrix(x), "diag(x)", "(n, n)"),
    (sp.DiagMatrix(x.T), "diag(x.T.T)", "(n, n)"),
    (sp.DiagonalMatrix(A), "diag(diagonal(A))", "(n, n)"),
    (sp.DiagonalOf(A), "diagonal(A)", "(n, 1)"),
    (sp.Identity(n) + sp.OneMatrix(n, n), "eye(n) + ones(n, n)", "(n, n)"),
    (sp.ZeroMatrix(m, n), "zeros(m, n)", "(m, n)"),
    (A.applyfunc(sp.exp), "exp(A)", "(n, n)"),
    (x.applyfunc(f), "f(x)", "(n, 1)"),
    (x.applyfunc(sp.Lambda(u, 1/(1 + sp.exp(-u)))), "sigmoid(x)", "(n, 1)"),
    (x.applyfunc(lambda r: sp.Max(r, 0)), "relu(x)", "(n, 1)"),
    (x.applyfunc(lambda r: t*r**2 + 1), "t*entry_power(x, 2) + ones(n)", "(n, 1)"),
    (x.applyfunc(lambda r: sp.Derivative(f(r), r)), "f'(x)", "(n, 1)"),
    (x.applyfunc(lambda r: sp.Piecewise((r, r > 0), (0, True))), "phi(x)", "(n, 1)"),
    (f(A), "f(A)", "(1, 1)"),
    (x[2, 0] + A[0, 1], "A[0, 1] + x[2]", "(1, 1)"),
    (sp.Matrix([[t, 1], [2, s]]), "matrix([t, 1], [2, s])", "(2, 2)"),
    (sp.Matrix([[t]]), "t", "(1, 1)"),
    (sp.BlockMatrix([[A, x], [x.T, sp.Matrix([[t]])]]), "matrix([A, x], [x.T, t])", "(n + 1, n + 1)"),
    (sp.BlockDiagMatrix(A, A), "matrix([A, zeros(n, n)], [zeros(n, n), A])", "(2*n, 2*n)"),
    (sp.FunctionMatrix(m, n, sp.Lambda((i, j), i*j)), "by_entries((m, n), lambda i, j: i*j)", "(m, n)"),
    (A[0:2, 1:3], "by_entries((2, 2), lambda i, j: A[i, 1 + j])", "(2, 2)"),
    (sp.Sum(A[i, j]*x[j, 0], (j, 0, n - 1)), "Sum(A[i, j]*x[j], (j, 0, n - 1))", "(1, 1)"),
    (sp.Sum(a[i]**2, (i, 0, k - 1)), "Sum(a[i]**2, (i, 0, k - 1))", "(1, 1)"),
    (sp.Product(k, (k, 1, m)), "Product(k, (k, 1, m))", "(1, 1)"),
    (sp.harmonic(m), "Sum(1/k, (k, 1, m))", "(1, 1)"),
    (M[i, j], "M[i, j]", "(1, 1)"),
    (sp.Derivative(f(t)*t, t, t), "diff(t*f(t), t, t)", "(1, 1)"),
    (sp.Derivative(x.T*A*x, x), "grad(x.T*A*x, x)", "(n, 1)"),
    (sp.Subs(sp.Derivative(f(t), t), t, s**2), "f'(s**2)", "(1, 1)"),
    (sp.Subs(sp.exp(t), t, s, evaluate=False), "at(exp(t), t, s)", "(1, 1)"),
    (sp.Integral(t*s, (t, 0, 1), (s, 0, 2)), "integral(integral(s*t, (t, 0, 1)), (s, 0, 2))", "(1, 1)"),
    (sp.Integral(t, t), "integral(t, t)", "(1, 1)"),
    (sp.Limit(sp.sin(t)/t, t, 0), "limit(sin(t)/t, t, 0, '+')", "(1, 1)"),
    (sp.Piecewise((t, t > 0), (0, True)), "piecewise((t, t > 0), (0, True))", "(1, 1)"),
    (sp.Max(t, 0) + sp.Abs(t), "abs(t) + max(0, t)", "(1, 1)"),
    (sp.Heaviside(t), "heaviside(t)", "(1, 1)"),
    (sp.Heaviside(t, 0), "piecewise((1, t > 0), (0, t < 0), (0, True))", "(1, 1)"),
    (sp.digamma(t) + sp.loggamma(t), "loggamma(t) + digamma(t)", "(1, 1)"),
    (sp.binomial(n, k) + sp.factorial(k), "factorial(k) + binomial(n, k)", "(1, 1)"),
    (sp.KroneckerDelta(i, j), "delta(i, j)", "(1, 1)"),
    (sp.Eq(A*x, y), "A*x == y", "(1, 1)"),
    ((t > 0) & (s <= 1), "And(s <= 1, t > 0)", "(1, 1)"),
    (sp.Float("5.270", 4), "5.270", "(1, 1)"),
    (sp.Float(0.1), "0.1", "(1, 1)"),
    (sp.Rational(2, 3)*sp.pi, "(2/3)*pi", "(1, 1)"),
    (1 - t, "1 - t", "(1, 1)"),
    (t + 1, "t + 1", "(1, 1)"),
    (sp.sqrt(t)/s, "t**(1/2)/s", "(1, 1)"),
    (sp.GoldenRatio, "(1 + 5**(1/2))/2", "(1, 1)"),
    (sp.conjugate(sp.Symbol("z", complex=True)), "conj(z)", "(1, 1)"),
]  # fmt: skip


@pytest.mark.parametrize(("expression", "text", "shape"), READ, ids=[row[1] for row in READ])
def test_a_sympy_object_is_read(expression: Any, text: str, shape: str) -> None:
    term = from_sympy(expression)
    assert (str(term), str(term.shape)) == (text, shape)


REFUSED = [
    (sp.LambertW(t), NoRule, "LambertW"),
    (sp.polygamma(2, t), NoRule, "polygamma"),
    (sp.DiracDelta(t), NoRule, "DiracDelta"),
    (sp.Interval(0, 1), NoRule, "Interval"),
    (GenericIdentity(), NoRule, "GenericIdentity"),
    (sp.Derivative(A*x, x), NoRule, "jacobian"),
    (sp.Derivative(f(t), (t, k)), NoRule, "symbolic order"),
    (sp.Integral(t, (t, 1)), NoRule, "one bound"),
    (sp.Symbol("q", irrational=True), NoRule, "irrational=True"),
    (sp.Symbol("q", imaginary=True), NoRule, "imaginary=True"),
    (sp.Function("h", positive=True)(t), NoRule, "assumptions of the function h"),
    (sp.IndexedBase("T")[i, j, k], NoRule, "3 indices"),
    (sp.HadamardPower(x, y), NoRule, "exponent"),
    (sp.Catalan, NoRule, "Catalan"),
    (sp.nan, Malformed, "nan"),
    ("x**2", Malformed, "text"),
    (object(), Malformed, "not part of"),
    (sp.Matrix(0, 2, []), Malformed, "no entries"),
    (sp.MatMul(X, sp.MatrixSymbol("w", m, 1)), ShapeError, "cannot multiply"),
]


@pytest.mark.parametrize(("expression", "error", "says"), REFUSED, ids=[f"{type(row[0]).__name__} {row[2]}" for row in REFUSED])
def test_what_is_not_known_is_refused_by_name(expression: Any, error: type[CalcdsError], says: str) -> None:
    with pytest.raises(error, match=says):
        from_sympy(expression)


KINDS = [
    (t, "Real"),
    (sp.Symbol("t", real=True), "Real"),
    (sp.Symbol("t", complex=True), "Complex"),
    (sp.Symbol("t", positive=True), "Positive"),
    (sp.Symbol("t", nonnegative=True), "Nonnegative"),
    (sp.Symbol("t", nonzero=True), "Nonzero"),
    (sp.Symbol("t", integer=True), "Integer"),
    (sp.Symbol("t", integer=True, positive=True), "PositiveInteger"),
    (sp.Symbol("t", integer=True, nonnegative=True), "Natural"),
    (sp.Symbol("t", even=True), "Even"),
    (sp.Symbol("t", odd=True), "Odd"),
    (x, "Vector[n]"),
    (sp.MatrixSymbol("r", 1, n), "RowVector[n]"),
    (A, "Matrix[n, n]"),
    (sp.MatrixSymbol("c", 1, 1), "Matrix[1, 1]"),
]


@pytest.mark.parametrize(("symbol", "kind"), KINDS, ids=[f"{s} {k}" for s, k in KINDS])
def test_assumptions_become_kinds(symbol: Any, kind: str) -> None:
    assert str(from_sympy(symbol).data[1]) == kind


@pytest.mark.parametrize(("symbol", "_kind"), KINDS, ids=[f"{s} {k}" for s, k in KINDS])
def test_what_came_in_goes_out_with_its_assumptions(symbol: Any, _kind: str) -> None:
    bridge = Bridge(symbol)
    back = bridge.sympy(bridge.term(symbol))
    assert back == symbol
    assert back.assumptions0 == symbol.assumptions0


def kinds_in(*expressions: Any) -> dict[str, str]:
    bridge = Bridge(*expressions)
    free = frozenset().union(*(bridge.term(e).free for e in expressions))
    return {str(q): str(q.data[1]) for q in free}


def test_a_symbol_used_as_a_size_is_a_dimension_everywhere() -> None:
    assert kinds_in(n*sp.Trace(A) + N)["n"] == "Dim"
    bridge = Bridge(sp.Trace(A), n, N)
    assert bridge.term(n) is bridge.term(N)


def test_a_symbol_that_is_no_size_stays_a_number() -> None:
    assert kinds_in(n + 1)["n"] == "Real"


def test_two_symbols_of_one_name_stay_two() -> None:
    """Symbol("t") and Symbol("t", positive=True) are different variables in SymPy."""
    bridge = Bridge(t, sp.Symbol("t", positive=True))
    assert bridge.term(t) is not bridge.term(sp.Symbol("t", positive=True))
    assert {q.data[0] for q in bridge.term(t - sp.Symbol("t", positive=True)).free} == {"t", "t_1"}


def test_dummies_of_one_name_stay_two() -> None:
    d, e = sp.Dummy("d"), sp.Dummy("d")
    assert len(from_sympy(d - e).free) == 2


def test_a_bound_dummy_does_not_capture_a_free_symbol() -> None:
    free = sp.Symbol("u")
    term = from_sympy(x.applyfunc(sp.Lambda(u, sp.Piecewise((u, u > free), (free, True)))))
    assert "u" in {str(q) for q in term.free}


def test_indices_know_their_range() -> None:
    assert kinds_in(A[i, j])["i"] == "Index[n]"
    assert kinds_in(sp.Sum(A[i, k]*A[k, j], (k, 0, n - 1))) == {
        "A": "Matrix[n, n]", "i": "Index[n]", "j": "Index[n]", "n": "Dim",
    }  # fmt: skip


def test_the_size_of_an_indexed_base_comes_from_its_sums() -> None:
    assert kinds_in(sp.Sum(a[i], (i, 0, m - 1)))["a"] == "Vector[m]"
    assert kinds_in(sp.Sum(a[i], (i, 1, m)))["a"] == "Vector[m + 1]"
    assert kinds_in(a[0] + a[4])["a"] == "Vector[5]"
    assert kinds_in(sp.Sum(a[i], (i, 0, m - 1)) + sp.Sum(a[j], (j, 0, n - 1)))["a"] == "Vector[m + n]"
    assert kinds_in(a[i])["i"].startswith("Index[n_a")


def test_the_index_of_a_sum_that_is_also_a_number_outside_is_renamed() -> None:
    term = from_sympy(k*sp.Sum(k**2, (k, 1, 3)))
    outside = next(iter(term.free))
    assert str(outside.data[1]) == "Real"
    assert term.args[1].args[1] is not outside


def test_a_sum_that_starts_below_zero_runs_over_integers() -> None:
    term = from_sympy(sp.Sum(k, (k, -2, 2)))
    assert str(term.args[1].data[1]) == "Integer"


DEEP = [sp.Function("h"), lambda e: sp.Add(e, t, evaluate=False), lambda e: sp.Pow(e, 2, evaluate=False)]


@pytest.mark.parametrize("wrap", DEEP)
def test_depth_is_no_error(wrap: Any) -> None:
    expression = t
    for _ in range(3000):
        expression = wrap(expression)
    assert from_sympy(expression).head in {"apply", "add", "pow"}


def test_both_sides_of_a_question_share_their_symbols() -> None:
    left, right, conditions = bridge_question(sp.log(t**2), 2*sp.log(t), [t > 0, s < t])
    assert {str(q.data[1]) for q in left.free} == {"Positive"}
    assert left.free == right.free
    assert [str(c) for c in conditions] == ["s < t"]


def test_terms_may_stand_beside_sympy() -> None:
    from calcds.notation import Dim, Symmetric

    B = Symmetric[Dim("n")].symbol("A")
    left, right, _ = bridge_question(B, A.T)
    assert right.args[0] is left


def test_arithmetic_understands_sympy_objects() -> None:
    from calcds.notation import Real

    assert str(Real.symbol("q") * sp.sin(t)) == "q*sin(t)"
    with pytest.raises(Malformed):
        as_term(object())


def test_what_an_indexed_base_assumes_holds_of_its_entries() -> None:
    """IndexedBase("Q", positive=True) has positive entries; without the assumption nothing is known of them."""
    i, n = sp.Symbol("i", integer=True), sp.Symbol("n", integer=True, positive=True)
    for assumed, expected in (({"positive": True}, True), ({}, False)):
        base = sp.IndexedBase("Q", **assumed)
        term = from_sympy(sp.Sum(sp.log(base[i]), (i, 0, n - 1)))
        (array,) = (s for s in term.free if not s.is_scalar)
        assert array.data[1].has("positive") is expected


def test_the_size_of_an_array_under_nested_sums_does_not_depend_on_an_index() -> None:
    """sum over i <= j <= n: the inner sum ends at j, the array at n."""
    i, j = sp.symbols("i j", integer=True)
    n = sp.Symbol("n", integer=True, positive=True)
    base = sp.IndexedBase("a")
    term = from_sympy(sp.Sum(sp.Sum(base[i, j], (i, 0, j)), (j, 0, n)))
    assert {s.data[0] for s in term.free} == {"a", "n"}


@pytest.mark.parametrize("f", [sp.acot, sp.asec, sp.acsc, sp.acoth, sp.asech, sp.acsch], ids=str)
def test_the_rarer_inverse_functions_have_their_sympy_values(f: Any) -> None:
    """acot u = atan(1/u) and so on: compared at a point inside each domain, with mpmath as the judge."""
    at = sp.Rational(1, 3) if f in (sp.acot, sp.asech, sp.acsch) else sp.Integer(2)
    value = evaluate(from_sympy(f(sp.Symbol("x"))), Point(values={Real.symbol("x"): fmpq(at.p, at.q)}))[0][0]
    assert abs(complex(value) - complex(f(at).evalf(20))) < 1e-15


def test_pochhammer_symbols() -> None:
    x = sp.Symbol("x", positive=True)
    assert str(from_sympy(sp.RisingFactorial(x, 3, evaluate=False))) == "gamma(x + 3)/gamma(x)"
    assert str(from_sympy(sp.FallingFactorial(x, 3, evaluate=False))) == "gamma(x + 1)/gamma(x + 1 + -1*3)"


def test_an_entry_with_a_free_index_is_not_the_first_entry() -> None:
    """a[n] beside a[0] says nothing of the length of a: it is not a vector of one entry."""
    n = sp.Symbol("n", integer=True)
    base = sp.IndexedBase("a")
    left, right, _ = bridge_question(base[n], base[0])
    assert left is not right
    (array,) = (s for s in left.free if not s.is_scalar)
    assert not isinstance(array.shape[0], int)


def test_an_entry_past_a_sum_lies_inside_the_axis() -> None:
    i, n = sp.symbols("i n", integer=True, positive=True)
    base = sp.IndexedBase("a")
    term = from_sympy(sp.Sum(base[i], (i, 0, n - 1)) + base[n])
    (array,) = (s for s in term.free if not s.is_scalar)
    assert str(array.shape[0]) == "n + 1"


def test_a_sympy_symbol_in_the_place_of_a_size_is_a_dimension() -> None:
    """The words of the notation and SymPy's matrices meet in either order."""
    rows, columns = sp.symbols("m n", integer=True, positive=True)
    plain = sp.Symbol("q")
    data, w = sp.MatrixSymbol("X", rows, columns), sp.MatrixSymbol("w", columns, 1)
    one = notation.ones(rows)
    for term in (one.T*data, (data.T*one).T, one.T*(data*w + one)*w.T):
        assert term.shape == (1, notation.Dim("n"))
    assert notation.eye(columns + 1).shape[0] is notation.eye(notation.Dim("n") + 1).shape[0]
    assert notation.zeros(plain, 2).shape == (notation.Dim("q"), 2)


@pytest.mark.parametrize("length", [sp.Symbol("m", negative=True), sp.Symbol("m", integer=False), sp.Rational(1, 2)])
def test_what_cannot_be_a_size_is_none(length: Any) -> None:
    with pytest.raises((CalcdsError, ValueError)):
        notation.ones(length)
