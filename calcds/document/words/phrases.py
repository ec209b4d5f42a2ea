r"""Phrases about chance, as they stand between formulas; a formula is a mark with its number in between.

Imports: none.
"""

from __future__ import annotations

import re

SPOKEN = re.compile(
    r"probabilit|\brandom|\bexpectation|\bexpected value|\bvariance|\bdistribut|\bmathbb\{[EP]\}|\\Pr\b|\bevents?\b|"
    r"\bstochastic|\bVar\b|\bCov\b|\bE\s*\[|\\E\b|\buncorrelated|"
    r"\bi\.?i\.?d\b",
    re.IGNORECASE,
)
NO = re.compile(
    r"\b(?:not|whether|unless|without|nor|neither|never|dependent|conditionally|fails?|even if|counterexample|"
    r"independent(?:ly)?,?\s+(?:given|conditional(?:ly)?\s+on))\b", re.IGNORECASE
)
IF = re.compile(
    r"\b(?:if|when|whenever|in case|provided|assuming|"
    r"for (?:two |any |all )?(?:mutually )?(?:independent|uncorrelated|disjoint))\b",
    re.IGNORECASE,
)
LIST = r"⟦\d+⟧(?:(?:\s|,|\band\b|&)*⟦\d+⟧)*"
WORD = r"(?P<word>independent|iid|uncorrelated|disjoint|mutually exclusive|partition)"
AFTER = re.compile(
    rf"(?P<list>{LIST})\s*,?\s*(?:(?:are|is|be|being|both|all|which|mutually|jointly|pairwise|statistically|two|a|form|forms|"
    rf"assumed|to)\s+)*{WORD}\b(?! of)",
    re.IGNORECASE,
)
BEFORE = re.compile(
    rf"(?:pairwise\s+)?{WORD}\s+(?!of\b)(?:(?!mean|variance|of\b)[\w-]+\s+){{0,4}}(?P<list>{LIST})", re.IGNORECASE
)
OF = re.compile(
    rf"(?P<list>{LIST})\s*(?:is|are|be)\s+(?P<word>independent of|uncorrelated with|disjoint from)\s+(?P<other>{LIST})",
    re.IGNORECASE,
)
WITH = (
    r"(?:with|has|have|having|of|and|whose|their|same|common|finite|,)\s+"
    r"(?:(?:the|a|same|common|finite|equal|known|unknown)\s+)*"
)
MEAN = re.compile(
    WITH + r"(?:mean|expectation|expected value)s?\s+(?:equal to\s+|is\s+)?⟦(\d+)⟧|"
    r"(?P<zero>zero[ -]means?|means? zero|centered|centred)",
    re.IGNORECASE,
)
VARIANCE = re.compile(
    WITH + r"(?:variances?|(?:variance-)?covariance|(?:co)?variance matrix|variance-covariance matrix|dispersion matrix)\s+"
    r"(?:equal to\s+|is\s+)?⟦(\d+)⟧|(?P<one>unit variances?|variances? one)", re.IGNORECASE
)
LAWS = re.compile(
    r"\b(?:bernoulli|poisson|binomial|exponential|uniform|geometric|normal|gaussian|distributed|rademacher|indicator|binary|"
    r"takes? (?:the |only )?values?|values in|almost surely|bounded|degenerate|die|dice|coin|number of|counts|supported)",
    re.IGNORECASE,
)
ALIKE = re.compile(
    r"\b(?:same|identical\w*|equal|common|symmetric)\s+(?:\w+\s+)?(?:means?|variances?|distribut\w*|moments?|laws?)|exchangeable|"
    r"\bin distribution|identically distributed",
    re.IGNORECASE,
)
LAYS_DOWN = re.compile(
    r"(?:^|[\s}])(?:[Ll]et|[Ss]uppose(?:\s+that)?|[Aa]ssume(?:\s+that)?)\b"
    r"(?P<said>(?:(?!\b(?:then|hence|so|thus|therefore|we|which|gives?)\b)[^.;:])*)"
)
HEADING = re.compile(r"(?:^|\n)[ \t]*#+[ \t][^\n]*|\\(?:sub)*(?:section|paragraph)\*?\{[^}]*\}")
UNIFORM = re.compile(
    r"⟦(\d+)⟧\s+(?:is|be)\s+(?:\w+\s+){0,2}?uniform(?:ly)?(?:\s+distributed)?\s+(?:on|over|in)\s+(?:the interval\s+)?⟦(\d+)⟧",
    re.IGNORECASE,
)
STOP = re.compile(r"[.!?](?=\s|$)")
