r"""Matrices, cases, norms, bars, indicator functions.

Imports: calcds.document, calcds.expr.
"""

from __future__ import annotations

from collections.abc import Sequence

from calcds.document.reading.blocks import fitted
from calcds.document.reading.extremes import NORMS
from calcds.document.reading.shown import NO_PATTERN
from calcds.document.reading.symbols import Symbols
from calcds.document.source.dotted_arrays import MATRICES
from calcds.document.source.indicators import indices_of, is_indicator
from calcds.document.source.keys import index_nodes
from calcds.document.source.latex import Node, read, walk
from calcds.document.source.names import named, opened, script, shown
from calcds.document.source.raw import Unread
from calcds.document.source.sets import count_of, set_key
from calcds.document.words.declarations import size_of
from calcds.expr import operators as op
from calcds.expr.kinds import INDEX, Index
from calcds.expr.term import (
    ONE,
    TRUE,
    ZERO,
    Size,
    Term,
    as_term,
    entry,
    relation,
    same_size,
    size,
    substitute,
)

_ALWAYS = {"otherwise", "else", "sonst", "elsewhere"}
_IF = {"if", "for", "when", "falls", "where", "ifx", "and"}


class Arrays(Symbols):
    """What is written as a table or between bars."""

    def matrix_norm(self, inner: Term, said: str) -> Term:
        """A norm of a matrix."""
        raise NotImplementedError  # pragma: no cover

    def norm_of_function(self, atom: Node) -> Term | None:
        """The norm of a function."""
        raise NotImplementedError  # pragma: no cover

    def grid(self, atom: Node) -> Term:
        """An environment with rows."""
        if atom.text in {"cases", "dcases", "rcases", "cases*"}:
            return self.cases(atom)
        if atom.text not in MATRICES:
            raise Unread(f"the environment {atom.text}", atom.at, atom.end)
        if atom.text == "vmatrix" and (crossed := self._cross_product(atom)) is not None:
            return crossed
        rows = [[self._cell(cell) for cell in row.parts] for row in atom.parts]
        if rows and rows[-1] == [None]:
            rows.pop()
        if any(len(row) > 1 for row in rows):
            rows = [row for row in rows if row != [None]]  # a gap between two rows: `\\\\`
        if (
            any(cell is None for row in rows for cell in row)
            or not rows
            or len({len(row) for row in rows}) > 1
        ):
            raise Unread("a matrix with empty cells", atom.at, atom.end)
        found = op.matrix(*fitted([[cell for cell in row if cell is not None] for row in rows], self.sizes, atom.at))
        return op.det(found) if atom.text == "vmatrix" else found

    def _cross_product(self, atom: Node) -> Term | None:
        r"""The determinant that has \mathbf i, \mathbf j, \mathbf k in its first row: the cross product of the two others."""
        heads = [named(cell.parts[0]) if cell.parts else None for cell in atom.parts[0].parts]
        letters = [one.base.partition(" ")[::2] if one is not None and not one.marks else ("", "") for one in heads]
        if [letter for _, letter in letters] != ["i", "j", "k"] or not {style for style, _ in letters} <= {"bold", "hat"}:
            return None
        rows = [row for row in atom.parts[1:] if any(cell.parts for cell in row.parts)]
        values = [[self._cell(cell) for cell in row.parts] for row in rows]
        if [len(row) for row in values] != [3, 3] or any(v is None or not v.is_scalar for row in values for v in row):
            return None
        one, other = (op.column(*row) for row in values)
        return self.times(one, other, "times")

    def _cell(self, cell: Node) -> Term | None:
        if not cell.parts:
            return None
        inside = cell.parts[0]
        parts = [p for p in (inside.parts if inside.kind == "items" else (inside,)) if p.kind != "COMMA"]
        if len(parts) != 1:
            raise Unread("a list in a cell", cell.at, cell.end)
        if any(n.kind == "DOTS" for n in walk(parts[0])):
            raise Unread(NO_PATTERN, cell.at, cell.end)
        return self.value(parts[0])

    def tuple(self, items: Node, atom: Node) -> Term:
        """`(a, b)` as a column."""
        values = [self.value(p) for p in items.parts if p.kind != "COMMA"]
        if any(p.kind in {"MID", "SEMI", "COLON"} for p in items.parts) or any(
            not v.is_scalar for v in values
        ):
            raise Unread("a list in brackets", atom.at, atom.end)
        return op.column(*values)

    def stack(self, kind: str, body: Term, place: Term, length: Size, rest: Sequence[Node]) -> Term:
        """Numbers or rows below each other, numbers or columns beside each other: an array by its entries."""
        across, blank = INDEX.symbol("c'"), INDEX.symbol("_")
        if kind == "block" and body.is_scalar:
            self.doubt("a list in square brackets is read as a row")
        if kind in {"columns", "block"}:
            if body.is_scalar:
                return Term("build", (body, blank, place), None, (1, length))
            if not same_size(body.shape[1], 1):
                raise Unread("rows beside each other", rest[0].at, rest[-1].end)
            return Term("build", (_entry(body, across, ZERO), across, place), None, (body.shape[0], length))
        if body.is_scalar:
            return Term("build", (body, place, blank), None, (length, 1))
        if not same_size(body.shape[0], 1) or kind == "list":
            raise Unread("vectors below each other: one long vector, or a matrix?", rest[0].at, rest[-1].end)
        return Term("build", (_entry(body, ZERO, across), place, across), None, (length, body.shape[1]))

    # -- cases --------------------------------------------------------------------------------------------------

    def cases(self, atom: Node) -> Term:
        """Case distinctions."""
        branches: list[tuple[Term, Term]] = []
        for row in atom.parts:
            if len(row.parts) == 1 and not row.parts[0].parts:
                continue
            if len(row.parts) != 2 or not all(c.parts for c in row.parts):
                raise Unread("cases that are no value and condition", row.at, row.end)
            value = self._cell(row.parts[0])
            assert value is not None  # it has parts
            branches.append((value, self.truth(row.parts[1].parts[0])))
        if not branches:
            raise Unread("empty cases", atom.at, atom.end)
        return op.piecewise(*branches)

    def truth(self, node: Node) -> Term:
        """A condition, perhaps with words before it."""
        node = opened(node)
        if node.kind == "braces" and len(node.parts) == 1:
            return self.truth(node.parts[0])
        texts = [n.text.strip(" .,:;").lower() for n in walk(node) if n.kind == "TEXT"]
        if texts and all(t in _ALWAYS for t in texts) and not any(n.kind == "REL" for n in walk(node)):
            return TRUE
        if node.kind == "TEXT":
            return self._said(node)
        if node.kind == "items":
            parts = [
                p
                for p in node.parts
                if p.kind not in {"COMMA", "QUAD", "STOP"} and not (p.kind == "TEXT" and p.text.strip() in _IF)
            ]
            found = [self.truth(p) for p in parts]
            return found[0] if len(found) == 1 else op.And(*found)
        if node.kind != "item":
            raise Unread("a condition that is no relation", node.at, node.end)
        if any(t not in _IF and t for t in texts):
            raise Unread("words in a condition", node.at, node.end)
        plain = Node("item", tuple(map(_without_words, node.parts)), "", node.at, node.end)
        places = self._equal_places(plain)
        return self.condition(plain) if places is None else places

    def _equal_places(self, condition: Node) -> Term | None:
        r"""`j = c` and `j \ne c` of two indices: it is about their places; None for anything else."""
        equal = [p.text for p in condition.parts[1::2]] == ["="]
        said = indices_of(condition if equal else _with_equality(condition))
        if said is None or any(side.kind == "NUMBER" for side in said) or not self._tells_apart(said):
            return None
        found = self._delta(said)
        return relation("=" if equal else "!=", *found.args) if found.head == "delta" else None

    def _said(self, node: Node) -> Term:
        r"""`\text{if } x > 0` with the relation within the words."""
        words = node.text.split(" ", 1)
        if words[0].lower() in _IF and len(words) == 2 and "\\" not in words[1]:
            return self.truth(read(words[1].strip(" $.")))
        raise Unread("words as a condition", node.at, node.end)

    # -- bars ---------------------------------------------------------------------------------------------------

    def sized(self, atom: Node, marks: Sequence[Node]) -> Term:
        r"""`|x|`, `\|x\|_2^2`."""
        key = set_key(atom.parts[0]) if atom.kind == "bars" and len(atom.parts) == 1 else None
        declared = key is not None and (self.scope.kind(key, old=True) is not None or key in self.scope.vectors)
        if key is not None and key in self.scope.sets and not declared:
            return self.marked(count_of(key), marks, atom)
        if atom.kind == "bars" and any(
            opened(p).kind == "NAME" and len(opened(p).text) == 1 and opened(p).text.isupper()
            for p in atom.parts
        ):
            inside = opened(atom.parts[0])
            known = {*self.scope.vectors, *self.scope.examples(arrays=True)}
            if self.scope.kind(inside.text, old=True) is None and inside.text not in known:
                raise Unread(
                    "bars around a capital: a determinant, a number of elements or an absolute value?",
                    atom.at,
                    atom.end,
                )
        plain = not marks or marks[0].kind != "below"
        if atom.kind == "norm" and plain and (of_function := self.norm_of_function(atom)) is not None:
            return self.marked(of_function, marks, atom)
        if atom.kind == "norm" and opened(atom.parts[0]).kind == "NUMBER":
            raise Unread("a norm of a number: of a constant function?", atom.at, atom.end)
        inner = self.value(atom.parts[0])
        rest = list(marks)
        if atom.kind == "bars":
            if inner.is_scalar:
                return self.marked(op.function("abs")(inner), rest, atom)
            if inner.shape[1] != 1:
                self.sizes.same(*inner.shape)
                return self.marked(op.det(inner), rest, atom)
            bold = any(n.kind == "style" and n.text == "bold" for n in walk(atom))
            arrows = bold and self.scope.settings.get("bars") == "norm"
            if not (rest and rest[0].kind == "below") and not arrows and not _is_gradient(atom.parts[0]):
                return self._in_bars(inner, rest, atom)
        p = 2
        if rest and rest[0].kind == "below":
            said = "".join(n.text for n in walk(script(rest.pop(0))))
            if atom.kind == "norm" and said in NORMS and not inner.is_scalar and 1 not in inner.shape:
                return self.marked(self.matrix_norm(inner, said), rest, atom)
            if said not in {"2", "1", "infty", "F"}:
                raise Unread(f"the norm {said}", atom.at, atom.end)
            p = {"1": 1, "infty": "oo"}.get(said, 2)  # type: ignore[assignment]
            if inner.shape[1] != 1 and said != "F":
                raise Unread(f"the norm {said} of a matrix", atom.at, atom.end)
        elif not inner.is_scalar and inner.shape[0] == 1:
            inner = inner.T  # the length of a row, whichever norm of matrices is meant
        elif not inner.is_scalar and inner.shape[1] != 1:
            raise Unread("a norm of a matrix without an index", atom.at, atom.end)
        return self.marked(op.norm(inner, p), rest, atom)

    def _in_bars(self, inner: Term, rest: Sequence[Node], atom: Node) -> Term:
        r"""`|x|` of a vector: its length as books write it, or its entries without their signs, or the sum of these."""
        self.choices.add("bars")
        if self.options.bars == "length":
            return self.marked(op.norm(inner if inner.shape[1] == 1 else inner.T), rest, atom)
        if self.options.bars == "sum":  # some write so; what holds in no other way is not proved so
            self.supposed = ("the bars stand for the sum of the entries without their signs",)
            return self.marked(op.norm(inner if inner.shape[1] == 1 else inner.T, 1), rest, atom)
        if self.options.bars == "entries":
            return self.marked(op.function("abs")(inner), rest, atom)
        raise Unread("bars around a vector: its norm, or entry by entry?", atom.at, atom.end)

    # -- styled things that are no names ------------------------------------------------------------------------

    def indicator(self, condition: Node) -> Term:
        r"""`\\mathbb{1}_{x > 0}`; of a vector or a matrix, entry by entry."""
        if (same := indices_of(condition)) is not None and self._tells_apart(same):
            return self._delta(same)
        inside = opened(condition)
        if inside.kind == "braces" and len(inside.parts) == 1:
            return self.indicator(inside.parts[0])
        if inside.kind == "item" and len(inside.parts) == 3:
            sides = [self.value(part) for part in inside.parts[::2]]
            array = next((side for side in sides if not side.is_scalar), None)
            if array is not None:
                return self._indicators(array, sides, inside.parts[1].text)
        return op.indicator(self.truth(condition))

    def _tells_apart(self, indices: Sequence[Node]) -> bool:
        """Whether a condition is about indices: one of them is one in the chain, and the other is nothing else."""
        names = [n.base for n in map(named, indices) if n is not None]
        running = [key in self.bound or key in self.indices for key in names]
        known = [key in self.scope.dims or self.scope.kind(key, old=True) or self.scope.has_meaning(key) for key in names]
        return any(running) and all(here or not other for here, other in zip(running, known, strict=True))

    def _indicators(self, array: Term, sides: Sequence[Term], sign: str) -> Term:
        """The indicators of a relation between the entries of arrays, or entries and a number."""
        if not any(side.is_scalar for side in sides):
            array, *_ = sides = self.fit(*sides)
        i, j = INDEX.symbol("i'"), INDEX.symbol("j'")
        entries = [side if side.is_scalar else _entry(side, i, j if array.shape[1] != 1 else as_term(0)) for side in sides]
        return Term("build", (op.indicator(relation(sign, *entries)), i, j), None, array.shape)

    def constant_column(self, atom: Node, marks: Sequence[Node]) -> Term | None:
        r"""`\mathbf{1}_n` and `\mathbf{0}_n`; None for anything else."""
        inside = opened(atom.parts[0])
        if inside.kind != "NUMBER" or inside.text not in {"0", "1"} or not marks or marks[0].kind != "below":
            return None
        below = script(marks[0])
        name = named(below)
        if name is not None and (name.marks or name.base in self.bound or shown(name.base) not in self.scope.dims):
            return None
        try:
            length = size_of(below)
        except Unread:
            return None
        return op.ones(length) if inside.text == "1" else op.zeros(length)

    def styled(self, atom: Node, marks: Sequence[Node]) -> Term:
        r"""`\mathbf{0}`, `\mathbf{1}`, `\mathbb{1}_{...}`."""
        inside = opened(atom.parts[0])
        if is_indicator(atom, marks):
            return self.indicator(script(marks[0]))
        if inside.kind == "NUMBER" and inside.text in {"0", "1"} and atom.text == "bold":
            if inside.text == "0":
                return as_term(0)
            n = size_of(self.usage.ones) if self.usage.ones is not None else self.sizes.fresh("ones", matrix=True)
            return op.ones(n)
        if atom.text in {"bold", "plain"}:
            return self.value(self._spread(inside, atom))
        raise Unread("an accent over something that is no name", atom.at, atom.end)

    def _spread(self, node: Node, atom: Node) -> Node:
        """A style over a product, put on each letter."""
        if node.kind == "NAME":
            return Node("style", (node,), atom.text, node.at, node.end)
        parts = tuple(self._spread(p, atom) for p in node.parts)
        return node.holding(parts)

    # -- entries of expressions ---------------------------------------------------------------------------------

    def entry_of(self, term: Term, inside: Node, node: Node) -> Term:
        """`(Ax)_i`."""
        indices = index_nodes(inside)
        rank = 1 if 1 in term.shape else 2
        if term.is_scalar or indices is None or len(indices) != rank:
            raise Unread("a subscript behind a bracket", node.at, node.end)
        axes = term.shape if rank == 2 else (term.shape[0],)
        places = []
        for index, length in zip(indices, axes, strict=True):
            found = named(index)
            if found is not None and not found.marks and found.base not in self.bound:
                self.indices.setdefault(found.base, Index[length].symbol(found.base))
                places.append(self.indices[found.base])
            else:
                places.append(self.reached(size(self.value(index) - ONE), length))
        return entry(term, *places) if rank == 2 else entry(term, places[0], 0)


def _entry(array: Term, i: Term, j: Term) -> Term:
    """An entry of an array; of one that is given by its entries, the formula for it."""
    if array.head == "trans":
        return _entry(array.args[0], j, i)
    if array.head == "build":
        return substitute(array.args[0], {array.args[1]: i, array.args[2]: j})
    return entry(array, i, j)


def _is_gradient(node: Node) -> bool:
    r"""Whether `\nabla f(a)` is all that stands in bars: of a gradient they are its length."""
    inside = opened(node)
    first = inside.parts[0] if inside.kind in {"product", "unit"} else inside
    sums = any(n.kind == "sum" for n in inside.parts)
    return (first.kind == "NABLA" or (bool(first.parts) and first.parts[0].kind == "NABLA")) and not sums


def _with_equality(condition: Node) -> Node:
    r"""`j = c` for `j \ne c`."""
    parts = (p if p.text != "!=" else Node(p.kind, (), "=", p.at, p.end) for p in condition.parts)
    return condition.holding(tuple(parts))


def _without_words(node: Node) -> Node:
    """A side of a condition without the word before it."""
    if node.kind != "product":
        return node
    rest = tuple(p for p in node.parts if p.kind != "TEXT")
    return rest[0] if len(rest) == 1 else Node("product", rest, "", node.at, node.end)
