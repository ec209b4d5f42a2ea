r"""The gamma function, where a document speaks of it: `\Gamma(\alpha + 1) = \alpha \Gamma(\alpha)`."""

from __future__ import annotations

import pytest

from tests.document.lines import WRONG, assert_told_apart, own_line

GAMMA = r"Let $X$ have a gamma distribution with shape $\alpha$ and rate $\beta$."
BETA = r"The Beta function is $B(a, b) = \frac{\Gamma(a)\Gamma(b)}{\Gamma(a+b)}$."

PAIRS = [
    (GAMMA, r"\Gamma(\alpha + 1) = \alpha\Gamma(\alpha)", r"\Gamma(\alpha + 1) = (\alpha + 1)\Gamma(\alpha)"),
    (GAMMA, r"\Gamma(\tfrac12) = \sqrt\pi", r"\Gamma(\tfrac12) = \pi"),
    (GAMMA, r"\frac{\Gamma(\alpha + 2)}{\Gamma(\alpha)} = \alpha(\alpha + 1)",
     r"\frac{\Gamma(\alpha + 2)}{\Gamma(\alpha)} = \alpha^2"),
    (BETA, r"B(a + 1, b) = \frac{a}{a + b} B(a, b)", r"B(a + 1, b) = \frac{b}{a + b} B(a, b)"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "line", "slip"), PAIRS)
def test_values_of_the_gamma_function(before: str, line: str, slip: str) -> None:
    assert_told_apart(before, line, slip)


OTHER = [  # a function of the text, and a matrix
    (GAMMA + r" Let $\Gamma(h) = 1 - h$ be the covariance at lag $h$.", r"\Gamma(1) = 0"),
    (GAMMA + r" Let $\Gamma$ be an $n \times n$ matrix.", r"\Gamma(x + y) = \Gamma x + \Gamma y"),
    (r"Let $\Gamma$ be any function.", r"\Gamma(3) = 5"),
]


@pytest.mark.parametrize(("before", "line"), OTHER)
def test_another_gamma_is_left_alone(before: str, line: str) -> None:
    assert all(one.outcome not in WRONG for one in own_line(before, line))
