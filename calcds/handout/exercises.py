"""Exercises made of derivations, with solutions: the same for the same derivation and variant.

missing    one line of a chain is blank; the solution is the line
wrong      one line is broken in one place, so that the checker refutes it; the solution has its smallest counterexample
compute    both ends of a chain at small numbers; the solution is their common value

Imports: calcds.decide.engine, calcds.values, calcds.handout.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Literal

from calcds.decide import engine
from calcds.decide.verdict import Counterexample, Outcome
from calcds.derivation.model import Claim, Derivation
from calcds.errors import CalcdsError
from calcds.expr.latex import latex
from calcds.expr.names import latex_name
from calcds.expr.term import CONDITIONS, Term
from calcds.handout.mutate import mutants
from calcds.handout.numbers import computed, drawn
from calcds.handout.page import StepView, joint, view
from calcds.handout.prose import Piece, Rich, rich
from calcds.handout.sheet import Sheet
from calcds.handout.values import value_latex

Kind = Literal["missing", "wrong", "compute"]
SECONDS = 2.0  # for the checker to refute a broken line
TRIES = 6
LONGEST = 150  # characters of LaTeX in a line of an exercise


@dataclass(frozen=True, slots=True)
class Exercise:
    """A task, the lines it is about, and its solution.

    hole: which line is blank; None if none is
    """

    kind: Kind
    of: str  # the id of the derivation
    title: Rich
    task: Rich
    said: Rich  # the hypotheses
    opening: tuple[Rich, ...]  # definitions
    lines: tuple[StepView, ...]
    hole: int | None
    answer: Rich
    formulas: tuple[str, ...]


def exercises_of(sheets: Sequence[Sheet], variant: int = 1, most: int = 12) -> tuple[Exercise, ...]:
    """A sheet of exercises: the kinds take turns, each derivation is used once; at most `most`."""
    rng = Random(f"{variant}:{':'.join(sheet.id for sheet in sheets)}")
    left = [sheet for sheet in sheets if sheet.derivation is not None and not sheet.derivation.erratum]
    rng.shuffle(left)
    makers = (missing, wrong, compute)
    found: list[Exercise] = []
    turn = rng.randrange(3)
    for sheet in left:
        for k in range(3):
            made = makers[(turn + k) % 3](sheet, Random(f"{variant}:{sheet.id}:{k}"))
            if made is not None:
                found.append(made)
                turn += k + 1
                break
        if len(found) == most:
            break
    order = {sheet.id: k for k, sheet in enumerate(sheets)}
    return tuple(sorted(found, key=lambda each: order[each.of]))


# -- the missing line -----------------------------------------------------------------------------------------


def missing(sheet: Sheet, rng: Random) -> Exercise | None:
    """Blank one line between the first and the last one of a chain."""
    page = view(sheet)
    places = [
        (b, k)
        for b, block in enumerate(page.blocks)
        for k, step in enumerate(block.steps)
        if step.relation == "="
        and 0 < k < len(block.steps) - 1
        and step.mark in ("proved", "definition", "supported")
    ]
    if not places:
        return None
    b, k = rng.choice(places)
    block = page.blocks[b]
    return Exercise(
        "missing", sheet.id, sheet.title, rich("One line is missing. Fill it in; the reasons tell what happens."), page.said,
        _definitions(sheet, b), tuple(_unmarked(step) for step in block.steps), k, (), (block.steps[k].formula,),
    )  # fmt: skip


def _definitions(sheet: Sheet, b: int) -> tuple[Rich, ...]:
    """What was defined up to a block."""
    page = view(sheet)
    said: list[Rich] = []
    for block in page.blocks[: b + 1]:
        if block.opening:
            pieces: list[Piece] = list(block.opening)
            for k, formula in enumerate(block.displayed):
                pieces += [("text", " " if not k else ", "), ("math", formula)]
            said.append(tuple(pieces))
    return tuple(said)


def _unmarked(step: StepView) -> StepView:
    return StepView(step.first, step.relation, step.formula, step.reason, "")


# -- the wrong line -------------------------------------------------------------------------------------------


def wrong(sheet: Sheet, rng: Random) -> Exercise | None:
    """Break one line; all lines are printed from their values, so that the style does not give it away."""
    derivation = sheet.derivation
    chain = _chain(derivation) if derivation else None
    if derivation is None or chain is None:
        return None
    values = [chain[0].left, *(claim.right for claim in chain)]
    said = [latex(value) for value in values if value is not None]
    if len(said) != len(values) or len(said) < 3 or max(map(len, said)) > LONGEST:
        return None
    for k in rng.sample(range(1, len(values)), len(values) - 1)[:3]:
        found = _broken(chain[k - 1], rng)
        if found is None:
            continue
        mutant, counterexample = found
        lines = [*said[:k], latex(mutant), *said[k + 1 :]]
        if len(set(lines)) < len(lines):
            continue
        page = view(sheet)
        steps = tuple(
            StepView(
                not j,
                "=" if j else "",
                line,
                (chain[j - 1].line.reason and _reason(sheet, chain[j - 1])) or (),
                "",
            )
            for j, line in enumerate(lines)
        )
        answer: Rich = (("text", f"Line {k + 1} is wrong. It does not follow from the line above: at "),)
        task: Rich = (
            (
                "text",
                "Exactly one line is wrong. Which one, and what should stand there? Give numbers that show it.",
            ),
        )
        numbers = {**counterexample.sizes, **counterexample.values}
        point = (
            r",\; ".join(f"{latex_name(name)} = {value_latex(value)}" for name, value in numbers.items())
            or r"\text{any point}"
        )
        above, here = value_latex(counterexample.left), value_latex(counterexample.right)
        sides = rf"\text{{above: }} {above}, \quad \text{{line {k + 1}: }} {here}"
        right = rf"\text{{right: }} {said[k]}"
        return Exercise(
            "wrong", sheet.id, sheet.title, task, page.said, (), steps, None, answer, (point, sides, right)
        )
    return None


def _reason(sheet: Sheet, claim: Claim) -> Rich:
    return next((step.reason for step in sheet.steps if step.number == claim.number), ())


def _chain(derivation: Derivation) -> list[Claim] | None:
    """The first chain of equal expressions that is long enough."""
    run: list[Claim] = []
    for claim in derivation.claims:
        follows = bool(run) and claim.above is not None and claim.above.span == run[-1].line.span
        if claim.kind != "equal" or (run and not follows):
            if len(run) >= 2:
                break
            run = []
        if claim.kind == "equal":
            run.append(claim)
    return run if len(run) >= 2 else None


def _broken(claim: Claim, rng: Random) -> tuple[Term, Counterexample] | None:
    """A mutant of the line that is refuted with numbers."""
    if claim.right is None or claim.left is None or claim.right.head in CONDITIONS:
        return None
    made = [
        (said, m)
        for said, m in mutants(claim.right)
        if m is not None and not said.startswith(("sign: minus", "factor: twice"))
    ]
    for _, mutant in rng.sample(made, min(TRIES, len(made))):
        try:
            verdict = engine.decide_terms(claim.left, mutant, claim.given, SECONDS)
        except CalcdsError:
            continue
        if verdict.outcome is Outcome.REFUTED and verdict.counterexample is not None:
            return mutant, verdict.counterexample
    return None


# -- numbers --------------------------------------------------------------------------------------------------


def compute(sheet: Sheet, rng: Random) -> Exercise | None:
    """The value of the first and the last line of a chain at small numbers."""
    derivation = sheet.derivation
    chain = _chain(derivation) if derivation else None
    if derivation is None or chain is None:
        return None
    first, last = chain[0].left, chain[-1].right
    if first is None or last is None or max(len(latex(first)), len(latex(last))) > LONGEST or not first.free:
        return None
    for _ in range(TRIES):
        point = drawn([*derivation.symbols.values()], (first, last), rng)
        value = computed((first, last), point, chain[-1].given) if point else None
        if point is None or value is None:
            continue
        lines = (StepView(True, "", latex(first), (), ""), StepView(False, "=", latex(last), (), ""))
        names = [f"{latex_name(name)} = {value_latex(said)}" for name, said in point.said.items()]
        task: list[Piece] = [("text", "Compute both sides at ")]
        for k, name in enumerate(names):
            task += [*joint(k, last=k == len(names) - 1), ("math", name)]
        task.append(("text", " and see that they agree."))
        said = view(sheet).said
        return Exercise(
            "compute", sheet.id, sheet.title, tuple(task), said, (), lines, None, (), (value_latex(value),)
        )
    return None


# -- printing -------------------------------------------------------------------------------------------------


def exercises_tex(questions: Sequence[Exercise], *, solutions: bool, level: str = "section") -> str:
    """The exercises, and behind them their solutions, as LaTeX."""
    return _render("exercises.tex.jinja", questions, solutions=solutions, level=level)


def exercises_html(questions: Sequence[Exercise], *, solutions: bool) -> str:
    """The same as HTML; each solution opens below its exercise."""
    return _render("exercises.html.jinja", questions, solutions=solutions, level="h2")


def _render(template: str, questions: Sequence[Exercise], *, solutions: bool, level: str) -> str:
    from calcds.handout.printers import html_environment, tex_environment

    if not questions:
        return ""
    environment = tex_environment() if ".tex." in template else html_environment()
    return environment.get_template(template).render(questions=questions, solutions=solutions, level=level)
