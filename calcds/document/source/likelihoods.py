r"""Likelihoods and conditional densities as they are printed: what stands before the bracket, and between its bars.

    p(y \mid x)     P(X \mid \theta)     p(y \mid x; \theta)     p_\theta(y_i \mid x_i)     \mathcal{N}(x \mid \mu, \Sigma)
    \mathcal{L}(\theta \mid t, z)        P(t = 1 \mid z)         f_X(x \mid \mu)            \ell(\mu, \Sigma \mid x^{(i)})

The letter p is written for many functions: which one is meant is told by the letters of the arguments, so that `p(x \mid z)`
and `p(y \mid z)` are two, and `p(x_1 \mid \theta)` and `p(x_2 \mid \theta)` are values of one, whose signature is
`p(x|theta)`. P, Pr and p are one letter, as authors mix them. A small letter below the name is an argument like those in the
bracket, a capital says of which variable the density is, as do numbers and words.

Imports: calcds.document.source.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from calcds.document.source.latex import Node, walk
from calcds.document.source.names import (
    LIKELY,
    Named,
    atom_and_marks,
    is_divergence,
    is_double_bar,
    letter_of,
    named,
    names_in,
    opened,
    script,
    text_of,
)

CHANCES = {"p", "P", "Pr", "bb P", "Prob"}  # one letter
LOGARITHM = "log "  # before the signature of a likelihood: its logarithm may be any number
_MOST = 4  # variables of a law
_RUNNING = set("ijklmnt")
_PARAMETERS = {"theta", "vartheta", "Theta", "phi", "varphi", "Phi", "psi", "eta", "omega"}


@dataclass(frozen=True, slots=True)
class Argument:
    """An argument: its letter, and the node of its value."""

    letter: str
    value: Node
    given: bool = False  # `y = 1`


@dataclass(frozen=True, slots=True)
class Likelihood:
    """A name with a bracket in which a bar stands."""

    signature: str
    arguments: tuple[Argument, ...]


def likelihood_of(name: Named, bracket: Node) -> Likelihood | None:
    """The likelihood that a name and a bracket print; None where they print something else."""
    listed = items_of(bracket)
    bars = [k for k, p in enumerate(listed) if p.kind == "MID"]
    if name.base not in LIKELY or len(bars) != 1 or is_double_bar(listed[bars[0]]) or is_divergence(name.base):
        return None
    below = [script(m) for m in name.marks if m.kind == "below"]
    if len(below) != len(name.marks) or len(below) > 1 or bars[0] in {0, len(listed) - 1}:
        return None
    head, extra = _head(name.base, below)
    if not head:
        return None
    spelled, arguments = [head, "("], []
    for part in listed:
        if part.kind in {"MID", "SEMI"}:
            spelled.append("|" if part.kind == "MID" else ";")
        elif part.kind == "COMMA":
            spelled.append(",")
        elif part.kind != "QUAD":
            argument = _argument(part)
            if argument is None:
                return None
            spelled.append(argument.letter)
            arguments.append(argument)
    return Likelihood("".join([*spelled, ")"]), (*arguments, *extra))


def items_of(bracket: Node) -> Sequence[Node]:
    r"""What stands in a round bracket, also in one style: `(\mathbf{x \mid \mu})`."""
    inside = bracket.parts[0] if bracket.kind == "round" and len(bracket.parts) == 1 else None
    while inside is not None and inside.kind in {"items", "style", "group"} and len(inside.parts) == 1:
        inside = inside.parts[0]
    return inside.parts if inside is not None and inside.kind == "items" else ()


def likelihoods_in(tree: Node) -> Iterator[tuple[Named, Node, Likelihood]]:
    """The likelihoods that stand in a side: name, bracket and what they are."""
    for node in (n for n in walk(tree) if n.kind == "product"):
        for part, following in pairwise(node.parts):
            name, bracket = named(part), atom_and_marks(following)[0]
            if name is not None and bracket.kind == "round" and (found := likelihood_of(name, bracket)) is not None:
                yield name, bracket, found


def of_one_example(found: Likelihood, body: Node) -> tuple[tuple[Argument, ...], Node] | None:
    r"""The arguments and the formula of `p(y^{(i)} \mid x^{(i)}; \theta) = ...` without the index i that they have in common.

    None where no argument has one, or where the formula has it elsewhere, too.
    """
    marks = [[_index_in(m) for m in name.marks] for a in found.arguments if (name := named(a.value)) is not None]
    letters = {one for found_marks in marks for one in found_marks}
    index = next(iter(letters)) if len(letters) == 1 else ""
    if not index or any(a.given for a in found.arguments):
        return None
    arguments = tuple(Argument(a.letter, without_index(a.value, index)) for a in found.arguments)
    stripped = without_index(body, index)
    return (arguments, stripped) if not any(n.kind == "NAME" and n.text == index for n in walk(stripped)) else None


def without_index(node: Node, index: str) -> Node:
    r"""A tree in which x stands for x^{(i)} and x_i."""
    if node.kind == "unit":
        kept = tuple(m for m in node.parts[1:] if _index_in(m) != index)
        atom = without_index(node.parts[0], index)
        return node.holding((atom, *(without_index(m, index) for m in kept))) if kept else atom
    return node.holding(tuple(without_index(part, index) for part in node.parts)) if node.parts else node


def _index_in(mark: Node) -> str:
    """The i of `^{(i)}` and `_i`; "" for any other mark."""
    inside = script(mark) if mark.kind in {"above", "below"} else mark
    label = mark.kind == "above" and inside.kind == "round" and len(inside.parts) == 1
    inside = opened(inside.parts[0]) if label else inside
    return inside.text if (label or mark.kind == "below") and inside.kind == "NAME" and inside.text in _RUNNING else ""


def laws_of(nodes: Sequence[Node]) -> tuple[str, ...]:
    r"""The variables of a chain of nothing but densities of letters: `p(\theta \mid D) p(D) = p(D \mid \theta) p(\theta)`.

    Such a line is one of the laws of probability, or says what is independent of what. Nothing where something else stands in
    the chain, where all letters are capitals, as those of events are, or where no bar stands in it.
    """
    found: set[str] = set()
    bars = False
    for node in nodes:
        known: set[int] = set()
        for product in (n for n in walk(node) if n.kind == "product"):
            for part, following in pairwise(product.parts):
                name, (bracket, _) = named(part), atom_and_marks(following)
                alone = name is not None and (not name.marks or parameter_below(name.marks) is not None)
                plain = alone or (name is not None and is_named_by(name.marks, bracket))
                keys = letters_of(bracket) if plain and name is not None and name.base in CHANCES else ()
                if keys and name is not None:
                    found.update(keys)
                    bars = bars or any(p.kind == "MID" for p in items_of(bracket))
                    known |= {id(name.node), *(id(n.node) for one in (bracket, *name.marks) for n in names_in(one))}
        summed = {id(one.node) for n in walk(node) if n.kind == "below" for one in names_in(n)} - known
        strange = (
            one for one in names_in(node)
            if id(one.node) not in known | summed or (id(one.node) in summed and one.base not in found)
        )  # fmt: skip
        if any(True for _ in strange):
            return ()
        others = {"NUMBER", "DOTS", "TEXT", "NABLA", "PARTIAL"}
        if any(n.kind in others or (n.kind == "BIGOP" and n.text != "sum") for n in walk(node)):
            return ()
    capitals = all(letter_of(key).isupper() and " " not in key for key in found)
    return tuple(sorted(found)) if bars and 1 < len(found) <= _MOST and not capitals else ()


def letters_of(bracket: Node) -> tuple[str, ...]:
    r"""The names in a bracket that has nothing else in it: \theta and D of `(\theta \mid D)`."""
    inside = items_of(bracket) or (bracket.parts if bracket.kind == "round" else ())
    names = [named(opened(p)) for p in inside if p.kind not in {"COMMA", "MID", "SEMI", "QUAD"}]
    keys = tuple(n.base for n in names if n is not None and not n.marks)
    return keys if len(keys) == len(names) == len(set(keys)) and sum(p.kind == "MID" for p in inside) < 2 else ()


def is_named_by(marks: Sequence[Node], bracket: Node) -> bool:
    r"""Whether the capitals below a density are those of the letters in its bracket, as in p_{X,Y}(x, y) and p_{Y|X}(y|x)."""
    below = [script(m) for m in marks if m.kind == "below"]
    if len(below) != 1 or len(marks) != 1:
        return False
    parts = below[0].parts if below[0].kind in {"items", "product"} else below
    capitals = [p.text for p in parts if p.kind == "NAME"]
    return all(c.isupper() for c in capitals) and tuple(c.lower() for c in capitals) == letters_of(bracket)


def parameter_below(marks: Sequence[Node]) -> Named | None:
    r"""The parameter below a density, `p_\theta(x, z)`: for each of its values there is a law of the same variables."""
    one = named(opened(script(marks[0]))) if [m.kind for m in marks] == ["below"] else None
    return one if one is not None and one.base in _PARAMETERS else None


def is_signature(name: str) -> bool:
    """Whether the name of a function is that of a likelihood without a formula."""
    return "(" in name and "|" in name


def _head(base: str, below: Sequence[Node]) -> tuple[str, tuple[Argument, ...]]:
    """The letter with what belongs to it, and arguments that stand below it; "" where an index does."""
    head = "p" if base in CHANCES else base
    for inside in below:
        parts = [p for p in inside.parts if p.kind != "COMMA"] if inside.kind == "items" else [inside]
        names = [named(p) for p in parts]
        letters = [letter_of(n.base) for n in names if n is not None]
        if len(letters) == len(parts) and all(x.islower() and x not in _RUNNING for x in letters):
            return head, tuple(Argument(letter, p) for letter, p in zip(letters, parts, strict=True))
        if any(x in _RUNNING for x in letters):
            return "", ()
        head += f"_{text_of(inside)}"
    return head, ()


def _argument(node: Node) -> Argument | None:
    inside = opened(node)
    if inside.kind == "item" and [p.text for p in inside.parts[1::2]] == ["="]:
        name = named(opened(inside.parts[0]))
        return Argument(_letter(name), inside.parts[2], given=True) if name is not None else None
    name = named(inside)
    return Argument(_letter(name), inside) if name is not None else None


def _letter(name: Named) -> str:
    r"""The letter of an argument without its style and its marks: x of `\mathbf{x}^{(i)}`, theta of `\hat\theta`."""
    calligraphic = "cal " if name.base.startswith("cal ") else ""
    return calligraphic + letter_of(name.base)


__all__ = [
    "CHANCES", "LOGARITHM", "Argument", "Likelihood", "is_named_by", "is_signature", "items_of", "laws_of", "letters_of",
    "likelihood_of", "likelihoods_in", "of_one_example",
]  # fmt: skip
