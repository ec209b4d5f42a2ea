# ruff: noqa: E501  (a row is a text)
"""A function in another form, with names that the text defines on the way; errors of iterations, with the limit in them."""

from __future__ import annotations

import pytest

from tests.document.lines import RIGHT, WRONG, read

QUADRATIC = r"Let $A$ be symmetric and positive definite and consider $f(x)=\frac12 x^T A x - b^T x + c$. "
MINIMISER = rf"""{QUADRATIC}Then $\nabla f(x) = Ax - b$, which vanishes only at $x^* = A^{{-1}}b$. Moreover

$$
f(x) = \tfrac12 (x-x^*)^T A (x-x^*) + c - \tfrac12 b^T A^{{-1}} b
$$
"""
ELLIPSE = r"""Consider $f(x)=5x_1^2-4x_1x_2+2x_2^2$. Thus $f=6y_1^2+y_2^2$ in these coordinates. Completing the square gives
\[
  f(x)=5\left(x_1-\tfrac25x_2\right)^2+\tfrac65x_2^2
\]
"""
ERROR = r"""Let $f(x)=\frac12 x^\top A x - b^\top x$ with $A$ symmetric and positive definite. Then $\nabla f(x) = Ax-b$ and the minimiser is
$x^*=A^{-1}b$. For the error $e_k = x_k-x^*$ we find, using $Ax^*=b$,
\begin{align}
e_{k+1} &= x_k - \alpha(Ax_k-b) - x^* \\
        &= e_k - \alpha A(x_k-x^*) \\
        &= (I-\alpha A)\,e_k
\end{align}
"""
FORMS = [  # a text of which the last line is true, what is right in it, and slips with which it is not proved
    (MINIMISER, [(r"+ c - \tfrac12 b^T", r"+ c + \tfrac12 b^T"), (r"\tfrac12 (x-x^*)", r"(x-x^*)"), (r"A^{-1}b$", r"-A^{-1}b$")]),
    (ELLIPSE, [(r"\tfrac65", r"\tfrac75"), (r"\tfrac25", r"\tfrac45"), ("5x_1^2-4", "5x_1^2-3")]),
    (ERROR, [(r"(I-\alpha A)", r"(I+\alpha A)")]),
    (rf"{QUADRATIC}Then $\nabla f(x) = Ax - b$.", [("Ax - b", "Ax + b"), ("Ax - b", "2Ax - b")]),
    (r"Let $f(x)=\frac12 x^T A x$ with $A$ symmetric and positive definite. Then $\nabla f(x) = Ax$.", [("= Ax$", "= 2Ax$")]),
    (r"The velocity obeys $v_{k+1} = \beta v_k + g$ with $v_0 = 0$, so $v_k = \frac{1-\beta^k}{1-\beta} g$.", [(r"1-\beta^k", r"1-\beta^{k+1}"), (r"1-\beta^k", r"1-\beta^{k-1}")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "slips"), FORMS)
def test_another_form_and_its_slips(text: str, slips: list[tuple[str, str]]) -> None:
    """The last line is proved, or supported; with a slip it is not."""
    assert read(text + "\n")[-1].outcome in RIGHT
    for right, slip in slips:
        assert text.count(right) == 1, right
        last = read(text.replace(right, slip) + "\n")[-1]
        assert last.outcome not in RIGHT or last.role == "definition", slip


TRUE = [
    r"Let $f(x) = x^2$ and, in other words, $f = u^2$. Now take $f(x) = x^3$; then $f'(x) = 3x^2$.",
    r"Consider $f(x) = x^2$. Thus $f = u^2$. The next one is $f(x) = \sin x$ with $f'(x) = \cos x$.",
    r"Let $p_k = p - p^*$ be the excess of price $k$. Then $p_1 - p_2 = p_1 - p_2$.",
    r"Let $x = (1, 2)$ and $x^* = (3, 4)$. The distance is $\sum_k |x_k - x_k^*| = 4$, and $x_1 = 1$.",
    r"The function vanishes at $x^* = 2a$. For $a = 1$ it vanishes at $x^* = 2$, for $a = 2$ at $x^* = 4$.",
    r"Let $A$ be invertible and consider $f(x) = x^T A x$. Then $\nabla f(x) = (A + A^T)x$.",
    r"We put $s_n = n^2$ and $s_{n+1} = s_n + 2n + 1$ with $s_0 = 0$.",
]


@pytest.mark.parametrize("text", TRUE)
def test_no_true_line_is_called_wrong(text: str) -> None:
    assert not [row for row in read(text + "\n") if row.outcome in WRONG]
