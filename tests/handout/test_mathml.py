"""LaTeX as MathML: a row a construct, and everything shipped is well-formed."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from calcds.handout.library import Library
from calcds.handout.mathml import mathml, split
from calcds.handout.printers import SIGNS
from calcds.handout.scribe import BREAK


def inner(latex: str) -> str:
    return mathml(latex).removeprefix("<math>").removesuffix("</math>")


@pytest.mark.parametrize(
    ("latex", "xml"),
    [
        ("x", "<mi>x</mi>"),
        ("12.5", "<mn>12.5</mn>"),
        (r"\frac{1}{2}", "<mfrac><mn>1</mn><mn>2</mn></mfrac>"),
        (r"\frac12", "<mfrac><mn>1</mn><mn>2</mn></mfrac>"),
        ("x^2", "<msup><mi>x</mi><mn>2</mn></msup>"),
        ("x_{ij}^{2}", "<msubsup><mi>x</mi><mrow><mi>i</mi><mi>j</mi></mrow><mn>2</mn></msubsup>"),
        ("f''", "<msup><mi>f</mi><mo>′′</mo></msup>"),
        ("a-b", "<mrow><mi>a</mi><mo>−</mo><mi>b</mi></mrow>"),
        ("-b", '<mrow><mo form="prefix">−</mo><mi>b</mi></mrow>'),
        (r"\sqrt{x}", "<msqrt><mi>x</mi></msqrt>"),
        (r"\hat{x}", '<mover accent="true"><mi>x</mi><mo stretchy="false">^</mo></mover>'),
        (r"\text{if } x", "<mrow><mtext>if&nbsp;</mtext><mi>x</mi></mrow>"),
        (r"\mathbf{1}", "<mi>𝟏</mi>"),
        (r"\mathbb{R}", '<mi mathvariant="normal">ℝ</mi>'),
        (r"\alpha\leq\infty", '<mrow><mi>α</mi><mo>≤</mo><mi mathvariant="normal">∞</mi></mrow>'),
        ("a < b", "<mrow><mi>a</mi><mo>&lt;</mo><mi>b</mi></mrow>"),
    ],
)
def test_a_construct(latex: str, xml: str) -> None:
    assert inner(latex) == xml


def test_sums_have_limits_below_and_above_and_integrals_beside() -> None:
    assert inner(r"\sum_{i=0}^{n} x").startswith("<mrow><munderover><mo>∑</mo>")
    assert inner(r"\int_{0}^{1} x").startswith("<mrow><msubsup><mo>∫</mo>")


def test_a_matrix_has_its_rows() -> None:
    assert inner(r"\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}").count("<mtr>") == 2
    assert inner(r"\begin{cases} x & \text{if } x > 0 \\ 0 & \text{otherwise} \end{cases}").count("<mtd") == 4


def test_nested_brackets_close() -> None:
    said = inner(r"\left(\frac{a}{\left(b + c\right)^{2}}\right)_{0}")
    assert said.count('form="prefix"') == said.count('form="postfix"') == 2


@pytest.mark.parametrize(
    "latex",
    [
        "",
        "}",
        "{",
        "_",
        "^2",
        r"\frac{1}",
        r"\left(",
        r"\begin{pmatrix} 1",
        "x_",
        r"\nosuch{x}",
        "&",
        r"\right)",
    ],
)
def test_broken_formulas_are_shown_somehow(latex: str) -> None:
    ET.fromstring(mathml(latex).replace("&nbsp;", " "))


def test_a_long_formula_is_cut_outside_of_brackets_only() -> None:
    pieces = split(f"a {BREAK}+ (b {BREAK}+ c) {BREAK}- d")
    assert len(pieces) == 3
    assert pieces[1].startswith('<math displaystyle="true"><mrow><mo form="infix">+</mo>')


def test_everything_shipped_is_well_formed() -> None:
    library = Library()
    formulas = 0
    for topic in library.topics():
        for entry in topic.entries:
            view = library.view(entry)
            said = [step.formula for block in view.blocks for step in block.steps]
            said += [
                m
                for block in view.blocks
                for step in block.steps
                for kind, m in step.reason
                if kind == "math"
            ]
            said += [m for kind, m in view.said if kind == "math"]
            for formula in said:
                xml = mathml(formula).replace("&nbsp;", " ")
                ET.fromstring(xml)
                formulas += 1
                assert "<mtext>\\" not in xml
                assert "\\" not in xml, formula
    assert formulas > 2000


def test_every_mark_has_a_sign() -> None:
    assert set(SIGNS) == {"proved", "supported", "definition", "refuted", "malformed", "undecided"}
