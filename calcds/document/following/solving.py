r"""Values that a text finds are put into the equations they were found from: "$2x - 4 = 0$, so $x = 2$".

An equation that is asked for, a condition, waits for a value of one of its names. When one comes that is expressed in all
its other names, the equation holds with it, or the value is no solution. Recursions wait in the same way for a formula
that is said to solve them: `h_n = 2 h_{n-1} + 1`, "so $h_n = 2^n - 1$".

Imports: calcds.document, calcds.decide.verdict, calcds.expr.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from calcds.decide.clock import Deadline
from calcds.decide.verdict import Outcome
from calcds.document.reading.chains import Reading
from calcds.document.source.keys import labelled
from calcds.document.source.latex import Node
from calcds.document.source.names import named, names_in, shown
from calcds.document.weighing.repair import repairs
from calcds.document.words.heads import numbered
from calcds.document.words.scope import Scope
from calcds.document.words.supposing import keys_in
from calcds.expr.term import Shape, Term, subterms

PATIENCE = 0.5  # seconds for what would have been a solution
_COUNTING = set("ijkmnt")  # letters that count the members of a sequence
MOST = 3  # equations, the latest ones, that a value is put into
_SAYS = re.compile(
    r"\b(?:so|hence|thus|therefore|gives?|get|obtain|yields?|solutions?|solved?|solving|implies|find|minimi[sz]er|maximi[sz]er|"
    r"root|estimator|normal equations)\b[^.;?!]{0,40}$",
    re.IGNORECASE,
)
Ask = Callable[[Reading, dict[Term, Term]], tuple[Term, Term, Outcome]]


def says_found(before: str) -> bool:
    """Whether the words before an equation say that it follows from another one."""
    return _SAYS.search(before[-90:]) is not None


@dataclass(frozen=True, slots=True)
class Open:
    """An equation that waits for a value, with how to read it again."""

    section: int
    line: int
    keys: frozenset[str]
    read: Callable[[], Reading]
    recursion: bool = False
    start: bool = False  # `x_0 = 0`: of a formula for all members it says little
    certain: bool = True  # that it is one that waits: what fails in it is wrong


@dataclass(slots=True)
class Solutions:
    """The equations of a document that wait for values."""

    scope: Scope
    waiting: list[Open] = field(default_factory=list)

    def wait(self, nodes: Sequence[Node], line: int, read: Callable[[], Reading], *, certain: bool = True) -> None:
        """An equation is asked for, or may be."""
        start = numbered(nodes[0]) is not None and not any(names_in(nodes[1]))
        recursion = certain and is_recursion(*nodes)
        self.waiting.append(Open(self.scope.section, line, keys_in(nodes), read, recursion, start, certain))

    @property
    def certain(self) -> list[Open]:
        """The equations that wait for certain."""
        return [e for e in self.waiting if e.certain]

    def begin(self, node: Node, body: Node) -> None:
        """A recursion begins a new example for its sequence: what was asked of it before is no longer."""
        name = named(node)
        if name is not None and is_recursion(node, body):
            key = labelled(name)[0]
            self.waiting = [e for e in self.waiting if key not in e.keys or not self.scope.is_here(e.section)]

    def has_recursion(self, key: str) -> bool:
        """Whether the section says a sequence by a recursion."""
        return any(e.recursion and self.scope.is_here(e.section) and key in e.keys for e in self.waiting)

    def verdict(self, key: str, symbol: Term | None, value: Term, ask: Ask, *,
                uncertain: bool = True) -> tuple[Outcome, int] | None:  # fmt: skip
        """Whether a value satisfies the equations for its name, and the line of one that tells; None where none does.

        symbol: of the name, where it stands for a number that is put in here; definitions are put in by the scope
        uncertain: equations that may not ask for it count, too, where it satisfies them
        """
        found: tuple[Outcome, int] | None = None
        wrong: tuple[Outcome, int] | None = None
        here = [e for e in self.waiting if self.scope.is_here(e.section) and key.partition("_")[0] in e.keys]
        latest = [*[e for e in here if e.certain][-MOST:], *[e for e in here if not e.certain][-MOST:]]
        for equation in (e for e in here if e in latest and (uncertain or e.certain)):
            outcome = self._holds(equation, symbol, value, ask)
            if outcome is Outcome.REFUTED:
                if equation.start and any(self._has_more(e, symbol, value, ask) for e in here if e.recursion):
                    continue  # a member that the recursion has with other numbers put into it
                wrong = wrong or ((outcome, equation.line) if equation.certain else None)
            elif outcome is not None and not equation.start:
                found, wrong = (outcome, equation.line), None  # the one before it was solved by another value
        return wrong or found

    def is_close(self, key: str, symbol: Term | None, value: Term, ask: Ask) -> bool:
        """Whether a value that is no solution would be one with a small change."""
        for changed in Deadline(PATIENCE).until(repairs(value)):
            found = self.verdict(key, symbol, changed, ask, uncertain=False)
            if found is not None and found[0] is Outcome.PROVED:
                return True
        return False

    def _has_more(self, equation: Open, symbol: Term | None, value: Term, ask: Ask) -> bool:
        r"""Whether a recursion has names that a formula does not have, so that this is one for some values of them only.

        "`r_l = r_{l-1} + k_l - 1`. In the example `r_1 = 5`, `r_2 = 6`. With all `k_l = 3` it is `r_l = 2l + 1`."
        """
        reading = equation.read()
        pair = reading.pair(0)
        if pair is None:
            return True  # it is not known what it has
        left, right, _ = ask(reading, {} if symbol is None else {symbol: value})
        return self._asks_for_others(left, right, value)

    def _asks_for_others(self, left: Term, right: Term, value: Term) -> bool:
        """Whether an equation has names, with a value put in, that this does not have."""
        allowed = {str(s) for s in self.scope.expand(value).free}
        return any(str(s) not in allowed and s.data[1].word != "Dim" for s in left.free | right.free)

    def _holds(self, equation: Open, symbol: Term | None, value: Term, ask: Ask) -> Outcome | None:
        reading = equation.read()
        pair = reading.pair(0)
        if pair is None or (symbol is not None and not any(symbol in side.free for side in pair)):
            return None
        left, right, outcome = ask(reading, {} if symbol is None else {symbol: value})
        if self._asks_for_others(left, right, value):
            return None
        kinds = ((key, one) for key, one in self.scope.kinds.items() if one.certain or self.scope.is_here(one.section))
        said = {shown(key): one.kind.shape for key, one in kinds}
        here = [(said.get(str(s.data[0]), s.shape), s.shape) for s in left.free | right.free]
        if any(_kind_of(one) != _kind_of(other) for one, other in here):
            return None  # read as if nothing were said of their shapes
        if outcome is Outcome.REFUTED and any(one != other for one, other in here):
            return None  # of other sizes than were said
        if any(t.head == "apply" and t.data.body is None for side in (left, right) for t in subterms(side)):
            return None  # other functions are asked for, too
        if outcome in {Outcome.PROVED, Outcome.SUPPORTED}:
            return Outcome.PROVED
        names = {*map(shown, equation.keys), str(symbol), *_COUNTING}
        if any(str(s) not in names and s.data[1].word != "Dim" for s in self.scope.expand(value).free):
            return None  # names in it may have to be chosen so that it is one: A 2^n + B 3^n
        rounded = any(t.head == "decimal" for side in (left, right, value) for t in subterms(side))
        return Outcome.REFUTED if outcome is Outcome.REFUTED and not rounded and not reading.doubts_of(0) else None


def _kind_of(shape: Shape) -> tuple[bool, bool]:
    """Whether something is a number, a column, a row or a matrix."""
    return shape[0] == 1, shape[1] == 1


def is_recursion(node: Node, body: Node) -> bool:
    """Whether an equation says a member of a sequence by another one."""
    name = named(node)
    return name is not None and bool(name.marks) and labelled(name)[0] in keys_in([body])
