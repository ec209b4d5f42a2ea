"""Learning rates: the conditions on a schedule, linear decay, and clipped gradients."""

from calcds.notation import *

n = Dim("n")
k = Index("k")
i = Index("i")


@derivation("Conditions on the learning rates", source=nogga("6.4 Learning Rate"), statements=["nogga-103"])
def learning_rates():
    """The rates must add up to infinity and their squares to a finite number; rates 1/k do both."""
    yield Sum(1/k**2, (k, 1, oo))
    yield pi**2/6,                                         "Euler's sum: the squares are summable"


@derivation("Bounded partial sums", source=nogga("6.4 Learning Rate"), statements=["nogga-103"])
def squares_are_bounded(N: PositiveInteger):
    """Without Euler's sum: each square beyond the first is smaller than a difference, and the differences telescope."""
    yield holds(1/(N + 1)**2 <= 1/N - 1/(N + 1)),          "the right side is $1/(N(N + 1))$"
    yield start(1 + Sum(1/k - 1/(k + 1), (k, 1, N)))
    yield 1 + (1 - 1/(N + 1)),                             "neighbours cancel"
    yield holds(1 + (1 - 1/(N + 1)) < 2),                  "no partial sum of the squares reaches 2"


@derivation("The rates themselves are not summable", source=nogga("6.4 Learning Rate"),
            statements=["nogga-103"])
def harmonic_series(N: PositiveInteger, m: PositiveInteger):
    """Each block from N + 1 to 2N adds 1/2 or more, so the sum passes every bound."""
    yield assume(m <= 2*N)
    yield holds(1/m >= 1/(2*N)),                           "each term of the block"
    yield start(Sum(1/(2*N), (k, N + 1, 2*N)))
    yield Rational(1, 2),                                  "$N$ equal terms"


@erratum("The second condition is on the squares", source=nogga("6.4 Learning Rate"), statements=["nogga-103"],
         corrected="learning_rates")
def rates_instead_of_squares(N: PositiveInteger):
    """The summary asks twice that the rates add up to infinity; the second time it should be their squares."""
    yield Sum((1/k)**2, (k, 1, N))
    yield Sum(1/k, (k, 1, N)),                             "as printed, for the rates $1/k$: no squares"


@derivation("The learning rate falls", source=nogga("6.4 Learning Rate"), statements=["nogga-104"])
def rates_tend_to_zero(t: Positive):
    yield limit(1/t, t, oo)
    yield 0,                                               "the rates tend to 0; their sum is what grows"


@erratum("The learning rate does not grow", source=nogga("6.4 Learning Rate"), statements=["nogga-104"],
         corrected="rates_tend_to_zero")
def rates_tend_to_infinity(t: Positive):
    """The sum of the rates must be infinite, not the rates; here for the rates 1/t."""
    yield holds(1/(t + 1) > 1/t),                          "as stated: the learning rate grows to infinity"


@derivation("A linear decay", source=nogga("6.4 Learning Rate"), statements=["nogga-105"])
def linear_decay(start_rate: Positive, end_rate: Positive, steps: PositiveInteger, t: Natural):
    """From step to step the rate falls by a constant amount."""
    rate = lambda s: start_rate + (s/steps)*(end_rate - start_rate)
    yield rate(t) - rate(t + 1)
    yield (start_rate - end_rate)/steps,                   "the same for every step"


@erratum("A linear decay has no constant factor", source=nogga("6.4 Learning Rate"), statements=["nogga-105"],
         corrected="linear_decay")
def decay_by_a_factor(start_rate: Positive, end_rate: Positive, steps: PositiveInteger, t: Natural):
    """A constant factor between steps would be an exponential decay."""
    rate = lambda s: start_rate + (s/steps)*(end_rate - start_rate)
    yield rate(t + 1)/rate(t)
    yield rate(1)/rate(0),                                 "as stated: reduced by a constant factor"


@derivation("Value clipping", source=nogga("10.1 Gradient Clipping"), statements=["nogga-155"],
            network=Network("clip.values", threshold="c"))
def value_clipping(g: Real, c: Positive):
    yield Max(-c, Min(c, g))
    yield piecewise((c, g > c), (-c, g < -c), (g, True)),  "case by case"


@derivation("Norm clipping", source=nogga("10.1 Gradient Clipping"), statements=["nogga-156"])
def norm_clipping(g: Vector[n], c: Positive):
    """Scaled to length c the gradient keeps its direction."""
    yield assume(norm(g) > c)
    yield norm((c/norm(g))*g)
    yield (c/norm(g))*norm(g),                             "a positive factor comes out of a norm"
    yield c,                                               "cancel"


@derivation("Norm clipping in one line", source=nogga("10.1 Gradient Clipping"), statements=["nogga-156"],
            network=Network("clip.norm", threshold="c"))
def norm_clipping_update(g: Vector[n], c: Positive):
    """Short gradients pass, long ones are scaled down to the length c."""
    yield piecewise((1, norm(g) <= c), (c/norm(g), True))*g
    yield piecewise((g, norm(g) <= c), ((c/norm(g))*g, True)), "case by case"


@derivation("Grid search", source=nogga("4.3.2 Grid Search"), statements=["nogga-072"])
def grid_search(k: PositiveInteger, d: PositiveInteger):
    """k values for each of d parameters."""
    yield Product(k, (i, 1, d))
    yield k**d,                                            "exponential in the number of parameters"
