r"""Distributions with names: `\mathcal{N}(\mu, \sigma^2)`, `\mathrm{Bernoulli}(p)`, and their means and variances.

A distribution that is not in the table, or is written in another way, is known to be one: its mean stays unknown, and
nothing that rests on it is called wrong.

Imports: calcds.document, calcds.expr.
"""

from __future__ import annotations

from collections.abc import Sequence

from calcds.document.expecting import Moments
from calcds.document.latex import Node
from calcds.document.names import atom_and_marks, letter_of, named, opened
from calcds.expr import operators as op
from calcds.expr.term import ONE, ZERO, Term, number, relation

_NAMES = {
    "n": "normal", "normal": "normal", "gaussian": "normal", "bernoulli": "bernoulli", "ber": "bernoulli", "bern": "bernoulli",
    "u": "uniform", "unif": "uniform", "uniform": "uniform", "exp": "exponential", "exponential": "exponential",
    "poisson": "poisson", "poi": "poisson", "pois": "poisson", "bin": "binomial", "binomial": "binomial", "b": "binomial",
}  # fmt: skip
_PAIRS = {"normal", "uniform", "binomial"}  # distributions with two parameters
OTHER = "other"
_TWO = number(2)


def law_of(node: Node) -> tuple[str, tuple[Node, ...]]:
    """The name of a distribution and its parameters; OTHER where it is not known."""
    inside = opened(node)
    parts = inside.parts if inside.kind == "product" else ()
    if len(parts) != 2:
        return OTHER, ()
    head, (bracket, marks) = atom_and_marks(parts[0])[0], atom_and_marks(parts[1])
    name = named(parts[0])
    word = letter_of(name.base) if name is not None and not name.marks else head.text if head.kind == "FUNC" else ""
    law = _NAMES.get(word.lower(), OTHER)
    if bracket.kind not in {"round", "square"} or marks or len(bracket.parts) != 1:
        return OTHER, ()
    items = bracket.parts[0]
    values = tuple(p for p in items.parts if p.kind != "COMMA") if items.kind == "items" else (items,)
    second = named(values[-1])
    deviation = law == "normal" and second is not None and not second.marks and letter_of(second.base) == "sigma"
    fits = law != OTHER and len(values) == (2 if law in _PAIRS else 1) and not deviation  # N(mu, sigma): is sigma the variance?
    return (law, values) if fits else (OTHER, ())


def moments_of(law: str, values: Sequence[Term]) -> Moments | None:
    """Mean and variance of a distribution."""
    if law == OTHER or not all(v.is_scalar for v in values):
        return None
    a, b = values[0], values[-1]
    exp = op.function("exp")
    match law:
        case "normal":
            return Moments(a, b, normal=True, generating=lambda t: exp(a * t + b * t**_TWO / _TWO))
        case "bernoulli":
            return Moments(a, a * (ONE - a), binary=True)
        case "uniform":
            return Moments((a + b) / _TWO, (b - a) ** _TWO / number(12),
                           generating=lambda t: (exp(t * b) - exp(t * a)) / (t * (b - a)))  # fmt: skip
        case "exponential":
            return Moments(ONE / a, ONE / a**_TWO, generating=lambda t: a / (a - t))
        case "exponential by its mean":
            return Moments(a, a**_TWO, generating=lambda t: ONE / (ONE - a * t))
        case "poisson":
            return Moments(a, a, generating=lambda t: exp(a * (exp(t) - ONE)))
    return Moments(a * b, a * b * (ONE - b), generating=lambda t: (ONE - b + b * exp(t)) ** a)


def range_of(law: str, values: Sequence[Term]) -> list[Term]:
    """What is asked of the parameters of a distribution."""
    a, b = values[0], values[-1]
    match law:
        case "bernoulli" | "binomial":
            found = [b, ONE - b]
        case "uniform":
            found = [b - a]
        case "exponential" | "exponential by its mean" | "poisson":
            found = [a]
        case _:
            found = []
    return [relation(">", term, ZERO) for term in found if term.free]


def deviation_of(variance: Term) -> list[Term]:
    r"""A variance `\sigma^2` is the square of a standard deviation, which is positive."""
    square = variance.head == "pow" and variance.args[0].head == "sym" and variance.args[1] is _TWO
    return [relation(">", variance.args[0], ZERO)] if square else []
