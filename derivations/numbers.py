"""Numbers and the order of operations: fractions, decimals, roots, and what a missing bracket means."""

from calcds.notation import *


@derivation("Order of operations, one step at a time", source=sadiku("Order of Operations"),
            statements=["sadiku-013"])
def order_of_operations():
    """Brackets first, then powers; then products and quotients from left to right; then sums and
    differences.
    """
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
    """The slide ranks the six operations 3 to 6. By that list the product in a / b * c would be taken
    first.
    """
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
    """If (p/q)^2 = 2 then p is even, p = 2k, and q^2 = 2k^2 says the same of q: a fraction in lowest terms
    is impossible.
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


@derivation("Powers with negative exponents", source=magyar("A.31 k-th power"), statements=["magyar-149"])
def negative_powers(x: Nonzero, k: PositiveInteger):
    i = Index("i")
    yield x**(-k)
    yield 1/x**k,                                          "definition of a negative power"
    yield 1/Product(x, (i, 1, k)),                         "a power is a product of equal factors"


@derivation("Factorials", source=magyar("A.32 Factorial"), statements=["magyar-150"])
def factorials(n: PositiveInteger):
    i = Index("i")
    yield Product(i, (i, 1, n))
    yield factorial(n),                                    "definition of the factorial"
    yield n*factorial(n - 1),                              "split off the last factor"


n = Dim("n")


@derivation("A sum and a factor", source=magyar("A.14 Distributivity"),
            statements=["magyar-130", "magyar-129"])
def distributive(a: Vector[n], c: Real):
    i = Index("i")
    yield c*Sum(a[i], (i, n))
    yield Sum(c*a[i], (i, n)),                             "the factor goes to every term"


@derivation("The order of a sum", source=magyar("A.12 Commutativity"), statements=["magyar-128"])
def commutative(x: Real, y: Real):
    yield x + y
    yield y + x,                                           "addition commutes"


@derivation("Sizes of images", source=oh("Parametric Approach"), statements=["oh-012", "oh-003", "oh-007"])
def sizes_of_images():
    yield Rational(32)*32*3
    yield 3072,                                            "pixels times colours", "oh-012"
    yield start(Rational(28)**2)
    yield 784,                                             "pixels of a handwritten digit", "oh-003"
    yield start(Rational(2)**(Rational(28)*28))
    yield Rational(2)**784,                                "two choices for each pixel", "oh-007"


@derivation("Parameters of linear and quadratic classifiers", source=oh("Linear classifier"),
            statements=["oh-005", "oh-004", "oh-006"])
def number_of_parameters(d: PositiveInteger):
    """A quadratic function of d features has squares, mixed products, linear terms and a constant."""
    yield d + (d*(d - 1))/2 + (d + 1)
    yield (d*(d + 1))/2 + (d + 1),                         "squares and mixed products together"
    yield ((d + 1)*(d + 2))/2,                             "take out $(d + 1)/2$"


@derivation("A line through four points", source=oh("Training the model with data"),
            statements=["oh-001", "oh-002"])
def line_through_points():
    """x = 2, 4, 6, 8 with w = 0.5 and b = 2."""
    yield 0.5*column(2, 4, 6, 8) + 2*ones(4)
    yield column(3, 4, 5, 6),                              "entry by entry"
