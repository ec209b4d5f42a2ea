# ruff: noqa: E501  (a row is a formula)
r"""Events that are words or signs, and events of which the text does not say that they are all cases there are."""

from __future__ import annotations

import pytest

from calcds.decide.verdict import Outcome
from tests.document.lines import WRONG, assert_told_apart, own_line

TEST = "Let $D$ be the event of a disease and $+$ a positive test."
TOLD_APART = [  # what stands before, a true line, a slip
    (TEST, r"P(D|+) = \frac{P(+|D) P(D)}{P(+)}", r"P(D|+) = \frac{P(+|D) P(+)}{P(D)}"),
    (TEST, r"P(+) = P(+|D)P(D) + P(+|\bar D)P(\bar D)", r"P(+) = P(+|D)P(D) + P(+|\bar D)P(D)"),
    (TEST, r"\mathbb{P}(- \mid D) = 1 - \mathbb{P}(+ \mid D)", r"\mathbb{P}(- \mid D) = 1 + \mathbb{P}(+ \mid D)"),
    (TEST, r"P(D|+) = \frac{P(+|D)P(D)}{P(+|D)P(D) + P(+|\neg D)P(\neg D)}", r"P(D|+) = \frac{P(+|D)P(D)}{P(+|D)P(D) + P(+|\neg D)P(D)}"),
    (TEST, r"P(\neg D) = 1 - P(D)", r"P(\neg D) = 1 + P(D)"),
    (
        "A filter:",
        r"P(\text{spam} \mid \text{free}) = \frac{P(\text{free} \mid \text{spam}) \, P(\text{spam})}{P(\text{free})}",
        r"P(\text{spam} \mid \text{free}) = \frac{P(\text{free} \mid \text{spam}) \, P(\text{free})}{P(\text{spam})}",
    ),
    (
        "A filter:",
        r"P(\text{spam}|\text{free}) P(\text{free}) = P(\text{free}|\text{spam}) P(\text{spam})",
        r"P(\text{spam}|\text{free}) P(\text{free}) = P(\text{free}|\text{spam}) + P(\text{spam})",
    ),
    ("Let $B_1, \\dots, B_n$ be a partition.", r"P(A) = \sum_{i=1}^n P(A \mid B_i) P(B_i)", r"P(A) = \sum_{i=1}^n P(B_i \mid A) P(B_i)"),
]  # fmt: skip
SUPPOSED = [  # true of all cases there are, which the text does not say to be all
    r"P(A) = P(A|B)P(B) + P(A|C)P(C)",
    r"P(A) = P(A \cap B) + P(A \cap C)",
    r"P(B|A) = \frac{P(A|B)P(B)}{P(A|B)P(B) + P(A|C)P(C)}",
    r"P(R) = P(R|U_1)P(U_1) + P(R|U_2)P(U_2) + P(R|U_3)P(U_3)",
    r"P(+) = P(+|S)P(S) + P(+|H)P(H)",
]
NEVER_WRONG = [
    (r"P(\text{free}) = P(\text{free}|\text{spam})P(\text{spam}) + P(\text{free}|\text{ham})P(\text{ham})"),
    (r"P(\text{ham}) = 1 - P(\text{spam})"),
    (r"P(\text{heads}|\text{fair}) = P(\text{tails}|\text{fair}) = \frac12"),
    (r"P(\text{at least one six}) = 1 - P(\text{no six})"),
    (r"P(\text{win}|\text{switch}) = 1 - P(\text{win}|\text{stay})"),
    (r"P(S|A) = P(S|A,M)P(M|A)+P(S|A,F)P(F|A)"),
    (r"P(H_0|D) = 1 - P(H_1|D)"),
    (r"\lim_{x \to 0^+} f(x) = f(0+)"),
    (r"Q(+) = -Q(-)"),
    (r"P(-|x|) = P(|x|)"),
    (r"|x| + |y| = |y| + |x|"),
]


@pytest.mark.parametrize(("before", "line", "slip"), TOLD_APART, ids=[row[2] for row in TOLD_APART])
def test_told_apart(before: str, line: str, slip: str) -> None:
    if "partition" in before:
        assert own_line("Probabilities. " + before, line)[0].outcome is Outcome.PROVED
        assert own_line("Probabilities. " + before, slip)[0].outcome in WRONG
    else:
        assert_told_apart(before, line, slip)


@pytest.mark.parametrize("line", SUPPOSED)
@pytest.mark.parametrize("before", ["Probabilities:", "Two machines:"])
def test_that_events_are_all_cases_is_not_said(before: str, line: str) -> None:
    (found,) = own_line(before, line)
    assert found.outcome is Outcome.UNDECIDED
    assert found.detail.endswith("are a partition, which the text does not say")


def test_a_slip_is_wrong_for_all_cases_too() -> None:
    (found,) = own_line("Probabilities:", r"P(A) = P(A|B)P(B) + P(B|C)P(C)")
    assert found.outcome in WRONG


@pytest.mark.parametrize("line", NEVER_WRONG)
def test_never_wrong(line: str) -> None:
    assert all(one.outcome not in WRONG for one in own_line("", line))
