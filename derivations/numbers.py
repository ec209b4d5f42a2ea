"""Numbers and the order of operations: fractions, decimals, roots, and what a missing bracket means."""

from calcds.notation import *


@derivation("Counting", source=sadiku("Numbers"), statements=["sadiku-001", "sadiku-002", "sadiku-003"])
def counting(n: PositiveInteger, w: Natural):
    """On the slide natural numbers begin with 1 and whole numbers with 0; in derivations the kinds are
    PositiveInteger and Natural. Differences of whole numbers may be negative: the integers.
    """
    yield holds(n >= 1),                                   "definition of the natural numbers of the slide"
    yield holds(w >= 0),                                   "definition of its whole numbers"
    yield start(0 - n)
    yield -n,                                              "the integer on the other side of 0"


@derivation("Order of operations, one step at a time", source=sadiku("Order of Operations"),
            statements=["sadiku-013"])
def order_of_operations():
    """Brackets first, then powers; then products and quotients from left to right; then sums and differences."""
    yield 2*((3 + 2)**2/Rational(5)) - 4
    yield 2*(5**2/Rational(5)) - 4,                        "the bracket"
    yield 2*(25/Rational(5)) - 4,                          "the power"
    yield 50/Rational(5) - 4,                              "the product"
    yield Rational(10) - 4,                                "the quotient"
    yield 6,                                               "the difference"


@derivation("Products and quotients have the same rank", source=sadiku("Order of Operations"),
            statements=["sadiku-012"])
def same_rank(a: Real, b: Nonzero, c: Real, d: Real):
    """So have sums and differences. Within one rank one works from left to right."""
    yield a/b*c
    yield (a/b)*c,                                         "from left to right"
    yield start(a - c + d)
    yield (a - c) + d,                                     "from left to right"


@erratum("Multiplication does not come before division", source=sadiku("Order of Operations"), statements=["sadiku-012"],
         corrected="same_rank")
def multiplication_first(a: Real, b: Nonzero, c: Nonzero):
    """The slide ranks the six operations 3 to 6. By that list the product in a / b * c would be taken first."""
    yield a/b*c
    yield a/(b*c),                                         "as ranked: the product first"


@erratum("Addition does not come before subtraction", source=sadiku("Order of Operations"), statements=["sadiku-012"],
         corrected="same_rank")
def addition_first(a: Real, c: Real, d: Real):
    yield a - c + d
    yield a - (c + d),                                     "as ranked: the sum first"


@derivation("A finite decimal is a fraction", source=sadiku("Numbers"),
            statements=["sadiku-005", "sadiku-004"])
def finite_decimal():
    yield Rational(687, 100)*100
    yield 687, "a fraction times its denominator is whole", "sadiku-004"
    yield start(2 + Rational(25, 100))
    yield Rational(9, 4),                                  "$2.25$ as a fraction"


@derivation("The first digits of pi", source=sadiku("Numbers"), statements=["sadiku-007"])
def digits_of_pi():
    yield pi
    yield 3.141592653589793238462,                         "rounded to the printed digits"


@derivation("The square root of 2 is irrational", source=sadiku("Numbers"),
            statements=["sadiku-008", "sadiku-006"])
def irrational_root(k: Integer, q: Integer):
    """If (p/q)^2 = 2 then p is even, p = 2k, and q^2 = 2k^2 says the same of q: a fraction
    in lowest terms is impossible.
    """
    yield Eq((2*k)**2, 2*q**2)
    yield Eq(4*k**2, 2*q**2),                              "$p = 2k$ is even, for its square is"
    yield Eq(q**2, 2*k**2),                                "halve: so $q$ is even as well"


@derivation("An odd number has an odd square", source=sadiku("Numbers"), statements=["sadiku-008"])
def odd_square(k: Integer):
    """So a number with an even square is even: the step that the proof for the square root of 2 rests on."""
    yield (2*k + 1)**2
    yield 4*k**2 + 4*k + 1,                                "multiply out"
    yield 2*(2*k**2 + 2*k) + 1,                            "one more than an even number"


@derivation("The root of a negative number", source=sadiku("Numbers"), statements=["sadiku-010"])
def root_of_a_negative_number(a: Positive):
    yield sqrt(-a)
    yield I*sqrt(a),                                       "$i^2 = -1$"


@derivation("A real matrix with imaginary eigenvalues", source=sadiku("Numbers"), statements=["sadiku-011"])
def imaginary_eigenvalue():
    """A quarter turn keeps no real direction; it multiplies the column (1, -i) by i."""
    yield matrix([0, -1], [1, 0])*column(1, -I)
    yield column(I, 1),                                    "row by row"
    yield I*column(1, -I),                                 "$-i^2 = 1$"


@derivation("A table of values", source=sadiku("Variables and Functions"),
            statements=["sadiku-015", "sadiku-014"])
def table_of_values():
    """y = 2x + 1 at x = 0, 1, 2, 3."""
    x = column(0, 1, 2, 3)
    yield 2*x + ones(4)
    yield column(2*0 + 1, 2*1 + 1, 2*2 + 1, 2*3 + 1),      "entry by entry"
    yield column(1, 3, 5, 7),                              "multiply and add"


@derivation("A square and the square of a function", source=magyar("A.25 Square of a number"),
            statements=["magyar-141"])
def squares(f: Function, x: Real):
    yield f(x)**2
    yield f(x)*f(x),                                       "definition of the square"


@derivation("The square root of a square", source=magyar("A.27 Square root of a number"),
            statements=["magyar-142", "magyar-143"])
def root_of_a_square(x: Real):
    """The root is not negative: the sign of x is lost."""
    yield sqrt(x**2)
    yield Abs(x),                                          "the non-negative number with this square"
    yield piecewise((x, x >= 0), (-x, True)),              "definition of the absolute value"


@derivation("An empty interval", source=magyar("A.7 Interval"), statements=["magyar-123", "magyar-122"])
def empty_interval(a: Real, x: Real):
    """Nothing lies strictly between a and a; only a itself lies in the closed interval."""
    yield holds(Not(And(a < x, x < a))),                   "$x$ cannot be on both sides of $a$"
