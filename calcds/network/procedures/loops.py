"""The loops of the notes: train on batches, with and without validation.

The procedures they call come in as a table, so that the expanded and the matrix form, penalties, dropout and
inertia need no loop of their own.

Imports: calcds.network.procedures.workspace, expanded, matrix_form.  Imported by: calcds.network.procedures.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from calcds.network.arrays import Array
from calcds.network.procedures import expanded, matrix_form
from calcds.network.procedures.workspace import Workspace

Example = tuple[Array, Array]  # x: n_0   y: n_L


@dataclass(frozen=True, slots=True)
class Procedures:
    """The steps of one iteration. Rates come from the loop."""

    clear: Callable[[Workspace], None]
    evaluate: Callable[[Workspace, Array], None]
    adjust: Callable[[Workspace, Array], None]
    apply: Callable[[Workspace, float], None]
    validate: Callable[[Workspace, Array], None]  # forward without dropout


EXPANDED = Procedures(expanded.clear_gradient, expanded.evaluate, expanded.adjust_gradient,
                      expanded.apply_gradient, expanded.evaluate)  # fmt: skip
MATRIX_FORM = Procedures(matrix_form.clear_gradient, matrix_form.evaluate, matrix_form.adjust_gradient,
                         matrix_form.apply_gradient, matrix_form.evaluate)  # fmt: skip


def with_inertia(keep: float) -> Procedures:
    """Momentum: Algorithm 21 (matrix form) in place of 4 and 10."""
    return Procedures(matrix_form.clear_gradient_with_inertia, matrix_form.evaluate, matrix_form.adjust_gradient,
                      partial(matrix_form.apply_gradient_with_inertia, keep=keep), matrix_form.evaluate)  # fmt: skip


def with_dropout(drop: float, rng: np.random.Generator) -> Procedures:
    """Dropout in training but not in validation: Algorithms 15, 17 and 19, magyar-112. New masks for each example."""

    def evaluate(net: Workspace, x: Array) -> None:
        expanded.draw_masks(net, drop, rng)
        matrix_form.evaluate_with_dropout(net, x)

    return Procedures(matrix_form.clear_gradient, evaluate, matrix_form.adjust_gradient_with_dropout,
                      matrix_form.apply_gradient, matrix_form.evaluate)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Errors:
    """What one iteration measured: the sums of 1/2 |y - a|^2 over the two batches."""

    training: float  # E_t, of the network before the step
    validation: float  # E_v, after it


def learn(
    net: Workspace, examples: Sequence[Example], rates: Iterable[float], batch: int,
    rng: np.random.Generator, do: Procedures = EXPANDED,
) -> None:  # fmt: skip
    """One step for each rate, each on a batch drawn without repetition. Algorithm 1, magyar-087.

    The gradient of a batch is the sum over its examples; the text of the notes speaks of the average, which is
    the same step with the rate divided by `batch`. Initialising the network is left to the caller.
    """
    for rate in rates:
        do.clear(net)
        calculate_gradient(net, draw(examples, batch, rng), do)
        do.apply(net, rate)


def learn_with_validation(
    net: Workspace, trainers: Sequence[Example], validators: Sequence[Example], rates: Iterable[float], batch: int,
    rng: np.random.Generator, do: Procedures = EXPANDED,
) -> list[Errors]:  # fmt: skip
    """The same with both errors written down in every iteration. Algorithm 11, magyar-098."""
    errors = []
    for rate in rates:
        trained, checked = draw(trainers, batch, rng), draw(validators, batch, rng)
        do.clear(net)
        training = calculate_gradient(net, trained, do)
        do.apply(net, rate)
        errors.append(Errors(training, validate(net, checked, do)))
    return errors


def calculate_gradient(net: Workspace, batch: Iterable[Example], do: Procedures = EXPANDED) -> float:
    """Add up the gradients of a batch; returns E_t. Algorithms 11 and 15, magyar-098, magyar-112."""
    error = 0.0
    for x, y in batch:
        do.evaluate(net, x)
        do.adjust(net, y)
        error += float(net.half_square(y))
    return error


def validate(net: Workspace, batch: Iterable[Example], do: Procedures = EXPANDED) -> float:
    """E_v: the error on examples that nothing is learned from. Algorithm 11, magyar-098, magyar-097."""
    error = 0.0
    for x, y in batch:
        do.validate(net, x)
        error += float(net.half_square(y))
    return error


def draw(examples: Sequence[Example], batch: int, rng: np.random.Generator) -> list[Example]:
    """Randomly chosen examples, none of them twice."""
    if not 1 <= batch <= len(examples):
        raise ValueError(f"A batch of {batch} cannot be drawn from {len(examples)} examples.")
    return [examples[i] for i in rng.choice(len(examples), size=batch, replace=False)]
