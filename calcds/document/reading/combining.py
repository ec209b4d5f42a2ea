r"""Functions made of functions: `(g \circ f)(x)`, `(fg)'(x)`, `(f + g)(2)`, where what stands in the bracket is no number.

Sums, products and quotients of functions are taken at every place, `\circ` puts one into the other. Stars between functions are
left unread: `f * g` is a convolution in one text and a product in another. Between columns of m and n numbers, in a text on
convolutions, it is the full one of m + n - 1 numbers,

    (x * w)_i = \sum_k w_k x_{i-k}        over all k for which both are there.

A claim is not called wrong for it, as other texts keep the middle of it only, or do not turn one of the two around.

Imports: calcds.document, calcds.expr.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

from calcds.document.reading.applying import Applying
from calcds.document.source.keys import full_key
from calcds.document.source.latex import Node, walk
from calcds.document.source.names import FUNCTIONS, atom_and_marks, named, names_in, opened
from calcds.document.source.raw import Unread
from calcds.expr import operators as op
from calcds.expr.kinds import Real
from calcds.expr.term import ZERO, Term, entry

_KINDS = {"round", "items", "item", "sum", "product", "group", "frac", "NAME", "unit", "style", "NUMBER", "ADD", "MUL", "below"}
STARS = {"*", "ast", "star"}
LONGEST = 40  # numbers of two columns that are convolved
_VARIABLE = "u'"  # no letter of a text


class Combining(Applying):
    """Application of sums, products and compositions of functions."""

    def combined(self, parts: Sequence[Node], k: int) -> tuple[Term, int] | None:
        """A bracket of functions and the bracket behind it; None where the first one stands for a value."""
        atom, marks = atom_and_marks(parts[k])
        if atom.kind != "round" or k + 1 >= len(parts) or any(m.kind != "prime" for m in marks):
            return None
        bracket, after = atom_and_marks(parts[k + 1])
        if bracket.kind != "round" or not self._is_of_functions(atom):
            return None
        whole = opened(atom.parts[0])
        if any(n.kind == "MUL" and n.text in STARS for n in walk(whole)):
            raise Unread("a star between functions: a product or a convolution?", whole.at, whole.end)
        arguments = self.listed(bracket)
        if len(arguments) != 1:
            raise Unread("functions of several numbers in a bracket", bracket.at, bracket.end)
        if not marks:
            return self.marked(self.value(_at(whole, bracket)), after, parts[k + 1]), k + 2
        if not arguments[0].is_scalar:
            raise Unread("a prime at a function of a vector", atom.at, atom.end)
        saved, u = dict(self.bound), Real.symbol(_VARIABLE)
        self.bind_number(_VARIABLE, u)
        body = self.value(_at(whole, Node("round", (Node("NAME", (), _VARIABLE),))))
        self.bound = saved
        found = op.at(op.diff(body, *[u] * len(marks)), u, arguments[0])
        return self.marked(found, after, parts[k + 1]), k + 2

    def convolved(self, left: Term, right: Term) -> Term | None:
        """The full convolution of two columns of numbers; None where a star is something else."""
        if not self.scope.convolves or not left.free or not right.free or left.shape[1] != 1 or right.shape[1] != 1:
            return None
        if left.is_scalar or right.is_scalar:
            raise Unread("a star that may be a convolution of functions")
        examples = self.scope.examples(arrays=True)
        left, right = (examples.get(str(s.data[0]), s) if s.head == "sym" else s for s in (left, right))
        m, n = left.shape[0], right.shape[0]
        if not isinstance(m, int) or not isinstance(n, int) or m + n > LONGEST:
            raise Unread("a convolution of columns of unknown length")
        self.doubt("which part of a convolution is kept, and whether a kernel is turned around, is not said")
        totals: list[Term] = [ZERO] * (m + n - 1)
        for j, k in product(range(m), range(n)):
            totals[j + k] = totals[j + k] + entry(left, j, 0) * entry(right, k, 0)
        return op.matrix(*([one] for one in totals))

    def _is_of_functions(self, bracket: Node) -> bool:
        r"""Whether all names in a bracket are functions, and more than one stands there: `f + g`, `g \circ f`."""
        names = [n for part in bracket.parts for n in names_in(part)]
        if len(names) < 2 or any(n.kind not in _KINDS for part in bracket.parts for n in walk(part)):
            return False
        applied = any(atom_and_marks(n)[0].kind in {"round", "square"} for part in bracket.parts for n in walk(part))
        return not applied and all(self._is_some_function(full_key(n)) for n in names if n.node.kind != "below")

    def _is_some_function(self, key: str) -> bool:
        scope, old = self.scope, self.options.old
        if key in self.bound or scope.kind(key, old=True) or scope.definition(key, old=old):
            return False
        return scope.function(key, old=old) is not None or key in scope.applied or key in FUNCTIONS

    def bind_number(self, key: str, x: Term) -> None:
        """A name stands for a real number for a while."""
        raise NotImplementedError  # pragma: no cover


def _at(node: Node, argument: Node) -> Node:
    """A tree of functions with every one of them applied to an argument."""
    if named(node) is not None:
        return Node("group", (Node("product", (node, argument)),), "", node.at, node.end)
    if node.kind == "product" and any(p.kind == "MUL" and p.text == "circ" for p in node.parts):
        return _composed(node, argument)
    if not node.parts:
        return node
    return node.holding(tuple(_at(p, argument) for p in node.parts))


def _composed(node: Node, argument: Node) -> Node:
    r"""`h \circ g \circ f` at an argument: the last function is applied first."""
    functions = [p for p in node.parts if p.kind != "MUL"]
    signs = [p for p in node.parts if p.kind == "MUL"]
    if any(s.text != "circ" for s in signs) or len(signs) != len(functions) - 1:
        raise Unread("a composition among other products", node.at, node.end)
    for function in reversed(functions):
        inner = _at(function, argument)
        argument = Node("round", (inner,), "", node.at, node.end)
    return inner
