r"""What plain TeX writes otherwise: `{a \over b}`, `{n \choose k}`, `{\bf x}`.

A switch in a group reaches to the end of the group, and so do the two parts of a fraction.

Imports: calcds.document.raw.
"""

from __future__ import annotations

from collections.abc import Sequence

from calcds.document.raw import Raw

_SWITCHES = {f"\\{style}": f"\\math{style}" for style in ("bf", "rm", "it", "sf", "tt", "cal")}
_FRACTIONS = {"\\over": "\\frac", "\\choose": "\\binom"}
_OLD = frozenset({*_SWITCHES, *_FRACTIONS})


def with_groups(tokens: Sequence[Raw]) -> list[Raw]:
    r"""The tokens with the commands that stand in a group in front of it.

    >>> from calcds.document.raw import raw_tokens
    >>> "".join(token.text for token in with_groups(raw_tokens(r"{\bf x} + {a \over {n \choose k}}")))
    '\\mathbf{ x} + \\frac{a }{ \\binom{n }{ k}}'
    """
    if _OLD.isdisjoint(token.text for token in tokens):
        return list(tokens)
    done: list[Raw] = []
    opened: list[int] = []  # where the groups begin that are not closed yet
    for token in tokens:
        done.append(token)
        if token.text == "{":
            opened.append(len(done) - 1)
        elif token.text == "}" and opened:
            begin = opened.pop()
            done[begin:] = _group(done[begin:])
    return done


def _group(group: list[Raw]) -> list[Raw]:
    """A group with its command in front, if it has one at its own level."""
    depth, first = 0, group[0]
    for k, token in enumerate(group):
        depth += (token.text == "{") - (token.text == "}")
        if depth == 1 and token.text in _FRACTIONS:
            between = [Raw(text, token.at, token.end) for text in ("}", "{")]
            return [Raw(_FRACTIONS[token.text], first.at, first.end), *group[:k], *between, *group[k + 1 :]]
    behind = next((k for k, token in enumerate(group[1:], 1) if token.text != " "), 0)
    if group[behind].text in _SWITCHES:
        return [Raw(_SWITCHES[group[behind].text], first.at, first.end), first, *group[behind + 1 :]]
    return group


__all__ = ["with_groups"]
