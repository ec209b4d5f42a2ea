r"""What a whole document says before its first line is read: how it writes, what its letters are, which names have numbers.

A reader knows from later pages that x is a vector, too. All of this is evidence: it names no outcome of any line.

Imports: calcds.document, calcds.expr.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from calcds.document.chance.saying import gather_chances
from calcds.document.pieces import EQUAL, Piece
from calcds.document.reading.angles import gather_angles
from calcds.document.reading.moving import gather_moving
from calcds.document.source.differentials import FIELDS, applied_under_nabla
from calcds.document.source.extract import Document
from calcds.document.source.increments import is_named, with_products
from calcds.document.source.keys import full_key, labelled
from calcds.document.source.latex import Node
from calcds.document.source.names import (
    KNOWN_NUMBERS,
    names_in,
    opened,
    shown,
    with_indices,
)
from calcds.document.source.unlabelled import with_ranges
from calcds.document.weighing.deciding import Decider
from calcds.document.words.anew import columns_printed
from calcds.document.words.arguments import gather_arguments, gather_heads, gather_zeros
from calcds.document.words.constants_of_norms import constants_of_norms
from calcds.document.words.data import INTERCEPT, data_of
from calcds.document.words.depending import gather_quotients
from calcds.document.words.entrywise import functions_by_entries
from calcds.document.words.harvest import (
    gather,
    gather_constants,
    gather_families,
    gather_indices,
    gather_labels,
    gather_letters,
    gather_sizes,
    gather_steps,
    gather_subscripts,
)
from calcds.document.words.heads import Head, functions_of, head_of, key_of, numbered
from calcds.document.words.inner_products import gather_products
from calcds.document.words.layers import Layers
from calcds.document.words.notes import index_letters
from calcds.document.words.operands import gather_operands
from calcds.document.words.scope import Scope
from calcds.document.words.sentences import Beside, conditions_beside
from calcds.document.words.slopes import Slopes, slopes_of
from calcds.document.words.unspecified import Heard, gather_unspecified
from calcds.document.words.usual_functions import formulas_of
from calcds.expr.kinds import Real


def conventions(document: Document, pieces: Sequence[Piece]) -> tuple[Slopes | None, Layers]:
    """What is short for a derivative is written out, and what counts layers stands in brackets, before all else."""
    slopes = slopes_of(pieces)
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
    layers = Layers.of(
        document,
        [(p.segment.section, [t for t in trees[id(s)] if isinstance(t, Node)]) for p, s in chains],
    )
    for piece, statement in chains:
        here = {side: tree for side in statement.sides if isinstance(tree := piece.trees.get(side), Node)}
        piece.trees |= dict(zip(here, layers.read([*here.values()], piece.segment.section), strict=True))
    return slopes, layers


def look_ahead(document: Document, pieces: Sequence[Piece], scope: Scope, heard: dict[int, Heard]) -> Beside:
    """Learn what a document shows of its names, and write its indices as indices; the conditions beside its statements.

    heard: takes what words say of functions that are not specified
    """
    _indices(document, pieces, scope)
    beside = conditions_beside(pieces)
    _written_with_indices(document, pieces, scope)
    gather_angles(pieces, document.text, scope)
    _letters(pieces, scope)
    _printed_arrays(pieces, scope)
    _words(document, pieces, scope, heard)
    return beside


def _indices(document: Document, pieces: Sequence[Piece], scope: Scope) -> None:
    """What is an index, the end of a sum, a label, or under a nabla: the rest is read with this."""
    letters = index_letters(document)
    for piece in pieces:
        trees = [t for t in piece.trees.values() if isinstance(t, Node)]
        gather_indices(trees, scope, piece.segment.section)
        gather_sizes(trees, scope, piece.segment.section)
        gather_labels(trees, scope, piece.segment.section, letters)
        gather_families(trees, scope, piece.segment.section)
        gather_quotients(trees, scope, piece.segment.section)
        gather_moving(trees, scope, piece.segment.section)
        under = {full_key(name) for tree in trees for name in applied_under_nabla(tree)}
        scope.applied |= under
        scope.fields |= under & FIELDS


def _written_with_indices(document: Document, pieces: Sequence[Piece], scope: Scope) -> None:
    """Superscripts that are indices stand as such in the trees, and sums that leave out their ranges get them."""
    for piece in pieces:
        scope.around = document.around(piece.segment.section)
        samples = scope.samples
        for side, found in piece.trees.items():
            if isinstance(found, Node):
                piece.trees[side] = with_indices(found, samples)
        for statement in piece.statements:
            here = {side: tree for side in statement.sides if isinstance(tree := piece.trees.get(side), Node)}
            piece.trees |= dict(zip(here, with_ranges([*here.values()]), strict=True))


def _letters(pieces: Sequence[Piece], scope: Scope) -> None:
    """Which letters are vectors, functions, members of families, or the constants e and pi, in every section."""
    heads: list[tuple[Head, object]] = []
    for piece in pieces:
        for name in (
            n
            for t in piece.trees.values()
            if isinstance(t, Node)
            for n in names_in(t)
            if n.base.startswith("bold ")
        ):
            scope.bold_in.setdefault(labelled(name)[0], set()).add(piece.segment.section)
        trees = [t for t in piece.trees.values() if isinstance(t, Node)]
        gather(trees, scope, piece.segment.section)
        gather_arguments(trees, scope, piece.segment.section)
        gather_subscripts(trees, scope, piece.segment.section)
        gather_constants(trees, scope, piece.segment.section, piece.segment.at)
        for statement in piece.statements:
            gather_letters(statement, piece.trees, scope, piece.segment.section, piece.segment.at)
            gather_heads(statement, piece.trees, scope, piece.segment.section)
            gather_zeros(statement, piece.trees, scope, piece.segment.section)
            for side, following in zip(statement.sides, statement.sides[1:], strict=False):
                tree = piece.trees.get(side)
                if following.relation not in {"=", ":="} or not isinstance(tree, Node):
                    continue
                if (head := head_of(tree)) is not None:
                    heads.append((head, piece.trees.get(following)))
                elif (base := numbered(tree)) is not None:
                    scope.single_in.setdefault(base, set()).add(piece.segment.section)
    scope.applied |= functions_of(heads)


def _printed_arrays(pieces: Sequence[Piece], scope: Scope) -> None:
    """Letters that a section gives columns of numbers are vectors in it."""
    for key, section in columns_printed(pieces):
        if key not in KNOWN_NUMBERS:
            scope.evidence.setdefault(key, set()).add(section)


def _words(document: Document, pieces: Sequence[Piece], scope: Scope, heard: dict[int, Heard]) -> None:
    """What words say of the whole document: products, norms, random variables, data."""
    gather_products(pieces, scope)
    gather_steps(pieces, document.around, scope)
    gather_unspecified(pieces, heard)
    constants_of_norms(pieces, scope)
    gather_operands(pieces, scope)
    scope.formulas = frozenset(formulas_of(pieces))
    for key, section in functions_by_entries(pieces):
        scope.entrywise.setdefault(key, set()).add(section)
    gather_chances(pieces, scope, document.text)
    formulas = ((p.segment.at, p.segment.section, p.segment.text) for p in pieces)
    scope.numbers.intercept = INTERCEPT.search(document.text) is not None
    scope.numbers.columns = data_of(document.text, formulas)


def note_values(pieces: Sequence[Piece], decider: Decider) -> None:
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
                    decider.valued_in.setdefault(shown(key), set()).add(piece.segment.section)
                if number or opened(name).kind in {"round", "grid"}:
                    decider.valued |= {Real.symbol(shown(full_key(n))) for n in names_in(name)}
