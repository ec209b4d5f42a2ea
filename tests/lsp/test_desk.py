"""The desk: the newest text wins, nothing that is decided is decided again, what hangs is killed."""

from __future__ import annotations

import queue
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from calcds.lsp import desk as module
from calcds.lsp.desk import Checked, Desk, Job
from calcds.verify import process

PATIENCE = 60.0


@pytest.fixture
def answers() -> Iterator[tuple[Desk, queue.Queue[Checked]]]:
    found: queue.Queue[Checked] = queue.Queue()
    desk = Desk(found.put)
    yield desk, found
    desk.close()
    assert desk.process is None
    assert not desk.thread.is_alive()


def job(text: str, version: int = 0, name: str = "a.md", annotations: Path | None = None) -> Job:
    return Job(name, version, Path(name), text, annotations)


def last(found: queue.Queue[Checked], version: int) -> Checked:
    while True:
        checked = found.get(timeout=PATIENCE)
        if checked.done and checked.job.version == version:
            return checked


def test_texts_get_their_findings(answers: tuple[Desk, queue.Queue[Checked]], tmp_path: Path) -> None:
    desk, found = answers
    desk.ask(job("$$x + x = 3x$$\n"))
    assert [f.outcome.value for f in last(found, 0).found] == ["refuted"]
    desk.ask(job("<!-- calcds: bla bla -->\n$$x + x = 2x$$\n", 1))
    checked = last(found, 1)
    assert [f.outcome.value for f in checked.found] == ["proved"]
    assert "not understood" in checked.notes[0]
    beside = tmp_path / "a.md.calcds"
    beside.write_text("x: Positive\n")
    desk.ask(job("$$\\sqrt{x^2} = x$$\n", 2, annotations=beside))
    assert [f.outcome.value for f in last(found, 2).found] == ["proved"]
    desk.ask(job('{"cells": 3', 3, name="a.ipynb"))
    assert last(found, 3).notes


def test_a_newer_text_takes_the_place_of_an_older_one(answers: tuple[Desk, queue.Queue[Checked]]) -> None:
    desk, found = answers
    slow = "".join(f"$$\\int_0^{{{k}}} x^{k} e^x dx = {k}$$\n\n" for k in range(2, 60))
    desk.ask(job(slow, 0))
    desk.ask(job("$$y = y + 1 + z$$\n", 0, name="b.md"))
    time.sleep(1.5)
    for version in range(1, 4):
        desk.ask(job(f"$$x + x = {version}x$$\n", version))
    assert [f.outcome.value for f in last(found, 3).found] == ["refuted"]
    done = []
    while not found.empty():
        done.append(found.get())
    assert not [c for c in done if c.done and c.job.uri == "a.md"], "older ones are not delivered"


def test_after_a_change_only_the_change_is_decided(answers: tuple[Desk, queue.Queue[Checked]]) -> None:
    desk, found = answers
    text = "".join(f"$$(x + {k})^{k % 7 + 2} = (x + {k})^{k % 7 + 1} (x + {k})$$\n\n" for k in range(100))
    desk.ask(job(text, 0))
    cold = last(found, 0)
    assert len(cold.found) == 100
    begin = time.perf_counter()
    desk.ask(job(text.replace("(x + 50)^3", "(x + 51)^3", 1), 1))
    warm = last(found, 1)
    took = time.perf_counter() - begin
    assert [f.outcome.value for f in warm.found].count("refuted") == 1
    assert took < 2.0, f"{took:.1f} s after one change among 100 equations"


class Stuck:
    """A pipe to a process that says nothing."""

    def send(self, _message: object) -> None:
        """It is sent, and lost."""

    def poll(self, seconds: float) -> bool:
        time.sleep(seconds)
        return False

    def close(self) -> None:
        """There is nothing to close."""


class Endless:
    """A process that has to be killed."""

    killed = False

    def kill(self) -> None:
        self.killed = True

    def join(self) -> None:
        assert self.killed


def test_what_hangs_is_killed_and_the_next_text_is_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PATIENCE", 0.3)
    real, stuck = process.begin, Endless()
    starts = iter([(stuck, Stuck())])
    monkeypatch.setattr(module, "begin", lambda *a, **k: next(starts, None) or real(*a, **k))
    found: queue.Queue[Checked] = queue.Queue()
    desk = Desk(found.put)
    try:
        desk.ask(job("$$x = x$$\n", 0))
        checked = last(found, 0)
        assert stuck.killed
        assert "stopped" in checked.notes[0]
        monkeypatch.setattr(module, "PATIENCE", PATIENCE)
        desk.ask(job("$$x + x = 3x$$\n", 1))
        assert [f.outcome.value for f in last(found, 1).found] == ["refuted"]
    finally:
        desk.close()


def test_a_process_that_dies_costs_one_text(answers: tuple[Desk, queue.Queue[Checked]]) -> None:
    desk, found = answers
    desk.ask(job("$$x + x = 3x$$\n", 0))
    last(found, 0)
    assert desk.process is not None
    desk.process.kill()
    desk.process.join()
    desk.ask(job("$$x + x = 3x$$\n", 1))
    assert "died" in last(found, 1).notes[0]
    desk.ask(job("$$x + x = 3x$$\n", 2))
    assert [f.outcome.value for f in last(found, 2).found] == ["refuted"]
