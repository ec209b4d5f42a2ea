"""Signals: what a text says of convolutions, correlations, shifts and gradients by their members, and slips in it."""

from __future__ import annotations

import pytest

from tests.document.lines import RIGHT, WRONG, read

CONVOLUTION = r"The convolution of two sequences is $(w * x)[i] = \sum_k w[k] x[i-k]$. "
CORRELATION = (
    r"The cross-correlation of a kernel is $(w \star x)[i] = \sum_{k=0}^{K-1} w[k] x[i+k]$, where $K$ is the length of $w$. "
)
WORKED_OUT = [  # (text, what is right in it, a slip that is called wrong)
    (CONVOLUTION + r" $$\sum_k w[k] x[i-k] = \sum_m w[i-m] x[m]$$", r"w[i-m]", r"w[m-i]"),
    (
        CONVOLUTION
        + r"A delay $(S x)[i] = x[i-1]$ commutes with it: $(w * S x)[i] = (w * x)[i-1]$.",
        r"(w * x)[i-1]",
        r"(w * x)[i+1]",
    ),
    (CONVOLUTION + r"It is linear, $w * (x + y) = w * x + w * y$.", r"+ w * y", r"- w * y"),
    (CONVOLUTION + r"For lists this is polynomial multiplication: $(1,2,3) * (1,-1) = (1,1,1,-3)$.", r"1,-3)", r"1,3)"),
    (r"Convolving lists, $[1, 2, 3] * [0, 1, 0.5] = [0, 1, 2.5, 4, 1.5]$.", r"2.5", r"3.5"),
    (CONVOLUTION + r"With $x = (1, 0, 2)$ and $h = (3, 1)$ we get $x * h = (3, 1, 6, 2)$.", r"6, 2)", r"6, 3)"),
    (
        CONVOLUTION
        + r"With $x = (1, 0, 2)$ and $h = (3, 1)$ we get $(x * h)[2] = 2 \cdot 3 + 0 \cdot 1 = 6$.",
        r"2 \cdot 3 + 0",
        r"2 \cdot 1 + 0",
    ),
    (
        (r"A convolution with stride $s$: $y[i] = \sum_k w[k] x[si + k]$. Put $m = si+k$. Then $\sum_k w[k] x[si+k] = "
         r"\sum_m w[m - si] x[m]$."),
        r"w[m - si]",
        r"w[m + si]",
    ),
    (
        (r"The convolution layer is $y_i = \sum_k w_k x_{i+k}$. With $\delta_i = \partial L / \partial y_i$, "
         r"$$\frac{\partial L}{\partial w_k} = \sum_i \delta_i x_{i+k}$$"),
        r"\delta_i x_{i+k}",
        r"\delta_i x_{i-k}",
    ),
    (
        (r"The convolution layer is $y_i = \sum_k w_k x_{i+k}$. With $\delta_i = \partial L / \partial y_i$, "
         r"$$\frac{\partial L}{\partial x_m} = \sum_i \delta_i w_{m-i}$$"),
        r"w_{m-i}",
        r"w_{i-m}",
    ),
    (
        (r"Let the convolution be $y[n] = \sum_{k=0}^{K-1} h[k] x[n-k]$ and $g[n] = \frac{\partial E}{\partial y[n]}$. "
         r"Then $$\frac{\partial E}{\partial h[k]} = \sum_n g[n] x[n-k]$$"),
        r"g[n] x[n-k]",
        r"g[n] x[n+k]",
    ),
    (
        (r"Let the convolution be $y[n] = \sum_{k=0}^{K-1} h[k] x[n-k]$ and $g[n] = \frac{\partial E}{\partial y[n]}$. "
         r"Then $$\frac{\partial E}{\partial x[m]} = \sum_{k=0}^{K-1} g[m+k] h[k]$$"),
        r"g[m+k]",
        r"g[m-k]",
    ),
    (
        r"The unit impulse is $\delta[n] = 1$ for $n = 0$, and $\delta[n] = 0$ otherwise. "
        + CONVOLUTION
        + r"Then $(x * \delta)[n] = x[n]$, and with $\delta_m[n] = \delta[n-m]$ we get $(x * \delta_m)[n] = x[n-m]$.",
        r"= x[n-m]",
        r"= x[n+m]",
    ),
    (
        CONVOLUTION
        + r"Averages: with $a = (1, 1)$ we get $a * a = (1, 2, 1)$ and $a * a * a = (1, 3, 3, 1)$.",
        r"(1, 3, 3, 1)",
        r"(1, 3, 4, 1)",
    ),
    (
        (r"The convolution of two matrices, $\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix} * \begin{pmatrix} 1 & 1 "
         r"\end{pmatrix} = \begin{pmatrix} 1 & 3 & 2 \\ 3 & 7 & 4 \end{pmatrix}$."),
        r"3 & 7 & 4",
        r"3 & 8 & 4",
    ),
    (
        CONVOLUTION
        + r"The loss is $L = \frac12 \sum_i (y[i] - t[i])^2$ with $y[i] = \sum_k w[k] x[i-k]$. Then $\frac{\partial "
        + r"L}{\partial w[k]} = \sum_i (y[i] - t[i]) x[i-k]$.",
        r"- t[i]) x[i-k]",
        r"- t[i]) x[i+k]",
    ),
]
SLIDING = (
    r"The correlation of a record $r_0, \dots, r_{T-1}$ with a template $h_0, \dots, h_{q-1}$, no convolution, is "
    r"$$c_t = (r \star h)_t = \sum_{s=0}^{q-1} h_s r_{t+s}, \qquad t = 0, \dots, T-q.$$ "
)
OTHERS = f"# Correlations\n\n{SLIDING}\n\n# Others\n\n"
TOLD_APART = [  # (text, what is right in it, a slip that is left open: several things may be meant)
    (CONVOLUTION + r"It is commutative, $(w * x)[i] = \sum_m x[m] w[i-m] = (x * w)[i]$.", r"w[i-m]", r"w[m-i]"),
    (CONVOLUTION + r"For $(D x)[n] = x[n] - x[n-1]$ we get $D(x * h) = (D x) * h$.", r"= (D x) * h", r"= (D x) * (D h)"),
    (CONVOLUTION + r"It is associative: $u * (w * x) = (u * w) * x$.", r"(u * w) * x", r"(u * u) * x"),
    (
        CONVOLUTION
        + r"Sums multiply, $\sum_n (w * x)[n] = \left(\sum_n w[n]\right) \left(\sum_n x[n]\right)$.",
        r"\left(\sum_n w[n]\right)",
        r"\left(\sum_n x[n]\right)",
    ),
    (
        CORRELATION
        + r"With $\tilde w[k] = w[K-1-k]$ we have $(w \star x)[i] = \sum_{j=0}^{K-1} \tilde w[j] x[i+K-1-j]$.",
        r"x[i+K-1-j]",
        r"x[i+K-j]",
    ),
    (
        CORRELATION
        + CONVOLUTION
        + r"With the flipped kernel $\tilde w[k] = w[-k]$ we have $w \star x = \tilde w * x$.",
        r"\tilde w * x",
        r"w * x",
    ),
    (
        (r"In two dimensions the convolutional layer computes $y[i,j] = \sum_{a,b} k[a,b] x[i+a, j+b]$. A separable "
         r"kernel is $k[a,b] = u[a] v[b]$. Then $y[i,j] = \sum_a u[a] \sum_b v[b] x[i+a, j+b]$."),
        r"v[b] x[i+a, j+b]",
        r"v[b] x[i+b, j+a]",
    ),
    (
        (r"In a two-dimensional convolution, $y_{i,j} = \sum_{a}\sum_{b} w_{a,b} x_{i+a,j+b}$. With $\delta_{i,j} = "
         r"\partial L/\partial y_{i,j}$ we find $$\frac{\partial L}{\partial w_{a,b}} = \sum_{i,j} \delta_{i,j} "
         r"x_{i+a,j+b}$$"),
        r"\delta_{i,j} x_{i+a,j+b}",
        r"\delta_{i,j} x_{i+b,j+a}",
    ),
    (
        (r"Circular convolution of length $N$ is $(x \circledast h)[n] = \sum_{m=0}^{N-1} x[m] h[(n-m) \bmod N]$. For "
         r"$x = (1,2,3)$ and $h = (1,-1,0)$ we get $x \circledast h = (-2, 1, 1)$."),
        r"(-2, 1, 1)",
        r"(-2, 1, 2)",
    ),
    (  # the sum ends where the correlation does, so that its slopes have numbers there only
        SLIDING + r"Let $g_t = \partial L/\partial c_t$. Then $$\sum_{t=0}^{T-q} g_t r_{t+s} = (r \star g)_s.$$",
        r"g_t r_{t+s}",
        r"g_t r_{t-s}",
    ),
    (
        SLIDING + r"With $g_t = 2 e_t$ we have $$\sum_{t=1}^{T-q} g_t r_{t+s} = 2 \sum_{t=1}^{T-q} e_t r_{t+s}.$$",
        r"2 \sum",
        r"3 \sum",
    ),
    (SLIDING + r"We have $\partial c_t/\partial r_u = h_{u-t}$ when $0 \le u-t \le q-1$.", r"h_{u-t}", r"h_{t-u}"),
    (  # the formula stands in another section, where the letters may have other meanings
        "# Correlations\n\n" + SLIDING + "\n\n# Slopes\n\n" + r"Let $L$ be a loss. With $g_t = \partial L/\partial c_t$ we get "
        r"$$\frac{\partial L}{\partial r_u} = \sum_t g_t h_{u-t}.$$",
        r"h_{u-t}",
        r"h_{t-u}",
    ),
]


@pytest.mark.parametrize(("text", "right", "slip"), WORKED_OUT)
def test_a_slip_is_called_wrong(text: str, right: str, slip: str) -> None:
    """All lines hold, and the last one does not with a slip in it."""
    assert text.count(right) == 1
    true, false = read(text + "\n"), read(text.replace(right, slip) + "\n")
    assert not [one for one in true if one.outcome in WRONG]
    assert true[-1].outcome in RIGHT
    assert true[-1].role == "claim"
    assert [one for one in false if one.outcome in WRONG]


@pytest.mark.parametrize(("text", "right", "slip"), TOLD_APART)
def test_a_slip_is_told_apart(text: str, right: str, slip: str) -> None:
    """The last line holds, and with a slip in it less of its chain does."""
    assert text.count(right) == 1
    true, false = read(text + "\n"), read(text.replace(right, slip) + "\n")
    assert not [one for one in true if one.outcome in WRONG]
    assert true[-1].outcome in RIGHT
    assert sum(one.outcome in RIGHT for one in false) < sum(one.outcome in RIGHT for one in true)


TRUE = [  # other conventions, conditions, other operations, several values
    r"""Convolutions. Mathematicians write the convolution as $(w * x)[i] = \sum_k w[k] x[i-k]$. In deep learning one
writes $(w * x)[i] = \sum_k w[k] x[i+k]$ and calls it a convolution, too.

For a symmetric kernel the two agree, $\sum_k w[k] x[i-k] = \sum_k w[k] x[i+k]$.""",
    r"""Convolutions. A convolution with stride: $y[i] = \sum_k w[k] x[si+k]$. With dilation $d$ it is $y[i] = \sum_k
w[k] x[i+dk]$. The transposed one is $y[i] = \sum_k w[k] x[i-k]$.

With a bias, $y[i] = b + \sum_k w[k] x[i+k]$.

If $w[k] = w[-k]$ for all $k$, then $\sum_k w[k] x[i-k] = \sum_k w[k] x[i+k]$.""",
    r"""Convolutions. The correlation of $(1,2,3)$ and $(0,1)$: $(1,2,3) * (0,1) = (2,3)$. With padding it is $(1,2,3) *
(1,0) = (1, 2, 3)$.

The library computes $(1, 2, 3, 4) * (1, 0, -1) = (-2, -2)$.

Let $*$ be the entrywise product, $(1,2,3) * (4,5,6) = (4,10,18)$.

The kernel $x = (1, 2)$. Next, $x = (3, 4)$ and $h = (1, 1)$, so $x * h = (3, 7, 4)$. Now take $x = (0, 1)$; $x * h = (0,
1, 1)$.""",
    r"""Convolutions. A smoothing kernel has $\sum_k w[k] = 1$. Then a constant signal $x[n] = c$ is kept, $\sum_k w[k]
x[n-k] = c$.

The autocorrelation is $r[m] = \sum_n x[n] x[n+m]$, and it is even, $r[m] = r[-m]$. The energy is $r[0] = \sum_n x[n]^2$.

A filter of the convolution is a difference, $h = (1, -1)$, that is, $y[n] = x[n] - x[n-1]$.""",
    r"""Convolutions. Max pooling, $y[i] = \max(x[2i], x[2i+1])$; average pooling, $y[i] = \frac12 (x[2i] + x[2i+1])$.

With $x = (1, 3, 2, 5)$ we have $y = (2, 3.5)$.""",
    r"""Convolutions. Let $a * b = a + b - ab$. This operation is commutative, $a * b = b * a$. Its unit is 0, $a * 0 =
a$.""",
    r"""Convolutions. A convolution is a matrix product $y = T x$ with $T_{ij} = w_{j-i}$, so $y_i = \sum_j T_{ij} x_j =
\sum_j w_{j-i} x_j = \sum_k w_k x_{i+k}$.""",
    r"""Convolutions. The image is $x[i,j]$ and $y[i,j] = \sum_{a,b} w[a,b] x[i+a,j+b]$. For a padded image we have
$y[i,j] = \sum_{a,b} w[a,b] x[i+a-p, j+b-p]$. The rotated kernel is $\tilde w[a,b] = w[-a,-b]$.

$$\frac{\partial L}{\partial w[a,b]} = \sum_{i,j} \frac{\partial L}{\partial y[i,j]} x[i+a-p, j+b-p]$$""",
    r"""Convolutions. Let $e[n] = d[n] - \sum_k w[k] x[n-k]$ and $J = \frac12 e[n]^2$. Then $\frac{\partial J}{\partial
w[k]} = -e[n] x[n-k]$. The LMS rule is $w[k] \leftarrow w[k] + \mu e[n] x[n-k]$.

With $J = \sum_n e[n]^2$ we get $\frac{\partial J}{\partial w[k]} = -2 \sum_n e[n] x[n-k]$.""",
    r"""Convolutions. $X[k] = \sum_{n=0}^{N-1} x[n] e^{-2\pi i k n/N}$ and $x[n] = \frac1N \sum_{k=0}^{N-1} X[k] e^{2\pi
i k n/N}$.

A delay, $y[n] = x[n-d]$ modulo $N$, gives $Y[k] = e^{-2\pi i k d/N} X[k]$.

$\sum_{n=0}^{N-1} x[n] = X[0]$. If $x$ is real then $X[N-k] = \overline{X[k]}$.""",
    r"""Convolutions. Upsampling by 2: $y[2n] = x[n]$, $y[2n+1] = 0$. Then $\sum_n y[n] = \sum_n x[n]$.""",
    r"""Convolutions. The unit step is the running sum of the impulse, $u[n] = \sum_{k=-\infty}^{n} \delta[k]$, and
$\delta[n] = u[n] - u[n-1]$. The convolution with $u$ is the running sum, $(x * u)[n] = \sum_{k=-\infty}^n x[k]$.""",
    r"""Convolutions. For the gradients, let $g = \partial L/\partial y$. The convolution layer $y = w * x$ has $\partial
L / \partial w[k] = \sum_i g[i] x[i-k]$ and $\partial L/\partial x[m] = \sum_i g[i] w[i-m]$.

With $\delta[i] = y[i] - t[i]$ for the loss $L = \frac12 \sum_i (y[i]-t[i])^2$, $\frac{\partial L}{\partial w[k]} =
\sum_i \delta[i] x[i-k]$.""",
    OTHERS + r"Now $c_t = \sum_s h_s r_{t-s}$. Then $\partial c_t/\partial r_u = h_{t-u}$.",
    OTHERS + r"For the layers that are meant here $\partial c_t/\partial r_u = h_{t-u}$.",
    SLIDING + r"With $g_t = 2 e_t$ we have $$\sum_{t=1}^{T-q} g_t r_{t+s} = (r \star g)_s$$ where $g_0 = 0$.",
    SLIDING
    + r"With $f = \partial L/\partial c$, $$\frac{\partial L}{\partial h_s} = \sum_{t=0}^{T-q} f_t r_{t+s} = (r \star f)_s.$$",
    SLIDING.replace("s=0", "s=1").replace("q-1}", "q}").replace("t+s}", "t+s-1}")
    + r"Let $g_t = \partial L/\partial c_t$. Then $$\sum_{t=1}^{T-q+1} g_t r_{t+s-1} = (r \star g)_s.$$",
]


@pytest.mark.parametrize("text", TRUE)
def test_true_texts_are_not_called_wrong(text: str) -> None:
    """Nothing of these is called wrong, each alone."""
    assert not [one for one in read(text + "\n") if one.outcome in WRONG]


def test_true_texts_are_not_called_wrong_one_after_the_other() -> None:
    """Names and signs have other meanings in the next section, and in the same one."""
    for text in ("\n\n".join(TRUE), "\n\n".join(f"# Part {k}\n\n{one}" for k, one in enumerate(TRUE))):
        assert not [one for one in read(text + "\n") if one.outcome in WRONG]


def test_square_brackets_of_an_expectation_are_none_of_a_signal() -> None:
    """A text on convolutions may be about densities."""
    text = r"A convolution of densities: let $T$ be exponential with rate $\lambda > 0$. Then $\mathbb{E}[T] = 1/\lambda$."
    found = read(text + "\n")[-1]
    assert (found.role, found.outcome in RIGHT) == ("claim", True)
