"""Penalties seen from two sides: as priors, and by the zeros they make."""

from calcds.notation import *


@derivation("Why L1 gives zeros", source=nogga("10.13 Sparse Networks"), statements=["nogga-171"])
def soft_threshold(a: Real, w: Real, alpha: Positive):
    """The loss (w - a)^2/2 with the penalty alpha |w|: if |a| <= alpha, then w = 0 costs a^2/2 and any other w costs more."""
    yield assume(Abs(a) <= alpha)
    yield (((w - a)**2)/2 + alpha*Abs(w)) - (a**2)/2
    yield (w**2)/2 + (alpha*Abs(w) - a*w),                 "multiply out"
    yield holds(a*w <= Abs(a*w)),                          "a number is at most its absolute value"
    yield start(Abs(a*w))
    yield Abs(a)*Abs(w),                                   "the absolute value of a product"
    yield holds(Abs(a)*Abs(w) <= alpha*Abs(w)),            "$|a| \\le \\alpha$: so neither term of the last line is negative"


@derivation("Why L2 gives none", source=nogga("10.13 Sparse Networks"), statements=["nogga-171"])
def minimum_with_l2(a: Nonzero, alpha: Positive):
    """With L2 the minimum of (w - a)^2/2 + alpha w^2/2 is a/(1 + alpha): smaller, but never zero."""
    w = Real.symbol("w")
    yield at(diff(((w - a)**2)/2 + (alpha*w**2)/2, w), w, a/(1 + alpha))
    yield (a/(1 + alpha) - a) + alpha*a/(1 + alpha),       "power rule; put in the minimum"
    yield 0,                                               "so it is stationary"


@derivation("A Gaussian prior is an L2 penalty", source=nogga("10.15 Regularization as MAP"),
            statements=["nogga-175"])
def gaussian_prior(w: Real, sigma: Positive):
    """With the penalty written as (alpha/2) w^2, as in the section on L2, alpha is 1/sigma^2."""
    yield -diff(log(exp(-w**2/(2*sigma**2))/sqrt(2*pi*sigma**2)), w)
    yield diff(w**2/(2*sigma**2), w), "logarithm of an exponential; constants have slope 0"
    yield w/sigma**2,                                      "power rule"
    yield diff(((1/sigma**2)/2)*w**2, w), "the penalty $(\\alpha/2) w^2$ with $\\alpha = 1/\\sigma^2$"


@erratum("The factor of the Gaussian prior", source=nogga("10.15 Regularization as MAP"), statements=["nogga-175"],
         corrected="gaussian_prior")
def gaussian_prior_as_printed(w: Real, sigma: Positive):
    """The summary defines the penalty with the factor alpha/2 and then says alpha =
    1/(2 sigma^2): half of it is lost.
    """
    yield -diff(log(exp(-w**2/(2*sigma**2))/sqrt(2*pi*sigma**2)), w)
    yield diff(((1/(2*sigma**2))/2)*w**2, w),              "as stated: $\\alpha = 1/(2\\sigma^2)$"


@derivation("A Laplace prior is an L1 penalty", source=nogga("10.15 Regularization as MAP"),
            statements=["nogga-176"])
def laplace_prior(w: Nonzero, b: Positive):
    yield -diff(log(exp(-Abs(w)/b)/(2*b)), w)
    yield diff(Abs(w)/b, w), "logarithm of an exponential; constants have slope 0"
    yield (1/b)*sign(w),                                   "the penalty $\\alpha |w|$ with $\\alpha = 1/b$"


@derivation("Sparse weights and sparse activations", source=nogga("10.14 Representation Sparsity"),
            statements=["nogga-172", "nogga-173", "nogga-174"])
def sparsity():
    """First a sparse matrix times a full column, then a full matrix times a sparse column."""
    A = matrix([4, 0, 0, -2, 0, 0], [0, 0, -1, 0, 3, 0], [0, 5, 0, 0, 0, 0], [1, 0, 0, -1, 0, -4], [1, 0, 0, 0, -5, 0])
    B = matrix([3, -1, 2, -5, 4, 1], [4, 2, -3, -1, 1, 3], [-1, 5, 4, 2, -3, -2], [3, 1, 2, -3, 0, -3],
               [-5, 4, -2, 2, -5, -1])
    yield A*column(2, 3, -2, -5, 1, 4)
    yield column(18, 5, 15, -9, -3),                       "row by row", "nogga-172"
    yield start(B*column(0, 2, 0, 0, -3, 0))
    yield column(-14, 1, 19, 2, 23),                       "row by row", "nogga-173"
