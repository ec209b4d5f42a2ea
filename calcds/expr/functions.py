"""The named functions of numbers: one row a function, like the inside cover of a calculus book.

Each row has the derivative in every argument, what is known of the value for real arguments, a definition where the
function is made of others, how it is written, and where to look it up. Deciding, differentiating, printing and the
SymPy bridge read this table; a function that is not in it does not exist for calcds.

Conventions. Powers, roots and logarithms are principal branches. heaviside(0) = 1/2 and sign(0) = 0, as in SymPy;
the functions with a kink have no derivative there.

Imports: calcds.expr.term.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from calcds.expr.term import MINUS_ONE, ONE, ZERO, Term, add, divide, mul, number, power, relation, subtract

HALF = number(Fraction(1, 2))
TWO = number(2)
PI = Term("const", (), "pi")


def fn(name: str, *arguments: Term) -> Term:
    """The named function applied; entrywise on a matrix."""
    shape = next((a.shape for a in arguments if not a.is_scalar), arguments[0].shape)
    return Term("fn", arguments, name, shape)


def cases(*branches: tuple[Term, Term], otherwise: Term) -> Term:
    """Case distinction: the first value whose condition holds."""
    flat = [part for value, condition in branches for part in (value, condition)]
    return Term("piecewise", (*flat, otherwise, Term("truth", (), True)), None, otherwise.shape)


@dataclass(frozen=True, slots=True)
class Named:
    """One function of the table."""

    name: str
    derivative: Callable[..., tuple[Term, ...]] | None  # arguments -> one derivative for each argument; None: no rule
    facts: tuple[str, ...] = ()  # of the value at real arguments inside the domain
    domain: str = "all"  # where the function has a real value: all, positive, nonnegative, nonzero, [-1,1], (-1,1), >=1
    latex: str = ""  # \sin; empty: \operatorname{name}
    sympy: str = ""  # name of the SymPy class
    definition: Callable[..., Term] | None = None  # by other functions, exactly equal wherever both exist
    arity: int = 1  # 0: any number of arguments
    kinks: bool = False
    source: str = ""


def _sq(t: Term) -> Term:
    return power(t, TWO)


def _one_minus(t: Term) -> Term:
    return subtract(ONE, t)


def _root(t: Term) -> Term:
    return power(t, HALF)


def _neg(t: Term) -> Term:
    return mul(MINUS_ONE, t)


def _exp(t: Term) -> Term:
    return fn("exp", t)


def _sigmoid(t: Term) -> Term:
    return divide(ONE, add(ONE, _exp(_neg(t))))


def _relu(t: Term) -> Term:
    return fn("max", ZERO, t)


def _step(t: Term) -> Term:
    return cases((ONE, relation(">", t, ZERO)), (ZERO, relation("<", t, ZERO)), otherwise=HALF)


ROWS = (
    # elementary
    Named("exp", lambda u: (_exp(u),), ("positive",), "all", r"\exp", "exp", source="DLMF 4.7(ii)"),
    Named("log", lambda u: (divide(ONE, u),), (), "positive", r"\log", "log", source="DLMF 4.7(i)"),
    Named("sin", lambda u: (fn("cos", u),), ("real",), "all", r"\sin", "sin", source="DLMF 4.20"),
    Named("cos", lambda u: (_neg(fn("sin", u)),), ("real",), "all", r"\cos", "cos", source="DLMF 4.20"),
    Named("tan", lambda u: (add(ONE, _sq(fn("tan", u))),), ("real",), "all", r"\tan", "tan",
          lambda u: divide(fn("sin", u), fn("cos", u)), source="DLMF 4.20"),
    Named("cot", lambda u: (_neg(add(ONE, _sq(fn("cot", u)))),), ("real",), "all", r"\cot", "cot",
          lambda u: divide(fn("cos", u), fn("sin", u)), source="DLMF 4.20"),
    Named("sec", lambda u: (mul(fn("sec", u), fn("tan", u)),), ("real",), "all", r"\sec", "sec",
          lambda u: divide(ONE, fn("cos", u)), source="DLMF 4.20"),
    Named("csc", lambda u: (_neg(mul(fn("csc", u), fn("cot", u))),), ("real",), "all", r"\csc", "csc",
          lambda u: divide(ONE, fn("sin", u)), source="DLMF 4.20"),
    Named("asin", lambda u: (divide(ONE, _root(_one_minus(_sq(u)))),), (), "[-1,1]", r"\arcsin", "asin", source="DLMF 4.24"),
    Named("acos", lambda u: (_neg(divide(ONE, _root(_one_minus(_sq(u))))),), (), "[-1,1]", r"\arccos", "acos",
          lambda u: subtract(divide(PI, TWO), fn("asin", u)), source="DLMF 4.24"),
    Named("atan", lambda u: (divide(ONE, add(ONE, _sq(u))),), ("real",), "all", r"\arctan", "atan", source="DLMF 4.24"),
    Named("atan2", lambda y, x: (divide(x, add(_sq(x), _sq(y))), divide(_neg(y), add(_sq(x), _sq(y)))), ("real",),
          "all", "", "atan2", arity=2, source="Fungrim cf64b3"),
    Named("sinh", lambda u: (fn("cosh", u),), ("real",), "all", r"\sinh", "sinh",
          lambda u: divide(subtract(_exp(u), _exp(_neg(u))), TWO), source="DLMF 4.28"),
    Named("cosh", lambda u: (fn("sinh", u),), ("positive",), "all", r"\cosh", "cosh",
          lambda u: divide(add(_exp(u), _exp(_neg(u))), TWO), source="DLMF 4.28"),
    Named("tanh", lambda u: (_one_minus(_sq(fn("tanh", u))),), ("real",), "all", r"\tanh", "tanh",
          lambda u: divide(subtract(_exp(u), _exp(_neg(u))), add(_exp(u), _exp(_neg(u)))), source="DLMF 4.28"),
    Named("coth", lambda u: (_one_minus(_sq(fn("coth", u))),), ("real",), "nonzero", r"\coth", "coth",
          lambda u: divide(add(_exp(u), _exp(_neg(u))), subtract(_exp(u), _exp(_neg(u)))), source="DLMF 4.28"),
    Named("sech", lambda u: (_neg(mul(fn("sech", u), fn("tanh", u))),), ("positive",), "all", r"\operatorname{sech}", "sech",
          lambda u: divide(TWO, add(_exp(u), _exp(_neg(u)))), source="DLMF 4.28"),
    Named("csch", lambda u: (_neg(mul(fn("csch", u), fn("coth", u))),), ("real",), "nonzero", r"\operatorname{csch}", "csch",
          lambda u: divide(TWO, subtract(_exp(u), _exp(_neg(u)))), source="DLMF 4.28"),
    Named("asinh", lambda u: (divide(ONE, _root(add(ONE, _sq(u)))),), ("real",), "all", r"\operatorname{arsinh}", "asinh",
          lambda u: fn("log", add(u, _root(add(_sq(u), ONE)))), source="DLMF 4.37"),
    Named("acosh", lambda u: (divide(ONE, mul(_root(subtract(u, ONE)), _root(add(u, ONE)))),), (), ">=1",
          r"\operatorname{arcosh}", "acosh",
          lambda u: fn("log", add(u, mul(_root(subtract(u, ONE)), _root(add(u, ONE))))), source="DLMF 4.37"),
    Named("atanh", lambda u: (divide(ONE, _one_minus(_sq(u))),), (), "(-1,1)", r"\operatorname{artanh}", "atanh",
          lambda u: divide(subtract(fn("log", add(ONE, u)), fn("log", _one_minus(u))), TWO), source="DLMF 4.37"),
    # with kinks
    Named("abs", lambda u: (fn("sign", u),), ("nonnegative",), "all", "", "Abs", kinks=True),
    Named("sign", lambda u: (mul(ZERO, divide(ONE, u)),), ("real",), "all", r"\operatorname{sign}", "sign",
          lambda u: cases((ONE, relation(">", u, ZERO)), (MINUS_ONE, relation("<", u, ZERO)), otherwise=ZERO), kinks=True),
    Named("heaviside", lambda u: (mul(ZERO, divide(ONE, u)),), ("nonnegative",), "all", r"\theta", "Heaviside",
          _step, kinks=True),
    Named("max", None, ("real",), "all", r"\max", "Max", arity=0, kinks=True),
    Named("min", None, ("real",), "all", r"\min", "Min", arity=0, kinks=True),
    Named("floor", None, ("integer",), "all", "", "floor", kinks=True),
    Named("ceil", None, ("integer",), "all", "", "ceiling", kinks=True),
    # complex parts
    Named("re", None, ("real",), "all", r"\operatorname{Re}", "re"),
    Named("im", None, ("real",), "all", r"\operatorname{Im}", "im"),
    Named("conj", None, (), "all", r"\overline", "conjugate"),
    # special functions
    Named("factorial", None, (), "nonnegative", "", "factorial", lambda u: fn("gamma", add(u, ONE)), source="DLMF 5.4"),
    Named("gamma", lambda u: (mul(fn("gamma", u), fn("digamma", u)),), (), "positive", r"\Gamma", "gamma", source="DLMF 5.2"),
    Named("loggamma", lambda u: (fn("digamma", u),), (), "positive", r"\log\Gamma", "loggamma", source="DLMF 5.2"),
    Named("digamma", None, (), "positive", r"\psi", "digamma", source="DLMF 5.2"),
    Named("binomial", None, (), "all", "", "binomial", arity=2, source="DLMF 1.2"),
    Named("erf", lambda u: (mul(divide(TWO, _root(PI)), _exp(_neg(_sq(u)))),), ("real",), "all", r"\operatorname{erf}", "erf",
          source="DLMF 7.2"),
    # words of machine learning
    Named("sigmoid", lambda u: (mul(fn("sigmoid", u), _one_minus(fn("sigmoid", u))),), ("positive",), "all", r"\sigma", "",
          _sigmoid, source="magyar-008"),
    Named("softplus", lambda u: (fn("sigmoid", u),), ("positive",), "all", r"\operatorname{softplus}", "",
          lambda u: fn("log", add(ONE, _exp(u))), source="magyar-025"),
    Named("relu", lambda u: (cases((ONE, relation(">", u, ZERO)), (ZERO, relation("<", u, ZERO)), otherwise=divide(ZERO, u)),),
          ("nonnegative",), "all", r"\operatorname{ReLU}", "", _relu, kinks=True, source="magyar-013"),
)  # fmt: skip

TABLE: dict[str, Named] = {row.name: row for row in ROWS}
