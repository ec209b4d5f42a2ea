"""Limits: Euler's number from compound interest, 1/x, and what a sequence does in the end."""

from calcds.notation import *

n = Real.symbol("n")
i, k = map(Index, "ik")


@derivation("Euler's number as a limit", source=sadiku("Euler's Number e"), statements=["sadiku-027"])
def euler_limit(n: Positive):
    """(1 + 1/n)^n is e to the power n log(1 + 1/n), and that exponent is a difference quotient of log at
    1.
    """
    h = Real.symbol("h")
    yield limit((1 + 1/n)**n, n, oo)
    yield limit((1 + h)**(1/h), h, 0, "+"),                "$h = 1/n$"
    yield limit(exp(log(1 + h)/h), h, 0, "+"),             "a power as an exponential"
    yield E, "the exponent tends to the slope of log at 1, which is 1"


@derivation("The numbers on the way", source=sadiku("Euler's Number e"),
            statements=["sadiku-028", "sadiku-029", "sadiku-030", "sadiku-031", "sadiku-032"])
def towards_e():
    """The third value is printed with its digits cut off, not rounded; here it has one digit more."""
    yield (1 + Rational(1, 100))**100
    yield 2.70481382942,                                   "a hundred steps", "sadiku-028"
    yield start((1 + Rational(1, 1000))**1000)
    yield 2.71692393224,                                   "a thousand", "sadiku-029"
    yield start((1 + Rational(1, 10000))**10000)
    yield 2.718145926825,                                  "ten thousand", "sadiku-030"
    yield start((1 + Rational(1, 10000000))**10000000)
    yield 2.71828169254,                                   "ten million", "sadiku-031"
    yield start(E)
    yield 2.71828,                                         "the limit, rounded", "sadiku-032"


@erratum("A hundred steps", source=sadiku("Euler's Number e"), statements=["sadiku-028"],
         corrected="towards_e")
def hundred_steps_as_printed():
    """A wrong digit: 2.79 where 2.70 is right."""
    yield (1 + Rational(1, 100))**100
    yield 2.79481382942,                                   "as printed"


@erratum("Ten million steps", source=sadiku("Euler's Number e"), statements=["sadiku-031"],
         corrected="towards_e")
def ten_million_steps_as_printed():
    """What double precision prints: 1 + 1e-7 is rounded, and the power multiplies the error by ten
    million.
    """
    yield (1 + Rational(1, 10000000))**10000000
    yield 2.71828169413,                                   "as printed"


@derivation("Euler's number to eleven places", source=sadiku("Limits"), statements=["sadiku-036"])
def value_of_e():
    yield E
    yield 2.71828182846,                                   "rounded to the printed digits"


@erratum("The limit is not a number on the way", source=sadiku("Limits"), statements=["sadiku-036"],
         corrected="value_of_e")
def value_of_e_as_printed():
    """The slide equates e with the (rounded) value for ten million steps."""
    yield E
    yield 2.71828169413,                                   "as printed"


@derivation("Euler's number as a series", source=magyar("A.36 Euler's constant"), statements=["magyar-155"])
def euler_series():
    yield Sum(1/factorial(k), (k, 0, oo))
    yield exp(1),                                          "the exponential series at 1"
    yield E,                                               "definition of $e$"


@erratum("The index of the series for e", source=magyar("A.36 Euler's constant"), statements=["magyar-155"],
         corrected="euler_series")
def euler_series_as_printed(n: Natural, N: Natural):
    """Summed over i, but the terms are 1/n!: the same number again and again. Here up to N."""
    yield Sum(1/factorial(k), (k, 0, N))
    yield Sum(1/factorial(n), (i, 0, N)),                  "as printed"


@derivation("The exponential series", source=magyar("A.37 Exponential function"),
            statements=["magyar-156", "magyar-153"])
def exponential_series(x: Real):
    yield Sum(x**k/factorial(k), (k, 0, oo))
    yield exp(x),                                          "definition of the exponential"


@derivation("One over a growing number", source=sadiku("Limits"), statements=["sadiku-034"])
def one_over_x(x: Positive):
    yield limit(1/x, x, oo)
    yield 0, "smaller than any $\\varepsilon$ as soon as $x > 1/\\varepsilon$"


@derivation("It stays above its limit", source=sadiku("Limits"), statements=["sadiku-035"])
def never_reached(x: Positive):
    yield holds(1/x > 0),                                  "the reciprocal of a positive number is positive"


@derivation("The limit of a constant is reached", source=sadiku("Limits"), statements=["sadiku-033"])
def limit_that_is_reached(x: Positive):
    """That a limit is never reached is true of 1/x and of (1 + 1/x)^x, but it is no part of the meaning of
    a limit.
    """
    c = 0*x + 3
    yield limit(c, x, oo)
    yield 3,                                               "every value is 3"
    yield c,                                               "and so the limit is reached everywhere"


@derivation("A line is continuous", source=sadiku("Continuous Functions"), statements=["sadiku-016"])
def continuous_line(x: Real):
    h = Real.symbol("h")
    yield limit(2*(x + h) + 1, h, 0)
    yield 2*x + 1,                                         "the limit is the value"


@derivation("A step has a value everywhere but a jump at zero", source=sadiku("Continuous Functions"),
            statements=["sadiku-017"])
def step_is_not_continuous(h: Real):
    """Limits from the left and from the right differ, though the function has a value for every x."""
    step = piecewise((1, h > 0), (0, True))
    yield limit(step, h, 0, "+")
    yield 1,                                               "the value on the right"
    yield start(limit(step, h, 0, "-"))
    yield 0,                                               "the value on the left, and at zero"


@erratum("A value for every x does not make a function continuous", source=sadiku("Continuous Functions"),
         statements=["sadiku-017"], corrected="step_is_not_continuous")
def value_everywhere(h: Real):
    """The slide explains continuity by the existence of a value for each x. A step has that, and still
    jumps.
    """
    step = piecewise((1, h > 0), (0, True))
    yield limit(step, h, 0, "+")
    yield 1,                                               "the value on the right"
    yield 0, "continuous, as explained: the value at 0, which is 0"


@derivation("A sum of an infinite series", source=magyar("A.35 Sum of infinite series"),
            statements=["magyar-153", "magyar-154"])
def geometric_series(q: Interval(0, 1)):
    """Partial sums, then their limit. The rest after N terms is q^N/(1 - q): a partial sum is as exact as
    one wishes.
    """
    yield limit((1 - q**n)/(1 - q), n, oo)
    yield 1/(1 - q),                                       "$q^n$ tends to 0"


@derivation("The limit of a sequence", source=magyar("A.34 Limit of a real number sequence"),
            statements=["magyar-152"])
def limit_of_a_sequence(n: PositiveInteger):
    """The index that runs is the index of the sequence."""
    yield limit((n + 1)/n, n, oo)
    yield limit(1 + 1/n, n, oo),                           "divide"
    yield 1,                                               "$1/n$ tends to 0"


@erratum("The index that runs", source=magyar("A.34 Limit of a real number sequence"), statements=["magyar-152"],
         corrected="limit_of_a_sequence")
def limit_of_another_index(n: PositiveInteger, i: PositiveInteger):
    """Printed as the limit of a_i while n grows: a_i does not change. Here for a_n = (n + 1)/n, which
    tends to 1.
    """
    yield limit((i + 1)/i, n, oo)
    yield (i + 1)/i,                                       "$n$ does not occur"
    yield 1,                                               "as printed: the limit of the sequence"
