"""Losses: a table of functions of one example and their gradients.

A row of LOSSES says what one example costs (`each`, one number per row of A) and how that cost changes with
its row of A (`slope`). A batch costs the mean over its N examples, so one example alone costs what the
formula says:

    loss(A, Y) = (1/N) sum_i each(a_i, y_i)         loss.gradient(A, Y) = slope(A, Y)/N         A, Y: N x k

The two conventions for squared error have two names: `squared` is |a - y|^2 and `half_squared` is half of it.
`cross_entropy` is -sum y log a; the sum that also counts (1 - y) log(1 - a) is `binary_cross_entropy`.
At a kink every `slope` takes the flat side: an indicator 1(u > 0) is 0 at u = 0.

Imports: calcds.network.arrays, activations.  Imported by: mlp, train, quantities.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from calcds.network.activations import Softmax, log1pexp, logistic
from calcds.network.arrays import Array, matrix, near, same_shape

Check = Callable[[Array, Array], object]

CONDITIONS: dict[str, Check] = {
    "": lambda _a, _y: True,
    "every y must be +1 or -1": lambda _a, y: np.all(abs(y) == 1),
    "every row of Y must be one-hot": lambda _a, y: np.all((y == 0) | (y == 1)) and np.all(y.sum(1) == 1),
    "every y must lie in [0, 1]": lambda _a, y: np.all((y >= 0) & (y <= 1)),
    "a must be positive where y is not 0": lambda a, y: np.all((a > 0) | (y == 0)),
    "a must lie in (0, 1), or be exactly y": lambda a, y: np.all(((a > 0) & (a < 1)) | (a == y)),
}


@dataclass(frozen=True, slots=True)
class Loss:
    """One loss.   A: N x k, what the network says;  Y: N x k, what it should say.

    >>> squared = loss("squared")
    >>> float(squared([[1.0, 2.0]], [[0.0, 0.0]]))
    5.0
    >>> squared.gradient([[1.0, 2.0]], [[0.0, 0.0]])
    array([[2., 4.]])
    """

    name: str
    each: Callable[[Array, Array], Array]  # A, Y -> N numbers
    slope: Callable[[Array, Array], Array]  # A, Y -> N x k, row i the gradient of example i alone
    formula: str
    requires: tuple[str, ...] = ()  # keys of CONDITIONS

    def __call__(self, A: ArrayLike, Y: ArrayLike) -> Array:
        """The mean cost of the examples, an array without axes."""
        return np.asarray(self.each(*self._checked(A, Y)).mean())

    def gradient(self, A: ArrayLike, Y: ArrayLike) -> Array:
        """dL/dA of the mean cost, N x k."""
        A, Y = self._checked(A, Y)
        return self.slope(A, Y) / len(A)

    def _checked(self, A: ArrayLike, Y: ArrayLike) -> tuple[Array, Array]:
        A, Y = matrix(A, f"{self.name}: A"), matrix(Y, f"{self.name}: Y")
        same_shape(A, f"{self.name}: A", Y, "Y")
        for sentence in self.requires:
            if not CONDITIONS[sentence](A.real, Y.real):
                raise ValueError(f"{self.name}: {sentence}.")
        return A, Y


def _ylog(y: Array, a: Array) -> Array:
    """y log a, and 0 where y = 0 whatever a is."""
    return np.where(y == 0, 0.0, y * np.log(np.where(y == 0, 1.0, a)))


def _over(y: Array, a: Array) -> Array:
    """y/a, and 0 where y = 0 whatever a is."""
    return np.where(y == 0, 0.0, y / np.where(y == 0, 1.0, a))


def _positive(u: Array) -> Array:
    """max(0, u), also for a complex step."""
    return np.where(u.real > 0, u, 0.0)


def _margins(A: Array, Y: Array) -> Array:
    """s_j - s_y + 1 for every class j, and 0 for the class y itself."""
    return np.where(Y == 1, 0.0, A - (A * Y).sum(axis=1, keepdims=True) + 1)


def _multiclass_hinge_slope(A: Array, Y: Array) -> Array:
    active = np.where(_margins(A, Y).real > 0, 1.0, 0.0)
    return np.asarray(active - Y * active.sum(axis=1, keepdims=True))


def _log_sum_exp(A: Array) -> Array:
    top = A.real.max(axis=1, keepdims=True)
    return np.asarray(top[:, 0] + np.log(np.exp(A - top).sum(axis=1)))


def _per_row(entries: Callable[[Array, Array], Array]) -> Callable[[Array, Array], Array]:
    return lambda A, Y: np.asarray(entries(A, Y).sum(axis=1))


SIGNS, ONE_HOT, SHARES, POSITIVE, INSIDE = list(CONDITIONS)[1:]

LOSSES = {row.name: row for row in (
    Loss("squared", _per_row(lambda A, Y: (A - Y) ** 2), lambda A, Y: 2 * (A - Y), "sum_j (a_j - y_j)^2"),
    Loss("half_squared", _per_row(lambda A, Y: (A - Y) ** 2 / 2), lambda A, Y: A - Y,
         "1/2 sum_j (a_j - y_j)^2"),
    Loss("mean_squared", _per_row(lambda A, Y: (A - Y) ** 2 / A.shape[1]),
         lambda A, Y: 2 * (A - Y) / A.shape[1], "1/k sum_j (a_j - y_j)^2"),
    Loss("absolute", _per_row(lambda A, Y: np.sign((A - Y).real) * (A - Y)),
         lambda A, Y: np.sign((A - Y).real), "sum_j |a_j - y_j|"),
    Loss("cross_entropy", _per_row(lambda A, Y: -_ylog(Y, A)), lambda A, Y: -_over(Y, A),
         "-sum_j y_j log a_j", (SHARES, POSITIVE)),
    Loss("log_likelihood", _per_row(lambda A, Y: -_ylog(Y, A)), lambda A, Y: -_over(Y, A),
         "-log a_j for the one j with y_j = 1", (ONE_HOT, POSITIVE)),
    Loss("binary_cross_entropy", _per_row(lambda A, Y: -_ylog(Y, A) - _ylog(1 - Y, 1 - A)),
         lambda A, Y: _over(1 - Y, 1 - A) - _over(Y, A),
         "-sum_j (y_j log a_j + (1 - y_j) log(1 - a_j))", (SHARES, INSIDE)),
    Loss("softmax_cross_entropy", lambda A, Y: _log_sum_exp(A) * Y.sum(axis=1) - (A * Y).sum(axis=1),
         lambda A, Y: Softmax()(A) * Y.sum(axis=1, keepdims=True) - Y,
         "-sum_j y_j log softmax(a)_j, from the scores a", (SHARES,)),
    Loss("sigmoid_cross_entropy", _per_row(lambda A, Y: log1pexp(A) - Y * A), lambda A, Y: logistic(A) - Y,
         "binary cross-entropy of sigmoid(a_j), from the scores a", (SHARES,)),
    Loss("binary_hinge", _per_row(lambda A, Y: _positive(1 - Y * A)),
         lambda A, Y: np.where((1 - Y * A).real > 0, -Y, 0.0), "sum_j max(0, 1 - y_j a_j)", (SIGNS,)),
    Loss("multiclass_hinge", _per_row(lambda A, Y: _positive(_margins(A, Y))), _multiclass_hinge_slope,
         "sum over j != y of max(0, a_j - a_y + 1), y the class of the one-hot row", (ONE_HOT,)),
    Loss("perceptron", _per_row(lambda A, Y: _positive(-Y * A)),
         lambda A, Y: np.where((-Y * A).real > 0, -Y, 0.0), "sum_j max(0, -y_j a_j)", (SIGNS,)),
)}  # fmt: skip


def loss(name: str) -> Loss:
    """Look up a loss by name.

    >>> loss("multiclass_hinge").formula
    'sum over j != y of max(0, a_j - a_y + 1), y the class of the one-hot row'
    >>> loss("hinge")
    Traceback (most recent call last):
    ValueError: No loss is called hinge. Did you mean binary_hinge, multiclass_hinge?
    """
    if name not in LOSSES:
        raise ValueError(f"No loss is called {name}." + near(name, LOSSES))
    return LOSSES[name]
