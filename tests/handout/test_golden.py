"""The LaTeX, HTML and Markdown of four small derivations, letter by letter.

After a change that is meant: CALCDS_GOLDEN=1 pytest tests/handout/test_golden.py, and read the difference.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from calcds.handout.export import derivation as as_markdown
from calcds.handout.library import Library
from calcds.handout.page import View
from calcds.handout.printers import html_display, tex_derivation

HERE = Path(__file__).parent
BOARDS = HERE / "boards.py"
NAMES = ("form", "odd_characters", "without_the_factor", "symmetric")


@pytest.fixture(scope="module")
def views() -> dict[str, View]:
    library = Library([BOARDS])
    choice = library.choose("boards")
    report = library.check([choice], jobs=1)
    assert not report.failures()
    return {entry.name: library.view(entry) for entry in choice.entries}


def compare(file: Path, text: str) -> None:
    if os.environ.get("CALCDS_GOLDEN"):
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_latex(views: dict[str, View], name: str) -> None:
    text = tex_derivation(views[name])
    for place in (str(BOARDS), "tests/handout/boards.py"):
        text = text.replace(place, "boards.py")
    compare(HERE / "golden" / f"{name}.tex", text)


@pytest.mark.parametrize("name", NAMES)
def test_markdown(views: dict[str, View], name: str) -> None:
    compare(HERE / "golden" / f"{name}.md", as_markdown(views[name]) + "\n")


def test_html_of_a_line(views: dict[str, View]) -> None:
    step = views["form"].blocks[0].steps[1]
    top = '<msup><mi>A</mi><mi mathvariant="normal">⊤</mi></msup>'
    pieces = ("<mi>A</mi>", "<mi>x</mi>", f'<mrow><mo form="infix">+</mo>{top}</mrow>', "<mi>x</mi>")
    assert html_display(step.formula) == "<wbr>".join(f'<math displaystyle="true">{p}</math>' for p in pieces)
