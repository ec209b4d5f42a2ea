"""One name, one meaning: symbols that a definition brings in are those of the claim, even if less was known of them there.

`M = U S V^T` was read before it was known how many columns U has, or before the text said that they are orthonormal. When
the definition is put into a claim, its U is the U of the claim: sizes that nobody states are unified, and of two kinds the
one that says more counts.

Imports: calcds.document.words.shapes, calcds.expr.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Set as AbstractSet

from calcds.document.words.shapes import resized_kind
from calcds.expr.kinds import Kind
from calcds.expr.term import Size, Term, as_term, same_size, size, substitute, subterms


class Clash(Exception):
    """A name stands for things of different shapes."""


def agreeing(terms: tuple[Term, ...], elastic: AbstractSet[Term]) -> tuple[Term, ...]:
    """The terms with one symbol for each name. Raises Clash where the shapes of a name cannot be the same.

    elastic: sizes that may turn out to be any other
    """
    for _ in range(10):
        named: dict[str, list[Term]] = defaultdict(list)
        for symbol in frozenset().union(*(t.free for t in terms)):
            named[symbol.data[0]].append(symbol)
        groups = [_things(group) for _, group in sorted(named.items())]
        several = [sorted(group, key=_knowledge) for group in groups if len(group) > 1]
        if not several:
            return terms
        sizes: dict[Term, Size] = {}
        turned = {s for one in terms for t in subterms(one) if t.head == "trans" for s in t.free}
        for group in several:
            if any(s.is_scalar for s in group) and any(s in turned and 1 not in s.shape for s in group):
                raise Clash(f"{group[-1]} as a number and as a matrix")  # of a number R R^T is R^T R
            for other in group[:-1]:
                _unify(group[-1].data[1], other.data[1], sizes, elastic)
        table = _table(several, terms, sizes)
        terms = tuple(substitute(t, table) for t in terms)
    raise Clash("names with sizes that do not settle")


def _things(group: list[Term]) -> list[Term]:
    r"""The symbols of a name that are one thing: a size h is another one than the vector \mathbf{h}."""
    arrays = [s for s in group if not s.is_scalar]
    return [s for s in group if s.data[1].word != "Dim"] if arrays else group


def _knowledge(symbol: Term) -> tuple[int, str]:
    kind = symbol.data[1]
    return len(kind.facts) + 10 * (kind.low is not None) + 5 * (kind.word == "Dim"), str(kind)


def _unify(a: Kind, b: Kind, sizes: dict[Term, Size], elastic: AbstractSet[Term]) -> None:
    """Learn which sizes are equal if two kinds have one shape."""
    for one, other in zip(a.shape, b.shape, strict=True):
        left, right = _known(one, sizes), _known(other, sizes)
        if same_size(left, right):
            continue
        if isinstance(right, Term) and right in elastic:
            sizes[right] = left
        elif isinstance(left, Term) and left in elastic:
            sizes[left] = right
        else:
            raise Clash(f"{a} and {b}")


def _known(length: Size, sizes: dict[Term, Size]) -> Size:
    while isinstance(length, Term) and length in sizes:
        length = sizes[length]
    return length


def _table(several: list[list[Term]], terms: tuple[Term, ...], sizes: dict[Term, Size]) -> dict[Term, Term]:
    """What is put in for every symbol and size."""
    lengths = {d: as_term(_known(d, sizes)) for d in sizes}

    def settled(length: Size) -> Size:
        return size(substitute(length, lengths)) if isinstance(length, Term) else length

    table: dict[Term, Term] = dict(lengths)
    best = {symbol: group[-1] for group in several for symbol in group}
    for symbol in frozenset().union(*(t.free for t in terms)):
        if symbol.data[1].word != "Dim":
            name, kind = best.get(symbol, symbol).data
            table[symbol] = resized_kind(kind, settled).symbol(name)
    return {old: new for old, new in table.items() if old is not new}
