r"""Whole-number expressions in subscripts, exponents and summands: `3`, `n`, `2n-1`, `m+k`, as trees and as sums of names.

Imports: calcds.document.source.latex, calcds.document.source.names.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from calcds.document.source.latex import Node
from calcds.document.source.names import opened

PLAIN_SIGNS = {"cdot", "times", "*", "ast"}


@dataclass(frozen=True, slots=True)
class Linear:
    """A constant and names with their coefficients, none of which is 0."""

    constant: Fraction
    names: frozenset[tuple[Node, Fraction]] = frozenset()

    def __add__(self, other: Linear) -> Linear:
        table = dict(self.names)
        for name, count in other.names:
            table[name] = table.get(name, Fraction(0)) + count
        return Linear(self.constant + other.constant, frozenset((n, c) for n, c in table.items() if c))

    def __sub__(self, other: Linear) -> Linear:
        return self + other.scaled(Fraction(-1))

    def scaled(self, by: Fraction) -> Linear:
        """So many times the expression."""
        return Linear(self.constant * by, frozenset((n, c * by) for n, c in self.names if by))

    @property
    def whole(self) -> int | None:
        """The integer it is; None where names stand in it or it is a fraction."""
        return int(self.constant) if not self.names and self.constant.denominator == 1 else None

    @property
    def is_integral(self) -> bool:
        """Whether all coefficients are integers."""
        return all(c.denominator == 1 for c in (self.constant, *(c for _, c in self.names)))

    @property
    def is_simple(self) -> bool:
        """`5`, `n` or `n - 1`: one name with nothing in front of it."""
        return [c for _, c in self.names] in ([], [1])


def constant(value: int) -> Linear:
    """A number."""
    return Linear(Fraction(value))


def linear(node: Node) -> Linear | None:
    r"""A tree as a linear expression; None for anything else. A product of two numbers is none: `1 \cdot 2` has a form."""
    node = opened(node)
    if node.kind == "NUMBER" and node.text.isdigit():
        return constant(int(node.text))
    if node.kind == "NAME" or _is_subscripted(node):
        return Linear(Fraction(0), frozenset({(bare(node), Fraction(1))}))
    if node.kind == "round" and len(node.parts) == 1:
        return linear(node.parts[0])
    if node.kind == "sum":
        return _sum(node)
    if node.kind == "product":
        factors = [p for p in node.parts if p.kind != "MUL" or p.text not in PLAIN_SIGNS]
        if len(factors) == 2 and factors[0].kind == "NUMBER":
            count, other = linear(factors[0]), linear(factors[1])
            if count is not None and other is not None and other.names:
                return other.scaled(count.constant)
    return None


def _sum(node: Node) -> Linear | None:
    total, sign = constant(0), Fraction(1)
    for part in node.parts:
        if part.kind == "ADD":
            sign = Fraction(-1 if part.text == "-" else 1)
            continue
        found = linear(part) if part.kind != "PM" else None
        if found is None:
            return None
        total, sign = total + found.scaled(sign), Fraction(1)
    return total


def _is_subscripted(node: Node) -> bool:
    r"""`n_1`."""
    return node.kind == "unit" and len(node.parts) == 2 and node.parts[0].kind == "NAME" and node.parts[1].kind == "below"


def bare(node: Node) -> Node:
    """A tree without braces and places: equal trees are equal formulas."""
    node = opened(node)
    return Node(node.kind, tuple(map(bare, node.parts)), node.text)


def same(*nodes: Node) -> bool:
    """Whether trees are one formula."""
    first = bare(nodes[0])
    return all(bare(other) == first for other in nodes[1:])


def tree(value: Linear) -> Node:
    """A linear expression with integers in it as a tree."""
    parts: list[Node] = []
    for name, count in sorted(value.names, key=lambda pair: (pair[1] < 0, str(pair[0]))):
        whole = int(abs(count))
        parts += _signed(count < 0, name if whole == 1 else Node("product", (numeral(whole), name)), first=not parts)
    if value.constant or not parts:
        parts += _signed(value.constant < 0, numeral(int(abs(value.constant))), first=not parts)
    return parts[0] if len(parts) == 1 else Node("sum", tuple(parts))


def _signed(negative: bool, node: Node, *, first: bool) -> list[Node]:  # noqa: FBT001  (a sign)
    return [node] if first and not negative else [Node("ADD", (), "-" if negative else "+"), node]


def numeral(value: int) -> Node:
    """A number that is not negative as a tree."""
    return Node("NUMBER", (), str(value))
