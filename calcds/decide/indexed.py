"""Entries and deltas in normal form.

    rule                                               holds where
    A_ij = A_ji, -A_ji, delta(i, j) A_ii, t_i^2 = t_i     the kind says so: symmetric, antisymmetric, diagonal, one-hot; events
    (A^-1)_ij = A_ji                                   A is orthogonal
    delta(i, j)^2 = delta(i, j), or 0 or 1             the hypotheses tell whether i = j
    the matrix of the entries of A is A                always

Imports: calcds.expr, calcds.decide.bound, .field, .facts, .scalar, .entries, .products.
"""

from __future__ import annotations

from calcds.decide.bound import BOUND, depth
from calcds.decide.entries import Entries
from calcds.decide.facts import NIL, NONZERO
from calcds.decide.field import Ratio
from calcds.decide.products import ordered
from calcds.decide.scalar import Normalizer
from calcds.errors import NoRule
from calcds.expr.kinds import Index, Kind
from calcds.expr.operators import delta
from calcds.expr.term import ZERO, Term, as_term, substitute


class Indexed:
    """What is indexed, in normal form: entries of variables, inverses and undefined functions, and deltas."""

    def __init__(self, normal: Normalizer, entries: Entries) -> None:
        self.normal, self.entries = normal, entries
        self.field, self.facts = normal.field, normal.facts

    def _quiet(self, body: Term) -> Ratio:
        """The normal form of what stands under a binder: no case distinctions on its indices."""
        before, self.normal.splitting = self.normal.splitting, False
        try:
            return self.normal(body)
        finally:
            self.normal.splitting = before

    def _in_range(self, index: Term, length: Term) -> None:
        """State 0 <= index < length."""
        if index not in self.facts.lengths:
            self.field.kernel(index)
            self.facts.lengths[index] = self.normal(length)

    def matrix(self, a: Term) -> Term:
        """A matrix argument of a kernel, by its entries in normal form."""
        if a.head != "build":
            return a
        body, before = a.args[0], a.args[1:]
        # twice: only the normal form tells how deep the names must lie; a name carries its range, so that equal names
        # in matrices of different sizes are different indices
        for level in (None, ""):
            level_below = depth(body) + 1
            new = [
                self.entries.index() if level is None else Index[length].symbol(f"{BOUND}{hint}{level_below}")
                for hint, length in zip("rc", a.shape, strict=True)
            ]
            for index, length in zip(new, a.shape, strict=True):
                self._in_range(index, as_term(length))
            body = self._quiet(substitute(body, dict(zip(before, new, strict=True)))).term
            before = tuple(new)
        if body.head == "entry" and body.args[0].head == "sym" and body.args[0].shape == a.shape:
            wanted = tuple(
                ZERO if length == 1 else index for index, length in zip(before, a.shape, strict=True)
            )
            if body.args[1:] == wanted:
                return body.args[0]  # the matrix of the entries of A is A
        return Term("build", (body, *before), None, a.shape)

    def _entry(self, t: Term) -> Ratio:
        whole, i, j = t.args[0], self.normal(t.args[1]).term, self.normal(t.args[2]).term
        if whole.head == "inv":
            inner = self.matrix(whole.args[0])
            whole = Term("inv", (inner,), None, whole.shape)
            if inner.head == "sym" and inner.data[1].has("symmetric"):
                i, j = ordered(i, j)
            if inner.head == "sym" and inner.data[1].has("orthogonal"):
                return self.normal(Term("entry", (inner, j, i)))
            return self.field.kernel(Term("entry", (whole, i, j)))
        if whole.head == "apply":
            whole = Term("apply", tuple(self.matrix(a) for a in whole.args), whole.data, whole.shape)
        elif whole.head == "at":
            body, point, argument = whole.args
            whole = Term("at", (body, point, self.matrix(argument)), None, whole.shape)
            if body.head == "hess":
                i, j = ordered(i, j)
        elif whole.head == "sym":
            return self._entry_of_variable(whole, i, j)
        else:
            flat = self.entries.of(whole, i, j)
            if flat is t:
                raise NoRule("find the entries of", str(whole))
            return self.normal(flat)
        return self.field.kernel(Term("entry", (whole, i, j)))

    def _entry_of_variable(self, whole: Term, i: Term, j: Term) -> Ratio:
        kind: Kind = whole.data[1]
        if kind.has("diagonal"):
            here = self.field.kernel(Term("entry", (whole, i, i)))
            return here if i is j else here * self.normal(delta(i, j))
        if kind.has("symmetric"):
            i, j = ordered(i, j)
        if kind.has("antisymmetric"):
            if i is j:
                return self.field.zero
            first, second = ordered(i, j)
            sign = 1 if first is i else -1
            return self.field.constant(sign) * self.field.kernel(Term("entry", (whole, first, second)))
        if kind.has("one-hot") or kind.has("one-hot rows") or kind.has("zero or one"):
            here = self.field.kernel(Term("entry", (whole, i, j)))
            index = self.field.numbers[Term("entry", (whole, i, j))]
            self.field.relations[index] = (2, here)
            return here
        if kind.word == "Sign" or (kind.has("odd") and kind.word == "Sign"):
            return self.field.kernel(Term("entry", (whole, i, j)), (2, self.field.one))
        return self.field.kernel(Term("entry", (whole, i, j)))

    def _delta(self, t: Term) -> Ratio:
        i, j = (self.normal(a) for a in t.args)
        difference = i - j
        if difference.is_zero:
            return self.field.one
        if difference.value is not None:
            return self.field.zero
        plain = t.args[0].head == "sym" and t.args[1].head == "sym"
        sign = self.facts.sign(difference, 0 if plain else 1)
        if sign is not None and sign <= NONZERO:
            return self.field.zero
        if sign == NIL:
            return self.field.one
        first, second = ordered(i.term, j.term)
        kernel = Term("delta", (first, second))
        here = self.field.kernel(kernel)
        self.field.relations[self.field.numbers[kernel]] = (2, here)
        return here
