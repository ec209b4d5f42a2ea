# ruff: noqa: E501  (a row is a text)
r"""Names that get a new meaning within one section: the next example of a function, several functions that share a letter.

PAIRS: what stands before, a true line, a slip of it that is called wrong. LAID_DOWN: whether the last equation for a function is the
next example of it, or may be a slip in another form of the last one. TRUE: texts in which no line is wrong.
"""

from __future__ import annotations

import pytest

from calcds.decide.verdict import Outcome
from calcds.document.words.derivations import is_found
from calcds.document.words.prose import NEXT
from calcds.verify.documents import kind_of
from tests.document.lines import RIGHT, WRONG, assert_told_apart, last_line, own_line, read

VECTORS = r"Let $x \in \mathbb{R}^n$. For $f(x) = x^\top x$ we have $\nabla f(x) = 2x$. "
LIKELIHOODS = r"""**Bernoulli.** With $k$ successes in $n$ trials, $\ell(p) = k \ln p + (n - k) \ln(1 - p)$.

**Poisson.** Up to a constant $\ell(\lambda) = -n\lambda + \left(\sum_i x_i\right) \ln\lambda$."""
NORMAL = LIKELIHOODS + r"""

**Normal.** The log-likelihood is
$$ \ell(\mu, \sigma^2) = -\frac n2 \ln(2\pi) - \frac n2 \ln\sigma^2 - \frac{1}{2\sigma^2} \sum_{i=1}^n (x_i - \mu)^2. $$"""
COLONS = r"$$\begin{aligned} g(x,y) &= \ln(x^2 + y^2): & \frac{\partial g}{\partial x} &= \frac{2x}{x^2 + y^2}; \\ h(x,y) &= x e^{-xy}: & \frac{\partial h}{\partial y} &= -x^2 e^{-xy}. \end{aligned}$$"

PARABOLA = r"""Let $f(\theta) = \theta^2$, $f'(\theta) = 2\theta$, $\theta_0 = 2$, $\eta = 0.1$.

**Gradient descent.** $\theta_{k+1} = \theta_k - 0.2\,\theta_k = 0.8\,\theta_k$, so $\theta_k = 2 \cdot 0.8^k$. First values: $\theta_1 = 1.6$, $\theta_2 = 1.28$.
"""
MOMENTUM = PARABOLA + r"""
**Momentum** ($\beta = 0.9$): $m_{k+1} = \beta m_k + f'(\theta_k)$, $\theta_{k+1} = \theta_k - \eta\,m_{k+1}$, $m_0 = 0$.
"""
TWO_STEPS = MOMENTUM + r"""
$$m_1 = 2 \cdot 2 = 4, \qquad \theta_1 = 2 - 0.1 \cdot 4 = 1.6$$"""
NEWTON = TWO_STEPS + r"""

**Newton** needs one step: $\theta_{k+1} = \theta_k - f'(\theta_k)/f''(\theta_k)$."""
SQUARES = r"""Let $\mathbf{X} \in \mathbb{R}^{N \times d}$, $\mathbf{y} \in \mathbb{R}^N$ and $E(\mathbf{w}) = \|\mathbf{X}\mathbf{w} - \mathbf{y}\|^2$. Setting the gradient to zero gives
$$ \mathbf{X}^\top\mathbf{X}\hat{\mathbf{w}} = \mathbf{X}^\top\mathbf{y} \quad\Longrightarrow\quad \hat{\mathbf{w}} = (\mathbf{X}^\top\mathbf{X})^{-1}\mathbf{X}^\top\mathbf{y}. $$
With $\mathbf{H} = \mathbf{X}(\mathbf{X}^\top\mathbf{X})^{-1}\mathbf{X}^\top$ put $\mathbf{r} = \mathbf{y} - \mathbf{X}\hat{\mathbf{w}}$ and $\hat{\mathbf{y}} = \mathbf{X}\hat{\mathbf{w}}$."""
ROOT = r"Let $x \in \mathbb{R}^n$. For the equation $x^2 - a = 0$ the iteration is $x_{k+1} = \frac12 \left(x_k + \frac{a}{x_k}\right)$. Let $a = 2$ and $x_0 = 1$. Then $x_1 = 1.5$."

DESCENT = r"""# Descent

$x_{k+1} = x_k - \eta\,\nabla f(x_k)$.

## By hand

$f(x) = x^2 - 4x + 7$. Start at $x_0 = 0$ with $\eta = 0.1$. Then $x_1 = 0 - 0.1 \cdot (-4) = 0.4$."""
ENTRIES = r"Let $A$ be symmetric positive definite. Then $x^\top A x = x^\top A^\top x$." "\n\n# Matrices\n\n"

EXAMPLE = r"# Example" "\n\n" r"Let $A = \begin{pmatrix} 2 & 1 \\ 1 & 3 \end{pmatrix}$ and $x = (1,2)^\top$. Then $\det A = 5$." "\n\n# Matrices\n\n"
TWO_LETTERS = "Let $f(x,y) = x^2 y + x y^3$.\n\n# The chain rule\n\n"
COMPOSED = TWO_LETTERS + r"Let $\mathbf{g}(s,t) = (st, s + t^2)^\top$ and $f(u,v) = u^2 + 3v$, and $h(s,t) = f(\mathbf{g}(s,t))$."
AGAIN = COMPOSED + "\n\n# The Hessian\n\nFor our first example"
RESIDUALS = r"""Let $A \in \mathbb{R}^{N\times d}$, $\mathbf{y} \in \mathbb{R}^N$ and $\beta \in \mathbb{R}^d$. Write $\hat{\beta} = (A^\top A)^{-1}A^\top\mathbf{y}$.
The residual vector $\mathbf{r} = \mathbf{y} - A\hat{\beta}$ satisfies $A^\top\mathbf{r} = 0$.

Let $W = \operatorname{diag}(w_1,\dots,w_N)$ and $J(\beta) = (\mathbf{y}-A\beta)^\top W(\mathbf{y}-A\beta)"""
WEIGHTED = RESIDUALS + r"= \sum_i w_i r_i^2$, where now $r_i = y_i - (A\beta)_i$."

TWO_EXAMPLES = r"""# One

Let $A = \begin{pmatrix} 2 & 1 \\ 1 & 3 \end{pmatrix}$ and $x = (1,2)^\top$. Then $Ax = (4,7)^\top$.

# Two

Let $A = \begin{pmatrix} 2 & 0 \\ 1 & 3 \end{pmatrix}$ and $x = (1,1)^\top$."""
TWO_FUNCTIONS = r"Let $g(x,y) = e^{xy}$. Then $g(0,0) = 1$." "\n\n" r"**Example.** Let $g(x,y) = x^2 - 2xy + 3y^2 + 4x - 8y$."
FORWARD = r"Let $\mathbf z, \mathbf y \in \mathbb{R}^K$ and $L(\mathbf z) = \|\mathbf z - \mathbf y\|^2$. If $\mathbf z = \mathbf W\mathbf x$ with a $K\times n$ matrix $\mathbf W$, then"

PAIRS = [
    # printed vectors with one entry slightly off, of names that mean something else elsewhere
    (TWO_EXAMPLES, r"Ax = (2, 4)^\top", r"Ax = (2, 3)^\top"),
    (TWO_EXAMPLES, r"A^\top A = \begin{pmatrix} 5 & 3 \\ 3 & 9 \end{pmatrix}", r"A^\top A = \begin{pmatrix} 5 & 2 \\ 2 & 9 \end{pmatrix}"),
    (TWO_FUNCTIONS, r"\nabla g(0,0) = (4, -8)^\top", r"\nabla g(0,0) = (4, 8)^\top"),
    # what is put into a function for a sentence
    (FORWARD, r"\nabla_{\mathbf W} L = 2(\mathbf z - \mathbf y)\mathbf x^\top", r"\nabla_{\mathbf W} L = (\mathbf z - \mathbf y)\mathbf x^\top"),
    (FORWARD, r"\nabla_{\mathbf x} L = 2\mathbf W^\top(\mathbf z - \mathbf y)", r"\nabla_{\mathbf x} L = 2\mathbf W(\mathbf z - \mathbf y)"),
    # derivatives of a function with a formula get no other one
    (r"Let $f(x,y) = x^2 y + 3y^3 - 4x$. Then", r"f_y(x,y) = x^2 + 9y^2", r"f_y(x,y) = x^2 + 6y^2"),
    (r"Let $f(x,y) = x^2 y + 3y^3 - 4x$. Then", r"f_{xy}(x,y) = 2x", r"f_{xy}(x,y) = 3x"),
    # after an example, names are general again; a line with numbers on one side may go on with it
    (EXAMPLE + r"Let $h(x) = \exp(-\frac12\|x\|^2)$ for $x \in \mathbb{R}^n$.", r"\nabla h(x) = -x\,h(x)", r"\nabla h(x) = x\,h(x)"),
    (EXAMPLE + r"Let $h(x) = \exp(-\frac12\|x\|^2)$ for $x \in \mathbb{R}^n$.", r"\nabla^2 h(x) = (xx^\top - I) h(x)", r"\nabla^2 h(x) = (xx^\top + I) h(x)"),
    # a recursion of the section around an example, and its gradient at a number
    (DESCENT, r"x_2 = 0.4 - 0.1 \cdot (0.8 - 4) = 0.72", r"x_2 = 0.4 + 0.1 \cdot (0.8 - 4) = 0.08"),
    (r"Let $f(x) = x^3$.", r"\nabla f(2) = 12", r"\nabla f(2) = 8"),
    (r"Let $f(x) = x^3$.", r"\nabla f(a) = 3a^2", r"\nabla f(a) = 2a^2"),
    # the last function of a name, of numbers though the letters are vectors elsewhere
    (VECTORS + r"**Two variables.** Let $f(x,y) = x^4 + y^2 + xy$.", r"\nabla f = \begin{pmatrix} 4x^3 + y \\ 2y + x \end{pmatrix}", r"\nabla f = \begin{pmatrix} 4x^2 + y \\ 2y + x \end{pmatrix}"),
    (r"Here $f(x) = x - \ln x$ has $f'(1) = 0$. Let $f(x,y) = x^4 + y^2 + xy$.", r"\nabla^2 f = \begin{pmatrix} 12x^2 & 1 \\ 1 & 2 \end{pmatrix}", r"\nabla^2 f = \begin{pmatrix} 12x^2 & 1 \\ 1 & 1 \end{pmatrix}"),
    # what is orthogonal to something is no orthogonal matrix
    (r"The residual $r$ is orthogonal to the columns. Let $r = (-0.5, 0.5, 0.5, -0.5)^\top$.", r"\|r\|^2 = 4 \cdot 0.25", r"\|r\|^2 = 2 \cdot 0.25"),
    # the newest recursion for a letter, from the first member that the older one began with
    (TWO_STEPS, r"m_2 = 0.9 \cdot 4 + 3.2", r"m_2 = 0.9 \cdot 4 - 3.2"),
    (TWO_STEPS, r"m_2 = 6.8, \qquad \theta_2 = 1.6 - 0.68", r"m_2 = 6.8, \qquad \theta_2 = 1.6 + 0.68"),
    (ROOT, r"x_2 = \frac{17}{12} \approx 1.41667", r"x_2 = \frac{17}{13} \approx 1.30769"),
    (ROOT, r"x_2 = \frac{17}{12} \approx 1.41667", r"x_2 = \frac{17}{12} \approx 1.31667"),
    # a function of a number, where the letter is a vector elsewhere in the section
    (VECTORS + r"**Example.** $f(x) = -\ln x$.", r"f''(x) = \frac{1}{x^2}", r"f''(x) = -\frac{1}{x^2}"),
    (VECTORS + r"**Example.** $f(x) = x - \ln x$, $x > 0$.", r"f'(x) = 1 - \frac1x", r"f'(x) = 1 + \frac1x"),
    (VECTORS + r"Now $f(x) = x \ln x$.", r"f'(x) = \ln x + 1", r"f'(x) = \ln x - 1"),
    (VECTORS + r"Now $f(x) = x^4 - 2x^2$.", r"f''(x) = 12x^2 - 4", r"f''(x) = 12x^2 - 2"),
    # the function that takes the variable
    (LIKELIHOODS, r"\frac{d\ell}{d\lambda} = -n + \frac1\lambda \sum_i x_i", r"\frac{d\ell}{d\lambda} = n + \frac1\lambda \sum_i x_i"),
    (NORMAL, r"\frac{\partial\ell}{\partial\mu} = \frac{1}{\sigma^2} \sum_{i=1}^n (x_i - \mu)", r"\frac{\partial\ell}{\partial\mu} = -\frac{1}{\sigma^2} \sum_{i=1}^n (x_i - \mu)"),
    # by the name that the text has for a square
    (NORMAL + r" We write $v = \sigma^2$.", r"\frac{\partial\ell}{\partial\mu} = \frac1v \sum_{i=1}^n (x_i - \mu)", r"\frac{\partial\ell}{\partial\mu} = v \sum_{i=1}^n (x_i - \mu)"),
    (NORMAL + r" We write $v = \sigma^2$.", r"\frac{\partial\ell}{\partial v} = -\frac{n}{2v} + \frac{1}{2v^2} \sum_{i=1}^n (x_i - \mu)^2", r"\frac{\partial\ell}{\partial v} = -\frac{n}{2v} + \frac{1}{2v} \sum_{i=1}^n (x_i - \mu)^2"),
    (NORMAL + r" We write $v = \sigma^2$.", r"\partial\ell/\partial v = -\frac{n}{2v} + \frac{1}{2v^2} \sum_{i=1}^n (x_i - \mu)^2", r"\partial\ell/\partial v = -\frac nv + \frac{1}{2v^2} \sum_{i=1}^n (x_i - \mu)^2"),
    # a colon behind an equation
    (COLONS, r"\frac{\partial h}{\partial x} = (1 - xy) e^{-xy}", r"\frac{\partial h}{\partial x} = (1 + xy) e^{-xy}"),
    (COLONS, r"\frac{\partial g}{\partial y} = \frac{2y}{x^2 + y^2}", r"\frac{\partial g}{\partial y} = \frac{y}{x^2 + y^2}"),
    (r"$$f(x) = e^{ax}: \quad f'(x) = a e^{ax}$$", r"f''(x) = a^2 e^{ax}", r"f''(x) = a e^{ax}"),
]  # fmt: skip

APART = [  # the slip is left open
    # bars within bars, of which the size tells the opening one
    (r"Let $x \in \mathbb{R}^n$ with $x \neq 0$. The gradient has length one:", r"\bigl\|\nabla\|x\|\bigr\| = 1", r"\bigl\|\nabla\|x\|\bigr\| = 2"),
    # numbers of a general vector for a sentence: what is made of it has its values there, and is general again behind it
    (r"Let $\mathbf z \in \mathbb{R}^K$ and $\mathbf p = \operatorname{softmax}(\mathbf z)$. For $\mathbf z = (0, \log 2, \log 3)^T$ we have", r"\mathbf p = (\tfrac16,\tfrac13,\tfrac12)^T", r"\mathbf p = (\tfrac16,\tfrac12,\tfrac13)^T"),
    (r"Let $x \in \mathbb{R}^n$ and $f(x) = \|x\|^2$. With $x = (1, 2)^T$ we get", r"f(x) = 5", r"f(x) = 4"),
    (r"Let $x \in \mathbb{R}^n$ and $f(x) = \|x\|^2$. With $x = (1, 2)^T$ we get $f(x) = 5$. In general,", r"f(x) = x^T x", r"f(x) = 1 + 2x_2"),
    (r"Let $x \in \mathbb{R}^n$. Then $\nabla^2\|x\|^2 = 2I$, and by the same rule", r"\nabla^2\|x\|\,x = 0", r"\nabla^2\|x\|\,x = x"),
    (r"Let $\mathbf x \in \mathbb{R}^m$ and $\mathbf n(\mathbf x) = \mathbf x/\|\mathbf x\|$. Then", r"(\mathbf I-\mathbf n\mathbf n^T)^2 = \mathbf I-\mathbf n\mathbf n^T", r"(\mathbf I-\mathbf n\mathbf n^T)^2 = \mathbf I-2\mathbf n\mathbf n^T"),
    # entries of a whole that get another formula
    (WEIGHTED, r"\frac{\partial J}{\partial w_i} = r_i^2", r"\frac{\partial J}{\partial w_i} = 2r_i"),
    (RESIDUALS + "$. Now put $r_i = y_i - (A\\beta)_i$.", r"\frac{\partial J}{\partial w_i} = r_i^2", r"\frac{\partial J}{\partial w_i} = 2r_i"),
    (EXAMPLE + "We continue the example.", r"A + I = \begin{pmatrix} 3 & 1 \\ 1 & 4 \end{pmatrix}", r"A + I = \begin{pmatrix} 3 & 1 \\ 1 & 3 \end{pmatrix}"),
    (EXAMPLE + "For any matrix", r"(A^\top A)^\top = A^\top A", r"(A^\top A)^\top = A A^\top"),
    (EXAMPLE + "For a matrix $A$ with independent entries", r"\frac{\partial}{\partial A} \log\det A = A^{-\top}", r"\frac{\partial}{\partial A} \log\det A = A^{-1}"),
    (DESCENT, r"x_k = 2 - 2 \cdot 0.8^k", r"x_k = 2 - 2 \cdot 0.9^k"),
    # a matrix of which an earlier section said more
    (ENTRIES + r"For a matrix $A$ with independent entries", r"\frac{\partial}{\partial A} \log\det A = A^{-\top}", r"\frac{\partial}{\partial A} \log\det A = A^{-1}"),
    (ENTRIES + r"For a general matrix $A$", r"\nabla (x^\top A x) = (A + A^\top)x", r"\nabla (x^\top A x) = 2Ax"),
    # what is said of a minimiser is said of its value
    (SQUARES, r"\mathbf{X}\hat{\mathbf{w}} = \mathbf{H}\mathbf{y}", r"\mathbf{X}\hat{\mathbf{w}} = \mathbf{H}^2\mathbf{y} + \mathbf{y}"),
    (SQUARES, r"\mathbf{X}^\top\mathbf{r} = \mathbf{0}", r"\mathbf{X}\mathbf{r} = \mathbf{0}"),
    (SQUARES, r"\|\mathbf{y}\|^2 = \|\hat{\mathbf{y}}\|^2 + \|\mathbf{r}\|^2", r"\|\mathbf{y}\|^2 = \|\hat{\mathbf{y}}\|^2 - \|\mathbf{r}\|^2"),
    (MOMENTUM, r"m_1 = 2 \cdot 2 = 4, \qquad \theta_1 = 2 - 0.1 \cdot 4", r"m_1 = 2 \cdot 2 = 4, \qquad \theta_1 = 2 - 0.1 \cdot 2"),
    (NEWTON, r"\theta_1 = 2 - \frac42", r"\theta_1 = 2 - \frac24"),
    (COMPOSED, r"h(s,t) = s^2 t^2 + 3s + 3t^2", r"h(s,t) = s^2 t^2 + 3s + 2t^2"),
    (ROOT, r"x_{k+1} - x_k = \frac{a - x_k^2}{2x_k}", r"x_{k+1} - x_k = \frac{a + x_k^2}{2x_k}"),
    # what the first member satisfies is no formula for all of them
    (r"Let $h_{n+1} = 2h_n + 1$ and $h_0 = 0$.", r"h_n = 2^n - 1", r"h_n = 3^n - 1"),
]  # fmt: skip

LAID_DOWN = [  # after "Let f(x) = x^2."
    ("**Example.** $f(x) = x^4 - 2x^2$ has $f'(x) = 4x^3 - 4x$.", True),
    ("**Example 2 (no minimum).** $f(x) = x^3$ is odd.", True),
    ("\\textbf{Example.} For $f(x) = x^3$ we have $f'(x) = 3x^2$.", True),
    ("For $f(x) = x^3$ we have $f'(x) = 3x^2$.", True),
    ("- $f(x) = x^3$: $f'(x) = 3x^2$.", True),
    ("**Cubes.** The function is $f(x) = x^3$.", True),
    ("Let $f(x) = x^3$.", True),
    ("Expanding, $f(x) = x^2 + 1$.", False),
    ("Thus $f(x) = x^2 + 1$.", False),
    ("- $f(x) = x^2 + 1$\n- another form", False),
    ("**Expanded form.** $f(x) = x^2 + 1$.", False),
    ("**Proof.** $f(x) = x^2 + 1$.", False),
    ("**Cubes.** Expanding, $f(x) = x^2 + 1$.", False),
    ("**Cubes.** It is clear. We have $f(x) = x^2 + 1$.", False),
    ("The bound for all of them. $f(x) = x^2 + 1$.", False),
]  # fmt: skip

TRUE = [
    # the example of another section, and a second one of the same
    TWO_EXAMPLES + r" As in the first section, $Ax = (4,7)^\top$.",
    TWO_EXAMPLES + r" Then $Ax = (2,4)^\top$. For $x = (1,2)^\top$ we get $Ax = (2,7)^\top$. The first vector gave $Ax = (2,4)^\top$.",
    # what a function in bold is at one place
    r"Let $A \in \mathbb{R}^{m\times n}$. The residual is $\mathbf r(\mathbf x) = \mathbf b - A\mathbf x$. At the minimum $A^T\mathbf r = 0$ and $\mathbf r^T\mathbf r = \mathbf b^T\mathbf r$.",
    # names with the letters of derivatives that words lay down
    r"Let $f(x,y) = xy$. Let $f_x(x,y) = 2x$ be another function. Then $f_x(1,2) = 2$.",
    r"Let $p(x,y) = 4xy$ be a density on $[0,1]^2$, with marginals $p_x(x) = 2x$ and $p_y(y) = 2y$.",
    r"Let $f(x,y) = x^2 y + 3y^3 - 4x$. Setting $f_x(x,y) = 0$ and $f_y(x,y) = 0$ gives the critical points.",
    # an equation for the entries of a whole that is not proved may say what they are now
    WEIGHTED + r" The derivative is $\frac{\partial J}{\partial w_i} = r_i^2$.",
    RESIDUALS + r"$. With $r_i = y_i - (A\beta)_i$ we have $J(\beta) = \sum_i w_i r_i^2$ and $\frac{\partial J}{\partial w_i} = r_i^2$.",
    RESIDUALS + r"$. The residuals are $r_i = y_i - (A\beta)_i$. Then $\frac{\partial J}{\partial w_i} = r_i^2$.",
    # functions of other sections that share a letter
    COMPOSED + "\n\n# Rules\n\n" + r"If $f(x,y) = f(y,x)$, then $\nabla f(x,y)$ has the entries $f_x(x,y)$ and $f_x(y,x)$. Let $f(x,y) = x^2$; then $\nabla f(x,y) = (2x, 0)^\top$.",
    COMPOSED + "\n\n# Other letters\n\n" + r"Again $\nabla f(u,v) = (2u, 3)^\top$, and $f(a,b) = a^2 + 3b$.",
    # the next example of a function of two numbers, behind one of a single number
    "Convex functions:\n\n- $f(x) = x^2$. Here $f'(x) = 2x$.\n- $f(x,y) = x^2 + xy + y^2$ is convex.\n- $f(x,y) = x^2 + 4xy + y^2$ has a Hessian with determinant $4 - 16 = -12$: not convex.",
    # several names at once, for a sentence
    r"Let $A = \begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}$ and $B = \begin{pmatrix} 0 & 1 \\ 1 & 1 \end{pmatrix}$. Then $\det A = -2$. With $A = B = I$ of size 2 we have $\det(A + B) = 4$, but $\det A + \det B = 2$.",
    r"Let $A \in \mathbb{R}^{m \times n}$, $B \in \mathbb{R}^{n \times p}$. Then $(AB)^T = B^T A^T$. With $A = B = I$ of size 2 we have $\det(A + B) = 4$, but $\det A + \det B = 2$.",
    # one letter, two functions, and values of both
    r"Let $H(p) = -p \ln p$ and $H(p, q) = -p \ln q$. Then $\frac{\partial H}{\partial q} = -\frac pq$ and $\frac{dH}{dp} = -\ln p - 1$ and $H(1) = 0$.",
    r"Let $f(x, y) = x y$ and $y = x^2$. Then $\frac{\partial f}{\partial y} = x$ and $f(x, x^2) = x^3$.",
    r"Let $y = x^2$ and $z = y^3 + 1$. Then $\frac{dz}{dy} = 3y^2$ and $\frac{dz}{dx} = 6x^5$.",
    r"Let $z \in \mathbb{R}^n$ and $h(z) = \tanh(z)$. Then $\frac{\partial h}{\partial z} = \operatorname{diag}(1 - \tanh^2(z))$.",
    # members of a method that prints no recursion, and steps below headings of their own
    TWO_STEPS + "\n\n" r"**Adagrad** divides by the root of the squares: $G_1 = 4^2 = 16$ and $\theta_1 = 2 - \frac{0.1 \cdot 4}{\sqrt{16}} = 1.9$.",
    MOMENTUM + "\n\n" r"**Step 1.** $m_1 = 4$ and $\theta_1 = 1.6$." "\n\n" r"**Step 2.** $m_2 = 6.8$ and $\theta_2 = 0.92$.",
    PARABOLA + "\n\n" r"**Check.** Indeed $\theta_2 = 2 \cdot 0.8^2$ and $\theta_{k+1} = 0.8\,\theta_k$.",
    r"The map $f: \mathbb{R} \to \mathbb{R}$ is odd. $$\begin{aligned} f :& \mathbb{R} \to \mathbb{R} \\ f(x) &= x^3: & f'(x) &= 3x^2 \end{aligned}$$",
]  # fmt: skip


@pytest.mark.parametrize(("before", "line", "slip"), PAIRS, ids=[row[2][:50] for row in PAIRS])
def test_a_true_line_is_proved_and_its_slip_called_wrong(before: str, line: str, slip: str) -> None:
    assert_told_apart(before, line, slip)


@pytest.mark.parametrize(("before", "line", "slip"), APART, ids=[row[2][:50] for row in APART])
def test_a_true_line_is_proved_and_its_slip_is_not(before: str, line: str, slip: str) -> None:
    true, false = own_line(before, line), last_line(f"{before}\n", slip)
    assert true[-1].outcome in RIGHT, true
    assert true[-1].role == "claim", true
    assert false[-1].outcome not in RIGHT or false[-1].role != "claim", false


@pytest.mark.parametrize(("text", "laid_down"), LAID_DOWN)
def test_the_next_example_of_a_function_is_a_definition_and_another_form_of_it_is_not(text: str, laid_down: bool) -> None:
    found = read(f"Let $f(x) = x^2$. Then $f'(x) = 2x$.\n\n{text}")
    last = [one for one in found if one.left == "f(x)"][-1]
    assert (kind_of(last) == "definition") is laid_down, last


@pytest.mark.parametrize("text", TRUE)
def test_no_true_line_is_called_wrong(text: str) -> None:
    assert not [one for one in read(text) if one.outcome in WRONG]


def test_the_derivative_of_a_layer_is_no_column() -> None:
    (found,) = last_line(r"Let $z \in \mathbb{R}^n$ and $h(z) = \tanh(z)$, so that $h'$ is even.", r"\frac{\partial h}{\partial z} = 1 - \tanh^2(z)")
    assert found.outcome not in RIGHT


def test_members_below_another_heading_are_no_steps_of_the_method_before_it() -> None:
    found = read(TWO_STEPS + "\n\n" r"**Adagrad** divides by the root: $\theta_1 = 2 - \frac{0.1 \cdot 4}{\sqrt{16}} = 1.9$.")
    assert [kind_of(one) for one in found if one.left == r"\theta_1"][-1] == "definition"


def test_the_first_member_alone_proves_no_formula() -> None:
    found = read(r"We start with $h_0 = 0$, so $h_n = 2^n - 1$.")
    assert [kind_of(one) for one in found] == ["definition", "definition"]
    found = read(r"Let $x_{k+1} = x_k - \eta\nabla f(x_k)$. Start at $x_0 = 0$ with $\eta = 0.1$, so $x_k = 2 - 2 \cdot 0.9^k$.")
    assert found[-1].role == "definition"


def test_what_holds_for_a_value_that_is_found_is_not_proved_for_every_value() -> None:
    found = read(r"Solve $ax = b$ for $x$: we get $x = b/a$. Then $a x^2 = b x$.")
    assert found[-1].outcome not in RIGHT


def test_what_begins_an_example_is_found_at_the_end_of_the_words() -> None:
    assert NEXT.search("\n\n**Poisson.** Up to a constant $")
    assert NEXT.search("\n- $")
    assert not NEXT.search("**Poisson.** is a name. $")
    assert not NEXT.search("\\emph{bold} words $")


def test_a_shorter_name_for_another_says_nothing_of_either() -> None:
    """`z = z^{[L]}`, "we drop the superscript": the entries of z are numbers as before, and so are those of p."""
    before = r"""The last layer has $K = n_L$ units, and we drop the superscript there: $z = z^{[L]}$ are the logits. Softmax is
$$p_k = \frac{e^{z_k}}{\sum_{j=1}^{K} e^{z_j}}, \qquad k = 1, \dots, K.$$ Let the target $y$ be one-hot."""
    line = r"-\sum_{k=1}^K y_k \ln p_k = -y^\top z + \ln \sum_{j=1}^K e^{z_j}"
    assert_told_apart(before, line, line.replace("-y^", "y^"))


def test_a_function_with_the_letters_of_an_older_formula_has_that_formula() -> None:
    right, slip = r"\nabla^2 f(x,y) = \begin{bmatrix} 2y & 2x + 3y^2 \\ 2x + 3y^2 & 6xy \end{bmatrix}", r"\nabla^2 f(x,y) = \begin{bmatrix} 2y & 2x \\ 2x & 6xy \end{bmatrix}"
    assert last_line(AGAIN, right)[-1].outcome in RIGHT
    assert last_line(AGAIN, slip)[-1].outcome not in RIGHT
    assert last_line(f"{AGAIN} $${right}$$ Then", r"f(2, 1) = 6")[-1].outcome in RIGHT
    assert last_line(COMPOSED, r"f(2, 1) = 6")[-1].outcome not in RIGHT


def test_a_letter_and_a_number_below_a_name_number_different_things() -> None:
    """Where it fails for n = 1 only, another n is meant; printed numbers differ anyway."""
    family = r"Let $s_n = \mathbf{w}_n^\top \mathbf{x} + b_n$. "
    assert not [one for one in read(family + r"Then $\frac{\partial s_n}{\partial \mathbf{w}_1} = \mathbf{0}$.") if one.outcome in WRONG]


@pytest.mark.parametrize(("text", "wrong"), [
    ("$x + x = 2x$ and\n$x + x = 3x$", True), ("$x + x = 3x$, or rather\n$x + x = 2x$", False),
    ("- $x + x = 2x$\n- $x + x = 3x$", False), ("Is it $x + x = 2x$, $x + x = 3x$?", False),
])  # fmt: skip
def test_a_wrong_line_behind_the_right_one_is_no_choice(text: str, wrong: bool) -> None:
    assert bool([one for one in read(text) if one.outcome in WRONG]) is wrong


NEXT_VECTOR = r"Let $u, v \in \mathbb{R}^n$. The update is $u' = u + a v$, so that "


@pytest.mark.parametrize(("true", "false"), [
    (r"$u'^\top v = u^\top v + a \|v\|^2$", r"$u'^\top v = u^\top v - a \|v\|^2$"),
    (r"$(u')^\top v = u^\top v + a \|v\|^2$", r"$(u')^\top v = u^\top v + a \|u\|^2$"),
])  # fmt: skip
def test_a_prime_of_the_next_vector_is_no_derivative_when_it_is_transposed(true: str, false: str) -> None:
    right, slip = read(f"{NEXT_VECTOR}{true}.\n")[-1], read(f"{NEXT_VECTOR}{false}.\n")[-1]
    assert (right.outcome in RIGHT, right.role) == (True, "claim"), right.detail
    assert slip.outcome not in RIGHT or slip.role != "claim", slip.detail


INSTANCE = r"""Let $$w = f(u, v), \qquad u = g(s), \qquad v = h(s).$$

Consider the example $$w = u^2 e^v, \qquad u = \sin s, \qquad v = s^3.$$

The chain rule gives $$\frac{dw}{ds} = 2u e^v \cos s + %s u^2 e^v s^2.$$
"""


def test_an_example_takes_functions_where_there_were_any() -> None:
    right, wrong = (read(INSTANCE % one)[-1] for one in "32")
    assert right.outcome in RIGHT, right.detail
    assert wrong.outcome not in RIGHT, wrong.detail


def test_a_formula_for_any_function_is_a_condition_without_an_example() -> None:
    """Nothing says that w is another one than f(u, v) here."""
    last = read(r"Here $w = f(u, v)$. This is linear if $w = 2u + v$.")[-1]
    assert last.role == "definition"
    assert last.outcome is Outcome.UNDECIDED


def test_words_far_back_in_an_endless_line_are_not_looked_for() -> None:
    assert is_found("so " + "x = y " * 200)
    assert not is_found("so " + "x = y " * 2000)
