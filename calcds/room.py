"""Rooms that can be called: `calcds.verify` is a package and, as promised, a function; so is `calcds.decide`.

Python sets the attribute `calcds.verify` to the package when any module of it is imported, so a function of that name
would be replaced sooner or later. The package itself is made callable instead.

Imports: nothing of calcds.
"""

from __future__ import annotations

import importlib
import inspect
import sys
from types import ModuleType
from typing import Any


def callable_room(name: str, home: str, function: str) -> None:
    """Let a call of the package `name` be a call of `function` in the module `home`, imported then."""

    class Room(ModuleType):
        """A package that can be called."""

        def __call__(self, *arguments: Any, **named: Any) -> Any:
            return getattr(importlib.import_module(home), function)(*arguments, **named)

        @property
        def __signature__(self) -> inspect.Signature:
            return inspect.signature(getattr(importlib.import_module(home), function))

    sys.modules[name].__class__ = Room
