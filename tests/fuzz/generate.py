"""Random terms over a small vocabulary, and pairs of terms that are likely to be taken for equal.

The vocabulary is small on purpose: wrong proofs come from collisions, and small vocabularies collide.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from random import Random

from calcds.errors import CalcdsError
from calcds.expr import kinds, operators
from calcds.expr.functions import fn
from calcds.expr.kinds import Dim, Index, Interval
from calcds.expr.operators import (
    Product,
    Sum,
    apply,
    at,
    delta,
    det,
    diag,
    diff,
    grad,
    integral,
    limit,
    piecewise,
    total,
    trace,
)
from calcds.expr.term import ONE, TRUE, ZERO, Term, mul, number, relation

N, M = Dim("n"), Dim("m")
SCALARS = (
    kinds.Real.symbol("x"), kinds.Real.symbol("y"), kinds.Positive.symbol("p"), kinds.Nonnegative.symbol("q"),
    kinds.Negative.symbol("r"), kinds.Nonzero.symbol("h"), kinds.Complex.symbol("z"), kinds.Integer.symbol("k"),
    kinds.Natural.symbol("l"), Interval(-1, 2).symbol("u"), kinds.Even.symbol("ev"),
)  # fmt: skip
REALS = SCALARS[:6]
VECTORS = (
    kinds.Vector[N].symbol("v"), kinds.Vector[N, kinds.Nonzero].symbol("w"), kinds.Vector[N, kinds.Negative].symbol("s"),
    kinds.Probability[N].symbol("pi_"), kinds.OneHot[N].symbol("t"), kinds.Vector[M].symbol("b"),
)  # fmt: skip
MATRICES = (
    kinds.Matrix[N, N].symbol("A"), kinds.Symmetric[N].symbol("S"), kinds.Orthogonal[N].symbol("Q"),
    kinds.PositiveDefinite[N].symbol("C"), kinds.Stochastic[N, N].symbol("P"), kinds.Matrix[M, N].symbol("X"),
    kinds.Diagonal[N].symbol("D"), kinds.Projection[N].symbol("J"), kinds.Antisymmetric[N].symbol("K"),
)  # fmt: skip
FREE = (kinds.Index[N].symbol("i"), kinds.Index[N].symbol("j"), Index("c"))
NUMBERS = tuple(number(Fraction(a)) for a in ("0", "1", "-1", "2", "3", "-2", "1/2", "-1/2", "1/3", "2/3"))
CONSTANTS = tuple(Term("const", (), name) for name in ("pi", "e", "I"))
FUNCTIONS = (
    "exp", "log", "sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh", "asinh", "acosh", "atanh", "abs", "sign",
    "heaviside", "floor", "ceil", "re", "im", "conj", "gamma", "factorial", "erf", "sigmoid", "softplus", "relu", "sec", "coth",
)  # fmt: skip
F = kinds.Function.symbol("f")
PLACES = {  # head -> range of arguments that name a variable
    "sum": (1, 2), "prod": (1, 2), "integral": (1, 2), "limit": (1, 2), "at": (1, 2), "build": (1, 3),
    "deriv": (1, 9), "grad": (1, 2),
}  # fmt: skip
SIGNS = ("<", "<=", ">", ">=", "=", "!=")


@dataclass
class Maker:
    """Draws terms with a source of chance. `words` says which kinds of terms: scalars, sums, matrices, cases, calculus."""

    rng: Random
    words: frozenset[str] = frozenset({"sums", "matrices", "cases", "calculus"})
    scalars: tuple[Term, ...] = field(default=SCALARS)

    def scalar(self, depth: int, indices: tuple[Term, ...] = ()) -> Term:
        """A scalar term; entries use the given bound indices."""
        for _ in range(20):
            try:
                return self._scalar(depth, indices)
            except CalcdsError:
                continue
        return ONE

    def _scalar(self, depth: int, indices: tuple[Term, ...]) -> Term:
        rng = self.rng
        if depth <= 0 or rng.random() < 0.12:
            return self._leaf(indices)
        choices: list[Callable[[int, tuple[Term, ...]], Term]] = [
            self._add,
            self._mul,
            self._mul,
            self._power,
            self._function,
            self._function,
        ]
        if "sums" in self.words:
            choices += [self._sum, self._sum]
        if "matrices" in self.words:
            choices.append(self._matrix_scalar)
        if "cases" in self.words:
            choices.append(self._cases)
        if "calculus" in self.words:
            choices.append(self._calculus)
        return rng.choice(choices)(depth - 1, indices)

    def _leaf(self, indices: tuple[Term, ...]) -> Term:
        rng = self.rng
        roll = rng.random()
        if roll < 0.2:
            return rng.choice(NUMBERS)
        if roll < 0.24:
            return rng.choice(CONSTANTS)
        if "sums" in self.words and roll < 0.5:
            return self._entry(indices)
        return rng.choice(self.scalars)

    def _index(self, indices: tuple[Term, ...]) -> Term:
        rng = self.rng
        pool = indices if indices and rng.random() < 0.85 else FREE
        index = rng.choice(pool)
        if rng.random() < 0.08:
            return rng.choice((index + ONE, index - ONE, N - ONE - index, ZERO))
        return index

    def _entry(self, indices: tuple[Term, ...]) -> Term:
        rng = self.rng
        if rng.random() < 0.15:
            return delta(self._index(indices), self._index(indices))
        if rng.random() < 0.08 and indices:
            return rng.choice(indices)
        if rng.random() < 0.5:
            return rng.choice(VECTORS)[self._index(indices)]
        a = rng.choice(MATRICES)
        if rng.random() < 0.1 and a.shape[0] is a.shape[1] and not a.data[1].has("antisymmetric"):
            a = a.I
        return a[self._index(indices), self._index(indices)]

    def _add(self, depth: int, indices: tuple[Term, ...]) -> Term:
        a, b = self.scalar(depth, indices), self.scalar(depth, indices)
        return a + b if self.rng.random() < 0.6 else a - b

    def _mul(self, depth: int, indices: tuple[Term, ...]) -> Term:
        a, b = self.scalar(depth, indices), self.scalar(depth, indices)
        return a * b if self.rng.random() < 0.75 else a / b

    def _power(self, depth: int, indices: tuple[Term, ...]) -> Term:
        base = self.scalar(depth, indices)
        exponent = self.rng.choice(NUMBERS) if self.rng.random() < 0.75 else self.scalar(depth - 1, indices)
        return base**exponent

    def _function(self, depth: int, indices: tuple[Term, ...]) -> Term:
        rng = self.rng
        if rng.random() < 0.08:
            return fn(rng.choice(("max", "min")), self.scalar(depth, indices), self.scalar(depth, indices))
        if rng.random() < 0.06:
            return fn("binomial", self.scalar(depth - 1, indices), self.scalar(depth - 1, indices))
        if rng.random() < 0.08:
            return apply(F, self.scalar(depth, indices))
        return fn(rng.choice(FUNCTIONS), self.scalar(depth, indices))

    def _sum(self, depth: int, indices: tuple[Term, ...]) -> Term:
        rng = self.rng
        k = Index(rng.choice("abc"))
        high = rng.choice(
            (
                N - ONE,
                N - ONE,
                N - ONE,
                M - ONE,
                N,
                N - number(2),
                number(2),
                self.scalars[-1] if rng.random() < 0.1 else N,
            )
        )
        low = rng.choice((ZERO, ZERO, ZERO, ONE))
        body = self.scalar(depth, (*indices, k, k))
        return (Product if rng.random() < 0.12 else Sum)(body, (k, low, high))

    def matrix(self, depth: int) -> Term:
        """An n x n matrix."""
        rng = self.rng
        square = [a for a in MATRICES if a.shape[0] is N]
        if depth <= 0 or rng.random() < 0.2:
            return rng.choice((*square, operators.eye(N)))
        a = self.matrix(depth - 1)
        match rng.randrange(9):
            case 0:
                return a + self.matrix(depth - 1)
            case 1 | 2:
                return a * self.matrix(depth - 1)
            case 3:
                return a.T
            case 4:
                return a.I
            case 5:
                return self.scalar(0) * a
            case 6:
                x = MATRICES[5]
                return x.T * x
            case 7:
                return diag(VECTORS[0]) * a
        return VECTORS[0] * VECTORS[3].T

    def _matrix_scalar(self, depth: int, indices: tuple[Term, ...]) -> Term:
        rng = self.rng
        a = self.matrix(min(depth, 2))
        v = rng.choice(VECTORS[:5])
        if rng.random() < 0.4:
            return v.T * a * rng.choice(VECTORS[:5])
        return (
            rng.choice((trace, total, det))(a)
            if rng.random() < 0.8
            else a[self._index(indices), self._index(indices)]
        )

    def condition(self, depth: int, indices: tuple[Term, ...] = ()) -> Term:
        """A relation between scalars, or two of them joined."""
        rng = self.rng
        one = relation(
            rng.choice(SIGNS), self.scalar(depth, indices), rng.choice((ZERO, ONE, self.scalar(0, indices)))
        )
        if rng.random() < 0.15:
            other = relation(rng.choice(SIGNS), self.scalar(0, indices), ZERO)
            return Term(rng.choice(("and", "or")), (one, other))
        return Term("not", (one,)) if rng.random() < 0.05 else one

    def _cases(self, depth: int, indices: tuple[Term, ...]) -> Term:
        a, b = self.scalar(depth, indices), self.scalar(depth, indices)
        return piecewise((a, self.condition(min(depth, 1), indices)), (b, TRUE))

    def _calculus(self, depth: int, indices: tuple[Term, ...]) -> Term:
        rng = self.rng
        x = rng.choice(REALS)
        body = self.scalar(depth, indices)
        match rng.randrange(6):
            case 0:
                return at(body, x, self.scalar(0, indices))
            case 1:
                return integral(body, x, ZERO, rng.choice((ONE, rng.choice(REALS))))
            case 2:
                return limit(body, x, rng.choice((ZERO, ONE)), rng.choice(("+", "-", "+-")))
            case 3:
                v = VECTORS[0]
                return grad(body, v)[rng.choice(FREE[:2])]
        return diff(body, x) if rng.random() < 0.8 else diff(body, x, x)

    # -- pairs -------------------------------------------------------------------------------------------------

    def mutated(self, t: Term) -> Term:
        """The term with one small change somewhere."""
        nodes: list[Term] = []
        todo = [t]
        while todo:
            node = todo.pop()
            nodes.append(node)
            todo.extend(node.args)
        for _ in range(20):
            target = self.rng.choice(nodes)
            try:
                new = self._changed(target)
                if new is not None and new is not target:
                    return replaced(t, target, new)
            except CalcdsError:
                continue
        return t + t

    def _changed(self, t: Term) -> Term | None:
        rng = self.rng
        match t.head:
            case "num":
                return rng.choice((number(t.data + 1), number(-t.data), number(2 * t.data)))
            case "sym" if t in SCALARS:
                return rng.choice((*SCALARS, -t, fn("abs", t)))
            case "sym" if t.data[1].word == "Index":
                return rng.choice(FREE)
            case "mul" if not t.is_scalar or any(not a.is_scalar for a in t.args):
                turned = mul(*reversed(t.args))
                return turned if turned.shape == t.shape else None
            case "trans" if t.shape[0] is t.shape[1]:
                return t.args[0]
            case "inv":
                return t.args[0]
            case "add" | "mul" if t.is_scalar:
                return Term("mul" if t.head == "add" else "add", t.args)
            case "fn":
                return fn(rng.choice(FUNCTIONS), t.args[0]) if len(t.args) == 1 and t.is_scalar else None
            case "pow":
                return rng.choice(
                    (
                        t.args[0],
                        Term("pow", (fn("abs", t.args[0]), t.args[1])),
                        (t.args[0] ** 2) ** (t.args[1] / 2),
                    )
                )
            case "entry":
                return (
                    Term("entry", (t.args[0], t.args[2], t.args[1]))
                    if t.args[0].shape[1] is t.args[0].shape[0]
                    else None
                )
            case "sum" | "prod":
                body, k, low, high = t.args
                return rng.choice(
                    (Term(t.head, (body, k, low, high - ONE)), Term(t.head, (body, k, low + ONE, high)))
                )
            case "piecewise":
                return rng.choice((t.args[0], t.args[2]))
        return None

    def rewritten(self, t: Term) -> Term:
        """The term after a rule of algebra that holds only under a condition, or always."""
        rng = self.rng
        match t.head:
            case "mul" if len(t.args) > 1:
                return (
                    Term("mul", tuple(rng.sample(t.args, len(t.args))))
                    if all(a.is_scalar for a in t.args)
                    else t
                )
            case "add" if len(t.args) > 1:
                return Term("add", tuple(rng.sample(t.args, len(t.args))), None, t.shape)
            case "pow" if t.args[0].head == "pow":
                return t.args[0].args[0] ** (t.args[0].args[1] * t.args[1])
            case "pow" if t.args[0].head == "mul" and all(a.is_scalar for a in t.args[0].args):
                return Term("mul", tuple(a ** t.args[1] for a in t.args[0].args))
            case "fn" if t.data == "log" and t.args[0].head == "mul":
                return Term("add", tuple(fn("log", a) for a in t.args[0].args))
            case "fn" if t.data == "log" and t.args[0].head == "pow":
                return t.args[0].args[1] * fn("log", t.args[0].args[0])
            case "fn" if t.data in ("abs", "sign") and t.args[0].head == "mul":
                return Term("mul", tuple(fn(t.data, a) for a in t.args[0].args))
        if t.args and t.head not in ("sym", "entry"):
            k = rng.randrange(len(t.args))
            if t.args[k].is_scalar and not (
                t.head in ("sum", "prod", "integral", "limit", "at", "deriv", "grad") and k > 0
            ):
                new = self.rewritten(t.args[k])
                return Term(t.head, (*t.args[:k], new, *t.args[k + 1 :]), t.data, t.shape)
        return t


def replaced(t: Term, target: Term, new: Term) -> Term:
    """One node replaced everywhere, without regard to what is bound."""
    if t is target:
        return new
    if not t.args:
        return t
    first, last = PLACES.get(t.head, (0, 0))
    args = (a if first <= k < last else replaced(a, target, new) for k, a in enumerate(t.args))
    return Term(t.head, tuple(args), t.data, t.shape)
