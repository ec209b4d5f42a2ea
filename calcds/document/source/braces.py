r"""What stands below or above a brace: `\underbrace{X^T X (X^T X)^{-1}}_{=\,I}` says what the part in the brace comes to.

A label that begins with a relation is a remark on a part, no mark of it: the formula is read without it.

Imports: calcds.document.source.raw.
"""

from __future__ import annotations

from collections.abc import Sequence

from calcds.document.source.raw import Raw, Unread, raw_tokens

_BRACES = {"\\underbrace": "_", "\\overbrace": "^"}
_RELATIONS = {"=", "<", ">", "\\le", "\\leq", "\\ge", "\\geq", "\\approx", "\\equiv", "\\to", "\\ne", "\\neq"}
_SPACES = {" ", "\\,", "\\;", "\\:", "\\!", "\\ ", "~", "\\quad"}


def without_remarks(raw: Sequence[Raw]) -> Sequence[Raw]:
    r"""Raw tokens without labels of braces that begin with a relation.

    >>> from calcds.document.source.raw import raw_tokens
    >>> "".join(one.text for one in without_remarks(raw_tokens(r"\underbrace{a b}_{= 1} c")))
    '\\underbrace{a b} c'
    >>> "".join(one.text for one in without_remarks(raw_tokens(r"\underbrace{a b}_{n} c")))
    '\\underbrace{a b}_{n} c'
    """
    if not any(one.text in _BRACES for one in raw):
        return raw
    left_out = set[int]()
    for k, one in enumerate(raw):
        if one.text not in _BRACES:
            continue
        mark = _next(raw, _closing(raw, _next(raw, k + 1)) + 1)
        label = _next(raw, mark + 1)
        end = _closing(raw, label)
        marked = mark < len(raw) and raw[mark].text == _BRACES[one.text]
        if marked and label < end < len(raw) and raw[_next(raw, label + 1)].text in _RELATIONS:
            left_out |= {*range(mark, end + 1)}
    return [one for k, one in enumerate(raw) if k not in left_out]


def has_remark(text: str) -> bool:
    r"""Whether a brace says what a part of a formula comes to: in a chain the next side may go on from that.

    >>> has_remark(r"\underbrace{(b - a)^2}_{=0} + v"), has_remark(r"\underbrace{a + \dots + a}_{n}")
    (True, False)
    """
    if not any(brace in text for brace in _BRACES):
        return False
    try:
        raw = raw_tokens(text)
    except Unread:
        return False
    return len(without_remarks(raw)) < len(raw)


def _next(raw: Sequence[Raw], k: int) -> int:
    """The place of the next token that is no space."""
    while k < len(raw) and (raw[k].text in _SPACES or raw[k].text.isspace()):
        k += 1
    return k


def _closing(raw: Sequence[Raw], k: int) -> int:
    """The place of the brace that closes the one at a place, or the place itself where none opens."""
    depth = 0
    for end in range(k, len(raw)):
        depth += (raw[end].text == "{") - (raw[end].text == "}")
        if not depth:
            return end
    return len(raw)


__all__ = ["has_remark", "without_remarks"]
