"""The fuzzer of documents finds what it looks for, makes it small, and finds nothing in a few documents."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from calcds.decide.verdict import Outcome
from calcds.document.finding import Finding
from tests.fuzz.damage import Sample, draw
from tests.fuzz.documents import RIGHT, WRONG, Answer, Desk, assembled, complaint, fuzz, is_swallowed, smaller

TRUE = Finding(3, 2, Outcome.PROVED, "", left="(p+q)^2", right=RIGHT)
FALSE = Finding(4, 2, Outcome.REFUTED, "", left="(p+q)^2", right=WRONG)
GOOD = Answer((TRUE, FALSE), (TRUE, FALSE), lines=(0, 0, 40, 40))
SAMPLE = Sample(".md", b"text")


def test_a_good_answer_is_no_fault() -> None:
    assert complaint(SAMPLE, GOOD) == ""


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (Answer(fault="Traceback"), "exception"), (Answer(refused="no"), "refused"),
        (replace(GOOD, found=(replace(TRUE, detail="a fault of calcds, please report it"), FALSE)), "fault"),
        (replace(GOOD, found=(replace(TRUE, line=5), FALSE)), "place"),
        (replace(GOOD, found=(replace(TRUE, line=0), FALSE)), "place"),
        (replace(GOOD, found=(replace(TRUE, column=41), FALSE)), "place"), (replace(GOOD, seconds=60.0), "slow"),
        (replace(GOOD, found=(FALSE,)), "control"),
        (replace(GOOD, found=(replace(TRUE, outcome=Outcome.UNDECIDED), FALSE)), "control"),
        (replace(GOOD, found=(TRUE, replace(FALSE, outcome=Outcome.PROVED))), "WRONG"),
        (replace(GOOD, again=(TRUE,)), "twice"), (replace(GOOD, again=(TRUE, replace(FALSE, outcome=Outcome.UNREAD))), "twice"),
    ],
)  # fmt: skip
def test_every_theorem_can_be_broken(answer: Answer, kind: str) -> None:
    assert complaint(SAMPLE, answer).startswith(kind + ":")


def test_what_may_swallow_the_control_lines() -> None:
    assert is_swallowed(replace(SAMPLE, body=b"<!-- open"))
    assert is_swallowed(replace(SAMPLE, body=b"```"))
    assert not is_swallowed(replace(SAMPLE, body=b"<!-- closed --> and $$ open"))
    assert not is_swallowed(Sample(".tex", b"\\begin{align} open"))


def test_a_fault_is_made_small() -> None:
    body = b"# Title\n\nwords $a = b$ and\n\n$$(x + BAD) = 3$$\n\nmore words\n"
    assert smaller(Sample(".md", body, b"1: skip"), lambda s: b"BAD" in s.body).body == b"BAD"


def test_a_process_that_dies_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.fuzz.documents.read", lambda *_, **__: __import__("os")._exit(7))
    desk = Desk(tmp_path)
    assert complaint(SAMPLE, desk.ask(SAMPLE)) == "exception: the process died, exit code 7"
    desk.close()


def test_a_seed_is_a_document() -> None:
    assert [assembled(draw(Random(k))) for k in range(20)] == [assembled(draw(Random(k))) for k in range(20)]


def test_a_few_documents() -> None:
    report = fuzz(20.0, seed=1_000_000, most=25)
    assert report.faults == []
    assert report.counts["controls proved"] > 15
