r"""What documents declare: `A \in \mathbb{R}^{m \times n}`, `\sigma > 0`, `f: \mathbb{R}^n \to \mathbb{R}`, "symmetric".

Declarations are taken in the order of the text, from formulas and from the words beside them. They are certain, where the
evidence that was gathered before (`calcds.document.words.harvest`) is a guess.

Imports: calcds.document, calcds.expr.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from calcds.document.source.extract import Segment
from calcds.document.source.keys import full_key, labelled
from calcds.document.source.latex import Node, parse, walk
from calcds.document.source.names import (
    atom_and_marks,
    has_names,
    is_transpose,
    letter_of,
    named,
    names_in,
    opened,
    script,
    shown,
    with_indices,
)
from calcds.document.source.raw import Unread
from calcds.document.source.statements import Side, Statement
from calcds.document.words import prose, resizing
from calcds.document.words.heads import RUNNING, key_of
from calcds.document.words.scope import Declared, Definition, Function, Scope, of_arity
from calcds.document.words.surveying import PRIMED
from calcds.errors import CalcdsError
from calcds.expr import kinds
from calcds.expr.kinds import Dim, FunctionSymbol, Interval, Kind, Matrix, Vector
from calcds.expr.term import SCALAR, Shape, Size, Term, same_shape, same_size, size

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
_IN_A_CASE = re.compile(  # at the head of a sentence: of a matrix that was any one before, it is said for this sentence only
    r"(?:^|[.;:!?]\s+|\n\s*\n\s*|\\item\s+)(?:\w+,?\s+)?(?:for|with|in\s+(?:the|this)\s+(?:\w+\s+){0,2}case)\W*$", re.IGNORECASE
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
_ROW = re.compile(r"\brow[\s-]+vectors?\W*$", re.IGNORECASE)
_IS_ROW = re.compile(r"\W*(?:is|be|are|denotes?)\s+(?:an?\s+|the\s+)?(?:\w+\s+)?row[\s-]+vectors?\b", re.IGNORECASE)
_PROPERTIES = (  # word, property; the first that stands in a text counts
    ("semi", "positive semidefinite"), ("psd", "positive semidefinite"), ("spd", "positive definite"),
    ("definite", "positive definite"), ("orthonormal", "orthonormal columns"), ("skew", "antisymmetric"),
    ("antisymmetric", "antisymmetric"), ("diagonal", "diagonal"), ("orthogonal", "orthogonal"), ("projection", "projection"),
    ("covariance", "positive semidefinite"), ("correlation", "positive semidefinite"), ("gram", "positive semidefinite"),
    ("kernel", "positive semidefinite"), ("hessian", "symmetric"), ("symmetric", "symmetric"), ("one-hot", "one-hot"),
    ("unit", "unit"), ("invertible", "invertible"), ("singular", "invertible"),
)  # fmt: skip
_ALSO_NUMBERS = {"covariance", "correlation", "kernel", "orthogonal"}  # what is said of small letters, too, as something else


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
        if _ROW.search(before) or _IS_ROW.match(after):
            scope.row_vectors.add(shown(key))
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
            momentary = _IF.search(segment.before[-60:]) or _IN_A_CASE.search(segment.before)  # it is said in its place
            if (_SUPPOSES.search(segment.before) or _is_about(left, behind)) and not momentary:
                _suppose_transpose(left, right, scope, momentary=False)


def _is_about(node: Node, statements: Sequence[Statement]) -> bool:
    """Whether one of some statements is a formula in which the name of a side stands."""
    keys = {labelled(name)[0] for name in names_in(node)}
    formulas = [side for one in statements if {s.relation for s in one.sides[1:]} <= {"=", ":="} for side in one.sides[1:]]
    return any(labelled(name)[0] in keys for side in formulas for name in names_in(parse(side.tokens)))


def leading(statements: Sequence[Statement], trees: Mapping[Side, Node | Unread], before: str, scope: Scope) -> None:
    """What an equation supposes for the rest of its sentence: "if $A = A^T$, then ..."."""
    supposed, case = _IF.search(before[-60:]), _IN_A_CASE.search(before)
    for statement in statements if supposed or case else ():
        if len(statement.sides) == 2 and statement.sides[1].relation == "=":
            left, right = (trees.get(side, Unread("")) for side in statement.sides)
            _suppose_transpose(left, right, scope, momentary=supposed is not None or _is_general(left, scope))


def _suppose_transpose(left: Node | Unread, right: Node | Unread, scope: Scope, *, momentary: bool) -> None:
    found = its_own_transpose(left, right)
    if found is not None:
        scope.suppose(*found, momentary=momentary, lasting=not momentary)


def _is_general(node: Node | Unread, scope: Scope) -> bool:
    """Whether the text has used a name for any matrix before: its kind is known, or it stands in the formula of a function."""
    keys = {full_key(name) for name in names_in(node)} if isinstance(node, Node) else set()
    bodies = [f.body for f in scope.functions.values() if f.body is not None and scope.is_here(f.section)]
    used = {str(s.data[0]) for body in bodies for s in body.free}
    return any(key in scope.kinds or shown(key) in used for key in keys)


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
        members = opened(with_indices(scope.layered(parse(left.tokens), scope.section), scope.samples))
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
                known = scope.definitions.get(key)
                resizing.declare(key, kind, scope)
                if anew:
                    scope.properties.pop(key, None)
                elif known is not None and _says_again(kind, known):
                    scope.definitions[key] = known
                if key in scope.functions:
                    del scope.functions[key]


def _says_again(kind: Kind, known: Definition) -> bool:
    r"""Whether a membership says no more than the formula of an array: "as $\delta \in \mathbb{R}^n$, the result is ..."."""
    return kind.shape != SCALAR and bool(known.body.free) and same_shape(kind.shape, known.symbol.shape)


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
    return has_names(atom)


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
    former = scope.functions.get(key)
    if former is not None and former.body is not None and len(former.parameters) > 1 and not former.labels:
        scope.functions[of_arity(key, len(former.parameters))] = former  # `f(1, 2)` is a value of it still
    scope.functions[key] = Function(key, (), None, (), scope.section, symbol)
    scope.definitions.pop(key, None)
