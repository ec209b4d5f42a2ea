"""What the cited documents say in words and can be measured: experiments with regimes.

Each function cites the statements it is about, says in its docstring what comes out, and returns one number for
each regime. Nothing here is a proof; where a statement has a derivation as well, that one counts.

Imports: calcds.network.
"""

from calcds.network.experiments.gradients import (
    cancellation,
    cost_of_differences,
    dying_units,
    informative_slopes,
    paths,
    vanishing_gradients,
)
from calcds.network.experiments.measured import Measured, by_regime
from calcds.network.experiments.samples import (
    averaged_noise,
    capacity,
    consistency,
    cost_of_masks,
    cross_validation,
    learning_rates,
    unbiased_batches,
    weight_scaling,
)
from calcds.network.experiments.weights import (
    positive_bias,
    symmetries,
    universal_approximation,
    variance_in_depth,
    zero_initialisation,
)

__all__ = [
    "Measured",
    "averaged_noise",
    "by_regime",
    "cancellation",
    "capacity",
    "consistency",
    "cost_of_differences",
    "cost_of_masks",
    "cross_validation",
    "dying_units",
    "informative_slopes",
    "learning_rates",
    "paths",
    "positive_bias",
    "symmetries",
    "unbiased_batches",
    "universal_approximation",
    "vanishing_gradients",
    "variance_in_depth",
    "weight_scaling",
    "zero_initialisation",
]
