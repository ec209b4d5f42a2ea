r"""Two solutions in one formula: `r^2 - 2br + c = 0` has the roots `r_{1,2} = b \pm \sqrt{b^2 - c}`.

Both of them are put into the equations of the section in the letter of the name, the latest ones. Where both satisfy one of
them, the formula holds. It is called wrong where the words are about no other case, no formula solved the last equation before,
neither satisfies any, and both would satisfy that one with one sign, number or fraction changed.

Imports: calcds.document, calcds.decide.verdict.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from calcds.decide.clock import Deadline
from calcds.decide.verdict import Outcome, Verdict
from calcds.document.reading.chains import Reading
from calcds.document.source.latex import Node, in_brackets, replaced, walk
from calcds.document.source.members import misprints
from calcds.document.source.names import letter_of, named, names_in
from calcds.document.source.raw import Unread
from calcds.document.words.scope import Scope
from calcds.expr.term import Term

MOST = 3  # equations, the latest ones
PATIENCE = 3.0  # seconds for a change that would be right
_ELSEWHERE = re.compile(
    r"\b(?:instead|chang\w+|now|other|another|replac\w+|if|when|for|with|perturb\w+|at|approximat\w+|near|about)\b",
    re.IGNORECASE,
)  # words that speak of another equation
_GOOD = {Outcome.PROVED, Outcome.SUPPORTED}


@dataclass(frozen=True, slots=True)
class _Equation:
    left: Node
    right: Node
    section: int
    line: int


@dataclass(slots=True)
class TwoSigns:
    """The equations of a document that are no claims, of which some have two solutions."""

    scope: Scope
    read: Callable[[Sequence[Node]], Reading]
    compare: Callable[[Reading, Term, Term], Verdict]
    equations: list[_Equation] = field(default_factory=list)
    solved: set[_Equation] = field(default_factory=set)

    def note(self, left: Node | Unread, right: Node | Unread, line: int) -> None:
        """An equation that is no claim."""
        if isinstance(left, Node) and isinstance(right, Node) and named(left) is None and not any(map(_is_sign, walk(right))):
            self.equations.append(_Equation(left, right, self.scope.section, line))

    def verdict(self, name: Node | Unread, body: Node | Unread, words: str) -> Verdict | None:
        """What comes of a name that is given two values by one formula; None where no equation tells. words: before it"""
        found = named(name) if isinstance(name, Node) else None
        if found is None or not isinstance(body, Node) or sum(map(_is_sign, walk(body))) != 1:
            return None
        letter = letter_of(found.base)
        asked = [e for e in self.equations if self.scope.is_here(e.section) and _is_about(e, letter)][-MOST:]
        if letter in {n.base for n in names_in(body)}:
            return None
        outcomes = [(one, [self._put(one, letter, value) for value in _values(body)]) for one in reversed(asked)]
        for one, pair in outcomes:
            if all(v is not None and v.outcome in _GOOD for v in pair):
                self.solved.add(one)
                return Verdict(Outcome.PROVED, "solution", f"both satisfy the equation of line {one.line}")
        fails = all(v is not None and v.outcome is Outcome.REFUTED for _, pair in outcomes for v in pair)
        if not outcomes or not fails or asked[-1] in self.solved or _ELSEWHERE.search(words):
            return None
        for changed in Deadline(PATIENCE).until(misprints(body)):
            pair = [self._put(asked[-1], letter, value) for value in _values(changed)]
            if all(v is not None and v.outcome in _GOOD for v in pair):
                said = f"they do not satisfy the equation of line {asked[-1].line}, but would with a small change"
                return Verdict(Outcome.REFUTED, "solution", said)
        return None

    def _put(self, equation: _Equation, letter: str, value: Node) -> Verdict | None:
        """The verdict on an equation with a value for the letter."""
        reading = self.read([replaced(side, {letter: value}) for side in (equation.left, equation.right)])
        pair = reading.pair(0)
        return None if pair is None or reading.doubts_of(0) else self.compare(reading, *pair)


def _is_sign(node: Node) -> bool:
    return node.kind == "PM"


def _is_about(equation: _Equation, letter: str) -> bool:
    """Whether an equation asks for a letter, by that letter alone."""
    names = [n for side in (equation.left, equation.right) for n in names_in(side) if letter_of(n.base) == letter]
    return bool(names) and all(m.kind == "above" for n in names for m in n.marks)


def _values(body: Node) -> Iterator[Node]:
    """The two formulas, in brackets."""
    for sign in ("+", "-"):
        yield in_brackets(_signed(body, sign))


def _signed(node: Node, sign: str) -> Node:
    if node.kind == "PM":
        return Node("ADD", (), sign, node.at, node.end)
    return node.holding(tuple(_signed(p, sign) for p in node.parts))


__all__ = ["TwoSigns"]
