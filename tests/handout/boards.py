"""Derivations that the tests of handouts print: a chain, definitions, an erratum, odd characters."""

# ruff: noqa: ANN001, ANN201
# mypy: ignore-errors
from calcds.notation import *

n = Dim("n")


def loss(u):
    """A helper of the file."""
    return u**2 / 2


@derivation(
    "The gradient of a quadratic form",
    source=sadiku("Gradients of Quadratic Functions"),
    statements=["sadiku-105"],
)
def form(x: Vector[n], A: Matrix[n, n]):
    """A need not be symmetric; when it is, the answer is 2 A x."""
    yield grad(x.T * A * x, x)
    yield A * x + A.T * x, "product rule: $x$ occurs twice"
    yield (A + A.T) * x, "collect $x$"


@derivation("100% of {braces} & #1_a: α ≤ β \\ ~ ^ <tag>")
def odd_characters(z: Real, beta: Positive):
    """Costs $5: 50% & more; é, ß, ł."""
    s = 1 / (1 + exp(-beta * z))
    yield diff(s, z)
    yield beta * s * (1 - s), "100% & #1 {sure}"
    yield start(loss(z) + z)
    yield z * (z / 2 + 1), "take out $z$"


@erratum(
    "The factor 2",
    source=sadiku("Gradients of Quadratic Functions"),
    statements=["sadiku-106"],
    corrected="symmetric",
)
def without_the_factor(x: Vector[n], A: Symmetric[n]):
    yield grad(x.T * A * x, x)
    yield A * x, "as printed"


@derivation("A symmetric matrix")
def symmetric(x: Vector[n], A: Symmetric[n]):
    yield grad(x.T * A * x, x)
    yield A * x + A.T * x, "product rule"
    yield 2 * A * x, "$A$ is symmetric"
