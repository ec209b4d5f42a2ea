r"""The gamma function: `\Gamma(\alpha)` in a document that speaks of it, or of laws whose densities are written with it.

    \Gamma(x) = \int_0^\infty t^{x-1} e^{-t} dt,    \Gamma(x + 1) = x \Gamma(x),    \Gamma(n) = (n - 1)!

Where a document gives \Gamma another meaning, or two numbers stand in the bracket, as in `X \sim \Gamma(a, b)`, it is none.

Imports: calcds.document, calcds.expr.
"""

from __future__ import annotations

from collections.abc import Sequence

from calcds.document.chance.stating import Stated
from calcds.document.source.keys import labelled
from calcds.document.source.latex import Node
from calcds.document.source.names import Named, atom_and_marks
from calcds.document.source.raw import Unread
from calcds.expr import operators as op
from calcds.expr.term import Term


class GammaFunctions(Stated):
    """Values of the gamma function."""

    def gamma_function(self, name: Named, parts: Sequence[Node], k: int) -> tuple[Term, int] | None:
        r"""`\Gamma(\alpha)`; None where the name is something else."""
        key, below, rest = labelled(name)
        if key != "Gamma" or below or rest or k + 1 >= len(parts) or not self._is_gamma(key):
            return None
        bracket, after = atom_and_marks(parts[k + 1])
        if bracket.kind != "round" or len(bracket.parts) != 1 or any(m.kind == "prime" for m in after):
            return None
        inside = bracket.parts[0]
        if inside.kind == "items" and len(inside.parts) > 1:
            return None
        argument = self.value(inside)
        if not argument.is_scalar:
            raise Unread("the gamma function of an array", bracket.at, bracket.end)
        return self.marked(op.function("gamma")(argument), after, parts[k + 1]), k + 2

    def _is_gamma(self, key: str) -> bool:
        scope = self.scope
        named = scope.function(key, old=True) or scope.kind(key, old=True) or scope.definition(key, old=True)
        return "gamma" in scope.settings and not named and key not in scope.evidence and key not in self.bound


__all__ = ["GammaFunctions"]
