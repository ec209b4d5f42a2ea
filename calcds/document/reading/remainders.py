r"""Remainders: `e^x = 1 + x + O(x^2)` says that both sides agree up to a power of x, near 0.

    f(a + h) = f(a) + f'(a) h + O(h^2)      \frac{f(h) - f(-h)}{2h} = f'(0) + O(h^2)      ... + o(\|h\|^2), of a column h

Two functions that are smooth at 0 differ by O(x^k) there if and only if their Taylor polynomials of degree k - 1 agree;
with o(x^k) those of degree k. So the sides of such a claim are replaced by their Taylor polynomials, and it is a claim
like any other. Where x^m stands below a fraction, both sides are multiplied by x^m before, and agree so much further. Of
several variables, or of a column, t times them is put in, and t is what is small. A power series is cut off behind the
degree. `O(n)` of a number that grows is about infinity, and is not read.

`expansions.py` finds the sides that say the same without a remainder.

Imports: calcds.document, calcds.expr.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import reduce
from math import factorial

from calcds.document.source.latex import Node, walk
from calcds.document.source.names import atom_and_marks, named, names_in, opened, script
from calcds.document.source.raw import Unread
from calcds.expr import operators as op
from calcds.expr.kinds import Real
from calcds.expr.term import ONE, ZERO, Term, as_term, number, size, substitute, subterms
from calcds.expr.term import replace as replaced

GROWING = {"n", "m", "N", "M", "k", "K", "T", "d", "p"}
MOST_POWERS = 9
_SMALL = Real.symbol("t'")  # no name of a text
_MOST_TERMS = 30  # of a power series


@dataclass(frozen=True, slots=True)
class Remainder:
    """`O(x^3)`: what is small, as it is printed, and the degree up to which the sides agree.

    variables: names, each with the point where it is small; None for 0
    way: "" where a remainder is printed, "dots" or "about" where a sum breaks off or is an approximation
    lowest: the lowest degree that is printed
    """

    variables: tuple[tuple[Node, Node | None], ...]
    degree: int
    way: str = ""
    lowest: int = 0


@dataclass(frozen=True, slots=True)
class Agreement:
    """A remainder with terms for its names."""

    places: tuple[tuple[Term, Term], ...]
    degree: int
    way: str = ""
    lowest: int = 0

    def shown(self, show: Callable[[Term], Term]) -> Agreement:
        """The same with other names."""
        return replace(self, places=tuple((show(x), show(point)) for x, point in self.places))

    def __str__(self) -> str:
        where = ", ".join(str(x) if point is ZERO or point.head == "zeros" else f"{x} - {point}" for x, point in self.places)
        return f"degree {self.degree} in {where}"


def without_remainder(node: Node | Unread) -> tuple[Node | Unread, Remainder | None]:
    """A side without its remainder, and the remainder; as it is where none is printed that is understood."""
    whole = opened(node) if isinstance(node, Node) else None
    if whole is None or whole.kind != "sum" or len(whole.parts) < 3:
        return node, None
    found = _remainder(whole.parts[-1])
    sign = whole.parts[-2]
    if found is None or sign.kind != "ADD":
        return node, None
    return without_last(whole), found


def is_expanded(head: Node | Unread, body: Node | Unread) -> bool:
    r"""Whether a function is expanded in itself: `f(x) = f(a) + f'(a)(x - a) + \cdots` says nothing of what f is."""
    product = opened(head) if isinstance(head, Node) else None
    name = named(product.parts[0]) if product is not None and product.kind == "product" else None
    whole = opened(body) if isinstance(body, Node) else None
    dotted = whole is not None and whole.kind == "sum" and opened(whole.parts[-1]).kind == "DOTS"
    return name is not None and whole is not None and dotted and any(n.base == name.base for n in names_in(whole))


def without_last(whole: Node) -> Node:
    """A sum without its last summand."""
    rest = whole.parts[:-2]
    return rest[0] if len(rest) == 1 else Node("sum", rest, "", whole.at, rest[-1].end)


def _remainder(node: Node) -> Remainder | None:
    parts = node.parts if node.kind == "product" else ()
    name = named(parts[0]) if len(parts) == 2 else None
    bracket = atom_and_marks(parts[1])[0] if len(parts) == 2 else node
    if name is None or name.marks or bracket.kind != "round" or len(bracket.parts) != 1:
        return None
    letter = name.base.rsplit(" ", maxsplit=1)[-1]
    atom, marks = atom_and_marks(opened(bracket.parts[0]))
    power = script(marks[0]) if len(marks) == 1 and marks[0].kind == "above" else None
    plain = power is None or (power.kind == "NUMBER" and power.text.isdecimal() and len(power.text) == 1)
    small = _small(atom)
    if letter not in {"O", "o"} or not small or not plain or len(marks) > 1:
        return None
    exponent = int(power.text) if power is not None else 1
    degree = exponent - 1 if letter == "O" else exponent
    return Remainder(small, degree) if 0 <= degree < MOST_POWERS else None


def _small(atom: Node) -> tuple[tuple[Node, Node | None], ...]:
    r"""What is small in `O(x)`, `O(\|h\|)`, `O(\|(x, y)\|)`, `O(x - a)`."""
    inner = opened(atom.parts[0]) if atom.kind in {"norm", "bars", "round"} and len(atom.parts) == 1 else atom
    listed = inner.parts[0] if inner.kind == "round" and len(inner.parts) == 1 else inner
    elements = [p for p in listed.parts if p.kind != "COMMA"] if listed.kind == "items" else [inner]
    found = [distance(opened(one)) for one in elements]
    if any(one is None or (one[1] is None and named(one[0]).base in GROWING) for one in found):  # type: ignore[union-attr]
        return ()
    return tuple(one for one in found if one is not None)


def distance(node: Node) -> tuple[Node, Node | None] | None:
    """`x` or `x - a` as a name without marks and the point from which it is measured; None for anything else."""
    if node.kind == "sum" and len(node.parts) >= 3 and node.parts[1].text == "-":
        first, rest = node.parts[0], node.parts[2:]
        point = rest[0] if len(rest) == 1 else Node("sum", rest, "", rest[0].at, rest[-1].end)
        apart = all(str(n) != str(first) for n in walk(point))
        return (first, point) if len(rest) == 1 and apart and _is_plain(first) else None
    return (node, None) if _is_plain(node) else None


def _is_plain(node: Node) -> bool:
    name = named(node)
    return name is not None and not name.marks


def settled(remainder: Remainder | None, value: Callable[[Node], Term]) -> Agreement | None:
    """A remainder with terms for what is small in it."""
    if remainder is None:
        return None
    places = [(value(x), None if point is None else value(point)) for x, point in remainder.variables]
    if any(x.head != "sym" or (point is None and not x.is_scalar and 1 not in x.shape) for x, point in places):
        raise Unread("a remainder in something that is no name")
    zeros = ((x, op.zero_like(x) if point is None else point) for x, point in places)
    return Agreement(tuple(zeros), remainder.degree, remainder.way, remainder.lowest)


def agreeing_up_to(sides: Sequence[Term], agreements: Sequence[Agreement], *, lowest: bool = False) -> tuple[Term, ...]:
    """Two sides up to the lower one of their remainders. Raises Unread where these are in different variables.

    lowest: only as far as the lowest degree that is printed
    """
    least = min(agreements, key=lambda one: one.degree)
    if any(set(one.places) != set(least.places) for one in agreements) or not all(s.is_scalar for s in sides):
        raise Unread("remainders in different variables")
    degree = least.lowest if lowest else least.degree
    (x, point), *more = least.places
    if more or not x.is_scalar:
        return tuple(_along(side, least.places, degree) for side in sides)
    if point is not ZERO:
        return tuple(taylor(side, x, degree, point) for side in sides)
    sides = [_broken_off(side, x, degree) for side in sides]
    below = max(_pole(side, x) for side in sides)
    return tuple(taylor(_cleared(side, x, below), x, degree + below) for side in sides)


def taylor(term: Term, x: Term, degree: int, point: Term = ZERO) -> Term:
    """The Taylor polynomial of a term at a point; powers that are printed are kept or dropped as they stand."""
    step = x if point is ZERO else x - point
    kept: list[Term] = []
    others: list[Term] = []
    for part in term.args if term.head == "add" else (term,):
        single = _monomial(part, x, step)
        if single is None or single[1] < 0:
            others.append(part)
        elif single[1] <= degree:
            kept.append(part)
    if others:
        rest = _total(others)
        slopes = [op.at(op.diff(rest, *[x] * j) if j else rest, x, point) for j in range(degree + 1)]
        kept += [slope * step**j / number(factorial(j)) if j else slope for j, slope in enumerate(slopes)]
    return _total(kept)


def _along(term: Term, places: Sequence[tuple[Term, Term]], degree: int) -> Term:
    """The Taylor polynomial in several variables: where t times each of them is put in, that in t, at t = 1."""
    for x, point in places:
        plain = point is ZERO or point.head == "zeros"
        term = op.at(term, x, _SMALL * x if plain else point + _SMALL * (x - point))
    slopes = [op.at(op.diff(term, *[_SMALL] * j) if j else term, _SMALL, ZERO) for j in range(degree + 1)]
    return _total([slope / number(factorial(j)) if j else slope for j, slope in enumerate(slopes)])


# -- power series -----------------------------------------------------------------------------------------------------


def _broken_off(term: Term, x: Term, degree: int) -> Term:
    """A power series without the powers of x above a degree."""
    if not any(t.head == "sum" for t in subterms(term)):
        return term
    if term.head in {"add", "mul"}:
        parts = [_broken_off(t, x, degree) for t in term.args]
        return _total(parts) if term.head == "add" else _product(parts)
    if term.head != "sum" or str(term.args[3]) != "oo" or x not in term.free or term.args[2].head != "num":
        return term
    body, index, low, _ = term.args
    powers = {t.args[1] for t in subterms(body) if t.head == "pow" and t.args[0] is x and index in t.free}
    last: Fraction | None = None
    parts = []
    for k in range(_MOST_TERMS if len(powers) == 1 else 0):
        table = {index: number(low.data + k)}
        printed = substitute(next(iter(powers)), table)
        exponent = as_term(size(printed))
        if exponent.head != "num" or (last is not None and exponent.data <= last):
            return term
        last = exponent.data
        if last > degree:
            return _total(parts)
        parts.append(replaced(substitute(body, table), {printed: exponent}))
    return term


def _total(parts: Sequence[Term]) -> Term:
    return reduce(operator.add, parts) if parts else ZERO


def _product(factors: Sequence[Term]) -> Term:
    return reduce(operator.mul, factors) if factors else ONE


# -- quotients by powers of x -------------------------------------------------------------------------------------------


def _pole(term: Term, x: Term) -> int:
    """The power of x by which a term has to be multiplied to be smooth at 0, as far as it is printed."""
    if (single := _monomial(term, x)) is not None:
        return max(0, -single[1])
    if term.head in {"add", "mul"}:
        parts = [_pole(t, x) for t in term.args]
        return max(parts) if term.head == "add" else sum(parts)
    inner = _with_body(term)
    return 0 if inner is None else _pole(inner, x)


def _cleared(term: Term, x: Term, times: int) -> Term:
    """A power of x times a term, with what stands below its fractions cancelled."""
    if not times:
        return term
    if (single := _monomial(term, x)) is not None:
        return _times_power(single[0], x, times + single[1])
    if term.head == "add":
        return _total([_cleared(t, x, times) for t in term.args])
    if term.head == "mul":
        parts: list[Term] = []
        for factor in term.args:
            order = _pole(factor, x)
            parts.append(_cleared(factor, x, order))
            times -= order
        return _times_power(_product(parts), x, times)
    inner = _with_body(term)
    return _cleared(inner, x, times) if inner is not None and _pole(inner, x) else _times_power(term, x, times)


def _times_power(term: Term, x: Term, power: int) -> Term:
    return term * x**power if power else term


def _monomial(term: Term, x: Term, step: Term | None = None) -> tuple[Term, int] | None:
    """`(2 x^3)^{-1}` as 1/2 and -3: what stands with a power of x, and the power; None for anything else.

    step: what the powers are of, by default x itself
    """
    if x not in term.free:
        return term, 0
    if term is (x if step is None else step):
        return ONE, 1
    if term.head == "mul":
        parts = [_monomial(factor, x, step) for factor in term.args]
        known = [part for part in parts if part is not None]
        rests = [rest for rest, _ in known if rest is not ONE]
        return (_product(rests), sum(k for _, k in known)) if len(known) == len(parts) else None
    if term.head != "pow" or term.args[1].head != "num" or term.args[1].data.denominator != 1:
        return None
    base = _monomial(term.args[0], x, step)
    return None if base is None else (base[0] ** term.args[1], base[1] * int(term.args[1].data))


def _with_body(term: Term) -> Term | None:
    """The value of a function that has a formula."""
    if term.head != "apply" or term.data.body is None or any(term.data.order):
        return None
    parameters, body = term.data.body
    return substitute(body, dict(zip(parameters, term.args, strict=True)))
