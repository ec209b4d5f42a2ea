"""Walking expressions of any depth: the call stack is a list, so deep nesting cannot overflow it.

A rule is a generator. It yields the parts it needs as a tuple, is sent their results, and returns its own:

    def transpose(e):
        (inner,) = yield (e.arg,)
        return inner.T

Imports: nothing of calcds.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Any, TypeAlias

Steps: TypeAlias = "Generator[tuple[Any, ...], tuple[Any, ...], Any]"


def fold(root: Any, rule: Callable[[Any], Steps], memo: dict[Any, Any]) -> Any:
    """The result of a rule at the root; results of parts are shared through the memo.

    >>> def depth(t):
    ...     below = yield tuple(t)
    ...     return 1 + max(below, default=0)
    >>> nested = ()
    >>> for _ in range(5000):
    ...     nested = (nested,)
    >>> by_identity = {}
    >>> fold(((), ((),)), depth, by_identity)
    3
    """
    if root in memo:
        return memo[root]
    stack: list[tuple[Any, Steps, list[tuple[Any, ...]]]] = [(root, rule(root), [])]
    while stack:
        node, steps, wanted = stack[-1]
        missing = next((part for part in wanted[0] if part not in memo), _NOTHING) if wanted else _NOTHING
        if missing is not _NOTHING:
            stack.append((missing, rule(missing), []))
            continue
        try:
            parts = steps.send(tuple(memo[part] for part in wanted[0])) if wanted else next(steps)
        except StopIteration as done:
            memo[node] = done.value
            stack.pop()
        else:
            wanted[:] = [parts]
    return memo[root]


_NOTHING = object()
