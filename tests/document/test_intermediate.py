# ruff: noqa: E501  (a row is a text)
"""Remainders at a place between: Taylor's theorem with a remainder of Lagrange, mean values, errors of difference quotients."""

from __future__ import annotations

import pytest

from calcds.decide.verdict import Outcome
from tests.document.lines import RIGHT, WRONG, read

SMOOTH = r"Let $f: \mathbb{R} \to \mathbb{R}$ be smooth. For some $\xi$ between the two places "
PAIRS = [  # the text, a claim, and a slip
    (SMOOTH, r"f(x+h) = f(x) + h f'(x) + \frac{h^2}{2} f''(\xi)", r"f(x+h) = f(x) + h f'(x) + h^2 f''(\xi)"),
    (SMOOTH, r"f(x) = f(a) + f'(a)(x-a) + \frac{f''(\xi)}{2}(x-a)^2", r"f(x) = f(a) - f'(a)(x-a) + \frac{f''(\xi)}{2}(x-a)^2"),
    (SMOOTH, r"f'(x - h) = f'(x) - h f''(x) + \frac12 h^2 f'''(\xi)", r"f'(x - h) = f'(x) + h f''(x) + \frac12 h^2 f'''(\xi)"),
    (SMOOTH, r"f(b) - f(a) = f'(\xi)(b - a)", r"f(b) - f(a) = f'(\xi)(b + a)"),
    (SMOOTH, r"\frac{f(x+h) - f(x-h)}{2h} = f'(x) + \frac{h^2}{6} f'''(\xi)", r"\frac{f(x+h) - f(x-h)}{2h} = f'(x) + \frac{h^2}{3} f'''(\xi)"),
    (SMOOTH, r"\frac{f(x+h) - f(x)}{h} = f'(x) + \frac{h}{2} f''(\xi)", r"\frac{f(x+h) - f(x)}{h} = f'(x) + \frac{h}{2} f'(\xi)"),
    (r"By the mean value theorem there is a $c$ between $a$ and $b$ with ", r"f(b) - f(a) = f'(c)(b - a)", r"f(b) - f(a) = f(c)(b - a)"),
    (r"With $\xi$ between $0$ and $x$ the remainder of the sine gives ", r"\sin x = x - \frac{x^3}{6} \cos \xi", r"\sin x = x + \frac{x^3}{6} \cos \xi"),
]


@pytest.mark.parametrize(("before", "true", "slip"), PAIRS, ids=[true for _, true, _ in PAIRS])
def test_a_remainder_at_an_unknown_place(before: str, true: str, slip: str) -> None:
    right, wrong = (read(f"{before}$${line}.$$")[-1] for line in (true, slip))
    assert right.outcome in RIGHT, right.detail
    assert wrong.outcome in WRONG, wrong.detail


def test_what_agrees_only_at_the_centre_is_left_open() -> None:
    """1/(1 + xi)^2 is 1/(1 + xi)^3 at 0; by Taylor's theorem only the latter is proved."""
    claim = r"With $\xi$ between $0$ and $x$ $$\ln(1+x) = x - \frac{x^2}{2} + \frac{x^3}{3(1+\xi)^%d}.$$"
    assert [read(claim % k)[-1].outcome for k in (3, 2)] == [Outcome.PROVED, Outcome.UNDECIDED]


OTHERS = [  # no place, or nothing that is said of it
    SMOOTH + r"and $y' = g(t, y)$ the error is $y(t_{n+1}) - y(t_n) - h g(t_n, y(t_n)) = \frac{h^2}{2} y''(\xi_n)$.",
    SMOOTH + r"with $f(x^*) = 0$ and $e_k = x_k - x^*$ $$\frac{e_k f'(x_k) - f(x_k)}{f'(x_k)} = \frac{f''(\xi_k)}{2f'(x_k)} e_k^2$$",
    r"Let $u(x) = \xi x$ for a fixed $\xi$.",
    r"We have $e^{x_0} = c \, x_0$ for some $c$.",
    r"Let $\phi(x) = x g(\xi)$ with a constant $\xi$ between 0 and 1.",
    r"The margin is $y (w^\top x + b) = 1 - \xi$ with slack $\xi$.",
    r"The solutions are $v(t) = c e^{-t}$ for some $c$.",
    r"The remainder is $r(x) = c x^2$ for some $c$ between 0 and 1.",
    r"For some $\theta \in (0, 1)$ we have $f(x+h) = f(x) + h f'(x + \theta h)$.",
    SMOOTH + r"and $f''(\xi) = 0$ the first term is enough, $f(x+h) = f(x) + h f'(x)$.",
]


@pytest.mark.parametrize("text", OTHERS)
def test_another_letter_is_no_place(text: str) -> None:
    assert not [one for one in read(text) if one.outcome in WRONG]
