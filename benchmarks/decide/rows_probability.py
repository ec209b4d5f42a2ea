"""Finite probability over symbolic spaces. P and Q are positive weights that sum to one where the row says so."""

from __future__ import annotations

from sympy import (
    Eq,
    IndexedBase,
    MatrixSymbol,
    Piecewise,
    Rational,
    binomial,
    exp,
    factorial,
    log,  # fmt: skip
    sqrt,
)
from sympy import KroneckerDelta as K
from sympy import OneMatrix as One
from sympy import Sum as S

from benchmarks.decide.model import table
from benchmarks.decide.symbols import N, Pv, Qv, a, b, c, i, j, k, lam, m, n, p, q, r, t, u, v, xv, y, yv

Jt = IndexedBase("J", positive=True)  # a joint distribution


def total(weights: IndexedBase) -> Eq:
    """The weights sum to one."""
    return Eq(S(weights[i], (i, 0, n - 1)), 1)


def joint() -> Eq:
    """The joint weights sum to one."""
    return Eq(S(Jt[i, j], (i, 0, m - 1), (j, 0, n - 1)), 1)


def mean(values: IndexedBase, weights: IndexedBase = Pv) -> S:
    """Expectation of a variable on n outcomes."""
    return S(weights[i]*values[i], (i, 0, n - 1))


def mean2(values: IndexedBase) -> S:
    """Expectation of the square."""
    return S(Pv[i]*values[i]**2, (i, 0, n - 1))


def variance(values: IndexedBase) -> S:
    """Expectation of the squared deviation."""
    return S(Pv[i]*(values[i] - S(Pv[k]*values[k], (k, 0, n - 1)))**2, (i, 0, n - 1))


def covariance() -> S:
    """Expectation of the product of the deviations of x and y."""
    inner = [S(Pv[k]*values[k], (k, 0, n - 1)) for values in (xv, yv)]
    return S(Pv[i]*(xv[i] - inner[0])*(yv[i] - inner[1]), (i, 0, n - 1))


ROWS = table("probability", "prob", [
    ("nogga-024", lambda: (variance(xv), mean2(xv) - mean(xv)**2, total(Pv))),
    ("Grimmett and Stirzaker 3.3", lambda: (mean(xv)*a + b, S(Pv[i]*(a*xv[i] + b), (i, 0, n - 1)), total(Pv))),
    ("Grimmett and Stirzaker 3.3, constant", lambda: (S(c*Pv[i], (i, 0, n - 1)), c, total(Pv))),
    ("Grimmett and Stirzaker 3.3, linearity", lambda: (S(Pv[i]*(xv[i] + yv[i]), (i, 0, n - 1)), mean(xv) + mean(yv))),
    ("Grimmett and Stirzaker 3.3", lambda: (S(Pv[i]*(xv[i] - S(Pv[k]*xv[k], (k, 0, n - 1))), (i, 0, n - 1)), 0, total(Pv))),
    ("Grimmett and Stirzaker 3.6", lambda: (
        covariance(), S(Pv[i]*xv[i]*yv[i], (i, 0, n - 1)) - mean(xv)*mean(yv), total(Pv))),
    ("variance of a sum, Grimmett and Stirzaker 3.6", lambda: (
        S(Pv[i]*(xv[i] + yv[i])**2, (i, 0, n - 1)) - S(Pv[i]*(xv[i] + yv[i]), (i, 0, n - 1))**2,
        variance(xv) + variance(yv) + 2*covariance(), total(Pv))),
    ("nogga-036, bias and variance", lambda: (
        S(Pv[i]*(xv[i] - t)**2, (i, 0, n - 1)), variance(xv) + (mean(xv) - t)**2, total(Pv))),
    ("nogga-010, marginals", lambda: (S(S(Jt[i, j], (j, 0, n - 1)), (i, 0, m - 1)), 1, joint())),
    ("nogga-010, expectation by a marginal", lambda: (
        S(xv[i]*Jt[i, j], (i, 0, m - 1), (j, 0, n - 1)), S(xv[i]*S(Jt[i, j], (j, 0, n - 1)), (i, 0, m - 1)))),
    ("nogga-015, product rule", lambda: (
        log(Jt[k, N]/S(Jt[k, j], (j, 0, n - 1))) + log(S(Jt[k, j], (j, 0, n - 1))), log(Jt[k, N]))),
    ("conditional probabilities sum to one; nogga-015", lambda: (
        S(Jt[i, k]/S(Jt[j, k], (j, 0, m - 1)), (i, 0, m - 1)), 1)),
    ("nogga-019, Bayes", lambda: (
        log(Jt[i, j]/Pv[i]) + log(Pv[i]/Qv[j]), log(Jt[i, j]/Qv[j]))),
    ("nogga-019, Bayes, two hypotheses", lambda: (
        p*q/(p*q + (1 - p)*r), 1/(1 + (1 - p)*r/(p*q)), p < 1)),
    ("nogga-019, posterior odds", lambda: (
        (p*q/(p*q + (1 - p)*r))/(1 - p*q/(p*q + (1 - p)*r)), p/(1 - p)*q/r, p < 1)),
    ("nogga-020, total probability", lambda: (
        S(Pv[i]*S(xv[j]*Jt[i, j]/Pv[i], (j, 0, n - 1)), (i, 0, m - 1)), S(xv[j]*S(Jt[i, j], (i, 0, m - 1)), (j, 0, n - 1)))),
    ("independent variables; nogga-018", lambda: (
        S(Pv[i]*Qv[j]*xv[i]*yv[j], (i, 0, m - 1), (j, 0, n - 1)),
        S(Pv[i]*xv[i], (i, 0, m - 1))*S(Qv[j]*yv[j], (j, 0, n - 1)))),
    ("Cover and Thomas 2.1, uniform entropy", lambda: (-S(log(1/n)/n, (i, 0, n - 1)), log(n))),
    ("nogga-027, entropy of a coin in bits", lambda: (-(p*log(Rational(1, 2)) + (1 - p)*log(Rational(1, 2)))/log(2), 1)),
    ("nogga-032, relative entropy", lambda: (
        S(Pv[i]*log(Pv[i]/Qv[i]), (i, 0, n - 1)), -S(Pv[i]*log(Qv[i]), (i, 0, n - 1)) + S(Pv[i]*log(Pv[i]), (i, 0, n - 1)))),
    ("relative entropy to the uniform, Cover and Thomas 2.6", lambda: (
        S(Pv[i]*log(n*Pv[i]), (i, 0, n - 1)), log(n) + S(Pv[i]*log(Pv[i]), (i, 0, n - 1)), total(Pv))),
    ("Cover and Thomas 2.3, symmetrised", lambda: (
        S(Pv[i]*log(Pv[i]/Qv[i]) + Qv[i]*log(Qv[i]/Pv[i]), (i, 0, n - 1)), S((Pv[i] - Qv[i])*log(Pv[i]/Qv[i]), (i, 0, n - 1)))),
    ("nogga-045, likelihood", lambda: (
        -S(log(Pv[i]*Qv[i]), (i, 0, n - 1)), -S(log(Pv[i]), (i, 0, n - 1)) - S(log(Qv[i]), (i, 0, n - 1)))),
    ("chain rule of entropy, Cover and Thomas 2.2", lambda: (
        -S(Jt[i, j]*log(Jt[i, j]), (i, 0, m - 1), (j, 0, n - 1)),
        -S(Jt[i, j]*log(Jt[i, j]/S(Jt[i, k], (k, 0, n - 1))), (i, 0, m - 1), (j, 0, n - 1))
        - S(S(Jt[i, j], (j, 0, n - 1))*log(S(Jt[i, j], (j, 0, n - 1))), (i, 0, m - 1)))),
    ("Bernoulli, Grimmett and Stirzaker 3.5", lambda: (p*1**2 + (1 - p)*0 - p**2, p*(1 - p))),
    ("Grimmett and Stirzaker 3.5", lambda: (p*(1 - p)**2 + (1 - p)*p**2, p*(1 - p))),
    ("binomial distribution, DLMF 1.2.2", lambda: (S(binomial(n, k)*p**k*(1 - p)**(n - k), (k, 0, n)), 1, p < 1)),
    ("Grimmett and Stirzaker 3.5", lambda: (S(k*binomial(n, k)*p**k*(1 - p)**(n - k), (k, 0, n)), n*p, p < 1)),
    ("Graham, Knuth, Patashnik 8.1", lambda: (S(i, (i, 1, n))/n, (n + 1)/2)),
    ("Graham, Knuth, Patashnik 8.2", lambda: (S(i**2, (i, 1, n))/n - (S(i, (i, 1, n))/n)**2, (n**2 - 1)/12)),
    ("a die, nogga-006", lambda: (S(i**2, (i, 1, 6))/6 - (S(i, (i, 1, 6))/6)**2, Rational(35, 12))),
    ("DLMF 1.2.11", lambda: (S(p*(1 - p)**i, (i, 0, n - 1)), 1 - (1 - p)**n, p < 1)),
    ("Grimmett and Stirzaker 3.5", lambda: (
        lam**(N + 1)*exp(-lam)/factorial(N + 1)*(N + 1), lam*(lam**N*exp(-lam)/factorial(N)))),
    ("nogga-098, inclusion probability of a batch", lambda: (
        binomial(n - 1, m - 1)/binomial(n, m), 1/(1 + (Rational(1)*n - m)/m), m <= n)),
    ("dropout, nogga-187: expectation over one mask", lambda: (p*(a*y + b)**2 + (1 - p)*b**2, b**2 + p*(2*a*b*y + a**2*y**2))),
    ("nogga-187", lambda: (
        p**2*(a + b) + p*(1 - p)*a + (1 - p)*p*b + (1 - p)**2*0, p*(a + b))),
    ("label smoothing, nogga-182", lambda: (S((1 - a)*K(i, j) + a/n, (i, 0, n - 1)), 1, j < n)),
    ("indicator, nogga-009", lambda: (
        S(Pv[i]*Piecewise((1, i < m), (0, True)), (i, 0, n - 1)), S(Pv[i], (i, 0, m - 1)), m < n)),
    ("Grimmett and Stirzaker 3.7", lambda: (
        p*(u**2 + a) + (1 - p)*(v**2 + b) - (p*u + (1 - p)*v)**2, p*a + (1 - p)*b + p*(1 - p)*(u - v)**2)),
    ("standardised variable, nogga-159", lambda: (
        S(Pv[i]*((xv[i] - S(Pv[k]*xv[k], (k, 0, n - 1)))/sqrt(p))**2, (i, 0, n - 1)), variance(xv)/p)),
    ("nogga-010", lambda: (One(1, n)*MatrixSymbol("w", n, 1), S(MatrixSymbol("w", n, 1)[k, 0], (k, 0, n - 1))*One(1, 1))),
    ("Robert and Casella 3.3", lambda: (S(Qv[i]*(Pv[i]/Qv[i] - 1)*xv[i], (i, 0, n - 1)), mean(xv) - mean(xv, Qv))),
])  # fmt: skip
