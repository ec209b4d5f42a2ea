"""Partial derivatives: hold all variables but one and differentiate as usual."""

from calcds.notation import *

n = Dim("n")
h = Real.symbol("h")


@derivation("A partial derivative is a limit", source=magyar("A.40.2 Partial derivatives"),
            statements=["magyar-182", "sadiku-136", "sadiku-137", "sadiku-047"])
def as_limit(f: Function[n], x: Vector[n], k: Index[n]):
    """Move along the k-th axis only. The notes let the index end before n; it may be any of the n."""
    yield limit((f(x + h*unit(n, k)) - f(x))/h, h, 0)
    yield grad(f(x), x)[k],                                "definition of the partial derivative"
    yield diff(f(x), x[k]),                                "the same, as a derivative in one entry"


@derivation("A partial derivative is the slope of a slice", source=magyar("A.40.2 Partial derivatives"),
            statements=["magyar-183", "magyar-187"])
def slope_of_a_slice(f: Function[n], x: Vector[n], k: Index[n]):
    yield at(diff(f(x + h*unit(n, k)), h), h, 0)
    yield unit(n, k).T*grad(f(x), x),                      "chain rule"
    yield diff(f(x), x[k]),                                "a unit vector picks one entry"


@derivation("A sum of two cubes", source=sadiku("Partial Derivatives"),
            statements=["sadiku-048", "sadiku-049", "sadiku-050", "sadiku-051"])
def two_cubes(x: Real, y: Real):
    yield diff(2*x**3 + 3*y**3, x)
    yield 2*diff(x**3, x) + diff(3*y**3 + 0*x, x),         "term by term", "sadiku-048"
    yield 6*x**2,                                          "power rule; $3y^3$ is constant", "sadiku-048"
    yield start(diff(2*x**3 + 3*y**3, y))
    yield diff(2*x**3 + 0*y, y) + 3*diff(y**3, y),         "term by term", "sadiku-049"
    yield 9*y**2,                                          "power rule; $2x^3$ is constant", "sadiku-049"
    yield start(at(diff(2*x**3 + 3*y**3, x), x, 1))
    yield 6,                                               "the slope in $x$ at $(1, 2)$", "sadiku-050"
    yield start(at(diff(2*x**3 + 3*y**3, y), y, 2))
    yield 36,                                              "the slope in $y$ at $(1, 2)$", "sadiku-051"


@derivation("A surface: the first slope", source=magyar("A.40.2.2 Example"),
            statements=["magyar-189", "magyar-188", "magyar-185"])
def first_slope(x1: Real, x2: Real):
    f = Rational(1, 50)*((x1 - 1)**3 - 5*x2**2) + 3
    yield diff(f, x1)
    yield diff(Rational(1, 50)*((x1 - 1)**3 - 5*x2**2), x1) + 0, "a constant has slope 0"
    yield Rational(1, 50)*diff((x1 - 1)**3 - 5*x2**2, x1), "constants come out"
    yield Rational(1, 50)*(diff((x1 - 1)**3, x1) - diff(5*x2**2, x1)), "the derivative of a difference"
    yield Rational(1, 50)*(diff((x1 - 1)**3, x1) - 0),     "$x_2$ is held"
    yield Rational(1, 50)*(3*(x1 - 1)**2*diff(x1 - 1, x1)), "chain rule, power rule"
    yield Rational(1, 50)*(3*(x1 - 1)**2*(1 - 0)),         "slope of the inner function"
    yield Rational(3, 50)*(x1 - 1)**2,                     "collect"


@derivation("A surface: the second slope", source=magyar("A.40.2.2 Example"), statements=["magyar-190"])
def second_slope(x1: Real, x2: Real):
    f = Rational(1, 50)*((x1 - 1)**3 - 5*x2**2) + 3
    yield diff(f, x2)
    yield Rational(1, 50)*diff((x1 - 1)**3 - 5*x2**2, x2) + 0, "constants come out"
    yield Rational(1, 50)*(diff((x1 - 1)**3, x2) - diff(5*x2**2, x2)), "the derivative of a difference"
    yield Rational(1, 50)*(0 - 5*diff(x2**2, x2)),         "$x_1$ is held"
    yield -Rational(1, 10)*diff(x2**2, x2),                "$5/50 = 1/10$"
    yield -Rational(1, 10)*(2*x2*diff(x2, x2)),            "chain rule, power rule"
    yield -Rational(1, 5)*x2,                              "collect"


@derivation("A surface: height and gradient at a point", source=magyar("A.40.2.2 Example"),
            statements=["magyar-191", "magyar-186"])
def gradient_at_a_point(x: Vector[2]):
    f = Rational(1, 50)*((x[0] - 1)**3 - 5*x[1]**2) + 3
    yield at(f, x, column(3, 1))
    yield Rational(1, 50)*(Rational(2)**3 - 5) + 3,        "put in the point $(3, 1)$", "magyar-186"
    yield 3.06,                                            "compute", "magyar-186"
    yield start(at(grad(f, x), x, column(3, 1)))
    yield column(Rational(3, 50)*Rational(2)**2, -Rational(1, 5)*1), "both slopes at the point", "magyar-191"
    yield column(Rational(6, 25), Rational(-1, 5)),        "compute", "magyar-191"


@derivation("A Jacobian", source=oh("Jacobian"), statements=["oh-060", "oh-059", "nogga-085"])
def jacobian_example(x: Vector[2]):
    """Rows are outputs, columns are inputs. The transcript of the slide has lost the result."""
    f = column(2*x[0] + x[1]**2, -x[0]**2 + 3*x[1], 4*x[0]*x[1])
    yield jacobian(f, x)
    yield by_entries((3, 2), lambda r, c: diff(f[r], x[c])), "definition of the Jacobian"
    yield matrix([2, 2*x[1]], [-2*x[0], 3], [4*x[1], 4*x[0]]), "power rule, entry by entry"


@derivation("The entries of a Jacobian", source=nogga("5.6 Jacobi Matrix"),
            statements=["nogga-085", "oh-059"])
def jacobian_entries(f: Function[n, Dim("m")], x: Vector[n], r: Index[Dim("m")], c: Index[n]):
    yield jacobian(f(x), x)[r, c]
    yield diff(f(x)[r], x[c]),                             "definition of the Jacobian"


@derivation("The row of a Jacobian is a gradient", source=nogga("5.6 Jacobi Matrix"),
            statements=["nogga-085"])
def jacobian_row(f: Function[n, Dim("m")], x: Vector[n], r: Index[Dim("m")]):
    yield jacobian(f(x), x).T*unit(Dim("m"), r)
    yield grad(f(x)[r], x),                                "row $r$: all slopes of output $r$"


@derivation("A kink has no derivative", source=sadiku("Numerical Differentiation"), statements=["sadiku-138"])
def kink():
    """The quotient of max(0, h) has the limits 1 and 0: numerical differentiation
    gives a number, but no derivative.
    """
    yield limit((Max(0, h) - Max(0, 0))/h, h, 0, "+")
    yield 1,                                               "to the right of the kink"
    yield start(limit((Max(0, h) - Max(0, 0))/h, h, 0, "-"))
    yield 0,                                               "to the left of it"


@erratum("Not for any error function", source=sadiku("Numerical Differentiation"), statements=["sadiku-138"],
         corrected="kink")
def any_error_function():
    """The slide calls the quotient applicable to any error function; where a loss has a kink the two limits differ.
    """
    yield limit((Max(0, h) - Max(0, 0))/h, h, 0, "+")
    yield 1,                                               "to the right of the kink"
    yield 0,                                               "as stated: the same as to the left, which is 0"


@derivation("All partial derivatives together", source=magyar("A.40.2 Partial derivatives"), statements=["magyar-182"])
def all_partials(x: Vector[n]):
    """The slopes of x^T x in all n directions, added up."""
    i = Index("i")
    yield Sum(diff(x.T*x, x[i]), (i, n))
    yield Sum(2*x[i], (i, n)),                             "the gradient of a squared length"


@erratum("The last partial derivative", source=magyar("A.40.2 Partial derivatives"), statements=["magyar-182"],
         corrected="all_partials")
def last_partial_missing(x: Vector[n]):
    """The notes define the partial derivative for indices i < n only, counted from 1: the n-th one is left out."""
    i = Index("i")
    yield Sum(diff(x.T*x, x[i]), (i, n))
    yield Sum(diff(x.T*x, x[i]), (i, 0, n - 2)),           "as printed: $n > i$"
