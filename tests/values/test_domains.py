"""Every drawn value is of its kind, checked by other means than the ones that drew it."""

from __future__ import annotations

from random import Random

import pytest
import sympy
from flint import fmpq

from calcds.errors import NoRule
from calcds.expr.kinds import (
    Antisymmetric,
    Complex,
    Diagonal,
    Dim,
    Even,
    FullRank,
    Integer,
    Interval,
    Invertible,
    Kind,
    LowerTriangular,
    Matrix,
    Natural,
    Negative,
    Nonnegative,
    Nonpositive,
    Nonzero,
    Odd,
    OneHot,
    OneHotRows,
    OneOrMinusOne,
    Orthogonal,
    Orthonormal,
    Positive,
    PositiveDefinite,
    PositiveInteger,
    PositiveSemidefinite,
    Probability,
    Projection,
    Real,
    RowVector,
    Stochastic,
    Symmetric,
    UnitVector,
    UpperTriangular,
    Vector,
    closure,
)  # fmt: skip
from calcds.values.domains import STYLES, draw, feasible, satisfies

m, n = Dim("m"), Dim("n")


def _kind(value: object) -> str:
    """What a test is called by: the kind, not the address of its function."""
    return str(value) if isinstance(value, Kind) else "numbers"


NUMBERS = [
    (Real, lambda x: True), (Positive, lambda x: x > 0), (Negative, lambda x: x < 0), (Nonnegative, lambda x: x >= 0),
    (Nonpositive, lambda x: x <= 0), (Nonzero, lambda x: x != 0), (Integer, lambda x: x.q == 1),
    (Natural, lambda x: x.q == 1 and x >= 0), (PositiveInteger, lambda x: x.q == 1 and x > 0),
    (Even, lambda x: x.p % 2 == 0 and x.q == 1), (Odd, lambda x: x.p % 2 == 1 and x.q == 1),
    (OneOrMinusOne, lambda x: x * x == 1), (Interval(0, 1), lambda x: 0 < x < 1),
    (Interval("-3/2", -1), lambda x: fmpq(-3, 2) < x < -1),
]  # fmt: skip


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize(("kind", "test"), NUMBERS, ids=_kind)
def test_numbers_lie_in_their_domain(kind: Kind, test: object, style: str) -> None:
    rng = Random(1)
    drawn = [draw(kind, 1, 1, rng, style, side) for side in (1, -1, 0) for _ in range(20)]
    assert all(test(x) for x in drawn)  # type: ignore[operator]
    assert len(set(map(str, drawn))) > 1


def _identity(a: sympy.Matrix) -> sympy.Matrix:
    return sympy.eye(a.rows)


MATRICES = [
    (Vector[n], lambda a: a.cols == 1), (RowVector[n], lambda a: a.rows == 1), (Matrix[m, n], lambda a: True),
    (Vector[n, Positive], lambda a: all(e > 0 for e in a)), (Symmetric[n], lambda a: a == a.T),
    (Antisymmetric[n], lambda a: a == -a.T), (Diagonal[n], lambda a: a.is_diagonal()),
    (Orthogonal[n], lambda a: a.T * a == _identity(a)), (Orthonormal[m, n], lambda a: a.T * a == sympy.eye(a.cols)),
    (Invertible[n], lambda a: a.det() != 0), (PositiveDefinite[n], lambda a: a == a.T and bool(a.is_positive_definite)),
    (PositiveSemidefinite[n], lambda a: a == a.T and bool(a.is_positive_semidefinite)),
    (LowerTriangular[n], lambda a: a.is_lower), (UpperTriangular[n], lambda a: a.is_upper),
    (Projection[n], lambda a: a * a == a and a == a.T), (FullRank[m, n], lambda a: a.rank() == a.cols),
    (Probability[n], lambda a: sum(a) == 1 and all(e >= 0 for e in a)),
    (OneHot[n], lambda a: sorted(a) == [0] * (a.rows - 1) + [1]), (UnitVector[n], lambda a: sum(e**2 for e in a) == 1),
    (OneHotRows[m, n], lambda a: all(sorted(a.row(i)) == [0]*(a.cols - 1) + [1] for i in range(a.rows))),
    (Stochastic[m, n], lambda a: all(sum(a.row(i)) == 1 for i in range(a.rows)) and all(e >= 0 for e in a)),
]  # fmt: skip


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize(("kind", "test"), MATRICES, ids=_kind)
def test_matrices_are_of_their_kind(kind: Kind, test: object, style: str) -> None:
    rng = Random(2)
    for rows, columns in [(1, 1), (2, 2), (3, 3), (3, 2), (3, 1), (1, 3), (2, 3)]:
        fits = (kind.shape[1] != 1 or columns == 1) and (kind.shape[0] != 1 or rows == 1)
        fits = fits and (kind.shape[0] is not kind.shape[1] or rows == columns)
        if fits and feasible(kind, rows, columns):
            value = draw(kind, rows, columns, rng, style)
            matrix = sympy.Matrix([[sympy.Rational(int(x.p), int(x.q)) for x in row] for row in value])
            assert matrix.shape == (rows, columns)
            assert test(matrix)  # type: ignore[operator]
            assert satisfies(kind, value)


def test_orthogonal_matrices_of_both_determinants_occur() -> None:
    rng = Random(3)
    signs = {
        int((a[0][0] * a[1][1] - a[0][1] * a[1][0]).p)
        for a in (draw(Orthogonal[n], 2, 2, rng) for _ in range(20))
    }
    assert signs == {1, -1}


WRONG = [
    (Symmetric[n], ((0, 1), (2, 0))), (Orthogonal[n], ((1, 1), (0, 1))), (Invertible[n], ((1, 2), (2, 4))),
    (PositiveDefinite[n], ((1, 2), (2, 1))), (PositiveSemidefinite[n], ((0, 0), (0, -1))), (Projection[n], ((2, 0), (0, 0))),
    (FullRank[m, n], ((1, 2), (2, 4), (0, 0))), (Probability[n], ((2,), (-1,))), (OneHot[n], ((1,), (1,))),
    (UnitVector[n], ((1,), (1,))), (Stochastic[m, n], ((1, 1), (0, 1))), (OneHotRows[m, n], ((1, 1), (0, 1))),
    (Vector[n, Positive], ((0,), (1,))),
    (LowerTriangular[n], ((1, 1), (0, 1))), (UpperTriangular[n], ((1, 0), (1, 1))), (Antisymmetric[n], ((1, 0), (0, 0))),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "value"), WRONG, ids=str)
def test_other_matrices_are_not_of_the_kind(kind: Kind, value: tuple[tuple[int, ...], ...]) -> None:
    assert not satisfies(kind, tuple(tuple(map(fmpq, row)) for row in value))


def test_sizes_that_no_value_has() -> None:
    assert not feasible(FullRank[m, n], 2, 3)
    assert feasible(FullRank[m, n], 3, 2)
    impossible = Kind("Impossible", (n, n), closure(frozenset({"orthogonal", "antisymmetric"})))
    with pytest.raises(NoRule, match="draw a value of Impossible"):
        draw(impossible, 1, 1, Random(0))


def test_complex_numbers_are_exact_and_not_real() -> None:
    z = draw(Complex, 1, 1, Random(0))
    assert z.is_exact()
    assert not z.imag.is_zero()
    assert not satisfies(Real, z)
