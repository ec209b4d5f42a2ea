"""Activation functions and their derivatives, each compared with the network's own.

Where a function has a kink it has no derivative there, and a network picks a value. The lines below are claims
about the points where both sides exist.
"""

from calcds.notation import *

x = Real.symbol("x")
h = Real.symbol("h")


def softplus_of(z, beta, gamma=1):
    """(gamma/beta) log(1 + e^(beta z))."""
    return (gamma/beta)*log(1 + exp(beta*z))


def sigma_of(z, beta, gamma=1):
    """gamma/(1 + e^(-beta z))."""
    return gamma/(1 + exp(-beta*z))


@derivation("Threshold", source=magyar("2.1.1.1 Threshold function"),
            statements=["magyar-005", "magyar-004", "sadiku-184"], network="activation.threshold.slope")
def threshold(z: Nonzero):
    """1 for z > 0, else 0. Constant on each side, so that no gradient comes through it."""
    yield diff(piecewise((1, z > 0), (0, True)), z)
    yield diff((1 + sign(z))/2, z),                        "away from 0: half of one plus the sign"
    yield 0,                                               "constants have slope 0"


@derivation("Sign", source=magyar("2.1.1.2 Sign function"), statements=["magyar-006", "magyar-007"],
            network="activation.sign.slope")
def sign_function(z: Nonzero):
    """The notes give 0 the sign -1; elsewhere the usual function. At 0 there is no derivative in either
    convention.
    """
    yield diff(piecewise((1, z > 0), (-1, True)), z)
    yield diff(sign(z), z),                                "away from 0 the two conventions agree"
    yield 0,                                               "constants have slope 0"


@derivation("ReLU", source=magyar("2.1.1.4 ReLU function"),
            statements=["magyar-013", "magyar-014", "sadiku-182", "nogga-125"], network="activation.relu.slope")
def rectified_linear(z: Real):
    yield diff(Max(0, z), z)
    yield diff(piecewise((z, z > 0), (0, z < 0)), z),      "the larger of two numbers, case by case"
    yield piecewise((1, z > 0), (0, z < 0)),               "slope of each branch; none at the kink"


@derivation("The two slopes of ReLU at zero", source=magyar("2.1.1.4 ReLU function"),
            statements=["magyar-015"])
def one_sided_relu(h: Real):
    """From the right 1, from the left 0: no derivative, and implementations choose one of the two."""
    yield limit((Max(0, h) - Max(0, 0))/h, h, 0, "+")
    yield limit(h/h, h, 0, "+"),                           "$h > 0$"
    yield 1,                                               "cancel"
    yield start(limit((Max(0, h) - Max(0, 0))/h, h, 0, "-"))
    yield limit(0/h, h, 0, "-"),                           "$h < 0$"
    yield 0,                                               "zero divided by $h$"


@derivation("Parametric ReLU", source=magyar("2.1.1.5 Parametric ReLU function"),
            statements=["magyar-016", "magyar-017", "magyar-019"], network="activation.parametric_relu.slope")
def parametric_relu(z: Nonzero, beta: Real):
    """With a small positive beta the gradient on the left does not vanish, so the neuron can recover."""
    yield diff(piecewise((z, z > 0), (beta*z, True)), z)
    yield piecewise((diff(z, z), z > 0), (diff(beta*z, z), True)), "each side by itself"
    yield piecewise((1, z > 0), (beta, z < 0)),            "slopes of lines"


@derivation("The two slopes of parametric ReLU at zero", source=magyar("2.1.1.5 Parametric ReLU function"),
            statements=["magyar-018"])
def one_sided_parametric_relu(beta: Real, h: Real):
    f = piecewise((h, h > 0), (beta*h, True))
    yield limit(f/h, h, 0, "+")
    yield 1,                                               "on the right the function is $h$"
    yield start(limit(f/h, h, 0, "-"))
    yield beta,                                            "on the left it is $\\beta h$"


@derivation("SiLU", source=magyar("2.1.1.6 SiLU function"), statements=["magyar-020", "magyar-021"],
            network="activation.silu.slope")
def silu(z: Real, beta: Real, gamma: Nonzero):
    """x times a sigmoid. The product rule keeps one factor z beta in the second term."""
    s = sigma_of(z, beta, gamma)
    yield diff(z*s, z)
    yield s + z*diff(s, z),                                "product rule"
    yield s + z*(beta*s*(1 - s/gamma)),                    "the derivative of the sigmoid"
    yield s*(1 + beta*z*(1 - s/gamma)),                    "take out the sigmoid"


@erratum("The derivative of SiLU", source=magyar("2.1.1.6 SiLU function"), statements=["magyar-021"],
         corrected="silu")
def silu_as_printed(z: Real, beta: Real, gamma: Nonzero):
    """The factor beta z multiplies the whole bracket 1 - sigma/gamma, not only its 1. At z = 1, beta = 1
    both agree.
    """
    s = sigma_of(z, beta, gamma)
    yield diff(z*s, z)
    yield s*(1 + beta*z*(1 - s/gamma)),                    "product rule"
    yield s*(1 + z - s/gamma),                             "as printed"


@derivation("ELU", source=magyar("2.1.1.7 ELU function"), statements=["magyar-022", "magyar-023"],
            network="activation.elu.slope")
def exponential_linear(z: Nonzero, beta: Nonnegative):
    yield diff(piecewise((z, z > 0), (beta*(exp(z) - 1), True)), z)
    yield piecewise((diff(z, z), z > 0), (diff(beta*(exp(z) - 1), z), True)), "each side by itself"
    yield piecewise((1, z > 0), (beta*exp(z), True)),      "slopes of a line and of an exponential"


@derivation("ELU has a kink unless beta is 1", source=magyar("2.1.1.7 ELU function"),
            statements=["magyar-024"])
def kink_of_elu(beta: Real, h: Real):
    """The slopes at 0 from the left and from the right are beta and 1."""
    yield limit(beta*(exp(h) - 1)/h, h, 0, "-")
    yield beta*at(diff(exp(h), h), h, 0),                  "this limit is a derivative at 0"
    yield beta,                                            "$e^0 = 1$"
    yield start(limit(h/h, h, 0, "+"))
    yield 1,                                               "on the right the function is $h$"


@derivation("Softplus", source=magyar("2.1.1.8 Softplus function"), statements=["magyar-025", "magyar-026"],
            network="activation.softplus.slope")
def softplus_slope(z: Real, beta: Nonzero, gamma: Nonzero):
    """A smooth ReLU; its slope is the sigmoid of the same steepness and height."""
    yield diff(softplus_of(z, beta, gamma), z)
    yield (gamma/beta)*(1/(1 + exp(beta*z)))*diff(exp(beta*z), z), "chain rule for the logarithm"
    yield (gamma/beta)*(beta*exp(beta*z)/(1 + exp(beta*z))), "chain rule for the exponential"
    yield gamma*exp(beta*z)/(1 + exp(beta*z)),             "cancel $\\beta$"
    yield gamma/(1 + exp(-beta*z)),                        "the other form of the sigmoid"


@derivation("Softplus approaches ReLU", source=magyar("2.1.1.8 Softplus function"),
            statements=["magyar-027", "nogga-127"])
def softplus_and_relu(z: Real, beta: Positive):
    """Softplus minus ReLU depends on |z| only and is at most log(2)/beta: the larger beta, the sharper the
    bend.
    """
    yield log(1 + exp(beta*z))/beta - Max(0, z)
    yield log(1 + exp(-beta*Abs(z)))/beta, "for $z > 0$ take $e^{\\beta z}$ out of the logarithm"


@derivation("Mish", source=magyar("2.1.1.9 Mish function"), statements=["magyar-028", "magyar-029"],
            network="activation.mish.slope")
def mish(z: Real, beta: Nonzero):
    p = softplus_of(z, beta)
    yield diff(z*tanh(p), z)
    yield tanh(p) + z*diff(tanh(p), z),                    "product rule"
    yield tanh(p) + z*(1 - tanh(p)**2)*diff(p, z),         "chain rule for tanh"
    yield tanh(p) + z*(1 - tanh(p)**2)*sigma_of(z, beta),  "the slope of softplus"
    yield tanh(p) + z*sigma_of(z, beta)*sech(p)**2,        "$1 - \\tanh^2 = \\mathrm{sech}^2$"


@derivation("Squareplus", source=magyar("2.1.1.10 Squareplus function"), statements=["magyar-032", "magyar-033"],
            network="activation.squareplus.slope")
def squareplus(z: Real, beta: Positive):
    """The notes allow beta = 0 as well; then the function is ReLU and has no slope at 0."""
    yield diff((z + sqrt(z**2 + beta))/2, z)
    yield (1 + diff(z**2 + beta, z)/(2*sqrt(z**2 + beta)))/2, "chain rule for the root"
    yield (1 + (2*z)/(2*sqrt(z**2 + beta)))/2,             "power rule"
    yield Rational(1, 2) + z/(2*sqrt(z**2 + beta)),        "split the fraction"


@derivation("Hyperbolic tangent", source=sadiku("Choice of Nonlinear Activation Function"),
            statements=["sadiku-181", "nogga-124", "magyar-030"], network="activation.tanh.slope")
def tanh_slope(z: Real):
    top, bottom = exp(z) - exp(-z), exp(z) + exp(-z)
    yield diff(top/bottom, z)
    yield (bottom*bottom - top*top)/bottom**2, "quotient rule; each is the derivative of the other"
    yield 1 - (top/bottom)**2,                             "split the fraction"
    yield 1 - tanh(z)**2,                                  "definition of tanh"


@derivation("Two forms of tanh and sech", source=magyar("2.1.1.9 Mish function"),
            statements=["magyar-030", "magyar-031"])
def two_forms_of_tanh(z: Real):
    yield tanh(z)
    yield (exp(z) - exp(-z))/(exp(z) + exp(-z)),           "definition"
    yield (exp(2*z) - 1)/(exp(2*z) + 1),                   "multiply above and below by $e^z$"
    yield start(1 - tanh(z)**2)
    yield ((exp(z) + exp(-z))**2 - (exp(z) - exp(-z))**2)/(exp(z) + exp(-z))**2, "a common denominator"
    yield 4/(exp(z) + exp(-z))**2,                         "multiply out above"
    yield sech(z)**2,                                      "definition of sech"


@derivation("The range of the slope of tanh", source=sadiku("Vanishing gradient"), statements=["sadiku-176"])
def range_of_tanh_slope(z: Real):
    """Never above 1, never 0; 1 is taken at z = 0 alone."""
    yield holds(1 - tanh(z)**2 > 0),                       "$|\\tanh z| < 1$"
    yield holds(1 - tanh(z)**2 <= 1),                      "a square is not negative"


@derivation("Hard tanh", source=nogga("8.5 Activation Functions"), statements=["nogga-126"],
            network="activation.hard_tanh")
def hard_tanh(z: Real):
    yield Max(-1, Min(1, z))
    yield piecewise((1, z > 1), (-1, z < -1), (z, True)),  "case by case"


@derivation("A linear output", source=nogga("8.5 Activation Functions"), statements=["nogga-128", "magyar-126"],
            network="activation.identity.slope")
def identity(z: Real):
    yield diff(z, z)
    yield 1,                                               "the identity has slope 1"


@derivation("A ReLU that is shifted too far", source=sadiku("Choice of Nonlinear Activation Function"),
            statements=["sadiku-183", "sadiku-179"])
def shifted_relu(z: Interval(-100, 100)):
    """max(0, z - 100) has slope 0 for all inputs of ordinary size: nothing can be learned through it."""
    yield diff(Max(0, z - 100), z)
    yield diff(0*z, z),                                    "$z - 100 < 0$"
    yield 0,                                               "a constant"


@derivation("A fast oscillation", source=sadiku("Choice of Nonlinear Activation Function"),
            statements=["sadiku-185"])
def fast_oscillation(z: Real):
    """The slope of sin(100 z) is large but changes its sign within 0.03: it says nothing about where to
    go.
    """
    yield diff(sin(100*z), z)
    yield 100*cos(100*z),                                  "chain rule"
    yield -100*cos(100*(z + pi/100)),                      "half a period further it has the opposite sign"


@derivation("A positive bias before ReLU", source=nogga("10.5 Parameter Initialization"), statements=["nogga-164"],
            network="activation.relu")
def bias_before_relu(z: Real):
    """The bias moves the kink: with z = u + b, inputs u down to -b come through."""
    yield Max(0, z)
    yield (z + Abs(z))/2,                                  "half of a number and its size"
