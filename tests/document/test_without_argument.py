"""Functions that stand without their argument: beside it, beside others, and before a sum with themselves."""

from __future__ import annotations

import pytest

from calcds.decide.verdict import Outcome
from tests.document.lines import RIGHT, WRONG, assert_nothing_wrong, read

LOGISTIC = r"Let $q(t) = \frac{1}{1+e^{-t}}$ and $r(t) = t\,q(t)$. "
VALUES = [  # (text, what is right in it, a slip)
    (LOGISTIC + r"Then $q'(1-q) - q q' = q'(1-2q)$.", "(1-2q)", "(1-3q)"),
    (LOGISTIC + r"Then $q'' = q'(1-2q) = q(1-q)(1-2q)$.", "(1-q)(1-2q)", "(1-q)(1-q)"),
    (LOGISTIC + r"Expanding, $r + q - q r = t q + q - t q^2$.", "q^2", "q"),
    (LOGISTIC + r"So $r - r q = t q (1 - q)$.", "(1 - q)", "(1 + q)"),
    (LOGISTIC + r"Since $r q = t q^2$ nothing is new.", "q^2", "q"),
]
TRUE = [  # the letter of a function is that of a number, too
    r"Let $\sigma(x) = \frac{1}{1+e^{-x}}$. A variable has $\frac{x - \mu}{\sigma} = \frac{x}{\sigma} - \frac{\mu}{\sigma}$.",
    r"Let $q(t) = t^2$. The price $q$ and the quantity $t$ satisfy $q t = 60$.",
    r"Let $g(x) = 2x$. With a step $g = 3$ we have $g (1 - 2g) = -15$.",
    r"With $f(x) = x^2$ and $f'(x) = 2x$ we get $f'(1 - 2x) = 2 - 4x$.",
]


@pytest.mark.parametrize(("text", "right", "slip"), VALUES)
def test_a_value_and_its_slip(text: str, right: str, slip: str) -> None:
    """The last equation holds, and with a slip in it nobody says so."""
    assert text.count(right) == 1
    assert read(text + "\n")[-1].outcome in RIGHT
    wrong = read(text.replace(right, slip) + "\n")
    assert any(one.outcome in {Outcome.UNDECIDED, *WRONG} for one in wrong)


@pytest.mark.parametrize("text", TRUE)
def test_true_texts_are_not_called_wrong(text: str) -> None:
    """Nothing of these is called wrong."""
    assert_nothing_wrong(text)
