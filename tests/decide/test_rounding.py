"""Printed decimals: a result is rounded to its digits, a short number that something is computed from is what it is."""

from __future__ import annotations

from fractions import Fraction

import pytest

from calcds.decide.rounding import may_agree
from calcds.expr import operators as op
from calcds.expr.term import Term, mul, number


def column(*said: str) -> Term:
    return op.column(*(number(Fraction(s)) if "/" in s else Term("decimal", (), s) for s in said))


COLUMNS = [
    (("1/11", "10/11"), ("0.09", "0.91"), True),
    (("0.0900306", "0.244728", "0.665241"), ("0.090", "0.245", "0.665"), True),
    (("1/3", "2/3"), ("0.3", "0.7"), True),
    (("1/3", "2/3"), ("0.3", "0.67"), True),
    (("1/11", "10/11"), ("0.09", "0.93"), False),
    (("1/11", "10/11"), ("0.19", "0.91"), False),
    (("0.0900306", "0.244728", "0.665241"), ("0.090", "0.245", "0.656"), False),
    (("1/5", "2/3"), ("0.3", "0.7"), False),
    (("1/11", "10/11"), ("-0.09", "0.91"), False),
]


@pytest.mark.parametrize(("exact", "printed", "agree"), COLUMNS)
def test_every_entry_of_a_result_is_rounded(exact: tuple[str, ...], printed: tuple[str, ...], agree: bool) -> None:
    assert may_agree(column(*exact), column(*printed)) is agree
    assert may_agree(column(*printed), column(*exact)) is agree


def test_a_short_number_that_something_is_computed_from_was_chosen() -> None:
    chosen = mul(Term("decimal", (), "0.1"), column("1.5", "2.5"))
    assert may_agree(chosen, column("0.15", "0.25")) is True
    assert may_agree(chosen, column("0.15", "0.35")) is False
