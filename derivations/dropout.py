"""Dropout and bagging: masks that are right on average, their gradients, and the mean of many models."""

from calcds.notation import *

n, k, h = map(Dim, "nkh")
sigma, dsigma = entrywise("sigma", lambda u: 1/(1 + exp(-u)))


@derivation("Dropout keeps the mean", source=magyar("3.3.2.2 Dropout regularization"),
            statements=["magyar-111", "magyar-113"])
def keeps_the_mean(delta: Interval(0, 1), a: Real):
    """A neuron is dropped with probability delta, or else multiplied by 1/(1 - delta)."""
    yield delta*(0*a) + (1 - delta)*((1/(1 - delta))*a)
    yield a,                                               "cancel"


@derivation("Its variance", source=magyar("3.3.2.2 Dropout regularization"), statements=["magyar-111"])
def variance_of_mask(delta: Interval(0, 1)):
    """The noise grows without bound as delta tends to 1."""
    yield delta*(0 - 1)**2 + (1 - delta)*(1/(1 - delta) - 1)**2
    yield delta + delta**2/(1 - delta),                    "$1/(1 - \\delta) - 1 = \\delta/(1 - \\delta)$"
    yield delta/(1 - delta),                               "a common denominator"


@derivation("Scaling at the end instead", source=nogga("12.5.1 Weight Scaling Inference Rule"),
            statements=["nogga-188"])
def scaling_the_weights(p: Interval(0, 1), w: Vector[n], a: Vector[n]):
    """Dropped with probability p and not rescaled: on average the weighted sum is 1 - p times as large, exactly."""
    yield p*(0*(w.T*a)) + (1 - p)*(w.T*a)
    yield ((1 - p)*w).T*a,                                 "the same as weights that are scaled by $1 - p$"


@derivation("Scaling is exact only for linear units", source=nogga("12.5.1 Weight Scaling Inference Rule"),
            statements=["nogga-188", "nogga-187"])
def scaling_and_squares(p: Interval(0, 1), a: Real):
    """Behind a square the mean over the masks and the square of the mean differ by p(1 - p) a^2."""
    yield (p*0**2 + (1 - p)*a**2) - ((1 - p)*a)**2
    yield p*(1 - p)*a**2,                                  "take out $(1 - p) a^2$"


@derivation("A layer with a mask", source=magyar("3.3.2.2 Dropout regularization"),
            statements=["magyar-113", "magyar-115", "magyar-116"], network="dropout.delta")
def masked_layer(W: Matrix[k, h], a: Vector[h], r: Vector[k], d: Vector[k]):
    """The mask multiplies what leaves the neurons; going back it multiplies what arrives."""
    s = Vector[k].symbol("s")
    yield at(pullback(d, hadamard(r, sigma(s)), s), s, W*a)
    yield at(hadamard(r, d, dsigma(s)), s, W*a), \
        "entry by entry: $r_j \\sigma(s_j)$ has the slope $r_j \\sigma'(s_j)$"
    yield hadamard(r, d, dsigma(W*a)),                     "put in the pre-activation"


@derivation("Forward through a layer with a mask", source=magyar("3.3.2.2 Dropout regularization"),
            statements=["magyar-113", "magyar-114"], network="dropout.forward")
def masked_forward(W: Matrix[k, h], a: Vector[h], b: Vector[k], r: Vector[k]):
    yield by_entries(k, lambda j: r[j]*sigmoid((W*a)[j] + b[j]))
    yield hadamard(r, sigmoid(W*a + b)),                   "all neurons at once"


@erratum("The mask does not belong into the pre-activation", source=magyar("3.3.2.2 Dropout regularization"),
         statements=["magyar-114"], corrected="masked_forward")
def mask_twice(W: Matrix[k, h], a: Vector[h], r: Vector[k]):
    """Algorithm 17 multiplies by the mask before and after the activation function; Algorithm 16, of which it is
    said to be the matrix form, only after it.
    """
    yield hadamard(r, sigma(W*a))
    yield hadamard(r, sigma(hadamard(r, W*a))),            "as printed"


@derivation("No mask on the output", source=magyar("3.3.2.2 Dropout regularization"),
            statements=["magyar-113", "magyar-114"])
def unmasked_output(W: Matrix[k, h], a: Vector[h], y: Vector[k]):
    """The gradient procedure starts with (a - y) times the slope: right only if the output carries no mask."""
    s = Vector[k].symbol("s")
    r = sigma(s) - y
    yield at(grad((r.T*r)/2, s), s, W*a)
    yield hadamard(sigma(W*a) - y, dsigma(W*a)),           "chain rule, entry by entry"


@erratum("A mask on the output", source=magyar("3.3.2.2 Dropout regularization"), statements=["magyar-113"],
         corrected="unmasked_output")
def masked_output(W: Matrix[k, h], a: Vector[h], q: Vector[k]):
    """Algorithm 16 multiplies the output by its mask q also where k = L; the matrix form and the gradient do not."""
    yield sigma(W*a)
    yield hadamard(q, sigma(W*a)),                         "as printed, for the last layer"


@derivation("The mean over all masks", source=nogga("12.5 Inference in Dropout"),
            statements=["nogga-187", "nogga-186", "nogga-189"])
def mean_over_masks(w: Vector[3], p: Interval(0, 1)):
    """Three units: eight masks, each with its probability. A linear unit sees the mean of its weights."""
    q = 1 - p
    yield (q**3*(w[0] + w[1] + w[2]) + q**2*p*((w[0] + w[1]) + (w[0] + w[2]) + (w[1] + w[2]))
           + q*p**2*(w[0] + w[1] + w[2]) + p**3*0)
    yield (q**3 + 2*q**2*p + q*p**2)*(w[0] + w[1] + w[2]), "collect each weight"
    yield q*(q + p)**2*(w[0] + w[1] + w[2]),               "a complete square"
    yield (1 - p)*(w[0] + w[1] + w[2]),                    "$q + p = 1$"


@derivation("The number of masks", source=nogga("12.6 Bagging vs Dropout"),
            statements=["nogga-189", "nogga-186"])
def number_of_masks(n: Natural):
    i = Index("i")
    yield Product(2, (i, 1, n))
    yield 2**n,                                            "each unit is kept or dropped"


@derivation("The error of a mean of models", source=nogga("12.2 Expected Error of Bagging"),
            statements=["nogga-184", "nogga-183"])
def error_of_bagging(v: Positive, c: Real, k: PositiveInteger):
    """k models whose errors have variance v and covariance c: k equal terms and k(k - 1) mixed ones."""
    yield (1/k**2)*(k*v + k*(k - 1)*c)
    yield v/k + ((k - 1)/k)*c,                             "divide"


@derivation("Its two extremes", source=nogga("12.2 Expected Error of Bagging"), statements=["nogga-184"])
def extremes_of_bagging(v: Positive, c: Real, k: PositiveInteger):
    """Models that make the same errors gain nothing; models with independent errors gain a factor k."""
    yield at(v/k + ((k - 1)/k)*c, c, v)
    yield v,                                               "the same errors: $c = v$"
    yield start(at(v/k + ((k - 1)/k)*c, c, 0))
    yield v/k,                                             "independent errors: $c = 0$"


@derivation("A sample that is never drawn", source=nogga("12.3 Creating the Models for Bagging"),
            statements=["nogga-185"])
def never_drawn(n: Positive):
    """n draws with replacement out of n: a given example is missed by a share that tends to 1/e."""
    yield limit((1 - 1/n)**n, n, oo)
    yield exp(-1),                                         "as in the limit for $e$"


@derivation("Noisy labels", source=nogga("11.6 Noisy Outputs"), statements=["nogga-182"])
def noisy_labels(eps: Interval(0, 1), c: Dim):
    """With c other classes, the label is right with probability 1 - eps and any other one with eps/c each."""
    i = Index("i")
    yield (1 - eps) + Sum(eps/c, (i, 1, c))
    yield (1 - eps) + eps,                                 "$c$ equal terms"
    yield 1,                                               "all cases together"
