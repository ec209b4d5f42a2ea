r"""Indices that cannot be meant as they are printed, whatever the text says of the names around them.

    \sum_{i=0}^\infty \frac{1}{n!}        the index does not stand in the terms, so that all of them are equal
    \lim_{n \to \infty} a_i = L           the limit of a sequence a_n is taken in n, and n does not stand in its terms
    \sum_w \int p(w) \, dw              w is bound twice, so that the sum has nothing left to run over
    \frac{\partial L}{\partial w_{jk}} = \sum_k \delta_k a_k     k stands free on one side, and is only summed over on the other

An index that stands twice in a product and nowhere on the other side is summed over by those who write no sums: `x_i x_i`.

Imports: calcds.document.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

from calcds.document.source.latex import Node, walk
from calcds.document.source.names import atom_and_marks, is_d, named, names_in, opened, script, shown
from calcds.document.words.randomness import EXPECTATIONS, OPERATORS, PROBABILITIES, operands


def nothing_bound(side: Node, *, claimed: bool = False, sequences: Mapping[str, AbstractSet[str]] | None = None) -> str:
    r"""Why an operator of a side binds nothing; "" where every one does.

    claimed: the author says that the line is wrong, so that `\lim_{n \to \infty} a_i` is no limit of a constant
    sequences: the subscripts of the names that stand where the text speaks of sequences: a has n and i
    """
    for product in (n for n in walk(side) if n.kind == "product"):
        for k, part in enumerate(product.parts):
            atom, marks = atom_and_marks(part)
            rest = product.parts[k + 1 :]
            limit = atom.kind == "BIGOP" and atom.text == "lim" and (claimed or _is_of_a_sequence(marks, rest, sequences or {}))
            if limit and (why := _of_a_constant(marks, rest)):
                return why
            if atom.kind != "BIGOP" or atom.text not in {"sum", "prod"}:
                continue
            for name in _indices(marks):
                if why := _why(name, atom, marks, rest, side):
                    return why
    return ""


def summed_silently(left: Node, right: Node, *, implied: bool = False) -> str:
    """An index that one side has twice below the names of a product, bound by nothing, and the other side not at all.

    implied: the text says that such indices are summed over; then the other side may have them, too, and letters are any
    """
    for one, other in ((left, right), (right, left)):
        elsewhere = {n.text for n in walk(other) if n.kind == "NAME"} if not implied else set()
        operators = [n for n in walk(one) if n.kind == "unit" and n.parts[0].kind == "BIGOP"]
        bound = {n.text for operator in operators for n in walk(operator) if n.kind == "NAME"}
        for product in (n for n in walk(one) if n.kind == "product"):
            below = [m for part in product.parts for n in names_in(part) for m in n.marks if m.kind == "below"]
            letters = [n.text for mark in below for n in walk(mark) if n.kind == "NAME" and (implied or n.text in "ijklmn")]
            found = next((x for x in letters if letters.count(x) > 1 and x not in elsewhere | bound), "")
            if found:
                return found
    return ""


def clash(left: Node, right: Node) -> str:
    """Why two sides cannot be equal for every index: one stands free on one of them, and is bound on the other; "" if none."""
    for one, other in ((left, right), (right, left)):
        for name in sorted(_subscripts(one) & summed_letters(other)):
            if name not in _below(one) and not _stands_free(name, other, inside=False):
                return f"{shown(name)} is an index that stands free on one side, and is only summed over on the other"
    return ""


def _subscripts(side: Node) -> set[str]:
    r"""The letters that stand below names, but for those that are bound where they stand: `\{a_k\}_1^K`, `i = 1, \dots, n`."""
    asked = (bracket for key, _, bracket in operands(side) if key in OPERATORS | PROBABILITIES)
    expected = {id(n.node) for inside in (*asked, *_expected(side)) for n in names_in(inside)}  # `E[g_n]` is about a random n
    expected |= {id(n.node) for data in _data(side) for n in names_in(data)}
    names = (n for n in names_in(_without_arguments(side)) if id(n.node) not in expected)
    marks = (m for n in names for m in n.marks if m.kind == "below")
    words = {"FUNC", "WORD", "TEXT"}  # what says which function is meant is no index: `AUC_{\\ln k}`
    found = {n.text for m in marks if words.isdisjoint(n.kind for n in walk(m))
             for n in walk(m) if n.kind == "NAME" and len(n.text) == 1}  # fmt: skip
    return found - set(_ranged(side))


def _expected(side: Node) -> Iterator[Node]:
    r"""What stands behind an expectation without brackets: `\mathbb{E} \nabla \ell_i(\theta)`, for a random i."""
    for node in (n for n in walk(side) if n.kind == "product"):
        for k, part in enumerate(node.parts):
            found = named(part)
            if found is not None and found.base in EXPECTATIONS:
                yield from node.parts[k + 1 :]


def _data(side: Node) -> Iterator[Node]:
    r"""What stands behind the bar of a likelihood, `\ell(\mu, \Sigma \mid x^{(i)})`: the data, of which i is any."""
    for inside in (n.parts for n in walk(side) if n.kind == "items"):
        bar = next((k for k, p in enumerate(inside) if p.kind == "MID"), len(inside))
        yield from inside[bar + 1 :]


def _without_arguments(side: Node) -> Node:
    """The name of a function that is a whole side: what it is said to depend on, `Q(e_i, s)`, may be meant for every i."""
    parts = opened(side).parts if opened(side).kind == "product" else ()
    name = all(named(part) is not None or part.kind == "NUMBER" for part in parts[:-1])
    applied = len(parts) > 1 and name and atom_and_marks(parts[-1])[0].kind == "round"
    return Node("product", parts[:-1]) if applied else side


def _ranged(side: Node) -> Iterator[str]:
    """The letters of a side that a range or a family binds."""
    for node in walk(side):
        if node.kind == "unit" and node.parts[0].kind in {"braces", "round"} and any(m.kind == "below" for m in node.parts[1:]):
            yield from (n.text for m in names_in(node.parts[0]) for one in m.marks for n in walk(one) if n.kind == "NAME")
        elif node.kind == "product":  # diag(p_i) has all of them
            for function, argument in itertools.pairwise(node.parts):
                if function.kind == "FUNC" and function.text == "diag":
                    yield from (n.text for one in names_in(argument) for m in one.marks for n in walk(m) if n.kind == "NAME")
        elif node.kind == "below" and (inside := script(node)).kind == "item" and inside.parts[1].text in {"dist", "in"}:
            yield from (n.text for n in walk(inside.parts[0]) if n.kind == "NAME")
        elif node.kind == "items" and any(n.kind == "DOTS" for n in node.parts):
            firsts = (opened(one.parts[0]) for one in node.parts if one.kind == "item")
            yield from (n.text for n in firsts if n.kind == "NAME")


def _operators(side: Node) -> Iterator[Sequence[Node]]:
    """The marks of the sums and products of a side."""
    for node in walk(side):
        if node.kind == "unit" and node.parts[0].kind == "BIGOP":
            yield node.parts[1:]


def summed_letters(side: Node) -> set[str]:
    """The indices of the sums and products of a side."""
    return {name for marks in _operators(side) for name in _indices(marks)}


def _below(side: Node) -> set[str]:
    r"""Every letter below an operator, also that of `\sum_{i \ne k}`."""
    return {n.text for marks in _operators(side) for m in marks for n in walk(m) if n.kind == "NAME"}


def _stands_free(name: str, node: Node, *, inside: bool) -> bool:
    """Whether a letter stands where no sum over it reaches."""
    if node.kind == "NAME":
        return node.text == name and not inside
    for part in node.parts:
        atom, marks = atom_and_marks(part)
        if node.kind == "product" and atom.kind == "BIGOP" and name in set(_indices(marks)):
            inside = True
        elif _stands_free(name, part, inside=inside):
            return True
    return False


def _why(name: str, atom: Node, marks: Sequence[Node], rest: Sequence[Node], side: Node) -> str:
    word = "sum" if atom.text == "sum" else "product"
    below = {id(n) for m in marks for n in walk(m)}
    elsewhere = [n for n in _named(name, (side,)) if id(n) not in below]
    if not elsewhere:
        endless = any(m.kind == "above" and script(m).text == "infty" for m in marks)
        zero = len(rest) == 1 and opened(rest[0]).text == "0"
        dots = any(n.kind in {"DOTS", "TEXT"} for one in rest for n in walk(one))
        if endless and rest and not zero and not dots:
            return f"the index {shown(name)} of the infinite {word} does not stand in its terms, which are all equal"
        return ""
    again = {id(n) for one in rest for n in _bound_again(name, one, rest)}
    if again and all(id(n) in again for n in elsewhere):
        return f"{shown(name)} is the index of a {word}, and bound once more within it, so that there is nothing left to add up"
    return ""


def _of_a_constant(marks: Sequence[Node], rest: Sequence[Node]) -> str:
    """Why a limit is one of a constant; "" where it is not."""
    places = [n for m in marks if m.kind == "below" for n in walk(m) if n.kind == "item" and n.parts]
    name = opened(places[0].parts[0]) if len(places) == 1 else None
    if name is None or name.kind != "NAME" or any(True for _ in _named(name.text, rest)):
        return ""
    return f"{shown(name.text)} does not stand in what the limit is taken of"


def _is_of_a_sequence(marks: Sequence[Node], rest: Sequence[Node], sequences: Mapping[str, AbstractSet[str]]) -> bool:
    """Whether a limit is one of a_i, where the text has the sequence a_n with the letter of the limit."""
    name = named(rest[0]) if len(rest) == 1 else None
    below = [script(m) for m in name.marks if m.kind == "below"] if name is not None else []
    if name is None or len(below) != 1 or len(name.marks) != 1 or below[0].kind != "NAME":
        return False
    return any(n.text in sequences.get(name.base, ()) for m in marks for n in walk(m) if n.kind == "NAME" and n is not below[0])


def _indices(marks: Sequence[Node]) -> Iterator[str]:
    r"""The i of `\sum_i` and `\sum_{i=1}^n`, and both of `\sum_{i,j}`; nothing where a set or a condition stands there."""
    below = [script(m) for m in marks if m.kind == "below"]
    for inside in below if len(below) == 1 else ():
        for part in inside.parts if inside.kind == "items" else (inside,):
            one = opened(part)
            first = opened(one.parts[0]) if one.kind == "item" and [p.text for p in one.parts[1::2]] == ["="] else one
            if first.kind == "NAME":
                yield first.text


def _bound_again(name: str, part: Node, rest: Sequence[Node]) -> Iterator[Node]:
    """The places of a name in what an operator within binds: behind a sum over it, or between an integral and its d."""
    integral = any(atom_and_marks(n)[0].kind == "BIGOP" and atom_and_marks(n)[0].text == "int" for n in rest)
    closes = any(is_d(d) and opened(x).kind == "NAME" and opened(x).text == name for d, x in itertools.pairwise(rest))
    if integral and closes:
        yield from _named(name, rest)
    atom, marks = atom_and_marks(part)
    if atom.kind == "BIGOP" and atom.text in {"sum", "prod"} and name in set(_indices(marks)):
        place = next(k for k, one in enumerate(rest) if one is part)
        yield from _named(name, rest[place:])


def _named(name: str, nodes: Iterable[Node]) -> Iterator[Node]:
    return (n for node in nodes for n in walk(node) if n.kind == "NAME" and n.text == name)


__all__ = ["clash", "nothing_bound", "summed_letters", "summed_silently"]
