r"""A chain of sides as terms: the sizes are settled over the whole chain, and every way to read it is tried.

Imports: calcds.document, calcds.expr.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from calcds.document.chance.conditioning import APART
from calcds.document.reading.reading import Reader
from calcds.document.reading.remainders import Agreement, Remainder, agreeing_up_to, settled
from calcds.document.source.differentials import places_of
from calcds.document.source.keys import labelled
from calcds.document.source.latex import Node, walk
from calcds.document.source.names import ALL, Named, atom_and_marks, is_d, named, names_in, opened, shown
from calcds.document.source.options import Options
from calcds.document.source.raw import Unread
from calcds.document.words.scope import Scope
from calcds.document.words.shapes import Again, NotKnown, Sizes, resized
from calcds.document.words.surveying import survey
from calcds.errors import CalcdsError
from calcds.expr import operators as op
from calcds.expr.kinds import Kind, Real
from calcds.expr.term import ONE, Size, Term, number, relation, same_shape, size, substitute, subterms
from calcds.expr.term import replace as in_place_of

MISSHAPEN = "the parts do not fit as they were read"
SUPPOSED = ("independent", "iid", "disjoint", "partition", "centred", "held", "stacked", APART)
_LASTING = {"layout"}  # choices that sizes which fit in one way only may hide: `\partial s / \partial u = h^T`


@dataclass(slots=True)
class Reading:
    """One way to read a chain: a term for every side, or why there is none.

    Sides have sizes as they came out (`n_x` for an undeclared x), which later chains may learn more of; `pair` gives
    them short names.
    """

    options: Options
    sides: list[Term | Unread]
    sizes: Sizes
    doubts: tuple[str, ...] = ()  # of the whole chain
    side_doubts: tuple[tuple[str, ...], ...] = ()
    assumed: dict[str, Kind] = field(default_factory=dict)  # key -> kind it was read as
    plain: frozenset[Term] = frozenset()
    choices: frozenset[str] = frozenset()
    unknown: frozenset[str] = frozenset()  # functions of which only the name is known
    indices: dict[str, Term] = field(
        default_factory=dict
    )  # letters that run over a range without being bound
    given: tuple[Term, ...] = ()  # what the sizes and the text ask for
    lengths: dict[Term, Term] = field(default_factory=dict)  # short names of sizes
    names: dict[str, str] = field(default_factory=dict)  # short names of symbols
    supposed: tuple[str, ...] = ()  # what this reading takes for granted though the text does not say it
    advice: str = ""  # the annotation that says it
    read_as: tuple[str, ...] = ()  # what was read by a convention, in words
    worked: frozenset[Term] = frozenset()  # expectations and probabilities that a stated law tells
    remainders: tuple[Agreement | None, ...] = ()  # of each side: agreement up to a power of a variable
    _shown: dict[Term, Term] = field(default_factory=dict, init=False, repr=False, compare=False)

    def elastic(self, scope: Scope) -> set[Term]:
        """Sizes that may turn out to be any other: those that no text states, and the short names of such."""
        return scope.elastic | set(self.lengths.values())

    def lacks_a_row(self, i: int) -> bool:
        r"""Whether gradients in several numbers are read as rows, and no side is one: `\nabla f(1, 2) u` lacks a transpose.

        That it was meant is said by `\nabla f(1, 2) = (8 \; 3)` only.
        """
        pair = self.pair(i) if "layout" in self.choices and self.options.layout == "numerator" else None
        whole = itertools.chain(*map(subterms, pair or ()))  # by vectors and matrices there is more to be said
        return pair is not None and pair[0].is_scalar and all(t.head not in {"grad", "jac"} for t in whole)

    def pair(self, i: int) -> tuple[Term, Term] | None:
        """Two neighbouring sides, where both were read; up to a remainder, where one is printed."""
        printed = self.printed(i)
        return None if printed is None else self.compared(i, printed)

    def printed(self, i: int) -> tuple[Term, Term] | None:
        """Two neighbouring sides as they are printed, where both were read; without their remainders."""
        left, right = self.sides[i], self.sides[i + 1]
        return (self.show(left), self.show(right)) if isinstance(left, Term) and isinstance(right, Term) else None

    def compared(self, i: int, sides: tuple[Term, Term], *, lowest: bool = False) -> tuple[Term, Term] | None:
        """What is compared where two such sides are printed: their Taylor polynomials, where they agree up to a remainder."""
        up_to = self.up_to(i)
        if not up_to:
            return sides
        try:
            left, right = agreeing_up_to(sides, up_to, lowest=lowest)
        except (Unread, CalcdsError):
            return None
        return left, right

    def up_to(self, i: int) -> list[Agreement]:
        """Up to what a pair agrees; an approximation says nothing of the side behind it."""
        here = enumerate(self.remainders[i : i + 2])
        found = [one for k, one in here if one is not None and (k or one.way != "about")]
        return [one.shown(self.show) for one in found]

    def doubts_of(self, i: int) -> tuple[str, ...]:
        """What was guessed to read a pair."""
        beside = (self.side_doubts[i], self.side_doubts[i + 1]) if self.side_doubts else ()
        return tuple(dict.fromkeys((*self.doubts, *itertools.chain(*beside))))

    def why(self, i: int) -> Unread:
        """Why a pair was not read."""
        said = (s for s in (self.sides[i], self.sides[i + 1]) if isinstance(s, Unread))
        return next(said, Unread("a remainder that is not understood"))

    def show(self, term: Term) -> Term:
        """A term with everything known of its sizes, and short names."""
        if term not in self._shown:
            settled = self.sizes.settled(term)
            self._shown[term] = resized(settled, self._short, self.names) if self.lengths or self.names else settled
        return self._shown[term]

    def _short(self, length: Size) -> Size:
        return size(substitute(length, self.lengths)) if isinstance(length, Term) else length


class Readings(Sequence[Reading]):
    """The readings of a chain, each of them made when it is asked for: most lines hold as they are read first."""

    def __init__(self, source: Iterable[Reading]) -> None:
        self._source, self._made = iter(source), list[Reading]()

    def __iter__(self) -> Iterator[Reading]:
        k = 0
        while k < len(self._made) or self._more():
            yield self._made[k]
            k += 1

    def _more(self) -> bool:
        found = next(self._source, None)
        self._made += [found] if found is not None else []
        return found is not None

    def __bool__(self) -> bool:
        return bool(self._made) or self._more()

    def complete(self) -> None:
        """Make all of them, as what the names mean is about to change."""
        while self._more():
            pass

    def __len__(self) -> int:
        self.complete()
        return len(self._made)

    def __getitem__(self, k: Any) -> Any:
        return [*self][k] if k else next(iter(self))

    def of(self, i: int) -> Readings:
        """Those in which pair i of the chain was read."""
        return Readings(reading for reading in self if reading.pair(i) is not None and not reading.lacks_a_row(i))


def read_chain(nodes: Sequence[Node | Unread], linked: Sequence[bool], scope: Scope, options: Options,
               numbers: Sequence[str] = (), running: Iterable[str] = (),
               conditions: Sequence[Node] = (), remainders: Sequence[Remainder | None] = ()) -> Reading:  # fmt: skip
    """Read a chain in one way.

    linked: between which neighbours an equality stands
    numbers: keys that are parameters here, whatever they are elsewhere
    running: letters that stand for every index
    conditions: what is supposed of the names in the chain
    remainders: of each side, which are not part of `nodes`
    """
    sizes = Sizes(scope.elastic)
    scope.see(options, sizes.settled)
    whole = [n for n in nodes if isinstance(n, Node)]
    usage = survey(whole, scope, options, running)
    choices: set[str] = set()
    while True:
        try:
            reader = Reader(scope, options, sizes, usage)
            reader.enter(whole)
            reader.suppose_functions(whole)
            reader.survey_differentials(whole)
            for key in numbers:
                reader.bind_number(key, Real.symbol(shown(key)))
            reader.prime_variable = _prime_variable(whole, reader)
            reader.integrated_over = _integrated_over(whole)
            sides, doubts = [], []
            for node in nodes:
                reader.doubts = []
                sides.append(_one(reader, node))
                doubts.append(tuple(reader.doubts))
            reader.doubts = []
            _fit(reader, sides, linked)
            _fit_sizes(reader, sides)
            up_to = tuple(settled(r, reader.value) for r in remainders)
            given = _supposed(reader, sides, conditions)
            reader.check_sets()
            sides = [reader.conditioned(reader.with_functions(side)) if isinstance(side, Term) else side for side in sides]
            reader.leave(sides)
            given += reader.implied
        except Again:
            choices |= reader.choices & _LASTING
            continue
        except Unread as error:
            sides, given, doubts, up_to = [error for _ in nodes], [], [() for _ in nodes], ()
        finally:
            reader.forget_functions()
        reader.choices |= choices
        found = _finished(reader, sides, options, sizes, given)
        found.side_doubts, found.remainders = tuple(doubts), up_to
        return found


def _one(reader: Reader, node: Node | Unread) -> Term | Unread:
    if isinstance(node, Unread):
        return node
    try:
        return reader.value(node)
    except Unread as error:
        return error if error.at >= 0 else _placed(error, node)
    except CalcdsError as error:
        return NotKnown(f"{MISSHAPEN}: {error}", "", node.at, node.end)
    except RecursionError:
        return Unread("the formula is nested too deeply", node.at, node.end)


def _fit_sizes(reader: Reader, sides: list[Term | Unread]) -> None:
    """A printed n that is the size of nothing may be the one size of which nothing is said."""
    free = frozenset().union(*(side.free for side in sides if isinstance(side, Term)))
    shaping = frozenset().union(*(s.free for f in free for s in f.data[1].sizes if isinstance(s, Term)))
    loose = [
        s for s in free if s.data[1].word == "Dim" and s not in shaping and s not in reader.sizes.elastic
    ]
    left = [s for s in free if s in reader.sizes.elastic]
    if not loose or not left:
        return
    reader.choices.add("size")
    if not reader.options.size:
        return
    if len(left) == len(loose) == 1:
        reader.sizes.learn(left[0], loose[0])
    reader.doubt("a printed size is not tied to the matrices around it")


def _supposed(reader: Reader, sides: list[Term | Unread], conditions: Sequence[Node]) -> list[Term]:
    """Conditions as terms; an equation for a name is put into the sides. What is not read leaves a doubt."""
    free = frozenset().union(*(side.free for side in sides if isinstance(side, Term)))
    given: list[Term] = []
    for node in conditions:
        try:
            condition = reader.condition(node)
        except Again:
            raise
        except (Unread, CalcdsError):
            below = {id(part) for mark in walk(node) if mark.kind == "below" for part in walk(mark)}
            names = {shown(labelled(n)[0]) for n in names_in(node) if id(n.node) not in below}
            if any(str(s.data[0]).removesuffix(ALL) in names for s in free):
                reader.doubt("a condition beside it was not read")
            continue
        table = _as_value(condition)
        if any(x in length.free for x in table for s in free for length in s.shape if isinstance(length, Term)):
            given.append(condition)  # `K = 2` of a z with K entries: its size is no number that is put in
        elif table:
            (x, value), *_ = table.items()
            body = reader.scope.table().get(x)
            for k, side in enumerate(sides):
                if isinstance(side, Term) and not value.free:
                    if body is not None and body.free and body.head != "sym":
                        side = in_place_of(side, {body: x})  # noqa: PLW2901  ("for $k = 7$", of k = sum x_i)
                    side = reader.scope.towards(side, [x])  # noqa: PLW2901  ("for $x = 2$ we get $z = 5$", of a z = w x + b)
                if isinstance(side, Term) and x in side.free:
                    sides[k] = substitute(side, table) if x.data[1].word == "Index" else op.at(side, x, value)
        elif free and (not condition.free.isdisjoint(free) or reader.scope.table()):  # numbers stand under no condition
            given.append(condition)
    return given


def _as_value(condition: Term) -> dict[Term, Term]:
    """`x = 0` or `i = j` as what is put in for a name."""
    if condition.head != "rel" or condition.data != "=":
        return {}
    left, right = condition.args
    left, right = (_index_of(left), _index_of(right)) if _index_of(left).head == "sym" else (left, right)
    return (
        {left: right}
        if left.head == "sym" and same_shape(left.shape, right.shape) and left not in right.free
        else {}
    )


def _index_of(printed: Term) -> Term:
    """The index behind a printed index, which counts from 1."""
    if not printed.is_scalar:
        return printed
    inner = size(printed - ONE)
    return (
        inner
        if isinstance(inner, Term) and inner.head == "sym" and inner.data[1].word == "Index"
        else printed
    )


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
            fraction = atom_and_marks(parts[0])[0]
            places = places_of(opened(fraction.parts[1]))
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


def _integrated_over(nodes: Sequence[Node]) -> str | None:
    """The x of the dx of a chain, where it has only one."""
    found = set()
    for node in nodes:
        for product in (n for n in walk(node) if n.kind == "product"):
            for d, following in itertools.pairwise(product.parts):
                if (
                    is_d(d)
                    and (name := named(following)) is not None
                    and not name.marks
                ):
                    found.add(name.base)
    return found.pop() if len(found) == 1 else None


def _variable(reader: Reader, name: Named | None) -> Term | None:
    try:
        found = reader.name(name)[0] if name is not None else None
    except (Unread, CalcdsError):
        return None
    return found if found is not None and found.is_scalar and found.head in {"sym", "entry"} else None


def _finished(
    reader: Reader, sides: list[Term | Unread], options: Options, sizes: Sizes, given: list[Term]
) -> Reading:
    read = [side for side in sides if isinstance(side, Term)]
    free = frozenset().union(*(side.free for side in read))
    left = sorted((s for s in free if s in sizes.elastic), key=str)
    taken = {str(s.data[0]) for s in free if s not in sizes.elastic}
    names = {
        name: name.removesuffix(ALL)
        for name in taken
        if name.endswith(ALL) and name.removesuffix(ALL) not in taken
    }
    lengths = ((sizes.resolve(n), k) for n, k in reader.longer.items())
    given += [relation(">=", n, number(k)) for n, k in lengths if isinstance(n, Term) and k > 1]
    assumed = {key: sizes.settled_kind(kind) for key, kind in reader.assumed.items()}
    short = sizes.pretty(left, {names.get(name, name) for name in taken})
    found = Reading(
        options, sides, sizes, tuple(reader.doubts), assumed=assumed, plain=frozenset(reader.plain.values()),
        choices=frozenset(reader.choices), unknown=frozenset(reader.unknown_functions),
        indices=dict(reader.indices), lengths=short, names=names,
        supposed=reader.supposed, advice=reader.advised, read_as=reader.read_as,
    )  # fmt: skip
    found.given = tuple(map(found.show, given))
    found.worked = frozenset(map(found.show, reader.worked))
    return found


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
    if "size" in first.choices:
        found.append(replace(base, size=True))
    if not base.suppose:
        found += [replace(base, suppose=word) for word in SUPPOSED if word in first.choices]
    if "laplacian" in first.choices and not base.laplacian:
        found.append(replace(base, laplacian=True))
    if "mixed" in first.choices:
        found.append(replace(base, mixed=True))
    if "argument" in first.choices:
        found.append(replace(base, unlikely=True))
    if "bars" in first.choices:
        found += [replace(base, bars=meant) for meant in ("sum", "entries")]
    if "slash" in first.choices:
        found.append(replace(base, slash="product"))
    return found
