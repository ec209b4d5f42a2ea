"""Products of matrices as array operations: the cheapest order, and what is no product in memory.

* a chain is multiplied in the cheapest order, every symbolic size counted as the same large number
* A.I*B is solve(A, B); diag(u)*A scales rows; A*ones is a sum over rows

Imports: calcds.expr, calcds.code.ir.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from calcds.code.ir import Node
from calcds.expr.term import SCALAR, Shape, Size, Term

if TYPE_CHECKING:
    from calcds.code.lower import Lowering

LARGE = 100.0  # a symbolic size, when products are put in order


def _cost(s: Size) -> float:
    return float(s) if isinstance(s, int) else LARGE


def product(low: Lowering, chain: list[Term]) -> Node:
    """The cheapest order of multiplication, by the classical table."""
    n = len(chain)
    if n == 1:
        return low.node(chain[0])
    dims = [_cost(chain[0].shape[0]), *(_cost(f.shape[1]) for f in chain)]
    best: dict[tuple[int, int], tuple[float, int]] = {(k, k): (0.0, k) for k in range(n)}
    for width in range(1, n):
        for i in range(n - width):
            j = i + width
            best[i, j] = min(
                (best[i, k][0] + best[k + 1, j][0] + _price(chain, dims, i, k, j), k) for k in range(i, j)
            )

    def part(i: int, j: int) -> Factor:
        if i == j:
            return Factor(low, chain[i])
        k = best[i, j][1]
        return _multiplied(low, part(i, k), part(k + 1, j))

    return part(0, n - 1).array()


def _price(chain: list[Term], dims: list[float], i: int, k: int, j: int) -> float:
    cheap = (i == k and chain[i].head in ("diag", "ones")) or (k + 1 == j and chain[j].head in ("diag", "ones"))
    return dims[i] * dims[j + 1] * (1.0 if cheap else dims[k + 1])


class Factor:
    """A factor of a chain: a term that may be special, or an array already computed."""

    def __init__(self, low: Lowering, term: Term | None, node: Node | None = None, shape: Shape | None = None) -> None:
        self.low, self.term, self._node = low, term, node
        self.shape: Shape = shape if shape is not None else term.shape if term is not None else SCALAR

    @property
    def head(self) -> str:
        """The head of the term; "" for an array."""
        return self.term.head if self.term is not None else ""

    def array(self) -> Node:
        """The array, broadcast where it is smaller than its shape."""
        if self._node is None:
            assert self.term is not None
            self._node = self.low.node(self.term)
        return self._node

    def whole(self) -> Node:
        """The array in its whole shape."""
        node = self.array()
        if self.shape in {node.shape, SCALAR}:
            return node
        return self.low.graph.node("broadcast", node, *(self.low.size(s) for s in self.shape), shape=self.shape)


def _multiplied(low: Lowering, a: Factor, b: Factor) -> Factor:
    shape: Shape = (a.shape[0], b.shape[1])
    return Factor(low, None, _product(low, a, b, shape), shape)


def _product(low: Lowering, a: Factor, b: Factor, shape: Shape) -> Node:
    g = low.graph
    if a.head == "diag" and a.term is not None:
        return low.times(low.node(a.term.args[0]), b.array())
    if b.head == "diag" and b.term is not None:
        return low.times(a.array(), g.transpose(low.node(b.term.args[0])))
    if b.head == "ones":  # every column is the sum over the rows' entries
        return low.sum(a.array(), 1, a.shape)
    if a.head == "ones":
        return low.sum(b.array(), 0, b.shape)
    if (inverse := _inverse_of(a)) is not None:
        return g.node("solve", low.node(inverse) if a.head == "inv" else g.transpose(low.node(inverse)), b.whole(), shape=shape)
    if (inverse := _inverse_of(b)) is not None:
        turned = g.transpose(low.node(inverse)) if b.head == "inv" else low.node(inverse)
        return g.transpose(g.node("solve", turned, g.transpose(a.whole()), shape=(shape[1], shape[0])))
    if a.shape[1] == 1:  # outer product
        return low.times(a.array(), b.array())
    if b.head == "unit" and b.term is not None:
        return g.node("column", a.whole(), low.node(b.term.args[0]), shape=shape)
    if a.shape[0] == 1 and b.shape[1] == 1:
        return g.node("dot", g.transpose(a.whole()), b.whole())
    return g.node("matmul", a.whole(), b.whole(), shape=shape)


def _inverse_of(f: Factor) -> Term | None:
    if f.term is None:
        return None
    if f.term.head == "inv":
        return f.term.args[0]
    if f.term.head == "trans" and f.term.args[0].head == "inv":
        return f.term.args[0].args[0]
    return None
