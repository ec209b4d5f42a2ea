r"""The tokens of a segment as statements: chains `a = b = c`, row by row and column by column.

    \begin{align} f(x) &= a \\ &= b \end{align}      one chain of three sides
    z_3 &= a_1 w_{13} & a_1 &= x_1                   two chains
    z = x^2 + 1, \quad y = 2                         two chains

A row that begins with a relation goes on with the chain of the row above it. `i = 1, \dots, n` is no statement: it says
which values the i of the others has.

Imports: calcds.document.source.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from calcds.document.source.asides import alternatives, is_nearer, is_reason
from calcds.document.source.extract import Segment
from calcds.document.source.latex import Node
from calcds.document.source.ranges import without_ranges
from calcds.document.source.raw import Unread
from calcds.document.source.spoken import joins, limits
from calcds.document.source.tokens import Token

LINES = {
    "align",
    "aligned",
    "alignat",
    "alignedat",
    "gather",
    "gathered",
    "split",
    "eqnarray",
    "multline",
    "flalign",
    "equation",
}
_OPENS = {"LPAR", "LSQ", "LSET", "LGRP", "LFLOOR", "LCEIL", "LANGLE", "LBAR", "LNORM", "LNULL"}
_CLOSES = {"RPAR", "RSQ", "RSET", "RGRP", "RFLOOR", "RCEIL", "RANGLE", "RBAR", "RNORM", "RNULL"}
_PARTING = {"and": "and", "or": "or", "so": "implies", "thus": "implies", "hence": "implies", "therefore": "implies",
            "then": "implies", "i.e": "iff", "iff": "iff", "if and only if": "iff", "implies": "implies", "because": "and",
            "since": "and", "but": "and", "equivalently": "iff", "that is": "iff", "gives": "implies", "yields": "implies",
            "means": "implies", "it follows": "implies", "consequently": "implies", "we get": "implies"}  # fmt: skip
_OPERATORS = dict.fromkeys(("argmin", "argmax", "min", "max", "sup", "inf"), "FUNC") | {"lim": "BIGOP"}
_COUNTING = frozenset("ijklmn")
_BREAKS = {"implies": "implies", "iff": "iff", "implied": "implies", "and": "and", "or": "or"}


@dataclass(frozen=True, slots=True)
class Side:
    """The tokens of one side, and the relation in front of it ("" at the head of a chain)."""

    relation: str
    tokens: tuple[Token, ...]

    @property
    def at(self) -> int:
        """Where it begins."""
        return self.tokens[0].at if self.tokens else -1

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.tokens[-1].end if self.tokens else -1


@dataclass(slots=True)
class Statement:
    """A chain of sides with relations between them; a first side without tokens goes on with what stood before."""

    sides: list[Side]
    joint: str = ""  # "implies", "iff": how it hangs on the statement in front of it
    text: list[str] = field(default_factory=list)  # annotations in \text{...}
    ranges: dict[str, tuple[Token, ...]] = field(default_factory=dict)  # `i = 1, \dots, n` beside it: i and n
    alternative: bool = False  # one of several that the rows name

    @property
    def continues(self) -> bool:
        """Whether its head is the end of an earlier chain."""
        return not self.sides[0].tokens


class Cut(Protocol):
    """A segment with its statements, and the trees of their sides."""

    segment: Segment
    statements: list[Statement]
    trees: dict[Side, Node | Unread]


def without_places(statement: Statement) -> Statement:
    r"""`A \in \mathbb{R}^{m \times n} = B` says that A is B: the set between them says where A is."""
    sides = statement.sides
    kept = [
        side for k, side in enumerate(sides)
        if not (0 < k < len(sides) - 1 and side.relation == "in" and side.tokens[:1] and side.tokens[0].kind == "SET"
                and sides[k + 1].relation in {"=", ":="})
    ]  # fmt: skip
    return statement if len(kept) == len(sides) else replace(statement, sides=kept)


def hides_a_relation(side: Side) -> bool:
    """Whether a bracket that is not closed hides an equality: `(a + b = c`."""
    opened = [sum(t.kind in kinds for t in side.tokens) for kinds in (_OPENS, _CLOSES)]
    return opened[0] != opened[1] and any(t.kind == "REL" and t.text in {"=", ":="} for t in side.tokens)


def statements(found: Sequence[Token]) -> list[Statement]:
    """The statements of a segment."""
    done: list[Statement] = []
    found, ranges = without_ranges(_marked(_without_edges(found)))
    rows = _closed(_rows(_opened(found)))
    cases = alternatives(rows)
    chain: Statement | None = None  # what stands in front of a reason, which goes on behind it
    aside, certain = Statement([]), False
    for k, row in enumerate(rows):
        if done and row and _goes_on(row):
            last = done[-1].sides[-1]
            done[-1].sides[-1] = replace(
                last, tokens=(*last.tokens, *(t for t in row if t.kind not in {"AMP", "QUAD"}))
            )
            continue
        reason = False
        for place, (cell, joint) in enumerate(_cells(row)):
            statement = _chain(cell)
            if statement is None:
                continue
            if statement.continues and done and not joint:
                _go_on(done, statement, None if reason else chain, aside, certain=certain)
                chain = chain if reason else None
                continue
            done.append(replace(statement, joint=joint, alternative=k in cases))
            if is_reason(cell) and len(done) > 1:
                chain, aside, reason, certain = chain or done[-2], done[-1], True, place > 0
            chain = chain if reason else None  # what stands beside a reason says when it holds
    for statement in done:
        ranges |= _between(statement)
    return [replace(statement, ranges=ranges) for statement in done] if ranges else done


def _go_on(
    done: list[Statement], statement: Statement, chain: Statement | None, aside: Statement, *, certain: bool
) -> None:
    """A row that begins with a relation goes on with the last statement, or with the chain in front of a reason."""
    new = statement.sides[1:]
    nearer = certain or chain is None or is_nearer(new[0].tokens, chain.sides[-1].tokens, aside.sides[-1].tokens)
    if chain is None or nearer is False:
        one = done[-1] if chain is None else aside
        one.sides += new
        one.text += statement.text
    elif nearer and chain.sides[-1].tokens:
        done.append(replace(statement, sides=[replace(chain.sides[-1], relation=""), *new]))
    else:
        done.append(replace(statement, sides=[Side("", ()), *new]))


def _without_edges(found: Sequence[Token]) -> list[Token]:
    r"""The tokens without wide spaces at the edges of brackets and of cells: `& \quad -x`, `( \quad a )`."""
    done: list[Token] = []
    for k, (token, level) in enumerate(_levels(found)):
        following = found[k + 1] if k + 1 < len(found) else None
        opened = not done or done[-1].kind in _OPENS | {"BEGIN", "AMP", "ROW", "QUAD"}
        closed = following is None or following.kind in _CLOSES | {"END", "AMP", "ROW"}
        if token.kind != "QUAD" or not level or not (opened or closed):
            done.append(token)
    return done


def _between(statement: Statement) -> dict[str, tuple[Token, ...]]:
    r"""The range of `1 \le i \le n`."""
    sides = [side.tokens for side in statement.sides]
    if [side.relation for side in statement.sides[1:]] != ["<=", "<="] or [len(s) for s in sides[:2]] != [1, 1]:
        return {}
    (low,), (name,), high = sides
    return {name.text: high} if low.text == "1" and name.kind == "NAME" and high else {}


def _goes_on(row: Sequence[Token]) -> bool:
    """Whether a row is the rest of a long formula: it begins with an operator and has no relation."""
    first = next((t for t in row if t.kind not in {"AMP", "QUAD"}), None)
    return (
        first is not None
        and first.kind in {"MUL", "ADD"}
        and all(level or t.kind != "REL" for t, level in _levels(row))
    )


def _opened(found: Sequence[Token]) -> list[Token]:
    """Without the environments that only arrange lines."""
    lines = LINES | {"array"} if _is_array_of_equations(found) else LINES
    done: list[Token] = []
    depth = 0
    for token in found:
        if token.kind == "BEGIN" and token.text.rstrip("*") in lines and not depth:
            continue
        if token.kind == "END" and token.text.rstrip("*") in lines and not depth:
            done.append(token._replace(kind="ROW"))
            continue
        depth += (token.kind == "BEGIN") - (token.kind == "END")
        done.append(token)
    return done


def _is_array_of_equations(found: Sequence[Token]) -> bool:
    r"""`\begin{array}{rcl} z & = & x \\ ...`."""
    if not found or found[0].kind != "BEGIN" or found[0].text != "array" or found[-1].kind != "END":
        return False
    kinds = [t.kind for t in found]
    return any(kinds[k : k + 3] == ["AMP", "REL", "AMP"] for k in range(len(kinds)))


def _closed(rows: Iterable[list[Token]]) -> list[list[Token]]:
    r"""Rows of which the last side is not empty: `A = \\ B = \\ C` goes on in the next row."""
    done: list[list[Token]] = []
    for row in rows:
        shown = [t for t in row if t.kind not in {"AMP", "QUAD"}]
        ends = [t for t in done[-1] if t.kind not in {"AMP", "QUAD"}][-1:] if done else []
        if ends and shown and ends[0].kind == "REL" and ends[0].text in {"=", "~"}:
            done[-1] += [t for t in row if t.kind != "AMP"] if shown[0].text != ends[0].text else shown[1:]
        else:
            done.append(row)
    return done


def _rows(found: Sequence[Token]) -> Iterator[list[Token]]:
    row: list[Token] = []
    for token, level in _levels(found):
        if token.kind == "ROW" and not level:
            yield row
            row = []
        else:
            row.append(token)
    yield row


def _levels(found: Sequence[Token]) -> Iterator[tuple[Token, int]]:
    """Tokens with the number of environments and brackets they stand in; brackets do not reach over rows."""
    grids = brackets = 0
    for token in found:
        if token.kind == "BEGIN":
            grids += 1
        elif token.kind == "END":
            grids -= 1
        elif token.kind in _OPENS:
            brackets += 1
        elif token.kind in _CLOSES:
            brackets = max(0, brackets - 1)
        elif token.kind == "ROW" and not grids:
            brackets = 0
        yield token, grids + (brackets if token.kind != "ROW" else 0)


def _cells(row: Sequence[Token]) -> Iterator[tuple[list[Token], str]]:
    """Statements of a row: columns, and what commas, wide spaces and implications part."""
    parts: list[tuple[list[Token], str]] = []
    cell: list[Token] = []
    joint = ""
    for token, level in _levels(_without_colons(row)):
        if level or token.kind not in {"AMP", "QUAD", "COMMA", "SEMI", "STOP", "REL", "TEXT"}:
            cell.append(token)
        elif token.kind == "AMP":
            if any(t.kind == "REL" for t in cell[:-1]) and cell[-1].kind != "REL":
                parts.append((cell, joint))
                cell, joint = [], ""
        elif token.kind == "REL" and token.text in _BREAKS:
            parts.append((cell, joint))
            cell, joint = [], _BREAKS[token.text]
        elif token.kind == "TEXT" and any(t.kind == "REL" for t in cell) and (word := _joint(token.text)):
            parts.append((cell, joint))
            cell, joint = [token] if is_reason([token]) else [], word
        elif token.kind == "TEXT" and any(t.kind == "REL" for t in cell[:-1]) and cell[-1].kind != "REL" and limits(token.text):
            parts.append((cell, joint))
            cell, joint = [token], ""
        elif token.kind == "QUAD" and joint and not cell:
            continue  # a space behind an arrow
        elif token.kind in {"QUAD", "COMMA", "SEMI", "STOP"}:
            parts.append((cell, joint))
            cell, joint = [token] if token.kind != "QUAD" else [], ""
        else:
            cell.append(token)
    parts.append((cell, joint))
    yield from _joined(_paired(parts))


def _joint(said: str) -> str:
    """How words hang a statement on the one before them: "and hence" as "hence" does; "" where they do not."""
    word = said.strip(" ,.;:").lower()
    for first in ("and ", "or ", "but ", "which "):
        word = word.removeprefix(first).lstrip()
    return _PARTING.get(word.removesuffix(" that"), "")


def _paired(parts: list[tuple[list[Token], str]]) -> list[tuple[list[Token], str]]:
    r"""`\frac13, \frac23 \approx 0.333, 0.667` as two equations; letters that count are no such list: `i, j = 1, 2`."""
    ends = {"COMMA", "STOP"}
    while parts and not parts[-1][0][1:] and {t.kind for t in parts[-1][0]} <= ends:
        parts = parts[:-1]  # the comma or full stop behind a display
    bare = [(cell[1:] if cell and cell[0].kind == "COMMA" else cell, joint) for cell, joint in parts]
    related = [k for k, (cell, _) in enumerate(bare) if any(t.kind == "REL" and not level for t, level in _levels(cell))]
    if len(related) != 1 or not related[0] or len(parts) != 2 * related[0] + 1 or any(joint for _, joint in parts):
        return parts
    middle = bare[related[0]][0]
    place = next(k for k, (t, level) in enumerate(_levels(middle)) if t.kind == "REL" and not level)
    left = [*(cell for cell, _ in bare[: related[0]]), middle[:place]]
    right = [middle[place + 1 :], *(cell for cell, _ in bare[related[0] + 1 :])]
    counts = all(len(cell) == 1 and cell[0].text in _COUNTING for cell in left)
    words = any(t.kind in {"TEXT", "REL"} for cell in (*left, *right) for t in cell)
    commas = all(cell and cell[0].kind == "COMMA" for cell, _ in parts[1:])
    if middle[place].text not in {"=", "~"} or counts or words or not commas or not all((*left, *right)):
        return parts
    return [([*one, middle[place], *other], "") for one, other in zip(left, right, strict=True)]


def _without_colons(row: Sequence[Token]) -> list[Token]:
    r"""A row without the colons that end an equation: `h(x,y) &= xe^{-xy}: & \frac{\partial h}{\partial x} &= ...`."""
    found, related = list[Token](), False
    for k, (token, level) in enumerate(_levels(row)):
        ends = k + 1 == len(row) or row[k + 1].kind in {"AMP", "QUAD"}
        related = (related or token.kind == "REL") and token.kind not in {"COMMA", "SEMI"} if not level else related
        if token.kind == "COLON" and not level and ends and related:
            continue
        found.append(token)
    return found


def _joined(parts: list[tuple[list[Token], str]]) -> Iterator[tuple[list[Token], str]]:
    r"""Pieces of a list put together again: `x, y \\in R`; and columns that begin with a relation."""
    held: list[Token] = []
    pending: tuple[list[Token], str] | None = None
    for cell, joint in parts:
        comma = bool(cell) and cell[0].kind in {"COMMA", "SEMI", "STOP"}
        inner = _bare(cell[1:] if comma else cell)
        if not inner:
            continue
        has_relation = any(t.kind == "REL" for t in inner)
        if inner[0].kind == "REL" and pending is not None and not joint:
            pending = ([*pending[0], *inner], pending[1])
            continue
        if not has_relation and joint == "" and all(t.kind != "TEXT" for t in inner):
            held += ([cell[0]] if comma and held else []) + inner
            continue
        if pending is not None:
            yield pending
        together = (
            [*held, *([cell[0]] if comma and held else []), *inner]
            if held and any(t.text == "in" for t in inner)
            else inner
        )
        pending, held = (together, joint), []
    if pending is not None:
        yield pending
    elif held:
        yield held, ""


def _bare(cell: list[Token]) -> list[Token]:
    r"""A relation in brackets of its own, without them: `\sqrt{x^2} = x \qquad (x > 0)`, `(\text{as}\quad x > 0)`."""
    levels = [level for _, level in _levels(cell)]
    alone = len(cell) > 2 and (cell[0].kind, cell[-1].kind) == ("LPAR", "RPAR") and all(levels[:-1])
    pairs = [*zip(cell, levels, strict=True)]
    relation = alone and any(t.kind == "REL" and level == 1 for t, level in pairs)
    return [t for t, level in pairs[1:-1] if t.kind != "QUAD" or level > 1] if relation else cell


def _chain(cell: Sequence[Token]) -> Statement | None:
    sides: list[Side] = []
    here: list[Token] = []
    words: list[Token] = []  # behind what stands here of a side: they are part of it if it goes on
    relation = ""
    text: list[str] = []
    name: list[Token] = []  # words that stand for the first side
    for token, level in _levels(cell):
        if token.kind == "REL" and not level:
            sides.append(Side(relation, tuple(here or (name if not sides else ()))))
            here, words, relation = [], [], token.text
        elif token.kind == "TEXT" and not level and not (here and here[-1].kind in {"UNDER", "CARET"}):
            here = [] if _is_ordinal(here) else here
            text.append(token.text)
            words += [token] if here else []
            name = [_as_name(token)] if not joins(token.text) else []
        elif token.kind != "AMP" or level:
            here += [*words, token]
            words = []
    sides.append(Side(relation, tuple(here)))
    if len(sides) == 1 and not sides[0].tokens:
        return None
    return Statement(sides, "", text)


def _as_name(words: Token) -> Token:
    r"""`\text{recall} = \frac34`: one word is a name; several are left as they are, and unread."""
    said = words.text.strip(" .,:;")
    return words._replace(kind="WORD", text=said.replace("-", "")) if re.fullmatch(r"[A-Za-z]+(?:-[A-Za-z]+)*", said) else words


def _is_ordinal(found: Sequence[Token]) -> bool:
    r"""`2^{nd}`: it counts what the words behind it name."""
    said = "".join(t.text for t in found if t.kind not in {"LGRP", "RGRP", "CARET"})
    return re.fullmatch(r"[0-9]+(?:st|nd|rd|th)", said) is not None


def _marked(found: Sequence[Token]) -> list[Token]:
    r"""`\stackrel{!}{=}` as a relation that is asked for, `\overset{def}{=}` as one that defines."""
    done: list[Token] = []
    k = 0
    while k < len(found):
        if found[k].kind in {"OVERSET", "UNDERSET"}:
            above, j = _group(found, k + 1)
            below, end = _group(found, j)
            if len(below) == 1 and below[0].kind == "REL":
                said = "".join(t.text for t in above)
                sign = (
                    "ask" if "!" in said else ":=" if "def" in said or "triangle" in said else below[0].text
                )
                done.append(Token("REL", sign, found[k].at, below[0].end))
                k = end
                continue
            if found[k].kind == "UNDERSET" and above and (operator := _operator(below)):
                first, last = above[0], above[-1]
                subscript = [Token("UNDER", "_", first.at, first.at), Token("LGRP", "{", first.at, first.at), *above,
                             Token("RGRP", "}", last.end, last.end)]  # fmt: skip
                done += [operator[0]._replace(at=found[k].at), *operator[1:], *subscript]
                k = end
                continue
        done.append(found[k])
        k += 1
    return done


def _operator(found: Sequence[Token]) -> list[Token]:
    r"""The `\max` or `\lim` of `\underset{x}{\max}`, also as a word, `\text{argmax}`; nothing for anything else."""
    kinds = [_OPERATORS.get(t.text, "") if t.kind in {"TEXT", "WORD"} else t.kind for t in found]
    return [t._replace(kind=kind) for t, kind in zip(found, kinds, strict=True)] if set(kinds) in ({"FUNC"}, {"BIGOP"}) else []


def _group(found: Sequence[Token], k: int) -> tuple[list[Token], int]:
    """A token or the inside of braces, and where it ends."""
    if k >= len(found) or found[k].kind != "LGRP":
        return list(found[k : k + 1]), k + 1
    depth, start = 0, k
    while k < len(found):
        depth += (found[k].kind == "LGRP") - (found[k].kind == "RGRP")
        k += 1
        if not depth:
            break
    return list(found[start + 1 : k - 1]), k
