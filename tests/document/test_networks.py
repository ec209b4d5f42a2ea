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
