r"""Members of a sequence that words list: "gradients $3$, $4$" says what g_1 and g_2 are, where a recursion takes g_t.

    s_t = s_{t-1} + g_t \odot g_t, \quad s_0 = 0      gradients $3$, $4$:      s_1 = 9, \quad s_2 = 25

They count from the member that the first step takes: g_1 beside s_t = s_{t-1} + \dots, g_0 beside s_{k+1} = s_k + \dots

Imports: calcds.document.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from calcds.document.following.iterating import Iterations
from calcds.document.source.latex import Node, walk
from calcds.document.source.members import member_of
from calcds.document.source.names import has_names, opened
from calcds.document.source.statements import Cut
from calcds.document.words.scope import Scope

_LETTER = "g"  # of gradients
_BEGINS = re.compile(r"\bgradients?(?:\s+(?:are|of|be))?\s*:?[\s$(\\]*$", re.IGNORECASE)
_GOES_ON = re.compile(r"[\s$)\\]*,?\s*(?:and\s+)?[\s$(\\]*", re.IGNORECASE)
_KINDS = {"items", "sum", "group", "braces", "frac", "NUMBER", "ADD"}


@dataclass(slots=True)
class Listed:
    """The list of numbers that is read: the next of its members, or None outside of one."""

    scope: Scope
    iterations: Iterations
    next: int | None = None

    def hear(self, piece: Cut) -> None:
        """A formula may be the first or the next number of a list."""
        value = _number_of(piece)
        if value is not None and _BEGINS.search(piece.segment.before):
            self.next = self._first()
            if self.next is not None:
                self.iterations.begin(_LETTER)
        elif self.next is None or value is None or not _GOES_ON.fullmatch(piece.segment.before):
            self.next = None
        if self.next is not None and value is not None:
            self.iterations.give(_LETTER, self.next, value, self.scope.section)
            self.next += 1

    def _first(self) -> int | None:
        """The number of the first gradient that a recursion of this section takes; None where none takes one."""
        for one in reversed(self.iterations.recursions.values()):
            if one.explicit or not self.scope.is_here(one.section):
                continue
            members = (found for node in walk(one.body) if (found := member_of(node)) is not None)
            offsets = {found.offset for found in members if (found.key, found.letter) == (_LETTER, one.letter)}
            if len(offsets) == 1:
                return 1 - one.ahead + int(next(iter(offsets)))
        return None


def _number_of(piece: Cut) -> Node | None:
    """The value of a formula that is one number."""
    sides = [side for statement in piece.statements for side in statement.sides]
    tree = piece.trees.get(sides[0]) if len(sides) == 1 else None
    if not isinstance(tree, Node) or has_names(tree):
        return None
    return opened(tree) if all(node.kind in _KINDS for node in walk(tree)) else None


__all__ = ["Listed"]
