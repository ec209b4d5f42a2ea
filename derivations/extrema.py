"""Where a slope is zero: minima, maxima, and points that are neither."""

from calcds.notation import *


@derivation("A cubic, step by step", source=magyar("A.40.1.3 Example"),
            statements=["magyar-179", "magyar-178"])
def cubic(x: Real):
    yield diff((x + 1)**3 - (x - 1)**2 - 12*x, x)
    yield diff((x + 1)**3 - (x - 1)**2, x) - diff(12*x, x), "the derivative of a difference"
    yield diff((x + 1)**3, x) - diff((x - 1)**2, x) - diff(12*x, x), "and once more"
    yield diff((x + 1)**3, x) - diff((x - 1)**2, x) - 12*diff(x, x), "constants come out"
    yield 3*(x + 1)**2*diff(x + 1, x) - 2*(x - 1)*diff(x - 1, x) - 12*1, "chain rule, power rule"
    yield 3*(x + 1)**2*(1 + 0) - 2*(x - 1)*(1 - 0) - 12,   "slopes of the inner functions"
    yield 3*(x + 1)**2 - 2*(x - 1) - 12,                   "collect"


@derivation("The tangents in the figure", source=magyar("A.40.1.3 Example"),
            statements=["magyar-180", "magyar-181"])
def tangents(x: Real):
    """At -7/3 the tangent is horizontal, and the second derivative is negative: a local maximum."""
    slope = 3*(x + 1)**2 - 2*(x - 1) - 12
    yield at(slope, x, Rational(-7, 3))
    yield 3*Rational(-4, 3)**2 - 2*Rational(-10, 3) - 12,  "put in $-7/3$", "magyar-180"
    yield 0,                                               "$16/3 + 20/3 = 12$", "magyar-180"
    yield start(at(diff(slope, x), x, Rational(-7, 3)))
    yield at(6*(x + 1) - 2, x, Rational(-7, 3)),           "power rule", "magyar-180"
    yield -10,                                             "negative: a maximum", "magyar-180"
    yield start(at(slope, x, -1.6))
    yield -5.72,                                           "the slope at $-1.6$", "magyar-181"
    yield start(at(slope, x, 1.23))
    yield 2.4587,                                          "the slope at $1.23$", "magyar-181"


@derivation("A slope of zero without an extremum", source=magyar("A.40.1.1 Practical applications"),
            statements=["magyar-167", "sadiku-038"])
def saddle(x: Real):
    """x^3 has slope 0 at 0 and yet rises on both sides: x^3 has the sign of x. A zero
    slope is necessary, not sufficient.
    """
    yield at(diff(x**3, x), x, 0)
    yield at(3*x**2, x, 0),                                "power rule"
    yield 0,                                               "put in 0"
    yield start(sign(x**3))
    yield sign(x),                                         "negative on the left, positive on the right"


@erratum("A slope of zero need not be an extremum", source=sadiku("Derivatives"), statements=["sadiku-038"],
         corrected="saddle")
def zero_slope_means_extremum(x: Nonzero):
    """If x^3, with slope 0 at 0, had an extremum there, its values on both sides would lie on the same side of 0."""
    yield sign(x**3)
    yield sign((-x)**3),                                   "as stated: slope 0, so an extremum at 0"


@derivation("The slope at an extremum is zero", source=magyar("A.40.1.1 Practical applications"),
            statements=["magyar-166", "magyar-147", "magyar-148"])
def slope_at_extremum(a: Positive, c: Real, d: Real, x: Real):
    """A parabola a (x - c)^2 + d has its smallest value d at c, and there its slope vanishes."""
    yield holds(a*(x - c)**2 + d >= d),                    "a square is not negative: $c$ is a global minimum"
    yield start(at(diff(a*(x - c)**2 + d, x), x, c))
    yield at(2*a*(x - c), x, c),                           "power rule"
    yield 0,                                               "put in $c$"


@derivation("The lowest of the local minima", source=magyar("A.40.1.1 Practical applications"),
            statements=["magyar-168"])
def lowest_minimum(x: Real):
    """x^4/4 - x^3/3 - x^2 has slope 0 at -1, 0 and 2. The lowest of the three values, at 2, is the lowest of all."""
    f = x**4/4 - x**3/3 - x**2
    yield diff(f, x)
    yield x*(x + 1)*(x - 2),                               "power rule; factored"
    yield start(at(f, x, -1))
    yield -Rational(5, 12),                                "a local minimum"
    yield start(at(f, x, 2))
    yield -Rational(8, 3),                                 "a lower one"
    yield start(f + Rational(8, 3))
    yield (x - 2)**2*(3*x**2 + 8*x + 8)/12,                "a square times a parabola without zeros"
    yield holds(f >= -Rational(8, 3)),                     "so no value is lower"


@derivation("The sign of a slope", source=oh("First derivative"), statements=["oh-054"])
def sign_of_a_slope(a: Positive, x: Real, rate: Positive):
    """On (a/2) x^2 the step against the slope leads towards the minimum, as long as it is not too long."""
    yield assume(rate*a < 1)
    yield holds(Abs(x - rate*diff((a*x**2)/2, x)) <= Abs(x)), "$x$ is multiplied by $1 - $ rate times $a$"


@derivation("Steps that shrink by themselves", source=magyar("3 Learning, gradient descent"),
            statements=["magyar-057"])
def shrinking_steps(x: Real, a: Positive, rate: Positive):
    """A step that is proportional to the gradient gets shorter towards the minimum of (a/2) x^2."""
    yield Abs(rate*diff((a*x**2)/2, x))
    yield Abs(rate*a*x),                                   "power rule"
    yield rate*a*Abs(x),                                   "proportional to the distance from the minimum"
