"""The operations of generated array code, shared and typed.

A `Node` is one array operation. Its shape is that of the array in memory: a matrix that is the same in every row is
kept as one row (1, n), a constant matrix as a number (1, 1); entrywise operations broadcast. Nodes are hash-consed, so
what is written twice is computed once.

Imports: calcds.expr.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from calcds.expr.term import SCALAR, Shape

ENTRYWISE = frozenset({"add", "sub", "mul", "div", "pow", "neg", "fn", "where", "compare", "logic"})
VIEWS = frozenset({"T", "entry", "size", "row_of_index"})  # cost nothing and own no memory


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """One operation.

    op:    name of the operation; `calcds.code.dialects` says how each is written
    args:  operands
    data:  function name, argument name, number, ...
    shape: of the array in memory
    """

    op: str
    args: tuple[Node, ...]
    data: Any
    shape: Shape

    @property
    def is_number(self) -> bool:
        """Whether the value is a number, not an array."""
        return self.shape == SCALAR


class Graph:
    """All nodes of one function."""

    def __init__(self) -> None:
        self._shared: dict[tuple[Any, ...], Node] = {}

    def node(self, op: str, *args: Node, data: Any = None, shape: Shape = SCALAR) -> Node:
        """The one node with these parts."""
        key = (op, args, data, shape)
        if key not in self._shared:
            self._shared[key] = Node(op, args, data, shape)
        return self._shared[key]

    def number(self, value: float) -> Node:
        """A constant."""
        return self.node("number", data=int(value) if float(value).is_integer() and abs(value) < 2**53 else float(value))

    def entrywise(self, op: str, *args: Node, data: Any = None) -> Node:
        """An entrywise operation; the operands broadcast."""
        rows = next((a.shape[0] for a in args if a.shape[0] != 1), 1)
        columns = next((a.shape[1] for a in args if a.shape[1] != 1), 1)
        return self.node(op, *args, data=data, shape=(rows, columns))

    def transpose(self, a: Node) -> Node:
        """A view."""
        if a.is_number:
            return a
        if a.op == "T":
            return a.args[0]
        return self.node("T", a, shape=(a.shape[1], a.shape[0]))
