r"""Which conditions stand beside a claim: "For $m < 1$ we have $f'(m) = -1$", "$|x| = x$ for $x \ge 0$", "Case $i \ne j$."

A condition at the head of a sentence holds for the claims behind it; one that follows a claim with "for" or "if" holds for
the claims in front of it; a case holds until the next one. A value holds for its own clause: in "$f'(x) = 2x$, which is 2 for
$x = 1$" the derivative is claimed for all x. Nothing is read here: conditions are handed on as trees.

Imports: calcds.document.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from calcds.document.source.extract import Segment
from calcds.document.source.latex import Node, walk
from calcds.document.source.names import named
from calcds.document.source.raw import Unread
from calcds.document.source.statements import Cut, Side, Statement

ORDER = {"<", ">", "<=", ">=", "!="}
_END = re.compile(
    r"(?<!e\.g)(?<!i\.e)(?<!cf)(?<!resp)(?<!w\.r\.t)(?<!s\.t)(?<!Eq)(?<!Sec)[.!?][)\]\"'*_}]*(?:\s|$)|\n\s*(?:[-*+]|\d+[.)]|\\item)\s"
)
_PLAIN = {"NUMBER", "ADD", "NAME", "CONST", "FRAC", "frac", "items", "sum", "product", "group"}
_PARAGRAPH = re.compile(r"\n[ \t]*\n\s*(?=[^a-z$\\\s])")
_TRAILING = re.compile(
    r"^[\s,;:()$\\*]*(?:(?:valid|true|defined|everywhere|away from the kink)\s+)?"
    r"(?:for|if|when|whenever|provided(?:\s+that)?|where|with|as long as|on|assuming|unless|and|but|as)?"
    r"(?:\s+(?:all|any|every|each|an?|real|fixed|some|both|only|positive|negative|non-?negative|distinct|different|"
    r"integers?|natural|numbers?))*[\s,(]*$",
    re.IGNORECASE,
)
_EXPLAINING = re.compile(
    r"[\s,;:()$\\*]*(?:for|where|with|when|if|at|since|because)(?:\s+(?:all|the|a|any))?\W*$", re.IGNORECASE
)
_CLOSES = re.compile(
    r"[\s$)\\\]}*_]*(?:[.,;:)]|$|\n\s*\n|(?:and|where|with|while|but|because|since|so|in which)\b)"
)
_DIRECTLY = re.compile(r"[\s,]*(?:and\s+)?(?:for|if|when|whenever)\s*", re.IGNORECASE)
_CASE = re.compile(r"\bcase\b[^.]{0,20}$", re.IGNORECASE)
_IN_A_CASE = re.compile(r"\b(?:in|for)\s+(?:the|this)\s+(?:\w+\s+){0,2}case\b[^.]{0,20}$", re.IGNORECASE)  # of one sentence
_AT = re.compile(r"(?:\bif|\bwhen|\bwhenever|\bfor|\bat|\bcase)\W*$", re.IGNORECASE)
_LISTED = re.compile(r"[\s,;]*(?:and|&)?[\s,;]*", re.IGNORECASE)
_JOINED = re.compile(r"[\s,;:$()\\*&]*(?:(?:and|or|as well as)\b)?[\s,:$()\\*]*", re.IGNORECASE)  # between claims of one clause
_FOR = "for"  # what stands before the first of several values holds for the others
_BEHIND = re.compile(r"\bat\W*$", re.IGNORECASE)  # "not defined at x = 3" says nothing of what follows


@dataclass(slots=True)
class Beside:
    """Conditions by the statement they hold for, and the statements that are such conditions themselves."""

    conditions: dict[int, tuple[Node, ...]] = field(default_factory=dict)
    explained: dict[int, tuple[Node, ...]] = field(
        default_factory=dict
    )  # "... for $p = k/n$", behind the claim
    behind: dict[int, Node] = field(default_factory=dict)  # "... if $x > 0$", directly behind it, whatever stands before
    local: set[int] = field(default_factory=set)
    listed: set[int] = field(default_factory=set)  # the y = 1 of "for $x = 2$ and $y = 1$"
    orders: dict[int, Node] = field(default_factory=dict)  # conditions that are orders between names
    before_values: set[int] = field(default_factory=set)  # claims in front of a clause that holds for a value


_IN_PLAIN = re.compile(
    r"[\s$\\\])]*[,.]?\s*\(?\s*(?:for|if|when|where|provided(?:\s+that)?)\s+(?:all\s+|real\s+|every\s+|any\s+)*"
    r"(?P<name>[a-zA-Z])\s*(?P<sign><=|>=|!=|[<>≤≥≠])\s*(?P<value>-?\d+(?:\.\d+)?)\b(?!\s*[*/^+-])"
)
_ASCII = {"≤": "<=", "≥": ">=", "≠": "!="}


@dataclass(slots=True)
class _Sentence:
    leading: list[Node] = field(default_factory=list)
    claims: list[int] = field(default_factory=list)  # since the last condition
    clause: int = 0  # how many of them stand before the last clause
    fresh: bool = True  # no claim stands behind the leading conditions yet


def conditions_beside(pieces: Sequence[Cut]) -> Beside:
    """What holds for each statement of a document."""
    found = Beside()
    sentence, case = _Sentence(), list[Node]()
    previous: Segment | None = None
    for piece in pieces:
        here = piece.segment
        if previous is None or here.section != previous.section:
            case = []
        if previous is None or parted(previous, here):
            sentence = _Sentence()
        plain = _in_plain_words(here)
        for place, statement in enumerate(piece.statements):
            if plain is not None and any(side.relation in {"=", ":=", "~"} for side in statement.sides):
                found.conditions[id(statement)] = (*found.conditions.get(id(statement), ()), plain)
            condition = _as_condition(statement, piece.trees, here.before if not place else "")
            if condition is None:
                if not place and not _JOINED.fullmatch(text_of(here.before)):
                    sentence.clause = len(sentence.claims)
                if sentence.leading and sentence.fresh and (place or _LISTED.fullmatch(text_of(here.before))) and (
                    listed := _as_condition(statement, piece.trees, _FOR)
                ):
                    found.conditions[id(statement)] = (*case, *sentence.leading)  # it may be a claim: "for $x = 2$, $y = 5$"
                    found.listed.add(id(statement))
                    sentence.leading.append(listed)  # the y = 1 of "for $x = 2$ and $y = 1$", which may hold longer
                    continue
                if any(side.relation in {"=", ":=", "~"} for side in statement.sides):
                    beside = (*found.conditions.get(id(statement), ()), *case, *sentence.leading)
                    if beside:
                        found.conditions[id(statement)] = beside
                    if (
                        not place
                        and _EXPLAINING.match(text_of(here.before))
                        and (equation := _equation(statement, piece.trees))
                    ):
                        for claim in sentence.claims:
                            found.explained[claim] = (*found.explained.get(claim, ()), equation)
                    sentence.claims.append(id(statement))
                    sentence.fresh = False
                continue
            found.local.add(id(statement))
            if sentence.claims and not place and _DIRECTLY.fullmatch(text_of(here.before)):
                found.behind[sentence.claims[-1]] = condition
            if all(side.relation in ORDER for side in statement.sides[1:]) and len(set(_names(condition))) > 1:
                found.orders[id(statement)] = condition
            lasts = not _IN_A_CASE.search(here.before) or all(side.relation in ORDER for side in statement.sides[1:])
            if not place and lasts and _CASE.search(here.before):
                case, sentence = [condition], _Sentence()
            elif sentence.claims and (place or (
                _TRAILING.match(text_of(here.before)) and not sentence.leading and _CLOSES.match(here.after))):  # fmt: skip
                first = 0 if any(side.relation in ORDER for side in statement.sides[1:]) else sentence.clause
                found.before_values.update(sentence.claims[:first])
                for claim in sentence.claims[first:]:
                    found.conditions[claim] = (*fitting(found.conditions.get(claim, ()), condition), condition)
                sentence.claims, sentence.leading, sentence.clause, sentence.fresh = [], [], 0, True
            elif not _BEHIND.search(text_of(here.before)):
                sentence.leading = [*fitting(sentence.leading if sentence.fresh else (), condition), condition]
                sentence.claims, sentence.clause, sentence.fresh = [], 0, True
        previous = here
    return found


def _in_plain_words(segment: Segment) -> Node | None:
    """The condition "(for x > 0)" behind a formula, with no mark of mathematics around it."""
    found = _IN_PLAIN.match(segment.after)
    if found is None:
        return None
    at, sign = segment.at + len(segment.text), _ASCII.get(found["sign"], found["sign"])
    low = Node("NUMBER", (), found["value"].lstrip("-"), at, at)
    value = Node("sum", (Node("ADD", (), "-", at, at), low), "", at, at) if found["value"].startswith("-") else low
    return Node("item", (Node("NAME", (), found["name"], at, at), Node("REL", (), sign, at, at), value), "", at, at)


def trails(here: Segment) -> bool:
    """Whether the words in front of a condition hang it on the claim directly before them: ", for", "if"."""
    return _TRAILING.match(text_of(here.before)) is not None


def fitting(before: Sequence[Node], condition: Node) -> list[Node]:
    """What was said before of other cases than a condition is about: `x > 0` says nothing of what holds for `x < 0`."""
    return [one for one in before if not _exclude(one, condition)]


def _exclude(one: Node, other: Node) -> bool:
    """Whether two orders put a name on different sides of one value."""
    if len(one.parts) != 3 or len(other.parts) != 3 or any(str(one.parts[k]) != str(other.parts[k]) for k in (0, 2)):
        return False
    return bool({one.parts[1].text, other.parts[1].text} & {">", ">="}) and bool(
        {one.parts[1].text, other.parts[1].text} & {"<", "<="}
    )


def _names(condition: Node) -> list[str]:
    return [n.text for n in walk(condition) if n.kind == "NAME"]


def _as_condition(statement: Statement, trees: dict[Side, Node | Unread], before: str) -> Node | None:
    """`x > 0`, or an equation that is supposed for a moment: "for $i = j$"."""
    signs = [side.relation for side in statement.sides[1:]]
    nodes = [trees.get(side) for side in statement.sides]
    if not signs or not all(isinstance(n, Node) for n in nodes):
        return None
    ordered = all(s in ORDER for s in signs)
    if ordered and any(is_infinite(node) for node in nodes if isinstance(node, Node)):
        return None  # `\sum_t a_t^2 < \infty` restricts no numbers
    if not ordered and not (signs == ["="] and _AT.search(text_of(before))):
        return None
    name = named(nodes[0])  # type: ignore[arg-type]
    if not ordered and (name is None or name.marks or not _is_plain(nodes[-1])):  # type: ignore[arg-type]
        return None
    return item(signs, nodes)  # type: ignore[arg-type]


def is_infinite(node: Node) -> bool:
    r"""Whether a side is `\infty`, with a sign or without."""
    return [n.text for n in walk(node) if not n.parts and n.kind != "ADD"] == ["infty"]


def _equation(statement: Statement, trees: dict[Side, Node | Unread]) -> Node | None:
    """`p = k/n` as a condition."""
    nodes = [trees.get(side) for side in statement.sides]
    name = named(nodes[0]) if isinstance(nodes[0], Node) else None
    if (
        len(nodes) != 2
        or name is None
        or statement.sides[1].relation != "="
        or not isinstance(nodes[1], Node)
    ):
        return None
    return item(["="], nodes)  # type: ignore[arg-type]


def item(signs: Sequence[str], nodes: Sequence[Node]) -> Node:
    """Sides with relations between them as one condition."""
    parts: list[Node] = []
    for sign, node in zip(["", *signs], nodes, strict=True):
        parts += [Node("REL", (), sign)] if sign else []
        parts.append(node)
    return Node("item", tuple(parts), "", parts[0].at, parts[-1].end)


def _is_plain(value: Node) -> bool:
    """A number or a letter: `i = j`, `x = -1`; `y = x^2` says what y is."""
    kinds = [n.kind for n in walk(value)]
    return set(kinds) <= _PLAIN and kinds.count("NAME") <= 1


def text_of(before: str) -> str:
    """Prose without the marks that open and close mathematics."""
    return re.sub(
        r"^\s*(?:\$\$?|\\\]|\\\)|\\end\{[a-z]+\*?\})|(?:\$\$?|\\\[|\\\(|\\begin\{[a-z]+\*?\})\s*$", "", before
    )


def parted(previous: Segment, here: Segment) -> bool:
    """Whether a sentence ends between two segments."""
    if previous.section != here.section:
        return True
    between = text_of(here.before)
    if previous.display and previous.text.rstrip().rstrip("}").endswith("."):
        return True
    return bool(_END.search(between) or _PARAGRAPH.search(between))


def contested(statements: Iterable[tuple[str, str]]) -> set[str]:
    """Names that are compared with 0 in ways that exclude each other: `x > 0` here and `x < 0` there."""
    signs: dict[str, set[str]] = {}
    for key, sign in statements:
        signs.setdefault(key, set()).add(sign)
    return {key for key, found in signs.items() if found & {">", ">="} and found & {"<", "<="}}
