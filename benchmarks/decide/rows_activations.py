"""Activations and losses, most from the documents of the catalog."""

from __future__ import annotations

from sympy import (
    Abs,
    Expr,
    Heaviside,
    Max,
    Min,
    Piecewise,
    Rational,
    cosh,
    diff,
    erf,
    exp,
    log,
    pi,
    sign,
    sinh,
    sqrt,
    tanh,  # fmt: skip
)
from sympy import Derivative as D

from benchmarks.decide.model import table
from benchmarks.decide.symbols import beta, p, q, t, x, y, z


def sg(v: Expr) -> Expr:
    """The logistic sigmoid, written out."""
    return 1/(1 + exp(-v))


def sp(v: Expr) -> Expr:
    """Softplus."""
    return log(1 + exp(v))


ROWS = table("activations", "act", [
    ("magyar-009; oh-077", lambda: (D(sg(z), z), sg(z)*(1 - sg(z)))),
    ("magyar-011", lambda: (sg(z), exp(z)/(1 + exp(z)))),
    ("magyar-008", lambda: (sg(-z), 1 - sg(z))),
    ("magyar-012", lambda: (exp(-z)/(1 + exp(-z))**2, sg(z)*(1 - sg(z)))),
    ("magyar-012, second derivative", lambda: (D(sg(z), (z, 2)), sg(z)*(1 - sg(z))*(1 - 2*sg(z)))),
    ("nogga-157", lambda: (sg(z), (1 + tanh(z/2))/2)),
    ("nogga-133", lambda: (tanh(z), 2*sg(2*z) - 1)),
    ("magyar-012", lambda: (sg(z)*(1 - sg(z)), 1/(4*cosh(z/2)**2))),
    ("magyar-024", lambda: (D(tanh(z), z), 1 - tanh(z)**2)),
    ("magyar-024", lambda: (D(tanh(z), (z, 2)), -2*tanh(z)*(1 - tanh(z)**2))),
    ("magyar-025", lambda: (sp(z) - sp(-z), z)),
    ("magyar-026", lambda: (D(sp(z), z), sg(z))),
    ("magyar-025, stable form", lambda: (sp(z), Max(z, 0) + log(1 + exp(-Abs(z))))),
    ("magyar-025", lambda: (-log(sg(z)), sp(-z))),
    ("magyar-025, with sharpness", lambda: (D(log(1 + exp(p*z))/p, z), sg(p*z))),
    ("magyar-020, SiLU", lambda: (z*sg(z) + z*sg(-z), z)),
    ("magyar-021", lambda: (D(z*sg(z), z), sg(z) + z*sg(z)*(1 - sg(z)))),
    ("magyar-021", lambda: (D(z*sg(z), z), sg(z)*(1 + z*(1 - sg(z))))),
    ("magyar-021, with sharpness", lambda: (D(z*sg(p*z), z), sg(p*z) + p*z*sg(p*z)*(1 - sg(p*z)))),
    ("magyar-029, Mish", lambda: (D(z*tanh(sp(z)), z), tanh(sp(z)) + z*(1 - tanh(sp(z))**2)*sg(z))),
    ("magyar-029, Mish without tanh", lambda: (tanh(sp(z)), ((1 + exp(z))**2 - 1)/((1 + exp(z))**2 + 1))),
    ("magyar-033, squareplus", lambda: (D((z + sqrt(z**2 + p))/2, z), (1 + z/sqrt(z**2 + p))/2)),
    ("magyar-033, squareplus", lambda: ((z + sqrt(z**2 + p))/2*(-z + sqrt(z**2 + p))/2, p/4)),
    ("Hendrycks and Gimpel 2016, GELU", lambda: (
        D(z*(1 + erf(z/sqrt(2)))/2, z), (1 + erf(z/sqrt(2)))/2 + z*exp(-z**2/2)/sqrt(2*pi))),
    ("magyar-013", lambda: (Max(0, z), (z + Abs(z))/2)),
    ("magyar-014", lambda: (D(Max(0, z), z), Piecewise((1, z > 0), (0, True)), z**2 > 0)),
    ("magyar-013, idempotent", lambda: (Max(0, Max(0, z) - Max(0, -z)), Max(0, z))),
    ("magyar-016, leaky ReLU", lambda: (Max(0, z) + p*Min(0, z), Max(z, p*z), p < 1)),
    ("magyar-017", lambda: (D(Piecewise((z, z > 0), (beta*z, True)), z), Piecewise((1, z > 0), (beta, True)), z**2 > 0)),
    ("magyar-022, ELU", lambda: (Piecewise((z, z > 0), (exp(z) - 1, True)), Max(z, 0) + exp(Min(z, 0)) - 1)),
    ("magyar-023", lambda: (
        D(Piecewise((z, z > 0), (p*(exp(z) - 1), True)), z), Piecewise((1, z > 0), (p*exp(z), True)), z**2 > 0)),
    ("softsign, PyTorch documentation", lambda: (D(z/(1 + Abs(z)), z), 1/(1 + Abs(z))**2, z**2 > 0)),
    ("hard sigmoid, PyTorch documentation", lambda: (Max(0, Min(1, z/6 + Rational(1, 2))), Min(Max(0, z + 3), 6)/6)),
    ("hard tanh, PyTorch documentation", lambda: (Max(-1, Min(1, z)), Max(z, -1) - Max(z, 1) + 1)),
    ("log-sigmoid, PyTorch documentation", lambda: (D(log(sg(z)), z), 1 - sg(z))),
    ("logit; magyar-008", lambda: (log(sg(z)/(1 - sg(z))), z)),
    ("logit; magyar-008", lambda: (sg(log(p/(1 - p))), p, p < 1)),
    ("magyar-055, squared error", lambda: (D((y - z)**2/2, z), z - y)),
    ("nogga-148", lambda: (D((sg(z) - y)**2, z), 2*(sg(z) - y)*sg(z)*(1 - sg(z)))),
    ("binary cross-entropy; Goodfellow et al. 6.2.2.2", lambda: (D(-y*log(sg(z)) - (1 - y)*log(1 - sg(z)), z), sg(z) - y)),
    ("Goodfellow et al. 6.2.2.2, from logits", lambda: (-y*log(sg(z)) - (1 - y)*log(1 - sg(z)), sp(z) - y*z)),
    ("TensorFlow documentation, sigmoid_cross_entropy_with_logits", lambda: (
        sp(z) - y*z, Max(z, 0) - y*z + log(1 + exp(-Abs(z))))),
    ("Hastie et al., ESL 10.5", lambda: (D(log(1 + exp(-y*z)), z), -y*sg(-y*z))),
    ("Hastie et al., ESL 10.5", lambda: (D(log(1 + exp(-y*z)), (z, 2)), y**2*sg(y*z)*sg(-y*z))),
    ("Goodfellow et al. 6.2.2.2", lambda: (D(-y*log(p) - (1 - y)*log(1 - p), p), (p - y)/(p*(1 - p)), p < 1)),
    ("focal loss, Lin et al. 2017", lambda: (
        D(-(1 - p)**2*log(p), p), 2*(1 - p)*log(p) - (1 - p)**2/p, p < 1)),
    ("oh-085, hinge loss", lambda: (D(Max(0, 1 - y*z), z), Piecewise((-y, y*z < 1), (0, True)), (y*z - 1)**2 > 0)),
    ("Hastie et al., ESL 12.3", lambda: (D(Max(0, 1 - y*z)**2, z), -2*y*Max(0, 1 - y*z))),
    ("Huber 1964", lambda: (
        D(Piecewise((z**2/2, Abs(z) <= p), (p*(Abs(z) - p/2), True)), z), Max(-p, Min(p, z)))),
    ("pseudo-Huber; Hartley and Zisserman A6.8", lambda: (D(p**2*(sqrt(1 + (z/p)**2) - 1), z), z/sqrt(1 + (z/p)**2))),
    ("Keras documentation, log_cosh", lambda: (D(log(cosh(z)), z), tanh(z))),
    ("Keras documentation, log_cosh", lambda: (log(cosh(z)), Abs(z) + log(1 + exp(-2*Abs(z))) - log(2))),
    ("nogga-059, absolute error", lambda: (D(Abs(y - z), z), -sign(y - z), (y - z)**2 > 0)),
    ("nogga-054, Gaussian negative log-likelihood", lambda: (
        D(log(q) + (y - z)**2/(2*q**2), q), 1/q - (y - z)**2/q**3)),
    ("PyTorch documentation, PoissonNLLLoss", lambda: (D(exp(z) - y*z, z), exp(z) - y)),
    ("magyar-109, L2 penalty", lambda: (D((y - t*x)**2/2 + p*t**2/2, t), (t*x - y)*x + p*t)),
    ("magyar-104, L1 penalty", lambda: (D(p*Abs(t), t), p*sign(t), t**2 > 0)),
    ("magyar-005", lambda: (D(Max(z, 0)**2/2, z), z*Heaviside(z))),
    ("magyar-020", lambda: (z*sg(z) - z/2, z*sinh(z/2)/(2*cosh(z/2)))),
    ("magyar-021", lambda: (diff(z*sg(z), z), D(z - z*sg(-z), z))),
])  # fmt: skip
