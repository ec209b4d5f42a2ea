r"""Derivatives by a member of a recursion, through the members behind it: backpropagation through time.

    h_t = w h_{t-1} + u x_t,  \hat y = v h_3,  g_t = \frac{\partial L}{\partial h_t}
    g_2 = w g_3                 as h_3 = w h_2 + u x_3
    \frac{\partial L}{\partial w} = \sum_{t=1}^3 g_t h_{t-1}         is about g_1 h_0 + g_2 h_1 + g_3 h_2

A text that has computed h_3 from h_0 has a formula for it in which h_2 stands no more. While a derivative by h_2 is read, the
members behind h_2 are what the recursion makes of the one before them; those are the same numbers. It is so only for what has
a formula that leads to members, as a loss without one may depend on every h_t. A sum over members with a range in numbers is
written out, as a vector h with these entries is not what is meant.

Imports: calcds.document, calcds.expr.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from calcds.document.following.iterating import Iterations, number_of
from calcds.document.reading.chains import read_chain
from calcds.document.source.differentials import quotients
from calcds.document.source.keys import full_key
from calcds.document.source.latex import Node, in_brackets, walk
from calcds.document.source.members import member_of, put
from calcds.document.source.names import opened, script, shown
from calcds.document.source.options import Options
from calcds.document.source.raw import Unread
from calcds.document.words.abbreviations import Abbreviations
from calcds.document.words.scope import Definition, Scope, put_back
from calcds.expr.term import Term

MOST = 8  # members behind one


@contextmanager
def retraced(nodes: Sequence[Node | Unread], iterations: Iterations, short: Abbreviations, scope: Scope) -> Iterator[None]:
    """While a pair is read, members of recursions are made of the ones before them, from those by which it differentiates."""
    former: dict[str, Definition | None] = {}
    for key, first in _places(nodes, iterations, short, scope).items():
        for place in (f"{key}_{k}" for k in range(first)):
            number = scope.values.get(place)
            if number is not None and scope.is_here(number[2]) and number[0].head == "sym":
                former[place] = scope.definitions.get(place)
                scope.definitions[place] = Definition(*number)
        for k in range(first + 1, first + 1 + MOST):
            known = scope.definitions.get(f"{key}_{k}")
            body = _body(iterations, key, k) if known is not None else None
            if known is None or body is None:
                break
            value = read_chain([body], [], scope, Options()).sides[0]
            if not isinstance(value, Term) or not value.is_scalar or known.symbol in value.free:
                break
            former[f"{key}_{k}"] = known
            scope.definitions[f"{key}_{k}"] = Definition(known.symbol, value, known.section, known.at)
    try:
        yield
    finally:
        for key, one in former.items():
            put_back(scope.definitions, key, one)


def written_out(node: Node | Unread, iterations: Iterations, short: Abbreviations, scope: Scope) -> Node | Unread:
    r"""A side with its sums over members of recursions, `\sum_{t=1}^3 g_t h_{t-1}`, written out."""
    if not isinstance(node, Node) or not iterations.recursions:
        return node
    node = node.holding(tuple(one for p in node.parts if isinstance(one := written_out(p, iterations, short, scope), Node)))
    head = node.parts[0] if node.kind == "product" and node.parts else node
    if head.kind != "unit" or head.parts[0].kind != "BIGOP" or head.parts[0].text != "sum":
        return node
    letter, low, high = _range(head)
    rest = node.parts[1:]
    full = [one for one in short.written_out(rest, scope.bolds) or rest if isinstance(one, Node)]
    bases = {m.key for one in full for n in walk(one) if (m := member_of(n)) is not None and m.letter == letter}
    here = [r for key in bases if (r := iterations.recursions.get(key)) is not None and not r.explicit]
    if not letter or not any(scope.is_here(one.section) for one in here) or not low <= high < low + MOST:
        return node
    try:
        terms = [Node("product", tuple(put(p, letter, k) for p in rest), "", node.at, node.end) for k in range(low, high + 1)]
    except Unread:
        return node
    plus = Node("ADD", (), "+", node.at, node.end)
    return in_brackets(Node("sum", (terms[0], *(p for one in terms[1:] for p in (plus, one))), "", node.at, node.end))


def _range(head: Node) -> tuple[str, int, int]:
    r"""The t, 1 and 3 of `\sum_{t=1}^3`; no letter where the bounds are no numbers."""
    marks = {m.kind: opened(script(m)) for m in head.parts[1:]}
    below, above = marks.get("below"), marks.get("above")
    if below is None or above is None or below.kind != "item" or [p.text for p in below.parts[1::2]] != ["="]:
        return "", 0, 0
    name, low = below.parts[0], opened(below.parts[2])
    whole = all(one.kind == "NUMBER" and one.text.isdecimal() for one in (low, above))
    return (name.text, int(low.text), int(above.text)) if name.kind == "NAME" and whole else ("", 0, 0)


def _places(nodes: Sequence[Node | Unread], iterations: Iterations, short: Abbreviations, scope: Scope) -> dict[str, int]:
    """The sequences by whose members is differentiated, and the first of these members."""
    found: dict[str, int] = {}
    if not iterations.recursions:
        return found
    for node in short.written_out(nodes, scope.bolds) or nodes:
        for top, bottom in quotients(node) if isinstance(node, Node) else ():
            numbered = number_of(bottom.node)
            if numbered is None or not _reaches(full_key(top), numbered[0], scope):
                continue  # what has no formula in members may depend on every one of them
            recursion = iterations.recursions.get(numbered[0])
            if recursion is not None and not recursion.explicit and scope.is_here(recursion.section):
                found[numbered[0]] = min(numbered[1], found.get(numbered[0], numbered[1]))
    return found


def _reaches(top: str, key: str, scope: Scope) -> bool:
    """Whether a name is a member of a sequence, or has a formula that leads to one."""
    if top.rpartition("_")[0] == key:
        return True
    first, table = scope.definition(top, old=False), scope.table()
    seen: set[Term] = set()
    todo = {*first.body.free} if first is not None else set()
    while todo:
        if any(str(s.data[0]).rpartition("_")[0] == shown(key) for s in todo):
            return True
        seen |= todo
        todo = {s for one in todo if one in table for s in table[one].free} - seen
    return False


def _body(iterations: Iterations, key: str, number: int) -> Node | None:
    """What the recursion makes of the members before one."""
    recursion = iterations.recursions[key]
    try:
        return put(recursion.body, recursion.letter, number - recursion.ahead)
    except Unread:
        return None


__all__ = ["retraced", "written_out"]
