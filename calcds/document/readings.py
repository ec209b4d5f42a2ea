r"""The readings of a chain of equalities, the likeliest first.

A chain is read as the text before it says; then with what other sections say, with letters as numbers or as vectors, with
short names written out, with names as functions of others. The last ones are made only where no other made sense.

Imports: calcds.document, calcds.expr.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product

from calcds.document.following.iterating import Iterations
from calcds.document.reading.chains import Reading, alternatives, read_chain
from calcds.document.reading.defining import Definer
from calcds.document.reading.remainders import Remainder
from calcds.document.source.differentials import under_nabla
from calcds.document.source.keys import full_key
from calcds.document.source.latex import Node, walk
from calcds.document.source.names import has_arrays, names_in
from calcds.document.source.options import Options
from calcds.document.source.raw import Unread
from calcds.document.source.statements import Statement
from calcds.document.weighing.expansions import is_generic, ways_up_to
from calcds.document.words.abbreviations import Abbreviations
from calcds.document.words.notes import Orders, Pending
from calcds.document.words.scope import Scope
from calcds.document.words.sentences import Beside
from calcds.document.words.shapes import ENTRYWISE
from calcds.document.words.supposing import Suppositions, keys_in


@dataclass(slots=True)
class ChainReader:
    """Reads chains in the light of what the text says around them."""

    scope: Scope
    definer: Definer
    supposed: Suppositions
    abbreviations: Abbreviations
    iterations: Iterations
    beside: Beside
    orders: Orders
    far: bool = False  # the words around the chain speak of what grows, or is random

    def readings(self, nodes: Sequence[Node | Unread], linked: Sequence[bool], statement: Statement,
                 pending: Pending) -> Iterator[Reading]:  # fmt: skip
        """The readings of a chain, the likeliest first; the last ones only where some pair was not read in any other."""
        beside = (*self.beside.conditions.get(id(statement), ()), *pending.where, *self._assumed(nodes))
        behind = self.scope.behind(keys_in(nodes))
        beside += tuple(o for o in self.supposed.orders_of(nodes, self.scope.around, behind) if o not in beside)
        explained = self.beside.explained.get(id(statement), ())

        same = len(nodes) == len(statement.sides)  # they are no entries of its sides
        relations = [side.relation for side in statement.sides] if same else ["="] * len(nodes)
        for sides, up_to in ways_up_to(nodes, relations, far=self.far):
            yield from self._up_to(sides, up_to, linked, beside, explained)

    def _up_to(self, nodes: Sequence[Node | Unread], up_to: Sequence[Remainder | None], linked: Sequence[bool],
               beside: Sequence[Node], explained: Sequence[Node]) -> Iterator[Reading]:  # fmt: skip
        """The readings of a chain of which the sides agree up to some powers."""
        found: list[Reading] = []

        def made(options: Options, more: Sequence[Node] = ()) -> Reading:
            conditions = (*beside, *more)
            found.append(read_chain(nodes, linked, self.scope, options, conditions=conditions, remainders=up_to))
            return found[-1]

        older = self.definer.older(nodes)  # before what this chain defines
        older += [one for one in self.definer.of_densities(nodes) if one not in older]
        for options in (Options(), *older):
            if up_to and options.old and is_generic(found[0]):
                continue  # an expansion of any function is about no function of another section
            yield (other := made(options))
            yield from map(made, alternatives(other))
        if explained:
            yield made(Options(), explained)
        if not _reads(found, linked):
            yield made(Options(sure=True))
        if not _reads(found, linked):
            yield made(Options(kinds=False, evidence=False))
        if not _reads(found, linked):
            yield made(Options(old=True, kept=True))
        now = [one for one in found if not one.options.former]
        settled = _reads(now, linked) and (_reads(found, linked, sure=True) or self._defines_arrays(nodes))
        settled = settled and not any("bars" in r.choices for r in now)  # |x| is mostly of numbers
        if not settled and (not any(map(has_arrays, nodes)) or self._of_several_numbers(nodes)):
            yield (plain := made(Options(numbers=True)))
            if plain.unknown and any(options.old for options in older):
                yield made(Options(numbers=True, old=True))  # a function of another section
            if any(options.generic for options in older) and not _reads(found, linked) and not _of_gradients(nodes):
                yield made(Options(numbers=True, generic=True))  # any f(x), after an example f(x, y)
        if not _reads(found, linked):
            yield made(Options(sizes=False))
        if not _reads(found, linked) and (written := self.iterations.written_out(nodes, self.scope.around)) is not None:
            nodes = written
            yield made(Options())
            return
        chains = [nodes]
        if (full := self.abbreviations.written_out(nodes, self.scope.bolds)) is not None:
            chains.append(full)
            nodes = full
            yield from (made(replace(options, depend="section")) for options in (Options(old=True), Options()))
        for chain in chains if any("depend" in r.choices for r in found) else ():
            nodes, any_read = chain, _reads(found, linked)  # `made` reads them
            for options, where in product((Options(), *(older or [Options(old=True)])), ("section", "chain")):
                if not any_read:
                    yield (other := made(replace(options, depend=where)))
                    yield from map(made, alternatives(other))

    def _of_several_numbers(self, nodes: Sequence[Node | Unread]) -> bool:
        r"""Whether a chain is about the `\nabla f` of functions of several numbers, whatever the letters are elsewhere."""
        known = [self.scope.last_function(full_key(f), old=False) for node in nodes if isinstance(node, Node)
                 for f in under_nabla(node)]  # fmt: skip
        plain = all(f is not None and len(f.parameters) > 1 and all(p.is_scalar for p in f.parameters) for f in known)
        return bool(known) and plain

    def _defines_arrays(self, nodes: Sequence[Node | Unread]) -> bool:
        """Whether a name of a chain has a formula that is a vector or a matrix, which it would lose as a number."""
        found = (self.scope.definition(key, old=True) for key in keys_in(nodes))
        return any(one is not None and not one.symbol.is_scalar for one in found)

    def _assumed(self, nodes: Sequence[Node | Unread]) -> list[Node]:
        """Assumptions of annotations that are about names of a chain."""
        keys = {full_key(n) for node in nodes if isinstance(node, Node) for n in names_in(node)}
        return [one for one in self.orders.lasting if any(full_key(n) in keys for n in names_in(one))]


def _of_gradients(nodes: Sequence[Node | Unread]) -> bool:
    r"""Whether a chain has a gradient: its `x` is no number, of which `\nabla f(x) u` would be the `f'(x) u` that it is not."""
    return any(n.kind == "NABLA" for node in nodes if isinstance(node, Node) for n in walk(node))


def _reads(found: Sequence[Reading], linked: Sequence[bool], *, sure: bool = False) -> bool:
    """Whether every pair was read in some way; sure: in one that does not guess that something happens to every entry."""
    able = [r for r in found if not (sure and any(ENTRYWISE in doubt for doubt in itertools.chain(r.doubts, *r.side_doubts)))]
    return all(any(r.pair(i) is not None for r in able) for i in range(len(linked)) if linked[i])
