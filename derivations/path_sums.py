"""The gradient of a network as a sum over all paths, index by index, for the last three layers.

f, g and e are the activation functions of the last layer, the one before and the one before that; every layer's bias
is the weight of an input that is always 1, and so needs no sign of its own. a is what enters the layer whose
weight w_uv is asked about. Delta of a node is the slope of its activation function at its pre-activation.
"""

from calcds.notation import *

p, q, r, s = map(Dim, "pqrs")
c, i, j, l, o = map(Index, "cijlo")


@derivation("Output layer", source=magyar("3.1.1.2 Output layer"), statements=["magyar-069"])
def output_layer(f: Function, W: Matrix[p, q], a: Vector[q], y: Vector[p], u: Index[p], v: Index[q]):
    """Only the output u depends on the weight w_uv."""
    net = lambda t: Sum(W[t, i]*a[i], (i, q))
    yield diff(Sum(((f(net(j)) - y[j])**2)/2, (j, p)), W[u, v])
    yield Sum(diff(((f(net(j)) - y[j])**2)/2, W[u, v]), (j, p)), "the derivative of a sum", "magyar-065"
    yield diff((f(net(u)) - y[u])**2, W[u, v])/2,          "one term depends on $w_{uv}$", "magyar-066"
    yield (2*(f(net(u)) - y[u])*f.prime()(net(u))*a[v])/2, "chain rule, twice", "magyar-067"
    yield (f(net(u)) - y[u])*f.prime()(net(u))*a[v],       "$\\Delta_u = f'(\\ldots)$", "magyar-068"


@derivation("A hidden activation and its own weight", source=magyar("3.1.1.3 Last hidden layer"),
            statements=["magyar-074", "magyar-075", "magyar-061"])
def own_weight(g: Function, W: Matrix[q, r], a: Vector[r], u: Index[q], v: Index[r]):
    net = Sum(W[u, i]*a[i], (i, r))
    yield diff(g(net), W[u, v])
    yield g.prime()(net)*diff(net, W[u, v]),               "chain rule"
    yield g.prime()(net)*Sum(diff(W[u, i]*a[i], W[u, v]), (i, r)), "the derivative of a sum"
    yield g.prime()(net)*a[v],                             "one term depends on $w_{uv}$"


@derivation("Last hidden layer", source=magyar("3.1.1.3 Last hidden layer"),
            statements=["magyar-077", "magyar-071"])
def last_hidden_layer(f: Function, g: Function, W: Matrix[p, q], V: Matrix[q, r], a: Vector[r], y: Vector[p],
                      u: Index[q], v: Index[r]):
    """Now every output depends on the weight V_uv, but only through the hidden node u."""
    hidden = lambda t: g(Sum(V[t, l]*a[l], (l, r)))
    net = lambda t: Sum(W[t, i]*hidden(i), (i, q))
    slope = g.prime()(Sum(V[u, l]*a[l], (l, r)))
    yield diff(Sum(((f(net(j)) - y[j])**2)/2, (j, p)), V[u, v])
    yield Sum((f(net(j)) - y[j])*diff(f(net(j)), V[u, v]), (j, p)), "chain rule in each term", "magyar-070"
    yield Sum((f(net(j)) - y[j])*f.prime()(net(j))*Sum(W[j, i]*diff(hidden(i), V[u, v]), (i, q)), (j, p)), \
        "through the output layer", "magyar-072"
    yield Sum((f(net(j)) - y[j])*f.prime()(net(j))*W[j, u]*diff(hidden(u), V[u, v]), (j, p)), \
        "one hidden node depends on $V_{uv}$", "magyar-073"
    yield Sum((f(net(j)) - y[j])*f.prime()(net(j))*W[j, u]*slope*a[v], (j, p)), \
        "a hidden activation and its own weight", "magyar-076"


@derivation("One layer further down", source=magyar("3.1.1.4 In-between hidden layers"),
            statements=["magyar-082", "magyar-078", "magyar-079"])
def one_layer_further(f: Function, g: Function, e: Function, W: Matrix[p, q], V: Matrix[q, r], U: Matrix[r, s],
                      a: Vector[s], y: Vector[p], u: Index[r], v: Index[s]):
    """One more sum: paths from node u over all nodes i of the next layer to all outputs j.

    The transcript loses one of the sums; the author's source has it.
    """
    low = lambda t: e(Sum(U[t, c]*a[c], (c, s)))
    inner = lambda t: Sum(V[t, l]*low(l), (l, r))
    net = lambda t: Sum(W[t, i]*g(inner(i)), (i, q))
    slope = e.prime()(Sum(U[u, l]*a[l], (l, s)))
    yield diff(Sum(((f(net(j)) - y[j])**2)/2, (j, p)), U[u, v])
    yield Sum((f(net(j)) - y[j])*f.prime()(net(j))*Sum(W[j, o]*diff(g(inner(o)), U[u, v]), (o, q)), (j, p)), \
        "through the output layer"
    yield Sum((f(net(j)) - y[j])*f.prime()(net(j))*Sum(
        W[j, o]*g.prime()(inner(o))*V[o, u]*slope*a[v], (o, q)), (j, p)), \
        "a layer above depends on $U_{uv}$ through node $u$", "magyar-081"
    yield Sum(Sum((f(net(j)) - y[j])*f.prime()(net(j))*W[j, o]*g.prime()(inner(o))*V[o, u]*slope*a[v],
                  (o, q)), (j, p)), "move the factors under the inner sum", "magyar-082"


@derivation("The layer above", source=magyar("3.1.1.4 In-between hidden layers"),
            statements=["magyar-080", "magyar-081"])
def layer_above(g: Function, e: Function, V: Matrix[q, r], U: Matrix[r, s], a: Vector[s],
                t: Index[q], u: Index[r], v: Index[s]):
    """An activation of layer k + 1 and a weight of layer k. The transcript repeats these lines and breaks off."""
    low = lambda b: e(Sum(U[b, l]*a[l], (l, s)))
    net = Sum(V[t, i]*low(i), (i, r))
    yield diff(g(net), U[u, v])
    yield g.prime()(net)*Sum(V[t, i]*diff(low(i), U[u, v]), (i, r)), "chain rule; the derivative of a sum"
    yield g.prime()(net)*V[t, u]*diff(low(u), U[u, v]),    "one node depends on $U_{uv}$"
    yield g.prime()(net)*V[t, u]*e.prime()(Sum(U[u, l]*a[l], (l, s)))*a[v], "a hidden activation and its own weight"
