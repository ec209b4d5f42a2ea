r"""Steps of an iteration by hand: after `x_{k+1} = x_k - \eta f'(x_k)` and `x_0 = 3`, the line `x_1 = 2.4` is a claim.

A section that says a sequence by a recursion computes its first members. Each of them is compared with what the recursion
makes of the members that were printed before it, which are put into its tree; what decides is the same as for any claim.
Members that were rounded carry their error on, so a step that rests on one of them is never called wrong.

So is `y_n = x_n + \frac12 x_{n-1}`, where the members of x are printed, and `h_n = 2^{-n}`: `h_3 = 1/8` is a claim,
which is never called wrong.

A section that compares methods says several recursions for one letter, each in a part with a heading of its own:

    **Gradient descent.** \theta_{k+1} = 0.8 \theta_k, \quad \theta_1 = 1.6     from the \theta_0 = 2 before it
    **Momentum.** \theta_{k+1} = \theta_k - \eta m_{k+1}, \quad m_1 = 4, \quad \theta_1 = 1.6
    **Adagrad** divides by a root: \theta_1 = 1.9                             it prints no recursion, and follows none

The newest recursion replaces the older one and begins with the same first member, where no other is printed; a part that begins
with the members anew and says no recursion follows none of those before it.

Imports: calcds.document.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from calcds.document.source.arithmetic import value_of
from calcds.document.source.keys import labelled
from calcds.document.source.latex import Node, walk
from calcds.document.source.members import member_of, put
from calcds.document.source.names import named, names_in, script
from calcds.document.source.raw import Unread
from calcds.document.words.harvest import RUNNING


@dataclass(frozen=True, slots=True)
class Recursion:
    """`x_{k+1} = body`: the letter k, and what is added to it on the left.

    explicit: the body has no other member of the same sequence
    """

    letter: str
    ahead: int
    body: Node
    section: int
    line: int
    part: int = 0
    explicit: bool = False


@dataclass(frozen=True, slots=True)
class Member:
    """The printed value of `x_2`, and whether it is the value itself and not a rounded one."""

    value: Node
    exact: bool
    section: int


@dataclass(frozen=True, slots=True)
class Step:
    """What a recursion makes of the members before one.

    exact: none of these was rounded
    followed: one of them was seen to be what the recursion gives, so that they are members and no coordinates
    """

    key: str
    number: int
    value: Node
    exact: bool
    line: int
    followed: bool


@dataclass(slots=True)
class Iterations:
    """The recursions of a document and the members of them that are printed, by the name of the sequence."""

    recursions: dict[str, Recursion] = field(default_factory=dict)
    members: dict[tuple[str, int], Member] = field(default_factory=dict)
    followed: set[str] = field(default_factory=set)
    part: int = 0  # what stands below one heading in a section

    def say(self, node: Node, body: Node, section: int, line: int) -> bool:
        """An equation may be a recursion: then its sequence begins anew. Whether it replaces another one of its section."""
        found = _letter_of(node)
        if found is None:
            return False
        key, letter, ahead = found
        if key not in {labelled(n)[0] for n in names_in(body)}:
            if not ahead and key not in self.recursions and _is_explicit(body, letter):
                self.recursions[key] = Recursion(letter, 0, body, section, line, self.part, explicit=True)
            return False
        before = self.recursions.get(key)
        self.recursions[key] = Recursion(letter, ahead, body, section, line, self.part)
        self.followed.discard(key)
        first = {number: one for (name, number), one in self.members.items() if name == key and number < max(1, ahead)}
        self._forget(key)
        self.members |= {(key, number): one for number, one in first.items() if one.section == section}
        return before is not None and before.section == section and before.part != self.part

    def _forget(self, key: str) -> None:
        """The members of a sequence were those of another method, or example."""
        for one in [one for one in self.members if one[0] == key]:
            del self.members[one]

    def print(self, node: Node, value: Node, section: int, *, exact: bool) -> None:
        """A member is printed with its value; one with a smaller number than all before begins anew."""
        found = number_of(node)
        if found is None:
            return
        key, number = found
        if all(number <= other for name, other in self.members if name == key):
            self._forget(key)
        self.members[key, number] = Member(value, exact, section)

    def written_out(self, nodes: Sequence[Node | Unread], around: AbstractSet[int]) -> list[Node | Unread] | None:
        r"""Sides with the formulas of sequences in infinite sums, `\sum_{n=0}^\infty h_n`; None where there are none."""
        known = {key: one for key, one in self.recursions.items() if one.explicit and one.section in around}
        if not known or not any(isinstance(n, Node) and _is_infinite(n) for n in nodes):
            return None
        found = [_with_formulas(n, known) if isinstance(n, Node) and _is_infinite(n) else n for n in nodes]
        return found if any(a is not b for a, b in zip(found, nodes, strict=True)) else None

    def step(self, node: Node, section: int, around: AbstractSet[int]) -> Step | None:
        """The value that its recursion gives to a member; None where that, or a member before it, is not said here.

        around: this section and those it is part of, of which one may say the recursion
        """
        found = number_of(node)
        recursion = self.recursions.get(found[0]) if found is not None else None
        if found is None or recursion is None or recursion.section not in {section, *around}:
            return None
        key, number = found
        later = any(name == key and other >= number for name, other in self.members)
        if recursion.part != self.part and later:
            del self.recursions[key]  # another method begins
            return None
        place = number - recursion.ahead
        if place < 0:
            return None
        try:
            body = put(recursion.body, recursion.letter, place)
        except Unread:
            return None  # a member before the first one
        numbers = {one for n in names_in(body) if (one := _number(n.node)) is not None}
        used = {one for one in numbers if recursion.explicit or one[0] in self.recursions}
        here = {one: self.members[one] for one in used if one in self.members and self.members[one].section == section}
        if (not used and not recursion.explicit) or len(here) < len(used):
            return None
        value = _with_members(body, {one: member.value for one, member in here.items()})
        followed = key in self.followed and not recursion.explicit  # other values of the first members are another example
        return Step(key, number, value, all(member.exact for member in here.values()), recursion.line, followed)


def _is_explicit(body: Node, letter: str) -> bool:
    """Whether a formula computes with the index, or with members of others that are apart: `x_n + x_{n-1}`."""
    members = [m for node in walk(body) if (m := member_of(node)) is not None]
    plain = {*_outside(body)}
    shifted = len({m.offset for m in members if m.letter == letter}) > 1 and all(m.letter == letter for m in members)
    return (letter in plain and not members) or (shifted and not plain)


def _outside(node: Node) -> Iterator[str]:
    """The letters of a formula that stand in no index."""
    if node.kind == "NAME":
        yield node.text
    for part in node.parts if node.kind != "below" and member_of(node) is None else ():
        yield from _outside(part)


def _is_infinite(node: Node) -> bool:
    r"""Whether a sum up to \infty stands in a side."""
    tops = (p for n in walk(node) if n.kind == "unit" and n.parts[0].kind == "BIGOP" for p in n.parts[1:] if p.kind == "above")
    return any(script(top).text in {"oo", "infty", "\\infty"} for top in tops)


def _with_formulas(node: Node, known: dict[str, Recursion]) -> Node:
    """A tree with formulas in the place of `h_n`, where they are about h_n and about no other of its sequence."""
    member = member_of(node)
    one = known.get(member.key) if member is not None else None
    if member is not None and one is not None and member.letter and not member.offset:
        body = _renamed(one.body, one.letter, member.letter)
        value = Node("round", (Node("items", (body,), "", node.at, node.end),), "", node.at, node.end)
        return Node("unit", (value, *member.rest), "", node.at, node.end) if member.rest else value
    return node.holding(tuple(_with_formulas(p, known) for p in node.parts))


def _renamed(node: Node, old: str, new: str) -> Node:
    if node.kind == "NAME" and node.text == old:
        return Node("NAME", (), new, node.at, node.end)
    return node.holding(tuple(_renamed(p, old, new) for p in node.parts))


def number_of(node: Node) -> tuple[str, int] | None:
    """The x and 2 of `x_2`, which is all of a side."""
    return _number(node) if named(node) is not None else None


def _number(node: Node) -> tuple[str, int] | None:
    found = named(node)
    key, below, rest = labelled(found) if found is not None else ("", [], ())
    if len(below) != 1 or any(m.kind != "above" for m in rest):
        return None
    inside = script(below[0])
    return (key, int(inside.text)) if inside.kind == "NUMBER" and inside.text.isdecimal() else None


def _letter_of(node: Node) -> tuple[str, str, int] | None:
    """The x, k and 1 of `x_{k+1}`."""
    found = named(node)
    key, below, rest = labelled(found) if found is not None else ("", [], ())
    if len(below) != 1 or rest:
        return None
    inside = script(below[0])
    letters = [n.base for n in names_in(inside) if not n.marks and n.base in RUNNING]
    ahead = value_of(inside, Node("NAME", (), letters[0]), 0) if len(letters) == 1 else None
    return (key, letters[0], int(ahead)) if ahead is not None and ahead.denominator == 1 and 0 <= ahead <= 2 else None


def _with_members(node: Node, values: dict[tuple[str, int], Node]) -> Node:
    """A tree with the printed values in the place of the members of its sequences."""
    one = _number(node) if node.kind in {"unit", "NAME"} else None
    if one in values:
        found = named(node)
        assert found is not None  # it has a number
        marks = tuple(m for m in found.marks if m.kind == "above")
        value = Node("group", (values[one],), "", node.at, node.end)
        return Node("unit", (value, *marks), "", node.at, node.end) if marks else value
    return node.holding(tuple(_with_members(p, values) for p in node.parts))


__all__ = ["Iterations", "Step", "number_of"]
