r"""Drawings for LaTeX; they need calcds.sty.

Imports: calcds.handout.pictures.drawing, calcds.handout.escape.
"""

from __future__ import annotations

from calcds.handout.escape import tex_rich
from calcds.handout.pictures.drawing import Dot, Drawing, Label, Path, Point

_TIKZ = {"": "", "dashed": ", dashed", "dotted": ", dash pattern=on 0pt off 2.6pt"}


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
            inside = "white" if hollow else "black"
            return (
                rf"\path[draw=black, line width=.6pt, fill={inside}] {_pair(at)} circle[radius={radius:g}];"
            )
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
