"""Many weights, one function: symmetries, zero initialisation, and gradients that vanish or explode with depth."""

from calcds.notation import *

h, n, m = map(Dim, "hnm")
i = Index("i")
L = PositiveInteger


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
    """The summary writes f(x) = f(-x), which is symmetry in the axis; its own example, tanh, does not have
    it.
    """
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
    """With all weights zero the hidden values are zero: no weight gets a gradient, only the output bias
    does.
    """
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


@derivation("One path through many layers", source=sadiku("Vanishing gradient"),
            statements=["sadiku-177", "sadiku-175", "nogga-161"])
def depth(q: Positive, layers: PositiveInteger):
    """If each layer multiplies by the same factor q, then depth raises it to a power: q < 1 vanishes, q >
    1 explodes.
    """
    yield Product(q, (i, 1, layers))
    yield q**layers,                                       "equal factors"
    yield exp(layers*log(q)), "exponential in the depth, with the sign of $\\log q$"


@derivation("A larger weight at the output", source=sadiku("Vanishing gradient"), statements=["sadiku-174"])
def larger_on_the_left(x: Positive):
    """v u x with u = 1 and v = 5: the slope in the first weight u is five times that in the second weight
    v.
    """
    u, v = Real.symbol("u"), Real.symbol("v")
    yield at(at(diff(v*(u*x), u), u, 1), v, 5)
    yield 5*x,                                             "the slope in the first weight"
    yield 5*at(at(diff(v*(u*x), v), u, 1), v, 5),          "five times the slope in the second"


@erratum("Gradients need not be larger on the right", source=sadiku("Vanishing gradient"), statements=["sadiku-174"],
         corrected="larger_on_the_left")
def larger_on_the_right(x: Positive):
    """Stated in general. In a network v u x with u = 1 and v = 5 it is the other way round."""
    u, v = Real.symbol("u"), Real.symbol("v")
    yield holds(at(at(diff(v*(u*x), v), u, 1), v, 5) > at(at(diff(v*(u*x), u), u, 1), v, 5)), \
        "as stated: the gradient of the last layer is larger"


@derivation("A change of the bias", source=nogga("9.5 Backpropagation Algorithm Formally"),
            statements=["nogga-152", "nogga-151", "nogga-149"])
def change_of_bias(w: Real, a: Real, b: Real):
    """The pre-activation changes by exactly as much; the activation by its slope times as much."""
    yield diff(w*a + b, b)
    yield 1,                                               "the pre-activation: slope 1", "nogga-151"
    yield start(diff(sigmoid(w*a + b), b))
    yield sigmoid(w*a + b)*(1 - sigmoid(w*a + b)),         "the activation: chain rule"


@erratum("The activation does not follow the bias exactly", source=nogga("9.5 Backpropagation Algorithm Formally"),
         statements=["nogga-152"], corrected="change_of_bias")
def change_of_bias_as_stated(w: Real, a: Real, b: Real):
    yield diff(sigmoid(w*a + b), b)
    yield 1, "as stated: the activation changes by the same amount"


@derivation("The last weight of a chain of neurons", source=nogga("9.5 Backpropagation Algorithm Formally"),
            statements=["nogga-147", "nogga-146", "nogga-148", "nogga-149"])
def last_weight(w: Real, a: Real, b: Real, y: Real):
    u = Real.symbol("u")
    z = w*a + b
    yield diff((sigmoid(z) - y)**2, w)
    yield diff(z, w)*at(diff(sigmoid(u), u), u, z)*at(diff((u - y)**2, u), u, sigmoid(z)), "three links"
    yield a*(sigmoid(z)*(1 - sigmoid(z)))*(2*(sigmoid(z) - y)), "each link by itself"


@derivation("The activation before", source=nogga("9.5 Backpropagation Algorithm Formally"),
            statements=["nogga-153"])
def activation_before(w: Real, a: Real, b: Real, y: Real):
    z = w*a + b
    yield diff((sigmoid(z) - y)**2, a)
    yield diff(z, a)*(sigmoid(z)*(1 - sigmoid(z)))*(2*(sigmoid(z) - y)), "the same links, another first one"
    yield w*(sigmoid(z)*(1 - sigmoid(z)))*(2*(sigmoid(z) - y)), "the first link is the weight"


@derivation("Averaging over the examples", source=nogga("9.5 Backpropagation Algorithm Formally"),
            statements=["nogga-150"])
def mean_over_examples(C: Function(2), w: Real, x: Vector[n]):
    yield diff(Sum(C(w, x[i]), (i, n))/n, w)
    yield Sum(diff(C(w, x[i]), w), (i, n))/n,              "the derivative of a sum"


@derivation("What numerical differentiation costs", source=sadiku("Numerical Differentiation"),
            statements=["sadiku-139", "nogga-139", "sadiku-188"])
def cost_of_differences(P: PositiveInteger):
    """One evaluation costs at least P products for P weights, and the central quotient needs two for each
    weight.
    """
    yield Sum(2*P, (i, 1, P))
    yield 2*P**2, "quadratic in the number of weights; a backward pass is linear"


@derivation("Grid search", source=nogga("4.3.2 Grid Search"), statements=["nogga-072"])
def grid_search(k: PositiveInteger, d: PositiveInteger):
    """k values for each of d parameters."""
    yield Product(k, (i, 1, d))
    yield k**d,                                            "exponential in the number of parameters"


@derivation("A steep tanh", source=sadiku("Vanishing gradient"), statements=["sadiku-177", "sadiku-176"])
def steep_tanh(w: Positive):
    """The slope of tanh is at most 1, but a layer also multiplies by its weight: at 0 the slope of tanh(wx) is w."""
    x = Real.symbol("x")
    yield at(diff(tanh(w*x), x), x, 0)
    yield at(w*(1 - tanh(w*x)**2), x, 0),                  "chain rule"
    yield w,                                               "$\\tanh 0 = 0$"


@erratum("The slope of tanh alone does not decide", source=sadiku("Vanishing gradient"), statements=["sadiku-177"],
         corrected="steep_tanh")
def layer_shrinks(w: Positive):
    """From a slope between 0 and 1 the slide infers an exponential decrease, whatever the weights are. Near 0 a layer
    with a weight above 1 stretches.
    """
    x = Real.symbol("x")
    yield holds(at(diff(tanh(w*x), x), x, 0) <= 1),        "as inferred: no layer stretches"
