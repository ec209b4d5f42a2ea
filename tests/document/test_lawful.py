r"""Functions of random variables with a stated law, by their names: `M_X(t)`, `F_X(x)`, `f_X(x)`, `\sigma_X^2`."""

from __future__ import annotations

import pytest

from tests.document.lines import RIGHT, WRONG, assert_told_apart, own_line

UNIFORM = "Let the random variable $X$ be uniform on $[a, b]$."
EXPONENTIAL = r"Let the random variable $X$ be exponential with rate $\lambda$."
NORMAL = r"Let $X \sim N(\mu_1, \sigma_1^2)$ and $Y \sim N(\mu_2, \sigma_2^2)$ be independent random variables."
COUNT = r"Let $N \sim \operatorname{Poisson}(\lambda)$ be a random variable."

PAIRS = [
    (UNIFORM, r"f_X(x) = \frac{1}{b-a}", r"f_X(x) = \frac{1}{a-b}"),
    (UNIFORM, r"F_X(x) = \frac{x-a}{b-a}", r"F_X(x) = \frac{x-b}{b-a}"),
    (UNIFORM, r"M_X(t) = \frac{e^{tb} - e^{ta}}{t(b-a)}", r"M_X(t) = \frac{e^{tb} + e^{ta}}{t(b-a)}"),
    (UNIFORM, r"V(X) = \frac{(b-a)^2}{12}", r"V(X) = \frac{b-a}{12}"),
    (EXPONENTIAL, r"M_X(t) = \frac{\lambda}{\lambda - t}", r"M_X(t) = \frac{\lambda}{\lambda + t}"),
    (EXPONENTIAL, r"F_X(x) = 1 - e^{-\lambda x}", r"F_X(x) = e^{-\lambda x}"),
    (EXPONENTIAL, r"f_X(x) = \lambda e^{-\lambda x}", r"f_X(x) = \lambda e^{\lambda x}"),
    (NORMAL, r"M_{X+Y}(t) = e^{(\mu_1 + \mu_2) t + (\sigma_1^2 + \sigma_2^2) t^2/2}",
     r"M_{X+Y}(t) = e^{(\mu_1 + \mu_2) t + (\sigma_1 + \sigma_2) t^2/2}"),
    (NORMAL, r"\sigma_{X+Y}^2 = \sigma_1^2 + \sigma_2^2", r"\sigma_{X+Y}^2 = \sigma_1^2 - \sigma_2^2"),
    (COUNT, r"p_N(k) = e^{-\lambda} \frac{\lambda^k}{k!}", r"p_N(k) = e^{\lambda} \frac{\lambda^k}{k!}"),
    (COUNT, r"M_N(t) = e^{\lambda(e^t - 1)}", r"M_N(t) = e^{\lambda(e^t + 1)}"),
    (COUNT, r"\sigma_N^2 = \lambda", r"\sigma_N^2 = \lambda^2"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "line", "slip"), PAIRS)
def test_what_a_law_says_is_told_apart(before: str, line: str, slip: str) -> None:
    assert_told_apart(before, line, slip)


NOT_WRONG = [  # where another law, another case, or another meaning may stand behind the name
    (UNIFORM + " Elsewhere", "f_X(x) = 0"),
    (UNIFORM, r"F_X(x) = \begin{cases} 0 & x < a \\ \frac{x-a}{b-a} & a \le x \le b \\ 1 & x > b \end{cases}"),
    (EXPONENTIAL, r"D(X) = 1/\lambda"),
    (EXPONENTIAL + " Given $X > s$, its density is", r"f_X(x) = \lambda e^{-\lambda(x - s)}"),
    (EXPONENTIAL + " The minimum of $n$ of them has", r"F_X(x) = 1 - e^{-n\lambda x}"),
    (NORMAL + " Up to a constant", r"f_X(x) = e^{-(x-\mu_1)^2/(2\sigma_1^2)}"),
    (r"Let $X \sim N(\mu_X, \sigma_X^2)$ be random. Suppose that", r"\mu_X = 2"),
]


@pytest.mark.parametrize(("before", "line"), NOT_WRONG)
def test_what_may_be_meant_otherwise_is_not_called_wrong(before: str, line: str) -> None:
    assert all(one.outcome not in WRONG for one in own_line(before, line))


NOT_PROVED = [
    (EXPONENTIAL, r"F_X(x) = \begin{cases} 1 - e^{-\lambda x} & x \ge 0 \\ 1 & x < 0 \end{cases}"),
    (r"Let $X \sim N(\mu_X, \sigma_X^2)$ be random. Suppose that", r"\mu_X = 2"),
]


@pytest.mark.parametrize(("before", "line"), NOT_PROVED)
def test_what_was_not_compared_is_not_proved(before: str, line: str) -> None:
    assert all(one.outcome not in RIGHT or one.role != "claim" for one in own_line(before, line))
