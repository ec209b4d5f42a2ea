r"""Estimators are functions of data: in `E[\hat\sigma^2]` the data are random, in the formula of \hat\sigma^2 they are numbers.

    \hat\sigma^2 = \frac1n \sum_i (x_i - \bar x)^2,  E[\hat\sigma^2] = \frac{n-1}{n} \sigma^2       the x_i are random
    \E \sum_i (X_i - \bar X)^2 = (n-1) \sigma^2

Where a section speaks of samples, data or estimators and says nothing else of the members of a sample, \mu and \sigma^2 in
such an equation are their mean and their variance, and they are independent. Other letters than these and the size n may
stand for something else: a correlation, a mean mu_i of its own for every member. A line is proved so, and says that it was
read so; it is called wrong only where a small change makes it true.

Imports: calcds.document.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from calcds.document.source.latex import Node
from calcds.document.source.names import letter_of, named, names_in, opened
from calcds.document.source.statements import Cut
from calcds.document.words.randomness import EXPECTATIONS, VARIANCES, Chance, full_of, is_running, operands

MEAN, DEVIATION = "mu", "sigma"
COUNTS = {"n", "N", "m"}


def take_estimates(pieces: Sequence[Cut], chance: Chance) -> None:
    """Learn which data are random because a function of them is expected."""
    for section in dict.fromkeys(p.segment.section for p in pieces):
        here = [p for p in pieces if p.segment.section == section]
        expected = {key for piece in here for key in _expected(piece)}
        for piece in here:
            for key, formula in _equations(piece):
                for letter in _data(formula) if key in expected else ():
                    chance.random_in.setdefault(letter, set()).add(section)


def _expected(piece: Cut) -> Iterator[str]:
    """The names with a hat that an expectation or a variance is taken of."""
    for tree in piece.trees.values():
        for key, _, bracket in operands(tree) if isinstance(tree, Node) else ():
            if key in EXPECTATIONS | VARIANCES:
                yield from (n.base for n in names_in(bracket) if n.base.startswith("hat "))


def _equations(piece: Cut) -> Iterator[tuple[str, Node]]:
    for statement in piece.statements:
        for side, following in zip(statement.sides, statement.sides[1:], strict=False):
            left, right = piece.trees.get(side), piece.trees.get(following)
            name = named(opened(left)) if isinstance(left, Node) else None
            if name is not None and isinstance(right, Node) and following.relation in {"=", ":="}:
                yield name.base, right


def _data(formula: Node) -> Iterator[str]:
    r"""The x of `x_i` and of `\bar x`."""
    for name in names_in(formula):
        letter = letter_of(name.base)
        plain = name.base == letter and is_running(full_of(name))
        if len(letter) == 1 and (plain or name.base == f"bar {letter}"):
            yield letter


__all__ = ["COUNTS", "DEVIATION", "MEAN", "take_estimates"]
