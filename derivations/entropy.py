"""Entropy, cross-entropy and the Kullback-Leibler divergence. Logarithms are natural; to base 2 divide by log 2."""

from calcds.notation import *

n = Dim("n")
i = Index("i")


@derivation("The entropy of a coin, in bits", source=nogga("2.13 Shannon Entropy"),
            statements=["nogga-027", "nogga-026", "nogga-028"])
def coin():
    """The logarithm of this section is to base 2, which the summary says only by speaking of bits."""
    yield -(Rational(1, 2)*log(Rational(1, 2)) + Rational(1, 2)*log(Rational(1, 2)))/log(2)
    yield -log(Rational(1, 2))/log(2),                     "two equal halves"
    yield log(2)/log(2),                                   "logarithm of a reciprocal"
    yield 1,                                               "one bit"


@derivation("The entropy of equal chances", source=nogga("2.13 Shannon Entropy"), statements=["nogga-029"])
def uniform(n: PositiveInteger):
    yield -Sum((1/n)*log(1/n), (i, 1, n))
    yield -n*((1/n)*log(1/n)),                             "$n$ equal terms"
    yield log(n),                                          "logarithm of a reciprocal"


@derivation("The divergence as a difference", source=nogga("2.15 Kullback-Leibler Divergence"),
            statements=["nogga-032", "nogga-030"])
def divergence(p: Vector[n, Positive], q: Vector[n, Positive]):
    """Cross-entropy minus entropy."""
    yield -Sum(p[i]*log(q[i]), (i, n)) - (-Sum(p[i]*log(p[i]), (i, n)))
    yield Sum(p[i]*log(p[i]) - p[i]*log(q[i]), (i, n)),    "one sum"
    yield Sum(p[i]*(log(p[i]) - log(q[i])), (i, n)),       "take out $p_i$"
    yield Sum(p[i]*log(p[i]/q[i]), (i, n)),                "logarithm of a quotient"


@derivation("Of a distribution from itself", source=nogga("2.15 Kullback-Leibler Divergence"),
            statements=["nogga-033", "nogga-031"])
def divergence_from_itself(p: Vector[n, Positive]):
    """The divergence is zero; the cross-entropy is not, it is the entropy."""
    yield Sum(p[i]*log(p[i]/p[i]), (i, n))
    yield Sum(p[i]*log(1), (i, n)),                        "cancel"
    yield 0,                                               "$\\log 1 = 0$"
    yield start(-Sum(p[i]*log(p[i]), (i, n)) + Sum(p[i]*log(p[i]/p[i]), (i, n)))
    yield -Sum(p[i]*log(p[i]), (i, n)),                    "cross-entropy of equal distributions: the entropy"


@erratum("A high cross-entropy of equal distributions", source=nogga("2.14 Cross Entropy"), statements=["nogga-031"],
         corrected="divergence_from_itself")
def cross_entropy_as_distance(n: PositiveInteger):
    """Said to be high for different and low for equal distributions. For equal chances it is log n, although p = q.
    """
    yield -Sum((1/n)*log(1/n), (i, 1, n))
    yield log(n), "the cross-entropy of equal chances with themselves"
    yield 0, "as stated: low, for the distributions are the same"


@derivation("Why the divergence is not negative", source=nogga("2.15 Kullback-Leibler Divergence"),
            statements=["nogga-033"])
def logarithm_below_its_tangent(u: Positive):
    """log u <= u - 1, with equality at u = 1 only. With u = q/p the sum of p log(q/p) is at most 1 - 1 = 0."""
    yield holds(log(u) <= u - 1),                          "the logarithm lies below its tangent at 1"


@derivation("The sum that is compared with", source=nogga("2.15 Kullback-Leibler Divergence"),
            statements=["nogga-033"])
def tangent_sum(p: Vector[n, Positive], q: Vector[n, Positive]):
    yield Sum(p[i]*(q[i]/p[i] - 1), (i, n))
    yield Sum(q[i] - p[i], (i, n)),                        "cancel $p_i$"
    yield Sum(q[i], (i, n)) - Sum(p[i], (i, n)),           "zero, where both add up to one"


@derivation("The mean negative log-likelihood", source=nogga("3.8 Negative Log-Likelihood and Cross Entropy"),
            statements=["nogga-046", "nogga-047", "nogga-050"])
def mean_log_likelihood(c: Vector[n, Nonnegative], q: Vector[n, Positive], m: Positive):
    """c_i of the m samples have the value i. With the shares c_i/m as p it is a cross-entropy; with more data they
    tend to the true probabilities.
    """
    yield (1/m)*Sum(c[i]*(-log(q[i])), (i, n))
    yield -Sum((c[i]/m)*log(q[i]), (i, n)),                "take the factor inside"


@derivation("The best model is the data", source=nogga("3.8 Negative Log-Likelihood and Cross Entropy"),
            statements=["nogga-047"])
def best_model(p: Interval(0, 1)):
    """Two classes: the cross-entropy of p with q is stationary in q at q = p."""
    q = Real.symbol("q")
    yield at(diff(-p*log(q) - (1 - p)*log(1 - q), q), q, p)
    yield at(-p/q + (1 - p)/(1 - q), q, p),                "chain rule"
    yield 0,                                               "put in $q = p$"
