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

Imports: calcds.expr, calcds.decide.field, .facts, .scalar, .entries, .indexed, .products, .contractions; .integrals,
.limits and .series for what is continuous or endless.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from fractions import Fraction
from math import comb

from flint import fmpq

from calcds.decide.asking import NeedBoundary
from calcds.decide.bound import BOUND, depth
from calcds.decide.continuity import is_infinite
from calcds.decide.contractions import full_range, sum_of_one, sum_of_two
from calcds.decide.entries import Entries
from calcds.decide.facts import NONNEG, NONZERO, POS
from calcds.decide.field import Ratio, TooBig
from calcds.decide.indexed import Indexed
from calcds.decide.integrals import integral
from calcds.decide.limits import limit
from calcds.decide.powers import E_BASE
from calcds.decide.products import Product, canonical, components, multiplied, nested
from calcds.decide.scalar import Normalizer
from calcds.decide.series import infinite_sum
from calcds.errors import NoRule, Undefined
from calcds.expr.functions import fn
from calcds.expr.kinds import INDEX
from calcds.expr.term import ONE, ZERO, Term, number, substitute

SPLIT = 6  # at most so many terms are split off a sum
WRITTEN_OUT = 12  # sums of a known number of terms up to this are written out


class Sums(Indexed):
    """The part of the normal form that knows indices. Installs itself as the normalizer's rule for other heads."""

    def __init__(self, normal: Normalizer, entries: Entries) -> None:
        super().__init__(normal, entries)
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
                    rest = multiplied(factors[:n] + factors[n + 1 :])
                    return self.normal(substitute(rest, {k: where}))
        slopes, offset = self._indices_in(factors, k)
        if slopes == {-1}:
            rest = substitute(multiplied(factors), {k: top - k})
            return self._sum_to(self._body(rest, k, top), k, top)
        if slopes == {1} and 0 < offset <= SPLIT:
            return self._moved_down(multiplied(factors), k, top, offset)
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
            c = Fraction(comb(p + 1, j), p + 1) * _bernoulli(j)
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
        parts = components(product)
        if len(parts) == 1 and not parts[0].ranges:
            return self.normal(multiplied(parts[0].factors))
        result = self.field.one
        for part in parts:
            if not part.ranges:
                result = result * self.normal(multiplied(part.factors))
            elif len(parts) > 1:
                result = result * self.normal(nested(part))
            else:
                result = result * self.field.kernel(canonical(part))
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
                            return self.normal(nested(Product(ranges, factors)))  # type: ignore[arg-type]
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
                return self.normal(nested(rest))
        return None

    def _contract(self, k: Term, top: Term, using: list[tuple[Term, int]]) -> Term | None:
        """What a sum over k of these factors is by the kind of a matrix: 1 for probabilities, delta for A^-1 A."""
        if any(e != 1 or f.head != "entry" for f, e in using):
            if len(using) == 1 and using[0][1] == 2 and using[0][0].head == "entry":
                using = [(using[0][0], 1)] * 2
            else:
                return None
        if any(not full_range(f, k, top) for f, _ in using):
            return None
        if len(using) == 1:
            return sum_of_one(using[0][0], k)
        if len(using) == 2:
            return sum_of_two(using[0][0], using[1][0], k)
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


def _split_length(length: Ratio) -> tuple[Ratio, int]:
    """A length as (polynomial without constant, whole number of further terms)."""
    if not length.den.is_one():
        return length, 0
    for exponents, c in length.num.to_dict().items():
        if not any(exponents) and int(c.q) == 1 and abs(int(c.p)) <= SPLIT:
            return length - length.field.constant(int(c.p)), int(c.p)
    return length, 0


def _bernoulli(n: int) -> Fraction:
    """B_n with B_1 = +1/2."""
    numbers = [Fraction(1)]
    for m in range(1, n + 1):
        numbers.append(-sum(comb(m + 1, j) * numbers[j] for j in range(m)) / Fraction(m + 1))
    return -numbers[n] if n == 1 else numbers[n]
