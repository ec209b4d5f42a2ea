"""Equations that the text itself calls wrong are not called wrong once more."""

from __future__ import annotations

import pytest

from tests.document.lines import RIGHT, WRONG, read

WRONG_SQUARE, SQUARE = "(a+b)^2 = a^2 + b^2", "(a+b)^2 = a^2 + 2ab + b^2"
DENIED = [
    f"For real $a$ and $b$ we have ${SQUARE}$, not ${WRONG_SQUARE}$.",
    f"Mind that ${SQUARE}$ and not ${WRONG_SQUARE}$.",
    f"We know ${SQUARE}$; so never write ${WRONG_SQUARE}$.",
    f"It is wrong that ${WRONG_SQUARE}$, since ${SQUARE}$.",
    f"A common mistake is to write ${WRONG_SQUARE}$, but ${SQUARE}$.",
    f"Typical error: ${WRONG_SQUARE}$. In truth ${SQUARE}$.",
    f"It is tempting to write ${WRONG_SQUARE}$. However, ${SQUARE}$.",
    f"Note that ${WRONG_SQUARE}$ is false, as ${SQUARE}$.",
    f"The rule ${WRONG_SQUARE}$ does not hold; we have ${SQUARE}$.",
    f"One must not write\n\n$${WRONG_SQUARE}$$\n\nbut\n\n$${SQUARE}.$$",
]
CLAIMED = [
    f"The training error ${WRONG_SQUARE}$ is small.",
    f"The error is ${WRONG_SQUARE}$.",
    f"Here ${WRONG_SQUARE}$ is an error term.",
    f"It does not matter how large they are: ${WRONG_SQUARE}$.",
    f"We do not prove it here. ${WRONG_SQUARE}$ is easy to see.",
    f"Do not forget the square in ${WRONG_SQUARE}$.",
    f"This is not only short but useful: ${WRONG_SQUARE}$.",
    f"By the last line, ${WRONG_SQUARE}$. It is wrong to stop here.",
]


@pytest.mark.parametrize("text", DENIED)
def test_what_the_text_denies_is_no_claim(text: str) -> None:
    """The other equation is one."""
    found = read(text + "\n")
    (denied,) = (one for one in found if "2ab" not in one.right)
    assert denied.role == "definition"
    assert "does not hold" in denied.detail
    assert all(one.outcome in RIGHT for one in found if one is not denied)


@pytest.mark.parametrize("text", CLAIMED)
def test_a_word_of_denial_about_something_else(text: str) -> None:
    """The equation is claimed, and wrong."""
    assert [one.outcome in WRONG for one in read(text + "\n")] == [True]
