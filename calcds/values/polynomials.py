"""Instances of undefined functions: polynomials with exact coefficients, and their exact derivatives.

A polynomial is a smooth function like any other, so a claim about all functions that fails for it is false.

Imports: calcds.values.numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from math import prod
from random import Random
from typing import Any, TypeAlias

from flint import fmpq

from calcds.values.numbers import ZERO

Monomials: TypeAlias = "dict[tuple[int, ...], fmpq]"
_DENSE = 30  # monomials; fields of many variables get a sample


@dataclass(frozen=True, eq=False)
class Polynomial:
    """A function from `inputs` numbers to as many numbers as there are components."""

    inputs: int
    components: tuple[Monomials, ...]

    def __call__(self, arguments: tuple[Any, ...]) -> tuple[Any, ...]:
        """The values at numbers, balls or jets."""
        if self.inputs == 1:
            return tuple(_horner(c, arguments[0]) for c in self.components)
        powers: dict[tuple[int, int], Any] = {}

        def power(k: int, e: int) -> Any:
            if (k, e) not in powers:
                powers[k, e] = arguments[k] if e == 1 else power(k, e - 1) * arguments[k]
            return powers[k, e]

        values = []
        for component in self.components:
            whole: Any = ZERO
            for exponents, coefficient in component.items():
                part: Any = coefficient
                for k, e in enumerate(exponents):
                    if e:
                        part = part * power(k, e)
                whole = whole + part
            values.append(whole)
        return tuple(values)

    def derivative(self, order: tuple[int, ...]) -> Polynomial:
        """The derivative of this order in each variable."""
        if not any(order):
            return self
        return Polynomial(self.inputs, tuple(_derived(c, order) for c in self.components))

    def text(self) -> str:
        """The formula, in u or u0, u1, ..."""
        names = ["u"] if self.inputs == 1 else [f"u{k}" for k in range(self.inputs)]
        said = [_formula(c, names) for c in self.components]
        return said[0] if len(said) == 1 else f"[{', '.join(said)}]"


def _horner(component: Monomials, u: Any) -> Any:
    top = max((e[0] for e in component), default=0)
    value: Any = component.get((top,), ZERO)
    for e in range(top - 1, -1, -1):
        value = value * u + component.get((e,), ZERO)
    return value


def _derived(component: Monomials, order: tuple[int, ...]) -> Monomials:
    result: Monomials = {}
    for exponents, coefficient in component.items():
        falling = prod(e - k for e, times in zip(exponents, order, strict=True) for k in range(times))
        if falling:
            lowered = tuple(e - times for e, times in zip(exponents, order, strict=True))
            result[lowered] = falling * coefficient
    return result


def _formula(component: Monomials, names: list[str]) -> str:
    parts = []
    for exponents, coefficient in sorted(component.items(), reverse=True):
        factors = [n if e == 1 else f"{n}**{e}" for n, e in zip(names, exponents, strict=True) if e]
        if coefficient == -1 and factors:
            parts.append("-" + "*".join(factors))
        else:
            parts.append("*".join(([str(coefficient)] if coefficient != 1 or not factors else []) + factors))
    return " + ".join(parts).replace("+ -", "- ") or "0"


def random_polynomial(
    inputs: int, outputs: int, degree: int, rng: Random, *, plain: bool = False
) -> Polynomial:
    """A generic polynomial; a plain one has small integer coefficients and degree at most 2."""
    degree = min(degree, 2) if plain else degree
    return Polynomial(inputs, tuple(_component(inputs, degree, rng, plain=plain) for _ in range(outputs)))


def _component(inputs: int, degree: int, rng: Random, *, plain: bool) -> Monomials:
    if (degree + 1) ** inputs <= 4 * _DENSE:
        exponents = [e for e in product(range(degree + 1), repeat=inputs) if sum(e) <= degree]
    else:
        exponents = _sample(inputs, degree, rng)
    if plain:
        exponents = rng.sample(exponents, min(len(exponents), 3))
    return {e: _coefficient(rng, plain=plain) for e in exponents}


def _sample(inputs: int, degree: int, rng: Random) -> list[tuple[int, ...]]:
    """The constant, every variable, every square, one pure power, and some mixed monomials."""
    unit = [tuple(int(i == k) for i in range(inputs)) for k in range(inputs)]
    found = {(0,) * inputs: None}
    for e in unit:
        found[e] = None
        found[tuple(2 * x for x in e)] = None
    found[tuple(degree * x for x in rng.choice(unit))] = None
    for _ in range(min(_DENSE, 2 * inputs)):
        chosen = [rng.choice(unit) for _ in range(rng.randrange(2, max(3, degree + 1)))]
        found[tuple(map(sum, zip(*chosen, strict=True)))] = None
    return list(found)


def _coefficient(rng: Random, *, plain: bool) -> fmpq:
    if plain:
        return fmpq(rng.choice((-1, 1, 1, 2)))
    return fmpq(rng.choice((-1, 1)) * rng.randrange(1, 6), rng.choice((1, 2, 3)))
