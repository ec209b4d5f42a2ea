r"""Vectors that are multiplied with a dot: the w and x of `z = w \cdot x + b`, of which the text prints nothing transposed.

A dot between two letters multiplies numbers as well. It is an inner product where the section takes a gradient by one of
the two, `\nabla_w L`, and wherever the text says of the very product that it is one: "$w \cdot x$ is the inner product".

Imports: calcds.document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from calcds.document.source.latex import Node, walk
from calcds.document.source.names import atom_and_marks, is_square, letter_of, script
from calcds.document.source.statements import Cut
from calcds.document.words.heads import key_of
from calcds.document.words.scope import Scope

_CALLED = re.compile(
    r"[\s$)\\]*(?:is|denotes|for|means|as|,)\s+(?:the|an?)\s+(?:usual\s+|standard\s+)?(?:inner|dot|scalar)\s+product\b"
)
_CALLS = re.compile(r"\b(?:inner|dot|scalar)\s+products?\s+(?:(?:is|are|as|by|of|written|denoted)\s+)*[\s$(\\]*$")


def gather_products(pieces: Sequence[Cut], scope: Scope) -> None:
    r"""Learn which letters sections multiply as vectors: those of `w \cdot x` beside `\nabla_w`, or where the text says so."""
    under: set[tuple[str, int]] = set()
    called: set[frozenset[str]] = set()
    found: list[tuple[frozenset[str], int]] = []
    for piece in pieces:
        trees = [tree for tree in piece.trees.values() if isinstance(tree, Node)]
        under |= {(key, piece.segment.section) for tree in trees for key in _variables(tree)}
        here = [pair for tree in trees for pair in _dotted(tree)]
        found += [(pair, piece.segment.section) for pair in here]
        if len(here) == 1 and (_CALLED.match(piece.segment.after) or _CALLS.search(piece.segment.before)):
            called |= {here[0]}
    for pair, section in found:
        if pair in called or any((key, section) in under for key in pair):
            for key in pair:
                scope.evidence.setdefault(key, set()).add(section)


def _variables(tree: Node) -> Iterator[str]:
    r"""The w of `\nabla_w L` and of `\nabla_w^2 L`."""
    for node in walk(tree):
        atom, marks = atom_and_marks(node)
        below = [mark for mark in marks if mark.kind == "below"]
        if atom.kind == "NABLA" and len(below) == 1 and all(mark in below or is_square(mark) for mark in marks):
            key = key_of(script(below[0]))
            if key is not None and _is_plain(key):
                yield key


def _dotted(tree: Node) -> Iterator[frozenset[str]]:
    r"""The letters of `w \cdot x`, with nothing else beside the dot."""
    for node in walk(tree):
        if node.kind != "product":
            continue
        for k in range(len(node.parts) - 2):
            left, dot, right = node.parts[k : k + 3]
            keys = (key_of(left), key_of(right)) if (dot.kind, dot.text) == ("MUL", "cdot") else (None, None)
            if keys[0] is not None and keys[1] is not None and keys[0] != keys[1] and all(map(_is_plain, keys)):
                yield frozenset(key for key in keys if key is not None)


def _is_plain(key: str | None) -> bool:
    """Whether a key is one small letter: no entry, no matrix."""
    return key is not None and "_" not in key and letter_of(key).islower()


__all__ = ["gather_products"]
