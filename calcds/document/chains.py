r"""A chain of equalities, `y = a = b`: what it defines, what it supposes for the claims beside it, and what it claims.

First it is asked whether the chain claims anything; then its heads are taken as definitions; every pair that is left is a
claim (`calcds.document.claims`). What the chain comes to is known of its head from there on.

Imports: calcds.document, calcds.decide.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from itertools import pairwise

from calcds.decide.verdict import Outcome, Verdict
from calcds.document.claims import SETTLED
from calcds.document.following.again import Again
from calcds.document.following.iterating import is_alone, number_of
from calcds.document.following.retracing import retraced, written_out
from calcds.document.following.solving import says_found
from calcds.document.inequalities import Inequalities
from calcds.document.paragraphs import Paragraphs
from calcds.document.pieces import EQUAL, Piece, around
from calcds.document.reading.binding import clash, nothing_bound
from calcds.document.reading.calculus import DEPENDS
from calcds.document.reading.chains import Readings
from calcds.document.reading.definable import is_particular
from calcds.document.reading.sequences import Taken
from calcds.document.source.keys import full_key
from calcds.document.source.latex import Node
from calcds.document.source.names import (
    Named,
    atom_and_marks,
    has_names,
    named,
    names_in,
    opened,
    shown,
)
from calcds.document.source.raw import Unread
from calcds.document.source.statements import Side, Statement, without_places
from calcds.document.verdicts import MEANT, is_meant
from calcds.document.weighing import misshapen, sizes
from calcds.document.weighing.expansions import is_about_infinity
from calcds.document.words import prose
from calcds.document.words.declarations import ranges_of
from calcds.document.words.denied import is_denied
from calcds.document.words.heads import key_of
from calcds.document.words.judge import asking_word
from calcds.document.words.notes import Pending
from calcds.document.words.said_to_depend import without_dependence

_ALTERNATIVE = "one of the alternatives that the rows name"
_DEPENDS = "it says of what a name is a function"
_LAID_DOWN = "a condition, not a claim: it is laid down"


class Chains(Inequalities):
    """The part of a checker that takes chains apart."""

    paragraphs: Paragraphs
    holds: bool  # the statement before this one, in the same formula, is an identity

    def _chain(self, piece: Piece, statement: Statement, pending: Pending) -> None:
        whole = without_places(statement)
        own = without_dependence(whole, piece.nodes(whole.sides))
        if len(own.sides) > 1:
            self._chained(piece, own, pending)
        else:
            self._row(piece, whole.sides[0], whole.sides[1], Outcome.UNDECIDED, _DEPENDS, role="definition")

    def _chained(self, piece: Piece, statement: Statement, pending: Pending) -> None:
        """A chain of sides that say what they are equal to."""
        sides = statement.sides
        linked = [s.relation in EQUAL for s in sides[1:]]
        if self._is_supposed(piece, statement, linked):
            return
        self.scope.ranges = ranges_of(statement)
        self.reader.far = is_about_infinity(around(piece.segment))
        nodes = [written_out(node, self.iterations, self.abbreviations, self.scope) for node in piece.nodes(sides)]
        numbers = [self.equality + sum(linked[: i + 1]) for i in range(len(linked))]
        expected = [joined and pending.expects(number) for joined, number in zip(linked, numbers, strict=True)]
        if not any(expected) and self._is_denied(piece, statement, linked):
            return
        asked = [] if pending.condition else [i for i, joined in enumerate(linked) if joined]
        sequences = self.scope.subscripts if prose.SEQUENCE.search(self._lately(piece)) else {}
        implied = "sums" in self.scope.settings
        unbound = {i: why for i in asked if (why := _unbound(nodes, i, expected[i], sequences, implied=implied))}
        linked = [joined and i not in unbound for i, joined in enumerate(linked)]
        weak, word = self._asked_for(piece, statement, pending)
        local = self._is_local(piece, statement, nodes)
        if statement is piece.statements[-1] and (case := self._case(piece, statement, nodes)) is not None:
            self._taken(piece, sides, 0, case)
            return
        self._recursion(nodes, sides[0].at)
        local = local and not self._holds_for_its_sentence(piece, statement, nodes)
        formula = self.adjoints.formula(nodes) if linked[0] else None
        by_slope = self.definer.define(*formula, sides[0].at, local=False) if formula is not None else None
        derivative = self.abbreviations.is_known(nodes, self.scope.has_meaning)
        known = derivative and not pending.definition  # a claim about a derivative
        by_numbers = self.defined_by_numbers(nodes, sides[0].at) if linked[0] and not known else None
        former = Again.before(nodes, self.scope, self.decider)
        taken = self.paragraphs.early.pop(id(statement), None) or self.definer.take(
            sides,
            nodes,
            [False, *linked[1:]] if known or by_numbers else linked,
            again=pending.definition or self.definer.speaks_anew(nodes[0], piece.segment.before),
            local=local,
            result=bool(statement.joint or prose.FOUND.search(piece.segment.before)),
            chosen=prose.GIVES.search(piece.segment.before) is not None,
            concludes=prose.CONCLUDES.search(piece.segment.before) is not None,
        )
        taken |= {0: first} if (first := by_numbers or by_slope) is not None else {}
        taken |= self._with_slopes(sides, nodes, taken, local=local)
        if word and (local or sum(found.outcome is Outcome.PROVED for found in taken.values()) < len(linked)):
            self.supposed.note(word, nodes, piece.segment.section)
        if prose.DECOMPOSES.search(piece.segment.before[-200:]) or prose.DECOMPOSED.match(piece.segment.after):
            self.definer.decomposed(taken.values())
        self._notice(sides, nodes, linked, piece.segment.section)
        claims = self._take(piece, statement, nodes, taken, pending, expected, former)
        readings = Readings(self._readings(nodes, linked, statement, pending) if any(linked) else ())
        for i, joined in enumerate(linked):
            if i in unbound:
                outcome = Outcome.REFUTED if expected[i] else Outcome.MALFORMED
                self._row(piece, sides[i], sides[i + 1], outcome, unbound[i], stage="binding", expect=expected[i])
            self.equality = numbers[i]
            printed = i == 0 and not expected[0] and _is_printed(nodes, sides[1], defined=0 in taken)
            if printed and (near := self.near(nodes, statement, pending)) is not None:
                self._taken(piece, sides, 0, near)
            elif joined and i not in taken:
                self._equality(piece, statement, i, readings, weak, nodes, pending)
                claims |= {i} if self.rows[-1].role == "claim" and self.rows[-1].outcome in SETTLED else set()
            if joined and i not in claims and sides[i + 1].relation in {"=", ":="}:
                self.following.note(nodes[i], nodes[i + 1], self.document.place(sides[i].at)[0])
        self._by_later_sides(sides, nodes, linked, taken)

    def _by_later_sides(self, sides: Sequence[Side], nodes: Sequence[Node | Unread], linked: Sequence[bool],
                        taken: Mapping[int, Taken]) -> None:  # fmt: skip
        """What a chain comes to says more of its head than what it begins with."""
        self._in_itself(sides, nodes, linked)
        self._by_its_last_side(sides, nodes, linked, taken)

    def _in_itself(self, sides: Sequence[Side], nodes: Sequence[Node | Unread], linked: Sequence[bool]) -> None:
        r"""A later side may be a recursion in the head alone: `e_{k+1} = w_k - \eta g_k - w^* = ... = (I - \eta A) e_k`."""
        head, first = nodes[0], nodes[1] if len(nodes) > 1 else None
        if not isinstance(head, Node) or not all(linked) or not isinstance(first, Node) or is_alone(head, first):
            return
        rows = self.rows[-len(linked) :]
        holds = all(row.outcome in {Outcome.PROVED, Outcome.SUPPORTED} or row.role == "definition" for row in rows)
        alone = next((side for side in nodes[2:] if isinstance(side, Node) and is_alone(head, side)), None)
        if alone is not None and holds:
            self.following.note(head, alone, self.document.place(sides[0].at)[0])

    def _notice(self, sides: Sequence[Side], nodes: Sequence[Node | Unread], linked: Sequence[bool], section: int) -> None:
        """Names that are used here are known from now on, and those that are short for derivatives."""
        equal = next((i for i, joined in enumerate(linked) if not joined), len(linked))
        new = self.definer.is_new(nodes[equal], declared=any(side.relation == "in" for side in sides[equal + 1 :]))
        self.definer.notice(nodes)
        if equal:
            self.abbreviations.take(nodes, section)
        if equal and new:
            self.abbreviations.take_at_end(nodes[: equal + 1], section, self.scope.has_meaning)

    def _with_slopes(self, sides: Sequence[Side], nodes: Sequence[Node | Unread], taken: Mapping[int, Taken], *,
                     local: bool) -> dict[int, Taken]:  # fmt: skip
        r"""Definitions by derivatives of what has no formula: `\delta = \frac{\partial J}{\partial a} \odot f'(z)`."""
        found = {}
        for i, one in taken.items():
            name, body = nodes[i], nodes[i + 1]
            unread = one.outcome is Outcome.UNREAD and one.detail.endswith(DEPENDS)
            renamed = self.adjoints.named([name, body]) if unread else None
            if renamed is None or not isinstance(name, Node) or not isinstance(renamed[1], Node):
                continue
            again = self.definer.define(name, renamed[1], sides[i].at, local=local)
            if again is not None and again.outcome is not Outcome.UNREAD:
                found[i] = again
        return found

    def _by_its_last_side(self, sides: Sequence[Side], nodes: Sequence[Node | Unread], linked: Sequence[bool],
                          taken: Mapping[int, Taken]) -> None:  # fmt: skip
        r"""The numbers at the end of a chain are those of its head, if they are rounded, or come of data that are not known.

        `H = \frac1n X^\top X = \begin{pmatrix} 5 & 3 \\ 3 & 3 \end{pmatrix}`, where words say what the rows of X are
        """
        equal = next((i for i, side in enumerate(sides[1:], 1) if side.relation not in {"=", ":="}), len(sides))
        self.definer.comes_to(nodes[:equal], anew=0 in taken)
        if sides[-1].relation == "~" and linked[-1]:
            self.definer.approximate(nodes[0], nodes[-1])
            return
        head, value = nodes[0], taken[0].value if 0 in taken else None
        if len(nodes) < 3 or value is None or value.is_scalar or not value.free or not isinstance(head, Node):
            return
        open_ = self.rows[-1].outcome is Outcome.UNDECIDED and all(linked)
        if open_ and isinstance(nodes[-1], Node) and not _has_names(nodes[-1]) and key_of(head) is not None:
            self.definer.define(head, nodes[-1], sides[0].at, local=False)

    def _for_a_sentence(self, piece: Piece, name: Node) -> None:
        """A name has a formula until the sentence ends, but for what "vanishes at $x^* = A^{-1} b$" says."""
        if not (prose.AT.search(piece.segment.before) and is_particular(name)):
            self.definer.keep_for_a_sentence(name)

    def _is_local(self, piece: Piece, statement: Statement, nodes: Sequence[Node | Unread]) -> bool:
        """Whether a statement gives a name a meaning for its own sentence only."""
        word = prose.LOCAL.search(piece.segment.before)
        if word is not None and not _is_point(nodes):
            return not (word[0].lower().startswith("if") and _is_array(nodes))
        return self._picks(piece, statement, nodes)

    def _picks(self, piece: Piece, statement: Statement, nodes: Sequence[Node | Unread]) -> bool:
        """Whether a statement begins its formula and picks one of the values that a vector or matrix may have."""
        return statement is piece.statements[0] and self._is_special(nodes[:2], piece.segment.before)

    def _holds_for_its_sentence(self, piece: Piece, statement: Statement, nodes: Sequence[Node | Unread]) -> bool:
        """Whether a name has a local meaning that is put in until the sentence ends, as the first one or as a case."""
        if special := self._picks(piece, statement, nodes):
            self.special.note(nodes, statement.sides[0].at, self.document.place(statement.sides[0].at)[0])
        if special or self.definer.starts_anew(nodes):
            self._for_a_sentence(piece, nodes[0])  # type: ignore[arg-type]
            return True
        return False

    def _equality(self, piece: Piece, statement: Statement, i: int, readings: Readings, weak: str,
                  nodes: Sequence[Node | Unread], pending: Pending) -> None:  # fmt: skip
        """A pair of a chain: numbers by themselves, for every one of some numbered names, or in the readings of the chain."""
        pair = nodes[i : i + 2]
        with self.definer.with_formulas(pair), retraced(pair, self.iterations, self.abbreviations, self.scope):
            self._claimed(piece, statement, i, readings, weak, nodes, pending)

    def _claimed(self, piece: Piece, statement: Statement, i: int, readings: Readings, weak: str,
                 nodes: Sequence[Node | Unread], pending: Pending) -> None:  # fmt: skip
        """The row of a pair."""
        sides = statement.sides
        if i == 0 and piece.segment.at in self.scope.chance.laid_down:
            self._row(piece, sides[0], sides[1], Outcome.UNDECIDED, _LAID_DOWN, role="definition", asks=True)
        elif sides[i + 1].relation in {"=", ":="} and (found := self._of_sizes(piece, nodes[i : i + 2])) is not None:
            self._row(piece, sides[i], sides[i + 1], found.outcome, found.detail, stage=found.stage, verdict=found,
                      expect=pending.expects(self.equality))  # fmt: skip
        elif i and sides[i + 1].relation == "~" and not any(map(_has_names, nodes[i : i + 2])):
            self._numbers(piece, statement, sides[i : i + 2], nodes[i : i + 2], weak, pending)
        elif not self._stands_for_others(piece, statement, i, nodes, weak, pending):
            self._pair(piece, sides, i, readings, weak, nodes, pending)

    def _of_sizes(self, piece: Piece, pair: Sequence[Node | Unread]) -> Verdict | None:
        """The verdict on a product of the sizes of arrays; None for any other pair."""
        return sizes.verdict_on(pair, self._lately(piece), self.document.text)

    def _recursion(self, nodes: Sequence[Node | Unread], at: int) -> None:
        """A chain may begin with a recursion, and then with that of the next example, or of the next method."""
        node, body = nodes[0], nodes[1] if len(nodes) > 1 else None
        if not isinstance(node, Node) or not isinstance(body, Node):
            return
        if len(nodes) == 2:
            self.solutions.begin(node, body)
        if self.iterations.say(node, body, self.scope.section, self.document.place(at)[0]):
            self.definer.another_recursion(node)

    def _numbers(self, piece: Piece, statement: Statement, sides: Sequence[Side], nodes: Sequence[Node | Unread], weak: str,
                 pending: Pending) -> None:  # fmt: skip
        """An approximation of numbers by numbers within a chain, whatever the name at its head is read as."""
        self._pair(piece, sides, 0, Readings(self._readings(nodes, [True], statement, pending)), weak, nodes, pending)

    def _is_supposed(self, piece: Piece, statement: Statement, linked: Sequence[bool]) -> bool:
        """Whether a statement claims nothing: an order, or what is supposed for the claims beside it."""
        sides = statement.sides
        if not any(linked):
            order = self.beside.orders.get(id(statement))
            if order is not None and not prose.PASSING.search(piece.segment.before):
                self.supposed.order(order, piece.segment.section)
            return True
        if statement.alternative:
            for left, right in (pair for pair, joined in zip(pairwise(sides), linked, strict=True) if joined):
                self._row(piece, left, right, Outcome.UNDECIDED, _ALTERNATIVE, role="definition")
            return True
        if piece.segment.at in self.scope.chance.heads:
            for node in (n for n in piece.nodes(sides[:1]) if isinstance(n, Node)):
                self.definer.forget(node)  # `Y = X^2` was said of another Y
            for left, right in (pair for pair, joined in zip(pairwise(sides), linked, strict=True) if joined):
                self._row(piece, left, right, Outcome.UNDECIDED, "in a table of joint probabilities", role="definition")
            return True
        if id(statement) not in self.beside.local and _are_indices(piece.nodes(sides)):  # the case of `i = j`, no value of i
            self._row(piece, sides[0], sides[1], Outcome.UNDECIDED, _LAID_DOWN, role="definition")
            return True
        if id(statement) not in self.beside.local or _is_point(piece.nodes(sides)):
            return False
        word = "if" if prose.LOCAL.search(piece.segment.before) else "suppose"
        self.supposed.note(word, piece.nodes(sides), piece.segment.section)
        said = "supposed for the claims beside it"
        self._row(piece, sides[0], sides[1], Outcome.UNDECIDED, said, role="definition")
        self.special.note(piece.nodes(sides), sides[0].at, self.document.place(sides[0].at)[0])
        return True

    def _is_denied(self, piece: Piece, statement: Statement, linked: Sequence[bool]) -> bool:
        """Whether the text itself says that a statement does not hold; its rows say so."""
        if not is_denied(piece.segment, first=statement is piece.statements[0], last=statement is piece.statements[-1]):
            return False
        for left, right in (pair for pair, joined in zip(pairwise(statement.sides), linked, strict=True) if joined):
            self._row(piece, left, right, Outcome.UNDECIDED, "the text says that it does not hold", role="definition")
        self.equality += sum(linked)
        return True

    def _take(self, piece: Piece, statement: Statement, nodes: Sequence[Node | Unread], taken: dict[int, Taken],
              pending: Pending, expected: Sequence[bool], former: Again) -> set[int]:  # fmt: skip
        """Rows for what was taken as definitions; those among them that turned out to be claims."""
        sides, claims = statement.sides, set[int]()
        if sides[1].relation in {"=", ":="}:
            self.particular.note(nodes, piece.segment.section)
        if taken and isinstance(nodes[0], Node) and self.unit_behind(piece, sides[-1]) is not None:
            for name in names_in(nodes[0]):  # 5, or 0.05, of "$p = 5$ percent"
                self.scope.several_in.setdefault(shown(full_key(name)), set()).add(self.scope.section)
        for i, found in sorted(taken.items()):
            asked = is_meant(pending, i) and found.outcome is Outcome.UNREAD
            laid_down = replace(found, outcome=Outcome.UNDECIDED, detail=f"{MEANT}: {found.detail}") if asked else found
            if laid_down.outcome is Outcome.UNREAD and misshapen.fits_turned(nodes[i + 1], laid_down.detail, self.scope):
                said = f"{laid_down.detail}; with a transpose in another place they do"
                laid_down = replace(laid_down, outcome=Outcome.MALFORMED, detail=said, stage="solution")
            found_here = bool(statement.joint) or says_found(piece.segment.before)
            known = self._settled(laid_down, nodes[i : i + 2], sides[i].at, found=found_here)
            known = self.following.taken(nodes[i : i + 2], known, self._sentence(piece), sides[i].at)
            if not expected[i]:
                known = self.stepped(known, nodes, i, statement, pending)
                known = self.by_law(known, nodes[i : i + 2], statement, pending, self.words_around(piece))
                if sides[i + 1].relation == "=":
                    known = former.taken(known, nodes[i : i + 2], lambda at: self.document.place(at)[0])
            self._taken(piece, sides, i, known)
            claims |= {i} if known.stage == "solution" else set()
        return claims

    def _asked_for(self, piece: Piece, statement: Statement, pending: Pending) -> tuple[str, str]:
        """Why an equation may be asked for and not claimed, "" where it is claimed; and the word before it that says so."""
        word = ""
        if statement.joint not in {"implies", "iff"} and statement is piece.statements[0]:
            word = asking_word(piece.segment.before, display=piece.segment.display)
        if pending.condition:
            return "an annotation says that it is a condition", word
        if statement.joint in {"implies", "iff"} and not self.holds:  # what follows from an identity is one
            return "it follows from, or leads to, another equation", word
        return f"the word before it asks for it: {word}" if word else "", word

    def _case(self, piece: Piece, statement: Statement, nodes: Sequence[Node | Unread]) -> Taken | None:
        r"""One case of a definition: "$f(x) = x$ if $x > 0$ and $f(x) = 0$ otherwise"; None for anything else."""
        head, body = nodes if len(nodes) == 2 and statement.sides[1].relation in {"=", ":="} else (None, None)
        word = prose.CONDITIONAL.match(piece.segment.after)
        own = self.beside.behind.get(id(statement))
        conditions = (own,) if own is not None else self.beside.conditions.get(id(statement), ())
        if word is None or not isinstance(head, Node) or not isinstance(body, Node):
            return None
        if word[1] in {"otherwise", "else"}:
            condition = Node("TEXT", (), "otherwise")
        elif conditions:
            condition = Node("items", tuple(conditions)) if len(conditions) > 1 else conditions[0]
        else:
            return None
        return self.definer.by_cases(
            head, body, condition, statement.sides[0].at,
            alone=word[1] != "for", goes_on=prose.GOES_ON.match(piece.segment.before) is not None,
        )  # fmt: skip

    def _is_special(self, nodes: Sequence[Node | Unread], before: str) -> bool:
        """Whether an equation picks one of the values that a vector or matrix may have: "with $A = I$ we get"."""
        node, value = nodes
        plain = isinstance(value, Node) and opened(value).kind in {"NAME", "NUMBER", "unit", "style"}
        key = key_of(node) if isinstance(node, Node) and plain else None
        known = self.scope.kinds.get(key) if key is not None else None
        general = known is not None and known.certain and known.kind.shape != (1, 1)
        general = general or (key is not None and self._is_unit(value) and self.definer.seen.get(key) == self.scope.section)
        return general and prose.SPECIAL.search(before) is not None

    def _is_unit(self, value: Node | Unread) -> bool:
        """Whether a side is an identity matrix."""
        found = named(opened(value)) if isinstance(value, Node) else None
        return found is not None and found.base in self.scope.identities and all(m.kind == "below" for m in found.marks)


def _unbound(nodes: Sequence[Node | Unread], i: int, expected: bool, sequences: Mapping[str, AbstractSet[str]], *,  # noqa: FBT001
             implied: bool) -> str:  # fmt: skip
    """Why an index of an equality cannot be meant as it is printed; "" where it can.

    implied: the text says that sums over indices which stand twice are not printed
    """
    left, right = nodes[i : i + 2]
    why = clash(left, right) if isinstance(left, Node) and isinstance(right, Node) and not implied else ""
    for node in (right,) if i else (left, right):
        why = why or (nothing_bound(node, claimed=expected, sequences=sequences) if isinstance(node, Node) else "")
    return why


def _is_printed(nodes: Sequence[Node | Unread], side: Side, *, defined: bool) -> bool:
    r"""Whether a member of a sequence may be printed: `x_3 \approx 1.4142`, `v_1 = 0.9 \cdot 0 - 0.2` of one with a formula."""
    member = isinstance(nodes[0], Node) and number_of(nodes[0]) is not None and not defined
    return side.relation == "~" or (member and side.relation == "=" and not _has_names(nodes[1]))


def _are_indices(nodes: Sequence[Node | Unread]) -> bool:
    """Whether a statement sets two indices equal."""
    letters = [opened(node) for node in nodes if isinstance(node, Node)]
    return len(letters) == len(nodes) == 2 and all(one.kind == "NAME" and one.text in {*"ijkl"} for one in letters)


def _is_point(nodes: Sequence[Node | Unread]) -> bool:
    """Whether a statement names a point by its coordinates: "at $P = (1, 2)$" says what P is from there on."""
    letter, value = _named_value(nodes)
    return letter is not None and value is not None and letter.base in {*"PQAB"} and _is_list_of_numbers(value)


def _is_array(nodes: Sequence[Node | Unread]) -> bool:
    """Whether a statement gives a name the numbers of a vector or matrix: an example, to the end of which they last."""
    letter, value = _named_value(nodes)
    array = atom_and_marks(value)[0] if value is not None else None
    if letter is None or array is None:
        return False
    return _is_list_of_numbers(array) or (array.kind == "grid" and not any(names_in(array)))


def _named_value(nodes: Sequence[Node | Unread]) -> tuple[Named | None, Node | None]:
    """The name on the left of a statement with two sides, and what stands on the right."""
    trees = [opened(node) for node in nodes if isinstance(node, Node)]
    return (named(trees[0]), trees[1]) if len(trees) == len(nodes) == 2 else (None, None)


def _is_list_of_numbers(value: Node) -> bool:
    in_one = value.kind == "round" and len(value.parts) == 1 and value.parts[0].kind == "items"
    return in_one and not any(names_in(value))


def _has_names(node: Node | Unread) -> bool:
    """Whether a side is more than numbers."""
    return not isinstance(node, Node) or has_names(node)
