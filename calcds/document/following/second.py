r"""Hessians and Jacobians that a text writes out under a name of their own: "the Hessian is $H_f(x, y) = ...$", `J_g = ...`.

    H_f = [ d^2 f / dx_i dx_j ]          J_g = [ d g_i / dx_j ]

Such an equation looks like the definition of H, and is a claim about the function that its subscript names, or about the last
one of the section. It is proved where the derivatives are what is printed. It is called wrong where a small change of what is
printed makes it so; a Jacobian may also be printed transposed, and H may be another matrix altogether.

Imports: calcds.decide, calcds.document, calcds.expr.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from calcds.decide.clock import Deadline
from calcds.decide.verdict import Outcome, Verdict
from calcds.document.source.latex import Node
from calcds.document.source.names import atom_and_marks, letter_of, named, opened, script, shown
from calcds.document.weighing.agreeing import Clash, agreeing
from calcds.document.weighing.deciding import Decider
from calcds.document.weighing.evidence import holds
from calcds.document.weighing.repair import parts_of, repairs
from calcds.document.words.scope import Function, Scope
from calcds.errors import CalcdsError
from calcds.expr import operators as op
from calcds.expr.term import Term, same_shape

PATIENCE = 2.0  # seconds for a change that would be right
_GOOD = {Outcome.PROVED, Outcome.SUPPORTED}
_WORDS = {"H": re.compile(r"\bHess", re.IGNORECASE), "J": re.compile(r"\bJacobi", re.IGNORECASE)}
_SAID = {"H": "the second derivatives of", "J": "the derivatives of"}


@dataclass(slots=True)
class Second:
    """The matrices of derivatives of the functions that a section has formulas for."""

    scope: Scope
    decider: Decider

    def verdict(self, head: Node, value: Term, words: str) -> Verdict | None:
        """What comes of `H_f(x, y) = ...` behind words that speak of a Hessian; None where it is about no such function.

        Without such words it holds where these are the derivatives of an f that the section has a formula for, if the head
        names f, or if the section speaks of Hessians.
        """
        found = _name(head)
        if found is None or (value.is_scalar and value.head != "sym"):
            return None
        letter, subject = found
        spoken = _WORDS[letter].search(words) is not None
        if not spoken and not subject and not (letter == "H" and self.scope.section in self.scope.hessian_in):
            return None
        for f in self._functions(subject):
            expected = _derivatives(letter, f)
            value = _in_formula(value, f)
            if expected is None or value.is_scalar:
                continue
            said = f"{_SAID[letter]} {f.name}"
            if self._equal(expected, value) or (letter == "J" and self._equal(expected.T, value)):
                return Verdict(Outcome.PROVED, "solution", f"{said} are these")
            if not spoken:
                printed = expected.head == value.head == "matrix" and same_shape(expected.shape, value.shape)
                why = f"{said} are others: a mistake, or something else of this name?"
                return Verdict(Outcome.UNDECIDED, "solution", why) if printed else None
            if (place := self._one_other(expected, value)) is not None:
                return Verdict(Outcome.REFUTED, "solution", f"{said} are others: in row {place[0]}, column {place[1]}")
            for changed in Deadline(PATIENCE).until(repairs(value, parts_of(False, value, *f.parameters))):
                if self._agree(expected, changed):
                    return Verdict(Outcome.REFUTED, "solution", f"{said} are others; they would be these with {changed}")
            if subject:
                return None
        return None

    def _functions(self, subject: str) -> Iterator[Function]:
        """The function that a subscript names, or else those of the section, the last one first."""
        known = [f for f in self.scope.functions.values() if f.body is not None and self.scope.is_here(f.section)]
        named_so = [f for f in known if shown(f.name) == subject]
        yield from sorted(named_so if subject else known, key=lambda f: -f.at)[: 1 if subject else 2]

    def _equal(self, expected: Term, value: Term) -> bool:
        try:
            left, right = agreeing((expected, value), self.scope.elastic)
            fits = same_shape(left.shape, right.shape)
            return fits and self.decider.stepwise(left, right, (), self.scope.elastic)[2].outcome in _GOOD
        except (Clash, CalcdsError, RecursionError):
            return False

    def _one_other(self, expected: Term, value: Term) -> tuple[int, int] | None:
        """The place of the only entry of a printed matrix that is another, from 1; None where more are, or none."""
        if expected.head != "matrix" or value.head != "matrix" or not same_shape(expected.shape, value.shape):
            return None
        columns = value.data[1]
        pairs = zip(expected.args, value.args, strict=True)
        others = [divmod(k, columns) for k, (one, other) in enumerate(pairs) if not self._agree(one, other)]
        return (others[0][0] + 1, others[0][1] + 1) if len(others) == 1 and len(value.args) > 2 else None

    def _agree(self, expected: Term, value: Term) -> bool:
        try:
            left, right = agreeing((self.scope.expand(expected), self.scope.expand(value)), self.scope.elastic)
            return same_shape(left.shape, right.shape) and holds(left, right, ())
        except (Clash, CalcdsError, RecursionError, ArithmeticError):
            return False


def _name(head: Node) -> tuple[str, str] | None:
    """The H and the f of `H_f(x, y)`, the J and "" of `J`; None for anything else."""
    inside = opened(head)
    parts = inside.parts if inside.kind == "product" else (inside,)
    found = named(parts[0])
    if found is None or len(parts) > 2 or (len(parts) == 2 and atom_and_marks(parts[1])[0].kind != "round"):
        return None
    letter = letter_of(found.base)
    below = [m for m in found.marks if m.kind == "below"]
    if letter not in _WORDS or len(below) != len(found.marks) or len(below) > 1:
        return None
    subject = named(script(below[0])) if below else None
    return (letter, letter_of(subject.base) if subject is not None else "") if not below or subject is not None else None


def _in_formula(value: Term, f: Function) -> Term:
    """A letter that is printed alone, as it stands in the formula of the function: the W of `J_F = W`, F(x) = W x + b."""
    same = (s for s in (f.body.free if f.body is not None else ()) if value.head == "sym" and s.data[0] == value.data[0])
    return next(same, value)


def _derivatives(letter: str, f: Function) -> Term | None:
    """The matrix of second derivatives of a number, or of derivatives of a column."""
    x, body = f.parameters, f.body
    assert body is not None  # only such functions are asked for
    try:
        if letter == "H" and body.is_scalar:
            return op.hessian(body, x[0]) if len(x) == 1 and not x[0].is_scalar else op.matrix(
                *[[op.diff(body, a, b) for b in x] for a in x])  # fmt: skip
        if letter == "J" and body.shape[1] == 1 and not body.is_scalar:
            if len(x) == 1 and not x[0].is_scalar:
                return op.jacobian(body, x[0])
            if body.head == "matrix" and all(a.is_scalar for a in x):
                return op.matrix(*[[op.diff(one, a) for a in x] for one in body.args])
    except CalcdsError:
        return None
    return None


__all__ = ["Second"]
