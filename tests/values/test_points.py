"""Points: sizes that fit, deterministic draws, hypotheses that are met."""

from __future__ import annotations

from itertools import islice

import pytest

from calcds.expr.kinds import (
    Dim,
    FullRank,
    Function,
    Index,
    Integer,
    Interval,
    Matrix,
    Natural,
    Negative,
    Nonnegative,
    Nonpositive,
    Nonzero,
    Orthogonal,
    Positive,
    PositiveDefinite,
    Real,
    Symmetric,
    Vector,
)  # fmt: skip
from calcds.expr.operators import (
    Eq,
    Ne,
    Or,
    Sum,
    entrywise,
    eye,
    function,
    is_positive_definite,
    norm,
    ones,
    total,
)
from calcds.expr.term import Term
from calcds.values.evaluate import holds
from calcds.values.hypotheses import certainly, points_meeting
from calcds.values.points import points, sizes
from calcds.values.survey import survey

m, n = Dim("m"), Dim("n")
A, B, S = Matrix[m, n].symbol("A"), Matrix[m, n].symbol("B"), Symmetric[n].symbol("S")
M, N = Matrix[n, n].symbol("M"), Matrix[n, n].symbol("N")
x, p, y = Vector[n].symbol("x"), Vector[n, Positive].symbol("p"), Vector[m].symbol("y")
u, v, w, k = Real.symbol("u"), Real.symbol("v"), Real.symbol("w"), Integer.symbol("k")
i, j = Index("i"), Index("j")
exp = function("exp")


def test_the_survey_has_one_order() -> None:
    """Names alike of several kinds stand in one order, in which values are drawn: a set of terms has another in every run."""
    kinds = [Real, Positive, Negative, Nonnegative, Nonpositive, Nonzero, Integer, Natural]
    about = survey(tuple(kind.symbol("u") for kind in kinds))
    assert [s.data[1].word for s in about.symbols] == sorted(kind.word for kind in kinds)


def test_the_survey_sees_what_must_be_drawn() -> None:
    f = Function.symbol("f")
    dg = entrywise("g", lambda t: v * t)[1]
    about = survey((f.prime()(u) + dg(w) + Sum(x[i], (i, n)),))
    assert [str(s) for s in about.symbols] == ["u", "v", "w", "x"]
    assert about.dimensions == (n,)
    assert [f_.name for f_ in about.functions] == ["f"]
    assert about.order == 1


def test_sizes_are_non_square_first_and_fit_the_kinds() -> None:
    lengths = [tuple(s.values()) for s in islice(sizes(survey((A,))), 9)]
    assert lengths[:2] == [(2, 3), (3, 2)]
    assert (1, 1) in lengths
    tall = list(islice(sizes(survey((FullRank[m, n].symbol("X"),))), 6))
    assert all(s[m] >= s[n] for s in tall)
    assert tall[0][m] != tall[0][n]
    assert all(s[n] >= 2 for s in islice(sizes(survey((Vector[n - 1].symbol("z"),))), 3))


def test_no_sizes_fit() -> None:
    X, Y = FullRank[m, n].symbol("X"), FullRank[n, m + 1].symbol("Y")
    assert list(points(survey((X, Y)))) == []


def test_points_do_not_depend_on_the_claim_or_on_what_ran_before() -> None:
    once = [point.describe() for point in islice(points(survey((A * x, y))), 6)]
    again = [point.describe() for point in islice(points(survey((y, 2 * (A * x)))), 6)]
    assert once == again


def test_numbers_of_both_signs_and_all_magnitudes_and_zero() -> None:
    drawn = [point.values[u] for point in islice(points(survey((u,))), 30)]
    assert any(a == 0 for a in drawn)
    for test in (
        lambda a: a > 1,
        lambda a: 0 < a < 1,
        lambda a: -1 < a < 0,
        lambda a: a < -1,
        lambda a: a > 10,
    ):
        assert any(map(test, drawn))


def test_all_sign_patterns_of_three_variables_occur() -> None:
    drawn = islice(points(survey((u * v * w,))), 24)
    assert len({tuple(bool(point.values[s] > 0) for s in (u, v, w)) for point in drawn}) == 8


def test_equal_variables_occur() -> None:
    assert any(point.values[u] == point.values[v] for point in islice(points(survey((u + v,))), 8))


def test_indices_stay_where_every_entry_exists() -> None:
    for point in islice(points(survey((x[i + 1] - x[i],))), 12):
        assert 0 <= point.values[i] < point.sizes[n] - 1
    whole = Natural.symbol("q")
    assert all(0 <= point.values[whole] < point.sizes[n] for point in islice(points(survey((x[whole],))), 12))
    fixed = Index[n].symbol("r")
    assert all(
        0 <= point.values[fixed] < point.sizes[n] for point in islice(points(survey((fixed + 1,))), 12)
    )


HYPOTHESES = [
    (u > 0,), (u < v, v < w), (u > v * v, v > 3), (Ne(u, 0),), (Eq(u, 2 * v),), (Eq(u + v, 3), Eq(u - v, 1)),
    (Eq(u * u + v * v, 1),), (u * v > 0, u + v < 0),
    (k > 3, k < 6), (Or(u > 5, u < -5),), (Eq(total(p), 1),), (Eq(norm(x), 1),),
    (Eq(x.T * x, 1),), (Eq(B * B.T, eye(m)),), (Eq(A.T * A * x, A.T * y),), (Eq(S * x, u * x),), (Eq(M, M.T),),
    (Eq(M * N, N * M),), (Eq(M * M, M),), (Eq(x.T * ones(n), 0),), (is_positive_definite(M),), (Eq(n, 2), u > 1),
]  # fmt: skip


@pytest.mark.parametrize("given", HYPOTHESES, ids=str)
def test_hypotheses_are_met(given: tuple[Term, ...]) -> None:
    found = list(islice(points_meeting(survey((u, *given)), given), 4))
    assert len(found) == 4
    assert all(holds(g, point) for g in given for point in found)
    assert len({str(point.describe()) for point in found}) > 1 or given[0].args[0] is u + v


def test_a_variable_may_be_defined_by_the_others() -> None:
    given = (Eq(u, exp(v)), u < 2)
    point = next(points_meeting(survey((u, v)), given))
    assert point.describe()[1]["u"] == "exp(v)"
    assert holds(u < 2, point)


@pytest.mark.parametrize(
    "given", [(u > 2, u < 1), (Eq(u, u + 1),), (Eq(u, 1), u < 0), (Eq(x.T * x, -1),)], ids=str
)
def test_hypotheses_that_nothing_meets(given: tuple[Term, ...]) -> None:
    assert list(islice(points_meeting(survey((u, *given)), given), 1)) == []


def test_kinds_are_kept_when_equations_are_solved() -> None:
    P, Q = PositiveDefinite[n].symbol("P"), Orthogonal[n].symbol("Q")
    t = Interval(0, 1).symbol("t")
    for point in islice(points_meeting(survey((P, Q, t, u)), (Eq(t, u / 10),)), 4):
        assert 0 < point.values[t] < 1
    for point in islice(points_meeting(survey((S, u, x)), (Eq(S * x, u * x),)), 4):
        assert point.values[S] == tuple(zip(*point.values[S], strict=True))


def test_a_condition_on_an_entry_that_is_not_there_is_met_by_no_point() -> None:
    """Neither is one that only the free variable of a sum could meet; no error escapes."""
    n, k = Dim("n"), Dim("k")
    x, c = Vector[n].symbol("x"), Real.symbol("c")
    for given in ((x[k] >= c,), (Eq(x[k], c),), (x[n] > c,)):
        for point in islice(points_meeting(survey((x, c, *given)), given), 3):
            assert all(certainly(one, point) for one in given)
