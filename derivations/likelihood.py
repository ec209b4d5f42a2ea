"""Likelihood: which loss a distribution stands for, and where it is smallest."""

from calcds.notation import *

m = Dim("m")
i, j = map(Index, "ij")


@derivation("Maximum likelihood for a coin", source=nogga("3.6 Maximum Likelihood Estimation"),
            statements=["nogga-041", "nogga-042", "nogga-067"])
def coin_likelihood(k: Positive, m: Positive):
    """k heads in m throws. What is maximal at the estimate is the likelihood, not the estimate."""
    q = Real.symbol("q")
    yield assume(k < m)
    yield at(diff(k*log(q) + (m - k)*log(1 - q), q), q, k/m)
    yield at(k/q - (m - k)/(1 - q), q, k/m),               "chain rule"
    yield 0,                                               "put in $q = k/m$: the share of heads"


@derivation("The Gaussian negative log-likelihood", source=nogga("3.12 Mean Squared Error for Regression"),
            statements=["nogga-054", "nogga-053"])
def gaussian_likelihood(y: Real, mu: Real, sigma: Positive):
    """One observation; for several the terms are added."""
    yield -log(exp(-(y - mu)**2/(2*sigma**2))/sqrt(2*pi*sigma**2))
    yield (y - mu)**2/(2*sigma**2) + log(sqrt(2*pi*sigma**2)), "logarithm of a quotient"
    yield Rational(1, 2)*log(2*pi*sigma**2) + Rational(1, 2)*((y - mu)**2/sigma**2), "logarithm of a root"


@erratum("The logarithm in the Gaussian likelihood", source=nogga("3.12 Mean Squared Error for Regression"),
         statements=["nogga-054"], corrected="gaussian_likelihood")
def gaussian_likelihood_as_printed(y: Real, mu: Real, sigma: Positive):
    """The printed first term has no logarithm, and the 2 stands before the bracket."""
    yield -log(exp(-(y - mu)**2/(2*sigma**2))/sqrt(2*pi*sigma**2))
    yield Rational(1, 2)*2*(pi*sigma**2) + Rational(1, 2)*((y - mu)**2/sigma**2), "as printed"


@derivation("Constant variance: the squared error", source=nogga("3.12 Mean Squared Error for Regression"),
            statements=["nogga-055"])
def squared_error(y: Real, mu: Real, sigma: Positive):
    """The slope in mu is that of the squared error, up to a constant positive factor."""
    yield diff(Rational(1, 2)*log(2*pi*sigma**2) + Rational(1, 2)*((y - mu)**2/sigma**2), mu)
    yield (1/(2*sigma**2))*diff((y - mu)**2, mu),          "the first term is constant"


@derivation("The squared error is smallest at the mean", source=nogga("3.12 Mean Squared Error for Regression"),
            statements=["nogga-057"])
def smallest_at_the_mean(y: Vector[m], c: Real):
    """Around any other number it is larger by the square of the distance."""
    mu = Sum(y[j], (j, m))/m
    yield Sum((y[i] - c)**2, (i, m))/m
    yield Sum(y[i]**2, (i, m))/m - 2*c*mu + c**2,          "multiply out"
    yield Sum(y[i]**2, (i, m))/m - mu**2 + (mu - c)**2,    "complete the square"
    yield Sum((y[i] - mu)**2, (i, m))/m + (mu - c)**2,     "the variance, in its other form"


@derivation("The Laplace negative log-likelihood", source=nogga("3.13 Mean Absolute Error"),
            statements=["nogga-059", "nogga-058", "nogga-060"])
def laplace_likelihood(y: Real, mu: Real, sigma: Positive):
    yield -log(exp(-Abs(y - mu)/sigma)/(2*sigma))
    yield Abs(y - mu)/sigma + log(2*sigma),                "logarithm of a quotient"
    yield log(2*sigma) + Abs(y - mu)/sigma,                "sort"


@derivation("The absolute error is smallest at the median", source=nogga("3.13 Mean Absolute Error"),
            statements=["nogga-061", "nogga-062"])
def smallest_at_the_median(c: Real, d: Positive):
    """Three observations 0, 1 and 1 + d: no c does better than the middle one, however far away the last one is."""
    yield holds(Abs(0 - c) + Abs(1 - c) + Abs(1 + d - c) >= 1 + d), "the outer two alone cost $1 + d$"
    yield start(at(Abs(0 - c) + Abs(1 - c) + Abs(1 + d - c), c, 1))
    yield 1 + d,                                           "at the median"


@derivation("Maximum a posteriori", source=nogga("3.14 Maximum A Posteriori Estimation"),
            statements=["nogga-063", "nogga-064", "nogga-065", "nogga-066"])
def maximum_a_posteriori(likelihood: Function, prior: Function, evidence: Positive, theta: Real):
    """The evidence does not depend on theta: the slope of log p(theta | X) is that of
    log-likelihood plus log-prior.
    """
    yield diff(log((exp(likelihood(theta))*exp(prior(theta)))/evidence), theta)
    yield diff(likelihood(theta) + prior(theta) - log(evidence), theta), "logarithm of products and quotients"
    yield diff(likelihood(theta) + prior(theta), theta),   "the evidence is constant"


@derivation("The log-likelihood of a sample", source=nogga("6 Stochastic Gradient Descent"), statements=["nogga-094"])
def log_likelihood_of_a_sample(p: Vector[m, Positive]):
    """It is a sum over the sample. The loss that is trained is minus its mean; both have their extremum at the same place."""
    yield log(Product(p[i], (i, m)))
    yield Sum(log(p[i]), (i, m)),                          "logarithm of a product"
    yield -m*(Sum(-log(p[i]), (i, m))/m),                  "minus $m$ times the mean loss"


@erratum("The mean loss is not the log-likelihood", source=nogga("6 Stochastic Gradient Descent"), statements=["nogga-094"],
         corrected="log_likelihood_of_a_sample")
def mean_loss_as_log_likelihood(p: Vector[m, Positive]):
    """Called the log-likelihood: sign and factor are lost."""
    yield log(Product(p[i], (i, m)))
    yield Sum(-log(p[i]), (i, m))/m,                       "as stated: the mean of the losses"
