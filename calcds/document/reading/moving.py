r"""Differentials: `d(X^{-1}) = -X^{-1} (dX) X^{-1}`, `dp = (\operatorname{diag}(p) - p p^T) \, do`.

The differential of an expression is its derivative along a path on which every variable moves: x becomes x + e dx, and
d(f) is the derivative in e at e = 0. The variables are the names that have a differential of their own in the chain; a
name that stands alone on the left, as in `dp = ...`, is what its formula says. Everything between is put in, so that
`dp` for p = softmax(o) is about o where `do` stands on the right.

What has no differential in a chain is constant only where the text tells: by a word; because the chain is about a function,
of which the arguments move, `d f` for `f(X) = \frac12 \|AX - B\|^2`; or because its section differentiates by what moves in
the chain, `\frac{\partial}{\partial X} \operatorname{tr}(AX)`, `\nabla (x^T A x)`, and nowhere moves the other names or
differentiates by them. The slip `d(AB) = A \, dB` is true where A is constant, so nothing less will do.

In texts that do not speak of differentials, `dW` is often the name of a gradient, or d a number: then, and where a side has
none, the chain is not read, unless it is a substitution in an integral, `du = 2x \, dx` after `u = x^2`, or begins with the
d of an expression and has one between the factors of another: `d(x^T A x) = (dx)^T A x + x^T A \, dx`; or is about a
function and has that of its argument there: `dE = e^T \, dW \, x`.

Imports: calcds.document, calcds.expr.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from types import MappingProxyType

from calcds.document.reading.applying import Applying
from calcds.document.source.differentials import differential, places_of, quotients
from calcds.document.source.keys import full_key, labelled
from calcds.document.source.latex import Node, walk
from calcds.document.source.names import ALL, Named, atom_and_marks, is_d, is_transpose, named, opened, shown
from calcds.document.source.raw import Unread
from calcds.document.words.scope import Scope
from calcds.document.words.shapes import NotKnown
from calcds.expr import operators as op
from calcds.expr.kinds import Matrix, Real, Vector
from calcds.expr.term import ZERO, Term, substitute

_NEAR = 200  # characters between a substitution and its differential
_PATH = "e'"  # no letter of a text


def gather_moving(trees: Iterable[Node], scope: Scope, section: int) -> None:
    r"""Learn which names of a section have a differential, and whether it takes gradients without a variable: `\nabla f`."""
    for tree in trees:
        names = (name for name in _operands(tree) if name is not None)
        scope.moving.setdefault(section, set()).update(labelled(name)[0] for name in names)
        if any(node.kind == "NABLA" for node in walk(tree)):
            scope.gradients_in.add(section)
        for variable in _variables(tree):
            scope.variables.setdefault(section, set()).update((labelled(variable)[0], full_key(variable)))


def _variables(tree: Node) -> Iterator[Named]:
    r"""By what a formula differentiates: the X of `\frac{\partial}{\partial X} \operatorname{tr}(AX)`, of `\nabla_X f`."""
    yield from (bottom for _, bottom in quotients(tree))
    for node in walk(tree):
        try:
            places = places_of(opened(node.parts[1])) if node.kind == "frac" and differential(node.parts[0]) else None
        except Unread:
            continue  # a derivative of the order 10^9
        yield from (name for variable, _ in places or () if (name := named(variable)) is not None)


class Moving(Applying):
    """The differentials of a chain."""

    _moved: Mapping[Term, Term] = MappingProxyType({})

    def survey_differentials(self, nodes: Sequence[Node]) -> None:
        """Which variables move in a chain; none where a side has no differential."""
        self.moving = False
        self._moved = moved = dict[Term, Term]()
        self.substituting = len(nodes) == 2 and _alone(nodes[0]) is not None and any(True for _ in _operands(nodes[1]))
        found = [list(_operands(node)) for node in nodes]
        sided = all(names or _is_zero(node) for node, names in zip(nodes, found, strict=True))
        if len(nodes) < 2 or not sided or not any(found):
            return
        if not (
            self.scope.settings.get("differentials") or _is_rule(nodes, found) or self._is_substitution(nodes, found)
            or self._is_of_function(nodes, found)
        ):  # fmt: skip
            return
        self.moving = True
        alone = _alone(nodes[0])
        for name in (one for names in found for one in names if one is not None):
            if alone is None or labelled(name) != labelled(alone):
                symbol = self.whole_of(_untransposed(name))
                if symbol is not None and symbol.head == "sym":
                    moved[symbol] = _differential_of(symbol)

    def _is_substitution(self, nodes: Sequence[Node], found: Sequence[Sequence[Named | None]]) -> bool:
        r"""Whether a chain is `du = 2x \, dx` for a u that this section defines by x."""
        name = _alone(nodes[0])
        others = {labelled(one)[0] for one in found[1] if one is not None and not one.marks}
        if name is None or name.marks or len(nodes) != 2 or len(found[1]) != 1 or not others:
            return False
        known = self.scope.definition(labelled(name)[0], old=False)
        if known is None or not known.symbol.is_scalar or not 0 <= self.scope.chance.at - known.at < _NEAR:
            return False  # it may be the v of the next integral: `dv = x^2 dx`, `v = x^3 / 3`
        return {shown(key) for key in others} <= {str(s) for s in known.body.free}

    def _is_of_function(self, nodes: Sequence[Node], found: Sequence[Sequence[Named | None]]) -> bool:
        r"""Whether a chain is `dE = \sum_n e_n^T \, dW \, x_n` for a function E(W), with the d of W behind a factor."""
        name = _alone(nodes[0])
        function = self.scope.function(labelled(name)[0], old=self.options.old) if name is not None and not name.marks else None
        if function is None or function.body is None or not _is_behind_a_factor(nodes[1:]):
            return False
        others = {full_key(one) if one is not None else "" for names in found[1:] for one in names}
        return others == {*function.keys}

    def moved(self, parts: Sequence[Node], k: int) -> tuple[Term, int]:
        r"""`dX`, `d(X^T X)`, `d \log \det X`, and where it ends."""
        if k + 1 >= len(parts) or parts[k + 1].kind in {"MUL", "ADD"}:
            raise Unread("d of nothing", parts[k].at, parts[k].end)
        following = parts[k + 1]
        name = named(following)
        function, arguments = None, frozenset[Term]()
        if name is not None:
            key, below, rest = labelled(name)
            function = self.scope.function(key, old=self.options.old) if not below and not rest else None
        if function is not None and function.body is not None:
            body, end, arguments = function.body, k + 2, frozenset(function.parameters)
        elif atom_and_marks(following)[0].kind in {"FUNC", "BIGOP"}:
            body, end = self.factor(parts, k + 1)
        else:
            body, end = self.unit(following), k + 2
        return self._along(body, arguments), end

    def _along(self, body: Term, arguments: AbstractSet[Term]) -> Term:
        """The derivative along the path on which the variables of the chain move.

        arguments: of the function that it is the differential of
        """
        moved = self._moved
        if body in moved:
            return moved[body]
        expanded = self.scope.towards(body, list(moved))
        for s, v in ((s, v) for s in expanded.free for v in moved if s is not v and s.data[0] == v.data[0]):
            self.sizes.same(s.shape[0], v.shape[0])  # one name: sizes that are not said are the same
            self.sizes.same(s.shape[1], v.shape[1])
        rest = [s for s in expanded.free - moved.keys() if s.data[1].word not in {"Dim", "Index"}]
        moving = frozenset(s for s in expanded.free if s in moved)
        of_function = bool(moving) and moving <= arguments
        still = {str(s.data[0]).partition("_")[0] for s in rest if not (of_function or self._is_still(s, moving))}
        if unsaid := sorted(still - self.scope.constants):
            raise NotKnown(f"whether {', '.join(unsaid)} moves, or is constant, is not said", "")
        e = Real.symbol(_PATH)
        table = {v: v + e * dv for v, dv in moved.items() if v in expanded.free}
        if not table:
            raise Unread("a differential of something that does not move")
        return op.at(op.diff(substitute(expanded, table), e), e, ZERO)


    def _is_still(self, symbol: Term, moving: AbstractSet[Term]) -> bool:
        """Whether the section differentiates by what moves here, and never by this name, which has no differential in it."""
        scope = self.scope
        bottoms = {shown(key) for s in scope.around for key in scope.variables.get(s, ())}
        changed = bottoms | {shown(key) for s in scope.around for key in scope.moving.get(s, ())}
        variables = {str(v.data[0]) for v in moving}
        told = not variables.isdisjoint(bottoms) or not scope.gradients_in.isdisjoint(scope.around)
        return told and str(symbol.data[0]).removesuffix(ALL) not in changed


def _differential_of(symbol: Term) -> Term:
    rows, columns = symbol.shape
    kind = Real if symbol.is_scalar else Vector[rows] if columns == 1 else Matrix[rows, columns]
    return kind.symbol(f"d{symbol.data[0]}")


def _operands(node: Node) -> Iterator[Named | None]:
    """What is behind every d of a tree: a name, or None for a bracket or a function."""
    for product in walk(node):
        if product.kind != "product":
            continue
        for d, following in zip(product.parts, product.parts[1:], strict=False):
            if is_d(d) and following.kind not in {"MUL", "ADD"}:
                yield named(following)


def _is_rule(nodes: Sequence[Node], found: Sequence[Sequence[Named | None]]) -> bool:
    """Whether d stands in front of an expression with which a chain begins, and behind a factor: no number is written there."""
    first = opened(nodes[0])
    begins = first.kind == "product" and len(first.parts) > 1 and is_d(first.parts[0]) and None in found[0][:1]
    return begins and _is_behind_a_factor(nodes[1:])


def _is_behind_a_factor(nodes: Sequence[Node]) -> bool:
    """Whether a d stands between two factors."""
    return any(
        is_d(part) and before.kind not in {"NUMBER", "frac", "ADD", "MUL"}
        for node in nodes
        for product in walk(node)
        if product.kind == "product"
        for before, part in zip(product.parts, product.parts[1:-1], strict=False)
    )


def _alone(node: Node) -> Named | None:
    """The p of a side that is `dp`."""
    whole = opened(node)
    plain = whole.kind == "product" and len(whole.parts) == 2 and is_d(whole.parts[0])
    return named(whole.parts[1]) if plain else None


def _untransposed(name: Named) -> Named:
    marks = tuple(m for m in name.marks if not is_transpose(m))
    return Named(name.base, marks, name.node)


def _is_zero(node: Node) -> bool:
    whole = opened(node)
    return whole.kind == "NUMBER" and whole.text == "0"
