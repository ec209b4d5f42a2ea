"""One derivation, or a topic, as Markdown with $...$ formulas and as a Jupyter notebook.

The Markdown is what calcds itself, GitHub, Pandoc and Jupyter read; the notebook has one cell for each derivation.

Imports: calcds.handout.page, .prose, .scribe.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence

from calcds.handout.page import BlockView, DisproofView, View
from calcds.handout.prose import Rich
from calcds.handout.scribe import BREAK
from calcds.version import VERSION

_MARKS = {
    "proved": "✓",
    "supported": "≈",
    "definition": "≔",
    "refuted": "✗",
    "malformed": "✗",
    "undecided": "?",
    "": "",
}
LEGEND = "✓ proved · ≈ checked numerically, not proved · ≔ by definition · ? not decided · ✗ false"
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|$])")


def markdown(title: Rich, intro: Rich, views: Sequence[View]) -> str:
    """A whole document."""
    parts = [f"# {text(title)}"] + ([text(intro)] if intro else [])
    parts += [derivation(view) for view in views]
    return "\n\n".join([*parts, f"*{LEGEND}*"]) + "\n"


def notebook(title: Rich, intro: Rich, views: Sequence[View]) -> str:
    """Format 4.5; the ids of the cells are the names of the derivations, so that it is the same in every run."""
    head = f"# {text(title)}" + (f"\n\n{text(intro)}" if intro else "")
    cells = [_cell("title", head)]
    cells += [_cell(_identifier(view, k), derivation(view)) for k, view in enumerate(views)]
    cells.append(_cell("legend", f"*{LEGEND}*"))
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    meta = {"kernelspec": kernel, "language_info": {"name": "python"}, "calcds": VERSION}
    return (
        json.dumps(
            {"cells": cells, "metadata": meta, "nbformat": 4, "nbformat_minor": 5},
            indent=1,
            ensure_ascii=False,
        )
        + "\n"
    )


def _cell(name: str, source: str) -> dict[str, object]:
    return {"cell_type": "markdown", "id": name, "metadata": {}, "source": source.splitlines(keepends=True)}


def _identifier(view: View, k: int) -> str:
    name = view.sheet.name if view.sheet else str(k)
    return re.sub(r"[^A-Za-z0-9_-]", "-", f"{k}-{name}")[:64]


def derivation(view: View) -> str:
    """One derivation: title, hypotheses, lines with reasons and marks, source."""
    parts = [f"## {text(view.title)}"]
    parts += [text(said) for said in (view.note, view.said) if said]
    for block in view.blocks:
        parts += _block(block)
    if view.disproof:
        parts.append(_disproof(view.disproof))
    if view.remarks:
        parts.append("  \n".join(text(remark) for remark in view.remarks))
    if view.origin:
        parts.append(f"*{text(view.origin)}*")
    return "\n\n".join(parts)


def _block(block: BlockView) -> Iterator[str]:
    if block.opening:
        yield text(block.opening)
    yield from (_display(let) for let in block.displayed)
    if block.steps:
        yield _aligned(
            (
                step.relation,
                step.formula,
                step.reason,
                _MARKS[step.mark] + (f"^{{{step.letter}}}" if step.letter else ""),
            )
            for step in block.steps
        )


def _aligned(rows: Iterable[tuple[str, str, Rich, str]]) -> str:
    lines = []
    for relation, formula, reason, mark in rows:
        said = f"{relation} {_plain(formula)}" if relation else _plain(formula)
        left, right = (f"{said}", "") if not relation else ("", said)
        beside = rf"&& {_reason(reason)}\quad {_mark(mark)}" if reason or mark else ""
        lines.append(f"{left} & {right} {beside}".rstrip())
    body = " \\\\\n".join(lines)
    return f"$$\n\\begin{{aligned}}\n{body}\n\\end{{aligned}}\n$$"


def _mark(mark: str) -> str:
    sign, hat, letter = mark.partition("^")
    return (rf"\text{{{sign}}}" if sign else "") + (hat + letter)


def _reason(pieces: Rich) -> str:
    return "".join(said if kind == "math" else rf"\text{{{_in_text(said)}}}" for kind, said in pieces)


def _in_text(said: str) -> str:
    return re.sub(r"([%#&_$])", r"\\\1", said.replace("\\", "").replace("{", "(").replace("}", ")"))


def _disproof(d: DisproofView) -> str:
    """One quotation."""
    rows = (
        [("", d.left, (), ""), (d.relation, d.right, d.reason, "✗")]
        if d.left
        else [("", d.right, d.reason, "✗")]
    )
    said = [f"**Erratum.** {text(d.printed)}", _aligned(rows)]
    if d.at:
        said += [text(d.at), *map(_display, d.point)]
    said += [text(d.conclusion), *map(_display, d.outcome)]
    if d.afterwards:
        said.append(text(d.afterwards))
    if d.correct:
        said += [f"**Correct:** {text(d.correct_title)}", *map(_display, d.right_line)]
    return "\n".join(f"> {line}".rstrip() for line in "\n\n".join(said).splitlines())


def _display(latex: str) -> str:
    return f"$$\n{_plain(latex)}\n$$"


def _plain(latex: str) -> str:
    return latex.replace(BREAK, "")


def text(pieces: Rich) -> str:
    """Prose; what Markdown would read as a sign is escaped."""
    return "".join(
        f"${_plain(said)}$" if kind == "math" else _SPECIAL.sub(r"\\\1", said) for kind, said in pieces
    )
