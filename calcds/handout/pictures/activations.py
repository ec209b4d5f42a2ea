"""A function with its slope and a tangent: every entrywise activation of the network, kinks included.

Imports: calcds.network, calcds.handout.pictures.drawing.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from calcds.handout.pictures.drawing import THICK, Axes, Drawing, Pen
from calcds.handout.prose import rich
from calcds.network import ACTIVATIONS, Entrywise

REACH = 4.0
CANDIDATES = (-1.5, -1.0, -0.5, 0.5, 1.0, 1.5)  # where the tangent may be drawn


def activation(name: str) -> Drawing:
    """Left the function with a tangent, right its slope. Raises KeyError for a function that is not entrywise."""
    s = ACTIVATIONS[name]
    if not isinstance(s, Entrywise):
        raise KeyError(name)
    words, touch, kinks = name.replace("_", " "), _most_curved(s), real_kinks(s)
    caption = (
        *rich(f"The function {words} with its tangent at $z = {touch:g}$ (left), and its slope (right)."),
        *((("text", " At a kink there is no slope; the open dots show its limits."),) if kinks else ()),
    )  # fmt: skip
    d = Drawing(14.0, 5.0, caption, f"Graph of {words} with a tangent, and graph of its derivative.")
    z = _grid(s)
    low, high = _range(s(z), 4.2)
    panel = Axes(d, 0.6, 0.55, 5.6, 3.7, (-REACH, REACH), (low, high))
    panel.frame("z", "s(z)", (-4, -2, 2, 4), _ticks(low, high))
    slope, value = float(s.slope(touch).real), float(s(touch).real)
    near = np.linspace(touch - 1.9, touch + 1.9, 80)
    _pieces(panel, z, np.asarray(s(z), dtype=float), kinks)
    panel.curve(near, value + slope * (near - touch), Pen(0.8, 0.0, "dashed"))
    d.dot(*panel.at(touch, value))
    _kink_values(d, panel, s)
    low, high = _range(s.slope(z), 2.5)
    panel = Axes(d, 7.8, 0.55, 5.6, 3.7, (-REACH, REACH), (low, high))
    panel.frame("z", "s'(z)", (-4, -2, 2, 4), _ticks(low, high))
    _pieces(panel, z, np.asarray(s.slope(z), dtype=float), kinks)
    d.dot(*panel.at(touch, slope))
    for kink in kinks:
        limits = {round(float(s.slope(kink + side * 1e-9)), 6) for side in (-1, 1)}
        if len(limits) > 1:
            for limit in limits:
                d.dot(*panel.at(kink, limit), hollow=True)
    return d


def real_kinks(s: Entrywise) -> tuple[float, ...]:
    """Where the function jumps or its slope does, for the parameters it has (a kink may close for others)."""

    def jumps(f: Callable[[float], Any], k: float) -> bool:
        return abs(float(f(k + 1e-7).real) - float(f(k - 1e-7).real)) > 1e-3

    return tuple(k for k in s.kinks if jumps(s, k) or jumps(s.slope, k))


def _most_curved(s: Entrywise) -> float:
    """Where a tangent is told best from the curve."""
    return max(
        CANDIDATES,
        key=lambda z: (
            abs(float((s.slope(z + 0.3) - s.slope(z - 0.3)).real)) * all(abs(z - k) > 0.3 for k in s.kinks)
        ),
    )


def _grid(s: Entrywise) -> NDArray[Any]:
    cuts = [-REACH, *s.kinks, REACH]
    parts = [np.linspace(a + 1e-9, b - 1e-9, 90) for a, b in itertools.pairwise(cuts)]
    return np.concatenate(parts)


def _pieces(panel: Axes, z: NDArray[Any], y: NDArray[Any], kinks: tuple[float, ...]) -> None:
    """One curve between kinks: a jump is not joined."""
    part = np.searchsorted(np.array(kinks), z)
    for k in range(len(kinks) + 1):
        panel.curve(z[part == k], y[part == k], THICK)


def _kink_values(d: Drawing, panel: Axes, s: Entrywise) -> None:
    for kink in s.kinks:
        values = {round(float(s(kink + side * 1e-9)), 6) for side in (-1, 1)}
        for value in values if len(values) > 1 else ():
            d.dot(*panel.at(kink, value), hollow=True)


def _range(values: NDArray[Any], most: float) -> tuple[float, float]:
    low, high = min(0.0, float(np.min(values))), max(0.0, float(np.max(values)))
    high = min(max(high, low + 1.0), most)
    margin = 0.08 * (high - low)
    return max(low, -most) - (margin if low < 0 else 0.0), high + margin


def _ticks(low: float, high: float) -> tuple[float, ...]:
    step = 0.25 if high - low < 0.9 else 0.5 if high - low < 1.6 else 1.0 if high - low < 4 else 2.0
    first = int(np.ceil(low / step))
    return tuple(k * step for k in range(first, int(np.floor(high / step)) + 1) if k)
