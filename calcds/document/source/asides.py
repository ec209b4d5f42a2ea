r"""Rows of a display that give a reason, and rows that are alternatives of one another.

    A &= \sum_i (a_i + b)                A &= \sum_i (a_i + b)
    \because b &= 2 \\                   &= \sum_i (a_i + 2)  \quad \because b = 2 \\
    &= \sum_i (a_i + 2)                  &= \sum_i a_i + 2n

A reason is an aside: what begins with a relation behind it goes on with the chain in front of it. Behind a chain, in its own
row, it is certainly one. In a row of its own it may go on over rows itself, `\because b &= c \\ &= 2`; then the next row goes
on with what it is like: the share of names, numbers and functions that both have tells, where it is twice that of the other.

    & \eta = \mu         & \text{Linear model} \\
    & \eta = \log(\mu)   & \text{Poisson model}

Rows with the same left side, each with words of its own in its last column, are alternatives: none contradicts another. Words
that give a reason, "by (1)", name no alternative.

Imports: calcds.document.source.tokens.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from calcds.document.source.tokens import Token

_REASON = re.compile(r"\W*(?:because|since)\b", re.IGNORECASE)
_NO_CASE = re.compile(
    r"\b(?:by|from|since|because|using|use[sd]?|as|with|where|for|if|when|otherwise|defin\w+|substitut\w+|rule|law|theorem|"
    r"lemma|identity|factor\w*|expand\w*|simplif\w*|distribut\w*|linearity|hypothesis|assumption|step|row|line|both|so|thus|"
    r"hence|then|and|or|to|we|apply\w*|appl\w+|add\w*|subtract\w*|multipl\w+|divid\w+|chain|product|quotient|integrat\w+|"
    r"differentiat\w+|given|let|set\w*|note|recall|symmetr\w+|equation|eq)\b|\d",
    re.IGNORECASE,
)
_TELLING = {"NAME", "NUMBER", "FUNC", "WORD", "BIGOP"}
_MARGIN = 2


def is_reason(cell: Sequence[Token]) -> bool:
    r"""Whether a statement begins with a word that gives a reason: `\because b = 2`."""
    first = next((t for t in cell if t.kind not in {"AMP", "QUAD", "COMMA"}), None)
    return first is not None and first.kind == "TEXT" and _REASON.match(first.text) is not None


def is_nearer(new: Sequence[Token], chain: Sequence[Token], aside: Sequence[Token]) -> bool | None:
    """Whether a side is like the last one of a chain, and not like that of the aside behind it; None where neither is plain."""
    to_chain, to_aside = _likeness(new, chain), _likeness(new, aside)
    if to_chain >= _MARGIN * to_aside and to_chain > 0:
        return True
    return False if to_aside >= _MARGIN * to_chain and to_aside > 0 else None


def _likeness(one: Sequence[Token], other: Sequence[Token]) -> float:
    """Twice the number of tokens that two sides share, by the number of all."""
    a, b = (Counter(t.text for t in side if t.kind in _TELLING) for side in (one, other))
    return 2 * (a & b).total() / max(1, a.total() + b.total())


def alternatives(rows: Sequence[Sequence[Token]]) -> set[int]:
    """The rows that are alternatives: one left side, and different words in the last column of each."""
    named: dict[str, dict[int, str]] = {}
    for k, row in enumerate(rows):
        found = [t for t in row if t.kind != "QUAD"]
        related = next((i for i, t in enumerate(found) if t.kind == "REL"), 0)
        last = max((i for i, t in enumerate(found) if t.kind == "AMP"), default=0)
        behind = found[last + 1 :]
        if not 0 < related < last or {t.kind for t in behind} != {"TEXT"}:
            continue
        words = " ".join(t.text.strip() for t in behind)
        left = " ".join(t.text for t in found[:related] if t.kind != "AMP")
        if left and words and not _NO_CASE.search(words):
            named.setdefault(left, {})[k] = words
    return {k for several in named.values() if len(several) == len(set(several.values())) > 1 for k in several}
