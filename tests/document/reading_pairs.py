# ruff: noqa: E501  (a row is a formula)
r"""What documents say between and beside their formulas, in pairs: what stands before, the true line, the mutated line.

CAUGHT: the true line passes, the mutated one is called wrong. APART: the true one passes, the mutated one does not.
"""

from __future__ import annotations

CAUGHT = [
    # functions made of functions
    (r"For $f, g: \mathbb{R} \to \mathbb{R}$:", r"(g \circ f)'(x) = g'(f(x)) f'(x)", r"(g \circ f)'(x) = g'(x) f'(x)"),
    (r"For $f, g: \mathbb{R} \to \mathbb{R}$:", r"(fg)'(x) = f'(x) g(x) + f(x) g'(x)", r"(fg)'(x) = f'(x) g(x) - f(x) g'(x)"),
    (r"Let $f(x) = x^2$ and $g(x) = x + 1$.", r"(f \circ g)(2) = 9", r"(g \circ f)(2) = 9"),
    (r"Let $f(x) = x^2$ and $g(x) = x + 1$.", r"(f \circ g)'(2) = 6", r"(f \circ g)'(2) = 5"),
    # primes of statisticians
    (r"Primes denote transposes. $y$ is $n \times 1$, $X$ is $n \times k$, $b$ is $k \times 1$ and $S(b) = (y - Xb)'(y - Xb)$.", r"\frac{\partial S}{\partial b} = 2X'(Xb - y)", r"\frac{\partial S}{\partial b} = X'(Xb - y)"),
    (r"Let $X$ be an $n \times k$ matrix with $X'X = A$ and $S(b) = (y - Xb)'(y - Xb)$ for a $k$-vector $b$ and an $n$-vector $y$.", r"\frac{\partial^2 S}{\partial b \, \partial b'} = 2X'X", r"\frac{\partial^2 S}{\partial b \, \partial b'} = X'X"),
    (r"Here $X'X$ is invertible and $\sigma(x) = 1/(1+e^{-x})$.", r"\sigma'(x) = \sigma(x)(1 - \sigma(x))", r"\sigma'(x) = \sigma(x)(1 + \sigma(x))"),
    # cases in a sentence
    ("Let $f(x) = x$ if $x > 0$ and $f(x) = -x$ otherwise.", "f(-3) = 3", "f(-3) = -3"),
    (r"For $\kappa > 0$ let $h(r) = \frac12 r^2$ when $|r| \le \kappa$ and $h(r) = \kappa(|r| - \frac12\kappa)$ otherwise. With $\kappa = 1$,", "h(-3) = 2.5", "h(-3) = 4.5"),
    ("Let $f(x) = x$ if $x > 0$ and $f(x) = -x$ otherwise.", "f(x) = |x|", "f(-2) = 5"),
    (r"The delta is $\delta_{ij} = 1$ if $i = j$ and $\delta_{ij} = 0$ otherwise.", r"\sum_j \delta_{ij} \delta_{jk} = \delta_{ik}", r"\sum_j \delta_{ij} \delta_{jk} = \delta_{ij}"),
    # what is supposed for a sentence
    (r"Let $A \in \mathbb{R}^{n \times n}$ and $w \in \mathbb{R}^n$. If $A$ is symmetric, then", r"\nabla_w (w^\top A w) = 2 A w", r"\nabla_w (w^\top A w) = A w"),
    (r"Let $x \in \mathbb{R}^n$ and $r = \left(\sum_i x_i^2\right)^{1/2}$ with $r > 0$. If $\phi = e^{-r^2/2}$ then", r"\partial_i\phi = -x_i\phi", r"\partial_i\phi = x_i\phi"),
    (r"For $x > 0$ the quotient rule gives, with $q(x) = \frac{x}{1 + |x|}$,", r"q'(x) = \frac{1}{(1 + x)^2}", r"q'(x) = \frac{1}{1 + x}"),
    (r"Let $A$ have the eigenvalues $\mu > 0$ and $L > \mu$ and let $\eta = \frac{2}{L+\mu}$. Then", r"\max(|1-\eta L|, |1-\eta\mu|) = \frac{L-\mu}{L+\mu}", r"\max(|1-\eta L|, |1-\eta\mu|) = \frac{L+\mu}{L-\mu}"),
    # identities with a size, columns that are orthonormal
    (r"Let $X \in \mathbb{R}^{n \times d}$.", r"(X^T X + \lambda I_d)^{-1} X^T = X^T (X X^T + \lambda I_n)^{-1}", r"(X^T X + \lambda I_d)^{-1} X^T = 2 X^T (X X^T + \lambda I_n)^{-1}"),
    (r"Let $V_r \in \mathbb{R}^{d \times r}$ have orthonormal columns and let $P = V_r V_r^T$.", r"\operatorname{tr} P = r", r"\operatorname{tr} P = d"),
    (r"There is an orthogonal $Q \in \mathbb{R}^{n \times n}$ and a diagonal matrix $D \in \mathbb{R}^{n \times n}$ with $S = Q D Q^T$.", r"S Q = Q D", r"S Q = D Q"),
    # sequences
    (r"$H_n = \sum_{k=1}^n \frac1k$ with $H_0=0$.", r"\sum_{k=1}^n H_k = (n+1)H_n - n", r"\sum_{k=1}^n H_k = n H_n - n"),
    (r"Let $a_n = 2^n + 1$, so $a_0 = 2$.", r"a_{n+1} = 2 a_n - 1", r"a_{n+1} = 2 a_n + 1"),
    (r"$h_0 = 0$ and $h_n = 2h_{n-1}+1$ for $n \ge 1$. So", r"h_n = 2^n - 1", r"h_n = 2^n + 2"),
    # solutions
    ("Setting the derivative to zero, $2x - 4 = 0$, so", "x = 2", "x = 3"),
    (r"Let $X \in \mathbb{R}^{m \times n}$, $b \in \mathbb{R}^n$ and $y \in \mathbb{R}^m$. The normal equations $(X^T X + \lambda I) b = X^T y$ give", r"b = (X^T X + \lambda I)^{-1} X^T y", r"b = (X^T X + 2 \lambda I)^{-1} X^T y"),
    # inner products, gradients that do not say of what
    (r"Let $x, y \in \mathbb{R}^n$.", r"\langle x, y \rangle = \frac14 (\|x + y\|^2 - \|x - y\|^2)", r"\langle x, y \rangle = \frac12 (\|x + y\|^2 - \|x - y\|^2)"),
    (r"Let $x \in \mathbb{R}^n$ and $A \in \mathbb{R}^{n \times n}$ be a constant symmetric matrix.", r"\nabla (\tfrac12 x^T A x) = A x", r"\nabla (\tfrac12 x^T A x) = 2 A x"),
    (r"Let $x \in \mathbb{R}^n$.", r"\nabla^2 \|x\| = \frac{1}{\|x\|} \left( I - \frac{x x^\top}{\|x\|^2} \right)", r"\nabla^2 \|x\| = \frac{1}{\|x\|} \left( I + \frac{x x^\top}{\|x\|^2} \right)"),
    # remainders
    ("", r"\tanh(x) = x - \frac{x^3}{3} + O(x^5)", r"\tanh(x) = x - \frac{x^3}{6} + O(x^5)"),
    ("", r"\cos t = 1 - \frac{t^2}{2} + o(t^3)", r"\cos t = 1 - \frac{t^2}{2} + o(t^4)"),
    # derivatives by an index
    (r"Let $x \in \mathbb{R}^n$ and $A \in \mathbb{R}^{n \times n}$.", r"\partial_l \partial_k \sum_i \sum_j A_{ij} x_i x_j = A_{kl} + A_{lk}", r"\partial_l \partial_k \sum_i \sum_j A_{ij} x_i x_j = 2 A_{kl}"),
    # components, other names, rows and columns
    (r"Let $z \in \mathbb{R}^K$ and $s_k(z) = \frac{e^{z_k}}{\sum_{j=1}^K e^{z_j}}$.", r"\frac{\partial s_k}{\partial z_l} = s_k(\delta_{kl} - s_l)", r"\frac{\partial s_k}{\partial z_l} = s_k(1 - s_l)"),
    (r"Let $p = \operatorname{softmax}(z_2)$ for $z_2 \in \mathbb{R}^K$; we write $z$ for $z_2$.", r"\frac{\partial p_i}{\partial z_j} = p_i (\delta_{ij} - p_j)", r"\frac{\partial p_i}{\partial z_j} = p_i (\delta_{ij} + p_j)"),
    (r"$X \in \mathbb{R}^{n \times d}$ is the matrix whose $i$-th row is $x_i^\top$ with $x_i \in \mathbb{R}^d$. Let $y \in \mathbb{R}^n$ and $w \in \mathbb{R}^d$.", r"X^T (Xw - y) = \sum_{i=1}^{n} (x_i^\top w - y_i) x_i", r"X^T (Xw - y) = \sum_{i=1}^{n} (x_i^\top w + y_i) x_i"),
    (r"Let $Z$ be an $m \times p$ matrix whose $i$-th row is $z_i^\top$ with $z_i \in \mathbb{R}^p$. Let $v \in \mathbb{R}^p$.", r"Z^\top Z v = \sum_{i=1}^m (z_i^\top v) z_i", r"Z^\top Z v = \sum_{i=1}^m (v^\top v) z_i"),
    (r"Let $A \in \mathbb{R}^{m \times n}$ have the columns $a_1, \dots, a_n$.", r"A A^T = \sum_{j=1}^n a_j a_j^T", r"A A^T = 2 \sum_{j=1}^n a_j a_j^T"),
    # differentials
    (r"Differentials. Let $p = \operatorname{softmax}(o)$ for $o \in \mathbb{R}^K$.", r"dp = (\operatorname{diag}(p) - pp^T)\,do", r"dp = (\operatorname{diag}(p) + pp^T)\,do"),
    (r"Differentials. Let $X$ be invertible.", r"d(X^{-1}) = -X^{-1}(dX)X^{-1}", r"d(X^{-1}) = X^{-1}(dX)X^{-1}"),
    # numbers that are no longer vectors
    (r"Let $x_i \in \mathbb{R}^d$ with $\sum_i x_i^T x_i = 1$. Let $x_1, \dots, x_n \in \mathbb{R}$ be numbers, $\mu = \frac1n \sum_{i=1}^n x_i$ and $v = \frac1n \sum_{i=1}^n (x_i - \mu)^2$.", r"\frac{\partial v}{\partial x_j} = \frac2n (x_j - \mu)", r"\frac{\partial v}{\partial x_j} = \frac1n (x_j - \mu)"),
    (r"With $\operatorname{tr}$ the trace and the Laplacian $\nabla^2$, let $x \in \mathbb{R}^n$ and $r = \left(\sum_i x_i^2\right)^{1/2}$.", r"\partial_i r = \frac{x_i}{r}", r"\partial_i r = \frac{x_i}{r^2}"),
]  # fmt: skip

APART = [
    # chain rules that give no formulas
    ("", r"\frac{\partial z}{\partial \theta} = \frac{\partial a}{\partial \theta} \frac{\partial b}{\partial a} \frac{\partial z}{\partial b}", r"\frac{\partial z}{\partial \theta} = \frac{\partial a}{\partial \theta} \frac{\partial z}{\partial a} \frac{\partial z}{\partial b}"),
    ("", r"\frac{\partial z}{\partial \theta_q} = \sum_i \frac{\partial a_i}{\partial \theta_q} \sum_j \frac{\partial b_j}{\partial a_i} \frac{\partial z}{\partial b_j}", r"\frac{\partial z}{\partial \theta_q} = \sum_i \sum_j \frac{\partial a_i}{\partial \theta_q} \frac{\partial b_j}{\partial a_j} \frac{\partial z}{\partial b_j}"),
    ("", r"\frac{\partial L}{\partial w_{jk}} = \sum_m \frac{\partial a_m}{\partial w_{jk}} \frac{\partial L}{\partial a_m}", r"\frac{\partial L}{\partial w_{jk}} = \sum_k \frac{\partial a_k}{\partial w_{jk}} \frac{\partial L}{\partial a_k}"),
    (r"$$z = W x + b, \quad a = \tanh(z)$$ for $W \in \mathbb{R}^{m \times n}$, $x \in \mathbb{R}^n$, $b \in \mathbb{R}^m$. Let $\delta = \partial L / \partial a$.", r"\frac{\partial L}{\partial b} = \delta \odot (1 - a \odot a)", r"\frac{\partial L}{\partial b} = \delta \odot (1 + a \odot a)"),
    # Hessians with dots
    (r"For $f: \mathbb{R}^n \to \mathbb{R}$ and $x \in \mathbb{R}^n$,", r"\nabla^2 f(x) = \begin{bmatrix} \frac{\partial^2 f(x)}{\partial x_1^2} & \cdots & \frac{\partial^2 f(x)}{\partial x_1 \partial x_n} \\ \vdots & \ddots & \vdots \\ \frac{\partial^2 f(x)}{\partial x_n \partial x_1} & \cdots & \frac{\partial^2 f(x)}{\partial x_n^2} \end{bmatrix}", r"\nabla^2 f(x) = \begin{bmatrix} \frac{\partial^2 f(x)}{\partial x_1^2} & \cdots & \frac{\partial^2 f(x)}{\partial x_1 \partial x_n} \\ \vdots & \ddots & \vdots \\ \frac{\partial^2 f(x)}{\partial x_n \partial x_1} & \cdots & \frac{\partial^2 f(x)}{\partial x_1^2} \end{bmatrix}"),
    (r"For $f: \mathbb{R}^n \to \mathbb{R}$ and $x \in \mathbb{R}^n$,", r"\nabla^2 f(x) = \nabla (\nabla f(x))^T", r"\nabla^2 f(x) = 2 \nabla (\nabla f(x))^T"),
    # a rule that drops a term drops a differential
    ("Differentials.", r"d(FG) = (dF)G + F(dG)", r"d(FG) = (dF)G"),
    # the layout that the section shows
    (r"Let $A \in \mathbb{R}^{m \times n}$, $x \in \mathbb{R}^n$ and $b \in \mathbb{R}^n$. $$\frac{\partial}{\partial x} \left(x^T A^T A x\right) = 2 A^T A x$$", r"\frac{\partial}{\partial x} (b^T x) = b", r"\frac{\partial}{\partial x} (b^T x) = b^T"),
    # a second equation for a name
    (r"Let $L(w) = \frac{1}{2} \|Xw - y\|^2$. This is", r"L(w) = \frac12 (Xw - y)^T (Xw - y)", r"L(w) = (Xw - y)^T (Xw - y)"),
    # a size that is printed is no new name
    (r"Let $X \in \mathbb{R}^{n \times d}$.", r"\operatorname{tr}(I_d) = d", r"\operatorname{tr}(I_d) = n"),
]  # fmt: skip

# True where they stand: nothing here is wrong.
NEVER_WRONG = [
    r"If the chain is reversible, that is, if $\pi_i p_{ij} = \pi_j p_{ji}$ for all $i, j$, then $$\sum_i \pi_i p_{ij} = \sum_i \pi_j p_{ji}$$",
    r"Set $H = I - \frac{2}{v^T v} v v^T$. Then $Hx = x$ for every $x$ with $v^T x = 0$.",
    r"Suppose $u + v = 1$. We get $(u + v)^2 = u + v$.",
    r"The formula $\nabla_w (w^\top A w) = 2 A w$ holds for symmetric $A$.",
    r"Let $f(0) = 1$, $g(0) = 4$, all other values being zero. Then $(f * g)(0) = 1 \cdot 4$.",
    r"The solution of $F^\top M + MF = -I$ is $M = \frac14 \begin{bmatrix} 5 & 1 \\ 1 & 1 \end{bmatrix}$.",
    r"With $A = I$ we get $\nabla_w \|w\|^2 = 2w$. In general $\nabla_w (w^\top A w) = (A + A^\top) w$.",
    r"The density is $p(x) = \frac{1}{\sqrt{2 \pi} \sigma} e^{-x^2/(2 \sigma^2)}$, and its entropy $$-\int p(x) \log p(x) \, dx = \frac12 \log(2 \pi e \sigma^2)$$",
    r"Let $K(n) = 3K(n/2) + n$ for $n = 2^m$. Since $3^m = n^{\lg 3}$, the running time is small.",
    r"$C_0 = 0$ and $C_n = n-1+\frac2n\sum_{k=0}^{n-1}C_k$ for $n \ge 1$. $$nC_n - (n-1)C_{n-1} = 2C_{n-1} + 2(n-1)$$",
    r"The Lagrangian gives $w = \sum_i \alpha_i y_i x_i$ and $\sum_i \alpha_i y_i = 0$. Hence $$w - b \sum_i \alpha_i y_i = w$$",
    r"The residual vector is $e = y - X b$. $$e^T e = y^T y - 2 b^T X^T y + b^T X^T X b$$",
    r"For instance, if $d = 3$ with singular values $4, 2, 1$, then $\| X \|_F^2 = 16 + 4 + 1 = 21$.",
    r"Let $\mathbf{I}_n$ be the identity and $A \in \mathbb{R}^{n \times n}$. $$\mathbf{I}_n A = A$$",
]  # fmt: skip

# False, or not known: no such line passes.
NEVER_PROVED = [
    ("Let $f(x) = x$ if $x > 0$ and $f(x) = -x$ otherwise. $$f(3) = -3$$", "f(3) = -3"),
    (r"There is an orthogonal $Q \in \mathbb{R}^{n \times n}$ and a diagonal matrix $D$ with $S = Q D Q^T$. $$x^T S x = x^T Q^T D Q x$$", r"x^T S x = x^T Q^T D Q x"),
    (r"Let $A \in \mathbb{R}^{n \times n}$. If $A$ is symmetric, $\nabla_w (w^T A w) = 2 A w$. Now $$\nabla_w (w^T A w) = 2 A w$$", r"$$\nabla_w (w^T A w) = 2 A w$$".strip("$")),
    (r"$$H_n = \ln n + O(1)$$", r"H_n = \ln n + O(1)"),
    (r"$h_0 = 0$ and $h_n = 2h_{n-1}+1$. Then $$h_n = 2^n$$", "h_n = 2^n"),
    (r"Primes are transposes: $X'X$. $$(AB)' = A'B'$$", "(AB)' = A'B'"),
]  # fmt: skip
