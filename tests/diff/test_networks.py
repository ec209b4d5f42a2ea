"""Gradients of networks are those of a textbook: the same term as backpropagation written by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import sympy as sp

import calcds
from calcds.diff.normal import normal
from calcds.expr.bridge import Bridge
from calcds.expr.term import Term, subterms
from calcds.notation import *

m, n, h, k, q, length = map(Dim, ("m", "n", "h", "k", "q", "l"))
x, X, eps = Vector[n].symbol("x"), Matrix[m, n].symbol("X"), Positive.symbol("eps")
target, hot, hots = Vector[n].symbol("y"), OneHot[n].symbol("t"), OneHotRows[m, n].symbol("T")
Parts = tuple[Term, dict[str, Term], dict[str, Term]]  # loss, its variables, their gradients


def _slope(name: str, z: Term) -> Term:
    """The derivative as an author writes it, from the value."""
    a = ACTIVATIONS[name](z)
    return {"tanh": ones(*z.shape) - entry_power(a, 2), "sigmoid": hadamard(a, ones(*z.shape) - a),
            "relu": heaviside(z), "f": F.prime()(z)}[name]  # fmt: skip


F = Function.symbol("f")
ACTIVATIONS: dict[str, Callable[[Any], Term]] = {"tanh": tanh, "sigmoid": sigmoid, "relu": relu, "f": F}


def _by_hand(depth: int, name: str, loss: str) -> Parts:
    """z_l = W_l a_{l-1} + b_l; delta_l = W_{l+1}.T delta_{l+1} o s'(z_l); dW_l = delta_l a_{l-1}.T; db_l = delta_l."""
    weights = [Matrix[n, n].symbol(f"W{layer}") for layer in range(1, depth + 1)]
    biases = [Vector[n].symbol(f"b{layer}") for layer in range(1, depth + 1)]
    values, scores = [x], []
    for layer, (W, b) in enumerate(zip(weights, biases, strict=True)):
        scores.append(W*values[-1] + b)
        values.append(ACTIVATIONS[name](scores[-1]) if layer < depth - 1 else scores[-1])
    z = scores[-1]
    if loss == "squared":
        f, delta = (z - target).T*(z - target)/2, z - target
    else:
        f, delta = -hot.T*log(softmax(z)), softmax(z) - hot
    gradients: dict[str, Term] = {}
    for layer in range(depth, 0, -1):
        gradients[f"W{layer}"], gradients[f"b{layer}"] = delta*values[layer - 1].T, delta
        delta = weights[layer - 1].T*delta
        if layer > 1:
            delta = hadamard(delta, _slope(name, scores[layer - 2]))
    gradients["x"] = delta
    return f, {str(v): v for v in (*weights, *biases, x)}, gradients


@pytest.mark.parametrize("loss", ["squared", "entropy"])
@pytest.mark.parametrize("name", ACTIVATIONS)
@pytest.mark.parametrize("depth", [1, 2, 3, 5])
def test_any_depth_every_variable(depth: int, name: str, loss: str) -> None:
    f, variables, by_hand = _by_hand(depth, name, loss)
    for word, variable in variables.items():
        found = calcds.gradient(f, variable)
        assert found is normal(by_hand[word]), word


def test_a_wrong_backpropagation_is_another_term() -> None:
    f, variables, by_hand = _by_hand(3, "tanh", "squared")
    assert calcds.gradient(f, variables["W1"], verify=False) is not normal(2*by_hand["W1"])
    assert calcds.gradient(f, variables["W2"], verify=False) is not normal(by_hand["W2"].T)


W1, W2 = Matrix[n, h].symbol("W1"), Matrix[h, n].symbol("W2")
c1, c2 = Vector[h].symbol("c1"), Vector[n].symbol("c2")
A1 = tanh(X*W1 + ones(m)*c1.T)
D2 = softmax_rows(A1*W2 + ones(m)*c2.T) - hots
D1 = hadamard(D2*W2.T, ones(m, h) - entry_power(A1, 2))
BATCH = -total(hadamard(hots, log_softmax_rows(A1*W2 + ones(m)*c2.T)))/m


@pytest.mark.parametrize(("place", "by_hand"), [
    (W2, A1.T*D2/m), (c2, D2.T*ones(m)/m), (W1, X.T*D1/m), (c1, D1.T*ones(m)/m), (X, D1*W1.T/m),
], ids=["W2", "c2", "W1", "c1", "X"])  # fmt: skip
def test_a_batch_stays_in_the_rows_of_its_author(place: Term, by_hand: Term) -> None:
    assert calcds.gradient(BATCH, place) is normal(by_hand)


def test_the_rows_of_pytorch_stay_too() -> None:
    V1 = Matrix[h, n].symbol("V1")
    named_ = calcds.gradient(total(tanh(X*V1.T + ones(m)*c1.T)), V1, named=True)
    assert str(named_.definitions[0][1]) == "X*V1.T + ones(m)*c1.T" or "X*V1.T" in str(named_)


# -- other layers: printed with their names --------------------------------------------------------------------

c = x - mean(x)*ones(n)
layer_norm = c/sqrt(c.T*c/n + eps)
v, gain, V = Vector[n].symbol("v"), Vector[n].symbol("g"), Matrix[m, n].symbol("V")
C = X - ones(m, m)*X/m
batch_norm = hadamard(C, ones(m)*entry_power(ones(1, m)*hadamard(C, C)/m + eps*ones(1, n), Rational(-1, 2)))
P, Q = Matrix[n, length].symbol("P"), Matrix[n, length].symbol("Q")
attention = softmax_rows(X*P*Q.T*X.T/sqrt(length))*X
U, H, s0 = Matrix[h, n].symbol("U"), Matrix[h, h].symbol("H"), Vector[h].symbol("s0")
x1, x2, u = Vector[n].symbol("x1"), Vector[n].symbol("x2"), Vector[h].symbol("u")
recurrent = tanh(H*tanh(H*s0 + U*x1) + U*x2)
block = x + W1*relu(W2*x + c1)

LAYERS = {
    "layer normalisation": (v.T*layer_norm, x, """\
let u1 = x - total(x)/n*ones(n)
let u2 = (1/n)*u1.T*u1 + eps
u2**(-1/2)*(v - (v.T*u1)/n/u2*u1 - total(v)/n*ones(n))"""),
    "batch normalisation": (trace(V.T*batch_norm), X, """\
let u1 = X - (1/m)*ones(m, m)*X
let u2 = (1/m)*ones(1, m)*entry_power(u1, 2) + eps*ones(1, n)
let delta = hadamard(diagonal(u1.T*V).T, entry_power(u2, -3/2))
-(1/m)*u1*diag(delta.T) + (V - (1/m)*ones(m, m)*V)*diag(entry_power(u2, -1/2).T)"""),
    "attention": (trace(V.T*attention), P, """\
let z1 = l**(-1/2)*X*P*Q.T*X.T
let p = softmax_rows(z1)
let u1 = V*X.T
let delta = hadamard(p, u1 - hadamard(u1, p)*ones(m, m))
l**(-1/2)*X.T*delta*X*Q"""),
    "recurrent": (u.T*recurrent, H, """\
let z1 = H*s0 + U*x1
let a1 = tanh(z1)
let delta2 = hadamard(u, ones(h) - entry_power(tanh(H*a1 + U*x2), 2))
let delta1 = hadamard(H.T*delta2, ones(h) - entry_power(a1, 2))
delta2*a1.T + delta1*s0.T"""),
    "residual": ((block - target).T*(block - target)/2, W2, """\
let z1 = W2*x + c1
let delta2 = x + W1*relu(z1) - y
let delta1 = hadamard(W1.T*delta2, heaviside(z1))
delta1*x.T"""),
}  # fmt: skip


@pytest.mark.parametrize("layer", LAYERS)
def test_a_layer_prints_with_named_parts(layer: str) -> None:
    f, place, printed = LAYERS[layer]
    assert str(calcds.gradient(f, place, named=True)) == printed


def test_the_layer_normalisation_has_a_short_jacobian() -> None:
    found = calcds.jacobian(layer_norm, x)
    assert sum(t.head == "eye" for t in subterms(found)) == 1


@pytest.mark.parametrize("rows", ["X*W", "X*W.T", "W*X"])
def test_one_orientation_where_sympy_has_two(rows: str) -> None:
    """SymPy takes transposes inward: (tanh(X*W) - Y).T is tanh(W.T*X.T) - Y.T there."""
    M, N, H_ = sp.symbols("m n h", integer=True, positive=True)
    data = sp.MatrixSymbol("X", N, M) if rows == "W*X" else sp.MatrixSymbol("X", M, N)
    weights = sp.MatrixSymbol("W", *((N, H_) if rows == "X*W" else (H_, N)))
    bias, out = sp.MatrixSymbol("b", H_, 1), sp.MatrixSymbol("V", *((H_, H_)))
    scores = {"X*W": lambda: data*weights, "X*W.T": lambda: data*weights.T, "W*X": lambda: weights*data}[rows]()
    shift = bias*sp.OneMatrix(1, M) if rows == "W*X" else sp.OneMatrix(M, 1)*bias.T
    hidden = (scores + shift).applyfunc(sp.tanh)
    r = (out*hidden if rows == "W*X" else hidden*out) - sp.MatrixSymbol("Y", *hidden.shape)
    for place in (weights, bias, data, out):
        terms = list(subterms(Bridge(found := calcds.gradient(sp.Trace(r.T*r)/2, place)).term(found)))
        assert sum(t.head == "fn" for t in terms) == 1, place
