r"""Quotients of differentials as they are printed: `\frac{d^2 y}{dx^2}`, `\frac{\partial}{\partial x \partial y}`.

Imports: calcds.document.source.latex, calcds.document.source.names, calcds.document.source.raw.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from calcds.document.source.latex import Node, remembered, walk
from calcds.document.source.names import (
    Named,
    atom_and_marks,
    is_d,
    is_square,
    is_transpose,
    named,
    opened,
    script,
)
from calcds.document.source.raw import Unread

DIFFERENTIALS = {"d", "partial"}
INDICES = set("ijklmnpqrs") | {"mu", "nu"}  # subscripts of \\partial that are no variables
FIELDS = {"f", "F", "ell", "L", "J", "cal L"}  # letters of functions that are numbers where a gradient of them is printed
MOST_ORDERS = 50  # so often something is differentiated
Quotient = tuple[Named, Named]  # what is differentiated, and by what


@remembered
def quotients(tree: Node) -> Iterator[Quotient]:
    r"""The derivatives of a formula that have a name above: `\frac{\partial L}{\partial w_1}`."""
    for node in walk(tree):
        if node.kind == "product":
            yield from _inline(node.parts)
            yield from _operators(node.parts)
            yield from _gradients(node.parts)
        if node.kind != "frac":
            continue
        try:
            above = differential(node.parts[0])
            below = places_of(opened(node.parts[1])) if above is not None and len(above[0]) == 1 else None
        except Unread:
            continue  # a derivative of the order 10^9
        top = named(above[0][0]) if above is not None and below else None
        for variable, _ in below or ():
            bottom = named(variable)
            if top is not None and bottom is not None:
                yield top, bottom


def _inline(parts: Sequence[Node]) -> Iterator[Quotient]:
    r"""`\partial L / \partial w` in a line."""
    for k in range(len(parts) - 4):
        sign, top, slash, below, bottom = parts[k : k + 5]
        plain = [p.text for p in (sign, slash, below)] in (["partial", "/", "partial"], ["d", "/", "d"])
        names = named(top), named(bottom)
        if plain and names[0] is not None and names[1] is not None:
            yield names[0], names[1]


def _gradients(parts: Sequence[Node]) -> Iterator[Quotient]:
    r"""`\nabla_W L`."""
    for sign, following in pairwise(parts):
        atom, marks = atom_and_marks(sign)
        bottom = named(script(marks[0])) if atom.kind == "NABLA" and [m.kind for m in marks] == ["below"] else None
        top = named(following) if bottom is not None else None
        if bottom is not None and top is not None:
            yield top, bottom


def under_nabla(tree: Node) -> Iterator[Named]:
    r"""The names behind a nabla that does not say by what it differentiates, with no argument: the f of `\nabla^2 f`."""
    for node in walk(tree):
        for sign, following in pairwise(node.parts) if node.kind == "product" else ():
            atom, marks = atom_and_marks(sign)
            name = named(following) if atom.kind == "NABLA" and all(m.kind != "below" for m in marks) else None
            if name is not None:
                yield name


def applied_under_nabla(tree: Node) -> Iterator[Named]:
    r"""The names behind a nabla with one name in a bracket behind them: the L of `\nabla L(w)` is a function."""
    for node in walk(tree):
        parts = node.parts if node.kind == "product" else ()
        for sign, function, argument in zip(parts, parts[1:], parts[2:], strict=False):
            name = named(function) if atom_and_marks(sign)[0].kind == "NABLA" else None
            alone = argument.kind == "round" and len(argument.parts) == 1 and named(opened(argument.parts[0])) is not None
            if name is not None and alone and all(m.kind == "below" for m in name.marks):
                yield name


def _operators(parts: Sequence[Node]) -> Iterator[Quotient]:
    r"""`\frac{\partial}{\partial x} f`, with other operators between."""
    variables: list[Named] = []
    for part in parts:
        above = _order_of(part)
        if above is not None:
            variables += [n for variable, _ in places_of(opened(part.parts[1])) or () if (n := named(variable)) is not None]
            continue
        top = named(part)
        for variable in variables if top is not None else ():
            yield top, variable  # type: ignore[misc]
        variables = []


def _order_of(node: Node) -> int | None:
    r"""The order of `\frac{\partial}{\partial x}`, which has nothing behind its sign."""
    try:
        above = differential(node.parts[0]) if node.kind == "frac" else None
    except Unread:
        return None
    return above[1] if above is not None and not above[0] else None


def places_of(below: Node) -> list[tuple[Node, int]] | None:
    r"""The variables of `dx^2`, `\partial x \partial y`."""
    parts = list(below.parts) if below.kind == "product" else [below]
    found: list[tuple[Node, int]] = []
    k = 0
    while k < len(parts):
        if parts[k].kind not in {"NAME", "PARTIAL"} or parts[k].text not in DIFFERENTIALS or k + 1 >= len(parts):
            return None
        variable, count = without_power(opened(parts[k + 1]))
        variable = square_in(variable) or variable
        if found and (turned := named(variable)) is not None and len(turned.marks) == 1 and is_transpose(turned.marks[0]):
            variable = opened(variable.parts[0])  # the Hessian, by x and x^T
        if named(variable) is None and not _is_entry(variable):
            return None
        found.append((variable, count))
        k += 2
    return found


def _is_entry(node: Node) -> bool:
    """`(W_2)_{kj}`."""
    atom, marks = atom_and_marks(node)
    plain = atom.kind == "round" and len(atom.parts) == 1 and named(atom.parts[0]) is not None
    return plain and [m.kind for m in marks] == ["below"]


def square_in(node: Node) -> Node | None:
    r"""The square of `(\sigma^2)`, which is a variable of its own; None for anything else."""
    inside = opened(node.parts[0]) if node.kind == "round" and len(node.parts) == 1 else None
    power = inside is not None and inside.kind == "unit" and is_square(inside.parts[-1]) and named(inside) is not None
    return inside if power else None


def by_squares(places: Sequence[tuple[Node, int]], order: int) -> list[Node] | None:
    r"""The variables of `\frac{\partial f}{\partial \sigma^2}`, where the order says that the square is one; None where not."""
    found: list[Node] = []
    for variable, count in places:
        if count == 2 and named(variable) is not None:
            two = Node("above", (Node("NUMBER", (), "2", variable.at, variable.end),), "", variable.at, variable.end)
            parts = variable.parts if variable.kind == "unit" else (variable,)
            found.append(Node("unit", (*parts, two), "", variable.at, variable.end))
        else:
            found += [variable] * count
    return found if len(found) == order else None


def with_quotients(node: Node, coordinates: str) -> Node:
    r"""A tree in which `\partial_i f` is `\frac{\partial}{\partial x_i} f`; coordinates: the x of it."""
    if not node.parts:
        return node
    parts = tuple(with_quotients(p, coordinates) for p in node.parts)
    if node.kind == "unit" and parts[0].kind == "PARTIAL" and len(parts) > 1:
        below = [p for p in parts[1:] if p.kind == "below"]
        above = [p for p in parts[1:] if p.kind == "above"]
        if len(below) == 1 and len(below) + len(above) == len(parts) - 1:
            sign = parts[0]
            letters = script(below[0])
            if not above and letters.kind == "product" and all(p.kind == "NAME" for p in letters.parts):
                order = Node("above", (Node("NUMBER", (), str(len(letters.parts))),))  # `\partial_{xy}`
                row = tuple(one for letter in letters.parts for one in (sign, letter))
                top = Node("unit", (sign, order), "", sign.at, sign.end)
                return Node("frac", (top, Node("product", row, "", node.at, node.end)), "", node.at, node.end)
            top, bottom = sign, _coordinate(letters, coordinates)
            if above:
                top = Node("unit", (sign, *above), "", sign.at, sign.end)
                bottom = Node("unit", (*(bottom.parts if bottom.kind == "unit" else (bottom,)), *above))
            return Node("frac", (top, Node("product", (sign, bottom))), "", node.at, node.end)
    return node.holding(tuple(_divided(_ungrouped(parts))) if node.kind == "product" else parts)


def _ungrouped(parts: Sequence[Node]) -> list[Node]:
    r"""Factors with `{\color{red} \frac{\partial L}{\partial y}}`, a quotient in braces for its colour, as the quotient."""
    return [opened(part) if part.kind == "group" and opened(part).kind == "frac" else part for part in parts]


def _divided(parts: Sequence[Node]) -> list[Node]:
    r"""Factors with `{\partial y}/{\partial z}`, a quotient of differentials in braces, as `\frac{\partial y}{\partial z}`."""
    done: list[Node] = []
    for part in parts:
        quotient = len(done) > 1 and done[-1].kind == "MUL" and done[-1].text == "/" and _is_differential(done[-2])
        if quotient and _is_differential(part):
            top = done[-2]
            done[-2:] = [Node("frac", (top, part), "", top.at, part.end)]
        else:
            done.append(part)
    return done


def _is_differential(node: Node) -> bool:
    r"""`{\partial y}` or `{dz}`, in braces."""
    inside = opened(node)
    head = atom_and_marks(inside.parts[0])[0] if inside.kind == "product" else inside
    return node.kind == "group" and (head.kind == "PARTIAL" or (inside.kind == "product" and is_d(head)))


def with_entries(node: Node) -> Node:
    r"""A tree in which `\nabla f(x)_i` is `(\nabla f(x))_i`: an entry of the gradient, as f has only one value."""
    if not node.parts:
        return node
    parts = [with_entries(p) for p in node.parts]
    for k in range(len(parts) - 2) if node.kind == "product" else ():
        sign, name, (bracket, marks) = parts[k], named(parts[k + 1]), atom_and_marks(parts[k + 2])
        if atom_and_marks(sign)[0].kind != "NABLA" or name is None or bracket.kind != "round" or len(marks) != 1:
            continue
        if marks[0].kind == "below":
            gradient = Node("product", (sign, parts[k + 1], bracket), "", sign.at, bracket.end)
            whole = Node("round", (Node("items", (gradient,)),), "", sign.at, bracket.end)
            parts[k : k + 3] = [Node("unit", (whole, *marks), "", sign.at, parts[k + 2].end)]
            break
    if node.kind == "product" and len(parts) == 1:
        return parts[0]
    return node.holding(tuple(parts))


def _coordinate(inside: Node, coordinates: str) -> Node:
    r"""The variable of `\partial_i`: a coordinate where the subscript is an index, else the subscript itself."""
    if inside.kind == "NUMBER" or (inside.kind == "NAME" and inside.text in INDICES):
        return Node("unit", (Node("NAME", (), coordinates), Node("below", (inside,))), "", inside.at, inside.end)
    return inside


def spread(node: Node) -> Node:
    r"""A tree in which `\partial x^2` below a bar is `\partial x \partial x`, as it is beside mixed derivatives."""
    if not node.parts:
        return node
    parts = tuple(map(spread, node.parts))
    if node.kind == "frac" and differential(node.parts[0]) is not None:
        sign = opened(node.parts[1])
        places = places_of(sign) or []
        if any(count > 1 for _, count in places):
            d = sign.parts[0]
            row = tuple(one for variable, count in places for _ in range(count) for one in (d, variable))
            parts = (node.parts[0], Node("product", row, "", sign.at, sign.end))
    return node.holding(parts)


def differential(top: Node) -> tuple[list[Node], int] | None:
    r"""The body behind `d` or `\partial^2` in a numerator, and the order."""
    top = opened(top)
    parts = list(top.parts) if top.kind == "product" else [top]
    first, marks = atom_and_marks(parts[0])
    if first.kind not in {"NAME", "PARTIAL"} or first.text not in DIFFERENTIALS:
        return None
    if not marks:
        return parts[1:], 1
    power = script(marks[0])
    if len(marks) == 1 and marks[0].kind == "above" and power.kind == "NUMBER" and power.text.isdecimal():
        return parts[1:], _order(power)
    return None


def is_operator(node: Node) -> bool:
    r"""Whether a factor is `\frac{d}{dx}` alone, which differentiates what stands behind it."""
    atom, marks = atom_and_marks(node)
    found = differential(atom.parts[0]) if atom.kind == "frac" and not marks else None
    return found is not None and not found[0]


def _order(node: Node) -> int:
    """How often is differentiated."""
    if not node.text.isdecimal() or len(node.text) > len(str(MOST_ORDERS)) or int(node.text) > MOST_ORDERS:
        raise Unread(f"a derivative of order {node.text[:9]}", node.at, node.end)
    return int(node.text)


def without_power(node: Node) -> tuple[Node, int]:
    """`x^2` in a denominator: the variable, and how often."""
    if node.kind == "unit" and node.parts[-1].kind == "above" and script(node.parts[-1]).kind == "NUMBER":
        rest = node.parts[:-1]
        return (rest[0] if len(rest) == 1 else Node("unit", rest, "", node.at, node.end)), _order(
            script(node.parts[-1])
        )
    return node, 1
