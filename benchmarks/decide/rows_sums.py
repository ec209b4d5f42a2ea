"""Sums and products with symbolic bounds, deltas, nested sums, series."""

from __future__ import annotations

from sympy import (
                   E,
                   Piecewise,
                   Rational,
                   atan,
                   binomial,
                   cos,
                   cosh,
                   exp,
                   factorial,
                   harmonic,  # fmt: skip
                   log,
                   oo,
                   pi,
                   rf,
                   sin,
                   zeta,
)
from sympy import KroneckerDelta as K
from sympy import Product as P
from sympy import Sum as S

from benchmarks.decide.model import table
from benchmarks.decide.symbols import N, Qv, a, av, b, bv, c, cv, d, i, j, k, m, n, p, q, x, xv, y, yv

ROWS = table("sums", "sum", [
    ("DLMF 1.2.10; Graham, Knuth, Patashnik 2.1", lambda: (S(i, (i, 1, n)), n*(n + 1)/2)),
    ("DLMF 1.2.10", lambda: (S(a + i*d, (i, 0, n - 1)), n*a + n*(n - 1)*d/2)),
    ("Graham, Knuth, Patashnik 2.5", lambda: (S(i**2, (i, 1, n)), n*(n + 1)*(2*n + 1)/6)),
    ("Graham, Knuth, Patashnik 2.5", lambda: (S(i**3, (i, 1, n)), S(i, (i, 1, n))**2)),
    ("Graham, Knuth, Patashnik 2.5", lambda: (S(2*i - 1, (i, 1, n)), n**2)),
    ("DLMF 24.4(iii), fourth powers", lambda: (S(i**4, (i, 1, n)), n*(n + 1)*(2*n + 1)*(3*n**2 + 3*n - 1)/30)),
    ("magyar-129", lambda: (S(c, (i, 1, n)), n*c)),
    ("magyar-129", lambda: (S(1, (i, k, k + N)), N + 1)),
    ("DLMF 1.2.11", lambda: (S(x**i, (i, 0, n - 1)), (1 - x**n)/(1 - x))),
    ("DLMF 1.2.11", lambda: (S(a*p**i, (i, 0, n)), a*(p**(n + 1) - 1)/(p - 1))),
    ("Graham, Knuth, Patashnik 2.26", lambda: (S(i*x**i, (i, 0, n)), (x - (n + 1)*x**(n + 1) + n*x**(n + 2))/(1 - x)**2)),
    ("Graham, Knuth, Patashnik 2.25", lambda: (S(2**i, (i, 0, N)), 2**(N + 1) - 1)),
    ("magyar-117, weights of a moving average", lambda: ((1 - b)*S(b**i, (i, 0, n - 1)), 1 - b**n)),
    ("DLMF 1.2.2", lambda: (S(binomial(n, i)*x**i*y**(n - i), (i, 0, n)), (x + y)**n)),
    ("DLMF 1.2.3", lambda: (S(binomial(n, i), (i, 0, n)), 2**n)),
    ("DLMF 1.2.4", lambda: (S((-1)**i*binomial(n, i), (i, 0, n)), 0)),
    ("Graham, Knuth, Patashnik 5.1", lambda: (S(i*binomial(n, i), (i, 0, n)), n*2**(n - 1))),
    ("DLMF 26.3(iv), hockey stick", lambda: (S(binomial(m + i, m), (i, 0, n)), binomial(m + n + 1, m + 1))),
    ("DLMF 26.3.10, Vandermonde", lambda: (S(binomial(n, i)**2, (i, 0, n)), binomial(2*n, n))),
    ("nogga-098", lambda: (binomial(n - 1, m - 1)/binomial(n, m), Rational(1)*m/n, m <= n)),
    ("DLMF 1.2.7", lambda: (binomial(n + 1, m), binomial(n, m) + binomial(n, m - 1))),
    ("DLMF 1.2.1", lambda: (binomial(n, m), binomial(n, n - m), m <= n)),
    ("Graham, Knuth, Patashnik 2.2, telescoping", lambda: (S(1/(i*(i + 1)), (i, 1, n)), n/(n + 1))),
    ("Graham, Knuth, Patashnik 2.2, telescoping", lambda: (S(av[i + 1] - av[i], (i, 0, n - 1)), av[n] - av[0])),
    ("Graham, Knuth, Patashnik 2.6", lambda: (S(log((i + 1)/i), (i, 1, n)), log(n + 1))),
    ("Graham, Knuth, Patashnik 2.6", lambda: (S(i*factorial(i), (i, 1, n)), factorial(n + 1) - 1)),
    ("Graham, Knuth, Patashnik 2.6", lambda: (P((i + 1)/i, (i, 1, n)), n + 1)),
    ("Graham, Knuth, Patashnik 2.6", lambda: (P(1 - 1/i**2, (i, 2, n)), (n + 1)/(2*n))),
    ("Graham, Knuth, Patashnik 2.4, linearity", lambda: (
        S(a*xv[i] + b*yv[i], (i, 0, n - 1)), a*S(xv[i], (i, 0, n - 1)) + b*S(yv[i], (i, 0, n - 1)))),
    ("magyar-130", lambda: (S(c*xv[i], (i, 1, n)), c*S(xv[i], (i, 1, n)))),
    ("Graham, Knuth, Patashnik 2.4", lambda: (S(xv[i], (i, 0, n - 1)), S(xv[j], (j, 0, n - 1)))),
    ("Graham, Knuth, Patashnik 2.4", lambda: (S(xv[i], (i, 1, n)), S(xv[i + 1], (i, 0, n - 1)))),
    ("Graham, Knuth, Patashnik 2.4", lambda: (S(xv[i], (i, 0, n)), S(xv[n - i], (i, 0, n)))),
    ("Graham, Knuth, Patashnik 2.4", lambda: (S(xv[i], (i, 0, n)), xv[0] + S(xv[i], (i, 1, n)))),
    ("Graham, Knuth, Patashnik 2.4", lambda: (S(xv[i], (i, 0, n + 1)), S(xv[i], (i, 0, n)) + xv[n + 1])),
    ("Graham, Knuth, Patashnik 2.4", lambda: (S(xv[i], (i, 0, n + m)), S(xv[i], (i, 0, n)) + S(xv[i], (i, n + 1, n + m)))),
    ("Graham, Knuth, Patashnik 2.4", lambda: (S(xv[i], (i, 0, 2*n - 1)), S(xv[2*i] + xv[2*i + 1], (i, 0, n - 1)))),
    ("Graham, Knuth, Patashnik 2.4", lambda: (
        S(av[i, j], (i, 0, m - 1), (j, 0, n - 1)), S(av[i, j], (j, 0, n - 1), (i, 0, m - 1)))),
    ("Graham, Knuth, Patashnik 2.4", lambda: (
        S(xv[i], (i, 0, m - 1))*S(yv[j], (j, 0, n - 1)), S(xv[i]*yv[j], (i, 0, m - 1), (j, 0, n - 1)))),
    ("Graham, Knuth, Patashnik 2.4", lambda: (S(av[i, j], (j, i, n), (i, 0, n)), S(av[i, j], (i, 0, j), (j, 0, n)))),
    ("Graham, Knuth, Patashnik 2.4", lambda: (S(1, (j, i, n), (i, 1, n)), n*(n + 1)/2)),
    ("Graham, Knuth, Patashnik 2.4", lambda: (S(xv[i], (i, 0, n - 1))**2, S(xv[i]*xv[j], (i, 0, n - 1), (j, 0, n - 1)))),
    ("Lagrange identity, DLMF 1.7(i)", lambda: (
        S(xv[i]**2, (i, 0, n - 1))*S(yv[i]**2, (i, 0, n - 1)) - S(xv[i]*yv[i], (i, 0, n - 1))**2,
        S((xv[i]*yv[j] - xv[j]*yv[i])**2, (i, 0, n - 1), (j, 0, n - 1))/2)),
    ("Graham, Knuth, Patashnik 2.34", lambda: (
        n*S(xv[i]*yv[i], (i, 0, n - 1)) - S(xv[i], (i, 0, n - 1))*S(yv[i], (i, 0, n - 1)),
        S((xv[i] - xv[j])*(yv[i] - yv[j]), (i, 0, n - 1), (j, 0, n - 1))/2)),
    ("nogga-159", lambda: (S(xv[i] - S(xv[j], (j, 0, n - 1))/n, (i, 0, n - 1)), 0)),
    ("nogga-024, two forms of the variance", lambda: (
        S((xv[i] - S(xv[j], (j, 0, n - 1))/n)**2, (i, 0, n - 1))/n,
        S(xv[i]**2, (i, 0, n - 1))/n - (S(xv[i], (i, 0, n - 1))/n)**2)),
    ("Kronecker delta, DLMF 1.6(ii)", lambda: (S(K(i, j)*xv[i], (i, 0, n - 1)), xv[j], j < n)),
    ("oh-083; DLMF 1.6(ii)", lambda: (S(K(i, j), (i, 0, n - 1), (j, 0, n - 1)), n)),
    ("oh-083; DLMF 1.6(ii)", lambda: (S(K(i, k)*K(k, j), (k, 0, n - 1)), K(i, j), i < n, j < n)),
    ("oh-083; DLMF 1.6(ii)", lambda: (S((1 - K(i, j))*xv[i], (i, 0, n - 1)), S(xv[i], (i, 0, n - 1)) - xv[j], j < n)),
    ("oh-083; DLMF 1.6(ii)", lambda: (
        S(K(i, j)*xv[i]*yv[j], (i, 0, n - 1), (j, 0, n - 1)), S(xv[i]*yv[i], (i, 0, n - 1)))),
    ("oh-083; DLMF 1.6(ii)", lambda: (K(i, j)*(xv[i] - xv[j]), 0)),
    ("oh-083; DLMF 1.6(ii)", lambda: (xv[i]*K(i, j), xv[j]*K(i, j))),
    ("Graham, Knuth, Patashnik 2.1, Iverson brackets", lambda: (
        S(Piecewise((xv[i], i <= j), (0, True)), (i, 0, n - 1)), S(xv[i], (i, 0, j)), j < n)),
    ("Graham, Knuth, Patashnik 2.1, Iverson brackets", lambda: (
        S(Piecewise((1, i < j), (0, True)), (i, 0, n - 1), (j, 0, n - 1)), n*(n - 1)/2)),
    ("products, DLMF 1.2", lambda: (P(xv[i]*yv[i], (i, 0, n - 1)), P(xv[i], (i, 0, n - 1))*P(yv[i], (i, 0, n - 1)))),
    ("DLMF 1.2", lambda: (P(c*xv[i], (i, 0, n - 1)), c**n*P(xv[i], (i, 0, n - 1)))),
    ("DLMF 1.2", lambda: (P(xv[i], (i, 0, n)), xv[n]*P(xv[i], (i, 0, n - 1)))),
    ("DLMF 5.4.1", lambda: (P(i, (i, 1, n)), factorial(n))),
    ("DLMF 5.2.5, Pochhammer symbol", lambda: (P(x + i, (i, 0, n - 1)), rf(x, n))),
    ("magyar-160", lambda: (P(p**i, (i, 1, n)), p**(n*(n + 1)/2))),
    ("nogga-045, log of a product", lambda: (log(P(Qv[i], (i, 0, n - 1))), S(log(Qv[i]), (i, 0, n - 1)))),
    ("nogga-045", lambda: (exp(S(xv[i], (i, 0, n - 1))), P(exp(xv[i]), (i, 0, n - 1)))),
    ("DLMF 4.22, half angles", lambda: (P(cos(x/2**i), (i, 1, n)), sin(x)/(2**n*sin(x/2**n)))),
    ("DLMF 1.2.11", lambda: (P(1 + x**(2**i), (i, 0, n - 1)), (1 - x**(2**n))/(1 - x))),
    ("DLMF 1.8, Dirichlet kernel", lambda: (1 + 2*S(cos(i*x), (i, 1, n)), sin((2*n + 1)*x/2)/sin(x/2))),
    ("DLMF 1.8, sines", lambda: (S(sin(i*x), (i, 1, n)), sin(n*x/2)*sin((n + 1)*x/2)/sin(x/2))),
    ("DLMF 1.2.11", lambda: ((x - y)*S(x**i*y**(n - 1 - i), (i, 0, n - 1)), x**n - y**n)),
    ("Abel summation, DLMF 2.10(ii)", lambda: (
        S(xv[i]*(yv[i + 1] - yv[i]), (i, 0, n - 1)),
        xv[n]*yv[n] - xv[0]*yv[0] - S(yv[i + 1]*(xv[i + 1] - xv[i]), (i, 0, n - 1)))),
    ("layers, magyar-079: unrolled recursion", lambda: (
        a**n*b + c*S(a**i, (i, 0, n - 1)), a*(a**(n - 1)*b + c*S(a**i, (i, 0, n - 2))) + c, n > 1)),
    ("sadiku-145, sum over paths", lambda: (
        S(av[i]*bv[i, j]*cv[j], (i, 0, m - 1), (j, 0, n - 1)), S(av[i]*S(bv[i, j]*cv[j], (j, 0, n - 1)), (i, 0, m - 1)))),
    ("sadiku-147, factored sum", lambda: (
        S(x*av[i]*bv[i], (i, 0, m - 1)) + S(x*av[i]*cv[i], (i, 0, m - 1)), x*S(av[i]*(bv[i] + cv[i]), (i, 0, m - 1)))),
    ("harmonic numbers, Graham, Knuth, Patashnik 6.3", lambda: (S(1/i, (i, 1, n)), harmonic(n))),
    ("Graham, Knuth, Patashnik 6.56", lambda: (S(harmonic(i), (i, 1, n)), (n + 1)*harmonic(n) - n)),
    ("DLMF 4.2.19; Fungrim 1635f5; magyar-156", lambda: (S(x**k/factorial(k), (k, 0, oo)), exp(x))),
    ("DLMF 4.19.1", lambda: (S((-1)**k*x**(2*k + 1)/factorial(2*k + 1), (k, 0, oo)), sin(x))),
    ("DLMF 4.33.2", lambda: (S(x**(2*k)/factorial(2*k), (k, 0, oo)), cosh(x))),
    ("DLMF 1.2.11, infinite", lambda: (S(x**k, (k, 0, oo)), 1/(1 - x), x > 0, x < Rational(1, 2))),
    ("DLMF 4.6.1", lambda: (S((-1)**(k + 1)*x**k/k, (k, 1, oo)), log(1 + x), x > 0, x < Rational(1, 2))),
    ("DLMF 4.24.3", lambda: (S((-1)**k*x**(2*k + 1)/(2*k + 1), (k, 0, oo)), atan(x), x > 0, x < Rational(1, 2))),
    ("DLMF 25.6.1", lambda: (S(1/k**2, (k, 1, oo)), pi**2/6)),
    ("DLMF 25.6.1", lambda: (S(1/k**4, (k, 1, oo)), zeta(4) + 0*x)),
    ("DLMF 25.2, alternating", lambda: (S((-1)**(k + 1)/k, (k, 1, oo)), log(2))),
    ("DLMF 4.2.19, x = 1", lambda: (S(1/factorial(k), (k, 0, oo)), E)),
    ("Graham, Knuth, Patashnik 2.6", lambda: (S(1/(k*(k + 1)), (k, 1, oo)), 1)),
    ("nogga-105; sum of k q^k", lambda: (S(k*q**k, (k, 0, oo)), q/(1 - q)**2, q < Rational(1, 2))),
])  # fmt: skip
