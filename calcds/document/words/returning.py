r"""What names mean again when a part of a document ends: the numbers of an example, and its letters, are those of the example.

    Throughout, $y \in R^n$.    ## Example: $y = \beta_0 + \beta_1 x$    ## Properties: $y$ is a vector again
    # 1  $H = X (X^T X)^{-1} X^T$    ## An example: $H = (0.5, 0.5; 0.5, 0.5)$    # 2  $H$ has its formula again

A part sees what the sections around it say of a name, and may say something else. What these said for certain comes back
behind it, where the part has made it forgotten; so does a formula in the place of which numbers stood. A name that has
another formula of the same shape keeps it: the text may go on with that. Nothing is called wrong on the strength of a
formula that came back. A function that was declared of a vector is one again behind an example of numbers, `f(x) = x^2`.
While a section with numbers of its own says names anew, what others declared of these is set aside; so are the vectors x_i of
an introduction in a section with `(x_i - \bar x)^2`, which is about numbers.

Imports: calcds.document.words, calcds.expr.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from calcds.document.source.names import shown
from calcds.document.words.anew import whole_and_entries
from calcds.document.words.scope import Declared, Definition, Function, Scope
from calcds.expr.term import SCALAR, same_shape

_PREAMBLE = 0  # what stands before the first heading holds everywhere


@dataclass(slots=True)
class Returning:
    """What every section said of names, for those that go on with it."""

    scope: Scope
    kinds: dict[int, dict[str, Declared]] = field(default_factory=dict)
    definitions: dict[int, dict[str, Definition]] = field(default_factory=dict)
    anew: dict[int, set[str]] = field(default_factory=dict)  # names that a section with numbers of its own has equations for
    aside: dict[str, tuple[Declared | None, Definition | None]] = field(default_factory=dict)  # what others say of these
    squared: set[str] = field(default_factory=set)  # of these, the vectors in the place of which a section has numbers
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
        self._put_back()
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
        self._set_aside(whole_and_entries(key for one in around for key in self.anew.get(one, ())), {_PREAMBLE, *around})
        self._members(around)

    def _members(self, around: AbstractSet[int]) -> None:
        """The vectors x_i of an introduction are set aside where x_i is squared, and those numbers where x_i is a vector."""
        rows = self.scope.rows
        for key in self.scope.squared_in:
            whole, part = f"all {key}", self.scope.squares(key)
            kind, formula = self.scope.kinds.get(whole), self.scope.definitions.get(whole)
            shapes = [one for one in (kind and kind.kind.shape, formula and formula.symbol.shape) if one]
            if part is not None and any(columns != 1 for _, columns in shapes):
                self.squared.add(whole)
                self._set_aside([whole], {one for one in around if one >= part})
            elif key in rows and (kind is None or not kind.certain) and any(columns == 1 for _, columns in shapes):
                self._set_aside([whole], around)

    def _set_aside(self, keys: Iterable[str], around: AbstractSet[int]) -> None:
        """What sections elsewhere say of some names is not seen."""
        kinds, definitions, here = self.scope.kinds, self.scope.definitions, {-1, *around}
        for key in keys:
            kind, formula = kinds.get(key), definitions.get(key) if key.startswith("all ") else None
            kind = kind if kind is not None and kind.section not in here else None
            formula = formula if formula is not None and formula.section not in here else None
            if kind is not None or formula is not None:
                self.aside[key] = kind, formula
            if kind is not None:
                del kinds[key]
            if formula is not None:
                del definitions[key]

    def _put_back(self) -> None:
        """What was set aside is seen again, where nothing else was said since."""
        for key, (kind, formula) in self.aside.items():
            if key in self.squared and not self.scope.is_declared(key):  # what the numbers were read as ends with them
                self.scope.kinds.pop(key, None)
            if key not in self.scope.kinds and key not in self.scope.definitions:
                if kind is not None:
                    self.scope.kinds[key] = kind
                if formula is not None:
                    self.scope.definitions[key] = formula
        self.aside.clear()
        self.squared.clear()

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
