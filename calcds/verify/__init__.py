"""Running: derivations -> results, in several processes, each claim under a budget. `calcds.verify(...)` is `run.verify`."""

from __future__ import annotations

from calcds.room import callable_room

callable_room(__name__, "calcds.verify.run", "verify")
