"""The referee: certified numbers at special and at random points. Shares no rule with the exact stages."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, product

from flint import fmpq

from calcds.decide.looking import look
from calcds.decide.question import Question
from calcds.errors import CalcdsError
from calcds.expr.term import SCALAR, Term
from calcds.values import domains
from calcds.values.hypotheses import certainly, points_meeting
from calcds.values.points import Point, points

SPECIAL = tuple(
    fmpq(a, b) for a, b in ((0, 1), (1, 1), (-1, 1), (2, 1), (-2, 1), (1, 2), (-1, 2), (3, 1), (-5, 2))
)
PRECISIONS = (96, 512)


def places(question: Question, special: int = 24, drawn: int = 16) -> Iterator[Point]:
    """Points that meet the hypotheses: small special values in many combinations, then points of the usual stream."""
    about = question.survey
    base = list(islice(points(about), 3))
    scalars = [s for s in about.symbols if s.shape == SCALAR and s.data[1].word != "Index"]
    for k, point in enumerate(base):
        combinations = product(SPECIAL, repeat=min(len(scalars), 3))
        chosen = islice(combinations, 0, None, max(1, len(SPECIAL) ** min(len(scalars), 3) // special))
        for values in chosen if scalars else ():
            table = dict(zip(scalars[k:] + scalars[:k], values, strict=False))
            if all(domains.satisfies(s.data[1], x) for s, x in table.items()):
                candidate = point.having(table)
                if meets(question.given, candidate):
                    yield candidate
    try:
        stream = points_meeting(about, question.given) if question.given else points(about)
        yield from islice(stream, drawn)
    except CalcdsError:
        return


def meets(given: tuple[Term, ...], point: Point) -> bool:
    """Whether the point certainly meets the hypotheses."""
    try:
        return all(certainly(g, point) for g in given)
    except CalcdsError:
        return False


def refutation(left: Term, right: Term, given: tuple[Term, ...] = ()) -> Point | None:
    """A point at which the two sides certainly differ, if one is found."""
    question = Question(left, right, given)
    for point in places(question):
        if look(question, point, PRECISIONS).differs:
            return point
    return None
