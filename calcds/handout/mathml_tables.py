"""What LaTeX commands are in unicode: one row a command. Imports nothing of calcds."""

from __future__ import annotations

LETTERS = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ϵ", "zeta": "ζ", "eta": "η", "theta": "θ", "iota": "ι",
    "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "pi": "π", "rho": "ρ", "sigma": "σ", "tau": "τ",
    "upsilon": "υ",
    "phi": "ϕ", "chi": "χ", "psi": "ψ", "omega": "ω", "varepsilon": "ε", "vartheta": "ϑ", "varrho": "ϱ", "varphi": "φ",
    "ell": "ℓ", "varsigma": "ς",
}  # fmt: skip
UPRIGHT = {
    "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π", "Sigma": "Σ", "Upsilon": "Υ", "Phi": "Φ",
    "Psi": "Ψ", "Omega": "Ω", "infty": "∞", "emptyset": "∅", "top": "⊤", "partial": "∂", "nabla": "∇", "dots": "…",
    "ldots": "…", "cdots": "⋯", "bot": "⊥",
}  # fmt: skip
OPERATORS = {
    "cdot": "⋅", "times": "×", "odot": "⊙", "otimes": "⊗", "oslash": "⊘", "circ": "∘", "pm": "±", "mp": "∓", "div": "÷",
    "leq": "≤", "le": "≤", "geq": "≥", "ge": "≥", "neq": "≠", "ne": "≠", "approx": "≈", "equiv": "≡", "in": "∈", "notin": "∉",
    "subset": "⊂", "to": "→", "gets": "←", "mapsto": "↦", "iff": "⟺", "Rightarrow": "⇒", "Leftrightarrow": "⇔",
    "Longleftrightarrow": "⟺", "implies": "⟹", "land": "∧", "lor": "∨", "lnot": "¬", "forall": "∀", "exists": "∃", "mid": "∣",
    "coloneqq": "≔", "sim": "∼", "propto": "∝", "succ": "≻", "succeq": "⪰", "prec": "≺", "preceq": "⪯", "prime": "′",
    "checkmark": "✓", "colon": ":", "ast": "∗", "dagger": "†", "perp": "⊥", "cup": "∪", "cap": "∩", "wedge": "∧", "surd": "√",
}  # fmt: skip
BIG = {"sum": "∑", "prod": "∏", "int": "∫"}
LIMITS = frozenset({"lim", "max", "min", "sup", "inf", "argmin", "argmax"})
WORDS = frozenset(
    [
        "sin",
        "cos",
        "tan",
        "cot",
        "sec",
        "csc",
        "sinh",
        "cosh",
        "tanh",
        "coth",
        "arcsin",
        "arccos",
        "arctan",
        "exp",
        "log",
        "ln",
        "det",
        "lim",
        "max",
        "min",
        "sup",
        "inf",
        "dim",
        "ker",
        "Pr",
        "gcd",
        "deg",
    ]
)
FENCES = {"lvert": "|", "rvert": "|", "lVert": "‖", "rVert": "‖", "lfloor": "⌊", "rfloor": "⌋", "lceil": "⌈", "rceil": "⌉",
           "{": "{", "}": "}", "langle": "⟨", "rangle": "⟩", "vert": "|", "Vert": "‖", "|": "‖"}  # fmt: skip
SPACES = {
    ",": ".17em",
    ":": ".22em",
    ";": ".28em",
    "!": "-.17em",
    "quad": "1em",
    "qquad": "2em",
    " ": ".25em",
    "enspace": ".5em",
}
ACCENTS = {
    "hat": "^",
    "bar": "¯",
    "tilde": "~",
    "dot": "˙",
    "vec": "→",
    "widehat": "^",
    "overline": "¯",
    "ddot": "¨",
}
BOARD = {"R": "ℝ", "N": "ℕ", "Z": "ℤ", "C": "ℂ", "Q": "ℚ", "E": "𝔼", "P": "ℙ", "1": "𝟙"}
