"""A wrong closed form never passes the comparison with numbers."""

from __future__ import annotations

import pytest

from calcds.diff.check import Disagreement, confirm, points
from calcds.expr.term import ONE
from calcds.notation import *
from tests.diff.cases import A, S, W, X, b, n, r, w, x

WRONG = [
    (x.T*A*x, x, 2*A*x),  # a transpose is missing
    (x.T*A*x, x, A*x + A*x),
    (r.T*r, w, X.T*r),  # a factor is missing
    (r.T*r, w, -2*X.T*r),
    (trace(A*W), W, A),
    (log(det(W)), W, W.I),
    (log(total(exp(x))), x, exp(x)),
    (norm(x), x, x),
    (total(sigmoid(x)), x, sigmoid(x)),
    (trace(A*S), S, A),  # not projected
    (total(relu(x)), x, ones(n)),
    (x.T*x, x, zeros(n)),
]


@pytest.mark.parametrize(("f", "place", "claimed"), WRONG, ids=lambda v: str(v)[:30])
def test_a_wrong_gradient_is_a_loud_error(f: Term, place: Term, claimed: Term) -> None:
    with pytest.raises(Disagreement, match="bug in calcds"):
        confirm(f, place, claimed, "pullback", ONE)


WRONG_JACOBIANS = [
    (A*x, x, A.T),
    (softmax(x), x, diag(softmax(x))),
    (x*(b.T*x), x, x*b.T),
    (A*W, W, kron(A, eye(n))),
]


@pytest.mark.parametrize(("y", "place", "claimed"), WRONG_JACOBIANS, ids=lambda v: str(v)[:30])
def test_a_wrong_jacobian_is_a_loud_error(y: Term, place: Term, claimed: Term) -> None:
    with pytest.raises(Disagreement, match="jacobian"):
        confirm(y, place, claimed, "jacobian")


def test_right_ones_pass() -> None:
    confirm(x.T*A*x, x, (A + A.T)*x, "pullback", ONE)
    confirm(A*x, x, A, "jacobian")


@pytest.mark.parametrize("count", [1, 2, 3, 11, 40])
def test_sizes_are_pairwise_different(count: int) -> None:
    dims = [Dim(f"n{k}") for k in range(count)]
    for env, _ in points(frozenset(dims)):
        assert len({env[d] for d in dims}) == count
        assert min(env[d] for d in dims) >= 2
