"""What one neuron can decide: majority, OR, AND, not XOR; points that no line separates."""

from calcds.notation import *

n = Dim("n")
i = Index("i")


@derivation("The majority perceptron", source=magyar("2.2.2 Examples"), statements=["magyar-044"])
def majority(x: Vector[n]):
    """All weights 1 and the bias -n/2: positive exactly when more than half of the inputs are 1."""
    yield Sum(x[i], (i, n)) + (-(n/2)) > 0
    yield Sum(x[i], (i, n)) > n/2,                         "bring the bias to the other side"


@erratum("The bias of the majority perceptron", source=magyar("2.2.2 Examples"), statements=["magyar-044"],
         corrected="majority")
def majority_as_printed(x: Vector[n]):
    """With the bias +n/2 the neuron fires even when no input is 1."""
    yield Sum(x[i], (i, n)) > n/2
    yield Sum(x[i], (i, n)) + n/2 > 0,                     "as printed"


@derivation("OR and AND are linearly separable", source=magyar("2.2.2 Examples"),
            statements=["magyar-050", "magyar-048", "magyar-049", "magyar-047"])
def or_and_and():
    """x + y - 1/2 separates OR, x + y - 3/2 separates AND; the corners (x, y) are the columns."""
    corners = matrix([0, 0, 1, 1], [0, 1, 0, 1])
    yield matrix([1, 1])*corners - Rational(1, 2)*ones(1, 4)
    yield matrix([Rational(-1, 2), Rational(1, 2), Rational(1, 2), Rational(3, 2)]), "negative at $(0, 0)$ only: OR"
    yield start(matrix([1, 1])*corners - Rational(3, 2)*ones(1, 4))
    yield matrix([Rational(-3, 2), Rational(-1, 2), Rational(-1, 2), Rational(1, 2)]), \
        "positive at $(1, 1)$ only: AND"


@derivation("XOR is not linearly separable", source=magyar("2.2.2 Examples"),
            statements=["magyar-052", "magyar-051"])
def xor(u: Real, v: Real, b: Real):
    """The values at the two corners of each class have the same sum, so a line cannot have opposite signs on them."""
    yield (u*0 + v*1 + b) + (u*1 + v*0 + b)
    yield u + v + 2*b,                                     "the corners where XOR is 1"
    yield (u*0 + v*0 + b) + (u*1 + v*1 + b),               "the corners where XOR is 0"


@derivation("XOR with one more coordinate", source=magyar("2.2.2 Examples"), statements=["magyar-053"])
def xor_with_product():
    """With the product xy as a third coordinate, x + y - 2xy - 1/2 separates the classes."""
    corners = matrix([0, 0, 1, 1], [0, 1, 0, 1], [0, 0, 0, 1])
    yield matrix([1, 1, -2])*corners - Rational(1, 2)*ones(1, 4)
    yield matrix([Rational(-1, 2), Rational(1, 2), Rational(1, 2), Rational(-1, 2)]), "positive where XOR is 1"


@derivation("Two points that no line separates from their midpoint", source=sadiku("The Perceptron"),
            statements=["sadiku-127", "sadiku-129"])
def not_separable(w: Vector[n], p: Vector[n], q: Vector[n], b: Real):
    """The score at a midpoint is the mean of the two scores: if these are positive, it cannot be negative. So not
    every set of points can be classified, and then the loop of the algorithm never ends.
    """
    yield w.T*((p + q)/2) + b
    yield ((w.T*p + b) + (w.T*q + b))/2,                   "the score is linear"


@derivation("A hyperplane and its two sides", source=magyar("2.2.2 Examples"), statements=["magyar-046"])
def two_sides(w: Vector[n], x: Vector[n], b: Real, s: Real):
    """Starting on the plane and going along w, the score changes in proportion to the way: one side is positive."""
    yield assume(Eq(w.T*x + b, 0))
    yield w.T*(x + s*w) + b
    yield (w.T*x + b) + s*(w.T*w),                         "multiply out"
    yield s*(w.T*w),                                       "$x$ lies on the plane"
