r"""Annotations that would settle what a document leaves open, written for review: results -> lines of a sidecar file.

    ## \frac{dE}{dw} = 2w: what E depends on is not said
    # 12: let E = ...

A suggestion is commented out, so that no verdict changes before a person has removed its `# `. What stands in the file
already, accepted or not, is not suggested again; nothing in the file is changed.

Imports: calcds.document.source.extract, calcds.verify.result.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from calcds.decide.verdict import Outcome
from calcds.document.source.extract import load
from calcds.document.weighing.deciding import missed
from calcds.verify.result import Result

HEADING = (
    "## Suggested by calcds verify --fix-annotations. To accept a line, remove the '# ' in front of it and write what is",
    "## meant in place of '...'. Nothing else in this file was changed.",
)

_NAME = r"[A-Za-z]\w*"
_ADVICE = re.compile(r"an annotation would settle it: calcds: (.+)$")
_LETTERS = {
    "alpha", "beta", "gamma", "delta", "epsilon", "varepsilon", "zeta", "eta", "theta", "kappa", "lambda", "mu", "nu", "xi",
    "pi", "rho", "sigma", "tau", "phi", "varphi", "chi", "psi", "omega", "ell", "Gamma", "Delta", "Theta", "Lambda", "Xi",
    "Pi", "Sigma", "Phi", "Psi", "Omega",
}  # fmt: skip
_SIGNS = {
    "nonnegative": ">= 0",
    "positive": "> 0",
    "nonzero": "!= 0",
    "nonpositive": "<= 0",
    "negative": "< 0",
}
_KINDS = {
    "an integer": "Integer", "real": "Real", "symmetric": "Symmetric", "diagonal": "Diagonal", "invertible": "Invertible",
    "orthogonal": "Orthogonal", "antisymmetric": "Antisymmetric", "positive definite": "PositiveDefinite",
    "of full column rank": "FullRank", "a unit vector": "UnitVector", "a probability vector": "Probability",
    "one-hot": "OneHot",
}  # fmt: skip
_SIZES = {"Integer": 0, "Real": 0, "FullRank": 2}  # sizes a kind takes; the others take one


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An annotation for a formula: `words` before `line`, and which equation it is for and why."""

    line: int
    words: str
    why: str

    @property
    def lines(self) -> tuple[str, str]:
        """As it stands in the file."""
        return f"## {self.why}", f"# {self.line}: {self.words}"


Place = Callable[[Result], tuple[int, bool]]


def formulas_of(file: Path) -> Place:
    """For a result: the line its formula begins in, and whether that formula is the first of this line.

    Raises CannotLoad for a document that cannot be read.
    """
    document = load(file)
    starts = sorted(document.place(segment.at) for segment in document.segments)

    def place(row: Result) -> tuple[int, bool]:
        here = max((start for start in starts if start <= (row.line, row.column)), default=(row.line, 0))
        return here[0], all(start >= here for start in starts if start[0] == here[0])

    return place


def _as_it_stands(row: Result) -> tuple[int, bool]:
    return row.line, True


def suggestions(rows: Sequence[Result], place: Place = _as_it_stands) -> list[Suggestion]:
    """What would settle the claims of a document that were refuted, not decided or not read, each suggestion once."""
    found: dict[tuple[str, ...], Suggestion] = {}
    for row in rows:
        words = next(_words(row), "")
        if not words:
            continue
        line, first = place(row)
        if words.startswith("where ") and not first:
            # a line annotates the first of its formulas only
            words = f"assume {words.removeprefix('where ')}"
        why = " ".join(f"{row.left} {row.link} {row.right}: {_reason(row)}".split())
        found.setdefault(_identity(line, words), Suggestion(line, words, why))
    return list(found.values())


def missing(suggested: Sequence[Suggestion], text: str) -> list[Suggestion]:
    """The suggestions that do not stand in a sidecar file, neither as they were written nor accepted."""
    known = set()
    for line in text.splitlines():
        number, colon, rest = line.strip().removeprefix("#").strip().partition(":")
        numbered = bool(colon) and number.strip().isdecimal()
        for part in re.split(r"(?<!\\);", rest if numbered else f"{number}{colon}{rest}"):
            known.add(_identity(int(number) if numbered else 0, part.strip()))
    return [one for one in suggested if _identity(one.line, one.words) not in known]


def append(file: Path, suggested: Sequence[Suggestion]) -> int:
    """Write what is missing behind what stands in a file; how many suggestions that were. Raises OSError."""
    before = file.read_bytes() if file.exists() else b""
    new = missing(suggested, before.decode("utf-8", errors="replace"))
    if new:
        end = "\r\n" if b"\r\n" in before else "\n"
        lines = [*HEADING, *(line for one in new for line in one.lines)]
        start = "" if not before else end if before.endswith(b"\n") else 2 * end
        with file.open("ab") as stream:
            stream.write((start + end.join(lines) + end).encode())
    return len(new)


# -- what a result asks for ---------------------------------------------------------------------------------------


def _words(row: Result) -> Iterator[str]:
    """Annotations that would settle a result, the best first."""
    if row.role == "erratum":
        return
    if row.outcome in {Outcome.UNREAD, Outcome.UNDECIDED}:
        if said := _ADVICE.search(row.detail):
            yield from _advised(said[1])
        for pattern, form in _UNSAID:
            for said in pattern.finditer(row.detail):
                yield from form(*said.groups())
        yield from _hypotheses(missed(row.detail), row.given)
    if row.outcome is Outcome.REFUTED:
        yield from _hypotheses(row.holds_if, row.given)


def _advised(words: str) -> Iterator[str]:
    """Advice of the reader, with its name as LaTeX."""
    said = re.fullmatch(rf"let ({_NAME})((?:\(x\))?) = \.\.\.", words)
    if said:
        yield from _let(said[1], said[2])
    elif not words.startswith("let "):
        yield words


def _let(name: str, argument: str = "") -> Iterator[str]:
    if (said := _latex(name)) and name != "O":  # what O(x^7) is cannot be said
        yield f"let {said}{argument} = ..."


def _ranked(name: str, sizes: str) -> Iterator[str]:
    if said := _latex(name):
        yield f"{said}: FullRank[{sizes}]"


_UNSAID: tuple[tuple[re.Pattern[str], Callable[..., Iterator[str]]], ...] = (
    # what a detail says                                                         the annotation
    (re.compile(rf"is ({_NAME})(\()\.\.\.\) an application or a product\?"),     lambda f, _: _let(f, "(x)")),
    (re.compile(rf"it does not hold for every ({_NAME})(?:\(\))?, and the equation for it was not read"), _let),
    (re.compile(rf"the hypothesis ({_NAME}): FullRank\[([^\]]+)\] is missing"),  _ranked),
)  # fmt: skip


def _hypotheses(said: str, given: Sequence[str]) -> Iterator[str]:
    """Hypotheses in words as annotations: `x and y are nonnegative` is `where x >= 0, y >= 0`."""
    for part in said.split(" or ") if said else ():
        if total := re.fullmatch(rf"the entries of ({_NAME}) add up to 1", part):
            yield from _kind(total[1], "Probability", given)
        elif commute := re.fullmatch(rf"({_NAME}) and ({_NAME}) commute", part):
            a, b = map(_latex, commute.groups())
            if a and b:
                yield f"where {a} {b} = {b} {a}"
        elif unequal := re.fullmatch(rf"({_NAME}) != ({_NAME})", part):
            a, b = map(_latex, unequal.groups())
            if a and b:
                yield f"where {a} != {b}"
        elif fact := re.fullmatch(rf"({_NAME}(?:(?:, | and ){_NAME})*) (?:is|are) (.+)", part):
            names = re.split(r", | and ", fact[1])
            scalars = not any(_sizes(name, given) for name in names)
            if fact[2] in _SIGNS and scalars and all(map(_latex, names)):
                yield "where " + ", ".join(f"{_latex(name)} {_SIGNS[fact[2]]}" for name in names)
            elif fact[2] in _KINDS and len(names) == 1:
                yield from _kind(names[0], _KINDS[fact[2]], given)


def _kind(name: str, kind: str, given: Sequence[str]) -> Iterator[str]:
    """`A: Symmetric[n]`, with the sizes that are known of A."""
    sizes, count = _sizes(name, given), _SIZES.get(kind, 1)
    if _latex(name) and len(sizes) >= count:
        yield f"{_latex(name)}: {kind}" + (f"[{', '.join(sizes[:count])}]" if count else "")


def _sizes(name: str, given: Sequence[str]) -> list[str]:
    """The sizes of a name among `A: Matrix[n, n]` and the like; none for a number."""
    said = (re.fullmatch(rf"{re.escape(name)}: \w+\[(.+)\]", one) for one in given)
    return next((found[1].split(", ") for found in said if found), [])


def _latex(name: str) -> str:
    r"""A name of a report as LaTeX, `\theta_{k}` for `theta_k`; "" where that is not certain."""
    letter, _, index = name.partition("_")
    if "_" in index or index in {"all", "sq", "hat", "bar", "tilde", "vec", "dot", "star"}:
        return ""
    if letter not in _LETTERS and len(letter) != 1:
        return ""
    letter = f"\\{letter}" if letter in _LETTERS else letter
    below = f"\\{index}" if index in _LETTERS else index
    return letter if not index else f"{letter}_{below}" if len(index) == 1 else f"{letter}_{{{below}}}"


def _reason(row: Result) -> str:
    """The detail without the annotation, which stands below."""
    if row.outcome is Outcome.REFUTED:
        return f"it would hold if {row.holds_if}"
    return row.detail.partition("; an annotation would settle it")[0]


def _identity(line: int, words: str) -> tuple[str, ...]:
    """What makes two suggestions one: those for a single formula differ by line, the rest hold from there on."""
    plain = " ".join(words.split())
    if plain.startswith("let "):
        plain = plain.partition("=")[0].strip()  # accepted, with its value written
    return (str(line), plain) if plain.startswith("where ") else (plain,)
