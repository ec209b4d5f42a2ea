r"""Expansions that break off: sides which agree with the other one up to the highest power that is printed.

    \sqrt{1 + x} = 1 + \tfrac12 x - \tfrac18 x^2 + \cdots     up to degree 2 in x
    \sin x \approx x - \frac{x^3}{6}                           up to degree 3 in x
    f(x) \approx f(a) + f'(a)(x - a)                           up to degree 1 in x - a
    e^x \cos y \approx 1 + x + \frac{x^2}{2} - \frac{y^2}{2}   up to degree 2 in x and y together

A name is small where the printed terms are polynomials in it with rising degrees: it stands in no function, in no fraction
below the line, and counts nothing. Where several names may be, each choice is a reading of its own, as no reading has to
hold for a line to be called wrong. Sums whose dots have a plain pattern are none of this (`dots.py`), nor are values with
decimals, which are rounded; and where the words speak of large numbers, an approximation is about infinity.

Imports: calcds.document, calcds.decide.verdict, calcds.expr.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from calcds.decide.verdict import Outcome, Verdict
from calcds.document.reading.chains import Reading
from calcds.document.reading.remainders import (
    GROWING,
    MOST_POWERS,
    Remainder,
    distance,
    without_last,
    without_remainder,
)
from calcds.document.source.latex import Node, walk
from calcds.document.source.linear import PLAIN_SIGNS
from calcds.document.source.names import atom_and_marks, is_transpose, named, opened, script
from calcds.document.source.raw import Unread
from calcds.document.weighing.deciding import Decider, undecided
from calcds.expr.term import Term, subterms

COUNTING = GROWING - {"p"}
_FAR = re.compile(
    r"\blarge|\bbig\b|infinity|\\infty|\\gg|asymptotic|Stirling|distribut|\bin law\b|on average|random|sample", re.IGNORECASE
)
_FIRST, _SECOND = "h", "k"  # the increments of two variables: beside an h, a k does not count
_MOST_BASES = 8
_MOST_WAYS = 4
_CLOSED = {"BIGOP", "PARTIAL", "DOTS", "PM"}  # what follows them is no factor

Sides = list[Node | Unread]
Way = tuple[Sides, list[Remainder | None]]


@dataclass(frozen=True, slots=True)
class Small:
    """What is small: as it is printed, and the names in it; an x of x - a stands nowhere else."""

    keys: frozenset[str]
    names: frozenset[str]

    @classmethod
    def of(cls, chosen: Iterable[tuple[str, tuple[Node, Node | None]]]) -> Small:
        """From names and distances, by how they are printed."""
        listed = list(chosen)
        return cls(frozenset(key for key, _ in listed), frozenset(str(opened(x)) for _, (x, _) in listed))

    @property
    def everywhere(self) -> frozenset[str]:
        """What may stand in no function and below no line."""
        return self.keys | self.names


def is_about_infinity(words: str) -> bool:
    """Whether the words around an approximation say that something grows in it, or is random."""
    return _FAR.search(words) is not None


def ways_up_to(nodes: Sequence[Node | Unread], relations: Sequence[str], *, far: bool) -> list[Way]:
    """The sides of a chain without their remainders, with what these may be; a chain without any has one way.

    relations: the relation in front of each side
    far: approximations are none of small numbers
    """
    sides: Sides = []
    found: list[list[Remainder]] = []
    for k, (node, relation) in enumerate(zip(nodes, relations, strict=True)):
        side, printed = without_remainder(node)
        choices = [printed] if printed is not None else []
        if printed is None and isinstance(node, Node) and (relation == "~" or _breaks_off(opened(node))):
            whole = opened(node)
            others = [other for other in (*nodes[:k], *nodes[k + 1 :]) if isinstance(other, Node)]
            names = {str(_powered(n)[0]) for other in others for n in walk(other)}
            if _breaks_off(whole):
                choices = [*_remainders(short := without_last(whole), "dots", names)]
                side = short if choices else node
            elif relation == "~" and not far:
                choices = [*_remainders(whole, "about", names)]
        sides.append(side)
        found.append(choices)
    if not any(found):
        return [(sides, [])]
    count = max(map(len, found))
    return [(sides, [choices[min(k, len(choices) - 1)] if choices else None for choices in found]) for k in range(count)]


def is_generic(reading: Reading) -> bool:
    """Whether all sides are about the same functions of which nothing is known: `f(x + h) = f(x) + h f'(x) + O(h^2)`."""
    names = [
        {t.data.name for t in subterms(side) if t.head == "apply" and t.data.body is None}
        for side in reading.sides if isinstance(side, Term)
    ]  # fmt: skip
    return len(names) > 1 and bool(names[0]) and all(one == names[0] for one in names)


def as_expansion(verdict: Verdict, reading: Reading, i: int, decider: Decider) -> Verdict:
    """A verdict on a pair, with how far its sides agree; an approximation is wrong only if it begins as an expansion does."""
    up_to = [one for one in reading.up_to(i) if one.way]
    if not up_to:
        return verdict
    least = min(up_to, key=lambda one: one.degree)
    if verdict.outcome in {Outcome.PROVED, Outcome.SUPPORTED}:
        return replace(verdict, detail=f"the sides agree up to what is printed, {least}: {verdict.detail}")
    if least.way == "dots" or verdict.outcome not in {Outcome.REFUTED, Outcome.MALFORMED}:
        return verdict
    printed = reading.printed(i)
    begins = reading.compared(i, printed, lowest=True) if printed is not None and least.lowest < least.degree else None
    if begins is not None and decider.holds(reading, *begins):
        return replace(verdict, detail=f"the sides do not agree up to what is printed, {least}: {verdict.detail}")
    return undecided("it does not begin as the expansion does: an approximation of another kind?")


def _breaks_off(whole: Node) -> bool:
    """Whether a sum of at least three terms ends with dots, and has no others; of fewer the rest may be anything."""
    if whole.kind != "sum" or sum(p.kind != "ADD" for p in whole.parts) < 4 or whole.parts[-2].kind != "ADD":
        return False
    return opened(whole.parts[-1]).kind == "DOTS" and sum(n.kind == "DOTS" for n in walk(whole)) == 1


def _remainders(side: Node, way: str, names: Collection[str]) -> Iterator[Remainder]:
    """The agreements that a polynomial may mean, the likeliest first.

    names: what stands on the other sides; nothing else is small in them
    """
    if any(n.kind == "NUMBER" and "." in n.text for n in walk(side)):
        return
    terms = [p for p in side.parts if p.kind != "ADD"] if side.kind == "sum" else [side]
    bases = {key: one for key, one in _bases(side, terms).items() if str(opened(one[0])) in names}
    count = 0
    measured: set[str] = set()  # names of which distances are small
    for size in range(1, min(len(bases), 3) + 1):
        for chosen in itertools.combinations(bases.items(), size):
            small = Small.of(chosen)
            if len(small.names) < size or not measured.isdisjoint(small.keys):
                continue  # x, and x - 1
            degrees = [_degree(term, small) for term in terms]
            if str(side) in small.keys and size == 1:
                degrees = [(1, 1)]  # `\log x \approx x - 1`
            known = [d for d in degrees if d is not None]
            if len(known) == len(degrees) and _rises(known, strictly=size == 1 and len(bases) > 1, homogeneous=size > 1):
                highest = max(high for _, high in known)
                if 1 <= highest < MOST_POWERS:
                    measured |= {str(opened(x)) for key, (x, point) in chosen if point is not None and key != str(side)}
                    yield Remainder(tuple(one for _, one in chosen), highest, way, min(low for low, _ in known))
                    count += 1
            if count == _MOST_WAYS:
                return


def _rises(degrees: Sequence[tuple[int, int]], *, strictly: bool, homogeneous: bool) -> bool:
    highest = [high for _, high in degrees]
    if homogeneous and any(low != high for low, high in degrees):
        return False
    pairs = list(itertools.pairwise(highest))
    if len(degrees) > 1 and highest[0] == highest[-1]:
        return False
    return all(a < b if strictly else a <= b for a, b in pairs)


def _bases(side: Node, terms: Sequence[Node]) -> dict[str, tuple[Node, Node | None]]:
    """What may be small in a polynomial, by how it is printed: names, and distances in brackets."""
    applied = {
        str(_powered(a)[0]) for n in walk(side) if n.kind == "product" for a, b in itertools.pairwise(n.parts)
        if atom_and_marks(b)[0].kind == "round"
    }  # fmt: skip
    found: dict[str, tuple[Node, Node | None]] = {}
    for node in (side, *terms, *(n for n in walk(side))):
        core = _powered(node)[0]
        inner = opened(core.parts[0]) if core.kind == "round" and len(core.parts) == 1 else core
        place = distance(inner)
        if place is None or (place[1] is None and (named(core) is None or str(core) in applied)):
            continue
        name = named(place[0])
        apart = core.kind != "round" and place[1] is not None and core is not side
        if name is None or name.base in COUNTING - {_SECOND} or apart:
            continue
        found.setdefault(str(core), place)
        if len(found) == _MOST_BASES:
            break
    if _FIRST not in found:
        found.pop(_SECOND, None)
    return dict(sorted(found.items(), key=lambda one: one[1][1] is None))  # distances first


def _powered(node: Node) -> tuple[Node, int]:
    """A factor without its power, and the power; transposes are none."""
    node = opened(node)
    atom, marks = atom_and_marks(node)
    power = 1
    while marks and marks[-1].kind == "above":
        exponent = script(marks[-1])
        if exponent.kind == "NUMBER" and exponent.text.isdecimal() and len(exponent.text) == 1 and power == 1:
            power = int(exponent.text)
        elif not is_transpose(marks[-1]):
            break
        marks = marks[:-1]
    return (opened(Node("unit", (atom, *marks), "", node.at, node.end)) if marks else opened(atom)), power


def _degree(node: Node, small: Small) -> tuple[int, int] | None:
    """The lowest and the highest degree of a term in what is small; None where it is no polynomial in it."""
    core, power = _powered(node)
    if str(core) in small.keys:
        return power, power
    if not _holds(core, small):
        return 0, 0
    if core.kind == "frac":
        return None if _holds(core.parts[1], small) else _degree(core.parts[0], small)
    if core.kind in {"round", "square", "group", "items"} and len(core.parts) == 1:
        inner = _degree(core.parts[0], small)
        return None if inner is None else (inner[0] * power, inner[1] * power)
    if core.kind == "sum":
        found = [_degree(p, small) for p in core.parts if p.kind != "ADD"]
        known = [d for d in found if d is not None]
        return (min(low for low, _ in known), max(high for _, high in known)) if len(known) == len(found) else None
    return _of_product(core.parts, small) if core.kind == "product" else None


def _of_product(parts: Sequence[Node], small: Small) -> tuple[int, int] | None:
    low = high = 0
    divided = False
    k = 0
    while k < len(parts):
        part, following = parts[k], parts[k + 1] if k + 1 < len(parts) else None
        atom = atom_and_marks(part)[0]
        k += 1
        if part.kind == "MUL":
            if part.text not in PLAIN_SIGNS | {"/", "div"}:
                return None
            divided = part.text in {"/", "div"}
            continue
        if part.kind == "ADD":
            continue
        round_behind = following is not None and atom_and_marks(following)[0].kind == "round"
        applies = atom.kind == "FUNC" or (named(part) is not None and str(_powered(part)[0]) not in small.keys)
        if atom.kind in _CLOSED and any(_holds(p, small) for p in parts[k:]):
            return None
        if atom.kind == "FUNC" and not round_behind and any(_holds(p, small) for p in parts[k:]):
            return None
        if applies and round_behind and following is not None and _holds(following, small):
            return None
        found = _degree(part, small)
        if found is None or (divided and found != (0, 0)):
            return None
        low, high, divided = low + found[0], high + found[1], False
    return low, high


def _holds(node: Node, small: Small) -> bool:
    """Whether something small stands in a tree."""
    return any(str(_powered(n)[0]) in small.everywhere for n in walk(node))
