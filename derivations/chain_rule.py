"""The chain rule, from one worked example to sums over all paths of a network.

A composition is a chain of dependences. Along a single chain the local slopes are multiplied; where several chains
lead from a parameter to the result, their products are added. Factoring that sum is all that backpropagation does.
"""

from calcds.notation import *

u, v = (Real.symbol(name) for name in "uv")


@derivation("A composition, substituted first", source=sadiku("The Chain Rule"), statements=["sadiku-053"])
def by_substitution(x: Real):
    """z = y^3 - 2 with y = x^2 + 1. Substituting leaves an ordinary polynomial;
    nothing but the power rule is needed.
    """
    yield diff((x**2 + 1)**3 - 2, x)
    yield diff(x**6 + 3*x**4 + 3*x**2 - 1, x),             "multiply out"
    yield 6*x**5 + 12*x**3 + 6*x,                          "power rule, term by term"
    yield 6*x*(x**4 + 2*x**2 + 1),                         "take out $6x$"
    yield 6*x*(x**2 + 1)**2,                               "the bracket is a square"


@derivation("A composition, slope by slope", source=sadiku("The Chain Rule"), statements=["sadiku-056"])
def by_the_rule(x: Real):
    """The same composition by its parts: the slope of the outer function, taken at the
    inner value, times the inner slope.
    """
    y = x**2 + 1
    yield at(diff(u**3 - 2, u), u, y) * diff(y, x)
    yield at(3*u**2, u, y) * diff(y, x),                   "outer slope: $3u^2$",                 "sadiku-055"
    yield at(3*u**2, u, y) * (2*x),                        "inner slope: $2x$",                   "sadiku-054"
    yield 3*y**2 * (2*x),                                  "put in $u = y$"
    yield 6*x*(x**2 + 1)**2,                               "the same as by substitution"
    yield diff((x**2 + 1)**3 - 2, x),                      "so both ways agree"


@derivation("The chain rule", source=sadiku("The Chain Rule"),
            statements=["sadiku-057", "magyar-177", "nogga-140", "oh-064"])
def chain_rule(f: Function, g: Function, x: Real):
    """For differentiable f and g. The outer slope is taken at g(x), not at x."""
    yield diff(f(g(x)), x)
    yield at(diff(f(u), u), u, g(x)) * diff(g(x), x),      "outer slope at the inner value, times inner slope"
    yield f.prime()(g(x)) * g.prime()(x),                  "in primes"


@derivation("A chain of three functions", source=sadiku("Recall the Chain Rule"),
            statements=["sadiku-144", "oh-065"])
def along_one_path(a: Function, b: Function, z: Function, theta: Real):
    """A parameter theta acts on z through a and b only. The derivative is the product
    of the local slopes on the path.
    """
    yield diff(z(b(a(theta))), theta)
    yield at(diff(z(v), v), v, b(a(theta))) * diff(b(a(theta)), theta), "chain rule at the last function"
    yield at(diff(z(v), v), v, b(a(theta))) * at(diff(b(u), u), u, a(theta)) * diff(a(theta), theta), \
        "and once more"
    yield z.prime()(b(a(theta))) * b.prime()(a(theta)) * a.prime()(theta),     "in primes"


@derivation("A numerical example of the chain rule", source=nogga("9.3 Directional Derivative with the Chain Rule"),
            statements=["nogga-145"])
def square_then_add(s: Real):
    """f(s) = s^2 and g(f) = f + 1: the outer slope is 1, so the composition has the slope of the square."""
    yield diff(s**2 + 1, s)
    yield at(diff(u + 1, u), u, s**2) * diff(s**2, s),     "chain rule"
    yield 1 * (2*s),                                       "outer slope 1, inner slope $2s$"
    yield 2*s,                                             "multiply"


@derivation("A quadratic of a quadratic", source=oh("Chain rule"), statements=["oh-066"])
def quadratic_of_quadratic(x: Real, c: Real):
    """g(h) = 3h^2 - 2h + c with h = 2x^2 - 1; the constant plays no part.

    The transcript of the first line is overlaid by a watermark; the derivative that
    stands below it is that of this g.
    """
    h = 2*x**2 - 1
    yield diff(3*h**2 - 2*h + c, x)
    yield at(diff(3*u**2 - 2*u + c, u), u, h) * diff(h, x), "chain rule"
    yield (6*h - 2) * (4*x),                               "both slopes by the power rule"
    yield (3*2*(2*x**2 - 1) - 2) * (2*2*x),                "as the slide writes it"


@derivation("Two variables on the way", source=nogga("9.3 Directional Derivative with the Chain Rule"),
            statements=["nogga-142"])
def two_variables(f: Function(2), x: Function, y: Function, s: Real):
    """f depends on s through x(s) and through y(s): one product for each, and the products are added."""
    yield diff(f(x(s), y(s)), s)
    yield (at(at(diff(f(u, v), u), u, x(s)), v, y(s)) * diff(x(s), s)
           + at(at(diff(f(u, v), v), u, x(s)), v, y(s)) * diff(y(s), s)), "one product for each variable"
    yield f.prime(0)(x(s), y(s)) * x.prime()(s) + f.prime(1)(x(s), y(s)) * y.prime()(s), "in primes"


@derivation("Three variables on the way", source=nogga("9.3 Directional Derivative with the Chain Rule"),
            statements=["nogga-143"])
def three_variables(f: Function(3), x: Function, y: Function, z: Function, s: Real):
    """One more variable, one more product."""
    here = (x(s), y(s), z(s))
    yield diff(f(*here), s)
    yield (f.prime(0)(*here) * x.prime()(s) + f.prime(1)(*here) * y.prime()(s)
           + f.prime(2)(*here) * z.prime()(s)),            "one product for each variable"


@derivation("A further function at the end", source=nogga("9.3 Directional Derivative with the Chain Rule"),
            statements=["nogga-144"])
def a_further_function(g: Function, f: Function(2), x: Function, y: Function, s: Real):
    """What happens behind f is multiplied to the whole sum."""
    inside = f(x(s), y(s))
    yield diff(g(inside), s)
    yield g.prime()(inside) * diff(inside, s),             "chain rule for the outer function"
    yield g.prime()(inside) * (f.prime(0)(x(s), y(s)) * x.prime()(s)
                               + f.prime(1)(x(s), y(s)) * y.prime()(s)), "chain rule for two variables"
