"""Networks of symbolic depth: what one layer carries back, for any layer l of any number L of layers.

    z[l+1] = W[l+1]*sigma(z[l]) + b[l+1]
    delta[L] = the gradient of the loss in z[L]
    delta[l] = hadamard(W[l+1].T*delta[l+1], sigma'(z[l]))          l = L-1, ..., 0

The proof is an induction over l, downwards. Let G be the loss as a function of z[l+1]; of G nothing is used but that it
has a gradient, and delta[l+1] = grad G(z[l+1]) is the hypothesis. Then delta[l] is the gradient of G(step(z)) at
z = z[l], and one pullback through the layer gives the rule. `derivation_file` writes the start, the step and the rules
of the parameters as derivations with an undefined G, which `calcds verify` proves.

Imports: calcds.expr, calcds.diff.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from calcds.diff import gradient, pullback, writing
from calcds.diff.normal import new_context
from calcds.errors import Malformed, ShapeError
from calcds.expr.kinds import FunctionSymbol, Kind, Real
from calcds.expr.latex import latex
from calcds.expr.operators import at, grad
from calcds.expr.operators import pullback as carried_back
from calcds.expr.term import Term, substitute


@dataclass(frozen=True, slots=True)
class Recursion:
    """A layer, and what it carries back.

    step:       z[l+1], from the state z[l] and the parameters of layer l+1
    state:      the variable that stands for z[l]
    loss:       a number, from the last state, written with the same variable
    parameters: variables of the layer
    delta:      the variable that stands for delta[l+1]; it has the shape of the step
    last:       delta[L], from the last state
    back:       delta[l], from delta[l+1], z[l] and the parameters
    gradients:  of the loss in each parameter of layer l+1, from the same
    """

    step: Term
    state: Term
    loss: Term
    parameters: tuple[Term, ...]
    delta: Term
    last: Term
    back: Term
    gradients: tuple[Term, ...]

    def __str__(self) -> str:
        rows = self._rows(_in_brackets)
        return "\n".join(f"{left} = {right}{remark}" for left, right, remark in rows)

    __repr__ = __str__

    def _repr_latex_(self) -> str:
        said = {" for l = L-1, ..., 0": r", \quad l = L-1, \dots, 0"}
        body = r" \\ ".join(f"{_latex(a)} &= {_latex(b)}{said.get(c, '')}" for a, b, c in self._rows(_below))
        return rf"$\displaystyle \begin{{aligned}} {body} \end{{aligned}}$"

    def _rows(self, index: Callable[[Term, str], Term]) -> list[tuple[Term | str, Term, str]]:
        """Left side, right side, remark; variables have their indices."""
        next_ = {v: index(v, "l+1") for v in (*self.parameters, self.delta)} | {self.state: index(self.state, "l")}
        top = {v: index(v, "L") for v in (self.state, self.delta)}
        rows: list[tuple[Term | str, Term, str]] = [
            (index(self.state, "l+1"), substitute(self.step, next_), ""),
            (index(self.delta, "L"), substitute(self.last, top), ""),
            (index(self.delta, "l"), substitute(self.back, next_), " for l = L-1, ..., 0"),
        ]
        for p, g in zip(self.parameters, self.gradients, strict=True):
            rows.append((f"grad(loss, {index(p, 'l+1')})", substitute(g, next_), ""))
        return rows

    def derivation_file(self) -> str:
        """The induction as a file that `calcds verify` proves: start, step, gradients of the parameters."""
        v = _unused("v", self.step, self.step, self.loss)
        loss_of = FunctionSymbol("G", 1, (self.step.shape,))
        arriving = at(grad(loss_of(v), v), v, self.step)
        start = [(grad(self.loss, self.state), ""), (self.last, "the gradient of the loss in the last state")]
        parts = [("start", "The last layer", "The induction starts at l = L.", start)]
        rules = zip((self.state, *self.parameters), (self.back, *self.gradients), strict=True)
        for place, rule in rules:
            lines = [
                (grad(loss_of(self.step), place), ""),
                (carried_back(arriving, self.step, place), "chain rule"),
                (substitute(rule, {self.delta: arriving}), "what the layer carries back"),
            ]
            one_back = place is self.state
            name = "one_layer_back" if one_back else f"gradient_in_{place.data[0]}"
            title = "From layer l + 1 to layer l" if one_back else f"The gradient in {place.data[0]} of layer l + 1"
            said = "G is the loss as a function of the state of layer l + 1; its gradient there is delta of that layer."
            parts.append((name, title, said, lines))
        return writing.derivation_file("A network of L layers, by induction over the layers.", parts)


def recursion(step: Term, state: Term, loss: Term, parameters: tuple[Term, ...]) -> Recursion:
    """The gradients of a network whose layers all have the form `step`, for any number of layers.

    >>> from calcds.notation import *
    >>> h, k = map(Dim, "hk")
    >>> W, b, z = Matrix[k, h].symbol("W"), Vector[k].symbol("b"), Vector[h].symbol("z")
    >>> sigma, t = Function.symbol("sigma"), OneHot[h].symbol("t")
    >>> print(recursion(W*sigma(z) + b, z, -t.T*log_softmax(z), (W, b)))
    z[l+1] = W[l+1]*sigma(z[l]) + b[l+1]
    delta[L] = softmax(z[L]) - t
    delta[l] = hadamard(W[l+1].T*delta[l+1], sigma'(z[l])) for l = L-1, ..., 0
    grad(loss, W[l+1]) = delta[l+1]*sigma(z[l]).T
    grad(loss, b[l+1]) = delta[l+1]

    Nielsen 2015, chapter 2 (BP1 to BP4). Raises Malformed for a state that the step does not use or a loss that uses
    a parameter, ShapeError for a loss that is not a number, NoRule for operations without a rule.
    """
    for variable in (state, *parameters):
        if variable.head != "sym":
            raise Malformed(f"{variable} is not a variable; state and parameters are")
        if variable not in step.free:
            raise Malformed(f"the layer {step} does not depend on {variable}")
    if shared := [p for p in parameters if p in loss.free]:
        raise Malformed(f"the loss depends on {shared[0]}, which belongs to a layer; it may use the last state only")
    if not loss.is_scalar:
        raise ShapeError(f"a loss is a number, and {loss} is {loss.shape[0]} x {loss.shape[1]}")
    ctx = new_context()
    delta = _unused("delta", step, step, loss, state)
    back, *gradients = (pullback(delta, step, place, ctx) for place in (state, *parameters))
    return Recursion(step, state, loss, parameters, delta, gradient(loss, state, ctx), back, tuple(gradients))


def _unused(name: str, like: Term, *terms: Term) -> Term:
    """A variable of the shape of a term, with a name that is not used."""
    taken = {s.data[0] for t in terms for s in t.free}
    while name in taken:
        name += "_"
    if like.is_scalar:
        return Real.symbol(name)
    word = "Vector" if like.shape[1] == 1 else "Matrix"
    return Kind(word, like.shape, Real.facts, like.shape[:1] if word == "Vector" else like.shape).symbol(name)


def _in_brackets(v: Term, index: str) -> Term:
    return v.data[1].symbol(f"{v.data[0]}[{index}]")  # type: ignore[no-any-return]


def _below(v: Term, index: str) -> Term:
    return v.data[1].symbol(f"{latex(v)}_{{{index}}}")  # type: ignore[no-any-return]


def _latex(side: Term | str) -> str:
    if isinstance(side, Term):
        return latex(side)
    return rf"\nabla_{{{side.removeprefix('grad(loss, ').removesuffix(')')}}}"
