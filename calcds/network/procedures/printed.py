"""What the notes print wrong, as printed, so that tests can show what it does. Nothing else calls these.

Each function names the procedure that is right and the erratum among the derivations.

Imports: calcds.network.procedures.workspace, expanded, matrix_form.  Imported by: tests.
"""

import numpy as np
from numpy.typing import ArrayLike

from calcds.network.procedures import expanded, matrix_form
from calcds.network.procedures.workspace import Workspace, values


def constant_rows(net: Workspace) -> None:
    """w_(0,i) = 1 for all i and d_0 = 1, Algorithm 2: `neurons.py::initialised_matrix_as_printed`.

    In matrix form a_0 becomes the sum of all activations; in the expanded form every hidden d_j grows by 1.
    """
    for k in range(1, net.L + 1):
        net.W[k][0] = 1.0
        net.d[k][0] = 1.0


def adjust_gradient(net: Workspace, y: ArrayLike) -> None:
    """y - a instead of a - y, Algorithms 7, 8, 12, 18 and 19: `whole_networks.py::output_delta_as_printed`."""
    expanded.backpropagate(net, values(y, net.n[net.L], "y") - net.output)


def adjust_gradient_with_penalty(
    net: Workspace, y: ArrayLike, penalty: expanded.Penalty, strength: float
) -> None:
    """Algorithm 12 with y - a and + R: data and penalty pull against each other.

    `training.py::penalised_step_as_printed`; no sign of the step makes up for it.
    """
    expanded.backpropagate(net, values(y, net.n[net.L], "y") - net.output, penalty, strength)


def evaluate_with_dropout(net: Workspace, x: ArrayLike, mask: ArrayLike) -> None:
    """Algorithm 16 with a mask on the output, 1 + n_L numbers: `dropout.py::masked_output`."""
    expanded.evaluate_with_dropout(net, x)
    net.a[net.L] = np.asarray(mask) * net.a[net.L]


def evaluate_with_dropout_matrix_form(net: Workspace, x: ArrayLike) -> None:
    """Algorithm 17 with r o f(r o W a): `dropout.py::mask_twice`."""
    net.a[0] = net.r[0] * matrix_form.extended(values(x, net.n[0], "x"), 1.0)
    for k in range(1, net.L + 1):
        mask = 1.0 if k == net.L else net.r[k]
        net.s[k] = mask * (net.W[k] @ net.a[k - 1])
        net.a[k] = mask * matrix_form.entrywise(net, k)
