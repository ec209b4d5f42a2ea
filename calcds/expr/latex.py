r"""A term as LaTeX, as a good textbook prints it: `x^{\top} A x`, `\frac{1}{2}`, `\nabla_{x}`.

Brackets stand only where leaving them out would change the meaning. Terms of any depth can be printed.

Imports: calcds.expr.text, calcds.expr.names, calcds.expr.functions.
"""

from __future__ import annotations

from fractions import Fraction

from calcds.expr.functions import TABLE
from calcds.expr.kinds import FunctionSymbol
from calcds.expr.names import latex_name
from calcds.expr.term import MINUS_ONE, ZERO, Term, as_term
from calcds.expr.text import ATOM, POWER, PRODUCT, SUM, UNARY, Writer, sign_of

_CONSTANTS = {"pi": r"\pi", "e": "e", "I": r"\mathrm{i}", "oo": r"\infty", "gamma": r"\gamma"}
_RELATIONS = {"=": "=", "!=": r"\neq", "<": "<", "<=": r"\leq", ">": ">", ">=": r"\geq"}
_GREEDY = frozenset({"sum", "prod", "integral", "antideriv", "limit", "deriv", "grad", "hess", "pull"})  # reach to the right
_SQUARED = frozenset({"sin", "cos", "tan", "cot", "sec", "csc", "sinh", "cosh", "tanh", "coth", "sech", "csch"})
_CLAIMS = {"positive definite": r"\succ 0", "positive semidefinite": r"\succeq 0"}
_TALL = (r"\frac", r"\sum", r"\prod", r"\int", r"\begin", r"\left", r"\binom", "^", r"\lim")
_HALF = Fraction(1, 2)
_ROW = r" \\ "


def latex(term: Term) -> str:
    r"""The term in LaTeX, for mathematics mode.

    >>> from calcds.notation import *
    >>> n = Dim("n")
    >>> A, x = Matrix[n, n].symbol("A"), Vector[n].symbol("x")
    >>> print(latex((A + A.T)*x))
    (A + A^{\top}) x
    """
    return _Latex().write(as_term(term))[0]


def bracketed(said: str) -> str:
    """In round brackets, that grow where the inside is tall."""
    tall = any(mark in said.replace(r"^{\top}", "") for mark in _TALL)
    return rf"\left({said}\right)" if tall else f"({said})"


class _Latex(Writer):
    """One printing."""

    def within(self, term: Term, level: int) -> str:
        said, own = self.write(term)
        return said if own >= level else bracketed(said)

    def _say(self, t: Term) -> tuple[str, int]:  # noqa: PLR0915  (one case a head)
        args, text, within = t.args, self.text, self.within
        match t.head:
            case "num":
                return _number(t.data)
            case "decimal":
                mantissa, _, exponent = t.data.lower().partition("e")
                said = mantissa if not exponent else rf"{mantissa} \cdot 10^{{{int(exponent)}}}"
                return said, UNARY if said.startswith("-") else PRODUCT if exponent else ATOM
            case "const":
                return _CONSTANTS[t.data], ATOM
            case "truth":
                return rf"\text{{{str(t.data).lower()}}}", ATOM
            case "sym":
                said = latex_name(t.data[0])
                return said, POWER if "^" in said else ATOM
            case "add":
                return self._sum(args), SUM
            case "mul":
                return self._product(t)
            case "pow":
                return self._powered(*args)
            case "mpow":
                return f"{within(args[0], ATOM)}^{{{text(args[1])}}}", POWER
            case "inv" | "trans":
                return self._raised(t), POWER
            case "epow":
                return rf"{within(args[0], ATOM)}^{{\circ {self._inline(args[1])}}}", POWER
            case "had":
                return r" \odot ".join(within(a, POWER) for a in args), PRODUCT
            case "kron":
                return r" \otimes ".join(within(a, POWER) for a in args), PRODUCT
            case "fn":
                return self._function(t)
            case "apply":
                return f"{_symbol(t.data)}{bracketed(self.listed(args))}", ATOM
            case "vfn":
                word = r"\log\operatorname{softmax}" if t.data.startswith("log") else r"\operatorname{softmax}"
                word += r"_{\mathrm{rows}}" if t.data.endswith("_rows") else ""
                return f"{word}{bracketed(text(args[0]))}", ATOM
            case "trace" | "det" | "diag" | "vec" | "diagonal":
                word = {"trace": r"\operatorname{tr}", "det": r"\det"}.get(t.head, rf"\operatorname{{{t.head}}}")
                return f"{word}{bracketed(text(args[0]))}", ATOM
            case "total":
                return self._total(args[0]), PRODUCT
            case "norm":
                sub = {2: "", 1: "_{1}", "oo": r"_{\infty}"}[t.data]
                return rf"\lVert {text(args[0])} \rVert{sub}", ATOM
            case "eye":
                return "I", ATOM
            case "zeros":
                return "0" if t.is_scalar else r"\mathbf{0}", ATOM
            case "ones":
                return self._ones(t)
            case "unit":
                return f"e_{{{text(args[0])}}}", ATOM
            case "delta":
                return rf"\delta_{{{self._indices(args)}}}", ATOM
            case "entry":
                return self._entry(*args), ATOM
            case "matrix":
                rows, columns = t.data
                grid = [" & ".join(map(text, args[r * columns : (r + 1) * columns])) for r in range(rows)]
                return rf"\begin{{pmatrix}} {_ROW.join(grid)} \end{{pmatrix}}", ATOM
            case "build":
                names = args[1:2] if t.shape[1] == 1 and args[2].data[0] == "_" else args[1:]
                return rf"\left[{text(args[0])}\right]_{{{self._indices(names)}}}", POWER
            case "sum" | "prod":
                body, i, low, high = args
                word = r"\sum" if t.head == "sum" else r"\prod"
                return rf"{word}_{{{text(i)}={text(low)}}}^{{{text(high)}}} {within(body, PRODUCT)}", PRODUCT
            case "integral":
                body, x, low, high = args
                return rf"\int_{{{text(low)}}}^{{{text(high)}}} {within(body, PRODUCT)} \, d{text(x)}", PRODUCT
            case "antideriv":
                return rf"\int {within(args[0], PRODUCT)} \, d{text(args[1])}", PRODUCT
            case "limit":
                side = "" if t.data == "+-" else f"^{{{t.data}}}"
                return rf"\lim_{{{text(args[1])} \to {text(args[2])}{side}}} {within(args[0], PRODUCT)}", PRODUCT
            case "deriv":
                return self._derivative(t), PRODUCT
            case "grad":
                return rf"\nabla_{{{text(args[1])}}} {within(args[0], POWER)}", PRODUCT
            case "hess":
                return rf"\nabla^{{2}}_{{{text(args[1])}}} {within(args[0], POWER)}", PRODUCT
            case "jac":
                return self._jacobian(*args), ATOM
            case "pull":
                return rf"\left({self._jacobian(*args[1:])}\right)^{{\top}} {within(args[0], POWER)}", PRODUCT
            case "at":
                return rf"\left. {within(args[0], PRODUCT)} \right|_{{{text(args[1])} = {text(args[2])}}}", POWER
            case "piecewise":
                return self._cases(args), ATOM
            case "rel":
                return f"{text(args[0])} {_RELATIONS[t.data]} {text(args[1])}", SUM
            case "and" | "or":
                word = r" \land " if t.head == "and" else r" \lor "
                return word.join(self._condition(a) for a in args), SUM
            case "not":
                return rf"\lnot {bracketed(text(args[0]))}", ATOM
        said = _CLAIMS.get(t.data)
        return (f"{within(args[0], PRODUCT)} {said}" if said else rf"\text{{{t.data}}}{bracketed(self.listed(args))}"), SUM

    # -- arithmetic -------------------------------------------------------------------------------------------

    def _product(self, t: Term) -> tuple[str, int]:
        sign, rest = sign_of(t)
        if sign < 0:
            return f"-{self.within(rest, PRODUCT)}", UNARY
        below = [a for a in t.args if _reciprocal(a)]
        fractional = t.args[0].head == "num" and t.args[0].data.denominator != 1
        if not below:
            return self._factors(list(t.args)), PRODUCT
        matrices = any(not a.is_scalar for a in t.args)
        above = [a for a in t.args if a not in below and a.is_scalar and not _reaching(a)]
        others = [a for a in t.args if a not in below and a not in above]
        if fractional:
            above = above[1:]
        top = self._factors(above) if above else "1"
        bottom = self._factors([_turned(b) for b in below])
        parts = [rf"\frac{{{top}}}{{{bottom}}}"]
        if fractional:
            parts.insert(0, self.text(t.args[0]))
        if others:
            parts.append(self._factors(others, whole=False))
        return " ".join(parts), PRODUCT if others or matrices or fractional else POWER

    def _factors(self, factors: list[Term], *, whole: bool = True) -> str:
        if len(factors) == 1 and whole:
            return self.text(factors[0])
        said = ""
        for k, factor in enumerate(factors):
            last = k == len(factors) - 1
            level = POWER
            if (factor.head in _GREEDY and last) or (factor.head == "num" and factor.data >= 0):
                level = PRODUCT
            elif factor.head == "total":
                level = ATOM
            one = self.within(factor, level)
            joint = r" \cdot " if said and one[0].isdigit() else " "
            said = one if not said else f"{said}{joint}{one}"
        return said

    def _powered(self, base: Term, exponent: Term) -> tuple[str, int]:
        if exponent.head != "num":
            return f"{self.within(base, ATOM)}^{{{self._inline(exponent)}}}", POWER
        p = exponent.data
        if p < 0:
            below = base if p == -1 else Term("pow", (base, Term("num", (), -p)))
            return rf"\frac{{1}}{{{self.text(below)}}}", POWER
        if p == _HALF:
            return rf"\sqrt{{{self.text(base)}}}", ATOM
        if base.head == "fn" and base.data in _SQUARED and p.denominator == 1:
            return f"{TABLE[base.data].latex}^{{{p}}}{bracketed(self.text(base.args[0]))}", POWER
        plain = base.head == "num" and base.data.denominator != 1
        said = bracketed(self.text(base)) if plain else self.within(base, ATOM)
        return f"{said}^{{{self._inline(exponent)}}}", POWER

    def _inline(self, exponent: Term) -> str:
        """An exponent; small fractions are written with a slash."""
        return str(exponent.data) if exponent.head == "num" else self.text(exponent)

    def _raised(self, t: Term) -> str:
        (inner,) = t.args
        if {t.head, inner.head} == {"inv", "trans"}:
            return rf"{self.within(inner.args[0], ATOM)}^{{-\top}}"
        sign = "-1" if t.head == "inv" else r"\top"
        return f"{self.within(inner, ATOM)}^{{{sign}}}"

    # -- functions, entries, calculus -------------------------------------------------------------------------

    def _function(self, t: Term) -> tuple[str, int]:
        inner = self.listed(t.args)
        match t.data:
            case "abs":
                return rf"\lvert {inner} \rvert", ATOM
            case "floor":
                return rf"\lfloor {inner} \rfloor", ATOM
            case "ceil":
                return rf"\lceil {inner} \rceil", ATOM
            case "conj":
                return rf"\overline{{{inner}}}", ATOM
            case "factorial":
                return f"{self.within(t.args[0], ATOM)}!", POWER
            case "binomial":
                return rf"\binom{{{self.text(t.args[0])}}}{{{self.text(t.args[1])}}}", ATOM
            case "exp" if t.is_scalar and not any(mark in inner for mark in _TALL[:6]):
                return f"e^{{{inner}}}", POWER
        word = TABLE[t.data].latex or rf"\operatorname{{{t.data}}}"
        return f"{word}{bracketed(inner)}", ATOM

    def _entry(self, a: Term, i: Term, j: Term) -> str:
        vector = 1 in a.shape and ZERO in (i, j)
        index = (i if a.shape[1] == 1 and j is ZERO else j) if vector else None
        said, level = self.write(a)
        if level < ATOM or "_" in said or "^" in said:
            said = bracketed(said)
        return f"{said}_{{{self._indices((i, j) if index is None else (index,))}}}"

    def _indices(self, indices: tuple[Term, ...]) -> str:
        said = [self.text(i) for i in indices]
        return ("" if all(len(s) == 1 for s in said) else ",").join(said)

    def _ones(self, t: Term) -> tuple[str, int]:
        if t.is_scalar:
            return "1", ATOM
        if t.shape[1] == 1:
            return r"\mathbf{1}", ATOM
        if t.shape[0] == 1:
            return r"\mathbf{1}^{\top}", POWER
        return r"\mathbf{1} \mathbf{1}^{\top}", PRODUCT

    def _total(self, a: Term) -> str:
        left = "" if a.shape[0] == 1 else r"\mathbf{1}^{\top} "
        return f"{left}{self.within(a, POWER)}" + ("" if a.shape[1] == 1 else r" \mathbf{1}")

    def _derivative(self, t: Term) -> str:
        body, *places = t.args
        counts: list[tuple[Term, int]] = []
        for place in places:
            if counts and counts[-1][0] is place:
                counts[-1] = (place, counts[-1][1] + 1)
            else:
                counts.append((place, 1))
        power = f"^{{{len(places)}}}" if len(places) > 1 else ""
        below = r" \, ".join(rf"\partial {self.text(x)}" + (f"^{{{k}}}" if k > 1 else "") for x, k in counts)
        if body.head in {"sym", "apply"}:
            return rf"\frac{{\partial{power} {self.text(body)}}}{{{below}}}"
        return rf"\frac{{\partial{power}}}{{{below}}} {self.within(body, POWER)}"

    def _jacobian(self, y: Term, x: Term) -> str:
        return rf"\frac{{\partial {self.within(y, POWER)}}}{{\partial {self.text(x)}}}"

    def _condition(self, condition: Term) -> str:
        said = self.text(condition)
        return bracketed(said) if condition.head in {"and", "or"} else said

    def _cases(self, args: tuple[Term, ...]) -> str:
        rows = []
        for value, condition in zip(args[::2], args[1::2], strict=True):
            always = condition.head == "truth" and condition.data
            when = r"\text{otherwise}" if always else rf"\text{{if }} {self.text(condition)}"
            rows.append(f"{self.text(value)} & {when}")
        return rf"\begin{{cases}} {_ROW.join(rows)} \end{{cases}}"


def _number(value: Fraction) -> tuple[str, int]:
    if value.denominator == 1:
        return str(value), ATOM if value >= 0 else UNARY
    said = rf"\frac{{{abs(value.numerator)}}}{{{value.denominator}}}"
    return (f"-{said}", UNARY) if value < 0 else (said, PRODUCT)


def _reciprocal(a: Term) -> bool:
    return a.head == "pow" and a.args[1].head == "num" and a.args[1].data < 0


def _turned(a: Term) -> Term:
    """The denominator of a reciprocal."""
    base, exponent = a.args
    return base if exponent is MINUS_ONE else Term("pow", (base, Term("num", (), -exponent.data)))


def _reaching(a: Term) -> bool:
    """Whether a factor would swallow what follows it in a numerator."""
    return a.head in _GREEDY


def _symbol(f: FunctionSymbol) -> str:
    said = latex_name(f.name)
    if not any(f.order):
        return said
    if f.arity == 1:
        return said + "'" * f.order[0] if f.order[0] <= 3 else f"{said}^{{({f.order[0]})}}"
    return f"{said}^{{({','.join(map(str, f.order))})}}"
