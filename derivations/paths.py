"""The multivariate chain rule as a sum over paths, and what factoring it saves.

A parameter theta acts on a_0, ..., a_(m-1), these act on b_0, ..., b_(n-1), and these on the output z. Write
p_i = da_i/dtheta, J_ji = db_j/da_i and q_j = dz/db_j. Every path theta -> a_i -> b_j -> z contributes the product
p_i J_ji q_j. Adding path by path takes mn products of three; summing backwards first takes mn + m products of two.
"""

from calcds.notation import *

m, n = map(Dim, "mn")
i, j = map(Index, "ij")


@derivation("The chain rule in matrix form", source=sadiku("The Multivariate Chain Rule"),
            statements=["sadiku-145"])
def matrix_chain_rule(b: Function[m, n], z: Function[n], a: Vector[m]):
    """The Jacobian of the inner map, transposed, carries the outer gradient back."""
    y = Vector[n].symbol("y")
    yield grad(z(b(a)), a)
    yield jacobian(b(a), a).T * at(grad(z(y), y), y, b(a)), \
        "each entry: sum over all $b_j$ of $(db_j/da_i)(dz/db_j)$"


@derivation("All paths from a parameter to the output", source=sadiku("The Multivariate Chain Rule"),
            statements=["sadiku-145"], network="chain.paths")
def all_paths(p: Vector[m], J: Matrix[n, m], q: Vector[n]):
    """One product for each pair (i, j). The middle factor is db_j/da_i: it must carry both indices."""
    yield Sum(Sum(p[i] * J[j, i] * q[j], (j, n)), (i, m))
    yield Sum(Sum(p[i] * J[j, i], (i, m)) * q[j], (j, n)), "add up over $i$ first"
    yield (J*p).T * q,                                     "the inner sum is row $j$ of $Jp$"
    yield p.T * J.T * q,                                   "transpose of a product"


@erratum("The middle factor of a path has both indices", source=sadiku("The Multivariate Chain Rule"),
         statements=["sadiku-145"], corrected="all_paths")
def path_with_one_index(p: Vector[n], J: Matrix[n, n], q: Vector[n]):
    """The slide prints the slope of b_j in a_j, so that the inner index i is left hanging. Layers of
    equal width, for argument's sake.
    """
    yield Sum(Sum(p[i] * J[j, i] * q[j], (j, n)), (i, n))
    yield Sum(Sum(p[i] * J[j, j] * q[j], (j, n)), (i, n)), "as printed: $db_j/da_j$"


@derivation("The factored form", source=sadiku("Factor Structure in the Multivariate Chain Rule"),
            statements=["sadiku-147", "sadiku-189"], network="chain.factored")
def factored(p: Vector[m], J: Matrix[n, m], q: Vector[n]):
    """p_i does not depend on j. What remains inside is delta_i, computed once and used for every parameter below."""
    yield Sum(Sum(p[i] * J[j, i] * q[j], (j, n)), (i, m))
    yield Sum(p[i] * Sum(J[j, i] * q[j], (j, n)), (i, m)), "take $p_i$ out of the inner sum"
    yield Sum(p[i] * (J.T*q)[i], (i, m)), "the inner sum is $\\delta_i$, entry $i$ of $J^T q$"
    yield p.T * (J.T * q),                                 "a scalar product"


@derivation("The inner sum is the derivative in $a_i$", source=sadiku("Factor Structure in the Multivariate Chain Rule"),
            statements=["sadiku-147"], network="chain.delta")
def inner_sum(J: Matrix[n, m], q: Vector[n], p: Vector[m]):
    """delta, as a column: one number for each node a_i."""
    yield by_entries(m, lambda i: Sum(J[j, i] * q[j], (j, n)))
    yield J.T * q,                                         "row $i$ of $J^T$ times $q$"


@derivation("How many paths", source=sadiku("The Multivariate Chain Rule"),
            statements=["sadiku-146", "magyar-083"])
def number_of_paths(width: PositiveInteger, layers: PositiveInteger):
    """Between two nodes with `layers` full layers of equal width in between, each layer
    multiplies the number of paths.

    The factored form needs one product for each connection: proportional to the number of layers.
    """
    k = Index("k")
    yield Product(width, (k, 1, layers))
    yield width**layers, "one choice for each layer: exponential in the depth"


@derivation("What the factored form costs", source=sadiku("Factor Structure in the Multivariate Chain Rule"),
            statements=["sadiku-148"])
def cost_of_factoring(width: PositiveInteger, layers: PositiveInteger):
    """Going back through one layer takes width^2 products; layers are visited one after the other."""
    k = Index("k")
    yield Sum(width**2, (k, 1, layers))
    yield layers * width**2, "as many as the network has weights: linear in its size"
