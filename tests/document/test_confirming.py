# ruff: noqa: E501  (a row is a text)
r"""Equations of a solution that hold with what the text finds.

STEPS: a text of which all equations but the named ones are proved, and slips: with each of them, less is proved, or something is called
wrong. TRUE: texts of which no line is wrong. ACCIDENTS: equations that hold at a value, and are proved by none.
"""

from __future__ import annotations

import pytest

from calcds.verify.documents import kind_of
from tests.document.lines import RIGHT, WRONG, read

BERNOULLI = r"""Setting the derivative to zero and clearing denominators:

$$
\begin{aligned}
k(1-\theta) &= (n-k)\,\theta \\
k - k\theta &= n\theta - k\theta \\
\hat\theta &= \frac{k}{n}.
\end{aligned}
$$"""
PLANE = (
    r"We minimise the distance to the plane, so $2x = 2\mu$, $2y = \mu$ and $2z = -2\mu$. Hence $x = \mu$, $y = \frac{\mu}{2}$, "
    r"$z = -\mu$, and the plane says $\frac92\mu = 9$. So $\mu = 2$."
)
BOX = (
    r"Let $S = xy + 2xz + 2yz$. The first two give $2xz = 2yz$, so $x = y$, and the last two give $xy = 2xz$, so $y = 2z$. Therefore $4z^3 = 32$, "
    r"$z = 2$, $x = y = 4$ and $S = 16 + 16 + 16$."
)
STEPS = [
    (BERNOULLI, [(r"k(1-\theta)", r"k(1+\theta)"), (r"n\theta - k", r"n\theta + k"), (r"{k}{n}", r"{n}{k}"), ("(n-k)", "(n+k)")]),
    (PLANE, [("2x = 2", "2x = 3"), (r"2z = -2\mu", r"2z = 2\mu"), (r"\frac92", r"\frac72"), (r"\mu = 2$.", r"\mu = 3$."), (r"{\mu}{2}", r"{\mu}{3}")]),
    (BOX, [("2xz = 2yz", "2xz = 3yz"), ("$xy = 2xz", "$xy = 2yz"), ("4z^3", "3z^3"), ("32", "23"), ("z = 2$", "z = 3$"), ("16 + 16 + 16", "16 + 16 + 18")]),
    (r"Equating the two, $1-\alpha m = \alpha M - 1$, i.e. $\alpha = \frac{2}{m+M}$.", [(r"\frac{2}", r"\frac{1}"), ("M - 1", "M + 1")]),
    (r"Solving $\lambda^2 - 5\lambda + 6 = 0$ we obtain $\lambda_1 = 2$ and $\lambda_2 = 3$.", [("5", "7"), ("= 3$", "= 4$")]),
    (r"Setting costs and revenue equal, $6q = 100 + 2q$, so $4q = 100$ and $q = 25$.", [("6q", "5q"), ("4q", "3q"), ("25", "24")]),
    (r"We obtain $x = 5 - y$. Substituting into $2x + y = 8$ gives $10 - y = 8$, so $y = 2$.", [("5 - y", "5 + y"), ("2x + y", "2x - y"), ("10 - y", "10 + y")]),
    (r"The gradient vanishes if $X^\top X w = X^\top y$, so that $\hat w = (X^\top X)^{-1} X^\top y$.", [(r"X^\top X w", r"X X^\top w"), (r"\hat w = ", r"\hat w = -")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "slips"), STEPS)
def test_the_steps_of_a_solution_and_their_slips(text: str, slips: list[tuple[str, str]]) -> None:
    """Every step is proved; with a slip, less is proved, or something is called wrong."""
    rows = read(text + "\n")
    assert all(row.outcome in RIGHT for row in rows), [(row.left, row.right, row.detail) for row in rows]
    passed = sum(kind_of(row) == "proved" for row in rows)
    for right, slip in slips:
        assert text.count(right) >= 1, right
        found = read(text.replace(right, slip, 1) + "\n")
        wrong = any(row.outcome in WRONG for row in found)
        assert wrong or sum(kind_of(row) == "proved" for row in found) < passed, slip


def test_an_equation_says_nothing_of_a_value_that_it_does_not_need() -> None:
    """`2xz = 2yz` holds with x = y for all z, and for x = y = 5 as well."""
    wrong = read(BOX.replace("z = 2$", "z = 3$") + "\n")
    assert not [row for row in wrong if (row.left, row.right) == ("z", "3") and kind_of(row) == "proved"]
    wrong = read(BOX.replace("y = 4$", "y = 5$") + "\n")
    assert not [row for row in wrong if (row.left, row.right) == ("y", "5") and kind_of(row) == "proved"]


def test_a_value_that_is_given_for_a_reason() -> None:
    """The size is preserved with this padding, as the sentence says; and with a slip it is not."""
    text = r"The padded size is $m = n + 2p - k + 1$. It is preserved if $p = (k-1)/2$, because then $n + 2p - k + 1 = n$."
    assert read(text + "\n")[-1].outcome in RIGHT
    assert read(text.replace("(k-1)", "(k+1)") + "\n")[-1].outcome not in RIGHT


ACCIDENTS = [
    r"Solve $ax = b$ for $x$: we get $x = b/a$. Then $a x^2 = b x$.",
    r"The equation $3x^2 - 3x = 0$ has the solutions $x = 0$ and $x = 1$.",
    r"From $2x + 4y = 60$ we get $x = 10$, $y = 10$.",
    r"From $y = 2z$ we get $z = 2$ and $y = 4$.",
    r"For $x = 3$ we have $y = 4$. The circle is $x^2 + y^2 = 25$.",
    r"The circle is $x^2 + y^2 = 25$. For example, take $x = 3$ and $y = 4$.",
    r"A student writes $x + 4 = 2x$, which is wrong; starting from $x = 4$ is no solution.",
]


@pytest.mark.parametrize("text", ACCIDENTS)
def test_what_may_hold_by_accident_is_not_proved(text: str) -> None:
    """An equation with a slip might hold at these values as well, or nobody finds them."""
    rows = [row for row in read(text + "\n") if kind_of(row) == "proved"]
    assert not [row for row in rows if "what the text finds" in row.detail and len(row.left) > 1 and row.left != "ax"]


TRUE = [
    r"The equation $x^2 = 4$ has the solutions $x = 2$ and $x = -2$, the equation $x^2 = 9$ the solutions $x = 3$ and $x = -3$.",
    r"Setting $\lambda = 0$ gives $x = b$; $\lambda = 1$ gives $x = b/2$. In general $(1+\lambda) x = b$.",
    r"We want $x + y = 10$ and $xy = 21$. So $x = 3$, $y = 7$ or $x = 7$, $y = 3$.",
    r"At the optimum $k(1-\theta) = (n-k)\theta$, hence $\hat\theta = k/n$. With a Beta prior, $\hat\theta = \frac{k+a-1}{n+a+b-2}$.",
    r"By symmetry $x = y$. So the constraint $x + y = 1$ gives $x = \frac12$. By contrast $x = 1$, $y = 0$ is a corner.",
    r"Two cases. If $a > 0$ then $x = b/a$, i.e. $ax = b$. If $a = 0$, then $0 = b$.",
    r"We obtain $x = 4$ (wrong!). The right solution of $3x = 15$ is $x = 5$.",
    r"The line $y = 2x + 1$ meets $y = x^2 + 1$ where $x^2 = 2x$, so $x = 0$ or $x = 2$.",
    r"Guess $x = 1$: then $x^3 = 1$, too small. With $x = 2$: $x^3 = 8$. So $x = 1.5$ gives $x^3 = 3.375$.",
    r"The function $f(x) = x^2$ vanishes at $x^* = 0$. The function $g(x) = (x - a)^2$ vanishes at $x^* = a$. Then $g(x) = (x - x^*)^2$.",
    r"The minimum is attained at $\hat x = A^{-1}b$. For $A = 2I$ it is at $\hat x = b/2$. If $A$ is singular, take $\hat x = A^+ b$.",
]


@pytest.mark.parametrize("text", TRUE)
def test_no_true_line_is_called_wrong(text: str) -> None:
    assert not [row for row in read(text + "\n") if row.outcome in WRONG]


def test_values_are_named_as_they_follow_in_the_text() -> None:
    """The words of a proof are the same in every run: no order of a set shows in them."""
    [said] = {row.detail for row in read(BOX + "\n") if row.right == "16 + 16 + 16"}
    assert said == "it holds with what the text finds: S = xy + 2xz + 2yz, x = y, z = 2, y = 4"
