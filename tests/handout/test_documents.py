"""Whole documents: structure of LaTeX and HTML, the press, and what happens when something goes wrong."""

from __future__ import annotations

import json
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path

import pytest

from calcds.errors import Malformed
from calcds.handout import assemble, press
from calcds.handout.assemble import Wanted, formats, produce
from calcds.handout.library import Choice, Library, open_library

BOARDS = Path(__file__).parent / "boards.py"
needs_latex = pytest.mark.skipif(shutil.which("latexmk") is None, reason="latexmk is not installed")


@pytest.fixture(scope="module")
def library() -> Library:
    made = Library([BOARDS])
    made.check([made.choose("boards")], jobs=1)
    return made


@pytest.fixture
def choice(library: Library) -> Choice:
    return library.choose("boards")


class Tags(HTMLParser):
    """Counts what is open, and collects links and labels."""

    VOID = frozenset({"meta", "br", "wbr", "hr", "img", "link"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: set[str] = set()
        self.links: set[str] = set()
        self.sources: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.ids |= {found["id"] or ""} if "id" in found else set()
        self.links |= {found["href"] or ""} if "href" in found else set()
        self.sources += [found["src"] or ""] if "src" in found else []
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        pass

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_html_is_one_page_that_needs_nothing_else(library: Library, choice: Choice, tmp_path: Path) -> None:
    list(produce(library, choice, Wanted(tmp_path, html=True, solutions=True)))
    text = (tmp_path / "boards.html").read_text(encoding="utf-8")
    tags = Tags()
    tags.feed(text)
    assert tags.open == []
    assert tags.sources == []
    assert all(link.startswith("#") for link in tags.links)
    assert {link[1:] for link in tags.links} <= tags.ids
    assert "http" not in re.sub(r"xmlns=\S+", "", text)
    assert 'name="viewport"' in text
    assert "100% of {braces} &amp; #1_a: α ≤ β \\ ~ ^ &lt;tag&gt;" in text


def test_latex_has_every_line_with_its_mark_and_place(
    library: Library, choice: Choice, tmp_path: Path
) -> None:
    list(produce(library, choice, Wanted(tmp_path)))
    tex = (tmp_path / "boards.tex").read_text(encoding="utf-8")
    assert tex.count(r"\cdsmark{proved}{}") + tex.count(r"\cdsmark{definition}{}") == 6
    assert tex.count(r"\cdsmark{refuted}{}") == 1
    assert re.search(r"^%% \S*boards\.py:\d+$", tex, re.MULTILINE)
    assert r"\begin{cdserratum}" in tex
    assert (tmp_path / "calcds.sty").exists()
    alone = (tmp_path / "calcds" / "boards" / "form.tex").read_text(encoding="utf-8")
    assert r"\section" not in alone
    assert r"\nabla_{x}" in alone


def test_markdown_and_notebook(library: Library, choice: Choice, tmp_path: Path) -> None:
    list(produce(library, choice, Wanted(tmp_path, markdown=True, notebook=True)))
    book = json.loads((tmp_path / "boards.ipynb").read_text(encoding="utf-8"))
    assert book["nbformat"] == 4
    assert len({cell["id"] for cell in book["cells"]}) == len(book["cells"]) == 6
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{1,64}", cell["id"]) for cell in book["cells"])
    text = (tmp_path / "boards.md").read_text(encoding="utf-8")
    assert text.count("$$") % 2 == 0
    assert text.count("\n## ") == 4
    assert r"100% of \{braces\} & \#1\_a" in text


@needs_latex
def test_pdf_without_a_fault(library: Library, choice: Choice, tmp_path: Path) -> None:
    notes: list[str] = []
    list(produce(library, choice, Wanted(tmp_path, pdf=True, solutions=True, say=notes.append)))
    assert (tmp_path / "boards.pdf").read_bytes().startswith(b"%PDF")
    assert notes == []


WIDE = '''
from calcds.notation import *

@derivation("Wide")
def wide(a: Real, b: Real):
    """One line that is broken between its parts, one that must be made smaller."""
    yield {sum}
    yield {sum}, "{reason}"
    yield ({fraction}), "{reason}"
'''


@needs_latex
def test_wide_formulas_and_long_reasons_fit(tmp_path: Path) -> None:
    whole = " + ".join(["(a + b)*a"] * 30)
    fraction = f"({' + '.join(['(a + b)*a'] * 24)})/1 + {' + '.join(['(a + b)*a'] * 6)}"
    file = tmp_path / "wide.py"
    file.write_text(WIDE.format(sum=whole, fraction=fraction, reason="a long reason " * 12), encoding="utf-8")
    notes: list[str] = []
    library = Library([file])
    list(produce(library, library.choose("wide"), Wanted(tmp_path / "out", pdf=True, say=notes.append)))
    assert notes == []


BROKEN = """
from calcds.notation import *

@derivation("Fine")
def fine(x: Real):
    yield x + x
    yield 2*x, "collect"

@derivation("Broken")
def broken(x: Real):
    yield x + x
    yield 2*x, "$\\\\nosuchcommand$"
"""


@needs_latex
def test_a_derivation_within_another_document(library: Library, choice: Choice, tmp_path: Path) -> None:
    list(produce(library, choice, Wanted(tmp_path)))
    tex = r"\documentclass{article}\usepackage{calcds}\begin{document}Text. \calcds{%s} \cdslegend\end{document}"
    beside = {
        str(f.relative_to(tmp_path)): f.read_text(encoding="utf-8")
        for f in tmp_path.rglob("*.*")
        if f.is_file()
    }
    for name in ("form", "odd_characters", "without_the_factor"):
        assert press.press(tex % f"boards/{name}", "mine", beside).faults == ()


@needs_latex
def test_a_failure_names_the_line_and_leaves_what_was_there(tmp_path: Path) -> None:
    file, out = tmp_path / "notes.py", tmp_path / "out"
    file.write_text(BROKEN, encoding="utf-8")
    out.mkdir()
    (out / "notes.tex").write_text("good", encoding="utf-8")
    (out / "notes.pdf").write_text("good", encoding="utf-8")
    library = Library([file])
    with pytest.raises(
        press.CannotPrint, match=r"notes\.py:12: LaTeX: Undefined control sequence \\nosuchcommand"
    ):
        list(produce(library, library.choose("notes"), Wanted(out, pdf=True, html=True)))
    assert (out / "notes.tex").read_text(encoding="utf-8") == "good"
    assert (out / "notes.pdf").read_text(encoding="utf-8") == "good"
    assert (out / "notes.html").exists()  # it does not need LaTeX


def test_the_place_of_a_failure_is_read_from_the_log() -> None:
    tex = "\\begin{document}\n%% a.py:3\nx\n%% a.py:7\ny\n\\end{document}\n"
    assert (
        press.failure(tex, "./doc.tex:5: Undefined control sequence.\nl.5 \\foo\n")
        == "a.py:7: LaTeX: Undefined control sequence \\foo"
    )
    assert press.failure(tex, "! Emergency stop.\nl.3 x\n") == "a.py:3: LaTeX: Emergency stop"
    assert press.failure(tex, "./doc.tex:1: Bad.\n") == "LaTeX, line 1: Bad"
    assert press.failure(tex, "") == "LaTeX stopped without a message"


def test_a_file_is_replaced_at_once(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "a.txt"
    press.write(file, "one")
    press.write(file, b"two")
    assert file.read_text(encoding="utf-8") == "two"
    assert list(file.parent.iterdir()) == [file]


def test_a_folder_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(press.CannotPrint, match="cannot be written"):
        press.write(tmp_path / "file" / "a.txt", "x")


def test_without_latexmk_there_is_html_and_a_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(assemble, "latexmk", lambda: None)
    notes: list[str] = []
    made = formats(Wanted(tmp_path, pdf=True, say=notes.append))
    assert (made.pdf, made.html) == (False, True)
    assert notes == [assemble.NO_LATEXMK]
    assert not formats(Wanted(tmp_path, html=True, say=notes.append)).pdf
    assert len(notes) == 1


def test_names() -> None:
    library, _ = open_library([])
    assert [e.name for e in library.choose("sigmoid.py::logistic").entries] == ["logistic"]
    assert len(library.choose("sigmoid").entries) > 5
    assert library.choose("silu").title == "SiLU"
    with pytest.raises(Malformed, match=r"near it: .*sigmoid"):
        library.choose("sigmoidd")
    with pytest.raises(Malformed, match="is the name of 2 derivations"):
        library.choose("one_entry")


def test_a_topic_is_called_by_the_beginning_of_its_docstring() -> None:
    titles = {topic.name: (topic.title, topic.about) for topic in Library().topics()}
    assert titles["eulers_number"] == ("Euler's number", "As a limit, as a series, and in digits.")
    assert titles["quadratic_form"][0] == "Quadratic forms"
    assert titles["quadratic_form"][1].startswith("x^T A x")  # a formula gets no capital letter
    assert titles["composition"][0] == "Composition"  # a formula is no title


def test_paths_are_names(tmp_path: Path) -> None:
    file = tmp_path / "mine.py"
    file.write_text(BROKEN, encoding="utf-8")
    library, wanted = open_library([str(file), "sigmoid"])
    assert [library.choose(name).name for name in wanted] == ["mine", "sigmoid"]
    library, wanted = open_library([str(tmp_path)])
    assert [library.choose(name).name for name in wanted] == ["mine"]
