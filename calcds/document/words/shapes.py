r"""Building terms while sizes are still being found out.

A name that is written as a vector or a matrix but not declared gets sizes of its own. Where a sum or a product needs two
sizes to be equal and one of them is such a size, it is replaced and the chain is read again (`Again`): the sizes that
come out are the most general ones under which the chain makes sense.

Imports: calcds.document.source.raw, calcds.expr.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from calcds.document.source.names import letter_of
from calcds.document.source.raw import Unread
from calcds.errors import CalcdsError
from calcds.expr import operators as op
from calcds.expr.kinds import Dim, FunctionSymbol, Kind, Matrix, Vector
from calcds.expr.term import (
    CONDITIONS,
    MINUS_ONE,
    ZERO,
    Size,
    Term,
    add,
    as_term,
    divide,
    entry,
    mul,
    power,
    same_shape,
    same_size,
    size,
    substitute,
    subterms,
)

MOST_ROUNDS = 40

ENTRYWISE = "to every entry"  # of doubts: something of numbers is done with vectors
_DIVIDED = "a division by a vector or a matrix"
_RAISED = "a power of a vector: entry by entry, or its squared norm?"
ONLY_NUMBERS = {_DIVIDED, _RAISED}  # why a formula makes no sense for a vector, and would for a number
_BEHIND_MATRICES = set("ahuvwxyz")  # W x: x is a column
_BESIDE_ROWS = set("bpqrsuvwxyz")  # a^T x: x is a column too


class Again(Exception):
    """Something was learned about sizes: read the chain again."""


class NotKnown(Unread):
    """The text does not say what something is; `advice` is an annotation that would settle it."""

    def __init__(self, why: str, advice: str = "", at: int = -1, end: int = -1) -> None:
        self.advice = advice
        super().__init__(why, at, end)


@dataclass(slots=True)
class Sizes:
    """Sizes that were made for names without a declaration, and what is known of them."""

    elastic: set[Term] = field(default_factory=set)  # made by earlier chains: every chain may learn what they are
    made: dict[str, Term] = field(default_factory=dict)
    equal: dict[Term, Size] = field(default_factory=dict)
    matrices: set[Term] = field(
        default_factory=set
    )  # sizes that cannot be 1: axes of what is written as a vector or a matrix
    promoted: dict[str, str] = field(default_factory=dict)  # key -> "vector", "row" or "matrix"
    remains: set[Term] = field(default_factory=set)  # sizes of blocks of zeros: what the other blocks leave of a sum
    rounds: int = 0
    seen: dict[Term, Term] = field(default_factory=dict)  # terms as they are with what is known now

    def fresh(self, label: str, *, matrix: bool = False) -> Size:
        """The size of this label, as far as it is known."""
        if label not in self.made:
            self.made[label] = Dim("n_" + label)
            self.elastic.add(self.made[label])
            if matrix:
                self.matrices.add(self.made[label])
        return self.resolve(self.made[label])

    def remaining(self, label: str) -> Size:
        """The size of a block of zeros, as far as it is known."""
        found = self.fresh(label)
        if found is self.made[label]:
            self.remains.add(self.made[label])
        return found

    def resolve(self, length: Size) -> Size:
        """A size with everything known put in."""
        for _ in range(20):
            if not isinstance(length, Term):
                return length
            table = {
                k: v if isinstance(v, Term) else as_term(v) for k, v in self.equal.items() if k in length.free
            }
            if not table:
                return length
            length = size(substitute(length, table))
        return length

    def same(self, a: Size, b: Size) -> bool:
        """Whether two sizes are equal; learns (and raises Again) where one of them was made here."""
        if same_size(a, b):
            return True
        made = self.elastic
        for one, other in ((a, b), (b, a)):
            if isinstance(one, Term) and one in made and not (isinstance(other, Term) and one in other.free):
                if other == 1 and one in self.matrices:
                    continue
                if one in self.matrices and isinstance(other, Term) and other in made:
                    self.matrices.add(other)
                self.learn(one, other)
        if (found := self._rest(a, b)) is not None:
            self.learn(*found)
        return False

    def _rest(self, a: Size, b: Size) -> tuple[Term, Size] | None:
        """The only size in two sums that was made here, and what the others leave for it: n_r = m of m + n and n_r + n."""
        gap = size(as_term(a) - as_term(b))
        made = gap.free & self.elastic if isinstance(gap, Term) else frozenset()
        made = made & self.remains or made
        for one in made if len(made) == 1 else ():
            for left in (size(one - as_term(gap)), size(one + as_term(gap))):
                symbol = isinstance(left, Term) and left.head == "sym" and left is not one
                if symbol or (one in self.remains and (left > 0 if isinstance(left, int) else one not in left.free)):
                    return one, left
        return None

    def cover(self, length: Size, needed: Size) -> bool:
        """An array is at least so long; a length that was learned from a shorter sum gives way. Whether the two fit."""
        if self.same(length, needed):
            return True
        more = size(as_term(needed) - as_term(length))
        raised = [d for d in self.equal if same_size(self.resolve(d), length)] if isinstance(more, int) and more > 0 else []
        if raised:
            self.equal.update(dict.fromkeys(raised, needed))
            self.again()
        return isinstance(more, int)

    def learn(self, one: Term, other: Size) -> None:
        """Two sizes are one."""
        self.equal[one] = other
        self.again()

    def again(self) -> None:
        """Read once more, but not for ever."""
        self.rounds += 1
        self.seen.clear()
        if self.rounds > MOST_ROUNDS:
            raise Unread("the sizes of this chain do not settle")
        raise Again

    def settled(self, term: Term) -> Term:
        """A term with everything known of sizes put in, also in the kinds of its symbols."""
        if not self.equal:
            return term
        if term not in self.seen:
            self.seen[term] = resized(term, self.resolve)
        return self.seen[term]

    def settled_kind(self, kind: Kind) -> Kind:
        """A kind with everything known of sizes put in."""
        return resized_kind(kind, self.resolve) if self.equal else kind

    def pretty(self, left: Iterable[Term], taken: set[str]) -> dict[Term, Term]:
        """Names for the sizes that are left: n, m, p, q, ..."""
        letters = [c for c in ("n", "m", "p", "q", "r", "s", "d", "k") if c not in taken]
        return {d: Dim(c) for d, c in zip(left, letters, strict=False)}


def resized_kind(kind: Kind, one: Callable[[Size], Size]) -> Kind:
    """A kind with every size replaced."""
    if not kind.sizes:
        return kind
    shape, sizes = (one(kind.shape[0]), one(kind.shape[1])), tuple(map(one, kind.sizes))
    return kind if (shape, sizes) == (kind.shape, kind.sizes) else replace(kind, shape=shape, sizes=sizes)


def resized(term: Term, one: Callable[[Size], Size], names: Mapping[str, str] | None = None) -> Term:
    """A term with every size replaced, also in the kinds of its symbols; and perhaps symbols and unknown functions renamed."""
    table: dict[Term, Term] = {}
    for symbol in term.free:
        name, kind = symbol.data
        dim = kind.word == "Dim"
        new = as_term(one(symbol)) if dim else resized_kind(kind, one).symbol((names or {}).get(name, name))
        if new is not symbol:
            table[symbol] = new
    called = {t.data.name for t in subterms(term) if t.head == "apply"} & (names or {}).keys()
    return substitute(_rebound(term, one, names or {}), table) if table or called else term


def _rebound(term: Term, one: Callable[[Size], Size], names: Mapping[str, str]) -> Term:
    """A term in which the variables of `at` nodes, which are not free, have their sizes replaced, and functions their names."""
    places = {t.args[1]: t.args[1] for t in subterms(term) if t.head == "at"}
    for variable in places:
        name, kind = variable.data
        places[variable] = resized_kind(kind, one).symbol(name)
    changed = {old: new for old, new in places.items() if old is not new}
    functions = {t.data: _resized_function(t.data, one, names) for t in subterms(term)
                 if t.head == "apply" and (t.data.inputs or t.data.name in names)}  # fmt: skip
    renamed = any(old != new for old, new in functions.items())
    return _renamed(term, changed, functions) if changed or renamed else term


def _resized_function(f: FunctionSymbol, one: Callable[[Size], Size], names: Mapping[str, str]) -> FunctionSymbol:
    """An unknown function with the sizes of its arguments and of its value replaced, and perhaps its name."""
    inputs = tuple((one(rows), one(columns)) for rows, columns in f.inputs)
    name = f.name if f.body is not None else names.get(f.name, f.name)
    return replace(f, name=name, inputs=inputs, output=(one(f.output[0]), one(f.output[1])))


def _renamed(
    term: Term, table: Mapping[Term, Term], functions: Mapping[FunctionSymbol, FunctionSymbol]
) -> Term:
    """A term with symbols renamed wherever they stand, as bound variables too."""
    if term in table:
        return table[term]
    if not term.args:
        return term
    data = functions.get(term.data, term.data) if term.head == "apply" else term.data
    return Term(term.head, tuple(_renamed(a, table, functions) for a in term.args), data, term.shape)


class Builder:
    """Sums and products that fit sizes as they go."""

    def __init__(self, sizes: Sizes) -> None:
        self.sizes = sizes
        self.owners: dict[Term, str] = {}  # symbols of plain names -> key: they may turn out to be vectors
        self.homes: dict[Term, str] = {}  # arrays of which entries or rows were read -> key: the x_i may turn out to be vectors
        self.choices: set[str] = (
            set()
        )  # readings that another writer may have meant: "layout", "reach", "slash"
        self.entrywise = False  # beside \\odot and within diag, 1 - a^2 is about every entry of a vector

    def doubt(self, why: str) -> None:
        """Something was guessed: what rests on it is not called wrong."""
        raise NotImplementedError  # pragma: no cover

    @contextmanager
    def by_entries(self, *, where: bool) -> Iterator[None]:
        """Read powers of vectors, and numbers beside them, entry by entry."""
        before, self.entrywise = self.entrywise, self.entrywise or where
        try:
            yield
        finally:
            self.entrywise = before

    def fit(self, a: Term, b: Term) -> tuple[Term, Term]:
        """Two terms of one shape: 0 is the zero matrix, sizes are learned, plain names may become vectors."""
        if same_shape(a.shape, b.shape):
            return a, b
        if a is ZERO:
            return op.zeros(*b.shape), b
        if b is ZERO:
            return a, op.zeros(*a.shape)
        for one, other in ((a, b), (b, a)):
            if one.is_scalar and not other.is_scalar:
                self.promote(one, other)
                if 1 not in other.shape and other.head == "mul":  # x - c A x: A x is no multiple of a matrix
                    numbers = {s for part in other.args if part.is_scalar for s in summands(part)}
                    self.promote_all(s for s in summands(one) if s in numbers)
                if one.head in {"num", "decimal"}:
                    if not self.entrywise:
                        self.doubt(f"a number is added {ENTRYWISE} of a vector")
                    spread = one * op.ones(*other.shape)
                    return (spread, b) if one is a else (a, spread)
            elif other.shape[0] != 1 and other.shape[1] != 1 and one.shape[0] == 1:
                self._promote_outer(one)
                self._promote_row(other)
            elif one.head == "mul" and one.args[-1] in self.owners and other.shape[1] == 1:
                self.promote(one.args[-1], other)  # W^T d beside a column: d is one
            elif one.head == "mul" and 1 not in one.shape and other.shape[1] == 1 and one.args[-1].head == "add":
                self.promote_all(summands(one.args[-1]))  # and X^T (p - y)
        self.sizes.same(a.shape[0], b.shape[0])
        self.sizes.same(a.shape[1], b.shape[1])
        return a, b

    def promote(self, one: Term, other: Term) -> None:
        """A plain letter beside vectors is a vector; so are the letters of a sum of such letters."""
        if other.shape[1] == 1:
            for part in one.args if one.head == "mul" else (one,):
                self._promote_entry(part)
            whole = one.head != "add" or all(s in self.owners for s in one.free)  # an entry of a vector is none
            self.promote_all(self._vector_in(one) if one.head == "mul" else summands(one) if whole else ())

    def _promote_entry(self, part: Term) -> None:
        """The x_k of step k are vectors, beside one; not an entry with a number."""
        key = self.homes.get(part.args[0]) if part.head == "entry" and all(i.head != "num" for i in part.args[1:2]) else None
        if key is not None and key not in self.sizes.promoted:
            self.sizes.promoted[key] = "rows"
            self.sizes.again()

    def _vector_in(self, product: Term) -> list[Term]:
        r"""The plain letter of a product that is a vector: the w of `\lambda w`."""
        if any(t.head in {"norm", "total", "dot"} or not t.is_scalar for part in product.args for t in subterms(part)):
            return []  # \lambda \|w\|^2 is a number, whatever stands beside it
        letters = [s for s in product.args if s in self.owners and letter_of(self.owners[s]).islower()]
        roman = [s for s in letters if len(letter_of(self.owners[s])) == 1]
        return (roman or letters)[-1:]

    def promote_all(self, symbols: Iterable[Term]) -> None:
        """Plain letters are vectors."""
        for key in [self.owners[s] for s in symbols if s in self.owners]:
            if key not in self.sizes.promoted and (letter_of(key).islower() or letter_of(key) == "Delta"):
                self.sizes.promoted[key] = "vector"
                self.sizes.again()

    def plus(self, parts: list[tuple[str, Term]]) -> Term:
        """A sum with signs."""
        total: Term | None = None
        for sign, part in parts:
            signed = -part if sign == "-" else part
            if total is None:
                total = signed
            else:
                a, b = self.fit(total, signed)
                total = add(a, b) if sign != "-" or b is not signed else a - part
        assert total is not None  # the grammar has no empty sums
        return total

    def times(self, a: Term, b: Term, sign: str = "") -> Term:
        """A product; of two columns with a dot the inner product."""
        if sign == "circ" and a.is_scalar and b.is_scalar:
            raise Unread("\\circ between numbers: a composition of functions?")
        if a.is_scalar or b.is_scalar:
            if a.head == "trans" and a.args[0].head == "sym" and self.owners.get(b, "") in _BESIDE_ROWS:
                self.promote(b, a.args[0])
            if sign in {"", "cdot"} and 1 not in a.shape and b.is_scalar and b in self.owners and self._stands_behind(a, b):
                self.promote_all([b])
            if sign == "times" and a.head == "sym" and b.head in {"sym", "mul", "add"}:
                self.doubt("\\times between letters may be a cross product")
            return mul(a, b)
        if sign in {"odot", "circ"}:
            a, b = self.fit(a, b)
            return op.hadamard(a, b)
        if sign == "otimes":
            if 1 in (*a.shape, *b.shape):
                raise Unread("\\otimes of vectors: an outer or a Kronecker product?")
            return op.kron(a, b)
        column = a.shape[1] == 1 and b.shape[1] == 1
        if sign == "cdot" and column:
            a, b = self.fit(a, b)
            return mul(a.T, b)
        if sign == "times" and column:
            return self._crossed(a, b)
        if not same_size(a.shape[1], b.shape[0]):
            self.sizes.same(a.shape[1], b.shape[0])
        return mul(a, b)

    def _crossed(self, a: Term, b: Term) -> Term:
        r"""`a \times b` of two columns: of three numbers each, with the entries a_2 b_3 - a_3 b_2 and so on."""
        for one in (a, b):
            self.sizes.same(one.shape[0], 3)
        x, y = ([entry(one, k, 0) for k in range(3)] for one in (a, b))
        return op.column(*(x[(k + 1) % 3] * y[(k + 2) % 3] - x[(k + 2) % 3] * y[(k + 1) % 3] for k in range(3)))

    def _stands_behind(self, a: Term, b: Term) -> bool:
        """Whether a small letter is the vector that a matrix before it is applied to; a number would stand before it."""
        letter = letter_of(self.owners[b])
        return a.head in {"sym", "trans", "inv", "mul"} and letter in _BEHIND_MATRICES

    def _promote_outer(self, product: Term) -> None:
        """The u of `u v^T` beside a matrix: a row times a number would not fit."""
        letters = [s for s in product.args if s in self.owners and s.is_scalar] if product.head == "mul" else []
        if product.head == "mul" and product.args[-1].head == "trans":
            self.promote_all(s for s in letters[-1:] if letter_of(self.owners[s]) in _BESIDE_ROWS)

    def _promote_row(self, product: Term) -> None:
        """The x of `x W` beside a row b: the row that a matrix behind it is applied to, as a multiple of W would not fit."""
        numbers = [s for s in product.args if s.is_scalar] if product.head == "mul" else []
        if len(numbers) != 1 or numbers[0] not in self.owners or len(product.args) != len(numbers) + 1:
            return
        key = self.owners[numbers[0]]
        if letter_of(key) in _BEHIND_MATRICES and key not in self.sizes.promoted:
            self.sizes.promoted[key] = "row"
            self.sizes.again()

    def over(self, a: Term, b: Term) -> Term:
        """A quotient."""
        if not b.is_scalar:
            raise Unread(_DIVIDED)
        if a.head == "num" and b.head == "num" and b.data:
            from calcds.expr.term import number

            return number(a.data / b.data)
        return divide(a, b)

    def raised(self, base: Term, exponent: Term) -> Term:
        """A power."""
        if not exponent.is_scalar:
            raise Unread("an exponent that is a vector or a matrix")
        if base.is_scalar:
            if base.head == "const" and base.data == "e":
                return op.function("exp")(exponent)
            return power(base, exponent)
        if self.entrywise and exponent.head == "num" and base.shape != (1, 1):
            return op.entry_power(base, exponent)
        if base.shape[1] == 1 or base.shape[0] == 1:
            raise Unread(_RAISED)
        self.sizes.same(*base.shape)
        if exponent is MINUS_ONE:
            return base.I
        if exponent.head == "num" and exponent.data.denominator != 1:
            raise Unread("a fractional power of a matrix")
        return power(base, exponent)


def summands(term: Term) -> Iterator[Term]:
    """The names that are summands of a term, with a number before them perhaps."""
    for part in term.args if term.head == "add" else (term,):
        yield from (s for s in (part.args if part.head == "mul" and part.args[0].head == "num" else (part,)) if s.head == "sym")


def kind_for(shape_word: str, label: str, sizes: Sizes) -> Kind:
    """A kind with sizes of its own for a name that is written as a vector or a matrix."""
    if shape_word == "vector":
        return Vector[sizes.fresh(label, matrix=True)]
    if shape_word == "row":
        return Matrix[1, sizes.fresh(label, matrix=True)]
    return Matrix[sizes.fresh(label + "_rows", matrix=True), sizes.fresh(label + "_columns", matrix=True)]


def word_of(kind: Kind) -> str:
    """As what another name is written that is of this kind, with a length of its own."""
    return "vector" if kind.shape[1] == 1 else "row" if kind.shape[0] == 1 else "matrix"


def checked(term: Term) -> Term:
    """A value, not a relation."""
    if term.head in CONDITIONS:
        raise Unread("a relation where a value is expected")
    return term


__all__ = ["Again", "Builder", "CalcdsError", "NotKnown", "Sizes", "checked", "kind_for", "word_of"]
