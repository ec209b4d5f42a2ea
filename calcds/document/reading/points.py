r"""Values at points of the plane and of space: `f(P)`, `... |_{(1,2)}`, `H(1, 0)`, and derivatives along a direction.

    f(P) = f(P_1, P_2)                       P is a column, f a function of several numbers; or the other way round
    LSE(2, 1, 0)                             of a function of vectors of any length: the one of three entries
    ... |_{(1,2)},  |_P                      in the order in which the functions of the section take their variables, or x, y, z
    H(1, 0)                                  a capital for a formula in x and y stands for its value there
    D_u f(1, 2) = \nabla f(1, 2) \cdot u     of a column u; D_x f, D_1 f and D_x (...) are partial derivatives

Some texts make a direction a unit vector before they differentiate along it, so that nothing is called wrong of a u that is
none.

Imports: calcds.document, calcds.expr.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from calcds.document.reading.nabla import Nabla, partial_derivatives
from calcds.document.source.keys import full_key, labelled, subscripted
from calcds.document.source.latex import Node
from calcds.document.source.names import (
    Named,
    atom_and_marks,
    has_names,
    is_transpose,
    letter_of,
    named,
    opened,
    script,
    shown,
)
from calcds.document.source.raw import Unread
from calcds.document.words.scope import Function
from calcds.document.words.shapes import resized
from calcds.expr import operators as op
from calcds.expr.kinds import Real
from calcds.expr.term import Size, Term, as_term, entry, size, substitute

_ORDERS = (("x", "y"), ("x", "y", "z"), ("u", "v"), ("s", "t"), ("r", "theta"), ("x_1", "x_2"), ("x_1", "x_2", "x_3"))
_WORDS = {"proj": "proj", "comp": "comp"}


class Points(Nabla):
    """Values at points, and derivatives along directions."""

    # -- points -------------------------------------------------------------------------------------------------

    def point(self, where: Node) -> list[Term] | None:
        """The coordinates of a point: `(1, 2)`, a P that the text gives, or one number; None for anything else."""
        where = opened(where)
        if where.kind == "round" and len(where.parts) == 1 and where.parts[0].kind == "items":
            values = self.listed(where)
            return values if len(values) > 1 and all(v.is_scalar for v in values) else None
        if where.kind == "NUMBER":
            return [self.value(where)]
        name = named(where)
        return self._coordinates(name) if name is not None else None

    def _coordinates(self, name: Named) -> list[Term] | None:
        column = self.scope.column_of(full_key(name))
        if column is None or not isinstance(length := column.shape[0], int) or length < 2:
            return None
        return [entry(column, k, 0) for k in range(length)]

    def placed(self, term: Term, where: Node) -> Term:
        r"""`... |_{(1,2)}`, `... |_{(x,y) = (1,2)}`, `... |_P`, `... |_{x_0}`, and what is said by equations."""
        if (values := self.point(where)) is not None:
            return self.at_coordinates(term, self._variables(term, len(values), where), values, where)
        if where.kind == "item" and [p.text for p in where.parts[1::2]] == ["="]:
            names, values = (self.point(p) for p in where.parts[::2])
            if names is not None and values is not None and len(names) == len(values) > 1:
                return self.at_coordinates(term, names, values, where)
        if (found := self._own_variable(term, where)) is not None:
            x, value = self.fit(found, self.value(where))
            return op.at(self.scope.towards(term, [x]), x, value)
        return super().placed(term, where)

    def _own_variable(self, term: Term, where: Node) -> Term | None:
        r"""The x of `... |_{x_0}`, `... |_{\hat x}` and `... |_{x^*}`: a value of the variable of which it has the letter."""
        name = named(where)
        if name is None:
            return None
        letter = letter_of(name.base)
        free = {s for s in self.scope.expand(term).free if str(s.data[0]) == letter}
        return free.pop() if len(free) == 1 and (name.marks or name.base != letter) else None

    def at_coordinates(self, term: Term, variables: Sequence[Term], values: Sequence[Term], where: Node) -> Term:
        """The value of a term at a point."""
        if any(x.head != "sym" or not x.is_scalar for x in variables) or any(v.free & {*variables} for v in values):
            raise Unread("a value at a place of something that is no variable", where.at, where.end)
        term = self.scope.towards(term, [*variables])
        for x, value in zip(variables, values, strict=True):
            term = op.at(term, x, value)
        return term

    def _variables(self, term: Term, count: int, where: Node) -> tuple[Term, ...]:
        """The variables of which a point tells the values, in their order."""
        free = {str(s.data[0]): s for s in self.scope.expand(term).free if s.is_scalar}
        if count == 1:
            if len(free) != 1:
                raise Unread("in which variable a value is meant is not said", where.at, where.end)
            return tuple(free.values())
        scope = self.scope
        known = {tuple(str(p.data[0]) for p in f.parameters) for f in scope.functions.values()
                 if len(f.parameters) == count and f.body is not None and scope.is_here(f.section)}  # fmt: skip
        known = {order for order in known if free.keys() & {*order}}
        usual = [order for order in _ORDERS if len(order) == count and free.keys() <= {*order}]
        orders = [*known] or usual[:1]
        if len(orders) != 1 or not free:
            raise Unread("a value at a point: of which variables?", where.at, where.end)
        return tuple(free.get(name, Real.symbol(name)) for name in orders[0])

    def of_length(self, f: Function, arguments: Sequence[Term]) -> Function:
        r"""A function of vectors of any length, for those of the length of a list of numbers: `\operatorname{LSE}(2, 1, 0)`."""
        if f.body is None or len(f.parameters) != 1 or len(arguments) < 2 or any(a.free or not a.is_scalar for a in arguments):
            return f
        (x,) = f.parameters
        length, columns = x.shape
        if columns != 1 or not isinstance(length, Term) or length.head != "sym":
            return f
        names = {str(s.data[0]) for s in f.body.free}
        if any(str(s) in names and not self.scope.is_here(section) for s, _, section in self.scope.values.values()):
            self.doubt(f"numbers of another section may not be those that {shown(f.name)} is meant with")

        def one(n: Size) -> Size:
            return size(substitute(n, {length: as_term(len(arguments))})) if isinstance(n, Term) else n

        return replace(f, parameters=(resized(x, one),), body=resized(f.body, one), printed=None)

    def spread_point(self, f: Function, arguments: Sequence[Term]) -> list[Term]:
        """The coordinates of a point for a function of several numbers, one column of numbers for a function of a vector."""
        if len(arguments) == 1 < len(f.parameters) and all(p.is_scalar for p in f.parameters):
            (a,) = arguments
            column = self.scope.column_of(str(a.data[0])) if a.head == "sym" else None
            a = a if column is None else column
            if a.shape == (len(f.parameters), 1):
                return [entry(a, k, 0) for k in range(len(f.parameters))]
        if len(arguments) > 1 == len(f.parameters) and all(a.is_scalar for a in arguments):
            (x,) = f.parameters
            if x.shape == (len(arguments), 1):
                return [op.column(*arguments)]
        return [*arguments]

    def value_at(self, name: Named, parts: Sequence[Node], k: int) -> Term | None:
        """`H(1, 0)` for a capital that has a formula in x and y; None where the bracket is a factor."""
        bracket, after = atom_and_marks(parts[k + 1])
        key, below, rest = labelled(name)
        full = subscripted(key, below)
        if rest and all(m.kind == "prime" for m in rest):
            return self._slope_at(full, len(rest), bracket)
        if rest or after or not key[:1].isupper() or bracket.kind != "round" or has_names(bracket):
            return None
        found = self.scope.definition(full, old=False)
        values = self.point(bracket) if found is not None and self.scope.function(full, old=True) is None else None
        if found is None or values is None:
            return None
        free = {str(s.data[0]) for s in self.scope.expand(found.body).free}
        if not free or not free <= {"x", "y", "z"}:
            return None
        return self.at_coordinates(found.body, self._variables(found.body, len(values), bracket), values, bracket)

    def _slope_at(self, key: str, times: int, bracket: Node) -> Term | None:
        """`y'(3)` of a y that has a formula in one variable; None where y is a function, or no formula is known."""
        found = self.scope.definition(key, old=False)
        number = opened(bracket.parts[0]) if bracket.kind == "round" and len(bracket.parts) == 1 else bracket
        if found is None or self.scope.function(key, old=True) is not None or has_names(number):
            return None
        body = self.scope.expand(found.body)
        variables = [s for s in body.free if s.is_scalar and not s.data[1].has("dimension")]
        if len(variables) != 1 or not body.is_scalar or number.kind not in {"NUMBER", "frac", "sum"}:
            raise Unread("a prime before a bracket: a factor, or a place?", bracket.at, bracket.end)
        (x,) = variables
        return op.at(op.diff(body, *[x] * times), x, self.value(number))

    # -- directions ---------------------------------------------------------------------------------------------

    def directional(self, name: Named, parts: Sequence[Node], k: int) -> tuple[Term, int] | None:
        r"""`D_u f(1, 2)`, `D_x f`, `D_2 f(1, 2)`; None where D is no derivative."""
        if name.base != "D" or [m.kind for m in name.marks] != ["below"] or k + 1 >= len(parts) or self.is_given_d(name):
            return None
        below, function = script(name.marks[0]), named(parts[k + 1])
        f = self.scope.function(full_key(function), old=self.options.old) if function is not None else None
        if f is None or f.body is None or len(f.parameters) < 2 or not all(p.is_scalar for p in (*f.parameters, f.body)):
            return None
        places, end = self._places(f, parts, k + 2)
        partials = partial_derivatives(f.body, f.parameters, places, second=False)
        if below.kind == "NUMBER" and below.text.isdigit() and 0 < int(below.text) <= len(f.parameters):
            return entry(partials, int(below.text) - 1, 0), end
        direction = named(below)
        if direction is None and below.kind not in {"round", "angle"}:
            return None
        if direction is not None and full_key(direction) in f.keys:
            return entry(partials, f.keys.index(full_key(direction)), 0), end
        column = self.scope.column_of(full_key(direction)) if direction is not None else None
        along = self.value(below) if column is None else column
        if along.shape != (len(f.parameters), 1):
            return None
        known = substitute(along, {s: v for s in along.free if (v := self.scope.column_of(str(s.data[0]))) is not None})
        if not abs(_length(self.scope.expand(known)) - 1) < 1e-9:
            self.doubt("a direction that is no unit vector may be made one")
        return partials.T * along, end

    def is_given_d(self, name: Named) -> bool:
        """Whether the section says what D or D_u is."""
        return any(
            self.scope.kind(key, old=False) is not None or self.scope.definition(key, old=False) is not None
            for key in (labelled(name)[0], full_key(name))
        )

    def _places(self, f: Function, parts: Sequence[Node], k: int) -> tuple[Sequence[Term], int]:
        """Where a function is differentiated: at the bracket behind it, or at its parameters."""
        if k >= len(parts) or parts[k].kind != "round":
            return f.parameters, k
        values = self.spread_point(f, self.listed(parts[k]))
        if len(values) != len(f.parameters) or not all(v.is_scalar for v in values):
            raise Unread(f"{shown(f.name)} at this place", parts[k].at, parts[k].end)
        return values, k + 1

    def projected(self, name: Named, parts: Sequence[Node], k: int) -> tuple[Term, int] | None:
        r"""`\operatorname{proj}_u v`: (v \cdot u)/(u \cdot u) u, and `comp_u v`: (v \cdot u)/|u|."""
        if name.base not in _WORDS or [m.kind for m in name.marks] != ["below"] or k + 1 >= len(parts):
            return None
        following = parts[k + 1]
        if following.kind in {"MUL", "ADD"} or any(map(is_transpose, atom_and_marks(following)[1])):
            return None
        u, v = self.value(script(name.marks[0])), self.value(following)
        if u.is_scalar or v.is_scalar or u.shape[1] != 1 or v.shape[1] != 1:
            return None
        u, v = self.fit(u, v)
        if name.base == "comp":
            return self.over(v.T * u, op.norm(u)), k + 2
        return self.over(v.T * u, u.T * u) * u, k + 2


def _length(column: Term) -> float:
    """The length of a column of numbers; not a number where it has names in it."""
    if column.head not in {"matrix", "mul"}:
        return math.nan
    return math.sqrt(sum(x * x for x in _numbers(column)))


def _numbers(column: Term) -> list[float]:
    if column.head == "mul":
        factors = [a for a in column.args if a.is_scalar]
        arrays = [a for a in column.args if not a.is_scalar]
        scale = math.prod(map(_float, factors))
        return [scale * x for x in _numbers(arrays[0])] if len(arrays) == 1 else [math.nan]
    return [*map(_float, column.args)] if column.head == "matrix" else [math.nan]


def _float(term: Term) -> float:
    """The value of sums, products and powers of numbers; not a number for anything else."""
    match term.head:
        case "num":
            return float(term.data)
        case "mul":
            return math.prod(map(_float, term.args))
        case "add":
            return sum(map(_float, term.args))
        case "norm":
            return math.sqrt(sum(x * x for x in _numbers(term.args[0])))
        case "pow":
            base, exponent = map(_float, term.args)
            return base**exponent if base > 0 else math.nan
    return math.nan


__all__ = ["Points"]
