r"""Derivatives of functions of one letter as names: `\dot A` for `A'(t)` and `\frac{dA}{dt}`, and A for `A(t)`.

What is more than a name keeps its derivative, `\frac{d}{dt} A^{-1}`, and has one in the place of a prime, `(AB)'`.

Imports: calcds.document.source.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from calcds.document.source.differentials import differential, places_of
from calcds.document.source.latex import Node, walk
from calcds.document.source.names import atom_and_marks, named, opened
from calcds.document.source.raw import Unread

DOT = "dot "  # how the name for a derivative begins


def with_dots(node: Node, letters: Mapping[str, str], letter: str) -> Node:
    r"""A tree with `A` for `A(t)`, `\dot A` for `A'(t)` and `\frac{dA}{dt}`, and `\frac{d}{dt} (AB)` for `(AB)'`."""
    if node.kind == "frac" and (key := _slope_of(node, letters, letter)) is not None:
        return _dotted(key, node)
    node = node.holding(tuple(with_dots(p, letters, letter) for p in node.parts))
    if node.kind == "unit" and (name := _primed(node, letters)) is not None:
        return name
    if node.kind == "product":
        node = _without_brackets(node, letters, letter)
    if node.kind == "unit" and node.parts[0].kind == "round" and [p.kind for p in node.parts[1:]] == ["prime"]:
        d, t = (Node("NAME", (), text, node.at, node.at) for text in ("d", letter))
        sign = Node("frac", (d, Node("product", (d, t), "", node.at, node.at)), "", node.at, node.at)
        return Node("product", (sign, node.parts[0]), "", node.at, node.end)
    return node


def _dotted(key: str, node: Node) -> Node:
    return Node("NAME", (), f"{DOT}{key}", node.at, node.end)


def _slope_of(node: Node, letters: Mapping[str, str], letter: str) -> str | None:
    r"""The A of `\frac{dA}{dt}`, `\frac{\partial A(t)}{\partial t}`."""
    try:
        above, below = differential(node.parts[0]), places_of(opened(node.parts[1]))
    except Unread:
        return None
    if above is None or not below or above[1] != 1 or [opened(n).text for n, times in below if times == 1] != [letter]:
        return None
    body = above[0] if len(above[0]) < 2 or not _is_call(above[0][1], letter) else [above[0][0], *above[0][2:]]
    name = named(body[0]) if len(body) == 1 else None
    return name.base if name is not None and not name.marks and name.base in letters else None


def _primed(node: Node, letters: Mapping[str, str]) -> Node | None:
    """`A'`, and what stands above it, with a dot for the prime."""
    name = named(node)
    primes = [m for m in name.marks if m.kind == "prime"] if name is not None else []
    if name is None or name.base not in letters or len(primes) != 1:
        return None
    rest = tuple(m for m in name.marks if m.kind != "prime")
    dotted = _dotted(name.base, node)
    return Node("unit", (dotted, *rest), "", node.at, node.end) if rest else dotted


def _is_call(node: Node, letter: str) -> bool:
    """`(t)`, or `(t)^{-1}`."""
    atom, _ = atom_and_marks(node)
    return atom.kind == "round" and len(atom.parts) == 1 and opened(atom.parts[0]).text == letter


def _without_brackets(node: Node, letters: Mapping[str, str], letter: str) -> Node:
    r"""A product with `A` for `A(t)`; what stands above the bracket stands above A."""
    done: list[Node] = []
    for part in node.parts:
        name = named(done[-1]) if done else None
        if name is None or name.base.removeprefix(DOT) not in letters or not _is_call(part, letter):
            done.append(part)
            continue
        _, marks = atom_and_marks(part)
        if marks:
            done[-1] = Node("unit", (done[-1], *marks), "", done[-1].at, part.end)
    return done[0] if len(done) == 1 else node.holding(tuple(done))


def differentiates(node: Node, letter: str) -> bool:
    r"""Whether something is differentiated by the letter that is more than a name."""
    for one in walk(node):
        try:
            above = differential(one.parts[0]) if one.kind == "frac" else None
            below = places_of(opened(one.parts[1])) if above is not None else None
        except Unread:
            continue
        if above is not None and below and [opened(n).text for n, _ in below] == [letter]:
            return True
    return False


def is_odd(node: Node, letters: Mapping[str, str], letter: str) -> bool:
    """Whether a tree has the letter itself, derivatives of higher order or within others, or more than formulas of matrices."""
    inside = 0
    for one in walk(node):
        if one.kind in {"prime", "BIGOP", "NABLA", "LIM", "cases"} or one.text.startswith("ddot "):
            return True
        if one.kind == "frac" and differentiates(Node("items", (one,)), letter):
            inside += 1
    plain = sum(one.kind == "NAME" and one.text == letter for one in walk(node))
    signs = [pair for one in walk(node) if one.kind == "product" for pair in pairwise(one.parts)]
    brackets = any((n := named(a)) is not None and n.base in letters and atom_and_marks(b)[0].kind == "round" for a, b in signs)
    return plain != inside or inside > 1 or brackets


__all__ = ["DOT", "differentiates", "is_odd", "with_dots"]
