r"""Products of sizes: `(n \times 1) \cdot (1 \times m) = (n \times m)` is about the shapes of arrays, and not about numbers.

    (a \times b)(b \times c) \cdots (y \times z)     is of size (a \times z)

Brackets that hold nothing but two sizes, at least two of them beside each other, and one size on the other side. It is right if
the inner sizes are equal and the outer ones are those of the result. It is wrong if not, where sizes are spoken of before it,
or one of them is 1, which nobody writes as a factor; elsewhere numbers may be meant. Two names are different sizes unless the
text says somewhere that they are equal.

Imports: calcds.decide.verdict, calcds.document.source.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from calcds.decide.verdict import Outcome, Verdict
from calcds.document.source.latex import Node
from calcds.document.source.names import named, opened, text_of
from calcds.document.source.raw import Unread

_SPOKEN = re.compile(r"\b(?:sizes?|sized|shapes?|dimension\w*|matri(?:x|ces)|vectors?)\b", re.IGNORECASE)
_BETWEEN = {"cdot", "times", "*", "bullet"}
_NOT_SURE = "sizes or numbers may be meant"
Shape = tuple[str, str]


def verdict_on(nodes: Sequence[Node | Unread], before: str, text: str) -> Verdict | None:
    """The verdict on a pair of sides that is about sizes; None for any other.

    before: what stands in front of it
    text: the whole document
    """
    sides = [found for node in nodes if isinstance(node, Node) and (found := _shapes(node))]
    if len(sides) != len(nodes) or sorted(map(len, sides))[:2] == [1, 1]:
        return None
    short, long = sorted(sides, key=len)
    if len(short) > 1:
        return None
    inner = [(one[1], other[0]) for one, other in pairwise(long)]
    outer = [(long[0][0], short[0][0]), (long[-1][1], short[0][1])]
    wrong = next(((a, b) for a, b in (*inner, *outer) if a != b), None)
    if wrong is None:
        return Verdict(Outcome.PROVED, "shapes", "the inner sizes are equal, and the outer ones are those of the product")
    spoken = _SPOKEN.search(before) is not None or any("1" in shape for shape in (*long, *short))
    if not spoken or _are_equal(*wrong, text):
        return Verdict(Outcome.UNDECIDED, "shapes", _NOT_SURE)
    where = "the inner sizes differ" if wrong in inner else "the outer sizes are not those of the product"
    return Verdict(Outcome.REFUTED, "shapes", f"{where}: {wrong[0]} and {wrong[1]}")


def _shapes(side: Node) -> list[Shape]:
    """The sizes that a side multiplies; none where anything else stands in it."""
    inside = opened(side)
    parts = inside.parts if inside.kind == "product" else (inside,)
    parts = tuple(p for p in parts if not (p.kind == "MUL" and p.text in _BETWEEN))
    found = [_shape(part) for part in parts]
    return [one for one in found if one is not None] if None not in found else []


def _shape(part: Node) -> Shape | None:
    if part.kind != "round" or len(part.parts) != 1:
        return None
    inside = opened(part.parts[0])
    if inside.kind != "product" or len(inside.parts) != 3 or inside.parts[1].text != "times":
        return None
    rows, columns = inside.parts[0], inside.parts[2]
    return (text_of(rows), text_of(columns)) if _is_size(rows) and _is_size(columns) else None


def _is_size(node: Node) -> bool:
    number = node.kind == "NUMBER" and node.text.isdigit()
    return number or named(node) is not None


def _are_equal(one: str, other: str, text: str) -> bool:
    """Whether the text says somewhere that two names are equal, or they are no plain letters, of which that can be seen."""
    if one.isdigit() and other.isdigit():
        return False
    if not all(len(name) == 1 for name in (one, other)):
        return True
    return any(re.search(rf"(?<![A-Za-z\\]){a}\s*=\s*{b}(?![A-Za-z0-9])", text) for a, b in ((one, other), (other, one)))


__all__ = ["verdict_on"]
