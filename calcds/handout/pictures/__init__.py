"""Pictures: drawn once as vectors, printed as TikZ in LaTeX and as inline SVG in HTML."""

from __future__ import annotations

from calcds.handout.page import View


def tex_figures(view: View) -> list[str]:
    """The pictures of a derivation, as LaTeX."""
    return []


def html_figures(view: View) -> list[str]:
    """The pictures of a derivation, as HTML."""
    return []
