# ruff: noqa: E501  (a row is a text)
"""What a text computes from the rounded values that it printed before: a true line is supported, its slip is not."""

from __future__ import annotations

import pytest

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

TRUE = [
    BACK + r" With $x = 2$ instead, $\hat y \approx 0.8176$ and $\hat y(1 - \hat y) \approx 0.8176 \cdot 0.1824$.",
    NEURON + r" For another input $\hat y(1 - \hat y) \approx 0.3 \cdot 0.7001$.",
]


@pytest.mark.parametrize(("before", "line", "slip"), APART, ids=[row[2][:60] for row in APART])
def test_a_true_line_is_supported_and_its_slip_is_not(before: str, line: str, slip: str) -> None:
    true, false = last_line(before, line)[-1], last_line(before, slip)[-1]
    assert (true.outcome in RIGHT, true.role) == (True, "claim"), true
    assert false.outcome not in RIGHT, false


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
