"""Derivatives in texts that say what depends on what: a true line is proved, a wrong one is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from calcds.decide.verdict import Outcome
from calcds.document.checking import findings
from calcds.document.extract import cut
from calcds.document.finding import Finding

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


APART = [  # a text, the true line, a wrong one that is not proved
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
    r"For symmetric $X$, $\frac{\partial \operatorname{tr}(X)}{\partial X} = I$ and $\frac{\partial \log\det X}{\partial X} = X^{-1}$.",
]


@pytest.mark.parametrize("text", TRUE)
def test_a_true_line_is_not_called_wrong(text: str) -> None:
    assert [(one.left, one.right, one.detail) for one in read(text) if one.outcome in WRONG] == []
