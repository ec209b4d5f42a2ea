"""Deciding: is a = b under these hypotheses? `calcds.decide(...)` is `calcds.decide.door.decide`."""

from __future__ import annotations

from calcds.room import callable_room

callable_room(__name__, "calcds.decide.door", "decide")
