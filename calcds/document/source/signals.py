r"""Members of signals as one node each: `x[n-1]`, `x_{n-1}`, `k[a,b]`, `(w * x)[i]`, whatever the brackets are.

    member(NAME:x, sum(NAME:n, ADD:-, NUMBER:1))        what is taken, and its places
    member(round(product(w, *, x)), NAME:i)             of a convolution, a shifted signal, ...

The w of `w^{(l)}[a,b]` is another name than w. `\delta_m[n]` is the member n of a signal with one parameter, m: the text of
its node is the number of parameters. A word in an index, `n_{out}`, is no place.

Imports: calcds.document.source.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from calcds.document.source.keys import labelled
from calcds.document.source.latex import Node, walk
from calcds.document.source.names import atom_and_marks, letter_of, named, opened, script
from calcds.document.source.raw import Unread

CONVOLUTIONS = {"*", "ast", "star", "circledast"}
OPEN = {"star", "circledast"}  # which of them a text has to explain
_OF_PLACES = {"NUMBER", "NAME", "ADD", "MUL", "sum", "product", "items", "COMMA", "round", "group", "unit", "below"}
_NO_SIGNALS = set("EPV")  # in front of square brackets


def with_signals(node: Node) -> Node:
    """A tree with its members of signals as nodes of their own."""
    if node.kind == "unit" and node.parts[0].kind not in {"BIGOP", "FUNC"}:
        return _unit(node)
    parts = [with_signals(p) for p in node.parts]
    if node.kind != "product":
        return node.holding(tuple(parts))
    done: list[Node] = []
    for old, new in zip(node.parts, parts, strict=True):
        bracket, marks = atom_and_marks(old)
        last = done[-1] if done else None
        if bracket.kind == "square" and last is not None and last.end == bracket.at and _can_have_members(last):
            places = _places(with_signals(bracket.parts[0]), split=False) if len(bracket.parts) == 1 else None
            if places is not None:
                done[-1] = _marked(_member(last, places, old.end), marks, old.end)
                continue
        done.append(new)
    return done[0] if len(done) == 1 else node.holding(tuple(done))


def _unit(node: Node) -> Node:
    base, *marks = node.parts
    below = next((k for k, mark in enumerate(marks) if mark.kind == "below"), None)
    base = with_signals(base)
    if below is not None and base.kind in {"NAME", "style", "round"}:
        places = _places(with_signals(script(marks[below])))
        if places is not None:
            labels = [m for m in marks[:below] if m.kind == "above"]
            rest = [m for k, m in enumerate(marks) if k > below]
            if not labels:
                return _marked(_member(base, places, marks[below].end), rest, node.end)
    return Node("unit", (base, *(with_signals(m) for m in marks)), "", node.at, node.end)


def _marked(node: Node, marks: Sequence[Node], end: int) -> Node:
    return Node("unit", (node, *(with_signals(m) for m in marks)), "", node.at, end) if marks else node


def _member(base: Node, places: Sequence[Node], end: int) -> Node:
    """The member of a signal; of one with a parameter that stands in an index, its member there."""
    if base.kind == "member":
        return Node("member", (*base.parts, *places), str(len(base.parts) - 1), base.at, end)
    return Node("member", (base, *places), "", base.at, end)


def _can_have_members(node: Node) -> bool:
    atom, marks = atom_and_marks(node)
    if atom.kind == "round":
        return not marks
    found = named(node)
    return node.kind == "member" or (found is not None and letter_of(found.base) not in _NO_SIGNALS)


def _places(inside: Node, *, split: bool = True) -> list[Node] | None:
    """The places between brackets or in an index; None where a word or a relation stands there. split: `ab` are two"""
    inside = opened(inside)
    if any(n.kind not in _OF_PLACES for n in walk(inside)):
        return None
    if inside.kind == "items":
        return [p for p in inside.parts if p.kind != "COMMA"]
    if split and inside.kind == "product" and all(p.kind == "NAME" for p in inside.parts):
        return list(inside.parts) if len(inside.parts) == 2 else None
    return [inside]


def has_brackets(node: Node) -> bool:
    """Whether members are printed with square brackets in a tree."""
    rows = (n.parts for n in walk(node) if n.kind == "product")
    pairs = ((a, atom_and_marks(b)[0]) for parts in rows for a, b in pairwise(parts))
    return any(b.kind == "square" and a.end == b.at and _can_have_members(a) for a, b in pairs)


def key_of_signal(node: Node) -> str | None:
    r"""The key of a name that may be a signal, with its labels: `x`, `tilde w`, `w^(l)`; None for anything else."""
    found = named(node)
    if found is None:
        return None
    key, below, rest = labelled(found)
    return key if not below and not rest else None


def members_in(node: Node) -> Iterator[Node]:
    """The members below a node."""
    return (n for n in walk(node) if n.kind == "member")


def convolved(node: Node) -> tuple[list[Node], str, list[Node]] | None:
    """What stands in front of the last convolution sign of a product, the sign, and what stands behind it; None without one."""
    if node.kind != "product":
        return None
    place = max((k for k, p in enumerate(node.parts) if p.kind == "MUL" and p.text in CONVOLUTIONS), default=None)
    if place is None or not place or place + 1 == len(node.parts):
        return None
    return list(node.parts[:place]), node.parts[place].text, list(node.parts[place + 1 :])


def row(parts: Sequence[Node]) -> Node:
    """Factors as one tree."""
    return parts[0] if len(parts) == 1 else Node("product", tuple(parts), "", parts[0].at, parts[-1].end)


def listed(node: Node) -> list[Node] | None:
    """The entries of a printed list, `(1, 2, 3)`, `[1, 2]`, with a transpose or without; None for anything else."""
    atom, marks = atom_and_marks(opened(node))
    inside = atom.parts[0] if atom.kind in {"round", "square", "braces"} and len(atom.parts) == 1 else None
    if inside is None or inside.kind != "items" or len(marks) > 1 or len(inside.parts) < 2:
        return None
    if marks and (marks[0].kind != "above" or script(marks[0]).text not in {"T", "top"}):
        return None
    commas = [p for p in inside.parts if p.kind in {"COMMA", "QUAD"}]
    entries = [p for p in inside.parts if p.kind not in {"COMMA", "QUAD"}]
    return entries if len(commas) >= len(entries) - 1 else None


def table(node: Node) -> list[list[Node]] | None:
    """The entries of a printed matrix, row by row; None for anything else."""
    node = opened(node)
    if node.kind != "grid" or node.text not in {"pmatrix", "bmatrix", "matrix", "array", "smallmatrix"}:
        return None
    rows = [[cell.parts[0] for cell in line.parts if cell.parts] for line in node.parts]
    rows = [line for line in rows if line]
    return rows if rows and len({len(line) for line in rows}) == 1 else None


def ranges_of(operator: Node) -> list[tuple[str, Node | None, Node | None]]:
    """The indices of a sum with their first and last values, as far as these are printed. Raises Unread for a condition."""
    _, marks = atom_and_marks(operator)
    below = next((opened(script(m)) for m in marks if m.kind == "below"), None)
    above = next((script(m) for m in marks if m.kind == "above"), None)
    if below is None:
        raise Unread("a sum without an index", operator.at, operator.end)
    found: list[tuple[str, Node | None, Node | None]] = []
    for part in (opened(p) for p in (below.parts if below.kind == "items" else (below,)) if p.kind != "COMMA"):
        signs = [p.text for p in part.parts[1::2]] if part.kind == "item" else []
        head = opened(part.parts[0]) if signs else part
        if head.kind != "NAME" or signs not in ([], ["="], ["in"]):
            raise Unread("a sum over a condition", operator.at, operator.end)
        if signs == ["in"] and (opened(part.parts[2]).kind, opened(part.parts[2]).text) != ("SET", "Z"):
            raise Unread("a sum over a set", operator.at, operator.end)
        found.append((head.text, part.parts[2] if signs == ["="] else None, above if signs == ["="] else None))
    lows = [low for _, low, _ in found if low is not None]
    if above is not None and lows:
        found = [(name, lows[0] if low is None else low, above) for name, low, _ in found]
    return found


def is_quotient(node: Node) -> bool:
    r"""`\frac{\partial L}{\partial w[k]}`."""
    parts = [opened(p).parts for p in node.parts]
    return len(parts) == 2 and all(len(p) == 2 and p[0].kind == "PARTIAL" for p in parts)


def inline_quotient(parts: Sequence[Node]) -> tuple[Node, Node] | None:
    r"""`\partial L / \partial w[k]`, alone in a row of factors."""
    kinds = [(p.kind, p.text if p.kind == "MUL" else "") for p in parts]
    if [kind for kind, _ in kinds[:1]] != ["PARTIAL"] or kinds[2:4] != [("MUL", "/"), ("PARTIAL", "")] or len(parts) != 5:
        return None
    return parts[1], parts[4]


def quotient_parts(node: Node) -> tuple[Node, Node]:
    """What is differentiated, and by what, of a derivative that is written as a fraction."""
    top, bottom = (row(opened(p).parts[1:]) for p in node.parts)
    return top, bottom
