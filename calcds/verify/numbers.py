"""Lines against the numerical world: a chain that states a quantity of a network is compared with its numbers.

At points drawn from the kinds of the variables, the network runs its own forward and backward pass in float64 and the
lines are evaluated exactly. Agreement proves nothing; a difference refutes the line as a statement about the network.

Imports: calcds.derivation.model, calcds.network, calcds.values, calcds.verify.result.
"""

from __future__ import annotations

import math
import re
from itertools import islice
from typing import Any

import numpy as np
from flint import fmpq

from calcds.decide.verdict import Outcome
from calcds.derivation.model import Claim, Derivation, Network
from calcds.errors import CalcdsError, NoRule, Undefined
from calcds.expr.term import Term
from calcds.network.quantities import quantity
from calcds.network.quantity import Quantity
from calcds.values.evaluate import evaluate, holds
from calcds.values.points import Point, points
from calcds.values.survey import survey
from calcds.verify.result import Comparison

POINTS = 6  # at which a claim is compared
LEAST = 3  # fewer may be coincidences
TRIED = 60  # points drawn at most: some lie outside the domain, some overflow in float64
TOLERANCE = 1e-9  # relative; float64 and 30 digits differ by about 1e-13 on these formulas


def compare(claim: Claim, derivation: Derivation, network: Network) -> Comparison:
    """Both sides of a claim against the quantity; never raises for what an author can do wrong."""
    name = network.quantity
    try:
        found = quantity(name)
        inputs = _inputs(found, network, derivation)
    except (KeyError, ValueError) as error:
        return Comparison(name, 0.0, 0, Outcome.MALFORMED, str(error.args[0]))
    sides = [side for side in (claim.left, claim.right) if side is not None]
    worst, agreed, silence = 0.0, 0, "too few points of the domain have a value"
    for point in islice(points(survey((*sides, *inputs.values(), *claim.given))), TRIED):
        try:
            if not all(holds(condition, point) for condition in claim.given):
                continue
            arrays = {key: array(term, point) for key, term in inputs.items()}
            if not all(np.any(arrays[key]) for key in inputs if inputs[key].head == "sym"):
                continue  # where a variable is zero a wrong line may agree
            values = [array(side, point) for side in sides]
        except (Undefined, OverflowError):
            continue
        except (NoRule, CalcdsError) as error:
            silence = str(error)
            break
        try:
            found.bind(arrays)
        except ValueError as error:  # a missing input, a wrong shape
            return Comparison(name, 0.0, agreed, Outcome.MALFORMED, str(error))
        try:
            with np.errstate(all="ignore"):
                truth = found(**arrays)
        except ValueError as error:  # a value the network refuses: a logarithm of a probability of 0
            silence = str(error)
            continue
        if not np.all(np.isfinite(truth)):
            continue
        for side, value in zip(sides, values, strict=True):
            if not fits(truth, value):
                fault = f"{side} is {_size(value)}, but {name} of the network is {_size(truth)}"
                return Comparison(name, 0.0, agreed, Outcome.MALFORMED, fault)
            error_here = _difference(truth, value)
            worst = max(worst, error_here)
            if not error_here <= TOLERANCE:
                fault = f"the network disagrees: {name} is {_short(truth)}, but {side} is {_short(value)} {_where(point)}"
                return Comparison(name, worst, agreed, Outcome.REFUTED, fault)
        agreed += 1
        if agreed == POINTS:
            break
    if agreed < LEAST:
        return Comparison(
            name, 0.0, 0, Outcome.UNDECIDED, f"could not be compared with {name} of the network: {silence}"
        )
    return Comparison(name, worst, agreed)


def _inputs(found: Quantity, network: Network, derivation: Derivation) -> dict[str, Term]:
    """The terms that stand for the inputs of a quantity: variables of the same name, or as the author binds them."""
    bound: dict[str, Term] = {}
    for key, wanted in network.inputs:
        term = derivation.symbols.get(wanted) if isinstance(wanted, str) else wanted
        if not isinstance(term, Term):
            raise KeyError(
                f"{network.quantity}: its input {key} is bound to {wanted}, which is no variable here"
            )
        bound[key] = term
    for row in found.inputs:
        pattern = re.compile(re.escape(row.name).replace(r"\#", r"[1-9]\d*"))
        for name, symbol in derivation.symbols.items():
            if pattern.fullmatch(name) and isinstance(symbol, Term):
                bound.setdefault(name, symbol)
    return bound


def array(term: Term, point: Point) -> Any:
    """The value of a term at a point as float64, as a matrix. Raises Undefined for a value that is not real."""
    return np.array([[_real(x) for x in row] for row in evaluate(term, point)], dtype=float)


def _real(x: Any) -> float:
    if isinstance(x, fmpq):
        return int(x.p) / int(x.q)
    found = float(x.real.mid())
    if not x.imag.is_zero() or not math.isfinite(found):
        raise Undefined("a value that is not a real number")
    return found


def fits(truth: Any, value: Any) -> bool:
    """Whether two arrays are one number each, or of one shape."""
    return bool(truth.size == value.size == 1 or truth.shape == value.shape)


def _difference(truth: Any, value: Any) -> float:
    """The largest difference, relative to the largest entry where that is above 1."""
    scale = max(1.0, float(np.abs(truth).max(initial=0.0)))
    return float(np.abs(truth.reshape(value.shape) - value).max(initial=0.0)) / scale


def _size(value: Any) -> str:
    return "a single number" if value.size == 1 else " x ".join(map(str, value.shape))


def _short(value: Any) -> str:
    return np.array2string(np.squeeze(value), precision=6, separator=", ").replace("\n", "")


def _where(point: Point) -> str:
    sizes, values = point.describe()
    small = [
        f"{name} = {value}" for name, value in {**sizes, **values}.items() if isinstance(value, str | int)
    ]
    return "at " + ", ".join(small) if small else "at a random point"
