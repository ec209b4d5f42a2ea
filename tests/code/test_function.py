"""Generated code computes what the term says, shares, is stable, and never hands out memory that is in use."""

from __future__ import annotations

import ast
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import calcds
from calcds.diff.check import points
from calcds.diff.numbers import Scope
from calcds.errors import CalcdsError, Undefined
from calcds.notation import *
from tests.diff.cases import GRADIENTS, HESSIANS, JACOBIANS, A, B, S, W, X, b, f, m, n, s, w, x, y

MORE = [
    (A.I*b, "solve"),
    (A.I.T*b, "solve"),
    (b.T*A.I, "solve"),
    (B*A.I, "solve"),
    (A.I, "inv"),
    (log(total(exp(x))), "max"),
    (softplus(x), "logaddexp"),
    (sigmoid(x), "logaddexp"),
    (log_softmax(x), "max"),
    (X*diag(x), "*"),
    (diag(y)*X*w, "@"),
    (trace(A*B), "vdot"),
    (ones(m)*x.T + X, "+"),
    (X*ones(n), "reduce"),
    (Sum(x[k := Index("k")]*x[k + 1], (k, 0, n - 2)), "arange"),
    (by_entries((n, n), lambda p, q: x[p]/(p + q + 1)), "arange"),
    (piecewise((x, s > 0), (-x, True)), "where"),
    (matrix([s, 1], [s**2, 0]), "array"),
    (kron(A, B), "kron"),
    (A**3 + eye(n), "matrix_power"),
    (norm(x, 1) + norm(A) + norm(x, "oo"), "norm"),
    (Max(x, b), "maximum"),
    (x.T*A*x/(x.T*x), "vdot"),
]  # fmt: skip


def _check(term: Term) -> None:
    arguments = sorted((v for v in term.free if v.data[1].word != "Dim"), key=str)
    function = calcds.to_numpy(term, arguments)
    for env, _ in points(term.free):
        try:
            with np.errstate(all="ignore"):
                expected = np.real(Scope(env).value(term))
        except (Undefined, np.linalg.LinAlgError):
            continue
        if not np.all(np.isfinite(expected)):
            continue
        before = [np.copy(env[a]) for a in arguments]
        found = function(*(env[a] for a in arguments))
        np.testing.assert_allclose(found, expected, rtol=1e-8, atol=1e-10, err_msg=function.source)
        assert np.shape(found) == np.shape(expected)
        for a, old in zip(arguments, before, strict=True):
            np.testing.assert_array_equal(env[a], old, err_msg=f"{a} was overwritten\n{function.source}")
        return
    pytest.fail("no point was found")


DERIVATIVES = [
    (rule, case[0], case[1])
    for rule, cases_ in ((calcds.gradient, GRADIENTS), (calcds.jacobian, JACOBIANS), (calcds.hessian, HESSIANS))
    for case in cases_
]


@pytest.mark.parametrize(("rule", "term", "place"), DERIVATIVES, ids=lambda v: getattr(v, "__name__", str(v))[:30])
def test_generated_derivatives_have_the_value_of_the_term(rule: Any, term: Term, place: Term) -> None:
    found = rule(term, place, verify=False)
    if any(part in str(found) for part in ("f'", "grad(", "hessian(")):
        with pytest.raises(CalcdsError, match=r"undefined|grad|at"):
            calcds.to_numpy(found, tuple(found.free))
    else:
        _check(found)


@pytest.mark.parametrize(("term", "word"), MORE, ids=lambda v: getattr(v, "__name__", str(v))[:30])
def test_generated_code_has_the_value_of_the_term(term: Term, word: str) -> None:
    _check(term)
    arguments = sorted((v for v in term.free if v.data[1].word != "Dim"), key=str)
    assert word in calcds.to_numpy(term, arguments).source


def test_an_inverse_times_something_is_never_formed() -> None:
    source = calcds.to_numpy(A.I*B*x, (A, B, x)).source
    assert "inv" not in source
    assert "solve" in source


def test_equal_parts_are_computed_once() -> None:
    loss = (tanh(X*w) - y).T*(tanh(X*w) - y)
    outputs = (loss, calcds.gradient(loss, w, verify=False))
    assert calcds.to_numpy(outputs, (X, w, y)).source.count("tanh") == 1


@pytest.mark.parametrize("term", [softmax(x), log_softmax(x), log(total(exp(x))), sigmoid(x), softplus(x), log(sigmoid(x)),
                                  log(ones(n) - sigmoid(x))], ids=str)  # fmt: skip
def test_large_arguments_neither_overflow_nor_lose_digits(term: Term) -> None:
    big = np.array([[1000.0], [-1000.0], [0.0], [-50.0]])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        value = calcds.to_numpy(term, (x,))(big)
    assert np.all(np.isfinite(value))


def test_the_left_tail_of_the_sigmoid_keeps_its_digits() -> None:
    value = calcds.to_numpy(sigmoid(s), (s,))(-40.0)
    assert value == pytest.approx(np.exp(-40.0), rel=1e-12)


def test_results_a_caller_holds_are_never_overwritten() -> None:
    g = calcds.to_numpy(2*(A*B), (A, B))
    rng = np.random.default_rng(0)
    kept = []
    for _ in range(6):
        a, c = rng.standard_normal((120, 120)), rng.standard_normal((120, 120))
        kept.append((g(a, c), 2*(a @ c)))
    for found, expected in kept:
        np.testing.assert_allclose(found, expected)


def test_memory_is_used_again_when_nobody_holds_it() -> None:
    g = calcds.to_numpy(A*B + A, (A, B))
    a = np.random.default_rng(0).standard_normal((120, 120))
    places = set()
    for _ in range(8):
        result = g(a, a)
        places.add(result.__array_interface__["data"][0])
    assert len(places) <= 4
    np.testing.assert_allclose(result, a @ a + a)


def test_an_argument_is_never_handed_back_itself() -> None:
    array = np.eye(2)
    assert calcds.to_numpy(A, (A,))(array) is not array


@pytest.mark.parametrize("given", [[[1, 2], [3, 4]], np.array([[1, 2], [3, 4]])], ids=["lists", "integers"])
def test_lists_and_integers_are_converted(given: Any) -> None:
    np.testing.assert_allclose(calcds.to_numpy(A.I*x, (A, x))(given, [1, 1]), [[-1], [1]])


def test_a_column_may_be_one_dimensional() -> None:
    h = calcds.to_numpy(X*w - y, (X, w, y))
    np.testing.assert_allclose(h(np.ones((3, 2)), np.ones(2), np.ones(3)), np.ones((3, 1)))


def test_a_wrong_number_of_arguments_is_said() -> None:
    with pytest.raises(TypeError, match="takes A, x"):
        calcds.to_numpy(A*x, (A, x))(np.eye(2))


def test_a_variable_that_is_not_given_is_refused() -> None:
    with pytest.raises(CalcdsError, match="not among the arguments"):
        calcds.to_numpy(A*x, (x,))


def test_an_undefined_function_is_refused() -> None:
    with pytest.raises(CalcdsError, match="undefined function f"):
        calcds.to_numpy(f(x), (x,))


@pytest.mark.parametrize("name", ["lambda", "np", "a b", "x; import os", "é", "__class__"])
def test_names_become_identifiers(name: str) -> None:
    v = Vector[n].symbol(name)
    function = calcds.to_numpy(v + v, (v,))
    np.testing.assert_allclose(function(np.ones((2, 1))), 2*np.ones((2, 1)))
    ast.parse(function.source)


@pytest.mark.parametrize("dialect", ["numpy", "jax", "torch"])
@pytest.mark.parametrize(("rule", "term", "place"), DERIVATIVES[:20], ids=lambda v: getattr(v, "__name__", str(v))[:30])
def test_text_in_every_dialect_is_python(dialect: str, rule: Any, term: Term, place: Term) -> None:
    found = rule(term, place, verify=False)
    text = calcds.to_numpy(found, tuple(v for v in found.free if v.data[1].word != "Dim")).text(dialect)
    ast.parse(text)
    assert text.startswith("import ")
    if dialect != "numpy":
        assert "np." not in text.replace("jnp.", "")


def test_an_unknown_dialect_is_refused() -> None:
    with pytest.raises(CalcdsError, match="numpy, jax, torch"):
        calcds.to_numpy(x, (x,)).text("fortran")


def test_no_text_is_executed() -> None:
    """Code is compiled from a syntax tree; nothing in the room calls eval or exec."""
    room = Path(calcds.__file__).parent / "code"
    for path in room.glob("*.py"):
        calls = [node.func for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
        assert not {"eval", "exec"} & {c.id for c in calls if isinstance(c, ast.Name)}, path


def test_symmetric_argument() -> None:
    _check(S*x)
    _check(W*x)
