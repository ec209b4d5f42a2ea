"""Processes of one's own: how they begin, and how much memory they may take.

Imports: nothing of calcds.
"""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import sys
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

MEMORY = 4 * 1024**3  # bytes of address space; a claim that needs more is undecided, the machine lives on
OBJECTS = 50_000  # new objects after which circles of them are looked for: terms and trees have none, and are many


def begin(
    target: Callable[..., None], *arguments: Any, duplex: bool = False, fork: bool = True
) -> tuple[BaseProcess, Connection]:
    """A process that runs `target(pipe, *arguments)`, and our end of its pipe.

    fork: copy this process where the system can; not for a process that has threads
    """
    context: Any = multiprocessing.get_context("fork" if fork and sys.platform == "linux" else "spawn")
    ours, theirs = context.Pipe(duplex)
    process = context.Process(target=_live, args=(target, theirs, *arguments), daemon=True)
    process.start()
    theirs.close()
    return process, ours


def _live(target: Callable[..., None], *arguments: Any) -> None:
    _limit_memory()
    gc.freeze()  # what the modules hold stays as long as the process does
    gc.set_threshold(OBJECTS)
    target(*arguments)


def _limit_memory() -> None:
    """Let this process take no more than MEMORY, where the system can see to it."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # not on Windows

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))


@dataclass(frozen=True, slots=True)
class Changed:
    """What stands now in a place of a list that is sent: lines that follow may say more of one before them."""

    place: int
    item: Any


class Sending(list[Any]):
    """A list that sends every item through a pipe while it grows, and every change of one."""

    def __init__(self, pipe: Connection) -> None:
        super().__init__()
        self.pipe = pipe

    def append(self, item: Any) -> None:
        """Take an item, and send it."""
        super().append(item)
        self.pipe.send(item)

    def __setitem__(self, place: Any, item: Any) -> None:
        """Put another item in the place of one that was sent, and send that it changed."""
        super().__setitem__(place, item)
        self.pipe.send(Changed(place, item))


def end(process: BaseProcess, pipe: Connection) -> None:
    """Nothing more is wanted of a process."""
    process.kill()
    process.join()
    pipe.close()
