"""An equation that holds for some values only, stated as a fact: what rests on it is not called wrong."""

from __future__ import annotations

import pytest

from tests.document.lines import WRONG, read

RESTS = r"$$y (u + c y v)^\top v = y u^\top v + c \|v\|^2$$"
SLIP = r"$$y (u + c v)^\top v = y u^\top v - c y \|v\|^2$$"
VECTORS = r"Let $u, v \in \mathbb{R}^d$. "


@pytest.mark.parametrize("said", [
    "Because $y^2 = 1$,", "Since $y^2 = 1$ we have", "As $y^2 = 1$,", "Using $y^2 = 1$ we get", "Note that $y^2 = 1$. Hence",
    "We know that $y^2 = 1$, so", "With $y^2 = 1$ this is",
])  # fmt: skip
def test_what_rests_on_a_fact_is_not_called_wrong(said: str) -> None:
    found = read(f"{VECTORS}{said}\n\n{RESTS}\n")
    assert not any(one.outcome in WRONG for one in found), found


def test_elsewhere_it_is() -> None:
    assert read(f"{VECTORS}We have\n\n{RESTS}\n")[-1].outcome in WRONG
    assert read(f"{VECTORS}We have\n\n{SLIP}\n")[-1].outcome in WRONG
    assert read("Since $2t - 4 = 0$, we get $t = 3$.\n")[-1].outcome in WRONG
