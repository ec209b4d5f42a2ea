"""The training programs of the neural-network notes (magyar, algorithms 1 to 21), procedure by procedure.

`expanded` has them entry by entry, `matrix_form` with vectors and matrices; `loops` is what calls them;
`printed` keeps the lines that are printed wrong, so that a test can show what they do. A procedure works on one
`Workspace`, the variables that the procedures of the notes share.

Imports: numpy; calcds.network.activations, arrays.
"""

from calcds.network.procedures.loops import Errors, learn, learn_with_validation
from calcds.network.procedures.workspace import Workspace

__all__ = ["Errors", "Workspace", "learn", "learn_with_validation"]
