r"""Cases that a text looks at for a moment: "with $A = I$ we get", "for $a = 0$ this is", "in the special case $A = I$".

What is said of such a case holds in its sentence. Behind it the name is general again, and nothing is proved by the case. But
the text may go on with it, "Then $f'(x) = 2x$.", and only the reader knows where it stops. So a line of the same section that
does not hold in general is read once more in each case that was looked at before it: where it holds there, it is not called
wrong, and that it holds in this case is said.

Imports: calcds.document, calcds.expr.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice

from calcds.document.reading.chains import read_chain
from calcds.document.source.latex import Node
from calcds.document.source.options import Options
from calcds.document.source.raw import Unread
from calcds.document.words.heads import key_of
from calcds.document.words.scope import Definition, Scope, put_back
from calcds.expr.term import Term, same_shape

MOST = 3  # cases, the latest ones, in which a line is read once more


@dataclass(frozen=True, slots=True)
class Case:
    """A name with one of its values, and the line that says so."""

    key: str
    value: Definition
    line: int


@dataclass(slots=True)
class SpecialCases:
    """The cases that a document has looked at so far."""

    scope: Scope
    known: list[Case] = field(default_factory=list)

    def note(self, nodes: Sequence[Node | Unread], at: int, line: int) -> None:
        """A name has a value for a moment, which may be a name or a formula itself."""
        name, body = nodes if len(nodes) == 2 else (None, None)
        key = key_of(name) if isinstance(name, Node) else None
        if key is None or not isinstance(name, Node) or not isinstance(body, Node):
            return
        symbol, value = read_chain([name, body], [True], self.scope, Options()).sides
        if not isinstance(symbol, Term) or not isinstance(value, Term) or symbol.head != "sym":
            return
        if same_shape(symbol.shape, value.shape) and symbol not in self.scope.expand(value).free:
            self.known.append(Case(key, Definition(symbol, value, self.scope.section, at), line))

    def here(self) -> list[Case]:
        """The latest cases of this section, the last one first."""
        here = (one for one in reversed(self.known) if one.value.section == self.scope.section)
        return [*islice(here, MOST)]

    @contextmanager
    def looked_at(self, case: Case) -> Iterator[None]:
        """A name has the value of a case again, while a line is read."""
        before = self.scope.definitions.get(case.key)
        self.scope.definitions[case.key] = case.value
        try:
            yield
        finally:
            put_back(self.scope.definitions, case.key, before)


__all__ = ["Case", "SpecialCases"]
