r"""Equations that are turned round: `z = \log\frac{p}{1-p}` where the text has said that `p = \sigma(z)`.

Such an equation gives z no other value, and need be no condition on it either. With the formula for p put in, it says
`z = \log\frac{\sigma(z)}{1 - \sigma(z)}`, which holds for every z or does not. Where it does, it is a claim that holds. Where
it does not, it may be an update of z, or an equation that is to be solved, and nothing is said.

Imports: calcds.document, calcds.decide.verdict.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from calcds.decide.verdict import Outcome, Verdict
from calcds.document.reading.chains import Reading
from calcds.document.source.latex import Node
from calcds.document.source.names import named, opened
from calcds.document.source.raw import Unread
from calcds.document.words.scope import Scope
from calcds.expr.term import Term

_HELD = {Outcome.PROVED, Outcome.SUPPORTED}


def turned(left: Node | Unread, right: Node | Unread, scope: Scope, read: Callable[[Sequence[Node]], Reading],
           compare: Callable[[Reading, Term, Term], Verdict]) -> Verdict | None:  # fmt: skip
    """The verdict on an equation for a name in terms of what it determines; None where it need not hold."""
    if not isinstance(left, Node) or not isinstance(right, Node) or named(opened(left)) is None:
        return None
    reading = read([left, right])
    pair = reading.pair(0)
    if pair is None or reading.doubts_of(0) or pair[0].head != "sym" or pair[0] in pair[1].free:
        return None
    table = scope.table()
    if pair[0] in table or not any(pair[0] in table[s].free for s in pair[1].free if s in table):
        return None
    verdict = compare(reading, *pair)
    if verdict.outcome not in _HELD:
        return None
    said = f"it turns round what the text has said: {verdict.detail}"
    return Verdict(verdict.outcome, "turned", said, conditions=verdict.conditions)


__all__ = ["turned"]
