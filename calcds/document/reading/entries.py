r"""Arrays that are defined by their entries: `y_i = w x_i + b`, `x = (x_1, \dots, x_n)`, or where these are vectors by rows.

Imports: calcds.document, calcds.expr.
"""

from __future__ import annotations

from dataclasses import replace

from calcds.document.reading.chains import Reading, read_chain
from calcds.document.reading.sequences import Sequences, twins
from calcds.document.source.dotted_arrays import entries_of, vectors_of
from calcds.document.source.keys import index_nodes, labelled
from calcds.document.source.latex import Node
from calcds.document.source.names import (
    letter_of,
    named,
    names_in,
    opened,
    script,
    shown,
    text_of,
)
from calcds.document.source.options import Options
from calcds.document.source.raw import Unread
from calcds.document.words.arguments import tells_apart
from calcds.document.words.declarations import size_of
from calcds.document.words.heads import RUNNING
from calcds.document.words.scope import Declared, Definition, Scope
from calcds.document.words.shapes import summands
from calcds.expr.kinds import INDEX, Dim, Kind, Matrix, Vector
from calcds.expr.term import Size, Term, entry, same_shape, same_size, substitute, subterms

_COUNTING = {"i", "j", "k"}  # letters that are indices even where a sum ends at them


class Entries(Sequences):
    """The part of the definer that takes formulas for every entry."""

    scope: Scope
    listed: set[str]

    def _letters(self, node: Node, body: Node | None = None) -> list[str] | None:
        """The letters of `y_i` or `A_{ij}` that stand for every index, or None.

        They do where they stand in the body too, or where the name has other indices elsewhere.
        """
        found = named(node)
        if found is None:
            return None
        key, below, rest = labelled(found)
        nodes = index_nodes(script(below[0])) if len(below) == 1 and not rest else None
        letters = [n.text for n in nodes or () if n.kind == "NAME" and (
            n.text in RUNNING if body is None else tells_apart(n.text, body))]  # fmt: skip
        if (
            nodes is None
            or len(letters) != len(nodes)
            or len(set(letters)) != len(letters)
            or len(letters) > 2
        ):
            return None
        if letters == ["t"] and not self.scope.is_summed(key, 1):
            return None  # what holds at a time t
        if len(letters) == 1 and self.scope.is_iterate(key) and body is not None and self._is_step(letters[0], body):
            return None  # what holds at step k
        varied = len(self.scope.subscripts.get(key, ())) > 1 or (
            body is not None and any(n.base in letters and not n.marks for n in names_in(body))
        )
        dims = self.scope.dims if body is None else self.scope.dims - (_COUNTING - self.scope.stated_dims)
        taken = any(x in dims or self.scope.definition(x, old=False) for x in letters)
        return letters if varied and not taken else None

    def _is_step(self, letter: str, body: Node) -> bool:
        """Whether everything in a body with this index is the iterate of a step: x_k beside x_{k+1}."""
        indexed = [(key, text_of(script(below[0]))) for key, below, _ in map(labelled, names_in(body)) if len(below) == 1]
        keys = [key for key, text in indexed if text == letter]
        return bool(keys) and all(map(self.scope.is_iterate, keys))

    def _as_vectors(self, key: str, body: Node, reading: Reading) -> Reading | None:
        """A body with the letters in it vectors, as they were in sections before, where nothing says here what they are.

        It is preferred for what sums up such letters, `e_k = x_k - x^*`, and for a name that is transposed here.
        """
        value = reading.sides[0]
        if not isinstance(value, Term) or not value.is_scalar or not value.free:
            return None
        scope, bases = self.scope, {n.base for n in names_in(body)}
        elsewhere = (d for b in bases if (d := scope.kinds.get(b)) is not None and not scope.is_here(d.section))
        known = any(d.kind.shape != (1, 1) for d in elsewhere)
        bare = {s for part in (value.args if value.head == "add" else (value,)) for s in part.free}
        sums = value.head == "add" and len(bare) > 1 and bare <= set(reading.plain) and set(summands(value)) == bare
        if not known or not (sums or key in scope.vectors):
            return None
        other = read_chain([body], [], scope, Options(old=True, kept=True))
        found = other.sides[0]
        return other if isinstance(found, Term) and found.shape[1] == 1 and not found.is_scalar else None

    def _by_entries(self, node: Node, letters: list[str], reading: Reading, value: Term, at: int) -> None:
        """`y_i = ...` says what every entry of y is."""
        found = named(node)
        assert found is not None  # it has letters
        base = labelled(found)[0]
        places = {reading.indices[x]: INDEX.symbol(x) for x in letters if x in reading.indices}
        lengths: list[Size] = [
            reading.indices[x].data[1].sizes[0]
            if x in reading.indices
            else reading.sizes.fresh(f"{base}_{x}")
            for x in letters
        ]
        bound = [INDEX.symbol(x) for x in letters]
        body = substitute(value, places)
        if not body.is_scalar:
            if len(letters) > 1 or body.shape[1] != 1:
                return
            column = INDEX.symbol("c'")
            body, bound, lengths = entry(body, column), [*bound, column], [*lengths, body.shape[0]]
        unknown = any(t.head == "apply" and t.data.body is None for t in subterms(body))
        whole = self._home(base, len(letters), bold=not unknown)
        shape = (lengths[0], lengths[1] if len(lengths) > 1 else 1)
        kind = Vector[shape[0]] if len(lengths) == 1 else Matrix[shape]
        known = self.scope.kind(whole, old=False)
        if known is not None and not same_shape(known.shape, shape):
            if self.scope.kinds[whole].certain:
                return
            known = None  # it was a guess
            self.scope.kinds.pop(whole)
        symbol = (known or kind).symbol(shown(whole))
        array = Term(
            "build", (body, bound[0], bound[1] if len(bound) > 1 else INDEX.symbol("_")), None, shape
        )
        declared, inputs = self.scope.functions.get(base), [s for s in array.free if s.shape[1] == 1 and not s.is_scalar]
        if declared is not None and declared.body is None and len(inputs) == 1:
            self.scope.functions[base] = replace(declared, parameters=(inputs[0],), body=array, section=self.scope.section)
        if symbol not in self.scope.expand(array).free:
            self.scope.definitions[whole] = Definition(symbol, array, self.scope.section, at)
            self.scope.kinds.setdefault(whole, Declared(kind, self.scope.section, certain=False))

    def _home(self, base: str, rank: int, *, bold: bool) -> str:
        """The key under which an array with these entries stands. bold: that of the array in bold, where there is one"""
        for key in twins(base, rank):
            kind = self.scope.kind(key, old=False)
            if kind is not None and kind.shape != (1, 1):
                return key
        in_bold = f"bold {base}"
        if bold and in_bold in self.scope.bolds and rank == (2 if base[0].isupper() else 1):
            return in_bold  # it is what the reader takes the entry from
        letter = letter_of(base)
        matrix = rank == 2 and letter.isupper() and base == letter
        return base if base in self.scope.vectors or matrix else f"all {base}"

    def _explicit(self, key: str, body: Node) -> bool:
        r"""`A = \begin{pmatrix} A_{11} & A_{12} \\ ...`: A has so many rows and columns."""
        grid = opened(body)
        if self._is_list_of_its_columns(key, grid):
            return True
        if (vectors := vectors_of(body)) is not None and self._explicit_vectors(key, *vectors):
            return True
        if (dotted := entries_of(body)) is not None:
            return self._explicit_with_dots(key, *dotted)
        if grid.kind in {"round", "square"} or (
            grid.kind == "unit" and grid.parts[0].kind in {"round", "square"}
        ):
            bracket = grid if grid.kind != "unit" else grid.parts[0]
            inside = named(opened(bracket.parts[0])) if len(bracket.parts) == 1 else None
            return (
                inside is not None
                and letter_of(inside.base).lower() == letter_of(key).lower()
                and any(m.kind == "below" and len(index_nodes(script(m)) or ()) == 2 for m in inside.marks)
            )
        if grid.kind != "grid" or not grid.parts:
            return False
        rows = [[named(cell.parts[0]) if cell.parts else None for cell in row.parts] for row in grid.parts]
        cells = [cell for row in rows for cell in row]
        letter = key.rsplit(" ", maxsplit=1)[-1].lower()
        if (
            any(c is None or c.base.lower() != letter or not c.marks for c in cells)
            or len({len(r) for r in rows}) != 1
        ):
            return False
        kind = Vector[len(rows)] if len(rows[0]) == 1 else Matrix[len(rows), len(rows[0])]
        self.scope.declare(key, kind)
        return True

    def _explicit_with_dots(self, key: str, entry_: Node, ranges: list[tuple[str, Node]]) -> bool:
        r"""`x = (x_1, \dots, x_n)`: x has n entries. Where it is declared with other sizes, it is a claim."""
        found = named(entry_)
        base, below, rest = labelled(found) if found is not None else ("", [], ())
        indices = index_nodes(script(below[0])) if len(below) == 1 and not rest else None
        letters = letter_of(base), letter_of(key)
        alike = letters[0] == letters[1] and base not in self.scope.rows
        if len(ranges) == 2:
            alike = letters[0].lower() == letters[1].lower()
        if indices is None or [n.text for n in indices] != [index for index, _ in ranges] or not alike:
            return False
        try:
            sizes = [size_of(high) for _, high in ranges]
        except Unread:
            return False
        kind = Vector[sizes[0]] if len(sizes) == 1 else Matrix[sizes[0], sizes[1]]
        known = self.scope.kind(key, old=False)
        if known is not None and self.scope.kinds[key].certain:
            return same_shape(known.shape, kind.shape)
        self.scope.stated_dims |= {
            str(s) for length in sizes if isinstance(length, Term) for s in length.free
        }
        self.scope.declare(key, kind)
        self.listed.add(key)
        self._list_all(key, base, kind)
        return True

    def _list_all(self, key: str, base: str, kind: Kind) -> None:
        r"""The entries that were written before `p = (p_1, \dots, p_n)` are those of p, as far as their section is seen."""
        entries, guessed = self.scope.definitions.get(f"all {base}"), self.scope.kinds.get(f"all {base}")
        if entries is not None and same_shape(entries.symbol.shape, kind.shape):
            elsewhere = None if self.scope.is_here(entries.section) else entries.section
            self.scope.define(key, entries.symbol, section=elsewhere)
        elif entries is None and guessed is not None and same_shape(guessed.kind.shape, kind.shape):
            self.scope.define(f"all {base}", kind.symbol(shown(key)))

    def _is_list_of_its_columns(self, key: str, body: Node) -> bool:
        r"""`Q = (q_1, \dots, q_n)` of a Q of which the q_i are the columns already."""
        found = map(labelled, names_in(body)) if body.kind in {"round", "square"} else ()
        bases = {base for base, below, _ in found if below}
        known = self.scope.definition(f"all {bases.pop()}", old=False) if len(bases) == 1 else None
        whole = known.body.args[0] if known is not None and known.body.head == "trans" else None
        return whole is not None and whole.head == "sym" and whole.data[0] == shown(key)

    def _explicit_vectors(self, key: str, vector: Node, high: Node, rows: bool) -> bool:  # noqa: FBT001  (of a table)
        r"""`Q = [q_1 \; \cdots \; q_n]`: the q_i are the columns of Q, of which other things may be said."""
        found = named(vector)
        base = found.base if found is not None else ""
        one = letter_of(base)
        known_as = self.scope.vectors | self.scope.rows | self.scope.bolds | set(self.scope.kinds)
        written = rows or base.startswith("bold ") or not known_as.isdisjoint({key, base})
        if letter_of(key) != one.upper() or not one.islower() or not written:
            return False
        try:
            count = size_of(high)
        except Unread:
            return False
        known = self.scope.kind(key, old=False)
        axis = 0 if rows else 1
        if known is not None and self.scope.kinds[key].certain and not same_size(known.shape[axis], count):
            return False
        if known is None or not self.scope.kinds[key].certain:
            all_of = self.scope.kind(f"all {base}", old=False)
            length = all_of.shape[1] if all_of is not None else Dim(f"n_all {base}_columns")
            if all_of is None and isinstance(length, Term):
                self.scope.elastic.add(length)
            known = Matrix[(count, length) if rows else (length, count)]
            self.scope.declare(key, known)
        whole = known.symbol(shown(key))
        self.scope.define(f"all {base}", whole if rows else whole.T)
        return True
