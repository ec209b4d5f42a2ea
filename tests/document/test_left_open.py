"""What a text leaves open is not called wrong; what it says is."""

from __future__ import annotations

from pathlib import Path

import pytest

from calcds.document.checking import findings
from calcds.document.source.extract import cut
from calcds.document.words.scope import Scope
from calcds.expr.kinds import Real
from calcds.notation import cos, sin

ROWS = [
    (r"There are $\binom{52}{5} = 2\,598\,960$ hands.", "proved"),
    (r"There are $\binom{52}{5} = 2\,598\,950$ hands.", "refuted"),
    ((r"Here $j$ is the imaginary unit." "\n\n" r"$$e^{j\theta} = \cos\theta + j\sin\theta$$"), "proved"),
    ((r"Here $j$ is the imaginary unit." "\n\n" r"$$e^{j\theta} = \cos\theta - j\sin\theta$$"), "refuted"),
    (r"For $y = x * h$ we get $y[0] = 1$.", "undecided"),
    (r"Let $n = 2m$ be even. Show that $\lceil\frac{n+1}{2}\rceil = m+1$.", "undecided"),
    (r"Then $(-1)^k = -1$ for odd $k$.", "undecided"),
    (("In the plane let $k(\\mathbf x, \\mathbf z) = (\\mathbf x^T \\mathbf z)^2$. Then\n\n"
     "$$k(\\mathbf x, \\mathbf z) = (x_1 z_1 + x_2 z_2)^2$$"), "undecided"),
    (r"$$\frac{\partial (a^T x)}{\partial x} = a$$", "proved"),
    (r"$$\frac{\partial (a^T x)}{\partial x} = 2a$$", "refuted"),
    (("If $X \\sim \\mathrm{Bernoulli}(p)$ then $E[X] = p$.\n\nIf $X \\sim \\mathrm{Bin}(n, p)$ then more is known. "
     "For $n = 10$ and $p = 0.3$ this gives $E[X] = 3$."), "not refuted"),
    (("Let $P_\\pi$ be the matrix of a policy. Then $v_\\pi = \\rho_\\pi + \\gamma P_\\pi v_\\pi$, which we solve as "
     "$v_\\pi = (I - \\gamma P_\\pi)^{-1} \\rho_\\pi$."), "not refuted"),
    (("Take $K$ numbers $\\theta_1, \\dots, \\theta_K$ and $q_a = \\frac{e^{\\theta_a}}{\\sum_{b=1}^K e^{\\theta_b}}$.\n\n"
     "So $\\sum_{a=1}^K q_a (\\delta_{ac} - q_c) = q_c - q_c$."), "not refuted"),
    (("For one-hot $y_t \\in \\mathbb{R}^K$ and $o_t \\in \\mathbb{R}^K$ let $p_t = \\operatorname{softmax}(o_t + c)$ with "
     "$c \\in \\mathbb{R}^K$, $\\ell_t = -y_t^T \\log p_t$ and $L = \\sum_{t=1}^T \\ell_t$.\n\n"
     "$$\\nabla_c L = \\sum_{t=1}^T (p_t - y_t)$$"), "not refuted"),
    (("Let $\\beta \\in \\mathbb{R}^p$, $r_i(\\beta) = y_i - g(t_i, \\beta)$ and "
      "$S(\\beta) = \\sum_{i=1}^m r_i(\\beta)^2$. Let $J$ be the $m \\times p$ matrix "
      "with $J_{ij} = \\frac{\\partial g(t_i, \\beta)}{\\partial \\beta_j}$.\n\n"
      "$$\\nabla^2 S(\\beta) = 2 J^T J + 2 \\sum_{i=1}^m r_i \\nabla^2 r_i$$"), "not refuted"),
    (r"We have $r = \underbrace{\sin^2 a}_{=0} + \cos a = \cos a$.", "not refuted"),
    (r"We have $r = \underbrace{\sin^2 a}_{\text{small}} + \cos a = \cos a$.", "refuted"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), ROWS)
def test_what_is_left_open(text: str, expected: str) -> None:
    outcomes = [f.outcome.value for f in findings(cut(Path("notes.md"), text + "\n"))]
    if expected in {"refuted", "proved"}:
        assert expected in outcomes
    if expected != "refuted":
        assert "refuted" not in outcomes
    assert expected != "undecided" or "proved" not in [
        f.outcome.value for f in findings(cut(Path("notes.md"), text + "\n")) if f.role == "claim"
    ]


def test_coordinates_that_are_changed_both_ways_are_put_in_one_way() -> None:
    x, y, r, phi = (Real.symbol(name) for name in ("x", "y", "r", "phi"))
    scope = Scope()
    for section, key, body in ((1, "r", x**2 + y**2), (2, "x", r * cos(phi)), (2, "y", r * sin(phi))):
        scope.section, scope.old = section, False
        scope.define(key, body)
    scope.old = True
    assert set(scope.table()) == {x, y}
    assert scope.expand(x + r).free == {r, phi}
