"""Loss functions and their gradients in what the network says, compared with the network's own.

a or s or p is what the network says, y or t what it should say. A gradient of a loss in the output is where
backpropagation begins. Where a loss has a kink the lines are claims about the points beside it.
"""

from calcds.notation import *

n, k, N = map(Dim, "nkN")
i, j = map(Index, "ij")


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
    """Three classes matter: the true one with 0.7, others with 0.1 and 0.2. A bracket of the slide is lost
    in print.
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


@derivation("Binary hinge loss", source=oh("Analytic Gradient: Hinge Loss"),
            statements=["oh-014", "oh-084", "oh-085"], network="loss.binary_hinge.gradient")
def binary_hinge(a: Real, y: OneOrMinusOne):
    """Zero as soon as the score has the right sign and is at least 1 in size."""
    yield diff(Max(0, 1 - y*a), a)
    yield diff(piecewise((1 - y*a, 1 - y*a > 0), (0, 1 - y*a < 0)), a), "the larger of two numbers, case by case"
    yield piecewise((-y, 1 - y*a > 0), (0, 1 - y*a < 0)),  "slope of each branch"


@derivation("Two forms of the multiclass hinge loss", source=oh("Hinge loss"),
            statements=["oh-015", "oh-018"])
def multiclass_hinge(s: Vector[n], c: Index[n]):
    """c is the true class; a class costs nothing if its score stays below that of c by 1."""
    yield Sum((1 - delta(j, c))*piecewise((0, s[c] >= s[j] + 1), (s[j] - s[c] + 1, True)), (j, n))
    yield Sum((1 - delta(j, c))*Max(0, s[j] - s[c] + 1), (j, n)), "term by term the larger of two numbers"


@derivation("Its slope in the score of the true class", source=oh("Analytic Gradient: Hinge Loss"),
            statements=["oh-086", "oh-087"])
def hinge_slope_true_class(s: Vector[n], c: Index[n]):
    yield diff(Sum((1 - delta(j, c))*Max(0, s[j] - s[c] + 1), (j, n)), s[c])
    yield -Sum((1 - delta(j, c))*indicator(s[j] - s[c] + 1 > 0), (j, n)), "each active term falls with slope 1"


@derivation("Its slope in another score", source=oh("Analytic Gradient: Hinge Loss"), statements=["oh-088"])
def hinge_slope_other_class(s: Vector[n], c: Index[n], l: Index[n]):
    """For l other than c."""
    yield assume(Ne(l, c))
    yield diff(Sum((1 - delta(j, c))*Max(0, s[j] - s[c] + 1), (j, n)), s[l])
    yield indicator(s[l] - s[c] + 1 > 0),                  "one term depends on $s_l$, with slope 1"


@derivation("Three images and their hinge losses", source=oh("Hinge loss example"),
            statements=["oh-020", "oh-021", "oh-022", "oh-019", "oh-017"])
def hinge_examples():
    """One column of scores for each image, with the rows cat, car and frog; the images show a cat, a car
    and a frog.
    """
    s = matrix([3.2, 1.3, 2.2], [5.1, 4.9, 2.5], [-1.7, 2.0, -3.1])
    yield Max(0, s[1, 0] - s[0, 0] + 1) + Max(0, s[2, 0] - s[0, 0] + 1)
    yield Max(0, Rational("2.9")) + Max(0, -Rational("3.9")), "the cat: margins to car and frog", "oh-020"
    yield Rational("2.9"),                                 "the frog costs nothing", "oh-020"
    yield start(Max(0, s[0, 1] - s[1, 1] + 1) + Max(0, s[2, 1] - s[1, 1] + 1))
    yield Max(0, -Rational("2.6")) + Max(0, -Rational("1.9")), "the car: margins to cat and frog", "oh-021"
    yield 0,                                               "both are far enough below", "oh-021"
    yield start(Max(0, s[0, 2] - s[2, 2] + 1) + Max(0, s[1, 2] - s[2, 2] + 1))
    yield Max(0, Rational("6.3")) + Max(0, Rational("6.6")), "the frog: margins to cat and car", "oh-022"
    yield Rational("12.9"),                                "both cost", "oh-022"
    yield start((Rational("2.9") + 0 + Rational("12.9"))/3)
    yield 5.27,                                            "the mean over the data set, rounded", "oh-023"


@derivation("Doubling all scores keeps a loss of zero", source=oh("Regularization"),
            statements=["oh-040", "oh-039"])
def doubled_scores(s: Real, t: Real):
    """t is the score of the true class, s another. If s stays below t by 1, then 2s stays below 2t by 2."""
    yield assume(s - t + 1 <= 0)
    yield Max(0, 2*s - 2*t + 1)
    yield Max(0, 2*(s - t + 1) - 1),                       "take out 2"
    yield 0,                                               "the bracket is not positive"


@derivation("The car, before and after doubling", source=oh("Regularization"),
            statements=["oh-041", "oh-042"])
def doubled_car():
    s = column(1.3, 4.9, 2.0)
    yield Max(0, s[0] - s[1] + 1) + Max(0, s[2] - s[1] + 1)
    yield Max(0, -Rational("2.6")) + Max(0, -Rational("1.9")), "before: subtract"
    yield 0,                                               "nothing to pay"
    yield Max(0, -Rational("6.2")) + Max(0, -Rational("4.8")), "nor with twice the scores"
    yield Max(0, 2*s[0] - 2*s[1] + 1) + Max(0, 2*s[2] - 2*s[1] + 1), "which are these margins"


@erratum("Doubling W alone, with a bias", source=oh("Regularization"), statements=["oh-040"],
         corrected="doubled_scores")
def doubled_weights(u: Real, v: Real, b: Real, c: Real):
    """The slide says s = Wx + b and doubles W only. With a bias the zero loss need not survive.

    u + b is the score of a wrong class, v + c that of the true one.
    """
    yield assume(u + b - (v + c) + 1 <= 0)
    yield Max(0, (u + b) - (v + c) + 1)
    yield 0,                                               "the loss is zero before"
    yield Max(0, (2*u + b) - (2*v + c) + 1),               "as stated: and also with twice the weights"


@derivation("The multiclass hinge loss with a one-hot target", source=oh("Hinge loss"), statements=["oh-015", "oh-018"],
            network="loss.multiclass_hinge")
def multiclass_hinge_one_hot(a: Vector[n], y: OneHot[n]):
    """y^T a is the score of the true class, and 1 - y_j leaves that class out of the sum."""
    yield Sum((1 - y[j])*Max(0, a[j] - y.T*a + 1), (j, n))
    yield Sum(Max(0, a[j] - y.T*a + 1), (j, n)) - 1,       "the true class would add $\\max(0, 1) = 1$"
