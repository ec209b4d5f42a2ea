r"""Claims about the members of sequences that recursions give: the first members are worked out, and compared.

    v_{k+1} = \beta v_k + g_k, v_0 = 0      v_{k+1} = \sum_{i=0}^k \beta^{k-i} g_i
    a_{n+1} = 2 a_n + 3, a_0 = 1            a_n = 4 \cdot 2^n - 3
    x_{n+1} = \frac12 (x_n + a / x_n)       e_{n+1} = \frac{e_n^2}{2 x_n} for e_n = x_n - \sqrt a

In a claim the index is a number, 0, 1, 2, ..., and every member that a recursion or a formula of the section gives is put in,
down to the first ones, which are names or have the values that the section gives them. A claim that holds for these members
is supported, not proved. It is wrong only if the words say that it follows, and if it is close to a true one: it has the
names that the recursion leads to, and no others, and holds for the first member, or would with a small change. A second
recursion of the same form for a sequence is another method, not a mistake.

Imports: calcds.document, calcds.decide.verdict, calcds.expr.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from dataclasses import replace as replace_in
from itertools import islice, pairwise

from calcds.decide.clock import Deadline
from calcds.decide.verdict import Outcome, Verdict
from calcds.document.reading.chains import Reading
from calcds.document.source.latex import Node, walk
from calcds.document.source.linear import same
from calcds.document.source.members import (
    BEFORE_THE_FIRST,
    Member,
    bound,
    keys_of,
    member_of,
    misprints,
    offsets,
    put,
    with_sums,
)
from calcds.document.source.names import atom_and_marks, opened
from calcds.document.source.raw import Unread
from calcds.document.weighing.repair import repairs
from calcds.document.words.scope import Scope
from calcds.expr import operators as op
from calcds.expr.term import Term, replace, subterms

MOST = 3  # members that are worked out
_TRIED = 6  # values of the index
_CHANGES = 40  # of a formula that are tried
_PATIENCE = 4.0  # seconds, far more than it takes, for what would have been right
_PARTS = 12  # names and sums that may be a factor that was lost
_POWER = "above a name may be a mark"  # x^0 comes of x^k here
_PASSED = {Outcome.PROVED, Outcome.SUPPORTED}
_FOLLOWS = re.compile(
    r"\b(?:unroll\w*|iterat\w*|eliminat\w*|closed|explicit\w*|solutions?|solv\w*|induction|hence|thus|therefore|so|gives?|yields?|get|"
    r"obtain|shows?|implies|obeys?|satisf\w+|becomes?|then|means|equals?)\b",
    re.IGNORECASE,
)
_LARGEST = 3_000  # nodes of a side
Read = Callable[[Sequence[Node]], Reading]
Decide = Callable[[Reading, Term, Term], Verdict]


@dataclass(frozen=True, slots=True)
class Rule:
    r"""What a section says of every member of a sequence: `v_{k+1} = \beta v_k + g_k` has the letter k and the offset 1."""

    letter: str
    offset: int
    body: Node
    section: int
    line: int
    own: frozenset[int]  # how far back the members stand from which the next one is computed

    @property
    def recursive(self) -> bool:
        """Whether a member is computed from others of its sequence."""
        return bool(self.own)


@dataclass(frozen=True, slots=True)
class Worked:
    """A claim for one member: what comes of it, its sides, and how they were read."""

    verdict: Verdict
    left: Term
    right: Term
    reading: Reading

    @property
    def is_certain(self) -> bool:
        """Whether the sides are about the same names, and nothing was guessed of them."""
        return self.is_understood and self.left.free == self.right.free

    @property
    def is_understood(self) -> bool:
        """Whether names are left, and nothing was guessed of them."""
        return bool(self.left.free) and all(d.endswith(_POWER) for d in self.reading.doubts_of(0))

    @property
    def is_of_numbers(self) -> bool:
        """Whether no names are left: a small change soon mends such a claim by chance."""
        return not self.left.free and not self.right.free and not self.reading.doubts_of(0)

    def is_close(self, decide: Decide) -> bool:
        """Whether the right side would be right with a small change."""
        sums = {t for t in subterms(self.left) if t.head == "add" and t.is_scalar and len(t.args) == 2}
        parts = sorted(self.right.free | sums, key=lambda t: (len(str(t)), str(t)))[:_PARTS]
        for changed in Deadline(_PATIENCE).until(repairs(self.right, parts)):
            if decide(self.reading, self.left, changed).outcome in _PASSED:
                return True
        return False


@dataclass(slots=True)
class Unrolling:
    """The recursions of a document, by the keys of their sequences."""

    scope: Scope
    rules: dict[str, list[Rule]] = field(default_factory=dict)
    firsts: dict[tuple[str, int], tuple[Node, int] | None] = field(default_factory=dict)  # values, and their sections

    # -- what the text says -------------------------------------------------------------------------------------

    def note(self, node: Node | Unread, body: Node | Unread, line: int) -> None:
        """An equation for a member of a sequence, or for all of them, that is no claim; the latest one counts."""
        member = member_of(opened(node)) if isinstance(node, Node) and isinstance(body, Node) else None
        if member is None or not isinstance(body, Node) or member.rest:
            return
        if not member.letter:
            known = self.firsts.get((member.key, member.offset))
            other = known is not None and self.scope.is_here(known[1]) and not same(known[0], body)
            self.firsts[member.key, member.offset] = None if other else (body, self.scope.section)
            return
        own = offsets(body, member)
        if all(back > 0 for back in own):
            rule = Rule(member.letter, member.offset, body, self.scope.section, line, own)
            self.rules.setdefault(member.key, []).append(rule)

    def _known(self) -> dict[str, Rule]:
        """What holds here of each sequence: a recursion before a formula, the latest one; a formula may stand far away."""
        found = {}
        for key, rules in self.rules.items():
            here = [rule for rule in rules if self.scope.is_here(rule.section)]
            chosen = [r for r in here if r.recursive] or here or ([] if len(rules) > 1 or rules[0].recursive else rules)
            if chosen:
                found[key] = chosen[-1]
        return found

    def _is_contested(self, key: str) -> bool:
        """Whether the section has several recursions for a sequence: it is about several methods."""
        here = [r for r in self.rules.get(key, ()) if r.recursive and self.scope.is_here(r.section)]
        return any(not same(here[0].body, other.body) for other in here[1:])

    def is_about(self, nodes: Sequence[Node | Unread]) -> bool:
        """Whether a claim has members of a sequence that the section gives by a recursion."""
        known = self._known() if self.rules else {}
        if any(rule.recursive for rule in known.values()):
            return not keys_of(nodes).isdisjoint(known)
        return len(nodes) == 2 and self._own(nodes[0], nodes[1]) is not None

    def _own(self, left: Node | Unread, right: Node | Unread) -> str | None:
        r"""The sequence with a formula that a claim says a recursion of: `I_n = \frac{n-1}{n} I_{n-2}`."""
        member = member_of(opened(left)) if isinstance(left, Node) and isinstance(right, Node) else None
        if member is None or member.rest or not isinstance(right, Node) or not offsets(right, member):
            return None
        return member.key if member.key in self._known() else None

    # -- claims ---------------------------------------------------------------------------------------------------

    def verdict(self, left: Node, right: Node, words: str, read: Read, decide: Decide) -> Verdict | None:
        """What the first members say of a claim; None where they say nothing.

        words: before the claim; they have to say that a formula for a member follows
        """
        contested = any(self._is_contested(key) for key in keys_of((left, right)))
        may_be_wrong = not contested and self._follows(left, right, words)
        known = self._worked(left, right, read, decide, all_of_them=may_be_wrong)
        if known is None:
            return None
        found, line = known
        wrong = [one for one in found if one.verdict.outcome is Outcome.REFUTED]
        if not wrong:
            if _stands_still(found, decide) and not replace_in(self, firsts={}).holds(left, right, read, decide):
                return None
            said = f"it holds for the first members that the equation of line {line} gives"
            return Verdict(Outcome.SUPPORTED, "members", said)
        named = replace_in(self, firsts={})._worked(left, right, read, decide) if found[0].is_of_numbers else None
        if not any(self._is_wrong(one, left, right, read, decide) for one in (found, named[0] if named else [])):
            return None
        said = f"it does not hold for the members that the equation of line {line} gives: {wrong[0].verdict.detail}"
        return Verdict(Outcome.REFUTED, "members", said, witness=wrong[0].verdict.witness)

    def _is_wrong(self, found: list[Worked], left: Node, right: Node, read: Read, decide: Decide) -> bool:
        """Whether it is certain that a claim is wrong of these members: it is close to a true one."""
        wrong = [one for one in found if one.verdict.outcome is Outcome.REFUTED]
        numbers = all(one.is_of_numbers for one in found)
        certain = all(one.is_certain for one in found)
        led_to = {s for one in found for s in one.left.free} == {s for one in found for s in one.right.free}
        if not wrong or not (numbers or certain or (led_to and all(one.is_understood for one in found))):
            return False
        if certain and not numbers and (wrong != found or wrong[0].is_close(decide)):
            return True
        return self._is_misprint(left, right, read, decide)

    def holds(self, left: Node, right: Node, read: Read, decide: Decide) -> bool:
        """Whether a claim holds for the first members."""
        known = self._worked(left, right, read, decide, all_of_them=False)
        return known is not None and all(one.verdict.outcome in _PASSED for one in known[0])

    def _worked(self, left: Node, right: Node, read: Read, decide: Decide, *,
                all_of_them: bool = True) -> tuple[list[Worked], int] | None:  # fmt: skip
        """A claim for several members, and the line of a recursion; None where not all of them are decided.

        all_of_them: also those behind one that fails; else None where one fails
        """
        found: list[Worked] = []
        line = 0
        for sides, zeros, at in self._instances(left, right):
            reading = read([*sides, *zeros])
            pair = reading.pair(0)
            values = [reading.show(z) for z in reading.sides[2:] if isinstance(z, Term)]
            if pair is None or len(values) < len(zeros):
                return None
            claimed = [z for z in values if z.head not in {"sym", "entry"}]
            if any(decide(reading, z, op.zero_like(z)).outcome not in _PASSED for z in claimed):
                return None  # the formula that is claimed is known already, and gives the first member another value
            table = {z: op.zero_like(z) for z in values}
            a, b = (replace(side, table) for side in pair)
            verdict = decide(reading, a, b)
            if verdict.outcome not in (_PASSED | {Outcome.REFUTED} if all_of_them else _PASSED):
                return None
            found.append(Worked(verdict, a, b, reading))
            line = at
        return (found, line) if len(found) > 1 else None

    def _is_misprint(self, left: Node, right: Node, read: Read, decide: Decide) -> bool:
        """Whether all members would be right with one change in the formula."""
        for changed in Deadline(_PATIENCE).until(islice(misprints(right), _CHANGES)):
            if self.holds(left, changed, read, decide):
                return True
        return False

    def _follows(self, left: Node, right: Node, words: str) -> bool:
        """Whether a claim follows from the recursions, and is none itself."""
        member = member_of(opened(left))
        if member is None or member.rest:
            return True
        rule = self._known().get(member.key)
        own = offsets(right, member)
        rival = rule is not None and rule.recursive and own and own == rule.own
        return not rival and _FOLLOWS.search(words[-150:]) is not None

    def _instances(self, left: Node, right: Node) -> Iterator[tuple[tuple[Node, Node], list[Node], int]]:
        """A claim for the first values of its index: its sides, the names in them that are zero, a recursion's line."""
        known = self._known()
        members = [m for side in (left, right) for m in map(member_of, walk(side)) if m is not None and m.key in known]
        letters = {m.letter for m in members if m.letter} - bound(left) - bound(right)
        if len(letters) != 1:
            return
        letter, own = letters.pop(), self._own(left, right)
        count = 0
        for value in range(_TRIED):
            zeros: dict[str, Node] = {}
            used: set[str] = set()
            try:
                instance = [with_sums(put(side, letter, value)) for side in (left, right)]
                sides = [self._worked_out(side, known, zeros, used) for side in instance]
            except Unread:
                continue
            lines = [rule.line for key, rule in known.items() if key in used and (rule.recursive or key == own)]
            if lines and not same(*sides):
                yield (sides[0], sides[1]), [*zeros.values()], max(lines)
                count += 1
            if count == MOST:
                return

    def _worked_out(self, node: Node, known: dict[str, Rule], zeros: dict[str, Node], used: set[str],
                    within: frozenset[tuple[str, int]] = frozenset()) -> Node:  # fmt: skip
        """A tree with numbers for indices, with the members put in that are known.

        within: the members whose formulas it stands in; two of them may be known by each other, and stay names then
        """
        if sum(1 for _ in walk(node)) > _LARGEST:
            raise Unread("too large")
        member = member_of(node)
        if member is not None and not member.letter and (value := self._value(member, known, zeros, used, within)) is not None:
            return Node("unit", (Node("group", (value,)), *member.rest)) if member.rest else value  # brackets may be applied to
        if not node.parts:
            return node
        if node.kind == "product" and any(atom_and_marks(p)[0].kind in {"NABLA", "PARTIAL"} for p in node.parts):
            return node  # a derivative at a member is not one of what the member is computed from
        parts = tuple(self._worked_out(p, known, zeros, used, within) for p in node.parts)
        return node.holding(parts)

    def _value(self, member: Member, known: dict[str, Rule], zeros: dict[str, Node], used: set[str],
               within: frozenset[tuple[str, int]]) -> Node | None:  # fmt: skip
        """What a member is; None for a name that nothing more is known of."""
        firsts = ((k, first) for (key, k), first in self.firsts.items() if key == member.key and first)
        begins = [k for k, first in firsts if self.scope.is_here(first[1])]
        if begins and member.offset < min(begins):
            raise Unread(BEFORE_THE_FIRST)
        first = self.firsts[member.key, member.offset] if begins and member.offset == min(begins) else None
        if first is not None:
            value = opened(first[0])
            if value.kind == "NUMBER" and value.text == "0":
                zeros[f"{member.key}_{member.offset}"] = member.core
                return None
            return Node("group", (value,)) if value.kind == "NUMBER" else value  # 2 x_0 is no 21
        rule = known.get(member.key)
        index = None if rule is None else member.offset - rule.offset
        one = member.key, member.offset
        if rule is None or index is None or index < 0 or one in within:
            return None
        try:
            body = with_sums(put(rule.body, rule.letter, index))
        except Unread:
            return None
        used.add(member.key)
        return self._worked_out(body, known, zeros, used, within | {one})


def _stands_still(found: Sequence[Worked], decide: Decide) -> bool:
    r"""Whether the two sides have one value for all members: at the fixed point 1 of x_{k+1} = 2 x_k - x_k^2 much is true."""
    if not all(one.is_of_numbers for one in found):
        return False
    return all(decide(a.reading, a.left, b.left).outcome in _PASSED for a, b in pairwise(found))
