"""Entries of matrices with letters of which only a sum shows that they are indices: the n and h beside the d that is bound."""

from __future__ import annotations

import pytest

from tests.document.lines import RIGHT, last_line

PLAIN = r"""Let $G \in \mathbb{R}^{N \times D}$, $V \in \mathbb{R}^{D \times H}$, a row $c \in \mathbb{R}^{1 \times H}$ and

$$S = G V + \mathbf{1} c$$

where $\mathbf{1}$ is the column of $N$ ones. For an entry,"""
BOLD = r"""Let $\mathbf{G} \in \mathbb{R}^{N \times D}$, $\mathbf{V}^{(1)} \in \mathbb{R}^{D \times H}$ and

$$\mathbf{S}^{(1)} = \mathbf{G} \mathbf{V}^{(1)}.$$

For an entry,"""
RECURRENT = r"""Let $x, h, u$ be vectors with $u = \tanh(W_{xh} x + W_{hh} h)$. Then"""
ENTRIES = [  # (before, a line, slips in it)
    (PLAIN, r"S_{nh} = \sum_{d=1}^D G_{nd} V_{dh} + c_h", [("G_{nd}", "G_{dn}"), ("V_{dh}", "V_{hd}"), ("+ c", "- c")]),
    (PLAIN, r"S_{nh} - c_h = \sum_d G_{nd} V_{dh}", [("V_{dh}", "V_{hd}"), ("- c", "+ c")]),
    (PLAIN, r"S_{im} = \sum_{d=1}^D G_{id} V_{dm} + c_m", [("V_{dm}", "V_{md}"), ("c_m", "c_i")]),
    (BOLD, r"S^{(1)}_{nh} = \sum_{d=1}^D G_{nd} V^{(1)}_{dh}", [("G_{nd}", "G_{dn}"), ("V^{(1)}_{dh}", "V^{(1)}_{hd}")]),
]  # fmt: skip


@pytest.mark.parametrize(("before", "line", "slips"), ENTRIES)
def test_entries_of_a_product(before: str, line: str, slips: list[tuple[str, str]]) -> None:
    assert last_line(before, line)[-1].outcome in RIGHT
    for right, slip in slips:
        assert line.count(right) == 1, right
        assert last_line(before, line.replace(right, slip))[-1].outcome not in RIGHT, slip


def test_labels_of_weights_are_no_indices() -> None:
    found = last_line(RECURRENT, r"\sum_h u_h = \sum_h u_h + W_{xh} x")[-1]
    assert found.outcome not in RIGHT
    assert last_line(RECURRENT, r"W_{xh} x + W_{hh} h = W_{hh} h + W_{xh} x")[-1].outcome in RIGHT
