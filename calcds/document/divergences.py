r"""Divergences and entropies of normal distributions, in closed form.

    KL(N(m, s^2) || N(n, t^2)) = \log(t/s) + (s^2 + (m - n)^2)/(2 t^2) - 1/2
    KL(N(m, S) || N(n, T)) = (\operatorname{tr}(T^{-1} S) + (n - m)^T T^{-1} (n - m) - d + \log\det T - \log\det S)/2
    H(N(m, s^2)) = \log(2 \pi e s^2)/2                             h(X) for a normal X

Any name may stand for a divergence of which the arguments are two normal distributions with a double bar between them.

Imports: calcds.document, calcds.expr.
"""

from __future__ import annotations

from collections.abc import Sequence

from calcds.document.keys import full_key
from calcds.document.latex import Node
from calcds.document.laws import deviation_of, law_of
from calcds.document.names import Named, atom_and_marks, is_divergence, is_double_bar, named, opened
from calcds.document.randomness import full_of
from calcds.document.stating import Stated
from calcds.expr import operators as op
from calcds.expr.functions import HALF, PI
from calcds.expr.term import ONE, Term, as_term, number

_ENTROPIES = {"H", "h"}
_TWO = number(2)


class Divergences(Stated):
    """Kullback-Leibler divergences and entropies."""

    def divergence(self, name: Named, parts: Sequence[Node], k: int) -> tuple[Term, int] | None:
        r"""`D(\mathcal{N}(\mu_1, \sigma_1^2) \| \mathcal{N}(\mu_2, \sigma_2^2))`; None where it is something else."""
        if k + 1 >= len(parts) or any(m.kind != "below" for m in name.marks):
            return None
        bracket, after = atom_and_marks(parts[k + 1])
        if bracket.kind not in {"round", "square"} or len(bracket.parts) != 1:
            return None
        key, inside = full_key(name), bracket.parts[0]
        items = inside.parts if inside.kind == "items" else (inside,)
        if not (is_divergence(key) or key in _ENTROPIES or any(map(is_double_bar, items))):
            return None
        laws = [self._normal_law(p) for p in items if p.kind not in {"MID", "COMMA", "QUAD"}]
        found: Term | None = None
        if key in _ENTROPIES and len(laws) == 1 and laws[0] is not None:
            found = _entropy(*laws[0])
        elif len(laws) == 2 and laws[0] is not None and laws[1] is not None:
            found = self._between(*laws[0], *laws[1])
        return None if found is None else (self.marked(found, after, parts[k + 1]), k + 2)

    def _normal_law(self, node: Node) -> tuple[Term, Term] | None:
        """Mean and variance of a normal distribution that is written down, or of a variable that has one."""
        law, values = law_of(node)
        if law != "normal":
            name = named(opened(node))
            facts = [f for f in self.holding("law") if name is not None and f.covers([full_of(name)]) and f.law == "normal"]
            if name is None or not facts or len(facts[-1].values) != 2:
                return None
            values = facts[-1].values
        mean, variance = (self.value(opened(v)) for v in values)
        if variance.is_scalar:
            self.implied += deviation_of(variance)
        return mean, variance

    def _between(self, m: Term, s: Term, n: Term, t: Term) -> Term | None:
        log = op.function("log")
        if all(x.is_scalar for x in (m, s, n, t)):
            return HALF * (log(t) - log(s)) + (s + (m - n) ** _TWO) / (_TWO * t) - HALF
        if 1 in s.shape or 1 in t.shape:
            return None
        if n.is_scalar and n.head == "num":
            n = op.zeros(*m.shape)
        self.sizes.same(s.shape[0], t.shape[0])
        inverse, gap = t.I, n - m
        form = (gap.T @ inverse @ gap) - as_term(s.shape[0])
        return HALF * (op.trace(inverse @ s) + form + log(op.det(t)) - log(op.det(s)))


def _entropy(mean: Term, variance: Term) -> Term | None:
    if not (mean.is_scalar and variance.is_scalar):
        return None
    return HALF * (op.function("log")(_TWO * PI * variance) + ONE)


__all__ = ["Divergences"]
