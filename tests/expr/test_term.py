"""Terms: shared, unevaluated, typed; sizes, products, negation, substitution."""

from __future__ import annotations

import copy
import pickle
from fractions import Fraction

import pytest

from calcds.errors import CalcdsError, Malformed, ShapeError
from calcds.expr.term import Term, add, as_term, entry, mul, negate, number, same_size, substitute, subterms
from calcds.notation import *

m, n = Dim("m"), Dim("n")
x, y, z = Vector[n].symbol("x"), Vector[n].symbol("y"), Vector[m].symbol("z")
A, X = Matrix[n, n].symbol("A"), Matrix[m, n].symbol("X")
t, u = Real.symbol("t"), Real.symbol("u")
i = Index("i")


def test_equal_terms_are_one_object() -> None:
    assert x.T*A*x is x.T*A*x
    assert pickle.loads(pickle.dumps(x.T*A*x)) is x.T*A*x  # noqa: S301  (our own bytes)
    assert copy.deepcopy(x.T*x) is x.T*x


def test_terms_that_differ_are_not_one_object() -> None:
    assert t + u is not u + t
    assert Real.symbol("t") is not Positive.symbol("t")
    assert as_term(0.5) is not as_term(Fraction(1, 2))


def test_nothing_is_rewritten() -> None:
    assert str(X.T*X*(X.T*X).I) == "X.T*X*(X.T*X).I"
    assert str(t - t) == "t - t"
    assert str(0*t) == "0*t"


SHAPES = [
    (x.T*A*x, "(1, 1)"), (x*y.T, "(n, n)"), (X*x, "(m, 1)"), (X.T*z, "(n, 1)"), (t*X, "(m, n)"), (X*t, "(m, n)"),
    ((x.T*x)*X, "(m, n)"), (A**2, "(n, n)"), (A.I, "(n, n)"), (t**u, "(1, 1)"), (t.I, "(1, 1)"), (-X, "(m, n)"),
    (abs(X), "(m, n)"), (x[0], "(1, 1)"), (x.T[1], "(1, 1)"), (A[i, 0], "(1, 1)"), (x > y, "(1, 1)"),
]  # fmt: skip


@pytest.mark.parametrize(("term", "shape"), SHAPES, ids=[str(row[0]) for row in SHAPES])
def test_shapes(term: Term, shape: str) -> None:
    assert str(term.shape) == shape


WRONG = [
    ("add", lambda: x + A, ShapeError, "cannot add: x is n x 1, but A is n x n"),
    ("add a number", lambda: A + 1, ShapeError, "ones"),
    ("add a transpose", lambda: x + x.T, ShapeError, "is a transpose missing"),
    ("multiply", lambda: x*y, ShapeError, "hadamard"),
    ("multiply sizes", lambda: A*z, ShapeError, "cannot multiply"),
    ("multiply untransposed", lambda: A*X, ShapeError, r"did you mean A\*X.T"),
    ("divide", lambda: t/A, ShapeError, "A.I"),
    ("power of a vector", lambda: x**2, ShapeError, "square"),
    ("matrix exponent", lambda: t**A, ShapeError, "exponent"),
    ("inverse of a rectangle", lambda: X.I, ShapeError, "square"),
    ("xor", lambda: t ^ 2, Malformed, r"x\*\*2"),
    ("truth", lambda: bool(t > 0), Malformed, "piecewise"),
    ("iteration", lambda: list(x), Malformed, "iterated"),
    ("one index of a matrix", lambda: A[0], Malformed, "two indices"),
    ("negative index", lambda: x[-1], Malformed, "from 0"),
    ("fractional index", lambda: entry(x, Fraction(1, 2)), Malformed, "from 0"),
    ("out of range", lambda: Vector[3].symbol("v")[3], Malformed, "out of range"),
    ("vector as index", lambda: x[y], ShapeError, "index"),
    ("sum of relations", lambda: (t > 0) + 1, Malformed, "relation"),
    ("product of relations", lambda: (t > 0)*2, Malformed, "relation"),
    ("negated relation", lambda: -(t > 0), Malformed, "relation"),
    ("compare shapes", lambda: x < A, ShapeError, "cannot compare"),
    ("text", lambda: t + "u", Malformed, "not part of"),
    ("None", lambda: as_term(None), Malformed, "not part of"),
]


@pytest.mark.parametrize(("build", "error", "says"), [row[1:] for row in WRONG], ids=[row[0] for row in WRONG])
def test_what_makes_no_sense_gets_a_sentence(build: object, error: type[CalcdsError], says: str) -> None:
    with pytest.raises(error, match=says):
        build()  # type: ignore[operator]


def test_a_scalar_product_does_not_swallow_its_neighbour() -> None:
    assert ((x.T*x)*y).args == (x.T*x, y)
    assert (x.T*(A*x)).args == (x.T, A, x)


SIZES = [
    (n + m - 1, m - 1 + n, True), (n - n + 2, 2, True), ((n + 1)*(n - 1), n**2 - 1, True), (2*n, n + n, True), (n, m, False),
    (n*m, n + m, False), (n, n + 1, False), (2, 3, False), (n/2 + n/2, n, True),
    (n + as_term(1)/0, n, False), (as_term(1)/0, 0, False),
]  # fmt: skip


@pytest.mark.parametrize(("a", "b", "same"), SIZES, ids=[f"{a} {b}" for a, b, _ in SIZES])
def test_sizes_are_polynomials(a: object, b: object, same: bool) -> None:
    assert same_size(size(a), size(b)) is same
    assert (size(a) == size(b)) is same


NEGATED = [
    (number(3), "-3"), (2*t, "-2*t"), (-t, "-1*(-1)*t"), (t*u, "-t*u"), (t + u, "-(t + u)"), (as_term(0.5), "-0.5"),
    (as_term(-0.5), "0.5"), (as_term(0.5)*t, "-0.5*t"), (x.T*y, "-x.T*y"),
]  # fmt: skip


@pytest.mark.parametrize(("term", "text"), NEGATED, ids=[str(row[0]) for row in NEGATED])
def test_the_sign_goes_to_a_leading_number(term: Term, text: str) -> None:
    assert str(negate(term)) == text
    assert negate(term).shape == term.shape


def test_subtracting_is_adding_the_negative() -> None:
    assert t - 2*u is t + (-2)*u
    assert t - 3 is add(t, number(-3))


def test_substitution_replaces_sizes_too() -> None:
    assert substitute(zeros(n, m), {n: number(3)}) is zeros(3, m)
    assert str(substitute(n*total(ones(n)), {n: number(3)})) == "3*total(ones(3))"


def test_substitution_leaves_bound_variables_alone() -> None:
    term = Sum(i*t, (i, 0, 3)) + i
    assert str(substitute(term, {i: u})) == "Sum(i*t, (i, 0, 3)) + u"


def test_substitution_renames_on_capture() -> None:
    assert str(substitute(Sum(i*t, (i, 0, 3)), {t: i})) == "Sum(i'*i, (i', 0, 3))"


FREE = [
    (Sum(x[i], (i, n)), {"x", "n"}),
    (at(t*u, t, u + 1), {"u"}),
    (integral(t*u, (t, 0, 1)), {"u"}),
    (integral(t*u, t), {"t", "u"}),
    (by_entries((m, n), lambda i, j: X[i, j]*t), {"X", "m", "n", "t"}),
    (diff(t**2, t), {"t"}),
    (eye(n), {"n"}),
]


@pytest.mark.parametrize(("term", "names"), FREE, ids=[str(row[0]) for row in FREE])
def test_free_variables(term: Term, names: set[str]) -> None:
    assert {str(s) for s in term.free} == names


def test_subterms_are_listed_once_from_the_whole_down() -> None:
    whole = x.T*A*x + x.T*x
    listed = list(subterms(whole))
    assert listed[0] is whole
    assert set(listed) == {whole, x.T*A*x, x.T*x, x.T, A, x}
    assert len(listed) == 6


def test_floats_are_the_decimals_that_were_typed() -> None:
    assert str(as_term(0.1)) == "0.1"
    assert str(t + 0.25) == "t + 0.25"


def test_one_factor_is_itself() -> None:
    assert mul(x) is x


def test_substitution_reaches_the_variables_around_a_named_function() -> None:
    f = named("f", lambda w: w*t)
    assert substitute(f(u), {t: number(2)}) is named("f", lambda w: w*2)(u)
    captured = substitute(f(u), {t: Real.symbol("w")})
    assert {str(s) for s in captured.free} == {"u", "w"}
