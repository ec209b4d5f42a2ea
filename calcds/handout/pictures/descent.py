"""Gradient descent seen from above: the paths of the network's own rule on the contours of a quadratic.

Imports: calcds.network, calcds.handout.pictures.drawing.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from calcds.handout.pictures.drawing import THICK, Axes, Drawing, Pen
from calcds.handout.prose import rich
from calcds.network import GradientDescent, descend

Array = NDArray[Any]
EXERCISE = (np.diag([1.0, 2.0]), np.array([2.0, 1.0]))  # x^2/2 + y^2 + 2x + y


def path(H: Array, b: Array, start: Sequence[float], rate: float, steps: int) -> Array:
    """The points of gradient descent on x^T H x/2 + b^T x.   H: 2 x 2, b: 2;  returns (steps + 1) x 2."""

    def gradient(parameters: Mapping[str, Array]) -> Mapping[str, Array]:
        return {"x": H @ parameters["x"] + b}

    run = descend(gradient, {"x": np.array(start, dtype=float)}, GradientDescent(rate), steps)
    return np.array([point["x"] for point in run])


def _contours(panel: Axes, H: Array, b: Array, levels: Sequence[float]) -> Array:
    """Ellipses around the minimum, which is returned."""
    centre = -np.linalg.solve(H, b)
    values, vectors = np.linalg.eigh(H)
    turn = np.linspace(0, 2 * np.pi, 121)
    for level in levels:
        ring = centre[:, None] + vectors @ (
            np.sqrt(2 * level / values)[:, None] * np.array([np.cos(turn), np.sin(turn)])
        )
        panel.curve(ring[0], ring[1], Pen(0.4, 0.5))
    return centre


def _walk(panel: Axes, points: Array, names: int = 0) -> None:
    d = panel.drawing
    for a, b in itertools.pairwise(points):
        d.line([panel.at(*a), panel.at(*b)], Pen(0.9, 0.0, "", arrow=True))
    for k, point in enumerate(points):
        d.dot(*panel.at(*point), radius=0.05)
        if k < names:
            d.label(*panel.at(*point), f"x_{{{k}}}", "south west", small=True)


def two_cycle() -> Drawing:
    """The exercise with step size 1, and with a smaller step."""
    H, b = EXERCISE
    caption = rich(
        "Gradient descent on $x^2/2 + y^2 + 2x + y$ from $(0, 0)$: with step size 1 it goes for ever between two points "
        "(left), "
        "with step size $0.3$ it reaches the minimum (right)."
    )
    d = Drawing(
        14.0,
        5.4,
        caption,
        "Two contour plots: a path that jumps between two points, and one that reaches the minimum.",
    )
    for k, (rate, steps) in enumerate(((1.0, 3), (0.3, 14))):
        panel = Axes(d, 0.5 + 7.0 * k, 0.6, 5.9, 4.2, (-4.2, 1.2), (-2.4, 1.4))
        panel.frame("x", "y", (-4, -3, -2, -1, 1), (-2, -1, 1))
        centre = _contours(panel, H, b, (0.06, 0.3, 0.8, 1.5, 2.4))
        _cross(panel, centre)
        _walk(panel, path(H, b, (0.0, 0.0), rate, steps), names=3 if rate == 1.0 else 1)
    return d


def zigzag() -> Drawing:
    """A narrow valley: the gradient points across it, not along it."""
    H = np.diag([1.0, 9.0])
    caption = rich(
        "A narrow valley, $(x^2 + 9y^2)/2$. With a rate near the largest that converges the path zigzags across the valley "
        "(left); "
        "with a small one it creeps along it (right)."
    )
    d = Drawing(14.0, 3.9, caption, "Two contour plots of a narrow valley with paths of gradient descent.")
    for k, (rate, steps) in enumerate(((0.205, 14), (0.06, 22))):
        panel = Axes(d, 0.3 + 7.0 * k, 0.4, 6.1, 3.1, (-2.6, 5.4), (-1.8, 1.8))
        centre = _contours(panel, H, np.zeros(2), (0.4, 1.6, 4.2, 8.0, 12.0))
        _cross(panel, centre)
        _walk(panel, path(H, np.zeros(2), (4.8, 1.1), rate, steps))
        d.label(panel.left + panel.width / 2, 0.12, rf"\eta = {rate:g}")
    return d


def step_sizes() -> Drawing:
    """One dimension: a step that is too small, one that is right, one that is too large."""
    caption = rich(
        "Steps on $ax^2/2$ multiply $x$ by $1 - \\eta a$: small steps creep, steps up to $2/a$ converge, larger ones are "
        "thrown out."
    )
    d = Drawing(14.0, 4.0, caption, "Three parabolas with gradient descent steps of growing size.")
    for k, (rate, said) in enumerate(
        ((0.25, r"\eta a = 0.25"), (1.7, r"\eta a = 1.7"), (2.15, r"\eta a = 2.15"))
    ):
        panel = Axes(d, 0.3 + 4.7 * k, 0.7, 4.0, 2.9, (-2.6, 2.6), (0.0, 3.4))
        panel.frame("x", "")
        x = np.linspace(-2.6, 2.6, 101)
        panel.curve(x, x**2 / 2, THICK)
        points = path(np.eye(2), np.zeros(2), (1.5 if rate > 2 else 2.3, 0.0), rate, 5)[:, 0]
        walk = [panel.at(p, p * p / 2) for p in points if abs(p) <= 2.6]
        for a, b in itertools.pairwise(walk):
            d.line([a, b], Pen(0.7, 0.35, "", arrow=True))
        for place in walk:
            d.dot(*place, radius=0.05)
        d.label(panel.left + panel.width / 2, 0.3, said)
    return d


def _cross(panel: Axes, at: Array) -> None:
    x, y = panel.at(*at)
    for s in (1, -1):
        panel.drawing.line([(x - 0.09, y - 0.09 * s), (x + 0.09, y + 0.09 * s)], Pen(1.0))
