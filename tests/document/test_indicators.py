r"""Indicators in the forms in which they are printed, of conditions on numbers, on indices, and entry by entry."""

from __future__ import annotations

import pytest

from tests.document.lines import RIGHT, WRONG, assert_told_apart, own_line

SOFTMAX = r"For $z \in \mathbb{R}^K$ let $p_i = \frac{e^{z_i}}{\sum_k e^{z_k}}$ and $L = -\log p_c$."
UNITS = r"Let $z \in \mathbb{R}^n$ and $h_i = \max(0, z_i)$."
LAYER = r"Let $z = Wx + b$ with $W \in \mathbb{R}^{m \times n}$, and $h = \max(0, z)$ entry by entry."
FORMS = [
    r"\mathbb{1}[j = c]", r"\mathbf{1}[j = c]", r"\mathbb{1}\{j = c\}", r"\mathbf{1}(j = c)", r"\mathbb{1}_{j = c}",
    r"\mathbb{1}_{\{j = c\}}", r"[j = c]", r"1[j = c]", r"1\{j = c\}", r"\mathbb{I}[j = c]", r"I(j = c)", r"\delta_{jc}",
]  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_the_gradient_of_a_cross_entropy(form: str) -> None:
    assert_told_apart(SOFTMAX, rf"\frac{{\partial L}}{{\partial z_j}} = p_j - {form}",
                      rf"\frac{{\partial L}}{{\partial z_j}} = p_j + {form}")  # fmt: skip


def test_cases_of_indices() -> None:
    line = r"\frac{\partial L}{\partial z_j} = \begin{cases} p_j - 1 & j = c \\ p_j & j \ne c \end{cases}"
    assert [one.outcome in RIGHT for one in own_line(SOFTMAX, line)] == [True]
    slip = line.replace("p_j - 1", "p_j + 1")
    assert not any(one.outcome in RIGHT for one in own_line(SOFTMAX, slip))


@pytest.mark.parametrize(("before", "line", "slip"), [
    (UNITS, r"\frac{\partial h_i}{\partial z_j} = \mathbb{1}[z_i > 0]\,\delta_{ij}",
     r"\frac{\partial h_i}{\partial z_j} = \mathbb{1}[z_i < 0]\,\delta_{ij}"),
    (r"For a number $x$ let $f(x) = \max(0, x)$.", r"f'(x) = \mathbf{1}\{x > 0\}", r"f'(x) = \mathbf{1}\{x < 0\}"),
    (LAYER, r"\frac{\partial h}{\partial x} = \operatorname{diag}(\mathbf{1}[z > 0])\,W",
     r"\frac{\partial h}{\partial x} = W \operatorname{diag}(\mathbf{1}[z > 0])"),
])  # fmt: skip
def test_rectifiers(before: str, line: str, slip: str) -> None:
    assert [one.outcome in RIGHT for one in own_line(before, line)] == [True]
    assert not any(one.outcome in RIGHT for one in own_line(before, slip))


def test_no_indicators() -> None:
    assert own_line("For numbers $x$ and $y$", r"1(x + y) = x + y")[0].outcome in RIGHT
    assert own_line("For numbers $x$ and $y$", r"1[x + y] = x - y")[0].outcome in WRONG


def test_a_softmax_with_a_temperature_is_another_one() -> None:
    before = SOFTMAX.replace("and", r"and $p_i(\tau) = \frac{e^{z_i / \tau}}{\sum_k e^{z_k / \tau}}$, and")
    true = own_line(before, r"\frac{\partial L}{\partial z_j} = p_j - \delta_{jc}")
    assert not any(one.outcome in WRONG for one in true)


@pytest.mark.parametrize(("line", "slip"), [
    (r"\frac{\partial p_i(\tau)}{\partial z_j} = \frac1\tau p_i(\tau)(\delta_{ij} - p_j(\tau))",
     r"\frac{\partial p_i(\tau)}{\partial z_j} = p_i(\tau)(\delta_{ij} - p_j(\tau))"),
    (r"\frac{\partial p_i(\tau)}{\partial \tau} = -\frac{1}{\tau^2} p_i(\tau) \left(z_i - \sum_j p_j(\tau) z_j\right)",
     r"\frac{\partial p_i(\tau)}{\partial \tau} = \frac{1}{\tau^2} p_i(\tau) \left(z_i - \sum_j p_j(\tau) z_j\right)"),
    (r"\frac{\partial p_i}{\partial z_j} = p_i(\delta_{ij} - p_j)",
     r"\frac{\partial p_i}{\partial z_j} = p_i(p_j - \delta_{ij})"),
    (r"p_i(1) = p_i", r"p_i(1) = 1 - p_i"),
])  # fmt: skip
def test_a_softmax_with_a_temperature_is_a_function_of_it(line: str, slip: str) -> None:
    before = SOFTMAX.replace("and", r"and $p_i(\tau) = \frac{e^{z_i / \tau}}{\sum_k e^{z_k / \tau}}$, and")
    assert_told_apart(before, line, slip)
