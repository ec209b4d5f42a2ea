r"""Which orders a text claims, `\ln x \le x - 1`, and which it lays down: "for $x > 0$", "$|q| < 1$", "if $f(a) \le f(b)$".

An order claims something where one of its sides has a value of its own, that of a function, a root, a sum, a norm or of
numbers alone, and where neither the words in front of it nor its place lay it down. What is laid down in the sentence of a
claim, in front of it or directly behind it, is a condition under which it is claimed. Nothing is read here.

Imports: calcds.document.source, calcds.document.words.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from calcds.document.source.extract import Segment
from calcds.document.source.latex import Node, walk
from calcds.document.source.raw import Unread
from calcds.document.source.statements import Cut, Side, Statement
from calcds.document.words.restricting import MARK
from calcds.document.words.sentences import fitting, is_infinite, item, parted, text_of, trails
from calcds.document.words.surroundings import Around

ORDERS = {"<": "<", "<=": "\N{LESS-THAN OR EQUAL TO}", ">": ">", ">=": "\N{GREATER-THAN OR EQUAL TO}"}  # and how they are shown
_PLAIN = {"NAME", "NUMBER", "ADD", "MUL", "sum", "product", "frac", "group", "items", "unit", "below", "DOTS", "CONST", "style",
          "bars", "norm", "round"}  # fmt: skip
_OF_NUMBERS = {"NUMBER", "ADD", "MUL", "sum", "product", "frac", "group", "items", "unit", "above", "sqrt", "round", "FUNC",
               "CONST", "square"}  # fmt: skip
_LAYS_DOWN = re.compile(
    r"(?:\b(?:for|if|when|whenever|where|with|while|unless|until|provided|providing|assum\w+|suppos\w+|let|given|whose|case|cases|"
    r"such|subject to|s\.t\.|under|where|as long as|in case|otherwise|only|condition|constraints?|domain|region|interval|set|"
    r"requir\w+|needs?|wants?|must|should|demand\w*|choos\w+|pick|take|taking|consider|fix|whether|that satisf\w+|satisfying|"
    r"ask|asks|predict\w*|decide\w*|classif\w+|events?|probability that)\b)"
    r"(?:[\s,:$(]|\b(?:that|all|any|every|each|an?|the|real|fixed|some|both|only|to|is|are|and|or|of|integers?|numbers?|"
    rf"constants?|positive|we|have|it|be|suffices|holds?)\b|{MARK})*$",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Ordering:
    """The orders that a document claims, each with the conditions of its sentence."""

    claimed: dict[int, tuple[Node, ...]] = field(default_factory=dict)  # by statement

    @classmethod
    def of(cls, pieces: Sequence[Cut]) -> Ordering:
        """What is claimed and what is laid down, sentence by sentence."""
        found = cls()
        leading, open_, fresh = list[Node](), list[int](), True  # conditions in front, claims that may have one behind them
        previous: Segment | None = None
        for piece in pieces:
            here = piece.segment
            if previous is None or parted(previous, here):
                leading, open_, fresh = [], [], True
            for place, statement in enumerate(piece.statements):
                condition = _laid_down(statement, piece.trees, here, place)
                if condition is None:
                    if _has_finite_orders(statement, piece.trees):
                        found.claimed[id(statement)] = tuple(leading)
                        open_.append(id(statement))
                    fresh = fresh and len(statement.sides) == 1
                elif open_ and (place or trails(here)):
                    for one in open_:
                        found.claimed[one] = (*fitting(found.claimed[one], condition), condition)
                    leading, open_, fresh = [], [], True
                else:
                    leading = [*fitting(leading if fresh else (), condition), condition]
                    open_, fresh = [], True
            previous = here
        return found


def _has_finite_orders(statement: Statement, trees: dict[Side, Node | Unread]) -> bool:
    """Whether a statement has an order, and none of its sides is infinite."""
    nodes = (trees.get(side) for side in statement.sides)
    ordered = any(side.relation in ORDERS for side in statement.sides[1:])
    return ordered and not any(isinstance(node, Node) and is_infinite(node) for node in nodes)


def _laid_down(statement: Statement, trees: dict[Side, Node | Unread], here: Segment, place: int) -> Node | None:
    """The condition that a statement of orders lays down; None where it claims something."""
    signs = [side.relation for side in statement.sides[1:]]
    nodes = [trees.get(side) for side in statement.sides]
    if not signs or not all(sign in ORDERS or sign == "!=" for sign in signs) or not all(isinstance(n, Node) for n in nodes):
        return None
    if any(map(is_infinite, nodes)):  # type: ignore[arg-type]
        return None  # that something is finite restricts no numbers
    plain = all(_is_plain(node) for node in nodes) and not all(is_of_numbers(node) for node in nodes)  # type: ignore[arg-type]
    first = not place and _LAYS_DOWN.search(text_of(here.before)) is not None
    return item(signs, nodes) if plain or first else None  # type: ignore[arg-type]


def _is_plain(node: Node) -> bool:
    r"""Whether a side has no value of its own: a name, a number, what is made of these without powers, `|q|`, `\|x\|`."""
    kinds = [n.kind for n in walk(node)]
    bars = kinds.count("bars") + kinds.count("norm")
    within = [n for n in walk(node) if n.kind in {"bars", "norm"}]
    alone = all({part.kind for part in walk(n)} <= {"bars", "norm", "items", "NAME", "unit", "below", "NUMBER"} for n in within)
    factors = any(n.kind == "product" and sum(_has_name(p) for p in n.parts) > 1 for n in walk(node))
    applied = any(n.kind == "product" and n.parts[-1].kind == "round" and n.parts[0].kind != "NUMBER" for n in walk(node))
    return set(kinds) <= _PLAIN and bars <= 1 and alone and not applied and (not factors or "round" not in kinds)


def _has_name(node: Node) -> bool:
    return any(n.kind == "NAME" for n in walk(node))


def is_of_numbers(node: Node) -> bool:
    """Whether a side is made of numbers alone."""
    return {n.kind for n in walk(node)} <= _OF_NUMBERS


_CLAIMS = re.compile(
    r"\b(?:we (?:have|get|obtain|find|see|conclude|know|derive|arrive)|for (?:all|every|any|each)|always|every(?:where)?|never|"
    r"inequality|hence|thus|therefore|it follows|consequently|so|then)\b",
    re.IGNORECASE,
)
_FOR_ALL = re.compile(r"\b(?:for (?:all|every|any|each)|always|everywhere|never)\b", re.IGNORECASE)
_TAKES_BACK = re.compile(
    r"\b(?:if|when(?:ever)?|unless|until|while|whether|only|require\w*|need\w*|want\w*|must|should|would|could|may|might|"
    r"can|cannot|not|no|nor|fails?|false|wrong|violat\w*|contradict\w*|impossible|absurd|suppos\w+|assum\w+|conditions?|"
    r"approximat\w*|about|roughly|almost|instead|rather|otherwise|except|case|questions?|exercises?|tests?|checks?|"
    r"compar\w+|modulo|units?|percent|versions?|releases?|or|true)\b|\?|%",
    re.IGNORECASE,
)
_RESTRICTS = re.compile(
    r"\b(?:where|provided|such that|subject to|constraints?|feasib\w+|regions?|domains?|intervals?|ranges?|sets?|solv\w+|"
    r"solutions?|satisf\w+|choos\w+|pick\w*|thresholds?|predict\w*|decide\w*|classif\w+|stabl\w+|converg\w+|small\w*|large\w*|"
    r"near|around|close|eventually|asymptotic\w*|sufficient\w*|enough|exist\w*|some|with high probability|than|outside|inside|"
    r"within|between|under|given|let|both|increas\w*|decreas\w*|positive|negative|nonnegative|non-negative|convex|concave|"
    r"probabilit\w+|random|expect\w*|events?|exactly|precisely|because|since|as|at (?:least|most)|integers?|naturals?|whole|"
    r"rationals?|complex|even|odd|primes?|instance|restrict\w*|special)\b",
    re.IGNORECASE,
)
_LETS = re.compile(rf"\b(?:let|given)\s+{MARK}(?:\s*(?:and|,)\s*{MARK})*\s*(?=[.;:]|$)", re.IGNORECASE)  # a formula for a name
_ORDER = r"\\(?:le|ge|lt|gt|leq|geq|leqslant|geqslant|ll|gg|in|ne|neq)(?![A-Za-z])|[<>]"


def surely_claimed(around: Around, *, of_numbers: bool, with_a_number: bool) -> bool:
    """Whether the words around an order claim it, for all values of its names, and nothing around restricts or doubts it.

    It is asked before an order is called wrong, and is as strict as can be: a word that may restrict an order, in its sentence
    or in the one before it, or in its titles, is enough to say no. Of numbers alone nothing has to say that they are claimed;
    that a function is bounded by a number is claimed for all values of its names only where the words say so.
    """
    own = f"{around.lead} {around.before} {around.after}"
    if any(_TAKES_BACK.search(said) for said in (own, around.notes, around.titles)):
        return False
    if of_numbers:
        return True
    before = _LETS.sub(" ", around.paragraph[-300:])
    if _TAKES_BACK.search(before) or any(_RESTRICTS.search(said) for said in (own, around.notes, around.titles, before)):
        return False
    return is_for_all(around) or (not with_a_number and _CLAIMS.search(own) is not None)


def is_for_all(around: Around) -> bool:
    """Whether the sentence of an order says that it holds for all values."""
    return _FOR_ALL.search(f"{around.lead} {around.before} {around.after}") is not None


def restricts(printed: str, names: Collection[str], known: int) -> bool:
    """Whether a text prints one of some names beside an order, or as a member of a set.

    known: how many orders of its last sentence are conditions that were understood
    """
    *_, end = [0, *(found.end() for found in re.finditer(r"[.;?!]\$?\s", printed))]
    if len(re.findall(_ORDER, printed[end:])) == known:
        printed = printed[:end]
    listed = "|".join(re.escape(name) for name in names)
    name = rf"\\?(?:{listed})(?:_\w|_\{{\w+\}})?"
    in_front = rf"(?:^|[$,(&\[]|{_ORDER})\s*{name}(?:\s*,\s*\\?\w+)*\s*(?:{_ORDER})"
    behind = rf"(?:{_ORDER})\s*{name}\s*(?:$|[$,.;&)\]]|\\[)\]]|{_ORDER})"
    return bool(names) and re.search(rf"{in_front}|{behind}", printed) is not None


__all__ = ["ORDERS", "Ordering", "is_for_all", "is_of_numbers", "restricts", "surely_claimed"]
