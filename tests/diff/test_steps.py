"""Steps are lines that all have one value, and the file they make passes `calcds verify`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

import calcds
from calcds.diff import resolve
from calcds.diff.check import points
from calcds.diff.naming import name_parts
from calcds.diff.numbers import Scope
from calcds.diff.steps import derivation_file, steps
from calcds.notation import *
from tests.diff.cases import GRADIENTS, A, S, W, b, n, r, t, w, x

SHOWN = [(x.T*A*x, x), (r.T*r/2, w), (-t.T*log(softmax(W*x + b)), W), (norm(x)*exp(b.T*x), x), (log(det(W)), W)]


@pytest.mark.parametrize(("f", "place"), SHOWN, ids=lambda v: str(v)[:30])
def test_every_line_has_the_value_of_the_first(f: Term, place: Term) -> None:
    lines = steps(f, place)
    values = [resolve(step.value) for step in lines]
    assert lines[0].reason == ""
    assert all(step.reason for step in lines[1:])
    symbols = frozenset().union(*(v.free for v in values))
    for env, _ in points(symbols):
        with np.errstate(all="ignore"):
            found = [np.asarray(Scope(env).value(v)) for v in values]
        if all(np.all(np.isfinite(v)) for v in found):
            for other in found[1:]:
                np.testing.assert_allclose(found[0], other, rtol=1e-8)
            return
    pytest.fail("no point was found")


W1, W2, b1, X = Matrix[n, n].symbol("W1"), Matrix[n, n].symbol("W2"), Vector[n].symbol("b1"), Matrix[Dim("m"), n].symbol("X")
score = W2*tanh(W1*x + b1) + b
batch = tanh(X*W1 + ones(Dim("m"))*b1.T)*W2
hot = OneHotRows[Dim("m"), n].symbol("H")
VERIFIED = [
    *SHOWN,
    (-t.T*log(softmax(score)), W1),
    (-t.T*log(softmax(score)), x),
    ((score - w).T*(score - w)/2, b1),
    (-total(hadamard(hot, log_softmax_rows(batch)))/Dim("m"), W1),
    (w.T*tanh(W1*tanh(W1*x + b) + b), W1),
    (trace(A*S), S),
]  # fmt: skip


@pytest.mark.parametrize(("f", "place"), VERIFIED, ids=lambda v: str(v)[:30])
def test_the_file_is_proved_line_by_line(f: Term, place: Term, tmp_path: Path) -> None:
    path = tmp_path / "steps.py"
    path.write_text(derivation_file(f, place))
    outcomes = [str(result.outcome) for result in calcds.verify([path])]
    assert outcomes
    assert set(outcomes) == {"proved"}


def test_a_spoiled_file_is_not(tmp_path: Path) -> None:
    path = tmp_path / "steps.py"
    path.write_text(derivation_file(x.T*A*x, x).replace("(A + A.T)*x", "2*A*x"))
    assert "refuted" in {str(result.outcome) for result in calcds.verify([path])}


def test_names_of_a_network() -> None:
    W1, W2, b1, b2 = Matrix[n, n].symbol("W1"), Matrix[n, n].symbol("W2"), Vector[n].symbol("b1"), Vector[n].symbol("b2")
    loss = -t.T*log(softmax(W2*tanh(W1*x + b1) + b2))
    named_ = calcds.gradient(loss, W1, named=True)
    assert [str(name) for name, _ in named_.definitions] == ["z1", "a1", "delta2", "delta1"]
    assert str(named_.result) == "delta1*x.T"
    assert "delta2 = softmax(W2*a1 + b2) - t" in str(named_)
    assert named_._repr_latex_().startswith("$\\displaystyle")


@pytest.mark.parametrize("case", GRADIENTS, ids=lambda c: str(c[0])[:40])
def test_names_put_back_give_the_result(case: Any) -> None:
    from calcds.expr.term import substitute

    f, place, _ = case
    found = calcds.gradient(f, place, verify=False)
    split = name_parts(found, f)
    whole = split.result
    for name, value in reversed(split.definitions):
        whole = substitute(whole, {name: value})
    assert whole is found
