r"""Laws that a formula prints, by the form of their probabilities or of their density.

    P(K = k) = \binom{n}{k} p^k (1-p)^{n-k}              binomial
    P(N = k) = \frac{\lambda^k}{k!} e^{-\lambda}          Poisson
    P(N = k) = (1-p)^{k-1} p                              geometric, from 1
    P(N = k) = p (1-p)^k                                  geometric, from 0
    P(X = k) = \frac16, k = 1, \dots, 6                   equal probabilities
    P(X = 0) = 0.1, P(X = 1) = 0.3, P(X = 4) = 0.6        a table of numbers that add up to 1
    X \in \{0, 1\}, P(X = 1) = p                          Bernoulli
    f(x) = \lambda e^{-\lambda x}                         exponential
    f(x) = \frac{b^a}{\Gamma(a)} x^{a-1} e^{-bx}          gamma
    f(x) = \frac{x^{a-1} (1-x)^{b-1}}{B(a, b)}            beta
    \frac{1}{\sqrt{2\pi} \sigma} e^{-(x-\mu)^2/(2\sigma^2)}    normal

As all probabilities together are 1, a law is told by how they depend on the value: of what only normalises them a formula
may have a mistake. Where the value stands in any other place too, or a last value is printed, it is another law.

Imports: calcds.document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import TypeVar

from calcds.document.chance.profiles import TABLE
from calcds.document.source.latex import Node, walk
from calcds.document.source.names import atom_and_marks, named, opened, script
from calcds.document.source.statements import Cut
from calcds.document.words.randomness import PROBABILITIES, operands

Law = tuple[str, tuple[Node, ...]]
Found = tuple[str, frozenset[str], tuple[Node, ...]]
_RANGE = re.compile(
    r"(?P<first>[01])\s*,\s*(?:\\[,;]\s*)?(?:\d\s*,\s*)*(?:\\[,;]\s*)?(?:\\[lc]?dots|\.\.\.)\s*,?\s*(?P<last>[A-Za-z]|\d+)?"
)
T = TypeVar("T")
JOINED = re.compile(r"[\s$,;&]*(?:and)?[\s$]*")
_ONE = Node("NUMBER", (), "1")
_PLAIN = {"items", "group", "sum", "product", "above", "below", "braced"}


def laws_of_masses(pieces: Sequence[Cut], k: int) -> Iterator[Found]:
    """The distributions whose probabilities a formula prints; the values may stand behind it, in the next formula."""
    piece = pieces[k]
    close = k + 1 < len(pieces) and len(pieces[k + 1].segment.before.strip()) < 25
    beyond = pieces[k + 1].segment.text[:60] if close else ""
    near = _RANGE.search(piece.segment.text) or _RANGE.search(beyond)
    for statement in piece.statements:
        for side, following in zip(statement.sides, statement.sides[1:], strict=False):
            left, right = piece.trees.get(side), piece.trees.get(following)
            if following.relation != "=" or not isinstance(left, Node) or not isinstance(right, Node):
                continue
            asked = [opened(b.parts[0]) for key, _, b in operands(left) if key in PROBABILITIES and b.parts]
            item = asked[0] if len(asked) == 1 and asked[0].kind == "item" else None
            if item is None or [p.text for p in item.parts[1::2]] != ["="] or opened(item.parts[2]).kind != "NAME":
                continue
            name, law = named(opened(item.parts[0])), _of_mass(right, opened(item.parts[2]).text, near)
            if name is not None and not name.marks and len(name.base) == 1 and law is not None:
                yield law[0], frozenset({name.base}), law[1]


def joined(printed: Sequence[list[T]], pieces: Sequence[Cut]) -> Iterator[tuple[int, list[T]]]:
    """What formulas print, of those together that only a comma or "and" parts; with the number of the first of them.

    printed: what each of the pieces prints
    """
    k = 0
    while k < len(pieces):
        first, found = k, printed[k]
        while found and k + 1 < len(pieces) and printed[k + 1] and JOINED.fullmatch(pieces[k + 1].segment.before):
            k += 1
            found = found + printed[k]
        k += 1
        yield first, found


def tables(pieces: Sequence[Cut]) -> Iterator[tuple[Cut, Found]]:
    """The laws of which the probabilities of single values are printed, and their first formulas."""
    for first, found in joined([[*_singles(piece)] for piece in pieces], pieces):
        keys = {key for key, _, _ in found}
        if len(keys) != 1:
            continue
        values = tuple(node for _, value, chance in found for node in (value, chance))
        total = sum((decimal(chance) or Fraction(0) for _, _, chance in found), Fraction(0))
        if total == 1 and len(found) > 1:
            yield pieces[first], (TABLE, frozenset(keys), values)
        elif len(found) == 1 and _text(found[0][1]) == "1" and first and _is_bit(pieces[first - 1], *keys):
            yield pieces[first], ("bernoulli", frozenset(keys), (found[0][2],))


def _singles(piece: Cut) -> Iterator[tuple[str, Node, Node]]:
    """The X, the value and the probability of every `P(X = 2) = 0.4` of a formula."""
    for statement in piece.statements:
        trees = [tree for side in statement.sides if isinstance(tree := piece.trees.get(side), Node)]
        if len(trees) != 2 or [side.relation for side in statement.sides[1:]] != ["="]:
            continue
        asked = [opened(b.parts[0]) for key, _, b in operands(trees[0]) if key in PROBABILITIES and b.parts]
        item = asked[0] if len(asked) == 1 and asked[0].kind == "item" else None
        if item is None or [p.text for p in item.parts[1::2]] != ["="] or decimal(opened(item.parts[2])) is None:
            continue
        name, chance = named(opened(item.parts[0])), opened(trees[1])
        plain = decimal(chance) is not None or named(chance) is not None
        if name is not None and not name.marks and len(name.base) == 1 and plain:
            yield name.base, opened(item.parts[2]), chance


def _is_bit(piece: Cut, key: str) -> bool:
    r"""`X \in \{0, 1\}`."""
    said = re.sub(r"\s|\\[,;! ]|\\(?:left|right)", "", piece.segment.text)
    return said.startswith(key) and said.removeprefix(key) == r"\in\{0,1\}"


def decimal(node: Node) -> Fraction | None:
    """The value of a printed number or fraction of numbers."""
    if node.kind == "NUMBER":
        return Fraction(node.text)
    if node.kind == "frac":
        top, bottom = (decimal(opened(part)) for part in node.parts)
        return top / bottom if top is not None and bottom else None
    if node.kind == "product" and [p.kind for p in node.parts] == ["NUMBER", "MUL", "NUMBER"] and node.parts[1].text == "/":
        return Fraction(node.parts[0].text) / Fraction(node.parts[2].text) if Fraction(node.parts[2].text) else None
    return None


def _of_mass(mass: Node, index: str, near: re.Match[str] | None) -> Law | None:
    """The distribution with such probabilities of the values of an index."""
    nodes = [*walk(mass)]
    if any(n.kind in {"BIGOP", "ADD"} and n.text == "+" for n in nodes):
        return None
    times = sum(n.kind == "NAME" and n.text == index for n in nodes)
    if not times:
        return _of_equal(opened(mass), near)
    raised = [n for n in nodes if n.kind == "unit" and len(n.parts) == 2 and n.parts[1].kind == "above"]
    plain = [n for n in raised if script(n.parts[1]).text == index]
    choices = [n for n in nodes if n.kind == "binom"]
    factorials = [n for n in nodes if n.kind == "unit" and any(m.kind == "bang" for m in n.parts[1:])]
    if len(choices) == 1 and not factorials and len(plain) == 1 and times == 3:
        return _of_choices(choices[0], plain[0], raised, index)
    if len(choices) == 1 and not factorials and not plain and times == 1 and len(raised) == 1:
        return _of_coins(choices[0], raised[0], mass)
    decays = any(n.kind == "FUNC" and n.text == "exp" for n in nodes) or any(n.parts[0].text == "e" for n in raised)
    single = not any(n.kind == "sum" and len(n.parts) > 2 for n in nodes)  # nothing normalises it but e^{-lambda}
    if single and decays and len(factorials) == 1 and not choices and len(plain) == 1 and times == 2:
        return ("poisson", (opened(plain[0].parts[0]),)) if factorials[0].parts[0].text == index else None
    last = near["last"] if near else None
    return _of_trials(mass, index) if not choices and not factorials and times == 1 and last is None else None


def _of_choices(choice: Node, plain: Node, raised: Sequence[Node], index: str) -> Law | None:
    r"""`\binom{n}{k} p^k (1-p)^{n-k}`."""
    count, below = (opened(part) for part in choice.parts)
    parameter = opened(plain.parts[0])
    rest = [n for n in raised if _text(script(n.parts[1])) == f"{count.text}-{index}"]
    if below.text != index or count.kind not in {"NAME", "NUMBER"} or len(rest) != 1:
        return None
    other = _text(opened(rest[0].parts[0]))
    fits = {f"1-{_text(parameter)}", _text(parameter)}
    return ("binomial", (count, parameter)) if other in fits or rest[0].parts[0].kind == "NUMBER" else None


def _of_coins(choice: Node, power: Node, mass: Node) -> Law | None:
    r"""`\binom{n}{k} 2^{-n}` and `\binom{n}{k} / 2^n`."""
    count, exponent = opened(choice.parts[0]), _text(script(power.parts[1]))
    below = opened(mass).kind == "frac" or any(n.kind == "MUL" and n.text == "/" for n in walk(mass))
    fits = power.parts[0].text == "2" and count.kind in {"NAME", "NUMBER"} and exponent == ("" if below else "-") + count.text
    return ("binomial", (count, Node("frac", (_ONE, Node("NUMBER", (), "2"))))) if fits else None


def _of_trials(mass: Node, index: str) -> Law | None:
    r"""`(1-p)^{k-1} p`."""
    factors = [p for p in _factors(mass) if p.kind != "MUL"]
    raised = [n for n in factors if n.kind == "unit" and len(n.parts) == 2 and n.parts[1].kind == "above"]
    if len(factors) != 2 or len(raised) != 1:
        return None
    other = opened(next(n for n in factors if n is not raised[0]))
    base, exponent = opened(raised[0].parts[0]), _text(script(raised[0].parts[1]))
    law = {f"{index}-1": "geometric from 1", index: "geometric from 0"}.get(exponent)
    pair = _text(base), _text(other)
    whole = [_fraction(text) for text in pair]
    one = whole[0] is not None and whole[1] is not None and whole[0] + whole[1] == 1
    if law is None or (not one and f"1-{pair[1]}" != pair[0] and f"1-{pair[0]}" != pair[1]):
        return None
    return law, (other,)


def _fraction(text: str) -> Fraction | None:
    """The value of `5/6` or `0.3`."""
    return Fraction(text) if re.fullmatch(r"\d+(?:\.\d+)?|\d+/[1-9]\d*", text) else None


def _of_equal(mass: Node, near: re.Match[str] | None) -> Law | None:
    r"""`\frac1n` for `k = 1, \dots, n`."""
    if mass.kind != "frac" or near is None or near["first"] != "1" or near["last"] is None:
        return None
    top, bottom = (opened(part) for part in mass.parts)
    return ("equal", (_ONE, bottom)) if top.text == "1" and bottom.text == near["last"] else None


# -- densities --------------------------------------------------------------------------------------------------


def law_of_density(piece: Cut) -> Law | None:
    """The law with the density that a formula prints."""
    statement = piece.statements[0] if len(piece.statements) == 1 else None
    tree = piece.trees.get(statement.sides[-1]) if statement is not None else None
    if statement is None or not isinstance(tree, Node) or any(side.relation not in {"", "=", ":="} for side in statement.sides):
        return None
    head = piece.trees.get(statement.sides[0])
    place = _place(head) if isinstance(head, Node) and len(statement.sides) > 1 else "x"
    return _of_density(tree, place) if place else None


def _place(head: Node) -> str:
    r"""The x of `f(x)`, `p(x; \lambda)` and `p(x \mid \lambda)`."""
    inside = opened(head)
    bracket = atom_and_marks(inside.parts[1])[0] if inside.kind == "product" and len(inside.parts) == 2 else None
    content = opened(bracket.parts[0]) if bracket is not None and bracket.kind == "round" and len(bracket.parts) == 1 else None
    if content is not None and content.kind == "items" and len(content.parts) > 2 and content.parts[1].kind in {"SEMI", "MID"}:
        content = opened(content.parts[0])
    return content.text if content is not None and content.kind == "NAME" else ""


def _of_density(tree: Node, x: str) -> Law | None:
    powers: dict[str, Node] = {}  # of x and of 1-x
    decay: Node | None = None
    rest: list[Node] = []
    factors = list(_factors(tree))
    for k, factor in enumerate(factors):
        base, marks = atom_and_marks(factor)
        above = script(marks[0]) if len(marks) == 1 and marks[0].kind == "above" else None
        said = _text(opened(base))
        if not _has(factor, x):
            if not (base.kind == "FUNC" and base.text == "exp"):
                rest.append(factor)
        elif above is not None and base.text == "e" and decay is None:
            decay = above
        elif k and factors[k - 1].text == "exp" and decay is None and not marks:
            decay = opened(base.parts[0]) if base.kind in {"round", "square", "braces"} and len(base.parts) == 1 else base
        elif said in {x, f"1-{x}"} and said not in powers and (above is not None or not marks):
            powers[said] = above if above is not None else _ONE
        else:
            return None
    if decay is None:
        both = [_raised_by_one(powers[key]) for key in (x, f"1-{x}")] if len(powers) == 2 else []
        return ("beta", (both[0], both[1])) if len(both) == 2 and both[0] and both[1] else None
    if f"1-{x}" in powers:
        return None
    normal = _square(decay, x) if not powers else None
    rate = _rate(decay, x)
    if normal is not None or rate is None:
        return normal
    if not powers:  # the factor tells whether it is one-sided: e^{-|x|} has another one
        value = _text(rate[1][0])
        needed = [] if value == "1" else [value if rate[0] == "exponential" else f"1/{value}"]
        return rate if [_text(p) for p in rest] == needed else None
    shape = _raised_by_one(powers[x])
    by_scale = rate[0] != "exponential"
    return ("gamma by its scale" if by_scale else "gamma", (shape, rate[1][0])) if shape is not None else None


def _rate(exponent: Node, x: str) -> Law | None:
    r"""The \lambda of `-\lambda x`; the \theta of `-x/\theta`."""
    inside = opened(exponent)
    if inside.kind != "sum" or len(inside.parts) != 2 or inside.parts[0].text != "-":
        return None
    body = opened(inside.parts[1])
    if body.text == x:
        return "exponential", (_ONE,)
    parts = body.parts
    if body.kind == "frac" and opened(parts[0]).text == x and not _has(parts[1], x):
        return "exponential by its mean", (opened(parts[1]),)
    if body.kind == "product" and len(parts) == 3 and parts[1].text == "/" and parts[0].text == x and not _has(parts[2], x):
        return "exponential by its mean", (parts[2],)
    others = [p for p in parts if _text(p) != x] if body.kind == "product" else []
    return ("exponential", (others[0],)) if len(parts) == 2 and len(others) == 1 and not _has(others[0], x) else None


def _square(exponent: Node, x: str) -> Law | None:
    r"""The \mu and \sigma^2 of `-\frac{(x-\mu)^2}{2\sigma^2}`."""
    inside = opened(exponent)
    body = opened(inside.parts[1]) if inside.kind == "sum" and len(inside.parts) == 2 and inside.parts[0].text == "-" else None
    if body is None:
        return None
    if body.kind == "frac":
        top, bottom = (opened(p) for p in body.parts)
    elif body.kind == "product" and len(body.parts) == 3 and body.parts[1].text == "/":
        top, bottom = opened(body.parts[0]), opened(body.parts[2])
        if bottom.kind == "round":
            bottom = opened(bottom.parts[0])
    else:
        return None
    base, marks = atom_and_marks(top)
    if len(marks) != 1 or marks[0].kind != "above" or script(marks[0]).text != "2" or _has(bottom, x):
        return None
    middle = opened(base.parts[0]) if base.kind == "round" else base
    if middle.text == x:
        mean = Node("NUMBER", (), "0")
    elif middle.kind == "sum" and len(middle.parts) == 3 and middle.parts[0].text == x and middle.parts[1].text == "-":
        mean = middle.parts[2]
    else:
        return None
    if bottom.text == "2":
        return "normal", (mean, _ONE)
    twice = bottom.kind == "product" and len(bottom.parts) == 2 and bottom.parts[0].text == "2"
    return ("normal", (mean, bottom.parts[1])) if twice else None


def _raised_by_one(exponent: Node) -> Node | None:
    """The a of `x^{a-1}`, the 3 of `x^2`."""
    inside = opened(exponent)
    if inside.kind == "NUMBER" and inside.text.isdigit():
        return Node("NUMBER", (), str(int(inside.text) + 1))
    if inside.kind == "sum" and len(inside.parts) == 3 and inside.parts[1].text == "-" and inside.parts[2].text == "1":
        return inside.parts[0]
    return None


def _factors(node: Node) -> Iterator[Node]:
    """The factors of a product; those of the numerator of a quotient, and what it is divided by."""
    inside = opened(node)
    if inside.kind == "product":
        for part in inside.parts:
            yield from _factors(part) if part.kind in {"frac", "group"} else (part,)
    elif inside.kind == "frac" and opened(inside.parts[0]).kind == "product":
        yield from _factors(inside.parts[0])
        yield inside.parts[1]
    else:
        yield inside


def _text(node: Node) -> str:
    """What a node prints, without its brackets."""
    inside = opened(node)
    if inside.kind == "frac":
        return "/".join(_text(p) for p in inside.parts)
    if inside.kind == "round":
        return _text(inside.parts[0]) if len(inside.parts) == 1 else "?"
    if inside.kind == "unit":
        return "^".join(_text(p) for p in inside.parts)
    if inside.parts and inside.kind not in _PLAIN:
        return f"{inside.kind}?"
    return "".join(map(_text, inside.parts)) if inside.parts else inside.text


def _has(node: Node, name: str) -> bool:
    return any(n.kind == "NAME" and n.text == name for n in walk(node))


__all__ = ["JOINED", "Found", "decimal", "joined", "law_of_density", "laws_of_masses", "tables"]
