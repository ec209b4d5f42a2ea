"""Two solutions in one formula."""

from __future__ import annotations

import pytest

from tests.document.lines import RIGHT, WRONG, assert_slip_in_text_told_apart, assert_told_apart, read

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


SPREAD = r"The interval is, with $s = m / \sqrt{4n}$, as follows."
BOTH = [  # what stands before, a line with the sign on either side, a slip of it
    (SPREAD, r"m \pm 3s = m \pm 3 \frac{m}{2\sqrt{n}}", r"m \pm 3s = m \pm 3 \frac{m^2}{2\sqrt{n}}"),
    (SPREAD, r"m \pm 3s = m \pm 3 \frac{m}{2\sqrt{n}}", r"m \pm 3s = 2m \pm 3 \frac{m}{2\sqrt{n}}"),
    ("", r"10 \pm 1.96 \cdot 0.253 = 10 \pm 0.496", r"10 \pm 1.96 \cdot 0.253 = 10 \pm 0.469"),
    ("", r"\frac{6 \pm \sqrt{36 - 4c}}{2} = 3 \pm \sqrt{9 - c}", r"\frac{6 \pm \sqrt{36 - 4c}}{2} = 3 \pm \sqrt{9 - 4c}"),
    ("", r"(x \pm y)^2 = x^2 \pm 2xy + y^2", r"(x \pm y)^2 = x^2 \pm xy + y^2"),
    ("", r"\cos(a \pm b) = \cos a \cos b \mp \sin a \sin b", r"\cos(a \pm b) = \cos a \cos b \mp \sin a \cos b"),
]  # fmt: skip
SAID = [  # not called wrong: the same values the other way round, one value, a spread in percent, rounded solutions
    r"\frac{6 \pm \sqrt{c}}{-2} = \frac{-6 \pm \sqrt{c}}{2}",
    r"3 \pm (a - b) = 3 \pm (b - a)",
    r"5 \pm 0.2 = 5 \pm 4\%",
    r"\frac{4 \pm \sqrt{12}}{2} = 2 \pm 1.73",
    r"(x \pm y)^3 = x^3 \pm 3x^2 y + 3xy^2 \pm y^3",
]
UNPROVED = [  # slips that both values together would hide
    r"\cos(a \pm b) = \cos a \cos b \pm \sin a \sin b",
    r"m \pm 3 = m \mp 2",
]


@pytest.mark.parametrize(("before", "line", "slip"), BOTH)
def test_both_signs_hold_and_a_slip_is_called_wrong(before: str, line: str, slip: str) -> None:
    """The upper sign stands for the upper one."""
    assert_told_apart(before, line, slip)


@pytest.mark.parametrize("line", SAID)
def test_the_same_pair_in_another_form_is_not_called_wrong(line: str) -> None:
    """Nothing of these is called wrong."""
    assert not [one for one in read(f"$${line}$$\n") if one.outcome in WRONG]


@pytest.mark.parametrize("line", UNPROVED)
def test_a_wrong_pair_of_signs_is_not_proved(line: str) -> None:
    """Nothing of these is proved."""
    assert not [one for one in read(f"$${line}$$\n") if one.outcome in RIGHT]
