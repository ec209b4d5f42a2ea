r"""Letters before a bracket that can only be factors of it, whatever functions they are elsewhere.

    s (1 - s),  s' (1 - 2s)      the letter itself, applied to nothing, stands in the sum behind it
    f_{xx} (h + k)^2             a second derivative at the point of which the text speaks
    v^T (B^T B)^{-1}             what is transposed, before an inverse of what is made of matrices

Nobody applies a function to a sum in which its own name stands as a number.

Imports: calcds.document.source.
"""

from __future__ import annotations

from collections.abc import Sequence

from calcds.document.source.latex import Node
from calcds.document.source.names import (
    atom_and_marks,
    is_transpose,
    named,
    names_in,
    opened,
    script,
    text_of,
)

_VARIABLES = set("xyztuvs")


def is_second(below: Sequence[Node], bracket: Node) -> bool:
    r"""Whether a name with two variables below it stands before one sum: `f_{xx}(h + k)^2`, with an f of several variables."""
    inside = script(below[0]) if len(below) == 1 else bracket
    twice = inside.kind == "product" and len(inside.parts) == 2 and all(opened(p).text in _VARIABLES for p in inside.parts)
    content = opened(atom_and_marks(bracket)[0].parts[0]) if atom_and_marks(bracket)[0].parts else bracket
    return twice and content.kind == "sum"


def multiplies_itself(key: str, bracket: Node) -> bool:
    r"""Whether a letter before a bracket is a summand in it, or a factor of one: `s (1 - s)`, `s' (1 - 2s)`."""
    content = opened(atom_and_marks(bracket)[0].parts[0]) if atom_and_marks(bracket)[0].parts else bracket
    return content.kind == "sum" and any(_is_bare(key, part) for part in content.parts)


def is_of_matrices(marks: Sequence[Node], content: Node, bracket: Node) -> bool:
    """Whether a transposed name stands before the inverse of what is made of transposes and capitals."""
    inverse = any(m.kind == "above" and text_of(script(m)) == "-1" for m in atom_and_marks(bracket)[1])
    turned = any(is_transpose(mark) for mark in marks)
    matrices = any(name.base.isupper() or any(map(is_transpose, name.marks)) for name in names_in(content))
    return turned and matrices and inverse


def _is_bare(key: str, summand: Node) -> bool:
    """Whether a letter, applied to nothing, is a summand or a factor of it."""
    factors = summand.parts if summand.kind == "product" else (summand,)
    for part, after in zip(factors, (*factors[1:], None), strict=True):
        applied = after is not None and atom_and_marks(after)[0].kind in {"round", "square"}
        if not applied and (name := named(part)) is not None and name.base == key:
            return True
    return False


__all__ = ["is_of_matrices", "is_second", "multiplies_itself"]
