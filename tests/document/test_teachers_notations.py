# ruff: noqa: E501  (a row is a formula)
r"""Notations of teachers of calculus and linear algebra, of which some mean two things.

PAIRS: what stands before, a true line, a slip of it that is called wrong. TRUE: lines that are true for their writers, and are
never called wrong. FALSE: lines that are never proved.
"""

from __future__ import annotations

import pytest

from calcds.document.source.conventions import mixed_number
from calcds.document.source.latex import read as tree_of
from calcds.document.source.tokens import repeating
from tests.document.lines import RIGHT, WRONG, assert_told_apart, own_line, read

VECTORS = r"Let $\vec a = \langle 1, 2, 3\rangle$ and $\vec b = \langle 4, -1, 0\rangle$."
FIELD = r"Let $f(x,y) = x^2 - 3xy$, $P = (1,2)$ and $u = \left(\frac35, \frac45\right)$."
SURFACE = r"Let $f(x,y) = x^3 - 3x + y^2$. Then $H = \begin{pmatrix} f_{xx} & f_{xy} \\ f_{yx} & f_{yy} \end{pmatrix}$ and $D = f_{xx} f_{yy} - f_{xy}^2$."
POLAR = r"Let $x = r\cos\theta$ and $y = r\sin\theta$."
BASIS = r"Let $\mathbf a = \mathbf i + 2\mathbf j + 3\mathbf k$ and $\mathbf b = 4\mathbf i - \mathbf j$."
NUMBERS = r"Let $x = (3, -4)^T$ and $A = \begin{pmatrix} 1 & -2 \\ 3 & 4 \end{pmatrix}$."
PRODUCT = r"On polynomials let $\langle f, g\rangle = \int_0^1 f(x) g(x)\,dx$."
BEHIND = r"$$x^T A x = x_1^2 - x_2^2$$" "\n\n" r"In this example we have $A = \begin{pmatrix} 1 & 0 \\ 0 & -1 \end{pmatrix}$."
LEGENDRE = r"Let $\langle p, q\rangle = \int_{-1}^1 p(t) q(t)\,dt$."

PAIRS = [
    # degrees
    ("", r"\cos 60^\circ = \frac12", r"\cos 60^\circ = \frac13"),
    ("", r"\arctan\frac12 = 26.57^\circ", r"\arctan\frac12 = 27.57^\circ"),
    (r"Rotate by $\varphi = 30^{\circ}$.", r"\cos\varphi = \frac{\sqrt3}{2}", r"\cos\varphi = \frac{1}{2}"),
    # primes in a superscript
    (r"Let $f(x) = x^3$.", r"f^\prime(x) = 3x^2", r"f^\prime(x) = 2x^2"),
    (r"Let $f(x) = x^3$.", r"f^{\prime\prime}(x) = 6x", r"f^{\prime\prime}(x) = 5x"),
    (r"Let $f(x) = x^2$ and $g(x) = \sin x$.", r"(f + g)^{\prime}(x) = 2x + \cos x", r"(f + g)^{\prime}(x) = 2x - \cos x"),
    (r"Let $f^{[1]}(x) = x^3$ and $f^{[2]}(x) = x$.", r"f^{[1]\prime}(x) = 3x^2", r"f^{[1]\prime}(x) = 2x^2"),
    # vectors in angle brackets, and what is multiplied in them
    ("", r"\langle 4, 4\rangle \cdot \langle 3/5, 4/5\rangle = \frac{12}{5} + \frac{16}{5}", r"\langle 4, 4\rangle \cdot \langle 3/5, 4/5\rangle = \frac{12}{5} - \frac{16}{5}"),
    (VECTORS, r"\vec a + \vec b = \langle 5, 1, 3\rangle", r"\vec a + \vec b = \langle 5, 3, 3\rangle"),
    (VECTORS, r"\vec a \times \vec b = \langle 3, 12, -9\rangle", r"\vec a \times \vec b = \langle 3, -12, -9\rangle"),
    (VECTORS, r"\operatorname{proj}_{\vec b} \vec a = \frac{2}{17} \langle 4, -1, 0\rangle", r"\operatorname{proj}_{\vec b} \vec a = \frac{2}{14} \langle 4, -1, 0\rangle"),
    (VECTORS, r"\frac{\vec a \cdot \vec b}{|\vec a||\vec b|} = \frac{2}{\sqrt{14}\sqrt{17}}", r"\frac{\vec a \cdot \vec b}{|\vec a||\vec b|} = \frac{2}{\sqrt{14}\sqrt{15}}"),
    (r"Let $\mathbf r(t) = \langle \cos t, \sin t\rangle$ and $\mathbf c = \langle 1, 2\rangle$.", r"\mathbf r'(t) = \langle -\sin t, \cos t\rangle", r"\mathbf r'(t) = \langle \sin t, \cos t\rangle"),
    (PRODUCT, r"\langle x, x^2\rangle = \frac14", r"\langle x, x^2\rangle = \frac13"),
    (PRODUCT + r" Let $p_1(x) = x - \frac12$.", r"\|p_1\|^2 = \frac1{12}", r"\|p_1\|^2 = \frac16"),
    (r"Let $\langle f, g\rangle = \int_0^1 x f(x) g(x)\,dx$.", r"\langle 1, x\rangle = \frac13", r"\langle 1, x\rangle = \frac12"),
    (r"Let $x, y \in \mathbb R^n$ with $\langle x, y\rangle = \sum_i x_i y_i$.", r"\|x + y\|^2 = \|x\|^2 + 2 \langle x, y\rangle + \|y\|^2", r"\|x + y\|^2 = \|x\|^2 + \langle x, y\rangle + \|y\|^2"),
    (r"Let $A, B \in \mathbb R^{m \times n}$ with $\langle A, B\rangle = \operatorname{tr}(A^T B)$.", r"\langle A, A\rangle = \sum_{i,j} a_{ij}^2", r"\langle A, A\rangle = \sum_{i} a_{ii}^2"),
    (r"Let $u = (1, 2)^T$ and $v = (3, 4)^T$. Then $\langle u, v\rangle = 1 \cdot 3 + 2 \cdot 4$.", r"\|u + v\|^2 = \|u\|^2 + \|v\|^2 + 22", r"\|u + v\|^2 = \|u\|^2 + \|v\|^2 + 11"),
    (LEGENDRE, r"\langle 1, 1\rangle = 2", r"\langle 1, 1\rangle = 1"),
    # values at points, and derivatives along directions
    (r"Let $y = x^2$.", r"y'(3) = 6", r"y'(3) = 9"),
    (FIELD, r"f(P) = -5", r"f(P) = -4"),
    (FIELD, r"\nabla f(P) = (-4, -3)", r"\nabla f(P) = (-4, 3)"),
    (FIELD, r"D_u f(P) = -\frac{24}{5}", r"D_u f(P) = \frac{24}{5}"),
    (FIELD, r"D_{u} f(1,2) = -4 \cdot \frac35 - 3 \cdot \frac45", r"D_{u} f(1,2) = -4 \cdot \frac35 + 3 \cdot \frac45"),
    (FIELD, r"D_2 f(1,2) = -3", r"D_2 f(1,2) = -6"),
    (FIELD, r"\nabla f\big|_{(1,2)} = (-4, -3)", r"\nabla f\big|_{(1,2)} = (-4, -6)"),
    (FIELD, r"\partial_x f = 2x - 3y", r"\partial_x f = 2x + 3y"),
    ("", r"\left.\frac{\partial}{\partial x}(x^2 y)\right|_{(1,2)} = 4", r"\left.\frac{\partial}{\partial x}(x^2 y)\right|_{(1,2)} = 2"),
    ("", r"\left.\frac{\partial}{\partial x}(x^2 y)\right|_{(x,y) = (1,2)} = 4", r"\left.\frac{\partial}{\partial x}(x^2 y)\right|_{(x,y) = (1,2)} = 1"),
    ("", r"\frac{d}{dx} x^2 \Big|_3 = 6", r"\frac{d}{dx} x^2 \Big|_3 = 9"),
    (SURFACE, r"D(1, 0) = 12", r"D(1, 0) = -12"),
    (SURFACE, r"H(1, 0) = \begin{pmatrix} 6 & 0 \\ 0 & 2 \end{pmatrix}", r"H(1, 0) = \begin{pmatrix} 6 & 0 \\ 0 & 1 \end{pmatrix}"),
    (r"Let $f(x,y) = x^2 y$. At $P = (1,2)$ something happens.", r"\nabla f(P) = (4, 1)", r"\nabla f(P) = (4, 2)"),
    (r"Let $f(x,y) = x^2 y$ and $P_0 = (1,2)$.", r"\frac{\partial f}{\partial x}(P_0) = 4", r"\frac{\partial f}{\partial x}(P_0) = 2"),
    ("", r"(2,4) \cdot \frac{1}{\sqrt2} (1,1) = \frac{6}{\sqrt2}", r"(2,4) \cdot \frac{1}{\sqrt2} (1,1) = \frac{4}{\sqrt2}"),
    (POLAR, r"\frac{\partial(x,y)}{\partial(r,\theta)} = r", r"\frac{\partial(x,y)}{\partial(r,\theta)} = -r"),
    (POLAR, r"\frac{\partial(x,y)}{\partial(r,\theta)} = \begin{vmatrix} \cos\theta & -r\sin\theta \\ \sin\theta & r\cos\theta \end{vmatrix}", r"\frac{\partial(x,y)}{\partial(r,\theta)} = \begin{vmatrix} \cos\theta & r\sin\theta \\ \sin\theta & r\cos\theta \end{vmatrix}"),
    (r"Let $u(x,t) = e^{-t} \sin x$.", r"\partial_{xt} u = -e^{-t} \cos x", r"\partial_{xt} u = e^{-t} \cos x"),
    (r"Let $u(x,t) = e^{-t} \sin x$.", r"\partial_t u = \partial_{xx} u", r"\partial_t u = -\partial_{xx} u"),
    # the unit vectors of space
    (BASIS, r"\mathbf a \times \mathbf b = 3\mathbf i + 12\mathbf j - 9\mathbf k", r"\mathbf a \times \mathbf b = 3\mathbf i - 12\mathbf j - 9\mathbf k"),
    (BASIS, r"\begin{vmatrix} \mathbf i & \mathbf j & \mathbf k \\ 1 & 2 & 3 \\ 4 & -1 & 0 \end{vmatrix} = 3\mathbf i + 12\mathbf j - 9\mathbf k", r"\begin{vmatrix} \mathbf i & \mathbf j & \mathbf k \\ 1 & 2 & 3 \\ 4 & -1 & 0 \end{vmatrix} = 3\mathbf i + 12\mathbf j + 9\mathbf k"),
    (BASIS, r"|\mathbf a| = \sqrt{14}", r"|\mathbf a| = \sqrt{15}"),
    # matrices and vectors of numbers
    (NUMBERS, r"\max_i |x_i| = 4", r"\max_i |x_i| = 3"),
    (NUMBERS, r"\min x_i = -4", r"\min x_i = 3"),
    (NUMBERS, r"\|A\|_1 = 6", r"\|A\|_1 = 7"),
    (NUMBERS, r"\|A\|_\infty = 7", r"\|A\|_\infty = 6"),
    (NUMBERS, r"\|A\|_2 = \sqrt{15 + 5\sqrt5}", r"\|A\|_2 = \sqrt{15 + 4\sqrt5}"),
    (NUMBERS, r"\|A\|_1 \|A^{-1}\|_1 = 4.2", r"\|A\|_1 \|A^{-1}\|_1 = 3.6"),
    (NUMBERS, r"|A| = 10", r"|A| = -2"),
    (NUMBERS, r"\operatorname{rank} A = 2", r"\operatorname{rank} A = 1"),
    (r"Let $B = \begin{pmatrix} 1 & 2 \\ 2 & 4 \\ 3 & 6 \end{pmatrix}$.", r"\operatorname{rank} B^T = 1", r"\operatorname{rank} B^T = 2"),
    # numbers
    ("", r"2\frac12 = \frac52", r"2\frac12 = \frac72"),
    ("", r"\frac17 = 0.\overline{142857}", r"\frac17 = 0.\overline{142875}"),
    ("", r"\frac16 = 0.1\bar6", r"\frac16 = 0.1\bar7"),
    ("", r"\operatorname{tg} x = \frac{\sin x}{\cos x}", r"\operatorname{tg} x = \frac{\cos x}{\sin x}"),
    # a matrix that is said behind the formula
    ("", r"q(x) = x^T A x = 2x_1^2 + 2x_1x_2 + 3x_2^2, \qquad A = \begin{pmatrix} 2 & 1 \\ 1 & 3 \end{pmatrix}", r"q(x) = x^T A x = 2x_1^2 + 3x_1x_2 + 3x_2^2, \qquad A = \begin{pmatrix} 2 & 1 \\ 1 & 3 \end{pmatrix}"),
]

TRUE = [
    r"$\arctan 2 = 63^\circ$",
    r"$\arccos(0.8) = 37^{\circ}$",
    r"$$\operatorname{sinc} x = \frac{\sin x}{x}$$",
    r"$$A \operatorname{adj} A = (\det A) I$$",
    r"$D x^3 = 3x^2$, $D^2 x^3 = 6x$ and $D_x(x^2) = 2x$.",
    r"$0.999\dots = 1$ and $5^{\underline 2} = 20$.",
    r"Let $f(x) = [x]$. Then $f(2.7) = 2$, $[2.7] = 2$.",
    r"$\sqrt[3]{-8} = -2$, $(-8)^{1/3} = -2$ and $(-27)^{2/3} = 9$.",
    r"In the complex plane $\sqrt[3]{-8} = 1 + \sqrt3 i$ is one of three values.",
    r"$\mathcal L\{\sin at\}(s) = \frac{a}{s^2 + a^2}$",
    r"$\langle x, 1\rangle = \frac12$ and $x - \langle x, 1\rangle = x - \frac12$.",
    BEHIND,
    FIELD + r" With $v = (3, 4)$ some write $D_v f(P) = -\frac{24}{5}$.",
    LEGENDRE + r" $\|1\| = \sqrt2$, $\|t\|^2 = \frac23$, $\langle t, t^3\rangle = \frac25$.",
    r"With $\langle f, g\rangle = \int_{-1}^1 w(x) f(x) g(x)\,dx$ for $w(x) = 1$: $\langle x, 1\rangle = 0$, $\langle 1, 1\rangle = 2$, $\|1\|^2 = 2$.",
    r"With $\langle p, q\rangle = p(0) q(0) + p(1) q(1)$: $\langle 1, 1\rangle = 2$, $\langle x, x\rangle = 1$, $\|1\|^2 = 2$.",
    r"With $\langle x, y\rangle = 2 x_1 y_1 + x_2 y_2$: $\langle (1,0), (1,0)\rangle = 2$, $\|(1,1)\| = \sqrt3$.",
    r"The inner product $(f, g) = \int_{-1}^1 f(x) g(x)\,dx$ gives $(1, 1) = 2$ and $\|1\| = \sqrt2$.",
    r"With $\langle u, v\rangle = u^T A v$ and $A = \operatorname{diag}(2, 1)$: $\|(1,1)\| = \sqrt3$.",
    r"$\int_0^1 u(x) v(x)\,dx = 0$. For $x = (3, 4)^T$ we have $\|x\| = 5$.",
    r"$\binom12 \cdot \binom34 = 11$, $(1\;2) \binom34 = 11$ and $2 \binom12 = \binom24$.",
    r"$\partial_i (x_j x_j) = 2 x_i$ and $x_i x_i = \|x\|^2$.",
    r"$\cos\omega n = \frac12 e^{j\omega n} + \frac12 e^{-j\omega n}$, $\frac1j = -j$, $\frac{1}{1 + j} = \frac{1 - j}{2}$ and $e^{j\pi/2} = j$.",
    r"Let $y = x^2$. Then $y'(3) = 6$.",
    r"$\frac12\% = 0.005$ and $\operatorname{rank}(A^T A) = \operatorname{rank} A$.",
    r"$\mathbf i \odot \mathbf j = \mathbf j \odot \mathbf i$ for the gates $\mathbf i_t$ and $\mathbf j_t$, $2\mathbf i + 3\mathbf j = 3\mathbf j + 2\mathbf i$.",
    r"Let $D = \operatorname{diag}(1, 2)$ and $x = (1, 1)^T$. Then $Dx = (1, 2)^T$, $D_{11} = 1$ and $P D P^{-1} = P D P^{-1}$.",
    r"Let $P = \begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}$. Then $P(1, 0)^T = (1, 3)^T$.",
    r"$|x||y| = |xy|$, $||x|| = |x|$ and $||x| - |y|| = ||y| - |x||$.",
    r"$3 \cdot \frac12 = 1.5$, $4\frac{1}{2} = 2$ and $3\frac12 x = 3.5x$.",
]

FALSE = [
    r"$\langle 1, 1\rangle = 1$ for $\langle f, g\rangle = \int_{-1}^1 f(x) g(x)\,dx$.",
    r"$\sqrt[3]{-8} = 2$",
    r"$0.999\dots = 2$",
    r"$2 \binom{n}{k} = \binom{2n}{2k}$",
]


@pytest.mark.parametrize(("before", "line", "slip"), PAIRS)
def test_a_line_and_its_slip_are_told_apart(before: str, line: str, slip: str) -> None:
    if "qquad" in line:  # two statements, one of which is a definition
        assert all(one.outcome in RIGHT for one in own_line(before, line) if one.role == "claim")
        assert any(one.outcome in WRONG for one in own_line(before, slip))
        return
    assert_told_apart(before, line, slip)


@pytest.mark.parametrize("text", TRUE)
def test_no_true_line_is_called_wrong(text: str) -> None:
    assert [one for one in read(text) if one.outcome in WRONG] == []


@pytest.mark.parametrize("text", FALSE)
def test_no_false_line_is_proved(text: str) -> None:
    assert not any(one.outcome in RIGHT and one.role == "claim" and "int" not in one.right for one in read(text))


def test_decimals_with_a_period_are_fractions() -> None:
    assert repeating("0.1", "6") == (15, 90)
    assert repeating("2", "3") == (21, 9)


def test_a_mixed_number_has_a_proper_fraction() -> None:
    numbers = [tree_of(text).parts[0] for text in (r"2\frac12", r"2\frac32", r"x\frac12", r"2.5\frac12")]
    assert [mixed_number(node.parts, 0) for node in numbers] == [(2, 1, 2), None, None, None]


@pytest.mark.parametrize("line", [r"15' = 0.25^\circ", r"30^\circ 15^{\prime} = 30.25^\circ"])
def test_minutes_are_no_derivatives(line: str) -> None:
    assert not any(one.outcome in WRONG for one in own_line("", line))
