r"""Claims about signals: convolutions, correlations, shifts, sums over all members, derivatives by members, printed lists.

    (w * x)[i] = \sum_k w[k] x[i-k]             says what the star is, the first time
    \sum_k w[k] x[i-k] = \sum_m w[i-m] x[m]     is compared for several choices of numbers (worlds.py)
    (1, 2, 3) * (1, -1) = (1, 1, 1, -3)         is worked out

A claim that holds in all worlds is supported, or proved if it is about numbers only. It is wrong if it fails in a world, and
would hold with a small change: a sign, a number greater or smaller by one, two indices that have changed places. What the
text may mean in two ways is left open: a star that it does not define may be the convolution or the correlation, a second
formula for the same members of the same signals is another convention, and signals of other sections may be others.

Imports: calcds.decide, calcds.document.
"""

from __future__ import annotations

from calcds.decide.verdict import Outcome, Verdict
from calcds.document.following.choices import Rule
from calcds.document.following.signal_questions import WORLDS, Known, Question, printed_numbers
from calcds.document.source.latex import Node, walk
from calcds.document.source.names import opened
from calcds.document.source.raw import Unread
from calcds.document.source.signal_formulas import (
    combines,
    derivatives_in,
    has_convolution,
    has_letters,
    head_of_members,
    key_of,
    members_within,
    move_of,
    printed_ranges,
    star_of,
)
from calcds.document.source.signals import (
    CONVOLUTIONS,
    OPEN,
    convolved,
    has_brackets,
    key_of_signal,
    listed,
    members_in,
    table,
    with_signals,
)

DEFINES = "what the signs or names on its left side stand for"


class Signals(Known):
    """What a document says of signals, and verdicts on what it claims of them."""

    __slots__ = ()

    # -- what the text says -------------------------------------------------------------------------------------

    def note(self, left: Node | Unread, right: Node | Unread) -> None:
        """An equation that is no claim."""
        if self.scope.convolves and isinstance(left, Node) and isinstance(right, Node):
            self._note(opened(with_signals(left)), opened(with_signals(right)))

    def _note(self, left: Node, right: Node) -> None:
        section = self.scope.section
        key = key_of_signal(left)
        if key is not None:
            values = printed_numbers(right)
            self.lists.pop(key, None)
            self.wholes.pop(key, None)
            self.rules.pop((key, 0), None)
            if values is not None:
                self.lists[key] = values, section
            elif any(True for _ in members_in(right)):
                self.rules[key, 0] = Rule((), right, section)
            elif has_convolution(right) or any(True for _ in derivatives_in(right)):
                self.wholes[key] = Rule((), right, section)
            elif any(n.kind == "NAME" and n.text in {"pi", "i"} for n in walk(right)):
                self.rules[key, 0] = Rule((), right, section)
            return
        head = head_of_members(left)
        if head is None:
            self._note_condition(left, right)
            return
        base, letters, parameters = head
        if (star := star_of(base)) is not None:
            known = self.stars.get(star[0])
            if known is not None and len(known.letters) == len(letters):
                self.contested |= {star[0]} if Question(self, left, right).holds(left, right) is False else set()
            self.stars[star[0]] = Rule(letters, right, section, star[1:], printed_ranges(right))
        elif (move := move_of(base)) is not None:
            self.moves[move[0]] = Rule(letters, right, section, move[1:])
        elif (key := key_of_signal(base)) is not None:
            key = f"{key}~{parameters}" if parameters else key
            own = any(key_of(m) == key for m in members_in(right))  # a recursion is followed elsewhere
            if not own and set(letters) <= {n.text for n in walk(right) if n.kind == "NAME"}:
                self.rules[key, len(letters)] = Rule(letters, right, section)
                self.lists.pop(key, None)
            elif own:
                self.restricted[key] = section

    def _note_condition(self, left: Node, right: Node) -> None:
        r"""An equation that restricts signals, `\sum_k w[k] = 1`, or says what a star is between numbers, `a * b = a + b`."""
        found = convolved(left)
        if found is not None and not has_convolution(right) and not any(True for _ in members_in(right)):
            if listed(right) is None and table(right) is None:
                self.others.add((found[1], self.scope.section))
        elif not has_letters(right):
            self.restricted |= {key: self.scope.section for key in map(key_of, members_in(left)) if key is not None}

    # -- claims ---------------------------------------------------------------------------------------------------

    def verdict(self, left: Node | Unread, right: Node | Unread, *, first: bool, surely: bool) -> Verdict | None:
        """What comes of a claim; None where nothing is said of it.

        first: it begins its chain, so that its left side may get a meaning
        surely: only what is written as signals are, with square brackets or a star
        """
        if not self.scope.convolves or not isinstance(left, Node) or not isinstance(right, Node):
            return None
        brackets = has_brackets(left) or has_brackets(right)
        left, right = opened(with_signals(left)), opened(with_signals(right))
        if surely and not brackets and not has_convolution(left) and not has_convolution(right):
            return None
        if not self._is_about_signals(left, right):
            return None
        if self._names_open_star(left) or (first and self._is_new(left)):
            return self._defined(left, right) if surely else None
        question = Question(self, left, right)
        holds = question.holds(left, right)
        if holds is None or (not holds and question.may_mean_other(left, right, first=first) is not None):
            elsewhere = any(not self.scope.is_here(rule.section) for rule in (*self.rules.values(), *self.wholes.values()))
            if elsewhere and Question(self, left, right, afar=True).holds(left, right):
                said = f"it holds for signals of {WORLDS} choices of numbers, with formulas of sections before"
                return Verdict(Outcome.SUPPORTED, "signals", said)
        if holds is None:
            return None
        if holds:
            numbers = not question.has_names
            said = "it comes out so" if numbers else f"it holds for signals of {WORLDS} choices of numbers"
            return Verdict(Outcome.PROVED if numbers else Outcome.SUPPORTED, "signals", said)
        return self._failed(question, left, right, first=first)

    def again(self, left: Node | Unread, right: Node | Unread) -> Verdict | None:
        """What comes of a second formula for members of a signal, or one for slopes, where it is true or wrong; else None."""
        if not isinstance(left, Node) or not isinstance(right, Node):
            return None
        known = opened(with_signals(left))
        if head_of_members(known) is None and not any(True for _ in derivatives_in(known)):
            return None
        found = self.verdict(left, right, first=True, surely=False) if any(members_within(right)) else None
        return found if found is not None and found.outcome is not Outcome.UNDECIDED else None

    def _failed(self, question: Question, left: Node, right: Node, *, first: bool) -> Verdict | None:
        """What comes of a claim that fails in some world."""
        if (why := question.may_mean_other(left, right, first=first)) is not None:
            if first and head_of_members(left) is not None:
                self._note(left, right)
            return Verdict(Outcome.UNDECIDED, "signals", why)
        if question.is_about_unknown(left, right) or not any(map(combines, (left, right))):
            return None
        if not question.is_close(left, right):
            said = "it does not hold for signals, but nor would it with a small change: something may have been misunderstood"
            return Verdict(Outcome.UNDECIDED, "signals", said)
        return Verdict(Outcome.REFUTED, "signals", "it does not hold for signals", witness=question.found)

    def _defined(self, left: Node, right: Node) -> Verdict | None:
        """A formula that says what a star, an operator or a signal is, where it is understood."""
        kept = dict(self.stars), dict(self.moves), dict(self.rules)
        self._note(left, right)
        if not Question(self, left, right).is_understood(right):
            self.stars, self.moves, self.rules = kept
            return None
        return Verdict(Outcome.PROVED, "signals", DEFINES)

    def _is_new(self, left: Node) -> bool:
        """Whether a left side is one whose formula says what it stands for, and there is none yet."""
        head = head_of_members(left)
        if head is None:
            return False
        base, letters, parameters = head
        if (star := star_of(base)) is not None:
            rule = self.stars.get(star[0])
            return rule is None or len(rule.letters) != len(letters)
        if (move := move_of(base)) is not None:
            return move[0] not in self.moves
        key = key_of_signal(base)
        key = f"{key}~{parameters}" if parameters else key
        rule = self.rules.get((key or "", len(letters)))
        printed, section = self.lists.get(key or "", (None, -2))
        given = printed is not None and len(printed.spans) == len(letters) and self.scope.is_here(section)
        return key is not None and (rule is None or not self.scope.is_here(rule.section)) and not given

    def _names_open_star(self, node: Node) -> bool:
        r"""Whether a side is a member of an operation that nobody has explained yet, and that has no usual meaning."""
        head = head_of_members(node)
        star = star_of(head[0]) if head is not None else None
        return star is not None and star[0] in OPEN and star[0] not in self.stars

    def _is_about_signals(self, left: Node, right: Node) -> bool:
        """Whether there are members of signals in a claim, or a convolution of what is known to be signals."""
        both = (left, right)
        members = any(True for side in both for _ in members_in(side))
        here = {sign for sign, section in self.others if self.scope.is_here(section)}
        if any(n.kind == "MUL" and n.text in here for side in both for n in walk(side)):
            return False
        if any(has_convolution(side) for side in both):
            signs = {n.text for side in both for n in walk(side) if n.kind == "MUL"} & CONVOLUTIONS
            printed = any(listed(n) is not None or table(n) is not None for side in both for n in walk(side))
            return members or bool(signs & set(self.stars)) or printed
        return members


__all__ = ["DEFINES", "Signals"]
