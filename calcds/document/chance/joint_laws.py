r"""Joint laws of some variables, by the probabilities of all their values, which add up to 1.

    P(X = 0, Y = 0) = 0.4, P(X = 0, Y = 1) = 0.1, P(X = 1, Y = 0) = 0.2, P(X = 1, Y = 1) = 0.3
    X, Y \in \{0, 1\} have the joint probabilities p(0, 0) = 0.4, p(0, 1) = 0.1, p(1, 0) = 0.2, p(1, 1) = 0.3

Such a table tells everything of the variables: with the rows (x_k, y_k) and their probabilities p_k

    E[g(X, Y)] = sum_k p_k g(x_k, y_k)         P(A) = E[1_A]         P(X = x) = sum of the p_k with x_k = x

The last are the laws of the single variables. As long as each variable has the one of the table, so do all together; once the
text introduces one of them anew, it has another law, and the table holds no longer.

Imports: calcds.document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from calcds.document.chance.printed_laws import JOINED, decimal, joined
from calcds.document.chance.printed_tables import printed, printed_tables
from calcds.document.chance.profiles import TABLE
from calcds.document.source.latex import Node
from calcds.document.source.names import atom_and_marks, named, names_in, opened
from calcds.document.source.statements import Cut
from calcds.document.words.randomness import ENDLESS, JOINT, PROBABILITIES, Said, operands

_SAID = re.compile(r"^[^.;:]*\bjoint\s+(?:probabilit|distribution|law|mass|pmf|probability)[^.;]*$", re.IGNORECASE)
_LETTERS = {"p", *PROBABILITIES}
Row = tuple[tuple[str, ...], tuple[Node, ...], Node]


@dataclass(frozen=True, slots=True)
class _Table:
    """Names of variables, and rows of values with their probabilities; the first formula of the table."""

    keys: tuple[str, ...]
    rows: tuple[tuple[tuple[Node, ...], Node], ...]
    first: Cut


def joint_laws(pieces: Sequence[Cut], text: str = "") -> Iterator[Said]:
    """The joint laws that formulas print, or tables in the text of their document, and the laws of the single variables."""
    for table in (*_tables(pieces), *_in_rows(pieces, text)):
        section, at = table.first.segment.section, table.first.segment.at
        nodes = tuple(node for values, chance in table.rows for node in (*values, chance))
        yield Said(JOINT, frozenset(table.keys), section, at, values=nodes, hint=" ".join(table.keys))
        for place, key in enumerate(table.keys):
            totals: dict[Fraction, Fraction] = {}
            for values, chance in table.rows:
                value = decimal(values[place]) or Fraction(0)
                totals[value] = totals.get(value, Fraction(0)) + (decimal(chance) or 0)
            law = tuple(printed(one) for pair in totals.items() for one in pair)
            yield Said("law", frozenset({key}), section, at, ENDLESS, TABLE, law)


def _in_rows(pieces: Sequence[Cut], text: str) -> Iterator[_Table]:
    """The tables with a head for each row and column, with the first formula in them."""
    for one in printed_tables(text):
        first = next((piece for piece in pieces if piece.segment.at >= one.at), None)
        if first is not None:
            rows = tuple((tuple(map(printed, places)), printed(chance)) for places, chance in one.rows)
            yield _Table(one.keys, rows, first)


def _tables(pieces: Sequence[Cut]) -> Iterator[_Table]:
    for first, rows in joined([[*_rows(piece)] for piece in pieces], pieces):
        names = {keys for keys, _, _ in rows}
        keys = names.pop() if len(names) == 1 else ()
        width = len(rows[0][1]) if rows else 0
        keys = keys or (_variables(pieces, first, width) if rows and not names else ())
        places = {tuple(decimal(v) for v in values) for _, values, _ in rows}
        total = sum((decimal(chance) or Fraction(0) for _, _, chance in rows), Fraction(0))
        if keys and len(set(keys)) == len(keys) == width and len(places) == len(rows) and total == 1:
            yield _Table(keys, tuple((values, chance) for _, values, chance in rows), pieces[first])


def _rows(piece: Cut) -> Iterator[Row]:
    """The variables, as far as they are printed, the values and the probability of every `P(X = 0, Y = 1) = 0.1`."""
    for statement in piece.statements:
        trees = [tree for side in statement.sides if isinstance(tree := piece.trees.get(side), Node)]
        if len(trees) != 2 or [side.relation for side in statement.sides[1:]] != ["="] or decimal(opened(trees[1])) is None:
            continue
        head, whole = [*operands(trees[0])], opened(trees[0])
        if len(head) != 1 or len(whole.parts) != 2 or head[0][0] not in _LETTERS or atom_and_marks(whole.parts[1])[1]:
            continue
        inside = head[0][2].parts[0] if head[0][2].parts else head[0][2]
        parts = [opened(p) for p in inside.parts if p.kind != "COMMA"] if inside.kind == "items" else []
        if len(parts) < 2:
            continue
        if all(p.kind == "item" and [q.text for q in p.parts[1::2]] == ["="] for p in parts):
            names = [named(opened(p.parts[0])) for p in parts]
            keys = tuple(n.base for n in names if n is not None and not n.marks and len(n.base) == 1)
            values = tuple(opened(p.parts[2]) for p in parts)
            fits = len(keys) == len(parts) and head[0][0] in PROBABILITIES
        else:
            keys, values, fits = (), tuple(parts), True
        if fits and all(decimal(v) is not None for v in values):
            yield keys, values, opened(trees[1])


def _variables(pieces: Sequence[Cut], first: int, width: int) -> tuple[str, ...]:
    r"""The X and Y in front of "have the joint probabilities"."""
    if not first or not _SAID.match(pieces[first].segment.before):
        return ()
    k, keys = first - 1, _named_first(pieces[first - 1])
    while k and len(keys) < width and JOINED.fullmatch(pieces[k].segment.before):
        k -= 1
        keys = _named_first(pieces[k]) + keys
    return keys if len(keys) == width and all(len(key) == 1 and key.isupper() for key in keys) else ()


def _named_first(piece: Cut) -> tuple[str, ...]:
    r"""The X, Y of `X, Y \in \{0, 1\}` and of `(X, Y)`, in their order."""
    if len(piece.statements) != 1 or any(side.relation not in {"", "in"} for side in piece.statements[0].sides):
        return ()
    tree = piece.trees.get(piece.statements[0].sides[0])
    return tuple(n.base for n in names_in(tree) if not n.marks) if isinstance(tree, Node) else ()


__all__ = ["joint_laws"]
