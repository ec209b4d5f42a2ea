# ruff: noqa: E501  (a row is a text)
"""Where two functions are least: at the same place if they differ by a constant, a positive factor, or an increasing function."""

from __future__ import annotations

import pytest

from calcds.decide.verdict import Outcome
from tests.document.lines import read

CODE = r"Let $x \in \mathbb{R}^n$, $D \in \mathbb{R}^{n \times l}$ with $D^\top D = I$, and $c \in \mathbb{R}^l$. "
PAIRS = [  # the text, what is at the same place, and what is not
    (CODE, r"\arg\min_c \|x - Dc\|^2 = \arg\min_c (Dc)^\top Dc - 2x^\top Dc", r"\arg\min_c \|x - Dc\|^2 = \arg\min_c (Dc)^\top Dc + 2x^\top Dc"),
    (CODE, r"\operatorname*{argmin}_c c^\top D^\top Dc - 2x^\top Dc = \operatorname*{argmin}_c c^\top c - 2x^\top Dc", r"\operatorname*{argmin}_c c^\top D^\top Dc - 2x^\top Dc = \operatorname*{argmin}_c c^\top c - x^\top Dc"),
    (CODE, r"\arg\min_c \|x - Dc\| = \arg\min_c \|x - Dc\|^2", r"\arg\min_c \|x - Dc\| = \arg\min_c \|x + Dc\|^2"),
    (CODE, r"\arg\min_c \frac12 \|x - Dc\|^2 = \arg\min_c \|x - Dc\|^2", r"\arg\min_c \frac12 \|x - Dc\|^2 = \arg\max_c \|x - Dc\|^2"),
    (CODE + r"Let $g: \mathbb{R}^l \to \mathbb{R}^n$. ", r"\arg\min_c (x - g(c))^\top(x - g(c)) = \arg\min_c g(c)^\top g(c) - 2 x^\top g(c)", r"\arg\min_c (x - g(c))^\top(x - g(c)) = \arg\min_c g(c)^\top g(c) - x^\top g(c)"),
    ("", r"\arg\max_\theta \prod_{i=1}^n p(x_i \mid \theta) = \arg\max_\theta \sum_{i=1}^n \log p(x_i \mid \theta)", r"\arg\max_\theta \prod_{i=1}^n p(x_i \mid \theta) = \arg\min_\theta \sum_{i=1}^n \log p(x_i \mid \theta)"),
    (r"Let $X \in \mathbb{R}^{n \times d}$. ", r"\arg\max_W \operatorname{tr}(W^\top X^\top X W) = \arg\max_W \operatorname{tr}(X W W^\top X^\top)", r"\arg\max_W \operatorname{tr}(W^\top X^\top X W) = \arg\max_W \operatorname{tr}(X W W X^\top)"),
]


@pytest.mark.parametrize(("before", "same", "other"), PAIRS, ids=[same[:60] for _, same, _ in PAIRS])
def test_two_functions_at_their_best(before: str, same: str, other: str) -> None:
    """The first is proved; of the other nothing is said, as other functions may be least there, too."""
    right, wrong = (read(f"{before}$${line}.$$")[-1] for line in (same, other))
    assert right.outcome is Outcome.PROVED, right.detail
    assert wrong.outcome in {Outcome.UNDECIDED, Outcome.UNREAD}, wrong.detail
