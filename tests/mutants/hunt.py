"""Hunting mutants: every line of a derivation is broken in one place, and the claims above and below it must notice.

caught      a claim beside the line is refuted with a counterexample, or malformed
equivalent  the broken line is proved to say the same as the line (the sign of zero, a transpose of a symmetric matrix),
            or it is an inequality that is proved as well (0 < y < 1 broken to 0 < y < 2)
excused     named in `EXCUSED` with a reason
missed      none of these
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path

from calcds.decide import engine
from calcds.decide.verdict import Outcome, Verdict
from calcds.derivation.discovery import discover
from calcds.derivation.loader import load
from calcds.derivation.model import Claim, Derivation
from calcds.errors import CalcdsError
from calcds.expr.term import CONDITIONS, Term
from calcds.handout.mutate import mutants
from calcds.verify.worker import time_limit

SECONDS = 4.0  # for one question
FAILS = (Outcome.REFUTED, Outcome.MALFORMED)

EXCUSED: dict[tuple[str, str], str] = {
    # (derivation, beginning of the description of the mutant): why nobody can notice
    ("::triangle_inequality", "sign: of x"): "the inequality holds for -x as well: norms do not see signs",
    ("::bias_as_weight", "sign: of zeros"): "the sign of zero says nothing",
    ("::squares_are_bounded", "index: sum from"): "a sum with fewer positive terms is bounded as well",
    ("::harmonic_series", "factor: twice"): "twice a sum is above the same bound as well",
    ("::irrational_root", ""): "both equations have no solution in whole numbers, before and after",
    ("::printed_values", "sign: of -1/12"): "the term is smaller than the last printed digit",
    ("::normal_equations", "transpose: of (A.T*A).I"): "the inverse of a symmetric matrix is symmetric",
}


@dataclass(frozen=True, slots=True)
class Catch:
    """What became of a mutant."""

    derivation: str
    line: int
    mutant: str
    fate: str  # "caught", "equivalent", "excused", "missed"
    outcomes: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.fate:10} {self.derivation}:{self.line}  {self.mutant}  ({', '.join(self.outcomes)})"


def hunt(every: int = 1, per_line: int = 8, jobs: int = 2) -> list[Catch]:
    """The mutants of all shipped derivations: every `every`-th of at most `per_line` a line."""
    tasks = [
        (text.file, name) for text in discover().texts for name in text.functions if not text.is_erratum(name)
    ]
    with ProcessPoolExecutor(jobs, mp_context=get_context("fork")) as pool:
        found = pool.map(_of_one, *zip(*tasks, strict=True), [every] * len(tasks), [per_line] * len(tasks))
        return [catch for catches in found for catch in catches]


def _of_one(file: Path, name: str, every: int, per_line: int) -> list[Catch]:
    text, boards = load(file)
    derivation = boards[name].read(text)
    asked = (q for q in questions(derivation, per_line))
    return [
        catch(derivation, *question)
        for k, question in enumerate(asked, start=sum(map(ord, name)))
        if k % every == 0
    ]


def questions(
    derivation: Derivation, per_line: int
) -> Iterator[tuple[int, str, Term, Term | None, list[Claim]]]:
    """Line, description, the line as it is, its mutant, and the claims that speak of it."""
    for line in derivation.lines:
        beside = [
            c for c in derivation.claims if c.kind != "bad" and (c.line.span == line.span or c.above is line)
        ]
        if line.value is None or not beside:
            continue
        made = list(mutants_of(line.value))
        step = max(1, -(-len(made) // per_line))
        for said, mutant in made[::step]:
            yield line.span.line, said, line.value, mutant, beside


def mutants_of(value: Term) -> Iterator[tuple[str, Term | None]]:
    """The mutants of an expression, or of either side of an equation."""
    if value.head not in CONDITIONS:
        yield from mutants(value)
    elif value.head == "rel":
        for k, side in enumerate(value.args):
            for said, mutant in mutants(side):
                other = value.args[1 - k]
                sides = (mutant, other) if k == 0 else (other, mutant)
                yield said, Term("rel", sides, value.data) if mutant is not None else None  # type: ignore[arg-type]


def catch(
    derivation: Derivation, line: int, said: str, original: Term, mutant: Term | None, beside: list[Claim]
) -> Catch:
    """Ask the claims beside a line about its mutant."""
    if mutant is None:
        return Catch(derivation.id, line, said, "caught", ("malformed",))
    outcomes = []
    for claim in beside:
        if claim.kind == "holds":
            outcomes.append(_ask(lambda c=claim: engine.decide_condition(mutant, c.given, SECONDS)))  # type: ignore[misc]
            continue
        here = claim.line.span.line == line and claim.line.value is original
        pair = (claim.left, mutant) if here else (mutant, claim.right)
        decide = engine.decide_equations if claim.kind == "equivalent" else engine.decide_terms
        outcomes.append(_ask(lambda d=decide, p=pair, c=claim: d(*p, c.given, SECONDS)))  # type: ignore[misc]
    said_of = tuple(outcome.value for outcome in outcomes)
    if any(outcome in FAILS for outcome in outcomes):
        return Catch(derivation.id, line, said, "caught", said_of)
    if all(claim.kind == "holds" for claim in beside) and all(
        outcome is Outcome.PROVED for outcome in outcomes
    ):
        return Catch(derivation.id, line, said, "equivalent", said_of)
    same = engine.decide_equations if original.head in CONDITIONS else engine.decide_terms
    if _ask(lambda: same(original, mutant, beside[0].given, SECONDS)) is Outcome.PROVED:
        return Catch(derivation.id, line, said, "equivalent", said_of)
    excused = any(derivation.id.endswith(name) and said.startswith(start) for name, start in EXCUSED)
    return Catch(derivation.id, line, said, "excused" if excused else "missed", said_of)


def _ask(question: Callable[[], Verdict]) -> Outcome:
    try:
        with time_limit(2 * SECONDS, "this question did not end"):
            return question().outcome
    except CalcdsError:
        return Outcome.MALFORMED
    except TimeoutError:
        return Outcome.UNDECIDED


def tally(catches: list[Catch]) -> Counter[str]:
    """How many met which fate."""
    return Counter(each.fate for each in catches)


def without_lines(each: Catch) -> Catch:
    """The catch without its line number, which changes with every edit."""
    return replace(each, line=0)
