"""Named intermediates: a network's gradient as it stands in a textbook.

    z1 = W1*x + b1,  a1 = tanh(z1),  ...,  delta2 = a2 - y,  delta1 = (W2.T*delta2) o (1 - a1 o a1)

Parts of the function that are used again are called z (what an entrywise function is applied to), a (its value), p (a
softmax) or u. What the reverse sweep carries back to a z is called delta, counted down towards the input.

Imports: calcds.expr, calcds.diff.normal.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from calcds.diff.normal import normal
from calcds.diff.order import operands_first
from calcds.expr.kinds import Kind, Real
from calcds.expr.latex import latex
from calcds.expr.term import BINDERS, SCALAR, Term, subterms

SHORTEST = 4  # nodes of a part that is worth a name
LONG_NUMBER = 8  # the same for a number


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


def name_parts(
    found: Term, function: Term, out: Callable[[Term], Any] | None = None, adjoints: Iterable[Term] = ()
) -> Named:
    """The closed form of a derivative of `function` with its repeated parts and adjoints named.

    out:      how a term is handed out; None: as it is
    adjoints: what the reverse sweep carried, in normal form
    """
    forward = set(subterms(normal(function)))
    names = _names(found, forward, {_bare(a) for a in adjoints})
    done: dict[Term, Term] = {}
    definitions: list[tuple[Term, Term]] = []
    for t in operands_first(found):
        args = tuple(done[a] for a in t.args)
        value = t if args == t.args else Term(t.head, args, t.data, t.shape)
        done[t] = names.get(t, value)
        if t in names:
            definitions.append((names[t], value))
    hand = out or (lambda t: t)
    return Named(tuple((hand(name), hand(value)) for name, value in definitions), hand(done[found]))


def _bare(t: Term) -> Term:
    """A product without its scalars: an adjoint by itself, however it is weighted."""
    if t.head != "mul" or t.is_scalar:
        return t
    chain = tuple(f for f in t.args if not f.is_scalar)
    return chain[0] if len(chain) == 1 else Term("mul", chain, None, t.shape)


def _names(found: Term, forward: set[Term], adjoints: set[Term]) -> dict[Term, Term]:
    order = operands_first(found)
    uses = Counter(a for t in order for a in t.args)
    bound = {v for t in order if t.head in BINDERS for v in t.args[1 : 1 + BINDERS[t.head]]}
    weights: dict[Term, int] = {}
    for t in order:
        weights[t] = min(1 + sum(weights[a] for a in t.args), 10**6)
    taken = {s.data[0] for s in found.free}
    inner = {t.args[0] for t in order if t.head in ("fn", "apply", "vfn") and len(t.args) == 1}
    carried = {a for a in adjoints if a.head in ("add", "had") and not a.is_scalar}
    chosen: list[tuple[Term, str]] = []
    for t in order:
        if t is found or t.free & bound or weights[t] < SHORTEST or t.head in ("trans", "ones", "eye"):
            continue
        again = uses[t] > 1
        if t.is_scalar:
            if again and weights[t] >= LONG_NUMBER:
                chosen.append((t, "u"))
            continue
        if t in forward and again and t.head in ("fn", "apply", "vfn"):
            if t.args[0] not in dict(chosen) and weights[t.args[0]] >= SHORTEST and t.args[0] in inner:
                chosen.append((t.args[0], "z"))
            chosen.append((t, "p" if t.data in ("softmax", "softmax_rows") else "a"))
        elif t in forward and again:
            chosen.append((t, "z" if t in inner else "u"))
        elif t in carried:
            chosen.append((t, "delta"))
        elif t not in forward and again:
            chosen.append((t, "u"))
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
