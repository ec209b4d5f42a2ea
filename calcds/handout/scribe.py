r"""The author's line as the author wrote it: Python source text -> LaTeX.

    1/(1 + exp(-z))      \frac{1}{1 + e^{-z}}
    A.T*x                A^{\top} x

What is decided is the value of a line; what is printed is its text. Only the syntax tree is read, nothing is run.
`BREAK` stands wherever a long line may be broken. Raises Unwritten for what has no LaTeX; callers then print the value.

Imports: calcds.handout.scribe_calls, calcds.expr.names.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from calcds.expr.names import latex_name
from calcds.expr.text import ATOM, POWER, PRODUCT, SUM, UNARY

BREAK = "\u200b"
Written = tuple[str, int]  # LaTeX, and how tightly it binds
RELATIONS: dict[type[ast.cmpop], str] = {
    ast.Eq: "=", ast.NotEq: r"\neq", ast.Lt: "<", ast.LtE: r"\leq", ast.Gt: ">", ast.GtE: r"\geq",
}  # fmt: skip
TALL = (r"\frac", r"\sum", r"\prod", r"\int", r"\begin", r"\left", r"\bigg", r"\binom")
BRACKETS = (r"\left", r"\bigg", "(", r"\begin")
LONG = 160  # characters of LaTeX, above which a bracket may be broken inside
_WORD = re.compile(r"\\mathrm\{\w{2,}\}$")  # a name of several letters needs air around it
_CONSTANTS = {"pi": r"\pi", "E": "e", "oo": r"\infty", "I": r"\mathrm{i}"}
_TRIGONOMETRIC = frozenset(
    {"sin", "cos", "tan", "cot", "sec", "csc", "sinh", "cosh", "tanh", "coth", "sech", "csch"}
)


class Unwritten(Exception):
    """This syntax has no LaTeX."""


@dataclass(frozen=True, slots=True)
class Names:
    r"""What the words of a derivation mean where it stands.

    functions: functions of its own, by the name in the text -> in LaTeX
    tuples:    `here = (x(s), y(s))`, written out where it stands as *here
    own:       names of variables, which hide words of the vocabulary (a vector may be called delta)
    total:     derivatives are written with d, not with \partial
    """

    functions: Mapping[str, str] = field(default_factory=dict)
    tuples: Mapping[str, ast.Tuple] = field(default_factory=dict)
    own: frozenset[str] = frozenset()
    total: bool = True


NO_NAMES = Names()


def scribe(source: str, names: Names = NO_NAMES) -> str:
    r"""The LaTeX of an expression in Python syntax.

    >>> print(scribe("1/(1 + exp(-z))").replace(BREAK, ""))
    \frac{1}{1 + e^{-z}}
    >>> print(scribe("(A + A.T)*x_hat").replace(BREAK, ""))
    (A + A^{\top}) \hat{x}
    """
    try:
        tree = ast.parse(source.strip(), mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise Unwritten(source) from error
    return Scribe(names).text(tree.body)


class Scribe:
    """One printing."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.small = 0  # in an exponent: fractions are written with a slash

    def text(self, node: ast.expr) -> str:
        """The LaTeX alone."""
        return self.write(node)[0]

    def within(self, node: ast.expr, level: int) -> str:
        """As a part of something that binds at a level."""
        said, own = self.write(node)
        return said if own >= level else self.brackets(said)

    def brackets(self, said: str) -> str:
        """In round brackets; one may break a line inside where they need not grow."""
        if not any(mark in said for mark in TALL):
            return f"({said})"
        if said.count(BREAK) > 2 and len(said) > LONG:
            return rf"\biggl({said}\biggr)"
        return rf"\left({said}\right)".replace(BREAK, "")

    def inline(self, node: ast.expr) -> str:
        """For an exponent or an index."""
        self.small += 1
        try:
            return self.text(node).replace(BREAK, "")
        finally:
            self.small -= 1

    def listed(self, nodes: list[ast.expr]) -> str:
        """Arguments with commas; *name is written out."""
        flat: list[ast.expr] = []
        for node in nodes:
            if isinstance(node, ast.Starred):
                name = node.value.id if isinstance(node.value, ast.Name) else ""
                if name not in self.names.tuples:
                    raise Unwritten(ast.unparse(node))
                flat += self.names.tuples[name].elts
            else:
                flat.append(node)
        return ", ".join(map(self.text, flat))

    def write(self, node: ast.expr) -> Written:
        """The LaTeX and how tightly it binds."""
        match node:
            case ast.Constant(value=bool() as truth):
                return rf"\text{{{str(truth).lower()}}}", ATOM
            case ast.Constant(value=int() | float() as number):
                return _number(number, ast.unparse(node)), ATOM
            case ast.Name(id=name):
                return self._name(name)
            case ast.BinOp(left=left, op=ast.Add() | ast.Sub() as op, right=right):
                sign = "+" if isinstance(op, ast.Add) else "-"
                return f"{self.within(left, SUM)} {BREAK}{sign} {self._unsigned(right)}", SUM
            case ast.BinOp(op=ast.Mult() | ast.MatMult()):
                return self._product(_factors(node))
            case ast.BinOp(left=left, op=ast.Div(), right=right):
                return self.fraction(left, right)
            case ast.BinOp(left=left, op=ast.Pow(), right=right):
                return self._power(left, right)
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return f"-{self._unsigned(operand)}", UNARY
            case ast.UnaryOp(op=ast.UAdd(), operand=operand):
                return self.write(operand)
            case ast.Compare(left=left, ops=ops, comparators=others):
                said = self.within(left, SUM)
                for compared, other in zip(ops, others, strict=True):
                    relation = RELATIONS.get(type(compared))
                    if relation is None:
                        raise Unwritten(ast.unparse(node))
                    said += f" {BREAK}{relation} {self.within(other, SUM)}"
                return said, SUM
            case ast.Attribute(value=value, attr="T" | "I" as attribute):
                return self._raised(value, attribute)
            case ast.Subscript(value=value, slice=index):
                return self._entry(value, index)
            case ast.Call(func=ast.Name(id="as_term"), args=[inner]):
                return self.write(inner)
            case ast.Call():
                return self._call(node)
        raise Unwritten(ast.unparse(node))

    def _unsigned(self, node: ast.expr) -> str:
        """What may stand behind a plus or a minus."""
        said, level = self.write(node)
        return self.brackets(said) if level in (SUM, UNARY) else said

    # -- arithmetic -------------------------------------------------------------------------------------------

    def _name(self, name: str) -> Written:
        if name in self.names.functions:
            return self.names.functions[name], ATOM
        if name in _CONSTANTS and name not in self.names.own:
            return _CONSTANTS[name], ATOM
        said = latex_name(name)
        return said, POWER if "^" in said else ATOM

    def _product(self, factors: list[ast.expr]) -> Written:
        said, level = "", PRODUCT
        for k, factor in enumerate(factors):
            one, own = self.write(factor)
            last = k == len(factors) - 1
            if k == 0 and own == UNARY:
                level = UNARY
            elif (
                own < PRODUCT
                or own == UNARY
                or (own == PRODUCT and not (last and _reaches(factor)))
                or (own == PRODUCT and k and not _reaches(factor))
            ):
                one = self.brackets(one)
            worded = _WORD.search(said) or one.startswith(r"\mathrm{")
            joint = (
                rf" {BREAK}\cdot "
                if said and (one[:1].isdigit() or _digits_meet(said, one))
                else rf" {BREAK}\, "
                if worded
                else f" {BREAK}"
            )
            said = one if not said else said + joint + one
        return said, level

    def fraction(self, above: ast.expr, below: ast.expr) -> Written:
        """A quotient; a minus sign above stands in front."""
        if self.small:
            return f"{self.within(above, PRODUCT)}/{self.within(below, POWER)}", PRODUCT
        sign = ""
        if isinstance(above, ast.UnaryOp) and isinstance(above.op, ast.USub):
            sign, above = "-", above.operand
        said = rf"{sign}\frac{{{self.text(above)}}}{{{self.text(below)}}}".replace(BREAK, "")
        return said, UNARY if sign else POWER

    def _power(self, base: ast.expr, exponent: ast.expr) -> Written:
        raised = f"^{{{self.inline(exponent)}}}"
        match base:
            case ast.Call(func=ast.Name(id=word), args=[inner]) if (
                word in _TRIGONOMETRIC and word not in self.names.own
            ):
                plain = isinstance(exponent, ast.Constant)
                if plain:
                    head = rf"\operatorname{{{word}}}" if word in {"sech", "csch"} else "\\" + word
                    return f"{head}{raised}{self.brackets(self.text(inner))}", POWER
            case ast.BinOp(op=ast.Div()):
                return self.brackets(self.text(base)) + raised, POWER
        said, level = self.write(base)
        if level < ATOM or ("^" in said and not said.startswith(BRACKETS)):
            said = self.brackets(said)
        return said + raised, POWER

    def _raised(self, value: ast.expr, attribute: str) -> Written:
        if isinstance(value, ast.Attribute) and {value.attr, attribute} == {"T", "I"}:
            return rf"{self._base(value.value)}^{{-\top}}", POWER
        return f"{self._base(value)}^{{{'-1' if attribute == 'I' else chr(92) + 'top'}}}", POWER

    def _base(self, value: ast.expr) -> str:
        said = self.within(value, ATOM)
        return self.brackets(said) if "^" in said and not said.startswith(BRACKETS) else said

    def _entry(self, value: ast.expr, index: ast.expr) -> Written:
        said, level = self.write(value)
        if level < ATOM or "_" in said or "^" in said:
            said = self.brackets(said)
        parts = list(index.elts) if isinstance(index, ast.Tuple) else [index]
        if any(isinstance(part, ast.Slice) for part in parts):
            raise Unwritten(ast.unparse(index))
        return f"{said}_{{{self.indices(parts)}}}", ATOM

    def indices(self, parts: list[ast.expr]) -> str:
        """Indices side by side where each is one letter."""
        said = [self.inline(part) for part in parts]
        return ("" if all(len(s) == 1 for s in said) else ",").join(said)

    def _call(self, node: ast.Call) -> Written:
        from calcds.handout.scribe_calls import CALLS

        match node.func:
            case ast.Name(id=word) if word in self.names.functions:
                return f"{self.names.functions[word]}{self.brackets(self.listed(node.args))}", ATOM
            case ast.Name(id=word) if word in CALLS and word not in self.names.own and not node.keywords:
                writer: Callable[[Scribe, list[ast.expr]], Written] = CALLS[word]
                return writer(self, node.args)
            case ast.Name(id=word) if word in self.names.own:
                return f"{latex_name(word)}{self.brackets(self.listed(node.args))}", ATOM
            case ast.Call(func=ast.Attribute(value=f, attr="prime"), args=which):
                return f"{self._primed(f, which)}{self.brackets(self.listed(node.args))}", ATOM
            case ast.Attribute(value=f, attr="prime"):
                return self._primed(f, node.args), ATOM
        raise Unwritten(ast.unparse(node))

    def _primed(self, f: ast.expr, which: list[ast.expr]) -> str:
        match f:
            case ast.Call(func=ast.Attribute(value=inner, attr="prime"), args=first) if (
                not first and not which
            ):
                return self._primed(inner, first) + "'"
        if which:
            return rf"\partial_{{{self.inline(which[0])}}} {self.within(f, ATOM)}"
        return self.within(f, ATOM) + "'"


def _factors(node: ast.expr) -> list[ast.expr]:
    """a*b*c as Python groups it; what the author bracketed at the right stays one factor."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult | ast.MatMult):
        return [*_factors(node.left), node.right]
    return [node]


def _reaches(node: ast.expr) -> bool:
    """Whether it swallows what follows, so that it needs no brackets as a last factor."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        return node.func.id in {
            "Sum",
            "Product",
            "integral",
            "limit",
            "diff",
            "grad",
            "hessian",
            "pullback",
            "total",
        }
    return False


def _digits_meet(left: str, right: str) -> bool:
    return left[-1:].isdigit() and right.startswith((r"\frac", "!"))


def _number(value: float, said: str) -> str:
    if isinstance(value, int) and abs(value) >= 10**5:
        return f"{value:,}".replace(",", r"\,")
    mantissa, _, exponent = said.lower().partition("e")
    return rf"{mantissa} \cdot 10^{{{int(exponent)}}}" if exponent else said
