r"""Chains about derivatives of something of which nothing is said: with names for these derivatives, where nothing else helps.

    \frac{\partial J}{\partial W} = x^\top \delta          J has no formula, and nothing says how it depends on W: a definition
    \frac{\partial L}{\partial W} = \frac{\partial L}{\partial z} x^\top, \quad z = W x + b      a chain rule: it can be proved

A chain rule is a claim about every L, and is read as one (`calcds.document.reading.dependence`). What is left says what the
derivatives are, where the text goes on with them (`calcds.document.source.slopes`): of something that is differentiated in one
line only, it is said that its formula is missing.

Imports: calcds.document.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from itertools import pairwise

from calcds.document.pieces import EQUAL, Piece
from calcds.document.reading.chains import read_chain
from calcds.document.source.differentials import quotients
from calcds.document.source.differentiated import formula_of
from calcds.document.source.keys import full_key, labelled
from calcds.document.source.latex import Node
from calcds.document.source.names import ALL, SLOPE, Named, named, names_in, shown
from calcds.document.source.options import Options
from calcds.document.source.raw import Unread
from calcds.document.source.slopes import name_for, slopes_in, with_slopes, without_transpose
from calcds.document.words.abbreviations import Abbreviations
from calcds.document.words.depending import root_of
from calcds.document.words.heads import head_of
from calcds.document.words.scope import Declared, Scope
from calcds.expr.term import Term, subterms

Nodes = Sequence[Node | Unread]


@dataclass(slots=True)
class Adjoints:
    """Gives names to derivatives of what is not known."""

    scope: Scope
    abbreviations: Abbreviations
    equated: AbstractSet[str] = frozenset()  # names for which the document prints an equation, understood or not
    often: AbstractSet[str] = frozenset()  # names that are differentiated in more than one line
    derived: set[str] = field(default_factory=set)  # names with a formula that was found behind a derivative

    def named(self, nodes: Nodes) -> Nodes | None:
        """Sides with names for the derivatives of what has no formula; None where they have none, or are a chain rule."""
        pairs = [pair for node in nodes if isinstance(node, Node) for pair in slopes_in(node)]
        tops = {full_key(top) for top, _ in pairs if top.base in self.often - self.equated}
        if not tops or self._is_chain_rule(nodes):
            return None
        self._declare(pair for pair in pairs if full_key(pair[0]) in tops)
        return [with_slopes(node, tops) if isinstance(node, Node) else node for node in nodes]

    def look_ahead(self, pieces: Iterable[Piece]) -> None:
        """Learn which names have equations, so that their derivatives are claims, and which are differentiated again."""
        chains = ((piece, s.sides) for piece in pieces for s in piece.statements if any(o.relation in EQUAL for o in s.sides))
        lines = [[node for node in piece.nodes(sides) if isinstance(node, Node)] for piece, sides in chains]
        heads = [node for line in lines for node in line]
        counts = Counter(base for line in lines for base in {top.base for node in line for top, _ in slopes_in(node)})
        self.often = {base for base, count in counts.items() if count > 1}
        applied = [found[0] for node in heads if (found := head_of(node)) is not None]
        self.equated = {name.base for node in heads if (name := named(node)) is not None} | set(applied)

    def formula(self, nodes: Nodes) -> tuple[Node, Node] | None:
        """A name without an equation, and what a line says that it is, as it differentiates both by the same variable."""
        left, right = nodes[0], nodes[1] if len(nodes) > 1 else None
        found = formula_of(left, right) if isinstance(left, Node) and isinstance(right, Node) else None
        if found is None:
            return None
        key, known = full_key(found[0]), self.scope.has_meaning(full_key(found[0]))
        if found[0].base in self.equated or (known and key not in self.derived):
            return None
        self.derived.add(key)
        return found[0].node, found[1]

    def is_open(self, side: Node | Unread) -> bool:
        """Whether a side is a name for a derivative that has no formula yet."""
        name = named(side) if isinstance(side, Node) else None
        return name is not None and SLOPE in name.base and not self.scope.has_meaning(full_key(name))

    def leads(self, left: Node, right: Node) -> bool:
        """Whether a side is made of other derivatives of the same thing than the one that the other side names.

        From one derivative to another leads a chain rule, which is a claim whether it is understood or not.
        """
        name = named(left)
        beginning = f"{shown(name.base).partition('/')[0]}/" if name is not None else ""
        names = {(labelled(n)[0], full_key(n)) for n in names_in(right)}
        keys = {key for base, full in names for key in (full, base, f"all {base}")}
        bodies = [d.body for key in keys if (d := self.scope.definition(key, old=True)) is not None]
        parts = [t for body in bodies for t in subterms(self.scope.expand(body))]
        functions = {t.data.name for t in parts if t.head == "apply" and t.data.body is None}
        slopes = {str(t.data[0]) for t in parts if t.head == "sym"} | {shown(full) for _, full in names}
        return any(f"d{one}/" == beginning for one in functions) or any(one.startswith(beginning) for one in slopes)

    def _is_chain_rule(self, nodes: Nodes) -> bool:
        """Whether derivatives of one thing stand on both sides of a chain, those for which it has names among them."""
        full = self.abbreviations.written_out(nodes, self.scope.bolds) or nodes
        sides = [{full_key(top) for top, _ in quotients(node)} for node in full if isinstance(node, Node)]
        return any(one & other for one, other in pairwise(sides))

    def _declare(self, pairs: Iterable[tuple[Named, Named]]) -> None:
        """A derivative by an array has its shape, and one by an entry is an entry of that by the array."""
        for top, bottom in pairs:
            found = read_chain([without_transpose(bottom)], [], self.scope, Options(old=True)).sides[0]
            root = root_of(found) if isinstance(found, Term) else None
            name = named(name_for(top, bottom))
            if root is None or root.is_scalar or name is None:
                continue
            key = labelled(name)[0] if found is not root else full_key(name)
            key = f"all {key}" if str(root.data[0]).endswith(ALL) else key
            self.scope.kinds.setdefault(key, Declared(root.data[1], self.scope.section, certain=False))


__all__ = ["Adjoints"]
