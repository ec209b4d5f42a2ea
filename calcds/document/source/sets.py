r"""Sets that sums run over: `\sum_{i \in S} x_i`, with |S| as the number of terms; `i \in \{1, \dots, n\}` is a range.

What is summed over S is read as an array with one entry for every element of S. Which entries of a longer array these are
is not known, so that an array in a chain is indexed by one set alone, or by none.

`\sum_{i : y_i = c}` runs over a set, too, which is that of a condition. A line about such a set, or about one of several with a
subscript, is proved where it holds for any set, and not called wrong where it does not: words may say how many elements it has.

Imports: calcds.document, calcds.expr.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from calcds.document.source.latex import Node, walk, written
from calcds.document.source.linear import numeral
from calcds.document.source.names import BINDING, named, opened, script, shown
from calcds.expr.kinds import Dim
from calcds.expr.term import Term

_STARTS = (["0"], ["1"], ["0", "1"], ["1", "2"], ["0", "1", "2"], ["1", "2", "3"])


def between(node: Node) -> tuple[Node, Node] | None:
    r"""The ends of `\{1, \dots, n\}` or `[n]`; None for any other set."""
    node = opened(node)
    if len(node.parts) != 1 or node.kind not in {"braces", "square"}:
        return None
    inside = node.parts[0]
    if node.kind == "square":
        alone = opened(inside)
        return (numeral(1), alone) if alone.kind == "NAME" else None
    if inside.kind != "items" or any(p.kind in {"MID", "SEMI", "COLON"} for p in inside.parts):
        return None
    items = [opened(p) for p in inside.parts if p.kind != "COMMA"]
    numbers = [p.text for p in items[:-2]]
    if len(items) < 3 or items[-2].kind != "DOTS" or numbers not in _STARTS:
        return None
    return items[0], items[-1]


def ends_in(inside: Node) -> Iterator[Node]:
    r"""The upper ends that stand below a sum: of `i \in \{1, \dots, n\}` and `1 \le i \le n`."""
    for item in (n for n in walk(inside) if n.kind == "item"):
        signs = [p.text for p in item.parts[1::2]]
        if signs == ["in"] and (ends := between(item.parts[2])) is not None:
            yield ends[1]
        elif len(signs) > 1 and all(sign in {"<", "<="} for sign in signs):
            yield item.parts[-1]


def set_key(node: Node) -> str | None:
    r"""The key of a set that is a capital: `S`, `\mathcal{B}`, and `\mathcal{B}_t`, which is another one."""
    found = named(opened(node))
    if found is None or not found.base[-1:].isupper() or [m.kind for m in found.marks] not in ([], ["below"]):
        return None
    return "_".join((found.base, *(written(script(m)) for m in found.marks)))


def conditional_set(inside: Node) -> tuple[Node, str, list[Node]] | None:
    r"""The index of `\sum_{i : y_i = c}`, a key of the set of these indices, and the condition; None for anything else."""
    parts = list(inside.parts) if inside.kind == "items" else []
    if len(parts) < 3 or parts[1].kind not in {"COLON", "MID"} or opened(parts[0]).kind != "NAME":
        return None
    condition = parts[2:]
    if not any(n.kind == "REL" for part in condition for n in walk(part)):
        return None
    return parts[0], "".join(map(written, parts)).replace("_", " "), condition


def count_of(key: str) -> Term:
    """The number of elements of a set."""
    return Dim(f"|{shown(key)}|")


def sets_in(trees: Sequence[Node]) -> Iterator[str]:
    """The sets that sums run over."""
    for node in (n for tree in trees for n in walk(tree) if n.kind == "unit" and n.parts[0].kind == "BIGOP"):
        if node.parts[0].text not in BINDING:
            continue
        for item in (n for m in node.parts[1:] if m.kind == "below" for n in walk(script(m)) if n.kind == "item"):
            key = set_key(item.parts[2]) if [p.text for p in item.parts[1::2]] == ["in"] else None
            if key is not None:
                yield key
