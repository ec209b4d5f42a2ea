r"""Printed signs that mean one thing to most readers, and another to some: a doubt, or a second reading, for each of them.

    2\frac12                 two and a half, as schools write it, or a product of two numbers
    \sqrt[3]{-8}             -2, the real root; in a complex text another one of the three. `(-8)^{1/3}` is the same
    [2.7], [x]               brackets around what needs none: the whole part of a number
    \operatorname{adj} A     a word before a factor is a function that nobody explained, and no number
    D x^2, L\{f\}            operators

Nothing is called wrong for what is in doubt; a line that holds as it is read does hold.

Imports: calcds.document, calcds.expr.
"""

from __future__ import annotations

from collections.abc import Sequence

from calcds.document.source.keys import full_key, labelled
from calcds.document.source.latex import Node, walk
from calcds.document.source.names import Named, atom_and_marks, letter_of, named, opened, shown
from calcds.expr.term import Term

_OPERATORS = {"D", "cal D", "cal L", "cal F", "cal Z", "cal M", "L", "F", "Z"}  # letters of operators and of transforms
_NOT_APPLIED = {"MUL", "ADD", "PM", "DOTS", "TEXT", "COMMA"}


def mixed_number(parts: Sequence[Node], k: int) -> tuple[int, int, int] | None:
    r"""The whole number, numerator and denominator of `2\frac12`; None for anything else."""
    if k + 1 >= len(parts) or parts[k].kind != "NUMBER" or parts[k + 1].kind != "frac":
        return None
    digits = [parts[k], *map(opened, parts[k + 1].parts)]
    if not all(one.kind == "NUMBER" and one.text.isdigit() for one in digits):
        return None
    whole, top, bottom = (int(one.text) for one in digits)
    return (whole, top, bottom) if 0 < top < bottom else None


def may_be_whole_part(inside: Node) -> bool:
    """Whether square brackets stand around what needs none: `[x]`, `[2.7]`, `[n/2]` as a fraction of a name or a number."""
    node = opened(inside)
    if node.kind == "frac":
        return all(one.kind in {"frac", "NUMBER", "NAME", "group", "items"} for one in walk(node))
    return node.kind == "NAME" or (node.kind == "NUMBER" and "." in node.text)


def has_root_of_negative(base: Term, exponent: Term) -> bool:
    """Whether a negative number is raised to a fraction with an odd denominator, so that it has a real root."""
    if base.head != "num" or base.data >= 0 or exponent.head != "num":
        return False
    return bool(exponent.data.denominator > 1 and exponent.data.denominator % 2 == 1)


def may_be_operator(name: Named, parts: Sequence[Node], k: int) -> str:
    r"""What a name may be that stands before a factor: a function, written as a word, or an operator; "" for a factor."""
    following = parts[k + 1] if k + 1 < len(parts) else None
    if following is None or following.kind in _NOT_APPLIED:
        return ""
    key = labelled(name)[0]
    atom = atom_and_marks(opened(name.node))[0]
    bracket = atom_and_marks(following)[0].kind in {"round", "square"}
    if atom.kind == "WORD" and letter_of(key) == key and len(key) > 1 and not bracket:
        return f"{shown(full_key(name))} may be a function of what follows"
    braces = atom_and_marks(following)[0].kind == "braces"
    if key in _OPERATORS and (braces or (key == "D" and not bracket and not _is_array(following))):
        return f"{shown(full_key(name))} may be an operator on what follows"
    return ""


def _is_array(node: Node) -> bool:
    r"""Whether a factor is written as a matrix or vector, beside which D is a matrix: `D P^{-1}`, `D \mathbf{x}`."""
    name = named(node)
    return name is not None and (name.base.startswith("bold ") or letter_of(name.base).isupper())


__all__ = ["has_root_of_negative", "may_be_operator", "may_be_whole_part", "mixed_number"]
