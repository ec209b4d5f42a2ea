"""Norm penalties: what they add to the gradient and what they do to the weights."""

from calcds.notation import *

n, m = map(Dim, "nm")
i, j = map(Index, "ij")


@derivation("L2: the penalty in the gradient", source=nogga("10.11 L2 Regularization"),
            statements=["nogga-167", "nogga-166", "nogga-165", "magyar-101"])
def l2_gradient(L: Function[n], w: Vector[n], alpha: Positive):
    yield grad(L(w) + alpha*((norm(w)**2)/2), w)
    yield grad(L(w), w) + (alpha/2)*grad(w.T*w, w),        "the gradient is linear"
    yield grad(L(w), w) + alpha*w,                         "the gradient of a squared length"


@derivation("L2: one weight", source=magyar("3.3.2.1.2 L2 regularization"),
            statements=["magyar-109", "magyar-108", "magyar-110", "magyar-100"])
def l2_one_weight(C: Function[n], w: Vector[n], lam: Positive, v: Index[n]):
    """All weights and biases stand in one vector w. The notes call this cost C with the index L1; it is the L2 cost."""
    yield diff(C(w) + lam*(Rational(1, 2)*norm(w)**2), w[v])
    yield diff(C(w), w[v]) + diff(lam*(Rational(1, 2)*sqrt(Sum(w[i]**2, (i, n)))**2), w[v]), "the norm as a root"
    yield diff(C(w), w[v]) + diff(lam*(Rational(1, 2)*Sum(w[i]**2, (i, n))), w[v]), "the square of a root"
    yield diff(C(w), w[v]) + lam*Rational(1, 2)*Sum(diff(w[i]**2, w[v]), (i, n)), "the derivative of a sum"
    yield diff(C(w), w[v]) + lam*Rational(1, 2)*diff(w[v]**2, w[v]), "one term depends on $w_v$"
    yield diff(C(w), w[v]) + lam*Rational(1, 2)*2*w[v],    "power rule"
    yield diff(C(w), w[v]) + lam*w[v],                     "cancel"


@derivation("L2: weight decay", source=nogga("10.11 L2 Regularization"), statements=["nogga-168"],
            network=Network("l2.update", theta="w"))
def weight_decay(w: Vector[n], g: Vector[n], rate: Positive, alpha: Positive):
    """Where the loss has no slope the weights shrink by the same factor in every step."""
    yield w - rate*(g + alpha*w)
    yield (1 - rate*alpha)*w - rate*g,                     "collect $w$"


@derivation("L1: the penalty in the gradient", source=nogga("10.12 L1 Regularization"),
            statements=["nogga-170", "nogga-169"])
def l1_gradient(L: Function[n], w: Vector[n], alpha: Positive):
    """Where no weight is zero."""
    yield grad(L(w) + alpha*norm(w, 1), w)
    yield grad(L(w), w) + alpha*grad(Sum(Abs(w[i]), (i, n)), w), "the gradient is linear"
    yield grad(L(w), w) + alpha*sign(w),                   "$|u|' = \\mathrm{sign}\\,u$, entry by entry"


@derivation("L1: one weight", source=magyar("3.3.2.1.1 L1 regularization"),
            statements=["magyar-104", "magyar-103", "magyar-106", "magyar-107"])
def l1_one_weight(C: Function[n], w: Vector[n], lam: Positive, v: Index[n]):
    """lambda is added or subtracted, as the weight is positive or negative; at 0 the notes choose neither."""
    yield diff(C(w) + lam*norm(w, 1), w[v])
    yield diff(C(w), w[v]) + diff(lam*Sum(Abs(w[i]), (i, n)), w[v]), "the norm as a sum", "magyar-103"
    yield diff(C(w), w[v]) + lam*Sum(diff(Abs(w[i]), w[v]), (i, n)), "the derivative of a sum", "magyar-103"
    yield diff(C(w), w[v]) + lam*diff(Abs(w[v]), w[v]),    "one term depends on $w_v$", "magyar-104"
    yield diff(C(w), w[v]) + lam*sign(w[v]),               "the slope of the absolute value", "magyar-106"


@erratum("The same weight on both sides", source=magyar("3.3.2.1.1 L1 regularization"),
         statements=["magyar-104", "magyar-103", "magyar-109"], corrected="l1_one_weight")
def another_weight(C: Function(2), w: Nonzero, u: Real, lam: Positive):
    """From the third line on, the notes differentiate C in the weight of layer l, not of layer k: another weight."""
    yield diff(C(w, u) + lam*(Abs(w) + Abs(u)), w)
    yield diff(C(w, u), u) + lam*sign(w),                  "as printed: C is differentiated in another weight"


@derivation("The regularised loss over a data set", source=oh("Regularization"),
            statements=["oh-043", "oh-044", "oh-049"])
def regularised_gradient(L: Function[n], W: Vector[n], lam: Positive):
    """The strength lambda stays in front of the gradient of the penalty."""
    yield grad(L(W) + lam*Sum(W[i]**2, (i, n)), W)
    yield grad(L(W), W) + lam*grad(Sum(W[i]**2, (i, n)), W), "the gradient is linear"
    yield grad(L(W), W) + lam*(2*W),                       "the gradient of a squared length"


@erratum("The strength of the penalty in the gradient", source=oh("Stochastic Gradient Descent"), statements=["oh-049"],
         corrected="regularised_gradient")
def regularised_gradient_as_printed(L: Function[n], W: Vector[n], lam: Positive):
    """The slide loses lambda when it differentiates."""
    yield grad(L(W) + lam*Sum(W[i]**2, (i, n)), W)
    yield grad(L(W), W) + grad(Sum(W[i]**2, (i, n)), W),   "as printed, without $\\lambda$"


@derivation("L1, L2 and elastic net", source=oh("Regularization"), statements=["oh-045", "oh-046", "oh-044"])
def elastic_net(W: Matrix[m, n], beta: Positive):
    """The sums run over all entries of the matrix."""
    yield Sum(Sum(beta*W[i, j]**2 + Abs(W[i, j]), (j, n)), (i, m))
    yield beta*Sum(Sum(W[i, j]**2, (j, n)), (i, m)) + Sum(Sum(Abs(W[i, j]), (j, n)), (i, m)), "split the sum"
    yield beta*norm(W)**2 + norm(W, 1),                    "two norms of all entries"


@derivation("Tying two models together", source=nogga("11.3 Parameter Sharing"), statements=["nogga-180"])
def tied_models(a: Vector[n], b: Vector[n]):
    """The penalty pulls each model towards the other, with equal and opposite force."""
    yield grad(norm(a - b)**2, a)
    yield 2*(a - b),                                       "the gradient of a squared length"
    yield -grad(norm(a - b)**2, b),                        "and the other way round"


@derivation("Shared weights collect both gradients", source=nogga("11.3 Parameter Sharing"),
            statements=["nogga-181"])
def shared_weights(f: Function(2), w: Real):
    """One weight in two places: the chain rule adds the updates of both."""
    yield diff(f(w, w), w)
    yield f.prime(0)(w, w) + f.prime(1)(w, w),             "one product for each place"


@derivation("A row of bounded length", source=oh("Regularization"), statements=["oh-047"])
def bounded_row(w: Vector[n], c: Positive):
    """The max-norm constraint |w| < c is kept by scaling a row that has become too long; its direction stays."""
    yield assume(norm(w) > c)
    yield norm((c/norm(w))*w)
    yield c,                                               "a positive factor comes out of the norm"
