"""Check derivations with several workers: paths -> report. Order and content do not depend on the number of workers.

A worker is given a file and a name, never an expression. Whatever happens to it (a claim that hangs, a process that
dies) costs that one claim: it comes out undecided and says why, and a new worker goes on with the next claim.

Imports: calcds.derivation.discovery, calcds.verify.worker, .places, .process, .result.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path

from calcds.derivation.discovery import Found, discover
from calcds.derivation.loader import check_names
from calcds.derivation.scan import Text
from calcds.errors import CannotLoad
from calcds.verify.places import labels, said_path
from calcds.verify.process import begin
from calcds.verify.result import Report, Result
from calcds.verify.worker import (
    Begun,
    Broken,
    Done,
    Finished,
    Message,
    Phase,
    Task,
    broken_derivation,
    broken_file,
    serve,
)

GRACE = 2.0  # seconds a stage may take to notice that its time is over, before its process is stopped

Progress = Callable[[int, int, str], None]  # derivations done, derivations in all, name of the one that ended


def check_derivations(
    places: Iterable[Path],
    *,
    select: str,
    errata: bool,
    jobs: int,
    timeout: float,
    progress: Progress | None,
    beside: frozenset[Path] = frozenset(),
) -> Report:
    """Check every claim of the derivations under some paths; by default of the shipped derivations.

    beside: directories that also hold documents, so that it is no problem if they have no derivation
    """
    found = discover(places, beside)
    tasks, rows, problems = _plan(found, labels(found.files), select, errata=errata)
    run = _Run(tasks, max(1, min(jobs, len(tasks))), timeout, progress)
    try:
        run.everything()
    except KeyboardInterrupt:
        run.interrupted = True
    finally:
        run.stop()
    order = {task.id: number for number, task in enumerate(tasks)}
    done = [row for _, row in sorted(run.rows.items(), key=lambda item: (order[item[0][0]], item[0][1]))]
    return Report(
        results=tuple(sorted(_unique([*rows, *done]), key=_file_order(found))),
        problems=problems,
        notes=_notes(found),
        interrupted=run.interrupted,
    )


def _unique(rows: Iterable[Result]) -> Iterable[Result]:
    """Each id once: all derivations of a broken file report the same thing."""
    return {row.id: row for row in rows}.values()


def _file_order(found: Found) -> Callable[[Result], int]:
    """Rows of one file stand together, files in the order in which they were found."""
    order = {said_path(file): number for number, file in enumerate(found.files)}
    return lambda row: order[row.file]


# -- what is to be done ---------------------------------------------------------------------------------------


def _plan(
    found: Found, names: dict[Path, str], select: str, *, errata: bool
) -> tuple[list[Task], list[Result], tuple[str, ...]]:
    """The derivations to check, rows for files that cannot be read, and problems."""
    tasks: list[Task] = []
    rows: list[Result] = []
    for file, sentence in found.broken:
        rows.append(broken_file(Task(file, "", names[file], "", 1), sentence))
    for text in found.texts:
        try:
            check_names(text)
        except CannotLoad as error:
            rows.append(broken_file(Task(text.file, "", names[text.file], "", 1), str(error)))
        else:
            tasks += _tasks(text, names[text.file], errata=errata)
    if not select:
        return tasks, rows, found.problems
    chosen = [picked for task in tasks if (picked := _select(task, select.lower()))]
    rows = [row for row in rows if select.lower() in row.id.lower()]
    nothing = () if chosen or rows else (f"no derivation has {select!r} in its id or title",)
    return chosen, rows, (*found.problems, *nothing)


def _tasks(text: Text, label: str, *, errata: bool) -> list[Task]:
    return [
        Task(text.file, name, label, text.title_of(name), node.lineno)
        for name, node in text.functions.items()
        if text.is_erratum(name) or not errata
    ]


def _select(task: Task, wanted: str) -> Task | None:
    name, bracket, number = wanted.removesuffix("]").rpartition("[")
    if bracket and number.isdigit() and wanted.endswith("]"):
        return replace(task, only=int(number)) if task.id.lower().endswith(name) else None
    return task if wanted in task.id.lower() or wanted in task.title.lower() else None


def _notes(found: Found) -> tuple[str, ...]:
    if not found.without:
        return ()
    names = ", ".join(file.name for file in found.without[:5]) + (", ..." if len(found.without) > 5 else "")
    return (f"{len(found.without)} file(s) without a derivation: {names}",)


# -- the workers ----------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    pipe: Connection
    task: Task | None = None
    row: Result | None = None  # the claim under way
    number: int = 0
    phase: str = ""
    since: float = 0.0


@dataclass(slots=True)
class _Run:
    """The tasks, the workers on them, and the rows that are known so far."""

    tasks: list[Task]
    jobs: int
    timeout: float
    progress: Progress | None
    rows: dict[tuple[str, int], Result] = field(default_factory=dict)  # (derivation id, number of the claim)
    interrupted: bool = False
    todo: deque[Task] = field(default_factory=deque)
    workers: list[_Worker] = field(default_factory=list)
    broken: set[Path] = field(default_factory=set)
    ended: int = 0

    def everything(self) -> None:
        """Work until no task is left."""
        self.todo.extend(self.tasks)
        while self.todo or any(worker.task for worker in self.workers):
            self._hand_out()
            busy = [worker for worker in self.workers if worker.task]
            until = min((worker.since + self.timeout + GRACE for worker in busy), default=0.0)
            ready = wait(
                [h for w in busy for h in (w.pipe, w.process.sentinel)], max(0.0, until - time.monotonic())
            )
            for worker in busy:
                if worker.pipe in ready:
                    self._listen(worker)
                elif worker.process.sentinel in ready:
                    self._lost(worker, "the worker process died")
                elif time.monotonic() > worker.since + self.timeout + GRACE:
                    self._lost(worker, f"stopped after {self.timeout:g} s")

    def stop(self) -> None:
        """End every worker that is left."""
        for worker in self.workers:
            worker.process.kill()
        for worker in self.workers:
            worker.process.join()
            worker.pipe.close()
        self.workers.clear()

    def _hand_out(self) -> None:
        for worker in list(self.workers):
            if worker.task is None and self.todo:
                self._give(worker)
        while self.todo and len(self.workers) < self.jobs:
            worker = _hire(self.timeout)
            self.workers.append(worker)
            self._give(worker)

    def _give(self, worker: _Worker) -> None:
        while self.todo and self.todo[0].file in self.broken:
            self._end(self.todo.popleft())
        if self.todo:
            worker.task, worker.row, worker.phase = self.todo.popleft(), None, "starting"
            worker.since = time.monotonic()
            worker.pipe.send(worker.task)

    def _listen(self, worker: _Worker) -> None:
        try:
            while worker.task and worker.pipe.poll():
                self._take(worker, worker.task, worker.pipe.recv())
        except (EOFError, OSError):
            self._lost(worker, "the worker process died")

    def _take(self, worker: _Worker, task: Task, message: Message) -> None:
        worker.since = time.monotonic()
        match message:
            case Phase(name):
                worker.phase = name
            case Begun(number, row):
                worker.number, worker.row = number, row
            case Done(number, row):
                self.rows[task.id, number] = row
                worker.row = None
            case Broken(row, whole_file):
                self.rows[task.id, 0] = row
                if whole_file:
                    self.broken.add(task.file)
                self._free(worker, task)
            case Finished():
                self._free(worker, task)

    def _free(self, worker: _Worker, task: Task) -> None:
        worker.task = worker.row = None
        self._end(task)

    def _end(self, task: Task) -> None:
        self.ended += 1
        if self.progress:
            self.progress(self.ended, len(self.tasks), task.id)

    def _lost(self, worker: _Worker, why: str) -> None:
        """A worker hangs or is dead: note what it was at, and let another go on behind it."""
        task, row = worker.task, worker.row
        worker.process.kill()
        worker.process.join()
        worker.pipe.close()
        self.workers.remove(worker)
        if task is None:
            return
        if row is not None:
            self.rows[task.id, worker.number] = replace(
                row, detail=why, seconds=time.monotonic() - worker.since
            )
            self.todo.appendleft(replace(task, first=worker.number + 1))
        elif worker.phase == "importing":
            self.rows[task.id, 0] = broken_file(task, f"{task.file}:1: {why} while the file was read")
            self.broken.add(task.file)
            self._end(task)
        else:
            self.rows[task.id, 0] = broken_derivation(task, f"{why} while the lines were written")
            self._end(task)


def _hire(timeout: float) -> _Worker:
    process, pipe = begin(serve, timeout, duplex=True)
    return _Worker(process, pipe, since=time.monotonic())
