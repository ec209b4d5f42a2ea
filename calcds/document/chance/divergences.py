r"""Divergences and entropies of distributions with names: those that are printed, and those of names and variables.

    D_{KL}(\mathcal{N}(\mu, \sigma^2) \,\|\, \mathcal{N}(0, 1))       of distributions that are written down
    D_{KL}(p \| q)                       after `p = \mathcal{N}(\mu_1, \sigma_1^2)`, `q(x) = \mathcal{N}(x; \mu_2, \sigma_2^2)`
    H(p), H(p, q)                       their entropy and their cross entropy
    h(X), H(X)                          of a variable with a law, where the section speaks of entropies

The formulas stand in calcds.document.chance.closed_forms; D_\alpha, D_{JS} and other letters are other divergences. An
entropy has the logarithms of its chain: H(X) = -p \log_2 p - ... is in bits.

Imports: calcds.document, calcds.expr.
"""

from __future__ import annotations

from collections.abc import Sequence

from calcds.document.chance.closed_forms import divergence_of_laws, divergence_of_vectors, entropy_of_law
from calcds.document.chance.laws import OTHER, density_law_of, deviation_of, is_certain, range_of
from calcds.document.chance.likelihoods import Likelihoods
from calcds.document.source.keys import full_key
from calcds.document.source.latex import Node
from calcds.document.source.names import Named, atom_and_marks, is_relative, letter_of, named, opened
from calcds.expr import operators as op
from calcds.expr.term import Term

_ENTROPIES = {"H", "h"}


class Divergences(Likelihoods):
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
        signs = [p for p in items if p.kind in {"MID", "COMMA"}]
        if key not in _ENTROPIES and not is_relative(key):
            return None
        laws = [law for p in items if p not in signs and (law := self._law_of(p)) is not None]
        if len(laws) + len(signs) != len(items) or len(signs) != len(laws) - 1:
            return None
        found: Term | None = None
        if len(laws) == 1 and key in _ENTROPIES and self._is_entropy(key, items[0]):
            found = entropy_of_law(*laws[0])
        elif len(laws) == 2 and key in _ENTROPIES and signs[0].kind == "COMMA" and self._is_entropy(key, items[0]):
            between, own = self._between(*laws[0], *laws[1]), entropy_of_law(*laws[0])
            found = own + between if own is not None and between is not None else None
        elif len(laws) == 2 and key not in _ENTROPIES:
            found = self._between(*laws[0], *laws[1])
        if found is None:
            return None
        if self.other_bases or not self.has_logarithm:
            self.doubt("the logarithm of an entropy may have another base")
        if self.base is not None:
            found = self.over(found, op.function("log")(self.value(self.base)))
        return self.marked(found, after, parts[k + 1]), k + 2

    def _is_entropy(self, key: str, node: Node) -> bool:
        """Whether a name with a variable or a law in its brackets is an entropy."""
        return density_law_of(node)[0] != OTHER or self.scope.chance.tells_entropy(key, node, self.scope.around)

    def _law_of(self, node: Node) -> tuple[str, list[Term]] | None:
        """A distribution that is written down, or that of a name or a variable, with its parameters."""
        law, nodes = density_law_of(node)
        if law == OTHER:
            said = self.scope.chance.law_named(node, self.scope.around)
            if said is None:
                return None
            law, nodes = said.law, said.values
        if not is_certain(law, nodes):
            self.doubt("a parameter of a distribution may be its deviation or its mean")
        values = [self.value(opened(v)) for v in nodes]
        unit = named(opened(nodes[-1]))
        if law == "normal" and values[1].is_scalar and unit is not None and letter_of(unit.base) == "I":
            values[1] = op.eye(self.sizes.fresh(f"I {nodes[1].at}", matrix=True))
        if law == "normal":
            self.implied += deviation_of(values[1]) if values[1].is_scalar else []
        elif all(v.is_scalar for v in values):
            self.implied += range_of(law, values)
        return law, values

    def _between(self, law: str, first: list[Term], other: str, second: list[Term]) -> Term | None:
        if all(v.is_scalar for v in (*first, *second)) or not law == other == "normal":
            return divergence_of_laws(law, first, other, second)
        (m, s), (n, t) = first, second
        if 1 in s.shape or 1 in t.shape:
            return None
        for mean, variance in ((m, s), (n, t)):
            if not mean.is_scalar:
                self.sizes.same(mean.shape[0], variance.shape[0])
        if n.is_scalar and n.head == "num":
            n = op.zeros(*m.shape)
        self.sizes.same(s.shape[0], t.shape[0])
        return divergence_of_vectors(m, s, n, t)


__all__ = ["Divergences"]
