"""Neural networks in NumPy: the numerical world that claims about networks are tested against.

Forward and backward passes are written by hand, in the order in which a course meets them: `activations` and
`losses` are tables, `layers` is one dense layer, `mlp` chains layers, `graph` wires nodes one by one, `rules` are
the ways to step and `train` steps, `gradcheck` compares any gradient with a numerical one. `quantities` names
what a claim can state. `procedures` and `listings` are the programs that the cited documents print; `experiments`
measures what they say in words.

Imports: numpy only; nothing of calcds outside this room.
"""

from calcds.network.activations import ACTIVATIONS, Activation, Entrywise, Softmax, activation
from calcds.network.gradcheck import check_gradient, numerical_gradient
from calcds.network.graph import DECK, GraphNetwork
from calcds.network.layers import Adjoints, Dense
from calcds.network.losses import LOSSES, Loss, loss
from calcds.network.mlp import MLP, Trace
from calcds.network.quantities import quantities, quantity
from calcds.network.quantity import Quantity, UnknownQuantity
from calcds.network.rules import (
    AdaGrad,
    Adam,
    GradientDescent,
    Inertia,
    Momentum,
    Penalised,
    RMSProp,
    moving_average,
)
from calcds.network.train import descend, perceptron, train

__all__ = [
    "ACTIVATIONS",
    "DECK",
    "LOSSES",
    "MLP",
    "Activation",
    "AdaGrad",
    "Adam",
    "Adjoints",
    "Dense",
    "Entrywise",
    "GradientDescent",
    "GraphNetwork",
    "Inertia",
    "Loss",
    "Momentum",
    "Penalised",
    "Quantity",
    "RMSProp",
    "Softmax",
    "Trace",
    "UnknownQuantity",
    "activation",
    "check_gradient",
    "descend",
    "loss",
    "moving_average",
    "numerical_gradient",
    "perceptron",
    "quantities",
    "quantity",
    "train",
]  # fmt: skip
