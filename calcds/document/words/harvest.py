r"""What documents say of names: `A \in \mathbb{R}^{m \times n}`, `\sigma > 0`, `f: \mathbb{R}^n \to \mathbb{R}`, "symmetric".

Evidence (a transposed letter is a vector or a matrix, `f(x) = ...` makes f a function) is gathered from the whole
document first; declarations are taken in the order of the text.

Imports: calcds.document, calcds.expr.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from calcds.document.source.extract import Segment
from calcds.document.source.keys import full_key, index_nodes, labelled, of_any_layer, subscripted
from calcds.document.source.latex import Node, parse, walk
from calcds.document.source.names import (
    BINDING,
    KNOWN_NUMBERS,
    NUMBERED,
    atom_and_marks,
    is_divergence,
    is_double_bar,
    is_inverse_transpose,
    is_label,
    is_square,
    is_transpose,
    letter_of,
    named,
    names_in,
    opened,
    script,
    shown,
    text_of,
    with_indices,
)
from calcds.document.source.raw import Unread
from calcds.document.source.sets import sets_in
from calcds.document.source.statements import Side, Statement
from calcds.document.words import prose
from calcds.document.words.capitals import capitals, divisors
from calcds.document.words.operands import residuals
from calcds.document.words.scope import Declared, Function, Scope
from calcds.document.words.surveying import PRIMED, summed_names
from calcds.errors import CalcdsError
from calcds.expr import kinds
from calcds.expr.kinds import Dim, FunctionSymbol, Interval, Kind, Matrix, Vector
from calcds.expr.term import SCALAR, Shape, Size, Term, same_size, size

_MULTIPLIERS = {"alpha", "lambda", "eta", "gamma", "sigma"}  # letters of numbers, also behind a row
_WORDS = (
    r"symmetric|orthogonal|diagonal|invertible|nonsingular|non-singular|positive[ -]?definite|positive[ -]?semi-?definite|"
    r"antisymmetric|skew-symmetric|orthonormal|one-hot|unit|covariance|correlation|Hessian|Gram|kernel|projection|PSD|SPD"
)
_SEVERAL = rf"(?:{_WORDS})(?:[ ,]+(?:and\s+)?(?:{_WORDS}))*"  # "symmetric and positive definite"
_AFTER = re.compile(
    r"[\s$)\\\]]*(?:(?:is|be|are|being|have|has|denotes?|the|an?|some|any|both|real|square|full-rank|general|and|its|also|assumed|to|"
    r"constant|fixed|given|known|arbitrary|large|small|dense|sparse|matri\w+)\s+|,\s*)*"
    rf"(?P<word>{_SEVERAL})(?!\s+(?:part|to)\b)\b",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    rf"(?P<word>{_SEVERAL})"
    r"(?:\s+(?:\w+\s+)?(?:matrix|matrices|vectors?|labels?|targets?|encodings?|and\s+\w+\s+matrix))?[\s$(\\]*$",
    re.IGNORECASE,
)
# what takes back that an earlier section said of a matrix: "a matrix $A$ with independent entries", "a general matrix $A$"
_ANY_AFTER = re.compile(
    r"[\s$)\\\]]*(?:,\s*)?(?:(?:has|have|having|with)\s+independent\s+entries|"
    r"(?:is|are|be|being)?\s*(?:now\s+)?(?:an?\s+)?(?:general|arbitrary)\s+(?:square\s+)?matri|"
    r"(?:is|are|be|need)?\s*not\s+(?:necessarily\s+)?(?:be\s+)?symmetric)",
    re.IGNORECASE,
)
_ANY_BEFORE = re.compile(r"\b(?:general|arbitrary|non-?symmetric)\s+(?:square\s+)?matri(?:x|ces)[\s$(\\]*$", re.IGNORECASE)
_OF_THE_NEXT = re.compile(r"[\s$)\\\]]*(?:,\s*)?(?:(?:and|with|its|the|an?)\s+)+(?:\w+[ -]?)*$", re.IGNORECASE)
_NEXT = re.compile(r"\s*(?:\w+\s+){0,2}(?:\$|\\\()")
_IF = re.compile(r"\b(?:if|when|whenever)\b[^.;:,$]{0,30}[\s$(\\]*$", re.IGNORECASE)
_SUPPOSES = re.compile(
    r"\b(?:if|when|whenever|let|with|where|for|since|because|as|suppose|supposing|assume|assuming)\b[^.;:,$]{0,30}[\s$(\\]*$",
    re.IGNORECASE,
)
_FOR = re.compile(r"\bfor\s+(?:(?:an?|any|all|every|each|the|some)\s+)?$", re.IGNORECASE)  # a case of what is known
_TRAILING = re.compile(
    r"[\s$)\\\]]*(?:[,(]\s*)?(?:(?:holds?|is (?:true|valid)|valid|true)\s+)?"
    r"(?:if|when|whenever|for|with|where|provided(?:\s+that)?|since|because|as|assuming)\s+(?:(?:all|any|every|an?|the|both)\s+)*"
    rf"(?:(?P<before>{_SEVERAL})\s+)?(?:matrix\s+|matrices\s+|vectors?\s+)?"
    r"(?P<names>\$[^$=<>]{1,24}\$(?:(?:,|\s+and)\s*\$[^$=<>]{1,24}\$){0,2})"
    rf"(?:\s+(?:is|are|being)?\s*(?:an?\s+)?(?P<after>{_SEVERAL})\b)?"
)
_TRAILING_EQUATION = re.compile(
    r"[\s$)\\\]]*(?:[,(]\s*)?(?:if|when|whenever|for|with|where|provided(?:\s+that)?|since|because|as|assuming)\s+"
    r"\$(?P<left>[^$=<>]{1,24})=(?P<right>[^$=<>]{1,24})\$"
)
_LET = re.compile(
    r"\b(?:let|take|consider|suppose|given|general|arbitrary|any|every|for)\b[^.;:$]{0,40}[\s$(\\]*$", re.IGNORECASE
)
_SCALAR = re.compile(r"(?:scalars?|real numbers?|numbers?|constants?)\s*$", re.IGNORECASE)
_IS_SCALAR = re.compile(
    r"\s*(?:is|be|are)\s+(?:an?\s+)?(?:real\s+|positive\s+)?(?:scalars?|numbers?|constants?|real)\b",
    re.IGNORECASE,
)
_VECTOR = re.compile(r"(?:vectors?)\s*$", re.IGNORECASE)
_IS_VECTOR = re.compile(
    r"\s*(?:is|be|are)\s+(?:an?\s+)?(?:\w+\s+)?(?:vectors?|matrix|matrices)\b", re.IGNORECASE
)
_KNOWN = {"sin", "cos", "tan", "exp", "log", "log10", "det", "trace", "max", "min", "abs", "sinh", "cosh", "tanh", "diag",
          "vec", "Var", "Cov", "rank", "asin", "acos", "atan"}  # fmt: skip
RUNNING = set("ijklmnpqrst")  # letters that may stand for every index
LAYERS = {"l", "L", "ell"}  # letters that count layers, which are no samples
_PROPERTIES = (  # word, property; the first that stands in a text counts
    ("semi", "positive semidefinite"), ("psd", "positive semidefinite"), ("spd", "positive definite"),
    ("definite", "positive definite"), ("orthonormal", "orthonormal columns"), ("skew", "antisymmetric"),
    ("antisymmetric", "antisymmetric"), ("diagonal", "diagonal"), ("orthogonal", "orthogonal"), ("projection", "projection"),
    ("covariance", "positive semidefinite"), ("correlation", "positive semidefinite"), ("gram", "positive semidefinite"),
    ("kernel", "positive semidefinite"), ("hessian", "symmetric"), ("symmetric", "symmetric"), ("one-hot", "one-hot"),
    ("unit", "unit"), ("invertible", "invertible"), ("singular", "invertible"),
)  # fmt: skip


_DEVIATIONS = {"sigma", "tau"}


def key_of(node: Node) -> str | None:
    """The key of a name with its labels and subscripts; None for anything else."""
    found = named(node)
    if found is None:
        return None
    key, below, rest = labelled(found)
    if rest or len(below) > 1:
        return None
    return subscripted(key, below)


def numbered(node: Node) -> str | None:
    """The x of `x_1`."""
    found = named(node)
    key, below, rest = labelled(found) if found is not None else ("", [], ())
    return key if len(below) == 1 and not rest and script(below[0]).kind == "NUMBER" else None


def square_of(node: Node) -> str | None:
    r"""The key of `\sigma^2` as a name of its own."""
    found = named(node)
    key, below, rest = labelled(found) if found is not None else ("", [], ())
    if len(rest) != 1 or not is_square(rest[0]) or len(below) > 1:
        return None
    return "square " + subscripted(key, below)


def variance_of(node: Node) -> Node | None:
    r"""The `\sigma` of `\sigma^2` as an argument beside others: what is said there is said of a variance; None for others."""
    found = named(node)
    if found is None or letter_of(found.base) not in _DEVIATIONS or not found.marks or not is_square(found.marks[-1]):
        return None
    atom, marks = atom_and_marks(opened(node))
    return Node("unit", (atom, *marks[:-1]), "", node.at, node.end) if len(marks) > 1 else atom


# -- evidence from the whole document --------------------------------------------------------------------------


def gather(trees: Sequence[Node], scope: Scope, section: int) -> None:
    """Learn which letters a section writes as vectors or matrices."""
    multiplied = scope.settings.get("angles") != "lists"
    for tree in trees:
        for found in names_in(tree):
            key, below, rest = labelled(found)
            if any(m.kind == "prime" for m in found.marks):
                scope.primed.add(key)
            if not any(is_transpose(m) or is_inverse_transpose(m) for m in rest):
                continue
            if not below:
                scope.evidence.setdefault(key, set()).add(section)
                scope.evidence.setdefault(of_any_layer(key), set()).add(section)
            elif len(below) == 1 and script(below[0]).kind == "NUMBER":
                scope.evidence.setdefault(key + NUMBERED, set()).add(section)
        for node in walk(tree):
            vector = section not in scope.inner_of and (node.kind == "norm" or (node.kind == "angle" and multiplied))
            sized = node.parts[:1] if vector else ()
            sized = sized[0].parts if node.kind == "angle" and sized else sized
            for inside in (key_of(part) for part in sized if part.kind != "COMMA"):
                if inside is not None and "_" not in inside:
                    scope.evidence.setdefault(inside, set()).add(section)
        for key in capitals(tree):
            scope.evidence.setdefault(key, set()).add(section)
        for key in divisors(tree):
            scope.divided_in.setdefault(key, set()).add(section)


def gather_indices(trees: Sequence[Node], scope: Scope, section: int) -> None:
    """Learn which names a section tells apart by a superscript that is summed over, and which of those are vectors."""
    for tree in trees:
        for node in walk(tree):
            for key in _summed_above(node) if node.kind == "product" else ():
                scope.sampled.setdefault(key, set()).add(section)


def gather_letters(statement: Statement, trees: Mapping[Side, Node | Unread], scope: Scope, section: int) -> None:
    r"""Note where e or pi is given a value that it does not have: `e = 3`, `\\pi = (0.6, 0.4)`, `\\pi = \\pi P`."""
    for side, following in itertools.pairwise(statement.sides):
        name, body = trees.get(side), trees.get(following)
        if following.relation not in {"=", ":="} or not isinstance(name, Node) or not isinstance(body, Node):
            continue
        key, value = key_of(name), opened(body)
        if key not in KNOWN_NUMBERS:
            continue
        if value.kind == "NUMBER":
            named_so = "." not in value.text or abs(float(value.text) - KNOWN_NUMBERS[key]) > 0.5
        else:
            named_so = any(n.base != "e" for n in names_in(body)) or value.kind in {"round", "grid"}
        if named_so:
            scope.letters_in.setdefault(key, set()).add(section)


def gather_constants(trees: Sequence[Node], scope: Scope, section: int) -> None:
    r"""Note where e and pi are the constants that they are: `e^x`, `2\pi`."""
    for tree in trees:
        if any(n.base == "e" and any(m.kind == "above" and not is_transpose(m) for m in n.marks) for n in names_in(tree)):
            scope.constant_in.setdefault("e", set()).add(section)
        pairs = (pair for node in walk(tree) if node.kind == "product" for pair in itertools.pairwise(node.parts))
        if any(a.kind in {"NUMBER", "frac"} and opened(b).text == "pi" for a, b in pairs):
            scope.constant_in.setdefault("pi", set()).add(section)


def gather_labels(trees: Sequence[Node], scope: Scope, section: int, letters: set[str]) -> None:
    """Learn which names have a superscript of which an annotation says that it is an index."""
    for found in (n for tree in trees for n in names_in(tree)) if letters else ():
        labels = [script(m) for m in found.marks if is_label(m)]
        if any(n.base in letters for label in labels for n in names_in(label)):
            scope.sampled.setdefault(found.base, set()).add(section)


def gather_families(trees: Sequence[Node], scope: Scope, section: int) -> None:
    """Learn which names have a subscript that is summed over: then x_1 is one of the x_i."""
    for product in (n for tree in trees for n in walk(tree) if n.kind == "product"):
        bound: set[str] = set()
        for part in product.parts:
            atom, marks = atom_and_marks(part)
            if atom.kind == "BIGOP" and atom.text in BINDING:
                bound |= {name for m in marks if m.kind == "below" for name in summed_names(script(m))}
            for found in names_in(part) if bound else ():
                key, below, _ = labelled(found)
                nodes = index_nodes(script(below[0])) if len(below) == 1 else None
                if nodes and any(n.base in bound for node in nodes for n in names_in(node)):
                    scope.summed_in.setdefault((key, len(nodes)), set()).add(section)


def gather_sizes(trees: Sequence[Node], scope: Scope, section: int) -> None:
    """Learn which names end sums: they are whole numbers, but for indices of other sums. And which sets sums run over."""
    for key in sets_in(trees):
        scope.set_in.setdefault(key, set()).add(section)
    for tree in trees:
        sums = [n for n in walk(tree) if n.kind == "unit" and n.parts[0].kind == "BIGOP" and n.parts[0].text in BINDING]
        marks = [m for node in sums for m in node.parts[1:]]
        bound = {name for m in marks if m.kind == "below" for name in summed_names(script(m))}
        for name in (n for m in marks if m.kind == "above" for n in names_in(script(m))):
            if not name.marks and name.base not in bound:  # `\sum_j \sum_{i=1}^{j-1}`
                scope.dim_in.setdefault(shown(name.base), set()).add(section)


_LIMITS = ("*", "star", "ast")


def gather_subscripts(trees: Sequence[Node], scope: Scope, section: int) -> None:
    """Learn what stands below the names of a section, and where x_i is written as a vector."""
    for tree in trees:
        normed = {id(n.parts[0]) for n in walk(tree) if n.kind == "norm"}
        behind = {*_behind_rows(tree)}
        behind |= {id(vector.node) for n in walk(tree) for _, vector in residuals(n)}
        for key in _beside_their_limit(tree):
            scope.iterate_in.setdefault(key, set()).add(section)
        for found in names_in(tree):
            key, below, rest = labelled(found)
            if len(below) != 1:
                continue
            inside = script(below[0])
            scope.subscripts.setdefault(key, set()).add(text_of(inside))
            if inside.kind == "sum" and re.fullmatch(r"[a-zA-Z][+-]1", text_of(inside)):
                scope.iterate_in.setdefault(key, set()).add(section)
            vector = id(found.node) in normed or any(is_transpose(m) for m in rest) or id(found.node) in behind
            if vector and inside.kind == "NAME" and not letter_of(key).isupper():
                scope.row_in.setdefault(key, set()).add(section)


def _beside_their_limit(tree: Node) -> Iterator[str]:
    """The x of `x_k - x^*`: x_k is what x is at step k, as x^* is where it goes."""
    for total in (n for n in walk(tree) if n.kind == "sum"):
        names = [labelled(found) for part in total.parts if (found := named(part)) is not None]
        limits = {key.partition("^")[0] for key, below, _ in names if key.endswith(_LIMITS)}
        limits |= {key for key, below, _ in names if below and text_of(script(below[0])) in _LIMITS}
        for key, below, _ in names:
            if key in limits and below and script(below[0]).kind == "NAME":
                yield key


def _behind_rows(tree: Node) -> Iterator[int]:
    r"""The x_i of `w^\top x_i`, which are vectors as w is one; a number would stand before the w."""
    for product in (n for n in walk(tree) if n.kind == "product"):
        factors = [part for part in product.parts if part.kind != "MUL"]
        for row, column in itertools.pairwise(factors):
            names = named(row), named(column)
            if names[0] is None or names[1] is None or letter_of(labelled(names[1])[0]) in _MULTIPLIERS:
                continue
            if letter_of(labelled(names[0])[0]).islower() and any(is_transpose(m) for m in names[0].marks):
                yield id(names[1].node)


def _summed_above(product: Node) -> Iterator[str]:
    r"""The x of `\sum_i x^{(i)}`."""
    bound: set[str] = set()
    for part in product.parts:
        atom, marks = atom_and_marks(part)
        if atom.kind == "BIGOP":
            bound |= {name for m in marks if m.kind == "below" for name in summed_names(script(m))} - LAYERS
        for found in names_in(part) if bound else ():
            labels = [script(m) for m in found.marks if is_label(m)]
            if any(n.base in bound for label in labels for n in names_in(label)):
                yield found.base


def subject_of(node: Node) -> str | None:
    """The key of what an equation is about: of the function in `f(x) = ...`, else of the name on the left."""
    head = head_of(node)
    return head[0] if head else key_of(node)


def head_of(node: Node) -> tuple[str, list[Node], list[Node]] | None:
    """`f(x, y)` as a head of a definition: key, parameters, labels; None where the arguments are no distinct names."""
    node = opened(node)
    parts = node.parts if node.kind == "product" else ()
    if len(parts) != 2:
        return None
    found = named(parts[0])
    name = None if found is None else labelled(found)
    bracket, after = atom_and_marks(parts[1])
    if parts[0].kind == "FUNC" and parts[0].text not in _KNOWN:
        name = (parts[0].text, [], ())
    by_entries = [m.kind for m in after] == ["below"] and script(after[0]).text in RUNNING
    if by_entries and name is not None and not name[1] and parts[0].kind != "FUNC":
        name, after = (name[0], [*after], name[2]), ()  # f(z)_i is f_i(z)
    if name is None or name[2] or after or bracket.kind != "round" or len(bracket.parts) != 1:
        return None
    inside = bracket.parts[0]
    arguments = [
        p for p in (inside.parts if inside.kind == "items" else (inside,)) if p.kind not in {"COMMA", "SEMI"}
    ]
    key = name[0]
    full = f"{key}_{text_of(script(name[1][0]))}" if name[1] else key
    arguments = [p for p in arguments if not (is_double_bar(p) or (p.kind == "MID" and is_divergence(full)))]
    arguments = [variance_of(p) or p for p in arguments] if len(arguments) > 1 else arguments
    keys = [key_of(p) for p in arguments]
    if any(p.kind in {"MID", "COLON"} for p in arguments) or None in keys or len(set(keys)) != len(keys):
        return None
    labels: list[Node] = []
    if name[1]:
        content = script(name[1][0])
        nodes = [p for p in content.parts if p.kind != "COMMA"] if content.kind == "items" else [content]
        labels = nodes if all(key_of(n) is not None and n.kind == "NAME" for n in nodes) else []
        if not labels:
            key += "_" + text_of(content)
    return key, arguments, labels


def squares_in(node: Node) -> frozenset[int]:
    r"""The places of the arguments of a head that are squares: 1 for `\ell(\mu, \sigma^2)`."""
    bracket = atom_and_marks(opened(node).parts[1])[0]
    inside = bracket.parts[0]
    parts = [p for p in inside.parts if p.kind not in {"COMMA", "SEMI", "MID"}] if inside.kind == "items" else []
    return frozenset(k for k, p in enumerate(parts) if len(parts) > 1 and variance_of(p) is not None)


# -- declarations, in the order of the text --------------------------------------------------------------------


def declare(statement: Statement, segment: Segment, scope: Scope, *, local: bool = False) -> None:
    """Take what a statement declares. A local condition holds in its own sentence only, and declares nothing."""
    signs = [side.relation for side in statement.sides[1:]]
    try:
        if not signs:
            _members_named(statement, scope)
        elif signs[:1] == ["to"] and any(t.kind == "COLON" for t in statement.sides[0].tokens):
            _function_type(statement, scope)
        elif "in" in signs and "to" not in signs:
            _memberships(statement, scope, anew=_LET.search(segment.before) is not None)
        elif (
            signs
            and all(s in {"<", ">", "<=", ">=", "!="} for s in signs)
            and not local
            and not prose.LOCAL.search(segment.before)
        ):
            _bounds(statement, signs, scope)
    except (Unread, CalcdsError):
        return  # what is not understood declares nothing


def _members_named(statement: Statement, scope: Scope) -> None:
    r"""`x_1, \dots, x_m` speaks of m numbers x_i, where only another section says that an x is a vector, of another length."""
    tree = parse(statement.sides[0].tokens)
    parts = tree.parts if tree.kind == "items" else ()
    kinds = ["DOTS" if p.kind == "DOTS" else p.kind for p in parts if p.kind != "COMMA"]
    if "DOTS" not in kinds or kinds.index("DOTS") != len(kinds) - 2:
        return
    names = [named(p) for p in parts if p.kind not in {"COMMA", "DOTS"}]
    keys = [labelled(n) for n in names if n is not None]
    if len(keys) < len(kinds) - 1 or len({key for key, _, _ in keys}) > 1 or any(len(b) != 1 or rest for _, b, rest in keys):
        return
    key, inside = keys[0][0], [script(below[0]) for _, below, _ in keys]
    known = scope.kinds.get(key)
    if [n.text for n in inside[:-1]] != [str(k + 1) for k in range(len(inside) - 1)] or known is None:
        return
    length = size_of(inside[-1])
    column = known.kind.shape[1] == 1 and known.kind.shape[0] != 1 and not same_size(known.kind.shape[0], length)
    vectors = key in scope.rows or key in scope.vectors or f"bold {key}" in scope.bolds
    if column and not scope.is_here(known.section) and not vectors and isinstance(length, Term):
        scope.stated_dims |= {str(s) for s in length.free}
        scope.declare(f"all {key}", Vector[length], certain=False)


def words_beside(segment: Segment, node: Node, scope: Scope) -> None:
    """What the words around names say of them: `Let $A$ be symmetric`."""
    inside = opened(node)
    keys = (
        [key_of(p) for p in inside.parts if p.kind != "COMMA"] if inside.kind == "items" else [key_of(inside)]
    )
    before, after = segment.before[-60:], segment.after
    for key in keys:
        if key is None:
            return
        if _said_of(key, before, after, scope):
            continue
        number = _IS_SCALAR.match(after) or _SCALAR.search(before)
        if number and not (key in scope.vectors and "constant" in number[0].lower()):  # a matrix may be constant, too
            scope.scalars.add(key)
            if key in scope.kinds and scope.kinds[key].kind.shape != SCALAR:
                del scope.kinds[key]
        elif _IS_VECTOR.match(after) or _VECTOR.search(before):
            scope.scalars.discard(key)
            scope.evidence.setdefault(key, set()).add(scope.section)


def _said_of(key: str, before: str, after: str, scope: Scope) -> bool:
    """Take a property of a matrix or a vector from the words around it."""
    if _ANY_AFTER.match(after) or _ANY_BEFORE.search(before):
        if _IF.search(before):
            scope.momentary.setdefault(key, scope.properties.get(key))
        scope.properties.pop(key, None)
        return True
    behind = _AFTER.match(after)
    if behind is not None and _OF_THE_NEXT.match(after[: behind.end()]) and _NEXT.match(after, behind.end()):
        behind = None  # "an orthogonal $Q$ and a diagonal matrix $D$"
    word = behind or _BEFORE.search(before)
    if word is None or re.match(r"\s*(?:is|are)\s+not\b", after):
        return False
    if word["word"].lower() in _ALSO_NUMBERS and _is_small(key):
        return False  # the covariance $s_{xy}$, the correlation $\rho$, a kernel of width $k$; $u$ and $v$ are orthogonal
    special = behind is None and key in scope.kinds and _FOR.search(before[: word.start()]) is not None
    conditional = _IF.search(before) is not None
    scope.suppose(key, _property(word["word"]), momentary=special or conditional, lasting=not conditional)
    return True


_ALSO_NUMBERS = {"covariance", "correlation", "kernel", "orthogonal"}  # what is said of small letters, too, as something else


def _is_small(key: str) -> bool:
    """Whether a name is a small letter in plain type."""
    return not key.startswith("bold ") and letter_of(key).islower()


def _property(said: str) -> str:
    """The property that some words say, which are of `_WORDS`."""
    return next(name for part, name in _PROPERTIES if part in said.lower())


def trailing(after: str, document_name: Callable[[str], Node | Unread], scope: Scope) -> None:
    """What the words behind a formula suppose for it: "... if $A$ is symmetric", "... for invertible $A$ and $B$"."""
    if (equal := _TRAILING_EQUATION.match(after)) is not None:
        _suppose_transpose(document_name(equal["left"]), document_name(equal["right"]), scope, momentary=True)
        return
    found = _TRAILING.match(after)
    word = found and (found["before"] or found["after"])
    if not found or not word:
        return
    for said in re.findall(r"\$([^$]+)\$", found["names"]):
        node = document_name(said)
        listed = node.parts if isinstance(node, Node) and node.kind == "items" else [node]  # `$\\Sigma, S$`
        for key in (key_of(one) for one in listed if isinstance(one, Node)):
            if key is not None and not (word.lower() in _ALSO_NUMBERS and _is_small(key)):
                scope.suppose(key, _property(word), momentary=True, lasting=False)


def properties(statement: Statement, segment: Segment, scope: Scope, *, alone: bool, behind: Sequence[Statement] = ()) -> None:
    r"""Properties of the name an equation or a membership begins with: `$Q \in \mathbb{R}^{n \times n}$ be symmetric`.

    alone: no other statement stands in the formula, so that the words beside it are about this one
    behind: the statements before it in its formula: of the A in `q(x) = x^T A x, \quad A = A^T` that is supposed
    """
    head = opened(parse(statement.sides[0].tokens)) if alone and statement.sides[0].tokens else None
    names = (
        []
        if head is None
        else [head]
        if head.kind != "items"
        else [p for p in head.parts if p.kind not in {"COMMA", "SEMI"}]
    )
    for key in filter(None, map(key_of, names)):
        _said_of(key, segment.before[-60:], segment.after, scope)
    if {side.relation for side in statement.sides[1:]} == {"="}:
        *lefts, right = (opened(parse(side.tokens)) for side in statement.sides)
        for left in lefts:
            _orthonormal(left, right, scope)
            if (_SUPPOSES.search(segment.before) or _is_about(left, behind)) and not _IF.search(segment.before[-60:]):
                _suppose_transpose(left, right, scope, momentary=False)


def _is_about(node: Node, statements: Sequence[Statement]) -> bool:
    """Whether one of some statements is a formula in which the name of a side stands."""
    keys = {labelled(name)[0] for name in names_in(node)}
    formulas = [side for one in statements if {s.relation for s in one.sides[1:]} <= {"=", ":="} for side in one.sides[1:]]
    return any(labelled(name)[0] in keys for side in formulas for name in names_in(parse(side.tokens)))


def leading(statements: Sequence[Statement], trees: Mapping[Side, Node | Unread], before: str, scope: Scope) -> None:
    """What an equation supposes for the rest of its sentence: "if $A = A^T$, then ..."."""
    for statement in statements if _IF.search(before[-60:]) else ():
        if len(statement.sides) == 2 and statement.sides[1].relation == "=":
            left, right = (trees.get(side, Unread("")) for side in statement.sides)
            _suppose_transpose(left, right, scope, momentary=True)


def _suppose_transpose(left: Node | Unread, right: Node | Unread, scope: Scope, *, momentary: bool) -> None:
    found = its_own_transpose(left, right)
    if found is not None:
        scope.suppose(*found, momentary=momentary, lasting=not momentary)


def its_own_transpose(left: Node | Unread, right: Node | Unread) -> tuple[str, str] | None:
    """The A of `A = A^T` or `A^T = A`, and that it is symmetric; of `A^T = -A`, that it is antisymmetric."""
    if not isinstance(left, Node) or not isinstance(right, Node):
        return None
    signs = [opened(side).parts[0].kind == "ADD" if opened(side).parts else False for side in (left, right)]
    bare = [named(opened(opened(side).parts[1]) if sign else side) for side, sign in zip((left, right), signs, strict=True)]
    names = [one for one in bare if one is not None]
    if len(names) < len(bare) or full_key(names[0]) != full_key(names[1]) or all(signs):
        return None
    turned = [[*map(is_transpose, labelled(one)[2])] for one in names]
    return (full_key(names[0]), "antisymmetric" if any(signs) else "symmetric") if sorted(turned) == [[], [True]] else None


def _orthonormal(left: Node, right: Node, scope: Scope) -> None:
    """`Q^T Q = I` says what Q is."""
    parts = left.parts if left.kind == "product" else ()
    unit = named(right)
    if len(parts) != 2 or unit is None or unit.base not in scope.identities or any(m.kind != "below" for m in unit.marks):
        return
    first, second = (named(p) for p in parts)
    if first is None or second is None:
        return
    key = full_key(first)
    turned = [bool(rest) and all(map(is_transpose, rest)) for rest in (labelled(first)[2], labelled(second)[2])]
    plain = [not labelled(n)[2] for n in (first, second)]
    if full_key(second) != key:
        return
    if turned[0] and plain[1]:
        scope.properties.setdefault(key, "orthonormal columns")
    elif plain[0] and turned[1]:
        both = scope.properties.get(key) in {"orthonormal columns", "orthogonal"}
        scope.properties[key] = "orthogonal" if both else "orthonormal rows"


def _memberships(statement: Statement, scope: Scope, *, anew: bool) -> None:
    """Take the members of a set; what is let be one anew has lost the properties that it had."""
    for left, right in zip(statement.sides, statement.sides[1:], strict=False):
        if right.relation != "in" or not left.tokens:
            continue
        members = opened(with_indices(parse(left.tokens), scope.samples))
        if members.kind != "items" and named(members) is None and left is not statement.sides[0]:
            members = opened(parse(statement.sides[0].tokens))  # P = (p_ij) in R^{m x n}
        names = (
            [p for p in members.parts if p.kind not in {"COMMA", "SEMI"}]
            if members.kind == "items"
            else [members]
        )
        kind = set_kind(parse(right.tokens))
        if kind is not None and kind.shape == SCALAR and any(n.kind == "DOTS" for n in names):
            _numbers(names, scope)
        for name in names:
            key = key_of(name)
            if key is not None and kind is not None:
                scope.stated_dims |= {
                    str(s) for length in kind.shape if isinstance(length, Term) for s in length.free
                }
                if _declares_all(name, kind, scope):
                    continue
                scope.declare(key, kind)
                if anew:
                    scope.properties.pop(key, None)
                if key in scope.functions:
                    del scope.functions[key]


def _numbers(names: Sequence[Node], scope: Scope) -> None:
    r"""`x_1, \dots, x_n \in \mathbb{R}`: whatever the x_i were before, they are numbers from here on."""
    found = [one for n in names if (one := named(n)) is not None]
    for key in {labelled(one)[0] for one in found if labelled(one)[1]}:
        scope.row_in.get(key, set()).difference_update(scope.around)
        scope.kinds.pop(f"all {key}", None)
        scope.definitions.pop(f"all {key}", None)


def _declares_all(name: Node, kind: Kind, scope: Scope) -> bool:
    r"""`x_i \in \mathbb{R}^n`: the x_i are vectors, the rows of all x."""
    found = named(name)
    key, below, _ = labelled(found) if found is not None else ("", [], ())
    inside = script(below[0]) if len(below) == 1 else None
    if inside is None or inside.kind != "NAME" or inside.text not in RUNNING or kind.word != "Vector":
        return False
    count = Dim(f"n_all {key}_rows")
    scope.elastic.add(count)
    scope.declare(f"all {key}", Matrix[count, kind.shape[0]])
    return True


def set_kind(node: Node) -> Kind | None:
    r"""The kind of the members of a set: `\mathbb{R}^{m \times n}`, `[0, 1]`, `\{-1, 1\}`."""
    inside = opened(node)
    if inside.kind == "items":
        inside = opened(inside.parts[0])
    atom, marks = atom_and_marks(inside)
    if atom.kind in {"round", "square"} and not marks and len(atom.parts) == 1:
        ends = [p.text for p in walk(atom) if p.kind == "NUMBER"]
        plain = all(n.kind in {"NUMBER", "items", "COMMA", "round", "square"} for n in walk(atom))
        return Interval(*ends) if plain and len(ends) == 2 and float(ends[0]) < float(ends[1]) else None
    if atom.kind == "braces" and not marks and sorted(_signed_numbers(atom)) == [-1, 1]:
        return kinds.OneOrMinusOne
    if atom.kind in {"braces", "square", "round"} and len(marks) == 1 and marks[0].kind == "above" and not names_in_set(atom):
        sizes = _sizes(script(marks[0]))
        return Vector[sizes[0]] if len(sizes) == 1 else Matrix[sizes[0], sizes[1]]
    if atom.kind != "SET" or any(m.kind != "above" for m in marks):
        return None
    inner = script(marks[0]) if marks else None
    if inner is None:
        return {"R": kinds.Real, "N": kinds.Natural, "Z": kinds.Integer, "C": kinds.Complex}.get(atom.text)
    if inner.kind in {"ADD", "SIGN"}:
        return {"N": kinds.DIMENSION, "R": kinds.Positive}.get(atom.text) if inner.text == "+" else None
    sizes = _sizes(inner)
    if atom.text == "S" and len(sizes) == 1:
        return kinds.Symmetric[sizes[0]]
    if atom.text != "R":
        return None
    return Vector[sizes[0]] if len(sizes) == 1 else Matrix[sizes[0], sizes[1]] if len(sizes) == 2 else None


def _signed_numbers(atom: Node) -> list[int]:
    r"""The whole numbers of `\{-1, +1\}`; none where something else stands in it."""
    found: list[int] = []
    sign = 1
    for node in walk(atom):
        if node.kind in {"ADD", "SIGN"}:
            sign = -1 if node.text == "-" else 1
        elif node.kind == "NUMBER" and node.text.isdecimal():
            found.append(sign * int(node.text))
            sign = 1
        elif node.kind not in {"braces", "items", "item", "sum", "product", "unit", "COMMA", "group"}:
            return []
    return found


def names_in_set(atom: Node) -> bool:
    r"""Whether a set is given by names; of `\\{0, 1\\}` and `[0, 1]` the members are numbers."""
    return any(True for _ in names_in(atom))


def _sizes(node: Node) -> list[Size]:
    if node.kind == "product":
        signs = [p for p in node.parts if p.kind == "MUL"]
        if signs and all(p.text == "times" for p in signs):
            return [size_of(p) for p in node.parts if p.kind != "MUL"]
    return [size_of(node)]


def ranges_of(statement: Statement) -> dict[str, Size]:
    r"""The lengths of the indices whose range stands beside a statement: `i = 1, \dots, n`."""
    found: dict[str, Size] = {}
    for name, high in statement.ranges.items():
        try:
            found[name] = size_of(parse(high))
        except Unread:
            continue  # a range that is not read says nothing
    return found


def size_of(node: Node) -> Size:
    """A size as it is printed."""
    node = opened(node)
    if node.kind == "NUMBER" and node.text.isdecimal():
        return int(node.text)
    key = key_of(node)
    if key is not None:
        return Dim(shown(key))
    if node.kind == "sum":
        total, sign = size(0), 1
        for part in node.parts:
            if part.kind == "ADD":
                sign = -1 if part.text == "-" else 1
            else:
                total, sign = size(total + sign * size_of(part)), 1
        return total
    raise Unread("a size of this form", node.at, node.end)


def _bounds(statement: Statement, signs: Sequence[str], scope: Scope) -> None:
    trees = [parse(side.tokens) for side in statement.sides]
    keys, numbers = [key_of(t) for t in trees], [_number(t) for t in trees]
    if (
        len(trees) == 3
        and keys[1]
        and numbers[0] is not None
        and numbers[2] is not None
        and set(signs) <= {"<", "<="}
    ):
        if numbers[0] < numbers[2]:
            scope.kinds.setdefault(keys[1], _declared(Interval(numbers[0], numbers[2]), scope))
        return
    if len(trees) != 2:
        return
    sign = signs[0]
    if keys[1] and numbers[0] == 0:
        keys, numbers = keys[::-1], numbers[::-1]
        sign = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}.get(sign, sign)
    if sign == "!=" and keys[0] is not None and scope.section in scope.evidence.get(keys[0], ()):
        return  # a vector that is not zero
    if keys[0] and numbers[1] == 0 and not (keys[0] in scope.primed and letter_of(keys[0]) in PRIMED):
        kind = {
            ">": kinds.Positive,
            "<": kinds.Negative,
            ">=": kinds.Nonnegative,
            "<=": kinds.Nonpositive,
            "!=": kinds.Nonzero,
        }[sign]
        known = scope.kinds.get(keys[0])
        if known is None or known.kind in {
            kinds.Real,
            kinds.Positive,
            kinds.Negative,
            kinds.Nonzero,
            kinds.Nonnegative,
        }:
            scope.kinds[keys[0]] = _declared(kind, scope)


def _declared(kind: Kind, scope: Scope) -> Declared:
    return Declared(kind, scope.section)


def _number(tree: Node) -> int | None:
    inside = opened(tree)
    return int(inside.text) if inside.kind == "NUMBER" and inside.text.isdigit() else None


def _function_type(statement: Statement, scope: Scope) -> None:
    tokens = statement.sides[0].tokens
    colon = next(k for k, t in enumerate(tokens) if t.kind == "COLON")
    target = Side("", statement.sides[1].tokens)
    name, source, image = parse(tokens[:colon]), parse(tokens[colon + 1 :]), parse(target.tokens)
    key = key_of(name)
    shapes: list[Shape] = []
    for node in (source, image):
        kind = set_kind(node)
        if kind is None:
            return
        shapes.append(kind.shape)
    if key is None:
        return
    inputs = () if shapes[0] == SCALAR == shapes[1] else (shapes[0],)
    symbol = FunctionSymbol(shown(key), 1, inputs, shapes[1])
    scope.functions[key] = Function(key, (), None, (), scope.section, symbol)
    scope.definitions.pop(key, None)
