"""Matrices of symbolic size: products, transposes, traces, inverses, determinants, Hadamard products, entries, gradients."""

from __future__ import annotations

from sympy import Derivative as Dx
from sympy import Determinant as Det
from sympy import DiagMatrix, MatMul, MatPow, MatrixSymbol, Q, Rational, ZeroMatrix, exp, sqrt, tanh
from sympy import HadamardPower as HP
from sympy import HadamardProduct as H
from sympy import Identity as I
from sympy import Inverse as Inv
from sympy import KroneckerDelta as K
from sympy import KroneckerProduct as Kron
from sympy import OneMatrix as One
from sympy import Sum as S
from sympy import Trace as Tr  # fmt: skip
from sympy import Transpose as Tp

from benchmarks.decide.model import table
from benchmarks.decide.symbols import (
                   A,
                   B,
                   C,
                   V,
                   W,
                   X,
                   Y,
                   Z,
                   a,
                   b,
                   bc,
                   c,
                   d,
                   i,
                   j,
                   k,
                   lam,
                   m,
                   n,
                   p,
                   wc,
                   xc,
                   yc,
                   zc,  # fmt: skip
)

ROWS = table("matrices", "mat", [
    ("Matrix Cookbook (5)", lambda: (Tp(X*V), V.T*X.T)),
    ("Matrix Cookbook (6)", lambda: (Tp(X*V*W), W.T*V.T*X.T)),
    ("Matrix Cookbook (4)", lambda: (Tp(X + 2*Y - a*Z), X.T + 2*Y.T - a*Z.T)),
    ("Matrix Cookbook (1)", lambda: (Inv(A*B), B.inverse()*A.inverse(), Q.invertible(A), Q.invertible(B))),
    ("Matrix Cookbook (1)", lambda: (Inv(A*B)*(A*B + A), I(n) + Inv(B), Q.invertible(A), Q.invertible(B))),
    ("Matrix Cookbook (3)", lambda: (Tp(Inv(A)), Inv(Tp(A)), Q.invertible(A))),
    ("Matrix Cookbook 1", lambda: (Inv(p*A), Inv(A)/p, Q.invertible(A))),
    ("Matrix Cookbook (13)", lambda: (Tr(A.T*B), Tr(B.T*A))),
    ("Matrix Cookbook (13)", lambda: (Tr(Tp(A)), Tr(A))),
    ("Matrix Cookbook (14)", lambda: (Tr(X*Y.T), Tr(Y.T*X))),
    ("Matrix Cookbook (15)", lambda: (Tr(a*A + B), a*Tr(A) + Tr(B))),
    ("Matrix Cookbook (16)", lambda: (Tr(A*B*C), Tr(B*C*A))),
    ("Matrix Cookbook (16)", lambda: (Tr(X*V*W*Y.T), Tr(V*W*Y.T*X))),
    ("Matrix Cookbook (17)", lambda: (xc.T*xc, Tr(xc*xc.T)*I(1))),
    ("Matrix Cookbook (14)", lambda: (Tr(A*B - B*A), 0)),
    ("Matrix Cookbook (16), similarity", lambda: (Tr(B*A*Inv(B)), Tr(A), Q.invertible(B))),
    ("Matrix Cookbook (21)", lambda: (Det(A*B), Det(A)*Det(B))),
    ("Matrix Cookbook (20)", lambda: (Det(Tp(A)), Det(A))),
    ("Matrix Cookbook (19)", lambda: (Det(c*A), c**n*Det(A))),
    ("Matrix Cookbook (22)", lambda: (Det(Inv(A)), 1/Det(A), Q.invertible(A))),
    ("Matrix Cookbook (23)", lambda: (Det(A**3), Det(A)**3)),
    ("Matrix Cookbook (24)", lambda: (Det(I(n) + xc*yc.T), 1 + (yc.T*xc)[0, 0])),
    ("Golub and Van Loan 2.1", lambda: (Det(A + xc*yc.T), Det(A)*(1 + (yc.T*Inv(A)*xc)[0, 0]), Q.invertible(A))),
    ("Golub and Van Loan 2.1", lambda: (Det(I(n) + V*W), Det(I(d) + W*V))),
    ("Matrix Cookbook (21)", lambda: (Det(B*A*Inv(B)), Det(A), Q.invertible(B))),
    ("Matrix Cookbook 1.2", lambda: (Det(A*A.T), Det(A)**2)),
    ("Matrix Cookbook 9.7", lambda: (Det(A)**2, 1, Q.orthogonal(A))),
    ("Matrix Cookbook 9.7", lambda: (A.T*A, I(n), Q.orthogonal(A))),
    ("Matrix Cookbook 9.7", lambda: (A*A.T + B, B + I(n), Q.orthogonal(A))),
    ("Matrix Cookbook 9.7", lambda: (Inv(A), A.T, Q.orthogonal(A))),
    ("Golub and Van Loan 2.3", lambda: (Tr(Tp(A*B)*A*B), Tr(B.T*B), Q.orthogonal(A))),
    ("Matrix Cookbook 9.7", lambda: ((A*B).T*A*B, I(n), Q.orthogonal(A), Q.orthogonal(B))),
    ("Matrix Cookbook (156), Woodbury", lambda: (
        Inv(A + V*W), Inv(A) - Inv(A)*V*Inv(I(d) + W*Inv(A)*V)*W*Inv(A), Q.invertible(A))),
    ("Matrix Cookbook 3.2.2, Woodbury", lambda: (
        Inv(I(n) + V*V.T), I(n) - V*Inv(I(d) + V.T*V)*V.T)),
    ("Matrix Cookbook (160), Sherman-Morrison", lambda: (
        (1 + (yc.T*Inv(A)*xc)[0, 0])*(Inv(A) - Inv(A + xc*yc.T)), Inv(A)*xc*yc.T*Inv(A), Q.invertible(A))),
    ("Matrix Cookbook 3.2.5, Searle", lambda: (Inv(I(n) + Inv(A)), A*Inv(A + I(n)), Q.invertible(A))),
    ("Matrix Cookbook 3.2.5, Searle", lambda: (Inv(I(n) + V*W)*V, V*Inv(I(d) + W*V))),
    ("Matrix Cookbook 3.2.5, Searle", lambda: (Inv(I(n) + V*W), I(n) - V*Inv(I(d) + W*V)*W)),
    ("Matrix Cookbook 3.2.5, Searle", lambda: (Inv(Inv(A) + Inv(B)), A*Inv(A + B)*B, Q.invertible(A), Q.invertible(B))),
    ("Matrix Cookbook 3.2.5, Searle", lambda: (A - A*Inv(A + B)*A, B - B*Inv(A + B)*B)),
    ("Matrix Cookbook 3.2.5, Searle", lambda: (Inv(A) + Inv(B), Inv(A)*(A + B)*Inv(B), Q.invertible(A), Q.invertible(B))),
    ("Kato, Perturbation Theory 1.5", lambda: (Inv(A) - Inv(B), Inv(A)*(B - A)*Inv(B), Q.invertible(A), Q.invertible(B))),
    ("ridge, push-through; Matrix Cookbook 3.2.5", lambda: (
        Inv(X.T*X + lam*I(n))*X.T, X.T*Inv(X*X.T + lam*I(m)))),
    ("sadiku-114, squared residual", lambda: (
        (X*wc - bc).T*(X*wc - bc), wc.T*X.T*X*wc - 2*wc.T*X.T*bc + bc.T*bc)),
    ("sadiku-116, normal equations", lambda: (
        X.T*(bc - X*Inv(X.T*X)*X.T*bc), ZeroMatrix(n, 1), Q.fullrank(X), m >= n)),
    ("hat matrix is a projection, Hastie et al., ESL 3.2", lambda: (
        (I(m) - X*Inv(X.T*X)*X.T)*X, ZeroMatrix(m, n), Q.fullrank(X), m >= n)),
    ("trace of the hat matrix, Hastie et al., ESL 3.2", lambda: (Tr(X*Inv(X.T*X)*X.T), n, Q.fullrank(X), m >= n)),
    ("hat matrix is symmetric, Hastie et al., ESL 3.2", lambda: (
        (X*Inv(X.T*X)*X.T)[i, j], (X*Inv(X.T*X)*X.T)[j, i], Q.fullrank(X), m >= n, i < m, j < m)),
    ("Matrix Cookbook 9.8", lambda: (Tp(A*B*A), A*B*A, Q.symmetric(A), Q.symmetric(B))),
    ("symmetric matrices; sadiku-107", lambda: ((A + A.T)*xc, 2*A*xc, Q.symmetric(A))),
    ("Matrix Cookbook 9.8", lambda: (xc.T*A*yc, yc.T*A*xc, Q.symmetric(A))),
    ("sadiku-104, a quadratic form sees the symmetric part", lambda: (xc.T*A*xc, xc.T*(A + A.T)*xc/2)),
    ("Matrix Cookbook 9.8", lambda: (xc.T*(A - A.T)*xc, ZeroMatrix(1, 1))),
    ("Matrix Cookbook (3)", lambda: (Tp(Inv(A)), Inv(A), Q.symmetric(A), Q.invertible(A))),
    ("positive definite; Matrix Cookbook 9.6", lambda: (
        (xc - Inv(A)*yc).T*A*(xc - Inv(A)*yc), xc.T*A*xc - 2*yc.T*xc + yc.T*Inv(A)*yc, Q.positive_definite(A))),
    ("Matrix Cookbook 8.1.7, completing the square", lambda: (
        xc.T*A*xc - 2*yc.T*xc, (xc - Inv(A)*yc).T*A*(xc - Inv(A)*yc) - yc.T*Inv(A)*yc, Q.positive_definite(A))),
    ("Golub and Van Loan 1.1", lambda: ((A + B)*(A - B), A**2 - A*B + B*A - B**2)),
    ("Golub and Van Loan 1.1", lambda: ((A + B)**2, A**2 + A*B + B*A + B**2)),
    ("geometric series; Matrix Cookbook 3.2", lambda: ((I(n) - A)*(I(n) + A + A**2), I(n) - A**3)),
    ("Golub and Van Loan 1.1", lambda: (A**2*B*B**2, MatMul(A, A, B, B, B, evaluate=False))),
    ("Horn and Johnson, Matrix Analysis 2.4", lambda: (
        A*(B*C - C*B) - (B*C - C*B)*A + B*(C*A - A*C) - (C*A - A*C)*B + C*(A*B - B*A) - (A*B - B*A)*C, ZeroMatrix(n, n))),
    ("Hadamard product, Matrix Cookbook 10.1", lambda: (H(X, Y + Z), H(X, Y) + H(X, Z))),
    ("Horn and Johnson, Topics 5.0", lambda: (Tp(H(X, Y)), H(X.T, Y.T))),
    ("Horn and Johnson, Topics 5.0", lambda: (H(X + Y, X - Y), H(X, X) - H(Y, Y))),
    ("Hadamard product and trace; Horn and Johnson, Topics 5.1", lambda: (Tr(X.T*H(Y, Z)), Tr(H(X, Y).T*Z))),
    ("Horn and Johnson, Topics 5.1", lambda: (One(1, m)*H(X, Y)*One(n, 1), Tr(X.T*Y)*I(1))),
    ("sadiku-172, diag(u) v", lambda: (DiagMatrix(xc)*yc, H(xc, yc))),
    ("sadiku-172, diag(u) A", lambda: (DiagMatrix(xc)*A*DiagMatrix(yc), H(A, xc*yc.T))),
    ("Horn and Johnson, Matrix Analysis 0.9", lambda: (DiagMatrix(xc)*DiagMatrix(yc), DiagMatrix(yc)*DiagMatrix(xc))),
    ("Matrix Cookbook (11)", lambda: (Tr(DiagMatrix(xc)), S(xc[k, 0], (k, 0, n - 1)))),
    ("Horn and Johnson, Topics 5.0", lambda: (One(1, n)*HP(xc, 2), xc.T*xc)),
    ("nogga-117, entrywise", lambda: (H(X.applyfunc(exp), Y.applyfunc(exp)), (X + Y).applyfunc(exp))),
    ("entrywise functions; nogga-133", lambda: ((-1*X).applyfunc(tanh), -X.applyfunc(tanh))),
    ("nogga-117, entrywise", lambda: (Tp(X.applyfunc(exp)), (X.T).applyfunc(exp))),
    ("Golub and Van Loan 1.1", lambda: (xc*yc.T*zc, (yc.T*zc)[0, 0]*xc)),
    ("Golub and Van Loan 1.1", lambda: (Tr(xc*yc.T), S(xc[k, 0]*yc[k, 0], (k, 0, n - 1)))),
    ("Golub and Van Loan 1.1", lambda: (One(1, n)*(xc + One(n, 1)), One(1, n)*xc + n*I(1))),
    ("nogga-159, centring", lambda: (
        (I(n) - One(n, n)/n)*(I(n) - One(n, n)/n), I(n) - One(n, n)/n)),
    ("Householder reflection, Golub and Van Loan 5.1", lambda: (
        (I(n) - 2*xc*xc.T/(xc.T*xc)[0, 0])*(I(n) - 2*xc*xc.T/(xc.T*xc)[0, 0]), I(n))),
    ("Kronecker products, Matrix Cookbook 10.2", lambda: (Tp(Kron(X, A)), Kron(X.T, A.T))),
    ("Kronecker products, Matrix Cookbook 10.2", lambda: (Kron(X, A)*Kron(V, B), Kron(X*V, A*B))),
    ("Kronecker products, Matrix Cookbook 10.2", lambda: (Tr(Kron(A, B)), Tr(A)*Tr(B))),
    ("entries: product; sadiku-100", lambda: ((A*B)[i, j], S(A[i, k]*B[k, j], (k, 0, n - 1)) + 0*a, i < n, j < n)),
    ("entries: trace, Matrix Cookbook (11)", lambda: (Tr(A*B), S(A[i, j]*B[j, i], (i, 0, n - 1), (j, 0, n - 1)))),
    ("Matrix Cookbook 9, entries: squared norm", lambda: (Tr(X.T*X), S(X[i, j]**2, (i, 0, m - 1), (j, 0, n - 1)))),
    ("entries: quadratic form; sadiku-104", lambda: (
        xc.T*A*xc, S(xc[i, 0]*A[i, j]*xc[j, 0], (i, 0, n - 1), (j, 0, n - 1))*I(1))),
    ("Matrix Cookbook 9, entries: inner product", lambda: (S(xc[i, 0]*yc[i, 0], (i, 0, n - 1)), Tr(yc*xc.T))),
    ("Matrix Cookbook 9, entries: identity", lambda: (S(K(i, k)*A[k, j], (k, 0, n - 1)), A[i, j], i < n, j < n)),
    ("Matrix Cookbook 9, entries: symmetric", lambda: (A[i, j], A[j, i], Q.symmetric(A))),
    ("Matrix Cookbook 9, entries: diagonal", lambda: ((DiagMatrix(xc)*A)[i, j], xc[i, 0]*A[i, j], i < n, j < n)),
    ("entries: outer product; sadiku-173", lambda: ((xc*bc.T*bc)[i, 0], xc[i, 0]*S(bc[k, 0]**2, (k, 0, m - 1)), i < n)),
    ("Matrix Cookbook 9, entries: row sums", lambda: ((X*One(n, 1))[i, 0], S(X[i, k], (k, 0, n - 1)), i < m)),
    ("Matrix Cookbook 9, entries: orthogonal columns", lambda: (
        S(A[k, i]*A[k, j], (k, 0, n - 1)), K(i, j), Q.orthogonal(A), i < n, j < n)),
    ("sadiku-101, derivative of a linear form", lambda: (Dx(S(yc[j, 0]*xc[j, 0], (j, 0, n - 1)), xc[i, 0]), yc[i, 0])),
    ("sadiku-105", lambda: (Dx((xc.T*A*xc)[0, 0], xc[i, 0]), S((A[i, j] + A[j, i])*xc[j, 0], (j, 0, n - 1)))),
    ("sadiku-109", lambda: (Dx((xc.T*A*xc)[0, 0], xc[i, 0], xc[j, 0]), A[i, j] + A[j, i])),
    ("sadiku-085", lambda: (Dx((xc.T*xc)[0, 0], xc[i, 0]), 2*xc[i, 0])),
    ("sadiku-115", lambda: (
        Dx(S((S(X[i, j]*wc[j, 0], (j, 0, n - 1)) - bc[i, 0])**2, (i, 0, m - 1)), wc[k, 0]),
        2*S(X[i, k]*(S(X[i, j]*wc[j, 0], (j, 0, n - 1)) - bc[i, 0]), (i, 0, m - 1)), k >= 0)),
    ("Matrix Cookbook 2.5, trace", lambda: (Dx(Tr(A*B), A), B.T)),
    ("Matrix Cookbook 2.5, trace", lambda: (Dx(Tr(A.T*B*A), A), B*A + B.T*A)),
    ("Matrix Cookbook 2.5, trace", lambda: (Dx(Tr(A**2), A), 2*A.T)),
    ("Matrix Cookbook (49)", lambda: (Dx(Det(A), A), Det(A)*Inv(A).T, Q.invertible(A))),
    ("Matrix Cookbook 10.4", lambda: (sqrt(Tr(xc*xc.T))**2, Tr(xc.T*xc))),
    ("DLMF 1.7(i), Lagrange identity", lambda: (
        Tr(xc.T*xc)*Tr(yc.T*yc) - Tr(xc.T*yc)**2,
        S((xc[i, 0]*yc[j, 0] - xc[j, 0]*yc[i, 0])**2, (i, 0, n - 1), (j, 0, n - 1))*Rational(1, 2))),
    ("nogga-121, linear layers collapse", lambda: (
        W*(V*MatrixSymbol("u", d, 1) + xc) + W*xc, W*V*MatrixSymbol("u", d, 1) + 2*W*xc)),
    ("nogga-122", lambda: (A*MatPow(A, 2)*xc + A*xc, (A**2 + I(n))*A*xc)),
    ("Golub and Van Loan 1.1", lambda: ((a + b)*(A + B) - b*(A + B), a*A + a*B)),
    ("Neumann; Matrix Cookbook 3.2", lambda: (Inv(I(n) - A) - I(n), A*Inv(I(n) - A))),
    ("Golub and Van Loan 2.5", lambda: ((I(n) - A)*Inv(I(n) + A), Inv(I(n) + A)*(I(n) - A))),
    ("Bayesian linear regression, Matrix Cookbook (158)", lambda: (
        Inv(Inv(A) + X.T*Inv(MatrixSymbol("R", m, m))*X)*X.T*Inv(MatrixSymbol("R", m, m)),
        A*X.T*Inv(X*A*X.T + MatrixSymbol("R", m, m)), Q.positive_definite(A), Q.positive_definite(MatrixSymbol("R", m, m)))),
    ("Matrix Cookbook 1", lambda: (Inv(A)*(A + B)*Inv(A)*A, I(n) + Inv(A)*B, Q.invertible(A))),
])  # fmt: skip
