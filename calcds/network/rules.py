"""Update rules: how parameters move, given their gradients.

A rule keeps its memory (velocity, squared gradients) in a state that goes in and comes out, so a rule is a
constant and a run can be repeated:

    parameters, state = rule.step(parameters, gradients, state)         all three by name, any shapes

The names in a state are those of the parameters; a rule with two memories adds ".squares" for the second and
"steps" for a count.

Imports: calcds.network.arrays.  Imported by: train, update_quantities.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from calcds.network.arrays import Array

Named = Mapping[str, Array]
Step = tuple[dict[str, Array], dict[str, Array]]  # the new parameters, the new state


class Rule(Protocol):
    """How parameters move, given their gradients."""

    def step(self, parameters: Named, gradients: Named, state: Named) -> Step:
        """The new parameters and the new state; the first state is empty."""


@dataclass(frozen=True, slots=True)
class GradientDescent:
    """theta <- theta - rate g.   sadiku-069, sadiku-187, nogga-076, nogga-102, oh-048, oh-050, oh-052.

    >>> GradientDescent(0.5).step({"x": np.array(1.0)}, {"x": np.array(1.0)}, {})
    ({'x': np.float64(0.5)}, {})
    """

    rate: float

    def step(self, parameters: Named, gradients: Named, state: Named) -> Step:
        """One step."""
        return {name: theta - self.rate * gradients[name] for name, theta in parameters.items()}, dict(state)


@dataclass(frozen=True, slots=True)
class Momentum:
    """v <- keep v - rate g,   theta <- theta + v.   State: v, at first 0.   nogga-108.

    nogga-106 prints + rate g in the line before the algorithm; then theta + v climbs.
    """

    rate: float
    keep: float = 0.9

    def step(self, parameters: Named, gradients: Named, state: Named) -> Step:
        """One step."""
        v = {name: self.keep * _past(state, name, g) - self.rate * g for name, g in gradients.items()}
        return {name: theta + v[name] for name, theta in parameters.items()}, v


@dataclass(frozen=True, slots=True)
class Inertia:
    """v <- keep v + (1 - keep) g,   theta <- theta - rate v.   State: v, at first 0.   magyar-117 to magyar-119.

    The averaged form of momentum: the same path as Momentum(rate (1 - keep), keep).
    """

    rate: float
    keep: float = 0.9

    def step(self, parameters: Named, gradients: Named, state: Named) -> Step:
        """One step."""
        v = _averages(state, gradients, self.keep)
        return {name: theta - self.rate * v[name] for name, theta in parameters.items()}, v


@dataclass(frozen=True, slots=True)
class AdaGrad:
    """r <- r + g o g,   theta <- theta - rate g/(delta + sqrt r).   State: r, at first 0.   nogga-112, nogga-109."""

    rate: float
    delta: float = 1e-7

    def step(self, parameters: Named, gradients: Named, state: Named) -> Step:
        """One step."""
        r = {name: _past(state, name, g) + g * g for name, g in gradients.items()}
        return _scaled_step(parameters, gradients, r, self.rate, self.delta), r


@dataclass(frozen=True, slots=True)
class RMSProp:
    """r <- keep r + (1 - keep) g o g,   theta <- theta - rate g/(delta + sqrt r).   State: r, at first 0.

    AdaGrad with an average in place of the sum; nogga-110 says so in words.
    """

    rate: float
    keep: float = 0.9
    delta: float = 1e-7

    def step(self, parameters: Named, gradients: Named, state: Named) -> Step:
        """One step."""
        r = _averages(state, _squares(gradients), self.keep)
        return _scaled_step(parameters, gradients, r, self.rate, self.delta), r


@dataclass(frozen=True, slots=True)
class Adam:
    """v averages g, r averages g o g; theta <- theta - rate v^/(delta + sqrt r^).   State: v, r and the step t.

    nogga-111 says in words that both are moving averages. They start at 0, so after t steps their weights add up
    to 1 - keep^t (optimisers.py, "The weights of the average"); v^ and r^ are divided by that.
    """

    rate: float
    keep: float = 0.9
    keep_squares: float = 0.999
    delta: float = 1e-8

    def step(self, parameters: Named, gradients: Named, state: Named) -> Step:
        """One step."""
        t = float(state.get("steps", np.array(0.0))) + 1
        past = {name: state[f"{name}.squares"] for name in gradients if f"{name}.squares" in state}
        v, r = _averages(state, gradients, self.keep), _averages(past, _squares(gradients), self.keep_squares)
        means = {name: value / (1 - self.keep**t) for name, value in v.items()}
        scales = {name: value / (1 - self.keep_squares**t) for name, value in r.items()}
        after = {**v, **{f"{name}.squares": value for name, value in r.items()}, "steps": np.array(t)}
        return _scaled_step(parameters, means, scales, self.rate, self.delta), after


@dataclass(frozen=True, slots=True)
class Penalised:
    """Another rule with a penalty in the gradient: g + l2 theta + l1 sign(theta).   nogga-168, nogga-170.

    With GradientDescent and l2 alone this is weight decay: theta <- (1 - rate l2) theta - rate g.
    """

    rule: Rule
    l1: float = 0.0
    l2: float = 0.0

    def step(self, parameters: Named, gradients: Named, state: Named) -> Step:
        """One step."""
        penalised = {
            name: g + self.l2 * parameters[name] + self.l1 * np.sign(parameters[name])
            for name, g in gradients.items()
        }
        return self.rule.step(parameters, penalised, state)


def moving_average(average: Named, parameters: Named, share: float) -> dict[str, Array]:
    """The exponential moving average of parameters, (1 - share) average + share theta.   nogga-178, nogga-179."""
    return {name: (1 - share) * average[name] + share * theta for name, theta in parameters.items()}


def clip_values(gradients: Named, threshold: float) -> dict[str, Array]:
    """Entries beyond +-threshold are cut to it; the direction changes.   nogga-155

    >>> clip_values({"x": np.array([3.0, -0.5])}, 1.0)["x"]
    array([ 1. , -0.5])
    """
    return {name: np.clip(g, -threshold, threshold) for name, g in gradients.items()}


def clip_norm(gradients: Named, threshold: float) -> dict[str, Array]:
    """All entries together are scaled down to the length `threshold` if they are longer.   nogga-156

    >>> clip_norm({"x": np.array([3.0, 4.0])}, 1.0)["x"]
    array([0.6, 0.8])
    """
    length = np.sqrt(sum(float((g**2).sum()) for g in gradients.values()))
    scale = threshold / length if length > threshold else 1.0
    return {name: scale * g for name, g in gradients.items()}


def newton_step(theta: Array, g: Array, H: Array) -> Array:
    """theta - H^-1 g.   theta, g: n   H: n x n, invertible.   Leads to a stationary point of a quadratic function.

    nogga-093 calls it a method that finds the minimum; where H is negative definite it finds the maximum.

    >>> newton_step(np.array([5.0]), np.array([-10.0]), np.array([[-2.0]]))  # 1 - x^2 at x = 5
    array([0.])
    """
    return np.asarray(theta - np.linalg.solve(H, g))


def _past(state: Named, name: str, g: Array) -> Array:
    return state.get(name, np.zeros_like(g))


def _squares(gradients: Named) -> dict[str, Array]:
    return {name: g * g for name, g in gradients.items()}


def _averages(state: Named, values: Named, keep: float) -> dict[str, Array]:
    return {name: keep * _past(state, name, value) + (1 - keep) * value for name, value in values.items()}


def _scaled_step(
    parameters: Named, directions: Named, squares: Named, rate: float, delta: float
) -> dict[str, Array]:
    return {
        name: theta - rate * directions[name] / (delta + np.sqrt(squares[name]))
        for name, theta in parameters.items()
    }
