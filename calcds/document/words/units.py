r"""Words behind a formula that count its last number in another unit: `$2572/61706 \approx 4.2$ percent`, `$= 3.5$ million`.

    percent, per cent, pct, %, percentage points     hundredths
    per mille, basis points                          thousandths, ten-thousandths
    thousand, million, billion, trillion             thousands and so on
    degrees                                          of which 180 are pi
    ms, kB, GHz, cm, ...                             a prefix, which may be that of the left side or not

The number before such a word may be the value of the formula, or count it in the unit: a line is true if either holds. What
a prefix multiplies is not looked into: it only excuses. Decibels have none, though they begin like one: the number is theirs.

Imports: nothing of calcds.
"""

from __future__ import annotations

import re
from fractions import Fraction

_SCALES = {
    "hundredths": Fraction(100),
    "thousandths": Fraction(1000),
    "parts": Fraction(10_000),
    "thousand": Fraction(1, 10**3),
    "million": Fraction(1, 10**6),
    "billion": Fraction(1, 10**9),
    "trillion": Fraction(1, 10**12),
}
_PERCENT = r"per\s?cent(?:age)?s?(?:\s+points?)?|percentage[- ]points?|pct\b\.?|Prozent(?:punkte?)?|p\.p\.|\\?%"
_WORDS = re.compile(
    r"(?:[\s~]|\\[,;: ]|-)*(?:"
    rf"(?P<hundredths>{_PERCENT})|(?P<thousandths>per\s?mil(?:le|l)?|\N{{PER MILLE SIGN}})|(?P<parts>basis[- ]points?|bps)"
    r"|(?P<thousand>thousands?|k)|(?P<million>millions?|mio\.?|M)|(?P<billion>billions?|bn)|(?P<trillion>trillions?)"
    r"|(?P<prefixed>degrees?|\N{DEGREE SIGN}|(?:milli|micro|nano|kilo|mega|giga|tera|centi)[a-z]+"
    r"|(?!dB)(?:[kKMGTmnpcd\N{GREEK SMALL LETTER MU}\N{MICRO SIGN}]|[KMGT]i)"
    r"(?:B|b|Hz|s|m|g|W|V|A|J|l|bits?|bytes|FLOPs?|FLOPS))"
    r")(?![A-Za-z])",
)
_SPOKEN = re.compile(r"\b(?:in|as)\s+(?:an?\s+)?(?:per\s?cent(?:age)?s?\b|pct\b|Prozent\b|\\?%)", re.IGNORECASE)


def unit_behind(after: str) -> tuple[str, Fraction | None] | None:
    """The unit at the beginning of what stands behind a formula, and how many of it are 1; None where there is no unit.

    >>> unit_behind(" percent of it"), unit_behind(" kB"), unit_behind(" or 12.5 percent")
    (('percent', Fraction(100, 1)), ('kB', None), None)
    """
    found = _WORDS.match(after)
    if found is None or found.lastgroup is None:
        return None
    return found[found.lastgroup], _SCALES.get(found.lastgroup)


def speaks_of_percent(words: str) -> bool:
    """Whether a sentence counts something in hundredths."""
    return _SPOKEN.search(words) is not None


__all__ = ["speaks_of_percent", "unit_behind"]
