r"""`\bar x` and `\mu_X` of which the text does not say what they are: the mean of the x_i, and that of X.

    \sum_i (x_i - \bar x)^2 = \sum_i x_i^2 - n \bar x^2        the equation, or its section, sums over the x_i
    \mathbb{E}[\bar X] = \mu                                 the text says of X_1, ..., X_n how they are distributed

    Cov(X, Y) = E[(X - \mu_X)(Y - \mu_Y)]                       \mu_X is E[X], as X - \mu_X is expected; \sigma_X^2 is Var(X)

A bar may mean other things: a conjugate, an average with weights, a value at a point. So what is proved with the mean says
that it was read so, and a line is called wrong on its strength only where a small change makes it true.

Imports: calcds.document, calcds.expr.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from calcds.document.chance.chances import Chances
from calcds.document.chance.estimates import DEVIATION, MEAN
from calcds.document.source.latex import Node, walk
from calcds.document.source.names import letter_of, named, names_in, shown
from calcds.document.words.randomness import PROBABILITIES, full_of, operands
from calcds.expr import operators as op
from calcds.expr.kinds import INDEX, Dim
from calcds.expr.term import MINUS_ONE, ONE, ZERO, Term, as_term, entry, number, power, size

_I = Node("NAME", (), "i")
_SAID = {MEAN: "mean", DEVIATION: "standard deviation"}
_NOISE = {"epsilon", "varepsilon"}
_TOLD = ("iid", "independent", "moments", "law")


class Means(Chances):
    """Means of samples."""

    off = False  # in probabilities a mean is a random variable like any other
    centred: frozenset[str] = frozenset()  # the \mu_X that are subtracted from X in the chain
    counted = ""  # the n of a chain in which no sum prints how many there are

    def enter(self, nodes: Sequence[Node]) -> None:
        """Look over a chain before it is read: a mean of random variables is about these."""
        super().enter(nodes)
        self.off = any(key in PROBABILITIES for node in nodes for key, _, _ in operands(node))
        self.centred = frozenset(key for node in nodes for key in _subtracted(node))
        means = {key for key in self.cast if self._sample_of(key)}
        self.cast = self.cast - means | {f"{self._sample_of(key)}_i" for key in means}
        keys = {n.base for node in nodes for n in names_in(node) if not n.marks}
        if not self.usage.dims and any(map(self._sample_of, keys)):
            counts = [k for k in ("n", "N", "m") if k in keys and k not in self.usage.running and not self._is_said(k)]
            self.counted = counts[0] if len(counts) == 1 else ""
            self.usage.dims |= set(counts[:1]) if self.counted else set()

    def symbol(self, key: str) -> Term:
        """The term of a key."""
        if (moment := self._moment(key)) is not None:
            return moment
        base = self._sample_of(key)
        mean = self._mean_of(base) if base else None
        if mean is None:
            return super().symbol(key)
        if not self.scope.weighted_in.isdisjoint(self.scope.around):
            self.doubt(f"{shown(key)} may be a mean with weights")
        self.reads(f"{shown(key)} is read as the mean of the {shown(base)}_i")
        return mean

    def _moment(self, key: str) -> Term | None:
        r"""The mean `\mu_X` or the deviation `\sigma_X` of a random X; None for another name, and where the text says more."""
        letter, _, variable = key.partition("_")
        if letter not in {MEAN, DEVIATION} or variable not in self.cast or self._is_said(key) or self.given is not None:
            return None
        if key in self.scope.values or self.scope.chance.is_parameter(key, self.scope.around):
            return None
        x = self.symbol(variable)
        if letter == DEVIATION and not x.is_scalar:
            return None
        if not self.centred & {f"{MEAN}_{variable}"}:
            self.doubt(f"{shown(key)} may be something else than the {_SAID[letter]} of {shown(variable)}")
        self.reads(f"{shown(key)} is read as the {_SAID[letter]} of {shown(variable)}")
        return self.expectation(x) if letter == MEAN else power(self.covariance(x, x), number(2) ** MINUS_ONE)

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


def _subtracted(tree: Node) -> Iterator[str]:
    r"""The `\mu_X` of `X - \mu_X`."""
    for node in walk(tree):
        for x, sign, mean in zip(node.parts, node.parts[1:], node.parts[2:], strict=False) if node.kind == "sum" else ():
            variable, key = (full_of(name) if (name := named(one)) is not None else "" for one in (x, mean))
            if sign.text == "-" and key == f"{MEAN}_{variable}":
                yield key


__all__ = ["Means"]
