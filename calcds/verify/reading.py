"""Documents read in processes of their own, several at a time; one that hangs is stopped and costs no other.

A process sends a `Finding` for every equation as soon as it is known, then its notes and what went wrong.

Imports: calcds.document, calcds.verify.places, .process.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path

from calcds.document.finding import Finding
from calcds.errors import CannotLoad
from calcds.verify.places import fault_of_calcds
from calcds.verify.process import Changed, Sending, begin, end

PATIENCE = 120.0  # seconds without a new row, after which a document is given up


@dataclass(frozen=True, slots=True)
class Job:
    """A document to read: annotations is the file that has them, if there is one."""

    file: Path
    annotations: Path | None
    timeout: float


@dataclass(slots=True)
class Read:
    """What was found in a document; fault says why that may not be all."""

    found: list[Finding] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    fault: str = ""


def read_all(jobs: Sequence[Job], workers: int) -> Iterator[tuple[Job, Read]]:
    """Every job with what was found, as they end."""
    import calcds.document.checking  # noqa: F401  (once, for all processes that are copies of this one)

    todo = list(reversed(jobs))
    live: list[_Process] = []
    try:
        while todo or live:
            while todo and len(live) < workers:
                live.append(_Process(todo.pop()))
            soonest = min(one.since for one in live) + PATIENCE
            ready = wait([one.pipe for one in live], max(0.0, soonest - time.monotonic()))
            for one in [one for one in live if one.listen(ready=one.pipe in ready)]:
                one.end()
                live.remove(one)
                yield one.job, one.read
    finally:
        for one in live:
            one.end()


class _Process:
    """A process at work on one document."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.read = Read()
        self.since = time.monotonic()
        self.process: BaseProcess
        self.pipe: Connection
        self.process, self.pipe = begin(_work, job)

    def listen(self, *, ready: bool) -> bool:
        """Take a message if there is one; true where there is no more to wait for."""
        if not ready:
            if time.monotonic() < self.since + PATIENCE:
                return False
            self.read.fault = (
                f"stopped: nothing was decided for {PATIENCE:g} s; the equations before that are listed"
            )
            return True
        try:
            message = self.pipe.recv()
        except (EOFError, OSError):
            self.read.fault = "the process that read it died; the equations before that are listed"
            return True
        self.since = time.monotonic()
        if isinstance(message, Finding):
            self.read.found.append(message)
            return False
        if isinstance(message, Changed):
            self.read.found[message.place] = message.item
            return False
        self.read.notes, self.read.fault = message
        return True

    def end(self) -> None:
        """Nothing more is wanted of it."""
        end(self.process, self.pipe)


def _work(pipe: Connection, job: Job) -> None:
    notes: list[str] = []
    try:
        from calcds.document.checking import Checker
        from calcds.document.source.extract import load
        from calcds.document.weighing.deciding import TIMEOUT
        from calcds.document.words.notes import sidecar

        document = load(job.file)
        if job.annotations:
            sidecar(document, job.annotations)
        Checker(document, min(job.timeout, TIMEOUT), rows=Sending(pipe)).run()
        pipe.send((document.problems, ""))
    except CannotLoad as error:
        pipe.send((notes, str(error).removeprefix(f"{job.file}: ")))
    except Exception as error:  # noqa: BLE001  (one document costs no other)
        pipe.send((notes, fault_of_calcds(error)))
