r"""Angle brackets: inner products of vectors, of matrices and of functions, and vectors as teachers of calculus write them.

    \langle x, y \rangle         x^T y;  tr(A^T B) for matrices
    \langle 4, -1, 0 \rangle     a vector: more or fewer than two numbers, or two that have digits
    \langle f, g \rangle = \int_a^b f(x) g(x) \, dx        in its section, of functions; then \|f\|^2 = \langle f, f \rangle
    \langle x, y \rangle = 2 x_1 y_1 + x_2 y_2            another inner product: its section is left unread

Where a document prints vectors in angle brackets, numbers between them are its entries: `\langle 2xy, x^2 \rangle`. Where
nothing tells, two numbers are multiplied, with a doubt. An integral that defines an inner product of functions is taken
with the two functions of a claim in the place of f and g; other functions than formulas in x are left unread.

Imports: calcds.document, calcds.expr.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from calcds.document.reading.applying import Applying
from calcds.document.source.keys import full_key
from calcds.document.source.latex import Node, walk
from calcds.document.source.names import (
    TRANSPOSES,
    atom_and_marks,
    has_names,
    is_d,
    named,
    names_in,
    opened,
    shown,
    text_of,
)
from calcds.document.source.raw import Unread
from calcds.document.source.statements import Cut
from calcds.document.words.scope import OfFunctions, Scope
from calcds.expr import operators as op
from calcds.expr.functions import HALF
from calcds.expr.term import Term

_NUMBER = r"\s*-?\s*(?:[0-9][0-9./]*|\\[dt]?frac\s*(?:\{[0-9]+\}|[0-9])\s*(?:\{[0-9]+\}|[0-9]))\s*"
_LISTS = re.compile(rf"\\langle{_NUMBER}(?:,{_NUMBER})+\\rangle")


def gather_angles(pieces: Iterable[Cut], text: str, scope: Scope) -> None:
    """Learn what angle brackets are in a document, and in its sections."""
    for piece in pieces:
        for statement in piece.statements:
            nodes = [piece.trees.get(side) for side in statement.sides]
            pair = _pair(nodes[0]) if len(nodes) > 1 and isinstance(nodes[0], Node) else None
            if pair is None or pair[0] == pair[1] or statement.sides[1].relation not in {"=", ":="}:
                continue
            found = next((one for node in nodes[1:] if (one := _of_functions(node, pair)) is not None), None)
            if found is not None:
                scope.inner_of[piece.segment.section] = found
            elif not _is_usual(nodes[1], pair):
                scope.inner_of.setdefault(piece.segment.section, None)
    if _LISTS.search(text) and not scope.inner_of:
        scope.settings |= {"angles": "lists", "bars": "norm"}


def _pair(node: Node) -> tuple[str, str] | None:
    r"""The two names of `\langle f, g \rangle`, which stands alone."""
    atom, marks = atom_and_marks(opened(node))
    parts = atom.parts[0].parts if atom.kind == "angle" and atom.parts and atom.parts[0].kind == "items" else ()
    names = [named(p) for p in parts if p.kind != "COMMA"]
    keys = [full_key(n) for n in names if n is not None]
    return (keys[0], keys[1]) if len(parts) == 3 and len(keys) == 2 and not marks else None


def _is_usual(node: Node | Unread | None, pair: tuple[str, str]) -> bool:
    r"""Whether a side says nothing but what x^T y is: it has the letters of the pair only, and no numbers beside them.

    What has a norm or an angle bracket in it, or is one number, says no definition either.
    """
    if not isinstance(node, Node):
        return False
    if opened(node).kind == "NUMBER" or any(n.kind in {"norm", "angle"} for n in walk(node)):
        return True
    if any(n.kind == "BIGOP" and n.text == "int" for n in walk(node)):
        return False
    limits = {id(n) for one in walk(node) if atom_and_marks(one)[0].kind == "BIGOP" for m in one.parts[1:] for n in walk(m)}
    names = (n for n in names_in(node) if id(n.node) not in limits)  # not the d of `\sum_{i=1}^d`
    letters = {full_key(n).partition("_")[0] for n in names} - {*"ijkn", "theta", *TRANSPOSES}
    if letters.isdisjoint(pair):
        return True  # its value for two vectors
    return letters <= {*pair} and not _has_numbers(node) and not any(n.kind == "style" and n.text == "bar" for n in walk(node))


def _has_numbers(node: Node) -> bool:
    """Whether a number stands anywhere but above or below a name or an operator."""
    return node.kind == "NUMBER" or any(_has_numbers(p) for p in node.parts if p.kind not in {"above", "below"})


def _of_functions(tree: Node | Unread | None, pair: tuple[str, str]) -> OfFunctions | None:
    r"""The parts of `\int_a^b f(x) g(x) w(x) \, dx` for f and g, which stand in it once each; None for anything else."""
    whole = opened(tree) if isinstance(tree, Node) else None
    parts = [p for p in whole.parts if p.kind != "MUL"] if whole is not None and whole.kind == "product" else []
    if whole is None or len(parts) < 7 or not is_d(parts[-2]) or (x := named(parts[-1])) is None or x.marks:
        return None
    if [atom_and_marks(p)[0].kind for p in parts].count("BIGOP") != 1:
        return None
    heads = [(full_key(n), _argument(at)) for n, at in zip(map(named, parts), parts[1:], strict=False) if n is not None]
    once = all([key for key, _ in heads].count(letter) == 1 for letter in pair)
    return OfFunctions(*pair, x.base, whole) if once and all((letter, x.base) in heads for letter in pair) else None


def _argument(node: Node) -> str:
    """The x of a bracket `(x)`."""
    inside = opened(node.parts[0]) if node.kind == "round" and len(node.parts) == 1 else node
    return inside.text if node.kind == "round" and inside.kind == "NAME" else ""


class Angles(Applying):
    """What stands in angle brackets."""

    def inner(self, atom: Node) -> Term:
        r"""`\langle x, y \rangle`, or a vector."""
        if self._is_unusual():
            raise Unread("an inner product of its own", atom.at, atom.end)
        items = [p for p in atom.parts[0].parts if p.kind != "COMMA"] if atom.parts and atom.parts[0].kind == "items" else []
        if len(items) < 2 or any(p.kind in {"MID", "SEMI", "COLON", "QUAD"} for p in items):
            raise Unread("angle brackets that are no inner product", atom.at, atom.end)
        if len(items) == 2 and self._is_of_functions_here() and not any(map(self._is_array, items)):
            return self._integrated_product(items[0], items[1], atom)
        values = [self.value(p) for p in items]
        plain = all(v.is_scalar for v in values)
        numerals = not any(map(has_names, items))
        if plain and (len(values) > 2 or numerals or self.scope.settings.get("angles") == "lists"):
            return op.column(*values)
        if len(values) != 2:
            raise Unread("angle brackets that are no inner product", atom.at, atom.end)
        a, b = self.fit(*values)
        if a.is_scalar or b.is_scalar:
            self.doubt("angle brackets of numbers may be a vector, or an inner product of functions")
            return self.times(a, b)
        return self.times(a.T, b) if a.shape[1] == 1 else op.trace(self.times(a.T, b))

    def norm_of_function(self, atom: Node) -> Term | None:
        r"""`\|f\|` where the section has an inner product of functions; None for any other norm."""
        if self._is_unusual():
            raise Unread("a norm of an inner product of its own", atom.at, atom.end)
        if not self._is_of_functions_here() or len(atom.parts) != 1 or self._is_array(atom.parts[0]):
            return None
        return self._integrated_product(atom.parts[0], atom.parts[0], atom) ** HALF

    def _is_unusual(self) -> bool:
        """Whether the section says what inner product it has in a way that is not read."""
        return any(self.scope.inner_of.get(section, False) is None for section in self.scope.around)

    def _is_of_functions_here(self) -> bool:
        return any(section in self.scope.inner_of for section in self.scope.around)

    def _is_array(self, node: Node) -> bool:
        return not self.value(node).is_scalar if not self._functions_in(node) else False

    def _functions_in(self, node: Node) -> set[str]:
        """Names of functions that stand without an argument."""
        keys = {full_key(n) for n in names_in(node)}
        return {key for key in keys if (f := self.scope.function(key, old=False)) is not None and f.body is not None}

    def _integrated_product(self, left: Node, right: Node, atom: Node) -> Term:
        """The integral that defines the inner product, with two functions put in."""
        found = [self.scope.inner_of[s] for s in self.scope.around if s in self.scope.inner_of]
        inner = found[-1] if len(found) == 1 else None
        if inner is None:
            raise Unread("several inner products of functions", atom.at, atom.end)
        if [text_of(opened(one)) for one in (left, right)] == [inner.first, inner.second]:
            return self.value(inner.integral)  # the definition itself
        table = {inner.first: self._at_variable(left, inner), inner.second: self._at_variable(right, inner)}
        return self.value(_with_functions(inner.integral, table))

    def _at_variable(self, node: Node, inner: OfFunctions) -> Node:
        """A function at the variable: `p_1(x)` for a function of the text, and the formula itself for one that is printed."""
        functions = self._functions_in(node)
        others = {full_key(n) for n in names_in(node)} - functions
        bound = {key for key in others if key == inner.variable or self.scope.is_constant(key)}
        if others - bound or any(n.kind in {"PRIME", "prime"} for n in walk(node)):
            said = ", ".join(shown(key) for key in sorted(others - bound))
            why = f"an inner product of functions: {said or 'a prime'} is no formula in {inner.variable}"
            raise Unread(why, node.at, node.end)
        place = Node("round", (Node("NAME", (), inner.variable, node.at, node.end),), "", node.at, node.end)
        return Node("round", (_applied(node, functions, place),), "", node.at, node.end)


def _applied(node: Node, functions: set[str], place: Node) -> Node:
    """A tree with every function without an argument applied to the variable."""
    name = named(node) if node.kind in {"NAME", "unit", "style"} else None
    if name is not None:
        return Node("group", (Node("product", (node, place)),), "", node.at, node.end) if full_key(name) in functions else node
    if node.kind == "product":
        parts: list[Node] = []
        for part, following in zip(node.parts, [*node.parts[1:], None], strict=True):
            applied = following is not None and atom_and_marks(following)[0].kind == "round"
            parts.append(part if applied and named(part) is not None else _applied(part, functions, place))
        return node.holding(tuple(parts))
    return node.holding(tuple(_applied(p, functions, place) for p in node.parts)) if node.parts else node


def _with_functions(node: Node, table: dict[str, Node]) -> Node:
    """The integral with formulas in the place of `f(x)` and `g(x)`."""
    if node.kind != "product":
        return node.holding(tuple(_with_functions(p, table) for p in node.parts)) if node.parts else node
    parts: list[Node] = []
    k = 0
    while k < len(node.parts):
        name = named(node.parts[k])
        key = full_key(name) if name is not None else ""
        bracket = k + 1 < len(node.parts) and node.parts[k + 1].kind == "round"
        parts.append(table[key] if key in table and bracket else _with_functions(node.parts[k], table))
        k += 2 if key in table and bracket else 1
    return node.holding(tuple(parts))


__all__ = ["Angles", "gather_angles"]
