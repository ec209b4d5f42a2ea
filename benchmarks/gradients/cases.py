"""All cases, by group."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import cases_batches
import cases_cookbook
import cases_documents
import cases_entrywise
import cases_networks
import cases_second
from model import Case

GROUPS: dict[str, tuple[Case, ...]] = {
    "documents": cases_documents.CASES,
    "cookbook": cases_cookbook.CASES,
    "entrywise": cases_entrywise.CASES,
    "second": cases_second.CASES_SECOND,
    "kronecker": cases_second.CASES_KRONECKER,
    "networks": cases_networks.CASES,
    "batches": cases_batches.CASES,
}

CASES: tuple[Case, ...] = tuple(replace(case, group=group) for group,
                                cases in GROUPS.items() for case in cases)

_repeated = [name for name, count in Counter(case.id for case in CASES).items() if count > 1]
if _repeated:
    message = f"case ids occur twice: {_repeated}"
    raise ValueError(message)
