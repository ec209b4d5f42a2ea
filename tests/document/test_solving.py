"""Solutions in names of which another section has said something else: they are put into the equation before them."""

from __future__ import annotations

import pytest

from tests.document.lines import RIGHT, read

EIGEN = (
    "# Spectra\n\nFor $A = \\begin{pmatrix} a & b \\\\ c & d \\end{pmatrix}$ solve $\\det(A - \\lambda I) = 0$. In general\n\n"
    "$$S = U \\Lambda U^T = \\sum_{i=1}^d \\lambda_i u_i u_i^T.$$\n\n## Planes\n\n"
)


SPECTRAL = (
    "# Spectra\n\nThe spectral theorem says\n\n"
    "$$S = U \\Lambda U^T = \\sum_{i=1}^d \\lambda_i u_i u_i^T, \\qquad U^T U = U U^T = I.$$\n\n## Planes\n\n"
)


@pytest.mark.parametrize("before", [EIGEN, SPECTRAL])
def test_what_another_section_was_read_with_is_no_shape_of_a_solution(before: str) -> None:
    """The c of a matrix of numbers was a number, and lambda all the eigenvalues; here x and c are a number and vectors."""
    right = read(f"{before}We need $3x - \\lambda c = 0$, so $x = \\frac{{\\lambda}}{{3}} c$.\n")
    assert (right[-1].outcome in RIGHT, right[-1].role) == (True, "claim"), right[-1]
    wrong = read(f"{before}We need $3x - \\lambda c = 0$, so $x = 3 \\lambda c$.\n")
    assert not any(one.outcome in RIGHT and one.role == "claim" for one in wrong[-2:])
