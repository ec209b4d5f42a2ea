"""`calcds gradient`: what is printed, and what is said when it cannot be."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from calcds.cli.gradient import command
from calcds.errors import CalcdsError

LET = "x: Vector[n], A: Matrix[n, n], S: Symmetric[n], t: OneHot[n]"

PRINTED = [
    (["x.T*A*x"], "(A + A.T)*x"),
    (["x.T*A*x", "--hessian"], "A + A.T"),
    (["A*x", "--jacobian"], "A"),
    (["x.T*A*x", "--latex"], r"(A + A^{\top}) x"),
    (["x.T*S*x", "--at", "x=[1, 2], S=[[1,0],[0,1]]"], "[[2.],\n [4.]]"),
    (["-t.T*log(softmax(x))"], "softmax(x) - t"),
    (["x.T*A*x", "--numpy"], "A + A.T"),
    (["x.T*A*x", "--jax"], "jnp"),
    (["x.T*A*x", "--torch"], "import torch"),
    (["x.T*A*x", "--steps"], "pullback"),
    (["total(tanh(A*x))", "--named"], "let delta = "),
]


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(command, [*arguments, "--wrt", "x", "--let", LET])


@pytest.mark.parametrize(("arguments", "expected"), PRINTED, ids=lambda v: str(v)[:40])
def test_printed(arguments: list[str], expected: str) -> None:
    result = _run(*arguments)
    assert result.exit_code == 0, result.output
    assert expected in result.output


REFUSED = [
    (["x.T*B*x"], "B"),
    (["x.T*A"], "--jacobian"),
    (["x.T*A*x", "--at", "x=[1,2]"], "values for"),
    (["x.T*A*x", "--at", "x"], "name=value"),
    (["x.T*A*x", "--at", "x=one"], "not a number"),
    (["x.T*A*x", "--at", "q=1"], "not declared by --let"),
    (["x.T*A*x", "--at", "x=[1,2,3], A=[[1,0],[0,1]]"], "and n = 3"),
    (["x.T*A*x", "--at", "x=[1,2], x=[1,2]"], "has a value already"),
    (["x.T*A*x", "--at", "x=[[1,2],[3]]"], "not a number or a list"),
    (["x.T*A*x", "--at", "x=[NaN, 1]"], "not a number or a list"),
    (["x.T*A*x", "--at", "x=3"], "write a list"),
    (["x.T*A*x", "--at", "x=[1,2"], "bracket is not closed"),
    (["x.T*A*x", "--at", "x=1]"], "closes nothing"),
    (["log(total(x))", "--at", "x=[0,0]"], "not a finite number"),
    (["x.T*A*x", "--at", "x=[1,2]", "--steps"], "without --steps"),
    (["x.T*A*x", "--output", "/nowhere/steps.py"], "cannot be written"),
    (["x.T*A*"], r"stops too early\n    x.T\*A\*\n          \^"),
    (["softmax(A)"], "softmax_rows"),
    (["x.T*A*x", "--hessian", "--steps"], "steps"),
    (["norm(x, 'oo')"], "largest absolute value"),
]


@pytest.mark.parametrize(("arguments", "said"), REFUSED, ids=lambda v: str(v)[:40])
def test_refused(arguments: list[str], said: str) -> None:
    with pytest.raises(CalcdsError, match=said):
        CliRunner().invoke(command, [*arguments, "--wrt", "x", "--let", LET], catch_exceptions=False)


def test_a_wrong_value_gets_a_caret() -> None:
    arguments = ["x.T*A*x", "--at", "x=[1,2], A=[[1,0]]", "--wrt", "x", "--let", LET]
    with pytest.raises(CalcdsError) as caught:
        CliRunner().invoke(command, arguments, catch_exceptions=False)
    sentence, text, caret = str(caught.value).split("\n")
    assert sentence.startswith("--at, column 10: A is n x n")
    assert text[caret.index("^")] == "A"


def test_the_convention_for_symmetric_matrices_is_stated() -> None:
    result = CliRunner().invoke(command, ["trace(A*S)", "--wrt", "S", "--let", LET])
    assert "projected" in result.output


def test_steps_are_written_to_a_file(tmp_path: Path) -> None:
    path = tmp_path / "steps.py"
    result = _run("x.T*A*x", "--steps", "--output", str(path))
    assert "calcds verify" in result.output
    assert "yield grad(x.T*A*x, x)" in path.read_text()
