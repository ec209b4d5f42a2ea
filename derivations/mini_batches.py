"""Mini-batches: why their gradient is right on average, and how much it scatters."""

from calcds.notation import *


@derivation("How many batches contain a given example", source=nogga("6.1 Mini-Batch Gradient"),
            statements=["nogga-098"])
def share_of_batches(n: PositiveInteger, k: PositiveInteger):
    """Of all batches of k out of n examples, those with a given example leave k - 1 to choose from n - 1."""
    yield assume(k <= n)
    yield binomial(n - 1, k - 1)/binomial(n, k)
    yield (factorial(n - 1)/(factorial(k - 1)*factorial(n - k)))*(factorial(k)*factorial(n - k)/factorial(n)), \
        "binomials as factorials"
    yield (factorial(n - 1)/factorial(n))*(factorial(k)/factorial(k - 1)), "cancel"
    yield k/n,                                             "one factor is left of each"


@derivation("The mini-batch gradient is unbiased", source=nogga("6.1 Mini-Batch Gradient"),
            statements=["nogga-097"])
def unbiased(n: PositiveInteger, k: PositiveInteger, G: Real):
    """The mean over all batches; G is the sum of all n gradients, of which each stands
    in the same number of batches.
    """
    yield assume(k <= n)
    yield (1/binomial(n, k))*(1/k)*(binomial(n - 1, k - 1)*G)
    yield (1/k)*(binomial(n - 1, k - 1)/binomial(n, k))*G, "sort the factors"
    yield (1/k)*(k/n)*G,                                   "the share of batches with a given example"
    yield G/n,                                             "cancel: the mean over all examples"


@derivation("Three examples, batches of two", source=nogga("6.1 Mini-Batch Gradient"),
            statements=["nogga-097"])
def three_examples(g: Vector[3]):
    """All three batches written out."""
    yield ((g[0] + g[1])/2 + (g[0] + g[2])/2 + (g[1] + g[2])/2)/3
    yield (2*g[0] + 2*g[1] + 2*g[2])/6,                    "each example stands in two batches"
    yield mean(g),                                         "the mean of all three"


@derivation("The variance of a mean", source=nogga("6.2 Batch Size"), statements=["nogga-099", "nogga-100"])
def variance_of_a_mean(sigma: Positive, k: PositiveInteger):
    """For k independent gradients of variance sigma^2 each. The summary leaves out that they must be independent."""
    i = Index("i")
    yield (1/k**2)*Sum(sigma**2, (i, 1, k))
    yield (1/k**2)*(k*sigma**2),                           "$k$ equal terms"
    yield sigma**2/k,                                      "a batch four times as large scatters half as much"


@derivation("The mean over a mini-batch", source=nogga("6 Stochastic Gradient Descent"),
            statements=["nogga-096"])
def batches_of_equal_size(g: Matrix[Dim("b"), Dim("k")]):
    """b batches of k gradients each: the mean of the batch means is the mean of all, because
    all batches are equally large.
    """
    b, k_, i, j = Dim("b"), Dim("k"), Index("i"), Index("j")
    yield Sum(Sum(g[i, j], (j, k_))/k_, (i, b))/b
    yield Sum(Sum(g[i, j], (j, k_)), (i, b))/(b*k_),       "take out $1/k$"
    yield mean(g),                                         "the mean of all entries"
