"""Two solutions in one formula."""

from __future__ import annotations

import pytest

from tests.document.lines import WRONG, assert_slip_in_text_told_apart, read

MOMENTUM = r"The characteristic equation $r^2 - (1 + b - \lambda) r + b = 0$ has the roots"
ROOTS = [  # (text, what is right in it, a slip)
    (rf"{MOMENTUM} $$r_{{1,2}} = \frac{{(1 + b - \lambda) \pm \sqrt{{(1 + b - \lambda)^2 - 4b}}}}{{2}}.$$", "4b", "3b"),
    (r"The solutions of $x^2 - 4x + 1 = 0$ are $x = 2 \pm \sqrt{3}$.", r"\sqrt{3}", r"\sqrt{4}"),
    (r"The solutions of $ax^2 + bx + c = 0$ are $x = \frac{-b \pm \sqrt{b^2 - 4ac}}{2a}$.", "2 - 4ac", "2 + 4ac"),
    (r"The eigenvalues satisfy $\lambda^2 - 6\lambda + 5 = 0$, so $\lambda = 3 \pm 2$.", r"3 \pm", r"2 \pm"),
]


@pytest.mark.parametrize(("text", "right", "slip"), ROOTS)
def test_roots_and_their_slip(text: str, right: str, slip: str) -> None:
    """Both roots are proved; with a slip in the formula it is called wrong."""
    assert_slip_in_text_told_apart(text, right, slip)


OTHERS = [
    r"The mean lies in $\mu = 3 \pm 0.2$ although $\mu^2 - 6\mu + 5 = 0$.",
    r"From $x^2 - 4x + 1 = 0$ we get $x = 2 \pm \sqrt{3}$. The next one gives $x = 2 \pm \sqrt{2}$.",
    r"We solved $x^2 - 4x + 1 = 0$. With the constant $2$ instead of $1$ we get $x = 2 \pm \sqrt{2}$.",
    r"For the error $x = 2 \pm 0.1$ and the equation $x^2 - 4x + 1 = 0$.",
    r"With $x^2 + y^2 = 25$ we have $x = \pm 5$ at the ends.",
]


@pytest.mark.parametrize("text", OTHERS)
def test_other_pairs_are_not_called_wrong(text: str) -> None:
    """Nothing of these is called wrong."""
    assert not [one for one in read(text + "\n") if one.outcome in WRONG]
