# ruff: noqa: E501  (a row is a text)
"""Eigenvalues and eigenvectors of matrices of numbers: what the words call so is compared with the matrix."""

from __future__ import annotations

import pytest

from tests.document.lines import RIGHT, WRONG, read

S = r"Let $S = \begin{pmatrix} 5 & 2 \\ 2 & 2 \end{pmatrix}$. "
GOLDEN = r"Let $G = \begin{pmatrix} 2 & 1 \\ 1 & 1 \end{pmatrix}$. "
PAIRS = [  # the text, what is right in it, a slip
    (S + r"The eigenvalues are $\lambda_1 = 6$ and $\lambda_2 = 1$.", r"\lambda_2 = 1", r"\lambda_2 = 2"),
    (S + r"The eigenvalues of $S$ are $\lambda_1 = 6$.", r"\lambda_1 = 6", r"\lambda_1 = 5"),
    (S + r"$S$ has the eigenvalue $\mu = 1$.", r"\mu = 1", r"\mu = -1"),
    (S + r"Unit eigenvectors are $u_1 = (2, 1)/\sqrt5$ and $u_2 = (1, -2)/\sqrt5$.", "(1, -2)", "(1, 2)"),
    (S + r"The unit eigenvectors of $S$ are $u = \frac{1}{\sqrt5}(2, 1)^\top$.", r"\frac{1}{\sqrt5}", r"\frac{1}{\sqrt3}"),
    (S + r"The eigenvalues are $\lambda_1 = 6$ and $\lambda_2 = 1$ with eigenvectors $v_1 = (2, 1)^\top$, $v_2 = (1, -2)^\top$.",
     "(1, -2)", "(2, -1)"),
    (S + r"An eigenvector of $S$ for $\lambda = 6$ is $v = (4, 2)$.", "(4, 2)", "(4, 3)"),
    (r"The Hessian $\begin{pmatrix} 2 & 1 \\ 1 & 2 \end{pmatrix}$ has eigenvalues $\mu_1 = 1$ and $\mu_2 = 3$.", "= 3", "= 2"),
    (r"The matrix $\begin{pmatrix} 0 & 1 \\ 1 & 0 \end{pmatrix}$ has the eigenvectors $a = (1, 1)$, $b = (1, -1)$.", "-1", "-2"),
    (GOLDEN + r"The eigenvalues of $G$ are $\lambda_1 \approx 2.618$ and $\lambda_2 \approx 0.382$.", "0.382", "0.328"),
    (GOLDEN + r"The normalised eigenvectors are $v_1 \approx (0.851, 0.526)$ and $v_2 \approx (-0.526, 0.851)$.", "(-0.526, 0.851)",
     "(-0.526, 0.815)"),
    (GOLDEN + r"The eigenvectors are $v_1 \approx (1, 0.618)$ and $v_2 \approx (1, -1.618)$.", "-1.618", "-1.681"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "right", "slip"), PAIRS, ids=[right for _, right, _ in PAIRS])
def test_what_the_words_call_so_is_compared(text: str, right: str, slip: str) -> None:
    assert text.count(right) == 1
    named = [one for one in read(text) if one.stage == "solution"]
    assert named
    assert all(one.outcome in RIGHT for one in named)
    assert [one for one in read(text.replace(right, slip)) if one.outcome in WRONG]


OPEN = [  # another matrix, another claim, or nothing that is certain
    S + r"The eigenvalues are $\lambda_1 = 7$ and $\lambda_2 = 3$.",  # perhaps of another matrix
    S + r"The eigenvalues of $S + I$ are $\lambda_1 = 7$ and $\lambda_2 = 2$.",
    S + r"The eigenvalues of $A$ are $\lambda_1 = 6$ and $\lambda_2 = 2$.",
    S + r"If the eigenvalues of $S$ were $\lambda_1 = 6$ and $\lambda_2 = 2$, its determinant would be 12.",
    S + r"The eigenvalues of $S$ are $\lambda_1 = 6$ and $\lambda_2 = 1$, so the condition number is $\kappa = 5$.",
    S + r"The eigenvalues of $S$ are $\lambda_1 = 6$ and $\lambda_2 = 1$, hence $\mu = 3$ lies between them.",
    S + r"The squares of the eigenvalues of $S$ are $\mu_1 = 36$ and $\mu_2 = 1$.",
    S + r"We look for eigenvectors. Start with $v = (1, 0)$.",
    S + "\n\n# Next\n\n" + r"The eigenvalues are $\lambda_1 = 6$ and $\lambda_2 = 2$.",
    GOLDEN + r"The eigenvalues of $G$ are $\lambda_1 \approx 2.619$ and $\lambda_2 \approx 0.382$.",  # the last digit by one
    S + r"With the eigenvectors $v_1 = (2, 1)$, the matrix $S$ becomes diagonal.",
]


@pytest.mark.parametrize("text", OPEN, ids=[text[-60:] for text in OPEN])
def test_what_is_not_certain_is_not_called_wrong(text: str) -> None:
    assert not [one for one in read(text) if one.outcome in WRONG]


def test_an_eigenvalue_that_is_said_twice_is_not_proved() -> None:
    rows = read(S + r"The eigenvalues are $\lambda_1 = 6$ and $\lambda_2 = 6$.")
    assert not [one for one in rows if one.left.startswith(r"\lambda") and one.outcome in RIGHT and one.stage == "solution"]


def test_an_eigenvector_of_another_eigenvalue_is_not_proved() -> None:
    text = S + r"The eigenvalues are $\lambda_1 = 1$ and $\lambda_2 = 6$ with eigenvectors $v_1 = (2, 1)$ and $v_2 = (1, -2)$."
    assert not [one for one in read(text) if one.left.startswith("v") and one.stage == "solution"]
