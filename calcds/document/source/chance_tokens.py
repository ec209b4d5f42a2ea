r"""Tokens between the brackets of a probability: `P(D | +)`, `\mathbb{P}(- \mid D)`, `P(\text{heads}|\text{fair})`.

A sign that stands alone is an event, it adds nothing; and one bar alone is no absolute value, which has two.

Imports: nothing of calcds.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from calcds.document.source.tokens import Token

_OPENING, _CLOSING = {"LPAR", "LSQ", "LSET", "LGRP"}, {"RPAR", "RSQ", "RSET", "RGRP"}
_LETTERS = {"P", "Pr", "Prob", "pr"}
_APART = {"", "BAR", "MID", "COMMA"}


def in_probabilities(found: list[Token]) -> list[Token]:
    """The tokens of a formula, with the events and bars of its probabilities."""
    done = list(found)
    for k, token in enumerate(found):
        if token.kind in {"LPAR", "LSQ", "LSET"} and _is_probability(found[max(0, k - 4) : k]):
            end = _closing(found, k)
            inside = found[k + 1 : end]
            bars = [i for i, depth in enumerate(_depths(inside)) if depth == 0 and inside[i].kind == "BAR"]
            kinds = ["", *(t.kind for t in inside), ""]
            for i, here in enumerate(inside):
                beside = {kinds[i], kinds[i + 2]}
                if here.kind == "ADD" and beside <= _APART and len(bars) < 2:
                    done[k + 1 + i] = here._replace(kind="EVENT")
                elif bars == [i] and beside & {"ADD", "TEXT"}:
                    done[k + 1 + i] = here._replace(kind="MID")
    return done


def _is_probability(before: Sequence[Token]) -> bool:
    r"""Whether P, or \mathbb{P}, stands at the end."""
    letters = [t for t in before[-3:] if t.kind not in {"LGRP", "RGRP"}]
    return bool(letters) and letters[-1].text in _LETTERS


def _depths(inside: Sequence[Token]) -> list[int]:
    """In how many brackets each token stands."""
    depths, depth = [], 0
    for token in inside:
        depth -= token.kind in _CLOSING
        depths.append(depth)
        depth += token.kind in _OPENING
    return depths


def _closing(found: Sequence[Token], k: int) -> int:
    """Where the bracket closes that opens here."""
    depth = 0
    for i in range(k, len(found)):
        depth += (found[i].kind in _OPENING) - (found[i].kind in _CLOSING)
        if not depth:
            return i
    return len(found)
