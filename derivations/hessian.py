"""The Hessian: all second derivatives of a number, as a matrix.

Hypothesis throughout: f has continuous second derivatives. Without it the order of differentiation may matter and
the Hessian need not be symmetric; the documents leave this out.
"""

from calcds.notation import *

n = Dim("n")
i = Index("i")
t = Real.symbol("t")


@derivation("The entries of the Hessian", source=sadiku("The Hessian"),
            statements=["sadiku-089", "sadiku-090", "nogga-087", "oh-061"])
def entries(f: Function[n], x: Vector[n], k: Index[n], l: Index[n]):
    yield hessian(f(x), x)[k, l]
    yield diff(f(x), x[k], x[l]),                          "definition of the Hessian"


@derivation("The Hessian is symmetric", source=sadiku("The Hessian"), statements=["sadiku-091"])
def symmetric(f: Function[n], x: Vector[n], k: Index[n], l: Index[n]):
    """Schwarz's theorem; it needs continuous second derivatives, which the slides do not say."""
    yield diff(f(x), x[k], x[l])
    yield diff(f(x), x[l], x[k]),                          "the order does not matter: $f$ is smooth"


@derivation("The Hessian equals its transpose", source=sadiku("The Hessian"), statements=["sadiku-091"])
def symmetric_matrix(f: Function[n], x: Vector[n]):
    yield hessian(f(x), x)
    yield hessian(f(x), x).T,                              "entry $(k, l)$ equals entry $(l, k)$"


@derivation("The Hessian is the Jacobian of the gradient", source=nogga("5.8 Hessian Matrix"),
            statements=["nogga-092", "sadiku-099", "sadiku-095"])
def jacobian_of_gradient(f: Function[n], x: Vector[n]):
    """The gradient of a gradient is not defined; the Jacobian of the gradient is, and it is the Hessian."""
    yield jacobian(grad(f(x), x), x)
    yield by_entries((n, n), lambda k, l: diff(diff(f(x), x[k]), x[l])), "row $k$: entry $k$ of the gradient"
    yield hessian(f(x), x),                                "definition of the Hessian"


@derivation("A column of the Hessian", source=sadiku("The Hessian"),
            statements=["sadiku-096", "sadiku-097", "sadiku-098"])
def column_of_hessian(f: Function[n], x: Vector[n], k: Index[n]):
    """The gradient of one entry of the gradient is one column of the Hessian, and by symmetry one row."""
    yield grad(diff(f(x), x[k]), x)
    yield by_entries(n, lambda l: diff(f(x), x[k], x[l])), "entry by entry"
    yield hessian(f(x), x) * unit(n, k),                   "a matrix times a unit vector is a column"


@derivation("One variable: the second derivative", source=sadiku("The Hessian"),
            statements=["sadiku-094", "sadiku-093"])
def one_variable(f: Function, x: Real):
    yield diff(f(x), (x, 2))
    yield diff(diff(f(x), x), x),                          "differentiate twice"
    yield diff(f.prime()(x), x),                           "the first derivative, in primes"


@derivation("The Hessian of a quadratic form", source=sadiku("Hessians of Quadratic Functions"),
            statements=["sadiku-110"])
def quadratic_form(x: Vector[n], A: Symmetric[n]):
    yield hessian(x.T*A*x, x)
    yield jacobian(grad(x.T*A*x, x), x),                   "Jacobian of the gradient"
    yield jacobian(2*A*x, x),                              "gradient of a symmetric quadratic form"
    yield 2*A,                                             "linear in $x$"


@derivation("The Hessian of a quadratic form, any matrix")
def quadratic_form_general(x: Vector[n], A: Matrix[n, n]):
    yield hessian(x.T*A*x, x)
    yield jacobian((A + A.T)*x, x),                        "Jacobian of the gradient"
    yield A + A.T,                                         "linear in $x$; symmetric, as it must be"


@derivation("One entry of it", source=sadiku("Hessians of Quadratic Functions"), statements=["sadiku-109"])
def quadratic_form_entry(x: Vector[n], A: Symmetric[n], k: Index[n], l: Index[n]):
    yield diff(x.T*A*x, x[l], x[k])
    yield diff(diff(x.T*A*x, x[l]), x[k]),                 "one derivative after the other"
    yield diff(2*Sum(A[l, i]*x[i], (i, n)), x[k]),         "the gradient of a quadratic form"
    yield 2*A[l, k],                                       "only the term $i = k$ depends on $x_k$"
    yield 2*A[k, l],                                       "$A$ is symmetric"


@derivation("One variable again", source=sadiku("Hessians of Quadratic Functions"), statements=["sadiku-111"])
def quadratic_scalar(a: Real, x: Real):
    yield diff(a*x**2, (x, 2))
    yield diff(2*a*x, x),                                  "power rule"
    yield 2*a,                                             "once more"


@derivation("The second derivative along a direction", source=nogga("5.8 Hessian Matrix"),
            statements=["nogga-088"])
def along_a_direction(f: Function[n], x: Vector[n], u: Vector[n]):
    """t -> f(x + t u) is a function of one number; its second derivative at 0 is u^T H u."""
    yield at(diff(f(x + t*u), (t, 2)), t, 0)
    yield u.T * hessian(f(x), x) * u,                      "chain rule, twice"


@derivation("Along an eigenvector it is the eigenvalue", source=nogga("5.8 Hessian Matrix"),
            statements=["nogga-089"])
def along_an_eigenvector(u: UnitVector[n], lam: Real):
    """H u = lam u gives u^T H u = lam u^T u. The notes do not say that u must have
    length 1; otherwise |u|^2 remains.
    """
    yield u.T * (lam*u)
    yield lam * (u.T*u),                                   "take out the number"
    yield lam,                                             "$u$ has length 1"


@derivation("A weighted mean of the eigenvalues", source=nogga("5.8 Hessian Matrix"),
            statements=["nogga-090"])
def weighted_mean(Q: Orthogonal[n], lam: Vector[n], u: Vector[n]):
    """A symmetric H is Q diag(lam) Q^T. The weights are the squares of the coordinates of u in the eigenbasis."""
    yield u.T * (Q*diag(lam)*Q.T) * u
    yield (Q.T*u).T * diag(lam) * (Q.T*u),                 "transpose of a product"
    yield Sum(lam[i]*(Q.T*u)[i]**2, (i, n)), "a diagonal quadratic form is a weighted sum of squares"


@derivation("The weights add up to one", source=nogga("5.8 Hessian Matrix"),
            statements=["nogga-090", "nogga-091"])
def weights_add_to_one(Q: Orthogonal[n], u: UnitVector[n]):
    """So u^T H u lies between the smallest and the largest eigenvalue. Here the length of u is needed again."""
    yield Sum((Q.T*u)[i]**2, (i, n))
    yield (Q.T*u).T * (Q.T*u),                             "a sum of squares is a scalar product"
    yield u.T*Q*Q.T*u,                                     "transpose of a product"
    yield u.T*u,                                           "$Q Q^T = I$"
    yield 1,                                               "$u$ has length 1"


@derivation("The Hessian of the six-hump camel function", source=oh("Hessian matrix"), statements=["oh-062"])
def six_hump_camel(x: Vector[2]):
    f = (4 - Rational(21, 10)*x[0]**2 + (x[0]**4)/3)*x[0]**2 + x[0]*x[1] + (-4 + 4*x[1]**2)*x[1]**2
    yield hessian(f, x)
    yield jacobian(column(2*x[0]**5 - Rational(42, 5)*x[0]**3 + 8*x[0] + x[1],
                          16*x[1]**3 - 8*x[1] + x[0]), x), "Jacobian of the gradient"
    yield matrix([10*x[0]**4 - Rational(126, 5)*x[0]**2 + 8, 1],
                 [1, 48*x[1]**2 - 8]),                     "power rule, entry by entry"


@derivation("The same at one point", source=oh("Hessian matrix"), statements=["oh-063"])
def six_hump_camel_at_a_point(x: Vector[2]):
    H = matrix([10*x[0]**4 - Rational(126, 5)*x[0]**2 + 8, 1], [1, 48*x[1]**2 - 8])
    yield at(H, x, column(0, 1))
    yield matrix([8, 1], [1, 40]),                         "put in the point $(0, 1)$"
