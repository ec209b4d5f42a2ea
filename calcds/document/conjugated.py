r"""Capitals that a formula itself shows to be matrices: among numbers it would not be written so.

    P D P^{-1}, P^{-1} A P        a number would cancel with its inverse: P is a matrix, and so is what stands between them
    A^{-1} u v^\top A^{-1}        two factors that are equal would be a power

Imports: calcds.document.latex, calcds.document.names.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from calcds.document.latex import Node, walk
from calcds.document.names import Named, is_inverse_transpose, named, opened, script, text_of


def conjugated(tree: Node) -> Iterator[str]:
    """The letters of the capitals that stand in a product with their inverse, and of those between the two."""
    for product in (n for n in walk(tree) if n.kind == "product"):
        names = [_capital(part) for part in product.parts]
        for (i, one), (k, other) in itertools.combinations(enumerate(names), 2):
            if one is None or other is None or one.base != other.base or k == i + 1:
                continue
            if _is_inverse(one) != _is_inverse(other) and None not in names[i + 1 : k]:
                yield from dict.fromkeys(n.base for n in names[i:k] if n is not None)


def _capital(part: Node) -> Named | None:
    """A capital with nothing but an exponent."""
    found = named(opened(part))
    if found is None or len(found.base) != 1 or not found.base.isupper():
        return None
    return found if all(m.kind == "above" or is_inverse_transpose(m) for m in found.marks) else None


def _is_inverse(found: Named) -> bool:
    return len(found.marks) == 1 and text_of(script(found.marks[0])) == "-1"
