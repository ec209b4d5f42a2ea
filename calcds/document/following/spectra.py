r"""Eigenvalues and eigenvectors that a text finds for a matrix of numbers.

    S = \begin{pmatrix} 5 & 2 \\ 2 & 2 \end{pmatrix}, the eigenvalues are \lambda_1 = 6 and \lambda_2 = 1,
    with unit eigenvectors u_1 = (2, 1)/\sqrt5 and u_2 = (1, -2)/\sqrt5

By themselves these equations give names their values. The words say more: that \lambda is an eigenvalue of S means
det(S - \lambda I) = 0, that u is an eigenvector means S u = \lambda u with u other than 0. A vector has the number of its
eigenvalue; one without a number, or with that of no eigenvalue, has S u in its own direction: (u^T u) S u = (u^T S u) u.

The matrix is the one that the sentence names, "the eigenvalues of $S$", or the last that is printed before it in its section.
What holds is proved. What does not hold is called wrong only where it is certain that this matrix is meant: the sentence
names it, or another value or vector of the section is right. Values that are printed with decimals are compared with the roots
of \lambda^2 - (tr S)\lambda + det S = 0, and vectors with multiples of (S_{12}, \lambda - S_{11}), for a matrix of two rows.

Imports: calcds.decide, calcds.document, calcds.errors, calcds.expr.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from calcds.decide.looking import as_printed, slack_of
from calcds.decide.verdict import Outcome
from calcds.document.finding import Finding
from calcds.document.following.confirming import Confirming
from calcds.document.reading.chains import read_chain
from calcds.document.source.extract import Segment
from calcds.document.source.latex import Node
from calcds.document.source.names import has_names
from calcds.document.source.options import Options
from calcds.document.source.statements import Cut
from calcds.document.weighing.deciding import Decider
from calcds.document.words.scope import Scope
from calcds.errors import CalcdsError
from calcds.expr import operators as op
from calcds.expr.term import MINUS_ONE, ZERO, Term, add, mul, number, power, subterms

_WORD = re.compile(r"\beigen-?(?P<what>value|vector)s?\b", re.IGNORECASE)
_FORMULA = re.compile(r"\$[^$]*\$|\\\(.*?\\\)|\\\[.*?\\\]", re.DOTALL)
_ENDS = re.compile(r"[.;?!]\s|\n[ \t]*\n")
_JOINS = re.compile(
    r"(?:[\s,:|$~\\(*]|and|are|is|of|for|to|with|the|its|has|have|namely|respectively|corresponding|belonging|belongs?|unit|"
    r"normali[sz]ed|orthonormal|matching|associated|first|\\\w+|\{\w+\*?\})*",
    re.IGNORECASE,
)  # between the word and a formula that it is about
_OF = re.compile(r"\bof\s+(?:the\s+\w+\s+)*\$([^$=]+)[^$]*\$|\$([^$=]+)[^$]*\$\s+has\b")  # the matrix of a sentence
_LETTER = re.compile(r"^(?:\\(?:hat|tilde|bar)\s*\{?\s*)?(?:\\(?:lambda|mu|nu|rho|theta|alpha|beta|gamma)|[lrst])(?![a-zA-Z])")
_FOR = re.compile(r"\b(?:for|to|with|of)\s+(?:the\s+)?(?:eigen)?(?:value\s+)?[$\\(]*$", re.IGNORECASE)
_UNIT = re.compile(r"\b(?:unit|normali[sz]\w+|orthonormal)\b", re.IGNORECASE)
_OPEN = re.compile(
    r"\b(?:if|suppose\w*|let|assum\w+|would|were|not?|never|another|other|shift\w*|scal\w+|guess\w*|estimat\w+|pertur\w+|"
    r"wrong|instead|smallest|largest|greatest|least|top|dominant|second|generali[sz]ed|left|complex|repeated|double|inverse|"
    r"square[ds]?|sum|product|between|candidate)\b",
    re.IGNORECASE,
)  # what makes it another claim, or none
_PRINTED = re.compile(r"matrix\}|\\begin\{array\}|\\p?matrix\b")
_INDEX = re.compile(r"_\{?(\d+|\+|-)\}?$")
_LARGEST = 4  # matrix
_TWO = (2, 2)
_BACK = 400  # characters in which a sentence begins
_GOOD = {Outcome.PROVED, Outcome.SUPPORTED}
_HALF = power(number(2), MINUS_ONE)


@dataclass(frozen=True, slots=True)
class _Matrix:
    """A square matrix of numbers, and the formulas that name it."""

    value: Term
    names: frozenset[str]

    def minus(self, eigenvalue: Term) -> Term:
        r"""S - \lambda I."""
        return add(self.value, mul(MINUS_ONE, eigenvalue, op.eye(self.value.shape[0])))

    @property
    def roots(self) -> list[Term]:
        """The eigenvalues of a matrix of two rows, the larger one first; none of a larger matrix."""
        if self.value.shape != _TWO:
            return []
        (a, b), (c, d) = ([self.value[i, j] for j in range(2)] for i in range(2))
        middle, apart = mul(_HALF, add(a, d)), mul(_HALF, add(a, mul(MINUS_ONE, d)))
        root = power(add(mul(apart, apart), mul(b, c)), _HALF)
        return [add(middle, root), add(middle, mul(MINUS_ONE, root))]


@dataclass(frozen=True, slots=True)
class _Fact:
    """A row of the report that says what an eigenvalue or an eigenvector is."""

    row: int
    index: str  # \lambda_1: 1
    value: Term  # a number, or a column
    unit: bool
    matrix: _Matrix
    named: bool  # by the sentence

    @property
    def is_rounded(self) -> bool:
        """Whether decimals are printed."""
        return any(slack_of(one) is not None for one in subterms(self.value))


@dataclass(slots=True)
class Spectra:
    """The matrices of a section, and what it says of their eigenvalues."""

    rows: list[Finding]
    confirming: Confirming  # knows which rows are open
    decider: Decider
    scope: Scope
    text: str
    section: int = -1
    matrices: list[_Matrix] = field(default_factory=list)
    facts: list[_Fact] = field(default_factory=list)
    speaks: bool = field(init=False)  # the document, of eigenvalues

    def __post_init__(self) -> None:
        self.speaks = _WORD.search(self.text) is not None

    # -- what the text says -------------------------------------------------------------------------------------

    def hear(self, piece: Cut) -> None:
        """A formula comes: that of another section ends this one; it may print a matrix."""
        if piece.segment.section != self.section:
            self.settle()
            self.section = piece.segment.section
        if not self.speaks or not _PRINTED.search(piece.segment.text):
            return
        for statement in piece.statements:
            names = frozenset(self.text[side.at : side.end].strip() for side in statement.sides if side.tokens)
            trees = (piece.trees.get(side) for side in statement.sides)
            printed = (self._square(tree) for tree in trees if isinstance(tree, Node) and not has_names(tree))
            self.matrices += [_Matrix(value, names) for value in printed if value is not None]

    def value(self, row: int, name: str, value: Term, segment: Segment) -> None:
        """A row of the report gives a name a number, or a vector of numbers."""
        if not self.matrices or value.free:
            return
        sentence = _ENDS.split(self.text[max(0, segment.at - _BACK) : segment.at])[-1]
        vector = not value.is_scalar
        words = [found for found in _WORD.finditer(sentence) if (found["what"].lower() == "vector") is vector]
        if not words and not vector and _FOR.search(sentence):  # "an eigenvector for $\lambda = 3$"
            words = list(_WORD.finditer(sentence))
        if not words or _OPEN.search(_FORMULA.sub(" ", sentence)):
            return
        if not _JOINS.fullmatch(_WORD.sub(" ", _FORMULA.sub(" ", sentence[words[-1].end() :]))):
            return
        asked = {(found[1] or found[2]).strip() for found in _OF.finditer(sentence)}
        named = [m for m in self.matrices if not asked.isdisjoint(m.names)]
        if (asked and not named) or (not vector and not _LETTER.search(name)):
            return  # a matrix without numbers, or what follows from the eigenvalues: a condition number
        matrix = (named or self.matrices)[-1]
        column = value.T if vector and value.shape[0] == 1 else value
        if vector and column.shape != (matrix.value.shape[0], 1):
            return
        index = _INDEX.search(name)
        unit = vector and _UNIT.search(sentence) is not None
        self.facts.append(_Fact(row, index[1] if index else "", column, unit, matrix, bool(named)))

    def _square(self, tree: Node) -> Term | None:
        """A square matrix of exact numbers."""
        value = read_chain([tree, tree], [True], self.scope, Options()).sides[0]
        if not isinstance(value, Term) or value.is_scalar or value.free or value.shape[0] != value.shape[1]:
            return None
        exact = all(slack_of(one) is None for one in subterms(value))
        return value if value.shape[0] in range(2, _LARGEST + 1) and exact else None

    # -- what comes of it ---------------------------------------------------------------------------------------

    def settle(self) -> None:
        """Weigh the eigenvalues and eigenvectors of a section that is over."""
        facts, self.facts, self.matrices = self.facts, [], []
        for matrix in {id(fact.matrix): fact.matrix for fact in facts}.values():
            try:
                self._weigh(matrix, [fact for fact in facts if fact.matrix is matrix])
            except (CalcdsError, ArithmeticError, RecursionError):
                continue

    def _weigh(self, matrix: _Matrix, facts: Sequence[_Fact]) -> None:
        values = [fact for fact in facts if fact.value.is_scalar]
        right = {fact.row: self._is_eigenvalue(matrix, fact) for fact in values}
        of_number = {fact.index: fact for fact in values if right[fact.row]}
        for fact in facts:
            if not fact.value.is_scalar:
                right[fact.row] = self._is_eigenvector(matrix, fact, of_number.get(fact.index))
        times = Counter(fact.value for fact in values)
        certain = any(right.values())
        for fact in facts:
            what = "eigenvalue" if fact.value.is_scalar else "unit eigenvector" if fact.unit else "eigenvector"
            if right[fact.row] and times[fact.value] < 2:
                outcome = Outcome.SUPPORTED if fact.is_rounded else Outcome.PROVED
                self._write(fact, outcome, f"it is {'a' if fact.unit else 'an'} {what} of the matrix")
            elif right[fact.row] is False and (certain or fact.named):
                self._write(fact, Outcome.REFUTED, f"it is no {what} of the matrix")

    def _write(self, fact: _Fact, outcome: Outcome, said: str) -> None:
        if self.confirming.asks(fact.row):
            known = self.rows[fact.row]
            self.rows[fact.row] = replace(known, outcome=outcome, role="claim", stage="solution", detail=said, advice="")

    def _is_eigenvalue(self, matrix: _Matrix, fact: _Fact) -> bool | None:
        """Whether a number is an eigenvalue; None where that is not known."""
        if not fact.is_rounded:
            return self._same(op.det(matrix.minus(fact.value)), ZERO)
        return self._is_one_of(matrix.roots, fact.value)

    def _is_eigenvector(self, matrix: _Matrix, fact: _Fact, own: _Fact | None) -> bool | None:
        """Whether a vector is what it is called; None where it is one of another eigenvalue, or that is not known."""
        v = fact.value
        if fact.is_rounded:
            return self._is_one_of(self._like(matrix, fact), v)
        image, square = mul(matrix.value, v), mul(v.T, v)
        if self._same(square, ZERO) or not self._same(mul(square, image), mul(mul(v.T, image), v)):
            return False
        if fact.unit and not self._same(square, number(1)):
            return False
        return True if own is None or own.is_rounded or self._same(image, mul(own.value, v)) else None

    def _like(self, matrix: _Matrix, fact: _Fact) -> Iterator[Term]:
        """Eigenvectors as long as one that is printed: of length 1, or with an entry of it that is not rounded."""
        for root in matrix.roots:
            (a, b), (c, d) = ([matrix.value[i, j] for j in range(2)] for i in range(2))
            x, y = (add(root, mul(MINUS_ONE, d)), c) if self._same(b, ZERO) else (b, add(root, mul(MINUS_ONE, a)))
            if fact.unit:
                length = power(add(mul(x, x), mul(y, y)), _HALF)
                scales = [power(length, MINUS_ONE), mul(MINUS_ONE, power(length, MINUS_ONE))]
            else:
                exact = [(one, w) for one, w in zip(_entries(fact.value), (x, y), strict=True) if slack_of(one) is None]
                scales = [mul(one, power(w, MINUS_ONE)) for one, w in exact if not self._same(w, ZERO)][:1]
            yield from (op.column(mul(scale, x), mul(scale, y)) for scale in scales)

    def _is_one_of(self, exact: Iterable[Term], printed: Term) -> bool | None:
        """Whether what is printed is one of these, rounded; None where it may be."""
        found = [self._is_rounded(one, printed) for one in exact]
        return True if True in found else False if found and None not in found else None

    def _is_rounded(self, exact: Term, printed: Term) -> bool | None:
        """Whether all entries are rounded rightly; None where one of the last digits may be off by one."""
        pairs = list(zip(_entries(exact), _entries(printed), strict=True))
        if all(self._same(a, b) for a, b in pairs):
            return True
        near = (any(self._same(a, other) for other in (b, *_beside(b))) for a, b in pairs)
        return None if all(near) else False

    def _same(self, left: Term, right: Term) -> bool:
        return self.decider.ask(left, right).outcome in _GOOD


def _entries(term: Term) -> tuple[Term, ...]:
    return term.args if term.head == "matrix" else (term,)


def _beside(printed: Term) -> list[Term]:
    """Decimals of which the last digit is one more, or one less."""
    said = as_printed(printed)
    if said is None or not re.fullmatch(r"-?\d*\.?\d+", said):
        return []
    unit = Decimal(1).scaleb(-len(said.partition(".")[2]))
    return [Term("decimal", (), str(Decimal(said) + step)) for step in (unit, -unit)]


__all__ = ["Spectra"]
