"""Least squares as a projection, quadratic forms with their eigenvectors, softmax over temperature, Riemann sums.

Imports: calcds.network, calcds.handout.pictures.drawing.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from calcds.handout.pictures.drawing import PLAIN, THICK, THIN, Axes, Drawing, Pen, Point
from calcds.handout.prose import rich
from calcds.network import Softmax

Array = NDArray[np.float64]


def projection() -> Drawing:
    """y, its foot in the plane of the columns of X, and the error at a right angle to it."""
    caption = rich(
        "Least squares is a projection: the error $y - X\\hat{w}$ is perpendicular to all columns of $X$, "
        "$X^{\\top}(y - X\\hat{w}) = 0$."
    )
    d = Drawing(
        9.0,
        5.2,
        caption,
        "A vector y above a plane, its projection in the plane, and the perpendicular between them.",
    )

    def seen(p: Array) -> Point:  # a parallel projection of space onto the page
        return 1.2 + float(p[0] + 0.55 * p[1]), 1.0 + float(0.12 * p[0] + 0.48 * p[1] + p[2])

    corners = [
        seen(np.array(c, dtype=float))
        for c in ((-0.4, -0.6, 0), (5.6, -0.6, 0), (5.6, 3.0, 0), (-0.4, 3.0, 0))
    ]
    d.area(corners, 0.9)
    d.line([*corners, corners[0]], THIN, closed=True)
    X = np.array([[3.9, 1.0], [0.1, 1.9], [0.0, 0.0]])
    y = np.array([3.6, 1.5, 2.5])
    w = np.linalg.lstsq(X, y, rcond=None)[0]
    foot, zero = X @ w, np.zeros(3)
    for column in X.T:
        d.line([seen(zero), seen(column)], Pen(0.7, 0.35, "", arrow=True))
    d.label(*seen(X[:, 0]), "x_{1}", "north")
    d.label(*seen(X[:, 1]), "x_{2}", "south east")
    d.line([seen(zero), seen(y)], Pen(1.2, 0.0, "", arrow=True))
    d.line([seen(zero), seen(foot)], Pen(1.2, 0.0, "", arrow=True))
    d.line([seen(y), seen(foot)], Pen(0.8, 0.0, "dashed"))
    a, up = foot * (1 - 0.22 / np.linalg.norm(foot)), np.array([0.0, 0.0, 0.22])
    d.line([seen(a), seen(a + up), seen(foot + up)], Pen(0.5))
    d.label(*seen(y), "y", "south")
    d.label(*seen(foot), r"X\hat{w}", "north west")
    d.label(*seen((y + foot) / 2 + np.array([0.1, 0.0, 0.0])), r"y - X\hat{w}", "west")
    d.label(*seen(np.array([5.3, -0.35, 0])), "all Xw", "south east", plain=True, small=True)
    return d


def quadratic_forms() -> Drawing:
    """Level lines of a definite, a semidefinite and an indefinite form with their eigenvectors."""
    caption = rich(
        "Level lines of $x^{\\top}Ax$ with the eigenvectors of $A$: both eigenvalues positive (a bowl), one of them zero "
        "(a valley), "
        "one negative (a saddle; the negative levels are dashed)."
    )
    d = Drawing(
        14.0,
        4.9,
        caption,
        "Three contour plots: ellipses, parallel lines, hyperbolas, each with two perpendicular arrows.",
    )
    matrices = (
        (np.array([[2.0, 0.8], [0.8, 1.0]]), r"\lambda_{1}, \lambda_{2} > 0"),
        (np.array([[1.0, 1.0], [1.0, 1.0]]), r"\lambda_{2} = 0"),
        (np.array([[1.0, 0.9], [0.9, -0.6]]), r"\lambda_{2} < 0"),
    )
    for k, (A, said) in enumerate(matrices):
        panel = Axes(d, 0.3 + 4.7 * k, 0.75, 4.0, 3.8, (-2.1, 2.1), (-2.0, 2.0))
        panel.frame("x_{0}", "x_{1}")
        values, vectors = np.linalg.eigh(A)
        for level in (0.4, 1.5, 3.2, 5.5):
            _level(panel, values, vectors, level, Pen(0.45, 0.4))
            _level(panel, -values, vectors, level / 2, Pen(0.45, 0.4, "dashed"))
        for v in vectors.T:
            tip = 1.2 * v if v[0] >= 0 else -1.2 * v
            d.line([panel.at(0, 0), panel.at(*tip)], Pen(1.2, 0.0, "", arrow=True))
        d.label(panel.left + panel.width / 2, 0.3, said)
    return d


def _level(panel: Axes, values: Array, vectors: Array, level: float, pen: Pen) -> None:
    """The set x^T A x = level, from the eigenvalues."""
    order = np.argsort(values)
    vectors = vectors[:, order]
    small, large = values[order]
    if large <= 1e-12:
        return
    if small > 1e-12:
        turn = np.linspace(0, 2 * np.pi, 121)
        inside = np.array([np.cos(turn) / np.sqrt(small), np.sin(turn) / np.sqrt(large)]) * np.sqrt(level)
        _turned(panel, vectors @ inside, pen)
        return
    along = np.linspace(-3.2, 3.2, 121)
    across = np.sqrt(
        (level - min(small, 0.0) * along**2 if small < -1e-12 else np.full_like(along, level)) / large
    )
    for side in (1, -1):
        _turned(panel, vectors @ np.array([along, side * across]), pen)


def _turned(panel: Axes, points: Array, pen: Pen) -> None:
    panel.curve(points[0], points[1], pen)


def temperatures() -> Drawing:
    """The same scores through softmax at five temperatures."""
    scores = np.array([3.2, 5.1, -1.7, 2.0])
    caption = rich(
        "Softmax of the scores $(3.2,\\, 5.1,\\, -1.7,\\, 2.0)$ divided by a temperature $T$: a low one picks the largest, "
        "a high one makes all classes alike."
    )
    d = Drawing(
        14.0,
        4.1,
        caption,
        "Five bar charts of probabilities, from one bar alone to four bars of nearly equal height.",
    )
    for k, T in enumerate((0.25, 1.0, 2.0, 5.0, 50.0)):
        panel = Axes(d, 0.75 + 2.7 * k, 0.95, 2.2, 2.6, (0.0, 4.0), (0.0, 1.0))
        p = Softmax()(scores / T)
        d.line([panel.at(0, 0), panel.at(4, 0)], PLAIN)
        for i, value in enumerate(p):
            (x0, y0), (x1, y1) = panel.at(i + 0.15, 0), panel.at(i + 0.85, float(value))
            d.line(
                [(x0, y0), (x1, y0), (x1, y1), (x0, y1)],
                Pen(0.5),
                closed=True,
                fill=(0.25, 0.0, 0.75, 0.5)[i],
            )
            d.label(
                (x0 + x1) / 2,
                y1 + 0.03,
                f"{value:.2f}".removeprefix("0") if value < 0.995 else "1",
                "south",
                small=True,
            )
            d.label((x0 + x1) / 2, y0 - 0.05, str(i), "north", small=True)
        d.label(panel.left + panel.width / 2, 0.28, f"T = {T:g}")
    return d


def riemann() -> Drawing:
    """The parabola of the slides between 2 and 3 with the midpoint rule."""
    caption = rich(
        "The midpoint rule for $\\int_2^3 (x^2 + 1)\\, dx = 22/3$ with 1, 3 and 8 rectangles; the sum is below each picture."
    )
    d = Drawing(
        14.0, 4.9, caption, "Three graphs of a parabola with one, three and eight rectangles under it."
    )
    for k, n in enumerate((1, 3, 8)):
        panel = Axes(d, 0.5 + 4.7 * k, 0.95, 3.7, 3.4, (1.8, 3.2), (0.0, 11.2))
        width = 1 / n
        middles = 2 + width * (np.arange(n) + 0.5)
        for middle in middles:
            (x0, y0), (x1, y1) = panel.at(middle - width / 2, 0), panel.at(middle + width / 2, middle**2 + 1)
            d.line([(x0, y0), (x1, y0), (x1, y1), (x0, y1)], Pen(0.5, 0.2), closed=True, fill=0.85)
        x = np.linspace(1.8, 3.2, 80)
        panel.curve(x, x**2 + 1, THICK)
        panel.frame("x", "", (2, 2.5, 3), (5, 10) if k == 0 else ())
        d.label(
            panel.left + panel.width / 2, 0.25, f"n = {n}, \\quad {float(np.sum(middles**2 + 1) * width):.4f}"
        )
    return d
