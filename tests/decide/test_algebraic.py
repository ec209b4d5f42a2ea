"""Claims about numbers: proved by a separation bound, silent about numbers that are merely close."""

from __future__ import annotations

import pytest

from calcds.decide.algebraic import prove_numbers
from calcds.decide.prover import Proof, Silence
from calcds.expr.term import Term, as_term
from calcds.notation import *


def root(x: object, k: int = 2) -> Term:
    return as_term(x) ** Rational(1, k)


EQUAL = [
    ("denested root", root(5 + 2 * root(6)), root(2) + root(3)),
    ("Ramanujan", root(root(2, 3) - 1, 3), root(as_term(1) / 9, 3) - root(as_term(2) / 9, 3) + root(as_term(4) / 9, 3)),
    ("golden section", root(2 + root(5), 3) - root(root(5) - 2, 3), as_term(1)),
    ("tangent of 3 pi/11", tan(3 * pi / 11) + 4 * sin(2 * pi / 11), root(11)),
    ("product of cosines", cos(pi / 9) * cos(2 * pi / 9) * cos(4 * pi / 9), as_term(1) / 8),
    ("Machin", 4 * atan(as_term(1) / 5) - atan(as_term(1) / 239), pi / 4),
    ("3, 4, 5", asin(as_term(3) / 5) + asin(as_term(4) / 5), pi / 2),
    ("de Moivre", (cos(pi / 9) + I * sin(pi / 9)) ** 9, as_term(-1)),
    ("logarithms", log(as_term(8)) / 3 - log(as_term(2)), as_term(0)),
]
CLOSE = [
    ("denested root", root(5 + 2 * root(6)), root(2) + root(3) + Rational(1, 10**30)),
    ("a near miss", root(2) + root(3), as_term(pi)),
    ("sums of square roots", root(10) + root(11), root(5) + root(18)),
    ("cosines", cos(pi / 9) * cos(2 * pi / 9), as_term(Rational(72, 100))),
    ("Machin with 238", 4 * atan(as_term(1) / 5) - atan(as_term(1) / 238), pi / 4),
    ("a whole turn away", asin(as_term(3) / 5) + asin(as_term(4) / 5), pi / 2 + 2 * pi),
    ("not algebraic", exp(pi * root(163)), as_term(262537412640768744)),
    ("one in 10^40", root(2) * root(3), root(6) * (1 + Rational(1, 10**40))),
]


@pytest.mark.parametrize(("left", "right"), [c[1:] for c in EQUAL], ids=[c[0] for c in EQUAL])
def test_equal_numbers_are_proved(left: Term, right: Term) -> None:
    assert isinstance(prove_numbers(left, right), Proof)


@pytest.mark.parametrize(("left", "right"), [c[1:] for c in CLOSE], ids=[c[0] for c in CLOSE])
def test_close_numbers_are_not(left: Term, right: Term) -> None:
    assert isinstance(prove_numbers(left, right), Silence)


def test_variables_are_not_numbers() -> None:
    x = Real.symbol("x")
    assert isinstance(prove_numbers(x, x), Silence)


def test_a_bound_that_would_need_too_many_digits_is_refused() -> None:
    many = sum((root(p, 7) for p in (2, 3, 5, 7, 11, 13)), as_term(0))
    assert isinstance(prove_numbers(many, many + 0), Silence)
