"""The index language: any term written as scalar arithmetic over entries, sums over indices and Kronecker deltas.

`Entries.of(t, i, j)` is the entry (i, j) of a matrix term for symbolic i and j: a product becomes a sum over a fresh
index, a diagonal a delta, a derivative is carried out entry by entry (`calcds.decide.derivatives`). Sizes stay symbols
throughout. This is the second, independent way to a derivative, beside matrix calculus.

Bound indices are fresh symbols, so nothing is ever captured. Differentiating in a matrix with a declared structure
treats its entries as independent variables, the textbook convention for d/dA.

Imports: calcds.expr, calcds.decide.derivatives.
"""

from __future__ import annotations

from calcds.decide.derivatives import POINT, Derivatives
from calcds.errors import NoRule
from calcds.expr.functions import fn
from calcds.expr.kinds import FunctionSymbol
from calcds.expr.operators import delta
from calcds.expr.term import (
    MINUS_ONE,
    ONE,
    ZERO,
    Term,
    add,
    as_term,
    mul,
    number,
    relation,
    replace,
    substitute,
    subterms,
)


class Entries(Derivatives):
    """Lowers the terms of one question; holds the counter of fresh indices."""

    def __init__(self, closed: bool = False) -> None:  # noqa: FBT001, FBT002
        super().__init__()
        self.closed = closed  # functions with a body stay as they are
        self._memo: dict[tuple[Term, Term, Term], Term] = {}
        self._scalars: dict[Term, Term] = {}

    # -- entries of matrices -----------------------------------------------------------------------------------

    def of(self, t: Term, i: Term, j: Term) -> Term:
        """The entry (i, j) of a term, in the index language."""
        if t.is_scalar:
            return self.flat(t)
        key = (t, i, j)
        if key not in self._memo:
            self._memo[key] = self._of(t, i, j)
        return self._memo[key]

    def _of(self, t: Term, i: Term, j: Term) -> Term:
        args = t.args
        match t.head:
            case "sym":
                return Term("entry", (t, i, j))
            case "add":
                return Term("add", tuple(self.of(a, i, j) for a in args))
            case "mul":
                return self._product(args, i, j)
            case "trans":
                return self.of(args[0], j, i)
            case "had":
                return Term("mul", tuple(self.of(a, i, j) for a in args))
            case "epow":
                return Term("pow", (self.of(args[0], i, j), self.flat(args[1])))
            case "fn":
                return fn(t.data, *(self.of(a, i, j) for a in args))
            case "apply" if t.data.entrywise:
                return self._apply(t.data, tuple(self.of(a, i, j) for a in args))
            case "apply":
                return self._field(t, i, j)
            case "vfn":
                return self._softmax(t, i, j)
            case "diag":
                return delta(i, j) * self.of(args[0], i, ZERO)
            case "diagonal":
                return self.of(args[0], i, i)
            case "eye":
                return delta(i, j)
            case "zeros":
                return ZERO
            case "ones":
                return ONE
            case "unit":
                return delta(i, self.flat(args[0]))
            case "inv" if _small_literal(args[0]) and i.head == j.head == "num":
                return self._cofactor(args[0], int(j.data), int(i.data)) / self._det(args[0])
            case "inv" if args[0].head == "trans":
                return self.of(args[0].args[0].I, j, i)
            case "inv":
                return Term("entry", (Term("inv", (self.canonical(args[0]),), None, t.shape), i, j))
            case "mpow":
                return self._matrix_power(t, i, j)
            case "matrix":
                return self._literal(t, i, j)
            case "build":
                return self.flat(substitute(args[0], {args[1]: i, args[2]: j}))
            case "sum":
                k = self.index()
                body = self.of(substitute(args[0], {args[1]: k}), i, j)
                return Term("sum", (body, k, self.flat(args[2]), self.flat(args[3])))
            case "piecewise":
                parts = [self.of(a, i, j) if n % 2 == 0 else self.condition(a) for n, a in enumerate(args)]
                return Term("piecewise", tuple(parts))
            case "grad":
                return self.derive(self.flat(args[0]), _entry_of(args[1], i, j))
            case "jac":
                return self.derive(self.of(args[0], i, ZERO), _entry_of(args[1], j, ZERO))
            case "hess":
                first = self.derive(self.flat(args[0]), _entry_of(args[1], i, ZERO))
                return self.derive(first, _entry_of(args[1], j, ZERO))
            case "pull":
                return self._pullback(t, i, j)
            case "deriv":
                return self._derivatives(self.of(args[0], i, j), args[1:])
            case "at":
                return self._at(self.of(args[0], i, j), args[1], args[2])
            case "kron" if all(isinstance(s, int) for s in args[1].shape):
                return self._kron(t, i, j)
        raise NoRule("write the entries of", f"{t.head} in {t}")

    def _product(self, factors: tuple[Term, ...], i: Term, j: Term) -> Term:
        scalars = [self.flat(f) for f in factors if f.is_scalar]
        matrices = [f for f in factors if not f.is_scalar]
        places, between = [i], []
        for left in matrices[:-1]:
            if left.shape[1] == 1:
                places.append(ZERO)
            else:
                k = self.index()
                places.append(k)
                between.append((k, left.shape[1]))
        places.append(j)
        entries = [self.of(m, places[n], places[n + 1]) for n, m in enumerate(matrices)]
        body = Term("mul", tuple(entries)) if len(entries) > 1 else entries[0]
        for k, length in between:
            body = self.sum(body, k, length)
        return Term("mul", (*scalars, body)) if scalars else body

    def _softmax(self, t: Term, i: Term, j: Term) -> Term:
        v = t.args[0]
        k = self.index()
        match t.data:
            case "softmax" | "log_softmax":
                whole = self.sum(fn("exp", self.of(v, k, ZERO)), k, v.shape[0])
            case "softmax_rows" | "log_softmax_rows":
                whole = self.sum(fn("exp", self.of(v, i, k)), k, v.shape[1])
            case _:
                raise NoRule("write the entries of", str(t))
        here = self.of(v, i, j if t.data.endswith("_rows") else ZERO)
        return here - fn("log", whole) if t.data.startswith("log") else fn("exp", here) / whole

    def _matrix_power(self, t: Term, i: Term, j: Term) -> Term:
        base, k = t.args
        if k.head == "num" and k.data.denominator == 1 and abs(k.data) <= 6:
            n = int(k.data)
            if n == 0:
                return delta(i, j)
            one = base if n > 0 else base.I
            return self._product((one,) * abs(n), i, j) if abs(n) > 1 else self.of(one, i, j)
        raise NoRule("write the entries of", f"the power {t}")

    def _literal(self, t: Term, i: Term, j: Term) -> Term:
        rows, columns = t.data
        if any(not a.is_scalar for a in t.args):
            raise NoRule("write the entries of", f"the block matrix {t}")
        if i.head == "num" and j.head == "num":
            return self.flat(t.args[int(i.data) * columns + int(j.data)])
        parts = []
        for r in range(rows):
            for c in range(columns):
                here = [self.flat(t.args[r * columns + c])]
                here += [delta(i, number(r))] if rows > 1 else []
                here += [delta(j, number(c))] if columns > 1 else []
                parts.append(Term("mul", tuple(here)))
        return Term("add", tuple(parts))

    def _kron(self, t: Term, i: Term, j: Term) -> Term:
        a, b = t.args
        p, q = b.shape
        parts = []
        if not (isinstance(p, int) and isinstance(q, int) and i.head == "num" and j.head == "num"):
            raise NoRule("write the entries of", f"the Kronecker product {t}")
        (ia, ib), (ja, jb) = divmod(int(i.data), p), divmod(int(j.data), q)
        parts = [self.of(a, number(ia), number(ja)), self.of(b, number(ib), number(jb))]
        return Term("mul", tuple(parts))

    def canonical(self, a: Term) -> Term:
        """A matrix argument of an inverse, a determinant or an undefined function, by its entries."""
        if a.head == "sym" or a.is_scalar:
            return a
        if a.head == "trans" and a.args[0].head == "sym":
            return a
        i, j = self.index("r"), self.index("c")
        column = a.shape[1] == 1
        return Term("build", (self.of(a, i, ZERO if column else j), i, j), None, a.shape)

    # -- scalars -----------------------------------------------------------------------------------------------

    def flat(self, t: Term) -> Term:
        """A scalar term in the index language: no derivative, no matrix product, no evaluation point is left."""
        if t not in self._scalars:
            self._scalars[t] = self._flat(t)
        return self._scalars[t]

    def _flat(self, t: Term) -> Term:
        args = t.args
        match t.head:
            case "num" | "decimal" | "const" | "sym" | "truth":
                return t
            case "add" | "pow" | "fn" | "delta":
                return Term(t.head, tuple(self.flat(a) for a in args), t.data)
            case "had":
                return Term("mul", tuple(self.flat(a) for a in args))
            case "epow" | "mpow":
                return Term("pow", tuple(self.flat(a) for a in args))
            case "inv":
                return Term("pow", (self.flat(args[0]), MINUS_ONE))
            case "mul":
                if all(a.is_scalar for a in args):
                    return Term("mul", tuple(self.flat(a) for a in args))
                return self._product(args, ZERO, ZERO)
            case "trans" | "diag" | "diagonal":
                return self.flat(args[0])
            case "eye" | "ones":
                return ONE
            case "zeros":
                return ZERO
            case "vfn":
                return ZERO if t.data.startswith("log") else ONE
            case "apply" if t.data.entrywise:
                return self._apply(t.data, tuple(self.flat(a) for a in args))
            case "apply":
                return self._field(t, ZERO, ZERO)
            case "trace":
                k = self.index()
                return self.sum(self.of(args[0], k, k), k, args[0].shape[0]) if not args[0].is_scalar else self.flat(args[0])
            case "total":
                return self._total(args[0], lambda e: e)
            case "norm":
                return self._norm(t)
            case "det":
                return self.flat(args[0]) if args[0].is_scalar else self._det(args[0])
            case "entry":
                i, j = self.flat(args[1]), self.flat(args[2])
                if args[0].head in ("inv", "at") and _is_kernel(args[0]):
                    return Term("entry", (args[0], i, j))
                return self.of(args[0], i, j)
            case "matrix":
                return self.flat(args[0])
            case "build":
                return self.flat(substitute(args[0], {args[1]: ZERO, args[2]: ZERO}))
            case "sum" | "prod":
                k = self.index()
                return Term(t.head, (self.flat(substitute(args[0], {args[1]: k})), k, self.flat(args[2]), self.flat(args[3])))
            case "deriv":
                return self._derivatives(self.flat(args[0]), args[1:])
            case "grad":
                return self.derive(self.flat(args[0]), args[1])
            case "jac" | "hess":
                first = self.derive(self.flat(args[0]), args[1])
                return first if t.head == "jac" else self.derive(first, args[1])
            case "pull":
                return self._pullback(t, ZERO, ZERO)
            case "at":
                return self._at(self.flat(args[0]), args[1], args[2])
            case "piecewise":
                return Term("piecewise", tuple(self.flat(a) if n % 2 == 0 else self.condition(a) for n, a in enumerate(args)))
            case "antideriv":
                return Term("antideriv", (self.flat(args[0]), args[1]))
            case "integral" | "limit":
                k = self.index("t")
                k = Term("sym", (), (k.data[0], args[1].data[1]))
                body = self.flat(substitute(args[0], {args[1]: k}))
                return Term(t.head, (body, k, *(self.flat(a) for a in args[2:])), t.data)
            case "unit":
                return delta(ZERO, self.flat(args[0]))
        raise NoRule("write in entries", f"{t.head} in {t}")

    def condition(self, c: Term) -> Term:
        """A condition over flat scalars."""
        if c.head == "rel":
            return relation(c.data, *(self.flat(a) for a in c.args))
        return Term(c.head, tuple(self.condition(a) for a in c.args), c.data)

    def _total(self, a: Term, change: object) -> Term:
        if a.head == "vec":
            a = a.args[0]
        i = ZERO if a.shape[0] == 1 else self.index()
        j = ZERO if a.shape[1] == 1 else self.index()
        body = change(self.of(a, i, j))  # type: ignore[operator]
        for k, length in ((j, a.shape[1]), (i, a.shape[0])):
            if k is not ZERO:
                body = self.sum(body, k, length)
        return body  # type: ignore[no-any-return]

    def _norm(self, t: Term) -> Term:
        a = t.args[0]
        if t.data == 2:
            return Term("pow", (self._total(a, lambda e: e * e), number(1) / number(2)))
        if t.data == 1:
            return self._total(a, abs)
        raise NoRule("write in entries", "the largest absolute value of a vector")

    def _det(self, a: Term) -> Term:
        match a.head:
            case "mul" if all(f.is_scalar or f.shape == a.shape for f in a.args):
                parts = [self._det(f) if not f.is_scalar else Term("pow", (self.flat(f), as_term(a.shape[0]))) for f in a.args]
                return Term("mul", tuple(parts))
            case "trans":
                return self._det(a.args[0])
            case "inv":
                return Term("pow", (self._det(a.args[0]), MINUS_ONE))
            case "eye":
                return ONE
            case "mpow":
                return Term("pow", (self._det(a.args[0]), self.flat(a.args[1])))
            case "diag" | "sym" if a.head == "diag" or a.data[1].has("diagonal"):
                k = self.index()
                one = self.of(a.args[0], k, ZERO) if a.head == "diag" else Term("entry", (a, k, k))
                return Term("prod", (one, k, ZERO, as_term(a.shape[0]) - ONE))
        if a.head == "add" and (turned := _turned(a)) is not None:
            return self.flat(turned) if turned.is_scalar else Term("det", (self.canonical(turned),))
        if isinstance(a.shape[0], int) and a.shape[0] <= 4:
            return self._leibniz(a, list(range(a.shape[0])), list(range(a.shape[0])))
        return Term("det", (self.canonical(a),))

    def _leibniz(self, a: Term, rows: list[int], columns: list[int]) -> Term:
        if len(rows) == 1:
            return self.of(a, number(rows[0]), number(columns[0]))
        parts = []
        for n, c in enumerate(columns):
            minor = self._leibniz(a, rows[1:], columns[:n] + columns[n + 1 :])
            parts.append(Term("mul", (number((-1) ** n), self.of(a, number(rows[0]), number(c)), minor)))
        return Term("add", tuple(parts))

    def _cofactor(self, a: Term, r: int, c: int) -> Term:
        rows, columns = ([k for k in range(int(a.data[0])) if k != out] for out in (r, c))
        return Term("mul", (number((-1) ** (r + c)), self._leibniz(a, rows, columns)))

    # -- functions ---------------------------------------------------------------------------------------------

    def _apply(self, f: FunctionSymbol, args: tuple[Term, ...]) -> Term:
        if f.body is None or self.closed:
            return Term("apply", args, f)
        return self.opened(f, args)

    def opened(self, f: FunctionSymbol, args: tuple[Term, ...]) -> Term:
        """The body of a function, differentiated as often as the symbol says, at the arguments."""
        assert f.body is not None
        parameters, body = f.body
        value = self.flat(body)
        for parameter, times in zip(parameters, f.order or (0,) * f.arity, strict=True):
            for _ in range(times):
                value = self.derive(value, parameter)
        return substitute(value, dict(zip(parameters, args, strict=True)))

    def _field(self, t: Term, i: Term, j: Term) -> Term:
        f: FunctionSymbol = t.data
        if f.body is not None:
            parameters, body = f.body
            return self._at(self.of(body, i, j), parameters[0], t.args[0])
        kernel = Term("apply", tuple(self.canonical(a) for a in t.args), f, f.output)
        return kernel if kernel.is_scalar else Term("entry", (kernel, i, j))

    # -- calculus ----------------------------------------------------------------------------------------------

    def _derivatives(self, f: Term, places: tuple[Term, ...]) -> Term:
        for place in places:
            where = place
            if place.head == "entry":
                where = Term("entry", (place.args[0], self.flat(place.args[1]), self.flat(place.args[2])))
            f = self.derive(f, where)
        return f

    def _pullback(self, t: Term, i: Term, j: Term) -> Term:
        cotangent, y, x = t.args
        k = ZERO if y.shape[0] == 1 else self.index()
        m = ZERO if y.shape[1] == 1 else self.index()
        body = self.of(cotangent, k, m) * self.derive(self.of(y, k, m), _entry_of(x, i, j))
        for index, length in ((m, y.shape[1]), (k, y.shape[0])):
            if index is not ZERO:
                body = self.sum(body, index, length)
        return body

    def _at(self, body: Term, x: Term, value: Term) -> Term:
        """Replace x, or every entry of it, by the value."""
        if x.is_scalar:
            point = self.flat(value)
            markers = {m: Term("at", (m, x, point)) for m in subterms(body) if m.head == "deriv" and m.args[1] is x}
            return substitute(replace(body, markers), {x: point})
        memo: dict[Term, Term] = {}

        def walk(t: Term) -> Term:
            if x not in t.free:
                return t
            if t not in memo:
                if t.head == "entry" and t.args[0] is x:
                    memo[t] = self.of(value, walk(t.args[1]), walk(t.args[2]))
                elif t is x:
                    memo[t] = self.canonical(value)
                elif t.args and t.head != "sym" and not (t.head == "apply" and t.data.body and x in t.data.body[1].free):
                    memo[t] = Term(t.head, tuple(walk(a) for a in t.args), t.data, t.shape)
                else:
                    raise NoRule("evaluate at a point", str(t))
            return memo[t]

        return walk(body)


def _small_literal(a: Term) -> bool:
    """A 2 x 2 or 3 x 3 matrix given by its entries."""
    return a.head == "matrix" and a.data == a.shape and a.shape[0] in (2, 3)


def _turned(a: Term) -> Term | None:
    """det(1 + s A B C) = det(1 + s B C A): 1 plus a product in the turn that comes first, a scalar one if there is one.

    Sylvester's identity; with A a column it is the matrix determinant lemma.
    """
    if len(a.args) != 2 or not any(p.head == "eye" for p in a.args):
        return None
    product = next((p for p in a.args if p.head == "mul"), None)
    if product is None:
        return None
    scalars = [f for f in product.args if f.is_scalar]
    factors = [f for f in product.args if not f.is_scalar]
    turns = []
    for n in range(len(factors)):
        order = factors[n:] + factors[:n]
        size_ = order[0].shape[0]
        one = ONE if size_ == 1 else Term("eye", (), None, (size_, size_))
        turns.append(add(one, mul(*scalars, *order)))
    return min(turns, key=lambda t: (not t.is_scalar, str(t)))


def _entry_of(x: Term, i: Term, j: Term) -> Term:
    return x if x.is_scalar else Term("entry", (x, i, j))


def _is_kernel(whole: Term) -> bool:
    """An inverse or a derivative of an undefined function that is already in the index language."""
    if whole.head == "inv":
        return bool(whole.args[0].head in ("sym", "build", "trans"))
    return bool(whole.args[1].data[0] == POINT)
