r"""Derivatives as documents write them; `nabla` and `integrals` are beside it.

    \frac{d}{dx} f,  \frac{\partial f}{\partial x_i},  \frac{\partial^2 f}{\partial x \partial y},  dy/dx,  df / dx

A derivative by a name that is itself defined (`dz/dy` with y = x^2 + 1) differentiates in the name and stands at its
value; everything between the two is put in, so that the derivative is the total one. What depends on nothing that was
said is not differentiated to zero: it is not known.

Imports: calcds.document, calcds.expr.
"""

from __future__ import annotations

from collections.abc import Sequence

from calcds.document.reading.integrals import Integrals
from calcds.document.source.differentials import by_squares, differential, places_of, square_in, without_power
from calcds.document.source.keys import labelled, subscripted
from calcds.document.source.latex import Node
from calcds.document.source.names import (
    Named,
    atom_and_marks,
    named,
    opened,
    shown,
)
from calcds.document.source.raw import Unread
from calcds.document.words.every_layer import of_one_layer
from calcds.document.words.heads import key_of, variance_of
from calcds.document.words.scope import Function
from calcds.document.words.shapes import NotKnown
from calcds.expr import operators as op
from calcds.expr.term import Term, as_term, entry, replace, substitute, subterms

DEPENDS = "depends on is not said"  # how the reason ends why a derivative was not read
ABSENT = "which does not stand in it"  # how the doubt ends whether something depends on nothing


class Calculus(Integrals):
    """Quotients of differentials."""

    _held: tuple[Term, ...] = ()  # parameters of the function that is differentiated: they depend on nothing

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
            if function is not None and self.is_composed(full) and not {key_of(node) for node in variables} & {*function.keys}:
                function = None  # it is a function of them through its own variables
            if function is not None and not (self.options.depend and (function.body is None or self.is_supposed(full))):
                self._held = now = self.now(function)
                body = self._whole(function, one)
                return substitute(body, dict(zip(function.parameters, now, strict=True))), one
        return self.product(parts), one

    def now(self, f: Function) -> tuple[Term, ...]:
        r"""What the parameters of `f(x_1, x_2)` are read as: entries of x in a section about a vector x, else themselves."""
        parts = [key.partition("_") for key in f.keys]
        if len({base for base, _, _ in parts}) != 1 or not all(place.isdigit() for _, _, place in parts):
            return f.parameters
        values = []
        for base, _, place in parts:
            below = Node("below", (Node("NUMBER", (), place),))
            values.append(self.value(Node("unit", (Node("NAME", (), base), below))))
        entries = all(v.head == "entry" and v.args[0].head == "sym" for v in values)
        return tuple(values) if entries and all(p.head == "sym" and p.is_scalar for p in f.parameters) else f.parameters

    def _of_variables(self, key: str, variables: Sequence[Node]) -> Function | None:
        r"""The function of a name that takes some variables: beside `\ell(p)`, that of `\ell(\mu, \sigma^2)` for `\mu`."""
        found = self.scope.function(key, old=self.options.old)
        wanted = {letter for node in variables if (letter := key_of(variance_of(node) or node)) is not None}
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
        if len(variables) == 1 and variables[0].head == "inv" and variables[0].args[0].head == "sym":
            return self._by_inverse(body, variables[0].args[0], bare, node)
        if len(variables) == 1 and is_row(variables[0]):
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
        for root in dict.fromkeys(roots):
            expanded = of_one_layer(expanded, root)
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

    def _by_inverse(self, body: Term, root: Term, bare: Named | None, node: Node) -> Term:
        r"""A derivative of a number by `\Sigma^{-1}`: `-\Sigma^T G \Sigma^T` where that by \Sigma is G.

        For `d\Sigma = -\Sigma \, d(\Sigma^{-1}) \, \Sigma`.
        """
        found = self.scope.towards(body, [root])
        self._check_dependence(found, body, [root], bare, node)
        if not found.is_scalar or root in self.scope.table():
            raise Unread("a derivative by an inverse of something that is no variable", node.at, node.end)
        return -(root.T @ op.grad(found, root) @ root.T)

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
            raise NotKnown(f"what {said} {DEPENDS}", f"let {said} = ...", node.at, node.end)

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
        behind = parts[slash + 3] if slash + 3 < len(parts) else None
        if behind is not None and behind.kind == "square" and behind.at == parts[slash + 2].end:  # `\partial L / \partial w[0]`
            raise Unread("an entry in square brackets below a derivative", behind.at, behind.end)
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

    def point(self, where: Node) -> list[Term] | None:
        """The coordinates of a point."""
        raise NotImplementedError  # pragma: no cover


def is_row(variable: Term) -> bool:
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


def _coordinates(node: Node) -> list[Node]:
    r"""The names in `\partial(x, y)`; none of anything else."""
    inside = opened(node)
    parts = inside.parts if inside.kind == "product" else ()
    if [p.kind for p in parts] != ["PARTIAL", "round"] or len(parts[1].parts) != 1:
        return []
    names = [p for p in parts[1].parts[0].parts if p.kind != "COMMA"]
    return names if len(names) > 1 and all(named(p) is not None for p in names) else []
