"""Indices that cannot be meant as they are printed, beside those that can."""

from __future__ import annotations

from pathlib import Path

import pytest

from calcds.decide.verdict import Outcome
from calcds.document.checking import findings
from calcds.document.reading.binding import clash, nothing_bound
from calcds.document.source.extract import cut
from calcds.document.source.latex import read
from tests.document import lines

WRONG = [
    (r"e = \sum_{i=0}^{\infty} \frac{1}{n!}", "does not stand in its terms"),
    (r"\prod_{k=1}^\infty a_n = 0", "does not stand in its terms"),
    (r"p(x, y) = \sum_w \int p(x, y, z, w) \, dz \, dw", "bound once more"),
    (r"s = \sum_{i=1}^n \sum_{i=1}^m a_{ii}", "bound once more"),
    (r"\frac{\partial L}{\partial w_{jk}} = \sum_k \delta_k a_j", "k is an index that stands free"),
    (r"\sum_{i=1}^n x_i = n x_i", "i is an index that stands free"),
]
RIGHT = [
    r"e = \sum_{i=0}^{\infty} \frac{1}{i!}",
    r"n = \sum_{i=1}^n 1",
    r"0 = \sum_{k=1}^\infty 0",
    r"p(x, y) = \sum_w \int p(x, y, z, w) \, dz",
    r"s = \sum_{i=1}^n \left(x_i - \frac1n \sum_{i=1}^n x_i\right)^2",
    r"\left(\sum_i a_i\right)\left(\sum_i b_i\right) = \sum_i a_i \sum_i b_i",
    r"s_i = \frac{e^{z_i}}{\sum_i e^{z_i}}",
    r"p_k = \sum_i q_{ik}",
    r"\sum_{j=1}^n h_{ij}^2 = h_{ii}^2 + \sum_{j \ne i} h_{ij}^2",
    r"-y_j(1 - p_j) + \sum_{k \ne j} y_k p_j = p_j \sum_{k=1}^K y_k - y_j",
    r"\lim_{n \to \infty} a_i = L",
]


def why_of(line: str) -> str:
    left, right = (read(side) for side in line.split(" = "))
    return clash(left, right) or nothing_bound(left) or nothing_bound(right)


@pytest.mark.parametrize(("line", "said"), WRONG)
def test_what_cannot_be_meant_is_malformed(line: str, said: str) -> None:
    assert said in why_of(line)
    (found,) = findings(cut(Path("notes.md"), f"$${line}$$"))
    assert (found.outcome, found.stage) == (Outcome.MALFORMED, "binding")
    assert said in found.detail


@pytest.mark.parametrize("line", RIGHT)
def test_what_can_be_meant_is_not(line: str) -> None:
    assert why_of(line) == ""


def test_a_limit_of_a_constant_is_wrong_only_where_the_author_says_so() -> None:
    node = read(r"\lim_{n \to \infty} a_i")
    assert nothing_bound(node) == ""
    assert nothing_bound(node, claimed=True) == "n does not stand in what the limit is taken of"
    assert nothing_bound(read(r"\lim_{n \to \infty} a_n"), claimed=True) == ""


def test_the_rest_of_a_chain_is_still_checked() -> None:
    text = r"$$2 + 2 = 4 = \sum_{k=1}^\infty \frac{1}{2^n}$$"
    assert [one.outcome for one in findings(cut(Path("notes.md"), text))] == [Outcome.PROVED, Outcome.MALFORMED]


SEQUENCE = r"A sequence $(a_1, a_2, \dots)$ has the limit $L$ if $|a_n - L| < \varepsilon$ for all large $n$."
LIMITS = [  # the words before, and whether the line is wrong
    (SEQUENCE, r"\lim_{n\to\infty} a_i = L", True),
    (SEQUENCE, r"\lim_{n\to\infty} a_n = L", False),
    (r"Take sequences $a_n$ and $b_i$.", r"\lim_{n\to\infty} b_i = L", False),
    (r"For the sequence of means $a_n$,", r"\lim_{n\to\infty} \bar a = L", False),
    (r"For the sequences $a_n$,", r"\lim_{n\to\infty} a_i^{(n)} = L", False),
    (r"At step $n$ the weights are $w_n$.", r"\lim_{n\to\infty} w_i = 0", False),
]  # fmt: skip


@pytest.mark.parametrize(("before", "line", "wrong"), LIMITS)
def test_the_letter_of_a_limit_stands_in_the_sequence(before: str, line: str, wrong: bool) -> None:
    found = findings(cut(Path("notes.md"), f"{before}\n$${line}$$\n"))
    assert (found[-1].outcome is Outcome.MALFORMED) is wrong


def test_an_index_behind_an_expectation_without_brackets_is_random() -> None:
    """It stands for no certain one; the same line without the expectation cannot be meant as it is printed."""
    before = r"Let $L(\theta) = \frac1N \sum_{i=1}^N \ell_i(\theta)$ and let $i$ be uniform on $\{1, \dots, N\}$. Then"
    line = r"\mathbb{E} \nabla\ell_i(\theta) = \sum_{i=1}^N \frac1N \nabla\ell_i(\theta)"
    assert not any(one.outcome in lines.WRONG for one in lines.own_line(before, line))
    assert any(one.outcome in lines.WRONG for one in lines.own_line(before, line.replace(r"\mathbb{E} ", "")))


def test_the_data_behind_the_bar_of_a_likelihood_are_no_free_index() -> None:
    r"""`\ell(\mu \mid x^{(i)})` is a sum over the i of its data, `\ell_i(\mu)` is none."""
    for left, wrong in ((r"\ell(\mu, s \mid x^{(i)})", False), (r"\ell_i(\mu)", True)):
        found = lines.read(rf"$$\frac{{\partial}}{{\partial \mu}} {left} = \sum_{{i=1}}^m s (x^{{(i)}} - \mu)$$" + "\n")
        assert any(one.outcome in lines.WRONG for one in found) is wrong, found


IMPLIED = [  # a line of a text that prints no sums over indices which stand twice
    r"-\sum_i t_i \log(p_i) = -t_i \log(p_i)",
    r"\frac{t_a}{p_a} (p_a \delta_{ab} - p_a p_b) = t_b - p_b",
]


@pytest.mark.parametrize("line", IMPLIED)
def test_sums_that_a_text_does_not_print_are_not_called_wrong(line: str) -> None:
    """Neither is it proved; without such a word a sum that was lost is a slip."""
    said = r"We use Einstein notation: an index that stands twice is summed over. Let $t, p \in \mathbb{R}^n$."
    assert {one.outcome for one in lines.own_line(said, line)}.isdisjoint(lines.WRONG | lines.RIGHT)
    found = lines.own_line(r"Let $t, p \in \mathbb{R}^n$.", IMPLIED[0])
    assert {one.outcome for one in found} <= lines.WRONG


def test_what_holds_as_an_index_has_one_value_only_is_not_proved() -> None:
    r"""Where `p = \psi(v)` is read as a number, both entries of p are the same, and every Kronecker delta is 1."""
    before = r"Let $p = \psi(v)$. Here $t_a$ and $p_a$ are entries."
    for line in (r"-t_a (\delta_{ab} - p_a) = -t_a \delta_{ab} + t_a p_b", r"(p_b - t_b) \delta_{bd} = p_d - t_d"):
        assert all(one.outcome not in lines.RIGHT for one in lines.own_line(before, line)), line
