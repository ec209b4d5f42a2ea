r"""What depends on what, where only derivatives say it: `\frac{dL}{dw} = \frac{dL}{da} \frac{da}{dz} \frac{dz}{dw}`.

A chain rule gives no formula for L, a and z, and needs none: it says that L is some function of a, a of z, and z of w,
and claims how the derivatives go together. The quotients that are printed are the edges of a graph from variables to
what depends on them. An edge that a longer way explains (w to L, beside w to z to a to L) is what the chain rule
computes; the edges that are left say of what every name is a function. A name that has a formula keeps it.

    C = \frac12 \|a^{(L)} - y\|^2                     of layer l the formula says nothing: C is some function of z^{(l)} there
    J = L + \frac{\lambda}{2} \sum_l \|W^{(l)}\|^2     the weights stand in it beside the layers: no function of z^{(l)} alone
    h_1 = w h_0 + u x_1, h_2 = w h_1 + u x_2          steps of one recursion: L may depend on h_1 beside h_2

With these unknown functions put in, a chain rule is a claim like any other, and holds for all functions or is left open:
what depends on what was guessed, so nothing is called wrong on its strength.

Imports: calcds.document, calcds.expr.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from calcds.document.source.differentials import Quotient, quotients
from calcds.document.source.keys import full_key
from calcds.document.source.latex import Node
from calcds.document.source.names import ALL, Named, shown
from calcds.document.source.raw import Unread
from calcds.document.words.every_layer import families, holds_every_layer, symbols_in
from calcds.document.words.scope import Definition, Scope
from calcds.expr.kinds import FunctionSymbol
from calcds.expr.term import Term

_LABEL = re.compile(r"_[(\[](?P<letter>[A-Za-z]*)[+-]?[0-9]*[)\]]$")
COSTS = {"L", "J", "E", "C", "cal L", "cal J"}  # capitals that are numbers where they are differentiated
BY_DERIVATIVES = "is said by derivatives only"  # how the doubt ends that rests on what is guessed here


def gather_quotients(trees: Sequence[Node], scope: Scope, section: int) -> None:
    """Learn by what the names of a section are differentiated."""
    for tree in trees:
        found = list(quotients(tree))
        scope.quotients.setdefault(section, []).extend(found)
        scope.scalars |= {top.base for top, _ in found if top.base in COSTS} - scope.evidence.keys()


def supposed(
    found: Iterable[Quotient], here: Iterable[Quotient], scope: Scope, term_of: Callable[[Named], Term | None]
) -> list[Definition]:
    """An unknown function for every name that is differentiated and has no formula.

    here: the derivatives of the chain itself; what depends on none of their variables is held fixed in it
    term_of: the term of a name, an entry for one of many; None where there is none
    """
    roots = {root_of(term_of(bottom)) for _, bottom in here}
    formulas = {s: dict.fromkeys(sorted(body.free, key=str)) for s, body in scope.table().items()}
    for root in (one for one in roots if one is not None):
        if summed := families([root]):
            holding = [s for s, body in scope.table().items() if holds_every_layer(body, summed)]
            formulas |= {s: {**formulas[s], root: None} for s in holding}
    called = set[Term]()  # names of functions with a formula: `T(x, y) = x^2 - y^2`
    for name in (name for name, _ in here):
        top, f = root_of(term_of(name)), scope.function(full_key(name), old=scope.old)
        if top is not None and top not in formulas and f is not None and f.body is not None:
            called.add(top)
            formulas[top] = dict.fromkeys(sorted(f.body.free, key=str))
    parents: dict[Term, dict[Term, None]] = {}
    for names in found:
        top, bottom = (root_of(term_of(name)) for name in names)
        if top is not None and bottom is not None and top is not bottom:
            parents.setdefault(top, {})[bottom] = None
    for top, below in [*parents.items()]:
        known = {**parents, **formulas} if top in called else formulas  # T(x, y) = x^2 - y^2 is one of t where x and y are
        said = [one for one in below if top in formulas and reaches(known, one, top)]
        asked = [b for t, b in ((root_of(term_of(t)), root_of(term_of(b))) for t, b in here) if t is top and b is not None]
        has_formula = said and (top in called or not asked or any(one in said for one in asked))
        if has_formula or _is_beside(scope, asked, top):
            del parents[top]
        for one in said:  # a formula says nothing of what it is not about: `C = \frac12 \|a^{(L)} - y\|^2`, of layer l
            del below[one]
    graph = {**formulas, **parents}
    made = []
    for top, below in parents.items():
        kept = [one for one in below if not any(
            reaches(graph, one, other) and not _are_steps(formulas, one, other) for other in below if other is not one
        )]  # fmt: skip
        if any(reaches(graph, top, one) for one in kept):
            raise Unread("the derivatives do not say what depends on what")
        if len(kept) > 1 and not all(one.is_scalar for one in kept):
            kept = [one for one in kept if one in roots or any(r is not None and reaches(graph, r, one) for r in roots)]
        body = _some_function(top, kept)
        if body is not None:
            made.append(Definition(top, body, -1))
    return made


def root_of(term: Term | None) -> Term | None:
    """The symbol of a name or of the array that it is an entry of."""
    if term is None or term.head == "sym":
        return term
    return term.args[0] if term.head == "entry" and term.args[0].head == "sym" else None


def reaches(graph: Mapping[Term, Iterable[Term]], start: Term, end: Term) -> bool:
    """Whether what is called `end` depends on `start`."""
    seen, todo = {end}, [end]
    while todo:
        for one in graph.get(todo.pop(), ()):
            if one is start:
                return True
            if one not in seen:
                seen.add(one)
                todo.append(one)
    return False


def _is_beside(scope: Scope, asked: Iterable[Term], top: Term) -> bool:
    """Whether parameters of some layer stand in the formula of a cost itself, or states of every layer.

    A formula of another section is asked, too, whether or not a reading sees it: what it says may hold on.
    """
    formulas = {str(d.symbol.data[0]): d.body for d in scope.definitions.values()}
    formulas |= {shown(f.name): f.body for f in scope.functions.values() if f.body is not None}
    labelled = [one for one in asked if _LABEL.search(str(one.data[0]))]
    found, todo = dict[Term, None](), [top] if labelled else []
    while todo:
        body = formulas.get(str(todo.pop().data[0]))
        new = [s for s in sorted(symbols_in(body), key=str) if s not in found] if body is not None else []
        found |= dict.fromkeys(new)
        todo += [s for s in new if s.is_scalar and not _LABEL.search(str(s.data[0]))]
    parameters = {_family(one) for one in labelled if str(one.data[0]) not in formulas}
    states = {_family(one) for one in labelled} - parameters
    return any(_family(s) in parameters or (_family(s) in states and _is_of_every_layer(s)) for s in found)


def _family(symbol: Term) -> str:
    """What the name of a symbol has in common with those of other layers, and of all its entries."""
    return _LABEL.sub("_#", str(symbol.data[0]).removesuffix(ALL)).lower()


def _is_of_every_layer(symbol: Term) -> bool:
    label = _LABEL.search(str(symbol.data[0]))
    return label is not None and label["letter"].islower()


def _are_steps(formulas: Mapping[Term, Iterable[Term]], one: Term, other: Term) -> bool:
    """Whether two names are steps of one recursion: they have a parameter in common."""
    common = {*formulas.get(one, ())} & {*formulas.get(other, ())}
    return any(s not in formulas and s not in (one, other) and s.data[1].word not in {"Dim", "Index"} for s in common)


def reached(graph: Mapping[str, Iterable[str]], start: str) -> set[str]:
    """The names that stand in the formulas of a name, and of those, with the name itself."""
    seen, todo = {start}, [start]
    while todo:
        for one in graph.get(todo.pop(), ()):
            if one not in seen:
                seen.add(one)
                todo.append(one)
    return seen


def _some_function(top: Term, of: Sequence[Term]) -> Term | None:
    """A function of which nothing is known: of several numbers, or of one vector or matrix."""
    name = str(top.data[0]).removesuffix(ALL)
    if not of or top.shape[1] != 1:
        return None
    if top.is_scalar and all(one.is_scalar for one in of):
        return FunctionSymbol(name, len(of))(*of)
    return FunctionSymbol(name, 1, (of[0].shape,), top.shape)(of[0]) if len(of) == 1 else None
