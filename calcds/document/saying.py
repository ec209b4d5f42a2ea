r"""Sentences about chance: "Let $X_1, \dots, X_n$ be i.i.d. with mean $\mu$ and variance $\sigma^2$", `X \sim N(0, 1)`.

The prose of a section is written as one text in which a mark stands for every formula; a sentence is understood where
its words stand beside lone names. A sentence with "not", "whether" or "unless" says nothing here.

Imports: calcds.document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Protocol

from calcds.document.extract import Segment
from calcds.document.harvest import head_of
from calcds.document.latex import Node, walk
from calcds.document.laws import OTHER, law_of
from calcds.document.names import letter_of, named, names_in, opened
from calcds.document.randomness import (
    ENDLESS,
    EXPECTATIONS,
    PROBABILITIES,
    Chance,
    Said,
    base_of,
    full_of,
    gather_random,
    operands,
)
from calcds.document.raw import Unread
from calcds.document.scope import Scope
from calcds.document.statements import Side, Statement

_SPOKEN = re.compile(
    r"probabilit|\brandom|\bexpectation|\bexpected value|\bvariance|\bdistribut|\bmathbb\{[EP]\}|\\Pr\b|\bevents?\b|\bstochastic|"
    r"\bi\.?i\.?d\b",
    re.IGNORECASE,
)
_NO = re.compile(
    r"\b(?:not|whether|unless|without|nor|neither|never|dependent|conditionally|fails?|even if|counterexample)\b", re.IGNORECASE
)
_IF = re.compile(
    r"\b(?:if|when|whenever|in case|provided|assuming|for (?:two |any |all )?(?:mutually )?(?:independent|uncorrelated|disjoint))\b",
    re.IGNORECASE,
)
_LIST = r"⟦\d+⟧(?:(?:\s|,|\band\b|&)*⟦\d+⟧)*"
_WORD = r"(?P<word>independent|iid|uncorrelated|disjoint|mutually exclusive|partition)"
_AFTER = re.compile(
    rf"(?P<list>{_LIST})\s*,?\s*(?:(?:are|is|be|being|both|all|which|mutually|jointly|pairwise|statistically|two|a|form|forms|"
    rf"assumed|to)\s+)*{_WORD}\b(?! of)",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    rf"(?:pairwise\s+)?{_WORD}\s+(?!of\b)(?:(?!mean|variance|of\b)[\w-]+\s+){{0,4}}(?P<list>{_LIST})", re.IGNORECASE
)
_OF = re.compile(
    rf"(?P<list>{_LIST})\s*(?:is|are|be)\s+(?P<word>independent of|uncorrelated with|disjoint from)\s+(?P<other>{_LIST})",
    re.IGNORECASE,
)
_WITH = r"(?:with|has|have|having|of|and|whose|their|same|common|finite|,)\s+(?:(?:the|a|same|common|finite|equal|known|unknown)\s+)*"
_MEAN = re.compile(
    _WITH + r"(?:mean|expectation|expected value)s?\s+(?:equal to\s+|is\s+)?⟦(\d+)⟧|"
    r"(?P<zero>zero[ -]means?|means? zero|centered|centred)",
    re.IGNORECASE,
)
_VARIANCE = re.compile(
    _WITH + r"variances?\s+(?:equal to\s+|is\s+)?⟦(\d+)⟧|(?P<one>unit variances?|variances? one)", re.IGNORECASE
)
_LAWS = re.compile(
    r"\b(?:bernoulli|poisson|binomial|exponential|uniform|geometric|normal|gaussian|distributed|rademacher|indicator|binary|"
    r"takes? (?:the |only )?values?|values in|almost surely|bounded|degenerate|die|dice|coin|number of|counts|supported)",
    re.IGNORECASE,
)
_ALIKE = re.compile(
    r"\b(?:same|identical\w*|equal|common|symmetric)\s+(?:\w+\s+)?(?:means?|variances?|distribut\w*|moments?|laws?)|exchangeable|"
    r"\bin distribution|identically distributed",
    re.IGNORECASE,
)
_HEADING = re.compile(r"(?:^|\n)[ \t]*#+[ \t]|\\(?:sub)*(?:section|paragraph)\b")
_UNIFORM = re.compile(
    r"⟦(\d+)⟧\s+(?:is|be)\s+(?:\w+\s+){0,2}?uniform(?:ly)?(?:\s+distributed)?\s+(?:on|over|in)\s+(?:the interval\s+)?⟦(\d+)⟧",
    re.IGNORECASE,
)
_STOP = re.compile(r"[.!?](?=\s|$)")
ZERO, ONE = Node("NUMBER", (), "0"), Node("NUMBER", (), "1")


class Cut(Protocol):
    """A segment with its statements."""

    segment: Segment
    statements: list[Statement]
    trees: dict[Side, Node | Unread]


def gather_chances(pieces: Sequence[Cut], scope: Scope, text: str) -> None:
    """Learn everything that a document says of chance."""
    chance = scope.chance
    chance.spoken = bool(_SPOKEN.search(text))
    chance.entropic = bool(re.search(r"\bentrop|\binformation\b", text, re.IGNORECASE))
    scope.applied -= (EXPECTATIONS | PROBABILITIES) - set(_functions(pieces, chance))
    for piece in pieces:
        trees = [t for t in piece.trees.values() if isinstance(t, Node)]
        gather_random(trees, chance, piece.segment.section, scope.applied)
        chance.facts += _stated(piece)
    if chance.spoken:
        for section in dict.fromkeys(p.segment.section for p in pieces):
            _read_section([p for p in pieces if p.segment.section == section], chance, section)
    for fact in chance.facts:
        for key in fact.keys if fact.word in {"moments", "iid"} or fact.sampled else ():
            chance.random_in.setdefault(key, set()).add(fact.section)


def _functions(pieces: Sequence[Cut], chance: Chance) -> Iterator[str]:
    """The letters that equations define as functions: E of an energy `E(w) = ...`."""
    for piece in pieces:
        for statement in piece.statements:
            for side, following in zip(statement.sides, statement.sides[1:], strict=False):
                tree = piece.trees.get(side)
                head = head_of(tree) if isinstance(tree, Node) and following.relation in {"=", ":="} else None
                if head is not None and isinstance(tree, Node) and not chance.is_operator(tree, head[0]):
                    yield head[0]


# -- formulas ---------------------------------------------------------------------------------------------------


def _stated(piece: Cut) -> Iterator[Said]:
    r"""`X \sim N(\mu, \sigma^2)`, `X \perp Y`, `A \cap B = \emptyset`."""
    here = piece.segment
    empty = re.search(r"([A-Z])\s*\\cap\s*([A-Z])\s*=\s*\\(?:emptyset|varnothing)", here.text)
    if empty:
        yield Said("disjoint", frozenset(empty.groups()), here.section, here.at, _end(here))
    for statement in piece.statements:
        for left, right in zip(statement.sides, statement.sides[1:], strict=False):
            source, image = piece.trees.get(left), piece.trees.get(right)
            if not isinstance(source, Node):
                continue
            keys = _keys(source) if right.relation in {"dist", "perp", "in"} else _valued(source, image)
            if right.relation in {"in", "=", ":="} and keys and not (isinstance(image, Node) and _is_everything(image)):
                yield Said("law", keys, here.section, here.at, ENDLESS, OTHER)
            if right.relation == "perp" and isinstance(image, Node):
                yield Said("independent", keys | _keys(image), here.section, here.at, _end(here))
            elif right.relation == "dist" and keys:
                law, values = law_of(image) if isinstance(image, Node) else (OTHER, ())
                yield Said("law", keys, here.section, here.at, ENDLESS, law, values, sampled=True)
                if re.search(r"i\.?i\.?d", here.text):
                    yield Said("iid", keys, here.section, here.at)


def _valued(source: Node, image: Node | Unread | None) -> frozenset[str]:
    """The X of `P(X = 1) = p`: its distribution is not free."""
    if not isinstance(image, Node) or any(k in PROBABILITIES for k, _, _ in operands(image)):
        return frozenset()
    brackets = [b for k, _, b in operands(source) if k in PROBABILITIES and any(n.kind == "REL" for n in walk(b))]
    return frozenset(k for b in brackets for n in names_in(b) for k in {full_of(n), base_of(full_of(n))})


def _is_everything(image: Node) -> bool:
    r"""`\mathbb{R}^n`: that X is a member says nothing of its distribution."""
    return any(n.kind == "SET" and n.text == "R" for n in walk(image)) and not any(n.kind == "CARET" and n.text == "+" for n in walk(image))


def _end(here: Segment) -> int:
    """A fact in a formula behind "if" holds for its sentence only; nearly: for what follows closely."""
    return here.at + 400 if _IF.search(here.before[-40:]) else ENDLESS


def _keys(node: Node) -> frozenset[str]:
    """The names of a list; a family `X_1, ..., X_n` or `X_i` by its letter."""
    inside = opened(node)
    parts = [opened(p) for p in (inside.parts if inside.kind == "items" else (inside,)) if p.kind not in {"COMMA", "QUAD"}]
    parts = [p for part in parts for p in (part.parts if part.kind == "product" and any(n.kind == "DOTS" for n in part.parts) else (part,))]
    found = [named(p) for p in parts if p.kind not in {"DOTS", "COMMA"}]
    if any(n is None or any(m.kind not in {"below", "above"} for m in n.marks) for n in found):
        return frozenset()
    family = any(p.kind == "DOTS" for p in parts)
    keys = [full_of(n) for n in found if n is not None]
    running = [k for k in keys if k.partition("_")[2] in set("ijk")]
    return frozenset(base_of(k) if family or k in running else k for k in keys)


# -- sentences --------------------------------------------------------------------------------------------------


def _read_section(pieces: Sequence[Cut], chance: Chance, section: int) -> None:
    text, places = "", [p.segment.at for p in pieces]
    for k, piece in enumerate(pieces):
        here = piece.segment
        text += _words(_HEADING.split(here.before)[-1]) + f" ⟦{k}⟧" + (". " if here.display and here.text.rstrip().rstrip("}").endswith(".") else "")
    text += _words(_HEADING.split(pieces[-1].segment.after)[0])
    start = 0
    for stop in [m.end() for m in _STOP.finditer(text)] + [len(text)]:
        sentence, rest = text[start:stop], re.search(r"⟦(\d+)⟧", text[stop:])
        first = re.search(r"⟦(\d+)⟧", sentence)
        start = stop
        if first is None:
            continue
        begin = places[int(first[1])]
        after = places[int(rest[1])] if rest else ENDLESS
        for word, keys, values in _sentence(sentence, pieces):
            law = {"law": OTHER, "uniform": "uniform"}.get(word, "")
            end = after if _IF.search(sentence) and not law else ENDLESS
            chance.facts.append(Said("law" if law else word, keys, section, begin, end, law, values))


def _words(before: str) -> str:
    before = re.sub(r"<!--.*?-->|%\s*calcds:[^\n]*", " ", before, flags=re.DOTALL)
    plain = re.sub(r"\$+|\\[\[\]()]|[*_~]|\\(?:emph|textbf|textit)\{", " ", before).replace("i.i.d.", "iid").replace("i.i.d", "iid")
    plain = re.sub(r"independent(?:ly)?(?:,| and)* identically distributed", "iid", plain, flags=re.IGNORECASE)
    return re.sub(r"\b(?:i\.e\.|e\.g\.|resp\.|cf\.)", " ", plain)


def _sentence(sentence: str, pieces: Sequence[Cut]) -> Iterator[tuple[str, frozenset[str], tuple[Node, ...]]]:
    if _NO.search(sentence):
        return
    found = list(_relations(sentence, pieces))
    yield from ((word, keys, ()) for word, keys in found)
    if not found and re.search(r"\b(?:independent|iid|uncorrelated)", sentence, re.IGNORECASE):
        yield "unclear", frozenset(), ()
    if _ALIKE.search(sentence) and not any(word == "iid" for word, _ in found):
        yield "alike", frozenset(), ()
    mean, variance = _MEAN.search(sentence), _VARIANCE.search(sentence)
    if mean or variance:
        begin = min(m.start() for m in (mean, variance) if m)
        keys = _owners(sentence, begin, pieces, behind="⟦" not in "".join(m[0] for m in (mean, variance) if m))
        values = (_value(mean, ZERO, pieces), _value(variance, ONE, pieces))
        if keys:
            yield "moments", keys, tuple(v if v is not None else Node("EMPTY") for v in values)
    for law in _LAWS.finditer(sentence) if not (mean or variance) else ():
        before = [m for m in re.finditer(_LIST, sentence) if m.end() <= law.start()]
        after = [m for m in re.finditer(_LIST, sentence) if m.start() >= law.end()]
        for m in [*before[-1:], *after[:1]]:
            keys = frozenset(k for mark in re.findall(r"⟦(\d+)⟧", m[0]) for k in _lone(pieces[int(mark)]))
            yield "law", frozenset(k for k in keys if len(letter_of(k)) == 1), ()
    for m in _UNIFORM.finditer(sentence):
        ends = _ends(pieces[int(m[2])])
        if ends:
            yield "uniform", _lone(pieces[int(m[1])]), ends


def _ends(piece: Cut) -> tuple[Node, ...]:
    """The a and b of `[a, b]`."""
    tree = piece.trees.get(piece.statements[0].sides[0]) if len(piece.statements) == 1 else None
    inside = opened(tree) if isinstance(tree, Node) else None
    items = inside.parts[0].parts if inside is not None and inside.kind in {"square", "round"} and len(inside.parts) == 1 else ()
    values = tuple(p for p in items if p.kind != "COMMA")
    return values if len(values) == 2 else ()


def _relations(sentence: str, pieces: Sequence[Cut]) -> Iterator[tuple[str, frozenset[str]]]:
    for m in [*_AFTER.finditer(sentence), *_OF.finditer(sentence), *_BEFORE.finditer(sentence)]:
        marks = re.findall(r"⟦(\d+)⟧", m["list"] + (m.groupdict().get("other") or ""))
        keys = frozenset(k for mark in marks for k in _lone(pieces[int(mark)]))
        word = m["word"].lower().split(" ")[0].replace("mutually", "disjoint")
        if word == "independent" and len(keys) > 2 and "pairwise" in m[0].lower():
            word = "uncorrelated"
        if keys:
            yield word, keys


def _lone(piece: Cut) -> frozenset[str]:
    """The names of a formula that is nothing but names."""
    if len(piece.statements) != 1 or len(piece.statements[0].sides) != 1:
        return frozenset()
    tree = piece.trees.get(piece.statements[0].sides[0])
    return _keys(tree) if isinstance(tree, Node) else frozenset()


def _owners(sentence: str, begin: int, pieces: Sequence[Cut], *, behind: bool) -> frozenset[str]:
    """Whose mean it is: the names in front of the word; for a "zero-mean X" the names behind it."""
    lists = [m for m in re.finditer(_LIST, sentence) if m.end() <= begin]
    if not lists and behind:
        lists = list(re.finditer(_LIST, sentence))[:1]
    for m in reversed(lists):
        keys = frozenset(k for mark in re.findall(r"⟦(\d+)⟧", m[0]) for k in _lone(pieces[int(mark)]))
        if keys and not any(letter_of(k) in {"mu", "sigma"} for k in keys):
            return keys
    return frozenset()


def _value(found: re.Match[str] | None, word: Node, pieces: Sequence[Cut]) -> Node | None:
    """The tree of a stated mean or variance."""
    if found is None or found[1] is None:
        return word if found else None
    piece = pieces[int(found[1])]
    side = piece.statements[0].sides[0] if piece.statements else None
    tree = piece.trees.get(side) if side is not None else None
    return tree if isinstance(tree, Node) and not any(n.kind in {"MID", "DOTS"} for n in walk(tree)) else None

