r"""Lines that do not hold and that nobody claims: where they stand says that they are wrong, asked, supposed or no arithmetic.

    Which of these is true? (a) $\log(a+b) = \log a + \log b$       asked
    This would imply $1 = 0$, a contradiction.                      led to absurdity
    In $\mathbb{Z}_7$, $3 \cdot 5 = 1$.                             other numbers
    ## The commuting case                                           a condition that the title says

Calling such a line wrong is the worst a linter can do, so every line that is about to be called wrong is looked at once more,
whatever way led there. The words are searched in its sentence, the next one, what leads its list in, the heads of its table,
its theorem and its sections. Conditions in titles and in sentences before excuse only what no small change mends.

Imports: calcds.document.restricting, calcds.document.surroundings.
"""

from __future__ import annotations

import re

from calcds.document.restricting import CONDITION, MARK, PROPERTY
from calcds.document.surroundings import OWN, Around

_FAULT = (
    r"(?:mistakes?|errors?|flaws?|fallac(?:y|ies)|blunders?|bugs?|slips?|misconceptions?|howlers?|pitfalls?|traps?|"
    r"misprints?|typos?)"
)
_WRONG = (
    r"(?:wrong(?:ly)?|false(?:ly)?|incorrect(?:ly)?|untrue|invalid|nonsens\w+|absurd\w*|impossible|contradict\w*|paradox\w*|"
    r"mistaken(?:ly)?|erroneous(?:ly)?|bogus|flawed|faulty|fake|meaningless|illegal|forbidden|ridiculous|inconsistent|"
    r"unsolvable|disprove[sd]?|refute[sd]?|fails?|violate[sd]?|counter-?examples?|untenable|misleading|dangerous)"
)
_NOT = r"(?:not|never|nobody|no one|none|nowhere|hardly|neither|nor|cannot|rarely)"
_PEOPLE = r"(?:students?|beginners?|pupils?|many people|some people|someone|somebody|one|you|we|novices?|freshm[ae]n)"
_SAYING = (
    r"(?:have|has|get|gets|conclude|write|say|claim|think|that|simply|just|expect|should|must|may|can|to|use|used|"
    r"obtain|holds?|true|"
    r"imply|mean|follows?|in|general|always|necessarily|do|does|is|it|the|a|case|equal|so|rule|formula|identity|"
    r"equation|law|we|then|"
    r"ever|usually|confuse|be|as|be|compute|for|instance|example|valid|right|correct)"
)
_SENTENCE = re.compile(  # in a sentence about a line which nobody claims
    rf"\b(?:{_WRONG}(?!\s+(?:positives?|negatives?|alarms?|discover\w+))|(?:common|typical|classic\w*|frequent|usual|"
    rf"find|spot)\s+(?:\w+\s+)?{_FAULT}|"
    rf"(?:find|spot|explain|where is|what is|identify|correct|locate|detect)\s+(?:the|an|all|every|any|this)\s+{_FAULT}|"
    r"would|were (?:it|true|this|that)|otherwise|supposedly|allegedly|"
    rf"no(?:\s+\w+)?\s+(?:solutions?|roots?|such)|unsolvable|true or false|which (?:one )?of|"
    r"(?:true|correct|right|valid)\s*\?|multiple[ -]choice|quiz|tick|true\s*/\s*false|"
    rf"(?:confus\w+|mistak\w+|mix\w*\s+up)\b|tempt\w+|believ\w+|pretend\w*|"
    rf"{_PEOPLE}\s+(?:often|sometimes|always|frequently|might|may|could|usually|tend|like|love)\s+(?:to\s+)?"
    r"(?:writ\w+|comput\w+|think\w*|conclud\w+|claim\w*|say\w*|cancel\w*|simplif\w+|forget\w*|expect\w*|hop\w+|guess\w*)|"
    r"(?:might|may|could)\s+(?:\w+\s+)?(?:think|expect|believe|guess|hope|conjecture|suspect|write|conclude)|"
    r"freshm[ae]n'?s?|negat(?:ion|es|ed)|the opposite|fools?|naive\w*|myth|joke|only\s+(?:if|when|for|where|valid|true|"
    r"holds?)|for only|"
    r"holds?\s+for\b[^.;]{0,40}\bonly)\b"
    rf"|\b{_NOT}\W+(?:{_SAYING}\W+)*{OWN}"
    rf"|{OWN}\W*(?:\w+\W+){{0,2}}(?:\w+n[^\w\s]t|\b{_NOT})\b(?!\s+(?:only|depend|chang|need|affect|a\s+surpris))"
    rf"|\b(?:proposition|statement|assertion|formula)\s+{MARK}\s*:"
    rf"|{OWN}[\s*.,]*\|[\s*]*(?:no|not|false|wrong|never|f|n)\b"
    r"|~~|\N{CROSS MARK}|\N{BALLOT X}|\N{HEAVY BALLOT X}|\(!\)|<(?:s|del)>",
    re.IGNORECASE,
)
_NEXT = re.compile(  # how the sentence behind such a line begins
    rf"^\W*(?:(?:but|of course|however|yet|and|now|clearly|obviously|so|hence|therefore|here|sadly|unfortunately)\W+)*"
    r"(?:this|that|it|which|these|both|neither|none|"
    r"the\s+(?:\w+\s+)?(?:one|first|second|third|last|latter|former|rule|formula|equation|line|statement|identity|claim|"
    r"argument|conclusion|step|mistake|error|flaw|fault|problem|trouble|reason))\b[^.]{0,60}?\b"
    rf"(?:{_WRONG}(?!\s+to\b)|not\s+(?:true|so|the case|hold|correct|right|valid|possible|always)|no\b|never|cannot|nowhere|"
    rf"(?:a|the)\s+(?:\w+\s+)?{_FAULT}|only\b|nobody)"
    rf"|^\W*(?:(?:a|an|the|contradiction|impossible|absurd|orwell|alas)\W+)*(?:contradiction|impossible|absurd\w*|wrong|"
    rf"false|no|nope|"
    r"not (?:so|true|at all|quite|correct)|never|nonsense|incorrect)\b(?!\s+to\b)"
    r"|^\W*(?:true|right|correct)?\s*\?|^\W*(?:answer|solution)\s*:\W*(?:no|false|wrong)\b",
    re.IGNORECASE,
)
_ONWARD = re.compile(  # what begins a stretch of lines that need not be true
    rf"\b(?:(?:find|spot|explain|where is|where's|what is|identify|locate|detect|search for|look for)\s+(?:the|an|all|"
    rf"every|any)\s+{_FAULT}|"
    r"what(?:'s| is| went| goes)\s+wrong|(?:fallac\w+|flawed|bogus|fake|false|wrong|faulty|erroneous|incorrect|invalid|"
    r"pseudo)[ -]"
    r"(?:\"|\*)?(?:proofs?|arguments?|calculations?|derivations?|reasoning|computations?|solutions?|claims?|statements?)|"
    r"suppose (?:it (?:is|were) )?not|(?:suppose|assum\w+|supposing)\b[^.]{0,60}\b(?:contra\w+|absurd\w+|not)\b|"
    r"(?:by|for|to|leads? to|reach\w*|obtain|get|derive) (?:an? |the )?contradiction|indirect(?:ly)?\b|reductio|"
    r"true or false|multiple[ -]choice|quiz|(?:decide|check|determine|say) (?:whether|which|if)\b|"
    r"which of (?:the|these|them)|consider the (?:following )?(?:claims|statements|assertions)|impossib\w+ proof|"
    r"only finitely many|(?:is|are) irrational|correct the)\b",
    re.IGNORECASE,
)
_BACK = re.compile(
    r"\b(?:solutions?|answers?|corrections?|corrected|resolution|in truth|in fact|the truth)\b\W*[:.]|"
    r"\\(?:square|blacksquare|Box)|"
    r"\N{WHITE SQUARE}|\\qed|\bqed\b|"
    r"\\end\{proof\}|\N{END OF PROOF}",
    re.IGNORECASE,
)
_OWN = re.compile(
    rf"\\(?:text|textrm|mbox|mathrm|textit|textbf)\s*\{{[^}}]*\b(?:{_WRONG}|no|not|never|only|mod|modulo|if|when|for)\b|"
    rf"\\lightning|\\xmark|"
    r"\\(?:x|b)?cancel\b|\\stackrel\{\?\}|\\overset\{\?\}|\\not\b|0x[0-9A-Fa-f]+|\\oplus|\\bot\b|\\nRightarrow",
    re.IGNORECASE,
)
_OTHER_NUMBERS = re.compile(
    r"\\math(?:bb|bf|rm|cal)\s*\{?\s*[ZF]\s*\}?\s*(?:_|/)|\bGF\s*\(|\bmod(?:ul\w+)?\b|\\[bp]?mod\b|\bclocks?\b|\bo'clock\b|"
    r"\b(?:boolean|booleschen?|logical(?: or)?|bits?|bitwise|binary|hexadecimal|octal|hex|xor|truth values?|"
    r"dual numbers?|nilpotent|tropical|"
    r"max-plus|saturat\w+|residue\w*|congruen\w+|finite fields?|field (?:with|of)|characteristic|wrap\w*(?: around)?|"
    r"overflow\w*|"
    r"hours?|weekdays?|minutes?|months?|o'clock|strings?|concatenat\w+|sets?|union|idempotent|semirings?|cardinals?|"
    r"ordinals?|"
    r"infinit\w+|floating|rounding|rounded|machine|integer division|python|in C|base|parity|surreal|quaternions?|"
    r"p-adic|\d-adic|regular expressions?|game|nim\w*|cyclic|group of order|signals?|logic)\b",
    re.IGNORECASE,
)
_THROUGHOUT = re.compile(
    r"\b(?:work|comput\w+|calculat\w+|arithmetic|everything|operations?|numbers|all|always|throughout|here)\b[^.]{0,50}"
    r"(?:\bmod(?:ulo)?\b|\\math(?:bb|bf)\s*\{?\s*[ZF]\s*\}?\s*(?:_|/)|\bGF\b|\bboolean\b|\bfinite field|\bfield with)",
    re.IGNORECASE,
)
_MODULAR_TITLE = re.compile(
    r"\b(?:modul\w+|mod|finite fields?|boolean|clock|residue\w*|congruen\w+|binary|logic|"
    r"bits?)\b",
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
_DIGIT = re.compile(r"[-+]?\s*\d")
_PERCENT_MORE = re.compile(r"[-+]\s*\d+(?:\.\d+)?\s*\\%")
_CASES = re.compile(
    r"\b(?:cases?|both|larger|smaller|greater|zero|distinct|at least|at most|between|vanish\w*|integers?|mutually|"
    r"exclude|exclusive|"
    r"cannot both|separate\w*|independent\w*|uncorrelated|satisf\w+|solves?|suppos\w+|assum\w+|provided|convention|"
    r"agree|ignor\w+|"
    r"neglect\w*|special|limit|approximat\w+|equilibrium|steady|balance\w*|opposite|constrain\w+|restrict\w+)\b",
    re.IGNORECASE,
)  # fmt: skip


def why_unclaimed(source: str, left: str, right: str, around: Around) -> str:
    r"""Why nobody claims a line that does not hold; "" where nothing around it says so.

    source: the whole formula; left, right: the two sides, as they are printed

    >>> here = Around("this would imply", "", "", "", "", "", "", "", "", "")
    >>> why_unclaimed("1 = 0", "1", "0", here)
    'numbers that differ are said to be equal, for a contradiction or in other arithmetic'
    >>> why_unclaimed("a = a + 1", "a", "a + 1", here)
    'nobody may claim it, as the words around it say: would'
    """
    if source.strip(" .,;\n") == f"{left} = {right}" and _DIGIT.fullmatch(left) and _DIGIT.fullmatch(right):
        return "numbers that differ are said to be equal, for a contradiction or in other arithmetic"
    if _REFERENCES.fullmatch(left) and _REFERENCES.fullmatch(right):
        return "its sides may be numbers of equations"
    if _COMMA.search(_VALUES.sub("", source)):
        return "a comma in it may be that of a decimal"
    if _PERCENT_MORE.search(left):
        return "a percentage may be one of what stands before it"
    if "\\equiv" in source and _WHOLE.fullmatch(left):
        return "it may be a congruence"
    if len({frozenset(_UNITS.findall(side)) for side in re.split(r"=|\\approx", source)}) > 1:
        return "its numbers have units, which may differ"
    found = _OWN.search(source) or _SENTENCE.search(around.sentence) or _NEXT.search(around.next)
    found = found or _onward(around) or _titled(around)
    if found:
        return f"nobody may claim it, as the words around it say: {found[0].strip(' ' + MARK)}"
    if "\\equiv" not in source and _ANALYSIS.search(f"{left} {right}") is None:
        other = (
            _OTHER_NUMBERS.search(around.raw)
            or _MODULAR_TITLE.search(around.titles)
            or _THROUGHOUT.search(around.section)
        )
        if other:
            return f"it may be about other numbers, as the words around it say: {other[0]}"
    return ""


def _onward(around: Around) -> re.Match[str] | None:
    """What begins, in front of a line, a stretch of lines that need not be true, and does not end before it."""
    for said in (around.unit, around.section):
        *_, last = [None, *_ONWARD.finditer(said)]
        if last is not None and _BACK.search(said, last.end()) is None:
            return last
    return None


def _titled(around: Around) -> re.Match[str] | None:
    return _SENTENCE.search(around.titles) or _ONWARD.search(around.titles)


def restricted_from_afar(around: Around) -> str:
    """A condition in a title, the head of a theorem, a lead or an earlier sentence, which may be all that makes a line true."""
    for said in (around.lead, around.titles, around.unit, around.paragraph, around.notes):
        found = CONDITION.search(said) or PROPERTY.search(said)
        if found:
            return found[0]
    found = _CASES.search(f"{around.lead} {around.notes} {around.before}") or _CASES.search(around.paragraph)
    return found[0] if found else ""


__all__ = ["restricted_from_afar", "why_unclaimed"]
