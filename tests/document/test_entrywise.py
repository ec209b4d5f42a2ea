
"""Functions of which words say that they act on every entry: true lines, slips of them, and words that say something else."""

from __future__ import annotations

import pytest

from calcds.decide.verdict import Outcome
from tests.document.lines import RIGHT, last_line

WORDS = [  # and whether they say that g acts on every entry
    (r"where $g$ acts componentwise", True),
    (r"where $g$ is applied entry by entry", True),
    (r"where $g$ (applied elementwise) is smooth", True),
    (r"where $g$, which acts on every entry, is smooth", True),
    (r"with an elementwise function $g$", True),
    (r"with a coordinate-wise nonlinearity $g$", True),
    (r"where $g$ works pointwise", True),
    (r"where $g$ is the activation function of the layer, applied to each entry", True),
    (r"where $g$ is the activation of layer $l$, applied to each entry", True),
    (r"where $g$ is a smooth function that acts entrywise", True),
    (r"where $g$ is the loss, and $h$ is applied to each entry", False),
    (r"where $g$ is a function of the layer. The function $h$ is applied to each entry", False),
    (r"where $g$ is not applied to all of it", False),
    (r"with a smooth function $g$", False),
    (r"where $g$ acts on vectors and $h$ acts componentwise", False),
    (r"where $g$ sums up all entries", False),
]


@pytest.mark.parametrize(("words", "known"), WORDS)
def test_words_say_that_a_function_acts_on_every_entry(words: str, known: bool) -> None:
    before = rf"Let $x \in \mathbb{{R}}^n$ and $y = g(x)$, {words}. Then"
    true = last_line(before, r"\frac{\partial y}{\partial x} = \operatorname{diag}(g'(x))")
    assert [one.outcome in RIGHT for one in true] == [known]
    wrong = last_line(before, r"\frac{\partial y}{\partial x} = \operatorname{diag}(g(x))")
    assert [one.outcome in RIGHT for one in wrong] == [False]


def test_a_function_with_one_value_stays_one() -> None:
    before = r"Let $x \in \mathbb{R}^n$ and let $g(x)$ be a loss. For $h$ applied componentwise"
    assert [one.outcome for one in last_line(before, r"g(x) + g(2x) = 2 g(x)") if one.outcome is Outcome.PROVED] == []
