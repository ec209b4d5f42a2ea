"""Softmax, log-sum-exp and cross-entropy: for two and three classes and for a symbolic number of classes."""

from __future__ import annotations

from sympy import Derivative as D
from sympy import (
    Eq,
    Expr,
    HadamardProduct,
    IndexedBase,
    MatrixSymbol,
    OneMatrix,
    exp,
    log,
    tanh,  # fmt: skip
)
from sympy import KroneckerDelta as K
from sympy import Sum as S

from benchmarks.decide.model import table
from benchmarks.decide.symbols import a, c, i, j, k, n, p, x, y, yv, z, zv

zs = MatrixSymbol("z", n, 1)


def soft(i: Expr) -> Expr:
    """Entry i of the softmax of z over n classes."""
    return exp(zv[i])/S(exp(zv[k]), (k, 0, n - 1))


def lse() -> Expr:
    """Logarithm of the sum of exponentials of z."""
    return log(S(exp(zv[k]), (k, 0, n - 1)))


def soft3(first: Expr, *others: Expr) -> Expr:
    """The first entry of the softmax of a few numbers."""
    return exp(first)/sum((exp(o) for o in others), exp(first))


ROWS = table("softmax", "soft", [
    ("oh-031, two classes", lambda: (soft3(x, y), 1/(1 + exp(y - x)))),
    ("nogga-130, two classes", lambda: (soft3(x, y), (1 + tanh((x - y)/2))/2)),
    ("oh-031, three classes sum to one", lambda: (soft3(x, y, z) + soft3(y, x, z) + soft3(z, x, y), 1)),
    ("Goodfellow et al. 4.1, shift", lambda: (soft3(x + c, y + c, z + c), soft3(x, y, z))),
    ("oh-081", lambda: (D(soft3(x, y, z), x), soft3(x, y, z)*(1 - soft3(x, y, z)))),
    ("oh-082", lambda: (D(soft3(x, y, z), y), -soft3(x, y, z)*soft3(y, x, z))),
    ("oh-034", lambda: (-log(soft3(x, y, z)), log(exp(x) + exp(y) + exp(z)) - x)),
    ("oh-089", lambda: (D(-log(soft3(x, y, z)), x), soft3(x, y, z) - 1)),
    ("oh-089", lambda: (D(-log(soft3(x, y, z)), y), soft3(y, x, z))),
    ("Boyd and Vandenberghe 3.1.5", lambda: (D(log(exp(x) + exp(y) + exp(z)), z), soft3(z, x, y))),
    ("Boyd and Vandenberghe 3.1.5, Hessian", lambda: (
        D(log(exp(x) + exp(y) + exp(z)), x, y), -soft3(x, y, z)*soft3(y, x, z))),
    ("Boyd and Vandenberghe 3.1.5", lambda: (log(exp(x + c) + exp(y + c) + exp(z + c)), c + log(exp(x) + exp(y) + exp(z)))),
    ("Goodfellow et al. 6.2.2.3, temperature", lambda: (soft3(x/p, y/p), 1/(1 + exp((y - x)/p)))),
    ("ratio of two classes; oh-031", lambda: (log(soft3(x, y, z)/soft3(y, x, z)), x - y)),
    ("label smoothing, nogga-182", lambda: (
        -a*log(soft3(x, y)) - (1 - a)*log(soft3(y, x)), log(exp(x) + exp(y)) - a*x - (1 - a)*y)),
    ("oh-031, n classes", lambda: (S(soft(j), (j, 0, n - 1)), 1)),
    ("Goodfellow et al. 4.1, shift", lambda: (exp(zv[i] + c)/S(exp(zv[k] + c), (k, 0, n - 1)), soft(i))),
    ("oh-034, n classes", lambda: (log(soft(i)), zv[i] - lse())),
    ("oh-083", lambda: (D(soft(i), zv[j]), soft(i)*(K(i, j) - soft(j)), i < n, j < n)),
    ("oh-081", lambda: (D(soft(i), zv[i]), soft(i)*(1 - soft(i)), i < n)),
    ("Boyd and Vandenberghe 3.1.5", lambda: (D(lse(), zv[i]), soft(i), i < n)),
    ("Boyd and Vandenberghe 3.1.5, Hessian", lambda: (D(lse(), zv[i], zv[j]), K(i, j)*soft(i) - soft(i)*soft(j), i < n, j < n)),
    ("oh-089, n classes", lambda: (D(-log(soft(i)), zv[j]), soft(j) - K(i, j), i < n, j < n)),
    ("oh-092, targets that sum to one", lambda: (
        D(-S(yv[i]*log(soft(i)), (i, 0, n - 1)), zv[j]), soft(j) - yv[j], Eq(S(yv[i], (i, 0, n - 1)), 1), j < n)),
    ("oh-035", lambda: (
        -S(yv[i]*log(soft(i)), (i, 0, n - 1)), lse() - S(yv[i]*zv[i], (i, 0, n - 1)), Eq(S(yv[i], (i, 0, n - 1)), 1))),
    ("Boyd and Vandenberghe 3.1.5, shift", lambda: (log(S(exp(zv[k] + c), (k, 0, n - 1))), c + lse())),
    ("rows of the Jacobian sum to zero; oh-083", lambda: (S(soft(i)*(K(i, j) - soft(j)), (j, 0, n - 1)), 0, i < n)),
    ("Boyd and Vandenberghe 3.1.5, conjugate", lambda: (
        -S(soft(i)*log(soft(i)), (i, 0, n - 1)), lse() - S(soft(i)*zv[i], (i, 0, n - 1)))),
    ("a constant vector; nogga-130", lambda: (exp(c)/S(exp(c), (k, 0, n - 1)), 1/n)),
    ("oh-031", lambda: (S(exp(zv[k]), (k, 0, n)), exp(zv[n]) + S(exp(zv[k]), (k, 0, n - 1)))),
    ("oh-031", lambda: (1/S(exp(zv[k] - zv[i]), (k, 0, n - 1)), soft(i))),
    ("attention weights; Vaswani et al. 2017, eq. 1", lambda: (
        S(soft(i)*(IndexedBase("v")[i] + c), (i, 0, n - 1)), S(soft(i)*IndexedBase("v")[i], (i, 0, n - 1)) + c)),
    ("oh-080, columns", lambda: (
        OneMatrix(1, n)*zs.applyfunc(exp), S(exp(zs[k, 0]), (k, 0, n - 1))*OneMatrix(1, 1))),
    ("oh-080, columns", lambda: (
        OneMatrix(1, n)*zs.applyfunc(exp)/S(exp(zs[k, 0]), (k, 0, n - 1)), OneMatrix(1, 1))),
    ("oh-080, columns", lambda: (
        (zs + c*OneMatrix(n, 1)).applyfunc(exp), exp(c)*zs.applyfunc(exp))),
    ("oh-080, columns", lambda: (
        HadamardProduct(zs.applyfunc(exp), MatrixSymbol("y", n, 1).applyfunc(exp)),
        (zs + MatrixSymbol("y", n, 1)).applyfunc(exp))),
    ("Boyd and Vandenberghe 3.1.5, columns", lambda: (
        D(log(S(exp(zs[k, 0]), (k, 0, n - 1))), zs[i, 0]), exp(zs[i, 0])/S(exp(zs[k, 0]), (k, 0, n - 1)))),
])  # fmt: skip
