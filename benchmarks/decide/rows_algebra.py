"""Polynomial and rational identities."""

from __future__ import annotations

from sympy import Mul, Rational, expand, factorial, sqrt

from benchmarks.decide.model import table
from benchmarks.decide.symbols import a, alpha, b, beta, c, k, l, n, p, q, t, u, v, w, x, y, z

ROWS = table("polynomial", "poly", [
    ("DLMF 1.2.2, n = 2", lambda: ((a + b)**2, a**2 + 2*a*b + b**2)),
    ("DLMF 1.2.2, n = 3", lambda: ((a - b)**3, a**3 - 3*a**2*b + 3*a*b**2 - b**3)),
    ("DLMF 1.2.2, n = 5", lambda: ((1 + x)**5, 1 + 5*x + 10*x**2 + 10*x**3 + 5*x**4 + x**5)),
    ("DLMF 1.2(i)", lambda: ((a - b)*(a + b), a**2 - b**2)),
    ("DLMF 1.2(ii)", lambda: ((a - b)*(a**2 + a*b + b**2), a**3 - b**3)),
    ("DLMF 1.2(ii)", lambda: ((a + b)*(a**2 - a*b + b**2), a**3 + b**3)),
    ("DLMF 1.2.11, n = 5", lambda: (1 + x + x**2 + x**3 + x**4, (1 - x**5)/(1 - x))),
    ("DLMF 1.11(iii)", lambda: (x**2 + b*x + c, (x + b/2)**2 + c - b**2/4)),
    ("Brahmagupta-Fibonacci identity; DLMF 27.13(iv)", lambda: ((a**2 + b**2)*(c**2 + x**2), (a*c - b*x)**2 + (a*x + b*c)**2)),
    ("Euler four-square identity, DLMF 27.13(iv)", lambda: (
        (a**2 + b**2 + c**2 + x**2)*(y**2 + z**2 + u**2 + v**2),
        (a*y + b*z + c*u + x*v)**2 + (a*z - b*y + c*v - x*u)**2 + (a*u - b*v - c*y + x*z)**2 + (a*v + b*u - c*z - x*y)**2)),
    ("Lagrange identity, DLMF 1.7(i)", lambda: (
        (a**2 + b**2 + c**2)*(x**2 + y**2 + z**2) - (a*x + b*y + c*z)**2,
        (a*y - b*x)**2 + (a*z - c*x)**2 + (b*z - c*y)**2)),
    ("Sophie Germain identity; Hardy and Wright, ch. 2", lambda: (
        x**4 + 4*y**4, (x**2 + 2*y**2 + 2*x*y)*(x**2 + 2*y**2 - 2*x*y))),
    ("Hardy and Wright, ch. 13", lambda: (x**3 + y**3 + z**3 - 3*x*y*z, (x + y + z)*(x**2 + y**2 + z**2 - x*y - y*z - z*x))),
    ("Vandermonde, DLMF 1.3(ii)", lambda: ((y - x)*(z - x)*(z - y), y*z**2 - y**2*z - x*z**2 + x**2*z + x*y**2 - x**2*y)),
    ("DLMF 1.2.12", lambda: (1/((x - a)*(x - b)), (1/(x - a) - 1/(x - b))/(a - b))),
    ("DLMF 1.2.12", lambda: ((3*x + 5)/((x + 1)*(x + 2)), 2/(x + 1) + 1/(x + 2))),
    ("DLMF 1.2.14", lambda: (x/(x + 1)**2, 1/(x + 1) - 1/(x + 1)**2)),
    ("DLMF 1.2.16", lambda: (1/(x*(x**2 + 1)), 1/x - x/(x**2 + 1))),
    ("DLMF 1.2.19, n = 2", lambda: (2/(1/p + 1/q), 2*p*q/(p + q))),
    ("sadiku, polynomials", lambda: (x**2 - 5*x + 6, (x - 2)*(x - 3))),
    ("sadiku-054", lambda: (3*(2*x**2 - 1)**2 - 2*(2*x**2 - 1), 12*x**4 - 16*x**2 + 5)),
    ("oh-066", lambda: ((6*(2*x**2 - 1) - 2)*4*x, 48*x**3 - 32*x)),
    ("oh-005, number of parameters", lambda: (1 + n + n*(n + 1)/2, (n + 1)*(n + 2)/2)),
    ("cross ratio; DLMF 1.9(iv)", lambda: (1 - (a - b)*(c - x)/((a - c)*(b - x)), (a - x)*(b - c)/((a - c)*(b - x)))),
    ("Moebius transformations, DLMF 1.9(iv)", lambda: (
        (a*((x + 1)/(x - 1)) + b)/((x + 1)/(x - 1) + 1), ((a + b)*x + a - b)/(2*x))),
    ("continued fractions, DLMF 1.12", lambda: (1 + 1/(1 + 1/(1 + 1/x)), (3*x + 2)/(2*x + 1))),
    ("continued fractions, DLMF 1.12", lambda: (a + 1/(b + 1/(c + 1/x)), (a*(b*(c*x + 1) + x) + c*x + 1)/(b*(c*x + 1) + x))),
    ("DLMF 18.5(iv), Chebyshev T4", lambda: (2*x*(4*x**3 - 3*x) - (2*x**2 - 1), 8*x**4 - 8*x**2 + 1)),
    ("DLMF 18.9(i), Legendre P3", lambda: (
        Rational(5, 3)*x*(3*x**2/2 - Rational(1, 2)) - 2*x/3, (5*x**3 - 3*x)/2)),
    ("DLMF 18.5, composition T2(T3) = T6", lambda: (2*(4*x**3 - 3*x)**2 - 1, 32*x**6 - 48*x**4 + 18*x**2 - 1)),
    ("DLMF 3.3(i), Lagrange interpolation", lambda: (
        (x - b)*(x - c)/((a - b)*(a - c)) + (x - a)*(x - c)/((b - a)*(b - c)) + (x - a)*(x - b)/((c - a)*(c - b)), 1)),
    ("DLMF 3.3(i), Lagrange interpolation", lambda: (
        a**2*(x - b)*(x - c)/((a - b)*(a - c)) + b**2*(x - a)*(x - c)/((b - a)*(b - c))
        + c**2*(x - a)*(x - b)/((c - a)*(c - b)),
        x**2)),
    ("DLMF 3.3(iii), divided differences", lambda: (
        ((c**3 - b**3)/(c - b) - (b**3 - a**3)/(b - a))/(c - a), a + b + c)),
    ("Newton identities, DLMF 1.11", lambda: (x**3 + y**3, (x + y)**3 - 3*x*y*(x + y))),
    ("Newton identities, DLMF 1.11", lambda: (
        x**2 + y**2 + z**2, (x + y + z)**2 - 2*(x*y + y*z + z*x))),
    ("DLMF 1.11(ii), discriminant", lambda: ((x - y)**2, (x + y)**2 - 4*x*y)),
    ("Heron; DLMF 4.42(ii)", lambda: (
        (a + b + c)*(-a + b + c)*(a - b + c)*(a + b - c), 4*a**2*b**2 - (a**2 + b**2 - c**2)**2)),
    ("sadiku-040, secant slope", lambda: (((x + a)**2 - x**2)/a, 2*x + a)),
    ("sadiku-045", lambda: (((x + a)**3 - x**3)/a, 3*x**2 + 3*a*x + a**2)),
    ("magyar-160, power laws", lambda: ((x*y + x)**3*x**(-2), x*(y + 1)**3)),
    ("magyar-160, power laws", lambda: (((x/y + 1)**2)**2*y**4, (x + y)**4)),
    ("DLMF 4.8.14, integer powers", lambda: ((x**k + x**l)*(x**k - x**l), x**(2*k) - x**(2*l))),
    ("DLMF 4.8.15, integer powers", lambda: ((x*y)**k/(x/y)**k, y**(2*k))),
    ("convex combination; sadiku-069", lambda: (alpha*x + (1 - alpha)*y - y, alpha*(x - y))),
    ("exponential moving average, nogga-178", lambda: (
        beta*(beta*a + (1 - beta)*b) + (1 - beta)*b, beta**2*a + (1 - beta**2)*b)),
    ("momentum unrolled twice, magyar-117", lambda: (
        beta*(beta*(beta*u + v) + w) + x, beta**3*u + beta**2*v + beta*w + x)),
    ("parallelogram law; DLMF 1.6(i)", lambda: ((x + y)**2 + (x - y)**2, 2*x**2 + 2*y**2)),
    ("polarisation, DLMF 1.6(i)", lambda: (((x + y)**2 - (x - y)**2)/4, x*y)),
    ("Plucker relation; DLMF 1.6", lambda: ((a - b)*(c - x) + (a - c)*(x - b) + (a - x)*(b - c), 0)),
    ("DLMF 1.2.12", lambda: (a/((a - b)*(a - c)) + b/((b - a)*(b - c)) + c/((c - a)*(c - b)), 0)),
    ("rational parametrisation of the circle, DLMF 4.21.27", lambda: (((1 - t**2)/(1 + t**2))**2 + (2*t/(1 + t**2))**2, 1)),
    ("DLMF 1.11(i)", lambda: ((x + 1)*(x + 2)*(x + 3)*(x + 4) + 1, (x**2 + 5*x + 5)**2)),
    ("DLMF 26.8(i), falling factorial", lambda: (x*(x - 1)*(x - 2)*(x - 3), x**4 - 6*x**3 + 11*x**2 - 6*x)),
    ("nested polynomial, Horner; DLMF 1.11(i)", lambda: (((a*x + b)*x + c)*x + y, a*x**3 + b*x**2 + c*x + y)),
    ("Cardano substitution, DLMF 1.11(iii)", lambda: ((t - a/3)**3 + a*(t - a/3)**2, t**3 - a**2*t/3 + 2*a**3/27)),
    ("DLMF 1.2(ii)", lambda: ((x**4 - y**4)/((x - y)*(x**2 + y**2)), x + y)),
    ("DLMF 1.2(iv)", lambda: ((x/y + y/x + 2)/(1/x + 1/y), (x + y))),
    ("golden ratio, Fungrim golden_ratio", lambda: ((x**2 - x - 1)*(x**2 + x - 1), x**4 - 3*x**2 + 1)),
    ("DLMF 1.2.2, n = 4", lambda: (Mul(expand((x + y)**4) - x**4 - y**4, 1/(x*y), evaluate=False), 4*x**2 + 6*x*y + 4*y**2)),
    ("factorial, DLMF 5.5.1", lambda: (factorial(n + 1)/factorial(n), n + 1)),
    ("denesting, x > 0; DLMF 1.11", lambda: ((sqrt(p) + sqrt(q))*(sqrt(p) - sqrt(q)), p - q)),
])  # fmt: skip
