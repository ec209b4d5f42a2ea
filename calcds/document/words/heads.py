r"""What an equation is about: the key of a name, `x_1` as a member of x, `\sigma^2` as a name, `f(x, y)` as a head.

Everything that takes or looks up a meaning asks here first, so that a name has one key wherever it stands.

Imports: calcds.document.source.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from calcds.document.source.keys import labelled, subscripted
from calcds.document.source.latex import Node, walk
from calcds.document.source.names import (
    atom_and_marks,
    is_divergence,
    is_double_bar,
    is_square,
    letter_of,
    named,
    opened,
    script,
    text_of,
)

_KNOWN = {"sin", "cos", "tan", "exp", "log", "log10", "det", "trace", "max", "min", "abs", "sinh", "cosh", "tanh", "diag",
          "vec", "Var", "Cov", "rank", "asin", "acos", "atan"}  # fmt: skip
RUNNING = set("ijklmnpqrst")  # letters that may stand for every index
_DEVIATIONS = {"sigma", "tau"}


def key_of(node: Node) -> str | None:
    """The key of a name with its labels and subscripts; None for anything else."""
    found = named(node)
    if found is None:
        return None
    key, below, rest = labelled(found)
    if rest or len(below) > 1:
        return None
    return subscripted(key, below)


def numbered(node: Node) -> str | None:
    """The x of `x_1`."""
    found = named(node)
    key, below, rest = labelled(found) if found is not None else ("", [], ())
    return key if len(below) == 1 and not rest and script(below[0]).kind == "NUMBER" else None


def square_of(node: Node) -> str | None:
    r"""The key of `\sigma^2` as a name of its own."""
    found = named(node)
    key, below, rest = labelled(found) if found is not None else ("", [], ())
    if len(rest) != 1 or not is_square(rest[0]) or len(below) > 1:
        return None
    return "square " + subscripted(key, below)


def variance_of(node: Node) -> Node | None:
    r"""The `\sigma` of `\sigma^2` as an argument beside others: what is said there is said of a variance; None for others."""
    found = named(node)
    if found is None or letter_of(found.base) not in _DEVIATIONS or not found.marks or not is_square(found.marks[-1]):
        return None
    atom, marks = atom_and_marks(opened(node))
    return Node("unit", (atom, *marks[:-1]), "", node.at, node.end) if len(marks) > 1 else atom


def subject_of(node: Node) -> str | None:
    """The key of what an equation is about: of the function in `f(x) = ...`, else of the name on the left."""
    head = head_of(node)
    return head[0] if head else key_of(node)


def head_of(node: Node) -> tuple[str, list[Node], list[Node]] | None:
    """`f(x, y)` as a head of a definition: key, parameters, labels; None where the arguments are no distinct names."""
    node = opened(node)
    parts = node.parts if node.kind == "product" else ()
    if len(parts) != 2:
        return None
    found = named(parts[0])
    name = None if found is None else labelled(found)
    bracket, after = atom_and_marks(parts[1])
    if parts[0].kind == "FUNC" and parts[0].text not in _KNOWN:
        name = (parts[0].text, [], ())
    by_entries = [m.kind for m in after] == ["below"] and script(after[0]).text in RUNNING
    if by_entries and name is not None and not name[1] and parts[0].kind != "FUNC":
        name, after = (name[0], [*after], name[2]), ()  # f(z)_i is f_i(z)
    if name is None or name[2] or after or bracket.kind != "round" or len(bracket.parts) != 1:
        return None
    inside = bracket.parts[0]
    arguments = [
        p for p in (inside.parts if inside.kind == "items" else (inside,)) if p.kind not in {"COMMA", "SEMI"}
    ]
    key = name[0]
    full = f"{key}_{text_of(script(name[1][0]))}" if name[1] else key
    arguments = [p for p in arguments if not (is_double_bar(p) or (p.kind == "MID" and is_divergence(full)))]
    arguments = [variance_of(p) or p for p in arguments] if len(arguments) > 1 else arguments
    keys = [key_of(p) for p in arguments]
    if any(p.kind in {"MID", "COLON"} for p in arguments) or None in keys or len(set(keys)) != len(keys):
        return None
    labels: list[Node] = []
    if name[1]:
        content = script(name[1][0])
        nodes = [p for p in content.parts if p.kind != "COMMA"] if content.kind == "items" else [content]
        labels = nodes if all(key_of(n) is not None and n.kind == "NAME" for n in nodes) else []
        if not labels:
            key += "_" + text_of(content)
    return key, arguments, labels


Head = tuple[str, list[Node], list[Node]]


def functions_of(heads: Iterable[tuple[Head, object]]) -> set[str]:
    r"""The keys of the functions that a document defines, from their heads and formulas.

    A label such as the X of p_X is part of the name where some formula of it has the plain letter as a number:
    `p_X(k) = p q^{k-1}` says nothing of a p(k), and `p (1 + q)` is a product.
    """
    found = [*heads]
    names = {_with_label(head) for head, body in found if head[2] and isinstance(body, Node) and _multiplies(head[0], body)}
    return {full if (full := _with_label(head)) in names else head[0] for head, _ in found}


def _with_label(head: Head) -> str:
    key, _, labels = head
    return f"{key}_{','.join(map(text_of, labels))}" if labels else key


def _multiplies(key: str, body: Node) -> bool:
    """Whether a plain letter, with a power at most, is a factor or a term in a formula, and not applied to a bracket."""
    applied = {id(one) for n in walk(body) if n.kind == "product" for one, other in pairwise(n.parts)
               if atom_and_marks(other)[0].kind == "round"}  # fmt: skip
    parts = [part for n in walk(body) if n.kind in {"product", "sum"} for part in n.parts if id(part) not in applied]
    names = [name for part in parts if (name := named(part)) is not None]
    return any(n.base == key and all(m.kind == "above" for m in n.marks) for n in names)


def squares_in(node: Node) -> frozenset[int]:
    r"""The places of the arguments of a head that are squares: 1 for `\ell(\mu, \sigma^2)`."""
    bracket = atom_and_marks(opened(node).parts[1])[0]
    inside = bracket.parts[0]
    parts = [p for p in inside.parts if p.kind not in {"COMMA", "SEMI", "MID"}] if inside.kind == "items" else []
    return frozenset(k for k, p in enumerate(parts) if len(parts) > 1 and variance_of(p) is not None)
