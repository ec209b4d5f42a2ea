"""Networks: the graph of the slides with its numbers, gradients that vanish with depth, the line of the perceptron.

Imports: calcds.network, calcds.handout.pictures.drawing.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from calcds.handout.pictures.drawing import Anchor, Axes, Dot, Drawing, Path, Pen, Point
from calcds.handout.prose import rich
from calcds.network import ACTIVATIONS, DECK, MLP, perceptron

Array = NDArray[Any]
WEIGHTS = {"w13": 0.5, "w14": -1.0, "w24": 0.8, "w35": 1.5, "w45": -0.5, "w46": 1.2, "v5": 2.0, "v6": -1.0}
INPUTS: dict[int | str, float] = {1: 1.0, 2: 0.5}
TARGET = -1.0
COLUMNS: dict[object, Point] = {
    1: (1.0, 3.7),
    2: (1.0, 1.1),
    3: (4.6, 3.7),
    4: (4.6, 1.1),
    5: (8.3, 3.7),
    6: (8.3, 1.1),
    "out": (11.9, 2.4),
}


def deck() -> Drawing:
    """The network of the slides at numbers: activations and deltas at the nodes, weights on the edges."""
    values = DECK.forward(INPUTS, WEIGHTS)
    output = next(node for node in DECK.nodes if node not in {e[0] for e in DECK.edges.values()})
    slope = -TARGET if -float(values.z[output]) * TARGET > 0 else 0.0
    back = DECK.backward(WEIGHTS, values, {output: slope})
    places = {node: COLUMNS.get(node, COLUMNS["out"]) for node in (*DECK.inputs, *DECK.nodes)}
    caption = rich(
        "Forward and backward through the network: in each node the activation $a$, below it "
        "$\\delta = \\partial L/\\partial a$; "
        "on each edge the weight and, in brackets, its gradient. $\\tanh$ at the hidden nodes, "
        f"$L = \\max(0, -z t)$ with $t = {TARGET:g}$."
    )
    d = Drawing(
        13.6,
        5.3,
        caption,
        "Computational graph with two inputs, two hidden layers of two nodes and one output.",
    )
    for name, (source, target) in DECK.edges.items():
        _edge(
            d,
            places[source],
            places[target],
            _weight(name, float(back.weights[name])),
            crossing=(source == 1 and target == 4) or (source == 4 and target == 5),
        )
    for node, (x, y) in places.items():
        d.shapes.append(Dot((x, y), 0.5, open=True))
        a = values.a.get(node)
        d.label(x, y, f"{float(a):.2f}" if a is not None else "", small=True)
        name = (
            r"z_{\mathrm{out}}"
            if node == output
            else f"x_{{{node}}}"
            if node in DECK.inputs
            else f"a_{{{node}}}"
        )
        d.label(x, y + 0.52, name, "south")
        if node not in DECK.inputs:
            d.label(x, y - 0.52, rf"\delta = {float(back.da[node]):.2f}", "north", small=True)
    return d


def _weight(name: str, gradient: float) -> str:
    return f"{WEIGHTS[name]:g} \\; ({gradient:.2f})"


def _edge(d: Drawing, a: Point, b: Point, said: str, *, crossing: bool) -> None:
    """An arrow from rim to rim with its label beside it."""
    p, q = np.array(a), np.array(b)
    u = (q - p) / np.linalg.norm(q - p)
    start, end = p + 0.52 * u, q - 0.54 * u
    d.shapes.append(Path((tuple(start), tuple(end)), Pen(0.7, 0.1, "", arrow=True)))
    share = 0.5 if not crossing else 0.45
    x, y = start + share * (end - start)
    side: Anchor = "south" if abs(u[1]) < 0.1 else "south west" if u[1] < 0 else "south east"
    d.label(x, y, said, side, small=True)


def vanishing() -> Drawing:
    """The size of the gradient by layer, for sigmoid, tanh and ReLU networks of twelve layers."""
    depth, width = 12, 30
    caption = rich(
        f"The norm of $\\partial L/\\partial z$ in each layer of a network with {depth} layers of {width} units, divided by "
        "that of the last layer: sigmoids lose a factor in every layer, the slope of tanh and of ReLU loses less."
    )
    d = Drawing(
        11.0, 5.4, caption, "Logarithmic plot: gradient norms by layer, falling steeply for the sigmoid."
    )
    panel = Axes(d, 1.3, 0.8, 7.3, 4.0, (1.0, depth), (-9.0, 0.5))
    _log_frame(panel, depth)
    rng = np.random.default_rng(7)
    X = rng.normal(size=(8, width))
    for name, pen, gain in (
        ("relu", Pen(1.2), 2.0),
        ("tanh", Pen(1.2, 0.0, "dashed"), 1.0),
        ("sigmoid", Pen(1.2, 0.0, "dotted"), 1.0),
    ):
        net = MLP.random([width] * (depth + 1), [ACTIVATIONS[name]] * depth, rng)
        net = net.with_parameters(
            {
                k: v if k.startswith("b") else rng.normal(size=v.shape) * np.sqrt(gain / width)
                for k, v in net.parameters.items()
            }
        )
        adjoints = net.backward(net.forward(X), rng.normal(size=(8, width)))
        sizes = np.log10([float(np.linalg.norm(layer.Z)) for layer in adjoints])
        sizes -= sizes[-1]
        layers = np.arange(1, depth + 1)
        panel.curve(layers, sizes, pen)
        y = {"relu": 4.4, "tanh": 3.8, "sigmoid": 3.2}[name]
        right = panel.left + panel.width
        d.line([(right + 0.25, y), (right + 0.9, y)], pen)
        d.label(right + 0.95, y, {"relu": "ReLU"}.get(name, name), "west", plain=True)
    return d


def _log_frame(panel: Axes, depth: int) -> None:
    d = panel.drawing
    d.line([panel.at(1, -9), panel.at(depth, -9)], Pen(0.5))
    d.line([panel.at(1, -9), panel.at(1, 0.5)], Pen(0.5))
    for layer in range(1, depth + 1):
        x, y = panel.at(layer, -9)
        d.line([(x, y), (x, y + 0.07)], Pen(0.5))
        d.label(x, y - 0.05, str(layer), "north", small=True)
    for power in (-8, -6, -4, -2, 0):
        x, y = panel.at(1, power)
        d.line([(x, y), (x + 0.07, y)], Pen(0.5))
        d.label(x - 0.06, y, f"10^{{{power}}}", "east", small=True)
    d.label(panel.left + panel.width / 2, 0.05, "layer", "south", plain=True, small=True)


def perceptron_line() -> Drawing:
    """Two classes of points and the line after each correction."""
    X = np.array(
        [[1.6, 2.6], [2.3, 3.3], [3.3, 2.5], [2.2, 1.9], [0.6, 1.6], [1.6, 0.9], [2.9, 0.4], [0.7, 0.6]]
    )
    t = np.array([1.0, 1.0, 1.0, 1.0, -1.0, -1.0, -1.0, -1.0])
    lines = _corrections(X, t)
    caption = rich(
        f"The perceptron: the line moves at each mistake, {len(lines)} times until it separates the two classes; "
        "earlier lines are lighter."
    )
    d = Drawing(
        8.2, 5.6, caption, "Two kinds of points and a sequence of lines, the last of which separates them."
    )
    panel = Axes(d, 0.6, 0.6, 6.4, 4.5, (-0.3, 4.3), (-0.3, 3.8))
    panel.frame("x_{0}", "x_{1}", (1, 2, 3, 4), (1, 2, 3))
    for k, (w, b) in enumerate(lines):
        last = k == len(lines) - 1
        shade = 0.0 if last else 0.8 - 0.45 * k / max(1, len(lines) - 1)
        _line(panel, w, b, Pen(1.3 if last else 0.6, shade, "" if last else "dashed"))
    for point, label in zip(X, t, strict=True):
        d.dot(*panel.at(*point), radius=0.08, hollow=label < 0)
    return d


def _corrections(X: Array, t: Array) -> list[tuple[Array, float]]:
    """The line after each mistake, with the network's own update."""
    from calcds.network.train import perceptron_update

    w, b = np.zeros(2), 0.0
    lines: list[tuple[Array, float]] = []
    for _ in range(200):
        before = len(lines)
        for x, label in zip(X, t, strict=True):
            new, shift = perceptron_update(w, b, x, float(label))
            if shift != b or np.any(new != w):
                w, b = new, shift
                lines.append((w, b))
        if len(lines) == before:
            break
    found = perceptron(X, t)
    assert found is not None
    return lines


def _line(panel: Axes, w: Array, b: float, pen: Pen) -> None:
    """The line w.x + b = 0 inside the frame."""
    if abs(w[1]) > 1e-12:
        x = np.linspace(*panel.x, 400)
        panel.curve(x, -(w[0] * x + b) / w[1], pen)
    elif abs(w[0]) > 1e-12:
        y = np.linspace(*panel.y, 2)
        panel.curve(np.full(2, -b / w[0]), y, pen)
