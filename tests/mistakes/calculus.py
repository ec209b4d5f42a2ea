"""Mistakes of a first course in calculus, and of a first course in machine learning."""

from calcds.notation import *

m, n, k = map(Dim, "mnk")
i, j = Index("i"), Index("j")


@derivation("Power rule with the wrong factor")
def power_rule(x: Real):
    yield diff(x**3, x)
    yield 2*x**2,                           "wrong factor"  #: refuted
    yield x**2*2,                           "this line follows from the wrong one"


@derivation("Product rule as a product of derivatives")
def product_rule(f: Function, g: Function, x: Real):
    yield diff(f(x)*g(x), x)
    yield diff(f(x), x)*diff(g(x), x),      "wrong"  #: refuted


@derivation("Chain rule without the inner derivative")
def chain_rule(x: Real):
    yield diff(sin(x**2), x)
    yield cos(x**2),                        "the inner derivative is missing"  #: refuted


@derivation("The square root of a square")
def root_of_square(x: Real):
    yield sqrt(x**2)
    yield x,                                "only for x >= 0"  #: refuted


@derivation("The logarithm of a square")
def log_of_square(x: Real):
    yield log(x**2)
    yield 2*log(x),                         "only for x > 0"  #: refuted


@derivation("A cancelled factor")
def square_of_sum(x: Real, y: Real):
    yield (x + y)**2
    yield x**2 + y**2,                      "the mixed term is missing"  #: refuted


@derivation("The gradient of a quadratic form, A not symmetric")
def quadratic_form(x: Vector[n], A: Matrix[n, n]):
    yield grad(x.T*A*x, x)
    yield 2*A*x,                            "the familiar rule"  #: refuted: symmetric


@derivation("Transpose of a product")
def transpose_of_product(A: Matrix[n, n], B: Matrix[n, n]):
    yield (A*B).T
    yield A.T*B.T,                          "order kept"  #: refuted


@derivation("Inverse of a sum")
def inverse_of_sum(A: PositiveDefinite[n], B: PositiveDefinite[n]):
    yield (A + B).I
    yield A.I + B.I,                        "wrong"  #: refuted


@derivation("The derivative of the sigmoid")
def sigmoid_slope(z: Real):
    s = 1/(1 + exp(-z))
    yield diff(s, z)
    yield s*(1 + s),                        "wrong sign"  #: refuted


@derivation("The Jacobian of softmax without its diagonal")
def softmax_jacobian(z: Vector[n]):
    yield jacobian(softmax(z), z)
    yield -softmax(z)*softmax(z).T,         "the diagonal is missing"  #: refuted


@derivation("A sum that ends too early")
def last_term_lost(x: Vector[n]):
    yield total(x)
    yield Sum(x[i], (i, 0, n - 2)),         "up to n - 2"  #: refuted


@derivation("Indices exchanged")
def indices_exchanged(A: Matrix[m, n], x: Vector[n]):
    yield Sum(A[0, j]*x[j], (j, n))
    yield Sum(A[j, 0]*x[j], (j, n)),        "row for column"  #: malformed


@derivation("An equation divided by what may be zero")
def divided_by_zero(x: Real):
    yield Eq(x**2, x)
    yield Eq(x, 1),                         "divide by x"  #: refuted


@derivation("An inequality multiplied by what may be negative")
def multiplied_by_negative(x: Real, y: Real, c: Nonzero):
    yield x < y
    yield c*x < c*y,                        "multiply by c"  #: refuted


@derivation("A claim that is true and one that is not")
def asserted(x: Real):
    yield holds(x**2 >= 0),                 "a square"
    yield holds(x**2 > 0),                  "not at zero"  #: refuted


@derivation("A number with a wrong digit")
def wrong_digit():
    yield E
    yield 2.71828169413,                    "from a float"  #: refuted


@derivation("Pass back without the slope")
def delta_without_slope(W: Matrix[k, m], z: Vector[m], d: Vector[k]):
    yield pullback(d, W*tanh(z), z)
    yield W.T*d,                            "the slope of tanh is missing"  #: refuted
