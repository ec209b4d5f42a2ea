r"""Which layout of derivatives a section is written in: is the gradient of x^T A x a column or a row?

Both are in use, and a claim may be read in either. A line that holds in one of them only says which one its section uses;
then a line that holds in the other one only is not proved. Gradients by vectors, gradients by matrices and Jacobians of
vectors are told apart: many texts write gradients as columns and Jacobians in rows.

    \frac{\partial}{\partial x} a^T x = a^T          the shapes say that gradients are rows here
    \frac{\partial}{\partial X} \log\det X = X^{-1}  the shapes say nothing: read as it is usual, unless the text shows more

Where nothing was shown, a line of which the shapes fit in both layouts holds as it is usual: gradients have the shape of
their variable, Jacobians have the derivatives of one component in a row.

Imports: calcds.document, calcds.expr.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from calcds.document.reading.chains import Reading
from calcds.document.words.scope import Scope
from calcds.expr.term import Term, same_size, subterms

USUAL = {"gradient": "denominator", "gradient by a matrix": "denominator", "Jacobian": "numerator"}
_MIXED = ("gradient by a matrix", "numerator")  # which nobody writes beside gradients that are columns


@dataclass(slots=True)
class Layouts:
    """The layouts that lines of a document have shown, by section and kind of derivative."""

    shown: dict[tuple[int, str], str] = field(default_factory=dict)

    def fits(self, reading: Reading, sides: tuple[Term, Term], scope: Scope, other: Callable[[], bool]) -> bool:
        """Whether a line that holds is in the layout of its section; it may be the first one that shows it.

        other: whether it holds in the other layout as well; asked only where the shapes fit in both
        """
        if "layout" not in reading.choices or next(_derivatives(sides), None) is None:
            return True
        layout, kind = scope.settings.get("layout", reading.options.layout), _kind(sides)
        if (kind, layout) == _MIXED and self.shown.get((scope.section, "gradient")) == USUAL["gradient"]:
            return False
        if same_size(*sides[0].shape):
            if "layout" in scope.settings or sides[0].is_scalar or other():
                return True
            known = self.shown.get((scope.section, kind)) or self._elsewhere(kind) or USUAL[kind]
            if known != layout:
                return False
        return self.shown.setdefault((scope.section, kind), layout) == layout

    def contradicts(self, reading: Reading, sides: tuple[Term, Term], scope: Scope) -> bool:
        """Whether the section has shown, for gradients by matrices, another layout than the one in which a line holds."""
        kind = _kind(sides)
        return kind == "gradient by a matrix" and self.shown.get((scope.section, kind)) not in {None, reading.options.layout}

    def _elsewhere(self, kind: str) -> str | None:
        """The layout of other sections, where they agree."""
        found = {layout for (_, other), layout in self.shown.items() if other == kind}
        return found.pop() if len(found) == 1 else None


def _derivatives(sides: Iterable[Term]) -> Iterator[Term]:
    """The derivatives of some sides by vectors and matrices."""
    return (t for side in sides for t in subterms(side) if t.head in {"jac", "grad"})


def _kind(sides: Iterable[Term]) -> str:
    derivatives = [*_derivatives(sides)]
    if any(t.head == "jac" for t in derivatives):
        return "Jacobian"
    matrices = any(1 not in t.args[1].shape for t in derivatives)
    return "gradient by a matrix" if matrices else "gradient"
