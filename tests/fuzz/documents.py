"""`python -m tests.fuzz.documents --seconds 45`: damaged documents, and what must hold of them whatever the damage.

1. No exception escapes, and no finding speaks of a fault of calcds.
2. Time and memory are bounded: ten seconds and a few questions' time for every equation; two gigabytes.
3. A true line in a section of its own behind the damage is proved, a false one is not.
4. Findings point into the file.
5. The same text gives the same outcomes twice.

What breaks one of them is made small and printed with its seed; exit code 1.
"""

from __future__ import annotations

import argparse
import multiprocessing
import re
import resource
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random
from typing import Any

from calcds.decide.verdict import Outcome
from calcds.document.checking import Checker
from calcds.document.finding import Finding
from calcds.document.source.extract import load
from calcds.document.words.notes import sidecar
from calcds.errors import CannotLoad
from tests.fuzz.damage import Sample, draw, notebook, tokens

TRUE, FALSE = "$$(p+q)^2 = p^2 + 2pq + q^2$$", "$$(p+q)^2 = p^2 + q^2$$"
RIGHT, WRONG = "p^2 + 2pq + q^2", "p^2 + q^2"
QUESTION = 0.5  # seconds for one question
LONGEST = 10.0  # seconds of a document of no equations
EACH = 12 * QUESTION  # seconds more for every equation: it may be read in several ways
MEMORY = 2 * 1024**3
HANGS = 40.0  # seconds after which nobody waits any longer
MOST = 60  # documents a process reads, so that one does not pay for another


def assembled(sample: Sample) -> bytes:
    """The file: the damage, then a section with the control lines. What an annotation left open goes to `r = 1`."""
    if sample.broken:
        return sample.body
    heading = "\\section{%s}" if sample.suffix == ".tex" else "# %s"
    control = "\n\n".join(("", heading % "Between", "$r = 1$", heading % "Control", TRUE, FALSE, ""))
    if sample.suffix == ".ipynb":
        return notebook(sample.body.decode(), control).encode()
    return sample.body + control.encode()


def is_swallowed(sample: Sample) -> bool:
    """Whether the control lines may stand in code or in a comment by right."""
    text = sample.body.decode("utf-8", errors="replace")
    if sample.suffix == ".tex":
        return bool(re.search(r"\\begin\{(?:verbatim|lstlisting|minted|comment)", text))
    return (
        sample.broken or "```" in text or "~~~" in text or bool(re.search(r"<!--(?!.*?-->)", text, re.DOTALL))
    )


@dataclass(frozen=True, slots=True)
class Answer:
    """What reading a document came to."""

    found: tuple[Finding, ...] = ()
    again: tuple[Finding, ...] = ()
    refused: str = ""
    fault: str = ""
    seconds: float = 0.0  # of the processor
    lines: tuple[int, ...] = ()  # length of each


def read(file: Path, beside: bytes, *, twice: bool) -> Answer:
    """Read one document as `calcds verify` does."""
    begin = time.process_time()
    try:
        found = _findings(file, beside)
        seconds = time.process_time() - begin
        again = _findings(file, beside) if twice else found
        text = (
            file.read_bytes().decode("utf-8-sig", errors="replace").replace("\r\n", "\n").replace("\r", "\n")
        )
        return Answer(
            tuple(found), tuple(again), seconds=seconds, lines=tuple(len(line) for line in text.split("\n"))
        )
    except CannotLoad as error:
        return Answer(refused=str(error))
    except BaseException:  # noqa: BLE001  (whatever it is, it is the fault that is looked for)
        return Answer(fault=traceback.format_exc(limit=-4))


def _findings(file: Path, beside: bytes) -> list[Finding]:
    document = load(file)
    if beside:
        note = file.with_name(file.name + ".calcds")
        note.write_bytes(beside)
        sidecar(document, note)
    return Checker(document, QUESTION).run()


def complaint(sample: Sample, answer: Answer) -> str:
    """Which theorem a document breaks, in a sentence that begins with its name; "" where it breaks none."""
    if answer.fault:
        return f"exception: {answer.fault}"
    if answer.refused:
        return "" if sample.suffix == ".ipynb" and sample.broken else f"refused: {answer.refused}"
    for one in answer.found:
        if "a fault of calcds" in one.detail:
            return f"fault: line {one.line}: {one.left} {one.link} {one.right}: {one.detail}"
        if not 1 <= one.line <= len(answer.lines) or not 0 <= one.column <= answer.lines[one.line - 1]:
            return f"place: {one.line}:{one.column} is not in the file"
    if answer.seconds > LONGEST + EACH * len(answer.found):
        return f"slow: {answer.seconds:.1f} s for {len(answer.found)} equations"
    rights = [one for one in answer.found if one.right == RIGHT]
    if not is_swallowed(sample) and [one.outcome for one in rights] != [Outcome.PROVED]:
        return f"control: the true line is {[(one.outcome.value, one.role, one.detail) for one in rights]}"
    wrongs = [
        one
        for one in answer.found
        if one.right == WRONG and one.outcome in {Outcome.PROVED, Outcome.SUPPORTED}
    ]
    if wrongs:
        return f"WRONG: the false line is {wrongs[0].outcome.value} as {wrongs[0].role}: {wrongs[0].detail}"
    return _differences(answer)


def _differences(answer: Answer) -> str:
    """Differences between two readings of one text, but for those that time explains."""
    if len(answer.found) != len(answer.again):
        return f"twice: {len(answer.found)} equations, then {len(answer.again)}"
    for one, other in zip(answer.found, answer.again, strict=True):
        timed = max(one.seconds, other.seconds) > QUESTION / 2 or "stopped" in one.detail + other.detail
        if (one.line, one.column, one.outcome, one.role) != (
            other.line,
            other.column,
            other.outcome,
            other.role,
        ) and not timed:
            return f"twice: line {one.line}: {one.outcome.value} {one.detail}, then {other.outcome.value} {other.detail}"
    return ""


# -- the reader, a process of its own --------------------------------------------------------------------------


def _serve(pipe: Connection, folder: Path) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))
    with suppress(EOFError):
        while True:
            suffix, data, beside, twice = pipe.recv()
            file = folder / f"notes{suffix}"
            file.write_bytes(data)
            pipe.send(read(file, beside, twice=twice))


@dataclass(slots=True)
class Desk:
    """Gives documents to a process that may hang or die."""

    folder: Path
    process: Any = None
    pipe: Any = None
    done: int = 0

    def ask(self, sample: Sample, *, twice: bool = False) -> Answer:
        if self.process is None or self.done >= MOST:
            self.close()
            context = multiprocessing.get_context("fork")
            self.pipe, theirs = context.Pipe()
            self.process = context.Process(target=_serve, args=(theirs, self.folder), daemon=True)
            self.process.start()
            theirs.close()
            self.done = 0
        self.done += 1
        self.pipe.send((sample.suffix, assembled(sample), sample.sidecar, twice))
        try:
            if self.pipe.poll(HANGS):
                answer: Answer = self.pipe.recv()
                return answer
            fault = f"it hangs: no answer for {HANGS:g} s"
        except (EOFError, OSError):
            self.process.join()
            fault = f"the process died, exit code {self.process.exitcode}"
        self.close()
        return Answer(fault=fault)

    def close(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.join()
            self.pipe.close()
            self.process = None


# -- making it small -------------------------------------------------------------------------------------------


def smaller(sample: Sample, breaks: Callable[[Sample], bool], seconds: float = 60.0) -> Sample:
    """Leave out lines, then tokens, while a sample still breaks what it broke."""
    until = time.monotonic() + seconds
    if sample.sidecar and breaks(replace(sample, sidecar=b"")):
        sample = replace(sample, sidecar=b"")
    for cut in (_lines, _tokens):
        parts = cut(sample.body)
        step = max(1, len(parts) // 2)
        while step and time.monotonic() < until:
            at, less = 0, False
            while at < len(parts) and time.monotonic() < until:
                fewer = [*parts[:at], *parts[at + step :]]
                if breaks(replace(sample, body=b"".join(fewer))):
                    parts, less = fewer, True
                else:
                    at += step
            step = step if less and step == 1 else step // 2
        sample = replace(sample, body=b"".join(parts))
    return sample


def _lines(body: bytes) -> Sequence[bytes]:
    return body.splitlines(keepends=True)


def _tokens(body: bytes) -> Sequence[bytes]:
    return [
        piece.encode("utf-8", errors="surrogateescape")
        for piece in tokens(body.decode("utf-8", errors="surrogateescape"))
    ]


# -- the loop --------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Report:
    """What a run found."""

    counts: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    slowest: tuple[float, int] = (0.0, 0)  # seconds, seed


def one(seed: int, desk: Desk, report: Report) -> None:
    """All theorems of one document."""
    sample = draw(Random(seed))
    answer = desk.ask(sample, twice=seed % 4 == 0)
    report.counts["documents"] += 1
    report.counts["equations"] += len(answer.found)
    report.counts.update(found.outcome.value for found in answer.found)
    report.counts["controls proved"] += any(
        found.right == RIGHT and found.outcome is Outcome.PROVED for found in answer.found
    )
    report.slowest = max(report.slowest, (answer.seconds, seed))
    said = complaint(sample, answer)
    if not said:
        return
    kind = said.partition(":")[0]

    def breaks(other: Sample) -> bool:
        return complaint(other, desk.ask(other, twice=kind == "twice")).startswith(kind)

    small = smaller(sample, breaks)
    again = complaint(small, desk.ask(small, twice=kind == "twice")) or said
    beside = f"\nbeside it: {small.sidecar!r}" if small.sidecar else ""
    report.faults.append(f"seed {seed}, {small.suffix}: {again}\n{small.body!r}{beside}")


def fuzz(seconds: float, seed: int = 0, *, most: int = 10**9) -> Report:
    """Run until the time is over, one document a seed."""
    report = Report()
    end = time.monotonic() + seconds
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(folder))
        while time.monotonic() < end and report.counts["documents"] < most:
            one(seed, desk, report)
            seed += 1
        desk.close()
    return report


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.fuzz.documents", description=(__doc__ or "").split("\n")[0]
    )
    parser.add_argument("--seconds", type=float, default=45.0)
    parser.add_argument("--seed", type=int, default=0, help="the first seed; one document a seed")
    parser.add_argument("--only", action="store_true", help="this seed alone")
    options = parser.parse_args()
    report = fuzz(options.seconds, options.seed, most=1 if options.only else 10**9)
    print(", ".join(f"{count} {name}" for name, count in report.counts.items()))
    print(f"slowest: {report.slowest[0]:.1f} s (seed {report.slowest[1]})")
    for fault in report.faults:
        print(fault)
    return 1 if report.faults else 0


if __name__ == "__main__":
    sys.exit(main())
