r"""A chain of sides as terms: the sizes are settled over the whole chain, and every way to read it is tried.

Imports: calcds.document, calcds.expr.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from calcds.document.latex import Node, walk
from calcds.document.names import Named, atom_and_marks, named, opened, shown
from calcds.document.raw import Unread
from calcds.document.reading import Reader
from calcds.document.scope import Scope
from calcds.document.shapes import Again, NotKnown, Sizes
from calcds.document.symbols import Options, survey
from calcds.errors import CalcdsError
from calcds.expr.kinds import Kind, Real
from calcds.expr.term import Size, Term, number, relation, substitute


@dataclass(slots=True)
class Reading:
    """One way to read a chain: a term for every side, or why there is none."""

    options: Options
    sides: list[Term | Unread]
    doubts: tuple[str, ...] = ()
    assumed: dict[str, Kind] = field(default_factory=dict)  # key -> kind it was read as
    plain: frozenset[Term] = frozenset()
    choices: frozenset[str] = frozenset()
    given: tuple[Term, ...] = ()  # sizes are as large as entries that are named by number ask for

    def pair(self, i: int) -> tuple[Term, Term] | None:
        """Two neighbouring sides, where both were read."""
        left, right = self.sides[i], self.sides[i + 1]
        return (left, right) if isinstance(left, Term) and isinstance(right, Term) else None

    def why(self, i: int) -> Unread:
        """Why a pair was not read."""
        return next(s for s in (self.sides[i], self.sides[i + 1]) if isinstance(s, Unread))


def read_chain(nodes: Sequence[Node | Unread], linked: Sequence[bool], scope: Scope, options: Options,
               numbers: Sequence[str] = ()) -> Reading:  # fmt: skip
    """Read a chain in one way.

    linked: between which neighbours an equality stands
    numbers: keys that are parameters here, whatever they are elsewhere
    """
    sizes = Sizes()
    scope.old = options.old
    whole = [n for n in nodes if isinstance(n, Node)]
    usage = survey(whole, scope, options)
    while True:
        try:
            reader = Reader(scope, options, sizes, usage)
            for key in numbers:
                reader.bind_number(key, Real.symbol(shown(key)))
            reader.prime_variable = _prime_variable(whole, reader)
            sides = [_one(reader, node) for node in nodes]
            _fit(reader, sides, linked)
        except Again:
            continue
        except Unread as error:
            sides = [error for _ in nodes]
        return _finished(reader, sides, options, sizes)


def _one(reader: Reader, node: Node | Unread) -> Term | Unread:
    if isinstance(node, Unread):
        return node
    try:
        return reader.value(node)
    except Unread as error:
        return error if error.at >= 0 else _placed(error, node)
    except CalcdsError as error:
        return NotKnown(f"the parts do not fit as they were read: {error}", "", node.at, node.end)
    except RecursionError:
        return Unread("the formula is nested too deeply", node.at, node.end)


def _placed(error: Unread, node: Node) -> Unread:
    error.at, error.end = node.at, node.end
    return error


def _fit(reader: Reader, sides: list[Term | Unread], linked: Sequence[bool]) -> None:
    for i, joined in enumerate(linked):
        left, right = sides[i], sides[i + 1]
        if joined and isinstance(left, Term) and isinstance(right, Term):
            sides[i], sides[i + 1] = reader.fit(left, right)


def _prime_variable(nodes: Sequence[Node], reader: Reader) -> Term | None:
    """The x of the first `f'(x)` or d/dx in a chain: by it a prime behind a bracket differentiates."""
    if not any(n.kind == "prime" for node in nodes for n in walk(node)):
        return None
    for node in nodes:
        inside = opened(node)
        parts = inside.parts if inside.kind == "product" else (inside,)
        if atom_and_marks(parts[0])[0].kind == "frac":
            places = reader._places(
                opened(parts[0].parts[0].parts[1] if parts[0].kind == "unit" else parts[0].parts[1])
            )
            if places and len(places) == 1:
                return _variable(reader, named(places[0][0]))
        for head, bracket in itertools.pairwise(parts):
            atom = atom_and_marks(bracket)[0]
            if (
                any(m.kind == "prime" for m in atom_and_marks(head)[1])
                and atom.kind == "round"
                and len(atom.parts) == 1
            ):
                return _variable(reader, named(opened(atom.parts[0])))
    return None


def _variable(reader: Reader, name: Named | None) -> Term | None:
    try:
        found = reader.name(name)[0] if name is not None else None
    except (Unread, CalcdsError):
        return None
    return found if found is not None and found.is_scalar and found.head in {"sym", "entry"} else None


def _finished(reader: Reader, sides: list[Term | Unread], options: Options, sizes: Sizes) -> Reading:
    taken = {
        str(s.data[0])
        for side in sides
        if isinstance(side, Term)
        for s in side.free
        if s not in sizes.made.values()
    }
    names = sizes.pretty(taken)

    def named_sizes(side: Term | Unread) -> Term | Unread:
        return substitute(side, names) if isinstance(side, Term) and names else side

    assumed = {key: _resized(kind, sizes, names) for key, kind in reader.assumed.items()}
    plain = frozenset(reader.plain.values())
    table = _renamed(reader.assumed, assumed)
    done: list[Term | Unread] = []
    for side in sides:
        found = substitute(side, table) if isinstance(side, Term) and table else side
        done.append(named_sizes(found))
    lengths = {substitute(substitute(n, table), names) if isinstance(n, Term) else n: k for n, k in (
        (sizes.resolve(n), k) for n, k in reader.longer.items())}  # fmt: skip
    given = tuple(relation(">=", n, number(k)) for n, k in lengths.items() if isinstance(n, Term) and k > 1)
    return Reading(options, done, tuple(reader.doubts), assumed, plain, frozenset(reader.choices), given)


def _resized(kind: Kind, sizes: Sizes, names: dict[Term, Term]) -> Kind:
    def one(length: Size) -> Size:
        resolved = sizes.resolve(length)
        return substitute(resolved, names) if isinstance(resolved, Term) else resolved

    shape = (one(kind.shape[0]), one(kind.shape[1]))
    return replace(kind, shape=shape, sizes=tuple(one(s) for s in kind.sizes))


def _renamed(before: dict[str, Kind], after: dict[str, Kind]) -> dict[Term, Term]:
    return {before[k].symbol(shown(k)): after[k].symbol(shown(k)) for k in before if before[k] != after[k]}


def alternatives(first: Reading) -> list[Options]:
    """Other ways to read a chain that its writer may have meant."""
    base, found = first.options, []
    if "reach" in first.choices:
        found.append(replace(base, reach="sum"))
    if "factor" in first.choices:
        found.append(replace(base, reach="factor"))
    if "layout" in first.choices:
        found.append(replace(base, layout="numerator"))
    if "evidence" in first.choices:
        found.append(replace(base, evidence=False))
    if "slash" in first.choices:
        found.append(replace(base, slash="product"))
    return found
