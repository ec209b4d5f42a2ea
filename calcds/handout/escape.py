r"""Text into LaTeX and HTML: special characters are escaped, unicode works.

Letters with accents go through the T1 font as they are; Greek letters and mathematical signs become formulas; what the
fonts of a plain LaTeX do not have is written by its code point, so that every document compiles.

Imports: calcds.handout.prose, calcds.handout.scribe.
"""

from __future__ import annotations

import html
import re
import unicodedata

from calcds.handout.prose import Rich
from calcds.handout.scribe import BREAK

_SPECIAL = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "%": r"\%", "_": r"\_",
    "^": r"\textasciicircum{}", "~": r"\textasciitilde{}", "<": r"\textless{}", ">": r"\textgreater{}",
    "|": r"\textbar{}", '"': r"\textquotedbl{}", "'": "'", "`": r"\textasciigrave{}",
    "–": "--", "—": "---", "…": r"\ldots{}", "“": "``", "”": "''", "‘": "`", "’": "'", "„": r"\quotedblbase{}",
    "\u00a0": "~", "°": r"\textdegree{}", "€": r"\texteuro{}", "\u200b": "", "\ufeff": "",
}  # fmt: skip
_SIGNS = {
    "≤": r"\leq", "≥": r"\geq", "≠": r"\neq", "≈": r"\approx", "∈": r"\in", "∞": r"\infty", "→": r"\to", "←": r"\gets",
    "⇒": r"\Rightarrow", "⇔": r"\Leftrightarrow", "×": r"\times", "·": r"\cdot", "±": r"\pm", "√": r"\surd", "∂": r"\partial",
    "∇": r"\nabla", "∑": r"\sum", "∏": r"\prod", "∫": r"\int", "⊙": r"\odot", "⊤": r"\top", "−": "-", "∘": r"\circ",
    "ℝ": r"\mathbb{R}", "ℕ": r"\mathbb{N}", "ℤ": r"\mathbb{Z}", "ℂ": r"\mathbb{C}", "²": "^2", "³": "^3", "¹": "^1",
    "½": r"\frac12", "¼": r"\frac14", "∀": r"\forall", "∃": r"\exists", "⊂": r"\subset", "∅": r"\emptyset", "ᵀ": r"^{\top}",
    "ϵ": r"\epsilon", "ϕ": r"\phi", "ε": r"\varepsilon", "φ": r"\varphi", "ϑ": r"\vartheta",
}  # fmt: skip
SHORT = 60  # characters, a command as one of them; such a formula fits on every line
_COMMAND = re.compile(r"\\[A-Za-z]+|[{}_^ " + BREAK + "]")
_MANY = re.compile(r'"([^"]*)"')
PRINTABLE_LATIN = range(0x20, 0x180)


def tex_text(text: str) -> str:
    r"""Words for LaTeX.

    >>> print(tex_text('50% of x_1 & "α ≤ 1"'))
    50\% of x\_1 \& ``$\alpha$ $\leq$ 1''
    """
    return "".join(map(_character, _MANY.sub("“\\1”", unicodedata.normalize("NFC", text))))


def _character(c: str) -> str:
    if c in _SPECIAL:
        return _SPECIAL[c]
    if c in _SIGNS:
        return f"${_SIGNS[c]}$"
    if c.isspace():
        return " "
    if ord(c) < 0x80:
        return c if c.isprintable() else ""
    name = unicodedata.name(c, "")
    if found := re.fullmatch(r"GREEK (SMALL|CAPITAL) LETTER (\w+)", name):
        return _greek(c, found[1], "lambda" if found[2] == "LAMDA" else found[2].lower())
    if (ord(c) in PRINTABLE_LATIN and c.isalpha()) or c in "§©«»¿¡":
        return c
    plain = unicodedata.normalize("NFKD", c).encode("ascii", "ignore").decode()
    return "".join(map(_character, plain)) if plain.strip() else rf"\texttt{{U+{ord(c):04X}}}"


def _greek(c: str, case: str, name: str) -> str:
    if name == "omicron":
        return "o" if case == "SMALL" else "O"
    if case == "SMALL":
        return rf"$\{'varsigma' if name == 'final' else name}$"
    latin = {"alpha": "A", "beta": "B", "epsilon": "E", "zeta": "Z", "eta": "H", "iota": "I", "kappa": "K", "mu": "M",
             "nu": "N", "rho": "P", "tau": "T", "chi": "X"}  # fmt: skip
    return (
        rf"$\mathrm{{{latin[name]}}}$" if name in latin else rf"$\{name.capitalize()}$" if c.isalpha() else c
    )


def tex_rich(pieces: Rich) -> str:
    """Prose with formulas for LaTeX."""
    return "".join(f"${tex_math(said)}$" if kind == "math" else tex_text(said) for kind, said in pieces)


def tex_heading(pieces: Rich) -> str:
    """A title; where it has formulas, the outline of the PDF gets plain letters."""
    said = tex_rich(pieces)
    plain_ = "".join(c for _, text in pieces for c in text if c.isalnum() or c in " .,:;!?()+-=/'").strip()
    return rf"\texorpdfstring{{{said}}}{{{tex_text(plain_)}}}" if "$" in said else said


def tex_math(latex: str) -> str:
    """A formula that stays on one line; unicode in it becomes LaTeX."""
    return _symbols(latex.replace(BREAK, ""))


def tex_display(latex: str) -> str:
    r"""A formula on a line of its own: \allowbreak wherever it may be broken, if it is long enough for that."""
    long = len(_COMMAND.sub(_weight, latex)) > SHORT
    return _symbols(latex.replace(BREAK, r"\allowbreak " if long else ""))


def _weight(found: re.Match[str]) -> str:
    """Commands count as one letter; braces, spaces and the like as none."""
    return "x" if found[0].startswith("\\") else ""


def _symbols(latex: str) -> str:
    if latex.isascii():
        return latex
    return "".join(c if c.isascii() else _in_formula(c) for c in unicodedata.normalize("NFC", latex))


def _in_formula(c: str) -> str:
    said = _character(c)
    if said.startswith("$"):
        return f"{{{said[1:-1]}}}"
    return rf"\text{{{said}}}"


def html_text(text: str) -> str:
    """Words for HTML, with the typographer's quotation marks."""
    return html.escape(_MANY.sub("“\\1”", text), quote=True).replace("&#x27;", "’")


def label(name: str) -> str:
    """An id that LaTeX and HTML take as a label."""
    return re.sub(r"[^A-Za-z0-9:.-]", "-", name.replace("::", ":"))
