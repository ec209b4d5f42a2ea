"""Findings as what an editor underlines and shows. Pure functions: findings and a text in, plain data of the protocol out.

Imports: calcds.document.finding, calcds.report, calcds.verify.documents, calcds.lsp.text.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from calcds.decide.verdict import PROMISES, Outcome
from calcds.document.finding import Finding
from calcds.lsp.text import Span, Text
from calcds.report.terminal import evidence, verdict_word
from calcds.verify.documents import as_result, is_condition, is_definition, kind_of

ERROR, WARNING, INFORMATION, HINT, OFF = 1, 2, 3, 4, 0
LEVELS = {"error": ERROR, "warning": WARNING, "information": INFORMATION, "hint": HINT, "off": OFF}
USUAL = {
    # outcome          level, which a setting of this name changes
    Outcome.REFUTED:   ERROR,
    Outcome.MALFORMED: ERROR,
    Outcome.UNDECIDED: HINT,
    Outcome.SUPPORTED: OFF,
    Outcome.UNREAD:    OFF,
    Outcome.PROVED:    OFF,
}  # fmt: skip
SOURCE = "calcds"
WIDTH = 80
_NOTE = re.compile(r"line (\d+): (.*)", re.DOTALL)

Levels = Mapping[Outcome, int]


def levels(settings: Any) -> dict[Outcome, int]:
    """The levels that settings ask for: `{"undecided": "information", "unread": "hint"}`; what makes no sense is ignored."""
    inner = settings.get("calcds", settings) if isinstance(settings, dict) else {}
    asked = inner if isinstance(inner, dict) else {}
    return {outcome: LEVELS.get(str(asked.get(outcome.value, "")), usual) for outcome, usual in USUAL.items()}


def span_of(one: Finding, text: Text) -> Span:
    """Where a finding stands; at least one character long where the line has any."""
    begin = text.inside((one.line - 1, one.column))
    if one.end_line >= 1:
        end = text.inside((one.end_line - 1, one.end_column))
    else:
        row, column = begin
        line = text.line(row)
        found = line.find(one.right, column + len(one.left)) if one.right and one.left else -1
        length = found + len(one.right) if found >= 0 else column + len(f"{one.left} {one.link} {one.right}")
        end = row, min(length, len(line.rstrip()))
    if end <= begin:
        end = text.inside((begin[0], begin[1] + 1))
    return Span(begin, end)


def diagnostics(
    file: Path, text: Text, found: Sequence[Finding], notes: Sequence[str], wanted: Levels = USUAL
) -> list[dict[str, Any]]:
    """What is to be underlined in a document, in its order."""
    return [
        *(row for one in found if (row := _diagnostic(file, text, one, wanted)) is not None),
        *(_note(text, sentence) for sentence in notes),
    ]


def _diagnostic(file: Path, text: Text, one: Finding, wanted: Levels) -> dict[str, Any] | None:
    if is_condition(one) or is_definition(one):
        return None
    fails = as_result(file, one, "").fails
    level = wanted[one.outcome]
    if one.role == "erratum":
        level = ERROR if fails else OFF
    if level == OFF:
        return None
    code = "erratum-not-refuted" if one.role == "erratum" else one.outcome.value
    return {
        "range": text.range(span_of(one, text)), "severity": level, "code": code, "source": SOURCE,
        "message": message(file, one),
    }  # fmt: skip


def _note(text: Text, sentence: str) -> dict[str, Any]:
    """A sentence about the document: an annotation that is not understood, a document that could not be read to its end."""
    found = _NOTE.fullmatch(sentence)
    row = int(found[1]) - 1 if found else 0
    line = text.line(row)
    span = Span((row, len(line) - len(line.lstrip())), (row, len(line)))
    said = found[2] if found else sentence
    return {"range": text.range(span), "severity": WARNING, "code": "note", "source": SOURCE, "message": said}


def message(file: Path, one: Finding) -> str:
    """What the terminal says of a finding: the outcome and the two sides, then the evidence."""
    row = as_result(file, one, "")
    sides = f"{one.left}  {one.link}  {one.right}" if one.left and one.right else one.left or one.right
    first = f"{verdict_word(row)}: {sides}" if sides else verdict_word(row)
    rest = textwrap.dedent("\n".join(line.plain for line in evidence(row, WIDTH))).strip("\n")
    return f"{first}\n\n{rest}" if rest else first


def hover(file: Path, one: Finding) -> str:
    """Verdict, reading and evidence of a finding, as Markdown."""
    kind = kind_of(one)
    row = as_result(file, one, "")
    said = verdict_word(row).capitalize() if one.role == "erratum" else kind.capitalize()
    parts = [f"**{said}**" + (f" ({one.stage})" if one.stage and one.stage != kind else "")]
    if one.lhs or one.rhs:  # an inequality is a relation by itself, without another side
        reading = f"{one.lhs} {one.link} {one.rhs}" if one.lhs and one.rhs else one.lhs or one.rhs
        parts.append(f"Read as\n\n```latex\n{reading}\n```")
    if one.given:
        parts.append("where " + ", ".join(f"`{name}`" for name in one.given))
    if one.conditions:
        parts.append("for " + ", ".join(f"`{condition}`" for condition in one.conditions))
    if kind in set(Outcome):
        lines = textwrap.dedent("\n".join(line.plain for line in evidence(row, WIDTH))).strip("\n")
        parts.append(f"```text\n{lines}\n```" if lines else "")
        parts.append(PROMISES[one.outcome] if one.outcome in {Outcome.SUPPORTED, Outcome.UNREAD} else "")
    elif one.detail:
        parts.append(one.detail[:1].upper() + one.detail[1:] + ".")
    return "\n\n".join(part for part in parts if part)
