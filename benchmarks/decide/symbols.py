"""The symbols of the tables.

A plain symbol is a real number; p q r s are positive, k l are integers, m n d h are sizes, i j are indices.
"""

from __future__ import annotations

from sympy import Function, IndexedBase, MatrixSymbol, Symbol, symbols

x, y, z, t, u, v, w = symbols("x y z t u v w")
a, b, c, g, alpha, beta, theta = symbols("a b c g alpha beta theta")
p, q, r, s, lam = symbols("p q r s lambda", positive=True)
k, l = symbols("k l", integer=True)
e, o = Symbol("e", even=True), Symbol("o", odd=True)
m, n, d, h = symbols("m n d h", integer=True, positive=True)
i, j = symbols("i j", integer=True, nonnegative=True)
neg = Symbol("nu", negative=True)
nonneg = Symbol("xi", nonnegative=True)
N = Symbol("N", integer=True, nonnegative=True)

f, F, phi = Function("f"), Function("F"), Function("phi")

# sequences; P and Q have positive terms
av, bv, cv, xv, yv, zv = (IndexedBase(letter) for letter in ("a", "b", "c", "x", "y", "z"))
Pv, Qv = IndexedBase("P", positive=True), IndexedBase("Q", positive=True)

# matrices and columns of symbolic size
A, B, C, S, T, U = (MatrixSymbol(letter, n, n) for letter in "ABCSTU")
X, Y, Z = (MatrixSymbol(letter, m, n) for letter in "XYZ")
V, W = MatrixSymbol("V", n, d), MatrixSymbol("W", d, n)
xc, yc, zc, wc = (MatrixSymbol(letter, n, 1) for letter in ("x", "y", "z", "w"))
bc, rc = MatrixSymbol("b", m, 1), MatrixSymbol("r", m, 1)
