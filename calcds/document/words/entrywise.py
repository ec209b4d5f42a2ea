r"""Functions that act on every entry, where words say so.

    where $g_l$ acts componentwise                          g_l is applied to every entry of a vector or a matrix
    for $y = \phi(x)$ applied entry by entry                phi is
    $g_l$ is the activation function of layer $l$, applied to each entry
    an elementwise activation $\phi$                        phi is

Of a function of a vector or a matrix of which nothing is known but its name, it is not clear what its value is: a number,
as for a loss, or an array of the same shape. These words tell.

Imports: calcds.document.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from calcds.document.source.keys import full_key
from calcds.document.source.latex import Node
from calcds.document.source.names import atom_and_marks, named, opened
from calcds.document.source.statements import Cut
from calcds.document.words.heads import key_of
from calcds.document.words.wording import CLOSING, OPENING

_ONE = r"(?:entr(?:y|ies)|elements?|components?|coordinates?)"
_BY_ENTRIES = (
    rf"(?:{_ONE}[- ]?wise|pointwise|{_ONE}[- ](?:by|for)[- ]{_ONE}|(?:to|on)\s+(?:each|every|all)\s+(?:the\s+|of\s+the\s+)?"
    rf"(?:single\s+)?{_ONE})"
)
_CALLED = (
    r"(?:is|are|denotes?|,)\s+(?:an?|the|some|its|our)\s+(?:[a-z-]+\s+){0,2}(?:activations?|non-?linearit(?:y|ies)|functions?|maps?)\b"
    r"(?:\s+(?:of|in|for|at)\s+(?:(?:the|each|every|a)\s+)?(?:[a-z]+\s+)?layers?\b(?:\s+[$\\(]+(?:l|\\ell)[$\\)]+)?)?\s*"
)
_BEHIND = re.compile(
    rf"{CLOSING}(?:{_CALLED})?(?:,\s*|\()?(?:(?:which|that|and|always|again|here|also)\s+)*"
    rf"(?:(?:is|are|be|being|it\s+is)\s+)?(?:(?:acts?|acting|applied|applies|works?|working|understood|meant|taken|computed)\s+)?{_BY_ENTRIES}\b"
)
_BEFORE = re.compile(
    rf"\b(?:{_ONE}[- ]?wise|pointwise)\s+(?:(?:non-?linear|smooth|differentiable|scalar)\s+)*"
    rf"(?:activations?|non-?linearit(?:y|ies)|functions?|activation\s+functions?|maps?)(?:\s+functions?)?{OPENING}"
)


def functions_by_entries(pieces: Sequence[Cut]) -> Iterator[tuple[str, int]]:
    """The keys of functions of which the words beside them say that they act on every entry, and in which section."""
    for piece in pieces:
        if _BEHIND.match(piece.segment.after) or _BEFORE.search(piece.segment.before):
            for key in _called(piece):
                yield key, piece.segment.section


def _called(piece: Cut) -> Iterable[str]:
    r"""The functions in a formula: `\phi` alone, or those before a bracket in `y = \phi(x)`."""
    trees = [tree for one in piece.statements for side in one.sides if isinstance(tree := piece.trees.get(side), Node)]
    if len(trees) == 1 and (key := key_of(trees[0])) is not None:
        return [key]
    return [key for tree in trees if (key := _before_bracket(opened(tree))) is not None]


def _before_bracket(side: Node) -> str | None:
    if side.kind != "product" or len(side.parts) != 2 or atom_and_marks(side.parts[1])[0].kind != "round":
        return None
    name = named(side.parts[0])
    return full_key(name) if name is not None and all(mark.kind == "below" for mark in name.marks) else None


__all__ = ["functions_by_entries"]
