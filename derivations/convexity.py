"""Convex functions, and what is missing without convexity: saddles and many minima."""

from calcds.notation import *


@derivation("Stationary, but not a minimum", source=magyar("3 Learning, gradient descent"),
            statements=["magyar-056", "nogga-068", "nogga-079"])
def stationary_saddle(x: Vector[2]):
    """x^2 - y^2: from a point with y = 0 gradient descent runs into the saddle at 0 and stays there."""
    f = x[0]**2 - x[1]**2
    yield at(grad(f, x), x, zeros(2))
    yield at(column(2*x[0], -2*x[1]), x, zeros(2)),        "power rule"
    yield zeros(2),                                        "stationary"
    yield start(at(f, x, column(0, 1)))
    yield -1,                                              "but lower beside it"


@derivation("Convex functions", source=nogga("4.2 Convex Functions"), statements=["nogga-069"])
def convex_square(x: Real, y: Real, t: Interval(0, 1)):
    """For a square the gap between chord and graph is t(1 - t)(x - y)^2, and that is never negative."""
    yield t*x**2 + (1 - t)*y**2 - (t*x + (1 - t)*y)**2
    yield t*(1 - t)*x**2 - 2*t*(1 - t)*x*y + t*(1 - t)*y**2, "multiply out"
    yield t*(1 - t)*(x - y)**2,                            "a complete square"
    yield holds(t*(1 - t)*(x - y)**2 >= 0),                "$0 < t < 1$"


@derivation("A convex function with many minima", source=nogga("4.2 Convex Functions"),
            statements=["nogga-070"])
def flat_convex_function(x: Interval(-1, 1)):
    """max(0, |x| - 1) is convex and 0 on the whole interval. Strictly convex functions have at most one minimum."""
    yield Max(0, Abs(x) - 1)
    yield 0,                                               "$|x| < 1$"


@erratum("A convex function may have many minima", source=nogga("4.2 Convex Functions"), statements=["nogga-070"],
         corrected="flat_convex_function")
def one_minimum_only(x: Interval(-1, 1)):
    """If the convex function max(0, |x| - 1) had one minimum only, at 0, it would be larger elsewhere."""
    yield assume(Ne(x, 0))
    yield holds(Max(0, Abs(x) - 1) > 0),                   "as stated: no other minimum than the one at 0"


@derivation("A network loss that is not convex", source=sadiku("Non-convex error function"),
            statements=["sadiku-142"])
def not_convex(y: Positive):
    """(v u - y^2)^2 is 0 at u = v = y and at u = v = -y, but y^4 half way between."""
    loss = lambda u, v: (v*u - y**2)**2
    yield (loss(y, y) + loss(-y, -y))/2
    yield 0,                                               "zero at both ends"
    yield start(loss((y - y)/2, (y - y)/2))
    yield y**4,                                            "half way: larger than the mean of the ends"
