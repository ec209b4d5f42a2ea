r"""Members of sequences as they are written: `v_k`, `v_{k+1}^2`, `v_3`, and formulas in which an index is a number.

    v_{k+1} = \beta v_k + g_k                  for k = 2: v_3 = \beta v_2 + g_2
    \sum_{i=0}^{k} \beta^{k-i} g_i             for k = 1: \beta^{1-0} g_0 + \beta^{1-1} g_1

Imports: calcds.document.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from calcds.document.source.keys import labelled
from calcds.document.source.latex import Node, walk
from calcds.document.source.linear import linear, numeral
from calcds.document.source.names import atom_and_marks, named, script
from calcds.document.source.raw import Unread

BEFORE_THE_FIRST = "a member before the first one"
_LONGEST = 12  # terms of a sum that is written out


@dataclass(frozen=True, slots=True)
class Member:
    """A name with one index: its key, and the letter and the number in the index."""

    key: str
    letter: str
    offset: int
    core: Node
    rest: tuple[Node, ...]


def member_of(node: Node) -> Member | None:
    r"""`v_k`, `v_{k+1}^2`, `v_3`; None for anything else."""
    if node.kind != "unit" or node.parts[0].kind in {"BIGOP", "FUNC"}:
        return None
    name = named(node)
    key, below, rest = labelled(name) if name is not None else ("", [], ())
    index = linear(script(below[0])) if len(below) == 1 else None
    if name is None or index is None or len(index.names) > 1 or index.constant.denominator != 1:
        return None
    letters = [(one, count) for one, count in index.names]
    if letters and (letters[0][1] != 1 or letters[0][0].kind != "NAME"):
        return None
    core = Node("unit", tuple(p for p in node.parts if p not in rest), "", node.at, node.end)
    return Member(key, letters[0][0].text if letters else "", int(index.constant), core, rest)


def bound(node: Node) -> set[str]:
    """The letters that sums bind."""
    marks = (script(m) for n in walk(node) if n.kind == "unit" and n.parts[0].kind == "BIGOP" for m in n.parts[1:])
    return {one.parts[0].text for one in marks if one.kind == "item"}


def keys_of(nodes: Sequence[Node | Unread]) -> set[str]:
    """The sequences of which members stand in some trees."""
    return {m.key for node in nodes if isinstance(node, Node) for m in map(member_of, walk(node)) if m is not None}


def offsets(body: Node, member: Member) -> frozenset[int]:
    """How far the members of the same sequence in a formula stand behind a member."""
    inside = (m for m in map(member_of, walk(body)) if m is not None)
    return frozenset(member.offset - m.offset for m in inside if (m.key, m.letter) == (member.key, member.letter))


def put(node: Node, letter: str, value: int) -> Node:
    """A tree with a number for a letter; indices are worked out. Raises Unread where one is negative."""
    if node.kind == "NAME" and node.text == letter:
        return Node("NUMBER", (), str(value), node.at, node.end)
    if not node.parts:
        return node
    parts = tuple(put(p, letter, value) for p in node.parts)
    if node.kind == "below" and len(parts) == 1 and (index := linear(parts[0])) is not None and not index.names:
        if index.whole is None or index.whole < 0:
            raise Unread(BEFORE_THE_FIRST)
        parts = (numeral(index.whole),)
    return node.holding(parts)


def misprints(node: Node) -> Iterator[Node]:
    """Trees with one fraction upside down, one sign changed, or one number greater or smaller by one."""
    if node.kind == "frac":
        yield Node("frac", node.parts[::-1], "", node.at, node.end)
    elif node.kind == "ADD":
        yield Node("ADD", (), "-" if node.text == "+" else "+", node.at, node.end)
    elif node.kind == "NUMBER" and node.text.isdecimal():
        yield numeral(int(node.text) + 1)
        if node.text != "0":
            yield numeral(int(node.text) - 1)
    for k, part in enumerate(node.parts):
        for changed in misprints(part):
            yield node.holding((*node.parts[:k], changed, *node.parts[k + 1 :]))


def with_sums(node: Node) -> Node:
    r"""A tree in which sums over known ranges are written out: `\sum_{i=0}^{1} \beta^{1-i} g_i`."""
    if not node.parts:
        return node
    parts = tuple(map(with_sums, node.parts))
    if node.kind == "product":
        place = next((k for k, p in enumerate(parts) if atom_and_marks(p)[0].kind == "BIGOP"), None)
        bounds = _bounds(parts[place]) if place is not None else None
        if place is not None and bounds is not None and place + 1 < len(parts):
            letter, low, high = bounds
            rest = parts[place + 1 :]
            body = rest[0] if len(rest) == 1 else Node("product", rest, "", rest[0].at, rest[-1].end)
            terms = [with_sums(put(body, letter, k)) for k in range(low, high + 1)]
            row = [p for k, term in enumerate(terms) for p in ((Node("ADD", (), "+"), term) if k else (term,))]
            total = numeral(0) if not terms else terms[0] if len(terms) == 1 else Node("sum", tuple(row))
            return Node("product", (*parts[:place], total), "", node.at, node.end) if place else total
    return node.holding(parts)


def _bounds(node: Node) -> tuple[str, int, int] | None:
    r"""The letter and the range of `\sum_{i=0}^{3}`."""
    atom, marks = atom_and_marks(node)
    low = next((script(m) for m in marks if m.kind == "below"), None)
    high = next((linear(script(m)) for m in marks if m.kind == "above"), None)
    if atom.text != "sum" or low is None or high is None or high.whole is None or low.kind != "item" or len(low.parts) != 3:
        return None
    name, sign, first = low.parts
    start = linear(first)
    if sign.text != "=" or name.kind != "NAME" or start is None or start.whole is None or high.whole > start.whole + _LONGEST:
        return None
    return name.text, start.whole, high.whole
