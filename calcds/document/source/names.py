r"""Names as they are written: `\mathbf{x}`, `\hat\theta_{ML}`, `W^{(l)}`, told apart by letter, style and marks.

A key is one text for one name: `x`, `bold x`, `hat theta_ML`, `W^(l)`. Two names with one key are one name.

Imports: calcds.document.source.latex, calcds.document.source.raw.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache

from calcds.document.source.latex import Node, once, remembered, walk

KNOWN_NUMBERS = {"e": math.e, "pi": math.pi}  # letters that are numbers which everybody knows
TRANSPOSES = {"T", "top", "intercal", "tr"}
_STYLES = {"bold": "bold ", "cal": "cal ", "frak": "frak ", "bb": "bb ", "hat": "hat ", "bar": "bar ", "tilde": "tilde ",
           "dot": "dot ", "ddot": "ddot ", "acute": "acute ", "check": "check ", "plain": "",
           "increment": "Delta "}  # fmt: skip
_SHOWN = {"cal": r"\mathcal{%s}", "frak": r"\mathfrak{%s}", "bb": r"\mathbb{%s}", "Delta": r"\Delta{%s}"}
_PAIRS = {"round": ("(", ")"), "square": ("[", "]"), "bars": ("|", "|")}
LIKELY = {"p", "P", "Pr", "bb P", "Prob", "q", "f", "L", "cal L", "l", "ell", "cal N", "N", "pi", "Q"}  # of likelihoods
SAMPLE = "sample"  # says of an index that it was printed above: the i of x^{(i)}, which tells examples apart
_ACCENTS = {"hat", "bar", "tilde", "dot"}
BINDING = {"sum", "prod", "rows", "columns", "list", "block"}  # operators with an index; the last four are written as dots
FUNCTIONS = set("fghFGH") | {"phi", "psi", "varphi"}  # letters of functions that nothing has to be known of
ALL = "_all"  # behind the name of everything that an index tells apart: x_all has the x_i as its entries or rows
SLOPE = "slope:"  # in front of what is differentiated, as the accent of a name for a derivative
NUMBERED = "_#"  # of keys: W_1, W_2, ... are transposed somewhere


@dataclass(frozen=True, slots=True)
class Named:
    """A unit that is a name with marks: its letter with style, and the marks in their order."""

    base: str  # key without marks: "bold x"
    marks: tuple[Node, ...]
    node: Node


def atom_and_marks(node: Node) -> tuple[Node, tuple[Node, ...]]:
    """A unit as its atom and its marks."""
    return (node.parts[0], node.parts[1:]) if node.kind == "unit" else (node, ())


def opened(node: Node) -> Node:
    """Without braces and other wrappings that mean nothing."""
    while True:
        if (
            (node.kind in {"group", "items"} and len(node.parts) == 1)
            or (node.kind == "unit" and len(node.parts) == 1)
            or node.kind == "braced"
            or (node.kind == "unit" and node.parts[0].kind == "braced")
        ):
            node = node.parts[0]
        else:
            return node


@once
def named(node: Node) -> Named | None:
    """The name a unit is, or None."""
    return _named(node, "")


def _named(node: Node, style: str) -> Named | None:
    atom, marks = atom_and_marks(opened(node))
    if atom.kind in {"NAME", "WORD"}:
        return Named(style + atom.text, marks, node)
    if atom.kind == "style":
        inner = _named(atom.parts[0], style)
        if inner is None or any(m.kind not in {"below", "above"} for m in inner.marks):
            return None
        extra = _STYLES[atom.text]
        bold, plain = ("bold ", inner.base[5:]) if inner.base.startswith("bold ") else ("", inner.base)
        base = inner.base if extra in inner.base else bold + extra + plain  # bold comes first
        return Named(base, (*inner.marks, *marks), node)
    if atom.kind in {"group", "items"} and marks:
        inner = _named(atom, style)
        return Named(inner.base, (*inner.marks, *marks), node) if inner else None
    return None


def script(mark: Node) -> Node:
    """What stands in a script, without its braces."""
    return opened(mark.parts[0])


def is_d(node: Node) -> bool:
    """Whether a d stands here, which may be that of a differential."""
    return node.kind == "NAME" and node.text == "d"


def is_transpose(mark: Node) -> bool:
    r"""`^T`, `^\top`, `^{\mathsf T}`."""
    return mark.kind == "above" and _plain(script(mark)) in TRANSPOSES


def is_inverse_transpose(mark: Node) -> bool:
    r"""`^{-T}`, `^{-\top}`."""
    return mark.kind == "above" and _plain(script(mark)) in {"-" + t for t in TRANSPOSES}


def is_power(node: Node) -> bool:
    """Whether a name has a number above: `x^2`."""
    name = named(node)
    return name is not None and any(m.kind == "above" and opened(script(m)).kind == "NUMBER" for m in name.marks)


def is_square(mark: Node) -> bool:
    """`^2`."""
    return mark.kind == "above" and script(mark).kind == "NUMBER" and script(mark).text == "2"


def is_double_bar(node: Node) -> bool:
    r"""The `\|` of `D(p \| q)`: it separates two arguments, as a comma does."""
    return node.kind == "MID" and node.text in {"||", "\\|", "\\Vert", "parallel"}


def is_divergence(key: str) -> bool:
    r"""Whether a name is one of a divergence, so that a bar separates its arguments: `KL(p | q)`, `D_{KL}(p \mid q)`."""
    return key == "D" or key.startswith("D_") or key.upper() == "KL"


def is_relative(key: str) -> bool:
    r"""Whether a name is that of the relative entropy: `D`, `D_{KL}`, `\mathrm{KL}`; `D_\alpha` and `D_{JS}` are others."""
    letter, _, below = key.partition("_")
    return letter == "KL" or (letter_of(letter) == "D" and below.upper() in {"", "KL"})


def is_label(mark: Node) -> bool:
    """A superscript that is part of the name: `^{(l)}`, `^{[1]}`, `^*`, `^{t+1}` is none of them."""
    if mark.kind != "above":
        return False
    inside = script(mark)
    if inside.kind in {"MUL", "SIGN", "ADD", "SYMBOL", "TEXT", "WORD"}:
        return _plain(inside).removeprefix("-") not in TRANSPOSES
    atom, _ = atom_and_marks(inside)
    return atom.kind in {"round", "square"} and len(atom.parts) == 1 and inside.kind != "product"


def with_indices(node: Node, keys: Collection[str]) -> Node:
    """A tree in which the label of some names is an index: `x_j^{(i)}` becomes x_{i,j}."""
    if not keys:
        return node
    if node.kind == "unit" and (found := named(node)) is not None and found.base in keys:
        label = next((m for m in found.marks if is_label(m) and script(m).kind in _PAIRS), None)
        if label is not None:
            inside = [opened(script(label).parts[0])]
            for mark in (m for m in found.marks if m.kind == "below"):
                content = script(mark)
                inside += [Node("COMMA", (), ","), *(content.parts if content.kind == "items" else [content])]
            below = Node("below", (Node("items", tuple(inside), "", label.at, label.end),), SAMPLE, label.at, label.end)
            rest = [m for m in found.marks if m.kind != "below" and m is not label]
            return Node("unit", (_bare(node), below, *rest), "", node.at, node.end)
    return node.holding(tuple(with_indices(p, keys) for p in node.parts))


def with_transposes(node: Node) -> Node:
    r"""A tree in which a prime is a transpose: `(X'X)^{-1} X'y`; `f'(x)` and `(f + g)'(x)` stay derivatives."""
    if not node.parts:
        return node
    parts = [with_transposes(p) for p in node.parts]
    if node.kind == "product":
        rows = zip(node.parts, parts, [*node.parts[1:], None], strict=True)
        parts = [old if _is_derivative(old, following) else new for old, new, following in rows]
    if node.kind == "unit" and sum(p.kind == "prime" for p in parts) == 1:
        parts = [_transpose(p) if p.kind == "prime" else p for p in parts]
    return node.holding(tuple(parts))


def _transpose(prime: Node) -> Node:
    return Node("above", (Node("NAME", (), "T", prime.at, prime.end),), "", prime.at, prime.end)


def _is_derivative(node: Node, following: Node | None) -> bool:
    """Whether a prime stands at a function, or at a bracket of functions, before its argument."""
    atom, marks = atom_and_marks(node)
    if not any(m.kind == "prime" for m in marks) or following is None or atom_and_marks(following)[0].kind != "round":
        return False
    letters = {letter_of(n.base) for n in names_in(atom)}
    return bool(letters) and letters <= FUNCTIONS | {"sigma", "ell", "Lambda", "Phi"}


def _bare(node: Node) -> Node:
    """A name without its marks."""
    atom, marks = atom_and_marks(opened(node))
    if atom.kind == "style":
        return Node("style", (_bare(atom.parts[0]),), atom.text, atom.at, atom.end)
    return _bare(atom) if marks or atom.kind in {"group", "items"} else atom


def _plain(node: Node) -> str:
    return "".join(n.text for n in walk(node) if n.text and n.kind != "style")


def text_of(node: Node) -> str:
    """The text of a script, as part of a key."""
    said = _spelled(node)
    return said if len(said) <= 40 else said[:37] + "..."


def likelihood_key(node: Node) -> str | None:
    r"""The key of `p(y | X, \theta)` as a name of its own: a likelihood that is given by a formula; None for anything else."""
    parts = opened(node).parts if opened(node).kind == "product" else ()
    name = named(parts[0]) if len(parts) == 2 else None
    if name is None or name.base not in LIKELY or any(m.kind != "below" for m in name.marks):
        return None
    bracket, after = atom_and_marks(parts[1])
    inside = bracket.parts[0] if bracket.kind == "round" and bracket.parts and not after else bracket
    while inside.kind in {"items", "style", "group"} and len(inside.parts) == 1:
        inside = inside.parts[0]
    listed = inside.parts if inside.kind == "items" else ()
    if not any(p.kind in {"MID", "SEMI"} for p in listed):
        return None
    said = ["|" if p.kind == "MID" else _spelled(p) for p in listed if p.kind != "QUAD"]
    below = "".join(f"_{_spelled(script(m))}" for m in name.marks)
    return f"given {name.base}{below}({''.join(said)})"


def is_conditional(node: Node) -> bool:
    r"""Whether a side is a conditional chance: `P(y = 1 | x)`, `\Pr(A | B)`, `p(y | x)`."""
    parts = opened(node).parts if opened(node).kind == "product" else ()
    name = named(parts[0]) if len(parts) == 2 else None
    if name is None or name.base not in {"P", "Pr", "p"} or name.marks:
        return False
    bracket, after = atom_and_marks(parts[1])
    return bracket.kind == "round" and not after and any(p.kind == "MID" for part in bracket.parts for p in part.parts)


def _spelled(node: Node) -> str:
    opening, closing = _PAIRS.get(node.kind, ("", ""))
    joint = (
        ","
        if node.kind == "items" and all(p.kind != "COMMA" for p in node.parts) and len(node.parts) > 1
        else ""
    )
    inner = joint.join(map(_spelled, node.parts))
    if node.kind == "below":
        inner = "_" + inner
    if node.kind == "above":
        inner = "^" + inner
    if node.kind == "prime":
        inner = "'"
    return (
        opening
        + ("" if node.kind in {"style", "below"} else node.text.replace(" ", ""))
        + inner
        + closing
    )


@cache
def shown(key: str) -> str:
    r"""The name of a symbol for a key; text and LaTeX printers understand it.

    >>> shown("bold x"), shown("hat theta_ML"), shown("W^(l)"), shown("cal L"), shown("Delta theta"), shown("slope:J W_1")
    ('x', 'theta_hat_ML', 'W_(l)', '\\mathcal{L}', '\\Delta{\\theta}', 'dJ/dW_1')
    """
    *styles, rest = key.split(" ")
    letter, mark, tail = _split(rest)
    for style in reversed(styles):
        if style in _ACCENTS:
            letter += "_" + style
        elif style in _SHOWN:
            letter = _SHOWN[style] % _in_latex(letter)
        elif style.startswith(SLOPE):
            letter = f"d{shown(style.removeprefix(SLOPE).replace('.', ' '))}/d{letter}"
    said = letter + (mark.replace("^", "_") + tail.replace("^", "_").replace("*", "star") if mark else "")
    return said + (ALL if "all" in styles else "_sq" if "square" in styles else "")


def _in_latex(letter: str) -> str:
    r"""`theta_hat` as `\hat{\theta}`."""
    plain, _, accent = letter.partition("_")
    said = "\\" + plain if len(plain) > 1 and plain.isalpha() else plain
    return f"\\{accent}{{{said}}}" if accent else said


def _split(rest: str) -> tuple[str, str, str]:
    for k, c in enumerate(rest):
        if c in "_^":
            return rest[:k], c, rest[k + 1 :]
    return rest, "", ""


def letter_of(key: str) -> str:
    """The letter of a key, without style and marks."""
    return _split(key.rsplit(" ", maxsplit=1)[-1])[0]


def letter_of_shown(name: str) -> str:
    """The letter of a symbol's name, without accents and subscripts."""
    return name.split("_", maxsplit=1)[0]


@remembered
def names_in(node: Node) -> Iterator[Named]:
    """All names below a node, each with its marks, those in scripts too."""
    todo = [node]
    while todo:
        here = todo.pop()
        found = named(here) if here.kind in {"unit", "NAME", "WORD", "style"} else None
        if found is not None:
            yield found
            todo.extend(reversed(found.marks))
        else:
            todo.extend(reversed(here.parts))


def has_names(node: Node) -> bool:
    """Whether a name stands below a node, which is more than numbers then."""
    return any(True for _ in names_in(node))


def is_index(name: Named, node: Node) -> bool:
    r"""Whether a name below a node stands in the script of another one: the \lambda of `\hat\beta_\lambda`."""
    return any(name.node is inner.node for outer in names_in(node) for mark in outer.marks for inner in names_in(mark))


def has_arrays(node: object) -> bool:
    """Whether something in a side is written as a vector or a matrix, or it may be, as the side was not read."""
    if not isinstance(node, Node):
        return True
    kinds = {n.kind for n in walk(node)}
    bold = any(n.base.startswith("bold ") for n in names_in(node))
    turned = any(is_transpose(m) for n in names_in(node) for m in n.marks)
    return bold or turned or not kinds.isdisjoint({"norm", "grid", "NABLA", "angle"})
