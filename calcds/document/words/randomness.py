r"""What a document says of chance: which letters are random, what is independent, which mean and variance were stated.

Letters are learned from what stands in expectations ("all of \mathbb{E}[X]"); the rest from sentences around lone names.
A fact that is supposed ("If $X$ and $Y$ are independent") holds in its own sentence, every other one from its sentence to
the end of its section. What a sentence says in other words is not learned, and leaves claims undecided where it matters.

Imports: calcds.document.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from calcds.document.source.entropic import ENTROPIES, SHARED, is_about_entropies, is_unmistakable
from calcds.document.source.latex import Node, remembered, walk
from calcds.document.source.names import (
    Named,
    atom_and_marks,
    is_index,
    letter_of,
    named,
    names_in,
    opened,
    script,
    text_of,
)

EXPECTATIONS = {"bb E", "E", "bold E"}
VARIANCES = {"bb V", "Var", "bb Var", "V"}
OPERATORS = EXPECTATIONS | VARIANCES | {"Cov"}
PROBABILITIES = {"P", "bb P", "Pr", "Prob", "cal P", "bold P"}
DENSITIES = {"p", "q", "P", "Q", "bb P", "Pr"}
CAPITAL = {"P", "Q"}  # letters of mass functions where the text speaks of entropies: elsewhere Q may be any function
CONSTANTS = set("abcdkmn")  # a letter alone in an expectation that still is a number: E[c] = c
NUMBERS = set("abcdijklmnpqrst")  # letters that are numbers where they stand beside others
NOISE = {"epsilon", "varepsilon", "xi", "eta", "zeta", "omega"}  # Greek letters that are random alone in an expectation
_COMPARED = {"=", "<", ">", "<=", ">=", "!="}
BRACKETS = {"round", "square", "braces"}
ENDLESS = 1 << 60
JOINT = "joint"  # a table of the probabilities of values of several variables
LAID_DOWN = "laid down"  # the hint of an unknown law of which a sentence gives moments
OTHER = "other"  # a law of which nothing is known but that there is one
NAMED_LAW = "named law"  # of a name for a distribution: `p = N(0, 1)`
SAMPLE_VARIANCE = "sample variance"  # a formula has an s^2 that is read as the one with n - 1
EVERYWHERE = -1  # the section of what an annotation says


@dataclass(frozen=True, slots=True)
class Said:
    """A fact about random variables or events.

    word:  "independent", "iid", "uncorrelated", "disjoint", "partition", "moments", "covariance", "law", "named law", "unclear"
    keys:  names; a family `X_1, ..., X_n` stands here by its letter X
    """

    word: str
    keys: frozenset[str] = frozenset()
    section: int = -1
    start: int = 0
    end: int = ENDLESS
    law: str = ""
    values: tuple[Node, ...] = ()  # of the parameters of a law; mean and variance
    sampled: bool = False  # a formula says so: `X ~ N(0, 1)`
    said: bool = False  # a sentence says it of this variable
    hint: str = ""  # the word for a law that is not known otherwise
    claimed: bool = False  # that there is a law follows from an equation, which may be a claim about the one that is known

    def leaves(self, law: Said) -> bool:
        """Whether it says nothing new where a law is known: it repeats its name, or is an equation about it."""
        return self.claimed or (bool(self.hint) and law.law.startswith(self.hint))

    def covers(self, keys: Iterable[str]) -> bool:
        """Whether it is about all of these names, or their families."""
        return all(key in self.keys or base_of(key) in self.keys for key in keys)


@dataclass(slots=True)
class Chance:
    """Everything that is known of chance, by section."""

    spoken: bool = False  # the document speaks of probability at all
    entropic: bool = False  # and of entropy or information
    entropic_in: set[int] = field(default_factory=set)  # sections that speak of entropies
    alike_in: set[int] = field(default_factory=set)  # sections with words of variables that have equal entropies
    random_in: dict[str, set[int]] = field(default_factory=dict)  # keys or letters that are random
    vague_in: dict[str, set[int]] = field(default_factory=dict)  # keys that may be random: other letters stand beside them
    averaged_in: dict[str, set[int]] = field(default_factory=dict)  # letters of samples of which the mean is expected
    variables_in: dict[tuple[str, int], set[str]] = field(default_factory=dict)  # of a density, by its letter and section
    facts: list[Said] = field(default_factory=list)
    roles: dict[str, list[tuple[Said, str]]] = field(default_factory=dict)  # of names beside random vectors: what they are
    laid_down: set[int] = field(default_factory=set)  # places of formulas of moments that a sentence lets be so
    heads: set[int] = field(default_factory=set)  # places of formulas in tables of joint laws: events, $Y = 0$
    at: int = 0  # the place in the document that is read

    def holding(self, around: frozenset[int], *words: str) -> Iterator[Said]:
        """The facts that hold at this place."""
        for fact in self.facts:
            here = fact.section == EVERYWHERE or (fact.section in around and fact.start <= self.at < fact.end)
            if here and fact.word == "law" and fact.values and not fact.said:
                here = fact.section == max(around)  # what an equation printed: a subsection may be about another variable
            if fact.word in words and here and not (fact.word == "law" and self._replaced(fact, around)):
                yield fact

    def _replaced(self, fact: Said, around: frozenset[int]) -> bool:
        """Whether the text has given the same variables another law since, though only for the length of a sentence."""
        return any(
            other.word == "law" and other.keys == fact.keys and other.section in around
            and fact.start < other.start <= self.at and not other.leaves(fact) for other in self.facts
        )  # fmt: skip

    def is_random(self, key: str, around: frozenset[int]) -> bool:
        """Whether a name, or the letter of its family, is random in this section."""
        return any(not self.random_in.get(k, set()).isdisjoint(around | {EVERYWHERE}) for k in (key, base_of(key)))

    def tell(self, word: str, names: str) -> None:
        """An annotation says something of names, from here on."""
        said = [name.strip("\\") for name in re.split(r"[,\s$]+", names) if name]
        keys = frozenset(key for name in said for key in (name, "bold " + name))
        for key in keys if word in {"random", "iid", "centred"} else ():
            self.random_in.setdefault(key, set()).add(EVERYWHERE)
        if word != "random":
            zero = (Node("NUMBER", (), "0"), Node("EMPTY")) if word == "centred" else ()
            self.facts.append(Said("moments" if word == "centred" else word, keys, EVERYWHERE, values=zero))

    def is_operator(self, node: Node, key: str, body: object = None) -> bool:
        """Whether `P(A)`, `E(X)` or `p(x)` is no function that an equation could define."""
        tables = {k for k, _, b in operands(body) if variables_of(b)} if isinstance(body, Node) else set()
        if self.spoken and key in DENSITIES and key in tables:
            return True
        letters = [letter_of(n.base) for part in opened(node).parts[1:] for n in names_in(part)]
        capital = bool(letters) and all(len(x) == 1 and x.isupper() for x in letters)
        certain = any(n.kind in {"MID", "SEMI"} for part in opened(node).parts[1:] for n in walk(part))
        entropy = key in {"H", "I"} and (self.entropic or certain) and any(
            {x.lower() for x in letters} <= keys for (name, _), keys in self.variables_in.items() if name == "p"
        )
        if key in ENTROPIES | SHARED and isinstance(body, Node):
            about = is_about_entropies([node, body]) if self.entropic else is_unmistakable([node, body])
            if about and is_about_entropies([body]):
                return True
        inside = {n.base for part in opened(node).parts[1:] for n in names_in(part) if not is_index(n, part)}
        moment = isinstance(body, Node) and inside.isdisjoint(n.base for n in names_in(body))
        if capital and key in PROBABILITIES and isinstance(body, Node):
            chances = [b for k, _, b in operands(body) if k in PROBABILITIES and b.parts]
            if any(n.kind == "MID" or n.text in {"cap", "cup"} for b in chances for n in walk(b)):
                return True
        return self.spoken and (
            (capital and (entropy or key in PROBABILITIES or key in VARIANCES)) or ((capital or moment) and key in EXPECTATIONS)
        )

    def has_alike(self, around: frozenset[int]) -> bool:
        """Whether the text may speak of variables with equal entropies here."""
        return not self.alike_in.isdisjoint(around)

    def law_named(self, node: Node, around: frozenset[int]) -> Said | None:
        """The law of a variable X, or of a density p or p(x), where the text tells it."""
        inside = opened(node)
        density = inside.kind == "product" and len(inside.parts) == 2 and atom_and_marks(inside.parts[1])[0].kind == "round"
        name = named(inside.parts[0] if density else inside)
        if name is None or any(m.kind != "below" for m in name.marks):
            return None
        words = (NAMED_LAW,) if density else ("law", NAMED_LAW)
        found = latest_law([f for f in self.holding(around, *words) if full_of(name) in f.keys])
        return found if found is not None and found.values else None

    def tells_entropy(self, key: str, node: Node, around: frozenset[int]) -> bool:
        """Whether `H(X)` or `H(p)` is the entropy of something with a law, in a section that speaks of entropies."""
        said = self.law_named(node, around)
        return said is not None and key in {"H", "h"} and not self.entropic_in.isdisjoint(around)

    def is_parameter(self, key: str, around: frozenset[int]) -> bool:
        """Whether a name stands in a stated mean or variance."""
        facts = self.holding(around, "moments", "law")
        return any(full_of(n) == key for fact in facts for value in fact.values for n in names_in(value))

    def role(self, key: str, around: frozenset[int], since: int = -1) -> str:
        """"vector" and "covariance" where a name is a random vector or a mean, and a covariance matrix; else "".

        since: a place in the document; what was said before it does not count
        """
        said = ((f, word) for f, word in self.roles.get(key, ()) if f.section in around and since < f.start)
        here = [(f.start, word) for f, word in said if f.start <= self.at < f.end]
        return max(here)[1] if here else ""

    def is_vague(self, key: str, around: frozenset[int]) -> bool:
        """Whether it is a guess that a name is random."""
        return not self.vague_in.get(base_of(key), self.vague_in.get(key, set())).isdisjoint(around)

    def randoms(self, around: frozenset[int]) -> set[str]:
        """All letters that are random here."""
        return {key for key, sections in self.random_in.items() if not sections.isdisjoint(around | {EVERYWHERE})}

    def variables(self, letter: str, around: frozenset[int]) -> list[str]:
        """The variables of a density in this section, in a fixed order."""
        found: set[str] = set()
        for (name, section), keys in self.variables_in.items():
            if name == letter and section in around:
                found |= keys
        return sorted(found)


def latest_law(facts: Sequence[Said]) -> Said | None:
    """The law that was stated last; what repeats a known one says nothing new."""
    known = max((fact for fact in facts if fact.law != OTHER), key=lambda fact: fact.start, default=None)
    others = [fact for fact in facts if fact.law == OTHER]
    if known is None:
        return others[-1] if others else None
    return next((fact for fact in others if fact.start > known.start and not fact.leaves(known)), known)


def base_of(key: str) -> str:
    """The letter of a family: X of X_i and of all X."""
    return key.removeprefix("all ").partition("_")[0]


def is_running(key: str) -> bool:
    """Whether a name is X_i with a letter that stands for every index."""
    return key.partition("_")[2] in set("ijklr")


def full_of(found: Named) -> str:
    """The key of a name with its subscript."""
    below = [m for m in found.marks if m.kind == "below"]
    return f"{found.base}_{text_of(script(below[0]))}" if below else found.base


def arguments(bracket: Node) -> list[Node]:
    """What stands between the commas of a bracket."""
    inside = bracket.parts[0] if bracket.parts else bracket
    return [p for p in inside.parts if p.kind not in {"COMMA", "SEMI", "MID"}] if inside.kind == "items" else [inside]


@remembered
def operands(tree: Node) -> Iterator[tuple[str, Node, Node]]:
    """`E[X]`, `Var(X)`, `P(A)`: what stands before the bracket, its node and the bracket. `E X` has the X as its bracket."""
    for node in walk(tree):
        for part, following in zip(node.parts, node.parts[1:], strict=False):
            atom = atom_and_marks(part)[0]
            found = named(part)
            key = atom.text if atom.kind == "FUNC" else found.base if found is not None else ""
            bracket = atom_and_marks(following)[0]
            if node.kind == "product" and key and (bracket.kind in BRACKETS or key in {"bb E", "Var"}):
                yield key, part, bracket if bracket.kind in BRACKETS else Node("round", (following,))


def gather_random(trees: Sequence[Node], chance: Chance, section: int, functions: Collection[str]) -> None:
    """Learn which letters of a section are random, and which are the variables of its densities."""
    inside: list[Node] = []
    for tree in trees:
        for key, part, bracket in operands(tree):
            plain = key == "E" and bracket.kind == "round"
            if (key in EXPECTATIONS and (not plain or (chance.spoken and key not in functions))) or key in {*VARIANCES, "Cov"}:
                inside += arguments(bracket)
                for letter in _sampled(part):
                    chance.random_in.setdefault(letter, set()).add(section)
            if key in PROBABILITIES:
                conditions = [n for n in walk(bracket) if n.kind == "item" and n.parts[1].text in _COMPARED]
                for letter in (n.base for c in conditions for n in names_in(c.parts[0]) if _is_strong(n.base) or _is_valued(c)):
                    chance.random_in.setdefault(letter, set()).add(section)
            capital = key in CAPITAL and chance.entropic
            density = key in DENSITIES and (capital or key not in {*CAPITAL, *PROBABILITIES})
            if density and bracket.kind == "round" and (keys := variables_of(bracket)):
                chance.variables_in.setdefault((key, section), set()).update(keys)
    for letter in (k for node in inside for k in _alone(node)):
        chance.random_in.setdefault(letter, set()).add(section)
    known = chance.randoms(frozenset({section}))
    for node in inside:
        weak = dict.fromkeys(n.base for n in names_in(node) if _is_weak(n.base))
        if known.isdisjoint(n.base for n in names_in(node)):
            for letter in weak:
                chance.random_in.setdefault(letter, set()).add(section)
                if len(weak) > 1:
                    chance.vague_in.setdefault(letter, set()).add(section)


def _sampled(part: Node) -> list[str]:
    r"""The x of `\mathbb{E}_{x \sim p}`."""
    for mark in (m for m in atom_and_marks(part)[1] if m.kind == "below"):
        inside = opened(mark.parts[0])
        if inside.kind == "item" and inside.parts[1].text == "dist":
            return [n.base for n in names_in(inside.parts[0])]
    return []


def _alone(node: Node) -> list[str]:
    """The letters that are random for certain: what stands alone in an expectation, capitals, noise, estimates."""
    alone = named(opened(node))
    powers = [n.base for m in (alone.marks if alone is not None else ()) if m.kind == "above" for n in names_in(m)]
    if any(map(_is_strong, powers)):  # of z^X the exponent is random
        return [key for key in powers if _is_strong(key)]
    if alone is not None and alone.base not in {"e", "pi"}:
        letter = letter_of(alone.base)
        greek = len(letter) > 1 and letter not in NOISE and not alone.base.startswith("hat ")
        return [] if greek or letter in CONSTANTS else [alone.base]
    found = [n.base for n in names_in(node)]
    vectors = any(k.startswith("bold ") and letter_of(k).islower() for k in found)
    return [k for k in found if _is_strong(k) and not (vectors and letter_of(k).isupper())]


def _is_strong(key: str) -> bool:
    letter = letter_of(key)
    upper = len(letter) == 1 and letter.isupper() and letter not in {"E", "P", "V", "I"}
    plain = key.removeprefix("bar ").removeprefix("tilde ") == letter
    return (plain and (upper or letter in {"epsilon", "varepsilon", "xi"})) or key.startswith("hat ")


def _is_valued(condition: Node) -> bool:
    """Whether a name is compared with a number: of the m of `P(m = 1)` there is nothing else to be asked."""
    left, right = opened(condition.parts[0]), opened(condition.parts[2])
    return right.kind == "NUMBER" and named(left) is not None


def _is_weak(key: str) -> bool:
    letter = letter_of(key)
    return len(letter) == 1 and letter.islower() and letter not in {*NUMBERS, "e"}


def variables_of(bracket: Node) -> set[str]:
    """The x and y of `p(x | y)`; nothing where something else stands in the brackets."""
    found = [named(opened(node)) for node in arguments(bracket)]
    if not found or any(n is None or n.marks for n in found):
        return set()
    keys = {n.base for n in found if n is not None}
    return keys if all(letter_of(k).islower() and len(letter_of(k)) == 1 for k in keys) else set()
