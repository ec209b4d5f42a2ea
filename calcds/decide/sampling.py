"""The numerical reading of a claim: both sides as exact numbers or balls, at points of the domain.

A refutation is a proof: at one point inside the domain the two exact values differ, or the two enclosures are disjoint.
Agreement is no proof and is reported with its points, sizes and digits. Points at which one side is undefined are never
evidence; a question that no point answers says why.

Imports: calcds.expr, calcds.values, calcds.decide.question, .looking, .streams, .verdict.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import chain, islice
from random import Random
from typing import Any

from flint import acb, fmpq

from calcds.decide.clock import Deadline
from calcds.decide.looking import EXACT_DIGITS, PRECISIONS, Look, as_equation, as_printed, look
from calcds.decide.question import Question
from calcds.decide.streams import Stream, stream
from calcds.decide.verdict import Counterexample
from calcds.errors import Malformed, NoRule, ShapeError, Undefined
from calcds.expr.term import TRUE, Term, relation, subterms
from calcds.values import grids
from calcds.values.domains import satisfies
from calcds.values.evaluate import Scope, open_scope
from calcds.values.grids import Singular
from calcds.values.hypotheses import certainly
from calcds.values.numbers import ONE, Inseparable, primal
from calcds.values.points import Point

_INEQUALITIES = 40  # points at which an inequality is tried: it may fail in a small region only
_WALKS, _STEPS, _HEIGHT = 3, 40, 64  # walks downhill, steps of each, bits of its numbers
_EDGES = 2  # points at which an inequality is an equation
_FIVE = 5
_CONFIRMED = 2  # points that agree are looked at again with more precision


class Finding(StrEnum):
    """What the numerical reading says of a claim."""

    REFUTED = "refuted"
    AGREED = "agreed"
    UNDEFINED = "undefined"  # at every point tried
    MALFORMED = "malformed"  # an index out of range; singular for every value at some size
    VACUOUS = "vacuous"  # no point met the hypotheses
    SILENT = "silent"  # calcds cannot compute a side


@dataclass(frozen=True)
class Comparison:
    """The finding with its evidence.

    point, left, right, entry: where it fails, for a refutation
    points, digits, sizes: how far the two sides agree; digits is None if all values were exact
    reason: one sentence, for every finding but a refutation
    """

    finding: Finding
    reason: str = ""
    points: int = 0
    digits: int | None = None
    sizes: tuple[tuple[int, ...], ...] = ()
    point: Point | None = None
    left: Any = None
    right: Any = None
    entry: tuple[int, int] | None = None

    @property
    def counterexample(self) -> Counterexample | None:
        """The refuting point as plain data."""
        if self.point is None:
            return None
        sizes, values = self.point.describe()
        return Counterexample(sizes, values, self.left, self.right, self.entry)


def compare(question: Question, *, wanted: int | None = None, seconds: float = 2.0) -> Comparison:
    """Compare the two sides at points of the domain until one refutes the claim, or enough agree.

    `wanted` is the number of points that agree, by default enough for the number of variables; `seconds` is a budget.
    """
    question = as_equation(question)
    if wanted is None:
        wanted = _enough(question)
    tally = _Tally(question, wanted, Deadline(seconds))
    try:
        for point in chain(_on_the_edge(question), _stream(question)):
            tally.add(point, look(question, point, PRECISIONS[:1]))
            if tally.done:
                break
        if tally.agreed and not tally.refutation and _is_inequality(question):
            for point in _downhill(question, [point for point, _ in tally.agreed]):
                tally.add(point, look(question, point, PRECISIONS[:1]))
    except NoRule as why:  # no value of some kind could be drawn
        if not tally.agreed:
            return Comparison(Finding.SILENT, str(why))
    except RecursionError:
        return Comparison(Finding.SILENT, "an expression nested too deeply to evaluate")
    return tally.result()


def _stream(question: Question) -> Stream:
    return stream(question.survey, question.given)


def _is_inequality(question: Question) -> bool:
    return (
        question.right is TRUE
        and question.left.head == "rel"
        and question.left.data in ("<", "<=", ">", ">=")
    )


def _downhill(question: Question, start: list[Point]) -> Iterator[Point]:
    """For an inequality that held at some points: walk to where its two sides come closest, or change places."""
    low, high = question.left.args if question.left.data in ("<", "<=") else reversed(question.left.args)
    rng = Random(0)

    def margin(point: Point) -> float:
        try:
            scope = open_scope(point)
            gap = primal(grids.total(grids.add(scope.grid(high), grids.scale(-ONE, scope.grid(low)))))
            return float(acb(gap).real.mid())
        except (Undefined, NoRule, OverflowError):
            return math.inf

    ranked = sorted(((margin(p), k) for k, p in enumerate(start)), key=lambda pair: pair)
    for least, k in ranked[:_WALKS]:
        point = start[k]
        best = least
        free = [
            s
            for s in point.values
            if s.is_scalar and type(point.values[s]) is fmpq and s.data[1].word != "Index"
        ]
        for _ in range(_STEPS if free else 0):
            s = rng.choice(free)
            values = [point.values[other] for other in free]
            step = rng.choice((fmpq(1, 2), fmpq(2), fmpq(3, 4), fmpq(5, 4), fmpq(-1)))
            product = rng.choice(values) * rng.choice(values)
            moved = rng.choice((point.values[s] * step, point.values[s] + (step - 1) / 4, product))
            candidate = point.having({s: fmpq(moved.floor()) if s.data[1].has("integer") else moved})
            if moved.height_bits() > _HEIGHT or not satisfies(s.data[1], candidate.values[s]):
                continue
            here = margin(candidate)
            if here < best and all(certainly(g, candidate) for g in question.given):
                point, best = candidate, here
        if best < least:
            yield point


def _on_the_edge(question: Question) -> Iterator[Point]:
    """For a claim about inequalities: points at which two sides are equal.

    Such points are solved for exactly. What is only enclosed is never seen to be equal to anything, and enclosing an integral
    or a sum without end at thousands of points costs more than all the rest.
    """
    if question.is_condition:
        for t in dict.fromkeys((*subterms(question.left), *subterms(question.right))):
            if (
                t.head == "rel"
                and t.data not in ("=", "!=")
                and t.free <= question.left.free | question.right.free
                and not any(map(_is_enclosed, subterms(t)))
            ):
                yield from islice(stream(question.survey, (*question.given, relation("=", *t.args))), _EDGES)


def _is_enclosed(part: Term) -> bool:
    """Whether a term has no exact value, but for accidents."""
    return part.head in ("integral", "limit") or (part.head == "sum" and part.args[3].head == "const")


def _enough(question: Question) -> int:
    about = question.survey
    if question.is_condition and about.symbols:
        return _INEQUALITIES
    if not about.symbols and not about.functions:
        return 8 if about.dimensions else 1
    beside = 8 * min(len(about.switches), 4)
    if about.dimensions:
        return 12 + beside
    return 8 + int(2 ** min(len(about.symbols), 4)) + 3 * len(about.landmarks) + beside


class _Tally:
    """Counts what the points say."""

    def __init__(self, question: Question, wanted: int, deadline: Deadline) -> None:
        self.question, self.wanted, self.deadline = question, wanted, deadline
        self.agreed: list[tuple[Point, int]] = []
        self.silent: list[tuple[Point, Exception]] = []
        self.refutation: Comparison | None = None
        self.malformed: Exception | None = None
        self.late = False

    def add(self, point: Point, seen: Look) -> None:
        if seen.differs is None and isinstance(seen.why, Inseparable):
            seen = look(self.question, point, PRECISIONS[1:])
        if seen.differs:
            self.refutation = _refuted(point, seen)
        elif seen.differs is False:
            self.agreed.append((point, seen.digits))
        elif isinstance(seen.why, Malformed | ShapeError):
            self.malformed = seen.why
        else:
            assert seen.why is not None
            self.silent.append((point, seen.why))
        self.late = self.deadline.late

    @property
    def done(self) -> bool:
        if self.refutation or self.malformed or self.late or len(self.agreed) >= self.wanted:
            return True
        if not self.agreed and sum(isinstance(why, NoRule) for _, why in self.silent) >= 3:
            return True
        return len(self.silent) >= 2 * self.wanted + 20

    def result(self) -> Comparison:
        if self.refutation:
            return self.refutation
        if self.malformed:
            return Comparison(Finding.MALFORMED, str(self.malformed))
        if not self.agreed and not self.silent:
            return Comparison(Finding.VACUOUS, _vacuous(self.question))
        if (missing := self._always_singular()) is not None:
            return Comparison(Finding.MALFORMED, missing)
        if not self.agreed:
            return self._silence()
        return self._confirmed()

    def _confirmed(self) -> Comparison:
        """Agreement, after a second look at a few points with more precision."""
        constant = not self.question.survey.symbols and not self.question.survey.functions
        for k, (point, common) in enumerate(self.agreed[:_CONFIRMED]):
            if common == EXACT_DIGITS or self.deadline.late:
                continue
            again = look(self.question, point, PRECISIONS[2:] if constant else PRECISIONS[1:2])
            if again.differs:
                return _refuted(point, again)
            if constant and again.differs is False:
                self.agreed[k] = (point, again.digits)
        least = min(common for _, common in self.agreed)
        sizes = dict.fromkeys(tuple(p.sizes.values()) for p, _ in self.agreed)
        digits: int | None = None if least == EXACT_DIGITS else _steady(least)
        printed = as_printed(self.question.left) or as_printed(self.question.right)
        if printed:
            digits = sum(c.isdigit() for c in printed.lower().partition("e")[0].lstrip("-0."))
            return Comparison(
                Finding.AGREED, f"the value rounds to {printed}", len(self.agreed), digits, tuple(sizes)
            )
        return Comparison(
            Finding.AGREED, self._agreement(digits, sizes), len(self.agreed), digits, tuple(sizes)
        )

    def _agreement(self, digits: int | None, sizes: dict[tuple[int, ...], None]) -> str:
        exactly = "exactly" if digits is None else f"to {digits} digits"
        count = len(self.agreed)
        names = ", ".join(str(d) for d in self.agreed[0][0].sizes)
        where = ", ".join("x".join(map(str, s)) for s in sizes)
        sized = f" of sizes {names} = {where}" if names else ""
        return f"both sides agree {exactly} at {count} point{'s' * (count != 1)}{sized}"

    def _silence(self) -> Comparison:
        reasons = [str(why) for _, why in self.silent]
        reason = max(reasons, key=reasons.count)
        if any(isinstance(why, NoRule) for _, why in self.silent):
            reason = next(str(why) for _, why in self.silent if isinstance(why, NoRule))
            return Comparison(Finding.SILENT, reason)
        if all(isinstance(why, Inseparable) for _, why in self.silent):
            return Comparison(Finding.SILENT, f"no answer with {PRECISIONS[-1]} bits: {reason}")
        return Comparison(Finding.UNDEFINED, f"undefined at all {len(reasons)} points tried: {reason}")

    def _always_singular(self) -> str | None:
        """An inverse that no value makes exist at some admissible sizes: a hypothesis is missing."""
        defined = {tuple(p.sizes.values()) for p, _ in self.agreed}
        for point, why in self.silent:
            if isinstance(why, Singular) and tuple(point.sizes.values()) not in defined:
                others = (p for p in _stream(self.question) if p.sizes == point.sizes)
                again = [look(self.question, p, PRECISIONS[:1]) for p in islice(others, 4)]
                if all(isinstance(seen.why, Singular) for seen in again):
                    return _missing_rank(self.question, point, why)
        return None


def _missing_rank(question: Question, point: Point, why: Exception) -> str:
    where = ", ".join(f"{d} = {n}" for d, n in point.sizes.items())
    if not where:
        return f"{why} for every value of its variables"
    inverted = {t.args[0] for side in question.terms for t in subterms(side) if t.head == "inv"}
    scope = open_scope(point)
    lacking = [
        s for t in inverted if str(why).startswith(f"{t} is") for s in sorted(t.free, key=str)
        if not s.is_scalar and not s.data[1].has("full column rank") and _wide(s, scope)
    ]  # fmt: skip
    advice = "; a hypothesis that excludes these sizes is missing"
    if lacking:
        s = lacking[0]
        advice = f"; the hypothesis {s}: FullRank[{s.shape[0]}, {s.shape[1]}] is missing"
    return f"{why} for every value of its variables when {where}{advice}"


def _wide(s: Term, scope: Scope) -> bool:
    return scope.length(s.shape[0]) < scope.length(s.shape[1])


def _steady(digits: int) -> int:
    """Digits in steps of five: the last ones depend on the order in which rounded terms are added, and a report should not."""
    return digits - digits % _FIVE if digits >= _FIVE else digits


def _vacuous(question: Question) -> str:
    if question.given:
        return f"no point was found that meets the hypotheses {', '.join(map(str, question.given))}"
    kinds = ", ".join(f"{s}: {s.data[1]}" for s in question.survey.symbols)
    return f"no sizes fit the hypotheses {kinds}"


def _refuted(point: Point, seen: Look) -> Comparison:
    return Comparison(
        Finding.REFUTED, points=1, point=point, left=seen.left, right=seen.right, entry=seen.entry
    )


# -- equations that are claimed to be equivalent ---------------------------------------------------------------


def compare_equations(
    first: Term, second: Term, given: tuple[Term, ...] = (), *, wanted: int = 6, seconds: float = 2.0
) -> Comparison:
    """Whether two equations (or other conditions) hold at the same points.

    Points are made to satisfy one of the two, and the other is looked at; a point that satisfies only one refutes.
    """
    if first is second:
        return Comparison(Finding.AGREED, "the same condition", wanted)
    question = Question(first, second, given)
    plain = compare(replace(question), wanted=wanted, seconds=seconds / 2)
    if plain.finding in (Finding.REFUTED, Finding.MALFORMED, Finding.SILENT):
        return plain
    met = 0
    deadline = Deadline(seconds / 2)
    doubt: Exception | None = None
    for one, other in ((first, second), (second, first)):
        for point in islice(stream(question.survey, (*given, one)), wanted):
            seen = look(Question(other, TRUE, given), point)
            if seen.differs:
                told = look(question, point)
                shown = ("True", "False") if one is first else ("False", "True")
                return _refuted(point, told if told.differs else Look(True, 0, *shown))
            if seen.differs is False:
                met += 1
            else:
                doubt = seen.why
            if deadline.late:
                break
    if not met:
        reason = f"no point was found at which {first} or {second} holds" + (f" ({doubt})" if doubt else "")
        return Comparison(Finding.VACUOUS, reason)
    return Comparison(
        Finding.AGREED, f"both hold at {met} points, and agree at {plain.points} others", met + plain.points
    )
