"""Many weights, one function: symmetries of a network, and what zero initialisation does."""

from calcds.notation import *

h, n, m = map(Dim, "hnm")
i = Index("i")


@derivation("An odd activation function", source=nogga("8.6 Symmetries in Parameter Space"),
            statements=["nogga-132", "nogga-133"])
def tanh_is_odd(x: Real):
    """A point reflection at the origin: f(-x) = -f(x)."""
    yield tanh(-x)
    yield (exp(-x) - exp(x))/(exp(-x) + exp(x)),           "definition of tanh"
    yield -((exp(x) - exp(-x))/(exp(x) + exp(-x))),        "take out the sign"
    yield -tanh(x),                                        "definition of tanh"


@erratum("A point reflection is not a mirror", source=nogga("8.6 Symmetries in Parameter Space"),
         statements=["nogga-132"], corrected="tanh_is_odd")
def point_reflection_as_printed(x: Real):
    """The summary writes f(x) = f(-x), which is symmetry in the axis; its own example, tanh, does not have it."""
    yield tanh(x)
    yield tanh(-x),                                        "as printed: $f(x) = f(-x)$"


@derivation("Flipping a hidden unit", source=nogga("8.6 Symmetries in Parameter Space"),
            statements=["nogga-134"])
def flipping_a_unit(v: Real, w: Vector[n], b: Real, x: Vector[n]):
    """All weights of one tanh unit change sign and the network stays the same; M units give 2^M choices."""
    yield (-v)*tanh((-w).T*x + (-b))
    yield (-v)*tanh(-(w.T*x + b)),                         "take out the sign"
    yield (-v)*(-tanh(w.T*x + b)),                         "tanh is odd"
    yield v*tanh(w.T*x + b),                               "two signs cancel"


@derivation("Exchanging hidden units", source=nogga("8.6 Symmetries in Parameter Space"),
            statements=["nogga-131", "nogga-136"])
def exchanging_units(f: Function, V: Matrix[m, 2], W: Matrix[2, n], x: Vector[n]):
    """P exchanges two units: rows of W and columns of V together. Of M units there are M! orders."""
    P = matrix([0, 1], [1, 0])
    yield (V*P)*f((P*W)*x)
    yield (V*P)*(P*f(W*x)),                                "an entrywise function does not mind the order"
    yield V*(P*P)*f(W*x),                                  "brackets"
    yield V*f(W*x),                                        "exchanged twice"


@derivation("How many equivalent networks", source=nogga("8.6 Symmetries in Parameter Space"),
            statements=["nogga-135"])
def number_of_symmetries(M: PositiveInteger):
    """Signs and orders are chosen independently: one sign and one of k places for the k-th unit."""
    yield Product(2*i, (i, 1, M))
    yield 2**M*factorial(M),                               "split the product"


@derivation("Zero weights with tanh", source=nogga("10.4 Weight Initialization"), statements=["nogga-160"])
def zero_weights_tanh(W: Matrix[h, n], x: Vector[n], d: Vector[m], V: Matrix[m, h]):
    """With all weights zero the hidden values are zero: no weight gets a gradient, only the output bias does."""
    yield at(pullback(d, V*tanh(W*x), V), W, zeros(h, n))
    yield d*tanh(zeros(h, n)*x).T,                         "an outer product with the hidden values"
    yield zeros(m, h),                                     "$\\tanh 0 = 0$"


@derivation("Zero weights with sigmoids", source=nogga("10.4 Weight Initialization"),
            statements=["nogga-160"])
def zero_weights_sigmoid(W: Matrix[h, n], x: Vector[n], d: Vector[m], V: Matrix[m, h]):
    """Sigmoids give 1/2 at 0: the output weights do move at once, all in the same way."""
    yield at(pullback(d, V*sigmoid(W*x), V), W, zeros(h, n))
    yield d*sigmoid(zeros(h, n)*x).T,                      "an outer product with the hidden values"
    yield Rational(1, 2)*d*ones(h).T,                      "$\\sigma(0) = 1/2$"


@erratum("Zero weights need not stay zero", source=nogga("10.4 Weight Initialization"), statements=["nogga-160"],
         corrected="zero_weights_sigmoid")
def zero_weights_stay(W: Matrix[h, n], x: Vector[n], d: Vector[m], V: Matrix[m, h]):
    """Said of every network. With sigmoids, the activation function that the summary starts from, it is false."""
    yield at(pullback(d, V*sigmoid(W*x), V), W, zeros(h, n))
    yield zeros(m, h),                                     "as stated: no gradient, the weights remain zero"
