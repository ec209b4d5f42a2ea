"""Convolution and cross-correlation, for lists and for functions."""

from calcds.notation import *

n = Dim("n")
i, k = map(Index, "ik")
tau = Real.symbol("tau")


@derivation("Two lists", source=nogga("13.1 Convolution"), statements=["nogga-200", "nogga-201", "nogga-215"],
            network=Network("convolve", x=column(1, 2, 3), y=column(4, 5, 6)))
def two_lists():
    """(1, 2, 3) and (4, 5, 6). Flipping the second and sliding it along is a product with a banded matrix."""
    yield matrix([1, 0, 0], [2, 1, 0], [3, 2, 1], [0, 3, 2], [0, 0, 3])*column(4, 5, 6)
    yield column(4*1, 1*5 + 2*4, 1*6 + 2*5 + 3*4, 2*6 + 3*5, 3*6), "row by row"
    yield column(4, 13, 28, 27, 18),                       "multiply and add"
    yield matrix([4, 0, 0], [5, 4, 0], [6, 5, 4], [0, 6, 5], [0, 0, 6])*column(1, 2, 3), "the lists exchanged"


@derivation("Cross-correlation flips the first list", source=nogga("13.1 Cross Correlation"),
            statements=["nogga-204"], network=Network("correlate", x=column(1, 2, 3), y=column(4, 5, 6)))
def correlation_of_lists():
    """Sliding (4, 5, 6) along (1, 2, 3) without flipping it: the convolution of the
    flipped first list with the second.
    """
    yield matrix([3, 0, 0], [2, 3, 0], [1, 2, 3], [0, 1, 2], [0, 0, 1])*column(4, 5, 6)
    yield column(3*4, 2*4 + 3*5, 1*4 + 2*5 + 3*6, 1*5 + 2*6, 1*6), "row by row"
    yield column(12, 23, 32, 17, 6),                       "multiply and add"


@derivation("Finite signals: both forms", source=nogga("13.2 Discrete Convolution"),
            statements=["nogga-213", "nogga-206"])
def both_forms(x: Function, y: Function, t: Integer, N: Natural):
    """Over the window 0..N, put t - k for k: the sum runs backwards over the same terms where t = N."""
    yield Sum(x(k)*y(N - k), (k, 0, N))
    yield Sum(x(N - k)*y(k), (k, 0, N)),                   "count from the other end"


@derivation("Circular convolution is a linear map", source=nogga("13.1 Properties of convolution"),
            statements=["nogga-208"])
def distributive(x: Function, y: Function, z: Function, t: Integer, N: Natural):
    yield Sum(x(k)*(y(t - k) + z(t - k)), (k, -N, N))
    yield Sum(x(k)*y(t - k), (k, -N, N)) + Sum(x(k)*z(t - k), (k, -N, N)), "multiply out; split the sum"


@derivation("Cross-correlation is distributive", source=nogga("13.1 Properties of cross-correlation"),
            statements=["nogga-211", "nogga-214"])
def correlation_distributive(x: Function, y: Function, z: Function, t: Integer, N: Natural):
    yield Sum(x(k)*(y(t + k) + z(t + k)), (k, -N, N))
    yield Sum(x(k)*y(t + k), (k, -N, N)) + Sum(x(k)*z(t + k), (k, -N, N)), "multiply out; split the sum"


@derivation("Two ramps: both forms of the integral", source=nogga("13.1 Convolution"),
            statements=["nogga-202", "nogga-206"])
def both_integrals(t: Positive):
    """x = t and y = t^2 for t > 0, and both 0 before: the factors are not zero for tau between 0 and t only."""
    yield integral(tau*(t - tau)**2, (tau, 0, t))
    yield t**4/12,                                         "multiply out; power rule, backwards"
    yield integral((t - tau)*tau**2, (tau, 0, t)),         "the other form: $\\tau$ and $t - \\tau$ exchanged"


@derivation("A ramp and a line: cross-correlation", source=nogga("13.1 Cross Correlation"),
            statements=["nogga-203"])
def correlation_integrals(t: Real):
    """x is t between 0 and 1 and zero elsewhere, y is t everywhere: three ways to write one integral."""
    yield integral(tau*(t + tau), (tau, 0, 1))
    yield t/2 + Rational(1, 3),                            "multiply out; power rule, backwards"
    yield integral((tau - t)*tau, (tau, t, t + 1)),        "the form with $x(\\tau - t)$"
    yield integral((-tau)*(t - tau), (tau, -1, 0)),        "convolution with the flipped first function"


@derivation("A shift of one factor shifts the result", source=nogga("13.1 Properties of convolution"),
            statements=["nogga-210", "nogga-212", "nogga-198"])
def equivariance(x: Function, y: Function, t: Integer, s: Integer, N: Natural):
    """Convolution first and shift afterwards, or the other way round."""
    yield Sum(x(k)*y((t - k) - s), (k, -N, N))
    yield Sum(x(k)*y((t - s) - k), (k, -N, N)),            "the shifted result"


@derivation("A quarter turn and its powers", source=nogga("13 Examples of groups"),
            statements=["nogga-194", "nogga-193", "nogga-191"])
def quarter_turns():
    """The turn by 270 degrees undoes that by 90; two turns by 180 are none; two reflections are none."""
    R = matrix([0, -1], [1, 0])
    yield R*(R*R*R)
    yield eye(2),                                          "four quarter turns"
    yield start((R*R)*(R*R))
    yield eye(2),                                          "two half turns"
    yield start(matrix([-1, 0], [0, 1])*matrix([-1, 0], [0, 1]))
    yield eye(2),                                          "two reflections", "nogga-193"


@derivation("Two turns make one", source=nogga("13 Examples of groups"),
            statements=["nogga-195", "nogga-192"])
def turns(a: Real, b: Real):
    """Acting one after the other is acting with the product."""
    R = lambda t: matrix([cos(t), -sin(t)], [sin(t), cos(t)])
    yield R(a)*R(b)
    yield matrix([cos(a)*cos(b) - sin(a)*sin(b), -cos(a)*sin(b) - sin(a)*cos(b)],
                 [sin(a)*cos(b) + cos(a)*sin(b), cos(a)*cos(b) - sin(a)*sin(b)]), "row times column"
    yield R(a + b),                                        "addition theorems"


@derivation("A sum does not see the order", source=nogga("13 Invariance"),
            statements=["nogga-199", "nogga-197"])
def invariant_sum(x: Vector[n]):
    """Counting backwards is one permutation; the sum of all entries is invariant under all of them."""
    yield Sum(x[n - 1 - i], (i, n))
    yield Sum(x[i], (i, n)),                               "count from the other end"


@derivation("The peak need not be at full overlap", source=nogga("13.1 Convolution"),
            statements=["nogga-205"])
def peak():
    """(3, 0, 0) with (4, 0, 0): the lists overlap completely in the middle, where the result is 0, and peak before.
    """
    yield matrix([3, 0, 0], [0, 3, 0], [0, 0, 3], [0, 0, 0], [0, 0, 0])*column(4, 0, 0)
    yield column(12, 0, 0, 0, 0),                          "row by row"


@derivation("Three short lists", source=nogga("13.1 Properties of convolution"), statements=["nogga-207"])
def associative(x: Vector[2], y: Vector[2], z: Vector[2]):
    """Lists of length 2, convolved in either order: matrices with shifted copies of the lists."""
    band = lambda v: matrix([v[0], 0, 0], [v[1], v[0], 0], [0, v[1], v[0]], [0, 0, v[1]])
    short = lambda v: matrix([v[0], 0], [v[1], v[0]], [0, v[1]])
    yield band(x)*(short(y)*z)
    yield band(z)*(short(x)*y),                            "the outer list exchanged with the inner ones"


@derivation("Two shifts make one", source=nogga("13 Examples of groups"),
            statements=["nogga-196", "nogga-192"])
def shifts(a: Real, b: Real):
    T = lambda t: matrix([1, t], [0, 1])
    yield T(a)*T(b)
    yield T(a + b),                                        "row times column"
    yield start(T(a)*T(-a))
    yield eye(2),                                          "the shift back is the inverse"


@derivation("The convolution theorem for two values", source=nogga("13.1 Convolution theorem"), statements=["nogga-209"])
def convolution_theorem(x: Vector[2], y: Vector[2]):
    """The finite counterpart: signals on two points of a circle, with the unitary transform F. As (2 pi)^(n/2) for
    functions, a factor is left over, here the square root of the number of points.
    """
    F = (1/sqrt(2))*matrix([1, 1], [1, -1])
    yield F*column(x[0]*y[0] + x[1]*y[1], x[0]*y[1] + x[1]*y[0])
    yield (1/sqrt(2))*column((x[0] + x[1])*(y[0] + y[1]), (x[0] - x[1])*(y[0] - y[1])), "add, subtract, factor"
    yield sqrt(2)*hadamard(F*x, F*y),                      "each transform brings $1/\\sqrt 2$"
