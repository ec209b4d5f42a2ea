r"""Numbers of a counterexample as LaTeX: fractions, decimals, balls by their leading digits, matrices by rows.

Imports: calcds.report.drawing.
"""

from __future__ import annotations

import re
from typing import Any

from calcds.report.drawing import number

_FRACTION = re.compile(r"(-?)(\d+)/(\d+)")


def value_latex(value: Any, digits: int = 8) -> str:
    r"""A number or a list of rows.

    >>> print(value_latex("-1/2"), value_latex("0.3678794411714423 +/- 3e-30"), value_latex([["1"], ["2"]]))
    -\frac{1}{2} 0.3678794\ldots \begin{pmatrix} 1 \\ 2 \end{pmatrix}
    """
    if isinstance(value, list | tuple):
        rows = [row if isinstance(row, list | tuple) else [row] for row in value]
        body = r" \\ ".join(" & ".join(value_latex(entry, digits) for entry in row) for row in rows)
        return rf"\begin{{pmatrix}} {body} \end{{pmatrix}}"
    said = str(value).strip()
    if said.startswith("+/-"):  # a ball around zero
        return "0"
    if not said[:1].isdigit() and said[:1] != "-":
        return _formula(said)
    said = number(said, digits)
    if found := _FRACTION.fullmatch(said):
        return rf"{found[1]}\frac{{{found[2]}}}{{{found[3]}}}"
    mantissa, _, exponent = said.replace("...", r"\ldots").partition("e")
    return rf"{mantissa} \cdot 10^{{{int(exponent)}}}" if exponent.lstrip("+-").isdigit() else mantissa


def _formula(said: str) -> str:
    """A polynomial that stands for an undefined function, or a name."""
    said = re.sub(r"\*\*(\d+)", r"^{\1}", said).replace("*", " ")
    said = re.sub(r"([a-z])(\d+)", r"\1_{\2}", said)
    return re.sub(r"(\d+)/(\d+)", r"\\frac{\1}{\2}", said)
