"""Solutions in names of which another section has said something else: they are put into the equation before them."""

from __future__ import annotations

from tests.document.lines import RIGHT, read

EIGEN = (
    "# Spectra\n\nFor $A = \\begin{pmatrix} a & b \\\\ c & d \\end{pmatrix}$ solve $\\det(A - \\lambda I) = 0$. In general\n\n"
    "$$S = U \\Lambda U^T = \\sum_{i=1}^d \\lambda_i u_i u_i^T.$$\n\n## Planes\n\n"
)


def test_what_another_section_was_read_with_is_no_shape_of_a_solution() -> None:
    """The c of a matrix of numbers was a number; here it is a vector, and so is the solution."""
    right = read(f"{EIGEN}We need $3x - \\lambda c = 0$, so $x = \\frac{{\\lambda}}{{3}} c$.\n")
    assert [one.outcome in RIGHT and one.role == "claim" for one in right[-2:]] == [True, True]
    wrong = read(f"{EIGEN}We need $3x - \\lambda c = 0$, so $x = 3 \\lambda c$.\n")
    assert not any(one.outcome in RIGHT and one.role == "claim" for one in wrong[-2:])
