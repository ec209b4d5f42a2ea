"""Every head of the language at explicit sizes."""

from __future__ import annotations

import pytest
from flint import fmpq

from calcds.errors import Malformed, NoRule, Undefined
from calcds.expr.kinds import Complex, Dim, Function, Index, Matrix, Real, Vector
from calcds.expr.operators import (
    And,
    Eq,
    Not,
    Or,
    Product,
    Sum,
    apply,
    at,
    by_entries,
    column,
    delta,
    det,
    diag,
    diagonal,
    diff,
    entry_power,
    entrywise,
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
    log_softmax,
    matrix,
    mean,
    norm,
    ones,
    piecewise,
    pullback,
    softmax,
    total,
    trace,
    unit,
    vec,
    zeros,
)  # fmt: skip
from calcds.expr.term import HEADS, TRUE, Term, as_term
from calcds.values.evaluate import _RULES, evaluate, holds
from calcds.values.grids import Singular, grid_of
from calcds.values.points import Point
from calcds.values.polynomials import Polynomial

Q = fmpq
m, n = Dim("m"), Dim("n")
A, B, M = Matrix[m, n].symbol("A"), Matrix[m, n].symbol("B"), Matrix[n, n].symbol("M")
x, y = Vector[n].symbol("x"), Vector[m].symbol("y")
u, v, z = Real.symbol("u"), Real.symbol("v"), Complex.symbol("z")
i, j = Index("i"), Index("j")
f, h = Function.symbol("f"), Function[n].symbol("h")
exp, sin, Abs, Max = (function(name) for name in ("exp", "sin", "abs", "max"))


def grid(*rows: tuple[int | fmpq, ...]) -> tuple[tuple[fmpq, ...], ...]:
    return grid_of([[Q(e) for e in row] for row in rows])


POINT = Point(
    {m: 2, n: 3},
    {
        A: grid((1, 2, 3), (4, 5, 6)), B: grid((1, 0, -1), (2, 2, 0)), M: grid((2, 1, 0), (0, 1, 1), (1, 0, 1)),
        x: grid((1,), (2,), (3,)), y: grid((1,), (-1,)), u: Q(2), v: Q(-3), i: Q(1), j: Q(2),
    },
    {f: Polynomial(1, ({(3,): Q(1), (1,): Q(2)},)), h: Polynomial(3, ({(2, 0, 0): Q(1), (0, 1, 1): Q(3)},))},
)  # fmt: skip
sq, dsq = entrywise("sq", lambda t: u * t**2)

VALUES = [
    (u + v * 2, [[-4]]),
    (A + B, [[2, 2, 2], [6, 7, 6]]),
    (A * x, [[14], [32]]),
    (x.T * x, [[14]]),
    (u * A * x, [[28], [64]]),
    (y.T * A * x * y, [[-18], [18]]),
    (A.T * y, [[-3], [-3], [-3]]),
    (1 / u, [["1/2"]]),
    (M**2, [[4, 3, 1], [1, 1, 2], [3, 1, 1]]),
    (M.I * M, [[1, 0, 0], [0, 1, 0], [0, 0, 1]]),
    (M**-1 * M, [[1, 0, 0], [0, 1, 0], [0, 0, 1]]),
    (det(M), [[3]]),
    (trace(M), [[4]]),
    (hadamard(A, B), [[1, 0, -3], [8, 10, 0]]),
    (entry_power(A, 2), [[1, 4, 9], [16, 25, 36]]),
    (total(A), [[21]]),
    (mean(A), [["7/2"]]),
    (norm(column(3, 4)), [[5]]),
    (norm(B, 1), [[6]]),
    (norm(B, "oo"), [[2]]),
    (diag(x), [[1, 0, 0], [0, 2, 0], [0, 0, 3]]),
    (diagonal(M), [[2], [1], [1]]),
    (eye(n) * x, [[1], [2], [3]]),
    (ones(m) + zeros(m), [[1], [1]]),
    (unit(n, i), [[0], [1], [0]]),
    (x[i + 1], [[3]]),
    (A[0, j], [[3]]),
    (matrix([M, x], [x.T, u]), [[2, 1, 0, 1], [0, 1, 1, 2], [1, 0, 1, 3], [1, 2, 3, 2]]),
    (by_entries((m, n), lambda i, j: x[j] * y[i]), [[1, 2, 3], [-1, -2, -3]]),
    (kron(y, x.T), [[1, 2, 3], [-1, -2, -3]]),
    (vec(A), [[1], [4], [2], [5], [3], [6]]),
    (delta(i, 1) + 2 * delta(i, j), [[1]]),
    (Sum(x[i] * x[i], (i, n)), [[14]]),
    (Sum(Sum(A[i, j], (j, n)), (i, m)), [[21]]),
    (Sum(i, (i, 5, 4)), [[0]]),
    (Product(i, (i, 1, 5)), [[120]]),
    (Sum(i * A, (i, 1, 2)), [[3, 6, 9], [12, 15, 18]]),
    (Abs(v) + Max(u, v), [[5]]),
    (piecewise((u, u < 0), (v, TRUE)), [[-3]]),
    (at(u**2 + v, u, v), [[6]]),
    (diff(u**3 * v, u), [[-36]]),
    (diff(u**3 * v**2, u, u, v), [[-72]]),
    (diff(x.T * x, x[j]), [[6]]),
    (diff(diff(u * v, u) * v, v), [[-6]]),
    (grad(x.T * M * x, x), [[9], [8], [9]]),
    (grad(y.T * A * x, A), [[1, 2, 3], [-1, -2, -3]]),
    (grad(det(M), M), [[1, 1, -1], [-1, 2, 1], [1, -2, 2]]),
    (jacobian(A * x, x), [[1, 2, 3], [4, 5, 6]]),
    (hessian(x.T * M * x, x), [[4, 1, 1], [1, 2, 1], [1, 1, 2]]),
    (pullback(y, A * x, x), [[-3], [-3], [-3]]),
    (at(grad(x.T * x, x), x, 2 * x), [[4], [8], [12]]),
    (diff(at(u**2, u, v), v), [[-6]]),
    (f(u), [[12]]),
    (f.prime()(u), [[14]]),
    (f.prime(0, 2)(u), [[12]]),
    (diff(f(u), u), [[14]]),
    (f(x), [[3], [12], [33]]),
    (h(x), [[19]]),
    (grad(h(x), x), [[2], [9], [6]]),
    (sq(v), [[18]]),
    (dsq(v), [[-12]]),
    (diff(sq(v), u), [[9]]),
    (apply(dsq, x), [[4], [8], [12]]),
    (diff(sq(u), u), [[12]]),
    (total(softmax(x)) * 0 + grad(total(hadamard(x, x)) * u, u), [[14]]),
]  # fmt: skip


@pytest.mark.parametrize(("term", "expected"), VALUES, ids=lambda t: str(t)[:40])
def test_exact_values(term: Term, expected: list[list[object]]) -> None:
    value = evaluate(term, POINT)
    assert [list(row) for row in value] == [
        [Q(*map(int, str(e).split("/"))) for e in row] for row in expected
    ]


def test_softmax_is_a_probability_and_its_logarithm_fits() -> None:
    shares = evaluate(softmax(x), POINT)
    assert complex(sum((row[0] for row in shares), Q(0))) == pytest.approx(1)
    logs = evaluate(log_softmax(x) - function("log")(softmax(x)), POINT)
    assert all(row[0].contains(0) for row in logs)


def test_every_head_has_a_rule() -> None:
    assert _RULES.keys() == HEADS.keys()


CONDITIONS = [
    (u > v, True), (u < v, False), (u >= 2, True), (u <= 1, False), (Eq(u, 2), True), (Eq(A, B), False),
    (And(u > 0, v > 0), False), (Or(u > 0, v > 0), True), (Not(u > 0), False), (A * x > zeros(m), True), (x > ones(n), False),
    (is_positive_definite(M * M.T), True), (is_positive_definite(M), False), (is_positive_semidefinite(x * x.T), True),
    (is_positive_semidefinite(x * x.T - eye(n)), False), (Or(u > 0, 1 / (u - 2) > 0), True), (sin(u) ** 2 < 1, True),
]  # fmt: skip


@pytest.mark.parametrize(("condition", "expected"), CONDITIONS, ids=str)
def test_conditions(condition: Term, expected: bool) -> None:
    assert holds(condition, POINT) is expected


@pytest.mark.parametrize(
    "term",
    [
        1 / (u - 2), (x * x.T).I, (A.T * A).I, diff(Abs(u - 2), u), Sum(i, (i, 5, 2)), piecewise((u, u < 0)),
        diff(piecewise((u, u < 2), (v, TRUE)), u), grad(norm(x - x), x), Sum(i, (i, 0, u / 3)), diff(Abs(z), z),
    ],
    ids=str,
)  # fmt: skip
def test_undefined_values(term: Term) -> None:
    with pytest.raises(Undefined):
        evaluate(term, POINT.having({z: Q(1)}))


def test_a_singular_matrix_is_named() -> None:
    with pytest.raises(Singular, match=r"A.T\*A is singular"):
        evaluate((A.T * A).I, POINT)


@pytest.mark.parametrize(
    ("term", "said"),
    [
        (x[n], r"x\[n\]: the index n = 3 is out of range 0..2 \(x is 3 x 1 here\)"),
        (A[i + 1, 0], r"index i \+ 1 = 2 is out of range 0..1"),
        (Sum(x[i + 1], (i, n)), "out of range"),
        (unit(m, j), "out of range"),
        (Sum(i, (i, n)) * Index("k"), "k has no value here .is it an index outside its sum"),
        (Function.symbol("g")(u), "g has no instance"),
        (diff(x.T * x, x[i + 2]), "out of range"),
    ],
    ids=str,
)
def test_malformed_terms_say_which_part(term: Term, said: str) -> None:
    with pytest.raises(Malformed, match=said):
        evaluate(term, POINT)


@pytest.mark.parametrize(
    "term", [integral(u, u), Sum(i, (i, 0, 10**9)), as_term(u) + Term("const", (), "oo")], ids=str
)
def test_what_has_no_enclosure_says_so(term: Term) -> None:
    with pytest.raises(NoRule):
        evaluate(term, POINT)


def test_integrals_within_integrals_share_what_they_may_take() -> None:
    """Each of the many inner ones is done with few evaluations, all of them are not; smooth ones are."""
    waves = integral(integral(u * sin(v / u), (v, 0, 1)), (u, 0, 1))
    with pytest.raises(NoRule, match="too many evaluations"):
        evaluate(waves, POINT)
    smooth = integral(integral(u * sin(v * u), (v, 0, 1)), (u, 0, 1))
    assert evaluate(2 * smooth + smooth, POINT)[0][0].is_finite()


def test_shared_nodes_are_evaluated_once() -> None:
    term: Term = exp(u)
    for _ in range(200):
        term = term * Q2 + term
    assert evaluate(term, POINT)[0][0].is_finite()


Q2 = as_term(2)


def test_precision_is_asked_for_and_put_back() -> None:
    from flint import ctx

    before = ctx.prec
    assert evaluate(exp(u), POINT, 1000)[0][0].rel_accuracy_bits() > 900
    assert evaluate(exp(u), POINT, 64)[0][0].rel_accuracy_bits() < 70
    assert ctx.prec == before
