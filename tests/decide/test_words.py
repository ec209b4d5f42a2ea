"""Matrix words: transposes, inverses, traces, and the facts that kinds state."""

from __future__ import annotations

import pytest

from calcds.decide.prover import Proof, Silence, prove_equal
from calcds.decide.words import prove_words
from calcds.expr.term import Term
from tests.decide.letters import *
from tests.strategies import proofs

A, B, C, Z, D = (Matrix[n, n].symbol(c) for c in "ABCZD")
X, V = Matrix[m, n].symbol("X"), Orthonormal[m, n].symbol("V")
S, Q, J, W = (
    Symmetric[n].symbol("S"),
    Orthogonal[n].symbol("Q"),
    Projection[n].symbol("J"),
    PositiveDefinite[n].symbol("W"),
)
v = Vector[n].symbol("v")

TRUE_CLAIMS = (
    ((A * B).I, B.I * A.I),
    ((A * B * C).T, C.T * B.T * A.T),
    ((A * Z + 3 * C * D).I.T, (A * Z + 3 * C * D).T.I),
    ((2 * A + B).I, (A + B / 2).I / 2),
    ((A * B + C).I.T, ((A * B).T + C.T).I),
    ((eye(m) + X * X.T).I, eye(m) - X * (eye(n) + X.T * X).I * X.T),
    (X * (eye(n) + X.T * X).I, (eye(m) + X * X.T).I * X),
    (trace(A * B * C), trace(C * A * B)),
    (trace(A * B * C), trace(C.T * B.T * A.T)),
    (V.T * V, eye(n)),
    (Q.T * Q, eye(n)),
    (Q * Q.T, eye(n)),
    (J * J * A, J * A),
    (S.T, S),
    (v.T * A * v, v.T * A.T * v),
    (trace(v * v.T), v.T * v),
    ((A.I).I, A),
    (A.T.I, A.I.T),
    (Q.I, Q.T),
    (A.I + B.I, A.I * (A + B) * B.I),
)

FALSE_CLAIMS = (
    ((A * B).I, A.I * B.I),
    ((A * B).T, A.T * B.T),
    ((A + B).I, A.I + B.I),
    ((A * Z + 3 * C * D).I.T, (A * Z + 3 * C * D).T.I / 3),
    ((2 * A + B).I, (A + B / 2).I / 4),
    ((A * B + C).I.T, ((A * B).T + C).I),
    ((eye(m) + X * X.T).I, eye(m) - X * (eye(n) - X.T * X).I * X.T),
    (X * (eye(n) + X.T * X).I, (eye(m) - X * X.T).I * X),
    (A * B, B * A),
    (trace(A * B * C), trace(A * C * B)),
    (trace(A * B), trace(A) * trace(B)),
    (V * V.T, eye(m)),
    (J * A * J, J * A),
    ((S * W).T, S * W),
    (v.T * A * v, v.T * v),
    (trace(v * v.T), 1),
    (A.T, A),
    (A.T.I, A.I),
    (Q.T, Q),
    (X.T * X * (X.T * X).I, zeros(n, n)),
    (A.I + B.I, A.I * (A - B) * B.I),
)


@pytest.mark.parametrize("claim", TRUE_CLAIMS, ids=str)
def test_true_claims_are_proved(claim: tuple[Term, ...]) -> None:
    assert proofs(*claim)


@pytest.mark.parametrize("claim", FALSE_CLAIMS, ids=str)
def test_no_stage_proves_a_false_claim(claim: tuple[Term, ...]) -> None:
    assert not proofs(*claim)


def test_kronecker_products() -> None:
    """Transposes, products and traces go to the factors; the factors do not change places."""
    m, n, k = map(Dim, "mnk")
    A, B, X, Y = Matrix[n, n].symbol("A"), Matrix[m, m].symbol("B"), Matrix[m, n].symbol("X"), Matrix[n, k].symbol("Y")
    assert isinstance(prove_words(kron(X, A).T, kron(X.T, A.T)), Proof)
    assert isinstance(prove_words(kron(X, A) * kron(Y, A), kron(X * Y, A * A)), Proof)
    assert isinstance(prove_words(trace(kron(A, B)), trace(A) * trace(B)), Proof)
    assert isinstance(prove_words(kron(X, A).T, kron(A.T, X.T)), Silence)
    assert isinstance(prove_words(kron(A, A), kron(A, A.T)), Silence)


def test_determinants_of_one_plus_a_product() -> None:
    """Sylvester: the factors may turn around; turning only one of two is wrong."""
    m, n = map(Dim, "mn")
    V, W, u, v = Matrix[m, n].symbol("V"), Matrix[n, m].symbol("W"), Vector[n].symbol("u"), Vector[n].symbol("v")
    assert isinstance(prove_equal(det(eye(m) + V * W), det(eye(n) + W * V)), Proof)
    assert isinstance(prove_equal(det(eye(n) + u * v.T), 1 + v.T * u), Proof)
    assert isinstance(prove_equal(det(eye(n) + u * v.T), v.T * u), Silence)
    assert isinstance(prove_equal(det(eye(m) + V * W), det(eye(n) - W * V)), Silence)


def test_a_symmetric_form_may_be_read_from_both_ends() -> None:
    n = Dim("n")
    S, A, x, y = Symmetric[n].symbol("S"), Matrix[n, n].symbol("A"), Vector[n].symbol("x"), Vector[n].symbol("y")
    assert isinstance(prove_equal(x.T * S * y, y.T * S * x), Proof)
    assert isinstance(prove_equal(x.T * A * y, y.T * A * x), Silence)
