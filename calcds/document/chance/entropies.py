r"""`H(X)`, `H(X, Y)`, `H(X \mid Y)`, `I(X; Y)` of the variables of a mass function p(x, y), by their definitions.

    H(X) = -sum_x p(x) log p(x)          H(X | Y) = -sum_xy p(x, y) log p(x | y)
    H(X | Y = y) = -sum_x p(x | y) log p(x | y)
    I(X; Y) = sum_xy p(x, y) log p(x, y)/(p(x) p(y))

Imports: calcds.document, calcds.expr.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import reduce

from calcds.document.chance.tables import Tables
from calcds.document.source.keys import labelled
from calcds.document.source.latex import Node
from calcds.document.source.names import Named, atom_and_marks, named, opened
from calcds.document.source.raw import Unread
from calcds.expr import operators as op
from calcds.expr.kinds import INDEX
from calcds.expr.term import ZERO, Term, as_term, size

_BETWEEN = {"MID", "SEMI"}


class Entropies(Tables):
    """Entropies and mutual information."""

    def entropy(self, name: Named, parts: Sequence[Node], k: int) -> tuple[Term, int] | None:
        """The entropy that a name with its bracket stands for; None where it is something else."""
        key, below, rest = labelled(name)
        if key not in {"H", "I"} or below or rest or k + 1 >= len(parts):
            return None
        bracket, after = atom_and_marks(parts[k + 1])
        groups, sign, valued = _groups(bracket)
        if not (sign or self.scope.chance.entropic):
            return None
        variables = self.scope.chance.variables("p", self.scope.around)
        known = bool(groups) and len(variables) <= 2 and all(set(g) <= set(variables) for g in groups)
        if not known or self.scope.function("p", old=True):
            return None
        if self.other_bases:
            self.doubt("the logarithm of an entropy may have another base")
        if len(groups) == 2 and set(groups[0]) & set(groups[1]):
            raise Unread("an entropy of a variable with itself", bracket.at, bracket.end)
        if key == "H" and len(groups) == 1:
            value = -self._average(groups[0], [groups[0]], [])
        elif key == "H" and sign == "MID":
            value = -self._average([*groups[0], *groups[1]], [[*groups[0], *groups[1]]], [groups[1]], valued)
        elif key == "I" and sign == "SEMI":
            value = self._average([*groups[0], *groups[1]], [[*groups[0], *groups[1]]], groups)
        else:
            return None
        if self.base is not None:  # the logarithms of a chain have one base
            value = self.over(value, op.function("log")(self.value(self.base)))
        return self.marked(value, after, parts[k + 1]), k + 2

    def _average(self, keys: Sequence[str], above: Sequence[Sequence[str]], under: Sequence[Sequence[str]],
                 valued: Collection[str] = ()) -> Term:  # fmt: skip
        """The sum of p log(above / under) over all values of some variables; others have one value."""
        places = {key: INDEX.symbol(key.rsplit(" ", maxsplit=1)[-1]) for key in keys if key not in valued}
        places |= self.value_places(valued)

        def mass(some: Sequence[str]) -> Term:
            return self.mass("p", {key: places[key] for key in some})

        top = reduce(lambda a, b: a * b, map(mass, above))
        ratio = reduce(lambda a, b: self.over(a, mass(b)), under, top)
        chance = self.over(mass(keys), mass(list(valued))) if valued else mass(keys)
        body = chance * op.function("log")(ratio)
        for key in reversed([key for key in keys if key not in valued]):
            body = op.Sum(body, (places[key], ZERO, as_term(size(as_term(self.values_of(key)) - 1))))
        return body


def _groups(bracket: Node) -> tuple[list[list[str]], str, list[str]]:
    """The variables in front of and behind a bar or a semicolon, in small letters, and which of them have a value, `Y = y`."""
    inside = bracket.parts[0] if bracket.kind == "round" and len(bracket.parts) == 1 else None
    if inside is None:
        return [], "", []
    groups: list[list[str]] = [[]]
    sign, valued = "", list[str]()
    for part in inside.parts if inside.kind == "items" else (inside,):
        name = named(opened(part))
        if part.kind in _BETWEEN:
            groups.append([])
            sign = part.kind
        elif name is not None and not name.marks and len(name.base) == 1 and name.base.isupper():
            groups[-1].append(name.base.lower())
        elif sign == "MID" and (key := _valued(part)):
            groups[-1].append(key)
            valued.append(key)
        elif part.kind != "COMMA":
            return [], "", []
    one = not valued or valued == groups[-1]
    return (groups, sign, valued) if all(groups) and len(groups) < 3 and one else ([], "", [])


def _valued(part: Node) -> str:
    """The y of `Y = y`."""
    if part.kind != "item" or len(part.parts) != 3 or part.parts[1].text != "=":
        return ""
    variable, value = (named(opened(side)) for side in part.parts[::2])
    if variable is None or value is None or variable.marks or value.marks or not variable.base.isupper():
        return ""
    return value.base if variable.base.lower() == value.base else ""
