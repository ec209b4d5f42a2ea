"""A network of any wiring: named nodes in order, named weights on the edges that exist.

    z_j = b_j + sum over edges i -> j of a_i w_ij          a_j = s_j(z_j)

Backward visits the nodes in reverse. What arrives at node i over all its outgoing edges is dL/da_i; what
lecture notes call delta_i is either this `da[i]` or `dz[i]` = da[i] s_i'(z_i), so both are kept:

    da_i = sum over edges i -> j of w_ij dz_j              dL/dw_ij = a_i dz_j

Values may be single numbers or batches of N numbers; gradients are summed over the batch.

Imports: calcds.network.activations, arrays.  Imported by: quantities.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike

from calcds.network.activations import ACTIVATIONS, Activation, Entrywise
from calcds.network.arrays import Array, numbers, same_shape, size

Node = int | str


@dataclass(frozen=True, slots=True, eq=False)
class NodeValues:
    """What a forward pass computed: z and a of every node (an input has only a)."""

    z: dict[Node, Array]
    a: dict[Node, Array]


@dataclass(frozen=True, slots=True, eq=False)
class NodeAdjoints:
    """What a backward pass computed: dL/da and dL/dz by node, dL/dw by weight and bias."""

    da: dict[Node, Array]
    dz: dict[Node, Array]
    weights: dict[str, Array]


@dataclass(frozen=True, slots=True, eq=False)
class GraphNetwork:
    """A network given by its nodes in order and its edges; feed-forward, because every edge points forward.

    magyar-042; a loop, as recurrent networks have, is refused.

    >>> tiny = GraphNetwork(inputs=("x",), nodes={"y": ACTIVATIONS["identity"]}, edges={"w": ("x", "y")})
    >>> values = tiny.forward({"x": 2.0}, {"w": 3.0})
    >>> float(values.a["y"])
    6.0
    >>> float(tiny.backward({"w": 3.0}, values, {"y": 1.0}).weights["w"])
    2.0
    """

    inputs: tuple[Node, ...]
    nodes: Mapping[Node, Activation]  # in an order in which every edge points forward
    edges: Mapping[str, tuple[Node, Node]]  # name of the weight: from, to
    biases: Mapping[str, Node] = field(default_factory=dict)  # name of the bias: node

    def __post_init__(self) -> None:
        """Check that the wiring makes sense: known nodes, edges that point forward, entrywise functions."""
        order = [*self.inputs, *self.nodes]
        if len(set(order)) < len(order):
            raise ValueError("A node is listed twice.")
        if both := set(self.edges) & set(self.biases):
            raise ValueError(f"{', '.join(sorted(both))} names both a weight and a bias.")
        for name, (source, target) in self.edges.items():
            if source not in order or target not in self.nodes:
                raise ValueError(f"Edge {name}, {source} to {target}, must join nodes, not enter an input.")
            if order.index(source) >= order.index(target):
                raise ValueError(f"Edge {name}, {source} to {target}, goes against the order of the nodes.")
        reached = {target for _, target in self.edges.values()} | set(self.biases.values())
        for node, s in self.nodes.items():
            if node not in reached:
                raise ValueError(f"Node {node} has no incoming edge.")
            if not isinstance(s, Entrywise):
                raise ValueError(f"Node {node}: {s.name} is not a function of one number.")  # noqa: TRY004
        if unknown := set(self.biases.values()) - set(self.nodes):
            raise ValueError(f"A bias belongs to {unknown}, which is not a node of the network.")

    def forward(self, x: Mapping[Node, ArrayLike], weights: Mapping[str, ArrayLike]) -> NodeValues:
        """z and a of every node.   x: a value for each input;  weights: for each edge and bias, by name."""
        w = self._weights(weights)
        if set(x) != set(self.inputs):
            raise ValueError(f"The inputs are {_list(self.inputs)}, but values came for {_list(x)}.")
        a = {node: numbers(x[node], f"Input {node}") for node in self.inputs}
        for node in self.inputs:
            same_shape(a[node], f"Input {node}", a[self.inputs[0]], f"input {self.inputs[0]}")
        z: dict[Node, Array] = {}
        for node, s in self.nodes.items():
            z[node] = np.asarray(
                sum(w[bias] for bias, owner in self.biases.items() if owner == node)
                + sum(a[source] * w[name] for name, (source, target) in self.edges.items() if target == node)
            )
            a[node] = s(z[node])
        return NodeValues(z, a)

    def backward(
        self, weights: Mapping[str, ArrayLike], values: NodeValues, outputs: Mapping[Node, ArrayLike]
    ) -> NodeAdjoints:
        """From dL/da of the output nodes to the derivative by every node, weight and bias."""
        w = self._weights(weights)
        if unknown := set(outputs) - set(values.a):
            raise ValueError(f"No node is called {_list(unknown)}.")
        da = {node: np.zeros_like(a) for node, a in values.a.items()}
        for node, given in outputs.items():
            seed = numbers(given, f"dL/da of node {node}")
            same_shape(seed, f"dL/da of node {node}", da[node], "the node")
            da[node] = da[node] + seed
        dz: dict[Node, Array] = {}
        gradients: dict[str, Array] = {}
        for node in reversed(list(self.nodes)):
            dz[node] = self.nodes[node].pullback(values.z[node], da[node])
            for bias in (name for name, owner in self.biases.items() if owner == node):
                gradients[bias] = np.asarray(dz[node].sum())
            for name, (source, target) in self.edges.items():
                if target == node:
                    gradients[name] = np.asarray((values.a[source] * dz[node]).sum())
                    da[source] = da[source] + w[name] * dz[node]
        return NodeAdjoints(da, dz, gradients)

    def paths(self, source: Node, target: Node) -> Iterator[tuple[str, ...]]:
        """Every path from source to target, as the weights along it.

        >>> sorted(DECK.paths(1, "out"))
        [('w13', 'w35', 'v5'), ('w14', 'w45', 'v5'), ('w14', 'w46', 'v6')]
        """
        if source == target:
            yield ()
        for name, (start, end) in self.edges.items():
            if start == source:
                yield from ((name, *rest) for rest in self.paths(end, target))

    def path_derivative(
        self, weights: Mapping[str, ArrayLike], values: NodeValues, source: Node, target: Node
    ) -> Array:
        """da_target/da_source the long way: the sum over all paths of the product of w s'(z) along the path.

        The number of paths grows exponentially with depth; `backward` gives the same number in one sweep.
        """
        w = self._weights(weights)
        total = np.zeros_like(values.a[target])
        for path in self.paths(source, target):
            product = np.ones_like(total)
            for name in path:
                end = self.edges[name][1]
                product = self.nodes[end].pullback(values.z[end], product * w[name])
            total = total + product
        return total

    def _weights(self, weights: Mapping[str, ArrayLike]) -> dict[str, Array]:
        names = (*self.edges, *self.biases)
        if set(weights) != set(names):
            raise ValueError(f"The weights are {_list(names)}, but values came for {_list(weights)}.")
        w = {name: numbers(value, f"Weight {name}") for name, value in weights.items()}
        for name, value in w.items():
            if value.ndim:
                raise ValueError(f"Weight {name} must be a single number, but is {size(value)}.")
        return w


def _list(names: Iterable[object]) -> str:
    return ", ".join(map(str, names)) or "nothing"


# The worked example of the slide deck (sadiku, "Backpropagation through example"): two inputs, two hidden
# layers of two nodes without the connections 2 -> 3 and 3 -> 6, one linear output. w13 leads from 1 to 3.
DECK = GraphNetwork(
    inputs=(1, 2),
    nodes={**dict.fromkeys((3, 4, 5, 6), ACTIVATIONS["tanh"]), "out": ACTIVATIONS["identity"]},
    edges={
        "w13": (1, 3), "w14": (1, 4), "w24": (2, 4),
        "w35": (3, 5), "w45": (4, 5), "w46": (4, 6),
        "v5": (5, "out"), "v6": (6, "out"),
    },
)  # fmt: skip
