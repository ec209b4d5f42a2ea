"""What would have been right: small changes of a refuted right side, each of which has to be proved before it is shown.

Authors slip in small ways: a sign, a factor 2, an exponent, a transpose. Every such change of the right side is tried,
one at a time; the first for which the claim is proved is what the author probably meant.

Imports: calcds.expr.
"""

from __future__ import annotations

from collections.abc import Iterator

from calcds.expr.term import MINUS_ONE, Term, as_term, mul, number, power, rebuild, same_size

MOST = 60  # changes that are tried
HALF = number(2) ** MINUS_ONE


def repairs(right: Term) -> Iterator[Term]:
    """Right sides that differ from the printed one in one place, the likely ones first.

    >>> from calcds.expr.kinds import Real
    >>> x = Real.symbol("x")
    >>> [str(t) for t in repairs(3 * x**3)][:3]
    ['-3*x**3', '2*3*x**3', '2**(-1)*3*x**3']
    """
    seen = {right}
    for count, found in enumerate(_changes(right)):
        if count >= MOST:
            return
        if found not in seen:
            seen.add(found)
            yield found


def _changes(t: Term) -> Iterator[Term]:
    yield -t
    yield mul(number(2), t)
    yield mul(HALF, t)
    if not t.is_scalar and (same_size(*t.shape) or 1 in t.shape):
        yield t.T
    yield from _inside(t, 6)


def _inside(t: Term, depth: int) -> Iterator[Term]:
    """The term with one of its parts changed."""
    if not depth:
        return
    match t.head:
        case "num":
            yield from (number(t.data + 1), number(t.data - 1), number(-t.data))
        case "sym" if not t.is_scalar and same_size(*t.shape):
            yield t.T
        case "trans":
            if same_size(*t.shape):
                yield t.args[0]
        case "pow":
            base, exponent = t.args
            whole = exponent.head == "num"
            yield from (power(base, number(exponent.data + k) if whole else exponent + k) for k in (1, -1))
        case "add":
            for k, part in enumerate(t.args):
                yield rebuild(t, (*t.args[:k], -part, *t.args[k + 1 :]))
                yield rebuild(t, (*t.args[:k], mul(as_term(2), part), *t.args[k + 1 :]))
    if t.head in {"add", "mul", "pow", "fn", "had", "trans", "inv"}:
        for k, part in enumerate(t.args):
            for changed in _inside(part, depth - 1):
                if changed.shape == part.shape:
                    yield rebuild(t, (*t.args[:k], changed, *t.args[k + 1 :]))
