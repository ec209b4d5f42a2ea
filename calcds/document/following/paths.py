r"""Matrices that depend on a number: `\frac{d}{dt} A^{-1} = -A^{-1} \dot A A^{-1}`, `(AB)' = A'B + AB'`.

A text that calls A(t) a matrix and gives no formula for it speaks of every path of matrices. A claim with first derivatives at
one t depends on A(t) and A'(t) only, and these may be any matrices, so it holds for all paths if and only if it holds for

    A(t) = A_0 + t D       at t = 0, with A_0 and D any square matrices of one size

and it is this that is decided. To read A as a number, as formulas with derivatives of names are read elsewhere, would prove
`(AB)' = A'B + B'A`. A claim is called wrong only if it is about such matrices and nothing else, and a small change makes it
hold; nothing is called wrong where the section says more of them: that they are orthogonal, commute, obey an equation.

Imports: calcds.document, calcds.decide, calcds.expr.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from calcds.decide.clock import Deadline
from calcds.decide.verdict import Outcome, Verdict
from calcds.document.reading.chains import read_chain
from calcds.document.source.dotted_paths import DOT, differentiates, is_odd, with_dots
from calcds.document.source.latex import Node, walk
from calcds.document.source.names import names_in, shown
from calcds.document.source.options import Options
from calcds.document.source.raw import Unread
from calcds.document.weighing.deciding import Decider
from calcds.document.weighing.repair import parts_of, repairs
from calcds.document.words.scope import Declared, Definition, Scope
from calcds.document.words.unspecified import Heard
from calcds.errors import CalcdsError
from calcds.expr import operators as op
from calcds.expr.kinds import Dim, Kind, Matrix, Real, Symmetric
from calcds.expr.term import ZERO, Term, subterms

_BEFORE = re.compile(r"\bmatri(?:x|ces)(?:[\s-]+valued)?(?:\s+functions?)?[\s$(]*$", re.IGNORECASE)
_BEHIND = re.compile(
    r"[\s$)]*(?:(?:,|and|,\s*and)[\s$(]*§[\s$)]*)*(?:,|\b(?:is|be|are|denotes?)\b)[^.;:]{0,60}?\bmatri(?:x|ces)\b|"
    r"[\s$)]*(?:(?:,|and|,\s*and)[\s$(]*§[\s$)]*)*,?\s*an?\b[^.;:]{0,40}?\bmatri(?:x|ces)\b"
)
_JOINED = re.compile(r"[\s$)]*(?:,|and|,\s*and)[\s$(]*$")
_MORE = re.compile(
    r"orthogonal|symmetr|commut|skew|rotation|unitary|diagonal|project|stochastic|Hermit|idempotent|nilpotent|(?<!non)(?<!non-)singular|"
    r"\brank|conserv|solv|solution|differential equation|\b[OP]DEs?\b|flow|unit determinant",
    re.IGNORECASE,
)  # paths of which the text says more
_AROUND = 600  # characters around the matrices and the claim in which words may say more of them
_NEAR = 4  # formulas behind `A(t)` between which words call it a matrix
_PATIENCE = 3.0  # seconds, more than it takes, for what would have been right
_GOOD = {Outcome.PROVED, Outcome.SUPPORTED}


class Paths:
    """The matrices of a section that depend on a number, by the letter of the number.

    heard: what the sections say of their functions
    """

    def __init__(self, scope: Scope, decider: Decider, heard: Mapping[int, Heard]) -> None:
        self.scope, self.decider = scope, decider
        self.here = [heard[s] for s in sorted(scope.around) if s in heard]

    def verdict(self, nodes: Sequence[Node | Unread], at: int) -> Verdict | None:
        """What comes of a pair of sides that stands at some place; None where no formula of such matrices is differentiated."""
        trees = [node for node in nodes if isinstance(node, Node)]
        if len(trees) != 2 or len(nodes) != 2 or not any(n.kind in {"frac", "prime"} for tree in trees for n in walk(tree)):
            return None
        used = {name.base.removeprefix(DOT) for tree in trees for name in names_in(tree)}
        letters = {key: letter for key, letter in self._letters().items() if key in used}
        if len(set(letters.values())) != 1:
            return None
        letter = next(iter(letters.values()))
        sides = [with_dots(tree, letters, letter) for tree in trees]
        moving = {call.key for one in self.here for call in one.calls if letter in call.letters} - letters.keys()
        if not any(differentiates(side, letter) for side in sides):
            return None
        if any(is_odd(side, letters, letter) for side in sides) or not moving.isdisjoint(used):
            return _open("derivatives of matrices in a way that was not understood")
        try:
            return self._decided(sides, sorted(letters), letter, at)
        except (CalcdsError, ArithmeticError, ValueError, RecursionError) as error:
            return _open(f"derivatives of matrices: {error}")

    def _letters(self) -> dict[str, str]:
        """The matrices without a formula that depend on one letter, which are capitals."""
        found: dict[str, str] = {}
        for one in self.here:
            known = {f.key for f in one.formulas}
            for call in one.calls:
                plain = call.plain and len(call.letters) == 1 and call.key.rpartition(" ")[2][:1].isupper()
                if not plain or call.primes or call.key in known or not call.letters[0].islower():
                    continue
                declared = self.scope.kinds.get(call.key)
                certain = declared is not None and declared.certain and self.scope.is_here(declared.section)
                matrix = 1 not in declared.kind.shape if certain and declared is not None else _is_called_so(one, call.at)
                if matrix and not self.scope.has_meaning(call.key):
                    found.setdefault(call.key, call.letters[0])
        return found

    def _decided(self, sides: Sequence[Node], keys: Sequence[str], letter: str, at: int) -> Verdict:
        kinds = {key: kind for key in keys if (kind := self.scope.kind(key, old=False)) is not None}
        best: Verdict | None = None
        of_all = f"for all matrices that depend on {shown(letter)}"
        symmetric = any(kind.word == "Symmetric" for kind in kinds.values())
        for chosen in (_squares(keys, kinds, symmetric=way) for way in ((False, True) if symmetric else (False,))):
            with self._as_paths(chosen, letter):
                reading = read_chain(sides, [True], self.scope, Options())
                pair = reading.pair(0)
                if pair is not None and self._depends(pair, keys, letter):
                    return _open(f"another name depends on {shown(letter)}")
                if pair is None or reading.doubts_of(0):
                    why = "; ".join(reading.doubts_of(0)) if pair is not None else reading.why(0).why
                    best = best or _open(why)
                    continue
                ends = [self._at_zero(side, letter) for side in pair]
                verdict = self.decider.ask(ends[0], ends[1])
                if verdict.outcome in _GOOD:
                    said = f"it holds {of_all}: {verdict.detail}"
                    return Verdict(verdict.outcome, "paths", said, points=verdict.points, digits=verdict.digits)
                fails = verdict.outcome is Outcome.REFUTED and not self._is_special(keys, at)
                if fails and self._is_slip(pair, ends, keys, letter):
                    return Verdict(Outcome.REFUTED, "paths", f"it does not hold {of_all}")
                best = best or _open(f"it does not hold {of_all}, as it was read")
        assert best is not None  # one kind was tried
        return best

    def _is_slip(self, pair: tuple[Term, Term], ends: Sequence[Term], keys: Sequence[str], letter: str) -> bool:
        """Whether the claim is about nothing but these matrices, and a small change makes it hold."""
        names = {str(s.data[0]) for side in ends for s in side.free if not s.is_scalar}
        if not names <= {name for key in keys for name in _ends_of(key)}:
            return False
        moving = [s for s in pair[1].free if str(s.data[0]).startswith(DOT)]
        if not moving or any(t.head == "deriv" for t in subterms(pair[1])):
            return False
        for changed in Deadline(_PATIENCE).until(repairs(pair[1], parts_of(False, *pair))):
            if self.decider.ask(ends[0], self._at_zero(changed, letter)).outcome in _GOOD:
                return True
        return False

    def _is_special(self, keys: Sequence[str], at: int) -> bool:
        """Whether more may be said of the matrices: words near them or near the claim, a declaration, or an equation."""
        places = [at, *(call.at for one in self.here for call in one.calls if call.key in keys)]
        words = [word for one in self.here for where, word in one.words if any(abs(where - p) < _AROUND for p in places)]
        declared = [kind.word for key in keys if (kind := self.scope.kind(key, old=True)) is not None]
        tied = any(not one.slopes.isdisjoint(keys) for one in self.here)
        return tied or _MORE.search(" ".join(words)) is not None or not {*declared} <= {"Matrix", "Invertible"}

    def _depends(self, pair: tuple[Term, Term], keys: Sequence[str], letter: str) -> bool:
        """Whether the formula of a name that is none of the matrices has the letter in it."""
        t, table = Real.symbol(shown(letter)), self.scope.table()
        own = {d.symbol for key in keys for k in (key, f"{DOT}{key}") if (d := self.scope.definitions.get(k))}
        todo, seen = [s for side in pair for s in side.free], set[Term]()
        while todo:
            s = todo.pop()
            if s in table and s not in own and s not in seen:
                seen.add(s)
                todo += table[s].free
                if t in table[s].free:
                    return True
        return False

    def _at_zero(self, side: Term, letter: str) -> Term:
        t = Real.symbol(shown(letter))
        expanded = self.scope.expand(side)
        return op.at(expanded, t, ZERO) if t in expanded.free or _has_derivative(expanded) else expanded

    @contextmanager
    def _as_paths(self, kinds: Mapping[str, Kind], letter: str) -> Iterator[None]:
        """The matrices are lines through any matrices, in any direction, for a while."""
        scope = self.scope
        before = scope.functions, scope.definitions, scope.kinds, scope.values
        t = Real.symbol(shown(letter))
        keys = {*kinds, *(f"{DOT}{key}" for key in kinds), letter}
        scope.functions = {k: f for k, f in scope.functions.items() if k not in keys}
        scope.definitions = {k: d for k, d in scope.definitions.items() if k not in keys}
        scope.kinds = {**scope.kinds, letter: Declared(Real, scope.section)}
        scope.values = {}
        for key, kind in kinds.items():
            whole, slope = kind.symbol(shown(key)), kind.symbol(f"{DOT}{key}")
            start, direction = map(kind.symbol, _ends_of(key))
            scope.kinds |= {key: Declared(kind, scope.section), f"{DOT}{key}": Declared(kind, scope.section)}
            scope.definitions[key] = Definition(whole, start + t * direction, scope.section, -1)
            scope.definitions[f"{DOT}{key}"] = Definition(slope, direction, scope.section, -1)
        try:
            yield
        finally:
            scope.functions, scope.definitions, scope.kinds, scope.values = before


def _open(why: str) -> Verdict:
    return Verdict(Outcome.UNDECIDED, detail=why)


def _is_called_so(heard: Heard, at: int) -> bool:
    """Whether words call a matrix what stands at some place: "the matrix $A(t)$", "$A(t)$ and $B(t)$ are square matrices"."""
    words = sorted(heard.words)
    k = sum(where <= at for where, _ in words) - 1
    if k < 0 or _BEHIND.match(" § ".join(word for _, word in words[k + 1 : k + 1 + _NEAR])):
        return k >= 0
    while k and _JOINED.match(words[k][1]):
        k -= 1
    return _BEFORE.search(words[k][1]) is not None


def _ends_of(key: str) -> tuple[str, str]:
    """The names of the matrix where a line begins, and of its direction."""
    return f"{shown(key)}_0'", f"{shown(key)}'"


def _squares(keys: Sequence[str], kinds: Mapping[str, Kind], *, symmetric: bool) -> dict[str, Kind]:
    """Kinds of square matrices, with the sizes that are declared; those that are declared so are symmetric, or none is."""
    found: dict[str, Kind] = {}
    for key in keys:
        n = kinds[key].shape[0] if key in kinds else Dim("n")
        found[key] = Symmetric[n] if symmetric and key in kinds and kinds[key].word == "Symmetric" else Matrix[n, n]
    return found


def _has_derivative(term: Term) -> bool:
    return any(t.head == "deriv" for t in subterms(term))


__all__ = ["Paths"]
