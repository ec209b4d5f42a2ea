"""What the words in front of a formula and behind it say: that it is laid down, found, supposed for a moment, one case.

Patterns only; `calcds.document.checking` asks them.
"""

from __future__ import annotations

import re

LOCAL = re.compile(
    r"(?:\bif|\bwhen|\bwhenever|\buntil|\bwhile|\bonly if|\bunless|\biff|\bat)\W*$", re.IGNORECASE
)
AT = re.compile(r"\bat\W*$", re.IGNORECASE)
SEQUENCE = re.compile(r"\bsequences?\b", re.IGNORECASE)
AT_A_POINT = re.compile(r"\b(?:at|there|here|point)\b", re.IGNORECASE)  # a value of a derivative may be meant
SPECIAL = re.compile(r"\b(?:with|for|taking|choosing|setting|case)\W*$", re.IGNORECASE)
CONDITIONAL = re.compile(r"[\s$)\\\]]*,?\s*(?:and\s+)?(if|when|for|otherwise|else)\b")
GOES_ON = re.compile(r"[\s$)\\\]]*[,;]?\s*(?:and|or|while|but|whereas)?[\s$(\\]*$")
# words before an order that hold for a moment, or say that it was found
PASSING = re.compile(
    r"\b(?:if|when|whenever|until|while|unless|iff|at|for|case|so|thus|hence|then|therefore|gives?|implies|get|have|that)\W*$",
    re.IGNORECASE,
)
BREAK = re.compile(r"\n[ \t]*(?:\n|[-*+][ \t]|\d+[.)][ \t])")
# words that say more of the factors than the equation behind them
CONVOLUTION = re.compile(r"\bcross-correlat|\bconvol(?:ution|ve|ving)", re.IGNORECASE)
DECOMPOSED = re.compile(r"[^.;?!]{0,40}\b(?:decomposition|eigendecomposition|factori[sz]ation|SVD)\b")
DECOMPOSES = re.compile(r"\b(?:decomposition|eigendecomposition|factori[sz]ation|SVD)\b[^.;?!]{0,80}$")
FOUND = re.compile(
    r"\b(?:if|when|for|at|gives?|get|obtain|hence|so|thus|therefore|yields?|solution|solve[ds]?|implies|zero|case|minimi\w+|maximi\w+)\b[^.;?!]{0,25}$",
    re.IGNORECASE,
)
CONCLUDES = re.compile(r"\b(?:hence|so|thus|therefore|it follows)(?: that| we (?:get|obtain|find|have))?,?\s*$", re.IGNORECASE)
STATED = re.compile(  # an equation behind these words is a fact, also where it holds for some values only
    r"\b(?:because|since|as|using|with|note|notice|recall|remember|know|fact)\b[^.;:?!,$]{0,30}[\s$(\\]*$", re.IGNORECASE
)
GIVES = re.compile(
    r"\b(?:let|define[sd]?|put|set|take|consider|write|denote|call|introduce|with|where|choose|given|suppose|by|as)\b[^.;?!]{0,60}$",
    re.IGNORECASE,
)
# "For $f(x) = ...$", "**Poisson.** Up to a constant $...$", "- $f(x) = ...$": what begins the next example
_OTHER_FORM = (
    r"\b(?i:thus|hence|so|then|therefore|expand\w*|simplif\w*|proof|solution|answer|check|remark|note|\w*forms?|rewrit\w*)\b"
)
NEXT = re.compile(
    r"(?:\b[Ff]or|\b[Ee]xamples?(?:\s+\w{1,3})?(?:\s*\([^()$]{1,40}\))?[.:]?(?:\*\*|\*|\})?|"
    r"(?P<item>\n[ \t]*(?:[-*+]|\d+[.)]|\\item))|"
    rf"(?:\*\*|\\(?:textbf|emph|paragraph|textit)\{{)(?:(?!{_OTHER_FORM})[^*{{}}$]){{1,40}}(?:[.:](?:\*\*|\}})|(?:\*\*|\}})[.:])"
    rf"(?:(?!{_OTHER_FORM})[^.;:?!$]){{0,60}})[\s:$(\\\[]*$"
)
# "Expanding the square," and the like: behind it stands another form of what is known, and nothing new
_CHANGED = (
    r"\b(?:now|instead|new\w*|another|other|modif\w+|re-?defin\w+|add(?:ing|ed|s)?|drop\w*|scal\w+|choos\w+|chang\w+|"
    r"replac\w+|penal\w+|regulari\w+|minimi\w+|maximi\w+|us(?:e|es|ed|ing)|if|when|at|near|for(?!\s+(?:all|any|every|each)\b))\b"
)
PROMISES_FORM = re.compile(
    rf"\b(?:expand(?:s|ed|ing)?|simplif\w+|multipl\w+ out|collecting|rearrang\w+|complet\w+ the square|equivalently|"
    rf"therefore|hence|thus|in other words|written out|rewrit\w+)\b(?:(?!{_CHANGED})[^.;?!]){{0,60}}$",
    re.IGNORECASE,
)
# a paragraph that begins in bold: "**Momentum** ($\\beta = 0.9$): ..."
HEADED = re.compile(r"(?:^|\n)[ \t]*(?:[-*+][ \t]+|\d+[.)][ \t]+)?(?:\*\*[^*\n]+\*\*|\\(?:textbf|paragraph|subparagraph)\b)")
CASES = re.compile(r"\\begin\{cases\}.*?\\end\{cases\}", re.DOTALL)
PARITY = re.compile(r"\b(?:for|if|when|with|let)\b[^.;:]{0,20}\b(even|odd)\b", re.IGNORECASE)
SQUARE = re.compile(  # "a square matrix", "for square $A$", "where $A$ and $B$ are square"
    r"\bsquare\s+(?:matri(?:x|ces)\b|(?:\$|\\\()\s*(?:\\\w+\s*\{)?[A-Z])|(?:\$|\\\))\s*(?:is|are|be)\s+(?:both\s+)?square\b",
    re.IGNORECASE,
)
STATES = re.compile(
    r"\b(?:let|assume|suppose|given|throughout|always|denote|positive|where|define[sd]?)\b[^.;?!]{0,40}$",
    re.IGNORECASE,
)
_NEXT_ORDER = r"\band\s+(?:let|consider|suppose|take|look|study|minimi[sz]e|maximi[sz]e)\b"
EXPLAINS = re.compile(  # not "Let $A$ be symmetric and consider $f(x) = x^T A x$"
    rf"(?!{_NEXT_ORDER})\b(?:where|with|and|here)\b(?:(?!{_NEXT_ORDER})[^.;?!]){{0,40}}$", re.IGNORECASE
)
MODULO = re.compile(r"[\s$)\\]*\(?(?:mod|modulo)\b")
IN_WHICH = re.compile(r"\b(?:where|with)\b[^.;?!]{0,20}$")  # not "With $z = x$ we get"
ANEW = re.compile(r"\b(?:where|here)\s+now\b\W*$|\bnow\s+(?:let|put|set|define|write)\b\W*$|\bre-?define\b\W*$", re.IGNORECASE)
ELSEWHERE = re.compile(  # another part of the text, where names may mean something else
    r"\b(?:sections?|chapters?|parts?|paragraphs?|examples?|exercises?|lectures?|figures?|above|earlier|before|"
    r"previous\w*|preceding|former)\b|\\S\s*\d|\N{SECTION SIGN}|\\(?:eq|c|auto)?ref\b",
    re.IGNORECASE,
)
WHERE = re.compile(r"[,.]?\s*(?:where|with|for|in which|wo)\b", re.IGNORECASE)
