r"""Integrals and limits as documents write them, and values at a place.

    \int_a^b f \, dx,  \int \frac{dx}{x},  [F(x)]_a^b,  \lim_{x \to a} f,  ... |_{x = 0}

Their variable is bound: while what stands behind them is read it is a real number, whatever it is elsewhere.

Imports: calcds.document, calcds.expr.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from calcds.document.reading.dependence import Dependence
from calcds.document.source.keys import labelled
from calcds.document.source.latex import Node
from calcds.document.source.names import (
    KNOWN_NUMBERS,
    atom_and_marks,
    is_d,
    named,
    names_in,
    opened,
    script,
    shown,
    text_of,
)
from calcds.document.source.raw import Unread
from calcds.document.words.shapes import NotKnown
from calcds.expr import operators as op
from calcds.expr.kinds import Real
from calcds.expr.term import ZERO, Term, as_term, substitute, subterms

_COUNTING = set("ijklmn")  # letters that number entries


class Integrals(Dependence):
    """Operators that bind a variable, and values at a place."""

    integrated_over: str | None = None

    def is_differential(self, parts: Sequence[Node], k: int) -> bool:
        """Whether the d of `dx` is no name of its own; in `dv = e^x dx` it is none, whatever else a d is."""
        if self.substituting:
            return True
        following = named(parts[k + 1]) if k + 1 < len(parts) else None
        known = self.scope.kind("d", old=True) or self.scope.definition("d", old=True)
        return (
            following is not None
            and not known
            and "d" not in self.scope.dims
            and following.base not in {"d", "x_bar"}
            and "d" not in self.usage.families
        )

    def integral_at(self, marks: Sequence[Node], parts: Sequence[Node], k: int) -> tuple[Term, int]:
        r"""`\int_a^b f(x) \, dx` within one product, behind its place k."""
        d = _closing(parts, k + 1)
        if d is None:
            top = parts[k + 1] if k + 1 < len(parts) else None
            if top is not None and top.kind == "frac" and (found := self._over_dx(marks, top)) is not None:
                return found, k + 2
            braced = opened(top).parts if top is not None and top.kind == "group" and opened(top).kind == "product" else ()
            if _closing(braced, 0) == len(braced) - 2:  # `\int_0^1{t \, dt}`
                return self.integral_at(marks, braced, -1)[0], k + 2
            raise Unread("an integral without dx", parts[k].at, parts[k].end)
        inside = parts[k + 1 : d]
        if not inside and any(n.base == parts[d + 1].text for part in parts[d + 2 :] for n in names_in(part)):
            raise Unread("an integral with its dx in front", parts[k].at, parts[k].end)
        return self.integrated(
            marks, parts[d + 1], lambda: self.product(inside) if inside else as_term(1)
        ), d + 2

    def _over_dx(self, marks: Sequence[Node], fraction: Node) -> Term | None:
        top = opened(fraction.parts[0])
        parts = list(top.parts) if top.kind == "product" else [top]
        d = _closing(parts, 0)
        if d is None or d + 2 != len(parts):
            return None
        inside = parts[:d]
        return self.integrated(marks, parts[d + 1], lambda: self.over(
            self.product(inside) if inside else as_term(1), self.value(fraction.parts[1])))  # fmt: skip

    def integral_over(
        self, parts: Sequence[tuple[str, tuple[Node, ...]]], k: int, place: int
    ) -> tuple[Term, int] | None:
        """An integral whose dx stands in a later summand."""
        first = parts[k][1]
        if _closing(first, place + 1) is not None or not first[place + 1 :]:
            return None
        for j in range(k + 1, len(parts)):
            d = _closing(parts[j][1], 0)
            if d is None:
                continue
            inside = [("+", first[place + 1 :]), *parts[k + 1 : j], (parts[j][0], parts[j][1][:d])]
            marks = atom_and_marks(first[place])[1]
            found = self.integrated(marks, parts[j][1][d + 1], partial(self._terms, inside))
            if first[:place]:
                found = self.times(self.product(first[:place]), found)
            if parts[j][1][d + 2 :]:
                found = self.times(found, self.product(parts[j][1][d + 2 :]))
            return (-found if parts[k][0] == "-" else found), j + 1
        return None

    def _terms(self, parts: Sequence[tuple[str, tuple[Node, ...]]]) -> Term:
        return self.plus([(sign, self.product(p) if p else as_term(1)) for sign, p in parts])

    def integrated(self, marks: Sequence[Node], variable: Node, body: Callable[[], Term]) -> Term:
        """An integral; its variable is bound in the body."""
        name = named(variable)
        if name is None or any(m.kind != "below" for m in name.marks):
            raise Unread("an integral by something that is no variable", variable.at, variable.end)
        bounds = [self.value(script(m)) for kind in ("below", "above") for m in marks if m.kind == kind]
        if len(bounds) not in {0, 2} or len(marks) != len(bounds):
            raise Unread("an integral over a set", variable.at, variable.end)
        key = labelled(name)[0] + (f"_{text_of(script(name.marks[0]))}" if name.marks else "")
        x, saved = Real.symbol(shown(key)), dict(self.bound)
        self.bind_number(key, x)
        term = body()
        self.bound = saved
        return op.integral(term, x, *bounds)

    def between(self, bracket: Node, marks: Sequence[Node]) -> Term:
        r"""`[F(x)]_a^b`: F(b) - F(a), in the variable that the chain integrates over, or the only one in it.

        `[xy]_{y=0}^2` says itself which one is meant.
        """
        bounds = [script(m) for kind in ("below", "above") for m in marks if m.kind == kind]
        low, high = (self.value(b.parts[2] if _says_where(b) else b) for b in bounds)
        said = [named(b.parts[0]) for b in bounds if _says_where(b)]
        inside = said or [n for n in names_in(bracket) if n.base not in KNOWN_NUMBERS]
        bases = {"" if n is None or any(m.kind == "below" for m in n.marks) else n.base for n in inside}
        only = bases.pop() if len(bases) == 1 else ""
        if said and (only in _COUNTING or all(n.base != only for n in names_in(bracket))):
            only = ""  # `[i^2]_{i=1}^n` lists entries
        x = only if said else self.integrated_over or only
        if not x:
            raise NotKnown("in which variable the bounds of these brackets are", "", bracket.at, bracket.end)
        saved = dict(self.bound)
        symbol = Real.symbol(shown(x))
        self.bind_number(x, symbol)
        body = self.value(bracket.parts[0])
        self.bound = saved
        return _value_at(body, symbol, high) - _value_at(body, symbol, low)

    def bind_number(self, key: str, x: Term) -> None:
        """A name stands for a real number for a while."""
        from calcds.document.reading.symbols import Bound

        self.bound[key] = Bound(x, ZERO)

    def limit_of(self, marks: Sequence[Node], rest: Sequence[Node]) -> Term:
        r"""`\lim_{x \to 0^+} f(x)`."""
        below = [m for m in marks if m.kind == "below"]
        condition = script(below[0]) if len(below) == len(marks) == 1 else None
        if condition is None or condition.kind != "item" or [p.text for p in condition.parts[1::2]] != ["to"]:
            raise Unread("a limit without x \\to a")
        name, target = named(condition.parts[0]), opened(condition.parts[2])
        side = "+-"
        atom, after = atom_and_marks(target)
        if after and after[-1].kind == "above" and script(after[-1]).kind in {"ADD", "SIGN"}:
            side = script(after[-1]).text
            target = atom
        if name is None or name.marks or side not in {"+", "-", "+-"}:
            raise Unread("a limit of this kind", condition.at, condition.end)
        point = self.value(target)
        x, saved = Real.symbol(shown(name.base)), dict(self.bound)
        self.bind_number(name.base, x)
        body = self.scope.expand(self.product(rest), keep=[x])
        self.bound = saved
        if not body.is_scalar:
            raise Unread("a limit of a vector", condition.at, condition.end)
        if x not in body.free:
            raise NotKnown(f"a limit in {x} of something without it", "", condition.at, condition.end)
        return op.limit(body, x, point, side)

    def placed(self, term: Term, where: Node) -> Term:
        r"""`... |_{x = 0}` and `... |_{x = 1, y = 2}`."""
        if where.kind == "items":
            for one in (part for part in where.parts if part.kind != "COMMA"):
                term = self.placed(term, one)
            return term
        if where.kind != "item" or [p.text for p in where.parts[1::2]] != ["="]:
            raise Unread("a value at a place that is no equation", where.at, where.end)
        x, value = self.value(where.parts[0]), self.value(where.parts[2])
        if x.head != "sym":
            raise Unread("a value at a place of something that is no variable", where.at, where.end)
        x, value = self.fit(x, value)
        return op.at(self.scope.towards(term, [x]), x, value)


def _value_at(body: Term, x: Term, place: Term) -> Term:
    """The value of an antiderivative at a bound; at infinity its limit."""
    endless = any(t.head == "const" and str(t) in {"oo", "-oo"} for t in subterms(place))
    return op.limit(body, x, place, "+-") if endless and x in body.free else substitute(body, {x: place})


def _says_where(bound: Node) -> bool:
    """`y = 0`, below or above a bracket."""
    return bound.kind == "item" and [p.text for p in bound.parts[1::2]] == ["="]


def _closing(parts: Sequence[Node], k: int) -> int | None:
    """Where the d of dx stands that closes an integral."""
    depth = 0
    for j in range(k, len(parts) - 1):
        if atom_and_marks(parts[j])[0].kind == "BIGOP" and atom_and_marks(parts[j])[0].text == "int":
            depth += 1
        if is_d(parts[j]) and named(parts[j + 1]) is not None:
            if not depth:
                return j
            depth -= 1
    return None
