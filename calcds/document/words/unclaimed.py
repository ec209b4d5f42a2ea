r"""Lines that do not hold and that nobody claims: where they stand says that they are wrong, asked, supposed or no arithmetic.

    Which of these is true? (a) $\log(a+b) = \log a + \log b$       asked
    This would imply $1 = 0$, a contradiction.                      led to absurdity
    In $\mathbb{Z}_7$, $3 \cdot 5 = 1$.                             other numbers
    ## The commuting case                                           a condition that the title says

Calling such a line wrong is the worst a linter can do, so every line that is about to be called wrong is looked at once more,
whatever way led there. The words are searched in its sentence, the next one, what leads its list in, the heads of its table,
its theorem and its sections. Conditions in titles and in sentences before excuse only what no small change mends.

Imports: calcds.document.words.disowned, .restricting, .surroundings.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from calcds.document.words.disowned import BACK, LATER, NEXT, ONWARD, PRINTED, SENTENCE
from calcds.document.words.prose import CASES
from calcds.document.words.restricting import CONDITION, MARK, PROPERTY
from calcds.document.words.surroundings import Around

_OTHER_NUMBERS = re.compile(
    r"\\math(?:bb|bf|rm|cal)\s*\{?\s*[ZF]\s*\}?\s*(?:_|/)|\bGF\s*\(|\bmod(?:ul\w+)?\b|\\[bp]?mod\b|"
    r"\\(?:oplus|aleph|cup|cap|lor|land|wedge|vee|neg|lnot)(?![A-Za-z])|"
    r"\b(?:boolean|booleschen?|logical or|bitwise|binary|hexadecimal|octal|hex|xor|truth values?|dual numbers?|tropical|"
    r"max-plus|saturating|residues?|congruen\w+|finite fields?|field with|characteristic (?:two|2|3|p)|wrap\w*(?: around)?|"
    r"overflow\w*|"
    r"concatenat\w+|set notation|semirings?|cardinals?|ordinals?|floating|machine (?:numbers?|precision|arithmetic|epsilon)|"
    r"integer division|surreal|quaternions?|p-adic|\d-adic|regular expressions?|nim\w*|group of order|ieee|underflow|"
    r"relativistic|de morgan|switching|infinite (?:sets?|numbers?|cardinal\w*))\b",
    re.IGNORECASE,
)
_COUNTED = re.compile(  # words that speak of other sums of plain numbers
    r"\b(?:clocks?|o'clock|hours?|weekdays?|minutes?|months?|strings?|rounding|rounded|python|in C|base|parity|games?|"
    r"precision|digit sums?|cross sums?|casting out|dials?|music\w*|semitones?|"
    r"(?<!data )(?<!training )(?<!test )(?:sets(?! (?:it|the|this|all|to|up)\b)|(?<=a )set|(?<=finite )set)|"
    r"signals?|digits?|fixed[- ]point)\b",
    re.IGNORECASE,
)
_THROUGHOUT = re.compile(
    r"\b(?:work|comput\w+|calculat\w+|arithmetic|everything|operations?|numbers|all|always|throughout|here)\b[^.]{0,50}"
    r"(?:\bmod(?:ulo)?\b|\\math(?:bb|bf)\s*\{?\s*[ZF]\s*\}?\s*(?:_|/)|\bGF\b|\bboolean\b|\bfinite field|\bfield with)",
    re.IGNORECASE,
)
_MODULAR_TITLE = re.compile(
    r"\b(?:modul\w+|mod|finite fields?|boolean|clock|residues?|congruen\w+|binary|logic|"
    r"bitwise)\b",
    re.IGNORECASE,
)
_ANALYSIS = re.compile(
    r"\\(?:d?frac\s*\{\s*(?:\\partial|\\mathrm\s*d|d)\b|partial|nabla|int|sum|prod|lim|log|ln|exp|sin|cos|tan|sqrt|"
    r"mathbb\s*\{?E|Pr|"
    r"operatorname|det|Phi|Gamma)|[EP]\s*[\[(]|\d\.\d"
)
_COMMA = re.compile(r"(?<![\d.,_{(\[])\d+,(?!\d{3}(?!\d))\d+(?![\d,)\]}])")
_VALUES = re.compile(r"(?<![A-Za-z\\])[a-zA-Z]\s*=\s*\d+(?:,\d+)+")  # of an index
_REFERENCES = re.compile(r"(?:\(\s*(?:\d{1,2}(?:\.\d+)?|[a-z]|[ivx]+|\*+)\s*\)\s*[-+]?\s*)+")
_WHOLE = re.compile(r"[-+]?\s*\d+")
_UNITS = re.compile(
    r"\d\s*(?:\\[,;: !]|~|\s)*\\(?:text|textrm|mathrm|mbox|operatorname|mathit|rm|unit|si)\*?\s*\{?([^{}]*)"
)
_TRIG = re.compile(r"\\(?:sin|cos|tan|cot|sec|csc)(?![A-Za-z])")
_DEGREES = re.compile(r"\b(?:degrees?|triangles?|calculators?)\b|\N{DEGREE SIGN}|\\circ\b", re.IGNORECASE)
_BRACKETED = re.compile(r"\[[^\[\],;]*\]")
_IDENTITY = re.compile(r"[A-Z](?:\^\{?\w\}?)?\s*[-+]\s*I(?![\w\\])|(?<![\w\\])I\s*[-+]\s*[A-Z]")
_COMMANDS = re.compile(
    r"\\(?:text|textrm|mathrm|mbox|rm|mathit|unit|si)\*?\s*\{[^{}]*\}|\\(?:cdot|times|[dt]?frac|sqrt|"
    r"div|pm)(?![A-Za-z])"
)
_ARITHMETIC = re.compile(  # letters that stand for no name
    r"\\(?:begin|end)\s*\{[pbvV]?(?:small)?matrix\}|\^\s*\{?\s*(?:\\top|T)(?![A-Za-z])|"
    r"\\(?:[dt]?frac|[dt]?binom|sqrt|cdot|times|div|pi|Phi|exp|ln|log|sin|cos|tan|det|max|min|[bB]igg?[lrm]?|left|right|"
    r"q?quad|displaystyle)(?![A-Za-z])|(?<![A-Za-z\\])e(?=\s*\^)"
)
_DIGITS, _LETTERS = re.compile(r"\d|^[ {}]*$"), re.compile(r"[^\W\d_]")
_CONSTANT = re.compile(r"[-+]\s*(?:[CcK]|\\(?:text|mathrm)\s*\{\s*const)")
_IDENTITIES = re.compile(
    r"\b(?:identity|unit matrix|neutral element)(?: matrix)?,?\s*\$?\\?(?:mathbf|mathrm|bm)?\{?\s*E\b",
    re.IGNORECASE,
)
_OPERATION = re.compile(
    r"(?<![A-Za-z\\])[a-z]\s*(?:\*|\\(?:ast|star|circ|diamond|bullet)(?![A-Za-z]))\s*[a-z]\s*:?="
)
_DIGIT = re.compile(r"[-+]?\s*\d")
_PERCENT_MORE = re.compile(r"[-+]\s*\d+(?:\.\d+)?\s*\\%")
_BRANCH = re.compile(
    r"\\sqrt|\||\\[lr]?vert|\\arc|\^\{?-1\}?\s*\(|\^\s*\{?\s*(?:\\(?:d?frac|tfrac)\s*\{?1\}?\{?2\}?\}|1/2)|"
    r"\\(?:max|min)\s*(?:\\left\s*)?(?:\(|\\\{)|sign|sgn"
)
_SIGNS = re.compile(
    r"\b(?:non-?negative|positive(?![ -]*(?:semi-?)?definite)|negative(?!\s+log)|"
    r"half|halves|quadrants?|acute|obtuse|increasing|decreasing|larger|"
    r"smaller|"
    r"greater|less|lengths?|radius|distances?|signs?|principal|branch|w\.?l\.?o\.?g|without loss|deviation|angles?)\b",
    re.IGNORECASE,
)
_PARITY = re.compile(
    r"\b(?:odd|even(?!\s+(?:if|though|more|better|when))|parity|skew\w*|anti-?\w+|half-?turn|"
    r"reversed?)\b",
    re.IGNORECASE,
)
_OF_SIGNALS = re.compile(
    r"\b(?:(?:anti-?|skew-?)?symmetr\w+|palindrom\w+|"
    r"(?:even|odd)[- ](?:signals?|functions?|symmetr\w+|kernels?|filters?|sequences?)|"
    r"linear[- ]phase|self-?adjoint|invertib\w+|orthogonal|if and only if|iff)\b",
    re.IGNORECASE,
)
_INEXACT = re.compile(
    r"\b(?:conventions?|ignor\w+|neglect\w*|approximat\w+|lineari[sz]\w+|estimat\w+)\b", re.IGNORECASE
)
_CASES = re.compile(
    r"\b(?:cases?|both|larger|smaller|greater|zero|distinct|at least|at most|between|vanish\w*|integers?|mutually|"
    r"exclude|exclusive|"
    r"cannot both|separate\w*|independent\w*|uncorrelated|satisf\w+|solves?|suppos\w+|assum\w+|provided|convention|"
    r"agree|ignor\w+|"
    r"neglect\w*|special|limit|quadrant|acute|obtuse|principal|branch|w\.?l\.?o\.?g|without loss|symmetry|approximat\w+|"
    r"equilibrium|steady|balance\w*|opposite|constrain\w+|restrict\w+)\b",
    re.IGNORECASE,
)  # fmt: skip


def is_of_numbers(left: str, right: str) -> bool:
    r"""Whether both sides, as they are printed, are computed from numbers alone: no name, no unit, no other function.

    What words say of names, of a point, of values that are supposed or of signs is not about such a line.

    >>> is_of_numbers(r"\frac{5+2+5}{6}", "2"), is_of_numbers(r"\frac{a+2+5}{6}", "2"), is_of_numbers(r"3\text{ km}", "3")
    (True, False, False)
    """
    sides = [_ARITHMETIC.sub("", side) for side in (left, right)]
    return all(_DIGITS.search(side) and _LETTERS.search(side) is None for side in sides)


def why_unclaimed(source: str, left: str, right: str, around: Around, free: Collection[str] = ()) -> str:
    r"""Why nobody claims a line that does not hold; "" where nothing around it says so.

    source: the whole formula; left, right: the two sides, as they are printed; free: names that were read as variables

    >>> here = Around("this would imply", *[""] * 11)
    >>> why_unclaimed("1 = 0", "1", "0", here)
    'numbers that differ are said to be equal, for a contradiction or in other arithmetic'
    >>> why_unclaimed("a = a + 1", "a", "a + 1", here)
    'nobody may claim it, as the words around it say: would'
    """
    if source.strip(" .,;\n") == f"{left} = {right}" and _DIGIT.fullmatch(left) and _DIGIT.fullmatch(right):
        return "numbers that differ are said to be equal, for a contradiction or in other arithmetic"
    if _BRACKETED.fullmatch(left) or _BRACKETED.fullmatch(right):
        return "its brackets may be those of a whole part"
    if "\\int" in source and _CONSTANT.search(left) and _CONSTANT.search(right):
        return "the constants of integration on both sides may differ"
    operation = _OPERATION.search(around.printed) or _OPERATION.search(source)
    if operation and re.search(r"\*|\\(?:ast|star|circ|diamond|bullet)\b", f"{left} {right}"):
        return f"its sign may be another operation than multiplication: {operation[0]}"
    if "E" in free and _IDENTITIES.search(around.printed):
        return "the E in it may be the identity"
    if (
        re.search(r"\\(?:bar|overline)(?![A-Za-z])", f"{left} {right}")
        and "conjugate" in f"{around.section} {around.sentence}".lower()
    ):
        return "the number that is conjugated in it may have another value here"
    if "I" in free and _IDENTITY.search(source):
        return "the I in it may be the identity"
    if _REFERENCES.fullmatch(left) and _REFERENCES.fullmatch(right):
        return "its sides may be numbers of equations"
    if _COMMA.search(_VALUES.sub("", source)):
        return "a comma in it may be that of a decimal"
    if _PERCENT_MORE.search(left):
        return "a percentage may be one of what stands before it"
    if "\\equiv" in source and _WHOLE.fullmatch(left):
        return "it may be a congruence"
    plain = re.search(r"[A-Za-z]", _COMMANDS.sub("", f"{left} {right}")) is None
    if plain and len({frozenset(_UNITS.findall(side)) for side in re.split(r"=|\\approx", source)}) > 1:
        return "its numbers have units, which may differ"
    if (
        _TRIG.search(f"{left} {right}")
        and "\\pi" not in source
        and _DEGREES.search(f"{around.section} {around.sentence}")
    ):
        return "its angles may be counted in degrees"
    if said := _denied_around(source, around):
        return said
    if "\\equiv" not in source and _ANALYSIS.search(f"{left} {right}") is None:
        other = (
            _OTHER_NUMBERS.search(around.raw)
            or _MODULAR_TITLE.search(around.titles)
            or _THROUGHOUT.search(around.section)
        )
        if other is None and re.search(r"[A-Za-z]", _COMMANDS.sub("", f"{left} {right}")) is None:
            other = _COUNTED.search(around.raw)
        if other:
            return f"it may be about other numbers, as the words around it say: {other[0]}"
    return ""


def why_no_signals(source: str, around: Around) -> str:
    """Why nobody claims a line about signals that does not hold, or why it may hold for those that are meant; "" if unsaid."""
    if said := _denied_around(source, around):
        return said
    found = _close_by(_OF_SIGNALS, around)
    return f"it may hold for the signals that are meant, as the words around it say: {found[0]}" if found else ""


def _denied_around(source: str, around: Around) -> str:
    """The words around a line that say that nobody claims it."""
    found = PRINTED.search(CASES.sub("", source)) or SENTENCE.search(around.sentence) or NEXT.search(around.next)
    found = found or LATER.search(around.later) or LATER.search(around.paragraph) or _onward(around) or _titled(around)
    return f"nobody may claim it, as the words around it say: {found[0].strip(' ' + MARK)}" if found else ""


def _onward(around: Around) -> re.Match[str] | None:
    """What begins, in front of a line, a stretch of lines that need not be true, and does not end before it."""
    for said in (around.unit, around.section):
        *_, last = [None, *ONWARD.finditer(said)]
        if last is not None and BACK.search(said, last.end()) is None:
            return last
    return None


def _titled(around: Around) -> re.Match[str] | None:
    return SENTENCE.search(around.titles) or ONWARD.search(around.titles)


def restricted_sign(left: str, right: str, around: Around) -> str:
    """What says, around a line that holds but for a sign, which signs its names have; "" where nothing does.

    An order that is printed tells of roots and absolute values; parity, of other signs.
    """
    both = f"{left} {right}"
    if r"\begin{cases}" in both:
        return ""  # it says itself for which signs
    if _BRANCH.search(both) and not re.search(r"(?:[EPp]|Pr|Var)\s*[(\[]|\\mid|\\Pr", both):
        names = {re.escape(name) for name in re.findall(r"\\?[A-Za-z]+", both)} - {"sqrt", "frac"}
        order = re.search(
            rf"(?<![A-Za-z\\])(?:{'|'.join(names)})\s*(?:\\[lg]e(?:q|qslant)?(?![A-Za-z])|[<>])",
            around.printed,
        )
        found = _close_by(_SIGNS, around) or order
    else:
        found = _close_by(_PARITY, around)
    return found[0] if found else ""


def _close_by(pattern: re.Pattern[str], around: Around) -> re.Match[str] | None:
    return pattern.search(around.paragraph) or pattern.search(around.sentence) or pattern.search(around.titles)


def approximated(around: Around) -> str:
    """What says, in front of a line of numbers, that it is not meant exactly; "" where nothing does."""
    said = f"{around.lead} {around.titles} {around.paragraph} {around.notes} {around.before}"
    found = _INEXACT.search(said)
    return found[0] if found else ""


def restricted_from_afar(around: Around) -> str:
    """A condition in a title, the head of a theorem, a lead or an earlier sentence, which may be all that makes a line true."""
    for said in (around.lead, around.titles, around.unit, around.paragraph, around.notes):
        found = CONDITION.search(said) or PROPERTY.search(said)
        if found:
            return found[0]
    found = _CASES.search(f"{around.lead} {around.notes} {around.before}") or _CASES.search(around.paragraph)
    return found[0] if found else ""


__all__ = ["approximated", "is_of_numbers", "restricted_from_afar", "restricted_sign", "why_no_signals", "why_unclaimed"]
