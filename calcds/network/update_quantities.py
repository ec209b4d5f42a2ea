"""Quantities of update rules, dropout and sliding sums: one step, as a claim states it.

Every row runs the rule itself on one parameter; a state that a claim names (v, r, average) goes in as it is.

Imports: activations, layers, listings, losses, mlp, procedures, quantity, rules, train.  Imported by: quantities.
"""

from collections.abc import Callable

import numpy as np

from calcds.network.activations import Entrywise, activation
from calcds.network.arrays import Array, same_shape
from calcds.network.layers import Dense
from calcds.network.listings import convolve, correlate
from calcds.network.losses import loss
from calcds.network.mlp import MLP
from calcds.network.procedures import matrix_form
from calcds.network.procedures.workspace import Workspace
from calcds.network.quantity import Quantity, inputs
from calcds.network.rules import (
    AdaGrad,
    Adam,
    GradientDescent,
    Inertia,
    Momentum,
    Named,
    Penalised,
    RMSProp,
    Rule,
    clip_norm,
    clip_values,
    moving_average,
    newton_step,
)
from calcds.network.train import perceptron_update

_STEP = "theta: any, g: any, rate"


def _row(
    name: str, signature: str, rule: Callable[..., Rule], doc: str, *, states: tuple[str, ...] = (), after: str = ""
) -> Quantity:  # fmt: skip
    """One step of a rule on a parameter called theta.

    rule: from the constants by name to the rule.  states: the inputs that are its memory, as keys
    "v", "v=.squares", "t=steps".  after: the state to report instead of the parameter.
    """

    def compute(theta: Array, g: Array, **given: Array) -> Array:
        same_shape(g, "g", theta, "theta")
        state: dict[str, Array] = {}
        for entry in states:
            key, _, suffix = entry.partition("=")
            value = given.pop(key)
            if not suffix or suffix.startswith("."):
                same_shape(value, "The state", theta, "theta")
            state["theta" + suffix if not suffix or suffix.startswith(".") else suffix] = value
        made = rule(**{key: float(value) for key, value in given.items()})
        parameters, changed = made.step({"theta": theta}, {"theta": g}, state)
        return (parameters if not after else changed)["theta"]

    return Quantity(name, inputs(signature), compute, doc)


def _average(average: Array, theta: Array, share: Array) -> Array:
    same_shape(average, "average", theta, "theta")
    return moving_average({"theta": average}, {"theta": theta}, float(share))["theta"]


def _clipped(clip: Callable[[Named, float], dict[str, Array]]) -> Callable[..., Array]:
    return lambda g, threshold: clip({"g": g}, float(threshold))["g"]


def _perceptron(w: Array, x: Array, t: Array, rate: Array, b: Array | None = None) -> tuple[Array, Array]:
    moved, bias = perceptron_update(w[:, 0], 0.0 if b is None else float(b), x[:, 0], float(t), float(rate))
    return moved[:, None], np.asarray(bias)


def _perceptron_gradient_step(w: Array, x: Array, t: Array, rate: Array, b: Array | None = None) -> Array:
    network = MLP((Dense(w, np.zeros(1) if b is None else b.reshape(1)),))
    gradients = network.gradients(x.T, t.reshape(1, 1), loss("perceptron"))
    return GradientDescent(float(rate)).step(network.parameters, gradients, {})[0]["W1"]


def _masked(s: str, W: Array, a: Array, r: Array, b: Array | None = None) -> Workspace:
    """A hidden layer s(W a + b) with the mask r and the identity behind it, evaluated at a."""
    f, identity = activation(s), activation("identity")
    if not isinstance(f, Entrywise) or not isinstance(identity, Entrywise):
        raise ValueError(f"A mask needs a function of one number, not {s}.")  # noqa: TRY004
    k = len(W)
    net = Workspace.of([W, np.eye(k)], [np.zeros(k) if b is None else b[:, 0], np.zeros(k)], [f, identity])
    net.r[1] = matrix_form.extended(r[:, 0], 1.0)
    matrix_form.evaluate_with_dropout(net, a[:, 0])
    return net


def _masked_forward(activation: str, **given: Array) -> Array:
    return _masked(activation, **given).a[1][1:, None]


def _masked_delta(activation: str, d: Array, **given: Array) -> Array:
    net = _masked(activation, **given)
    matrix_form.backpropagate(net, d[:, 0])
    return net.d[1][1:, None]


_PERCEPTRON = inputs("w: n x 1, x: n x 1, t, rate, b?")
_MASKED, _SIGMOID = "W: k x h, a: h x 1, r: k x 1, b?: k x 1", {"activation": "sigmoid"}

UPDATE_QUANTITIES = (
    _row("descent.update", _STEP, GradientDescent, "theta - rate g"),
    _row("momentum.velocity", _STEP + ", v: any, keep", Momentum, "keep v - rate g",
         states=("v",), after="v"),
    _row("momentum.update", _STEP + ", v: any, keep", Momentum, "theta + keep v - rate g", states=("v",)),
    _row("inertia.gradient", _STEP + ", v: any, keep", Inertia, "keep v + (1 - keep) g",
         states=("v",), after="v"),
    _row("inertia.update", _STEP + ", v: any, keep", Inertia, "theta - rate (keep v + (1 - keep) g)",
         states=("v",)),
    _row("adagrad.update", _STEP + ", r: any, eps", lambda rate, eps: AdaGrad(rate, delta=eps),
         "theta - rate g/(eps + sqrt(r + g o g))", states=("r",)),
    _row("rmsprop.update", _STEP + ", r: any, keep, eps", lambda rate, keep, eps: RMSProp(rate, keep, delta=eps),
         "theta - rate g/(eps + sqrt(keep r + (1 - keep) g o g))", states=("r",)),
    _row("adam.update", _STEP + ", v: any, r: any, t, keep, keep_squares, eps",
         lambda rate, keep, keep_squares, eps: Adam(rate, keep, keep_squares, delta=eps),
         "theta - rate v^/(eps + sqrt r^) after t steps, v^ = (keep v + (1 - keep) g)/(1 - keep^(t + 1)), r^ alike",
         states=("v", "r=.squares", "t=steps")),
    _row("l1.update", _STEP + ", alpha", lambda rate, alpha: Penalised(GradientDescent(rate), l1=alpha),
         "theta - rate (g + alpha sign(theta))"),
    _row("l2.update", _STEP + ", alpha", lambda rate, alpha: Penalised(GradientDescent(rate), l2=alpha),
         "theta - rate (g + alpha theta)"),
    Quantity("newton.update", inputs("theta: n x 1, g: n x 1, H: n x n"), newton_step, "theta - H^-1 g"),
    Quantity("ema.update", inputs("average: any, theta: any, share"),
             _average, "(1 - share) average + share theta"),
    Quantity("clip.values", inputs("g: any, threshold"), _clipped(clip_values), "max(-c, min(c, g))"),
    Quantity("clip.norm", inputs("g: any, threshold"), _clipped(clip_norm), "g if |g| <= c, else c g/|g|"),
    Quantity("dropout.forward", inputs(_MASKED), _masked_forward, "r o s(W a + b)", _SIGMOID),
    Quantity("dropout.delta", inputs(_MASKED + ", d: k x 1"), _masked_delta,
             "dL/dz = r o d o s'(z), where z = W a + b and d = dL/d(r o s(z))", _SIGMOID),
    Quantity("perceptron.update", _PERCEPTRON, lambda **given: _perceptron(**given)[0],
             "w + rate t x if t (w^T x + b) <= 0, else w"),
    Quantity("perceptron.bias_update", _PERCEPTRON, lambda **given: _perceptron(**given)[1],
             "b + rate t if t (w^T x + b) <= 0, else b"),
    Quantity("perceptron.gradient_step", _PERCEPTRON, _perceptron_gradient_step,
             "w - rate dL/dw of L = max(0, -t (w^T x + b))"),
    Quantity("convolve", inputs("x: m x 1, y: n x 1"),
             lambda x, y: convolve(x[:, 0], y[:, 0])[:, None], "sum over k of x_k y_(i-k), i = 0 .. m + n - 2"),
    Quantity("correlate", inputs("x: m x 1, y: n x 1"), lambda x, y: correlate(x[:, 0], y[:, 0])[:, None],
             "sum over k of x_k y_(i+k), i = -(m - 1) .. n - 1"),
)  # fmt: skip
