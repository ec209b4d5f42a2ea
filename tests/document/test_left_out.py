r"""Least squares without one observation: products of rows with inverses, `z_k^T (Z^T Z)^{-1} z_k`, and taller matrices."""

from __future__ import annotations

import pytest

from tests.document.lines import assert_nothing_wrong, assert_slip_in_text_not_held

DESIGN = (
    r"Let $Z \in \mathbb{R}^{N \times q}$ have full column rank, where $z_k^T$ is row $k$ of $Z$. Put "
    r"$P = Z(Z^T Z)^{-1} Z^T$ and $g_k = P_{kk}$. "
)
VALUES = [  # (text, what is right in it, a slip)
    (DESIGN + r"Then $g_k = z_k^T(Z^T Z)^{-1} z_k$.", "z_k$.", "z_k^T z_k$."),
    (
        DESIGN + r"Since $g_k = z_k^T(Z^T Z)^{-1} z_k$, $$(Z^T Z - z_k z_k^T)^{-1} = (Z^T Z)^{-1} + "
        r"\frac{(Z^T Z)^{-1} z_k z_k^T(Z^T Z)^{-1}}{1 - g_k}.$$",
        "1 - g_k",
        "1 + g_k",
    ),
    (DESIGN + r"For a vector $a$ of $q$ numbers, $a^T(Z^T Z)^{-1} a = \|Z (Z^T Z)^{-1} a\|^2$.", "a^T(Z", "2a^T(Z"),
]
TRUE = [  # what is transposed before a bracket may be a function
    r"Let $f(u) = A u$. Then $f^T(u + v) f(u) = (u + v)^T A^T A u$.",
    r"Let $h$ be a function with vectors as its values. The kernel is $k(u, v) = h^T(u) h(v)$.",
]


@pytest.mark.parametrize(("text", "right", "slip"), VALUES)
def test_a_value_and_its_slip(text: str, right: str, slip: str) -> None:
    """The last equation holds, and with a slip in it nobody says so."""
    assert_slip_in_text_not_held(text, right, slip)


@pytest.mark.parametrize("text", TRUE)
def test_true_texts_are_not_called_wrong(text: str) -> None:
    """Nothing of these is called wrong."""
    assert_nothing_wrong(text)
