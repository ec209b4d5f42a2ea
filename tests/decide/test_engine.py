"""The engine as a whole: right claims come out proved, wrong ones refuted with a counterexample that replays."""

from __future__ import annotations

import pickle
from collections.abc import Callable

import pytest

from calcds.decide import engine
from calcds.decide.engine import STAGES, Stage, decide_condition, decide_equations, decide_terms
from calcds.decide.looking import replay
from calcds.decide.prover import Proof, Silence
from calcds.decide.question import Question
from calcds.decide.resolve import resolve
from calcds.decide.sampling import Comparison, Finding, compare
from calcds.decide.verdict import Outcome
from calcds.errors import Malformed, ShapeError
from calcds.expr.term import TRUE, Term, as_term, number, subterms
from calcds.notation import *

m, n = map(Dim, "mn")
x, y, z = map(Real.symbol, "xyz")
p, q = map(Positive.symbol, "pq")
u, v = (Vector[n].symbol(name) for name in "uv")
A, B = (Matrix[n, n].symbol(name) for name in "AB")
S = Symmetric[n].symbol("S")
K = Invertible[n].symbol("K")
X = FullRank[m, n].symbol("X")
b = Vector[m].symbol("b")
f = Function.symbol("f")
k = Index("k")

TRUE_CLAIMS = [
    ("binomial", (x + y) ** 2, x**2 + 2 * x * y + y**2),
    ("product rule", diff(x * f(x), x), f(x) + x * diff(f(x), x)),
    ("two branches", sqrt(x**2), abs(x)),
    ("log of a product", log(p * q), log(p) + log(q)),
    ("double angle", sin(2 * x), 2 * sin(x) * cos(x)),
    ("quadratic form", grad(u.T * A * u, u), (A + A.T) * u),
    ("symmetric quadratic form", grad(u.T * S * u, u), 2 * S * u),
    ("cyclic trace", trace(A * B), trace(B * A)),
    ("log det", grad(log(det(K)), K), K.I.T),
    ("hat matrix", X * (X.T * X).I * X.T * X, X),
    ("softmax", jacobian(softmax(u), u), diag(softmax(u)) - softmax(u) * softmax(u).T),
    ("whole numbers", Sum(k, (k, 1, n)), n * (n + 1) / 2),
    ("geometric", Sum(2**k, (k, n)), 2**n - 1),
    ("kink", diff(abs(x), x), sign(x)),
    ("limit", limit(sin(x) / x, x, 0), as_term(1)),
    ("integral", integral(x**2, (x, 0, 1)), as_term(1) / 3),
    ("rounded", E + 0, as_term(2.71828)),
    ("up to a constant", integral(2 * x, x), x**2 + 5),
]
FALSE_CLAIMS = [
    ("square of a sum", (x + y) ** 2, x**2 + y**2),
    ("forgotten product rule", diff(x * f(x), x), diff(f(x), x)),
    ("one branch", sqrt(x**2), x),
    ("log of a product of any two numbers", log(x * y), log(x) + log(y)),
    ("double angle without 2", sin(2 * x), sin(x) * cos(x)),
    ("forgotten transpose", grad(u.T * A * u, u), 2 * A * u),
    ("twice too small", grad(u.T * S * u, u), S * u),
    ("traces do not multiply", trace(A * B), trace(A) * trace(B)),
    ("log det without transpose", grad(log(det(K)), K), K.I),
    ("hat matrix is not 1", X * (X.T * X).I * X.T * b, b),
    ("softmax without diagonal", jacobian(softmax(u), u), softmax(u) * softmax(u).T),
    ("one too many", Sum(k, (k, 1, n)), n * (n + 1) / 2 + n),
    ("geometric, last term", Sum(2**k, (k, n)), 2**n),
    ("wrong side of the kink", diff(abs(x), x), as_term(1)),
    ("limit of the reciprocal", limit(sin(x) / x, x, 0), as_term(0)),
    ("integral", integral(x**2, (x, 0, 1)), as_term(1) / 2),
    ("wrong digit", E + 0, as_term(2.71829)),
    ("wrong antiderivative", integral(2 * x, x), x**3),
]


@pytest.mark.parametrize(("left", "right"), [c[1:] for c in TRUE_CLAIMS], ids=[c[0] for c in TRUE_CLAIMS])
def test_a_true_claim_is_proved(left: Term, right: Term) -> None:
    verdict = decide_terms(left, right)
    assert verdict.outcome is Outcome.PROVED, verdict
    assert verdict.stage
    assert verdict.counterexample is None


@pytest.mark.parametrize(("left", "right"), [c[1:] for c in FALSE_CLAIMS], ids=[c[0] for c in FALSE_CLAIMS])
def test_a_false_claim_is_refuted(left: Term, right: Term) -> None:
    verdict = decide_terms(left, right)
    assert verdict.outcome is Outcome.REFUTED, verdict
    assert verdict.counterexample is not None


REPLAYED = [c for c in FALSE_CLAIMS if not any(t.head == "antideriv" for t in subterms(c[1]))]


@pytest.mark.parametrize(("left", "right"), [c[1:] for c in REPLAYED], ids=[c[0] for c in REPLAYED])
def test_a_refutation_replays(left: Term, right: Term) -> None:
    question = resolve(Question(left, right)) or Question(left, right)
    point = compare(question).point
    assert point is not None
    assert replay(question, point)


@pytest.mark.parametrize(("left", "right"), [c[1:] for c in TRUE_CLAIMS + FALSE_CLAIMS])
def test_deciding_is_symmetric(left: Term, right: Term) -> None:
    assert decide_terms(left, right).outcome is decide_terms(right, left).outcome


@pytest.mark.parametrize(("left", "right"), [c[1:] for c in TRUE_CLAIMS[:-2] + FALSE_CLAIMS[:-2]])
def test_adding_the_same_to_both_sides_changes_nothing(left: Term, right: Term) -> None:
    more = f(x) * x if left.is_scalar else left * 3
    assert decide_terms(left + more, right + more).outcome is decide_terms(left, right).outcome


def test_the_verdict_names_the_hypothesis_that_would_mend_the_claim() -> None:
    assert "A is symmetric" in decide_terms(grad(u.T * A * u, u), 2 * A * u).holds_if


def test_a_verdict_travels_between_processes() -> None:
    verdict = decide_terms(grad(u.T * A * u, u), 2 * A * u)
    again = pickle.loads(pickle.dumps(verdict))  # noqa: S301
    assert again == verdict
    assert again.holds_if == verdict.holds_if


def test_a_missing_hypothesis_on_the_rank_makes_the_claim_malformed() -> None:
    M = Matrix[m, n].symbol("M")
    verdict = decide_terms(M.T * M * (M.T * M).I, eye(n))
    assert verdict.outcome is Outcome.MALFORMED
    assert "FullRank" in verdict.detail


def test_a_claim_under_hypotheses_that_nothing_meets_is_vacuous() -> None:
    verdict = decide_terms(x, x + 1, (x > 0, x < 0))
    assert verdict.outcome is Outcome.UNDECIDED
    assert "vacuous" in verdict.detail


def test_a_claim_about_what_is_nowhere_defined_is_not_proved() -> None:
    assert decide_terms(1 / (x - x), 1 / (x - x) + 1).outcome is Outcome.UNDECIDED


def test_hypotheses_are_used() -> None:
    assert decide_terms(sqrt(x**2), x).outcome is Outcome.REFUTED
    assert decide_terms(sqrt(x**2), x, (x > 0,)).outcome is Outcome.PROVED


CONDITIONS_TRUE = [x**2 >= 0, exp(x) > 0, x**2 + y**2 >= 2 * x * y, abs(x) >= x, Ne(exp(x), 0)]
CONDITIONS_FALSE = [x**2 > 0, exp(x) > 1, x**2 + y**2 > 2 * x * y, abs(x) > x, Ne(x, 0)]


@pytest.mark.parametrize("condition", CONDITIONS_TRUE, ids=str)
def test_a_true_condition_is_never_refuted_and_mostly_proved(condition: Term) -> None:
    assert decide_condition(condition).outcome in (Outcome.PROVED, Outcome.SUPPORTED)


@pytest.mark.parametrize("condition", CONDITIONS_FALSE, ids=str)
def test_a_false_condition_is_refuted(condition: Term) -> None:
    assert decide_condition(condition).outcome is Outcome.REFUTED


EQUIVALENT = [
    (Eq(2 * x, 4), Eq(x, 2)),
    (Eq(x + y, 1), Eq(y, 1 - x)),
    (Eq(X.T * X * u, X.T * b), Eq(u, (X.T * X).I * X.T * b)),
    (x > 1, 2 * x > 2),
    (x > 1, -x < -1),
]
NOT_EQUIVALENT = [
    (Eq(x**2, 4), Eq(x, 2)),
    (Eq(x + y, 1), Eq(y, 1 + x)),
    (Eq(X.T * X * u, X.T * b), Eq(u, X.T * b)),
    (x > 1, 2 * x > 1),
    (x > 1, -x > -1),
]


@pytest.mark.parametrize(("first", "second"), EQUIVALENT, ids=str)
def test_equivalent_relations_are_proved(first: Term, second: Term) -> None:
    assert decide_equations(first, second).outcome is Outcome.PROVED


@pytest.mark.parametrize(("first", "second"), NOT_EQUIVALENT, ids=str)
def test_relations_that_differ_are_refuted(first: Term, second: Term) -> None:
    assert decide_equations(first, second).outcome is Outcome.REFUTED


def test_shapes_must_fit() -> None:
    with pytest.raises(ShapeError, match="different shapes"):
        decide_terms(u, u.T)


def test_a_relation_equals_no_value() -> None:
    with pytest.raises(Malformed, match="relation"):
        decide_terms(x > 0, x)


def test_a_proof_that_numbers_contradict_is_a_fault_of_calcds_and_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """The numbers of a few points miss it, the proof is wrong, the certified look afterwards finds out."""
    wrong: Callable[..., Proof] = lambda *_: Proof("wrong", "always")  # noqa: E731
    found = iter([compare(Question(x, x)), compare(Question(x, x + 1))])
    monkeypatch.setattr(engine, "compare", lambda *_, **__: next(found))
    first = engine._decide(Question(x, x + 1), (Stage("wrong", "", wrong),), 1.0)
    assert first.outcome is Outcome.PROVED  # with these numbers nothing speaks against it
    contradicted = engine._conclude(compare(Question(x, x + 1)), Proof("wrong", "always"))
    assert contradicted.outcome is Outcome.UNDECIDED
    assert "fault of calcds" in contradicted.detail


def test_a_few_points_support_nothing() -> None:
    n = Dim("n")
    p, i, j = Matrix[n, n].symbol("p"), Index[n].symbol("i"), Index[n].symbol("j")
    claim = Term("entry", (p, i, j)), Term("entry", (p, j, i))
    sized = (Term("rel", (n, number(1)), "="),)
    assert decide_terms(*claim).outcome is Outcome.REFUTED
    for points, outcome in ((3, Outcome.UNDECIDED), (4, Outcome.SUPPORTED)):
        found = Comparison(Finding.AGREED, "agree", points)
        assert engine._conclude(found, Silence("no"), least=engine.FEW).outcome is outcome
    assert decide_terms(*claim, sized).outcome is not Outcome.REFUTED


def test_every_stage_proves_something_that_no_earlier_one_does() -> None:
    W, V, a, c = (Matrix[Dim("k"), Dim("h")].symbol("W"), Matrix[Dim("h"), Dim("n")].symbol("V"),
                  Vector[Dim("n")].symbol("a"), Vector[Dim("k")].symbol("c"))  # fmt: skip
    score = W * tanh(V * a)
    claims = {
        "chain rule": (pullback(c, log_softmax(score), V), pullback(c - total(c) * softmax(score), score, V)),
        "same": (x, x),
        "normal form": (x + x, 2 * x),
        "matrix words": ((K + u * v.T).I, K.I - (K.I * u * v.T * K.I) / (1 + v.T * K.I * u)),
        "algebraic numbers": (sqrt(5 + 2 * sqrt(as_term(6))), sqrt(as_term(2)) + sqrt(as_term(3))),
        "induction": (Sum(k * 2**k, (k, 0, n)), (n - 1) * 2 ** (n + 1) + 2),
        "squares": (sqrt(p + q + 2 * sqrt(p) * sqrt(q)), sqrt(p) + sqrt(q)),
        "derivative": (atan(p) + atan(1 / p), pi / 2),
    }
    assert claims.keys() == {stage.name for stage in STAGES}
    for stage in STAGES:
        left, right = claims[stage.name]
        answers = [s.name for s in STAGES if isinstance(s.ask(left, as_term(right), ()), Proof)]
        assert answers[0] == stage.name


def test_true_is_a_claim_too() -> None:
    assert decide_terms(x > 0, TRUE, (x > 1,)).outcome in (Outcome.PROVED, Outcome.SUPPORTED)
