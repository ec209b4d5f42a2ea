"""Functions of several numbers in notes that have vectors elsewhere: their values, partial derivatives and gradients."""

from __future__ import annotations

import pytest

from tests.document.lines import RIGHT, WRONG, read

VECTORS = "# Calculus\n\nVectors such as $x \\in \\mathbb{R}^n$ are columns.\n\n## Partial derivatives\n\n"
RADIUS = VECTORS + r"With $r(x,y) = \sqrt{x^2+y^2}$, away from the origin, we have "
GRADIENTS = "\n\n## Gradients\n\nThe gradient of $f : \\mathbb{R}^n \\to \\mathbb{R}$ is a column. "
POLYNOMIAL = VECTORS + r"Take $f(x,y) = x^2y + 3xy^2 - y^3$." + GRADIENTS
PLACE = VECTORS + r"Let $x = t^2$. "
AFTER = PLACE + "\n\n## Norms\n\nFor all vectors "
POLAR = VECTORS + r"Polar coordinates, $F(r,\varphi) = (r\cos\varphi,\, r\sin\varphi)^T$, have "
MAP = VECTORS + r"The map $G(x,y,z) = (xy,\; y+z^2)^T$ has the Jacobian "
LAYER = VECTORS + r"A layer $F(x) = Wx + b$ with $W \in \mathbb{R}^{m \times n}$ has "
EXAMPLE = "Let $f : \\mathbb{R}^n \\to \\mathbb{R}$ be smooth.\n\nAn example is $f(x,y) = xy^2$, where $f_x = y^2$.\n\n"
ALONG = EXAMPLE + r"Along a unit vector $u$ the slope is $\lim_{t\to 0}\frac{f(x+tu)-f(x)}{t} = "
TOWARDS = EXAMPLE + r"In the direction $v$ the slope is $\lim_{t\to 0}\frac{f(x+tv)-f(x)}{t} = "
LINES = [  # (what stands before, a true line, a false one, whether it is called wrong)
    (RADIUS, r"$\frac{\partial r}{\partial x} = \frac{x}{r}$.", r"$\frac{\partial r}{\partial x} = \frac{x}{r^2}$.", True),
    (RADIUS, r"$\frac{\partial r}{\partial y} = \frac{y}{r}$.", r"$\frac{\partial r}{\partial y} = \frac{x}{r}$.", False),
    (RADIUS, r"$\frac{\partial^2 r}{\partial x^2} + \frac{\partial^2 r}{\partial y^2} = \frac{1}{r}$.",
     r"$\frac{\partial^2 r}{\partial x^2} + \frac{\partial^2 r}{\partial y^2} = \frac{2}{r}$.", True),
    (POLYNOMIAL, r"For the polynomial, $\nabla f(1,2) = (16,1)^T$.", r"For the polynomial, $\nabla f(1,2) = (16,2)^T$.", False),
    (POLYNOMIAL, r"For the polynomial, $f(1,2) = 6$.", r"For the polynomial, $f(1,2) = 8$.", False),
    (PLACE, r"Then $\frac{dx}{dt} = 2t$.", r"Then $\frac{dx}{dt} = t$.", True),
    (POLAR, r"$J_F = \begin{pmatrix}\cos\varphi & -r\sin\varphi \\ \sin\varphi & r\cos\varphi\end{pmatrix}$.",
     r"$J_F = \begin{pmatrix}\cos\varphi & r\sin\varphi \\ \sin\varphi & r\cos\varphi\end{pmatrix}$.", False),
    (MAP, r"$J_G = \begin{pmatrix}y & x & 0 \\ 0 & 1 & 2z\end{pmatrix}$.",
     r"$J_G = \begin{pmatrix}y & x & 0 \\ 0 & 1 & z\end{pmatrix}$.", True),
    (LAYER, "$J_F = W$.", "$J_F = 2W$.", False),
    (ALONG, r"\nabla f(x)^T u$.", r"\nabla f(x)\, u$.", False),
    (TOWARDS, r"\nabla f(x)^T v$.", r"\nabla f(x)\, v$.", False),
    (AFTER, r"$\nabla(x^T x) = 2x$.", r"$\nabla(x^T x) = x$.", True),
]  # fmt: skip


@pytest.mark.parametrize(("before", "true", "false", "wrong"), LINES, ids=[true[:50] for _, true, _, _ in LINES])
def test_a_line_is_told_from_a_false_one(before: str, true: str, false: str, *, wrong: bool) -> None:
    right, slip = read(before + true + "\n"), read(before + false + "\n")
    assert (right[-1].outcome in RIGHT, right[-1].role) == (True, "claim"), right[-1].detail
    assert not any(one.outcome in WRONG for one in right)
    assert slip[-1].outcome not in RIGHT or slip[-1].role == "definition", slip[-1].detail
    assert (slip[-1].outcome in WRONG) is wrong, slip[-1].detail


SLIDES = r"""LINEAR ALGEBRA
(text of the slides)

------------------------------------------------------------
Slide 1 - First example

$$ A = \begin{pmatrix}4&1\\2&3\end{pmatrix} $$
- so the eigenvalues are $\lambda_1 = 5$ and $\lambda_2 = 2$

------------------------------------------------------------
Slide 2 - Diagonalisation

$$ P = \begin{pmatrix}1&1\\1&-2\end{pmatrix}, \qquad D = \begin{pmatrix}5&0\\0&2\end{pmatrix}. $$
"""
SPECTRAL = SLIDES + r"""
------------------------------------------------------------
Slide 12 - The spectral theorem

Let $S = S^T$ be of size $n\times n$, with an orthonormal basis
$\mathbf{q}_1,\dots,\mathbf{q}_n$ of eigenvectors.
With $Q = (\mathbf{q}_1\ \cdots\ \mathbf{q}_n)$ and $\Lambda = \operatorname{diag}(\lambda_1,\dots,\lambda_n)$,
$$ S = Q\Lambda Q^T, \qquad Q^TQ = I. $$
"""
OF_SLIDES = [
    (SLIDES, r"Then $\det P = -3$.", r"Then $\det P = 3$."),
    (SPECTRAL, r"If $\lambda_1 \ne \lambda_2$, then $\mathbf{q}_1^T S \mathbf{q}_2 = \lambda_2\,\mathbf{q}_1^T\mathbf{q}_2$.",
     r"If $\lambda_1 \ne \lambda_2$, then $\mathbf{q}_1^T S \mathbf{q}_1 = \lambda_2\,\mathbf{q}_1^T\mathbf{q}_1$."),
]  # fmt: skip


@pytest.mark.parametrize(("before", "true", "false"), OF_SLIDES, ids=["numbers of the slide", "letters of a later slide"])
def test_a_slide_below_a_rule_is_a_section(before: str, true: str, false: str) -> None:
    """What has numbers on one slide has none on the next ones."""
    right, slip = read(before + true + "\n", "slides.txt"), read(before + false + "\n", "slides.txt")
    assert right[-1].outcome in RIGHT, right[-1].detail
    assert not any(one.outcome in WRONG for one in right)
    assert slip[-1].outcome not in RIGHT, slip[-1].detail
