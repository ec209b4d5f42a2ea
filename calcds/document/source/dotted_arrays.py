r"""Lists and matrices with dots: `(x_1, \dots, x_n)`, `[q_1 \; \cdots \; q_n]`, rows and columns with `\vdots` and `\cdots`.

They become operators with an index over what is put below each other (`rows`) or beside each other (`columns`): a matrix
whose entry is a_{ij} is `rows_{i=1}^m columns_{j=1}^n a_{ij}`. The two directions are found one after the other: first the
form of every printed row, then the form of these forms. A matrix with zeros or blanks off its diagonal is `diag` of a list.

Imports: calcds.document.source.latex, calcds.document.source.linear, calcds.document.source.names, calcds.document.source.patterns.
"""

from __future__ import annotations

from collections.abc import Sequence

from calcds.document.source.differentials import spread
from calcds.document.source.latex import Node, walk
from calcds.document.source.linear import same
from calcds.document.source.names import BINDING, atom_and_marks, is_transpose, named, opened, script
from calcds.document.source.patterns import factors_of, form_of, operator

MATRICES = {"matrix", "pmatrix", "bmatrix", "vmatrix", "Bmatrix", "smallmatrix", "array"}
STACKS = BINDING - {"sum", "prod"}
_SEPARATORS = {"COMMA", "QUAD"}
_Cells = list[Node | None]


def array_of(node: Node) -> Node:
    """A bracket or an environment with dots as an array; anything else as it is."""
    if node.kind == "round":
        return _list(node, "list")
    if node.kind == "square":
        return _list(node, "block")
    if node.kind == "unit":
        return _by_one_entry(node) or _transposed(node)
    if node.kind == "grid" and node.text in MATRICES:
        found = _grid(node)
        if found is not None:
            return _determinant(found) if node.text == "vmatrix" else found
    return node


def _by_one_entry(node: Node) -> Node | None:
    r"""`[a_i b_i]_{i=1}^n`: one entry for all, with its range; of `[x^2]_{x=0}^1` the x is no index."""
    atom, marks = atom_and_marks(node)
    if [m.kind for m in marks] not in (["below", "above"], ["above", "below"]) or atom.kind not in {"square", "round", "grid"}:
        return None
    rows = atom.parts
    cells = rows[0].parts if atom.kind == "grid" and len(rows) == 1 and len(rows[0].parts) == 1 else rows
    ranges = [n for m in marks if m.kind == "below" for n in walk(m) if n.kind == "item" and len(n.parts) == 3]
    index = opened(ranges[0].parts[0]) if len(ranges) == 1 and ranges[0].parts[1].text == "=" else None
    if index is None or index.kind != "NAME" or len(cells) != 1 or (atom.kind == "grid" and cells is rows):
        return None
    body = cells[0].parts[0] if atom.kind == "grid" and cells[0].parts else cells[0]
    below = {id(n) for one in walk(body) if one.kind == "below" for n in walk(one)}
    places = [id(n) in below for n in walk(body) if n.kind == "NAME" and n.text == index.text]
    if not all(places) or (not places and opened(body).kind != "NUMBER"):
        return None
    low, high = Node("below", (ranges[0],)), next(m for m in marks if m.kind == "above")
    head = Node("unit", (Node("BIGOP", (), "rows", atom.at, atom.end), low, high), "", node.at, node.end)
    return Node("group", (Node("product", (head, *factors_of(body))),), "", node.at, node.end)


def stack_of(node: Node) -> tuple[str, Node, Node] | None:
    """The operator, its head and its body, where a tree is an array by rows or columns."""
    inside = opened(node)
    head = atom_and_marks(inside.parts[0])[0] if inside.kind == "product" else inside
    if head.kind != "BIGOP" or head.text not in STACKS:
        return None
    body = inside.parts[1] if len(inside.parts) == 2 else Node("product", inside.parts[1:])
    return head.text, inside.parts[0], body


def listed_with_dots(bracket: Node) -> bool:
    r"""Whether a bracket was `(x_1, \\dots, x_n)`."""
    found = stack_of(bracket.parts[0]) if len(bracket.parts) == 1 else None
    return found is not None and found[0] in {"list", "block"}


def entries_of(node: Node) -> tuple[Node, list[tuple[str, Node]]] | None:
    """The name in an array of plain entries that count from 1, with its indices and their ranges, rows first."""
    node = opened(node)
    atom, marks = atom_and_marks(node)
    turned = bool(marks) and len(marks) == 1 and is_transpose(marks[0])
    if marks and not turned:
        return None
    axes: list[tuple[str, str, Node]] = []
    here = atom.parts[0] if atom.kind in {"round", "square"} and len(atom.parts) == 1 else atom
    while (found := stack_of(here)) is not None:
        kind, head, here = found
        item, high = head.parts[1].parts[0], head.parts[2].parts[0]
        if item.parts[2].text != "1" or kind == "block":
            return None
        axes.append((kind, item.parts[0].text, high))
    kinds = [kind for kind, _, _ in axes]
    if named(here) is None or kinds not in (["rows"], ["list"], ["columns"], ["rows", "columns"]):
        return None
    row = axes[0][0] == "columns"
    if row != turned and not (turned and axes[0][0] == "list"):
        return None
    return here, [(index, high) for _, index, high in axes]


def vectors_of(node: Node) -> tuple[Node, Node, bool] | None:
    r"""The name in `[q_1 \\; \\cdots \\; q_n]`, how many there are, and whether they are rows (then `q_1^T` is printed)."""
    atom, marks = atom_and_marks(opened(node))
    found = stack_of(atom.parts[0] if atom.kind == "square" and len(atom.parts) == 1 else atom)
    if marks or found is None:
        return None
    kind, head, body = found
    item, high = head.parts[1].parts[0], head.parts[2].parts[0]
    name, after = atom_and_marks(body)
    rows = kind == "rows" and bool(after) and is_transpose(after[-1])
    vector = Node("unit", (name, *after[:-1])) if rows else body
    one = named(vector)
    indexed = one is not None and len(one.marks) == 1 and one.marks[0].kind == "below" and item.parts[2].text == "1" and (
        script(one.marks[0]).text == item.parts[0].text
    )  # fmt: skip
    return (vector, high, rows) if indexed and (rows or kind in {"columns", "block"}) else None


# -- lists ----------------------------------------------------------------------------------------------------------


def beside(node: Node) -> list[Node] | None:
    r"""`q_1 \\; \\cdots \\; q_n` in square brackets, where nothing stands between but the dots; None for anything else."""
    inside = opened(node.parts[0]) if node.kind in {"square", "cell"} and len(node.parts) == 1 else node
    if inside.kind != "product" or any(p.kind in {"MUL", "ADD"} for p in inside.parts):
        return None
    return list(inside.parts) if any(opened(p).kind == "DOTS" for p in inside.parts) else None


def _list(node: Node, kind: str) -> Node:
    inside = node.parts[0] if len(node.parts) == 1 else node
    elements = beside(node)
    if elements is None:
        if inside.kind != "items" or any(p.kind in {"MID", "SEMI", "COLON", "STOP"} for p in inside.parts):
            return node
        elements = [p for p in inside.parts if p.kind not in _SEPARATORS]
    found = _stacked(elements, kind)
    return node if found is None else node.holding((Node("items", (found,)),))


def _stacked(elements: Sequence[Node], kind: str) -> Node | None:
    """An operator over the elements of a list with dots."""
    places = [k for k, e in enumerate(elements) if opened(e).kind == "DOTS"]
    if len(places) != 1 or not 0 < places[0] < len(elements) - 1:
        return None
    form = form_of(elements[: places[0]], elements[places[0] + 1 :])
    return None if form is None else operator(kind, form)


def _transposed(node: Node) -> Node:
    r"""`(x_1, \\dots, x_n)^T` is a column, and so is `[x_1, \\dots, x_n]^T`."""
    bracket, marks = atom_and_marks(node)
    if bracket.kind != "square" or not marks or not is_transpose(marks[0]) or not listed_with_dots(bracket):
        return node
    _, head, body = stack_of(bracket.parts[0]) or ("", node, node)
    columns = Node("unit", (Node("BIGOP", (), "columns"), *head.parts[1:]))
    inside = Node("group", (Node("product", (columns, *(body.parts if body.kind == "product" else (body,)))),))
    return Node("unit", (inside, *marks), "", node.at, node.end)


# -- matrices -------------------------------------------------------------------------------------------------------


def _grid(node: Node) -> Node | None:
    rows = [[content_of(cell) for cell in row.parts] for row in node.parts]
    if rows and rows[-1] == [None]:
        rows.pop()
    if not rows or not any(_is_dots(cell) for row in rows for cell in row):
        return None
    width = max(map(len, rows))
    rows = [[*row, *[None] * (width - len(row))] for row in rows]
    if (found := _diagonal(rows, node)) is not None:
        return found
    across = [k for k, row in enumerate(rows) if is_gap(row)]
    down = [k for k in range(width) if is_gap([row[k] for i, row in enumerate(rows) if i not in across])]
    if len(across) > 1 or len(down) > 1:
        return None
    made = [_row([c for k, c in enumerate(row) if k not in down], down) for i, row in enumerate(rows) if i not in across]
    lines = [line for line in made if line is not None]
    if len(lines) < len(made):
        return None
    if not across:
        return Node("grid", tuple(Node("row", (Node("cell", (line,)),)) for line in lines), "bmatrix", node.at, node.end)
    return _stacked([*lines[: across[0]], Node("DOTS"), *lines[across[0] :]], "rows")


def content_of(cell: Node) -> Node | None:
    """What stands in a cell, without the comma behind it."""
    if not cell.parts:
        return None
    inside = cell.parts[0]
    parts = [p for p in (inside.parts if inside.kind == "items" else (inside,)) if p.kind != "COMMA"]
    return opened(spread(parts[0])) if len(parts) == 1 else Node("items", tuple(parts))


def _is_dots(cell: Node | None) -> bool:
    return cell is not None and cell.kind == "DOTS"


def is_gap(cells: Sequence[Node | None]) -> bool:
    """A row or a column of dots."""
    return any(map(_is_dots, cells)) and all(c is None or _is_dots(c) for c in cells)


def _row(cells: _Cells, down: Sequence[int]) -> Node | None:
    """A row as one tree: its entries beside each other."""
    full = [c for c in cells if c is not None and c.kind not in {"DOTS", "items"}]
    if len(full) < len(cells) or not full:
        return None
    if down:
        return _stacked([*full[: down[0]], Node("DOTS"), *full[down[0] :]], "columns")
    if len(full) == 1:
        return full[0]
    return Node("grid", (Node("row", tuple(Node("cell", (c,)) for c in full)),), "bmatrix")


def _diagonal(rows: Sequence[_Cells], node: Node) -> Node | None:
    """A matrix with nothing but zeros, blanks and dots off its diagonal."""
    n = len(rows)
    off = [rows[i][j] for i in range(n) for j in range(len(rows[0])) if i != j]
    if len(rows[0]) != n or any(not (c is None or _is_dots(c) or _is_zero(c)) for c in off):
        return None
    entries = [rows[k][k] for k in range(n)]
    there = [c for c in entries if c is not None]
    if len(there) < n or sum(map(_is_dots, there)) != 1 or _is_dots(there[0]) or _is_dots(there[-1]):
        return None
    printed = [c for c in there if not _is_dots(c)]
    if same(*printed):
        identity = Node("identity", (), "I", node.at, node.end)
        one = printed[0].kind == "NUMBER" and printed[0].text == "1"
        return identity if one else Node("product", (Node("group", (printed[0],)), identity))
    found = _stacked(there, "rows")
    return None if found is None else _call("diag", found)


def _is_zero(cell: Node) -> bool:
    return cell.kind == "NUMBER" and cell.text == "0"


def _call(name: str, argument: Node) -> Node:
    return Node("group", (Node("product", (Node("FUNC", (), name), Node("round", (argument,)))),))


def _determinant(found: Node) -> Node:
    return _call("det", found)
