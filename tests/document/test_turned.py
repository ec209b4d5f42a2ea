r"""Equations that are turned round, and slopes of inverse functions: `p = \sigma(z)`, `z = \log\frac{p}{1-p}`, `dz/dp`."""

from __future__ import annotations

import pytest

from tests.document.lines import RIGHT, WRONG, own_line, read

SIGMOID = r"Let $\sigma(z) = 1/(1+e^{-z})$ and $p = \sigma(z)$."
VALUED = r"""# Sigmoid

Let $\sigma(z) = 1/(1+e^{-z})$. Here $p = \sigma(z)$.

# Losses

For $t=-1$ the slope is $\sigma(z)=p$. Let $\ell = \frac12(p-y)^2$ and $p = \sigma(z)$."""
TURNED = [
    (SIGMOID, r"z = \log\frac{p}{1-p}", r"z = \log\frac{p}{1+p}"),
    (SIGMOID, r"\frac{dz}{dp} = \frac{1}{p(1-p)}", r"\frac{dz}{dp} = \frac{1}{p(1+p)}"),
    (r"Substitute $u = 2x + 1$.", r"x = \frac{u-1}{2}", r"x = \frac{u+1}{2}"),
    (r"Substitute $u = 2x + 1$.", r"\frac{dx}{du} = \frac12", r"\frac{dx}{du} = 2"),
    (r"With $p = e^{-t}$,", r"dt/dp = -1/p", r"dt/dp = 1/p"),
    (r"The log odds are $z = \log\frac{p}{1-p}$.", r"\frac{dp}{dz} = p(1-p)", r"\frac{dp}{dz} = p(1+p)"),
    (VALUED, r"\partial\ell/\partial z = (p-y)\,p(1-p)", r"\partial\ell/\partial z = (p-y)\,p(1+p)"),
]


@pytest.mark.parametrize(("before", "line", "slip"), TURNED)
def test_turned_round(before: str, line: str, slip: str) -> None:
    assert [one.outcome in RIGHT and one.role == "claim" for one in own_line(before, line)] == [True]
    assert not any(one.outcome in RIGHT and one.role == "claim" for one in own_line(before, slip))


@pytest.mark.parametrize("text", [
    r"The gradient is $g = 2w$, and the rule $w = w - \eta g$. A fixed point has $w = g$, so that $w = 0.5 g$.",
    r"""Let $r = \sqrt{x^2+y^2}$ with $\frac{\partial r}{\partial x} = \frac{x}{r}$. In polar coordinates $x = r\cos\varphi$ and
    $y = r\sin\varphi$, so $\frac{\partial x}{\partial r} = \cos\varphi$.""",
    r"Let $y = x^2$. The roots are $x = \sqrt{y}$ and $x = -\sqrt{y}$. Then $\frac{dx}{dy} = \frac{1}{2x}$.",
    r"Let $V = RI$ with $R = 2$. Then $\frac{dI}{dV} = \frac1R$ and $\frac{\partial V}{\partial I} = R$.",
    "# A\n\nLet $\\alpha(t) = t^2$ and $m = 4$.\n\n# B\n\nFor a constant rate $\\alpha(t) = m$. Then $\\alpha'(t) = 0$.",
])  # fmt: skip
def test_nothing_is_called_wrong(text: str) -> None:
    assert not [one for one in read(text + "\n") if one.outcome in WRONG]
