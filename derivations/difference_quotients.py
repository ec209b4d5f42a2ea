"""Difference quotients: secants, the derivative as their limit, and the central quotient of numerical differentiation."""

from calcds.notation import *

h, s = Real.symbol("h"), Real.symbol("s")


@derivation("The slope of a secant", source=sadiku("Derivatives"), statements=["sadiku-040", "sadiku-039"])
def secant():
    """Between x = 2 and x = 2.1 on the parabola."""
    x = column(2, 2.1)
    yield (x[1]**2 - x[0]**2)/(x[1] - x[0])
    yield (Rational("4.41") - 4)/(Rational("2.1") - 2),    "square", "sadiku-039"
    yield Rational("0.41")/Rational("0.1"),                "subtract"
    yield 4.1,                                             "divide"


@derivation("Closer points", source=sadiku("Derivatives"), statements=["sadiku-041"])
def closer_secant():
    """On the parabola a secant has the slope x_0 + x_1, here 4.00001."""
    x = column(2, 2.00001)
    yield (x[1]**2 - x[0]**2)/(x[1] - x[0])
    yield x[1] + x[0],                                     "$b^2 - a^2 = (b - a)(b + a)$"
    yield 4.00001,                                         "add"


@erratum("Closer points, as printed", source=sadiku("Derivatives"), statements=["sadiku-041"],
         corrected="closer_secant")
def closer_secant_as_printed():
    x = column(2, 2.00001)
    yield (x[1]**2 - x[0]**2)/(x[1] - x[0])
    yield 4.00004,                                         "as printed"


@derivation("The derivative as a limit", source=sadiku("Derivatives"),
            statements=["sadiku-037", "magyar-161", "oh-053"])
def as_limit(f: Function, a: Real):
    yield limit((f(a + h) - f(a))/h, h, 0)
    yield at(diff(f(s), s), s, a),                         "definition of the derivative"
    yield f.prime()(a),                                    "in primes", "magyar-162"


@derivation("The derivative of a square from its definition", source=sadiku("Derivatives"),
            statements=["sadiku-045"])
def square_from_definition(x: Real):
    yield limit(((x + s)**2 - x**2)/((x + s) - x), s, 0)
    yield limit((2*x*s + s**2)/s, s, 0),                   "multiply out"
    yield limit(2*x + s, s, 0),                            "cancel $s$, which is not zero"
    yield 2*x,                                             "$s$ tends to 0"
    yield diff(x**2, x),                                   "definition of the derivative", "sadiku-043"


@derivation("The derivative of a square at 2", source=sadiku("Derivatives"),
            statements=["sadiku-046", "sadiku-044", "sadiku-052"])
def square_at_two(x: Real):
    """Differentiate first, then put in the number. The slide writes d/dx f(2), which by
    itself is the slope of a constant.
    """
    yield limit(((2 + s)**2 - Rational(2)**2)/((2 + s) - 2), s, 0)
    yield at(diff(x**2, x), x, 2),                         "definition of the derivative"
    yield at(2*x, x, 2),                                   "power rule"
    yield 4,                                               "put in 2"


@derivation("The central difference quotient", source=nogga("9.1 Why do we need Backpropagation?"),
            statements=["nogga-138"])
def central_difference(f: Function, x: Real):
    """Two evaluations for each weight; the error is of second order in the step."""
    yield limit((f(x + h) - f(x - h))/(2*h), h, 0)
    yield limit((f(x + h) - f(x))/(2*h) + (f(x) - f(x - h))/(2*h), h, 0), "add and subtract $f(x)$"
    yield f.prime()(x)/2 + f.prime()(x)/2,                 "each half tends to half the slope"
    yield f.prime()(x),                                    "add"


@derivation("Its error for a cubic", source=nogga("9.1 Why do we need Backpropagation?"),
            statements=["nogga-138"])
def central_difference_error(x: Real, h: Nonzero):
    """Exact for quadratics; for a cubic the error is exactly h^2."""
    yield ((x + h)**3 - (x - h)**3)/(2*h) - diff(x**3, x)
    yield (6*x**2*h + 2*h**3)/(2*h) - 3*x**2,              "multiply out; power rule"
    yield h**2,                                            "second order in the step"


@derivation("The absolute value has two slopes at zero", source=magyar("A.40.1 Differentiation"),
            statements=["magyar-163", "magyar-105"])
def absolute_value():
    """So it has no derivative there; the notes choose the value 0 when they need one."""
    yield limit((Abs(0 + h) - Abs(0))/h, h, 0, "+")
    yield 1,                                               "for $h > 0$ the quotient is $h/h$"
    yield start(limit((Abs(0 + h) - Abs(0))/h, h, 0, "-"))
    yield -1,                                              "for $h < 0$ it is $-h/h$"


@derivation("Average and momentary speed", source=magyar("A.40.1.1 Practical applications"),
            statements=["magyar-164", "magyar-165"])
def speed(t: Positive, g: Positive):
    """A falling stone covers g t^2/2 in t seconds: its momentary speed is twice the average one."""
    path = (g*t**2)/2
    yield diff(path, t)
    yield g*t,                                             "power rule"
    yield 2*(path/t),                                      "twice the average speed"


@derivation("Cancellation in the difference quotient", source=sadiku("Numerical Differentiation"), statements=["sadiku-141"])
def cancellation(f: Function, x: Real, h_: Positive, e: Real):
    """If each value of f carries a rounding error, say e and -e, the quotient carries e/h: the smaller h, the larger."""
    yield ((f(x + h_) + e) - (f(x - h_) - e))/(2*h_) - (f(x + h_) - f(x - h_))/(2*h_)
    yield e/h_,                                            "the errors add up and are divided by the step"
