"""The fuzzer notices what it is there to notice: a wrong proof and a stage that falls over."""

from __future__ import annotations

import sys

import pytest

from calcds.decide.engine import Stage
from calcds.decide.prover import Proof, Silence
from calcds.expr.term import Term
from tests.fuzz import __main__ as command
from tests.fuzz import run


def _claims_all(left: Term, right: Term, given: tuple[Term, ...]) -> Proof | Silence:
    return Proof("liar", "everything is equal")


def _falls(left: Term, right: Term, given: tuple[Term, ...]) -> Proof | Silence:
    raise ZeroDivisionError


def _is_silent(left: Term, right: Term, given: tuple[Term, ...]) -> Proof | Silence:
    return Silence("never")


@pytest.mark.parametrize(
    ("ask", "said", "code"),
    [(_claims_all, "WRONG", 1), (_falls, "crash", 1), (_is_silent, "", 0)],
    ids=["a wrong proof", "a crash", "silence"],
)
def test_faults_are_named_and_fail_the_run(
    ask: object, said: str, code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(run, "STAGES", (Stage("planted", "for this test", ask),))  # type: ignore[arg-type]
    monkeypatch.setattr(sys, "argv", ["fuzz", "--only", "--seed", "0"])
    assert command.main() == code
    lines = capsys.readouterr().out.splitlines()
    assert any(line.startswith(said) for line in lines[1:]) == (code == 1)
