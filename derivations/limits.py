"""Limits: 1/x, sequences, series, continuity, and what a limit does not have to be."""

from calcds.notation import *

n = Real.symbol("n")


@derivation("One over a growing number", source=sadiku("Limits"), statements=["sadiku-034"])
def one_over_x(x: Positive):
    yield limit(1/x, x, oo)
    yield 0, "smaller than any $\\varepsilon$ as soon as $x > 1/\\varepsilon$"


@derivation("It stays above its limit", source=sadiku("Limits"), statements=["sadiku-035"])
def never_reached(x: Positive):
    yield holds(1/x > 0),                                  "the reciprocal of a positive number is positive"


@derivation("The limit of a constant is reached", source=sadiku("Limits"), statements=["sadiku-033"])
def limit_that_is_reached(x: Positive):
    """That a limit is never reached is true of 1/x and of (1 + 1/x)^x, but it is no part of the meaning of a limit.
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


@derivation("Epsilon and delta", source=magyar("A.33 Limit of a single variable real valued function"),
            statements=["magyar-151", "sadiku-016"])
def epsilon_delta(x: Real, c: Real, eps: Positive):
    """The limit of 2x + 1 at c is 2c + 1: for every eps, delta = eps/2 will do."""
    yield assume(Abs(x - c) < eps/2)
    yield Abs((2*x + 1) - (2*c + 1))
    yield 2*Abs(x - c),                                    "take out the 2"
    yield holds(2*Abs(x - c) < eps),                                      "twice less than $\\varepsilon/2$"


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
    """The slide explains continuity by the existence of a value for each x. A step has that, and still jumps."""
    step = piecewise((1, h > 0), (0, True))
    yield limit(step, h, 0, "+")
    yield 1,                                               "the value on the right"
    yield 0, "continuous, as explained: the value at 0, which is 0"


@derivation("A sum of an infinite series", source=magyar("A.35 Sum of infinite series"),
            statements=["magyar-153", "magyar-154"])
def geometric_series(q: Interval(0, 1)):
    """Partial sums, then their limit. The rest after N terms is q^N/(1 - q): a partial
    sum is as exact as one wishes.
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
    """Printed as the limit of a_i while n grows: a_i does not change. Here for a_n = (n + 1)/n, which tends to 1."""
    yield limit((i + 1)/i, n, oo)
    yield (i + 1)/i,                                       "$n$ does not occur"
    yield 1,                                               "as printed: the limit of the sequence"
