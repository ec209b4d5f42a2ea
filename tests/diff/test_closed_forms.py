"""Closed forms are the ones a textbook prints, and they agree with numbers."""

from __future__ import annotations

from typing import Any

import pytest

import calcds
from calcds.expr.term import Term, subterms
from calcds.notation import *

from calcds.diff import gradient, hessian, jacobian, resolve  # isort: skip  (the functions, not the words of the notation)
from tests.diff.cases import GRADIENTS, HESSIANS, JACOBIANS, A, W, X, b, i, lam, m, n, s, w, x, y


@pytest.mark.parametrize(("f", "place", "printed"), GRADIENTS, ids=lambda v: str(v)[:40])
def test_a_gradient_reads_as_in_a_textbook(f: Term, place: Term, printed: str) -> None:
    assert str(calcds.gradient(f, place)) == printed


@pytest.mark.parametrize(("y", "place", "printed"), JACOBIANS, ids=lambda v: str(v)[:40])
def test_a_jacobian_reads_as_in_a_textbook(y: Term, place: Term, printed: str) -> None:
    assert str(calcds.jacobian(y, place)) == printed


@pytest.mark.parametrize(("f", "place", "printed"), HESSIANS, ids=lambda v: str(v)[:40])
def test_a_hessian_reads_as_in_a_textbook(f: Term, place: Term, printed: str) -> None:
    assert str(calcds.hessian(f, place)) == printed


@pytest.mark.parametrize(("f", "place", "_"), GRADIENTS, ids=lambda v: str(v)[:40])
def test_the_same_input_gives_the_same_object(f: Term, place: Term, _: Any) -> None:
    assert gradient(f, place) is gradient(f, place)


@pytest.mark.parametrize(("f", "place", "_"), GRADIENTS, ids=lambda v: str(v)[:40])
def test_a_gradient_has_the_shape_of_its_variable(f: Term, place: Term, _: Any) -> None:
    assert gradient(f, place).shape == place.shape


def test_a_gradient_in_one_entry_is_the_entry_of_the_gradient() -> None:
    assert str(calcds.gradient(x.T*x, x[i])) == "2*x[i]"


def test_a_small_matrix_of_stated_size_is_written_out() -> None:
    u = Vector[2].symbol("u")
    assert str(calcds.gradient(u[0]**2 + 3*u[0]*u[1], u)) == "matrix([2*u[0] + 3*u[1]], [3*u[0]])"


def test_nested_derivatives_are_done_from_the_inside() -> None:
    assert str(resolve(grad(grad(x.T*A*x, x).T*b, x))) == "(A + A.T)*b"
    assert str(resolve(at(grad(x.T*x, x), x, b))) == "2*b"


def test_pullback_is_the_transposed_jacobian() -> None:
    d = Vector[n].symbol("d")
    assert str(calcds.pullback(d, W*x, x)) == "W.T*d"
    p = softmax(x)
    assert calcds.pullback(d, p, x) is hadamard(d, p) - (d.T*p)*p


def test_a_condition_alone_has_derivative_zero() -> None:
    assert str(calcds.gradient(s**0*piecewise((1, s > 0), (0, True)), s)) == "0"


def test_a_parameter_inside_a_functions_body_is_not_forgotten() -> None:
    phi = named("phi", lambda u: piecewise((u, u > 0), (s*u, True)))
    assert gradient(b.T*phi(x), s).head != "num"
    calcds.gradient(b.T*phi(x), s)  # and it agrees with numbers


def _network(depth: int) -> tuple[Term, Term]:
    a = x
    for layer in range(1, depth + 1):
        a = tanh(Matrix[n, n].symbol(f"W{layer}")*a + Vector[n].symbol(f"b{layer}"))
    return (a - b).T*(a - b)/2, Matrix[n, n].symbol("W1")


def test_the_graph_of_a_networks_gradient_grows_by_the_same_amount_each_layer() -> None:
    sizes = {depth: len(list(subterms(gradient(*_network(depth))))) for depth in (5, 10, 20, 40)}
    per_layer = (sizes[10] - sizes[5])/5
    assert sizes[20] - sizes[10] == 10*per_layer
    assert sizes[40] - sizes[20] == 20*per_layer
    assert per_layer < 15


def test_fifty_layers_are_checked_too() -> None:
    calcds.gradient(*_network(50))


# -- refusals: never 0, never a guess --------------------------------------------------------------------------

REFUSED = [
    (gamma(s)*0 + norm(x, "oo"), x, "largest absolute value"),
    (limit(s*w[0], s, 0), w, "limit"),
    (binomial(s, 2), s, "binomial"),
    (Sum(x[i], (i, 0, Integer.symbol("q"))), Integer.symbol("q"), "whole number"),
    (x, x, "gradient is of a scalar"),
    (x.T*x, x.T, "one differentiates in a variable"),
]  # fmt: skip


@pytest.mark.parametrize(("f", "place", "said"), REFUSED, ids=lambda v: str(v)[:30])
def test_what_has_no_rule_is_refused_by_name(f: Term, place: Term, said: str) -> None:
    with pytest.raises(calcds.CalcdsError, match=said):
        calcds.gradient(f, place)


def test_a_function_without_a_real_value_is_not_returned_unchecked() -> None:
    with pytest.raises(calcds.CalcdsError, match="verify=False"):
        calcds.gradient(log(-x.T*x - 1), x)
    assert str(calcds.gradient(log(-x.T*x - 1), x, verify=False)) == "2/(x.T*x + 1)*x"


def test_positive_and_full_rank_sizes_are_respected() -> None:
    F = FullRank[m, n].symbol("F")
    calcds.gradient(y.T*F*(F.T*F).I*F.T*y, y)
    calcds.gradient(log(lam), lam)
    assert X.shape == (m, n)
    assert w.shape == (n, 1)


def test_jacobian_of_an_unwritable_map_is_refused() -> None:
    with pytest.raises(calcds.CalcdsError, match="linear map"):
        jacobian(kron(W, A), W)


def test_a_hessian_in_an_entry_is_refused() -> None:
    with pytest.raises(calcds.CalcdsError, match="diff"):
        calcds.hessian(x.T*x, x[i])
    assert hessian(x.T*x, x).shape == (n, n)
