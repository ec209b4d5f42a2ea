"""What the symbols of SymPy expressions are used for: sizes, indices, bounds, arrays.

SymPy lets a plain `Symbol("n")` be the length of a vector, an index or a number. calcds needs to know which before it
reads the first line, so everything is looked over once.

Imports: calcds.expr.sympy_words, SymPy.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import sympy as sp
from sympy.matrices.expressions.matexpr import MatrixElement
from sympy.matrices.expressions.special import Identity, OneMatrix, ZeroMatrix

from calcds.expr.sympy_words import MatrixSum

_INDEXED_BINDERS = (sp.Sum, sp.Product)


@dataclass(slots=True)
class Uses:
    """What was seen.

    sizes:    names of symbols that occur in a shape
    summed:   index of a sum or product -> its lower bounds
    highest:  index of a sum or product -> its upper bounds
    bounds:   symbols that occur in bounds of sums and products
    labels:   symbols compared by a Kronecker delta
    lengths:  symbol used directly as an index -> sizes of the axes it runs along
    arrays:   IndexedBase -> list of the index tuples it is used with
    free:     symbols that occur free somewhere, and those bound by integrals and limits
    symbols:  every symbol, in the order seen
    """

    sizes: set[str] = field(default_factory=set)
    summed: dict[Any, list[Any]] = field(default_factory=dict)
    highest: dict[Any, list[Any]] = field(default_factory=dict)
    bounds: set[Any] = field(default_factory=set)
    labels: set[Any] = field(default_factory=set)
    lengths: dict[Any, list[Any]] = field(default_factory=dict)
    arrays: dict[Any, list[tuple[Any, ...]]] = field(default_factory=dict)
    free: set[Any] = field(default_factory=set)
    symbols: dict[Any, None] = field(default_factory=dict)
    _seen: set[Any] = field(default_factory=set)

    def read(self, expression: Any) -> None:
        """Add what an expression says."""
        for node in self._parents_first(expression):
            self._note(node)
        self.free |= _free(expression)

    def _parents_first(self, root: Any) -> Iterator[Any]:
        stack = [root]
        while stack:
            node = stack.pop()
            if node in self._seen:
                continue
            self._seen.add(node)
            yield node
            if not isinstance(node, sp.MatrixSymbol | sp.IndexedBase | sp.Symbol | sp.Idx):
                stack.extend(reversed(node.args))

    def _note(self, node: Any) -> None:
        if isinstance(node, sp.Symbol):
            self.symbols.setdefault(node)
        elif isinstance(node, sp.MatrixSymbol) or type(node) in (Identity, ZeroMatrix, OneMatrix):
            self._size(*node.shape)
        elif isinstance(node, sp.FunctionMatrix):
            self._size(*node.shape)
            for variable in node.lamda.variables:
                self.summed.setdefault(variable, []).append(sp.S.Zero)
        elif isinstance(node, sp.Idx):
            self._size(*(b for b in (node.lower, node.upper) if b is not None))
        elif isinstance(node, _INDEXED_BINDERS):
            for limit in node.limits:
                self._limit(limit)
        elif isinstance(node, MatrixSum):
            self._limit(node.args[1])
        elif isinstance(node, sp.Integral | sp.Limit):
            variables = [limit[0] for limit in node.limits] if isinstance(node, sp.Integral) else [node.args[1]]
            self.free.update(variables)
        elif isinstance(node, sp.KroneckerDelta):
            self.labels.update(a for a in node.args if isinstance(a, sp.Symbol))
        elif isinstance(node, MatrixElement):
            for index, length in zip(node.args[1:], node.args[0].shape, strict=True):
                self._index(index, length)
        elif isinstance(node, sp.Indexed):
            base = node.base
            self.arrays.setdefault(base, []).append(node.indices)
            if base.shape:
                self._size(*base.shape)
                for index, length in zip(node.indices, base.shape, strict=False):
                    self._index(index, length)

    def _limit(self, limit: Any) -> None:
        if len(limit) != 3:
            return
        variable, low, high = limit
        self.summed.setdefault(variable, []).append(low)
        self.highest.setdefault(variable, []).append(high)
        self.bounds |= low.free_symbols | high.free_symbols

    def _index(self, index: Any, length: Any) -> None:
        if isinstance(index, sp.Symbol):
            self.lengths.setdefault(index, []).append(length)

    def _size(self, *lengths: Any) -> None:
        for length in lengths:
            self.sizes |= {s.name for s in length.free_symbols if isinstance(s, sp.Symbol)}


def _free(root: Any) -> frozenset[Any]:
    """The free symbols, found without recursion: SymPy's own `free_symbols` fails on deep nesting."""
    done: dict[Any, frozenset[Any]] = {}
    stack = [root]
    while stack:
        node = stack[-1]
        if isinstance(node, sp.MatrixSymbol | sp.IndexedBase | sp.Symbol | sp.Idx) or not node.args:
            done[node] = frozenset({node}) if isinstance(node, sp.Symbol) else frozenset()
        missing = [] if node in done else [part for part in node.args if part not in done]
        if missing:
            stack.extend(missing)
            continue
        stack.pop()
        if node not in done:
            inside = frozenset().union(*(done[part] for part in node.args))
            done[node] = inside - _bound(node)
    return done[root]


def _bound(node: Any) -> frozenset[Any]:
    if isinstance(node, sp.Sum | sp.Product | sp.Integral):
        return frozenset(limit[0] for limit in node.limits)
    if isinstance(node, MatrixSum):
        return frozenset({node.args[1][0]})
    if isinstance(node, sp.Lambda | sp.Subs):
        return frozenset(node.variables)
    if isinstance(node, sp.Limit):
        return frozenset({node.args[1]})
    return frozenset()
