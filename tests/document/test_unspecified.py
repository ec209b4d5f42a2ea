# ruff: noqa: E501  (a row is a text)
r"""Functions that are not specified: chain rules, other coordinates, implicit functions, and what only looks like them."""

from __future__ import annotations

import pytest

from tests.document.lines import RIGHT, WRONG, assert_told_apart, own_line, read

CURVE = r"Let $x$ and $y$ be functions of $t$, and $f(x, y)$ a smooth function. Then"
PATH = r"Let $z = f(x, y)$ be differentiable with $x = x(t)$ and $y = y(t)$. Then"
POLAR = r"The chain rule for $f(x, y)$ in polar coordinates $x = r\cos\theta$, $y = r\sin\theta$ gives"
ALONG = r"We put $\varphi(t) = f(a+th, b+tk)$ for a smooth $f(x, y)$ and get"
IMPLICIT = r"The equation $F(x, y) = 0$ defines $y$ implicitly as a function of $x$. Then"
WAVE = r"Put $w(x,t) = p(x-ct) + q(x+ct)$ with any smooth $p$ and $q$. We have $w_t = -c p'(x-ct) + c q'(x+ct)$. Then"
OTHERS = r"Let $f(x, y)$ be smooth, $x = s^2 - t^2$ and $y = 2st$. Then"
LINES = [
    (CURVE, r"\frac{d}{dt} f(x(t),y(t)) = f_x(x,y)\,x'(t) + f_y(x,y)\,y'(t)", r"\frac{d}{dt} f(x(t),y(t)) = f_x(x,y)\,x'(t) + f_y(x,y)\,y(t)"),
    (PATH, r"\dot z = f_x \dot x + f_y \dot y", r"\dot z = f_x \dot x - f_y \dot y"),
    (PATH, r"\frac{dz}{dt} = z_x x' + z_y y'", r"\frac{dz}{dt} = z_x y' + z_y x'"),
    (PATH, r"\ddot z = f_{xx}\dot x^2 + 2f_{xy}\dot x\dot y + f_{yy}\dot y^2 + f_x\ddot x + f_y\ddot y",
     r"\ddot z = f_{xx}\dot x^2 + f_{xy}\dot x\dot y + f_{yy}\dot y^2 + f_x\ddot x + f_y\ddot y"),
    (POLAR, r"f_r = f_x\cos\theta + f_y\sin\theta", r"f_r = f_x\cos\theta - f_y\sin\theta"),
    (POLAR, r"f_\theta = -f_x\,r\sin\theta + f_y\,r\cos\theta", r"f_\theta = -f_x\,r\sin\theta + f_y\cos\theta"),
    (POLAR, r"f_r^2 + \frac{1}{r^2} f_\theta^2 = f_x^2 + f_y^2", r"f_r^2 + \frac{1}{r} f_\theta^2 = f_x^2 + f_y^2"),
    (POLAR, r"f_{xx} + f_{yy} = f_{rr} + \frac{1}{r} f_r + \frac{1}{r^2} f_{\theta\theta}",
     r"f_{xx} + f_{yy} = f_{rr} + \frac{2}{r} f_r + \frac{1}{r^2} f_{\theta\theta}"),
    (POLAR, r"\frac{\partial f}{\partial r} = \frac{\partial f}{\partial x}\cos\theta + \frac{\partial f}{\partial y}\sin\theta",
     r"\frac{\partial f}{\partial r} = \frac{\partial f}{\partial x}\cos\theta + \frac{\partial f}{\partial y}\cos\theta"),
    (POLAR.replace("theta", "varphi"), r"\frac{\partial f}{\partial\varphi} = -r f_x\sin\varphi + r f_y\cos\varphi", r"\frac{\partial f}{\partial\varphi} = -r f_x\sin\varphi - r f_y\cos\varphi"),
    (ALONG, r"\varphi'(t) = h f_x + k f_y", r"\varphi'(t) = h f_x + h f_y"),
    (ALONG, r"\varphi''(t) = h^2 f_{xx} + 2hk f_{xy} + k^2 f_{yy}", r"\varphi''(t) = h^2 f_{xx} + hk f_{xy} + k^2 f_{yy}"),
    (ALONG, r"\varphi'(0) = h f_x(a, b) + k f_y(a, b)", r"\varphi'(0) = h f_x(a, b) - k f_y(a, b)"),
    (IMPLICIT, r"\frac{dy}{dx} = -\frac{F_x}{F_y}", r"\frac{dy}{dx} = -\frac{F_y}{F_x}"),
    (IMPLICIT, r"\frac{dy}{dx} = -\frac{\partial F/\partial x}{\partial F/\partial y}",
     r"\frac{dy}{dx} = \frac{\partial F/\partial x}{\partial F/\partial y}"),
    (IMPLICIT, r"F_x + F_y\,y' = 0", r"F_x - F_y\,y' = 0"),
    (IMPLICIT, r"y'' = -\frac{F_{xx}F_y^2 - 2F_{xy}F_xF_y + F_{yy}F_x^2}{F_y^3}", r"y'' = -\frac{F_{xx}F_y^2 - F_{xy}F_xF_y + F_{yy}F_x^2}{F_y^3}"),
    (r"Let $F(x, y(x)) = 0$ for all $x$. Differentiating this gives", r"y' = -\frac{F_x}{F_y}", r"y' = \frac{F_x}{F_y}"),
    (r"The equation $F(x, y, z) = 0$ gives $z$ as a function. By the chain rule", r"z_x = -\frac{F_x}{F_z}", r"z_x = -\frac{F_z}{F_x}"),
    (WAVE, r"w_{tt} = c^2p''(x-ct) + c^2q''(x+ct)", r"w_{tt} = c^2p''(x-ct) + c^2q'(x+ct)"),
    (WAVE, r"w_{tt} = c^2w_{xx}", r"w_{tt} = c w_{xx}"),
    (OTHERS, r"f_s = 2s f_x + 2t f_y", r"f_s = 2s f_x - 2t f_y"),
    (OTHERS, r"f_{ss} + f_{tt} = 4(s^2+t^2)(f_{xx} + f_{yy})", r"f_{ss} + f_{tt} = 2(s^2+t^2)(f_{xx} + f_{yy})"),
    (r"With $\xi = x + ct$ and $\eta = x - ct$ let $u(\xi, \eta)$ be any smooth function. Then", r"u_t = c(u_\xi - u_\eta)", r"u_t = c(u_\xi + u_\eta)"),
    (r"Let $u = u(r)$ be smooth with $r = \sqrt{x^2 + y^2}$. Then", r"u_{xx} + u_{yy} = u''(r) + \frac{1}{r} u'(r)", r"u_{xx} + u_{yy} = u''(r) + \frac{2}{r} u'(r)"),
]


@pytest.mark.parametrize(("before", "line", "slip"), LINES)
def test_derivatives_of_any_functions(before: str, line: str, slip: str) -> None:
    assert_told_apart(before, line, slip)


ONLY_TRUE = [
    (r"Suppose $z = f(x,y)$, $x = x(u,v)$, $y = y(u,v)$ are differentiable. Then", r"z_v = f_x x_v + f_y y_v", r"z_v = f_x x_v + f_y y_u"),
    (r"For a differentiable function $f(x,y)$ the total differential is", r"df = f_x\,dx + f_y\,dy", r"df = f_x\,dx - f_y\,dy"),
    (r"Let $u = f(x+y, x-y)$. The chain rule, with $f(s, t)$, gives", r"u_x u_y = f_s^2 - f_t^2", r"u_x u_y = f_s^2 + f_t^2"),
    (r"Let $w = f(x,y,z)$ be differentiable with $z = g(x,y)$. Then", r"\frac{\partial w}{\partial x} = f_x + f_z g_x", r"\frac{\partial w}{\partial x} = f_x - f_z g_x"),
    (r"Let $z = f(x,y)$ be differentiable and $y = \phi(x)$. Then", r"\frac{dz}{dx} = f_x + f_y \phi'(x)", r"\frac{dz}{dx} = f_x - f_y \phi'(x)"),
    (r"Let $z = f(x,y)$ and $y = \phi(x)$. Then", r"\frac{dz}{dx} = \frac{\partial z}{\partial x} + \frac{\partial z}{\partial y}\frac{dy}{dx}",
     r"\frac{dz}{dx} = \frac{\partial z}{\partial x} - \frac{\partial z}{\partial y}\frac{dy}{dx}"),
    (r"Let $\rho(x,t)$ be smooth. Along $x(t)$ we have", r"\frac{d\rho}{dt} = \rho_t + \rho_x \frac{dx}{dt}", r"\frac{d\rho}{dt} = \rho_t - \rho_x \frac{dx}{dt}"),
]


@pytest.mark.parametrize(("before", "line", "slip"), ONLY_TRUE)
def test_lines_that_hold_for_all_functions(before: str, line: str, slip: str) -> None:
    assert [one.outcome in RIGHT for one in own_line(before, line)] == [True]
    assert not any(one.outcome in RIGHT and one.role == "claim" for one in own_line(before, slip))


NO_CLAIMS = [
    r"In polar coordinates $x = r\cos\theta$, $y = r\sin\theta$ the components of a vector field $F(x,y)$ satisfy $$F_\theta = -F_x\sin\theta + F_y\cos\theta$$",
    r"A velocity has components $v_x$, $v_y$. With $x = r\cos\theta$, $y = r\sin\theta$ $$v_\theta = -v_x\sin\theta + v_y\cos\theta$$",
    r"Let $u(x,t)$ be smooth. The heat equation is $$u_t = k u_{xx}.$$ Burgers has $$u_t + u u_x = 0.$$",
    r"The partial derivatives of a symmetric $f(x,y)$ satisfy $$f_x(x,y) = f_y(y,x), \qquad f_x(x, x) = f_y(x, x).$$",
    r"Let $u(x,y)$, $v(x,y)$ be smooth with $$u_x = v_y, \qquad u_y = -v_x.$$",
    r"Euler's theorem says for the partial derivatives of a homogeneous $f(x,y)$ that $$x f_x + y f_y = n f.$$",
    r"The flow of $f(x,y)$ has $x'(t) = -f_x(x,y)$, $y'(t) = -f_y(x,y)$. The chain rule gives $$\frac{d}{dt} f(x(t),y(t)) = -f_x(x,y)^2 - f_y(x,y)^2$$",
    r"Let $H(q,p)$ be smooth with $\dot q = H_p$, $\dot p = -H_q$ for $q(t)$, $p(t)$. $$\frac{d}{dt} H(q(t),p(t)) = H_q \dot q + H_p \dot p = 0$$",
    r"Along the level curve $F(x,y) = 0$ the slope is $y' = -\frac{F_x}{F_y}$. The orthogonal trajectories have $$y' = \frac{F_y}{F_x}$$",
    r"Let $f(x,y)$ be radial with partial derivatives, and $x = r\cos\theta$, $y = r\sin\theta$. $$f_\theta = 0, \qquad f_{xx} + f_{yy} = f_{rr} + \frac{1}{r} f_r$$",
    r"Let $y = y(x)$ solve the differential equation $y' = f(x, y)$ with smooth $f$. The chain rule gives $$y'' = f_x + f_y y' = f_x + f f_y$$",
    r"The errors follow from partial derivatives of $f(x,y)$, $$\sigma_f^2 = f_x^2 \sigma_x^2 + f_y^2 \sigma_y^2$$",
    r"The joint density is $f(x,y)$ with marginals $f_x$, $f_y$. If they are independent, then $$f(x,y) = f_x(x) f_y(y)$$",
    r"The function $g(s) = f(a + su, b + sv)$ of a smooth $f(x,y)$ is stationary: $$g'(s) = u f_x + v f_y = 0.$$ For $v = 0$ and $u = 1$ $$g'(s) = f_x.$$",
    r"Particles have $\frac{dx}{dt} = u$, and $\rho(x,t)$ is smooth. Along $x(t)$ the chain rule gives $$\frac{d\rho}{dt} = \rho_t + u \rho_x$$",
]


@pytest.mark.parametrize("text", NO_CLAIMS)
def test_what_is_no_claim_about_all_functions(text: str) -> None:
    assert not [one for one in read(text + "\n") if one.outcome in WRONG]
