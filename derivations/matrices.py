"""Vectors and matrices: the definitions, entry by entry, and the few laws used everywhere else. Indices count from 0."""

from calcds.notation import *

m, n, p = map(Dim, "mnp")
i, j, l = map(Index, "ijl")


@derivation("Sums and multiples of vectors", source=magyar("A.16 Sum and scaling of vectors"),
            statements=["magyar-132", "magyar-124"])
def linear_combination(a: Vector[n], b: Vector[n], alpha: Real, beta: Real):
    yield alpha*a + beta*b
    yield by_entries(n, lambda i: alpha*a[i] + beta*b[i]), "entry by entry"


@derivation("The scalar product", source=magyar("A.17 Dot product of two vectors"), statements=["magyar-133"])
def scalar_product(a: Vector[n], b: Vector[n]):
    yield a.T*b
    yield Sum(a[i]*b[i], (i, n)),                          "row times column"
    yield b.T*a,                                           "the factors commute"


@derivation("The entrywise product", source=magyar("A.18 Hadamard product of two vectors"),
            statements=["magyar-134"])
def entrywise_product(a: Vector[n], b: Vector[n]):
    yield hadamard(a, b)
    yield by_entries(n, lambda i: a[i]*b[i]),              "entry by entry"
    yield diag(a)*b,                                       "as a product with a diagonal matrix"


@derivation("The transpose", source=magyar("A.20 Transpose of a matrix"),
            statements=["magyar-136", "magyar-135"])
def transpose(W: Matrix[n, m]):
    """W has n rows and m columns; W^T has m rows and n columns."""
    yield W.T
    yield by_entries((m, n), lambda i, j: W[j, i]),        "rows and columns change places"
    yield by_entries((n, m), lambda i, j: W[i, j]).T,      "and back"


@erratum("The last entry of the transpose", source=magyar("A.20 Transpose of a matrix"), statements=["magyar-136"],
         corrected="transpose", expect="malformed")
def transpose_as_printed(W: Matrix[2, 3]):
    """For an n x m matrix the notes end the first row of the transpose with w_m1, which exists only if m <= n. Here
    n = 2 and m = 3: the printed table has m columns and n rows, and asks for entries that W does not have.
    """
    yield W.T
    yield matrix([W[0, 0], W[1, 0], W[2, 0]],
                 [W[0, 1], W[1, 1], W[2, 1]]),             "as printed: $m$ columns, $n$ rows"


@derivation("A matrix times a vector", source=magyar("A.21 Product of a matrix and a vector"),
            statements=["magyar-137"])
def matrix_times_vector(W: Matrix[n, m], a: Vector[m]):
    yield W*a
    yield by_entries(n, lambda i: Sum(W[i, j]*a[j], (j, m))), "each row times the column"


@derivation("Sums and multiples of matrices", source=magyar("A.22 Sum and scaling of matrices"),
            statements=["magyar-138"])
def matrix_combination(A: Matrix[n, m], B: Matrix[n, m], alpha: Real, beta: Real):
    yield alpha*A + beta*B
    yield by_entries((n, m), lambda i, j: alpha*A[i, j] + beta*B[i, j]), "entry by entry"


@erratum("The rows of a sum of matrices", source=magyar("A.22 Sum and scaling of matrices"), statements=["magyar-138"],
         corrected="matrix_combination")
def matrix_combination_as_printed(A: Matrix[2, 2], B: Matrix[2, 2], alpha: Real, beta: Real):
    """The printed table is copied from the transpose: a_21 stands in the first row.
    Here for two rows and two columns.
    """
    yield alpha*A + beta*B
    yield matrix([alpha*A[0, 0] + beta*B[0, 0], alpha*A[1, 0] + beta*B[1, 0]],
                 [alpha*A[0, 1] + beta*B[0, 1], alpha*A[1, 1] + beta*B[1, 1]]), "as printed"


@derivation("The product of two matrices", source=magyar("A.23 Matrix multiplication"),
            statements=["magyar-139"])
def matrix_product(A: Matrix[n, m], B: Matrix[m, p]):
    yield A*B
    yield by_entries((n, p), lambda i, j: Sum(A[i, l]*B[l, j], (l, m))), "row $i$ times column $j$"


@derivation("The transpose of a product", source=magyar("A.20 Transpose of a matrix"),
            statements=["magyar-136"])
def transpose_of_product(A: Matrix[n, m], B: Matrix[m, p]):
    yield (A*B).T
    yield by_entries((p, n), lambda i, j: Sum(A[j, l]*B[l, i], (l, m))), "entry $(j, i)$ of the product"
    yield B.T*A.T,                                         "the same sum, factors exchanged"


@derivation("The entrywise product of matrices", source=magyar("A.24 Hadamard product of two matrices"),
            statements=["magyar-140"])
def matrix_entrywise_product(A: Matrix[n, m], B: Matrix[n, m]):
    yield hadamard(A, B)
    yield by_entries((n, m), lambda i, j: A[i, j]*B[i, j]), "entry by entry"


@erratum("One entry of the entrywise product", source=magyar("A.24 Hadamard product of two matrices"),
         statements=["magyar-140"], corrected="matrix_entrywise_product")
def matrix_entrywise_product_as_printed(A: Matrix[2, 2], B: Matrix[2, 2]):
    """In the printed table the second entry of the second row is a_22 times itself."""
    yield hadamard(A, B)
    yield matrix([A[0, 0]*B[0, 0], A[0, 1]*B[0, 1]],
                 [A[1, 0]*B[1, 0], A[1, 1]*A[1, 1]]),      "as printed"


@derivation("Trace of a product")
def trace_of_product(A: Matrix[n, m], B: Matrix[m, n]):
    """Both are the sum of all products A_ij B_ji."""
    yield trace(A*B)
    yield Sum(Sum(A[i, j]*B[j, i], (j, m)), (i, n)),       "diagonal entries, added"
    yield trace(B*A),                                      "the factors exchanged"


@derivation("The squared length of a sum")
def squared_length_of_sum(x: Vector[n], y: Vector[n]):
    yield (x + y).T*(x + y)
    yield x.T*x + x.T*y + y.T*x + y.T*y,                   "multiply out"
    yield x.T*x + 2*x.T*y + y.T*y,                         "a number equals its transpose"


@derivation("The Euclidean norm", source=magyar("A.29.2 L2 norm"), statements=["magyar-146", "magyar-144"])
def euclidean_norm(x: Vector[n], alpha: Real):
    yield norm(alpha*x)
    yield sqrt(Sum((alpha*x[i])**2, (i, n))),              "definition of the norm"
    yield sqrt(alpha**2*Sum(x[i]**2, (i, n))),             "take out $\\alpha^2$"
    yield Abs(alpha)*norm(x),                              "root of a square"


@derivation("The L1 norm", source=magyar("A.29.1 L1 norm"), statements=["magyar-145", "magyar-144"])
def absolute_norm(x: Vector[n], alpha: Real):
    yield norm(alpha*x, 1)
    yield Sum(Abs(alpha*x[i]), (i, n)),                    "definition of the norm"
    yield Sum(Abs(alpha)*Abs(x[i]), (i, n)),               "absolute value of a product"
    yield Abs(alpha)*norm(x, 1),                           "take out $|\\alpha|$"


@derivation("The triangle inequality", source=magyar("A.29 Norm of a vector"), statements=["magyar-144"])
def triangle_inequality(x: Real, y: Real):
    """For numbers; summed over the entries it is the inequality of the L1 norm."""
    yield holds(Abs(x + y) <= Abs(x) + Abs(y)), "equal where the signs agree, smaller where they do not"


@derivation("Only the zero vector has length zero", source=magyar("A.29 Norm of a vector"),
            statements=["magyar-144"])
def positive_norm(x: Vector[n]):
    yield holds(norm(x)**2 >= 0),                          "a sum of squares"
    yield holds(norm(x, 1) >= 0),                          "a sum of absolute values"
