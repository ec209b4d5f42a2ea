"""What is asked again is answered at the same points, and nothing is worked out twice; the answers are those of new points."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

import pytest
from flint import acb, fmpq

from calcds.decide import smallest
from calcds.decide.engine import decide_condition, decide_terms
from calcds.decide.question import Question
from calcds.decide.sampling import Finding, _on_the_edge, compare
from calcds.decide.streams import Stream, stream
from calcds.decide.verdict import Counterexample, Outcome, Verdict
from calcds.errors import Malformed, NoRule, Undefined
from calcds.expr.kinds import Dim, Index, Real, Vector
from calcds.expr.operators import Sum, function, integral
from calcds.expr.term import TRUE, Term, number
from calcds.values.evaluate import evaluate
from calcds.values.hypotheses import points_meeting
from calcds.values.points import Point, points

n, x, y, t = Dim("n"), Real.symbol("x"), Real.symbol("y"), Real.symbol("t")
i = Index[n].symbol("i")
OO = Term("const", (), "oo")
exp = function("exp")


@pytest.mark.parametrize("given", [(), (x + y >= 1,)], ids=str)
def test_a_stream_has_the_points_that_are_drawn(given: tuple[Term, ...]) -> None:
    about = Question(x * y, y * x, given).survey
    drawn = points_meeting(about, given) if given else points(about)
    kept = [list(islice(stream(about, given), 9)) for _ in range(2)]
    assert kept[0] == kept[1]  # the very points
    assert [p.values for p in kept[0]] == [p.values for p in islice(drawn, 9)]


def test_a_stream_that_cannot_go_on_says_so_every_time() -> None:
    def source() -> Iterator[Point]:
        yield Point()
        raise NoRule("draw", "any more")

    found = Stream(source())
    for _ in range(2):
        with pytest.raises(NoRule):
            list(found)


def test_a_point_remembers_values_by_precision() -> None:
    point = Point(values={x: fmpq(2)})
    rough, fine = (evaluate(exp(x), point, bits)[0][0] for bits in (64, 256))
    assert rough.rad() > fine.rad()
    assert evaluate(exp(x), point, 256)[0][0] is fine


@pytest.mark.parametrize(
    ("claim", "edges"),
    [(x <= y, True), (x**2 >= y, True), (integral(exp(x * t), (t, 0, 1)) <= y, False), (Sum(y**i, (i, 0, OO)) <= x, False)],
    ids=str,
)
def test_edges_are_looked_for_where_they_can_be_solved_for(claim: Term, edges: bool) -> None:
    assert bool(list(_on_the_edge(Question(claim, TRUE)))) is edges


def test_inequalities_of_integrals_are_decided_without_edges() -> None:
    whole = integral(x**2 * exp(t), (t, 0, 1))
    assert decide_condition(whole >= 0).outcome in {Outcome.PROVED, Outcome.SUPPORTED}
    assert decide_condition(whole >= x).outcome is Outcome.REFUTED


@pytest.mark.parametrize(("base", "value"), [("9/10", 10), ("-1/2", "2/3"), ("99/100", 100)])
def test_a_sum_without_end_is_enclosed(base: str, value: object) -> None:
    found = evaluate(Sum(y**i, (i, 0, OO)), Point(values={y: fmpq(*map(int, base.split("/")))}))[0][0]
    exact = fmpq(*map(int, str(value).split("/")))
    assert found.overlaps(acb(exact))
    assert not found.overlaps(acb(exact + fmpq(1, 10**6)))


@pytest.mark.parametrize("base", [1, 2, -1, fmpq(101, 100)])
def test_a_sum_whose_terms_never_fall_has_no_enclosure(base: object) -> None:
    with pytest.raises(NoRule):
        evaluate(Sum(y**i, (i, 0, OO)), Point(values={y: fmpq(1) * base}))  # type: ignore[operator]


def test_one_entry_does_not_need_the_others() -> None:
    built = Term("build", (1 / (i - 1), i, Index[1].symbol("j")), None, (n, 1))
    point = Point({n: 3}, {x: fmpq(1)})
    assert evaluate(Term("entry", (built, number(2), number(0))), point)[0][0] == 1
    with pytest.raises(Undefined):
        evaluate(Term("entry", (built, number(1), number(0))), point)
    with pytest.raises((Malformed, Undefined)):
        evaluate(Term("entry", (built, number(3), number(0))), point)


def test_the_smallest_counterexample_is_looked_for_when_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Question] = []
    shrink = smallest.shrink

    def watched(question: Question, *found: Any, **seconds: Any) -> Any:
        asked.append(question)
        return shrink(question, *found, **seconds)

    monkeypatch.setattr(smallest, "shrink", watched)
    verdict = decide_terms((x + 1) ** 2, x**2 + 1)
    assert verdict.outcome is Outcome.REFUTED
    assert verdict.at_values
    assert not asked
    assert verdict.counterexample is verdict.counterexample
    assert verdict.counterexample.values == {"x": "1"}  # type: ignore[union-attr]
    assert len(asked) == 1
    assert verdict.at_values


def test_numbers_have_no_values_to_look_for() -> None:
    verdict = decide_terms(number(2), number(3))
    assert not verdict.at_values
    assert verdict.counterexample == Counterexample({}, {}, "2", "3")
    assert not Verdict(Outcome.PROVED).at_values


def test_a_kept_stream_does_not_make_a_false_claim_hold() -> None:
    v = Vector[n].symbol("v")
    for claim, finding in (((v.T * v, v.T * v), Finding.AGREED), ((v.T * v, 2 * v.T * v), Finding.REFUTED)) * 2:
        assert compare(Question(*claim)).finding is finding
