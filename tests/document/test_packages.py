"""Commands of packages: derivatives are read as the quotients that they print, and a document's own macros come first."""

from __future__ import annotations

import pytest

from calcds.decide.verdict import Outcome
from calcds.document.source.packages import with_packages
from calcds.document.source.raw import Unread, raw_tokens
from tests.document.lines import RIGHT, WRONG, last_line, read

WRITTEN = [
    (r"\dv{x}", r"\frac{\mathrm{d}}{\mathrm{d} x}"), (r"\dv{f}{x}", r"\frac{\mathrm{d} f}{\mathrm{d} x}"),
    (r"\dv[2]{f}{x}", r"\frac{\mathrm{d}^{2} f}{\mathrm{d} x^{2}}"), (r"\pdv*{f}{x}", r"\frac{\partial f}{\partial x}"),
    (r"\pdv{f}{x}{y}", r"\frac{\partial^{2} f}{\partial x\partial y}"),
    (r"\pdv{f}{x,y}", r"\frac{\partial^{2} f}{\partial x\partial y}"),
    (r"\pdv[2,1]{f}{x,y}", r"\frac{\partial^{3} f}{\partial x^{2}\partial y^{1}}"),
    (r"\norm{x+y}", r"\left\| x+y \right\|"), (r"\dd x", r"\mathrm{d} x"), (r"\vb{x}", r"\mathbf{x}"),
    (r"\pdv", r"\pdv"), (r"\dv{\dv{f}{x}}{x}", None), (r"\pd{x}", "unread"),
]  # fmt: skip


@pytest.mark.parametrize(("command", "printed"), WRITTEN)
def test_a_command_is_what_it_prints(command: str, printed: str | None) -> None:
    if printed == "unread":
        with pytest.raises(Unread):
            with_packages(raw_tokens(command))
        return
    found = "".join(token.text for token in with_packages(raw_tokens(command)))
    assert "\\dv" not in found
    if printed is not None:
        assert found.replace(" ", "") == printed.replace(" ", "")


PAIRS = [
    (r"\pdv{f}{x} = 3x^2y^2", r"\pdv{f}{x} = 3x^2y"), (r"\pdv[2]{f}{x} = 6xy^2", r"\pdv[2]{f}{x} = 6x^2y^2"),
    (r"\pdv{f}{x}{y} = 6x^2y", r"\pdv{f}{x}{y} = 6xy^2"), (r"\dv{t} \sin t = \cos t", r"\dv{t} \sin t = -\cos t"),
    (r"\int_0^1 t \dd{t} = \frac12", r"\int_0^1 t \dd{t} = 1"),
    (r"\eval{\dv{t} t^2}_{t=1} = 2", r"\eval{\dv{t} t^2}_{t=1} = 1"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "wrong"), PAIRS)
def test_what_is_read_from_a_command(line: str, wrong: str) -> None:
    before = "Let $f(x, y) = x^3 y^2$."
    assert [one.outcome in RIGHT for one in last_line(before, line)] == [True]
    assert [one.outcome in WRONG for one in last_line(before, wrong)] == [True]


def test_a_macro_of_the_document_comes_first_and_its_call_is_shown_whole() -> None:
    own = r"\newcommand{\dv}[2]{\frac{#1}{#2}}" + "\n"
    (found,) = read(own + "$\\dv{x}{x} = 1$\n")
    assert found.outcome is Outcome.PROVED
    assert found.left == r"\dv{x}{x}"
    (found,) = read("$\\pdv[2]{x^2}{x} = 3$\n")
    assert (found.outcome, found.left) == (Outcome.REFUTED, r"\pdv[2]{x^2}{x}")
