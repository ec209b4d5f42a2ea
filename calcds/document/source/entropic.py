r"""Entropies as they are written: `H(X, Y)`, `H(X \mid Y)`, `I(X; Y \mid Z)`, and sides that are about nothing else.

    H(A | C) = H(A, C) - H(C)          I(A; B | C) = H(A, C) + H(B, C) - H(A, B, C) - H(C)

Imports: calcds.document.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain, pairwise

from calcds.document.source.keys import full_key
from calcds.document.source.latex import Node, walk
from calcds.document.source.names import Named, atom_and_marks, letter_of, named, opened

ENTROPIES = {"H", "h", "bb H", "cal H", "S"}
SHARED = {"I", "bb I", "cal I", "MI"}
SAME_ENTROPY = re.compile(  # words of variables with equal entropies
    r"stationar|identical|i\.\s?i\.\s?d|symmetric|biject|invert|one-to-one|injectiv|permut|exchang|relabel|"
    r"same (?:distribution|law|entropy)|\bcop(?:y|ies)\b|encod|decod|\bcode|channel|noise",
    re.IGNORECASE,
)
Joint = list[tuple[int, frozenset[str]]]  # joint entropies with their coefficients
Groups = tuple[tuple[str, ...], ...]


def groups_of(bracket: Node) -> tuple[Groups, tuple[str, ...]] | None:
    """The random variables between the commas, semicolons and bars of a bracket, and these signs; None for anything else."""
    if bracket.kind not in {"round", "square"} or len(bracket.parts) != 1:
        return None
    inside, groups, signs = bracket.parts[0], list[list[str]]([[]]), list[str]()
    for part in inside.parts if inside.kind == "items" else (inside,):
        name = named(opened(part))
        if part.kind in {"MID", "SEMI"}:
            if part.kind == "MID" and part.text not in {"|", "mid", "\\mid", "vert", "\\vert"}:
                return None
            groups.append([])
            signs.append(part.kind)
        elif name is not None and _is_variable(name):
            groups[-1].append(full_key(name))
        elif part.kind != "COMMA":
            return None
    return (tuple(map(tuple, groups)), tuple(signs)) if all(groups) else None


def _is_variable(name: Named) -> bool:
    """Whether it is a capital, with one subscript at most; P and Q are distributions, as in the cross entropy `H(P, Q)`."""
    letter, plain = letter_of(name.base), all(m.kind == "below" for m in name.marks)
    return len(letter) == 1 and letter.isupper() and letter not in {"P", "Q"} and len(name.marks) < 2 and plain


def entropy_of(part: Node, following: Node) -> tuple[Joint, tuple[Node, ...]] | None:
    """`H(X, Y | Z)` as joint entropies with their coefficients, and the marks behind the bracket; None for anything else."""
    name = named(part)
    if name is None or name.marks or (name.base not in ENTROPIES and name.base not in SHARED):
        return None
    bracket, after = atom_and_marks(following)
    found = groups_of(bracket)
    if found is None:
        return None
    groups, signs = found
    given: frozenset[str] = frozenset(groups[-1]) if signs and signs[-1] == "MID" else frozenset()
    sets = [frozenset(g) | given for g in (groups[:-1] if given else groups)]
    kinds = signs[:-1] if given else signs
    if name.base in ENTROPIES and not kinds:
        joint = [(1, sets[0])]
    elif name.base in SHARED and kinds == ("SEMI",):
        joint = [(1, sets[0]), (1, sets[1]), (-1, sets[0] | sets[1])]
    else:
        return None
    return joint + ([(-sum(c for c, _ in joint), given)] if given else []), after


def is_about_entropies(trees: Iterable[Node]) -> bool:
    """Whether sides have entropies of random variables in them, and but for these only numbers and signs."""
    sides = [list(_pieces(tree)) for tree in trees]
    loose = {piece.kind for side in sides for piece in side if isinstance(piece, Node)}
    return any(frozenset() in side for side in sides) and loose <= {"NUMBER", "ADD", "MUL"}


def is_unmistakable(trees: Iterable[Node]) -> bool:
    """Whether sides are about entropies, whatever the text speaks of: one of them has a condition, or is an information."""
    listed = list(trees)
    return any(len(one) > 1 for tree in listed for one in entropies_in(tree)) and is_about_entropies(listed)


def _pieces(tree: Node) -> Iterator[Node | frozenset[str]]:
    """The leaves of a tree, but for its entropies, each of which is an empty set here."""
    k = 0
    while k < len(tree.parts):
        if tree.kind == "product" and k + 1 < len(tree.parts) and entropy_of(tree.parts[k], tree.parts[k + 1]) is not None:
            yield frozenset()
            yield from chain.from_iterable(map(_pieces, atom_and_marks(tree.parts[k + 1])[1]))
            k += 1
        else:
            yield from _pieces(tree.parts[k])
        k += 1
    if not tree.parts:
        yield tree


def entropies_in(tree: Node) -> Iterator[Joint]:
    """All entropies in a tree."""
    for node in walk(tree):
        for part, following in pairwise(node.parts if node.kind == "product" else ()):
            if (found := entropy_of(part, following)) is not None:
                yield found[0]
