# ruff: noqa: E501  (a row is a formula)
"""Entropies and divergences of distributions with names: told apart, and never called wrong where H or h is something else."""

from __future__ import annotations

import pytest

from calcds.decide.engine import decide_terms
from calcds.document.chance.closed_forms import CLOSED, divergence_of_laws
from calcds.document.chance.laws import range_of
from calcds.expr.kinds import Real
from calcds.expr.term import number
from tests.document.lines import WRONG, assert_told_apart, own_line, read

NORMALS = r"Let $p = \mathcal{N}(\mu_1, \sigma_1^2)$ and $q(x) = \mathcal{N}(x; \mu_2, \sigma_2^2)$."
RANDOM = r"Random variables. Let $X$ be "
TOLD_APART = [  # what stands before, a true line, a slip
    (NORMALS, r"\mathrm{KL}(p \,\|\, q) = \log\frac{\sigma_2}{\sigma_1} + \frac{\sigma_1^2 + (\mu_1-\mu_2)^2}{2\sigma_2^2} - \frac12",
     r"\mathrm{KL}(p \,\|\, q) = \log\frac{\sigma_2}{\sigma_1} + \frac{\sigma_1^2 + (\mu_1-\mu_2)^2}{\sigma_2^2} - \frac12"),
    (NORMALS, r"KL(p \| q) = \frac12 \log\frac{\sigma_2^2}{\sigma_1^2} + \frac{\sigma_1^2 + (\mu_1-\mu_2)^2}{2\sigma_2^2} - \frac12",
     r"KL(p \| q) = \log\frac{\sigma_2^2}{\sigma_1^2} + \frac{\sigma_1^2 + (\mu_1-\mu_2)^2}{2\sigma_2^2} - \frac12"),
    (NORMALS, r"D(q(x) \parallel p(x)) = \log\frac{\sigma_1}{\sigma_2} + \frac{\sigma_2^2 + (\mu_1-\mu_2)^2}{2\sigma_1^2} - \frac12",
     r"D(q(x) \parallel p(x)) = \log\frac{\sigma_2}{\sigma_1} + \frac{\sigma_2^2 + (\mu_1-\mu_2)^2}{2\sigma_1^2} - \frac12"),
    ("", r"D_{KL}(\mathrm{Ber}(p) \| \mathrm{Ber}(q)) = p\log\frac{p}{q} + (1-p)\log\frac{1-p}{1-q}",
     r"D_{KL}(\mathrm{Ber}(p) \| \mathrm{Ber}(q)) = p\log\frac{q}{p} + (1-p)\log\frac{1-p}{1-q}"),
    ("", r"D_{KL}(\mathrm{Poi}(\lambda) \| \mathrm{Poi}(\mu)) = \lambda\log\frac{\lambda}{\mu} + \mu - \lambda",
     r"D_{KL}(\mathrm{Poi}(\lambda) \| \mathrm{Poi}(\mu)) = \lambda\log\frac{\lambda}{\mu} - \mu + \lambda"),
    ("", r"D_{KL}(\mathrm{Exp}(\lambda_1) \| \mathrm{Exp}(\lambda_2)) = \log\frac{\lambda_1}{\lambda_2} + \frac{\lambda_2}{\lambda_1} - 1",
     r"D_{KL}(\mathrm{Exp}(\lambda_1) \| \mathrm{Exp}(\lambda_2)) = \log\frac{\lambda_1}{\lambda_2} + \frac{\lambda_2}{\lambda_1} + 1"),
    (NORMALS + " The entropies are", r"H(p) = \frac12\log(2\pi e\sigma_1^2)", r"H(p) = \log(2\pi e\sigma_1^2)"),
    (NORMALS + " The cross entropy is", r"H(p, q) = \frac12 \log(2\pi\sigma_2^2) + \frac{\sigma_1^2 + (\mu_1-\mu_2)^2}{2\sigma_2^2}",
     r"H(p, q) = \frac12 \log(2\pi\sigma_2^2) + \frac{\sigma_1^2 + (\mu_1-\mu_2)^2}{\sigma_2^2}"),
    (r"Let $\mu \in \mathbb{R}^k$.", r"\mathrm{KL}(\mathcal{N}(\mu,\sigma^2 I)\|\mathcal{N}(0, I)) = \frac12(\|\mu\|^2 + k \sigma^2 - k - k \log\sigma^2)",
     r"\mathrm{KL}(\mathcal{N}(\mu,\sigma^2 I)\|\mathcal{N}(0, I)) = \|\mu\|^2 - \frac12(k \sigma^2 - k - k \log\sigma^2)"),
    ("In $d$ dimensions", r"D_{KL}(\mathcal{N}(\mu,\operatorname{diag}(\sigma^2)) \| \mathcal{N}(0,I)) = \frac12\sum_{j=1}^d (\mu_j^2 + \sigma_j^2 - 1 - \log\sigma_j^2)",
     r"D_{KL}(\mathcal{N}(\mu,\operatorname{diag}(\sigma^2)) \| \mathcal{N}(0,I)) = -\frac12\sum_{j=1}^d (\mu_j^2 + \sigma_j^2 - 1 - \log\sigma_j^2)"),
    (r"Let $X \sim \mathcal{N}(\mu, \sigma^2)$. Its differential entropy is", r"h(X) = \frac12\log(2\pi e\sigma^2)", r"h(X) = \frac12\log(2\pi\sigma^2)"),
    (RANDOM + r"Bernoulli with parameter $p$. The entropy is", r"H(X) = -p\log p - (1-p)\log(1-p)", r"H(X) = -p\log p - (1-p)\log p"),
    (RANDOM + r"Bernoulli with parameter $p$. The entropy is", r"H(X) = -p\log_2 p - (1-p)\log_2(1-p)", r"H(X) = -p\log_2 p + (1-p)\log_2(1-p)"),
    (RANDOM + r"uniform on $[a, b]$. The entropy is", r"h(X) = \log(b-a)", r"h(X) = -\log(b-a)"),
    (RANDOM + r"uniform on $\{1, \dots, n\}$. The entropy is", r"H(X) = \log n", r"H(X) = -\log n"),
    (RANDOM + r"exponential with rate $\lambda$. The entropy is", r"h(X) = 1 - \log\lambda", r"h(X) = 1 + \log\lambda"),
]  # fmt: skip

NEVER_WRONG = [  # true, or no claim at all
    r"Let $X \sim \mathcal{N}(\mu, \sigma^2)$ and $h(x) = x^2$. The entropy of $X$ is not needed here. $$h(X) = X^2$$",
    r"Let $X \sim \mathcal{N}(\mu, \sigma^2)$. The estimator $h(X) = 2X$ has mean $2\mu$. $$h(X) = 2X$$",
    r"Let $X \sim \mathcal{N}(\mu, \sigma^2)$ be random. The entropy is $$H(X) = 3$$",
    r"The entropy of a normal $X \sim \mathcal{N}(\mu, \sigma^2)$ in bits is $$h(X) = \frac12 \log_2(2 \pi e \sigma^2)$$",
    r"Let $X$ be a random variable, Bernoulli with parameter $1/2$. Its entropy is one bit: $$H(X) = 1$$",
    r"Let $y = \exp(x)$ and $p = B(a, b)$. The entropy is not $$H(p) = 2$$",
    r"By deviations $$\mathrm{KL}(\mathcal{N}(\mu_1,\sigma_1)\|\mathcal{N}(\mu_2,\sigma_2)) = \log\frac{\sigma_2}{\sigma_1} + \frac{\sigma_1^2+(\mu_1-\mu_2)^2}{2\sigma_2^2} - \frac12$$",
    r"By deviations $$D(\mathcal{N}(0, 2)\|\mathcal{N}(0, 3)) = \log\frac32 + \frac29 - \frac12$$",
    r"By means $$D(\mathrm{Exp}(\theta_1)\|\mathrm{Exp}(\theta_2)) = \log\frac{\theta_2}{\theta_1} + \frac{\theta_1}{\theta_2} - 1$$",
    r"By scales $$D(\mathrm{Exp}(s)\|\mathrm{Exp}(r)) = \log\frac{r}{s} + \frac{s}{r} - 1$$",
    r"Bhattacharyya: $$D_B(\mathcal{N}(\mu_1,\sigma^2), \mathcal{N}(\mu_2,\sigma^2)) = \frac{(\mu_1-\mu_2)^2}{8\sigma^2}$$",
    r"Jeffreys: $$J(\mathcal{N}(\mu_1,\sigma^2) \| \mathcal{N}(\mu_2,\sigma^2)) = \frac{(\mu_1-\mu_2)^2}{\sigma^2}$$",
    r"Total variation: $$\mathrm{TV}(\mathcal{N}(0, 1) \| \mathcal{N}(\mu, 1)) = 2\Phi(\mu/2) - 1$$",
    r"Lines $KL$ and $MN$ are parallel. $$KL = K \cdot L$$",
    r"Let $p = \mathcal{N}(0, 1)$. In the next example $p$ is the uniform law. The entropy: $$H(p) = 0$$",
]


@pytest.mark.parametrize(("before", "line", "slip"), TOLD_APART, ids=[row[2][:60] for row in TOLD_APART])
def test_told_apart(before: str, line: str, slip: str) -> None:
    assert_told_apart(before, line, slip)


@pytest.mark.parametrize("text", NEVER_WRONG)
def test_never_wrong(text: str) -> None:
    assert all(one.outcome not in WRONG for one in read(text))


def test_an_entropy_of_a_section_without_entropies_is_a_definition() -> None:
    (found,) = own_line(r"Let $X \sim \mathcal{N}(\mu, \sigma^2)$.", r"h(X) = \mu + \sigma")
    assert found.role == "definition"


@pytest.mark.parametrize("law", sorted(CLOSED))
def test_the_divergence_of_a_law_from_itself_is_zero(law: str) -> None:
    a, b = Real.symbol("a"), Real.symbol("b")
    values = [a, b] if law in {"normal", "uniform", "laplace", "equal"} else [a]
    found = divergence_of_laws(law, values, law, values)
    if found is not None:
        assert decide_terms(found, number(0), tuple(range_of(law, values))).outcome.name == "PROVED"
    assert divergence_of_laws(law, values, "other", values) is None
