"""Steps along a gradient: what they do to distances and to values, for any function."""

from __future__ import annotations

import pytest

from tests.document.lines import RIGHT, WRONG, assert_slip_in_text_told_apart, read

STEP = r"Let $f:\mathbb{R}^d \to \mathbb{R}$ be differentiable and $x_{k+1} = x_k - \alpha \nabla f(x_k)$. Then"
SMOOTH = r"Let $f$ be $L$-smooth and $x_{k+1} = x_k - \alpha \nabla f(x_k)$. Then"
NAMED = r"Write $g_k = \nabla f(x_k)$ and $x_{k+1} = x_k - \eta g_k$. Then"
PLAIN = r"Let $f$ be convex and $y = x - \alpha \nabla f(x)$. Then"
DISTANCE = r"\|x_k - z\|^2 - 2\alpha \nabla f(x_k)^\top (x_k - z) + \alpha^2 \|\nabla f(x_k)\|^2"
DESCENTS = [  # (text, what is right in it, a slip)
    (rf"{STEP} $$\|x_{{k+1}} - z\|^2 = {DISTANCE}.$$", r"2\alpha \n", r"\alpha \n"),
    (rf"{SMOOTH} $$\|x_{{k+1}} - z\|^2 = {DISTANCE}.$$", r"\alpha^2", r"\alpha"),
    (
        rf"{PLAIN} $$\|y - z\|^2 = \|x - z\|^2 - 2\alpha \nabla f(x)^\top (x - z) + \alpha^2 \|\nabla f(x)\|^2.$$",
        r"+ \alpha^2",
        r"- \alpha^2",
    ),
    (
        rf"{NAMED} $$\|x_{{k+1}} - x^\star\|^2 = \|x_k - x^\star\|^2 - 2\eta g_k^\top (x_k - x^\star) + \eta^2\|g_k\|^2.$$",
        r"- 2\eta",
        r"+ 2\eta",
    ),
    (
        (rf"{STEP} $$f(x_k) - \alpha \|\nabla f(x_k)\|^2 + \frac{{L \alpha^2}}{{2}} \|\nabla f(x_k)\|^2"
        r" = f(x_k) - \alpha\left(1 - \frac{L\alpha}{2}\right) \|\nabla f(x_k)\|^2.$$"),
        r"1 - \frac",
        r"1 + \frac",
    ),
    (
        (rf"{STEP} $$f(x_k) + \nabla f(x_k)^\top (x_{{k+1}} - x_k) + \frac{{L}}{{2}} \|x_{{k+1}} - x_k\|^2"
        r" = f(x_k) - \alpha \|\nabla f(x_k)\|^2 + \frac{L \alpha^2}{2} \|\nabla f(x_k)\|^2.$$"),
        r"\alpha^2}{2}",
        r"\alpha}{2}",
    ),
]


@pytest.mark.parametrize(("text", "right", "slip"), DESCENTS)
def test_a_step_and_its_slip(text: str, right: str, slip: str) -> None:
    """The line holds for any function; with a slip in it, it is called wrong."""
    assert_slip_in_text_told_apart(text, right, slip)


BOWL = r"Let $f(x,y) = \frac12(x^2 + 10y^2)$. The coordinates decouple, so that gradient descent is "
STEPS = [  # the function, a step, and another formula
    (BOWL, r"x_{k+1} = (1-\eta) x_k", r"x_{k+1} = (1+\eta) x_k"),
    (BOWL, r"y_{k+1} = (1-10\eta) y_k", r"y_{k+1} = (1-5\eta) y_k"),
    (r"Gradient descent on $g(u) = u^2 - 4u$ has ", r"u_{t+1} = u_t - \alpha(2u_t - 4)", r"u_{t+1} = u_t - \alpha(2u_t + 4)"),
    (r"Steepest descent with $h(a, b) = a^2 b$ gives ", r"a_{n+1} = a_n - 2\gamma a_n b_n", r"a_{n+1} = a_n - \gamma a_n^2"),
]


@pytest.mark.parametrize(("before", "step", "other"), STEPS, ids=[step for _, step, _ in STEPS])
def test_a_step_of_a_function_with_a_formula(before: str, step: str, other: str) -> None:
    """The step is proved; another formula defines a sequence, as does the step where nothing speaks of descent."""
    assert read(f"{before}${step}$.")[-1].outcome in RIGHT
    assert read(f"{before}${step}$.")[-1].role == "claim"
    assert read(f"{before}${other}$.")[-1].role == "definition"
    assert read(f"{before.replace('escent', 'ances')}${step}$.")[-1].role == "definition"


CONDITIONS = [  # what says something of a function, or of a point
    r"A fixed point has $x^\star = x^\star - \alpha \nabla f(x^\star)$.",
    r"For a quadratic function $f(x) - f^\star = \frac12 \nabla f(x)^\top (x - x^\star)$.",
    r"Let $f:\mathbb{R}^d \to \mathbb{R}$. We ask for $\|x - \alpha \nabla f(x)\|^2 = \|x\|^2$.",
    r"Let $f:\mathbb{R}^d \to \mathbb{R}$. It is linear where $f(y) = f(x) + \nabla f(x)^\top (y - x)$.",
    r"With multipliers $\nabla f(x) + A^\top \nu = 0$ and $f(x) + \nu^\top (Ax - b) = f(x)$.",
    r"Equality holds with $f(x) + \|\nabla f(x)\|^2 = f(x) + 2\mu (f(x) - f^\star)$.",
    r"Let $f:\mathbb{R}^d \to \mathbb{R}$. By homogeneity $x^\top \nabla f(x) = k f(x)$.",
]


@pytest.mark.parametrize("text", CONDITIONS)
def test_a_condition_on_a_function_is_not_called_wrong(text: str) -> None:
    """Nothing of these is called wrong."""
    assert not [one for one in read(text + "\n") if one.outcome in WRONG]
