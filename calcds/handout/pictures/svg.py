"""Drawings for HTML: black is the colour of the text, so that a dark page shows them too.

Imports: calcds.handout.pictures.drawing, calcds.handout.mathml.
"""

from __future__ import annotations

import re
from html import escape

import numpy as np

from calcds.handout.escape import html_text
from calcds.handout.mathml import mathml
from calcds.handout.mathml_tables import LETTERS, OPERATORS, UPRIGHT
from calcds.handout.pictures.drawing import Dot, Drawing, Label, Path, Pen, Point

UNIT = 40  # SVG units a centimetre
_DASHES = {"": "", "dashed": "5 4", "dotted": "1.2 3"}


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
            inside = (
                f'fill="currentColor" fill-opacity="{1 - fill:.2f}"' if fill is not None else 'fill="none"'
            )
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
            out.append(
                f'<tspan font-size="70%" dy="{shift}">{_flat(inner)}</tspan><tspan dy="{back}">&#8203;</tspan>'
            )
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
    for part in tokens:
        name = part[1:]
        if part.startswith("\\") and len(part) > 1:
            said = (
                LETTERS.get(name)
                or UPRIGHT.get(name)
                or OPERATORS.get(name)
                or (" " if name in (",", ";", " ") else "")
            )
            if name in ("quad", "qquad"):
                said = "\u2003"
            out.append(f'<tspan font-style="italic">{said}</tspan>' if name in LETTERS and italic else said)
        elif part == "\u0302":  # a hat on the letter before
            out[-1:] = [out[-1].replace("</tspan>", part + "</tspan>")] if out else [part]
        elif part.isalpha() and italic:
            out.append(f'<tspan font-style="italic">{part}</tspan>')
        elif part in "{}":
            continue
        else:
            out.append(escape(part.replace("-", "−")) if not part.isspace() else " ")
    return "".join(out)
