"""A document to results: every equation is read, taken as a definition or a condition, or decided. Never raises.

Imports: calcds.document, calcds.decide, calcds.expr.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise

from calcds.decide.verdict import Outcome, Verdict
from calcds.document.chance.saying import gather_chances
from calcds.document.claims import LATELY, MEANT, SETTLED, Claims, Piece, around, is_meant
from calcds.document.finding import Finding
from calcds.document.following.again import Again
from calcds.document.following.confirming import Confirming
from calcds.document.following.following import Following
from calcds.document.following.iterating import Iterations
from calcds.document.following.parts import Parts
from calcds.document.following.retracing import retraced, written_out
from calcds.document.following.solving import Solutions, says_found
from calcds.document.following.stationary import values_of
from calcds.document.reading.angles import gather_angles
from calcds.document.reading.binding import clash, nothing_bound
from calcds.document.reading.chains import Readings
from calcds.document.reading.definable import is_particular
from calcds.document.reading.defining import Definer
from calcds.document.reading.eigenvectors import take_eigenvalues
from calcds.document.reading.factorizations import take_factorizations
from calcds.document.reading.moving import gather_moving
from calcds.document.reading.sequences import Taken
from calcds.document.source.arithmetic import as_rounded
from calcds.document.source.bounds import with_bounds
from calcds.document.source.bracketed import with_members
from calcds.document.source.differentials import FIELDS, applied_under_nabla, with_entries, with_quotients
from calcds.document.source.dots import undotted
from calcds.document.source.extract import Document, Segment
from calcds.document.source.increments import is_named, with_products
from calcds.document.source.indicators import with_indicators
from calcds.document.source.keys import full_key, labelled
from calcds.document.source.latex import Node, parse
from calcds.document.source.names import (
    Named,
    atom_and_marks,
    named,
    names_in,
    opened,
    shown,
    with_indices,
    with_transposes,
)
from calcds.document.source.packages import with_packages
from calcds.document.source.plain_tex import with_groups
from calcds.document.source.primes import primed_names, with_primes
from calcds.document.source.raw import Unread, expand, raw_tokens
from calcds.document.source.scripts import with_parted_scripts
from calcds.document.source.statements import Side, Statement, hides_a_relation, statements, without_places
from calcds.document.source.tokens import tokens
from calcds.document.source.unlabelled import with_ranges
from calcds.document.weighing import misshapen
from calcds.document.weighing.deciding import TIMEOUT, Decider
from calcds.document.weighing.expansions import is_about_infinity
from calcds.document.weighing.layouts import Layouts
from calcds.document.weighing.offered import without_offers
from calcds.document.words import prose
from calcds.document.words.abbreviations import Abbreviations
from calcds.document.words.arguments import gather_arguments, gather_heads, gather_zeros
from calcds.document.words.constants_of_norms import constants_of_norms
from calcds.document.words.data import data_of
from calcds.document.words.declarations import declare, leading, properties, ranges_of, trailing, words_beside
from calcds.document.words.denied import is_denied
from calcds.document.words.depending import gather_quotients
from calcds.document.words.diagonals import diagonals_in_words
from calcds.document.words.entrywise import functions_by_entries
from calcds.document.words.explaining import explained_beside
from calcds.document.words.habits import take_habits
from calcds.document.words.harvest import (
    gather,
    gather_constants,
    gather_families,
    gather_indices,
    gather_labels,
    gather_letters,
    gather_sizes,
    gather_subscripts,
)
from calcds.document.words.heads import head_of, key_of, numbered
from calcds.document.words.inner_products import gather_products
from calcds.document.words.judge import asking_word
from calcds.document.words.labels import without_brackets
from calcds.document.words.layers import Layers
from calcds.document.words.notes import Orders, Pending, index_letters
from calcds.document.words.operands import gather_operands
from calcds.document.words.restricting import MARK, Restrictions
from calcds.document.words.returning import Returning
from calcds.document.words.scope import Scope
from calcds.document.words.sentences import Beside, conditions_beside, parted
from calcds.document.words.shapes import NotKnown
from calcds.document.words.slopes import Slopes, slopes_of
from calcds.document.words.spoken_gradients import at_places_in_words, gradients_in_words, with_hessians
from calcds.document.words.supposing import Suppositions
from calcds.document.words.surroundings import Surroundings
from calcds.document.words.unspecified import gather_unspecified
from calcds.document.words.usual_functions import formulas_of, usual_functions
from calcds.document.words.wholes import whole_numbers
from calcds.document.words.wording import other_names, rows_and_columns, shapes_in_words
from calcds.expr.kinds import Kind, Real
from calcds.expr.term import same_shape, substitute

EQUAL = {"=", ":=", "~", "ask", "update"}
_LAID_DOWN = "a condition, not a claim: it is laid down"
_VARIABLES = {*"xytzuvwrsmfijk", "theta"}


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
        pieces = [_piece(self.document, segment) for segment in self.document.segments]
        self._conventions(pieces)
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
                self.returning.leave(section)
                section = piece.segment.section
                self.last = None
                self.scope.section, self.scope.around = section, self.document.around(section)
                self.returning.enter(section, self.scope.around)
                self.abbreviations.here = self.scope.around
            self.restrictions.hear(piece.segment)
            self.confirming.hear(piece.segment)
            self.parts.hear(piece.segment)
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
                self.lately.append(piece)
            except Exception as error:  # noqa: BLE001  (a fault costs one formula, never the document)
                said = f"a fault of calcds, please report it: {type(error).__name__}: {error}"
                self._row(piece, None, None, Outcome.UNDECIDED, said)
        self.confirming.settle()
        return without_offers(self.rows)

    def _conventions(self, pieces: Sequence[Piece]) -> None:
        """What is short for a derivative is written out, and what counts layers stands in brackets, before all else."""
        self.slopes = slopes = slopes_of(pieces)
        for piece in pieces if slopes is not None else ():
            for side, found in piece.trees.items():
                if isinstance(found, Node) and slopes is not None:
                    piece.trees[side] = slopes.written_out(found, piece.segment.at)
        for _, group in groupby(pieces, lambda piece: piece.segment.section):
            section = [*group]
            said = [[t for t in p.nodes(s.sides) if isinstance(t, Node)] for p in section for s in p.statements]
            for piece in section if is_named(said) else ():
                piece.trees |= {side: with_products(tree) for side, tree in piece.trees.items() if isinstance(tree, Node)}
        chains = [(piece, statement) for piece in pieces for statement in piece.statements]
        trees = {id(statement): piece.nodes(statement.sides) for piece, statement in chains}
        self.layers = Layers.of(
            self.document,
            [(p.segment.section, [t for t in trees[id(s)] if isinstance(t, Node)]) for p, s in chains],
        )
        for piece, statement in chains:
            here = {side: tree for side in statement.sides if isinstance(tree := piece.trees.get(side), Node)}
            piece.trees |= dict(zip(here, self.layers.read([*here.values()], piece.segment.section), strict=True))

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
        for place, name, body in at_places_in_words(paragraph):
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
                    return  # a second formula for a function explains nothing, nor does p_i(\tau) beside p_i
                plain = (key_of(tree) or "").partition("_") if isinstance(tree, Node) else ("", "", "")
                heads |= {head[0]} if head is not None else {plain[0]} if plain[2] else set()
        explained = [p for p in paragraph[1:] if prose.EXPLAINS.search(p.segment.before) and len(p.statements) == 1]
        for piece in explained:  # functions first: `p_i = s(z_i)`, where z_i = w x_i and s(z) = ...
            tree = piece.trees.get(piece.statements[0].sides[0])
            if isinstance(tree, Node) and head_of(tree) is not None and not self._waits_for_another(piece, paragraph):
                self._take_early(piece)
        for piece in explained:
            if prose.IN_WHICH.search(piece.segment.before) and self.definer.explains([*piece.trees.values()]):
                tree, before = piece.trees[piece.statements[0].sides[0]], paragraph[: paragraph.index(piece)]
                if isinstance(tree, Node) and key_of(tree) in {key for one in before for key in _used_in(one)}:
                    self._take_early(piece)

    def _waits_for_another(self, piece: Piece, paragraph: Sequence[Piece]) -> bool:
        """Whether a formula uses a function that its paragraph defines before it, and that was not taken early."""
        used = {*_used_in(piece)}
        for before in paragraph[: paragraph.index(piece)]:
            for statement in before.statements if before.segment.at != piece.segment.at else ():
                tree = before.trees.get(statement.sides[0])
                head = head_of(tree) if isinstance(tree, Node) and id(statement) not in self.early else None
                if head is not None and head[0] in used and len(statement.sides) > 1:
                    return True
        return False

    def _take_early(self, piece: Piece, statement: Statement | None = None) -> None:
        statement = piece.statements[0] if statement is None else statement
        if [side.relation for side in statement.sides[1:]] in (["="], [":="]):
            nodes = piece.nodes(statement.sides)
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
            under = {full_key(name) for tree in trees for name in applied_under_nabla(tree)}
            self.scope.applied |= under
            self.scope.fields |= under & FIELDS
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
        gather_angles(pieces, self.document.text, self.scope)
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
                gather_zeros(statement, piece.trees, self.scope, piece.segment.section)
                for side, following in zip(statement.sides, statement.sides[1:], strict=False):
                    tree = piece.trees.get(side)
                    if following.relation not in {"=", ":="} or not isinstance(tree, Node):
                        continue
                    if (head := head_of(tree)) is not None:
                        self.scope.applied.add(head[0])
                    elif (base := numbered(tree)) is not None:
                        self.scope.single_in.setdefault(base, set()).add(piece.segment.section)
        gather_products(pieces, self.scope)
        gather_unspecified(pieces, self.following.unspecified.heard)
        constants_of_norms(pieces, self.scope)
        gather_operands(pieces, self.scope)
        self.scope.formulas = frozenset(formulas_of(pieces))
        for key, section in functions_by_entries(pieces):
            self.scope.entrywise.setdefault(key, set()).add(section)
        gather_chances(pieces, self.scope, self.document.text)
        formulas = ((p.segment.at, p.segment.section, p.segment.text) for p in pieces)
        self.scope.numbers.columns = data_of(self.document.text, formulas)

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
                    number = (key := key_of(name)) is not None and not any(names_in(value))
                    if key is not None and number and opened(value).kind != "NUMBER":
                        self.decider.valued_in.setdefault(shown(key), set()).add(piece.segment.section)
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
        tree = _tree(side, self.document, section)
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


def _used_in(piece: Piece) -> Iterator[str]:
    """The names in the formulas of a piece, and those that they are entries of."""
    for name in (n for tree in piece.trees.values() if isinstance(tree, Node) for n in names_in(tree)):
        yield from (full_key(name), labelled(name)[0])


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


def _piece(document: Document, segment: Segment) -> Piece:
    try:
        raw = with_groups(expand(raw_tokens(segment.text, segment.at), document.macros))
        raw = with_parted_scripts(with_packages(raw))
        found = statements(tokens(raw, modulo=prose.MODULO.match(segment.after) is not None, comma=document.commas))
    except Unread as error:
        return Piece(segment, [], {}, error)
    trees = {side: _tree(side, document, segment.section) for s in found for side in s.sides if side.tokens}
    if names := primed_names(trees.values()):
        trees = {side: with_primes(tree, names) if isinstance(tree, Node) else tree for side, tree in trees.items()}
    return Piece(segment, found, trees)


def _spoken(document: Document, said: str) -> Piece:
    """A formula that stands in words or in an annotation, of no section."""
    return _piece(document, Segment(said, 0, display=False, before="", section=-1))


def _tree(side: Side, document: Document, section: int = -1) -> Node | Unread:
    try:
        tree = parse(side.tokens)
        tree = with_hessians(tree) if document.hessians else tree
        tree = with_members(tree, document.signals.get(section, frozenset()))
        tree = with_bounds(as_rounded(tree) if side.relation == "~" else tree)
        tree = with_indicators(with_entries(without_brackets(with_quotients(tree, document.coordinates))))
        return undotted(with_transposes(tree) if document.primes else tree)
    except Unread as error:
        return error


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
