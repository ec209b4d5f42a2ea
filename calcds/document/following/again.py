r"""A second formula for a name of which an earlier section has said what it is: `H = U U^T` after `H = X (X^T X)^{-1} X^T`.

Such an equation may give the name a new meaning, and is taken so. Where it follows from the earlier formula, with what the
text has said in between (`X = U D V^T`), it is a claim that holds; the two meanings are one. Where it does not follow it stays
a definition. The numbers of an example are what the earlier formula comes to for the numbers of this section,

    H = X (X^T X)^{-1} X^T,   X = (1, 1; 1, 2; 1, 3)   ->   H = (5, 2, -1; 2, 2, 2; -1, 2, 5) / 6

and not for those of another one. Single numbers are no such claims: two of them may be equal by chance.

Imports: calcds.document, calcds.decide.verdict.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from calcds.decide.verdict import Outcome
from calcds.document.reading.chains import read_chain
from calcds.document.reading.sequences import Taken
from calcds.document.source.latex import Node
from calcds.document.source.options import Options
from calcds.document.source.raw import Unread
from calcds.document.weighing.deciding import Decider
from calcds.document.words.heads import key_of
from calcds.document.words.scope import Definition, Scope

_HELD = {Outcome.PROVED, Outcome.SUPPORTED}


@dataclass(slots=True)
class Again:
    """The formulas that the heads of a chain had before it."""

    scope: Scope
    decider: Decider
    former: dict[str, Definition]

    @classmethod
    def before(cls, nodes: Sequence[Node | Unread], scope: Scope, decider: Decider) -> Again:
        """To be made before the chain is taken for definitions."""
        keys = (key_of(node) for node in nodes[:-1] if isinstance(node, Node))
        known = ((key, scope.definitions.get(key)) for key in keys if key is not None)
        return cls(scope, decider, {key: one for key, one in known if one is not None and one.body.free})

    def taken(self, taken: Taken, nodes: Sequence[Node | Unread], line: Callable[[int], int]) -> Taken:
        """What a definition comes to that follows from the formula that its name had. line: of an offset"""
        node, body = nodes
        key = key_of(node) if isinstance(node, Node) else None
        former = self.former.get(key) if key is not None else None
        if taken.stage != "definition" or taken.outcome is not Outcome.PROVED or taken.guessed or taken.value is None:
            return taken
        if former is None or key is None or not isinstance(body, Node) or taken.value is former.body:
            return taken
        if not taken.value.free and taken.value.is_scalar:
            return taken
        with self._meaning(key, former, numbers=not taken.value.free):
            reading = read_chain([node, body], [True], self.scope, Options(old=True))
            pair = reading.pair(0)
            if pair is None or reading.doubts_of(0) or str(pair[0]) != str(former.symbol) or pair[1] is former.body:
                return taken
            verdict = self.decider.compare(reading, *pair)
        if verdict.outcome not in _HELD:
            return taken
        said = f"it follows from what line {line(former.at)} says: {verdict.detail}"
        return replace(taken, outcome=verdict.outcome, detail=said, stage="solution")

    @contextmanager
    def _meaning(self, key: str, former: Definition, *, numbers: bool) -> Iterator[None]:
        """A name has its former formula for a while. numbers: other names have those of this section; else none has any"""
        scope = self.scope
        before = scope.definitions, scope.values
        scope.definitions = {k: one for k, one in scope.definitions.items() if k != key} | {key: former}
        here = ((k, one) for k, one in scope.values.items() if k != key and numbers)
        scope.values = {k: one for k, one in here if scope.is_here(one[2])}
        try:
            yield
        finally:
            scope.definitions, scope.values = before


__all__ = ["Again"]
