"""Functions with their closed forms, used by several tests."""

from __future__ import annotations

from calcds.notation import *

m, n, k, h = map(Dim, "mnkh")
A, B, W = (Matrix[n, n].symbol(name) for name in "ABW")
S, D, Q = Symmetric[n].symbol("S"), Diagonal[n].symbol("D"), Orthogonal[n].symbol("Q")
X, Y = Matrix[m, n].symbol("X"), Matrix[m, k].symbol("Y")
x, b, w = (Vector[n].symbol(name) for name in "xbw")
y = Vector[m].symbol("y")
t = OneHot[n].symbol("t")
lam, s = Positive.symbol("lam"), Real.symbol("s")
i, j = Index("i"), Index("j")
f, g = Function.symbol("f"), Function[n].symbol("g")
r = X*w - y
sigma = sigmoid(X*w)

# function, variable, gradient as it is printed
GRADIENTS = [
    (x.T*A*x, x, "(A + A.T)*x"),
    (x.T*S*x, x, "2*S*x"),
    (b.T*x, x, "b"),
    (r.T*r, w, "2*X.T*(X*w - y)"),
    (r.T*r + lam*w.T*w, w, "2*(X.T*(X*w - y) + lam*w)"),
    (norm(x), x, "(1/norm(x))*x"),
    (norm(r, 1), w, "X.T*sign(X*w - y)"),
    (trace(A*W), W, "A.T"),
    (trace(W.T*A*W), W, "(A + A.T)*W"),
    (trace(W**3), W, "3*W.T**2"),
    (det(W), W, "det(W)*W.I.T"),
    (log(det(W)), W, "W.I.T"),
    (x.T*W.I*b, W, "-W.I.T*x*b.T*W.I.T"),
    (log(total(exp(x))), x, "softmax(x)"),
    (-t.T*log(softmax(x)), x, "softmax(x) - t"),
    (-t.T*log(softmax(W*x + b)), W, "(softmax(W*x + b) - t)*x.T"),
    (-b.T*log(softmax(x)), x, "total(b)*softmax(x) - b"),
    (-y.T*log(sigma) - (ones(m) - y).T*log(ones(m) - sigma), w, "X.T*(sigmoid(X*w) - y)"),
    (total(softplus(-x)), x, "-sigmoid(-x)"),
    (1/(1 + exp(-s)), s, "sigmoid(s)*(1 - sigmoid(s))"),
    (total(f(x)), x, "f'(x)"),
    (b.T*f(W*x), W, "hadamard(b, f'(W*x))*x.T"),
    (g(x), x, "grad(g(x), x)"),
    (total(relu(x)), x, "heaviside(x)"),
    (Max(s, 0), s, "heaviside(s)"),
    (Sum(x[i]**2, (i, n)), x, "2*x"),
    (Sum(A[i, j]*x[i]*x[j], (i, n), (j, n)), x, "(A + A.T)*x"),
    (Sum((y[i] - Sum(X[i, j]*w[j], (j, n)))**2, (i, m)), w, "2*X.T*(X*w - y)"),
    (Sum(exp(x[i]*y[j]), (i, n), (j, m)), x, "exp(x*y.T)*y"),
    (log(det(S)), S, "S.I"),
    (trace(A*S), S, "(1/2)*(A + A.T)"),
    (trace(A*D), D, "diag(diagonal(A))"),
    ((Q*x).T*(Q*x), x, "2*x"),
    (s**3 + s**2, s, "3*s**2 + 2*s"),
]  # fmt: skip

# value, variable, Jacobian
JACOBIANS = [
    (A*x + b, x, "A"),
    (softmax(x), x, "diag(softmax(x)) - softmax(x)*softmax(x).T"),
    (hadamard(x, x), x, "2*diag(x)"),
    (tanh(A*x), x, "diag(ones(n) - entry_power(tanh(A*x), 2))*A"),
    (x*(b.T*x), x, "x*b.T + (b.T*x)*eye(n)"),
    (A*W*B, W, "kron(B.T, A)"),
    (W.I, W, "-kron(W.I.T, W.I)"),
    (f(x), x, "diag(f'(x))"),
    (x.T*A*x, x, "x.T*(A + A.T)"),
    (exp(W), W, "diag(vec(exp(W)))"),
]

HESSIANS = [
    (x.T*A*x, x, "A + A.T"),
    (log(total(exp(x))), x, "diag(softmax(x)) - softmax(x)*softmax(x).T"),
    (total(softplus(X*w)) - y.T*X*w, w, "X.T*diag(hadamard(sigmoid(X*w), ones(m) - sigmoid(X*w)))*X"),
    (norm(x), x, "(1/norm(x))*(eye(n) - norm(x)**(-2)*x*x.T)"),
    (total(f(A*x)), x, "A.T*diag(f''(A*x))*A"),
    (g(A*x), x, "A.T*at(hessian(g(_v), _v), _v, A*x)*A"),
    (trace(W.T*A*W), W, "kron(eye(n), A + A.T)"),
]
