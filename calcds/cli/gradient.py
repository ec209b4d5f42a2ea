"""`calcds gradient`: closed forms of gradients, Jacobians and Hessians for any sizes.

The expression is read by calcds' own grammar, never as Python; a mistake is shown with a caret.

Imports: click; everything else when it is needed.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from calcds.cli.values import value_at
from calcds.errors import Malformed

if TYPE_CHECKING:
    from calcds.expr.term import Term


class _Expression(click.Command):
    """A command whose argument may begin with a minus sign: `-t.T*log(p)`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Options as usual; what looks like one, but begins an expression, is the argument."""
        values = {name for p in self.params if isinstance(p, click.Option) and not p.is_flag for name in p.opts}
        for k, arg in enumerate(args):
            after_option = k > 0 and args[k - 1] in values
            if arg.startswith("-") and not arg.startswith("--") and len(arg) > 2 and not after_option:
                args = [*args[:k], *args[k + 1 :], "--", arg]
                break
        return super().parse_args(ctx, args)


@click.command("gradient", cls=_Expression)
@click.argument("expression")
@click.option("--wrt", required=True, metavar="NAME", help="The variable to differentiate in.")
@click.option("--let", "declarations", default="", metavar="TEXT", help='What the names are: "x: Vector[n], A: Matrix[n, n]".')
@click.option("--jacobian", "kind", flag_value="jacobian", help="Rows: entries of the expression; columns: of the variable.")
@click.option("--hessian", "kind", flag_value="hessian", help="Second derivatives.")
@click.option("--latex", "form", flag_value="latex", help="Print LaTeX.")
@click.option("--numpy", "form", flag_value="numpy", help="Print NumPy code.")
@click.option("--jax", "form", flag_value="jax", help="Print JAX code.")
@click.option("--torch", "form", flag_value="torch", help="Print PyTorch code.")
@click.option("--steps", "form", flag_value="steps", help="Print the derivation, line by line.")
@click.option("--named", is_flag=True, help="Name repeated parts: z1, a1, delta1, ...")
@click.option("--at", "values", default="", metavar="TEXT", help='Print the value at a point: "x=[1,2], A=[[1,0],[0,1]]".')
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="With --steps: write a derivation file.")
@click.option("--no-check", is_flag=True, help="Do not compare the result with numbers first.")
def command(
    expression: str, wrt: str, declarations: str, kind: str | None, form: str | None, *, named: bool, values: str,
    output: Path | None, no_check: bool,
) -> None:  # fmt: skip
    r"""The closed form of the derivative of EXPRESSION, checked with numbers before it is printed.

    \b
    calcds gradient "x.T*A*x" --wrt x --let "x: Vector[n], A: Matrix[n, n]"
    (A + A.T)*x
    """
    from calcds import api
    from calcds.expr.parser import parse_declarations, parse_expression

    scope = parse_declarations(declarations)
    f, x = parse_expression(expression, scope), parse_expression(wrt, scope)
    if form == "steps" or output is not None:
        if values:
            raise Malformed("--at is for a value; take it without --steps and --output")
        _show_steps(f, x, kind, output)
        return
    if kind is None and not f.is_scalar:
        raise Malformed(f"{f} is {f.shape[0]} x {f.shape[1]}, not a number: ask for --jacobian")
    named = named and not values and form not in ("numpy", "jax", "torch")
    rule = {"jacobian": api.jacobian, "hessian": api.hessian}.get(kind or "", api.gradient)
    found = rule(f, x, verify=not no_check, named=named)
    _say_convention(x)
    if values:
        click.echo(value_at(found, scope, values))
    elif form in ("numpy", "jax", "torch"):
        arguments = tuple(sorted((s for s in found.free if s.data[1].word != "Dim"), key=lambda s: str(s.data[0])))
        click.echo(api.to_numpy(found, arguments, name=kind or "gradient").text(form))
    elif named:
        click.echo(found._repr_latex_() if form == "latex" else str(found))
    else:
        click.echo(_text(found, form))


def _text(found: Term, form: str | None) -> str:
    if form == "latex":
        from calcds.expr.latex import latex

        return latex(found)
    return str(found)


def _say_convention(x: Term) -> None:
    from calcds.diff import convention

    place = x.args[0] if x.head == "entry" else x
    if said := convention(place):
        click.echo(f"# {said}", err=True)


def _show_steps(f: Term, x: Term, kind: str | None, output: Path | None) -> None:
    from calcds.diff.steps import derivation_file, steps

    if kind is not None:
        raise Malformed("steps are written for gradients; take --hessian or --jacobian without --steps")
    if output is not None:
        try:
            output.write_text(derivation_file(f, x), encoding="utf-8")
        except OSError as problem:
            raise Malformed(f"{output} cannot be written: {problem.strerror}") from None
        click.echo(f"written to {output}; check it with: calcds verify {output}")
        return
    for step in steps(f, x):
        click.echo(f"{step.value}" if not step.reason else f"  = {step.value}\n      {step.reason}")
