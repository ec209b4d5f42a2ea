r"""Derivatives, gradients, integrals and limits as documents write them.

    \frac{d}{dx} f,  \frac{\partial f}{\partial x_i},  dy/dx,  \nabla_x f,  \nabla^2 f,  \int_a^b f \, dx,  \lim_{x \to a} f

A derivative by a name that is itself defined (`dz/dy` with y = x^2 + 1) differentiates in the name and stands at its
value; everything between the two is put in, so that the derivative is the total one. What depends on nothing that was
said is not differentiated to zero: it is not known.

Imports: calcds.document, calcds.expr.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from calcds.document.reading.dependence import Dependence
from calcds.document.source.differentials import by_squares, differential, places_of, square_in, without_power
from calcds.document.source.keys import labelled, subscripted
from calcds.document.source.latex import Node
from calcds.document.source.names import (
    KNOWN_NUMBERS,
    Named,
    atom_and_marks,
    is_d,
    is_transpose,
    named,
    names_in,
    opened,
    script,
    shown,
    text_of,
)
from calcds.document.source.raw import Unread
from calcds.document.words.heads import key_of
from calcds.document.words.scope import Function
from calcds.document.words.shapes import NotKnown
from calcds.expr import operators as op
from calcds.expr.kinds import FunctionSymbol, Real, Vector
from calcds.expr.term import ZERO, Term, as_term, entry, replace, same_shape, substitute, subterms

ABSENT = "which does not stand in it"  # how the doubt ends whether something depends on nothing
_COUNTING = set("ijklmn")  # letters that number entries
_TIMES = {"t", "tau"}  # by which a nabla does not differentiate: `u_t = \nabla^2 u`
USUAL = ("x", "w", "theta", "beta", "z")  # names of variables, where \nabla does not say which


class Calculus(Dependence):
    """Operators of calculus."""

    # -- quotients of differentials -----------------------------------------------------------------------------

    def derivative(self, node: Node, parts: Sequence[Node], k: int) -> tuple[Term, int] | None:
        r"""`\frac{d}{dx}` with what follows, or `\frac{df}{dx}`; None for a plain fraction."""
        atom, marks = atom_and_marks(node)
        if (determinant := self._of_coordinates(atom)) is not None:
            return self.marked(determinant, marks, node), k + 1
        top = differential(atom.parts[0])
        places = places_of(opened(atom.parts[1])) if top is not None else None
        if top is None or not places:
            return None
        body_parts, count = top
        nodes = [variable for variable, times in places for _ in range(times)]
        if count != len(nodes):
            squares = by_squares(places, count)
            if squares is None:
                raise Unread(f"a derivative of order {count} by {len(nodes)} variables", node.at, node.end)
            nodes = squares
        if body_parts:
            following = parts[k + 1] if k + 1 < len(parts) else None
            body, bare = self._body(body_parts, nodes)
            bracket = following is not None and atom_and_marks(following)[0].kind == "round"
            if bracket and body not in self._unknown_values:  # of a loss without a formula the derivative is a factor
                assert following is not None  # it is a bracket
                return self._applied_quotient(body, nodes, following), k + 2
            found = self.differentiate(body, nodes, bare, node)
            return self.marked(found, marks, node), k + 1
        if marks:
            raise Unread("an operator d/dx with a mark", node.at, node.end)
        if k + 1 >= len(parts) or parts[k + 1].kind == "MUL":
            raise Unread("d/dx of nothing", node.at, node.end)
        rest = parts[k + 1 :]
        end = len(parts)
        if len(rest) > 1 and self.options.reach == "factor":
            body, end = self.factor(parts, k + 1)
        else:
            if any(p.kind == "MUL" for p in rest):
                self.choices.add("factor")
            body = self._body(rest, nodes)[0] if len(rest) == 1 else self.product(rest)
        return self.differentiate(body, nodes, named(rest[0]) if len(rest) == 1 else None, node), end

    def _of_coordinates(self, atom: Node) -> Term | None:
        r"""`\frac{\partial(x, y)}{\partial(u, v)}`: the determinant of the derivatives of x and y by u and v."""
        top, bottom = (_coordinates(part) for part in atom.parts)
        if not top or len(top) != len(bottom):
            return None
        sign = Node("PARTIAL", (), "partial", atom.at, atom.end)

        def quotient(above: Node, below: Node) -> Term:
            parts = (Node("product", (sign, one), "", atom.at, atom.end) for one in (above, below))
            return self.value(Node("frac", tuple(parts), "", atom.at, atom.end))

        return op.det(op.matrix(*([quotient(above, below) for below in bottom] for above in top)))

    def _applied_quotient(self, body: Term, nodes: list[Node], following: Node) -> Term:
        """`dz/dx (x^2 + 1)`: an operator on what z is, or the value at a place."""
        bracket, marks = atom_and_marks(following)
        point = self.point(bracket.parts[0]) if len(bracket.parts) == 1 and named(bracket.parts[0]) is not None else None
        values = self.listed(bracket) if point is None else point
        if self._held and len(values) == len(self._held) > 1 and not any(v.free & {*self._held} for v in values):
            places = tuple(zip(self._held, values, strict=True))
            found = self.differentiate(body, nodes, None, following)
            for place, value in places:
                found = op.at(found, place, value)
            return self.marked(found, marks, following)
        expanded = self.scope.expand(body)
        if len(values) == 1 and body.head == "sym" and not marks:
            if body in self.scope.table() and not expanded.free.isdisjoint(self.scope.expand(values[0]).free):
                return self.differentiate(values[0], nodes, None, following)
            raise NotKnown(
                "a derivative before a bracket: a product, or an operator on it?",
                "",
                following.at,
                following.end,
            )
        raise Unread("a derivative before a bracket", following.at, following.end)

    def _body(self, parts: Sequence[Node], variables: Sequence[Node] = ()) -> tuple[Term, Named | None]:
        one = named(parts[0]) if len(parts) == 1 else None
        if one is not None:
            key, below, rest = labelled(one)
            full = subscripted(key, below)
            function = None if rest else self._of_variables(full, variables)
            if function is not None and not (self.options.depend and (function.body is None or self.is_supposed(full))):
                self._held = function.parameters
                return self._whole(function, one), one
        return self.product(parts), one

    def _of_variables(self, key: str, variables: Sequence[Node]) -> Function | None:
        r"""The function of a name that takes some variables: beside `\ell(p)`, that of `\ell(\mu, \sigma^2)` for `\mu`."""
        found = self.scope.function(key, old=self.options.old)
        wanted = {letter for node in variables if (letter := key_of(node)) is not None}
        if found is None or not wanted or not wanted.isdisjoint(found.keys):
            return found
        others = self.scope.sharing(key, old=self.options.old)
        fitting = [f for f in others if wanted <= {*f.keys, *self._squares_of(f)}]
        plain = self.scope.definition(key, old=False)
        if not fitting and plain is not None and plain.at > found.at:
            return None  # `L = -\log p` behind another `L(w)`: its formula has the p in it still
        return fitting[0] if len(fitting) == 1 else found

    def _squares_of(self, f: Function) -> set[str]:
        r"""The names that the text has for squares of parameters: the v of `v = \sigma^2`."""
        known = [(key, d.body) for key, d in self.scope.definitions.items() if self.scope.is_here(d.section)]
        return {key for key, body in known if _is_square(body) and body.args[0] in f.parameters}

    def _whole(self, f: Function, name: Named) -> Term:
        """`f` for `f(x)`: the function at its own parameters."""
        if f.body is not None:
            return f.body
        self.choices.add("depend")
        raise NotKnown(f"at which place {shown(f.name)} is differentiated", "", name.node.at, name.node.end)

    def differentiate(self, body: Term, nodes: Sequence[Node], bare: Named | None, node: Node) -> Term:
        """The derivative of a body in variables that are given as nodes."""
        variables = [self._of_parameters(body, self._itself(self.unit(n))) for n in nodes]
        if any(_is_square(v) for v in variables):
            return self._by_squares(body, variables, bare, node)
        if len(variables) == 1 and _is_row(variables[0]):
            column = self._by_row(body, variables[0], bare, node)
            self.choices.add("layout")
            return column.T if self.scope.settings.get("layout", self.options.layout) == "numerator" else column
        for v in variables:
            if v.head not in {"sym", "entry"} or (v.head == "entry" and v.args[0].head != "sym"):
                raise Unread("a derivative by something that is no variable", node.at, node.end)
        roots = [v if v.head == "sym" else v.args[0] for v in variables]
        if len(variables) == 1 and (found := self._by_what_it_determines(body, variables[0])) is not None:
            return found
        held, self._held = self._held, ()
        expanded = self.scope.towards(body, roots, held if any(r in held for r in roots) else ())
        table = self.scope.table()
        expanded = self._in_terms_of(expanded, roots)
        self._check_dependence(expanded, body, roots, bare, node)
        if all(v.is_scalar for v in variables):
            found = op.diff(expanded, *variables)
        elif len(variables) == 1:
            found = self._by_array(expanded, variables[0])
        elif len(variables) == 2 and variables[0] is variables[1]:
            found = op.hessian(expanded, variables[0])
        else:
            raise Unread("a mixed derivative by vectors", node.at, node.end)
        for root in dict.fromkeys(roots):
            if root in table:
                found = self.at_place(found, root)
        return found

    def _in_terms_of(self, body: Term, names: Sequence[Term]) -> Term:
        r"""A body with names for parts of it: `f = (x + y) s` is `q s` for `q = x + y`, if x and y stand nowhere else in it.

        Then f depends on x and y through q only, and its derivative by q is that of `q s`. So it is with every entry of a
        column, the z_i of `p_i = \sigma(w^T x_i)` for `z_i = w^T x_i`.
        """
        table = self.scope.table()
        if not all(name in table and _is_by_entries(table[name]) for name in names):
            return body
        if not body.free.isdisjoint(names):
            others = sorted((s for s in body.free.difference(names) if s in table), key=str)
            if tied := [str(s) for s in others if not self._in_terms_of(s, names).free.isdisjoint(names)]:
                self.doubt(f"{', '.join(tied)} may depend on {', '.join(map(str, names))}, too")
            return body
        found = self.scope.expand(body, keep=names)
        for name in dict.fromkeys(names):
            formula = self.scope.expand(table[name], keep=names)
            found = _with_parts(found, name, formula)
            sizes = {s for s in formula.free if s.data[1].word == "Dim"}
            if name not in found.free or not found.free.isdisjoint(formula.free - sizes):
                return body
        return found

    def _by_what_it_determines(self, body: Term, variable: Term) -> Term | None:
        r"""`dz/dp` of `p = \sigma(z)`: the slope of an inverse function; None where p is not a function of z alone."""
        table = self.scope.table()
        formula = table.get(variable)
        if formula is None or body.head != "sym" or not body.is_scalar or formula.free != {body}:
            return None
        if not self.scope.towards(body, [variable]).free <= {body}:
            return None  # the text has a formula for z
        slope = as_term(1) / op.diff(formula, body)
        return self.at_place(slope, body) if body in table else slope

    def _by_squares(self, body: Term, variables: Sequence[Term], bare: Named | None, node: Node) -> Term:
        r"""A derivative by `\sigma^2`: that by sigma over 2 sigma, as `d(\sigma^2) = 2 \sigma d\sigma`."""
        roots = [v.args[0] if _is_square(v) else v for v in variables]
        if any(r.head != "sym" or not r.is_scalar or r in self.scope.table() for r in roots) or not body.is_scalar:
            raise Unread("a derivative by a square of something that is no variable", node.at, node.end)
        found = self.scope.towards(body, roots)
        self._check_dependence(found, body, roots, bare, node)
        for v, root in zip(variables, roots, strict=True):
            slope = op.diff(found, root)
            found = slope / (as_term(2) * root) if _is_square(v) else slope
        return found

    def _by_row(self, body: Term, row: Term, bare: Named | None, node: Node) -> Term:
        r"""The derivative of a number by one of several vectors, `\frac{\partial L}{\partial w_k}`: those by its entries."""
        place, index, column = row.args
        root = place.args[0]
        found = self.scope.towards(body, [root])
        self._check_dependence(found, body, [root], bare, node)
        if not found.is_scalar or index in found.free:
            raise Unread("a derivative of a vector by one of several vectors", node.at, node.end)
        slopes = Term("build", (op.diff(found, place), index, column), None, row.shape)
        return self.at_place(slopes, root) if root in self.scope.table() else slopes

    def _itself(self, variable: Term) -> Term:
        """A variable, by its first name where the text has given it another one."""
        table = self.scope.table()
        same = {s: table[s] for s in variable.free if s in table and table[s].head == "sym"}
        return substitute(variable, same) if same else variable

    def _of_parameters(self, body: Term, variable: Term) -> Term:
        r"""The square that a variable is a name for, `v = \sigma^2`, where only what is squared stands in the body."""
        square = self.scope.table().get(variable)
        if square is None or not _is_square(square) or square.args[0].head != "sym" or not square.is_scalar:
            return variable
        free = self.scope.towards(body, [variable, square.args[0]]).free
        return square if variable not in free and square.args[0] in free else variable

    def _by_array(self, body: Term, variable: Term) -> Term:
        self.choices.add("layout")
        numerator = self.scope.settings.get("layout", self.options.layout) == "numerator"
        if body.is_scalar:
            found = op.grad(body, variable)
        elif body.shape[1] == 1 and variable.shape[1] == 1:
            jacobian = op.jacobian(body, variable)
            return jacobian if numerator else jacobian.T
        else:
            raise Unread("a derivative of a matrix, or by a matrix")
        return found.T if numerator else found

    def _check_dependence(
        self, expanded: Term, body: Term, roots: Sequence[Term], bare: Named | None, node: Node
    ) -> None:
        """A name that nothing was said of does not depend on nothing."""
        free = expanded.free
        if any(r in free for r in roots):
            return
        self.doubt(f"{body} is differentiated by {', '.join(map(str, roots))}, {ABSENT}")
        opaque = any(t.head == "apply" and t.data.body is None for t in subterms(expanded))
        if body.head == "sym" or bare is not None or opaque or body.head == "entry":
            said = shown(labelled(bare)[0]) if bare else str(body)
            self.choices.add("depend")
            raise NotKnown(f"what {said} depends on is not said", f"let {said} = ...", node.at, node.end)

    # -- dy/dx in a line ----------------------------------------------------------------------------------------

    def inline_derivative(self, parts: Sequence[Node], k: int) -> tuple[Term, int]:
        r"""`\partial f / \partial x`."""
        if (
            k + 2 < len(parts)
            and parts[k + 1].text == "/"
            and atom_and_marks(parts[k + 2])[0].kind == "round"
        ):
            places = places_of(opened(parts[k + 2].parts[0])) if parts[k + 2].kind == "round" else None
            if places and places[0][1] == 1 and len(places) == 1 and k + 3 < len(parts):
                return self.differentiate(self.product(parts[k + 3 :]), [places[0][0]], None, parts[k]), len(
                    parts
                )
        slash = next((j for j in range(k + 1, len(parts)) if parts[j].kind == "MUL"), None)
        if slash is None or parts[slash].text != "/" or slash + 2 >= len(parts) + 0 or slash == k + 1:
            raise Unread("\\partial alone", parts[k].at, parts[k].end)
        if parts[slash + 1].kind != "PARTIAL" or slash + 2 >= len(parts):
            raise Unread("\\partial alone", parts[k].at, parts[k].end)
        variable, count = without_power(parts[slash + 2])
        variable = square_in(variable) or variable
        if parts[k].kind == "PARTIAL" and count == 2 and named(variable) is not None:
            variable, count = parts[slash + 2], 1  # the square is the variable
        if parts[k].kind != "PARTIAL" or count != 1:  # \partial^2 f / \partial x^2
            above, below = Node("product", tuple(parts[k:slash])), Node("product", tuple(parts[slash + 1 : slash + 3]))
            quotient = Node("frac", (above, below), "", parts[k].at, parts[slash + 2].end)
            found = self.derivative(quotient, (quotient,), 0)
            if found is None:
                raise Unread("a higher derivative in a line", parts[k].at, parts[k].end)
            return found[0], slash + 3
        body, bare = self._body(parts[k + 1 : slash], [variable])
        return self.differentiate(body, [variable], bare, parts[k]), slash + 3

    def inline_differential(self, parts: Sequence[Node], k: int) -> tuple[Term, int] | None:
        """`dy/dx`; None where d is a name like any other."""
        kinds = [p.text if p.kind in {"MUL", "NAME"} else p.kind for p in parts[k : k + 5]]
        if len(kinds) < 5 or kinds[0] != "d" or kinds[2] != "/" or kinds[3] != "d":
            return None
        if (
            self.scope.kind("d", old=True) is not None
            or named(parts[k + 1]) is None
            or named(parts[k + 4]) is None
        ):
            return None
        body, bare = self._body(parts[k + 1 : k + 2], parts[k + 4 : k + 5])
        return self.differentiate(body, [parts[k + 4]], bare, parts[k]), k + 5

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

    # -- nabla --------------------------------------------------------------------------------------------------

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
        if variable is None:
            variable = self._only_variable(body, parts[k + 1])
        if _is_row(variable) and not above:
            found = self._by_row(body, variable, named(parts[k + 1]) if end == k + 2 else None, atom)
            return self.marked(found, marks_after, atom), end
        if variable.head != "sym":
            raise Unread("a gradient by something that is no variable", atom.at, atom.end)
        expanded = self.scope.towards(body, [variable])
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
        return self.product(parts[k:end]), (), end

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
        return (
            None
            if found is None
            else op.column(*(op.diff(self.scope.towards(found[0], places), p) for p in places))
        )

    def _at_parameters(self, name: Named) -> Term | None:
        r"""`\nabla f` of `f(x, y) = ...`, a function of several numbers: the column of its partial derivatives."""
        key, below, rest = labelled(name)
        full = subscripted(key, below)
        f = self.scope.last_function(full, old=self.options.old)
        if rest or f is None or f.body is None or len(f.parameters) < 2 or f.labels or f.squared:
            return None
        if not f.body.is_scalar or not all(p.is_scalar for p in f.parameters) or not _TIMES.isdisjoint(f.keys):
            return None
        return self._partials(f, f.parameters, second=self._by_hessian)

    def point(self, where: Node) -> list[Term] | None:
        """The coordinates of a point."""
        raise NotImplementedError  # pragma: no cover

    def _partials(self, f: Function, places: Sequence[Term], *, second: bool) -> Term:
        r"""The gradient of a function of several numbers, or its Hessian; `\nabla^2 f` may be the trace of it."""
        assert f.body is not None  # asked before
        self._is_done = True
        found = partial_derivatives(f.body, f.parameters, places, second=second)
        if second:
            self.choices.add("laplacian")
        return op.trace(found) if second and self.options.laplacian else found

    def _column_for(self, name: Named) -> Term | None:
        r"""The place of `\nabla q(1, 2)` for a q of vectors; None where it takes several numbers."""
        key, below, _ = labelled(name)
        f = self.scope.function(subscripted(key, below), old=self.options.old)
        places = [] if f is None else self.spread_point(self.of_length(f, self._listed), self._listed)
        return places[0] if len(places) == 1 else None

    _by_hessian = False
    _is_done = False  # what a nabla stands before is differentiated
    _before_bracket = False
    _argument: Term | None = None
    _listed: Sequence[Term] = ()  # what stands in that bracket
    _value = ZERO  # of the function before a bracket, at the argument in it
    _held: tuple[Term, ...] = ()  # parameters of the function that is differentiated: they depend on nothing

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

    # -- integrals ----------------------------------------------------------------------------------------------

    def integral_at(self, marks: Sequence[Node], parts: Sequence[Node], k: int) -> tuple[Term, int]:
        r"""`\int_a^b f(x) \, dx` within one product."""
        d = _closing(parts, k + 1)
        if d is None:
            top = parts[k + 1] if k + 1 < len(parts) else None
            if top is not None and top.kind == "frac" and (found := self._over_dx(marks, top)) is not None:
                return found, k + 2
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

    integrated_over: str | None = None

    def bind_number(self, key: str, x: Term) -> None:
        """A name stands for a real number for a while."""
        from calcds.document.reading.symbols import Bound

        self.bound[key] = Bound(x, ZERO)

    # -- limits -------------------------------------------------------------------------------------------------

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


def _value_at(body: Term, x: Term, place: Term) -> Term:
    """The value of an antiderivative at a bound; at infinity its limit."""
    endless = any(t.head == "const" and str(t) in {"oo", "-oo"} for t in subterms(place))
    return op.limit(body, x, place, "+-") if endless and x in body.free else substitute(body, {x: place})


def _says_where(bound: Node) -> bool:
    """`y = 0`, below or above a bracket."""
    return bound.kind == "item" and [p.text for p in bound.parts[1::2]] == ["="]


def _is_row(variable: Term) -> bool:
    """Whether a variable is one of the rows of an array, as a column."""
    place = variable.args[0] if variable.head == "build" and variable.shape[1] == 1 else variable
    return place.head == "entry" and place is not variable and place.args[0].head == "sym" and variable.args[1] is place.args[2]


def _is_by_entries(formula: Term) -> bool:
    """Whether a formula is that of a number, or says of a column what every entry is."""
    return formula.is_scalar or (formula.head == "build" and formula.shape[1] == 1 and formula.args[1] in formula.args[0].free)


def _with_parts(body: Term, name: Term, formula: Term) -> Term:
    """A body with a name, or its entries, in the place of their formula."""
    if formula.is_scalar:
        return replace(body, {formula: name}) if formula.args else body
    value, index, _ = formula.args
    indices = [t for t in subterms(body) if t.head == "sym" and t.data[1].word == "Index"]
    return replace(body, {substitute(value, {index: i}): entry(name, i) for i in indices}) if value.args else body


def _is_square(variable: Term) -> bool:
    return variable.head == "pow" and variable.args[1] is as_term(2)


def _one_number(body: Term) -> Term:
    """An unknown function of a vector under a gradient has a number as its value."""
    if body.head == "apply" and body.data.body is None and not body.is_scalar and len(body.args) == 1:
        return FunctionSymbol(body.data.name, 1, (body.args[0].shape,))(body.args[0])
    return body


def _coordinates(node: Node) -> list[Node]:
    r"""The names in `\partial(x, y)`; none of anything else."""
    inside = opened(node)
    parts = inside.parts if inside.kind == "product" else ()
    if [p.kind for p in parts] != ["PARTIAL", "round"] or len(parts[1].parts) != 1:
        return []
    names = [p for p in parts[1].parts[0].parts if p.kind != "COMMA"]
    return names if len(names) > 1 and all(named(p) is not None for p in names) else []


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
