"""Rectifiers and steps: activation functions with a kink or a jump, their slopes beside it and on both sides of it.

At the kink there is no derivative, and a network picks a value. The lines are claims about the points beside it.
"""

from calcds.notation import *


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
    """The notes give 0 the sign -1; elsewhere the usual function. At 0 there is no derivative in either convention.
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


@derivation("Hard tanh", source=nogga("8.5 Activation Functions"), statements=["nogga-126"],
            network="activation.hard_tanh")
def hard_tanh(z: Real):
    yield Max(-1, Min(1, z))
    yield piecewise((1, z > 1), (-1, z < -1), (z, True)),  "case by case"


@derivation("A ReLU that is shifted too far", source=sadiku("Choice of Nonlinear Activation Function"),
            statements=["sadiku-183", "sadiku-179"])
def shifted_relu(z: Interval(-100, 100)):
    """max(0, z - 100) has slope 0 for all inputs of ordinary size: nothing can be learned through it."""
    yield diff(Max(0, z - 100), z)
    yield diff(0*z, z),                                    "$z - 100 < 0$"
    yield 0,                                               "a constant"


@derivation("A positive bias before ReLU", source=nogga("10.5 Parameter Initialization"), statements=["nogga-164"],
            network="activation.relu")
def bias_before_relu(z: Real):
    """The bias moves the kink: with z = u + b, inputs u down to -b come through."""
    yield Max(0, z)
    yield (z + Abs(z))/2,                                  "half of a number and its size"


@derivation("Softplus approaches ReLU", source=magyar("2.1.1.8 Softplus function"),
            statements=["magyar-027", "nogga-127"])
def softplus_and_relu(z: Real, beta: Positive):
    """Softplus minus ReLU depends on |z| only and is at most log(2)/beta: the larger beta, the sharper the bend."""
    yield log(1 + exp(beta*z))/beta - Max(0, z)
    yield log(1 + exp(-beta*Abs(z)))/beta, "for $z > 0$ take $e^{\\beta z}$ out of the logarithm"
