"""The procedures of the notes entry by entry: loops over layers k, neurons j and inputs i.

i = 0 is the constant neuron, so w_(j,0) is a bias. Slow on purpose: each line is a line of the notes.

Imports: calcds.network.procedures.workspace.  Imported by: loops, printed.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from calcds.network.arrays import Array
from calcds.network.procedures.workspace import Workspace, constant_row, values

Penalty = Callable[
    [Workspace, int, int, int], Array
]  # the slope of the penalty in one weight w_(j,i) of layer k


def initialise(net: Workspace, rng: np.random.Generator) -> None:
    """Random weights and biases, no gradient, constant neurons. Algorithm 2, magyar-088.

    Printed with w_(0,i) = 1 for every i and d_0 = 1: right is row 0 = (1, 0, ..., 0), and d_0 is never read.
    """
    for k in range(net.L + 1):
        net.a[k][0] = 1.0
    for k in range(1, net.L + 1):
        net.W[k][0] = constant_row(net.n[k - 1] + 1)
        for i in range(net.n[k - 1] + 1):
            for j in range(1, net.n[k] + 1):
                net.W[k][j, i] = rng.normal()
                net.C[k][j, i] = 0.0


def clear_gradient(net: Workspace) -> None:
    """Before a batch: no gradient yet. Algorithm 3, magyar-089."""
    for k in range(1, net.L + 1):
        for j in range(1, net.n[k] + 1):
            for i in range(net.n[k - 1] + 1):
                net.C[k][j, i] = 0.0


def evaluate(net: Workspace, x: ArrayLike) -> None:
    """Forward: from x to the output layer. Algorithm 5, magyar-091.   x: n_0"""
    x = values(x, net.n[0], "x")
    for j in range(1, net.n[0] + 1):
        net.a[0][j] = x[j - 1]
    for k in range(1, net.L + 1):
        for j in range(1, net.n[k] + 1):
            net.s[k][j] = _weighted_sum(net, k, j)
            net.a[k][j] = net.f[k](net.s[k][j])


def adjust_gradient(
    net: Workspace, y: ArrayLike, penalty: Penalty | None = None, strength: float = 0.0
) -> None:
    """Backward: add the gradient of this example to that of the batch. Algorithms 7 and 12.

    Algorithm 7 is magyar-093; with a penalty it is Algorithm 12, magyar-102, and the penalty is counted once for
    each example. Printed with y - a instead of a - y: then W - rate C climbs (`printed.adjust_gradient`).
    """
    y = values(y, net.n[net.L], "y")
    backpropagate(net, net.output - y, penalty, strength)


def backpropagate(
    net: Workspace, error: Array, penalty: Penalty | None = None, strength: float = 0.0
) -> None:
    """The rest of Algorithms 7 and 12, from dC/da of the output layer on."""
    for k in range(net.L, 0, -1):
        for j in range(1, net.n[k] + 1):
            arrives = error[j - 1] if k == net.L else _comes_back(net, k, j)
            net.d[k][j] = arrives * net.f[k].slope(net.s[k][j])
            for i in range(net.n[k - 1] + 1):
                R = strength * penalty(net, k, j, i) if penalty else 0.0
                net.C[k][j, i] += net.d[k][j] * net.a[k - 1][i] + R


def l1_penalty(net: Workspace, k: int, j: int, i: int) -> Array:
    """The slope of |w|, and 0 at 0. Algorithm 13, magyar-107, magyar-105."""
    w = net.W[k][j, i]
    if w == 0:
        return np.zeros_like(w)
    return np.ones_like(w) if w.real > 0 else -np.ones_like(w)


def l2_penalty(net: Workspace, k: int, j: int, i: int) -> Array:
    """The slope of w^2/2. Algorithm 14, magyar-110."""
    return np.asarray(net.W[k][j, i])


def apply_gradient(net: Workspace, rate: float) -> None:
    """One step against the gradient of the batch. Algorithm 9, magyar-095."""
    for k in range(1, net.L + 1):
        for j in range(1, net.n[k] + 1):
            for i in range(net.n[k - 1] + 1):
                net.W[k][j, i] = net.W[k][j, i] - rate * net.C[k][j, i]


def draw_masks(net: Workspace, drop: float, rng: np.random.Generator) -> None:
    """r = 0 with probability `drop`, else 1/(1 - drop); never for a constant neuron or the output. magyar-111."""
    if not 0 <= drop < 1:
        raise ValueError(f"The share of dropped neurons must lie in [0, 1), but is {drop}.")
    for k in range(net.L + 1):
        net.r[k][0] = 1.0
        for j in range(1, net.n[k] + 1):
            net.r[k][j] = 1.0 if k == net.L else (rng.random() >= drop) / (1 - drop)


def evaluate_with_dropout(net: Workspace, x: ArrayLike) -> None:
    """Forward with the masks that were drawn. Algorithm 16, magyar-113.   x: n_0

    The notes draw the masks here; apart, a gradient can be compared with differences while they stay the same.
    Printed with the mask also on the output (`printed.evaluate_with_dropout`), which Algorithms 17 to 19 deny.
    """
    x = values(x, net.n[0], "x")
    for j in range(1, net.n[0] + 1):
        net.a[0][j] = net.r[0][j] * x[j - 1]
    for k in range(1, net.L + 1):
        for j in range(1, net.n[k] + 1):
            kept = k == net.L or net.r[k][j] > 0
            net.s[k][j] = _weighted_sum(net, k, j) if kept else 0.0
            net.a[k][j] = (1.0 if k == net.L else net.r[k][j]) * net.f[k](net.s[k][j]) if kept else 0.0


def adjust_gradient_with_dropout(net: Workspace, y: ArrayLike) -> None:
    """Backward through the neurons that were kept. Algorithm 18, magyar-115. Printed with y - a."""
    y = values(y, net.n[net.L], "y")
    for k in range(net.L, 0, -1):
        for j in range(1, net.n[k] + 1):
            if k == net.L:
                net.d[k][j] = (net.output[j - 1] - y[j - 1]) * net.f[k].slope(net.s[k][j])
            elif net.r[k][j] > 0:
                net.d[k][j] = net.r[k][j] * _comes_back(net, k, j) * net.f[k].slope(net.s[k][j])
            else:
                net.d[k][j] = 0.0
                continue
            for i in range(net.n[k - 1] + 1):
                net.C[k][j, i] += net.d[k][j] * net.a[k - 1][i]


def clear_gradient_with_inertia(net: Workspace) -> None:
    """Before a batch: keep the gradient that was applied last. Algorithm 20, first half, magyar-118."""
    for k in range(1, net.L + 1):
        for j in range(1, net.n[k] + 1):
            for i in range(net.n[k - 1] + 1):
                net.C_prev[k][j, i] = net.C[k][j, i]
                net.C[k][j, i] = 0.0


def apply_gradient_with_inertia(net: Workspace, rate: float, keep: float) -> None:
    """Average the new gradient with the last one, then step. Algorithm 20, second half, magyar-118, magyar-117."""
    for k in range(1, net.L + 1):
        for j in range(1, net.n[k] + 1):
            for i in range(net.n[k - 1] + 1):
                net.C[k][j, i] = keep * net.C_prev[k][j, i] + (1 - keep) * net.C[k][j, i]
                net.W[k][j, i] = net.W[k][j, i] - rate * net.C[k][j, i]


def _weighted_sum(net: Workspace, k: int, j: int) -> Array:
    """sum over i = 0 .. n_(k-1) of w_(j,i) a_i"""
    return np.asarray(sum(net.W[k][j, i] * net.a[k - 1][i] for i in range(net.n[k - 1] + 1)))


def _comes_back(net: Workspace, k: int, j: int) -> Array:
    """sum over i of d_i w_(i,j) in the layer above. The notes begin at i = 0: w_(0,j) = 0 adds nothing."""
    return np.asarray(sum(net.d[k + 1][i] * net.W[k + 1][i, j] for i in range(net.n[k + 1] + 1)))
