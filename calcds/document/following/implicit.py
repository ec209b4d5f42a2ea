r"""Implicit differentiation: slopes of a curve that an equation gives, `x^2 + xy + y^2 = 7`.

    y' = -\frac{2x + y}{x + 2y}        y' = -F_x / F_y for F(x, y) = x^2 + xy + y^2 - 7
    y'' = -\frac{25}{y^3}              for x^2 + y^2 = 25, differentiated once more along the curve
    y'\big|_{(1,2)} = -\frac45         at a point of the curve

The equation is the latest one of the section between two numbers, one of which is then differentiated by the other. A slope
is compared for all x and y, and where that fails for those on the curve, as the equation may have been used. It is wrong
only if a small change would make it right. Where the section says what y is, y' is the derivative of that, and not read here.

Imports: calcds.document, calcds.decide.verdict, calcds.expr.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from calcds.decide.clock import Deadline
from calcds.decide.verdict import Outcome, Verdict
from calcds.document.reading.chains import Reading
from calcds.document.source.differentials import places_of
from calcds.document.source.latex import Node, walk
from calcds.document.source.names import atom_and_marks, named, names_in, opened, script
from calcds.document.source.raw import Unread
from calcds.document.weighing.repair import repairs
from calcds.document.words.scope import Scope
from calcds.expr import operators as op
from calcds.expr.term import ZERO, Term, relation, subterms

Read = Callable[[Sequence[Node], Sequence[str]], Reading]
Ask = Callable[[Term, Term, tuple[Term, ...]], Verdict]
_PASSED = {Outcome.PROVED, Outcome.SUPPORTED}
_PATIENCE = 4.0  # seconds, far more than it takes, for what would have been right
_HIGHEST = 3
_FOLLOWS = re.compile(
    r"\b(?:differentiat\w*|implicit\w*|slope|tangent|hence|so|therefore|thus|gives?|get|obtain|find|yields?|from)\b",
    re.IGNORECASE,
)
_OTHERS = re.compile(r"differential equation|\bODEs?\b|\bsolv|orthogonal|trajector|\bfield\b|\bif\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Slope:
    r"""`y'`, `\frac{dy}{dx}`, `y'|_{(1, 2)}`: the letter, by which letter (or ""), the order, and the point."""

    letter: str
    by: str
    order: int
    point: tuple[Node, Node] | None


@dataclass(frozen=True, slots=True)
class Curve:
    """An equation between two numbers."""

    left: Node
    right: Node
    letters: frozenset[str]
    section: int
    line: int


@dataclass(slots=True)
class Curves:
    """The equations of a document that may be curves."""

    scope: Scope
    found: list[Curve] = field(default_factory=list)

    def note(self, left: Node | Unread, right: Node | Unread, line: int) -> None:
        """An equation that is no claim."""
        if not isinstance(left, Node) or not isinstance(right, Node) or named(opened(left)) is not None:
            return
        names = [*names_in(left), *names_in(right)]
        letters = frozenset(n.base for n in names)
        calculus = {"prime", "BIGOP", "NABLA", "PARTIAL", "where", "value"}
        plain = all(all(m.kind == "above" for m in n.marks) for n in names)
        if len(letters) == 2 and plain and all(n.kind not in calculus for side in (left, right) for n in walk(side)):
            self.found.append(Curve(left, right, letters, self.scope.section, line))

    def verdict(self, left: Node | Unread, right: Node | Unread, words: str, read: Read, ask: Ask) -> Verdict | None:
        """What the curve says of its slope; None where the left side is no slope of a curve, or nothing is known.

        words: before the claim; where they speak of an equation to be solved it is about other curves
        """
        slope = _slope(opened(left)) if self.found and isinstance(left, Node) else None
        curve = self._curve(slope) if slope is not None else None
        if slope is None or curve is None or not isinstance(right, Node):
            return None
        (other,) = curve.letters - {slope.letter}
        letters = [Node("NAME", (), slope.letter), Node("NAME", (), other)]
        nodes = [curve.left, curve.right, right, *letters, *(slope.point or ())]
        sides = read(nodes, [slope.letter, other]).sides
        terms = [s for s in sides if isinstance(s, Term) and s.is_scalar]
        if len(terms) < len(nodes) or any(t.head == "apply" for s in terms for t in subterms(s)):
            return None
        a, b, value, y, x, *point = terms
        if y.head != "sym" or x.head != "sym" or not value.free <= {x, y}:
            return None
        true, on_curve = _along(a - b, x, y, slope.order), relation("=", a - b, ZERO)
        if point:
            true, on_curve = (op.at(op.at(t, x, point[1]), y, point[0]) for t in (true, on_curve.args[0]))
            if ask(on_curve, ZERO, ()).outcome not in _PASSED:
                return None  # no point of this curve
            given: tuple[Term, ...] = ()
        else:
            given = (on_curve,)
        claimed = bool(point) or (bool(value.free) and _FOLLOWS.search(words) is not None)
        return _compared(true, value, given, ask, curve.line, claimed=claimed and _OTHERS.search(words) is None)

    def _curve(self, slope: Slope) -> Curve | None:
        """The latest curve of the section for a letter that stands for no formula."""
        known = self.scope.functions.get(slope.letter)
        if (known is not None and known.body is not None) or self.scope.definition(slope.letter, old=False) is not None:
            return None
        here = [c for c in self.found if self.scope.is_here(c.section) and slope.letter in c.letters]
        chosen = here[-1] if here else None
        return chosen if chosen is not None and (not slope.by or slope.by in chosen.letters) else None


def _compared(true: Term, value: Term, given: tuple[Term, ...], ask: Ask, line: int, *, claimed: bool) -> Verdict | None:
    for conditions in ((), given) if given else ((),):
        verdict = ask(true, value, conditions)
        if verdict.outcome in _PASSED:
            said = f"it is the slope of the curve of line {line}: {verdict.detail}"
            return Verdict(verdict.outcome, "curve", said, points=verdict.points, digits=verdict.digits)
    verdict = ask(true, value, ())
    if not claimed or verdict.outcome is not Outcome.REFUTED:
        return None
    for changed in Deadline(_PATIENCE).until(repairs(value, sorted(value.free, key=str))):
        if any(ask(true, changed, conditions).outcome in _PASSED for conditions in ((), given)):
            said = f"it is not the slope of the curve of line {line}: {verdict.detail}"
            return Verdict(Outcome.REFUTED, "curve", said, witness=verdict.witness)
    return None


def _along(curve: Term, x: Term, y: Term, order: int) -> Term:
    """The derivatives of y by x along F(x, y) = 0."""
    slope = -op.diff(curve, x) / op.diff(curve, y)
    found = slope
    for _ in range(order - 1):
        found = op.diff(found, x) + op.diff(found, y) * slope
    return found


def _slope(node: Node) -> Slope | None:
    if node.kind == "value":
        inner, point = _slope(opened(node.parts[0])), _point(opened(node.parts[1]))
        return Slope(inner.letter, inner.by, inner.order, point) if inner is not None and point is not None else None
    atom, marks = atom_and_marks(node)
    primes = [m for m in marks if m.kind == "prime"]
    if atom.kind == "NAME" and primes and len(primes) <= _HIGHEST:
        places = [m for m in marks if m.kind == "where"]
        point = _point(script(places[0])) if len(places) == 1 else None
        if len(primes) + len(places) < len(marks) or (places and point is None):
            return None
        return Slope(atom.text, "", len(primes), point)
    if atom.kind != "frac" or marks:
        return None
    above, below = (opened(part) for part in atom.parts)
    places_below = places_of(below)
    if above.kind != "product" or len(above.parts) != 2 or not places_below or len(places_below) != 1:
        return None
    d, y = atom_and_marks(above.parts[0])[0], named(above.parts[1])
    x = named(places_below[0][0])
    if d.text != "d" or y is None or x is None or y.marks or x.marks or places_below[0][1] > _HIGHEST:
        return None
    return Slope(y.base, x.base, places_below[0][1], None)


def _point(node: Node) -> tuple[Node, Node] | None:
    """The values of y and x at `(x, y)`, in this order."""
    inner = node.parts[0] if node.kind == "round" and len(node.parts) == 1 else node
    values = [p for p in inner.parts if p.kind != "COMMA"] if inner.kind == "items" else []
    return (values[1], values[0]) if len(values) == 2 else None
