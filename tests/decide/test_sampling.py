"""The numerical reading: false claims are refuted with certainty, true ones never."""

from __future__ import annotations

import pytest

from calcds.decide.looking import look, replay
from calcds.decide.question import Question
from calcds.decide.sampling import Comparison, Finding, compare, compare_equations
from calcds.expr.kinds import (
    Complex,
    Dim,
    Even,
    FullRank,
    Function,
    Index,
    Integer,
    Interval,
    Matrix,
    Natural,
    OneHot,
    Orthogonal,
    Positive,
    PositiveDefinite,
    Probability,
    Projection,
    Real,
    Symmetric,
    Vector,
)  # fmt: skip
from calcds.expr.operators import (
    And,
    Eq,
    Ne,
    Product,
    Sum,
    at,
    delta,
    det,
    diag,
    diff,
    entry_power,
    eye,
    function,
    grad,
    hadamard,
    hessian,
    integral,
    is_positive_definite,
    is_positive_semidefinite,
    jacobian,
    kron,
    limit,
    norm,
    ones,
    piecewise,
    pullback,
    softmax,
    total,
    trace,
    vec,
    zeros,
)  # fmt: skip
from calcds.expr.term import TRUE, Term, as_term, relation

m, n = Dim("m"), Dim("n")
A, B, M, N = (
    Matrix[m, n].symbol("A"),
    Matrix[m, n].symbol("B"),
    Matrix[n, n].symbol("M"),
    Matrix[n, n].symbol("N"),
)
S, Q, D, R = (
    Symmetric[n].symbol("S"),
    Orthogonal[n].symbol("Q"),
    PositiveDefinite[n].symbol("D"),
    Projection[n].symbol("R"),
)
X, x, y, w = FullRank[m, n].symbol("X"), Vector[n].symbol("x"), Vector[m].symbol("y"), Vector[n].symbol("w")
p, t = Probability[n].symbol("p"), OneHot[n].symbol("t")
a, b, u, v, s = (
    Positive.symbol("a"),
    Positive.symbol("b"),
    Real.symbol("u"),
    Real.symbol("v"),
    Interval(0, 1).symbol("s"),
)
z, k, e, c = Complex.symbol("z"), Integer.symbol("k"), Even.symbol("e"), Natural.symbol("c")
i, j = Index("i"), Index("j")
f, g, h = Function.symbol("f"), Function.symbol("g"), Function[n].symbol("h")
exp, log, sin, cos, tanh, atan, Abs, sign = (
    function(q) for q in ("exp", "log", "sin", "cos", "tanh", "atan", "abs", "sign")
)
sigmoid, softplus, relu, heaviside, floor, gamma, erf = (
    function(q) for q in ("sigmoid", "softplus", "relu", "heaviside", "floor", "gamma", "erf")
)
pi, I, E, oo = (Term("const", (), q) for q in ("pi", "I", "e", "oo"))
half = as_term(1) / 2

# (left, right that is true, right that is false)
ROWS = [
    (log(a * b), log(a) + log(b), log(a) * log(b)),
    (sin(u) ** 2, 1 - cos(u) ** 2, 1 + cos(u) ** 2),
    ((u**2) ** half, Abs(u), u),
    (Abs(u * v), Abs(u) * Abs(v), u * Abs(v)),
    (exp(u + v), exp(u) * exp(v), exp(u) + exp(v)),
    (exp(I * pi) + u, u - 1, u + 1),
    (log(as_term(-1)), I * pi, -I * pi),
    (heaviside(u) + heaviside(-u), as_term(1), heaviside(u) ** 2 + heaviside(-u)),
    (sign(u) * u, Abs(u), u),
    (sign(u) ** 2 * u, u, sign(u) ** 2),
    ((-1) ** e, as_term(1), as_term(-1)),
    (floor(u + k), floor(u) + k, floor(u) + k + 1),
    (gamma(a + 1), a * gamma(a), (a + 1) * gamma(a)),
    (diff(sigmoid(u), u), sigmoid(u) * (1 - sigmoid(u)), sigmoid(u) ** 2),
    (diff(softplus(u), u), sigmoid(u), softplus(u)),
    (diff(tanh(u), u), 1 - tanh(u) ** 2, 1 + tanh(u) ** 2),
    (diff(Abs(u), u), sign(u), Abs(u)),
    (diff(relu(u), u), heaviside(u), relu(u)),
    (diff(f(g(u)), u), f.prime()(g(u)) * g.prime()(u), f.prime()(u) * g.prime()(u)),
    (diff(f(u) / a, u), f.prime()(u) / a, f.prime()(u) / a**2),
    (diff(f(u), u, u), f.prime(0, 2)(u), f.prime()(u)),
    (diff(f(u), (u, 5)), diff(diff(f(u), (u, 2)), (u, 3)), as_term(0)),
    (diff(erf(u), u), 2 / pi**half * exp(-(u**2)), exp(-(u**2))),
    (diff(z**3, z), 3 * z**2, 3 * Abs(z) ** 2),
    (Sum(i, (i, 1, c)), c * (c + 1) / 2, c * (c - 1) / 2),
    (Sum(2**i, (i, 0, c)), 2 ** (c + 1) - 1, 2**c - 1),
    (Product(i, (i, 1, c)), function("factorial")(c), function("factorial")(c + 1)),
    (Sum(delta(i, j) * x[j], (j, n)), x[i], total(x)),
    (Sum(x[i] * w[i], (i, n)), x.T * w, total(x) * total(w)),
    (total(p), as_term(1), total(entry_power(p, 2))),
    (total(hadamard(t, x)), t.T * x, total(x)),
    (norm(t), as_term(1), norm(x)),
    (trace(A * B.T), trace(B.T * A), trace(A * A.T)),
    (det(M * N), det(M) * det(N), det(M) + det(N)),
    (Q.T * Q, eye(n), Q),
    (det(Q) ** 2, as_term(1), det(Q)),
    (R * R, R, 2 * R),
    (D.I.T, D.I, D),
    ((A + B).T, A.T + B.T, A.T - B.T),
    ((M * N).T, N.T * M.T, M.T * N.T),
    (kron(M, N).T, kron(M.T, N.T), kron(N, M)),
    (vec(A * M), kron(M.T, eye(m)) * vec(A), kron(M, eye(m)) * vec(A)),
    (X.T * X * (X.T * X).I * X.T * y, X.T * y, 2 * X.T * y),
    (grad(x.T * M * x, x), (M + M.T) * x, 2 * M * x),
    (grad(x.T * S * x, x), 2 * S * x, S * x),
    (hessian(x.T * M * x, x), M + M.T, 2 * M),
    (jacobian(A * x, x), A, A * M),
    (grad(norm(A * x - y) ** 2, x), 2 * A.T * (A * x - y), A.T * (A * x - y)),
    (grad(trace(A * B.T), A), B, A),
    (grad(log(det(D)), D), D.I, D),
    (grad(h(M * x), x), M.T * at(grad(h(x), x), x, M * x), M * at(grad(h(x), x), x, M * x)),
    (pullback(y, A * x, x), A.T * y, 2 * A.T * y),
    (jacobian(softmax(x), x), diag(softmax(x)) - softmax(x) * softmax(x).T, diag(softmax(x))),
    (softmax(x + u * ones(n)), softmax(x), softmax(2 * x)),
    (piecewise((u, u > 0), (-u, TRUE)), Abs(u), u),
    (limit((u + v) ** 2, v, 0), u**2, u),
    (integral(exp(v), (v, 0, u)), exp(u) - 1, exp(u)),
    (diff(integral(v**2, (v, 0, u)), u), u**2, 2 * u),
    (Sum(u**i / function("factorial")(i), (i, 0, oo)), exp(u), exp(u) + as_term(1) / 10**12),
    (E, Term("decimal", (), "2.7183"), Term("decimal", (), "2.71828169413")),
    (-E, -Term("decimal", (), "2.72"), -Term("decimal", (), "2.71")),
    ((1 + as_term(1) / 10**7) ** 10**7, Term("decimal", (), "2.7182816925"), E),
]  # fmt: skip


@pytest.mark.parametrize(
    ("left", "right"), [(left, true) for left, true, _ in ROWS], ids=lambda q: str(q)[:40]
)
def test_true_claims_agree(left: Term, right: Term) -> None:
    found = compare(Question(left, right))
    assert found.finding is Finding.AGREED, found
    assert found.points >= 1
    assert found.digits is None or found.digits >= 3
    assert found.digits is None or found.digits < 5 or found.digits % 5 == 0 or "rounds to" in found.reason


@pytest.mark.parametrize(
    ("left", "right"), [(left, false) for left, _, false in ROWS], ids=lambda q: str(q)[:40]
)
def test_false_claims_are_refuted_from_both_sides(left: Term, right: Term) -> None:
    for question in (Question(left, right), Question(right, left)):
        found = compare(question)
        assert found.finding is Finding.REFUTED, found
        assert found.point is not None
        assert replay(question, found.point)
        assert found.counterexample is not None
        assert found.counterexample.left != found.counterexample.right


CONDITIONS = [
    (u**2 >= 0, u**2 > 0),
    (s * (1 - s) * 4 <= 1, s * (1 - s) * 4 < 1),
    (is_positive_semidefinite(A.T * A), is_positive_definite(A.T * A)),
    (is_positive_definite(X.T * X), is_positive_definite(S)),
    (Ne(exp(u), 0), Ne(u, 0)),
    (And(a > 0, a + b > a), And(a > 0, b > a)),
    (u**4 - 2 * u * v + v**2 >= -1, u**3 - 2 * u * v + v**2 >= 0),
    (u**2 + v**2 >= 2 * u * v, u**4 + v**4 + 1 >= u**4 + u**2 * v - v**2 - half),
    (Abs(Abs(u) - Abs(v)) <= Abs(u - v), Abs(Abs(u) - Abs(v)) <= Abs(u - 2 * v)),
    (Eq(norm(Q * x), norm(x)), Eq(norm(M * x), norm(x))),
    (exp(pi * as_term(163) ** half) < 262537412640768744, exp(pi * as_term(163) ** half) >= 262537412640768744),
]  # fmt: skip


@pytest.mark.parametrize(("true", "false"), CONDITIONS, ids=str)
def test_relations_as_claims(true: Term, false: Term) -> None:
    assert compare(Question(true, TRUE)).finding is Finding.AGREED
    refuted = compare(Question(false, TRUE))
    assert refuted.finding is Finding.REFUTED
    assert refuted.point is not None
    assert replay(Question(false, TRUE), refuted.point)


# -- hypotheses ------------------------------------------------------------------------------------------------

GIVEN = [
    (log(u**2), 2 * log(u), (u > 0,), (u < 0,)),
    (u / v, as_term(2), (Eq(u, 2 * v),), (Eq(u, 3 * v),)),
    (x.T * B.T * B * x, x.T * x, (Eq(B.T * B, eye(n)),), (Eq(B * B.T, eye(m)),)),
    (M * N, N * M, (Eq(M, N),), (Eq(M, M.T), Eq(N, N.T))),
    (delta(i, j), as_term(0), (Ne(i, j),), (i >= j,)),
    (as_term(n), as_term(1), (n < 2,), (n > 1,)),
    (log(u) - v, as_term(0), (Eq(u, exp(v)),), (Eq(u, exp(v) + 1),)),
]  # fmt: skip


@pytest.mark.parametrize(("left", "right", "enough", "wrong"), GIVEN, ids=lambda q: str(q)[:30])
def test_given_conditions_decide(
    left: Term, right: Term, enough: tuple[Term, ...], wrong: tuple[Term, ...]
) -> None:
    assert compare(Question(left, right, enough)).finding is Finding.AGREED
    refuted = compare(Question(left, right, wrong))
    assert refuted.finding is Finding.REFUTED
    assert refuted.point is not None
    assert replay(Question(left, right, wrong), refuted.point)


@pytest.mark.parametrize("given", [(u > 2, u < 1), (Eq(u, u + 1),)], ids=str)
def test_hypotheses_that_nothing_meets_are_vacuous_not_support(given: tuple[Term, ...]) -> None:
    found = compare(Question(u, u, given))
    assert found.finding is Finding.VACUOUS
    assert "no point was found that meets" in found.reason


def test_a_missing_rank_hypothesis_is_named() -> None:
    found = compare(Question(A.T * A * (A.T * A).I * A.T * y, A.T * y))
    assert found.finding is Finding.MALFORMED
    assert found.reason == (
        "A.T*A is singular for every value of its variables when m = 2, n = 3; the hypothesis A: FullRank[m, n] is missing"
    )


@pytest.mark.parametrize(
    ("left", "right", "finding", "said"),
    [
        (1 / (u - u), as_term(1), Finding.UNDEFINED, "division by zero"),
        (x[n], x[0], Finding.MALFORMED, "out of range"),
        (Sum(x[i + 1] - x[i], (i, n)), x[n - 1] - x[0], Finding.MALFORMED, "out of range"),
        (integral(u, u), u**2 / 2, Finding.SILENT, "up to a constant"),
        (limit(sin(u) / u, u, 0), as_term(1), Finding.SILENT, "limit"),
        (integral(1 / v, (v, -1, 1)), as_term(0), Finding.SILENT, "integral"),
        (9 ** (as_term(9) ** (as_term(9) ** as_term(9))), as_term(1), Finding.SILENT, "2048 bits"),
        (10 ** (10 ** as_term(10)), 10 ** (10 ** as_term(10)) + 1, Finding.SILENT, "too large to tell"),
        ((x * x.T).I * x * x.T, eye(n), Finding.MALFORMED, "singular"),
        (u < I, TRUE, Finding.UNDEFINED, "not real"),
    ],
    ids=str,
)
def test_what_no_point_answers(left: Term, right: Term, finding: Finding, said: str) -> None:
    found = compare(Question(left, right))
    assert found.finding is finding
    assert said in found.reason


def test_poles_and_kinks_are_no_evidence() -> None:
    for left, right in [
        (u / u, as_term(1)),
        (diff(Abs(u), u) ** 2, as_term(1)),
        (sin(u) / sin(u), as_term(1)),
    ]:
        assert compare(Question(left, right)).finding is Finding.AGREED


FAR = [  # a left side, what it is, and what it is but beyond a place far from all numbers that are drawn
    (function("max")(0, u - 1000) - function("max")(0, u - 1000), as_term(0), function("max")(0, u - 1000)),
    (as_term(-1), as_term(-1), sign(u - 77)),
    (u - 300, u - 300, -Abs(u - 300)),
    (as_term(0), v - v, function("max")(0, Abs(u) - 200) * v),
    (as_term(0), Sum(x[i] - x[i], (i, n)), Sum(piecewise((x[i], x[i] > 90), (0, TRUE)), (i, n))),
    (as_term(1), piecewise((1, TRUE), (0, TRUE)), piecewise((1, c < 60), (0, TRUE))),
    (as_term(0), as_term(0), piecewise((1, relation("=", u, v + 50)), (0, TRUE))),
    (piecewise((1, u <= 2 * v + 80), (0, TRUE)), piecewise((1, 2 * v + 80 >= u), (0, TRUE)),
     piecewise((1, u <= 2 * v + 81), (0, TRUE))),
]  # fmt: skip


@pytest.mark.parametrize(("left", "true", "false"), FAR, ids=lambda q: str(q)[:40])
def test_the_places_where_a_claim_changes_are_visited(left: Term, true: Term, false: Term) -> None:
    assert compare(Question(left, true)).finding is Finding.AGREED
    assert compare(Question(left, false)).finding is Finding.REFUTED


# -- certainty -------------------------------------------------------------------------------------------------


def test_more_precision_parts_what_is_nearly_equal() -> None:
    tiny = as_term(1) / 10**40
    found = compare(Question(sin(u) ** 2 + cos(u) ** 2, 1 + tiny))
    assert found.finding is Finding.REFUTED
    assert compare(Question((2**half) ** 2, 2 + tiny**12)).finding is Finding.REFUTED
    assert compare(Question((as_term(2) ** half) ** 2, as_term(2))).finding is Finding.AGREED


def test_digits_are_shown_until_the_values_part() -> None:
    found = compare(Question(exp(pi * as_term(163) ** half), as_term(262537412640768744)))
    assert str(found.left).startswith("262537412640768743.99999999999925")


def test_the_same_question_has_the_same_answer_every_time() -> None:
    def answer() -> Comparison:
        return compare(Question(grad(x.T * M * x, x), 2 * M * x))

    first, again = answer(), answer()
    assert first.counterexample == again.counterexample


def test_a_point_says_nothing_where_a_side_is_undefined() -> None:
    from calcds.values.points import Point

    seen = look(Question(1 / u, u), Point(values={u: 0 * compare(Question(u, v)).point.values[u]}))  # type: ignore[union-attr]
    assert seen.differs is None
    assert "division by zero" in str(seen.why)


# -- equivalent equations --------------------------------------------------------------------------------------

SAME = [
    (Eq(2 * u, 6), Eq(u, 3)),
    (Eq(A * x, y), Eq(y - A * x, zeros(m))),
    (Eq(X.T * X * x, X.T * y), Eq(x, (X.T * X).I * X.T * y)),
    (Eq(exp(u), exp(v)), Eq(u, v)),
    (u > 1, u - 1 > 0),
    (Eq(a**2, b**2), Eq(a, b)),
]
DIFFERENT = [
    (Eq(u**2, v**2), Eq(u, v)),
    (Eq(2 * u, 6), Eq(u, 4)),
    (Eq(u * v, 0), Eq(u, 0)),
    (Eq(R * x, R * w), Eq(x, w)),
    (u > 1, u >= 1),
    (Eq(Abs(u), v), Eq(u, v)),
    (Eq(A.T * A * x, A.T * y), Eq(A * x, y)),
]


@pytest.mark.parametrize(("first", "second"), SAME, ids=str)
def test_equivalent_equations_agree(first: Term, second: Term) -> None:
    assert compare_equations(first, second).finding is Finding.AGREED


@pytest.mark.parametrize(("first", "second"), DIFFERENT, ids=str)
def test_equations_with_other_solutions_are_refuted(first: Term, second: Term) -> None:
    for one, other in ((first, second), (second, first)):
        found = compare_equations(one, other)
        assert found.finding is Finding.REFUTED, found
        assert found.counterexample is not None


def test_equations_that_nothing_satisfies_support_nothing() -> None:
    assert compare_equations(Eq(u, u + 1), Eq(u, u + 2)).finding is Finding.VACUOUS
