# ruff: noqa: E501  (a row is a text)
r"""Likelihoods, conditional densities and the laws of probability for them, and normal distributions.

PAIRS: what stands before, a true line, a slip of it that is called wrong. OPEN: lines that are neither proved nor called wrong.
"""

from __future__ import annotations

import pytest

from calcds.decide.verdict import Outcome
from tests.document.lines import RIGHT, WRONG, assert_told_apart, own_line, read

COINS = r"The likelihood of the tosses is $P(D \mid \theta) = \theta^{h} (1 - \theta)^{t}$."
PAIRS_OF_DATA = r"""As the pairs are independent,

$$P(\mathbf{Y} \mid \mathbf{X}) = \prod_{i=1}^n p(y^{(i)} \mid \mathbf{x}^{(i)}).$$"""
NORMAL = r"""The model is

$$p(y \mid \mathbf{x}) = \frac{1}{\sqrt{2\pi\sigma^2}} \exp\left(-\frac{1}{2\sigma^2} (y - \mathbf{v}^\top \mathbf{x} - c)^2\right).$$

""" + PAIRS_OF_DATA
SIGMOID = r"""Let $\sigma(u) = 1/(1 + e^{-u})$. The model is

$$P(c = 1 \mid u) = \sigma(u), \qquad P(c = 0 \mid u) = 1 - \sigma(u).$$"""
BERNOULLI = r"The model is $p(y \mid x; w) = g(x)^y (1 - g(x))^{1 - y}$ where $g(x) = 1/(1 + e^{-w x})$."
GAUSSIAN = r"Let $z \in \mathbb{R}^D$ be Gaussian with mean $\mu$ and covariance matrix $\Sigma$."
DENSITY = r"""The multivariate normal density is

$$\mathcal{N}(z \mid \mu, \Sigma) = \frac{1}{(2\pi)^{D/2} |\Sigma|^{1/2}} \exp\left(-\frac12 (z - \mu)^T \Sigma^{-1} (z - \mu)\right).$$"""
SAMPLE = r"""For a sample from a normal distribution in $\mathbb{R}^p$ the log-likelihood is

$$\ell(\mu, \Sigma \mid z^{(i)}) = -\frac{mp}{2} \log(2\pi) - \frac{m}{2} \log|\Sigma| - \frac12 \sum_{i=1}^m (z^{(i)} - \mu)^T \Sigma^{-1} (z^{(i)} - \mu).$$"""
CLASSES = r"Both classes are normally distributed with the same covariance matrix $\Sigma$, and with the means $\mu_1$ and $\mu_{-1}$."

ONE_EXAMPLE = r"""With normal noise, for $x^{(i)} \in \mathbb{R}^n$ and $y^{(i)} \in \mathbb{R}$,

$$p(y^{(i)} \mid x^{(i)}; \theta) = \frac{1}{\sqrt{2\pi} \sigma} \exp\left(-\frac{(y^{(i)} - \theta^T x^{(i)})^2}{2\sigma^2}\right).$$

$$L(\theta) = \prod_{i=1}^m p(y^{(i)} \mid x^{(i)}; \theta)$$"""
LOGISTIC = r"""Let $g(z) = 1/(1 + e^{-z})$ and $h_\theta(x) = g(\theta^T x)$. We assume

$$p(y \mid x; \theta) = (h_\theta(x))^y (1 - h_\theta(x))^{1 - y}.$$

$$L(\theta) = \prod_{i=1}^m p(y^{(i)} \mid x^{(i)}; \theta)$$

$$\ell(\theta) = \log L(\theta)$$"""
COUNTS = r"""Let $y$ be Poisson with mean $\lambda = e^{\theta^T x}$. With one example,

$$l = \log p(y \mid x; \theta) = \log \frac{e^{-\lambda} \lambda^y}{y!}.$$"""
VARIANCE = r"""$$\ell(\mu, \sigma^2) = -\frac{n}{2} \log(2\pi\sigma^2) - \frac{1}{2\sigma^2} \sum_{i=1}^n (x_i - \mu)^2$$

Writing $v$ for $\sigma^2$ we get"""
ENTROPY = r"""The entropy of a distribution is $H(p) = -\sum_x p(x) \log p(x)$, the cross-entropy of two is $H(p, q) = -\sum_x p(x) \log q(x)$.

$$D_{KL}(p \| q) = \sum_x p(x) \log \frac{p(x)}{q(x)}$$"""
CAPITALS = ENTROPY.replace("p(", "P(").replace("q(", "Q(").replace("(p", "(P").replace("q)", "Q)")

ARRIVALS = r"""# The model

The density of a waiting time is

$$f(w|\mu) = \mu^3 w^2 e^{-\mu w} / 2$$

# Its estimate

For $m$ waiting times the likelihood is

$$L(\mu) = \prod_{i=1}^m f(w_i|\mu) = \prod_{i=1}^m \frac12 \mu^3 w_i^2 e^{-\mu w_i}$$

and $\ell(\mu) = \log L(\mu)$."""
TRIALS = r"""The number of trials has the masses $r_Y(k) = r w^{k-1}$ with $w = 1 - r$. For another one $r_Y(k) = 1/6$."""

PAIRS = [
    # the formula of a density of another section stands in the chain again
    (ARRIVALS, r"\frac{d\ell}{d\mu} = \frac{3m}{\mu} - \sum_{i=1}^m w_i", r"\frac{d\ell}{d\mu} = \frac{3m}{\mu} - m \sum_{i=1}^m w_i"),
    (ARRIVALS, r"\frac{d^2\ell}{d\mu^2} = -\frac{3m}{\mu^2}", r"\frac{d^2\ell}{d\mu^2} = -\frac{3m}{\mu^3}"),
    # r_Y is a function, and the r in its formula a number
    (TRIALS, r"\frac{r(1 + w)}{(1 - w)^3} = \frac{1 + w}{r^2}", r"\frac{r(1 + w)}{(1 - w)^3} = \frac{1 + w}{r^3}"),
    # the examples x^{(i)} of a vector x, and densities of one of them
    (ONE_EXAMPLE, r"\log L(\theta) = m \log \frac{1}{\sqrt{2\pi} \sigma} - \frac{1}{2\sigma^2} \sum_{i=1}^m (y^{(i)} - \theta^T x^{(i)})^2", r"\log L(\theta) = m \log \frac{1}{\sqrt{2\pi} \sigma} + \frac{1}{2\sigma^2} \sum_{i=1}^m (y^{(i)} - \theta^T x^{(i)})^2"),
    (LOGISTIC, r"\log L(\theta) = \sum_{i=1}^m y^{(i)} \log h_\theta(x^{(i)}) + (1 - y^{(i)}) \log(1 - h_\theta(x^{(i)}))", r"\log L(\theta) = \sum_{i=1}^m y^{(i)} \log h_\theta(x^{(i)}) - (1 - y^{(i)}) \log(1 - h_\theta(x^{(i)}))"),
    (LOGISTIC, r"\frac{\partial}{\partial\theta_j} \ell(\theta) = \sum_{i=1}^m (y^{(i)} - h_\theta(x^{(i)})) x_j^{(i)}", r"\frac{\partial}{\partial\theta_j} \ell(\theta) = \sum_{i=1}^m (y^{(i)} + h_\theta(x^{(i)})) x_j^{(i)}"),
    ("", r"2 y^{(i)} \theta^T x^{(i)} - e^{\theta^T x^{(i)}} = -e^{\theta^T x^{(i)}} + 2 y^{(i)} \theta^T x^{(i)}", r"2 y^{(i)} \theta^T x^{(i)} - e^{\theta^T x^{(i)}} = e^{\theta^T x^{(i)}} + 2 y^{(i)} \theta^T x^{(i)}"),
    (COUNTS, r"\frac{\partial l}{\partial\theta_j} = (y - e^{\theta^T x}) x_j", r"\frac{\partial l}{\partial\theta_j} = (y + e^{\theta^T x}) x_j"),
    # another name for a square
    (VARIANCE, r"\frac{\partial\ell}{\partial v} = -\frac{n}{2v} + \frac{1}{2v^2} \sum_{i=1}^n (x_i - \mu)^2", r"\frac{\partial\ell}{\partial v} = -\frac{n}{2v} + \frac{1}{v^2} \sum_{i=1}^n (x_i - \mu)^2"),
    # densities named by their variables
    ("", r"p_{Y|X}(y \mid x) = \frac{p_{X|Y}(x \mid y) p_Y(y)}{p_X(x)}", r"p_{Y|X}(y \mid x) = \frac{p_{X|Y}(x \mid y) p_X(x)}{p_Y(y)}"),
    (CAPITALS, r"\sum_x P(x) \log \frac{P(x)}{Q(x)} = \sum_x P(x) \log P(x) - \sum_x P(x) \log Q(x)", r"\sum_x P(x) \log \frac{P(x)}{Q(x)} = \sum_x P(x) \log P(x) + \sum_x P(x) \log Q(x)"),
    # a sum is meant over the terms with its index; what stands in logarithms as c and 1 - c lies between 0 and 1
    (r"Take logarithms.", r"\log \prod_{i=1}^n q_i^{a_i} \cdot (1 - q_i)^{1 - a_i} = \sum_{i=1}^n a_i \log(q_i) + (1 - a_i) \log(1 - q_i)", r"\log \prod_{i=1}^n q_i^{a_i} \cdot (1 - q_i)^{1 - a_i} = \sum_{i=1}^n a_i \log(q_i) - (1 - a_i) \log(1 - q_i)"),
    (r"Take logarithms.", r"\log \prod_{i=1}^n q_i^{a_i} (1 - q_i)^{1 - a_i} = \sum_{i=1}^n \left[a_i \log q_i + (1 - a_i) \log(1 - q_i)\right]", r"\log \prod_{i=1}^n q_i^{a_i} (1 - q_i)^{1 - a_i} = \sum_{i=1}^n \left[a_i \log q_i + a_i \log(1 - q_i)\right]"),
    # a likelihood with a formula, and values of it
    (COINS, r"-\log P(D \mid \theta) = -h \log\theta - t \log(1 - \theta)", r"-\log P(D \mid \theta) = -h \log\theta + t \log(1 - \theta)"),
    (COINS, r"\frac{d}{d\theta} P(D \mid \theta) = h \theta^{h-1} (1 - \theta)^t - t \theta^h (1 - \theta)^{t-1}", r"\frac{d}{d\theta} P(D \mid \theta) = h \theta^{h-1} (1 - \theta)^t + t \theta^h (1 - \theta)^{t-1}"),
    (PAIRS_OF_DATA, r"-\log P(\mathbf{Y} \mid \mathbf{X}) = \sum_{i=1}^n -\log p(y^{(i)} \mid \mathbf{x}^{(i)})", r"-\log P(\mathbf{Y} \mid \mathbf{X}) = \sum_{i=1}^n \log p(y^{(i)} \mid \mathbf{x}^{(i)})"),
    (NORMAL, r"-\log P(\mathbf{Y} \mid \mathbf{X}) = \sum_{i=1}^n \frac12 \log(2\pi\sigma^2) + \frac{1}{2\sigma^2} (y^{(i)} - \mathbf{v}^\top \mathbf{x}^{(i)} - c)^2", r"-\log P(\mathbf{Y} \mid \mathbf{X}) = \sum_{i=1}^n \frac12 \log(2\pi\sigma^2) - \frac{1}{2\sigma^2} (y^{(i)} - \mathbf{v}^\top \mathbf{x}^{(i)} - c)^2"),
    (SIGMOID, r"\log \frac{P(c = 1 \mid u)}{P(c = 0 \mid u)} = u", r"\log \frac{P(c = 1 \mid u)}{P(c = 0 \mid u)} = 2u"),
    (BERNOULLI, r"\log p(y^{(i)} \mid x^{(i)}; w) = y^{(i)} \log g(x^{(i)}) + (1 - y^{(i)}) \log(1 - g(x^{(i)}))", r"\log p(y^{(i)} \mid x^{(i)}; w) = y^{(i)} \log g(x^{(i)}) + (1 + y^{(i)}) \log(1 - g(x^{(i)}))"),
    ("", r"\frac{\partial}{\partial\theta} \log p(x \mid \theta) = \frac{1}{p(x \mid \theta)} \frac{\partial}{\partial\theta} p(x \mid \theta)", r"\frac{\partial}{\partial\theta} \log p(x \mid \theta) = -\frac{1}{p(x \mid \theta)} \frac{\partial}{\partial\theta} p(x \mid \theta)"),
    # laws of probability
    ("", r"p(y \mid x, \theta) = \frac{p(x \mid y, \theta) p(y \mid \theta)}{p(x \mid \theta)}", r"p(y \mid x, \theta) = \frac{p(x \mid y, \theta) p(x \mid \theta)}{p(y \mid \theta)}"),
    ("Bayes' rule says", r"p(\theta \mid D) = \frac{p(D \mid \theta) p(\theta)}{p(D)}", r"p(\theta \mid D) = \frac{p(D \mid \theta) p(D)}{p(\theta)}"),
    ("", r"\log p(x, z \mid \theta) = \log p(x \mid z, \theta) + \log p(z \mid \theta)", r"\log p(x, z \mid \theta) = \log p(x \mid z, \theta) - \log p(z \mid \theta)"),
    # covariance matrices are symmetric, and have an inverse where one is printed
    (GAUSSIAN, r"(z - \mu)^T \Sigma^{-1} (z - \mu) = z^T \Sigma^{-1} z - 2 \mu^T \Sigma^{-1} z + \mu^T \Sigma^{-1} \mu", r"(z - \mu)^T \Sigma^{-1} (z - \mu) = z^T \Sigma^{-1} z - \mu^T \Sigma^{-1} z + \mu^T \Sigma^{-1} \mu"),
    (DENSITY, r"\log \mathcal{N}(z \mid \mu, \Sigma) = -\frac{D}{2} \log(2\pi) - \frac12 \log|\Sigma| - \frac12 (z - \mu)^T \Sigma^{-1} (z - \mu)", r"\log \mathcal{N}(z \mid \mu, \Sigma) = -\frac{D}{2} \log(2\pi) - \frac12 \log|\Sigma| - (z - \mu)^T \Sigma^{-1} (z - \mu)"),
    (SAMPLE, r"\frac{\partial}{\partial\mu} \ell(\mu, \Sigma \mid z^{(i)}) = \sum_{i=1}^m \Sigma^{-1} (z^{(i)} - \mu)", r"\frac{\partial}{\partial\mu} \ell(\mu, \Sigma \mid z^{(i)}) = \sum_{i=1}^m \Sigma^{-1} (\mu - z^{(i)})"),
    (SAMPLE, r"\frac{\partial}{\partial\Sigma^{-1}} \ell(\mu, \Sigma \mid z^{(i)}) = \frac{m}{2} \Sigma - \frac12 \sum_{i=1}^m (z^{(i)} - \mu)(z^{(i)} - \mu)^T", r"\frac{\partial}{\partial\Sigma^{-1}} \ell(\mu, \Sigma \mid z^{(i)}) = \frac{m}{2} \Sigma + \frac12 \sum_{i=1}^m (z^{(i)} - \mu)(z^{(i)} - \mu)^T"),
    (CLASSES, r"(\mu_1^T \Sigma^{-1} - \mu_{-1}^T \Sigma^{-1})^T = \Sigma^{-1} (\mu_1 - \mu_{-1})", r"(\mu_1^T \Sigma^{-1} - \mu_{-1}^T \Sigma^{-1})^T = \Sigma^{-1} (\mu_1 + \mu_{-1})"),
]  # fmt: skip

OPEN = [
    ("For random variables", r"p(x, y, z) = p(x) p(y \mid x) p(z \mid y)"),  # a Markov chain, no law
    ("For random variables", r"p(x, y \mid z) = p(x \mid z) p(y \mid z)"),
    ("", r"p(x \mid y) = p(x)"),
    ("", r"P(c, u \mid \theta) = P(c \mid u, \theta) P(u \mid c, \theta)"),
    ("", r"\log P(X \mid \theta) = \sum_{i=1}^n \log p(x_i \mid \theta)"),
    ("", r"\frac{\partial}{\partial w} \log p(y \mid x) = -\frac{1}{p(y \mid x)} \frac{\partial}{\partial w} p(y \mid x)"),  # w stands in no bracket
    ("", r"\int p(x \mid \theta) \, dx = 1"),
    ("", r"\sum_y p(y \mid x; \theta) = 1"),
    ("", r"p(x_1 \mid \theta) = p(x_2 \mid \theta)"),
    ("Let $S$ be any matrix.", r"(z - m)^T \Sigma^{-1} (z - m) = z^T \Sigma^{-1} z - 2 m^T \Sigma^{-1} z + m^T \Sigma^{-1} m"),
]  # fmt: skip


APART = [  # a true line, and a slip of it that is not proved
    (ENTROPY, r"D_{KL}(p \| q) = H(p, q) - H(p)", r"D_{KL}(p \| q) = H(p, q) - H(q)"),
    (ENTROPY, r"H(p, p) = H(p)", r"H(p, p) = H(q)"),
    (CAPITALS, r"D_{KL}(P \| Q) = H(P, Q) - H(P)", r"D_{KL}(P \| Q) = H(P, Q) - H(Q)"),
    (CAPITALS, r"H(P, Q) = H(P) + D_{KL}(P \| Q)", r"H(P, Q) = H(Q) + D_{KL}(P \| Q)"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "line", "slip"), APART)
def test_entropies_are_of_the_distribution_in_their_brackets(before: str, line: str, slip: str) -> None:
    assert all(one.outcome in RIGHT and one.role == "claim" for one in own_line(before, line))
    assert not any(one.outcome in RIGHT for one in own_line(before, slip))


@pytest.mark.parametrize(("before", "line", "slip"), PAIRS)
def test_slips_are_called_wrong(before: str, line: str, slip: str) -> None:
    assert_told_apart(before, line, slip)


@pytest.mark.parametrize(("before", "line"), OPEN)
def test_what_need_not_hold_is_left_open(before: str, line: str) -> None:
    found = own_line(before, line)
    assert found
    assert not any(one.role == "claim" and one.outcome in RIGHT | WRONG for one in found), found


def test_data_in_the_brackets_of_a_likelihood_stand_for_all() -> None:
    line = r"\frac{\partial}{\partial\mu} \ell(\mu, S \mid z^{(i)}) = \sum_{i=1}^m S^{-1} (z^{(i)} - \mu)"
    assert all(one.outcome is not Outcome.MALFORMED for one in read(f"$${line}$$\n"))
    free = r"\frac{\partial E}{\partial w_{ji}} = \sum_{i=1}^m \delta_j a_i"
    assert read(f"$${free}$$\n")[0].outcome is Outcome.MALFORMED


OLDER = [  # the density of another section: what a line says, and whether it holds with it
    (r"\log f(w|\mu) = 3\log\mu + 2\log w - \mu w - \log 2", True),
    (r"\log f(w|\mu) = \log\mu - \mu w", False),
    (r"\prod_{i=1}^m f(w_i|\mu) = \mu^m e^{-\mu \sum_{i=1}^m w_i}", False),
]


@pytest.mark.parametrize(("line", "holds"), OLDER)
def test_a_density_of_another_section_is_the_same_where_that_holds(line: str, holds: bool) -> None:
    """A section on another model calls its density f, too, and need not print it before it is used."""
    found = own_line(ARRIVALS.partition("# Its")[0] + "# Another section\n\nHere is one more line.", line)
    assert all((one.outcome in RIGHT) is holds and one.outcome not in WRONG for one in found), found


def test_a_loss_of_one_letter_is_applied() -> None:
    assert_told_apart(
        r"Let $L(\theta) = \prod_{i=1}^n \theta e^{-\theta x_i}$ and $\ell(\theta) = \log L(\theta)$.",
        r"\frac{d}{d\theta} \ell(\theta) = \frac{n}{\theta} - \sum_{i=1}^n x_i",
        r"\frac{d}{d\theta} \ell(\theta) = \frac{n}{\theta} + \sum_{i=1}^n x_i",
    )
