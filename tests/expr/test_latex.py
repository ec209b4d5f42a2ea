"""LaTeX as a textbook prints it: golden table, and what may never be printed."""

from __future__ import annotations

import pytest

from calcds.expr.latex import latex
from calcds.expr.names import latex_name
from calcds.expr.parser import parse_declarations, parse_expression

SCOPE = parse_declarations(
    "x, y, x_hat: Vector[n], A, B: Matrix[n, n], X, W1: Matrix[m, n], t, u, sigma_1, x_star: Real, "
    "f, sigma: Function, g: Function(2)"
)

GOLDEN = [
    # products, signs, fractions
    ("x.T*A*x", r"x^{\top} A x"),
    ("(A + A.T)*x", r"(A + A^{\top}) x"),
    ("1/2*x.T*A*x", r"\frac{1}{2} x^{\top} A x"),
    ("x.T*A*x/2", r"\frac{x^{\top} A x}{2}"),
    ("(x.T*x)*y", r"(x^{\top} x) y"),
    ("-2*x", r"-2 x"),
    ("-(t + 1)", r"-(t + 1)"),
    ("t - (u - 1)", r"t - (u - 1)"),
    ("(t + 1)*(u - 1)", r"(t + 1) (u - 1)"),
    ("t/u", r"\frac{t}{u}"),
    ("-1/t", r"-\frac{1}{t}"),
    ("2*3*t", r"2 \cdot 3 t"),
    ("t*2", r"t \cdot 2"),
    ("A*x/norm(x)", r"\frac{1}{\lVert x \rVert} A x"),
    ("1/(1 + exp(-t))", r"\frac{1}{1 + e^{-t}}"),
    ("2/3", r"\frac{2}{3}"),
    ("5.27*t", r"5.27 t"),
    ("1.5e-7", r"1.5 \cdot 10^{-7}"),
    # powers and roots
    ("t**2", r"t^{2}"),
    ("t**(-1/2)", r"\frac{1}{\sqrt{t}}"),
    ("sqrt(t)/u", r"\frac{\sqrt{t}}{u}"),
    ("(-t)**2", r"(-t)^{2}"),
    ("(2/3)**2", r"\left(\frac{2}{3}\right)^{2}"),
    ("(t**u)**2", r"\left(t^{u}\right)^{2}"),
    ("sin(t)**2", r"\sin^{2}(t)"),
    ("x_star**2", r"\left(x^{*}\right)^{2}"),
    # matrices
    ("(A*B).I", r"(A B)^{-1}"),
    ("A.I.T", r"A^{-\top}"),
    ("A**3", r"A^{3}"),
    ("hadamard(A*x, y)", r"(A x) \odot y"),
    ("kron(A, B)", r"A \otimes B"),
    ("entry_power(A, -1)", r"A^{\circ -1}"),
    ("diag(x)*y", r"\operatorname{diag}(x) y"),
    ("tr(A*B)", r"\operatorname{tr}(A B)"),
    ("log(det(A))", r"\log(\det(A))"),
    ("total(X)", r"\mathbf{1}^{\top} X \mathbf{1}"),
    ("eye(n) - ones(n, 1)*ones(1, n)", r"I - \mathbf{1} \mathbf{1}^{\top}"),
    ("norm(x, 1) + norm(x, oo)", r"\lVert x \rVert_{1} + \lVert x \rVert_{\infty}"),
    ("matrix([1, t], [2, 3])", r"\begin{pmatrix} 1 & t \\ 2 & 3 \end{pmatrix}"),
    ("by_entries((n, n), lambda i, j: x[i]*y[j])", r"\left[x_{i} y_{j}\right]_{ij}"),
    ("x[0] + A[0, 1] + (A*x)[2]", r"x_{0} + A_{01} + (A x)_{2}"),
    ("W1[0, 1]", r"(W_{1})_{01}"),
    ("Sum(A[i, i + 1], (i, n))", r"\sum_{i=0}^{n - 1} A_{i,i + 1}"),
    # sums, cases, calculus
    ("Sum(x[i]*y[i], (i, n))", r"\sum_{i=0}^{n - 1} x_{i} y_{i}"),
    ("Sum(x[i] + 1, (i, n))*t", r"\left(\sum_{i=0}^{n - 1} (x_{i} + 1)\right) t"),
    ("t*Sum(x[i], (i, n))", r"t \sum_{i=0}^{n - 1} x_{i}"),
    ("Product(i, (i, 1, n))", r"\prod_{i=1}^{n} i"),
    ("delta(m, n)", r"\delta_{mn}"),
    ("piecewise((t, t > 0), (0, True))", r"\begin{cases} t & \text{if } t > 0 \\ 0 & \text{otherwise} \end{cases}"),
    ("diff(f(t), t)", r"\frac{\partial f(t)}{\partial t}"),
    ("diff(f(t)*u, t, 2)", r"\frac{\partial^{2}}{\partial t^{2}} (f(t) u)"),
    ("diff(g(t, u), t, u)", r"\frac{\partial^{2} g(t, u)}{\partial t \, \partial u}"),
    ("f''(t) + D[1,0]g(t, u)", r"f''(t) + g^{(1,0)}(t, u)"),
    ("grad(x.T*A*x, x)", r"\nabla_{x} (x^{\top} A x)"),
    ("jacobian(A*x, x)", r"\frac{\partial (A x)}{\partial x}"),
    ("hessian(x.T*x, x)", r"\nabla^{2}_{x} (x^{\top} x)"),
    ("pullback(y, A*x, x)", r"\left(\frac{\partial (A x)}{\partial x}\right)^{\top} y"),
    ("at(x.T*x, x, y)", r"\left. x^{\top} x \right|_{x = y}"),
    ("integral(exp(-u**2), (u, 0, oo))", r"\int_{0}^{\infty} e^{-u^{2}} \, du"),
    ("limit(sin(u)/u, u, 0, '+')", r"\lim_{u \to 0^{+}} \frac{\sin(u)}{u}"),
    # functions and relations
    ("sigma(A*x + y)", r"\sigma(A x + y)"),
    ("softmax(A*x)", r"\operatorname{softmax}(A x)"),
    ("exp(-t**2/2)", r"\exp\left(-\frac{t^{2}}{2}\right)"),
    ("abs(t) + floor(u)", r"\lvert t \rvert + \lfloor u \rfloor"),
    ("binomial(m, n)*factorial(n)", r"\binom{m}{n} n!"),
    ("sigma_1*x_hat", r"\sigma_{1} \hat{x}"),
    ("A*x == y", r"A x = y"),
    ("And(t > 0, u != 1)", r"t > 0 \land u \neq 1"),
    ("is_positive_definite(A)", r"A \succ 0"),
]


@pytest.mark.parametrize(("typed", "printed"), GOLDEN, ids=[row[0] for row in GOLDEN])
def test_it_prints_as_a_textbook_does(typed: str, printed: str) -> None:
    assert latex(parse_expression(typed, SCOPE)) == printed


DIFFERENT = [
    ("(A + B)*A", "A + B*A"),
    ("(x.T*y)*x.T", "x.T*(y*x.T)"),
    ("t - (u - 1)", "t - u - 1"),
    ("(t*u)**2", "t*u**2"),
    ("(t**u)**2", "t**u**2"),
    ("A.T*x", "(A*x).T"),
    ("hadamard(A*x, y)", "A*hadamard(x, y)"),
    ("Sum(x[i], (i, n))*t + 1", "Sum(x[i]*t + 1, (i, n))"),
    ("Sum(x[i], (i, n)) + 1", "Sum(x[i] + 1, (i, n))"),
    ("grad(x.T*A*x, x)", "grad(x.T*y, x)*2"),
    ("exp(t)**2", "exp(t**2)"),
    ("-t**2", "(-t)**2"),
    ("t/(u*t)", "t/u*t"),
    ("diff(t, t)*u", "diff(t*u, t)"),
    ("(A.T).I", "A.T"),
]


@pytest.mark.parametrize(("one", "other"), DIFFERENT, ids=[row[0] for row in DIFFERENT])
def test_what_differs_prints_differently(one: str, other: str) -> None:
    assert latex(parse_expression(one, SCOPE)) != latex(parse_expression(other, SCOPE))


NAMES = [
    ("x", "x"), ("sigma", r"\sigma"), ("Omega", r"\Omega"), ("W1", "W_{1}"), ("z10", "z_{10}"),
    ("sigma_1", r"\sigma_{1}"), ("x_hat", r"\hat{x}"), ("x_hat_1", r"\hat{x}_{1}"), ("w_ij", "w_{ij}"), ("x_1_2", "x_{1,2}"),
    ("x_max", r"x_{\mathrm{max}}"),
    ("loss", r"\mathrm{loss}"), ("x_star", "x^{*}"), ("i'", "i'"), (r"\mathbf{x}", r"\mathbf{x}"), ("x_beta", r"x_{\beta}"),
    ("_", r"\_"), ("__", r"\mathrm{\_\_}"), ("a%", r"\mathrm{a\%}"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "printed"), NAMES, ids=[row[0] for row in NAMES])
def test_names_are_mathematics(name: str, printed: str) -> None:
    assert latex_name(name) == printed


def test_depth_is_no_error() -> None:
    term = parse_expression("t", SCOPE)
    for _ in range(5000):
        term = -(1 + term)
    assert len(latex(term)) > 5000
    assert len(str(term)) > 5000
