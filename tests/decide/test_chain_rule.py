"""Steps of backpropagation are proved for arbitrary inner functions, and wrong steps never."""

from __future__ import annotations

import pytest

import calcds
from calcds.decide.chain_rule import prove_by_chain_rule
from calcds.decide.prover import Proof
from calcds.expr.term import Term
from calcds.notation import *

n, h, k, m = map(Dim, "nhkm")
x, y, t = Vector[n].symbol("x"), Vector[k].symbol("y"), OneHot[k].symbol("t")
W1, W2, b1, b2 = Matrix[h, n].symbol("W1"), Matrix[k, h].symbol("W2"), Vector[h].symbol("b1"), Vector[k].symbol("b2")
X, H = Matrix[m, n].symbol("X"), OneHotRows[m, k].symbol("H")
S, s, g = Symmetric[n].symbol("S"), Real.symbol("s"), Vector[n].symbol("g")
f = Function.symbol("f")
z1 = W1*x + b1
a1 = tanh(z1)
z2 = W2*a1 + b2
p = softmax(z2)
slope = ones(h) - entry_power(a1, 2)
rows = tanh(X*W1.T + ones(m)*b1.T)
Z = rows*W2.T + ones(m)*b2.T
d2, d1 = p - t, hadamard(W2.T*(p - t), slope)
R, u = Matrix[h, h].symbol("R"), Vector[h].symbol("u")
state = tanh(R*b1 + u)

TRUE_STEPS = [
    (grad(-t.T*log(p), W1), grad(-t.T*log_softmax(z2), W1)),
    (pullback(-t, log_softmax(z2), W1), pullback(d2, z2, W1)),
    (pullback(d2, z2, W1), pullback(W2.T*d2, a1, W1)),
    (pullback(W2.T*d2, a1, W1), pullback(d1, z1, W1)),
    (pullback(d1, z1, W1), d1*x.T),
    (pullback(d1, z1, x), W1.T*d1),
    (grad((z2 - y).T*(z2 - y)/2, b1), pullback(z2 - y, z2, b1)),
    (grad(-total(hadamard(H, log_softmax_rows(Z)))/m, W1), pullback((softmax_rows(Z) - H)/m, Z, W1)),
    (pullback((softmax_rows(Z) - H)/m, Z, W1), pullback((softmax_rows(Z) - H)*W2/m, rows, W1)),
    (pullback(W2.T*d2, f(z1), W1), pullback(hadamard(W2.T*d2, f.prime()(z1)), z1, W1)),
    (pullback(u, R*state + b1, R), u*state.T + pullback(R.T*u, state, R)),
]
FALSE_STEPS = [
    (grad(-t.T*log(p), W1), grad(t.T*log_softmax(z2), W1)),
    (pullback(-t, log_softmax(z2), W1), pullback(p + t, z2, W1)),
    (pullback(d2, z2, W1), pullback(W2.T*(p + t), a1, W1)),
    (pullback(W2.T*d2, a1, W1), pullback(hadamard(W2.T*d2, a1), z1, W1)),
    (pullback(d1, z1, W1), 2*d1*x.T),
    (pullback(d1, z1, x), 2*W1.T*d1),
    (grad((z2 - y).T*(z2 - y)/2, b1), pullback(z2, z2, b1)),
    (grad(-total(hadamard(H, log_softmax_rows(Z)))/m, W1), pullback(softmax_rows(Z) - H, Z, W1)),
    (pullback(W2.T*d2, f(z1), W1), pullback(hadamard(W2.T*d2, f(z1)), z1, W1)),
    (pullback(u, R*state + b1, R), u*state.T),
    (pullback(u, R*state + b1, R), u*state.T + pullback(u, state, R)),
    (grad(g.T*S*g, S), 2*g*g.T),
]


def shown(step: tuple[Term, ...]) -> str:
    return str(step[1])[:40]


@pytest.mark.parametrize("step", TRUE_STEPS, ids=shown)
def test_true_steps_are_proved(step: tuple[Term, Term]) -> None:
    assert isinstance(prove_by_chain_rule(*step, ()), Proof)
    assert calcds.decide(*step).outcome.name == "PROVED"


@pytest.mark.parametrize("step", FALSE_STEPS, ids=shown)
def test_false_steps_are_not(step: tuple[Term, Term]) -> None:
    assert not isinstance(prove_by_chain_rule(*step, ()), Proof)
    assert calcds.decide(*step).outcome.name == "REFUTED"


NOT_OF_THIS_KIND = [
    (x, x),
    (grad(x.T*x, x), grad(g.T*g, g)),
    (grad(grad(x.T*x, x).T*x, x), 4*x),
    (diff(s**2, s)*grad(x.T*x, x), 4*s*x),
    (grad(grad(x.T*x, x).T*g, x), 2*g),
    (pullback(Vector[k].symbol("general_g0"), z2, x), pullback(Vector[k].symbol("general_g0"), z2, x)*1),
]  # fmt: skip


@pytest.mark.parametrize("step", NOT_OF_THIS_KIND, ids=shown)
def test_the_stage_is_silent_about_the_rest(step: tuple[Term, Term]) -> None:
    assert not isinstance(prove_by_chain_rule(*step, ()), Proof)
