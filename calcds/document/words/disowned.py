r"""How texts say that a line is asked, wrong, somebody else's or led to absurdity: patterns over the words around it.

    SENTENCE    its sentence, with the lead of its list and the head of its table; OWN stands for the line
    NEXT        how the next sentence begins: "This is wrong.", "A contradiction."
    LATER       what is said of it further behind: "The mistake is ..."
    ONWARD      what begins a stretch of lines that need not be true, BACK what ends it: "Find the mistake.", "Solution."
    PRINTED     what the formula prints itself: a text that denies it, a lightning

Imports: calcds.document.words.restricting, calcds.document.words.surroundings.
"""

from __future__ import annotations

import re

from calcds.document.words.restricting import MARK
from calcds.document.words.surroundings import OWN

_FAULT = (
    r"(?:mistakes?|errors?|flaws?|fallac(?:y|ies)|blunders?|bugs?|slips?|misconceptions?|howlers?|pitfalls?|traps?|"
    r"misprints?|typos?)"
)
_AT_FAULT = (  # errors that somebody made; others are quantities: "the mean error is"
    r"(?:only|first|second|third|last|real|actual|hidden|main|obvious|classic\w*|common|usual|typical|subtle|fatal|key|little|big|"
    r"logical|same|signs?|algebra\w*|arithmetic\w*|calculation|careless|conceptual|crucial|decisive)"
)
_QUANTITY = r"\W*(?:then |thus |about |now |at most |approximately )?(?:\N{INTERLINEAR ANNOTATION ANCHOR}|\d)"
_WRONG = (
    r"(?:wrong(?:ly)?|false(?:ly)?|incorrect(?:ly)?|untrue|invalid|nonsens\w+|absurd\w*|impossible|contradict\w*|paradox\w*|"
    r"mistaken(?:ly)?|erroneous(?:ly)?|bogus|flawed|faulty|fake|meaningless|illegal|forbidden|ridiculous|inconsistent|"
    r"unsolvable|disprove[sd]?|refute[sd]?|fails?|violate[sd]?|counter-?examples?|untenable|misleading|dangerous)"
)
_NOT = r"(?:not|never|nobody|no one|none|nowhere|hardly|neither|nor|cannot|rarely)"
_PEOPLE = (
    r"(?:students?|beginners?|pupils?|(?:school)?children|kids|"
    r"many people|some people|someone|somebody|one|you|we|novices?|freshm[ae]n)"
)
_SOMEBODY = (
    r"(?:a|the|one|another|some|our|my)\s+(?:\w+\s+)?(?:students?|pupils?|friends?|colleagues?|classmates?|textbooks?|"
    r"web(?:site|page)s?|chatbots?|"
    r"calculators?|programs?|programmes?|candidates?|software)"
)
_SAYING = (
    r"(?:have|has|get|gets|conclude|write|say|claim|think|that|simply|just|expect|should|must|may|can|to|use|used|"
    r"obtain|holds?|true|"
    r"imply|mean|follows?|in|general|always|necessarily|do|does|is|it|the|a|case|equal|so|rule|formula|identity|"
    r"equation|law|we|then|"
    r"ever|usually|confuse|be|as|be|compute|for|instance|example|valid|right|correct)"
)
SENTENCE = re.compile(  # in a sentence about a line which nobody claims
    rf"\b(?:{_WRONG}(?!\s+(?:positives?|negatives?|alarms?|discover\w+))|(?:common|typical|classic\w*|frequent|usual|"
    rf"find|spot)\s+(?:\w+\s+)?{_FAULT}|"
    rf"(?:find|spot|explain|where is|what is|identify|correct|locate|detect)\s+(?:the|an|all|every|any|this)\s+{_FAULT}|"
    r"would|were (?:it|true|this|that)|supposedly|allegedly|"
    rf"no(?:\s+\w+)?\s+(?:solutions?|roots?|such)|unsolvable|true or false|which (?:one )?of|"
    r"(?:true|correct|right|valid)\s*\?|multiple[ -]choice|quiz|tick|true\s*/\s*false|"
    rf"(?:confus\w+|mistak\w+|mix\w*\s+up)\b|tempt\w+|believ\w+|pretend\w*|"
    rf"misconceptions?|pitfalls?|howlers?|blunders?|fallac(?:y|ies)|many write|beliefs?|broken|"
    rf"{_SOMEBODY}\s+(?:writ\w+|wrote|comput\w+|think\w*|thought|conclud\w+|claim\w*|sa(?:y|id)\w*|argu\w+|answer\w*|"
    rf"found|finds|gets?|got|"
    r"shows?|showed|printed|prints|used?|applied|hand\w* in)|"
    rf"{_PEOPLE}\s+(?:often|sometimes|always|frequently|might|may|could|usually|tend|like|love)\s+(?:to\s+)?"
    r"(?:writ\w+|comput\w+|think\w*|conclud\w+|claim\w*|say\w*|cancel\w*|simplif\w+|forget\w*|expect\w*|hop\w+|guess\w*)|"
    r"(?:might|may|could)\s+(?:\w+\s+)?(?:think|expect|believe|guess|hope|conjecture|suspect|write|conclude)|"
    r"freshm[ae]n'?s?|children|kids|negat(?:ion|es|ed)|the opposite|fools?|naive(?!\s+bayes)\w*|myth|joke|"
    r"only\s+(?:if|when|for|"
    r"where|valid|true|"
    r"holds?)|for only|"
    r"holds?\s+for\b[^.;]{0,40}\bonly)\b"
    rf"|\b{_NOT}\W+(?:{_SAYING}\W+)*{OWN}"
    rf"|{OWN}\W*(?:\w+\W+){{0,2}}(?:\w+n[^\w\s]t|\b{_NOT})\b(?!\s+(?:only|depend|chang|need|affect|a\s+surpris))"
    rf"|\b(?:proposition|statement|assertion|formula)\s+{MARK}\s*:"
    rf"|{OWN}[\s*.,]*\|[\s*]*(?:no|not|false|wrong|never|f|n)\b"
    rf"|{OWN}\W*(?:with\s+)?(?:an?\s+|the\s+)?(?:remainder|rest|R)\b"
    rf"|\b(?:instead of|rather than|contrast\w*|unlike|as opposed to|in place of|in lieu of)\s+(?:\w+\s+){{0,2}}{OWN}"
    rf"|{OWN}\W*[\[(]\s*(?:F|false|no|wrong|x|f)\s*[\])]|[\[(]\s*(?:F|false|no|wrong)?\s*[\])][\s:.]*{OWN}"
    r"|~~|\N{CROSS MARK}|\N{BALLOT X}|\N{HEAVY BALLOT X}|\(!\)|<(?:s|del)>",
    re.IGNORECASE,
)
NEXT = re.compile(  # how the sentence behind such a line begins
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
LATER = re.compile(  # what is said of a line, or of its proof, further behind
    rf"\b(?:the|our|this|that|his|her)\s+(?!(?!{_AT_FAULT}\b)\w+\s+errors?\b)(?:\w+\s+)?{_FAULT}\s+(?:is|was|lies|here|of|in|"
    rf"occurs?|happens?)\b(?!(?<=\berror is){_QUANTITY}|(?<=\berror was){_QUANTITY})(?<!\berror of)"  # the error is 0.2
    r"|\b(?:which|what)\s+(?:of them|one|statements?|claims?|equations?|formulas?|answers?|lines?)\b|\bwho is (?:right|"
    r"wrong)\b"
    r"|[\"\N{LEFT DOUBLE QUOTATION MARK}`']\s*proof\b|\bpseudo-?proof|\bwhat(?:'s| is| went) wrong\b",
    re.IGNORECASE,
)
ONWARD = re.compile(  # what begins a stretch of lines that need not be true
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
BACK = re.compile(
    r"\b(?:solutions?|answers?|corrections?|corrected|resolution|in truth|in fact|the truth)\b\W*[:.]|"
    r"\\(?:square|blacksquare|Box)|"
    r"\N{WHITE SQUARE}|\\qed|\bqed\b|"
    r"\\end\{proof\}|\N{END OF PROOF}",
    re.IGNORECASE,
)
PRINTED = re.compile(
    rf"\\(?:text|textrm|mbox|mathrm|textit|textbf)\s*\{{[^}}]*\b(?:{_WRONG}|no|not|never|only|mod|modulo|if|when|for)\b|"
    rf"\\lightning|\\xmark|"
    r"\\(?:x|b)?cancel\b|\\stackrel\{\?\}|\\overset\{\?\}|\\not\b|\\aleph|\{[lcr]+\|[lcr]+\}|0x[0-9A-Fa-f]+|\\oplus|"
    r"\\bot\b|\\nRightarrow",
    re.IGNORECASE,
)

__all__ = ["BACK", "LATER", "NEXT", "ONWARD", "PRINTED", "SENTENCE"]
