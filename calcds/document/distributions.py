r"""Distributions that a sentence names with their parameters: "Let $T$ be exponential with rate $\lambda$".

    exponential with rate ⟦a⟧        Poisson with mean ⟦a⟧         Bernoulli with success probability ⟦p⟧
    exponential with mean ⟦a⟧        uniform on ⟦[a, b]⟧           binomial with parameters ⟦n⟧ and ⟦p⟧
    normal with mean ⟦m⟧ and variance ⟦v⟧

A mark stands for every formula. The variable stands in front of the words, or between them and the parameters; a capital
in plain text will do ("Let T be exponential"). Where a sentence names none, it is about what it takes expectations of:
"uniform on $[a, b]$: $E[U] = (a + b)/2$". A formula for probabilities names its distribution without a word:

    P(K = k) = \binom{n}{k} p^k (1-p)^{n-k}        P(N = k) = \frac{\lambda^k}{k!} e^{-\lambda}

Imports: calcds.document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from calcds.document.declaring import Cut, keys_of
from calcds.document.latex import Node, walk
from calcds.document.names import letter_of, named, names_in, opened, script
from calcds.document.phrases import LIST
from calcds.document.randomness import EXPECTATIONS, PROBABILITIES, VARIANCES, arguments, operands

_WORDS = (
    r"(?:ly)?(?:[\s-]+(?:distributed|distribution|random|variables?|r\.v\.|law|times?|waiting|life|lifetimes?|counts?|number))*"
    r"(?:\s*,?\s*⟦(?P<own>\d+)⟧)?"
)
_WITH = r"\s*,?\s*(?:with|of|has|having|\()\s*(?:(?:the|a|an|its|some|success|constant|unknown)\s+)*"
_LAWS = re.compile(
    rf"\b(?P<word>exponential|poisson|bernoulli|binomial|normal|gaussian){_WORDS}{_WITH}"
    r"(?P<what>rate|mean|parameters?|probability|intensity)\s+(?:parameters?\s+|of success\s+)?⟦(?P<first>\d+)⟧"
    r"(?:\s*(?:,|and|,\s*and)\s*(?:(?:the|success)\s+)*(?P<second>variance|probability)?\s*⟦(?P<last>\d+)⟧)?",
    re.IGNORECASE,
)
_UNIFORM = re.compile(
    rf"\buniform{_WORDS}\s*[,:]?\s*(?:on|over|in)\s+(?:the\s+)?(?:interval\s+)?⟦(?P<first>\d+)⟧", re.IGNORECASE
)
_DENSITY = re.compile(rf"\bexponential{_WORDS}[^⟦]{{0,30}}\bdensity\s+(?:is\s+)?⟦(?P<first>\d+)⟧", re.IGNORECASE)
_HAS_DENSITY = re.compile(
    r"⟦(?P<own>\d+)⟧\s+(?:has|have|having|with)\s+(?:the\s+|a\s+)?density\s+⟦(?P<first>\d+)⟧", re.IGNORECASE
)
_PLAIN = re.compile(r"\b(?:[Ll]et|[Ii]f|[Ww]here|[Tt]he|[Tt]ime|[Vv]ariable|[Nn]umber)\s+([B-Z])\s+(?:is|be|has|have)\b[^⟦]*$")
_Found = tuple[str, frozenset[str], tuple[Node, ...]]


def laws_in(sentence: str, pieces: Sequence[Cut]) -> Iterator[_Found]:
    """The distributions of a sentence: their names, whose they are, and their parameters."""
    for m in _LAWS.finditer(sentence):
        values = _values(m, pieces)
        law = _law(m["word"].lower(), m["what"].lower(), (m["second"] or "").lower(), len(values))
        keys = _whose(sentence, m, pieces)
        if law and keys:
            yield law, keys, values
    for m in (*_DENSITY.finditer(sentence), *_HAS_DENSITY.finditer(sentence)):
        rate, keys = _rate(pieces[int(m["first"])]), _whose(sentence, m, pieces)
        if rate is not None and keys:
            yield "exponential", keys, (rate,)
    for m in _UNIFORM.finditer(sentence):
        ends, keys = _ends(pieces[int(m["first"])]), _whose(sentence, m, pieces)
        if ends and keys:
            yield "uniform", keys, ends


def laws_of_masses(piece: Cut) -> Iterator[_Found]:
    """The distributions whose probabilities a formula prints."""
    for statement in piece.statements:
        for side, following in zip(statement.sides, statement.sides[1:], strict=False):
            left, right = piece.trees.get(side), piece.trees.get(following)
            if following.relation != "=" or not isinstance(left, Node) or not isinstance(right, Node):
                continue
            asked = [opened(b.parts[0]) for key, _, b in operands(left) if key in PROBABILITIES and b.parts]
            item = asked[0] if len(asked) == 1 and asked[0].kind == "item" else None
            if item is None or [p.text for p in item.parts[1::2]] != ["="] or opened(item.parts[2]).kind != "NAME":
                continue
            name, law = named(opened(item.parts[0])), _of_mass(right, opened(item.parts[2]).text)
            if name is not None and not name.marks and len(name.base) == 1 and law is not None:
                yield law[0], frozenset({name.base}), law[1]


def _of_mass(mass: Node, index: str) -> tuple[str, tuple[Node, ...]] | None:
    """The distribution with such probabilities of the values of an index."""
    nodes = [*walk(mass)]
    raised = [n for n in nodes if n.kind == "unit" and len(n.parts) == 2 and n.parts[0].kind == "NAME"
              and n.parts[1].kind == "above" and script(n.parts[1]).text == index]  # fmt: skip
    choices = [n for n in nodes if n.kind == "binom"]
    factorials = [n for n in nodes if n.kind == "unit" and any(m.kind == "bang" for m in n.parts[1:])]
    if any(n.kind in {"BIGOP", "ADD"} and n.text == "+" for n in nodes) or len(raised) != 1:
        return None
    parameter = raised[0].parts[0]
    if len(choices) == 1 and not factorials and opened(choices[0].parts[1]).text == index:
        count = opened(choices[0].parts[0])
        return ("binomial", (count, parameter)) if count.kind == "NAME" else None
    plain = not any(n.kind == "sum" and len(n.parts) > 2 for n in nodes)  # nothing normalises it but e^{-lambda}
    if plain and len(factorials) == 1 and not choices and factorials[0].parts[0].text == index:
        return "poisson", (parameter,)
    return None


def _rate(piece: Cut) -> Node | None:
    r"""The \lambda of `f(x) = \lambda e^{-\lambda x}`."""
    statement = piece.statements[0] if len(piece.statements) == 1 else None
    tree = piece.trees.get(statement.sides[-1]) if statement is not None else None
    inside = opened(tree) if isinstance(tree, Node) else None
    if inside is None or inside.kind != "product" or len(inside.parts) != 2:
        return None
    rate = named(inside.parts[0])
    again = rate is not None and not rate.marks and any(n.base == rate.base for n in names_in(inside.parts[1]))
    return inside.parts[0] if again else None


def _law(word: str, what: str, second: str, count: int) -> str:
    """The name of a distribution in the table of laws; "" where its parameters are not the usual ones."""
    if word in {"normal", "gaussian"}:
        return "normal" if what == "mean" and second == "variance" and count == 2 else ""
    if word == "binomial":
        return "binomial" if what.startswith("parameter") and count == 2 else ""
    if count != 1:
        return ""
    if word == "exponential" and what == "mean":
        return "exponential by its mean"
    fits = {"exponential": {"rate", "parameter", "intensity"}, "poisson": {"rate", "mean", "parameter", "intensity"},
            "bernoulli": {"probability", "parameter", "mean"}}  # fmt: skip
    return word if what in fits[word] else ""


def _values(m: re.Match[str], pieces: Sequence[Cut]) -> tuple[Node, ...]:
    marks = [m["first"], *([m["last"]] if m["last"] else [])]
    trees = [_first(pieces[int(k)]) for k in marks]
    values = [t for t in trees if t is not None]
    if len(values) == 1 and values[0].kind == "items":  # parameters $n, p$
        values = [p for p in values[0].parts if p.kind != "COMMA"]
    return tuple(values) if all(t is not None for t in trees) else ()


def _first(piece: Cut) -> Node | None:
    r"""The parameter that a formula names: `\lambda`, `\lambda > 0`."""
    side = piece.statements[0].sides[0] if piece.statements else None
    tree = piece.trees.get(side) if side is not None else None
    return tree if isinstance(tree, Node) else None


def _ends(piece: Cut) -> tuple[Node, ...]:
    tree = _first(piece)
    inside = opened(tree) if tree is not None and len(piece.statements) == 1 else None
    if inside is None or inside.kind not in {"square", "round"} or len(inside.parts) != 1:
        return ()
    values = tuple(p for p in inside.parts[0].parts if p.kind != "COMMA")
    return values if len(values) == 2 else ()


def _whose(sentence: str, m: re.Match[str], pieces: Sequence[Cut]) -> frozenset[str]:
    """The variables that have a distribution."""
    before = [one for one in re.finditer(LIST, sentence) if one.end() <= m.start()]
    own = [m["own"]] if m["own"] else re.findall(r"⟦(\d+)⟧", before[-1][0]) if before else []
    keys = frozenset(k for mark in own for k in _variables(pieces[int(mark)]))
    if keys:
        return keys
    plain = _PLAIN.search(sentence[: m.start()])
    if plain:
        return frozenset({plain[1]})
    behind = re.findall(r"⟦(\d+)⟧", sentence[m.end() :]) if not own else []
    return frozenset(k for mark in behind for k in _expected(pieces[int(mark)]))


def _variables(piece: Cut) -> frozenset[str]:
    """The names of a formula that is nothing but names of one letter."""
    if len(piece.statements) != 1 or len(piece.statements[0].sides) != 1:
        return frozenset()
    tree = _first(piece)
    keys = keys_of(tree) if tree is not None else frozenset[str]()
    return keys if all(letter_of(k).isupper() and len(letter_of(k)) == 1 for k in keys) else frozenset()


def _expected(piece: Cut) -> Iterator[str]:
    """The capitals that stand alone in expectations and variances of a formula."""
    for tree in piece.trees.values():
        for key, _, bracket in operands(tree) if isinstance(tree, Node) else ():
            name = named(opened(arguments(bracket)[0])) if key in EXPECTATIONS | VARIANCES and bracket.parts else None
            if name is not None and len(name.base) == 1 and name.base.isupper():
                yield name.base


__all__ = ["laws_in", "laws_of_masses"]
