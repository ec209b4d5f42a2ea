"""Signals with their members in square brackets, and formulas for all members of a sequence."""

from __future__ import annotations

import pytest

from calcds.document.finding import Finding
from tests.document.lines import RIGHT, WRONG, read

HALVES = r"The impulse response is $h[n] = (\frac12)^n$."
FILTER = r"The filter does $y[n] = \frac12 y[n-1] + x[n]$ with $y[-1] = 0$, $x[0] = 1$ and $x[1] = 2$. So $y[0] = 1$ and"
DIFFERENCES = r"With $y_n = x_n + \frac12 x_{n-1}$ and $x_0 = 1$, $x_1 = 2$, $x_2 = 3$ we get"
MEMBERS = [  # (text, what is right in it, a slip)
    (rf"{HALVES} Then $\sum_{{n=0}}^\infty h[n] = 2$.", "= 2$", "= 1$"),
    (rf"{HALVES} Then $h[2] = \frac14$.", r"\frac14", r"\frac18"),
    (rf"{FILTER} $y[1] = \frac52$.", r"\frac52", "3"),
    (r"Let $|a| < 1$ and $h_n = a^n$. Then $\sum_{n=0}^\infty h_n = \frac{1}{1-a}$.", "1-a", "1+a"),
    (r"Let $h_n = (\frac12)^n$. Then $\sum_{k=1}^\infty h_k = 1$.", "= 1$", "= 2$"),
    (rf"{DIFFERENCES} $y_1 = \frac52$.", r"\frac52", "3"),
    (r"The signal is $s[n] = \sum_{k=0}^{n} 2^{-k}$. Then $s[3] = 1 + 0.5 + 0.25 + 0.125$.", "0.125", "0.0625"),
]


def last(text: str) -> Finding:
    """The last equation of a text."""
    return read(text + "\n")[-1]


@pytest.mark.parametrize(("text", "right", "slip"), MEMBERS)
def test_a_member_and_its_slip(text: str, right: str, slip: str) -> None:
    """The line holds, and does not with a slip in it."""
    assert text.count(right) == 1
    assert last(text).outcome in RIGHT
    assert last(text).role == "claim"
    wrong = last(text.replace(right, slip))
    assert wrong.role != "claim" or wrong.outcome not in RIGHT


def test_a_slip_of_a_recursion_is_called_wrong() -> None:
    """What was followed once is followed on."""
    assert last(rf"{FILTER} $y[1] = \frac52$. With $x[2] = 1$ we get $y[2] = \frac52$.").outcome in WRONG


OTHERS = [  # other examples, and brackets that are none of a signal
    rf"{HALVES} Another filter has $h[0] = 1$, $h[1] = 1$ and $h[2] = 0$.",
    r"The sequence $x_n = 2^{-n}$ has $x_0 = 1$. Now let $x_0 = 1$ and $x_1 = 3$.",
    r"The data are samples with $y_i = 2 x_i + 1$: $x_1 = 1$, $y_1 = 3$, $x_2 = 2$, $y_2 = 4.9$.",
    r"For the signal $E[n] = 5$ and $f[x] = 2$, and $x_1 = 3$ although $x[n] = 4$.",
]


@pytest.mark.parametrize("text", OTHERS)
def test_other_examples_are_not_called_wrong(text: str) -> None:
    """Nothing of these is called wrong."""
    assert not [one for one in read(text + "\n") if one.outcome in WRONG]
