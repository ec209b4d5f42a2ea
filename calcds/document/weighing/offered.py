r"""Several values that are offered for one side, of which one holds: choices, answers, a mistake with its correction.

    A. $7 \cdot 8 = 54$   B. $7 \cdot 8 = 56$   C. $7 \cdot 8 = 63$
    Anna computes $\int_0^1 x^2 \, dx = \frac12$, Ben $\int_0^1 x^2 \, dx = \frac13$.
    Instead of $(a-b)^2 = a^2 - b^2$ one has $(a-b)^2 = a^2 - 2ab + b^2$.

Who prints the same side twice with two other sides of which one holds, shows the difference: in one line, in two items of a
list, or first the mistake and in the next line what is right. A wrong line behind the right one is a slip.

Imports: calcds.document.finding.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from calcds.decide.verdict import Outcome
from calcds.document.finding import Finding

NEAR = 1  # lines
_ITEM = re.compile(r"^[ \t>]*(?:[-*+]|\\item|\d{1,2}[.)]|\(?[A-Za-z][.):])\s", re.MULTILINE)
_NAME = re.compile(r"\\?[A-Za-z]+(?:_(?:\w|\{[^{}]*\}))?")  # it may have another value in the next example
_EQUAL = {"=", "\N{ALMOST EQUAL TO}"}
_GOOD, _BAD = {Outcome.PROVED, Outcome.SUPPORTED}, {Outcome.REFUTED, Outcome.MALFORMED}


def without_offers(rows: Sequence[Finding], items: Collection[int]) -> list[Finding]:
    """The rows, where those that do not hold and stand beside one that does, for the same side, are not called wrong.

    items: the lines in which an item of a list begins
    """
    true: dict[str, list[Finding]] = {}
    for row in rows:
        if row.outcome in _GOOD and row.role == "claim" and not _NAME.fullmatch(row.left):
            true.setdefault(_plain(row.left), []).append(row)
    return [
        _seen(row, true.get(_plain(row.left), ()), items) if row.outcome in _BAD and row.role == "claim" else row
        for row in rows
    ]


def items_in(text: str) -> Iterator[int]:
    """Where the items of lists begin in a text."""
    return (found.start() for found in _ITEM.finditer(text))


def _seen(row: Finding, others: Sequence[Finding], items: Collection[int]) -> Finding:
    near = (
        one for one in others
        if _is_beside(one, row, items) and _plain(one.right) != _plain(row.right) and _equates(one) is _equates(row)
    )  # fmt: skip
    beside = next(near, None)
    if beside is None:
        return row
    said = f"line {beside.line} gives {beside.right} for the same side, which holds: both may be offered"
    return replace(
        row, outcome=Outcome.UNDECIDED, detail=said, stage="", counterexample=None, corrected="", holds_if=""
    )


def _is_beside(right: Finding, wrong: Finding, items: Collection[int]) -> bool:
    """Whether a line that does not hold is another choice than one that does, or a mistake that this one corrects."""
    listed = right.line in items and wrong.line in items and abs(right.line - wrong.line) <= NEAR
    return listed or 0 <= right.line - wrong.line <= NEAR


def _equates(row: Finding) -> bool:
    """Whether a row is about an equality: beside `2^{10} > 1000`, which holds, `2^{10} = 1023` is no other answer."""
    return row.link in _EQUAL


def _plain(said: str) -> str:
    return "".join(said.split()).rstrip(".,;")


__all__ = ["items_in", "without_offers"]
