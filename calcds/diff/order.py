"""Terms in the order in which they can be computed.

Imports: calcds.expr.
"""

from __future__ import annotations

from calcds.expr.term import Term


def operands_first(term: Term) -> list[Term]:
    """Every distinct node, each after the nodes it uses; deep terms cost no recursion."""
    order: list[Term] = []
    seen: set[Term] = set()
    stack = [(term, False)]
    while stack:
        node, ready = stack.pop()
        if ready:
            order.append(node)
        elif node not in seen:
            seen.add(node)
            stack.append((node, True))
            stack.extend((a, False) for a in reversed(node.args))
    return order
