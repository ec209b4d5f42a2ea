r"""What a text says of functions that it gives no formula for: on what they depend, and what stands for their variables.

    f(x, y),  f(x(t), y(t))             f is a function of x and y, and these are functions of t
    x = r \cos\theta                    what a variable is in other coordinates
    w(x, t) = p(x - ct) + q(x + ct)     a formula in functions that are not specified
    F(x, y) = 0,  F(x, y(x)) = 0        an equation that ties x and y

Nothing of this is a claim. `following.unspecified` asks what derivatives such as `f_x` and `w_{tt}` are then.

Imports: calcds.document.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from calcds.document.source.differentials import differential, places_of
from calcds.document.source.latex import Node, walk
from calcds.document.source.names import Named, atom_and_marks, named, names_in, opened, script
from calcds.document.source.raw import Unread
from calcds.document.source.statements import Cut
from calcds.document.words.heads import head_of, key_of

_USUAL = set("fghFGH")  # letters of functions, which are no variables of others
MOST_LETTERS = 4  # so often a subscript differentiates
TOTAL = "d/d "  # how the name for `\\frac{df}{dx}` begins, of an f(x, y) with a y that may depend on x


@dataclass(frozen=True, slots=True)
class Call:
    """A name before a bracket.

    letters: its arguments, where they are plain names, or such names applied to others: x and y of `f(x(t), y(t))`
    nodes: its arguments as they are printed
    primes: how many stand between the two
    """

    key: str
    letters: tuple[str, ...]
    nodes: tuple[Node, ...]
    primes: int
    at: int

    @property
    def plain(self) -> bool:
        """Whether all arguments are different names."""
        return all(self.letters) and len(set(self.letters)) == len(self.letters)


@dataclass(frozen=True, slots=True)
class Formula:
    """An equation that may say what a name stands for, or a function of some parameters."""

    key: str
    parameters: tuple[str, ...]
    body: Node
    at: int

    @property
    def letters(self) -> frozenset[str]:
        """The names in the formula."""
        return frozenset(name.base for name in names_in(self.body))


@dataclass(slots=True)
class Heard:
    """What a section says of its functions."""

    calls: list[Call] = field(default_factory=list)
    formulas: list[Formula] = field(default_factory=list)
    tied: list[Call] = field(default_factory=list)  # `F(x, y) = 0`
    subscripts: dict[str, set[tuple[str, ...]]] = field(default_factory=dict)  # letters below a name
    slopes: set[str] = field(default_factory=set)  # names of which an equation gives the derivative: `x' = f(x)`
    words: list[tuple[int, str]] = field(default_factory=list)  # with their places


def gather_unspecified(pieces: Iterable[Cut], heard: dict[int, Heard]) -> None:
    """Learn what the sections say, from all formulas of a document."""
    for piece in pieces:
        here = heard.setdefault(piece.segment.section, Heard())
        here.words.append((piece.segment.at, piece.segment.before))
        for statement in piece.statements:
            trees = [(side, piece.trees.get(side)) for side in statement.sides]
            for side, tree in trees:
                if isinstance(tree, Node):
                    here.calls += calls_in(tree, side.at)
                    for name in names_in(tree):
                        if letters := letters_below(name):
                            here.subscripts.setdefault(name.base, set()).add(letters)
            if len(trees) > 1 and trees[1][0].relation in {"=", ":="}:
                _hear_equation(trees[0][1], trees[1][1], trees[0][0].at, here)


def _hear_equation(left: Node | Unread | None, right: Node | Unread | None, at: int, here: Heard) -> None:
    if not isinstance(left, Node) or not isinstance(right, Node):
        return
    side = opened(left)
    if (slope := _slope_of(side)) is not None:
        here.slopes.add(slope)
    zero = opened(right)
    whole = [call for call in calls_in(left, at) if len(opened(left).parts) == 2 and not call.primes]
    if zero.kind == "NUMBER" or (zero.kind == "NAME" and zero.text in {"c", "C", "k"}):
        here.tied += [one for one in whole if one.plain and len(one.letters) > 1][:1]
        return
    head = head_of(side)
    key = head[0] if head is not None else key_of(side)
    if key is not None:
        parameters = tuple(key_of(n) or "" for n in head[1]) if head is not None and not head[2] else ()
        here.formulas.append(Formula(key, parameters, right, at))


def _slope_of(side: Node) -> str | None:
    r"""The x of `x'`, `x'(t)`, `\dot x` and `\frac{dx}{dt}`."""
    first = side.parts[0] if side.kind == "product" and len(side.parts) == 2 else side
    name = named(first)
    if name is not None:
        dotted = name.base.startswith(("dot ", "ddot "))
        primed = any(m.kind == "prime" for m in name.marks)
        return name.base.rpartition(" ")[2] if dotted or primed else None
    above = opened(first.parts[0]) if first.kind == "frac" else first
    parts = above.parts if above.kind == "product" else ()
    top = named(parts[1]) if len(parts) == 2 and opened(parts[0]).text == "d" else None
    inverse = top is not None and any(m.kind == "above" and script(m).kind != "NUMBER" for m in top.marks)
    return top.base if top is not None and not inverse else None


def calls_in(tree: Node, at: int) -> Iterator[Call]:
    """The names of a tree with brackets behind them."""
    for product in (node for node in walk(tree) if node.kind == "product"):
        for one, other in zip(product.parts, product.parts[1:], strict=False):
            name, (bracket, _) = named(one), atom_and_marks(other)
            if name is None or bracket.kind != "round" or len(bracket.parts) != 1:
                continue
            if any(m.kind not in {"prime", "below"} for m in name.marks):
                continue
            inside = bracket.parts[0]
            nodes = tuple(p for p in inside.parts if p.kind != "COMMA") if inside.kind == "items" else (inside,)
            primes = sum(m.kind == "prime" for m in name.marks)
            yield Call(name.base, tuple(map(_letter, nodes)), nodes, primes, at)


def _letter(node: Node) -> str:
    """The x of `x` and `x(t)`; "" for anything else."""
    inside = opened(node)
    if inside.kind == "product" and len(inside.parts) == 2 and inside.parts[1].kind == "round":
        inside = opened(inside.parts[0])
        return inside.text if inside.kind == "NAME" and inside.text not in _USUAL else ""
    return inside.text if inside.kind == "NAME" else ""


def letters_below(name: Named) -> tuple[str, ...]:
    r"""The letters of `f_{xy}` and `u_{\theta\theta}`; none where something else stands below a name."""
    if [m.kind for m in name.marks] not in (["below"], ["below", "above"]):
        return ()
    inside = script(name.marks[0])
    nodes: Sequence[Node] = inside.parts if inside.kind == "product" else (inside,)
    letters = tuple(opened(n).text for n in nodes)
    plain = all(opened(n).kind == "NAME" for n in nodes) and len(letters) <= MOST_LETTERS
    return letters if plain and _USUAL.isdisjoint(letters) else ()


def with_subscripts(node: Node, variables: Callable[[str], tuple[str, ...]]) -> Node:
    r"""A tree with `f_x` for `\frac{\partial f}{\partial x}`, and a name for `\frac{df}{dt}`, where the variables are known."""
    node = node.holding(tuple(with_subscripts(p, variables) for p in node.parts))
    if node.kind == "frac":
        return _of_quotient(node, variables)
    if node.kind != "product":
        return node
    k, done = 0, list[Node]()
    while k < len(node.parts):
        five = node.parts[k : k + 5]
        quotient = _inline(five)
        found = quotient if quotient is None else _of_quotient(quotient, variables)
        taken = found is not None and found is not quotient
        done.append(found if taken and found is not None else node.parts[k])
        k += len(five) if taken else 1
    return node.holding(tuple(done)) if len(done) > 1 else done[0]


def _inline(five: Sequence[Node]) -> Node | None:
    r"""`\partial f / \partial x` as a fraction."""
    signs = [five[k].text for k in (0, 2, 3)] if len(five) > MOST_LETTERS else []
    if signs not in (["partial", "/", "partial"], ["d", "/", "d"]):
        return None
    halves = (Node("product", tuple(five[k : k + 2]), "", five[k].at, five[k + 1].end) for k in (0, 3))
    return Node("frac", tuple(halves), "", five[0].at, five[4].end)


def _of_quotient(node: Node, variables: Callable[[str], tuple[str, ...]]) -> Node:
    try:
        above, below = differential(node.parts[0]), places_of(opened(node.parts[1]))
    except Unread:
        return node
    if above is None or not below or len(above[0]) != 1:
        return node
    letters = [variable for variable, times in below for _ in range(times)]
    name = named(above[0][0])
    plain = all(opened(letter).kind == "NAME" for letter in letters) and len(letters) == above[1] <= MOST_LETTERS
    if name is None or name.marks or opened(above[0][0]).kind != "NAME" or not plain or not variables(name.base):
        return node
    listed = tuple(map(opened, letters))
    if not any(n.kind == "PARTIAL" for n in walk(node.parts[0])):
        whole = len(listed) == 1 and listed[0].text in variables(name.base) and len(variables(name.base)) > 1
        return Node("NAME", (), f"{TOTAL}{name.base} {listed[0].text}", node.at, node.end) if whole else node
    inside = listed[0] if len(listed) == 1 else Node("product", listed, "", node.at, node.end)
    return Node("unit", (opened(above[0][0]), Node("below", (inside,), "", node.at, node.end)), "", node.at, node.end)


__all__ = ["TOTAL", "Call", "Formula", "Heard", "calls_in", "gather_unspecified", "letters_below", "with_subscripts"]
