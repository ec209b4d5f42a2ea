"""Quadratic forms: x^T A x, its gradient entry by entry and at once, for any square A and for a symmetric one."""

from calcds.notation import *

n = Dim("n")
i, j = map(Index, "ij")


@derivation("A quadratic form as a double sum", source=sadiku("Gradients of Quadratic Functions"),
            statements=["sadiku-104"])
def double_sum(x: Vector[n], A: Matrix[n, n]):
    yield x.T*A*x
    yield Sum(x[i]*(A*x)[i], (i, n)),                      "scalar product of $x$ and $Ax$"
    yield Sum(x[i]*Sum(A[i, j]*x[j], (j, n)), (i, n)),     "entry $i$ of $Ax$"
    yield Sum(Sum(A[i, j]*x[i]*x[j], (j, n)), (i, n)),     "move $x_i$ inside"


@derivation("The gradient of a quadratic form", source=sadiku("Gradients of Quadratic Functions"),
            statements=["sadiku-105"])
def quadratic_form(x: Vector[n], A: Matrix[n, n]):
    """A need not be symmetric; when it is, the answer is the familiar 2 A x."""
    yield grad(x.T*A*x, x)
    yield A*x + A.T*x,                                     "product rule: $x$ occurs twice"
    yield (A + A.T)*x,                                     "collect $x$"


@derivation("The same, entry by entry", source=sadiku("Gradients of Quadratic Functions"),
            statements=["sadiku-105"])
def one_entry(x: Vector[n], A: Matrix[n, n], k: Index[n]):
    """The four groups of terms are: neither index is k, the first, the second, both."""
    whole = Sum(Sum(A[i, j]*x[i]*x[j], (j, n)), (i, n))
    others = lambda term: Sum(term * (1 - delta(i, k)), (i, n))
    yield diff(whole, x[k])
    yield others(A[i, k]*x[i]) + others(A[k, i]*x[i]) + 2*A[k, k]*x[k], "differentiate each group"
    yield Sum(A[i, k]*x[i], (i, n)) + Sum(A[k, j]*x[j], (j, n)), "half of the last term completes each sum"
    yield (A.T*x)[k] + (A*x)[k],                           "read the sums as products"


@erratum("The first sum runs over the rows of column k", source=sadiku("Gradients of Quadratic Functions"),
         statements=["sadiku-105"], corrected="one_entry")
def hanging_index(x: Vector[n], A: Matrix[n, n], k: Index[n], j: Index[n]):
    """The slide prints $A_{ij}$ in a sum over i alone; the second index must be k. Here j is any fixed index."""
    l = Index("l")
    yield diff(x.T*A*x, x[k])
    yield (Sum(A[i, j]*x[i]*(1 - delta(i, k)), (i, n)) + Sum(A[k, l]*x[l]*(1 - delta(l, k)), (l, n))
           + 2*A[k, k]*x[k]),                              "as printed: $A_{ij}$ where $A_{ik}$ is meant"


@derivation("The gradient of a symmetric quadratic form", source=sadiku("Gradients of Quadratic Functions"),
            statements=["sadiku-107"])
def symmetric_form(x: Vector[n], A: Symmetric[n]):
    yield grad(x.T*A*x, x)
    yield A*x + A.T*x,                                     "product rule: $x$ occurs twice"
    yield A*x + A*x,                                       "$A$ is symmetric"
    yield 2*A*x,                                           "collect"


@derivation("One entry of it", source=sadiku("Gradients of Quadratic Functions"),
            statements=["sadiku-106", "sadiku-105"])
def symmetric_entry(x: Vector[n], A: Symmetric[n], k: Index[n]):
    """Entry k is twice the scalar product of row k of A with x."""
    yield diff(x.T*A*x, x[k])
    yield Sum(A[i, k]*x[i], (i, n)) + Sum(A[k, j]*x[j], (j, n)), "the entry of $(A^T + A)x$"
    yield Sum(A[k, i]*x[i], (i, n)) + Sum(A[k, i]*x[i], (i, n)), "$A_{ik} = A_{ki}$"
    yield 2*Sum(A[k, i]*x[i], (i, n)),                     "two equal sums"


@erratum("The factor 2 in the entry of the gradient", source=sadiku("Gradients of Quadratic Functions"),
         statements=["sadiku-106"], corrected="symmetric_entry")
def entry_without_two(x: Vector[n], A: Symmetric[n], k: Index[n]):
    """The sentence below the derivation forgets the factor that the derivation itself ends with."""
    yield grad(x.T*A*x, x)[k]
    yield Sum(A[k, i]*x[i], (i, n)),                       "as stated: the product of row $k$ and $x$"


@derivation("The case of one variable", source=sadiku("Gradients of Quadratic Functions"),
            statements=["sadiku-108"])
def scalar_form(a: Real, x: Real):
    yield diff(a*x**2, x)
    yield a*diff(x**2, x),                                 "$a$ is constant"
    yield 2*a*x,                                           "power rule"


@derivation("Only the symmetric part counts")
def symmetric_part(x: Vector[n], A: Matrix[n, n]):
    """A quadratic form does not see the antisymmetric part of its matrix, which is
    why A is usually taken symmetric.
    """
    S = (A + A.T)/2
    yield x.T*S*x
    yield (x.T*A*x)/2 + (x.T*A.T*x)/2,                     "multiply out"
    yield (x.T*A*x)/2 + (x.T*A*x)/2,                       "a number equals its transpose"
    yield x.T*A*x,                                         "two halves"
