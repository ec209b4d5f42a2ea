r"""Gradients and Hessians as documents write them: `\nabla f(x)`, `\nabla_x x^T A x`, `\nabla^2 f`, `\nabla f(1, 2)`.

A nabla says seldom by what it differentiates: it is the argument in the bracket behind it, the parameter of the function,
or the only vector in a formula. Of a function of several numbers the gradient is the column of its partial derivatives.

Imports: calcds.document, calcds.expr.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from calcds.document.reading.calculus import Calculus, is_row
from calcds.document.source.keys import labelled, subscripted
from calcds.document.source.latex import Node
from calcds.document.source.names import (
    Named,
    atom_and_marks,
    is_transpose,
    named,
    script,
)
from calcds.document.source.raw import Unread
from calcds.document.words.every_layer import of_one_layer
from calcds.document.words.scope import Function
from calcds.document.words.shapes import NotKnown
from calcds.expr import operators as op
from calcds.expr.kinds import FunctionSymbol, Real, Vector
from calcds.expr.term import ZERO, Term, same_shape, substitute, subterms

_TIMES = {"t", "tau"}  # by which a nabla does not differentiate: `u_t = \nabla^2 u`
USUAL = ("x", "w", "theta", "beta", "z")  # names of variables, where \nabla does not say which


class Nabla(Calculus):
    """Gradients, and what they are taken by."""

    _by_hessian = False
    _is_done = False  # what a nabla stands before is differentiated
    _before_bracket = False
    _argument: Term | None = None
    _listed: Sequence[Term] = ()  # what stands in that bracket
    _value = ZERO  # of the function before a bracket, at the argument in it

    def gradient(self, atom: Node, marks: Sequence[Node], parts: Sequence[Node], k: int) -> tuple[Term, int]:
        r"""`\nabla f(x)`, `\nabla_x x^T A x`, `\nabla^2 f`."""
        below = [m for m in marks if m.kind == "below"]
        above = [m for m in marks if m.kind == "above"]
        if len(below) > 1 or len(above) > 1 or len(below) + len(above) != len(marks):
            raise Unread("\\nabla with these marks", atom.at, atom.end)
        if above and not (script(above[0]).kind == "NUMBER" and script(above[0]).text == "2"):
            raise Unread("\\nabla with this power", atom.at, atom.end)
        if k + 1 >= len(parts) or parts[k + 1].kind == "MUL":
            raise Unread("\\nabla of nothing", atom.at, atom.end)
        variable = self._itself(self.unit(script(below[0]))) if below else None
        self._by_hessian, self._is_done = bool(above), False
        body, marks_after, end = self._differentiated(parts, k + 1, narrow=variable is None)
        if variable is None and (body.head == "matrix" or self._is_done):
            if above and body.head == "matrix" and same_shape(body.shape, (body.shape[0], 1)):
                raise Unread("second derivatives by several numbers", atom.at, atom.end)
            return self.marked(body, marks_after, atom), end
        if variable is None and (found := self._gradient_at(parts, k + 1, hessian=bool(above))) is not None:
            return self.marked(found, marks_after, atom), end
        if variable is not None and (found := self._by_argument(variable, body, parts, k + 1, hessian=bool(above))) is not None:
            return self.marked(found, marks_after, atom), end
        variable = self._only_variable(body, parts[k + 1]) if variable is None else self._place_of(variable, body)
        if is_row(variable) and not above:
            found = self._by_row(body, variable, named(parts[k + 1]) if end == k + 2 else None, atom)
            return self.marked(found, marks_after, atom), end
        if variable.head != "sym":
            raise Unread("a gradient by something that is no variable", atom.at, atom.end)
        expanded = of_one_layer(self.scope.towards(body, [variable]), variable)
        if expanded.head == "apply" and expanded.data.body is None and variable is expanded.args[0]:
            self.promote_all([variable])  # of a function without a formula, not of one number: that would be a derivative
        if not above and (found := self._derivative_along(variable, body, expanded, parts[k + 1])) is not None:
            return self.marked(found, marks_after, atom), end
        self._check_dependence(
            expanded, body, [variable], named(parts[k + 1]) if end == k + 2 else None, atom
        )
        if above:
            found = (
                op.hessian(expanded, variable)
                if not variable.is_scalar
                else op.diff(expanded, variable, variable)
            )
        elif expanded.is_scalar:
            found = op.grad(expanded, variable)
        else:
            found = self._of_vector(expanded, variable, atom)
        if variable in self.scope.table():
            found = self.at_place(found, variable)
        if above and found.head == "hess" and self.scope.settings.get("laplacian"):
            self.choices.add("laplacian")
            found = op.trace(found) if self.options.laplacian else found
        return self.marked(found, marks_after, atom), end

    def _derivative_along(self, direction: Term, body: Term, expanded: Term, node: Node) -> Term | None:
        r"""`\nabla_u f(x)` where f does not depend on u: the derivative of f along u, a number."""
        if not self.scope.settings.get("directional") or direction in expanded.free or not expanded.is_scalar:
            return None
        place = self._only_variable(body, node)
        if direction.is_scalar or place.head != "sym" or place.shape[1] != 1 or direction.shape[1] != 1:
            return None
        place, direction = self.fit(place, direction)
        return op.grad(self.scope.towards(body, [place]), place).T * direction

    def _of_vector(self, body: Term, variable: Term, node: Node) -> Term:
        r"""`\nabla g^T` has the gradients of the g_j as its columns; `\nabla g` is written for it, and for the Jacobian."""
        if 1 not in body.shape or variable.shape[1] != 1:
            raise Unread("a gradient of a matrix", node.at, node.end)
        if body.shape[1] == 1:
            return self._by_array(body, variable)
        return op.jacobian(body.T, variable).T

    def _differentiated(
        self, parts: Sequence[Node], k: int, *, narrow: bool
    ) -> tuple[Term, Sequence[Node], int]:
        """What a nabla differentiates: `f(x)` or a bracket alone, else the rest of the product."""
        node = parts[k]
        atom, marks = atom_and_marks(node)
        if atom.kind == "round":
            body = self.value(atom)
            if body.is_scalar and all(map(is_transpose, marks)):
                return body, marks, k + 1
            return self.marked(body, marks, node), (), k + 1
        name = named(node)
        if name is not None and k + 1 < len(parts) and atom_and_marks(parts[k + 1])[0].kind == "round":
            bracket, after = atom_and_marks(parts[k + 1])
            if narrow and (columns := self._of_numbers(name, bracket, parts, k, second=self._by_hessian)) is not None:
                return columns, after, k + 2
            found = self.applied(name, [*parts[: k + 1], bracket], k)
            if found is not None:
                self._before_bracket = True
                self._listed = self.listed(bracket)
                self._argument = self._listed[0] if len(self._listed) == 1 else self._column_for(name)
                self._value = found[0]
                return _one_number(found[0]), after, k + 2
        self._before_bracket = False
        if name is not None and narrow and (columns := self._at_parameters(name)) is not None:
            return columns, (), k + 1
        if name is not None and (narrow or self._stands_alone(name)):
            body, _ = self._body([node])
            return body, (), k + 1
        end = next((j for j in range(k + 1, len(parts)) if parts[j].kind == "MUL" and parts[j].text == "odot"), len(parts))
        body = self.product(parts[k:end])
        if self._by_hessian and not body.is_scalar and atom.kind == "norm":
            return self.value(node), (), k + 1  # only a number has a Hessian: it is multiplied by what follows
        return body, (), end

    def _of_numbers(self, name: Named, bracket: Node, parts: Sequence[Node], k: int, *, second: bool) -> Term | None:
        r"""`\nabla f(x_1, x_2)`, `\nabla f(1, 2)`: the column of the partial derivatives; `\nabla^2 f(1, 2)`: their matrix."""
        inside = bracket.parts[0] if bracket.parts else bracket
        point = self.point(inside) if named(inside) is not None else None
        key, below, _ = labelled(name)
        f = self.scope.function(subscripted(key, below), old=self.options.old)
        single = inside.kind != "items" or len(inside.parts) < 2
        if (single and point is None and f is None) or not self.is_function(name, parts, k):
            return None
        places = self.listed(bracket) if point is None else point
        if f is not None and f.body is None and len(places) > 1:
            f = self.of_other_arity(subscripted(key, below), f, len(places))
        if single and point is None and f is not None:
            places = self.spread_point(f, places)
            if len(places) < 2:
                return None
        pairs = tuple(zip(f.parameters, places, strict=False)) if f is not None and len(f.parameters) == len(places) else ()
        if f is not None and f.body is not None and pairs and all(p.is_scalar and v.is_scalar for p, v in pairs):
            return self._partials(f, places, second=second)
        if second or any(p.head != "sym" or not p.is_scalar for p in places):
            return None
        found = self.applied(name, [*parts[: k + 1], bracket], k)
        if found is None:
            return None
        return self._laid_out(op.column(*(op.diff(self.scope.towards(found[0], places), p) for p in places)))

    def _at_parameters(self, name: Named) -> Term | None:
        r"""`\nabla f` of `f(x, y) = ...`, a function of several numbers: the column of its partial derivatives."""
        key, below, rest = labelled(name)
        full = subscripted(key, below)
        f = self.scope.last_function(full, old=self.options.old)
        if rest or f is None or f.body is None or len(f.parameters) < 2 or f.labels or f.squared:
            return None
        if not f.body.is_scalar or not all(p.is_scalar for p in f.parameters) or not _TIMES.isdisjoint(f.keys):
            return None
        return self._partials(f, self.now(f), second=self._by_hessian)

    def _partials(self, f: Function, places: Sequence[Term], *, second: bool) -> Term:
        r"""The gradient of a function of several numbers, or its Hessian; `\nabla^2 f` may be the trace of it."""
        assert f.body is not None  # asked before
        self._is_done = True
        found = partial_derivatives(f.body, f.parameters, places, second=second)
        if second:
            self.choices.add("laplacian")
            return op.trace(found) if self.options.laplacian else found
        return self._laid_out(found)

    def _laid_out(self, column: Term) -> Term:
        """The gradient in several numbers as the layout has it: many write it as a row."""
        self.choices.add("layout")
        return column.T if self.scope.settings.get("layout", self.options.layout) == "numerator" else column

    def _column_for(self, name: Named) -> Term | None:
        r"""The place of `\nabla q(1, 2)` for a q of vectors; None where it takes several numbers."""
        key, below, _ = labelled(name)
        f = self.scope.function(subscripted(key, below), old=self.options.old)
        places = [] if f is None else self.spread_point(self.of_length(f, self._listed), self._listed)
        return places[0] if len(places) == 1 else None

    def _gradient_at(self, parts: Sequence[Node], k: int, *, hessian: bool) -> Term | None:
        r"""`\\nabla f(x_0)`: the gradient of f in its own variable, at x_0."""
        name = named(parts[k])
        if name is None or self._argument is None or not self._before_bracket:
            return None
        key, below, _ = labelled(name)
        f = self.scope.function(subscripted(key, below), old=self.options.old)
        if f is None or f.body is None:
            return self._of_unknown_function(hessian=hessian)
        f = self.of_length(f, self._listed)
        assert f.body is not None  # it has one for every length
        if len(f.parameters) != 1 or f.parameters[0] is self._argument:
            return None
        (x,) = f.parameters
        if x.is_scalar and self._argument.is_scalar:  # of a function of one number it is the derivative
            return op.at(op.diff(f.body, *[x] * (2 if hessian else 1)), x, self._argument)
        argument = op.zeros(*x.shape) if self._argument is ZERO and not x.is_scalar else self._argument
        self.fit(x, argument)
        build = op.hessian if hessian else op.grad
        return op.at(build(f.body, x), x, argument) if not x.is_scalar else None

    def _by_argument(self, variable: Term, body: Term, parts: Sequence[Node], k: int, *, hessian: bool) -> Term | None:
        r"""`\nabla_x f(Az)` of an f of x: the gradient of f at Az, in which x does not stand."""
        name = named(parts[k])
        if name is None or not self._before_bracket or self._argument is None or self._argument.head == "sym":
            return None
        if variable.head != "sym" or variable in self.scope.towards(body, [variable]).free:
            return None
        key, below, _ = labelled(name)
        f = self.scope.function(subscripted(key, below), old=self.options.old)
        known = f is not None and f.body is not None
        own = f is not None and f.keys == (str(variable.data[0]),) if known else str(variable.data[0]) == "x"
        return self._gradient_at(parts, k, hessian=hessian) if own else None

    def _place_of(self, variable: Term, body: Term) -> Term:
        r"""The x_0 of `\nabla_x f(x_0)`: the gradient of f in what it calls x, at a place of this name with a mark."""
        place = self._argument
        if not self._before_bracket or place is None or place.head != "sym" or variable.head != "sym" or place is variable:
            return variable
        marked = re.match(r"(?:hat|tilde|bar) (.+)|(.+?)[_^]", str(place.data[0]).replace("{", " ").replace("\\", ""))
        same = marked is not None and (marked[1] or marked[2]).strip(" }") == str(variable.data[0])
        return place if same and variable not in self.scope.towards(body, [variable]).free else variable

    def _of_unknown_function(self, *, hessian: bool) -> Term | None:
        r"""`\nabla f(Ax + b)` of an f without a formula; None where f is that of a vector without more: `\nabla f(x)`."""
        value = self._value
        if value.head != "apply" or len(value.args) != 1 or value.data.entrywise or value.args[0].head == "sym":
            return None
        (place,) = value.args
        u = Vector[place.shape[0]].symbol("u'")
        return op.at((op.hessian if hessian else op.grad)(value.data(u), u), u, place)

    def _stands_alone(self, name: Named) -> bool:
        key, below, rest = labelled(name)
        full = subscripted(key, below)
        old = self.options.old
        return not rest and (
            self.scope.function(full, old=old) is not None or self.scope.definition(full, old=old) is not None
        )

    def _only_variable(self, body: Term, node: Node) -> Term:
        if body.head == "apply" and len(body.args) == 1 and body.args[0].head == "sym":
            return body.args[0]
        if self._before_bracket and self._argument is not None and self._argument.head == "sym":
            return self._argument
        if (parameter := self._parameter(body, node)) is not None:
            return parameter
        arrays = [s for s in self.scope.expand(body).free if not s.is_scalar]
        if len(arrays) == 1 and named(node) is not None and not self._before_bracket:
            return arrays[0]
        vectors = [s for s in arrays if s.shape[1] == 1]
        usual = [s for s in vectors if str(s) in USUAL] if len(vectors) > 1 else vectors
        if len(usual) == 1 and not self._before_bracket:
            return usual[0]
        places = {t.args[1] for t in subterms(body) if t.head in {"grad", "jac", "hess"}}
        if len(places) == 1:
            return places.pop()
        raise NotKnown("by which variable \\nabla differentiates is not said", "", node.at, node.end)

    def _parameter(self, body: Term, node: Node) -> Term | None:
        r"""The w of `\nabla S`, where S(w) is a function of one vector that stands without a bracket."""
        name = named(node)
        if name is None or self._before_bracket:
            return None
        key, below, rest = labelled(name)
        f = self.scope.last_function(subscripted(key, below), old=self.options.old)
        own = f is not None and f.body is not None and f.body is body and not rest and len(f.parameters) == 1
        return f.parameters[0] if f is not None and own and not f.parameters[0].is_scalar else None


def partial_derivatives(body: Term, parameters: Sequence[Term], values: Sequence[Term], *, second: bool) -> Term:
    """The partial derivatives of a function of several numbers, of first or second order, at some values."""
    local = [Real.symbol(f"{p}'") for p in parameters]
    table = dict(zip(parameters, local, strict=True))
    inner = substitute(body, table)

    def at_values(term: Term) -> Term:
        for place, value in zip(local, values, strict=True):
            term = op.at(term, place, value)
        return term

    if not second:
        return op.column(*(at_values(op.diff(inner, p)) for p in local))
    return op.matrix(*([at_values(op.diff(inner, p, q)) for q in local] for p in local))


def _one_number(body: Term) -> Term:
    """An unknown function of a vector under a gradient has a number as its value."""
    if body.head == "apply" and body.data.body is None and not body.is_scalar and len(body.args) == 1:
        return FunctionSymbol(body.data.name, 1, (body.args[0].shape,))(body.args[0])
    return body
