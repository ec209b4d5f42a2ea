r"""A drawing of lines, dots and labels, printed as TikZ and as SVG from the same data.

Coordinates are centimetres, y upwards. Labels are LaTeX formulas; in SVG they are set from letters, indices and
powers, which is all that labels need. Shades are greys, so that paper shows what the screen shows.

Imports: calcds.handout.prose, .mathml, .escape.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Literal

import numpy as np

from calcds.handout.escape import html_text, tex_rich
from calcds.handout.mathml import _LETTERS, _OPERATORS, _UPRIGHT, mathml
from calcds.handout.prose import Rich

Point = tuple[float, float]
Dash = Literal["", "dashed", "dotted"]
Anchor = Literal["center", "west", "east", "north", "south", "south west", "north west", "south east", "north east"]
UNIT = 40  # SVG units a centimetre
_DASHES = {"": "", "dashed": "5 4", "dotted": "1.2 3"}
_TIKZ = {"": "", "dashed": ", dashed", "dotted": ", dash pattern=on 0pt off 2.6pt"}


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

    def line(self, points: Iterable[Sequence[float]], pen: Pen = PLAIN, *, closed: bool = False, fill: float | None = None) -> None:
        """A line through points."""
        self.shapes.append(Path(tuple((float(x), float(y)) for x, y in points), pen, closed, fill))

    def area(self, points: Iterable[Sequence[float]], grey: float) -> None:
        """A filled area without an outline."""
        self.shapes.append(Path(tuple((float(x), float(y)) for x, y in points), None, True, grey))  # noqa: FBT003

    def dot(self, x: float, y: float, *, radius: float = 0.06, hollow: bool = False) -> None:
        """A dot."""
        self.shapes.append(Dot((float(x), float(y)), radius, hollow))

    def label(
        self, x: float, y: float, latex: str, anchor: Anchor = "center", *, plain: bool = False, small: bool = False
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

    def frame(self, xlabel: str = "", ylabel: str = "", xticks: Sequence[float] = (), yticks: Sequence[float] = ()) -> None:
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

    def curve(self, xs: Iterable[float], ys: Iterable[float], pen: Pen = THICK) -> None:
        """A curve, cut off at the frame; it is interrupted where a value is missing or jumps out."""
        run: list[Point] = []
        low, high = self.y
        for x, y in zip(xs, ys, strict=True):
            inside = np.isfinite(y) and low - 1e-9 <= y <= high + 1e-9 and self.x[0] - 1e-9 <= x <= self.x[1] + 1e-9
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


# -- TikZ -----------------------------------------------------------------------------------------------------


def tikz(d: Drawing) -> str:
    """The drawing with its caption for LaTeX; it needs calcds.sty."""
    rows = [r"\begin{cdsfigure}", r"\begin{tikzpicture}[x=1cm,y=1cm,line cap=round,line join=round]"]
    rows += [_tikz(shape) for shape in d.shapes]
    rows += [r"\end{tikzpicture}", rf"\cdscaption{{{tex_rich(d.caption)}}}", r"\end{cdsfigure}"]
    return "\n".join(rows)


def _tikz(shape: Path | Dot | Label) -> str:
    match shape:
        case Path(points, pen, closed, fill):
            options = []
            if pen is None:
                options.append("draw=none")
            else:
                arrow = ", -{Stealth[length=5pt]}" if pen.arrow else ""
                options.append(f"line width={pen.width:g}pt, draw={_grey(pen.grey)}{_TIKZ[pen.dash]}{arrow}")
            if fill is not None:
                options.append(f"fill={_grey(fill)}")
            said = " -- ".join(map(_pair, points)) + (" -- cycle" if closed else "")
            return rf"\path[{', '.join(options)}] {said};"
        case Dot(at, radius, hollow):
            return rf"\path[draw=black, line width=.6pt, fill={'white' if hollow else 'black'}] {_pair(at)} circle[radius={radius:g}];"
        case Label(at, latex, anchor, plain, small):
            size = r"\scriptsize" if small else r"\footnotesize"
            body = latex if plain else f"${latex}$"
            where = "" if anchor == "center" else f"anchor={anchor}, "
            return rf"\node[{where}inner sep=1.5pt, font={size}] at {_pair(at)} {{{body}}};"
    raise AssertionError(shape)


def _pair(point: Point) -> str:
    return f"({point[0]:.3f},{point[1]:.3f})"


def _grey(shade: float) -> str:
    return "black" if shade <= 0 else f"black!{100 * (1 - shade):.0f}"


# -- SVG ------------------------------------------------------------------------------------------------------


def svg(d: Drawing) -> str:
    """The drawing with its caption for HTML; black is the colour of the text."""
    w, h = d.width * UNIT, d.height * UNIT
    body = "".join(_svg(shape, d.height) for shape in d.shapes)
    caption = "".join(mathml(said) if kind == "math" else html_text(said) for kind, said in d.caption)
    return (
        f'<figure><svg viewBox="-6 -12 {w + 12:g} {h + 16:g}" style="--width:{d.width * 1.25:g}cm" role="img" '
        f'aria-label="{escape(d.alt, quote=True)}" font-size="13.5">{body}</svg><figcaption>{caption}</figcaption></figure>'
    )


def _svg(shape: Path | Dot | Label, height: float) -> str:
    match shape:
        case Path(points, pen, closed, fill):
            at = [(x * UNIT, (height - y) * UNIT) for x, y in points]
            said = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in at) + ("Z" if closed else "")
            inside = f'fill="currentColor" fill-opacity="{1 - fill:.2f}"' if fill is not None else 'fill="none"'
            if pen is None:
                return f'<path d="{said}" {inside}/>'
            dash = f' stroke-dasharray="{_DASHES[pen.dash]}"' if pen.dash else ""
            line = f'<path d="{said}" {inside} {_stroke(pen)}{dash} stroke-linejoin="round" stroke-linecap="round"/>'
            return line + (_arrowhead(at, pen) if pen.arrow else "")
        case Dot((x, y), radius, hollow):
            inside = "var(--paper,#fff)" if hollow else "currentColor"
            place = f'cx="{x * UNIT:.1f}" cy="{(height - y) * UNIT:.1f}" r="{radius * UNIT:.1f}"'
            return f'<circle {place} fill="{inside}" stroke="currentColor" stroke-width="1"/>'
        case Label((x, y), latex, anchor, plain, small):
            return _svg_label(x * UNIT, (height - y) * UNIT, latex, anchor, plain=plain, small=small)
    raise AssertionError(shape)


def _stroke(pen: Pen) -> str:
    return f'stroke="currentColor" stroke-opacity="{1 - pen.grey:.2f}" stroke-width="{pen.width * 1.5:g}"'


def _arrowhead(at: list[Point], pen: Pen) -> str:
    (x0, y0), (x1, y1) = at[-2], at[-1]
    length = float(np.hypot(x1 - x0, y1 - y0)) or 1.0
    ux, uy = (x1 - x0) / length, (y1 - y0) / length
    back = [(x1 - 7 * ux + s * 2.6 * uy, y1 - 7 * uy - s * 2.6 * ux) for s in (1, -1)]
    corners = " ".join(f"{x:.1f},{y:.1f}" for x, y in [(x1, y1), *back])
    return f'<polygon points="{corners}" fill="currentColor" fill-opacity="{1 - pen.grey:.2f}"/>'


def _svg_label(x: float, y: float, latex: str, anchor: str, *, plain: bool, small: bool) -> str:
    side = "start" if "west" in anchor else "end" if "east" in anchor else "middle"
    size = 11.0 if small else 13.5
    x += 2.5 * (("west" in anchor) - ("east" in anchor))
    y += size * (0.95 if "north" in anchor else -0.28 if "south" in anchor else 0.33)
    body = escape(latex.replace("\\", "").replace("$", "")) if plain else label_spans(latex)
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{side}" font-size="{size:g}" fill="currentColor">{body}</text>'


_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|[_^]|\{|\}|\d+(?:\.\d+)?|\s+|.")


def label_spans(latex: str) -> str:
    """A short formula as text spans: italic letters, indices and powers.

    >>> label_spans("w_{13}")
    '<tspan font-style="italic">w</tspan><tspan font-size="70%" dy=".35em">13</tspan><tspan dy="-.245em">&#8203;</tspan>'
    """
    out: list[str] = []
    tokens = _TOKEN.findall(re.sub(r"\\hat\{(\w)\}", "\\1\u0302", latex.replace(r"\mathrm", "")))
    k = 0
    while k < len(tokens):
        if tokens[k] in "_^" and tokens[k].strip():
            inner, k = _group(tokens, k + 1)
            shift = ".35em" if tokens[k - 1] and latex and _below(tokens, k, inner) else "-.45em"
            back = "-.245em" if shift == ".35em" else ".315em"
            out.append(f'<tspan font-size="70%" dy="{shift}">{_flat(inner)}</tspan><tspan dy="{back}">&#8203;</tspan>')
            continue
        hatted = tokens[k + 1 : k + 2] == ["\u0302"]
        out.append(_flat(tokens[k : k + 1 + hatted], italic=True))
        k += 1 + hatted
    return "".join(out)


def _below(tokens: list[str], end: int, inner: list[str]) -> bool:
    """Whether the group that ends at `end` is an index, not a power."""
    start = end - len(inner) - (2 if tokens[end - 1] == "}" else 0)
    return tokens[start - 1] == "_"


def _group(tokens: list[str], k: int) -> tuple[list[str], int]:
    if tokens[k] != "{":
        return [tokens[k]], k + 1
    end = tokens.index("}", k)
    return tokens[k + 1 : end], end + 1


def _flat(tokens: list[str], *, italic: bool = False) -> str:
    out = []
    for token in tokens:
        name = token[1:]
        if token.startswith("\\") and len(token) > 1:
            said = _LETTERS.get(name) or _UPRIGHT.get(name) or _OPERATORS.get(name) or (" " if name in (",", ";", " ") else "")
            if name in ("quad", "qquad"):
                said = "\u2003"
            out.append(f'<tspan font-style="italic">{said}</tspan>' if name in _LETTERS and italic else said)
        elif token == "\u0302":  # a hat on the letter before
            out[-1:] = [out[-1].replace("</tspan>", token + "</tspan>")] if out else [token]
        elif token.isalpha() and italic:
            out.append(f'<tspan font-style="italic">{token}</tspan>')
        elif token in "{}":
            continue
        else:
            out.append(escape(token.replace("-", "−")) if not token.isspace() else " ")
    return "".join(out)
