"""Probability for machine learning: marginals, conditioning, Bayes' rule.

A joint distribution of two variables with m and n values is an m x n matrix P with entries >= 0 that add up to 1;
rows are the values of x, columns those of y.
"""

from calcds.notation import *

m, n = map(Dim, "mn")
i, j = map(Index, "ij")
x, y, z, w = (Real.symbol(name) for name in "xyzw")


@derivation("A fair die", source=nogga("2.1 Terms and Definitions"), statements=["nogga-005", "nogga-008"])
def fair_die():
    yield Sum(Rational(1, 6), (i, 1, 6))
    yield 1,                                               "six outcomes", "nogga-008"
    yield start(Rational(1, 6) + Rational(1, 6) + Rational(1, 6))
    yield Rational(1, 2),                                  "an even number: 2, 4 or 6", "nogga-005"


@derivation("Two rolls", source=nogga("2.9 i.i.d."), statements=["nogga-018", "nogga-017", "nogga-016"])
def two_rolls():
    """A 1 and then a 2: one of 36 equally likely pairs."""
    yield Rational(1, 36)
    yield Rational(1, 6)*Rational(1, 6),                   "the product of the two probabilities"


@derivation("A continuous density", source=nogga("2.1 Terms and Definitions"), statements=["nogga-009"])
def exponential_density(lam: Positive):
    """lam e^(-lam x) on the positive numbers."""
    yield integral(lam*exp(-lam*x), (x, 0, oo))
    yield limit(1 - exp(-lam*x), x, oo),                   "$-e^{-\\lambda x}$ has this derivative"
    yield 1,                                               "the exponential vanishes"


@derivation("Marginals of a table", source=nogga("2.3 Marginalization in a Discrete Case"),
            statements=["nogga-010"])
def marginals(P: Matrix[m, n]):
    """Sum over the variable that is not wanted: rows for x, columns for y."""
    yield P*ones(n)
    yield by_entries(m, lambda k: Sum(P[k, j], (j, n))),   "$p(x)$: sum over $y$"
    yield start(P.T*ones(m))
    yield by_entries(n, lambda k: Sum(P[i, k], (i, m))),   "$p(y)$: sum over $x$"


@derivation("The marginal adds up to one", source=nogga("2.3 Marginalization in a Discrete Case"),
            statements=["nogga-010"])
def marginal_adds_up(P: Matrix[m, n]):
    """If the table does."""
    yield Sum(Sum(P[i, j], (j, n)), (i, m))
    yield ones(m).T*P*ones(n),                             "sums as products with ones"
    yield total(P),                                        "the sum of all entries"


@derivation("A mixed joint distribution", source=nogga("2.5 Marginalization in a Mixed Case"),
            statements=["nogga-012"])
def mixed_case(p: Interval(0, 1), a: Positive, b: Positive, x: Positive):
    """x > 0 is continuous, y is 0 or 1: p(x, 0) = p a e^(-ax), p(x, 1) = (1 - p) b e^(-bx).

    p(x) is a sum over the two values of y, p(y) an integral over x.
    """
    joint = lambda y: (1 - y)*p*a*exp(-a*x) + y*(1 - p)*b*exp(-b*x)
    yield Sum(joint(i), (i, 0, 1))
    yield p*a*exp(-a*x) + (1 - p)*b*exp(-b*x),             "$p(x)$: the sum over $y$"
    yield start(integral(joint(0), (x, 0, oo)))
    yield p,                                               "$p(y = 0)$: the integral over $x$"
    yield start(integral(joint(1), (x, 0, oo)))
    yield 1 - p,                                           "$p(y = 1)$; the two add up to 1"


@erratum("Which variable is summed", source=nogga("2.5 Marginalization in a Mixed Case"), statements=["nogga-012"],
         corrected="mixed_case")
def mixed_case_as_printed(p: Interval(0, 1), a: Positive, b: Positive, x: Positive):
    """For continuous x and discrete y the summary integrates over y to get p(x). A variable with the values 0 and 1
    has nothing in between: the integral over y is zero there, and p(x) must be a sum.
    """
    t = Real.symbol("t")
    joint = piecewise((p*a*exp(-a*x), Eq(t, 0)), ((1 - p)*b*exp(-b*x), Eq(t, 1)), (0, True))
    yield at(joint, t, 0) + at(joint, t, 1)
    yield p*a*exp(-a*x) + (1 - p)*b*exp(-b*x),             "the sum over the two values of $y$"
    yield integral(joint, (t, -1, 2)),                     "as printed: an integral over $y$"


@derivation("Two variables to get rid of", source=nogga("2.6 Marginalization in Multiple Dimensions"),
            statements=["nogga-013"])
def two_marginals(a: Positive):
    """p(z, w) = a e^(-az)/2 for z > 0 and w in {0, 1}: an integral over z, and a sum, no integral, over w."""
    yield Sum(integral((a*exp(-a*z))/2, (z, 0, oo)), (i, 0, 1))
    yield Sum(Rational(1, 2), (i, 0, 1)),                  "integrate over $z$"
    yield 1,                                               "two equal terms"


@erratum("A variable that is summed and integrated", source=nogga("2.6 Marginalization in Multiple Dimensions"),
         statements=["nogga-013"], corrected="two_marginals")
def two_marginals_as_printed(a: Positive, L: Positive):
    """The printed formula sums over w and integrates over dz dw as well. If that meant anything, each of the two
    values of w would be smeared over an interval, here of length L.
    """
    yield Sum(integral((a*exp(-a*z))/2, (z, 0, oo)), (i, 0, 1))
    yield Sum(Rational(1, 2), (i, 0, 1)),                  "integrate over $z$"
    yield Sum(integral(Rational(1, 2), (w, 0, L)), (i, 0, 1)), "as printed: integrate over $w$ as well"


@derivation("Conditioning a table", source=nogga("2.7 Conditional Probability"), statements=["nogga-014"])
def conditional(P: Matrix[m, n, Positive], l: Index[n]):
    """p(x | y = l) is column l, divided by its sum; so it adds up to one."""
    yield Sum(P[i, l]/Sum(P[j, l], (j, m)), (i, m))
    yield Sum(P[i, l], (i, m))/Sum(P[j, l], (j, m)),       "the denominator does not depend on $x$"
    yield 1,                                               "numerator and denominator are the same sum"


@derivation("The product rule", source=nogga("2.7 Conditional Probability"), statements=["nogga-015"])
def product_rule(P: Matrix[m, n, Positive], k: Index[m], l: Index[n]):
    """Both ways to split a joint probability."""
    yield (P[k, l]/Sum(P[i, l], (i, m)))*Sum(P[i, l], (i, m))
    yield P[k, l],                                         "$p(x|y)\\, p(y)$: cancel"
    yield (P[k, l]/Sum(P[k, j], (j, n)))*Sum(P[k, j], (j, n)), "$p(y|x)\\, p(x)$"


@derivation("Bayes' rule", source=nogga("2.10 Bayes Rule"), statements=["nogga-019", "nogga-021"])
def bayes(prior: Positive, likelihood: Positive, evidence: Positive, posterior: Positive):
    """From the two ways to write the joint probability."""
    yield Eq(posterior*evidence, likelihood*prior)
    yield Eq(posterior, (likelihood*prior)/evidence),      "divide by the evidence, which is positive"


@derivation("The evidence", source=nogga("2.10 Bayes Rule"), statements=["nogga-020", "nogga-019"])
def evidence(L: Matrix[m, n, Positive], prior: Vector[n, Positive], k: Index[m]):
    """L_kj is the likelihood of x = k given y = j. Dividing by the evidence makes the posterior add up to one."""
    yield Sum((L[k, j]*prior[j])/Sum(L[k, i]*prior[i], (i, n)), (j, n))
    yield Sum(L[k, j]*prior[j], (j, n))/Sum(L[k, i]*prior[i], (i, n)), "the evidence does not depend on $y$"
    yield 1,                                               "the same sum twice"


@derivation("Marginals of a density", source=nogga("2.4 Marginalization in the Continuous Case"),
            statements=["nogga-011"])
def continuous_marginals(x: Real):
    """p(x, y) = x + y on the unit square: integrate over the variable that is not wanted."""
    yield integral(x + y, (y, 0, 1))
    yield x + Rational(1, 2),                              "$xy + y^2/2$ has the derivative $x + y$ in $y$"
    yield start(integral(integral(z + y, (y, 0, 1)), (z, 0, 1)))
    yield 1,                                               "the whole square"


@derivation("An event and its complement", source=nogga("2.1 Terms and Definitions"),
            statements=["nogga-006", "nogga-007"])
def complement():
    """Indicators of even and odd numbers of a die: together everything, in common nothing."""
    even, odd = column(0, 1, 0, 1, 0, 1), column(1, 0, 1, 0, 1, 0)
    yield even + odd
    yield ones(6),                                         "union: the whole sample space"
    yield start(hadamard(even, odd))
    yield zeros(6),                                        "intersection: the empty set"
