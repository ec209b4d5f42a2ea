r"""Names with numbers: `x = 2`, `a \approx 0.7311`, `\sigma^2 = 16`, and what a chain of equals comes to.

A number is no formula: it is put in where a claim is about numbers, and the formula that the name had holds in general.

Imports: calcds.document, calcds.decide, calcds.expr.
"""

from __future__ import annotations

from collections.abc import Sequence

from calcds.decide.looking import is_printed
from calcds.decide.verdict import Outcome
from calcds.document.reading.bodies import Bodies
from calcds.document.reading.examples import put_entries, put_in
from calcds.document.reading.regained import Regained
from calcds.document.reading.sequences import Taken
from calcds.document.source.latex import Node
from calcds.document.source.names import (
    has_names,
    shown,
)
from calcds.document.source.raw import Unread
from calcds.document.words.data import is_deviation
from calcds.document.words.heads import key_of, square_of
from calcds.expr.term import MINUS_ONE, Term, number, power, subterms

_DEVIATIONS = {"sigma", "tau"}  # letters of standard deviations
HALF = number(2) ** MINUS_ONE


class WorkedOut(Bodies, Regained):
    """The part of the definer that knows the numbers of names."""

    def _number(self, key: str, value: Term) -> None:
        """`x = 2` gives x a number, which is put in where a claim is about numbers."""
        self.put_behind(key)
        formula = self.scope.definitions.pop(key, None)
        if formula is not None and formula.body.free and formula.symbol.is_scalar == value.is_scalar:
            self.scope.general[key] = formula  # a number is put in for a number: else it is another thing
        known = self.scope.values.pop(key, None)
        if known is not None and known[1] is not value and self.scope.is_here(known[2]):
            self.scope.several_in.setdefault(shown(key), set()).add(self.scope.section)
        self.scope.near.discard(shown(key))
        symbol = self.symbol_of(key)
        if isinstance(symbol, Term) and symbol.head in {"sym", "entry"}:
            self.scope.values[key] = symbol, value, self.scope.section

    def approximate(self, node: Node | Unread, printed: Node | Unread) -> None:
        r"""`a \approx 0.7311` gives a name its number, with the error of its rounding, where the text has no formula for it."""
        key = key_of(node) if isinstance(node, Node) else None
        if key is None or not isinstance(printed, Node):
            return
        numbered = key in self.scope.values and self.scope.is_here(self.scope.values[key][2])
        formula = key not in self.scope.values and self.scope.has_meaning(key) and self.scope.is_defined_here(key)
        if numbered:
            return
        value = self._reading([printed], [], ()).sides[0]
        if not isinstance(value, Term) or not all(map(is_printed, value.args if value.head == "matrix" else (value,))):
            return
        if not formula:
            self._number(key, value)
            self.scope.near.add(shown(key))
        elif isinstance(symbol := self.symbol_of(key), Term):
            self.scope.rounded[key] = symbol, value, self.scope.section

    def comes_to(self, nodes: Sequence[Node | Unread], *, anew: bool) -> None:
        r"""Remember the number that a chain of equals gives its head, if it can without decimals: `v = \frac{54}{4} = 13.5`.

        anew: the head has got a formula, so that a number it had before is that of another
        """
        node, *others = nodes
        key = (key_of(node) or square_of(node)) if isinstance(node, Node) else None
        if key is None:
            return
        if anew:
            self.scope.numbers.found.pop(shown(key), None)
        numbers = [n for n in others if isinstance(n, Node) and not has_names(n)]
        values = [v for n in numbers if isinstance(v := self._reading([n], [], ()).sides[0], Term) and not v.free]
        value = next((v for v in values if not any(t.head == "decimal" for t in subterms(v))), values[-1] if values else None)
        base = key.removeprefix("square ")
        if value is None or (base != key and not is_deviation(base)):
            return
        for name, found in ((base, power(value, HALF)), (key, value)) if base != key else ((key, value),):
            if found.is_scalar:
                self.scope.numbers.found[shown(name)] = found, self.scope.section

    def _variance(self, key: str, value: Term) -> Taken | None:
        r"""`\sigma^2 = 16` gives the deviation a number, which is not negative; None for any other square."""
        base = key.removeprefix("square ")
        if base not in _DEVIATIONS or value.head != "num" or value.data < 0 or self.scope.function(base, old=True) is not None:
            return None
        self._number(base, power(value, HALF))
        return Taken(Outcome.PROVED, f"taken as the definition of {base}^2", "definition", value=value)

    def _is_worked_out(self, key: str, value: Term) -> bool:
        r"""Whether `A = \sigma_1 u_1 v_1^T + \sigma_2 u_2 v_2^T` is about numbers on both sides: then it is a claim."""
        known = self.scope.values.get(key)
        if known is None or known[1].is_scalar or not self.scope.is_here(known[2]) or not value.free:
            return False
        sides = put_entries((value, value), self.scope.numbered_entries())
        sides = put_in(sides, self.scope.examples(arrays=True)) or sides
        sides = put_in(sides, self.scope.examples(arrays=False)) or sides
        return not sides[0].free

    def _divides_numbers(self, key: str, value: Term) -> bool:
        r"""Whether `S = Q \Lambda Q^T` of a matrix of numbers says what Q and Lambda are; if so, they are not any matrices."""
        known = self.scope.values.get(key)
        if known is None or known[1].is_scalar or not self.scope.is_here(known[2]):
            return False
        value, _ = put_entries((value, value), self.scope.numbered_entries())
        free = (s for s in value.free if not s.is_scalar and self.scope.newest(s) is None)
        names = {str(s.data[0]) for s in free} - set(self.scope.examples(arrays=True))
        self.scope.opaque |= dict.fromkeys((*sorted(names), shown(key)) if names else (), self.scope.section)
        return bool(names)
