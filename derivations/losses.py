"""Regression losses and their gradients in what the network says, compared with the network's own.

a is what the network says, y what it should say. A gradient of a loss in the output is where backpropagation begins.
"""

from calcds.notation import *

n = Dim("n")
j = Index("j")


@derivation("Half the squared error", source=magyar("3.1 Error function"), statements=["magyar-059"],
            network="loss.half_squared")
def half_squared(a: Vector[n], y: Vector[n]):
    yield (norm(a - y)**2)/2
    yield (sqrt(Sum((a[j] - y[j])**2, (j, n)))**2)/2,      "the Euclidean norm as a sum"
    yield Sum((a[j] - y[j])**2, (j, n))/2,                 "the square of a square root"
    yield Sum(((a[j] - y[j])**2)/2, (j, n)),               "move the factor into the sum"


@derivation("Its gradient", source=magyar("3.1 Error function"), statements=["magyar-059"],
            network="loss.half_squared.gradient")
def half_squared_gradient(a: Vector[n], y: Vector[n]):
    """The factor 1/2 is there so that none is left here."""
    yield grad(Sum(((a[j] - y[j])**2)/2, (j, n)), a)
    yield by_entries(n, lambda l: diff(((a[l] - y[l])**2)/2, a[l])), "entry $l$: one term depends on $a_l$"
    yield by_entries(n, lambda l: a[l] - y[l]),            "power rule"
    yield a - y,                                           "collect"


@derivation("The gradient of the squared error", source=oh("Analytic Gradient: Regression Loss"),
            statements=["oh-094", "oh-037", "nogga-148"], network="loss.squared.gradient")
def squared_gradient(a: Vector[n], y: Vector[n]):
    yield grad((y - a).T*(y - a), a)
    yield 2*jacobian(y - a, a).T*(y - a),                  "chain rule"
    yield -2*(y - a),                                      "the Jacobian of $y - a$ is $-I$"


@derivation("The mean squared error", source=nogga("3.12 Mean Squared Error for Regression"),
            statements=["nogga-056"], network="loss.mean_squared.gradient")
def mean_squared_gradient(a: Vector[n], y: Vector[n]):
    yield grad(Sum((y[j] - a[j])**2, (j, n))/n, a)
    yield grad((y - a).T*(y - a), a)/n,                    "the factor $1/n$ is constant"
    yield (2*(a - y))/n,                                   "the gradient of the squared error"


@derivation("The absolute error", source=nogga("3.13 Mean Absolute Error"), statements=["nogga-060", "oh-036"],
            network="loss.absolute.gradient")
def absolute_gradient(a: Vector[n], y: Vector[n]):
    """Each entry pulls with the same strength, however far off it is: that makes the loss robust."""
    yield grad(Sum(Abs(a[j] - y[j]), (j, n)), a)
    yield by_entries(n, lambda l: sign(a[l] - y[l])),      "$|u|' = \\mathrm{sign}\\,u$, away from 0"
    yield sign(a - y),                                     "collect"


@derivation("The absolute error of an example", source=oh("Loss Function: Regression Loss"),
            statements=["oh-038"])
def absolute_error_example():
    """Only the entries that are printed differ from zero."""
    y, s = column(0, 1, 0), column(0.1, 0.7, 0.2)
    yield Sum(Abs(y[j] - s[j]), (j, 0, 2))
    yield Abs(y[0] - s[0]) + Abs(y[1] - s[1]) + Abs(y[2] - s[2]), "write out the sum"
    yield s[0] + (1 - s[1]) + s[2],                        "absolute values"
    yield Rational("0.6"),                                 "add"
