"""Checking while someone types: one process at work, the newest text of each document first come, first served.

The process keeps what it has decided, so after a change only what has changed is decided again. A text that has become old
is given up between two equations; a claim that hangs is killed with its process, and a new process goes on.

Imports: calcds.document, calcds.verify.places, .process; calcds.document.checking in the process.
"""

from __future__ import annotations

import contextlib
import signal
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from calcds.document.finding import Finding
from calcds.errors import CannotLoad
from calcds.verify.places import fault_of_calcds
from calcds.verify.process import Changed, Sending, begin, end

PATIENCE = 20.0  # seconds without a new finding, after which a process is killed
GRACE = 1.0  # the same, where a newer text is waiting
OFTEN = 1.0  # seconds between two deliveries of one text
MOST = 20_000  # decisions that are kept
STOP = "stop"


@dataclass(frozen=True, slots=True)
class Job:
    """The text of a document at some version."""

    uri: str
    version: int
    file: Path
    text: str
    annotations: Path | None = None


@dataclass(slots=True)
class Checked:
    """What is known of a job; `done` when there is no more to come."""

    job: Job
    found: list[Finding] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    done: bool = False


class Desk:
    """Takes texts and delivers findings, in a thread of its own."""

    def __init__(self, deliver: Callable[[Checked], None]) -> None:
        self.deliver = deliver
        self.waiting: dict[str, Job] = {}
        self.changed = threading.Condition()
        self.closed = False
        self.process: BaseProcess | None = None
        self.pipe: Connection | None = None
        self.thread = threading.Thread(target=self._serve, daemon=True, name="calcds desk")
        self.thread.start()

    def ask(self, job: Job) -> None:
        """Check a text; an older one of the same document is forgotten."""
        with self.changed:
            self.waiting[job.uri] = job
            self.changed.notify()

    def forget(self, uri: str) -> None:
        """The document is closed."""
        with self.changed:
            self.waiting.pop(uri, None)

    def close(self) -> None:
        """End the process and the thread."""
        with self.changed:
            self.closed = True
            self.changed.notify()
        self.thread.join(timeout=5.0)

    # -- the thread ---------------------------------------------------------------------------------------------

    def _serve(self) -> None:
        try:
            while True:
                with self.changed:
                    if not self.closed and self.pipe is None:
                        self.process, self.pipe = begin(work, duplex=True, fork=False)  # ready when it is needed
                    self.changed.wait_for(lambda: self.closed or self.waiting)
                    if self.closed:
                        return
                    job = self.waiting.pop(next(iter(self.waiting)))
                self._check(job)
        finally:
            self._kill()

    def _check(self, job: Job) -> None:
        checked = Checked(job)
        try:
            whole = self._follow(checked)
        except TimeoutError:
            self._kill()
            checked.notes = [f"stopped: nothing was decided for {PATIENCE:g} s; the rest is not checked"]
            whole = job.uri not in self.waiting
        except (EOFError, OSError):
            self._kill()
            checked.notes = ["the process that read it died; the rest is not checked"]
            whole = True
        if whole:
            checked.done = True
            self.deliver(checked)

    def _follow(self, checked: Checked) -> bool:
        """Take findings until there are no more; false if a newer text came, or the end."""
        assert self.pipe is not None  # there is a process before there is a job
        job, stopping = checked.job, False
        self.pipe.send(job)
        said = since = time.monotonic()
        while not self.closed:
            if not stopping and job.uri in self.waiting:
                self.pipe.send(STOP)
                stopping, since = True, time.monotonic()
            if not self.pipe.poll(0.02):
                _be_patient(since, GRACE if stopping else PATIENCE)
                continue
            message = self.pipe.recv()
            since = time.monotonic()
            if isinstance(message, Changed):
                checked.found[message.place] = message.item
                continue
            if not isinstance(message, Finding):
                checked.notes, whole = message
                return whole and not stopping
            checked.found.append(message)
            if not stopping and since > said + OFTEN:
                self.deliver(Checked(job, list(checked.found)))
                said = since
        return False

    def _kill(self) -> None:
        if self.process is not None and self.pipe is not None:
            end(self.process, self.pipe)
        self.process = self.pipe = None


def _be_patient(since: float, seconds: float) -> None:
    if time.monotonic() > since + seconds:
        raise TimeoutError


# -- the process ----------------------------------------------------------------------------------------------------


class _Old(BaseException):
    """A newer text is waiting. No Exception: those are caught where they cost one formula only."""


class _Interruptible(Sending):
    """It stops growing where it is told to."""

    def append(self, item: Finding) -> None:
        super().append(item)
        if self.pipe.poll() and self.pipe.recv() == STOP:
            raise _Old


def work(pipe: Connection) -> None:
    """Answer jobs until the pipe is closed: findings, then (notes, whether that is all)."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the server decides what Ctrl-C means
    sys.stdout = sys.stderr  # the editor listens on the standard output
    import calcds.document.checking  # noqa: F401  (while the editor starts)

    memory: dict[tuple[Any, ...], Any] = {}
    with contextlib.suppress(EOFError, OSError):
        while True:
            job = pipe.recv()
            if job == STOP:
                continue  # it came when the answer was on its way
            try:
                pipe.send((_read(pipe, job, memory), True))
            except _Old:
                pipe.send(([], False))
            if len(memory) > MOST:
                memory.clear()


def _read(pipe: Connection, job: Job, memory: dict[tuple[Any, ...], Any]) -> list[str]:
    from calcds.document.checking import Checker
    from calcds.document.source.extract import cut
    from calcds.document.words.notes import sidecar

    try:
        document = cut(job.file, job.text)
        if job.annotations is not None:
            sidecar(document, job.annotations)
        checker = Checker(document, rows=_Interruptible(pipe))
        checker.decider.memory = memory
        checker.run()
    except CannotLoad as error:
        return [str(error).removeprefix(f"{job.file}: ")]
    except Exception as error:  # noqa: BLE001  (one text costs no other)
        return [fault_of_calcds(error)]
    return document.problems
