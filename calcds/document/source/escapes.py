r"""Formulas of Markdown in which signs are escaped for Markdown, as they reach TeX.

    \\( w\_{jk} \\)   \\[ ... \\]      is  \( w_{jk} \)   \[ ... \]     where the page is made by Jekyll and its like
    \operatorname\*{argmin}            is  \operatorname*{argmin}
    \\{ 1, \dots, K \\}                is  \{ 1, \dots, K \}

In TeX `\_` prints an underscore, which no formula needs, except in a name such as `n\_samples`. So a page escapes its
indices if some index in braces is escaped, `w\_{jk}`, and then all of them are. Backslashes are taken away together with
the place they had: every column of the report stays where the author sees it.

Imports: nothing of calcds.
"""

from __future__ import annotations

import re

_EVEN = r"(?<!\\)(?:\\\\)*"  # no backslash, or pairs of them
_PAIRS = re.compile(
    r"(?P<open>\\)\\(?:\((?=(?P<paren>(?:(?!\\\\\(|\n[ \t]*\n).)*?)(?P<paren_close>\\)\\\))"
    r"|\[(?=(?P<square>(?:(?!\\\\\[|\n[ \t]*\n).)*?)(?P<square_close>\\)\\\]))",
    re.DOTALL,
)
_INDEX = re.compile(_EVEN + r"\\_(?=\s*\{)")
_ESCAPED = re.compile(_EVEN + r"(?P<star>\\)\*|" + _EVEN + r"(?P<index>\\)_(?![A-Za-z]{4})")
_SET = re.compile(r"\\\\\{([^{}\\\n]|\\(?!\\))*\\\\\}")


def unescaped(text: str) -> tuple[str, list[int]]:
    r"""A text of Markdown without the backslashes that Markdown takes away, and the places where they stood.

    >>> unescaped(r"\\(w\_{jk} = 0\\) and x\_1")
    ('\\(w_{jk} = 0\\) and x_1', [0, 4, 14, 23])
    >>> unescaped(r"$n\_samples$ in $a \\(b + c)$")
    ('$n\\_samples$ in $a \\\\(b + c)$', [])
    """
    gone = set[int]()
    for found in _PAIRS.finditer(text):
        gone |= {found.start("open"), found.start("paren_close" if found["paren"] is not None else "square_close")}
    for found in _SET.finditer(text):
        gone |= {found.start(), found.end() - 3}
    indices = _INDEX.search(text) is not None
    for found in _ESCAPED.finditer(text):
        if found.lastgroup == "star" or indices:
            gone.add(found.start(found.lastgroup or 0))
    places = sorted(gone)
    parts = (text[start + 1 : end] for start, end in zip([-1, *places], [*places, len(text)], strict=True))
    return "".join(parts), places


def moved(lines: list[tuple[int, int, int]], places: list[int]) -> list[tuple[int, int, int]]:
    """The beginnings of lines, and of what stands behind a character that was taken away, in the text without it.

    lines: offset, line and column of places in the text, in order
    places: of the characters that were taken away

    >>> moved([(0, 1, 0), (10, 2, 0)], [4, 12])
    [(0, 1, 0), (4, 1, 5), (9, 2, 0), (11, 2, 3)]
    """
    done: list[tuple[int, int, int]] = []
    k, last = 0, (0, 1, 0)
    for taken, place in enumerate([*places, None]):
        while k < len(lines) and (place is None or lines[k][0] <= place):
            last = lines[k]
            done.append((last[0] - taken, *last[1:]))
            k += 1
        if place is not None:
            done.append((place - taken, last[1], last[2] + place + 1 - last[0]))
    return done


__all__ = ["moved", "unescaped"]
