r"""What plain TeX writes otherwise: `{a \over b}`, `{n \choose k}`, `{\bf x}`, `\bf{x}`, cases as an array behind a brace.

A switch in a group reaches to the end of the group, and so do the two parts of a fraction. An array between `\left\{` and
`\right.` is `\begin{cases}`.

Imports: calcds.document.source.raw.
"""

from __future__ import annotations

from collections.abc import Sequence

from calcds.document.source.raw import Raw

_SWITCHES = {f"\\{style}": f"\\math{style}" for style in ("bf", "rm", "it", "sf", "tt", "cal")}
_FRACTIONS = {"\\over": "\\frac", "\\choose": "\\binom"}
_OLD = frozenset({*_SWITCHES, *_FRACTIONS})


def with_groups(tokens: Sequence[Raw]) -> list[Raw]:
    r"""The tokens with the commands that stand in a group in front of it.

    >>> from calcds.document.source.raw import raw_tokens
    >>> "".join(token.text for token in with_groups(raw_tokens(r"{\bf x} + {a \over {n \choose k}}")))
    '\\mathbf{ x} + \\frac{a }{ \\binom{n }{ k}}'
    """
    tokens = _with_cases(tokens)
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
    return [Raw(_SWITCHES[token.text], token.at, token.end) if _is_command(done, k) else token for k, token in enumerate(done)]


def _is_command(tokens: Sequence[Raw], k: int) -> bool:
    r"""Whether a switch stands before a group, and is meant as a command: `\bf{x}` for `\mathbf{x}`."""
    return tokens[k].text in _SWITCHES and _behind(tokens, k + 1, "{") > 0


def _with_cases(tokens: Sequence[Raw]) -> Sequence[Raw]:
    r"""The tokens with `\begin{cases}` for an array behind an open brace that nothing closes.

    >>> from calcds.document.source.raw import raw_tokens
    >>> "".join(t.text for t in _with_cases(raw_tokens(r"\left\{\begin{array}{ll} x & x > 0\end{array}\right.")))
    '\\begin{cases} x & x > 0\\end{cases}'
    """
    for k, token in enumerate(tokens):
        begin = _behind(tokens, k + 1, "\\{") if token.text == "\\left" else -1
        inside = _behind(tokens, begin, "\\begin", *"{array}") if begin >= 0 else -1
        first = _behind_group(tokens, inside) if inside >= 0 else -1
        if first < 0:
            continue
        for end in (m for m in range(first, len(tokens)) if tokens[m].text == "\\end"):
            last = _behind(tokens, end, "\\end", *"{array}")
            rest = _behind(tokens, last, "\\right", ".") if last >= 0 else -1
            if rest >= 0:
                opening, closing = (
                    [Raw(text, at.at, at.end) for text in (word, *"{cases}")]
                    for word, at in (("\\begin", token), ("\\end", tokens[end]))
                )
                return [*tokens[:k], *opening, *tokens[first:end], *closing, *_with_cases(tokens[rest:])]
    return tokens


def _behind(tokens: Sequence[Raw], k: int, *wanted: str) -> int:
    """Where the tokens behind some wanted ones begin, with space before each of them; -1 where they do not stand there."""
    for text in wanted:
        while k < len(tokens) and tokens[k].text == " ":
            k += 1
        if k >= len(tokens) or tokens[k].text != text:
            return -1
        k += 1
    return k


def _behind_group(tokens: Sequence[Raw], k: int) -> int:
    """Where the tokens behind a group begin; -1 where none stands there."""
    k = _behind(tokens, k, "{")
    while 0 <= k < len(tokens) and tokens[k].text != "}":
        k += 1
    return k + 1 if 0 <= k < len(tokens) else -1


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
