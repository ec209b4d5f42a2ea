r"""Functions that are said to be another by name, `\phi = \tanh`, `h = \exp`: written out as `\phi(u) = \tanh(u)`.

A letter with another equation in the document, `\phi(u) = \max(0, u)`, may be compared with that one, or be chosen anew.

Imports: calcds.document.source.

>>> from calcds.document.source.latex import read
>>> [str(one) for one in at_a_place(read(r"\phi"), read(r"\tanh"), "u = 2")]
['product(NAME:phi, round(NAME:t))', 'product(FUNC:tanh, round(NAME:t))']
>>> at_a_place(read("a"), read(r"\tanh u"), "")
[]
"""

from __future__ import annotations

import re

from calcds.document.source.latex import Node
from calcds.document.source.names import FUNCTIONS, opened

_LETTERS = ("u", "t", "s", "v", "z", "x", "q", "r")  # for the place: one that the document does not write
_OF_FUNCTIONS = FUNCTIONS | {"sigma", "rho", "a", "s"}
_OF_NUMBERS = {"exp", "log", "sin", "cos", "tan", "sinh", "cosh", "tanh", "relu", "sigmoid", "asin", "acos", "atan"}


def at_a_place(left: Node, right: Node, text: str) -> list[Node]:
    """Both sides at a place, where one is a letter of functions and the other the name of one; nothing for others."""
    name, function = opened(left), opened(right)
    if name.kind != "NAME" or name.text not in _OF_FUNCTIONS or function.kind != "FUNC" or function.text not in _OF_NUMBERS:
        return []
    letters = rf"(?<![A-Za-z\\])\\?{name.text}(?![A-Za-z])"
    if len(re.findall(rf"{letters}(?:_\w|_\{{[^{{}}]*\}})?\s*(?:\([^()$=]*\))?\s*[:&]*=", text)) > 1:
        return []
    free = (one for one in _LETTERS if re.search(rf"(?<![A-Za-z\\]){one}(?![A-Za-z])", text) is None)
    letter = next(free, "")
    return [_applied(name, letter), _applied(function, letter)] if letter else []


def _applied(node: Node, letter: str) -> Node:
    place = Node("NAME", (), letter, node.end, node.end)
    return Node("product", (node, Node("round", (place,), "", node.end, node.end)), "", node.at, node.end)


__all__ = ["at_a_place"]
