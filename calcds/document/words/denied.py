r"""Equations that the text itself calls wrong: "not $(a + b)^2 = a^2 + b^2$", "a common mistake is to write $...$".

Nobody claims them, so nobody is told that they are wrong. A denial stands right in front of a formula or right behind it;
"not" alone, in other places, may be about something else.

Imports: calcds.document.source.extract.
"""

from __future__ import annotations

import re

from calcds.document.source.extract import Segment

_OPENING, _CLOSING = r"[\s$(\\\[*_{`:]*$", r"^[\s$)\\\]*_}`]*"
_USUAL = r"(?:common|typical|frequent|classic\w*|usual|popular|beginners?'?s?|favou?rite)"
_MISTAKE = r"(?:mistakes?|errors?|misconceptions?|slips?|blunders?|fallac(?:y|ies)|pitfalls?|traps?)"
_WRONG = r"(?:wrong|false|incorrect|untrue|nonsense|invalid|mistaken|illegal|not\s+(?:true|correct|right|valid|the\s+case|so))"
_SAY = r"(?:write|conclude|say|claim|use|think|believe|assume|guess)"
_BEFORE = (
    rf"\b(?:and|but|is|it\s+is|they\s+are|,)\s+(?:definitely\s+|certainly\s+|usually\s+|generally\s+)?not{_OPENING}",
    rf"[,;(]\s*not{_OPENING}",
    rf"\b(?:do\s+not|don't|never|(?:must|may|can)\s?not|can't)\s+(?:simply\s+|just\s+)?{_SAY}(?:\s+that)?{_OPENING}",
    rf"\b(?:is|be|are|was)\s+{_WRONG}\s+(?:that|to\s+{_SAY}(?:\s+that)?){_OPENING}",
    rf"\b{_USUAL}\s+(?:\w+\s+)?{_MISTAKE}\b(?:\s+(?:here|(?:of|in)\s+\w+|is|to|{_SAY}|that|would|be|the|students|make))*{_OPENING}",
    rf"\b(?:the|a)\s+mistake\s+(?:is|of|to)\b(?:\s+(?:to|{_SAY}|writing|thinking|that))*{_OPENING}",
    rf"\b(?:tempt\w*|tempted)\s+to\s+{_SAY}(?:\s+that)?{_OPENING}",
    rf"\b{_WRONG}{_OPENING}",
    rf"\bin\s+general\s+not{_OPENING}",
)
_IS = r"(?:which\s+|this\s+|that\s+|it\s+)?(?:is|are|would\s+be)\s+(?:simply\s+|plainly\s+|just\s+|in\s+general\s+)?"
_BEHIND = (
    rf"{_CLOSING}(?:,|;|\.\s+(?=this|that))?\s*{_IS}(?:an?\s+{_USUAL}\s+{_MISTAKE}|a\s+mistake|{_WRONG})\b(?!\s+to\b)",
    rf"{_CLOSING}(?:which\s+)?(?:does\s+not|need\s+not|cannot|doesn't)\s+(?:in\s+general\s+)?(?:hold|be\s+true)\b",
    rf"{_CLOSING}fails\s+(?:in\s+general|as\s+soon)\b",
    rf"{_CLOSING}\(\s*{_WRONG}\b",
)
_DENIES = [re.compile(pattern, re.IGNORECASE) for pattern in _BEFORE]
_REFUSES = [re.compile(pattern, re.IGNORECASE) for pattern in _BEHIND]


def is_denied(segment: Segment, *, first: bool, last: bool) -> bool:
    """Whether the words around a formula deny its first statement or its last one.

    >>> here = dict(at=0, display=False, section=0)
    >>> is_denied(Segment("a", before="this is $b$ and not $", after="$.", **here), first=True, last=True)
    True
    >>> is_denied(Segment("a", before="it does not matter that $", after="$ is small.", **here), first=True, last=True)
    False
    """
    before, after = segment.before[-120:], segment.after[:80]
    return (first and any(p.search(before) for p in _DENIES)) or (
        last and any(p.search(after) for p in _REFUSES)
    )
