# ruff: noqa: E501  (a row is a formula)
r"""Lines that need what stands around them, in pairs: as it should be, and with a slip of the pen.

Each row stands for a document of its own: what is said before, the true line, the mutated line. The true one has to pass,
the mutated one has to be caught.
"""

from __future__ import annotations

FAMILIES = [
    # vectors that an index tells apart
    (r"$$L(\mathbf{w}) = \sum_{i=1}^N (y_i - \mathbf{w}^\top \mathbf{x}_i)^2$$",
     r"\nabla_{\mathbf{w}} L = -2 \sum_{i=1}^N (y_i - \mathbf{w}^\top \mathbf{x}_i) \mathbf{x}_i", r"\nabla_{\mathbf{w}} L = -2 \sum_{i=1}^N (y_i - \mathbf{w}^\top \mathbf{x}_i)^2 \mathbf{x}_i"),
    (r"Given $x^{(i)} \in \mathbb{R}^n$ let $J(\theta) = \frac12 \sum_{i=1}^m (\theta^T x^{(i)} - y^{(i)})^2$.",
     r"\frac{\partial J}{\partial \theta_j} = \sum_{i=1}^m (\theta^T x^{(i)} - y^{(i)}) x_j^{(i)}", r"\frac{\partial J}{\partial \theta_j} = \sum_{i=1}^m (\theta^T x^{(i)} + y^{(i)}) x_j^{(i)}"),
    ("", r"\sum_{i=1}^m x^{(i)} + \sum_{i=1}^m y^{(i)} = \sum_{i=1}^m (x^{(i)} + y^{(i)})", r"\sum_{i=1}^m x^{(i)} = m x^{(i)}"),
    # what is said of every entry
    (r"$$\hat{y}_i = w x_i + b, \quad E = \frac1n \sum_{i=1}^n (y_i - \hat{y}_i)^2$$",
     r"\frac{\partial E}{\partial w} = -\frac2n \sum_{i=1}^n x_i (y_i - \hat{y}_i)", r"\frac{\partial E}{\partial w} = \frac2n \sum_{i=1}^n x_i (y_i - \hat{y}_i)"),
    (r"$$p_k = \frac{e^{z_k}}{\sum_{j=1}^K e^{z_j}}$$", r"\frac{\partial p_i}{\partial z_j} = p_i (\delta_{ij} - p_j)", r"\frac{\partial p_i}{\partial z_j} = p_i (\delta_{ij} + p_j)"),
    (r"$$z_j = \sum_{i=1}^n w_{ji} x_i + b_j, \quad a_j = \tanh(z_j)$$", r"\frac{\partial a_j}{\partial b_j} = 1 - a_j^2", r"\frac{\partial a_j}{\partial b_j} = 1 + a_j^2"),
    (r"Let $A \in \mathbb{R}^{n \times n}$ and $C = A A^T$.", r"c_{ij} = \sum_{k=1}^n a_{ik} a_{jk}", r"c_{ij} = \sum_{k=1}^n a_{ik} a_{kj}"),
    # shifted indices, a bias
    ("", r"\sum_{i=1}^{n-1} (x_{i+1} - x_i) = x_n - x_1", r"\sum_{i=1}^{n-1} (x_{i+1} - x_i) = x_n"),
    ("", r"\frac{\partial}{\partial w_0} \left(w_0 + \sum_{i=1}^n w_i x_i\right) = 1", r"\frac{\partial}{\partial w_0} \left(w_0 + \sum_{i=1}^n w_i x_i\right) = 0"),
    # layers
    (r"$$z^{(1)} = W^{(1)} x + b^{(1)}, \quad a^{(1)} = \sigma(z^{(1)}), \quad z^{(2)} = W^{(2)} a^{(1)} + b^{(2)}, \quad L = \frac12 \|z^{(2)} - y\|^2$$ where $\sigma(z) = \frac{1}{1+e^{-z}}$ and $W^{(1)} \in \mathbb{R}^{h \times n}$, $x \in \mathbb{R}^n$.",
     r"\frac{\partial L}{\partial W^{(2)}} = (z^{(2)} - y) (a^{(1)})^T", r"\frac{\partial L}{\partial W^{(2)}} = (y - z^{(2)}) (a^{(1)})^T"),
]  # fmt: skip

BESIDE = [
    # conditions in the sentence of a claim
    (r"The ReLU is $r(x) = \max(0, x)$. For $x > 0$ we have", r"r'(x) = 1", r"r'(x) = 0"),
    (r"Let $\ell(m) = \max(0, 1 - m)$ and $m = y f$. For $m < 1$", r"\frac{\partial \ell}{\partial f} = -y", r"\frac{\partial \ell}{\partial f} = y"),
    (r"$$p_k = \frac{e^{z_k}}{\sum_{j=1}^K e^{z_j}}$$ **Case $i \neq j$.** Then", r"\frac{\partial p_i}{\partial z_j} = -p_i p_j", r"\frac{\partial p_i}{\partial z_j} = p_i p_j"),
    # words say what matrices are
    (r"Let $Q \in \mathbb{R}^{n \times n}$ be symmetric positive definite and $f(x) = \frac12 x^\top Q x - b^\top x$.", r"\nabla f(x) = Qx - b", r"\nabla f(x) = Qx + b"),
    (r"Let $S = U D U^\top$ with $U^\top U = I$.", r"S^2 = U D^2 U^\top", r"S^2 = U D U^\top D"),
    # what stands under an inverse has full rank
    (r"Let $X \in \mathbb{R}^{m \times n}$ and $H = X (X^T X)^{-1} X^T$.", r"H^2 = H", r"H^2 = 2H"),
    # squares and numbers
    (r"Let $\mu = \frac1m \sum_{i=1}^m x_i$ and $\sigma^2 = \frac1m \sum_{i=1}^m (x_i - \mu)^2$.", r"\sigma^2 = \frac1m \sum_{i=1}^m x_i^2 - \mu^2", r"\sigma^2 = \frac1m \sum_{i=1}^m x_i^2 + \mu^2"),
    (r"Take $w = (3, 4)^T$ and $x = (6, 4)^T$.", r"w^T x = 34", r"w^T x = 43"),
    (r"With $B = \begin{pmatrix} 2 & 1 \\ 1 & 2 \end{pmatrix}$ we get", r"x^\top B x = 2x_1^2 + 2x_1x_2 + 2x_2^2", r"x^\top B x = 2x_1^2 + x_1x_2 + 2x_2^2"),
    ("", r"0.343 \cdot 0.3215 = 0.1103", r"0.343 \cdot 0.3215 = 0.1130"),
    # partial derivatives of a function hold its other parameters fixed
    (r"Let $x = \lambda y$ and $F(x, y, \lambda) = xy - \lambda(x + 2y - 8)$.", r"\frac{\partial F}{\partial y} = x - 2\lambda", r"\frac{\partial F}{\partial y} = x - \lambda"),
    (r"Put $f(x) = x^\top A x$ for $A \in \mathbb{R}^{n \times n}$.", r"\nabla f(x_0) = (A + A^\top) x_0", r"\nabla f(x_0) = 2 A x_0"),
    # the bounds of an antiderivative
    ("", r"\int_1^e \ln x \, dx = [x \ln x - x]_1^e", r"\int_1^e \ln x \, dx = [x \ln x]_1^e"),
]  # fmt: skip

# True lines, and lines that are no claims, in texts that have led to wrong verdicts: none of them is wrong.
NEVER_WRONG = [
    r"Let $y = 2x$. The equation $y' + \frac1x y = \frac1x$ is a linear differential equation. $$y' + \frac{1}{x} y = \frac{1}{x}$$",
    r"On the curve $x^3 + y^3 = 6xy$ we differentiate implicitly: $$\frac{d}{dx}(x^3) + \frac{d}{dx}(y^3) = \frac{d}{dx}(6xy)$$",
    r"The entropy of a fair coin in bits is $$-\frac12 \log \frac12 - \frac12 \log \frac12 = 1$$",
    r"$$p_k = \frac{e^{z_k}}{\sum_{j=1}^K e^{z_j}}, \quad L = -\sum_{k=1}^K y_k \log p_k$$ $$\frac{\partial L}{\partial z_k} = p_k - y_k$$",
    r"For complex numbers $z = x + iy$: $$z \bar z = x^2 + y^2$$",
    r"$$f(x) = g(h(x))$$ $$f(x) = g(h(k(x)))$$ $$f'(x) = g'(h(x)) h'(x)$$",
    r"$$f(x) = 3$$ The chain rule: $$(f(g(x)))' = f'(g(x)) g'(x)$$",
    r"Let $X = U S V^T$ be the singular value decomposition. $$X^T X = V S^2 V^T$$",
    r"Which $c$ is best? $$\frac{d}{dc} \sum_{i=1}^n (c - y_i)^2 = 2n(c - \bar{y})$$ which is zero for $c = \bar{y} = \frac1n \sum_{i=1}^n y_i$.",
    r"With $u = 1 + x^2$ we have $du = 2x \, dx$.", r"$$\theta_{t+1} = \theta_t - \eta g_t$$", r"$$\sqrt{4 + t} \approx 2 + \frac{t}{4}$$",
    r"Let $A, B$ be square. $$\det(cA) = c^n \det A$$", r"$$\|u \times v\|^2 = \|u\|^2 \|v\|^2 - (u \cdot v)^2$$",
    r"Let $y = x^x$ with $x > 0$. Taking logs, $\ln y = x \ln x$.", r"Since $m_i \in \{0, 1\}$, $m_i^2 = m_i$.",
    r"For $u > 0$ the derivative of $\phi(u) = |u|$ is $\phi'(u) = 1$, for $u < 0$ it is $\phi'(u) = -1$.",
]  # fmt: skip

# False lines that must never be called proved, whatever stands around them.
NEVER_PROVED = [  # text, the false line in it
    (r"Let $\bar y = \frac1n \sum_{i=1}^n y_i$. $$\frac{2}{n} \sum_{i=1}^n (c - y_i) = 2n (c - \bar{y})$$ which is zero for $c = \bar{y}$.", "2n"),
    (r"At $x = 0$ nothing happens. $$\cosh^2 x + \sinh^2 x = 1$$", "cosh"), (r"$$0.9^{50} = 0.0515$$", "0.0515"),
    (r"The derivative is $r'(x) = 1$ for $x > 0$ and $r'(x) = 0$ for $x < 0$, where $r(x) = \max(0, x)$. $$r'(x) = \begin{cases} x & \text{if } x > 0 \\ 0 & \text{if } x < 0 \end{cases}$$", "cases"),
    (r"$$10^{2000} = 10^{2000} + 1$$", "2000"),
]  # fmt: skip
