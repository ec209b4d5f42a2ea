r"""What names mean again when a part of a document ends: the numbers of an example, and its letters, are those of the example.

    Throughout, $y \in R^n$.    ## Example: $y = \beta_0 + \beta_1 x$    ## Properties: $y$ is a vector again
    # 1  $H = X (X^T X)^{-1} X^T$    ## An example: $H = (0.5, 0.5; 0.5, 0.5)$    # 2  $H$ has its formula again

A part sees what the sections around it say of a name, and may say something else. What these said for certain comes back
behind it, where the part has made it forgotten; so does a formula in the place of which numbers stood. A name that has
another formula of the same shape keeps it: the text may go on with that. Nothing is called wrong on the strength of a
formula that came back. A function that was declared of a vector is one again behind an example of numbers, `f(x) = x^2`.

Imports: calcds.document.words.scope, calcds.expr.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from calcds.document.source.names import shown
from calcds.document.words.scope import Declared, Definition, Function, Scope
from calcds.expr.term import SCALAR, same_shape

_PREAMBLE = 0  # what stands before the first heading holds everywhere


@dataclass(slots=True)
class Returning:
    """What every section said of names, for those that go on with it."""

    scope: Scope
    kinds: dict[int, dict[str, Declared]] = field(default_factory=dict)
    definitions: dict[int, dict[str, Definition]] = field(default_factory=dict)
    functions: dict[int, dict[str, Function]] = field(default_factory=dict)  # those of vectors, of which words say no formula

    def leave(self, section: int) -> None:
        """A section has ended."""
        said = self.scope.kinds.items()
        self.kinds[section] = {key: one for key, one in said if one.certain and one.section == section}
        fields = ((key, f) for key, f in self.scope.functions.items() if f.symbol is not None and f.symbol.inputs)
        self.functions[section] = {key: f for key, f in fields if f.body is None and f.section == section}
        self.definitions[section] = {key: one for key, one in self.scope.definitions.items() if one.section == section}

    def enter(self, section: int, around: AbstractSet[int]) -> None:
        """A section begins; around: it, and those it is part of."""
        for outer in sorted({_PREAMBLE, *around} - {section}, reverse=True):
            for key, declared in self.kinds.get(outer, {}).items():
                self._declare(key, declared, around)
            for key, function in self.functions.get(outer, {}).items():
                now = self.scope.functions.get(key)
                if now is not None and now.section not in around and all(p.is_scalar for p in now.parameters):
                    self.scope.functions[key] = function
            for key, definition in self.definitions.get(outer, {}).items():
                if not self.scope.has_meaning(key) and key not in self.scope.kinds:
                    self.scope.definitions[key] = definition
                    self.scope.opaque[shown(key)] = section
        for key in list(self.scope.general):
            numbers = self.scope.values.get(key)
            if numbers is None or key in self.scope.definitions or key in self.scope.kinds:
                del self.scope.general[key]
            elif numbers[2] not in around:
                self.scope.definitions[key] = self.scope.general.pop(key)
                self.scope.opaque[shown(key)] = section

    def _declare(self, key: str, declared: Declared, around: AbstractSet[int]) -> None:
        """A name is again what it was declared to be, unless it has been declared anew, or has a formula of this shape."""
        now, formula = self.scope.kinds.get(key), self.scope.definitions.get(key)
        number = now is not None and now.section not in around and now.kind.shape == SCALAR != declared.kind.shape
        if now is not None and now.certain and not number:
            return
        if formula is not None and (formula.section in around or same_shape(formula.symbol.shape, declared.kind.shape)):
            return
        self.scope.definitions.pop(key, None)
        self.scope.kinds[key] = declared


__all__ = ["Returning"]
