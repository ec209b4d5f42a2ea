r"""Signals, whose members stand in square brackets: `y[n] = \frac12 y[n-1] + x[n]` is about y_n, y_{n-1} and x_n.

    x[n], x[n-1], h[0]       behind a letter without marks, in a document that speaks of signals, filters or sequences
    X[k], \delta[n-m]        so are capitals and Greek letters
    E[X], P[A], T[n]         E, P and V stand before what they are taken of
    x_n and x[n]             where a letter has indices in its section, too, its brackets are left as they are

    h_{[i]}, A_{[i,j]}       below a letter they hold indices, where no letter has others without, and nothing is sorted

They become indices, and all that is known of sequences holds for them.

Imports: calcds.document.source.latex, calcds.document.source.names.
"""

from __future__ import annotations

import re

from calcds.document.source.latex import Node, walk
from calcds.document.source.names import atom_and_marks, opened

_SIGNALS = re.compile(
    r"\b(?:signals?|sequences?|filter\w*|impulse|discrete[- ]time|convolution\w*|samples|difference equations?|DFT|"
    r"moving averages?|autocorrelation)\b",
    re.IGNORECASE,
)
_LETTER = r"(?<![A-Za-z\\_^}])(?P<letter>[a-zA-Z]|\\(?:delta|tilde\s*\{?[a-z]\}?))"
_MEMBER = re.compile(_LETTER + r"\[\s*-?\s*[nkmtijl](?:\s*[-+]\s*[nkmtijl0-9]+)*\s*\]")
_INDEXED = re.compile(_LETTER + r"_")
_BELOW = re.compile(r"(?P<letter>[a-zA-Z])\}?(?:\^\{[^{}]*\})?\s*_\s*\{?\s*\[")
_PLAIN_BELOW = re.compile(r"(?P<letter>[a-zA-Z])\}?(?:\^\{[^{}]*\})?\s*_\s*\{?\s*[a-z0-9](?![a-z])")
_SORTED = re.compile(r"\border(?:ed|ing)?\b|\bsort\w*|\bmajori[sz]\w+|\branks?\b|\blargest\b|\bsmallest\b", re.IGNORECASE)
_TAKEN_OF = set("EPVC")
_INSIDE = {"NUMBER", "NAME", "ADD", "sum", "product", "items", "MUL", "COMMA"}


def speaks_of_signals(text: str) -> bool:
    """Whether a document is about signals."""
    return _SIGNALS.search(text) is not None


def signals_in(text: str) -> frozenset[str]:
    r"""The letters of which a section prints members in square brackets.

    >>> sorted(signals_in("The filter is $y[n] = y[n-1] + x[n]$, and $z_1 = z[n]$, $E[n]$."))
    ['x', 'y']
    """
    letters = {m["letter"] for m in _MEMBER.finditer(text)}
    indexed = {m["letter"] for m in _INDEXED.finditer(text)}
    return frozenset(one.removeprefix("\\") for one in letters - indexed - _TAKEN_OF if not one.startswith("\\tilde"))


def brackets_are_indices(text: str) -> bool:
    r"""Whether square brackets below letters hold plain indices.

    >>> brackets_are_indices("$h_{[i]} = W_{[i,j]} x_{[j]}$"), brackets_are_indices("$x_{[1]}$ is the smallest $x_i$")
    (True, False)
    """
    letters = {m["letter"] for m in _BELOW.finditer(text)}
    return bool(letters) and letters.isdisjoint(m["letter"] for m in _PLAIN_BELOW.finditer(text)) and not _SORTED.search(text)


def without_index_brackets(node: Node) -> Node:
    r"""A tree in which `h_{[i]}` is `h_i`."""
    if not node.parts:
        return node
    parts = tuple(without_index_brackets(p) for p in node.parts)
    if node.kind == "below" and len(parts) == 1:
        bracket = opened(parts[0])
        if _is_index(bracket):
            return node.holding((Node("group", bracket.parts, "", bracket.at, bracket.end),))
    return node.holding(parts)


def with_members(node: Node, letters: frozenset[str]) -> Node:
    """A tree in which what stands in square brackets behind some letters is an index."""
    if not letters or not node.parts:
        return node
    parts = [with_members(p, letters) for p in node.parts]
    if node.kind == "product":
        done: list[Node] = []
        for part in parts:
            bracket, marks = atom_and_marks(part)
            last = done[-1] if done else None
            behind = last is not None and last.kind == "NAME" and last.text in letters and last.end == bracket.at
            if last is not None and behind and _is_index(bracket):
                index = Node("below", (bracket.parts[0],), "", bracket.at, bracket.end)
                done[-1] = Node("unit", (last, index, *marks), "", last.at, part.end)
            else:
                done.append(part)
        if len(done) == 1:
            return done[0]
        parts = done
    return node.holding(tuple(parts))


def _is_index(bracket: Node) -> bool:
    return bracket.kind == "square" and len(bracket.parts) == 1 and all(n.kind in _INSIDE for n in walk(bracket.parts[0]))


__all__ = ["brackets_are_indices", "signals_in", "speaks_of_signals", "with_members", "without_index_brackets"]
