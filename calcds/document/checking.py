"""A document to results: every equation is read, taken as a definition or a condition, or decided. Never raises.

Imports: calcds.document, calcds.decide, calcds.expr.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from itertools import pairwise

from calcds.decide.verdict import Outcome, Verdict
from calcds.document.claims import LATELY, MEANT, SETTLED, Claims, is_meant
from calcds.document.finding import Finding
from calcds.document.following.again import Again
from calcds.document.following.confirming import Confirming
from calcds.document.following.following import Following
from calcds.document.following.iterating import Iterations
from calcds.document.following.parts import Parts
from calcds.document.following.retracing import retraced, written_out
from calcds.document.following.solving import Solutions, says_found
from calcds.document.following.stationary import values_of
from calcds.document.looking_ahead import conventions, look_ahead, note_values
from calcds.document.paragraphs import Paragraphs, paragraphs_of
from calcds.document.pieces import EQUAL, Piece, around, piece_of, spoken, tree_of
from calcds.document.reading.binding import clash, nothing_bound
from calcds.document.reading.chains import Readings
from calcds.document.reading.definable import is_particular
from calcds.document.reading.defining import Definer
from calcds.document.reading.sequences import Taken
from calcds.document.source.extract import Document
from calcds.document.source.keys import full_key
from calcds.document.source.latex import Node
from calcds.document.source.names import (
    Named,
    atom_and_marks,
    named,
    names_in,
    opened,
    shown,
    with_indices,
)
from calcds.document.source.raw import Unread
from calcds.document.source.statements import Side, Statement, hides_a_relation, without_places
from calcds.document.weighing import misshapen
from calcds.document.weighing.deciding import TIMEOUT, Decider
from calcds.document.weighing.expansions import is_about_infinity
from calcds.document.weighing.layouts import Layouts
from calcds.document.weighing.offered import without_offers
from calcds.document.words import prose
from calcds.document.words.abbreviations import Abbreviations
from calcds.document.words.declarations import declare, leading, ranges_of, trailing, words_beside
from calcds.document.words.denied import is_denied
from calcds.document.words.habits import take_habits
from calcds.document.words.heads import key_of
from calcds.document.words.judge import asking_word
from calcds.document.words.layers import Layers
from calcds.document.words.notes import Orders, Pending
from calcds.document.words.restricting import MARK, Restrictions
from calcds.document.words.returning import Returning
from calcds.document.words.scope import Scope
from calcds.document.words.sentences import Beside, parted
from calcds.document.words.shapes import NotKnown
from calcds.document.words.slopes import Slopes
from calcds.document.words.supposing import Suppositions
from calcds.document.words.surroundings import Surroundings
from calcds.expr.term import same_shape, substitute

_LAID_DOWN = "a condition, not a claim: it is laid down"


@dataclass(slots=True)
class Checker(Claims):
    """One pass over a document."""

    document: Document
    timeout: float = TIMEOUT
    scope: Scope = field(default_factory=Scope)
    rows: list[Finding] = field(default_factory=list)
    decider: Decider = field(init=False)
    definer: Definer = field(init=False)
    beside: Beside = field(default_factory=Beside)
    supposed: Suppositions = field(default_factory=Suppositions)
    restrictions: Restrictions = field(default_factory=Restrictions)
    surroundings: Surroundings = field(init=False)
    returning: Returning = field(init=False)
    solutions: Solutions = field(init=False)
    confirming: Confirming = field(init=False)
    following: Following = field(init=False)
    layouts: Layouts = field(default_factory=Layouts)
    layers: Layers = field(default_factory=Layers)
    slopes: Slopes | None = None
    abbreviations: Abbreviations = field(default_factory=Abbreviations)
    paragraphs: Paragraphs = field(init=False)
    equality: int = 0  # the number of an equality in its formula, from 1
    orders: Orders = field(init=False)
    far: bool = False  # the words around the chain speak of what grows, or is random
    holds: bool = False  # the statement before this one, in the same formula, is an identity
    iterations: Iterations = field(default_factory=Iterations)
    parts: Parts = field(init=False)
    lately: list[Piece] = field(default_factory=list)  # what was read so far
    last: Side | None = None  # the side a display that begins with "=" goes on from

    def __post_init__(self) -> None:
        self.decider = Decider(self.scope, self.timeout)
        self.definer = Definer(self.scope)
        self.surroundings = Surroundings(self.document)
        self.returning = Returning(self.scope)
        self.solutions = Solutions(self.scope)
        self.confirming = Confirming(self.rows, self.decider, self.document.text)
        self.following = Following(self.scope, self.decider)
        self.parts = Parts(self.scope, self.iterations)

    def run(self) -> list[Finding]:
        """All results, in the order of the document."""
        take_habits(self.document, self.scope)
        pieces = [piece_of(self.document, segment) for segment in self.document.segments]
        self.slopes, self.layers = conventions(self.document, pieces)
        self.scope.convolves = prose.CONVOLUTION.search(self.document.text) is not None
        self.beside = look_ahead(self.document, pieces, self.scope, self.following.unspecified.heard)
        note_values(pieces, self.decider)
        self.paragraphs = Paragraphs(self.document, self.scope, self.definer, self.beside)
        self.orders = Orders(self.document, self.scope, self._learn)
        starts = paragraphs_of(pieces)
        for piece, previous in zip(pieces, [None, *pieces], strict=False):
            self._go_on(piece, previous)
            try:
                if piece in starts:
                    self.iterations.part += prose.HEADED.search(piece.segment.before) is not None
                    self.paragraphs.begin(starts[piece])
                pending = self.orders.before(piece.segment.at)
                self._listen_before(piece)
                self._piece(piece, pending)
                self.lately.append(piece)
            except Exception as error:  # noqa: BLE001  (a fault costs one formula, never the document)
                said = f"a fault of calcds, please report it: {type(error).__name__}: {error}"
                self._row(piece, None, None, Outcome.UNDECIDED, said)
        self.confirming.settle()
        return without_offers(self.rows)

    def _go_on(self, piece: Piece, previous: Piece | None) -> None:
        """What ends with a sentence or a section is over, and what stands in front of a piece is heard."""
        if previous is None or parted(previous.segment, piece.segment):
            self.scope.end_sentence()
            self.supposed.end_sentence()
            self.definer.end_sentence()
        section, former = piece.segment.section, -1 if previous is None else previous.segment.section
        if section != former:
            self.returning.leave(former)
            self.last = None
            self.scope.section, self.scope.around = section, self.document.around(section)
            self.returning.enter(section, self.scope.around)
            self.abbreviations.here = self.scope.around
        self.restrictions.hear(piece.segment)
        self.confirming.hear(piece.segment)
        self.parts.hear(piece.segment)

    def _listen_before(self, piece: Piece) -> None:
        """What the words of its paragraph, and those beside it, say of the names in a piece."""
        self.scope.chance.at = piece.segment.at
        for key, kind in self.paragraphs.worded.get(id(piece), ()):  # another size was said of it in this paragraph before
            if (known := self.scope.kinds.get(key)) is None or not same_shape(known.kind.shape, kind.shape):
                self.scope.declare(key, kind)
        for name, quotient in self.paragraphs.spoken.get(id(piece), ()):
            self.definer.define(name, quotient, piece.segment.at, local=False)
            self.abbreviations.take([name, quotient], piece.segment.section)
        trailing(piece.segment.after, self._name_in, self.scope)
        leading(piece.statements, piece.trees, piece.segment.before, self.scope)

    def _name_in(self, said: str) -> Node | Unread:
        """What stands between two dollars, where it is one value."""
        piece = spoken(self.document, said)
        sides = [side for statement in piece.statements for side in statement.sides]
        return piece.trees.get(sides[0], Unread("nothing")) if len(sides) == 1 else Unread("more than one value")

    def _learn(self, said: str) -> None:
        """What an annotation says holds everywhere: `s = 1/(1 + e^{-z})`, `k > 0`."""
        piece = spoken(self.document, said)
        if piece.failed is not None:
            raise piece.failed
        here, self.scope.section = self.scope.section, -1
        former = dict(self.scope.former)
        try:
            for statement in piece.statements:
                nodes = piece.nodes(statement.sides)
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
                    piece.trees[self.last] = self._again(self.last, piece.segment.section)
            rows = len(self.rows)
            point = self._point(piece, statement)  # before the chain gives its names their values
            self._chain(piece, statement, pending)
            if point is not None:
                self._claim(piece, statement, rows, point)
            self.holds = len(self.rows) > rows and all(map(_is_identity, self.rows[rows:]))
            self._update(piece, statement.sides)
            if piece.segment.display:
                self.last = statement.sides[-1]

    def _point(self, piece: Piece, statement: Statement) -> Verdict | None:
        """What comes of `x = 2` in "$f$ is minimal at $x = 2$", which claims nothing by itself; None for anything else."""
        words, stationary = self.restrictions.own(), self.following.stationary
        plain = all(side.relation in {"=", ":="} for side in statement.sides[1:])
        if not plain or not stationary.asks(words, piece.segment.after):
            return None
        pairs = values_of(piece.nodes(statement.sides))
        return stationary.verdict(pairs, words, self._lately(piece), self._alone(words)) if pairs else None

    def _claim(self, piece: Piece, statement: Statement, first: int, found: Verdict) -> None:
        """The rows of a statement are about a point after all, and say what comes of it, unless nobody claims it.

        What stands behind the value in a chain is another form of it, of which the point says nothing.
        """
        left, right, *others = statement.sides
        refuted = found.outcome is Outcome.REFUTED
        if refuted and self._why_unclaimed(piece, left, right, found.outcome, found.stage):
            return
        nodes = piece.nodes(statement.sides)
        pairs = zip((left, right, *others), nodes, strict=True)
        names = {self._source(one) for one, node in pairs if isinstance(node, Node) and key_of(node) is not None}
        names.add(self._source(left))
        for k, row in enumerate(self.rows[first:], first):
            if row.left in names and row.role == "definition":
                self.rows[k] = replace(row, outcome=found.outcome, detail=found.detail, stage=found.stage, role="claim")

    def _alone(self, words: str) -> list[Node]:
        """The expressions that stand alone in the sentence of a formula, the last one first."""
        here = self.lately[: -1 - words.count(MARK) : -1]
        sides = ((p, p.statements[0].sides) for p in here if len(p.statements) == 1)
        trees = (p.trees.get(found[0]) for p, found in sides if len(found) == 1)
        return [tree for tree in trees if isinstance(tree, Node) and named(tree) is None]

    def _again(self, side: Side, section: int) -> Node | Unread:
        """The tree of a side of an earlier formula."""
        tree = tree_of(side, self.document, section)
        if self.slopes is not None and isinstance(tree, Node):
            tree = self.slopes.written_out(tree, side.at)
        return with_indices(self.layers.read([tree], section)[0], self.scope.samples) if isinstance(tree, Node) else tree

    def _update(self, piece: Piece, sides: Sequence[Side]) -> None:
        """After a line that gives a name its next value, the numbers it had are those of the last side, or not known."""
        nodes = piece.nodes(sides)
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
        self.far = is_about_infinity(around(piece.segment))
        nodes = [written_out(node, self.iterations, self.abbreviations, self.scope) for node in piece.nodes(sides)]
        numbers = [self.equality + sum(linked[: i + 1]) for i in range(len(linked))]
        expected = [joined and pending.expects(number) for joined, number in zip(linked, numbers, strict=True)]
        if not any(expected) and self._is_denied(piece, statement, linked):
            return
        asked = [] if pending.condition else [i for i, joined in enumerate(linked) if joined]
        sequences = self.scope.subscripts if prose.SEQUENCE.search(self._lately(piece)) else {}
        unbound = {i: why for i in asked if (why := _unbound(nodes, i, expected[i], sequences))}
        linked = [joined and i not in unbound for i, joined in enumerate(linked)]
        weak, word = self._asked_for(piece, statement, pending)
        local = self._is_local(piece, statement, nodes)
        if statement is piece.statements[-1] and (case := self._case(piece, statement, nodes)) is not None:
            self._taken(piece, sides, 0, case)
            return
        self._recursion(nodes, sides[0].at)
        if local and self.definer.starts_anew(nodes):
            local = False
            self._for_a_sentence(piece, nodes[0])  # type: ignore[arg-type]
        derivative = self.abbreviations.is_known(nodes, self.scope.has_meaning)
        known = derivative and not pending.definition  # a claim about a derivative
        by_numbers = self.defined_by_numbers(nodes, sides[0].at) if linked[0] and not known else None
        former = Again.before(nodes, self.scope, self.decider)
        taken = self.paragraphs.early.pop(id(statement), None) or self.definer.take(
            sides,
            nodes,
            [False, *linked[1:]] if known or by_numbers else linked,
            again=pending.definition,
            local=local,
            result=bool(statement.joint or prose.FOUND.search(piece.segment.before)),
            chosen=prose.GIVES.search(piece.segment.before) is not None,
        )
        taken |= {0: by_numbers} if by_numbers is not None else {}
        if word and (local or sum(found.outcome is Outcome.PROVED for found in taken.values()) < len(linked)):
            self.supposed.note(word, nodes, piece.segment.section)
        if prose.DECOMPOSES.search(piece.segment.before[-200:]) or prose.DECOMPOSED.match(piece.segment.after):
            self.definer.decomposed(taken.values())
        self.definer.notice(nodes)
        if linked[0]:
            self.abbreviations.take(nodes, piece.segment.section)
        claims = self._take(piece, statement, nodes, taken, pending, expected, former)
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
                claims |= {i} if self.rows[-1].role == "claim" and self.rows[-1].outcome in SETTLED else set()
            if joined and i not in claims and sides[i + 1].relation in {"=", ":="}:
                self.following.note(nodes[i], nodes[i + 1], self.document.place(sides[i].at)[0])
        self._by_its_last_side(sides, nodes, linked, taken)

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
        return statement is piece.statements[0] and self._is_special(nodes[:2], piece.segment.before)

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
            self._row(piece, sides[0], sides[1], Outcome.UNDECIDED, _LAID_DOWN, role="definition")
        elif i and sides[i + 1].relation == "~" and not any(map(_has_names, nodes[i : i + 2])):
            self._numbers(piece, statement, sides[i : i + 2], nodes[i : i + 2], weak, pending)
        elif not self._stands_for_others(piece, statement, i, nodes, weak, pending):
            self._pair(piece, sides, i, readings, weak, nodes, pending)

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

    def _lately(self, piece: Piece) -> str:
        """What the document said in front of a formula."""
        return self.document.text[max(0, piece.segment.at - LATELY) : piece.segment.at]

    def _is_supposed(self, piece: Piece, statement: Statement, linked: Sequence[bool]) -> bool:
        """Whether a statement claims nothing: an order, or what is supposed for the claims beside it."""
        sides = statement.sides
        if not any(linked):
            order = self.beside.orders.get(id(statement))
            if order is not None and not prose.PASSING.search(piece.segment.before):
                self.supposed.order(order, piece.segment.section)
            return True
        if id(statement) not in self.beside.local or _is_point(piece.nodes(sides)):
            return False
        word = "if" if prose.LOCAL.search(piece.segment.before) else "suppose"
        self.supposed.note(word, piece.nodes(sides), piece.segment.section)
        said = "supposed for the claims beside it"
        self._row(piece, sides[0], sides[1], Outcome.UNDECIDED, said, role="definition")
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
        if taken and isinstance(nodes[0], Node) and self.unit_behind(piece, sides[-1]) is not None:
            self.scope.several |= {shown(full_key(n)) for n in names_in(nodes[0])}  # 5, or 0.05, of "$p = 5$ percent"
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
        return general and prose.SPECIAL.search(before) is not None


def _unbound(nodes: Sequence[Node | Unread], i: int, expected: bool, sequences: Mapping[str, AbstractSet[str]]) -> str:  # noqa: FBT001
    """Why an index of an equality cannot be meant as it is printed; "" where it can."""
    left, right = nodes[i : i + 2]
    why = clash(left, right) if isinstance(left, Node) and isinstance(right, Node) else ""
    for node in (right,) if i else (left, right):
        why = why or (nothing_bound(node, claimed=expected, sequences=sequences) if isinstance(node, Node) else "")
    return why


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


def _has_names(node: Node | Unread) -> bool:
    """Whether a side is more than numbers."""
    return not isinstance(node, Node) or any(True for _ in names_in(node))


def findings(document: Document, timeout: float = TIMEOUT) -> list[Finding]:
    r"""What is to be said of every equation of a document, in its order.

    >>> from pathlib import Path
    >>> from calcds.document.source.extract import cut
    >>> document = cut(Path("notes.md"), r"$$\frac{d}{dx} x^3 = 3x^2$$ and $$(a + b)^2 = a^2 + b^2$$")
    >>> [(f.line, f.outcome.value) for f in findings(document)]
    [(1, 'proved'), (1, 'refuted')]
    """
    return Checker(document, timeout).run()


__all__ = ["Checker", "NotKnown", "findings", "substitute"]
