r"""Factors of a matrix that a text names: "the SVD $X = U \Sigma V^\top$", "the eigendecomposition $A = Q \Lambda Q^\top$".

The name says what the equation does not. In the eigendecomposition of a symmetric A (n x n)

    Q is orthogonal, \Lambda = \operatorname{diag}(\lambda_1, \dots, \lambda_n),   the q_i are the columns of Q

and in the thin SVD of a tall X (n x d, n >= d) or in the compact one of rank r

    U^T U = I (n x d),   \Sigma = \operatorname{diag}(\sigma_1, \dots, \sigma_d), \sigma_i >= 0,   V is orthogonal (d x d)
    U^T U = I (n x r),   \Sigma = \operatorname{diag}(\sigma_1, \dots, \sigma_r), \sigma_i > 0,    V^T V = I (d x r)

In the full SVD U is square and \Sigma is not; nothing is said of it here. Where the text does not say which SVD it is, the thin
one stands for it: what holds of it is proved, but of its U, which may be square, nothing is called wrong.

Imports: calcds.document, calcds.expr.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from calcds.document.reading.defining import Definer
from calcds.document.source.keys import labelled
from calcds.document.source.latex import Node
from calcds.document.source.names import atom_and_marks, is_transpose, letter_of, named, opened, script, shown
from calcds.document.source.statements import Cut, Statement
from calcds.document.words.heads import key_of
from calcds.document.words.scope import Scope
from calcds.document.words.wording import marked
from calcds.expr import operators as op
from calcds.expr.kinds import Dim, Kind, Nonnegative, Orthogonal, Orthonormal, Positive, Vector
from calcds.expr.term import Size, same_size

_SVD = re.compile(r"\b(?:SVD|singular[\s-]+value\s+decomposition)\b", re.IGNORECASE)
_SPECTRAL = re.compile(
    r"\b(?:eigen-?(?:value\s+)?decomposition|spectral\s+(?:decomposition|theorem|factori[sz]ation)|orthogonal(?:ly)?\s+diagonal\w+)|"
    r"\borthonormal\s+(?:basis\s+of\s+|set\s+of\s+)?eigenvectors",
    re.IGNORECASE,
)
_FULL = re.compile(r"\bfull\b(?!\s+(?:(?:column|row)\s+)?rank)", re.IGNORECASE)
_ITS_PARTS = re.compile(r"\b(?:singular|orthogonal|orthonormal|full\s+(?:column\s+)?rank)\b", re.IGNORECASE)
_THIN = re.compile(r"\b(?:thin|economy?|economic(?:al)?|skinny|reduced)\b", re.IGNORECASE)
_COMPACT = re.compile(r"\bcompact\b", re.IGNORECASE)
_DIAGONALS = {"Sigma": ("sigma",), "Lambda": ("lambda",), "S": ("s", "sigma"), "D": ("d", "sigma", "lambda")}
_EIGENVECTORS = {"Q", "U", "V"}  # letters of the matrix that has them as its columns
_END = re.compile(r"[.;?!]\s")
_BEFORE, _BEHIND = 160, 80  # characters of the sentence in which the name may stand


class Factors(NamedTuple):
    """An equation that factors a matrix: the keys of the matrix, of its factors, and the words around it."""

    matrix: str
    left: str
    middle: str
    right: str
    words: str
    said: str  # the paragraph up to the equation, with marks for the formulas in it
    terms: str = ""  # the name up to which a sum runs that the equation goes on with

    @property
    def is_spectral(self) -> bool:
        """Whether words name the eigendecomposition: beside it, or before it, where the letters are the usual ones."""
        beside = _SPECTRAL.search(f"{self.words} ; {_END.split(self.said)[-1]}")
        usual = letter_of(self.middle) in _DIAGONALS and letter_of(self.left) in _EIGENVECTORS
        return self.left == self.right and bool(beside or (usual and _SPECTRAL.search(self.said)))


def take_factorizations(paragraph: Sequence[Cut], scope: Scope, definer: Definer) -> None:
    """Say of the factors of a paragraph what the name of their factorization says."""
    known = heads(paragraph)
    for one in _factors(paragraph):
        if one.is_spectral:
            n = size_of_axis(scope, (one.matrix, 0), (one.left, 0))
            _declare(scope, one.left, Orthogonal[n])
            entries = Vector[n]
        elif one.left != one.right and _is_svd(one) and not _FULL.search(one.words):
            rows = size_of_axis(scope, (one.matrix, 0), (one.left, 0))
            columns = size_of_axis(scope, (one.matrix, 1), (one.right, 0))
            shorter = one.terms and one.terms != str(columns)
            compact = bool(shorter or _COMPACT.search(one.words))
            rank = Dim(one.terms) if shorter else size_of_axis(scope, (one.left, 1), (one.middle, 0)) if compact else columns
            declared = scope.kind(one.left, old=False)
            if declared is not None and not same_size(declared.shape[1], rank):
                continue  # U is square: the full one
            _declare(scope, one.left, Orthonormal[rows, rank])
            _declare(scope, one.right, Orthonormal[columns, rank] if compact else Orthogonal[columns])
            if not _COMPACT.search(one.words) and not _THIN.search(one.words):  # they may be square
                scope.opaque |= dict.fromkeys(map(shown, (one.left, *((one.right,) if compact else ()))), scope.section)
            entries = Vector[rank, Positive if compact else Nonnegative]
        else:
            continue
        definer.factored.add(one.matrix)
        if one.middle not in known and scope.definition(one.middle, old=False) is None:
            capital = letter_of(one.middle)
            letters = _DIAGONALS.get(capital, (capital.lower(),))
            letter = next((x for x in letters if x in scope.subscripts), letters[0])
            letter = f"all {letter}" if letter in scope.stated_dims else letter  # the d_j of an n x d matrix
            scope.declare(letter, entries)
            scope.define(one.middle, op.diag(entries.symbol(shown(letter))))
        for key in dict.fromkeys((one.left, one.right)):
            for letter in (key.lower(), f"bold {key.lower()}"):
                named_already = scope.definition(f"all {letter}", old=False) is not None
                if letter in scope.subscripts and letter != key and not named_already:
                    definer.lines(key, letter, rows=False)


def _is_svd(one: Factors) -> bool:
    r"""Whether words name the singular value decomposition, or its letters U, \Sigma, V stand beside words for its parts."""
    letters = tuple(letter_of(key) for key in (one.left, one.middle, one.right))
    usual = letters[0] == "U" and letters[1] in {"Sigma", "S", "D"} and letters[2] == "V"
    return bool(_SVD.search(one.words) or (usual and _ITS_PARTS.search(one.words)))


def heads(paragraph: Sequence[Cut]) -> set[str]:
    """The keys of the names of which a paragraph has equations."""
    equations = ((piece, one.sides[0]) for piece in paragraph for one in piece.statements if is_equation(one))
    trees = (piece.trees.get(side) for piece, side in equations)
    return {key for tree in trees if isinstance(tree, Node) and (key := key_of(tree)) is not None}


def is_equation(statement: Statement) -> bool:
    """Whether a statement says that something is equal to something."""
    return any(side.relation in {"=", ":="} for side in statement.sides[1:])


def _factors(paragraph: Sequence[Cut]) -> Iterator[Factors]:
    r"""The equations of a paragraph of the form `X = U M V^T`."""
    text = marked(paragraph)
    for k, piece in enumerate(paragraph):
        said = text.partition(f"⟦{k}⟧")[0]
        words = f"{piece.segment.before[-_BEFORE:]} ; {piece.segment.after[:_BEHIND]}"
        for statement in piece.statements:
            trees = [piece.trees.get(side) for side in statement.sides]
            if len(trees) < 2 or any(side.relation not in {"=", ":="} for side in statement.sides[1:]):
                continue
            matrix, product = (opened(tree) if isinstance(tree, Node) else None for tree in trees[:2])
            key = None if matrix is None else key_of(matrix)
            parts = [named(part) for part in product.parts] if product is not None and product.kind == "product" else []
            if key is None or len(parts) != len("UMV"):
                continue
            names = [labelled(one) for one in parts if one is not None]
            turned = [bool(rest) and all(map(is_transpose, rest)) for _, _, rest in names]
            bare = [not rest for _, _, rest in names]
            if turned == [False, False, True] and bare == [True, True, False]:
                terms = next((end for tree in trees[2:] if isinstance(tree, Node) and (end := _last_index(tree))), "")
                yield Factors(key, names[0][0], names[1][0], names[2][0], words, said, terms)


def _last_index(tree: Node) -> str:
    r"""The key of the r of `\sum_{i=1}^r ...`; "" for anything else."""
    atom, marks = atom_and_marks(next(iter(opened(tree).parts), tree))
    ends = [key_of(script(mark)) for mark in marks if mark.kind == "above"] if atom.kind == "BIGOP" else []
    return ends[0] or "" if ends else ""


def size_of_axis(scope: Scope, *places: tuple[str, int]) -> Size:
    """How many rows (axis 0) or columns a matrix has, by the first of some that says so; else a size that is left open."""
    for key, axis in places:
        known = scope.kind(key, old=False)
        if known is not None and known.shape != (1, 1):
            return known.shape[axis]
    size = Dim(f"n_{shown(places[-1][0])}")
    scope.elastic.add(size)
    return size


def _declare(scope: Scope, key: str, kind: Kind) -> None:
    scope.declare(key, kind)
    scope.properties.pop(key, None)


__all__ = ["heads", "is_equation", "size_of_axis", "take_factorizations"]
