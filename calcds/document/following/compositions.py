r"""Rules for compositions and inverses of functions that are not specified, and for gradients of products of them.

    J_{f \circ g}(x) = J_f(g(x)) J_g(x),  D(f \circ g)(x) = Df(g(x)) Dg(x),  \nabla (f \circ g)(x) = J_g(x)^T \nabla f(g(x))
    (f^{-1})'(y) = \frac{1}{f'(f^{-1}(y))}
    \nabla(fg) = f \nabla g + g \nabla f

Jacobians before a bracket become names of functions, which are Jacobians of any f and g; a derivative of an inverse function is
written out by the rule for it; a letter behind a nabla is any function of a vector. What holds for these holds for all. Such a
line is wrong where it holds with two factors exchanged, at another place, or with another small change.

Imports: calcds.document, calcds.decide, calcds.expr.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import pairwise

from calcds.decide.clock import Deadline
from calcds.decide.verdict import Outcome, Verdict
from calcds.document.reading.chains import Reading, read_chain
from calcds.document.source.latex import Node, in_brackets, walk
from calcds.document.source.names import (
    FUNCTIONS,
    atom_and_marks,
    named,
    names_in,
    opened,
    script,
    shown,
    text_of,
)
from calcds.document.source.options import Options
from calcds.document.source.raw import Unread
from calcds.document.weighing.deciding import Decider
from calcds.document.weighing.repair import parts_of, repairs
from calcds.document.words.scope import Definition, Function, Scope
from calcds.expr import operators as op
from calcds.expr.kinds import Dim, FunctionSymbol, Real, Vector
from calcds.expr.term import Term, same_shape

_PATIENCE = 3.0  # seconds, more than it takes, for what would have been right
_GOOD = {Outcome.PROVED, Outcome.SUPPORTED}
_JACOBIANS = {"J", "D"}
_SCALARS = FUNCTIONS | set("uvw")
_ROWS, _MIDDLE, _COLUMNS = Dim("k'"), Dim("m'"), Dim("n'")
Build = Callable[[Term], Term]


@dataclass(slots=True)
class Compositions:
    """Decides claims about compositions, inverses and gradients of any functions."""

    scope: Scope
    decider: Decider
    named: dict[str, tuple[int, Node]] = field(default_factory=dict)  # `h = f \\circ g`, and the section that says so

    def note(self, left: Node | Unread, right: Node | Unread) -> None:
        r"""A composition gets a name: the rule for `J_{f \circ g}` is one for `J_h`."""
        if isinstance(left, Node) and isinstance(right, Node):
            name, body = _without_styles([left, right])
            found = named(opened(name))
            if found is not None and not found.marks and _composed(body) is not None:
                self.named[found.base] = self.scope.section, body

    def verdict(self, left: Node, right: Node) -> Verdict | None:
        """What comes of a claim; None where it is about no such functions, or nothing is known."""
        return self._of_jacobians(left, right) or self._of_inverses(left, right) or self._of_gradients(left, right)

    # -- Jacobians ----------------------------------------------------------------------------------------------

    def _of_jacobians(self, left: Node, right: Node) -> Verdict | None:
        r"""A claim that begins with `J_{f \circ g}(x)`, `D(f \circ g)(x)` or `\nabla(f \circ g)(x)`."""
        left, right = _without_styles([left, right])
        here = {key: body for key, (section, body) in self.named.items() if self.scope.is_here(section)}
        left = _written_out(left, here)
        composed = next((found for node in walk(left) if (found := _composition(node)) is not None), None)
        if composed is None:
            return None
        f, g = composed
        known_f = [self.scope.function(key, old=False) for key in (f, f"bold {f}")]
        special = any(self.scope.definition(key, old=False) is not None for key in (f, f"bold {f}"))
        special = special or any(one is not None and one.body is not None for one in known_f)
        gradient = any(n.kind == "NABLA" for n in walk(left))
        sides = [_with_jacobians(side, f, g) for side in (left, right)]
        known = _jacobians(f, g, gradient=gradient)
        if self._holds(sides, known):
            return Verdict(Outcome.PROVED, "unspecified", "it is the chain rule for all functions")
        for changed in _other_products(sides[1], g) if not special else ():
            if self._holds([sides[0], changed], known):
                said = "it does not hold for all functions: the factors stand in another order, or at other places"
                return Verdict(Outcome.REFUTED, "unspecified", said)
        return None

    def _holds(self, sides: Sequence[Node], known: Mapping[str, Function]) -> bool:
        with self._knowing(known, {}):
            reading = read_chain(sides, [True], self.scope, Options())
            pair = reading.pair(0)
            if pair is None or reading.doubts_of(0) or not same_shape(pair[0].shape, pair[1].shape):
                return False
            return self.decider.compare(reading, *pair).outcome in _GOOD

    # -- inverse functions --------------------------------------------------------------------------------------

    def _of_inverses(self, left: Node, right: Node) -> Verdict | None:
        r"""A claim with `(f^{-1})'(y)`, of an f without a formula."""
        f = next((key for side in (left, right) for node in walk(side) if (key := _inverse_slope(node)) is not None), None)
        known = self.scope.function(f, old=False) if f is not None else None
        if f is None or (known is not None and known.body is not None) or any(n.kind == "NABLA" for n in walk(left)):
            return None
        sides = [_without_inverses(side, f) for side in (left, right)]
        functions = {key: _of_one_number(key) for key in (f, _inverse(f))}
        functions |= {key: _of_one_number(key) for side in sides for key in _primed(side) if key not in functions}
        with self._knowing(functions, {}):
            reading = read_chain(sides, [True], self.scope, Options())
            pair = reading.pair(0)
            if pair is None or reading.doubts_of(0):
                return None
            if self.decider.compare(reading, *pair).outcome in _GOOD:
                return Verdict(Outcome.PROVED, "unspecified", "it is the rule for inverse functions")
            if any(self._is_with(reading, pair[0], changed) for changed in _at_inverse(sides[1], f, self._read)):
                said = "by the rule for inverse functions the derivatives are taken at another place"
                return Verdict(Outcome.REFUTED, "unspecified", said)
            return self._mended(reading, *pair)

    def _is_with(self, reading: Reading, left: Term, changed: Term | None) -> bool:
        return changed is not None and self.decider.compare(reading, left, changed).outcome in _GOOD

    def _read(self, node: Node) -> Term | None:
        side = read_chain([node], [], self.scope, Options()).sides[0]
        return side if isinstance(side, Term) else None

    # -- gradients ----------------------------------------------------------------------------------------------

    def _of_gradients(self, left: Node, right: Node) -> Verdict | None:
        r"""A claim such as `\nabla(fg) = f \nabla g + g \nabla f`, about letters of functions that have no formula."""
        if not _is_compound(left) or any(n.kind in {"prime", "PARTIAL"} for side in (left, right) for n in walk(side)):
            return None
        keys = {name.base for side in (left, right) for name in names_in(side)}
        functions = keys & _SCALARS
        plain = all(all(m.kind == "above" for m in name.marks) for side in (left, right) for name in names_in(side))
        before = any(_before_bracket(node) for side in (left, right) for node in walk(side))
        here = any(self.scope.has_meaning(key) for key in functions)
        if not functions or not plain or before or here or not all(map(_is_free_of_boxes, (left, right))):
            return None
        place = Vector[_COLUMNS].symbol("x'")
        values = {key: FunctionSymbol(shown(key), 1, (place.shape,))(place) for key in functions}
        definitions = {key: Definition(Real.symbol(shown(key)), value, self.scope.section) for key, value in values.items()}
        with self._knowing({}, definitions):
            reading = read_chain([left, right], [True], self.scope, Options())
            pair = reading.pair(0)
            if pair is None or reading.doubts_of(0):
                return None
            one, other = (self.scope.expand(side) for side in pair)
            if self.decider.ask(one, other).outcome in _GOOD:
                return Verdict(Outcome.PROVED, "unspecified", "it holds for all functions of a vector")
            return self._mended(reading, one, other)

    def _mended(self, reading: Reading, left: Term, right: Term) -> Verdict | None:
        """That a claim is wrong, as a small change of it would be right."""
        for changed in Deadline(_PATIENCE).until(repairs(right, parts_of(False, left, right))):
            if self.decider.compare(reading, left, changed).outcome in _GOOD:
                said = f"it does not hold for all functions; it would with {changed}"
                return Verdict(Outcome.REFUTED, "unspecified", said)
        return None

    @contextmanager
    def _knowing(self, functions: Mapping[str, Function], definitions: Mapping[str, Definition]) -> Iterator[None]:
        """The scope knows some functions and names for a while, and no numbers."""
        scope = self.scope
        before = scope.functions, scope.definitions, scope.values, scope.elastic
        scope.functions = {k: f for k, f in {**scope.functions, **functions}.items() if k not in definitions}
        scope.definitions = {**{k: d for k, d in scope.definitions.items() if k not in functions}, **definitions}
        scope.values = {}
        if functions:
            scope.elastic = scope.elastic | {_COLUMNS}  # the x of a claim may have a size that the text says
        try:
            yield
        finally:
            scope.functions, scope.definitions, scope.values, scope.elastic = before


def _without_styles(sides: Sequence[Node]) -> list[Node]:
    """Sides with plain letters for bold ones, unless a letter stands in them both ways."""
    bases = {name.base for side in sides for name in names_in(side)}
    twice = any(f"bold {base}" in bases for base in bases)
    return [*sides] if twice else [*map(_plain, sides)]


def _written_out(node: Node, compositions: Mapping[str, Node]) -> Node:
    r"""A tree with `J_{f \circ g}`, `D (f \circ g)` and `\nabla (f \circ g)` for those of a name of the composition."""
    parts = list(node.parts)
    for k, part in enumerate(parts):
        operator = parts[k - 1] if k else None
        before = operator is not None and (operator.kind == "NABLA" or operator.text == "D")
        below = part.kind == "below" and parts[0].kind == "NAME" and parts[0].text in _JACOBIANS
        name = named(script(part)) if below else named(part) if before else None
        body = compositions.get(name.base) if name is not None and not name.marks else None
        if body is not None:
            parts[k] = part.holding((body,)) if below else in_brackets(body)
        else:
            parts[k] = _written_out(part, compositions)
    return node.holding(tuple(parts))


def _plain(node: Node) -> Node:
    name = named(node) if node.kind == "style" else None
    if name is not None and not name.marks and name.base.startswith("bold "):
        return _name(name.base.removeprefix("bold "), node)
    return node.holding(tuple(map(_plain, node.parts)))


def _name(key: str, like: Node) -> Node:
    return Node("NAME", (), key, like.at, like.end)


def _composed(node: Node) -> tuple[str, str] | None:
    r"""The f and g of `f \circ g`."""
    inside = opened(node)
    inside = opened(inside.parts[0]) if inside.kind == "round" and len(inside.parts) == 1 else inside
    parts = inside.parts if inside.kind == "product" else ()
    if len(parts) != 3 or parts[1].text != "circ":
        return None
    f, g = named(parts[0]), named(parts[2])
    return (f.base, g.base) if f is not None and g is not None and not f.marks and not g.marks else None


def _composition(node: Node) -> tuple[str, str] | None:
    r"""The f and g where a product begins with `J_{f \circ g}`, `D(f \circ g)` or `\nabla(f \circ g)` before a bracket."""
    if node.kind != "product" or len(node.parts) < 2:
        return None
    name = named(node.parts[0])
    if name is not None and name.base in _JACOBIANS and [m.kind for m in name.marks] == ["below"]:
        return _composed(script(name.marks[0])) if _is_bracket(node.parts[1]) else None
    operator = (name is not None and name.base in _JACOBIANS and not name.marks) or node.parts[0].kind == "NABLA"
    if operator and len(node.parts) > 2 and _is_bracket(node.parts[2]):
        return _composed(node.parts[1])
    return None


def _is_bracket(node: Node) -> bool:
    return atom_and_marks(node)[0].kind == "round"


def _with_jacobians(node: Node, f: str, g: str) -> Node:
    """A tree with one name for each Jacobian and gradient of f, g and their composition that stands before a bracket."""
    parts = tuple(_with_jacobians(p, f, g) for p in node.parts)
    if node.kind != "product":
        return node.holding(parts)
    done, k = list[Node](), 0
    while k < len(parts):
        name, following = named(parts[k]), parts[k + 1] if k + 1 < len(parts) else None
        key, used = "", 1
        jacobian = name is not None and name.base in _JACOBIANS
        if name is not None and jacobian and [m.kind for m in name.marks] == ["below"]:
            key = _key(script(name.marks[0]), f, g)
        elif following is not None and ((name is not None and jacobian and not name.marks) or parts[k].kind == "NABLA"):
            key, used = _key(following, f, g), 2
        if key and k + used < len(parts) and _is_bracket(parts[k + used]):
            done.append(_name(f"slope {key}", parts[k]))
            k += used
        else:
            done.append(parts[k])
            k += 1
    return node.holding(tuple(done))


def _key(node: Node, f: str, g: str) -> str:
    composed = _composed(node)
    if composed is not None:
        return f"{f} {g}" if composed == (f, g) else ""
    name = named(node)
    return name.base if name is not None and not name.marks and name.base in {f, g} else ""


def _jacobians(f: str, g: str, *, gradient: bool) -> dict[str, Function]:
    """Any f and g with their Jacobians; the gradients are columns."""
    u, x = Vector[_MIDDLE].symbol("u'"), Vector[_COLUMNS].symbol("x'")
    outer = FunctionSymbol(shown(f), 1, (u.shape,), (1, 1) if gradient else (_ROWS, 1))
    inner = FunctionSymbol(shown(g), 1, (x.shape,), (_MIDDLE, 1))
    build: Callable[[Term, Term], Term] = op.grad if gradient else op.jacobian
    bodies = {
        f: (u, outer(u)), g: (x, inner(x)),
        f"slope {f}": (u, build(outer(u), u)), f"slope {g}": (x, op.jacobian(inner(x), x)),
        f"slope {f} {g}": (x, build(outer(inner(x)), x)),
    }  # fmt: skip
    return {key: Function(key, (place,), body, (), -1, None, (str(place),)) for key, (place, body) in bodies.items()}


def _other_products(node: Node, g: str) -> Iterator[Node]:
    """A product of two Jacobians in the other order, without a transpose or with one, and at g(x) for x."""
    inside = opened(node)
    parts = [p for p in inside.parts if p.kind != "MUL"] if inside.kind == "product" else []
    if [_is_bracket(p) for p in parts] != [False, True, False, True]:
        return
    first, second = tuple(parts[:2]), tuple(parts[2:])
    for one, other in ((first, second), (second, first)):
        for a in _turned(one, g):
            for b in _turned(other, g):
                yield Node("product", (*a, *b), "", inside.at, inside.end)


def _turned(pair: tuple[Node, ...], g: str) -> Iterator[tuple[Node, ...]]:
    name, bracket = pair
    atom, marks = atom_and_marks(bracket)
    top = Node("above", (Node("TOP", (), "top", bracket.at, bracket.end),), "", bracket.at, bracket.end)
    inner = Node("product", (_name(g, name), atom), "", bracket.at, bracket.end)
    for place in (atom, in_brackets(inner)):
        yield (name, place)
        yield (name, Node("unit", (place, *(marks or (top,))), "", bracket.at, bracket.end))


def _inverse(f: str) -> str:
    return f"inverse of {f}"


def _is_inverse(node: Node) -> str | None:
    """The f of `f^{-1}`."""
    name = named(node)
    plain = name is not None and [m.kind for m in name.marks] == ["above"] and text_of(script(name.marks[0])) == "-1"
    return name.base if plain and name is not None and name.base in _SCALARS else None


def _inverse_slope(node: Node) -> str | None:
    """The f where a product has `(f^{-1})'` before a bracket."""
    for one, other in zip(node.parts, node.parts[1:], strict=False) if node.kind == "product" else ():
        atom, marks = atom_and_marks(one)
        primed = bool(marks) and all(m.kind == "prime" for m in marks)
        if primed and atom.kind == "round" and len(atom.parts) == 1 and _is_bracket(other):
            return _is_inverse(opened(atom.parts[0]))
    return None


def _without_inverses(node: Node, f: str) -> Node:
    """A tree with the rules for the first two derivatives of an inverse, and x for `f^{-1}(f(x))` and `f(f^{-1}(x))`."""
    parts = tuple(_without_inverses(p, f) for p in node.parts)
    if node.kind != "product":
        return node.holding(parts)
    done, k = list[Node](), 0
    while k < len(parts):
        following = parts[k + 1] if k + 1 < len(parts) and _is_bracket(parts[k + 1]) else None
        atom, marks = atom_and_marks(parts[k])
        primes = len(marks) if marks and all(m.kind == "prime" for m in marks) else 0
        name = named(parts[k])
        if following is not None and _is_inverse(parts[k]) == f:
            done.append(_undone(_name(_inverse(f), parts[k]), f, following))
        elif following is not None and name is not None and name.base == f and not name.marks:
            done.append(_undone(_name(f, parts[k]), _inverse(f), following))
        elif following is not None and primes in {1, 2} and atom.kind == "round" and _is_inverse(opened(atom.parts[0])) == f:
            done.append(_rule(f, _undone(_name(_inverse(f), parts[k]), f, following), primes))
        else:
            done.append(parts[k])
            k -= 1
        k += 2
    return node.holding(tuple(done)) if len(done) > 1 else done[0]


def _undone(function: Node, other: str, bracket: Node) -> Node:
    """`g(y)`; the x where y is `f(x)`."""
    inside = opened(bracket.parts[0]) if bracket.kind == "round" and len(bracket.parts) == 1 else bracket
    name = named(inside.parts[0]) if inside.kind == "product" and len(inside.parts) == 2 else None
    if name is not None and name.base == other and not name.marks and inside.parts[1].kind == "round":
        return inside.parts[1]
    return Node("product", (function, bracket), "", function.at, bracket.end)


def _rule(f: str, place: Node, order: int) -> Node:
    """`1 / f'(x)`, or `-f''(x) / f'(x)^3`."""
    at, end = place.at, place.end
    bracket = in_brackets(place)

    def slope(times: int, *power: Node) -> Node:
        primes = (Node("prime", (), "", at, end),) * times
        name = Node("unit", (Node("NAME", (), f, at, end), *primes), "", at, end)
        return Node("product", (name, Node("unit", (bracket, *power), "", at, end) if power else bracket), "", at, end)

    if order == 1:
        return in_brackets(Node("frac", (Node("NUMBER", (), "1", at, end), slope(1)), "", at, end))
    cube = Node("above", (Node("NUMBER", (), "3", at, end),), "", at, end)
    quotient = Node("frac", (slope(2), slope(1, cube)), "", at, end)
    return in_brackets(Node("sum", (Node("ADD", (), "-", at, end), quotient), "", at, end))


def _at_inverse(node: Node, f: str, read: Callable[[Node], Term | None]) -> Iterator[Term | None]:
    """A side with the derivatives of f at `f^{-1}(y)` for y."""

    def moved(one: Node) -> Node:
        parts = tuple(map(moved, one.parts))
        if one.kind == "product":
            for k, (head, bracket) in enumerate(pairwise(parts)):
                name = named(head)
                primed = name is not None and name.base == f and any(m.kind == "prime" for m in name.marks)
                if primed and bracket.kind == "round":
                    there = in_brackets(Node("product", (_name(_inverse(f), head), bracket), "", head.at, bracket.end))
                    parts = (*parts[: k + 1], there, *parts[k + 2 :])
        return one.holding(parts)

    changed = moved(node)
    if changed is not node:
        yield read(changed)


def _primed(side: Node) -> Iterator[str]:
    """The letters of functions with a prime."""
    yield from (n.base for n in names_in(side) if n.base in _SCALARS and any(m.kind == "prime" for m in n.marks))


def _of_one_number(key: str) -> Function:
    u = Real.symbol("u'")
    return Function(key, (u,), FunctionSymbol(shown(key), 1)(u), (), -1, None, ("u'",))


def _is_compound(side: Node) -> bool:
    r"""Whether a side is a gradient of more than a letter: `\nabla(fg)`, `\nabla \frac{f}{g}`, `\nabla f^2`."""
    inside = opened(side)
    parts = inside.parts if inside.kind == "product" else ()
    if len(parts) != 2 or parts[0].kind != "NABLA":
        return False
    atom, marks = atom_and_marks(opened(parts[1]))
    return atom.kind in {"round", "frac", "square", "sqrt"} or (bool(marks) and named(parts[1]) is not None)


def _before_bracket(node: Node) -> bool:
    """Whether a letter stands before a bracket in a product, or a bracket behind another."""
    pairs = zip(node.parts, node.parts[1:], strict=False) if node.kind == "product" else ()
    return any(_is_bracket(b) and (named(a) is not None or _is_bracket(a)) for a, b in pairs)


def _is_free_of_boxes(side: Node) -> bool:
    """Whether nothing in a side is a vector by its notation, or an operator of another kind."""
    odd = {"norm", "style", "BIGOP", "grid", "angle", "bars"}
    signs = (n.text for n in walk(side) if n.kind == "MUL")
    return all(n.kind not in odd for n in walk(side)) and all(sign in {"cdot", "/", ""} for sign in signs)


__all__ = ["Compositions"]
