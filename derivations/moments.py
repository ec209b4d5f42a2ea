"""Mean, variance and the scaling of inputs and weights."""

from calcds.notation import *

n = Dim("n")
i, j = map(Index, "ij")
x = Real.symbol("x")


@derivation("The mean is linear", source=nogga("2.11 Expectation"), statements=["nogga-022"])
def mean_is_linear(p: Probability[n], v: Vector[n], a: Real, b: Real):
    """v holds the values, p their probabilities."""
    yield Sum((a*v[i] + b)*p[i], (i, n))
    yield a*Sum(v[i]*p[i], (i, n)) + b*Sum(p[i], (i, n)),  "split the sum"
    yield a*(v.T*p) + b,                                   "probabilities add up to one"


@derivation("The mean of an exponential variable", source=nogga("2.11 Expectation"), statements=["nogga-023"])
def exponential_mean(lam: Positive):
    yield integral(x*lam*exp(-lam*x), (x, 0, oo))
    yield 1/lam,                                           "by parts"


@derivation("Two forms of the variance", source=nogga("2.12 Variance and Standard Deviation"),
            statements=["nogga-024", "nogga-025"])
def variance(p: Probability[n], v: Vector[n]):
    mu = Sum(v[j]*p[j], (j, n))
    yield Sum((v[i] - mu)**2*p[i], (i, n))
    yield Sum(v[i]**2*p[i], (i, n)) - 2*mu*Sum(v[i]*p[i], (i, n)) + mu**2*Sum(p[i], (i, n)), "multiply out"
    yield Sum(v[i]**2*p[i], (i, n)) - 2*mu*mu + mu**2,     "the mean; probabilities add up to one"
    yield Sum(v[i]**2*p[i], (i, n)) - mu**2,               "collect"


@derivation("Standardised inputs", source=nogga("10.3 Scaling the Input Values"), statements=["nogga-159"])
def standardised(p: Probability[n], v: Vector[n], sigma: Positive):
    """Subtract the mean and divide by the standard deviation: the new mean is zero."""
    mu = Sum(v[j]*p[j], (j, n))
    yield Sum(((v[i] - mu)/sigma)*p[i], (i, n))
    yield (Sum(v[i]*p[i], (i, n)) - mu*Sum(p[i], (i, n)))/sigma, "split the sum"
    yield 0,                                               "the mean minus itself"


@derivation("Weights of size one over root n", source=nogga("10.5 Parameter Initialization"),
            statements=["nogga-163"])
def scaled_weights(n: PositiveInteger):
    """n independent inputs of variance 1, weights of variance 1/n: the weighted sum has variance 1."""
    yield Sum((1/sqrt(n))**2*1, (i, 1, n))
    yield n*(1/n),                                         "$n$ equal terms"
    yield 1,                                               "cancel"
