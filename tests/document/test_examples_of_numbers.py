"""An example of one number in notes on vectors: f is a function of a number there, and its argument a number."""

from __future__ import annotations

import pytest

from calcds.decide.verdict import Outcome
from tests.document.lines import RIGHT, WRONG, read

VECTORS = r"""# Descent

Here $f: \mathbb{R}^d \to \mathbb{R}$ is the loss, $\theta \in \mathbb{R}^d$ holds all parameters, and we abbreviate
$g_k = \nabla f(\theta_k)$.

## Steps

Descent is $\theta_{k+1} = \theta_k - \eta g_k$.

"""
SQUARE = VECTORS + "## By hand\n\nFor $f(\\theta) = \\theta^2$ in one dimension, "
LOG = VECTORS + "## Newton\n\nLet $f(\\theta) = \\theta - \\ln\\theta$ for $\\theta > 0$. "
STEPS = LOG + r"Newton's iteration is $\theta_{k+1} = \theta_k - \theta_k^2\bigl(1 - \frac{1}{\theta_k}\bigr)$. "
AFTER = SQUARE + "$f'(1) = 2$.\n\n## All parameters\n\n"
COMPONENTS = r"""# Calculus

Vectors such as $x \in \mathbb{R}^n$ are columns, and $\|x\|^2 = x^T x = \sum_i x_i^2$.

## Taylor and Newton

We have $f(x+h) = f(x) + \nabla f(x)^T h + O(\|h\|^2)$.

"""
WAVE = COMPONENTS + r"Take $f(x,y) = e^x \cos y$, with $f_x = e^x \cos y$. "
ROOT = COMPONENTS + r"Newton's method reads "
ROOTS = ROOT + r"$x_{t+1} = x_t - \frac{x_t^2-2}{2x_t}$. From $x_0 = 1$ we get "
EXAMPLES = [  # (what stands before, a true line, a false one, whether it is called wrong)
    (SQUARE, r"$f'(\theta) = 2\theta$.", r"$f'(\theta) = 3\theta$.", True),
    (LOG, r"Then $f'(\theta) = 1 - \frac1\theta$.", r"Then $f'(\theta) = 1 + \frac1\theta$.", True),
    (LOG, r"Then $f''(\theta) = \frac{1}{\theta^2}$.", r"Then $f''(\theta) = -\frac{1}{\theta^2}$.", True),
    (STEPS, r"Hence $1 - \theta_{k+1} = (1 - \theta_k)^2$.", r"Hence $1 - \theta_{k+1} = (1 + \theta_k)^2$.", True),
    (STEPS + r"From $\theta_0 = 0.5$ we get ", r"$\theta_1 = 0.75$.", r"$\theta_1 = 0.65$.", False),
    (AFTER, r"For any $\delta \in \mathbb{R}^d$ we have $\nabla f(\theta)^\top \delta = \delta^\top \nabla f(\theta)$.",
     r"For any $\delta \in \mathbb{R}^d$ we have $\nabla f(\theta)^\top \delta = 2 \delta^\top \nabla f(\theta)$.", False),
    (AFTER, r"$\nabla_\theta (\theta^\top \theta) = 2\theta$.", r"$\nabla_\theta (\theta^\top \theta) = \theta$.", True),
    (COMPONENTS, r"The series is $e^x = 1 + x + \frac{x^2}{2} + \frac{x^3}{6} + \cdots$.",
     r"The series is $e^x = 1 + x + \frac{x^2}{2} + \frac{x^3}{3} + \cdots$.", True),
    (WAVE, r"Then $f_y = -e^x \sin y$.", r"Then $f_y = e^x \sin y$.", True),
    (WAVE, r"Then $f_{xx}(0,0) = 1$.", r"Then $f_{xx}(0,0) = -1$.", True),
    (WAVE, r"So $e^x \cos y \approx 1 + x + \frac12 x^2 - \frac12 y^2$.",
     r"So $e^x \cos y \approx 1 + x + \frac12 x^2 + \frac12 y^2$.", True),
    (ROOT, r"$x_{t+1} = x_t - \frac{x_t^2-2}{2x_t} = \frac12\left(x_t + \frac{2}{x_t}\right)$.",
     r"$x_{t+1} = x_t - \frac{x_t^2-2}{2x_t} = \frac12\left(x_t - \frac{2}{x_t}\right)$.", True),
    (ROOTS, r"$x_1 = 1.5$.", r"$x_1 = 1.25$.", False),
    (WAVE, r"For any $f$ of one variable, $\frac{f(x+h)-f(x)}{h} = f'(x) + \frac h2 f''(x) + O(h^2)$.",
     r"For any $f$ of one variable, $\frac{f(x+h)-f(x)}{h} = f'(x) + h f''(x) + O(h^2)$.", True),
]  # fmt: skip


@pytest.mark.parametrize(("before", "true", "false", "wrong"), EXAMPLES, ids=[true[:50] for _, true, _, _ in EXAMPLES])
def test_a_line_of_an_example_is_told_from_a_false_one(before: str, true: str, false: str, *, wrong: bool) -> None:
    right, slip = read(before + true + "\n"), read(before + false + "\n")
    assert right[-1].outcome in RIGHT, right[-1].detail
    assert not any(one.outcome in WRONG for one in right)
    assert slip[-1].outcome not in RIGHT, slip[-1].detail
    assert (slip[-1].outcome in WRONG) is wrong, slip[-1].detail


def test_a_vector_of_the_section_itself_has_no_powers() -> None:
    """Where the same section says that it is one, nothing tells what a power of it is."""
    found = read(r"Let $\theta \in \mathbb{R}^d$ and $f(\theta) = \theta^2$." + "\n")
    assert found[-1].outcome is Outcome.UNREAD


def test_a_sum_that_is_finite_restricts_no_numbers() -> None:
    text = r"The condition is $\sum_t \eta_t^2 < \infty$. Here $\sum_{t=0}^\infty e^{-at} = \frac{1}{1-e^{-a}}$ for $a > 0$."
    assert read(text + "\n")[-1].outcome in RIGHT
    assert read(text.replace("1-e", "1+e") + "\n")[-1].outcome not in RIGHT
