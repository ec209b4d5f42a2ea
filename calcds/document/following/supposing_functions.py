r"""Names as functions that are not specified, while one claim is read: the f of `f_x`, the x of `x'(t)`, the w of `w_{tt}`.

    f(x, y)                          f is any function of x and y, f_x and f_{xy} its derivatives
    f(x(t), y(t)),  x = r\cos\theta  what stands for x and y is put in: f_t, f_r and df/dt are derivatives of what f comes to
    w(x, t) = p(x - ct)              p is any function, and w_{tt} a derivative of the formula
    \varphi(t) = f(a + th, b + tk)   f_x alone may be taken at (x, y), or where f is taken in such a formula

A claim that holds for all functions holds for those that a text has formulas for. All of this is forgotten with the claim.

Imports: calcds.document, calcds.expr.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from calcds.document.following.unspecified_names import Subject
from calcds.document.reading.chains import read_chain
from calcds.document.source.differentials import quotients
from calcds.document.source.latex import Node
from calcds.document.source.names import KNOWN_NUMBERS, Named, named, names_in, opened, shown
from calcds.document.source.options import Options
from calcds.document.source.raw import Unread
from calcds.document.words.scope import Declared, Definition, Function
from calcds.document.words.unspecified import (
    Call,
    calls_in,
    with_subscripts,
)
from calcds.expr import operators as op
from calcds.expr.kinds import FunctionSymbol, Real
from calcds.expr.term import Term, substitute

_NO_NUMBERS = {"e", "i", "d"}
_DOTS = {"dot": 1, "ddot": 2}
_DEEPEST = 6  # formulas within formulas


class NotUnderstood(Exception):
    """A claim is about something that cannot be told from what the text says."""


@dataclass(slots=True)
class World(Subject):
    """The functions of one claim."""

    composite: bool = False  # a variable of a function stands for something else, or a function for a formula
    inner: set[str] = field(default_factory=set)  # variables that are functions of others in this claim
    implicit: dict[str, Call] = field(default_factory=dict)  # variables that an equation `F(x, y) = 0` gives, and the equation
    definitions: dict[str, Definition] = field(default_factory=dict)
    kinds: dict[str, Declared] = field(default_factory=dict)

    # -- the functions ------------------------------------------------------------------------------------------

    def suppose(self) -> bool:
        """Make the functions of the claim; whether it is about any in a way that only this tells."""
        self.nodes = [with_subscripts(node, self.variables) for node in self.nodes]
        told = self._implicit()
        for base, letters in self.partials.values():
            variables = self.variables(base)
            if not variables:
                raise NotUnderstood
            told = True
            self._take(base)
            for letter in letters:
                if letter not in variables and not self.reaches(variables, letter):
                    raise NotUnderstood
        outer = self.outer
        for call in self.calls:
            if call.key in outer and call.plain and call.key not in call.letters and len(call.letters) == 1:
                self._inner(call.key, call.letters)
                told = True
        fractions = [q for node in self.nodes for q in quotients(node)] if not self.has_nabla() else []
        for top, bottom in fractions:
            if not top.marks and not bottom.marks and (variables := self.variables(top.base)):
                self._take(top.base)
                told = told or (bottom.base not in variables and self.reaches(variables, bottom.base))
        for base, letter in self.totals.values():
            self._take(base)
            if base not in self.functions or not self._along(base, letter):
                raise NotUnderstood
            told = True
        if told:
            for call in self.calls:
                self._take(call.key)
            for name in self.names():
                self._primed(name)
            self._formulas(self.nodes, _DEEPEST)
            for key in list(self.functions):
                self._substitutions(key)
        return told

    def _implicit(self) -> bool:
        """Make variables functions that have derivatives in the claim, and that an equation `F(x, y) = 0` ties to others."""
        primed = {name.base for name in self.names() if any(m.kind == "prime" for m in name.marks)}
        above = {top.base for node in self.nodes for top, _ in quotients(node)}
        below = {base for base, _ in self.partials.values()}
        tied = [call for one in self.heard for call in one.tied if call.key in below | above and call.at <= self.at]
        for call in tied[-1:]:
            for key in (primed | above | below) & set(call.letters):
                if self.formula(key) is None or key in below:
                    self._given_by(call, key)
        return bool(self.implicit)

    def _given_by(self, call: Call, key: str) -> None:
        """The y of `F(x, y) = 0` as a function of x."""
        others = tuple(letter for letter in call.letters if letter != key)
        parameters = tuple(map(_number, others))
        body = FunctionSymbol(shown(key), len(others))(*parameters)
        self.functions[key] = Function(key, parameters, body, (), self.scope.section, None, others, -1)
        self.definitions[key] = self._definition(key, body)
        self.inner.add(key)
        self.implicit[key] = call
        self.composite = True

    def slope(self, value: Term) -> Term | None:
        r"""What a derivative of an implicit function is: `-F_x / F_y` for `y'`, and the derivative of that for `y''`."""
        key = next((k for k in self.implicit if shown(k) == value.data.name), None)
        order = value.data.order
        if key is None or not any(order):
            return None
        call, y = self.implicit[key], self.functions[key]
        k = next(k for k, times in enumerate(order) if times)
        if sum(order) > 1:
            less = FunctionSymbol(value.data.name, len(order), order=(*order[:k], order[k] - 1, *order[k + 1 :]))
            lower = self.slope(less(*y.parameters))
            return None if lower is None else op.diff(lower, y.parameters[k])
        f = FunctionSymbol(shown(call.key), len(call.letters))
        assert y.body is not None  # it was made here
        places = [y.body if letter == key else _number(letter) for letter in call.letters]
        by = [call.letters.index(letter) for letter in (y.keys[k], key)]
        return -f.prime(by[0])(*places) / f.prime(by[1])(*places)

    def _along(self, base: str, letter: str) -> bool:
        """Put in what the other variables of a function are by one of them: the y(x), or g(x), of `f(x, y)`."""
        found = False
        for v in self.functions[base].keys:
            formula = self.formula(v)
            own = self.variables(v) if formula is None else ()
            if v == letter or v in self.definitions:
                found = found or v in self.definitions
            elif own == (letter,):
                self._inner(v, own)
                found = True
            elif formula is not None and letter in formula.letters and not formula.parameters:
                for call in self.unknown_in(formula):
                    self._apply(call)
                self.definitions[v] = self._definition(v, self._read(formula.body))
                self.composite = found = True
        return found

    def _take(self, key: str) -> None:
        """A function without a formula, or with one."""
        if key in self.functions or key in KNOWN_NUMBERS:
            return
        formula = self.formula(key)
        called = self.called(formula.body) if formula is not None and not formula.parameters else None
        if formula is not None and called is None and self.unknown_in(formula):
            return  # it is read when all others are known
        variables = self.variables(key)
        if not variables:
            return
        if not self.scope.vectors.isdisjoint({*variables, *(f"bold {v}" for v in variables)}):
            raise NotUnderstood  # functions of vectors are read elsewhere
        parameters = tuple(map(_number, variables))
        body = FunctionSymbol(shown(called.key if called is not None else key), len(variables))(*parameters)
        self.functions[key] = Function(key, parameters, body, (), self.scope.section, None, variables, -1)
        if called is not None:
            self._take(called.key)

    def _inner(self, key: str, letters: Sequence[str]) -> None:
        """A variable that is a function of others."""
        self._take(key)
        if key in self.functions and self.functions[key].keys == tuple(letters):
            self.inner.add(key)
            body = self.functions[key].body
            assert body is not None  # it was made here
            self.definitions[key] = self._definition(key, body)
            self.composite = True

    def _primed(self, name: Named) -> None:
        r"""The x of `x'` and of `\dot x`, which is a function of one variable."""
        if name.base in self.implicit:
            return
        primes = sum(m.kind == "prime" for m in name.marks)
        dots = _DOTS.get(name.base.rpartition(" ")[0], 0)
        key = name.base.rpartition(" ")[2] if dots else name.base
        variables = self.variables(key)
        if (primes or dots) and len(variables) == 1 and self.formula(key) is None:
            if key in self.outer:
                self._inner(key, variables)
            else:
                self._take(key)
        elif dots and variables:
            self._take(key)

    def _substitutions(self, key: str) -> None:
        """What stands for the variables of a function in this claim."""
        for v in self.functions[key].keys:
            if v in self.definitions:
                continue
            formula = self.coordinates(v, set(self.functions[key].keys)) if v not in self.functions else None
            own = self.variables(v) if formula is None else ()
            if formula is not None:
                for letter in formula.letters:
                    self._as_number(letter)
                self.definitions[v] = self._definition(v, self._read(formula.body))
                self.composite = True
            elif own and v not in own and self.letters & set(own) and not set(own) & set(self.functions[key].keys):
                self._inner(v, own)

    def _formulas(self, nodes: Sequence[Node], depth: int) -> None:
        """Formulas of names in the claim that are about functions of which nothing is known: `w(x, t) = p(x - ct)`."""
        names = {name.base for node in nodes for name in names_in(node)}
        for key in sorted(names - self.functions.keys() - self.definitions.keys()):
            formula = self.formula(key) if depth else None
            if formula is None:
                continue
            unknown = self.unknown_in(formula)
            if not unknown:
                continue
            for call in unknown:
                self._apply(call)
            self._formulas([formula.body], depth - 1)
            for letter in formula.parameters:
                self._as_number(letter)
            body = self._read(formula.body)
            if formula.parameters:
                parameters = tuple(map(_number, formula.parameters))
                self.functions[key] = Function(key, parameters, body, (), self.scope.section, None, formula.parameters, -1)
            else:
                self.definitions[key] = self._definition(key, body)
            self.composite = True

    def _apply(self, call: Call) -> None:
        """A function that is known by its brackets only."""
        self._take(call.key)
        if call.key not in self.functions:
            places = tuple(f"{call.key} {k}" for k in range(len(call.nodes)))
            parameters = tuple(Real.symbol(p) for p in places)
            body = FunctionSymbol(shown(call.key), len(places))(*parameters)
            self.functions[call.key] = Function(call.key, parameters, body, (), self.scope.section, None, places, -1)

    # -- derivatives by their letters ---------------------------------------------------------------------------

    def places(self) -> Iterator[Mapping[str, Sequence[Node]]]:
        """Where the functions may be taken that stand without brackets: at their variables, or as in a formula of the claim."""
        yield {}
        bare = {base for base, _ in self.partials.values()}
        for key in {name.base for name in self.names()}:
            formula = self.formula(key)
            calls = calls_in(formula.body, formula.at) if formula is not None else ()
            yield from ({c.key: c.nodes} for c in calls if c.key in bare and c.key in self.functions)
        for call in self.calls:
            first = [_first(node) for node in call.nodes]
            if call.key in bare & self.functions.keys() and None not in first and not call.plain:
                yield {call.key: [node for node in first if node is not None]}

    def at_place(self, place: Mapping[str, Sequence[Node]], *, total: bool = False) -> None:
        """Give the derivatives that stand in the claim their values.

        total: those of names for functions are derivatives of what they come to
        """
        for key, (base, letters) in self.partials.items():
            f, named_so = self.functions.get(base), self.definitions.get(base)
            body = named_so.body if f is None and named_so is not None else f.body if f is not None else None
            parameters, keys = (f.parameters, f.keys) if f is not None else ((), ())
            if body is None:
                raise NotUnderstood
            if set(letters) <= set(keys) and not (total and self._depends(base, letters)):
                body = self._behind(body, parameters)
                variables = [parameters[keys.index(letter)] for letter in letters]
                here = _derivative(body, variables, parameters, parameters)
                self.functions[key] = Function(key, parameters, here, (), self.scope.section, None, keys, -1)
                derived = _derivative(body, variables, parameters, self._values(place[base])) if base in place else here
            elif set(letters) & set(keys) and not total:
                raise NotUnderstood
            else:
                derived = op.diff(self._behind(body), *map(_number, letters))
            self.definitions[key] = self._definition(key, derived)
        self._dotted()
        for key, (base, letter) in self.totals.items():
            whole = self.functions[base].body
            assert whole is not None  # it was made here
            self.definitions[key] = self._definition(key, op.diff(self._behind(whole), _number(letter)))
        for base, nodes in place.items():
            f = self.functions[base]
            assert f.body is not None  # it was made here
            values = dict(zip(f.parameters, self._values(nodes), strict=True))
            self.definitions[base] = self._definition(base, substitute(f.body, values))
        primed = {name.base for name in self.names() if any(m.kind == "prime" for m in name.marks)}
        for base in {base for base, _ in self.partials.values()} - place.keys() - primed:
            f = self.functions.get(base)
            if f is not None and f.body is not None and base not in self.inner:
                self.definitions[base] = self._definition(base, f.body)

    def _dotted(self) -> None:
        r"""Give `\dot x` and `\ddot z` the derivatives by the one variable on which everything depends."""
        times = {key for x in self.inner for key in self.functions[x].keys}
        for name in self.names():
            style, _, key = name.base.rpartition(" ")
            f = self.functions.get(key)
            if style in _DOTS and len(times) == 1 and f is not None and f.body is not None:
                t = _number(next(iter(times)))
                derived = op.diff(self._behind(f.body), *[t] * _DOTS[style])
                self.definitions[name.base] = self._definition(name.base, derived)

    @property
    def is_ambiguous(self) -> bool:
        r"""Whether `\frac{\partial w}{\partial x}` may hold fixed what depends on x, or not: for w = f(x, z) and z = g(x)."""
        return any(self._depends(base, letters) for base, letters in self.partials.values())

    def _depends(self, base: str, letters: Sequence[str]) -> bool:
        """Whether another variable of a name for a function depends on what it is differentiated by."""
        f = self.functions.get(base)
        if f is None or self.formula(base) is None:
            return False
        others = (self.definitions[v].body for v in f.keys if v in self.definitions and v not in letters)
        return any(not self._behind(body).free.isdisjoint(map(_number, letters)) for body in others)

    def _behind(self, body: Term, keep: Sequence[Term] = ()) -> Term:
        """A body with what stands for its variables put in, but for some."""
        for _ in range(_DEEPEST):
            table = {d.symbol: d.body for d in self.definitions.values() if d.symbol in body.free and d.symbol not in keep}
            if not table:
                break
            body = substitute(body, table)
        return body

    def _values(self, nodes: Sequence[Node]) -> list[Term]:
        return [*map(self._read, nodes)]

    # -- reading ------------------------------------------------------------------------------------------------

    def _as_number(self, letter: str) -> None:
        kind = self.scope.kind(letter, old=False)
        if letter not in self.functions and letter not in KNOWN_NUMBERS and (kind is None or kind.shape != (1, 1)):
            self.kinds[letter] = Declared(Real, self.scope.section)

    @contextmanager
    def told(self) -> Iterator[None]:
        """The scope knows these functions for a while, and of numbers nothing."""
        scope = self.scope
        before = scope.functions, scope.definitions, scope.kinds, scope.values
        free = {letter for key, f in self.functions.items() for letter in f.keys} | {*self.letters}
        plain = {k for k in free if k not in self.functions and k not in self.definitions}
        hidden = {k for k in plain if k in scope.values or (self.formula(k) is not None and _is_variable(k))}
        earlier = {k: f for k, f in scope.functions.items() if f.at < self.at}
        scope.functions = {**earlier, **self.functions}
        hidden |= {k for k, d in scope.definitions.items() if d.at >= self.at or k.rpartition(" ")[0] in _DOTS}
        kept = {k: d for k, d in scope.definitions.items() if k not in hidden and k not in self.functions}
        scope.definitions = {**kept, **self.definitions}
        other = _NO_NUMBERS | {*kept} | {*scope.functions} | scope.vectors
        numbers = {k for k in plain if len(k) == 1 and k.isalpha() and k not in other}
        new = {k: Declared(Real, scope.section) for k in numbers if scope.kind(k, old=False) is None}
        scope.kinds = {**scope.kinds, **new, **self.kinds}
        scope.values = {}
        try:
            yield
        finally:
            scope.functions, scope.definitions, scope.kinds, scope.values = before

    def _read(self, node: Node) -> Term:
        with self.told():
            side = read_chain([node], [], self.scope, Options()).sides[0]
        if isinstance(side, Unread) or not side.is_scalar:
            raise NotUnderstood
        return side

    def _definition(self, key: str, body: Term) -> Definition:
        symbol = Real.symbol(key) if " " in key else _number(key)
        return Definition(symbol, body, self.scope.section, -1)


def _number(key: str) -> Term:
    return Real.symbol(shown(key))


def _is_variable(key: str) -> bool:
    return len(key) == 1 or key in {"theta", "phi", "varphi", "rho", "tau", "xi", "eta"}


def _first(node: Node) -> Node | None:
    """The a of `a + th`."""
    inside = opened(node)
    first = inside.parts[0] if inside.kind == "sum" else inside
    return first if named(first) is not None else None


def _derivative(body: Term, variables: Sequence[Term], parameters: Sequence[Term], values: Sequence[Term]) -> Term:
    """A derivative of a function at some values of its parameters."""
    if len(values) != len(parameters):
        raise NotUnderstood
    local = {p: Real.symbol(f"{p}'") for p in parameters}
    found = op.diff(substitute(body, local), *(local[v] for v in variables))
    for p, value in zip(parameters, values, strict=True):
        found = op.at(found, local[p], value)
    return found


__all__ = ["NotUnderstood", "World"]
