r"""What an editor can do about a finding: write the annotation that settles it, skip it, or say that it is wrong on purpose.

An annotation is a comment, invisible when rendered: on a line of its own above a display, and within a line directly in
front of the formula, so that it holds for this one. Notebooks get none: a comment would break their JSON.

Imports: calcds.document.source.extract, calcds.document.finding, calcds.lsp.diagnostics, .text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from calcds.decide.verdict import Outcome
from calcds.document.finding import Finding
from calcds.document.source.extract import Document, Segment, cut
from calcds.lsp.diagnostics import span_of
from calcds.lsp.text import Position, Span, Text
from calcds.verify.documents import is_condition, is_definition

_OPENERS = ("$$", r"\[", r"\(", "$")
_PROBLEMS = {Outcome.REFUTED, Outcome.MALFORMED, Outcome.UNDECIDED, Outcome.UNREAD}


def actions(
    file: Path, uri: str, text: Text, found: Sequence[Finding], begin: Position, end: Position
) -> list[dict[str, Any]]:
    """What can be done about the findings in a stretch of the text."""
    if file.suffix == ".ipynb":
        return []
    here = [one for one in found if one.outcome in _PROBLEMS and span_of(one, text).touches(begin, end)]
    if not here:
        return []
    document = cut(file, text.text)
    rows: list[dict[str, Any]] = []
    for one in here:
        segment = _segment(document, one)
        if segment is None:
            continue
        for title, words, preferred in _offers(one, [f for f in found if _segment(document, f) is segment]):
            edit = _insertion(document, segment, file, text, words)
            row = {"title": title, "kind": "quickfix", "isPreferred": preferred, "edit": {"changes": {uri: [edit]}}}
            if row not in rows:
                rows.append(row)
    return rows


def _offers(one: Finding, together: Sequence[Finding]) -> Iterator[tuple[str, str, bool]]:
    """Titles, annotations, and whether each is the best there is."""
    if one.advice:
        yield f"calcds: annotate with `{one.advice}`", one.advice, True
    if is_condition(one) or is_definition(one):
        return
    claims = [f for f in together if not is_condition(f) and not is_definition(f)]
    if one.outcome is Outcome.REFUTED and one.role == "claim" and len(claims) == 1:
        yield "calcds: this is wrong on purpose (expect refuted)", "expect refuted", False
    yield "calcds: skip this formula", "skip", False


def _segment(document: Document, one: Finding) -> Segment | None:
    """The formula a finding stands in."""
    place = one.line, one.column
    before = [segment for segment in document.segments if document.place(segment.at) <= place]
    return max(before, key=lambda segment: segment.at) if before else None


def _opening(document: Document, segment: Segment) -> int:
    r"""Where a formula begins, with its `$` or `\begin{align}`."""
    before = document.text[: segment.at]
    for opener in _OPENERS:
        if before.endswith(opener):
            return segment.at - len(opener)
    return max(before.rfind(r"\begin{"), 0)


def _insertion(document: Document, segment: Segment, file: Path, text: Text, words: str) -> dict[str, Any]:
    line, column = document.place(_opening(document, segment))
    row = line - 1
    before = text.line(row)[:column]
    comment = f"% calcds: {words}" if file.suffix == ".tex" else f"<!-- calcds: {words} -->"
    if segment.display and not before.strip():
        at, new = (row, 0), f"{before}{comment}\n"
    elif file.suffix == ".tex":
        at, new = (row, column), f"{comment}\n"  # TeX reads on as if the line went on
    else:
        at, new = (row, column), comment
    return {"range": text.range(Span(at, at)), "newText": new}
