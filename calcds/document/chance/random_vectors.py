r"""Random vectors: which names are vectors, means and covariance matrices, and which matrices beside them are fixed.

    "a random vector $X \in \mathbb{R}^d$ with covariance matrix $\Sigma$ and a constant matrix $A$"
    "Let $X$ be a random vector. For $A \in \mathbb{R}^{k \times d}$ we have $\Cov(AX) = A \Cov(X) A^T$"
    "If $y = Ax + b$ with $x \sim \mathcal{N}(\mu, \Sigma)$, then $\operatorname{Cov}(y) = A \Sigma A^T$"

A capital in an expectation is a random variable as a rule. It is a fixed matrix where words call it constant, fixed or
deterministic; and where the section has a random vector with another letter, and the capital is declared as a matrix, or
stands in front of that vector. What has a law or an expectation of its own stays random, and nothing is taken to be fixed
where a section speaks of random matrices or of data in rows.

Imports: calcds.document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from calcds.document.chance.declaring import keys_of
from calcds.document.source.latex import Node, walk
from calcds.document.source.names import (
    atom_and_marks,
    is_transpose,
    letter_of,
    named,
    names_in,
    opened,
    text_of,
)
from calcds.document.source.statements import Cut
from calcds.document.words.phrases import STOP
from calcds.document.words.randomness import (
    BRACKETS,
    EXPECTATIONS,
    OPERATORS,
    PROBABILITIES,
    Chance,
    Said,
    arguments,
    full_of,
    operands,
)

_FIXED = re.compile(
    r"\b(?:constant|fixed|deterministic|non-?random)\s+(?:(?:real|square|symmetric|invertible)\s+)*"
    r"(?:(?:matrix|matrices|vectors?)\s+(?:and\s+(?:a\s+)?(?:vectors?|matri\w+)\s+)?)?[\s$(\\]*$", re.IGNORECASE
)  # fmt: skip
_IS_FIXED = re.compile(
    r"[\s$)\\]*,?\s*(?:(?:is|are|be|being|a|an|the)\s+)*(?:constant|fixed|deterministic|non-?random|not random)\b"
    r"(?!\s+(?:point|effect))",
    re.IGNORECASE,
)
_CALLED = re.compile(r"\brandom\s+vectors?[\s$(\\]*$", re.IGNORECASE)
_IS_CALLED = re.compile(r"[\s$)\\]*\s*(?:is|are|be)\s+(?:a|any|two)?\s*(?:\w+\s+)?random\s+vectors?\b", re.IGNORECASE)
_COVARIANCES = {"Sigma", "Omega"}  # letters of covariance matrices
_DEVIATIONS = {"sigma", "tau"}  # of the numbers in front of them
_STATED = {"law", "moments", "iid"}
_RANDOM = re.compile(
    r"\brandom\s+(?:\w+\s+){0,2}matri|\bdata\s+matri|\bdesign\s+matri|\brows\b|\bWishart|\brandom\s+design", re.IGNORECASE
)


def take_vectors(pieces: Sequence[Cut], chance: Chance) -> None:
    """Learn which names are random vectors, their means and their covariance matrices, and which matrices are fixed."""
    for piece in pieces:
        chance.facts += _by_formula(piece)
    for fact in [f for f in chance.facts if (f.word == "moments" or f.law == "normal") and len(f.values) == 2]:
        joint = is_covariance(fact.values[1])
        since = replace(fact, start=_sentence(pieces, fact.start))
        names = [("vector", named(opened(fact.values[0]))), ("covariance", named(opened(fact.values[1])))]
        for word, name in names:
            if name is not None and (word == "vector" or joint):
                chance.roles.setdefault(full_of(name), []).append((since, word if joint else ""))
        for key in fact.keys:
            chance.roles.setdefault(key, []).append((since, "vector" if joint else ""))
    for piece in pieces:
        for key in _called(piece):
            here = Said("vector", frozenset({key}), piece.segment.section, piece.segment.at)
            chance.roles.setdefault(key, []).append((here, "vector"))
            chance.random_in.setdefault(key, set()).add(piece.segment.section)
    _take_fixed(pieces, chance)


def _by_formula(piece: Cut) -> Iterator[Said]:
    r"""`\Sigma = E[(X - \mu)(X - \mu)^T]` says that \mu is the mean of X and \Sigma its covariance matrix."""
    for statement in piece.statements:
        for side, following in zip(statement.sides, statement.sides[1:], strict=False):
            left, right = piece.trees.get(side), piece.trees.get(following)
            if following.relation not in {"=", ":="} or not isinstance(left, Node) or not isinstance(right, Node):
                continue
            asked = opened(right)
            found = [b for key, _, b in operands(asked) if key in EXPECTATIONS] if asked.kind == "product" else []
            factors = opened(arguments(found[0])[0]).parts if len(found) == 1 and len(asked.parts) == 2 else ()
            pairs = [atom_and_marks(f) for f in factors]
            centred = [opened(atom).parts[0] if atom.kind == "round" and len(atom.parts) == 1 else atom for atom, _ in pairs]
            if len(pairs) != 2 or text_of(centred[0]) != text_of(centred[1]) or len(pairs[1][1]) != 1 or pairs[0][1]:
                continue
            inside = opened(centred[0])
            names = [named(p) for p in inside.parts[::2]] if inside.kind == "sum" and len(inside.parts) == 3 else []
            known = is_covariance(left) and is_transpose(pairs[1][1][0]) and len(names) == 2 and inside.parts[1].text == "-"
            if known and names[0] is not None and names[1] is not None:
                here = piece.segment
                yield Said("moments", frozenset({full_of(names[0])}), here.section, here.at, values=(inside.parts[2], left))


def is_covariance(node: Node) -> bool:
    r"""Whether what stands for a variance is a matrix: `\Sigma`, `\sigma^2 I`, a bold capital."""
    inside = opened(node)
    name = named(inside.parts[-1] if inside.kind == "product" else inside)
    if name is None:
        return False
    letter, bold = letter_of(name.base), name.base.startswith("bold ")
    if inside.kind == "product" and len(inside.parts) == 2:
        number = named(inside.parts[0])
        matrix = number is not None and letter_of(number.base) in _DEVIATIONS and (letter == "I" or letter in _COVARIANCES)
    else:
        matrix = inside.kind != "product" and (letter in _COVARIANCES or (bold and letter.isupper()))
    return matrix


def _sentence(pieces: Sequence[Cut], at: int) -> int:
    """Where the first formula of a sentence stands."""
    before = [p for p in pieces if p.segment.at <= at]
    for piece, previous in zip(reversed(before), [*reversed(before[:-1]), None], strict=False):
        at = piece.segment.at
        if STOP.search(piece.segment.before) or previous is None or previous.segment.display:
            break
        if previous.segment.section != piece.segment.section:
            break
    return at


def _called(piece: Cut) -> Iterator[str]:
    """The X of "a random vector $X$" and of "$X$ is a random vector"."""
    if _CALLED.search(piece.segment.before) or _IS_CALLED.match(piece.segment.after):
        for statement in piece.statements[:1]:
            tree = piece.trees.get(statement.sides[0])
            others = {side.relation for side in statement.sides} - {"", "in", "dist"}
            yield from keys_of(tree) if isinstance(tree, Node) and not others else ()


def _take_fixed(pieces: Sequence[Cut], chance: Chance) -> None:
    for section in dict.fromkeys(p.segment.section for p in pieces):
        here = [p for p in pieces if p.segment.section == section]
        text = " ".join([*(p.segment.before for p in here), here[-1].segment.after])
        fixed = {key for piece in here for key in _said(piece)}
        stands = ((key, fact, word) for key, roles in chance.roles.items() for fact, word in roles)
        vectors = {key for key, fact, word in stands if fact.section == section and word == "vector"}
        if vectors and not _RANDOM.search(text):
            trees = [t for piece in here for t in piece.trees.values() if isinstance(t, Node)]
            alone = {n.base for t in trees for _, _, b in operands(t) for one in arguments(b) if (n := named(opened(one)))}
            stated = {k for f in chance.facts if f.section == section and f.word in _STATED for k in f.keys}
            images = {key for piece in here for key in _declared(piece)} | {key for t in trees for key in _mapping(t, vectors)}
            fixed |= images - vectors - alone - stated
        for key in fixed:
            chance.random_in.get(key, set()).discard(section)


def _said(piece: Cut) -> Iterator[str]:
    """The names of a formula that words around it call fixed."""
    if _FIXED.search(piece.segment.before) or _IS_FIXED.match(piece.segment.after):
        for statement in piece.statements[:1]:
            tree = piece.trees.get(statement.sides[0])
            others = {side.relation for side in statement.sides} - {"", "in"}
            yield from keys_of(tree) if isinstance(tree, Node) and not others else ()


def _declared(piece: Cut) -> Iterator[str]:
    r"""The A of `A \in \mathbb{R}^{k \times d}`."""
    for statement in piece.statements:
        for side, following in zip(statement.sides, statement.sides[1:], strict=False):
            left, right = piece.trees.get(side), piece.trees.get(following)
            if following.relation == "in" and isinstance(left, Node) and isinstance(right, Node):
                times = any(n.kind == "SET" for n in walk(right)) and any(n.text == "times" for n in walk(right))
                yield from keys_of(left) if times else ()


def _mapping(tree: Node, vectors: set[str]) -> Iterator[str]:
    r"""The A of `A x`, `A(x - \\mu)` and `x^T A x`, where x is a random vector."""
    for node in walk(tree):
        for part, following in zip(node.parts, node.parts[1:], strict=False) if node.kind == "product" else ():
            name, (image, marks) = named(part), atom_and_marks(following)
            letter = letter_of(name.base) if name is not None and not any(map(is_below, name.marks)) else ""
            inside = {n.base for n in names_in(image)} if image.kind in BRACKETS else {image.text, f"bold {image.text}"}
            operator = name is not None and name.base in OPERATORS | PROBABILITIES
            matrix = len(letter) == 1 and letter.isupper() and not operator
            if name is not None and matrix and not marks and not inside.isdisjoint(vectors):
                yield name.base


def is_below(mark: Node) -> bool:
    """Whether a mark is a subscript."""
    return mark.kind == "below"


__all__ = ["is_covariance", "take_vectors"]
