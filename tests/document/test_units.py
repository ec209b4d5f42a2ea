"""A word behind a formula counts its last number in another unit: percent, million, kB."""

from __future__ import annotations

import pytest

from tests.document.lines import RIGHT, WRONG, read

COUNTED = [  # (text, what is right in it, a slip)
    (r"The layers own $2572 / 61706 \approx 4.2$ percent of the parameters.", "4.2", "4.4"),
    (r"Half of it is $7/20 = 35$ per cent of all.", "35", "25"),
    (r"It drops by $0.3 - 0.25 = 5$ percentage points.", "5$", "6$"),
    (r"That makes $1/8 = 12.5$\,\% of the weights.", "12.5", "1.25"),
    (r"This is $1/8 = 12.5$ % of it.", "12.5", "12.6"),
    (r"In percent this is $3/8 = 37.5$.", "37.5", "36.5"),
    (r"It has $25 \cdot 10^5 = 2.5$ million weights.", "2.5", "2.6"),
    (r"The layer has $4 \cdot 9 \cdot 512^2 \approx 9.4$ million parameters.", "9.4", "8.4"),
    (r"The prices rose by $1/500 = 20$ basis points.", "20", "30"),
    (r"The share is $1/8 = 0.125$, or 12.5 percent.", "0.125", "0.15"),
    (r"That is $3 \cdot 4 = 12$ percent.", "12", "13"),
]


@pytest.mark.parametrize(("text", "right", "slip"), COUNTED)
def test_a_number_in_another_unit_and_its_slip(text: str, right: str, slip: str) -> None:
    """The line holds, as it stands or in the unit, and is called wrong with a slip in it."""
    assert text.count(right) == 1
    assert read(text + "\n")[0].outcome in RIGHT
    assert read(text.replace(right, slip) + "\n")[0].outcome in WRONG


LEFT_OPEN = [  # names that may be counted either way, and prefixes
    r"The rate is $p = 5$ percent, so $1 - p = 0.95$.",
    r"With a growth of $g = 5$ percent the factor is $1 + g/100 = 1.05$.",
    r"With $r = 5$\% we get $1 + r = 1.05$.",
    r"Of $61706 \approx 62$ thousand parameters few are in the convolutions.",
    r"A right angle is $\pi / 2 = 90$ degrees, and it took $0.005 = 5$ ms, for $4 \cdot 250 = 1$ kB.",
    r"We have $1/8 \approx 13$ percent.",
]


@pytest.mark.parametrize("text", LEFT_OPEN)
def test_what_may_be_counted_in_another_unit_is_not_called_wrong(text: str) -> None:
    """Nothing of these is called wrong."""
    assert not [one for one in read(text + "\n") if one.outcome in WRONG]
