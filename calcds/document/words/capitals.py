r"""Capitals that a formula itself shows to be matrices, as among numbers it would not be written so, or to be numbers.

    P D P^{-1}, P^{-1} A P     a number would cancel with its inverse: P is a matrix, and so is what stands between the two
    \det(A), \operatorname{tr} A
    A + cI, A - \lambda I      beside a multiple of the identity
    (A + I)(A - I), (I - P)^2  beside the identity itself, in brackets that are multiplied
    z / T, \frac1T             nothing is divided by a matrix: T is a number
    (2\pi)^{D/2}               nor is it the exponent of a number
    \frac{D}{2} \log(2\pi)     nor does it multiply the logarithm of one

Imports: calcds.document.source.latex, calcds.document.source.names.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from calcds.document.source.latex import Node, walk
from calcds.document.source.names import (
    Named,
    atom_and_marks,
    is_inverse_transpose,
    named,
    opened,
    script,
    text_of,
)

_OF_MATRICES = {"det", "trace"}


def capitals(tree: Node) -> Iterator[str]:
    """The letters of the capitals that are matrices."""
    for node in walk(tree):
        if node.kind == "product":
            yield from _conjugated(node)
            yield from _arguments(node)
            yield from _multiplied(node)
        elif node.kind == "sum":
            yield from _beside_identity(node)


def divisors(tree: Node) -> Iterator[str]:
    """The letters of the capitals that something is divided by, and that are numbers by their place."""
    for node in walk(tree):
        below = [node.parts[1]] if node.kind == "frac" else []
        if node.kind == "product":
            behind = (*node.parts[2:], None)
            below += [b for (a, b), c in zip(itertools.pairwise(node.parts), behind, strict=True) if a.text == "/" and _ends(c)]
        below += [*_exponents(node), *_factors_of_logarithms(node)]
        yield from (found.base for one in below if (found := _capital(one)) is not None and not found.marks)


def _exponents(node: Node) -> Iterator[Node]:
    """What stands above a number."""
    if node.kind == "unit" and node.parts[0].kind in {"round", "NUMBER"} and _is_number(node.parts[0]):
        yield from (n for mark in node.parts[1:] if mark.kind == "above" for n in walk(script(mark)) if n.kind == "NAME")


def _factors_of_logarithms(node: Node) -> Iterator[Node]:
    """What stands before the logarithm of a number."""
    for k, part in enumerate(node.parts[1:-1] if node.kind == "product" else ()):
        if part.kind == "FUNC" and part.text == "log" and _is_number(node.parts[k + 2]):
            factor = opened(node.parts[k])
            yield from (n for n in walk(factor.parts[0] if factor.kind == "frac" else factor) if n.kind == "NAME")


def _is_number(node: Node) -> bool:
    """Whether only numbers and pi stand in something."""
    names = [n.text for n in walk(node) if n.kind == "NAME"]
    return set(names) <= {"pi"} and (bool(names) or any(n.kind == "NUMBER" for n in walk(node)))


def _ends(following: Node | None) -> bool:
    """Whether a factor is the last one below a slash: not the d of `dx/dt`, or the A of `x / A x`."""
    return following is None or following.kind == "MUL"


def _conjugated(product: Node) -> Iterator[str]:
    """The letters that stand in a product with their inverse, and those between the two."""
    names = [_capital(part) for part in product.parts]
    for (i, one), (k, other) in itertools.combinations(enumerate(names), 2):
        if one is None or other is None or one.base != other.base or k == i + 1:
            continue
        if _is_inverse(one) != _is_inverse(other) and None not in names[i + 1 : k]:
            yield from dict.fromkeys(n.base for n in names[i:k] if n is not None)


def _arguments(product: Node) -> Iterator[str]:
    """The A of a determinant or a trace."""
    for function, argument in itertools.pairwise(product.parts):
        if atom_and_marks(function)[0].kind == "FUNC" and atom_and_marks(function)[0].text in _OF_MATRICES:
            atom = atom_and_marks(argument)[0]
            inside = _capital(atom.parts[0] if atom.kind == "round" and len(atom.parts) == 1 else argument)
            if inside is not None:
                yield inside.base


def _beside_identity(node: Node) -> Iterator[str]:
    r"""The A of `A - \lambda I`: all other summands are capitals."""
    parts = [part for part in node.parts if part.kind != "ADD"]
    multiples = [part for part in parts if _is_identity(part)]
    others = [_capital(part) for part in parts if not _is_identity(part)]
    if len(multiples) == 1 and others:
        yield from (n.base for n in others if n is not None and None not in others)


def _multiplied(product: Node) -> Iterator[str]:
    """The A of `(A + I)(A - I)`, and of `(I - A)^{-1}`."""
    for part in product.parts:
        atom, marks = atom_and_marks(part)
        inside = opened(atom.parts[0]) if atom.kind == "round" and len(atom.parts) == 1 else atom
        if atom.kind == "round" and inside.kind == "sum" and (marks or len(product.parts) > 1):
            names = [_capital(one) for one in inside.parts if one.kind != "ADD"]
            if len(names) == len({one.base for one in names if one}) == 2 and any(one and one.base == "I" for one in names):
                yield from (one.base for one in names if one is not None and one.base != "I")


def _is_identity(part: Node) -> bool:
    r"""`cI`, `\lambda I_n`: a small letter and the identity."""
    inside = opened(part)
    if inside.kind != "product" or len(inside.parts) != 2:
        return False
    factor, last = map(named, inside.parts)
    if factor is None or last is None or last.base != "I" or factor.base[:1].isupper():
        return False
    return not factor.marks and all(m.kind == "below" for m in last.marks)


def _capital(part: Node) -> Named | None:
    """A capital with nothing but an exponent."""
    found = named(opened(part))
    if found is None or len(found.base) != 1 or not found.base.isupper():
        return None
    return found if all(m.kind == "above" or is_inverse_transpose(m) for m in found.marks) else None


def _is_inverse(found: Named) -> bool:
    return len(found.marks) == 1 and text_of(script(found.marks[0])) == "-1"


__all__ = ["capitals", "divisors"]
