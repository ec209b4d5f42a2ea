"""Eigenvectors as stationary points of x^T A x on the unit sphere.

Two things are left out in the slides and named here. A must be symmetric, or else the gradient holds (A + A^T)/2 in
the place of A. And the Lagrangian of the constraint x^T x = 1 is x^T A x - lam (x^T x - 1); dropping the constant
changes no derivative in x, but then the derivative in lam no longer gives the constraint back.
"""

from calcds.notation import *

n = Dim("n")


@derivation("The Lagrangian gives the constraint back", source=sadiku("Eigenvalues as Optimization"),
            statements=["sadiku-117", "sadiku-118"])
def constraint(A: Symmetric[n], x: Vector[n], lam: Real):
    yield diff(x.T*A*x - lam*(x.T*x - 1), lam)
    yield -(x.T*x - 1),                                    "linear in the multiplier"
    yield 1 - x.T*x,                                       "zero exactly where $x$ has length 1"


@derivation("The gradient of the Lagrangian", source=sadiku("Eigenvalues as Optimization"),
            statements=["sadiku-118", "sadiku-120"])
def gradient(A: Symmetric[n], x: Vector[n], lam: Real):
    yield grad(x.T*A*x - lam*x.T*x, x)
    yield grad(x.T*A*x, x) - lam*grad(x.T*x, x),           "the gradient is linear"
    yield (A + A.T)*x - 2*lam*x,                           "a quadratic form and a squared length"
    yield 2*A.T*x - 2*lam*x,                               "$A$ is symmetric"
    yield 2*(A*x - lam*x),                                 "and once more"


@erratum("A must be symmetric", source=sadiku("Eigenvalues as Optimization"), statements=["sadiku-120"],
         corrected="gradient")
def any_matrix(A: Matrix[n, n], x: Vector[n], lam: Real):
    """The section says nothing of symmetry. For any other matrix the gradient of x^T A x is (A + A^T) x."""
    yield grad(x.T*A*x - lam*x.T*x, x)
    yield (A + A.T)*x - 2*lam*x,                           "a quadratic form and a squared length"
    yield 2*A.T*x - 2*lam*x,                               "as printed, for any $A$"


@derivation("Stationary points are eigenvectors", source=sadiku("Eigenvalues as Optimization"),
            statements=["sadiku-119", "sadiku-121"])
def stationary(A: Symmetric[n], x: Vector[n], lam: Real):
    """Each equation is equivalent to the one above it."""
    yield Eq(2*A.T*x - 2*lam*x, zeros(n))
    yield Eq(2*A*x - 2*lam*x, zeros(n)),                   "$A$ is symmetric"
    yield Eq(A*x - lam*x, zeros(n)),                       "halve"
    yield Eq(A*x, lam*x),                                  "bring one term to the other side"


@derivation("The value at an eigenvector is the eigenvalue", source=sadiku("Eigenvalues as Optimization"),
            statements=["sadiku-122"])
def value_at_eigenvector(x: UnitVector[n], lam: Real):
    """With A x = lam x and |x| = 1: so the largest value on the sphere is the largest eigenvalue."""
    yield x.T*(lam*x)
    yield lam*(x.T*x),                                     "take out the number"
    yield lam,                                             "$x$ has length 1"


@derivation("The stationary points of a matrix that is not symmetric")
def general_matrix(A: Matrix[n, n], x: Vector[n], lam: Real):
    """They are eigenvectors of the symmetric part of A, not of A."""
    yield Eq(grad(x.T*A*x - lam*x.T*x, x), zeros(n))
    yield Eq((A + A.T)*x - 2*lam*x, zeros(n)),             "a quadratic form and a squared length"
    yield Eq(((A + A.T)/2)*x, lam*x),                      "halve and bring one term to the other side"


@derivation("The Rayleigh quotient")
def rayleigh_quotient(A: Symmetric[n], x: Vector[n]):
    """Without a constraint: divide by x^T x. Where its gradient vanishes, A x is a multiple of x."""
    q = (x.T*A*x)/(x.T*x)
    yield grad(q, x)
    yield ((2*A*x)*(x.T*x) - (x.T*A*x)*(2*x))/(x.T*x)**2,  "quotient rule"
    yield (2/(x.T*x))*(A*x - q*x),                         "cancel one factor $x^T x$"


@derivation("A shift of the matrix shifts the eigenvalue")
def shifted(A: Matrix[n, n], x: Vector[n], lam: Real, c: Real):
    yield Eq((A + c*eye(n))*x, (lam + c)*x)
    yield Eq(A*x + c*x, lam*x + c*x),                      "multiply out"
    yield Eq(A*x, lam*x),                                  "subtract $cx$"
