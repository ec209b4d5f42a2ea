r"""Equations that are supposed, and the claims that may rest on them: "If $\pi_i p_{ij} = \pi_j p_{ji}$, then ...".

What is supposed is not put into a claim: it may be all that makes it true, and then the claim fails for other values and
is no mistake. So a claim in names of a supposition is not called wrong: in the same sentence one common name is enough;
"suppose" and "let" hold for the section, and tie all names they contain.

Imports: calcds.document.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from calcds.document.source.keys import labelled
from calcds.document.source.latex import Node
from calcds.document.source.names import names_in, shown
from calcds.document.source.raw import Unread

_LASTING = {"suppose", "assume", "assuming", "given", "such that", "subject to", "satisfy", "satisfies", "satisfying"}
_MOMENTARY = {"if", "when", "whenever", "s.t."}
_ORDERS = {"<": "<", "<=": "<", ">": ">", ">=": ">"}
_QUALIFIED = re.compile(
    r"[\s$)\\\]]*,?\s*(?:(?:holds?|is (?:true|valid)|valid|true)\s+)?"
    r"(?:(?:if|when|whenever|provided|as long as|unless|only for|only if|in case)\b"
    r"|(?:for|on|in|at)\b[^.;:]{0,60}?"
    r"\b(?:with|such that|satisfying|whose|where|of the form|orthogonal|perpendicular|outside|except|away)\b)"
)
_PROVIDED = re.compile(
    r"[\s$)\\\]]*,?\s*(?:(?:if|provided|as long as|unless|only|in case)\b"
    r"|when(?:ever)?\b[^.;:]{0,40}\b(?:digits?|round\w*|precision|comput\w+|arithmetic|modul\w+|count\w*|base|cut|truncat\w+))"
)


@dataclass(slots=True)
class Suppositions:
    """What is supposed at a place of a document: the names that equations tie."""

    here: list[frozenset[str]] = field(default_factory=list)  # in this sentence
    lasting: list[tuple[int, frozenset[str]]] = field(default_factory=list)  # by section
    orders: list[tuple[int, frozenset[str], Node]] = field(default_factory=list)

    def note(self, word: str, nodes: Iterable[Node | Unread], section: int) -> None:
        """An equation is supposed; the word before it says how long."""
        keys = keys_in(nodes)
        if word in _LASTING:
            self.lasting.append((section, keys))
        if word in _LASTING | _MOMENTARY:
            self.here.append(keys)

    def withdraw(self, nodes: Sequence[Node | Unread]) -> None:
        """An equation turned out to be a claim."""
        keys = keys_in(nodes)
        self.here = [found for found in self.here if found != keys]
        self.lasting = [one for one in self.lasting if one[1] != keys]

    def tie(self, nodes: Iterable[Node | Unread], section: int) -> None:
        """An equation is a condition on several names: what is said of all of them may rest on it."""
        keys = keys_in(nodes)
        if len(keys) > 1:
            self.lasting.append((section, keys))

    def state(self, nodes: Iterable[Node | Unread], section: int) -> None:
        """An equation for some values is stated as a fact: "since $y^2 = 1$"; what is said of y may rest on it."""
        self.lasting.append((section, keys_in(nodes)))

    def order(self, condition: Node, section: int) -> None:
        r"""An order between names is laid down: `L > \mu`."""
        self.orders.append((section, keys_in([condition]), condition))

    def orders_of(self, nodes: Sequence[Node | Unread], around: frozenset[int], behind: AbstractSet[str]) -> list[Node]:
        """The orders that are laid down between names of a claim, or names that stand in their formulas."""
        names = {*map(shown, keys_in(nodes)), *behind}
        here = [one for one in self.orders if one[0] in around]
        both = _told_apart([condition for _, _, condition in here])
        return [c for _, found, c in here if names.issuperset(map(shown, found)) and _pair_of(c) not in both]

    def end_sentence(self) -> None:
        """What was supposed for a sentence holds no longer."""
        self.here.clear()

    def reach(self, nodes: Sequence[Node | Unread], around: frozenset[int]) -> bool:
        """Whether a claim may rest on something that is supposed."""
        return bool(self.reaching(nodes, around))

    def reaching(self, nodes: Iterable[Node | Unread], around: frozenset[int]) -> set[frozenset[str]]:
        """The names of the equations that a claim may rest on, equation by equation."""
        keys = keys_in(nodes)
        tied = {found for section, found in self.lasting if section in around and found <= keys}
        return tied | {found for found in self.here if not keys.isdisjoint(found)}


def _told_apart(conditions: Iterable[Node]) -> set[tuple[str, str]]:
    """The pairs of sides of which a text takes one order and the other: cases that it tells apart, as $a > 0$ and $a < 0$."""
    signs: dict[tuple[str, str], set[str]] = {}
    for one in conditions:
        signs.setdefault(_pair_of(one), set()).update(_ORDERS.get(p.text, "") for p in one.parts[1::2])
    return {pair for pair, found in signs.items() if {"<", ">"} <= found}


def _pair_of(condition: Node) -> tuple[str, str]:
    """What stands left and right in an order; of other conditions nothing is told apart."""
    parts = condition.parts if condition.kind == "item" else ()
    ordered = len(parts) == 3 and parts[1].text in _ORDERS
    return (str(parts[0]), str(parts[2])) if ordered else ("", str(condition))


def keys_in(nodes: Iterable[Node | Unread]) -> frozenset[str]:
    """The names in some trees, without their indices."""
    return frozenset(labelled(n)[0] for node in nodes if isinstance(node, Node) for n in names_in(node))


def is_qualified(after: str, *, of_numbers: bool = False) -> bool:
    r"""Whether the words behind a formula restrict it: "$Hx = x$ for every $x$ with $v^T x = 0$".

    of_numbers: there are no names in it, which could be taken from anywhere; "$0.2 + 0.3 = 0.5$ when we count both"
    """
    return (_PROVIDED if of_numbers else _QUALIFIED).match(after) is not None
