r"""Lists in square brackets, and the size of a matrix as a subscript.

    [[1, 2], [3, 4]]   [1, 2; 3, 4]      rows of a matrix: nested, or parted by semicolons
    [1 \quad 2 \quad 3]                  a row
    x = [1, 2, 3]                        a column, as `x = (1, 2, 3)` is: a small letter gets it as its value; or a row
    z = [1, 2] + 0.1 [3, 4]              sums of these
    [e^1, e^0] = [2.72, 1]               two columns, or two rows: the same is said of their entries
    [x_1 \; \cdots \; x_n]_{m \times n}      says its own size, and \langle x, y \rangle_{\mathbb{R}^n} its space

Elsewhere a list in square brackets may be a row, a column or an interval. A document that speaks of intervals means those.

Imports: calcds.document.source.latex, calcds.document.source.names.
"""

from __future__ import annotations

from collections.abc import Sequence

from calcds.document.source.latex import Node, walk
from calcds.document.source.names import atom_and_marks, is_transpose, named, opened, script

_FRAMES = {"square", "round", "grid"}
_SIGNS = {"times"}


def with_matrices(node: Node) -> Node:
    """A tree with lists that are matrices or rows for certain as such, and no sizes below brackets."""
    if not node.parts:
        return node
    applied = _applied(node) if node.kind == "product" else set[int]()
    node = node.holding(tuple(_inside(p) if k in applied else with_matrices(p) for k, p in enumerate(node.parts)))
    if node.kind == "unit" and len(node.parts) > 1 and node.parts[0].kind in _FRAMES and _is_size(node.parts[1]):
        return _of_size(node)
    if node.kind == "unit" and len(node.parts) > 1 and node.parts[0].kind in {"angle", "norm"} and _is_space(node.parts[1]):
        rest = (node.parts[0], *node.parts[2:])
        return rest[0] if len(rest) == 1 else node.holding(rest)
    rows = _rows(node) if node.kind == "square" else None
    if rows is None:
        return node
    cells = (Node("row", tuple(Node("cell", (one,), "", one.at, one.end) for one in row)) for row in rows)
    return Node("grid", tuple(cells), "bmatrix", node.at, node.end)


def _applied(product: Node) -> set[int]:
    """The brackets in a product that stand directly behind a factor, as the argument of `E[y; t]` does."""
    parts = product.parts
    return {k for k in range(1, len(parts)) if atom_and_marks(parts[k])[0].kind == "square" and parts[k - 1].kind != "MUL"}


def _inside(node: Node) -> Node:
    """A bracket that is an argument, with what stands in it."""
    if node.kind == "unit":
        return node.holding((_inside(node.parts[0]), *node.parts[1:]))
    return node.holding(tuple(map(with_matrices, node.parts)))


def _is_space(mark: Node) -> bool:
    r"""`_{\mathbb{R}^n}` below an inner product or a norm: of vectors with n entries the usual one."""
    inside = atom_and_marks(script(mark))[0] if mark.kind == "below" else mark
    return inside.kind == "SET" and inside.text == "R"


def _of_size(node: Node) -> Node:
    r"""A bracket without the size below it; `(a_{ij})_{m \times n}` is the matrix with these entries."""
    bracket, size, *rest = node.parts
    inside = opened(bracket.parts[0]) if bracket.kind != "grid" and len(bracket.parts) == 1 else bracket
    one = named(inside)
    below = [m for m in one.marks if m.kind == "below"] if one is not None else []
    if below:
        letters = script(below[-1])
        two = letters.kind == "product" and [p.kind for p in letters.parts] == ["NAME", "NAME"]
        highs = [p for p in script(size).parts if p.kind != "MUL"]
        if not two or len(highs) != 2 or rest:
            return node  # which of the letters count the rows is not told
        heads = [
            Node("unit", (Node("BIGOP", (), kind, bracket.at, bracket.end), _from_one(letter), Node("above", (high,))))
            for kind, letter, high in zip(("rows", "columns"), letters.parts, highs, strict=True)
        ]
        return Node("group", (Node("product", (*heads, inside)),), "", node.at, node.end)
    return bracket if not rest else node.holding((bracket, *rest))


def _from_one(letter: Node) -> Node:
    """`_{i=1}`."""
    item = Node("item", (letter, Node("REL", (), "=", letter.at, letter.end), Node("NUMBER", (), "1", letter.at, letter.end)))
    return Node("below", (item,), "", letter.at, letter.end)


def with_columns(sides: Sequence[Node], *, intervals: bool, rows: bool = False) -> list[Node]:
    """The sides of an equality with the lists in square brackets that are columns in round ones; or all of them as rows."""
    lists = [_is_plain_list(side) for side in sides]
    head = named(sides[0]) if sides else None
    taken = head is not None and not lists[0] and head.base.rpartition(" ")[2][:1].islower()
    if any(plain and _may_be_commutator(side) for side, plain in zip(sides, lists, strict=True)):
        return list(sides)
    made = any(map(_applies_a_matrix, sides)) and any(map(is_list_of_numbers, sides))
    if not intervals and (made or any(map(_adds_lists, sides))):
        return [_as_vectors(side, rows=rows) for side in sides]
    if sum(lists) < 2 and not (taken and any(lists) and not intervals):
        return list(sides)
    return [_as_vector(side, rows=rows) if plain else side for side, plain in zip(sides, lists, strict=True)]


def is_list_of_numbers(side: Node) -> bool:
    """Whether a side is a list of numbers in brackets, and nothing else."""
    atom, marks = atom_and_marks(opened(side))
    if atom.kind not in {"square", "round"} or marks or len(atom.parts) != 1 or atom.parts[0].kind != "items":
        return False
    parts = atom.parts[0].parts
    return len(parts) > 2 and {p.kind for p in parts[1::2]} == {"COMMA"} and all(_is_number(p) for p in parts[::2])


def _is_number(node: Node) -> bool:
    one = opened(node)
    return one.kind == "NUMBER" or (one.kind in {"product", "sum"} and [p.kind for p in one.parts[1:]] == ["NUMBER"])


def _adds_lists(side: Node) -> bool:
    """Whether a list of numbers in square brackets, or a multiple of one, is added to something."""
    terms = [p for p in opened(side).parts if p.kind != "ADD"] if opened(side).kind == "sum" else []
    return len(terms) > 1 and any(_is_square(t.parts[-1] if t.kind == "product" else t) for t in terms)


def _applies_a_matrix(side: Node) -> bool:
    """Whether a side is a product with a matrix, or a sum of such: `V v`, `u V + c`; "Im F" is none."""
    products = [n for n in walk(side) if n.kind == "product"]
    if any(n.kind in {"WORD", "FUNC", "SET", "round"} for n in walk(side)):
        return False
    names = [found.base[-1:] for n in products for p in n.parts if (found := named(p)) is not None]
    return any(letter.isupper() for letter in names) and any(letter.islower() for letter in names)


def _is_square(part: Node) -> bool:
    return opened(part).kind == "square" and is_list_of_numbers(part)


def _as_vectors(node: Node, *, rows: bool) -> Node:
    """A side with all lists of numbers in square brackets as columns or rows."""
    if _is_square(node):
        return _as_vector(node, rows=rows)
    inner = node.kind in {"sum", "product", "items"}
    return node.holding(tuple(_as_vectors(p, rows=rows) for p in node.parts)) if inner else node


def _is_size(mark: Node) -> bool:
    r"""`_{m \times n}`, which no index is."""
    inside = script(mark) if mark.kind == "below" else mark
    return inside.kind == "product" and any(p.kind == "MUL" and p.text in _SIGNS for p in inside.parts)


def _rows(square: Node) -> list[list[Node]] | None:
    """The rows of a list in square brackets; None where it is no matrix for certain."""
    inside = square.parts[0]
    if inside.kind != "items" or len(inside.parts) < 3:
        return None
    if any(n.kind in {"DOTS", "REL", "TEXT"} for n in walk(inside)):
        return None
    parts, marks = inside.parts[::2], {p.kind for p in inside.parts[1::2]}
    if marks == {"QUAD"}:
        return [list(parts)]
    if "SEMI" in marks and marks <= {"SEMI", "COMMA"}:
        rows: list[list[Node]] = [[]]
        for part in inside.parts:
            if part.kind == "SEMI":
                rows.append([])
            elif part.kind != "COMMA":
                rows[-1].append(part)
        return rows if len({len(row) for row in rows}) == 1 and rows[0] else None
    nested = [opened(p) for p in parts]
    if marks == {"COMMA"} and all(p.kind == "square" and len(p.parts) == 1 for p in nested):
        rows = [_elements(p) for p in nested]
        return rows if len({len(row) for row in rows}) == 1 else None
    return None


def _elements(bracket: Node) -> list[Node]:
    inside = bracket.parts[0]
    return [p for p in inside.parts if p.kind != "COMMA"] if inside.kind == "items" else [inside]


def _is_plain_list(side: Node) -> bool:
    r"""`[1, 2, 3]` alone on its side, perhaps transposed."""
    atom, marks = atom_and_marks(opened(side))
    if atom.kind != "square" or len(atom.parts) != 1 or atom.parts[0].kind != "items" or not all(map(is_transpose, marks)):
        return False
    inside = atom.parts[0].parts
    return len(inside) > 1 and {p.kind for p in inside[1::2]} == {"COMMA"} and not any(n.kind == "DOTS" for n in walk(atom))


def _may_be_commutator(side: Node) -> bool:
    """`[A, B]`, which is AB - BA for some authors."""
    inside = atom_and_marks(opened(side))[0].parts[0].parts
    return len(inside) == 3 and any(n.kind == "NAME" and n.text.isupper() for part in inside for n in walk(part))


def _as_vector(side: Node, *, rows: bool) -> Node:
    """A list as a column, or as a row."""
    atom, marks = atom_and_marks(opened(side))
    if rows:
        cells = tuple(Node("cell", (one,), "", one.at, one.end) for one in _elements(atom))
        whole = Node("grid", (Node("row", cells),), "bmatrix", atom.at, atom.end)
    else:
        whole = Node("round", atom.parts, "", atom.at, atom.end)
    return Node("unit", (whole, *marks), "", side.at, side.end) if marks else whole


__all__ = ["is_list_of_numbers", "with_columns", "with_matrices"]
