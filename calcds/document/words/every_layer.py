r"""Sums over layers: in `\sum_{l=1}^L \|W^{(l)}\|^2` every layer has a matrix of its own.

The `W^{(l)}` of a formula is one matrix, that of a layer l. Where a sum binds the l it is none: the sum is not L times the
square of its norm. There it is a function of l of which nothing is known; what holds of a sum holds for all such functions.

    \nabla_{W^{(l)}} \sum_{l=1}^L g(W^{(l)}) = \nabla g(W^{(l)})      the other summands do not have this matrix in them

The last is read so where g has nothing else of a layer in it, nor its number, and the sum is a summand, perhaps with a factor.

Imports: calcds.document.source.raw, calcds.expr.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from calcds.document.source.raw import Unread
from calcds.expr.kinds import FunctionSymbol, Matrix
from calcds.expr.term import Term, as_term, replace, same_shape, subterms

_LABEL = re.compile(r"(?P<open>[(\[])(?P<letter>[A-Za-z]*)(?P<shift>[+-]?\d+)?[)\]]")
_PLACE = "\u00b7"  # in the name of what every layer has


def in_every_layer(body: Term, letter: str, index: Term, known: set[Term]) -> Term:
    """A summand with functions of its index for what is called by the layer that the index counts.

    known: names with a formula, which says more of them than that they are functions
    """
    table: dict[Term, Term] = {}
    for symbol in sorted(body.free, key=str):
        name = str(symbol.data[0])
        found = next((m for m in _LABEL.finditer(name) if m["letter"] == letter), None)
        if found is None or symbol.data[1].word == "Dim":
            continue
        if symbol in known:
            raise Unread("a sum over layers of what has a formula")
        shift = int(found["shift"] or 0)
        table[symbol] = _family(symbol, found)(index + as_term(shift) if shift else index)
    return replace(body, table) if table else body


def families(symbols: Iterable[Term]) -> set[str]:
    """The names of the functions that say what symbols of one layer are in every layer."""
    found = ((s, _LABEL.search(str(s.data[0]))) for s in symbols if s.head == "sym")
    return {_family(s, m).name for s, m in found if m is not None}


def holds_every_layer(body: Term, names: set[str]) -> bool:
    """Whether a sum over layers in a body has one of these functions in it."""
    return bool(names) and any(t.head == "apply" and t.data.name in names for t in subterms(body))


def symbols_in(body: Term) -> frozenset[Term]:
    """The free symbols of a body, and what stands for those of a layer l in a sum over all layers."""
    called = {t for t in subterms(body) if t.head == "apply" and _PLACE in t.data.name}
    return body.free | {Matrix[t.shape].symbol(t.data.name.replace(_PLACE, "l")) for t in called}


def of_one_layer(body: Term, variable: Term) -> Term:
    """What a derivative by something of one layer sees of a body: of a sum over all layers one summand."""
    root = variable.args[0] if variable.head == "entry" else variable
    found = _LABEL.search(str(root.data[0])) if root.head == "sym" else None
    if found is None:
        return body
    family = _family(root, found)

    def is_one(t: Term) -> bool:
        return t.head == "apply" and t.data.name == family.name

    def seen(t: Term) -> Term:
        if t.head == "sum" and any(map(is_one, subterms(t.args[0]))):
            inside, index = t.args[0], t.args[1]
            values = {s for s in subterms(inside) if s.head == "apply" and _PLACE in s.data.name}
            (value, *others) = values
            alone = not others and value.args == (index,) and same_shape(value.shape, root.shape)
            summand = replace(inside, {value: root}) if alone else inside
            if alone and index not in summand.free and root not in inside.free:
                return summand
        if t.head == "add":
            return sum(map(seen, t.args[1:]), seen(t.args[0]))
        if t.head == "mul" and sum(any(map(is_one, subterms(a))) for a in t.args) == 1 and root not in t.free:
            return Term(t.head, tuple(map(seen, t.args)), t.data, t.shape)
        return t

    made = seen(body)
    if any(map(is_one, subterms(made))):
        raise Unread("a derivative by what is in one layer of a sum over all of them")
    return made


def _family(symbol: Term, found: re.Match[str]) -> FunctionSymbol:
    """The function that says what a symbol is in every layer."""
    name = str(symbol.data[0])
    called = f"{name[: found.start()]}{found['open']}{_PLACE}{name[found.end() - 1 :]}"
    if symbol.is_scalar:
        return FunctionSymbol(called)
    return FunctionSymbol(called, 1, ((1, 1),), symbol.shape)


__all__ = ["families", "holds_every_layer", "in_every_layer", "of_one_layer", "symbols_in"]
