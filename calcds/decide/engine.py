"""Deciding a claim: the numbers first, then the exact stages, cheapest first; the first answer decides.

Most wrong lines differ at the first point, so the numerical reading comes first and a refutation is shrunk to the
smallest counterexample. What survives is asked of the exact stages in the order of `STAGES`; each answers with a
proof or stays silent and says why. The numerical reading and a proof check each other: a proof that disagrees with
certified numbers is a fault of calcds and is reported as such, never as an answer.

    numbers      exact stages     outcome
    differ       -                refuted, with the smallest counterexample and the hypothesis that would mend it
    agree        proof            proved
    agree        silent           supported; undecided where only a few points were found
    cannot tell  proof            proved
    cannot tell  silent           undecided, with every reason
    differ       proof            undecided: calcds contradicts itself
    no point meets the hypotheses, or both sides are nowhere defined: undecided (vacuous)

Imports: calcds.decide, calcds.expr.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from calcds.decide import smallest
from calcds.decide.algebraic import prove_numbers
from calcds.decide.chain_rule import prove_by_chain_rule
from calcds.decide.clock import Deadline
from calcds.decide.equivalence import prove_equivalent
from calcds.decide.field import TooBig
from calcds.decide.induction import prove_by_induction
from calcds.decide.inequality import prove_inequality
from calcds.decide.looking import is_printed
from calcds.decide.monotone import prove_by_derivative
from calcds.decide.prover import Proof, Silence, prove_by_squares, prove_condition, prove_equal
from calcds.decide.question import Question
from calcds.decide.resolve import resolve
from calcds.decide.sampling import Comparison, Finding, compare, compare_equations
from calcds.decide.verdict import Counterexample, Outcome, Verdict
from calcds.decide.words import prove_words
from calcds.errors import Malformed, ShapeError
from calcds.expr.operators import whence
from calcds.expr.term import CONDITIONS, TRUE, Term, same_shape, subterms

FEW = 4  # points that accompany a proof, and the least that support a claim about names
NOWHERE = (Finding.VACUOUS, Finding.UNDEFINED)
LOOK_FOR_HYPOTHESES = 2.0  # seconds, far more than it takes; the search itself counts its tries


@dataclass(frozen=True)
class Stage:
    """One exact stage: its name, what it does in a sentence, and how it is asked."""

    name: str
    says: str
    ask: Callable[[Term, Term, tuple[Term, ...]], Proof | Silence]


def _same(left: Term, right: Term, given: tuple[Term, ...]) -> Proof | Silence:  # noqa: ARG001
    if left is right:
        return Proof("same", "both sides are the same expression")
    return Silence("the two sides are written differently")


STAGES = (
    Stage("same", "both sides are the same expression", _same),
    Stage("normal form", "the difference reduces to 0 as a rational function of kernels, with indices and cases", prove_equal),
    Stage("matrix words", "both sides are the same combination of products of matrices and inverses", prove_words),
    Stage("chain rule", "gradients carried back: true for every inner function in its place", prove_by_chain_rule),
    Stage("algebraic numbers", "the difference is smaller than any algebraic number of its size but 0", prove_numbers),
    Stage("induction", "true for the first whole number, and from each to the next", prove_by_induction),
    Stage("squares", "neither side is ever negative, and their squares are equal", prove_by_squares),
    Stage("derivative", "both sides have the same derivative and the same value at one point", prove_by_derivative),
)


CONDITION_STAGES = (
    Stage("signs", "the signs of all parts follow from the hypotheses", lambda c, _, g: prove_condition(c, g)),
    Stage("inequality", "by roots as variables, or the sign of a derivative", prove_inequality),
)


def decide_terms(left: Term, right: Term, given: tuple[Term, ...] = (), timeout: float = 10.0) -> Verdict:
    """Whether two terms are equal at every point of their domain at which both are defined.

    >>> from calcds.notation import *
    >>> x = Real.symbol("x")
    >>> decide_terms((x + 1)**2, x**2 + 2*x + 1).outcome.value
    'proved'
    >>> decide_terms((x + 1)**2, x**2 + 1).counterexample.values
    {'x': '1'}
    """
    if left.head in CONDITIONS and right.head in CONDITIONS:
        return decide_equations(left, right, given, timeout)
    if left.head in CONDITIONS or right.head in CONDITIONS:
        raise Malformed(f"a relation cannot equal a value: {left}, but {right}")
    if not same_shape(left.shape, right.shape):
        raise ShapeError(f"the two sides have different shapes: {whence(left)}, but {whence(right)}")
    if any(t.head == "antideriv" for side in (left, right) for t in subterms(side)):
        return _up_to_a_constant(left, right, given, timeout)
    return _decide(Question(left, right, given), STAGES, timeout)


def decide_condition(condition: Term, given: tuple[Term, ...] = (), timeout: float = 10.0) -> Verdict:
    """Whether a condition holds at every point of its domain."""
    if condition.head == "rel" and condition.data == "=":
        left, right = condition.args
        return decide_terms(left, right, given, timeout)
    return _decide(Question(condition, TRUE, given), CONDITION_STAGES, timeout)


def decide_equations(first: Term, second: Term, given: tuple[Term, ...] = (), timeout: float = 10.0) -> Verdict:
    """Whether two equations hold at the same points."""
    found = compare_equations(first, second, given, seconds=timeout / 2)
    if found.finding is Finding.REFUTED:
        return Verdict(Outcome.REFUTED, "numbers", "at this point only one of the two holds", (), found.counterexample)
    if found.finding is Finding.MALFORMED:
        return Verdict(Outcome.MALFORMED, "numbers", found.reason)
    stage = Stage("equivalence", "one equation is the other times something that is never 0", prove_equivalent)
    return _conclude(found, _ask((stage,), first, second, given))


def _decide(question: Question, stages: tuple[Stage, ...], timeout: float) -> Verdict:
    deadline = Deadline(timeout)
    found = compare(question, wanted=FEW, seconds=timeout / 4)
    if found.finding is Finding.SILENT and (resolved := resolve(question)) is not None:
        seen = compare(resolved, wanted=FEW, seconds=timeout / 4)
        if resolved.given == question.given or seen.finding is Finding.REFUTED:
            question, found = resolved, seen
    if found.finding is Finding.REFUTED:
        return _refuted(question, found, deadline)
    if found.finding is Finding.MALFORMED:
        return Verdict(Outcome.MALFORMED, "numbers", found.reason)
    if found.finding in NOWHERE:
        return _conclude(found, Silence("there is nothing to prove"))
    if _is_proof(question, found):
        return Verdict(Outcome.PROVED, "numbers", found.reason, points=1, digits=found.digits or 0)
    answer = _ask(stages, question.left, question.right, question.given)
    if isinstance(answer, Silence) and found.finding is Finding.AGREED:
        found = compare(question, seconds=max(0.1, min(deadline.left, timeout / 4)))
        if found.finding is Finding.REFUTED:
            return _refuted(question, found, deadline)
    return _conclude(found, answer, least=FEW if question.symbols else 1)


def _is_proof(question: Question, found: Comparison) -> bool:
    """A claim about numbers alone: equal rationals, or a value that certainly rounds to what is printed."""
    if question.symbols or question.functions or found.finding is not Finding.AGREED:
        return False
    return found.digits is None or any(is_printed(side) for side in (question.left, question.right))


def _ask(stages: tuple[Stage, ...], left: Term, right: Term, given: tuple[Term, ...]) -> Proof | Silence:
    silent = []
    for stage in stages:
        try:
            answer = stage.ask(left, right, given)
        except TooBig as reason:
            answer = Silence(str(reason))
        if isinstance(answer, Proof):
            return answer
        silent.append(f"{stage.name}: {answer.reason}")
    return Silence("; ".join(silent))


def _conclude(found: Comparison, answer: Proof | Silence, *, least: int = 1) -> Verdict:
    """The table in the head of the module; fewer points than the least support nothing."""
    if found.finding in NOWHERE:
        return Verdict(Outcome.UNDECIDED, "", f"vacuous: {found.reason}")
    if isinstance(answer, Proof):
        if found.finding is Finding.REFUTED:
            return Verdict(
                Outcome.UNDECIDED, answer.stage,
                f"a fault of calcds, please report it: the stage '{answer.stage}' claims a proof, but the numbers differ",
                witness=found.counterexample,
            )  # fmt: skip
        numbers = f"; {found.reason}" if found.finding is Finding.AGREED else ""
        said = answer.detail + numbers
        return Verdict(
            Outcome.PROVED, answer.stage, said, answer.conditions, points=found.points, digits=found.digits or 0
        )
    if found.finding is Finding.AGREED and found.points < least:
        return Verdict(Outcome.UNDECIDED, "", f"numbers: {found.reason}, which are too few; {answer.reason}")
    if found.finding is Finding.AGREED:
        return Verdict(Outcome.SUPPORTED, "numbers", found.reason, points=found.points, digits=found.digits or 0)
    return Verdict(Outcome.UNDECIDED, "", f"numbers: {found.reason}; {answer.reason}")


def _refuted(question: Question, found: Comparison, deadline: Deadline) -> Verdict:
    seconds = max(0.05, min(1.0, deadline.left))

    def example() -> Counterexample | None:
        return smallest.shrink(question, found, seconds=seconds).counterexample

    def mend() -> str:
        return " or ".join(smallest.stronger_hypotheses(question, seconds=LOOK_FOR_HYPOTHESES)[:2])

    about = question.survey
    witness = example if about.symbols or about.functions else example()
    return Verdict(Outcome.REFUTED, "numbers", "the two sides differ at this point", (), witness, mend=mend)


def _up_to_a_constant(left: Term, right: Term, given: tuple[Term, ...], timeout: float) -> Verdict:
    """Indefinite integrals are equal if their derivatives are, on every interval of the domain."""
    variables = {t.args[1] for side in (left, right) for t in subterms(side) if t.head == "antideriv"}
    if len(variables) > 1:
        raise Malformed(f"indefinite integrals in different variables in one claim: {', '.join(map(str, variables))}")
    (x,) = variables
    verdict = decide_terms(
        differentiate_antiderivatives(left, x), differentiate_antiderivatives(right, x), given, timeout
    )
    return replace(verdict, detail=f"up to a constant, by the derivative in {x}: {verdict.detail}")


def differentiate_antiderivatives(t: Term, x: Term) -> Term:
    """d/dx of a combination of indefinite integrals in x: the integral goes, its integrand stays."""
    match t.head:
        case "antideriv":
            return t.args[0]
        case "add":
            return Term("add", tuple(differentiate_antiderivatives(a, x) for a in t.args))
        case "mul":
            inside = [a for a in t.args if any(s.head == "antideriv" for s in subterms(a))]
            if len(inside) == 1 and all(x not in a.free for a in t.args if a is not inside[0]):
                return Term("mul", tuple(differentiate_antiderivatives(a, x) if a is inside[0] else a for a in t.args))
        case "deriv" if t.args[0].head == "antideriv" and t.args[0].args[1] is t.args[1]:
            inner = Term("deriv", (t.args[0].args[0], *t.args[2:])) if len(t.args) > 2 else t.args[0].args[0]
            return Term("deriv", (inner, x))
    if any(s.head == "antideriv" for s in subterms(t)):
        raise Malformed(f"an indefinite integral stands where it is no number: {t}; give it bounds")
    return Term("deriv", (t, x))
