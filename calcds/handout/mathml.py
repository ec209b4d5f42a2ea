r"""LaTeX formulas as MathML, which browsers show without any program: what the scribe, the printer of terms and authors write.

`split` cuts a long formula at its BREAKs into several <math> elements, between which a browser may break the line.

    mathml(r"\frac{1}{2}")    <math><mfrac><mn>1</mn><mn>2</mn></mfrac></math>

An unknown command is shown by its name, so that a page is always made. Imports: calcds.handout.scribe.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape

from calcds.handout.mathml_tables import (
    ACCENTS,
    BIG,
    BOARD,
    FENCES,
    LETTERS,
    LIMITS,
    OPERATORS,
    SPACES,
    UPRIGHT,
    WORDS,
)
from calcds.handout.scribe import BREAK

_FIRST = re.compile(r'^(<mrow>)?<mo(?: form="prefix")?>([+−=<>≤≥≠≻⪰⋅⊙⊗⊘]|&lt;|&gt;)</mo>')
OPEN, CLOSE = "{", "}"
_TOKEN = re.compile(r"\\[A-Za-z]+\*?|\\.|[0-9]+(?:\.[0-9]+)?|[{}^_&]|\s+|" + BREAK + "|.", re.DOTALL)


def mathml(latex: str, *, display: bool = False) -> str:
    """One <math> element."""
    body = _Reader(latex.replace(BREAK, "")).everything()
    style = ' display="block"' if display else ""
    return f"<math{style}>{_row(body)}</math>"


def split(latex: str) -> list[str]:
    """A displayed formula in pieces, cut at the BREAKs outside of all brackets."""
    parts, depth, begin = [], 0, 0
    for found in _TOKEN.finditer(latex):
        token = found[0]
        if token in ("{", "(", "[", r"\left", r"\begin", r"\biggl", r"\{"):
            depth += 1
        elif token in ("}", ")", "]", r"\right", r"\end", r"\biggr", r"\}"):
            depth -= 1
        elif token == BREAK and depth == 0:
            parts.append(latex[begin : found.start()])
            begin = found.end()
    parts.append(latex[begin:])
    said = [_row(_Reader(part.replace(BREAK, "")).everything()) for part in parts if part.strip()]
    return [
        f'<math displaystyle="true">{one if not k else _continued(one)}</math>' for k, one in enumerate(said)
    ]


def _continued(said: str) -> str:
    """An operator at the beginning of a piece stands between two things, whatever the browser sees."""
    return _FIRST.sub(r'\1<mo form="infix">\2</mo>', said, count=1)


def _row(items: list[str]) -> str:
    return items[0] if len(items) == 1 else f"<mrow>{''.join(items)}</mrow>"


class _Reader:
    """Tokens from left to right."""

    def __init__(self, latex: str) -> None:
        self.tokens = [t for t in _TOKEN.findall(latex) if not t.isspace() and t != BREAK]
        self.raw = [t for t in _TOKEN.findall(latex) if t != BREAK]
        self.latex = latex
        self.at = 0

    def everything(self) -> list[str]:
        items = self.items(lambda _: False)
        while self.at < len(self.tokens):  # a bracket that nothing opened
            self.at += 1
            items += self.items(lambda _: False)
        return items

    def peek(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def take(self) -> str:
        token = self.peek()
        self.at += 1
        return token

    def items(self, stop: Callable[[str], bool]) -> list[str]:
        """Elements up to a token that ends them."""
        out: list[str] = []
        while (token := self.peek()) and token != CLOSE and not stop(token):
            base, limits = self.atom(previous=bool(out))
            out.append(self.scripted(base, limits=limits) if base else "")
        return [item for item in out if item]

    def scripted(self, base: str, *, limits: bool) -> str:
        below = above = ""
        while self.peek() in ("_", "^", "'"):
            mark = self.take()
            if mark == "_":
                below = self.argument()
            elif mark == "^":
                above = self.argument() if not above else f"<mrow>{above}{self.argument()}</mrow>"
            else:
                primes = "′"
                while self.peek() == "'":
                    self.take()
                    primes += "′"
                above = f"<mo>{primes}</mo>"
        names = ("munder", "mover", "munderover") if limits else ("msub", "msup", "msubsup")
        if below and above:
            return f"<{names[2]}>{base}{below}{above}</{names[2]}>"
        if below:
            return f"<{names[0]}>{base}{below}</{names[0]}>"
        return f"<{names[1]}>{base}{above}</{names[1]}>" if above else base

    def argument(self) -> str:
        """What stands in braces, or one token."""
        if self.peek() == OPEN:
            self.take()
            body = self.items(lambda _: False)
            self.take()
            return _row(body)
        if not self.peek():
            return "<mrow></mrow>"
        if self.peek()[:1].isdigit() and len(self.peek()) > 1:  # \frac12, x^23: one digit
            token = self.tokens[self.at]
            self.tokens[self.at] = token[1:]
            return f"<mn>{token[0]}</mn>"
        return self.atom()[0]

    def words(self) -> str:
        r"""The text of \\text{...}, with its spaces."""
        if self.peek() != OPEN:
            return self.take()
        self.take()
        begin, depth, said = self.at, 1, []
        while self.at < len(self.tokens) and depth:
            token = self.take()
            depth += (token == OPEN) - (token == CLOSE)
            if depth:
                said.append(token)
        return self._spaced(begin, said)

    def _spaced(self, begin: int, said: list[str]) -> str:
        """The same tokens in the text as it was typed."""
        seen = count = 0
        for k, token in enumerate(self.raw):
            if token.isspace():
                continue
            if seen == begin:
                out, j = [], k
                if k and self.raw[k - 1].isspace():
                    out.append(" ")
                while count < len(said):
                    out.append(" " if self.raw[j].isspace() else self.raw[j])
                    count += not self.raw[j].isspace()
                    j += 1
                if j < len(self.raw) and self.raw[j].isspace():
                    out.append(" ")
                return "".join(c[1:] if c.startswith("\\") and len(c) == 2 else c for c in out)
            seen += 1
        return "".join(said)

    def atom(self, *, previous: bool = False) -> tuple[str, bool]:
        """One element, and whether its limits stand below and above."""
        token = self.take()
        if token == OPEN:
            body = self.items(lambda _: False)
            self.take()
            return _row(body) if body else "<mrow></mrow>", False
        if token in ("_", "^"):
            self.at -= 1
            return "<mrow></mrow>", False
        if token[0].isdigit():
            return f"<mn>{token}</mn>", False
        if not token.startswith("\\") or len(token) == 1:
            return _character(token, previous=previous), False
        return self.command(token[1:])

    def command(self, name: str) -> tuple[str, bool]:
        """A command and its arguments."""
        if name in LETTERS:
            return f"<mi>{LETTERS[name]}</mi>", False
        if name in UPRIGHT:
            return f'<mi mathvariant="normal">{UPRIGHT[name]}</mi>', False
        if name in OPERATORS:
            return f"<mo>{OPERATORS[name]}</mo>", False
        if name in BIG:
            return f"<mo>{BIG[name]}</mo>", name != "int"
        if name in WORDS:
            return f"<mi>{name}</mi><mo>&#x2061;</mo>" if self.peek() not in (
                "_",
                "^",
            ) else f"<mi>{name}</mi>", name in LIMITS
        if name in SPACES:
            return f'<mspace width="{SPACES[name]}"/>', False
        if name in FENCES:
            return f'<mo stretchy="false">{FENCES[name]}</mo>', False
        match name:
            case "frac" | "tfrac" | "dfrac":
                return f"<mfrac>{self.argument()}{self.argument()}</mfrac>", False
            case "binom":
                inner = f'<mfrac linethickness="0">{self.argument()}{self.argument()}</mfrac>'
                return f"<mrow><mo>(</mo>{inner}<mo>)</mo></mrow>", False
            case "sqrt":
                return f"<msqrt>{self.argument()}</msqrt>", False
            case "text" | "mathrm" | "operatorname" | "textrm" | "mbox" | "texttt" | "textit":
                return self._upright(name), False
            case "mathbf" | "boldsymbol" | "bm":
                return f"<mi>{_bold(self.words())}</mi>", False
            case "mathbb":
                said = self.words()
                return f'<mi mathvariant="normal">{"".join(BOARD.get(c, c) for c in said)}</mi>', False
            case "mathcal" | "mathit":
                return f"<mi>{escape(self.words())}</mi>", False
            case "left":
                return self._fenced(), False
            case "biggl" | "biggr" | "Bigl" | "Bigr" | "bigl" | "bigr":
                return f'<mo stretchy="true" minsize="1.8em">{escape(self._fence())}</mo>', False
            case "begin":
                return self._table(self.words()), False
            case "color" | "label":
                self.words()
                return "", False
            case "allowbreak" | "displaystyle" | "limits" | "nolimits":
                return "", False
            case "underbrace" | "overbrace":
                return self.argument(), False
        if name in ACCENTS:
            return (
                f'<mover accent="true">{self.argument()}<mo stretchy="false">{ACCENTS[name]}</mo></mover>',
                False,
            )
        if len(name) == 1 and not name.isalpha():  # \%, \_, \$
            return f"<mo>{escape(name)}</mo>", False
        return f"<mtext>{escape(name)}</mtext>", False

    def _upright(self, name: str) -> str:
        said = self.words()
        if name in ("text", "textrm", "mbox"):
            return f"<mtext>{escape(said)}</mtext>".replace("> ", ">&nbsp;").replace(" <", "&nbsp;<")
        after = "<mo>&#x2061;</mo>" if name == "operatorname" and self.peek() not in ("_", "^", "'") else ""
        word = escape(said)
        return f'<mi mathvariant="normal">{word}</mi>{after}'

    def _fence(self) -> str:
        token = self.take()
        said = FENCES.get(token[1:], token[1:]) if token.startswith("\\") else token
        return "" if said == "." else said

    def _fenced(self) -> str:
        left = self._fence()
        body = self.items(lambda t: t == "\\right")
        right = ""
        if self.peek() == "\\right":
            self.take()
            right = self._fence()
        fence = '<mo fence="true" stretchy="true" form="{}">{}</mo>'
        return (
            "<mrow>"
            + (fence.format("prefix", escape(left)) if left else "")
            + _row(body)
            + (fence.format("postfix", escape(right)) if right else "")
            + "</mrow>"
        )

    def _table(self, kind: str) -> str:
        rows: list[list[str]] = [[]]
        while self.peek() and self.peek() != "\\end":
            rows[-1].append(_row(self.items(lambda t: t in ("&", "\\\\", "\\end"))))
            if self.peek() in ("&", "\\\\"):
                if self.take() == "\\\\":
                    rows.append([])
            elif self.peek() == "}":
                self.take()
        self.take()
        self.words()
        align = ' columnalign="left"' if kind == "cases" else ""
        cell = '<mtd style="text-align:left">' if kind == "cases" else "<mtd>"
        body = "".join(f"<mtr>{''.join(f'{cell}{c}</mtd>' for c in row)}</mtr>" for row in rows if row)
        left, right = {
            "pmatrix": ("(", ")"),
            "bmatrix": ("[", "]"),
            "vmatrix": ("|", "|"),
            "cases": ("{", ""),
        }.get(kind, ("", ""))
        fence = '<mo fence="true" stretchy="true" form="{}">{}</mo>'
        return (
            "<mrow>"
            + (fence.format("prefix", left) if left else "")
            + f"<mtable{align}>{body}</mtable>"
            + (fence.format("postfix", right) if right else "")
            + "</mrow>"
        )


def _character(c: str, *, previous: bool) -> str:
    if c.isalpha():
        return f"<mi>{c}</mi>"
    if c == "-":
        return "<mo>−</mo>" if previous else '<mo form="prefix">−</mo>'
    if c == "'":
        return "<mo>′</mo>"
    if c in "()[]|":
        return f'<mo stretchy="false">{c}</mo>'
    if c == "~":
        return '<mspace width=".25em"/>'
    return f"<mo>{escape(c)}</mo>"


def _bold(said: str) -> str:
    """Bold digits and capital letters of unicode."""
    out = []
    for c in said:
        if c.isdigit():
            out.append(chr(0x1D7CE + int(c)))
        elif "A" <= c <= "Z":
            out.append(chr(0x1D400 + ord(c) - 65))
        elif "a" <= c <= "z":
            out.append(chr(0x1D41A + ord(c) - 97))
        else:
            out.append(escape(c))
    return "".join(out)
