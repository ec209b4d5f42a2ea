"""Gradients through many layers, the chain of single neurons, and what differences would cost instead."""

from calcds.notation import *

n = Dim("n")
i = Index("i")


@derivation("One path through many layers", source=sadiku("Vanishing gradient"),
            statements=["sadiku-177", "sadiku-175", "nogga-161"])
def depth(q: Positive, layers: PositiveInteger):
    """If each layer multiplies by the same factor q, then depth raises it to a power:
    q < 1 vanishes, q > 1 explodes.
    """
    yield Product(q, (i, 1, layers))
    yield q**layers,                                       "equal factors"
    yield exp(layers*log(q)), "exponential in the depth, with the sign of $\\log q$"


@derivation("A larger weight at the output", source=sadiku("Vanishing gradient"), statements=["sadiku-174"])
def larger_on_the_left(x: Positive):
    """v u x with u = 1 and v = 5: the slope in the first weight u is five times that in the second weight v."""
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


@derivation("Weight times gradient", source=sadiku("Vanishing gradient"), statements=["sadiku-174", "sadiku-175"])
def weight_times_gradient(x: Real, u: Real, v: Real, w: Real, t: Real):
    """Three linear neurons in a chain, C(w v u x): weight times gradient is the same in every layer, so the
    gradient is largest where the weight is smallest, on the left or on the right.
    """
    C = (w*(v*(u*x)) - t)**2/2
    yield u*diff(C, u)
    yield (w*v*u*x - t)*(w*v*u*x),                         "chain rule"
    yield v*diff(C, v),                                    "the same for the weight in the middle"
    yield w*diff(C, w),                                    "and for the last one"


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
    """From a slope between 0 and 1 the slide infers an exponential decrease, whatever the weights are. Near 0 a
    layer with a weight above 1 stretches.
    """
    x = Real.symbol("x")
    yield holds(at(diff(tanh(w*x), x), x, 0) <= 1),        "as inferred: no layer stretches"


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
    """One evaluation costs at least P products for P weights, and the central quotient needs two for each weight."""
    yield Sum(2*P, (i, 1, P))
    yield 2*P**2, "quadratic in the number of weights; a backward pass is linear"
