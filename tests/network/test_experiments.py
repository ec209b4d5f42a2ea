"""What the experiments measure, regime by regime: bounds with room for another seed, and exact where it is exact."""

import inspect
from collections.abc import Callable

import numpy as np
import pytest

from calcds.network import experiments
from calcds.network.experiments import Measured, by_regime

EXPERIMENTS = [
    row for row in vars(experiments).values() if inspect.isfunction(row) and row is not experiments.by_regime
]
EXACT = (-1e-12, 1e-12)

# experiment, regime, from, to
BOUNDS: list[tuple[Callable[..., tuple[Measured, ...]], str, float, float]] = [
    (experiments.vanishing_gradients, "delta, tanh, g = 0.3", 0.0, 1e-8),
    (experiments.vanishing_gradients, "delta, tanh, g = 1", 1e-2, 10),
    (experiments.vanishing_gradients, "delta, identity, g = 0.3", 0.0, 1e-8),
    (experiments.vanishing_gradients, "delta, identity, g = 2", 1e4, np.inf),
    (experiments.vanishing_gradients, "delta, sigmoid, g = 1", 0.0, 1e-8),
    (experiments.vanishing_gradients, "delta, relu, g = 1", 1e-4, 1e-2),
    (experiments.vanishing_gradients, "delta, relu, g = 1.4", 0.1, 10),
    (experiments.vanishing_gradients, "dW, sigmoid, g = 1", 0.0, 1e-8),
    (experiments.vanishing_gradients, "dW, tanh, g = 0.3", 0.1, 10),
    (experiments.vanishing_gradients, "dW, identity, g = 2", 0.1, 10),
    *((experiments.paths, f"paths, depth {depth}", 3**depth, 3**depth) for depth in (1, 2, 3, 4)),
    *((experiments.paths, f"edges, depth {depth}", 9 * depth - 3, 9 * depth - 3) for depth in (1, 2, 3, 4)),
    *((experiments.paths, f"difference, depth {depth}", *EXACT) for depth in (1, 2, 3, 4)),
    *((experiments.cost_of_differences, f"complex, {size} parameters", 1, 1) for size in (9, 25, 81)),
    *((experiments.cost_of_differences, f"differences, {size} parameters", 4, 4) for size in (9, 25, 81)),
    (experiments.cancellation, "h = 0.01", 1e-3, 1),
    (experiments.cancellation, "h = 1e-08", 0.0, 1e-6),
    (experiments.cancellation, "h = 1e-14", 1e-3, 1),
    (experiments.cancellation, "complex step", 0.0, 1e-15),
    (experiments.dying_units, "relu", 1, 1),
    (experiments.dying_units, "parametric_relu", 0.0, 0.1),
    (experiments.informative_slopes, "max(0, z - 100), has a slope", 0, 0),
    (experiments.informative_slopes, "step, has a slope", 0, 0),
    (experiments.informative_slopes, "sin(100 z), has a slope", 0.99, 1),
    (experiments.informative_slopes, "sin(100 z), it tells the way", 0.45, 0.55),
    (experiments.informative_slopes, "tanh, has a slope", 0.99, 1),
    (experiments.informative_slopes, "tanh, it tells the way", 1, 1),
    (experiments.informative_slopes, "relu, has a slope", 0.45, 0.55),
    (experiments.informative_slopes, "relu, it tells the way", 1, 1),
    (experiments.zero_initialisation, "tanh, largest weight", 0, 0),
    (experiments.zero_initialisation, "sigmoid, largest weight", 0.05, 10),
    (experiments.zero_initialisation, "tanh, hidden units differ", *EXACT),
    (experiments.zero_initialisation, "sigmoid, hidden units differ", *EXACT),
    (experiments.zero_initialisation, "tanh, mean output over mean target", 0.99, 1.01),
    (experiments.zero_initialisation, "sigmoid, mean output over mean target", 0.9, 1.1),
    (experiments.symmetries, "points", 48, 48),
    (experiments.symmetries, "largest difference of outputs", *EXACT),
    (experiments.symmetries, "loss half-way between two minima of loss 0", 1e-3, np.inf),
    (experiments.variance_in_depth, "1/(2 sqrt n)", 0.0, 2e-3),
    (experiments.variance_in_depth, "1/sqrt n", 0.8, 1.25),
    (experiments.variance_in_depth, "2/sqrt n", 500, 2000),
    (experiments.positive_bias, "bias 0", 0.46, 0.54),
    (experiments.positive_bias, "bias 0.5", 0.65, 0.73),
    (experiments.positive_bias, "bias 1", 0.80, 0.88),
    # the error of a broken line is at most h^2/8 max |f''| = pi^2/(2 M^2)
    *((experiments.universal_approximation, f"{M} units", 0.5 * np.pi**2 / 2 / M**2, np.pi**2 / 2 / M**2)
      for M in (4, 8, 16, 32)),
    (experiments.unbiased_batches, "bias, without repetition", *EXACT),
    (experiments.unbiased_batches, "bias, independent draws", *EXACT),
    (experiments.unbiased_batches, "variance over sigma^2/k, without repetition", 2 / 3 - 1e-9, 2 / 3 + 1e-9),
    (experiments.unbiased_batches, "variance over sigma^2/k, independent draws", 1 - 1e-9, 1 + 1e-9),
    (experiments.capacity, "training, order 1", 0.05, 1),
    (experiments.capacity, "test, order 1", 0.15, 1),
    (experiments.capacity, "test, order 3", 0.03, 0.15),
    (experiments.capacity, "training, order 12", 0.0, 1e-9),
    (experiments.capacity, "test, order 12", 1, np.inf),
    (experiments.weight_scaling, "sub-networks", 64, 64),
    (experiments.weight_scaling, "identity, difference", *EXACT),
    (experiments.weight_scaling, "sigmoid, difference", 1e-3, 1),
    *((experiments.cost_of_masks, f"per neuron, n = {n}", 1, 1) for n in (10, 100, 1000)),
    *((experiments.cost_of_masks, f"per weight, n = {n}", 1 / n, 1 / n) for n in (10, 100, 1000)),
    *((experiments.averaged_noise, f"share {s:g}", 0.85 * s / (2 - s), 1.15 * s / (2 - s)) for s in (1.0, 0.5, 0.1)),
    (experiments.consistency, "m = 10", 0.4, 0.7),
    (experiments.consistency, "m = 100", 0.02, 0.08),
    (experiments.consistency, "m = 1000", 0, 0),
    (experiments.learning_rates, "rate 0.001", 1.9, 2.1),
    (experiments.learning_rates, "rate 0.5", 0.0, 1e-9),
    (experiments.learning_rates, "rate 1", 0.5, 0.5),
    (experiments.learning_rates, "rate 1.1", 100, np.inf),
]  # fmt: skip


@pytest.fixture(scope="module")
def measured() -> dict[str, dict[str, float]]:
    """Every experiment, run once."""
    found = {}
    for run in EXPERIMENTS:
        takes_rng = "rng" in inspect.signature(run).parameters
        found[run.__name__] = by_regime(run(np.random.default_rng(20240816)) if takes_rng else run())
    return found


@pytest.mark.parametrize(("run", "regime", "low", "high"), BOUNDS, ids=[f"{r[0].__name__}: {r[1]}" for r in BOUNDS])
def test_an_experiment_comes_out_as_its_docstring_says(
    run: Callable[..., object], regime: str, low: float, high: float, measured: dict[str, dict[str, float]]
) -> None:
    assert low <= measured[run.__name__][regime] <= high


def test_the_training_error_falls_with_the_order_and_the_test_error_does_not(
    measured: dict[str, dict[str, float]]
) -> None:
    found = measured["capacity"]
    assert found["training, order 1"] > found["training, order 3"] > found["training, order 12"]
    assert found["test, order 1"] > found["test, order 3"] < found["test, order 12"]


def test_cross_validation_chooses_the_order_of_the_data(measured: dict[str, dict[str, float]]) -> None:
    assert min(measured["cross_validation"], key=lambda regime: measured["cross_validation"][regime]) == "order 3"


def test_every_experiment_is_tested_and_cites_what_it_is_about() -> None:
    tested = {run.__name__ for run, *_ in BOUNDS} | {"cross_validation"}
    assert tested == {run.__name__ for run in EXPERIMENTS}
    assert all("-" in (run.__doc__ or "") for run in EXPERIMENTS)
