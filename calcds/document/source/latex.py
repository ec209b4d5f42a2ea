r"""Tokens of mathematics as a tree, by the grammar `latex.lark`. Every token is accounted for, or the side is unread.

A node has a kind (the name of its rule, or the kind of its token), its parts, its text and its place. Nothing here
knows what a name means.

Imports: calcds.document.source.raw, calcds.document.source.tokens; lark.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, wraps
from pathlib import Path
from typing import Any, TypeVar

from lark import Lark
from lark import Token as LarkToken
from lark.exceptions import UnexpectedInput, UnexpectedToken
from lark.lexer import Lexer

from calcds.document.source.raw import Unread, raw_tokens
from calcds.document.source.tokens import Token, tokens

T = TypeVar("T")
DEEPEST = 200  # nodes from the root to a leaf
MOST_MARKS = 40  # powers, factorials and the like behind one another
_MOST_REMEMBERED = 20_000  # trees
LONGEST = 4_000  # tokens of one side
_SILENT = {"LPAR", "RPAR", "LSQ", "RSQ", "LSET", "RSET", "LGRP", "RGRP", "LBAR", "RBAR", "LNORM", "RNORM", "LFLOOR", "RFLOOR",
           "LCEIL", "RCEIL", "LANGLE", "RANGLE", "LNULL", "RNULL", "LOPT", "ROPT", "FRAC", "BINOM", "SQRT", "BRACED", "CARET",
           "UNDER", "EVAL", "ROW", "AMP", "END", "PRIME", "BANG"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Node:
    """A node of the syntax tree."""

    kind: str
    parts: tuple[Node, ...] = ()
    text: str = ""
    at: int = -1
    end: int = -1

    def holding(self, parts: tuple[Node, ...]) -> Node:
        """The node with other parts, at the same place of the document; itself where they are its own."""
        same = len(parts) == len(self.parts) and all(map(operator.is_, parts, self.parts))
        return self if same else Node(self.kind, parts, self.text, self.at, self.end)

    def __str__(self) -> str:
        inside = ", ".join(map(str, self.parts))
        return f"{self.kind}({inside})" if self.parts else f"{self.kind}:{self.text}"


def replaced(node: Node, values: Mapping[str, Node]) -> Node:
    """A tree with other trees in the place of some letters."""
    if node.kind == "NAME" and node.text in values:
        return values[node.text]
    return node.holding(tuple(replaced(p, values) for p in node.parts))


def in_brackets(node: Node) -> Node:
    """A tree in round brackets, which stand where it does."""
    return Node("round", (Node("items", (node,), "", node.at, node.end),), "", node.at, node.end)


def once(find: Callable[[Node], T]) -> Callable[[Node], T]:
    """A function of a tree that is worked out once for each tree: every way to read a chain looks its trees over again."""
    known: dict[int, tuple[Node, T]] = {}

    @wraps(find)
    def found(node: Node) -> T:
        entry = known.get(id(node))
        if entry is None or entry[0] is not node:
            if len(known) >= _MOST_REMEMBERED:
                known.clear()
            entry = known[id(node)] = node, find(node)
        return entry[1]

    return found


def remembered(find: Callable[[Node], Iterable[T]]) -> Callable[[Node], tuple[T, ...]]:
    """The same for what is found one after the other."""
    return once(wraps(find)(lambda node: tuple(find(node))))


def _below(node: Node) -> Iterator[Node]:
    todo = [node]
    while todo:
        here = todo.pop()
        yield here
        todo.extend(reversed(here.parts))


_walked = remembered(_below)


def walk(node: Node) -> Iterator[Node]:
    """The node and everything below it."""
    return iter(_walked(node) if node.parts else (node,))


def written(node: Node) -> str:
    """The tokens of a node run together: `i+1`, `(l)`; for names."""
    return "".join(n.text for n in walk(node) if n.text)


class _Given(Lexer):
    """A lexer for lark that hands on tokens that are there already."""

    __future_interface__ = 0

    def __init__(self, _: Any) -> None:
        pass

    def lex(self, data: Any, parser_state: Any = None) -> Iterator[LarkToken]:  # noqa: ARG002  (lark's own lexers have a state)
        for token in data:
            yield LarkToken(token.kind, token.text, start_pos=token.at, end_pos=token.end)


def _build(tree: Any) -> Node:
    """A tree of lark as nodes: brackets and other marks that have become structure are dropped, rules of one part too."""
    children = [c if isinstance(c, LarkToken) else _build(c) for c in tree.children]
    places = [(c.at, c.end) if isinstance(c, Node) else (c.start_pos or 0, c.end_pos or 0) for c in children]
    parts = tuple(
        c if isinstance(c, Node) else _leaf(c)
        for c in children
        if isinstance(c, Node) or c.type not in _SILENT
    )
    kind, text = str(tree.data), ""
    if kind in {"style", "grid"}:
        text, parts = parts[0].text, parts[1:]
        if kind == "style" and (sign := _styled_nabla(parts)) is not None:
            kind, text, parts = sign.kind, sign.text, ()
    elif len(parts) == 1 and kind in {"atom", "unit", "product", "sum", "item", "script"}:
        return parts[0]
    elif kind == "script":
        kind, text, parts = "SIGN", "".join(p.text for p in parts) or "'", ()
    at = min((a for a, _ in places if a >= 0), default=-1)
    return Node(kind, parts, text, at, max((e for _, e in places), default=-1))


def _styled_nabla(parts: Sequence[Node]) -> Node | None:
    r"""The nabla in `\vec{\nabla}` or `\boldsymbol\nabla`: it is the same operator in bold."""
    while len(parts) == 1 and parts[0].kind in {"group", "items"}:
        parts = parts[0].parts
    return parts[0] if len(parts) == 1 and parts[0].kind == "NABLA" else None


def _leaf(token: LarkToken) -> Node:
    return Node(str(token.type), (), str(token), token.start_pos or 0, token.end_pos or 0)


@cache
def _grammar() -> Lark:
    source = Path(__file__).with_name("latex.lark").read_text(encoding="utf-8")
    return Lark(source, parser="lalr", lexer=_Given, maybe_placeholders=False)


def parse(side: Sequence[Token]) -> Node:
    """The tree of one side. Raises Unread with the place where reading stopped."""
    if not side:
        raise Unread("one side is empty")
    if len(side) > LONGEST:
        raise Unread(f"one side is longer than {LONGEST} tokens", side[0].at, side[-1].end)
    if len(side) == 1:  # most sides are one name
        return Node(
            "items",
            (Node(side[0].kind, (), side[0].text, side[0].at, side[0].end),),
            "",
            side[0].at,
            side[0].end,
        )
    try:
        tree: Any = _grammar().parse(list(side))
    except UnexpectedToken as error:
        raise _stopped(error, side) from None
    except UnexpectedInput:
        raise Unread("the formula could not be read", side[0].at, side[-1].end) from None
    _check_depth(tree, side)
    return _build(tree.children[0])


def _check_depth(tree: Any, side: Sequence[Token]) -> None:
    level, depth = [tree], 0
    while level:
        depth += 1
        if depth > DEEPEST:
            raise Unread("the formula is nested too deeply", side[0].at, side[-1].end)
        if any(node.data == "unit" and len(node.children) > MOST_MARKS for node in level):
            raise Unread(f"more than {MOST_MARKS} marks behind one name", side[0].at, side[-1].end)
        level = [c for node in level for c in node.children if not isinstance(c, LarkToken)]


def _stopped(error: UnexpectedToken, side: Sequence[Token]) -> Unread:
    token = error.token
    if token.type == "$END":
        last = side[-1]
        return Unread(f"the formula stops after {last.text!r}", last.at, last.end)
    kind = str(token.type)
    if kind == "UNKNOWN":
        said = (
            f"the command {token!s} is not known"
            if str(token).startswith("\\")
            else f"the sign {str(token)!r} is not known"
        )
    else:
        said = f"{str(token)!r} is not expected here"
    return Unread(said, token.start_pos or 0, token.end_pos or 0)


def read(text: str) -> Node:
    r"""The tree of a formula without relations at its top; for tests and annotations.

    >>> print(read(r"x^2 + 1"))
    items(sum(unit(NAME:x, above(NUMBER:2)), ADD:+, NUMBER:1))
    """
    return parse(tokens(raw_tokens(text)))
