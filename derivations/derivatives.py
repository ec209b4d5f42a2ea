"""Derivatives of functions of one number: the rules, each from the ones before it, and a short table."""

from calcds.notation import *

h = Real.symbol("h")


@derivation("The power rule", source=sadiku("Derivatives"), statements=["sadiku-042", "magyar-170"])
def power_rule(x: Positive, z: Real):
    """For x > 0 and any real exponent. For whole exponents x may be negative; x = 0 only where both sides exist."""
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


@derivation("A quadratic", source=oh("First derivative"), statements=["oh-055"])
def quadratic(x: Real):
    yield diff(x**2 - 4*x + 3, x)
    yield diff(x**2, x) - 4*diff(x, x) + diff(3 + 0*x, x), "term by term"
    yield 2*x - 4,                                         "power rule; a constant has slope 0"


@derivation("Away from zero it is the sign", source=magyar("3.3.2.1.1 L1 regularization"),
            statements=["magyar-105"])
def absolute_value_slope(x: Nonzero):
    yield diff(Abs(x), x)
    yield diff(piecewise((x, x > 0), (-x, True)), x),      "definition of the absolute value"
    yield piecewise((1, x > 0), (-1, True)),               "slopes of two lines"
    yield sign(x),                                         "definition of the sign"


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
