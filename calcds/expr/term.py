"""The expression language: immutable, shared, typed nodes that never rewrite themselves.

A `Term` is a head, its arguments, a piece of data and a shape. What an author writes is what stands in the term:
`X.T*X*(X.T*X).I` stays as written, whereas SymPy turns it into an identity matrix while it is built and so hides the
missing hypothesis. Terms are hash-consed: equal terms are the same object, so `is` compares structure in one step.

Three conventions hold everywhere:

* Every term is a matrix, `shape = (rows, columns)`, sizes are ints or polynomial terms in dimensions.
  A scalar and a 1 x 1 matrix are one type, shape (1, 1).
* A product is one node `mul` over its factors in order. Scalar factors scale; the others multiply as matrices.
* Indices count from 0, as in SymPy and NumPy.

`HEADS` lists all heads with their meaning; everything that walks terms matches on them.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from typing import Any, TypeAlias
from weakref import WeakValueDictionary

from calcds.errors import Malformed, ShapeError

Size: TypeAlias = "int | Term"
Shape: TypeAlias = "tuple[Size, Size]"

SCALAR: tuple[int, int] = (1, 1)

HEADS = {
    # head        arguments                      data                 meaning
    "num":       "()                             Fraction             an exact rational number",
    "decimal":   "()                             str                  a number as printed, such as 5.27",
    "const":     "()                             str                  pi, e, I, oo, gamma (Euler's constant)",
    "sym":       "()                             (name, Kind)         a variable of a kind",
    "add":       "(a, b, ...)                    -                    sum of terms of one shape",
    "mul":       "(a, b, ...)                    -                    product: scalars scale, matrices multiply in order",
    "pow":       "(a, b)                         -                    scalar power (principal branch); b = -1 is a quotient",
    "mpow":      "(A, k)                         -                    power of a square matrix, k an integer scalar",
    "inv":       "(A)                            -                    inverse of a square matrix",
    "trans":     "(A)                            -                    transpose",
    "had":       "(A, B, ...)                    -                    entrywise product of equal shapes",
    "epow":      "(A, p)                         -                    entrywise power of a matrix",
    "fn":        "(a, ...)                       name                 row of functions.TABLE; entrywise on matrices",
    "apply":     "(a, ...)                       FunctionSymbol       undefined or named function applied",
    "vfn":       "(v)                            name                 softmax, log_softmax; with _rows of each row",
    "trace":     "(A)                            -                    sum of the diagonal entries",
    "det":       "(A)                            -                    determinant",
    "total":     "(A)                            -                    sum of all entries",
    "norm":      "(A)                            2, 1, 'oo'           Euclidean (Frobenius), sum of absolute values, largest",
    "diag":      "(v)                            -                    diagonal matrix with the entries of the column v",
    "diagonal":  "(A)                            -                    column of the diagonal entries of a square matrix",
    "eye":       "()                             -                    identity matrix",
    "zeros":     "()                             -                    matrix of zeros",
    "ones":      "()                             -                    matrix of ones",
    "unit":      "(k)                            -                    k-th standard basis column",
    "entry":     "(A, i, j)                      -                    one entry of a matrix",
    "matrix":    "(a11, a12, ...)                (rows, columns)      explicit entries, or blocks, row by row",
    "build":     "(body, i, j)                   -                    matrix whose entry (i, j) is body; binds i, j",
    "kron":      "(A, B)                         -                    Kronecker product",
    "vec":       "(A)                            -                    columns of A stacked",
    "delta":     "(i, j)                         -                    Kronecker delta",
    "sum":       "(body, i, lo, hi)              -                    sum over i = lo..hi, both ends included; binds i",
    "prod":      "(body, i, lo, hi)              -                    product over i = lo..hi; binds i",
    "deriv":     "(f, x, y, ...)                 -                    d/dx d/dy ... of f; x, y scalar symbols or entries",
    "grad":      "(f, x)                         -                    gradient, shape of x",
    "jac":       "(y, x)                         -                    Jacobian of a column: rows y, columns x",
    "hess":      "(f, x)                         -                    Hessian of a scalar in a column",
    "pull":      "(delta, y, x)                  -                    (dy/dx)^T delta, shape of x",
    "at":        "(body, x, value)               -                    body where x has the value; binds x",
    "integral":  "(body, x, lo, hi)              -                    definite integral; binds x",
    "antideriv": "(body, x)                      -                    indefinite integral, up to a constant",
    "limit":     "(body, x, point)               '+', '-' or '+-'     limit; binds x",
    "piecewise": "(e1, c1, e2, c2, ...)          -                    first e whose condition holds",
    "rel":       "(a, b)                         =, !=, <, <=, >, >=  relation",
    "and":       "(c, ...)                       -                    conjunction",
    "or":        "(c, ...)                       -                    disjunction",
    "not":       "(c)                            -                    negation",
    "truth":     "()                             bool                 true or false",
    "claimed":   "(a, ...)                       name                 property as a claim: symmetric(A), stationary(f, x), ...",
}  # fmt: skip
BINDERS = {"sum": 1, "prod": 1, "integral": 1, "limit": 1, "at": 1, "build": 2}  # head -> number of variables from args[1]
DERIVATIVES = frozenset({"deriv", "grad", "jac", "hess"})  # heads of (what, by what, ...)
CONDITIONS = frozenset({"rel", "and", "or", "not", "truth", "claimed"})

_SHARED: WeakValueDictionary[tuple[Any, ...], Term] = WeakValueDictionary()


class Term:
    """A node of the expression graph. Built by the functions of `calcds.expr`, never rewritten, compared by identity.

    >>> from calcds.notation import *
    >>> n = Dim("n")
    >>> x = Vector[n].symbol("x")
    >>> x.T*x is x.T*x
    True
    >>> print(x.T*x, (x.T*x).shape)
    x.T*x (1, 1)
    """

    __slots__ = ("__weakref__", "_free", "_size", "_text", "args", "data", "head", "shape")

    head: str
    args: tuple[Term, ...]
    data: Any
    shape: Shape
    _free: frozenset[Term] | None
    _text: str | None
    _size: Size | None

    def __new__(cls, head: str, args: tuple[Term, ...] = (), data: Any = None, shape: Shape = SCALAR) -> Term:  # noqa: PYI034
        """The one term with these parts: made once, shared ever after."""
        key = (head, args, data, shape)
        found = _SHARED.get(key)
        if found is None:
            found = object.__new__(cls)
            found.head, found.args, found.data, found.shape = head, args, data, shape
            found._free = found._text = found._size = None
            _SHARED[key] = found
        return found

    def __reduce__(self) -> tuple[Any, ...]:
        return Term, (self.head, self.args, self.data, self.shape)

    @property
    def is_scalar(self) -> bool:
        """True for shape (1, 1)."""
        return self.shape == SCALAR

    @property
    def free(self) -> frozenset[Term]:
        """The free symbols, those of sizes included."""
        if self._free is None:
            self._free = _free_symbols(self)
        return self._free

    # -- arithmetic, as on the blackboard ---------------------------------------------------------------------

    def __add__(self, other: Any) -> Term:
        return _binary(add, self, other)

    def __radd__(self, other: Any) -> Term:
        return _binary(add, other, self)

    def __sub__(self, other: Any) -> Term:
        return _binary(subtract, self, other)

    def __rsub__(self, other: Any) -> Term:
        return _binary(subtract, other, self)

    def __mul__(self, other: Any) -> Term:
        return _binary(mul, self, other)

    def __rmul__(self, other: Any) -> Term:
        return _binary(mul, other, self)

    __matmul__ = __mul__
    __rmatmul__ = __rmul__

    def __truediv__(self, other: Any) -> Term:
        return _binary(divide, self, other)

    def __rtruediv__(self, other: Any) -> Term:
        return _binary(divide, other, self)

    def __pow__(self, other: Any) -> Term:
        return _binary(power, self, other)

    def __rpow__(self, other: Any) -> Term:
        return _binary(power, other, self)

    def __neg__(self) -> Term:
        return negate(self)

    def __pos__(self) -> Term:
        return self

    def __abs__(self) -> Term:
        return Term("fn", (self,), "abs", self.shape)

    def __xor__(self, other: Any) -> Term:
        raise Malformed("^ means exclusive or in Python; a power is written x**2")

    def __lt__(self, other: Any) -> Term:
        return relation("<", self, other)

    def __le__(self, other: Any) -> Term:
        return relation("<=", self, other)

    def __gt__(self, other: Any) -> Term:
        return relation(">", self, other)

    def __ge__(self, other: Any) -> Term:
        return relation(">=", self, other)

    def __bool__(self) -> bool:
        if self.head == "truth":
            return bool(self.data)
        raise Malformed(f"{self} has no truth value in Python; write a case distinction with piecewise(...)")

    def __iter__(self) -> Iterator[Term]:
        raise Malformed(f"{self} cannot be iterated over: its size is a symbol; write total(...) or Sum(..., (i, n))")

    def __getitem__(self, index: Any) -> Term:
        i, j = index if isinstance(index, tuple) else (index, 0)
        if not isinstance(index, tuple) and self.shape[1] != 1:
            if self.shape[0] != 1:
                raise Malformed(f"an entry of a matrix has two indices: {self}[i, j]")
            i, j = 0, index
        return entry(self, i, j)

    @property
    def T(self) -> Term:
        """Transpose."""
        return Term("trans", (self,), None, (self.shape[1], self.shape[0]))

    @property
    def I(self) -> Term:  # noqa: E743  (the name the blackboard and SymPy use)
        """Inverse."""
        return inverse(self)

    def __str__(self) -> str:
        from calcds.expr.text import text  # the printer knows terms; terms only borrow it for messages

        if self._text is None:  # deciding sorts by text
            self._text = text(self)
        return self._text

    __repr__ = __str__

    def _repr_latex_(self) -> str:
        from calcds.expr.latex import latex

        return f"$\\displaystyle {latex(self)}$"

    def _sympy_(self) -> Any:
        from calcds.expr.bridge import to_sympy

        return to_sympy(self)


def number(value: Fraction | int) -> Term:
    """An exact rational."""
    return Term("num", (), value if type(value) is Fraction else Fraction(value))


ZERO, ONE, MINUS_ONE = number(0), number(1), number(-1)
TRUE, FALSE = Term("truth", (), True), Term("truth", (), False)

_CONVERTERS: list[Callable[[Any], Term | None]] = []


def as_term(value: Any) -> Term:
    """A term from a term, a Python number, or an object a registered bridge (SymPy) understands.

    A float is read as the decimal the author typed: 0.1 is one tenth.
    """
    if isinstance(value, Term):
        return value
    if isinstance(value, bool):
        return TRUE if value else FALSE
    if isinstance(value, int | Fraction):
        return number(value)
    if isinstance(value, float):
        return Term("decimal", (), repr(value))
    for convert in _CONVERTERS:
        if (found := convert(value)) is not None:
            return found
    if not _CONVERTERS and type(value).__module__.partition(".")[0] == "sympy":
        import calcds.expr.bridge  # noqa: F401  (registers itself; loaded only where SymPy objects come in)

        return as_term(value)
    raise Malformed(f"{value!r} is not part of the blackboard's language")


def _binary(build: Callable[[Term, Term], Term], left: Any, right: Any) -> Term:
    return build(as_term(left), as_term(right))


def register_bridge(convert: Callable[[Any], Term | None]) -> None:
    """Let `as_term` understand one more family of objects (used once, by the SymPy bridge)."""
    if convert not in _CONVERTERS:
        _CONVERTERS.append(convert)


# -- sizes: integer polynomials in dimensions, in one canonical form ------------------------------------------

_Monomial: TypeAlias = "tuple[tuple[Term, int], ...]"


def size(value: Any) -> Size:
    """The canonical form of a size: an int, or a term that is the same object for equal polynomials.

    >>> from calcds.notation import *
    >>> m, n = map(Dim, "mn")
    >>> size(n + m - 1) is size(m - 1 + n), size(n - n + 2)
    (True, 2)
    """
    if isinstance(value, int):
        return value
    term = _size_term(value)
    if term.head not in _OF_SIZES:
        return term
    if term._size is None:
        term._size = _canonical(term)
    return term._size


_OF_SIZES = ("num", "add", "mul", "pow")  # the heads that a canonical form looks into


def _canonical(term: Term) -> Size:
    polynomial = _polynomial(term)
    if all(monomial == () for monomial in polynomial):
        constant = polynomial.get((), Fraction(0))
        return int(constant) if constant.denominator == 1 else number(constant)
    return _from_polynomial(polynomial)


def _size_term(value: Any) -> Term:
    """A size as a term; a SymPy symbol in the place of a size is a dimension, as it is in SymPy's own shapes."""
    if not isinstance(value, Term) and type(value).__module__.partition(".")[0] == "sympy":
        from calcds.expr.bridge import size_of

        return size_of(value)
    return as_term(value)


def same_size(a: Size, b: Size) -> bool:
    """Whether two sizes are equal for all values of their dimensions."""
    return a is b or size(a) == size(b)


def same_shape(a: Shape, b: Shape) -> bool:
    """Whether two shapes are equal for all values of their dimensions."""
    return same_size(a[0], b[0]) and same_size(a[1], b[1])


def _polynomial(term: Term) -> dict[_Monomial, Fraction]:
    match term.head:
        case "num":
            return {(): term.data} if term.data else {}
        case "add":
            total: dict[_Monomial, Fraction] = {}
            for part in term.args:
                for monomial, c in _polynomial(part).items():
                    total[monomial] = total.get(monomial, Fraction(0)) + c
            return {m: c for m, c in total.items() if c}
        case "mul":
            product: dict[_Monomial, Fraction] = {(): Fraction(1)}
            for part in term.args:
                product = _times(product, _polynomial(part))
            return product
        case "pow" if term.args[1].head == "num" and 0 <= term.args[1].data <= 8 and term.args[1].data.denominator == 1:
            product = {(): Fraction(1)}
            for _ in range(int(term.args[1].data)):
                product = _times(product, _polynomial(term.args[0]))
            return product
        case "pow" if term.args[1].head == "num" and term.args[1].data == -1 and term.args[0].head == "num":
            if term.args[0].data:  # 1/0 is no number, and stays as it is
                return {(): 1 / term.args[0].data}
    return {((term, 1),): Fraction(1)}


def _times(a: dict[_Monomial, Fraction], b: dict[_Monomial, Fraction]) -> dict[_Monomial, Fraction]:
    product: dict[_Monomial, Fraction] = {}
    for ma, ca in a.items():
        for mb, cb in b.items():
            powers = dict(ma)
            for atom, k in mb:
                powers[atom] = powers.get(atom, 0) + k
            key = tuple(sorted(powers.items(), key=lambda item: str(item[0])))
            product[key] = product.get(key, Fraction(0)) + ca * cb
    return {m: c for m, c in product.items() if c}


def _from_polynomial(polynomial: dict[_Monomial, Fraction]) -> Term:
    def one(monomial: _Monomial, c: Fraction) -> Term:
        factors = tuple(atom if k == 1 else Term("pow", (atom, number(k))) for atom, k in monomial)
        if c != 1 or not factors:
            factors = (number(c), *factors)
        return factors[0] if len(factors) == 1 else Term("mul", factors)

    by_degree = sorted(polynomial.items(), key=lambda item: (-sum(k for _, k in item[0]), [str(a) for a, _ in item[0]]))
    parts = tuple(one(m, c) for m, c in by_degree)
    return parts[0] if len(parts) == 1 else Term("add", parts)


# -- the arithmetic constructors ------------------------------------------------------------------------------


def shape_text(shape: Shape) -> str:
    """`m x n`, or `a scalar`."""
    return "a scalar" if shape == SCALAR else f"{shape[0]} x {shape[1]}"


def _whence(term: Term) -> str:
    """`X*w is m x 1 (X is m x n, w is n x 1)`: a term with its shape and where the shape comes from."""
    said = f"{term} is {shape_text(term.shape)}"
    if term.head == "sym" or not term.args:
        return said
    leaves = sorted((s for s in term.free if not s.is_scalar), key=str)
    because = ", ".join(f"{s} is {shape_text(s.shape)}" for s in leaves)
    return f"{said} (because {because})" if because else said


def _not_condition(term: Term, where: str) -> None:
    if term.head in CONDITIONS:
        raise Malformed(f"{term} is a relation, not a value: it cannot be part of {where}")


def flatten(head: str, parts: Sequence[Term]) -> tuple[Term, ...]:
    """The arguments of parts of the same head opened in place: (a + b) + c and a + b + c are one term."""
    return tuple(inner for part in parts for inner in (part.args if part.head == head else (part,)))


def add(*parts: Term) -> Term:
    """Sum of terms of one shape. Raises ShapeError naming both operands."""
    first = parts[0]
    for part in parts:
        _not_condition(part, "a sum")
        if not same_shape(first.shape, part.shape):
            advice = ""
            if first.is_scalar != part.is_scalar:
                advice = "; to add a number to every entry write the number times ones(...)"
            elif same_shape(first.shape, (part.shape[1], part.shape[0])):
                advice = "; is a transpose missing?"
            raise ShapeError(f"cannot add: {_whence(first)}, but {_whence(part)}{advice}")
    flat = flatten("add", parts)
    return flat[0] if len(flat) == 1 else Term("add", flat, None, first.shape)


def negate(a: Term) -> Term:
    """-a. The sign goes to a leading number, so that -2*x is one term however it was come by.

    >>> from calcds.notation import *
    >>> x = Real.symbol("x")
    >>> -(2*x) is -2*x, (x - 3).args[1].data
    (True, Fraction(-3, 1))
    """
    _not_condition(a, "a difference")
    if a.head == "num":
        return number(-a.data)
    if a.head == "decimal":
        return Term("decimal", (), a.data[1:] if a.data.startswith("-") else "-" + a.data)
    if a.head != "mul":
        return mul(MINUS_ONE, a)
    first = a.args[0]
    flips = (first.head == "num" and first.data > 0) or (first.head == "decimal" and first.data[0] != "-")
    factors = (negate(first), *a.args[1:]) if flips else (MINUS_ONE, *a.args)
    return Term("mul", factors, None, a.shape)


def subtract(a: Term, b: Term) -> Term:
    """a - b."""
    if same_shape(a.shape, b.shape):
        return add(a, negate(b))
    return add(a, b)  # raises, naming b as the author wrote it


def mul(*factors: Term) -> Term:
    """Product in order: scalars scale, matrices multiply. Raises ShapeError naming both operands."""
    if len(factors) == 1:
        return factors[0]
    rows: Size = 1
    columns: Size = 1
    last: Term | None = None
    for factor in factors:
        _not_condition(factor, "a product")
        if factor.is_scalar:
            continue
        if last is None:
            rows = factor.shape[0]
        elif not same_size(columns, factor.shape[0]):
            advice = ""
            if same_shape(last.shape, factor.shape):
                advice = f"; entrywise products are hadamard({last}, {factor}), inner products {last}.T*{factor}"
            elif same_size(columns, factor.shape[1]):
                advice = f"; did you mean {last}*{factor.T}?"
            raise ShapeError(f"cannot multiply: {_whence(last)}, and {_whence(factor)}{advice}")
        columns = factor.shape[1]
        last = factor
    flat: list[Term] = []
    for factor in factors:
        # a product opened in place must not let its 1 x 1 result (x.T*x) swallow a neighbour: x.T*x*y is (x.T*x)*y
        if factor.head == "mul" and (not factor.is_scalar or all(a.is_scalar for a in factor.args)):
            flat.extend(factor.args)
        else:
            flat.append(factor)
    return Term("mul", tuple(flat), None, (rows, columns))


def divide(a: Term, b: Term) -> Term:
    """a / b for a scalar b."""
    if not b.is_scalar:
        raise ShapeError(f"cannot divide by a matrix: {_whence(b)}; write {b}.I for the inverse")
    return mul(a, Term("pow", (b, MINUS_ONE))) if a is not ONE else Term("pow", (b, MINUS_ONE))


def power(a: Term, b: Term) -> Term:
    """a ** b: scalar power, or an integer power of a square matrix."""
    _not_condition(a, "a power")
    if not b.is_scalar:
        raise ShapeError(f"an exponent is a scalar: {_whence(b)}")
    if a.is_scalar:
        return Term("pow", (a, b))
    if not same_size(*a.shape):
        raise ShapeError(f"only square matrices have powers: {_whence(a)}; entrywise squares are hadamard({a}, {a})")
    if b is MINUS_ONE:
        return inverse(a)
    return Term("mpow", (a, b), None, a.shape)


def inverse(a: Term) -> Term:
    """Inverse of a square matrix; of a scalar, its reciprocal."""
    if a.is_scalar:
        return Term("pow", (a, MINUS_ONE))
    if not same_size(*a.shape):
        raise ShapeError(f"only square matrices have inverses: {_whence(a)}")
    return Term("inv", (a,), None, a.shape)


def entry(a: Term, i: Any, j: Any = 0) -> Term:
    """The entry a[i, j], counted from 0. Literal indices are checked against literal sizes."""
    indices = (as_term(i), as_term(j))
    for index, length in zip(indices, a.shape, strict=True):
        if not index.is_scalar:
            raise ShapeError(f"an index is a scalar: {_whence(index)}")
        if index.head == "num":
            if index.data.denominator != 1 or index.data < 0:
                raise Malformed(f"{a}[{index}]: indices are whole numbers from 0")
            if isinstance(length, int) and index.data >= length:
                raise Malformed(f"{a}[{index}] is out of range: {_whence(a)} and indices count from 0")
    return Term("entry", (a, *indices))


def relation(sign: str, a: Any, b: Any) -> Term:
    """a = b, a < b, ... between terms of one shape."""
    left, right = as_term(a), as_term(b)
    if not same_shape(left.shape, right.shape):
        raise ShapeError(f"cannot compare: {_whence(left)}, but {_whence(right)}")
    return Term("rel", (left, right), sign)


# -- walking --------------------------------------------------------------------------------------------------


def _free_symbols(term: Term) -> frozenset[Term]:
    found: frozenset[Term] = frozenset()
    for length in term.shape:
        if isinstance(length, Term):
            found |= length.free
    if term.head == "sym":
        return found | {term}
    if term.head == "apply" and term.data.body is not None:  # a named function may use variables around it
        parameters, body = term.data.body
        found |= body.free - set(parameters)
    bound = BINDERS.get(term.head, 0)
    if not bound:
        return found.union(*(arg.free for arg in term.args)) if term.args else found
    inside = term.args[0].free - set(term.args[1 : 1 + bound])
    return found.union(inside, *(arg.free for arg in term.args[1 + bound :]))


def rebuild(term: Term, args: tuple[Term, ...], shape: Shape | None = None) -> Term:
    """The same node over other arguments of the same shapes."""
    return Term(term.head, args, term.data, term.shape if shape is None else shape)


def substitute(term: Term, table: dict[Term, Term]) -> Term:
    """Replace free symbols. Sizes are replaced too; bound variables are left alone (and renamed on capture)."""
    memo: dict[Term, Term] = {}

    def walk(t: Term) -> Term:
        if t in table:
            return table[t]
        if t in memo:
            return memo[t]
        if t.free.isdisjoint(table):
            return t
        bound = BINDERS.get(t.head, 0)
        if bound:
            done = _under_binder(t, bound, table)
        else:
            data = t.data if t.head != "apply" or t.data.body is None else _under_name(t.data, table)
            done = Term(t.head, tuple(walk(a) for a in t.args), data, _shape_under(t.shape, walk))
        memo[t] = done
        return done

    return walk(term)


def _shape_under(shape: Shape, walk: Callable[[Term], Term]) -> Shape:
    rows, columns = (size(walk(s)) if isinstance(s, Term) else s for s in shape)
    return (rows, columns)


def _under_name(f: Any, table: dict[Term, Term]) -> Any:
    """A named function with the variables around its body replaced; its parameters are bound (and renamed on capture)."""
    parameters, body = f.body
    inner = {k: v for k, v in table.items() if k not in parameters and k in body.free}
    if not inner:
        return f
    coming_in = frozenset().union(*(v.free for v in inner.values()))
    fresh = tuple(_fresh(p, coming_in) for p in parameters)
    inner.update((old, new) for old, new in zip(parameters, fresh, strict=True) if old is not new)
    return dataclasses.replace(f, body=(fresh, substitute(body, inner)))


def _fresh(variable: Term, taken: frozenset[Term]) -> Term:
    """The variable, primed until it is not one of those taken."""
    while variable in taken:
        name, kind = variable.data
        variable = Term("sym", (), (name + "'", kind), variable.shape)
    return variable


def _under_binder(t: Term, bound: int, table: dict[Term, Term]) -> Term:
    variables = t.args[1 : 1 + bound]
    inner = {k: v for k, v in table.items() if k not in variables}
    coming_in = frozenset().union(*(v.free for k, v in inner.items() if k in t.args[0].free)) if inner else frozenset()
    fresh: list[Term] = []
    for variable in variables:
        new = _fresh(variable, coming_in)
        fresh.append(new)
        if new is not variable:
            inner[variable] = new
    rest = tuple(substitute(a, table) for a in t.args[1 + bound :])
    body = substitute(t.args[0], inner) if inner else t.args[0]
    shape = _shape_under(t.shape, lambda s: substitute(s, table))
    return Term(t.head, (body, *fresh, *rest), t.data, shape)


def replace(term: Term, table: dict[Term, Term]) -> Term:
    """Replace whole nodes, wherever they stand. The new ones must have the shapes of the old ones."""
    memo = dict(table)

    def walk(t: Term) -> Term:
        if t not in memo:
            memo[t] = Term(t.head, tuple(walk(a) for a in t.args), t.data, t.shape) if t.args else t
        return memo[t]

    return walk(term) if table else term


def subterms(term: Term) -> Iterator[Term]:
    """Every distinct node below and including a term: the term first, each other node after one that has it."""
    seen: set[Term] = set()
    stack = [term]
    while stack:
        node = stack.pop()
        if node not in seen:
            seen.add(node)
            yield node
            stack.extend(node.args)
