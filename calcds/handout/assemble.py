"""From chosen derivations to finished files: one document for each choice, in every format that is asked for.

Imports: calcds.handout.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from calcds.handout import export
from calcds.handout.exercises import exercises_html, exercises_of, exercises_tex
from calcds.handout.library import Choice, Library, about
from calcds.handout.page import View
from calcds.handout.pictures import with_svg, with_tikz
from calcds.handout.press import CannotPrint, latexmk, press, write
from calcds.handout.printers import TEMPLATES, Part, html_document, tex_derivation, tex_document
from calcds.handout.prose import Rich, rich

STYLE = "calcds.sty"
NO_LATEXMK = (
    "latexmk is not installed, so there is no PDF; the HTML page can be read and printed from a browser"
)

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person asked for."""

    output: Path
    pdf: bool = False
    html: bool = False
    exercises: bool = False
    solutions: bool = False
    variant: int = 1
    markdown: bool = False
    notebook: bool = False
    say: Say = print

    @property
    def questions(self) -> bool:
        """Solutions imply exercises."""
        return self.exercises or self.solutions


def formats(wanted: Wanted) -> Wanted:
    """The formats that can be made here: PDF unless another one is asked for; HTML where LaTeX is missing."""
    asked = wanted.pdf or wanted.html or wanted.markdown or wanted.notebook
    pdf = wanted.pdf or not asked
    if pdf and latexmk() is None:
        wanted.say(NO_LATEXMK)
        return replace(wanted, pdf=False, html=True)
    return replace(wanted, pdf=pdf)


def style() -> str:
    """calcds.sty, which lies beside every LaTeX file."""
    return (TEMPLATES / STYLE).read_text(encoding="utf-8")


def produce(library: Library, choice: Choice, wanted: Wanted) -> Iterator[Path]:
    """Write the documents of one choice; yields each file when it is complete."""
    views = [library.view(entry) for entry in choice.entries]
    title, intro, notice = rich(choice.title), about(choice), _notice(wanted)
    questions = exercises_of([v.sheet for v in views if v.sheet], wanted.variant) if wanted.questions else ()
    drawn = with_tikz(views)
    tasks = exercises_tex(questions, solutions=wanted.solutions)
    tex = tex_document(title, drawn, intro=intro, exercises=tasks, notice=notice)
    folder, failed = wanted.output, None
    sources = list(_sources(folder, choice, tex, drawn))
    if wanted.pdf:
        try:
            printed = press(tex, choice.name, {STYLE: style()})
        except CannotPrint as error:  # what stood there stays; the other formats do not need LaTeX
            failed, sources = error, []
        else:
            for fault in printed.faults:
                wanted.say(f"{choice.name}.tex: {fault}")
            sources.append((folder / f"{choice.name}.pdf", printed.pdf))
    if wanted.html:
        part = Part((), (), tuple(with_svg(views)))
        tasks = exercises_html(questions, solutions=wanted.solutions)
        page = html_document(title, [part], intro=intro, exercises=tasks, notice=notice)
        sources.append((folder / f"{choice.name}.html", page))
    if wanted.markdown:
        sources.append((folder / f"{choice.name}.md", export.markdown(title, intro, views)))
    if wanted.notebook:
        sources.append((folder / f"{choice.name}.ipynb", export.notebook(title, intro, views)))
    for path, content in sources:
        write(path, content)
        yield path
    if failed is not None:
        raise failed


def _sources(folder: Path, choice: Choice, tex: str, views: list[View]) -> Iterator[tuple[Path, str | bytes]]:
    r"""The document, the style file, and each derivation alone for \\calcds{NAME} in other documents."""
    yield folder / f"{choice.name}.tex", tex
    yield folder / STYLE, style()
    for view in views:
        if view.sheet is not None:
            alone = folder / "calcds" / view.sheet.topic / f"{view.sheet.name}.tex"
            yield alone, tex_derivation(view, heading=False)


def _notice(wanted: Wanted) -> Rich:
    return rich(f"Exercises: variant {wanted.variant}.") if wanted.questions else ()


__all__ = ["NO_LATEXMK", "CannotPrint", "Wanted", "formats", "produce", "style"]
