# ruff: noqa: E501, ISC004  (a row is a text)
r"""Claims that look like conditions, and shapes that a line itself shows: a true line is proved, its slip is not.

PAIRS: what stands before, a true line, a slip of it that is called wrong. APART: one that is not proved, at least. TRUE: texts in
which no line is wrong, as the rules for the lines above might think.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from calcds.document.checking import findings
from calcds.document.source.extract import cut
from calcds.document.weighing.meant import Meaning
from calcds.document.words.models import is_model
from calcds.expr.kinds import Dim, Matrix, Real, Vector
from tests.document.lines import RIGHT, WRONG, assert_told_apart, own_line, read

SOLVES = r"Let $A \in \mathbb{R}^{n \times n}$ be symmetric positive definite, $b \in \mathbb{R}^n$ and $f(x) = \frac12 x^T A x - b^T x$. The minimiser $x^*$ solves $A x^* = b$."
AXES = r"Let $A \in \mathbb{R}^{m \times n}$, $x, y \in \mathbb{R}^n$ and $z \in \mathbb{R}^m$."
EIGEN = r"A number $\lambda$ is an eigenvalue of the $n \times n$ matrix $A$ if $Av = \lambda v$ for some $v \neq 0$."
ROWS = r"Let $x_i \in \mathbb{R}^d$ be the data and $p \in \mathbb{R}^n$, $y \in \mathbb{R}^n$."
MODEL = r"Let $X \in \mathbb{R}^{n \times p}$ and $y = X\beta + \varepsilon$, and let $S(\beta) = \|y - X\beta\|^2$."
LINE = r"The model is $y_i = \alpha + \beta x_i + u_i$. Put $S(\alpha, \beta) = \sum_{i=1}^n (y_i - \alpha - \beta x_i)^2$."

SOFTMAX = r"The cross-entropy compares the labels $y_k$ with $p_k = \frac{e^{z_k}}{\sum_{j=1}^K e^{z_j}}$."

PAIRS = [
    # two lengths are compared; a sum of numbers is no value at a point
    (r"Let $u = (3, 4)^\top$. The norm is small, while its square rises to", r"\|u\|^2 = 25", r"\|u\| = 25"),
    (r"Let $u = (\tfrac76, \tfrac32)^\top$ and $v = (1, \tfrac43)^\top$. We find $\|v\| \approx 1.667$ while", r"\|u\| \approx 1.900", r"\|u\| \approx 1.612"),
    (r"Let $H = \begin{pmatrix} 5 & 2 \\ 2 & 5 \end{pmatrix}$. At this point", r"\operatorname{tr} H = \frac{10+10}{2} = 10", r"\operatorname{tr} H = \frac{10+10}{2} = 20"),
    # an equation that says what a name is by what it does
    (SOLVES, r"\nabla f(x) = A(x - x^*)", r"\nabla f(x) = 2A(x - x^*)"),
    (SOLVES, r"f(x) - f(x^*) = \frac12 (x - x^*)^T A (x - x^*)", r"f(x) - f(x^*) = (x - x^*)^T A (x - x^*)"),
    (EIGEN, r"(A + cI)v = (\lambda + c)v", r"(A + cI)v = (\lambda - c)v"),
    (EIGEN, r"A^3 v = \lambda^3 v", r"A^3 v = \lambda^2 v"),
    # the a_ij are the entries of A, the x_i the rows of X, the p_i the entries of p
    (r"For a $2 \times 2$ matrix", r"\det(A - \lambda I) = \lambda^2 - (a_{11} + a_{22})\lambda + (a_{11}a_{22} - a_{12}a_{21})", r"\det(A - \lambda I) = \lambda^2 + (a_{11} + a_{22})\lambda + (a_{11}a_{22} - a_{12}a_{21})"),
    (r"For a $2 \times 2$ matrix", r"\operatorname{tr}(A) = a_{11} + a_{22} + a_{12} - a_{12}", r"\operatorname{tr}(A) = a_{11} - a_{22} + a_{12} - a_{12}"),
    (ROWS, r"\sum_{i=1}^n (p_i - y_i) x_i = X^\top (p - y)", r"\sum_{i=1}^n (p_i - y_i) x_i = X^\top (y - p)"),
    (r"Let $y = X\beta + \varepsilon$ where $x_i^\top$ is row $i$ of $X \in \mathbb{R}^{n \times p}$.", r"X^\top X = \sum_{i=1}^n x_ix_i^\top", r"X^\top X = 2\sum_{i=1}^n x_ix_i^\top"),
    (r"The matrix with rows $x_i^\top$ of $X \in \mathbb{R}^{n \times p}$ is tall.", r"X^\top X = \sum_{i=1}^n x_ix_i^\top", r"X^\top X = -\sum_{i=1}^n x_ix_i^\top"),
    # data do not change with the parameters of their model
    (MODEL, r"\nabla S(\beta) = -2X^\top(y - X\beta)", r"\nabla S(\beta) = 2X^\top(y - X\beta)"),
    (MODEL, r"\nabla^2 S(\beta) = 2X^\top X", r"\nabla^2 S(\beta) = 2X X^\top"),
    (LINE, r"\frac{\partial S}{\partial \alpha} = -2\sum_{i=1}^n (y_i - \alpha - \beta x_i)", r"\frac{\partial S}{\partial \alpha} = 2\sum_{i=1}^n (y_i - \alpha - \beta x_i)"),
    # p (1 - p) is a product, whatever p(x) is elsewhere
    (r"The mass function is $p(x)$. Let $k, n$ be numbers.", r"\frac{k}{p} - \frac{n - k}{1 - p} = \frac{k - np}{p(1 - p)}", r"\frac{k}{p} - \frac{n - k}{1 - p} = \frac{k - p}{p(1 - p)}"),
    # sizes in words hold from where they are said
    (r"For $A \in \mathbb{R}^{m \times n}$ we have $\operatorname{tr}(A^\top A) = \|A\|_F^2$. Let $A$ now be square of size $n$ and $c$ a real number. Then", r"\det(cA) = c^n\det(A)", r"\det(cA) = c\det(A)"),
    (r"For $A \in \mathbb{R}^{m \times n}$ we have $\operatorname{tr}(A^\top A) = \|A\|_F^2$. If $A$ is $n \times n$ and $B$ is $m \times m$, then", r"\det(A\otimes B) = (\det A)^m(\det B)^n", r"\det(A\otimes B) = (\det A)^n(\det B)^m"),
    # names that a line itself shows to be vectors or matrices
    (r"Let $A = P D P^{-1}$.", r"A^k = P D^k P^{-1}", r"A^k = P^{-1} D^k P"),
    (r"For invertible $A$ and vectors $u$, $v$:", r"(A + uv^\top)^{-1} = A^{-1} - \frac{A^{-1}uv^\top A^{-1}}{1 + v^\top A^{-1}u}", r"(A + uv^\top)^{-1} = A^{-1} + \frac{A^{-1}uv^\top A^{-1}}{1 + v^\top A^{-1}u}"),
    (r"By hand:", r"\begin{pmatrix}2&1\\0&1\end{pmatrix}^{-1} = I - \frac12\begin{pmatrix}1&1\\0&0\end{pmatrix}", r"\begin{pmatrix}2&1\\0&1\end{pmatrix}^{-1} = I + \frac12\begin{pmatrix}1&1\\0&0\end{pmatrix}"),
    (r"Two classes have the means $\mu_0$ and $\mu_1$ and the symmetric covariance matrix $\Sigma$.", r"\mu_1^\top\Sigma^{-1}\mu_1 - \mu_0^\top\Sigma^{-1}\mu_0 = (\mu_1 - \mu_0)^\top\Sigma^{-1}(\mu_1 + \mu_0)", r"\mu_1^\top\Sigma^{-1}\mu_1 - \mu_0^\top\Sigma^{-1}\mu_0 = (\mu_1 - \mu_0)^\top\Sigma^{-1}(\mu_1 - \mu_0)"),
    (r"Let $M_1 = I - X_1(X_1^\top X_1)^{-1}X_1^\top$.", r"M_1^2 = M_1", r"M_1^2 = 2M_1"),
    (r"With $\mathbf{X}$ of full rank put $\mathbf{P} = \mathbf{X}(\mathbf{X}'\mathbf{X})^{-1}\mathbf{X}'$.", r"\mathbf{P}\mathbf{X} = \mathbf{X}", r"\mathbf{P}\mathbf{X} = 2\mathbf{X}"),
    (r"Let $p \in \mathbb{R}^n$.", r"\operatorname{tr}(\operatorname{diag}(p_i^2)) = \sum_{i=1}^n p_i^2", r"\operatorname{tr}(\operatorname{diag}(p_i^2)) = 2 \sum_{i=1}^n p_i^2"),
    # sizes that fit nothing, and a transpose that would mend it
    (r"For every $\lambda > 0$", r"(X^\top X+\lambda I_p)^{-1}X^\top = X^\top(XX^\top+\lambda I_n)^{-1}", r"(X^\top X+\lambda I_p)^{-1}X^\top = X^\top(X^\top X+\lambda I_n)^{-1}"),
    (r"Let $X \in \mathbb{R}^{n \times p}$, $\beta \in \mathbb{R}^p$ and $y \in \mathbb{R}^n$.", r"\|y - X\beta\|^2 = y^\top y - 2\beta^\top X^\top y + \beta^\top X^\top X\beta", r"\|y - X\beta\|^2 = y^\top y - 2\beta^\top X y + \beta^\top X^\top X\beta"),
    # an index that runs over another size than its array has
    (AXES, r"x^T y = \sum_{i=1}^n x_i y_i", r"x^T y = \sum_{i=1}^m x_i y_i"),
    (AXES, r"(A x)_i = \sum_{j=1}^n A_{ij} x_j", r"(A x)_i = \sum_{j=1}^m A_{ij} x_j"),
    (AXES, r"(A^T z)_j = \sum_{i=1}^m A_{ij} z_i", r"(A^T z)_j = \sum_{i=1}^m A_{ji} z_i"),
    (AXES, r"\|A\|_F^2 = \sum_{i=1}^m \sum_{j=1}^n A_{ij}^2", r"\|A\|_F^2 = \sum_{i=1}^n \sum_{j=1}^m A_{ij}^2"),
    (AXES, r"A^T = \begin{bmatrix} a_{11} & \dots & a_{m1} \\ \vdots & & \vdots \\ a_{1n} & \dots & a_{mn} \end{bmatrix}", r"A^T = \begin{bmatrix} a_{11} & \dots & a_{n1} \\ \vdots & & \vdots \\ a_{1m} & \dots & a_{nm} \end{bmatrix}"),
    (AXES, r"2A = \begin{bmatrix} 2a_{11} & \dots & 2a_{1n} \\ \vdots & & \vdots \\ 2a_{m1} & \dots & 2a_{mn} \end{bmatrix}", r"2A = \begin{bmatrix} 2a_{11} & \dots & 2a_{m1} \\ \vdots & & \vdots \\ 2a_{1n} & \dots & 2a_{mn} \end{bmatrix}"),
    # one number with a power of ten
    (r"By hand:", r"2^{-20} \approx 9.5\cdot10^{-7}", r"2^{-20} \approx 9.6\cdot10^{-7}"),
    (r"By hand:", r"e^{10} \approx 2.203 \times 10^{4}", r"e^{10} \approx 2.203 \times 10^{5}"),
    # the gradient of a function without a formula, at a place that is no variable
    (r"For $h(x) = f(Ax + b)$ with $A \in \mathbb{R}^{m \times n}$, $x \in \mathbb{R}^n$ and $f: \mathbb{R}^m \to \mathbb{R}$ we have", r"\nabla h(x) = A^\top \nabla f(Ax + b)", r"\nabla h(x) = 2A^\top \nabla f(Ax + b)"),
    (r"For $h(x) = f(Ax + b)$ with $A \in \mathbb{R}^{m \times n}$, $x \in \mathbb{R}^n$ and $f: \mathbb{R}^m \to \mathbb{R}$ we have", r"\nabla^2 h(x) = A^\top \nabla^2 f(Ax + b) A", r"\nabla^2 h(x) = -A^\top \nabla^2 f(Ax + b) A"),
    (r"Let $\phi(t) = f(x + td)$ for $f: \mathbb{R}^n \to \mathbb{R}$ and $x, d \in \mathbb{R}^n$.", r"\phi'(t) = \nabla f(x + td)^\top d", r"\phi'(t) = -\nabla f(x + td)^\top d"),
    (r"Let $\phi(t) = f(x + td)$ for $f: \mathbb{R}^n \to \mathbb{R}$ and $x, d \in \mathbb{R}^n$.", r"\phi''(t) = d^\top \nabla^2 f(x + td) d", r"\phi''(t) = 2 d^\top \nabla^2 f(x + td) d"),
    # a quotient with a slash of which the first factor below is a vector
    (r"For the Rayleigh quotient $r(x) = x^TAx/x^Tx$ with $A = A^T$", r"\nabla r(x) = \frac{2}{x^Tx}(Ax - r(x) x)", r"\nabla r(x) = \frac{2}{x^Tx}(Ax + r(x) x)"),
    # a letter that is a function elsewhere
    (r"The Jacobian of $g: \mathbb{R}^n \to \mathbb{R}^m$ is $J$." "\n\n# Search\n\n" r"Let $q(x) = \frac12 x^\top A x - b^\top x$ with symmetric $A$ and $g = \nabla q(x)$.", r"\frac{d}{d\alpha} q(x - \alpha g) = -g^\top(A(x - \alpha g) - b)", r"\frac{d}{d\alpha} q(x - \alpha g) = -g^\top(A(x - \alpha g) + b)"),
    # a condition in plain words behind the line; the sign at a limit
    (r"Let $a$ be real. (We need $\sqrt{a^2} = |a|$.)", r"\lim_{x \to 0+} x \ln x = 0", r"\lim_{x \to 0+} x \ln x = 1"),
    # substitutions in integrals
    (r"With $u = x^2$ we have", r"du = 2x\,dx", r"du = x\,dx"),
    (r"In $\mathbb{R}^d$, put $v = \sin x$.", r"dv = \cos x \, dx", r"dv = -\cos x \, dx"),
    (r"Substitute $x = \tan\theta$.", r"dx = \frac{1}{\cos^2\theta} d\theta", r"dx = -\frac{1}{\cos^2\theta} d\theta"),
    # words that ask for nothing
    (r"The minimal value of $g(t) = t^2 - 2t$, with $t = 1 + s$ for the shift, is given by", r"g(1 + s) = s^2 - 1", r"g(1 + s) = s^2 + 1"),
]  # fmt: skip

APART = [
    # a star between columns of numbers, where the text speaks of convolutions
    (r"The convolution of $x = (1,2,3)$ and $w = (0,1,0.5)$ is", r"x * w = (0,1,2.5,4,1.5)", r"x * w = (0,1,2.5,3,1.5)"),
    (r"We convolve $x = (1,2,3,4)$ with $k = (1,0,-1)$.", r"x * k = (1,2,2,2,-3,-4)", r"x * k = (1,2,2,2,-3,4)"),
    # computed from rounded numbers
    (r"By hand:", r"e^2 + e + 1 \approx 7.389 + 2.718 + 1", r"e^2 + e + 1 \approx 7.389 + 2.728 + 1"),
    (r"With $s(x) = 1/(1 + e^{-x})$ we have", r"s(1)(1 - s(1)) \approx 0.7311 \cdot 0.2689", r"s(1)(1 - s(1)) \approx 0.7311 \cdot 0.2639"),
    (r"The iteration is $x_{k+1} = x_k - \alpha A (x_k - x^*)$ for an $n \times n$ matrix $A$. With $e_k = x_k - x^*$ for the error,", r"x_k - x^* - \alpha A (x_k - x^*) = (I - \alpha A) e_k", r"x_k - x^* - \alpha A (x_k - x^*) = (I + \alpha A) e_k"),
    (r"Let $f(x) = \frac12 x^T A x - b^T x$ for $A \in \mathbb{R}^{n \times n}$ symmetric and $x \in \mathbb{R}^n$." "\n\n# Search\n\n" r"Write $g = \nabla f(x)$.", r"f(x - \alpha g) = f(x) - \alpha g^T g + \frac{\alpha^2}{2} g^T A g", r"f(x - \alpha g) = f(x) - \alpha g^T g + \frac{\alpha}{2} g^T A g"),
    (ROWS, r"\sum_{i=1}^n p_i x_i x_i^\top = X^\top S X, \qquad S = \operatorname{diag}(p_i)", r"\sum_{i=1}^n p_i x_i x_i^\top = 2 X^\top S X, \qquad S = \operatorname{diag}(p_i)"),
    (ROWS + r" Let $W$ be the diagonal matrix with entries $p_i(1 - p_i)$.", r"\sum_{i=1}^n p_i(1 - p_i) x_i x_i^\top = X^\top W X", r"\sum_{i=1}^n p_i x_i x_i^\top = X^\top W X"),
    # labels add up to 1
    (SOFTMAX, r"-\sum_{k=1}^K y_k \ln p_k = -\sum_{k=1}^K y_k z_k + \ln \sum_{j=1}^K e^{z_j}", r"-\sum_{k=1}^K y_k \ln p_k = -\sum_{k=1}^K y_k z_k - \ln \sum_{j=1}^K e^{z_j}"),
    (SOFTMAX, r"-y_j + p_j \sum_{k=1}^K y_k = p_j - y_j", r"-y_j + p_j \sum_{k=1}^K y_k = y_j - p_j"),
    (r"Throughout, $f: \mathbb{R}^n \to \mathbb{R}$ is differentiable, $g_k = \nabla f(x_k)$, and $\sum_k \|g_k\|^2$ is finite.", r"\langle g_k, x_k - x^* \rangle - \frac{1}{2L}\|g_k\|^2 = \frac{L}{2}(\|x_k - x^*\|^2 - \|x_k - x^* - \frac1L g_k\|^2)", r"\langle g_k, x_k - x^* \rangle - \frac{1}{2L}\|g_k\|^2 = \frac{L}{2}(\|x_k - x^*\|^2 - \|x_k - x^* + \frac1L g_k\|^2)"),
]  # fmt: skip

TRUE = [
    "Let $u = (3, 4)^\\top$. While $\\|u\\| = 6$ holds, we go on. It goes on while $\\|u\\| = 6$.",
    r"By parts with $u = x$, $dv = x\,dx$ and $v = x^2/2$ we get it." + " Now it is the turn of the next integral, which is longer." * 4 + r" By parts with $u = \ln x$, $dv = 2x\,dx$ and $v = x^2$.",
    r"$$\frac{6x}{\sqrt{x^2+6x}+x} = \frac{6}{\sqrt{1+6/x}+1}$$ so $\lim_{x\to\infty}(\sqrt{x^2+6x}-x) = 3$.",
    r"Let $d = 3$. By parts with $u = x$ and $dv = e^x dx$ we have $du = dx$ and $v = e^x$.",
    r"The variances are known. Take $X$ standard normal and $Y = X^2$: here $E[XY] = 0$." "\n\n" r"Let $\operatorname{Var}(X) = 4$, $\operatorname{Var}(Y) = 9$ and $\operatorname{Cov}(X, Y) = 3$. Then $\operatorname{Var}(2X - Y) = 16 - 12 + 9 = 13$.",
    r"A random $n$ is drawn from $1, \dots, N$ with probability $1/N$. Then $E[g_n] = \sum_{n=1}^N \frac{1}{N} g_n$.",
    r"The convolution of functions is $(f * g)(t) = \int_{-\infty}^\infty f(s) g(t - s) ds$. It has $f * (g + h) = f * g + f * h$ and $(f * g)' = f' * g$.",
    r"A convolution of $x = (1,2,3,4)$ with $k = (1,0,-1)$ that keeps the middle is $x * k = (2,2)$, and a cross-correlation $x * k = (-2,-2)$.",
    r"To first order $\sqrt{17} \approx 4 + \frac18$ and $\sqrt{1.2} \approx 1 + 0.1 - 0.005$, and $150 = 1.5 \cdot 10^2$.",
    r"We have $\frac{\partial}{\partial X}\operatorname{tr}(AX) = A^\top$. Let $F(\Sigma) = \log\det\Sigma + \operatorname{tr}(\Sigma^{-1}S)$. Then $\partial F/\partial\Sigma = \Sigma^{-1} - \Sigma^{-1}S\Sigma^{-1}$ for symmetric $\Sigma, S$.",
    r"We have $\frac{\partial}{\partial X}\operatorname{tr}(AX) = A^\top$. Let $F(\Sigma) = \log\det\Sigma + \operatorname{tr}(\Sigma^{-1}S)$. Then $\partial F/\partial\Sigma = \Sigma^{-1} - \Sigma^{-1}S\Sigma^{-1}$ for the covariances.",
    r"Consider the system $Bx = b$ for $B \in \mathbb{R}^{m \times n}$. Then $\|Bx - b\|^2 = x^T B^T B x - 2 b^T B x + b^T b$.",
    r"If $Av = \lambda v$ and $Bv = \mu v$, then $(A + B)v = (\lambda + \mu)v$ and $ABv = \lambda\mu v$.",
    r"Let $A$ have the eigenvectors $u$ and $v$, so $Au = \mu u$ and $Av = \lambda v$. Then $u^T A v = \lambda u^T v$.",
    # in some books the x_i are the columns
    r"Let $x_i \in \mathbb{R}^d$ be the data. Then $\sum_{i=1}^n x_i x_i^\top = X X^\top$.",
    r"Let $x_i \in \mathbb{R}^d$ be the data and $p \in \mathbb{R}^n$. Then $\sum_{i=1}^n p_i x_i = X p$.",
    # a model is put in where nothing is differentiated
    r"Let $X \in \mathbb{R}^{n \times p}$ and $y = X\beta + \varepsilon$. Then $(X^\top X)^{-1}X^\top y = \beta + (X^\top X)^{-1}X^\top\varepsilon$.",
    r"Let $f(x) = x + u$ with a number $u$. Then $f'(x) = 1$.",
    # what a word asks for
    r"For the equation $\cos x = x$ let $g(x) = \cos x - x$.",
    r"The points for the curve $x^2 + y^2 = 1$ are on a circle.",
    r"Now $x^2 = 9$ is given. Then $x = 3$ or $x = -3$.",
    # a letter that is a number in one place and a vector in another
    r"We minimise $E(w) + \frac\lambda2 \|w\|^2$. $$\tilde w = (A + \lambda I)^{-1} A w^*$$",
    r"The covariance $s_{xy}$ and the correlation $\rho = s_{xy}/(s_x s_y)$ are numbers. $$\Sigma = \begin{pmatrix} s_x^2 & \rho s_x s_y \\ \rho s_x s_y & s_y^2 \end{pmatrix}, \qquad \det\Sigma = s_x^2 s_y^2 (1 - \rho^2)$$",
    r"A kernel of width $k$ with the stride $s$ has $k + (k - 1)(d - 1) = d(k - 1) + 1$ places.",
    r"Let $p_n(x) = \prod_{j=0}^{n} (x - x_j)$. Then $p_n(x_0) = 0$.",
    r"The factor of conjugation is $T = S^{-1} R S$ for rotations $R$.",
    # another convention than the one that is declared
    r"For $A \in \mathbb{R}^{m \times n}$ let $\|A\|$ be the norm. If $A$ and $B$ are square, then $\det(AB) = \det(A) \det(B)$.",
]  # fmt: skip


@pytest.mark.parametrize(("before", "line", "slip"), PAIRS, ids=[row[2][:50] for row in PAIRS])
def test_a_true_line_is_proved_and_its_slip_called_wrong(before: str, line: str, slip: str) -> None:
    assert_told_apart(before, line, slip)


@pytest.mark.parametrize(("before", "line", "slip"), APART, ids=[row[2][:50] for row in APART])
def test_a_true_line_is_proved_and_its_slip_is_not(before: str, line: str, slip: str) -> None:
    true, false = own_line(before, line), own_line(before, slip)
    assert true[0].outcome in RIGHT, true
    assert true[0].role == "claim", true
    assert false[0].outcome not in RIGHT or false[0].role != "claim", false


@pytest.mark.parametrize("text", TRUE)
def test_no_true_line_is_called_wrong(text: str) -> None:
    assert not [one for one in read(text) if one.outcome in WRONG]


def test_a_definition_that_fits_no_sizes_is_malformed() -> None:
    declared = r"Let $X \in \mathbb{R}^{n \times p}$ and $y \in \mathbb{R}^n$."
    assert own_line(declared, r"\hat\beta = (XX^\top)^{-1}X^\top y")[0].outcome in WRONG
    assert own_line(declared, r"\hat\beta = (X^\top X)^{-1}X^\top y")[0].outcome not in WRONG
    assert own_line("", r"\hat\beta = (XX^\top)^{-1}X^\top y")[0].outcome not in WRONG  # X may be its own transpose there


def test_an_argument_that_is_transposed_is_a_vector_whatever_was_found_before() -> None:
    found = r"The constraint gives $\lambda = 2$, so the solution is $x = 2$. The matrix $A$ is symmetric."
    quadratic = r"Now let $f(x) = \frac12 x^\top A x - b^\top x$ and $u = A^{-1}b$."
    assert own_line(f"{found} {quadratic}", r"f(u) = -\frac12 b^\top A^{-1} b")[0].outcome in RIGHT
    assert own_line(f"{found} {quadratic}", r"f(u) = -\frac12 b^\top b A^{-1}")[0].outcome not in RIGHT  # true of numbers only
    assert own_line(found, r"x^2 A = A x^2")[0].outcome in RIGHT


def test_a_condition_in_plain_words() -> None:
    behind = {"(for x > 0)": RIGHT, "for all x >= 0.": RIGHT, "for x < 0": WRONG, "(for y > 0)": WRONG, "": WRONG}
    for words, outcomes in behind.items():
        assert read(rf"We have $\sqrt{{x^2}} = x$ {words}" + "\n")[0].outcome in outcomes, words


def test_titles_of_plain_text_are_sections() -> None:
    for title in ("PROBLEM 2 (extrema)", "EXTREMA OF TWO VARIABLES", "-" * 20 + "\nPROBLEM 2", "Exercise 2"):
        text = f"EXERCISES\n\nPut $x = \\cos t$.\n\n{title}\n\nLet $f(x) = x^2$. $$f'(x) = 2x$$\n"
        assert findings(cut(Path("sheet.txt"), text))[-1].outcome in RIGHT, title


def test_slides_of_a_text_are_sections() -> None:
    text = "- - - slide {0} - - -\n\nAll $x \\in \\mathbb{{R}}^n$.\n\n= = slide 2 = =\n\nHere $f(x) = x^2$, so $f'(x) = {1}$.\n"
    for slope, outcomes in (("2x", RIGHT), ("x", WRONG)):
        assert findings(cut(Path("slides.txt"), text.format(1, slope)))[-1].outcome in outcomes


def test_numbers_that_are_no_labels_need_not_add_up_to_1() -> None:
    (found,) = own_line(r"Let $y_k$ and $a$ be numbers.", r"-y_j + a \sum_{k=1}^K y_k = a - y_j")
    assert found.outcome not in RIGHT


def test_the_identity_of_an_example_is_not_meant_in_the_next_section() -> None:
    example = "# Check\n\n" r"Let $A = I$ of size $2$ and $u = v = (1,1)^T$. Then $v^T A u = 2$." "\n\n# Derivatives\n\n"
    constant = example + r"Let $b$, $A$ be constant and of fitting size. For vectors $x$ we have $\nabla (x^T A x) = (A + A^T) x$ and"
    (found,) = own_line(constant, r"\frac{\partial}{\partial x} \|Ax - b\|^2 = 2A(Ax - b)")
    assert found.outcome not in RIGHT
    (found,) = own_line(constant, r"\frac{\partial}{\partial x} \|Ax - b\|^2 = 2A^T(Ax - b)")
    assert found.outcome in RIGHT


def test_what_a_claim_rests_on_is_said() -> None:
    (found,) = own_line(SOLVES, r"\nabla f(x) = A(x - x^*)")
    assert found.conditions == ("the equation of line 1 holds",)
    (found,) = own_line(ROWS, r"\sum_{i=1}^n (p_i - y_i) x_i = X^\top (p - y)")
    assert "the x_i are the rows of X" in found.conditions[-1]


def test_an_error_makes_a_model() -> None:
    n, p = Dim("n"), Dim("p")
    x, beta, error = Matrix[n, p].symbol("X"), Vector[p].symbol("beta"), Vector[n].symbol("epsilon")
    assert is_model(x @ beta + error)
    assert not is_model(x @ beta + Vector[n].symbol("b"))
    assert not is_model(Real.symbol("x") + Real.symbol("u"))
    assert not Meaning("", lambda claim: claim).instead


VALUES = [  # a claim in front of a clause that holds for a value, which proves nothing of it; whether the claim is true
    (r"Let $f(x) = x^2$. Then $f'(x) = 2x$, which is $2$ for $x = 1$.", True),
    (r"Let $f(x) = x^2$. Then $f'(x) = 2x^2$, which is $2$ for $x = 1$.", False),
    (r"For every $x$ we have $(x + 1)^2 = x^2 + 2x + 1$, and the value of $x^3$ is $1$ for $x = 1$.", True),
    (r"For every $x$ we have $x^2 = x$, and the value of $x^3$ is $1$ for $x = 1$.", False),
]


@pytest.mark.parametrize(("text", "true"), VALUES)
def test_a_value_holds_for_its_own_clause(text: str, true: bool) -> None:
    found = [one for one in read(text + "\n") if one.left in {"f'(x)", "(x + 1)^2", "x^2"}][-1]
    assert (found.outcome in RIGHT) is true, found
    assert found.outcome not in WRONG


@pytest.mark.parametrize("text", [r"We have $x^2 = 4$, $x^3 = 8$ and $x^4 = 16$ for $x = 2$.", r"Then $y = 3$ and $y^2 = 9$ for $y = 3$."])
def test_a_value_holds_for_all_claims_of_its_clause(text: str) -> None:
    assert not [one for one in read(text + "\n") if one.outcome in WRONG]
    assert [one for one in read(text + "\n") if one.outcome in RIGHT]
