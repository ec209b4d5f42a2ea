"""What a question is about: its dimensions, variables, functions, index ranges and landmarks.

Imports: calcds.expr.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from calcds.expr.kinds import FunctionSymbol
from calcds.expr.term import SCALAR, ZERO, Size, Term, substitute

_ORDERED = frozenset({"rel", "piecewise"})
_KINKS = frozenset({"abs", "sign", "heaviside", "max", "min", "floor", "ceil", "relu"})
_MOST_LANDMARKS = 4
_MOST_SWITCHES = 6


@dataclass(frozen=True)
class Survey:
    """What has to be drawn.

    dimensions: symbolic sizes; `shaping` are those that some matrix has
    symbols:    all other free variables, by name
    functions:  undefined functions, without derivatives
    ranges:     (index, length): an index term that must lie in 0..length-1
    landmarks:  numbers at which the claim may change its behaviour
    switches:   terms at whose zeros it may: x - 2y of `max(x, 2y)`
    order:      how often undefined functions are differentiated at most
    """

    dimensions: tuple[Term, ...]
    shaping: frozenset[Term]
    symbols: tuple[Term, ...]
    functions: tuple[FunctionSymbol, ...]
    sizes: tuple[Size, ...]
    ranges: tuple[tuple[Term, Size], ...]
    landmarks: tuple[Term, ...]
    switches: tuple[Term, ...]
    order: int


def is_dimension(symbol: Term) -> bool:
    """Whether a symbol is a symbolic size."""
    return bool(symbol.data[1].word == "Dim")


def is_index(symbol: Term) -> bool:
    """Whether a symbol is an index."""
    return bool(symbol.data[1].word == "Index")


@lru_cache(maxsize=256)  # a line of a document asks the same in several ways
def survey(terms: tuple[Term, ...]) -> Survey:
    """Look through all terms once."""
    free: set[Term] = set().union(*(t.free for t in terms))
    functions: dict[FunctionSymbol, None] = {}
    sizes: dict[Size, None] = {}
    ranges: dict[tuple[Term, Size], None] = {}
    landmarks: dict[Term, None] = {}
    switches: dict[Term, None] = {}
    order = 0
    todo = list(terms)
    seen: set[Term] = set()
    while todo:
        t = todo.pop()
        if t in seen:
            continue
        seen.add(t)
        todo.extend(t.args)
        head = t.head
        if t.shape != SCALAR:
            sizes[t.shape[0]] = sizes[t.shape[1]] = None
        if head == "apply":
            order = max(order, sum(t.data.order))
            if t.data.body is None:
                functions[replace(t.data, order=())] = None
            else:
                todo.append(t.data.body[1])
        elif head == "deriv":
            order = max(order, len(t.args) - 1)
        elif head in ("grad", "jac", "hess", "pull"):
            order = max(order, 1 + (head == "hess"))
        elif head == "entry":
            ranges[t.args[1], t.args[0].shape[0]] = ranges[t.args[2], t.args[0].shape[1]] = None
        elif head == "unit":
            ranges[t.args[0], t.shape[0]] = None
        elif head in _ORDERED or (head == "fn" and t.data in _KINKS):
            for a in t.args:
                landmarks.update(
                    (s, None) for s in (a, *a.args) if s.head == "num" and s.data not in (0, 1, -1)
                )
            switches.update((s, None) for s in _switches(t))
    for symbol in sorted(free, key=_by_name):
        for s in symbol.data[1].sizes:
            if isinstance(s, Term):
                free |= s.free
                if not is_index(symbol):
                    sizes[s] = None
    named = sorted(free, key=_by_name)
    shaping = frozenset(d for s in sizes if isinstance(s, Term) for d in s.free)
    return Survey(
        dimensions=tuple(s for s in named if is_dimension(s)),
        shaping=shaping,
        symbols=tuple(s for s in named if not is_dimension(s)),
        functions=tuple(sorted(functions, key=lambda f: f.name)),
        sizes=tuple(s for s in sizes if isinstance(s, Term)),
        ranges=tuple((i, length) for i, length in ranges if i.free and i.free <= free),
        landmarks=tuple(landmarks)[:_MOST_LANDMARKS],
        switches=tuple(dict.fromkeys(_at_first(s, free) for s in switches))[:_MOST_SWITCHES],
        order=order,
    )


def _by_name(symbol: Term) -> tuple[str, str]:
    return symbol.data[0], str(symbol.data[1])


def _switches(t: Term) -> Iterator[Term]:
    """The terms at whose zeros a relation changes its truth, or a function with a kink its formula."""
    scalar = all(a.shape == SCALAR for a in t.args)
    if (t.head == "rel" or t.data in {"max", "min"}) and scalar and len(t.args) == 2:
        yield t.args[0] - t.args[1]
    elif t.head == "fn" and scalar and len(t.args) == 1:
        yield t.args[0]


def _at_first(switch: Term, free: set[Term]) -> Term:
    """A term with the first index in the place of those that are bound in the claim."""
    return substitute(switch, dict.fromkeys(switch.free - free, ZERO))
