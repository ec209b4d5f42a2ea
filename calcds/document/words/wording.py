r"""Shapes that a text says in words: "$X$ is a fixed $n \times k$ matrix", "an $m$-vector $u$", "$A$ and $C$ be $n \times n$".

Formulas of a paragraph that are names, sizes or products of two sizes are looked at together with the words between them.

Imports: calcds.document, calcds.expr.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from calcds.document.source.keys import labelled
from calcds.document.source.latex import Node
from calcds.document.source.names import named, opened
from calcds.document.source.raw import Unread
from calcds.document.source.statements import Cut
from calcds.document.words import resizing
from calcds.document.words.declarations import size_of
from calcds.document.words.heads import key_of, square_of
from calcds.document.words.scope import Scope
from calcds.expr.kinds import Kind, Matrix, Vector
from calcds.expr.term import Size, Term

OPENING, CLOSING = r"[\s$(\\]*$", r"[\s$)\\]*"
_JOINED = re.compile(rf"{CLOSING}(?:,|and|, and){OPENING}")
_IS = re.compile(
    rf"{CLOSING}(?:(?:is|be|are|being|denotes?|,)\s+)?(?:(?:an?|the|some|any|both|all)\s+)?(?:(?!(?:of|for|with|in|by|on|from|to)\b)[a-z-]+\s+){{0,3}}?{OPENING}"
)
_VERB = re.compile(rf"{CLOSING}(?:,?\s*(?:which|that)\s+)?(?:is|be|are|being|denotes?|an?|the)\b")
_IDENTITY = re.compile(rf"{CLOSING}-?\s*(?:identity|unit matrix)\b")
_MATRIX = re.compile(rf"{CLOSING}(?:[a-z-]+\s+){{0,2}}(?:matri(?:x|ces)|vectors?){OPENING}")
_LONG = re.compile(rf"{CLOSING}-\s?(?:vectors?|dimensional\s+(?:[a-z]+\s+){{0,2}}vectors?)\b")
_LONG_BEFORE = re.compile(_LONG.pattern.removesuffix(r"\b") + OPENING)


_FOR = re.compile(rf"{CLOSING}for{OPENING}")
_SQUARE = re.compile(
    rf"{CLOSING}(?:now\s+)?(?:is|be|are|being)\s+(?:now\s+)?(?:an?\s+|two\s+)?(?:[a-z]+\s+){{0,2}}?square\s+"
    rf"(?:matri(?:x|ces)\s+)?of\s+(?:size|order|dimension){OPENING}"
)
_OPENS = re.compile(rf"(?:^|[.;]\s|\n)\s*(?:if|let|now let|when|suppose(?: that)?)\b{OPENING}", re.IGNORECASE)
_LET = re.compile(rf"\b[Ll]et{OPENING}")
_DENOTE = re.compile(rf"{CLOSING}(?:denote|stand for){OPENING}")
_WRITE = re.compile(rf"\b(?:[Ww]rite|[Ww]riting|wrote|use|put){OPENING}")


def shapes_in_words(paragraph: Sequence[Cut], scope: Scope) -> Iterator[tuple[Cut, str, Kind]]:
    r"""Declare the vectors and matrices of which a paragraph says in words how large they are; where it says so of which.

    What a new sentence supposes after a display, "If $A$ is $n \times n$", does not hold before it.
    """
    trees = [_value(piece) for piece in paragraph]
    for k, tree in enumerate(trees):
        if tree is None:
            continue
        between, behind = paragraph[k].segment.before, paragraph[k].segment.after
        kind = _shape(tree)
        if kind is None and _LONG.match(behind):
            kind = _column(tree)
        names: list[str] = []
        if kind is None and k and _SQUARE.match(between) and (column := _column(tree)) is not None:
            kind, names = Matrix[column.shape[0], column.shape[0]], names_before(paragraph, k - 1)
        if kind is None:
            continue
        if not names and k and _IS.match(between) and _VERB.match(between):
            names = names_before(paragraph, k - 1)
            if names and _IDENTITY.match(behind):  # "where $I$ is the $n \times n$ identity": no other matrix of this size
                scope.identities |= set(names)
                continue
        following = paragraph[k + 1].segment.before if k + 1 < len(trees) else ""
        if not names and k + 1 < len(trees) and (_MATRIX.match(following) or _LONG_BEFORE.match(following)):
            names = _names_behind(paragraph, k + 1)
        for key in names:
            scope.stated_dims |= {str(s) for n in kind.shape if isinstance(n, Term) for s in n.free}
            shown_before = any(piece.segment.display for piece in paragraph[: max(0, k - len(names))])
            if not (shown_before and any(_OPENS.search(p.segment.before) for p in paragraph[max(0, k - len(names)) : k])):
                resizing.declare(key, kind, scope)
            yield paragraph[k], key, kind


def other_names(paragraph: Sequence[Cut]) -> Iterator[tuple[Cut, Node, Node]]:
    r"""The names that a paragraph introduces for others, and the formula where the first one stands.

    "write $z$ for $z_2$", "writing $v$ for $\sigma^2$", "let $\mu$ denote $E[X]$"
    """
    for piece, following in itertools.pairwise(paragraph):
        new, old = _value(piece), _value(following)
        said = _WRITE.search(piece.segment.before) and _FOR.fullmatch(following.segment.before)
        denoted = _LET.search(piece.segment.before) and _DENOTE.fullmatch(following.segment.before)
        if new is None or old is None or len(listed_names(new)) != 1:
            continue
        if (said and (len(listed_names(old)) == 1 or square_of(old) is not None)) or (denoted and old.kind == "product"):
            yield piece, new, old


def _value(piece: Cut) -> Node | None:
    """The tree of an inline formula that is one value."""
    sides = [side for statement in piece.statements for side in statement.sides]
    tree = piece.trees.get(sides[0]) if len(sides) == 1 and not piece.segment.display else None
    return opened(tree) if isinstance(tree, Node) else None


def _shape(tree: Node) -> Kind | None:
    r"""The kind of what is `n \times k`."""
    if tree.kind != "product" or len(tree.parts) != 3 or tree.parts[1].text != "times":
        return None
    try:
        sizes: list[Size] = [size_of(tree.parts[0]), size_of(tree.parts[2])]
    except Unread:
        return None
    return Vector[sizes[0]] if sizes[1] == 1 else Matrix[sizes[0], sizes[1]]


def _column(tree: Node) -> Kind | None:
    """The kind of an n-vector."""
    try:
        return Vector[size_of(tree)] if tree.kind in {"NAME", "NUMBER", "unit"} else None
    except Unread:
        return None


def names_before(paragraph: Sequence[Cut], k: int) -> list[str]:
    """The names in front of some words, a list of them: `$A$, $B$ and $C$`; the last of them is formula k."""
    names = listed_names(_value(paragraph[k]))
    while names and k and _value(paragraph[k - 1]) is not None and _JOINED.fullmatch(paragraph[k].segment.before):
        k -= 1
        names += listed_names(_value(paragraph[k]))
    return names


def _names_behind(paragraph: Sequence[Cut], k: int) -> list[str]:
    names = listed_names(_value(paragraph[k]))
    while names and k + 1 < len(paragraph) and _value(paragraph[k + 1]) is not None and _JOINED.fullmatch(
        paragraph[k + 1].segment.before
    ):  # fmt: skip
        k += 1
        names += listed_names(_value(paragraph[k]))
    return names


def listed_names(tree: Node | None) -> list[str]:
    """The keys of a name or of a list of names."""
    if tree is None:
        return []
    parts = [p for p in tree.parts if p.kind not in {"COMMA", "QUAD"}] if tree.kind == "items" else [tree]
    keys = [key_of(p) for p in parts]
    return [key for key in keys if key is not None] if None not in keys else []


# -- constants --------------------------------------------------------------------------------------------------

_CONSTANT = re.compile(
    r"\b(?:constants?|fixed)\b(?P<behind>[^.;:]{0,40})|(?P<before>[^.;:]{0,40})\b(?:is|are|be|being|held|kept)\s+(?:an?\s+)?(?:constants?|fixed)\b"
)
_LETTER = re.compile(r"(?<![A-Za-z\\])(?:\\([a-zA-Z]+)|([A-Za-z]))(?![A-Za-z])")


def constants_in(text: str) -> set[str]:
    """The letters near the words that say that something does not change."""
    near = [part for m in _CONSTANT.finditer(text) for part in m.groups() if part]
    return {m[1] or m[2] for part in near for m in _LETTER.finditer(part)} - {"a"}


# -- rows and columns -------------------------------------------------------------------------------------------

_F = r"⟦(\d+)⟧"  # a formula
_LARGE = r"(?:\s*(?:is|be|,)?\s*(?:an?|the)\s+⟦\d+⟧)?"  # "is an $n \times d$ matrix": its shape stands between
_ITS = r"(?:the\s+|its\s+)?(?:⟦\d+⟧\s*-?\s*th\s+)?"
_OF_MATRIX = (
    re.compile(
        rf"{_F}{_LARGE}[^.;⟦]{{0,60}}\b(?:whose|with|has|have|having)\s+{_ITS}(?P<axis>row|column)s?\s+"
        rf"(?:vectors?\s+)?(?:is|are|be)?\s*{_F}"
    ),
    re.compile(rf"\b(?P<axis>row|column)s?\s+of\s+(?:the\s+)?(?:matrix\s+)?{_F}\s*(?:is|are|be|,|by)?\s*{_F}"),
)
_WHOLE = rf"\s+of\s+(?:the\s+|an?\s+)?[*_]*(?:(?:design|data|model)\s+)?(?:matrix)?[*_]*\s*{_F}"
_OF_VECTORS = (  # "$x_i$ is the $i$-th row of $X$", "$x_i$ is row $i$ of $X$"; "with rows $x_i$ of $X$"
    re.compile(rf"{_F}\s*,?\s*(?:is|are|be|denotes?|for|as|form|in)\s+{_ITS}(?P<axis>row|column)s?(?:\s+⟦\d+⟧)?{_WHOLE}"),
    re.compile(rf"\b(?:with|the|and|are|as)\s+(?:the\s+)?(?P<axis>row|column)s?\s+(?:vectors?\s+)?{_F}{_WHOLE}"),
)


def rows_and_columns(paragraph: Sequence[Cut]) -> Iterator[tuple[str, str, bool]]:
    """The matrices of a paragraph, the letters of their rows or columns, and whether they are rows."""
    text = marked(paragraph)
    found = [(m, m[1], m[3]) for pattern in _OF_MATRIX[:1] for m in pattern.finditer(text)]
    found += [(m, m[2], m[3]) for m in _OF_MATRIX[1].finditer(text)]
    found += [(m, m[3], m[1]) for m in _OF_VECTORS[0].finditer(text)]
    found += [(m, m[3], m[2]) for m in _OF_VECTORS[1].finditer(text)]
    for match, matrix, vector in found:
        whole, one = first_name(paragraph[int(matrix)]), first_name(paragraph[int(vector)])
        name = None if one is None else named(one)
        key = None if whole is None else key_of(whole)
        if key is not None and name is not None and any(m.kind == "below" for m in name.marks):
            yield key, labelled(name)[0], match["axis"] == "row"


def marked(paragraph: Sequence[Cut]) -> str:
    """The words of a paragraph with a mark for every formula."""
    said = (re.sub(r"[\s$]+", " ", piece.segment.before).replace("\\(", " ").replace("\\)", " ") for piece in paragraph)
    return "".join(f"{words} ⟦{k}⟧ " for k, words in enumerate(said))


def first_name(piece: Cut) -> Node | None:
    r"""The name at the head of a formula: the X of `X \in \mathbb{R}^{n \times d}`, the x_1 of `x_1, \dots, x_n`."""
    sides = [side for statement in piece.statements for side in statement.sides]
    tree = piece.trees.get(sides[0]) if sides else None
    if not isinstance(tree, Node):
        return None
    node = opened(tree)
    while node.kind in {"items", "product", "group"} and node.parts:
        node = opened(node.parts[0])
    return node
