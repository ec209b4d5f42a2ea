r"""Words in front of a claim that restrict what it is about: "If $A$ and $B$ commute", "for orthogonal vectors $u$ and $v$".

A claim that fails for some values is no mistake where its sentence excludes these values, and what sentences suppose is
understood in part only. So a claim that does not hold in general is not called wrong

    where its sentence has a condition in words, "if", "since", or a word of the table that says what its names are;
    where a sentence before it lets its names be so, "Let $u$ and $v$ be orthogonal.";

unless a small change of it holds for all values, which shows what was meant. One condition is understood: that two vectors
are orthogonal.

Imports: calcds.document.source.extract.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from calcds.document.source.extract import Segment

CONDITION = re.compile(
    r"\b(?:if|when|whenever|since|because|provided|assuming|suppos\w+|as long as|once|given that|unless|under|in case|"
    r"for (?:which|such))\b",
    re.IGNORECASE,
)
# words with which other numbers are meant, or no equality is claimed
_OTHERWISE = (
    r"\b(?:modulo|mod \d+|in (?:base|binary|hexadecimal|octal|decibels?|dB)|floating[- ]point|machine (?:precision|numbers?|"
    r"arithmetic)|(?:single|double) precision|cancellation|digit arithmetic|keep(?:ing|s)? (?:only )?\w+ digits|"
    r"characteristic (?:two|2|p)|exclusive or|XOR|tropical|saturating|true or false|"
    r"which of (?:these|the following))\b"
)
# words with which an equality need not be exact
_NEARLY = (
    r"\b(?:to (?:the )?(?:first|leading|lowest|second|this) order|first-order|ignoring|neglect\w*|disregarding|"
    r"dropping|omitting|discarding|"
    r"up to (?:an?|the|its|some|sign|scal\w+|order|terms|constants?|factors?|signs?|permut\w+)|"
    r"roughly|nearly|almost|heuristically|formally|asymptotically|"
    r"for (?:very )?(?:small|large|tiny|huge)|far (?:away|out)|small[ -]angles?|(?:near|close to) (?:zero|0|the origin)|"
    r"lineari[sz]\w+|loosely|sloppily|naively|in the limit)\b|\b(?:near|close to) \N{INTERLINEAR ANNOTATION ANCHOR}"
)
_HEDGE = re.compile(rf"{_OTHERWISE}|{_NEARLY}", re.IGNORECASE)
_OF_OTHERS = re.compile(_OTHERWISE, re.IGNORECASE)
_REMAINDER = re.compile(r"(?<![A-Za-z\\])(?:\\mathcal\s*\{?\s*)?[Oo]\s*\}?\s*(?:\\left)?\s*\(")
_HEADING = re.compile(r"\\(?:part|chapter|(?:sub)*section|(?:sub)?paragraph)\b|^#{1,6}[ \t]", re.MULTILINE)  # the next one
_ASKS = re.compile(r"[^.;:!]*\?")
# words of a condition that are understood where they stand: kinds, shapes and laws
_UNDERSTOOD = re.compile(
    r"\b(?:is|are|be|being|denotes?|an?|the|any|all|both|two|every|each|and|or|of|with|has|have|then|we|get|size|order|dimension|"
    r"matri(?:x|ces)|vectors?|columns?|rows?|square|real|complex|numbers?|scalars?|integers?|symmetric|invertible|positive|"
    r"negative|definite|semi-?definite|diagonal|functions?|differentiable|smooth|continuous|random|variables?|independent|iid|"
    r"means?|variances?|covariance|expectations?|distribut\w+|laws?|normal\w*|gaussian|constants?|fixed|given|that|as|follows|"
    r"by|in|on|from|for|to|where|holds?|satisf\w+|depends?|acts?|entry|entrywise|elementwise)\b|[^\w]+",
    re.IGNORECASE,
)
_PROPERTIES = (
    r"commut\w+|orthogonal\w*|perpendicular\w*|parallel|collinear|proportional|normali[sz]ed|"
    r"unit (?:length|vectors?|norm|circle|sphere)|right angles?|(?:same|opposite|equal) signs?|(?:an?|unit) eigenvector|"
    r"null ?space|kernel of|rotations?|reflections?|idempotent|nilpotent|involut\w+|unipotent|"
    r"rank[ -](?:one|two|1|2|at most)|triangular|cent(?:ered|red)|(?:zero|vanishing)[ -]means?|mean[ -](?:zero|free)|"
    r"sums? to|add up to|skew\w*|anti-?symmetric|even|odd|periodic|constant functions?|permutation|circulant|traceless|"
    r"isotropic|homogeneous|stationary|fixed points?|"
    r"on the (?:unit |main )?(?:circle|sphere|line|plane|simplex|boundary)|coincid\w+|vanish\w*|"
    r"equal to each other|identical|non-?negative|standardi[sz]ed|whitened|binary|stochastic|disjoint|balanced|singular|"
    r"degenerate|tangent to|in (?:the )?equilibrium|steady|linearly dependent|inverse of each"
)
PROPERTY = re.compile(rf"\b(?:{_PROPERTIES})\b", re.IGNORECASE)
_ROOT = re.compile(
    r"\b(?:(?:roots?|zeros?|solutions?) (?:of|to)|satisf\w+|solves?|fixed points?|roots? of unity|golden (?:ratio|section)|"
    r"primitive)\b",
    re.IGNORECASE,
)
_LETS = re.compile(
    r"^\W*(?:\w+\W+){0,2}?(?:let|suppose|assum\w+|consider|take|given|throughout|for)\b", re.IGNORECASE
)
_ENDS = re.compile(
    r"(?<=[.?!;])(?<!i\.e\.)(?<!e\.g\.)\s|\n[ \t]*(?:[-*+]|\d+[.)]|\\item|#+)[ \t]|\n[ \t]*\n(?=[ \t]*[A-Z*])"
)
NO_WORDS = r"<!--[\s\S]*?-->|%\s*calcds:[^\n]*|\N{INTERLINEAR ANNOTATION ANCHOR}"  # annotations, and the mark below
_FENCES = re.compile(rf"\$+|\\[()\[\]]|\\(?:begin|end)\{{[a-z]+\*?\}}|{NO_WORDS}")
_FORMULA = re.compile(r"\$([^$]*)\$|\\\((.*?)\\\)")
_LISTED = re.compile(r"\s*,\s*(?:\\[,;! ]\s*)*")
_LIST = re.compile(r"[\\A-Za-z_{}\d]+(?:\s*,\s*(?:\\[,;! ]\s*)*[\\A-Za-z_{}\d]+)+")
_STOP = re.compile(r"[.;:?!](?:\s|$)")
MARK = "\N{INTERLINEAR ANNOTATION ANCHOR}"  # in the place of a formula; in no text
_PAIR = rf"{MARK}\s*(?:,|and)\s*{MARK}"
_PRINTED_ONLY = re.compile(
    rf"\b(?:if|when|whenever|since|as)\s+{MARK}(?:[,\s]+(?:(?:is|are|and|with|where|an?)\s+)*{MARK})*(?=\s*(?:,|then\b|"
    rf"{MARK}|$))",
    re.IGNORECASE,
)  # a condition that is printed in formulas only
_READ = re.compile(r"=|\\sim\b|\\times\b|\\in\b")
_ORTHOGONAL = (
    re.compile(rf"{_PAIR}\s+(?:are|be|being)\s+(?:\w+\s+)?(?:orthogonal|perpendicular)\b(?!\s+matri)"),
    re.compile(
        rf"\b(?:orthogonal|perpendicular)\s+(?:(?:pairs?|of|vectors?|directions?|columns?)\s+)*{_PAIR}"
    ),
    re.compile(rf"{MARK}\s+(?:is|be|being)\s+(?:orthogonal|perpendicular)\s+to\s+{MARK}"),
    re.compile(rf"\borthogonality\s+of\s+{_PAIR}"),
)
_LETTER = re.compile(r"\\?[A-Za-z]+(?:_\w)?")
_NAME = r"(\\?[A-Za-z]+(?:_\w)?|\\(?:mathbf|vec|bm|boldsymbol)\s*\{?\s*\\?[A-Za-z]+\}?)"
_PRINTED = tuple(re.compile(one) for one in (
    rf"{_NAME}\s*\\perp\s*{_NAME}",
    rf"{_NAME}\s*\\cdot\s*{_NAME}\s*=\s*0",
    rf"\\langle\s*{_NAME}\s*,\s*{_NAME}\s*\\rangle\s*=\s*0",
    rf"{_NAME}\s*(?:\^\s*\{{?(?:T|\\top|\\intercal)\}}?|')\s*{_NAME}\s*=\s*0",
))  # fmt: skip
_DENIED = re.compile(  # "not necessarily symmetric" supposes nothing
    r"\b(?:need not be|not(?! negative)|without being|instead of being)"
    r"(?: (?:necessarily|always|assumed|required|supposed|to|be))* (?:an? )?[\w-]+",
    re.IGNORECASE,
)
_SAID = {  # a hypothesis with which a claim holds, and how texts say it
    "commute": re.compile(r"\bcommut(?:e|es|ing)\b", re.IGNORECASE),
    "nonnegative": re.compile(r"\b(?:non-?negative|positive|same signs?|not negative)\b", re.IGNORECASE),
    "unit vector": re.compile(r"\b(?:unit|normali[sz]ed)\b", re.IGNORECASE),
    "orthonormal": re.compile(r"\b(?:orthonormal|unit|normali[sz]ed)\b", re.IGNORECASE),
    "orthogonal": re.compile(r"\b(?:orthogonal|rotation|reflection|isometry)\b", re.IGNORECASE),
    "diagonal": re.compile(r"\bdiagonal\b", re.IGNORECASE),
    "symmetric": re.compile(r"\b(?:symmetric|self-?adjoint)\b", re.IGNORECASE),
    "invertible": re.compile(r"\b(?:invertible|non-?singular|regular)\b", re.IGNORECASE),
}
_OF_LENGTH_ONE = re.compile(r"([a-z]\w*) is (?:unit|a unit vector|orthonormal)")  # of one column, all the same
_BAR = r"(?:\\\||\\[lr]?Vert\b|\|\|)"
_NORMED = tuple(re.compile(one) for one in (
    rf"(?:\\left\s*)?{_BAR}\s*{_NAME}\s*(?:\\right\s*)?{_BAR}\s*(?:_\s*\{{?2\}}?)?\s*(?:\^\s*\{{?2\}}?)?\s*=\s*1",
    rf"{_NAME}\s*(?:\^\s*\{{?(?:T|\\top|\\intercal)\}}?|')\s*\1\s*=\s*1",
))  # fmt: skip
MOST = 60  # formulas back


@dataclass(frozen=True, slots=True)
class _Sentence:
    """The words of a sentence with a mark for every formula, and the formulas."""

    words: str
    inside: list[str]

    def names(self, name: str) -> bool:
        """Whether a name stands in one of its formulas."""
        return any(re.search(rf"(?<![A-Za-z]){re.escape(name)}(?![A-Za-z])", one) for one in self.inside)

    def of_length_one(self, name: str) -> bool:
        r"""Whether one of its formulas is `\|u\| = 1` or `u^T u = 1`."""
        found = (pattern.fullmatch(one.strip(" .,;")) for one in self.inside for pattern in _NORMED)
        return any(one is not None and _plain(one[1]) == name for one in found)

    def understood(self) -> str:
        r"""Its words without conditions in formulas that are read elsewhere: "If $A$ is $n \times n$", "if $y = Ax$, then"."""
        words = self.words
        for found in _PRINTED_ONLY.finditer(self.words):
            first = self.words.count(MARK, 0, found.start())
            said = self.inside[first : first + found[0].count(MARK)]
            if all(_READ.search(one) or _LETTER.fullmatch(one.strip()) for one in said) and any(map(_READ.search, said)):
                words = words.replace(found[0], " ", 1)
        return words

    def orthogonal(self) -> Iterator[tuple[str, str]]:
        """The pairs of formulas that it calls orthogonal."""
        for pattern in _ORTHOGONAL:
            for found in pattern.finditer(self.words):
                first = self.words.count(MARK, 0, found.start())
                yield _plain(self.inside[first]), _plain(self.inside[first + 1])
        for printed in (pattern.fullmatch(one.strip()) for one in self.inside for pattern in _PRINTED):
            if printed:
                yield _plain(printed[1]), _plain(printed[2])


@dataclass(slots=True)
class Restrictions:
    r"""What a section has said so far.

    >>> here = Restrictions()
    >>> for said, formula in (("If $", "A"), ("$ and $", "B"), ("$ commute, then $", "AB = BA")):
    ...     here.hear(Segment(formula, 0, False, said, 0))
    >>> here.restriction(["A", "B"])
    'If'
    >>> for said, formula in ((". If $", "x"), ("$ is a vector, then $", "x = x")):
    ...     here.hear(Segment(formula, 0, False, said, 0))
    >>> here.restriction(["x"])
    ''
    """

    heard: list[Segment] = field(default_factory=list)

    def hear(self, segment: Segment) -> None:
        """The next formula of the document with the words before it."""
        if self.heard and self.heard[-1].section != segment.section:
            self.heard.clear()
        self.heard.append(segment)
        del self.heard[:-MOST]

    def own(self) -> str:
        """The words of the sentence of the last formula, before it, with a mark for every other formula."""
        return self._sentences()[-1].words

    def hedge(self, *, far: bool = False) -> str:
        """Words in the sentence of the last formula with which no equality is meant exactly, or none is claimed; or "".

        far: its sides are numbers of which none is an approximation of the other
        """
        pattern = _OF_OTHERS if far else _HEDGE
        behind = _HEADING.split(self.heard[-1].after, maxsplit=1)[0]
        if _REMAINDER.search(self.heard[-1].text):
            return ""  # it says itself how far it is meant
        found = pattern.search(self._sentences()[-1].words) or pattern.match(behind.strip(" $),")) or _ASKS.match(behind)
        return found[0].strip() if found else ""

    def restriction(self, names: Collection[str]) -> str:
        """The words in front of the last formula which may be all that makes it true; "" where there are none.

        names: that stand in it, as they are printed
        """
        *before, own = self._sentences()
        words = own.understood()
        condition = CONDITION.search(words)
        known = condition is None or not _UNDERSTOOD.sub("", words[condition.end() :])
        found = PROPERTY.search(own.words) if known else condition
        if found:
            return found[0]
        for said in reversed(before):
            found = PROPERTY.search(said.words) if _LETS.search(said.words) else None
            if found and any(map(said.names, names)):
                return found[0]
        return ""

    def root(self, names: Collection[str]) -> str:
        """Words before the last formula that say that one of its names is a root or a solution; "" where there are none."""
        for said in self._sentences():
            found = _ROOT.search(said.words)
            if found and any(map(said.names, names)):
                return found[0]
        return ""

    def orthogonal(self) -> set[tuple[str, str]]:
        r"""The pairs of names that the sentence of the last formula, or one before that lets them be so, calls orthogonal.

        >>> here = Restrictions()
        >>> for said, formula in (("Let $", "u"), ("$ and $", "v"), ("$ be orthogonal vectors. Then $", "|u| = 1")):
        ...     here.hear(Segment(formula, 0, False, said, 0))
        >>> here.orthogonal()
        {('u', 'v')}
        """
        return {pair for said in self._about() for pair in said.orthogonal()}

    def supposes(self, holds_if: str) -> str:
        """The one of some hypotheses, "A and B commute or n = 1", that the words around the last formula suppose, or ""."""
        for one in holds_if.split(" or "):
            for stem, pattern in _SAID.items():
                found = re.fullmatch(rf"([\w, ]+?) (?:are|is|all )?(?: ?an?)? ?{stem}", one)
                names = re.split(r", | and ", found[1]) if found else []
                if names and any(
                    pattern.search(_DENIED.sub("", said.words)) and all(map(said.names, names)) for said in self._about()
                ):
                    return one
        return ""

    def of_length_one(self, hypothesis: str) -> str:
        r"""The hypothesis that a vector has length 1 where formulas around the last one say so: `\|u\| = 1`; ""."""
        found = _OF_LENGTH_ONE.fullmatch(hypothesis)
        said = found is not None and any(one.of_length_one(found[1]) for one in self._about())
        return hypothesis if said else ""

    def _about(self) -> list[_Sentence]:
        """What says what the names of the last formula are: its sentence, the words behind it, and what lets them be so."""
        *before, own = self._sentences()
        behind = _STOP.split(self.heard[-1].after)[0]
        inside = [found[1] or found[2] or "" for found in _FORMULA.finditer(behind)]
        rest = _sentence(_FORMULA.sub(MARK, behind), inside)
        return [*(said for said in before if _LETS.search(said.words)), own, rest]

    def _sentences(self) -> list[_Sentence]:
        *earlier, last = self.heard
        text = "".join(f"{_FENCES.sub('', one.before)}{MARK}" for one in earlier) + _FENCES.sub(
            "", last.before
        )
        found, taken = list[_Sentence](), 0
        for said in _ENDS.split(text):
            count = said.count(MARK)
            found.append(_sentence(said, [one.text for one in earlier[taken : taken + count]]))
            taken += count
        return found


def _sentence(words: str, inside: list[str]) -> _Sentence:
    """A sentence in which the names of a list, `u, v`, are formulas of their own."""
    parts = [_LISTED.split(one.strip()) if _LIST.fullmatch(one.strip()) else [one] for one in inside]
    marks = iter([", ".join(MARK for _ in part) for part in parts])
    return _Sentence(re.sub(MARK, lambda _: next(marks), words), [one for part in parts for one in part])


def _plain(name: str) -> str:
    r"""The letter of `\mathbf{u}`, `\vec u`, `u_1`, as a symbol has it."""
    return re.sub(r"\\(?:mathbf|vec|bm|boldsymbol)\b|[{}\\\s]", "", name)


__all__ = ["CONDITION", "MARK", "NO_WORDS", "PROPERTY", "Restrictions"]
