r"""Layers whose numbers stand above without a bracket, `w^l_{jk}`: backpropagation as most texts print it."""

from __future__ import annotations

import pytest

from tests.document.lines import RIGHT, WRONG, assert_slip_in_text_told_apart, own_line

ENTRIES = r"""The input of unit $j$ in layer $l$ is
$$z^l_j = \sum_k w^l_{jk} a^{l-1}_k + b^l_j, \qquad a^l_j = \sigma(z^l_j).$$
Let $\delta^l_j = \frac{\partial C}{\partial z^l_j}$ be the error."""
WITH_COST = ENTRIES + r""" The cost is $C = \frac12 \sum_j (a^L_j - y_j)^2$,
so that $\frac{\partial C}{\partial a^L_j} = a^L_j - y_j$."""
ARRAYS = r"""In layer $\ell$ let $z^\ell = W^\ell a^{\ell-1} + b^\ell$ and $a^\ell = \sigma(z^\ell)$.
Here $\sigma$ acts componentwise. Let $\delta^\ell = \frac{\partial C}{\partial z^\ell}$."""
NUMBERED = r"""A layer $l$ computes $z^l = W^l a^{l-1} + b^l$. With two layers, $z^1 = W^1 x + b^1$, $a^1 = \tanh(z^1)$ and
$f = W^2 a^1 + b^2$, where $\tanh$ acts componentwise."""

TRUE = [  # what depends on what is said by derivatives only, so that a slip is left open
    (ENTRIES, r"\delta^l_j = \sum_k w^{l+1}_{kj}\,\delta^{l+1}_k\,\sigma'(z^l_j)",
     r"\delta^l_j = \sum_k w^{l+1}_{jk}\,\delta^{l+1}_k\,\sigma'(z^l_j)"),
    (ENTRIES, r"\frac{\partial z^{l+1}_k}{\partial z^l_j} = w^{l+1}_{kj}\,\sigma'(z^l_j)",
     r"\frac{\partial z^{l+1}_k}{\partial z^l_j} = w^{l+1}_{jk}\,\sigma'(z^l_j)"),
    (ENTRIES, r"\frac{\partial C}{\partial w^l_{jk}} = a^{l-1}_k\,\delta^l_j",
     r"\frac{\partial C}{\partial w^l_{jk}} = a^{l-1}_j\,\delta^l_k"),
    (ENTRIES, r"\frac{\partial C}{\partial b^l_j} = \delta^l_j", r"\frac{\partial C}{\partial b^l_j} = 2\delta^l_j"),
    (WITH_COST, r"\frac{\partial C}{\partial b^l_j} = \delta^l_j", r"\frac{\partial C}{\partial b^l_j} = -\delta^l_j"),
    (WITH_COST, r"\frac{\partial C}{\partial w^l_{jk}} = a^{l-1}_k\,\delta^l_j",
     r"\frac{\partial C}{\partial w^l_{jk}} = a^l_k\,\delta^l_j"),
    (WITH_COST, r"\delta^L_j = (a^L_j - y_j)\,\sigma'(z^L_j)", r"\delta^L_j = (a^L_j + y_j)\,\sigma'(z^L_j)"),
    (ARRAYS, r"\delta^\ell = (W^{\ell+1})^T \delta^{\ell+1} \odot \sigma'(z^\ell)",
     r"\delta^\ell = W^{\ell+1} \delta^{\ell+1} \odot \sigma'(z^\ell)"),
    (ARRAYS, r"\frac{\partial C}{\partial W^\ell} = \delta^\ell (a^{\ell-1})^T",
     r"\frac{\partial C}{\partial W^\ell} = \delta^\ell (a^{\ell})^T"),
    (ARRAYS, r"\delta^\ell_j = \sum_k w^{\ell+1}_{kj}\,\delta^{\ell+1}_k\,\sigma'(z^\ell_j)",
     r"\delta^\ell_j = \sum_k w^{\ell+1}_{jk}\,\delta^{\ell+1}_k\,\sigma'(z^\ell_j)"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "line", "slip"), TRUE)
def test_backpropagation(before: str, line: str, slip: str) -> None:
    assert [one.outcome in RIGHT and one.role == "claim" for one in own_line(before, line)] == [True]
    assert not any(one.outcome in RIGHT and one.role == "claim" for one in own_line(before, slip))


SECTIONS = r"""# The forward pass

Layer $l$ computes $\mathbf{z}^{(l)} = \mathbf{W}^{(l)}\mathbf{a}^{(l-1)} + \mathbf{b}^{(l)}$ and
$\mathbf{a}^{(l)} = \phi(\mathbf{z}^{(l)})$, where $\phi$ acts on each component. So
$\mathbf{W}^{(l)}\in\mathbb{R}^{n_l\times n_{l-1}}$.

# The four equations

We define the error of layer $l$ by $\delta^{(l)}_i = \partial\mathcal{L}/\partial z^{(l)}_i$, collected in a column
$\boldsymbol\delta^{(l)}\in\mathbb{R}^{n_l}$. For the output layer, and for the others,
$$\boldsymbol\delta^{(L)} = \nabla_{\mathbf{a}^{(L)}}\mathcal{L} \odot \phi'(\mathbf{z}^{(L)})$$"""
IN_SECTIONS = [  # the layers stand in another section than the errors, of which one line is a product with a gradient
    (r"\boldsymbol\delta^{(L)} = \nabla_{\mathbf{a}^{(L)}}\mathcal{L} \odot \phi'(\mathbf{z}^{(L)})",
     r"\boldsymbol\delta^{(L)} = \nabla_{\mathbf{a}^{(L)}}\mathcal{L} \odot \phi(\mathbf{z}^{(L)})"),
    (r"\boldsymbol\delta^{(l)} = (\mathbf{W}^{(l+1)})^\top\boldsymbol\delta^{(l+1)} \odot \phi'(\mathbf{z}^{(l)})",
     r"\boldsymbol\delta^{(l)} = (\mathbf{W}^{(l+1)})^\top\boldsymbol\delta^{(l+1)} \odot \phi'(\mathbf{a}^{(l)})"),
    (r"\frac{\partial\mathcal{L}}{\partial\mathbf{W}^{(l)}} = \boldsymbol\delta^{(l)}(\mathbf{a}^{(l-1)})^\top",
     r"\frac{\partial\mathcal{L}}{\partial\mathbf{W}^{(l)}} = \boldsymbol\delta^{(l)}(\mathbf{a}^{(l)})^\top"),
    (r"\frac{\partial\mathcal{L}}{\partial\mathbf{b}^{(l)}} = \boldsymbol\delta^{(l)}",
     r"\frac{\partial\mathcal{L}}{\partial\mathbf{b}^{(l)}} = \boldsymbol\delta^{(l+1)}"),
    (r"\frac{\partial\mathcal{L}}{\partial W^{(l)}_{ij}} = \delta^{(l)}_i\,a^{(l-1)}_j",
     r"\frac{\partial\mathcal{L}}{\partial W^{(l)}_{ij}} = \delta^{(l)}_j\,a^{(l-1)}_i"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "slip"), IN_SECTIONS)
def test_layers_of_another_section(line: str, slip: str) -> None:
    assert [one.outcome in RIGHT and one.role == "claim" for one in own_line(SECTIONS, line)] == [True]
    assert not any(one.outcome in RIGHT and one.role == "claim" for one in own_line(SECTIONS, slip))


NETWORK = r"""# Forward pass

Put $a^{[0]} = x$. For $l=1,\dots,L$ we compute $z^{[l]} = W^{[l]} a^{[l-1]} + b^{[l]}$ and $a^{[l]} = g^{[l]}(z^{[l]})$,
where $g^{[l]}$ is the activation function of layer $l$, applied to each entry. In coordinates,
$$z^{[l]}_j = \sum_{k=1}^{n_{l-1}} w^{[l]}_{jk}\, a^{[l-1]}_k + b^{[l]}_j .$$
The output is $\hat{y} = a^{[L]}$, and $W^{[l]} \in \mathbb{R}^{n_l\times n_{l-1}}$.

# Loss

"""
SQUARES = r"We use $\mathcal{L}(\hat{y}, y) = \frac{1}{2} \| \hat{y} - y \|^2$."
ERRORS = r"""

# Backward pass

The error of layer $l$ is $\delta^{[l]} = \frac{\partial \mathcal{L}}{\partial z^{[l]}}$."""
WITH_A_FUNCTION = [  # the loss has a formula, in another section and with arguments, which is about the last layer
    (r"\frac{\partial \mathcal{L}}{\partial w^{[l]}_{jk}} = \delta^{[l]}_j a^{[l-1]}_k",
     r"\frac{\partial \mathcal{L}}{\partial w^{[l]}_{jk}} = \delta^{[l]}_k a^{[l-1]}_j"),
    (r"\frac{\partial \mathcal{L}}{\partial b^{[l]}_j} = \delta^{[l]}_j",
     r"\frac{\partial \mathcal{L}}{\partial b^{[l]}_j} = \delta^{[l+1]}_j"),
    (r"\frac{\partial \mathcal{L}}{\partial W^{[l]}} = \delta^{[l]} \left( a^{[l-1]} \right)^T",
     r"\frac{\partial \mathcal{L}}{\partial W^{[l]}} = \delta^{[l]} \left( a^{[l]} \right)^T"),
    (r"\delta^{[l]}_k = \sum_{j=1}^{n_{l+1}} \delta^{[l+1]}_j w^{[l+1]}_{jk} g^{[l]\prime}(z^{[l]}_k)",
     r"\delta^{[l]}_k = \sum_{j=1}^{n_{l+1}} \delta^{[l+1]}_j w^{[l+1]}_{jk} g^{[l]}(z^{[l]}_k)"),
    (r"\delta^{[l]} = \left( W^{[l+1]} \right)^T \delta^{[l+1]} \odot g^{[l]\prime}\!\left( z^{[l]} \right)",
     r"\delta^{[l]} = W^{[l+1]} \delta^{[l+1]} \odot g^{[l]\prime}\!\left( z^{[l]} \right)"),
    (r"\frac{\partial z^{[l]}_j}{\partial w^{[l]}_{jk}} = a^{[l-1]}_k",
     r"\frac{\partial z^{[l]}_j}{\partial w^{[l]}_{jk}} = a^{[l-1]}_j"),
    (r"\frac{\partial \mathcal{L}}{\partial x} = \left( W^{[1]} \right)^T \delta^{[1]}",
     r"\frac{\partial \mathcal{L}}{\partial x} = W^{[1]} \delta^{[1]}"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "slip"), WITH_A_FUNCTION)
def test_a_loss_of_the_output(line: str, slip: str) -> None:
    assert [one.outcome in RIGHT and one.role == "claim" for one in own_line(NETWORK + SQUARES + ERRORS, line)] == [True]
    assert not any(one.outcome in RIGHT and one.role == "claim" for one in own_line(NETWORK + SQUARES + ERRORS, slip))


@pytest.mark.parametrize("cost", [
    r"The loss is $\mathcal{L}(\hat{y}, y) = \frac{1}{2} \| \hat{y} - y \|^2 + \frac{\lambda}{2} \|W^{[l]}\|_F^2$.",
    r"The loss is $\mathcal{L}(W, b) = \frac{1}{2} \| \hat{y} - y \|^2 + \frac{\lambda}{2} \sum_{l=1}^L \|W^{[l]}\|_F^2$.",
    r"The loss is $\mathcal{L} = \frac{1}{2} \| \hat{y} - y \|^2 + \frac{\lambda}{2} \|W^{[2]}\|_F^2$.",
    r"Let $R = \frac{\lambda}{2} \|W^{[2]}\|_F^2$ and $\mathcal{L} = \frac{1}{2} \| \hat{y} - y \|^2 + R$.",
])  # fmt: skip
def test_a_loss_with_a_penalty(cost: str) -> None:
    """Each is about W beside z: the chain rule through z alone is false, and with the term of the penalty it is true."""
    through = r"\frac{\partial \mathcal{L}}{\partial W^{[l]}} = \delta^{[l]} (a^{[l-1]})^T"
    assert not any(one.outcome in RIGHT and one.role == "claim" for one in own_line(NETWORK + cost + ERRORS, through))
    entries = r"\frac{\partial \mathcal{L}}{\partial w^{[l]}_{jk}} = \delta^{[l]}_j a^{[l-1]}_k"
    assert not any(one.outcome in RIGHT and one.role == "claim" for one in own_line(NETWORK + cost + ERRORS, entries))
    true = own_line(NETWORK + cost + ERRORS, through + r" + \lambda W^{[l]}")
    assert not any(one.outcome in WRONG for one in true)


@pytest.mark.parametrize(("before", "line"), [
    (r"Let $h_t = w h_{t-1} + u x_t$. The loss is $L$. Put $g_t = \frac{\partial L}{\partial h_t}$.", "g_1 = w g_2"),
    (r"Let $h_t = w h_{t-1} + u x_t$. The loss is $L$. Put $g_t = \frac{\partial L}{\partial h_t}$.", "g_t = w g_{t+1}"),
    (r"Let $h_1 = w h_0 + u x_1$, $h_2 = w h_1 + u x_2$.",
     r"\frac{\partial L}{\partial h_1} = w \frac{\partial L}{\partial h_2}"),
])  # fmt: skip
def test_a_loss_may_depend_on_every_step(before: str, line: str) -> None:
    assert not any(one.outcome in RIGHT and one.role == "claim" for one in own_line(before, line))


def test_numbers_of_layers() -> None:
    true = own_line(NUMBERED, r"\frac{\partial f}{\partial a^1} = W^2")
    assert [one.outcome in RIGHT for one in true] == [True]
    slip = own_line(NUMBERED, r"\frac{\partial f}{\partial a^1} = W^1")
    assert not any(one.outcome in RIGHT and one.role == "claim" for one in slip)


@pytest.mark.parametrize(("before", "line", "slip"), [
    (r"The field of layer $l$ is $r_l = 1 + (k-1)\sum_{i=0}^{l-1} s^i$ for $s > 1$.",
     r"r_l = 1 + (k-1)\frac{s^l - 1}{s - 1}", r"r_l = 1 + (k-1)\frac{s^l + 1}{s - 1}"),
    (r"A deep network of $L$ layers with one unit each, $a^l = w a^{l-1}$ in layer $l$. Let $f(w) = w^L x$.",
     r"f'(w) = L w^{L-1} x", r"f'(w) = L w^{L} x"),
    (r"The layers shrink. Let $g(w) = w^l$ for $l \ge 1$.", r"g'(w) = l w^{l-1}", r"g'(w) = l w^{l+1}"),
    (r"A layer has $W^{l}$ weights. Let $y = (x + 1)^2$.", r"\frac{dy}{dx} = 2x + 2", r"\frac{dy}{dx} = 2x"),
])  # fmt: skip
def test_powers_beside_layers(before: str, line: str, slip: str) -> None:
    assert [one.outcome in RIGHT for one in own_line(before, line)] == [True]
    assert not any(one.outcome in RIGHT for one in own_line(before, slip))


def test_a_square_where_derivatives_are_counted() -> None:
    before = r"In layer $l$ let $a^l = \sigma(w^l a^{l-1})$, with $a^1 = \sigma(w^1 x)$. Let $f = w^3$ for a number $w$."
    assert [one.outcome in RIGHT for one in own_line(before, r"\frac{\partial^2 f}{\partial w^2} = 6 w")] == [True]
    assert any(one.outcome in WRONG for one in own_line(before, r"\frac{\partial^2 f}{\partial w^2} = 3 w"))


ALIASED = r"""For $l=1,\dots,L$ let $\mathbf z^{l} = W^{l}\mathbf a^{l-1} + \mathbf b^{l}$ and
$\mathbf a^{l} = \varphi_l(\mathbf z^{l})$, with
$W^l \in \mathbb{R}^{n_l \times n_{l-1}}$ and $\mathbf b^l \in \mathbb{R}^{n_l}$.

# The softmax

Write $\mathbf z = \mathbf z^{L}$ and $\mathbf p = \mathbf a^{L}$. The softmax is
$$p_i = \frac{e^{z_i}}{\sum_{k=1}^{K} e^{z_k}}, \qquad i = 1, \dots, K.$$ Let $\delta_{ij}$ be the Kronecker symbol."""
OF_ANOTHER_NAME = [  # the entries of what was only another name of activations get a formula in the output layer
    (r"\ln p_i = z_i - \ln\sum_k e^{z_k}", r"\ln p_i = z_i + \ln\sum_k e^{z_k}"),
    (r"\frac{\partial p_i}{\partial z_j} = p_i(\delta_{ij}-p_j)", r"\frac{\partial p_i}{\partial z_j} = p_i(\delta_{ij}+p_j)"),
    (r"\frac{\partial\mathbf p}{\partial\mathbf z} = \operatorname{diag}(\mathbf p)-\mathbf p\mathbf p^T",
     r"\frac{\partial\mathbf p}{\partial\mathbf z} = \operatorname{diag}(\mathbf p)+\mathbf p\mathbf p^T"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "slip"), OF_ANOTHER_NAME)
def test_an_output_layer_of_its_own_under_another_name(line: str, slip: str) -> None:
    assert [one.outcome in RIGHT and one.role == "claim" for one in own_line(ALIASED, line)] == [True]
    assert not any(one.outcome in RIGHT and one.role == "claim" for one in own_line(ALIASED, slip))


def test_what_has_its_formula_is_claimed_of_its_other_name() -> None:
    before = r"Let $y \in \mathbb{R}^n$ and write $p = y$."
    assert [one.outcome in RIGHT and one.role == "claim" for one in own_line(before, "p_i = y_i")] == [True]
    assert [one.outcome in WRONG for one in own_line(before, "p_i = y_i + 1")] == [True]
    known = r"Let $y = Ax$ with $A \in \mathbb{R}^{m\times n}$, and write $p = y$."
    assert [one.outcome in RIGHT and one.role == "claim" for one in own_line(known, r"p_i = \sum_j A_{ij} x_j")] == [True]
    assert not any(one.outcome in RIGHT for one in own_line(known, r"p_i = \sum_j A_{ji} x_j"))


def test_what_comes_out_of_logarithms_is_claimed() -> None:
    text = r"""Let $p_i = \frac{e^{z_i}}{\sum_{k=1}^{K} e^{z_k}}$ for $z\in\mathbb{R}^K$.
Taking logarithms, $\ln p_i = z_i - \ln\sum_k e^{z_k}$."""
    assert_slip_in_text_told_apart(text, "z_i - ", "z_i + ")


OF_EVERY_LAYER = r"""There are $L$ layers. For $l=1,\dots,L$ let $z^{l} = W^{l}a^{l-1} + b^{l}$ and $a^{l} = \varphi_l(z^{l})$.
Here $W^{l}$ is an $n_l\times n_{l-1}$ matrix, $b^{l}\in\mathbb{R}^{n_l}$, and $\varphi_l$ acts on each component.
The loss is %s.

Let $\delta^{l}_{j} = \frac{\partial C}{\partial z^{l}_{j}}$ and $\delta^{l} = \nabla_{z^{l}}C$. Then"""
ITS_OWN_ACTIVATION = [  # every layer has an activation function of its own
    (r"\delta^{L}_{j} = \frac{\partial C}{\partial a^{L}_{j}}\,\varphi_L'(z^{L}_{j})",
     r"\delta^{L}_{j} = \frac{\partial C}{\partial a^{L}_{j}}\,\varphi_l'(z^{L}_{j})"),
    (r"\delta^{L} = \nabla_{a^{L}}C\odot\varphi_L'(z^{L})", r"\delta^{L} = \nabla_{a^{L}}C\odot\varphi_L(z^{L})"),
    (r"\frac{\partial a^{L}_{j}}{\partial z^{L}_{j}} = \varphi_L'(z^{L}_{j})",
     r"\frac{\partial a^{L}_{j}}{\partial z^{L}_{j}} = \varphi_{L-1}'(z^{L}_{j})"),
    (r"\delta^{l} = ((W^{l+1})^T\delta^{l+1})\odot\varphi_l'(z^{l})",
     r"\delta^{l} = ((W^{l+1})^T\delta^{l+1})\odot\varphi_{l+1}'(z^{l})"),
    (r"\delta^{l-1} = ((W^{l})^T\delta^{l})\odot\varphi_{l-1}'(z^{l-1})",
     r"\delta^{l-1} = ((W^{l})^T\delta^{l})\odot\varphi_l'(z^{l-1})"),
]  # fmt: skip


@pytest.mark.parametrize("loss", [r"a differentiable function $C$ of $a^L$", r"$C = \frac12\|a^L-t\|^2$"])
@pytest.mark.parametrize(("line", "slip"), ITS_OWN_ACTIVATION)
def test_an_activation_of_every_layer(loss: str, line: str, slip: str) -> None:
    before = OF_EVERY_LAYER % loss
    assert [one.outcome in RIGHT and one.role == "claim" for one in own_line(before, line)] == [True]
    assert not any(one.outcome in RIGHT and one.role == "claim" for one in own_line(before, slip))


EVERY = r"""# Network

For layer $l = 1,\dots,L$ let $z^{l} = W^{l}a^{l-1} + b^{l}$, where $W^{l}$ is an $n_l\times n_{l-1}$ matrix.

# Decay

"""
PENALTY = r"Let $R = \frac{\lambda}{2}\sum_{l=1}^{L}\lVert W^{l}\rVert_F^{2}$."
MEAN = r"""For the mean loss $J$ we add a penalty,
$$\widetilde{J} = J + \frac{\lambda}{2}\sum_{l=1}^{L}\lVert W^{l}\rVert_F^{2}.$$"""
DECAY = [  # a sum over layers has one summand with the matrix of a layer
    (PENALTY, r"\nabla_{W^{l}}R = \lambda W^{l}", r"\nabla_{W^{l}}R = L\lambda W^{l}"),
    (PENALTY, r"\frac{\partial R}{\partial W^{l}_{ij}} = \lambda W^{l}_{ij}",
     r"\frac{\partial R}{\partial W^{l}_{ij}} = 2\lambda W^{l}_{ij}"),
    (PENALTY, r"\sum_{l=1}^{L}\lVert W^{l}\rVert_F^{2} = \sum_{l=1}^{L}\operatorname{tr}((W^{l})^T W^l)",
     r"\sum_{l=1}^{L}\lVert W^{l}\rVert_F^{2} = L\lVert W^{l}\rVert_F^{2}"),
    (PENALTY, r"R = \frac{\lambda}{2}\sum_{l=1}^{L}\operatorname{tr}((W^{l})^T W^l)",
     r"R = \frac{\lambda L}{2}\operatorname{tr}((W^{l})^T W^l)"),
    (MEAN, r"\nabla_{W^{l}}\widetilde{J} = \nabla_{W^{l}}J + \lambda W^{l}",
     r"\nabla_{W^{l}}\widetilde{J} = \nabla_{W^{l}}J + 2\lambda W^{l}"),
    (MEAN, r"W^{l}-\eta\,\nabla_{W^{l}}\widetilde{J} = (1-\eta\lambda)W^{l}-\eta\nabla_{W^{l}} J",
     r"W^{l}-\eta\,\nabla_{W^{l}}\widetilde{J} = (1+\eta\lambda)W^{l}-\eta\nabla_{W^{l}} J"),
]  # fmt: skip


@pytest.mark.parametrize(("said", "line", "slip"), DECAY)
def test_a_sum_over_layers(said: str, line: str, slip: str) -> None:
    assert [one.outcome in RIGHT and one.role == "claim" for one in own_line(EVERY + said, line)] == [True]
    assert not any(one.outcome in RIGHT and one.role == "claim" for one in own_line(EVERY + said, slip))


@pytest.mark.parametrize(("formula", "line"), [
    (r"\sum_{l=2}^{L}\lVert W^{l} W^{l-1}\rVert_F^{2}", r"\nabla_{W^{l}}R = 2 W^{l} W^{l-1} (W^{l-1})^T"),
    (r"\left(\sum_{l=1}^{L}\lVert W^{l}\rVert_F^{2}\right)^2", r"\nabla_{W^{l}}R = 4\lVert W^{l}\rVert_F^{2} W^{l}"),
    (r"\sum_{l=1}^{L}\lVert z^{l}\rVert^{2}", r"\nabla_{b^{l}}R = 2 z^{l}"),
])  # fmt: skip
def test_layers_that_stand_in_other_summands(formula: str, line: str) -> None:
    """The matrix of a layer stands in several summands, or is multiplied with other summands: this is not its gradient."""
    assert not any(one.outcome in RIGHT and one.role == "claim" for one in own_line(f"{EVERY}Let $R = {formula}$.", line))
