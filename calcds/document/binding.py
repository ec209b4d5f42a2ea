r"""Operators that bind nothing: `\sum_{i=0}^\infty \frac{1}{n!}`, and `\sum_w \int p(w) \, dw`, where w is bound twice.

The index of an infinite sum that does not stand in its terms is another letter than the one that was meant: all terms are
equal, and there is no sum. An index that stands only where an operator within binds it again has nothing left to run over.
Both are seen without knowing what the names mean, so that such a side has no value whatever the text says of them.

Imports: calcds.document.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from calcds.document.latex import Node, walk
from calcds.document.names import atom_and_marks, is_d, opened, script, shown


def nothing_bound(side: Node, *, claimed: bool = False) -> str:
    r"""Why an operator of a side binds nothing; "" where every one does.

    claimed: the author says that the line is wrong, so that `\lim_{n \to \infty} a_i` is no limit of a constant
    """
    for product in (n for n in walk(side) if n.kind == "product"):
        for k, part in enumerate(product.parts):
            atom, marks = atom_and_marks(part)
            if claimed and atom.kind == "BIGOP" and atom.text == "lim" and (why := _of_a_constant(marks, product.parts[k + 1 :])):
                return why
            if atom.kind != "BIGOP" or atom.text not in {"sum", "prod"}:
                continue
            for name in _indices(marks):
                if why := _why(name, atom, marks, product.parts[k + 1 :], side):
                    return why
    return ""


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
    closes = any(
        is_d(d) and opened(x).kind == "NAME" and opened(x).text == name for d, x in zip(rest, rest[1:], strict=False)
    )
    if integral and closes:
        yield from _named(name, rest)
    atom, marks = atom_and_marks(part)
    if atom.kind == "BIGOP" and atom.text in {"sum", "prod"} and name in set(_indices(marks)):
        place = next(k for k, one in enumerate(rest) if one is part)
        yield from _named(name, rest[place:])


def _named(name: str, nodes: Iterable[Node]) -> Iterator[Node]:
    return (n for node in nodes for n in walk(node) if n.kind == "NAME" and n.text == name)


__all__ = ["nothing_bound"]
