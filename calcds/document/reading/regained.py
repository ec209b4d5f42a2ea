r"""Formulas that names have again, behind a case, the numbers of an example, or a part of a section about one number.

    L = -\sum_k y_k \log p_k,  "if the class is 1, L = -\log p_1"     a line with y in it is about the general L again
    p = \sigma(z),  "for p = 0.1"                                     the p of \partial E / \partial z is a function of z again
    f(x, y) = x^2 y,  f(u, v) = u^2 + 3v,  \nabla f(x, y)      in a third section: f is the function of x and y again
    p = \sigma(z),  L = -y \log p - (1 - y) \log(1 - p)               a formula for numbers: so p and z are numbers here

What a case leaves out must stand in the general formula, and a name regains its formula only while such a line is read. A line
that could be about either is about the later one.

Imports: calcds.document, calcds.expr.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import pairwise

from calcds.document.reading.chains import Reading, read_chain
from calcds.document.source.differentials import quotients
from calcds.document.source.keys import full_key, labelled
from calcds.document.source.latex import Node, walk
from calcds.document.source.names import ALL, has_names, letter_of, names_in, shown
from calcds.document.source.options import Options
from calcds.document.source.raw import Unread
from calcds.document.words.heads import head_of, key_of
from calcds.document.words.scope import Declared, Definition, Function, Scope, put_back
from calcds.expr.term import Term


@dataclass(frozen=True, slots=True)
class Kept:
    """What is known of a name when a sentence gives it a value that ends with the sentence."""

    key: str
    definition: Definition | None
    function: Function | None
    value: tuple[Term, Term, int] | None
    kind: Declared | None
    opaque: int | None

    @classmethod
    def of(cls, key: str, scope: Scope) -> Kept:
        """What a scope knows of a name."""
        named = scope.definitions.get(key), scope.functions.get(key), scope.values.get(key), scope.kinds.get(key)
        return cls(key, *named, scope.opaque.get(shown(key)))

    def put_back(self, scope: Scope) -> None:
        """It is known again. What was not declared for certain may have been learnt in the sentence, and stays."""
        put_back(scope.values, self.key, self.value)
        put_back(scope.definitions, self.key, self.definition)
        put_back(scope.functions, self.key, self.function)
        put_back(scope.opaque, shown(self.key), self.opaque)
        if self.kind is not None and self.kind.certain:
            scope.kinds[self.key] = self.kind


class Regained:
    """The part of the definer that remembers formulas."""

    scope: Scope
    specialised: dict[str, tuple[Definition, set[str]]]
    aside: dict[str, list[Function]]
    behind: dict[str, Definition]
    equations: dict[str, tuple[int, Node, int]]

    def specialise(self, node: Node, value: Term) -> None:
        """A name has another formula in a case, with fewer letters; with these it has the general one still."""
        key = key_of(node)
        known = self.scope.definition(key, old=False) if key is not None else None
        if key is None or known is None:
            return
        left, right = self.scope.expand(known.body).free, self.scope.expand(value).free
        if right and right < left:
            self.specialised[key] = known, {letter_of(str(s.data[0]).removesuffix(ALL)) for s in left - right}

    def generalise(self, nodes: Iterable[Node | Unread]) -> None:
        """A line with a letter that a case of a formula has not is about the formula itself."""
        keys = {full_key(n) for node in nodes if isinstance(node, Node) for n in names_in(node)} if self.specialised else set()
        letters = {letter_of(key) for key in keys}
        for key in sorted(keys & {*self.specialised}):
            known, others = self.specialised[key]
            if self.scope.is_here(known.section) and not letters.isdisjoint(others):
                self.scope.definitions[key] = known
                self.scope.values.pop(key, None)
                del self.specialised[key]

    def put_aside(self, key: str, letters: tuple[str, ...]) -> None:
        """A function gets a formula in other letters: the one of another section is kept."""
        known = self.scope.functions.get(key)
        if known is not None and known.body is not None and not self.scope.is_here(known.section) and known.keys != letters:
            self.aside[key] = [one for one in self.aside.get(key, ()) if one.keys != known.keys] + [known]

    def take_up(self, nodes: Iterable[Node | Unread]) -> None:
        """A function that is printed with the letters of an older formula, and not with those of its last one, has that one.

        Both formulas stand in other sections than the line.
        """
        if not self.aside:
            return
        products = (n for node in nodes if isinstance(node, Node) for n in walk(node) if n.kind == "product")
        for head in (found for n in products for pair in pairwise(n.parts) if (found := head_of(n.holding(pair))) is not None):
            letters, now = tuple(key_of(n) or "" for n in head[1]), self.scope.functions.get(head[0])
            older = next((one for one in self.aside.get(head[0], ()) if one.keys == letters), None)
            elsewhere = now is not None and now.keys != letters and not self.scope.is_here(now.section)
            if older is not None and elsewhere and len(letters) > 1:
                self.put_aside(head[0], letters)
                self.scope.functions[head[0]] = older

    def put_behind(self, key: str) -> None:
        """The formula of a name is kept, should it get numbers now."""
        formula = self.scope.definitions.get(key)
        if formula is not None and formula.body.free and self.scope.is_here(formula.section):
            self.behind[key] = formula

    @contextmanager
    def with_formulas(self, nodes: Sequence[Node | Unread]) -> Iterator[None]:
        r"""Names have their formulas while a derivative by what these depend on is compared with a formula.

        After `p = \sigma(z)` and "for $p = 0.1$ the loss is ...", the p of `\frac{\partial E}{\partial z} = (p - y) p (1 - p)`
        is the function of z again.
        """
        trees = [node for node in nodes if isinstance(node, Node)]
        by = {labelled(bottom)[0] for tree in trees for _, bottom in quotients(tree)} if self.behind else set()
        table, put = self.scope.table(), dict[str, Definition]()
        if by and all(has_names(tree) for tree in trees):
            used = {key for tree in trees for n in names_in(tree) for key in (full_key(n), labelled(n)[0])}
            used |= self.scope.behind(used)
            for key, formula in self.behind.items():
                free = {str(s.data[0]).removesuffix(ALL) for s in self.scope.expand(formula.body).free | formula.body.free}
                hidden = key in used and key in self.scope.values and formula.symbol not in table
                if hidden and self.scope.is_here(formula.section) and not free.isdisjoint(map(shown, by)):
                    put[key] = formula
        self.scope.definitions |= put
        try:
            yield
        finally:
            for key, formula in put.items():
                if self.scope.definitions.get(key) is formula:
                    del self.scope.definitions[key]

    def as_numbers(self, body: Node, reading: Reading) -> None:
        r"""A formula that is read with numbers only shows that what it is made of are numbers, where it can be.

        `p = \sigma(z)`, `L = -y \log p - (1 - y) \log(1 - p)` in a part of a section in which z is a vector: of one output both
        are numbers. It is so with names that got their formulas in this part itself.
        """
        for key in dict.fromkeys(full_key(n) for n in names_in(body)) if reading.options.numbers else ():
            known = self.scope.definitions.get(key)
            section, formula, at = self.equations.get(key, (-1, body, -1))
            if known is None or known.symbol.is_scalar or known.section != self.scope.section or section != known.section:
                continue
            tried = (replace(options, numbers=True) for options in (Options(), *self.older([formula])))
            again = min((read_chain([formula], [], self.scope, one) for one in tried), key=lambda r: len(r.unknown))
            value = again.sides[0]
            if isinstance(value, Term) and value.is_scalar and value.free and known.at == at:
                self.scope.define(key, value, at)
                self.as_numbers(formula, again)

    def is_of_a_section_around(self, node: Node, body: Node) -> bool:
        """Whether a name has its formula from the section around, and one in its new formula has a new meaning since."""
        key = key_of(node)
        known = self.scope.definition(key, old=False) if key is not None else None
        if known is None or known.section == self.scope.section:
            return False
        others = {*map(full_key, names_in(body))}
        return any(d.section == self.scope.section for one in others if (d := self.scope.definitions.get(one)) is not None)

    def older(self, nodes: Sequence[Node | Unread]) -> list[Options]:
        """Readings with, and without, what other sections say of the names in a chain."""
        raise NotImplementedError  # pragma: no cover
