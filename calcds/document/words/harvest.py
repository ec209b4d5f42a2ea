r"""What documents show of names before they say it: a transposed letter is a vector or a matrix, what ends a sum is a size.

Such evidence is gathered from the whole document first; it is a guess, and gives way to what is declared
(`calcds.document.words.declarations`).

Imports: calcds.document, calcds.expr.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from calcds.document.source.keys import index_nodes, labelled, of_any_layer
from calcds.document.source.latex import Node, walk, written
from calcds.document.source.names import (
    BINDING,
    KNOWN_NUMBERS,
    NUMBERED,
    atom_and_marks,
    is_inverse_transpose,
    is_label,
    is_square,
    is_transpose,
    letter_of,
    named,
    names_in,
    opened,
    script,
    shown,
    text_of,
)
from calcds.document.source.raw import Unread
from calcds.document.source.sets import sets_in
from calcds.document.source.statements import Cut, Side, Statement
from calcds.document.words.capitals import capitals, divisors
from calcds.document.words.heads import key_of
from calcds.document.words.operands import residuals
from calcds.document.words.scope import Scope
from calcds.document.words.surveying import summed_names

_MULTIPLIERS = {"alpha", "lambda", "eta", "gamma", "sigma"}  # letters of numbers, also behind a row
_COUNTED = {"x", "y", "z"}  # letters of data that a factorial shows to be counts
LAYERS = {"l", "L", "ell"}  # letters that count layers, which are no samples


def gather(trees: Sequence[Node], scope: Scope, section: int) -> None:
    """Learn which letters a section writes as vectors or matrices."""
    multiplied = scope.settings.get("angles") != "lists"
    for tree in trees:
        for found in names_in(tree):
            key, below, rest = labelled(found)
            if any(m.kind == "prime" for m in found.marks):
                scope.primed.add(key)
            if not any(is_transpose(m) or is_inverse_transpose(m) for m in rest):
                continue
            if not below:
                scope.evidence.setdefault(key, set()).add(section)
                scope.evidence.setdefault(of_any_layer(key), set()).add(section)
            elif len(below) == 1 and script(below[0]).kind == "NUMBER":
                scope.evidence.setdefault(key + NUMBERED, set()).add(section)
        for node in walk(tree):
            vector = section not in scope.inner_of and (node.kind == "norm" or (node.kind == "angle" and multiplied))
            sized = node.parts[:1] if vector else ()
            sized = sized[0].parts if node.kind == "angle" and sized else sized
            for inside in (key_of(part) for part in sized if part.kind != "COMMA"):
                if inside is not None and "_" not in inside:
                    scope.evidence.setdefault(inside, set()).add(section)
        for key in _in_quadratic_forms(tree):
            scope.evidence.setdefault(key, set()).add(section)
        for node in (n for n in walk(tree) if n.kind == "unit" and any(m.kind == "bang" for m in n.parts[1:])):
            for key in {n.base for n in names_in(node.parts[0]) if not n.marks} & _COUNTED:
                scope.counted.setdefault(key, set()).add(section)  # the y of a Poisson density, also in lines without y!
        for key in capitals(tree):
            scope.evidence.setdefault(key, set()).add(section)
        for key in divisors(tree):
            scope.divided_in.setdefault(key, set()).add(section)


def _in_quadratic_forms(tree: Node) -> Iterator[str]:
    r"""The names in the brackets of `(x - \mu)^T A (x - \mu)`: vectors, and a matrix between them."""
    for parts in (n.parts for n in walk(tree) if n.kind == "product"):
        for first, middle, last in zip(parts, parts[1:], parts[2:], strict=False):
            bracket, marks = atom_and_marks(first)
            other, after = atom_and_marks(last)
            matrix = named(middle)
            if bracket.kind != "round" or len(marks) != 1 or not is_transpose(marks[0]) or other.kind != "round" or after:
                continue
            inside = opened(bracket.parts[0])
            if written(bracket) != written(other) or matrix is None or inside.kind != "sum":
                continue
            names = [named(p) for p in inside.parts if p.kind != "ADD"]
            if None not in names:
                yield from (one.base for one in names if one is not None and not one.marks)
                yield labelled(matrix)[0]


def gather_indices(trees: Sequence[Node], scope: Scope, section: int) -> None:
    """Learn which names a section tells apart by a superscript that is summed over, and which of those are vectors."""
    for tree in trees:
        for node in walk(tree):
            for key in _summed_above(node) if node.kind == "product" else ():
                scope.sampled.setdefault(key, set()).add(section)
        if any(_before_example(node) for node in walk(tree)):  # then y^{(i)} is one, too
            for key in (n.base for n in names_in(tree) if any(_of_example(m) for m in n.marks)):
                scope.sampled.setdefault(key, set()).add(section)


def gather_letters(statement: Statement, trees: Mapping[Side, Node | Unread], scope: Scope, section: int, at: int) -> None:
    r"""Note where e or pi is given a value that it does not have: `e = 3`, `\\pi = (0.6, 0.4)`, `\\pi = \\pi P`."""
    for side, following in itertools.pairwise(statement.sides):
        name, body = trees.get(side), trees.get(following)
        if following.relation not in {"=", ":="} or not isinstance(name, Node) or not isinstance(body, Node):
            continue
        key, value = key_of(name), opened(body)
        if key not in KNOWN_NUMBERS:
            continue
        if value.kind == "NUMBER":
            named_so = "." not in value.text or abs(float(value.text) - KNOWN_NUMBERS[key]) > 0.5
        else:
            named_so = any(n.base != "e" for n in names_in(body)) or value.kind in {"round", "grid"}
        if named_so:
            scope.letters_in.setdefault(key, {}).setdefault(section, at)


def gather_constants(trees: Sequence[Node], scope: Scope, section: int, at: int) -> None:
    r"""Note where e and pi are the constants that they are: `e^x`, `2\pi`."""
    for tree in trees:
        plain = (n.marks for n in names_in(tree) if n.base == "e" and not any(m.kind == "below" for m in n.marks))
        if any(m.kind == "above" and not is_transpose(m) for marks in plain for m in marks):  # e_i^2 is a name
            scope.constant_in.setdefault("e", {})[section] = at
        pairs = (pair for node in walk(tree) if node.kind == "product" for pair in itertools.pairwise(node.parts))
        if any(a.kind in {"NUMBER", "frac"} and opened(b).text == "pi" for a, b in pairs):
            scope.constant_in.setdefault("pi", {})[section] = at


def gather_labels(trees: Sequence[Node], scope: Scope, section: int, letters: set[str]) -> None:
    """Learn which names have a superscript of which an annotation says that it is an index."""
    for found in (n for tree in trees for n in names_in(tree)) if letters else ():
        labels = [script(m) for m in found.marks if is_label(m)]
        if any(n.base in letters for label in labels for n in names_in(label)):
            scope.sampled.setdefault(found.base, set()).add(section)


def gather_families(trees: Sequence[Node], scope: Scope, section: int) -> None:
    """Learn which names have a subscript that is summed over: then x_1 is one of the x_i."""
    for product in (n for tree in trees for n in walk(tree) if n.kind == "product"):
        bound: set[str] = set()
        for part in product.parts:
            atom, marks = atom_and_marks(part)
            if atom.kind == "BIGOP" and atom.text in BINDING:
                bound |= {name for m in marks if m.kind == "below" for name in summed_names(script(m))}
            for found in names_in(part) if bound else ():
                key, below, _ = labelled(found)
                nodes = index_nodes(script(below[0])) if len(below) == 1 else None
                by = bound.intersection(n.base for node in nodes or () for n in names_in(node))
                if nodes and by:
                    scope.summed_in.setdefault((key, len(nodes)), set()).add(section)
                    scope.summed_by.setdefault(key, set()).update(by)


def gather_sizes(trees: Sequence[Node], scope: Scope, section: int) -> None:
    """Learn which names end sums: they are whole numbers, but for indices of other sums. And which sets sums run over."""
    for key in sets_in(trees):
        scope.set_in.setdefault(key, set()).add(section)
    for tree in trees:
        sums = [n for n in walk(tree) if n.kind == "unit" and n.parts[0].kind == "BIGOP" and n.parts[0].text in BINDING]
        marks = [m for node in sums for m in node.parts[1:]]
        bound = {name for m in marks if m.kind == "below" for name in summed_names(script(m))}
        for name in (n for m in marks if m.kind == "above" for n in names_in(script(m))):
            if not name.marks and name.base not in bound:  # `\sum_j \sum_{i=1}^{j-1}`
                scope.dim_in.setdefault(shown(name.base), set()).add(section)


def gather_steps(pieces: Sequence[Cut], around: Callable[[int], frozenset[int]], scope: Scope) -> None:
    r"""Learn that x_k is the x of step k where a part of the section has `x_{k+1}`: "we abbreviate $g_k = \nabla f(x_k)$".

    around: a section and those it is part of. One that has another letter below the x means entries of x by it.
    """
    letters: dict[tuple[str, int], set[str]] = {}
    for piece in pieces:
        for found in (n for t in piece.trees.values() if isinstance(t, Node) for n in names_in(t)):
            key, below, _ = labelled(found)
            inside = script(below[0]) if len(below) == 1 else None
            if inside is not None and inside.kind in {"NAME", "sum"}:
                letters.setdefault((key, piece.segment.section), set()).update(n.base for n in names_in(inside))
    for key, sections in scope.iterate_in.items():
        for inner in sections:
            steps = letters.get((key, inner), set())
            outer = {one for one in around(inner) if letters.get((key, one)) and letters[key, one] <= steps}
            scope.steps_in.setdefault(key, set()).update(outer)


_LIMITS = ("*", "star", "ast")


def gather_subscripts(trees: Sequence[Node], scope: Scope, section: int) -> None:
    """Learn what stands below the names of a section, and where x_i is written as a vector."""
    for tree in trees:
        normed = {id(n.parts[0]) for n in walk(tree) if n.kind == "norm"}
        behind = {*_behind_rows(tree)}
        behind |= {id(vector.node) for n in walk(tree) for _, vector in residuals(n)}
        for key in _squared(tree):
            scope.squared_in.setdefault(key, set()).add(section)
        for key in _beside_their_limit(tree):
            scope.iterate_in.setdefault(key, set()).add(section)
        for found in names_in(tree):
            key, below, rest = labelled(found)
            if len(below) != 1:
                continue
            inside = script(below[0])
            scope.subscripts.setdefault(key, set()).add(text_of(inside))
            if inside.kind == "sum" and re.fullmatch(r"[a-zA-Z][+-]1", text_of(inside)):
                scope.iterate_in.setdefault(key, set()).add(section)
                scope.stepped_by.setdefault((key, section), set()).add(text_of(inside)[0])
            vector = id(found.node) in normed or any(is_transpose(m) for m in rest) or id(found.node) in behind
            if vector and inside.kind == "NAME" and not letter_of(key).isupper():
                scope.row_in.setdefault(key, set()).add(section)


def _beside_their_limit(tree: Node) -> Iterator[str]:
    """The x of `x_k - x^*`: x_k is what x is at step k, as x^* is where it goes."""
    for total in (n for n in walk(tree) if n.kind == "sum"):
        names = [labelled(found) for part in total.parts if (found := named(part)) is not None]
        limits = {key.partition("^")[0] for key, below, _ in names if key.endswith(_LIMITS)}
        limits |= {key for key, below, _ in names if below and text_of(script(below[0])) in _LIMITS}
        for key, below, _ in names:
            if key in limits and below and script(below[0]).kind == "NAME":
                yield key


def _squared(tree: Node) -> Iterator[str]:
    r"""The x of `x_i^2`, `\bar x^2` and `(x_i - \bar x)^2`, none of which makes sense for vectors x_i."""
    for node in walk(tree):
        atom, marks = atom_and_marks(node)
        if not any(map(is_square, marks)):
            continue
        inside = opened(atom.parts[0]) if atom.kind == "round" and len(atom.parts) == 1 else node
        for part in inside.parts if inside.kind == "sum" else (inside,):
            found = named(part)
            key, below, rest = labelled(found) if found is not None else ("", [], ())
            plain = all(map(is_square, rest))
            if plain and (key.startswith("bar ") or (len(below) == 1 and script(below[0]).kind == "NAME")):
                yield key.removeprefix("bar ")


def _behind_rows(tree: Node) -> Iterator[int]:
    r"""The x_i of `w^\top x_i`, which are vectors as w is one; a number would stand before the w."""
    for product in (n for n in walk(tree) if n.kind == "product"):
        factors = [part for part in product.parts if part.kind != "MUL"]
        for row, column in itertools.pairwise(factors):
            names = named(row), named(column)
            if names[0] is None or names[1] is None or letter_of(labelled(names[1])[0]) in _MULTIPLIERS:
                continue
            if letter_of(labelled(names[0])[0]).islower() and any(is_transpose(m) for m in names[0].marks):
                yield id(names[1].node)


def _of_example(mark: Node) -> bool:
    """`^{(i)}`, which tells examples apart; `^{(k)}` and `^{(l)}` may be steps and layers."""
    inside = script(mark) if is_label(mark) else mark
    return inside.kind == "round" and len(inside.parts) == 1 and opened(inside.parts[0]).text == "i"


def _before_example(node: Node) -> bool:
    r"""Whether a transposed letter stands before an example: `\theta^T x^{(i)}`."""
    pairs = itertools.pairwise(node.parts) if node.kind == "product" else ()
    names = [(a, b) for first, second in pairs if (a := named(first)) is not None and (b := named(second)) is not None]
    return any(any(map(is_transpose, a.marks)) and any(map(_of_example, b.marks)) for a, b in names)


def _summed_above(product: Node) -> Iterator[str]:
    r"""The x of `\sum_i x^{(i)}`."""
    bound: set[str] = set()
    for part in product.parts:
        atom, marks = atom_and_marks(part)
        if atom.kind == "BIGOP":
            bound |= {name for m in marks if m.kind == "below" for name in summed_names(script(m))} - LAYERS
        for found in names_in(part) if bound else ():
            labels = [script(m) for m in found.marks if is_label(m)]
            if any(n.base in bound for label in labels for n in names_in(label)):
                yield found.base
