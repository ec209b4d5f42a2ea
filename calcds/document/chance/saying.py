r"""Sentences about chance: "Let $X_1, \dots, X_n$ be i.i.d. with mean $\mu$ and variance $\sigma^2$", `X \sim N(0, 1)`.

The prose of a section is written as one text in which a mark stands for every formula; a sentence is understood where
its words stand beside lone names. A sentence with "not", "whether" or "unless" says nothing here.

Imports: calcds.document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from calcds.document.chance.declaring import functions, keys_of, stated
from calcds.document.chance.estimates import take_estimates, with_sample_variances
from calcds.document.chance.joint_laws import joint_laws
from calcds.document.chance.laws import OTHER
from calcds.document.chance.linear_models import take_model
from calcds.document.chance.printed_laws import laws_of_masses, tables
from calcds.document.chance.printed_tables import printed_tables
from calcds.document.chance.random_vectors import take_vectors
from calcds.document.chance.spoken_laws import SpokenLaws
from calcds.document.source.entropic import SAME_ENTROPY
from calcds.document.source.latex import Node, walk
from calcds.document.source.names import Named, letter_of, named, names_in, opened
from calcds.document.source.statements import Cut
from calcds.document.words.phrases import (
    AFTER,
    ALIKE,
    BEFORE,
    HEADING,
    IF,
    LAWS,
    LAYS_DOWN,
    LIST,
    MEAN,
    NO,
    OF,
    SPOKEN,
    STOP,
    UNIFORM,
    VARIANCE,
)
from calcds.document.words.randomness import (
    ENDLESS,
    EXPECTATIONS,
    LAID_DOWN,
    OPERATORS,
    PROBABILITIES,
    VARIANCES,
    Chance,
    Said,
    arguments,
    full_of,
    gather_random,
    operands,
)
from calcds.document.words.scope import Scope

_TITLES = "Normal|Gaussian|Exponential|Uniform|Poisson|Binomial|Bernoulli|Geometric|Gamma|Beta|Laplace"
_BEGINS = re.compile(r"\s*\n[ \t]*\n\s*(?:[-*\d.)]+\s+)?[A-Z]")  # a paragraph behind a display that ends with no full stop
_LABELS = re.compile(r"\\(?:qedhere|qed|nonumber|notag)\b|\\(?:label|tag)\*?\{[^{}]*\}")  # behind the full stop of a display
_FRAMES = re.compile(  # of an example, a proof
    r"\\(?:begin|end)\{(?!itemize|enumerate|description|center|tabular|split|aligned)\w+\*?\}"
)
_PARTED = "¶"  # where laws are told apart: what else is said may go on
ZERO, ONE = Node("NUMBER", (), "0"), Node("NUMBER", (), "1")


def gather_chances(pieces: Sequence[Cut], scope: Scope, text: str) -> None:
    """Learn everything that a document says of chance."""
    chance = scope.chance
    chance.spoken = bool(SPOKEN.search(text))
    chance.entropic = bool(re.search(r"\bentrop|\binformation\b", text, re.IGNORECASE))
    chance.entropic_in = {p.segment.section for p in pieces if "entrop" in f"{p.segment.before} {p.segment.after}".lower()}
    chance.alike_in = {p.segment.section for p in pieces if SAME_ENTROPY.search(f"{p.segment.before} {p.segment.after}")}
    scope.applied -= (EXPECTATIONS | PROBABILITIES) - set(functions(pieces, chance))
    for k, piece in enumerate(pieces):
        trees = [t for t in piece.trees.values() if isinstance(t, Node)]
        gather_random(trees, chance, piece.segment.section, scope.applied)
        chance.facts += stated(piece)
        for law, keys, values in laws_of_masses(pieces, k) if chance.spoken else ():
            chance.facts.append(Said("law", keys, piece.segment.section, piece.segment.at, ENDLESS, law, values))
    for piece, (law, keys, values) in tables(pieces) if chance.spoken else ():
        chance.facts.append(Said("law", keys, piece.segment.section, piece.segment.at, ENDLESS, law, values))
    if chance.spoken:
        tables_of = [range(one.at, one.end) for one in printed_tables(text)]
        chance.heads = {p.segment.at for p in pieces if any(p.segment.at in one for one in tables_of)}
        for fact in joint_laws(pieces, text):
            chance.facts.append(fact)
            for key in fact.keys:
                chance.random_in.setdefault(key, set()).add(fact.section)
        for section in dict.fromkeys(p.segment.section for p in pieces):
            _read_section([p for p in pieces if p.segment.section == section], chance, section)
    take_model(pieces, scope)
    take_estimates(pieces, chance)
    with_sample_variances(pieces, chance, scope.sampled_in)
    for fact in chance.facts:
        for key in fact.keys if fact.word in {"moments", "iid"} or fact.sampled else ():
            chance.random_in.setdefault(key, set()).add(fact.section)
    take_vectors(pieces, chance)


# -- sentences --------------------------------------------------------------------------------------------------


def _read_section(pieces: Sequence[Cut], chance: Chance, section: int) -> None:
    text, places = "", [p.segment.at for p in pieces]
    for k, piece in enumerate(pieces):
        here = piece.segment
        ends = here.display and _LABELS.sub("", here.text).rstrip().rstrip("}").endswith(".")
        begins = k and pieces[k - 1].segment.display and _BEGINS.match(here.before)
        text += (_PARTED if begins else "") + _words(HEADING.split(here.before)[-1]) + f" ⟦{k}⟧" + (". " if ends else "")
    text += _words(HEADING.split(pieces[-1].segment.after)[0])
    start, laws = 0, SpokenLaws(section, pieces, chance)
    for stop in [m.end() for m in STOP.finditer(text)] + [len(text)]:
        whole, rest = text[start:stop], re.search(r"⟦(\d+)⟧", text[stop:])
        start = stop
        parts = whole.split(_PARTED)
        for i, sentence in enumerate(parts):
            first = re.search(r"⟦(\d+)⟧", " ".join(parts[i:]) + text[stop:])
            if first is not None:
                laws.take(sentence, places[int(first[1])])
        sentence = whole.replace(_PARTED, " ")
        first = re.search(r"⟦(\d+)⟧", sentence)
        if first is None:
            continue
        begin = places[int(first[1])]
        after = places[int(rest[1])] if rest else ENDLESS
        for word, keys, values in _sentence(sentence, pieces, parts):
            law = {"law": OTHER, "uniform": "uniform", "normal": "normal"}.get(word, "")
            end = after if IF.search(sentence) and not law else ENDLESS
            hint = _name_of_law(sentence) if law == OTHER else ""
            own = re.search(r"⟦(\d+)⟧", _with_moments(parts)) if word == "moments" else None
            at = places[int(own[1])] if own else begin
            chance.facts.append(Said("law" if law else word, keys, section, at, end, law, values, hint=hint))
        for piece, keys in _laid_down(sentence, pieces):
            at = piece.segment.at
            chance.laid_down.add(at)
            chance.facts.append(Said("law", keys, section, begin - 1, ENDLESS, OTHER, hint=LAID_DOWN))  # whatever it was before
            chance.facts += (Said(word, own, section, at, values=values) for word, own, values in _moments_in(piece))
    laws.end(ENDLESS)


def _laid_down(sentence: str, pieces: Sequence[Cut]) -> Iterator[tuple[Cut, frozenset[str]]]:
    r"""The formulas of a sentence that lets moments be so, "Let $\Var(X) = 4$", and the variables that they are about."""
    said = LAYS_DOWN.search(sentence)
    for mark in re.findall(r"⟦(\d+)⟧", said["said"]) if said is not None else ():
        piece = pieces[int(mark)]
        for statement in piece.statements if not piece.segment.display else ():
            tree = piece.trees.get(statement.sides[0]) if len(statement.sides) > 1 else None
            asked = [b for key, _, b in operands(tree) if key in OPERATORS] if isinstance(tree, Node) else []
            found = [n for bracket in asked for n in names_in(bracket) if n.base.isupper()]
            keys = frozenset(full_of(n) if _is_numbered(n) else n.base for n in found)
            if keys:
                yield piece, keys


def _moments_in(piece: Cut) -> Iterator[tuple[str, frozenset[str], tuple[Node, ...]]]:
    r"""The moments of a formula that gives them: `\Var(X) = 4`, `\Cov(X, Y) = 3`."""
    empty = Node("EMPTY")
    for statement in piece.statements:
        trees = [piece.trees.get(side) for side in statement.sides]
        left, right = trees if len(trees) == 2 and statement.sides[1].relation == "=" else (None, None)
        if not isinstance(left, Node) or not isinstance(right, Node):
            continue
        found, inside = list(operands(left)), opened(left)
        names = [named(opened(a)) for a in arguments(found[0][2])] if len(found) == 1 and len(inside.parts) == 2 else []
        keys = [full_of(n) for n in names if n is not None and (not n.marks or _is_numbered(n))]
        if inside.kind != "product" or not keys or len(keys) != len(names) or any(True for _ in operands(right)):
            continue
        key = found[0][0]
        if key == "Cov" and len(set(keys)) == 2:
            yield "covariance", frozenset(keys), (right,)
        elif len(keys) == 1 and key in EXPECTATIONS | VARIANCES:
            yield "moments", frozenset(keys), (right, empty) if key in EXPECTATIONS else (empty, right)


def _is_numbered(name: Named) -> bool:
    """Whether a name is one of several that are told apart by a printed number, `X_1`."""
    return len(name.marks) == 1 and re.fullmatch(r"[A-Z]_\d", full_of(name)) is not None


def _with_moments(parts: Sequence[str]) -> str:
    """The part of a sentence that states a mean or a variance."""
    return next((part for part in parts if MEAN.search(part) or VARIANCE.search(part)), " ".join(parts))


def _name_of_law(sentence: str) -> str:
    """The name of the one distribution that a sentence names."""
    found = {m[0].lower().replace("gaussian", "normal") for m in LAWS.finditer(sentence)}
    return min(found) if len(found) == 1 else ""


def _words(before: str) -> str:
    before = re.sub(r"<!--.*?-->|%\s*calcds:[^\n]*", " ", before, flags=re.DOTALL)
    before = re.sub(r"(?:\*\*|\*|_)(\w[^*_.]*)\.(?:\*\*|\*|_)(?=\s)", r"\1: ", before)  # **Uniform.** On $[a, b]$ ...
    before = re.sub(rf"((?:^|\n)[ \t]*(?:\(?\w\)[ \t]*)?)({_TITLES})\.(?=\s)", r"\1. \2: ", before)  # a title
    before = _FRAMES.sub(" . ", before)
    plain = re.sub(r"\$+|\\[\[\]()]|[*_~]|\\(?:emph|textbf|textit)\{", " ", before)
    plain = plain.replace("i.i.d.", "iid").replace("i.i.d", "iid")
    plain = re.sub(r"independent(?:ly)?(?:,| and)* identically distributed", "iid", plain, flags=re.IGNORECASE)
    return re.sub(r"\b(?:i\.e\.|e\.g\.|resp\.|cf\.)", " ", plain)


def _sentence(
    sentence: str, pieces: Sequence[Cut], parts: Sequence[str]
) -> Iterator[tuple[str, frozenset[str], tuple[Node, ...]]]:
    if NO.search(sentence):
        return
    found = list(_relations(sentence, pieces))
    yield from ((word, keys, ()) for word, keys in found)
    if not found and re.search(r"\b(?:independent|iid|uncorrelated)", sentence, re.IGNORECASE):
        yield "unclear", frozenset(), ()
    if ALIKE.search(sentence) and not any(word == "iid" for word, _ in found):
        yield "alike", frozenset(), ()
    mean, variance = MEAN.search(sentence), VARIANCE.search(sentence)
    if mean or variance:
        begin = min(m.start() for m in (mean, variance) if m)
        keys = _owners(sentence, begin, pieces, behind="⟦" not in "".join(m[0] for m in (mean, variance) if m))
        values = (_value(mean, ZERO, pieces), _value(variance, ONE, pieces))
        if keys:
            yield "moments", keys, tuple(v if v is not None else Node("EMPTY") for v in values)
        if keys and LAWS.search(_with_moments(parts)) and not (mean and variance):
            yield "law", keys, ()  # its variance is not free
    for law in LAWS.finditer(sentence) if not (mean or variance) else ():
        before = [m for m in re.finditer(LIST, sentence) if m.end() <= law.start()]
        after = [m for m in re.finditer(LIST, sentence) if m.start() >= law.end()]
        for m in [*before[-1:], *after[:1]]:
            marks = re.findall(r"⟦(\d+)⟧", m[0])
            keys = frozenset(k for mark in marks for k in _lone(pieces[int(mark)], alone=True))
            standard = re.search(r"standard\s+$", sentence[: law.start()]) and law[0].lower() in {"normal", "gaussian"}
            owned = frozenset(k for k in keys if len(letter_of(k)) == 1)
            yield ("normal", owned, (ZERO, ONE)) if standard else ("law", owned, ())
    for m in UNIFORM.finditer(sentence):
        ends = _ends(pieces[int(m[2])])
        if ends:
            yield "uniform", _lone(pieces[int(m[1])]), ends


def _ends(piece: Cut) -> tuple[Node, ...]:
    """The a and b of `[a, b]`."""
    tree = piece.trees.get(piece.statements[0].sides[0]) if len(piece.statements) == 1 else None
    inside = opened(tree) if isinstance(tree, Node) else None
    if inside is None or inside.kind not in {"square", "round"} or len(inside.parts) != 1:
        return ()
    values = tuple(p for p in inside.parts[0].parts if p.kind != "COMMA")
    return values if len(values) == 2 else ()


def _relations(sentence: str, pieces: Sequence[Cut]) -> Iterator[tuple[str, frozenset[str]]]:
    for m in [*AFTER.finditer(sentence), *OF.finditer(sentence), *BEFORE.finditer(sentence)]:
        marks = re.findall(r"⟦(\d+)⟧", m["list"] + (m.groupdict().get("other") or ""))
        keys = frozenset(k for mark in marks for k in _lone(pieces[int(mark)]))
        word = m["word"].lower().split(" ")[0].replace("mutually", "disjoint")
        if word == "independent" and len(keys) > 2 and "pairwise" in m[0].lower():
            word = "uncorrelated"
        if keys:
            yield word, keys


def _lone(piece: Cut, *, alone: bool = False) -> frozenset[str]:
    """The names of a formula that is nothing but names, or says where they are from."""
    relations = {""} if alone else {"", "dist", "in"}
    if len(piece.statements) != 1 or any(side.relation not in relations for side in piece.statements[0].sides):
        return frozenset()
    tree = piece.trees.get(piece.statements[0].sides[0])
    return keys_of(tree) if isinstance(tree, Node) else frozenset()


def _owners(sentence: str, begin: int, pieces: Sequence[Cut], *, behind: bool) -> frozenset[str]:
    """Whose mean it is: the names in front of the word; for a "zero-mean X" the names behind it."""
    lists = [m for m in re.finditer(LIST, sentence) if m.end() <= begin]
    if not lists and behind:
        lists = list(re.finditer(LIST, sentence))[:1]
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

