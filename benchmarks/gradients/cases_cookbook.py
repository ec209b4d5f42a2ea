# ruff: noqa: PLW0108  (the parameter names of a truth are the names of the case's symbols)
"""Derivatives of "The Matrix Cookbook" (Petersen and Pedersen, version of November 15, 2012), chapter 2.

Equation numbers of that version. Linear forms, quadratic forms, traces, determinants, inverses, norms.
Where the book asks for a symmetric matrix and the function is defined without, the case asks for the
general derivative.
"""

from __future__ import annotations

import numpy as np
import reference as ref
import sympy as sp
from model import Case, d, h, i, j, k, lam, m, matrix, n, p, vector
from reference import inner

inv, det, tr = np.linalg.inv, np.linalg.det, np.trace

X, S, Q = matrix("X", m, n), matrix("X", n, n), matrix("X", k, k)
x, a, b, c = vector("x", n), vector("a", n), vector("b", n), vector("c", n)
am, cm = vector("a", m), vector("c", m)
D, C = matrix("D", m, m), matrix("C", m, m)
Tr, Det, log = sp.Trace, sp.Determinant, sp.log


def eq(number: int) -> str:
    return f"Matrix Cookbook, eq. ({number})"


VECTORS = (
    Case("cb-69", lambda _: (x.T*a, x), lambda x, a: x.T @ a, "a", eq(69)),
    Case("cb-70", lambda _: (am.T*X*b, X), lambda a, X, b: a.T @ X @ b, "a*b.T", eq(70)),
    Case("cb-71", lambda _: (b.T*X.T*am, X), lambda a, X, b: b.T @ X.T @ a, "a*b.T", eq(71)),
    Case("cb-72", lambda _: (a.T*S*a, S), lambda a, X: a.T @ X @ a, "a*a.T", eq(72)),
    Case("cb-76", lambda _: (sp.Sum(X[i, j], (i, 0, m - 1), (j, 0, n - 1))**2, X), lambda X: np.sum(X)**2,
         "2*total(X)*ones(m, n)", eq(76)),
    Case("cb-77", lambda _: (b.T*X.T*X*c, X), lambda b, c, X: b.T @ X.T @ X @ c, "X*(b*c.T + c*b.T)", eq(77)),
    Case("cb-78",
         lambda _: ((matrix("B", m, n)*x + am).T*matrix("C", m, k)*(matrix("D", k, n)*x + vector("e", k)), x),
         lambda B, x, a, C, D, e: (B @ x + a).T @ C @ (D @ x + e),
         "B.T*C*(D*x + e) + D.T*C.T*(B*x + a)", eq(78)),
    Case("cb-81", lambda _: (x.T*matrix("B", n, n)*x, x), lambda x, B: x.T @ B @ x, "(B + B.T)*x", eq(81)),
    Case("cb-82", lambda _: (b.T*X.T*D*X*c, X), lambda b, X, D, c: b.T @ X.T @ D @ X @ c,
         "D.T*X*b*c.T + D*X*c*b.T", eq(82)),
    Case("cb-83", lambda _: ((X*b + cm).T*D*(X*b + cm), X), lambda X, b, c,
         D: (X @ b + c).T @ D @ (X @ b + c),
         "(D + D.T)*(X*b + c)*b.T", eq(83)),
    Case("cb-84", lambda _: ((am - X*b).T*D*(am - X*b), b), lambda X, a, b,
         D: (a - X @ b).T @ D @ (a - X @ b),
         "-X.T*(D + D.T)*(a - X*b)", eq(84)),
    Case("cb-86", lambda _: ((am - X*b).T*D*(am - X*b), am), lambda X, a, b,
         D: (a - X @ b).T @ D @ (a - X @ b),
         "(D + D.T)*(a - X*b)", eq(86)),
    Case("cb-88", lambda _: ((am - X*b).T*D*(am - X*b), X), lambda X, a, b,
         D: (a - X @ b).T @ D @ (a - X @ b),
         "-(D + D.T)*(a - X*b)*b.T", eq(88)),
    Case("cb-91-cube", lambda _: (a.T*S**3*b, S), lambda a, X, b: a.T @ X @ X @ X @ b,
         "a*b.T*X.T*X.T + X.T*a*b.T*X.T + X.T*X.T*a*b.T", eq(91)),
    Case("cb-92", lambda _: (a.T*(S**2).T*S**2*b, S), lambda a, X, b: a.T @ (X @ X).T @ (X @ X) @ b,
         "Y = X*X; r = Y*(a*b.T + b*a.T); r*X.T + X.T*r", eq(92)),
)

TRACES = (
    Case("cb-99", lambda _: (Tr(S), S), lambda X: tr(X), "eye(n)", eq(99)),
    Case("cb-100", lambda _: (Tr(X*matrix("A", n, m)), X), lambda X, A: tr(X @ A), "A.T", eq(100)),
    Case("cb-101", lambda _: (Tr(matrix("A", k, m)*X*matrix("B", n, k)), X), lambda A, X, B: tr(A @ X @ B),
         "A.T*B.T",
         eq(101)),
    Case("cb-102", lambda _: (Tr(matrix("A", k, n)*X.T*matrix("B", m, k)), X), lambda A, X,
         B: tr(A @ X.T @ B), "B*A",
         eq(102)),
    Case("cb-103", lambda _: (Tr(X.T*matrix("A", m, n)), X), lambda X, A: tr(X.T @ A), "A", eq(103)),
    Case("cb-104", lambda _: (Tr(matrix("A", m, n)*X.T), X), lambda X, A: tr(A @ X.T), "A", eq(104)),
    Case("cb-106", lambda _: (Tr(S**2), S), lambda X: tr(X @ X), "2*X.T", eq(106)),
    Case("cb-107", lambda _: (Tr(S**2*matrix("B", n, n)), S), lambda X, B: tr(X @ X @ B), "(X*B + B*X).T",
         eq(107)),
    Case("cb-108", lambda _: (Tr(X.T*D*X), X), lambda X, D: tr(X.T @ D @ X), "(D + D.T)*X", eq(108)),
    Case("cb-109", lambda _: (Tr(D*X*X.T), X), lambda X, D: tr(D @ X @ X.T), "(D + D.T)*X", eq(109)),
    Case("cb-111", lambda _: (Tr(X*matrix("B", n, n)*X.T), X), lambda X, B: tr(X @ B @ X.T), "X*(B + B.T)",
         eq(111)),
    Case("cb-114", lambda _: (Tr(matrix("A", n, m)*X*matrix("B", n, m)*X), X), lambda X, A,
         B: tr(A @ X @ B @ X),
         "A.T*X.T*B.T + B.T*X.T*A.T", eq(114)),
    Case("cb-115", lambda _: (Tr(X.T*X), X), lambda X: np.sum(X**2), "2*X", eq(115)),
    Case("cb-116", lambda _: (Tr(matrix("B", n, k).T*X.T*C*X*matrix("B", n, k)), X),
         lambda X, B, C: tr(B.T @ X.T @ C @ X @ B), "(C + C.T)*X*B*B.T", eq(116)),
    Case("cb-117", lambda _: (Tr(X.T*D*X*matrix("C", n, n)), X), lambda X, D, C: tr(X.T @ D @ X @ C),
         "D*X*C + D.T*X*C.T", eq(117)),
    Case("cb-118", lambda _: (Tr(matrix("A", k, m)*X*matrix("B", n, n)*X.T*matrix("C", m, k)), X),
         lambda A, X, B, C: tr(A @ X @ B @ X.T @ C), "A.T*C.T*X*B.T + C*A*X*B", eq(118)),
    Case("cb-119", lambda _: (Tr((matrix("A", k, m)*X*matrix("B", n, h) + matrix("C", k, h))
                                 * (matrix("A", k, m)*X*matrix("B", n, h) + matrix("C", k, h)).T), X),
         lambda A, X, B, C: np.sum((A @ X @ B + C)**2), "2*A.T*(A*X*B + C)*B.T", eq(119)),
    Case("cb-121", lambda _: (Tr(S**4), S), lambda X: tr(X @ X @ X @ X), "4*(X**3).T", eq(121)),
    Case("cb-122", lambda _: (Tr(matrix("A", n, n)*S**3), S), lambda A, X: tr(A @ X @ X @ X),
         "(A*X*X + X*A*X + X*X*A).T", eq(122)),
    Case("two-traces", lambda _: (Tr(matrix("A", n, m)*X) + Tr(X.T*D*X), X), lambda A, X,
         D: tr(A @ X) + tr(X.T @ D @ X),
         "A.T + (D + D.T)*X", "Matrix Cookbook, section 2.5"),
    Case("trace-quotient", lambda _: (Tr(X.T*D*X)/Tr(X.T*C*X), X),
         lambda X, D, C: tr(X.T @ D @ X)/tr(X.T @ C @ X),
         "r = trace(X.T*C*X); ((D + D.T)*X - trace(X.T*D*X)/r*(C + C.T)*X)/r", "Matrix Cookbook, section 2.5",
         where={"C": "definite"}),
    Case("trace-product", lambda _: (Tr(S)*Tr(S**2), S), lambda X: tr(X)*tr(X @ X),
         "trace(X*X)*eye(n) + 2*trace(X)*X.T",
         "Matrix Cookbook, section 2.5"),
    Case("trace-squared", lambda _: (Tr(matrix("A", n, m)*X)**2, X), lambda A, X: tr(A @ X)**2,
         "2*trace(A*X)*A.T",
         "Matrix Cookbook, section 2.5"),
)

DETERMINANTS = (
    Case("cb-49", lambda _: (Det(S), S), lambda X: det(X), "det(X)*X.I.T", eq(49), where={"X": "dominant"}),
    Case("cb-51", lambda _: (Det(matrix("A", n, n)*S*matrix("B", n, n)), S), lambda A, X, B: det(A @ X @ B),
         "det(A*X*B)*X.I.T", eq(51), where={"X": "dominant", "A": "dominant", "B": "dominant"}),
    Case("cb-53", lambda _: (Det(S.T*matrix("A", n, n)*S), S), lambda X, A: det(X.T @ A @ X),
         "2*det(X.T*A*X)*X.I.T",
         eq(53), where={"X": "dominant", "A": "dominant"}),
    Case("cb-55", lambda _: (Det(X.T*D*X), X), lambda X, D: det(X.T @ D @ X),
         "r = X.T*D*X; det(r)*(D*X*r.I + D.T*X*r.I.T)", eq(55), where={"D": "definite"}),
    Case("cb-55-general", lambda _: (Det(X.T*D*X), X), lambda X, D: det(X.T @ D @ X),
         "r = X.T*D*X; det(r)*(D*X*r.I + D.T*X*r.I.T)", eq(55), where={"D": "dominant"}),
    Case("cb-56", lambda _: (log(Det(X.T*X)), X), lambda X: np.log(det(X.T @ X)), "2*X*(X.T*X).I", eq(56)),
    Case("cb-57", lambda _: (log(Det(S)), S), lambda X: np.log(det(X)), "X.I.T", eq(57),
         where={"X": "dominant"}),
    Case("cb-58", lambda _: (Det(S**3), S), lambda X: det(X @ X @ X), "3*det(X)**3*X.I.T", eq(58),
         where={"X": "dominant"}),
    Case("cb-62", lambda _: (Det(S.I), S), lambda X: det(inv(X)), "-det(X.I)*X.I.T", eq(62),
         where={"X": "dominant"}),
    Case("log-det-regularised", lambda _: (log(Det(X*X.T + lam*sp.Identity(m))), X),
         lambda X, lam, m: np.log(det(X @ X.T + lam*np.eye(m))), "2*(X*X.T + lam*eye(m)).I*X",
         "Matrix Cookbook, section 2.1", where={"lam": "positive"}),
    Case("log-det-sum", lambda _: (log(Det(S)) + Tr(matrix("A", n, n)*S), S),
         lambda X, A: np.log(det(X)) + tr(A @ X), "X.I.T + A.T", "Matrix Cookbook, section 2.1",
         where={"X": "dominant"}),
    Case("det-scalar", lambda _: (log(Det(lam*S + matrix("A", n, n))), lam),
         lambda lam, X, A: np.log(det(lam*X + A)), "trace((lam*X + A).I*X)", "Matrix Cookbook, eq. (46)",
         where={"X": "definite", "A": "definite", "lam": "positive"}),
)

INVERSES = (
    Case("cb-61", lambda _: (a.T*S.I*b, S), lambda a, X, b: a.T @ inv(X) @ b, "-X.I.T*a*b.T*X.I.T", eq(61),
         where={"X": "dominant"}),
    Case("cb-63", lambda _: (Tr(matrix("A", k, n)*S.I*matrix("B", n, k)), S), lambda A, X,
         B: tr(A @ inv(X) @ B),
         "-(X.I*B*A*X.I).T", eq(63), where={"X": "dominant"}),
    Case("cb-64", lambda _: (Tr((S + matrix("A", n, n)).I), S), lambda A, X: tr(inv(X + A)),
         "r = (X + A).I; -(r*r).T", eq(64), where={"X": "dominant", "A": "dominant"}),
    Case("cb-125", lambda _: (Tr((X.T*C*X).I*matrix("A", n, n)), X), lambda X, C, A: tr(inv(X.T @ C @ X) @ A),
         "r = (X.T*C*X).I; -C*X*r*A*r - C.T*X*(r*A*r).T", eq(125), where={"C": "definite"}),
    Case("cb-126", lambda _: (Tr((X.T*C*X).I*(X.T*D*X)), X), lambda X, C,
         D: tr(inv(X.T @ C @ X) @ (X.T @ D @ X)),
         "r = (X.T*C*X).I; q = r*X.T*D*X*r; D*X*r + D.T*X*r.T - C*X*q - C.T*X*q.T", eq(126),
         where={"C": "definite"}),
    Case("cb-127", lambda _: (Tr((matrix("A", n, n) + X.T*C*X).I*(X.T*D*X)), X),
         lambda A, X, C, D: tr(inv(A + X.T @ C @ X) @ (X.T @ D @ X)),
         "r = (A + X.T*C*X).I; q = r*X.T*D*X*r; D*X*r + D.T*X*r.T - C*X*q - C.T*X*q.T", eq(127),
         where={"C": "definite", "A": "definite"}),
    Case("resolvent", lambda _: (a.T*(sp.Identity(n) - lam*S).I*b, lam),
         lambda a, X, lam, b, n: a.T @ inv(np.eye(n) - lam*X) @ b, "r = (eye(n) - lam*X).I; a.T*r*X*r*b",
         "Matrix Cookbook, eq. (59)", where={"X": "small", "lam": "positive"}),
    Case("ridge-fit", lambda _: (am.T*X*(X.T*X + lam*sp.Identity(n)).I*X.T*am, lam),
         lambda a, X, lam, n: a.T @ X @ inv(X.T @ X + lam*np.eye(n)) @ X.T @ a,
         "r = (X.T*X + lam*eye(n)).I*X.T*a; -r.T*r", "Matrix Cookbook, eq. (59)", where={"lam": "positive"}),
    Case("mahalanobis", lambda _: ((x - a).T*S.I*(x - a), S), lambda x, a, X: (x - a).T @ inv(X) @ (x - a),
         "r = X.I.T*(x - a); -r*(x - a).T*X.I.T", eq(61), where={"X": "dominant"}),
    Case("gaussian-covariance", lambda _: (log(Det(S)) + Tr((x - a).T*S.I*(x - a)), S),
         lambda x, a, X: np.log(det(X)) + (x - a).T @ inv(X) @ (x - a),
         "X.I.T - X.I.T*(x - a)*(x - a).T*X.I.T", "Matrix Cookbook, section 8.1", where={"X": "dominant"}),
    Case("gaussian-mean", lambda _: (-(x - a).T*S.I*(x - a)/2, a), lambda x, a,
         X: -(x - a).T @ inv(X) @ (x - a)/2,
         "(X.I + X.I.T)*(x - a)/2", eq(86), where={"X": "dominant"}),
)

NORMS = (
    Case("cb-129", lambda N: (N.norm(x - a), x), lambda x, a: ref.norm(x - a), "(x - a)/norm(x - a)",
         eq(129)),
    Case("cb-130", lambda N: ((x - a)/N.norm(x - a), x), lambda x, a: (x - a)/ref.norm(x - a),
         "r = norm(x - a); eye(n)/r - (x - a)*(x - a).T/r**3", eq(130), "jacobian"),
    Case("cb-131", lambda N: (N.norm(x)**2, x), lambda x: x.T @ x, "2*x", eq(131)),
    Case("cb-132", lambda N: (N.norm(X)**2, X), lambda X: np.sum(X**2), "2*X", eq(132)),
    Case("frobenius", lambda N: (N.norm(X), X), lambda X: ref.norm(X), "X/norm(X)",
         "Matrix Cookbook, section 2.7"),
    Case("frobenius-residual", lambda N: (N.norm(matrix("Y", m, k) - X*matrix("B", n, k)), X),
         lambda X, Y, B: ref.norm(Y - X @ B), "r = X*B - Y; r*B.T/norm(r)", "Matrix Cookbook, section 2.7"),
    Case("norm-power-half", lambda _: ((x.T*x)**sp.Rational(1, 2), x), lambda x: ref.norm(x), "x/norm(x)",
         "Matrix Cookbook, section 2.6"),
)

TRACES += (
    Case("frobenius-inner", lambda _: (sp.Trace(matrix("A", p, d).T*matrix("B", p, d)), matrix("B", p, d)),
         lambda A, B: inner(A, B), "A", eq(103)),
)

CASES = VECTORS + TRACES + DETERMINANTS + INVERSES + NORMS
