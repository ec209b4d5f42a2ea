"""What the fuzzer of documents found, each in its smallest form: it costs itself, and the line behind it is proved."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from calcds.decide.verdict import Outcome
from calcds.document.checking import findings
from calcds.document.source.extract import cut, load
from calcds.document.words.notes import sidecar
from calcds.errors import CannotLoad

CONTROL = "\n\n# Control\n\n$$(p+q)^2 = p^2 + 2pq + q^2$$\n"
HARMFUL = [
    "$²=$", "$3=²{}$", "${dx}²=$",  # a digit for Python, but no number
    r"$\frac{d^{2.5}}{dx^{2.5}} x^2 = 0$",
    r"$\frac{d^{99999}}{dx^{99999}} x^2 = 0$",  # five seconds of differentiating
    "$" + "7" * 5000 + " = 7$",  # more digits than Python converts
    "$2^{-10^{9}} a = 0$",  # a printed exponent made a fraction of a billion digits
    "$(a+b)^2 = (10^{10^{10}} a+b)(a+b)$",
    "$e{x{{x{{x^{{x^{{x^{{x^{{2}}}}}}}}}}}}b}=b$",  # an exact integer too large for the memory
    "<!-- calcds: A: Matrix[99999999, 99999999]; B: Matrix[99999999, 99999999] -->\n$A B = A$",
    "$$" + r"\frac{d}{dx} " * 40 + "e^{x^2} = 0$$",  # each derivative within another doubles the work
    r"$A \in \mathbb{R}^{.5 \times n}$",  # it cost the whole document
    "$x = k" + "!" * 300 + "$", "$x = {k" + "!" * 300 + "}$",
    "$x=" + "x y" * 5000 + "$",  # a side of ten thousand names
    "<!-- calcds: log base ² -->\n$\\log 8 = 3$", "<!-- calcds: log base " + "9" * 5000 + " -->\n$\\log 8 = 3$",
    "<!-- calcds: x: Integer; where x/0 = 1 -->\n$x = x$", "$x = x$ where $x = n + 1/0$",
    r"\newcommand{\a}[²]{x} $\a = x$", r"\def\a#²{x} $\a = x$",
]  # fmt: skip


@pytest.mark.parametrize("text", HARMFUL, ids=lambda text: text[:24])
def test_harm_costs_itself(text: str) -> None:
    begin = time.process_time()
    found = findings(cut(Path("notes.md"), text + CONTROL))
    assert time.process_time() - begin < 10
    assert found[-1].outcome is Outcome.PROVED
    assert [one.detail for one in found if "fault" in one.detail] == []


def test_a_display_that_is_not_closed_hides_nothing() -> None:
    assert findings(cut(Path("notes.md"), "$$ a = b" + CONTROL))[-1].outcome is Outcome.PROVED
    tex = "\\begin{align} a = b\n\n\\section{Control}\n$x + x = 2x$"
    assert findings(cut(Path("notes.tex"), tex))[-1].outcome is Outcome.PROVED


def test_a_line_number_that_is_none_belongs_to_no_line(tmp_path: Path) -> None:
    beside = tmp_path / "notes.md.calcds"
    beside.write_text("²: skip\n" + "7" * 5000 + ": skip\n")
    document = cut(Path("notes.md"), CONTROL)
    sidecar(document, beside)
    assert [one.outcome for one in findings(document)] == [Outcome.PROVED]
    assert len(document.problems) == 2


@pytest.mark.parametrize("source", ["3", "null", "true"])
def test_a_notebook_whose_source_is_no_text(tmp_path: Path, source: str) -> None:
    file = tmp_path / "a.ipynb"
    file.write_text('{"cells":[{"cell_type":"markdown","source":' + source + "}]}")
    with pytest.raises(CannotLoad, match="no Jupyter notebook"):
        load(file)


def test_a_sign_behind_an_environment_that_does_not_end_costs_its_formula_only() -> None:
    text = r"$x\in\mathbb{R}^n$$$\begin{cases}x&x>0\\0&\text{otherwise}\end$$$$=$$" + "\n\n$1 + 1 = 2$\n"
    found = findings(cut(Path("notes.md"), text))
    assert not any("fault" in one.detail for one in found)
    assert found[-1].outcome is Outcome.PROVED
