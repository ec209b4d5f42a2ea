"""One claim to one result: ask the decider, compare with the network, never raise.

This is the one place that catches every exception: whatever goes wrong in calcds while it decides a claim is a fault of
calcds, it is reported as such, and the other claims are still checked.

Imports: calcds.derivation.model, calcds.decide.engine, calcds.expr.latex, calcds.verify.result, .numbers, .places.
"""

from __future__ import annotations

import time
from dataclasses import replace

from calcds.decide import engine
from calcds.decide.verdict import Outcome, Verdict
from calcds.derivation.model import Claim, Derivation
from calcds.errors import CalcdsError, Malformed, ShapeError
from calcds.expr.latex import latex
from calcds.expr.term import Term
from calcds.verify.numbers import compare
from calcds.verify.places import fault_of_calcds, said_path
from calcds.verify.result import Result


def pending(derivation: Derivation, claim: Claim, label: str) -> Result:
    """The row of a claim that has not been decided yet."""
    left, right, link = _sides(claim)
    single = claim.kind == "holds"
    shown = _latex_sides(claim)
    return Result(
        id=f"{label}::{derivation.name}[{claim.number}]",
        file=said_path(claim.line.span.file),
        line=claim.line.span.line,
        column=claim.line.span.column,
        outcome=Outcome.UNDECIDED,
        title=derivation.title,
        statements=derivation.cited(claim),
        source=(derivation.source.document.key, derivation.source.section) if derivation.source else None,
        lhs=shown[0],
        rhs=shown[1],
        reason=claim.line.reason,
        given=(*derivation.hypotheses, *(str(c) for c in claim.given)),
        role=derivation.role(claim),
        left=left,
        right="" if single else right,
        link=link,
        expect=derivation.expect,
        corrected=derivation.corrected,
    )


def check(derivation: Derivation, claim: Claim, row: Result, timeout: float) -> Result:
    """The row with its outcome."""
    begin = time.perf_counter()
    verdict = _ask(claim, timeout)
    comparison = None
    if claim.network is not None and verdict.outcome is not Outcome.MALFORMED:
        comparison = compare(claim, derivation, claim.network)
        if comparison.outcome is not None and verdict.outcome is not Outcome.REFUTED:
            verdict = replace(verdict, outcome=comparison.outcome, stage="network", detail=comparison.fault)
    return replace(
        row,
        outcome=verdict.outcome,
        stage=verdict.stage,
        detail=verdict.detail,
        conditions=verdict.conditions,
        counterexample=verdict.counterexample,
        holds_if=verdict.holds_if,
        network=comparison,
        seconds=time.perf_counter() - begin,
    )


def _ask(claim: Claim, timeout: float) -> Verdict:
    if claim.kind == "bad":
        return Verdict(Outcome.MALFORMED, "", claim.line.fault)
    assert claim.left is not None  # only bad claims have no sides
    try:
        if claim.kind == "holds":
            return engine.decide_condition(claim.left, claim.given, timeout)
        assert claim.right is not None
        if claim.kind == "equivalent":
            return engine.decide_equations(claim.left, claim.right, claim.given, timeout)
        return engine.decide_terms(claim.left, claim.right, claim.given, timeout)
    except (ShapeError, Malformed) as error:
        return Verdict(Outcome.MALFORMED, "", str(error))
    except MemoryError:
        return Verdict(Outcome.UNDECIDED, "", "stopped: this claim needs more memory than a worker may use")
    except RecursionError:
        return Verdict(Outcome.UNDECIDED, "", "stopped: this claim is nested too deeply")
    except Exception as error:  # noqa: BLE001
        return Verdict(Outcome.UNDECIDED, "", fault_of_calcds(error))


# -- showing --------------------------------------------------------------------------------------------------


def _sides(claim: Claim) -> tuple[str, str, str]:
    """The two sides as the author typed them, and what is said of them."""
    if claim.kind == "holds":
        return claim.line.text, "", ""
    above = claim.above.text if claim.above else ""
    return above, claim.line.text, "<=>" if claim.kind == "equivalent" else "="


def _latex_sides(claim: Claim) -> tuple[str, str]:
    if (
        claim.kind == "holds"
        and claim.left is not None
        and claim.left.head == "rel"
        and claim.left.data == "="
    ):
        return _latex(claim.left.args[0]), _latex(claim.left.args[1])
    return _latex(claim.left), _latex(claim.right)


def _latex(term: Term | None) -> str:
    try:
        return latex(term) if term is not None else ""
    except (CalcdsError, RecursionError, ValueError):  # a row without its formula is better than no row
        return ""
