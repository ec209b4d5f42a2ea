"""Named intermediates: a network's gradient as it stands in a textbook.

    z1 = W1*x + b1,  a1 = tanh(z1),  ...,  delta2 = a2 - y,  delta1 = (W2.T*delta2) o (1 - a1 o a1)

Parts of the function that are used again are called z (what an entrywise function is applied to), a (its value), p (a
softmax) or u; parts of the derivative are called delta, counted down towards the input.

Imports: calcds.expr, calcds.diff.normal.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from calcds.diff.normal import normal
from calcds.expr.kinds import Kind, Real
from calcds.expr.latex import latex
from calcds.expr.term import BINDERS, SCALAR, Term, subterms

SHORTEST = 4  # nodes of a part that is worth a name


@dataclass(frozen=True, slots=True)
class Named:
    """A result with named parts.

    definitions: (name, value) in the order in which they can be computed; a value uses earlier names
    result:      the result in terms of the names
    """

    definitions: tuple[tuple[Any, Any], ...]
    result: Any

    def __str__(self) -> str:
        lets = "".join(f"let {name} = {value}\n" for name, value in self.definitions)
        return f"{lets}{self.result}"

    def _repr_latex_(self) -> str:
        import sympy as sp

        def said(value: Any) -> str:
            return latex(value) if isinstance(value, Term) else str(sp.latex(value))

        lines = [f"{said(name)} &= {said(value)}" for name, value in self.definitions]
        lines.append(f"&\\phantom{{=}}\\; {said(self.result)}")
        body = r" \\ ".join(lines)
        return rf"$\displaystyle \begin{{aligned}} {body} \end{{aligned}}$"


def name_parts(found: Term, function: Term, out: Callable[[Term], Any] | None = None) -> Named:
    """The closed form of a derivative of `function` with its repeated parts and adjoints named.

    out: how a term is handed out; None: as it is
    """
    forward = set(subterms(normal(function)))
    names = _names(found, forward)
    done: dict[Term, Term] = {}
    definitions: list[tuple[Term, Term]] = []
    for t in _operands_first(found):
        args = tuple(done[a] for a in t.args)
        value = t if args == t.args else Term(t.head, args, t.data, t.shape)
        done[t] = names.get(t, value)
        if t in names:
            definitions.append((names[t], value))
    hand = out or (lambda t: t)
    return Named(tuple((hand(name), hand(value)) for name, value in definitions), hand(done[found]))


def _names(found: Term, forward: set[Term]) -> dict[Term, Term]:
    order = _operands_first(found)
    uses = Counter(a for t in order for a in t.args)
    bound = {v for t in order if t.head in BINDERS for v in t.args[1 : 1 + BINDERS[t.head]]}
    weights: dict[Term, int] = {}
    for t in order:
        weights[t] = min(1 + sum(weights[a] for a in t.args), 10**6)
    taken = {s.data[0] for s in found.free}
    inner = {t.args[0] for t in order if t.head in ("fn", "apply", "vfn") and len(t.args) == 1}
    # what a transposed weight carries back, as p - t in W.T*(p - t)
    carried = {f for t in order if t not in forward and t.head == "mul" and t.args[0].head == "trans" for f in t.args[1:]}
    carried = {f for f in carried if f.head in ("add", "had")}
    chosen: list[tuple[Term, str]] = []
    for t in order:
        if t is found or t.free & bound or t.is_scalar or weights[t] < SHORTEST or t.head in ("trans", "ones", "eye"):
            continue
        again = uses[t] > 1
        if t in forward and again and t.head in ("fn", "apply", "vfn"):
            if t.args[0] not in dict(chosen) and weights[t.args[0]] >= SHORTEST and t.args[0] in inner:
                chosen.append((t.args[0], "z"))
            chosen.append((t, "p" if t.data == "softmax" else "a"))
        elif t in forward and again:
            chosen.append((t, "z" if t in inner else "u"))
        elif t in carried or (t not in forward and (t.head == "had" or again)):
            chosen.append((t, "delta" if t.head in ("had", "add", "mul") else "u"))
    return _numbered(dict(chosen), taken)


def _numbered(chosen: dict[Term, str], taken: set[str]) -> dict[Term, Term]:
    totals = Counter(chosen.values())
    counts: Counter[str] = Counter()
    names: dict[Term, Term] = {}
    for t, letter in chosen.items():
        counts[letter] += 1
        number = totals[letter] + 1 - counts[letter] if letter == "delta" else counts[letter]
        word = letter if totals[letter] == 1 and letter in ("p", "delta") else f"{letter}{number}"
        while word in taken:
            word += "_"
        taken.add(word)
        kind = Kind("Real", SCALAR, Real.facts) if t.is_scalar else Kind("Matrix", t.shape, Real.facts, t.shape)
        names[t] = kind.symbol(word)
    return names


def _operands_first(t: Term) -> list[Term]:
    order: list[Term] = []
    seen: set[Term] = set()
    stack = [(t, False)]
    while stack:
        node, ready = stack.pop()
        if ready:
            order.append(node)
        elif node not in seen:
            seen.add(node)
            stack.append((node, True))
            stack.extend((a, False) for a in reversed(node.args))
    return order
