r"""What a property in words makes of a kind: of a matrix that is symmetric, of a vector that is one-hot.

Imports: calcds.expr.
"""

from __future__ import annotations

from collections.abc import Mapping

from calcds.expr.kinds import (
    Antisymmetric,
    Diagonal,
    Invertible,
    Kind,
    OneHot,
    Orthogonal,
    Orthonormal,
    PositiveDefinite,
    PositiveSemidefinite,
    Projection,
    Symmetric,
    UnitVector,
)
from calcds.expr.term import Term, same_size, substitute

FACTS = {"symmetric": Symmetric, "orthogonal": Orthogonal, "diagonal": Diagonal, "invertible": Invertible,
         "positive definite": PositiveDefinite, "positive semidefinite": PositiveSemidefinite,
         "antisymmetric": Antisymmetric, "projection": Projection}  # fmt: skip
COLUMNS = {"one-hot": OneHot, "unit": UnitVector}


def having(kind: Kind, word: str) -> Kind:
    """A kind with a property that the text states; itself where the shape does not allow it."""
    if kind.shape == (1, 1):
        return kind
    if word in COLUMNS and kind.shape[1] == 1:
        return COLUMNS[word][kind.shape[0]]
    if word == "orthonormal columns" and kind.shape[1] != 1:
        return Orthonormal[kind.shape] if kind.word in {"Matrix", "Vector"} else kind
    if word in FACTS and same_size(*kind.shape) and kind.word != FACTS[word].word:
        return FACTS[word][kind.shape[0]]
    return kind


def supposing(term: Term, words: Mapping[str, str]) -> Term:
    """A term whose names have some properties: the A of an earlier formula where the sentence says that A is symmetric."""
    table = {}
    for s in term.free:
        word = words.get(str(s.data[0]), "")
        if s.head == "sym" and word and (kind := having(s.data[1], word)) is not s.data[1]:
            table[s] = kind.symbol(s.data[0])
    return substitute(term, table) if table else term
