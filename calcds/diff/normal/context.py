"""What one run of the normaliser remembers: results, the order in which terms were met, their sizes as trees.

The order of sums and of commuting factors is the order in which their parts were first met, so an author's own order
survives and the same input always gives the same output.

Imports: calcds.expr.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from calcds.expr.operators import zeros
from calcds.expr.term import SCALAR, ZERO, Shape, Term

Rule: TypeAlias = "Callable[[Context, Term], Term]"


class Context:
    """Memory of one run.

    simplify: the rule for one node whose arguments are normal
    """

    def __init__(self, simplify: Rule | None = None) -> None:
        self._simplify = simplify
        self._normal: dict[Term, Term] = {}
        self.upright: set[Term] = set()  # sums that stand for themselves and for their transposes
        self.turned_over: dict[Term, Term] = {}
        self._ranks: dict[tuple[str, Term], int] = {}
        self._weights: dict[Term, int] = {}

    def normal(self, term: Term) -> Term:
        """The normal form; iterative, because a network of fifty layers is deeper than Python's stack."""
        done = self._normal
        stack = [term]
        while stack:
            t = stack[-1]
            if t in done:
                stack.pop()
                continue
            missing = [a for a in reversed(t.args) if a not in done]
            if missing:
                stack.extend(missing)
                continue
            stack.pop()
            args = tuple(done[a] for a in t.args)
            rebuilt = t if args == t.args else Term(t.head, args, t.data, t.shape)
            result = self._simplify(self, rebuilt) if self._simplify else rebuilt
            done[t] = result
            done[result] = result
        return done[term]

    def rank(self, among: str, term: Term) -> int:
        """When the term was first met among sums, products or entrywise products."""
        return self._ranks.setdefault((among, term), len(self._ranks))

    def known(self, among: str, term: Term) -> bool:
        """Whether the term was met there before."""
        return (among, term) in self._ranks

    def weight(self, term: Term) -> int:
        """The number of nodes of the term written out as a tree."""
        stack = [term]
        while stack:
            t = stack[-1]
            if t in self._weights:
                stack.pop()
                continue
            missing = [a for a in t.args if a not in self._weights]
            if missing:
                stack.extend(missing)
            else:
                self._weights[t] = 1 + sum(self._weights[a] for a in t.args)
                stack.pop()
        return self._weights[term]


def nothing(shape: Shape) -> Term:
    """Zero of a shape."""
    return ZERO if shape == SCALAR else zeros(*shape)


def is_zero(term: Term) -> bool:
    """Whether the term is literally zero."""
    return term.head == "zeros" or (term.head == "num" and term.data == 0)
