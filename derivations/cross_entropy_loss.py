"""Losses on probabilities: log-likelihood and cross-entropy, their gradients, and the numbers of the slides."""

from calcds.notation import *

n = Dim("n")
j = Index("j")


@derivation("Log-likelihood loss", source=oh("Loss Function: Log Likelihood Loss"),
            statements=["oh-024", "oh-026", "oh-025"], network="loss.log_likelihood")
def log_likelihood(a: Vector[n, Positive], y: OneHot[n]):
    """A one-hot target picks the logarithm of one probability."""
    yield -log(y.T*a)
    yield -Sum(y[j]*log(a[j]), (j, n)),                    "only the term of the true class is not zero"


@derivation("Its gradient", source=oh("Analytic Gradient: Log Likelihood Loss"),
            statements=["oh-089", "oh-090"])
def log_likelihood_gradient(p: Vector[n, Positive], c: Index[n]):
    """c is the true class. Only its entry is not zero."""
    yield grad(-log(p[c]), p)
    yield by_entries(n, lambda l: -(1/p[c])*diff(p[c], p[l])), "chain rule for the logarithm"
    yield by_entries(n, lambda l: -(1/p[c])*delta(l, c)),  "$p_c$ depends on $p_l$ only for $l = c$"
    yield -(1/p[c])*unit(n, c),                            "a multiple of a unit vector"


@derivation("The log-likelihood gradient of an example", source=oh("Analytic Gradient: Log Likelihood Loss"),
            statements=["oh-091", "oh-027"])
def log_likelihood_example(p: Vector[10]):
    """Ten classes, the second one is true."""
    here = column(0.1, 0.7, 0, 0, 0, 0, 0, 0, 0, 0.2)
    yield at(grad(-log(p[1]), p), p, here)
    yield -(1/Rational("0.7"))*unit(10, 1),                "the gradient of the log-likelihood loss"


@derivation("Cross-entropy loss over all classes", source=oh("Loss Function: Cross-entropy Loss"),
            statements=["oh-028"], network="loss.binary_cross_entropy")
def binary_cross_entropy(a: Vector[n], y: OneHot[n]):
    """Each class is treated as a yes-or-no question of its own."""
    yield -Sum(y[j]*log(a[j]) + (1 - y[j])*log(1 - a[j]), (j, n))
    yield -Sum(y[j]*log(a[j]), (j, n)) - Sum((1 - y[j])*log(1 - a[j]), (j, n)), "split the sum"


@derivation("Its gradient, any targets", source=oh("Analytic Gradient: Cross Entropy Loss"),
            statements=["oh-092"])
def binary_cross_entropy_gradient(p: Vector[n], z: Vector[n]):
    yield grad(-Sum(z[j]*log(p[j]) + (1 - z[j])*log(1 - p[j]), (j, n)), p)
    yield by_entries(n, lambda l: -diff(z[l]*log(p[l]) + (1 - z[l])*log(1 - p[l]), p[l])), \
        "one term depends on $p_l$"
    yield by_entries(n, lambda l: -(z[l]/p[l] - (1 - z[l])/(1 - p[l]))), "chain rule: $1 - p$ has the slope $-1$"
    yield by_entries(n, lambda l: (1 - z[l])/(1 - p[l]) - z[l]/p[l]), "open the bracket"


@derivation("Its gradient, a one-hot target", source=oh("Analytic Gradient: Cross Entropy Loss"),
            statements=["oh-092"])
def cross_entropy_one_hot(p: Vector[n], c: Index[n]):
    """Minus 1/p for the true class, plus 1/(1 - p) for every other: more probability there costs more."""
    yield grad(-log(p[c]) - Sum((1 - delta(j, c))*log(1 - p[j]), (j, n)), p)
    yield by_entries(n, lambda l: (1 - delta(l, c))/(1 - p[l]) - delta(l, c)/p[l]), "entry by entry"


@erratum("The sign of the entries of the other classes", source=oh("Analytic Gradient: Cross Entropy Loss"),
         statements=["oh-092"], corrected="cross_entropy_one_hot")
def cross_entropy_as_printed(p: Vector[n], c: Index[n]):
    """The slide puts one minus sign in front of the whole vector; inside, 1/(1 - p) would need another."""
    yield grad(-log(p[c]) - Sum((1 - delta(j, c))*log(1 - p[j]), (j, n)), p)
    yield -by_entries(n, lambda l: (1 - delta(l, c))/(1 - p[l]) + delta(l, c)/p[l]), "as printed"


@derivation("The cross-entropy loss of an example", source=oh("Loss Function: Cross-entropy Loss"),
            statements=["oh-029"])
def cross_entropy_example():
    """Three classes matter: the true one with 0.7, others with 0.1 and 0.2. A bracket
    of the slide is lost in print.
    """
    p, z = column(0.1, 0.7, 0.2), column(0, 1, 0)
    yield -Sum(z[j]*log(p[j]) + (1 - z[j])*log(1 - p[j]), (j, 0, 2))
    yield -log(1 - p[0]) - log(p[1]) - log(1 - p[2]),      "write out the sum"
    yield -log(Rational("0.9")) - log(Rational("0.7")) - log(Rational("0.8")), "subtract"


@derivation("The cross-entropy gradient of an example", source=oh("Analytic Gradient: Cross Entropy Loss"),
            statements=["oh-093"])
def cross_entropy_gradient_example(p: Vector[4]):
    """Classes with probability 0 are not left out: their entry is 1/(1 - 0) = 1."""
    L = -log(p[1]) - log(1 - p[0]) - log(1 - p[2]) - log(1 - p[3])
    yield at(grad(L, p), p, column(0.1, 0.7, 0, 0.2))
    yield column(1/Rational("0.9"), -1/Rational("0.7"), 1, 1/Rational("0.8")), \
        "the gradient of the cross-entropy loss"


@erratum("The numbers of the cross-entropy gradient", source=oh("Analytic Gradient: Cross Entropy Loss"),
         statements=["oh-093"], corrected="cross_entropy_gradient_example")
def cross_entropy_gradient_as_printed(p: Vector[4]):
    """Wrong signs, as in the formula, and a 0 where p = 0 gives 1. Of ten classes four are written out."""
    L = -log(p[1]) - log(1 - p[0]) - log(1 - p[2]) - log(1 - p[3])
    yield at(grad(L, p), p, column(0.1, 0.7, 0, 0.2))
    yield -column(1/Rational("0.9"), 1/Rational("0.7"), 0, 1/Rational("0.8")), "as printed"
