r"""Equations between entropies that hold for all random variables: `I(X; Y) = H(X) + H(Y) - H(X, Y)`.

Every entropy and every mutual information is a sum of joint entropies with whole coefficients,

    H(A | C) = H(A, C) - H(C)          I(A; B | C) = H(A, C) + H(B, C) - H(A, B, C) - H(C)

and joint entropies of n variables satisfy no linear equation: give every set T of variables a source of its own, which all of
them know, of entropy t_T > 0, independent of the others. Then

    H(A) = sum of t_T over all T that meet A

and as these 2^n - 1 forms are independent, an equation holds for all random variables if and only if it does for all t. So
entropies are read as such sums. An equation that fails may still hold for the variables of a text: H(X, Y) = H(X) + H(Y) if
they are independent, H(X | Y) = 0 if Y tells X, H(Y | X) = H(Z) for Y = X + Z. Those are the equality cases of inequalities,
where the difference of the two sides has one sign, and equations with other variables on the left than on the right; none of
these is called wrong, nor H(X | Y) = H(Y | X), one entropy on either side, nor anything where the section says of variables
that they are alike.

Imports: calcds.document, calcds.expr.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from functools import reduce
from itertools import chain, combinations, pairwise

from calcds.document.chance.entropies import Entropies
from calcds.document.chance.profiles import number_of
from calcds.document.chance.stating import listed
from calcds.document.source.entropic import entropies_in, entropy_of, is_about_entropies, is_unmistakable
from calcds.document.source.latex import Node
from calcds.document.source.names import Named, shown
from calcds.document.source.raw import Unread
from calcds.expr.kinds import Positive
from calcds.expr.term import ONE, ZERO, Term, number, substitute

MOST = 6  # variables in a chain


class Information(Entropies):
    """Entropies of all random variables."""

    sources: dict[frozenset[str], Term]  # the entropy of what exactly these variables know, where a chain is about entropies
    partly = False  # whether the text says that some of the variables are independent, but not all
    several = False  # whether a side of the chain has several entropies

    def enter(self, nodes: Sequence[Node]) -> None:
        """Look over a chain before it is read: whether it is about entropies alone."""
        super().enter(nodes)
        self.sources = {}
        self.several = any(sum(1 for _ in entropies_in(node)) > 1 for node in nodes)
        if not (is_about_entropies(nodes) if self.scope.chance.entropic else is_unmistakable(nodes)):
            return
        keys = sorted({key for node in nodes for one in entropies_in(node) for _, some in one for key in some})
        if len(keys) > MOST:
            return
        said = [f for f in self.holding("independent", "iid") if sum(f.covers([key]) for key in keys) > 1]
        apart = any(f.covers(keys) for f in said)  # of X, Y and Z = X + Y some are independent, and their sources are not
        self.partly = bool(said) and not apart
        if not said and self.options.suppose == "independent":
            self.suppose(f"{listed(keys)} are independent", "independent", keys)
            apart = True
        for some in map(frozenset, chain.from_iterable(combinations(keys, k) for k in range(1, len(keys) + 1))):
            if len(some) == 1 or not apart:
                self.sources[some] = Positive.symbol("t_" + ",".join(map(shown, sorted(some))))

    def entropy(self, name: Named, parts: Sequence[Node], k: int) -> tuple[Term, int] | None:
        """The entropy that a name with its bracket stands for; None where it is something else."""
        found = entropy_of(parts[k], parts[k + 1]) if self.sources and k + 1 < len(parts) else None
        if found is None:
            return super().entropy(name, parts, k)
        joint, after = found
        value = reduce(lambda total, one: total + number(one[0]) * self._of(one[1]), joint, ZERO)
        return self.marked(value, after, parts[k + 1]), k + 2

    def _of(self, keys: frozenset[str]) -> Term:
        return reduce(lambda total, term: total + term, (t for some, t in self.sources.items() if some & keys), ZERO)

    def leave(self, sides: Iterable[Term | Unread]) -> None:
        """What fails may be true of the variables of the text: the equality case of an inequality, a bijection."""
        read = list(sides)
        super().leave(read)
        if not self.sources:
            return
        terms = [s if isinstance(s, Term) else ZERO for s in read]
        names = [{some for some, t in self.sources.items() if len(some) == 1 and t in side.free} for side in terms]
        forms = [_coefficients(side, self.sources) for side in terms]
        alike = self.scope.chance.has_alike(self.scope.around)
        for (one, those), (other, these) in pairwise(zip(forms, names, strict=True)):
            both = one is not None and other is not None
            gaps = {some: one[some] - other[some] for some in one} if one is not None and other is not None else {}
            left = {some: gap for some, gap in gaps.items() if gap}
            signed = bool(left) and (min(left.values()) > 0 or max(left.values()) < 0) and min(map(abs, left.values())) <= 1
            if signed and all(len(some) > 1 for some in left) and not self.partly:
                self.choices.add("independent")
                continue
            loose = not both or those != these or signed or (left and (alike or self.partly or not self.several))
            if loose and those and these:  # an equation for a number gives its value
                self.doubt("an equation between entropies may be about variables of a certain kind")


def _coefficients(side: Term, sources: Mapping[frozenset[str], Term]) -> dict[frozenset[str], Fraction] | None:
    """The coefficients of a side in all sources; None where it is not linear in them."""

    def at(value: Term, only: frozenset[str] | None = None) -> Fraction | None:
        return number_of(substitute(side, {t: value if only in {None, some} else ZERO for some, t in sources.items()}))

    zero, total, twice = at(ZERO), at(ONE), at(number(2))
    units = {some: unit for some in sources if (unit := at(ONE, some)) is not None}
    linear = zero == 0 and len(units) == len(sources) and [total, twice] == [sum(units.values()), 2 * sum(units.values())]
    return units if linear else None
