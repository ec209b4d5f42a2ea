"""Documents to results: each document in a process of its own, which is stopped where it hangs.

Imports: calcds.document, calcds.verify.result, .check.
"""

from __future__ import annotations

import multiprocessing
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from calcds.decide.verdict import Outcome
from calcds.document.checking import Checker
from calcds.document.deciding import TIMEOUT
from calcds.document.extract import SUFFIXES, load
from calcds.document.finding import Finding
from calcds.document.notes import sidecar
from calcds.errors import CannotLoad
from calcds.verify.check import fault_of_calcds, said_path
from calcds.verify.result import Result

PATIENCE = 120.0  # seconds without a new row, after which a document is given up

Progress = Callable[[int, int, str], None]


def is_document(path: Path) -> bool:
    """Whether a path is one document."""
    return path.suffix in SUFFIXES and path.is_file()


def check_documents(files: Iterable[Path], *, select: str = "", timeout: float = TIMEOUT, annotations: Path | None = None,
                    progress: Progress | None = None) -> tuple[list[Result], list[str], list[str]]:  # fmt: skip
    """Results, problems and notes of some documents; never raises for what stands in them."""
    rows: list[Result] = []
    problems: list[str] = []
    notes: list[str] = []
    paths = list(files)
    for done, file in enumerate(paths, 1):
        found, said, fault = _alone(file, min(timeout, TIMEOUT), annotations)
        problems += [f"{said_path(file)}: {fault}"] if fault else []
        notes += [f"{said_path(file)}: {sentence}" for sentence in said]
        rows += [row for row in as_results(file, found) if select.lower() in row.id.lower()]
        notes.append(f"{said_path(file)}: {tally(found)}")
        if progress:
            progress(done, len(paths), file.name)
    return rows, problems, notes


def as_results(file: Path, found: Sequence[Finding]) -> list[Result]:
    """Findings as rows of a report."""
    rows, counts = [], dict[int, int]()
    for one in found:
        if is_condition(one) or is_definition(one):
            continue  # nothing is claimed, so no outcome is given; the tally counts them
        counts[one.line] = counts.get(one.line, 0) + 1
        detail = (
            f"{one.detail}; an annotation would settle it: calcds: {one.advice}" if one.advice else one.detail
        )
        rows.append(Result(
            id=f"{file.name}::{one.line}[{counts[one.line]}]", file=said_path(file), line=one.line, column=one.column,
            outcome=one.outcome, detail=detail, lhs=one.lhs, rhs=one.rhs, given=one.given, role=one.role, stage=one.stage,
            counterexample=one.counterexample, seconds=one.seconds, left=one.left, right=one.right, link=one.link,
            conditions=one.conditions, holds_if=one.holds_if,
        ))  # fmt: skip
    return rows


def tally(found: Sequence[Finding]) -> str:
    """How much of a document was read, in a sentence."""
    if not found:
        return "no equation was found"
    unread = sum(one.outcome is Outcome.UNREAD for one in found)
    definitions = sum(map(is_definition, found))
    conditions = sum(is_condition(one) for one in found)
    claims = len(found) - unread - definitions - conditions
    decided = sum(
        one.role != "definition" and one.outcome not in {Outcome.UNREAD, Outcome.UNDECIDED} for one in found
    )
    share = round(100 * (len(found) - unread) / len(found))
    return (
        f"{len(found)} equations, {share}% read: {claims} claims, of which {decided} were decided; "
        f"{definitions} definitions; {conditions} conditions and updates; {unread} unread"
    )


def explain_reading(file: Path, annotations: Path | None = None) -> Iterator[str]:
    """How each equation of a document was understood, as LaTeX, and what was supposed of its names."""
    found, notes, fault = _alone(file, TIMEOUT, annotations)
    for sentence in filter(None, [*notes, fault]):
        yield f"{said_path(file)}: {sentence}"
    for one in found:
        kind = (
            "condition"
            if is_condition(one)
            else "definition"
            if one.role == "definition"
            else one.outcome.value
        )
        yield f"{said_path(file)}:{one.line}:{one.column + 1}  {kind}: {one.left} {one.link} {one.right}"
        if one.rhs:
            yield f"    read as  {one.lhs} = {one.rhs}" if one.lhs else f"    read as  {one.rhs}"
        if one.given:
            yield f"    where    {', '.join(one.given)}"
        if one.detail and one.outcome is not Outcome.PROVED:
            yield f"    {one.detail}"


def is_condition(one: Finding) -> bool:
    """Whether an equation asks for something, or changes something, and claims nothing."""
    return one.role == "definition" and one.outcome is Outcome.UNDECIDED


def is_definition(one: Finding) -> bool:
    """Whether an equation was taken to say what its left side means."""
    return one.role == "definition" and one.stage == "definition"


def _alone(file: Path, timeout: float, annotations: Path | None) -> tuple[list[Finding], list[str], str]:
    """Findings, notes, and what went wrong, from a process of its own."""
    context: Any = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(theirs, file, timeout, annotations), daemon=True)
    process.start()
    theirs.close()
    found: list[Finding] = []
    notes: list[str] = []
    fault = ""
    since = time.monotonic()
    try:
        while ours.poll(max(0.0, since + PATIENCE - time.monotonic())):
            message = ours.recv()
            since = time.monotonic()
            if isinstance(message, Finding):
                found.append(message)
            else:
                notes, fault = message
                break
        else:
            fault = f"stopped: nothing was decided for {PATIENCE:g} s; the equations before that are listed"
    except (EOFError, OSError):
        fault = "the process that read it died; the equations before that are listed"
    finally:
        process.kill()
        process.join()
        ours.close()
    return found, notes, fault


class _Sending(list[Finding]):
    """A list that tells of every item while it grows."""

    def __init__(self, pipe: Connection) -> None:
        super().__init__()
        self.pipe = pipe

    def append(self, item: Finding) -> None:
        super().append(item)
        self.pipe.send(item)


def _work(pipe: Connection, file: Path, timeout: float, annotations: Path | None) -> None:
    notes: list[str] = []
    try:
        document = load(file)
        beside = annotations or file.with_name(file.name + ".calcds")
        if beside.is_file():
            sidecar(document, beside)
        Checker(document, timeout, rows=_Sending(pipe)).run()
        pipe.send((document.problems, ""))
    except CannotLoad as error:
        pipe.send((notes, str(error).removeprefix(f"{file}: ")))
    except Exception as error:  # noqa: BLE001  (one document costs no other)
        pipe.send((notes, fault_of_calcds(error)))


__all__ = ["as_results", "check_documents", "is_condition", "is_document", "tally"]
