"""Undefined functions: product, quotient and chain rules, changes of variable, linear operators."""

from __future__ import annotations

from sympy import Derivative as D
from sympy import Integral as J
from sympy import Subs, Sum, cos, exp, log, sin

from benchmarks.decide.model import table
from benchmarks.decide.symbols import F, a, av, b, c, f, i, n, phi, t, u, x, y

ROWS = table("functions", "fun", [
    ("magyar-174", lambda: (D(a*f(x) + b*phi(x), x), a*D(f(x), x) + b*D(phi(x), x))),
    ("magyar-175", lambda: (D(f(x)*phi(x), x), D(f(x), x)*phi(x) + f(x)*D(phi(x), x))),
    ("magyar-175", lambda: (D(x*f(x), x), f(x) + x*D(f(x), x))),
    ("magyar-175, second derivative", lambda: (
        D(f(x)*phi(x), (x, 2)), D(f(x), (x, 2))*phi(x) + 2*D(f(x), x)*D(phi(x), x) + f(x)*D(phi(x), (x, 2)))),
    ("magyar-175, three factors", lambda: (
        D(f(x)*phi(x)*F(x), x), D(f(x), x)*phi(x)*F(x) + f(x)*D(phi(x), x)*F(x) + f(x)*phi(x)*D(F(x), x))),
    ("magyar-176", lambda: (D(f(x)/phi(x), x), (D(f(x), x)*phi(x) - f(x)*D(phi(x), x))/phi(x)**2)),
    ("magyar-176, reciprocal", lambda: (D(1/f(x), x), -D(f(x), x)/f(x)**2)),
    ("magyar-177; sadiku-057", lambda: (D(f(phi(x)), x), Subs(D(f(u), u), u, phi(x))*D(phi(x), x))),
    ("oh-064", lambda: (D(f(x**2), x), 2*x*Subs(D(f(u), u), u, x**2))),
    ("oh-064", lambda: (D(f(a*x + b), x), a*Subs(D(f(u), u), u, a*x + b))),
    ("oh-064, second derivative", lambda: (D(f(a*x), (x, 2)), a**2*Subs(D(f(u), (u, 2)), u, a*x))),
    ("oh-065, three functions", lambda: (
        D(f(phi(F(x))), x), Subs(D(f(u), u), u, phi(F(x)))*Subs(D(phi(u), u), u, F(x))*D(F(x), x))),
    ("nogga-140", lambda: (D(exp(f(x)), x), exp(f(x))*D(f(x), x))),
    ("nogga-140", lambda: (D(sin(f(x)), x), cos(f(x))*D(f(x), x))),
    ("nogga-140", lambda: (D(f(x)**n, x), n*f(x)**(n - 1)*D(f(x), x))),
    ("nogga-140", lambda: (D(f(x)**2/2, x), f(x)*D(f(x), x))),
    ("nogga-140", lambda: (D(log(f(x)), x)*f(x), D(f(x), x))),
    ("nogga-142, two intermediate variables", lambda: (
        D(F(f(x), phi(x)), x),
        Subs(D(F(u, phi(x)), u), u, f(x))*D(f(x), x) + Subs(D(F(f(x), u), u), u, phi(x))*D(phi(x), x))),
    ("sadiku-091", lambda: (D(F(x, y), x, y) + 1, D(F(x, y), y, x) + 1 + 0*x)),
    ("DLMF 1.13, travelling wave", lambda: (D(f(x - a*t), t), -a*D(f(x - a*t), x))),
    ("DLMF 1.13, d'Alembert", lambda: (D(f(x + a*t) + phi(x - a*t), (t, 2)), a**2*D(f(x + a*t) + phi(x - a*t), (x, 2)))),
    ("DLMF 1.5(iii), polar homogeneity", lambda: (x*D(f(y/x), x) + y*D(f(y/x), y), 0)),
    ("DLMF 1.4.21", lambda: (D(J(f(t), (t, 0, x)), x), f(x))),
    ("DLMF 1.4(iv)", lambda: (J(D(f(t), t), (t, a, b)), f(b) - f(a))),
    ("DLMF 1.4(v)", lambda: (J(a*f(t) + b*phi(t), (t, 0, 1)), a*J(f(t), (t, 0, 1)) + b*J(phi(t), (t, 0, 1)))),
    ("DLMF 1.4(v), additivity", lambda: (J(f(t), (t, a, b)) + J(f(t), (t, b, c)), J(f(t), (t, a, c)))),
    ("DLMF 1.4(v), renaming", lambda: (J(f(t), (t, 0, x)), J(f(u), (u, 0, x)))),
    ("DLMF 1.4(v), reflection", lambda: (J(f(a - t), (t, 0, a)), J(f(t), (t, 0, a)))),
    ("DLMF 1.4(v), by parts", lambda: (
        J(f(t)*D(phi(t), t), (t, 0, 1)), f(1)*phi(1) - f(0)*phi(0) - J(D(f(t), t)*phi(t), (t, 0, 1)))),
    ("nogga-095, gradient of an average", lambda: (D(Sum(av[i]*f(x), (i, 0, n - 1)), x), Sum(av[i], (i, 0, n - 1))*D(f(x), x))),
    ("magyar-066", lambda: (D(Sum(f(x*av[i]), (i, 0, n - 1)), x), Sum(D(f(x*av[i]), x), (i, 0, n - 1)))),
    ("DLMF 1.4(ii), parity", lambda: ((f(x) + f(-x))**2 - (f(x) - f(-x))**2, 4*f(x)*f(-x))),
    ("Graham, Knuth, Patashnik 2.6", lambda: (Sum(f(i + 1) - f(i), (i, 0, n - 1)), f(n) - f(0))),
    ("DLMF 1.2.2", lambda: ((f(x) - phi(x))**2 - (f(x) + phi(x))**2, -4*f(x)*phi(x))),
    ("integrating factor, DLMF 1.13", lambda: (exp(-a*x)*D(exp(a*x)*f(x), x), D(f(x), x) + a*f(x))),
    ("Wronskian, DLMF 1.13(i)", lambda: (
        D(f(x)*D(phi(x), x) - phi(x)*D(f(x), x), x), f(x)*D(phi(x), (x, 2)) - phi(x)*D(f(x), (x, 2)))),
])  # fmt: skip
