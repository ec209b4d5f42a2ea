"""The vocabulary of derivation files, and the letters that the tables of claims share."""

from __future__ import annotations

from calcds.notation import *

x, y, a, b, u, t, s = (Real.symbol(c) for c in "xyabuts")
z, w = Complex.symbol("z"), Complex.symbol("w")
p, q, r = Positive.symbol("p"), Nonnegative.symbol("q"), Negative.symbol("r")
n, m = Dim("n"), Dim("m")
N, M, K, L = Natural.symbol("N"), Natural.symbol("M"), Integer.symbol("K"), Integer.symbol("L")
i, j, k, l = (Index(c) for c in "ijkl")
ii, jj = Index[n].symbol("ii"), Index[n].symbol("jj")
f = Function.symbol("f")
half = Rational(1, 2)
