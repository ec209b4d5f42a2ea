"""The numbers of an example put into a claim, and verdicts on numbers in the light of their printed decimals.

Imports: calcds.decide, calcds.document.words.shapes, calcds.expr.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from calcds.decide.rounding import has_decimals, may_agree
from calcds.decide.verdict import Outcome, Verdict
from calcds.document.words.shapes import resized
from calcds.expr import operators as op
from calcds.expr.term import (
    DERIVATIVES,
    ZERO,
    Size,
    Term,
    as_term,
    replace,
    same_shape,
    same_size,
    size,
    substitute,
    subterms,
)

_LONGEST = 4_000  # signs of a value that is compared as a fraction


def rounded(left: Term, right: Term, verdict: Verdict) -> Verdict:
    """A refutation of numbers, in the light of their printed decimals."""
    if verdict.outcome is not Outcome.REFUTED or not (
        has_decimals(left) or has_decimals(right) or not left.is_scalar
    ):
        return verdict
    agree = may_agree(left, right)
    if agree:
        return Verdict(
            Outcome.SUPPORTED, "numbers", "the two sides agree within the rounding of the printed decimals"
        )
    if agree is None:
        return Verdict(
            Outcome.UNDECIDED, "numbers", "rounding of the printed decimals may explain the difference"
        )
    return verdict


def put_in(sides: tuple[Term, Term], examples: dict[str, Term]) -> tuple[Term, Term] | None:
    r"""Sides with the numbers of an example; None where these have other shapes.

    The `\lambda` beside `\lambda_1 = 5` and `\lambda_2 = 2` is a number of its own, not their list.
    """
    names = _names(sides)
    for name, value in examples.items():
        symbol = names.get(name)
        if symbol is None or (symbol.is_scalar and same_size(value.shape[1], 1) and not value.is_scalar):
            continue
        sizes = {
            d: n
            for d, n in zip(symbol.shape, value.shape, strict=True)
            if isinstance(d, Term) and d.head == "sym"
        }

        def one(length: Size, sizes: dict[Any, Any] = sizes) -> Size:
            return (
                size(substitute(length, {d: as_term(n) for d, n in sizes.items()}))
                if isinstance(length, Term)
                else length
            )

        if sizes:
            sides = tuple(resized(side, one) for side in sides)  # type: ignore[assignment]
            symbol = resized(symbol, one)
        if not same_shape(symbol.shape, value.shape):
            return None
        sides = tuple(_replaced(side, symbol, value) for side in sides)  # type: ignore[assignment]
        names = _names(sides)
    return sides


def _names(sides: tuple[Term, Term]) -> dict[str, Term]:
    """The symbols of two sides by their names."""
    return {str(s.data[0]): s for side in reversed(sides) for s in side.free}


def put_entries(sides: tuple[Term, Term], numbers: dict[tuple[str, int], Term]) -> tuple[Term, Term]:
    r"""Sides with the numbers that some entries have: after `\sigma_1 = 3` and `\sigma_2 = 1`, `\sigma_1 / \sigma_2` is 3.

    numbers: by the name of the array and the place in it, from 0
    """
    entries = {t for side in sides for t in subterms(side) if t.head == "entry" and t.args[0].head == "sym"}
    found = {t: numbers[place] for t in entries if (place := _place(t)) in numbers}
    return (replace(sides[0], found), replace(sides[1], found)) if found else sides


def _place(one: Term) -> tuple[str, int]:
    array, row, column = one.args
    in_column = row.head == "num" and column is ZERO and row.data.denominator == 1
    return str(array.data[0]), int(row.data) if in_column else -1


def _replaced(side: Term, symbol: Term, value: Term) -> Term:
    places = [a for t in subterms(side) if t.head in DERIVATIVES for a in t.args[1:]]
    derived = any(symbol in a.free for a in places)
    return op.at(side, symbol, value) if derived else substitute(side, {symbol: value})


def fraction(value: object) -> Fraction:
    """A printed value as a fraction. Raises ValueError for what is none, and for what is too long to be written out."""
    said = str(value).split(" ")[0]
    power = said.lower().partition("e")[2].lstrip("+-")
    if len(said) > _LONGEST or len(power) > len("999"):
        raise ValueError(said)
    return Fraction(said)
