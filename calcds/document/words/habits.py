"""How a whole document is written: which letter is the imaginary unit, whether it speaks of differentials, its layout.

Imports: calcds.document.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from calcds.document.source.bracketed import brackets_are_indices, signals_in, speaks_of_signals
from calcds.document.source.extract import Document
from calcds.document.words.scope import Scope
from calcds.document.words.wording import constants_in

_SOLVING = re.compile(
    r"\bdifferential equation|\bODEs?\b|\bPDEs?\b|\binitial[ -]value|\bintegrating factor|\bBernoulli equation|"
    r"\bhomogeneous|\bimplicit",
    re.IGNORECASE,
)
_UNIT = r"\$(?:\\(?:mathbf|boldsymbol|bm|mathrm)\s*)?\{?(?P<%s>[A-Z])\}?(?:_\{?\w\}?)?\$"
_IDENTITY = re.compile(
    _UNIT % "first" + r"\s+(?:is|be|denotes|for|stands for)\s+the\s+(?:\w+[ -]){0,3}(?:unit|identity)\s+matrix"
    r"|\b(?:unit|identity)\s+matrix\s+(?:is\s+)?(?:denoted\s+)?(?:by\s+)?" + _UNIT % "last",
    re.IGNORECASE,
)
_LAYOUT = re.compile(r"\b(numerator|denominator)[ -]layout", re.IGNORECASE)
_ENGINEERS = re.compile(
    r"\$j\$ (?:is|for|denotes|being|stands for|as) (?:the|an) imaginary unit|imaginary unit \$j\$|\bj\^(?:2|\{2\}) ?= ?-1"
    r"|\bj ?= ?\\sqrt ?\{? ?-1",
    re.IGNORECASE,
)  # j where engineers write j
_PHASE = r"e\^\{ ?-? ?j ?(?:[0-9]|\\(?:omega|Omega|theta|phi|varphi|pi|alpha|frac)\b)"  # `e^{j\omega t}`
_COUNTING_J = re.compile(r"_ ?\{?[a-z, ]{0,4}j|\bj ?=|\bj ?\\in|\bj ?\\ne")  # j where it numbers something
_MATHEMATICIANS = re.compile(r"e\^\{?-?(?:[0-9]|\\pi)* ?i(?![A-Za-z_,])|\\pi ?i\b|\bi\^(?:2|\{2\}) ?= ?-1")
_DIFFERENTIALS = re.compile(r"\bdifferentials?\b(?!\s+(?:equation|entrop|operator|geometr|calculus))", re.IGNORECASE)
_EINSTEIN = re.compile(r"\bEinstein(?:'s|ian)?\s+(?:sum\w*|notation|convention)|\bsummation\s+convention", re.IGNORECASE)
_BINARY = re.compile(
    r"\b(?:binary|bits?|algorithms?|recurrences?|running time|recursion|sort(?:ing)?)\b|\\lg ?2 ?= ?1\b", re.IGNORECASE
)  # \lg where it is a logarithm to base 2
_CLASSES = re.compile(r"\bsoftmax|cross[ -]entropy|\bone[ -]hot\b|\bmulti-?class|\bclass labels?\b", re.IGNORECASE)
_AXIS = re.compile(r"softmax[^$]{0,20}[^.]{0,80}?\b(row|column)|\b(row|column)[^.$]{0,60}\bsoftmax", re.IGNORECASE)
_COMPLEX = re.compile(
    r"\bcomplex (?:number|plane|conjugate|exponential)|\bimaginary|\broots? of unity|\\mathbb\{C\}|i\^2 = -1|"
    r"e\^\{?-? ?(?:i|\\mathrm\{i\})(?![A-Za-z_,])",
    re.IGNORECASE,
)
_BASIS = re.compile(r"(?:[0-9)}]|[a-z])\s*\\(?:mathbf|hat|vec|boldsymbol)\s*\{?([ijk])\}?(?![\w_^])")  # `3\mathbf i`
_WEIGHTED = re.compile(r"\bweighted (?:sample )?(?:mean|average)|\bcent(?:re|er) of (?:mass|gravity)|\bcentroid", re.IGNORECASE)
_SAMPLED = re.compile(
    r"\b(?:samples?|observations?|data|estimat\w+|(?:un)?biased|measurements?|(?:log-?)?likelihood|i\.?i\.?d)\b", re.IGNORECASE
)
_TIED = re.compile(
    r"\b(?:correlat\w*|auto-?correlat\w*|auto-?regress\w*|without replacement|dependent|exchangeable|martingales?|Markov|"
    r"time series|finite population)\b", re.IGNORECASE
)
_NORMAL = re.compile(
    r"\bstandard[\s-]+(?:normal|Gaussian)|\b(?:normal|Gaussian)[\s-]+(?:distribut|cdf|c\.d\.f|CDF|law|random|variable|density)|"
    r"\bGELU\b|\bprobit\b|\bnormally\s+distributed",
    re.IGNORECASE,
)
_CUMULATIVE = re.compile(
    r"\bdistribution\s+function|\bcdf\b|\bc\.d\.f|\bGELU\b|\bprobit\b|\bstandard\s+normal", re.IGNORECASE
)
_USED = re.compile(  # P(X \le x) = \Phi(...) says what \Phi is
    r"P\s*(?:\\left)?\([^$=]{0,60}(?:\\leq?\b|\\geq?\b|<|>)[^$=]{0,60}\)\s*&?\s*(?:=|\\approx)\s*(?:1\s*-\s*)?\\Phi\b"
)
_FEATURES = re.compile(
    r"\bfeature\s+(?:map|vector|matri|space)|\bdesign\s+matri|\bbasis\s+function|\bpotential\b|\bflow\b", re.IGNORECASE
)
_DENSITY = re.compile(
    r"\b(?:density|pdf|p\.d\.f\.)(?:\s+(?:is|be|of|function|the|standard|normal|distribution|Gaussian|a))*[\s,(]*\$\\(phi|varphi)\b|"
    r"\$\\(phi|varphi)(?:\(\w\))?\$\s+(?:(?:is|for|be|denotes?|the|its|a|standard|normal|Gaussian|being|as|distribution|and)\s+)*"
    r"(?:density|pdf)\b|"
    r"\b(?:density|pdf)\s+(?:and\s+[^$]{0,30})?\$\\(phi|varphi)\b|"
    r"\\Phi'(?:\(\w\))?\s*=\s*\\(phi|varphi)\b|\\(phi|varphi)(?:\(\w\))?\s*=\s*\\Phi'",
    re.IGNORECASE,
)

_GAMMA = re.compile(
    r"\b(?:gamma|beta|chi-?squared?)[\s-]+(?:functions?|distribut\w+|laws?|random|priors?|posteriors?|densit\w+|variables?)|"
    r"\\(?:mathrm|operatorname|text|mathcal)\{(?:Gamma|Ga|Beta|Dirichlet|Dir)\}|\bDirichlet", re.IGNORECASE
)  # fmt: skip


_IMPULSE = re.compile(
    r"\b(?:unit|Kronecker|discrete|Dirac)[\s-]+(?:impulses?|samples?|deltas?|pulses?)\b|\bimpulses?\s+\$?\\delta|"
    r"\\delta\s*(?:\[0\]|_0|_\{0\})\s*=\s*1|\bdelta (?:sequence|impulse|signal)|"
    r"\\delta\s*(?:\[\w\]|_\w)?\s*\$?\s*(?:be|is|equals?|=)\s*\$?1\$?\s*(?:at|for|if|when)\b",
    re.IGNORECASE,
)
_DESCENT = re.compile(r"\b(?:gradient|steepest)[\s-]+descent\b", re.IGNORECASE)
_PERIOD = re.compile(
    r"\b(?:modulo|mod|period(?:ic with period)?|\w*[- ]periodic extension of period)\s*\$?\s*([A-Z])\b|\$([A-Z])\$-periodic"
)


def _section_at(document: Document, at: int) -> int:
    return max(0, bisect_right(document.starts, at) - 1)


_GAUSSIAN = re.compile(
    r"gaussian|\bnormal(?:ly)?[ -]distribut|\bmultivariate normal|\bcovariances?\b|mahalanobis|\bdiscriminant analysis",
    re.IGNORECASE,
)
_INVERTED = re.compile(  # \Sigma has an inverse, or a determinant that is divided by
    r"(?:\\Sigma|Σ)\}?(?:_\{?\w+\}?)?\}?\s*\^\s*\{?\s*[-−]\s*1|(?:\||\\[lr]?vert|\\det\s*\(?)\s*\{?(?:\\(?:vec|mathbf|boldsymbol|bm)\s*\{?)?(?:\\Sigma|Σ)"
)
_SINGULAR = re.compile(r"singular value|\bSVD\b|U\s*\\Sigma", re.IGNORECASE)


_INDEX = re.compile(  # "the right class is $c$", "for class $c$"
    r"\b(?:class|category|label|index|target|token|action|state|outcome)(?:\s+(?:is|be|was|of|it|with|the|index|number))*\s+"
    r"\$([a-z])\$(?!\s*-)"
)


_SAID = (  # words, and the setting that they give a value
    (_DIFFERENTIALS, "differentials", "named"),
    (_EINSTEIN, "sums", "implied"),
    (_BINARY, "lg", "2"),
    (_CLASSES, "labels", "classes"),
    (_GAMMA, "gamma", "Gamma"),
)


def take_habits(document: Document, scope: Scope) -> None:
    """Take what the words of a document say of all its formulas."""
    text, settings = document.text, scope.settings
    document.hessians, document.bracketed = "Hessian" in text, brackets_are_indices(text)
    if speaks_of_signals(text):
        sections: dict[int, str] = {}
        for segment in document.segments:
            sections[segment.section] = f"{sections.get(segment.section, '')} {segment.text}"
        document.signals = {section: letters for section, said in sections.items() if (letters := signals_in(said))}
        scope.impulses = {s.section for s in document.segments if _IMPULSE.search(f"{s.before} {s.text} {s.after}")}
        for found in _PERIOD.finditer(text):
            scope.periods.setdefault(_section_at(document, found.start()), (found.start(), found[1] or found[2]))
    scope.complex_in = {s.section for s in document.segments if _COMPLEX.search(s.before + s.text + s.after)}
    scope.descends_in = {s.section for s in document.segments if _DESCENT.search(f"{s.before} {s.after}")}
    scope.hessian_in = {s.section for s in document.segments if "Hessian" in f"{s.before} {s.after}"}
    scope.solving_in = {s.section for s in document.segments if _SOLVING.search(s.before + s.after)}
    if axes := {(m[1] or m[2]).lower() for m in _AXIS.finditer(text)}:
        settings["softmax"] = axes.pop() if len(axes) == 1 else ""
    phase = re.search(_PHASE, text) is not None
    if phase:
        settings["phase"] = "j"
    if (_ENGINEERS.search(text) or (phase and not _COUNTING_J.search(text))) and not _MATHEMATICIANS.search(text):
        settings["imaginary unit"] = "j"
    settings.update((name, value) for said, name, value in _SAID if said.search(text))
    scope.constants, scope.told_indices = constants_in(text), frozenset(_INDEX.findall(text)) - {*"dent"}
    if {"i", "j"} <= (basis := set(_BASIS.findall(text))):
        settings["basis"] = "3" if "k" in basis or re.search(r"\\(?:mathbf|hat|vec)\s*\{?k\b", text) else "2"
        settings["bars"] = "norm"
    if "irectional" in text:
        settings["directional"] = "named"
    if "aplacian" in text:
        settings["laplacian"] = "named"
    for one in _IDENTITY.finditer(text):
        letter = one["first"] or one["last"]
        scope.identities |= {letter, f"bold {letter}"}
    if "\\vec" in text:
        settings["bars"] = "norm"
    scope.sampled_in = {s.section for s in document.segments if _SAMPLED.search(s.before + s.after)}
    scope.sampled_in -= {s.section for s in document.segments if _TIED.search(s.before + s.after)}
    scope.weighted_in = {s.section for s in document.segments if _WEIGHTED.search(s.before + s.after)}
    if _USED.search(text) or (_NORMAL.search(text) and (_CUMULATIVE.search(text) or not _FEATURES.search(text))):
        called = _DENSITY.search(text)
        settings["normal"] = next(filter(None, called.groups())) if called else "Phi"
    scope.has_covariances = all(p.search(text) for p in (_GAUSSIAN, _INVERTED)) and not _SINGULAR.search(text)
    layouts = {said.lower() for said in _LAYOUT.findall(text)}
    if len(layouts) == 1:
        settings["layout"] = layouts.pop()
