r"""Functions that a text names but does not write down: "where $\sigma$ is the sigmoid", "the softplus $\zeta(z)$".

A letter is given its usual formula from the paragraph on that names it, unless some line of the document has a formula for
it: notes scale their sigmoids, and what is written counts.

Imports: calcds.document, calcds.expr.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from calcds.document.source.latex import Node
from calcds.document.source.statements import Cut
from calcds.document.words.heads import head_of, key_of
from calcds.document.words.scope import Function, Scope
from calcds.document.words.wording import CLOSING, OPENING
from calcds.expr import operators as op
from calcds.expr.kinds import Real

_FUNCTION = r"(?:\s+(?:activation|non-?linearity|unit))?(?:\s+functions?)?"
_SIGMOID = rf"(?:(?:logistic|standard|usual)\s+)*(?:sigmoid{_FUNCTION}|logistic\s+(?:activation\s+)?function)"
_USUAL = {
    "sigmoid": _SIGMOID,
    "softplus": rf"soft-?plus{_FUNCTION}",
    "tanh": rf"(?:hyperbolic\s+tangent|tanh){_FUNCTION}",
    "relu": rf"(?:rectified\s+linear\s+unit|rectifier|ReLU){_FUNCTION}",
}
_IN_FRONT = {name: re.compile(rf"\b{words}{OPENING}", re.IGNORECASE) for name, words in _USUAL.items() if name != "relu"}
_LOGISTIC = re.compile(rf"\b(?:with|for)\s+(?:a\s+|the\s+)?logistic{OPENING}", re.IGNORECASE)
_BEHIND = {
    name: re.compile(
        rf"{CLOSING}(?:,\s*|(?:is|be|being|denotes?|means|stands\s+for|for|as)\s+)(?:(?:again|now|here)\s+)?(?:the|a|an|our)\s+{words}\b",
        re.IGNORECASE,
    )
    for name, words in _USUAL.items()
}
_PLACE = Real.symbol("x")


def formulas_of(pieces: Sequence[Cut]) -> Iterator[str]:
    r"""The functions to which a document gives a formula somewhere: the s of `s(z) = \frac{1}{1 + e^{-2z}}`."""
    for tree in (piece.trees.get(one.sides[0]) for piece in pieces for one in piece.statements if len(one.sides) > 1):
        head = head_of(tree) if isinstance(tree, Node) else None
        if head is not None and all(key_of(argument) for argument in head[1]):
            yield head[0]


def usual_functions(paragraph: Sequence[Cut], scope: Scope) -> None:
    """Give the letters that a paragraph calls by a usual name their formulas."""
    for piece in paragraph:
        key = _letter(piece)
        known = scope.functions.get(key)
        if not key or key in scope.formulas or (known is not None and known.body is not None):
            continue
        name = _called(piece)
        if name:
            body = op.function(name)(_PLACE)
            scope.give(key)
            scope.functions[key] = Function(key, (_PLACE,), body, (), scope.section, None, ("x",), piece.segment.at)


def _letter(piece: Cut) -> str:
    r"""The key of a formula that is `\sigma` or `\sigma(z)`."""
    trees = [piece.trees.get(side) for one in piece.statements for side in one.sides]
    if len(trees) != 1 or not isinstance(trees[0], Node):
        return ""
    head = head_of(trees[0])
    return head[0] if head is not None else key_of(trees[0]) or ""


def _called(piece: Cut) -> str:
    before, after = piece.segment.before, piece.segment.after
    if _LOGISTIC.search(before):
        return "sigmoid"
    found = (name for name in _USUAL if (name in _IN_FRONT and _IN_FRONT[name].search(before)) or _BEHIND[name].match(after))
    return next(found, "")


__all__ = ["formulas_of", "usual_functions"]
