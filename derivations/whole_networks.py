"""Backpropagation through a whole network: every gradient of one hidden layer, the sign of the error, a batch."""

from calcds.notation import *

k, h, m, n = map(Dim, "khmn")
i, j = map(Index, "ij")
sigma, dsigma = entrywise("sigma", lambda u: 1/(1 + exp(-u)))


@derivation("The whole network: output weights", source=magyar("3.1.1.2 Output layer"), statements=["magyar-068"],
            network="mlp.weight_gradient[layer=2]")
def output_weights(x: Vector[n], W1: Matrix[h, n], b1: Vector[h], W2: Matrix[k, h], b2: Vector[k], y: Vector[k]):
    """One hidden layer of sigmoids, a linear output, half the squared error."""
    a1 = sigma(W1*x + b1)
    r = W2*a1 + b2 - y
    yield grad((r.T*r)/2, W2)
    yield pullback(r, W2*a1, W2), "chain rule; half a squared length has the gradient $r$"
    yield r*a1.T,                                          "an outer product"


@derivation("The whole network: hidden weights", source=magyar("3.1.1.3 Last hidden layer"), statements=["magyar-076"],
            network="mlp.weight_gradient[layer=1]")
def hidden_weights(x: Vector[n], W1: Matrix[h, n], b1: Vector[h], W2: Matrix[k, h], b2: Vector[k], y: Vector[k]):
    z1 = W1*x + b1
    r = W2*sigma(z1) + b2 - y
    yield grad((r.T*r)/2, W1)
    yield pullback(W2.T*r, sigma(z1), W1),                 "through the output layer"
    yield pullback(hadamard(dsigma(z1), W2.T*r), z1, W1),  "through the sigmoid"
    yield hadamard(dsigma(z1), W2.T*r)*x.T,                "an outer product"


@derivation("The whole network: hidden biases", source=magyar("3.1.1.3 Last hidden layer"), statements=["magyar-076"],
            network="mlp.bias_gradient[layer=1]")
def hidden_biases(x: Vector[n], W1: Matrix[h, n], b1: Vector[h], W2: Matrix[k, h], b2: Vector[k], y: Vector[k]):
    """A bias is the weight of an input that is always 1."""
    z1 = W1*x + b1
    r = W2*sigma(z1) + b2 - y
    yield grad((r.T*r)/2, b1)
    yield pullback(W2.T*r, sigma(z1), b1),                 "through the output layer"
    yield hadamard(dsigma(z1), W2.T*r),                    "through the sigmoid; the Jacobian in $b_1$ is $I$"


@derivation("The sign of the error", source=magyar("3.2 Basic backpropagation algorithm"),
            statements=["magyar-093"], network="mlp.delta[output=sigmoid]")
def output_delta(x: Vector[n], W1: Matrix[k, n], b1: Vector[k], y: Vector[k]):
    """d of the last layer is dC/ds: what the network says minus what it should say, times the slope."""
    s = Vector[k].symbol("s")
    yield at(grad(Sum(((sigma(s)[j] - y[j])**2)/2, (j, k)), s), s, W1*x + b1)
    yield at(hadamard(sigma(s) - y, dsigma(s)), s, W1*x + b1), "chain rule, entry by entry"
    yield hadamard(sigma(W1*x + b1) - y, dsigma(W1*x + b1)), "put in the pre-activation"


@erratum("The algorithm climbs", source=magyar("3.2 Basic backpropagation algorithm"), statements=["magyar-093"],
         corrected="output_delta")
def output_delta_as_printed(s: Vector[k], y: Vector[k]):
    """Algorithms 7, 8, 12, 18 and 19 start with y - a; together with W - alpha C the error would grow."""
    yield grad(Sum(((sigma(s)[j] - y[j])**2)/2, (j, k)), s)
    yield hadamard(y - sigma(s), dsigma(s)),               "as printed: what it should say minus what it says"


@derivation("The gradient over a batch", source=magyar("3.2 Basic backpropagation algorithm"), statements=["magyar-085"],
            network="batch.weight_gradient")
def batch(X: Matrix[m, n], W: Matrix[n, h], dZ: Matrix[m, h]):
    """Examples are the rows of X. Their outer products add up to one matrix product."""
    yield pullback(dZ, X*W, W)
    yield by_entries((n, h), lambda l, r: Sum(X[i, l]*dZ[i, r], (i, m))), "one product for each example, added"
    yield X.T*dZ,                                          "entry of a matrix product"
