"""Gradients: the partial derivatives of a number, arranged in the shape of its argument.

A gradient belongs to a real-valued function. It has the shape of the variable, whether that is a vector or a matrix.
Indices count from 0.
"""

from calcds.notation import *

m, n = map(Dim, "mn")
i = Index("i")


@derivation("The entries of a gradient", source=sadiku("Matrix Calculus"),
            statements=["sadiku-079", "nogga-078", "nogga-141", "magyar-184", "magyar-060", "oh-056"])
def entries(f: Function[n], x: Vector[n], k: Index[n]):
    """Entry k of the gradient is the partial derivative in x_k."""
    yield grad(f(x), x)[k]
    yield diff(f(x), x[k]),                                "definition of the gradient"


@derivation("The entries of a gradient in a matrix", source=sadiku("Matrix Calculus"),
            statements=["sadiku-077", "sadiku-078", "sadiku-080"])
def matrix_entries(f: Function[(m, n),], A: Matrix[m, n], k: Index[m], l: Index[n]):
    """A function of a matrix has an m x n gradient: entry (k, l) is the partial derivative in A_kl."""
    yield grad(f(A), A)[k, l]
    yield diff(f(A), A[k, l]),                             "definition of the gradient"


@erratum("An entry of the gradient is a partial derivative, not times f", source=nogga("5.3 Gradient"),
         statements=["nogga-077"], corrected="entries")
def entry_times_f(f: Function[n], x: Vector[n], k: Index[n]):
    """The notes write the quotient of f and then apply it to f again."""
    yield grad(f(x), x)[k]
    yield diff(f(x), x[k]) * f(x),                         "as printed"


@derivation("Gradients add", source=sadiku("Properties"), statements=["sadiku-083"])
def additive(f: Function[n], g: Function[n], x: Vector[n]):
    yield grad(f(x) + g(x), x)
    yield by_entries(n, lambda k: diff(f(x) + g(x), x[k])), "entry by entry"
    yield by_entries(n, lambda k: diff(f(x), x[k]) + diff(g(x), x[k])), "the derivative of a sum"
    yield grad(f(x), x) + grad(g(x), x),                   "collect the two gradients"


@derivation("Constant factors come out", source=sadiku("Properties"), statements=["sadiku-084"])
def homogeneous(f: Function[n], x: Vector[n], t: Real):
    yield grad(t*f(x), x)
    yield by_entries(n, lambda k: t*diff(f(x), x[k])),     "entry by entry; $t$ is constant"
    yield t*grad(f(x), x),                                 "take out $t$"


@derivation("The gradient of a mean of losses", source=nogga("6 Stochastic Gradient Descent"),
            statements=["nogga-095", "nogga-094"])
def mean_of_losses(L: Function(2), theta: Vector[n], X: Matrix[m, n], y: Vector[m]):
    """The loss over a data set is a mean; so is its gradient. Here the model is linear, L an
    arbitrary loss of one example.
    """
    yield grad(Sum(L((X*theta)[i], y[i]), (i, m)) / m, theta)
    yield Sum(grad(L((X*theta)[i], y[i]), theta), (i, m)) / m, "the gradient is linear"


@derivation("The gradient of a linear form", source=sadiku("Gradients of Linear Functions"),
            statements=["sadiku-102"])
def linear_form(b: Vector[n], x: Vector[n]):
    yield grad(b.T*x, x)
    yield grad(Sum(b[i]*x[i], (i, n)), x),                 "the scalar product as a sum",         "sadiku-100"
    yield by_entries(n, lambda k: diff(Sum(b[i]*x[i], (i, n)), x[k])), "entry by entry"
    yield by_entries(n, lambda k: b[k]), "only the term $i = k$ depends on $x_k$", "sadiku-101"
    yield b,                                               "a column with the entries of $b$"


@derivation("One entry of it", source=sadiku("Gradients of Linear Functions"), statements=["sadiku-101"])
def linear_form_entry(b: Vector[n], x: Vector[n], k: Index[n]):
    yield diff(Sum(b[i]*x[i], (i, n)), x[k])
    yield Sum(b[i]*diff(x[i], x[k]), (i, n)),              "the derivative of a sum; $b_i$ is constant"
    yield Sum(b[i]*delta(i, k), (i, n)),                   "$dx_i/dx_k$ is 1 for $i = k$, else 0"
    yield b[k],                                            "one term is left"


@derivation("The case of one variable", source=sadiku("Gradients of Linear Functions"),
            statements=["sadiku-103"])
def linear_form_scalar(a: Real, x: Real):
    yield diff(a*x, x)
    yield a*diff(x, x),                                    "$a$ is constant"
    yield a,                                               "$dx/dx = 1$"


@derivation("The gradient of a squared length", source=sadiku("Properties"), statements=["sadiku-085"])
def squared_length(z: Vector[n]):
    yield grad(z.T*z, z)
    yield grad(Sum(z[i]**2, (i, n)), z),                   "as a sum"
    yield by_entries(n, lambda k: 2*z[k]),                 "entry $k$: only $z_k^2$ depends on $z_k$"
    yield 2*z,                                             "collect"


@derivation("A function of four matrix entries", source=sadiku("Matrix Calculus Exercise"),
            statements=["sadiku-082"])
def exercise_of_four_entries(A: Matrix[2, 2]):
    """The exercise of the slides with indices from 0: f(A) = (3/2) A_00 + 5 A_01^2 + A_10 A_11."""
    f = (3*A[0, 0])/2 + 5*A[0, 1]**2 + A[1, 0]*A[1, 1]
    yield grad(f, A)
    yield matrix([diff(f, A[0, 0]), diff(f, A[0, 1])],
                 [diff(f, A[1, 0]), diff(f, A[1, 1])]),    "entry by entry"
    yield matrix([Rational(3, 2), 10*A[0, 1]],
                 [A[1, 1], A[1, 0]]),                      "power rule; in a product the other factor is constant"


@derivation("The six-hump camel function", source=oh("Partial derivative"), statements=["oh-058", "oh-057"])
def six_hump_camel(x: Vector[2]):
    """(4 - 2.1 x^2 + x^4/3) x^2 + x y + (4 y^2 - 4) y^2; the transcript of the slide has lost an exponent."""
    f = (4 - Rational(21, 10)*x[0]**2 + (x[0]**4)/3)*x[0]**2 + x[0]*x[1] + (-4 + 4*x[1]**2)*x[1]**2
    yield grad(f, x)
    yield grad(4*x[0]**2 - Rational(21, 10)*x[0]**4 + (x[0]**6)/3 + x[0]*x[1] - 4*x[1]**2 + 4*x[1]**4, x), \
        "multiply out"
    yield column(2*x[0]**5 - Rational(42, 5)*x[0]**3 + 8*x[0] + x[1],
                 16*x[1]**3 - 8*x[1] + x[0]),              "power rule, entry by entry"
