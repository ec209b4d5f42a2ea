"""Compare a gradient written by hand with one that only evaluates the function.

    complex step        Im f(x + ih)/h           exact to rounding (h = 1e-20: nothing is subtracted);
                                                 f must be analytic and accept complex numbers
    differences         (4 D(h/2) - D(h))/3,     D(h) = (f(x + h) - f(x - h))/2h, Richardson's extrapolation:
                                                 error O(h^4), about ten digits

Both need f to be smooth near x: a kink closer than the step gives neither derivative.

Imports: calcds.network.arrays.  Imported by: tests.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from calcds.network.arrays import Array, numbers, same_shape

COMPLEX_STEP = 1e-20  # its square vanishes in float64, so f(x + ih) has the real part f(x) exactly
REAL_STEP = 1e-3  # h^4 = 1e-12 of truncation against 1e-16/h = 1e-13 of rounding
TOLERANCE = {"complex": 1e-10, "differences": 1e-7}

Named = Mapping[str, Array]
Function = Callable[[Named], Array]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The entry in which a gradient is farthest from the numerical one."""

    name: str  # of the parameter
    index: tuple[int, ...]  # of the entry in it
    given: float
    numerical: float
    error: float  # |given - numerical| / max(1, |numerical|)
    agrees: bool

    def __str__(self) -> str:
        """One sentence for a failing test."""
        entry = f"{self.name}{list(self.index)}" if self.index else self.name
        return f"{entry} is {self.given:.12g}, numerically {self.numerical:.12g} (error {self.error:.1e})"


def numerical_gradient(f: Function, parameters: Named, method: str = "complex") -> dict[str, Array]:
    """The gradient of f by every entry of every parameter.

    f takes the parameters by name and returns one number. method: "complex" or "differences".

    >>> numerical_gradient(lambda p: (p["x"] ** 2).sum(), {"x": np.array([1.0, 2.0])})
    {'x': array([2., 4.])}
    """
    if method not in TOLERANCE:
        raise ValueError(f"The method is complex or differences, not {method}.")
    derivative = _complex_step if method == "complex" else _richardson
    point = {name: numbers(value, name) for name, value in parameters.items()}
    gradient: dict[str, Array] = {}
    for name, value in point.items():
        gradient[name] = np.empty(value.shape)
        for index in np.ndindex(value.shape):
            gradient[name][index] = derivative(_along(f, point, name, index))
    return gradient


def check_gradient(f: Function, gradient: Named, parameters: Named, method: str = "complex") -> Comparison:
    """Compare `gradient` with the numerical gradient of f, and report the worst entry.

    >>> x = {"x": np.array([1.0, 2.0])}
    >>> str(check_gradient(lambda p: (p["x"] ** 2).sum(), {"x": np.array([2.0, 5.0])}, x))
    'x[1] is 5, numerically 4 (error 2.5e-01)'
    """
    numerical = numerical_gradient(f, parameters, method)
    if set(gradient) != set(numerical):
        names = f"{', '.join(gradient)}, the parameters are {', '.join(numerical)}"
        raise ValueError(f"The gradient is for {names}.")
    found = []
    for name, expected in numerical.items():
        given = np.asarray(gradient[name])
        same_shape(given, f"The gradient of {name}", expected, name)
        error = abs(given - expected) / np.maximum(1.0, abs(expected))
        error = np.where(np.isnan(error), np.inf, error)  # nan is the worst error, not the smallest
        worst = np.unravel_index(error.argmax(), error.shape)
        index = tuple(int(i) for i in worst)
        found.append((float(error[index]), name, index, float(given[index].real), float(expected[index])))
    size, name, index, value, expected_value = max(found, key=lambda entry: entry[0])
    return Comparison(name, index, value, expected_value, size, size <= TOLERANCE[method])


def _along(f: Function, point: Named, name: str, index: tuple[int, ...]) -> Callable[[complex], Array]:
    """f as a function of the step taken in one entry."""

    def moved(step: complex) -> Array:
        value = point[name].astype(np.result_type(point[name], type(step)))
        value[index] += step
        result = np.asarray(f({**point, name: value}))
        if result.size != 1:
            raise ValueError(f"The function must return one number, not {result.size}.")
        return result.reshape(())

    return moved


def _complex_step(moved: Callable[[complex], Array]) -> float:
    result = moved(complex(0.0, COMPLEX_STEP))
    if not np.iscomplexobj(result):
        raise ValueError("The function drops the imaginary part of a complex step; use method='differences'.")
    return float(result.imag) / COMPLEX_STEP


def _richardson(moved: Callable[[complex], Array]) -> float:
    def central(h: float) -> float:
        return float((moved(h) - moved(-h)).real) / (2 * h)

    return (4 * central(REAL_STEP / 2) - central(REAL_STEP)) / 3
