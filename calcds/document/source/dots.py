r"""Trees without dots: `a_1 + \dots + a_n` as a sum with an index, `(x_1, \dots, x_n)` and matrices as arrays by entries.

What is found is written with operators that the reader knows: `\sum`, `\prod`, and those that put what follows below or
beside each other. Dots whose pattern is not plain stay, and the reader says so. A sign behind a sum belongs to what is
summed: `\sum_i -\log p_i`.

Imports: calcds.document.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from calcds.document.source.dotted_arrays import array_of, beside
from calcds.document.source.latex import Node
from calcds.document.source.linear import PLAIN_SIGNS, Linear, linear, numeral, tree
from calcds.document.source.names import atom_and_marks, is_label, is_transpose, named, opened, script
from calcds.document.source.patterns import Form, alike, factors_of, form_of, fresh, operator
from calcds.document.source.raw import Unread

_LONGEST = 12  # terms before dots
_BESIDE = 4  # terms in front of a pattern that are none of it, and terms of it behind the dots


@dataclass(frozen=True, slots=True)
class Term:
    """A summand with its sign."""

    sign: str
    node: Node


@dataclass(frozen=True, slots=True)
class Factor:
    """A factor with the sign in front of it."""

    sign: Node | None
    node: Node


def undotted(node: Node) -> Node:
    """A tree in which dots are sums, products and arrays, wherever it is plain what they leave out."""
    whole = opened(node)
    if whole.kind == "product" and [p.kind for p in whole.parts] == ["NUMBER", "DOTS"] and "." in whole.parts[0].text:
        if whole.parts[0].text.endswith("999"):
            raise Unread("a decimal that ends in nines: do they go on for ever?", whole.at, whole.end)
        return whole.parts[0]  # 3.14..., a side of its own: its last digits are not printed
    return _undotted(node)


def _undotted(node: Node, *, turned: bool = True) -> Node:
    if not node.parts:
        return node
    if node.kind in {"square", "cell"} and (elements := beside(node)) is not None:
        if node.kind == "cell":
            return node  # a product, or a row without its columns?
        return array_of(Node("square", (Node("product", tuple(map(_undotted, elements))),), "", node.at, node.end))
    changed = tuple(map(_undotted, node.parts))
    if node.kind == "product":  # of D(x)^T and \\diag(x)^T the value is turned, not x
        changed = tuple(
            _undotted(old, turned=False) if k and _may_be_function(node.parts[k - 1]) else new
            for k, (old, new) in enumerate(zip(node.parts, changed, strict=True))
        )
    if any(a is not b for a, b in zip(changed, node.parts, strict=True)):
        node = node.holding(changed)
    if node.kind == "sum":
        node = _with_signs(node)
        return _sums(node) if any(_is_dots(p) for p in node.parts) else node
    if node.kind == "product" and any(_is_dots(p) for p in node.parts):
        return _product(node)
    return array_of(_plainly_transposed(node) if turned else node)


def _may_be_function(node: Node) -> bool:
    return named(node) is not None or atom_and_marks(node)[0].kind == "FUNC"


def _plainly_transposed(node: Node) -> Node:
    r"""`(x^{(1)})^T` without the brackets around the name."""
    atom, marks = atom_and_marks(node)
    name = named(atom.parts[0]) if atom.kind == "round" and len(atom.parts) == 1 and marks and is_transpose(marks[0]) else None
    if name is None or not all(m.kind == "below" or is_label(m) for m in name.marks):
        return node
    inner, own = atom_and_marks(opened(atom.parts[0]))
    return Node("unit", (inner, *own, *marks), "", node.at, node.end)


def _is_dots(node: Node) -> bool:
    return opened(node).kind == "DOTS"


# -- sums -----------------------------------------------------------------------------------------------------------


def _with_signs(node: Node) -> Node:
    r"""`\sum_i -\log p_i`: the sign behind a lone operator is the sign of what is summed."""
    parts: list[Node] = []
    for part in node.parts:
        if len(parts) > 1 and parts[-1].kind == "ADD" and _ends_in_sum(parts[-2]):
            sign, before = parts.pop(), parts.pop()
            part = Node("product", (*factors_of(before), sign, *factors_of(part)), "", before.at, part.end)  # noqa: PLW2901
        parts.append(part)
    if len(parts) == len(node.parts):
        return node
    return parts[0] if len(parts) == 1 else Node("sum", tuple(parts), "", node.at, node.end)


def _ends_in_sum(node: Node) -> bool:
    atom, marks = atom_and_marks(factors_of(node)[-1])
    return atom.kind == "BIGOP" and atom.text == "sum" and bool(marks)


def _sums(node: Node) -> Node:
    """A sum with dots among its summands."""
    terms: list[Term] = []
    sign = "+"
    for part in node.parts:
        if part.kind == "PM":
            return node
        if part.kind == "ADD":
            sign = part.text
        else:
            terms.append(Term(sign, part))
            sign = "+"
    while (place := next((k for k, term in enumerate(terms) if _is_dots(term.node)), None)) is not None:
        found = _one_sum(terms[:place], terms[place + 1 :])
        if found is None:
            return node
        terms = found
    parts: list[Node] = []
    for term in terms:
        parts += [Node("ADD", (), term.sign), term.node] if parts or term.sign == "-" else [term.node]
    return parts[0] if len(parts) == 1 else Node("sum", tuple(parts), "", node.at, node.end)


def _one_sum(before: Sequence[Term], after: Sequence[Term]) -> list[Term] | None:
    """Summands around dots, with a sum in the place of what belongs to the pattern."""
    end = next((k for k, term in enumerate(after) if _is_dots(term.node)), len(after))
    if len(before) > _LONGEST:
        return None
    for start in range(min(len(before), _BESIDE)):
        for behind in range(min(end, _BESIDE), 0, -1) if end else [0]:
            found = _summed(before[start:], after[:behind])
            if found is None:
                continue
            form, term = found
            others = [t.node for t in (*before[:start], *after[behind:end])]
            if (start and not form.has_index) or not _stand_apart(others, before[-1].node, form):
                continue
            return [*before[:start], term, *after[behind:]]
    return None


def _stand_apart(others: Sequence[Node], one: Node, form: Form) -> bool:
    """Whether none of some terms might belong to the pattern."""
    return not any(alike(other, one, form) or alike(one, other, form) for other in others)


def _summed(first: Sequence[Term], last: Sequence[Term]) -> tuple[Form, Term] | None:
    signs = [term.sign for term in (*first, *last)]
    same_sign = len(set(signs)) == 1
    form = form_of([t.node for t in first], [t.node for t in last], reversible=same_sign)
    if form is not None and same_sign:
        return form, Term(signs[0], operator("sum", form))
    return _alternating(first, last)


def _alternating(first: Sequence[Term], last: Sequence[Term]) -> tuple[Form, Term] | None:
    r"""`1 - x + x^2 - \dots + (-1)^n x^n`."""
    signs = [term.sign for term in first]
    if len(first) < 2 or any(a == b for a, b in itertools.pairwise(signs)):
        return None
    power: Linear | None = None
    tail = [t.node for t in last]
    if len(last) == 1 and (split := _without_power_of_minus_one(tail[0])) is not None:
        tail[0], power = split
    form = form_of([t.node for t in first], tail)
    if form is None:
        return None
    if last and not _sign_fits(form, signs[0], last, power):
        return None
    index = fresh(form.template)
    step = Linear(Fraction(0), frozenset({(Node("NAME", (), index), Fraction(1))})) - form.low
    if form.low.whole is not None and form.low.whole % 2 == 0:
        step = step + form.low
    minus = Node("round", (Node("sum", (Node("ADD", (), "-"), numeral(1))),))
    sign = Node("unit", (minus, Node("above", (tree(step),))))
    body = Node("product", (sign, Node("MUL", (), "cdot"), *factors_of(form.template)))
    whole = Form(body, form.places, form.low, form.count)
    return whole, Term(signs[0], operator("sum", whole, taken=form.template))


def _sign_fits(form: Form, first: str, last: Sequence[Term], power: Linear | None) -> bool:
    """Whether the last terms have the signs that the first ones lead to."""
    assert form.count is not None  # there are last terms
    if power is not None:
        gap = power - form.count + Linear(Fraction((last[0].sign == "-") - (first == "-")))
        return all(c.denominator == 1 and c % 2 == 0 for c in (gap.constant, *(c for _, c in gap.names)))
    count = form.count.whole
    if count is None:
        return False
    return all(
        ((count - k) % 2 == 0) == (term.sign == first) for k, term in enumerate(reversed(last))
    )


def _without_power_of_minus_one(node: Node) -> tuple[Node, Linear] | None:
    r"""`(-1)^n x` and `\frac{(-1)^n x}{y}` as the rest and n."""
    node = opened(node)
    if node.kind == "frac":
        inner = _without_power_of_minus_one(node.parts[0])
        return None if inner is None else (Node("frac", (inner[0], node.parts[1]), "", node.at, node.end), inner[1])
    factors = factors_of(node)
    atom, marks = atom_and_marks(factors[0])
    inside = opened(atom.parts[0]) if atom.kind == "round" and len(atom.parts) == 1 else atom
    if len(marks) != 1 or marks[0].kind != "above" or inside.kind != "sum" or [p.text for p in inside.parts] != ["-", "1"]:
        return None
    power = linear(script(marks[0]))
    rest = [p for k, p in enumerate(factors[1:]) if k or p.kind != "MUL" or p.text not in PLAIN_SIGNS]
    if power is None or (rest and rest[0].kind == "MUL"):
        return None
    whole = numeral(1) if not rest else rest[0] if len(rest) == 1 else Node("product", tuple(rest), "", node.at, node.end)
    return whole, power


# -- products -------------------------------------------------------------------------------------------------------


def _product(node: Node) -> Node:
    r"""`a_1 a_2 \cdots a_n`, with factors in front of it and behind it that do not belong to it."""
    places = [k for k, p in enumerate(node.parts) if _is_dots(p)]
    divided = any(p.kind == "ADD" or (p.kind == "MUL" and p.text not in PLAIN_SIGNS) for p in node.parts)
    if len(places) != 1 or places[0] > 2 * _LONGEST or divided:
        return node
    before, after = _factors(node.parts[: places[0]]), _factors(node.parts[places[0] + 1 :])
    for width in range(1, min(len(before), len(after), 4) + 1):
        rest = len(before) % width
        groups = [_unit(before[k : k + width]) for k in range(rest, len(before), width)]
        tails = [_unit(after[k : k + width]) for k in range(0, len(after) - width + 1, width)]
        around = itertools.product(range(min(len(groups), _BESIDE)), range(min(len(tails), _BESIDE), 0, -1))
        for skipped, behind in around:
            form = form_of(groups[skipped:], tails[:behind], reversible=True)
            others = [*(f.node for f in before[:rest]), *groups[:skipped], *tails[behind:]]
            if form is None or not _stand_apart(others, groups[-1], form):
                continue
            start = rest + width * skipped
            middle = Factor(before[start].sign, operator("prod", form))
            row = [*before[:start], middle, *after[width * behind :]]
            return _unit(row)
    return node


def _factors(parts: Sequence[Node]) -> list[Factor]:
    found: list[Factor] = []
    sign: Node | None = None
    for part in parts:
        if part.kind == "MUL":
            sign = part
        else:
            found.append(Factor(sign, part))
            sign = None
    return found


def _unit(factors: Sequence[Factor]) -> Node:
    """Factors as one term; the sign in front of the first is none of it."""
    parts = [p for k, f in enumerate(factors) for p in ((f.sign, f.node) if f.sign and k else (f.node,))]
    return parts[0] if len(parts) == 1 else Node("product", tuple(parts))
