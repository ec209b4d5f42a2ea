"""`calcds list --statements`: where each statement of the cited documents stands, as a Markdown table.

Three files beside the derivations are read, and the derivations and programs as text; nothing is run:

    catalog.jsonl     one line a statement: id, document, section, kind
    left_out.toml     id = "why no line states it"
    *.py              ids in decorators and lines; ids in docstrings of calcds.network

Outcomes come from a report, the JSON of `calcds verify --format json`; without one their column is empty.

Imports: calcds.derivation.discovery, .scan, .sources.
"""

from __future__ import annotations

import ast
import json
import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from calcds.derivation.discovery import Found, shipped
from calcds.derivation.scan import Text
from calcds.derivation.sources import DOCUMENTS, STATEMENT_ID

QUALITATIVE = "qualitative-claim"
CITED = re.compile(rf"\b(?:{'|'.join(DOCUMENTS)})-\d{{3}}\b")
HEAD = """\
# Where each statement stands

One row for each statement of the cited documents: the derivations that state it (`file.py::name`, checked by
`calcds verify`), the programs that implement it, the experiments that measure it, or why nothing does. "Refuted as
printed" marks an erratum: the printed statement is false, and the same row names its correction.

Written by `calcds list --statements --report report.json`, where `calcds verify --format json --output report.json`
wrote the report.
"""


@dataclass(frozen=True, slots=True)
class Statement:
    """One row of the catalog."""

    id: str
    document: str  # a key of DOCUMENTS
    section: str
    kind: str

    @property
    def is_formula(self) -> bool:
        """Whether it states more than words: a formula, a definition, an example, an update rule, an algorithm."""
        return self.kind != QUALITATIVE


@dataclass(frozen=True, slots=True)
class Index:
    """Everything that is known about the statements."""

    statements: tuple[Statement, ...]
    derivations: Mapping[str, tuple[str, ...]]  # statement id -> "file.py::name"
    programs: Mapping[str, tuple[str, ...]]  # statement id -> "network.rules.Momentum"
    left_out: Mapping[str, str]  # statement id -> why

    def stands(self, statement: Statement) -> bool:
        """Whether anything states, implements or measures it."""
        return statement.id in self.derivations or statement.id in self.programs

    @property
    def problems(self) -> tuple[str, ...]:
        """Sentences about ids that stand twice, are unknown, or are both cited and left out."""
        known = [row.id for row in self.statements]
        cited = {*self.derivations, *self.programs}
        missing = "but the catalog has no such statement"
        return (
            *(f"{key} stands twice in the catalog" for key, count in Counter(known).items() if count > 1),
            *(f"{key} is cited, {missing}" for key in sorted(cited - set(known))),
            *(f"{key} is left out, {missing}" for key in self.left_out if key not in known),
            *(f"{key} is left out and cited" for key in self.left_out if key in cited),
        )

    @property
    def forgotten(self) -> tuple[str, ...]:
        """Sentences about statements that are neither cited nor left out; of interest for all derivations together."""
        rows = (row for row in self.statements if not self.stands(row) and row.id not in self.left_out)
        return tuple(f"{row.id} is neither cited nor left out" for row in rows)


def read_index(found: Found, folder: Path | None = None) -> Index:
    """Read catalog, reasons, derivations and programs. Raises OSError or ValueError where a file is missing or bad."""
    folder = folder or shipped()
    lines = (folder / "catalog.jsonl").read_text(encoding="utf-8").splitlines()
    left_out = tomllib.loads((folder / "left_out.toml").read_text(encoding="utf-8"))
    derivations = ((key, name) for text in found.texts for key, name in cited_by(text))
    return Index(tuple(Statement(**json.loads(line)) for line in lines), _by_id(derivations),
                 _by_id(_programs()), {str(key): str(why) for key, why in left_out.items()})  # fmt: skip


def cited_by(text: Text) -> Iterator[tuple[str, str]]:
    """Statement ids in the decorators and lines of a file, each with "file.py::name"."""
    for name, node in text.functions.items():
        for inner in ast.walk(node):
            if (
                isinstance(inner, ast.Constant)
                and isinstance(inner.value, str)
                and STATEMENT_ID.match(inner.value)
            ):
                yield inner.value, f"{text.file.name}::{name}"


def _programs() -> Iterator[tuple[str, str]]:
    """Statement ids in the docstrings of functions and classes of the network."""
    package = Path(__file__).parents[1]
    for file in sorted((package / "network").rglob("*.py")):
        module = ".".join(file.relative_to(package).with_suffix("").parts)
        for node in ast.parse(file.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                for key in CITED.findall(ast.get_docstring(node) or ""):
                    yield key, f"{module}.{node.name}"


def _by_id(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for key, name in pairs:
        found[key][name] = None
    return {key: tuple(names) for key, names in found.items()}


# -- the page -------------------------------------------------------------------------------------------------


def page(index: Index, report: Mapping[str, Any] | None = None) -> str:
    """The whole page; with a report, the outcomes too."""
    rows = report["results"] if report is not None else []
    documents = dict.fromkeys(row.document for row in index.statements)
    parts = [HEAD, *_summary(index)]
    for key in documents:
        parts += [
            f"\n## {DOCUMENTS[key]}\n",
            "| statement | section | kind | where | outcome |",
            "|---|---|---|---|---|",
        ]
        parts += [_row(row, index, rows) for row in index.statements if row.document == key]
    return "\n".join(parts) + "\n"


def _summary(index: Index) -> Iterator[str]:
    yield "| document | statements | stand somewhere | formulas, definitions, examples, rules | of these cited |"
    yield "|---|---|---|---|---|"
    keys = dict.fromkeys(row.document for row in index.statements)
    for key in (*keys, ""):
        rows = [row for row in index.statements if key in {row.document, ""}]
        formulas = [row for row in rows if row.is_formula]
        name = DOCUMENTS[key].title if key else "all"
        yield (f"| {name} | {len(rows)} | {sum(map(index.stands, rows))} | {len(formulas)} "
               f"| {sum(map(index.stands, formulas))} ({share(formulas, index):.1%}) |")  # fmt: skip


def share(statements: Iterable[Statement], index: Index) -> float:
    """The share of some statements that stand somewhere."""
    stand = [index.stands(row) for row in statements]
    return sum(stand) / len(stand) if stand else 1.0


def _row(row: Statement, index: Index, results: list[dict[str, Any]]) -> str:
    names = [f"`{name}`" for name in (*index.derivations.get(row.id, ()), *index.programs.get(row.id, ()))]
    where = ", ".join(names) or f"left out: {index.left_out.get(row.id, 'no reason given')}"
    cells = (row.id, row.section, row.kind, where, "; ".join(_outcomes(row, index, results)))
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _outcomes(row: Statement, index: Index, results: list[dict[str, Any]]) -> Iterator[str]:
    """What came out for one statement: its claims, its errata, its programs."""
    derivations = index.derivations.get(row.id, ())
    mine = [r for r in results if r["id"].rpartition("[")[0] in derivations]
    direct = [r for r in mine if row.id in r["statements"]] or mine
    claims = Counter(r["outcome"] for r in direct if r["role"] != "erratum")
    if len(claims) == 1:
        yield next(iter(claims))
    elif claims:
        yield ", ".join(f"{outcome} {count}" for outcome, count in sorted(claims.items()))
    yield from dict.fromkeys(f"{r['outcome']} as printed" for r in mine if r["role"] == "erratum")
    kinds = (
        "measured" if ".experiments." in name else "program, tested"
        for name in index.programs.get(row.id, ())
    )
    yield from dict.fromkeys(kinds)
