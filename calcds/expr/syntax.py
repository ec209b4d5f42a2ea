"""Text as syntax trees, and what is said when it is none: a sentence, a column and a caret.

Imports: calcds.errors, lark.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from difflib import get_close_matches
from functools import cache
from pathlib import Path

from lark import Lark, Token, Tree
from lark.exceptions import UnexpectedInput, UnexpectedToken

from calcds.errors import Malformed, ShapeError

MAX_LENGTH = 20_000  # characters; a page of formulas has about 3,000
MAX_DEPTH = 100  # brackets within brackets



@cache
def _grammar() -> Lark:
    source = Path(__file__).with_name("grammar.lark").read_text(encoding="utf-8")
    return Lark(source, parser="lalr", start=["expression", "declarations"], propagate_positions=True)


def syntax_tree(text: str, start: str) -> Tree[Token]:
    """The tree of a text. Raises Malformed with the column and a caret."""
    if len(text) > MAX_LENGTH:
        raise Malformed(f"the text has {len(text)} characters; at most {MAX_LENGTH} are read")
    line = " ".join(text.split("\n"))
    depth = 0
    for column, character in enumerate(line):
        depth += (character in "([") - (character in ")]")
        if depth > MAX_DEPTH:
            raise Malformed(_pointed(line, column, f"brackets are nested more than {MAX_DEPTH} deep"))
    try:
        tree = _grammar().parse(line, start=start)
    except UnexpectedInput as error:
        raise Malformed(_slip(line, error, start)) from None
    if _height(tree) > 4 * MAX_DEPTH:  # signs and powers nest without brackets
        raise Malformed(_pointed(line, 0, "the expression is nested too deeply; name parts of it"))
    return tree


def _height(tree: Tree[Token]) -> int:
    height, level = 0, [tree]
    while level:
        height += 1
        level = [c for node in level for c in node.children if isinstance(c, Tree)]
    return height


def _pointed(text: str, column: int, sentence: str) -> str:
    """The sentence, and the text with a caret under the place; long texts are cut around it."""
    start = max(0, column - 60)
    shown = text[start : start + 100]
    return f"column {column + 1}: {sentence}\n    {shown}\n    {' ' * (column - start)}^"


def _slip(text: str, error: UnexpectedInput, start: str) -> str:
    """What is wrong, said by example."""
    at_end = isinstance(error, UnexpectedToken) and error.token.type == "$END"
    place = len(text) if at_end else (error.pos_in_stream or 0)
    found = text[place : place + 1]
    before = text[:place].rstrip()[-1:]
    after_value = before.isalnum() or before in {"_", "'", ")", "]"}
    if found == "^":
        said = "powers are written x**2; ^ is not used"
    elif found == "=" and start == "expression":
        said = "an equation is written with =="
    elif at_end and text.count("(") + text.count("[") > text.count(")") + text.count("]"):
        said = "a bracket is not closed"
    elif at_end:
        what = start.rstrip("s")
        said = f"the {what} stops too early" if text.strip() else f"the {what} is empty"
    elif found and found in ")]" and not after_value:
        said = f"something is missing before {found}"
    elif found and found in ")]":
        said = f"this {found} closes nothing"
    elif found and start == "expression" and after_value and (found.isalnum() or found in "(_"):
        said = "a sign is missing; a product is written 2*x"
    elif start == "declarations":
        said = f"{found!r} is not expected here; a declaration is written x: Vector[n]"
    else:
        said = f"{found!r} is not expected here"
    return _pointed(text, place, said)


@contextmanager
def placed(text: str, node: Tree[Token] | Token) -> Iterator[None]:
    """Point at the node in whatever goes wrong inside, once."""
    try:
        yield
    except (Malformed, ShapeError) as error:
        if getattr(error, "placed", False):
            raise
        column = node.start_pos if isinstance(node, Token) else getattr(node.meta, "start_pos", 0)
        new = type(error)(_pointed(" ".join(text.split("\n")), column or 0, str(error)))
        new.placed = True  # type: ignore[union-attr]
        raise new from None


def unknown(name: str, known: list[str], what: str = "name") -> str:
    """The sentence for a name nobody declared."""
    close = get_close_matches(name, known, 1) if len(name) > 2 else []  # short names are not typing mistakes
    example = "f: Function" if what == "function" else "x: Vector[n]"
    advice = f"did you mean {close[0]}?" if close else f"declare it, as in {example}"
    return f"the {what} {name} is not known; {advice}"


