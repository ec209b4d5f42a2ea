"""Expansions: a true one is passed, a false one is not, and no approximation of another kind is called wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from calcds.decide.verdict import Outcome
from calcds.document.checking import findings
from calcds.document.finding import Finding
from calcds.document.source.extract import cut

WRONG = {Outcome.REFUTED, Outcome.MALFORMED}
RIGHT = {Outcome.PROVED, Outcome.SUPPORTED}


def read(text: str) -> list[Finding]:
    return findings(cut(Path("notes.md"), text + "\n"))


def last(text: str) -> Finding:
    return read(text)[-1]


LOGISTIC = r"Let $s(x) = \frac{1}{1+e^{-x}}$. Then "
DIFFERENCE = r"Let $D(h) = \frac{f(x+h)-f(x-h)}{2h}$. Then "
PAIRS = [  # what stands before, a true line, and a false one
    # sums that break off
    ("A smooth function $g$ has",
     r"$$g(u) = g(c) + g'(c)(u - c) + \frac{g''(c)}{2!}(u - c)^2 + \frac{g'''(c)}{3!}(u - c)^3 + \cdots$$",
     r"$$g(u) = g(c) + g'(c)(u - c) + \frac{g''(c)}{2!}(u - c)^2 + \frac{g'''(c)}{3}(u - c)^3 + \cdots$$"),
    ("", r"$$\sqrt{1+x} = 1+\tfrac12x-\tfrac18x^2+\tfrac1{16}x^3-\cdots$$",
     r"$$\sqrt{1+x} = 1+\tfrac12x-\tfrac14x^2+\tfrac1{16}x^3-\cdots$$"),
    ("", r"$$\sin x = x - \frac{x^3}{6} + \frac{x^5}{120} - \dots$$",
     r"$$\sin x = x - \frac{x^3}{3} + \frac{x^5}{120} - \dots$$"),
    ("", r"$$f(x+h) = f(x)+hf'(x)+\frac{h^2}{2}f''(x)+\cdots$$", r"$$f(x+h) = f(x)+hf'(x)+h^2f''(x)+\cdots$$"),
    ("", r"$$\sum_{k=0}^\infty (-1)^k \frac{x^{2k+1}}{(2k+1)!} = x - \frac{x^3}{6} + \frac{x^5}{120} - \cdots$$",
     r"$$\sum_{k=0}^\infty (-1)^k \frac{x^{2k+1}}{(2k+1)!} = x - \frac{x^3}{3} + \frac{x^5}{120} - \cdots$$"),
    ("", r"$$\frac{\sin x}{x} = 1 - \frac{x^2}{6} + \frac{x^4}{120} - \cdots$$",
     r"$$\frac{\sin x}{x} = 1 - \frac{x^2}{2} + \frac{x^4}{120} - \cdots$$"),
    ("", r"$$(1+x)^n = 1 + nx + \frac{n(n-1)}{2}x^2 + \cdots$$", r"$$(1+x)^n = 1 + nx + \frac{n(n+1)}{2}x^2 + \cdots$$"),
    # approximations
    ("", r"$$e^x\cos y \approx 1+x+\frac{x^2}{2}-\frac{y^2}{2}$$", r"$$e^x\cos y \approx 1+x+\frac{x^2}{2}+\frac{y^2}{2}$$"),
    ("", r"$$\tan z \approx z + \frac{z^3}{3}$$", r"$$\tan z \approx z - \frac{z^3}{3}$$"),
    ("", r"$$f(x+h)\approx f(x)+hf'(x)+\frac{h^2}{2}f''(x)$$", r"$$f(x+h)\approx f(x)-hf'(x)+\frac{h^2}{2}f''(x)$$"),
    ("", r"$$f(x)\approx f(a)+f'(a)(x-a)$$", r"$$f(x)\approx f(a)-f'(a)(x-a)$$"),
    ("", r"$$\sqrt x\approx 2+\tfrac14(x-4)$$", r"$$\sqrt x\approx 2+\tfrac12(x-4)$$"),
    (r"Let $f(x, y) = x^2 y + x y^3$.", r"$$f(2+h, 1+k) \approx 6 + 5h + 10k$$", r"$$f(2+h, 1+k) \approx 6 + 5h + 11k$$"),
    ("", r"$$(1+x)^n \approx 1+nx$$", r"$$(1+x)^n \approx 1-nx$$"),
    (LOGISTIC, r"$$s(x)\approx\frac12+\frac x4$$", r"$$s(x)\approx\frac12+\frac x2$$"),
    (r"Let $f : \mathbb{R}^n \to \mathbb{R}$", r"$$f(x+h)\approx f(x)+\nabla f(x)^\top h+\frac12h^\top\nabla^2f(x)h$$",
     r"$$f(x+h)\approx f(x)+\nabla f(x)^\top h+h^\top\nabla^2f(x)h$$"),
    # remainders
    ("", r"$$\frac{f(x+h)-f(x-h)}{2h} = f'(x)+\frac{h^2}{6}f'''(x)+O(h^4)$$",
     r"$$\frac{f(x+h)-f(x-h)}{2h} = f'(x)+\frac{h^2}{3}f'''(x)+O(h^4)$$"),
    ("# Roots\n\nLet $f(x) = x^2 - a$.\n\n# Differences\n\n", r"$$f(x+h)-f(x-h) = 2hf'(x)+\frac{h^3}{3}f'''(x)+O(h^5)$$",
     r"$$f(x+h)-f(x-h) = 2hf'(x)+\frac{h^3}{6}f'''(x)+O(h^5)$$"),
    ("", r"$$\frac{f(x+h)-2f(x)+f(x-h)}{h^2} = f''(x)+\frac{h^2}{12}f^{(4)}(x)+O(h^4)$$",
     r"$$\frac{f(x+h)-f(x)+f(x-h)}{h^2} = f''(x)+\frac{h^2}{12}f^{(4)}(x)+O(h^4)$$"),
    (DIFFERENCE, r"$$\frac{4D(h/2)-D(h)}{3} = f'(x)+O(h^4)$$", r"$$\frac{2D(h/2)-D(h)}{3} = f'(x)+O(h^4)$$"),
    ("", r"$$e^x \cos y = 1 + x + \frac12 (x^2 - y^2) + O(\|(x,y)\|^3)$$",
     r"$$e^x \cos y = 1 + x + \frac12 (x^2 + y^2) + O(\|(x,y)\|^3)$$"),
    (r"Let $f : \mathbb{R}^n \to \mathbb{R}$ be smooth. ", r"$$f(x+h) = f(x) + \nabla f(x)^\top h + O(\|h\|^2)$$",
     r"$$f(x+h) = f(x) - \nabla f(x)^\top h + O(\|h\|^2)$$"),
    ("", r"$$\ln x = (x-1) - \frac12(x-1)^2 + O((x-1)^3)$$", r"$$\ln x = (x-1) + \frac12(x-1)^2 + O((x-1)^3)$$"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "true", "false"), PAIRS, ids=[true[:50] for _, true, _ in PAIRS])
def test_an_expansion_is_told_from_a_false_one(before: str, true: str, false: str) -> None:
    right, wrong = last(before + true), last(before + false)
    assert right.outcome in RIGHT, right.detail
    assert wrong.outcome in WRONG, wrong.detail


SIGMOID = "# Functions\n\n$$\\sigma(x) = \\frac{1}{1+e^{-x}}$$\n\n# Later\n\n"
ELSEWHERE = [  # what stands before, a line about a function of another section, and a false one
    (SIGMOID, r"$$\sigma(x) = \frac12+\frac x4-\frac{x^3}{48}+O(x^5)$$",
     r"$$\sigma(x) = \frac12+\frac x4-\frac{x^3}{24}+O(x^5)$$"),
    (SIGMOID + r"$$\sigma(x) = \frac12+\frac x4+O(x^3)$$", r"$$\sigma(-x) = 1-\sigma(x)$$",
     r"$$\sigma(-x) = 1+\sigma(x)$$"),
    (SIGMOID + r"At this point $x = 1$, hence $\sigma(x) = \frac{x}{1+e^{-1}}$." + "\n\n# End\n\n",
     r"$$\sigma'(z) = \sigma(z)(1-\sigma(z))$$", r"$$\sigma'(z) = \sigma(z)(1+\sigma(z))$$"),
]


@pytest.mark.parametrize(("before", "true", "false"), ELSEWHERE, ids=[true[:50] for _, true, _ in ELSEWHERE])
def test_what_is_said_of_a_function_elsewhere_gives_it_no_new_formula(before: str, true: str, false: str) -> None:
    right, wrong = last(before + true), last(before + false)
    assert right.outcome in RIGHT, right.detail
    assert wrong.outcome not in RIGHT, wrong.detail


def test_the_detail_says_how_far_the_sides_agree() -> None:
    assert "degree 3 in x" in last(r"$$\sin x \approx x - \frac{x^3}{6}$$").detail
    assert "degree 1 in x - a" in last(r"$$f(x)\approx f(a)+f'(a)(x-a)$$").detail


OTHERS = [  # approximations that are no expansions at 0, and sums with dots that are no series: never called wrong
    r"For large $x$ we have $\sqrt{x^2+1} \approx x$ and $\sqrt{x^2+x} \approx x + \frac12$.",
    r"$$\sqrt{x^2+1} \approx x$$",
    r"$$(x+1)^2 \approx x^2 + 2x$$",
    r"$$(x+1)^2 \approx 2x + x^2$$",
    r"$$\ln(1+e^x) \approx x$$",
    r"$$n! \approx \sqrt{2\pi n}(n/e)^n$$",
    r"$$\log n! \approx n\log n - n$$",
    r"$$\sum_{k=1}^n \frac1k \approx \log n + \gamma$$",
    r"For a sample, $\bar X \approx N(\mu, \sigma^2/n)$ and $\hat\theta \approx \theta$.",
    r"$$\mathbb{E}[g(X)] \approx g(\mu) + \frac12 g''(\mu) \sigma^2$$",
    r"$$\operatorname{Var}(g(X)) \approx g'(\mu)^2 \sigma^2$$",
    r"$$\sinh x \approx \frac{e^x}{2}$$",
    r"$$\int_a^b f(x)\,dx \approx \frac{b-a}{2} (f(a) + f(b))$$",
    r"$$f'(x) \approx \frac{f(x+h) - f(x)}{h}$$",
    r"$$E(w)\approx E(w^*)+\tfrac12(w-w^*)^TA(w-w^*)$$",
    r"$$\sin x \approx 0.46 + 0.89 (x - 0.48)$$",
    r"$$y \approx \beta_0 + \beta_1 x$$",
    r"$$f(x) = c_0 + c_1 x + c_2 x^2 + \cdots$$",
    r"Let $a_0 = 1$, $a_1 = 2$ and $a_2 = 3$. $$x^2 = \frac{a_0}{2} + a_1 \cos x + a_2 \cos 2x + \cdots$$",
    r"$$P(A \cup B) = P(A) + P(B) - \cdots$$",
    r"The network is $f(x) = f^{(3)}(f^{(2)}(f^{(1)}(x)))$, and $f^{(2)}(x) = 3x + 1$.",
    r"$$x = x_0 + v t + \tfrac12 a t^2 + \cdots$$",
]  # fmt: skip


@pytest.mark.parametrize("text", OTHERS, ids=[text[:50] for text in OTHERS])
def test_what_is_no_expansion_is_not_called_wrong(text: str) -> None:
    assert [(one.left, one.right, one.detail) for one in read(text) if one.outcome in WRONG] == []


NEVER_PROVED = [  # the printed degree is too low to say anything, or the small name stands elsewhere, too
    r"$$f(x)\approx f(a)+f'(x)(x-a)$$",
    r"$$\sqrt{1+x} \approx x + \frac x2$$",
    r"$$\sin x \approx x + x^3 \sin x$$",
]


@pytest.mark.parametrize("text", NEVER_PROVED)
def test_what_says_nothing_is_not_proved(text: str) -> None:
    assert last(text).outcome not in RIGHT


MOMENTUM = r"Let $v_0 = 0$ and $v_{k+1} = \beta v_k + g_k$. "
BOTH = r"The momentum method is $v_{k+1} = \beta v_k + g_k$, $x_{k+1} = x_k - \eta v_{k+1}$. "
ROOT = r"The Babylonian method for $a > 0$ is $x_{n+1} = \frac12(x_n + \frac{a}{x_n})$. The error $e_n = x_n - \sqrt{a}$ obeys "
RECURSIONS = [  # what stands before, a true line about the members, and a false one
    (MOMENTUM, r"Unrolling gives $$v_{k+1} = \sum_{i=0}^k \beta^{k-i} g_i$$",
     r"Unrolling gives $$v_{k+1} = \sum_{i=0}^k \beta^{i} g_i$$"),
    (MOMENTUM, r"Unrolling gives $$v_{k} = \sum_{i=0}^{k-1} \beta^{k-1-i} g_i$$",
     r"Unrolling gives $$v_{k} = \sum_{i=0}^{k-1} \beta^{k-i} g_i$$"),
    (r"With $m_0 = 0$ and $m_t = \beta m_{t-1} + (1-\beta) g_t$ we get ", r"$$m_t = (1-\beta)\sum_{i=1}^t \beta^{t-i} g_i$$",
     r"$$m_t = \sum_{i=1}^t \beta^{t-i} g_i$$"),
    (r"The step $x_{k+1} = x_k - \eta a x_k$ gives ", r"$x_k = (1 - \eta a)^k x_0$.", r"$x_k = (1 + \eta a)^k x_0$."),
    (BOTH, r"Eliminating $v$, $$x_{k+1} = x_k - \eta g_k + \beta(x_k - x_{k-1})$$",
     r"Eliminating $v$, $$x_{k+1} = x_k - \eta g_k - \beta(x_k - x_{k-1})$$"),
    (r"Heron's recursion is $x_{k+1} = \frac12(x_k + \frac{c}{x_k})$. The error satisfies ",
     r"$$x_{k+1} - \sqrt c = \frac{(x_k - \sqrt c)^2}{2 x_k}$$", r"$$x_{k+1} - \sqrt c = \frac{(x_k - \sqrt c)^2}{x_k}$$"),
    (ROOT, r"$$e_{n+1} = \frac{e_n^2}{2 x_n}$$", r"$$e_{n+1} = \frac{e_n^2}{x_n}$$"),
    (r"From $x_0 = 1$ we go on with $x_{n+1} = \frac12(x_n + \frac{2}{x_n})$. The error $e_n = x_n - \sqrt{2}$ obeys ",
     r"$$e_{n+1} = \frac{e_n^2}{2x_n}$$", r"$$e_{n+1} = \frac{e_n^2}{x_n}$$"),
    (("(a) From $x_0 = 1$ the iteration is $x_{k+1} = x_k - \\frac{x_k^2 - 2}{2x_k}$.\n"
     "(b) Now the step is $x_{k+1} = x_k - x_k^2(1 - 1/x_k) = 2x_k - x_k^2$. Consequently\n"),
     r"$$1 - x_{k+1} = (1 - x_k)^2$$", r"$$1 - x_{k+1} = (1 - x_k)$$"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "true", "false"), RECURSIONS, ids=[true[:50] for _, true, _ in RECURSIONS])
def test_a_claim_about_members_is_told_from_a_false_one(before: str, true: str, false: str) -> None:
    right, wrong = last(before + true), last(before + false)
    assert right.outcome in RIGHT, right.detail
    assert wrong.outcome in WRONG, wrong.detail


RIVALS = [  # other methods, other examples, special cases: nothing is called wrong
    r"Descent is $x_{k+1} = x_k - \eta g_k$. Flipping the sign gives ascent, $x_{k+1} = x_k + \eta g_k$.",
    (r"Descent is $x_{k+1} = x_k - \eta a x_k$. Ascent is $x_{k+1} = x_k + \eta a x_k$. "
     r"The former gives $x_k = (1 - \eta a)^k x_0$, the latter $x_k = (1 + \eta a)^k x_0$."),
    MOMENTUM + r"If the gradient is constant, $g_k = g$, we get $v_k = \frac{1 - \beta^k}{1 - \beta} g$.",
    MOMENTUM + r"For $\beta = 1$ we get $v_k = \sum_{i=0}^{k-1} g_i$.",
    r"Let $a_{n+1} = 2a_n + 3$ with $a_0 = 1$. Another example is the sequence $a_n = 3^n$.",
    r"Let $a_{n+1} = 2a_n + 3$. Its homogeneous solutions are $a_n = c \, 2^n$.",
    r"With $x_{n+1} = g(x_n)$ and $g(x) = \cos x$ we start at $x_0 = 1$, so $x_1 = 0.5403$ and $x_2 = 0.8576$.",
    r"Let $s_{t+1} = s_t + a_t$. Nesterov's point is $y_t = s_t + \beta (s_t - s_{t-1})$. Then $s_{t+1} = y_t - \eta g_t$.",
]


@pytest.mark.parametrize("text", RIVALS, ids=[text[-50:] for text in RIVALS])
def test_another_recursion_is_no_mistake(text: str) -> None:
    assert [(one.left, one.right, one.detail) for one in read(text) if one.outcome in WRONG] == []


ELU = r"""We take $\alpha > 0$. Let $E(z)$ be $z$ for $z > 0$ and
$$E(z) = \alpha (e^z - 1), \qquad E'(z) = \alpha e^z = E(z) %s \alpha \qquad (z < 0)$$"""


def test_a_case_that_is_said_with_the_line_replaces_the_one_before_it() -> None:
    assert last(ELU % "+").outcome in RIGHT
    assert last(ELU % "-").outcome in WRONG


CURVE = r"The curve $x^2+xy+y^2=7$ passes through $(1,2)$. Differentiating, $2x+y+(x+2y)\,y'=0$, and so "
CIRCLE = r"From $x^2 + y^2 = 25$ we get "
SLOPES = [  # what stands before, a true slope, and a false one
    (CURVE, r"$$y' = -\frac{2x+y}{x+2y}$$", r"$$y' = -\frac{x+2y}{2x+y}$$"),
    (CURVE, r"$$y'\big|_{(1,2)} = -\frac45$$", r"$$y'\big|_{(1,2)} = -\frac54$$"),
    (CIRCLE, r"$\frac{dy}{dx} = -\frac{x}{y}$.", r"$\frac{dy}{dx} = \frac{x}{y}$."),
    (CIRCLE, r"$$y'' = -\frac{x^2+y^2}{y^3} = -\frac{25}{y^3}$$", r"$$y'' = -\frac{x^2+y^2}{y^3} = -\frac{25}{y^2}$$"),
]


@pytest.mark.parametrize(("before", "true", "false"), SLOPES, ids=[true for _, true, _ in SLOPES])
def test_a_slope_of_a_curve_is_told_from_a_false_one(before: str, true: str, false: str) -> None:
    right, wrong = last(before + true), last(before + false)
    assert right.outcome in RIGHT, right.detail
    assert wrong.outcome in WRONG, wrong.detail


NO_SLOPES = [  # equations for other curves, points that are asked for, letters with a formula
    r"Circles are $x^2 + y^2 = 25$. The differential equation $y' = \frac{x}{y}$ is another one.",
    r"Circles are $x^2 + y^2 = 25$. The orthogonal trajectories have $y' = \frac{y}{x}$.",
    r"On the circle $x^2 + y^2 = 25$ the tangent is horizontal where $y' = 0$, so $x = 0$.",
    r"On $x^2 + y^2 = 25$, at which points do we get $y' = 1$?",
    r"Look at $x^2 - y^2 = 1$. With $y = \sqrt{x^2-1}$ we get $y' = \frac{x}{\sqrt{x^2-1}}$.",
    r"$x^2 + y^2 = 25$ is a circle. For $y = x^x$ we have $\log y = x \log x$, hence $y' = x^x (\log x + 1)$.",
    r"Solve $x^2 = 2y$, and then $y' = -2y$ with $y(0) = 1$.",
]


@pytest.mark.parametrize("text", NO_SLOPES, ids=[text[:50] for text in NO_SLOPES])
def test_another_curve_is_no_mistake(text: str) -> None:
    assert [(one.left, one.right, one.detail) for one in read(text) if one.outcome in WRONG] == []


POWERS = r"Let $I_n = \int_0^{\pi/2} \sin^n x \, dx$. Then "


def test_a_reduction_formula_is_told_from_a_false_one() -> None:
    assert last(POWERS + r"$I_n = \frac{n-1}{n} I_{n-2}$.").outcome in RIGHT
    assert last(POWERS + r"$I_n = \frac{n}{n-1} I_{n-2}$.").outcome in WRONG


IMPROPER = [  # integrals that have a value for some signs only: false ones, and true ones that are not called wrong
    (r"$$\int_0^\infty x^2\lambda e^{-\lambda x}\,dx = \frac{%s}{\lambda^2}$$", "2", "1"),
    (r"$$\int_0^\infty e^{-a x}\,dx = \frac{%s}{a}$$", "1", "2"),
    (r"$$\int_0^\infty x e^{-b x^2}\,dx = \frac{1}{%s}$$", "2b", "b"),
]


@pytest.mark.parametrize(("claim", "true", "false"), IMPROPER)
def test_an_improper_integral_is_compared_where_it_has_a_value(claim: str, true: str, false: str) -> None:
    assert last(claim % true).outcome in RIGHT
    assert last(claim % false).outcome in WRONG
