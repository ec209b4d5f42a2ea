"""Counting: sums, products, powers, factorials, and the sizes of data and models."""

from calcds.notation import *

n = Dim("n")
i = Index("i")


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


@derivation("Products of many numbers", source=magyar("A.15 Product of many numbers"),
            statements=["magyar-131"])
def products(a: Vector[n], c: Real):
    yield Product(c*a[i], (i, n))
    yield c**n*Product(a[i], (i, n)),                      "each factor brings one $c$"


@derivation("Three points on a parabola", source=oh("Over-fitting"), statements=["oh-008"])
def interpolation(y: Vector[3]):
    """A polynomial with as many coefficients as data points fits them exactly, noise included; here at x = -1, 0, 1."""
    V = matrix([1, -1, 1], [1, 0, 0], [1, 1, 1])
    yield V*column(y[1], (y[2] - y[0])/2, (y[0] - 2*y[1] + y[2])/2)
    yield y,                                               "row by row"
