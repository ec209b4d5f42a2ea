r"""Letters that are said to be a function by its name, `\phi = \tanh`."""

from __future__ import annotations

import pytest

from tests.document.lines import assert_nothing_wrong, assert_slip_in_text_not_held

VALUES = [  # (text, what is right in it, a slip)
    (r"Let $\phi = \tanh$. Then $\phi'(0) = 1$.", "= 1$", "= 0$"),
    (r"Let $\sigma = \tanh$. Then $\sigma' = 1 - \sigma^2$.", "1 - ", "1 + "),
    (
        (r"Let $B \in \mathbb{R}^{p \times q}$ and $Q = \psi(B)$, where $\psi$ acts entry by entry. If $\psi = \tanh$, then "
        r"$\psi'(B) = 1 - Q \odot Q$."),
        r"1 - Q \odot",
        r"Q - Q \odot",
    ),
    (r"Take $h = \exp$. Then $h'' = h$.", "= h$", "= 2h$"),
]
TRUE = [  # several functions for one letter; a letter that is none of a function
    r"Let $\sigma = \tanh$. Then $\sigma'(0) = 1$. For $\sigma = \mathrm{ReLU}$ the slope is $\sigma'(3) = 1$.",
    r"Let $\sigma(t) = \max(0, t)$. For $\sigma = \tanh$ instead, $\sigma'(0) = 1$ and $\sigma(3) = \tanh 3$.",
    r"If $g = \cos$ or $g = \sin$ then $g'' = -g$.",
]


@pytest.mark.parametrize(("text", "right", "slip"), VALUES)
def test_a_value_and_its_slip(text: str, right: str, slip: str) -> None:
    """The last equation holds, and with a slip in it nobody says so."""
    assert_slip_in_text_not_held(text, right, slip)


@pytest.mark.parametrize("text", TRUE)
def test_true_texts_are_not_called_wrong(text: str) -> None:
    """Nothing of these is called wrong."""
    assert_nothing_wrong(text)
