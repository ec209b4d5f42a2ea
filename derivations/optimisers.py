"""Update rules beyond plain descent: momentum, moving averages, adaptive rates."""

from calcds.notation import *

m, n = map(Dim, "mn")
k = Index("k")


@derivation("Momentum", source=nogga("6.6 Algorithm for SGD with Momentum"), statements=["nogga-108", "nogga-106"],
            network="momentum.update")
def momentum(theta: Vector[n], g: Vector[n], rate: Positive, v: Vector[n], keep: Interval(0, 1)):
    """The velocity keeps a part of itself and is pushed against the gradient."""
    yield theta + (keep*v - rate*g)
    yield (theta - rate*g) + keep*v,                       "a descent step and a part of the last step"


@erratum("The sign in the momentum", source=nogga("6.6 Algorithm for SGD with Momentum"), statements=["nogga-106"],
         corrected="momentum")
def momentum_as_printed(theta: Vector[n], g: Vector[n], rate: Positive, v: Vector[n], keep: Interval(0, 1)):
    """With a plus sign and theta + v the parameters climb; the algorithm on the same page has the minus."""
    yield theta + (keep*v - rate*g)
    yield theta + (keep*v + rate*g), "as printed: $v \\leftarrow \\alpha v + \\epsilon g$"


@derivation("Momentum in a constant slope", source=nogga("6.5 Momentum"),
            statements=["nogga-107", "nogga-106"])
def terminal_velocity(g: Real, rate: Positive, keep: Interval(0, 1)):
    """The velocity that no longer changes is 1/(1 - keep) steps: ten steps for keep = 0.9."""
    v = -rate*g/(1 - keep)
    yield keep*v - rate*g
    yield (-keep*rate*g - (1 - keep)*rate*g)/(1 - keep),   "a common denominator"
    yield v,                                               "collect"


@derivation("Inertia: a step along the averaged gradient", source=magyar("3.4.1 Momentum"),
            statements=["magyar-118", "magyar-119"], network="inertia.update")
def inertia(theta: Matrix[m, n], g: Matrix[m, n], rate: Positive, v: Matrix[m, n], keep: Interval(0, 1)):
    """Momentum in another scale: the new gradient counts 1 - keep, and v points uphill."""
    yield theta - rate*(keep*v + (1 - keep)*g)
    yield theta + (keep*(-rate*v) - (rate*(1 - keep))*g),  "momentum with velocity $-$rate $v$ and rate (1 - keep) rate"


@derivation("Momentum as a weighted average", source=magyar("3.4.1 Momentum"),
            statements=["magyar-117", "magyar-118"])
def averaged_gradient(g: Vector[n], h: Vector[n], a: Vector[n], c: Interval(0, 1)):
    """The stored gradient is overwritten by the average, so all earlier gradients take part, with falling weights."""
    yield c*(c*a + (1 - c)*g) + (1 - c)*h
    yield c**2*a + (1 - c)*(c*g + h),                      "two steps, multiplied out"


@derivation("The weights of the average", source=magyar("3.4.1 Momentum"),
            statements=["magyar-117", "magyar-119"])
def weights_of_average(c: Interval(0, 1), t: Natural):
    """The weights of the last t gradients; with that of the start they add up to one."""
    yield Sum((1 - c)*c**k, (k, 0, t - 1)) + c**t
    yield (1 - c**t) + c**t,                               "a geometric sum"
    yield 1,                                               "add"


@derivation("The exponential moving average", source=nogga("11.2 Exponential Moving Average"),
            statements=["nogga-178"], network="ema.update")
def moving_average(average: Vector[n], theta: Vector[n], share: Interval(0, 1)):
    yield (1 - share)*average + share*theta
    yield average + share*(theta - average), "a part of the way from the average to the parameters"


@derivation("Its two extremes", source=nogga("11.2 Exponential Moving Average"), statements=["nogga-179"])
def moving_average_extremes(average: Vector[n], theta: Vector[n], share: Real):
    yield at((1 - share)*average + share*theta, share, 1)
    yield theta,                                           "share 1: the parameters themselves"
    yield start(at((1 - share)*average + share*theta, share, 0))
    yield average,                                         "share 0: the old average"


@derivation("AdaGrad", source=nogga("7.1 AdaGrad Algorithm"), statements=["nogga-112", "nogga-109"],
            network="adagrad.update")
def adagrad(theta: Vector[n], g: Vector[n], rate: Positive, r: Vector[n, Nonnegative], eps: Positive):
    """r adds up the squares of all gradients; each entry is divided by the root of its own sum."""
    s = r + hadamard(g, g)
    yield by_entries(n, lambda l: theta[l] - rate*g[l]/(eps + sqrt(r[l] + g[l]**2)))
    yield theta - rate*entry_divide(g, eps*ones(n) + sqrt(s)), "all entries at once"


@derivation("AdaGrad's first step", source=nogga("7.1 AdaGrad Algorithm"), statements=["nogga-112"])
def adagrad_first_step(g: Nonzero, rate: Positive):
    """Without the small constant, and with r = 0, every parameter moves by the rate, however large its gradient."""
    yield rate*g/sqrt(0 + g**2)
    yield rate*g/Abs(g),                                   "root of a square"
    yield rate*sign(g),                                    "only the sign is left"


@derivation("What slows AdaGrad down", source=nogga("7.1 AdaGrad Algorithm"), statements=["nogga-113"])
def adagrad_and_gradients(theta: Real, g: Nonzero, r: Nonnegative, rate: Positive):
    """The factor in front of the gradient depends on past gradients, not on the size of the parameter."""
    yield diff(rate/sqrt(r + g**2) + 0*theta, theta)
    yield 0,                                               "the parameter does not occur"


@erratum("Large gradients, not large parameters", source=nogga("7.1 AdaGrad Algorithm"), statements=["nogga-113"],
         corrected="adagrad_and_gradients")
def adagrad_and_parameters(theta: Positive, phi: Positive, g: Nonzero, r: Nonnegative, rate: Positive):
    """Two parameters with the same gradients: the larger one is said to get the smaller rate."""
    yield assume(theta > phi)
    yield holds(rate/sqrt(r + g**2) + 0*theta < rate/sqrt(r + g**2) + 0*phi), \
        "as stated: reduced for every parameter that was large"


@derivation("Moving averages of squares", source=nogga("7 Adaptive Learning Rates"),
            statements=["nogga-110"])
def rmsprop_and_adagrad(s: Nonnegative, g: Real, c: Interval(0, 1)):
    """RMSProp forgets: where the gradient stays the same, the average of its squares stays
    g^2, while AdaGrad's sum grows.
    """
    yield at(c*s + (1 - c)*g**2, s, g**2)
    yield c*g**2 + (1 - c)*g**2,                           "put in $s = g^2$"
    yield g**2,                                            "add"


@derivation("RMSProp", source=nogga("7 Adaptive Learning Rates"), statements=["nogga-110"],
            network="rmsprop.update")
def rmsprop(theta: Vector[n], g: Vector[n], rate: Positive, r: Vector[n, Nonnegative], keep: Interval(0, 1), eps: Positive):
    """AdaGrad with a moving average of the squares in place of their sum."""
    s = keep*r + (1 - keep)*hadamard(g, g)
    yield by_entries(n, lambda l: theta[l] - rate*g[l]/(eps + sqrt(keep*r[l] + (1 - keep)*g[l]**2)))
    yield theta - rate*entry_divide(g, eps*ones(n) + sqrt(s)), "all entries at once"


@derivation("Adam's first step", source=nogga("7 Adaptive Learning Rates"), statements=["nogga-111"],
            network=Network("adam.update", keep="c", keep_squares="d", v=0, r=0, t=0, eps=0))
def adam_first_step(theta: Real, g: Nonzero, rate: Positive, c: Interval(0, 1), d: Interval(0, 1)):
    """Averages of gradients and of squares, both from 0; divided by the weights they hold so far, 1 - c and 1 - d."""
    yield theta - rate*(((1 - c)*g)/(1 - c))/sqrt(((1 - d)*g**2)/(1 - d))
    yield theta - rate*g/Abs(g),                           "cancel; root of a square"
    yield theta - rate*sign(g),                            "only the sign is left, as with AdaGrad"
