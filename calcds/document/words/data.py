r"""The data of examples, and what the text works out of them: numbers that later lines put in for names.

    | $x_i$ | 12 | 15 | 11 |        a row of a table, or a column of it below its title: the x_i from here on
    $x = 0, 1, 2, 3$ hours            a list of numbers of a letter is no value of it
    the waiting times $0.5, 1.5, 2$   a list without a name: the data of the one sample that the section sums over
    \bar x = \frac{38}{3}             what a chain of equations comes to

They are put into an equation that holds for some values only, and only to see that it holds for these. Other numbers may be
meant in it, so that nothing is called wrong by them.

Imports: calcds.document.source.names, calcds.expr.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from calcds.document.source.names import letter_of
from calcds.expr import operators as op
from calcds.expr.term import Term, number

LEAST = 3  # numbers of a list that are data
_LISTS = 3  # lists that are tried, the last ones before a claim
_NUMBER = re.compile(r"\$?\s*(?P<sign>[-−]?)\s*(?P<digits>\d+(?:\.\d+)?)\s*\$?")
_LISTED = re.compile(r"\s*(?P<letter>[A-Za-z])(?:_(?:\{\s*)?[a-z](?:\s*\})?)?\s*=(?P<list>[^=]*)")
_TITLE = re.compile(r"\$\s*(?P<letter>[A-Za-z])(?:_(?:\{\s*)?[a-z](?:\s*\})?)?\s*\$")
_BREAKS = re.compile(r"\\hline|\\(?:top|mid|bottom)rule|\\cline\{[^}]*\}")
INTERCEPT = re.compile(r"\bintercept|\bcolumn of (?:ones|1s|\$?1\$?'?s)\b|\bconstant column", re.IGNORECASE)
_SEPARATOR = re.compile(r"[\s|:-]*")


@dataclass(frozen=True, slots=True)
class Column:
    """Numbers of data: those of a letter, or of none."""

    letter: str
    values: Term
    section: int
    at: int


@dataclass(slots=True)
class Numbers:
    """The numbers of a document that may be put in for names."""

    columns: list[Column] = field(default_factory=list)
    intercept: bool = False  # the text speaks of an intercept, or of a column of ones
    found: dict[str, tuple[Term, int]] = field(default_factory=dict)  # what names come to, and in which section

    def named(self, at: int) -> dict[str, Term]:
        """The last data of every letter before a place."""
        return {one.letter: one.values for one in self.columns if one.letter and one.at < at}

    def which(self, letter: str, at: int, around: frozenset[int]) -> list[Column]:
        """What the data of a letter may be at a place: the last lists without a name in its section, and what it was before."""
        said = [one for one in reversed(self.columns) if one.at < at]
        unnamed = [one for one in said if not one.letter and one.section in around]
        return unnamed[:_LISTS] + [one for one in said if one.letter == letter][1:_LISTS]

    def count(self, at: int, around: frozenset[int]) -> Term | None:
        """How many data an example has; None where that is not seen."""
        lengths = {one.values.shape[0] for one in self.columns if one.at < at and one.section in around and one.letter}
        return number(next(iter(lengths))) if len(lengths) == 1 else None  # type: ignore[arg-type]

    def belongs(self, letter: str, column: Column) -> None:
        """A list is that of a letter, as a line says that is true with it."""
        self.columns.append(Column(letter, column.values, column.section, column.at))


def in_tables(text: str) -> Iterator[tuple[int, str, list[Fraction]]]:
    """The numbers of the rows and columns of tables that have a letter as their title, and where these stand."""
    at, titles = 0, dict[int, tuple[int, str, list[Fraction]]]()
    for line in text.splitlines(keepends=True):
        cells, begin = _cells(line), at
        at += len(line)
        if cells is None:
            if not _SEPARATOR.fullmatch(_BREAKS.sub("", line).strip()) or not line.strip():
                yield from _full(titles)
                titles = {}
            continue
        names = {k: name["letter"] for k, cell in enumerate(cells) if (name := _TITLE.fullmatch(cell)) is not None}
        numbers = {k: value for k, cell in enumerate(cells) if (value := _value(cell)) is not None}
        if 0 in names and len(numbers) == len(cells) - 1 >= LEAST:
            yield begin, names[0], [*numbers.values()]
        elif names and not numbers:
            yield from _full(titles)
            titles = {k: (begin, letter, []) for k, letter in names.items()}
        elif titles and titles.keys() <= numbers.keys():
            for k, (_, _, values) in titles.items():
                values.append(numbers[k])
        else:
            yield from _full(titles)
            titles = {}
    yield from _full(titles)


def in_list(said: str) -> list[Fraction]:
    """The numbers of a formula that is a list of them; none where it is anything else."""
    parts = re.split(r"[,;](?:\s|\\[ ,;])*", said.strip().rstrip(".,;"))
    values = [_value(part) for part in parts]
    return [v for v in values if v is not None] if len(values) >= LEAST and None not in values else []


def column(values: Sequence[Fraction]) -> Term:
    """Numbers as a column."""
    return op.column(*map(number, values))


def mean(values: Term) -> Term:
    """The mean of a column."""
    return number(sum((one.data for one in values.args), Fraction(0)) / len(values.args))


def cross(one: Term, other: Term) -> Term:
    r"""The sum of the products of the deviations of two columns from their means, `S_{xy}`."""
    means = [Fraction(mean(values).data) for values in (one, other)]
    pairs = zip(one.args, other.args, strict=True)
    return number(sum(((a.data - means[0]) * (b.data - means[1]) for a, b in pairs), Fraction(0)))


def data_of(text: str, segments: Iterable[tuple[int, int, str]]) -> list[Column]:
    """All data of a document. segments: place, section and text of its formulas."""
    listed = [*segments]
    found = [Column("", column(v), section, at) for at, section, said in listed if (v := in_list(said))]
    named = [(at, section, m) for at, section, said in listed if (m := _LISTED.fullmatch(said)) is not None]
    found += [Column(m["letter"], column(v), section, at) for at, section, m in named if (v := in_list(m["list"]))]
    for at, letter, values in in_tables(text):
        section = next((section for place, section, _ in listed if place >= at), -1)  # the title is a formula itself
        found.append(Column(letter, column(values), section, at))
    return sorted(found, key=lambda one: one.at)


def is_deviation(key: str) -> bool:
    """Whether a name of which the square is a variance is not negative."""
    return letter_of(key) in {"sigma", "tau", "s"}


def _full(titles: dict[int, tuple[int, str, list[Fraction]]]) -> Iterator[tuple[int, str, list[Fraction]]]:
    return (one for one in titles.values() if len(one[2]) >= LEAST)


def _cells(line: str) -> list[str] | None:
    """The cells of a row of a table; None where a line is none, or only parts a table."""
    plain = _BREAKS.sub("", line).strip()
    if plain.startswith("|"):
        cells = plain.strip("|").split("|")
    elif plain.endswith("\\\\") and "&" in plain:
        cells = plain.removesuffix("\\\\").split("&")
    else:
        return None
    return None if _SEPARATOR.fullmatch(plain) else [cell.strip() for cell in cells]


def _value(cell: str) -> Fraction | None:
    found = _NUMBER.fullmatch(cell.strip())
    return Fraction(found["digits"]) * (-1 if found["sign"] else 1) if found is not None else None


__all__ = ["Column", "Numbers", "column", "data_of", "in_list", "in_tables", "is_deviation", "mean"]
