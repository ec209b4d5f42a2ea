"""The procedures of the notes with vectors and matrices. Each does what its namesake in `expanded` does.

The extended matrices make one remark necessary. d_0, the derivative by a constant neuron, is not 0 by itself, and
with it row 0 of nabla C: a step would change the row that keeps a_0 = 1. The notes do not say that row 0 is left
out; here d_0 is set to 0, as it is in the expanded procedures, where j begins at 1.

Imports: calcds.network.procedures.workspace.  Imported by: loops, printed.
"""

import numpy as np
from numpy.typing import ArrayLike

from calcds.network.arrays import Array
from calcds.network.procedures.workspace import Workspace, values


def clear_gradient(net: Workspace) -> None:
    """Before a batch: no gradient yet. Algorithm 4, magyar-090."""
    for k in range(1, net.L + 1):
        net.C[k] = np.zeros_like(net.C[k])


def evaluate(net: Workspace, x: ArrayLike) -> None:
    """Forward. Algorithm 6, magyar-092; the notes leave out the 1 in front of x.   x: n_0"""
    net.a[0] = extended(values(x, net.n[0], "x"), 1.0)
    for k in range(1, net.L + 1):
        net.s[k] = net.W[k] @ net.a[k - 1]
        net.a[k] = entrywise(net, k)


def adjust_gradient(net: Workspace, y: ArrayLike) -> None:
    """Backward. Algorithm 8, magyar-094; printed with y - a.   y: n_L"""
    backpropagate(net, net.output - values(y, net.n[net.L], "y"))


def backpropagate(net: Workspace, error: Array) -> None:
    """The rest of Algorithms 8 and 19, from dC/da of the output layer on; masks are 1 without dropout."""
    for k in range(net.L, 0, -1):
        arrives = extended(error, 0.0) if k == net.L else net.W[k + 1].T @ net.d[k + 1]
        mask = 1.0 if k == net.L else net.r[k]
        net.d[k] = without_constant(mask * arrives * slope(net, k))
        net.C[k] = net.C[k] + np.outer(net.d[k], net.a[k - 1])


def apply_gradient(net: Workspace, rate: float) -> None:
    """One step. Algorithm 10, magyar-096."""
    for k in range(1, net.L + 1):
        net.W[k] = net.W[k] - rate * net.C[k]


def evaluate_with_dropout(net: Workspace, x: ArrayLike) -> None:
    """Forward with the masks in net.r. Algorithm 17, magyar-114.

    Printed with the mask also inside f, r o f(r o W a): `printed.evaluate_with_dropout_matrix_form`.
    """
    net.a[0] = net.r[0] * extended(values(x, net.n[0], "x"), 1.0)
    for k in range(1, net.L + 1):
        net.s[k] = net.W[k] @ net.a[k - 1]
        net.a[k] = entrywise(net, k) if k == net.L else net.r[k] * entrywise(net, k)


def adjust_gradient_with_dropout(net: Workspace, y: ArrayLike) -> None:
    """Backward with the masks in net.r. Algorithm 19, magyar-116; printed with y - a."""
    adjust_gradient(net, y)


def clear_gradient_with_inertia(net: Workspace) -> None:
    """Before a batch: keep the gradient that was applied last. Algorithm 21, first half, magyar-119."""
    net.C_prev = list(net.C)
    clear_gradient(net)


def apply_gradient_with_inertia(net: Workspace, rate: float, keep: float) -> None:
    """Average, then step. Algorithm 21, second half, magyar-119."""
    for k in range(1, net.L + 1):
        net.C[k] = keep * net.C_prev[k] + (1 - keep) * net.C[k]
    apply_gradient(net, rate)


def extended(vector: Array, first: float) -> Array:
    """A vector with an entry for the constant neuron in front."""
    return np.concatenate([[first], vector])


def entrywise(net: Workspace, k: int) -> Array:
    """f(s), where f_0 is the identity."""
    return np.concatenate([net.s[k][:1], net.f[k](net.s[k][1:])])


def slope(net: Workspace, k: int) -> Array:
    """f'(s), where f_0 is the identity."""
    return extended(net.f[k].slope(net.s[k][1:]), 1.0)


def without_constant(d: Array) -> Array:
    """d with d_0 = 0."""
    return extended(d[1:], 0.0)
