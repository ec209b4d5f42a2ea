r"""Sizes that no text states, where a definition shows what they are.

    Y \in \mathbb{R}^{k \times N},  Z = W H + b \mathbf{1}^T,  L = \frac12 \|Z - Y\|_F^2      W and b have k rows, as Z and Y do

    L = -y \log a - (1 - y) \log(1 - a)       a loss is one number: a network with a = \sigma(W h + b) has one output here

A chain learns for itself of which sizes its names are. A formula may show it of a name that has a formula too: what is
said so of Z holds for what stands in the formula of Z, in all lines that follow. Only sizes with a name of their own are
taken over: that an example has three entries says nothing of the formulas.

Imports: calcds.document, calcds.expr.
"""

from __future__ import annotations

from calcds.document.reading.chains import Reading
from calcds.document.words.resizing import resize
from calcds.document.words.scope import Scope
from calcds.expr.term import ONE, Term, as_term, same_size


def measure(reading: Reading, scope: Scope) -> None:
    """Take over what the reading of a definition shows of the sizes of names that have a formula in this section."""
    if not reading.options.sizes or reading.options.old or not reading.sizes.equal:
        return
    printed = {str(s.data[0]) for side in reading.sides if isinstance(side, Term) for s in side.free}
    defined = [d.symbol for d in scope.definitions.values() if scope.is_here(d.section) and str(d.symbol.data[0]) in printed]
    own = {s for symbol in defined for length in symbol.shape if isinstance(length, Term) for s in length.free}
    known: dict[Term, Term] = {}
    for s in own & reading.sizes.equal.keys() & scope.elastic:
        length = reading.sizes.resolve(s)
        if isinstance(length, Term) and (length.head == "sym" or length.free.isdisjoint(scope.elastic)):
            known[s] = as_term(length)
    if known:
        resize(scope, known)


def of_one_number(reading: Reading, scope: Scope) -> Term | None:
    """The value of a loss that was read as a column of any length: it has one entry, and so have the names in it."""
    value = reading.sides[0]
    if not isinstance(value, Term) or value.is_scalar or value.shape[1] != 1:
        return None
    length = value.shape[0]
    if not isinstance(length, Term) or length.head != "sym" or length in reading.sizes.matrices:
        return None
    if length not in scope.elastic | reading.sizes.elastic:
        return None
    reading.sizes.equal[length] = 1
    reading.sizes.seen.clear()
    known = [s for d in scope.definitions.values() for s in (d.symbol, *d.body.free)] + [*value.free]
    scope.single_entries |= {str(s.data[0]) for s in known if any(same_size(n, length) for n in s.shape)}
    reading.assumed = {key: reading.sizes.settled_kind(kind) for key, kind in reading.assumed.items()}
    resize(scope, {length: ONE})
    return reading.sizes.settled(value)


__all__ = ["measure", "of_one_number"]
