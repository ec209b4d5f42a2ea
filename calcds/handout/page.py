r"""From a sheet to sentences: "For A in R^(n x n): let s = ...", the notes under a chain, the box of an erratum, the source.

Everything here is format-neutral: prose with formulas, and formulas that may be broken at BREAK. The templates for
LaTeX and HTML print the same views.

Imports: calcds.handout.sheet, .prose, .hypotheses.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from string import ascii_lowercase
from typing import Any

from calcds.handout.hypotheses import sentence
from calcds.handout.prose import Piece, Rich, note, rich
from calcds.handout.scribe import BREAK
from calcds.handout.sheet import Block, Disproof, Sheet, Step
from calcds.handout.surroundings import Definition
from calcds.verify.places import said_path

SHORT = 70  # characters of LaTeX; longer definitions stand on a line of their own


@dataclass(frozen=True, slots=True)
class StepView:
    """One line, with the letter of its note."""

    first: bool
    relation: str
    formula: str
    reason: Rich
    mark: str
    letter: str = ""
    place: str = ""  # file:line


@dataclass(frozen=True, slots=True)
class BlockView:
    """What is said before a chain, long definitions, and the chain."""

    opening: Rich
    displayed: tuple[str, ...]
    steps: tuple[StepView, ...]


@dataclass(frozen=True, slots=True)
class DisproofView:
    """The box of an erratum."""

    printed: Rich
    left: str
    right: str
    relation: str
    reason: Rich
    at: Rich
    point: tuple[str, ...]
    conclusion: Rich
    outcome: tuple[str, ...]
    afterwards: Rich
    correct: str = ""  # the id of the derivation that has it right, or its name where it is not known
    correct_title: Rich = ()
    right_line: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class View:
    """A derivation as sentences and formulas."""

    id: str
    place: str  # file:line
    title: Rich
    note: Rich
    said: Rich
    blocks: tuple[BlockView, ...]
    remarks: tuple[Rich, ...]
    origin: Rich
    disproof: DisproofView | None = None
    figures: tuple[Any, ...] = ()
    sheet: Sheet | None = field(default=None, repr=False, compare=False)

    def drawn(self, figures: Iterable[Any]) -> View:
        """With pictures."""
        return replace(self, figures=tuple(figures))


def view(sheet: Sheet, correct: Sheet | None = None) -> View:
    """The sentences of a sheet; `correct` is the derivation that has right what an erratum has wrong."""
    letters = _letters(sheet.steps)
    return View(
        id=sheet.id,
        place=f"{said_path(sheet.file)}:{sheet.line}",
        title=sheet.title,
        note=sheet.note,
        said=_said(sheet),
        blocks=tuple(_block(b, letters, said_path(sheet.file)) for b in sheet.blocks),
        remarks=tuple(_remarks(sheet, letters)),
        origin=_origin(sheet),
        disproof=_disproof(sheet.disproof, correct) if sheet.disproof else None,
        sheet=sheet,
    )


def _said(sheet: Sheet) -> Rich:
    pieces = list(sentence(sheet.hypotheses))
    helpers = _listed(sheet.helpers)
    if pieces and helpers:
        pieces += [("text", ", where "), *helpers]
    elif helpers:
        pieces = [("text", "Here "), *helpers]
    return (*pieces, ("text", ":")) if pieces else ()


def _listed(definitions: Sequence[Definition], *, last: bool = True) -> list[Piece]:
    pieces: list[Piece] = []
    for k, each in enumerate(definitions):
        if k:
            pieces.append(("text", " and " if last and k == len(definitions) - 1 else ", "))
        pieces.append(("math", f"{each.left} = {each.right}"))
    return pieces


def _block(block: Block, letters: dict[int, str], file: str) -> BlockView:
    long = [k for k, d in enumerate(block.lets) if len(f"{d.left} = {d.right}".replace(BREAK, "")) > SHORT]
    inline, displayed = (block.lets[: long[0]], block.lets[long[0] :]) if long else (block.lets, ())
    pieces: list[Piece] = []
    if inline:
        pieces += [
            ("text", "Let "),
            *_listed(inline, last=not displayed),
            ("text", " and" if displayed else "."),
        ]
    elif displayed:
        pieces.append(("text", "Let"))
    if block.assumed:
        pieces.append(("text", (" " if pieces else "") + "Assume that "))
        for k, condition in enumerate(block.assumed):
            pieces += [*joint(k), ("math", condition)]
        pieces.append(("text", "."))
    steps = tuple(replace(_step(step, letters), place=f"{file}:{step.line}") for step in block.steps)
    return BlockView(tuple(pieces), tuple(f"{d.left} = {d.right}" for d in displayed), steps)


def joint(k: int, *, last: bool = True) -> list[Piece]:
    """What stands before the k-th of several things."""
    return [("text", " and " if last else ", ")] if k else []


def _step(step: Step, letters: dict[int, str]) -> StepView:
    return StepView(
        first=not step.number, relation=step.relation, formula=step.formula, reason=step.reason, mark=step.mark,
        letter=letters.get(step.number, ""),
    )  # fmt: skip


def _letters(steps: Iterable[Step]) -> dict[int, str]:
    noted = [step for step in steps if step.detail]
    return dict(zip((step.number for step in noted), ascii_lowercase, strict=False))


def _remarks(sheet: Sheet, letters: dict[int, str]) -> Iterable[Rich]:
    begin: Piece
    words = {"supported": "Checked numerically, not proved", "undecided": "Not decided"}
    said: dict[str, list[str]] = {}
    for step in sheet.steps:
        if step.detail and step.number in letters:
            head = words.get(step.mark, "Not true")
            text = f"{head}: {step.detail}." if step.mark == "supported" else f"{head}{_why(step)}."
            said.setdefault(text, []).append(letters[step.number])
    for text, marks in said.items():
        yield (("math", f"^{{{','.join(marks)}}}"), ("text", f" {text}"))
    if sheet.networks:
        names = ", ".join(name for name, _ in sheet.networks)
        worst = max(error for _, error in sheet.networks)
        begin = ("text", f"Also compared with the numbers of the NumPy network ({names}; ")
        if not worst:
            yield (begin, ("text", "no difference)."))
        else:
            digit, _, exponent = f"{worst:.0e}".partition("e")
            size: Piece = ("math", rf"{digit} \cdot 10^{{{int(exponent)}}}")
            yield (begin, ("text", "largest relative difference "), size, ("text", ")."))


def _why(step: Step) -> str:
    return ": no proof and too few numbers" if step.mark == "undecided" else f": {step.detail}"


def _origin(sheet: Sheet) -> Rich:
    if sheet.source is None:
        return ()
    document = sheet.source.document
    section = f", “{sheet.source.section}”" if sheet.source.section else ""
    cited = f" ({', '.join(sheet.statements)})" if sheet.statements else ""
    author = f"{document.author}, " if document.author else ""
    return (("text", f"Source: {author}{document.title}{section}{cited}."),)


def _disproof(d: Disproof, correct: Sheet | None) -> DisproofView:
    point, at = _point(d.values) if d.values or d.left_value else ((), ())
    conclusion, outcome = _outcome(d)
    afterwards = note(f"It would hold if {d.holds_if}.", d.typed) if d.holds_if else ()
    last = [s for s in correct.steps if s.formula] if correct else []
    right_line = (
        (f"{last[0].formula} = {last[-1].formula}",) if len(last) > 1 and last[-1].relation == "=" else ()
    )
    return DisproofView(
        printed=rich("As printed:"), left=d.left, right=d.right, relation=d.relation, reason=d.reason,
        at=at, point=point, conclusion=conclusion, outcome=outcome, afterwards=afterwards,
        correct=correct.id if correct else d.corrected, correct_title=correct.title if correct else rich(d.corrected),
        right_line=right_line,
    )  # fmt: skip


def _point(values: Sequence[tuple[str, str]]) -> tuple[tuple[str, ...], Rich]:
    if not values:
        return (), (("text", "This is false:"),)
    said = [f"{name} = {value}" for name, value in values]
    if all("pmatrix" not in one for one in said) and sum(map(len, said)) < SHORT:
        pieces: list[Piece] = [("text", "This is false, for example at ")]
        for k, one in enumerate(said):
            pieces += [*joint(k, last=k == len(said) - 1), ("math", one)]
        return (), (*pieces, ("text", ":"))
    return (rf",\quad {BREAK}".join(said),), (("text", "This is false, for example at"),)


def _outcome(d: Disproof) -> tuple[Rich, tuple[str, ...]]:
    """What the numbers say, in words and as a formula."""
    if not d.values and not d.left_value:
        return rich(f"This makes no sense: {d.says}." if d.says else "This is false."), ()
    if not d.left_value or not d.right_value:
        return rich("There it does not hold."), ()
    sides = "the two sides" if d.left else "the two sides of the relation"
    where = f", which differ in entry {d.entry} (counted from 0)," if d.entry else ""
    both = rf"\text{{left: }} {d.left_value}, \qquad {BREAK}\text{{right: }} {d.right_value}"
    return rich(f"There {sides}{where} are"), (both,)
