# ruff: noqa: E501, ISC004  (a row is a text)
r"""Networks in matrix form and by layers: true lines are proved, the same lines with a slip are not."""

from __future__ import annotations

import pytest

from tests.document.lines import RIGHT, WRONG, last_line, read

TWO_LAYERS = r"""Inputs are the columns of $X\in\mathbb{R}^{d\times N}$, targets those of $Y\in\mathbb{R}^{k\times N}$. The pass is
\begin{align}
  Z_1 &= W_1X+b_1\mathbf 1^T, & H &= \phi(Z_1), \\
  Z_2 &= W_2H+b_2\mathbf 1^T, & L &= \frac1{2N}\|Z_2-Y\|_F^2 ,
\end{align}
where $\phi$ acts entry by entry. Put $\Delta_2=\partial L/\partial Z_2$ and $\Delta_1=\partial L/\partial Z_1$. Then
"""

PAIRS = [  # true, and a slip of it that is called wrong
    (TWO_LAYERS, r"\frac{\partial L}{\partial W_2} = \Delta_2H^T", r"\frac{\partial L}{\partial W_2} = H\Delta_2^T"),
    (TWO_LAYERS, r"\frac{\partial L}{\partial W_2} = \Delta_2H^T", r"\frac{\partial L}{\partial W_2} = \Delta_2H"),
    (TWO_LAYERS, r"\frac{\partial L}{\partial W_2} = \Delta_2H^T", r"\frac{\partial L}{\partial W_2} = -\Delta_2H^T"),
    (TWO_LAYERS, r"\frac{\partial L}{\partial b_2} = \Delta_2\mathbf 1", r"\frac{\partial L}{\partial b_2} = \frac1N\Delta_2\mathbf 1"),
    (TWO_LAYERS, r"\frac{\partial L}{\partial W_1} = \Delta_1X^T", r"\frac{\partial L}{\partial W_1} = X\Delta_1^T"),
]  # fmt: skip

APART = [  # true, and a slip of it that is not proved
    (TWO_LAYERS, r"\Delta_2=\frac1N(Z_2-Y)", r"\Delta_2=\frac2N(Z_2-Y)"),
    (TWO_LAYERS, r"\frac{\partial L}{\partial b_2} = \Delta_2\mathbf 1", r"\frac{\partial L}{\partial b_2} = \Delta_2^T\mathbf 1"),
    (TWO_LAYERS, r"\frac{\partial L}{\partial H} = W_2^T\Delta_2", r"\frac{\partial L}{\partial H} = W_2\Delta_2"),
    (TWO_LAYERS, r"\Delta_1 = (W_2^T\Delta_2)\odot\phi'(Z_1)", r"\Delta_1 = (W_2^T\Delta_2)\odot\phi(Z_1)"),
    (TWO_LAYERS, r"\Delta_1 = (W_2^T\Delta_2)\odot\phi'(Z_1)", r"\Delta_1 = (W_2\Delta_2)\odot\phi'(Z_1)"),
    (TWO_LAYERS, r"\frac{\partial L}{\partial W_1} = \Delta_1X^T", r"\frac{\partial L}{\partial W_1} = \Delta_2X^T"),
    (TWO_LAYERS, r"\frac{\partial L}{\partial b_1} = \Delta_1\mathbf 1", r"\frac{\partial L}{\partial b_1} = \Delta_1^T\mathbf 1"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "line", "wrong"), PAIRS)
def test_a_slip_in_a_network_is_called_wrong(before: str, line: str, wrong: str) -> None:
    assert [one.outcome in RIGHT for one in last_line(before, line)] == [True]
    assert [one.outcome in WRONG for one in last_line(before, wrong)] == [True]


@pytest.mark.parametrize(("before", "line", "wrong"), APART)
def test_a_slip_in_a_network_is_not_proved(before: str, line: str, wrong: str) -> None:
    assert [one.outcome in RIGHT for one in last_line(before, line)] == [True]
    assert [one for one in last_line(before, wrong) if one.outcome in RIGHT and one.role == "claim"] == []


LAYERS = r"""# The $L$-layer network

## Forward

Let $n_l$ be the width of layer $l$ and $a^{[0]}=x\in\mathbb{R}^{n_0}$. For $l=1,\dots,L$
$$ z^{[l]} = W^{[l]}a^{[l-1]}+b^{[l]}, \qquad a^{[l]}=g_l(z^{[l]}), $$
where $W^{[l]}$ is $n_l\times n_{l-1}$ and $g_l$ acts componentwise. Define
$\delta^{[l]} = \partial\mathcal L/\partial z^{[l]}\in\mathbb{R}^{n_l}$ as a column.

## Backward

%s

For the parameters
"""
SUMMED = (
    r"$$\sum_{i=1}^{n_{l+1}} \frac{\partial \mathcal L}{\partial z^{[l+1]}_i}\,\frac{\partial z^{[l+1]}_i}{\partial a^{[l]}_j}\,"
    r"\frac{\partial a^{[l]}_j}{\partial z^{[l]}_j} = \sum_{i=1}^{n_{l+1}} \delta^{[l+1]}_i\, W^{[l+1]}_{ij}\, g_l'(z^{[l]}_j)$$"
)
BY_LAYERS = [  # what is said before the line in the subsection, a true line, a slip of it
    ("Now.", r"\frac{\partial\mathcal L}{\partial W^{[l]}} = \delta^{[l]}(a^{[l-1]})^T",
     r"\frac{\partial\mathcal L}{\partial W^{[l]}} = \delta^{[l]}(a^{[l]})^T"),
    (SUMMED, r"\frac{\partial\mathcal L}{\partial W^{[l]}} = \delta^{[l]}(a^{[l-1]})^T",
     r"\frac{\partial\mathcal L}{\partial W^{[l]}} = a^{[l-1]}(\delta^{[l]})^T"),
    (SUMMED, r"\frac{\partial\mathcal L}{\partial W^{[l]}_{ij}} = \delta^{[l]}_i a^{[l-1]}_j",
     r"\frac{\partial\mathcal L}{\partial W^{[l]}_{ij}} = \delta^{[l]}_j a^{[l-1]}_i"),
    (SUMMED, r"\frac{\partial\mathcal L}{\partial b^{[l]}} = \delta^{[l]}", r"\frac{\partial\mathcal L}{\partial b^{[l]}} = -\delta^{[l]}"),
    ("", r"\frac{\partial\mathcal L}{\partial b^{[l]}_i} = \delta^{[l]}_i", r"\frac{\partial\mathcal L}{\partial b^{[l]}_i} = 2\delta^{[l]}_i"),
    (SUMMED, r"\delta^{[l]} = (W^{[l+1]})^T\delta^{[l+1]}\odot g_l'(z^{[l]})",
     r"\delta^{[l]} = W^{[l+1]}\delta^{[l+1]}\odot g_l'(z^{[l]})"),
    ("", r"\delta^{[l]} = (W^{[l+1]})^T\delta^{[l+1]}\odot g_l'(z^{[l]})",
     r"\delta^{[l]} = (W^{[l+1]})^T\delta^{[l+1]}\odot g_l(z^{[l]})"),
    ("", r"\partial\mathcal L/\partial x = (W^{[1]})^T\delta^{[1]}", r"\partial\mathcal L/\partial x = W^{[1]}\delta^{[1]}"),
]  # fmt: skip


@pytest.mark.parametrize(("said", "line", "wrong"), BY_LAYERS)
@pytest.mark.parametrize("brackets", ["[", "("])
def test_layers_of_a_network_over_subsections(said: str, line: str, wrong: str, brackets: str) -> None:
    before = LAYERS % said
    if brackets == "(":
        before, line, wrong = (one.translate(str.maketrans("[]", "()")) for one in (before, line, wrong))
    assert [one.outcome in RIGHT for one in last_line(before, line)] == [True]
    assert [one for one in last_line(before, wrong) if one.outcome in RIGHT and one.role == "claim"] == []


TRUE = [  # nothing is called wrong
    LAYERS % r"Let now $\delta^{[l]} = x^{[l]} - y^{[l]}$, another thing.",
    r"# A" "\n\n" r"Let $\delta = \partial C / \partial z$ with $z = W a$." "\n\n# B\n\n" r"For $\delta = x - y$ we get $\delta^2 = (x - y)^2$.",
    r"The map $\phi$ acts on each entry of a matrix $A$, so $\phi(A)^T = \phi(A^T)$.",
    r"Let $f(x)$ be a loss of $x \in \mathbb{R}^n$; it is computed pointwise in time. Then $f(x + y) = f(y + x)$.",
    r"Brownian motion has $W_1 + W_2 = 2 W_1 + (W_2 - W_1)$, and $W_1 (a + b) = a W_1 + b W_1$ for numbers $a$, $b$.",
    r"Let $x \in \mathbb{R}^n$ and $u \in \mathbb{R}^n$. With weights $c_1$, $c_2$: $c_1 x + c_2 u = c_2 u + c_1 x$.",
    r"Let $Y \in \mathbb{R}^{k \times N}$ and $Z = A B$. An example is $Z = \begin{pmatrix} 1 & 2 \end{pmatrix}$. In general $\|Z - Y\|_F^2 = \|Y - Z\|_F^2$.",
]  # fmt: skip


@pytest.mark.parametrize("text", TRUE)
def test_a_true_line_is_not_called_wrong(text: str) -> None:
    assert [(one.left, one.right, one.detail) for one in read(text + "\n") if one.outcome in WRONG] == []


ELSEWHERE = "# Networks\n\n" r"Let $a^{[0]} = x\in\mathbb{R}^{n_0}$ and $y \in \mathbb{R}^{n_0}$. For example $$x = \begin{pmatrix} 1 \\ 2 \end{pmatrix}$$" "\n\n"
BATCH = r"""# Batch normalisation

Consider one unit and a batch $x_1,\dots,x_m$ of its pre-activations. Put
\begin{align}
  \mu &= \frac1m\sum_{i=1}^m x_i, & v &= \frac1m\sum_{i=1}^m (x_i-\mu)^2, \\
  \hat x_i &= \frac{x_i-\mu}{\sqrt{v+\epsilon}}, & y_i &= \gamma\hat x_i+\beta .
\end{align}
Suppose that the derivatives $\partial\mathcal L/\partial y_i$ are known. Then
"""
OF_A_BATCH = [
    (r"\frac{\partial\mathcal L}{\partial\beta} = \sum_{i=1}^m \frac{\partial\mathcal L}{\partial y_i}",
     r"\frac{\partial\mathcal L}{\partial\beta} = \frac1m\sum_{i=1}^m \frac{\partial\mathcal L}{\partial y_i}"),
    (r"\frac{\partial\mathcal L}{\partial\gamma} = \sum_{i=1}^m \frac{\partial\mathcal L}{\partial y_i}\,\hat x_i",
     r"\frac{\partial\mathcal L}{\partial\gamma} = \sum_{i=1}^m \frac{\partial\mathcal L}{\partial y_i}\,x_i"),
    (r"\frac{\partial\mathcal L}{\partial\hat x_i} = \gamma\,\frac{\partial\mathcal L}{\partial y_i}",
     r"\frac{\partial\mathcal L}{\partial\hat x_i} = \beta\,\frac{\partial\mathcal L}{\partial y_i}"),
    (r"\sum_{i=1}^m \hat x_i = 0", r"\sum_{i=1}^m \hat x_i = 1"),
    (r"\frac{\partial \mathcal L}{\partial v} = \sum_{i=1}^m \frac{\partial \mathcal L}{\partial \hat x_i} (x_i - \mu) \cdot \left(-\frac12\right)(v + \epsilon)^{-3/2}",
     r"\frac{\partial \mathcal L}{\partial v} = \sum_{i=1}^m \frac{\partial \mathcal L}{\partial \hat x_i} (x_i - \mu) \cdot \left(-\frac12\right)(v + \epsilon)^{-1/2}"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "wrong"), OF_A_BATCH)
@pytest.mark.parametrize("before", [BATCH, ELSEWHERE + BATCH])
def test_a_batch_of_numbers_is_no_vector_of_another_section(before: str, line: str, wrong: str) -> None:
    assert [one.outcome in RIGHT for one in last_line(before, line)] == [True]
    assert [one for one in last_line(before, wrong) if one.outcome in RIGHT and one.role == "claim"] == []


HERE = [  # what the section says of x itself, or of vectors x_i, holds
    r"Let $x \in \mathbb{R}^n$ have the entries $x_1, \dots, x_m$, so $n = m$. Then $\|x\|^2 = \sum_{i=1}^n x_i^2$.",
    "# A\n\n" r"Let $x \in \mathbb{R}^n$." "\n\n# B\n\n" r"Data $x_1, \dots, x_m$ in rows: $X^T X = \sum_{i=1}^m x_i x_i^T$, and $x^T x = \|x\|^2$.",
    "# A\n\n" r"Let $x \in \mathbb{R}^n$." "\n\n# B\n\n" r"The entries $x_1, \dots, x_n$ give $\sum_{i=1}^n x_i^2 = \|x\|^2$.",
]  # fmt: skip


@pytest.mark.parametrize("text", HERE)
def test_lists_of_names_do_not_take_vectors_away(text: str) -> None:
    assert [(one.left, one.right, one.detail) for one in read(text + "\n") if one.outcome in WRONG] == []
