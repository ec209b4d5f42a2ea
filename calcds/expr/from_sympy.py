"""SymPy objects as terms.

One `Bridge` reads all expressions of a question, so that one SymPy symbol is one term on both sides. It decides what
each symbol is (a size, an index, a number), keeps where it came from, and refuses by name what it does not know.
Nothing is evaluated and no text is read.

Conventions: a symbol without assumptions is Real; a symbol that occurs in a shape is a dimension everywhere; matrices
are real, so the adjoint is the transpose; a 1 x 1 matrix and its only entry, its trace and its determinant are one
scalar; the bound n of a sum is a natural number.

Imports: calcds.expr.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sympy as sp
from sympy.matrices import MatrixBase

from calcds.errors import Malformed, NoRule
from calcds.expr import sympy_calculus, sympy_matrices  # noqa: F401  (they register their rules)
from calcds.expr.kinds import INDEX, Dim, Index, Integer, Kind, Natural, PositiveInteger
from calcds.expr.sympy_facts import read_given
from calcds.expr.sympy_rules import NAMES, RULES
from calcds.expr.sympy_scan import Uses
from calcds.expr.sympy_symbols import SCALAR_FACTS, matrix_kind, scalar_kind
from calcds.expr.term import Size, Term, as_term, size
from calcds.expr.trampoline import Steps, fold

_TOO_DEEP = "the expression is nested too deeply to be read; name parts of it"


class Bridge:
    """A shared context: the symbols of one question, on their way in and out.

    Terms may stand among the expressions: a SymPy symbol of the name and shape of one of their symbols is that symbol.

    >>> n = sp.Symbol("n", integer=True, positive=True)
    >>> x, A = sp.MatrixSymbol("x", n, 1), sp.MatrixSymbol("A", n, n)
    >>> bridge = Bridge(x.T*A*x)
    >>> f = bridge.term(x.T*A*x)
    >>> f, f.shape
    (x.T*A*x, (1, 1))
    >>> bridge.sympy(f) == x.T*A*x
    True
    """

    def __init__(self, *expressions: Any, given: Any = ()) -> None:
        self.names: dict[Term, Any] = {}  # a symbol -> the SymPy object it came from
        self.uses = Uses()
        self.facts, self._conditions = read_given(given)
        self._terms: dict[Any, Term] = {}
        self._taken: dict[str, Any] = {}
        self._dims: dict[str, Term] = {}
        self.read(*expressions, *self._conditions, *self.facts)

    # -- what others call -------------------------------------------------------------------------------------

    def read(self, *expressions: Any) -> None:
        """Look over more expressions before any of them becomes a term."""
        for expression in map(_checked, expressions):
            if isinstance(expression, Term):
                for symbol in expression.free:
                    self._taken.setdefault(symbol.data[0], symbol)
                continue
            self.uses.read(expression)
            for symbol in self.uses.symbols:
                if not symbol.is_Dummy:
                    self._taken.setdefault(symbol.name, ("dim", symbol.name) if symbol.name in self.uses.sizes else symbol)
        for base in self.uses.arrays:
            self.array(base)  # its length is the range of its indices

    def term(self, expression: Any) -> Term:
        """The term of a SymPy object (or of a Python number). Raises NoRule, Malformed or ShapeError."""
        checked = _checked(expression)
        if isinstance(checked, Term):
            return checked
        try:
            self.read(checked)
            found: Term = fold(checked, self._rule, self._terms)
        except RecursionError:
            raise Malformed(_TOO_DEEP) from None
        return found

    def conditions(self) -> tuple[Term, ...]:
        """What was given and is not a property of a single symbol, as conditions."""
        return tuple(self.term(condition) for condition in self._conditions)

    def sympy(self, term: Term) -> Any:
        """Back to SymPy, with the symbols that came in."""
        from calcds.expr.to_sympy import to_sympy  # the way out needs nothing of the way in

        return to_sympy(term, self.names)

    # -- what the rules call ----------------------------------------------------------------------------------

    def _rule(self, e: Any) -> Steps:
        if isinstance(e, sp.Symbol):
            return _leaf(self.symbol(e))
        rule = RULES.get(type(e))
        if rule is None:
            rule = next((r for base, r in NAMES if isinstance(e, base)), None)
        if rule is None:
            advice = "write it with the functions of calcds.notation or in plain SymPy"
            raise NoRule("read", f"{type(e).__name__} in {_shown(e)}", advice)
        return rule(self, e)

    def size(self, length: Any) -> Size:
        """A length of SymPy as a size."""
        return size(fold(length, self._rule, self._terms))

    def symbol(self, s: Any) -> Term:
        """The variable a SymPy symbol is."""
        if s not in self._terms:
            self._terms[s] = self._new_symbol(s)
        return self._terms[s]

    def matrix(self, s: Any) -> Term:
        """The variable a MatrixSymbol is."""
        if s not in self._terms:
            facts = frozenset(self.facts.get(s, ()))
            kind = matrix_kind(self.size(s.shape[0]), self.size(s.shape[1]), facts)
            self._terms[s] = self._made(s.name, kind, s)
        return self._terms[s]

    def array(self, base: Any) -> Term:
        """The vector or matrix an IndexedBase is; a size that is not stated comes from the bounds of sums."""
        if base not in self._terms:
            used = self.uses.arrays.get(base, [])
            rank = len(base.shape or (used[0] if used else (0,)))
            if rank > 2:
                raise NoRule("read", f"{base} with {rank} indices", "arrays have one or two indices")
            lengths = [self.size(base.shape[axis]) if base.shape else self._extent(base, axis) for axis in range(rank)]
            facts = frozenset(f for f in SCALAR_FACTS if getattr(base, f"is_{f}", None)) | frozenset(self.facts.get(base, ()))
            kind = matrix_kind(lengths[0], lengths[1] if rank == 2 else 1, facts)
            self._terms[base] = self._made(str(base.label), kind, base)
        return self._terms[base]

    def fresh(self, name: str) -> str:
        """A name nothing else has."""
        taken, k = name, 0
        while taken in self._taken:
            k += 1
            taken = f"{name}_{k}"
        self._taken[taken] = taken
        return taken

    def bound(self, body: Any, variable: Any) -> tuple[Any, Any]:
        """A summed body and its index, renamed where the same symbol is a number elsewhere."""
        if variable not in self.uses.free:
            return body, variable
        new = sp.Dummy(variable.name)
        self.uses.summed[new] = self.uses.summed.get(variable, [sp.S.Zero])
        return body.xreplace({variable: new}), new

    # -- deciding what a symbol is ----------------------------------------------------------------------------

    def _new_symbol(self, s: Any) -> Term:
        if s.name in self.uses.sizes and not s.is_Dummy:
            if s.is_integer is False or s.is_positive is False:
                raise Malformed(f"{s} is used as a size: sizes are positive integers")
            dim = self._dims.setdefault(s.name, Dim(s.name))
            if dim not in self.names or s.is_integer:
                self._keep(dim, s)
            return dim
        name = f"{s.name}_{s.dummy_index}" if s.is_Dummy and s in self.uses.free else s.name
        return self._made(name, self._kind(s), s)

    def _kind(self, s: Any) -> Kind:
        uses, facts = self.uses, frozenset(self.facts.get(s, ()))
        if s in uses.summed and s not in uses.free:
            return INDEX if all(map(self._nonnegative, uses.summed[s])) else Integer
        stated = scalar_kind(s, facts)
        if s in uses.lengths and not stated.facts - INDEX.facts:
            return Index[self.size(uses.lengths[s][0])]
        if s in uses.labels and not stated.facts - INDEX.facts:
            return INDEX
        if s in uses.bounds and not stated.facts - PositiveInteger.facts:
            return PositiveInteger if stated.has("positive") else Natural
        return stated

    def _nonnegative(self, low: Any) -> bool:
        free = low.free_symbols
        counts = all(s.name in self.uses.sizes or s in self.uses.summed or s in self.uses.bounds for s in free)
        return bool(low.is_nonnegative) or (bool(free) and counts and low.is_Symbol)

    def _extent(self, base: Any, axis: int) -> Size:
        """The smallest length that fits every index along an axis; a length of its own where no bound is known."""
        ends: list[Any] = []
        free: list[Any] = []  # indices whose range nothing states: they lie inside the axis, wherever it ends
        for indices in self.uses.arrays[base]:
            known = list(self._ends(indices[axis]))
            ends += [end for end in known if end not in ends]
            if not known:
                free.append(indices[axis])
        if not ends or (free and all(end.is_Integer for end in ends)):
            length = sp.Symbol(self.fresh(f"n_{base.label}"), integer=True, positive=True)
            self.uses.sizes.add(length.name)
            ends = [length + max((int(end) for end in ends), default=1) - 1]
            for index in free:
                if isinstance(index, sp.Symbol):
                    self.uses.lengths.setdefault(index, []).append(ends[0])
        longest = ends[0]
        for end in ends[1:]:
            gap = sp.expand(end - longest)
            # lengths that cannot be compared: their sum is long enough for both
            longest = (end if gap > 0 else longest) if gap.is_number else longest + end
        self.uses.sizes |= {s.name for s in longest.free_symbols}
        return self.size(longest)

    def _ends(self, index: Any) -> Iterable[Any]:
        if index.is_Integer:
            return [index + 1]
        if index.free_symbols and index.free_symbols <= self.uses.bounds - set(self.uses.summed):
            return [index + 1]  # made of the ends of sums, as a[n] beside a sum to n - 1
        if isinstance(index, sp.Idx):
            return [] if index.upper is None else [index.upper + 1]
        steps = [s for s in index.free_symbols if s in self.uses.highest]
        if len(steps) == 1 and (index - steps[0]).is_Integer:
            highest = (index.xreplace({steps[0]: high}) for high in self._highest(steps[0], 4))
            return [high + 1 for high in highest if high.is_finite is not False]
        return []

    def _highest(self, variable: Any, depth: int) -> list[Any]:
        """The ends of the sums over an index, with the indices of outer sums at their own ends."""
        found: list[Any] = []
        for high in self.uses.highest[variable]:
            outer = next((s for s in high.free_symbols if s in self.uses.highest), None)
            ends = [high.xreplace({outer: end}) for end in self._highest(outer, depth - 1)] if outer and depth else [high]
            found += [end for end in ends if end not in found]
        return found

    def _made(self, name: str, kind: Kind, origin: Any) -> Term:
        owner = self._taken.get(name)
        if isinstance(owner, Term) and owner.shape == kind.shape and not isinstance(origin, sp.Dummy):
            self.names[owner] = origin
            return owner  # a term of that name already stands in the question
        if owner is not None and owner != origin:
            name = self.fresh(name)
        self._taken[name] = origin
        term = kind.symbol(name)
        self._keep(term, origin)
        return term

    def _keep(self, term: Term, origin: Any) -> None:
        self.names[term] = origin


def _leaf(term: Term) -> Steps:
    return term
    yield ()


def _checked(value: Any) -> Any:
    if isinstance(value, MatrixBase):
        return value.as_immutable()
    if isinstance(value, sp.Basic):
        return value
    if isinstance(value, str):
        raise Malformed(f"{value!r} is text; calcds reads SymPy objects here, and text in `calcds gradient`")
    return as_term(value)


def _shown(e: Any) -> str:
    try:
        said = str(e)
    except RecursionError:
        return "a deeply nested expression"
    return said if len(said) <= 60 else said[:57] + "..."


def from_sympy(expression: Any) -> Term:
    """The term of a SymPy object. Several objects of one question: use one `Bridge`.

    >>> from_sympy(sp.Symbol("x")**2 + 1)
    x**2 + 1

    Raises NoRule for a class calcds does not know, Malformed for what makes no sense, ShapeError for sizes that do
    not fit.
    """
    return Bridge(expression).term(expression)


def bridge_question(lhs: Any, rhs: Any, given: Any = ()) -> tuple[Term, Term, tuple[Term, ...]]:
    """Both sides of a claim and its conditions, read together.

    given: SymPy conditions (`Q.positive_definite(A)`, `x > 0`) or terms, one or several. What they say of a single
           symbol strengthens its kind; the rest is returned as conditions.

    >>> x = sp.Symbol("x")
    >>> left, right, conditions = bridge_question(sp.log(x**2), 2*sp.log(x), sp.Q.positive(x))
    >>> left, {s.data[1] for s in left.free}, conditions
    (log(x**2), {Positive}, ())
    """
    bridge = Bridge(lhs, rhs, given=given)
    return bridge.term(lhs), bridge.term(rhs), bridge.conditions()
