"""Straight-line code: which operations get a line, which memory is used again.

Numbers, columns and rows that are used once stand inside the line that uses them; every operation on a whole matrix has
its own line, and where an operand is not needed afterwards its memory takes the result.

    Z = X @ W
    Z += b.T
    np.tanh(Z, Z)

Imports: calcds.code.{ir, dialects}.
"""

from __future__ import annotations

import ast
import keyword
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from calcds.code.dialects import FUNCTIONS, IN_PLACE, Code, Dialect, call, method, name
from calcds.code.ir import ENTRYWISE, VIEWS, Node

LONGEST_LINE = 5  # operations inside one line
_BORROWED = VIEWS | {"argument", "broadcast", "diagonal", "column", "number", "const"}  # own no memory of their own


@dataclass(slots=True)
class Line:
    """One assignment: the node, the named nodes it reads."""

    node: Node
    reads: list[Node] = field(default_factory=list)


class Writer:
    """Writes one function in one dialect."""

    def __init__(self, dialect: Dialect, names: dict[Node, str], *, fast: bool = False, keep_memory: bool = False) -> None:
        self.dialect, self.fast, self.keep_memory = dialect, fast, keep_memory
        self.names = dict(names)  # arguments
        self._taken = {*names.values(), "np", "jnp", "jax", "torch", "memory"}
        self._count = self._products = 0

    def body(self, outputs: list[Node], *, several: bool) -> list[ast.stmt]:
        """The statements, the return included."""
        order = list(_order(outputs))
        uses = Counter(a for node in order for a in node.args)
        uses.update(outputs)
        inline = self._inline(order, uses, set(outputs))
        lines = [Line(node) for node in order if node not in inline and node.op != "argument"]
        for line in lines:
            line.reads = list(_named_below(line.node, inline))
        last: dict[Node, int] = {}
        for k, line in enumerate(lines):
            for a in line.reads:
                last[a] = k
        for out in outputs:
            last[out] = len(lines)
            for a in _named_below(out, inline):
                last[a] = len(lines)
        statements = [self._statement(line, k, last, inline) for k, line in enumerate(lines)]
        values = [self._returned(out, inline) for out in outputs]
        result: Code = ast.Tuple(values, ast.Load()) if several else values[0]
        return [*statements, ast.Return(result)]

    def _returned(self, out: Node, inline: set[Node]) -> Code:
        code = self._code(out, inline)
        base = out.args[0] if out.op == "T" else out
        if base.op == "argument" and not out.is_number:  # the caller's own array is not handed back
            return ast.Call(ast.Attribute(code, "clone" if self.dialect.name == "torch" else "copy", ast.Load()), [], [])
        return code

    def _inline(self, order: list[Node], uses: Counter[Node], outputs: set[Node]) -> set[Node]:
        """Nodes that stand inside the line that uses them."""
        found: set[Node] = set()
        length: dict[Node, int] = {}
        for node in order:
            length[node] = 1 + sum(length[a] for a in node.args if a in found)
            whole = node.shape[0] != 1 and node.shape[1] != 1
            cheap = node.op in ("number", "const", "T") or (node.op == "size" and uses[node] == 1)
            once = uses[node] == 1 and (not whole or node in outputs or node.op in VIEWS or not self.dialect.in_place)
            if cheap or (once and length[node] <= LONGEST_LINE and node.op != "argument"):
                found.add(node)
            else:
                length[node] = 1
        return found

    def _statement(self, line: Line, k: int, last: dict[Node, int], inline: set[Node]) -> ast.stmt:
        node = line.node
        reuse = self._reusable(node, k, last, inline) if self.dialect.in_place else None
        if reuse is None:
            self.names[node] = self._fresh(node)
            return ast.Assign([ast.Name(self.names[node], ast.Store())], self._operation(node, inline), lineno=0)
        target = self.names[node] = self.names[reuse]
        args = [self._code(a, inline) for a in node.args]
        if node.op in ("add", "sub", "mul", "div") and node.args[0] is reuse:
            operator = {"add": ast.Add(), "sub": ast.Sub(), "mul": ast.Mult(), "div": ast.Div()}[node.op]
            return ast.AugAssign(ast.Name(target, ast.Store()), operator, args[1])
        if node.op in ("add", "mul") and node.args[1] is reuse:
            symmetric: ast.operator = ast.Add() if node.op == "add" else ast.Mult()
            return ast.AugAssign(ast.Name(target, ast.Store()), symmetric, args[0])
        word = IN_PLACE.get(node.op) or FUNCTIONS[node.data]
        return ast.Expr(call(f"np.{word}", *args, name(target)))

    def _reusable(self, node: Node, k: int, last: dict[Node, int], inline: set[Node]) -> Node | None:
        """An operand whose memory may take the result."""
        if node.op not in ENTRYWISE or 1 in node.shape:
            return None
        if node.op not in IN_PLACE and not (node.op == "fn" and node.data in FUNCTIONS):
            return None
        for a in node.args:
            if a in inline or a.shape != node.shape or a.op in _BORROWED or a.op in ("compare", "logic"):
                continue
            hidden = any(a in _named_below(b, inline) for b in node.args if b in inline)
            if last.get(a) == k and not hidden:
                return a
        return None

    def _code(self, node: Node, inline: set[Node]) -> Code:
        if node in self.names:
            return name(self.names[node])
        return self._operation(node, inline)

    def _operation(self, node: Node, inline: set[Node]) -> Code:
        args = [self._code(a, inline) for a in node.args]
        if self.keep_memory and node.op == "matmul" and 1 not in node.shape:
            self._products += 1
            return call("memory.product", ast.Constant(self._products), *args)
        if self.fast and node.op == "matmul":  # the same product with half the overhead
            return method(args[0], "dot", args[1])
        return self.dialect.write(node, args)

    def _fresh(self, node: Node) -> str:
        if node.op == "size" and node.args[0].op == "argument":
            wanted = identifier(str(node.args[0].data.shape[node.data]), self._taken)
            if wanted:
                self._taken.add(wanted)
                return wanted
        while True:
            self._count += 1
            wanted = f"t{self._count}"
            if wanted not in self._taken:
                self._taken.add(wanted)
                return wanted


def identifier(text: str, taken: set[str]) -> str:
    """A Python name for a variable: letters, digits and _, not taken; "" if nothing is left of it."""
    word = "".join(c if c.isascii() and (c.isalnum() or c == "_") else "_" for c in text.replace("'", "_prime"))
    if not word.strip("_"):
        return ""
    if word[0].isdigit() or keyword.iskeyword(word):
        word = f"_{word}"
    while word in taken:
        word += "_"
    return word


def _order(outputs: list[Node]) -> Iterator[Node]:
    """Every operation once, operands first."""
    seen: set[Node] = set()
    for out in outputs:
        stack = [(out, False)]
        while stack:
            node, ready = stack.pop()
            if ready:
                yield node
            elif node not in seen:
                seen.add(node)
                stack.append((node, True))
                stack.extend((a, False) for a in reversed(node.args))


def _named_below(node: Node, inline: set[Node]) -> Iterator[Node]:
    """The named nodes that the line of a node reads."""
    for a in node.args:
        if a in inline:
            yield from _named_below(a, inline)
        else:
            yield a
