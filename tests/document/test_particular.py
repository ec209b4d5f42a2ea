r"""Letters below names that are certain indices: "class $c$", "$x_i = y_i + y_j$, $x_j = y_i - y_j$", "$k \ne c$"."""

from __future__ import annotations

import pytest

from calcds.decide.verdict import Outcome
from tests.document.lines import RIGHT, WRONG, last_line, read

SOFTMAX = (r"Softmax gives $$p_i = \frac{e^{s_i}}{\sum_{j=1}^{K} e^{s_j}}$$" "\n\nThe loss for the right class %s is\n\n"
           r"$$L = -s_c + \log\left(\sum_{j=1}^{K} e^{s_j}\right)$$" "\n\n%s\n\n")  # fmt: skip
LINES = [
    (r"\frac{dL}{ds_c} = p_c - 1", True), (r"\frac{dL}{ds_c} = p_c", False),
    (r"\frac{dL}{ds_k} = p_k - \delta_{kc}", True), (r"\frac{dL}{ds_k} = p_k", False),
]  # fmt: skip


@pytest.mark.parametrize(("line", "right"), LINES)
def test_the_letter_of_a_class_is_an_index(line: str, right: bool) -> None:
    (found,) = last_line(SOFTMAX % ("$c$", ""), line)
    assert found.outcome in (RIGHT if right else WRONG)


@pytest.mark.parametrize("line", [line for line, _ in LINES])
def test_what_is_an_entry_or_a_number_is_not_decided(line: str) -> None:
    (found,) = last_line(SOFTMAX % ("", ""), line)
    assert found.outcome is Outcome.UNDECIDED


def test_a_case_for_different_letters_is_not_called_wrong() -> None:
    (found,) = last_line(SOFTMAX % ("$c$", r"For $k \ne c$:"), r"\frac{dL}{ds_k} = p_k")
    assert found.outcome not in WRONG


SWITCHED = r"Let $c_{ij}$ be the entries of a symmetric $n \times n$ matrix $C$. Let $u_i = v_i + v_j$ and $u_j = v_i - v_j$. "


@pytest.mark.parametrize("said", [SWITCHED, SWITCHED + "Let $u_k = v_k$ for all other $k$. "])
def test_a_definition_for_certain_indices_is_not_one_for_all(said: str) -> None:
    found = read(f"{said}Then $3c_{{ij}} u_i u_j = 3c_{{ij}}(v_i^2 - v_j^2)$.\n")
    assert all(one.outcome not in WRONG for one in found)


def test_a_definition_for_every_index_is_used() -> None:
    text = (r"Let $x \in \mathbb{R}^n$ and $u_i = x_i^2 + \sum_{j=1}^n x_j$. "
            r"Then $$\sum_{i=1}^n u_i = \sum_{i=1}^n (x_i^2 + %s x_i)$$")  # fmt: skip
    assert read(text % "n" + "\n")[-1].outcome in RIGHT
    assert read(text % "n^2" + "\n")[-1].outcome in WRONG
