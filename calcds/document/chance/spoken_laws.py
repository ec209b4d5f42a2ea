r"""Whose law it is that a section speaks of, and how long it holds.

    "Let $X$ be Poisson with mean $\lambda$"                   the law of X, up to where X gets another one
    "**Exponential.** Density $\lambda e^{-\lambda x}$. ..."    the law of the one variable that is expected in what follows
    "For a fair die, $E[X] = 7/2$"                              so is this

Where a variable is introduced anew, its law ends. Where the text comes to another distribution, what a formula printed of a
variable holds no longer; where that is the title of a paragraph, what sentences said of variables neither. From there on
nothing is known of their laws: this leaves claims undecided, while an old law would make true lines wrong.

Imports: calcds.document.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from calcds.document.chance.distributions import laws_in, variables_expected, variables_named
from calcds.document.chance.laws import OTHER
from calcds.document.source.latex import Node
from calcds.document.source.names import text_of
from calcds.document.source.statements import Cut
from calcds.document.words.phrases import NO
from calcds.document.words.randomness import ENDLESS, Chance, Said

_COMMON = "bernoulli|poisson|binomial|geometric|uniform|normal|gaussian|gamma|beta|exponential|laplace|die"
_ANOTHER = re.compile(  # what is about another variable
    rf"\b(?:{_COMMON}|joint|dice|coin|"
    r"densit(?:y|ies)|let|suppose|assume|consider|data|samples?|convolution|independent|in general|for any|"
    r"theorem|lemma|proof|inequality|central limit|law of large)\b",
    re.IGNORECASE,
)
_NAMES = re.compile(
    rf"\b(?:{_COMMON}|chi-?squared?|weibull|"
    r"pareto|cauchy|student|lognormal|log-normal|rayleigh|rademacher)\b",
    re.IGNORECASE,
)
_TITLE = re.compile(
    rf"[\s}}]*(?:[-*#]+\s*|\(?\w\)\s*|\d+[.)]\s*)?(?:the\s+)?(?:{_NAMES.pattern})(?:\s+(?:distribution|law|variables?))?\s*[:.}}]",
    re.IGNORECASE,
)
_AGAIN = re.compile(  # a variable is introduced anew
    r"\b(?:let|if|suppose|assume|consider|when|where|for)\b[^⟦.]{0,40}⟦(?P<own>\d+)⟧\s*"
    r"(?:is|be|are|has|have|denotes?|takes?|with|equals?)\b",
    re.IGNORECASE,
)
_PARTLY = re.compile(
    r"\b(?:otherwise|else|either|mixture|mixed|given(?: that)?\s+⟦|conditional\w*|respectively|"
    r"with probability\s+⟦\d+⟧[^⟦]{1,30}⟦)",
    re.IGNORECASE,
)
_OF_SEVERAL = re.compile(
    r"\b(?:maxim(?:um|a)|minim(?:um|a)|largest|smallest|order statistics?|median|range|sum|total|product|ratio|difference)\s+"
    r"(?!likelihood)(?:of\b|⟦|[A-Z]\b|has\b|is\b)|\border statistics?\b",
    re.IGNORECASE,
)
_SAME = re.compile(r"\bindependent|\bas (?:above|before)\b", re.IGNORECASE)


class SpokenLaws:
    """The laws of a section, sentence by sentence."""

    def __init__(self, section: int, pieces: Sequence[Cut], chance: Chance) -> None:
        self.section, self.pieces, self.chance = section, pieces, chance
        self.law: tuple[str, tuple[Node, ...], int] | None = None  # that is spoken of without a variable
        self.keys: set[str] = set()  # what is expected since
        self.certain = False  # a title, or the sentence itself expects the variable: it is not that of another law

    def take(self, sentence: str, at: int) -> None:
        """Learn the distributions of a sentence; at: where its formulas begin."""
        if self.law is not None and _ANOTHER.search(sentence):
            self.end(at - 1)
        elif self.law is not None:
            self.keys |= self._expected(sentence)
        self._leave(sentence, at)
        self._introduce(sentence, at)
        found = list(laws_in(sentence, self.pieces)) if not NO.search(sentence) else []
        for law, keys, values in found:
            others = [one for one in found if one[1] == keys and (one[0], _said(one[2])) != (law, _said(values))]
            if _PARTLY.search(sentence) or others:  # a law for a part of the cases, or for given values
                self._add(keys, at, ENDLESS, OTHER, ())
                continue
            if not keys and _OF_SEVERAL.search(sentence):  # what is expected is the maximum of variables with this law
                continue
            if not keys:
                self.law, self.keys = (law, values, at), self._expected(sentence)
                self.certain = bool(_TITLE.match(sentence)) or len(self.keys) == 1
                continue
            lone = {key for piece in self._formulas(sentence) for key in variables_named(piece)}
            said = any(key in lone or re.search(rf"\b{key}\b", sentence) for key in keys)
            if not said and _OF_SEVERAL.search(sentence):
                continue
            if not said and any(f.said and f.keys & keys and f.law not in {OTHER, law} for f in self._laws()):
                self._add(keys, at, ENDLESS, OTHER, ())  # perhaps another variable than the one that got its law by name
                continue
            self._add(keys, at, ENDLESS, law, values, said=said)
            for key in keys:
                self.chance.random_in.setdefault(key, set()).add(self.section)

    def end(self, at: int) -> None:
        """The law that is spoken of ends: from here on none is known."""
        if self.law is None:
            return
        (law, values, begin), self.law = self.law, None
        keys, older = frozenset(self.keys), [f for f in self._laws() if f.said and f.start < begin]
        if len(keys) == 1:
            own = self.certain or not any(f.keys & keys for f in older)
            self._add(keys, begin, at, law if own else OTHER, values if own else ())
            self._add(keys, at, ENDLESS, OTHER, ())

    def _leave(self, sentence: str, at: int) -> None:
        """Where a text comes to another distribution, older laws end."""
        title = _TITLE.match(sentence)
        words = {m[0].lower().replace("gaussian", "normal") for m in _NAMES.finditer(sentence)}
        for fact in self._laws():
            known = fact.law != OTHER
            others = {w for w in words if not fact.law.startswith(w[:5]) and not (fact.law == "equal" and w == "die")}
            if not known and title and fact.start < at < fact.end and all(key.islower() for key in fact.keys):
                place = self.chance.facts.index(fact)  # the x_i of the Bernoulli sample before are not those of this one
                self.chance.facts[place] = replace(fact, end=at)
            elif known and others and fact.start < at < fact.end and (title or not fact.said):
                self._add(fact.keys, at - 1, ENDLESS, OTHER, ())

    def _introduce(self, sentence: str, at: int) -> None:
        """Where a variable is introduced anew, its older law ends: "Let $X$ be the sum of two throws"."""
        again = {key for m in _AGAIN.finditer(sentence) for key in variables_named(self.pieces[int(m["own"])])}
        for fact in self._laws() if again and not _SAME.search(sentence) else ():
            if fact.law != OTHER and fact.start < at - 1 and not fact.keys.isdisjoint(again):
                self._add(fact.keys, at - 1, ENDLESS, OTHER, ())

    def _laws(self) -> list[Said]:
        return [f for f in self.chance.facts if f.word == "law" and f.section == self.section]

    def _add(self, keys: frozenset[str], at: int, end: int, law: str, values: tuple[Node, ...], *, said: bool = False) -> None:
        self.chance.facts.append(Said("law", keys, self.section, at, end, law, values, said=said))

    def _formulas(self, sentence: str) -> list[Cut]:
        return [self.pieces[int(mark)] for mark in re.findall(r"⟦(\d+)⟧", sentence)]

    def _expected(self, sentence: str) -> set[str]:
        return {key for piece in self._formulas(sentence) for key in variables_expected(piece)}


def _said(values: Sequence[Node]) -> list[str]:
    return [text_of(value) for value in values]


__all__ = ["SpokenLaws"]
