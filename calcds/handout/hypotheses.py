r"""Hypotheses in words: "for every symmetric $A \in \mathbb{R}^{n \times n}$ and all $x, y \in \mathbb{R}^{n}$".

A phrase has its formula and perhaps words before and after it; variables of one kind share a phrase.

Imports: calcds.handout.prose, calcds.expr.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from calcds.expr.kinds import FunctionSymbol, Kind
from calcds.expr.latex import latex
from calcds.expr.names import latex_name
from calcds.expr.term import Size, Term, as_term
from calcds.handout.prose import Piece, Rich

_NUMBERS = {
    "Real": r"{} \in \mathbb{{R}}", "Complex": r"{} \in \mathbb{{C}}", "Integer": r"{} \in \mathbb{{Z}}",
    "Positive": "{} > 0", "Negative": "{} < 0", "Nonnegative": r"{} \geq 0", "Nonpositive": r"{} \leq 0",
    "Natural": r"{} \in \{{0, 1, 2, \dots\}}", "PositiveInteger": r"{} \in \{{1, 2, \dots\}}",
    "Dim": r"{} \in \{{1, 2, \dots\}}", "Sign": r"{} \in \{{-1, 1\}}",
}  # fmt: skip
_WORDS = {  # kind -> words before and after the formula
    "Nonzero": ("", ", not zero"), "Even": ("even ", ""), "Odd": ("odd ", ""),
    "Symmetric": ("symmetric ", ""), "Antisymmetric": ("antisymmetric ", ""), "Diagonal": ("diagonal ", ""),
    "Orthogonal": ("orthogonal ", ""), "Invertible": ("invertible ", ""), "PositiveDefinite": ("positive definite ", ""),
    "PositiveSemidefinite": ("positive semidefinite ", ""), "LowerTriangular": ("lower triangular ", ""),
    "UpperTriangular": ("upper triangular ", ""), "Projection": ("", ", an orthogonal projection"),
    "Orthonormal": ("", " with orthonormal columns"), "FullRank": ("", " with independent columns"),
    "Probability": ("probability vectors ", ""), "OneHot": ("one-hot vectors ", ""), "UnitVector": ("unit vectors ", ""),
    "Stochastic": ("", ", each row adding up to one"), "OneHotRows": ("", " with one-hot rows"),
}  # fmt: skip


def hypotheses(symbols: Mapping[str, object]) -> list[Rich]:
    """One phrase for each kind, in the order of the signature."""
    groups: dict[object, list[str]] = {}
    said: dict[object, Term | FunctionSymbol] = {}
    for name, symbol in symbols.items():
        if isinstance(symbol, Term):
            key: object = symbol.data[1]
        elif isinstance(symbol, FunctionSymbol):
            key = ("function", symbol.inputs, symbol.output, symbol.arity)
        else:
            continue
        groups.setdefault(key, []).append(name)
        said[key] = symbol
    return [_phrase(said[key], names) for key, names in groups.items()]


def _phrase(symbol: Term | FunctionSymbol, names: list[str]) -> Rich:
    listed = ", ".join(map(latex_name, names))
    if isinstance(symbol, FunctionSymbol):
        return _function(symbol, listed, several=len(names) > 1)
    kind: Kind = symbol.data[1]
    before, after = _WORDS.get(kind.word, ("", ""))
    if len(names) == 1 and before.endswith("vectors "):
        before = "a " + before.replace("vectors", "vector")
        before = before.replace("a one", "a one").replace("a unit", "a unit")
    extra = kind.facts & {"positive", "nonnegative"}
    if kind.word in {"Vector", "RowVector", "Matrix"} and extra:
        after = " with positive entries" if "positive" in extra else " with entries that are not negative"
    pieces: list[Piece] = [("text", before), ("math", _membership(kind, listed)), ("text", after)]
    return tuple(piece for piece in pieces if piece[1])


def _membership(kind: Kind, listed: str) -> str:
    if kind.word in _NUMBERS:
        return _NUMBERS[kind.word].format(listed)
    if kind.word == "Index":
        return (
            rf"{listed} \in \{{0, \dots, {_size(kind.sizes[0])} - 1\}}"
            if kind.sizes
            else rf"{listed} \in \mathbb{{Z}}"
        )
    if kind.low is not None and kind.high is not None:
        return f"{_fraction(kind.low)} < {listed} < {_fraction(kind.high)}"
    if kind.word in {"Even", "Odd"}:
        return rf"{listed} \in \mathbb{{Z}}"
    return rf"{listed} \in \mathbb{{R}}{_power(kind)}"


def _power(kind: Kind) -> str:
    rows, columns = kind.shape
    if rows == 1 and columns == 1 and not kind.sizes:
        return ""
    if columns == 1 and kind.word != "Matrix":
        return f"^{{{_size(rows)}}}"
    return rf"^{{{_size(rows)} \times {_size(columns)}}}"


def _function(f: FunctionSymbol, listed: str, *, several: bool) -> Rich:
    noun = "smooth functions " if several else "a smooth function "
    space = (
        (r"\mathbb{R}" if f.arity == 1 else rf"\mathbb{{R}}^{{{f.arity}}}")
        if f.entrywise
        else _space(f.inputs[0])
    )
    return ("text", noun), ("math", rf"{listed}\colon {space} \to {_space(f.output)}")


def _space(shape: tuple[Size, Size]) -> str:
    rows, columns = shape
    if rows == 1 and columns == 1:
        return r"\mathbb{R}"
    return (
        rf"\mathbb{{R}}^{{{_size(rows)}}}"
        if columns == 1
        else rf"\mathbb{{R}}^{{{_size(rows)} \times {_size(columns)}}}"
    )


def _size(size: Size) -> str:
    return str(size) if isinstance(size, int) else latex(as_term(size))


def _fraction(value: Fraction) -> str:
    return str(value) if value.denominator == 1 else rf"\tfrac{{{value.numerator}}}{{{value.denominator}}}"


def sentence(phrases: Iterable[Rich], begin: str = "For ") -> Rich:
    """Phrases in a row: "For a, b and c"."""
    found = list(phrases)
    pieces: list[Piece] = [("text", begin)] if found else []
    for k, phrase in enumerate(found):
        if k:
            pieces.append(("text", " and " if k == len(found) - 1 else ", "))
        pieces += phrase
    return tuple(pieces)
