# ruff: noqa: E501  (a row is a text)
r"""Losses whose names come in cases, with the numbers of an example, and of one output in a part of a section on several.

PAIRS: what stands before, a true line, a slip of it that is not proved. TRUE: texts in which no line is called wrong.
"""

from __future__ import annotations

import pytest

from tests.document.lines import RIGHT, WRONG, own_line, read

SOFTMAX = r"""# Losses

Take scores $z = (z_1, \dots, z_K)$ and $p_k = \frac{e^{z_k}}{\sum_{j=1}^K e^{z_j}}$. For $z = (2, 1, 0)$ we have $p \approx (0.6652, 0.2447, 0.0900)$.

Let $y$ be the one-hot vector of the true class. The loss is

$$L = -\sum_{k=1}^K y_k \log p_k.$$
"""
CASE = SOFTMAX + r"""
If the true class is the first one, $L = -\log p_1 \approx 0.4076$; if it is the third one, $L \approx 2.4076$.
"""
BINARY = SOFTMAX + r"""
When the scores come from a layer, $z = Wx + b$.

## Two classes

Let $\sigma(z) = 1/(1 + e^{-z})$. With a single output $p = \sigma(z)$ and a label $y \in \{0, 1\}$ the loss is

$$L = -y \log p - (1 - y) \log(1 - p).$$
"""
SQUARED = BINARY + r"""
For $y = 1$ and $p = 0.7$ the loss is $-\log 0.7 \approx 0.3567$. Compare with $E = \frac12 (p - y)^2$.
"""

LOGISTIC = r"""Let $\sigma(z) = \frac{1}{1 + e^{-z}}$. A prime denotes the transpose.

## Model

Let $x_i \in \mathbb{R}^d$ be the features and $y_i \in \{0, 1\}$ the label. We model

$$P(y_i = 1 \mid x_i) = p_i = \sigma(\theta' x_i).$$
"""
LIKELIHOOD = LOGISTIC + r"""
## Likelihood

$$\ell(\theta) = \sum_{i=1}^n \left[ y_i \log p_i + (1 - y_i) \log(1 - p_i) \right].$$
"""
STACKED = LIKELIHOOD + r"""
## Gradient

Let $X$ be the $n \times d$ matrix with rows $x_i'$, and $y$, $p$ the vectors of labels and probabilities.
"""

LAYER = r"""The random error has the variance 1. Find the derivative of the loss $E(W) = \frac12 \sum_{n=1}^N \|W x_n - t_n\|^2$ of a linear layer.

### Solution

With $e_n = W x_n - t_n$,
"""

CLASSES = r"""Let $x \in \mathbb{R}^d$. There are $K$ classes with scores $z_k = w_k^T x + b_k$ and $p_k = \frac{e^{z_k}}{\sum_{j=1}^K e^{z_j}}$. With a one-hot label $y$ the loss is $L = -\sum_{k=1}^K y_k \log p_k$.
"""
CENTRES = r"""The centres are $\mu_k \in \mathbb{R}^d$, and $J = \sum_{k=1}^K \sum_{i=1}^n r_{ik} \|x_i - \mu_k\|^2$.
"""

PAIRS = [
    # by one of several vectors
    (CLASSES, r"\frac{\partial L}{\partial w_k} = (p_k - y_k)\, x", r"\frac{\partial L}{\partial w_k} = (p_k + y_k)\, x"),
    (CLASSES, r"\nabla_{w_k} L = (p_k - y_k)\, x", r"\nabla_{w_k} L = (y_k - p_k)\, x"),
    (CENTRES, r"\frac{\partial J}{\partial \mu_k} = -2 \sum_{i=1}^n r_{ik} (x_i - \mu_k)", r"\frac{\partial J}{\partial \mu_k} = 2 \sum_{i=1}^n r_{ik} (x_i - \mu_k)"),
    (CENTRES, r"\frac{\partial J}{\partial \mu_j} = -2 \sum_{i=1}^n r_{ij} (x_i - \mu_j)", r"\frac{\partial J}{\partial \mu_j} = -2 \sum_{i=1}^n r_{ij} (x_j - \mu_j)"),
    # by an entry of a name that the text gives to a part of a formula afterwards
    (LOGISTIC + "\nWrite $z_i = \\theta' x_i$.\n", r"\frac{\partial p_i}{\partial z_i} = p_i (1 - p_i)", r"\frac{\partial p_i}{\partial z_i} = p_i (1 + p_i)"),
    # E is a loss and no expectation; W is a matrix before an input
    (LAYER, r"\frac{\partial E}{\partial W} = \sum_{n=1}^N e_n x_n^T", r"\frac{\partial E}{\partial W} = 2 \sum_{n=1}^N e_n x_n^T"),
    (LAYER + "we read $\\frac{\\partial E}{\\partial W}$ off.\n", r"dE = \sum_{n=1}^N e_n^T \, dW \, x_n", r"dE = -\sum_{n=1}^N e_n^T \, dW \, x_n"),
    (LAYER, r"\frac{\partial E}{\partial W} = \sum_{n=1}^N (W x_n - t_n) x_n^T", r"\frac{\partial E}{\partial W} = \sum_{n=1}^N (W x_n + t_n) x_n^T"),
    # a name between a conditional chance and its formula; a function of what stands in formulas of other sections
    (LOGISTIC, r"\log \frac{p_i}{1 - p_i} = \theta' x_i", r"\log \frac{1 - p_i}{p_i} = \theta' x_i"),
    (LIKELIHOOD, r"\ell(0) = -n \log 2", r"\ell(0) = -\frac{n}{2} \log 2"),
    (LIKELIHOOD, r"\frac{\partial \ell}{\partial \theta_j} = \sum_{i=1}^n (y_i - p_i)\, x_{ij}", r"\frac{\partial \ell}{\partial \theta_j} = \sum_{i=1}^n (p_i - y_i)\, x_{ij}"),
    (STACKED, r"\frac{\partial \ell}{\partial \theta} = X'(y - p)", r"\frac{\partial \ell}{\partial \theta} = X'(p - y)"),
    (CASE, r"\frac{\partial L}{\partial z_j} = p_j \sum_k y_k - y_j", r"\frac{\partial L}{\partial z_j} = p_j \sum_k y_k + y_j"),
    (CASE, r"\frac{\partial L}{\partial p_k} = -\frac{y_k}{p_k}", r"\frac{\partial L}{\partial p_k} = \frac{y_k}{p_k}"),
    (BINARY, r"\frac{\partial p}{\partial z} = p(1 - p)", r"\frac{\partial p}{\partial z} = p(1 + p)"),
    (BINARY, r"\frac{\partial L}{\partial z} = p - y", r"\frac{\partial L}{\partial z} = y - p"),
    (BINARY, r"\frac{\partial^2 L}{\partial z^2} = \sigma(z)(1 - \sigma(z))", r"\frac{\partial^2 L}{\partial z^2} = \sigma(z)(1 - \sigma(z))^2"),
    (SQUARED, r"\frac{\partial E}{\partial z} = (p - y)\,p(1 - p)", r"\frac{\partial E}{\partial z} = (p - y)(1 - p)"),
    (SQUARED, r"\frac{\partial L}{\partial z} = p - y", r"\frac{\partial L}{\partial z} = p + y"),
]


@pytest.mark.parametrize(("before", "line", "slip"), PAIRS)
def test_slips_are_told_apart(before: str, line: str, slip: str) -> None:
    assert [(one.outcome in RIGHT, one.role) for one in own_line(before, line)] == [(True, "claim")]
    assert not any(one.outcome in RIGHT for one in own_line(before, slip))


TRUE = [
    # the case goes on, in lines without y
    SOFTMAX + "\nIf class $c$ is true, $L = -\\log p_c$. Then\n\n$$\\frac{\\partial L}{\\partial z_j} = p_j - \\mathbb{1}[j = c].$$\n",
    SOFTMAX + "\nIf class $1$ is true, $L = -\\log p_1$, and\n\n$$\\frac{\\partial L}{\\partial z_1} = p_1 - 1, \\qquad \\frac{\\partial L}{\\partial z_2} = p_2.$$\n",
    # the solution of one example is no formula in the next one
    "Maximise $f(x,y) = xy$ subject to $x + y = 10$. The conditions are $y = \\lambda$ and $x = \\lambda$, so $x = y = 5$. For the plane $x + 2y + 2z = 9$ we get from $2x = \\lambda$, $2y = 2\\lambda$, $2z = 2\\lambda$ that $\\lambda = 2$.\n",
    # a chance has another name, or another value, in the next example
    "The first machine has $P(A \\mid B) = p = 0.3$, so $1 - p = 0.7$. For the second one $P(A \\mid C) = p = 0.4$ and $1 - p = 0.6$.\n",
    LOGISTIC + "\n## Counts\n\nLet $p_i = \\frac{n_i}{n}$ be the frequencies and $\\ell(\\theta) = \\sum_i n_i \\log p_i$. Then $n p_i = n_i$.\n",
    LOGISTIC + "\nAt the boundary $P(y_i = 1 \\mid x_i) = p_i = \\frac12$. Far from it $p_i \\approx 1$.\n",
    LIKELIHOOD + "\n## A die\n\nLet $p_1, \\dots, p_6$ be numbers with the sum 1 and $\\ell(p) = \\sum_{i=1}^6 n_i \\log p_i$. Then $\\frac{\\partial \\ell}{\\partial p_i} = \\frac{n_i}{p_i}$.\n",
    # numbers with capitals, and expectations of them
    "For numbers $A$ and $x_n$ we have $\\sum_n \\|A x_n\\|^2 = A^2 \\sum_n \\|x_n\\|^2$ and $\\|B x_n - x_n\\|^2 = (B - 1)^2 \\|x_n\\|^2$.\n",
    "A random number $W$ of wins has $E(W) = n p$ and $E(W^2) = n p (1 - p) + n^2 p^2$. The energy $E$ has $\\frac{\\partial E}{\\partial v} = m v$ where $E = \\frac12 m v^2$.\n",
    "The random variable $X$ has $E(X) = \\mu$ and $E(X - \\mu) = 0$. For $E(W) = \\frac12 (W - 1)^2$ we have $\\frac{\\partial E}{\\partial W} = W - 1$.\n",
    # one of several vectors, in the next step and for the next loss
    CENTRES + "\nAt the minimum $\\mu_k = \\frac{\\sum_i r_{ik} x_i}{\\sum_i r_{ik}}$.\n\n## Prototypes\n\nFor $J = \\frac12 \\sum_k \\|\\mu_k\\|^2$ we have $\\frac{\\partial J}{\\partial \\mu_k} = \\mu_k$.\n",
    "For the weights $w_k$ and $L = \\sum_k a_k w_k^2$ we have $\\frac{\\partial L}{\\partial w_k} = 2 a_k w_k$. With inputs, $z = \\sum_k w_k x_k$ and $\\frac{\\partial z}{\\partial w_k} = x_k$.\n",
    LOGISTIC + "\nWrite $z_i = \\theta' x_i$ and $q_i = z_i p_i$. Then $\\frac{\\partial q_i}{\\partial z_i} = p_i + z_i p_i (1 - p_i)$.\n",
    # another loss, in another part
    SOFTMAX + "\n## Squares\n\nLet $p = Wx$ and $L = \\frac12 \\|p - y\\|^2$. Then $\\frac{\\partial L}{\\partial p} = p - y$ and $\\frac{\\partial L}{\\partial W} = (p - y) x^T$.\n",
    # x and r are numbers in an example, and r is computed of x there
    "Let $x = r \\cos\\varphi$ and $y = r \\sin\\varphi$. For $x = 3$ and $y = 4$ we get $r = \\sqrt{x^2 + y^2} = 5$.\n",
    "Let $p = \\sigma(z)$ with $\\sigma(z) = 1/(1+e^{-z})$, and $E = \\frac12 (p - y)^2$. For $p = 0.8$ and $y = 1$ we have $p - y = -0.2$ and $\\frac{\\partial E}{\\partial z} = (p - y) p (1 - p) = -0.032$.\n",
    SQUARED + "\nFor $y = 1$ and $p = 0.1$ it is $(p - y) p (1 - p) = -0.081$, while $\\frac{\\partial L}{\\partial z} = p - y = -0.9$.\n",
]


@pytest.mark.parametrize("text", TRUE)
def test_no_line_is_called_wrong(text: str) -> None:
    assert not [one for one in read(text) if one.outcome in WRONG]


@pytest.mark.parametrize("line", [r"\frac{dL}{da} = a - y", r"\frac{dL}{da} = \frac{a - y}{a}"])
def test_another_loss_is_no_case_of_the_first(line: str) -> None:
    before = r"For numbers $a$ and $y$ let $L = \frac12 (a - y)^2$. If we use the cross-entropy instead, $L = -y \log a - c$."
    assert not any(one.outcome in RIGHT for one in own_line(before, line))
