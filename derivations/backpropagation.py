"""Backpropagation through one layer: the delta recursion, weight and bias gradients.

Two conventions meet in the documents. With delta = dL/dz (z = W s(z_before) + b) the slope of s belongs to the node
that delta is carried back to; with delta = dL/da it belongs to the node that delta comes from. Weights are stored as
to x from (W: k x h maps h numbers to k) or as from x to (W^(l-1,l): h x k); the transposes differ accordingly.
"""

from calcds.notation import *

k, h = map(Dim, "kh")
i = Index("i")
sigma, dsigma = entrywise("sigma", lambda u: 1/(1 + exp(-u)))
DECK = sadiku("Formalization for a Standard Neural Network")


@derivation("One step of the delta recursion", source=magyar("3.2 Basic backpropagation algorithm"),
            statements=["magyar-084", "magyar-094"], network="dense.pullback")
def delta_recursion(W: Matrix[k, h], b: Vector[k], z: Vector[h], delta: Vector[k]):
    """delta = dL/dz_next arrives from the layer above; dL/dz is wanted."""
    z_next = W*sigma(z) + b
    yield pullback(delta, z_next, z)
    yield jacobian(z_next, z).T*delta,                     "chain rule"
    yield (W*diag(dsigma(z))).T*delta,                     "$W$ is linear; $\\sigma$ acts entry by entry"
    yield diag(dsigma(z))*W.T*delta, "$(AB)^T = B^T A^T$, and a diagonal matrix is symmetric"
    yield hadamard(W.T*delta, dsigma(z)),                  "$\\mathrm{diag}(u)\\, v = u \\circ v$"


@derivation("The recursion in components", source=DECK, statements=["sadiku-170", "nogga-154"])
def recursion_in_components(g: Function, W: Matrix[h, k], a: Vector[h], d: Vector[k], l: Index[h]):
    """d_k = dL/da_k of the layer above; W_lk leads from node l to node k. One product for each outgoing connection.
    """
    yield pullback(d, g(W.T*a), a)[l]
    yield Sum(diff(g((W.T*a)[i]), a[l])*d[i], (i, k)),     "chain rule over all nodes above"
    yield Sum(g.prime()((W.T*a)[i])*diff((W.T*a)[i], a[l])*d[i], (i, k)), "chain rule at each node"
    yield Sum(W[l, i]*g.prime()((W.T*a)[i])*d[i], (i, k)), "the pre-activation is linear"


@derivation("The recursion in matrix form", source=DECK, statements=["sadiku-172"],
            network="dense.from_to.input_gradient")
def recursion_from_to(W: Matrix[h, k], a: Vector[h], delta: Vector[k]):
    """W leads from rows to columns; delta = dL/da_next; the activation is tanh."""
    z = W.T*a
    yield pullback(delta, tanh(z), a)
    yield jacobian(tanh(z), a).T*delta,                    "chain rule"
    yield (diag(ones(k) - entry_power(tanh(z), 2))*W.T).T*delta, "tanh entry by entry, behind a linear map"
    yield W*diag(ones(k) - entry_power(tanh(z), 2))*delta, "transpose of a product"
    yield W*hadamard(ones(k) - entry_power(tanh(z), 2), delta), "$\\mathrm{diag}(u)\\, v = u \\circ v$"


@derivation("The same for any activation function", source=DECK, statements=["sadiku-172"])
def recursion_any_activation(g: Function, W: Matrix[h, k], a: Vector[h], d: Vector[k]):
    z = W.T*a
    yield pullback(d, g(z), a)
    yield jacobian(z, a).T*diag(g.prime()(z))*d,           "chain rule; $g$ acts entry by entry"
    yield W*hadamard(g.prime()(z), d),                     "the Jacobian of $W^T a$ is $W^T$"


@derivation("One weight gradient", source=DECK, statements=["sadiku-171"])
def one_weight(g: Function, W: Matrix[h, k], a: Vector[h], d: Vector[k], l: Index[h], r: Index[k]):
    """The weight from l to r acts through node r alone: no sum is left."""
    yield pullback(d, g(W.T*a), W)[l, r]
    yield diff(g((W.T*a)[r]), W[l, r])*d[r],               "only node $r$ depends on this weight"
    yield g.prime()((W.T*a)[r])*diff((W.T*a)[r], W[l, r])*d[r], "chain rule"
    yield a[l]*g.prime()((W.T*a)[r])*d[r],                 "the pre-activation is linear in the weight"


@erratum("A sum too many in the weight gradient", source=DECK, statements=["sadiku-171"],
         corrected="one_weight")
def one_weight_as_printed(g: Function, W: Matrix[h, k], a: Vector[h], d: Vector[k], l: Index[h], r: Index[k]):
    """The slide sums over the end node, which the left side names already; so every other node would count too."""
    yield pullback(d, g(W.T*a), W)[l, r]
    yield Sum(a[l]*g.prime()((W.T*a)[i])*d[i], (i, k)),    "as printed: summed over all end nodes"


@derivation("All weight gradients of a layer", source=DECK, statements=["sadiku-173"],
            network="dense.from_to.weight_gradient")
def weights_from_to(W: Matrix[h, k], a: Vector[h], delta: Vector[k]):
    """An outer product: what enters, times what comes back."""
    z = W.T*a
    slope = ones(k) - entry_power(tanh(z), 2)
    yield pullback(delta, tanh(z), W)
    yield by_entries((h, k), lambda l, r: a[l]*(slope[r]*delta[r])), "entry by entry"
    yield a*hadamard(slope, delta).T,                      "an outer product"


@derivation("The weight gradient of a layer", source=oh("Chain rule"), statements=["oh-067", "magyar-094"],
            network="dense.weight_gradient")
def weight_gradient(W: Matrix[k, h], a: Vector[h], delta: Vector[k]):
    """delta = dL/dz with z = W a + b."""
    yield pullback(delta, W*a, W)
    yield by_entries((k, h), lambda r, l: delta[r]*a[l]),  "$z_r$ depends on $W_{rl}$ with slope $a_l$"
    yield delta*a.T,                                       "an outer product"


@derivation("The gradient of a layer in its input", source=oh("Chain rule"), statements=["oh-067"],
            network="dense.input_gradient")
def input_gradient(W: Matrix[k, h], delta: Vector[k], a: Vector[h]):
    yield pullback(delta, W*a, a)
    yield jacobian(W*a, a).T*delta,                        "chain rule"
    yield W.T*delta,                                       "the Jacobian of $Wa$ is $W$"


@derivation("The bias gradient of a layer", source=oh("Chain rule"), statements=["oh-067", "nogga-151"],
            network="dense.bias_gradient")
def bias_gradient(W: Matrix[k, h], a: Vector[h], delta: Vector[k]):
    b = Vector[k].symbol("b")
    yield at(pullback(delta, W*a + b, b), b, zeros(k))
    yield eye(k).T*delta,                                  "the Jacobian in $b$ is the identity",    "oh-072"
    yield delta,                                           "so the gradient passes as it is"
