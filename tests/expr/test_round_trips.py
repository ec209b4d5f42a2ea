"""Properties over random terms: text and SymPy lead back to the same term or the same value."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
import sympy as sp
from flint import acb
from hypothesis import HealthCheck, example, given, reject, settings
from hypothesis import strategies as st

from calcds.errors import NoRule, Undefined
from calcds.expr.bridge import Bridge, to_sympy
from calcds.expr.latex import latex
from calcds.expr.parser import parse_expression
from calcds.expr.term import MINUS_ONE, Term, mul, number
from calcds.notation import *
from calcds.values.evaluate import evaluate
from calcds.values.numbers import primal
from calcds.values.points import Point, points
from calcds.values.survey import survey

m, n = Dim("m"), Dim("n")
SCOPE: dict[str, Any] = {
    "m": m, "n": n, "t": Real.symbol("t"), "u": Real.symbol("u"), "p": Positive.symbol("p"),
    "x": Vector[n].symbol("x"), "y": Vector[n].symbol("y"), "z": Vector[m].symbol("z"),
    "A": Matrix[n, n].symbol("A"), "B": Symmetric[n].symbol("B"), "X": Matrix[m, n].symbol("X"),
    "f": Function.symbol("f"), "g": Function(2).symbol("g"),
}  # fmt: skip
t, u, p, x, y, z, A, B, X, f, g = (SCOPE[name] for name in "tupxyzABXfg")
i = Index("i")
quick = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))

numbers = st.sampled_from(["0", "1", "2", "-1", "-3", "1/2", "-2/3"]).map(lambda q: number(Fraction(q)))


def scalars(depth: int, *, calculus: bool) -> st.SearchStrategy[Term]:
    """Random scalars."""
    leaves = st.one_of(numbers, st.sampled_from([t, u, p, n, pi, E, x[0], A[0, 0], Term("decimal", (), "0.25")]))
    if not depth:
        return leaves
    s, v, a = (part(depth - 1, calculus=calculus) for part in (scalars, vectors, matrices))
    pairs = st.tuples(s, s)
    options = [
        leaves,
        pairs.map(lambda q: q[0] + q[1]),
        pairs.map(lambda q: q[0] - q[1]),
        pairs.map(lambda q: q[0] * q[1]),
        pairs.map(lambda q: mul(MINUS_ONE, *q)),
        pairs.map(lambda q: q[0] / q[1]),
        s.map(lambda q: -q),
        st.tuples(s, st.sampled_from([2, 3, -1, -2, Fraction(1, 2)])).map(lambda q: q[0] ** q[1]),
        st.tuples(st.sampled_from([exp, sin, cos, tanh, sigmoid, Abs, relu]), s).map(lambda q: q[0](q[1])),
        pairs.map(lambda q: Max(*q)),
        st.tuples(v, v).map(lambda q: q[0].T * q[1]),
        a.map(trace), a.map(det), v.map(total), v.map(norm), v.map(lambda q: q[1]),
        st.tuples(s, v).map(lambda q: Sum(q[0] * q[1][i], (i, n))),
        pairs.map(lambda q: piecewise((q[0], t > u), (q[1], True))),
    ]  # fmt: skip
    if calculus:
        options += [
            s.map(f), s.map(f.prime()), pairs.map(lambda q: g(*q)), pairs.map(lambda q: g.prime(1)(*q)),
            s.map(lambda q: diff(q, t)), s.map(lambda q: diff(q, t, u)), pairs.map(lambda q: at(q[0], t, q[1])),
            st.tuples(s, v).map(lambda q: at(q[0], x, q[1])), s.map(lambda q: integral(q, (u, 0, 1))),
            s.map(lambda q: integral(q, u)), s.map(lambda q: limit(q, t, 0, "+")), v.map(lambda q: norm(q, 1)),
            s.map(lambda q: Product(q + i, (i, 1, n))), pairs.map(lambda q: binomial(*q)),
        ]  # fmt: skip
    return st.one_of(options)


def vectors(depth: int, *, calculus: bool) -> st.SearchStrategy[Term]:
    """Random columns of length n."""
    leaves = st.sampled_from([x, y, ones(n), X.T * z, zeros(n)])
    if not depth:
        return leaves
    s, v, a = (part(depth - 1, calculus=calculus) for part in (scalars, vectors, matrices))
    options = [
        leaves,
        st.tuples(a, v).map(lambda q: q[0] * q[1]),
        st.tuples(v, v).map(lambda q: q[0] + q[1]),
        st.tuples(v, v).map(lambda q: q[0] - q[1]),
        st.tuples(s, v).map(lambda q: q[0] * q[1]),
        st.tuples(s, v).map(lambda q: q[1] / q[0]),
        v.map(lambda q: -q),
        st.tuples(v, v).map(lambda q: hadamard(*q)),
        v.map(softmax), v.map(exp), v.map(sigmoid), a.map(diagonal), v.map(lambda q: entry_power(q, 2)),
        s.map(lambda q: by_entries(n, lambda i: q * x[i])),
    ]  # fmt: skip
    if calculus:
        options += [v.map(f), s.map(lambda q: grad(q, x))]
        options += [s.map(lambda q: grad(q, X).T * z), v.map(lambda q: pullback(x, q, y))]
        options += [v.map(log_softmax), v.map(lambda q: Sum(i * q, (i, n))), v.map(lambda q: diff(q, t)), st.just(unit(n, 0))]
    return st.one_of(options)


def matrices(depth: int, *, calculus: bool) -> st.SearchStrategy[Term]:
    """Random square matrices of size n."""
    leaves = st.sampled_from([A, B, eye(n), X.T * X])
    if not depth:
        return leaves
    s, v, a = (part(depth - 1, calculus=calculus) for part in (scalars, vectors, matrices))
    options = [
        leaves,
        st.tuples(a, a).map(lambda q: q[0] * q[1]),
        st.tuples(a, a).map(lambda q: q[0] + q[1]),
        st.tuples(s, a).map(lambda q: q[0] * q[1]),
        a.map(lambda q: q.T), a.map(lambda q: q.I), a.map(lambda q: q**2), v.map(diag), a.map(lambda q: -q),
        st.tuples(v, v).map(lambda q: q[0] * q[1].T),
        st.tuples(a, a).map(lambda q: hadamard(*q)),
    ]  # fmt: skip
    if calculus:
        options += [s.map(lambda q: hessian(q, x)), v.map(lambda q: jacobian(q, x)), a.map(lambda q: q + f(q))]
        options += [s.map(lambda q: by_entries((n, n), lambda i, j: q * A[j, i]))]
    return st.one_of(options)


def anything(*, calculus: bool) -> st.SearchStrategy[Term]:
    return st.one_of(*(part(2, calculus=calculus) for part in (scalars, vectors, matrices)))


@quick
@given(anything(calculus=True))
@example(mul(number(Fraction(2)), t ** -1))
@example(mul(number(Fraction(1)), t ** -1))
@example(mul(MINUS_ONE, number(Fraction(2)), t))
@example(mul(MINUS_ONE, x.T * y))
@example(mul(MINUS_ONE, x.T * y, t ** -1))
@example(mul(number(Fraction(1, 2)), number(Fraction(3)) ** -1))
@example(t - 3 - (-t))
@example(x.T * A * x * y)
@example(t - Term("decimal", (), "0.5"))
@example(y.T * (x * t))
@example(y.T * (x / t))
@example(mul(MINUS_ONE, y.T, x * t))
def test_text_reads_back_to_the_same_term(term: Term) -> None:
    assert parse_expression(str(term), SCOPE) is term


@quick
@given(anything(calculus=True))
def test_latex_closes_what_it_opens(term: Term) -> None:
    said = latex(term)
    assert said.count("{") == said.count("}")
    assert said.count(r"\left") == said.count(r"\right")
    depth = 0
    for character in said:
        depth += (character == "{") - (character == "}")
        assert depth >= 0


def point_for(*terms: Term) -> Point:
    return next(q for q in points(survey(terms)) if all(k > 1 for k in q.sizes.values()))


def value(term: Term, at_point: Point) -> list[list[complex]]:
    return [[complex(acb(primal(entry))) for entry in row] for row in evaluate(term, at_point)]


def close(a: Any, b: Any) -> bool:
    pairs = [(p, q) for r, s in zip(a, b, strict=True) for p, q in zip(r, s, strict=True)]
    return all(p == q or abs(p - q) <= 1e-9 * (1 + abs(p)) for p, q in pairs)


@quick
@given(anything(calculus=False))
@example(sigmoid(x))
@example((x.T * y) * A)
@example(exp(x.T * A * x) * y)
@example(Max(x.T * y, 0) * x)
def test_sympy_leads_back_to_the_same_value(term: Term) -> None:
    """Out and in again with the same variables; SymPy may tidy numbers, never change a value."""
    place = point_for(term)
    try:
        left = value(term, place)
    except Undefined:
        reject()
    out = to_sympy(term)
    if out.has(sp.nan):
        reject()  # a branch that is never taken is 0/0
    back = Bridge(term, out).term(out)
    assert tuple(map(str, back.shape)) == tuple(map(str, term.shape))
    assert back.free <= term.free
    assert close(left, value(back, place))


def plain_value(out: Any, place: Point) -> list[list[complex]]:
    """SymPy's own value of a SymPy object: symbols replaced by numbers, then doit()."""
    numbers_: dict[Any, Any] = {to_sympy(d): k for d, k in place.sizes.items()}
    explicit: dict[Any, Any] = {}
    for symbol, given_value in place.values.items():
        origin = to_sympy(symbol)
        exact = given_value if isinstance(given_value, tuple) else ((given_value,),)
        rows = [[sp.Rational(int(e.p), int(e.q)) for e in row] for row in exact]
        if isinstance(origin, sp.MatrixSymbol):
            explicit[origin.subs(numbers_)] = sp.ImmutableDenseMatrix(rows)
        else:
            numbers_[origin] = rows[0][0]
    done = out.subs(numbers_).xreplace(explicit).doit()
    if getattr(done, "is_Matrix", False):
        done = done.as_explicit().doit()
        return [[complex(sp.N(done[r, c])) for c in range(done.shape[1])] for r in range(done.shape[0])]
    return [[complex(sp.N(done))]]


OUT = [
    x.T*A*x,
    exp(-x.T*A*x/2)*x,
    (A + A.T)*x,
    (X.T*X + p*eye(n)).I*X.T*z,
    hadamard(A*x, sigmoid(y)),
    total(exp(x)) + norm(y)**2 - norm(x, 1),
    softmax(A*x), log_softmax(x), softplus(x) - relu(y),
    trace(A*B) - det(A.T*A),
    diag(x)*y/(x.T*x),
    (x.T*y)*(y.T*x)*x,
    Sum(x[i]*A[i, 0], (i, n)),
    log(1 + x.T*x)*t - sqrt(p)*u,
    entry_power(x, 3) + by_entries(n, lambda i: i*x[i]),
    kron(A, B), A**3 - ones(n, n),
    matrix([1, t], [u, 2])*column(t, u),
    matrix([A, x], [x.T, 3*eye(1)]),
    piecewise((t, t > 0), (u, True)),
    Max(x, 0), hadamard(Max(x, y), x),
    sigmoid(t)*relu(u) + softplus(t), delta(0, 0) + binomial(5, 2)*factorial(3), vec(X),
]  # fmt: skip


@pytest.mark.parametrize("term", OUT, ids=str)
def test_sympy_evaluates_what_goes_out_to_the_same_value(term: Term) -> None:
    """SymPy's own doit() is the independent evaluator."""
    place = point_for(term)
    assert close(value(term, place), plain_value(to_sympy(term), place))


@pytest.mark.parametrize("term", OUT, ids=str)
def test_a_wrong_value_would_be_seen(term: Term) -> None:
    """The comparison above can fail: twice the term is another value."""
    place = point_for(term)
    assert not close(value(term, place), plain_value(to_sympy(2 * term), place))


def test_what_sympy_has_no_word_for_is_refused_by_name() -> None:
    with pytest.raises(NoRule, match="is_positive_semidefinite"):
        to_sympy(is_positive_semidefinite(A))


CHAIN = x.T*y  # a number, that a following matrix must not open


@pytest.mark.parametrize(("term", "printed"), [
    (x - CHAIN*y, "x - (x.T*y)*y"),
    (t - CHAIN*(y.T*y), "t - (x.T*y)*(y.T*y)"),
    (mul(MINUS_ONE, CHAIN, y) + x, "-1*(x.T*y)*y + x"),
    (t + mul(MINUS_ONE, CHAIN), "t + -1*(x.T*y)"),
])  # fmt: skip
def test_a_minus_sign_is_printed_where_it_reads_back(term: Term, printed: str) -> None:
    assert str(term) == printed
    assert parse_expression(printed, SCOPE) is term
