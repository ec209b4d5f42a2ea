# ruff: noqa: E501  (a row is a text)
"""What a text computes from the rounded values that it printed before: a true line is supported, its slip is not."""

from __future__ import annotations

import pytest

from calcds.decide.verdict import Outcome
from tests.document.lines import RIGHT, WRONG, last_line, read

NEURON = r"""# Forward

Let $x = 0.5$, $w = 0.8$, $b = -0.1$ and $\sigma(z) = 1/(1 + e^{-z})$. The output is $\hat y = \sigma(w x + b) \approx 0.5744$, and the target is $y = 1$."""
BACK = NEURON + r"""

# Backward

We continue with these numbers. Let $\delta = (\hat y - y)\hat y(1 - \hat y) \approx -0.1040$."""

APART = [
    (NEURON, r"\hat y(1-\hat y) \approx 0.5744 \cdot 0.4256", r"\hat y(1-\hat y) \approx 0.5744 \cdot 0.5256"),
    (BACK, r"\hat y(1-\hat y) \approx 0.5744 \cdot 0.4256", r"\hat y(1-\hat y) \approx 0.4256 \cdot 0.4256"),
    (BACK, r"(\hat y - y)\hat y(1-\hat y) \approx -0.4256 \cdot 0.2445", r"(\hat y - y)\hat y(1-\hat y) \approx 0.4256 \cdot 0.2445"),
    (BACK, r"\delta x \approx -0.1040 \cdot 0.5", r"\delta x \approx -0.1040 \cdot 0.8"),
    (BACK, r"w - 0.1 \, \delta x \approx 0.8 + 0.1 \cdot 0.0520", r"w - 0.1 \, \delta x \approx 0.8 - 0.1 \cdot 0.0520"),
]  # fmt: skip

PLANE = r"Let $f(x,y) = x^2 y + 3xy^2 - 4y$. Then"
TRUNCATED = [
    ("So", r"e^{0.1} \approx 1 + 0.1 + 0.005", r"e^{0.1} \approx 1 + 0.1 + 0.01"),
    ("So", r"\sqrt{4.1} \approx 2 + \frac{0.1}{4}", r"\sqrt{4.1} \approx 2 + \frac{0.1}{2}"),
    ("So", r"\ln 1.2 \approx 0.2 - 0.02 + 0.002667", r"\ln 1.2 \approx 0.2 + 0.02 - 0.002667"),
    ("So", r"\cos 0.2 \approx 1 - \frac{0.2^2}{2} + \frac{0.2^4}{24}", r"\cos 0.2 \approx 1 - \frac{0.2^2}{2} - \frac{0.2^4}{24}"),
    ("So", r"e^{0.5} \approx 1 + 0.5 + \frac{0.25}{2} + \frac{0.125}{6}", r"e^{0.5} \approx 1 + 0.5 + \frac{0.25}{2} - \frac{0.125}{6}"),
    ("So", r"\frac{\ln(10^6)}{0.2007} \approx 69", r"\frac{\ln(10^6)}{0.2007} \approx 68"),
    ("So", r"\frac{100}{7} \approx 14", r"\frac{100}{7} \approx 15"),
    (PLANE, r"f(1.01,1.98) \approx 6 + 16\cdot 0.01 - 9\cdot 0.02", r"f(1.01,1.98) \approx 6 + 9\cdot 0.01 - 16\cdot 0.02"),
    ("So", r"\int_0^1 e^{-x^2}\,dx \approx \int_0^1\left(1 - x^2 + \frac{x^4}{2} - \frac{x^6}{6}\right)dx",
     r"\int_0^1 e^{-x^2}\,dx \approx \int_0^1\left(1 - x^2 + \frac{x^4}{2} - \frac{x^6}{3}\right)dx"),
]  # fmt: skip
NO_SERIES = [  # what is left out, or another digit, is as large as what a term says
    r"e \approx 1 + 1 + 0.5",
    r"85 \approx 90",
    r"\frac{20}{7} \approx 3",
    r"e^2 + e + 1 \approx 7.389 + 2.728 + 1",
    r"\ln 2 \approx 1 - 0.5",
    r"\frac{7}{4} \approx 0.25 + 1.5100",
    r"0.25 - \frac{0.9375}{3.25} \approx 0.25 - 0.2858",
    r"\frac{1.6449}{2} \approx 0.6 + 0.2252",
]

TRUE = [
    BACK + r" With $x = 2$ instead, $\hat y \approx 0.8176$ and $\hat y(1 - \hat y) \approx 0.8176 \cdot 0.1824$.",
    NEURON + r" For another input $\hat y(1 - \hat y) \approx 0.3 \cdot 0.7001$.",
]


@pytest.mark.parametrize(("before", "line", "slip"), [*APART, *TRUNCATED], ids=[row[2][:60] for row in [*APART, *TRUNCATED]])
def test_a_true_line_is_supported_and_its_slip_is_not(before: str, line: str, slip: str) -> None:
    true, false = last_line(before, line)[-1], last_line(before, slip)[-1]
    assert (true.outcome in RIGHT, true.role) == (True, "claim"), true
    assert false.outcome not in RIGHT, false


def test_a_sum_that_leaves_something_out_is_not_proved() -> None:
    for before, line, _ in TRUNCATED:
        assert last_line(before, line)[-1].outcome is Outcome.SUPPORTED


@pytest.mark.parametrize("line", NO_SERIES)
def test_a_sum_of_rounded_numbers_is_no_series(line: str) -> None:
    assert last_line("So", line)[-1].outcome is Outcome.UNDECIDED


@pytest.mark.parametrize("text", TRUE, ids=[text[-40:] for text in TRUE])
def test_other_values_may_be_meant(text: str) -> None:
    assert [(one.left, one.right) for one in read(text) if one.outcome in WRONG] == []


def test_where_every_reading_guesses_something_none_is_a_fault() -> None:
    text = r"""The score is $\ell(\beta) = \sum_i y_i \ln p_i$.

## Steps

The steps are $\beta^{(0)} = (0, 0)^T$ and $\beta^{(1)} \approx (-1.5, 0.6)^T$. The score increased over $\ell(\beta^{(1)}) \approx -2.606$."""
    assert [one.detail for one in read(text) if "fault" in one.detail] == []


def test_the_numbers_of_an_example_last_to_its_end() -> None:
    text = r"""Let $u = (3, 4)^T$ and $v = (2, 1)^T$. Then $u + v = (5, 5)^T$ and $\cos\theta = \frac{u^T v}{\|u\|\|v\|}$ for vectors $u, v \in \mathbb{R}^n$.

Example. If $u = (1, 2, 2)^T$ and $v = (2, 1, -2)^T$, then $u^T v = 0$. Both have length 3. Check: $u + v = (3, 3, 0)^T$."""
    *_, zero, check = read(text)
    assert zero.outcome in RIGHT
    assert check.outcome in RIGHT
    assert read(text.replace("(3, 3, 0)", "(3, 1, 0)"))[-1].outcome not in RIGHT
