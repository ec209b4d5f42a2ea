"""Logarithms and powers. All rules need positive arguments, which the slides leave out."""

from calcds.notation import *


@derivation("Definition of the logarithm", source=sadiku("Logarithms"),
            statements=["sadiku-020", "magyar-158"])
def definition(a: Positive, x: Real):
    """The logarithm to base a undoes the power; a must be positive and other than 1."""
    yield assume(Ne(a, 1))
    yield log(a**x)/log(a)
    yield x*log(a)/log(a),                                 "logarithm of a power"
    yield x,                                               "cancel"


@derivation("Logarithm and exponential", source=magyar("A.38 Natural logarithm"), statements=["magyar-158"])
def inverse_of_exponential(x: Positive, y: Real):
    yield exp(log(x))
    yield x,                                               "definition of the logarithm"
    yield start(log(exp(y)))
    yield y,                                               "the other way round, for real $y$"


@derivation("Log base 2 of 8", source=sadiku("Logarithms"), statements=["sadiku-019"])
def log_base_two():
    yield log(8)/log(2)
    yield log(Rational(2)**3)/log(2),                      "$8 = 2^3$"
    yield 3*log(2)/log(2),                                 "logarithm of a power"
    yield 3,                                               "cancel"


@derivation("Logarithm of a product", source=sadiku("Logarithms: Properties"), statements=["sadiku-022"])
def of_a_product(a: Positive, b: Positive):
    yield log(a*b)
    yield log(exp(log(a))*exp(log(b))),                    "$u = e^{\\log u}$"
    yield log(exp(log(a) + log(b))),                       "powers multiply by adding exponents"
    yield log(a) + log(b),                                 "the logarithm undoes the exponential"


@derivation("Logarithm of a quotient", source=sadiku("Logarithms: Properties"), statements=["sadiku-023"])
def of_a_quotient(a: Positive, b: Positive):
    yield log(a/b)
    yield log(a) + log(1/b),                               "logarithm of a product"
    yield log(a) - log(b),                                 "logarithm of a reciprocal"


@derivation("Logarithm of a power", source=sadiku("Logarithms: Properties"), statements=["sadiku-024"])
def of_a_power(a: Positive, n: Real):
    yield log(a**n)
    yield log(exp(log(a))**n),                             "$a = e^{\\log a}$"
    yield log(exp(n*log(a))),                              "a power of a power"
    yield n*log(a),                                        "the logarithm undoes the exponential"


@derivation("Logarithm of one and of a reciprocal", source=sadiku("Logarithms: Properties"),
            statements=["sadiku-025", "sadiku-026"])
def of_one(x: Positive):
    yield log(1)
    yield log(exp(0)),                                     "$e^0 = 1$", "sadiku-025"
    yield 0, "the logarithm undoes the exponential", "sadiku-025"
    yield start(log(x**(-1)))
    yield log(1/x),                                        "a negative power is a reciprocal", "sadiku-026"
    yield log(1) - log(x),                                 "logarithm of a quotient", "sadiku-026"
    yield -log(x),                                         "$\\log 1 = 0$", "sadiku-026"


@derivation("Logarithm of a square", source=sadiku("Logarithms: Properties"), statements=["sadiku-024"])
def of_a_square(x: Nonzero):
    """Where x may be negative the absolute value is needed: log(x^2) exists, 2 log(x) does not."""
    yield log(x**2)
    yield log(Abs(x)**2),                                  "a square does not see the sign"
    yield 2*log(Abs(x)),                                   "logarithm of a power of a positive number"


@derivation("Laws of the exponential", source=magyar("A.37 Exponential function"), statements=["magyar-157"])
def laws_of_exponential(x: Real, y: Real):
    yield exp(x)*exp(y)
    yield exp(x + y),                                      "powers multiply by adding exponents"
    yield start(exp(x)**y)
    yield exp(x*y),                                        "a power of a power, for real exponents"


@derivation("Real powers", source=magyar("A.39 Real power"), statements=["magyar-159", "magyar-160"])
def real_powers(alpha: Positive, x: Real, y: Real):
    yield alpha**x
    yield exp(log(alpha))**x,                              "$\\alpha = e^{\\ln \\alpha}$", "magyar-159"
    yield exp(log(alpha)*x),                               "a power of a power", "magyar-159"
    yield start(alpha**x*alpha**y)
    yield exp(log(alpha)*x)*exp(log(alpha)*y),             "definition of a real power", "magyar-160"
    yield exp(log(alpha)*(x + y)),                         "law of the exponential", "magyar-160"
    yield alpha**(x + y),                                  "definition of a real power", "magyar-160"
    yield start((alpha**x)**y)
    yield alpha**(x*y),                                    "a power of a power", "magyar-160"
    yield start(alpha**Rational(1, 2))
    yield sqrt(alpha),                                     "its square is $\\alpha$", "magyar-160"


@derivation("The logarithm of a likelihood is a sum", source=nogga("3.7 (Negative) Log Likelihood"),
            statements=["nogga-045", "nogga-048", "nogga-049"])
def log_of_a_product(p: Vector[Dim("m"), Positive]):
    """Sums of logarithms neither overflow nor underflow; and the largest likelihood has the largest logarithm."""
    m, i = Dim("m"), Index("i")
    yield -log(Product(p[i], (i, m)))
    yield -Sum(log(p[i]), (i, m)),                         "logarithm of a product of positive numbers"
    yield Sum(-log(p[i]), (i, m)),                         "move the sign inside"


@derivation("The natural base", source=sadiku("Logarithms"), statements=["sadiku-021"])
def natural_base():
    """log without a base is the natural one here, as in Python; to base 10 divide by log 10."""
    yield log(E)
    yield 1,                                               "the logarithm undoes the exponential"
    yield start(log(1000)/log(10))
    yield 3,                                               "$1000 = 10^3$"


@derivation("Products of probabilities underflow", source=nogga("3.7 (Negative) Log Likelihood"),
            statements=["nogga-044"])
def underflow():
    """400 samples of probability 1/10: the product lies below the smallest double, its
    logarithm is an ordinary number.
    """
    yield holds(Rational(1, 10)**400 < Rational(1, 2)**1074), "$10^{-400} < 2^{-1074}$"
    yield start(log(Rational(1, 10)**400))
    yield -400*log(10),                                    "logarithm of a power"
