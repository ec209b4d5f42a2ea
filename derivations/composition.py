"""f(Ax): the gradient of f at the point Ax, and the gradient of x -> f(Ax), are different vectors.

They do not even have the same length: the first lives where Ax lives, the second where x lives. Notation such as
grad f(Ax) does not say which one is meant, so the variable is always named here.
"""

from calcds.notation import *

m, n = map(Dim, "mn")


@derivation("The gradient of f, taken at Ax", source=sadiku("Properties"), statements=["sadiku-086"])
def gradient_at_a_point(A: Matrix[m, n], x: Vector[n]):
    """f(z) = z^T z is differentiated in z first; Ax is put in afterwards. The result has m entries."""
    z = Vector[m].symbol("z")
    yield at(grad(z.T*z, z), z, A*x)
    yield at(2*z, z, A*x),                                 "the gradient of a squared length"
    yield 2*A*x,                                           "put in $z = Ax$"


@derivation("The gradient of the composition", source=sadiku("Properties"), statements=["sadiku-087"])
def gradient_of_composition(A: Matrix[m, n], x: Vector[n]):
    """g(x) = f(Ax) = (Ax)^T (Ax) is differentiated in x. The result has n entries."""
    yield grad((A*x).T*(A*x), x)
    yield grad(x.T*(A.T*A)*x, x),                          "transpose of a product"
    yield (A.T*A + (A.T*A).T)*x,                           "gradient of a quadratic form"
    yield 2*A.T*A*x,                                       "$A^T A$ is symmetric"


@derivation("How the two are related", source=sadiku("Properties"), statements=["sadiku-087", "sadiku-088"])
def relation_of_the_two(f: Function[m], A: Matrix[m, n], x: Vector[n]):
    """For any differentiable f: the chain rule puts A^T in front."""
    z = Vector[m].symbol("z")
    yield grad(f(A*x), x)
    yield jacobian(A*x, x).T * at(grad(f(z), z), z, A*x),  "chain rule"
    yield A.T * at(grad(f(z), z), z, A*x),                 "the Jacobian of $Ax$ is $A$"


@derivation("Shifted as well", source=sadiku("Properties"), statements=["sadiku-087"])
def affine_argument(f: Function[m], A: Matrix[m, n], b: Vector[m], x: Vector[n]):
    """A constant shift changes the point, not the factor A^T."""
    z = Vector[m].symbol("z")
    yield grad(f(A*x + b), x)
    yield jacobian(A*x + b, x).T * at(grad(f(z), z), z, A*x + b), "chain rule"
    yield A.T * at(grad(f(z), z), z, A*x + b),             "$b$ is constant"
