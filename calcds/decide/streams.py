"""The points of a question, drawn once.

A claim is looked at at a few points before its proof and at more of them after it, and a changed claim about the same names
at the same points as the printed one. Points are drawn from the names, their kinds and the hypotheses alone, so a stream
that is kept says what one that is drawn again would say; what was computed at its points stays with them.

Imports: calcds.expr, calcds.values.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterator
from typing import Any

from calcds.errors import NoRule
from calcds.expr.term import Term
from calcds.values.hypotheses import points_meeting
from calcds.values.points import Point, points
from calcds.values.survey import Survey

_KEPT = 48  # streams: a line of a document asks about few sets of names, but comes back to them in many ways


class Stream:
    """Points of one question, each of them drawn when it is first asked for."""

    __slots__ = ("_made", "_source", "_why")

    def __init__(self, source: Iterator[Point]) -> None:
        self._source, self._made = source, list[Point]()
        self._why: NoRule | None = None

    def __iter__(self) -> Iterator[Point]:
        k = 0
        while k < len(self._made) or self._more():
            yield self._made[k]
            k += 1

    def _more(self) -> bool:
        """Draw one more. Raises NoRule where no value of some kind can be drawn, as often as it is asked."""
        if self._why is not None:
            raise self._why
        try:
            found = next(self._source, None)
        except NoRule as why:
            self._why = why
            raise
        self._made += [found] if found is not None else []
        return found is not None


class _Table(threading.local):
    """The streams that were asked for last; a generator serves one thread."""

    def __init__(self) -> None:
        self.streams: OrderedDict[tuple[Any, ...], Stream] = OrderedDict()


_TABLE = _Table()


def stream(about: Survey, given: tuple[Term, ...] = ()) -> Stream:
    """The points of a survey that meet the conditions, in the order in which they are tried."""
    key = (
        about.dimensions, about.shaping, about.symbols, about.functions, frozenset(about.sizes), frozenset(about.ranges),
        about.landmarks, about.switches, about.order, given,
    )  # fmt: skip
    streams = _TABLE.streams
    found = streams.get(key)
    if found is None:
        found = streams[key] = Stream(points_meeting(about, given) if given else points(about))
        if len(streams) > _KEPT:
            streams.popitem(last=False)
    else:
        streams.move_to_end(key)
    return found
