r"""Estimators are functions of data: in `E[\hat\sigma^2]` the data are random, in the formula of \hat\sigma^2 they are numbers.

    \hat\sigma^2 = \frac1n \sum_i (x_i - \bar x)^2,  E[\hat\sigma^2] = \frac{n-1}{n} \sigma^2       the x_i are random
    \E \sum_i (X_i - \bar X)^2 = (n-1) \sigma^2
    E[X_i^2] = \sigma^2 + \mu^2                            where the section expects \bar X, too
    E[s^2] = \sigma^2                      there s^2 is \frac{1}{n-1} \sum_i (X_i - \bar X)^2, if no line says what it is

Where a section speaks of samples, data or estimators and says nothing else of the members of a sample, \mu and \sigma^2 in
such an equation are their mean and their variance, and they are independent. Other letters than these and the size n may
stand for something else: a correlation, a mean mu_i of its own for every member. A line is proved so, and says that it was
read so; it is called wrong only where a small change makes it true.

Imports: calcds.document.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import cache

from calcds.document.source.latex import Node, parse, replaced
from calcds.document.source.names import is_square, letter_of, named, names_in, opened
from calcds.document.source.raw import raw_tokens
from calcds.document.source.statements import Cut
from calcds.document.source.tokens import tokens
from calcds.document.words.randomness import (
    EXPECTATIONS,
    SAMPLE_VARIANCE,
    VARIANCES,
    Chance,
    Said,
    full_of,
    is_running,
    operands,
)

MEAN, DEVIATION = "mu", "sigma"
COUNTS = {"n", "N", "m"}


def take_estimates(pieces: Sequence[Cut], chance: Chance) -> None:
    """Learn which data are random because a function of them is expected, that of this section or of one before it."""
    formulas: dict[str, Node] = {}
    for section in dict.fromkeys(p.segment.section for p in pieces):
        here = [p for p in pieces if p.segment.section == section]
        said = [equation for piece in here for equation in _equations(piece)]
        expected = {key for piece in here for key in _expected(piece)}
        for key, formula in (*((key, one) for key, one in formulas.items() if key not in dict(said)), *said):
            for letter in _data(formula) if key in expected else ():
                chance.random_in.setdefault(letter, set()).add(section)
        for key in expected:
            if key.startswith("bar "):
                chance.averaged_in.setdefault(key.removeprefix("bar "), set()).add(section)
        formulas |= {key: formula for key, formula in said if any(_data(formula))}


def with_sample_variances(pieces: Sequence[Cut], chance: Chance, sections: Collection[int]) -> None:
    r"""Write out the `s^2` of `E[s^2]` in sections on samples of which the mean is expected, if no equation says what it is."""
    said = {key for piece in pieces for key, _ in _equations(piece)}
    for piece in pieces:
        section = piece.segment.section
        letters = [key for key, known in chance.averaged_in.items() if section in known and section in sections]
        for side, tree in piece.trees.items() if len(letters) == 1 else ():
            squares = [n for _, _, b in _moments(tree) if (n := _square(b)) is not None] if isinstance(tree, Node) else []
            wanted = [n for n in squares if (name := named(n.parts[0])) is not None and name.base in {"s", "S"} - said]
            if wanted and isinstance(tree, Node):
                at = piece.segment.at
                chance.facts.append(Said(SAMPLE_VARIANCE, frozenset(letters), section, at, at + 1))
                piece.trees[side] = _with(tree, wanted, replaced(_variance(), {"X": Node("NAME", (), letters[0])}))


@cache
def _variance() -> Node:
    return parse(tokens(raw_tokens(r"\frac{1}{n-1}\sum_{i=1}^n (X_i-\bar X)^2", 0)))


def _with(tree: Node, wanted: Sequence[Node], value: Node) -> Node:
    if any(tree is one for one in wanted):
        return value
    return tree.holding(tuple(_with(part, wanted, value) for part in tree.parts))


def _moments(tree: Node) -> Iterator[tuple[str, Node, Node]]:
    return (found for found in operands(tree) if found[0] in EXPECTATIONS | VARIANCES)


def _square(bracket: Node) -> Node | None:
    """What stands in a bracket, where it is the square of a letter."""
    inside = opened(bracket.parts[0]) if bracket.parts else bracket
    alone = inside.kind == "unit" and len(inside.parts) == 2 and inside.parts[0].kind == "NAME"
    return inside if alone and is_square(inside.parts[1]) else None


def _expected(piece: Cut) -> Iterator[str]:
    """The names with a hat or a bar that an expectation or a variance is taken of."""
    for tree in piece.trees.values():
        for _, _, bracket in _moments(tree) if isinstance(tree, Node) else ():
            yield from (n.base for n in names_in(bracket) if n.base.startswith(("hat ", "bar ")))


def _equations(piece: Cut) -> Iterator[tuple[str, Node]]:
    for statement in piece.statements:
        for side, following in zip(statement.sides, statement.sides[1:], strict=False):
            left, right = piece.trees.get(side), piece.trees.get(following)
            name = named(opened(left)) if isinstance(left, Node) else None
            if name is None or any(m.kind == "below" for m in name.marks) or following.relation not in {"=", ":="}:
                continue
            if isinstance(right, Node):
                yield name.base, right


def _data(formula: Node) -> Iterator[str]:
    r"""The x of `x_i` and of `\bar x`."""
    for name in names_in(formula):
        letter = letter_of(name.base)
        plain = name.base == letter and is_running(full_of(name))
        if len(letter) == 1 and (plain or name.base == f"bar {letter}"):
            yield letter


__all__ = ["COUNTS", "DEVIATION", "MEAN", "take_estimates", "with_sample_variances"]
