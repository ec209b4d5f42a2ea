"""Hypotheses as kinds: what a variable is, its shape, and the facts that deciding may rest on.

A kind is written where a blackboard says "let x in R^n": in the signature of a derivation. It knows its shape, its
facts (words of `IMPLIES`), and makes symbols. How a value of a kind is drawn stands in `calcds.values.domains`.

Imports: calcds.expr.term.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from calcds.errors import Malformed
from calcds.expr.term import SCALAR, Shape, Size, Term, size

# A fact and what follows from it. Facts about a matrix of numbers hold for every entry.
IMPLIES: dict[str, tuple[str, ...]] = {
    "positive": ("nonnegative", "nonzero", "real"),
    "negative": ("nonpositive", "nonzero", "real"),
    "nonnegative": ("real",),
    "nonpositive": ("real",),
    "nonzero": (),
    "integer": ("rational",),
    "rational": ("real",),
    "real": (),
    "complex": (),
    "even": ("integer",),
    "odd": ("integer", "nonzero"),
    "dimension": ("integer", "positive"),
    "index": ("integer", "nonnegative"),
    "square": (),
    "symmetric": ("square", "real"),
    "diagonal": ("symmetric",),
    "antisymmetric": ("square", "real"),
    "positive semidefinite": ("symmetric",),
    "positive definite": ("positive semidefinite", "invertible"),
    "orthogonal": ("invertible", "real", "full column rank"),
    "orthonormal columns": ("full column rank", "real"),
    "invertible": ("square", "full column rank"),
    "projection": ("symmetric",),
    "full column rank": (),
    "lower triangular": ("square",),
    "upper triangular": ("square",),
    "probability": ("nonnegative", "sums to one"),
    "one-hot": ("nonnegative", "sums to one", "integer"),
    "unit": ("real",),  # Euclidean norm 1
    "sums to one": ("real",),
    "column stochastic": ("nonnegative",),
    "row stochastic": ("nonnegative",),
    "one-hot rows": ("row stochastic", "integer"),
    "zero or one": ("nonnegative", "integer"),
}


def closure(facts: frozenset[str]) -> frozenset[str]:
    """All facts that follow from the given ones."""
    done: set[str] = set()
    todo = list(facts)
    while todo:
        fact = todo.pop()
        if fact not in done:
            done.add(fact)
            todo.extend(IMPLIES[fact])
    return frozenset(done)


@dataclass(frozen=True, slots=True)
class Kind:
    """What a variable is. `Matrix[m, n]` and `Positive` are kinds.

    >>> from calcds.notation import *
    >>> n = Dim("n")
    >>> Symmetric[n].symbol("A").shape
    (n, n)
    """

    word: str  # "Matrix", as the author writes it
    shape: Shape = SCALAR
    facts: frozenset[str] = frozenset({"real"})
    sizes: tuple[Size, ...] = ()  # as written between the brackets
    low: Fraction | None = None  # an open interval, where one is given
    high: Fraction | None = None

    def symbol(self, name: str) -> Term:
        """The variable of this name and kind."""
        return Term("sym", (), (name, self), self.shape)

    def has(self, fact: str) -> bool:
        """Whether the fact is stated or follows."""
        return fact in self.facts

    def __str__(self) -> str:
        sizes = [str(s) for s in self.sizes]
        if self.word in {"Vector", "RowVector", "Matrix"} and (extra := self.facts & {"positive", "nonnegative"}):
            sizes.append("Positive" if "positive" in extra else "Nonnegative")
        return self.word + (f"[{', '.join(sizes)}]" if sizes else "")

    __repr__ = __str__


def _scalar(word: str, *facts: str) -> Kind:
    return Kind(word, SCALAR, closure(frozenset(facts)))


Real = _scalar("Real", "real")
Complex = _scalar("Complex", "complex")
Positive = _scalar("Positive", "positive")
Negative = _scalar("Negative", "negative")
Nonnegative = _scalar("Nonnegative", "nonnegative")
Nonpositive = _scalar("Nonpositive", "nonpositive")
Nonzero = _scalar("Nonzero", "nonzero", "real")
Integer = _scalar("Integer", "integer")
Natural = _scalar("Natural", "integer", "nonnegative")
PositiveInteger = _scalar("PositiveInteger", "integer", "positive")
Even = _scalar("Even", "even")
Odd = _scalar("Odd", "odd")
DIMENSION = _scalar("Dim", "dimension")
INDEX = _scalar("Index", "index")
OneOrMinusOne = _scalar("Sign", "odd")  # a label in {-1, +1}; its square is 1


def Dim(name: str) -> Term:
    """A symbolic size: a positive integer. `m, n = map(Dim, "mn")`."""
    return DIMENSION.symbol(name)


def Interval(low: Any, high: Any) -> Kind:
    """The open interval from low to high, as a hypothesis on a scalar: `p: Interval(0, 1)`."""
    lo, hi = Fraction(str(low)), Fraction(str(high))
    if lo >= hi:
        raise Malformed(f"Interval({low}, {high}) is empty")
    facts = {"real"}
    if lo >= 0:
        facts.add("positive")
    if hi <= 0:
        facts.add("negative")
    return Kind(f"Interval({low}, {high})", SCALAR, closure(frozenset(facts)), (), lo, hi)


class _Sized:
    """A family of kinds with sizes in brackets."""

    def __init__(self, word: str, count: int, shape: Callable[..., Shape], *facts: str) -> None:
        self.word, self.count, self._shape, self.facts = word, count, shape, closure(frozenset({*facts, "real"}))

    def __getitem__(self, sizes: Any) -> Kind:
        given = sizes if isinstance(sizes, tuple) else (sizes,)
        extra = [s for s in given if isinstance(s, Kind)]
        numbers = tuple(size(s) for s in given if not isinstance(s, Kind))
        if len(numbers) != self.count:
            raise Malformed(f"{self.word} takes {self.count} size(s) in brackets, not {len(numbers)}")
        facts = closure(self.facts.union(*(kind.facts for kind in extra)))
        return Kind(self.word, self._shape(*numbers), facts, numbers)

    def __call__(self, *sizes: Any) -> Kind:
        return self[sizes]

    def symbol(self, name: str) -> Term:
        raise Malformed(f"{name}: {self.word} needs its sizes, as in {self.word}[{', '.join('mn'[:self.count])}]")


def _square(n: Size) -> Shape:
    return (n, n)


def _column(n: Size) -> Shape:
    return (n, 1)


def _rectangle(m: Size, n: Size) -> Shape:
    return (m, n)


Vector = _Sized("Vector", 1, _column)
RowVector = _Sized("RowVector", 1, lambda n: (1, n))
Matrix = _Sized("Matrix", 2, _rectangle)
Symmetric = _Sized("Symmetric", 1, _square, "symmetric")
Antisymmetric = _Sized("Antisymmetric", 1, _square, "antisymmetric")
Diagonal = _Sized("Diagonal", 1, _square, "diagonal")
Orthogonal = _Sized("Orthogonal", 1, _square, "orthogonal")
Orthonormal = _Sized("Orthonormal", 2, _rectangle, "orthonormal columns")
Invertible = _Sized("Invertible", 1, _square, "invertible")
PositiveDefinite = _Sized("PositiveDefinite", 1, _square, "positive definite")
PositiveSemidefinite = _Sized("PositiveSemidefinite", 1, _square, "positive semidefinite")
LowerTriangular = _Sized("LowerTriangular", 1, _square, "lower triangular")
UpperTriangular = _Sized("UpperTriangular", 1, _square, "upper triangular")
Projection = _Sized("Projection", 1, _square, "projection")
FullRank = _Sized("FullRank", 2, _rectangle, "full column rank")
Probability = _Sized("Probability", 1, _column, "probability")
OneHot = _Sized("OneHot", 1, _column, "one-hot")
UnitVector = _Sized("UnitVector", 1, _column, "unit")
Stochastic = _Sized("Stochastic", 2, _rectangle, "row stochastic")
Event = _Sized("Event", 1, _column, "zero or one")  # for every outcome, whether it belongs to the event
OneHotRows = _Sized("OneHotRows", 2, _rectangle, "one-hot rows")


class _IndexKind:
    """`Index[n]`: a whole number from 0 to n - 1. `Index("i")`: an index whose range its sum states."""

    def __getitem__(self, length: Any) -> Kind:
        return Kind("Index", SCALAR, INDEX.facts, (size(length),))

    def __call__(self, name: str) -> Term:
        return INDEX.symbol(name)


Index = _IndexKind()


@dataclass(frozen=True, slots=True)
class FunctionSymbol:
    """A function by name: undefined and as smooth as needed, or with a body.

    inputs:  shapes of the arguments; () for a scalar function that acts entry by entry
    output:  shape of the value
    body:    (parameters, term), or None for an undefined function
    order:   how often it is differentiated in each argument (scalar functions)

    >>> from calcds.notation import *
    >>> f, u = Function.symbol("f"), Real.symbol("u")
    >>> f(u).shape, f.prime()(u)
    ((1, 1), f'(u))
    """

    name: str
    arity: int = 1
    inputs: tuple[Shape, ...] = ()
    output: Shape = SCALAR
    body: tuple[tuple[Term, ...], Term] | None = None
    order: tuple[int, ...] = ()

    @property
    def entrywise(self) -> bool:
        """A function of scalars: on a matrix it acts on every entry."""
        return not self.inputs

    def __call__(self, *arguments: Any) -> Term:
        """The value of the function at these arguments. Raises ShapeError where they do not fit."""
        from calcds.expr.operators import apply  # shapes are checked where all constructors stand

        return apply(self, *arguments)

    def prime(self, argument: int = 0, times: int = 1) -> FunctionSymbol:
        """The derivative in one argument."""
        order = list(self.order or (0,) * self.arity)
        order[argument] += times
        return replace(self, order=tuple(order))

    def __str__(self) -> str:
        if not any(self.order):
            return self.name
        if self.arity == 1:
            return self.name + "'" * self.order[0]
        return f"D{list(self.order)}{self.name}".replace(" ", "")


class _FunctionKind:
    """Undefined functions, differentiable as often as needed, as hypotheses.

    `f: Function` a function of one number; `f: Function(2)` of two numbers; `f: Function[n]` from R^n to R;
    `g: Function[n, m]` from R^n to R^m; `f: Function[(m, n),]` a scalar function of an m x n matrix.
    """

    word = "Function"

    def __init__(self, arity: int = 1, inputs: tuple[Shape, ...] = (), output: Shape = SCALAR, word: str = "Function") -> None:
        self.arity, self.inputs, self.output, self.word = arity, inputs, output, word

    def __call__(self, arity: Any) -> Any:
        if isinstance(arity, str):
            return self.symbol(arity)
        return _FunctionKind(arity, word=f"Function({arity})")

    def __getitem__(self, sizes: Any) -> _FunctionKind:
        given = sizes if isinstance(sizes, tuple) else (sizes,)
        if len(given) not in (1, 2):
            raise Malformed("Function[n] is a function from R^n to R, Function[n, m] one from R^n to R^m")
        shapes = [(size(s[0]), size(s[1])) if isinstance(s, tuple) else (size(s), 1) for s in given]
        output = shapes[1] if len(shapes) == 2 else SCALAR
        return _FunctionKind(1, (shapes[0],), output, f"Function[{', '.join(str(s) for s in given)}]")

    def symbol(self, name: str) -> FunctionSymbol:
        """The function of this name."""
        return FunctionSymbol(name, self.arity, self.inputs, self.output)

    def __str__(self) -> str:
        return self.word


Function = _FunctionKind()
