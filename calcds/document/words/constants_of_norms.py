r"""Capitals that are numbers, as they bound norms: the L of `\|f(x) - f(y)\| \le L \|x - y\|` and of "$L$-smooth".

A matrix before a norm is nothing that authors write, as a norm is a number. A letter that is transposed or inverted somewhere
else in the text is left as it is.

Imports: calcds.document.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from calcds.document.source.latex import Node, walk
from calcds.document.source.names import atom_and_marks, named, opened
from calcds.document.source.statements import Cut
from calcds.document.words.scope import Scope

_BEFORE = re.compile(r"\b(?:Lipschitz|smoothness|convexity)\s+(?:constant|parameter|modulus)\s*[$\\(]*\s*$", re.IGNORECASE)
_AFTER = re.compile(r"[\s$\\)]*-?\s*(?:Lipschitz|smooth)\b", re.IGNORECASE)


def constants_of_norms(pieces: Iterable[Cut], scope: Scope) -> None:
    """Learn which capitals are numbers."""
    found: set[str] = set()
    for piece in pieces:
        for statement in piece.statements:
            trees = [piece.trees.get(side) for side in statement.sides]
            for (_, left), (side, right) in pairwise(zip(statement.sides, trees, strict=True)):
                if side.relation in {"<=", "<"} and isinstance(left, Node) and isinstance(right, Node) and _has_norm(left):
                    found |= set(_before_norms(right))
            alone = named(opened(trees[0])) if len(trees) == 1 and isinstance(trees[0], Node) else None
            said = _BEFORE.search(piece.segment.before) or _AFTER.match(piece.segment.after)
            if alone is not None and not alone.marks and said:
                found.add(alone.base)
    scope.scalars |= {key for key in found if len(key) == 1 and key.isupper()} - scope.evidence.keys()


def _has_norm(node: Node) -> bool:
    return any(n.kind == "norm" for n in walk(node))


def _before_norms(side: Node) -> Iterator[str]:
    r"""The L of `L \|x - y\|`."""
    for product in (n for n in walk(side) if n.kind == "product"):
        norms = [k for k, part in enumerate(product.parts) if atom_and_marks(part)[0].kind == "norm"]
        for part in product.parts[: norms[0]] if norms else ():
            name = named(part)
            if name is not None and not name.marks:
                yield name.base


__all__ = ["constants_of_norms"]
