"""A term as one line of plain text, in the syntax of the blackboard: `A*x + A.T*x`.

What is printed can be read again: `calcds.expr.parser` makes the same term of it. Terms of any depth can be printed.

Imports: calcds.expr.term.
"""

from __future__ import annotations

from calcds.expr.term import MINUS_ONE, ONE, ZERO, Term

SUM, PRODUCT, UNARY, POWER, ATOM = range(5)
_WORDS = {
    "had": "hadamard", "diagonal": "diagonal", "diag": "diag", "trace": "trace", "det": "det", "total": "total",
    "deriv": "diff", "grad": "grad", "jac": "jacobian", "hess": "hessian", "pull": "pullback", "at": "at",
    "kron": "kron", "vec": "vec", "delta": "delta", "epow": "entry_power", "antideriv": "integral",
}  # fmt: skip
_CONSTANTS = {"e": "E", "gamma": "EulerGamma"}  # as the notation spells them; gamma alone is the function


def text(term: Term) -> str:
    """The term in the blackboard's own syntax.

    >>> from calcds.notation import *
    >>> n = Dim("n")
    >>> A, x = Matrix[n, n].symbol("A"), Vector[n].symbol("x")
    >>> print(text((A + A.T)*x))
    (A + A.T)*x
    """
    return Writer().write(term)[0]


class Writer:
    """Prints parts before wholes, so that depth costs no recursion. The LaTeX printer is another one."""

    def __init__(self) -> None:
        self.done: dict[Term, tuple[str, int]] = {}

    def write(self, term: Term) -> tuple[str, int]:
        """The text and how tightly it binds."""
        stack = [term]
        while stack:
            node = stack[-1]
            missing = [a for a in node.args if a not in self.done]
            if missing and node not in self.done:
                stack.extend(missing)
                continue
            if node not in self.done:
                self.done[node] = self._say(node)
            stack.pop()
        return self.done[term]

    def text(self, term: Term) -> str:
        """The text alone."""
        return self.write(term)[0]

    def within(self, term: Term, level: int) -> str:
        """The text as a part of something that binds at a level."""
        said, own = self.write(term)
        return said if own >= level else f"({said})"

    def listed(self, terms: tuple[Term, ...]) -> str:
        """The texts with commas."""
        return ", ".join(map(self.text, terms))

    def _say(self, t: Term) -> tuple[str, int]:
        args, text, within = t.args, self.text, self.within
        match t.head:
            case "num":
                level = UNARY if t.data < 0 else ATOM if t.data.denominator == 1 else PRODUCT
                return str(t.data), level
            case "decimal":
                return t.data, UNARY if t.data.startswith("-") else ATOM
            case "const":
                return _CONSTANTS.get(t.data, t.data), ATOM
            case "truth":
                return str(t.data), ATOM
            case "sym":
                return t.data[0], ATOM
            case "add":
                return self._sum(args), SUM
            case "mul":
                return self._product(t)
            case "pow" if args[1] is MINUS_ONE and args[0].head != "num":
                return f"1/{within(args[0], POWER)}", PRODUCT
            case "pow" | "mpow":
                return self._power(*args), POWER
            case "inv":
                return f"{within(args[0], ATOM)}.I", ATOM
            case "trans":
                return f"{within(args[0], ATOM)}.T", ATOM
            case "entry":
                column = args[0].shape[1] == 1 and args[2] is ZERO
                return f"{within(args[0], ATOM)}[{self.listed(args[1:2] if column else args[1:])}]", ATOM
            case "eye" | "zeros" | "ones":
                sizes = t.shape if t.head != "eye" and t.shape[1] != 1 else t.shape[:1]
                return f"{t.head}({', '.join(str(s) for s in sizes)})", ATOM
            case "unit":
                return f"unit({t.shape[0]}, {text(args[0])})", ATOM
            case "fn" | "vfn" | "apply":
                return f"{t.data}({self.listed(args)})", ATOM
            case "claimed":
                return f"is_{t.data.replace(' ', '_')}({self.listed(args)})", ATOM
            case "norm":
                return f"norm({text(args[0])}{'' if t.data == 2 else f', {t.data!r}'})", ATOM
            case "sum" | "prod" | "integral":
                word = {"sum": "Sum", "prod": "Product", "integral": "integral"}[t.head]
                return f"{word}({text(args[0])}, ({self.listed(args[1:])}))", ATOM
            case "limit":
                side = "" if t.data == "+-" else f", {t.data!r}"
                return f"limit({self.listed(args)}{side})", ATOM
            case "matrix":
                rows, columns = t.data
                grid = [f"[{self.listed(args[r * columns : (r + 1) * columns])}]" for r in range(rows)]
                return f"matrix({', '.join(grid)})", ATOM
            case "build":
                return self._by_entries(t), ATOM
            case "piecewise":
                pairs = [f"({text(args[k])}, {text(args[k + 1])})" for k in range(0, len(args), 2)]
                return f"piecewise({', '.join(pairs)})", ATOM
            case "rel":
                return f"{text(args[0])} {'==' if t.data == '=' else t.data} {text(args[1])}", SUM
            case "and" | "or" | "not":
                return f"{t.head.capitalize()}({self.listed(args)})", ATOM
        return f"{_WORDS.get(t.head, t.head)}({self.listed(args)})", ATOM

    def _power(self, base: Term, exponent: Term) -> str:
        return f"{self.within(base, ATOM)}**{self.within(exponent, ATOM)}"

    def _by_entries(self, t: Term) -> str:
        body, i, j = t.args
        if t.shape[1] == 1 and j.data[0] == "_":
            return f"by_entries({t.shape[0]}, lambda {i}: {self.text(body)})"
        return f"by_entries(({t.shape[0]}, {t.shape[1]}), lambda {i}, {j}: {self.text(body)})"

    def _sum(self, parts: tuple[Term, ...]) -> str:
        said = ""
        for part in parts:
            sign, rest = sign_of(part, joined=bool(said))
            one = self.within(rest, PRODUCT)
            said = (f"-{one}" if sign < 0 else one) if not said else f"{said} {'-' if sign < 0 else '+'} {one}"
        return said

    def _product(self, t: Term) -> tuple[str, int]:
        sign, rest = sign_of(t)
        if sign < 0:
            return f"-{self.within(rest, PRODUCT)}", UNARY
        first, *others = _grouped(t)
        minus = _negative(first)  # -1*2*x: reading -2*x would make one number of it
        said = self.text(first) if minus else self.within(first, POWER if first.head != "mul" else ATOM)
        for k, factor in enumerate(others):
            if factor.head == "pow" and factor.args[1] is MINUS_ONE:
                # 2/3 would be read as one number, and 1/x as a reciprocal alone
                if k == 0 and (first is ONE or (first.head == "num" and factor.args[0].head == "num")):
                    said += f"*{self._power(*factor.args)}"
                else:
                    said += f"/{self.within(factor.args[0], POWER)}"
            else:
                said += f"*{self.within(factor, POWER if factor.head != 'mul' else ATOM)}"
        return said, UNARY if minus else PRODUCT


def _grouped(t: Term) -> tuple[Term, ...]:
    """The factors of a product; numbers behind x stay with it where u.T*x is a number: u.T*(x/t), and not (u.T*x)/t."""
    arrays = [k for k, factor in enumerate(t.args) if not factor.is_scalar]
    if len(arrays) < 2 or not t.is_scalar or arrays[-1] == len(t.args) - 1:
        return t.args
    last = arrays[-1]
    return (*t.args[:last], Term("mul", t.args[last:], None, t.args[last].shape))


def sign_of(part: Term, *, joined: bool = False) -> tuple[int, Term]:
    """A sign to print in front, and what follows it; only where reading the sign gives the same term.

    joined: the sign stands between two terms: a - (u.T*v)*w reads back, whereas -(u.T*v)*w begins with -(u.T*v)
    """
    if _negative(part):
        return -1, _positive(part)
    if part.head != "mul" or not _negative(part.args[0]):
        return 1, part
    first, *rest = part.args
    if first is not MINUS_ONE:
        return -1, Term("mul", (_positive(first), *rest), None, part.shape)
    if rest[0].head in {"num", "decimal"}:
        return 1, part
    if rest[0].head == "mul" and not (joined and len(rest) > 1 and any(not f.is_scalar for f in rest[0].args)):
        return 1, part
    return -1, rest[0] if len(rest) == 1 else Term("mul", tuple(rest), None, part.shape)


def _negative(t: Term) -> bool:
    return (t.head == "num" and t.data < 0) or (t.head == "decimal" and t.data.startswith("-"))


def _positive(t: Term) -> Term:
    return Term("num", (), -t.data) if t.head == "num" else Term("decimal", (), t.data[1:])
