"""Least squares: the squared length of a residual, its gradient, the normal equations and their solution.

A has more rows than columns, so Ax = b has no solution in general; the x that comes closest is asked for.
The columns of A must be independent: then A^T A can be inverted and the minimum is unique.
"""

from calcds.notation import *

m, n = map(Dim, "mn")


@derivation("The squared residual, multiplied out", source=sadiku("Least Squares"),
            statements=["sadiku-114", "sadiku-113"])
def squared_residual(A: Matrix[m, n], x: Vector[n], b: Vector[m]):
    yield norm(A*x - b)**2
    yield (A*x - b).T*(A*x - b),                           "the square of the Euclidean norm"
    yield ((A*x).T - b.T)*(A*x - b),                       "transpose of a difference"
    yield (A*x).T*A*x - (A*x).T*b - b.T*A*x + b.T*b,       "multiply out"
    yield (A*x).T*A*x - b.T*A*x - b.T*A*x + b.T*b,         "a number equals its transpose"
    yield x.T*A.T*A*x - 2*b.T*A*x + b.T*b,                 "transpose of a product"


@derivation("The gradient of the squared residual", source=sadiku("Least Squares"), statements=["sadiku-115"])
def gradient(A: Matrix[m, n], x: Vector[n], b: Vector[m]):
    yield grad(x.T*A.T*A*x - 2*b.T*A*x + b.T*b, x)
    yield grad(x.T*(A.T*A)*x, x) - grad(2*(b.T*A)*x, x) + grad(b.T*b, x), "the gradient is linear"
    yield 2*A.T*A*x - grad(2*(b.T*A)*x, x) + grad(b.T*b, x), "a symmetric quadratic form"
    yield 2*A.T*A*x - 2*A.T*b + grad(b.T*b, x),            "a linear form with the coefficients $2A^T b$"
    yield 2*A.T*A*x - 2*A.T*b,                             "$b^T b$ is constant"


@derivation("The same by the chain rule", source=sadiku("Least Squares"), statements=["sadiku-115"])
def gradient_by_chain_rule(A: Matrix[m, n], x: Vector[n], b: Vector[m]):
    """Nothing has to be multiplied out: the residual is linear in x."""
    r = A*x - b
    yield grad(r.T*r, x)
    yield 2*jacobian(r, x).T*r, "chain rule; a squared length has the gradient $2r$"
    yield 2*A.T*r,                                         "the Jacobian of $Ax - b$ is $A$"
    yield 2*(A.T*A*x - A.T*b),                             "multiply out"


@derivation("The normal equations", source=sadiku("Least Squares"), statements=["sadiku-116"])
def normal_equations(A: FullRank[m, n], x: Vector[n], b: Vector[m]):
    """The gradient vanishes exactly where the normal equations hold, and these have exactly one solution."""
    yield Eq(2*A.T*A*x - 2*A.T*b, zeros(n))
    yield Eq(A.T*A*x, A.T*b),                              "halve and bring one term to the other side"
    yield Eq(x, (A.T*A).I*A.T*b),                          "multiply by the inverse, which exists: full rank"


@derivation("The solution", source=sadiku("Least Squares"), statements=["sadiku-116", "nogga-071"])
def solution(A: FullRank[m, n], b: Vector[m], x: Vector[n]):
    """At the solution the gradient is zero. That A has full column rank is what makes the inverse exist."""
    x_hat = (A.T*A).I*A.T*b
    yield at(grad((A*x - b).T*(A*x - b), x), x, x_hat)
    yield 2*A.T*A*x_hat - 2*A.T*b,                         "the gradient at $\\hat x$"
    yield 2*A.T*b - 2*A.T*b,                               "$A^T A (A^T A)^{-1} = I$"
    yield zeros(n),                                        "so $\\hat x$ is a stationary point"


@derivation("It is the minimum", source=nogga("4.3.1 Least Squares"), statements=["nogga-071"])
def minimum(A: FullRank[m, n], b: Vector[m], h: Vector[n]):
    """Going from the solution by any step h adds |Ah|^2, which is positive for h other than 0."""
    x_hat = (A.T*A).I*A.T*b
    r = A*x_hat - b
    yield (A*(x_hat + h) - b).T*(A*(x_hat + h) - b)
    yield (r + A*h).T*(r + A*h),                           "collect the residual of $\\hat x$"
    yield r.T*r + 2*h.T*(A.T*r) + (A*h).T*(A*h),           "multiply out"
    yield start(A.T*r)
    yield A.T*A*(A.T*A).I*A.T*b - A.T*b,                   "in the term in the middle, put in $\\hat x$"
    yield zeros(n),                                        "the normal equations: $|r|^2 + |Ah|^2$ is left"


@derivation("The residual is orthogonal to the columns", source=sadiku("Least Squares"),
            statements=["sadiku-112"])
def orthogonal_residual(A: FullRank[m, n], b: Vector[m]):
    """Only the part of b inside the column space can be reached; what is left over stands at a right angle to it."""
    x_hat = (A.T*A).I*A.T*b
    yield A.T*(A*x_hat - b)
    yield A.T*A*(A.T*A).I*A.T*b - A.T*b,                   "multiply out"
    yield A.T*b - A.T*b,                                   "$A^T A (A^T A)^{-1} = I$"
    yield zeros(n),                                        "nothing is left"


@derivation("The projection onto the column space")
def projection(A: FullRank[m, n]):
    """P = A (A^T A)^-1 A^T takes b to the nearest reachable point; projecting twice changes nothing."""
    P = A*(A.T*A).I*A.T
    yield P*P
    yield A*(A.T*A).I*(A.T*A)*(A.T*A).I*A.T,               "write it out"
    yield A*(A.T*A).I*A.T,                                 "the two factors in the middle cancel"


@erratum("The solution without full rank", source=nogga("4.3.1 Least Squares"), statements=["nogga-071"],
         corrected="solution", expect="malformed")
def solution_without_full_rank(A: Matrix[m, n], b: Vector[m], x: Vector[n]):
    """The summary states the formula for every matrix; with dependent columns A^T A has no inverse."""
    yield grad((A*x - b).T*(A*x - b), x)
    yield 2*A.T*A*(x - (A.T*A).I*A.T*b),                   "as stated, without a hypothesis on $A$"
