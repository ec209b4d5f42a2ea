r"""Raw tokens as tokens of mathematics: names, numbers, operators, brackets, each with its place.

Sizes and spaces of TeX (`\left`, `\,`, `\displaystyle`) disappear here; bars are told apart into those that open, close
or stand in the middle; words of several letters are recognised. Nothing is dropped that carries meaning: an unknown
command becomes a token that no rule of the grammar takes.

Imports: calcds.document.source.raw.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import takewhile
from typing import NamedTuple

from calcds.document.source.braces import without_remarks
from calcds.document.source.chance_tokens import in_probabilities
from calcds.document.source.raw import Raw, Unread

MAX_DEPTH = 40  # brackets within brackets
MOST_DIGITS = 1_000  # of one number


class Token(NamedTuple):
    """A token of mathematics."""

    kind: str
    text: str
    at: int
    end: int


_LOWER = (  # in the order of the Greek alphabet
    "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu", "nu", "xi", "pi",
    "rho", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega",
)  # fmt: skip
_UPPER = ("Gamma", "Delta", "Theta", "Lambda", "Xi", "Pi", "Sigma", "Upsilon", "Phi", "Psi", "Omega")
_GREEK = {*_LOWER, *_UPPER, "varepsilon", "vartheta", "varrho", "varsigma", "varphi", "ell"}
FUNCTIONS = {
    "sin": "sin", "cos": "cos", "tan": "tan", "cot": "cot", "sec": "sec", "csc": "csc", "arcsin": "asin",
    "arccos": "acos", "arctan": "atan", "asin": "asin", "acos": "acos", "atan": "atan", "sinh": "sinh", "cosh": "cosh",
    "tanh": "tanh", "coth": "coth", "sech": "sech", "csch": "csch", "arsinh": "asinh", "arcosh": "acosh",
    "artanh": "atanh", "exp": "exp", "log": "log", "ln": "log", "lg": "log10", "max": "max", "min": "min",
    "sign": "sign", "sgn": "sign", "det": "det", "tr": "trace", "Tr": "trace", "trace": "trace", "diag": "diag",
    "softmax": "softmax", "sigmoid": "sigmoid", "relu": "relu", "ReLU": "relu", "softplus": "softplus", "vec": "vec",
    "erf": "erf", "abs": "abs", "sup": "sup", "inf": "inf", "arg": "argmin", "argmin": "argmin", "argmax": "argmax",
    "rank": "rank", "Var": "Var", "var": "Var", "Cov": "Cov", "cov": "Cov",
    "mod": "mod", "gcd": "gcd", "dim": "dim", "Re": "re", "Im": "im",
}  # fmt: skip
_SPOKEN = {  # shorter or longer names of some of them, written with a backslash or \\operatorname
    "tg": "tan", "ctg": "cot", "cotg": "cot", "cosec": "csc", "arctg": "atan", "sh": "sinh", "ch": "cosh", "th": "tanh",
    "cth": "coth", "arcsinh": "asinh", "arccosh": "acosh", "arctanh": "atanh", "arsh": "asinh", "arch": "acosh",
    "arth": "atanh", **dict.fromkeys(("Log", "Ln"), "log"),
}  # fmt: skip
_OPENING = {"(", "[", "\\left", "\\big", "\\Big", "\\bigl", "\\Bigl"}
_DOUBLE_BARS = {"\\|", "\\Vert", "\\parallel"}
_PLAIN_WORDS = set(FUNCTIONS) - {"inf", "dim", "mod", "vec", "Re", "Im", "tr", "arg"}  # words that need no backslash
_OPERATORS = {
    "+": "ADD", "-": "ADD", "\\pm": "PM", "\\mp": "PM", "\\cdot": "MUL", "\\times": "MUL", "*": "MUL", "\\ast": "MUL",
    "/": "MUL", "\\div": "MUL", "\\odot": "MUL", "\\circ": "MUL", "\\otimes": "MUL", "\\bullet": "MUL",
    "^": "CARET", "_": "UNDER", "!": "BANG", ",": "COMMA", ";": "SEMI", ":": "COLON", "&": "AMP",
    "\\\\": "ROW", "\\newline": "ROW", "\\cr": "ROW", "(": "LPAR", ")": "RPAR", "[": "LSQ", "]": "RSQ", "\\{": "LSET",
    "\\}": "RSET", "\\lbrace": "LSET", "\\rbrace": "RSET", "{": "LGRP", "}": "RGRP", "\\lbrack": "LSQ",
    "\\rbrack": "RSQ", "\\lfloor": "LFLOOR", "\\rfloor": "RFLOOR", "\\lceil": "LCEIL", "\\rceil": "RCEIL",
    "\\langle": "LANGLE", "\\rangle": "RANGLE", "\\lvert": "LBAR", "\\rvert": "RBAR", "\\lVert": "LNORM",
    "\\rVert": "RNORM", "|": "BAR", "\\vert": "BAR", "\\mid": "MID", "\\parallel": "MID", "\\|": "NORM", "\\Vert": "NORM",
    "\\frac": "FRAC", "\\dfrac": "FRAC", "\\tfrac": "FRAC", "\\cfrac": "FRAC", "\\sqrt": "SQRT", "\\binom": "BINOM",
    "\\dbinom": "BINOM", "\\tbinom": "BINOM", "\\sum": "BIGOP", "\\prod": "BIGOP", "\\int": "BIGOP", "\\lim": "BIGOP",
    "\\nabla": "NABLA", "\\partial": "PARTIAL", "\\infty": "CONST", "\\ldots": "DOTS", "\\dots": "DOTS",
    "\\cdots": "DOTS", "\\vdots": "DOTS", "\\ddots": "DOTS", "\\dotsc": "DOTS", "\\dotsb": "DOTS", "…": "DOTS",
    "\\dotso": "DOTS", "\\dotsm": "DOTS", "\\hdots": "DOTS",
    "\\quad": "QUAD", "\\qquad": "QUAD", "\\underbrace": "BRACED", "\\overbrace": "BRACED", "\\top": "TOP",
    "\\intercal": "TOP", "\\bot": "SYMBOL", "\\exists": "SYMBOL", "\\emptyset": "SYMBOL",
    "\\cup": "MUL", "\\cap": "MUL", "\\setminus": "MUL", "\\dagger": "SYMBOL", "\\star": "SYMBOL",
    "\\circledast": "MUL",
    "\\prime": "PRIME", "'": "PRIME", "’": "PRIME", "\\overset": "OVERSET", "\\stackrel": "OVERSET",
    "\\underset": "UNDERSET", "\\nicefrac": "FRAC", "\\sfrac": "FRAC",
}  # fmt: skip
RELATIONS = {
    "=": "=", "<": "<", ">": ">", "\\le": "<=", "\\leq": "<=", "\\leqslant": "<=", "\\ge": ">=", "\\geq": ">=",
    "\\geqslant": ">=", "\\ne": "!=", "\\neq": "!=", "\\lt": "<", "\\gt": ">", "\\approx": "~", "\\simeq": "~",
    "\\cong": "~", "\\equiv": "=", "\\in": "in", "\\notin": "notin", "\\subset": "sub", "\\subseteq": "sub",
    "\\to": "to", "\\rightarrow": "to", "\\longrightarrow": "to", "\\mapsto": "mapsto", "\\longmapsto": "mapsto",
    "\\sim": "dist", "\\propto": "propto", "\\leftarrow": "update", "\\gets": "update", "\\Rightarrow": "implies",
    "\\implies": "implies", "\\Longrightarrow": "implies", "\\iff": "iff", "\\Leftrightarrow": "iff",
    "\\Leftarrow": "implied", "\\impliedby": "implied",
    "\\Longleftrightarrow": "iff", "\\leftrightarrow": "iff", "\\ll": "much", "\\gg": "much", "\\succ": "succ",
    "\\succeq": "succ", "\\prec": "succ", "\\preceq": "succ", "\\coloneqq": ":=", "\\triangleq": ":=", "\\doteq": ":=",
    "\\eqqcolon": "=",
    "\\land": "and", "\\wedge": "and", "\\lor": "or", "\\vee": "or", "\\ni": "in", "\\hookrightarrow": "to",
    "\\leadsto": "to", "\\perp": "perp",
}  # fmt: skip
_TYPED = {  # without space between them; the other way round := names what stands on the left
    "<=>": "iff", "=>": "implies", "<=": "<=", ">=": ">=", ":=": ":=", "=:": "=",
}  # fmt: skip
_SETS = {"R", "N", "Z", "Q", "C", "S"}
STYLES = {
    "\\mathbf": "bold", "\\boldsymbol": "bold", "\\bm": "bold", "\\pmb": "bold", "\\vec": "bold", "\\mathcal": "cal",
    "\\bold": "bold",
    "\\mathscr": "cal", "\\mathfrak": "frak", "\\mathbb": "bb", "\\mathrm": "plain", "\\mathit": "plain",
    "\\mathsf": "plain", "\\mathnormal": "plain", "\\mathtt": "plain", "\\hat": "hat", "\\widehat": "hat",
    "\\bar": "bar", "\\overline": "bar", "\\tilde": "tilde", "\\widetilde": "tilde", "\\dot": "dot", "\\ddot": "ddot",
    "\\underline": "same", "\\boxed": "same", "\\ensuremath": "same", "\\operatorname": "plain",
    "\\operatorname*": "plain", "\\acute": "acute", "\\check": "check", "\\fbox": "same", "\\mathop": "same",
    "\\mathbin": "same", "\\mathord": "same", "\\lefteqn": "same", "\\smash": "same", "\\mathrlap": "same",
    "\\mathclap": "same", "\\mathrel": "same", "\\mathclose": "same", "\\mathopen": "same",
}  # fmt: skip
_TEXTS = {
    "\\text",
    "\\textrm",
    "\\textnormal",
    "\\mbox",
    "\\textit",
    "\\textbf",
    "\\hbox",
    "\\textsf",
    "\\texttt",
    "\\textup",
}
_SPOKEN_SIGNS = {"\\forall": "for all", "\\therefore": "therefore", "\\because": "because"}
_ARG = re.compile(r"^arg(?:\\[,;: ]|~|\s)+(?=(?:min|max)$)")  # `\text{arg min}`
_BIG = {f"\\{size}{side}" for size in ("big", "Big", "bigg", "Bigg") for side in "lr"}
_NOTHING = {
    "\\left", "\\right", "\\middle", "\\big", "\\Big", "\\bigg", "\\Bigg", "\\bigl", "\\bigr", "\\Bigl", "\\Bigr", "\\biggl",
    "\\biggr", "\\Biggl", "\\Biggr", "\\bigm", "\\Bigm", "\\displaystyle", "\\textstyle", "\\scriptstyle", "\\nonumber",
    "\\notag", "\\limits", "\\nolimits", "\\,", "\\;", "\\:", "\\!", "\\>", "\\ ", "~", " ", "\\thinspace", "\\mathstrut",
    "\\strut", "\\centering", "\\medspace", "\\thickspace", "\\negthinspace", "\\relax", "\\/", "\\large", "\\scriptsize",
    "\\footnotesize", "\\qedhere", "\\hline", "\\smallskip", "\\medskip", "\\bigskip", "\\nobreak", "\\break", "\\null",
    "\\normalsize", "\\small", "\\hfill", "\\allowbreak", "\\noindent", "\\protect", "\\enspace", "\\space",
    "\\nobreakspace",
}  # fmt: skip
_WIDE = {"\\;", "\\:", "\\>", "\\ ", "\\enspace"}  # of these, what does not stand between parts of an argument
_UPRIGHT = {"\\mathrm", "\\rm", "\\operatorname", "\\text"}  # also the d of an integral
_BETWEEN_LINES = {"\\intertext", "\\shortintertext"}
_SWALLOWING_TWO = {"\\setcounter", "\\addtocounter", "\\setlength"}
_SWALLOWING = {
    *_BETWEEN_LINES, *_SWALLOWING_TWO, "\\label", "\\tag", "\\tag*", "\\phantom", "\\hspace", "\\hspace*", "\\vspace",
    "\\vspace*", "\\color", "\\ref", "\\eqref", "\\cite", "\\footnote", "\\hphantom", "\\vphantom", "\\textcolor",
}  # fmt: skip
_WIDE_LENGTH = re.compile(
    r"\d*[1-9]\d*(?:\.\d+)?\s*(?:em|cm)|(?:\d*[1-9]\d*(?:\.\d+)?|0?\.[2-9]\d*)\s*in|[1-9]\d+\s*(?:pt|mm|ex|px)"
)  # at least as wide as \\quad
_UNICODE = {
    "−": "-", "·": "\\cdot", "⋅": "\\cdot", "×": "\\times", "≤": "\\le", "≥": "\\ge", "≠": "\\ne", "≈": "\\approx",
    "∞": "\\infty", "∑": "\\sum", "∏": "\\prod", "∫": "\\int", "∂": "\\partial", "∇": "\\nabla", "∈": "\\in",
    "→": "\\to", "←": "\\leftarrow", "⇒": "\\Rightarrow", "⇔": "\\iff", "⊤": "\\top", "⊙": "\\odot", "∘": "\\circ",
    "±": "\\pm", "ℝ": "\\R", "ϵ": "\\epsilon", "\\colon": ":",
}  # fmt: skip
_UNICODE |= {
    letter: "\\" + name
    for letter, name in zip("αβγδεζηθικλμνξπρστυφχψωΓΔΘΛΞΠΣΥΦΨΩ", (*_LOWER, *_UPPER), strict=True)
}
_MODULO = {"\\pmod", "\\bmod", "\\mod", "\\pod"}
_DIGITS = frozenset("0123456789")  # a raised ² is a digit for Python, but no number
_SHORT = {
    "\\R": "R",
    "\\N": "N",
    "\\Z": "Z",
    "\\Q": "Q",
    "\\C": "C",
    "\\Re": "R",
}  # where no macro says otherwise
_CHANCE = {  # commands for chance, where no macro says otherwise
    "\\Pr": ("WORD", "Pr"), "\\E": ("NAME", "E"), "\\P": ("NAME", "P"), "\\V": ("NAME", "V"), "\\neg": ("FUNC", "not"),
    "\\lnot": ("FUNC", "not"), "\\Expect": ("NAME", "E"),
}  # fmt: skip
_ARRAYS = {
    "array",
    "tabular",
    "alignat",
    "alignat*",
    "alignedat",
}  # environments with an argument of their own
_ENDS = {"NUMBER", "NAME", "WORD", "CONST", "RPAR", "RSQ", "RSET", "RGRP", "RBAR", "RNORM", "RFLOOR", "RCEIL", "RANGLE",
         "PRIME", "BANG", "END", "DOTS", "TOP", "SYMBOL"}  # fmt: skip
_OPENS = {"LPAR", "LSQ", "LSET", "LGRP", "LFLOOR", "LCEIL", "LANGLE", "BEGIN"}
_CLOSES = {"RPAR", "RSQ", "RSET", "RGRP", "RFLOOR", "RCEIL", "RANGLE", "END"}


def tokens(raw: Sequence[Raw], *, modulo: bool = False, comma: bool = False) -> list[Token]:
    r"""The tokens of mathematics.

    modulo: the words behind the formula say that it is about remainders: `\equiv` is no equality
    comma: the document writes decimals as `2{,}718`

    >>> from calcds.document.source.raw import raw_tokens
    >>> [f"{token.kind}:{token.text}" for token in tokens(raw_tokens(r"\left|x\right| = 2.5"))]
    ['LBAR:|', 'NAME:x', 'RBAR:|', 'REL:=', 'NUMBER:2.5']

    Raises Unread where brackets are nested too deeply or an argument is not closed.
    """
    raw = without_remarks(raw)
    found = _Scanner(raw, modulo=modulo or any(piece.text in _MODULO for piece in raw), comma=comma).run()
    depth = 0
    for token in found:
        depth += (token.kind in _OPENS) - (token.kind in _CLOSES)
        if depth > MAX_DEPTH:
            raise Unread(f"brackets are nested more than {MAX_DEPTH} deep", token.at, token.end)
    return _bars(in_probabilities(found))


class _Scanner:
    """One pass over raw tokens."""

    def __init__(self, raw: Sequence[Raw], *, modulo: bool = False, comma: bool = False) -> None:
        self.modulo, self.comma = modulo, comma
        self.raw, self.k, self.done = raw, 0, [Token("", "", 0, 0)]
        self.depth = 0  # of brackets
        self.parts = [True]  # of these, whether a comma between digits parts thousands: not in a list, nor in a script
        self.closed = False  # the same of the group that was closed last

    def run(self) -> list[Token]:
        while self.k < len(self.raw):
            self.step()
        return self.done[1:]

    def put(self, kind: str, text: str, first: Raw, last: Raw | None = None) -> None:
        self.depth += (kind in _OPENS and kind != "BEGIN") - (kind in _CLOSES and kind != "END")
        if kind in _OPENS:
            before = [token.kind for token in self.done[-1:]]
            argument = before in (["FRAC"], ["SQRT"]) or (before == ["RGRP"] and self.closed)
            self.parts.append(self.parts[-1] and (kind == "BEGIN" or (kind == "LGRP" and argument)))
        elif kind in _CLOSES and len(self.parts) > 1:
            self.closed = self.parts.pop()
        self.done.append(Token(kind, text, first.at, (last or first).end))

    def step(self) -> None:
        here = self.raw[self.k]
        said = _UNICODE.get(here.text, here.text)
        self.k += 1
        if said in {"\\left", "\\right", *_BIG}:
            self._sized(said, here)
        elif said in _NOTHING:
            self._space(said, here)
        elif said in _SWALLOWING:
            self._swallowed(said, here)
        elif said in _TEXTS:
            self._text(here)
        elif said in _SPOKEN_SIGNS:
            self.put("TEXT", _SPOKEN_SIGNS[said], here)
        elif said in {"\\begin", "\\end"}:
            self._environment(said, here)
        elif said == "\\not":
            self._negated(here)
        elif said in STYLES:
            self._styled(said, here)
        elif said in _DIGITS or (said == "." and self._next() in _DIGITS):
            self._number(here)
        elif said.isalpha() and len(said) == 1:
            self._letters(here)
        elif said[0] == "\\" and said[1:] in _GREEK:
            increment = said == "\\Delta" and self._is_increment()
            self.put(*(("STYLE", "increment") if increment else ("NAME", said[1:])), here)
        elif said[0] == "\\" and (function := FUNCTIONS.get(said[1:]) or _SPOKEN.get(said[1:])):
            self.put("FUNC", function, here)
        elif said in _CHANCE:
            self.put(*_CHANCE[said], here)
        elif said == "|" and self._next(close := int(self._next() == "\\!")) == "|":  # `|\!|` is closer than `||`
            self.k += 1 + close
            self.put("NORM", "||", here, self.raw[self.k - 1])
        elif said in {"\\bullet", "\\blacksquare"} and len(self.done) == 1:
            return  # the dot of a list
        elif typed := next((typed for typed in _TYPED if said == typed[0] and self._follows(typed[1:])), ""):
            self.k += len(typed) - 1
            self.put("REL", _TYPED[typed], here, self.raw[self.k - 1])
        elif said in RELATIONS:
            self.put("REL", "cong" if self.modulo and said == "\\equiv" else RELATIONS[said], here)
        elif said in _OPERATORS:
            self._operator(said, here)
        elif said in _SHORT:
            self.put("SET", _SHORT[said], here)
        elif said == "." and self._next() == "." and self._next(1) == ".":
            self.k += 2
            self.put("DOTS", "dots", here, self.raw[self.k - 1])
        elif said == ".":
            self.put("STOP", ".", here)
        else:
            self._other(said, here)

    def _swallowed(self, said: str, here: Raw) -> None:
        r"""A command that prints nothing, with what it takes; of `\textcolor` the coloured part stays."""
        length = self._argument(here)
        if said in _SWALLOWING_TWO:
            self._argument(here)
        if said in {"\\hspace", "\\hspace*"} and _WIDE_LENGTH.fullmatch(length.strip()):
            self.put("QUAD", "quad", here, self.raw[self.k - 1])
        if said in _BETWEEN_LINES:
            self.put("ROW", "\\\\", here)

    def _other(self, said: str, here: Raw) -> None:
        below = [token.kind for token in self.done[-3:-1]]
        fraction = below[-1:] == ["FRAC"] or below == ["FRAC", "NUMBER"]  # `\frac12\%`
        if said == "\\%" and self.done[-1].kind == "NUMBER" and not fraction:
            self._percent(here)
        elif said == "\\bmod" and self.depth:  # of an index; remainders elsewhere are not read
            self.put("MUL", "bmod", here)
        else:
            self.put("UNKNOWN", here.text, here)

    def _percent(self, here: Raw) -> None:
        r"""`85.7 \%` is 0.857, with as many digits as are printed."""
        before = self.done.pop()
        whole, _, behind = before.text.partition(".")
        digits = whole.rjust(3, "0")
        self.done.append(Token("NUMBER", f"{digits[:-2]}.{digits[-2:]}{behind}", before.at, here.end))

    def _stands_between(self) -> bool:
        r"""Whether a star has something in front of it and is no mark: `w \star x`, but not `w^\star` or `w_{\star}`."""
        before = [token.kind for token in self.done[-2:]]
        return before[-1] not in {"", "CARET", "UNDER"} and before not in (["CARET", "LGRP"], ["UNDER", "LGRP"])

    def _space(self, said: str, here: Raw) -> None:
        r"""A wide space ends the argument of a function: `\sin\theta \; r`, but not `\sin \; \theta`, `\int \sin x \; dx`."""
        if said not in _WIDE:
            return
        self._skip_space()
        following = _UNICODE.get(self._next(), self._next())
        name = (following.isalpha() and len(following) == 1 and following != "d") or following in STYLES.keys() - _UPRIGHT
        if not (name or (following[:1] == "\\" and following[1:] in _GREEK)):
            return
        argument = [*takewhile(lambda token: token.kind in {"NAME", "NUMBER", "CARET", "UNDER"}, reversed(self.done))][::-1]
        before = self.done[len(self.done) - len(argument) - 1]
        while argument and argument[0].kind in {"CARET", "UNDER"}:  # of the function
            argument = argument[2:]
        if before.kind == "FUNC" and any(token.kind == "NAME" for token in argument):
            self.put("MUL", "\\cdot", here)

    def _next(self, ahead: int = 0) -> str:
        return self.raw[self.k + ahead].text if self.k + ahead < len(self.raw) else ""

    def _follows(self, signs: str) -> bool:
        return all(self._next(k) == sign for k, sign in enumerate(signs))

    def _skip_space(self) -> None:
        while self._next() == " ":
            self.k += 1

    def _is_increment(self) -> bool:
        r"""Whether `\Delta` stands before a letter: `\Delta x` is one name."""
        self._skip_space()
        following = _UNICODE.get(self._next(), self._next())
        letter = (following.isalpha() and len(following) == 1) or following in STYLES
        return letter or (following[:1] == "\\" and following[1:] in _GREEK and following != "\\Delta")

    def _sized(self, said: str, here: Raw) -> None:
        self._skip_space()
        mark = self._next()
        if mark not in ({"\\|", "\\Vert"} if said in _BIG else {"|", ".", "\\vert", "\\|", "\\Vert"}):
            return  # `\bigr|_{x=0}` closes nothing
        self.k += 1
        last = self.raw[self.k - 1]
        left = said == "\\left" or said.endswith("l")
        if mark == ".":
            self.put("LNULL" if left else "RNULL", ".", here, last)
        elif mark in {"|", "\\vert"}:
            self.put("LBAR" if left else "RBAR", "|", here, last)
        else:
            self.put("LNORM" if left else "RNORM", "||", here, last)

    def _argument(self, call: Raw) -> str:
        """The braced argument that follows, as text."""
        self._skip_space()
        if self._next() != "{":
            return ""
        depth = 0
        said: list[str] = []
        while self.k < len(self.raw):
            piece = self.raw[self.k].text
            self.k += 1
            depth += (piece == "{") - (piece == "}")
            if not depth:
                return "".join(said[1:])
            said.append(piece)
        raise Unread(f"the argument of {call.text} is not closed", call.at, call.end)

    def _text(self, here: Raw) -> None:
        said = self._argument(here).strip()
        said = _ARG.sub("arg", said)
        word = said.replace("-", "").replace("_", "")
        function = FUNCTIONS.get(said) or _SPOKEN.get(said)
        if function and (self._next() in {"(", "[", "\\left", "{", "^", " "} or self._is_applied()):
            self.put("FUNC", function, here)
        elif said in {"T", "d", "e"}:
            self.put("NAME", said, here)
        elif (
            word.isalpha()
            and self._next() in {"(", "_", "'"}
            and self.done[-1].kind not in {"UNDER", "CARET"}
        ):
            self.put("WORD", word, here, self.raw[self.k - 1])
        else:
            self.put("TEXT", said, here, self.raw[self.k - 1])

    def _is_applied(self) -> bool:
        r"""Whether a name, or a quotient, stands behind a function in words: `\text{Log}\, \hat y`."""
        spaces = sum(1 for _ in takewhile(lambda piece: piece.text in {" ", "\\,", "\\!", "\\;", "\\:"}, self.raw[self.k :]))
        behind = self._next(spaces)
        letter = len(behind) == 1 and behind.isalpha() and spaces > 0
        return letter or behind in STYLES or behind in {"(", "\\left", "\\frac", *_BIG} or behind[1:] in _GREEK

    def _environment(self, said: str, here: Raw) -> None:
        name = self._argument(here).strip()
        last = self.raw[self.k - 1]
        if said == "\\end":
            self.put("END", name, here, last)
            return
        self.put("BEGIN", name, here, last)
        self._skip_space()
        if self._next() == "[":
            while self.k < len(self.raw) and self._next() != "]":
                self.k += 1
            self.k += 1
        if name in _ARRAYS:
            self._argument(here)

    def _negated(self, here: Raw) -> None:
        self._skip_space()
        following = self._next()
        sign = {"=": "!=", "\\in": "notin", "\\equiv": "!="}.get(following)
        if sign is None:
            self.put("UNKNOWN", "\\not" + following, here)
        else:
            self.k += 1
            self.put("REL", sign, here, self.raw[self.k - 1])

    def _styled(self, said: str, here: Raw) -> None:
        style = STYLES[said]
        if style == "same":
            if said == "\\underline" and "CARET" in {self.done[-1].kind, self.done[-2].kind if len(self.done) > 1 else ""}:
                self.put("UNKNOWN", said, here)  # `n^{\underline{k}}` is a falling factorial, and no power
            return
        self._skip_space()
        style = "bold" if style == "bb" and self._is_small() else style
        if style == "bb" and self._next() in _SETS:  # `\mathbb R^n`
            self.k += 1
            self.put("SET", self.raw[self.k - 1].text, here, self.raw[self.k - 1])
            return
        if self._next() != "{":
            if style == "plain" and len(self._next()) == 1 and self._next().isalpha():  # `\mathrm dx`, `^\mathsf T`
                self.k += 1
                letter = self.raw[self.k - 1]
                self.put("TOP" if letter.text == "T" else "NAME", letter.text, here, letter)
            else:
                self.put("STYLE", style, here)
            return
        before = self.k
        inside = self._argument(here)
        word = inside.replace("\\ ", "").replace("\\,", "").replace("~", "").replace("-", "").strip()
        last = self.raw[self.k - 1]
        if style == "bb" and word in _SETS:
            self.put("SET", word, here, last)
        elif style in {"plain", "bold"} and word in FUNCTIONS:
            self.put("FUNC", FUNCTIONS[word], here, last)
        elif said.startswith("\\operatorname") and word in _SPOKEN:
            self.put("FUNC", _SPOKEN[word], here, last)
        elif style == "plain" and word == "grad":
            self.put("NABLA", "\\nabla", here, last)
        elif style == "plain" and word == "T":
            self.put("TOP", "T", here, last)
        elif style == "plain" and word.isascii() and (word.isalpha() or re.fullmatch(r"[A-Za-z]{2,}[0-9]+[A-Za-z]*", word)):
            self.put("WORD" if len(word) > 1 else "NAME", word, here, last)
        else:
            self.k = before
            self.put("STYLE", style, here)

    def _is_small(self) -> bool:
        r"""Whether small letters stand in a style: `\mathbb{x}` is a vector, and no set is called so."""
        said = "".join(piece.text for piece in self.raw[self.k : self.k + 12]).partition("}")[0]
        letters = re.sub(r"\\(?:wide)?(?:hat|tilde|bar|vec|dot)(?![a-z])|[{\\\s]", "", said if said[:1] == "{" else said[:1])
        return letters.isalpha() and letters.islower()

    def _number(self, here: Raw) -> None:
        digits, last = here.text, here
        previous = self.done[-1].kind
        alone = previous in {"CARET", "UNDER", "FRAC", "BINOM", "SQRT"} or (
            len(self.done) > 1 and previous == "NUMBER" and self.done[-2].kind in {"FRAC", "BINOM"}
            and len(self.done[-1].text) == 1 and self.done[-1].end == here.at
        )  # fmt: skip
        if alone and here.text in _DIGITS:
            self.put("NUMBER", here.text, here)
            return
        commas = self._commas(here)
        while self.k < len(self.raw):
            piece, after = self._next(), self._next(1)
            if piece in _DIGITS or (piece == "." and after in _DIGITS and "." not in digits):
                digits, last = digits + piece, self.raw[self.k]
                self.k += 1
            elif piece == "{" and after == "," and self._next(2) == "}":
                digits += "." if self._is_decimal_comma(digits) else ""
                self.k += 3
            elif piece == "\\," and self._is_thousand(digits):
                self.k += 1
            elif piece == "," and commas:
                commas -= 1
                self.k += 1
                self._skip_space()  # `400, 000`
            else:
                break
        if exponent := self._exponent():
            if not (digits == "1" or "." in digits):
                raise Unread(f"{digits}{exponent}: a decimal or Euler's number?", here.at, last.end)
            self.k += len(exponent)
            digits, last = f"{Decimal(digits + exponent):f}", self.raw[self.k - 1]
        if len(digits) > MOST_DIGITS:
            raise Unread(f"a number of more than {MOST_DIGITS} digits", here.at, last.end)
        if period := self._period(digits):
            top, bottom = repeating(digits, period)
            self.put("FRAC", "frac", here, last)
            self.put("NUMBER", str(top), here, last)
            digits, last = str(bottom), self.raw[self.k - 1]
        self.put("NUMBER", digits, here, last)

    def _period(self, digits: str) -> str:
        r"""The digits that go on for ever, of `0.1\overline{6}` and `0.\bar 3`; "" where no bar stands behind the number."""
        at = self.k + ("." not in digits and self._next() == ".")
        behind = [piece.text for piece in self.raw[at : at + MOST_DIGITS]]
        if not behind or behind[0] not in {"\\overline", "\\bar"} or (at == self.k and "." not in digits):
            return ""
        spaces = 0
        while behind[1 + spaces : 2 + spaces] == [" "]:
            spaces += 1
        found = re.match(r"\{([0-9]+)\}|([0-9])", "".join(behind[1 + spaces :]))
        if found is None:
            return ""
        self.k = at + 1 + spaces + len(found[0])
        return found[1] or found[2]

    def _commas(self, here: Raw) -> int:
        """How many commas divide the thousands of the number that begins here. Raises where it may be a list of numbers.

        In brackets and scripts they part numbers, but for what no number begins with: `(40,000 a - 49)`.
        """
        said = here.text + "".join(piece.text for piece in self.raw[self.k : self.k + 40])
        found = re.match(r"[1-9][0-9]{0,2}((?:,[0-9]{3})+)(?![0-9]|,[0-9])", said)
        spaced = found is None and re.match(r"[1-9][0-9]{0,2}, 000(?![0-9,])", said) is not None
        groups = found[1].split(",")[1:] if found else ["000"] if spaced else []
        if not self.parts[-1]:
            return len(groups) if any(group.startswith("0") for group in groups) else 0
        if found and len(groups) > 1 and found[0][3] == "," and not any(group.startswith("0") for group in groups):
            raise Unread(f"{found[0]}: one number or a list of numbers?", here.at, here.end)
        return len(groups)

    def _is_decimal_comma(self, digits: str) -> bool:
        r"""Whether `{,}` stands before decimals, as in `0{,}5`, and parts no thousands, as in `79{,}510`."""
        behind = "".join(piece.text for piece in self.raw[self.k + 3 : self.k + 3 + MOST_DIGITS])
        found = re.match(r"[0-9]+", behind)
        count = len(found[0]) if found else 0
        return count > 0 and "." not in digits and (self.comma or digits.startswith("0") or count != len("000"))

    def _exponent(self) -> str:
        """The rest of a number such as 1e-4; "" where none follows."""
        said = "".join(piece.text for piece in self.raw[self.k : self.k + 8])
        found = re.match(r"[eE][-+]?[0-9]{1,3}(?![0-9])", said)
        return found[0] if found else ""

    def _is_thousand(self, digits: str) -> bool:
        r"""Whether `\,` divides the thousands of one number, as in `2\,598\,960`: three digits follow, and no fourth."""
        following = [self._next(k) for k in range(1, 5)]
        return "." not in digits and all(d in _DIGITS for d in following[:3]) and following[3] not in _DIGITS

    def _letters(self, here: Raw) -> None:
        start, end = self.k - 1, self.k
        if self.done[-1].kind not in {"CARET", "UNDER"}:
            while end < len(self.raw) and len(self.raw[end].text) == 1 and self.raw[end].text.isalpha():
                if self.raw[end].text in _UNICODE:
                    break
                end += 1
        run = "".join(piece.text for piece in self.raw[start:end])
        after = self.raw[end].text if end < len(self.raw) else ""
        if len(run) > 1 and (run in _PLAIN_WORDS or (run == "tr" and self._holds_a_capital(end))):
            self.put("FUNC", FUNCTIONS[run], here, self.raw[end - 1])
        elif (run == "KL" and self._parts_two(end)) or (len(run) > 2 and _is_word(run, after)):
            self.put("WORD", run, here, self.raw[end - 1])
        else:
            self.put("NAME", here.text, here)
            return
        self.k = end

    def _holds_a_capital(self, k: int) -> bool:
        """Whether a bracket with a capital in it stands here: `tr(AB)` is a trace, and `tr(s + 1)` may be a product."""
        said = [piece.text for piece in self.raw[k : k + 60] if piece.text.strip() and piece.text not in {"\\left", *_BIG}]
        mark = {"(": ")", "[": "]", "\\{": "\\}"}.get(said[0] if said else "", "")
        closing = said.index(mark) if mark in said else 0
        return any((len(one) == 1 and one.isupper()) or one[1:] in _UPPER for one in said[:closing])

    def _parts_two(self, k: int) -> bool:
        r"""Whether a bracket with a double bar in it stands here: `KL(p \| q)` is no product."""
        said = [piece.text for piece in self.raw[k : k + 60] if piece.text.strip()]
        bars = [k for k, text in enumerate(said) if text in _DOUBLE_BARS or said[k : k + 2] == ["|", "|"]]
        return bool(bars) and said[0] in _OPENING and "=" not in said[: bars[0]]

    def _operator(self, said: str, here: Raw) -> None:
        kind = "MUL" if said == "\\star" and self._stands_between() else _OPERATORS[said]
        if kind == "SQRT":
            self.put("SQRT", "sqrt", here)
            self._skip_space()
            if self._next() == "[":
                self._root()
            return
        self.put(kind, said.lstrip("\\") if said not in {"\\\\", "\\{", "\\}", "\\|"} else said, here)
        if kind == "ROW":
            self._skip_space()
            if self._next() == "[" and self._is_length():
                while self.k < len(self.raw) and self._next() != "]":
                    self.k += 1
                self.k += 1

    def _is_length(self) -> bool:
        said = "".join(piece.text for piece in self.raw[self.k + 1 : self.k + 12]).partition("]")[0]
        return said[:1] in "0123456789.-" and said.strip().endswith(
            ("pt", "em", "ex", "cm", "mm", "in", "\\baselineskip")
        )

    def _root(self) -> None:
        opening = self.raw[self.k]
        inside: list[Raw] = []
        self.k += 1
        while self.k < len(self.raw) and self._next() != "]":
            inside.append(self.raw[self.k])
            self.k += 1
        self.k += 1
        self.put("LOPT", "[", opening)
        self.done += _Scanner(inside).run()
        self.put("ROPT", "]", opening)


def repeating(digits: str, period: str) -> tuple[int, int]:
    r"""A decimal of which the last digits go on for ever, as a fraction: `0.1\overline{6}` is (16 - 1)/90.

    With m digits behind the point before the p digits of the period, x 10^m (10^p - 1) is a whole number: that of all
    printed digits, less that of the digits in front of the period.

    >>> repeating("0.1", "6"), repeating("2", "3")
    ((15, 90), (21, 9))
    """
    whole, _, behind = digits.partition(".")
    return int(whole + behind + period) - int(whole + behind), 10 ** len(behind) * (10 ** len(period) - 1)


def _is_word(run: str, after: str) -> bool:
    """Whether letters without space between them are one word and not a product."""
    if run.isupper():
        return after in {"(", "_", "'", "\\left"}
    if run[:-1].isupper() and run[-1] != "s":
        return False  # `DCk^2` is D C k^2, and FLOPs are a word
    capital = run[0].isupper() and any(c.islower() for c in run[1:])
    return capital or len(run) > 3


def _bars(found: list[Token]) -> list[Token]:
    """Plain bars as bars that open, close, or stand in the middle of what is given or where."""
    done: list[Token] = []
    open_at: list[dict[str, bool]] = [{}]
    second = -1  # of the two norms that are one bar: `p \| \| q`
    for k, token in enumerate(found):
        if k == second:
            continue
        if token.kind == "NORM" and _parts_arguments(found, k) and not open_at[-1].get("NORM"):
            second = k + 1
            done.append(token._replace(kind="MID", text="||", end=found[second].end))
            continue
        if token.kind in _OPENS:
            open_at.append({})
        elif token.kind in _CLOSES and len(open_at) > 1:
            open_at.pop()
        elif token.kind in {"AMP", "ROW", "QUAD"} or (token.kind == "REL" and not any(open_at[-1].values())):
            open_at[-1] = {}
        if token.text == "||" and token.kind == "NORM" and open_at[-1].get("BAR") and not open_at[-1].get("NORM"):
            done += [token._replace(kind="RBAR", text="|", end=token.at + 1)]  # `|a||b|`: two bars
            token = token._replace(kind="LBAR", text="|", at=token.at + 1)  # noqa: PLW2901
        elif token.kind in {"BAR", "NORM"}:
            token = _classified(token, found, k, done, open_at[-1])  # noqa: PLW2901
        done.append(token)
    return done


def _parts_arguments(found: Sequence[Token], k: int) -> bool:
    r"""Whether a norm and the next one stand between two arguments, of which none is a norm: `(p \|\| q)`."""
    if k == 0 or found[k - 1].kind not in _ENDS or [t.kind for t in found[k + 1 : k + 2]] != ["NORM"]:
        return False
    behind = found[k + 2 : k + 3]
    rest = takewhile(lambda token: token.kind not in _CLOSES, found[k + 2 :])
    return bool(behind) and behind[0].kind in {"NAME", "WORD", "STYLE"} and all(token.kind != "NORM" for token in rest)


def _classified(
    token: Token, found: list[Token], k: int, done: list[Token], opened: dict[str, bool]
) -> Token:
    norm = token.kind == "NORM"
    raised = len(done) > 1 and done[-2].kind in {"CARET", "UNDER"}  # of `\|x^*\|` the star is no sign
    operand_before = bool(done) and (raised or done[-1].kind in _ENDS)
    nxt = found[k + 1] if k + 1 < len(found) else None
    if opened.get(token.kind) and operand_before:
        opened[token.kind] = False
        return token._replace(kind="RNORM" if norm else "RBAR")
    if operand_before and nxt is not None and nxt.kind == "UNDER" and not norm:
        return token._replace(kind="EVAL")
    if not operand_before or _another(found, k, token.kind):
        opened[token.kind] = True
        return token._replace(kind="LNORM" if norm else "LBAR")
    return token._replace(kind="MID")


def _another(found: list[Token], k: int, kind: str) -> bool:
    """Whether a bar of the same kind follows within the same brackets and the same side."""
    depth = 0
    for token in found[k + 1 :]:
        depth += (token.kind in _OPENS) - (token.kind in _CLOSES)
        if depth < 0 or (not depth and token.kind in {"REL", "ROW", "AMP", "COMMA"}):
            return False
        if not depth and token.kind == kind:
            return True
    return False
