"""A document to results: every equation is read, taken as a definition or a condition, or decided. Never raises.

Imports: calcds.document, calcds.decide, calcds.expr.
"""

from __future__ import annotations

import itertools
import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import product

from calcds.decide.looking import as_printed
from calcds.decide.rounding import is_computed_from_rounded
from calcds.decide.verdict import Outcome, Verdict
from calcds.document import meant, misshapen, prose, resting
from calcds.document.abbreviations import Abbreviations
from calcds.document.arguments import gather_arguments, gather_heads
from calcds.document.arithmetic import as_rounded
from calcds.document.binding import clash, nothing_bound
from calcds.document.bounds import with_bounds
from calcds.document.chains import MISSHAPEN, Reading, Readings, alternatives, read_chain
from calcds.document.deciding import TIMEOUT, Decider, undecided
from calcds.document.defining import Definer
from calcds.document.depending import gather_quotients
from calcds.document.diagonals import diagonals_in_words
from calcds.document.differentials import quotients, under_nabla, with_entries, with_quotients
from calcds.document.dots import undotted
from calcds.document.entrywise import functions_by_entries
from calcds.document.expansions import as_expansion, is_about_infinity, is_generic, ways_up_to
from calcds.document.explaining import explained_beside
from calcds.document.extract import Document, Segment
from calcds.document.factorizations import take_eigenvalues, take_factorizations
from calcds.document.finding import Finding
from calcds.document.following import Following
from calcds.document.habits import take_habits
from calcds.document.harvest import (
    declare,
    gather,
    gather_constants,
    gather_families,
    gather_indices,
    gather_labels,
    gather_letters,
    gather_sizes,
    gather_subscripts,
    head_of,
    key_of,
    leading,
    numbered,
    properties,
    ranges_of,
    trailing,
    words_beside,
)
from calcds.document.inner_products import gather_products
from calcds.document.iterating import Iterations
from calcds.document.judge import asking_word, has_calculus
from calcds.document.labels import without_brackets
from calcds.document.latex import Node, parse
from calcds.document.layouts import Layouts
from calcds.document.moving import gather_moving
from calcds.document.names import has_arrays, named, names_in, opened, shown, with_indices, with_transposes
from calcds.document.notes import Orders, Pending, index_letters
from calcds.document.numbering import Numbering
from calcds.document.options import Options
from calcds.document.packages import with_packages
from calcds.document.plain_tex import with_groups
from calcds.document.primes import primed_names, with_primes
from calcds.document.raw import Unread, expand, raw_tokens
from calcds.document.remainders import Remainder
from calcds.document.saying import gather_chances
from calcds.document.scope import Scope
from calcds.document.scripts import with_parted_scripts
from calcds.document.sentences import Beside, conditions_beside, parted
from calcds.document.sequences import Taken
from calcds.document.shapes import ENTRYWISE, NotKnown
from calcds.document.shown import NO_PATTERN, shown_in
from calcds.document.solved import differentiated, solution_of, solving
from calcds.document.solving import Solutions, is_recursion, says_found
from calcds.document.spoken_gradients import gradients_in_words
from calcds.document.statements import Side, Statement, hides_a_relation, statements, without_places
from calcds.document.stepping import Stepping
from calcds.document.supposing import Suppositions, is_qualified, keys_in
from calcds.document.symbols import OTHER_RANGE, full_key, labelled
from calcds.document.tokens import tokens
from calcds.document.unlabelled import with_ranges
from calcds.document.usual_functions import formulas_of, usual_functions
from calcds.document.wholes import whole_numbers
from calcds.document.wording import other_names, rows_and_columns, shapes_in_words
from calcds.errors import CalcdsError
from calcds.expr.kinds import Kind, Real
from calcds.expr.latex import latex
from calcds.expr.term import Term, same_shape, substitute

EQUAL = {"=", ":=", "~", "ask", "update"}
_RELATIONS = (": satisfies", ": satisfy", ": satisfying")  # what is said of members that a recursion gives is claimed
_SETTLED = {Outcome.PROVED, Outcome.SUPPORTED, Outcome.REFUTED}
_LATELY = 1_500  # characters
_LAID_DOWN = "a condition, not a claim: it is laid down"
_NO_DIGITS = "an approximation without digits to which it was rounded"
_MEANT = "an annotation says that it is a definition or a condition; it was not read"
_SECOND = "it differs from the equation for this name before it: a new meaning, or a mistake?"
_VARIABLES = {*"xytzuvwrsmfijk", "theta"}


@dataclass(slots=True, eq=False)
class Piece:
    """A segment with its statements, or why it has none."""

    segment: Segment
    statements: list[Statement]
    trees: dict[Side, Node | Unread]
    failed: Unread | None = None


@dataclass(slots=True)
class Checker(Stepping, Numbering):
    """One pass over a document."""

    document: Document
    timeout: float = TIMEOUT
    scope: Scope = field(default_factory=Scope)
    rows: list[Finding] = field(default_factory=list)
    decider: Decider = field(init=False)
    definer: Definer = field(init=False)
    beside: Beside = field(default_factory=Beside)
    supposed: Suppositions = field(default_factory=Suppositions)
    solutions: Solutions = field(init=False)
    following: Following = field(init=False)
    layouts: Layouts = field(default_factory=Layouts)
    abbreviations: Abbreviations = field(default_factory=Abbreviations)
    worded: dict[int, list[tuple[str, Kind]]] = field(default_factory=dict)  # sizes in words, by the formula that says them
    spoken: dict[int, list[tuple[Node, Node]]] = field(default_factory=dict)  # derivatives that words name, by the formula
    early: dict[int, dict[int, Taken]] = field(
        default_factory=dict
    )  # definitions that were taken before their place
    equality: int = 0  # the number of an equality in its formula, from 1
    orders: Orders = field(init=False)
    far: bool = False  # the words around the chain speak of what grows, or is random
    holds: bool = False  # the statement before this one, in the same formula, is an identity
    iterations: Iterations = field(default_factory=Iterations)
    last: Side | None = None  # the side a display that begins with "=" goes on from

    def __post_init__(self) -> None:
        self.decider = Decider(self.scope, self.timeout)
        self.definer = Definer(self.scope)
        self.solutions = Solutions(self.scope)
        self.following = Following(self.scope, self.decider)

    def run(self) -> list[Finding]:
        """All results, in the order of the document."""
        take_habits(self.document, self.scope)
        pieces = [_piece(self.document, segment) for segment in self.document.segments]
        self.scope.convolves = prose.CONVOLUTION.search(self.document.text) is not None
        self._look_ahead(pieces)
        self._values(pieces)
        self.orders = Orders(self.document, self.scope, self._learn)
        section, starts = -1, self._paragraphs(pieces)
        for piece, previous in zip(pieces, [None, *pieces], strict=False):
            if previous is None or parted(previous.segment, piece.segment):
                self.scope.end_sentence()
                self.supposed.end_sentence()
                self.definer.end_sentence()
            if piece.segment.section != section:
                section = piece.segment.section
                self.last = None
                self.scope.section, self.scope.around = section, self.document.around(section)
                self.abbreviations.here = self.scope.around
            try:
                if piece in starts:
                    self.iterations.part += prose.HEADED.search(piece.segment.before) is not None
                    self._begin(starts[piece])
                pending = self.orders.before(piece.segment.at)
                self.scope.chance.at = piece.segment.at
                for key, kind in self.worded.get(id(piece), ()):  # another size was said of it in this paragraph before
                    if (known := self.scope.kinds.get(key)) is None or not same_shape(known.kind.shape, kind.shape):
                        self.scope.declare(key, kind)
                for name, quotient in self.spoken.get(id(piece), ()):
                    self.definer.define(name, quotient, piece.segment.at, local=False)
                    self.abbreviations.take([name, quotient], section)
                trailing(piece.segment.after, self._name_in, self.scope)
                leading(piece.statements, piece.trees, piece.segment.before, self.scope)
                self._piece(piece, pending)
            except Exception as error:  # noqa: BLE001  (a fault costs one formula, never the document)
                said = f"a fault of calcds, please report it: {type(error).__name__}: {error}"
                self._row(piece, None, None, Outcome.UNDECIDED, said)
        return self.rows

    def _name_in(self, said: str) -> Node | Unread:
        """What stands between two dollars, where it is one value."""
        piece = _spoken(self.document, said)
        sides = [side for statement in piece.statements for side in statement.sides]
        return piece.trees.get(sides[0], Unread("nothing")) if len(sides) == 1 else Unread("more than one value")

    def _learn(self, said: str) -> None:
        """What an annotation says holds everywhere: `s = 1/(1 + e^{-z})`, `k > 0`."""
        piece = _spoken(self.document, said)
        if piece.failed is not None:
            raise piece.failed
        here, self.scope.section = self.scope.section, -1
        former = dict(self.scope.former)
        try:
            for statement in piece.statements:
                nodes = [piece.trees.get(side, Unread("one side is empty")) for side in statement.sides]
                for node in nodes:
                    if isinstance(node, Unread):
                        raise node
                declare(statement, piece.segment, self.scope)
                linked = [side.relation in EQUAL for side in statement.sides[1:]]
                taken = (
                    self.definer.take(statement.sides, nodes, linked, again=True, local=False)
                    if any(linked)
                    else {}
                )
                for found in taken.values():
                    if found.outcome is not Outcome.PROVED:
                        raise Unread(found.detail)
        finally:
            self.scope.section = here
            self.scope.former = former  # what the text said before is not meant: the annotation says what is

    def _begin(self, paragraph: Sequence[Piece]) -> None:
        """What a paragraph says of its names holds from its first line: `y = s(x), where s(x) = 1/(1 + e^{-x})`."""
        for place, key, kind in shapes_in_words(paragraph, self.scope):
            self.worded.setdefault(id(place), []).append((key, kind))
        whole_numbers(paragraph, self.scope)
        usual_functions(paragraph, self.scope)
        for piece in paragraph:
            for statement in piece.statements:
                local = id(statement) in self.beside.local and not prose.STATES.search(piece.segment.before)
                declare(statement, piece.segment, self.scope, local=local and self._is_variable(statement))
                if len(statement.sides) > 1:
                    self._properties(statement, piece)
        for place, new, old in other_names(paragraph):
            self.definer.alias(new, old, place.segment.at)
        for key, letter, rows in rows_and_columns(paragraph):
            self.definer.lines(key, letter, rows=rows)
        take_factorizations(paragraph, self.scope, self.definer)
        take_eigenvalues(paragraph, self.scope)
        self.definer.usual_columns()
        for place, name, body in diagonals_in_words(paragraph, self.scope.has_meaning):
            self.definer.define(name, body, place.segment.at, local=False)
        for place, name, pair, quotient in gradients_in_words(paragraph):
            self.scope.quotients.setdefault(place.segment.section, []).append(pair)
            self.spoken.setdefault(id(place), []).append((name, quotient))
        for piece in paragraph:
            for statement in explained_beside(piece, self.scope.has_meaning):
                self._take_early(piece, statement)
        heads: set[str] = set()
        for piece in paragraph:
            for statement in piece.statements:
                tree = piece.trees.get(statement.sides[0])
                head = head_of(tree) if isinstance(tree, Node) else None
                if head is not None and head[0] in heads:
                    return  # a second formula for a function explains nothing
                heads |= {head[0]} if head is not None else set()
        explained = [p for p in paragraph[1:] if prose.EXPLAINS.search(p.segment.before) and len(p.statements) == 1]
        for piece in explained:  # functions first: `p_i = s(z_i)`, where z_i = w x_i and s(z) = ...
            tree = piece.trees.get(piece.statements[0].sides[0])
            if isinstance(tree, Node) and head_of(tree) is not None:
                self._take_early(piece)
        for piece in explained:
            if prose.IN_WHICH.search(piece.segment.before) and self.definer.explains([*piece.trees.values()]):
                self._take_early(piece)

    def _take_early(self, piece: Piece, statement: Statement | None = None) -> None:
        statement = piece.statements[0] if statement is None else statement
        if [side.relation for side in statement.sides[1:]] in (["="], [":="]):
            nodes = [piece.trees.get(side, Unread("one side is empty", side.at, side.end)) for side in statement.sides]
            self.early[id(statement)] = self.definer.take(statement.sides, nodes, [True], again=False, local=False)

    def _properties(self, statement: Statement, piece: Piece) -> None:
        try:
            behind = piece.statements[: piece.statements.index(statement)]
            properties(statement, piece.segment, self.scope, alone=len(piece.statements) == 1, behind=behind)
        except Unread:
            return  # what is not read says nothing

    def _is_variable(self, statement: Statement) -> bool:
        """Whether a condition is about a variable: of parameters, `lambda > 0` says what they are."""
        names = [
            n for side in statement.sides for t in [_tree(side, self.document)] if isinstance(t, Node) for n in names_in(t)
        ]
        return any(n.base.removeprefix("bold ") in _VARIABLES for n in names)

    def _paragraphs(self, pieces: Sequence[Piece]) -> dict[Piece, list[Piece]]:
        """Pieces that stand in one paragraph, by the first of them: `f(x) = x^T A x for A in R^n` declares A for f."""
        found: dict[Piece, list[Piece]] = {}
        first: Piece | None = None
        for piece, previous in zip(pieces, [None, *pieces], strict=False):
            between = piece.segment.before
            new = first is None or previous is None or previous.segment.section != piece.segment.section
            if new or (prose.BREAK.search(between) and not prose.WHERE.match(between.lstrip("$ \n"))):
                first = piece
            assert first is not None  # set in the first round
            found.setdefault(first, []).append(piece)
        return found

    def _look_ahead(self, pieces: Sequence[Piece]) -> None:
        letters = index_letters(self.document)
        for piece in pieces:
            trees = [t for t in piece.trees.values() if isinstance(t, Node)]
            gather_indices(trees, self.scope, piece.segment.section)
            gather_sizes(trees, self.scope, piece.segment.section)
            gather_labels(trees, self.scope, piece.segment.section, letters)
            gather_families(trees, self.scope, piece.segment.section)
            gather_quotients(trees, self.scope, piece.segment.section)
            gather_moving(trees, self.scope, piece.segment.section)
        self.beside = conditions_beside(pieces)
        for piece in pieces:
            self.scope.around = self.document.around(piece.segment.section)
            samples = self.scope.samples
            for side, found in piece.trees.items():
                if isinstance(found, Node):
                    piece.trees[side] = with_indices(found, samples)
            for statement in piece.statements:
                here = {side: tree for side in statement.sides if isinstance(tree := piece.trees.get(side), Node)}
                piece.trees |= dict(zip(here, with_ranges([*here.values()]), strict=True))
        for piece in pieces:
            for name in (
                n
                for t in piece.trees.values()
                if isinstance(t, Node)
                for n in names_in(t)
                if n.base.startswith("bold ")
            ):
                self.scope.bold_in.setdefault(labelled(name)[0], set()).add(piece.segment.section)
            trees = [t for t in piece.trees.values() if isinstance(t, Node)]
            gather(trees, self.scope, piece.segment.section)
            gather_arguments(trees, self.scope, piece.segment.section)
            gather_subscripts(trees, self.scope, piece.segment.section)
            gather_constants(trees, self.scope, piece.segment.section)
            for statement in piece.statements:
                gather_letters(statement, piece.trees, self.scope, piece.segment.section)
                gather_heads(statement, piece.trees, self.scope, piece.segment.section)
                for side, following in zip(statement.sides, statement.sides[1:], strict=False):
                    tree = piece.trees.get(side)
                    if following.relation not in {"=", ":="} or not isinstance(tree, Node):
                        continue
                    if (head := head_of(tree)) is not None:
                        self.scope.applied.add(head[0])
                    elif (base := numbered(tree)) is not None:
                        self.scope.single_in.setdefault(base, set()).add(piece.segment.section)
        gather_products(pieces, self.scope)
        self.scope.formulas = frozenset(formulas_of(pieces))
        for key, section in functions_by_entries(pieces):
            self.scope.entrywise.setdefault(key, set()).add(section)
        gather_chances(pieces, self.scope, self.document.text)

    def _values(self, pieces: Sequence[Piece]) -> None:
        """Names that the document gives numbers: `x = 2`, `(x_1, x_2) = (0, 0)`."""
        for piece in pieces:
            for statement in piece.statements:
                for side, following in zip(statement.sides, statement.sides[1:], strict=False):
                    name, value = piece.trees.get(side), piece.trees.get(following)
                    if (
                        following.relation not in EQUAL
                        or not isinstance(name, Node)
                        or not isinstance(value, Node)
                    ):
                        continue
                    number = key_of(name) is not None and not any(names_in(value))
                    if number or opened(name).kind in {"round", "grid"}:
                        self.decider.valued |= {Real.symbol(shown(full_key(n))) for n in names_in(name)}

    # -- pieces and chains --------------------------------------------------------------------------------------

    def _piece(self, piece: Piece, pending: Pending) -> None:
        self.equality = 0
        if pending.skip:
            return
        if piece.failed is not None:
            if "=" in piece.segment.text:
                self._row(piece, None, None, Outcome.UNREAD, piece.failed.why, at=piece.failed.at)
            return
        self.holds = False
        for place, statement in enumerate(piece.statements):
            if len(statement.sides) == 1:
                tree = piece.trees.get(statement.sides[0])
                if isinstance(tree, Unread) and hides_a_relation(statement.sides[0]):
                    self._row(piece, None, statement.sides[0], Outcome.UNREAD, tree.why, at=tree.at)
                if isinstance(tree, Node) and len(piece.statements) == 1:
                    words_beside(piece.segment, tree, self.scope)
                if len(piece.statements) == 1 and piece.segment.display:
                    self.last = statement.sides[0]
                continue
            if statement.continues:
                if place or self.last is None or not piece.segment.display:
                    statement = replace(statement, sides=statement.sides[1:])  # noqa: PLW2901
                    if len(statement.sides) == 1:
                        if statement.sides[0].relation in EQUAL:
                            self._row(
                                piece,
                                None,
                                statement.sides[0],
                                Outcome.UNREAD,
                                "the left side is not in this formula",
                            )
                        continue
                else:
                    statement = replace(statement, sides=[self.last, *statement.sides[1:]])  # noqa: PLW2901
                    tree = _tree(self.last, self.document)
                    piece.trees[self.last] = (
                        with_indices(tree, self.scope.samples) if isinstance(tree, Node) else tree
                    )
            rows = len(self.rows)
            self._chain(piece, statement, pending)
            self.holds = len(self.rows) > rows and all(map(_is_identity, self.rows[rows:]))
            self._update(piece, statement.sides)
            if piece.segment.display:
                self.last = statement.sides[-1]

    def _update(self, piece: Piece, sides: Sequence[Side]) -> None:
        """After a line that gives a name its next value, the numbers it had are those of the last side, or not known."""
        nodes = [piece.trees.get(s, Unread("")) for s in sides]
        if len(sides) > 1 and _is_update(sides[1].relation, nodes):
            chained = all(s.relation in EQUAL for s in sides[1:])
            self.definer.update(nodes[0], nodes[-1] if chained else nodes[1], sides[0].at)

    def _chain(self, piece: Piece, statement: Statement, pending: Pending) -> None:
        statement = without_places(statement)
        sides = statement.sides
        linked = [s.relation in EQUAL for s in sides[1:]]
        if self._is_supposed(piece, statement, linked):
            return
        self.scope.ranges = ranges_of(statement)
        self.far = is_about_infinity(_around(piece.segment))
        nodes = [piece.trees.get(s, Unread("one side is empty", s.at, s.end)) for s in sides]
        numbers = [self.equality + sum(linked[: i + 1]) for i in range(len(linked))]
        expected = [joined and pending.expects(number) for joined, number in zip(linked, numbers, strict=True)]
        asked = [] if pending.condition else [i for i, joined in enumerate(linked) if joined]
        sequences = self.scope.subscripts if prose.SEQUENCE.search(self._lately(piece)) else {}
        unbound = {i: why for i in asked if (why := _unbound(nodes, i, expected[i], sequences))}
        linked = [joined and i not in unbound for i, joined in enumerate(linked)]
        weak, word = self._asked_for(piece, statement, pending)
        local = bool(prose.LOCAL.search(piece.segment.before)) or (
            statement is piece.statements[0] and self._is_special(nodes[:2], piece.segment.before)
        )
        if statement is piece.statements[-1] and (case := self._case(piece, statement, nodes)) is not None:
            self._taken(piece, sides, 0, case)
            return
        if len(nodes) == 2 and isinstance(nodes[0], Node) and isinstance(nodes[1], Node):
            self.solutions.begin(nodes[0], nodes[1])
        if len(nodes) > 1 and isinstance(nodes[0], Node) and isinstance(nodes[1], Node):
            self._recursion(nodes[0], nodes[1], sides[0].at)
        if local and self.definer.starts_anew(nodes):
            self.definer.keep_for_a_sentence(nodes[0])  # type: ignore[arg-type]
            local = False
        known = self.abbreviations.is_known(nodes) and not pending.definition  # a claim about a derivative
        by_numbers = self.defined_by_numbers(nodes, sides[0].at) if linked[0] and not known else None
        taken = self.early.pop(id(statement), None) or self.definer.take(
            sides,
            nodes,
            [False, *linked[1:]] if known or by_numbers else linked,
            again=pending.definition,
            local=local,
            result=bool(statement.joint or prose.FOUND.search(piece.segment.before)),
            chosen=prose.GIVES.search(piece.segment.before) is not None,
        )
        taken |= {0: by_numbers} if by_numbers is not None else {}
        if word and not any(found.outcome is Outcome.PROVED for found in taken.values()):
            self.supposed.note(word, nodes, piece.segment.section)
        if prose.DECOMPOSES.search(piece.segment.before[-200:]) or prose.DECOMPOSED.match(piece.segment.after):
            self.definer.decomposed(taken.values())
        self.definer.notice(nodes)
        if linked[0]:
            self.abbreviations.take(nodes, piece.segment.section)
        claims = self._take(piece, statement, nodes, taken, pending, expected)
        readings = Readings(self._readings(nodes, linked, statement, pending) if any(linked) else ())
        for i, joined in enumerate(linked):
            if i in unbound:
                outcome = Outcome.REFUTED if expected[i] else Outcome.MALFORMED
                self._row(piece, sides[i], sides[i + 1], outcome, unbound[i], stage="binding", expect=expected[i])
            self.equality = numbers[i]
            near = self.near(nodes, statement, pending) if i == 0 and sides[1].relation == "~" and not expected[0] else None
            if near is not None:
                self._taken(piece, sides, 0, near)
            elif joined and i not in taken:
                self._equality(piece, statement, i, readings, weak, nodes, pending)
                claims |= {i} if self.rows[-1].role == "claim" and self.rows[-1].outcome in _SETTLED else set()
            if joined and i not in claims and sides[i + 1].relation in {"=", ":="}:
                self.following.note(nodes[i], nodes[i + 1], self.document.place(sides[i].at)[0])

    def _equality(self, piece: Piece, statement: Statement, i: int, readings: Readings, weak: str,
                  nodes: Sequence[Node | Unread], pending: Pending) -> None:  # fmt: skip
        """A pair of a chain: numbers by themselves, for every one of some numbered names, or in the readings of the chain."""
        sides = statement.sides
        if i == 0 and piece.segment.at in self.scope.chance.laid_down:
            self._row(piece, sides[0], sides[1], Outcome.UNDECIDED, _LAID_DOWN, role="definition")
        elif i and sides[i + 1].relation == "~" and not any(map(_has_names, nodes[i : i + 2])):
            self._numbers(piece, statement, sides[i : i + 2], nodes[i : i + 2], weak, pending)
        elif not self._stands_for_others(piece, statement, i, nodes, weak, pending):
            self._pair(piece, sides, i, readings, weak, nodes, pending)

    def _recursion(self, node: Node, body: Node, at: int) -> None:
        """An equation may be a recursion, and then that of the next method."""
        if self.iterations.say(node, body, self.scope.section, self.document.place(at)[0]):
            self.definer.another_recursion(node)

    def _numbers(self, piece: Piece, statement: Statement, sides: Sequence[Side], nodes: Sequence[Node | Unread], weak: str,
                 pending: Pending) -> None:  # fmt: skip
        """An approximation of numbers by numbers within a chain, whatever the name at its head is read as."""
        self._pair(piece, sides, 0, Readings(self._readings(nodes, [True], statement, pending)), weak, nodes, pending)

    def _lately(self, piece: Piece) -> str:
        """What the document said in front of a formula."""
        return self.document.text[max(0, piece.segment.at - _LATELY) : piece.segment.at]

    def _is_supposed(self, piece: Piece, statement: Statement, linked: Sequence[bool]) -> bool:
        """Whether a statement claims nothing: an order, or what is supposed for the claims beside it."""
        sides = statement.sides
        if not any(linked):
            order = self.beside.orders.get(id(statement))
            if order is not None and not prose.PASSING.search(piece.segment.before):
                self.supposed.order(order, piece.segment.section)
            return True
        if id(statement) not in self.beside.local:
            return False
        word = "if" if prose.LOCAL.search(piece.segment.before) else "suppose"
        self.supposed.note(word, [piece.trees.get(s, Unread("")) for s in sides], piece.segment.section)
        said = "supposed for the claims beside it"
        self._row(piece, sides[0], sides[1], Outcome.UNDECIDED, said, role="definition")
        return True

    def _take(self, piece: Piece, statement: Statement, nodes: Sequence[Node | Unread], taken: dict[int, Taken],
              pending: Pending, expected: Sequence[bool]) -> set[int]:  # fmt: skip
        """Rows for what was taken as definitions; those among them that turned out to be claims."""
        sides, claims = statement.sides, set[int]()
        for i, found in sorted(taken.items()):
            asked = _is_meant(pending, i) and found.outcome is Outcome.UNREAD
            laid_down = replace(found, outcome=Outcome.UNDECIDED, detail=f"{_MEANT}: {found.detail}") if asked else found
            if laid_down.outcome is Outcome.UNREAD and misshapen.fits_turned(nodes[i + 1], laid_down.detail, self.scope):
                said = f"{laid_down.detail}; with a transpose in another place they do"
                laid_down = replace(laid_down, outcome=Outcome.MALFORMED, detail=said, stage="solution")
            found_here = bool(statement.joint) or says_found(piece.segment.before)
            known = self._settled(laid_down, nodes[i : i + 2], sides[i].at, found=found_here)
            known = self.following.taken(nodes[i : i + 2], known, self._sentence(piece))
            known = known if expected[i] else self.stepped(known, nodes, i, statement, pending)
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
        conditions = self.beside.conditions.get(id(statement), ())
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

    def _settled(self, taken: Taken, nodes: Sequence[Node | Unread], at: int, *, found: bool) -> Taken:
        """What a definition comes to where it is the value that an equation before it asks for."""
        node, body = nodes
        if taken.value is None or not isinstance(node, Node) or not isinstance(body, Node):
            return taken
        if is_recursion(node, body) or (numbered(node) is not None and not taken.value.free):
            self._wait(nodes, at)
            return taken
        head = head_of(node)
        key = head[0] if head else key_of(node)
        if key is None or not found:
            return taken
        name = None if taken.value.free or head else self.definer.symbol_of(key)
        symbol = name if isinstance(name, Term) else None
        known = self.solutions.verdict(key, symbol, taken.value, self.decider.with_found)
        if known is None or (known[0] is Outcome.REFUTED and taken.guessed):
            return taken
        outcome, line = known
        known_as = symbol if symbol is not None else self.definer.symbol_of(key)
        if outcome is Outcome.REFUTED and isinstance(known_as, Term) and known_as.head == "sym" and not self.solutions.is_close(
            key, known_as, taken.value, self.decider.with_found
        ):
            return taken  # another equation may be meant
        says = "it satisfies" if outcome is Outcome.PROVED else "it does not satisfy"
        return replace(taken, outcome=outcome, detail=f"{says} the equation of line {line}", stage="solution")

    def _recursion_solved(self, nodes: Sequence[Node | Unread], at: int) -> Taken | None:
        """A formula for a sequence that the section says by a recursion; None where it is no such formula."""
        node, body = nodes
        name = named(node) if isinstance(node, Node) else None
        if name is None or not isinstance(node, Node) or not isinstance(body, Node):
            return None
        if not self.solutions.has_recursion(labelled(name)[0]):
            return None
        with self.definer.trying(node, body, at) as taken:
            settled = None if taken is None else self._settled(taken, nodes, at, found=True)
        if settled is taken or settled is None:
            return None
        if settled.outcome is Outcome.PROVED:
            self.definer.define(node, body, at, local=False)
        return settled

    def _wait(self, nodes: Sequence[Node | Unread], at: int) -> None:
        """An equation waits for the value that it asks for."""
        trees = [n for n in nodes if isinstance(n, Node)]
        if len(trees) == len(nodes):
            self.solutions.wait(
                trees, self.document.place(at)[0], lambda: read_chain(trees, [True], self.scope, Options())
            )

    def _is_special(self, nodes: Sequence[Node | Unread], before: str) -> bool:
        """Whether an equation picks one of the values that a vector or matrix may have: "with $A = I$ we get"."""
        node, value = nodes
        plain = isinstance(value, Node) and opened(value).kind in {"NAME", "NUMBER", "unit", "style"}
        key = key_of(node) if isinstance(node, Node) and plain else None
        known = self.scope.kinds.get(key) if key is not None else None
        general = known is not None and known.certain and known.kind.shape != (1, 1)
        return general and prose.SPECIAL.search(before) is not None

    def _readings(self, nodes: Sequence[Node | Unread], linked: Sequence[bool], statement: Statement,
                  pending: Pending) -> Iterator[Reading]:  # fmt: skip
        """The readings of a chain, the likeliest first; the last ones only where some pair was not read in any other."""
        beside = (*self.beside.conditions.get(id(statement), ()), *pending.where, *self._assumed(nodes))
        behind = self.scope.behind(keys_in(nodes))
        beside += tuple(o for o in self.supposed.orders_of(nodes, self.scope.around, behind) if o not in beside)
        explained = self.beside.explained.get(id(statement), ())

        same = len(nodes) == len(statement.sides)  # they are no entries of its sides
        relations = [side.relation for side in statement.sides] if same else ["="] * len(nodes)
        for sides, up_to in ways_up_to(nodes, relations, far=self.far):
            yield from self._readings_up_to(sides, up_to, linked, beside, explained)

    def _readings_up_to(self, nodes: Sequence[Node | Unread], up_to: Sequence[Remainder | None], linked: Sequence[bool],
                        beside: Sequence[Node], explained: Sequence[Node]) -> Iterator[Reading]:  # fmt: skip
        """The readings of a chain of which the sides agree up to some powers."""
        found: list[Reading] = []

        def made(options: Options, more: Sequence[Node] = ()) -> Reading:
            conditions = (*beside, *more)
            found.append(read_chain(nodes, linked, self.scope, options, conditions=conditions, remainders=up_to))
            return found[-1]

        older = self.definer.older(nodes)  # before what this chain defines
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
        settled = _reads(found, linked) and (_reads(found, linked, sure=True) or self._defines_arrays(nodes))
        if not settled and (not any(map(has_arrays, nodes)) or self._of_several_numbers(nodes)):
            yield made(Options(numbers=True))
        if not _reads(found, linked):
            yield made(Options(sizes=False))
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

    # -- claims -------------------------------------------------------------------------------------------------

    def _stands_for_others(self, piece: Piece, statement: Statement, i: int, nodes: Sequence[Node | Unread], weak: str,
                           pending: Pending) -> bool:  # fmt: skip
        """Decide a pair that is about each of some names, or about what an equation gives; whether it is such a pair."""
        if self._numbered(piece, statement, i, nodes, weak, pending):
            return True
        return not weak and self._differentiates_a_solution(piece, statement, i, nodes, pending)

    def _numbered(self, piece: Piece, statement: Statement, i: int, nodes: Sequence[Node | Unread], weak: str,
                  pending: Pending) -> bool:  # fmt: skip
        """Decide a pair that stands for a line about each of some numbered names; whether it is one."""
        left, right = statement.sides[i : i + 2]
        found = self.by_numbers(nodes[i : i + 2], right.relation, statement, weak, pending)
        if found is None:
            return False
        verdict, terms = found
        self._row(piece, left, right, verdict.outcome, verdict.detail, stage=verdict.stage, terms=terms, verdict=verdict,
                  given=_given(terms), expect=pending.expects(self.equality))  # fmt: skip
        return True

    def _pair(self, piece: Piece, sides: Sequence[Side], i: int, readings: Readings, weak: str,
              nodes: Sequence[Node | Unread], pending: Pending) -> None:  # fmt: skip
        left, right = sides[i], sides[i + 1]
        if right.relation == "update":
            self._row(piece, left, right, Outcome.UNDECIDED, "an update", role="definition")
            return
        if right.relation == "=" and (found := self._follows(piece, nodes, i)) is not None:
            expected = pending.expects(self.equality)
            self._row(piece, left, right, found.outcome, found.detail, stage=found.stage, verdict=found, expect=expected)
            return
        read = readings.of(i)
        if i + 2 < len(sides):
            readings.complete()  # before this pair gives a name a meaning that it has not yet in the rest of the chain
        if not read:
            self._without_reading(piece, sides, i, readings, nodes, pending, weak=bool(weak))
            return
        if (meaning := self._meaning(nodes, i, read, left.at, right.at, may_name=not weak and i + 2 == len(sides))) is not None:
            self._taken(piece, sides, i, meaning)
            return
        up_to = read[0].up_to(i)
        loose = right.relation == "~" and not up_to and not any(_has_decimals(one.sides[i + 1]) for one in read)
        if loose and not any(is_computed_from_rounded(one.sides[i + 1]) for one in read):
            self._without_digits(piece, sides[i : i + 2], nodes[i : i + 2], weak, pending)
            return
        weak = "an exclamation mark asks for it" if right.relation == "ask" else weak
        begin = time.perf_counter()
        expected = self._weigh(nodes[i : i + 2], pending)
        self._listen(piece)
        verdict, reading, note = self._verdict(piece, sides, i, nodes, read, weak, pending, loose=loose)
        terms = reading.pair(i)
        assert terms is not None  # only such readings are decided
        guessed = bool(reading.options.depend) and not expected
        if guessed and verdict.outcome is Outcome.UNDECIDED and _has_one_derivative(nodes):
            lost = next((r.why(i) for r in readings if r.pair(i) is None), None)
            if lost is not None:
                self._row(piece, left, right, Outcome.UNREAD, lost.why, at=lost.at, advice=getattr(lost, "advice", ""))
                return
        if verdict.outcome in {Outcome.PROVED, Outcome.SUPPORTED}:
            verdict, reading, note = self._laid_out(verdict, reading, note, read, i, weak)
        if reading.read_as and verdict.outcome is not Outcome.UNDECIDED:
            verdict = replace(verdict, detail="; ".join(filter(None, (verdict.detail, *reading.read_as))))
        role = "definition" if note and verdict.outcome is Outcome.UNDECIDED else "claim"
        passed = verdict.outcome in {Outcome.PROVED, Outcome.SUPPORTED}
        free = verdict.stage != "members" and (right.relation != "~" or not up_to)  # an approximation gives no name a meaning
        if not passed and not expected and free and self._is_rebound(piece, sides, i, nodes, verdict, reading, weak=bool(weak)):
            return
        if role == "definition":
            self._ask_for(nodes[i : i + 2], left.at)
        self._row(
            piece, left, right, verdict.outcome, verdict.detail, role=role, stage=verdict.stage, terms=terms, verdict=verdict,
            given=_given(terms), seconds=time.perf_counter() - begin, expect=expected,
            corrected=self.decider.evidence.corrected if verdict.outcome is Outcome.REFUTED else None,
            advice=reading.advice if verdict.outcome is Outcome.UNDECIDED else "",
        )  # fmt: skip

    def _verdict(self, piece: Piece, sides: Sequence[Side], i: int, nodes: Sequence[Node | Unread], read: Readings, weak: str,
                 pending: Pending, *, loose: bool) -> tuple[Verdict, Reading, str]:  # fmt: skip
        """The verdict on a pair: as it stands, as it is meant where it stands, or over the ranges that fit its arrays."""
        verdict, reading, note = self._decided(piece, nodes, i, read, weak, pending)
        open_ = verdict.outcome in {Outcome.UNDECIDED, Outcome.REFUTED}
        as_meant = self._as_meant(read, i, nodes) if open_ and not weak and verdict.stage != "members" else None
        if as_meant is not None:
            verdict, note = as_meant, ""
        elif verdict.outcome is Outcome.REFUTED and (said := self._restricted(piece, nodes[i : i + 2], reading)):
            verdict = undecided(said)
        elif verdict.outcome is Outcome.UNDECIDED and not weak:
            verdict = self._over_other_range(piece, sides, i, nodes, pending, reading) or verdict
        if loose and verdict.outcome not in {Outcome.PROVED, Outcome.SUPPORTED}:
            return undecided(_NO_DIGITS), reading, ""
        return verdict, reading, note

    def _without_digits(self, piece: Piece, sides: Sequence[Side], nodes: Sequence[Node | Unread], weak: str,
                        pending: Pending) -> None:  # fmt: skip
        r"""An approximation by no decimal, unless the letters are numbers here, and vectors elsewhere: `x_2 \approx 1.785`."""
        found = None if any(map(has_arrays, nodes)) else read_chain(nodes, [True], self.scope, Options(numbers=True))
        if found is not None and found.pair(0) is not None and _has_decimals(found.sides[1]):
            self._pair(piece, sides, 0, Readings([found]), weak, nodes, pending)
        else:
            self._row(piece, sides[0], sides[1], Outcome.UNDECIDED, _NO_DIGITS)

    def _follows(self, piece: Piece, nodes: Sequence[Node | Unread], i: int) -> Verdict | None:
        """The verdict on a slope of a curve, or on a formula for an inverse function."""
        return self.following.slope(nodes, i, self._sentence(piece)) or self.following.inverse(*nodes[i : i + 2])

    def _ask_for(self, nodes: Sequence[Node | Unread], at: int) -> None:
        """An equation is a condition on its names."""
        self._wait(nodes, at)
        self.supposed.tie(nodes, self.scope.section)

    def _listen(self, piece: Piece) -> None:
        """What the words around a claim say of its numbers and matrices."""
        parity = prose.PARITY.search(_around(piece.segment))
        self.decider.restricted = parity[1].lower() if parity else ""
        self.decider.square = prose.SQUARE.search(self._sentence(piece)) is not None

    def _laid_out(self, verdict: Verdict, reading: Reading, note: str, read: Readings, i: int,
                  weak: str) -> tuple[Verdict, Reading, str]:  # fmt: skip
        """The verdict on a claim that holds, in the layout of derivatives in which its section is written."""
        terms = reading.pair(i)
        assert terms is not None  # it was decided
        others = [r for r in read if r.options.layout != reading.options.layout] if "layout" in reading.choices else []

        def elsewhere() -> bool:
            return bool(others) and self.decider.decide(others, i, weak)[0].outcome in {Outcome.PROVED, Outcome.SUPPORTED}

        if self.layouts.fits(reading, terms, self.scope, elsewhere):
            return verdict, reading, note
        if others and self.layouts.contradicts(reading, terms, self.scope):
            return self.decider.decide(others, i, weak)
        return undecided("it holds in another layout of derivatives than the one that is shown, or usual"), reading, note

    def _decided(self, piece: Piece, nodes: Sequence[Node | Unread], i: int, read: Readings, weak: str,
                 pending: Pending) -> tuple[Verdict, Reading, str]:  # fmt: skip
        """The verdict on a pair: as it is read, as an expansion, or as a claim about the members of sequences."""
        verdict, reading, note = self.decider.decide(read, i, weak, pending.tolerance)
        verdict = as_expansion(verdict, reading, i, self.decider)
        if verdict.outcome in {Outcome.PROVED, Outcome.SUPPORTED}:
            return verdict, reading, note
        found = self.following.members(nodes[i : i + 2], self._sentence(piece))
        if found is None or (weak and found.outcome is Outcome.REFUTED and not weak.endswith(_RELATIONS)):
            return verdict, reading, note
        if weak:
            self.supposed.withdraw(nodes)
        if self.definer.rebinds(*nodes[i : i + 2]) and self.definer.forget(nodes[i]):  # type: ignore[arg-type]
            self.definer.doubt(nodes[i])  # type: ignore[arg-type]  # two equations say what it is
        return found, reading, ""

    def _meaning(self, nodes: Sequence[Node | Unread], i: int, read: Readings, at: int, behind: int, *,
                 may_name: bool) -> Taken | None:  # fmt: skip
        """What a pair says of a name, where it claims nothing: its right side names the left one, or repeats what it is."""
        if may_name and (found := self.definer.names_right(nodes[i + 1], read[0], i, behind)):
            return found
        if i == 0 and (again := self.definer.repeats(nodes[0], read[0], 0)) is not None:
            return again
        return self._recursion_solved(nodes[:2], at) if i == 0 else None

    def _without_reading(self, piece: Piece, sides: Sequence[Side], i: int, readings: Readings, nodes: Sequence[Node | Unread],
                         pending: Pending, *, weak: bool) -> None:  # fmt: skip
        """A row for a pair that no reading makes sense of."""
        why = readings[0].why(i)
        if any(r.why(i).why == NO_PATTERN for r in readings) and self._entries(piece, sides, i, nodes, pending):
            return
        if _is_meant(pending, i):
            self._row(piece, sides[i], sides[i + 1], Outcome.UNDECIDED, f"{_MEANT}: {why.why}", role="definition")
            return
        if i == 0 and (anew := self.definer.another(nodes[0], nodes[1], sides[i].at)) is not None:
            self._taken(piece, sides, 0, anew)
            return
        self._unread(piece, sides, i, nodes, pending, why, weak=weak)

    def _differentiates_a_solution(self, piece: Piece, statement: Statement, i: int, nodes: Sequence[Node | Unread],
                                   pending: Pending) -> bool:  # fmt: skip
        """Decide a derivative of what a linear equation of the section gives; whether it is one, and holds or is wrong."""
        sides, pair = statement.sides, nodes[i : i + 2]
        for key in differentiated(pair, self.scope) if sides[i + 1].relation in {"=", ":="} else ():
            base = key.partition("_")[0]
            equations = [e for e in self.solutions.waiting if base in e.keys and self.scope.is_here(e.section)]
            solved = ((e.line, solution_of(e, key)) for e in equations[: -1 - resting.MOST : -1])
            found = next(((line, one) for line, one in solved if one is not None), None)
            if found is None:
                continue
            with solving(self.scope, key, found[1]):
                expected = self._weigh(pair, pending)
                read = Readings(self._readings(pair, [True], statement, pending)).of(0)
                if not read or read[0].options.depend:
                    continue
                verdict, reading, _ = self.decider.decide(read, 0, "", pending.tolerance)
                terms = reading.pair(0)
            said_there = terms is not None and terms[1].free <= found[1].body.free | {found[1].symbol}
            if verdict.outcome in (_SETTLED if said_there else _SETTLED - {Outcome.REFUTED}) and terms is not None:
                line, _ = found
                said = f"{shown(key)} is what solves the equation of line {line}: {verdict.detail}"
                self._row(piece, sides[i], sides[i + 1], verdict.outcome, said, stage=verdict.stage, terms=terms,
                          verdict=verdict, given=_given(terms), expect=expected)  # fmt: skip
                return True
        return False

    def _as_meant(self, readings: Readings, i: int, nodes: Sequence[Node | Unread]) -> Verdict | None:
        """The verdict on a claim with an equation of its section put in, or with what its names tell of each other."""
        keys = keys_in(nodes[i : i + 2])
        said = [e for e in self.solutions.waiting if not e.recursion and e.keys & keys and self.scope.is_here(e.section)]
        equations = [(e.read, e.line) for e in reversed(said[-resting.MOST :])]
        others = self.supposed.reaching(nodes[i : i + 2], self.scope.around)
        return meant.verdict(self.decider, readings[0], i, equations, may_refute=len(others) <= 1)

    def _unread(self, piece: Piece, sides: Sequence[Side], i: int, nodes: Sequence[Node | Unread], pending: Pending,
                why: Unread, *, weak: bool) -> None:  # fmt: skip
        """A pair that was not read: its parts do not fit, where they would with a transpose in another place."""
        turned = (misshapen.variants, piece, sides, i, nodes, pending)
        misfit = why.why.startswith(MISSHAPEN) and not weak and self._would_hold(*turned)
        said = f"{why.why}; with a transpose in another place it holds" if misfit else why.why
        self._row(piece, sides[i], sides[i + 1], Outcome.MALFORMED if misfit else Outcome.UNREAD, said, at=why.at,
                  stage="shapes" if misfit else "", expect=misfit and pending.expects(self.equality),
                  advice=getattr(why, "advice", ""))  # fmt: skip

    def _over_other_range(self, piece: Piece, sides: Sequence[Side], i: int, nodes: Sequence[Node | Unread], pending: Pending,
                          reading: Reading) -> Verdict | None:  # fmt: skip
        """The verdict on a claim with indices that run over other sizes than its arrays have, where it holds over theirs."""
        terms, doubts = reading.pair(i), reading.doubts_of(i)
        if terms is None or not doubts or not all(OTHER_RANGE in why for why in doubts):
            return None
        lengths = self.decider.lengths_said_here(terms)
        ranges = partial(misshapen.over_other_ranges, lengths=lengths)
        if not lengths or not self._would_hold(ranges, piece, sides, i, nodes, pending):
            return None
        return Verdict(Outcome.MALFORMED, "shapes", f"{'; '.join(doubts)}; over the range that fits it holds")

    def _would_hold(self, variants: Callable[[Sequence[Node]], Iterable[list[Node]]], piece: Piece, sides: Sequence[Side],
                    i: int, nodes: Sequence[Node | Unread], pending: Pending) -> bool:  # fmt: skip
        """Whether a pair whose parts do not fit is true in one of its variants."""
        pair = [node for node in nodes[i : i + 2] if isinstance(node, Node)]
        statement = next((s for s in piece.statements if sides[i] in s.sides), None)
        if statement is None:
            return False  # a place was taken off it
        self._weigh(pair, pending)
        for variant in variants(pair) if len(pair) == 2 else ():
            reading = next(iter(self._readings(variant, [True], statement, pending)))
            if reading.pair(0) is None or reading.doubts_of(0):
                continue
            verdict, _, _ = self.decider.decide([reading], 0, "", 0.0)
            if verdict.outcome in {Outcome.PROVED, Outcome.SUPPORTED}:
                return True
        return False

    def _entries(self, piece: Piece, sides: Sequence[Side], i: int, nodes: Sequence[Node | Unread], pending: Pending) -> bool:
        """Compare the entries that are printed of a matrix with dots; whether one of them is wrong, and a row says so."""
        statement = next((s for s in piece.statements if sides[i] in s.sides), None)
        if statement is None:
            return False  # a place was taken off it
        pair = nodes[i : i + 2]
        for k, (side, other) in enumerate((pair, pair[::-1])):
            found = shown_in(side) if isinstance(side, Node) else None
            if found is None or not isinstance(other, Node) or shown_in(other) is not None:
                continue
            if found.middle and not pending.expects(self.equality):
                return False  # which entries these are depends on a name
            for one in found.entries:
                entries = [one.node, one.of(other, column=found.column)][:: 1 if k == 0 else -1]
                read = Readings(self._readings(entries, [True], statement, pending)).of(0)
                if not read:
                    continue
                expected = self._weigh(entries, pending)
                verdict, reading, _ = self.decider.decide(read, 0, "", pending.tolerance)
                if verdict.outcome is Outcome.REFUTED and verdict.counterexample is not None:
                    place = f"row {one.row}" if found.column else f"row {one.row}, column {one.column}"
                    terms = reading.pair(0)
                    assert terms is not None  # only such readings are decided
                    said = f"the entry in {place} is another: {verdict.detail}"
                    self._row(piece, sides[i], sides[i + 1], verdict.outcome, said, stage=verdict.stage,
                              terms=terms, verdict=verdict, given=_given(terms), expect=expected,
                              corrected=self.decider.evidence.corrected)  # fmt: skip
                    return True
        return False

    def _weigh(self, nodes: Sequence[Node | Unread], pending: Pending) -> bool:
        """Say what an equality needs to be called wrong; whether its author says that it is."""
        names = [n for node in nodes if isinstance(node, Node) for n in names_in(node)]
        known = frozenset(filter(self.scope.has_meaning, {key for n in names for key in (full_key(n), labelled(n)[0])}))
        evidence = self.decider.evidence
        evidence.meanings, evidence.near = known, frozenset(filter(self.scope.has_one_meaning, known))
        evidence.claimed = pending.expects(self.equality)
        return evidence.claimed

    def _is_rebound(self, piece: Piece, sides: Sequence[Side], i: int, nodes: Sequence[Node | Unread], verdict: Verdict,
                    reading: Reading, *, weak: bool) -> bool:  # fmt: skip
        """Whether an equation that is no true claim gives its left side a new meaning, which is then taken."""
        node, body = nodes[i : i + 2]
        if not self.definer.rebinds(node, body):
            return False
        assert isinstance(node, Node)
        assert isinstance(body, Node)  # only names are rebound, to formulas
        gives = bool(prose.GIVES.search(piece.segment.before)) or self._is_next(piece, node)
        known = self.definer.is_known_here(node)
        wrong = verdict.outcome in {Outcome.REFUTED, Outcome.MALFORMED} or self.decider.evidence.far
        wrong = wrong or self._is_example(body, reading.pair(i))
        if wrong or (head_of(node) is not None and not weak) or (weak and gives):
            taken = self.definer.define(node, body, sides[i].at, local=False)
            if taken is not None and reading.assumed and not gives:
                self.definer.doubt(node)
            if taken is not None:
                found = says_found(piece.segment.before)
                again = self._settled(taken, nodes[i : i + 2], sides[i].at, found=found)
                if again is taken and known and not gives:
                    again = replace(taken, outcome=Outcome.UNDECIDED, detail=_SECOND)
                self._taken(piece, sides, i, again)
                return True
        worked_out = sides[i + 1].relation == "~" or (not weak and opened(body).kind not in {"NUMBER", "SIGN"})
        if worked_out and (terms := reading.pair(i)) is not None and terms[1].is_scalar and not terms[1].free:
            return False  # what a formula comes to in an example: `z_1 = 0.2 \cdot 1 + 0.1 = 0.3`
        if weak and head_of(node) is None and not any(True for _ in names_in(body)):
            return False  # "For $p = (0.2, 0.8)$ we have": a place, at which the formula of p has this value
        if not self.definer.is_by_entries(node) and self.definer.forget(node):
            self.definer.doubt(node)
        return False

    def _is_next(self, piece: Piece, node: Node) -> bool:
        """Whether the words in front of a formula begin the next example of a function: then it is no other form of the last.

        In a list of forms nothing stands behind each of them; in one of examples the derivatives do.
        """
        if head_of(node) is None:
            return False
        said = prose.NEXT.search(piece.segment.before)
        alone = not piece.segment.after.strip(" \t\n$\\.,;") or prose.BREAK.match(piece.segment.after.lstrip(" \t$\\).,;"))
        return said is not None and (said["item"] is None or not alone)

    def _is_example(self, body: Node, terms: tuple[Term, Term] | None) -> bool:
        """Whether a name of which the size is left open gets numbers: an example."""
        if terms is None or any(True for _ in names_in(body)) or terms[1].is_scalar or terms[1].free:
            return False
        return terms[0].head == "sym" and any(isinstance(n, Term) and n.free for n in terms[0].shape)

    def _restricted(self, piece: Piece, nodes: Sequence[Node | Unread], reading: Reading) -> str:
        """Why a claim that is not true in general may be true where it stands; "" where nothing says so."""
        value = isinstance(nodes[1], Node) and not any(True for _ in names_in(nodes[1]))
        terms = reading.pair(0) if len(reading.sides) == 2 else None
        sentence = self._sentence(piece)
        derived = terms is None or (terms[0].free and has_calculus(terms[0]))
        if value and derived and (prose.AT_A_POINT.search(sentence) or _is_rounded_value(terms)):
            return "it may be the value at a point that the words name"
        if self.supposed.reach(nodes, self.scope.around) or (value and self.supposed.here):
            return "it may rest on an equation that is supposed before it"
        if self._is_for_large(piece, nodes):
            return "it may be meant for large values of a variable that goes to infinity beside it"
        if not reading.given and not self.scope.momentary and is_qualified(piece.segment.after):
            return "the words behind it restrict it, and were not understood"
        return ""

    def _is_for_large(self, piece: Piece, nodes: Sequence[Node | Unread]) -> bool:
        r"""Whether the words around a claim with roots take a limit, `x \to \infty`, of one of its names."""
        if "\\sqrt" not in piece.segment.text:
            return False
        at, letters = piece.segment.at, {n.base for node in nodes if isinstance(node, Node) for n in names_in(node)}
        beside = self.document.text[max(0, at - _LATELY // 4) : at + len(piece.segment.text) + _LATELY // 4]
        return any(re.search(rf"(?<![A-Za-z]){re.escape(one)}\s*\\to\s*\+?\\infty", beside) for one in letters)

    def _sentence(self, piece: Piece) -> str:
        """The sentence before a formula, with the formulas in it."""
        return re.split(r"[.;?!]\s", self.document.text[max(0, piece.segment.at - 200) : piece.segment.at])[-1]

    # -- rows ---------------------------------------------------------------------------------------------------

    def _taken(self, piece: Piece, sides: Sequence[Side], i: int, taken: Taken) -> None:
        self._row(piece, sides[i], sides[i + 1], taken.outcome, taken.detail, at=taken.at, advice=taken.advice,
                  role="claim" if taken.stage == "solution" else "definition", stage=taken.stage,
                  terms=(None, taken.value))  # fmt: skip

    def _row(
        self, piece: Piece, left: Side | None, right: Side | None, outcome: Outcome, detail: str, *, at: int = -1,
        advice: str = "", role: str = "claim", stage: str = "", terms: tuple[Term | None, Term | None] = (None, None),
        verdict: Verdict | None = None, given: tuple[str, ...] = (), seconds: float = 0.0, expect: bool = False,
        corrected: Term | None = None,
    ) -> None:  # fmt: skip
        place = right.at if right is not None and right.at >= 0 else piece.segment.at
        if left is not None and left.at >= piece.segment.at:
            place = left.at
        line, column = self.document.place(at if at >= 0 and outcome is Outcome.UNREAD else place)
        last = next((side for side in (right, left) if side is not None and side.end > place), None)
        end = self.document.place(last.end) if last is not None else (-1, -1)
        said = verdict or Verdict(outcome)
        self.rows.append(
            Finding(
                line, column, outcome, detail,
                role="erratum" if expect and role == "claim" else role, stage=stage,
                left=self._source(left), right=self._source(right), link="≈" if right and right.relation == "~" else "=",
                lhs=_latex(terms[0]), rhs=_latex(terms[1]), given=given, conditions=said.conditions,
                counterexample=said.counterexample, holds_if=said.holds_if, advice=advice, seconds=seconds,
                corrected=_latex(corrected), end_line=end[0], end_column=end[1],
            )
        )  # fmt: skip

    def _source(self, side: Side | None) -> str:
        if side is None or not side.tokens:
            return ""
        said = self.document.text[side.at : side.end]
        return " ".join(re.sub(r"\\(?:left|right|big|Big|bigg|Bigg)[lr]?(?![A-Za-z])", "", said).split())


def _unbound(nodes: Sequence[Node | Unread], i: int, expected: bool, sequences: Mapping[str, AbstractSet[str]]) -> str:  # noqa: FBT001
    """Why an index of an equality cannot be meant as it is printed; "" where it can."""
    left, right = nodes[i : i + 2]
    why = clash(left, right) if isinstance(left, Node) and isinstance(right, Node) else ""
    for node in (right,) if i else (left, right):
        why = why or (nothing_bound(node, claimed=expected, sequences=sequences) if isinstance(node, Node) else "")
    return why


def _is_identity(row: Finding) -> bool:
    """Whether a row says that something holds for all values of its names."""
    return row.outcome is Outcome.PROVED and row.role == "claim" and row.stage != "solution"


def _is_update(relation: str, nodes: Sequence[Node | Unread]) -> bool:
    r"""Whether a line gives a name its next value: `w \leftarrow w - \eta g`, `w := w - \eta g`."""
    if relation != ":=":
        return relation == "update"
    name, body = nodes[:2]
    head = named(name) if isinstance(name, Node) else None
    return head is not None and isinstance(body, Node) and full_key(head) in {full_key(n) for n in names_in(body)}


def _is_meant(pending: Pending, i: int) -> bool:
    """Whether an annotation says that an equality claims nothing; a definition is the first of its chain."""
    return pending.condition or (pending.definition and i == 0)


def _piece(document: Document, segment: Segment) -> Piece:
    try:
        raw = with_groups(expand(raw_tokens(segment.text, segment.at), document.macros))
        raw = with_parted_scripts(with_packages(raw))
        found = statements(tokens(raw, modulo=prose.MODULO.match(segment.after) is not None, comma=document.commas))
    except Unread as error:
        return Piece(segment, [], {}, error)
    trees = {side: _tree(side, document) for s in found for side in s.sides if side.tokens}
    if names := primed_names(trees.values()):
        trees = {side: with_primes(tree, names) if isinstance(tree, Node) else tree for side, tree in trees.items()}
    return Piece(segment, found, trees)


def _spoken(document: Document, said: str) -> Piece:
    """A formula that stands in words or in an annotation, of no section."""
    return _piece(document, Segment(said, 0, display=False, before="", section=-1))


def _tree(side: Side, document: Document) -> Node | Unread:
    try:
        tree = parse(side.tokens)
        tree = with_bounds(as_rounded(tree) if side.relation == "~" else tree)
        tree = with_entries(without_brackets(with_quotients(tree, document.coordinates)))
        return undotted(with_transposes(tree) if document.primes else tree)
    except Unread as error:
        return error


def _reads(found: Sequence[Reading], linked: Sequence[bool], *, sure: bool = False) -> bool:
    """Whether every pair was read in some way; sure: in one that does not guess that something happens to every entry."""
    able = [r for r in found if not (sure and any(ENTRYWISE in doubt for doubt in itertools.chain(r.doubts, *r.side_doubts)))]
    return all(any(r.pair(i) is not None for r in able) for i in range(len(linked)) if linked[i])


def _has_names(node: Node | Unread) -> bool:
    """Whether a side is more than numbers."""
    return not isinstance(node, Node) or any(True for _ in names_in(node))


def _has_one_derivative(nodes: Sequence[Node | Unread]) -> bool:
    r"""Whether a chain does not say what depends on what, having one derivative only: `\frac{dE}{dw} = 2w`."""
    found = [q for node in nodes if isinstance(node, Node) for q in quotients(node)]
    return len({(full_key(top), full_key(bottom)) for top, bottom in found}) <= 1


def _is_rounded_value(terms: tuple[Term, Term] | None) -> bool:
    r"""Whether decimals are printed for what varies: `\frac{\partial L}{\partial w} \approx -0.0132` in an example."""
    return terms is not None and bool(terms[0].free) and as_printed(terms[1]) is not None


def _has_decimals(side: Term | Unread) -> bool:
    """Whether digits are printed to which a value is rounded."""
    if not isinstance(side, Term):
        return False
    entries = side.args if side.head == "matrix" else (side,)
    return all(t.head == "num" or as_printed(t) is not None for t in entries)


def _given(terms: tuple[Term, Term]) -> tuple[str, ...]:
    free = sorted(terms[0].free | terms[1].free, key=str)
    return tuple(f"{s}: {s.data[1]}" for s in free if s.data[1].word not in {"Real", "Dim"})


def _latex(term: Term | None) -> str:
    try:
        return latex(term) if term is not None else ""
    except (CalcdsError, RecursionError, ValueError):
        return ""


def findings(document: Document, timeout: float = TIMEOUT) -> list[Finding]:
    r"""What is to be said of every equation of a document, in its order.

    >>> from pathlib import Path
    >>> from calcds.document.extract import cut
    >>> document = cut(Path("notes.md"), r"$$\frac{d}{dx} x^3 = 3x^2$$ and $$(a + b)^2 = a^2 + b^2$$")
    >>> [(f.line, f.outcome.value) for f in findings(document)]
    [(1, 'proved'), (1, 'refuted')]
    """
    return Checker(document, timeout).run()


__all__ = ["Checker", "NotKnown", "findings", "substitute"]


def _around(segment: Segment) -> str:
    """The prose of the sentence around a formula, as far as the formulas beside it."""
    return f"{re.split(r'[.;:]', segment.before)[-1]} ; {re.split(r'[.;:]', segment.after)[0]}"
