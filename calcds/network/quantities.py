"""The quantities of networks that a claim can name, and how to look one up.

To add a quantity, write one row: name, inputs, function, formula in words. The function runs the room's own
forward and backward pass; the formula is for people. Names with options take them in brackets:
`dense.pullback[tanh]`, `mlp.delta[layer=1, loss=squared]`.

Imports: everything in calcds.network.  Imported by: calcds.network.
"""

from collections.abc import Callable, Iterator
from functools import cache
from types import MappingProxyType

from calcds.network.activations import ACTIVATIONS, Activation, Entrywise, Softmax, activation
from calcds.network.arrays import Array, near
from calcds.network.graph import DECK, GraphNetwork, Node, NodeAdjoints, NodeValues
from calcds.network.layer_quantities import CHAIN_QUANTITIES, LAYER_QUANTITIES, MLP_QUANTITIES
from calcds.network.losses import LOSSES, Loss, loss
from calcds.network.quantity import Quantity, UnknownQuantity, inputs
from calcds.network.update_quantities import UPDATE_QUANTITIES


def quantities() -> dict[str, Quantity]:
    """Every quantity by name.

    >>> quantities()["dense.forward"].doc
    'z = W a + b'
    """
    return dict(_registry())


def quantity(name: str) -> Quantity:
    """Look up one quantity, with its options in brackets.

    >>> quantity("dense.pullback[tanh]")(W=[[2.0]], z=[[0.0]], delta=[[3.0]])
    array([[6.]])
    >>> quantity("ema")
    Traceback (most recent call last):
    calcds.network.quantity.UnknownQuantity: No quantity is called ema. Did you mean ema.update?
    """
    base, _, options = name.strip().removesuffix("]").partition("[")
    if base not in _registry():
        raise UnknownQuantity(f"No quantity is called {base}." + near(base, _registry()))
    return _registry()[base].with_options(options)


@cache
def _registry() -> MappingProxyType[str, Quantity]:
    rows = [
        *LAYER_QUANTITIES, *MLP_QUANTITIES, *CHAIN_QUANTITIES, *UPDATE_QUANTITIES,
        *(row for s in ACTIVATIONS.values() for row in _of_activation(s, f"activation.{s.name}")),
        *_of_activation(ACTIVATIONS["softmax"], "softmax"),
        *(row for each in LOSSES.values() for row in _of_loss(each)),
        *_of_graph("deck", DECK, loss("perceptron")),
    ]  # fmt: skip
    return MappingProxyType({row.name: row for row in rows})


def _of_activation(s: Activation, name: str) -> Iterator[Quantity]:
    """The value, slope, Jacobian and pullback of one function; its parameters are optional inputs."""
    parameters = s.parameters if isinstance(s, Entrywise) else ()
    constants = ", ".join(f"{parameter.name}?" for parameter in parameters)

    def row(suffix: str, first: str, run: Callable[..., Array], doc: str) -> Quantity:
        def compute(z: Array, delta: Array | None = None, **constants: Array) -> Array:
            chosen = activation(s.name, **{key: float(value) for key, value in constants.items()})
            return run(chosen, z) if delta is None else run(chosen, z, delta)

        return Quantity(name + suffix, inputs(f"{first}, {constants}"), compute, doc)

    if isinstance(s, Softmax):
        yield row("", "z: n x 1", lambda s, z: s(z.T).T, s.formula)
    else:
        yield row("", "z: any", lambda s, z: s(z), s.formula)
        yield row(".slope", "z: any", lambda s, z: s.slope(z), f"the derivative of {s.formula}")
    yield row(".jacobian", "z: n x 1", lambda s, z: s.jacobian(z[:, 0]), f"ds(z)_i/dz_j of {s.formula}")
    yield row(".pullback", "z: n x 1, delta: n x 1", lambda s, z, delta: s.pullback(z.T, delta.T).T,
              "dL/dz from delta = dL/ds(z)")  # fmt: skip


def _of_loss(row: Loss) -> Iterator[Quantity]:
    """The loss of one example and its gradient; the mean over a batch and its gradient."""
    one, batch = inputs("a: k x 1, y: k x 1"), inputs("A: N x k, Y: N x k")
    name = f"loss.{row.name}"
    yield Quantity(name, one, lambda a, y: row(a.T, y.T), row.formula)
    yield Quantity(f"{name}.gradient", one, lambda a, y: row.gradient(a.T, y.T).T, f"dL/da of {row.formula}")
    yield Quantity(f"{name}.mean", batch, row.__call__, f"the mean over the rows of {row.formula}")
    yield Quantity(f"{name}.mean_gradient", batch, row.gradient, "dL/dA of the mean")


def _of_graph(prefix: str, network: GraphNetwork, price: Loss) -> Iterator[Quantity]:
    """Every z, a, delta = dL/da, dL/dz and weight gradient of a graph network whose last node is its output.

    Inputs: x and the name of each input node, t for the target, and the weights by name, all single numbers.
    """
    output = list(network.nodes)[-1]
    nodes = (*network.inputs, *network.nodes)
    names = {node: str(node) if isinstance(node, int) else f"_{node}" for node in nodes}
    weights = (*network.edges, *network.biases)
    given = [*(f"x{names[node]}" for node in network.inputs), *weights]

    def run(arrays: dict[str, Array]) -> NodeValues:
        x = {node: arrays[f"x{names[node]}"] for node in network.inputs}
        return network.forward(x, {name: arrays[name] for name in weights})

    def back(arrays: dict[str, Array]) -> NodeAdjoints:
        values = run(arrays)
        slope = price.gradient(values.a[output].reshape(1, 1), arrays["t"].reshape(1, 1)).reshape(())
        return network.backward({name: arrays[name] for name in weights}, values, {output: slope})

    def forward(name: str, pick: Callable[[NodeValues], Array], doc: str) -> Quantity:
        return Quantity(f"{prefix}.{name}", inputs(", ".join(given)), lambda **arrays: pick(run(arrays)), doc)

    def backward(name: str, pick: Callable[[NodeAdjoints], Array], doc: str) -> Quantity:
        signature = inputs(", ".join([*given, "t"]))
        return Quantity(f"{prefix}.{name}", signature, lambda **arrays: pick(back(arrays)), doc)

    def of_node(node: Node) -> Iterator[Quantity]:
        yield forward(f"a{names[node]}", lambda values: values.a[node], f"a of node {node}")
        yield backward(f"delta{names[node]}", lambda found: found.da[node], f"dL/da of node {node}")
        if node in network.nodes:
            yield forward(f"z{names[node]}", lambda values: values.z[node], f"z of node {node}")
            yield backward(f"dz{names[node]}", lambda found: found.dz[node], f"dL/dz of node {node}")

    def of_weight(name: str) -> Quantity:
        return backward(f"gradient.{name}", lambda found: found.weights[name], f"dL/d{name}")

    def cost(**arrays: Array) -> Array:
        return price(run(arrays).a[output].reshape(1, 1), arrays["t"].reshape(1, 1))

    yield Quantity(f"{prefix}.loss", inputs(", ".join([*given, "t"])), cost, price.formula)
    for node in names:
        yield from of_node(node)
    yield from map(of_weight, weights)
