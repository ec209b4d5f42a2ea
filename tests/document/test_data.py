# ruff: noqa: E501  (a row is a text)
"""What a text computes from its data: a true line is supported by the numbers of its example, a slip in it is not."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from calcds.document.checking import findings
from calcds.document.source.extract import cut
from calcds.document.words.data import in_list, in_tables
from tests.document.lines import RIGHT, WRONG, last_line, read

TABLE = r"""The heights and weights are

| child | A | B | C | D |
|---|---|---|---|---|
| $x_i$ | 12 | 15 | 11 | 20 |
| $y_i$ | 3 | 4 | -2 | 7 |
"""
COLUMNS = r"""We have

| $i$ | $x_i$ | $y_i$ |
|-----|:-----:|------:|
| 1   | 1.5   | $2$   |
| 2   | 2     | $3$   |
| 3   | 4     | $7$   |
"""
MEANS = TABLE + r"""
The means are $\bar x = \frac{58}{4} = 14.5$ and $\bar y = \frac{12}{4} = 3$.
"""
VARIANCES = MEANS + r"""
Then $s_x^2 = \frac{1}{n-1}\sum_{i=1}^n (x_i - \bar x)^2 = \frac{49}{3}$, and $s_y^2 = \frac{42}{3} = 14$, and $s_{xy} = \frac{37}{3}$.
"""
COIN = r"A coin shows heads with probability $p$. The estimate is $\hat p = k/n$. Say $k = 14$ heads in $n = 20$ tosses. Then $\hat p = 0.7$."
TIMES = r"""Exponential waiting times have the log-likelihood $\ell(\lambda) = n\log\lambda - \lambda\sum_{i=1}^n t_i$, and so
$\hat\lambda = \frac{n}{\sum_{i=1}^n t_i}$. The times were $0.5, 1.5, 2, 4$."""
HEADS = r"""With $k = \sum_i x_i$ heads in $n$ throws $$\ell(\theta) = k\log\theta + (n-k)\log(1-\theta),$$ so $\hat\theta = k/n$. For $k = 7$ and $n = 10$ we have """
COUNTS = r"""Counts are random: $P(X = k) = \frac{\lambda^k e^{-\lambda}}{k!}$ for $k = 0, 1, \dots$ For the data of today $\hat\lambda = \frac{12}{6} = 2$."""
SLOPE = "We have $S_{xx} = 10$ and $S_{xy} = 9$.\n\n# Ridge\n\nThen the slope is"
BEST = r"Let $L = 4$ and $\mu = 1$. First take $\eta = 0.1$. The best rate is $\eta = \frac{4}{(\sqrt L + \sqrt\mu)^2}$. For the bowl"

APART = [
    (TABLE, r"\frac1n\sum_{i=1}^n x_i = \frac{12 + 15 + 11 + 20}{4}", r"\frac1n\sum_{i=1}^n x_i = \frac{12 + 15 + 11 + 20}{5}"),
    (TABLE, r"\frac1n\sum_{i=1}^n x_i = \frac{12 + 15 + 11 + 20}{4}", r"\sum_{i=1}^n x_i = \frac{12 + 15 + 11 + 20}{4}"),
    (TABLE, r"\sum_{i=1}^n x_i y_i = 36 + 60 - 22 + 140", r"\sum_{i=1}^n x_i y_i = 36 + 60 + 22 + 140"),
    (TABLE, r"\sum_i x_i^2 = 890", r"\sum_i x_i^2 = 889"),
    (COLUMNS, r"\sum_{i=1}^n x_i y_i = 3 + 6 + 28", r"\sum_{i=1}^n x_i y_i = 3 + 6 + 24"),
    (MEANS, r"\frac{1}{n-1}\sum_{i=1}^n (x_i - \bar x)^2 = \frac{49}{3}", r"\frac{1}{n}\sum_{i=1}^n (x_i - \bar x)^2 = \frac{49}{3}"),
    (MEANS, r"\sum_{i=1}^n (x_i - \bar x)(y_i - \bar y) = 40", r"\sum_{i=1}^n (x_i - \bar x)(y_i - \bar y) = 42"),
    (VARIANCES, r"\frac{s_{xy}}{s_x s_y} = \frac{37}{\sqrt{49 \cdot 42}}", r"\frac{s_{xy}}{s_x s_y} = \frac{37}{\sqrt{49 \cdot 14}}"),
    (VARIANCES, r"\begin{pmatrix} s_x^2 & s_{xy} \\ s_{xy} & s_y^2 \end{pmatrix} = \begin{pmatrix} 49/3 & 37/3 \\ 37/3 & 14 \end{pmatrix}",
     r"\begin{pmatrix} s_x^2 & s_{xy} \\ s_{xy} & s_y^2 \end{pmatrix} = \begin{pmatrix} 14 & 37/3 \\ 37/3 & 49/3 \end{pmatrix}"),
    (MEANS, r"\frac{S_{xy}^2}{S_{xx} S_{yy}} = \frac{40^2}{49 \cdot 42}", r"\frac{S_{xy}^2}{S_{xx} S_{yy}} = \frac{40^2}{49 \cdot 40}"),
    (SLOPE, r"\frac{S_{xy}}{S_{xx} + \lambda} = \frac{9}{10 + \lambda}", r"\frac{S_{xy}}{S_{xx} + \lambda} = \frac{9}{10 + 2\lambda}"),
    (SLOPE, r"\frac{S_{xy}}{S_{xx} + \lambda} = \frac{9}{10 + \lambda}", r"\frac{S_{xy}}{S_{xx} + \lambda} = \frac{8}{10 + \lambda}"),
    (BEST, r"\eta = \frac49", r"\eta = \frac45"),
    (COIN, r"-\frac{n}{\hat p(1 - \hat p)} = -\frac{20}{0.21}", r"-\frac{n}{\hat p(1 - \hat p)} = -\frac{20}{0.7}"),
    (COIN, r"\sqrt{\frac{\hat p(1 - \hat p)}{n}} = \sqrt{\frac{0.21}{20}}", r"\sqrt{\frac{\hat p(1 - \hat p)}{n}} = \sqrt{\frac{0.21}{19}}"),
    (TIMES, r"\hat\lambda = \frac{4}{8}", r"\hat\lambda = \frac{3}{8}"),
    (TIMES, r"\frac{n - 1}{\sum_{i=1}^n t_i} = \frac38", r"\frac{n}{\sum_{i=1}^n t_i} = \frac38"),
    (HEADS, r"\ell(\hat\theta) = 7\log 0.7 + 3\log 0.3", r"\ell(\hat\theta) = 3\log 0.7 + 7\log 0.3"),
    (HEADS, r"\ell(0.4) = 7\log 0.4 + 3\log 0.6", r"\ell(0.4) = 3\log 0.4 + 7\log 0.6"),
    (COUNTS, r"P(X = 0) = e^{-2}", r"P(X = 0) = e^{-3}"),
    (COUNTS, r"P(X = 3) = \frac{2^3 e^{-2}}{3!}", r"P(X = 3) = \frac{2^3 e^{-2}}{3}"),
]  # fmt: skip

TRUE = [  # other numbers may be meant, and are not in the table
    TABLE + r"Later the children had other sizes, with $\sum_{i=1}^n x_i = 61$.",
    TABLE + "\n# Another example\n\n" + r"Here $\sum_{i=1}^n x_i = 10$ and $\bar x = 2.5$.",
    COIN + r" In another run there were $n = 50$ tosses, and $-\frac{n}{\hat p(1 - \hat p)} = -\frac{50}{0.24}$.",
    COUNTS + r" With the rate of yesterday $P(X = 0) = e^{-5}$.",
]
SILENT = [  # what says too little
    (r"Let $a = 1$ and $b = 1$.", r"a^2 - b^2 = 0"),
    (r"Let $a = 1$ and $b = 2$." + "\n\n# Others\n", r"c a + b = 4"),
]


@pytest.mark.parametrize(("before", "line", "slip"), APART, ids=[row[2][:60] for row in APART])
def test_a_true_line_is_supported_and_its_slip_is_not(before: str, line: str, slip: str) -> None:
    true, false = last_line(before, line)[-1], last_line(before, slip)[-1]
    assert (true.outcome in RIGHT, true.role) == (True, "claim"), true
    assert false.outcome not in RIGHT, false


@pytest.mark.parametrize("text", TRUE, ids=[text[-50:] for text in TRUE])
def test_other_data_may_be_meant(text: str) -> None:
    assert [(one.left, one.right) for one in read(text) if one.outcome in WRONG] == []


@pytest.mark.parametrize(("before", "line"), SILENT)
def test_what_says_little_is_left_alone(before: str, line: str) -> None:
    assert all(one.outcome not in RIGHT for one in last_line(before, line))


def test_tables_of_latex_are_read() -> None:
    table = "\\begin{tabular}{c|ccc} \\hline\n$x_i$ & 1 & 2 & 4 \\\\ \\hline\n$y$ & 3 & $-5$ & 9.5 \\\\\n\\end{tabular}\n"
    found = [(letter, values) for _, letter, values in in_tables(table)]
    assert found == [("x", [1, 2, 4]), ("y", [3, -5, Fraction(19, 2)])]
    text = table + "\\[\\sum_{i=1}^n x_i = 7\\]\n"
    assert findings(cut(Path("notes.tex"), text))[-1].outcome in RIGHT


@pytest.mark.parametrize("text", ["| a | 1 | 2 | 3 |\n", "| $x_i$ | 1 | 2 | many |\n", "$x$ & 1 & 2 & 3\n", "| $x$ | $y$ |\n| 1 | a |\n"])
def test_other_tables_are_none_of_data(text: str) -> None:
    assert list(in_tables(text)) == []


def test_lists() -> None:
    assert in_list(r"0.5,\ 1.5, -2") == [Fraction(1, 2), Fraction(3, 2), -2]
    assert in_list("1, 2") == in_list("1, x, 3") == in_list("i = 1, 2, 3") == []
