"""Shrunk counterexamples stay counterexamples, are small, and name what is missing."""

from __future__ import annotations

import pytest

from calcds.decide.looking import replay
from calcds.decide.question import Question
from calcds.decide.sampling import Finding, compare
from calcds.decide.smallest import cost, shrink, stronger_hypotheses
from calcds.expr.kinds import (
    Complex,
    Dim,
    Function,
    Index,
    Matrix,
    Orthogonal,
    Positive,
    PositiveDefinite,
    Real,
    Symmetric,
    Vector,
)
from calcds.expr.operators import (
    Eq,
    Ne,
    delta,
    det,
    diff,
    function,
    grad,
    jacobian,
    norm,
    softmax,
    total,
    trace,
    zeros,
)
from calcds.expr.term import TRUE, Term, as_term

m, n = Dim("m"), Dim("n")
A, M, N = Matrix[m, n].symbol("A"), Matrix[n, n].symbol("M"), Matrix[n, n].symbol("N")
S, Q, D = Symmetric[n].symbol("S"), Orthogonal[n].symbol("Q"), PositiveDefinite[n].symbol("D")
x, w = Vector[n].symbol("x"), Vector[n].symbol("w")
a, u, v, z = Positive.symbol("a"), Real.symbol("u"), Real.symbol("v"), Complex.symbol("z")
i, j = Index("i"), Index("j")
f, g = Function.symbol("f"), Function.symbol("g")
log, sin, Abs, sign, floor = (function(q) for q in ("log", "sin", "abs", "sign", "floor"))
half = as_term(1) / 2

FALSE = [
    Question(log(u**2), 2 * log(u)),
    Question((u**2) ** half, u),
    Question(u**2 > 0, TRUE),
    Question(Abs(z) ** 2, z * z),
    Question(grad(x.T * M * x, x), 2 * M * x),
    Question(M * N, N * M),
    Question((M * N).I, M.I * N.I),
    Question(det(Q), as_term(1)),
    Question(Q.T, Q),
    Question(x.T * D * x > 0, TRUE),
    Question(diff(f(g(u)), u), f.prime()(u) * g.prime()(u)),
    Question(jacobian(softmax(x), x), zeros(n, n)),
    Question(u / v, as_term(2), (Eq(u, 3 * v),)),
    Question(norm(x), total(x), (Ne(total(x), 0),)),
    Question(delta(i, j), as_term(0)),
]


@pytest.mark.parametrize("question", FALSE, ids=lambda q: str(q.left)[:40])
def test_shrinking_keeps_the_refutation_and_makes_it_simpler(question: Question) -> None:
    found = compare(question)
    small = shrink(question, found)
    assert small.finding is Finding.REFUTED
    assert small.point is not None
    assert found.point is not None
    assert replay(question, small.point)
    assert cost(small.point) <= cost(found.point)
    assert shrink(question, small).counterexample is not None


SMALL = [
    (FALSE[0], {}, {"u": "-1"}),
    (FALSE[2], {}, {"u": "0"}),
    (FALSE[7], {"n": 1}, {"Q": [["-1"]]}),
    (FALSE[8], {"n": 2}, {"Q": [["0", "-1"], ["1", "0"]]}),
    (Question(M.T, M), {"n": 2}, {"M": [["0", "0"], ["1", "0"]]}),
    (Question(A, 2 * A), {"m": 1, "n": 1}, {"A": [["1"]]}),
    (Question(f(u + v), f(u) + f(v)), {}, {"f": "u**2", "u": "1", "v": "1"}),
]


@pytest.mark.parametrize(("question", "sizes", "values"), SMALL, ids=lambda q: str(q)[:40])
def test_the_smallest_counterexample(
    question: Question, sizes: dict[str, int], values: dict[str, object]
) -> None:
    small = shrink(question, compare(question)).counterexample
    assert small is not None
    assert small.sizes == sizes
    assert small.values == values


def test_what_is_not_refuted_is_left_alone() -> None:
    agreed = compare(Question(u + v, v + u))
    assert shrink(Question(u + v, v + u), agreed) is agreed


def test_a_budget_of_no_tries_returns_the_first_refutation() -> None:
    found = compare(FALSE[4])
    assert shrink(FALSE[4], found, tries=0) is found


def test_shrinking_twice_gives_the_same() -> None:
    for question in FALSE[:6]:
        found = compare(question)
        assert shrink(question, found).counterexample == shrink(question, found).counterexample


HOLDS_IF = [
    (Question(log(u**2), 2 * log(u)), "u is nonnegative"),
    (Question((u**2) ** half, u), "u is nonnegative"),
    (Question(u**2 > 0, TRUE), "u is nonzero"),
    (Question(floor(u + v), floor(u) + v), "v is an integer"),
    (Question(sin(as_term(Term("const", (), "pi")) * u), as_term(0)), "u is an integer"),
    (Question(Abs(z) ** 2, z * z), "z is real"),
    (Question(grad(x.T * M * x, x), 2 * M * x), "M is symmetric"),
    (Question(M * N, N * M), "M and N commute"),
    (Question(M.T, M.I), "M is orthogonal"),
    (Question(trace(M * N), trace(M) * trace(N)), "n = 1"),
    (Question(norm(x), as_term(1)), "x is a unit vector"),
    (Question(total(w), as_term(1)), "w is a probability vector"),
    (Question(delta(i, j), as_term(0)), "i != j"),
    (Question(as_term(m), as_term(n)), "m = n"),
]


@pytest.mark.parametrize(("question", "hypothesis"), HOLDS_IF, ids=lambda q: str(q)[:40])
def test_the_missing_hypothesis_is_named(question: Question, hypothesis: str) -> None:
    assert hypothesis in stronger_hypotheses(question)


@pytest.mark.parametrize(
    "question", [Question(sin(2 * u), 2 * sin(u)), Question(S, 2 * S), Question(a, a + 1)], ids=str
)
def test_nothing_helps_a_claim_that_is_just_wrong(question: Question) -> None:
    assert stronger_hypotheses(question) == []


def test_a_hypothesis_that_follows_from_a_named_one_is_not_named() -> None:
    named = stronger_hypotheses(Question((u**2) ** half, u))
    assert "u is positive" not in named
    assert named[0] == "u is nonnegative"
