"""Sums and products: indices, ranges, deltas, and the facts that contract a sum."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from calcds.expr.term import Term
from tests.decide.letters import *
from tests.strategies import proofs

v, vm = Vector[n].symbol("v"), Vector[m].symbol("vm")
A, B, C = (Matrix[n, n].symbol(c) for c in "ABC")
P, Q, J = Stochastic[n, n].symbol("P"), Orthogonal[n].symbol("Q"), Projection[n].symbol("J")
T, D, U = OneHot[n].symbol("T"), Probability[n].symbol("D"), UnitVector[n].symbol("U")
neg, non = Vector[n, Negative].symbol("neg"), Vector[n, Nonzero].symbol("non")
X01 = Interval(0, 1).symbol("X01")
RESERVED = tuple(Index(name) for name in ("i1a", "r1", "c1", "m1", "t1", "~i1a", "k#0"))

TRUE_CLAIMS = (
    (Sum(v[k], (k, n)), Sum(v[j], (j, n))),
    (Sum(v[k + 1], (k, 0, n - 2)), Sum(v[k], (k, 0, n - 1)) - v[0]),
    (Sum(delta(k, ii) * v[k], (k, n)), v[ii]),
    (Sum(Sum(v[k] * v[j], (j, n)), (k, n)), Sum(v[k], (k, n)) ** 2),
    (Sum(v[k] * Sum(v[k], (k, n)), (k, n)), Sum(v[k], (k, n)) ** 2),
    (Sum(k, (k, 1, K)), K * (K + 1) / 2),
    (Sum(k**3, (k, 1, N)), (N * (N + 1) / 2) ** 2),
    (Sum(x**k, (k, 0, n - 1)), (x**n - 1) / (x - 1), Ne(x, 1)),
    (Sum(P[i, k], (k, n)), 1),
    (Sum(Q[i, k] * Q[j, k], (k, n)), delta(i, j)),
    (Sum(Q[k, i] * Q[k, j], (k, n)), delta(i, j)),
    (Sum(D[k], (k, n)), 1),
    (Sum(U[k] ** 2, (k, n)), 1),
    (T[ii] ** 2, T[ii]),
    (Sum(J[i, k] * J[k, j], (k, n)), J[i, j]),
    (Sum(A[i, k] * A.I[k, j], (k, n)), delta(i, j)),
    (Sum(A[i, j] * B[j, i], (i, n), (j, n)), Sum(B[i, j] * A[j, i], (j, n), (i, n))),
    (Product(v[k] ** 2, (k, n)), Product(v[k], (k, n)) ** 2),
    (Product(exp(v[k]), (k, n)), exp(Sum(v[k], (k, n)))),
    (Product(k, (k, 1, n)), factorial(n)),
    (diff(Sum(v[k] ** 2, (k, n)), v[ii]), 2 * v[ii]),
    (diff(Product(x + k, (k, 0, 1)), x), 2 * x + 1),
    (Sum(k * factorial(k), (k, 1, n)), factorial(n + 1) - 1),
    (Sum(2 * v[k] + 1, (k, n)), 2 * total(v) + n),
)

FALSE_CLAIMS = (
    (Sum(v[k], (k, 0, n - 1)), Sum(v[k], (k, 0, n - 2)) + v[n - 2]),
    (Sum(v[k + 1], (k, 0, n - 2)), Sum(v[k], (k, 0, n - 1))),
    (Sum(vm[k], (k, m)), Sum(v[k], (k, n))),
    (Sum(k, (k, 1, K)), K * (K + 1) / 2 + 1),
    (Sum(x**k, (k, 0, n)), (x**n - 1) / (x - 1), Ne(x, 1)),
    (Sum(delta(k, i) * vm[i], (k, n)), vm[i]),
    (Sum(delta(k, ii + 1) * v[k], (k, n)), v[ii + 1]),
    (Sum(delta(k, ii) * delta(k, jj), (k, n)), 1),
    (Sum(delta(2 * k, ii) * v[k], (k, n)), v[ii / 2]),
    (Sum(delta(k, X01) * (k + 1), (k, 0, n)), X01 + 1),
    (Sum(Sum(v[k] * v[k], (k, n)), (k, n)), Sum(v[k], (k, n)) ** 2),
    (Sum(v[k] * Sum(v[k], (k, n)), (k, n)), n * Sum(v[k] ** 2, (k, n))),
    (Sum(Sum(A[i, j] * A[j, i], (i, n)), (j, n)), Sum(Sum(A[i, j] ** 2, (i, n)), (j, n))),
    (Sum(A[i, j] * B[i, j] * v[i], (i, n), (j, n)), Sum(A[i, j] * B[i, j] * v[j], (i, n), (j, n))),
    (
        Sum(A[i, j] * A[j, l] * A[l, i], (i, n), (j, n), (l, n)),
        Sum(A[i, j] * A[j, l] * A[i, l], (i, n), (j, n), (l, n)),
    ),
    (Sum(Sum(v[i] * v[j], (j, 0, i)), (i, n)), Sum(v[k], (k, n)) ** 2 / 2),
    (Sum(P[k, i], (k, n)), 1),
    (Sum(P[n - 1 - k, k], (k, n)), 1),
    (Sum(Q[k, n - 1 - k] * Q[k, j], (k, n)), delta(n - 1, j)),
    (Sum(D[k] ** 2, (k, n)), 1),
    (Sum(D[k], (k, 1, n - 1)), 1),
    (Sum(U[k], (k, n)), 1),
    (T[ii] * T[jj], T[ii]),
    (T[ii], 1),
    (Sum(A[i, k] * A.I[j, k], (k, n)), delta(i, j)),
    (Abs(Product(neg[k], (k, n))), -Product(neg[k], (k, n))),
    (piecewise((1, Ne(total(non), 0)), (2, True)), 1),
    (Product(v[k], (k, n)) * Product(vm[k], (k, m)), Product(v[k] * vm[k], (k, n))),
    (Product(2 * v[k], (k, n)), 2 * Product(v[k], (k, n))),
    (Sum(v[0] / a, (k, 0, N - 1)), piecewise((Sum(v[0] / a, (k, 0, N - 1)), Ne(a, 0)), (7, True))),
    (Sum(sign(1 / z) * v[k], (k, n)), Sum(sign(z) * v[k], (k, n))),
    (Sum((x**2) ** floor(z) * v[k], (k, n)), Sum(x ** (2 * floor(z)) * v[k], (k, n))),
    (diff(Product(x + k, (k, 0, 1)), x), piecewise((2 * x + 1, Ne(x, 0)), (9, True))),
    (
        diff(Product(x * v[k], (k, n)), x),
        piecewise((n * x ** (n - 1) * Product(v[k], (k, n)), Ne(x, 0)), (9, True)),
    ),
    (diff(Sum(v[k] ** 2, (k, n)), v[ii]), 2 * v[0]),
    (diff(Sum(v[k] ** 2, (k, n)), v[k]), 2 * Sum(v[k], (k, n))),
)


@pytest.mark.parametrize("claim", TRUE_CLAIMS, ids=str)
def test_true_claims_are_proved(claim: tuple[Term, ...]) -> None:
    assert proofs(*claim)


@pytest.mark.parametrize("claim", FALSE_CLAIMS, ids=str)
def test_no_stage_proves_a_false_claim(claim: tuple[Term, ...]) -> None:
    assert not proofs(*claim)


@pytest.mark.parametrize("free", RESERVED, ids=str)
def test_free_indices_are_never_captured_by_canonical_names(free: Term) -> None:
    assert not proofs(Sum(A[k, free], (k, n)), Sum(A[k, k], (k, n)))
    assert not proofs(Product(A[k, free], (k, n)), Product(A[k, k], (k, n)))
    outer = det(by_entries((n, n), lambda i, j: exp(A[i, free] * B[i, j])))
    assert not proofs(outer, det(by_entries((n, n), lambda i, j: exp(A[i, i] * B[i, j]))))
    assert not proofs(outer, det(by_entries((n, n), lambda i, j: exp(A[i, j] * B[i, j]))))


def test_matrices_inside_matrices_keep_their_indices_apart() -> None:
    def nested(row: Callable[[Term, Term], Term]) -> Term:
        def inner(i: Term, j: Term) -> Term:
            return det(by_entries((n, n), lambda g, h: A[row(i, g), g] * B[j, h] + C[g, h]))

        return det(by_entries((n, n), inner))

    assert not proofs(nested(lambda i, g: i), nested(lambda i, g: g))
    assert proofs(nested(lambda i, g: i), nested(lambda i, g: i))


def test_a_range_is_never_taken_from_a_matrix_of_another_size() -> None:
    """The delta lies outside its sum where m < n: equal index names must not make the sizes equal."""
    large = det(by_entries((n, n), lambda i, j: exp(A[i, j]) + Sum(delta(i, k) * v[k], (k, m))))
    small = det(by_entries((m, m), lambda i, j: exp(vm[i] * vm[j])))
    assert not proofs(small * large, small * det(by_entries((n, n), lambda i, j: exp(A[i, j]) + v[i])))
