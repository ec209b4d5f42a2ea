"""The whole book: title page, contents, a chapter for each topic, errata, index of statements, bibliography.

Imports: calcds.handout, calcds.derivation.sources.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from calcds.derivation.sources import Document
from calcds.handout.assemble import STYLE, Wanted, style
from calcds.handout.exercises import Exercise, exercises_html, exercises_of, exercises_tex
from calcds.handout.library import Choice, Library, about
from calcds.handout.page import View
from calcds.handout.pictures import with_svg, with_tikz
from calcds.handout.press import press, write
from calcds.handout.printers import Part, html_document, tex_environment
from calcds.handout.prose import Rich, rich
from calcds.verify.result import Report
from calcds.version import VERSION

NAME = "book"
TITLE = "Calculus for Neural Networks"
SUBTITLE = "Every line checked"
# The order in which a course meets the topics; what is not listed comes last, by name.
PARTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Calculus of one variable", (
        "numbers", "logarithms", "eulers_number", "limits", "difference_quotients", "derivatives", "composition", "extrema",
        "integrals", "counting",
    )),
    ("Calculus of many variables", (
        "matrices", "partial_derivatives", "gradients", "chain_rule", "hessian", "quadratic_form", "eigenvectors", "convexity",
        "paths", "path_sums", "convolution",
    )),
    ("Chance and estimation", (
        "probability", "moments", "estimators", "likelihood", "entropy", "least_squares", "regularisation",
        "priors_and_sparsity",
    )),
    ("Neurons and losses", (
        "neurons", "perceptron", "separability", "sigmoid", "activations", "rectifiers", "softmax", "losses",
        "cross_entropy_loss", "hinge_loss",
    )),
    ("Networks and training", (
        "linear_layers", "backpropagation", "slide_deck_network", "slide_deck_gradients", "whole_networks",
        "gradient_descent", "steepest_descent",
        "learning_rates", "mini_batches", "optimisers", "training", "vanishing_gradients", "dropout", "weight_space",
    )),
)  # fmt: skip
OTHERS = "Further topics"

Advance = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Chapter:
    """One topic."""

    part: str  # the title of the part that begins here, or ""
    choice: Choice
    views: tuple[View, ...]
    questions: tuple[Exercise, ...]


def in_order(choices: Sequence[Choice]) -> list[tuple[str, list[Choice]]]:
    """The topics by part."""
    left = {choice.name: choice for choice in choices}
    ordered = [(title, [left.pop(name) for name in names if name in left]) for title, names in PARTS]
    rest = [left[name] for name in sorted(left)]
    return [(title, found) for title, found in [*ordered, (OTHERS, rest)] if found]


def chapters(
    library: Library, choices: Sequence[Choice], wanted: Wanted, advance: Advance
) -> Iterator[Chapter]:
    """Every topic with its sentences and exercises."""
    done = 0
    for title, topics in in_order(choices):
        for k, choice in enumerate(topics):
            advance(done, len(choices), choice.name)
            views = tuple(library.view(entry) for entry in choice.entries)
            questions = (
                exercises_of([v.sheet for v in views if v.sheet], wanted.variant) if wanted.questions else ()
            )
            yield Chapter("" if k else title, choice, views, questions)
            done += 1


def produce_book(
    library: Library, choices: Sequence[Choice], report: Report, wanted: Wanted, advance: Advance
) -> Iterator[Path]:
    """Write the book; yields each file when it is complete."""
    found = list(chapters(library, choices, wanted, advance))
    tex = tex_book(found, report, wanted)
    write(wanted.output / f"{NAME}.tex", tex)
    yield wanted.output / f"{NAME}.tex"
    write(wanted.output / STYLE, style())
    yield wanted.output / STYLE
    if wanted.html:
        write(wanted.output / f"{NAME}.html", html_book(found, report, wanted))
        yield wanted.output / f"{NAME}.html"
    if wanted.pdf:
        advance(len(choices), len(choices), "LaTeX")
        printed = press(tex, NAME, {STYLE: style()})
        for fault in printed.faults:
            wanted.say(f"{NAME}.tex: {fault}")
        write(wanted.output / f"{NAME}.pdf", printed.pdf)
        yield wanted.output / f"{NAME}.pdf"


def tex_book(found: Sequence[Chapter], report: Report, wanted: Wanted) -> str:
    """The LaTeX document."""
    rows = [
        {
            "part": rich(chapter.part), "title": rich(chapter.choice.title), "about": about(chapter.choice),
            "anchor": f"chapter:{chapter.choice.name}", "sheets": with_tikz(chapter.views),
            "exercises": exercises_tex(chapter.questions, solutions=wanted.solutions),
        }
        for chapter in found
    ]  # fmt: skip
    views = [view for chapter in found for view in chapter.views]
    return (
        tex_environment()
        .get_template("book.tex.jinja")
        .render(
            title=rich(TITLE), subtitle=rich(SUBTITLE), chapters=rows, tally=tally(report), documents=documents(views),
            statements=statements(views), errata=errata(views), version=VERSION,
        )
    )  # fmt: skip


def html_book(found: Sequence[Chapter], report: Report, wanted: Wanted) -> str:
    """One page with all chapters."""
    parts = [
        Part(rich(c.choice.title), about(c.choice), tuple(with_svg(c.views)), c.choice.name,
             exercises_html(c.questions, solutions=wanted.solutions))
        for c in found
    ]  # fmt: skip
    return html_document(rich(TITLE), parts, subtitle=rich(SUBTITLE), intro=tally(report))


def tally(report: Report) -> Rich:
    """What the checker said of everything, in one sentence."""
    claims = [row for row in report if row.role != "erratum"]
    counts = {
        outcome: sum(row.outcome.value == outcome for row in claims)
        for outcome in ("proved", "supported", "undecided")
    }
    errata_ = len(report) - len(claims)
    return rich(
        f"Of {len(claims)} lines {counts['proved']} are proved for every value and size, {counts['supported']} are checked "
        f"numerically, {counts['undecided']} are not decided. {errata_} lines are quoted as the sources print them and shown "
        "to be false. Indices count from 0."
    )


def documents(views: Sequence[View]) -> list[Document]:
    """The documents that are cited, in the order of their authors."""
    found = {
        v.sheet.source.document.key: v.sheet.source.document for v in views if v.sheet and v.sheet.source
    }
    return sorted(found.values(), key=lambda d: (d.author.rpartition(" ")[2], d.title))


def statements(views: Sequence[View]) -> list[tuple[str, list[str]]]:
    """Every statement of the sources with the derivations that state it."""
    found: dict[str, list[str]] = {}
    for view in views:
        for statement in view.sheet.statements if view.sheet else ():
            found.setdefault(statement, []).append(view.id)
    return sorted(found.items(), key=lambda row: (row[0].rpartition("-")[0], int(row[0].rpartition("-")[2])))


def errata(views: Sequence[View]) -> list[View]:
    """What the sources print wrong."""
    return [view for view in views if view.disproof]
