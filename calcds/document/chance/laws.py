r"""Distributions with names: `\mathcal{N}(\mu, \sigma^2)`, `\mathrm{Bernoulli}(p)`, and their means and variances.

A distribution that is not in the table, or is written in another way, is known to be one: its mean stays unknown, and
nothing that rests on it is called wrong.

Imports: calcds.document, calcds.expr.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from calcds.document.chance.expecting import Moments
from calcds.document.chance.profiles import TABLE, Profile, profile_of
from calcds.document.source.latex import Node
from calcds.document.source.names import atom_and_marks, letter_of, named, opened, script
from calcds.document.words.randomness import OTHER
from calcds.expr import operators as op
from calcds.expr.term import ONE, ZERO, Term, number, relation

_NAMES = {
    "n": "normal", "normal": "normal", "gaussian": "normal", "bernoulli": "bernoulli", "ber": "bernoulli", "bern": "bernoulli",
    "u": "uniform", "unif": "uniform", "uniform": "uniform", "exp": "exponential", "exponential": "exponential",
    "poisson": "poisson", "poi": "poisson", "pois": "poisson", "bin": "binomial", "binomial": "binomial", "b": "binomial",
    "beta": "beta", "gamma": "gamma", "ga": "gamma", "laplace": "laplace", "chi": "chi-squared",
}  # fmt: skip
_PAIRS = {"normal", "uniform", "binomial", "beta", "gamma", "laplace"}  # distributions with two parameters
_SCALES = {"theta": "gamma by its scale", "lambda": "gamma"}  # books differ in what the second parameter of a gamma law is
MEANS = {"theta", "tau", "beta", "mu", "m"}  # letters of a parameter of an exponential law that may be its mean
_TWO = number(2)


def law_of(node: Node) -> tuple[str, tuple[Node, ...]]:
    """The name of a distribution and its parameters; OTHER where it is not known."""
    inside = opened(node)
    square = _chi_squared(inside)
    if square is not None:
        return "chi-squared", (square,)
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
    letter = _letter(values[-1])
    deviation = law == "normal" and letter in {"sigma", "s"}
    vague = law == "chi-squared" or deviation or (law == "exponential" and letter in MEANS)
    fits = law != OTHER and len(values) == (2 if law in _PAIRS else 1) and not vague
    law = _SCALES.get(letter, OTHER) if law == "gamma" else law
    return (law, values) if fits and law != OTHER else (OTHER, ())  # N(mu, sigma): is sigma the variance?


def _letter(parameter: Node) -> str:
    """The letter of a parameter that is a name, with a subscript or without; "" for anything else."""
    name = named(parameter)
    return letter_of(name.base) if name is not None and all(m.kind == "below" for m in name.marks) else ""


def is_certain(law: str, nodes: Sequence[Node]) -> bool:
    r"""Whether nobody takes a parameter for another one: `N(0, 4)` may be of deviation 4, `Exp(s)` of mean s."""
    plain = opened(nodes[-1])
    if law == "normal":
        return (plain.kind != "NUMBER" or plain.text == "1") and _letter(plain) not in {"tau", "delta", "eta", "omega"}
    return law != "exponential" or _letter(plain) in {"lambda", ""}


def _chi_squared(inside: Node) -> Node | None:
    r"""The k of `\chi^2_k` and `\chi^2(k)`."""
    parts = inside.parts if inside.kind == "product" else (inside,)
    atom, marks = atom_and_marks(parts[0])
    above, below = ([m for m in marks if m.kind == kind] for kind in ("above", "below"))
    if atom.text != "chi" or len(marks) != len(above) + len(below) or [script(m).text for m in above] != ["2"]:
        return None
    if len(parts) == len(below) == 1:
        return script(below[0])
    bracket = atom_and_marks(parts[1])[0] if len(parts) == 2 and not below else None
    return opened(bracket.parts[0]) if bracket is not None and bracket.kind == "round" and len(bracket.parts) == 1 else None


def moments_of(law: str, values: Sequence[Term]) -> Moments | None:
    """Mean and variance of a distribution, and what else is known of its values."""
    if law == OTHER or not all(v.is_scalar for v in values):
        return None
    found, profile = _moments(law, values), profile_of(law, values)
    return replace(found, profile=profile) if found is not None and profile is not None else found


def of_numbers(law: str, values: Sequence[Term]) -> Profile | None:
    """The values of a distribution and their probabilities."""
    return profile_of(law, values) if law != OTHER and all(v.is_scalar for v in values) else None


def density_law_of(node: Node) -> tuple[str, tuple[Node, ...]]:
    r"""The law of a density, `\mathcal{N}(x; \mu, \sigma^2)`, `\mathcal{N}(z \mid m, S)`, or a law that is printed itself."""
    inside = opened(node)
    bracket, marks = atom_and_marks(inside.parts[1]) if inside.kind == "product" and len(inside.parts) == 2 else (inside, ())
    items = bracket.parts[0].parts if bracket.kind in {"round", "square"} and len(bracket.parts) == 1 else ()
    if marks or len(items) < 3 or items[1].kind not in {"SEMI", "MID"}:
        return law_of(node)
    rest = bracket.parts[0].holding(tuple(items[2:]))
    return law_of(inside.holding((inside.parts[0], bracket.holding((rest,)))))


def _moments(law: str, values: Sequence[Term]) -> Moments | None:
    if law == TABLE:
        raw = profile.raw if (profile := profile_of(law, values)) is not None else None
        return None if raw is None else Moments(raw(1), raw(2) - raw(1) ** _TWO)
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
        case "binomial":
            return Moments(a * b, a * b * (ONE - b), generating=lambda t: (ONE - b + b * exp(t)) ** a)
        case "geometric from 1":
            return Moments(ONE / a, (ONE - a) / a**_TWO, generating=lambda t: a * exp(t) / (ONE - (ONE - a) * exp(t)))
        case "geometric from 0":
            return Moments((ONE - a) / a, (ONE - a) / a**_TWO, generating=lambda t: a / (ONE - (ONE - a) * exp(t)))
        case "equal":
            n = b if a is ONE else b - a + ONE
            return Moments((a + b) / _TWO, (n**_TWO - ONE) / number(12))
        case "gamma":
            return Moments(a / b, a / b**_TWO, generating=lambda t: (b / (b - t)) ** a)
        case "gamma by its scale":
            return Moments(a * b, a * b**_TWO, generating=lambda t: (ONE - b * t) ** -a)
        case "chi-squared":
            return Moments(a, _TWO * a, generating=lambda t: (ONE - _TWO * t) ** (-a / _TWO))
        case "beta":
            return Moments(a / (a + b), a * b / ((a + b) ** _TWO * (a + b + ONE)))
        case "laplace":
            return Moments(a, _TWO * b**_TWO, generating=lambda t: exp(a * t) / (ONE - b**_TWO * t**_TWO))
    return None


def range_of(law: str, values: Sequence[Term]) -> list[Term]:
    """What is asked of the parameters of a distribution."""
    a, b = values[0], values[-1]
    match law:
        case "bernoulli" | "binomial":
            found = [b, ONE - b]
        case "geometric from 1" | "geometric from 0":
            found = [a, ONE - a]
        case "uniform":
            found = [b - a]
        case "exponential" | "exponential by its mean" | "poisson" | "chi-squared":
            found = [a]
        case "gamma" | "gamma by its scale" | "beta":
            found = [a, b]
        case "laplace":
            found = [b]
        case _:
            found = []
    return [relation(">", term, ZERO) for term in found if term.free]


def deviation_of(variance: Term) -> list[Term]:
    r"""A variance `\sigma^2` is the square of a standard deviation, which is positive."""
    square = variance.head == "pow" and variance.args[0].head == "sym" and variance.args[1] is _TWO
    return [relation(">", variance.args[0], ZERO)] if square else []


__all__ = ["MEANS", "OTHER", "density_law_of", "deviation_of", "is_certain", "law_of", "moments_of", "of_numbers", "range_of"]
