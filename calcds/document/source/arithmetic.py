"""Plain arithmetic on trees: values of formulas in one name, logarithms of whole numbers, factors, powers of ten.

Imports: calcds.document.source.latex, calcds.document.source.linear, calcds.document.source.names.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from fractions import Fraction

from calcds.document.source.latex import Node
from calcds.document.source.linear import PLAIN_SIGNS, Linear, bare, constant
from calcds.document.source.names import opened, script

LONGEST = 3  # digits of an exponent
_REACHING = {"FUNC", "BIGOP", "NABLA", "PARTIAL", "DOTS", "TEXT", "ADD"}  # they do something with what follows


def as_rounded(node: Node) -> Node:
    r"""`9.5 \cdot 10^{-7}` as one number of which the last digit is rounded; any other formula as it is."""
    parts = opened(node).parts
    if [part.kind for part in parts] != ["NUMBER", "MUL", "unit"] or "." not in parts[0].text:
        return node
    mantissa, sign, (base, *marks) = parts[0], parts[1], parts[2].parts
    ten = sign.text in PLAIN_SIGNS and base.text == "10" and [m.kind for m in marks] == ["above"]
    power = _whole(script(marks[0])) if ten else None
    return node if power is None else Node("NUMBER", (), f"{mantissa.text}e{power}", node.at, node.end)


def _whole(node: Node) -> int | None:
    """A printed whole number of a few digits."""
    node = node.parts[0] if node.kind == "items" and len(node.parts) == 1 else node
    signs, digits = node.parts[:-1] if node.kind == "sum" else (), node.parts[-1] if node.kind == "sum" else node
    if len(signs) > 1 or digits.kind != "NUMBER" or not digits.text.isdigit() or len(digits.text) > LONGEST:
        return None
    return int("".join(sign.text for sign in signs) + digits.text)


def log_of(value: Fraction, base: int) -> Linear | None:
    """The k with base^k = value."""
    k = 0
    while base > 1 and value > 1 and value.denominator == 1 and k < 400:
        value, k = value / base, k + 1
    return constant(k) if value == 1 else None


def factors_in(node: Node) -> list[Node]:
    """The factors of a product; none where something in it reaches over what follows, or divides."""
    if node.kind != "product":
        return [node]
    if any(p.kind in _REACHING or (p.kind == "MUL" and p.text not in PLAIN_SIGNS) for p in node.parts):
        return []
    return [opened(p) for p in node.parts if p.kind != "MUL"]


def value_of(node: Node, name: Node, value: int) -> Fraction | None:
    """The value of a formula in one name; None where it is no plain arithmetic."""
    node = opened(node)
    if bare(node) == name:
        return Fraction(value)
    if node.kind == "NUMBER":
        return Fraction(node.text)
    if node.kind == "unit" and len(node.parts) == 2:
        base, mark = value_of(node.parts[0], name, value), node.parts[1]
        if base is None or mark.kind not in {"bang", "above"}:
            return None
        if mark.kind == "bang":
            return Fraction(math.factorial(int(base))) if base.denominator == 1 and 0 <= base < 20 else None
        exponent = value_of(script(mark), name, value)
        small = exponent is not None and exponent.denominator == 1 and 0 <= exponent < 40
        return base ** int(exponent) if exponent is not None and small else None
    if node.kind == "frac":
        top, bottom = (value_of(p, name, value) for p in node.parts)
        return top / bottom if top is not None and bottom else None
    if node.kind == "round" and len(node.parts) == 1:
        return value_of(node.parts[0], name, value)
    if node.kind == "sum":
        return _total(node.parts, name, value)
    if node.kind == "product":
        return _times([value_of(p, name, value) for p in factors_in(node)])
    return None


def _total(parts: Iterable[Node], name: Node, value: int) -> Fraction | None:
    total, sign = Fraction(0), 1
    for part in parts:
        if part.kind == "ADD":
            sign = -1 if part.text == "-" else 1
            continue
        found = value_of(part, name, value)
        if found is None:
            return None
        total, sign = total + sign * found, 1
    return total


def _times(values: Sequence[Fraction | None]) -> Fraction | None:
    total = Fraction(1)
    for value in values:
        if value is None:
            return None
        total *= value
    return total if values else None
