"""Characteristic equations of recursions, and slips of them."""

from __future__ import annotations

import pytest

from tests.document.lines import RIGHT, WRONG, read

MOMENTUM = "The iterates obey\n$$u_{k+1} = (1 + \\mu - h) u_k - \\mu u_{k-1},$$\nwhose characteristic equation is "
LINES = [
    (MOMENTUM, r"z^2 - (1 + \mu - h) z + \mu = 0", [r"z^2 - (1 + \mu - h) z - \mu = 0", r"z^2 - (1 + \mu + h) z + \mu = 0"]),
    (MOMENTUM, r"z^2 = (1 + \mu - h) z - \mu", [r"z^2 = (1 + \mu - h) z + \mu"]),
    (r"Here $a_n = 7 a_{n-1} - 10 a_{n-2}$ has the characteristic equation ", "x^2 - 7x + 10 = 0", ["x^2 - 7x - 10 = 0"]),
]


@pytest.mark.parametrize(("before", "line", "slips"), LINES, ids=[row[1] for row in LINES])
def test_characteristic_equations(before: str, line: str, slips: list[str]) -> None:
    assert read(f"{before}${line}$.\n")[-1].outcome in RIGHT
    for slip in slips:
        assert read(f"{before}${slip}$.\n")[-1].outcome in WRONG


OTHERS = [  # of a matrix, of a recursion with another term, a factored polynomial
    r"Let $a_{n+1} = 2 a_n + 3$. The characteristic equation of $A$ is $x^2 - 2x - 3 = 0$.",
    r"Let $a_n = 5 a_{n-1} - 6 a_{n-2}$. The characteristic polynomial is $z^2 - 5z + 6 = (z - 2)(z - 3)$.",
]


@pytest.mark.parametrize("text", OTHERS)
def test_other_equations_are_not_called_wrong(text: str) -> None:
    assert [one for one in read(text + "\n") if one.outcome in WRONG] == []
