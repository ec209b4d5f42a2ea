r"""Reasons between the rows of a display, `\because b = 2`, and rows that are alternatives of one another."""

from __future__ import annotations

import pytest

from tests.document.lines import RIGHT, WRONG, read

ROWS = r"\begin{align*} %s \end{align*}"
ASIDES = [  # rows in front of a slip, what is right there, and a slip
    (r"S &= \sum_{i=1}^n (a_i + b)^2 \\ \because (u + v)^2 &= u^2 + 2uv + v^2 \\ &= \sum_{i=1}^n (a_i^2 + 2 a_i b + %s)",
     r"b^2", r"b"),
    (r"S &= \sum_{i=1}^n \ln(t_i / e) \quad \because \ln e = 1 \\ &= \sum_{i=1}^n (\ln t_i - %s)", "1", "2"),
    (r"S &= \sum_{i=1}^n \ln(t_i / e) \because \ln e = 1 \\ &= \sum_{i=1}^n (\ln t_i - %s)", "1", "2"),
    (r"S &= (p + q)(p - q) \\ \because 2^2 &= 4 \\ \therefore &= p^2 - %s", "q^2", "q"),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "right", "slip"), ASIDES)
def test_a_chain_goes_on_behind_a_reason(rows: str, right: str, slip: str) -> None:
    good, bad = (read(f"$$\n{ROWS % (rows % one)}\n$$\n") for one in (right, slip))
    assert all(one.outcome not in WRONG for one in good)
    assert good[-1].outcome in RIGHT
    assert bad[-1].outcome in WRONG


NEVER_WRONG = [
    r"S &= p + q \\ \because (u + v)^2 &= (u + v)(u + v) \\ &= u^2 + 2uv + v^2",  # the reason goes on
    r"S &= r^2 \\ \because 2 + 2 &= 4 \\ &= r \cdot r",
    r"\because (u + v)^2 &= (u + v)(u + v) \\ &= u^2 + 2uv + v^2",
]


@pytest.mark.parametrize("rows", NEVER_WRONG)
def test_a_reason_that_goes_on_itself_is_not_called_wrong(rows: str) -> None:
    assert all(one.outcome not in WRONG for one in read(f"$$\n{ROWS % rows}\n$$\n"))


def test_alternatives_do_not_contradict_each_other() -> None:
    rows = r"& \eta = m & \text{Linear model} \\ & \eta = \log(m) & \text{Poisson model}"
    found = read(f"The link is\n$$\n{ROWS % rows}\n$$\n")
    assert [one.role for one in found] == ["definition", "definition"]
    assert all(one.outcome not in WRONG | RIGHT for one in found)


def test_rows_with_reasons_are_no_alternatives() -> None:
    rows = r"(a + b)^2 &= a^2 + 2ab + b^2 & \text{by expanding} \\ (a + b)^2 &= a^2 + ab + b^2 & \text{by (1)}"
    assert [one.role for one in read(f"$$\n{ROWS % rows}\n$$\n")] == ["claim", "claim"]
