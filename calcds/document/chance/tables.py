r"""`p(x, y) = p(x \mid y) p(y)`, `\sum_y p(x, y)`: mass functions as tables of positive numbers.

A section has one joint table for the letter p and all its small variables. For two variables it is r_x C_xy, r the
probabilities of x and every row of C those of y; p(x), p(y) are its sums, p(x | y) a quotient. A third variable has the
chances t_xy,z for each pair of values of the first two, and so on. What holds for all finite tables is the algebra of
densities, too; integrals are not read.

Imports: calcds.document, calcds.expr.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import reduce

from calcds.document.chance.eventlike import is_event
from calcds.document.chance.events import Events
from calcds.document.chance.stating import listed
from calcds.document.reading.symbols import Bound
from calcds.document.source.keys import labelled
from calcds.document.source.latex import Node, walk, written
from calcds.document.source.likelihoods import is_named_by, laws_of, letters_of, parameter_below
from calcds.document.source.names import Named, atom_and_marks, named, opened, script, shown
from calcds.document.source.raw import Unread
from calcds.document.words.randomness import CAPITAL, DENSITIES, PROBABILITIES, operands, variables_of
from calcds.expr import operators as op
from calcds.expr.kinds import INDEX, Positive, Probability, Stochastic, Vector
from calcds.expr.term import ONE, ZERO, Size, Term, as_term, entry, size


class Tables(Events):
    """Mass functions of small letters."""

    base: Node | None = None  # of the logarithms of the chain
    other_bases = False  # whether they have several
    has_logarithm = False
    masses: frozenset[str] = frozenset()  # letters that are a side themselves: the p of `H(p) = -\sum_x p(x) \log p(x)`
    laws: tuple[str, ...] = ()  # the variables of a chain that is about densities only
    tabled: frozenset[str] = frozenset()  # variables of the tables of this chain
    families: set[str]  # letters of the laws that were read, with their parameters

    def enter(self, nodes: Sequence[Node]) -> None:
        """Look over a chain before it is read: which letters are the variables of mass functions."""
        super().enter(nodes)
        self.families = set()
        units = {id(n.parts[0]) for node in nodes for n in walk(node) if n.kind == "unit"}
        logs = [n for node in nodes for n in walk(node) if id(n) not in units]
        bases = {written(base): base for n in logs if (base := _base_of(n)) is not None}
        self.has_logarithm = bool(bases)
        self.other_bases = len(bases) > 1 or any(b.kind not in {"NUMBER", "NAME", "EMPTY"} for b in bases.values())
        self.base = next((b for b in bases.values() if not self.other_bases and b.kind != "EMPTY"), None)
        found, tables = set[str](), set[str]()
        for node in nodes:
            for key, _, bracket in operands(node):
                keys = variables_of(bracket)
                if key in DENSITIES and keys and self._is_table(key, nodes):
                    tables.add(key)
                    found |= set(self.scope.chance.variables(key, self.scope.around))
        alone = {n.base for node in nodes if (n := named(opened(node))) is not None and not n.marks}
        self.masses = frozenset(k for k in alone & tables if len(self.variables_of_tables(k)) == 1)
        self.laws = laws_of(nodes)
        self.tabled = frozenset(self.laws or found)

    def _is_table(self, letter: str, nodes: Sequence[Node]) -> bool:
        """Whether `p(x)` is a probability: it has several variables, a bar, or is summed over all x."""
        function = self.scope.function(letter, old=True)
        if (function is not None and function.body is not None) or not self.scope.chance.spoken:
            return False
        if any(n.kind == "BIGOP" and n.text == "int" for node in nodes for n in walk(node)):
            return False
        variables = self.scope.chance.variables(letter, self.scope.around)
        sums = [n for node in nodes for n in walk(node) if atom_and_marks(n)[0].text == "sum"]
        ranges = [script(mark) for n in sums for mark in atom_and_marks(n)[1]]
        parts = [p for r in ranges for p in (r.parts if r.kind == "items" else (r,))]
        summed = {name.base for p in parts if (name := named(p)) is not None}
        return len(variables) > 1 or not summed.isdisjoint(variables)

    def is_chance(self, name: Named, following: Node) -> bool:
        """Whether a name before a bracket is a probability or an expectation."""
        bracket, keys = atom_and_marks(following)[0], self.keys_in(atom_and_marks(following)[0])
        if name.base in DENSITIES and keys and keys <= self.tabled:
            return True
        return name.base in PROBABILITIES and is_event(bracket, self.is_variable) and not self._is_known(name.base)

    def density(self, name: Named, parts: Sequence[Node], k: int) -> tuple[Term, int] | None:
        r"""`p(x, y)`, `p(x \mid y)`; None where the name is something else."""
        key, below, rest = labelled(name)
        if key not in DENSITIES or k + 1 >= len(parts):
            return None
        bracket, after = atom_and_marks(parts[k + 1])
        if bracket.kind != "round" or not (keys := self.keys_in(bracket)) or not keys <= self.tabled:
            return None
        parameter = parameter_below(name.marks)
        family = f"_{written(parameter.node)}" if parameter is not None and parameter.base not in self.tabled else ""
        if (below or rest) and not family and not is_named_by(name.marks, bracket):
            raise Unread(f"{shown(key)} with an index", name.node.at, name.node.end)
        inside = bracket.parts[0]
        bars = [j for j, p in enumerate(inside.parts) if p.kind == "MID"] if inside.kind == "items" else []
        if len(bars) > 1:
            raise Unread("two bars in one probability", bracket.at, bracket.end)
        key = f"{'p' if self.laws else key}{family}"
        self.families.add(key)
        value = self.mass(key, self.value_places(keys))
        if bars:
            given = self.keys_in(Node("round", (Node("items", inside.parts[bars[0] + 1 :]),)))
            value = self.over(value, self.mass(key, self.value_places(given)))
        return self.marked(value, after, parts[k + 1]), k + 2

    def value_places(self, keys: Iterable[str]) -> dict[str, Term]:
        """The values that variables have."""
        return {key: self._value_of(key) for key in keys}

    def mass(self, letter: str, places: dict[str, Term]) -> Term:
        """The probability of some values: the table, summed over all other variables."""
        variables = self.variables_of_tables(letter)
        if len(variables) == 1:
            return entry(self._column(letter, variables[0]), places[variables[0]], ZERO)
        if len(variables) > 2:
            return self._of_many(letter, places)
        first, second = variables
        other = self._second(letter, first, second)
        if first in places:
            found = entry(self._column(letter, first), places[first], ZERO)
            return found * other(places[first], places[second]) if second in places else found
        k = INDEX.symbol(f"{shown(first)}'")
        body = entry(self._column(letter, first), k, ZERO) * other(k, places[second])
        return op.Sum(body, (k, ZERO, as_term(size(as_term(self.values_of(first)) - ONE))))

    def _column(self, letter: str, key: str) -> Term:
        return Probability[self.values_of(key), Positive].symbol(f"{shown(letter)}_{shown(key)}")

    def _second(self, letter: str, first: str, second: str) -> Callable[[Term, Term], Term]:
        """The probabilities of the second variable, by the first one unless they are independent."""
        said = any(f.covers([first, second]) for f in self.holding("independent", "iid"))
        if not said:
            self.choices.add("independent")
        if said or self.options.suppose == "independent":
            if not said:
                self.suppose(f"{shown(first)} and {shown(second)} are independent", "independent", [first, second])
            column = self._column(letter, second)
            return lambda _, j: entry(column, j, ZERO)
        kind = Stochastic[self.values_of(first), self.values_of(second), Positive]
        table = kind.symbol(f"{shown(letter)}_{shown(second)}_given_{shown(first)}")
        return lambda i, j: entry(table, i, j)

    def _of_many(self, letter: str, places: dict[str, Term]) -> Term:
        """Of three and more variables: the chances of each of them by the values of those before it, summed over the others.

        A table that is positive everywhere is one of these, and every value of p(z | x, y) is a row of its own.
        """
        variables = self.variables_of_tables(letter)
        said = any(f.covers(variables) for f in self.holding("independent", "iid"))
        if not said:
            self.choices.add("independent")
            if self.options.suppose == "independent":
                self.suppose(f"{listed(self.tabled)} are independent", "independent", self.tabled)
        if said or self.options.suppose == "independent":
            return reduce(lambda found, key: found * entry(self._column(letter, key), places[key], ZERO), sorted(places), ONE)
        needed = variables[: 1 + max(map(variables.index, places))]
        body, rows, row, missing = ONE, ONE, ZERO, []
        for key in needed:
            place = places.get(key)
            if place is None:
                place = INDEX.symbol(f"{shown(key)}'")
                missing.append((key, place))
            if key == needed[0]:
                body = entry(self._column(letter, key), place, ZERO)
            else:
                before = "_".join(map(shown, variables[: variables.index(key)]))
                kind = Stochastic[size(rows), self.values_of(key), Positive]
                body = body * entry(kind.symbol(f"{shown(letter)}_{shown(key)}_given_{before}"), row, place)
            rows, row = rows * as_term(self.values_of(key)), row * as_term(self.values_of(key)) + place
        for key, place in reversed(missing):
            body = op.Sum(body, (place, ZERO, as_term(size(as_term(self.values_of(key)) - ONE))))
        return body

    def variables_of_tables(self, letter: str) -> list[str]:
        """The variables of the mass functions of a letter, in a fixed order."""
        return [*self.laws] or self.scope.chance.variables(letter.partition("_")[0], self.scope.around)

    def keys_in(self, bracket: Node) -> set[str]:
        """The variables in a bracket."""
        return {*letters_of(bracket)} if self.laws else variables_of(bracket)

    # -- the variables ------------------------------------------------------------------------------------------

    def values_of(self, key: str) -> Size:
        """How many values a variable has."""
        return self.sizes.fresh(f"values {shown(key)}")

    def _value_of(self, key: str) -> Term:
        """The number of a value among all values of a variable."""
        bound = self.bound.get(key)
        if bound is not None:
            if bound.label != f"values {shown(key)}":
                raise Unread(f"{shown(key)} runs over numbers that are printed")
            return bound.symbol
        return self.running_index(key, self.values_of(key))

    def table_index(self, name: str) -> tuple[Term, Term, Term] | None:
        r"""The range of `\sum_x` where x is a variable of a mass function."""
        if name not in self.tabled:
            return None
        symbol, length = INDEX.symbol(name), self.values_of(name)
        self.bound[name] = Bound(symbol, ZERO, None, f"values {shown(name)}")
        return symbol, ZERO, as_term(size(as_term(length) - ONE))

    def symbol(self, key: str) -> Term:
        """The term of a key; a variable of a mass function stands for its value."""
        if key in self.masses or (key in CAPITAL and self._is_mass(key)):
            return self._column(key, self.variables_of_tables(key)[0])
        if key in self.tabled:
            return entry(Vector[self.values_of(key)].symbol(shown(key)), self._value_of(key), ZERO)
        return super().symbol(key)

    def _is_mass(self, key: str) -> bool:
        r"""Whether a capital alone is the mass function that the section speaks of: the P of `H(P) + D(P \| Q)`."""
        variables = [] if self.laws else self.variables_of_tables(key)
        known = self.scope.kind(key, old=False) is not None or self.scope.definition(key, old=False) is not None
        return self.scope.chance.entropic and len(variables) == 1 and not known and key not in self.bound

    def leave(self, sides: Iterable[Term | Unread]) -> None:
        """A mass function beside something that is none: a formula for it, which need not hold for every table."""
        listed = list(sides)
        super().leave(listed)
        if self.tabled and any(isinstance(s, Term) and s.free and not _has_table(s) for s in listed):
            self.doubt("a formula for a probability is no law of probabilities")
        if len({key.partition("_")[0] for key in self.families}) < len(self.families):  # p_\theta and p
            self.doubt("some laws of a line depend on a parameter, and others may do so, too")


def _base_of(node: Node) -> Node | None:
    r"""The 2 of `\log_2`, and an empty node for a logarithm without a base; None for anything else."""
    atom, marks = atom_and_marks(node)
    if atom.kind != "FUNC" or atom.text not in {"log", "log10"}:
        return None
    below = [script(m) for m in marks if m.kind == "below"]
    return below[0] if below else Node("EMPTY") if atom.text == "log" else Node("FUNC", (), atom.text)


def _has_table(side: Term) -> bool:
    return any(s.data[1].has("probability") or s.data[1].has("row stochastic") for s in side.free)
