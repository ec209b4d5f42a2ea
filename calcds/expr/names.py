"""Names as mathematics: `sigma_1` is sigma with index 1, `x_hat` wears a hat, `W1` has an index.

Imports: nothing of calcds.
"""

from __future__ import annotations

import re

GREEK = frozenset(
    {
        "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu", "nu", "xi",
        "pi", "rho", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega", "varepsilon", "vartheta", "varrho",
        "varphi", "Gamma", "Delta", "Theta", "Lambda", "Xi", "Pi", "Sigma", "Upsilon", "Phi", "Psi", "Omega", "ell",
    }
)  # fmt: skip
_ACCENTS = {"hat": r"\hat", "bar": r"\bar", "tilde": r"\tilde", "dot": r"\dot", "vec": r"\vec"}
_RAISED = {"star": "*", "prime": r"\prime", "dagger": r"\dagger", "plus": "+"}
_ESCAPED = str.maketrans({c: "\\" + c for c in "_#%&$"} | {"^": r"\^{}", "~": r"\~{}", " ": r"\ "})


def latex_name(name: str) -> str:
    r"""A name in LaTeX.

    >>> [latex_name(n) for n in ("x", "sigma_1", "W1", "x_hat", "w_ij", "loss", "x_1_2", "i'")]
    ['x', '\\sigma_{1}', 'W_{1}', '\\hat{x}', 'w_{ij}', '\\mathrm{loss}', 'x_{1,2}', "i'"]
    """
    if "\\" in name or "{" in name:
        return name  # LaTeX already
    plain = name.rstrip("'")
    primes = name[len(plain) :]
    first, *rest = plain.split("_") if plain.strip("_") else [plain]
    digits = re.fullmatch(r"([^\W\d]+?)(\d+)", first)
    if digits:
        first, rest = digits[1], [digits[2], *rest]
    said = _letter(first)
    below, above = [], []
    for part in rest:
        if part in _ACCENTS:
            said = f"{_ACCENTS[part]}{{{said}}}"
        elif part in _RAISED:
            above.append(_RAISED[part])
        elif part:
            below.append(_index(part))
    sub = f"_{{{','.join(below)}}}" if below else ""
    sup = f"^{{{''.join(above)}}}" if above else ""
    return said + sub + sup + primes


def _letter(word: str) -> str:
    if word in GREEK:
        return "\\" + word
    return word.translate(_ESCAPED) if len(word) <= 1 else rf"\mathrm{{{word.translate(_ESCAPED)}}}"


def _index(part: str) -> str:
    if part in GREEK:
        return "\\" + part
    plain = part.isdigit() or len(part) <= 2  # w_ij: two indices; x_max: a word
    return part.translate(_ESCAPED) if plain else rf"\mathrm{{{part.translate(_ESCAPED)}}}"
