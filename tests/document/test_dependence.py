# ruff: noqa: E501, ISC004  (a row is a text)
"""Derivatives in texts that say what depends on what: a true line is proved, a wrong one is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from calcds.decide.verdict import Outcome
from calcds.document.checking import findings
from calcds.document.finding import Finding
from calcds.document.source.extract import cut

WRONG = {Outcome.REFUTED, Outcome.MALFORMED}
RIGHT = {Outcome.PROVED, Outcome.SUPPORTED}


def read(text: str) -> list[Finding]:
    return findings(cut(Path("notes.md"), text + "\n"))


LOG_DET = r"\frac{\partial \log\det X}{\partial X} = "
BOLD_SOFTMAX = (
    r"For $\mathbf{z} \in \mathbb{R}^K$ put $p_k = \operatorname{softmax}(\mathbf{z})_k = \frac{e^{z_k}}{\sum_{j=1}^K e^{z_j}}$, the entries "
    r"of $\mathbf{p}$. "
)
TEMPERED = r"With a temperature $T > 0$ put $p_a = e^{z_a/T} / \sum_c e^{z_c/T}$. Then $%s$."
NORMAL = (
    r"For normal data $\ell(\mu, \sigma^2) = -\frac n2 \log(2\pi\sigma^2) - \frac{1}{2\sigma^2} \sum_{i=1}^n (x_i - \mu)^2$. Then "
    r"$%s$."
)

OF_FUNCTIONS = (
    r"Let $g(p, q) = (p+q)^3$, $p(s, t) = (s+2t)^2$, $q(s, t) = (s-t)^2$, $s(m, n) = mn$ and $t(m, n) = m - n$. The chain rule says $%s$."
)

PAIRS = [  # a text, the true line, a wrong one that is called so
    # the layout that a section has shown for matrices
    (r"Let $X \in \mathbb{R}^{n \times n}$ be invertible. Then $\frac{\partial}{\partial X} \operatorname{tr}(A X) = A^\top$ for "
     r"$A \in \mathbb{R}^{n \times n}$, and $%s$.", LOG_DET + r"X^{-\top}", LOG_DET + "X^{-1}"),
    # a softmax, by its name first
    (BOLD_SOFTMAX + "Hence $%s$.", r"\sum_{k=1}^K p_k = 1", r"\sum_{k=1}^K p_k = K"),
    (BOLD_SOFTMAX + "Hence $%s$.", r"\frac{\partial p_k}{\partial z_i} = p_k (\delta_{ki} - p_i)",
     r"\frac{\partial p_k}{\partial z_i} = p_k (\delta_{ki} + p_i)"),
    (BOLD_SOFTMAX + "Hence $%s$.", r"\frac{\partial \mathbf{p}}{\partial \mathbf{z}} = \operatorname{diag}(\mathbf{p}) - \mathbf{p} \mathbf{p}^\top",
     r"\frac{\partial \mathbf{p}}{\partial \mathbf{z}} = \operatorname{diag}(\mathbf{p}) + \mathbf{p} \mathbf{p}^\top"),
    (BOLD_SOFTMAX + r"With a one-hot target $\mathbf{y}$ the loss is $\ell = -\sum_{k=1}^K y_k \log p_k$, so $%s$.",
     r"\nabla_{\mathbf{z}} \ell = \mathbf{p} - \mathbf{y}", r"\nabla_{\mathbf{z}} \ell = \mathbf{y} - \mathbf{p}"),
    (BOLD_SOFTMAX + r"Here $%s$.", r"\log p_k = z_k - \log \sum_j e^{z_j}", r"\log p_k = z_k + \log \sum_j e^{z_j}"),
    (r"For $z \in \mathbb{R}^n$ let $p_k = \operatorname{softmax}_k(z)$. Then $%s$.", r"\sum_k p_k = 1", r"\sum_k p_k = n"),
    (r"The softmax is $\sigma(z)_i = \frac{e^{z_i}}{\sum_j e^{z_j}}$. With $s = \sigma(z)$ we have $%s$.",
     r"\frac{\partial s_i}{\partial z_j} = s_i (\delta_{ij} - s_j)", r"\frac{\partial s_i}{\partial z_j} = s_j (\delta_{ij} - s_j)"),
    (r"The softmax is $\sigma_i(z) = \frac{e^{z_i}}{\sum_j e^{z_j}}$. Hence $%s$.",
     r"\frac{\partial \sigma_i(z)}{\partial z_j} = \sigma_i(z) (\delta_{ij} - \sigma_j(z))",
     r"\frac{\partial \sigma_i(z)}{\partial z_j} = \sigma_i(z) (\delta_{ij} + \sigma_j(z))"),
    # a gradient of log-sum-exp, of a z that nothing else is said of
    (r"The function $f(z) = \log \sum_j e^{z_j}$ has, with $p_k = e^{z_k} / \sum_j e^{z_j}$, $%s$.", r"\nabla f(z) = p", r"\nabla f(z) = -p"),
    (r"Let $\operatorname{lse}(z) = \log \sum_j e^{z_j}$ and $s = \operatorname{softmax}(z)$. Then $%s$.",
     r"\nabla^2 \operatorname{lse}(z) = \operatorname{diag}(s) - s s^\top", r"\nabla^2 \operatorname{lse}(z) = \operatorname{diag}(s) + s s^\top"),
    # gradients at numbers
    (r"Let $f(x, y) = x^2 y + y^3$. Then $%s$.", r"\nabla f(1, 2) = (4, 13)^\top", r"\nabla f(1, 2) = (4, 12)^\top"),
    (r"Let $f(x, y) = x^2 y + y^3$. Then $%s$.", r"\nabla^2 f(1, 2) = \begin{pmatrix} 4 & 2 \\ 2 & 12 \end{pmatrix}",
     r"\nabla^2 f(1, 2) = \begin{pmatrix} 4 & 2 \\ 2 & 6 \end{pmatrix}"),
    # derivatives by a square
    (NORMAL, r"\frac{\partial \ell}{\partial \sigma^2} = -\frac{n}{2\sigma^2} + \frac{1}{2\sigma^4} \sum_{i=1}^n (x_i - \mu)^2",
     r"\frac{\partial \ell}{\partial \sigma^2} = -\frac{n}{2\sigma^2} + \frac{1}{\sigma^4} \sum_{i=1}^n (x_i - \mu)^2"),
    (NORMAL, r"\frac{\partial \ell}{\partial \sigma^2} = -\frac{n}{2\sigma^2} + \frac{1}{2\sigma^4} \sum_{i=1}^n (x_i - \mu)^2",
     r"\frac{\partial \ell}{\partial \sigma^2} = -\frac{n}{2\sigma^2} + \frac{1}{2\sigma^2} \sum_{i=1}^n (x_i - \mu)^2"),
    (r"For waiting times, $\ell(\rho) = n \log\rho - \rho \sum_{i=1}^n x_i$. " + NORMAL,
     r"\frac{\partial \ell}{\partial \sigma^2} = -\frac{n}{2\sigma^2} + \frac{1}{2\sigma^4} \sum_{i=1}^n (x_i - \mu)^2",
     r"\frac{\partial \ell}{\partial \sigma^2} = -\frac{n}{\sigma^2} + \frac{1}{2\sigma^4} \sum_{i=1}^n (x_i - \mu)^2"),
    (NORMAL, r"\frac{\partial \ell}{\partial (\sigma^2)} = -\frac{n}{2\sigma^2} + \frac{1}{2\sigma^4} \sum_{i=1}^n (x_i - \mu)^2",
     r"\frac{\partial \ell}{\partial (\sigma^2)} = -\frac{n}{\sigma^2} + \frac{1}{2\sigma^4} \sum_{i=1}^n (x_i - \mu)^2"),
    (NORMAL, r"\frac{\partial^2 \ell}{\partial (\sigma^2)^2} = \frac{n}{2\sigma^4} - \frac{1}{\sigma^6} \sum_{i=1}^n (x_i - \mu)^2",
     r"\frac{\partial^2 \ell}{\partial (\sigma^2)^2} = \frac{n}{2\sigma^4} + \frac{1}{\sigma^6} \sum_{i=1}^n (x_i - \mu)^2"),
    (NORMAL, r"\frac{\partial^2 \ell}{\partial \mu \, \partial \sigma^2} = -\frac{1}{\sigma^4} \sum_{i=1}^n (x_i - \mu)",
     r"\frac{\partial^2 \ell}{\partial \mu \, \partial \sigma^2} = -\frac{2}{\sigma^3} \sum_{i=1}^n (x_i - \mu)"),
    (NORMAL, r"\frac{\partial^2 \ell}{\partial \sigma^2} = \frac{n}{\sigma^2} - \frac{3}{\sigma^4} \sum_{i=1}^n (x_i - \mu)^2",
     r"\frac{\partial^2 \ell}{\partial \sigma^2} = \frac{n}{2\sigma^2} - \frac{3}{\sigma^4} \sum_{i=1}^n (x_i - \mu)^2"),
    # functions whose variables are functions: each is one of what these depend on
    (OF_FUNCTIONS, r"\frac{\partial p}{\partial m} = \frac{\partial p}{\partial s}\frac{\partial s}{\partial m} + \frac{\partial p}{\partial t}\frac{\partial t}{\partial m}",
     r"\frac{\partial p}{\partial m} = \frac{\partial p}{\partial s}\frac{\partial s}{\partial m} + \frac{\partial p}{\partial t}\frac{\partial t}{\partial n}"),
    (OF_FUNCTIONS, r"\frac{\partial g}{\partial s} = \frac{\partial g}{\partial p}\frac{\partial p}{\partial s} + \frac{\partial g}{\partial q}\frac{\partial q}{\partial s}",
     r"\frac{\partial g}{\partial s} = \frac{\partial g}{\partial p}\frac{\partial p}{\partial s} + \frac{\partial g}{\partial q}\frac{\partial q}{\partial t}"),
    (OF_FUNCTIONS, r"\frac{\partial g}{\partial n} = \frac{\partial g}{\partial s}\frac{\partial s}{\partial n} + \frac{\partial g}{\partial t}\frac{\partial t}{\partial n}",
     r"\frac{\partial g}{\partial n} = \frac{\partial g}{\partial s}\frac{\partial s}{\partial n} - \frac{\partial g}{\partial t}\frac{\partial t}{\partial n}"),
    (OF_FUNCTIONS, r"\frac{\partial p}{\partial n} = 2(s+2t)(m-2)", r"\frac{\partial p}{\partial n} = 2(s+2t)(m+2)"),
    # letters that stand for every index because of what stands beside them
    (TEMPERED, r"\frac{\partial \log p_a}{\partial T} = \frac{1}{T^2} \left(\sum_c p_c z_c - z_a\right)",
     r"\frac{\partial \log p_a}{\partial T} = \frac{1}{T} \left(\sum_c p_c z_c - z_a\right)"),
    (TEMPERED, r"\frac{\partial p_a}{\partial z_c} = \frac{1}{T} p_a (\delta_{ac} - p_c)",
     r"\frac{\partial p_a}{\partial z_c} = p_a (\delta_{ac} - p_c)"),
    (r"The softmax is $\hat y_i = \frac{e^{z_i}}{\sum_j e^{z_j}}$ and the loss $L = -\log \hat y_c$. So $%s$.",
     r"\frac{\partial L}{\partial z_i} = \hat y_i - \delta_{ic}", r"\frac{\partial L}{\partial z_i} = \hat y_i + \delta_{ic}"),
    # a map that is declared, and given by its entries
    (r"The map $s: \mathbb{R}^n \to \mathbb{R}^n$ with $s_i = e^{x_i} / \sum_{k=1}^n e^{x_k}$ has $%s$.",
     r"\frac{\partial s_i}{\partial x_j} = s_i (\delta_{ij} - s_j)", r"\frac{\partial s_i}{\partial x_j} = s_i (\delta_{ij} + s_j)"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "true", "false"), PAIRS, ids=[row[1] for row in PAIRS])
def test_true_and_wrong_lines_are_told_apart(text: str, true: str, false: str) -> None:
    good, bad = read(text % true)[-1], read(text % false)[-1]
    assert (good.outcome in RIGHT, good.role) == (True, "claim")
    assert bad.outcome in WRONG


LAYERS = (
    r"For layers $l = 1, \dots, L$ with $W^{(l)} \in \mathbb{R}^{n_l \times n_{l-1}}$ we compute "
    r"$z^{(l)} = W^{(l)} a^{(l-1)} + b^{(l)}$ and $a^{(l)} = \phi(z^{(l)})$."
    "\n\n# Back\n\n"
    r"Let $\delta^{(l)} = \frac{\partial C}{\partial z^{(l)}}$. Then $%s$."
)
BY_ENTRIES = (
    r"With $\mathbf{z}^{(l)} = W^{(l)} \mathbf{a}^{(l-1)} + \mathbf{b}^{(l)}$ and $\mathbf{a}^{(l)} = \phi(\mathbf{z}^{(l)})$ we put "
    r"$\delta_i^{(l)} = \frac{\partial \ell}{\partial z_i^{(l)}}$. Then $%s$."
)
BATCH = (
    r"Let $Y = X W$ with $X \in \mathbb{R}^{B \times d}$ and $W \in \mathbb{R}^{d \times m}$, and $G = \partial \ell / \partial Y$. "
    r"Then $%s$."
)
ROWS = (
    r"The weights of layer $l$ are $W^l \in \mathbb{R}^{k_{l-1} \times k_l}$ and $b^l \in \mathbb{R}^{1 \times k_l}$. It computes "
    r"$z^l = a^{l-1} W^l + b^l$ and $a^l = \phi(z^l)$, where $\phi$ acts elementwise; $a^L = y$ is the output, and "
    r"$y, t \in \mathbb{R}^{1 \times k_L}$." "\n\n" r"Put $\delta_j^l = \frac{\partial E}{\partial z_j^l}$. Then $%s$."
)
OUTPUT = ROWS.replace("Put", r"The loss is $E = \frac12 \|y - t\|^2$. Put")
LOSS = (  # a loss without a formula, in several steps; the bold letter is the column of h numbers
    r"Let $\mathbf{x} \in \mathbb{R}^d$, $\mathbf{W}^{(1)} \in \mathbb{R}^{h \times d}$, $\mathbf{W}^{(2)} \in \mathbb{R}^{q \times h}$ and "
    r"$\mathbf{z} = \mathbf{W}^{(1)} \mathbf{x}$, $\mathbf{h} = \phi(\mathbf{z})$, where $\phi$ acts elementwise. With "
    r"$\mathbf{o} = \mathbf{W}^{(2)} \mathbf{h}$, $L = \ell(\mathbf{o}, y)$ and $s = \frac{\lambda}{2} (\|\mathbf{W}^{(1)}\|_F^2 + "
    r"\|\mathbf{W}^{(2)}\|_F^2)$ put $J = L + s$. Then $%s$."
)

APART = [  # a text, the true line, a wrong one that is not proved
    # backpropagation
    (LAYERS, r"\delta^{(l)} = ((W^{(l+1)})^\top \delta^{(l+1)}) \odot \phi'(z^{(l)})",
     r"\delta^{(l)} = (W^{(l+1)} \delta^{(l+1)}) \odot \phi'(z^{(l)})"),
    (LAYERS, r"\delta^{(l)} = (W^{(l+1)})^\top \delta^{(l+1)} \odot \phi'(z^{(l)})",
     r"\delta^{(l)} = (W^{(l)})^\top \delta^{(l+1)} \odot \phi'(z^{(l)})"),
    (LAYERS, r"\delta^{(l-1)} = (W^{(l)})^\top \delta^{(l)} \odot \phi'(z^{(l-1)})",
     r"\delta^{(l-1)} = (W^{(l)})^\top \delta^{(l)} \odot \phi'(z^{(l)})"),
    (LAYERS, r"\frac{\partial C}{\partial W^{(l)}} = \delta^{(l)} (a^{(l-1)})^\top",
     r"\frac{\partial C}{\partial W^{(l)}} = \delta^{(l)} (a^{(l)})^\top"),
    (LAYERS, r"\nabla_{W^{(l)}} C = \delta^{(l)} (a^{(l-1)})^\top", r"\nabla_{W^{(l)}} C = a^{(l-1)} (\delta^{(l)})^\top"),
    (LAYERS, r"\frac{\partial C}{\partial b^{(l)}} = \delta^{(l)}", r"\frac{\partial C}{\partial b^{(l)}} = -\delta^{(l)}"),
    (LAYERS, r"\frac{\partial C}{\partial a^{(l-1)}} = (W^{(l)})^\top \delta^{(l)}",
     r"\frac{\partial C}{\partial a^{(l-1)}} = W^{(l)} \delta^{(l)}"),
    (BY_ENTRIES, r"\frac{\partial \ell}{\partial W_{ij}^{(l)}} = \delta_i^{(l)} a_j^{(l-1)}",
     r"\frac{\partial \ell}{\partial W_{ij}^{(l)}} = \delta_j^{(l)} a_i^{(l-1)}"),
    (BY_ENTRIES, r"\delta_j^{(l)} = \sum_i \delta_i^{(l+1)} W_{ij}^{(l+1)} \phi'(z_j^{(l)})",
     r"\delta_j^{(l)} = \sum_i \delta_i^{(l+1)} W_{ji}^{(l+1)} \phi'(z_j^{(l)})"),
    (LAYERS, r"\delta^{(L)} = \nabla_{a^{(L)}} C \odot \phi'(z^{(L)})", r"\delta^{(L)} = \nabla_{z^{(L)}} C \odot \phi'(z^{(L)})"),
    (LOSS, r"\frac{\partial J}{\partial \mathbf{o}} = \frac{\partial L}{\partial \mathbf{o}}",
     r"\frac{\partial J}{\partial \mathbf{o}} = \frac{\partial L}{\partial \mathbf{o}} + \mathbf{o}"),
    (LOSS, r"\frac{\partial J}{\partial \mathbf{W}^{(2)}} = \frac{\partial J}{\partial \mathbf{o}} \mathbf{h}^\top + \lambda \mathbf{W}^{(2)}",
     r"\frac{\partial J}{\partial \mathbf{W}^{(2)}} = \frac{\partial J}{\partial \mathbf{o}} \mathbf{h}^\top"),
    (LOSS, r"\frac{\partial J}{\partial \mathbf{h}} = \mathbf{W}^{(2)\top} \frac{\partial J}{\partial \mathbf{o}}",
     r"\frac{\partial J}{\partial \mathbf{h}} = \mathbf{W}^{(2)} \frac{\partial J}{\partial \mathbf{o}}"),
    (LOSS, r"\frac{\partial J}{\partial \mathbf{z}} = \frac{\partial J}{\partial \mathbf{h}} \odot \phi'(\mathbf{z})",
     r"\frac{\partial J}{\partial \mathbf{z}} = \frac{\partial J}{\partial \mathbf{h}} \odot \phi(\mathbf{z})"),
    (LOSS, r"\frac{\partial J}{\partial \mathbf{W}^{(1)}} = \frac{\partial J}{\partial \mathbf{z}} \mathbf{x}^\top + \lambda \mathbf{W}^{(1)}",
     r"\frac{\partial J}{\partial \mathbf{W}^{(1)}} = \frac{\partial J}{\partial \mathbf{h}} \mathbf{x}^\top + \lambda \mathbf{W}^{(1)}"),
    # rows, and layers whose numbers stand in no bracket
    (ROWS, r"\frac{\partial E}{\partial W_{ij}^l} = a_i^{l-1} \delta_j^l", r"\frac{\partial E}{\partial W_{ij}^l} = a_j^{l-1} \delta_i^l"),
    (ROWS, r"\frac{\partial E}{\partial W^l} = (a^{l-1})^\top \delta^l", r"\frac{\partial E}{\partial W^l} = (\delta^l)^\top a^{l-1}"),
    (ROWS, r"\delta^l = \delta^{l+1} (W^{l+1})^\top \odot \phi'(z^l)", r"\delta^l = \delta^{l+1} W^{l+1} \odot \phi'(z^l)"),
    (ROWS, r"\frac{\partial z_j^l}{\partial W_{ij}^l} = a_i^{l-1}", r"\frac{\partial z_j^l}{\partial W_{ij}^l} = a_j^{l-1}"),
    (ROWS, r"\frac{\partial E}{\partial b^L} = \frac{\partial E}{\partial a^L} \odot \phi'(z^L)",
     r"\frac{\partial E}{\partial b^L} = \frac{\partial E}{\partial z^L} \odot \phi'(z^L)"),
    (OUTPUT, r"\frac{\partial E}{\partial z^L} = (y - t) \odot \phi'(z^L)", r"\frac{\partial E}{\partial z^L} = (t - y) \odot \phi'(z^L)"),
    (BATCH, r"\frac{\partial \ell}{\partial X} = G W^\top", r"\frac{\partial \ell}{\partial X} = G W"),
    (BATCH, r"\frac{\partial \ell}{\partial W} = X^\top G", r"\frac{\partial \ell}{\partial W} = X G"),
    (r"For invertible $X$, $%s$.", LOG_DET + r"X^{-\top}", LOG_DET + "X^{-1}"),
    (r"For invertible $X$, $%s$.", LOG_DET + "X^{-T}", LOG_DET + "X^{-1}"),
    (r"Let $x \in \mathbb{R}^n$ and $W \in \mathbb{R}^{n \times n}$. Then $%s$.",
     r"\frac{\partial (W x)}{\partial x} = W", r"\frac{\partial (W x)}{\partial x} = W^\top"),
    (r"We use the numerator layout. For invertible $X$, $%s$.", LOG_DET + "X^{-1}", LOG_DET + r"X^{-\top}"),
    (r"Let $x \in \mathbb{R}^n$, $b \in \mathbb{R}^m$, $W \in \mathbb{R}^{m \times n}$ and $U \in \mathbb{R}^{n \times n}$. In columns "
     r"$\frac{\partial}{\partial x} W x = W^\top$, so $%s$.",
     r"\frac{\partial}{\partial x} U x = U^\top", r"\frac{\partial}{\partial x} U x = U"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "true", "false"), APART, ids=[row[1] for row in APART])
def test_a_wrong_line_is_not_proved(text: str, true: str, false: str) -> None:
    good, bad = read(text % true)[-1], read(text % false)[-1]
    assert (good.outcome in RIGHT, good.role) == (True, "claim")
    assert bad.outcome not in RIGHT or bad.role != "claim"


TRUE = [  # no line is called wrong
    r"Let $L(x) = \prod_{j=1}^n (x - x_j)$. Then $L'(x) = \sum_{i=1}^n \prod_{j \neq i} (x - x_j)$ and $L(x_1) = 0$.",
    r"The price $p_a$ of apples is $2$ and $p_b = 3$. With $p_a = 2 p_c$ we get $p_c = 1$.",
    r"Let $f(z) = \sum_j z_j^2$. Then $\nabla f(z) = 2z$ and $f(2z) = 4 f(z)$.",
    r"The density is $f(x)_t = e^{-x}$, so $f(0) = 1$.",
    r"Let $\ell(\mu, \sigma^2) = \mu + \sigma^2$. Then $\ell(0, 4) = 4$ and $\ell(1, 1) = 2$.",
    r"Let $f(x, y) = x^2 y$. Then $\nabla f(1, 2) \neq \nabla f(2, 1)$, and $\nabla f(a, b) = (2ab, a^2)^\top$.",
    BATCH % r"\nabla_W \ell = X^\top G + \lambda W",  # the loss may have another term
    LAYERS % r"\nabla_{W^{(l)}} C = \frac{1}{m} \delta^{(l)} (a^{(l-1)})^\top",  # it may be a mean
    LAYERS % r"\delta^{(L)} = a^{(L)} - y",
    r"For $l = 1, \dots, L$ let $h^{(l)} = \phi(W^{(l)} h^{(l-1)})$. With skips $h^{(l+1)} = h^{(l)} + \phi(W^{(l+1)} h^{(l)})$.",
    (r"The Gram matrix of $\mathbf{x}_1, \dots, \mathbf{x}_n$. With $a_i = \mathbf{w}^\top \mathbf{x}_i$, $p_i = \sigma(a_i)$ and "
     r"$J = \sum_{i=1}^n [\log(1 + e^{a_i}) - y_i a_i]$ we get, for $\mathbf{X} \in \mathbb{R}^{n \times d}$ made of them, "
     r"$\nabla_{\mathbf w} J = \mathbf{X}^\top (\mathbf p - \mathbf y)$."),
    (r"The entropy is $H(p) = -\sum_{i=1}^m p_i \log_2 p_i$. A coin with $p = 0.25$ has another one, "
     r"$h(p) = -p \ln p - (1 - p) \ln(1 - p)$, with $h'(p) = \ln \frac{1 - p}{p}$."),
    r"For symmetric $X$, $\frac{\partial \operatorname{tr}(X)}{\partial X} = I$ and $\frac{\partial \log\det X}{\partial X} = X^{-1}$.",
]


@pytest.mark.parametrize("text", TRUE)
def test_a_true_line_is_not_called_wrong(text: str) -> None:
    assert [(one.left, one.right, one.detail) for one in read(text) if one.outcome in WRONG] == []
