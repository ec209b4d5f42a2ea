"""Networks as texts describe them: what the loss depends on, said in words and in formulas; true lines and slips of them."""

from __future__ import annotations

import pytest

from tests.document.lines import RIGHT, WRONG, last_line

SIGMOID = r"Let $\sigma(z) = 1/(1+e^{-z})$. "
DOTTED = SIGMOID + r"""Here $p=\sigma(z)$, $z=w\cdot x+b$ and the loss is $L=-t\log p-(1-t)\log(1-p)$.
The gradient is written $\nabla_w L$.
"""
CALLED = r"""Notation: $w \cdot x$ is the inner product.

# Perceptron

Let $f = w\cdot x + b$ and $L = \frac12 (f-y)^2$."""
ANOTHER = r"""# Regression

For the mean over a data set $L(w)=\frac{1}{2n}\|Xw-y\|^2$.

# Classification

""" + DOTTED
LAYER = r"""Let $\mathbf{z}=\mathbf{W}\mathbf{a}+\mathbf{b}$ and let $L$ be a loss, with
$\boldsymbol\delta=\frac{\partial L}{\partial\mathbf{z}}$."""
WORDS = r"""Let $\mathbf{z}=\mathbf{W}\mathbf{a}+\mathbf{b}$ and let $\boldsymbol\delta$ be the gradient of
$L$ with respect to $\mathbf{z}$."""
OTHER_WORDS = r"Let $z = Wa + b$. We write $\delta$ for the derivative of the loss $L$ w.r.t. $z$."

SOFTMAX_ELSEWHERE = r"""# Softmax

For scores $\mathbf{z}\in\mathbb{R}^K$ let $p_k = \frac{e^{z_k}}{\sum_{j=1}^{K} e^{z_j}}$.

# Gradient

With targets $\sum_k q_k = 1$ the loss is $\ell(\mathbf{z}) = -\sum_k q_k z_k + \log\sum_{j=1}^K e^{z_j}$.
For a linear model let $\mathbf{z} = \mathbf{W}\mathbf{x}+\mathbf{b}$ with $\mathbf{W}\in\mathbb{R}^{K\times d}$."""

TEMPERATURE = r"""The softmax of scores is $p_k = e^{z_k}/\sum_j e^{z_j}$, and the loss with $\sum_k q_k=1$ is
$\ell=-\sum_k q_k\log p_k$. With a temperature let $\mathbf{p} = \operatorname{softmax}(\mathbf{z}/T)$."""
IN_PLAIN = r"""With a temperature $T > 0$ put $p = \mathrm{softmax}(z/T)$ and $L = -\sum_k y_k \log p_k$, where
$\sum_k y_k = 1$."""
IN_ENTRIES = r"With temperature, $p_k = \frac{e^{z_k/T}}{\sum_j e^{z_j/T}}$."
DIVIDED = r"Let $\mathbf{g} = \frac{1}{N}\mathbf{X}^\top\mathbf{r}$ with $\mathbf{r} = \mathbf{X}\mathbf{w} - \mathbf{y}$."

PAIRS = [
    (DOTTED, r"\nabla_w L = (p-t)\,x", r"\nabla_w L = (p+t)\,x"),
    (DOTTED, r"\nabla_w^2 L = p(1-p)\,xx^{\mathsf T}", r"\nabla_w^2 L = p(1+p)\,xx^{\mathsf T}"),
    (DOTTED, r"\frac{\partial L}{\partial b} = p - t", r"\frac{\partial L}{\partial b} = t - p"),
    (ANOTHER, r"\frac{\partial L}{\partial p} = -\frac tp+\frac{1-t}{1-p}",
     r"\frac{\partial L}{\partial p} = -\frac tp-\frac{1-t}{1-p}"),
    (ANOTHER, r"\frac{\partial L}{\partial z} = p-t", r"\frac{\partial L}{\partial z} = t-p"),
    (ANOTHER, r"\nabla_w L = (p-t)\,x", r"\nabla_w L = (p+t)\,x"),
    (CALLED, r"\frac{\partial L}{\partial w} = (f-y)\,x", r"\frac{\partial L}{\partial w} = 2(f-y)\,x"),
]  # fmt: skip
LINEAR = r"""With $\mathbf z=\mathbf W\mathbf x+\mathbf b$, $\mathbf p=\mathrm{softmax}(\mathbf z)$ and the cross-entropy
$\ell=-\sum_k q_k\log p_k$ with $\sum_k q_k=1$, we have"""
TWO_LAYERS = r"""Consider a network with $z_1 = W_1 x + b_1$, $a_1 = \sigma(z_1)$, $z_2 = W_2 a_1 + b_2$,
$\hat y = \mathrm{softmax}(z_2)$, with $L = -\sum_k y_k\log\hat y_k$. Here $\sigma$ acts elementwise and $y$ is one-hot.
We shall need $W_2^\top$, $a_1^\top$ and $x^\top$. Let
$$\delta_2 = \frac{\partial L}{\partial z_2}, \qquad \delta_1 = \frac{\partial L}{\partial z_1}$$"""
LAYERS = [
    (r"\delta_2 = \hat y - y", r"\delta_2 = y - \hat y"),
    (r"\frac{\partial L}{\partial W_2} = \delta_2 a_1^\top", r"\frac{\partial L}{\partial W_2} = \delta_2 z_1^\top"),
    (r"\delta_1 = (W_2^\top \delta_2)\odot \sigma'(z_1)", r"\delta_1 = (W_2 \delta_2)\odot \sigma'(z_1)"),
    (r"\frac{\partial L}{\partial W_1} = \delta_1 x^\top", r"\frac{\partial L}{\partial W_1} = \delta_1 a_1^\top"),
    (r"\frac{\partial L}{\partial b_1} = \delta_1", r"\frac{\partial L}{\partial b_1} = \delta_2"),
]
BATCH = r"""For a batch the layer is $Z = XW + \mathbf 1 b^\top$ with one example per row.
Write $\Delta = \partial L/\partial Z$."""
ROWS = [
    (r"\frac{\partial L}{\partial W} = X^\top\Delta", r"\frac{\partial L}{\partial W} = \Delta^\top X"),
    (r"\frac{\partial L}{\partial b} = \Delta^\top\mathbf 1", r"\frac{\partial L}{\partial b} = \Delta\mathbf 1"),
    (r"\frac{\partial L}{\partial X} = \Delta W^\top", r"\frac{\partial L}{\partial X} = W^\top\Delta"),
]
TRUE_CLASS = r"The loss is $L = -\log p_c$ where $p = \mathrm{softmax}(z)$, $z = Wx$."
DIVIDED_BY = [  # nothing is divided by a matrix: the capital is a number
    (TEMPERATURE, r"\partial\ell/\partial z_j = \frac1T(p_j-q_j)", r"\partial\ell/\partial z_j = T(p_j-q_j)"),
    (IN_PLAIN, r"\frac{\partial L}{\partial z_k} = \frac1T(p_k-y_k)", r"\frac{\partial L}{\partial z_k} = T(p_k-y_k)"),
    (IN_ENTRIES, r"\frac{\partial p_k}{\partial z_j} = \frac1T p_k(\delta_{kj}-p_j)",
     r"\frac{\partial p_k}{\partial z_j} = T p_k(\delta_{kj}-p_j)"),
    (DIVIDED, r"N\mathbf{g} = \mathbf{X}^\top(\mathbf{X}\mathbf{w} - \mathbf{y})",
     r"N\mathbf{g} = \mathbf{X}(\mathbf{X}\mathbf{w} - \mathbf{y})"),
]  # fmt: skip
ELSEWHERE = [  # the bold p is not said in this section, only the p_k of another one
    (r"\frac{\partial\ell}{\partial\mathbf{W}} = (\mathbf{p}-\mathbf{q})\,\mathbf{x}^\top",
     r"\frac{\partial\ell}{\partial\mathbf{W}} = (\mathbf{p}+\mathbf{q})\,\mathbf{x}^\top"),
    (r"\frac{\partial\ell}{\partial\mathbf{b}} = \mathbf{p}-\mathbf{q}",
     r"\frac{\partial\ell}{\partial\mathbf{b}} = \mathbf{q}-\mathbf{p}"),
    (r"\frac{\partial\ell}{\partial\mathbf{x}} = \mathbf{W}^\top(\mathbf{p}-\mathbf{q})",
     r"\frac{\partial\ell}{\partial\mathbf{x}} = \mathbf{W}(\mathbf{p}-\mathbf{q})"),
]  # fmt: skip
GUESSED = [  # with what the text says of an unknown loss: nothing is called wrong on its strength
    (LAYER, r"\frac{\partial L}{\partial\mathbf{W}} = \boldsymbol\delta\mathbf{a}^\top",
     r"\frac{\partial L}{\partial\mathbf{W}} = 2\boldsymbol\delta\mathbf{a}^\top"),
    (LAYER, r"\frac{\partial L}{\partial\mathbf{a}} = \mathbf{W}^\top\boldsymbol\delta",
     r"\frac{\partial L}{\partial\mathbf{a}} = \mathbf{W}\boldsymbol\delta"),
    (WORDS, r"\frac{\partial L}{\partial\mathbf{W}} = \boldsymbol\delta\mathbf{a}^\top",
     r"\frac{\partial L}{\partial\mathbf{W}} = \boldsymbol\delta^\top\mathbf{a}"),
    (WORDS, r"\frac{\partial L}{\partial\mathbf{a}} = \mathbf{W}^\top\boldsymbol\delta",
     r"\frac{\partial L}{\partial\mathbf{a}} = -\mathbf{W}^\top\boldsymbol\delta"),
    (WORDS, r"\frac{\partial L}{\partial\mathbf{b}} = \boldsymbol\delta",
     r"\frac{\partial L}{\partial\mathbf{b}} = 2\boldsymbol\delta"),
    (OTHER_WORDS, r"\frac{\partial L}{\partial W} = \delta a^T", r"\frac{\partial L}{\partial W} = \delta^T a"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "line", "wrong"), PAIRS)
def test_a_loss_and_its_gradients(before: str, line: str, wrong: str) -> None:
    assert [one.outcome in RIGHT for one in last_line(before, line)] == [True]
    assert [one.outcome in WRONG for one in last_line(before, wrong)] == [True]


@pytest.mark.parametrize(("before", "line", "wrong"), GUESSED)
def test_a_loss_without_a_formula(before: str, line: str, wrong: str) -> None:
    assert [one.outcome in RIGHT for one in last_line(before, line)] == [True]
    assert not any(one.outcome in RIGHT for one in last_line(before, wrong) if one.role == "claim")


def test_a_vector_does_not_shrink_to_a_number() -> None:
    line = r"\frac{\partial\ell}{\partial\mathbf{W}} = (\mathbf{p}-\mathbf{q})\,\mathbf{x}"
    assert [one.outcome in RIGHT for one in last_line(LINEAR, line + r"^\top")] == [True]
    assert not any(one.outcome in RIGHT for one in last_line(LINEAR, line))


@pytest.mark.parametrize(("before", "line", "wrong"), [
    *((TWO_LAYERS, *pair) for pair in LAYERS), *((BATCH, *pair) for pair in ROWS),
    (TRUE_CLASS, r"\frac{\partial L}{\partial z_i} = p_i - \delta_{ic}",
     r"\frac{\partial L}{\partial z_i} = p_i + \delta_{ic}"),
])  # fmt: skip
def test_two_layers_and_batches(before: str, line: str, wrong: str) -> None:
    assert [one.outcome in RIGHT for one in last_line(before, line)] == [True]
    assert not any(one.outcome in RIGHT for one in last_line(before, wrong) if one.role == "claim")


@pytest.mark.parametrize(("before", "line", "wrong"), DIVIDED_BY)
def test_a_capital_that_is_divided_by(before: str, line: str, wrong: str) -> None:
    assert [one.outcome in RIGHT for one in last_line(before, line)] == [True]
    assert not any(one.outcome in RIGHT for one in last_line(before, wrong) if one.role == "claim")


@pytest.mark.parametrize(("line", "wrong"), ELSEWHERE)
def test_a_vector_whose_entries_another_section_says(line: str, wrong: str) -> None:
    assert [one.outcome in RIGHT for one in last_line(SOFTMAX_ELSEWHERE, line)] == [True]
    assert not any(one.outcome in RIGHT for one in last_line(SOFTMAX_ELSEWHERE, wrong) if one.role == "claim")


@pytest.mark.parametrize("said", [
    r"let $\delta$ be the negative gradient of $L$ with respect to $z$",
    r"let $\delta$ be the norm of the gradient of $L$ with respect to $z$",
    r"let $\delta$ be the gradient of $L$ with respect to $u$",
    r"$\delta$ is not the gradient of $L$ with respect to $z$",
    r"let $\delta$ be the gradient of $L$ with respect to $z$ at $z_0$",
])  # fmt: skip
def test_words_that_say_something_else(said: str) -> None:
    found = last_line(rf"Let $z = Wa + b$ with a matrix $W$ and {said}.", r"\frac{\partial L}{\partial W} = \delta a^T")
    assert not any(one.outcome in RIGHT for one in found if one.role == "claim")


def test_a_dot_between_numbers_is_a_product() -> None:
    text = r"Let $f = w\cdot x + b$ and $L = \frac12(f-y)^2$ for numbers $w$ and $x$."
    assert last_line(text, r"\frac{dL}{dw} = (w x + b - y) x")[0].outcome in RIGHT
    assert last_line(text, r"\frac{dL}{dw} = (w x + b - y) w")[0].outcome in WRONG


def test_the_numbers_of_an_example_hold_where_vectors_have_them_elsewhere() -> None:
    numbers = r"# A step" + "\n\n" + r"Let $w = (1, 2)$." + "\n\n# Another\n\n" + DOTTED + r"Take $x = (1,2)$, $t = 1$."
    assert last_line(numbers, r"\frac{\partial L}{\partial z} = p - 1")[0].outcome not in WRONG
    assert last_line(numbers, r"\frac{\partial L}{\partial z} = p - 2")[0].outcome not in RIGHT


UNITS = SIGMOID + r"$$h_j=\sigma(z_j),\quad z_j=a_jx,\qquad f=v_1h_1+v_2h_2,\qquad L=\tfrac12(f-y)^2.$$"
CELL = SIGMOID + r"A scalar cell: $o=\sigma(2)$ and $h_1=o\tanh(c_1)$."
BY_HAND = [
    (UNITS, r"\frac{\partial L}{\partial v_j} = (f-y)\,h_j", r"\frac{\partial L}{\partial v_j} = (f-y)\,h_j^2"),
    (UNITS, r"\frac{\partial L}{\partial h_j} = (f-y)\,v_j", r"\frac{\partial L}{\partial h_j} = (f+y)\,v_j"),
    (UNITS, r"\frac{\partial L}{\partial a_j} = (f-y)\,v_j\,h_j(1-h_j)\,x",
     r"\frac{\partial L}{\partial a_j} = (f-y)\,v_j\,h_j(1+h_j)\,x"),
    (CELL,
     r"\frac{\partial h_1}{\partial c_1} = o\,(1-\tanh^2(c_1))", r"\frac{\partial h_1}{\partial c_1} = o\,(1-\tanh(c_1))"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "line", "wrong"), BY_HAND)
def test_a_network_by_hand(before: str, line: str, wrong: str) -> None:
    assert [one.outcome in RIGHT for one in last_line(before, line)] == [True]
    assert [one.outcome in WRONG for one in last_line(before, wrong)] == [True]


def test_a_letter_without_a_number_may_be_a_function() -> None:
    found = last_line(f"{SIGMOID} Let $h = o \\tanh(c)$.", r"\frac{\partial h}{\partial c} = o\,(1-\tanh^2(c))")
    assert not any(one.outcome in RIGHT | WRONG for one in found)


NETWORK = r"""The state is $\mathbf{a}_t = \mathbf{W}\mathbf{h}_{t-1}+\mathbf{U}\mathbf{x}_t+\mathbf{b}$,
$\mathbf{h}_t=\tanh(\mathbf{a}_t)$. Since $\tanh$ acts componentwise,
$\frac{\partial \mathbf{h}_t}{\partial \mathbf{a}_t}=\mathrm{diag}(\mathbf{1}-\mathbf{h}_t\odot\mathbf{h}_t)=:\mathbf{D}_t$."""
SOFTMAX = r"""Let $\mathbf{p}=\mathrm{softmax}(\mathbf{z})$. For $\mathbf{p}=(0.2,\,0.3,\,0.5)^{\top}$ the loss is small.
For the loss $\ell=-\sum_i y_i\log p_i$ with $\sum_i y_i=1$ everything collapses:
"""
CLASSES = r"For a vector $z\in\mathbb R^K$ of scores let $p_k = \frac{e^{z_k}}{\sum_{j=1}^K e^{z_j}}$."
SAMPLES = r"# Samples" + "\n\n" + r"Let $z_n = x_n^T w + b$ and $L=\frac1N \sum_{n=1}^N z_n$." + "\n\n# Classes\n\n" + CLASSES
QUADRATIC = r"""The model case is
$$ q(x)=\frac12 x^T Ax-b^T x,\qquad A=A^T $$
and the residual is $r = b - Ax$."""
SEARCH = r"""Let $f\colon\mathbb{R}^n\to\mathbb{R}$ be smooth, $g(x)=\nabla f(x)$ its gradient and
$H(x)=\nabla^2 f(x)$ its Hessian. Let $p$ be a direction and put $\varphi(\alpha)=f(x+\alpha p)$."""
OTHERS = [
    (NETWORK, r"\frac{\partial \mathbf{h}_t}{\partial \mathbf{h}_{t-1}} = \mathbf{D}_t\mathbf{W}",
     r"\frac{\partial \mathbf{h}_t}{\partial \mathbf{h}_{t-1}} = \mathbf{W}\mathbf{D}_t"),
    (NETWORK, r"\frac{\partial \mathbf{h}_t}{\partial \mathbf{x}_t} = \mathbf{D}_t\mathbf{U}",
     r"\frac{\partial \mathbf{h}_t}{\partial \mathbf{x}_t} = 2\mathbf{D}_t\mathbf{U}"),
    (SOFTMAX, r"\frac{\partial\ell}{\partial z_j} = -\sum_i y_i(\delta_{ij}-p_j)",
     r"\frac{\partial\ell}{\partial z_j} = \sum_i y_i(\delta_{ij}-p_j)"),
    (SOFTMAX, r"-y_j+p_j\sum_i y_i=p_j-y_j", r"-y_j+p_j\sum_i y_i=p_j+y_j"),
    (SAMPLES, r"\frac{\partial\log p_k}{\partial z_i} = \delta_{ki}-p_i",
     r"\frac{\partial\log p_k}{\partial z_i} = \delta_{ki}+p_i"),
    (CLASSES + " For $K=2$ we have", r"\frac{e^{z_1}}{e^{z_1}+e^{z_2}} = \frac{1}{1+e^{-(z_1-z_2)}}",
     r"\frac{e^{z_1}}{e^{z_1}+e^{z_2}} = \frac{1}{1+e^{-(z_1+z_2)}}"),
    (QUADRATIC, r"\nabla q(x) = Ax-b", r"\nabla q(x) = Ax+b"),
    (QUADRATIC, r"q(x+\alpha p) = q(x)-\alpha r^T p+\frac12\alpha^2 p^T A p",
     r"q(x+\alpha p) = q(x)-\alpha r^T p+\alpha^2 p^T A p"),
    (QUADRATIC + r" Let $\alpha = \frac{r^T p}{p^T A p}$.", r"q(x)-q(x+\alpha p) = \frac{(r^T p)^2}{2 p^T A p}",
     r"q(x)-q(x+\alpha p) = \frac{(r^T p)^2}{p^T A p}"),
    (SEARCH, r"\varphi'(\alpha)=g(x+\alpha p)^T p", r"\varphi'(\alpha)=g(x+\alpha p)^T x"),
    (SEARCH, r"\varphi''(\alpha)=p^T H(x+\alpha p)\,p", r"\varphi''(\alpha)=2 p^T H(x+\alpha p)\,p"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "line", "wrong"), OTHERS)
def test_recurrent_networks_softmax_and_line_search(before: str, line: str, wrong: str) -> None:
    assert [one.outcome in RIGHT for one in last_line(before, line)] == [True]
    assert not any(one.outcome in RIGHT for one in last_line(before, wrong))


def test_a_matrix_is_its_transpose_only_where_a_formula_has_it() -> None:
    line = r"\nabla q(x) = Ax-b"
    assert last_line(QUADRATIC, line)[0].outcome in RIGHT
    assert last_line(QUADRATIC.replace("A=A^T", "B=B^T"), line)[0].outcome not in RIGHT
    assert last_line(QUADRATIC.replace("A=A^T", "A=-A^T"), line)[0].outcome not in RIGHT
