r"""`P(A \mid B)`, `P(A \cup B)`, `P(A^c)`, `\Pr(X > 1)`: events are columns of zeros and ones over the outcomes.

Words are events, `P(\text{spam} \mid \text{free})`; so is the sign of a test, `P(D \mid +)`, where - is the complement of +.
What words mean is not known: a line with words is called wrong only if it is Bayes' rule for two of them.

P(A) = E[A], the intersection is the product, the complement 1 - A, and P(A | B) = P(A and B) / P(B), which is undefined
where P(B) = 0. Events that the text calls disjoint are made so: B becomes (1 - A) B. A family B_1, ..., B_n that is a
partition is a table with one 1 in every row.

Imports: calcds.document, calcds.expr.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce
from itertools import combinations

from calcds.document.chance.chances import Chances
from calcds.document.chance.eventlike import (
    SETS,
    event_key,
    events_in,
    is_capital,
    is_event,
    is_indexed,
    is_plain_set,
    word_key,
    words_in,
)
from calcds.document.chance.expecting import Variable, literal
from calcds.document.chance.parted import parted_in
from calcds.document.chance.stating import listed
from calcds.document.source.keys import index_nodes, labelled
from calcds.document.source.latex import Node
from calcds.document.source.likelihoods import items_of, likelihood_of
from calcds.document.source.names import (
    Named,
    atom_and_marks,
    named,
    opened,
    script,
    shown,
    text_of,
)
from calcds.document.source.raw import Unread
from calcds.document.words.randomness import BRACKETS, PROBABILITIES, full_of, operands
from calcds.expr import operators as op
from calcds.expr.kinds import Event, Kind, OneHotRows, closure
from calcds.expr.term import ONE, Shape, Size, Term, entry

_ZERO_ONE = closure(frozenset({"zero or one", "real"}))
_COMPLEMENT = {"c", "C", "complement", "∁"}
_CERTAIN = {"bb P", "Pr", "Prob"}


def _held(name: str, shape: Shape = (1, 1)) -> Term:
    """What stands for an event, or for the events of a family, until its outcomes take its place."""
    sizes = () if shape == (1, 1) else (shape[0],)
    return Kind("Event", shape, _ZERO_ONE, sizes).symbol(name)


class Events(Chances):
    """Probabilities of events."""

    events: frozenset[str] = frozenset()  # keys of the events of the chain
    plain_sets = False  # whether a probability of the chain is certainly one: then P is one everywhere in it
    parted: set[frozenset[str]]  # sets of events that may be all cases
    worded: set[str]  # keys of events that are words
    turned: set[tuple[str, str]]  # of one word given another one
    lettered = False  # whether a likelihood of small letters stands in the chain: its P(Y | X) is one, too
    joined = met = False  # whether a union is printed, and whether an intersection or a condition is

    def enter(self, nodes: Sequence[Node]) -> None:
        """Look over a chain before it is read: which events stand in it."""
        super().enter(nodes)
        found = [b for node in nodes for letter, _, b in operands(node) if letter in PROBABILITIES]
        self.plain_sets = any(map(is_plain_set, found))
        brackets = [b for b in found if is_event(b, self.is_variable) and not (self.lettered and items_of(b))]
        names = [n for bracket in brackets for n in events_in(bracket) if is_capital(n) and not self.is_variable(n)]
        families = {n.base for n in names if is_indexed(n)}
        self.events = frozenset(event_key(n) for n in names if not is_indexed(n))
        words = {word_key(word) for bracket in brackets for word in words_in(bracket)}
        self.worded = words - {"event_sign"}
        self.turned = {pair for bracket in brackets if (pair := _of_words(bracket))}
        self.events |= words
        self.cast |= self.events | families
        self.parted = {found & self.events for found in parted_in(brackets)} - {frozenset()}
        self.parted = {found for found in self.parted if len(found) > 1}

    def is_variable(self, name: Named) -> bool:
        """Whether a name is a random variable."""
        return self.scope.chance.is_random(full_of(name), self.scope.around)

    def probability(self, name: Named, parts: Sequence[Node], k: int) -> tuple[Term, int] | None:
        r"""`P(...)` with events in its brackets; None where the name is something else."""
        key, below, rest = labelled(name)
        if key not in PROBABILITIES or k + 1 >= len(parts):
            return None
        bracket, after = atom_and_marks(parts[k + 1])
        if bracket.kind not in BRACKETS or not is_event(bracket, self.is_variable) or self._is_known(key):
            return None
        if self.lettered and likelihood_of(name, bracket) is not None:
            return None
        if not self.scope.chance.spoken and key not in _CERTAIN and not self.plain_sets:
            return None
        if rest or below:
            raise Unread(f"{shown(key)} with an index", name.node.at, name.node.end)
        return self.marked(self._probability(bracket), after, parts[k + 1]), k + 2

    def _is_known(self, key: str) -> bool:
        function = self.scope.function(key, old=True)
        named_ = self.scope.kind(key, old=True) is not None or self.scope.definition(key, old=True) is not None
        return named_ or key in self.bound or (function is not None and function.body is not None)

    def _probability(self, bracket: Node) -> Term:
        inside = bracket.parts[0]
        items = list(inside.parts) if inside.kind == "items" else [inside]
        bars = [k for k, p in enumerate(items) if p.kind == "MID"]
        if len(bars) > 1:
            raise Unread("two bars in one probability", bracket.at, bracket.end)
        if not bars:
            return self._chance(self._all(items))
        self.met = True
        given, event = self._all(items[bars[0] + 1 :]), self._all(items[: bars[0]])
        return self.over(self._chance(event * given), self._chance(given))

    def _all(self, items: Sequence[Node]) -> Term:
        """Events with commas between them: all of them happen."""
        found = ONE
        self.met = self.met or len(items) > 1
        for part in items:
            if part.kind not in {"COMMA", "SEMI", "QUAD"}:
                found = found * self.event(part)
        return found

    def _chance(self, event: Term) -> Term:
        """The expectation of an event."""
        event = self._opened(event)
        held = sorted((s for s in event.free if s.data[1].word == "Event"), key=str)
        here = sorted((s for s in event.free if self.random_key(s) is not None), key=str)
        if any(not s.is_scalar for s in here):
            raise Unread("a condition on a random vector")
        self.used |= set(here)
        if not held and (found := self.by_joint_law(event, here)) is not None:
            return found
        if here and self.is_stated():
            self.doubt("what the text says of distributions does not tell this probability")
        if any(f.keys & self.events or not f.keys for f in self.holding("unclear")):
            self.doubt("the text says more of these events than was understood")
        return literal(event, [self._event_variable(s) for s in held] + [self._variable(s) for s in here])

    def _event_variable(self, s: Term) -> Variable:
        name = str(s.data[0])
        weights, length = self.outcomes(name if self.is_product() else "")
        if s.is_scalar:
            return Variable(s, Event[length].symbol(name), weights)
        if self._is_partition(name):
            return Variable(s, OneHotRows[length, s.shape[0]].symbol(name), weights)
        return Variable(s, Kind("Event", (length, s.shape[0]), _ZERO_ONE, (length, s.shape[0])).symbol(name), weights)

    # -- events -------------------------------------------------------------------------------------------------

    def event(self, node: Node) -> Term:
        """An event as a number: 1 where it happens, else 0."""
        node = opened(node)
        atom, marks = atom_and_marks(node)
        if node.kind == "item":
            return op.indicator(self.condition(node))
        if node.kind in {"TEXT", "EVENT"}:
            word = self._event_of(word_key(node))
            return ONE - word if node.kind == "EVENT" and node.text == "-" else word
        if node.kind == "product":
            return self._combination(node)
        name = named(node)
        if name is not None:
            return self._named_event(name)
        if atom.kind == "style" and atom.text == "bar" and not marks:
            return ONE - self.event(atom.parts[0])
        if atom.kind in {"round", "group"} and len(atom.parts) == 1:
            return self._marked_event(self.event(atom.parts[0]), marks, node)
        raise Unread("what is no event", node.at, node.end)

    def _combination(self, node: Node) -> Term:
        signs = {p.text for p in node.parts if p.kind == "MUL"}
        units = [p for p in node.parts if p.kind != "MUL"]
        if len(signs) > 1 or signs - SETS:
            raise Unread("an event without brackets between its signs", node.at, node.end)
        if units[0].kind == "FUNC" and units[0].text == "not" and len(units) == 2:
            return ONE - self.event(units[1])
        values: list[Term] = []
        k = 0
        while k < len(units):
            negated = units[k].kind == "FUNC" and units[k].text == "not"
            k += negated
            value = self.event(units[k])
            values.append(ONE - value if negated else value)
            k += 1
        self.joined, self.met = self.joined or signs == {"cup"}, self.met or signs != {"cup"}
        if not signs:
            self.doubt("letters side by side are read as an intersection")
        total = values[0]
        for value in values[1:]:
            if signs == {"cup"}:
                total = total + value - total * value
            else:
                total = total * (ONE - value if signs == {"setminus"} else value)
        return total

    def _named_event(self, name: Named) -> Term:
        base, marks = name.base, list(name.marks)
        complement = base.startswith("bar ")
        if complement:
            name = Named(base.removeprefix("bar "), name.marks, name.node)
        below = [m for m in marks if m.kind == "below"]
        if not is_capital(name) or self.is_variable(name):
            raise Unread(f"whether {shown(base)} is an event is not known", name.node.at, name.node.end)
        found = self._one_event(name, below)
        found = ONE - found if complement else found
        return self._marked_event(found, [m for m in marks if m.kind != "below"], name.node)

    def _one_event(self, name: Named, below: Sequence[Node]) -> Term:
        nodes = index_nodes(script(below[0])) if len(below) == 1 else None
        if is_indexed(name) and nodes is not None and len(nodes) == 1:
            length: Size = self.sizes.fresh(f"events {name.base}")
            return entry(_held(shown(name.base), (length, 1)), self._place(nodes[0], length, (name.base, 0)), 0)
        if len(below) > 1:
            raise Unread("two subscripts", name.node.at, name.node.end)
        return self._event_of(event_key(name))

    def _event_of(self, key: str) -> Term:
        if (cases := self._cases(key)) is not None:
            before = sorted(cases)[: sorted(cases).index(key)]
            last = len(before) == len(cases) - 1
            return reduce(lambda found, other: found * (ONE - _held(shown(other))), before, ONE if last else _held(shown(key)))
        found = _held(shown(key))
        for other in sorted(self.events):  # disjoint from those before it
            if other < key and self._are_disjoint({other, key}):
                found = found * (ONE - _held(shown(other)))
        return found

    def _marked_event(self, event: Term, marks: Sequence[Node], node: Node) -> Term:
        for mark in marks:
            said = text_of(script(mark)) if mark.kind == "above" else ""
            if mark.kind != "prime" and said.removeprefix("\\") not in _COMPLEMENT:
                raise Unread("a mark at an event", node.at, node.end)
            event = ONE - event
        return event

    def _are_disjoint(self, keys: frozenset[str] | set[str]) -> bool:
        facts = list(self.holding("disjoint", "partition"))
        if all(any(fact.covers(pair) for fact in facts) for pair in combinations(sorted(keys), 2)):
            return True
        if self.options.suppose == "disjoint":
            self.suppose(f"{' and '.join(shown(k) for k in sorted(keys))} are disjoint", "disjoint", keys)
        return self.options.suppose == "disjoint"

    def _cases(self, key: str) -> frozenset[str] | None:
        """The events, with this one, of which always exactly one happens."""
        sets = [found for found in self.parted if key in found]
        said = [found for found in sets if any(f.covers(found) for f in self.holding("partition"))]
        if said:
            return said[0]
        if sets:
            self.choices.add("partition")
        if self.options.suppose == "partition" and len(sets) == 1:
            self.suppose(f"{listed(sets[0])} are a partition", "partition", sets[0])
            return sets[0]
        return None

    def _is_partition(self, name: str) -> bool:
        if any(name in map(shown, f.keys) or not f.keys for f in self.holding("partition")):
            return True
        self.choices.add("partition")
        if self.options.suppose == "partition":
            self.suppose(f"the {name}_i are a partition", "partition", [name])
        return self.options.suppose == "partition"

    def leave(self, sides: Iterable[Term | Unread]) -> None:
        """P(A or B) = P(A) + P(B) may be meant of disjoint events, where no other sign says that they meet."""
        super().leave(sides)
        if self.joined and not self.met:
            self.choices.add("disjoint")
        if any(one & other for one, other in combinations(self.parted, 2)):
            self.doubt("which events are all cases there are is not said")
        if self.worded and not (len(self.worded) == 2 and len(self.turned) == 2):
            self.doubt("what the words of an event mean is not known")


def _of_words(bracket: Node) -> tuple[str, str] | None:
    r"""The words of `P(\text{spam} \mid \text{free})`."""
    inside = bracket.parts[0]
    words = [word_key(word) for word in words_in(bracket)]
    bar = inside.kind == "items" and len(inside.parts) == 3 and inside.parts[1].kind == "MID"
    return (words[0], words[1]) if bar and len(words) == 2 else None
