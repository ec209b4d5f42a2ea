r"""Parts of an exercise and their answers: what part (b) lays down holds again in the answer to (b).

    (a) Minimise $f(x) = e^x - 2x$ from $x_0 = 0$.   (b) What goes wrong for $f(x) = x^4 - 2x^2$ at $x_0 = 1$?
    Solution.  (a) We have $f'(x) = e^x - 2$.        (b) Here $f'(x) = 4x^3 - 4x$.

The f of the answer to (a) is that of question (a), though another one was printed since. So where a heading says that answers
begin, every part of them begins with the meanings that the part of the same label gave: functions, formulas, values, members of
sequences. A name that the answers give a meaning of their own keeps it. A label that comes a second time among the answers, a
new exercise, and a section outside of it begin anew.

Imports: calcds.document.
"""

from __future__ import annotations

import re
from collections.abc import MutableMapping
from dataclasses import dataclass, field
from typing import Any

from calcds.document.following.iterating import Iterations
from calcds.document.source.extract import Segment
from calcds.document.words.scope import Scope

_MARKS = r"[ \t#*_>-]*(?:\\(?:textbf|textit|emph|paragraph|(?:sub)*section)\*?\s*\{)?[ \t*_]*"
_LABEL = re.compile(rf"(?:^|\n|(?<=[a-z\d][.:?!])[ \t]){_MARKS}(?:\\item\s*\[?\s*)?{_MARKS}\(([a-h]|i{{1,3}}|iv|vi{{0,3}})\)")
_WORD = r"(?:model\s+|worked\s+)?(?:solutions?|answers?)\b"
_ANSWERS = re.compile(rf"(?:^|\n)(?:(?=[ \t]*[#*_\\]){_MARKS}{_WORD}|[ \t]*{_WORD}[ \t]*(?:[.:]|\n|$))", re.IGNORECASE)
_ANEW = re.compile(rf"(?:^|\n){_MARKS}(?:exercises?|problems?|questions?|tasks?)\s+[\dA-Z]", re.IGNORECASE)

Tables = tuple[MutableMapping[Any, Any], ...]
Meanings = tuple[dict[Any, Any], ...]


@dataclass(slots=True)
class Parts:
    """The part that is read, and what the questions before it gave their names.

    before: all meanings at the beginning of the part
    answered: the labels of the answers so far; None before they begin
    """

    scope: Scope
    iterations: Iterations
    label: str = ""
    section: int = -1
    before: Meanings = ()
    asked: dict[str, Meanings] = field(default_factory=dict)
    answered: set[str] | None = None

    def hear(self, segment: Segment) -> None:
        """The words before a formula may begin a part, or the answers; those of the formula before it have been read."""
        if self.asked and not self.scope.is_here(self.section):
            self._anew()
        marks = sorted(
            (found.start(), kind, found)
            for kind, pattern in enumerate((_ANEW, _ANSWERS, _LABEL))
            for found in pattern.finditer(segment.before)
        )
        for _, kind, found in marks:
            self._end()
            if kind == 0:
                self._anew()
            elif kind == 1:
                self.answered = set() if self.asked else None
            else:
                self._begin(found[1], segment.section)

    @property
    def _tables(self) -> Tables:
        scope = self.scope
        return scope.functions, scope.definitions, scope.values, self.iterations.members

    def _anew(self) -> None:
        self.label, self.asked, self.answered = "", {}, None

    def _begin(self, label: str, section: int) -> None:
        """A question begins, or the answer to one, which takes up what that gave its names."""
        if self.answered is not None and label in self.answered:
            self._anew()
        if self.answered is not None:
            self.answered.add(label)
            self._take_up(self.asked.get(label, ()))
        elif label in self.asked:
            self._anew()
        if self.answered is None:
            self.label, self.section = label, section if not self.asked else self.section
            self.before = tuple(dict(table) for table in self._tables)

    def _end(self) -> None:
        """What a question gave its names is kept."""
        if self.label and self.answered is None:
            pairs = zip(self._tables, self.before, strict=True)
            new = ({key: one for key, one in now.items() if then.get(key) is not one} for now, then in pairs)
            self.asked[self.label] = tuple(new)
        self.label = ""

    def _take_up(self, meanings: Meanings) -> None:
        for k, (table, given) in enumerate(zip(self._tables, meanings, strict=False)):
            for key, one in given.items():
                if key in table and any(table[key] is other[k].get(key) for other in self.asked.values()):
                    table[key] = one


__all__ = ["Parts"]
