r"""`\bar x` of which the text does not say what it is: the mean of the x_i.

    \sum_i (x_i - \bar x)^2 = \sum_i x_i^2 - n \bar x^2        the equation, or its section, sums over the x_i
    \mathbb{E}[\bar X] = \mu                                 the text says of X_1, ..., X_n how they are distributed

A bar may mean other things: a conjugate, an average with weights, a value at a point. So what is proved with the mean says
that it was read so, and a line is called wrong on its strength only where a small change makes it true.

Imports: calcds.document, calcds.expr.
"""

from __future__ import annotations

from collections.abc import Sequence

from calcds.document.chance.chances import Chances
from calcds.document.source.latex import Node
from calcds.document.source.names import letter_of, names_in, shown
from calcds.document.words.randomness import PROBABILITIES, operands
from calcds.expr import operators as op
from calcds.expr.kinds import INDEX, Dim
from calcds.expr.term import ONE, ZERO, Term, as_term, entry, size

_I = Node("NAME", (), "i")
_NOISE = {"epsilon", "varepsilon"}
_TOLD = ("iid", "independent", "moments", "law")


class Means(Chances):
    """Means of samples."""

    off = False  # in probabilities a mean is a random variable like any other
    counted = ""  # the n of a chain in which no sum prints how many there are

    def enter(self, nodes: Sequence[Node]) -> None:
        """Look over a chain before it is read: a mean of random variables is about these."""
        super().enter(nodes)
        self.off = any(key in PROBABILITIES for node in nodes for key, _, _ in operands(node))
        means = {key for key in self.cast if self._sample_of(key)}
        self.cast = self.cast - means | {f"{self._sample_of(key)}_i" for key in means}
        keys = {n.base for node in nodes for n in names_in(node) if not n.marks}
        if not self.usage.dims and any(map(self._sample_of, keys)):
            counts = [k for k in ("n", "N", "m") if k in keys and k not in self.usage.running and not self._is_said(k)]
            self.counted = counts[0] if len(counts) == 1 else ""
            self.usage.dims |= set(counts[:1]) if self.counted else set()

    def symbol(self, key: str) -> Term:
        """The term of a key."""
        base = self._sample_of(key)
        mean = self._mean_of(base) if base else None
        if mean is None:
            return super().symbol(key)
        if not self.scope.weighted_in.isdisjoint(self.scope.around):
            self.doubt(f"{shown(key)} may be a mean with weights")
        self.reads(f"{shown(key)} is read as the mean of the {shown(base)}_i")
        return mean

    def _sample_of(self, key: str) -> str:
        """The letter of the sample of which a name is the mean; "" for any other name."""
        base = key.replace("bar ", "", 1) if not self.off else key
        letter = letter_of(key)
        if base == key or base not in {letter, f"bold {letter}"} or not (len(letter) == 1 or letter in _NOISE):
            return ""
        scope = self.scope
        if self._is_said(key) or key in self.bound or key in self.usage.dims or scope.is_complex or base in self.usage.iterates:
            return ""
        here = self.usage.families.get(base) == {1}
        numbers = key in scope.values and scope.is_here(scope.values[key][2])
        told = key in self.usage.bare and not numbers and (scope.is_summed(base, 1) or self._is_told(base))
        return base if here or told else ""

    def _is_said(self, key: str) -> bool:
        """Whether the text says what a name is."""
        kind = self.scope.kinds.get(key)
        return self.scope.definition(key, old=self.options.old) is not None or (kind is not None and kind.certain)

    def _is_told(self, base: str) -> bool:
        """Whether the text says how the members of a sample are distributed."""
        told = any(base in fact.keys for fact in self.scope.chance.holding(self.scope.around, *_TOLD))
        return told or (self.is_variable_letter(base) and self.is_conventional(base))

    def _mean_of(self, base: str) -> Term | None:
        array = self._array(base, [_I])
        if array is None and self._is_told(base):
            array = self.symbol(f"all {base}") if f"all {base}" in self.scope.kinds else self._family(
                f"all {base}", 1).symbol(shown(f"all {base}"))  # fmt: skip
        if array is None or array.head != "sym":
            return None
        place = INDEX.symbol(f"m'{base}")
        length = array.shape[0]
        if self.counted:
            self.sizes.same(length, Dim(shown(self.counted)))
        one = entry(array, place, ZERO) if array.shape[1] == 1 else self._row(array, place)
        return op.Sum(one, (place, ZERO, as_term(size(as_term(length) - ONE)))) / as_term(length)


__all__ = ["Means"]
