r"""Lines of notes on statistics: sums without a subscript, means, the normal distribution function, distributions with names.

For every rule a true line that is proved, the same line with a mistake that is not, and what a rule could mistake.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from calcds.decide.verdict import Outcome
from calcds.document.checking import findings
from calcds.document.finding import Finding
from calcds.document.source.extract import cut

WRONG = {Outcome.REFUTED, Outcome.MALFORMED}
RIGHT = {Outcome.PROVED, Outcome.SUPPORTED}


def read(text: str) -> list[Finding]:
    return findings(cut(Path("notes.md"), text + "\n"))


NORMAL = r"Let $\Phi$ be the distribution function of the standard normal distribution and $\varphi$ its density. "
SAMPLE = r"Let $X \sim N(\mu, \sigma^2)$ be normally distributed, and $\Phi$ the standard normal distribution function. "

ENTROPIES = (r"$$H(p) = -\sum_i p_i \log p_i, \quad H(p, q) = -\sum_i p_i \log q_i$$ "
             r"$$D(p \| q) = \sum_i p_i \log \frac{p_i}{q_i}$$ ")  # fmt: skip
GAUSSIANS = r"$$\mathrm{KL}(\mathcal{N}(\mu_1, \sigma_1^2) \,\|\, \mathcal{N}(\mu_2, \sigma_2^2)) = "
LIKELIHOOD = (r"$$\ell(\mu, \sigma^2) = -\frac n2 \ln(2 \pi \sigma^2) - \frac{1}{2 \sigma^2} \sum_{i=1}^n (x_i - \mu)^2$$ ")

POSTERIOR = r"Independent measurements give $\frac{1}{\sigma_1^2} = \frac{1}{\tau^2} + \frac{1}{\sigma^2}$. "

PROVED = [  # the last line is
    # a precision that is a sum of others
    POSTERIOR + r"$\sigma_1^2 = \frac{\sigma^2 \tau^2}{\sigma^2 + \tau^2}$",
    POSTERIOR + r"$$\sigma_1^2 (m / \tau^2 + x / \sigma^2) = \frac{\sigma^2 m + \tau^2 x}{\sigma^2 + \tau^2}$$",
    POSTERIOR + r"With $\tau^2 = 4$ and $\sigma^2 = 1$ we get $\sigma_1^2 = \frac45$.",
    # sums without a subscript, and means that the text does not define
    r"$$\sum x_i^2 + \sum_{i=1}^n y_i^2 = \sum_{i=1}^n (x_i^2 + y_i^2)$$",
    r"$$\log \prod e^{x_i} = \sum_{i=1}^n x_i$$",
    r"$$\frac{1}{n} \sum_{i=1}^n (x_i - \bar x)^2 = \frac1n \sum x_i^2 - \bar x^2$$",
    r"$$\sum (x_i - \bar x)(y_i - \bar y) = \sum x_i y_i - n \bar x \bar y$$",
    r"$$\sum_{i=1}^n (x_i - \bar{x}) = 0$$",
    r"$$\sum_{i=1}^n (x_i - c)^2 = \sum_{i=1}^n (x_i - \bar x)^2 + n (\bar x - c)^2$$",
    r"Let $X_1, \dots, X_n$ be i.i.d. with mean $\mu$ and variance $\sigma^2$. Then $E[\bar X] = \mu$.",
    (r"Let $X_1, \dots, X_n$ be i.i.d. with mean $\mu$ and variance $\sigma^2$. Then "
     r"$$E\left[\frac1n \sum_{i=1}^n (X_i - \bar X)^2\right] = \frac{n-1}{n} \sigma^2$$"),
    # the standard normal distribution
    NORMAL + r"$\Phi(-z) = 1 - \Phi(z)$",
    NORMAL + r"$P(|Z| \le z) = 2 \Phi(z) - 1$",
    NORMAL + r"$\Phi(1) - \Phi(-1) = 2 \Phi(1) - 1 \approx 0.683$",
    NORMAL + r"$\Phi'(z) = \varphi(z)$",
    NORMAL + r"$\varphi''(z) = (z^2 - 1) \varphi(z)$",
    SAMPLE + r"$P(X > x) = 1 - \Phi\left(\frac{x - \mu}{\sigma}\right)$",
    SAMPLE + r"$P(a < X \le b) = \Phi\left(\frac{b - \mu}{\sigma}\right) - \Phi\left(\frac{a - \mu}{\sigma}\right)$",
    SAMPLE + r"$P(|X - \mu| \le c) = 2 \Phi(c / \sigma) - 1$",
    r"GELU is $x \Phi(x)$. $$\frac{d}{dx} (x \Phi(x)) = \Phi(x) + x \varphi(x)$$",
    # divergences and entropies
    GAUSSIANS + r"\log \frac{\sigma_2}{\sigma_1} + \frac{\sigma_1^2 + (\mu_1 - \mu_2)^2}{2 \sigma_2^2} - \frac12$$",
    r"$$D_{\mathrm{KL}}(N(\mu, \sigma^2) \,\|\, N(0, 1)) = \frac12 (\mu^2 + \sigma^2 - 1 - \log \sigma^2)$$",
    r"The entropy is $$H(\mathcal{N}(\mu, \sigma^2)) = \frac12 \log(2 \pi e \sigma^2)$$",
    ENTROPIES + r"$$D(p \| q) = H(p, q) - H(p)$$",
    ENTROPIES + r"$$D(q \| p) = H(q, p) - H(q)$$",
    # a function of a variance
    LIKELIHOOD + r"$$\frac{\partial \ell}{\partial \mu} = \frac{1}{\sigma^2} \sum_{i=1}^n (x_i - \mu)$$",
    LIKELIHOOD + r"$$\ell(0, 1) = -\frac n2 \ln(2 \pi) - \frac12 \sum_{i=1}^n x_i^2$$",
    LIKELIHOOD + r"$$\ell(0, v) = -\frac n2 \ln(2 \pi v) - \frac{1}{2v} \sum_{i=1}^n x_i^2 \quad (v > 0)$$",
]  # fmt: skip


@pytest.mark.parametrize("text", PROVED)
def test_true_lines(text: str) -> None:
    assert read(text)[-1].outcome in RIGHT


REFUTED = [  # the last line is called wrong
    POSTERIOR + r"$\sigma_1^2 = \frac{\sigma^2 \tau^2}{\sigma^2 - \tau^2}$",
    POSTERIOR + r"$$\sigma_1^2 (m / \tau^2 + x / \sigma^2) = \frac{\sigma^2 m - \tau^2 x}{\sigma^2 + \tau^2}$$",
    r"$$\sum x_i^2 + \sum_{i=1}^n y_i^2 = \sum_{i=1}^n (x_i^2 - y_i^2)$$",
    r"$$\log \prod e^{x_i} = -\sum_{i=1}^n x_i$$",
    r"$$\frac{1}{n} \sum_{i=1}^n (x_i - \bar x)^2 = \frac1n \sum x_i^2 + \bar x^2$$",
    r"$$\sum (x_i - \bar x)(y_i - \bar y) = \sum x_i y_i + n \bar x \bar y$$",
    r"$$\sum_{i=1}^n (x_i - c)^2 = \sum_{i=1}^n (x_i - \bar x)^2 - n (\bar x - c)^2$$",
    (r"Let $X_1, \dots, X_n$ be i.i.d. with mean $\mu$ and variance $\sigma^2$. Then "
     r"$$E\left[\frac1n \sum_{i=1}^n (X_i - \bar X)^2\right] = \frac{n}{n-1} \sigma^2$$"),
    NORMAL + r"$\Phi(-z) = 1 + \Phi(z)$",
    NORMAL + r"$P(|Z| \le z) = 2 - 2 \Phi(z)$",
    NORMAL + r"$\Phi(1) - \Phi(-1) = 1 - 2 \Phi(1)$",
    NORMAL + r"$\Phi'(z) = -\varphi(z)$",
    NORMAL + r"$\varphi''(z) = (z^2 + 1) \varphi(z)$",
    SAMPLE + r"$P(X > x) = \Phi\left(\frac{x - \mu}{\sigma}\right)$",
    SAMPLE + r"$P(a < X \le b) = \Phi\left(\frac{a - \mu}{\sigma}\right) - \Phi\left(\frac{b - \mu}{\sigma}\right)$",
    SAMPLE + r"$P(|X - \mu| \le c) = 2 \Phi(c / \sigma) + 1$",
    r"GELU is $x \Phi(x)$. $$\frac{d}{dx} (x \Phi(x)) = \Phi(x) - x \varphi(x)$$",
    GAUSSIANS + r"\log \frac{\sigma_2}{\sigma_1} + \frac{\sigma_1^2 + (\mu_1 - \mu_2)^2}{2 \sigma_1^2} - \frac12$$",
    GAUSSIANS + r"\log \frac{\sigma_1}{\sigma_2} + \frac{\sigma_1^2 + (\mu_1 - \mu_2)^2}{2 \sigma_2^2} - \frac12$$",
    r"$$D_{\mathrm{KL}}(N(\mu, \sigma^2) \,\|\, N(0, 1)) = \frac12 (\mu^2 + \sigma^2 + 1 - \log \sigma^2)$$",
    r"The entropy is $$H(\mathcal{N}(\mu, \sigma^2)) = \frac12 \log(2 \pi \sigma^2)$$",
    ENTROPIES + r"$$D(p \| q) = H(p, q) + H(p)$$",
    ENTROPIES + r"$$D(q \| p) = H(q, p) + H(q)$$",
    LIKELIHOOD + r"$$\frac{\partial \ell}{\partial \mu} = -\frac{1}{\sigma^2} \sum_{i=1}^n (x_i - \mu)$$",
    LIKELIHOOD + r"$$\ell(0, 1) = -\frac n2 \ln(2 \pi) + \frac12 \sum_{i=1}^n x_i^2$$",
    LIKELIHOOD + r"$$\ell(0, v) = -\frac n2 \ln(2 \pi v) - \frac{1}{v} \sum_{i=1}^n x_i^2 \quad (v > 0)$$",
]  # fmt: skip


@pytest.mark.parametrize("text", REFUTED)
def test_wrong_lines(text: str) -> None:
    assert read(text)[-1].outcome in WRONG


HARMLESS = [  # no line is called wrong
    POSTERIOR + r"If the prior is flat, $\sigma_1^2 = \sigma^2$.",
    POSTERIOR + "\n\n# A single number\n\n" r"The noise has $\sigma_1^2 = 3$ and $\frac{1}{\sigma_1^2} = \frac13$.",
    r"The step is $\frac{1}{\sigma_{t+1}^2} = \frac{1}{\sigma_t^2} + 1$. From $\sigma_0^2 = 1$ we get $\sigma_1^2 = \frac12$.",
    SAMPLE + r"Sample variance: $$\frac{1}{n-1} \sum_{i=1}^n (X_i - \bar X)^2 = \frac{n}{n-1} (\overline{X^2} - \bar X^2)$$",
    (SAMPLE + r"For the uniform law on $(0, \theta)$ the maximum $M = \max_i X_i$ has density $f_M(x) = n x^{n-1} / \theta^n$, "
     r"$E[M] = \frac{n}{n+1} \theta$ and $E[M^2] = \frac{n}{n+2} \theta^2$."),
    r"Random variables. For the exponential law with rate $\lambda$ the sum $S$ has $E[S] = n / \lambda$.",
    r"$$\mu_j = \sum w_{ij} x_i$$ $$\mu_j = \sum_{i=1}^n w_{ij} x_i$$",
    r"The weighted mean has $$\sum_{i=1}^n w_i (x_i - \bar x) = 0$$",
    r"With $\sum w_i = 1$, $\bar x = \sum w_i x_i$: $$\sum_{i=1}^n w_i (x_i - \bar x)^2 = \sum_{i=1}^n w_i x_i^2 - \bar x^2$$",
    r"Complex numbers: $z \bar z = |z|^2$ and $$\sum_{k=1}^n z_k \bar z = \bar z \sum_{k=1}^n z_k$$",
    r"The mean is $\bar x = \frac{4 + 6}{2} = 5$. Then $\sum (x_i - \bar x)^2 = 1 + 1 = 2$.",
    r"A Gaussian kernel is $k(x, y) = \Phi(x)^T \Phi(y)$ with a feature map $\Phi$, and $\Phi(-x) = \Phi(x)$.",
    r"Gaussian random variables. The potential satisfies $\Phi(-x) = \Phi(x)$ for the harmonic potential $\Phi$.",
    r"With Gaussian noise, $\Phi(x) = (1, x, x^2)^T$ and $\Phi(2) = (1, 2, 4)^T$. The standard normal law is $N(0, 1)$.",
    r"Let $Z$ be uniform on $[0, 1]$. The standard normal law is another: $P(Z \le z) = z$.",
    r"A customer waits for an exponentially distributed while $W$ with mean $\theta$. Then $\operatorname{Var}(W) = \theta^2$.",
    r"Let $X$ be not Poisson with mean $\mu$, but random. Then $\operatorname{Var}(X) = 2\mu$.",
    r"$$P(X = k) = \binom{k + r - 1}{k} p^r (1-p)^k$$ has for this random variable $$E[X] = \frac{r (1-p)}{p}$$",
    r"The series $P(N = k) = \frac{\lambda^k}{k! (e^\lambda - 1)}$ has $E[N] = \frac{\lambda e^\lambda}{e^\lambda - 1}$.",
    (r"Let $\ell(b) = \sum_{i=1}^n (x_i - b)^2$. On four points, starting at zero, the derivative is "
     r"$$\frac{d\ell}{db} = \tfrac12 - \tfrac12 + \tfrac12 - \tfrac12 = 0$$"),
    r"At the fixed point $\bar x$ we have $\sum_{i=1}^n a_i \bar x = b$.",
]


@pytest.mark.parametrize("text", HARMLESS)
def test_nothing_is_called_wrong(text: str) -> None:
    assert not [one.left for one in read(text) if one.outcome in WRONG]


def test_a_line_says_what_was_read_as_a_mean() -> None:
    (row,) = read(r"$$\sum_{i=1}^n (x_i - \bar{x}) = 0$$")
    assert "x_bar is read as the mean of the x_i" in row.detail


MODEL = (r"Let $y = X\beta + \varepsilon$, $X \in \mathbb{R}^{n \times p}$, $E[\varepsilon] = 0$, "
         r"$\operatorname{Var}(\varepsilon) = \sigma^2 I$ and $\hat\beta = (X^T X)^{-1} X^T y$. ")
BOLD = (r"Here $\mathbf{y} = \mathbf{X}\boldsymbol\beta + \boldsymbol\varepsilon$, $\mathbf{X} \in \mathbb{R}^{n \times p}$ "
        r"and $\boldsymbol\varepsilon \sim \mathcal{N}(\mathbf{0}, \sigma^2 \mathbf{I})$. ")  # fmt: skip
WORDS = (r"Errors are uncorrelated with mean zero and variance $\sigma^2$. Let $y = X\beta + u$ with "
         r"$X \in \mathbb{R}^{n \times p}$ and $b = (X^T X)^{-1} X^T y$. ")  # fmt: skip
WAITING = r"Let the random time $T$ be exponential with rate $\lambda > 0$. For $s, t \ge 0$ we have "
UNIFORM = r"A variable that is uniform on $[a, b]$ has "
TRIALS = r"The number $K$ of successes has probability $$P(K = k) = \binom{n}{k} p^k (1-p)^{n-k},$$ a random variable. "
PAIRS = [  # what is said, a true line, a wrong one
    (r"Let $Y$ be Poisson with the rate $\lambda > 0$. ", r"$E[Y(Y-1)] = \lambda^2$", r"$E[Y(Y-1)] = \lambda$"),
    (r"Let T be exponential with the rate $\lambda > 0$. ", r"$E[T^2] = \frac{2}{\lambda^2}$",
     r"$E[T^2] = \frac{1}{\lambda^2}$"),
    (r"The random variable $W$ is exponential with mean $\theta$. ", r"$\operatorname{Var}(W) = \theta^2$",
     r"$\operatorname{Var}(W) = \theta$"),
    (UNIFORM, r"$\operatorname{Var}(U) = \frac{(b-a)^2}{12}$", r"$\operatorname{Var}(U) = \frac{(b+a)^2}{12}$"),
    (r"**Uniform.** On $[a, b]$ there is a density, and ", r"$E[U] = \frac{a+b}{2}$", r"$E[U] = \frac{b-a}{2}$"),
    (r"**Exponential.** With density $f(x) = \lambda e^{-\lambda x}$ for $x \ge 0$, ", r"$E[X^2] = \frac{2}{\lambda^2}$",
     r"$E[X^2] = \frac{1}{\lambda^2}$"),
    (WAITING, r"$P(T > t) = e^{-\lambda t}$", r"$P(T > t) = 1 - e^{-\lambda t}$"),
    (WAITING, r"$P(T > s + t \mid T > s) = e^{-\lambda t}$", r"$P(T > s + t \mid T > s) = e^{-\lambda (s + t)}$"),
    (WAITING, r"$P(s < T \le t) = e^{-\lambda s} - e^{-\lambda t}$", r"$P(s < T \le t) = e^{-\lambda t} - e^{-\lambda s}$"),
    (SAMPLE, r"$P(|X - \mu| \le 2\sigma) = 2 \Phi(2) - 1$", r"$P(|X - \mu| \le 2\sigma) = 2 \Phi(2) + 1$"),
    (r"Let $X$ have density $f(x) = \lambda e^{-\lambda x}$ for $x \ge 0$. The random variable has ",
     r"$E[X^2] = 2/\lambda^2$", r"$E[X^2] = 1/\lambda^2$"),
    (TRIALS, r"$\operatorname{Var}(K) = np(1-p)$", r"$\operatorname{Var}(K) = np^2(1-p)$"),
    (r"A Poisson count: $$P(N = k) = \frac{\lambda^k}{k!} e^{-\lambda}$$ ", r"$E[N^2] = \lambda + \lambda^2$",
     r"$E[N^2] = \lambda^2$"),
    (r"Let $X$ be binomial with parameters $n$ and $p$. ", r"$E[X^2] = np(1-p) + n^2p^2$", r"$E[X^2] = np(1-p) + np^2$"),
    (r"Let $X$ be normal with mean $\mu$ and variance $\sigma^2$. ", r"$E[X^3] = \mu^3 + 3 \mu \sigma^2$",
     r"$E[X^3] = \mu^3 + \mu \sigma^2$"),
    (r"Let $X \sim N(\mu, \sigma^2)$ be a random variable. ", r"$E[e^{tX}] = e^{\mu t + \sigma^2 t^2/2}$",
     r"$E[e^{tX}] = e^{\mu t + \sigma^2 t^2}$"),
    (r"Let $X \sim \mathrm{Poisson}(\lambda)$ be a random variable. ", r"$E[e^{tX}] = \exp(\lambda (e^t - 1))$",
     r"$E[e^{tX}] = \exp(\lambda (e^t + 1))$"),
    (MODEL, r"$$E[\hat\beta] = \beta$$", r"$$E[\hat\beta] = -\beta$$"),
    (MODEL, r"$$\operatorname{Var}(\hat\beta) = \sigma^2 (X^T X)^{-1}$$",
     r"$$\operatorname{Var}(\hat\beta) = \sigma^2 X^T X$$"),
    (MODEL, r"$$\operatorname{Var}(a^T y) = \sigma^2 a^T a$$", r"$$\operatorname{Var}(a^T y) = \sigma a^T a$$"),
    (BOLD, r"$$\operatorname{Cov}(\mathbf{X}^T \mathbf{y}) = \sigma^2 \mathbf{X}^T \mathbf{X}$$",
     r"$$\operatorname{Cov}(\mathbf{X}^T \mathbf{y}) = -\sigma^2 \mathbf{X}^T \mathbf{X}$$"),
    (WORDS, r"$$\operatorname{Var}(b) = \sigma^2 (X^T X)^{-1}$$", r"$$\operatorname{Var}(b) = 2 \sigma^2 (X^T X)^{-1}$$"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "true", "false"), PAIRS)
def test_true_and_wrong_lines_of_models_are_told_apart(text: str, true: str, false: str) -> None:
    assert read(text + true)[-1].outcome in RIGHT
    assert read(text + false)[-1].outcome in WRONG


def test_other_errors_have_another_covariance() -> None:
    text = MODEL + r"Now let $\operatorname{Var}(\varepsilon) = \sigma^2 \Omega$. Then "
    rows = read(text + r"$$\operatorname{Var}(\hat\beta) = \sigma^2 (X^T X)^{-1} X^T \Omega X (X^T X)^{-1}$$")
    assert not [one.left for one in rows if one.outcome in WRONG]
