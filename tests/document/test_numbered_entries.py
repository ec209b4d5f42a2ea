# ruff: noqa: E501  (a row is a text)
"""Numbers that a text gives to the members of a family one by one, and matrices of numbers that are made of them."""

from __future__ import annotations

import pytest

from tests.document.lines import RIGHT, last_line, read

SVD = r"""Let $A=\begin{pmatrix}3&0\\4&5\end{pmatrix}$ with the SVD $A = U\Sigma V^T$, so $\sigma_1=3\sqrt5$ and $\sigma_2=\sqrt5$.
With $v_1=\frac1{\sqrt2}(1,1)^T$, $v_2=\frac1{\sqrt2}(1,-1)^T$ we obtain $u_1=\frac1{\sqrt{10}}(1,3)^T$ and $u_2=\frac1{\sqrt{10}}(3,-1)^T$. Then"""
COLUMN = r"""For a single column $a \neq 0$ let $P = \frac{a a^T}{a^T a}$. With $a=(1,2,2)^T$ and $b=(3,0,3)^T$ we have"""

APART = [
    (SVD, r"\sigma_1 / \sigma_2 = 3", r"\sigma_1 / \sigma_2 = 9"),
    (SVD, r"\sigma_1 \sigma_2 = 15", r"\sigma_1 \sigma_2 = 3"),
    (SVD, r"\sigma_1 u_1 v_1^T + \sigma_2 u_2 v_2^T = \begin{pmatrix}3&0\\4&5\end{pmatrix}", r"\sigma_1 u_1 v_1^T + \sigma_2 u_2 v_2^T = \begin{pmatrix}3&0\\4&3\end{pmatrix}"),
    (SVD, r"A = \sigma_1 u_1 v_1^T + \sigma_2 u_2 v_2^T", r"A = \sigma_1 u_1 v_1^T - \sigma_2 u_2 v_2^T"),
    (COLUMN, r"a^T b = 9", r"a^T b = 6"),
    (COLUMN, r"P b = (1, 2, 2)^T", r"P b = (1, 2, 1)^T"),
    (COLUMN, r"b - P b = (2, -2, 1)^T", r"b - P b = (2, 2, 1)^T"),
]  # fmt: skip

ONE = r"Let $X = U\Sigma V^T$ be the SVD of $X$ with $\sigma_1 = 4$. Then"
TWO_OF_FIVE = r"Let $\lambda \in \mathbb{R}^5$ with $\lambda_1 = 4$ and $\lambda_2 = 1$. Then"
APART += [  # the numbers of some members only
    (ONE, r"\sigma_1^2 = 16", r"\sigma_1^2 = 8"),
    (TWO_OF_FIVE, r"\lambda_1 + \lambda_2 = 5", r"\lambda_1 + \lambda_2 = 4"),
]
ZERO = r"Let $w_0 = 1$ and $w_1 = 3$, so that"
FIRST = r"Let $a = (a_0, a_1, \dots, a_n)^T$. Then"
CHARACTERISTIC = r"Let $S = \begin{pmatrix} a & b \\ b & c \end{pmatrix}$. Let $a=5$, $b=2$, $c=2$. The characteristic equation is"
APART += [
    (CHARACTERISTIC, r"\det(S-\lambda I)=(5-\lambda)(2-\lambda)-4", r"\det(S-\lambda I)=(5-\lambda)(2-\lambda)-2"),
    (CHARACTERISTIC, r"\det(S-\lambda I)=\lambda^2-7\lambda+6", r"\det(S-\lambda I)=\lambda^2+7\lambda+6"),
    ("Let $a = 1$ and $b = 1$. Then", r"(a + b)^n = (a + b)(a + b)^{n-1}", r"(a b)^n = a^n b^n + a - b"),
]  # fmt: skip
EIGENVALUES = r"Let $Q=\begin{pmatrix}2&1&0\\1&2&1\\0&1&2\end{pmatrix}$. Another matrix had $\lambda_1=5$ and $\lambda_2=2$. For $Q$ put $m=2-\lambda$:"
APART += [  # a letter beside the members of its family
    (EIGENVALUES, r"\det(Q-\lambda I)=m(m^2-1)-m", r"\det(Q-\lambda I)=m(m^2-1)+m"),
    (EIGENVALUES, r"\det(Q-\lambda I)=m^3-2m", r"\det(Q-\lambda I)=m^3-m"),
]
RAYLEIGH = r"""## Exercise 1

From $(P - 5I)v = 0$ we read $v=(1,1)^T$.

## Exercise 2

Let $T=\begin{pmatrix}2&1\\1&3\end{pmatrix}$. The Rayleigh quotient is $R(v)=\frac{v^TTv}{v^Tv}$."""
APART += [  # the numbers of its own section for T, any vector for v
    (RAYLEIGH, r"\frac{\partial R}{\partial v}=\frac{2}{v^Tv}(Tv-R(v)\,v)", r"\frac{\partial R}{\partial v}=\frac{2}{v^Tv}(Tv+R(v)\,v)"),
    (RAYLEIGH, r"v^T T v = 2v_1^2 + 2v_1v_2 + 3v_2^2", r"v^T T v = 2v_1^2 + v_1v_2 + 4v_2^2"),
]
QUOTIENT = r"""At $x=(1,2)^T$ we have $\|x\|^2 = 5$.

# Exercises

For symmetric $A$ put $R(x)=\frac{x^TAx}{x^Tx}$. Let $A=\begin{pmatrix}2&1\\1&2\end{pmatrix}$ and $x=(1,0)^T$. Then"""
APART += [
    (QUOTIENT, r"R(x) = 2", r"R(x) = 3"),
    (QUOTIENT, r"\nabla R(x) = (0, 2)^T", r"\nabla R(x) = (2, 0)^T"),
    (ZERO, r"w = (w_0, w_1)^T = (1, 3)^T", r"w = (w_0, w_1)^T = (3, 1)^T"),
    (ZERO + " $w = (w_0, w_1)^T$ has", r"w_0 + 2 w_1 = 7", r"w_0 + 2 w_1 = 5"),
    (ZERO + " $w = (w_0, w_1)^T$ has", r"\|w\|^2 = 10", r"\|w\|^2 = 4"),
    (FIRST, r"a^T a = \sum_{k=0}^n a_k^2", r"a^T a = \sum_{k=1}^n a_k^2"),
]  # fmt: skip

TRUE = [
    r"The model is $y = \beta_0 + \beta_1 x$ with $\beta = (\beta_0, \beta_1)^T$. Here $\beta_0 = 3$, $\beta_1 = 5$ and $\beta_0 + 2\beta_1 = 13$.",
    r"The weights are $w = \begin{pmatrix} w_0 \\ w_1 \end{pmatrix}$ with $w_0 = 2$, $w_1 = -1$. Then $\|w\|^2 = 5$ and $w_0 w_1 = -2$.",
    r"The iterates are $x_0 = (1, 2)^T$ and $x_1 = (3, 4)^T$, and $x = (1, 1)^T$. Then $x_1 - x_0 = (2, 2)^T$.",
    # places that count from 0
    r"The signal has $x_0 = 1$, $x_1 = 3$, $x_2 = 5$, so $x = (x_0, x_1, x_2)^T = (1, 3, 5)^T$ and $\sum_{k=0}^2 x_k = 9$ and $x_2 - x_1 = 2$.",
    # a letter beside the members of its family
    r"Let $A = \begin{pmatrix} 2 & 1 \\ 1 & 2 \end{pmatrix}$ with $\lambda_1 = 3$ and $\lambda_2 = 1$. Then $\det(A - \lambda I) = (\lambda - 1)(\lambda - 3) = 0$ and $A v = \lambda v$.",
    # another section, another family
    "# One\n\nHere $\\sigma_1 = 3$, $\\sigma_2 = 1$.\n\n# Two\n\nLet $X = U\\Sigma V^T$ be the SVD. Then $\\|X\\|_F^2 = \\sum_i \\sigma_i^2$.",
    r"For $t \ne 0$ we have $\frac{1}{t} \cdot t = 1$, and for a vector $v \ne 0$, $\frac{v^T v}{\|v\|} = \|v\|$.",
]


@pytest.mark.parametrize(("before", "line", "slip"), APART, ids=[row[2][:60] for row in APART])
def test_a_true_line_is_proved_and_its_slip_is_not(before: str, line: str, slip: str) -> None:
    true, false = last_line(before, line)[-1], last_line(before, slip)[-1]
    assert (true.outcome in RIGHT, true.role) == (True, "claim"), true
    assert false.outcome not in RIGHT or false.role != "claim", false


@pytest.mark.parametrize("text", TRUE, ids=[text[:60] for text in TRUE])
def test_what_is_true_is_not_called_wrong(text: str) -> None:
    assert [(one.left, one.right) for one in read(text) if one.outcome.value in {"refuted", "malformed"}] == []
