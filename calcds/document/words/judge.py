"""Whether an equation that does not hold for all values is wrong, or was never meant for all values.

Notes are full of equations that are no identities: `x^2 = 9` is a condition, `Ax = b` a system, `E = mc^2` a law. Calling
one of them wrong is the worst a linter can do, so a refutation counts only where nothing speaks against a claim.

Imports: calcds.document.source.names, calcds.expr.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from collections.abc import Set as AbstractSet

from calcds.document.source.likelihoods import LOGARITHM, is_signature
from calcds.document.source.names import FUNCTIONS, KNOWN_NUMBERS
from calcds.expr.functions import fn
from calcds.expr.kinds import INDEX, FullRank, Matrix, Positive, Vector
from calcds.expr.term import DERIVATIVES, ONE, ZERO, Term, as_term, entry, relation, subterms

CALCULUS = {"deriv", "grad", "jac", "hess", "integral", "limit", "sum", "prod", "at", "antideriv"}
_WEAK = re.compile(
    r".*\b(if|when|whenever|suppose|assume|assuming|such that|subject to|s\.t\.|set|setting|sets|solve|solving|satisfy|"
    r"satisfies|satisfying|solutions? (?:of|to)|roots? of|zeros? of|until|only if|iff|unless|equation|equations|"
    r"constraint|constraints|requires?|until|while|where|with|for|let|"
    r"given|choose|choosing|takes?|taking|put|putting|inserting|substituting|condition|means that|means|wants?|must|should|"
    r"exists?|root|system|curve|circle|ellipse|plane|"
    r"surface|level set|graph)\b[^.;:?!]{0,40}$",
    re.IGNORECASE | re.DOTALL,
)
_IN_WORDS = re.compile(  # these words ask for nothing
    r"\bfor (?:the|this|that|its|short|brevity|simplicity|convenience|example|instance)\b"
    r"(?: (?!equations?|systems?|conditions?|constraints?|roots?|zeros?|curve|case|choice|values?|special|solutions?)"
    r"[a-z-]+){0,3}(?=,? ?$|,)"
    r"|\b(?:is|are|was|were)(?: [a-z]+ly| then| thus)? given by\b"
    r"|, (?:while|whereas)(?= (?:the|its|that|those) )",
    re.IGNORECASE,
)
_NOTHING_PUT_IN = re.compile(  # what comes out of it is claimed
    r"\bsubstituting(?: this| that| these)?, ?$"
    r"|\btaking (?:the |natural )*(?:log(?:arithm)?s?|exponentials?|expectations?|expected values?|traces?|transposes?|"
    r"determinants?|square roots?|reciprocals?|inverses?)"
    r"(?: (?:of|on|in) (?:both|the two) sides)?, ?$",
    re.IGNORECASE,
)
_CONTRAST = re.compile(r"[\s$),\\]*\b(?:while|whereas)\b[\s$(\\]*", re.IGNORECASE)  # between two formulas: no time is meant
_STRONG = re.compile(
    r"\b(then|hence|thus|therefore|so|get|gives?|have|obtain|yields?|is|are|equals?|derivative|gradient)\b[^.;?!]{0,30}$",
    re.IGNORECASE,
)


HARD = {"if", "when", "whenever", "such that", "subject to", "s.t.", "set", "setting", "sets", "solve", "solving",
        "only if", "iff", "unless", "until", "condition", "root", "solution of", "solutions of", "solution to", "solutions to",
        "root of", "roots of", "zero of", "zeros of", "equation", "equations", "constraint",
        "constraints", "taking", "choosing", "putting", "inserting", "substituting",
        "suppose", "assume", "curve", "circle", "ellipse", "plane", "surface", "level set", "graph"}  # fmt: skip


def asking_word(before: str, *, display: bool) -> str:
    """The word in front of an equation which says that it is asked for, not claimed; "" where there is none."""
    tail = _IN_WORDS.sub(" ", " ".join(before[-90:].split()))
    if display:
        tail = re.split(r"[.!?] ", tail)[-1]
    if _CONTRAST.fullmatch(before):
        return ""
    if re.search(r"\bapprox", before[-200:], re.IGNORECASE):
        return "condition"
    weak = None if _NOTHING_PUT_IN.search(tail) else _WEAK.search(tail)
    if weak is None:
        return ""
    strong = _STRONG.search(tail)
    return weak[1].lower() if strong is None or strong.start() < weak.start(1) else ""


def has_calculus(term: Term) -> bool:
    """Whether something is differentiated, integrated, summed or taken to a limit."""
    return any(t.head in CALCULUS for t in subterms(term))


def is_open(left: Term, right: Term, defined: AbstractSet[Term], word: str) -> bool:
    """Whether an equation may be meant as a condition at all.

    A sum of numbers, the value of a derivative, and what follows for a name that is defined are none.
    """
    if not left.free and not right.free:
        return False
    if not word:
        return True
    if word not in HARD:
        if not left.free.isdisjoint(defined) and left.head != "sym" and right.free and right.head != "zeros":
            return False
        if (
            left.free == right.free
            and left.head not in {"sym", "entry", "apply"}
            and not _unknown(left)
            and not _unknown(right)
        ):
            return False
    computed = has_calculus(left) or any(t.head in DERIVATIVES for t in subterms(left))
    return not computed or right.head in {"num", "zeros"} or not right.free


def objection(left: Term, right: Term, plain: set[Term], valued: set[Term]) -> str:
    """Why an equation that fails somewhere is no error; "" where it is one.

    plain: symbols of undeclared names; valued: symbols that the document gives a number somewhere
    """
    calculus = has_calculus(left) or has_calculus(right)
    if not left.free and not right.free and not _unknown(left) and not _unknown(right):
        return ""
    why = _functions(left, right)
    if why:
        return why
    for one, other in ((left, right), (right, left)):
        if any(t.head == "antideriv" and t.args[1] not in other.free for t in subterms(one)):
            return "an integral without bounds that is a number"
    here = {s for s in plain if s in left.free}, {s for s in plain if s in right.free}
    only = here[0] - here[1], here[1] - here[0]
    if any(t.head == "antideriv" for t in subterms(left)):
        only = only[0], {s for s in only[1] if str(s.data[0]).lower() not in {"c", "const"}}
    arrays = {s for s in left.free if not s.is_scalar}, {s for s in right.free if not s.is_scalar}
    if not left.free and not calculus:
        return "it gives what stands on the right its value"
    if arrays[1] - arrays[0] and not calculus:
        return "it says what stands on the right"
    if right.head == "sym" and right not in left.free:
        return f"it gives {right} its value"
    if left.head == "sym":
        return f"it says what {left} is"
    if only[1]:
        return f"{listed(only[1])} stands on the right side only, and the text does not say what it is"
    if only[0] and (arrays[1] - arrays[0] or (right.free - left.free - arrays[1])):
        return "it relates what stands on the left to what stands on the right"
    elsewhere = (only[0] | (arrays[0] - arrays[1])) & valued
    if elsewhere and not calculus:
        return f"{listed(elsewhere)} has a value elsewhere, which may be put in here"
    if not calculus and _is_fixed(left, right):
        return "it says what kind of vector it is"
    if left.head == right.head == "mul" and left is not right and left.args == right.args[::-1]:
        return "it says that they commute"
    if not calculus and _is_property(left, right):
        return "it says what kind of matrix it is"
    if left.head == "pow" and left.args[0] is right and right.head in {"sym", "entry"}:
        return "it says which values a name has"
    if arrays[0] - arrays[1] and arrays[1] - arrays[0]:
        return "it relates what stands on the left to what stands on the right"
    if not right.free and left.free and not _computed(left):
        return "it asks for values at which it holds"
    if right.head in {"num", "zeros"} and left.free and not _computed(left):
        return "it asks for values at which it holds"
    return ""


_DATA = re.compile(r"\b(?:y|t|p|q|pi|r)(?:_\w+)* is (?:a probability|one-hot)")
_SIZES = re.compile(r"^(?:[nmkNpdr]|alpha|beta|lambda) is (?:nonzero|positive|nonnegative|at least)")
_WHOLE = re.compile(r"^[ijklmnqNM] is an integer")
_SYMMETRIC = re.compile(r"\b(?:Sigma|Lambda|K|H|S|C)\S* is (?:symmetric|diagonal|positive)")


def usually_meant(holds_if: str) -> bool:
    """Whether a missing hypothesis is one that readers take for granted: labels are one-hot, covariances symmetric, m whole."""
    patterns = (_WHOLE, _DATA, _SIZES, _SYMMETRIC)
    return any(pattern.search(one) for one in holds_if.split(" or ") for pattern in patterns)


def full_rank(*sides: Term) -> dict[Term, Term]:
    """`(X^T X)^{-1}` and `(X^T W X)^{-1}` presuppose that X has full column rank."""
    found: dict[Term, Term] = {}
    for t in (t for side in sides for t in subterms(side) if t.head == "inv"):
        inside = t.args[0]
        if (
            inside.head == "mul"
            and len(inside.args) in {2, 3}
            and inside.args[0].head == "trans"
            and inside.args[0].args[0] is inside.args[-1]
        ):
            x = inside.args[-1]
            if x.head == "sym" and x.data[1].word == "Matrix":
                found[x] = FullRank[x.shape].symbol(x.data[0])
    return found


def real_domain(*sides: Term) -> tuple[Term, ...]:
    """Documents mean real numbers: what stands in a logarithm or under a root is as large as it has to be there."""
    free = frozenset().union(*(side.free for side in sides))
    found: dict[Term, None] = {}
    for side in sides:
        for t in subterms(side):
            if (
                t.head == "fn"
                and t.data == "log"
                and t.is_scalar
                and t.args[0].free
                and t.args[0].free <= free
            ):
                found[relation(">", t.args[0], ZERO)] = None
            elif t.head == "pow" and t.args[0].free and t.args[0].free <= free and not _whole(t.args[1]):
                even = t.args[1].head == "num" and t.args[1].data > 0
                found[relation(">=" if even else ">", t.args[0], ZERO)] = None
    return tuple(c for c in found if not _trivial(c))


def long_enough(*sides: Term) -> tuple[Term, ...]:
    """An array has the entries that are printed with numbers, also in the formulas of names: `f = v_1 h_1 + v_2 h_2`."""
    longest: dict[Term, int] = {}
    for t in (t for side in sides for t in subterms(side) if t.head == "entry"):
        for length, place in zip(t.args[0].shape, t.args[1:], strict=False):
            if isinstance(length, Term) and length.head == "sym" and place.head == "num" and place.data >= 1:
                longest[length] = max(int(place.data) + 1, longest.get(length, 0))
    return tuple(relation(">=", length, as_term(longest[length])) for length in sorted(longest, key=str))


def positive_entries(*sides: Term) -> dict[Term, Term]:
    """The columns and matrices with entries in a logarithm or a root, and the same with positive entries only."""
    inside = [
        t.args[0] for side in sides for t in subterms(side)
        if (t.head == "fn" and t.data == "log") or (t.head == "pow" and not _whole(t.args[1]))
    ]  # fmt: skip
    arrays = {e.args[0] for t in inside for e in subterms(t) if e.head == "entry"}
    positive = {"Vector": Vector, "Matrix": Matrix}
    return {
        s: positive[s.data[1].word][(*s.data[1].sizes, Positive)].symbol(s.data[0])
        for s in sorted(arrays, key=str) if s.head == "sym" and s.data[1].word in positive
    }  # fmt: skip


def fractional_entries(*sides: Term) -> dict[Term, Term]:
    r"""The arrays with entries c of which c and 1 - c both stand in logarithms or below exponents, and arrays of fractions.

    `\log(y_i)` beside `\log(1 - y_i)` means a y_i between 0 and 1, which is 1 / (1 + e^{-u}) for one number u.
    """
    inside = {
        t.args[0] for side in sides for t in subterms(side)
        if (t.head == "fn" and t.data == "log") or (t.head == "pow" and not _whole(t.args[1]))
    }  # fmt: skip
    entries = {e for e in inside if e.head == "entry" and e.args[0].head == "sym" and ONE - e in inside}
    found: dict[Term, Term] = {}
    for s in sorted({e.args[0] for e in entries if e.args[0].data[1].word in {"Vector", "Matrix"}}, key=str):
        odds = s.data[1].symbol(f"log-odds of {s.data[0]}")
        i, j = INDEX.symbol("_i"), INDEX.symbol("_j")
        place = (i, ZERO) if s.shape[1] == 1 else (i, j)
        found[s] = Term("build", (ONE / (ONE + fn("exp", -entry(odds, *place))), i, j), None, s.shape)
    return found


def _whole(exponent: Term) -> bool:
    if exponent.head == "num":
        return bool(exponent.data.denominator % 2 == 1)
    return bool(exponent.free) and all(s.data[1].has("integer") for s in exponent.free)


def _trivial(condition: Term) -> bool:
    base = condition.args[0]
    return base.head == "sym" and base.data[1].has("positive")


def _computed(left: Term) -> bool:
    """Whether a left side is a computation whose result is a number for all values: a limit, a derivative of something."""
    return any(t.head in CALCULUS - {"sum", "prod"} for t in subterms(left))


def _is_fixed(left: Term, right: Term) -> bool:
    r"""`M e = e`, `P \mathbf{1} = \mathbf{1}`, `A v = \lambda v`: a vector that a matrix leaves in its place."""
    image = right.args[-1] if right.head == "mul" and all(a.is_scalar for a in right.args[:-1]) else right
    fixed = left.head == "mul" and left.args[0 if image.shape[0] == 1 else -1] is image
    return fixed and not image.is_scalar and 1 in image.shape


def _is_property(left: Term, right: Term) -> bool:
    """`A^T = A`, `Q^T Q = I`, `P^2 = P`: a single matrix, in words of at most two letters."""
    arrays = {s for s in left.free | right.free if not s.is_scalar}
    small = all(
        t.head in {"sym", "trans", "inv", "mul", "mpow", "eye", "num", "zeros"}
        for side in (left, right)
        for t in subterms(side)
    )
    return len(arrays) == 1 and small and all(sum(1 for _ in subterms(side)) <= 4 for side in (left, right))


def _unknown(term: Term) -> set[str]:
    return {t.data.name.removeprefix(LOGARITHM) for t in subterms(term) if t.head == "apply" and t.data.body is None}


def _functions(left: Term, right: Term) -> str:
    names = _unknown(left), _unknown(right)
    if not names[0] and not names[1]:
        return ""
    if names[0] != names[1]:
        return f"it says something of the function {listed(names[0] ^ names[1])}"
    if not all(n in FUNCTIONS or n in {"u", "v", "w", "y"} or is_signature(n) for n in names[0]):
        return f"the text does not define {listed(names[0])}"
    compound = any(
        t.head in CALCULUS
        and (
            t.args[0].head not in {"apply", "sym", "entry"}
            or any(a.head not in {"sym", "num"} for a in t.args[0].args)
        )
        for side in (left, right)
        for t in subterms(side)
    )
    free = compound or at_one_place(left, right)
    return "" if free else f"it says something of the function {listed(names[0])}"


def at_one_place(left: Term, right: Term) -> bool:
    r"""Whether two sums are about the values of functions at one place: `\|x - a \nabla f(x) - z\|^2 = \|x - z\|^2 - ...`.

    The value and the gradient at one place are a number and a column, and may be any; two sums of them that are equal are so by
    algebra. One term alone may be what a condition is about, as in `\|\nabla f(x)\| = 1` or `x = x - a \nabla f(x)`.
    """
    values = {t for side in (left, right) for t in subterms(side) if t.head == "apply" and t.data.body is None}
    plain = all(len(v.args) == 1 and v.args[0].head in {"sym", "entry", "build"} for v in values)
    return left.is_scalar and plain and len({v.args for v in values}) == 1 and _is_sum(left) and _is_sum(right)


def _is_sum(side: Term) -> bool:
    """Whether a side is a sum of several terms, a product with one, or the square of the norm of one."""
    if side.head == "pow" and side.args[0].head == "norm":
        side = side.args[0].args[0]
    parts = (side, *side.args) if side.head == "mul" else (side,)
    return any(part.head == "add" and len(part.args) > 1 for part in parts)


def left_open(left: Term, right: Term) -> str:
    r"""What the text leaves open about the names of an equation, so that no choice of values tells against it.

    The mean of data is no free number, though nothing says how it is computed; `x_1 z_1 + x_2 z_2` for `x^T z` says that
    there are no more components than those.
    """
    known = KNOWN_NUMBERS.get(left.data) if left.head == "const" else None
    if known is not None and (right.head == "num" or (right.head == "decimal" and abs(float(right.data) - known) > 0.5)):
        return f"{left} may be a name here, of which this is the value"
    free = left.free | right.free
    names = {str(s) for s in free}
    if means := {s for s in free if _base_of_mean(s) in names}:
        return f"the text does not say what {listed(means)} is"
    singled = {
        t.args[0] for side in (left, right) for t in subterms(side)
        if t.head == "entry" and t.args[0].head == "sym" and all(i.head == "num" for i in t.args[1:])
        and isinstance(t.args[0].shape[0], Term) and t.args[0].shape[0].free
    }  # fmt: skip
    matrices = any(not s.is_scalar and s.shape[1] != 1 for s in free)  # they tell how many components there are
    beside = {a for side in (left, right) for t in subterms(side) if t.head != "entry"
              for a in (t.args[:1] if t.head == "at" else t.args)}  # a place is no use of all its components
    whole = set() if matrices else singled & beside
    return f"{listed(whole)} may have no more components than those that are named" if whole else ""


def _base_of_mean(name: Term) -> str:
    """`x` for a name like `x_bar`; no name for any other."""
    shown = str(name)
    return shown.removesuffix("_bar") if shown.endswith("_bar") else "\0"


def listed(names: Iterable[str] | Iterable[Term]) -> str:
    """Names in a sentence."""
    return ", ".join(sorted(map(str, names)))
