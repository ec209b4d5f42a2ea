"""Derivatives of functions of one number: the limit, the rules, tables and a worked example."""

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
    """Differentiate first, then put in the number. The slide writes d/dx f(2), which by itself is the
    slope of a constant.
    """
    yield limit(((2 + s)**2 - Rational(2)**2)/((2 + s) - 2), s, 0)
    yield at(diff(x**2, x), x, 2),                         "definition of the derivative"
    yield at(2*x, x, 2),                                   "power rule"
    yield 4,                                               "put in 2"


@derivation("The power rule", source=sadiku("Derivatives"), statements=["sadiku-042", "magyar-170"])
def power_rule(x: Positive, z: Real):
    """For x > 0 and any real exponent. For whole exponents x may be negative; x = 0 only where both sides
    exist.
    """
    yield diff(x**z, x)
    yield diff(exp(z*log(x)), x),                          "a power as an exponential"
    yield exp(z*log(x))*(z/x),                             "chain rule"
    yield z*x**(z - 1),                                    "back to powers"


@derivation("The power rule for whole exponents", source=magyar("A.40.1.2.2 Derivatives of powers"),
            statements=["magyar-170"])
def power_rule_integer(x: Nonzero, z: Integer):
    """The notes say for all x; at x = 0 and z <= 0 the rule divides by zero."""
    yield diff(x**z, x)
    yield z*x**(z - 1),                                    "power rule"


@derivation("The derivative of a constant", source=magyar("A.40.1.2 Properties"), statements=["magyar-169"])
def constant(alpha: Real, x: Real):
    yield diff(alpha + 0*x, x)
    yield limit((alpha - alpha)/h, h, 0),                  "definition of the derivative"
    yield 0,                                               "every difference is zero"


@derivation("The exponential is its own derivative", source=magyar("A.40.1.2.3 Derivative of e^x"),
            statements=["magyar-171"])
def exponential(x: Real):
    yield limit((exp(x + h) - exp(x))/h, h, 0)
    yield exp(x)*limit((exp(h) - 1)/h, h, 0),              "take out $e^x$"
    yield exp(x),                                          "this limit is 1"


@derivation("Exponentials to another base", source=magyar("A.40.1.2.4 Derivative of a^x"),
            statements=["magyar-172"])
def other_base(alpha: Positive, x: Real):
    yield diff(alpha**x, x)
    yield diff(exp(log(alpha)*x), x),                      "definition of a real power"
    yield exp(log(alpha)*x)*log(alpha),                    "chain rule"
    yield alpha**x*log(alpha),                             "definition of a real power"


@derivation("The derivative of the logarithm", source=magyar("A.40.1.2.5 Derivative of ln(x)"),
            statements=["magyar-173"])
def logarithm(x: Positive):
    """Differentiate e^(log x) = x on both sides."""
    yield exp(log(x))*diff(log(x), x)
    yield diff(exp(log(x)), x),                            "chain rule, backwards"
    yield diff(x, x),                                      "the exponential undoes the logarithm"
    yield 1,                                               "the identity has slope 1"
    yield x*(1/x),                                         "so the derivative of the logarithm is $1/x$"
    yield exp(log(x))*(1/x),                               "compare with the first line"


@derivation("Sums and multiples", source=magyar("A.40.1.2.6 Linearity"), statements=["magyar-174"])
def linearity(f: Function, g: Function, alpha: Real, beta: Real, x: Real):
    yield diff(alpha*f(x) + beta*g(x), x)
    yield alpha*f.prime()(x) + beta*g.prime()(x),          "term by term; constants come out"
    yield start(diff(alpha*f(x) - beta*g(x), x))
    yield alpha*f.prime()(x) - beta*g.prime()(x),          "term by term; constants come out"


@derivation("The product rule", source=magyar("A.40.1.2.7 Product rule"), statements=["magyar-175"])
def product_rule(f: Function, g: Function, x: Real):
    yield diff(f(x)*g(x), x)
    yield limit((f(x + h)*g(x + h) - f(x)*g(x))/h, h, 0),  "definition of the derivative"
    yield limit(((f(x + h) - f(x))/h)*g(x + h) + f(x)*((g(x + h) - g(x))/h), h, 0), \
        "add and subtract $f(x)\\,g(x + h)$"
    yield f.prime()(x)*g(x) + f(x)*g.prime()(x),           "limit of each factor"


@derivation("The quotient rule", source=magyar("A.40.1.2.8 Quotient rule"), statements=["magyar-176"])
def quotient_rule(f: Function, g: Function, x: Real):
    """Where g(x) is not 0."""
    yield diff(f(x)/g(x), x)
    yield f.prime()(x)*(1/g(x)) + f(x)*diff(1/g(x), x),    "product rule"
    yield f.prime()(x)*(1/g(x)) - f(x)*(g.prime()(x)/g(x)**2), "chain rule for the reciprocal"
    yield (f.prime()(x)*g(x) - f(x)*g.prime()(x))/g(x)**2, "a common denominator"


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


@derivation("A quadratic", source=oh("First derivative"), statements=["oh-055"])
def quadratic(x: Real):
    yield diff(x**2 - 4*x + 3, x)
    yield diff(x**2, x) - 4*diff(x, x) + diff(3 + 0*x, x), "term by term"
    yield 2*x - 4,                                         "power rule; a constant has slope 0"


@derivation("The absolute value has two slopes at zero", source=magyar("A.40.1 Differentiation"),
            statements=["magyar-163", "magyar-105"])
def absolute_value():
    """So it has no derivative there; the notes choose the value 0 when they need one."""
    yield limit((Abs(0 + h) - Abs(0))/h, h, 0, "+")
    yield 1,                                               "for $h > 0$ the quotient is $h/h$"
    yield start(limit((Abs(0 + h) - Abs(0))/h, h, 0, "-"))
    yield -1,                                              "for $h < 0$ it is $-h/h$"


@derivation("Away from zero it is the sign", source=magyar("3.3.2.1.1 L1 regularization"),
            statements=["magyar-105"])
def absolute_value_slope(x: Nonzero):
    yield diff(Abs(x), x)
    yield diff(piecewise((x, x > 0), (-x, True)), x),      "definition of the absolute value"
    yield piecewise((1, x > 0), (-1, True)),               "slopes of two lines"
    yield sign(x),                                         "definition of the sign"


@derivation("A slope of zero without an extremum", source=magyar("A.40.1.1 Practical applications"),
            statements=["magyar-167", "sadiku-038"])
def saddle(x: Real):
    """x^3 has slope 0 at 0 and yet rises on both sides: x^3 has the sign of x. A zero slope is necessary,
    not sufficient.
    """
    yield at(diff(x**3, x), x, 0)
    yield at(3*x**2, x, 0),                                "power rule"
    yield 0,                                               "put in 0"
    yield start(sign(x**3))
    yield sign(x),                                         "negative on the left, positive on the right"


@erratum("A slope of zero need not be an extremum", source=sadiku("Derivatives"), statements=["sadiku-038"],
         corrected="saddle")
def zero_slope_means_extremum(x: Nonzero):
    """If x^3, with slope 0 at 0, had an extremum there, its values on both sides would lie on the same
    side of 0.
    """
    yield sign(x**3)
    yield sign((-x)**3),                                   "as stated: slope 0, so an extremum at 0"


@derivation("Average and momentary speed", source=magyar("A.40.1.1 Practical applications"),
            statements=["magyar-164", "magyar-165"])
def speed(t: Positive, g: Positive):
    """A falling stone covers g t^2/2 in t seconds: its momentary speed is twice the average one."""
    path = (g*t**2)/2
    yield diff(path, t)
    yield g*t,                                             "power rule"
    yield 2*(path/t),                                      "twice the average speed"


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


@derivation("An exponential is not a power", source=sadiku("Derivatives"), statements=["sadiku-042"])
def exponential_and_power(x: Real):
    """In 2^x the variable is in the exponent. The power rule is for x^2, which the slide calls an exponential function."""
    yield diff(2**x, x)
    yield diff(exp(log(2)*x), x),                          "definition of a real power"
    yield 2**x*log(2),                                     "chain rule"


@erratum("The power rule for an exponential", source=sadiku("Derivatives"), statements=["sadiku-042"],
         corrected="exponential_and_power")
def power_rule_for_exponential(x: Real):
    """Stated for exponential functions, the rule would take the exponent of 2^x as a factor and lower it by 1."""
    yield diff(2**x, x)
    yield x*2**(x - 1),                                    "as stated: exponent in front, exponent less one"
