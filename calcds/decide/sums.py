"""Normal forms of sums and products over indices, entries and deltas.

    rule                                                    holds where
    sum(a + b) = sum a + sum b, sum(c a) = c sum a          c free of the index
    sum_k delta(k, e) f(k) = f(e)                           low <= e <= high, which the hypotheses must imply
    sum_k f(k) = sum_k f(k + low), k from 0                 always
    sum of n + c terms = sum of n terms + the last c        c a whole number; for c < 0 only without divisors
    sum of 1, k, k^2, ... by Faulhaber's formula            high >= low - 1, as for every sum
    (sum_i a_i)(sum_j b_j), sums over connected factors     always: a product of sums stays a product
    sum_k f(k + c) = sum_k f(k) + f above - f below      f made of entries alone, c a whole number
    bound indices renamed to a canonical order              always
    det(1 + A B) = det(1 + B A), det(Q)^2 = 1                sizes fit; Q orthogonal
    A^-1 A = 1, Q^T Q = 1, sum p = 1, t_i t_j = delta t_i   the kind of the matrix says so

Two sums are the same kernel exactly if they agree up to renaming their bound indices and the order of their factors.

Imports: calcds.expr, calcds.decide.field, .facts, .scalar, .entries.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import permutations

from flint import fmpq

from calcds.decide.asking import NeedBoundary
from calcds.decide.bound import BOUND, depth
from calcds.decide.continuity import is_infinite
from calcds.decide.entries import Entries
from calcds.decide.facts import NEG, NIL, NONNEG, NONPOS, NONZERO, POS, REAL
from calcds.decide.field import Ratio, TooBig
from calcds.decide.integrals import integral
from calcds.decide.limits import limit
from calcds.decide.powers import E_BASE, IMAGINARY
from calcds.decide.scalar import Normalizer
from calcds.decide.series import infinite_sum
from calcds.errors import NoRule, Undefined
from calcds.expr.functions import fn
from calcds.expr.kinds import INDEX, Index, Kind
from calcds.expr.operators import delta
from calcds.expr.term import ONE, ZERO, Term, as_term, number, same_size, size, substitute

SPLIT = 6  # at most so many terms are split off a sum
WRITTEN_OUT = 12  # sums of a known number of terms up to this are written out
ORDERS = 720  # orders of bound indices tried for the canonical one


@dataclass
class Product:
    """A product under sums, taken apart: bound indices with their ranges, and factors with exponents."""

    ranges: dict[Term, tuple[Term, Term]] = field(default_factory=dict)
    factors: list[tuple[Term, int]] = field(default_factory=list)


class Sums:
    """The part of the normal form that knows indices. Installs itself as the normalizer's rule for other heads."""

    def __init__(self, normal: Normalizer, entries: Entries) -> None:
        self.normal, self.entries = normal, entries
        self.field, self.facts = normal.field, normal.facts
        self.boundary: dict[Term, Term] = {}  # derivatives where cases meet, found by `prover`
        normal.others = self

    def __call__(self, t: Term) -> Ratio:
        """The normal form of a term that is not scalar arithmetic."""
        match t.head:
            case "entry":
                return self._entry(t)
            case "sym":
                return self.field.kernel(t)
            case "delta":
                return self._delta(t)
            case "sum" if is_infinite(t.args[3]) > 0:
                return infinite_sum(self, t)
            case "sum":
                return self._sum(t)
            case "prod":
                return self._prod(t)
            case "apply" if t.data.entrywise:
                return self.field.kernel(Term("apply", tuple(self.normal(a).term for a in t.args), t.data))
            case "apply":
                return self.field.kernel(Term("apply", tuple(self.matrix(a) for a in t.args), t.data, t.shape))
            case "det":
                inside = self.matrix(t.args[0])
                orthogonal = inside.head == "sym" and inside.data[1].has("orthogonal")
                return self.field.kernel(Term("det", (inside,)), (2, self.field.one) if orthogonal else None)
            case "deriv" | "at" if t.head == "deriv" or t.args[0].head == "deriv":
                if t in self.boundary:
                    return self.normal(self.boundary[t])
                raise NeedBoundary(t)
            case "limit":
                return limit(self, t)
            case "integral":
                return integral(self, t)
            case "antideriv":  # a function of its variable, which stays as it is
                return self.field.kernel(Term("antideriv", (self._quiet(t.args[0]).term, t.args[1])))
        flat = self.entries.flat(t)
        if flat is t:
            raise NoRule("bring to normal form", f"{t.head} in {t}")
        return self.normal(flat)

    # -- entries and deltas ------------------------------------------------------------------------------------

    def matrix(self, a: Term) -> Term:
        """A matrix argument of a kernel, by its entries in normal form."""
        if a.head != "build":
            return a
        body, before = a.args[0], a.args[1:]
        # twice: only the normal form tells how deep the names must lie; a name carries its range, so that equal names
        # in matrices of different sizes are different indices
        for level in (None, ""):
            level_below = depth(body) + 1
            new = [
                self.entries.index() if level is None else Index[length].symbol(f"{BOUND}{hint}{level_below}")
                for hint, length in zip("rc", a.shape, strict=True)
            ]
            for index, length in zip(new, a.shape, strict=True):
                self._in_range(index, as_term(length))
            body = self._quiet(substitute(body, dict(zip(before, new, strict=True)))).term
            before = tuple(new)
        if body.head == "entry" and body.args[0].head == "sym" and body.args[0].shape == a.shape:
            wanted = tuple(ZERO if length == 1 else index for index, length in zip(before, a.shape, strict=True))
            if body.args[1:] == wanted:
                return body.args[0]  # the matrix of the entries of A is A
        return Term("build", (body, *before), None, a.shape)

    def _quiet(self, body: Term) -> Ratio:
        """The normal form of what stands under a binder: no case distinctions on its indices."""
        before, self.normal.splitting = self.normal.splitting, False
        try:
            return self.normal(body)
        finally:
            self.normal.splitting = before

    def _in_range(self, index: Term, length: Term) -> None:
        """State 0 <= index < length."""
        if index not in self.facts.lengths:
            self.field.kernel(index)
            self.facts.lengths[index] = self.normal(length)

    def _entry(self, t: Term) -> Ratio:
        whole, i, j = t.args[0], self.normal(t.args[1]).term, self.normal(t.args[2]).term
        if whole.head == "inv":
            inner = self.matrix(whole.args[0])
            whole = Term("inv", (inner,), None, whole.shape)
            if inner.head == "sym" and inner.data[1].has("symmetric"):
                i, j = _ordered(i, j)
            if inner.head == "sym" and inner.data[1].has("orthogonal"):
                return self.normal(Term("entry", (inner, j, i)))
            return self.field.kernel(Term("entry", (whole, i, j)))
        if whole.head == "apply":
            whole = Term("apply", tuple(self.matrix(a) for a in whole.args), whole.data, whole.shape)
        elif whole.head == "at":
            body, point, argument = whole.args
            whole = Term("at", (body, point, self.matrix(argument)), None, whole.shape)
            if body.head == "hess":
                i, j = _ordered(i, j)
        elif whole.head == "sym":
            return self._entry_of_variable(whole, i, j)
        else:
            flat = self.entries.of(whole, i, j)
            if flat is t:
                raise NoRule("find the entries of", str(whole))
            return self.normal(flat)
        return self.field.kernel(Term("entry", (whole, i, j)))

    def _entry_of_variable(self, whole: Term, i: Term, j: Term) -> Ratio:
        kind: Kind = whole.data[1]
        if kind.has("diagonal"):
            here = self.field.kernel(Term("entry", (whole, i, i)))
            return here if i is j else here * self.normal(delta(i, j))
        if kind.has("symmetric"):
            i, j = _ordered(i, j)
        if kind.has("antisymmetric"):
            if i is j:
                return self.field.zero
            first, second = _ordered(i, j)
            sign = 1 if first is i else -1
            return self.field.constant(sign) * self.field.kernel(Term("entry", (whole, first, second)))
        if kind.has("one-hot"):
            here = self.field.kernel(Term("entry", (whole, i, j)))
            index = self.field.numbers[Term("entry", (whole, i, j))]
            self.field.relations[index] = (2, here)
            return here
        if kind.word == "Sign" or (kind.has("odd") and kind.word == "Sign"):
            return self.field.kernel(Term("entry", (whole, i, j)), (2, self.field.one))
        return self.field.kernel(Term("entry", (whole, i, j)))

    def _delta(self, t: Term) -> Ratio:
        i, j = (self.normal(a) for a in t.args)
        difference = i - j
        if difference.is_zero:
            return self.field.one
        if difference.value is not None:
            return self.field.zero
        plain = t.args[0].head == "sym" and t.args[1].head == "sym"
        sign = self.facts.sign(difference, 0 if plain else 1)
        if sign is not None and sign <= NONZERO:
            return self.field.zero
        if sign == NIL:
            return self.field.one
        first, second = _ordered(i.term, j.term)
        kernel = Term("delta", (first, second))
        here = self.field.kernel(kernel)
        self.field.relations[self.field.numbers[kernel]] = (2, here)
        return here

    # -- sums --------------------------------------------------------------------------------------------------

    def _sum(self, t: Term) -> Ratio:
        body, k, low, high = t.args
        k0 = self.entries.index()
        shifted = substitute(body, {k: k0 + low if low is not ZERO else k0})
        length = self.normal(high) - self.normal(low) + self.field.one
        base, extra = _split_length(length)
        if length.value is not None:
            count = length.value
            if count.denominator != 1 or count < 0:
                raise Undefined("a sum over a range of negative or fractional length")
            if count <= WRITTEN_OUT:
                return self._added(substitute(shifted, {k0: number(n)}) for n in range(int(count)))
            base, extra = length, 0
        with self._perhaps_empty(length):
            top = base.term - ONE
            whole = self._sum_to(self._body(shifted, k0, top), k0, top)
            if extra and extra < 0 and not self._total_in(shifted, k0):
                base, extra = length, 0
                top = base.term - ONE
                whole = self._sum_to(self._body(shifted, k0, top), k0, top)
            for n in range(abs(extra)):
                where = base.term + number(n) if extra > 0 else base.term - number(n + 1)
                last = self.normal(substitute(shifted, {k0: where}))
                whole = whole + last if extra > 0 else whole - last
        return whole

    @contextmanager
    def _perhaps_empty(self, length: Ratio) -> Iterator[None]:
        """A sum without terms is 0 even if its summand is undefined."""
        try:
            yield
        except Undefined as problem:
            if self.facts.sign(length) == POS:
                raise
            raise NoRule("add up, with perhaps no term at all,", str(problem)) from None

    def _added(self, terms: Iterable[Term]) -> Ratio:
        whole = self.field.zero
        for t in terms:
            whole = whole + self.normal(t)
        return whole

    def _body(self, body: Term, k: Term, top: Term) -> Ratio:
        self._in_range(k, top + ONE)
        return self.field.reduce(self._quiet(body))

    def _total_in(self, body: Term, k: Term) -> bool:
        """Whether the summand has no divisor, root or logarithm that depends on the index."""
        ratio = self._quiet(body)
        if any(k in kernel.free for kernel in Ratio(self.field, ratio.den, self.field.one_poly).kernels()):
            return False
        return all(kernel.head in ("entry", "sym", "delta") or k not in kernel.free for kernel in ratio.kernels())

    def _sum_to(self, body: Ratio, k: Term, top: Term) -> Ratio:
        """Sum over k = 0 .. top of a ratio: constants in front, deltas eliminated, kernels for the rest."""
        if body.is_zero:
            return body
        outside, inside = self._divisors(body, k)
        whole = self.field.zero
        for exponents, c in body.num.to_dict().items():
            monomial = Ratio(self.field, self.field.context.from_dict({exponents: fmpq(1)}), self.field.one_poly)
            constant = self.field.constant(Fraction(int(c.p), int(c.q))) / outside
            whole = whole + constant * self._sum_monomial(monomial, inside, k, top)
        return whole

    def _divisors(self, body: Ratio, k: Term) -> tuple[Ratio, list[tuple[Ratio, int]]]:
        """The denominator as (what does not depend on k, factors that do)."""
        below = Ratio(self.field, body.den, self.field.one_poly)
        if not any(k in kernel.free for kernel in below.kernels()):
            return below, []
        content, factors = below.factors()
        outside, inside = self.field.constant(content), []
        for factor, e in factors:
            if any(k in kernel.free for kernel in factor.kernels()):
                inside.append((factor, e))
            else:
                outside = outside * factor**e
        return outside, inside

    def _sum_monomial(self, monomial: Ratio, inside: list[tuple[Ratio, int]], k: Term, top: Term) -> Ratio:
        outside = self.field.one
        dependent: list[tuple[Term, int]] = []
        for kernel, e in zip(self.field.kernels, monomial.num.degrees(), strict=False):
            if not e:
                continue
            if k in kernel.free:
                dependent.append((kernel, int(e)))
            else:
                outside = outside * self.field.kernel(kernel) ** int(e)
        divisors = [(factor.term, -e) for factor, e in inside]
        return outside * self._sum_factors(dependent + divisors, k, top)

    def _sum_factors(self, factors: list[tuple[Term, int]], k: Term, top: Term) -> Ratio:
        if not factors:
            return self.normal(top) + self.field.one
        for n, (kernel, e) in enumerate(factors):
            if kernel.head == "delta" and e > 0:
                where = self._solve(kernel, k)
                if where is not None and self._inside(where, top):
                    rest = _product(factors[:n] + factors[n + 1 :])
                    return self.normal(substitute(rest, {k: where}))
        slopes, offset = self._indices_in(factors, k)
        if slopes == {-1}:
            rest = substitute(_product(factors), {k: top - k})
            return self._sum_to(self._body(rest, k, top), k, top)
        if slopes == {1} and 0 < offset <= SPLIT:
            return self._moved_down(_product(factors), k, top, offset)
        if len(factors) == 1 and factors[0][0] is k and factors[0][1] > 0:
            return self._faulhaber(factors[0][1], top)
        geometric = self._geometric(factors, k, top)
        if geometric is not None:
            return geometric
        return self._connected(self._open(factors, k, top))

    def _solve(self, kernel: Term, k: Term) -> Term | None:
        """The value of k at which delta(i, j) is 1."""
        i, j = (self.normal(a) for a in kernel.args)
        difference = i - j
        slope = self.field.zero
        here = self.field.kernel(k)
        if difference.den.is_one() and difference.num.degrees()[self.field.numbers[k]] == 1:
            at0 = self.normal(substitute(difference.term, {k: ZERO}))
            slope = (difference - at0) / here
            if slope.value in (1, -1):
                return (-at0 / slope).term
        return None

    def _inside(self, where: Term, top: Term) -> bool:
        """Whether the hypotheses imply 0 <= where <= top."""
        length = self.facts.lengths.get(where)
        if length is not None and length == self.normal(top) + self.field.one:
            return True
        low, gap = self.normal(where), self.normal(top) - self.normal(where)
        if not self.facts.is_integer(low):
            return False
        for difference in (low, gap):
            sign = self.facts.sign(difference)
            if sign is None or not sign <= NONNEG:
                return False
        return True

    def _indices_in(self, factors: list[tuple[Term, int]], k: Term) -> tuple[set[int], int]:
        """The slopes with which k stands in the indices of entries, and the least constant beside it.

        Slopes are empty if k stands anywhere else too.
        """
        slopes: set[int] = set()
        offsets: list[int] = []
        for kernel, e in factors:
            if kernel.head != "entry" or kernel.args[0].head != "sym" or e < 0:
                return set(), 0
            for index in kernel.args[1:]:
                if k in index.free:
                    rest = self.normal(substitute(index, {k: ZERO}))
                    slope = ((self.normal(index) - rest) / self.field.kernel(k)).value
                    if slope not in (1, -1):
                        return set(), 0
                    slopes.add(int(slope))
                    offsets.append(_split_length(rest)[1] if _split_length(rest)[0].is_zero else 0)
        return slopes, min(offsets, default=0)

    def _moved_down(self, body: Term, k: Term, top: Term, c: int) -> Ratio:
        """sum of f(k + c) = sum of f(k) + the c terms gained above - the c terms lost below, f made of entries alone."""
        down = substitute(body, {k: k - number(c)})
        whole = self._sum_to(self._body(down, k, top), k, top)
        for j in range(c):
            above, below = substitute(down, {k: top + number(j + 1)}), substitute(down, {k: number(j)})
            whole = whole + self.normal(above) - self.normal(below)
        return whole

    def _faulhaber(self, p: int, top: Term) -> Ratio:
        """1^p + ... + n^p as a polynomial in n = top: the one F with F(0) = 0 and F(n) - F(n - 1) = n^p."""
        if p > 12:
            raise TooBig("a sum of high powers")
        n = self.normal(top)
        result = self.field.zero
        for j in range(p + 1):
            c = Fraction(_binomial(p + 1, j), p + 1) * _bernoulli(j)
            if c:
                result = result + self.field.constant(c) * n ** (p + 1 - j)
        return result

    def _geometric(self, factors: list[tuple[Term, int]], k: Term, top: Term) -> Ratio | None:
        """sum q^k = (q^(n+1) - 1)/(q - 1) where the hypotheses say that q is not 1."""
        q = self.field.one
        for kernel, e in factors:
            if kernel.head != "pow" or k in kernel.args[0].free:
                return None
            exponent = self.normal(kernel.args[1])
            slope = exponent / self.field.kernel(k)
            if any(k in x.free for x in slope.kernels()):
                return None
            q = q * self.normal.power(self.normal(kernel.args[0]), slope) ** e
        sign = self.facts.sign(q - self.field.one)
        if sign is None or not sign <= NONZERO:
            return None
        return (self.normal.power(q, self.normal(top) + self.field.one) - self.field.one) / (q - self.field.one)

    # -- connected sums ----------------------------------------------------------------------------------------

    def _open(self, factors: list[tuple[Term, int]], k: Term, top: Term) -> Product:
        """Open sums that stand as factors: x_i sum_j a_ij becomes one sum over i and j."""
        product = Product({k: (ZERO, top)})
        todo = list(factors)
        while todo:
            kernel, e = todo.pop()
            if kernel.head == "mul":
                todo += [(a, e) for a in kernel.args]
            elif kernel.head == "pow" and kernel.args[1].head == "num" and kernel.args[1].data.denominator == 1 \
                    and kernel.args[0] is not E_BASE and (kernel.args[0].head != "sum" or kernel.args[1].data * e > 0):
                todo.append((kernel.args[0], e * int(kernel.args[1].data)))
            elif kernel.head == "sum" and 0 < e <= 3:
                for _ in range(e):
                    fresh = self.entries.index()
                    body, inner, low, high = kernel.args
                    product.ranges[fresh] = (low, high)
                    todo.append((substitute(body, {inner: fresh}), 1))
            elif kernel.head == "num":
                product.factors.append((kernel, e))
            else:
                product.factors.append((kernel, e))
        return product

    def _connected(self, product: Product) -> Ratio:
        """The product of its connected parts, each in canonical form."""
        simpler = self._simplified(product)
        if simpler is not None:
            return simpler
        parts = _components(product)
        if len(parts) == 1 and not parts[0].ranges:
            return self.normal(_product(parts[0].factors))
        result = self.field.one
        for part in parts:
            if not part.ranges:
                result = result * self.normal(_product(part.factors))
            elif len(parts) > 1:
                result = result * self.normal(_nested(part))
            else:
                result = result * self.field.kernel(_canonical(part))
        return result

    def _simplified(self, product: Product) -> Ratio | None:
        """One use of a delta or of a fact about a matrix; None if there is nothing to do."""
        for n, (kernel, e) in enumerate(product.factors):
            if kernel.head == "delta" and e > 0:
                for k, (low, high) in product.ranges.items():
                    if k in kernel.free and low is ZERO:
                        where = self._solve(kernel, k)
                        if where is not None and self._inside(where, high):
                            table = {k: where}  # `where` may hold other indices of the product: stay in their scope
                            factors = [(substitute(f, table), x) for f, x in product.factors[:n] + product.factors[n + 1 :]]
                            others = {i: r for i, r in product.ranges.items() if i is not k}
                            ranges = {i: tuple(substitute(b, table) for b in r) for i, r in others.items()}
                            return self.normal(_nested(Product(ranges, factors)))  # type: ignore[arg-type]
        for k, (low, high) in product.ranges.items():
            if low is not ZERO:
                continue
            using = [(n, f) for n, f in enumerate(product.factors) if k in f[0].free]
            if any(k in b.free for other, bounds in product.ranges.items() if other is not k for b in bounds):
                continue
            new = self._contract(k, high, [f for _, f in using])
            if new is not None:
                kept = [f for n, f in enumerate(product.factors) if n not in {n for n, _ in using}]
                rest = Product({i: r for i, r in product.ranges.items() if i is not k}, [*kept, (new, 1)])
                return self.normal(_nested(rest))
        return None

    def _contract(self, k: Term, top: Term, using: list[tuple[Term, int]]) -> Term | None:
        """What a sum over k of these factors is by the kind of a matrix: 1 for probabilities, delta for A^-1 A."""
        if any(e != 1 or f.head != "entry" for f, e in using):
            if len(using) == 1 and using[0][1] == 2 and using[0][0].head == "entry":
                using = [(using[0][0], 1)] * 2
            else:
                return None
        if any(not _full_range(f, k, top) for f, _ in using):
            return None
        if len(using) == 1:
            return _sum_of_one(using[0][0], k)
        if len(using) == 2:
            return _sum_of_two(using[0][0], using[1][0], k)
        return None

    # -- products ----------------------------------------------------------------------------------------------

    def _prod(self, t: Term) -> Ratio:
        body, k, low, high = t.args
        k0 = self.entries.index()
        shifted = substitute(body, {k: k0 + low if low is not ZERO else k0})
        length = self.normal(high) - self.normal(low) + self.field.one
        if length.value is not None and 0 <= length.value <= WRITTEN_OUT and length.value.denominator == 1:
            result = self.field.one
            for n in range(int(length.value)):
                result = result * self.normal(substitute(shifted, {k0: number(n)}))
            return result
        base, extra = _split_length(length)
        if extra < 0:
            base, extra = length, 0
        with self._perhaps_empty(length):
            top = base.term - ONE
            ratio = self._body(shifted, k0, top)
            content, factors = ratio.factors()
            result = self.normal.power(self.field.constant(content), base) if content != 1 else self.field.one
            for factor, e in factors:
                if not any(k0 in kernel.free for kernel in factor.kernels()):
                    result = result * self.normal.power(factor, base) ** e
                elif factor.term.head == "pow" and k0 not in factor.term.args[0].free:
                    total = self._sum_to(self.normal(factor.term.args[1]), k0, top)
                    result = result * self.normal.power(self.normal(factor.term.args[0]), total) ** e
                elif factor.term is k0:
                    raise Undefined("a product with a factor zero in a divisor") if e < 0 else NoRule("multiply", str(t))
                elif (factor - self.field.kernel(k0)).value == 1:
                    result = result * self.normal(fn("gamma", base.term + ONE)) ** e
                else:
                    bound = INDEX.symbol(f"{BOUND}m{depth(factor.term) + 1}")
                    kernel = Term("prod", (substitute(factor.term, {k0: bound}), bound, ZERO, top))
                    result = result * self.field.kernel(kernel) ** e
            for n in range(extra):
                result = result * self.normal(substitute(shifted, {k0: base.term + number(n)}))
        return result


# -- helpers on terms ------------------------------------------------------------------------------------------


def _ordered(i: Term, j: Term) -> tuple[Term, Term]:
    return (i, j) if str(i) <= str(j) else (j, i)


def _split_length(length: Ratio) -> tuple[Ratio, int]:
    """A length as (polynomial without constant, whole number of further terms)."""
    if not length.den.is_one():
        return length, 0
    for exponents, c in length.num.to_dict().items():
        if not any(exponents) and int(c.q) == 1 and abs(int(c.p)) <= SPLIT:
            return length - length.field.constant(int(c.p)), int(c.p)
    return length, 0


def _product(factors: list[tuple[Term, int]]) -> Term:
    parts = [f if e == 1 else Term("pow", (f, number(e))) for f, e in factors]
    if not parts:
        return ONE
    return parts[0] if len(parts) == 1 else Term("mul", tuple(parts))


def _nested(product: Product) -> Term:
    """The product as nested sums, ranges that depend on others innermost."""
    body = _product(product.factors)
    todo = dict(product.ranges)
    while todo:
        for k in list(todo):
            if not any(k in b.free for other, bounds in todo.items() if other is not k for b in bounds):
                low, high = todo.pop(k)
                body = Term("sum", (body, k, low, high))
                break
        else:
            raise NoRule("order the sums of", str(body))
    return body


def _components(product: Product) -> list[Product]:
    """Split into parts that share no bound index."""
    parent = {k: k for k in product.ranges}

    def root(k: Term) -> Term:
        while parent[k] is not k:
            k = parent[k]
        return k

    def join(indices: list[Term]) -> None:
        for other in indices[1:]:
            parent[root(other)] = root(indices[0])

    for kernel, _ in product.factors:
        join([k for k in product.ranges if k in kernel.free])
    for k, bounds in product.ranges.items():
        join([k, *(other for other in product.ranges if any(other in b.free for b in bounds))])
    parts: dict[Term | None, Product] = {}
    for k, bounds in product.ranges.items():
        parts.setdefault(root(k), Product()).ranges[k] = bounds
    for kernel, e in product.factors:
        owner = next((root(k) for k in product.ranges if k in kernel.free), None)
        parts.setdefault(owner, Product()).factors.append((kernel, e))
    return list(parts.values())


def _canonical(part: Product) -> Term:
    """Connected sums with bound indices named and ordered in a way that does not depend on how they were written."""
    indices = list(part.ranges)
    level = max((depth(f) for f, _ in part.factors), default=0)
    level = max([level, *(depth(b) for bounds in part.ranges.values() for b in bounds)])
    names = [INDEX.symbol(f"{BOUND}i{level + 1}{chr(97 + n)}") for n in range(len(indices))]
    hidden = {k: INDEX.symbol("*") for k in indices}

    def colour(k: Term) -> tuple[str, ...]:
        mark = {other: hidden[other] for other in indices if other is not k} | {k: INDEX.symbol("!")}
        low, high = part.ranges[k]
        seen = sorted(f"{_sorted_entry(substitute(f, mark))}^{e}" for f, e in part.factors if k in f.free)
        return (str(substitute(low, mark)), str(substitute(high, mark)), *seen)

    colours = {k: colour(k) for k in indices}
    classes: dict[tuple[str, ...], list[Term]] = {}
    for k in indices:
        classes.setdefault(colours[k], []).append(k)
    groups = [classes[c] for c in sorted(classes)]
    best: tuple[list[str], list[tuple[Term, int]], dict[Term, tuple[Term, Term]]] | None = None
    for tried, order in enumerate(_orders(groups)):
        if tried >= ORDERS:
            raise TooBig("a sum over many interchangeable indices")
        table = dict(zip(order, names, strict=True))
        factors = [(_sorted_entry(substitute(f, table)), e) for f, e in part.factors]
        factors.sort(key=lambda item: (str(item[0]), item[1]))
        text = [f"{f}^{e}" for f, e in factors]
        if best is None or text < best[0]:
            ranges = {table[k]: tuple(substitute(b, table) for b in part.ranges[k]) for k in order}
            best = (text, factors, ranges)  # type: ignore[assignment]
    assert best is not None
    ordered = {k: best[2][k] for k in sorted(best[2], key=str)}
    return _nested(Product(ordered, best[1]))


def _orders(groups: list[list[Term]]) -> Iterable[list[Term]]:
    if not groups:
        yield []
        return
    for first in permutations(groups[0]):
        for rest in _orders(groups[1:]):
            yield [*first, *rest]


def _sorted_entry(t: Term) -> Term:
    """Entries of symmetric matrices and deltas keep their indices in order after renaming."""
    if t.head == "delta":
        return Term("delta", _ordered(*t.args))
    if t.head == "entry":
        whole, i, j = t.args
        base = whole.args[0] if whole.head == "inv" else whole
        symmetric = base.head == "sym" and base.data[1].has("symmetric")
        symmetric = symmetric or (whole.head == "at" and whole.args[0].head == "hess")
        if symmetric:
            return Term("entry", (whole, *_ordered(i, j)))
    return t


def _full_range(f: Term, k: Term, top: Term) -> bool:
    """Whether k runs over one whole row or column of the matrix of f, its other index being free of k."""
    whole, i, j = f.args
    sizes = [size for index, size in zip((i, j), whole.shape, strict=True) if index is k]
    others = [index for index in (i, j) if index is not k]
    return len(sizes) == 1 and k not in others[0].free and same_size(sizes[0], _length(top))


def _length(top: Term) -> Term | int:
    """top + 1, in the canonical form of sizes."""
    return size(top + ONE)


def _sum_of_one(f: Term, k: Term) -> Term | None:
    whole, i, j = f.args
    if whole.head != "sym":
        return None
    kind: Kind = whole.data[1]
    if kind.has("sums to one") and i is k:
        return ONE
    if (kind.has("row stochastic") and j is k) or (kind.has("column stochastic") and i is k):
        return ONE
    return None


def _sum_of_two(f: Term, g: Term, k: Term) -> Term | None:
    (a, i, j), (b, m, n) = f.args, g.args
    if a.head == "sym" and a is b:
        kind: Kind = a.data[1]
        if kind.has("unit") and i is k and m is k:
            return ONE
        if kind.has("orthonormal columns") or kind.has("orthogonal"):
            if i is k and m is k:
                return delta(j, n)
            if kind.has("orthogonal") and j is k and n is k:
                return delta(i, m)
        if kind.has("projection"):
            free = [x for x in (i, j, m, n) if x is not k]
            if len(free) == 2:
                return Term("entry", (a, *_ordered(*free)))
        return None
    for inverse, (p, q), plain, (r, s) in ((a, (i, j), b, (m, n)), (b, (m, n), a, (i, j))):
        if inverse.head == "inv" and inverse.args[0] is plain:
            symmetric = plain.head == "sym" and plain.data[1].has("symmetric")
            if q is k and r is k:
                return delta(p, s)
            if p is k and s is k:
                return delta(r, q)
            if symmetric:
                left, right = (q if p is k else p), (s if r is k else r)
                return delta(left, right)
    return None


def _binomial(n: int, k: int) -> int:
    value = 1
    for j in range(k):
        value = value * (n - j) // (j + 1)
    return value


def _bernoulli(n: int) -> Fraction:
    """B_n with B_1 = +1/2."""
    numbers = [Fraction(1)]
    for m in range(1, n + 1):
        numbers.append(-sum(_binomial(m + 1, j) * numbers[j] for j in range(m)) / Fraction(m + 1))
    return -numbers[n] if n == 1 else numbers[n]


__all__ = ["IMAGINARY", "NEG", "NONPOS", "POS", "REAL", "Sums"]
