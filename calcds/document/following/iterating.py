r"""Steps of an iteration by hand: after `x_{k+1} = x_k - \eta f'(x_k)` and `x_0 = 3`, the line `x_1 = 2.4` is a claim.

A section that says a sequence by a recursion computes its first members. Each of them is compared with what the recursion
makes of the members that were printed before it, which are put into its tree; what decides is the same as for any claim.
Members that were rounded carry their error on, so a step that rests on one of them is never called wrong.

So is `y_n = x_n + \frac12 x_{n-1}`, where the members of x are printed, and `h_n = 2^{-n}`: `h_3 = 1/8` is a claim,
which is never called wrong. A formula like `g_k = \nabla f(w_k)` may stand in an earlier section, and its members need not be
printed: the formula stands for those that are not. Nothing is called wrong that rests on it, or on a member that another
section prints.

A section that compares methods says several recursions for one letter, each in a part with a heading of its own:

    **Gradient descent.** \theta_{k+1} = 0.8 \theta_k, \quad \theta_1 = 1.6     from the \theta_0 = 2 before it
    **Momentum.** \theta_{k+1} = \theta_k - \eta m_{k+1}, \quad m_1 = 4, \quad \theta_1 = 1.6
    **Adagrad** divides by a root: \theta_1 = 1.9                             it prints no recursion, and follows none

The newest recursion replaces the older one and begins with the same first member, where no other is printed; a part that begins
with the members anew and says no recursion follows none of those before it.

Imports: calcds.document.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace

from calcds.document.source.arithmetic import value_of
from calcds.document.source.keys import labelled
from calcds.document.source.latex import Node, walk
from calcds.document.source.members import member_of, put
from calcds.document.source.names import named, names_in, script
from calcds.document.source.raw import Unread
from calcds.document.words.heads import RUNNING

_DEEP = 3  # formulas in formulas
_FORMER = 2  # recursions of a sequence before the newest one


@dataclass(frozen=True, slots=True)
class Recursion:
    r"""`x_{k+1} = body`: the letter k, and what is added to it on the left.

    explicit: the body has no other member of the same sequence
    pointwise: and it is a function of members with the same index, `g_k = \nabla f(w_k)`
    """

    letter: str
    ahead: int
    body: Node
    section: int
    line: int
    part: int = 0
    explicit: bool = False
    pointwise: bool = False


@dataclass(frozen=True, slots=True)
class Member:
    """The printed value of `x_2`, and whether it is the value itself and not a rounded one."""

    value: Node
    exact: bool
    section: int


@dataclass(frozen=True, slots=True)
class Step:
    """What a recursion makes of the members before one.

    body: the recursion with the number in the place of its index
    members: the values that are put into it
    exact: none of these was rounded
    followed: one of them was seen to be what the recursion gives, so that they are members and no coordinates
    here: all that was put in was said in this section
    """

    key: str
    number: int
    body: Node
    members: Mapping[tuple[str, int], Node]
    exact: bool
    line: int
    followed: bool
    here: bool = True

    @property
    def value(self) -> Node:
        """The recursion with the members before one put in."""
        return with_members(self.body, self.members)


@dataclass(slots=True)
class Iterations:
    """The recursions of a document and the members of them that are printed, by the name of the sequence."""

    recursions: dict[str, Recursion] = field(default_factory=dict)
    members: dict[tuple[str, int], Member] = field(default_factory=dict)
    followed: set[str] = field(default_factory=set)
    former: dict[str, list[Recursion]] = field(default_factory=dict)  # that were replaced, by the name of the sequence
    part: int = 0  # what stands below one heading in a section

    def say(self, node: Node, body: Node, section: int, line: int) -> bool:
        """An equation may be a recursion: then its sequence begins anew. Whether it replaces another one of its section."""
        found = _letter_of(node)
        if found is None:
            return False
        key, letter, ahead = found
        if key not in {labelled(n)[0] for n in names_in(body)}:
            known = self.recursions.get(key)
            pointwise = _is_pointwise(body, letter)
            if not ahead and (known is None or known.pointwise) and (pointwise or _is_explicit(body, letter)):
                explicit = Recursion(letter, 0, body, section, line, self.part, explicit=True, pointwise=pointwise)
                self.recursions[key] = explicit
            return False
        before = self.recursions.get(key)
        if before is not None and not before.explicit:
            self.former[key] = [*self.former.get(key, ()), before][-_FORMER:]
        self.recursions[key] = Recursion(letter, ahead, body, section, line, self.part)
        self.followed.discard(key)
        first = {number: one for (name, number), one in self.members.items() if name == key and number < max(1, ahead)}
        self._forget(key)
        self.members |= {(key, number): one for number, one in first.items()}
        return before is not None and before.section == section and before.part != self.part

    def _forget(self, key: str) -> None:
        """The members of a sequence were those of another method, or example."""
        for one in [one for one in self.members if one[0] == key]:
            del self.members[one]

    def begin(self, key: str) -> None:
        """A sequence begins anew, with members that the words list."""
        self.followed.discard(key)
        self._forget(key)

    def give(self, key: str, number: int, value: Node, section: int) -> None:
        """A member that the words list has its value."""
        self.members[key, number] = Member(value, exact=True, section=section)

    def print(self, node: Node, value: Node, section: int, *, exact: bool) -> None:
        """A member is printed with its value; a smaller number than all before begins anew, maybe with another method."""
        found = number_of(node)
        if found is None:
            return
        key, number = found
        if all(number <= other for name, other in self.members if name == key):
            self.followed.discard(key)
            self._forget(key)
        self.members[key, number] = Member(value, exact, section)

    def written_out(self, nodes: Sequence[Node | Unread], around: AbstractSet[int]) -> list[Node | Unread] | None:
        r"""Sides with the formulas of sequences in infinite sums, `\sum_{n=0}^\infty h_n`; None where there are none."""
        known = {key: one for key, one in self.recursions.items() if one.explicit and one.section in around}
        if not known or not any(isinstance(n, Node) and _is_infinite(n) for n in nodes):
            return None
        found = [_with_formulas(n, known) if isinstance(n, Node) and _is_infinite(n) else n for n in nodes]
        return found if any(a is not b for a, b in zip(found, nodes, strict=True)) else None

    def steps(self, node: Node, section: int, around: AbstractSet[int]) -> list[Step]:
        """What its recursion makes of the members before one; nothing where that, or one of these, is not said.

        A member that the section does not print is what its formula gives, or else the one that another section prints. A
        recursion that was replaced in the section may still be meant, or be the same in another form.
        around: this section and those it is part of, of which one may say the recursion
        """
        found = number_of(node)
        recursion = self.recursions.get(found[0]) if found is not None else None
        around = {section, *around}
        if found is None or recursion is None or not (recursion.pointwise or recursion.section in around):
            return []
        key, number = found
        beside = {section, recursion.section}
        later = any(name == key and other >= number and one.section in beside for (name, other), one in self.members.items())
        if recursion.part != self.part and later and not recursion.pointwise:
            del self.recursions[key]  # another method begins
            return []
        steps = [*self._steps(key, number, recursion, section, around)]
        for other in reversed(self.former.get(key, ())):
            if other.section in around:
                steps += [replace(one, here=False) for one in self._steps(key, number, other, section, around)]
        return steps

    def _steps(self, key: str, number: int, recursion: Recursion, section: int, around: AbstractSet[int]) -> Iterator[Step]:
        """What one recursion makes of the members before one."""
        place = number - recursion.ahead
        if place < 0:
            return
        try:
            body = put(recursion.body, recursion.letter, place)
            bodies = [self._with_pointwise(body, section), body]
        except Unread:
            return  # a member before the first one
        if bodies[0] is body:
            bodies.pop()
        for one in bodies:
            step = self._step(key, number, recursion, one, section, around, formulas=one is not body)
            if step is not None:
                yield step

    def _step(self, key: str, number: int, recursion: Recursion, body: Node, section: int, around: AbstractSet[int], *,
              formulas: bool) -> Step | None:  # fmt: skip
        """A recursion at one place with the members that are printed; None where one of them is not.

        formulas: some members have their formulas
        """
        numbers = {one for n in names_in(body) if (one := _number(n.node)) is not None}
        bound = {one for one, said in self.recursions.items() if not said.pointwise}
        used = {one for one in numbers if recursion.explicit or one[0] in bound or one in self.members}
        known = {one: self.members[one] for one in used if one in self.members}
        if (not used and not recursion.explicit) or len(known) < len(used):
            return None
        here = not formulas and recursion.section in around and all(one.section == section for one in known.values())
        again = any(name == key and other >= number and m.section == section for (name, other), m in self.members.items())
        followed = key in self.followed and not recursion.explicit and not again  # other values are another example
        values, exact = {one: member.value for one, member in known.items()}, all(one.exact for one in known.values())
        return Step(key, number, body, values, exact, recursion.line, followed, here)

    def _with_pointwise(self, body: Node, section: int) -> Node:
        """A formula with those of other sequences in the place of members that the section does not print."""
        for _ in range(_DEEP):
            put_in: dict[tuple[str, int], Node] = {}
            for one in {one for n in names_in(body) if (one := _number(n.node)) is not None}:
                known, member = self.recursions.get(one[0]), self.members.get(one)
                if known is not None and known.pointwise and (member is None or member.section != section):
                    put_in[one] = put(known.body, known.letter, one[1])
            if not put_in:
                break
            body = with_members(body, put_in)
        return body


def is_alone(node: Node, body: Node) -> bool:
    """Whether a formula for the next member of a sequence has members of this sequence in it, and of no other."""
    found, members = _letter_of(node), [m for n in walk(body) if (m := member_of(n)) is not None and m.letter]
    return found is not None and bool(members) and all(m.key == found[0] and m.letter == found[1] for m in members)


def _is_explicit(body: Node, letter: str) -> bool:
    """Whether a formula computes with the index, or with members of others that are apart: `x_n + x_{n-1}`."""
    members = [m for node in walk(body) if (m := member_of(node)) is not None]
    plain = {*_outside(body)}
    shifted = len({m.offset for m in members if m.letter == letter}) > 1 and all(m.letter == letter for m in members)
    return (letter in plain and not members) or (shifted and not plain)


def _is_pointwise(body: Node, letter: str) -> bool:
    r"""Whether a formula computes with members that have the index itself only, and maybe with it: `m_t / (1 - \beta^t)`."""
    members = [m for node in walk(body) if (m := member_of(node)) is not None and m.letter]
    return bool(members) and all((m.letter, m.offset) == (letter, 0) for m in members)


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


def with_members(node: Node, values: Mapping[tuple[str, int], Node]) -> Node:
    """A tree with the printed values in the place of the members of its sequences."""
    one = _number(node) if node.kind in {"unit", "NAME"} else None
    if one is not None and one in values:
        found = named(node)
        assert found is not None  # it has a number
        marks = tuple(m for m in found.marks if m.kind == "above")
        value = Node("group", (values[one],), "", node.at, node.end)
        return Node("unit", (value, *marks), "", node.at, node.end) if marks else value
    return node.holding(tuple(with_members(p, values) for p in node.parts))


__all__ = ["Iterations", "Step", "number_of", "with_members"]
