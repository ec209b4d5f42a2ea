"""A look over all sides of a chain, before any of them is read: what it shows of the names in them.

Imports: calcds.document, calcds.expr.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from calcds.document.source.differentials import quotients
from calcds.document.source.keys import full_key, index_nodes, labelled
from calcds.document.source.latex import Node, walk
from calcds.document.source.names import (
    BINDING,
    Named,
    atom_and_marks,
    letter_of,
    named,
    names_in,
    opened,
    script,
    text_of,
)
from calcds.document.source.ones import averaged, is_turned
from calcds.document.source.options import Options
from calcds.document.source.own_factors import multiplies_itself
from calcds.document.source.sets import ends_in
from calcds.document.words.facts import FACTS
from calcds.document.words.scope import Scope
from calcds.expr.term import Term

PRIMED = set("fghuvwyFGH") | {"phi", "psi", "varphi"}  # letters of functions: a prime differentiates them
INDEX_LETTERS = set("ijklmpqrsuv")


@dataclass(slots=True)
class Usage:
    """What a look over all sides of a chain shows before any of them is read."""

    dims: set[str] = field(default_factory=set)  # names that end a sum
    naturals: set[str] = field(default_factory=set)  # names under a factorial
    zero: set[tuple[str, int]] = field(default_factory=set)  # axes of such names that count from 0
    derived: set[str] = field(default_factory=set)  # names with a prime
    places: dict[str, str] = field(default_factory=dict)  # names that are differentiated, and by what: ds/dz
    raised: set[str] = field(default_factory=set)  # and with an exponent
    primed: set[str] = field(
        default_factory=set
    )  # unknown functions of which only primes are written: (fg)' = f'g + fg'
    families: dict[str, set[int]] = field(
        default_factory=dict
    )  # base -> numbers of indices, where an index is summed over
    transposed: set[str] = field(default_factory=set)  # keys that are transposed in this very chain
    called: set[str] = field(default_factory=set)  # keys that stand before several brackets
    called_once: set[str] = field(default_factory=set)  # keys that stand before a bracket
    slopes: dict[str, set[str]] = field(default_factory=dict)  # functions as in `b'(x)`, and their arguments
    factors: set[str] = field(default_factory=set)  # keys with their index that stand somewhere with no bracket behind them
    bare: set[str] = field(
        default_factory=set
    )  # keys that stand somewhere without an index, but not as a whole side
    iterates: set[str] = field(default_factory=set)  # bases with subscripts such as t+1
    matrices: bool = False  # something is transposed, bold or declared as a matrix
    grids: bool = False  # a matrix is printed
    apart: set[str] = field(default_factory=set)  # keys of which x stands beside an x_i in one sum: x is not the vector of them
    inverted: set[str] = field(default_factory=set)  # capitals with an exponent -1
    free: set[str] = field(default_factory=set)  # names that no sum binds
    valued: frozenset[str] = frozenset()  # functions that stand without their argument beside it, or beside others of it
    ones: Node | None = None  # how many entries a column of ones has
    running: frozenset[str] = frozenset()  # letters that stand for every index: the i of `y_i = w x_i + b`


def _of_deltas(sides: Sequence[Node], scope: Scope) -> Iterator[str]:
    """The letters of the Kronecker deltas, which are indices wherever they stand: the c of `p_a (delta_{ac} - p_c)`."""
    if scope.kind("delta", old=True) is not None or scope.definition("delta", old=True) is not None:
        return
    for key, below, _ in (labelled(found) for side in sides for found in names_in(side)):
        indices = index_nodes(script(below[0])) if key == "delta" and len(below) == 1 else None
        names = [n for n in map(named, indices or ()) if n is not None and not n.marks]
        if len(names) == 2 and all(scope.kind(n.base, old=True) is None for n in names):
            yield from (n.base for n in names)


def _of_entries(sides: Sequence[Node], scope: Scope, options: Options) -> Iterator[str]:
    """Letters that tell entries of a vector apart of which the text says what every entry is: the c of `-log p_c`."""
    for found in (name for side in sides for name in names_in(side)):
        inside = script(found.marks[0]) if found.marks and found.marks[0].kind == "below" else None
        letter = inside.text if inside is not None and inside.kind == "NAME" else ""
        if len(letter) != 1 or not letter.islower() or letter in INDEX_LETTERS or letter == "t":
            continue
        whole = (scope.definition(f"{style}{found.base}", old=options.old) for style in ("all ", "", "bold "))
        told = letter in scope.told_indices and found.base in _with_running_indices(sides)
        if (told or any(d is not None and _tells_entries(d.body) for d in whole)) and not (
            scope.has_meaning(letter) or scope.kind(letter, old=True) or scope.has_meaning(f"{found.base}_{letter}")
        ):
            yield letter


def _with_running_indices(sides: Sequence[Node]) -> set[str]:
    """Names that stand somewhere with the index of a sum."""
    bound = {name for side in sides for name in _summed(side)}
    return {n.base for side in sides for n in names_in(side) if n.marks and n.marks[0].kind == "below"
            and bound & {m.base for m in names_in(script(n.marks[0]))}}  # fmt: skip


def _of_matrices(sides: Sequence[Node], scope: Scope, options: Options) -> set[str]:
    r"""Letters that tell entries of a matrix apart beside a letter that is an index for certain: the c of `O_{ic}`.

    A letter that a sum binds makes an index of any letter beside it, and this one of those beside it elsewhere: the n and the h
    of `Z_{nh} = \sum_d X_{nd} W_{dh}`. Beside others, letters that count layers, steps or sizes may be labels.
    """
    pairs = [pair for side in sides for found in names_in(side) if (pair := _indices_of(found, scope, options))]
    letters = {n for pair in pairs for n in pair if _may_be_index(n, scope, options)}
    known = {n for pair in pairs for n in pair if n in INDEX_LETTERS}
    found = {n for pair in pairs if not known.isdisjoint(pair) for n in pair if n in letters - {*"dehnt"}}
    bound = {n for side in sides for n in _summed(side)}
    while more := {n for pair in pairs if not bound.isdisjoint(pair) for n in pair if n in letters - {*"et"}} - bound:
        bound |= more
        found |= more
    return found - INDEX_LETTERS


def _indices_of(found: Named, scope: Scope, options: Options) -> tuple[str, ...]:
    """The two letters below a name that is known as a matrix, in this style or in bold, and not as one thing with them."""
    key, below, _ = labelled(found)
    indices = index_nodes(script(below[0])) if len(below) == 1 else None
    names = tuple(n.text for n in indices or () if n.kind == "NAME" and len(n.text) == 1 and n.text.islower())
    if len(names) != 2 or len(indices or ()) != 2 or scope.has_meaning(f"{key}_{''.join(names)}"):
        return ()
    for twin in (key, f"bold {key}"):
        kind, defined = scope.kind(twin, old=options.kinds), scope.definition(twin, old=options.old)
        shape = defined.symbol.shape if defined is not None else kind.shape if kind is not None else (1, 1)
        if 1 not in shape:
            return names
    return ()


def _may_be_index(letter: str, scope: Scope, options: Options) -> bool:
    """Whether nothing else is known of a letter."""
    said = (scope.has_meaning(letter) and scope.is_defined_here(letter)) or scope.kind(letter, old=options.kinds)
    return not said and letter not in scope.dims


def _summed(side: Node) -> Iterator[str]:
    """The letters that the sums of a side bind."""
    for node in walk(side):
        if node.kind == "unit" and node.parts[0].kind == "BIGOP" and node.parts[0].text in BINDING:
            for mark in node.parts[1:]:
                yield from summed_names(script(mark)) if mark.kind == "below" else ()


def _tells_entries(body: Term) -> bool:
    """Whether a formula says what every entry of a column is: one by one, or as a softmax."""
    return body.shape[1] == 1 and (body.head == "build" or (body.head == "vfn" and body.data == "softmax"))


def survey(sides: Sequence[Node], scope: Scope, options: Options, running: Iterable[str] = ()) -> Usage:
    """What all sides together show about the names in them."""
    running = {*running, *_of_deltas(sides, scope), *_of_entries(sides, scope, options), *_of_matrices(sides, scope, options)}
    usage = Usage(running=frozenset(running))
    summed: set[str] = set(running)
    zeros: set[str] = set()
    for node in (n for side in sides for n in walk(side)):
        if node.kind == "FUNC" and node.text in {"det", "trace"}:
            usage.matrices = True
        elif node.kind == "grid" and node.text != "cases":
            usage.grids = usage.grids or (len(node.parts) > 1 and all(len(row.parts) > 1 for row in node.parts))
        elif node.kind == "sum":
            usage.apart |= _apart(node)
        if node.kind != "unit":
            continue
        atom = node.parts[0]
        if atom.kind == "norm" and any(mark.kind == "below" and text_of(script(mark)) == "F" for mark in node.parts[1:]):
            usage.matrices = True  # the Frobenius norm
        if atom.kind == "BIGOP" and atom.text in BINDING:
            for mark in (m for m in node.parts[1:] if m.kind in {"above", "below"}):
                inside = script(mark)
                if mark.kind == "above":
                    usage.dims |= {full_key(n) for n in names_in(inside)}
                elif mark.kind == "below":
                    summed |= set(summed_names(inside))
                    zeros |= set(from_zero(inside))
                    usage.dims |= {full_key(n) for end in ends_in(inside) for n in names_in(end)}
        elif any(mark.kind == "bang" for mark in node.parts[1:]):
            usage.naturals |= {n.base for n in names_in(atom) if not n.marks}
    for side in sides:
        for found in names_in(side):
            _survey_name(found, usage, summed, zeros, scope, options)
    for top, place in (pair for side in sides for pair in quotients(side) if not pair[0].marks and not pair[1].marks):
        usage.places[top.base] = place.base
    usage.free = {name for side in sides for name in _free(side)}
    before = Counter(labelled(n)[0] for side in sides for n in _heads(side))
    usage.called_once = set(before)
    usage.called = {key for key, count in before.items() if count > 1}
    usage.bare = {key for side in sides for key in _bare(side)}
    counts = Counter(full_key(n) for side in sides for n in _heads(side))
    heads = set(counts)
    everywhere = Counter(full_key(n) for side in sides for n in names_in(side))
    usage.factors = {key for key, count in everywhere.items() if count > counts[key]}
    for key, argument in (pair for side in sides for pair in _sloped(side)):
        usage.slopes.setdefault(key, set()).add(argument)
    usage.primed = {
        k for k in usage.primed if letter_of(k) in PRIMED and k not in heads and not _said(k, scope, options)
    }
    usage.matrices = usage.matrices or any(is_turned(n) for side in sides for n in walk(side))
    divisors = {n.text: n for n in averaged(sides) if scope.kind(n.text, old=options.kinds) is None}
    if len(divisors) == 1:
        ((name, usage.ones),) = divisors.items()
        usage.dims.add(name)
    usage.valued = _valued(sides, scope, options)
    usage.dims |= {
        str(s) for length in scope.ranges.values() if isinstance(length, Term) for s in length.free
    }
    usage.dims = {d for d in usage.dims - summed if scope.kind(d, old=options.kinds) is None}
    usage.dims -= usage.running
    usage.naturals |= {key for key, sections in scope.counted.items() if scope.section in sections}
    usage.naturals -= usage.dims
    return usage


def _survey_name(
    found: Named, usage: Usage, summed: set[str], zeros: set[str], scope: Scope, options: Options
) -> None:
    key, below, rest = labelled(found)
    if any(m.kind == "prime" for m in rest):
        usage.derived.add(key)
    if any(m.kind == "above" for m in rest):
        usage.raised.add(key)
    if any(m.kind == "prime" for m in rest) and not below and all(m.kind == "prime" for m in rest):
        usage.primed.add(key)
    kind = scope.kind(key, old=options.kinds)
    if rest and _transposing(rest[0]) and (not below or script(below[0]).kind == "NUMBER"):
        usage.transposed.add(full_key(found) if below else key)
    if any(_transposing(mark) for mark in rest) or key.startswith("bold ") or (kind and kind.shape[1] != 1):
        usage.matrices = True
    told = scope.property_of(key, old=False) in FACTS and letter_of(key)[:1].isupper()
    if told and kind is None and not scope.chance.role(key, scope.around):
        usage.matrices = True  # "let $A$ be symmetric"
    defined = scope.definition(key, old=options.old)
    if (kind is None and defined is None and key in scope.vectors) or (
        defined is not None and not defined.symbol.is_scalar
    ):
        usage.matrices = True
    example = scope.values.get(key)
    if example is not None and example[1].shape[1] != 1 and scope.is_here(example[2]):
        usage.matrices = True
    if scope.chance.role(key, scope.around):
        usage.matrices = True
    if len(below) != 1:
        return
    indices = index_nodes(script(below[0]))
    if indices is None:
        return
    if len(indices) == 1 and scope.is_from_zero(key):
        usage.zero.add((key, 0))
    plain = [n.text for n in indices if n.kind == "NAME"]
    sums = [n for n in indices if n.kind == "sum"]
    if sums and not any(n.base in summed for s in sums for n in names_in(s)):
        usage.iterates.add(key)
    undeclared = all(
        scope.kind(k, old=options.kinds) is None and k not in scope.bolds for k in (key, "bold " + key)
    )
    if undeclared and len(indices) <= 2 and (
        summed.intersection(plain) or any(n.base in summed for s in sums for n in names_in(s))
    ):  # fmt: skip
        usage.families.setdefault(key, set()).add(len(indices))
        usage.zero |= {
            (key, axis) for axis, n in enumerate(indices) if any(one.base in zeros for one in names_in(n))
        }


def _valued(sides: Sequence[Node], scope: Scope, options: Options) -> frozenset[str]:
    r"""Functions of this section that stand without their argument, beside it or beside others of it: `s - fs = x f - f s`."""
    applied = {n.base for side in sides for n, bracket in _before_brackets(side) if not multiplies_itself(n.base, bracket)}
    names = {key for side in sides for key, below, _ in map(labelled, names_in(side)) if not below}
    functions = {
        key: f for key in names - applied if (f := scope.function(key, old=False)) is not None and f.body is not None
        and len(f.keys) == 1 and not f.labels and f.body.is_scalar and scope.is_here(f.section)
        and scope.definition(key, old=options.old) is None and scope.kind(key, old=options.kinds) is None
    }  # fmt: skip
    variables = {f.keys[0] for f in functions.values()}
    if len(variables) != 1 or not (len(functions) > 1 or variables <= names) or any(map(scope.has_meaning, variables)):
        return frozenset()
    return frozenset(functions)


def _apart(node: Node) -> set[str]:
    """The keys of which a sum has x and an x_i as summands: `x - x_j`."""
    names = [labelled(name) for part in node.parts if (name := named(part)) is not None]
    bare = {key for key, below, rest in names if not below and not rest}
    return bare & {key for key, below, rest in names if below and not rest}


def _said(key: str, scope: Scope, options: Options) -> bool:
    known = (
        scope.definition(key, old=options.old)
        or scope.function(key, old=options.old)
        or scope.kind(key, old=options.kinds)
    )
    return known is not None


def _bare(side: Node) -> Iterator[str]:
    """Keys without an index, below the top of a side; not those of functions before their brackets."""
    heads = {id(n.node) for n in _heads(side)}
    if named(side) is None:
        for found in names_in(side):
            key, below, _ = labelled(found)
            if not below and id(found.node) not in heads:
                yield key


def _free(node: Node) -> set[str]:
    """Names outside of the sums that bind them; a sum over `i < j` binds both."""
    found: set[str] = set()
    bound: set[str] = set()
    for part in node.parts:
        atom, marks = atom_and_marks(part)
        if atom.kind == "BIGOP" and atom.text in BINDING:
            scripts = [script(m) for m in marks if m.kind == "below"]
            items = [
                item for inside in scripts for item in walk(inside) if item.kind == "item" and _is_order(item)
            ]
            bound |= {name for inside in scripts for name in summed_names(inside)}
            bound |= {n.base for item in items for n in names_in(item)}
        found |= _free(part) - bound
    return found if node.kind != "NAME" else {node.text}


def _is_order(item: Node) -> bool:
    """A relation between indices, which are names."""
    return all(p.text in {"<", ">", "<=", ">=", "!="} for p in item.parts[1::2])


def _heads(side: Node) -> list[Named]:
    """Names that stand before a bracket."""
    return [name for name, _ in _before_brackets(side)]


def _before_brackets(side: Node) -> Iterator[tuple[Named, Node]]:
    for node in (n for n in walk(side) if n.kind == "product"):
        for part, following in pairwise(node.parts):
            if atom_and_marks(following)[0].kind == "round" and (name := named(part)) is not None:
                yield name, following


def _sloped(side: Node) -> Iterator[tuple[str, str]]:
    """The b and the x of `b'(x)`."""
    for node in walk(side):
        for part, following in zip(node.parts, node.parts[1:], strict=False) if node.kind == "product" else ():
            name, bracket = named(part), atom_and_marks(following)[0]
            content = opened(bracket.parts[0]) if bracket.kind == "round" and len(bracket.parts) == 1 else bracket
            if name is not None and content.kind == "NAME" and name.marks and all(m.kind == "prime" for m in name.marks):
                yield name.base, content.text


def from_zero(inside: Node) -> list[str]:
    """The names that a sum starts at 0."""
    parts = [opened(p) for p in (inside.parts if inside.kind == "items" else (inside,))]
    return [
        head.base
        for p in parts
        if p.kind == "item" and len(p.parts) == 3 and p.parts[2].text == "0" and (head := named(p.parts[0]))
    ]


def _transposing(mark: Node) -> bool:
    from calcds.document.source.names import is_inverse_transpose, is_transpose

    return is_transpose(mark) or is_inverse_transpose(mark)


def summed_names(inside: Node) -> list[str]:
    r"""The names a sum binds by its subscript: `i=1`, `i`, `i \\neq k`, `1 \\le i \\le n`."""
    found = []
    for part in inside.parts if inside.kind == "items" else (inside,):
        part = opened(part)  # noqa: PLW2901
        head = part.parts[0] if part.kind == "item" else part
        if part.kind == "item" and len(part.parts) == 5:
            head = part.parts[2]
        one = named(head)
        if one is not None and not one.marks:
            found.append(one.base)
        if (
            part.kind == "item"
            and len(part.parts) in {3, 7}
            and all(p.text in {"<", "<=", "!="} for p in part.parts[1::2])
        ):
            found += [
                n.base
                for p in part.parts[2::2]
                if (n := named(p)) is not None and n.base in {"i", "j", "k", "l"}
            ]
    return found
