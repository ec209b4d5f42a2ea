"""The author's text as LaTeX: one row a case, and every shipped line."""

from __future__ import annotations

import ast

import pytest

from calcds.derivation.discovery import discover
from calcds.derivation.loader import load
from calcds.handout.library import Library
from calcds.handout.scribe import BREAK, Names, Unwritten, scribe
from calcds.handout.surroundings import surroundings


def written(source: str, names: Names | None = None) -> str:
    return scribe(source, names or Names()).replace(BREAK, "")


@pytest.mark.parametrize(
    ("source", "latex"),
    [
        # arithmetic, as written
        ("1/(1 + exp(-z))", r"\frac{1}{1 + e^{-z}}"),
        ("a/b*c", r"\frac{a}{b} c"),
        ("a*(b/c)", r"a \frac{b}{c}"),
        ("a*(b*c)", "a (b c)"),
        ("(a*b)*c", "a b c"),
        ("a - (b - c)", "a - (b - c)"),
        ("(a - b) - c", "a - b - c"),
        ("a + (-b)", "a + (-b)"),
        ("-(a + b)", "-(a + b)"),
        ("-(-x)", "-(-x)"),
        ("a - b/c", r"a - \frac{b}{c}"),
        ("-a/b", r"-\frac{a}{b}"),
        ("(-a)*b", "-a b"),
        ("a*(-b)", "a (-b)"),
        ("2*3*x", r"2 \cdot 3 x"),
        ("x*2", r"x \cdot 2"),
        ("(a + b)*(c + d)", "(a + b) (c + d)"),
        ("(a/b)**2", r"\left(\frac{a}{b}\right)^{2}"),
        ("(-x)**2", "(-x)^{2}"),
        ("-x**2", "-x^{2}"),
        ("(x**2)**3", "(x^{2})^{3}"),
        ("2**n/n", r"\frac{2^{n}}{n}"),
        ("x**(a/b)", "x^{a/b}"),
        ("100000*x", r"100\,000 x"),
        ("1e-7*x", r"1 \cdot 10^{-7} x"),
        # names
        ("sigma_1 + x_hat + W1", r"\sigma_{1} + \hat{x} + W_{1}"),
        ("loss*theta", r"\mathrm{loss} \, \theta"),
        ("pi*E*oo", r"\pi e \infty"),
        # matrices
        ("A.T*x", r"A^{\top} x"),
        ("(A*B).T", r"(A B)^{\top}"),
        ("(X.T*X).I*X.T*y", r"(X^{\top} X)^{-1} X^{\top} y"),
        ("A.T.I", r"A^{-\top}"),
        ("hadamard(W.T*delta, u)", r"(W^{\top} \delta) \odot u"),
        ("diag(u)*v", r"\operatorname{diag}(u) v"),
        ("A[i, j]*x[j]", "A_{ij} x_{j}"),
        ("(A*x)[i]", "(A x)_{i}"),
        ("A[i + 1, 10]", "A_{i + 1,10}"),
        ("column(1, -2)", r"\begin{pmatrix} 1 \\ -2 \end{pmatrix}"),
        ("matrix([1, 0], [x, 1/2])", r"\begin{pmatrix} 1 & 0 \\ x & \frac{1}{2} \end{pmatrix}"),
        ("ones(n) - zeros(n)", r"\mathbf{1} - \mathbf{0}"),
        ("unit(n, k)", "e_{k}"),
        ("delta(i, j)", r"\delta_{ij}"),
        ("by_entries((n, n), lambda i, j: A[j, i])", r"\left[A_{ji}\right]_{ij}"),
        ("norm(x)**2 + norm(x, 1)", r"\lVert x \rVert^{2} + \lVert x \rVert_{1}"),
        # functions
        ("sin(x)**2", r"\sin^{2}(x)"),
        ("exp(x**2/2)", r"e^{x^{2}/2}"),
        ("exp(Sum(x[i], (i, n)))", r"\exp\left(\sum_{i=0}^{n-1} x_{i}\right)"),
        ("sqrt(x**2 + 1)", r"\sqrt{x^{2} + 1}"),
        ("Abs(x - 1)", r"\lvert x - 1 \rvert"),
        ("factorial(n)/2", r"\frac{n!}{2}"),
        ("binomial(n, k)", r"\binom{n}{k}"),
        ("Rational(1, 3)*x", r"\frac{1}{3} x"),
        ("f.prime()(x) + f.prime().prime()(x)", "f'(x) + f''(x)"),
        ("f.prime(0)(x, y)", r"\partial_{0} f(x, y)"),
        # sums and calculus
        ("Sum(x[i]*y[i], (i, n))", r"\sum_{i=0}^{n-1} x_{i} y_{i}"),
        ("Sum(k**2, (k, 1, n))", r"\sum_{k=1}^{n} k^{2}"),
        ("Sum(x[i], (i, n))*y", r"\left(\sum_{i=0}^{n-1} x_{i}\right) y"),
        ("Sum(x[i], (i, n + 1))", r"\sum_{i=0}^{n} x_{i}"),
        ("Product(a + b, (i, 3))", r"\prod_{i=0}^{2} (a + b)"),
        ("diff(s, z)", r"\frac{ds}{dz}"),
        ("diff(x**2, x)", r"\frac{d}{dx} (x^{2})"),
        ("diff(f(x), x, x)", r"\frac{d^{2}f(x)}{dx^{2}}"),
        ("diff(f(x), (x, 3))", r"\frac{d^{3}f(x)}{dx^{3}}"),
        ("grad(x.T*A*x, x)", r"\nabla_{x} (x^{\top} A x)"),
        ("hessian(f, x)", r"\nabla^{2}_{x} f"),
        ("jacobian(W*z, z)", r"\frac{\partial (W z)}{\partial z}"),
        ("pullback(d, y, x)", r"\left(\frac{\partial y}{\partial x}\right)^{\top} d"),
        ("at(x**2, x, 3)", r"\left. x^{2} \right|_{x = 3}"),
        ("limit(f(h)/h, h, 0, '+')", r"\lim_{h \to 0^{+}} \frac{f(h)}{h}"),
        ("integral(x**2, x, 0, 1)", r"\int_{0}^{1} x^{2} \, dx"),
        # conditions
        ("Eq(A*x, b)", "A x = b"),
        ("x**2 >= 0", r"x^{2} \geq 0"),
        ("0 < x < 1", "0 < x < 1"),
        ("piecewise((x, x > 0), (0, True))", r"\begin{cases} x & \text{if } x > 0 \\ 0 & \text{otherwise} \end{cases}"),
        ("indicator(x > 0)", r"\mathbf{1}[x > 0]"),
        ("is_positive_definite(A)", r"A \succ 0"),
    ],
)  # fmt: skip
def test_a_line_is_written_as_it_stands(source: str, latex: str) -> None:
    names = Names({"f": "f"})
    assert written(source, names) == latex


def test_several_variables_are_differentiated_with_a_round_d() -> None:
    assert written("diff(f, x, y)", Names(total=False)) == r"\frac{\partial^{2} f}{\partial x \, \partial y}"


def test_a_variable_hides_a_word() -> None:
    assert written("delta*W", Names(own=frozenset({"delta"}))) == r"\delta W"


def test_a_tuple_is_written_out() -> None:
    here = ast.parse("(x(s), y(s))", mode="eval").body
    assert isinstance(here, ast.Tuple)
    assert written("f(*here)", Names({"f": "f", "x": "x", "y": "y"}, {"here": here})) == "f(x(s), y(s))"


@pytest.mark.parametrize(
    "source",
    ["", "x +", "x; y", "x if y else z", "[x for x in y]", "'text'", "unknown(x)", "x.real", "A[0:2]", "f(*missing)",
     "lambda x: x", "x & y", "__import__('os')", "diff(x, (x, n))", "matrix(1, 2)", "Sum(x, i)", "by_entries(n, f)"],
)  # fmt: skip
def test_what_has_no_latex_says_so(source: str) -> None:
    with pytest.raises(Unwritten):
        scribe(source)


def test_every_shipped_line_is_printed_from_its_text() -> None:
    library = Library()
    sheets = [library.sheet(entry) for topic in library.topics() for entry in topic.entries]
    assert sum(len(sheet.steps) for sheet in sheets) > 1000
    assert [sheet.id for sheet in sheets if sheet.fallbacks] == []


def test_braces_match_in_every_shipped_line() -> None:
    library = Library()
    for topic in library.topics():
        for entry in topic.entries:
            for step in library.sheet(entry).steps:
                depth = 0
                for c in step.formula.replace(r"\{", "").replace(r"\}", ""):
                    depth += (c == "{") - (c == "}")
                    assert depth >= 0, step.formula
                assert depth == 0, step.formula
                assert step.formula.count(r"\left") == step.formula.count(r"\right"), step.formula


def test_local_definitions_and_helpers_are_found() -> None:
    text = next(t for t in discover().texts if t.file.stem == "backpropagation")
    load(text.file)
    found = [surroundings(text, name) for name in text.functions]
    helpers = {h.left: h.right.replace(BREAK, "") for around in found for h in around.helpers}
    assert helpers[r"\sigma(u)"] == r"\frac{1}{1 + e^{-u}}"
    assert all(let.left and let.right for around in found for let in around.lets)
