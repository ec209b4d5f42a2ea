r"""Derivatives of functions that are not specified: chain rules, polar coordinates, `\varphi(t) = f(a + th, b + tk)`.

    \frac{d}{dt} f(x(t), y(t)) = f_x(x, y) x'(t) + f_y(x, y) y'(t)
    f_r^2 + \frac{1}{r^2} f_\theta^2 = f_x^2 + f_y^2        for x = r\cos\theta, y = r\sin\theta
    y' = -\frac{F_x}{F_y}                                   for F(x, y) = 0

A claim is read with these functions as any functions (`supposing_functions`), its derivatives are carried out, and what is left
of them, `f_x` and `f_y` at the place where they are taken, may be any numbers: if the claim holds for these, it holds for every
function. If not, it is wrong where a small change makes it hold, and left open otherwise: it may be a differential equation.
Nor is it called wrong where all of it stands in derivatives at the variables themselves, as `u_t = k u_{xx}` does, or where
the section says what a derivative of a variable is, which may be put in.

Imports: calcds.decide, calcds.document, calcds.expr.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product

from calcds.decide.clock import Deadline
from calcds.decide.field import TooBig
from calcds.decide.session import with_session
from calcds.decide.verdict import Outcome, Verdict
from calcds.document.following.compositions import Compositions
from calcds.document.following.supposing_functions import NotUnderstood, World
from calcds.document.reading.chains import read_chain
from calcds.document.source.differentials import quotients
from calcds.document.source.latex import Node, walk
from calcds.document.source.names import named
from calcds.document.source.options import Options
from calcds.document.source.raw import Unread
from calcds.document.weighing.deciding import Decider
from calcds.document.weighing.expansions import ways_up_to
from calcds.document.weighing.repair import parts_of, repairs
from calcds.document.words.heads import head_of
from calcds.document.words.scope import Scope
from calcds.document.words.unspecified import Heard
from calcds.errors import CalcdsError, NoRule, Undefined
from calcds.expr.kinds import Real
from calcds.expr.term import DERIVATIVES, Term, replace, subterms

_NEAR = 2_000  # characters in which words tell what letters below a name are
_HIGHEST = 4  # order of a derivative of an implicit function
_PATIENCE = 3.0  # seconds, more than it takes, for what would have been right
_GOOD = {Outcome.PROVED, Outcome.SUPPORTED}
_DERIVES = re.compile(
    r"partial|derivativ|differenti|chain rule|gradient|Laplac|smooth|Taylor|implicit|tangent|Jacobi|Hess|\bvariables?\b|"
    r"function|coordinates",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"\bcomponents?\b|\bforces?\b|velocit|\bspeed|accelerat|momentum|marginal|densit|probabilit|varianc|deviation|stress|strain|"
    r"\bfields?\b|differential equation|\b[OP]DEs?\b|\bsolv|characteristic",
    re.IGNORECASE,
)  # letters below a name may tell other things apart, or an equation is to be solved


@dataclass(slots=True)
class Unspecified:
    """Decides claims about functions that are not specified.

    heard: what the sections say of their functions
    """

    scope: Scope
    decider: Decider
    heard: dict[int, Heard] = field(default_factory=dict)
    compositions: Compositions = field(init=False)

    def __post_init__(self) -> None:
        self.compositions = Compositions(self.scope, self.decider)

    def verdict(self, nodes: Sequence[Node | Unread], at: int) -> Verdict | None:
        """What comes of a pair of sides that stands at some place; None where it is about no such functions, or left open."""
        trees = [node for node in nodes if isinstance(node, Node)]
        here = [self.heard[s] for s in sorted(self.scope.around) if s in self.heard]
        if len(trees) < len(nodes) or len(trees) != 2 or _is_letter(trees[0]):
            return None
        head = head_of(trees[0])
        lays_down = head is not None and "_" not in head[0]  # `f(x) = g(h(x))` and then `f(x) = g(h(i(x)))`: other functions
        if (found := self.compositions.verdict(*trees)) is not None:
            labelled = head is not None and bool(head[2])  # J_h of a composition h is no new function
            return None if lays_down and not labelled and found.outcome is Outcome.REFUTED else found
        world = World(self.scope, here, trees, at)
        if not world.partials and not world.calls and not any(True for tree in trees for _ in quotients(tree)):
            return None
        words = " ".join(word for one in here for _, word in one.words)
        if not _DERIVES.search(words) and not any(node.kind == "PARTIAL" for tree in trees for node in walk(tree)):
            return None
        try:
            found = self._decided(world) if world.suppose() else None
        except (NotUnderstood, CalcdsError, RecursionError, ArithmeticError, ValueError):
            return None
        return None if found is not None and lays_down and found.outcome is Outcome.REFUTED else found

    def may_differentiate(self, nodes: Sequence[Node | Unread], at: int) -> bool:
        """Whether letters below the names of a claim may stand for derivatives of which nothing is known."""
        trees = [node for node in nodes if isinstance(node, Node)]
        here = [self.heard[s] for s in sorted(self.scope.around) if s in self.heard]
        world = World(self.scope, here, trees, at)
        unknown = (one for key, one in world.partials.items() if self.scope.partial(key, old=True) is None)
        told = ((letters, world.variables(base)) for base, letters in unknown)
        return any(world.reaches(variables, letter) for letters, variables in told for letter in set(letters) - set(variables))

    def _decided(self, world: World) -> Verdict | None:
        wrong: Verdict | None = None
        known = [self._has_formula(base) for base, _ in world.partials.values()]
        if known and all(known):
            return None  # they have formulas
        ambiguous = world.is_ambiguous
        near = " ".join(word for one in world.heard for at, word in one.words if -_NEAR < at - world.at < _NEAR // 4)
        general = not any(known) and not ambiguous and not _OTHERS.search(near)
        for place, total in product(world.places(), (False, True) if ambiguous else (False,)):
            world.at_place(place, total=total)
            claimed = general and world.composite and not self._is_given(world)
            for pair in self._pairs(world):
                verdict = self._compared(world, *pair, claimed=claimed)
                if verdict is not None and verdict.outcome in _GOOD:
                    return verdict
                wrong = wrong or verdict
        return wrong

    def _has_formula(self, base: str) -> bool:
        """Whether the section has a formula for a function of which the derivatives are read elsewhere."""
        f = self.scope.function(base, old=False)
        return f is not None and f.body is not None and len(f.parameters) > 1 and not f.body.free.isdisjoint(f.parameters)

    @staticmethod
    def _is_given(world: World) -> bool:
        """Whether the section says of a variable what its derivative is."""
        slopes = set().union(*(one.slopes for one in world.heard))
        return not slopes.isdisjoint(world.inner - world.implicit.keys())

    def _pairs(self, world: World) -> Iterator[tuple[Term, Term]]:
        """The sides as terms, with all that stands for their names put in."""
        for sides, up_to in ways_up_to(world.nodes, ["=", "="], far=False):
            with world.told():
                reading = read_chain(sides, [True], self.scope, Options(), remainders=up_to)
                pair = reading.pair(0)
                if pair is not None and not reading.doubts_of(0) and not self._mixes(pair):
                    yield self.scope.expand(pair[0]), self.scope.expand(pair[1])

    def _mixes(self, pair: tuple[Term, Term]) -> bool:
        r"""Whether something is differentiated by x that holds a y of which the value depends on x, and has not been put in."""
        table = self.scope.table()
        for t in (t for side in pair for t in subterms(side) if t.head in DERIVATIVES):
            tied = [s for s in t.args[0].free if s in table and s not in t.args[1:]]
            if any(not self.scope.expand(s).free.isdisjoint(t.args[1:]) for s in tied):
                return True
        return False

    def _compared(self, world: World, left: Term, right: Term, *, claimed: bool) -> Verdict | None:
        """A verdict for all functions; one that a claim is wrong rests on a small change that would be right.

        claimed: nothing speaks against it that the claim is meant for all functions
        """
        if not left.is_scalar or any(s.data[1].word in {"Vector", "Matrix"} for s in left.free | right.free):
            return self._as_it_is(left, right)
        try:
            sides = [_carried_out(side) for side in (left, right)]
            verdict = self._with_any_values(sides, claimed=claimed and not world.implicit)
            if world.implicit and (verdict is None or verdict.outcome not in _GOOD):
                sides = [_solved(side, world) for side in sides]
                verdict = self._with_any_values(sides, claimed=claimed)
        except (NoRule, TooBig, Undefined):
            return self._as_it_is(left, right)
        return verdict

    def _with_any_values(self, sides: Sequence[Term], *, claimed: bool) -> Verdict | None:
        """A verdict for any values of the functions that are left."""
        values = sorted({t for side in sides for t in subterms(side) if _is_value(t)}, key=str)
        if not values:
            return None
        numbers = {value: Real.symbol(f"value {k}") for k, value in enumerate(values)}
        one, other = (replace(side, numbers) for side in sides)
        verdict = self.decider.ask(one, other)
        if verdict.outcome in _GOOD:
            said = f"it holds for all functions: {verdict.detail}"
            return Verdict(verdict.outcome, "unspecified", said, points=verdict.points, digits=verdict.digits)
        if verdict.outcome is not Outcome.REFUTED or not claimed:
            return None
        names = {number: value.data.name for value, number in numbers.items()}
        for side, goal in ((other, one), (one, other)):
            for changed in Deadline(_PATIENCE).until(repairs(side, parts_of(False, one, other))):
                if _is_slip(side, changed, names) and self.decider.ask(goal, changed).outcome in _GOOD:
                    back = {number: value for value, number in numbers.items()}
                    said = f"it does not hold for all functions; it would with {replace(changed, back)}"
                    return Verdict(Outcome.REFUTED, "unspecified", said)
        return None

    def _as_it_is(self, left: Term, right: Term) -> Verdict | None:
        verdict = self.decider.ask(left, right)
        return verdict if verdict.outcome in _GOOD else None


def _is_letter(side: Node) -> bool:
    """Whether a side is a plain letter, so that an equation says what it is."""
    name = named(side)
    return name is not None and not name.marks and not name.base.startswith(("dot ", "ddot "))


def _is_slip(side: Term, changed: Term, names: dict[Term, str]) -> bool:
    """Whether a changed side has no values of functions that are not in the printed one, but for other derivatives of these."""
    new, gone = changed.free - side.free, side.free - changed.free
    known = {names[s] for s in (gone or side.free) if s in names}
    return all(names.get(s) in known for s in new if s in names)


def _is_value(t: Term) -> bool:
    """A value of an unknown function."""
    return t.head == "apply" and t.data.body is None


def _solved(side: Term, world: World) -> Term:
    """A side with what the derivatives of implicit functions are."""
    for _ in range(_HIGHEST):
        found = {t: slope for t in subterms(side) if _is_value(t) and (slope := world.slope(t)) is not None}
        if not found:
            return side
        side = _carried_out(replace(side, found))
    raise NoRule("carry out", str(side))


def _carried_out(side: Term) -> Term:
    """A side in which derivatives are carried out, and the arguments of functions are written in one way."""
    found: dict[Term, Term] = {}

    def note(t: Term) -> None:
        if t.head in {"deriv", "at"} or _is_value(t):
            found[t] = with_session((), (t,), lambda s: s(t).term)
            return
        if t.head in {"integral", "sum", "prod", "limit", "antideriv"} and any(_is_value(s) for s in subterms(t)):
            raise NoRule("carry out", t.head)
        for part in t.args:
            note(part)

    note(side)
    return replace(side, found)


__all__ = ["Unspecified"]
