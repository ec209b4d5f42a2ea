"""The perceptron: its prediction, its update rule, and why the update is a gradient step.

t is the label, -1 or 1, z = w^T x + b the score. The equivalence with gradient descent needs z != 0: at z = 0 the loss
has a kink, and a network that starts at w = 0, b = 0 starts there.
"""

from calcds.notation import *

n, m = map(Dim, "nm")
i, j = map(Index, "ij")


@derivation("The weighted sum", source=sadiku("The Perceptron"), statements=["sadiku-123", "nogga-114"])
def weighted_sum(w: Vector[n], x: Vector[n], b: Real):
    yield Sum(w[i]*x[i], (i, n)) + b
    yield w.T*x + b,                                       "the sum is a scalar product"


@derivation("A misclassified point has a positive loss", source=sadiku("Optimization View of Perceptron"),
            statements=["sadiku-130", "sadiku-124", "sadiku-126"])
def loss_of_a_mistake(z: Nonzero, t: OneOrMinusOne):
    """For z != 0 the loss is the size of the score if the sign is wrong, and else zero."""
    yield Max(0, -z*t)
    yield indicator(-z*t > 0)*Abs(z),                      "$|zt| = |z|$"
    yield indicator(Ne(sign(z), t))*Abs(z), "for $z \\neq 0$ the sign is wrong exactly when $zt < 0$"


@derivation("Wrong sign and active loss", source=sadiku("Optimization View of Perceptron"),
            statements=["sadiku-132"])
def wrong_sign(z: Nonzero, t: OneOrMinusOne):
    """The step of the proof that needs z != 0."""
    yield indicator(-z*t > 0)
    yield indicator(Ne(sign(z), t)),                       "both say that $z$ and $t$ have opposite signs"


@erratum("Wrong sign and active loss, also at zero", source=sadiku("Optimization View of Perceptron"),
         statements=["sadiku-132"], corrected="wrong_sign")
def wrong_sign_at_zero(z: Real, t: OneOrMinusOne):
    """At z = 0 the prediction is wrong, yet the loss is inactive. The algorithm of the
    slides starts with w = 0 and b = 0.
    """
    yield indicator(-z*t > 0)
    yield indicator(Ne(sign(z), t)),                       "as printed, for every $z$"


@derivation("A gradient step in the weights", source=sadiku("Optimization View of Perceptron"),
            statements=["sadiku-132"], network="perceptron.gradient_step")
def gradient_step(w: Vector[n], x: Vector[n], t: OneOrMinusOne, rate: Positive, b: Real):
    z = w.T*x + b
    yield w - rate*grad(Max(0, -z*t), w)
    yield w - rate*indicator(-z*t > 0)*grad(-z*t, w),      "chain rule; the larger of two numbers"
    yield w - rate*indicator(-z*t > 0)*(-t*grad(z, w)),    "$t$ is constant"
    yield w - rate*indicator(-z*t > 0)*(-t*x),             "the score is linear in $w$"
    yield w + rate*indicator(-z*t > 0)*(x*t),              "two minus signs"


@derivation("A gradient step in the bias", source=sadiku("Optimization View of Perceptron"),
            statements=["sadiku-133"])
def gradient_step_bias(w: Vector[n], x: Vector[n], t: OneOrMinusOne, rate: Positive, b: Real):
    z = w.T*x + b
    yield b - rate*diff(Max(0, -z*t), b)
    yield b - rate*indicator(-z*t > 0)*diff(-z*t, b),      "chain rule; the larger of two numbers"
    yield b - rate*indicator(-z*t > 0)*(-t),               "the score rises with the bias at slope 1"
    yield b + rate*indicator(-z*t > 0)*t,                  "two minus signs"


@derivation("A gradient step is a perceptron update", source=sadiku("Optimization View of Perceptron"),
            statements=["sadiku-131", "sadiku-128"])
def step_is_update(w: Vector[n], x: Vector[n], t: OneOrMinusOne, rate: Positive, b: Real):
    """Off the decision boundary. On it the algorithm updates and gradient descent stands still."""
    z = w.T*x + b
    yield assume(Ne(z, 0))
    yield w - rate*grad(Max(0, -z*t), w)
    yield w + rate*indicator(-z*t > 0)*(x*t),              "the gradient step"
    yield piecewise((w, Eq(sign(z), t)), (w + rate*(x*t), True)), "nothing if the sign is right, else the update"


@erratum("Equivalence on the boundary", source=sadiku("Optimization View of Perceptron"), statements=["sadiku-131"],
         corrected="step_is_update")
def update_on_the_boundary(w: Vector[n], x: Vector[n], t: OneOrMinusOne, rate: Positive, b: Real):
    """The proposition makes no exception. With w = 0 and b = 0 the first update is already different."""
    z = w.T*x + b
    yield w + rate*indicator(-z*t > 0)*(x*t)
    yield piecewise((w, Eq(sign(z), t)), (w + rate*(x*t), True)), "as stated, for every point"


@derivation("What one update does to the score", source=sadiku("The Perceptron Algorithm"),
            statements=["sadiku-128"])
def effect_of_an_update(w: Vector[n], x: Vector[n], t: OneOrMinusOne, rate: Positive, b: Real):
    """t z grows by rate (|x|^2 + 1): the point moves towards its side, perhaps not yet across."""
    yield t*((w + rate*(x*t)).T*x + (b + rate*t))
    yield t*(w.T*x + b) + rate*t**2*(x.T*x + 1),           "multiply out"
    yield t*(w.T*x + b) + rate*(x.T*x + 1),                "$t^2 = 1$"


@derivation("The loss over all points", source=sadiku("Optimization View of Perceptron"),
            statements=["sadiku-125", "sadiku-130"])
def gradient_over_all_points(w: Vector[n], X: Matrix[m, n], t: Vector[m], b: Real):
    """The mean over m points; each misclassified point pulls with its own t x."""
    z = X*w + b*ones(m)
    yield grad(Sum(Max(0, -z[j]*t[j]), (j, m))/m, w)
    yield -X.T*by_entries(m, lambda k: indicator(-z[k]*t[k] > 0)*t[k])/m, "the gradient of each point, added up"


@derivation("The update of the algorithm", source=sadiku("The Perceptron Algorithm"), statements=["sadiku-128", "sadiku-126"],
            network="perceptron.update")
def update(w: Vector[n], x: Vector[n], t: OneOrMinusOne, rate: Positive, b: Real):
    """A point counts as right if label and score have the same sign; a score of 0 counts as wrong."""
    z = w.T*x + b
    yield piecewise((w, t*z > 0), (w + rate*(x*t), True))
    yield w + piecewise((0, t*z > 0), (rate*t, True))*x,   "take out the point"
    yield w + rate*t*indicator(t*z <= 0)*x,                "in one line"


@derivation("The update of the bias", source=sadiku("The Perceptron Algorithm"), statements=["sadiku-128"],
            network="perceptron.bias_update")
def bias_update(w: Vector[n], x: Vector[n], t: OneOrMinusOne, rate: Positive, b: Real):
    """The bias is the weight of an input that is always 1."""
    z = w.T*x + b
    yield piecewise((b, t*z > 0), (b + rate*t, True))
    yield b + rate*t*indicator(t*z <= 0),                  "in one line"
