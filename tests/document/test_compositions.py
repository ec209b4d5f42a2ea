# ruff: noqa: E501  (a row is a text)
r"""Compositions and inverses of functions that are not specified, gradients of products, cases that a text tells apart."""

from __future__ import annotations

import pytest

from tests.document.lines import RIGHT, WRONG, assert_told_apart, own_line, read

MAPS = r"For $f: \mathbb{R}^m \to \mathbb{R}^k$ and $g: \mathbb{R}^n \to \mathbb{R}^m$ the chain rule is"
SMOOTH = r"Let $f$ and $g$ be differentiable functions. Then"
LINES = [
    (MAPS, r"D(f\circ g)(x) = Df(g(x))\, Dg(x)", r"D(f\circ g)(x) = Dg(x)\, Df(g(x))"),
    (MAPS, r"J_{f\circ g}(x) = J_f(g(x))\, J_g(x)", r"J_{f\circ g}(x) = J_f(x)\, J_g(x)"),
    (r"Let $g$ be a map and $f$ a real function. Then", r"\nabla(f\circ g)(x) = J_g(x)^T \nabla f(g(x))", r"\nabla(f\circ g)(x) = J_g(x) \nabla f(g(x))"),
    (r"Let $\mathbf{u}$ be a map and $f$ a real function. Then", r"\nabla(f\circ\mathbf{u})(\mathbf{t}) = \mathbf{J}_{\mathbf{u}}(\mathbf{t})^\top \nabla f(\mathbf{u}(\mathbf{t}))",
     r"\nabla(f\circ\mathbf{u})(\mathbf{t}) = \mathbf{J}_{\mathbf{u}}(\mathbf{t}) \nabla f(\mathbf{u}(\mathbf{t}))"),
    (r"For the map $q = p \circ r$ the Jacobians multiply:", r"J_q(t) = J_p(r(t)) J_r(t)", r"J_q(t) = J_r(t) J_p(r(t))"),
    (r"For the map $\mathbf{q} = \mathbf{p} \circ \mathbf{r}$ the Jacobians multiply:", r"\mathbf{J}_{\mathbf{q}}(\mathbf{t}) = \mathbf{J}_{\mathbf{p}}(\mathbf{r}(\mathbf{t})) \mathbf{J}_{\mathbf{r}}(\mathbf{t})",
     r"\mathbf{J}_{\mathbf{q}}(\mathbf{t}) = \mathbf{J}_{\mathbf{p}}(\mathbf{t}) \mathbf{J}_{\mathbf{r}}(\mathbf{t})"),
    (r"Let $q = f \circ r$ with a real function $f$. Then", r"\nabla q(t) = J_r(t)^\top \nabla f(r(t))", r"\nabla q(t) = J_r(t) \nabla f(r(t))"),
    (SMOOTH, r"(f^{-1})'(y) = \frac{1}{f'(f^{-1}(y))}", r"(f^{-1})'(y) = \frac{1}{f'(y)}"),
    (SMOOTH, r"(f^{-1})'(f(x)) = \frac{1}{f'(x)}", r"(f^{-1})'(f(x)) = \frac{2}{f'(x)}"),
    (SMOOTH, r"(f^{-1})''(y) = -\frac{f''(f^{-1}(y))}{f'(f^{-1}(y))^3}", r"(f^{-1})''(y) = -\frac{f''(f^{-1}(y))}{f'(f^{-1}(y))^2}"),
    (SMOOTH, r"\nabla(fg) = f\nabla g + g\nabla f", r"\nabla(fg) = f\nabla g - g\nabla f"),
    (SMOOTH, r"\nabla\left(\frac{f}{g}\right) = \frac{g\nabla f - f\nabla g}{g^2}", r"\nabla\left(\frac{f}{g}\right) = \frac{g\nabla f + f\nabla g}{g^2}"),
    (SMOOTH, r"\nabla(f^2) = 2f\nabla f", r"\nabla(f^2) = f\nabla f"),
    (r"Let $D = f_{xx}f_{yy} - f_{xy}^2$. If $D > 0$ and $f_{xx} > 0$ we have a minimum, if $D > 0$ and $f_{xx} < 0$ a maximum. Complete the square, where $f_{xx} \neq 0$. We get",
     r"f_{xx}h^2 + 2f_{xy}hk + f_{yy}k^2 = f_{xx}\left(h + \frac{f_{xy}}{f_{xx}}k\right)^2 + \frac{D}{f_{xx}}k^2",
     r"f_{xx}h^2 + 2f_{xy}hk + f_{yy}k^2 = f_{xx}\left(h + \frac{f_{xy}}{f_{xx}}k\right)^2 + \frac{D}{f_{yy}}k^2"),
]


@pytest.mark.parametrize(("before", "line", "slip"), LINES)
def test_rules_for_all_functions(before: str, line: str, slip: str) -> None:
    assert_told_apart(before, line, slip)


NO_CLAIMS = [
    "The chain rule for two functions, $$f(x) = g(h(x)),$$\n\nand for three: $$f(x) = g(h(i(x)))$$",
    r"Let $q = p \circ r$ with $J_q(t) = B$. $$J_q(t) = A B$$",
    r"At such a point the gradients are parallel, $$\nabla f = \lambda \nabla g.$$",
    r"The eikonal equation is $$\nabla(f^2) = 2 n \nabla f.$$",
    r"Let $A$ be invertible. $$(A^{-1})' = (A')^{-1}$$",
    r"For $F(x) = Ax + b$ the Jacobian is $$J_F(x) = A.$$ With $J_G(F(x)) = B$ $$J_{G\circ F}(x) = B A.$$",
    r"If $f$ is its own inverse, then $$(f^{-1})'(y) = f'(y).$$",
    r"For maps of one variable that commute, $$D(f\circ g)(x) = D(g \circ f)(x).$$",
    r"Let $f(x) = x^2$ and $g(x) = 2x$. Then $$(f \circ g)'(x) = 8x.$$",
    r"Let $f$ and $g$ satisfy $$\nabla(fg) = \nabla f + \nabla g.$$",
]


@pytest.mark.parametrize("text", NO_CLAIMS)
def test_what_is_no_rule(text: str) -> None:
    assert not [one for one in read(text + "\n") if one.outcome in WRONG]


def test_cases_that_a_text_tells_apart_are_not_supposed_together() -> None:
    cases = r"A minimum has $a > 0$ and a maximum has $a < 0$. For $a \neq 0$ we have"
    found = own_line(cases, r"ax^2 + bx + c = a\left(x + \frac{b}{2a}\right)^2 + c - \frac{b^2}{4a}")
    assert [one.outcome in RIGHT for one in found] == [True]
    assert not any(one.outcome in WRONG for one in own_line(cases, r"\sqrt{a^2} = a"))


def test_a_constant_of_a_norm_is_a_number() -> None:
    before = r"Let $A$ be a matrix, $x^T A x > 0$ and $\|\nabla f(x) - \nabla f(y)\| \le L\|x - y\|$. Then"
    assert_told_apart(before, r"\int_0^1 L t \|y-x\|^2 dt = \frac{L}{2}\|y-x\|^2", r"\int_0^1 L t \|y-x\|^2 dt = L\|y-x\|^2")
    cholesky = r"Let $A = L L^T$ and $\|Lx\| \le L\|x\|$. Then"
    assert not any(one.outcome in WRONG for one in own_line(cholesky, r"A^T = L L^T"))


def test_bounds_of_an_integral_are_functions_where_they_have_slopes() -> None:
    assert_told_apart(
        SMOOTH, r"\frac{d}{dx}\int_{a(x)}^{b(x)} f(t) \, dt = f(b(x)) b'(x) - f(a(x)) a'(x)",
        r"\frac{d}{dx}\int_{a(x)}^{b(x)} f(t) \, dt = f(b(x)) b'(x) + f(a(x)) a'(x)",
    )  # fmt: skip
    assert not any(one.outcome in WRONG for one in own_line("", r"y'(1 + x^2) = 2xy"))
