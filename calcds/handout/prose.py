r"""Prose with formulas in it, apart from any format: a list of pieces, ("text", words) or ("math", LaTeX).

Reasons and titles hold formulas between dollar signs. Docstrings are plain text, as in "W_lk leads from l to k" or
"1 + e^(-beta x)": what is surely a formula there is found and set as one.

Imports: calcds.expr.names.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Literal

from calcds.expr.names import GREEK, latex_name

Piece = tuple[Literal["text", "math"], str]
Rich = tuple[Piece, ...]

_DOLLARS = re.compile(r"(?<!\\)\$([^$]+)\$")
_GREEK_WORDS = "|".join(sorted(GREEK - {"pi", "ell", "nu", "xi", "eta", "mu"}, key=len, reverse=True))
_SUB = r"(?:_(?:\{[^}]*\}|[A-Za-z0-9]+))"
_SUP = r"(?:\^(?:\{[^}]*\}|\([^()]*\)|-?[A-Za-z0-9]+))"
_ATOM = rf"(?:[A-Za-z]{{1,2}}|{_GREEK_WORDS}|\|[A-Za-z]{{1,3}}\|)"
_FORMULA = re.compile(
    rf"(?<![\w\\$.])(?:\([\w+/ *^-]{{1,24}}\){_SUP}|\d+{_SUP}"  # (p/q)^2, 10^4
    rf"|(?:\d+(?=[a-z]\^))?{_ATOM}(?:{_SUB}{_SUP}?|{_SUP})(?:/d?{_ATOM}{_SUB}?)?"  # 2k^2, dL/da_k
    rf"|d[A-Za-z]/d[A-Za-z]{_SUB}?|\b(?:{_GREEK_WORDS})\b)(?![\w(^])"
)
_TRANSPOSED = re.compile(r"((?<![A-Za-z\\])[A-Za-z]|\))\^\{?T\}?(?![A-Za-z])")  # A^T, not \sum_{t=1}^T
_ARTICLES = frozenset("aAI")


def rich(text: str) -> Rich:
    """A reason or a title.

    >>> rich("cancel $e^c$ below")
    (('text', 'cancel '), ('math', 'e^c'), ('text', ' below'))
    """
    pieces: list[Piece] = []
    end = 0
    for found in _DOLLARS.finditer(text):
        pieces += [
            ("text", _dollar(text[end : found.start()])),
            ("math", _TRANSPOSED.sub(r"\1^{\\top}", found[1].strip())),
        ]
        end = found.end()
    pieces.append(("text", _dollar(text[end:])))
    return tuple(piece for piece in pieces if piece[1])


def _dollar(text: str) -> str:
    return text.replace(r"\$", "$")


def note(text: str, names: Collection[str] = ()) -> Rich:
    """A docstring: formulas are recognised by their indices, powers and Greek letters; `names` are variables.

    >>> note("each layer multiplies by W_lk, at most e^(-beta x).")[1]
    ('math', 'W_{lk}')
    """
    pieces: list[Piece] = []
    for kind, said in rich(" ".join(text.split())):
        pieces += [(kind, said)] if kind == "math" else _recognised(said, names)
    return tuple(pieces)


def _recognised(text: str, names: Collection[str]) -> list[Piece]:
    known = sorted(
        n for n in names if (len(n) == 1 and n not in _ARTICLES) or re.fullmatch(r"[A-Za-z]\d+", n)
    )
    letters = rf"|(?<![\w'\\-])(?:{'|'.join(map(re.escape, known))})(?![\w'(-])" if known else ""
    capital = (
        r"|(?<=[a-z0-9,;:] )A(?![\w'-])" if "A" in names else ""
    )  # the article stands at the beginning of a sentence
    minus = r"|(?<=[\w)] )-(?= [\w(])"
    pattern = re.compile(_FORMULA.pattern + letters + capital + minus)
    pieces: list[Piece] = []
    end = 0
    for found in pattern.finditer(text):
        pieces += [("text", text[end : found.start()]), ("math", _as_latex(found[0]))]
        end = found.end()
    pieces.append(("text", text[end:]))
    return [piece for piece in pieces if piece[1]]


def _as_latex(said: str) -> str:
    r"""`W_lk` as W_{lk}, `e^(-beta x)` as e^{-\beta x}, `A^T` as A^{\top}."""
    if re.fullmatch(r"[A-Za-z]\d+", said):
        return latex_name(said)
    said = re.sub(r"\^\(([^()]*)\)", r"^{\1}", said)
    said = re.sub(r"\^(-?[A-Za-z0-9]+)", r"^{\1}", said)
    said = re.sub(r"_([A-Za-z0-9]+)", r"_{\1}", said)
    said = said.replace("^{T}", r"^{\top}")
    said = re.sub(r"_\{([A-Za-z]{3,})\}", lambda m: f"_{{{_index(m[1])}}}", said)
    return re.sub(rf"(?<![\\A-Za-z])({_GREEK_WORDS}|pi)(?![A-Za-z])", lambda m: latex_name(m[1]), said)


def _index(word: str) -> str:
    return word if word in GREEK else rf"\mathrm{{{word}}}"


def plain(pieces: Rich) -> str:
    """As plain text, formulas in their LaTeX: for file names, outlines and the terminal."""
    return "".join(said for _, said in pieces)
