r"""What a claim about functions that are not specified is about: their derivatives by letters, and on what they depend.

Imports: calcds.document.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from calcds.document.source.latex import Node, walk
from calcds.document.source.names import FUNCTIONS, KNOWN_NUMBERS, Named, names_in, opened
from calcds.document.words.scope import Function, Scope
from calcds.document.words.unspecified import TOTAL, Call, Formula, Heard, calls_in, letters_below

_TUPLES = [("x", "y"), ("x", "y", "z"), ("u", "v"), ("s", "t")]  # variables in their usual order
_SPACE = {"x", "y", "z"}  # they are no coordinates of each other

_ANGLES = {"phi", "varphi", "psi"}  # letters of functions where they stand before a bracket


@dataclass(slots=True)
class Subject:
    """The names of a claim, and what its section says of them.

    heard: what the section says
    nodes: the sides of the claim
    at: where it stands
    functions: the functions that are supposed for it
    """

    scope: Scope
    heard: Sequence[Heard]
    nodes: Sequence[Node]
    at: int
    functions: dict[str, Function] = field(default_factory=dict)

    @property
    def partials(self) -> dict[str, tuple[str, tuple[str, ...]]]:
        """The keys of names with letters below, with their base and these letters."""
        found = {}
        for name in self.names():
            if letters := letters_below(name):
                found[f"{name.base}_{''.join(letters)}"] = name.base, letters
        return found

    @property
    def totals(self) -> dict[str, tuple[str, str]]:
        r"""The names for `\frac{df}{dt}`, with the f and the t."""
        split = {name.base: name.base.removeprefix(TOTAL).split(" ") for name in self.names() if name.base.startswith(TOTAL)}
        return {key: (base, letter) for key, (base, letter) in split.items()}

    @property
    def calls(self) -> list[Call]:
        """The names before brackets."""
        return [call for node in self.nodes for call in calls_in(node, self.at)]

    def names(self) -> list[Named]:
        """The names in the claim."""
        return [name for node in self.nodes for name in names_in(node)]

    @property
    def letters(self) -> set[str]:
        """The letters of the claim, those below names too."""
        below = {letter for _, letters in self.partials.values() for letter in letters}
        return {name.base for name in self.names()} | below

    @property
    def outer(self) -> set[str]:
        """The letters on which functions of the section depend."""
        return {letter for one in self.heard for c in one.calls if c.plain for letter in c.letters}

    def formula(self, key: str) -> Formula | None:
        """The last equation before the claim for a name; none for `x = x(t)`, which says on what it depends."""
        found = [f for one in self.heard for f in one.formulas if f.key == key and f.at < self.at]
        last = max(found, key=lambda f: f.at, default=None)
        own = last is not None and any(name.base == key for name in names_in(last.body))
        return None if own else last

    def variables(self, key: str) -> tuple[str, ...]:
        """The letters on which a function depends; none where nothing tells."""
        if key in self.functions:
            return self.functions[key].keys
        formula = self.formula(key)
        if formula is not None and formula.parameters:
            return formula.parameters
        if formula is not None and (called := self.called(formula.body)) is not None:
            return called.letters
        own = [c for c in self.calls if c.key == key and c.plain and c.letters != (key,)]
        said = [*own, *(c for one in self.heard for c in one.calls if c.key == key and c.plain and c.letters != (key,))]
        below = {letters for one in self.heard for letters in one.subscripts.get(key, ())}
        single = {letter for letters in below for letter in letters}
        if formula is not None and self.unknown_in(formula):
            return tuple(sorted(formula.letters & single))  # u = f(x + y, x - y)
        if said:
            best = max(said, key=lambda c: (len(single & set(c.letters)), c in own, len(c.letters), c.at <= self.at, c.at))
            return best.letters
        placed = tuple(sorted(letter for letter in single if self.coordinates(letter, single)))
        if len(placed) > 1:
            return placed
        counts = {len(c.letters) for one in self.heard for c in one.calls if c.key == key}
        return next((t for t in _TUPLES if set(t) == single and counts == {len(t)}), ())

    def called(self, body: Node) -> Call | None:
        """The formula `f(x, y)`, if it is nothing else."""
        whole = opened(body)
        calls = list(calls_in(body, self.at)) if whole.kind == "product" and len(whole.parts) == 2 else []
        return calls[0] if calls and calls[0].plain and not calls[0].primes else None

    def coordinates(self, letter: str, params: set[str]) -> Formula | None:
        """What a variable is in other coordinates, about which the claim is."""
        formula = self.formula(letter)
        if formula is None or formula.parameters:
            return None
        apart = formula.letters.isdisjoint({letter, *(set(params) & _SPACE)})
        return formula if apart and (formula.letters - KNOWN_NUMBERS.keys()) & self.letters else None

    def reaches(self, variables: Sequence[str], letter: str) -> bool:
        r"""Whether a variable of a function depends on a letter, which is no function itself: `\varphi` may be an angle."""
        if letter in FUNCTIONS - _ANGLES or any(call.key == letter for one in self.heard for call in one.calls):
            return False
        for v in variables:
            formula = self.coordinates(v, set(variables))
            if formula is not None and letter in formula.letters:
                return True
            own = self.variables(v) if formula is None else ()
            if letter in own and v != letter:
                return True
        return False

    def unknown_in(self, formula: Formula) -> list[Call]:
        """The functions of which nothing is known that a formula is about."""
        return [c for c in calls_in(formula.body, formula.at) if self._is_unknown(c)]

    def _is_unknown(self, call: Call) -> bool:
        """Whether a name before a bracket is a function that has no formula."""
        if call.key in self.functions:
            return True
        known = self.scope.function(call.key, old=True)
        if self.formula(call.key) is not None or (known is not None and known.body is not None):
            return False
        said = [c for one in self.heard for c in one.calls if c.key == call.key]
        return call.key in FUNCTIONS or any(c.primes or (c.plain and len(c.letters) > 1) for c in said)

    def has_nabla(self) -> bool:
        """Whether the claim is about gradients."""
        return any(n.kind == "NABLA" for node in self.nodes for n in walk(node))


__all__ = ["Subject"]
