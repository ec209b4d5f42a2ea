"""Check derivations and documents: paths -> report. Order and content do not depend on the number of workers.

What is heavy is imported where there is something to decide: documents that have not changed since they were checked
are answered from the cache at once.

Imports: calcds.verify.documents, .folders, .result; .derivations where there are some.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from calcds.verify.documents import check_documents
from calcds.verify.folders import sort_paths
from calcds.verify.result import Report

TIMEOUT = 10.0  # seconds for one claim

Progress = Callable[[int, int, str], None]  # derivations done, derivations in all, name of the one that ended


def verify(
    paths: Iterable[Path | str] | Path | str | None = None,
    *,
    select: str = "",
    errata: bool = False,
    jobs: int | None = None,
    timeout: float = TIMEOUT,
    annotations: Path | None = None,
    cache: bool = False,
    progress: Progress | None = None,
) -> Report:
    """Check every claim of the derivations and documents under some paths; by default of the shipped derivations.

    paths:    derivation files, documents (.md, .tex, .ipynb, .txt), and directories: their derivation files and the
              documents in them that hold an equation, but .txt only where it is named
    annotations: a file of annotations for the documents, or a directory with one for each, `notes.md.calcds`; by default
        the one beside each
    select:   only derivations whose id or title contains this text, or one claim by its id
    errata:   only derivations that hold an erratum
    jobs:     worker processes, by default one a core
    timeout:  seconds for one claim, after which it is undecided
    cache:    take the findings of documents from the user's cache where nothing has changed, and keep new ones there
    progress: called after every derivation and document

    Never raises for anything an author can do wrong: that is in the report.
    """
    begin = time.perf_counter()
    places = [Path(paths)] if isinstance(paths, str | Path) else [Path(p) for p in paths or ()]
    workers = jobs or os.cpu_count() or 1
    documents, others, beside = sort_paths(places)
    report = Report()
    if others or not places:
        from calcds.verify.derivations import check_derivations

        report = check_derivations(
            others,
            select=select,
            errata=errata,
            jobs=workers,
            timeout=timeout,
            progress=progress,
            beside=beside,
        )
    if documents and not report.interrupted:
        read = check_documents(
            documents, select=select, jobs=workers, timeout=timeout, annotations=annotations, cache=cache,
            progress=progress,
        )  # fmt: skip
        report = report.with_more(read)
    return replace(report, seconds=time.perf_counter() - begin)
