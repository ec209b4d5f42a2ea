"""Neurons and layers: weighted sums, the bias as a weight, layers inside layers."""

from calcds.notation import *

n, k, h = map(Dim, "nkh")
i = Index("i")


@derivation("Scaling a feature", source=magyar("2.1 Neuron"), statements=["magyar-001"])
def scaled_feature(x: Real, low: Real, high: Real):
    """Raw input between low and high, such as the brightness of a pixel, becomes a number between 0 and 1."""
    yield assume(low <= x)
    yield assume(x <= high)
    yield assume(low < high)
    yield holds((x - low)/(high - low) >= 0),              "a quotient of numbers that are not negative"
    yield holds((x - low)/(high - low) <= 1),              "the numerator is at most the denominator"


@derivation("One neuron", source=magyar("2.1 Neuron"), statements=["magyar-002", "nogga-114"])
def one_neuron(f: Function, w: Vector[n], a: Vector[n], b: Real):
    yield f(b + Sum(w[i]*a[i], (i, n)))
    yield f(b + w.T*a),                                    "the sum is a scalar product"


@erratum("The sum over n inputs has n terms", source=magyar("2.1 Neuron"), statements=["magyar-002"],
         corrected="one_neuron")
def one_term_too_many(w: Vector[n + 1], a: Vector[n + 1], b: Real):
    """Inputs are numbered 1 to n; the printed sum starts at 0. If a_0 = 1, w_0 = b were
    meant, the bias would count twice.
    """
    yield b + Sum(w[i]*a[i], (i, 1, n))
    yield b + Sum(w[i]*a[i], (i, 0, n)),                   "as printed"


@derivation("A layer, neuron by neuron", source=nogga("8.2 One Layer and multiple Neurons"),
            statements=["nogga-116", "nogga-117", "magyar-038", "magyar-036", "magyar-091", "oh-010"],
            network="dense.activation[sigmoid]")
def one_layer(W: Matrix[k, h], a: Vector[h], b: Vector[k]):
    """The summary leaves out the index of the neuron on the left side."""
    yield by_entries(k, lambda l: sigmoid(Sum(W[l, i]*a[i], (i, h)) + b[l]))
    yield by_entries(k, lambda l: sigmoid((W*a)[l] + b[l])), "row $l$ of $W$ times $a$"
    yield sigmoid(W*a + b),                                "all neurons at once"


@derivation("Two layers", source=nogga("8.3 Multiple Layers"), statements=["nogga-118", "nogga-119", "nogga-120", "magyar-034"],
            network="mlp.a[output=sigmoid]")
def two_layers(x: Vector[n], W1: Matrix[h, n], b1: Vector[h], W2: Matrix[k, h], b2: Vector[k]):
    """A network is a function inside a function: put the first layer into the second."""
    a = Vector[h].symbol("a")
    yield at(sigmoid(W2*a + b2), a, sigmoid(W1*x + b1))
    yield sigmoid(W2*sigmoid(W1*x + b1) + b2),             "put in $a = \\sigma(W_1 x + b_1)$"


@derivation("The bias as a weight", source=magyar("2.2.1 Simplified notation"), statements=["magyar-041", "magyar-039"])
def bias_as_weight(W: Matrix[k, h], b: Vector[k], a: Vector[h]):
    """Put a 1 in front of the activations, b in front of W, and the row (1, 0, ..., 0) on top, so that the 1 stays 1."""
    yield matrix([1, zeros(1, h)], [b, W])*matrix([1], [a])
    yield matrix([1*1 + zeros(1, h)*a], [b*1 + W*a]),      "blocks multiply like numbers"
    yield matrix([1], [W*a + b]),                          "the pre-activation, with a 1 in front of it"


@erratum("The top row of the extended weight matrix", source=magyar("2.2.1 Simplified notation"),
         statements=["magyar-039", "magyar-040"], corrected="bias_as_weight")
def extended_matrix_as_printed(W: Matrix[k, h], b: Vector[k], a: Vector[h]):
    """The notes put 0 first and 1 after it: then the entry in front is the sum of the activations, not 1."""
    yield matrix([1], [W*a + b])
    yield matrix([0, ones(1, h)], [b, W])*matrix([1], [a]), "as printed: $w_{00} = 0$, $w_{0i} = 1$"


@erratum("The top row in the initialisation", source=magyar("3.2 Basic backpropagation algorithm"),
         statements=["magyar-088", "magyar-092"], corrected="bias_as_weight")
def initialised_matrix_as_printed(W: Matrix[k, h], b: Vector[k], a: Vector[h]):
    """Algorithm 2 fills the whole top row with 1; Algorithm 6 then multiplies with it."""
    yield matrix([1], [W*a + b])
    yield matrix([1, ones(1, h)], [b, W])*matrix([1], [a]), "as printed: every $w_{0i} = 1$"


@derivation("The slope of the constant neuron", source=magyar("3.1.1.1 Notation"),
            statements=["magyar-063", "magyar-126"])
def constant_neuron(x: Real):
    """Its activation function is the identity."""
    yield diff(x, x)
    yield 1,                                               "the identity has slope 1"


@derivation("The gradient of a layer's function is diagonal", source=magyar("3.1.1.1 Notation"),
            statements=["magyar-064", "magyar-062", "magyar-037", "nogga-162"])
def slope_of_a_layer(f: Function, x: Vector[n]):
    """The slopes of all neurons form the diagonal of the Jacobian; initialisation wants them close to 1."""
    yield diagonal(jacobian(f(x), x))
    yield by_entries(n, lambda l: diff(f(x[l]), x[l])),    "the entries $(l, l)$"
    yield f.prime()(x),                                    "all slopes at once"


@derivation("The perceptron with an absorbed bias", source=magyar("2.2.2 Examples"),
            statements=["magyar-045", "magyar-043"])
def absorbed_bias(f: Function, w: Vector[n], a: Vector[n], b: Real):
    yield f(matrix([b, w.T])*matrix([1], [a]))
    yield f(b*1 + w.T*a),                                  "blocks multiply like numbers"
    yield f(w.T*a + b),                                    "the neuron with its bias"
