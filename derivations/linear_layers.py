"""Linear layers: how scores depend on weights, bias and input, and why layers without activation collapse."""

from calcds.notation import *

m, n, k, h = map(Dim, "mnkh")
i, j = map(Index, "ij")


@derivation("Linear layers collapse", source=nogga("8.4 Fun Facts for Linear Activation"),
            statements=["nogga-122", "nogga-115"])
def linear_layers(x: Vector[n], U: Matrix[h, n], b: Vector[h], W: Matrix[k, h], c: Vector[k]):
    """Two linear layers are one: depth gains nothing without a non-linear function in between."""
    yield W*(U*x + b) + c
    yield W*U*x + (W*b + c),                               "multiply out"
    yield (W*U)*x + (W*b + c),                             "one matrix, one bias"


@derivation("A multiple passes through a matrix", source=nogga("8.4 Fun Facts for Linear Activation"),
            statements=["nogga-121"])
def multiple_passes(x: Vector[n], U: Matrix[h, n], W: Matrix[k, h], c: Real, d: Real):
    """Activations f(x) = cx and g(x) = dx. The summary says linear; f(x) = cx + d would not pass through."""
    yield c*(W*(d*(U*x)))
    yield c*d*(W*U*x),                                     "take out the numbers"
    yield (W*U)*(c*(d*x)),                                 "put them in front of $x$"


@derivation("How a linear layer depends on its weights", source=oh("Analytic Gradient: Linear Equation"),
            statements=["oh-070", "oh-069", "oh-071"])
def score_and_weights(W: Matrix[n, m], x: Vector[m], b: Vector[n], j: Index[n], l: Index[n], q: Index[m]):
    """Score j depends on row j of W alone, with the slopes x. Stacked as a d x n matrix:
    one column is x, the others 0.
    """
    yield diff((W*x + b)[j], W[l, q])
    yield diff(Sum(W[j, i]*x[i], (i, m)), W[l, q]),        "row $j$ of $W$ times $x$"
    yield delta(j, l)*x[q],                                "zero unless $j = l$, and then $x_q$"


@derivation("How a linear layer depends on one row", source=oh("Analytic Gradient: Linear Equation"),
            statements=["oh-073", "oh-071"])
def score_and_row(W: Matrix[n, m], x: Vector[m], b: Vector[n], l: Index[n]):
    """The slides put scores in columns: the transpose of a Jacobian, with x in column l."""
    yield by_entries((m, n), lambda q, j: diff((W*x + b)[j], W[l, q]))
    yield by_entries((m, n), lambda q, j: delta(j, l)*x[q]), "one entry at a time"
    yield x*unit(n, l).T,                                  "an outer product: column $l$ is $x$"


@derivation("How a linear layer depends on its bias", source=oh("Analytic Gradient: Linear Equation"),
            statements=["oh-072"])
def score_and_bias(W: Matrix[n, m], x: Vector[m], b: Vector[n]):
    yield jacobian(W*x + b, b)
    yield eye(n),                                          "each score has its own bias"


@derivation("How a linear layer depends on its input", source=oh("Analytic Gradient: Linear Equation"),
            statements=["oh-075", "oh-076"])
def score_and_input(W: Matrix[n, m], x: Vector[m], b: Vector[n]):
    """The slides write the transpose of the Jacobian, W^T, with one column for each score."""
    yield jacobian(W*x + b, x).T
    yield W.T,                                             "the Jacobian of a linear map is its matrix"


@derivation("A gradient, row by row", source=oh("Chain rule"), statements=["oh-068", "oh-016", "oh-074"])
def gradient_by_rows(L: Function[k], W: Matrix[k, h], x: Vector[h], b: Vector[k], l: Index[k], q: Index[h]):
    """Row l of the gradient in W is the slope in score l times x^T."""
    s = Vector[k].symbol("s")
    yield grad(L(W*x + b), W)[l, q]
    yield at(diff(L(s), s[l]), s, W*x + b)*diff((W*x + b)[l], W[l, q]), "score $l$ alone depends on row $l$"
    yield at(diff(L(s), s[l]), s, W*x + b)*x[q],           "with slope $x_q$"


@derivation("A layer in components", source=oh("Analytic Gradient: Linear Equation"),
            statements=["oh-069", "oh-011"])
def scores(W: Matrix[k, h], x: Vector[h], b: Vector[k]):
    yield W*x + b
    yield by_entries(k, lambda l: Sum(W[l, j]*x[j], (j, h)) + b[l]), "each score has its own row and bias"


@derivation("The gradient of a network for one example", source=oh("Backpropagation"), statements=["oh-051"])
def one_example(W: Matrix[k, h], x: Vector[h], y: Vector[k]):
    """Backpropagation computes this for a single pair of input and output."""
    yield grad((norm(W*x - y)**2)/2, W)
    yield pullback(W*x - y, W*x, W),                       "half a squared length has the gradient $Wx - y$"
    yield (W*x - y)*x.T,                                   "an outer product"
