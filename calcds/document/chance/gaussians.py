r"""The standard normal distribution: `\Phi(z)`, its density `\varphi(z)`, and which variables are normal.

    \Phi(z) = \frac12 \bigl(1 + \operatorname{erf}(z/\sqrt2)\bigr)          \varphi(z) = \Phi'(z) = e^{-z^2/2}/\sqrt{2\pi}
    P(X \le x) = \Phi\left(\frac{x-\mu}{\sigma}\right)                  where X ~ N(mu, sigma^2)
    P(|Z| \le z) = \Phi(z) - \Phi(-z)                                for z >= 0, and a Z of which nothing else is said

They are read so where the text speaks of a normal distribution and gives \Phi no other meaning: a feature map, a matrix or a
potential stands somewhere without a bracket, transposed or in an equation of its own. The letter of the density has to be
called so, or to stand beside \Phi.

Imports: calcds.document, calcds.expr.
"""

from __future__ import annotations

from collections.abc import Sequence

from calcds.document.chance.laws import OTHER, deviation_of
from calcds.document.chance.stating import Stated
from calcds.document.source.keys import labelled
from calcds.document.source.latex import Node
from calcds.document.source.names import Named, atom_and_marks, named, opened, shown
from calcds.document.words.randomness import Said, full_of
from calcds.expr import operators as op
from calcds.expr.functions import HALF, PI
from calcds.expr.term import ONE, ZERO, Term, number, subterms

_TWO = number(2)
_DENSITIES = {"phi", "varphi"}


def distribution(u: Term) -> Term:
    r"""\Phi(u)."""
    return HALF * (ONE + op.function("erf")(u / _TWO**HALF))


def density(u: Term) -> Term:
    r"""\varphi(u)."""
    return op.function("exp")(-(u**_TWO) / _TWO) / (_TWO * PI) ** HALF


class Gaussians(Stated):
    """Normal variables."""

    def normal(self, name: Named, parts: Sequence[Node], k: int) -> tuple[Term, int] | None:
        r"""`\Phi(z)`, `\varphi'(z)`; None where the name is something else."""
        key, below, rest = labelled(name)
        if key not in {"Phi", *_DENSITIES} or below or k + 1 >= len(parts) or any(m.kind != "prime" for m in rest):
            return None
        bracket, after = atom_and_marks(parts[k + 1])
        if bracket.kind != "round" or len(bracket.parts) != 1 or not self._is_normal(key):
            return None
        inside = bracket.parts[0]
        if inside.kind == "items" and len(inside.parts) > 1:
            return None
        argument = self.value(inside)
        if not argument.is_scalar:
            self.doubt(f"{shown(key)} of a vector may be no normal distribution")
        build = distribution if key == "Phi" else density
        value = self.derivative_at(build, argument, len(rest)) if rest else build(argument)  # type: ignore[attr-defined]
        return self.marked(value, after, parts[k + 1]), k + 2

    def _is_normal(self, key: str) -> bool:
        scope = self.scope
        if "normal" not in scope.settings or self._is_named(key):
            return False
        if key == "Phi":
            return True
        return scope.settings["normal"] == key or ("Phi" in self.usage.called_once and not self._is_named("Phi"))

    def _is_named(self, key: str) -> bool:
        """Whether the text gives a letter another meaning."""
        scope = self.scope
        function = scope.function(key, old=True)
        body = function.body if function is not None else None
        integral = key == "Phi" and body is not None and any(t.head == "integral" for t in subterms(body))
        known = scope.kind(key, old=True) or scope.definition(key, old=True) or (body is not None and not integral)
        letters = {key, f"bold {key}"}
        return bool(known) or not letters.isdisjoint(scope.evidence) or key in self.bound or key in scope.values

    def law_of_name(self, node: Node) -> Said | None:
        """What the text says of the distribution of a variable, where it is understood."""
        name = named(opened(node))
        if name is None or any(m.kind != "below" for m in name.marks):
            return None
        law = self.law(full_of(name))
        return law if law is not None and law.law != OTHER else None

    def standardised(self, node: Node) -> tuple[Term, Term] | None:
        """Mean and standard deviation of what a node names; None where it is no normal variable."""
        name, law = named(opened(node)), self.law_of_name(node)
        if name is not None and name.base == "Z" and not name.marks and law is None and "normal" in self.scope.settings:
            vague = any(fact.covers(["Z"]) for fact in self.holding("law")) and "Phi" not in self.usage.called_once
            other = vague or self.facts("Z", "moments", "iid") or self.scope.definition("Z", old=True) is not None
            return None if other else (ZERO, ONE)
        if law is None or law.law != "normal" or len(law.values) != 2:
            return None
        mean, variance = (self.value(opened(v)) for v in law.values)
        if not (mean.is_scalar and variance.is_scalar):
            return None
        self.implied += deviation_of(variance)
        root = variance.args[0] if variance.head == "pow" and variance.args[1] is _TWO else variance**HALF
        return mean, root


__all__ = ["Gaussians", "density", "distribution"]
