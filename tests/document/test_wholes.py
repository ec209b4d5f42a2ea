"""Names that the words call whole numbers."""

from __future__ import annotations

from pathlib import Path

import pytest

from calcds.decide.verdict import Outcome
from calcds.document.checking import findings
from calcds.document.source.extract import cut

RIGHT = {Outcome.PROVED, Outcome.SUPPORTED}
ROWS = [
    ("For every integer $n$ we have $$%s$$", r"\sin(n\pi) = 0"),
    ("Let $k$ be an integer. $$%s$$", r"\cos(k\pi) = (-1)^k"),
    ("$$%s$$ for positive integers $m \\neq n$.", r"\int_0^{2\pi} \sin(mx) \sin(nx) \, dx = 0"),
    ("If $m$ and $n$ are positive integers, $m \\ne n$, then $$%s$$", r"\int_0^{2\pi} \cos(mx) \cos(nx) \, dx = 0"),
    ("For natural numbers $m$ it holds that $$%s$$", r"\cos(2\pi m) = 1"),
    ("For $k = 0, 1, 2, \\dots$ it holds that $$%s$$", r"\cos(2\pi k) = 1"),
    ("For $k = 0, \\pm 1, \\pm 2, \\dots$ it holds that $$%s$$", r"\cos(2\pi k) = 1"),
    ("Where $m, n = 1, 2, \\dots$ we have $$%s$$", r"\int_0^{2\pi} \sin(mx) \cos(nx) \, dx = 0"),
    ("For every odd $k$ we have $$%s$$", r"\cos(k\pi) = -1"),
    ("Let $k$ be an even integer. $$%s$$", r"\cos(k\pi) = 1"),
]


@pytest.mark.parametrize(("text", "line"), ROWS)
def test_a_whole_number_is_one(text: str, line: str) -> None:
    assert findings(cut(Path("notes.md"), text % line))[-1 if "$$ for" not in text else 0].outcome in RIGHT


@pytest.mark.parametrize(("text", "line"), ROWS)
def test_a_wrong_line_is_still_wrong(text: str, line: str) -> None:
    left, _, right = line.partition("=")
    wrong = f"{left}= {right} + 1"
    assert all(one.outcome not in RIGHT for one in findings(cut(Path("notes.md"), text % wrong)) if one.role == "claim")


NOT_SAID = [
    "Let $k$ be a number. $$%s$$",
    "The integer part of $k$ is $2$. $$%s$$",
    "For every integer $n$ and a number $k$ we have $$%s$$",
    "# A\n\nLet $k$ be an integer.\n\n# B\n\nFor real $k$, $$%s$$",
]


@pytest.mark.parametrize("text", NOT_SAID)
def test_nothing_is_whole_that_is_not_called_so(text: str) -> None:
    assert findings(cut(Path("notes.md"), text % r"\cos(2\pi k) = 1"))[-1].outcome not in RIGHT
