"""Lines against the network: agreement is measured, a difference refutes, what cannot be compared says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from calcds.decide.verdict import Outcome
from calcds.derivation.loader import read
from calcds.verify.numbers import TOLERANCE, compare
from calcds.verify.result import Comparison

HEAD = """from calcds.notation import *
k, h = map(Dim, "kh")
sigma, dsigma = entrywise("sigma", lambda u: 1/(1 + exp(-u)))

@derivation("T")
def it(W: Matrix[k, h], Z: Vector[h], d: Vector[k], s: Real):
    yield start({left}, network=Network({network}))
    yield {right}, "r"
"""
TRUE = "hadamard(W.T*d, dsigma(Z))"
BOUND = "'dense.pullback', z='Z', delta='d'"


def compared(tmp_path: Path, left: str, right: str, network: str = BOUND) -> Comparison:
    file = tmp_path / "a.py"
    file.write_text(HEAD.format(left=left, right=right, network=network))
    (derivation,) = read(file)
    (claim,) = derivation.claims
    assert claim.kind == "equal", claim.line.fault
    assert claim.network is not None
    return compare(claim, derivation, claim.network)


def test_a_true_line_agrees_with_the_network(tmp_path: Path) -> None:
    found = compared(tmp_path, "pullback(d, W*sigma(Z), Z)", TRUE)
    assert (found.outcome, found.fault) == (None, "")
    assert found.points >= 5
    assert 0 <= found.max_error < TOLERANCE


def test_an_input_may_be_bound_to_an_expression(tmp_path: Path) -> None:
    found = compared(tmp_path, "W*Z", "1*W*Z", "'dense.forward', a=Vector[h].symbol('Z'), b=zeros(k)")
    assert found.outcome is None


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (TRUE, "hadamard(W.T*d, sigma(Z))"),
        ("-" + TRUE, "-" + TRUE),
        (f"2*{TRUE}", TRUE),
    ],
)
def test_a_false_line_is_refuted_by_the_network(tmp_path: Path, left: str, right: str) -> None:
    found = compared(tmp_path, left, right)
    assert found.outcome is Outcome.REFUTED
    assert found.max_error > TOLERANCE
    assert "the network disagrees: dense.pullback is" in found.fault


@pytest.mark.parametrize(
    ("side", "network", "sentence"),
    [
        (TRUE, "'dense.pulback', z='Z'", "Did you mean"),
        (TRUE, "'dense.pullback', z='Z'", "needs delta"),
        (TRUE, "'dense.pullback', z='Q', delta='d'", "bound to Q, which is no variable here"),
        (TRUE, "'dense.pullback', z='d', delta='d'", "must be"),
        (TRUE, "'dense.pullback', z='Z', delta='d', bias='d'", "no input bias"),
        ("d", BOUND, "is 3 x 1, but dense.pullback of the network is 2 x 1"),
    ],
)
def test_a_line_that_cannot_be_compared_is_malformed(
    tmp_path: Path, side: str, network: str, sentence: str
) -> None:
    found = compared(tmp_path, side, f"1*{side}", network)
    assert found.outcome is Outcome.MALFORMED
    assert sentence in found.fault


def test_a_line_without_a_value_is_not_said_to_agree(tmp_path: Path) -> None:
    undefined = f"{TRUE}*log(-s**2)**Rational(1, 2)"
    found = compared(tmp_path, undefined, undefined)
    assert found.outcome is Outcome.UNDECIDED
    assert "could not be compared with dense.pullback" in found.fault
