r"""Operands that a formula shows to be arrays: among numbers nobody writes `\odot` or `\operatorname{diag}`.

    u \odot \sigma'(z)                       u and z are vectors
    \nabla f(x)^T                            so is x
    W \delta \odot \sigma'(z)                W is a matrix, which is multiplied with a vector
    \operatorname{diag}(\sigma'(W_1 x))      so are W_1 and x
    \operatorname{diag}(1 - h_t^2)           h_t is a vector
    W^{(l)} a^{(l-1)}                        a capital of a layer before a small letter: a matrix and a vector
    \|W x_n - t_n\|                          a capital before an input, in the norm of what is left to a target

What is a vector says of its formula, h_t = \tanh(W h_{t-1} + b), of what it is made: W is a matrix, h_{t-1} and b are vectors.

Imports: calcds.document.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from calcds.document.source.keys import full_key, index_nodes, labelled, of_any_layer, subscripted
from calcds.document.source.latex import Node, walk
from calcds.document.source.names import (
    FUNCTIONS,
    Named,
    atom_and_marks,
    is_transpose,
    letter_of,
    named,
    opened,
    script,
)
from calcds.document.source.statements import Cut
from calcds.document.words.scope import Scope

_BY_ENTRIES = {"sigma", "phi", "varphi", "tanh", "relu", "ReLU"}
_WEIGHTS = set("ABHJPQRSUVW")  # capitals that are matrices before a vector; N x is more likely a multiple
_STEPS = 4  # from formula to formula
_APPLIED = FUNCTIONS | {"sigma"}


def gather_operands(pieces: Sequence[Cut], scope: Scope) -> None:
    """Learn which names the formulas of a section show to be vectors and matrices."""
    sections: dict[int, list[Cut]] = {}
    for piece in pieces:
        sections.setdefault(piece.segment.section, []).append(piece)
    for section, here in sections.items():
        trees = [tree for piece in here for tree in piece.trees.values() if isinstance(tree, Node)]
        shown = {of_any_layer(key) for tree in trees for key in operands(tree)}
        columns = {of_any_layer(key) for tree in trees for key in _columns(tree)}
        shown |= {of_any_layer(key) for head, body in _formulas(here) if _is_in(columns, head) for key in _argument(body)}
        for key in shown | made_of([*_formulas(here)], shown) if shown else ():
            scope.evidence.setdefault(key, set()).add(section)


def _formulas(pieces: Sequence[Cut]) -> Iterator[tuple[Node, Node]]:
    """The names of some formulas, and what they are said to be."""
    for piece in pieces:
        for statement in piece.statements:
            for side, following in itertools.pairwise(statement.sides):
                head, body = piece.trees.get(side), piece.trees.get(following)
                if following.relation in {"=", ":="} and isinstance(head, Node) and isinstance(body, Node):
                    yield head, body


def operands(tree: Node) -> Iterator[str]:
    """The keys of the arrays among the operands of a side."""
    for node in walk(tree):
        yield from (key for matrix, _ in residuals(node) if (key := _key(matrix)) is not None)
        if node.kind != "product":
            continue
        parts = node.parts
        for function, argument in itertools.pairwise(parts):
            atom = atom_and_marks(function)[0]
            if atom.kind == "FUNC" and atom.text == "diag" and argument.kind == "round" and len(argument.parts) == 1:
                yield from _of_diagonal(argument.parts[0])
        signs = [k for k, p in enumerate(parts) if p.kind == "MUL"]
        for k in (k for k in signs if parts[k].text == "odot"):
            before = max((j for j in signs if j < k), default=-1)
            behind = min((j for j in signs if j > k), default=len(parts))
            yield from _factors(parts[before + 1 : k])
            yield from _factors(parts[k + 1 : behind])
        for first, second in itertools.pairwise(parts):
            yield from _layer(first, second)
        yield from _of_gradients(parts)


def _of_gradients(parts: Sequence[Node]) -> Iterator[str]:
    r"""The x of `\nabla f(x)^T`: a gradient that is transposed is one by a column."""
    for k, argument in enumerate(parts[2:]):
        bracket, marks = atom_and_marks(argument)
        if any(map(is_transpose, marks)):
            yield from _argument(Node("product", (*parts[k : k + 2], bracket)))


def _argument(body: Node) -> Iterator[str]:
    r"""The x of `\nabla f(x)`."""
    parts = opened(body).parts if opened(body).kind == "product" else ()
    bracket = parts[2] if len(parts) == 3 else None
    if bracket is None or parts[0].kind != "NABLA" or bracket.kind != "round" or len(bracket.parts) != 1:
        return
    if (key := _key_of(opened(bracket.parts[0]))) is not None:
        yield key


def _columns(tree: Node) -> Iterator[str]:
    r"""The g_k of `g_k^T x`, `\|g_k\|` and `\langle g_k, x \rangle`."""
    for node in walk(tree):
        marks = atom_and_marks(node)[1] if node.kind == "unit" else ()
        parts = [p for p in node.parts[:1] if node.kind in {"norm", "angle"}]
        parts = [*parts[0].parts] if parts and parts[0].kind == "items" else parts
        for name in map(named, [node] if any(map(is_transpose, marks)) else parts):
            if name is not None:
                yield subscripted(*labelled(name)[:2])


def _is_in(columns: set[str], head: Node) -> bool:
    key = _key_of(opened(head))
    return key is not None and of_any_layer(key) in columns


def made_of(formulas: Sequence[tuple[Node, Node]], arrays: set[str]) -> set[str]:
    """What else is a vector or a matrix among names and their formulas, where some of them are; keys of any layer or step."""
    found = set(arrays)
    for _ in range(_STEPS):
        before = len(found)
        for head, body in formulas:
            name = named(opened(head))
            key = _key(name) if name is not None else None
            parts = {*map(of_any_layer, _made_of(body))}
            key = None if _has_power(head) else key
            if key is not None and of_any_layer(key) in found:
                found |= parts
            elif key is not None and parts and parts <= found and letter_of(key).islower():
                found |= {of_any_layer(key)}
            for matrix, vector in _keys_multiplied(body):
                found |= {of_any_layer(matrix)} if of_any_layer(vector) in found else set()
        if len(found) == before:
            break
    return found - arrays


def _made_of(body: Node) -> Iterator[str]:
    """The arrays in the formula of a vector."""
    body = opened(body)
    if body.kind == "sum":
        for part in body.parts:
            yield from _made_of(part)
    elif body.kind == "product" and len(body.parts) == 2:
        first, second = body.parts
        if atom_and_marks(second)[0].kind == "round":
            letter = named(first)
            function = first.text if first.kind == "FUNC" else letter_of(letter.base) if letter is not None else ""
            if function in _BY_ENTRIES and second.kind == "round" and len(second.parts) == 1:
                yield from _made_of(second.parts[0])
        else:
            yield from itertools.chain(*_keys_multiplied(body))
    elif (key := _key_of(body)) is not None and letter_of(key).islower() and not _has_power(body):
        yield key


def _has_power(body: Node) -> bool:
    r"""Whether a name is raised to a power, as no vector is: `e^{-1}`, and the head of `e^x = 1 + x + ...`."""
    name = named(opened(body))
    rest = labelled(name)[2] if name is not None else ()
    return any(m.kind == "above" and not is_transpose(m) for m in rest)


def _multiplied(body: Node) -> Iterator[tuple[Named, Named]]:
    """The capitals that stand before a small letter in a product, with these: the W and x of `W x + b`."""
    for node in walk(body):
        for first, second in itertools.pairwise(node.parts) if node.kind == "product" else ():
            matrix, vector = named(first), named(second)
            if matrix is not None and vector is not None:
                letters = letter_of(labelled(matrix)[0]), letter_of(labelled(vector)[0])
                if letters[0] in _WEIGHTS and letters[1].islower():
                    yield matrix, vector


def residuals(node: Node) -> Iterator[tuple[Named, Named]]:
    r"""The W and x_n of `\|W x_n - t_n\|`, beside another letter; in `\|B x_n - x_n\|` B may be a number."""
    inside = opened(node.parts[0]) if node.kind == "norm" and node.parts else node
    if node.kind != "norm" or inside.kind != "sum":
        return
    letters = {letter_of(n.base) for part in inside.parts if (n := named(part)) is not None and letter_of(n.base).islower()}
    for matrix, vector in _multiplied(inside):
        if labelled(vector)[1] and letters - {letter_of(vector.base)}:
            yield matrix, vector


def _keys_multiplied(body: Node) -> Iterator[tuple[str, str]]:
    """The keys of these, where both have one."""
    for names in _multiplied(body):
        matrix, vector = map(_key, names)
        if matrix is not None and vector is not None:
            yield matrix, vector


def _key_of(node: Node) -> str | None:
    name = named(node)
    return _key(name) if name is not None else None


def _of_diagonal(inside: Node) -> Iterator[str]:
    """What stands in `diag(...)`: a formula of one vector, or a matrix before it."""
    if inside.kind == "items" and len(inside.parts) != 1:
        return  # a list of numbers
    inside = opened(inside)
    found = list(dict.fromkeys(_small(inside)))
    if len(found) == 1:
        yield found[0]
        for node in walk(inside):
            yield from _factors(node.parts) if node.kind == "product" and len(node.parts) == 2 else ()


def _small(node: Node) -> Iterator[str]:
    """The small letters of a formula that are no functions."""
    if (name := named(node)) is not None:
        key = _key(name)
        if key is not None and letter_of(key).islower():
            yield key
        return
    for part, following in itertools.zip_longest(node.parts, node.parts[1:]):
        bracket = following is not None and atom_and_marks(following)[0].kind == "round"
        if not (node.kind == "product" and bracket and named(part) is not None and part.kind != "items"):
            yield from _small(part)


def _factors(parts: Sequence[Node]) -> Iterator[str]:
    r"""An operand of `\odot`: a name, a function of a name, or a matrix and a vector."""
    if len(parts) not in {1, 2}:
        return
    *before, last = parts
    if atom_and_marks(last)[0].kind == "round" and before:
        inside = named(opened(last.parts[0])) if last.kind == "round" and len(last.parts) == 1 else None
        letter = named(before[0])
        applied = before[0].kind == "FUNC" or (letter is not None and letter_of(letter.base) in _APPLIED)
        key = _key(inside) if inside is not None and applied else None
        if key is not None:
            yield key
        return
    keys = [_key_of(part) for part in parts]
    if None in keys:
        return
    if len(keys) == 1 or (letter_of(str(keys[0])).isupper() and letter_of(str(keys[1])).islower()):
        yield from (key for key in keys if key is not None)


def _layer(first: Node, second: Node) -> Iterator[str]:
    r"""`W^{(l)} a^{(l-1)}`, of any layer l."""
    names = named(first), named(second)
    if names[0] is None or names[1] is None:
        return
    keys = _key(names[0]), _key(names[1])
    if keys[0] is None or keys[1] is None or of_any_layer(keys[0]) == keys[0] or of_any_layer(keys[1]) == keys[1]:
        return
    counted = keys[0].partition("^")[2][1:-1].isalpha()
    if counted and letter_of(keys[0]).isupper() and letter_of(keys[1]).islower():
        yield keys[0]
        yield keys[1]


def _key(name: Named) -> str | None:
    """The key of a name without an index, or with a number or the letter of a step."""
    key, below, rest = labelled(name)
    if any(m.kind != "above" for m in rest) or len(below) > 1:
        return None
    if below and ((indices := index_nodes(script(below[0]))) is None or len(indices) != 1):
        return None
    return full_key(name) if below else key
