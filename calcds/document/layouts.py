r"""Which layout of derivatives a section is written in: is the gradient of x^T A x a column or a row?

Both are in use, and a claim may be read in either. A line that holds in one of them only, because the shapes would not
fit in the other, says which one its section uses; then a line that holds in the other one only is not proved. Gradients of
numbers and Jacobians of vectors are told apart: many texts write the former as columns and the latter in rows.

Imports: calcds.document, calcds.expr.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from calcds.document.chains import Reading
from calcds.document.scope import Scope
from calcds.expr.term import Term, same_size, subterms


@dataclass(slots=True)
class Layouts:
    """The layouts that lines of a document have shown, by section and kind of derivative."""

    shown: dict[tuple[int, str], str] = field(default_factory=dict)

    def fits(self, reading: Reading, sides: tuple[Term, Term], scope: Scope) -> bool:
        """Whether a line that holds is in the layout of its section; it may be the first one that shows it."""
        if "layout" not in reading.choices or same_size(*sides[0].shape):
            return True
        heads = {t.head for side in sides for t in subterms(side)}
        kind = "Jacobian" if "jac" in heads else "gradient"
        layout = scope.settings.get("layout", reading.options.layout)
        return self.shown.setdefault((scope.section, kind), layout) == layout
