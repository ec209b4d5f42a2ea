# ruff: noqa: E501  (a row is a text)
r"""What the name of a factorization says: a true line is proved, its slip is not.

PAIRS: what stands before, a true line, a slip of it that is called wrong, or left open where APART says so.
"""

from __future__ import annotations

import pytest

from tests.document.lines import RIGHT, WRONG, last_line, read

THIN = r"Let $X = U\Sigma V^\top$ be the thin SVD of $X \in \mathbb{R}^{n \times d}$."
SVD = r"With the SVD $X = U S V^\top$ of $X \in \mathbb{R}^{n \times d}$,"
BOLD = r"Let $\mathbf{X} \in \mathbb{R}^{n \times d}$ have the thin SVD $\mathbf{X} = \mathbf{U}\mathbf{D}\mathbf{V}^\top$."
SPECTRAL = r"Let $A$ be symmetric with eigendecomposition $A = Q\Lambda Q^\top$, where $\Lambda = \operatorname{diag}(\lambda_1, \dots, \lambda_n)$."
SILENT = r"The spectral theorem gives $A = Q\Lambda Q^\top$, and with it"
VALUES = r"Let $A \in \mathbb{R}^{n\times n}$ be symmetric, and let $\lambda_1 \geq \dots \geq \lambda_n$ be the eigenvalues of $A$."
VECTORS = r"Let the symmetric matrix $A$ have eigenvalues $\lambda_1, \dots, \lambda_n$ with orthonormal eigenvectors $v_1, \dots, v_n$."
POSITIVE = r"Let $H$ be positive definite with eigenvalues $\lambda_1, \dots, \lambda_n$."
BOTH = r"Let $A$ be a real symmetric matrix with orthonormal eigenvectors $q_1, \dots, q_n$ and eigenvalues $\lambda_1, \dots, \lambda_n$."
COLUMNS = r"Let $A$ be symmetric. Write $A = Q\Lambda Q^\top$ with orthonormal eigenvectors $q_j$ in the columns of $Q$ and eigenvalues $\lambda_j$ on the diagonal of $\Lambda$."
BASIS = r"Every symmetric $A$ has an orthonormal basis of eigenvectors $q_1, \dots, q_n$, so that $A = Q\Lambda Q^\top$ where $\Lambda = \operatorname{diag}(\lambda_1, \dots, \lambda_n)$."
ITS = r"Let $S$ be a real symmetric $n\times n$ matrix, and let $\mu_1, \dots, \mu_n$ and $u_1, \dots, u_n$ be its eigenvalues and orthonormal eigenvectors."
FOLLOWING = r"The Hessian $H$ is symmetric. Denote its eigenvalues by $\lambda_1 \ge \dots \ge \lambda_d$ and let $q_1, \dots, q_d$ be the corresponding orthonormal eigenvectors."
EQUATION = r"A symmetric matrix $A$ has an orthonormal basis of eigenvectors $v_1,\dots,v_n$ with $A v_i = \lambda_i v_i$. Any $x$ can be written $x = \sum_i a_i v_i$."
EIGENPAIRS = r"Let $(\lambda_i, q_i)$ be the eigenpairs of the symmetric matrix $H$ with orthonormal $q_i$."
COVARIANCE = r"The covariance matrix $C$ has orthonormal eigenvectors $u_1,\dots,u_d$ with eigenvalues $\lambda_1 \geq \dots \geq \lambda_d$."
ANEW = r"""Let $A = U\Sigma V^\top$ be the SVD of $A \in \mathbb{R}^{m \times n}$.

Let now $A$ be symmetric with eigenvalues $\lambda_i$ and orthonormal eigenvectors $v_i$."""
GRAM = r"""The covariance matrix of the rows of $X$ is $C = \frac1m X^\top X$.

Let $u_1,\dots,u_d$ be orthonormal eigenvectors of $C$ with eigenvalues $\lambda_1 \geq \dots \geq \lambda_d$."""
BOLD_VECTORS = r"""A real symmetric matrix has an orthonormal basis of eigenvectors. With $U = (\mathbf{u}_1,\dots,\mathbf{u}_n)$ and $\Lambda = \operatorname{diag}(\lambda_1,\dots,\lambda_n)$ we write $A = U\Lambda U^\top = \sum_{i=1}^n\lambda_i\mathbf{u}_i\mathbf{u}_i^\top$."""
COORDINATES = BOLD_VECTORS + r" For $\mathbf{x} = \sum_i c_i\mathbf{u}_i$ we have"
RANK_R = r"Every $X\in\mathbb{R}^{n\times d}$ of rank $r$ has a singular value decomposition $X = U\Sigma V^\top = \sum_{i=1}^r\sigma_i u_i v_i^\top$ with $\sigma_1\ge\dots\ge\sigma_r>0$."
RANK = r"If $X=U\Sigma V^\top$ has full column rank, then with its singular values"

PAIRS = [
    (COLUMNS, r"A^{-1} = Q\Lambda^{-1}Q^\top", r"A^{-1} = Q^\top\Lambda^{-1}Q"),
    (COLUMNS, r"A^2 = Q\Lambda^2Q^\top", r"A^2 = Q\Lambda Q^\top"),
    (THIN, r"X X^\top = U\Sigma^2 U^\top", r"X X^\top = V\Sigma^2 V^\top"),
    (SPECTRAL, r"A^{-1} = Q\Lambda^{-1}Q^\top", r"A^{-1} = Q\Lambda Q^\top"),
    (VALUES, r"\nabla(x^\top A x) = 2Ax", r"\nabla(x^\top A x) = Ax"),
]

APART = [
    (BOLD_VECTORS, r"U\Lambda U^\top = \sum_{i=1}^n\lambda_i\mathbf{u}_i\mathbf{u}_i^\top", r"U\Lambda U^\top = \sum_{i=1}^n\lambda_i^2\mathbf{u}_i\mathbf{u}_i^\top"),
    (COORDINATES, r"\mathbf{x}^\top A\mathbf{x} = \sum_i\lambda_ic_i^2", r"\mathbf{x}^\top A\mathbf{x} = \sum_i\lambda_i^2c_i^2"),
    (COORDINATES, r"\mathbf{x}^\top\mathbf{x} = \sum_i c_i^2", r"\mathbf{x}^\top\mathbf{x} = \sum_i c_i"),
    (RANK_R, r"X^\top X = V\Sigma^\top U^\top U\Sigma V^\top", r"X^\top X = V\Sigma^\top U U^\top\Sigma V^\top"),
    (RANK_R, r"X^\top X = \sum_{i=1}^r\sigma_i^2 v_i v_i^\top", r"X^\top X = \sum_{i=1}^r\sigma_i v_i v_i^\top"),
    (RANK_R, r"X v_i = \sigma_i u_i", r"X v_i = \sigma_i v_i"),
    (ITS, r"S u_k = \mu_k u_k", r"S u_k = \mu_k^2 u_k"),
    (ITS, r"S = \sum_{k=1}^n \mu_k u_k u_k^\top", r"S = \sum_{k=1}^n \mu_k u_k^\top u_k"),
    (FOLLOWING, r"q_i^\top H q_i = \lambda_i", r"q_i^\top H q_i = \lambda_i^2"),
    (EQUATION, r"x^\top A x = \sum_i \lambda_i a_i^2", r"x^\top A x = \sum_i \lambda_i a_i"),
    (EQUATION, r"(I - \alpha A)x = \sum_i (1 - \alpha\lambda_i) a_i v_i", r"(I - \alpha A)x = \sum_i (1 + \alpha\lambda_i) a_i v_i"),
    (EIGENPAIRS, r"H = \sum_i \lambda_i q_i q_i^\top", r"H = \sum_i q_i q_i^\top"),
    (EIGENPAIRS, r"(H + \lambda I)^{-1} = \sum_i \frac{1}{\lambda_i + \lambda} q_i q_i^\top", r"(H + \lambda I)^{-1} = \sum_i \frac{1}{\lambda_i - \lambda} q_i q_i^\top"),
    (COVARIANCE, r"u_j^\top C u_j = \lambda_j u_j^\top u_j", r"u_j^\top C u_j = \lambda_j^2 u_j^\top u_j"),
    (COVARIANCE, r"\operatorname{tr} C = \sum_{j=1}^d \lambda_j", r"\operatorname{tr} C = \prod_{j=1}^d \lambda_j"),
    (GRAM, r"u_j^\top C u_j = \lambda_j", r"u_j^\top C u_j = \lambda_j^2"),
    (GRAM, r"\operatorname{tr} C = \sum_{j=1}^d \lambda_j", r"\operatorname{tr} C = \prod_{j=1}^d \lambda_j"),
    (GRAM, r"C = \sum_{j=1}^d \lambda_j u_j u_j^\top", r"C = \sum_{j=1}^d \lambda_j u_j^\top u_j"),
    (GRAM, r"C^\top = C", r"C^\top = -C"),
    (ANEW, r"A^2 = \sum_i \lambda_i^2 v_i v_i^\top", r"A^2 = \sum_i \lambda_i v_i v_i^\top"),
    (RANK + " we have a solution. Ridge regression damps it:", r"(X^\top X+\alpha I)^{-1}X^\top y=\sum_i\frac{\sigma_i}{\sigma_i^2+\alpha}(u_i^\top y)v_i", r"(X^\top X+\alpha I)^{-1}X^\top y=\sum_i\frac{\sigma_i^2}{\sigma_i^2+\alpha}(u_i^\top y)v_i"),
    (RANK, r"(X^\top X)^{-1}X^\top y=\sum_i\frac{u_i^\top y}{\sigma_i}v_i", r"(X^\top X)^{-1}X^\top y=\sum_i\frac{u_i^\top y}{\sigma_i^2}v_i"),
    (BOTH, r"A = \sum_{i=1}^n \lambda_i q_iq_i^\top", r"A = \sum_{i=1}^n \lambda_i^2 q_iq_i^\top"),
    (BOTH, r"\operatorname{tr}(A) = \sum_{i=1}^n \lambda_i", r"\operatorname{tr}(A) = \prod_{i=1}^n \lambda_i"),
    (BOTH, r"A q_i = \lambda_i q_i", r"A q_i = \lambda_i^2 q_i"),
    (COLUMNS, r"A = \sum_j \lambda_j q_jq_j^\top", r"A = \sum_j q_jq_j^\top"),
    (BASIS, r"\det A = \prod_i \lambda_i", r"\det A = \sum_i \lambda_i"),
    (THIN, r"X^\top X = V\Sigma^2 V^\top", r"X^\top X = V\Sigma V^\top"),
    (THIN, r"X^\top X v_i = \sigma_i^2 v_i", r"X^\top X v_i = \sigma_i v_i"),
    (THIN, r"X = \sum_{i=1}^d \sigma_i u_i v_i^\top", r"X = \sum_{i=1}^d \sigma_i^2 u_i v_i^\top"),
    (THIN, r"\|X\|_F^2 = \sum_{i=1}^d \sigma_i^2", r"\|X\|_F^2 = \sum_{i=1}^d \sigma_i"),
    (THIN, r"X v_i = \sigma_i u_i", r"X u_i = \sigma_i v_i"),
    (THIN, r"V(\Sigma^2 + \lambda I)^{-1}\Sigma U^\top y = \sum_{i=1}^d \frac{\sigma_i}{\sigma_i^2 + \lambda}(u_i^\top y) v_i", r"V(\Sigma^2 + \lambda I)^{-1}\Sigma U^\top y = \sum_{i=1}^d \frac{\sigma_i^2}{\sigma_i^2 + \lambda}(u_i^\top y) v_i"),
    (SVD, r"X^\top X = V S^2 V^\top", r"X^\top X = V S V^\top"),
    (BOLD, r"\mathbf{X}\mathbf{X}^\top = \sum_j d_j^2 \mathbf{u}_j\mathbf{u}_j^\top", r"\mathbf{X}\mathbf{X}^\top = \sum_j d_j \mathbf{u}_j\mathbf{u}_j^\top"),
    (SPECTRAL, r"A = \sum_{i=1}^n \lambda_i q_i q_i^\top", r"A = \sum_{i=1}^n \lambda_i^2 q_i q_i^\top"),
    (SPECTRAL, r"\operatorname{tr}(A) = \sum_{i=1}^n \lambda_i", r"\operatorname{tr}(A) = \prod_{i=1}^n \lambda_i"),
    (SPECTRAL, r"\det(A) = \prod_{i=1}^n \lambda_i", r"\det(A) = \sum_{i=1}^n \lambda_i"),
    (SILENT, r"x^\top A x = \sum_{i=1}^n \lambda_i (q_i^\top x)^2", r"x^\top A x = \sum_{i=1}^n \lambda_i q_i^\top x"),
    (VALUES, r"\operatorname{tr}(A^2) = \sum_{i=1}^n \lambda_i^2", r"\operatorname{tr}(A^2) = \sum_{i=1}^n \lambda_i"),
    (VALUES, r"\|A\|_F^2 = \sum_{i=1}^n \lambda_i^2", r"\|A\|_F^2 = \sum_{i=1}^n 2\lambda_i^2"),
    (VECTORS, r"A v_i = \lambda_i v_i", r"A v_i = \lambda_i^2 v_i"),
    (VECTORS, r"A^2 v_i = \lambda_i^2 v_i", r"A^2 v_i = 2\lambda_i v_i"),
    (VECTORS, r"v_i^\top A v_i = \lambda_i", r"v_i^\top A v_i = \lambda_i^2"),
    (POSITIVE, r"\log\det H = \sum_{i=1}^n \log\lambda_i", r"\log\det H = \prod_{i=1}^n \log\lambda_i"),
    (POSITIVE, r"\operatorname{tr}(H^{-1}) = \sum_{i=1}^n \frac{1}{\lambda_i}", r"\operatorname{tr}(H^{-1}) = \sum_{i=1}^n \lambda_i"),
]  # fmt: skip

TRUE = [
    # of the matrix alone its eigenvalues say nothing: it may be restricted, or be another one
    r"Let $M$ be a symmetric matrix with eigenvalues $\lambda_1,\dots,\lambda_n$. Let $M$ now be any matrix with $M^\top M = I$. Then $\det(M)^2 = 1$.",
    r"Let $A$ be symmetric with orthonormal eigenvectors $v_i$ and eigenvalues $\lambda_i$. For $A=\begin{pmatrix}2&1\\1&2\end{pmatrix}$ we find $\det A = 3$ and $A^2 = \begin{pmatrix}5&4\\4&5\end{pmatrix}$.",
    r"Let $S$ be symmetric positive definite with eigenvalues $\lambda_i$. A vector $v$ with $S v = \lambda v$ satisfies $v^\top S v = \lambda \|v\|^2$.",
    # in the full SVD U is square
    r"Let $X = U\Sigma V^\top$ be the SVD of $X \in \mathbb{R}^{n \times d}$. Then $U U^\top = I$ and $V V^\top = I$.",
    r"In the full SVD $X = U\Sigma V^\top$ the matrices $U$ and $V$ are orthogonal. Then $U U^\top = I$ and $X^\top X = V\Sigma^\top\Sigma V^\top$.",
    # numbers are an example
    r"The symmetric matrix $A = \begin{pmatrix} 2 & 1 \\ 1 & 2 \end{pmatrix}$ has the eigenvalues $\lambda_1 = 3$ and $\lambda_2 = 1$. Then $\lambda_1 + \lambda_2 = 4$ and $\det A = 3$.",
    # of the square, not of the matrix
    r"Let $X \in \mathbb{R}^{n \times d}$ and let $\lambda_1, \dots, \lambda_d$ be the eigenvalues of $X^\top X$. Then $\|X\|_F^2 = \sum_{i=1}^d \lambda_i$.",
    # the full one may be meant, of which the sum has the first terms only
    RANK_R + r" Here $VV^\top = I$ and $UU^\top = I$.",
    # it speaks of the spectral theorem, and of another product
    r"The spectral theorem holds. Let $D = \operatorname{diag}(d_1, d_2)$ and $A = PDP^\top$. Then $\det A = d_1 d_2 (\det P)^2$.",
    # a matrix that is not symmetric has eigenvalues, too
    r"Let $\lambda_1, \dots, \lambda_n$ be the eigenvalues of $B$. Then $\operatorname{tr}(B B^\top) = \|B\|_F^2$.",
]


@pytest.mark.parametrize(("before", "line", "slip"), PAIRS, ids=[row[2][:50] for row in PAIRS])
def test_a_true_line_is_proved_and_its_slip_called_wrong(before: str, line: str, slip: str) -> None:
    (true,), (false,) = last_line(before, line), last_line(before, slip)
    assert (true.outcome in RIGHT, true.role) == (True, "claim"), true
    assert false.outcome in WRONG, false


@pytest.mark.parametrize(("before", "line", "slip"), APART, ids=[row[2][:50] for row in APART])
def test_a_true_line_is_proved_and_its_slip_is_not(before: str, line: str, slip: str) -> None:
    (true,), (false,) = last_line(before, line), last_line(before, slip)
    assert (true.outcome in RIGHT, true.role) == (True, "claim"), true
    assert false.outcome not in RIGHT, false


@pytest.mark.parametrize("text", TRUE)
def test_no_true_line_is_called_wrong(text: str) -> None:
    assert not [one for one in read(text) if one.outcome in WRONG]
