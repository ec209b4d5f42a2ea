r"""Formulas that say something of chance: `X \sim N(0, 1)`, `X \perp Y`, `A \cap B = \emptyset`, `P(X = 1) = p`.

Imports: calcds.document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from calcds.document.chance.laws import OTHER, density_law_of, law_of
from calcds.document.source.extract import Segment
from calcds.document.source.latex import Node, walk
from calcds.document.source.names import is_double_bar, is_transpose, named, names_in, opened
from calcds.document.source.raw import Unread
from calcds.document.source.statements import Cut
from calcds.document.words.heads import head_of
from calcds.document.words.phrases import IF
from calcds.document.words.randomness import (
    ENDLESS,
    EXPECTATIONS,
    NAMED_LAW,
    OPERATORS,
    PROBABILITIES,
    Chance,
    Said,
    base_of,
    full_of,
    operands,
)

_GIVEN = re.compile(  # in front of an equation that gives a variable its law
    r"\b(?:let|suppose|assume|consider|define|with|where|given|such that|if|takes?|distribut\w*|law|mass|now)\b[^.;:]*$",
    re.IGNORECASE,
)


def functions(pieces: Sequence[Cut], chance: Chance) -> Iterator[str]:
    """The letters that equations define as functions: E of an energy `E(w) = ...`."""
    for piece in pieces:
        for statement in piece.statements:
            for side, following in zip(statement.sides, statement.sides[1:], strict=False):
                tree = piece.trees.get(side)
                head = head_of(tree) if isinstance(tree, Node) and following.relation in {"=", ":="} else None
                body = piece.trees.get(following) if head is not None and head[0] in EXPECTATIONS else None
                if head is not None and isinstance(tree, Node) and not chance.is_operator(tree, head[0], body):
                    yield head[0]


def stated(piece: Cut) -> Iterator[Said]:
    r"""`X \sim N(\mu, \sigma^2)`, `X \perp Y`, `A \cap B = \emptyset`."""
    here = piece.segment
    empty = re.search(r"([A-Z])\s*\\cap\s*([A-Z])\s*=\s*\\(?:emptyset|varnothing)", here.text)
    if empty:
        yield Said("disjoint", frozenset(empty.groups()), here.section, here.at, _end(here))
    for tree in (t for t in piece.trees.values() if isinstance(t, Node)):
        for law, values in _laws_in(tree):
            yield Said(NAMED_LAW, frozenset(), here.section, here.at, law=law, values=values)
    for statement in piece.statements:
        for left, right in zip(statement.sides, statement.sides[1:], strict=False):
            source, image = piece.trees.get(left), piece.trees.get(right)
            if not isinstance(source, Node):
                continue
            if right.relation in {"=", ":="} and isinstance(image, Node) and (known := _known(source, image)):
                yield Said("alike", known, here.section, here.at + 1, _end(here))
            if right.relation in {"=", ":="} and isinstance(image, Node):
                yield from _named_law(source, image, here)
            keys = keys_of(source) if right.relation in {"dist", "perp", "in"} else _valued(source, image)
            if right.relation in {"in", "=", ":="} and keys and not (isinstance(image, Node) and _is_everything(image)):
                claimed = right.relation != "in" and not _GIVEN.search(here.before[-80:])
                yield Said("law", keys, here.section, here.at, ENDLESS, OTHER, claimed=claimed)
            if right.relation == "perp" and isinstance(image, Node):
                yield Said("independent", keys | keys_of(image), here.section, here.at, _end(here))
            elif right.relation == "dist" and keys:
                law, values = law_of(image) if isinstance(image, Node) else (OTHER, ())
                yield Said("law", keys, here.section, here.at, ENDLESS, law, values, sampled=True, said=True)
                if re.search(r"i\.?i\.?d", here.text):
                    yield Said("iid", keys, here.section, here.at)


def _named_law(source: Node, image: Node, here: Segment) -> Iterator[Said]:
    r"""The p of `p = \mathcal{N}(0, 1)` and of `p(x) = \mathcal{N}(x; 0, 1)`."""
    inside = opened(source)
    head = inside.parts[0] if inside.kind == "product" and len(inside.parts) == 2 else inside
    name, (law, values) = named(head), density_law_of(image)
    plain = name is not None and all(m.kind == "below" for m in name.marks)
    if law != OTHER and name is not None and plain and opened(image).parts[0].kind != "FUNC":  # y = exp(x)
        yield Said(NAMED_LAW, frozenset({full_of(name)}), here.section, here.at, law=law, values=values)


def _laws_in(tree: Node) -> Iterator[tuple[str, tuple[Node, ...]]]:
    """The normal laws that are the arguments of a divergence."""
    for node in walk(tree):
        bars = [k for k, part in enumerate(node.parts) if is_double_bar(part)] if node.kind == "items" else []
        for part in node.parts if bars else ():
            law, values = density_law_of(part) if part.kind == "product" else (OTHER, ())
            if law == "normal":
                yield law, values


def _valued(source: Node, image: Node | Unread | None) -> frozenset[str]:
    """The X of `P(X = 1) = p`: its distribution is not free."""
    if not isinstance(image, Node) or any(k in PROBABILITIES for k, _, _ in operands(image)):
        return frozenset()
    brackets = [b for k, _, b in operands(source) if k in PROBABILITIES and any(n.kind == "REL" for n in walk(b))]
    return frozenset(k for b in brackets for n in names_in(b) for k in {full_of(n), base_of(full_of(n))})


def _known(source: Node, image: Node) -> frozenset[str]:
    """The X of `E[X] = 0` and `Cov(X, Y) = 0`: a number on the right may be what is supposed of X."""
    inside = opened(source)
    found = list(operands(source))
    whole = inside.kind == "product" and len(inside.parts) == 2 and len(found) == 1
    if not whole or found[0][0] not in OPERATORS or any(key in OPERATORS | PROBABILITIES for key, _, _ in operands(image)):
        return frozenset()
    turned = {mark for mark in walk(found[0][2]) if is_transpose(mark)}  # its T is no name
    return frozenset(full_of(n) for n in names_in(found[0][2]) if not any(n.node in walk(mark) for mark in turned))


def _is_everything(image: Node) -> bool:
    r"""`\mathbb{R}^n`: that X is a member says nothing of its distribution."""
    real = any(n.kind == "SET" and n.text == "R" for n in walk(image))
    return real and not any(n.kind == "ADD" or (n.kind == "SIGN" and "+" in n.text) for n in walk(image))


def _end(here: Segment) -> int:
    """A fact in a formula behind "if" holds for its sentence only; nearly: for what follows closely."""
    return here.at + 400 if IF.search(here.before[-40:]) else ENDLESS


def _has_dots(part: Node) -> bool:
    return part.kind == "product" and any(n.kind == "DOTS" for n in part.parts)


def keys_of(node: Node) -> frozenset[str]:
    """The names of a list; a family `X_1, ..., X_n` or `X_i` by its letter."""
    inside = opened(node)
    parts = [opened(p) for p in (inside.parts if inside.kind == "items" else (inside,)) if p.kind not in {"COMMA", "QUAD"}]
    parts = [p for part in parts for p in (part.parts if _has_dots(part) else (part,))]
    found = [named(p) for p in parts if p.kind not in {"DOTS", "COMMA"}]
    if any(n is None or any(m.kind not in {"below", "above"} for m in n.marks) for n in found):
        return frozenset()
    family = any(p.kind == "DOTS" for p in parts)
    keys = [full_of(n) for n in found if n is not None]
    running = [k for k in keys if k.partition("_")[2] in set("ijk")]
    return frozenset(base_of(k) if family or k in running else k for k in keys)
