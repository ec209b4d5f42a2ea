r"""Bars around a vector, `|x|`: its length as books write it, unless the entries without their signs make the line true."""

from __future__ import annotations

import pytest

from tests.document.lines import RIGHT, WRONG, last_line, read

BEFORE = r"Let $v, w \in \mathbb{R}^n$, and let $B$ be an $m \times n$ matrix and $c \in \mathbb{R}^m$."
LINES = [
    (r"\nabla_v |v|^2 = {}v", "2", "3"),
    (r"\nabla_v |v|^4 = {}|v|^2 v", "4", "2"),
    (r"|v + w|^2 = |v|^2 + {}v^T w + |w|^2", "2", "3"),
    (r"\nabla_v \frac12 |Bv - c|^2 = B^T (Bv {} c)", "-", "+"),
    (r"|-3v| = {}|v|", "3", "9"),
]


@pytest.mark.parametrize(("line", "right", "wrong"), LINES, ids=[row[0][:30] for row in LINES])
def test_the_length_of_a_vector(line: str, right: str, wrong: str) -> None:
    assert [one.outcome in RIGHT for one in last_line(BEFORE, line.replace("{}", right))] == [True]
    assert [one.outcome in WRONG for one in last_line(BEFORE, line.replace("{}", wrong))] == [True]


OTHERS = [  # entry by entry, as a sum, of numbers that are vectors elsewhere
    BEFORE + r" Entry by entry $|v| = \max(v, -v)$.",
    BEFORE + r" Then $\nabla_v |v - w| = \operatorname{sign}(v - w)$.",
    BEFORE + r" The loss is $L = \frac1n |v - w|$, so $\nabla_v L = \frac1n \operatorname{sign}(v - w)$.",
    BEFORE + "\n\n# Numbers\n\n" + r"Here $\frac{d}{dv} |v| = \frac{v}{|v|}$, and $\frac{d}{dv} |v|^3 = 3 v |v|$.",
]  # fmt: skip


@pytest.mark.parametrize("text", OTHERS)
def test_other_meanings_are_not_called_wrong(text: str) -> None:
    assert [(one.left, one.right) for one in read(text + "\n") if one.outcome in WRONG] == []


@pytest.mark.parametrize(("line", "outcomes"), [(r"|\nabla f(2, 1)| = 5", RIGHT), (r"|\nabla f(2, 1)| = 7", WRONG)])
def test_the_length_of_a_gradient(line: str, outcomes: set[object]) -> None:
    assert [one.outcome in outcomes for one in last_line(r"Let $f(x, y) = \frac32 x^2 - 3x + 4 y$.", line)] == [True]
