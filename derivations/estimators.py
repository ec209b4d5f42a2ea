"""Estimators: bias, variance, consistency."""

from calcds.notation import *

m, n = map(Dim, "mn")
i, j = map(Index, "ij")


@derivation("The mean squared error splits", source=nogga("3.3 Mean Squared Error"),
            statements=["nogga-036", "nogga-035"])
def bias_and_variance(p: Probability[n], e: Vector[n], theta: Real):
    """e holds the values of an estimator, p their probabilities: squared bias plus variance."""
    M = Sum(e[j]*p[j], (j, n))
    yield Sum((e[i] - theta)**2*p[i], (i, n))
    yield Sum(e[i]**2*p[i], (i, n)) - 2*theta*M + theta**2*Sum(p[i], (i, n)), "multiply out"
    yield Sum(e[i]**2*p[i], (i, n)) - 2*theta*M + theta**2, "probabilities add up to one"
    yield (M - theta)**2 + (Sum(e[i]**2*p[i], (i, n)) - M**2), "add and subtract $E[e]^2$"


@derivation("The same, as in the proof", source=nogga("3.3 Mean Squared Error"), statements=["nogga-037"])
def proof_of_the_split(M: Real, S: Real, theta: Real):
    """M is the mean of the estimator, S the mean of its square. In the bias it is the mean that is squared."""
    yield (M - theta)**2 + (S - M**2)
    yield M**2 - 2*M*theta + theta**2 + S - M**2,          "multiply out"
    yield S - 2*M*theta + theta**2,                        "cancel: the mean of $(e - \\theta)^2$"


@erratum("The square of the mean", source=nogga("3.3 Mean Squared Error"), statements=["nogga-037"],
         corrected="proof_of_the_split")
def proof_as_printed(M: Real, S: Real, theta: Real):
    """In the third line of the proof the mean of the square stands where the squared mean belongs."""
    yield (M - theta)**2 + (S - M**2)
    yield S - 2*M*theta + theta**2 + S - M**2,             "as printed: $E[e^2]$ for $E[e]^2$"


@derivation("Bias and variance can fall together", source=nogga("3.4 Bias-Variance Tradeoff"),
            statements=["nogga-038"])
def both_can_fall(m: PositiveInteger, sigma: Positive):
    """A mean of m + 1 observations is as unbiased as one of m, and scatters less."""
    yield sigma**2/m - sigma**2/(m + 1)
    yield sigma**2/(m*(m + 1)),                            "a common denominator"
    yield holds(sigma**2/(m*(m + 1)) > 0),                 "a gain at the same bias"


@erratum("Bias and variance are not inversely proportional", source=nogga("3.4 Bias-Variance Tradeoff"),
         statements=["nogga-038"], corrected="both_can_fall")
def inversely_proportional(c: Positive, d: Positive, sigma: Positive, mu: Positive):
    """Estimate mu by c times an observation: bias (c - 1) mu, variance c^2 sigma^2. Their product is not constant."""
    yield ((c - 1)*mu)*(c**2*sigma**2)
    yield ((d - 1)*mu)*(d**2*sigma**2), "as stated: the product is the same for every estimator"


@derivation("The mean of a sample is unbiased", source=nogga("3.2 Bias"),
            statements=["nogga-035", "nogga-034"])
def unbiased_mean(mu: Real, m: PositiveInteger):
    yield (1/m)*Sum(mu, (i, 1, m)) - mu
    yield (1/m)*(m*mu) - mu,                               "$m$ equal terms"
    yield 0,                                               "cancel"


@derivation("Chebyshev's bound for the mean", source=nogga("3.5 Consistency"), statements=["nogga-039"])
def consistency(sigma: Positive, eps: Positive):
    """The probability of an error above eps is at most sigma^2/(m eps^2), which vanishes: the mean is consistent."""
    m_ = Real.symbol("m")
    yield limit(sigma**2/(m_*eps**2), m_, oo)
    yield 0,                                               "$1/m$ tends to 0"


@derivation("The mean over all pixels", source=nogga("3.11 Segmentation"), statements=["nogga-051"])
def mean_over_pixels(L: Matrix[m, n]):
    yield Sum(Sum(L[i, j], (j, n)), (i, m))/(m*n)
    yield mean(L),                                         "the mean of all entries"
