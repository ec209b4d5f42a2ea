r"""Eigenvalues and eigenvectors that a text finds for a matrix of numbers.

    S = \begin{pmatrix} 5 & 2 \\ 2 & 2 \end{pmatrix}, the eigenvalues are \lambda_1 = 6 and \lambda_2 = 1,
    with unit eigenvectors u_1 = (2, 1)/\sqrt5 and u_2 = (1, -2)/\sqrt5

By themselves these equations give names their values. The words say more: that \lambda is an eigenvalue of S means
det(S - \lambda I) = 0, that u is an eigenvector means S u = \lambda u with u other than 0. A vector has the number of its
eigenvalue; one without a number, or with that of no eigenvalue, has S u in its own direction: (u^T u) S u = (u^T S u) u.

The matrix is the one that the sentence names, "the eigenvalues of $S$", or the last that is printed before it in its section.
What holds is proved. What does not hold is called wrong only where it is certain that this matrix is meant: the sentence
names it, or another value or vector of the section is right. Values that are printed with decimals are compared in floating
point: right ones are within half a unit of the last digit, wrong ones more than a unit away, and between these nothing is said.

Imports: calcds.decide, calcds.document, calcds.errors, calcds.expr, calcds.values.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from calcds.decide.looking import slack_of
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
from calcds.expr.term import MINUS_ONE, ZERO, Term, add, mul, number, subterms
from calcds.values.evaluate import evaluate
from calcds.values.numbers import primal
from calcds.values.points import Point

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
_BACK = 400  # characters in which a sentence begins
_NONE = 1e-9  # an entry of an eigenvector that is 0
_GOOD = {Outcome.PROVED, Outcome.SUPPORTED}
_Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Matrix:
    """A square matrix of numbers, and the formulas that name it."""

    value: Term
    names: frozenset[str]

    def minus(self, eigenvalue: Term) -> Term:
        r"""S - \lambda I."""
        return add(self.value, mul(MINUS_ONE, eigenvalue, op.eye(self.value.shape[0])))


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
    def slack(self) -> float:
        """Half a unit of the last digit that is printed, of the entry with the fewest; 0 where no decimals are."""
        entries = self.value.args if self.value.head == "matrix" else (self.value,)
        return max((float(found.p) / float(found.q) for one in entries if (found := slack_of(one)) is not None), default=0.0)


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
            except (CalcdsError, ArithmeticError, RecursionError, np.linalg.LinAlgError):
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
            what = "eigenvector" if not fact.value.is_scalar else "eigenvalue"
            what = f"unit {what}" if fact.unit else what
            if right[fact.row] and times[fact.value] < 2:
                outcome = Outcome.SUPPORTED if fact.slack else Outcome.PROVED
                self._write(fact, outcome, f"it is an {what} of the matrix".replace("an unit", "a unit"))
            elif right[fact.row] is False and (certain or fact.named):
                self._write(fact, Outcome.REFUTED, f"it is no {what} of the matrix{_instead(matrix, fact)}")

    def _write(self, fact: _Fact, outcome: Outcome, said: str) -> None:
        if self.confirming.asks(fact.row):
            known = self.rows[fact.row]
            self.rows[fact.row] = replace(known, outcome=outcome, role="claim", stage="solution", detail=said, advice="")

    def _is_eigenvalue(self, matrix: _Matrix, fact: _Fact) -> bool | None:
        """Whether a number is an eigenvalue; None where its digits do not tell."""
        if not fact.slack:
            return self._same(op.det(matrix.minus(fact.value)), ZERO)
        found = np.linalg.eigvals(_floats(matrix.value))
        return _within(float(np.min(np.abs(found - _floats(fact.value)[0, 0]))), fact.slack)

    def _is_eigenvector(self, matrix: _Matrix, fact: _Fact, own: _Fact | None) -> bool | None:
        """Whether a vector is what it is called; None where it is one of another eigenvalue, or its digits do not tell."""
        v = fact.value
        if fact.slack:
            return _is_near_eigenvector(_floats(matrix.value), _floats(v)[:, 0], fact)
        image, square = mul(matrix.value, v), mul(v.T, v)
        if self._same(square, ZERO) or not self._same(mul(square, image), mul(mul(v.T, image), v)):
            return False
        if fact.unit and not self._same(square, number(1)):
            return False
        return True if own is None or own.slack or self._same(image, mul(own.value, v)) else None

    def _same(self, left: Term, right: Term) -> bool:
        return self.decider.ask(left, right).outcome in _GOOD


def _is_near_eigenvector(matrix: _Floats, v: _Floats, fact: _Fact) -> bool | None:
    """Whether rounded entries are those of an eigenvector: of length 1, or as long as an entry without decimals tells."""
    values, vectors = np.linalg.eig(matrix)
    if np.iscomplexobj(values) or len({round(float(value), 6) for value in values}) < len(values):
        return None
    unit = fact.unit or abs(float(np.linalg.norm(v)) - 1) <= len(v) * fact.slack
    exact = [k for k, entry in enumerate(fact.value.args) if slack_of(entry) is None and v[k]]
    if not unit and not exact:
        return None
    if unit:
        scaled = [sign * w / np.linalg.norm(w) for w in vectors.T for sign in (1, -1)]
    else:
        scaled = [v[exact[0]] / w[exact[0]] * w for w in vectors.T if abs(w[exact[0]]) > _NONE]
    return _within(min(float(np.max(np.abs(w - v))) for w in scaled), fact.slack) if scaled else None


def _within(apart: float, slack: float) -> bool | None:
    """Whether a difference is what rounding leaves; None where it is a unit of the last digit at most."""
    return True if apart <= slack * (1 + 1e-6) else None if apart <= 2 * slack else False


def _instead(matrix: _Matrix, fact: _Fact) -> str:
    """What the eigenvalues are, and where the matrix takes a vector."""
    s = _floats(matrix.value)
    if fact.value.is_scalar:
        found = np.linalg.eigvals(s)
        return "" if np.iscomplexobj(found) else f", which has {', '.join(f'{x:.6g}' for x in sorted(found, reverse=True))}"
    v = _floats(fact.value)[:, 0]
    said = [", ".join(f"{x:.6g}" for x in w) for w in (s @ v, v)]
    length = f" of length {np.linalg.norm(v):.6g}" if fact.unit else ""
    return f", which takes it to ({said[0]}), and it is ({said[1]}){length}"


def _floats(term: Term) -> _Floats:
    return np.array([[float(complex(primal(x)).real) for x in row] for row in evaluate(term, Point())])


__all__ = ["Spectra"]
