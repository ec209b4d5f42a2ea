"""Mutation: what the hunt does to lines, and a sample of it over the shipped derivations (all: benchmarks/mutants.py)."""

from __future__ import annotations

import pytest

from calcds.expr.term import Term
from calcds.handout.mutate import mutants
from calcds.notation import Dim, Eq, Index, Matrix, Real, Sum, Vector
from tests.mutants.hunt import EXCUSED, hunt, mutants_of, tally

m, n = Dim("m"), Dim("n")
x, y = Real.symbol("x"), Real.symbol("y")
v, A, X = Vector[n].symbol("v"), Matrix[n, n].symbol("A"), Matrix[m, n].symbol("X")
i, j = Index("i"), Index("j")

SAMPLE = 40  # every so many mutants


@pytest.mark.parametrize(
    ("line", "said", "mutant"),
    [
        (x + y, "sign: of y", x - y),
        (3 * x, "factor: 3 becomes 4", 4 * x),
        (x * y, "factor: y is lost", x * Term("num", (), 1)),
        (A * v, "transpose: of A", A.T * v),
        (A.T * v, "transpose: A.T becomes A", A * v),
        (Sum(v[i], (i, n)), "index: sum from 0 + 1", None),
        (A[i, j], "index: A[i, j] exchanged", A[j, i]),
        (x, "sign: minus the line x", -x),
    ],
)
def test_a_line_is_broken_in_one_place(line: Term, said: str, mutant: Term | None) -> None:
    found = dict(mutants(line))
    assert said in found
    if mutant is not None:
        assert str(found[said]) == str(mutant)


def test_a_mutant_whose_shapes_do_not_fit_is_none() -> None:
    assert dict(mutants(X.T * X))["transpose: X.T becomes X"] is None


def test_mutants_differ_from_the_line_and_each_other() -> None:
    line = 2 * A * v + 3 * A.T * v
    found = [mutant for _, mutant in mutants(line) if mutant is not None]
    assert line not in found
    assert len(set(found)) >= 7


def test_both_sides_of_an_equation_are_broken() -> None:
    found = {str(mutant) for _, mutant in mutants_of(Eq(x, 2 * y))}
    assert {"-x == 2*y", "2*x == 2*y", "x == 3*y"} <= found


def test_almost_every_break_of_a_shipped_derivation_is_noticed() -> None:
    """The sample; a mutant that is missed is named, and there may be few of them."""
    catches = hunt(every=SAMPLE)
    counts = tally(catches)
    missed = [str(each) for each in catches if each.fate == "missed"]
    assert counts["caught"] >= 100, counts
    assert len(missed) <= 0.1 * counts["caught"], "\n".join(missed)


def test_every_excuse_has_a_reason() -> None:
    assert all(len(reason.split()) > 3 for reason in EXCUSED.values())
