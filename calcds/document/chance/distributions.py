r"""Distributions that a sentence names with their parameters: "Let $T$ be exponential with rate $\lambda$".

    exponential with rate ⟦a⟧        Poisson with mean ⟦a⟧         Bernoulli with success probability ⟦p⟧
    exponential with mean ⟦a⟧        uniform on ⟦[a, b]⟧           binomial with parameters ⟦n⟧ and ⟦p⟧
    normal with mean ⟦m⟧ and variance ⟦v⟧     binomial with ⟦n = 10⟧ and ⟦p = 0.7⟧

A mark stands for every formula. The variable stands in front of the words, or between them and the parameters; a capital
in plain text will do ("Let T be exponential"). Where a sentence names none, it is about what it takes expectations of:
"uniform on $[a, b]$: $E[U] = (a + b)/2$"; and if there is nothing of that kind, about the one variable of the expectations
and probabilities that follow, up to where another law begins. A density tells the law by its form
(calcds.document.chance.printed_laws).

Imports: calcds.document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from calcds.document.chance.declaring import keys_of
from calcds.document.chance.laws import MEANS, OTHER, law_of
from calcds.document.chance.printed_laws import Found, law_of_density
from calcds.document.source.latex import Node
from calcds.document.source.names import atom_and_marks, letter_of, named, names_in, opened
from calcds.document.source.statements import Cut
from calcds.document.words.phrases import LIST
from calcds.document.words.randomness import EXPECTATIONS, PROBABILITIES, VARIANCES, arguments, operands

_UNIT = Node("NUMBER", (), "1")
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
_BY_LETTERS = re.compile(  # parameters that are told by their usual letters
    rf"\b(?P<word>poisson|bernoulli|binomial){_WORDS}{_WITH}⟦(?P<first>\d+)⟧(?:\s*(?:,|and|,\s*and)\s*⟦(?P<last>\d+)⟧)?",
    re.IGNORECASE,
)
_CHANCES = frozenset({"p", "q", "theta", "vartheta", "pi"})
_COUNTS, _RATES = frozenset({"n", "N", "m"}), frozenset({"lambda", "mu"})
_USUAL = {"poisson": (_RATES,), "bernoulli": (_CHANCES,), "binomial": (_COUNTS, _CHANCES)}
_UNIFORM = re.compile(
    rf"\buniform{_WORDS}\s*[,:]?\s*(?:on|over|in)\s+(?:the\s+)?(?:interval\s+)?⟦(?P<first>\d+)⟧", re.IGNORECASE
)
_FORM = r"density(?:\s+function)?\s+(?:is\s+|of\s+the\s+form\s+)?⟦(?P<first>\d+)⟧"
_DENSITIES = [  # of a law with a name; of a variable; and of the one that is spoken of
    re.compile(rf"\b(?P<word>exponential|gamma|beta|normal|gaussian){_WORDS}[^⟦]{{0,30}}\b{_FORM}", re.IGNORECASE),
    re.compile(rf"\b(?P<word>exponential|gamma|beta)\b[^⟦.]{{0,30}}⟦\d+⟧\s*[:,]?\s*(?:with\s+|has\s+)?(?:the\s+)?{_FORM}",
               re.IGNORECASE),
    re.compile(rf"⟦(?P<own>\d+)⟧\s+(?:has|have|having|with)\s+(?:the\s+|a\s+)?(?:probability\s+)?{_FORM}", re.IGNORECASE),
    re.compile(rf"^\W*(?:the\s+)?(?:(?!sum|total|mean|m[ai][xn])[\w-]+\s+){{0,2}}(?:times?|lifetimes?|durations?|gaps?)\s+"
               rf"(?:has|have)\s+(?:the\s+|a\s+)?(?:probability\s+)?{_FORM}", re.IGNORECASE),
    re.compile(r"\b(?:let|where|if)\s+⟦(?P<first>\d+)⟧\s*,?\s*(?:(?:for|when|on)\s+)?(?:⟦\d+⟧\s*,?\s*)?(?:be|is|denotes?)\s+"
               r"(?:the|a|its)\s+(?:probability\s+)?density(?:\s+function)?(?:\s+of\s+⟦(?P<own>\d+)⟧)?", re.IGNORECASE),
    re.compile(r"\b(?P<word>normal|gaussian|exponential|gamma|beta)(?:\s+distribution|\s+law)?\s*[:.}]\s*⟦(?P<first>\d+)⟧",
               re.IGNORECASE),
]  # fmt: skip
_OTHER_FORM = re.compile(r"\b(?:half|folded|truncated|log|multivariate|mixture|censored|inverse|skew\w*)\b", re.IGNORECASE)
_SHAPED = re.compile(
    rf"\b(?P<word>gamma|beta|laplace|chi-?squared?){_WORDS}{_WITH}"
    r"(?:(?P<what>shape|parameters?|location|mean)\s+(?:parameters?\s+)?)?⟦(?P<first>\d+)⟧"
    r"(?:\s*(?:,|and|,\s*and)\s*(?:the\s+)?(?P<second>rate|scale|inverse scale)?\s*(?:parameters?\s+)?⟦(?P<last>\d+)⟧)?"
    r"(?P<degrees>\s+degrees\s+of\s+freedom)?",
    re.IGNORECASE,
)
_DIE = re.compile(
    r"\b(?:a|one|the)\s+(?:single\s+)?(?:fair|ideal|perfect)\s+(?:six-sided\s+|⟦(?P<sides>\d+)⟧-sided\s+|standard\s+)?die\b",
    re.IGNORECASE,
)
_SHOWN = re.compile(  # "let X be the number that a fair die shows"
    r"⟦(?P<own>\d+)⟧\s+(?:be|is|for|denotes?)\s+(?:the\s+)?(?:number|result|outcome|value|face|score|roll|throw)?\s*"
    r"(?:(?:shown|showing|of|on|by|that|when|rolled|thrown|with|from|rolling|throwing|the|roll|throw|a roll|a throw)\s+)*$",
    re.IGNORECASE,
)
_TOPIC = re.compile(
    r"(?:[-*#}:\s]|\d+[.)]|\b(?:the|an?|for|example|case|next|now|consider|second|third|finally)\b)*", re.IGNORECASE
)
_SEVERAL = re.compile(
    r"\b(?:two|three|twice|dice|sum|until|square|largest|smallest|max\w*|min\w*|times|wins?|pays?|sixes|ones|second)\b",
    re.IGNORECASE,
)
_QUANTITIES = r"moments?|mean|variance|density|moment[- ]generating\s+function"
_WHICH = re.compile(  # laws that a formula names: "the first moments of ⟦N(m, v)⟧ are ⟦...⟧"
    rf"^\W*(?:the\s+)?(?:(?:first|second|higher|central|two)\s+)*(?:{_QUANTITIES})(?:\s+and\s+(?:the\s+)?(?:{_QUANTITIES}))*"
    r"\s+of\s+(?:the\s+(?:law|distribution)\s+)?⟦(?P<law>\d+)⟧\s*(?!\s|random|variables?|samples?|noise|data|observations?)",
    re.IGNORECASE,
)
_STANDARD = re.compile(
    r"\bfor\s+(?:the|a)\s+standard\s+(?:normal|gaussian)(?:\s+(?:distribution|law|variable))?\s*[,:]?\s*(?=⟦)", re.IGNORECASE
)
_NEXT = re.compile(r"\b(?:normal|gaussian|exponential|poisson|binomial|bernoulli|uniform|while|whereas|but)\b", re.IGNORECASE)
_PLAIN = re.compile(r"\b(?:[Ll]et|[Ii]f|[Ww]here|[Tt]he|[Tt]ime|[Vv]ariable|[Nn]umber)\s+([B-Z])\s+(?:is|be|has|have)\b[^⟦]*$")


def laws_in(sentence: str, pieces: Sequence[Cut]) -> Iterator[Found]:
    """The distributions of a sentence: their names, whose they are, and their parameters.

    Where no variable is named nor expected in the sentence itself, it is about one of those that follow.
    """
    for m in _LAWS.finditer(sentence):
        values = _values(m, pieces)
        single = m["word"].lower() in {"exponential", "poisson", "bernoulli"} and m["what"][-1:] not in {"s", "S"}
        if single and not m["second"]:
            values = values[:1]  # "Bernoulli with parameter $p$ and $\hat p = ...$"
        law, name = _law(m["word"].lower(), m["what"].lower(), (m["second"] or "").lower(), len(values)), None
        if law == "exponential" and m["what"].lower().startswith("parameter"):
            name = named(values[0])
        if law and not (name is not None and letter_of(name.base) in MEANS):
            yield from _with_owner(law, values, sentence, m, pieces)
    for m in _BY_LETTERS.finditer(sentence):
        if lettered := _by_letters(m, pieces):
            yield from _with_owner(m["word"].lower(), lettered, sentence, m, pieces)
    for m in _SHAPED.finditer(sentence):
        values = _values(m, pieces)
        law = _shaped([(m[k] or "").lower() for k in ("word", "what", "second", "degrees")], len(values))
        if law:
            yield from _with_owner(law, values, sentence, m, pieces)
    yield from _of_die(sentence, pieces)
    yield from _of_moments(sentence, pieces)
    for pattern in _DENSITIES:
        for m in pattern.finditer(sentence):
            found = law_of_density(pieces[int(m["first"])]) if not _OTHER_FORM.search(sentence) else None
            word = (m.groupdict().get("word") or ("" if found is None else found[0])).lower().replace("gaussian", "normal")
            if found is not None and found[0].startswith(word) and (m.groupdict().get("word") or found[0] != "normal"):
                yield from _with_owner(found[0], found[1], sentence, m, pieces)
    for m in _UNIFORM.finditer(sentence):
        ends = _ends(pieces[int(m["first"])])
        listed = _counted(pieces[int(m["first"])]) if not ends else ()
        if ends or listed:
            yield from _with_owner("uniform" if ends else "equal", ends or listed, sentence, m, pieces)


def _with_owner(law: str, values: tuple[Node, ...], sentence: str, m: re.Match[str], pieces: Sequence[Cut]) -> Iterator[Found]:
    """A law with its variables; without, where it is what the text speaks of from here on."""
    keys = _whose(sentence, m, pieces)
    topic = not m.groupdict().get("own") and _TOPIC.fullmatch(sentence[: m.start()])
    if keys or topic:
        yield law, keys, values


def _of_die(sentence: str, pieces: Sequence[Cut]) -> Iterator[Found]:
    """What a fair die shows: "For a fair die, $E[X] = 7/2$", "let $X$ be the number that a fair die shows"."""
    m = _DIE.search(sentence)
    if m is None or _SEVERAL.search(sentence):
        return
    sides = _first(pieces[int(m["sides"])]) if m["sides"] else Node("NUMBER", (), "6")
    if sides is None:
        return
    law, shown = (Node("NUMBER", (), "1"), sides), _SHOWN.search(sentence[: m.start()])
    if shown:
        yield "equal", variables_named(pieces[int(shown["own"])]), law
    elif re.fullmatch(r"(?:[^⟦]*[:,.]\s*)?(?:for|of|with)", sentence[: m.start()].strip(), re.IGNORECASE):
        yield "equal", frozenset(), law


def _of_moments(sentence: str, pieces: Sequence[Cut]) -> Iterator[Found]:
    """The law of the one variable of which a sentence tells the moments: "The first moments of $N(m, v)$ are $E[X] = m$"."""
    m, standard = _WHICH.search(sentence), _STANDARD.search(sentence)
    found: list[tuple[str, tuple[Node, ...], int]] = []
    tree = _first(pieces[int(m["law"])]) if m is not None else None
    if m is not None and tree is not None and len(pieces[int(m["law"])].statements[0].sides) == 1:
        found.append((*law_of(tree), m.end()))
    if standard is not None:
        found.append(("normal", (Node("NUMBER", (), "0"), _UNIT), standard.end()))
    for law, values, start in found:
        behind = _NEXT.split(sentence[start:])[0]
        formulas = [pieces[int(mark)] for mark in re.findall(r"⟦(\d+)⟧", behind)]
        keys = frozenset(key for piece in formulas for key in variables_expected(piece))
        if law != OTHER and len(keys) == 1 and not any(map(_is_under_a_law, formulas)):
            yield law, keys, values


def _is_under_a_law(piece: Cut) -> bool:
    r"""Whether the law of an expectation is printed at its letter, `\mathbb{E}_q[X]`."""
    trees = [tree for tree in piece.trees.values() if isinstance(tree, Node)]
    return any(key in EXPECTATIONS and atom_and_marks(part)[1] for tree in trees for key, part, _ in operands(tree))


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


def _shaped(said: Sequence[str], count: int) -> str:
    """The name of a law with a shape, a scale or degrees of freedom; "" where its parameters are not the usual ones."""
    word, what, second, degrees = said
    if word.startswith("chi"):
        return "chi-squared" if degrees and count == 1 else ""
    if count != 2 or degrees:
        return ""
    if word == "gamma":
        scales = {"rate": "gamma", "inverse scale": "gamma", "scale": "gamma by its scale"}
        return scales.get(second, "") if what == "shape" else ""
    return word if what in ({"parameter", "parameters"} if word == "beta" else {"location", "mean"}) else ""


def _values(m: re.Match[str], pieces: Sequence[Cut]) -> tuple[Node, ...]:
    marks = [m["first"], *([m["last"]] if m["last"] else [])]
    trees = [_first(pieces[int(k)]) for k in marks]
    values = [t for t in trees if t is not None]
    if len(values) == 1 and values[0].kind == "items":  # parameters $n, p$
        values = [p for p in values[0].parts if p.kind != "COMMA"]
    return tuple(values) if all(t is not None for t in trees) else ()


def _by_letters(m: re.Match[str], pieces: Sequence[Cut]) -> tuple[Node, ...]:
    r"""The numbers that formulas give to the usual letters of a law's parameters, `n = 10, p = 0.7`; none where one lacks."""
    found: dict[str, Node] = {}
    for piece in (pieces[int(k)] for k in (m["first"], m["last"]) if k):
        for statement in piece.statements:
            trees = [tree for side in statement.sides if isinstance(tree := piece.trees.get(side), Node)]
            name = named(opened(trees[0])) if len(trees) == len(statement.sides) == 2 else None
            if name is not None and not name.marks and statement.sides[1].relation == "=":
                found[name.base] = trees[1]
    letters = _USUAL[m["word"].lower()]
    values = [[found[one] for one in sorted(group) if one in found] for group in letters]
    return tuple(one[0] for one in values) if all(len(one) == 1 for one in values) else ()


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


def _counted(piece: Cut) -> tuple[Node, ...]:
    r"""The 1 and n of `\{1, 2, \dots, n\}`."""
    tree = _first(piece)
    inside = opened(tree) if tree is not None and len(piece.statements) == 1 else None
    if inside is None or inside.kind != "braces" or len(inside.parts) != 1:
        return ()
    values = [p for p in inside.parts[0].parts if p.kind != "COMMA"]
    dots = [p for p in values if p.kind == "DOTS"]
    firsts = [p.text for p in values[:-2]]
    steps = bool(firsts) and firsts[0].isdigit() and firsts == [str(int(firsts[0]) + i) for i in range(len(firsts))]
    return (values[0], values[-1]) if len(dots) == 1 and values[-2:-1] == dots and steps else ()


def _whose(sentence: str, m: re.Match[str], pieces: Sequence[Cut]) -> frozenset[str]:
    """The variables that have a distribution."""
    before = [one for one in re.finditer(LIST, sentence) if one.end() <= m.start()]
    named_ = m.groupdict().get("own")
    own = [named_] if named_ else re.findall(r"⟦(\d+)⟧", before[-1][0]) if before else []
    keys = frozenset(k for mark in own for k in variables_named(pieces[int(mark)]))
    if keys:
        return keys
    plain = _PLAIN.search(sentence[: m.start()])
    if plain:
        return frozenset({plain[1]})
    behind = re.findall(r"⟦(\d+)⟧", sentence[m.end() :]) if not own else []
    return frozenset(k for mark in behind for k in _expected(pieces[int(mark)]))


def variables_named(piece: Cut) -> frozenset[str]:
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


def variables_expected(piece: Cut) -> Iterator[str]:
    """All capitals in expectations, variances and probabilities of a formula."""
    for tree in piece.trees.values():
        for key, _, bracket in operands(tree) if isinstance(tree, Node) else ():
            if key in EXPECTATIONS | VARIANCES | PROBABILITIES | {"Cov"}:
                yield from (n.base for n in names_in(bracket) if len(n.base) == 1 and n.base.isupper())


__all__ = ["laws_in", "variables_expected", "variables_named"]
