r"""Eigenvalues and eigenvectors of a symmetric matrix that a text names in words.

    let $\lambda_1, \dots, \lambda_n$ be the eigenvalues of the symmetric $A$
    it has eigenvalues $\lambda_i$ and an orthonormal basis of eigenvectors $v_1, \dots, v_n$
    let $(\lambda_i, q_i)$ be the eigenpairs of $A$, the $q_i$ orthonormal
    an orthonormal basis $v_1, \dots, v_n$ of eigenvectors, $A v_i = \lambda_i v_i$

By the spectral theorem every symmetric A (n x n) is Q \operatorname{diag}(\lambda) Q^T with an orthogonal Q, whose columns are
orthonormal eigenvectors. This is put in for A: nothing is lost, and what the text says of A, of the \lambda_i and of the v_i
follows or does not. Where no vectors are named, Q has no name either. Of a matrix that nothing calls symmetric, or that has
an equation of its own, nothing is said here.

Imports: calcds.document, calcds.expr.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from typing import NamedTuple

from calcds.document.reading.factorizations import heads, is_equation, size_of_axis
from calcds.document.source.keys import labelled
from calcds.document.source.latex import Node
from calcds.document.source.names import letter_of, named, opened, shown
from calcds.document.source.statements import Cut
from calcds.document.words.heads import key_of
from calcds.document.words.scope import Scope
from calcds.document.words.wording import first_name, marked
from calcds.expr import operators as op
from calcds.expr.kinds import Orthogonal, Positive, PositiveDefinite, Symmetric, Vector
from calcds.expr.term import Term

_MARK = re.compile(r"⟦(\d+)⟧")
_F = r"⟦(?P<{}>\d+)⟧"  # a formula
_ADJECTIVES = (
    r"(?:(?:the|its|an?|all|real|ordered|sorted|distinct|positive|nonnegative|corresponding|associated|respective)\s+)*"
)
_IS = r"\s*,?\s*(?:(?:be|are|is|denotes?|denoted\s+by|by|called|for|as|form)\s+)?"
_OF = r"\s+(?:of|for)\s+(?:(?:an?|the|our|this|real|symmetric|matrix|positive|(?:semi-?)?definite)\s+)*" + _F.format("matrix")
_BASIS = r"(?:orthonormal|orthogonal\s+unit|mutually\s+orthogonal\s+unit)\s+(?:(?:basis|set|system|family)\s+(?:of\s+)?)?"
_VALUES = tuple(re.compile(pattern, re.IGNORECASE) for pattern in (
    rf"{_F.format('values')}\s+and\s+⟦\d+⟧{_IS}{_ADJECTIVES}eigenvalues\s+and\b",
    rf"\beigenvalues(?:{_OF})?{_IS}{_F.format('values')}",
    rf"{_F.format('values')}{_IS}{_ADJECTIVES}eigenvalues\b(?!\s+⟦)(?:{_OF})?",
))  # fmt: skip
_VECTORS = tuple(re.compile(pattern, re.IGNORECASE) for pattern in (
    rf"\b{_BASIS}eigenvectors(?:{_OF})?{_IS}{_F.format('vectors')}",
    rf"\b{_BASIS}{_F.format('vectors')}\s+(?:consisting\s+|made\s+)?of\s+(?:its\s+)?eigenvectors\b",
    rf"{_F.format('vectors')}{_IS}{_ADJECTIVES}(?:eigenvalues\s+and\s+)?{_ADJECTIVES}{_BASIS}eigenvectors\b",
    rf"\beigenvectors{_IS}{_F.format('vectors')}[^.;⟦]{{0,40}}\borthonormal\b",
))  # fmt: skip
_PAIRS = re.compile(rf"\beigen-?pairs\s+(?:\(\s*)?{_F.format('values')}(?:\s*,\s*{_F.format('vectors')})?", re.IGNORECASE)
_PAIRS_BEFORE = re.compile(rf"{_F.format('values')}{_IS}{_ADJECTIVES}eigen-?pairs\b", re.IGNORECASE)
_SPEAKS = re.compile(r"\beigen-?(?:values|vectors|pairs)\b", re.IGNORECASE)
_ORTHONORMAL = re.compile(r"\borthonormal\b", re.IGNORECASE)
_SYMMETRIC = {"symmetric", "positive definite", "positive semidefinite"}
_SAID, _NEAR = re.compile(r"\b(symmetric|positive (?:semi)?definite)\b", re.IGNORECASE), 40  # characters before a matrix
_KNOWN = re.compile(r"\b(?:covariance|correlation|Gram|kernel|Hessian|scatter)\b", re.IGNORECASE)  # these are symmetric
_PRONOUN = re.compile(r"\s*(?:it|this|that|this\s+matrix|the\s+matrix)\s+(?:is|has)\b", re.IGNORECASE)
_END = re.compile(r"[.;?!](?=\s)")


class Spectrum(NamedTuple):
    """Of which matrix a sentence names the eigenvalues and, perhaps, orthonormal eigenvectors: their keys."""

    matrix: str
    values: str
    vectors: str = ""


class _Sentence(NamedTuple):
    text: str  # with a mark for every formula
    begin: int
    following: str  # "Let $v_i$ be the corresponding orthonormal eigenvectors."


def take_eigenvalues(paragraph: Sequence[Cut], scope: Scope) -> None:
    """Symmetric matrices of which a paragraph names the eigenvalues, and perhaps orthonormal eigenvectors."""
    text = marked(paragraph)
    if _SPEAKS.search(text) is None:
        return
    for sentence in _sentences(text):
        said = _spectrum(sentence, text, paragraph, scope) if _SPEAKS.search(sentence.text) else None
        if said is None:
            continue
        printed = heads([paragraph[int(k)] for k in _MARK.findall(text[: sentence.begin + len(sentence.text)])])
        scope.begins_anew(said.matrix, "symmetric")
        _take(said, _facts(said.matrix, text, paragraph, scope), scope, printed=said.matrix in printed)


def _take(said: Spectrum, facts: set[str], scope: Scope, *, printed: bool) -> None:
    known = scope.definition(said.matrix, old=False)
    n = known.symbol.shape[0] if known is not None else size_of_axis(scope, (said.matrix, 0))
    if known is not None and not known.body.free - (n.free if isinstance(n, Term) else set()):
        return  # the matrix of an example
    definite = "positive definite" in facts
    entries, kind = (Vector[n, Positive], PositiveDefinite[n]) if definite else (Vector[n], Symmetric[n])
    capital = said.vectors.upper()  # the matrix of the v_i, which the text may collect in V later on
    free = capital and scope.kind(capital, old=False) is None and scope.definition(capital, old=False) is None
    vectors = capital if free else f"eigenvectors of {shown(said.matrix)}"
    values = f"all {said.values}"
    scope.declare(values, entries)
    scope.declare(vectors, Orthogonal[n])
    whole = Orthogonal[n].symbol(vectors)
    spectral = whole @ op.diag(entries.symbol(shown(values))) @ whole.T
    if printed or known is not None:
        scope.spectra[shown(said.matrix)] = scope.section, spectral
    else:
        scope.define(said.matrix, spectral, alone=kind)
    if said.vectors:
        scope.define(f"all {said.vectors}", whole.T)


def _sentences(text: str) -> list[_Sentence]:
    ends = [0, *(m.end() for m in _END.finditer(text)), len(text)]
    parts = [(text[a:b], a) for a, b in itertools.pairwise(ends)]
    return [_Sentence(*one, behind) for one, (behind, _) in itertools.pairwise([*parts, ("", len(text))])]


def _spectrum(sentence: _Sentence, text: str, paragraph: Sequence[Cut], scope: Scope) -> Spectrum | None:
    """What a sentence says; None where it names no eigenvalues, or not those of a symmetric matrix."""
    equation = _equation(sentence, paragraph)
    values = next((m for pattern in _VALUES for m in pattern.finditer(sentence.text)
                   if _letter(paragraph[int(m["values"])])), None)  # fmt: skip
    vectors = next((m for words in (sentence.text, sentence.following) for pattern in _VECTORS for m in pattern.finditer(words)
                    if _letter(paragraph[int(m["vectors"])])), None)  # fmt: skip
    pairs = _pairs(sentence.text, paragraph)
    if pairs is not None:
        value, vector = pairs
    else:
        value = _letter(paragraph[int(values["values"])]) if values is not None else ""
        vector = _letter(paragraph[int(vectors["vectors"])]) if vectors is not None else ""
    named_in = [int(k) for m in (values, vectors) if m is not None and (k := m.groupdict().get("matrix")) is not None]
    if equation is not None and (not value or value == equation.values) and (not vector or vector == equation.vectors):
        value, vector = equation.values, equation.vectors
    if not value or value == vector:
        return None
    if not _ORTHONORMAL.search(sentence.text if vectors is None else vectors.string):
        vector = ""
    key = equation.matrix if equation is not None else _matrix(sentence, named_in, text, paragraph, scope)
    symmetric = _calls_symmetric(sentence) or not _facts(key, text, paragraph, scope).isdisjoint(_SYMMETRIC)
    return Spectrum(key, value, vector) if key and symmetric else None


def _calls_symmetric(sentence: _Sentence) -> bool:
    """Whether a sentence calls the matrix symmetric of which the text spoke before: "it is symmetric, ..."."""
    return _PRONOUN.match(sentence.text) is not None and _SAID.search(sentence.text) is not None


def _matrix(sentence: _Sentence, named_in: Sequence[int], text: str, paragraph: Sequence[Cut], scope: Scope) -> str:
    """The key of the matrix that a sentence speaks of: the one it names, or the last symmetric one before."""
    if named_in:
        return _matrix_in(paragraph[named_in[0]]) or ""
    before = [int(k) for k in _MARK.findall(text[: sentence.begin + len(sentence.text)])]
    here = [int(k) for k in _MARK.findall(sentence.text)]
    keys = (_matrix_in(paragraph[k]) for k in (*here, *(k for k in reversed(before) if k not in here)))
    capitals = [key for key in keys if key and letter_of(key).isupper()]
    if _calls_symmetric(sentence):
        return capitals[0] if capitals else ""
    return next((key for key in capitals if not _facts(key, text, paragraph, scope).isdisjoint(_SYMMETRIC)), "")


def _facts(key: str, text: str, paragraph: Sequence[Cut], scope: Scope) -> set[str]:
    """What is known of a matrix, by declarations or by the words around it in this paragraph."""
    known, word = scope.kind(key, old=False), scope.properties.get(key)
    formula = scope.definition(key, old=False)
    said = {"symmetric"} if formula is not None and _is_gram(formula.body) else set[str]()
    for m in _MARK.finditer(text):
        if _matrix_in(paragraph[int(m[1])]) == key:
            behind = re.match(r"\s*(?:is|be|has|have|,|an?|real|of)*\s*(?:⟦\d+⟧\s*)?[^.;⟦]{0,20}", text[m.end() :])
            around = text[max(0, m.start() - _NEAR) : m.end() + (behind.end() if behind else 0)]
            words = _END.split(around)[-1]
            said |= {one.lower() for one in _SAID.findall(words)} | ({"symmetric"} if _KNOWN.search(words) else set())
    return {*([word] if word else ()), *(known.facts if known is not None else ()), *said}


def _is_gram(body: Term) -> bool:
    """Whether a formula is a multiple of X^T X or of X X^T, or a sum of such."""
    if body.head == "add":
        return all(map(_is_gram, body.args))
    arrays = [one for one in body.args if not one.is_scalar] if body.head == "mul" else []
    return len(arrays) == len("XX") and (arrays[0].T is arrays[1] or arrays[0] is arrays[1].T)


def _pairs(text: str, paragraph: Sequence[Cut]) -> tuple[str, str] | None:
    r"""The letters of "eigenpairs $(\lambda_i, v_i)$"."""
    m = _PAIRS.search(text) or _PAIRS_BEFORE.search(text)
    if m is None:
        return None
    if m.groupdict().get("vectors") is not None:
        two = [first_name(paragraph[int(m["values"])]), first_name(paragraph[int(m["vectors"])])]
    else:
        piece = paragraph[int(m["values"])]
        trees = [piece.trees.get(side) for one in piece.statements for side in one.sides]
        node = opened(trees[0]) if len(trees) == 1 and isinstance(trees[0], Node) else None
        while node is not None and len(node.parts) == 1 and isinstance(node.parts[0], Node):
            node = node.parts[0]  # the round brackets
        two = [part for part in node.parts if part.kind not in {"COMMA", "QUAD"}] if node is not None else []
    letters = [_indexed(one) for one in two]
    return (letters[0], letters[1]) if len(letters) == 2 and all(letters) else None


def _equation(sentence: _Sentence, paragraph: Sequence[Cut]) -> Spectrum | None:
    r"""What `A v_i = \lambda_i v_i` among the formulas of a sentence tells apart: the matrix, the value, the vector."""
    for k in _MARK.findall(sentence.text):
        piece = paragraph[int(k)]
        for statement in piece.statements:
            trees = [piece.trees.get(side) for side in statement.sides]
            sides = [opened(tree) for tree in trees if isinstance(tree, Node)]
            if len(sides) != 2 or len(trees) != 2 or not is_equation(statement) or any(s.kind != "product" for s in sides):
                continue
            if any(len(s.parts) != 2 for s in sides) or str(sides[0].parts[1]) != str(sides[1].parts[1]):
                continue
            matrix, value, vector = key_of(sides[0].parts[0]), _indexed(sides[1].parts[0]), _indexed(sides[0].parts[1])
            if matrix is not None and value and vector:
                return Spectrum(matrix, value, vector)
    return None


def _letter(piece: Cut) -> str:
    r"""The letter of `\lambda_1, \dots, \lambda_n` or of `v_i`; "" for an equation and for anything else."""
    return "" if heads([piece]) or any(is_equation(one) for one in piece.statements) else _indexed(first_name(piece))


def _indexed(node: Node | None) -> str:
    name = named(node) if node is not None else None
    key, below, rest = labelled(name) if name is not None else ("", [], ())
    return key if len(below) == 1 and not rest else ""


def _matrix_in(piece: Cut) -> str | None:
    r"""The A of `A`, of `A \in \mathbb{R}^{n \times n}` and of `A = X^\top X`; None for `X^\top X`."""
    tree = piece.trees.get(piece.statements[0].sides[0]) if len(piece.statements) == 1 else None
    return key_of(opened(tree)) if isinstance(tree, Node) else None


__all__ = ["Spectrum", "take_eigenvalues"]
