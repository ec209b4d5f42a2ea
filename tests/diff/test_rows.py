"""Batches, one sample a row: softmax of every row, one-hot rows, a bias for every row."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import sympy as sp

import calcds
from calcds.decide.entries import Entries
from calcds.diff.normal import normal
from calcds.expr.bridge import from_sympy, to_sympy
from calcds.expr.latex import latex
from calcds.expr.parser import parse_expression
from calcds.expr.term import Term, size
from calcds.notation import *
from calcds.values.evaluate import evaluate
from calcds.values.points import points
from calcds.values.survey import survey

m, n, k, p = map(Dim, "mnkp")
X, W, b, V = Matrix[m, n].symbol("X"), Matrix[n, k].symbol("W"), Vector[k].symbol("b"), Matrix[p, k].symbol("V")
Y, H, G = Matrix[m, k].symbol("Y"), OneHotRows[m, k].symbol("H"), Matrix[m, k].symbol("G")
Q, K, z, c = Matrix[m, n].symbol("Q"), Matrix[p, n].symbol("K"), Vector[k].symbol("z"), Vector[m].symbol("c")
S = softmax_rows(Y)
scores = X*W + ones(m)*b.T

RECOGNISED = [
    (hadamard(exp(Y), entry_power(exp(Y)*ones(k, k), -1)), "softmax_rows(Y)"),
    (hadamard(exp(Y), entry_power(exp(Y)*ones(k), -1)*ones(1, k)), "softmax_rows(Y)"),
    (diag(entry_power(exp(Y)*ones(k), -1))*exp(Y), "softmax_rows(Y)"),
    (exp(Y).T*diag(entry_power(exp(Y)*ones(k), -1)), "softmax_rows(Y).T"),
    (diag(hadamard(c, entry_power(exp(Y)*ones(k), -1)))*hadamard(G, exp(Y)), "diag(c)*hadamard(G, softmax_rows(Y))"),
    (diag(entry_power(exp(Y)*ones(k), -2))*exp(Y), "diag(entry_power(exp(Y)*ones(k), -1))*softmax_rows(Y)"),
    (Y - log(exp(Y)*ones(k))*ones(1, k), "log_softmax_rows(Y)"),
    (Y - log(exp(Y)*ones(k, k)), "log_softmax_rows(Y)"),
    (scores + G - logsumexp_rows(scores)*ones(1, k), "G + log_softmax_rows(X*W + ones(m)*b.T)"),
    (z - logsumexp(z)*ones(k), "log_softmax(z)"),
    (log(S), "log_softmax_rows(Y)"),
    (softmax_rows(Y + c*ones(1, k)), "softmax_rows(Y)"),
    (S*ones(k), "ones(m)"),
    (total(S), "m"),
    (H*ones(k, p), "ones(m, p)"),
]  # fmt: skip
ALIKE = [  # what looks like it and is not
    diag(entry_power(exp(Y)*ones(k), -1))*exp(G),
    hadamard(exp(Y), exp(Y)*ones(k, k)),
    Y - log(exp(G)*ones(k))*ones(1, k),
    Y + log(exp(Y)*ones(k))*ones(1, k),
    softmax_rows(Y + ones(m)*b.T),
]


@pytest.mark.parametrize(("term", "printed"), RECOGNISED, ids=lambda v: str(v)[:40])
def test_rows_are_recognised(term: Term, printed: str) -> None:
    assert str(normal(term)) == printed


@pytest.mark.parametrize("term", ALIKE, ids=str)
def test_what_is_alike_is_left_alone(term: Term) -> None:
    assert str(normal(term)).count("softmax") == str(term).count("softmax")
    assert str(normal(term)) != "softmax_rows(Y)"


GRADIENTS = [
    (-total(hadamard(H, log_softmax_rows(scores)))/m, W, "(1/m)*X.T*(softmax_rows(X*W + ones(m)*b.T) - H)"),
    (-total(hadamard(H, log_softmax_rows(scores))), b, "(softmax_rows(X*W + ones(m)*b.T) - H).T*ones(m)"),
    (-total(hadamard(H, log(softmax_rows(scores)))), X, "(softmax_rows(X*W + ones(m)*b.T) - H)*W.T"),
    (-trace(G.T*log_softmax_rows(Y)), Y, "hadamard(G*ones(k, k), softmax_rows(Y)) - G"),
    (total(logsumexp_rows(X*W)), W, "X.T*softmax_rows(X*W)"),
    (trace(G.T*softmax_rows(Q*K.T)*V), V, "softmax_rows(Q*K.T).T*G"),
    (trace(G.T*softmax_rows(Q*K.T)*V), Q,
     "hadamard(softmax_rows(Q*K.T), G*V.T - hadamard(G*V.T, softmax_rows(Q*K.T))*ones(p, p))*K"),
]  # fmt: skip


@pytest.mark.parametrize(("f", "x", "printed"), GRADIENTS, ids=lambda v: str(v)[:40])
def test_batches_read_as_in_a_textbook(f: Term, x: Term, printed: str) -> None:
    assert str(calcds.gradient(f, x)) == printed


def test_jacobians_of_rows_agree_with_numbers() -> None:
    for value in (softmax_rows(Y), log_softmax_rows(Y)):
        assert calcds.jacobian(value, Y).shape == (size(m*k), size(m*k))
    assert calcds.hessian(total(logsumexp_rows(Y)), Y).shape == (size(m*k), size(m*k))


def test_all_rooms_mean_the_same() -> None:
    """Values, entries, SymPy and generated code of the two words agree; so do the words written out."""
    written_out = {softmax_rows(Y): diag(entry_power(exp(Y)*ones(k), -1))*exp(Y),
                   log_softmax_rows(Y): Y - log(exp(Y)*ones(k))*ones(1, k)}  # fmt: skip
    for word, plain in written_out.items():
        point = next(iter(points(survey((word, plain)))))
        one, other = (np.array([[complex(e) for e in row] for row in evaluate(t, point)]) for t in (word, plain))
        np.testing.assert_allclose(one, other)
        array = np.array([[complex(e).real for e in row] for row in evaluate(Y, point)])
        np.testing.assert_allclose(calcds.to_numpy(word, (Y,))(array), one.real)
        assert calcds.decide(word, plain).outcome.name == "PROVED"
        assert from_sympy(to_sympy(word)).data == word.data
        assert to_sympy(word).shape == tuple(map(to_sympy, (m, k)))
        said = str(word)
        assert parse_expression(said, {"Y": Y}) is word
        assert "rows" in latex(word)


def test_a_single_column_of_rows_is_not_a_column_of_shares() -> None:
    assert calcds.to_numpy(softmax_rows(c), (c,))(np.array([[1.0], [5.0]])).tolist() == [[1.0], [1.0]]
    assert str(Entries().of(softmax_rows(c), Index("i"), Index("j"))).count("Sum") == 1
    assert calcds.decide(softmax_rows(c), softmax(c)).outcome.name == "REFUTED"


REFUTED = [
    (softmax_rows(Y).T, softmax_rows(Y.T)),
    (softmax_rows(Y), exp(Y)/total(exp(Y))),
    (grad(total(hadamard(H, log_softmax_rows(Y))), Y), softmax_rows(Y) - H),
]


@pytest.mark.parametrize(("left", "right"), REFUTED, ids=lambda v: str(v)[:30])
def test_false_claims_about_rows_are_refuted(left: Term, right: Term) -> None:
    assert calcds.decide(left, right).outcome.name == "REFUTED"


def test_a_matrix_is_refused_where_a_column_is_meant_and_the_word_for_rows_is_named() -> None:
    for word in (softmax, log_softmax):
        with pytest.raises(calcds.CalcdsError, match=f"{word.__name__}_rows"):
            word(Y)


def test_plain_sympy_is_understood() -> None:
    M, N, C = sp.symbols("m n k", integer=True, positive=True)
    A, B, T = sp.MatrixSymbol("A", M, N), sp.MatrixSymbol("B", N, C), sp.MatrixSymbol("T", M, C)
    powers: Any = (A*B).applyfunc(sp.exp)
    shares = sp.HadamardProduct(powers, (powers*sp.OneMatrix(C, C)).applyfunc(lambda u: 1/u))
    assert str(calcds.gradient(sp.Trace(T.T*shares), T)) == "SoftmaxRows(A*B)"
    assert str(calcds.gradient(sp.Trace(sp.Identity(M)*shares*B.T*A.T), A, verify=False)).count("exp") == 0
