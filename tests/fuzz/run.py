"""The loop: draw a claim, ask every exact stage, let the referee look at every proof."""

from __future__ import annotations

import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from random import Random
from time import perf_counter
from typing import TypeVar

from flint import fmpq

from calcds.decide.asking import NeedBoundary, NeedCase
from calcds.decide.engine import STAGES
from calcds.decide.facts import REAL
from calcds.decide.prover import Proof, prove_condition
from calcds.decide.question import Question
from calcds.decide.session import Session, with_session
from calcds.errors import CalcdsError
from calcds.expr.term import TRUE, Term
from calcds.values.evaluate import open_scope
from calcds.values.numbers import Inseparable, sign
from tests.fuzz.generate import SCALARS, Maker
from tests.fuzz.referee import places, refutation

T = TypeVar("T")
SLOW = 10.0  # seconds of one stage on one claim
WORDS: tuple[frozenset[str], ...] = (
    frozenset(), frozenset({"sums"}), frozenset({"cases"}), frozenset({"matrices"}), frozenset({"calculus"}),
    frozenset({"sums", "cases"}), frozenset({"sums", "matrices", "cases", "calculus"}),
)  # fmt: skip


@dataclass
class Report:
    """What a run found. Every fault is one line that can be replayed with its seed."""

    faults: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def fault(self, kind: str, seed: int, text: str) -> None:
        self.faults.append(f"{kind} (seed {seed}): {text}")


def fuzz(seconds: float, seed: int = 0, *, most: int = 10**9) -> Report:
    """Run until the time is over."""
    report = Report()
    end = perf_counter() + seconds
    while perf_counter() < end and report.counts["claims"] < most:
        one(seed, report)
        seed += 1
    return report


def one(seed: int, report: Report) -> None:
    """All checks of one seed."""
    rng = Random(seed)
    maker = Maker(rng, rng.choice(WORDS), tuple(rng.sample(SCALARS, rng.choice((1, 2, 3)))))
    for left, right, given in _claims(maker, seed, report):
        report.counts["claims"] += 1
        for stage in STAGES:
            begin = perf_counter()
            try:
                proved = isinstance(stage.ask(left, right, given), Proof)
            except Exception:  # noqa: BLE001  (whatever it is, it is the fault that is looked for)
                report.fault(
                    "crash",
                    seed,
                    f"{stage.name}: {left}  =  {right}  given {given}\n{traceback.format_exc(limit=-3)}",
                )
                continue
            if perf_counter() - begin > SLOW:
                report.fault(
                    "slow",
                    seed,
                    f"{perf_counter() - begin:.1f} s {stage.name}: {left}  =  {right}  given {given}",
                )
            if proved:
                report.counts["proofs"] += 1
                point = refutation(left, right, given)
                if point is not None:
                    report.fault(
                        "WRONG",
                        seed,
                        f"{stage.name}: {left}  =  {right}  given {given} at {point.describe()}",
                    )
    _signs(maker, seed, report)
    conditions(maker, seed, report)


def _claims(maker: Maker, seed: int, report: Report) -> Iterator[tuple[Term, Term, tuple[Term, ...]]]:
    rng = maker.rng
    t = maker.scalar(rng.choice((1, 2, 2, 3, 3, 4)))
    given = (maker.condition(1),) if rng.random() < 0.25 else ()
    yield t, maker.rewritten(t), given
    yield t, maker.mutated(t), given
    yield t, maker.mutated(maker.rewritten(t)), given
    form = _asked(t, given, lambda s: s(t).term, seed, report)
    if form is not None:
        yield t, form, given
        yield t, maker.mutated(form), given
    if "matrices" in maker.words:
        a = maker.matrix(3)
        yield a, maker.mutated(a) if a.args else a.T, ()


def _asked(
    t: Term, given: tuple[Term, ...], what: Callable[[Session], T], seed: int, report: Report
) -> T | None:
    """What a session says of a term; None if it does not say."""
    try:
        return with_session(given, (t, *given), what)
    except (CalcdsError, NeedCase, NeedBoundary, RecursionError):
        return None
    except Exception:  # noqa: BLE001
        report.fault("crash", seed, f"a session: {t} given {given}\n{traceback.format_exc(limit=-3)}")
        return None


def _signs(maker: Maker, seed: int, report: Report) -> None:
    """The sign that the hypotheses give a term, against its value."""
    t = maker.scalar(maker.rng.choice((1, 2, 3)))
    given = (maker.condition(1),) if maker.rng.random() < 0.4 else ()

    signs = _asked(t, given, lambda s: s.facts.sign(s(t)), seed, report)
    report.counts["signs"] += 1
    if signs is None or len(signs) == len(REAL):
        return
    report.counts["known signs"] += 1
    for point in places(Question(t, t, given)):
        try:
            value = open_scope(point).value(t)
        except CalcdsError:
            continue
        try:
            seen = sign(value)
        except Inseparable:
            continue
        except CalcdsError as why:
            report.fault(
                "WRONG", seed, f"sign {set(signs)} of {t} given {given} at {point.describe()}: {why}"
            )
            return
        if seen not in signs:
            said = value if isinstance(value, fmpq) else "a ball"
            report.fault(
                "WRONG", seed, f"sign {set(signs)} of {t} given {given} at {point.describe()}: {said}"
            )
            return


def conditions(maker: Maker, seed: int, report: Report) -> None:
    """Conditions claimed as true."""
    condition = maker.condition(2)
    try:
        proved = isinstance(prove_condition(condition), Proof)
    except Exception:  # noqa: BLE001
        report.fault("crash", seed, f"prove_condition: {condition}\n{traceback.format_exc(limit=-3)}")
        return
    if proved:
        report.counts["conditions"] += 1
        point = refutation(condition, TRUE)
        if point is not None:
            report.fault("WRONG", seed, f"condition {condition} at {point.describe()}")
