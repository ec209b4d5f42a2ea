"""What a worker process does: take one derivation by file and name, read it, send a row for every claim.

Messages, in this order; the parent reads from them what was under way when a worker had to be stopped:

    Phase("importing" | "writing")     about to run the author's code
    Broken(row, whole_file)            the file or the derivation cannot be read
    Begun(number, row)                 about to decide claim `number`
    Done(number, row)
    Finished()

Imports: calcds.derivation, calcds.verify.check, .places, .process, .result.
"""

from __future__ import annotations

import contextlib
import signal
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from types import FrameType

from calcds.decide.verdict import Outcome
from calcds.derivation.board import Board
from calcds.derivation.loader import load
from calcds.derivation.scan import Text
from calcds.errors import CannotLoad
from calcds.verify.check import check, pending
from calcds.verify.places import fault_of_calcds, said_path
from calcds.verify.result import Result


@dataclass(frozen=True, slots=True)
class Task:
    """One derivation to check, from claim `first` on; `only` one claim, where its number is given."""

    file: Path
    name: str
    label: str  # the file within ids
    title: str
    line: int
    first: int = 1
    only: int = 0

    @property
    def id(self) -> str:
        """The id of the derivation."""
        return f"{self.label}::{self.name}"


@dataclass(frozen=True, slots=True)
class Phase:
    """The author's code is about to run."""

    name: str


@dataclass(frozen=True, slots=True)
class Broken:
    """A file or derivation that cannot be read."""

    row: Result
    whole_file: bool


@dataclass(frozen=True, slots=True)
class Begun:
    """A claim is about to be decided."""

    number: int
    row: Result


@dataclass(frozen=True, slots=True)
class Done:
    """A claim has been decided."""

    number: int
    row: Result


@dataclass(frozen=True, slots=True)
class Finished:
    """The derivation is done."""


Message = Phase | Broken | Begun | Done | Finished


def serve(pipe: Connection, timeout: float) -> None:
    """Answer tasks until None comes or the parent is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what Ctrl-C means
    loaded: dict[Path, tuple[Text, dict[str, Board]]] = {}
    with contextlib.suppress(EOFError, BrokenPipeError):
        while (task := pipe.recv()) is not None:
            try:
                for message in work(task, timeout, loaded):
                    pipe.send(message)
            except Exception as error:  # noqa: BLE001  (the rest is still checked)
                pipe.send(Broken(broken_derivation(task, fault_of_calcds(error)), whole_file=False))


def work(task: Task, timeout: float, loaded: dict[Path, tuple[Text, dict[str, Board]]]) -> Iterator[Message]:
    """The messages of one task."""
    if task.file not in loaded:
        yield Phase("importing")
        try:
            with time_limit(timeout, "reading this file did not end"):
                loaded[task.file] = load(task.file)
        except CannotLoad as error:
            yield Broken(broken_file(task, str(error)), whole_file=True)
            return
    text, boards = loaded[task.file]
    if task.name not in boards:
        what = (
            f"{task.name} is decorated as a derivation, but something else has its name when the file has run"
        )
        yield Broken(broken_derivation(task, what), whole_file=False)
        return
    yield Phase("writing")
    with time_limit(timeout, "this line did not end"), contextlib.redirect_stdout(sys.stderr):
        derivation = boards[task.name].read(text)
    for claim in derivation.claims:
        if claim.number >= task.first and task.only in (0, claim.number):
            row = pending(derivation, claim, task.label)
            yield Begun(claim.number, row)
            yield Done(claim.number, check(derivation, claim, row, timeout))
    yield Finished()


def broken_file(task: Task, sentence: str) -> Result:
    """The row of a file that cannot be read; the sentence begins with `file:line: `."""
    number, sentence = split_place(sentence, task.file)
    return Result(task.label, said_path(task.file), number, Outcome.MALFORMED, sentence)


def broken_derivation(task: Task, sentence: str) -> Result:
    """The row of a derivation that cannot be read."""
    return Result(task.id, said_path(task.file), task.line, Outcome.MALFORMED, sentence, task.title)


def split_place(sentence: str, file: Path) -> tuple[int, str]:
    """`notes.py:12: sentence` as (12, sentence)."""
    rest = sentence.removeprefix(f"{file}:")
    number, _, said = rest.partition(": ")
    return (int(number), said) if number.isdigit() else (1, rest.strip())


@contextlib.contextmanager
def time_limit(seconds: float, what: str) -> Iterator[None]:
    """Interrupt the author's Python code after some seconds, so that the line at which it hangs is known.

    What cannot be interrupted (a loop within C) is stopped from outside a little later.
    """
    if not hasattr(signal, "setitimer"):
        yield
        return

    def ring(_number: int, _frame: FrameType | None) -> None:
        raise TimeoutError(f"{what} within {seconds:g} s")

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
