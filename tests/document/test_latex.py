"""The grammar: every token is accounted for, or the place where reading stopped is named."""

from __future__ import annotations

import pytest

from calcds.document.source.latex import read
from calcds.document.source.raw import LONGEST, Macros, Unread, expand, raw_tokens
from calcds.document.source.tokens import tokens

TREES = [
    ("x^2 + 1", "items(sum(unit(NAME:x, above(NUMBER:2)), ADD:+, NUMBER:1))"),
    (r"\frac12", "items(frac(NUMBER:1, NUMBER:2))"),
    ("x^10", "items(product(unit(NAME:x, above(NUMBER:1)), NUMBER:0))"),
    (r"|x| |y|", "items(product(bars(items(NAME:x)), bars(items(NAME:y))))"),
    (r"P(x|y)", "items(product(NAME:P, round(items(NAME:x, MID:|, NAME:y))))"),
    (r"||x||", "items(norm(items(NAME:x)))"),
    (r"\left(a\right)", "items(round(items(NAME:a)))"),
    (r"f''(x)", "items(product(unit(NAME:f, prime, prime), round(items(NAME:x))))"),
    (r"2 \cdot -3", "items(product(NUMBER:2, MUL:cdot, ADD:-, NUMBER:3))"),
    (r"\sqrt[3]{x}", "items(root(items(NUMBER:3), group(items(NAME:x))))"),
    ("ReLU(x)", "items(product(FUNC:relu, round(items(NAME:x))))"),
    ("θ · β", "items(product(NAME:theta, MUL:cdot, NAME:beta))"),
]
STOPPED = [
    (r"a +", "stops after '+'"),
    (r"(a + b", "stops after 'b'"),
    (r"a + b)", "')' is not expected"),
    (r"\foo x", r"the command \foo is not known"),
    (r"\frac{1}", "stops after"),
    (r"\begin{pmatrix} 1 & 2", "stops after '2'"),
    ("a ? b", "the sign '?' is not known"),
    ("((((" * 20, "nested more than"),
    ("x^{" * 300 + "1" + "}" * 300, "nested"),
]


@pytest.mark.parametrize(("text", "tree"), TREES)
def test_trees(text: str, tree: str) -> None:
    assert str(read(text)).replace("prime:", "prime") == tree


@pytest.mark.parametrize(("text", "why"), STOPPED)
def test_what_is_not_understood_is_named(text: str, why: str) -> None:
    with pytest.raises(Unread) as stopped:
        read(text)
    assert why in stopped.value.why


def test_the_place_where_reading_stopped() -> None:
    with pytest.raises(Unread) as stopped:
        read(r"x + \foo y")
    assert (stopped.value.at, stopped.value.end) == (4, 8)


def expanded(definitions: str, formula: str) -> str:
    macros = Macros()
    macros.harvest(definitions)
    return "".join(token.text for token in expand(raw_tokens(formula), macros)).replace(" ", "")


@pytest.mark.parametrize(
    ("definitions", "formula", "result"),
    [
        (r"\newcommand{\R}{\mathbb{R}}", r"\R^n", r"\mathbb{R}^n"),
        (r"\newcommand{\norm}[1]{\|#1\|}", r"\norm{x+y}", r"\|x+y\|"),
        (r"\newcommand{\p}[2][x]{\frac{\partial #2}{\partial #1}}", r"\p{f}", r"\frac{\partialf}{\partialx}"),
        (
            r"\newcommand{\p}[2][x]{\frac{\partial #2}{\partial #1}}",
            r"\p[y]{f}",
            r"\frac{\partialf}{\partialy}",
        ),
        (r"\def\half{\frac12}", r"\half x", r"\frac12x"),
        (r"\DeclareMathOperator{\rk}{rank}", r"\rk A", r"\operatorname{rank}A"),
    ],
)
def test_macros(definitions: str, formula: str, result: str) -> None:
    assert expanded(definitions, formula) == result


@pytest.mark.parametrize(
    "definitions",
    [
        r"\newcommand{\a}{\a\a}",
        r"\newcommand{\a}{\b}\newcommand{\b}{\a}",
        "".join(
            rf"\newcommand{{\{c}}}{{\{d}\{d}\{d}\{d}\{d}\{d}\{d}\{d}\{d}\{d}}}"
            for c, d in zip("abcdefgh", "bcdefghi", strict=True)
        ),
    ],
)
def test_a_macro_bomb_costs_a_sentence(definitions: str) -> None:
    with pytest.raises(Unread):
        expanded(definitions, r"\a")


def test_a_formula_of_a_megabyte_costs_a_sentence() -> None:
    with pytest.raises(Unread, match=str(LONGEST)):
        tokens(raw_tokens("x+" * 500_000))
