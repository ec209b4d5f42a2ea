r"""Factors of a matrix that a text names: "the SVD $X = U \Sigma V^\top$", "the eigendecomposition $A = Q \Lambda Q^\top$".

The name says what the equation does not. In the eigendecomposition of a symmetric A (n x n)

    Q is orthogonal, \Lambda = \operatorname{diag}(\lambda_1, \dots, \lambda_n),   the q_i are the columns of Q

and in the thin SVD of a tall X (n x d, n >= d) or in the compact one of rank r

    U^T U = I (n x d),   \Sigma = \operatorname{diag}(\sigma_1, \dots, \sigma_d), \sigma_i >= 0,   V is orthogonal (d x d)
    U^T U = I (n x r),   \Sigma = \operatorname{diag}(\sigma_1, \dots, \sigma_r), \sigma_i > 0,    V^T V = I (d x r)

A symmetric A of which the text says "let $\lambda_1, \dots, \lambda_n$ be the eigenvalues of $A$", perhaps "with orthonormal
eigenvectors $v_1, \dots, v_n$", has an eigendecomposition, too; so has one "with orthonormal eigenvectors $q_1, \dots, q_n$ and
eigenvalues $\lambda_1, \dots, \lambda_n$", and `A = Q \Lambda Q^\top` in a sentence that speaks of such vectors is one.

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
from calcds.document.source.names import is_transpose, letter_of, named, opened, shown
from calcds.document.source.statements import Cut, Statement
from calcds.document.words.harvest import key_of
from calcds.document.words.scope import Scope
from calcds.document.words.wording import first_name, marked
from calcds.expr import operators as op
from calcds.expr.kinds import Dim, Kind, Nonnegative, Orthogonal, Orthonormal, Positive, Vector
from calcds.expr.term import Size, same_size

_SVD = re.compile(r"\b(?:SVD|singular[\s-]+value\s+decomposition)\b", re.IGNORECASE)
_SPECTRAL = re.compile(
    r"\b(?:eigen-?(?:value\s+)?decomposition|spectral\s+(?:decomposition|theorem|factori[sz]ation)|orthogonal(?:ly)?\s+diagonal\w+)|"
    r"\borthonormal\s+(?:basis\s+of\s+|set\s+of\s+)?eigenvectors",
    re.IGNORECASE,
)
_FULL = re.compile(r"\bfull\b", re.IGNORECASE)
_THIN = re.compile(r"\b(?:thin|economy?|economic(?:al)?|skinny|reduced)\b", re.IGNORECASE)
_COMPACT = re.compile(r"\bcompact\b", re.IGNORECASE)
_F = r"⟦(?P<{}>\d+)⟧"  # a formula
_OF = r"\s+of\s+(?:(?:an?|the|our|real|symmetric|matrix|positive|semi-?definite|definite)\s+)*" + _F.format("matrix")
_EIGENVALUES = tuple(re.compile(pattern, re.IGNORECASE) for pattern in (
    _F.format("values") + r"\s*(?:(?:be|are|denotes?|for)\s+)(?:the\s+)?(?:(?:real|ordered|positive)\s+)*eigenvalues" + _OF,
    r"\beigenvalues\s+" + _F.format("values") + _OF,
    _F.format("matrix") + r"[^.;⟦]{0,60}\b(?:has|have|having|with)\s+(?:the\s+|real\s+|positive\s+)*eigenvalues\s+"
    + _F.format("values"),
    _F.format("matrix") + r"[^.;⟦]{0,60}\b(?:has|have|having|with)\s+(?:an?\s+)?orthonormal\s+(?:basis\s+of\s+)?eigenvectors\s+"
    + _F.format("vectors") + r"\s*,?\s*(?:and|with)\s+(?:(?:the|corresponding|associated|real|positive)\s+)*eigenvalues\s+"
    + _F.format("values"),
))  # fmt: skip
_EIGENVECTORS = re.compile(r"[^.;]{0,80}?\borthonormal\s+(?:basis\s+of\s+)?eigenvectors\s+" + _F.format("vectors"))
_SYMMETRIC = {"symmetric", "positive definite", "positive semidefinite"}
_DIAGONALS = {"Sigma": ("sigma",), "Lambda": ("lambda",), "S": ("s", "sigma"), "D": ("d", "sigma", "lambda")}
_SAID, _NEAR = re.compile(r"\b(symmetric|positive (?:semi)?definite)\b"), 40  # characters before a matrix
_END = re.compile(r"[.;?!]\s")
_BEFORE, _BEHIND = 160, 80  # characters of the sentence in which the name may stand


class Factors(NamedTuple):
    """An equation that factors a matrix: the keys of the matrix, of its factors, and the words around it."""

    matrix: str
    left: str
    middle: str
    right: str
    words: str
    sentence: str  # up to the equation, with marks for the formulas in it


def take_factorizations(paragraph: Sequence[Cut], scope: Scope, definer: Definer) -> None:
    """Say of the factors of a paragraph what the name of their factorization says."""
    heads = _heads(paragraph)
    for one in _factors(paragraph):
        if one.left == one.right and _SPECTRAL.search(f"{one.words} ; {one.sentence}"):
            n = _size(scope, (one.matrix, 0), (one.left, 0))
            _declare(scope, one.left, Orthogonal[n])
            entries = Vector[n]
        elif one.left != one.right and _SVD.search(one.words) and not _FULL.search(one.words):
            rows, columns = _size(scope, (one.matrix, 0), (one.left, 0)), _size(scope, (one.matrix, 1), (one.right, 0))
            compact = _COMPACT.search(one.words) is not None
            rank = _size(scope, (one.left, 1), (one.middle, 0)) if compact else columns
            declared = scope.kind(one.left, old=False)
            if declared is not None and not same_size(declared.shape[1], rank):
                continue  # U is square: the full one
            _declare(scope, one.left, Orthonormal[rows, rank])
            _declare(scope, one.right, Orthonormal[columns, rank] if compact else Orthogonal[columns])
            if not compact and not _THIN.search(one.words):
                scope.opaque[shown(one.left)] = scope.section
            entries = Vector[rank, Positive if compact else Nonnegative]
        else:
            continue
        if one.middle not in heads and scope.definition(one.middle, old=False) is None:
            capital = letter_of(one.middle)
            letters = _DIAGONALS.get(capital, (capital.lower(),))
            letter = next((x for x in letters if x in scope.subscripts), letters[0])
            letter = f"all {letter}" if letter in scope.stated_dims else letter  # the d_j of an n x d matrix
            scope.declare(letter, entries)
            scope.define(one.middle, op.diag(entries.symbol(shown(letter))))
        for key, letter in ((one.left, one.left.lower()), (one.right, one.right.lower())):
            known = scope.definition(f"all {letter}", old=False) is not None
            if letter in scope.subscripts and letter != key and not known:
                definer.lines(key, letter, rows=False)


def take_eigenvalues(paragraph: Sequence[Cut], scope: Scope) -> None:
    """Symmetric matrices of which a paragraph names the eigenvalues, and perhaps orthonormal eigenvectors."""
    text = marked(paragraph)
    for m in (m for pattern in _EIGENVALUES for m in pattern.finditer(text)):
        key, values = _whole(paragraph[int(m["matrix"])]), paragraph[int(m["values"])]
        letter = "" if _heads([values]) else _indexed(first_name(values))
        before = _heads(paragraph[: int(m["matrix"])])
        if key is None or not letter or key in before or scope.definition(key, old=False) is not None:
            continue
        known, word = scope.kind(key, old=False), scope.properties.get(key)
        facts = {word, *(known.facts if known is not None else ()), *_SAID.findall(text[max(0, m.start() - _NEAR) : m.end()])}
        if facts.isdisjoint(_SYMMETRIC):
            continue
        n = _size(scope, (key, 0))
        entries = Vector[n, Positive] if "positive definite" in facts else Vector[n]
        vectors = f"eigenvectors of {shown(key)}"
        scope.declare(letter, entries)
        scope.declare(vectors, Orthogonal[n])
        whole = Orthogonal[n].symbol(vectors)
        scope.define(key, whole @ op.diag(entries.symbol(shown(letter))) @ whole.T)
        said = m if "vectors" in m.groupdict() else _EIGENVECTORS.match(text, m.end())
        one = _indexed(first_name(paragraph[int(said["vectors"])])) if said is not None else ""
        if one:
            scope.define(f"all {one}", whole.T)


def _heads(paragraph: Sequence[Cut]) -> set[str]:
    """The names of which a paragraph has equations."""
    equations = ((piece, one.sides[0]) for piece in paragraph for one in piece.statements if _is_equation(one))
    trees = (piece.trees.get(side) for piece, side in equations)
    return {key for tree in trees if isinstance(tree, Node) and (key := key_of(tree)) is not None}


def _is_equation(statement: Statement) -> bool:
    """Whether a statement says that something is equal to something."""
    return any(side.relation in {"=", ":="} for side in statement.sides[1:])


def _whole(piece: Cut) -> str | None:
    r"""The A of `A` and of `A \in \mathbb{R}^{n \times n}`; None for `X^\top X`."""
    alone = len(piece.statements) == 1 and not _is_equation(piece.statements[0])
    tree = piece.trees.get(piece.statements[0].sides[0]) if alone else None
    return key_of(opened(tree)) if isinstance(tree, Node) else None


def _indexed(node: Node | None) -> str:
    r"""The letter of `\lambda_1, \dots, \lambda_n`."""
    name = named(node) if node is not None else None
    key, below, rest = labelled(name) if name is not None else ("", [], ())
    return key if len(below) == 1 and not rest else ""


def _factors(paragraph: Sequence[Cut]) -> Iterator[Factors]:
    r"""The equations of a paragraph of the form `X = U M V^T`."""
    text = marked(paragraph)
    for k, piece in enumerate(paragraph):
        sentence = _END.split(text.partition(f"⟦{k}⟧")[0])[-1]
        words = f"{piece.segment.before[-_BEFORE:]} ; {piece.segment.after[:_BEHIND]}"
        for statement in piece.statements:
            trees = [piece.trees.get(side) for side in statement.sides]
            if len(trees) != 2 or statement.sides[1].relation not in {"=", ":="}:
                continue
            matrix, product = (opened(tree) if isinstance(tree, Node) else None for tree in trees)
            key = None if matrix is None else key_of(matrix)
            parts = [named(part) for part in product.parts] if product is not None and product.kind == "product" else []
            if key is None or len(parts) != len("UMV"):
                continue
            names = [labelled(one) for one in parts if one is not None]
            turned = [bool(rest) and all(map(is_transpose, rest)) for _, _, rest in names]
            bare = [not rest for _, _, rest in names]
            if turned == [False, False, True] and bare == [True, True, False]:
                yield Factors(key, names[0][0], names[1][0], names[2][0], words, sentence)


def _size(scope: Scope, *places: tuple[str, int]) -> Size:
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


__all__ = ["take_eigenvalues", "take_factorizations"]
