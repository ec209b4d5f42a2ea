r"""Columns of ones beside what divides them, `I - \frac1n \mathbf 1 \mathbf 1^\top`, and a name of a size on the right side."""

from __future__ import annotations

import pytest

from tests.document.lines import RIGHT, assert_nothing_wrong, read

CENTRE = r"Let $C = I - \frac{1}{q}\mathbf{1}\mathbf{1}^\top$. "
VALUES = [  # (text, what is right in it, a slip)
    (CENTRE + r"Then $C\mathbf{1} = 0$.", "C", "(C + I)"),
    (CENTRE + r"It is a projection, $C^2 = C$.", "= C$", "= 2C$"),
    (r"With $M = \mathbf 1\mathbf 1^T / N$ we have $(I - M)^2 = I - M$.", "= I - M$", "= I + M$"),
    (CENTRE + r"With $u = \sqrt{q}\,\frac{C z}{\|C z\|}$ we have $\|u\|^2 = q$.", r"\|u\|^2", r"\|u\|^3"),
]
TRUE = [  # a letter may be a number of another kind, and a name on the right side may be new
    r"Let $X \in \mathbb{R}^{n \times k}$ and $a = \frac1n \mathbf 1^\top \mathbf 1$. Then $a = 1$.",
    r"Let $I$ be the current. With $I = 2$ and $R = 3$ the voltage is $IR = 6$.",
    r"Let $v = (3, 4)$. Then $\|v\|^2 = r$ with $r = 25$.",
    r"Put $w = \frac{1}{s} z$. Then $\|w\| = t$ is small if $s$ is large.",
]


@pytest.mark.parametrize(("text", "right", "slip"), VALUES)
def test_a_value_and_its_slip(text: str, right: str, slip: str) -> None:
    """The last equation holds, and with a slip in it nobody says so."""
    found = read(text + "\n")[-1]
    assert (found.role, found.outcome in RIGHT) == ("claim", True)
    wrong = read((slip.join(text.rsplit(right, 1))) + "\n")[-1]
    assert wrong.outcome not in RIGHT


@pytest.mark.parametrize("text", TRUE)
def test_true_texts_are_not_called_wrong(text: str) -> None:
    """Nothing of these is called wrong."""
    assert_nothing_wrong(text)
