"""Processes that answer one question at a time and are killed when it takes too long.

A job is (true row id, mutant id or "", decider). The worker builds the claim itself, so that nothing but names is sent.

Imports: model, mutate, peers.
"""

from __future__ import annotations

import gc
import multiprocessing as mp
import resource
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait

from benchmarks.decide.model import Row, rows, slips

MEMORY = 3 << 30  # bytes a worker may take
Job = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a decider said of a row, and in how many seconds; `note` is the error where it raised one."""

    job: Job
    outcome: str  # proved, supported, refuted, undecided, malformed, error, timeout
    seconds: float
    note: str = ""


def answer(job: Job, by_id: dict[str, Row]) -> Answer:
    """Build the claim, start the clock, ask."""
    from benchmarks.decide.mutate import build_of
    from benchmarks.decide.peers import DECIDERS

    row_id, mutant, decider = job
    row = by_id[row_id]
    claim = build_of(mutant, row) if mutant else row.claim()
    gc.collect()
    start = time.perf_counter()
    try:
        outcome, note = DECIDERS[decider](claim), ""
    except Exception as error:  # noqa: BLE001  (whatever a decider raises is its answer)
        outcome, note = "error", f"{type(error).__name__}: {error}"[:200]
    return Answer(job, outcome, time.perf_counter() - start, note)


def serve(pipe: Connection) -> None:
    """The loop of a worker. Imports are done before the first question."""
    import calcds
    from benchmarks.decide import mutate, peers  # noqa: F401

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    getattr(calcds, "decide", None)
    by_id = {row.id: row for row in (*rows(), *slips())}
    pipe.send("ready")
    while (job := pipe.recv()) is not None:
        pipe.send(answer(job, by_id))


class Worker:
    """One process with its pipe and the job it has."""

    def __init__(self) -> None:
        self.pipe, other = mp.Pipe()
        self.process = mp.get_context("spawn").Process(target=serve, args=(other,), daemon=True)
        self.process.start()
        other.close()
        if self.pipe.recv() != "ready":
            raise RuntimeError("the worker did not start")
        self.job: Job | None = None
        self.started = 0.0

    def give(self, job: Job) -> None:
        self.job, self.started = job, time.perf_counter()
        self.pipe.send(job)

    def kill(self) -> None:
        self.process.kill()
        self.process.join()
        self.pipe.close()


def run(jobs: Sequence[Job], count: int, limit: float) -> Iterator[Answer]:
    """Answers in the order in which they come. A worker over its time is killed and replaced."""
    waiting = list(reversed(jobs))
    idle = [Worker() for _ in range(min(count, len(jobs)))]
    busy: list[Worker] = []
    while waiting or busy:
        while waiting and idle:
            worker = idle.pop()
            worker.give(waiting.pop())
            busy.append(worker)
        ready = wait([w.pipe for w in busy], timeout=0.2)
        for worker in list(busy):
            found: Answer | None = None
            spent = time.perf_counter() - worker.started
            assert worker.job is not None
            dead = False
            if worker.pipe in ready:
                try:
                    found = worker.pipe.recv()
                except EOFError:
                    found, dead = Answer(worker.job, "error", spent, "the process died"), True
            elif spent > limit:
                found, dead = Answer(worker.job, "timeout", spent), True
            if found is None:
                continue
            busy.remove(worker)
            if dead:
                worker.kill()
                idle += [Worker()] if waiting else []
            else:
                idle.append(worker)
            yield found
    for worker in idle:
        worker.kill()
