"""Expressions typed on the command line: `x.T*A*x` under `x: Vector[n], A: Matrix[n, n]`.

The language is that of the blackboard, read by the grammar `grammar.lark`; nothing is evaluated as Python. What
`calcds.expr.text` prints can be read back: it gives the same term. Every mistake is a sentence with its column and a
caret under the place.

Imports: calcds.expr, lark.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from lark import Tree

from calcds.errors import Malformed
from calcds.expr import kinds
from calcds.expr.kinds import INDEX, Kind
from calcds.expr.reader import Reader, Scope
from calcds.expr.syntax import MAX_DEPTH, MAX_LENGTH, placed, syntax_tree, unknown
from calcds.expr.term import (
    Term,
    size,
    subterms,
)

__all__ = ["MAX_DEPTH", "MAX_LENGTH", "Scope", "parse_declarations", "parse_expression"]


def parse_expression(text: str, scope: Scope) -> Term:
    """The term a text means where the names of scope are known.

    >>> scope = parse_declarations("x: Vector[n], A: Matrix[n, n]")
    >>> parse_expression("x.T*A*x", scope)
    x.T*A*x

    Raises Malformed and ShapeError with the column and a caret.
    """
    tree = syntax_tree(text, "expression")
    with placed(text, tree):
        return Reader(text, scope).term(tree.children[0])


def parse_declarations(text: str) -> Scope:
    """Names and what they are: `x: Vector[n], A: Matrix[n, n], f: Function`. Sizes become dimensions by being used.

    >>> parse_declarations("x: Vector[n]")
    {'n': n, 'x': x}

    Raises Malformed with the column and a caret.
    """
    tree = syntax_tree(text, "declarations")
    reader = _Declarations(text)
    for declaration in tree.children:
        if declaration is not None:
            reader.declare(declaration)
    return {**reader.dims, **reader.declared}


class _Declarations:
    """Names with kinds; a name within the brackets of a kind is a dimension."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.dims: dict[str, Term] = {}
        self.declared: Scope = {}

    def declare(self, tree: Any) -> None:
        """Add one declaration."""
        *names, kind_tree = tree.children
        with placed(self.text, kind_tree):
            kind = self._kind(kind_tree)
        for token in names:
            with placed(self.text, token):
                name = str(token)
                if name in self.declared:
                    raise Malformed(f"{name} is declared twice")
                if name in self.dims and kind is not kinds.DIMENSION:
                    raise Malformed(f"{name} is used as a size, so it cannot be a {kind}")
                self.declared[name] = kind.symbol(name)

    def _kind(self, tree: Any) -> Any:
        word = str(tree.children[0])
        known = KINDS.get(word)
        if known is None:
            raise Malformed(unknown(word, list(KINDS), "kind").replace("x: Vector[n]", "Real, Vector[n], Matrix[m, n]"))
        sizes = [c for c in tree.children[1:] if isinstance(c, Tree)]
        if not sizes:
            if isinstance(known, kinds._Sized):
                raise Malformed(f"{word} needs its sizes, as in {word}[{'n' if known.count == 1 else 'm, n'}]")
            return INDEX if known is kinds.Index else known
        if isinstance(known, Kind):
            raise Malformed(f"{word} takes no sizes")
        given = tuple(self._size(s) for s in sizes[0].children)
        if word == "Interval":
            if len(given) != 2:
                raise Malformed("Interval takes two numbers, as in Interval(0, 1)")
            return kinds.Interval(*(_fraction(g) for g in given))
        if word == "Function" and len(given) == 1 and isinstance(given[0], Term) and given[0].head == "num":
            return kinds.Function(int(given[0].data))
        for length in given:
            _checked_size(length)
        return known[given[0]] if len(given) == 1 and not isinstance(given[0], tuple) else known[given]

    def _size(self, tree: Any) -> Any:
        if tree.data == "tuple":
            return tuple(self._size(c) for c in tree.children if c is not None)
        if tree.data == "name" and isinstance(KINDS.get(str(tree.children[0])), Kind):
            return KINDS[str(tree.children[0])]  # Vector[n, Positive]
        for name in (str(n.children[0]) for n in tree.iter_subtrees_topdown() if n.data == "name"):
            declared = self.declared.get(name)
            if declared is not None and not (isinstance(declared, Term) and declared.data[1] is kinds.DIMENSION):
                raise Malformed(f"{name} is used as a size, but declared as something else")
            self.dims.setdefault(name, kinds.Dim(name))
        return Reader(self.text, {**self.dims}).term(tree)


def _checked_size(length: Any) -> None:
    for part in length if isinstance(length, tuple) else (length,):
        if not isinstance(part, Term):
            continue
        whole = size(part)
        polynomial = all(t.head in {"num", "add", "mul", "pow", "sym"} for t in subterms(part))
        if not polynomial or (isinstance(whole, int) and whole < 1) or (isinstance(whole, Term) and whole.head == "num"):
            raise Malformed(f"{part} is not a size: sizes are positive whole numbers, dimensions, sums and products of them")


def _fraction(value: Any) -> Fraction:
    if isinstance(value, Term) and value.head in {"num", "decimal"}:
        return Fraction(value.data)
    raise Malformed("the ends of an Interval are numbers")


KINDS: dict[str, Any] = {
    name: value for name, value in vars(kinds).items()
    if isinstance(value, Kind | kinds._Sized | kinds._IndexKind | kinds._FunctionKind) and not name.isupper()
} | {"Dim": kinds.DIMENSION, "Interval": kinds.Interval}  # fmt: skip
