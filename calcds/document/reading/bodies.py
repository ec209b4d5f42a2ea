r"""How the formula of a name is read: by itself, before the name has it, in the first reading that makes sense.

What other sections say of the names in it counts where it is needed, or where it gives a function its formula.

Imports: calcds.document, calcds.expr.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from calcds.document.reading.chains import Reading, read_chain
from calcds.document.reading.measuring import measure
from calcds.document.source.keys import labelled, subscripted
from calcds.document.source.latex import Node
from calcds.document.source.likelihoods import likelihoods_in
from calcds.document.source.names import (
    ALL,
    FUNCTIONS,
    has_arrays,
    names_in,
)
from calcds.document.source.options import Options
from calcds.document.source.raw import Unread
from calcds.document.words.labels import of_layers
from calcds.document.words.scope import Declared, Scope
from calcds.expr.term import Term


class Bodies:
    """The part of the definer that reads formulas."""

    scope: Scope

    def symbol_of(self, key: str) -> Term | Unread:
        """The term of a name."""
        base, _, below = key.removeprefix("square ").partition("_")
        name = Node("NAME", (), base)
        if below:
            name = Node("unit", (name, Node("below", (Node("NAME", (), below),))))
        return read_chain([name], [], self.scope, Options()).sides[0]

    def _reading(self, names: Sequence[Node], numbers: Sequence[str], running: Iterable[str]) -> Reading:
        """The first reading of a body that makes sense."""
        older = [options for options in self.older(names) if not options.former and not options.generic]
        tries = [Options(), *older, Options(kinds=False, evidence=False)]
        tries += [Options(old=True, kept=True)]
        tries += [Options(numbers=True)] if not any(map(has_arrays, names)) else []
        tries += [replace(options, depend="section") for options in (*older, Options())]
        tries += [replace(options, slash="product") for options in (Options(), *older)]  # `x^T A x / x^T x`
        tries = [replace(options, bars="") for options in tries]  # one meaning would hold from here on
        linked = [False] * (len(names) - 1)
        found: list[Reading] = []
        for options in tries:
            if options.depend and not any("depend" in r.choices for r in found):
                continue
            if options.slash == "product" and not any("slash" in r.choices for r in found):
                continue
            found.append(read_chain(names, linked, self.scope, options, numbers, running))
            if isinstance(found[-1].sides[0], Term):
                return self._better_known(found[-1], older, names, numbers, running)
        return found[0]

    def _better_known(self, first: Reading, older: Sequence[Options], names: Sequence[Node], numbers: Sequence[str],
                      running: Iterable[str]) -> Reading:  # fmt: skip
        r"""A reading in which more functions have a formula, from another section, where there is one.

        So it is with a function that depends on what it is said to take by formulas of other sections only: that of
        `\ell(\theta) = \sum_i y_i \log p_i + (1 - y_i) \log(1 - p_i)`, where p_i is a formula of `\theta`.
        """
        if first.options.old:
            return first
        absent = self._absent(first)
        for options in older if first.unknown or absent else ():
            for one in (options, replace(options, kept=True)) if absent and options.old else (options,):
                other = read_chain(names, [False] * (len(names) - 1), self.scope, one, numbers, running)
                if not isinstance(other.sides[0], Term):
                    continue
                if other.unknown < first.unknown or (other.unknown <= first.unknown and self._absent(other) < absent):
                    return other
        self.scope.see(first.options, first.sizes.settled)
        return first

    def _absent(self, reading: Reading) -> int:
        """How many of the parameters that stand behind a body do not stand in it, with everything put in."""
        body, *parameters = reading.sides
        if not isinstance(body, Term) or not parameters:
            return 0
        self.scope.see(reading.options, reading.sizes.settled)
        free = self.scope.expand(body, keep=[s for s in parameters if isinstance(s, Term)]).free
        return sum(isinstance(s, Term) and s.head == "sym" and s not in free for s in parameters)

    def older(self, nodes: Sequence[Node | Unread]) -> list[Options]:
        """Readings with, and without, what other sections say of the names in a chain."""
        keys = {subscripted(key, below) for node in nodes if isinstance(node, Node)
                for key, below, _ in map(labelled, names_in(node))}  # fmt: skip
        keys |= {key.split("_")[0] for key in keys}
        keys |= {f"all {one}" for key in keys for one in (key, key.removeprefix("bold "))}
        scope, found = self.scope, []
        keys |= of_layers(keys, scope.definitions)
        keys |= {square for key in keys if (square := f"square {key}") in scope.definitions}
        meanings = [d.section for k in keys if (d := scope.definitions.get(k))]
        meanings += [f.section for k in keys if (f := scope.functions.get(k)) and f.body is not None]
        meanings += [f.section for k in keys for f in scope.sharing(k, old=True)]
        bodies = [f.body for k in keys if (f := scope.functions.get(k)) and f.body is not None]
        bodies += [d.body for k in keys if (d := scope.definitions.get(k))]
        within = {name for body in bodies for s in body.free for name in (s.data[0], str(s.data[0]).removesuffix(ALL))}
        meanings += [d.section for d in scope.definitions.values() if d.symbol.data[0] in within]
        if not all(map(scope.is_here, meanings)):
            found.append(Options(old=True))
        if any(k in scope.kinds and not scope.is_here(scope.kinds[k].section) for k in keys):
            found.append(Options(kinds=False))
        if any(k in scope.former and scope.is_here(scope.former[k].section) for k in keys):
            found.append(Options(former=True))
        if any(k in FUNCTIONS and (f := scope.functions.get(k)) and f.body is not None for k in keys):
            found.append(Options(generic=True))
        return found

    def of_densities(self, nodes: Sequence[Node | Unread]) -> list[Options]:
        """The reading of a chain with the formulas that other sections have for its densities, where there are some."""
        found = [one for node in nodes if isinstance(node, Node) for _, _, one in likelihoods_in(node)]
        formulas = [f for one in found if (f := self.scope.functions.get(one.signature)) and f.body is not None]
        return [] if all(self.scope.is_here(f.section) for f in formulas) else [Options(old=True)]

    def remember(self, reading: Reading) -> None:
        """Keep what undeclared names were read as; less surely than what is declared."""
        for name, kind in reading.assumed.items():
            if any(
                str(s).startswith("|")
                for length in kind.sizes
                if isinstance(length, Term)
                for s in length.free
            ):
                continue  # what a sum over a set shows of x holds for this sum
            if name not in self.scope.kinds or self.scope.kinds[name].section != self.scope.section:
                self.scope.kinds[name] = Declared(kind, self.scope.section, certain=False)
        measure(reading, self.scope)
