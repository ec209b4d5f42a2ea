"""Symbolic depth: the recursion of delta, its proof by induction, and its agreement with explicit depth."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import sympy as sp

import calcds
from calcds.diff.normal import normal
from calcds.diff.recursion import Recursion
from calcds.expr.term import Term, substitute
from calcds.notation import *

h, k, m, n = map(Dim, "hkmn")
W, b, z = Matrix[k, h].symbol("W"), Vector[k].symbol("b"), Vector[h].symbol("z")
t, y, eps = OneHot[h].symbol("t"), Vector[h].symbol("y"), Positive.symbol("eps")
Z, U, H = Matrix[m, h].symbol("Z"), Matrix[h, k].symbol("U"), OneHotRows[m, h].symbol("H")
V, A = Matrix[h, k].symbol("V"), Matrix[k, h].symbol("A")
sigma = Function.symbol("sigma")
c = z - mean(z)*ones(h)

LAYERS: dict[str, tuple[tuple[Any, ...], str]] = {
    "dense": ((W*sigma(z) + b, z, -t.T*log(softmax(z)), (W, b)), """\
z[l+1] = W[l+1]*sigma(z[l]) + b[l+1]
delta[L] = softmax(z[L]) - t
delta[l] = hadamard(W[l+1].T*delta[l+1], sigma'(z[l])) for l = L-1, ..., 0
grad(loss, W[l+1]) = delta[l+1]*sigma(z[l]).T
grad(loss, b[l+1]) = delta[l+1]"""),
    "relu": ((W*relu(z) + b, z, (z - y).T*(z - y)/2, (W, b)), """\
z[l+1] = W[l+1]*relu(z[l]) + b[l+1]
delta[L] = z[L] - y
delta[l] = hadamard(W[l+1].T*delta[l+1], heaviside(z[l])) for l = L-1, ..., 0
grad(loss, W[l+1]) = delta[l+1]*relu(z[l]).T
grad(loss, b[l+1]) = delta[l+1]"""),
    "rows": ((tanh(Z)*U + ones(m)*b.T, Z, -total(hadamard(H, log_softmax_rows(Z)))/m, (U, b)), """\
Z[l+1] = tanh(Z[l])*U[l+1] + ones(m)*b[l+1].T
delta[L] = (1/m)*(softmax_rows(Z[L]) - H)
delta[l] = hadamard(delta[l+1]*U[l+1].T, ones(m, h) - entry_power(tanh(Z[l]), 2)) for l = L-1, ..., 0
grad(loss, U[l+1]) = tanh(Z[l]).T*delta[l+1]
grad(loss, b[l+1]) = delta[l+1].T*ones(m)"""),
    "residual": ((z + V*tanh(A*z), z, (z - y).T*(z - y)/2, V), """\
z[l+1] = z[l] + V[l+1]*tanh(A*z[l])
delta[L] = z[L] - y
delta[l] = delta[l+1] + A.T*hadamard(V[l+1].T*delta[l+1], ones(k) - entry_power(tanh(A*z[l]), 2)) for l = L-1, ..., 0
grad(loss, V[l+1]) = delta[l+1]*tanh(A*z[l]).T"""),
    "normalised": ((W*c/sqrt(c.T*c/h + eps), z, norm(z), W), ""),
}  # fmt: skip


@pytest.mark.parametrize("layer", LAYERS)
def test_the_recursion_prints_as_in_a_textbook(layer: str) -> None:
    parts, printed = LAYERS[layer]
    found = str(calcds.recursion(*parts))
    assert found == printed or not printed


@pytest.mark.parametrize("layer", LAYERS)
def test_the_induction_is_proved(layer: str, tmp_path: Path) -> None:
    path = tmp_path / "layers.py"
    path.write_text(calcds.recursion(*LAYERS[layer][0]).derivation_file())
    outcomes = [str(result.outcome) for result in calcds.verify([path])]
    assert len(outcomes) >= 5
    assert set(outcomes) == {"proved"}


SPOILED = [
    ("W.T*", "2*W.T*"),
    ("sigma.prime()(z)", "sigma(z)"),
    ("softmax(z) - t", "softmax(z) + t"),
    ("*sigma(z).T", "*sigma(z).T*2"),
]


@pytest.mark.parametrize(("right", "wrong"), SPOILED)
def test_a_wrong_rule_is_refuted(right: str, wrong: str, tmp_path: Path) -> None:
    text = calcds.recursion(*LAYERS["dense"][0]).derivation_file()
    assert right in text
    path = tmp_path / "layers.py"
    path.write_text(text.replace(right, wrong))
    assert "refuted" in {str(result.outcome) for result in calcds.verify([path])}


def _unrolled(found: Recursion, depth: int) -> tuple[Term, list[dict[Term, Term]]]:
    """The loss of a network of explicit depth, and the gradients that the recursion gives, last layer first."""
    names = [{p: p.data[1].symbol(f"{p.data[0]}{layer}") for p in found.parameters} for layer in range(depth)]
    states = [found.state]
    for own in names:
        states.append(substitute(found.step, {**own, found.state: states[-1]}))
    delta = substitute(found.last, {found.state: states[-1]})
    gradients = []
    for layer in range(depth - 1, -1, -1):
        here = {**names[layer], found.state: states[layer], found.delta: delta}
        gradients.append({names[layer][p]: substitute(g, here) for p, g in zip(found.parameters, found.gradients, strict=True)})
        delta = substitute(found.back, here)
    gradients.append({found.state: delta})
    return substitute(found.loss, {found.state: states[-1]}), gradients


@pytest.mark.parametrize("depth", [1, 2, 4])
def test_explicit_depth_gives_the_same_terms(depth: int) -> None:
    M, a, x, target = Matrix[n, n].symbol("M"), Vector[n].symbol("a"), Vector[n].symbol("x"), Vector[n].symbol("y")
    found = calcds.recursion(M*tanh(x) + a, x, (x - target).T*(x - target)/2, (M, a))
    loss, by_layers = _unrolled(found, depth)
    for gradients in by_layers:
        for place, g in gradients.items():
            assert calcds.gradient(loss, place) is normal(g)


REFUSED = [
    ((b, z, z.T*z, ()), "does not depend on z"),
    ((W*z, z, z.T*z, b), "does not depend on b"),
    ((W*z, z, z.T*W.T*W*z, W), "belongs to a layer"),
    ((W*z, z, z, W), "a loss is a number"),
    ((W*z, 2*z, z.T*z, W), "not a variable"),
]


@pytest.mark.parametrize(("parts", "said"), REFUSED, ids=lambda v: str(v)[:30])
def test_what_is_no_recursion_is_refused(parts: tuple[Any, ...], said: str) -> None:
    with pytest.raises(calcds.CalcdsError, match=said):
        calcds.recursion(*parts)


def test_sympy_comes_in_and_latex_goes_out() -> None:
    N0, N1 = sp.symbols("n0 n1", integer=True, positive=True)
    a, w, goal = sp.MatrixSymbol("a", N0, 1), sp.MatrixSymbol("w", N1, N0), sp.MatrixSymbol("y", N0, 1)
    found = calcds.recursion((w*a).applyfunc(sp.tanh), a, sp.Trace((a - goal).T*(a - goal))/2, w)
    assert "delta[L] = a[L] - y" in str(found)
    assert r"\delta_{l} &= w_{l+1}^{\top}" in found._repr_latex_()
    assert found._repr_latex_().count(r"\\ ") == 3
