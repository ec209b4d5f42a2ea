"""Softmax: its Jacobian step by step, and why the cross-entropy behind it has the gradient p - t."""

from calcds.notation import *

n = Dim("n")
i, j = map(Index, "ij")


@derivation("Softmax is positive and adds up to one", source=oh("Softmax Activation Function"),
            statements=["oh-030", "nogga-129"])
def adds_to_one(s: Vector[n]):
    yield Sum(exp(s[i])/Sum(exp(s[j]), (j, n)), (i, n))
    yield Sum(exp(s[i]), (i, n))/Sum(exp(s[j]), (j, n)),   "the denominator does not depend on $i$"
    yield 1,                                               "numerator and denominator are the same sum"


@derivation("Scores are logarithms of probabilities, up to a constant", source=oh("Softmax Activation Function"),
            statements=["oh-031"])
def unnormalised_log_probabilities(s: Vector[n], k: Index[n]):
    yield log(softmax(s)[k])
    yield log(exp(s[k])/Sum(exp(s[j]), (j, n))),           "definition of softmax"
    yield log(exp(s[k])) - log(Sum(exp(s[j]), (j, n))),    "logarithm of a quotient of positive numbers"
    yield s[k] - log(Sum(exp(s[j]), (j, n))),              "the last term is the same for every class"


@derivation("A shift of all scores changes nothing")
def shift(s: Vector[n], c: Real, k: Index[n]):
    """So the largest score may be subtracted first, and no exponential overflows."""
    yield softmax(s + c*ones(n))[k]
    yield exp(s[k] + c)/Sum(exp(s[j] + c), (j, n)),        "definition of softmax"
    yield (exp(c)*exp(s[k]))/(exp(c)*Sum(exp(s[j]), (j, n))), "take $e^c$ out of the sum"
    yield softmax(s)[k],                                   "cancel $e^c$"


@derivation("The derivative of one output", source=oh("Analytic Gradient: Softmax Activation Function"),
            statements=["oh-083", "oh-081", "oh-082"])
def one_entry(s: Vector[n], a: Index[n], b: Index[n]):
    """The case a = b is p_a (1 - p_a), the case a != b is -p_a p_b; the Kronecker delta says both at once.

    The transcript loses the numerator of the second case.
    """
    total_ = Sum(exp(s[j]), (j, n))
    yield diff(exp(s[a])/total_, s[b])
    yield (delta(a, b)*exp(s[a])*total_ - exp(s[a])*exp(s[b]))/total_**2, "quotient rule"
    yield (exp(s[a])/total_)*(delta(a, b)*total_ - exp(s[b]))/total_, "take out $e^{s_a}$"
    yield softmax(s)[a]*(delta(a, b) - softmax(s)[b]),     "definition of softmax"


@derivation("The diagonal case", source=oh("Analytic Gradient: Softmax Activation Function"),
            statements=["oh-081"])
def diagonal_entry(s: Vector[n], a: Index[n]):
    total_ = Sum(exp(s[j]), (j, n))
    yield diff(softmax(s)[a], s[a])
    yield (exp(s[a])*(total_ - exp(s[a])))/total_**2,      "quotient rule"
    yield softmax(s)[a]*(1 - softmax(s)[a]),               "definition of softmax"


@derivation("The case of two classes", source=oh("Analytic Gradient: Softmax Activation Function"),
            statements=["oh-082"])
def off_diagonal_entry(s: Vector[n], a: Index[n], b: Index[n]):
    yield assume(Ne(a, b))
    yield diff(softmax(s)[a], s[b])
    yield -(exp(s[a])*exp(s[b]))/Sum(exp(s[j]), (j, n))**2, "only the denominator depends on $s_b$"
    yield -softmax(s)[a]*softmax(s)[b],                    "definition of softmax"


@derivation("The Jacobian of softmax", source=oh("Analytic Gradient: Softmax Activation Function"),
            statements=["oh-080", "oh-079"], network="softmax.jacobian")
def jacobian_of_softmax(z: Vector[n]):
    e, S = exp(z), Sum(exp(z[j]), (j, n))
    yield jacobian(softmax(z), z)
    yield (S*diag(e) - e*e.T)/S**2,                        "quotient rule, all entries at once"
    yield diag(e)/S - (e/S)*(e/S).T,                       "split the fraction"
    yield diag(softmax(z)) - softmax(z)*softmax(z).T,      "definition of softmax"


@derivation("The rows of the Jacobian add up to zero")
def rows_add_to_zero(z: Vector[n]):
    """The outputs always add up to one: their changes must cancel."""
    p = softmax(z)
    yield (diag(p) - p*p.T)*ones(n)
    yield p - p*(p.T*ones(n)),                             "a diagonal matrix times ones is its diagonal"
    yield zeros(n),                                        "$p^T 1 = 1$"


@derivation("Carrying a gradient back through softmax", network="softmax.pullback")
def pullback_through_softmax(z: Vector[n], delta: Vector[n]):
    """Twice the length of z numbers instead of its square: the Jacobian is never formed."""
    p = softmax(z)
    yield pullback(delta, softmax(z), z)
    yield (diag(p) - p*p.T).T*delta,                       "transpose of the Jacobian"
    yield diag(p)*delta - p*(p.T*delta),                   "it is symmetric; multiply out"
    yield hadamard(p, delta - (p.T*delta)*ones(n)),        "take out $p$, entry by entry"


@derivation("Softmax and log-likelihood", source=oh("Softmax + Log Likelihood Loss"), statements=["oh-034"])
def softmax_log_likelihood(s: Vector[n], c: Index[n]):
    yield -log(softmax(s)[c])
    yield -log(exp(s[c])/Sum(exp(s[j]), (j, n))),          "definition of softmax"
    yield log(Sum(exp(s[j]), (j, n))) - s[c],              "logarithm of a quotient"


@derivation("Softmax and cross-entropy over all classes", source=oh("Softmax + Cross-entropy Loss"),
            statements=["oh-035"])
def softmax_cross_entropy(s: Vector[n], c: Index[n]):
    p = softmax(s)
    yield -Sum(delta(j, c)*log(p[j]) + (1 - delta(j, c))*log(1 - p[j]), (j, n))
    yield -Sum(delta(j, c)*log(p[j]), (j, n)) - Sum((1 - delta(j, c))*log(1 - p[j]), (j, n)), "split the sum"
    yield -log(p[c]) - Sum((1 - delta(j, c))*log(1 - p[j]), (j, n)), "the Kronecker delta picks the true class"


@derivation("The gradient of cross-entropy behind softmax", network="loss.softmax_cross_entropy.gradient")
def gradient_p_minus_t(a: Vector[n], y: Probability[n]):
    """Targets add up to one, one-hot or not. All the fractions cancel: what is left is the error p - y."""
    yield grad(-Sum(y[j]*log(softmax(a)[j]), (j, n)), a)
    yield grad(-Sum(y[j]*(a[j] - log(Sum(exp(a[i]), (i, n)))), (j, n)), a), "logarithm of softmax"
    yield grad(log(Sum(exp(a[i]), (i, n))) - y.T*a, a),    "the targets add up to one"
    yield grad(log(Sum(exp(a[i]), (i, n))), a) - y,        "a linear form"
    yield softmax(a) - y,                                  "the gradient of log-sum-exp is softmax"


@derivation("The same by carrying back")
def gradient_by_pullback(z: Vector[n], t: Probability[n]):
    """-t/p is the gradient of the cross-entropy in p; softmax carries it back to z."""
    p = softmax(z)
    yield pullback(-entry_divide(t, p), softmax(z), z)
    yield hadamard(p, -entry_divide(t, p) + (p.T*entry_divide(t, p))*ones(n)), "through softmax"
    yield -t + (ones(n).T*t)*p,                            "$p$ cancels entry by entry"
    yield p - t,                                           "the targets add up to one"


@derivation("The numbers of the slides", source=oh("Softmax Activation Function"),
            statements=["oh-032", "oh-033"])
def example():
    """Scores 3.2, 5.1 and -1.7 for cat, car and frog."""
    S = exp(3.2) + exp(5.1) + exp(-1.7)
    yield exp(3.2)
    yield 24.5,                                            "cat, before normalising",                "oh-032"
    yield start(exp(-1.7))
    yield 0.18,                                            "frog, before normalising",               "oh-033"
    yield start(exp(3.2)/S)
    yield 0.13,                                            "the probability of cat",                 "oh-032"
    yield start(exp(5.1)/S)
    yield 0.87,                                            "the probability of car",                 "oh-032"
