"""Integrals: areas, the midpoint rule, and the fundamental theorem."""

from calcds.notation import *

i = Index("i")


@derivation("The integral undoes the derivative", source=sadiku("Integrals"), statements=["sadiku-058"])
def undoes_derivative(f: Function, a: Real, b: Real):
    u = Real.symbol("u")
    yield integral(diff(f(u), u), (u, a, b))
    yield f(b) - f(a),                                     "fundamental theorem"


@derivation("The derivative undoes the integral", source=sadiku("Integrals"),
            statements=["sadiku-058", "sadiku-059"])
def undone_by_derivative(a: Real, x: Real):
    """The area under a parabola up to x grows at the rate of its height at x."""
    u = Real.symbol("u")
    yield diff(integral(u**2 + 1, (u, a, x)), x)
    yield diff((x**3 - a**3)/3 + (x - a), x),              "power rule, backwards"
    yield x**2 + 1,                                        "power rule"


@derivation("The area under a line", source=sadiku("Integrals"), statements=["sadiku-060"])
def trapezoid(x: Real):
    """f(x) = 2x between 2 and 3 is a trapezoid with the parallel sides 4 and 6."""
    yield integral(2*x, (x, 2, 3))
    yield Rational(3)**2 - Rational(2)**2,                 "$x^2$ has the derivative $2x$"
    yield ((4 + 6)/Rational(2))*1,                         "mean of the sides times width"
    yield 5,                                               "compute"


@derivation("The area under a parabola", source=sadiku("Integral approximation in Python"),
            statements=["sadiku-067"])
def parabola(x: Real):
    yield integral(x**2 + 1, (x, 2, 3))
    yield (Rational(27)/3 + 3) - (Rational(8)/3 + 2),      "$x^3/3 + x$ has the derivative $x^2 + 1$"
    yield Rational(22, 3),                                 "compute"


@derivation("The midpoint rule for the parabola", source=sadiku("Integral approximation in Python"),
            statements=["sadiku-063", "sadiku-061"])
def midpoint_rule(n: PositiveInteger):
    """n rectangles between 2 and 3, as high as the curve in the middle of each. The listing counts them from 1.

    The midpoint of rectangle i is (2a + d(2i - 1))/2 with the width d = 1/n.
    """
    d = 1/n
    middle = (2*2 + d*(2*i - 1))/2
    yield Sum(middle**2 + 1, (i, 1, n))*d
    yield Sum((2 + (2*i - 1)/(2*n))**2 + 1, (i, 1, n))/n,  "the midpoints"
    yield Rational(22, 3) - 1/(12*n**2),                   "sums of powers"


@derivation("More rectangles come closer", source=sadiku("Integrals"),
            statements=["sadiku-062", "sadiku-067"])
def more_rectangles(n: PositiveInteger):
    """The error falls with the square of the number of rectangles."""
    yield limit(Rational(22, 3) - 1/(12*n**2), n, oo)
    yield Rational(22, 3),                                 "the error vanishes"


@derivation("Five, a thousand and a million rectangles", source=sadiku("Integral approximation in Python"),
            statements=["sadiku-064", "sadiku-065", "sadiku-066"])
def printed_values():
    """In exact arithmetic. The listing prints a few more digits, which are the rounding
    errors of a million additions.
    """
    yield Sum((2 + (2*i - 1)/Rational(10))**2 + 1, (i, 1, 5))/5
    yield 7.33,                                            "five rectangles", "sadiku-064"
    yield start(Sum((2 + (2*i - 1)/Rational(2000))**2 + 1, (i, 1, 1000))/1000)
    yield 7.33333325,                                      "a thousand", "sadiku-065"
    yield start(Rational(22, 3) - Rational(1, 12*10**12))
    yield 7.333333333333,                                  "a million", "sadiku-066"
