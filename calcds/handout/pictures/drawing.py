"""A drawing of lines, dots and labels as plain data; `tikz` and `svg` print it.

Coordinates are centimetres, y upwards. Labels are LaTeX formulas; in SVG they are set from letters, indices and
powers, which is all that labels need. Shades are greys, so that paper shows what the screen shows.

Imports: calcds.handout.prose.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np

from calcds.handout.prose import Rich

Point = tuple[float, float]
Dash = Literal["", "dashed", "dotted"]
Anchor = Literal[
    "center", "west", "east", "north", "south", "south west", "north west", "south east", "north east"
]


@dataclass(frozen=True, slots=True)
class Pen:
    """How a line is drawn: width in points, grey from 0 (black) to 1, dashes, an arrow at its end."""

    width: float = 0.8
    grey: float = 0.0
    dash: Dash = ""
    arrow: bool = False


THIN, PLAIN, THICK = Pen(0.4, 0.45), Pen(), Pen(1.3)


@dataclass(frozen=True, slots=True)
class Path:
    """A line through points; closed ones may be filled with a grey."""

    points: tuple[Point, ...]
    pen: Pen | None = PLAIN
    closed: bool = False
    fill: float | None = None


@dataclass(frozen=True, slots=True)
class Dot:
    """A filled or open circle; radius in centimetres."""

    at: Point
    radius: float = 0.06
    open: bool = False


@dataclass(frozen=True, slots=True)
class Label:
    """A formula at a point; `anchor` is the side of the label that touches the point. `plain` is words."""

    at: Point
    latex: str
    anchor: Anchor = "center"
    plain: bool = False
    small: bool = False


@dataclass(slots=True)
class Drawing:
    """A picture with its caption and a sentence for those who do not see it."""

    width: float
    height: float
    caption: Rich
    alt: str
    shapes: list[Path | Dot | Label] = field(default_factory=list)

    def line(
        self, points: Iterable[Any], pen: Pen = PLAIN, *, closed: bool = False, fill: float | None = None
    ) -> None:
        """A line through points."""
        self.shapes.append(Path(tuple((float(x), float(y)) for x, y in points), pen, closed, fill))

    def area(self, points: Iterable[Any], grey: float) -> None:
        """A filled area without an outline."""
        self.shapes.append(Path(tuple((float(x), float(y)) for x, y in points), None, True, grey))

    def dot(self, x: float, y: float, *, radius: float = 0.06, hollow: bool = False) -> None:
        """A dot."""
        self.shapes.append(Dot((float(x), float(y)), radius, hollow))

    def label(
        self,
        x: float,
        y: float,
        latex: str,
        anchor: Anchor = "center",
        *,
        plain: bool = False,
        small: bool = False,
    ) -> None:
        """A formula, or words."""
        self.shapes.append(Label((float(x), float(y)), latex, anchor, plain, small))


@dataclass(frozen=True, slots=True)
class Axes:
    """A coordinate system in a drawing: from numbers to centimetres."""

    drawing: Drawing
    left: float
    bottom: float
    width: float
    height: float
    x: tuple[float, float]
    y: tuple[float, float]

    def at(self, x: float, y: float) -> Point:
        """The place of a point."""
        return (
            self.left + (x - self.x[0]) / (self.x[1] - self.x[0]) * self.width,
            self.bottom + (y - self.y[0]) / (self.y[1] - self.y[0]) * self.height,
        )

    def frame(
        self, xlabel: str = "", ylabel: str = "", xticks: Sequence[float] = (), yticks: Sequence[float] = ()
    ) -> None:
        """Both axes, through the origin where it is inside, with ticks."""
        d = self.drawing
        ox, oy = min(max(0.0, self.x[0]), self.x[1]), min(max(0.0, self.y[0]), self.y[1])
        axis = Pen(0.5, 0.0, "", arrow=True)
        d.line([self.at(self.x[0], oy), (self.left + self.width + 0.25, self.at(0, oy)[1])], axis)
        d.line([self.at(ox, self.y[0]), (self.at(ox, 0)[0], self.bottom + self.height + 0.25)], axis)
        for t in xticks:
            px, py = self.at(t, oy)
            d.line([(px, py - 0.05), (px, py + 0.05)], Pen(0.5))
            d.label(px, py - 0.08, _number(t), "north", small=True)
        for t in yticks:
            px, py = self.at(ox, t)
            d.line([(px - 0.05, py), (px + 0.05, py)], Pen(0.5))
            d.label(px - 0.08, py, _number(t), "east", small=True)
        if xlabel:
            d.label(self.left + self.width + 0.3, self.at(0, oy)[1], xlabel, "west")
        if ylabel:
            d.label(self.at(ox, 0)[0], self.bottom + self.height + 0.28, ylabel, "south")

    def curve(self, xs: Iterable[Any], ys: Iterable[Any], pen: Pen = THICK) -> None:
        """A curve, cut off at the frame; it is interrupted where a value is missing or jumps out."""
        run: list[Point] = []
        low, high = self.y
        for x, y in zip(xs, ys, strict=True):
            inside = (
                np.isfinite(y)
                and low - 1e-9 <= y <= high + 1e-9
                and self.x[0] - 1e-9 <= x <= self.x[1] + 1e-9
            )
            if inside:
                run.append(self.at(float(x), float(y)))
            elif len(run) > 1:
                self.drawing.line(run, pen)
                run = []
            else:
                run = []
        if len(run) > 1:
            self.drawing.line(run, pen)


def _number(t: float) -> str:
    return f"{t:g}"
