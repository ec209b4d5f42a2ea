"""Euler's number: as a limit, as a series, and in digits."""

from calcds.notation import *

i, k = map(Index, "ik")


@derivation("Euler's number as a limit", source=sadiku("Euler's Number e"), statements=["sadiku-027"])
def euler_limit(n: Positive):
    """(1 + 1/n)^n is e to the power n log(1 + 1/n), and that exponent is a difference quotient of log at 1."""
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
    """What double precision prints: 1 + 1e-7 is rounded, and the power multiplies the error by ten million."""
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
