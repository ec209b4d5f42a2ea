r"""Where a solution begins and ends in a text, and which of its equations give what was looked for.

    Setting the derivative to zero we get $2x - 6 = 0$, so $x = 3$.       found: $x = 3$
    For $x = 3$ we have ...                                               given
    The size is kept if $p = (k - 1)/2$, because then ...                 given, and the reason stands behind it

Imports: calcds.document.source.extract.
"""

from __future__ import annotations

import re

from calcds.document.source.extract import Segment

_GOES_ON = re.compile(
    r"(?:hence|so|thus|therefore|then|setting|solving|substitut\w+|divid\w+|multipl\w+|insert\w+|into|this|these|it|with|where|"
    r"which|from|adding|add|subtract\w*|we|and|for the|in|collect\w+|rearrang\w+|clear\w*|both|equating|eliminat\w+|that|"
    r"the (?:first|second|third|last|two|solutions?|equations?|constraints?|conditions?|budget|plane|result|same))\b",
    re.IGNORECASE,
)
_ITEM = re.compile(
    r"\n[ \t]*(?:[-*+][ \t]|\(?(?:\d+|[a-z])[.)]|\\item\b|#|\\(?:sub)*section|\\paragraph|\\begin\{(?:example|proof|exercise))"
)
_HEAD = re.compile(
    r"\*\*[^*]+\*\*|\\(?:textbf|emph|textit)\{|\b(?:Examples?|Exercises?|Problems?|Definitions?|Theorem|Proposition|Lemma|Remark|"
    r"Case|Application|Task|Question)\b(?!\s+of\b)"
)
_BLANK = re.compile(r"\n[ \t]*\n")
_WORDS = re.compile(r"[A-Za-z]{2,}")
_SENTENCE = re.compile(r"(?<!i\.e)(?<!e\.g)(?<!s\.t)[.;?!](?=[\s$*]|$)|\n[ \t]*\n(?=[ \t]*[A-Z])")
_LONGEST = 2_000  # characters of a sentence
_FOUND = re.compile(
    r"\b(?:so|hence|thus|therefore|then|gives?|giving|gave|gets?|obtain\w*|yields?|yielding|solutions?|solve[sd]?|solving|"
    r"implies|implying|imply|means|i\.e\.|finds?|found|namely|roots?|zeros?|setting|equating|conclude|follows|leads?|"
    r"eliminat\w+|substitut\w+|insert\w+|satisf\w+|consequently|result\w*|answer|says?)(?!\w)",
    re.IGNORECASE,
)
_GIVEN = re.compile(
    r"\b(?:for|with|let|take|taking|if|when|whenever|given|say|suppose|choose|choosing|chosen|put|putting|where|consider|"
    r"e\.g\.|start\w*|initial\w*|example|instance|case|try|guess|not|cannot|unless|instead|assume|assuming|near|about|"
    r"approximately|around|wrong\w*|mistake\w*|error\w*|spurious|extraneous|reject\w*|discard\w*)(?!\w)",
    re.IGNORECASE,
)
_SOLVED = re.compile(r"\b(?:vanish\w*|zeros?|if|when|whenever|conditions?|equations?|stationary|critical)\b", re.IGNORECASE)
_EXAMPLE = re.compile(r"\b(?:for|with|let|take|given|say|suppose|example|instance|mistake|wrong|not)\b", re.IGNORECASE)
_REASON = re.compile(r"\b(?:then|gives?|makes?|becomes?|because|since|so that|satisf\w+|ensures?|indeed)\b", re.IGNORECASE)


def begins_anew(segment: Segment) -> bool:
    """Whether a formula stands in another item, example or paragraph than the one before it, and goes on from nothing."""
    before = segment.before
    if _ITEM.search(before) or _HEAD.search(before):
        return True
    for gap in _BLANK.finditer(before):
        behind = before[gap.end() :].lstrip(" \t\n$\\[](){}*")
        if _WORDS.match(behind) and behind[0].isupper() and not _GOES_ON.match(behind):
            return True
    return False


def _last(text: str) -> str:
    """The last sentence of a text, as far back as a reader looks: a line without an end costs no more than any other."""
    return _SENTENCE.split(text[-_LONGEST:])[-1]


def is_found(sentence: str) -> bool:
    """Whether what stands behind the begin of a sentence is found, and not given: the last such word tells."""
    said = _last(sentence)
    found = [m.start() for m in _FOUND.finditer(said)]
    given = [m.start() for m in _GIVEN.finditer(said)]
    return bool(found) and (not given or given[-1] < found[-1])


def is_solved(sentence: str) -> bool:
    """Whether a display behind the begin of a sentence solves an equation, of which its last line gives the solution."""
    said = _last(sentence)
    return is_found(sentence) or (_SOLVED.search(said) is not None and _EXAMPLE.search(said) is None)


def gives_a_reason(between: str) -> bool:
    """Whether the words between a value and an equation say that the equation holds with it, in one sentence."""
    return len(_SENTENCE.split(between)) == 1 and _REASON.search(between) is not None


__all__ = ["begins_anew", "gives_a_reason", "is_found", "is_solved"]
