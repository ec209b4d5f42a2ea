"""Models, losses and networks as lecturers write them: true lines are proved, the same lines with a slip are not."""

from __future__ import annotations

import pytest

from calcds.decide.verdict import Outcome
from tests.document.lines import RIGHT, WRONG, last_line, read

LOGISTIC = r"""The model is $p_i = \sigma(w^\top x_i + b)$ with $\sigma(t) = 1/(1+e^{-t})$. The loss is
$$ \ell(w, b) = -\frac{1}{n}\sum_{i=1}^n \left( y_i \log p_i + (1 - y_i)\log(1-p_i) \right). $$
"""
LINEAR = r"Let $z_i = w^\top x_i + b$ and $L = \frac12 \sum_{i=1}^n (z_i - y_i)^2$."
LAYER = r"""$W\in\mathbb{R}^{m\times n}$. Let $a = \tanh(z)$ with $z = W x + b$ and $L = \frac12\|a - y\|^2$. Then
"""
NAMED = (r"Let $z = Wx + b$ for a matrix $W$ and $h = \sigma(z)$ with the logistic function $\sigma$, "
         r"and $E = \frac12 \|h - y\|^2$.")  # fmt: skip
QUADRATIC = r"For a quadratic $f(x) = \frac12 x^T A x - b^T x$ we solve a system. Consider now $f(x) = x^2 - 4x + 5$."
SIGMOID = r"We use $\sigma(z) = \frac{1}{1+e^{-z}}$."

BATCH = r"""$$Z^{[1]} = XW^{[1]} + \mathbf 1 b^{[1]\mathsf T}, \quad H = \tanh(Z^{[1]}), \quad
Z^{[2]} = HW^{[2]} + \mathbf 1 b^{[2]\top}$$
Here $X \in \mathbb{R}^{N\times d}$, and $P = \operatorname{softmax}(Z^{[2]})$ is taken row by row. The targets $Y$ are one-hot.
$$L = -\frac1N\sum_{n=1}^N\sum_{k=1}^K Y_{nk}\log P_{nk}$$
Put $\Delta^{[2]} = \frac{\partial L}{\partial Z^{[2]}}$ and $\Delta^{[1]} = \frac{\partial L}{\partial Z^{[1]}}$. Then
"""

PAIRS = [
    (BATCH, r"\frac{\partial L}{\partial W^{[2]}} = H^{\mathsf T}\Delta^{[2]}",
     r"\frac{\partial L}{\partial W^{[2]}} = 2H^{\mathsf T}\Delta^{[2]}"),
    (BATCH, r"\frac{\partial L}{\partial W^{[1]}} = X^{\mathsf T}\Delta^{[1]}",
     r"\frac{\partial L}{\partial W^{[1]}} = -X^{\mathsf T}\Delta^{[1]}"),
    (BATCH, r"\frac{\partial L}{\partial b^{[2]}} = \Delta^{[2]\mathsf T}\mathbf 1",
     r"\frac{\partial L}{\partial b^{[2]}} = 2\Delta^{[2]\mathsf T}\mathbf 1"),
    (LOGISTIC, r"\nabla_w \ell = \frac1n \sum_{i=1}^n (p_i - y_i) x_i",
     r"\nabla_w \ell = \frac1n \sum_{i=1}^n (y_i - p_i) x_i"),
    (LOGISTIC, r"\frac{\partial \ell}{\partial b} = \frac1n \sum_{i=1}^n (p_i - y_i)",
     r"\frac{\partial \ell}{\partial b} = \sum_{i=1}^n (p_i - y_i)"),
    (LINEAR, r"\nabla_w L = \sum_{i=1}^n (z_i - y_i) x_i",
     r"\nabla_w L = 2 \sum_{i=1}^n (z_i - y_i) x_i"),
    (LINEAR, r"\frac{\partial L}{\partial b} = \sum_{i=1}^n (z_i - y_i)",
     r"\frac{\partial L}{\partial b} = -\sum_{i=1}^n (z_i - y_i)"),
    (LAYER, r"\frac{\partial L}{\partial z} = (a - y) \odot (1 - a^2)",
     r"\frac{\partial L}{\partial z} = (a - y) \odot (1 + a^2)"),
    (LAYER, r"\frac{\partial L}{\partial W} = \left((a - y) \odot (1 - a^2)\right) x^\top",
     r"\frac{\partial L}{\partial W} = \left((a - y) \odot (1 - a)\right) x^\top"),
    (LAYER, r"\frac{\partial a}{\partial z} = \operatorname{diag}(1 - a^2)",
     r"\frac{\partial a}{\partial z} = \operatorname{diag}(1 - a)"),
    (NAMED, r"\frac{\partial E}{\partial z} = (h-y)\odot h\odot (1-h)",
     r"\frac{\partial E}{\partial z} = (h-y)\odot h\odot (1+h)"),
    (QUADRATIC, r"f'(x) = 2x - 4",
     r"f'(x) = 2x + 4"),
    (r"Let $\lambda > 0$.", r"\sum_{k\ge2} e^{-\lambda}\frac{\lambda^k}{(k-2)!} = \lambda^2",
     r"\sum_{k\ge2} e^{-\lambda}\frac{\lambda^k}{(k-2)!} = \lambda"),
    ("Let $L(z) = z^3 + e^z$.", r"\partial^2 L/\partial z^2 = 6z + e^z", r"\partial^2 L/\partial z^2 = 6z - e^z"),
    (r"For $g(x) = x^T x$ with $x \in \mathbb{R}^n$,", r"\nabla g(x)_i = 2 x_i", r"\nabla g(x)_i = x_i"),
    (SIGMOID, r"\frac{d\sigma}{dz} = \sigma (1-\sigma)",
     r"\frac{d\sigma}{dz} = \sigma (1+\sigma)"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "line", "wrong"), PAIRS)
def test_a_model_and_its_derivatives(before: str, line: str, wrong: str) -> None:
    assert [one.outcome in RIGHT for one in last_line(before, line)] == [True]
    assert [one.outcome in WRONG for one in last_line(before, wrong)] == [True]


def test_the_labels_of_a_batch_add_up_to_1_in_every_row() -> None:
    slope = r"\frac{\partial L}{\partial Z^{[2]}} = \frac1N "
    assert last_line(BATCH, slope + "(P - Y)")[0].outcome in RIGHT
    assert last_line(BATCH, slope + "(Y - P)")[0].outcome not in RIGHT
    assert last_line(BATCH.replace("row by row", "column by column"), slope + "(P - Y)")[0].outcome not in RIGHT


WORDS = [  # of sigma, and whether they give it its usual formula
    (r"Let $\sigma$ be the sigmoid function.", True),
    (r"We apply the logistic function $\sigma$ to it.", True),
    (r"The logistic sigmoid $\sigma(z)$ is smooth.", True),
    (r"Here $\sigma$ denotes the sigmoid.", True),
    (r"Let $\sigma$ be an activation function.", False),
    (r"Unlike the sigmoid, $\sigma$ is unbounded.", False),
    (r"The sigmoid is scaled, $\sigma(z) = \frac{1}{1 + e^{-2z}}$. So $\sigma$ is a sigmoid.", False),
    (r"The data have mean 0 and deviation $\sigma$.", False),
]


@pytest.mark.parametrize(("words", "known"), WORDS)
def test_a_function_that_is_named_in_words(words: str, known: bool) -> None:
    true = last_line(words, r"\sigma'(z) = \sigma(z) (1 - \sigma(z))")
    assert [one.outcome in RIGHT for one in true] == [known]
    if known:
        assert [one.outcome in WRONG for one in last_line(words, r"\sigma'(z) = \sigma(z) (1 + \sigma(z))")] == [True]


SAID = [  # behind the line, of the matrix of an earlier formula
    (r"if $B$ is symmetric", True), (r"with symmetric $B$", True), (r"(for symmetric $B$)", True),
    (r"where $B$ is symmetric", True), (r"if $B = B^\top$", True), (r"when $B^T = B$", True), (r"if $C = C^T$", False),
    (r"with a vector $B$", False), (r"where $C$ is symmetric", False),
]  # fmt: skip


@pytest.mark.parametrize(("words", "holds"), SAID)
def test_a_property_that_is_said_behind_the_line(words: str, holds: bool) -> None:
    found = read(rf"Let $q(x) = x^T B x$. Its gradient is $\nabla q(x) = 2 B x$ {words}." + "\n")
    assert (found[1].outcome in RIGHT) is holds
    assert found[1].outcome not in WRONG


TRANSPOSES = [  # in front of a line about x^T B x, and whether it holds then
    (r"If $B = B^\top$, then", True), (r"When $B^T = B$ we get", True), (r"Let $B = B^T$. Then", True),
    (r"If $B = -B^\top$, then", False), (r"If $C = C^\top$, then", False), (r"In general", False),
]  # fmt: skip


@pytest.mark.parametrize(("words", "holds"), TRANSPOSES)
def test_a_matrix_that_is_its_own_transpose(words: str, holds: bool) -> None:
    before = r"Let $B \in \mathbb{R}^{n \times n}$ and $x \in \mathbb{R}^n$."
    assert (read(rf"{before} {words} $\nabla(x^\top B x) = 2 B x$." + "\n")[-1].outcome in RIGHT) is holds


def test_what_is_said_behind_a_line_holds_for_it_only() -> None:
    before = r"Let $q(x) = x^T B x$. Its gradient is $\nabla q(x) = 2 B x$ if $B$ is symmetric."
    behind = r"In general $\nabla q(x) = 2 B x$."
    assert [one.outcome for one in read(f"{before}\n\n{behind}\n")[1:]] == [Outcome.PROVED, Outcome.UNDECIDED]


LEFT_OPEN = [  # no line is called wrong
    (r"Let $E = \sum_{i=1}^n (p_i - y_i)^2$. For the data of the table "
     r"$\frac{\partial E}{\partial p_1} = \tfrac12 - \tfrac12 + \tfrac12$."),
    r"The rows are $r_i = 2 s_i$, so that $u^\top s_i = 3$ is a plane.",
    r"If $y = 2x$ then $y' = 2$. Later $y = 3$.",
]  # fmt: skip


@pytest.mark.parametrize("text", LEFT_OPEN)
def test_a_true_line_is_not_called_wrong(text: str) -> None:
    assert [one for one in read(text + "\n") if one.outcome in WRONG] == []
