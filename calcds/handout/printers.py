"""The two printers: views of derivations into a LaTeX document or an HTML page, through Jinja2 templates.

Imports: jinja2; calcds.handout.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from calcds.handout.escape import html_text, label, tex_display, tex_heading, tex_math, tex_rich, tex_text
from calcds.handout.mathml import mathml, split
from calcds.handout.page import View
from calcds.handout.prose import Rich, plain

TEMPLATES = Path(__file__).with_name("templates")
SIGNS = {
    "proved": "✓",
    "supported": "≈",
    "definition": "≔",
    "refuted": "×",
    "malformed": "×",
    "undecided": "?",
}
SAYS = {
    "proved": "proved for every value and size", "supported": "checked numerically, not proved", "definition": "by definition",
    "refuted": "false", "malformed": "makes no sense", "undecided": "not decided",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """A chapter: its title, what it begins with, and its derivations."""

    title: Rich
    intro: Rich
    sheets: tuple[View, ...]
    anchor: str = ""
    exercises: str = ""


def outline(pieces: Rich) -> str:
    """For the title of a window or of a PDF: letters, digits and plain signs only."""
    return "".join(c for c in plain(pieces) if c.isalnum() or c in " .,:;!?()+-=/'").strip()


@cache
def tex_environment() -> jinja2.Environment:
    """LaTeX has its own braces: blocks stand in <% %>, values in << >>."""
    made = jinja2.Environment(  # noqa: S701  (LaTeX is escaped by the filters, not as HTML)
        loader=jinja2.FileSystemLoader(TEMPLATES), block_start_string="<%", block_end_string="%>",
        variable_start_string="<<", variable_end_string=">>", comment_start_string="<#", comment_end_string="#>",
        trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined, keep_trailing_newline=True,
    )  # fmt: skip
    made.filters.update(
        tex=tex_rich,
        heading=tex_heading,
        formula=tex_display,
        math=tex_math,
        label=label,
        outline=outline,
        text=tex_text,
    )
    return made


@cache
def html_environment() -> jinja2.Environment:
    """The environment of the pages."""
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True, trim_blocks=True, lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )  # fmt: skip
    made.filters.update(
        rich=html_rich, display=html_display, math=lambda said: Markup(mathml(said)), label=label,  # noqa: S704
        outline=outline, sign=SIGNS.__getitem__, says=SAYS.__getitem__,
    )  # fmt: skip
    return made


def html_rich(pieces: Rich) -> Markup:
    """Prose with formulas for HTML."""
    said = "".join(mathml(text) if kind == "math" else html_text(text) for kind, text in pieces)
    return Markup(said)  # noqa: S704  (escaped piece by piece)


def html_display(latex: str) -> Markup:
    """A displayed formula in pieces between which a line may be broken."""
    return Markup("<wbr>".join(split(latex)))  # noqa: S704


def tex_document(
    title: Rich,
    sheets: Sequence[View],
    *,
    subtitle: Rich = (),
    intro: Rich = (),
    exercises: str = "",
    notice: Rich = (),
) -> str:
    """A complete LaTeX document."""
    return (
        tex_environment()
        .get_template("handout.tex.jinja")
        .render(
            title=title, subtitle=subtitle, intro=intro, sheets=sheets, exercises=exercises, notice=notice
        )
    )


def tex_derivation(sheet: View, *, heading: bool = True, level: str = "section") -> str:
    """One derivation alone, to be included in a document that uses calcds.sty."""
    module: Any = tex_environment().get_template("derivation.tex.jinja").module
    return str(module.derivation(sheet, level, heading))


def html_document(
    title: Rich,
    parts: Sequence[Part],
    *,
    subtitle: Rich = (),
    intro: Rich = (),
    exercises: str = "",
    notice: Rich = (),
) -> str:
    """A complete page: style and pictures are within, nothing is fetched."""
    contents = [part for part in parts if part.title]
    style = (TEMPLATES / "handout.css").read_text(encoding="utf-8")
    return (
        html_environment()
        .get_template("handout.html.jinja")
        .render(
            title=title, subtitle=subtitle, intro=intro, parts=parts, contents=contents if len(contents) > 1 else [],
            exercises=exercises, notice=notice, style=Markup(style),  # noqa: S704
        )
    )  # fmt: skip
