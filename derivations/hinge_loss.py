"""The hinge loss, binary and for many classes: two forms, slopes, the numbers of the slides, and doubling the weights."""

from calcds.notation import *

n = Dim("n")
j = Index("j")


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


@derivation("The multiclass hinge loss with a one-hot target", source=oh("Hinge loss"), statements=["oh-015", "oh-018"],
            network="loss.multiclass_hinge")
def multiclass_hinge_one_hot(a: Vector[n], y: OneHot[n]):
    """y^T a is the score of the true class, and 1 - y_j leaves that class out of the sum."""
    yield Sum((1 - y[j])*Max(0, a[j] - y.T*a + 1), (j, n))
    yield Sum(Max(0, a[j] - y.T*a + 1), (j, n)) - 1,       "the true class would add $\\max(0, 1) = 1$"


@derivation("Three images and their hinge losses", source=oh("Hinge loss example"),
            statements=["oh-020", "oh-021", "oh-022", "oh-019", "oh-017"])
def hinge_examples():
    """One column of scores for each image, with the rows cat, car and frog; the
    images show a cat, a car and a frog.
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
