"""Tables of numbers that a kernel makes of an image: what it makes, a slip in it, and tables that are something else."""

from __future__ import annotations

import pytest

from calcds.document.finding import Finding
from tests.document.lines import RIGHT, WRONG, read

IMAGE, KERNEL = [[2, 0, 1], [1, 3, -1], [0, 2, 5]], [[1, 2], [-1, 1]]


def _printed(rows: list[list[int]]) -> str:
    return r"\begin{pmatrix} " + r" \\ ".join(" & ".join(map(str, row)) for row in rows) + r" \end{pmatrix}"


def _last(rows: list[list[int]], words: str = "The valid cross-correlation is") -> Finding:
    text = f"Slide the kernel over the image.\n\n$$X = {_printed(IMAGE)}, \\qquad K = {_printed(KERNEL)}$$\n\n"
    return read(f"# Convolution\n\n{text}{words}\n\n$$Y = {_printed(rows)}$$\n")[-1]


TRUE = [[4, -2], [9, 4]]
TURNED = [[7, 4], [0, 13]]


@pytest.mark.parametrize("rows", [TRUE, TURNED])
def test_what_a_kernel_makes_of_an_image(rows: list[list[int]]) -> None:
    assert _last(rows).outcome in RIGHT
    for i, j in ((0, 0), (1, 1)):
        slip = [[-x if (a, b) == (i, j) else x for b, x in enumerate(row)] for a, row in enumerate(rows)]
        assert _last(slip).outcome in WRONG, slip


@pytest.mark.parametrize("rows", [
    [[4, 0], [9, 4]],  # what is negative is cut off
    [[5, -1], [10, 5]],  # 1 is added to every entry
    [[1, 2], [3, 4]],
    [[4, -2, 0], [9, 4, 0], [0, 0, 0]],
])  # fmt: skip
def test_other_tables_are_no_mistakes(rows: list[list[int]]) -> None:
    found = _last(rows, "Another table is")
    assert found.outcome not in WRONG
    assert found.role == "definition"
