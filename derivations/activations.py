"""Smooth activation functions and their derivatives, each compared with the network's own."""

from calcds.notation import *


def softplus_of(z, beta, gamma=1):
    """(gamma/beta) log(1 + e^(beta z))."""
    return (gamma/beta)*log(1 + exp(beta*z))


def sigma_of(z, beta, gamma=1):
    """gamma/(1 + e^(-beta z))."""
    return gamma/(1 + exp(-beta*z))


@derivation("Shapes that are learned", source=magyar("2.1.1 Common activation functions"), statements=["magyar-003"])
def learned_shape(z: Real, beta: Real, gamma: Nonzero):
    """Steepness and height may be trained like weights: both have slopes."""
    s = sigma_of(z, beta, gamma)
    yield diff(s, beta)
    yield gamma*z*exp(-beta*z)/(1 + exp(-beta*z))**2,      "chain rule"
    yield z*s*(1 - s/gamma),                               "$1 - s/\\gamma = e^{-\\beta z}/(1 + e^{-\\beta z})$"
    yield start(diff(s, gamma))
    yield s/gamma,                                         "the sigmoid is proportional to its height"


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
    """The factor beta z multiplies the whole bracket 1 - sigma/gamma, not only its 1.
    At z = 1, beta = 1 both agree.
    """
    s = sigma_of(z, beta, gamma)
    yield diff(z*s, z)
    yield s*(1 + beta*z*(1 - s/gamma)),                    "product rule"
    yield s*(1 + z - s/gamma),                             "as printed"


@derivation("Softplus", source=magyar("2.1.1.8 Softplus function"), statements=["magyar-025", "magyar-026"],
            network="activation.softplus.slope")
def softplus_slope(z: Real, beta: Nonzero, gamma: Nonzero):
    """A smooth ReLU; its slope is the sigmoid of the same steepness and height."""
    yield diff(softplus_of(z, beta, gamma), z)
    yield (gamma/beta)*(1/(1 + exp(beta*z)))*diff(exp(beta*z), z), "chain rule for the logarithm"
    yield (gamma/beta)*(beta*exp(beta*z)/(1 + exp(beta*z))), "chain rule for the exponential"
    yield gamma*exp(beta*z)/(1 + exp(beta*z)),             "cancel $\\beta$"
    yield gamma/(1 + exp(-beta*z)),                        "the other form of the sigmoid"


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


@derivation("A linear output", source=nogga("8.5 Activation Functions"), statements=["nogga-128", "magyar-126"],
            network="activation.identity.slope")
def identity(z: Real):
    yield diff(z, z)
    yield 1,                                               "the identity has slope 1"


@derivation("A fast oscillation", source=sadiku("Choice of Nonlinear Activation Function"),
            statements=["sadiku-185"])
def fast_oscillation(z: Real):
    """The slope of sin(100 z) is large but changes its sign within 0.03: it says nothing about where to go."""
    yield diff(sin(100*z), z)
    yield 100*cos(100*z),                                  "chain rule"
    yield -100*cos(100*(z + pi/100)),                      "half a period further it has the opposite sign"
