"""Matrix algebra without indices: linear combinations of words in matrices, their transposes and inverses.

    rule                                             holds where
    (A o B)(C o D) = (A C) o (B D), o the Kronecker product  sizes fit factor by factor
    tr(A o B) = tr A tr B, (A o B)^T = A^T o B^T             always
    (A B)^T = B^T A^T, (A B)^-1 = B^-1 A^-1          sizes fit; for inverses A and B square
    A A^-1 = A^-1 A = 1                              A is invertible, as it is where A^-1 is defined
    w K = (1 - rest K)/c  for K = (c w + rest)^-1    K is defined; w the leading word
    D = 0 if and only if M D = 0                     M is invertible: M^-1 stands in D
    Q^T Q = 1, P P = P, A^T = A                      the kind says so
    tr(A B) = tr(B A), tr(A^T) = tr(A)               always
    x^T y inside a word is a scalar in front         its shape is 1 x 1

Inverses of sums (ridge regression, Woodbury) are where this stage goes further than indices: a difference of words is
multiplied by what was inverted, from the left and from the right, until nothing inverted is left at the ends.

An inverse of a product of matrices that are not square, (X^T X)^-1, exists only under a hypothesis on the rank. It is
used here like any inverse; whether it exists is asked by the second reading (see `calcds.decide.engine`).

Imports: calcds.expr, calcds.decide.prover (sessions).
"""

from __future__ import annotations

from itertools import product as pairs
from typing import TypeAlias

from calcds.decide.asking import NeedBoundary, NeedCase
from calcds.decide.field import UNITS, Ratio, TooBig, budget
from calcds.decide.prover import Proof, Silence
from calcds.decide.session import Session, with_session
from calcds.errors import NoRule, Undefined
from calcds.expr.kinds import Kind
from calcds.expr.term import ONE, Shape, Term, as_term, mul, same_size, substitute, subterms

Word: TypeAlias = tuple[Term, ...]
Poly: TypeAlias = dict[Word, Ratio]
STEPS = 400  # rewriting steps before the stage gives up
CLEARINGS = 6  # multiplications by what was inverted


def prove_words(left: Term, right: Term, given: tuple[Term, ...] = ()) -> Proof | Silence:
    """Whether two terms are equal as combinations of words."""
    if all(t.is_scalar for side in (left, right, *given) for t in subterms(side)):
        return Silence("there are no matrices")  # so that it would only bring the two sides to their normal forms again
    try:
        with budget(UNITS):
            equal = with_session(given, (left, right, *given), lambda s: Words(s).equal(left, right))
    except (NoRule, TooBig, NeedBoundary, NeedCase, Undefined) as reason:
        return Silence(str(reason))
    except RecursionError:
        return Silence("the terms are nested too deeply")
    if equal:
        return Proof("matrix words", "both sides are the same combination of products of matrices, transposes and inverses")
    return Silence("the combinations of matrix products differ")


class Words:
    """Matrix terms of one session as combinations of words."""

    def __init__(self, session: Session) -> None:
        self.session, self.field = session, session.field
        self.inverted: dict[Term, Poly] = {}  # atom inv(M) -> M as a polynomial
        self.steps = 0

    def equal(self, left: Term, right: Term) -> bool:
        """Whether the difference vanishes."""
        if left.is_scalar and (_has_trace(left) or _has_trace(right)):
            return self._equal_traces(left, right)
        difference = self._plus(self.form(left), self.form(right), -1)
        return self._vanishes(difference, CLEARINGS)

    def _vanishes(self, d: Poly, budget: int) -> bool:
        d = self._reduced(d)
        if not d:
            return True
        if not budget:
            return False
        for side in (0, -1):
            ends = {word[side] for word in d if word and word[side].head == "inv"}
            for atom in sorted(ends, key=str):
                m = self.inverted.get(atom) or {(atom.args[0],): self.field.one}
                product = self._times(m, d) if side == 0 else self._times(d, m)
                if self._vanishes(product, budget - 1):
                    return True
        return False

    # -- building ----------------------------------------------------------------------------------------------

    def form(self, t: Term) -> Poly:
        """A term as a combination of words."""
        match t.head:
            case "add":
                whole: Poly = {}
                for a in t.args:
                    whole = self._plus(whole, self.form(a))
                return whole
            case "mul":
                product: Poly = {(): self.field.one}
                for a in t.args:
                    product = self._times(product, {(): self.session(a)} if self._is_plain_scalar(a) else self.form(a))
                return product
            case "trans":
                return self._transposed(self.form(t.args[0]))
            case "inv":
                return self._inverse(self.form(t.args[0]), t)
            case "pow" if t.args[1].head == "num" and t.args[1].data == -1 and not self._is_plain_scalar(t.args[0]):
                return {(): self.session(t)}
            case "mpow" if t.args[1].head == "num" and t.args[1].data.denominator == 1 and abs(t.args[1].data) <= 8:
                k = int(t.args[1].data)
                one = self.form(t.args[0]) if k >= 0 else self._inverse(self.form(t.args[0]), t.args[0].I)
                product = {(): self.field.one}
                for _ in range(abs(k)):
                    product = self._times(product, one)
                return product
            case "eye":
                return {(): self.field.one}
            case "zeros":
                return {}
            case "at" if not t.args[1].is_scalar:
                return self._at(t)
            case "sym" if not t.is_scalar:
                return {(t,): self.field.one}
            case "build":
                return {(self._opaque(t),): self.field.one}
            case "kron":
                return self._kron(t)
        if t.is_scalar:
            value = self.session(t)
            return {(): value} if not value.is_zero else {}
        return {(self._opaque(t),): self.field.one}

    def _is_plain_scalar(self, t: Term) -> bool:
        """A scalar that is not itself a product of matrices."""
        if not t.is_scalar or t.head not in ("mul", "add", "trans"):
            return t.is_scalar
        return all(self._is_plain_scalar(a) for a in t.args)

    def _opaque(self, t: Term) -> Term:
        """A matrix this stage does not look into, by its entries in normal form."""
        return self.session.sums.matrix(self.session.entries.canonical(t))

    def _kron(self, t: Term) -> Poly:
        """The Kronecker product is linear in both factors: a combination of products of words."""
        a, b = t.args
        parts: Poly = {}
        for (u, c), (v, d) in pairs(self.form(a).items(), self.form(b).items()):
            atom = Term("kron", (self._whole(u, a.shape), self._whole(v, b.shape)), None, t.shape)
            parts = self._plus(parts, {(atom,): c * d})
        return parts

    def _whole(self, word: Word, shape: Shape) -> Term:
        """A word as one term."""
        if not word:
            return Term("eye", (), None, shape)
        return word[0] if len(word) == 1 else Term("mul", word, None, shape)

    def _at(self, t: Term) -> Poly:
        body, x, value = t.args
        if any(n.head in ("grad", "jac", "hess", "deriv", "pull") for n in subterms(body)):
            raise NoRule("evaluate a derivative in words", str(t))
        return self.form(substitute(body, {x: value}))

    def _plus(self, a: Poly, b: Poly, sign: int = 1) -> Poly:
        whole = dict(a)
        for word, c in b.items():
            total = whole.get(word, self.field.zero) + (c if sign > 0 else -c)
            if total.is_zero:
                whole.pop(word, None)
            else:
                whole[word] = total
        return whole

    def _times(self, a: Poly, b: Poly) -> Poly:
        product: Poly = {}
        for u, c in a.items():
            for v, d in b.items():
                product = self._plus(product, {(*u, *v): c * d})
        if len(product) > STEPS:
            raise TooBig("too many matrix products")
        return product

    def _transposed(self, p: Poly) -> Poly:
        whole: Poly = {}
        for word, c in p.items():
            scale, flipped = self._flipped(word)
            whole = self._plus(whole, {flipped: c * scale})
        return whole

    def _flipped(self, word: Word) -> tuple[Ratio, Word]:
        """The transpose of a word, as a number times a word."""
        scale = self.field.one
        flipped: list[Term] = []
        for a in reversed(word):
            c, turned = self._flip(a)
            scale, flipped = scale * c, [*flipped, turned]
        return scale, tuple(flipped)

    def _flip(self, a: Term) -> tuple[Ratio, Term]:
        """The transpose of an atom, as a number times an atom."""
        one = self.field.one
        if a.head == "trans":
            return one, a.args[0]
        if a.head == "kron":
            found = self._kron(Term("kron", (a.args[0].T, a.args[1].T), None, (a.shape[1], a.shape[0])))
            (((turned,), scale),) = found.items()
            return scale, turned
        if a.head == "inv":
            if a in self.inverted:
                found = self._inverse(self._transposed(self.inverted[a]), a)
                if len(found) == 1 and len(next(iter(found))) == 1:
                    (((turned,), scale),) = found.items()
                    return scale, turned
                raise NoRule("transpose", str(a))
            scale, inner = self._flip(a.args[0])
            return one / scale, Term("inv", (inner,), None, a.shape)
        if a.head == "sym":
            return one, a if a.data[1].has("symmetric") else a.T
        return one, self._opaque(a.T)

    def _inverse(self, p: Poly, t: Term) -> Poly:
        p = self._reduced(p)
        if not p:
            raise Undefined(f"{t}: the inverse of zero")
        if len(p) == 1:
            ((word, c),) = p.items()
            if all(same_size(*a.shape) for a in word):
                return {tuple(self._inverse_atom(a) for a in reversed(word)): self.field.one / c}
        lead = next(iter(sorted(p, key=_order, reverse=True)))
        scale = p[lead]
        monic = {word: c / scale for word, c in p.items()}
        shape = t.shape
        atom = Term("inv", (self._term(monic, shape),), None, shape)
        self.inverted[atom] = monic
        return {(atom,): self.field.one / scale}

    def _inverse_atom(self, a: Term) -> Term:
        if a.head == "inv" and a not in self.inverted:
            return a.args[0]
        if a.head == "sym" and a.data[1].has("orthogonal"):
            return a if a.data[1].has("symmetric") else a.T
        if a.head == "trans" and a.args[0].head == "sym" and a.args[0].data[1].has("orthogonal"):
            return a.args[0]
        return Term("inv", (a,), None, a.shape)

    def _term(self, p: Poly, shape: tuple[object, object]) -> Term:
        parts = []
        for word in sorted(p, key=_order):
            c = p[word].term
            body = word or (Term("eye", (), None, shape),)  # type: ignore[arg-type]
            parts.append(Term("mul", (c, *body), None, shape) if c is not ONE or len(body) > 1 else body[0])  # type: ignore[arg-type]
        return parts[0] if len(parts) == 1 else Term("add", tuple(parts), None, shape)  # type: ignore[arg-type]

    # -- rewriting ---------------------------------------------------------------------------------------------

    def _reduced(self, p: Poly) -> Poly:
        """Apply the rules until none applies."""
        todo = dict(p)
        done: Poly = {}
        while todo:
            word, c = todo.popitem()
            self.steps += 1
            if self.steps > STEPS * 10:
                raise TooBig("too many rewriting steps")
            new = self._rewrite(word)
            if new is None:
                done = self._plus(done, {word: c})
            else:
                for w, d in new.items():
                    todo = self._plus(todo, {w: c * d})
        return {w: r for w, c in done.items() if not (r := self.field.reduce(c)).is_zero}

    def _rewrite(self, word: Word) -> Poly | None:
        """One step on the first place of a word that a rule fits; None in normal form."""
        for n, a in enumerate(word):
            if same_size(a.shape[0], 1):
                for m in range(n, len(word)):
                    if same_size(word[m].shape[1], 1) and (m > n or not a.is_scalar):
                        inner = Term("mul", word[n : m + 1])
                        return {(*word[:n], *word[m + 1 :]): self.session(inner)}
            if n + 1 < len(word) and (new := self._pair(a, word[n + 1])) is not None:
                return {(*word[:n], *w, *word[n + 2 :]): c for w, c in new.items()}
            if a in self.inverted and (longer := self._beside(word, n)) is not None:
                return longer
        return None

    def _pair(self, a: Term, b: Term) -> Poly | None:
        one: Poly = {(): self.field.one}
        if a.head == b.head == "kron" and all(same_size(p.shape[1], q.shape[0]) for p, q in zip(a.args, b.args, strict=True)):
            both = tuple(mul(p, q) for p, q in zip(a.args, b.args, strict=True))
            return self.form(Term("kron", both, None, (a.shape[0], b.shape[1])))
        if (a.head == "inv" and a.args[0] is b) or (b.head == "inv" and b.args[0] is a):
            return one
        plain, other = (a.args[0], b) if a.head == "trans" else (b.args[0], a) if b.head == "trans" else (a, b)
        if plain.head == "sym" and other is plain:
            kind: Kind = plain.data[1]
            if a.head == "trans" and (kind.has("orthonormal columns") or kind.has("orthogonal")):
                return one
            if b.head == "trans" and kind.has("orthogonal"):
                return one
            if a is b and kind.has("projection"):
                return {(a,): self.field.one}
        return None

    def _beside(self, word: Word, n: int) -> Poly | None:
        """w K -> (1 - rest K) and K w -> (1 - K rest), for K = (w + rest)^-1 and w the leading word."""
        atom = word[n]
        m = self.inverted[atom]
        lead = next(iter(sorted(m, key=_order, reverse=True)))
        rest = {w: c for w, c in m.items() if w != lead}
        if not lead:
            return None
        size = len(lead)
        if n >= size and word[n - size : n] == lead:
            new = self._plus({(): self.field.one}, {(*w, atom): c for w, c in rest.items()}, -1)
            return {(*word[: n - size], *w, *word[n + 1 :]): c for w, c in new.items()}
        if word[n + 1 : n + 1 + size] == lead:
            new = self._plus({(): self.field.one}, {(atom, *w): c for w, c in rest.items()}, -1)
            return {(*word[:n], *w, *word[n + 1 + size :]): c for w, c in new.items()}
        return None

    # -- traces ------------------------------------------------------------------------------------------------

    def _equal_traces(self, left: Term, right: Term) -> bool:
        """Two scalars linear in traces, by cyclic words."""
        total: Poly = {}
        for side, sign in ((left, 1), (right, -1)):
            total = self._plus(total, self._traces(side), sign)
        return not {w: c for w, c in total.items() if not self.field.reduce(c).is_zero}

    def _traces(self, t: Term) -> Poly:
        if not _has_trace(t):
            return {(): self.session(t)}
        match t.head:
            case "add":
                whole: Poly = {}
                for a in t.args:
                    whole = self._plus(whole, self._traces(a))
                return whole
            case "mul":
                scalars = [a for a in t.args if not _has_trace(a)]
                rest = [a for a in t.args if _has_trace(a)]
                if len(rest) == 1 and all(a.is_scalar for a in t.args):
                    scale = self.field.one
                    for a in scalars:
                        scale = scale * self.session(a)
                    return {w: c * scale for w, c in self._traces(rest[0]).items()}
                if all(a.is_scalar for a in t.args):
                    return {(): self.session(t)}  # a product of traces, by its entries
            case "trace":
                return self._trace_of(self._reduced(self.form(t.args[0])), t.args[0])
        raise NoRule("write as a sum of traces", str(t))

    def _trace_of(self, p: Poly, t: Term) -> Poly:
        whole: Poly = {}
        for word, c in p.items():
            if not word:
                whole = self._plus(whole, {(): c * self.session(as_term(t.shape[0]))})
                continue
            if len(word) == 1 and word[0].head == "kron":
                first, second = (Term("trace", (f,)) for f in word[0].args)
                whole = self._plus(whole, {(): c * self.session(first) * self.session(second)})
                continue
            rotations = [word[n:] + word[:n] for n in range(len(word))]
            scale, flipped = self._flipped(word)
            if scale != self.field.one:
                flipped = word
            rotations += [flipped[n:] + flipped[:n] for n in range(len(word))]
            best = min(rotations, key=lambda w: [str(a) for a in w])
            for rotation in rotations:
                if (new := self._rewrite(rotation)) is not None:
                    smaller = self._trace_of(self._reduced(new), _square_of(rotation))
                    whole = self._plus(whole, {w: c * d for w, d in smaller.items()})
                    break
            else:
                whole = self._plus(whole, {best: c})
        return whole


def _square_of(word: Word) -> Term:
    return Term("mul", word, None, (word[0].shape[0], word[-1].shape[1]))


def _order(word: Word) -> tuple[int, list[str]]:
    return len(word), [str(a) for a in word]


def _has_trace(t: Term) -> bool:
    return any(n.head == "trace" for n in subterms(t))
