"""Documents to results: what is claimed gets a row; what is a definition, a condition or an update is counted.

What was found in a document that has not changed since comes from the cache; the rest is read anew.

Imports: calcds.document.finding, calcds.verify.cache, .places, .reading, .result.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from calcds.decide.verdict import Outcome
from calcds.document.finding import Finding
from calcds.verify import cache as kept
from calcds.verify.places import labels, said_path
from calcds.verify.reading import Job, Read, read_all
from calcds.verify.result import Report, Result

TIMEOUT = 10.0  # seconds for one claim, of which a document takes less

Progress = Callable[[int, int, str], None]


def check_documents(
    files: Iterable[Path], *, jobs: int = 1, select: str = "", timeout: float = TIMEOUT, annotations: Path | None = None,
    cache: bool = False, progress: Progress | None = None,
) -> Report:  # fmt: skip
    """Results, problems and notes of some documents, in their order; never raises for what stands in them."""
    paths = list(files)
    known = findings(
        paths, jobs=jobs, timeout=timeout, annotations=annotations, cache=cache, progress=progress
    )
    rows: list[Result] = []
    problems: list[str] = []
    notes: list[str] = []
    for file, label in labels(paths).items():
        read = known.get(file)
        if read is None:
            continue
        problems += [f"{said_path(file)}: {read.fault}"] if read.fault else []
        notes += [f"{said_path(file)}: {sentence}" for sentence in read.notes]
        rows += [row for row in as_results(file, read.found, label) if select.lower() in row.id.lower()]
        notes.append(f"{said_path(file)}: {tally(read.found)}")
    return Report(tuple(rows), tuple(problems), tuple(notes), interrupted=len(known) < len(set(paths)))


def findings(
    files: Sequence[Path], *, jobs: int = 1, timeout: float = TIMEOUT, annotations: Path | None = None, cache: bool = False,
    progress: Progress | None = None,
) -> dict[Path, Read]:  # fmt: skip
    """What was found in each document; one that was not reached before Ctrl-C is missing."""
    known: dict[Path, Read] = {}
    keys: dict[Path, str] = {}
    todo: list[Job] = []
    for file in files:
        job = Job(file, annotations_of(file, annotations), timeout)
        keys[file] = kept.key_of_file(file, job.annotations, timeout) if cache else ""
        if (found := kept.lookup(keys[file])) is not None:
            known[file] = Read(*found)
        else:
            todo.append(job)
    try:
        for job, read in read_all(todo, jobs) if todo else ():
            known[job.file] = read
            if keys[job.file] and not read.fault and _unchanged(job, keys[job.file]):
                kept.store(keys[job.file], read.found, read.notes)
            if progress:
                progress(len(known), len(files), job.file.name)
    except KeyboardInterrupt:
        pass  # what is known so far is said, and that it is not all
    return known


def annotations_of(file: Path, said: Path | None) -> Path | None:
    """The annotations of a document: the file that was named, or its own in the directory that was named, or beside it.

    A document that has none in that directory has those beside it, if there are any.
    """
    if said is None or not said.is_dir():
        return said or beside(file)
    own = said / (file.name + ".calcds")
    return own if own.is_file() else beside(file)


def beside(file: Path) -> Path | None:
    """The annotations beside a document, `notes.md.calcds`, if there are any."""
    sidecar = file.with_name(file.name + ".calcds")
    return sidecar if sidecar.is_file() else None


def _unchanged(job: Job, key: str) -> bool:
    """Whether the file that was read is the file that was looked up; someone may have saved it in between."""
    return kept.key_of_file(job.file, job.annotations, job.timeout) == key


def as_results(file: Path, found: Sequence[Finding], label: str = "") -> list[Result]:
    """Findings as rows of a report; what claims nothing has no row."""
    rows, counts = [], dict[int, int]()
    for one in found:
        if is_condition(one) or is_definition(one):
            continue  # nothing is claimed, so no outcome is given; the tally counts them
        counts[one.line] = counts.get(one.line, 0) + 1
        rows.append(as_result(file, one, f"{label or file.name}::{one.line}[{counts[one.line]}]"))
    return rows


def as_result(file: Path, one: Finding, name: str) -> Result:
    """One finding as a row."""
    settles = f"{one.detail}; an annotation would settle it: calcds: {one.advice}"
    return Result(
        id=name, file=said_path(file), line=one.line, column=one.column, end_line=one.end_line, end_column=one.end_column,
        outcome=one.outcome, detail=settles if one.advice else one.detail, lhs=one.lhs, rhs=one.rhs, given=one.given,
        role=one.role, stage=one.stage, counterexample=one.counterexample, seconds=one.seconds, left=one.left,
        right=one.right, link=one.link, conditions=one.conditions, holds_if=one.holds_if, corrected=one.corrected,
    )  # fmt: skip


def tally(found: Sequence[Finding]) -> str:
    """How much of a document was read, in a sentence."""
    if not found:
        return "no equation was found"
    unread = sum(one.outcome is Outcome.UNREAD for one in found)
    rest = [one for one in found if one.outcome is not Outcome.UNREAD]
    definitions, conditions = sum(map(is_definition, rest)), sum(map(is_condition, rest))
    claims = len(rest) - definitions - conditions
    decided = sum(one.role != "definition" and one.outcome is not Outcome.UNDECIDED for one in rest)
    share = round(100 * (len(found) - unread) / len(found))
    return (
        f"{len(found)} equations, {share}% read: {claims} claims, of which {decided} were decided; "
        f"{definitions} definitions; {conditions} conditions and updates; {unread} unread"
    )


def explain_reading(
    files: Sequence[Path],
    *,
    jobs: int = 1,
    timeout: float = TIMEOUT,
    annotations: Path | None = None,
    cache: bool = False,
) -> Iterator[str]:
    """How each equation of some documents was understood, as LaTeX, and what was supposed of its names."""
    known = findings(files, jobs=jobs, timeout=timeout, annotations=annotations, cache=cache)
    for file in files:
        yield from _explained(file, known.get(file, Read(fault="not read")))


def _explained(file: Path, read: Read) -> Iterator[str]:
    for sentence in filter(None, [*read.notes, read.fault]):
        yield f"{said_path(file)}: {sentence}"
    for one in read.found:
        yield f"{said_path(file)}:{one.line}:{one.column + 1}  {kind_of(one)}: {one.left} {one.link} {one.right}"
        if one.lhs or one.rhs:  # an inequality is a relation by itself, without another side
            yield f"    read as  {one.lhs} = {one.rhs}" if one.lhs and one.rhs else f"    read as  {one.lhs or one.rhs}"
        if one.given:
            yield f"    where    {', '.join(one.given)}"
        if one.detail and one.outcome is not Outcome.PROVED:
            yield f"    {one.detail}"


def kind_of(one: Finding) -> str:
    """What an equation was taken for: a condition, a definition, or a claim with its outcome."""
    if is_condition(one):
        return "condition"
    return "definition" if one.role == "definition" and one.outcome is not Outcome.UNREAD else one.outcome.value


def is_condition(one: Finding) -> bool:
    """Whether an equation asks for something, or changes something, and claims nothing."""
    return one.role == "definition" and one.outcome is Outcome.UNDECIDED


def is_definition(one: Finding) -> bool:
    """Whether an equation was taken to say what its left side means."""
    return one.role == "definition" and one.stage == "definition" and one.outcome is not Outcome.UNDECIDED
